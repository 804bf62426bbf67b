"""Two authorities: keys, documents, ceremonies, and the renewals of their headquarters."""
import re
import shutil
from pathlib import Path

# The first root, which terminals are told and which stays as it was whatever is signed later.
ROOT = "--root installed.cbor"
BOTH = ("root", "zone")


class Authority:
    """One side: a folder with its keys, and its headquarters."""

    def __init__(self, house, side):
        self.house, self.side, self.home = house, side, f"hq-{side}"
        self.given = f"given-{side}"

    def headquarters(self, line, status=0):
        ended, said = self.house.ends(f"permit-headquarters --lang en --state {self.home} {line}")
        if ended != status:
            raise AssertionError(f"headquarters {self.side}, {line}: status {ended}: {said}")
        return said

    def key(self, role, number=1):
        return f"{self.side}/keys/{self.side}-{role}-{number}.key"

    def signed(self, name, role=None):
        """A description of this side's is proposed and signed."""
        base = f"{self.side}/{name}"
        self.house.does(f"permit authority propose {base}.toml {ROOT} --out {base}.proposal")
        self.house.does(
            f"permit authority sign {base}.proposal {ROOT} --key {self.key(role or name)} --yes --out {base}.cbor")

    def begin(self, bundle):
        self.headquarters(f"init --side {self.side.upper()} --bundle {bundle} {ROOT}")

    def in_force(self):
        return f"{self.home}/bundle.cbor"

    def renew(self, others, more=""):
        """A renewal until it is published: what its first step said, and its last."""
        first = None
        for _ in range(8):
            status, said = self.house.ends(f"permit-headquarters --lang en --state {self.home} renew {self.given} {more}")
            first, more = first or said, ""
            if "Published" in said or "Nothing is to be renewed" in said:
                return first, said
            if status != 1:
                raise AssertionError(f"renewal of {self.side}: status {status}: {said}")
            if not self.holders(others):
                raise AssertionError(f"renewal of {self.side} waits for nobody: {said}")
        raise AssertionError(f"renewal of {self.side} does not end: {said}")

    def holders(self, others):
        """Everybody who holds a key signs what was given out; how many proposals there were."""
        proposals = sorted(Path(self.house.folder, self.given).glob("*.proposal"))
        for path in proposals:
            role, now = path.stem, path.parent / "now" / f"{path.stem}.cbor"
            sides = [self, *others] if role in BOTH else [self]
            keys = " ".join(f"--key {it.key(role, number)}" for it in sides for number in ((1, 2) if role in BOTH else (1,)))
            current = f"--current {self.given}/now/{role}.cbor" if now.exists() else ""
            self.house.does(f"permit authority sign {self.given}/{role}.proposal --root {self.given}/root.cbor {current} {keys} "
                            f"--yes --out {self.given}/{role}.cbor")
        return len(proposals)

    def perform(self, script):
        """Runs every command of a ceremony's script, in its order; what the last one said."""
        keys = {}
        for path in [*self.house.folder.glob("[ab]/keys/*.key"), *self.house.folder.glob("new/*.key")]:
            shown = self.house.does(["permit", "key", "show", path])
            keys[re.search(r"key id: (\w+)", shown).group(1)] = str(path)
        said = ""
        for line in self.house.path(f"{script}/commands.txt").read_text().splitlines():
            words = [keys[it[4:]] if it.startswith("KEY-") else it for it in line.split()]
            status, said = self.house.ends(words)
            # Signatures are missing until the last step.
            if status != 0 and not (status == 1 and "renew" in words):
                raise AssertionError(f"{line}: status {status}: {said}")
        return said


def first_root(house, zone):
    """The first root by its own script."""
    house.does(f"permit-headquarters --lang en ceremony root --zone {zone} --out script-root")
    said = Authority(house, "a").perform("script-root")
    shutil.copy(house.path("root.cbor"), house.path("installed.cbor"))
    return said


def first_zone(house, zone, a, b):
    """The register that both sides agreed on: the template's without the texts of a demonstration."""
    house.does(f"permit authority new zone --zone {zone} --out zone.toml")
    text = house.path("zone.toml").read_text()
    refused, said = house.ends(f"permit authority propose zone.toml {ROOT} --out refused.proposal")
    text = text.replace(". DEMONSTRATION", "").replace("(demo)", "").replace("（演示）", "").replace("(演示)", "")
    text = re.sub(r"(演示|시연|[Dd]emonstration)", "", text)
    house.path("zone.toml").write_text(text)
    house.does(f"permit authority propose zone.toml {ROOT} --out zone.proposal")
    for side in (a, b):
        house.does(f"permit authority sign zone.proposal {ROOT} --key {side.key('zone', 1)} --key {side.key('zone', 2)} "
                   "--yes --out zone.cbor")
    return refused, said
