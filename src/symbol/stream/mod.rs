//! A camera's frames, one after another.
//!
//! What one frame shows helps with the next: a symbol is followed instead of searched for,
//! and the evidence of several frames is added up until it says something. A stream keeps
//! no clock, and of pictures only small pieces with a symbol that is not read yet; the same
//! frames always give the same answers, and the work and memory of each frame are bounded. A
//! scene in which nothing is seen for a second is searched less often, least of all where nothing moves.

mod bound;
mod far;
mod gather;
mod guide;
mod health;
mod still;
mod track;

use crate::decode::follow::track::{Frame, Place, glimpse, seek};
use crate::decode::search::sight::Sweep;
use crate::decode::search::steps::TURN;
use crate::{Code, Cousin, Grey, Point};

use self::far::Far;
use self::still::{Still, Worth};
use self::track::Track;

pub use self::bound::Bound;
pub use self::guide::Hint;
pub use self::health::{Health, Symbol as SymbolHealth};

/// What is known from the frames of one camera so far.
#[derive(Debug, Default)]
pub struct Stream {
    tracks: Vec<Track>,
    size: (u32, u32),
    /// Searches so far: which step comes second, and which sizes of finders are looked for.
    turn: usize,
    /// Frames since all of a frame was searched.
    rested: usize,
    still: Still,
    /// What is too small to be followed.
    far: Far,
}

/// What one frame shows.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Look {
    /// The codes read with this frame. A code that stays in view is given once; it is given
    /// again when it comes back.
    pub codes: Vec<Code>,
    /// How many frames' evidence the codes took, the most of them; 0 where none was read.
    pub frames: usize,
    /// Whether a code that was given before is still in view.
    pub held: bool,
    /// Every symbol that is followed and is one for certain, read or not.
    pub symbols: Vec<Sighted>,
    /// Codes of a small kind, of which nothing is read; they are looked for now and then, where nothing else is seen.
    pub cousins: Vec<Cousin>,
    /// The outline of the code in view, read or not, clockwise from its own top left.
    pub outline: Option<[Point; 4]>,
    /// Why nothing is read although something is seen, or although it is too dark to see.
    pub hint: Option<Hint>,
    /// What was measured.
    pub health: Health,
}

/// A symbol in a frame.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Sighted {
    /// Its outline, clockwise from its own top left.
    pub corners: [Point; 4],
    /// What was read from it, if it was.
    pub bytes: Option<Vec<u8>>,
}

impl Stream {
    /// A stream without a past.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next frame. Never panics, and ends in bounded time on any frame. A frame of
    /// another size begins a new stream.
    pub fn see(&mut self, frame: Grey<'_>) -> Look {
        let size = (frame.width(), frame.height());
        if self.size != size {
            *self = Self { size, ..Self::default() };
        }
        let mut look = Look { health: Health::of(frame), ..Look::default() };
        let worth = if self.is_awake() { Worth::Search } else { self.still.worth(frame) };
        match worth {
            Worth::Nothing => {}
            Worth::Glance => self.glance(frame, &mut look),
            Worth::Search => self.look(frame, &mut look),
        }
        if self.tracks.iter().any(|track| track.is_seen() && track.is_clear()) {
            self.far.forget();
        } else if worth != Worth::Nothing {
            self.far.look(frame);
        }
        if self.is_awake() {
            self.still.wake();
        }
        self.tell(&mut look);
        look
    }

    /// Follows and searches.
    fn look(&mut self, frame: Grey<'_>, look: &mut Look) {
        let mut frame = Frame::new(frame);
        self.follow(&mut frame, look);
        if self.is_due() {
            self.search(&mut frame, look);
        }
    }

    /// Reads what is easily read; what looks much like a symbol is searched for.
    fn glance(&mut self, frame: Grey<'_>, look: &mut Look) {
        let sweep = Sweep { steps: 1, brief: true, turn: 0, small: false, thorough: true };
        let (codes, spots, _) = seek(frame, sweep, &[], EASY);
        for (code, place) in codes {
            self.add(code, place, look);
        }
        if spots.iter().any(Place::is_likely) {
            self.still.doubt();
        }
    }

    /// Whether something was seen last that is worth every frame.
    fn is_awake(&self) -> bool {
        self.tracks.iter().any(|track| track.is_seen() && track.is_promising())
    }

    /// Follows what was seen before.
    fn follow(&mut self, frame: &mut Frame<'_>, look: &mut Look) {
        let spare = self.rested < if self.is_stubborn() { SPARE } else { PAUSE };
        for track in &mut self.tracks {
            if let Some(found) = track.follow(frame, spare) {
                look.frames = look.frames.max(found.frames);
                look.codes.push(found.code);
            }
        }
        self.tracks.retain(Track::is_alive);
    }

    /// Whether all that is in view for certain was looked at for long and is not read.
    fn is_stubborn(&self) -> bool {
        let mut clear = self.tracks.iter().filter(|track| track.is_seen() && track.is_clear());
        clear.clone().next().is_some() && clear.all(Track::is_stubborn)
    }

    /// Whether the frame has to be searched: always while nothing certain is in view, and now
    /// and then beside a code that was read or looks like one.
    fn is_due(&mut self) -> bool {
        let seen = || self.tracks.iter().filter(|track| track.is_seen() && track.is_clear());
        let rest = match seen().next() {
            Some(_) if seen().any(Track::is_read) => REST,
            Some(_) if self.is_stubborn() => REST,
            Some(_) => PAUSE,
            None => 0,
        };
        self.rested = if self.rested < rest { self.rested + 1 } else { 0 };
        self.rested == 0
    }

