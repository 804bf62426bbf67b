"""A terminal with a guard at its page: the real program on a simulated board."""
import http.client
import json
import queue
import re
import threading
import time

PINS = {7: "834921", 8: "716253"}
WAIT = 60


class Terminal:
    """One terminal of a side; started and ended as days go by."""

    def __init__(self, house, name, side, direction, number=1):
        self.house, self.name, self.side, self.direction, self.number = house, name, side, direction, number
        self.folder = house.path(name)
        self.process = None
        for part in ("state", "stick", "export"):
            (self.folder / part).mkdir(parents=True)
        for officer, pin in PINS.items():
            house.does(f"permit-reader --board sim --enrol {officer} --role supervisor --state {name}/state", pin + "\n")

    def public_key(self):
        """The key of its journal, for the list of terminals."""
        return self.house.does(f"permit-reader --public-key --state {self.name}/state").strip()

    def start(self, camera="none", signed_in=True):
        """Starts on the lists that it was given at first, where it has taken no newer ones."""
        words = ["permit-reader", "--board", "sim", "--lang", "en", "--events", "-", "--camera", camera, "--fps", "20",
                 "--state", self.folder / "state", "--bundle", "given.cbor", "--root", "installed.cbor", "--crossing", "3", "--side", self.side,
                 "--direction", self.direction, "--number", self.number, "--stick", self.folder / "stick/bundle.cbor",
                 "--export", self.folder / "export"]
        self.process = self.house.start(words, stderr=open(self.folder / "said", "a"))
        address = self.process.stdout.readline().strip()
        self.host, self.entrance = re.match(r"http://([^/]+)(/.*)", address).groups()
        self.events, self.about = queue.Queue(), None
        threading.Thread(target=self._events, args=(self.process,), daemon=True).start()
        answer = self._send("GET", self.entrance, cookie="")
        self.cookie = answer[1].split(";")[0]
        threading.Thread(target=self._watch, args=(self.process,), daemon=True).start()
        self.until("the page", lambda page: "<table>" in page)
        if signed_in:
            self.sign_in(7)

    def end(self):
        """The head of the last second is kept apart by then."""
        time.sleep(1.5)
        self.process.terminate()
        self.process.wait(30)
        self.process = None

    def _events(self, process):
        for line in process.stdout:
            if line.startswith("{"):
                self.events.put(json.loads(line))

    def _watch(self, process):
        line = http.client.HTTPConnection(self.host)
        line.request("GET", "/events", headers={"Cookie": self.cookie})
        answer = line.getresponse()
        while process.poll() is None:
            news = answer.readline()
            if not news:
                return
            if news.startswith(b"data: "):
                self.about = json.loads(news[6:]).get("about") or None

    def _send(self, method, path, body=None, cookie=None):
        line = http.client.HTTPConnection(self.host, timeout=WAIT)
        headers = {"Cookie": self.cookie if cookie is None else cookie}
        if body is not None:
            headers |= {"Origin": f"http://{self.host}", "X-Permit-Reader": "1", "Content-Type": "application/json"}
        line.request(method, path, body, headers)
        answer = line.getresponse()
        return answer.status, answer.getheader("set-cookie") or "", answer.read()

    def ask(self, command, **more):
        status, _, said = self._send("POST", "/ask", json.dumps({"command": command, **more}))
        assert status in (202, 503), (command, status, said)
        return status == 202

    def page(self, path="/supervisor"):
        return re.sub("[\u2068\u2069]", "", self._send("GET", path)[2].decode())

    def until(self, what, holds, does=None, limit=WAIT):
        end = time.monotonic() + limit
        while True:
            if does:
                does()
            page = self.page()
            if holds(page):
                return page
            assert time.monotonic() < end, f"{self.name}: never {what}: {re.sub('<[^>]*>', ' ', page)[-3000:]}"
            time.sleep(0.1)

    def heard(self, event, limit=WAIT):
        end = time.monotonic() + limit
        while True:
            said = self.events.get(timeout=max(0.01, end - time.monotonic()))
            if said["event"] == event:
                return said

    def sign_in(self, officer):
        self.ask("sign-in", officer=officer, pin=PINS[officer])
        self.until("an officer", lambda page: f"Officer {officer}" in page)

    def free(self):
        end = time.monotonic() + WAIT
        while self.about is not None:
            assert time.monotonic() < end, "a verdict that stays"
            self.ask("dismiss", about=self.about)
            time.sleep(0.05)

    def scan(self, text):
        """Codes of the verdict, the first its own; 0 is green."""
        self.free()
        while not self.events.empty():
            self.events.get()
        self.ask("scan", text=text)
        said = self.heard("verdict")
        end = time.monotonic() + WAIT
        while self.about is None:
            assert time.monotonic() < end, "no verdict on the page"
            time.sleep(0.02)
        return [said["code"], *said.get("also", [])]

    def admit(self, text):
        """Scans, and admits where it is green; the codes."""
        codes = self.scan(text)
        if codes == [0]:
            self.ask("admit", about=self.about)
            assert self.heard("gate")["turned"] is True
        return codes

    def switch(self):
        """Judges the other direction from now on."""
        self.free()
        self.ask("switch-direction")
        time.sleep(0.5)

    def update(self):
        """Takes the lists from the stick; whether they are others than before."""
        return self._taken("update")

    def _taken(self, command, limit=WAIT):
        kept = self.folder / "state/bundle.cbor"
        before = kept.read_bytes() if kept.exists() else b""
        self.free()
        end = time.monotonic() + limit
        while time.monotonic() < end:
            self.ask(command)
            time.sleep(0.3)
            if kept.exists() and kept.read_bytes() != before:
                return kept.read_bytes()
        return b""

    def read_lists(self):
        """Takes lists from the codes that its camera plays."""
        return self._taken("read-lists", 240)

    def export(self):
        """Exports the journal to its folder; the newest file there."""
        self.free()
        before = {path.name for path in (self.folder / "export").iterdir()}
        end = time.monotonic() + WAIT
        self.ask("export")
        while time.monotonic() < end:
            new = sorted(path for path in (self.folder / "export").glob("*.cbor") if path.name not in before)
            if new:
                return new[-1]
            time.sleep(0.2)
        raise AssertionError("no export")
