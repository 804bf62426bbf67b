"""A journal's records, read from its files by nothing of the project's own code.

Frames are `length, CRC-32C, bytes`; a record is `[sequence, previous, durable, stamp, entry]` in CBOR. It reads as
much as the checks of the virtual machines ask about, and stops at the first frame that is not whole.
"""

import hashlib
import struct

MARK = b"BPJRNL\x00\x01"
GREEN, AMBER, RED, NO_PERMIT = range(4)
ADMITTED = [0]
CAMERA = 2


def checksum(data):
    """CRC-32C, bit by bit."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def item(data, at):
    """One CBOR item and where the next begins."""
    major, length = data[at] >> 5, data[at] & 31
    at += 1
    if major == 7:
        return {20: False, 21: True, 22: None}[length], at
    if length >= 24:
        size = 1 << length - 24
        length, at = int.from_bytes(data[at:at + size], "big"), at + size
    if major in (2, 3):
        return data[at:at + length], at + length
    if major == 4:
        items = []
        for _ in range(length):
            one, at = item(data, at)
            items.append(one)
        return items, at
    return (length if major == 0 else -1 - length), at


def records(file):
    """The whole records of a segment, each held to its frame's checksum and to the record before."""
    assert checksum(b"123456789") == 0xE3069283
    found, at, before = [], len(MARK), None
    if not file.startswith(MARK):
        return found
    while len(file) >= at + 8:
        length, crc = struct.unpack_from(">II", file, at)
        data = file[at + 8:at + 8 + length]
        if not length or len(data) < length or checksum(file[at:at + 4] + data) != crc:
            break
        record, _ = item(data, 0)
        if before and record[1] != before:
            break
        before, at = hashlib.sha256(data).digest(), at + 8 + length
        found.append(record)
    return found


def events(file, kind):
    """What the terminal saw or did, of one kind, in order."""
    entries = [record[4] for record in records(file)]
    return [entry[1][1:] for entry in entries if entry[0] == 0 and entry[1][0] == kind]


def verdicts(file):
    """Colour and code of every scan."""
    return [(scan[5], scan[6]) for scan, in events(file, 0)]


def admissions(file):
    """How many decisions let somebody through."""
    return sum(1 for decision, in events(file, 1) if decision[1] == ADMITTED)


def troubles(file, part=CAMERA):
    """Whether that part went out of order, or came back, in order."""
    return [out for what, out in events(file, 6) if what == part]
