//! What one reader knows, and each thing that can be asked of it.

use permit_core::{
    Accepted, Anchor, Checkpoint, Direction, Floor, NoLedger, Now, PermitId, Proof, Side, UnixTime,
    Verifier, Watch,
};
use permit_parts::{Added, CollectError, Collector, Part, PartError, is_part};
use permit_symbol::{Stream, load, look};
use permit_words::verdict::Guidance;
use permit_words::{At, Lang, Words, ids};
use serde::Serialize;

use crate::eye::{self, Mode, Seen};
use crate::lists::{self, Lists, Taken};
use crate::said::{self, Scene};
use crate::{Explained, Status, holder, marks};

/// One reader.
#[derive(Debug)]
pub struct Pocket {
    words: Words,
    anchor: Option<Anchor>,
    before: Option<Accepted>,
    lists: Option<Lists>,
    place: Option<Checkpoint>,
    /// The latest moment a verdict was given at with a trusted clock.
    floor: Option<UnixTime>,
    /// A moment set by hand, for demonstrations: it makes nothing valid under a root that is none.
    at: Option<At>,
    watch: Watch,
    now: Now,
    mode: Mode,
    stream: Stream,
    parts: Collector,
    /// A file of which pages are left, and what was seen on the others.
    #[cfg(feature = "files")]
    pages: Option<(load::Pages, Seen)>,
}

impl Default for Pocket {
    fn default() -> Self {
        let floor = floor(None, None);
        Self {
            words: Words::isolated(Lang::En),
            anchor: None,
            before: None,
            lists: None,
            place: None,
            floor: None,
            at: None,
            watch: Watch::new(floor, Side::A),
            now: Now::read(None, floor.time()),
            mode: Mode::default(),
            stream: Stream::new(),
            parts: Collector::default(),
            #[cfg(feature = "files")]
            pages: None,
        }
    }
}

impl Pocket {
    /// Speaks a language from now on: the page's words, by their ids.
    pub fn speak(&mut self, lang: Lang) -> impl Serialize + use<> {
        self.words = Words::isolated(lang);
        let page = |id: &&str| id.starts_with("pocket-") || PAGE.contains(id);
        let said: Vec<_> =
            ids().filter(page).chain(PARTS).map(|id| (id, self.words.get(id))).collect();
        (lang.tag(), said)
    }

    /// Takes a reading of the clock; `anew` when nothing watched it in between, as while a phone slept.
    pub fn clock(&mut self, wall: UnixTime, monotonic: i64, anew: bool) -> Status {
        if anew {
            self.watch_anew();
        }
        let read = self.watch.observe(Some(wall), monotonic, false);
        self.now = self.by_hand().unwrap_or(read);
        self.status()
    }

    /// Sets the moment by hand, as `YYYY-MM-DD[Thh:mm[:ss][±hh:mm|Z]]` at the crossing; any other text goes by the clock
    /// again. It holds from the next reading on.
    pub fn at(&mut self, text: &[u8]) -> Status {
        self.at = core::str::from_utf8(text).ok().and_then(|text| text.parse().ok());
        self.status()
    }

    fn by_hand(&self) -> Option<Now> {
        let (at, trust) = (self.at?, self.lists?.trust());
        let here = self.place.and_then(|place| trust.zone().crossing(place.crossing));
        let crossing = here.or_else(|| trust.zone().crossings.iter().next())?;
        Some(Now::by_hand(at.at(&crossing), trust.newest()))
    }

    /// The floor, as it was kept.
    pub fn floor(&mut self, at: UnixTime) -> Status {
        self.floor = self.floor.max(Some(at));
        self.watch_anew();
        self.status()
    }

    /// Installs a root by its fingerprint, the 32 bytes of a SHA-256. Another one forgets the lists of the one before.
    pub fn anchor(&mut self, digest: &[u8]) -> Status {
        let anchor = digest.try_into().ok().map(Anchor);
        if anchor != self.anchor {
            *self = Self {
                anchor,
                words: Words::isolated(self.words.lang()),
                now: self.now,
                ..Self::default()
            };
        }
        self.status()
    }

