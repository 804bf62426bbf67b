//! A station's register of numbers given: the file that went with a return, which has its SHA-256.

use permit_core::{UnixTime, sha256};
use permit_signing::register::Register;
use permit_store::{Cell, Session};

use super::{MOST, Refusal, Taken};
use crate::{
    Failed, Site,
    kept::{row, tables::RETURN},
    told::report::decoded,
};

/// A register that is here, and when the newest return that speaks for it was made.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) register: Register,
    pub(crate) made: UnixTime,
}

impl Site {
    /// Takes a register; none where the file is something else.
    pub(super) async fn register(
        &self,
        session: &Session,
        bytes: &[u8],
    ) -> Result<Option<Taken>, Failed> {
        let read = core::str::from_utf8(bytes).ok().and_then(|it| Register::read(it).ok());
        let Some(register) = read else { return Ok(None) };
        let station = register.station;
        let Some(made) = spoken_for(session, station, bytes).await? else {
            return Ok(Some(Taken::Refused(Refusal::Register(station))));
        };
        let name = name(station);
        if self.home.path(&name).symlink_metadata().is_ok() {
            let here = self.home.kept(&name)?;
            if spoken_for(session, station, &here).await?.is_some_and(|newer| made <= newer) {
                return Ok(Some(Taken::Again));
            }
        }
        self.home.keep_register(&name, bytes)?;
        let permits = register.years.iter().map(|it| it.serials.iter().count()).sum();
        Ok(Some(Taken::Register { station, permits }))
    }

    /// The register of a station, where one is here.
    pub(crate) async fn kept_register(
        &self,
        session: &Session,
        station: u16,
    ) -> Result<Option<Kept>, Failed> {
        let name = name(station);
        if self.home.path(&name).symlink_metadata().is_err() {
            return Ok(None);
        }
        let bytes = self.home.kept(&name)?;
        let text = core::str::from_utf8(&bytes).map_err(|it| self.home.unfit(&name, it))?;
        let register = Register::read(text).map_err(|it| self.home.unfit(&name, it))?;
        let made = spoken_for(session, station, &bytes).await?;
        Ok(made.map(|made| Kept { register, made }))
    }
}

fn name(station: u16) -> String {
    format!("registers/{station:05}.toml")
}

/// When the newest return was made that has the SHA-256 of a register.
async fn spoken_for(
    session: &Session,
    station: u16,
    bytes: &[u8],
) -> Result<Option<UnixTime>, Failed> {
    let digest = sha256(&[bytes]);
    let mut newest = None;
    for cells in session.having(&RETURN, &[("station", Cell::Whole(station.into()))], MOST).await? {
        let drawn = decoded(row::bytes(&cells, 6)?)?;
        if drawn.register == digest {
            newest = newest.max(Some(drawn.made));
        }
    }
    Ok(newest)
}
