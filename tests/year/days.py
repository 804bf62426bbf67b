"""The days of the year after its beginnings: crossings, what is taken back, thieves, a closed crossing, an absence."""
import re
import shutil

import ways
from authority import ROOT
from desk import Desk

GREEN, STOLEN, REVOKED, EXPIRED, CLOSED = 0, 24, 32, 31, 43


def crossings(story):
    """Thirty people cross, and ten of them come back; journals come home by stick and over HTTP."""
    house = story.house
    house.wait(days=1)
    shutil.copy(house.path(story.a.in_force()), house.path("given.cbor"))
    for terminal in (story.exit, story.entry):
        terminal.start()
    people = story.codes[:30]
    away = [story.exit.admit(code) == [GREEN] for code in people].count(True)
    there = [story.entry.admit(code) == [GREEN] for code in people].count(True)
    house.row("thirty people leave and arrive, green at both sides", "30, 30", f"{away}, {there}")
    for terminal in (story.entry, story.exit):
        terminal.switch()
    back = [terminal.admit(code) == [GREEN] for code in people[:10] for terminal in (story.entry, story.exit)].count(True)
    house.row("ten of them come back, green at both sides", 20, back)
    for kind, codes in (("by command", story.direct), ("of special personnel", story.far), ("of the desk on PostgreSQL", story.elsewhere)):
        house.row(f"a permit {kind}: its code", [GREEN], story.exit.scan(codes[0]))

    export = story.exit.export()
    stick = house.path("stick-a")
    stick.mkdir()
    shutil.copy(export, stick)
    said = story.a.headquarters("take stick-a")
    house.holds("by stick: the journal of terminal A 1", r"terminal 1: \d+ new records.*40 new passages", said)
    house.holds("the same stick again", "taken before", story.a.headquarters("take stick-a"))
    story.entry.export()
    with ways.Serving(story.b) as journals:
        status, said = ways.carry(house, story.entry, story.b.in_force(), journals)
    house.row("over HTTP: status of the program beside terminal B 1", 0, status)
    house.holds("over HTTP: the journal of terminal B 1 is here", r"Terminal 1, crossing 3: .*through", story.b.headquarters("show"))
    story.passages()


def week(story):
    """Registers and returns come home; a card is lost and another revoked; the lists say so at both terminals."""
    house = story.house
    house.wait(days=4)
    story.desk.revokes(3)
    story.desk.does("act 1 lose --officer 3")
    story.second = story.desk.copy(1)
    house.row("a lost card's next copy is another code", True, story.second != story.codes[0])
    story.laptop.does("hand-back home.bin")
    said = story.desk.does("merge home.bin --officer 1", 1)
    house.holds("people alike at special personnel and at the desk are shown, and nothing is taken", "nothing was taken", said)
    said = story.desk.does("merge home.bin --officer 1 --with-conflicts")
    house.holds("once they were looked at, the record of special personnel is taken", "199", said)
    story.returns()
    story.publish(f"--change {story.issued()}")
    house.holds("the week's plan names what is taken back", "permits taken back: 1", story.plan)
    restart(story)
    ways.stick(story.exit, story.a.in_force())
    with ways.Serving(story.b) as journals:
        status, _ = ways.carry(house, story.entry, story.a.in_force(), journals)
    story.entry.update()
    for name, terminal in (("by stick at terminal A 1", story.exit), ("over HTTP at terminal B 1", story.entry)):
        taken = (terminal.folder / "state/bundle.cbor").read_bytes() == house.path(story.a.in_force()).read_bytes()
        house.row(f"the week's lists {name}", True, taken)
        codes = [terminal.scan(code)[0] for code in (story.codes[2], story.codes[0], story.second)]
        house.row(f"revoked; reported lost; its next copy, {name}: codes", [REVOKED, REVOKED, GREEN], codes)