    /// What was accepted before, as it was kept.
    pub fn restore(&mut self, kept: &[u8]) -> Status {
        self.before = marks::read(kept);
        self.status()
    }

    /// Takes a bundle, whole or not at all.
    pub fn take(&mut self, bundle: &[u8]) -> Taken {
        let Some(anchor) = self.anchor else {
            return Taken::no(self.words.get("screen-notice-not-updated-rootless"));
        };
        // What is signed ahead of a clock that is not believed says nothing against it.
        let now = self.now.certain();
        match Lists::open(bundle, anchor, self.before.as_ref(), now) {
            Ok(lists) => {
                let trust = lists.trust();
                self.before = Some(*trust.accepted());
                self.lists = Some(lists);
                if self.place.is_some_and(|place| trust.zone().crossing(place.crossing).is_none()) {
                    self.place = None;
                }
                self.watch.accepted(trust.proof());
                Taken::accepted(lists, &self.words)
            }
            Err(error) => Taken::refused(&error, &self.words),
        }
    }

    /// Forgets everything but the language.
    pub fn forget(&mut self) -> Status {
        *self =
            Self { words: Words::isolated(self.words.lang()), now: self.now, ..Self::default() };
        self.status()
    }

    /// Stands at a crossing (0 is nowhere), with the guards of a side (0 A, 1 B), asking about a way (0 entry, 1 exit).
    pub fn stand(&mut self, crossing: usize, side: usize, direction: usize) -> Status {
        let known = |number: &u16| {
            self.lists.is_some_and(|lists| lists.trust().zone().crossing(*number).is_some())
        };
        let crossing = u16::try_from(crossing).ok().filter(known);
        self.place = crossing.map(|crossing| Checkpoint {
            crossing,
            side: if side == 0 { Side::A } else { Side::B },
            direction: if direction == 0 { Direction::Entry } else { Direction::Exit },
        });
        self.begin();
        self.status()
    }

    /// What is looked for from now on.
    pub fn mode(&mut self, mode: Mode) -> Status {
        self.mode = mode;
        self.begin();
        self.status()
    }

    /// Looks at a camera's frame, four bytes a pixel.
    pub fn frame(&mut self, width: u32, height: u32, rgba: &[u8]) -> Seen {
        let Some(grey) = eye::luma(width, height, rgba) else { return Seen::default() };
        if self.mode == Mode::Lists {
            // Codes of lists change in place, and a stream that holds one may be a code behind.
            return self.gather(
                &eye::whole(look(grey.as_grey()).codes)
                    .into_iter()
                    .map(|code| code.bytes)
                    .collect::<Vec<_>>(),
            );
        }
        let found = self.stream.see(grey.as_grey());
        let mut seen =
            Seen { outlines: eye::outlines(&found), held: found.held, ..Seen::default() };
        seen.hint = found.hint.map(|why| eye::hint(why, &self.words));
        if self.mode == Mode::Card && (found.held || !found.codes.is_empty()) {
            return eye::card(grey.as_grey(), seen, &self.words);
        }
        if found.codes.is_empty() {
            return seen;
        }
        let (texts, several) = eye::texts(&found, grey.as_grey());
        let seen = if several {
            Seen { said: vec![said::unread(Guidance::Several, &self.words)], ..seen }
        } else {
            self.tell(&texts, seen)
        };
        self.passed(&seen);
        seen
    }

    /// Looks at one picture by itself, four bytes a pixel.
    pub fn still(&mut self, width: u32, height: u32, rgba: &[u8]) -> Seen {
        match eye::luma(width, height, rgba) {
            Some(grey) => self.picture(&grey.into()),
            None => Seen::default(),
        }
    }

    /// Opens a picture file and looks at its first page.
    #[cfg(feature = "files")]
    pub fn file(&mut self, bytes: &[u8]) -> Seen {
        self.pages = None;
        match load::pages(bytes.to_vec()) {
            Ok(pages) => {
                self.pages = Some((pages, Seen::default()));
                self.page()
            }
            Err(error) => eye::closed(&error, &self.words),
        }
    }

