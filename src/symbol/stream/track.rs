//! Track: one symbol from frame to frame.
//!
//! It is followed by its finders, from where motion brings them; its modules are gathered
//! until they say something. Once read, it is only watched: as long as its modules stay
//! the same it is not read again, and when they change it begins anew.

use super::Sighted;
use super::gather::{Accord, Gather};
use super::health::Symbol;
use crate::decode::follow::track::{Frame, Place, follow, restored, views};
use crate::decode::follow::view::View;
use crate::{Code, Point};

/// A symbol in a stream.
#[derive(Debug)]
pub(super) struct Track {
    place: Place,
    before: Option<Place>,
    /// Where its middle was a frame ago.
    was: Option<Point>,
    /// Frames in which it was not seen, since it was.
    missed: usize,
    version: Option<u8>,
    gathers: Vec<Gather>,
    /// What each frame gave without its blur or its scratches.
    sharp: Option<Gather>,
    /// Frames that were looked at and told nothing.
    vain: usize,
    /// Of these, those on which one of the dear means was tried, modulo their number: which of them was last.
    turn: usize,
    /// How clear the clearest of them was.
    clearest: f32,
    view: Option<View>,
    /// What was read last, and whether it is still there.
    said: Option<Vec<u8>>,
    read: bool,
}

/// What is done with a frame of a symbol that is not read yet, beside adding it to those before.
#[derive(Clone, Copy, Debug)]
enum Means {
    /// Nothing.
    None,
    /// Everything.
    All,
    /// Its blur and its scratches are undone and what that gives is added to what frames before gave so.
    Restore,
    /// What frames gave without their blur and scratches is put right, with patience.
    Sharp,
    /// What frames gave is put right, with patience.
    Sum,
}

/// A code that was read, and from how many frames.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) code: Code,
    pub(super) frames: usize,
}

impl Track {
    /// A symbol that was just seen.
    pub(super) fn new(place: Place) -> Self {
        Self {
            place,
            before: None,
            was: None,
            missed: 0,
            version: None,
            gathers: Vec::new(),
            sharp: None,
            vain: 0,
            turn: 0,
            clearest: 0.0,
            view: None,
            said: None,
            read: false,
        }
    }

    /// A symbol that was just read.
    pub(super) fn of(code: &Code, place: Place) -> Self {
        let said = Some(code.bytes.clone());
        let gathers = vec![Gather::of(code)];
        Self { version: Some(code.version), gathers, said, read: true, ..Self::new(place) }
    }

    pub(super) const fn place(&self) -> &Place {
        &self.place
    }

    pub(super) const fn is_read(&self) -> bool {
        self.read
    }

    /// Whether it was seen in the last frame.
    pub(super) const fn is_seen(&self) -> bool {
        self.missed == 0
    }

    /// Whether it is worth looking for again: once certain, for a while.
    pub(super) const fn is_alive(&self) -> bool {
        let patience = if self.read || self.place.is_certain() { PATIENCE } else { BRIEFLY };
        self.missed <= patience
    }

    pub(super) const fn missed(&self) -> usize {
        self.missed
    }

    /// Whether this was read from it last.
    pub(super) fn said(&self, bytes: &[u8]) -> bool {
        self.said.as_deref() == Some(bytes)
    }

    /// How clearly it was seen last.
    pub(super) fn clarity(&self) -> f32 {
        self.view.as_ref().map_or(0.0, |view| view.resemblance)
    }

    /// Whether it is a symbol for certain.
    pub(super) fn is_clear(&self) -> bool {
        self.read || self.is_told() && self.clarity() > CLEAR
    }

    /// Whether it was read, or what is known of it tells it from chance.
    pub(super) fn is_told(&self) -> bool {
        self.read || self.view.as_ref().is_some_and(View::is_told)
    }

    /// Whether more frames may tell what it is.
    pub(super) fn is_promising(&self) -> bool {
        self.is_told() || self.gathers.iter().any(|gather| gather.is_told())
    }

    /// The outline when it was last seen.
    pub(super) fn outline(&self) -> Option<[Point; 4]> {
        self.view.as_ref().map(|view| view.corners)
    }

    /// Where it was last seen, and what it says.
    pub(super) fn sighted(&self) -> Option<Sighted> {
        let bytes = self.said.clone().filter(|_| self.read);
        Some(Sighted { corners: self.outline()?, bytes })
    }

