//! What a record that comes home says against the one that is there: shown, and decided by officers.

use permit_core::{Day, UnixTime};

use crate::{
    likeness,
    rules::{Application, Delegated, Desk, State},
};

/// Something to look at. Numbers alone: a name stands in neither.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Conflict {
    /// A permit was signed for a commune that a station covers since before that.
    Covered {
        /// The application.
        number: u32,
        /// The commune.
        commune: String,
        /// Since when this desk's lists say so.
        since: UnixTime,
    },
    /// Somebody alike has an open application or a permit here, or at other special personnel.
    Alike {
        /// The application.
        number: u32,
        /// The other's station.
        station: u16,
        /// The other's application.
        other: u32,
    },
}

/// Conflicts of what was done after an entry of a record that is handed back.
#[must_use]
pub fn conflicts(desk: &Desk, record: &Delegated, known: u64, today: Day) -> Vec<Conflict> {
    let own = record.desk().office().station();
    let others = desk.delegated().filter(|(station, _)| *station != own);
    let mut desks = vec![(desk.office().station(), desk)];
    desks.extend(others.map(|(station, it)| (station, it.desk())));
    let fresh = record.desk().applications().filter(|it| it.last > known);
    let mut found = Vec::new();
    for application in fresh.filter(|it| lives(it, today)) {
        found.extend(covered(desk, record.desk(), application));
        let Some(content) = &application.particulars else { continue };
        for (station, other) in &desks {
            let alike = likeness::alike(other, content, 0).into_iter();
            let alike = alike.filter_map(|it| other.application(it.number));
            found.extend(alike.filter(|it| lives(it, today)).map(|it| Conflict::Alike {
                number: application.number,
                station: *station,
                other: it.number,
            }));
        }
    }
    found
}

/// Whether something can still come of it, or its permit is good.
fn lives(application: &Application, today: Day) -> bool {
    let state = application.state(today);
    !state.is_final() && state != State::Expired
}

fn covered(desk: &Desk, theirs: &Desk, application: &Application) -> Option<Conflict> {
    let commune = application.particulars.as_ref()?.commune.clone()?;
    let since = desk.office().covered_since(&commune)?;
    let permit = application.permit?;
    let offset = theirs.office().founding().offset;
    let signed = permit.issued.unwrap_or(permit.from);
    (signed >= since.day(offset)).then_some(Conflict::Covered {
        number: application.number,
        commune,
        since,
    })
}
