//! A station's return.

use permit_core::{KeyId, PublicKey};
use permit_record::{Refused, Return};
use permit_store::{Cell, Session};

use super::{MOST, Refusal, Taken, note};
use crate::{
    Failed, Finding, Site,
    kept::{
        row,
        tables::{RETURN, STATION},
    },
};

/// Stands before a station's number where findings are kept, apart from every terminal's.
pub(crate) const STATIONS: i64 = 1 << 32;

impl Site {
    pub(super) async fn returned(
        &self,
        session: &Session,
        bytes: &[u8],
        kid: KeyId,
    ) -> Result<Taken, Failed> {
        let mut known = None;
        for cells in session.all(&STATION).await? {
            let key = PublicKey::new(&row::exactly(&cells, 1)?).map_err(|_| Failed::Row)?;
            if key.id() == kid {
                known = Some((row::whole(&cells, 0)?, key));
            }
        }
        let Some((station, key)) = known else {
            return Ok(Taken::Refused(Refusal::Signed(Refused::OtherKey(kid))));
        };
        let drawn = match Return::open(bytes, &key) {
            Ok(drawn) => drawn,
            Err(error) => return Ok(Taken::Refused(Refusal::Signed(error))),
        };
        let settings = self.home.settings();
        if i64::from(drawn.station) != station {
            return Ok(Taken::Refused(Refusal::NoStation(drawn.station)));
        }
        if (drawn.zone, drawn.demo) != (settings.zone, settings.demo) {
            return Ok(Taken::Refused(Refusal::OtherZone));
        }
        let mut set_back = false;
        let mut again = false;
        for other in session.having(&RETURN, &[("station", Cell::Whole(station))], MOST).await? {
            let (made, entries) = (row::whole(&other, 2)?, row::count(&other, 4)?);
            let earlier = if made < drawn.made.0 { entries } else { drawn.sequence };
            let later = if made < drawn.made.0 { drawn.sequence } else { entries };
            again |= row::bytes(&other, 6)? == bytes;
            // Made in the same second it may be either; the same end has the same hash.
            set_back |= (made != drawn.made.0 && later < earlier)
                || (entries == drawn.sequence && row::bytes(&other, 5)? != drawn.tip);
        }
        if again {
            return Ok(Taken::Again);
        }
        if set_back {
            let source = STATIONS | station;
            note(session, (source, Finding::RecordSetBack, drawn.sequence), self.now()).await?;
        }
        let cells = vec![
            Cell::Whole(station),
            Cell::Whole(drawn.from.number().into()),
            Cell::Whole(drawn.made.0),
            Cell::Whole(drawn.through.number().into()),
            row::cell(drawn.sequence),
            Cell::Bytes(drawn.tip.to_vec()),
            Cell::Bytes(bytes.to_vec()),
        ];
        session.put(&RETURN, &cells).await?;
        Ok(Taken::Return { station: drawn.station, set_back })
    }
}