    /// What it measured when it was last seen.
    pub(super) fn measure(&self) -> Symbol {
        Symbol::of(&self.place, self.was, self.view.as_ref())
    }

    /// Whether all means are still tried on each of its frames.
    pub(super) const fn is_fresh(&self) -> bool {
        self.vain < EAGER
    }

    /// Whether many frames were looked at and it is not read.
    pub(super) const fn is_stubborn(&self) -> bool {
        self.vain > STUBBORN
    }

    /// Follows it into the next frame; what was read there. It is looked at closely only where there is time to `spare`.
    pub(super) fn follow(&mut self, frame: &mut Frame<'_>, spare: bool) -> Option<Found> {
        let guess = match &self.before {
            Some(before) if self.missed == 0 => self.place.next(before),
            _ => self.place,
        };
        let learned = self.learned();
        let learned = learned.as_deref();
        let Some(place) = follow(frame, &guess, learned, self.read)
            .or_else(|| follow(frame, &self.place, learned, self.read))
        else {
            self.missed += 1;
            self.before = None;
            return None;
        };
        self.was = Some(self.place.middle());
        self.before = (self.missed == 0).then_some(self.place);
        self.missed = 0;
        self.place = place;
        self.look(frame, spare)
    }

    /// Finds it at a place again, or for the first time.
    pub(super) fn meet(&mut self, frame: &mut Frame<'_>, place: Place) -> Option<Found> {
        self.place = place;
        (self.before, self.was, self.missed) = (None, None, 0);
        self.look(frame, true)
    }

    /// Looks at the modules where it is now.
    fn look(&mut self, frame: &mut Frame<'_>, spare: bool) -> Option<Found> {
        let mesh = self.view.as_ref().and_then(|view| view.mesh.as_ref());
        let mut views = if self.is_doubted() {
            views(frame, &self.place.doubted(), None, mesh, self.read)
        } else {
            views(frame, &self.place, self.version, mesh, self.read)
        };
        views.retain(|view| view.resemblance > FAINT);
        views.sort_by(|a, b| b.resemblance.total_cmp(&a.resemblance));
        let Some(best) = views.first() else {
            if self.view.take().is_none() {
                self.version = None;
            }
            self.missed += 1;
            return None;
        };
        let clear = best.resemblance > CLEAR && (self.read || best.is_told());
        self.place = best.place(&self.place, clear);
        if clear {
            self.version = Some(best.version());
        }
        let found = if self.read {
            self.watch(&views)
        } else {
            let means = self.means(spare, views.first().map_or(0.0, |best| best.resemblance));
            let found = self.add(&views, means);
            found.or_else(|| self.restore(frame, views.first()?, means))
        };
        self.view = views.into_iter().next();
        found
    }

    /// In the first frames all of them; then one after the other, so that no frame costs much more than another.
    /// What shows clearly more than before is tried by all of them again.
    fn means(&mut self, spare: bool, clarity: f32) -> Means {
        if 1.0 - clarity < CLEARER * (1.0 - self.clearest) {
            self.vain = 0;
        }
        self.clearest = self.clearest.max(clarity);
        self.vain += 1;
        if self.vain <= EAGER {
            return Means::All;
        }
        if !spare {
            return Means::None;
        }
        self.turn = (self.turn + 1) % 3;
        match self.turn {
            1 => Means::Restore,
            2 => Means::Sharp,
            _ => Means::Sum,
        }
    }

    /// Adds what was seen to the evidence, and tries to read, with patience or without.
    fn add(&mut self, views: &[View], means: Means) -> Option<Found> {
        let found = views.iter().find_map(|view| {
            if self.gather(view).accord(&view.soft) == Accord::Other {
                *self.gather(view) = Gather::new(view.version());
                (self.vain, self.clearest) = (0, 0.0);
            }
            let gather = self.gather(view);
            gather.add(&view.soft, view.crop.clone());
            if gather.is_told() && !matches!(means, Means::Restore | Means::Sharp) {
                gather.again();
            }
            let rounds = match gather.quality() {
                _ if !gather.is_told() => return None,
                _ if !matches!(means, Means::All | Means::Sum) => 0,
                quality if quality > CLEAR => 3,
                _ => 1,
            };
            let proof = gather.settle(rounds).ok()?;
            let found = Found { code: view.code(proof, &gather.mean()), frames: gather.frames() };
            gather.conclude();
            Some(found)
        })?;
        self.gathers.retain(|gather| gather.version() == found.code.version);
        self.conclude(found)
    }

