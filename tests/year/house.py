"""The house in which the year goes by: its programs, its clock, and the table of what was expected and what came."""
import os
import re
import subprocess
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"
PASSPHRASE = "a passphrase for tests"


class Differs(Exception):
    """A program ended otherwise than the story needs it to."""


class House:
    """A folder, the programs, and a clock that can be put forward."""

    def __init__(self, folder, programs, begin):
        self.folder, self.programs = Path(folder), Path(programs)
        self.rows, self.ran = [], 0
        self.offset = begin.timestamp() - time.time()

    def path(self, name):
        return self.folder / name

    def now(self):
        return datetime.fromtimestamp(time.time() + self.offset, timezone.utc)

    def day(self, after=0):
        """A civil day at the crossings, eight hours ahead."""
        return (self.now() + timedelta(hours=8, days=after)).strftime("%Y-%m-%d")

    def moment(self):
        return self.now().strftime("%Y-%m-%dT%H:%M:%SZ")

    def month(self, before=0):
        it = self.now() + timedelta(hours=8)
        months = it.year * 12 + it.month - 1 - before
        return f"{months // 12}-{months % 12 + 1:02}"

    def wait(self, days=0, hours=0):
        """Time goes by. Who runs meanwhile keeps the time of its start, so that terminals are ended before."""
        self.offset += days * 86400 + hours * 3600

    def environment(self):
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("PERMIT_")},
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "LD_PRELOAD": FAKETIME, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME": f"{self.offset:+.0f}s",
            "LANGUAGE": "en", "LANG": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1",
            **{name: PASSPHRASE for name in
               ("PERMIT_PASSPHRASE", "PERMIT_PASSPHRASE_1", "PERMIT_PASSPHRASE_2", "PERMIT_NEW_PASSPHRASE")},
        }

    def ends(self, line, stdin=None):
        """Runs a command line, given as text or as words; its status and what it said."""
        words = line.split() if isinstance(line, str) else [str(word) for word in line]
        self.ran += 1
        done = subprocess.run(
            words, cwd=self.folder, env=self.environment(), input=stdin, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL if stdin is None else None, timeout=600)
        return done.returncode, re.sub("[\u2068\u2069]", "", done.stdout)

    def does(self, line, stdin=None):
        """The same, where anything but status 0 ends the story."""
        status, said = self.ends(line, stdin)
        if status != 0:
            raise Differs(f"{line}: status {status}: {said}")
        return said

    def start(self, words, **more):
        return subprocess.Popen(
            [str(word) for word in words], cwd=self.folder, env=self.environment(), text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, **more)

    def row(self, what, expected, came):
        """What was expected, and what came."""
        self.rows.append((what, str(expected), str(came)))
        mark = "held" if str(expected) == str(came) else "DIFFERS"
        print(f"{mark}: {self.now():%Y-%m-%d}: {what}: expected {expected}, came {came}", flush=True)

    def holds(self, what, expected, text):
        """That a text says something."""
        found = re.search(expected, text, re.DOTALL)
        self.row(what, f"“{expected}”", f"“{expected}”" if found else text.strip()[-600:])

    def table(self):
        """Everything, one line a row; whether all of it came as expected."""
        lines = ["| what | expected | came | |", "|---|---|---|---|"]
        for what, expected, came in self.rows:
            cells = [cell.replace("|", "/").replace("\n", " ") for cell in (what, expected, came)]
            lines.append("| " + " | ".join(cells) + (" | |" if expected == came else " | **differs** |"))
        return "\n".join(lines), all(expected == came for _, expected, came in self.rows)
