"""What tests/scale/run measured, as a table and as a chart: one panel a quantity, both axes logarithmic."""

import math
import sys

# Name, what it is called, unit.
PANELS = [
    ("start", "start", "s"),
    ("memory", "memory of the record", "MiB"),
    ("size", "database", "MiB"),
    ("number", "search by number, p95", "ms"),
    ("prefix", "a name's first letters, p95", "ms"),
    ("misspelt", "same person, misspelt, p95", "ms"),
    ("act", "an application begun, p95", "ms"),
    ("page", "the first page after an act, p95", "ms"),
    ("check", "check", "s"),
    ("backup", "backup", "s"),
]
# What does not depend on how many there are, and is measured at each size nevertheless: in the table of rates.
RATES = [
    ("approve", "approvals"),
    ("sign", "permits signed"),
    ("svg", "cards as SVG"),
    ("pdf", "as PDF each"),
    ("sheets", "as one PDF of sheets"),
]
COLOURS = {"sqlite": "#123f4b", "postgresql": "#b0462f"}
WIDTH, HEIGHT, ACROSS = 250, 150, 3


def rows(path):
    for line in open(path, encoding="utf-8"):
        words = line.split()
        row = dict(zip(words[::2], words[1::2]))
        database = row.pop("database")
        yield database, {name: float(value) for name, value in row.items()}


def table(measured):
    yield "| database | permits | entries | " + " | ".join(f"{said}, {unit}" for _, said, unit in PANELS) + " |"
    yield "|---|---|---|" + "---|" * len(PANELS)
    for database, row in measured:
        cells = ["–" if math.isnan(row[name]) else f"{row[name]:.3g}" if row[name] < 100 else f"{row[name]:,.0f}" for name, _, _ in PANELS]
        yield f"| {database} | {row['permits']:,.0f} | {row['entries']:,.0f} | " + " | ".join(cells) + " |"


def rates(measured):
    yield "| database | permits | " + " | ".join(f"{said}, a second" for _, said in RATES) + " |"
    yield "|---|---|" + "---|" * len(RATES)
    for database, row in measured:
        yield f"| {database} | {row['permits']:,.0f} | " + " | ".join(f"{row[name]:,.0f}" for name, _ in RATES) + " |"


def panel(measured, name, said, unit, x, y):
    left, top, wide, high = x + 46, y + 26, WIDTH - 66, HEIGHT - 56
    points = {}
    for database, row in measured:
        if row[name] > 0:
            points.setdefault(database, []).append((math.log10(row["permits"]), math.log10(row[name])))
    all_x = [math.log10(row["permits"]) for _, row in measured]
    all_y = [value for line in points.values() for _, value in line]
    from_x, to_x = min(all_x), max(max(all_x), min(all_x) + 1)
    from_y, to_y = math.floor(min(all_y)), max(math.ceil(max(all_y)), math.floor(min(all_y)) + 1)
    at = lambda px, py: (left + wide * (px - from_x) / (to_x - from_x), top + high * (1 - (py - from_y) / (to_y - from_y)))
    yield f'<text x="{x + 8}" y="{y + 15}" font-weight="600">{said}, {unit}</text>'
    for power in range(from_y, to_y + 1):
        _, py = at(from_x, power)
        yield f'<path d="M{left} {py:.1f}h{wide}" stroke="#d5dbd9"/><text x="{left - 4}" y="{py + 3:.1f}" text-anchor="end" fill="#4a5c63">{10 ** power:g}</text>'
    for value in sorted(set(all_x)):
        px, _ = at(value, from_y)
        yield f'<text x="{px:.1f}" y="{top + high + 14}" text-anchor="middle" fill="#4a5c63">{round(10 ** value / 1000):,} k</text>'
    for database, line in points.items():
        colour = COLOURS[database]
        path = "L".join("{:.1f} {:.1f}".format(*at(*point)) for point in line)
        yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        for point in line:
            px, py = at(*point)
            yield f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="{colour}"/>'


def chart(measured):
    deep = math.ceil(len(PANELS) / ACROSS) * HEIGHT + 34
    yield f'<svg xmlns="http://www.w3.org/2000/svg" width="{ACROSS * WIDTH}" height="{deep}" font-family="sans-serif" font-size="10">'
    yield f'<rect width="{ACROSS * WIDTH}" height="{deep}" fill="#fdfdfb"/>'
    for n, database in enumerate(COLOURS):
        yield f'<circle cx="{14 + 110 * n}" cy="16" r="4" fill="{COLOURS[database]}"/><text x="{24 + 110 * n}" y="20" font-size="12">{database}</text>'
    for n, (name, said, unit) in enumerate(PANELS):
        yield from panel(measured, name, said, unit, n % ACROSS * WIDTH, 30 + n // ACROSS * HEIGHT)
    yield "</svg>"


def main():
    source, page, picture = sys.argv[1:]
    measured = list(rows(source))
    open(page, "w", encoding="utf-8").write("\n".join([*table(measured), "", *rates(measured)]) + "\n")
    open(picture, "w", encoding="utf-8").write("\n".join(chart(measured)) + "\n")


main()
