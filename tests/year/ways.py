"""The ways that lists and journals travel: a stick, servers over HTTP, codes before a camera."""
import http.server
import re
import shutil
import subprocess
import threading
from functools import partial


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Server:
    """A static server over a folder, as any is."""

    def __init__(self, folder):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def address(self, name):
        return f"http://127.0.0.1:{self.server.server_address[1]}/{name}"

    def end(self):
        self.server.shutdown()


def stick(terminal, bundle):
    """The file is laid on the terminal's stick and taken from there; what the terminal keeps then."""
    shutil.copy(terminal.house.path(bundle), terminal.folder / "stick/bundle.cbor")
    return terminal.update()


def carry(house, terminal, bundle, journals):
    """A round of the program beside a terminal: lists fetched to where a stick's would lie, exports home."""
    served = house.path("served")
    served.mkdir(exist_ok=True)
    shutil.copy(house.path(bundle), served / "bundle.cbor")
    server = Server(served)
    try:
        return house.ends(["permit-carry", "--lang", "en", "--once", "--from", server.address("bundle.cbor"), "--root", "installed.cbor",
                           "--out", terminal.folder / "stick/bundle.cbor", "--state", terminal.folder / "carried",
                           "--exports", terminal.folder / "export", "--journals", journals])
    finally:
        server.end()


class Serving:
    """Headquarters that serve, while something is brought to them."""

    def __init__(self, side):
        self.process = side.house.start(["permit-headquarters", "--lang", "en", "--state", side.home, "serve", "--listen", "127.0.0.1:0"],
                                        stderr=subprocess.DEVNULL)
        self.address = re.search(r"http://\S+", self.process.stdout.readline()).group(0)

    def __enter__(self):
        return self.address + "journal"

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)


def drawn(house, bundle, base, lost=3):
    """Codes of what is new in a bundle as pictures for a camera, so many in ten of them lost."""
    out = house.path("codes-lists")
    shutil.rmtree(out, ignore_errors=True)
    house.does(["permit", "authority", "codes", house.path(bundle), "--base", house.path(base), "--more", "100", "--out", out])
    pictures = sorted(out.glob("*.png"))
    gone = [path for at, path in enumerate(pictures) if at % 10 < lost]
    for path in gone:
        path.unlink()
    return len(pictures), len(gone)


def filmed(house, page, name, lost=3):
    """The codes of a terminal's page as a film, so many frames in ten of them lost; how many frames, and of how many codes."""
    codes = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    side, scale = 85, 6
    edge = side * scale
    frames = []
    for at, code in enumerate(codes):
        if at % 10 < lost:
            continue
        rows = [bytearray(b"\xff" * side) for _ in range(side)]
        dark = code[code.index("<path", code.index("<path") + 1):]
        for x, y, width in (map(int, it) for it in re.findall(r"M(\d+) (\d+)h(\d+)v1", dark)):
            rows[y][x:x + width] = bytes(width)
        frames.append(b"".join(bytes(pixel for pixel in row for _ in range(scale)) * scale for row in rows))
    with open(house.path(name), "wb") as film:
        film.write(f"YUV4MPEG2 W{edge} H{edge} F3:1 Ip A1:1 Cmono\n".encode())
        for frame in frames:
            film.write(b"FRAME\n" + frame)
    return len(frames), len(codes)