    /// Adds what the frame gives without its blur or its scratches to what those before gave, and tries to read.
    fn restore(&mut self, frame: &Frame<'_>, view: &View, means: Means) -> Option<Found> {
        if self.read || !view.is_told() || view.resemblance < CLEAR {
            return None;
        }
        if matches!(means, Means::All | Means::Restore) {
            let soft = restored(frame, view)?;
            let same = |sharp: &Gather| {
                sharp.version() == view.version() && sharp.accord(&soft) != Accord::Other
            };
            let sharp = self.sharp.take().filter(same);
            self.sharp
                .insert(sharp.unwrap_or_else(|| Gather::new(view.version())))
                .add(&soft, None);
        }
        if !matches!(means, Means::All | Means::Sharp) {
            return None;
        }
        let sharp = self.sharp.as_ref().filter(|sharp| sharp.version() == view.version())?;
        let proof = sharp.settle(1).ok()?;
        let found = Found { code: view.code(proof, &sharp.mean()), frames: sharp.frames() };
        self.gathers = vec![Gather::of(&found.code)];
        self.conclude(found)
    }

    /// Is read by now; what that is, if it is news.
    fn conclude(&mut self, found: Found) -> Option<Found> {
        self.read = true;
        (self.sharp, self.vain, self.clearest) = (None, 0, 0.0);
        self.version = Some(found.code.version);
        let known = self.said.as_ref() == Some(&found.code.bytes);
        self.said = Some(found.code.bytes.clone());
        (!known).then_some(found)
    }

    /// Whether its version may be another one: all frames together look too little like it.
    fn is_doubted(&self) -> bool {
        let of = |gather: &&Gather| Some(gather.version()) == self.version;
        let gather = self.gathers.iter().find(of).filter(|_| !self.read);
        gather.is_some_and(|g| g.frames() % DOUBTED == 2 && g.quality() < CERTAIN)
    }

    /// What the frames before told of its modules, until it is read.
    fn learned(&self) -> Option<Vec<f32>> {
        let of = |gather: &&Gather| Some(gather.version()) == self.version;
        let gather = self.gathers.iter().find(of).filter(|g| !self.read && g.frames() > 0)?;
        gather.is_told().then(|| gather.learned())
    }

    /// The evidence that a view adds to.
    fn gather(&mut self, view: &View) -> &mut Gather {
        let at = self.gathers.iter().position(|gather| gather.version() == view.version());
        let at = at.unwrap_or_else(|| {
            if self.gathers.len() >= HYPOTHESES {
                self.gathers.remove(0);
            }
            self.gathers.push(Gather::new(view.version()));
            self.gathers.len() - 1
        });
        &mut self.gathers[at]
    }

    /// Sees to it that a symbol that was read is still the same.
    fn watch(&mut self, views: &[View]) -> Option<Found> {
        let view = views.first()?;
        let gather = self.gather(view);
        match gather.accord(&view.soft) {
            Accord::Other => {
                self.read = false;
                self.add(views, Means::All)
            }
            Accord::Same | Accord::Unsure => None,
        }
    }
}

/// Frames for which a symbol that is out of sight is remembered.
pub(super) const PATIENCE: usize = 8;

/// Frames for which a place is remembered that may be none.
const BRIEFLY: usize = 1;

/// In so many frames all means are tried. Chosen.
const EAGER: usize = 10;

/// After so many frames that told nothing, it is rarely searched for beside being followed. Chosen.
const STUBBORN: usize = 14;

/// What is missing of a perfect view is less than so much of what was: it shows clearly more. Chosen.
const CLEARER: f32 = 0.8;

/// A view that resembles a symbol more than this is one.
const CLEAR: f32 = 0.5;

/// A view that resembles a symbol less than this says nothing.
const FAINT: f32 = 0.12;

/// Frames that together look less like a symbol may be one of another version.
const CERTAIN: f32 = 0.8;

/// How often that is considered, in frames.
const DOUBTED: usize = 3;

/// The most versions considered at once.
const HYPOTHESES: usize = 3;
