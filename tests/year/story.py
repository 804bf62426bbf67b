"""The year, from an empty folder: act by act, each with what was expected and what came."""
import re
import shutil
from concurrent.futures import ThreadPoolExecutor

import authority
import days
import desk
from authority import ROOT, Authority
from desk import Desk, person
from terminal import Terminal

ZONE = 7
# Their regions by number; the key of the last stays in a file, for the command.
STATIONS = {101: ("Yanji Station", "延吉签发站", "연길 발급소", [1, 3]), 102: ("Helong Station", "和龙签发站", "화룡 발급소", [4]),
            103: ("Hunchun Post", "珲春签发点", "훈춘 발급점", [5])}


class Story:
    """What every act needs."""

    def __init__(self, house):
        self.house = house
        self.a, self.b = Authority(house, "a"), Authority(house, "b")
        self.postgres = desk.Postgres(house)

    def beginnings(self):
        house, a, b = self.house, self.a, self.b
        said = authority.first_root(house, ZONE)
        house.holds("the first root by its script: its fingerprint in words", "to be read aloud", said)
        status, _ = authority.first_zone(house, ZONE, a, b)
        house.row("a zone register with texts of the demonstration is not proposed: status", 4, status)
        house.row("the zone register is signed by both sides", True, house.path("zone.cbor").exists())
        for side in (a, b):
            for name in ("stations", "revocations", "readers"):
                house.does(f"permit authority new {name} --side {side.side} --zone {ZONE} --out {side.side}/{name}.toml")
        self.listed = {number: [] for number in STATIONS}
        house.path("a/stations.toml").write_text(self.list_of_stations("a/stations.toml"))
        self.terminals()
        for side in (a, b):
            for name in ("stations", "revocations", "readers"):
                side.signed(name)
            house.does(f"permit authority snapshot {side.side} {ROOT} --zone zone.cbor --out {side.side}/snapshot.toml")
            side.signed("snapshot")
        house.does(f"permit authority publish {ROOT} --zone zone.cbor --a a --b b --out bundle-1.cbor")
        for side in (a, b):
            side.begin("bundle-1.cbor")

    def list_of_stations(self, head):
        """The description of side A's stations with the keys that are known by now."""
        text = self.house.path(head).read_text().split("[[stations]]")[0]
        for number, (en, zh, ko, regions) in STATIONS.items():
            text += (f"\n[[stations]]\nnumber = {number}\nkind = 'border-work'\nregions = {regions}\n"
                     f"names = {{ en = '{en}', zh = '{zh}', ko = '{ko}' }}\n")
            for key, kind, since, until in self.listed[number]:
                text += f"[[stations.keys]]\nkey = '{key}'\nfrom = {since}\nthrough = {until}\nclass = '{kind}'\n"
        return text + getattr(self, "away", "")

    def terminals(self):
        """One on each side of the crossing, with one secret; their keys come onto the lists."""
        self.exit, self.entry = (Terminal(self.house, f"terminal-{side}", side.upper(), way)
                                 for side, way in (("a", "exit"), ("b", "entry")))
        keys = [self.exit.public_key()]
        for name in ("pseudonym.secret", "pseudonym.secret.copy"):
            shutil.copy(self.exit.folder / "state" / name, self.entry.folder / "state")
        keys.append(self.entry.public_key())
        for side, key in zip("ab", keys):
            path = self.house.path(f"{side}/readers.toml")
            path.write_text(f"{path.read_text()}\n[[readers]]\nnumber = 1\ncrossing = 3\nkey = '{key}'\n")

    def desks(self):
        """Two desks, one on PostgreSQL, and a small station that issues by command; their keys come onto the lists."""
        house = self.house
        self.postgres.start()
        self.desk, self.other = Desk(house, 101), Desk(house, 102, self.postgres.database("desk102"))
        for it in (self.desk, self.other):
            it.begin("bundle-1.cbor")
            self.list_key(it.number, it.public)
            self.a.headquarters(f"station {it.number} {it.record}")
        house.does("permit key new 103.key --label STATION-103")
        self.list_key(103, house.does("permit key show 103.key --form hex").strip(), "direct")
        self.publish_stations()
        house.row("the lists with the stations' keys are published: version", "2", self.version)

    def end(self):
        """Nothing goes on running, whatever became of the story."""
        for it in (getattr(self, name, None) for name in ("exit", "entry")):
            if it and it.process:
                it.process.kill()
        self.postgres.stop()

    def list_key(self, number, key, kind="station", after=0):
        self.listed[number].append((key, kind, self.house.day(after), self.house.day(after + 700)))

    def publish_stations(self, more=""):
        self.house.path("stations.toml").write_text(self.list_of_stations("a/stations.toml"))
        self.publish(f"--change stations.toml {more}")

    def publish(self, more=""):
        """Side A renews, side B takes over, renews and gives back; what side A's plan said."""
        a, b = self.a, self.b
        self.plan, said = a.renew([b], more)
        b.headquarters(f"lists {a.in_force()}")
        _, theirs = b.renew([a])
        if "Published" in theirs:
            a.headquarters(f"lists {b.in_force()}")
        found = re.search(r"version (\d+) of the lists", said)
        self.version = found and found.group(1)
        for it in (self.desk, self.other):
            it.lists(a.in_force())

    def delegation(self):
        """Special personnel with a laptop of their own, listed before they go."""
        house = self.house
        house.wait(hours=2)
        said = self.desk.does(f"delegate laptop --number 199 --region cn-yanji-city --commune 光明公社 --from {house.day()} "
                              f"--through {house.day(80)} --quota 20 --officer 3 --officer 4 --sign 1 --sign 2")
        entry = house.path("laptop/00199-station.toml").read_text()
        self.away = "\n" + entry[entry.index("[[stations]]"):]
        self.publish_stations()
        self.laptop = Desk(house, 199, state="laptop")
        self.laptop.lists(self.a.in_force())
        (record,) = re.findall(r"\b[0-9a-f]{64}\b", said)
        self.a.headquarters(f"station 199 {record}")
        house.row("special personnel are listed: version of the lists", "3", self.version)

    def permits(self):
        """200 permits: of every class at the desks, by command, and by special personnel."""
        house, until = self.house, self.house.day(150)
        row = dict(through=until, dated=house.day())
        kinds = ["resident"] * 60 + ["foreign-resident"] * 40 + ["state-employee"] * 20
        at_desk = [person(count, 3, kind=kind, **row) for count, kind in enumerate(kinds)]
        there = [person(200 + count, 4, kind=kinds[count * 2], **row) for count in range(50)]
        away = [person(300 + count, 1, commune="光明公社", **row) for count in range(10)]
        with ThreadPoolExecutor(2) as both:
            all_of = [both.submit(issue, it, rows, name) for it, rows, name in
                      ((self.desk, at_desk, "rows-101"), (self.other, there, "rows-102"), (self.laptop, away, "rows-199"))]
            self.codes, self.elsewhere, self.far = (it.result() for it in all_of)
        self.direct = self.by_command("103", 20, 400)
        count = sum(map(len, (self.codes, self.elsewhere, self.far, self.direct)))
        house.row("permits signed, all of them different", 200, len({*self.codes, *self.elsewhere, *self.far, *self.direct}))
        house.row("of which at the two desks, by special personnel and by command", "120 + 50 + 10 + 20",
                  " + ".join(str(len(it)) for it in (self.codes, self.elsewhere, self.far, self.direct)))
        for number in (1, 61, 101):
            self.desk.hands_over(number)
        house.row("cards printed, read back and handed over, one of each class", 3, count - 197)

    def passages(self):
        """Each side's passages go to the other."""
        for own, other in ((self.a, self.b), (self.b, self.a)):
            out = f"for-{other.side}-{self.house.ran}.cbor"
            own.headquarters(f"passages --key {own.key('passages')} --out {out}")
            other.headquarters(f"take {out}")

    def returns(self, before=0):
        """Registers and returns of the desks and of special personnel go to headquarters on a stick."""
        self.stick = self.house.path(f"returns-{self.house.ran}")
        for it in (self.desk, self.other, self.laptop):
            it.does(f"export --out {self.stick} --month {self.house.month(before)}")
        return self.a.headquarters(f"take {self.stick}")

    def described(self, name):
        """A document in force of both sides or of side A, as people write it."""
        shown = self.house.does(f"permit authority show {self.a.in_force()}")
        # What the snapshot pins begins like a document, too.
        begins = re.compile(f'document = "{name}"\n(side|basis)')
        return next(it for it in re.split(r"(?m)^(?=document = )", shown) if begins.match(it))

    def issued(self):
        """The register of issued permits with that of the station without a desk."""
        self.house.path("issued.toml").unlink(missing_ok=True)
        self.house.does(f"permit authority new issued --side a --zone {ZONE} --out issued.toml")
        for register in [*sorted(self.stick.glob("*-register.toml")), "103.toml"]:
            self.house.does(f"permit authority issued issued.toml --register {register} --through {self.house.day(-1)}")
        return "issued.toml"

    def by_command(self, key, count, first, **more):
        """Permits of the small station, by a key in a file; the codes' texts."""
        house, out = self.house, self.house.path(f"codes-{key}-{first}")
        columns = ["latin", "birth", "nationality", "region", "through", "entries"]
        rows = [person(first + at, 5, through=house.day(150)) for at in range(count)]
        house.path(f"rows-{first}.csv").write_text(desk.table(rows, columns))
        register = more.get("register", "103.toml")
        house.does(f"permit issue rows-{first}.csv --key {key}.key --bundle {self.a.in_force()} {ROOT} --register {register} --out {out}")
        return [path.read_text().strip() for path in sorted(out.glob("*.txt"))]


def issue(it, rows, name):
    """Taken in, approved by whom each class needs, and signed."""
    it.applies(rows, name)
    return [it.signs(number, row["class"] == "state-employee") for number, row in enumerate(rows, 1)]


ACTS = [Story.beginnings, Story.desks, Story.delegation, Story.permits, *days.ACTS]


def tell(house):
    """All of it; whether it came to its end."""
    story = Story(house)
    try:
        for act in ACTS:
            act(story)
    finally:
        story.end()
    return True
