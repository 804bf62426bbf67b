"""A second reader of border permits, written from src/core/FORMAT.md.

It shares no code with the first: CBOR is read by cbor2 (behind a gate of its own), signatures are checked by
the package `cryptography`. It answers every vector in tests/vectors and compares the answers:

    python reader.py FOLDER…      vectors in FOLDER/*.json, bundles in FOLDER/../bundles/*.cbor

Status 0 when it agrees with every vector, 1 when it does not.
"""

import datetime
import hashlib
import json
import pathlib
import re
import sys

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
DAY = 86400


class Fault(Exception):
    """Not in the one form: where, and what."""

    def __init__(self, offset, flaw):
        super().__init__(f"byte {offset}: {flaw}")
        self.offset, self.flaw = offset, flaw


class Refused(Exception):
    """A bundle is not taken."""


def need(condition, what="form"):
    if not condition:
        raise Fault(None, what)


# --- 1. The text -------------------------------------------------------------------------------------


def base45(text, start):
    out = bytearray()
    for at in range(0, len(text), 3):
        group = text[at : at + 3]
        digits = []
        for index, character in enumerate(group):
            value = ALPHABET.find(chr(character))
            if value < 0:
                raise Fault(start + at + index, "character")
            digits.append(value)
        value = sum(digit * 45**place for place, digit in enumerate(digits))
        if len(group) == 1:
            raise Fault(start + at, "length")
        size = len(group) - 1
        if value >= 256**size:
            raise Fault(start + at, "overflow")
        out += value.to_bytes(size, "big")
    return bytes(out)


# --- 2. Signatures -----------------------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
ZERO = (0, 1, 1, 0)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] * D, 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, point):
    out = ZERO
    while n:
        if n & 1:
            out = add(out, point)
        point, n = add(point, point), n >> 1
    return out


def is_zero(point):
    return point[0] % P == 0 and (point[1] - point[2]) % P == 0


