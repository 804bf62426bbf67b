//! The eye: the newest frame, read.
//!
//! It turns frames into what the state machine understands (texts, a hint, the camera's state) and shows the picture. It
//! judges nothing: whatever a code says is bytes here. A decoder that panics costs one frame.

use core::panic::AssertUnwindSafe;
use core::time::Duration;
use std::panic::catch_unwind;
use std::sync::Arc;
use std::time::Instant;

use permit_parts::is_part;
use permit_symbol::{Code, Grey, GreyBuf, Hint as Why, Look, Point, Stream, look};
use tokio::sync::watch;

use crate::crowd::{Crowd, Spot};
use crate::frame::{Frame, Slot, Taken};
use crate::gauge::Gauge;
use crate::hub::Picture;
use crate::lane::Post;
use crate::machine::{CameraState, Event, Hint, Seen};
use crate::parts::{Parts, Whole};

/// How often silence is looked at.
const PATIENCE: Duration = Duration::from_millis(250);

/// Frames between looks at everything while two symbols are said to be in view.
const RECOUNT: u32 = 10;

/// Frames after a change in place that are read by themselves.
const FRESH: u32 = 3;

/// For so many frames a code of a small kind that was seen is taken to be there: it is looked for in one search of three.
const SMALL: u32 = 12;

/// What an eye works with.
pub struct Eye {
    /// Where frames come from.
    pub slot: Arc<Slot>,
    /// Where events go.
    pub events: Post,
    /// Where pictures are shown.
    pub picture: watch::Sender<Option<Arc<Picture>>>,
    /// The start of the process, for the gauge.
    pub start: Instant,
    /// A played source is never silent, only slow.
    pub played: bool,
    /// Said with every look: a watchdog wants to know.
    pub alive: Box<dyn Fn() + Send>,
}

impl core::fmt::Debug for Eye {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Eye").field("played", &self.played).finish_non_exhaustive()
    }
}

impl Eye {
    /// Looks until no frame comes any more or nobody listens.
    pub fn run(self) {
        let (mut gauge, mut gaze) = (Gauge::new(self.ms()), Gaze::default());
        loop {
            (self.alive)();
            let told = match self.slot.take(PATIENCE) {
                Taken::Frame(frame) => self.frame(&frame, &mut gauge, &mut gaze),
                Taken::Nothing if self.played => Ok(()),
                Taken::Nothing => self.state(gauge.silence(self.ms())),
                Taken::Lost => self.state(gauge.lost()),
                Taken::Ended => {
                    let _ = self.tell(Event::Ended);
                    return;
                }
            };
            if told.is_err() {
                self.slot.end();
                return;
            }
        }
    }

    fn frame(&self, frame: &Frame, gauge: &mut Gauge, gaze: &mut Gaze) -> Result<(), Gone> {
        let grey = frame.grey.as_grey();
        if let Some(state) = gauge.frame(grey, self.ms()) {
            self.tell(Event::Camera(state))?;
        }
        if frame.cut {
            gaze.cut();
        }
        let (seen, outlines) = gaze.see(grey, self.ms());
        self.picture.send_replace(Some(Arc::new(gaze.picture(&frame.grey, outlines))));
        self.tell(Event::Seen(Seen { picture: frame.picture, cut: frame.cut, ..seen }))
    }

    fn state(&self, changed: Option<CameraState>) -> Result<(), Gone> {
        changed.map_or(Ok(()), |state| self.tell(Event::Camera(state)))
    }

    fn tell(&self, event: Event) -> Result<(), Gone> {
        self.events.send(event).map_err(|_| Gone)
    }

