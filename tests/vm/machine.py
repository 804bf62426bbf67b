"""An emulated Raspberry Pi 3B: Debian's arm64 kernel, an initramfs, and a hand on its registers from outside.

What is fetched is kept in target/vm. Nothing is installed by this file and nothing of it needs root: packages
are downloaded as they are and unpacked. It emulates; no real Raspberry Pi is behind any of it.
"""

import os
import re
import select
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", HOME / "target"))
STORE = TARGET / "vm"
BINARIES = TARGET / "aarch64-unknown-linux-gnu/release"
SYSROOT = Path("/usr/aarch64-linux-gnu/lib")
GPIO = 0x3F200000
TOOLS = "sh mount cat sleep ls modprobe insmod dmesg grep echo tail head date kill mkdir rm sync i2cset tr stty ln killall mknod env dd find wc timeout"
MEDIA = "drivers/media/v4l2-core drivers/media/common drivers/media/mc drivers/media/cec drivers/media/rc drivers/media/test-drivers/vivid"


def skip(why):
    """What cannot be had is said, and is no failure."""
    print(why)
    sys.exit(77)


def apt(*args):
    """apt with a state of its own that knows arm64, so that the machine's stays as it is."""
    own = STORE / "apt"
    for folder in ("state/lists/partial", "cache/archives/partial"):
        (own / folder).mkdir(parents=True, exist_ok=True)
    (own / "state/status").touch()
    options = [
        "APT::Architecture=arm64", "APT::Architectures=arm64", f"Dir::State={own}/state",
        f"Dir::State::status={own}/state/status", f"Dir::Cache={own}/cache", "APT::Sandbox::User=",
    ]
    command = [args[0].split()[0]] + [part for option in options for part in ("-o", option)]
    return subprocess.run(command + args[0].split()[1:] + list(args[1:]), cwd=own, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


class Kernel:
    """Debian's newest arm64 kernel with v4l2loopback, unpacked."""

    def __init__(self):
        stamp = STORE / "version"
        if not stamp.exists():
            self.fetch(stamp)
        self.version = stamp.read_text().strip()
        self.image = STORE / f"root/boot/vmlinuz-{self.version}"
        self.modules = STORE / f"root/lib/modules/{self.version}"
        self.tree = STORE / f"root/usr/lib/linux-image-{self.version}/broadcom/bcm2837-rpi-3-b.dtb"

    def fetch(self, stamp):
        """Downloads and unpacks what is needed; the packages' version moves, so that it is asked for."""
        begun = time.time()
        if apt("apt-get -q update").returncode:
            skip("Debian's package lists cannot be had")
        needs = apt("apt-cache depends linux-headers-arm64").stdout
        found = re.search(r"linux-headers-(\S+)-arm64$", needs, re.M)
        if not found:
            skip("Debian's arm64 kernel cannot be had")
        release = found.group(1)
        kbuild = "linux-kbuild-" + ".".join(release.split(".")[:2])
        names = [f"linux-image-{release}-arm64", f"linux-headers-{release}-arm64",
                 f"linux-headers-{release}-common", "busybox-static", "v4l2loopback-dkms"]
        if apt("apt-get -q download", *names).returncode:
            skip("Debian's arm64 kernel cannot be downloaded")
        # What builds modules runs here, and is of this machine's kind.
        same = subprocess.run(["apt-get", "-q", "download", kbuild], cwd=STORE / "apt",
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if same.returncode:
            skip(f"{kbuild} cannot be downloaded")
        root = STORE / "root"
        shutil.rmtree(root, ignore_errors=True)
        for package in (STORE / "apt").glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", package, root], check=True)
            package.unlink()
        self.loopback(root, release)
        stamp.write_text(f"{release}-arm64\n")
        print(f"kernel {release}: fetched and unpacked in {time.time() - begun:.0f} s")

    def loopback(self, root, release):
        """Builds v4l2loopback for that kernel."""
        headers = root / f"usr/src/linux-headers-{release}-arm64"
        makefile = headers / "Makefile"
        makefile.write_text(makefile.read_text().replace("include /usr/src", f"include {root}/usr/src"))
        source = next((root / "usr/src").glob("v4l2loopback-*"))
        built = subprocess.run(
            ["make", "-s", "-C", headers, f"M={source}", "ARCH=arm64", "CROSS_COMPILE=aarch64-linux-gnu-",
             "CC=aarch64-linux-gnu-gcc", "modules"], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if built.returncode:
            print(built.stdout)
            sys.exit("v4l2loopback does not build")
        extra = root / f"lib/modules/{release}-arm64/extra"
        extra.mkdir(exist_ok=True)
        subprocess.run(["aarch64-linux-gnu-strip", "--strip-debug", "-o", extra / "v4l2loopback.ko",
                        source / "v4l2loopback.ko"], check=True)


def initramfs(name, kernel, programs, files, script, folders=()):
    """A root with busybox, the C library, these programs, these modules and this script as its init."""
    root = STORE / name
    shutil.rmtree(root, ignore_errors=True)
    for folder in ("bin", "proc", "sys", "dev", "tmp", "lib", "state", "etc"):
        (root / folder).mkdir(parents=True)
    shutil.copy(STORE / "root/bin/busybox", root / "bin/busybox")
    for tool in TOOLS.split():
        (root / "bin" / tool).symlink_to("busybox")
    for library in ("ld-linux-aarch64.so.1", "libc.so.6", "libm.so.6", "libgcc_s.so.1"):
        shutil.copy(SYSROOT / library, root / "lib" / library)
    for program in programs:
        subprocess.run(["aarch64-linux-gnu-strip", "-o", root / "bin" / program.name, program], check=True)
    for place, file in files.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, root / place)
    own = root / "lib/modules" / kernel.version
    for folder in folders:
        for module in (kernel.modules / folder).rglob("*.ko"):
            place = own / module.relative_to(kernel.modules)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(module, place)
    for index in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
        own.mkdir(parents=True, exist_ok=True)
        shutil.copy(kernel.modules / index, own / index)
    subprocess.run(["/sbin/depmod", "-b", root, kernel.version], check=True)
    (root / "init").write_text("#!/bin/sh\nmount -t proc proc /proc; mount -t sysfs sys /sys; "
                               "mount -t devtmpfs dev /dev\n" + script + "\necho DONE\nsleep 1000\n")
    (root / "init").chmod(0o755)
    packed = STORE / f"{name}.cpio.gz"
    subprocess.run(f"find . | cpio -o -H newc 2>/dev/null | gzip -1 > {packed}", shell=True, cwd=root, check=True)
    return packed


class Machine:
    """The emulated board while it runs; `until` reads its console, `pins` and `drive` touch its header."""

    def __init__(self, kernel, packed, more=(), boot=""):
        self.begun = time.time()
        self.lines, self.rest = [], b""
        path, door = self.door("qtest")
        self.process = subprocess.Popen(
            ["qemu-system-aarch64", "-M", "raspi3b", "-m", "1G", "-display", "none", "-serial",
             "null", "-serial", "stdio", "-monitor", "none", "-no-reboot", "-qtest", f"unix:{path}",
             "-qtest-log", "/dev/null", *more,
             "-kernel", kernel.image, "-initrd", packed, "-dtb", kernel.tree,
             "-append", f"console=ttyS1,115200 panic=-1 loglevel=4 {boot}"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.qtest = door.accept()[0].makefile("rw")
        path.unlink()

    @staticmethod
    def door(name):
        """A socket that the emulator knocks at."""
        path = STORE / f"{name}-{os.getpid()}"
        path.unlink(missing_ok=True)
        door = socket.socket(socket.AF_UNIX)
        door.bind(str(path))
        door.listen(1)
        door.settimeout(60)
        return path, door

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # A raspi3b cannot switch itself off.
        self.process.kill()
        self.process.wait()

    def ask(self, command):
        """One qtest command and its answer."""
        self.qtest.write(command + "\n")
        self.qtest.flush()
        while True:
            line = self.qtest.readline()
            if not line:
                raise EOFError("the machine is gone")
            if line.startswith(("OK", "FAIL", "ERR")):
                return line.strip()

    def pins(self):
        """The levels of GPIO 0 to 31."""
        return int(self.ask(f"readl {GPIO + 0x34:#x}").split()[1], 16)

    def pin(self, number):
        """One level."""
        return self.pins() >> number & 1

    def outputs(self, numbers):
        """Which of these the program made outputs."""
        words = [int(self.ask(f"readl {GPIO + 4 * word:#x}").split()[1], 16) for word in range(4)]
        return [number for number in numbers if words[number // 10] >> 3 * (number % 10) & 7 == 1]

    def drive(self, number, high):
        """A hand outside: the model takes an input's level from the set and clear registers."""
        self.ask(f"writel {GPIO + (0x1C if high else 0x28):#x} {1 << number:#x}")

    def type(self, text):
        """A line on the console."""
        self.process.stdin.write(text.encode() + b"\n")
        self.process.stdin.flush()

    def poll(self, patience):
        """New lines of the console."""
        ready, _, _ = select.select([self.process.stdout], [], [], patience)
        if not ready:
            return []
        read = os.read(self.process.stdout.fileno(), 65536)
        if not read:
            raise EOFError("the machine ended: " + "\n".join(self.lines[-20:]))
        *whole, self.rest = (self.rest + read).split(b"\n")
        new = [line.decode(errors="replace").rstrip("\r") for line in whole]
        self.lines += new
        if os.environ.get("SHOW"):
            for line in new:
                print(f"[{time.time() - self.begun:6.1f}] {line}", flush=True)
        return new

    def until(self, what, patience=60):
        """Waits for a line that matches; the match."""
        end = time.time() + patience
        while time.time() < end:
            for line in self.poll(min(1, max(0.0, end - time.time()))):
                found = re.search(what, line)
                if found:
                    return found
        raise TimeoutError(f"{what!r} was not said within {patience} s; last:\n" + "\n".join(self.lines[-20:]))

    def wait(self, holds, patience=10, why=""):
        """Watches the pins until something holds; the seconds it took."""
        begun = time.time()
        while time.time() < begun + patience:
            if holds():
                return time.time() - begun
            self.poll(0.01)
        raise TimeoutError(f"{why or 'what should have happened'} did not happen within {patience} s; last:\n"
                           + "\n".join(self.lines[-20:]))


def ready():
    """Skips where the emulator or the binary is missing."""
    for tool in ("qemu-system-aarch64", "aarch64-linux-gnu-gcc", "cpio", "dpkg-deb", "apt-get"):
        if not shutil.which(tool):
            skip(f"{tool} is not here; tests/run setup installs it")
    version = subprocess.run(["qemu-system-aarch64", "--version"], text=True, stdout=subprocess.PIPE).stdout
    if int(re.search(r"version (\d+)", version).group(1)) < 9:
        skip("QEMU is older than 9: its Raspberry Pi has no I2C (take it from Debian's backports)")
