//! What leaves the desk: the register of permits, the signed return, and the report on the situation (R17, R18, R25).
//!
//! All of it is drawn from the record alone and has no name of anybody; which bytes go out is said in section 15 of the
//! format document. The [situation](Situation) is for people, and hides what is too few to be told.

mod counts;
mod names;
mod register;
mod shown;
mod situation;

pub use shown::{json, report};
pub use situation::{Number, Situation};

use permit_core::{UnixTime, sha256};
use permit_record::Return;
use permit_report::Period;

use crate::registry::{Registry, RegistryError, Told};
use counts::Counts;
use register::Numbers;

/// What headquarters get.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outward {
    /// The register's file, TOML.
    pub register: String,
    /// What was counted.
    pub drawn: Return,
    /// The same, signed.
    pub sealed: Vec<u8>,
    /// Issues and differing views whose words stay here, since they hold a name.
    pub withheld: Vec<u32>,
}

/// Draws everything that leaves the desk, of these days.
///
/// # Errors
///
/// When record or database do not hold; [`RegistryError::NoStationKey`].
pub async fn outward(
    registry: &Registry,
    period: Period,
    at: UnixTime,
) -> Result<Outward, RegistryError> {
    let (desk, tip) = (registry.desk(), registry.tip());
    let founding = desk.office().founding();
    let key = registry.station_key().ok_or(RegistryError::NoStationKey)?;
    let mut counts = Counts::new(period, founding.offset);
    let mut numbers = Numbers::new(founding.station, key, founding.offset);
    registry
        .history(|entry, told| match told {
            Told::Act(act) => {
                counts.take(entry, act);
                numbers.take(entry, act);
            }
            Told::Gone(gone) => {
                counts.gone(entry, gone);
                numbers.gone(entry, gone);
            }
        })
        .await?;
    let register = numbers.register(desk);
    let register = toml::to_string(&register).map_err(|_| RegistryError::OtherDesk)?;
    let today = at.day(founding.offset);
    let matters = situation::matters(desk, period);
    let drawn = Return {
        zone: founding.zone,
        station: founding.station,
        demo: founding.demo,
        made: at,
        from: period.from(),
        through: period.through(),
        sequence: tip.sequence,
        tip: tip.hash,
        counts: counts.counts(),
        cases: situation::open_cases(desk, today),
        issues: matters.issues,
        views: matters.views,
        register: sha256(&[register.as_bytes()]),
    };
    let sealed = registry.seal(&drawn);
    Ok(Outward { register, drawn, sealed, withheld: matters.withheld })
}
