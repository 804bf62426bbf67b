//! The envelope: key id, payload, signature; what exactly is signed, and whether the signature holds.
//!
//! No verdict is given here: a signature that holds says who signed, not that the permit is good.

use permit_core::cose::frame;
use permit_core::trust::{Class, Station, StationKey};
use permit_core::{Envelope, KeyId, Kind, PublicKey, Side};

use super::Teacher;
use super::lesson::{Lesson, Part};
use crate::verify::place::side_name;

impl<'a> Teacher<'a> {
    /// Envelope, signature and payload.
    pub(super) fn envelope(&self, envelope: &Envelope, lesson: &mut Lesson) {
        let words = self.words;
        let payload = envelope.payload();
        let part =
            lesson.part(words.with("inspect-envelope", &[("count", (payload.len() + 68).into())]));
        part.bytes(0, &envelope.kid().0, 0, words.get("inspect-kid"));
        part.bytes(
            4,
            payload,
            0,
            words.with("inspect-payload-of", &[("count", payload.len().into())]),
        );
        let (point, number) = envelope.signature().split_at(32);
        part.bytes(4 + payload.len(), point, 0, words.get("inspect-signature-r"));
        part.bytes(36 + payload.len(), number, 0, words.get("inspect-signature-s"));
        self.signed(envelope, lesson);
        let holds = self.signature(envelope, lesson.part(words.get("inspect-signature")));
        self.payload(payload, holds, lesson);
    }

    /// The Sig_structure (RFC 9052 §4.4), field by field.
    fn signed(&self, envelope: &Envelope, lesson: &mut Lesson) {
        let words = self.words;
        let frame = frame(Kind::Permit, envelope.kid(), envelope.payload().len());
        let count = frame.len() + envelope.payload().len();
        let part = lesson.part(words.with("inspect-signed", &[("count", count.into())]));
        let aad = Kind::Permit.external_aad();
        let rows = [
            (0, 1, words.get("inspect-signed-array")),
            (1, 11, words.get("inspect-signed-context")),
            (
                12,
                10,
                words.with(
                    "inspect-signed-protected",
                    &[("key", envelope.kid().to_string().into())],
                ),
            ),
            (22, 1 + aad.len(), words.with("inspect-signed-aad", &[("aad", aad.into())])),
            (
                23 + aad.len(),
                frame.len() - 23 - aad.len(),
                words.with("inspect-signed-head", &[("count", envelope.payload().len().into())]),
            ),
        ];
        for (at, length, says) in rows {
            part.bytes(at, frame.get(at..at + length).unwrap_or_default(), 0, says);
        }
        part.bytes(frame.len(), envelope.payload(), 0, words.get("inspect-signed-payload"));
    }

    /// Every listed key with this id, and what the signature says to it.
    fn signature(&self, envelope: &Envelope, part: &mut Part) -> bool {
        let words = self.words;
        let kid = envelope.kid();
        let mut holds = false;
        let mut tried = false;
        for (side, station, key) in self.candidates(kid) {
            tried = true;
            let good = PublicKey::new(&key.key)
                .is_ok_and(|key| key.verify(&envelope.to_be_signed(), envelope.signature()));
            holds |= good;
            part.say(self.key(side, &station, &key));
            part.say(words.get(if good { "inspect-holds" } else { "inspect-fails" }));
        }
        if !tried {
            part.say(words.with(
                "inspect-unknown-key",
                &[("key", kid.to_string().into()), ("count", self.keys().into())],
            ));
        }
        part.say(words.get(if self.demo { "inspect-demo-keys" } else { "inspect-own-keys" }));
        part.say(words.get("inspect-no-verdict"));
        holds
    }

    fn key(&self, side: Side, station: &Station<'_>, key: &StationKey<'_>) -> String {
        let class = match key.class {
            Class::Station => "inspect-class-station",
            Class::Delegated(_) => "inspect-class-delegated",
            Class::Direct => "inspect-class-direct",
            Class::Demo => "inspect-class-demo",
        };
        self.words.with(
            "inspect-key",
            &[
                ("key", key.id().to_string().into()),
                ("number", station.number.into()),
                ("station", self.places.station(station.number, self.words).into()),
                ("side", side_name(side).into()),
                ("class", self.words.get(class).into()),
                ("from", key.from.to_string().into()),
                ("through", key.through.to_string().into()),
            ],
        )
    }

    /// The listed keys with this id; side A first, as the verifier tries them.
    fn candidates(&self, kid: KeyId) -> Vec<(Side, Station<'a>, StationKey<'a>)> {
        self.listed().filter(|(_, _, key)| key.id() == kid).collect()
    }

    fn keys(&self) -> usize {
        self.listed().count()
    }

    fn listed(&self) -> impl Iterator<Item = (Side, Station<'a>, StationKey<'a>)> {
        let trust = self.trust;
        Side::BOTH
            .into_iter()
            .filter_map(|side| trust.lists(side).map(|lists| (side, lists)))
            .flat_map(|(side, lists)| {
                lists.stations.stations.iter().flat_map(move |station| {
                    station.keys.iter().map(move |key| (side, station, key))
                })
            })
    }
}