def thief(story):
    """A station's key is stolen and used; its register shuts the thief out, and another key goes on."""
    house = story.house
    house.wait(days=2)
    for name in ("103.key", "103.toml"):
        shutil.copy(house.path(name), house.path(f"thief-{name}"))
    forged = story.by_command("thief-103", 3, 600, register="thief-103.toml")
    restart(story)
    codes = [story.exit.scan(code)[0] for code in (forged[0], story.direct[1])]
    house.row("what a thief signs is green until somebody notices, as what the station signed: codes", [GREEN, GREEN], codes)
    base = story.a.in_force()
    shutil.copy(house.path(base), house.path("base.cbor"))
    house.path("revocations.toml").write_text(story.described("revocations"))
    kid = re.search(r"key id: (\w+)", house.does("permit key show 103.key")).group(1)
    house.does(f"permit revoke revocations.toml --key-stolen {kid} --register 103.toml")
    house.does("permit key new 103b.key --label STATION-103")
    story.list_key(103, house.does("permit key show 103b.key --form hex").strip(), "direct")
    story.publish_stations("--change revocations.toml")
    house.holds("the plan says how many stay good", "20", story.plan)
    pictures, gone = ways.drawn(house, story.a.in_force(), "base.cbor")
    story.exit.end()
    story.exit.start(camera=house.path("codes-lists"), signed_in=False)
    kept = story.exit.read_lists()
    house.row(f"the lists by codes, {gone} of {pictures} pictures lost: the bundle byte by byte", True,
              kept == house.path(story.a.in_force()).read_bytes())
    story.exit.end()
    story.exit.start()
    ways.stick(story.entry, story.a.in_force())
    after = story.by_command("103b", 1, 700)
    codes = [[story.exit.scan(code)[0] for code in some] for some in (forged, story.direct, after)]
    house.row("all that the thief signed: codes", [STOLEN] * 3, codes[0])
    house.row("all 20 that the station signed by the same key: codes", [GREEN] * 20, codes[1])
    house.row("signed by the station's next key: its code", [GREEN], codes[2])


def closed(story):
    """The crossing is closed for three days by a zone register that both sides sign."""
    house = story.house
    text = story.described("zone")
    place = text.index("\nstate = ", text.index("x-tumen-road")) + 1
    place = text.index("\n", place) + 1
    for after, state in ((2, "closed"), (5, "open")):
        states = f'\n[[crossings.states]]\nfrom = "{house.day(after)}"\nstate = "{state}"\n'
        text = text[:place] + states + text[place:]
        place += len(states)
    house.path("zone-2.toml").write_text(text)
    house.holds("what the zone register changes, by names, for whoever is to sign it", "Tumen-Namyang",
                story.a.headquarters("zone zone-2.toml"))
    story.publish("--change zone-2.toml")
    codes = []
    for days in (0, 2, 3):
        house.wait(days=days)
        restart(story)
        if days == 0:
            for terminal in (story.exit, story.entry):
                ways.stick(terminal, story.a.in_force())
        codes.append([terminal.scan(story.codes[5])[0] for terminal in (story.exit, story.entry)])
    house.row("before, while and after the crossing is closed, at both sides: codes", [[GREEN] * 2, [CLOSED] * 2, [GREEN] * 2], codes)


def month(story):
    """The month is over: journals and returns are home, and both reports answer an order."""
    house = story.house
    first = house.month()
    while house.month() == first:
        house.wait(days=1)
    house.wait(days=1)
    restart(story)
    frames, codes = ways.filmed(house, story.exit.page("/codes"), "film-a.y4m")
    said = story.a.headquarters("take film-a.y4m")
    house.holds(f"by codes, {codes - frames} of {codes} frames lost: the journal of terminal A 1 since its countersigned head",
                r"codes in the pictures.*terminal 1: \d+ new records", said)
    journals(story)
    story.returns(1)
    house.path("eligible.csv").write_text("region,eligible\n" + "".join(f"{region},{region * 10000}\n" for region in range(1, 10)))
    key = story.a.key("report")
    said = story.a.headquarters(f"report usage --month {first} --to Ministry --order 182 --eligible eligible.csv --key {key} --out usage")
    house.holds("the report on the use of permits is made", "report 1 is made and signed", said)
    story.a.headquarters(f"report situation --to Ministry --order 182 --key {key} --out situation")
    for name in ("usage", "situation"):
        status, said = house.ends(f"permit-headquarters --lang en verify {name} --bundle {story.a.in_force()} {ROOT}")
        house.row(f"the report {name} holds, for whoever was given it: status", 0, status)
    told = house.path("usage/usage-en.txt").read_text()
    house.row("the report counts what was signed at the desks and by special personnel", True, "180" in told)
    status, _ = house.ends(["bash", "-c", "printf x >> situation/situation-zh.html"])
    status, _ = house.ends(f"permit-headquarters --lang en verify situation --bundle {story.a.in_force()} {ROOT}")
    house.row("a report that was changed does not: status", 1, status)