    fn ms(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Nobody listens any more.
struct Gone;

/// What is known of the frames so far.
#[derive(Debug, Default)]
pub struct Gaze {
    stream: Stream,
    /// Texts in view.
    texts: Vec<Vec<u8>>,
    /// Parts of messages in several codes.
    parts: Parts,
    /// Symbols in view, read or not.
    crowd: Crowd,
    /// Not all that is in view could be looked at.
    crowded: bool,
    /// How often a code of a small kind was seen, and the frame in which it was last.
    small: (u32, u32),
    frames: u32,
    /// Why the last frame was not read.
    why: Option<Why>,
    /// Frames in which another code, in the place of one that was read, is still looked for by itself.
    fresh: u32,
}

impl Gaze {
    /// Whatever was in view is gone.
    fn cut(&mut self) {
        *self = Self::default();
    }

    /// Takes the next frame, at so many milliseconds: what it means to the machine, and the outlines of what is in view.
    pub fn see(&mut self, grey: Grey<'_>, ms: u64) -> (Seen, Vec<[Point; 4]>) {
        let stream = AssertUnwindSafe(&mut self.stream);
        let Ok(look) = catch_unwind(move || { stream }.0.see(grey)) else {
            tracing::error!("the decoder fell over a frame");
            *self = Self::default();
            return (Seen::default(), Vec::new());
        };
        self.frames = self.frames.wrapping_add(1);
        let mut spots = followed(&look);
        self.parts.take(&look.codes, ms);
        self.count(&look, grey, &mut spots, ms);
        self.crowd.see(spots, ms);
        let together = self.parts.together(&self.texts, ms);
        // One frame is chance; two are said.
        let before = core::mem::replace(&mut self.why, look.hint);
        let said = look.hint.filter(|why| self.texts.is_empty() && before == Some(*why));
        let hint = match said.map(hint) {
            _ if together.waiting => Some(Hint::Part),
            _ if self.is_small(&look) => Some(Hint::Small),
            hint => hint,
        };
        let mut symbols = self.crowd.symbols(ms);
        for text in symbols.iter_mut().filter_map(|symbol| symbol.text.as_mut()) {
            if let Whole::Text(whole) = self.parts.whole(text) {
                *text = whole;
            }
        }
        let mut outlines: Vec<_> = self.crowd.outlines().collect();
        if outlines.is_empty() {
            outlines.extend(look.outline);
        }
        let named = matches!(hint, Some(Hint::Part | Hint::Small));
        let unread = self.texts.is_empty() && look.outline.is_some() && !named;
        let (texts, crowded) = (together.texts, self.crowded);
        (Seen { texts, symbols, hint, unread, crowded, ..Seen::default() }, outlines)
    }

    /// What may be shown of a frame that was seen.
    pub(crate) fn picture(&self, frame: &Arc<GreyBuf>, outlines: Vec<[Point; 4]>) -> Picture {
        let veiled = self.crowd.recent().chain(outlines.iter().copied()).collect();
        Picture { frame: Arc::clone(frame), outlines, veiled }
    }

    /// Which texts are in view. A stream tells a code once, as soon as it is read; the frame that tells the first of
    /// several is read whole, so that two permits are never taken for one.
    fn count(&mut self, look: &Look, grey: Grey<'_>, spots: &mut Vec<Spot>, ms: u64) {
        if look.codes.is_empty() {
            if !look.held {
                self.changed(look, grey, spots, ms);
                return;
            }
            self.fresh = FRESH;
            if self.texts.iter().any(|text| is_part(text)) {
                // Codes of lists change in place, and a stream that holds one may be a code behind.
                let all = self.everything(grey, spots, ms);
                self.texts = if all.is_empty() { core::mem::take(&mut self.texts) } else { all };
            } else if self.is_several() && self.frames.is_multiple_of(RECOUNT) {
                let all = self.everything(grey, spots, ms);
                if self.texts.len() > 1 {
                    self.texts.retain(|text| all.contains(text));
                }
            }
            return;
        }
        self.fresh = FRESH;
        let told = look.codes.iter().map(|code| code.bytes.clone());
        let mut texts: Vec<Vec<u8>> = told.chain(self.everything(grey, spots, ms)).collect();
        texts.sort();
        texts.dedup();
        self.texts = texts;
    }

    /// What was read is there no more. A screen that changes its code in place shows half of each for a frame, and a
    /// stream that gathers evidence does not forget that at once: for a few frames each is read by itself.
    fn changed(&mut self, look: &Look, grey: Grey<'_>, spots: &mut Vec<Spot>, ms: u64) {
        self.texts.clear();
        self.crowded = false;
        if self.fresh > 0 && look.outline.is_some() {
            self.fresh -= 1;
            self.texts = self.everything(grey, spots, ms);
        }
    }

    fn is_several(&self) -> bool {
        self.texts.len() > 1 || self.crowded || self.crowd.is_several()
    }

    /// Whether a code of a small kind is in view and nothing else. One frame is chance; two of the last are said.
    fn is_small(&mut self, look: &Look) -> bool {
        let (times, last) = self.small;
        let recent = self.frames.wrapping_sub(last) < SMALL;
        if !self.texts.is_empty() || !recent {
            self.small.0 = 0;
        }
        if self.texts.is_empty() && !look.cousins.is_empty() {
            self.small = (if recent { times + 1 } else { 1 }, self.frames);
        }
        self.small.0 >= 2
    }

    /// Every text in a picture by itself; where its symbols are, those that were not read too, comes to the spots.
    fn everything(&mut self, grey: Grey<'_>, spots: &mut Vec<Spot>, ms: u64) -> Vec<Vec<u8>> {
        let Ok(seen) = catch_unwind(|| look(grey)) else { return Vec::new() };
        let of = |code: &Code| (code.corners, Some(code.bytes.clone()));
        let read = seen.codes.iter().map(of);
        let unread = seen.sights.iter().filter(|sight| sight.is_clear());
        let unread = unread.map(|sight| (sight.corners, None));
        let spot = |(corners, text)| Spot { corners, text, followed: false };
        spots.extend(read.chain(unread).map(spot));
        self.parts.take(&seen.codes, ms);
        self.crowded = !seen.complete;
        seen.codes.into_iter().map(|code| code.bytes).collect()
    }
}

/// What the stream follows, and what it has just read.
fn followed(look: &Look) -> Vec<Spot> {
    let read = look.codes.iter().map(|code| (code.corners, Some(code.bytes.clone())));
    let symbols = look.symbols.iter().map(|symbol| (symbol.corners, symbol.bytes.clone()));
    let spot = |(corners, text)| Spot { corners, text, followed: true };
    read.chain(symbols).map(spot).collect()
}

const fn hint(why: Why) -> Hint {
    match why {
        Why::TooFar => Hint::Closer,
        Why::TooClose => Hint::Farther,
        Why::Tilted => Hint::Straight,
        Why::Moving => Hint::HoldStill,
        Why::Dark => Hint::MoreLight,
        Why::Bright => Hint::LessLight,
        Why::Glare => Hint::Glare,
        Why::Faint => Hint::Faint,
        Why::Blurred => Hint::Blurred,
        Why::Torn => Hint::Torn,
        _ => Hint::Show,
    }
}

#[cfg(test)]
mod tests {
    use permit_symbol::Symbol;
    use permit_symbol::camera::{Kind, SIZES, Shot, photograph};

    use super::*;

    fn shot(symbols: &[&str]) -> GreyBuf {
        let kind = if symbols.len() > 1 { Kind::Several } else { Kind::Clean };
        let shot = Shot { kind, strength: 0.0, size: SIZES[1], seed: 3, frame: 0 };
        let symbols: Vec<Symbol> = symbols.iter().map(|text| Symbol::new(text).unwrap()).collect();
        photograph(&shot, &symbols).picture
    }

    #[test]
    fn a_text_stays_as_long_as_its_code() {
        let (one, none) = (shot(&["BP1:SPECIMEN"]), GreyBuf::new(1280, 720));
        let mut gaze = Gaze::default();
        for _ in 0..5 {
            assert_eq!(gaze.see(one.as_grey(), 0).0.texts, [b"BP1:SPECIMEN"]);
        }
        assert!((0..20).any(|_| gaze.see(none.as_grey(), 0).0.texts.is_empty()), "it left");
    }

    #[test]
    fn two_are_two_from_the_first_frame_on() {
        let two = shot(&["BP1:ONE", "BP1:TWO"]);
        let mut gaze = Gaze::default();
        let counts: Vec<usize> =
            (0..15).map(|_| gaze.see(two.as_grey(), 0).0.texts.len()).collect();
        assert_eq!(counts, [2; 15]);
    }

    /// The modules of a fixture, eight pixels each.
    fn code(pbm: &[u8]) -> GreyBuf {
        let modules = permit_symbol::load::picture(pbm.to_vec()).unwrap();
        let mut grey = GreyBuf::new(640, 480);
        for (at, pixel) in grey.pixels_mut().iter_mut().enumerate() {
            let (x, y) = ((at % 640).wrapping_sub(160) / 8, (at / 640).wrapping_sub(80) / 8);
            let inside = x < modules.width() as usize && y < modules.height() as usize;
            *pixel = if inside { modules.pixels()[y * modules.width() as usize + x] } else { 255 };
        }
        grey
    }

    #[test]
    fn r12_parts_of_a_message_are_joined_over_frames() {
        let [one, two] = [
            &include_bytes!("../tests/codes/part-1.pbm")[..],
            include_bytes!("../tests/codes/part-2.pbm"),
        ];
        let mut gaze = Gaze::default();
        for frame in 0..6 {
            let seen = gaze.see(code(one).as_grey(), 33 * frame).0;
            assert!(seen.texts.is_empty() && !seen.unread);
            assert_eq!(seen.hint, Some(Hint::Part));
        }
        let later = (6..60).map(|frame| gaze.see(code(two).as_grey(), 33 * frame).0);
        let seen = later.into_iter().find(|seen| !seen.texts.is_empty()).unwrap();
        assert_eq!(seen.texts, [b"PART ONE OF TWO AND PART TWO OF TWO"]);
        assert_eq!(seen.hint, None);
        assert!(seen.symbols.iter().all(|it| it.text.as_ref() == seen.texts.first()));
    }

    #[test]
    fn r12_a_small_kind_is_named() {
        let micro = code(include_bytes!("../tests/codes/micro.pbm"));
        let mut gaze = Gaze::default();
        let mut see = |frame: u64, grey: &GreyBuf| gaze.see(grey.as_grey(), 33 * frame).0;
        let seen = (0..60).map(|frame| see(frame, &micro)).find(|seen| seen.hint.is_some());
        assert_eq!(seen.unwrap().hint, Some(Hint::Small));
        let permit = shot(&["BP1:SPECIMEN"]);
        let seen = (60..70).map(|frame| see(frame, &permit)).last().unwrap();
        assert_eq!((seen.texts.len(), seen.hint), (1, None));
    }

    /// A screen that changes its code in place, three times a second before a camera of 15 frames: every code is read
    /// while it is there and nothing else is, although every first frame shows half of the one before.
    #[test]
    fn codes_that_change_in_place() {
        let bundle = permit_signing::demo::BUNDLE;
        let texts = permit_parts::split(bundle).unwrap();
        let mut gaze = Gaze::default();
        let mut frame = 0;
        let mut before: Option<GreyBuf> = None;
        for text in &texts[..8] {
            let symbol = Symbol::new(text).unwrap();
            let mut read = false;
            for step in 0..5 {
                let shot =
                    Shot { kind: Kind::Moire, strength: 0.3, size: SIZES[0], seed: 3, frame };
                frame += 1;
                let mut grey = photograph(&shot, core::slice::from_ref(&symbol)).picture;
                if let Some(old) = before.take().filter(|_| step == 0) {
                    // The shutter rolls while the screen changes.
                    let half = 640 * 240;
                    grey.pixels_mut()[half..].copy_from_slice(&old.as_grey().pixels()[half..]);
                }
                let seen = gaze.see(grey.as_grey(), 0).0;
                for said in &seen.texts {
                    let known = texts.iter().position(|text| text.as_bytes() == said);
                    assert!(known.is_some(), "what nobody showed");
                    assert!(step < 3 || said == text.as_bytes(), "an old code in frame {step}");
                }
                read |= seen.texts.iter().any(|said| said == text.as_bytes());
                before = Some(grey);
            }
            assert!(read, "{text}");
        }
    }

    #[test]
    fn every_frame_is_told_and_the_end() {
        let (events, heard) = Post::only();
        let (picture, shown) = watch::channel(None);
        let slot = Arc::new(Slot::default());
        let start = Instant::now();
        let alive = Box::new(|| ());
        let eye = Eye { slot: Arc::clone(&slot), events, picture, start, played: true, alive };
        let thread = std::thread::spawn(|| eye.run());
        for number in 0..3 {
            let mut grey = GreyBuf::new(64, 64);
            grey.pixels_mut().fill(128);
            let picture = Some(number);
            assert!(slot.put_after(Frame { grey: Arc::new(grey), picture, cut: number == 0 }));
        }
        slot.end();
        thread.join().unwrap();
        let pictures: Vec<_> = core::iter::from_fn(|| heard.recv())
            .filter_map(|(_, event)| match event {
                Event::Seen(seen) => Some((seen.picture, seen.cut)),
                _ => None,
            })
            .collect();
        assert_eq!(pictures, [(Some(0), true), (Some(1), false), (Some(2), false)]);
        assert!(shown.borrow().is_some());
    }
}