def decompress(key):
    """The point of a canonical encoding, or None."""
    y = int.from_bytes(key, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


SOUND = {}


def is_sound(key):
    """On the curve, canonical, not of small order, without a component of small order."""
    if key not in SOUND:
        point = decompress(key)
        SOUND[key] = point is not None and not is_zero(times(8, point)) and is_zero(times(L, point))
    return SOUND[key]


def holds(key, message, signature):
    if signature[:32] == b"\x01" + bytes(31):
        return False  # R of small order
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def kid_of(key):
    return hashlib.sha256(key).digest()[:4]


def protected(kid):
    return cbor2.dumps({1: -19, 4: kid})


def sig_structure(kind, kid, payload, many=False):
    context = ["Signature", b""] if many else ["Signature1"]
    return cbor2.dumps([*context, protected(kid), f"border-permit/{kind}/1".encode(), payload])


# --- 3. The gate -------------------------------------------------------------------------------------


def gate(data, depth):
    """Passes exactly one deterministic item."""

    def head(at):
        if at >= len(data):
            raise Fault(at, "truncated")
        major, info = data[at] >> 5, data[at] & 31
        if major == 7:
            if info in (20, 21, 22):
                return 7, info, at + 1
            raise Fault(at, "float" if info in (25, 26, 27) else "simple" if info < 25 else "reserved")
        if info < 24:
            return major, info, at + 1
        if info == 31 and 2 <= major <= 5:
            raise Fault(at, "indefinite")
        if info > 27:
            raise Fault(at, "reserved")
        width = 1 << (info - 24)
        if at + 1 + width > len(data):
            raise Fault(at + 1, "truncated")
        value = int.from_bytes(data[at + 1 : at + 1 + width], "big")
        if value < (24, 256, 65536, 2**32)[info - 24]:
            raise Fault(at, "not shortest")
        return major, value, at + 1 + width

    def item(at, level, key=False):
        major, value, after = head(at)
        if key and major not in (0, 1, 3):
            raise Fault(at, "key")
        if major in (2, 3):
            if after + value > len(data):
                raise Fault(after, "truncated")
            if major == 3:
                try:
                    data[after : after + value].decode("utf-8")
                except UnicodeDecodeError as error:
                    raise Fault(after + error.start, "utf-8") from None
            return after + value
        if major in (4, 5):
            if major == 5 and value >= 2**63:
                raise Fault(at, "truncated")
            if level >= depth:
                raise Fault(at, "too deep")
            last = None
            for _ in range(value):
                if major == 5:
                    start, after = after, item(after, level + 1, key=True)
                    mine = data[start:after]
                    if last is not None and mine <= last:
                        raise Fault(start, "duplicate" if mine == last else "unsorted")
                    last = mine
                after = item(after, level + 1)
            return after
        if major == 6:
            raise Fault(at, "tag")
        return after

    end = item(0, 0)
    if end != len(data):
        raise Fault(end, "trailing")
    return cbor2.loads(data)


# --- Typed fields ------------------------------------------------------------------------------------


def integer(value, low, high):
    need(type(value) is int and low <= value <= high, "range")
    return value


def boolean(value):
    need(type(value) is bool, "type")
    return value


def binary(value, low, high):
    need(type(value) is bytes and low <= len(value) <= high, "length")
    return value


def array(value, count=None):
    need(type(value) is list and count in (None, len(value)), "array")
    return value


def optional(value, read):
    return None if value is None else read(value)


def day(value):
    return integer(value, 0, 93501)


def moment(value):
    return integer(value, -(2**63), 2**63 - 1)


def number(value):
    return integer(value, 1, 65535)


def side_of(value):
    return "AB"[integer(value, 0, 1)]


def ascending(keys):
    need(all(a < b for a, b in zip(keys, keys[1:])), "unsorted")


def listed(value, read, key, most=None):
    need(most is None or len(array(value)) <= most, "many")
    entries = [read(entry) for entry in array(value)]
    ascending([key(entry) for entry in entries])
    return entries


# --- 6. Characters -----------------------------------------------------------------------------------

LATIN = "[ '\\-.A-Za-z\u00c0-\u024f]"
NATIVE = "[ \u00b7\u3007\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0002ee5d\U00030000-\U000323af]"
PLACE = f"(?:{LATIN}|{NATIVE}|[0-9(),:;/\u2019\u3001\u300a\u300b])"
DOCUMENT, IDENTIFIER = "[A-Z0-9<\\-]", "[a-z0-9\\-]"


def text(value, most, characters):
    need(type(value) is str and 1 <= len(value.encode()) <= most, "length")
    need(re.fullmatch(f"{characters}+", value), "character")
    return value


def name(value, most, characters):
    text(value, most, characters)
    need(value.strip(" ") == value and "  " not in value, "space")
    return value


# --- 4. The permit -----------------------------------------------------------------------------------


class Newer(Exception):
    """Made for a newer terminal."""

    def __init__(self, evidence):
        super().__init__(evidence)
        self.evidence = evidence


class Permit:
    def __init__(self, payload):
        fields = array(gate(payload, 4))
        need(len(fields) in (9, 10), "count")
        id_ = binary(fields[0], 7, 7)
        self.station, self.year = int.from_bytes(id_[:2], "big"), id_[2]
        self.serial, self.copy = int.from_bytes(id_[3:6], "big"), id_[6]
        need(self.station and self.serial, "range")
        self.latin = name(fields[1], 39, LATIN)
        self.native = optional(fields[2], lambda value: name(value, 60, NATIVE))
        self.birth = birth(fields[3])
        self.nationality = integer(fields[4], 1, 999)
        self.region, self.zone = number(fields[5]), number(fields[6])
        self.start, self.through = day(fields[7]), day(fields[8])
        need(self.start <= self.through, "range")
        self.crossings, self.issued = [], self.start
        self.entries = self.stay = self.children = self.document = self.portrait = None
        self.specimen = False
        if len(fields) == 10:
            self.options(fields[9])

    def options(self, options):
        need(type(options) is dict and options, "options")
        newer = []
        for key, value in options.items():
            integer(key, -(2**63), 2**63 - 1)
            if key == 0:
                self.crossings = listed(value, number, lambda n: n)
                need(1 <= len(self.crossings) <= 24, "count")
            elif key == 1:
                self.issued = day(value)
                issued_at = self.issued
            elif key == 2:
                self.entries = integer(value, 1, 2**32 - 1)
            elif key == 3:
                self.stay = integer(value, 1, 65535)
            elif key == 4:
                self.children = integer(value, 1, 9)
            elif key == 5:
                self.document = text(value, 20, DOCUMENT)
            elif key == 6:
                self.portrait = binary(value, 1, 800)
            elif key == 7:
                need(value is True, "specimen")
                self.specimen = True
            elif key < 0:
                newer.append(key)
        if 1 in options:
            need(issued_at < self.start, "issued")
        if newer:
            raise Newer({"option": newer[0]})

    @property
    def side(self):
        return "A" if self.station < 32768 else "B"

    def number(self):
        digits = f"{self.station:05}{self.year + 1900:04}{self.serial:08}{self.copy:03}"
        total = 0
        for digit in digits:
            total = (total + int(digit)) * 2 % 37
        check = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"[(38 - total) % 37]
        return f"{digits[:5]}-{digits[5:9]}-{digits[9:17]}-{digits[17:]}-{check}"

    def facts(self):
        return {
            "number": self.number(),
            "latin": self.latin,
            "native": self.native,
            "birth": self.birth,
            "nationality": self.nationality,
            "region": self.region,
            "zone": self.zone,
            "from": date(self.start),
            "through": date(self.through),
            "issued": date(self.issued),
            "crossings": self.crossings,
            "entries": self.entries,
            "stay": self.stay,
            "children": self.children,
            "document": self.document,
            "portrait": self.portrait.hex() if self.portrait else None,
            "specimen": self.specimen,
        }


def birth(value):
    if type(value) is list:
        need(len(value) in (1, 2), "count")
        year = f"{integer(value[0], 1800, 2155):04}"
        return year if len(value) == 1 else f"{year}-{integer(value[1], 1, 12):02}"
    return date(integer(value, -36524, 93501))


def date(number_of_day):
    return str(datetime.date(1900, 1, 1) + datetime.timedelta(days=number_of_day))


# --- 8. Trust documents ------------------------------------------------------------------------------


class Envelope:
    """COSE_Sign1 or COSE_Sign in the one form, found by writing it again."""

    def __init__(self, data, many):
        try:
            tag = cbor2.loads(data)
            need(isinstance(tag, cbor2.CBORTag) and tag.tag == (98 if many else 18), "tag")
            body = array(list(tag.value), 4)
            self.payload = binary(body[2], 0, 4 << 20)
            signatures = body[3] if many else [[body[0], {}, body[3]]]
            self.signatures = []
            for entry in signatures:
                header, _, signature = entry
                kid = binary(cbor2.loads(header)[4], 4, 4)
                self.signatures.append((kid, binary(signature, 64, 64)))
            if many:
                need(2 <= len(self.signatures) <= 16, "count")
                ascending([kid for kid, _ in self.signatures])
            again = [[protected(kid), {}, signature] for kid, signature in self.signatures]
            again = [b"", {}, self.payload, again] if many else [again[0][0], {}, self.payload, again[0][2]]
            need(cbor2.dumps(cbor2.CBORTag(tag.tag, again)) == data, "form")
        except Fault:
            raise
        except Exception as error:  # cbor2 raises many kinds
            raise Fault(None, f"envelope: {error}") from None
        self.many = many


def head(payload, *counts):
    need(len(payload) <= 4 << 20, "long")
    fields = array(gate(payload, 8))
    need(len(fields) in counts, "count")
    header = {
        "version": integer(fields[0], 1, 2**32 - 1),
        "issued": moment(fields[1]),
        "next": moment(fields[2]),
        "expires": moment(fields[3]),
        "zone": number(fields[4]),
    }
    need(header["issued"] < header["next"] <= header["expires"], "times")
    return header, fields[5:]


def names(value):
    need(array(value), "names")
    return listed(value, lambda e: (integer(array(e, 2)[0], 0, 4), text(e[1], 80, PLACE)), lambda e: e[0])


ROLES = ["root", "zone", "stations", "revocations", "issued", "snapshot", "presence", "readers"]
LATER = ["report", "heads", "passages"]


def root(payload):
    header, (demo, *sides) = head(payload, 8)
    roles, every = {}, []
    for side, value in zip("AB", sides):
        entries = array(value)
        need(len(entries) in (8, 11), "roles")
        for role, entry in zip(ROLES + LATER, entries):
            threshold, keys = integer(array(entry, 2)[0], 0, 255), entry[1]
            keys = listed(keys, lambda key: binary(key, 32, 32), lambda key: key)
            need(len(keys) <= 16 and threshold <= len(keys) and (threshold == 0) == (not keys), "role")
            need(threshold or role in ("issued", "presence", "readers", *LATER), "role")
            need(threshold < 2 or role not in ("report", "passages"), "role")
            every += [kid_of(key) for key in keys]
            roles[side, role] = (threshold, {kid_of(key): key for key in keys})
        if len(entries) == 11:
            need(any(roles[side, role][0] for role in LATER), "roles")
        else:
            roles.update({(side, role): (0, {}) for role in LATER})
    need(len(set(every)) == len(every), "twice")
    return {"header": header, "demo": boolean(demo), "roles": roles}


def zone_register(payload):
    header, (basis, basis_day, regions, crossings, limits) = head(payload, 10)
    text(basis, 400, PLACE)
    day(basis_day)

    def region(value):
        fields = array(value, 6)
        text(fields[2], 40, IDENTIFIER)
        names(fields[3])
        return {
            "number": number(fields[0]),
            "side": side_of(fields[1]),
            "from": optional(fields[4], day),
            "through": optional(fields[5], day),
        }

    def hours(value):
        days, opens, closes = array(value, 3)
        integer(days, 1, 127), integer(opens, 0, 1439), integer(closes, 1, 1440)
        need(opens < closes, "hours")
        return days, opens, closes

    def offset(value):
        return optional(array(value, 2)[0], moment), integer(value[1], -900, 900)

    def crossing(value):
        fields = array(value, 7)
        text(fields[1], 40, IDENTIFIER)
        names(fields[3])
        offsets = listed(fields[5], offset, lambda e: (e[0] is not None, e[0] or 0), 256)
        need(offsets and offsets[0][0] is None, "offsets")
        states = listed(fields[6], lambda e: (day(array(e, 2)[0]), integer(e[1], 0, 2)), lambda e: e[0], 256)
        need(states, "states")
        return {
            "number": number(fields[0]),
            "regions": [integer(n, 0, 65535) for n in array(fields[2], 2)],
            "hours": listed(fields[4], hours, lambda e: e, 256),
            "offsets": offsets,
            "states": states,
        }

    regions = {r["number"]: r for r in listed(regions, region, lambda r: r["number"], 1024)}
    crossings = {c["number"]: c for c in listed(crossings, crossing, lambda c: c["number"], 256)}
    for c in crossings.values():
        need([regions.get(n, {}).get("side") for n in c["regions"]] == ["A", "B"], "joins")
    longest, validity, entries, stay, grace, apart = array(limits, 6)
    integer(validity, 1, number(longest))
    optional(entries, lambda n: integer(n, 1, 2**32 - 1))
    number(stay), integer(grace, 0, 65535), integer(apart, 0, 65535)
    limits = {"longest": longest, "stay": stay, "grace": grace, "apart": apart}
    return {"header": header, "regions": regions, "crossings": crossings, "limits": limits}


def own(side, station):
    need((station < 32768) == (side == "A"), "side")
    return station


def station_list(payload):
    header, (side, stations) = head(payload, 7)
    side = side_of(side)

    def any_number(value):
        return integer(value, 0, 65535)

    def key(value):
        fields = array(value)
        need(len(fields) in (4, 5), "key")
        first, last, use = day(fields[1]), day(fields[2]), integer(fields[3], 0, 3)
        need(first <= last and (use == 1) == (len(fields) == 5), "key")
        regions = listed(fields[4], any_number, lambda n: n, 1024) if use == 1 else []
        return {"key": binary(fields[0], 32, 32), "from": first, "through": last, "class": use, "regions": regions}

    def station(value):
        fields = array(value, 7)
        kind = integer(fields[1], 0, 2)
        names(fields[2])
        communes = listed(fields[4], lambda v: text(v, 80, PLACE), lambda v: v.encode(), 1024)
        need(kind != 2 or communes, "communes")
        return {
            "number": own(side, number(fields[0])),
            "regions": listed(fields[3], any_number, lambda n: n, 1024),
            "keys": listed(fields[5], key, lambda k: k["key"]),
            "suspended": optional(fields[6], day),
        }

    stations = listed(stations, station, lambda s: s["number"])
    need(sum(len(s["keys"]) for s in stations) <= 2048, "keys")
    return {"header": header, "side": side, "stations": stations}


def bits(side):
    def read(value):
        station, year, data = array(value, 3)
        own(side, number(station)), integer(year, 0, 255)
        binary(data, 1, 131072)
        need(data[-1] != 0 and data[0] < 0x80, "bits")
        return station, year, data

    return read


def is_set(lists, station, year, serial):
    for s, y, data in lists:
        if (s, y) == (station, year) and serial // 8 < len(data):
            return bool(data[serial // 8] >> (7 - serial % 8) & 1)
    return False


def serial_of(value):
    return integer(value, 1, 2**24 - 1)


def revocations(payload):
    header, (side, serials, copies, ranges, stations, *more) = head(payload, 10, 11)
    side = side_of(side)

    def copy(value):
        s, y, serial, good, lost, since = array(value, 6)
        return own(side, number(s)), integer(y, 0, 255), serial_of(serial), integer(good, 1, 255), boolean(lost), day(since)

    def range_(value):
        s, y, first, last, since = array(value, 5)
        need(serial_of(first) <= serial_of(last), "range")
        return own(side, number(s)), integer(y, 0, 255), first, last, day(since)

    def stolen(value):
        key, since, digests = array(value, 3)
        binary(digests, 0, 4 << 20)
        digests = [digests[at : at + 16] for at in range(0, len(digests), 16)]
        need(all(len(digest) == 16 for digest in digests), "digests")
        ascending(digests)
        return binary(key, 32, 32), day(since), set(digests)

    need(all(more), "none is said by leaving it out")
    return {
        "header": header,
        "side": side,
        "stolen": listed(more[0], stolen, lambda e: e[0], 2048) if more else [],
        "serials": listed(serials, bits(side), lambda e: e[:2]),
        "copies": listed(copies, copy, lambda e: e[:3]),
        "ranges": listed(ranges, range_, lambda e: e[:3]),
        "stations": listed(stations, lambda e: (own(side, number(array(e, 2)[0])), day(e[1])), lambda e: e[0]),
    }


def issued_register(payload):
    header, (side, speaks_for, serials) = head(payload, 8)
    side = side_of(side)
    serials = listed(serials, bits(side), lambda e: e[:2])
    return {"header": header, "side": side, "speaks_for": day(speaks_for), "serials": serials}


def presence_list(payload):
    header, (side, entries) = head(payload, 7)

    def passage(value):
        crossing, where, direction, at = array(value, 4)
        number(crossing), side_of(where), integer(direction, 0, 1), moment(at)

    def entry(value):
        pseudonym, journeys, since, last = array(value, 4)
        integer(journeys, 0, 2**32 - 1), optional(since, moment), optional(last, passage)
        return binary(pseudonym, 16, 16)

    listed(entries, entry, lambda e: e)
    return {"header": header, "side": side_of(side)}


def reader_list(payload):
    header, (side, readers) = head(payload, 7)

    def reader(value):
        number_, crossing, key = array(value, 3)
        number(crossing), need(is_sound(binary(key, 32, 32)), "key")
        return number(number_)

    listed(readers, reader, lambda e: e, 1024)
    return {"header": header, "side": side_of(side)}


def head_list(payload):
    header, (side, heads) = head(payload, 7)

    def seen(value):
        which, epoch, sequence, digest = array(value, 4)
        integer(epoch, 0, 2**32 - 1), integer(sequence, 1, 2**63 - 1), binary(digest, 32, 32)
        return number(which)

    listed(heads, seen, lambda e: e, 1024)
    return {"header": header, "side": side_of(side)}


def snapshot(payload):
    header, (side, pins, least_root, least_zone) = head(payload, 9)

    def pin(value):
        document, version, length, digest = array(value, 4)
        return integer(document, 0, 5), integer(version, 1, 2**32 - 1), integer(length, 0, 2**32 - 1), binary(digest, 32, 32)

    pins = {p[0]: p[1:] for p in listed(pins, pin, lambda p: p[0])}
    least = integer(least_root, 0, 2**32 - 1), integer(least_zone, 0, 2**32 - 1)
    return {"header": header, "side": side_of(side), "pins": pins, "least": least}


PINNED = [
    ("stations", station_list),
    ("revocations", revocations),
    ("issued", issued_register),
    ("presence", presence_list),
    ("readers", reader_list),
    ("heads", head_list),
]


# --- 9. Taking a bundle ------------------------------------------------------------------------------


def malformed(read, *arguments):
    try:
        return read(*arguments)
    except (Fault, Newer):
        raise Refused("malformed") from None


def split(data):
    fields = array(gate(data, 8), 5)
    need(fields[0] == "border-permit-bundle/1", "magic")
    roots = [binary(value, 0, 4 << 20) for value in array(fields[1])]
    need(1 <= len(roots) <= 64, "roots")
    binary(fields[2], 0, 4 << 20)
    for side in fields[3:]:
        if side is not None:
            need(len(array(side)) in (6, 7), "side")
            for index, value in enumerate(side):
                need(2 < index < 6 or value is not None, "missing")
                optional(value, lambda v: binary(v, 0, 4 << 20))
    return roots, fields[2], fields[3:]


def signed(envelope, kind, parties):
    keys = {}
    for _, listed_keys in reversed(parties):
        keys.update(listed_keys)
    if any(kid not in keys for kid, _ in envelope.signatures):
        raise Refused("unknown-signer")
    for threshold, listed_keys in parties:
        if sum(kid in listed_keys for kid, _ in envelope.signatures) < threshold:
            raise Refused("threshold")
    for kid, signature in envelope.signatures:
        message = sig_structure(kind, kid, envelope.payload, envelope.many)
        if not (is_sound(keys[kid]) and holds(keys[kid], message, signature)):
            raise Refused("bad-signature")
    return envelope.payload


class Trust:
    """A bundle, taken whole or not at all."""

    def __init__(self, data, anchor, before=None, clock=None):
        if len(data) > 16 << 20:
            raise Refused("too-large")
        self.clock, self.before, self.marks = clock, before, {}
        roots, zone, sides = malformed(split, data)
        self.chain(roots, anchor)
        self.zone = self.register(zone)
        self.lists = {side: self.side(side, value) for side, value in zip("AB", sides)}
        self.index()

    def not_ahead(self, header):
        if self.clock is not None and header["issued"] > self.clock + DAY:
            raise Refused("future")

    def chain(self, roots, anchor):
        last, anchored, self.old, chain = None, False, None, []
        before = self.before.marks["root"] if self.before else None
        for data in roots:
            envelope = malformed(Envelope, data, True)
            here = malformed(root, envelope.payload)
            if here["header"]["version"] != (last["header"]["version"] + 1 if last else 1):
                raise Refused("chain")
            if last and here["header"]["zone"] != last["header"]["zone"]:
                raise Refused("other-zone")
            if last and here["demo"] != last["demo"]:
                raise Refused("demo-mixed")
            self.not_ahead(here["header"])
            digest = hashlib.sha256(envelope.payload).digest()
            anchored = anchored or digest == anchor
            if before and before[0] == here["header"]["version"]:
                if before[1] != digest:
                    raise Refused("fork")
                self.old = here
            parties = [r["roles"][side, "root"] for r in (here, last) if r for side in "AB"]
            chain.append((envelope, parties))
            last = here
        if not anchored:
            raise Refused("anchor")
        if before and last["header"]["version"] < before[0]:
            raise Refused("rollback")
        for envelope, parties in chain:
            signed(envelope, "root", parties)
        if not all(is_sound(key) for _, keys in last["roles"].values() for key in keys.values()):
            raise Refused("weak-key")
        self.root = last
        self.marks["root"] = (last["header"]["version"], digest)
        self.newest = last["header"]["issued"]

    def replaced(self, side, role):
        if not self.old:
            return False
        threshold, old = self.old["roles"][side, role]
        new = set(self.root["roles"][side, role][1].values())
        return sum(key in new for key in old.values()) < threshold

    def each(self, what, document, payload, afresh):
        header = document["header"]
        if header["zone"] != self.root["header"]["zone"]:
            raise Refused("other-zone")
        mark = header["version"], hashlib.sha256(payload).digest()
        before = self.before and not afresh and self.before.marks.get(what)
        if before and mark[0] < before[0]:
            raise Refused("rollback")
        if before and mark[0] == before[0] and mark[1] != before[1]:
            raise Refused("fork")
        self.not_ahead(header)
        self.marks[what] = mark
        self.newest = max(self.newest, header["issued"])
        return document

    def register(self, data):
        envelope = malformed(Envelope, data, True)
        payload = signed(envelope, "zone", [self.root["roles"][side, "zone"] for side in "AB"])
        document = malformed(zone_register, payload)
        return self.each("zone", document, payload, all(self.replaced(side, "zone") for side in "AB"))

    def one(self, side, role, read, data, pins=None):
        threshold, keys = self.root["roles"][side, role]
        if threshold == 0:
            raise Refused("threshold")
        envelope = malformed(Envelope, data, threshold > 1)
        payload = signed(envelope, role, [(threshold, keys)])
        document = malformed(read, payload)
        if document["side"] != side:
            raise Refused("other-side")
        if pins is not None:
            which = [name for name, _ in PINNED].index(role)
            expected = document["header"]["version"], len(data), hashlib.sha256(data).digest()
            if pins.get(which) != expected:
                raise Refused("unpinned")
        return self.each((side, role), document, payload, self.replaced(side, role))

    def side(self, side, data):
        if data is None:
            if self.before and any(what[0] == side for what in self.before.marks if type(what) is tuple):
                raise Refused("missing")
            return None
        lists = {"snapshot": self.one(side, "snapshot", snapshot, data[0])}
        least = lists["snapshot"]["least"]
        if self.root["header"]["version"] < least[0] or self.zone["header"]["version"] < least[1]:
            raise Refused("below-minimum")
        pins = lists["snapshot"]["pins"]
        for which, (role, read) in enumerate(PINNED):
            if which + 1 == len(data) or data[which + 1] is None:
                had = self.before and (side, role) in self.before.marks and not self.replaced(side, role)
                if had or which in pins:
                    raise Refused("missing")
                lists[role] = None
            else:
                lists[role] = self.one(side, role, read, data[which + 1], pins)
        return lists

    def index(self):
        self.keys = {}
        for side in "AB":
            for station in self.lists[side]["stations"]["stations"] if self.lists[side] else []:
                for key in station["keys"]:
                    found = self.keys.setdefault(kid_of(key["key"]), [])
                    if any(other == side for other, _, _ in found):
                        raise Refused("duplicate-key")
                    found.append((side, station, key))
        if not all(is_sound(key["key"]) for found in self.keys.values() for _, _, key in found):
            raise Refused("weak-key")


# --- 5, 10, 11. The verdict --------------------------------------------------------------------------


class Answer:
    def __init__(self, stage, code, evidence, **more):
        self.stage, self.findings, self.more = stage, [(code, evidence)], more


REFER = {12, 21, 22, 34, 51, 52, 53, 60, 61, 62}
REFER_HOMEWARD = {24, 30, 31, 32, 33, 40, 41, 42, 43}


def local(at, offset):
    """Day and minute where the clock is `offset` minutes ahead of UTC."""
    seconds = at + 60 * offset
    return max(-36524, min(93501, seconds // DAY + 25567)), seconds % DAY // 60


def journey(direction, side, home):
    return "outward" if (direction == "exit") == (side == home) else "homeward"


class Question:
    def __init__(self, vector, trust):
        self.trust, self.vector = trust, vector
        self.crossing = trust.zone["crossings"][vector["crossing"]]
        self.bind(None)

    def bind(self, side):
        """The moment of the question; what one side says of the time binds that side's permits."""
        time, trust = self.vector["time"], self.trust
        clock, floor = time["clock"], time["floor"]
        if side and "floors" in time:
            floor = max(floor, time["floors"]["AB".index(side)])
        self.clock, self.floor = clock, floor
        if time["doubt"]:
            self.doubt, certain = time["doubt"], None
        elif clock is None:
            self.doubt, certain = "missing", None
        elif clock < floor:
            self.doubt, certain = "below-floor", None
        else:
            certain = clock
            self.doubt = "by-hand" if time["by_hand"] and not trust.root["demo"] else None
        self.time = floor if certain is None else certain
        self.offset = [minutes for start, minutes in self.crossing["offsets"] if start is None or start <= self.time][-1]
        self.today, minute = local(self.time, self.offset)
        self.minute = None if certain is None else minute

    def judge(self, scan):
        line = scan[:-1] if scan.endswith(b"\n") else scan
        line = line[:-1] if line.endswith(b"\r") else line
        if not line.startswith(b"BP1:"):
            newer = re.match(rb"BP([1-9][0-9]*):", line)
            if newer and 2 <= int(newer[1]) <= 2**32 - 1:
                return Answer("text", 21, {"version": int(newer[1])})
            return Answer("text", 11, None)
        try:
            layer = "text"
            if len(line) > 1540:
                raise Fault(1540, "too long")
            layer = "base45"
            data = base45(line[4:], 4)
            layer = "envelope"
            if len(data) < 69:
                raise Fault(len(data), "truncated")
        except Fault as fault:
            return Answer("text", 20, {"layer": layer, "offset": fault.offset})
        kid, payload, signature = data[:4], data[4:-64], data[-64:]
        layers = {
            "characters": len(line),
            "kid": kid.hex(),
            "payload": payload.hex(),
            "signature": signature.hex(),
            "to_be_signed": sig_structure("permit", kid, payload).hex(),
            "cose_sign1": cbor2.dumps(cbor2.CBORTag(18, [protected(kid), {}, payload, signature])).hex(),
        }
        candidates = self.trust.keys.get(kid, [])
        if not candidates:
            lists = [lists["stations"]["header"]["issued"] for lists in self.trust.lists.values() if lists]
            evidence = {"key": kid.hex(), "lists": max(lists, default=None)}
            return Answer("envelope", 22, evidence, layers=layers)
        message = sig_structure("permit", kid, payload)
        signer = next((c for c in candidates if holds(c[2]["key"], message, signature)), None)
        if not signer:
            return Answer("signature", 23, {"key": kid.hex()}, layers=layers)
        try:
            permit = Permit(payload)
            permit.digest = hashlib.sha256(payload).digest()[:16]
        except Fault as fault:
            return Answer("signature", 20, {"layer": "payload", "offset": fault.offset}, layers=layers)
        except Newer as newer:
            return Answer("signature", 21, newer.evidence, layers=layers)
        if len(line) > 320 and permit.portrait is None:
            return Answer("signature", 20, {"layer": "text", "offset": 320}, layers=layers)
        layers["permit"] = permit.facts()
        return self.rules(permit, *signer, layers)

    def rules(self, permit, side, station, key, layers):
        self.permit, self.side, self.station, self.key = permit, side, station, key
        self.bind(side)
        self.here = permit.zone == self.trust.zone["header"]["zone"]
        self.region = self.trust.zone["regions"].get(permit.region) if self.here else None
        self.home = self.region["side"] if self.region else side
        at = self.vector
        self.journey = journey(at["direction"], at["side"], self.home)
        self.presence = at["presence"]
        self.lists = self.trust.lists[side]
        found = [(code, rule(self)) for code, rule in RULES]
        found = [(code, evidence) for code, evidence in found if evidence is not None]
        answer = Answer("rules", 0, None, layers=layers, journey=self.journey, home=self.home)
        answer.more["newer"] = self.newer_within_grace()
        if found:
            invalid = [f for f in found if self.effect(f[0]) == "invalid"]
            first = (invalid or found)[0]
            found.remove(first)
            answer.findings = [first, *found]
        return answer

    def effect(self, code):
        return "refer" if code in REFER or (self.journey == "homeward" and code in REFER_HOMEWARD) else "invalid"

    def entitled(self):
        permit, station, key = self.permit, self.station, self.key
        served = permit.region in station["regions"] or permit.region in key["regions"]
        served = served and (self.region is None or self.region["side"] == self.side)
        days = permit.through - permit.start + 1
        longest = self.trust.zone["limits"]["longest"]
        suspended = dict(self.lists["revocations"]["stations"]).get(station["number"])
        suspended = min((d for d in (station["suspended"], suspended) if d is not None), default=None)
        stolen = [e for e in self.lists["revocations"]["stolen"] if e[0] == key["key"]]
        if stolen and permit.digest not in stolen[0][2]:
            why = {"what": "stolen", "since": date(stolen[0][1])}
        elif permit.station != station["number"]:
            why = {"what": "station", "named": permit.station}
        elif self.here and not served:
            why = {"what": "region", "region": permit.region}
        elif not key["from"] <= permit.issued <= key["through"]:
            window = {"from": date(key["from"]), "through": date(key["through"])}
            why = {"what": "window", **window, "issued": date(permit.issued)}
        elif days > longest:
            why = {"what": "validity", "days": days, "longest": longest}
        elif suspended is not None and permit.issued >= suspended:
            why = {"what": "suspended", "since": date(suspended)}
        elif key["class"] == 3 and not self.trust.root["demo"]:
            why = {"what": "demo"}
        else:
            return None
        return {"station": station["number"], "why": why}

    def specimen(self):
        return {} if self.permit.specimen else None

    def good_copy(self):
        lists = self.trust.lists[self.permit.side]
        key = self.permit.station, self.permit.year, self.permit.serial
        return next((c for c in lists["revocations"]["copies"] if c[:3] == key), None) if lists else None

    def revoked(self):
        permit, lists = self.permit, self.trust.lists[self.permit.side]
        if not lists:
            return None
        listed_at = {"listed": lists["revocations"]["header"]["issued"]}
        if is_set(lists["revocations"]["serials"], permit.station, permit.year, permit.serial):
            return {"how": "serial", "since": None, **listed_at}
        for station, year, first, last, since in lists["revocations"]["ranges"]:
            if (station, year) == (permit.station, permit.year) and first <= permit.serial <= last:
                return {"how": "range", "since": date(since), **listed_at}
        good = self.good_copy()
        if good and good[4] and permit.copy < good[3]:
            return {"how": "lost", "since": date(good[5]), **listed_at}
        return None

    def replaced(self):
        good = self.good_copy()
        if good and not good[4] and self.permit.copy < good[3]:
            return {"copy": self.permit.copy, "good": good[3], "since": date(good[5])}
        return None

    def expired(self):
        through = self.permit.through
        return {"through": date(through), "today": date(self.today)} if through < self.today else None

    def not_yet(self):
        early = self.minute is not None and self.today < self.permit.start
        return {"from": date(self.permit.start), "today": date(self.today)} if early else None

    def other_zone(self):
        zone = self.trust.zone["header"]["zone"]
        return None if self.here else {"permit": self.permit.zone, "here": zone}

    def member(self, region):
        first, last = region["from"], region["through"]
        return (first is None or first <= self.today) and (last is None or self.today <= last)

    def region_outside(self):
        outside = self.here and not (self.region and self.member(self.region))
        return {"region": self.permit.region, "zone": self.permit.zone} if outside else None

    def other_crossing(self):
        crossings, here = self.permit.crossings, self.vector["crossing"]
        return {"names": crossings, "here": here} if crossings and here not in crossings else None

    def shut(self):
        states = self.crossing["states"]
        opens = next((date(d) for d, state in states if d > self.today and state == 0), None)
        begun = [(d, state) for d, state in states if d <= self.today]
        if not begun:
            return {"what": "not-open", "until": opens}
        since, state = begun[-1]
        if state == 1:
            return {"what": "closed", "since": date(since)}
        if state == 2:
            return {"what": "suspended", "since": date(since), "until": opens}
        for region in self.crossing["regions"]:
            if not self.member(self.trust.zone["regions"][region]):
                return {"what": "region", "region": region}
        hours = self.crossing["hours"]
        if self.minute is None or not hours:
            return None

        def on(number_of_day):
            return [(o, c) for days, o, c in hours if days >> (number_of_day % 7) & 1]

        if any(o <= self.minute < c for o, c in on(self.today)):
            return None
        later = [o for o, _ in on(self.today) if o > self.minute]
        days = ([o for o, _ in on(self.today + n)] for n in range(1, 8))
        return {"what": "hours", "opens": min(later or next((d for d in days if d), [None]))}

    def goes_on(self):
        last = self.presence and self.presence["last"]
        at = self.vector
        return bool(
            last
            and last["crossing"] == at["crossing"]
            and last["side"] != at["side"]
            and (last["direction"], at["direction"]) == ("exit", "entry")
            and 0 <= self.time - last["at"] <= 43200
        )

    def entries_used(self):
        allowed = self.permit.entries
        if self.journey != "outward" or allowed is None or self.presence is None:
            return None
        used = max(0, self.presence["journeys"] - self.goes_on())
        return {"used": used, "allowed": allowed} if used >= allowed else None

    def missing(self):
        register = self.lists["issued"]
        permit = self.permit
        return register is not None and not is_set(register["serials"], permit.station, permit.year, permit.serial)

    def newer_within_grace(self):
        grace = self.trust.zone["limits"]["grace"]
        issued = self.permit.issued
        return bool(self.missing() and issued > self.lists["issued"]["speaks_for"] and self.today - issued <= grace)

    def not_issued(self):
        if not self.missing() or self.newer_within_grace():
            return None
        return {"speaks_for": date(self.lists["issued"]["speaks_for"]), "issued": date(self.permit.issued)}

    def already_there(self):
        if self.presence is None:
            return None
        last = self.presence["last"]
        if last:
            there = journey(last["direction"], last["side"], self.home) == self.journey and not self.goes_on()
        else:
            there = self.journey == "outward" and self.presence["outside_since"] is not None
        return {"last": last} if there else None

    def stay_exceeded(self):
        if self.presence is None or self.presence["outside_since"] is None:
            return None
        days = self.today - local(self.presence["outside_since"], self.offset)[0] + 1
        allowed = self.permit.stay or self.trust.zone["limits"]["stay"]
        return {"days": days, "allowed": allowed} if days > allowed else None

    def seen_elsewhere(self):
        last = self.presence and self.presence["last"]
        if not last or last["crossing"] == self.vector["crossing"]:
            return None
        soon = abs(self.time - last["at"]) < 60 * self.trust.zone["limits"]["apart"]
        return {"last": last} if soon else None

    def terminal_fault(self):
        return {"what": self.vector["fault"]} if self.vector["fault"] else None

    def clock_not_trusted(self):
        return {"clock": self.clock, "floor": self.floor, "why": self.doubt} if self.doubt else None

    def lists_too_old(self):
        leaned_on = [("root", self.trust.root), ("zone", self.trust.zone)]
        roles = ("snapshot", "stations", "revocations", "issued")
        leaned_on += [(f"{role} {self.side}", self.lists[role]) for role in roles if self.lists[role]]
        for what, document in leaned_on:
            header = document["header"]
            if header["expires"] < self.time:
                return {"document": what, "issued": header["issued"], "expired": header["expires"]}
        return None


RULES = [
    (24, Question.entitled),
    (25, Question.specimen),
    (32, Question.revoked),
    (33, Question.replaced),
    (31, Question.expired),
    (30, Question.not_yet),
    (41, Question.other_zone),
    (40, Question.region_outside),
    (42, Question.other_crossing),
    (43, Question.shut),
    (50, Question.entries_used),
    (34, Question.not_issued),
    (51, Question.already_there),
    (52, Question.stay_exceeded),
    (53, Question.seen_elsewhere),
    (62, Question.terminal_fault),
    (60, Question.clock_not_trusted),
    (61, Question.lists_too_old),
]


# --- 15. The record of a desk -------------------------------------------------------------------------


def form(read, *arguments):
    try:
        return read(*arguments)
    except Fault:
        raise Refused("form") from None


def contents(read, payload):
    """What a payload says: deterministic first, then in the one form."""
    item = form(gate, payload, 8)
    try:
        return read(item)
    except Fault:
        raise Refused("contents") from None


def subject(value):
    kind = integer(array(value)[0] if value else None, 0, 3)
    fields = array(value, 1 if kind == 0 else 2)
    return kind, integer(fields[1], 0, 2**32 - 1) if kind else 0


def approval(value):
    fields = array(value, 8)
    for index in (0, 1, 6):
        integer(fields[index], 0, 65535)
    subject(fields[2])
    binary(fields[3], 32, 32)
    integer(fields[4], 0, 2)
    integer(fields[5], 0, 4)
    moment(fields[7])
    return fields


def enrolment(value):
    fields = array(value, 7)
    integer(fields[0], 0, 65535)
    integer(fields[1], 0, 65535)
    need(type(fields[2]) is str and (fields[3] is None or type(fields[3]) is str), "name")
    binary(fields[4], 32, 32)
    ascending([integer(role, 0, 4) for role in array(fields[5])])
    moment(fields[6])
    return fields


def delegation(value):
    fields = array(value, 11)
    for index in (0, 1, 2):
        integer(fields[index], 0, 65535)
    binary(fields[3], 32, 32)
    binary(fields[4], 32, 32)
    regions = [integer(region, 0, 65535) for region in array(fields[5])]
    communes = array(fields[6])
    need(all(type(commune) is str for commune in communes), "text")
    for values in (regions, [commune.encode() for commune in communes]):
        need(values, "count")
        ascending(values)
    need(day(fields[7]) <= day(fields[8]), "range")
    integer(fields[9], 1, 2**32 - 1)
    moment(fields[10])
    return fields


def entry(value):
    fields = array(value, 8)
    integer(fields[0], 0, 2**64 - 1)
    binary(fields[1], 32, 32)
    integer(fields[3], 0, 2**64 - 1)
    moment(fields[4])
    integer(fields[5], 0, 65535)
    integer(fields[6], 0, 255)
    binary(fields[7], 32, 32)
    return [*fields[:2], subject(fields[2]), *fields[3:]]


def returned(value):
    fields = array(value, 13)
    integer(fields[0], 0, 65535)
    integer(fields[1], 0, 65535)
    boolean(fields[2])
    moment(fields[3])
    first, last = day(fields[4]), day(fields[5])
    need(first <= last, "range")
    integer(fields[6], 0, 2**64 - 1)
    binary(fields[7], 32, 32)

    def count(entry):
        when, class_, region, outcome, ground, many = array(entry, 6)
        integer(when, first, last)
        integer(class_, 0, 2)
        integer(region, 0, 65535)
        integer(outcome, 0, 9)
        need((ground is not None) == (outcome in (2, 3)), "ground")
        optional(ground, lambda it: integer(it, 0, 6))
        integer(many, 1, 2**32 - 1)
        return when, class_, region, outcome, -1 if ground is None else ground

    def open_cases(entry):
        kind, age, waits, many = array(entry, 4)
        integer(kind, 0, 2)
        integer(age, 0, 4)
        integer(waits, 0, 5)
        integer(many, 1, 2**32 - 1)
        return kind, age, waits

    def raised(entry):
        which, when, words, still = array(entry, 4)
        day(when)
        need(words is None or (type(words) is str and 1 <= len(words.encode()) <= 600), "words")
        boolean(still)
        return integer(which, 1, 2**32 - 1)

    listed(fields[8], count, lambda key: key)
    listed(fields[9], open_cases, lambda key: key)
    for matters in fields[10:12]:
        optional(matters, lambda it: listed(it, raised, lambda key: key))
    binary(fields[12], 32, 32)
    return fields


def report(value):
    fields = array(value, 10)
    integer(fields[0], 0, 65535), side_of(fields[1]), boolean(fields[2])
    integer(fields[3], 0, 1), integer(fields[4], 1, 2**32 - 1), moment(fields[5])
    need(day(fields[6]) <= day(fields[7]), "range")

    def short(it):
        need(type(it) is str and 1 <= len(it.encode()) <= 80, "text")
        return it.encode()

    def file(entry):
        name_, digest = array(entry, 2)
        short(name_), binary(digest, 32, 32)
        need(re.fullmatch(r"[a-z0-9-]([a-z0-9.-]*[a-z0-9-])?", name_), "name")
        return name_.encode()

    listed(fields[8], short, lambda key: key, 16)
    need(listed(fields[9], file, lambda key: key, 64), "files")
    return fields


def passages(value):
    fields = array(value, 8)
    integer(fields[0], 0, 65535), side_of(fields[1]), boolean(fields[2])
    integer(fields[3], 1, 2**32 - 1), moment(fields[4])

    def sequence(it):
        return integer(it, 1, 2**63 - 1)

    def place(it):
        return number(array(it, 2)[0]), sequence(it[1])

    def known(it):
        terminal, first, last = number(array(it, 3)[0]), sequence(it[1]), sequence(it[2])
        need(first <= last, "range")
        return terminal, first, last

    def passage(it):
        where, pseudonym, crossing, way, at, home, offset = array(it, 7)
        binary(pseudonym, 16, 16), number(crossing), integer(way, 0, 1), moment(at)
        side_of(home), integer(offset, -900, 900)
        return place(where)

    stretches = [known(it) for it in array(fields[5])]
    for one, two in zip(stretches, stretches[1:]):
        need(one[0] < two[0] or (one[0] == two[0] and one[2] < two[1]), "apart")
    listed(fields[6], passage, lambda key: key)
    listed(fields[7], place, lambda key: key)
    return fields


def sealed_by(sealed, kind, keys):
    """The payload of an envelope that exactly these keys signed."""
    envelope = form(Envelope, sealed, len(keys) > 1)
    if len(envelope.signatures) != len(keys):
        raise Refused("not-two")
    known = {kid_of(key): key for key in keys}
    for kid, signature in envelope.signatures:
        if kid not in known:
            raise Refused("other-key")
        message = sig_structure(kind, kid, envelope.payload, envelope.many)
        if not holds(known[kid], message, signature):
            raise Refused("signature")
    return envelope.payload


def offered(value):
    """A decision that was offered and not taken."""
    act, about = array(value, 2)
    integer(act, 10, 10)
    fields = array(about, 3)
    kind, number = subject(fields[0])
    integer(kind, 1, 2)
    return [kind, number, binary(fields[1], 32, 32).hex(), integer(fields[2], 0, 6)]


def follow_chain(entries, key):
    """Where a chain stops holding, what is wrong there, the hash of the last entry that holds, and what was not taken."""
    tip, last, number, not_taken = bytes(32), {}, 0, []
    for one in entries:
        try:
            payload = sealed_by(bytes.fromhex(one["sealed_hex"]), "record", [key])
            sequence, previous, about, before, _, _, act, digest = contents(entry, payload)
            body = one["body_hex"]
            if sequence != number + 1:
                raise Refused("order")
            if previous != tip:
                raise Refused("broken")
            if before != last.get(about, 0):
                raise Refused("subject")
            if body is not None and hashlib.sha256(bytes.fromhex(body)).digest() != digest:
                raise Refused("content")
            if body is not None and (about[0], act) == (0, 10):
                not_taken.append(contents(offered, bytes.fromhex(body)[16:]))
        except Refused as refused:
            return str(refused), number + 1, tip, not_taken
        number, last[about], tip = sequence, sequence, hashlib.sha256(payload).digest()
    return None, None, tip, not_taken


RECORDS = {
    "approval": (approval, 6),
    "enrolment": (enrolment, 1),
    "delegation": (delegation, 2),
    "return": (returned, 6),
    "report": (report, 4),
    "passages": (passages, 3),
}


def compare_record(path, vector):
    keys, expect = [bytes.fromhex(key) for key in vector["keys_hex"]], vector["expect"]
    if vector["record"] == "chain":
        error, at, tip, not_taken = follow_chain(vector["entries"], keys[0])
        good = agrees(path, expect["error"], error, "error") and agrees(path, expect["at"], at, "place")
        good = good and agrees(path, expect["tip_hex"], tip.hex(), "tip")
        return good and agrees(path, expect["offered"], not_taken, "what was not taken")
    read, place = RECORDS[vector["record"]]
    officer = error = None
    try:
        payload = sealed_by(bytes.fromhex(vector["sealed_hex"]), vector["record"], keys)
        officer = contents(read, payload)[place]
    except Refused as refused:
        error = str(refused)
    return agrees(path, expect["error"], error, "error") and agrees(path, expect["officer"], officer, "officer")


# --- 9. Deltas and codes -----------------------------------------------------------------------------

MIB_16 = 16 << 20
SYMBOL = 378


def patched(base, delta):
    """What a delta makes of its base."""
    if len(delta) > MIB_16:
        raise Refused("too-large")
    try:
        gate(delta, 8)
        form, of, result, steps = array(cbor2.loads(delta), 4)
        need(form == "border-permit-delta/1")
        of, result = binary(of, 32, 32), binary(result, 32, 32)
        if len(array(steps)) > 65536:
            raise Refused("too-large")
        need(steps)
        length = 0
        for step in steps:
            if not isinstance(step, bytes):
                array(step, 2)
                integer(step[0], 0, 2**64 - 1)
            part = len(step) if isinstance(step, bytes) else integer(step[1], 0, 2**64 - 1)
            need(part > 0)
            length += part
        if length > MIB_16:
            raise Refused("too-large")
        if hashlib.sha256(base).digest() != of:
            raise Refused("other-base")
        for step in steps:
            need(isinstance(step, bytes) or sum(step) <= len(base))
    except Fault:
        raise Refused("malformed") from None
    made = b"".join(s if isinstance(s, bytes) else base[s[0] : s[0] + s[1]] for s in steps)
    if hashlib.sha256(made).digest() != result:
        raise Refused("forged")
    return made


def compare_delta(path, vector):
    made = error = None
    try:
        made = patched(bytes.fromhex(vector["base_hex"]), bytes.fromhex(vector["delta_hex"])).hex()
    except Refused as refused:
        error = str(refused)
    expect = vector["expect"]
    return agrees(path, expect["error"], error, "error") and agrees(path, expect["result_hex"], made, "result")


def code(text):
    """Form, id, size (parts or bytes), number and what is carried."""
    said = re.fullmatch(r"BL([1-9][0-9]*):(.*)", text, re.DOTALL)
    if not said or int(said[1]) > 2**32 - 1:
        raise Refused("foreign")
    if said[1] not in "12":
        raise Refused("newer")
    try:
        data = base45(said[2].encode(), 4)
    except Fault:
        raise Refused("damaged") from None
    body, check = data[:-4], data[-4:]
    good = len(body) > 10 and hashlib.sha256(body).digest()[:4] == check
    if good and said[1] == "1":
        form, size, number, carried = 1, body[8], body[9], body[10:]
        last = number == size - 1
        good = number < size and (1 <= len(carried) <= 383 if last else len(carried) == 383)
    elif good:
        form, size, number, carried = 2, int.from_bytes(body[8:11], "big"), int.from_bytes(body[12:15], "big"), body[15:]
        good = body[11] == 0 and len(carried) == SYMBOL and 1 <= size <= 1024 * SYMBOL
        if good and number < symbols(size):
            good = not any(carried[max(0, size - number * SYMBOL) :])
    if not good:
        raise Refused("damaged")
    return form, body[:8], size, number, carried


def symbols(length):
    return -(-length // SYMBOL)


class Collected:
    """Parts of one file so far."""

    def __init__(self):
        self.of, self.pieces, self.file = None, {}, None

    def add(self, form, name, size, number, carried):
        """What comes of a part; None where repair symbols would have to be solved for."""
        self.of = self.of or (form, name, size)
        if self.of[:2] != (form, name):
            return "other"
        if self.of[2] != size or self.pieces.get(number, carried) != carried:
            return "conflict"
        if number in self.pieces:
            return "again"
        self.pieces[number] = carried
        total = size if form == 1 else symbols(size)
        if len(self.pieces) < total:
            return "new"
        if any(piece not in self.pieces for piece in range(total)):
            return None
        file = b"".join(self.pieces[piece] for piece in range(total))[: size if form == 2 else None]
        self.of, self.pieces = None, {}
        if hashlib.sha256(file).digest()[:8] != name:
            return "forged"
        self.file = file
        return "whole"


def compare_codes(path, vector):
    expect, collected, good = vector["expect"], Collected(), True
    repair = None
    for at, text in enumerate(vector["codes"]):
        try:
            form, name, size, number, carried = code(text)
        except Refused as refused:
            good &= agrees(path, expect["parts"][at], str(refused), f"code {at}")
            good &= agrees(path, expect["added"][at], None, f"added {at}")
            continue
        digest = hashlib.sha256(carried).hexdigest()
        ours = {"form": form, "id": name.hex(), "size": size, "number": number, "digest": digest}
        good &= agrees(path, expect["parts"][at], ours, f"code {at}")
        if repair is None:
            added = collected.add(form, name, size, number, carried)
            if added is None:
                repair = at
            else:
                good &= agrees(path, expect["added"][at], added, f"added {at}")
    good &= agrees(path, expect["needs_repair"], repair, "needs repair")
    if repair is None:
        good &= agrees(path, expect["file_hex"], collected.file and collected.file.hex(), "file")
    return good


# --- Comparing ---------------------------------------------------------------------------------------


def agrees(path, theirs, ours, what):
    if theirs != ours:
        print(f"{path}: {what}: the vector has {theirs}, this reader {ours}")
        return False
    return True


def evidence_agrees(path, theirs, ours):
    """Offsets inside a payload's fields are this reader's own; everything else must be the same."""
    code, evidence = ours
    theirs = {k: v for k, v in (theirs or {}).items() if k != "flaw"} or None
    if code == 0 or evidence is None:
        return agrees(path, theirs, None, "evidence")
    if evidence.get("layer") == "payload" and evidence["offset"] is None:
        theirs, evidence = {k: v for k, v in theirs.items() if k != "offset"}, {"layer": "payload"}
    return agrees(path, theirs, {**evidence, "code": code}, "evidence")


def compare_scan(path, vector, bundles):
    anchor = bytes.fromhex(vector["anchor"])
    place = path.parent.parent / "bundles" / f"{vector['bundle']}.cbor"
    if place not in bundles:
        bundles[place] = Trust(place.read_bytes(), anchor)
    scan = bytes.fromhex(vector["scan_hex"])
    question = Question(vector, bundles[place])
    answer, expect = question.judge(scan), vector["expect"]
    code = answer.findings[0][0]
    rules = answer.stage == "rules"
    weight = question.effect(code) if rules else ("refer" if code in REFER else "invalid")
    verdict = {0: "valid", 11: "not-a-permit"}.get(code, weight)
    good = agrees(path, expect["verdict"], verdict, "verdict")
    good &= agrees(path, expect["code"], code, "code")
    good &= agrees(path, expect["also"], [c for c, _ in answer.findings[1:]], "also")
    good &= agrees(path, expect["stage"], answer.stage, "stage")
    good &= agrees(path, expect["journey"], answer.more.get("journey"), "journey")
    good &= agrees(path, expect["home"], answer.more.get("home"), "home")
    good &= agrees(path, expect["newer_than_register"], answer.more.get("newer", False), "newer than register")
    good &= agrees(path, expect["demo"], bundles[place].root["demo"], "demo")
    every = [expect["evidence"], *expect["also_evidence"]]
    good &= all(evidence_agrees(path, theirs, ours) for theirs, ours in zip(every, answer.findings))
    for what, ours in answer.more.get("layers", {}).items():
        good &= agrees(path, vector["layers"][what], ours, what)
    if rules:
        good &= cose_agrees(path, vector["layers"]["cose_sign1"], question.key["key"])
    return good


def cose_agrees(path, expanded, key):
    """The expanded COSE_Sign1, verified as RFC 9052 has it and with nothing of this format but the aad."""
    tag = cbor2.loads(bytes.fromhex(expanded))
    header, unprotected, payload, signature = tag.value
    parsed = cbor2.loads(header)
    message = cbor2.dumps(["Signature1", header, b"border-permit/permit/1", payload])
    good = agrees(path, (18, -19, 0), (tag.tag, parsed[1], len(unprotected)), "COSE header")
    return good & agrees(path, True, holds(key, message, signature), "COSE signature")


def compare_bundle(path, vector):
    anchor, error = bytes.fromhex(vector["anchor"]), None
    try:
        before = vector["before_hex"]
        before = Trust(bytes.fromhex(before), anchor) if before else None
        Trust(bytes.fromhex(vector["bundle_hex"]), anchor, before, vector["clock"])
    except Refused as refused:
        error = str(refused)
    return agrees(path, vector["expect"]["error"], error, "error")


def main():
    good, count, bundles = True, 0, {}
    for folder in sys.argv[1:]:
        for path in sorted(pathlib.Path(folder).glob("*.json")):
            vector = json.loads(path.read_text(encoding="utf-8"))
            if "record" in vector:
                good &= compare_record(path, vector)
            elif "delta_hex" in vector:
                good &= compare_delta(path, vector)
            elif "codes" in vector:
                good &= compare_codes(path, vector)
            elif "scan_hex" in vector:
                good &= compare_scan(path, vector, bundles)
            else:
                good &= compare_bundle(path, vector)
            count += 1
    print(f"second reader: {count} vectors, {'all agree' if good else 'some differ'}")
    return 0 if good and count else 1


if __name__ == "__main__":
    sys.exit(main())