    /// Searches the frame; beside a code that was read only for what is easily seen.
    fn search(&mut self, frame: &mut Frame<'_>, look: &mut Look) {
        let thorough = self.turn.is_multiple_of(THOROUGH);
        // What was looked at in vain for long is followed, and searched for by the thorough searches alone.
        let left = |track: &Track| !thorough && track.is_clear() && track.is_stubborn();
        let seen = || self.tracks.iter().filter(|track| track.is_seen());
        let known = seen().filter(|track| track.is_read() || left(track));
        let known: Vec<Place> = known.map(|track| *track.place()).collect();
        let read = seen().any(Track::is_read);
        let taken = if read { 1 } else { TURN };
        let brief = !self.turn.is_multiple_of(WHOLE);
        let small = !brief && !read;
        // What has been followed for a while is looked at closely there, frame by frame.
        let mut clear = self.tracks.iter().filter(|track| track.is_seen() && track.is_clear());
        let thorough = thorough || clear.all(Track::is_fresh);
        let sweep = Sweep { steps: taken, brief, turn: self.turn, small, thorough };
        let (codes, spots, cousins) = seek(frame.picture(), sweep, &known, WORK);
        self.turn = self.turn.wrapping_add(1);
        look.cousins = cousins;
        for (code, place) in codes {
            self.add(code, place, look);
        }
        for place in spots.into_iter().take(SPOTS) {
            self.meet(frame, place, look);
        }
        let clear = self.tracks.iter().any(|track| track.is_seen() && track.is_clear());
        if look.codes.is_empty() && !clear {
            for place in glimpse(frame, self.turn) {
                self.meet(frame, place, look);
            }
        }
        self.tracks.sort_by_key(|track| (!track.is_read(), !track.is_clear(), track.missed()));
        self.tracks.truncate(TRACKS);
    }

    /// Remembers a code that was read in one frame.
    fn add(&mut self, code: Code, place: Place, look: &mut Look) {
        let track = Track::of(&code, place);
        if self.take(&place).is_none_or(|old| !old.said(&code.bytes)) {
            look.frames = look.frames.max(1);
            look.codes.push(code);
        }
        self.tracks.push(track);
    }

    /// Looks at a place where a symbol may be.
    fn meet(&mut self, frame: &mut Frame<'_>, place: Place, look: &mut Look) {
        if self.tracks.iter().any(|track| track.is_seen() && track.place().is_near(&place)) {
            return;
        }
        let mut track = self.take(&place).unwrap_or_else(|| Track::new(place));
        if let Some(found) = track.meet(frame, place) {
            look.frames = look.frames.max(found.frames);
            look.codes.push(found.code);
        }
        self.tracks.push(track);
    }

    /// The track at a place, taken out.
    fn take(&mut self, place: &Place) -> Option<Track> {
        let at = self.tracks.iter().position(|track| track.place().is_near(place))?;
        Some(self.tracks.remove(at))
    }

    /// Says what the frame shows beside its codes.
    fn tell(&self, look: &mut Look) {
        let seen = || self.tracks.iter().filter(|track| track.is_seen() && track.is_told());
        let best = seen().max_by(|a, b| a.clarity().total_cmp(&b.clarity()));
        let outline = best.and_then(Track::outline);
        let inside = |p: &Point| {
            (0.0..=self.size.0 as f32).contains(&p.x) && (0.0..=self.size.1 as f32).contains(&p.y)
        };
        // One at the edge leaves it by itself; one that is large has no room.
        let short = self.size.0.min(self.size.1) as f32;
        let large = |[a, _, b, _]: &[Point; 4]| (a.x - b.x).hypot(a.y - b.y) > LARGE * short;
        let cut = outline.is_some_and(|it| large(&it) && !it.iter().all(inside));
        let symbol = best.map(|track| SymbolHealth { cut, ..track.measure() });
        look.symbols = seen().filter(|it| it.is_clear()).filter_map(Track::sighted).collect();
        let (read, clear) = (seen().any(Track::is_read), seen().any(Track::is_clear));
        let far = self.far.outline().filter(|_| !clear);
        look.outline = far.or(outline);
        look.health.symbol = symbol.filter(|_| far.is_none());
        look.held = read && look.codes.is_empty();
        if !read && look.codes.is_empty() {
            look.hint = guide::hint(&look.health, far.is_some());
        }
    }
}

/// The diagonal of a symbol, in shorter sides of the frame, from which there may be no room for it: chosen.
const LARGE: f32 = 0.9;

/// Frames between searches while a code that was read is in view.
const REST: usize = 4;

/// Frames between searches while what looks like a symbol is in view.
const PAUSE: usize = 1;

/// After a search beside a symbol that many frames did not tell, so many frames have time for one of the dear means. Chosen.
const SPARE: usize = 2;

/// One of so many searches does not stop where a glimpse shows nothing.
const WHOLE: usize = 3;

/// One of so many searches is thorough beside what is followed and not read. Chosen.
const THOROUGH: usize = 5;

/// Work a search may cost; an attempt at a symbol is three.
const WORK: usize = 12;

/// Work a glance may cost.
const EASY: usize = 3;

/// The most places looked at in a frame that a search came upon.
const SPOTS: usize = 2;

/// The most symbols followed at once.
const TRACKS: usize = 4;

#[cfg(test)]
mod tests;