    /// Looks at the next page of the file that is open; what was seen on all of them is told after the last.
    #[cfg(feature = "files")]
    pub fn page(&mut self) -> Seen {
        let Some((mut pages, mut all)) = self.pages.take() else { return Seen::default() };
        if let Some(page) = pages.next() {
            let seen = match page {
                Ok(picture) => self.picture(&picture),
                Err(error) => eye::closed(&error, &self.words),
            };
            all.said.extend(seen.said);
            all.explained = all.explained.or(seen.explained);
            all.root = all.root.or(seen.root);
            all.gathered = seen.gathered.or(all.gathered);
            all.bundle = seen.bundle.or(all.bundle);
            all.fault = all.fault.or(seen.fault);
        }
        if pages.len() == 0 {
            return all;
        }
        let left = [("count", pages.len().into())];
        let more = Some(self.words.with("pocket-file-more", &left));
        self.pages = Some((pages, all));
        Seen { more, ..Seen::default() }
    }

    /// Judges the text of a code.
    pub fn text(&mut self, text: &[u8]) -> Seen {
        let seen = self.tell(&[text.to_vec()], Seen::default());
        self.passed(&seen);
        seen
    }

    /// Looks a typed number up.
    pub fn number(&mut self, typed: &[u8]) -> Seen {
        let number = core::str::from_utf8(typed).ok().and_then(|it| it.parse::<PermitId>().ok());
        let fault = |id| Seen { fault: Some(self.words.get(id)), ..Seen::default() };
        let Some(number) = number else { return fault("screen-notice-number-mistyped") };
        let Some((verifier, scene)) = self.verifier() else { return fault("pocket-lists-first") };
        let judgement = verifier.look_up(&number, &NoLedger, &self.now);
        Seen { said: vec![scene.say(&judgement)], ..Seen::default() }
    }

    fn picture(&mut self, picture: &load::Picture) -> Seen {
        let shown = picture.look();
        let guess = eye::guess(&picture.grey, &shown);
        let texts: Vec<_> = eye::whole(shown.codes).into_iter().map(|code| code.bytes).collect();
        if self.mode == Mode::Lists {
            return self.gather(&texts);
        }
        if texts.is_empty() {
            return Seen { said: vec![said::unread(guess, &self.words)], ..Seen::default() };
        }
        let seen = self.tell(&texts, Seen::default());
        self.passed(&seen);
        seen
    }

    /// Does with texts what is looked for.
    fn tell(&mut self, texts: &[Vec<u8>], seen: Seen) -> Seen {
        if self.mode == Mode::Root {
            let root = texts.iter().find_map(|text| lists::fingerprint(text));
            let fault = root.is_none().then(|| self.words.get("pocket-root-none"));
            return Seen { root, fault, ..seen };
        }
        if texts.iter().any(|text| is_part(text)) {
            return Seen { fault: Some(self.words.get("pocket-part-elsewhere")), ..seen };
        }
        let Some((verifier, scene)) = self.verifier() else {
            return Seen { fault: Some(self.words.get("pocket-lists-first")), ..seen };
        };
        if self.mode == Mode::Holder {
            let scene = Scene { crossing: None, ..scene };
            let explained: Option<Explained> =
                texts.first().map(|text| holder::explain(text, &scene, &self.now));
            return Seen { explained, ..seen };
        }
        let judge = |text: &Vec<u8>| scene.say(&verifier.verify(text, &NoLedger, &self.now));
        Seen { said: texts.iter().map(judge).collect(), ..seen }
    }

