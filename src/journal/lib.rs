//! The append-only, hash-chained crossing record of a terminal.
//!
//! A terminal writes down what it saw, what was decided and what the gate did, and asks this record while
//! the next traveller waits: is this permit's holder away, since when, on how many journeys. It is a
//! [`Journal`] over a [`Storage`]; [`Disk`] is the real one. [`Journal`] is core's
//! [`Ledger`](permit_core::Ledger), so that codes 50–53 come from it.
//!
//! # Durable before the gate moves
//!
//! [`Journal::append`] returns when the entry would survive a power cut, and not before. It returns a
//! [`Durable`], which has no other maker and cannot be copied; [`Durable::opening`] turns that of a decision
//! to admit or assist into an [`Opening`], and whoever moves a gate takes an [`Opening`] by value. So no
//! code path lets a person through unrecorded, and one entry opens once:
//!
//! ```
//! # use permit_core::{Now, Side, UnixTime};
//! use permit_journal::{Decided, Disk, Journal, Opening, Outcome, Secret, Secrets, Settings, Terminal};
//!
//! fn move_gate(opening: Opening) { /* pulse the relay */ }
//!
//! # let folder = tempfile::tempdir()?;
//! # let now = Now::read(Some(UnixTime(1_772_344_800)), UnixTime(0));
//! let secrets = Secrets::new(Secret::new([7; 32]), None);
//! let settings = Settings::new(Terminal { side: Side::A, number: 4 }, secrets);
//! let mut journal = Journal::open(Disk::open(folder.path().join("journal"))?, settings, &now)?;
//! let assisted = Decided { scan: None, outcome: Outcome::Assisted, officer: Some(12), reason: None };
//! if let Some(opening) = journal.decided(assisted, &now)?.opening() {
//!     let decision = opening.decision();
//!     move_gate(opening);
//!     let _ = journal.gate(decision, true, &now)?;
//! }
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # The files
//!
//! A folder (0700) of segments `journal-0000000001`, … (0600) and a `lock`. A segment is closed at 256 KiB or
//! after a day. It is the eight bytes `BPJRNL 00 01` and then framed records:
//!
//! | bytes | what |
//! |---|---|
//! | 4 | length *n* of the record, 1–16,384, big-endian |
//! | 4 | CRC-32C (Castagnoli) of these four bytes and the record, big-endian |
//! | *n* | the record: `[sequence, previous, durable, stamp, entry]`, deterministic CBOR |
//!
//! | field | what |
//! |---|---|
//! | `sequence` | from 1, without gaps |
//! | `previous` | SHA-256 of the bytes of the record before; of the first, SHA-256 of `border-permit/journal/1` ‖ side ‖ terminal number (two bytes), so that one terminal's journal is no other's; of the first of a later chain, SHA-256 of `border-permit/journal/2` ‖ side ‖ terminal number ‖ epoch (four bytes) ‖ the sequence before (eight bytes) |
//! | `durable` | the last record known to be on the disk when this one was written |
//! | `stamp` | `[0, time]` by a trusted clock, `[1, time]` set by hand, `[2, clock / null, earliest]` not trusted |
//! | `entry` | `[kind, …]`, see [`Entry`] and [`Event`] |
//!
//! | kind | entry |
//! |---|---|
//! | 0 | an event of the terminal: `[0, scan]`, `[1, decision]`, `[2, decision's sequence, turned]`, `[3, seconds up]` heartbeat, `[4, clock]`, `[5, bundle]`, `[6, part, out of order]`, with the lane's number at its end where there are two and one alone is meant, `[7, officer, on duty]`, `[8, decision's sequence, officer]` an admission undone, `[9, officer, by]` an officer enrolled or given another PIN at the terminal, `[10, concern, raised, officer]` something of a closed list ([`Concern`]) raised, or closed by another officer |
//! | 1 | the journal was opened, and what was found damaged |
//! | 2 | the disk failed: which operation, which error, from which byte of which segment on nothing counts |
//! | 3 | a signed head: COSE_Sign1 of kind `journal-head` over [`Head`] |
//! | 4, 5 | counters carried over, and what is left of removed records |
//! | 6 | the first record of a chain that two officers started in place of a damaged one ([`Renewed`]): its epoch, their numbers, where the one before ended and what was wrong with it |
//!
//! There are no names and no permit numbers in it, and no field that could hold one: a permit is a
//! [`Pseudonym`], an officer a number, a reason a code.
//!
//! # What officers raise
//!
//! One [`Concern`] of a closed list of eight is open at a terminal once, from when it is raised until another officer closes it; no
//! words go with it. What is open is known as far as the records go that are kept: past their term, or in a new chain, it can
//! be raised anew, and headquarters take that for the same.
//!
//! # What may go wrong, and what is then true
//!
//! | what | then |
//! |---|---|
//! | power cut | every entry that was answered for is there; an end that was not written out is cut off, and the loss stated, when the journal is next opened |
//! | a write or a sync fails once | the entry is written again in a new segment, which begins by saying what failed and from where on the old one is void |
//! | a sync fails | what it should have kept is never counted on, whatever a later sync says: Linux marks pages clean that were never written. Nothing is read back to find out; it is written again elsewhere |
//! | the disk fails for ever | [`AppendError::Storage`], [`Journal::fault`] says `Journal`; what is known stays known, every append tries again |
//! | the disk is full | [`AppendError::Full`], the fault is `Disk`; the failed part is cut off again, no files pile up |
//! | the last segment cannot be read | nobody knows where the chain ends: nothing is recorded until it can be, the fault is `Journal` |
//! | a record was changed, removed or moved | [`Condition::damage`]; nothing is repaired, recording goes on in a new segment that begins by naming the place, and nothing is green until two officers start a new chain |
//! | the end was cut off, an older copy was put back, the folder was removed | the same, by the head kept apart: found at the next start, if anything is missing that was there a second before the last end; where that is gone too, by the head that headquarters countersigned, if anything is missing that they have |
//! | the clock is set back | entries keep the time the clock said and whether it was trusted; their order is the chain's |
//!
//! A torn end and damage are told apart by `durable`: what is missing before a record that was written when
//! the missing one was already known to be on the disk was not lost by a power cut.
//!
//! # After damage, a new chain
//!
//! Damage stays, however often the terminal starts: a chain that is not whole is evidence, nothing of it is removed, and
//! what is recorded meanwhile goes on in it. [`Journal::renew`] begins a new one in two officers' names, by a time that is
//! known. Its first record says how many chains there were before (the *epoch*), and so does every signed head of it
//! (a sixth field, left out in the first chain), so that nobody takes it for a fork; its sequences begin beyond any that
//! the old one can have had, so that its decisions are never taken for others. It carries the counters of every permit
//! whose records could be read and are borne out by their neighbours. The old files stay beside it under other names
//! until they are past their term. Of a permit issued before, records may be lost: it is not green
//! ([`Ledger::may_have_lost`](permit_core::Ledger::may_have_lost)) until a presence list of the terminal's own side is
//! taken that was signed after the new chain began.
//!
//! Of the chain's end a signed head is kept in another place ([`Journal::open_with`]), in two copies written by turns,
//! at most a second after something was recorded, and held against the chain when it is opened next. While there is
//! damage it is left as it is. Journals, heads and exports of before stay valid: their epoch is 0.
//!
//! Whoever has the card has both. How far headquarters have the journal is out of reach: it comes countersigned with the
//! lists, and [`Journal::hear_all`] holds the chain against it at every start and whenever lists are taken.
//!
//! # Who else may know
//!
//! [`Journal::export`] signs stretches of the chain for headquarters, [`examine`] shows their records, [`verify`] finds every edit, deletion,
//! swap, duplicate and cut in an export and [`audit`] in the files themselves. [`Passages`] of several
//! terminals merge as sets, in any order, as often as one likes, and tell every double use; pseudonyms
//! alone cross to the other side, never officers or decisions, and never whom somebody assisted. A passage on which
//! nobody went through (the gate did not turn, or an officer undid the admission, at most [`UNDO`] seconds later and
//! once) counts nowhere: not in journeys and presence here, not among the passages an export gives, and where an
//! export told of it already, the next one takes it back ([`Passages::voided`]), in whatever order they arrive. A
//! verdict that nobody attended to is closed as *not decided*, which counts nothing.
//!
//! Records past their term (90 days) are removed with their segment, by a time that was signed or confirmed and never by
//! a clock alone: hashes and counts stay in the chain,
//! and a counter for each permit that may still be used or whose holder is away ([`Counter`]).
//!
//! # What it refuses to do
//!
//! Read a clock, know a key or a name, decide about people, repair what somebody changed.