def absence(story):
    """Terminal B 1 is off for a year, while keys of both sides are replaced and lists renewed."""
    house = story.house
    story.entry.end()
    story.entry_had = (story.entry.folder / "state/bundle.cbor").read_bytes()
    house.path("new").mkdir()
    for quarter in range(4):
        story.exit.end()
        house.wait(days=91)
        if quarter in (0, 2):
            rotate(story, quarter)
        story.publish()
        story.exit.start()
        ways.stick(story.exit, story.a.in_force())
        house.row(f"quarter {quarter + 1}: terminal A 1 has the newest lists", True,
                  (story.exit.folder / "state/bundle.cbor").read_bytes() == house.path(story.a.in_force()).read_bytes())
    story.desk.applies([person_of_next_year(story)], "next-year")
    story.late = story.desk.signs(121)
    story.exit.free()
    house.row("a permit of the next year at terminal A 1: its code", [GREEN], story.exit.scan(story.late))
    story.entry.start()
    old = story.entry.scan(story.late)
    house.row("a year later terminal B 1 still has its old lists, and is not green by them", True, old[0] != GREEN)
    kept = ways.stick(story.entry, story.a.in_force())
    house.row("it takes the newest by stick, through every root between", True, kept == house.path(story.a.in_force()).read_bytes())
    house.row("the same permit there: its code", [GREEN], story.entry.scan(story.late))
    house.row("one that expired meanwhile: its code", [EXPIRED], story.entry.scan(story.codes[5])[:1])


def rotate(story, quarter):
    """A key of side A's root gives way to another, by its script; two quarters later one of side B's, which is lost."""
    house = story.house
    side, other, act = (story.a, story.b, "rotate") if quarter == 0 else (story.b, story.a, "lost")
    old = re.search(r"key id: (\w+)", house.does(f"permit key show {side.key('root', 1)}")).group(1)
    house.does(f"permit key new new/{quarter}.key --label NEW")
    key = house.does(f"permit key show new/{quarter}.key --form hex").strip()
    side.headquarters(f"ceremony {act} {old} {key} --out script-{act}")
    said = side.perform(f"script-{act}")
    house.holds(f"the ceremony “{act}” of side {side.side.upper()}, by its script", "Published", said)
    shutil.copy(house.path(f"new/{quarter}.key"), house.path(side.key("root", 1)))
    other.headquarters(f"lists {side.in_force()}")


def person_of_next_year(story):
    from desk import person
    return person(900, 3, through=story.house.day(100), dated=story.house.day())


def end(story):
    """Everything that was kept is what was recorded."""
    house = story.house
    journals(story)
    story.passages()
    for side in (story.a, story.b):
        house.holds(f"headquarters of side {side.side.upper()}: everything worked out anew", "is what the records say",
                    side.headquarters("check"))
    for it in (story.desk, story.other, story.laptop):
        house.holds(f"desk {it.number}: every row against the record", "every row agrees", it.does("check"))


def restart(story):
    """Whoever runs keeps the time of the start: another day begins with a start."""
    for terminal in (story.exit, story.entry):
        if terminal.process:
            terminal.end()
        terminal.start()


def journals(story):
    """What both terminals recorded, on sticks."""
    for terminal, side in ((story.exit, story.a), (story.entry, story.b)):
        side.headquarters(f"take {terminal.export()}")


ACTS = [crossings, week, thief, closed, month, absence, end]
