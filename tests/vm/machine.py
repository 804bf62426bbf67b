"""Emulated boards: Debian's arm64 kernel, an initramfs of ours, and a hand on the pins from outside.

What is fetched is kept in target/vm. Nothing is installed by this file and nothing of it needs root: packages
are downloaded as they are and unpacked. It emulates; no real Raspberry Pi is behind any of it.

Nobody types anything: what a guest does is in its init script. On the emulated Raspberry Pi the host says which step
is next by levels of pins that the terminal does not use, and the guest says on its console what came of it.
"""

import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", HOME / "target")).resolve()
STORE = TARGET / "vm"
BINARIES = TARGET / "aarch64-unknown-linux-gnu/release"
SYSROOT = Path("/usr/aarch64-linux-gnu/lib")
GPIO = 0x3F200000
# Pins that pins.toml leaves free, not all of them on the header: the guest does a step while STROBE is high, the one
# that NUMBER spells.
STROBE, NUMBER = 0, (1, 14, 15, 28, 29, 30)
held = []


def check(what, holds):
    """One line and one count for each thing that is held."""
    print(f"{'held' if holds else 'NOT HELD'}: {what}", flush=True)
    held.append(bool(holds))
    return bool(holds)


def finish(begun):
    """The last line, and the end."""
    print(f"{sum(held)} of {len(held)} held, in {time.time() - begun:.0f} s")
    sys.exit(0 if held and all(held) else 1)


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


def initramfs(name, kernel, programs, files, script, modules):
    """A root with busybox, the C library, these programs, files and modules, and this script as its init."""
    root = STORE / name
    shutil.rmtree(root, ignore_errors=True)
    for folder in ("bin", "proc", "sys", "dev", "tmp", "lib", "state", "etc"):
        (root / folder).mkdir(parents=True)
    shutil.copy(STORE / "root/bin/busybox", root / "bin/busybox")
    (root / "bin/sh").symlink_to("busybox")
    for library in ("ld-linux-aarch64.so.1", "libc.so.6", "libm.so.6", "libgcc_s.so.1"):
        shutil.copy(SYSROOT / library, root / "lib" / library)
    for program in programs:
        subprocess.run(["aarch64-linux-gnu-strip", "-o", root / "bin" / program.name, program], check=True)
    for place, file in files.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, root / place)
    own = root / "lib/modules" / kernel.version
    own.mkdir(parents=True)
    for module in modules:
        found = kernel.modules / module
        for file in found.rglob("*.ko*") if found.is_dir() else found.parent.glob(f"{found.name}.ko*"):
            place = own / file.relative_to(kernel.modules)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, place)
    for index in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
        shutil.copy(kernel.modules / index, own / index)
    subprocess.run(["/sbin/depmod", "-b", root, kernel.version], check=True)
    (root / "init").write_text("#!/bin/sh\n/bin/busybox --install -s /bin; export PATH=/bin\n"
                               "mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev\n"
                               "echo 1 > /proc/sys/kernel/printk\n" + script + "\necho DONE\nsleep 1000\n")
    (root / "init").chmod(0o755)
    packed = STORE / f"{name}.cpio.gz"
    subprocess.run(f"find . | cpio -o -H newc 2>/dev/null | gzip -1 > {packed}", shell=True, cwd=root, check=True)
    return packed