mod apart;
mod chores;
mod disk;
mod entry;
mod error;
mod export;
#[cfg(any(test, feature = "faults"))]
pub mod faults;
mod frame;
mod head;
mod index;
mod journal;
mod passages;
mod proven;
mod pseudonym;
mod reading;
mod record;
mod renew;
mod segment;
mod storage;
#[cfg(test)]
mod tests;
mod wire;
mod write;

// The journal.
pub use chores::{HEAD, HEARTBEAT};
pub use error::{AppendError, OpenError, SignError};
pub use journal::{Condition, Durable, Journal, Opening, Settings};

// Where it is kept.
pub use disk::Disk;
pub use storage::Storage;

// What it records.
pub use entry::{
    Carried, ClockEvent, Colour, Concern, Confirmed, Counter, Counts, Damage, Decided, Entry,
    Epoch, Event, Harm, Lists, Operation, Outcome, Part, Pruned, Renewed, Scanned, Started,
    Trouble, Update,
};
pub use head::Head;
pub use index::UNDO;
pub use pseudonym::{Pseudonym, Secret, Secrets};
pub use record::{Hash, Record, Stamp, Terminal, Tip};

// What comes of it.
pub use export::{Problem, Report, audit, claimed, examine, verify};
pub use passages::{Clash, Conflict, Crossed, Passages, Tally, days};
