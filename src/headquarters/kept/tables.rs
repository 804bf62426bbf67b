//! The tables of headquarters.
//!
//! All but the reports, and what was let go, can be filled again from the files that were taken. Days are whole numbers and every key of the large ones
//! begins with what they are distributed by, so that PostgreSQL can partition `passage` by day and distribute it by
//! permit. The store's own chain of entries holds the countersigned lists of heads, one an entry, by version.

use permit_store::{Column, Kind, Table};

const fn whole(name: &'static str) -> Column {
    Column::new(name, Kind::Whole)
}

const fn bytes(name: &'static str) -> Column {
    Column::new(name, Kind::Bytes)
}

/// Terminals as the lists had them, and every key one of them ever had.
pub(crate) const TERMINAL: Table = Table {
    name: "terminal",
    columns: &[whole("terminal"), bytes("key"), whole("crossing"), whole("listed")],
    key: 2,
    indexes: &[],
};

/// Records of journals, as they are on the card.
pub(crate) const RECORD: Table = Table {
    name: "record",
    columns: &[whole("terminal"), whole("sequence"), bytes("hash"), bytes("record")],
    key: 2,
    indexes: &[],
};

/// Unbroken stretches of records; `begins` where the first is a chain's first. Of the other side's terminals, what its
/// headquarters say they have.
pub(crate) const STRETCH: Table = Table {
    name: "stretch",
    columns: &[whole("terminal"), whole("first"), whole("last"), whole("begins")],
    key: 2,
    indexes: &[],
};

/// Files that were taken, by their SHA-256: exports of terminals, passages of the other side.
pub(crate) const FILE: Table = Table {
    name: "file",
    columns: &[
        bytes("digest"),
        whole("kind"),
        whole("source"),
        whole("number"),
        Column::maybe("signed", Kind::Whole),
        whole("epoch"),
        bytes("tip"),
        whole("taken"),
    ],
    key: 1,
    indexes: &[&["source", "kind"]],
};

/// What is wrong with a terminal's journal or a station's returns.
pub(crate) const FINDING: Table = Table {
    name: "finding",
    columns: &[whole("source"), whole("kind"), whole("at"), whole("seen")],
    key: 3,
    indexes: &[],
};

/// Passages of both sides by pseudonym: a set that only grows.
pub(crate) const PASSAGE: Table = Table {
    name: "passage",
    columns: &[
        bytes("permit"),
        whole("day"),
        whole("id"),
        whole("place"),
        whole("time"),
        whole("home"),
        whole("shift"),
        whole("void"),
    ],
    key: 3,
    indexes: &[&["id"], &["day"]],
};

/// What the passages of each permit come to, kept as they come in: journeys, since when its holder is away, the last passage;
/// whether it was used the same way twice, and the fewest seconds between two crossings.
pub(crate) const STANDING: Table = Table {
    name: "standing",
    columns: &[
        bytes("permit"),
        whole("home"),
        whole("journeys"),
        Column::maybe("since", Kind::Whole),
        whole("place"),
        whole("time"),
        whole("same"),
        Column::maybe("near", Kind::Whole),
    ],
    key: 1,
    indexes: &[&["since"], &["same", "near"]],
};

/// Decisions on which nobody went through, whether or not their passages are known.
pub(crate) const VOID: Table =
    Table { name: "void", columns: &[whole("id")], key: 1, indexes: &[] };

/// Totals by day, kept as the rows come in.
pub(crate) const TOTAL: Table = Table {
    name: "total",
    columns: &[
        whole("day"),
        whole("terminal"),
        whole("what"),
        whole("which"),
        whole("place"),
        whole("number"),
    ],
    key: 5,
    indexes: &[],
};

/// Stations, and the key of each one's record.
pub(crate) const STATION: Table =
    Table { name: "station", columns: &[whole("station"), bytes("key")], key: 1, indexes: &[] };

/// Returns of stations, as they were signed.
pub(crate) const RETURN: Table = Table {
    name: "return",
    columns: &[
        whole("station"),
        whole("first"),
        whole("made"),
        whole("last"),
        whole("entries"),
        bytes("tip"),
        bytes("sealed"),
    ],
    key: 3,
    indexes: &[],
};

/// What is left of a record past its term: where it stands in the chain, and when it was written.
pub(crate) const GONE: Table = Table {
    name: "gone",
    columns: &[
        whole("terminal"),
        whole("sequence"),
        bytes("hash"),
        bytes("previous"),
        whole("begins"),
        whole("time"),
    ],
    key: 2,
    indexes: &[],
};

/// Passages past their term, so that none of them counts again.
pub(crate) const PAST: Table =
    Table { name: "past", columns: &[whole("id")], key: 1, indexes: &[] };

/// The last day of which rows are gone: one row.
pub(crate) const TERM: Table =
    Table { name: "term", columns: &[whole("one"), whole("day")], key: 1, indexes: &[] };

/// Reports that were made: what each told, as JSON, and its signature.
pub(crate) const REPORT: Table = Table {
    name: "report",
    columns: &[whole("number"), whole("subject"), bytes("told"), bytes("sealed")],
    key: 1,
    indexes: &[],
};

/// What officers raised and closed at terminals, by the record that says so.
pub(crate) const RAISED: Table = Table {
    name: "raised",
    columns: &[
        whole("terminal"),
        whole("sequence"),
        whole("concern"),
        whole("open"),
        whole("time"),
    ],
    key: 2,
    indexes: &[],
};

/// All of them, for whoever measures or moves them.
pub const TABLES: [Table; 16] = [
    TERMINAL, RECORD, STRETCH, FILE, FINDING, PASSAGE, STANDING, VOID, TOTAL, STATION, RETURN,
    GONE, PAST, TERM, REPORT, RAISED,
];
