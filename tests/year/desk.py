"""Stations: desks with officers and a record, one of them on PostgreSQL, and what they issue."""
import os
import re
import subprocess
from pathlib import Path

BIN = Path("/usr/lib/postgresql/15/bin")
COUNTER, POLICE, BORDER = 3, 4, 5


class Postgres:
    """A server of Debian's in the story's own folder."""

    def __init__(self, house):
        self.house, self.folder = house, house.path("postgres")
        self.owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []

    def _run(self, *words):
        subprocess.run([*self.owner, *map(str, words)], cwd="/", check=True, stdout=subprocess.DEVNULL)

    def start(self):
        if not self.folder.exists():
            self.folder.mkdir(mode=0o777)
            self.folder.chmod(0o777)
            self.house.folder.chmod(0o755)
            self._run(BIN / "initdb", "-U", "desk", "-A", "trust", "-D", self.folder / "data")
        self._run(BIN / "pg_ctl", "start", "-s", "-w", "-D", self.folder / "data", "-l", self.folder / "log",
                  "-o", f"-k {self.folder} -c listen_addresses=")

    def stop(self):
        if (self.folder / "data/postmaster.pid").exists():
            self._run(BIN / "pg_ctl", "stop", "-s", "-m", "fast", "-D", self.folder / "data")

    def database(self, name):
        self._run(BIN / "createdb", "-h", self.folder, "-U", "desk", name)
        return f"postgres://desk@localhost/{name}?host={self.folder}"


class Desk:
    """A desk of a station."""

    def __init__(self, house, number, database=None, state=None):
        self.house, self.number, self.state = house, number, state or f"desk-{number}"
        self.database = f"--database {database}" if database else ""

    def does(self, line, status=0):
        ended, said = self.house.ends(f"permit-station --lang en --state {self.state} {line}")
        if ended != status:
            raise AssertionError(f"desk {self.number}, {line}: status {ended}: {said}")
        return said

    def begin(self, bundle):
        """The folder with two supervisors, and an officer of each kind that permits need."""
        said = self.house.does(
            ["permit-station", "--lang", "en", "--state", self.state, *self.database.split(), "init", "--station", self.number,
             "--bundle", bundle, "--root", "installed.cbor", "--first", "JEGAL HAN", "--second", "SIMA RAN"])
        self.public, self.record = re.findall(r"\b[0-9a-f]{64}\b", said)
        for number, name, role in ((COUNTER, "MAENG SORI", "counter"), (POLICE, "OUYANG XING", "police"),
                                   (BORDER, "SEONU BYEOL", "border-defence")):
            self.house.does(["permit-station", "--state", self.state, "officer", "add", "--number", number, "--name", name,
                             "--role", role, "--sign", 1, "--sign", 2])

    def lists(self, bundle):
        return self.does(f"lists {bundle} --officer 1")

    def applies(self, rows, name):
        """A table of applications, taken in at the counter."""
        path = self.house.path(f"{name}.csv")
        path.write_text(table(rows))
        return self.does(f"import {path} --officer {COUNTER}")

    def signs(self, number, two=False):
        """Approved by whom the class needs, and signed; the code's text."""
        for officer in (POLICE, BORDER) if two else (POLICE,):
            self.does(f"approve {number} --key {self.state}/officers/{officer:05}.key")
        return self.copy(number)

    def copy(self, number):
        """The next copy of an approved permit is signed; the code's text."""
        out = self.house.path(f"codes-{self.state}")
        before = set(out.glob("*")) if out.exists() else set()
        self.does(f"issue {number} --officer {COUNTER} --out {out}")
        (new,) = set(out.glob("*")) - before
        return new.read_text().strip()

    def hands_over(self, number):
        """Printed, held against what was to be printed, and handed over."""
        out = self.house.path(f"cards-{self.state}-{number}")
        self.does(f"print {number} --officer {COUNTER} --out {out} --format png")
        self.does(f"act {number} print --officer {COUNTER}")
        picture = sorted(out.glob("*.png"))
        said = self.does(f"read-back {number} {picture[0]} --officer {COUNTER}")
        self.does(f"act {number} hand-over --officer {COUNTER}")
        return said

    def revokes(self, number, ground="misuse"):
        """Two officers of two, each with a key of their own."""
        first = ["permit-station", "--state", self.state, "revoke", number, "--ground", ground, "--words", "An invented reason.",
                 "--deadline", self.house.day(30), "--to", 102, "--key", f"{self.state}/officers/{POLICE:05}.key"]
        self.house.does(first)
        self.does(f"revoke {number} --key {self.state}/officers/{BORDER:05}.key")


# Papers of each class, who issued them, and the nationality.
CLASSES = {
    "resident": (("relative-letter", "온성"), ("commune-letter", "光明公社"), 156),
    "foreign-resident": (("national-credential", "함경북도"), ("department-letter", "延边"), 408),
    "state-employee": (("personnel-letter", "人事处"), None, 156),
}
COLUMNS = ["class", "language", "commune", "relative-letter", "relative-letter-dated", "commune-letter", "commune-letter-dated",
           "national-credential", "national-credential-dated", "department-letter", "department-letter-dated", "personnel-letter",
           "personnel-letter-dated", "latin", "birth", "nationality", "region", "through", "entries"]


def person(count, region, through, entries="unlimited", kind="resident", dated="", **more):
    """A row of somebody invented, another for every count; what an application has and a permit asks for."""
    first, second, nationality = CLASSES[kind]
    row = {"class": kind, "language": "ko", "latin": invented(count), "birth": f"{1900 + count % 90}-{count % 12 + 1:02}-17",
           "nationality": nationality, "region": region, "through": through, "entries": entries}
    for name, issuer in filter(None, (first, second)):
        row |= {name: issuer, f"{name}-dated": dated}
    return row | more


def invented(count):
    """A name that nobody else of the story has."""
    letters = [chr(65 + count // 26 ** place % 26) for place in range(3)]
    return "SEOMUN " + "".join(f"{letter}O" for letter in letters)


def table(rows, columns=None):
    columns = columns or [name for name in COLUMNS if any(row.get(name) for row in rows)]
    return "\n".join([",".join(columns), *(",".join(str(row.get(name, "")) for name in columns) for row in rows)]) + "\n"
