//! What is signed by others than terminals: passages of the other side's headquarters, returns of stations.

use permit_core::{Checkpoint, Passage, PublicKey, cose, sha256, trust::Role};
use permit_journal::{Crossed, Passages, Pseudonym, Terminal};
use permit_record::{Crossings, Refused};
use permit_store::{Cell, Session};

use super::{PASSAGES, Refusal, Taken, extend};
use crate::{
    Failed, Site, Stretch,
    kept::{tables::FILE, totals::Sums},
    take::given,
};

impl Site {
    pub(super) async fn sealed(&self, session: &Session, bytes: &[u8]) -> Result<Taken, Failed> {
        let Ok(envelope) = cose::Sign1::read(bytes) else {
            return Ok(Taken::Refused(Refusal::Unknown));
        };
        let kid = envelope.signed.kid;
        let settings = self.home.settings();
        let key = {
            let mut held = self.home.lists()?;
            let trust = held.open(None, None)?;
            trust.root().keys(settings.side().other(), Role::Passages).find(kid)
        };
        match key.map(|key| PublicKey::new(&key)) {
            Some(Ok(key)) => self.told(session, bytes, &key).await,
            _ => self.returned(session, bytes, kid).await,
        }
    }

    async fn told(
        &self,
        session: &Session,
        bytes: &[u8],
        key: &PublicKey,
    ) -> Result<Taken, Failed> {
        let file = match Crossings::open(bytes, key) {
            Ok(file) => file,
            Err(error) => return Ok(Taken::Refused(Refusal::Signed(error))),
        };
        let settings = self.home.settings();
        let side = settings.side().other();
        if (file.zone, file.demo) != (settings.zone, settings.demo) {
            return Ok(Taken::Refused(Refusal::OtherZone));
        }
        if file.side != side {
            return Ok(Taken::Refused(Refusal::Signed(Refused::Contents)));
        }
        let of = |number| Terminal { side, number };
        let mut all = Passages::default();
        for place in &file.void {
            all.void((of(place.terminal), place.sequence));
        }
        for told in &file.passages {
            let (crossing, direction) = (told.crossing, told.direction);
            let passage =
                Passage { checkpoint: Checkpoint { crossing, side, direction }, at: told.at };
            let origin = Some((of(told.place.terminal), told.place.sequence));
            let crossed =
                Crossed { origin, passage, home: told.home, offset: told.offset, void: false };
            all.insert(Pseudonym(*told.pseudonym), crossed);
        }
        let mut sums = Sums::default();
        let new = given::merge(session, &all, &mut sums).await?;
        sums.write(session).await?;
        for known in &file.known {
            let begins = known.first == 1;
            let stretch = Stretch { first: known.first, last: known.last, begins };
            extend(session, of(known.terminal), [stretch]).await?;
        }
        let cells = vec![
            Cell::Bytes(sha256(&[bytes]).to_vec()),
            Cell::Whole(PASSAGES),
            Cell::Whole(side as i64),
            Cell::Whole(file.number.into()),
            Cell::Whole(file.made.0),
            Cell::Whole(0),
            Cell::Bytes(Vec::new()),
            Cell::Whole(self.now().0),
        ];
        session.put(&FILE, &cells).await?;
        Ok(Taken::Passages { number: file.number, new })
    }
}
