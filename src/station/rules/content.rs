//! What an application is about: the permit it asks for, and the digest that approvals are given to.

use heapless::{String as Short, Vec as Few};
use minicbor::{Decode, Encode};
use permit_core::{Birth, Day, Flaw, Permit, PermitId, permit::Options, permit::PAYLOAD};

use super::{Denied, wire};

/// In which language an applicant is written to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(index_only)]
pub enum Language {
    /// Chinese.
    #[n(0)]
    Zh,
    /// Korean.
    #[n(1)]
    Ko,
    /// English.
    #[n(2)]
    En,
}

/// What the permit is to say, in the forms a permit has.
#[derive(Clone, PartialEq, Eq, Hash, Encode, Decode, Debug)]
#[cbor(array)]
pub struct Particulars {
    /// Name in Latin script, surname first.
    #[n(0)]
    pub latin: String,
    /// Name in Hangul or Han.
    #[n(1)]
    pub native: Option<String>,
    /// Birth, as far as known.
    #[cbor(n(2), with = "wire::birth")]
    pub birth: Birth,
    /// ISO 3166-1 numeric.
    #[n(3)]
    pub nationality: u16,
    /// Home region, by its number in the zone register.
    #[n(4)]
    pub region: u16,
    /// First day of validity; none: the day of issue.
    #[cbor(n(5), with = "wire::maybe_day")]
    pub from: Option<Day>,
    /// Days of validity, the first and the last counted.
    #[n(6)]
    pub days: u16,
    /// The only crossings, ascending; none: every crossing of the zone.
    #[n(7)]
    pub crossings: Vec<u16>,
    /// Outward journeys; none: not limited.
    #[n(8)]
    pub entries: Option<u32>,
    /// Longest stay in days; none: the zone register's.
    #[n(9)]
    pub stay: Option<u16>,
    /// Children travelling along.
    #[n(10)]
    pub children: Option<u8>,
    /// Identity document.
    #[n(11)]
    pub document: Option<String>,
    /// The commune, where the desk is one of special personnel; others ask for none.
    #[n(12)]
    pub commune: Option<String>,
}

impl Particulars {
    /// The permit of this content, issued on a day under a number.
    ///
    /// # Errors
    ///
    /// [`Denied::FromPassed`] when its first day is before that day; [`Denied::Unfit`] with the flaw for which a
    /// reader would refuse the permit.
    pub fn permit(&self, id: PermitId, zone: u16, today: Day) -> Result<Permit, Denied> {
        let from = self.from.unwrap_or(today);
        if from < today {
            return Err(Denied::FromPassed { from });
        }
        self.as_of(id, zone, from, (today < from).then_some(today))
    }

    /// The permit as it was issued, whatever day it is now.
    ///
    /// # Errors
    ///
    /// [`Denied::Unfit`].
    pub fn as_of(
        &self,
        id: PermitId,
        zone: u16,
        from: Day,
        issued: Option<Day>,
    ) -> Result<Permit, Denied> {
        let unfit = |flaw| Denied::Unfit { flaw };
        let days = i32::from(self.days).checked_sub(1).filter(|days| *days >= 0);
        let permit = Permit {
            id,
            latin: short(&self.latin)?,
            native: self.native.as_deref().map(short).transpose()?,
            birth: self.birth,
            nationality: self.nationality,
            region: self.region,
            zone,
            from,
            through: from.plus(days.ok_or(unfit(Flaw::Range))?),
            options: Options {
                crossings: Few::from_slice(&self.crossings).map_err(|_| unfit(Flaw::TooLong))?,
                issued,
                entries: self.entries,
                stay: self.stay,
                children: self.children,
                document: self.document.as_deref().map(short).transpose()?,
                portrait: None,
                specimen: false,
            },
        };
        permit.encode(&mut [0; PAYLOAD]).map_err(unfit)?;
        Ok(permit)
    }
}

fn short<const N: usize>(text: &str) -> Result<Short<N>, Denied> {
    Short::try_from(text).map_err(|_| Denied::Unfit { flaw: Flaw::TooLong })
}