class Machine:
    """An emulated board while it runs; `until` reads its console."""

    def __init__(self, options):
        self.begun = time.time()
        # Everything that was said; the line that is not whole; what nobody has waited for.
        self.lines, self.rest, self.unheard = [], b"", []
        self.process = subprocess.Popen(
            ["qemu-system-aarch64", "-display", "none", "-monitor", "none", "-no-reboot", *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # A raspi3b cannot switch itself off.
        self.process.kill()
        self.process.wait()

    def age(self):
        """Seconds since it was switched on."""
        return time.time() - self.begun

    def poll(self, patience):
        """New lines of the console; none if no whole one came in time."""
        new, self.unheard, end = self.unheard, [], time.time() + patience
        while not new and select.select([self.process.stdout], [], [], max(0.0, end - time.time()))[0]:
            read = os.read(self.process.stdout.fileno(), 65536)
            if not read:
                raise EOFError("the machine ended: " + "\n".join(self.lines[-20:]))
            *whole, self.rest = (self.rest + read).split(b"\n")
            new = [line.decode(errors="replace").rstrip("\r") for line in whole]
            self.lines += new
            if os.environ.get("SHOW"):
                for line in new:
                    print(f"[{self.age():6.1f}] {line}", flush=True)
        return new

    def until(self, what, patience=60):
        """Waits for a line that matches; the match, and the lines before it."""
        end, before = time.time() + patience, []
        while time.time() < end:
            new = self.poll(min(1, max(0.0, end - time.time())))
            for place, line in enumerate(new):
                found = re.search(what, line)
                if found:
                    # What came in the same breath is for the next who waits.
                    self.unheard = new[place + 1:]
                    return found, before
                before.append(line)
        raise TimeoutError(f"{what!r} was not said within {patience} s; last:\n" + "\n".join(self.lines[-20:]))


class Pi(Machine):
    """A Raspberry Pi 3B: its pins are read and driven, and its steps asked for, through its registers."""

    def __init__(self, kernel, packed, steps, options):
        self.steps = list(steps)
        assert len(self.steps) <= 1 << len(NUMBER), "more steps than pins can spell"
        door = STORE / f"qtest-{os.getpid()}"
        door.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(door))
            listener.listen(1)
            listener.settimeout(60)
            super().__init__(
                ["-M", "raspi3b", "-m", "1G", "-serial", "null", "-serial", "stdio",
                 "-qtest", f"unix:{door}", "-qtest-log", "/dev/null", *options,
                 "-kernel", kernel.image, "-initrd", packed, "-dtb", kernel.tree,
                 "-append", "console=ttyS1,115200 panic=-1 loglevel=3 iomem=relaxed"])
            self.qtest = listener.accept()[0].makefile("rw")
        door.unlink()
        for number in (STROBE, *NUMBER):
            self.drive(number, False)

    @staticmethod
    def script(steps):
        """The guest's half: does steps by their number for as long as it runs."""
        cases = "\n".join(f"{number}) {{ {step}\n}} ;;" for number, step in enumerate(steps.values()))
        spelt = " | ".join(f"(v >> {pin} & 1) << {bit}" for bit, pin in enumerate(NUMBER))
        return f"""pins() {{ devmem {GPIO + 0x34:#x} 32; }}
strobe() {{ v=$(pins); [ $((v >> {STROBE} & 1)) = 1 ]; }}
echo READY-start
while :; do
  until strobe; do usleep 20000; done
  step=$(({spelt}))
  case $step in
  {cases}
  esac
  echo "DID-$step-$?"
  while strobe; do usleep 20000; done
  echo "READY-$step"
done"""

    def begin(self, step):
        """Has a step begun."""
        for bit, pin in enumerate(NUMBER):
            self.drive(pin, self.steps.index(step) >> bit & 1)
        self.drive(STROBE, True)

    def end(self, step, patience=60):
        """Waits for its end: its status, and what it said."""
        number = self.steps.index(step)
        found, said = self.until(rf"DID-{number}-(\d+)", patience)
        self.drive(STROBE, False)
        self.until(f"READY-{number}", 60)
        return int(found.group(1)), said

    def run(self, step, patience=60):
        """Has a step done: its status, and what it said."""
        self.begin(step)
        return self.end(step, patience)

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

    def wait(self, holds, patience, why):
        """Watches the pins until something holds; the seconds it took."""
        begun = time.time()
        while time.time() < begun + patience:
            if holds():
                return time.time() - begun
        raise TimeoutError(f"{why} did not happen within {patience} s; last:\n" + "\n".join(self.lines[-20:]))

    def stopped(self, work):
        """Does something while the whole machine stands still."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            return work()
        finally:
            self.process.send_signal(signal.SIGCONT)


def ready():
    """Skips where the emulator or the binary is missing."""
    for tool in ("qemu-system-aarch64", "qemu-aarch64", "aarch64-linux-gnu-gcc", "cpio", "dpkg-deb", "apt-get",
                 "/sbin/depmod", "/sbin/mkfs.ext4", "/sbin/e2fsck", "/sbin/debugfs"):
        if not shutil.which(tool):
            skip(f"{tool} is not here; tests/vm/setup installs it")
    version = subprocess.run(["qemu-system-aarch64", "--version"], text=True, stdout=subprocess.PIPE).stdout
    if int(re.search(r"version (\d+)", version).group(1)) < 9:
        skip("QEMU is older than 9: its Raspberry Pi has no I2C (take it from Debian's backports)")