    /// Takes codes of lists.
    fn gather(&mut self, texts: &[Vec<u8>]) -> Seen {
        let mut seen = Seen::default();
        for text in texts {
            let why = match Part::read(text).map(|part| self.parts.add(&part)) {
                Ok(Ok(Added::Again | Added::New)) => continue,
                Ok(Ok(Added::Whole(bundle))) => {
                    // Whoever has it offers it like one from a file.
                    seen.bundle = Some(hex::encode(bundle));
                    return seen;
                }
                Ok(Err(CollectError::Forged)) => "screen-notice-not-updated-forged",
                Ok(Err(CollectError::Other)) => "screen-notice-part-refused-other",
                Ok(Err(_)) => "screen-notice-part-refused-conflict",
                Err(PartError::Foreign) => "screen-notice-part-refused-foreign",
                Err(PartError::Newer { .. }) => "pocket-lists-terminals",
                Err(_) => "screen-notice-part-refused-damaged",
            };
            seen.fault = Some(self.words.get(why));
        }
        seen.gathered = Some(self.gathered());
        seen
    }

    fn gathered(&self) -> String {
        let (have, total) = self.parts.progress();
        if total == 0 {
            return self.words.get("screen-gathered.none");
        }
        let said =
            self.words.with("screen-gathered", &[("have", have.into()), ("total", total.into())]);
        let missing: Vec<String> = self
            .parts
            .missing()
            .take(SHOWN)
            .map(|index| (u16::from(index) + 1).to_string())
            .collect();
        let missing = [("missing", missing.join(" ").into())];
        format!("{said}. {}", self.words.with("screen-gathered.missing", &missing))
    }

    fn verifier(&self) -> Option<(Verifier<'static>, Scene<'_>)> {
        let trust = self.lists?.trust();
        let here =
            self.place.and_then(|place| Some((Verifier::new(trust, place).ok()?, place.crossing)));
        let (verifier, crossing) = match here {
            Some((verifier, crossing)) => (verifier, Some(crossing)),
            None => (Verifier::nowhere(trust), None),
        };
        Some((verifier, Scene { trust, crossing, words: &self.words }))
    }

    /// A verdict was given: the time has come, if the clock is believed.
    fn passed(&mut self, seen: &Seen) {
        let demo = self.lists.is_some_and(|lists| lists.trust().is_demo());
        let asked = !seen.said.is_empty() || seen.explained.is_some();
        if asked && !self.now.is_by_hand() && self.now.doubt(demo).is_none() {
            self.floor = self.floor.max(self.now.certain());
            if let Some(at) = self.floor {
                self.watch.journalled(at);
            }
        }
    }

    fn begin(&mut self) {
        self.stream = Stream::new();
        self.parts = Collector::default();
    }

    fn watch_anew(&mut self) {
        let proof = self.lists.map(|lists| lists.trust().proof());
        // Away from every crossing the side that proves less is asked.
        let home = self.place.map_or_else(
            || {
                let [a, b] = proof.map_or([None; 2], |proof| proof.sides);
                if a <= b { Side::A } else { Side::B }
            },
            |place| place.side,
        );
        self.watch = Watch::new(floor(proof, self.floor), home);
    }

    fn status(&self) -> Status {
        let status = Status::new(self.anchor, self.lists, self.place, &self.now, &self.words);
        Status { floor: self.floor.map(|at| at.0), ..status }
    }
}

/// The earliest it can be, by lists and by what the page says: the date of its sources, or what it kept.
fn floor(proof: Option<Proof>, kept: Option<UnixTime>) -> Floor {
    let proof = proof.unwrap_or(Proof::of(UnixTime(i64::MIN)));
    Floor { proof, journal: kept, build: None, confirmed: None }
}

/// Missing codes that are named at once.
const SHOWN: usize = 24;

/// Messages of the terminal's screen that the page says too.
const PAGE: [&str; 15] = [
    "screen-demo",
    "screen-waiting",
    "screen-entry",
    "screen-exit",
    "screen-lamp",
    "screen-night",
    "screen-large",
    "screen-type-number",
    "screen-read-lists",
    "screen-language",
    "screen-lang-zh",
    "screen-lang-ko",
    "screen-lang-en",
    "screen-portrait",
    "screen-cancel",
];

/// The same, of a message's parts.
const PARTS: [&str; 4] = [
    "screen-waiting.more",
    "screen-type-number.more",
    "screen-type-number.check",
    "screen-gathering.more",
];
