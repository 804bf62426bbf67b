//! What is looked for, frames and pictures into texts, and what would help where there is none.

use permit_core::{Envelope, PREFIX, Permit};
#[cfg(feature = "files")]
use permit_symbol::load::LoadError;
use permit_symbol::{
    Code, Grade, Grey, GreyBuf, Hint, Joined, Look, Seen as Shown, Sight, Wear, look,
};
use permit_words::Words;
use permit_words::verdict::Guidance;
use serde::Serialize;

use crate::{Explained, Fingerprint, Said, said};

/// What a reader looks for.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Mode {
    /// Other people's permits.
    #[default]
    Patrol,
    /// One's own permit, to be explained.
    Holder,
    /// Codes of lists.
    Lists,
    /// The fingerprint of a root.
    Root,
    /// One card before a desk's camera: which it is, and how well it is seen. Nothing is judged.
    Card,
}

impl Mode {
    /// By their numbers.
    pub const ALL: [Self; 5] = [Self::Patrol, Self::Holder, Self::Lists, Self::Root, Self::Card];
}

/// A code's outline in a frame: x and y of four corners, in pixels, clockwise from its own top left.
pub type Outline = [[f32; 2]; 4];

/// What a frame or a picture showed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Seen {
    /// Every code in view, read or not.
    pub outlines: Vec<Outline>,
    /// Whether a code that was told before is still in view.
    pub held: bool,
    /// What would help.
    pub hint: Option<String>,
    /// What was judged; of a picture with several codes, each.
    pub said: Vec<Said>,
    /// One's own permit, explained.
    pub explained: Option<Explained>,
    /// A root's fingerprint.
    pub root: Option<Fingerprint>,
    /// Codes of lists: how many of how many, in words.
    pub gathered: Option<String>,
    /// The bundle that they make, in hexadecimal digits, once all are there.
    pub bundle: Option<String>,
    /// The card that a desk holds before its camera.
    pub card: Option<Card>,
    /// Of a file with pages: how many are left, in words. Nothing else is told before the last.
    pub more: Option<String>,
    /// Why nothing could be looked at.
    pub fault: Option<String>,
    /// Whether it is a kind of file that this module does not read and a browser may.
    pub foreign: Option<&'static str>,
}

/// The one code in a frame, as far as a desk goes by it before it looks itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Card {
    /// The number of the permit that it says to be; nothing was verified. None of any other code.
    pub number: Option<String>,
    /// How much of its error correction is left in this frame, as ISO/IEC 15415 counts: 4 is best.
    pub grade: u8,
}

impl Card {
    /// Of a code that was read.
    pub(crate) fn of(code: &Code) -> Self {
        let envelope = Envelope::open(&code.bytes).ok();
        let permit = envelope.and_then(|it| Permit::decode(it.payload()).ok());
        let grade = Wear::of(code).map_or(Grade::F, |wear| wear.grade());
        Self { number: permit.map(|permit| permit.id.to_string()), grade: grade.points() }
    }
}

/// Four bytes a pixel to luma, by the weights of ITU-R BT.601.
pub(crate) fn luma(width: u32, height: u32, rgba: &[u8]) -> Option<GreyBuf> {
    let level = |pixel: &[u8]| match pixel {
        // 299, 587 and 114 thousandths in 256ths; the sum is 256, so that white stays 255.
        &[red, green, blue, ..] => {
            let sum = 77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue);
            u8::try_from(sum >> 8).unwrap_or(u8::MAX)
        }
        _ => 0,
    };
    GreyBuf::from_vec(width, height, rgba.chunks_exact(4).map(level).collect())
}

/// The outlines of everything in view.
pub(crate) fn outlines(found: &Look) -> Vec<Outline> {
    let of = |corners: [permit_symbol::Point; 4]| corners.map(|point| [point.x, point.y]);
    let read = found.codes.iter().map(|code| of(code.corners));
    let mut all: Vec<Outline> =
        read.chain(found.symbols.iter().map(|symbol| of(symbol.corners))).collect();
    if all.is_empty() {
        all.extend(found.outline.map(of));
    }
    all
}

/// The texts in a frame of which one was just read. A stream tells each code when it is read; the frame that tells the
/// first is read whole, so that two permits are never taken for one.
pub(crate) fn texts(found: &Look, frame: Grey<'_>) -> (Vec<Vec<u8>>, bool) {
    let told = found.codes.iter().map(|code| code.bytes.clone());
    let held = found.symbols.iter().filter_map(|symbol| symbol.bytes.clone());
    let shown = look(frame);
    let unread = shown.sights.iter().filter(|sight| sight.is_clear()).count();
    let unread = unread.max(found.symbols.iter().filter(|symbol| symbol.bytes.is_none()).count());
    let mut texts: Vec<_> =
        told.chain(held).chain(whole(shown.codes).into_iter().map(|code| code.bytes)).collect();
    texts.sort();
    texts.dedup();
    let permits = texts.iter().filter(|text| text.starts_with(PREFIX.as_bytes())).count();
    (texts, permits + unread > 1)
}

/// The bytes of every code in a picture, in hexadecimal digits.
pub(crate) fn read(width: u32, height: u32, rgba: &[u8]) -> Vec<String> {
    let codes = luma(width, height, rgba).map(|grey| whole(look(grey.as_grey()).codes));
    codes.into_iter().flatten().map(|code| hex::encode(code.bytes)).collect()
}

/// The codes of a picture, parts of one message put together.
pub(crate) fn whole(mut codes: Vec<Code>) -> Vec<Code> {
    let mut spent = vec![false; codes.len()];
    for Joined { parts, bytes, segments, .. } in permit_symbol::join(&codes) {
        for &part in &parts {
            spent[part] = true;
        }
        if let Some(&first) = parts.first() {
            spent[first] = false;
            let code = &mut codes[first];
            (code.bytes, code.segments, code.append) = (bytes, segments, None);
        }
    }
    let mut spent = spent.into_iter();
    codes.retain(|_| !spent.next().unwrap_or(false));
    codes
}

/// What one frame alone shows of a card: a desk looks at the same picture again.
pub(crate) fn card(frame: Grey<'_>, seen: Seen, words: &Words) -> Seen {
    match &whole(look(frame).codes)[..] {
        [] => seen,
        [code] => Seen { card: Some(Card::of(code)), ..seen },
        _ => {
            let several = said::unread(Guidance::Several, words);
            Seen { hint: Some(several.title), ..seen }
        }
    }
}

/// Why a picture shows no code, as far as it tells: as the command says it.
pub(crate) fn guess(picture: &GreyBuf, shown: &Shown) -> Guidance {
    let small = |sight: &Sight| {
        let [a, b, ..] = sight.corners;
        (b - a).length() / f32::from(17 + 4 * u16::from(sight.version)) < FAR
    };
    if shown.sights.iter().any(small) {
        return Guidance::Far;
    }
    let sum: u64 = picture.pixels().iter().map(|&luma| u64::from(luma)).sum();
    if sum < DARK * picture.pixels().len() as u64 { Guidance::Dark } else { Guidance::Nothing }
}

/// Pixels a module, below which a code is too small.
const FAR: f32 = 2.0;
/// Mean luma below which a picture is too dark.
const DARK: u64 = 40;

/// What would help.
pub(crate) fn hint(why: Hint, words: &Words) -> String {
    let id = match why {
        Hint::TooFar => "closer",
        Hint::TooClose => "farther",
        Hint::Tilted => "straight",
        Hint::Moving => "hold-still",
        Hint::Dark => "more-light",
        Hint::Bright => "less-light",
        Hint::Glare => "glare",
        Hint::Faint => "faint",
        Hint::Blurred => "blurred",
        Hint::Torn => "torn",
        _ => "show",
    };
    words.get(&format!("screen-hint-{id}"))
}

/// A file that gives no picture: what is said, and its kind where a browser may know it.
#[cfg(feature = "files")]
pub(crate) fn closed(error: &LoadError, words: &Words) -> Seen {
    let foreign = match error {
        LoadError::Foreign(kind) => Some(kind.name()),
        _ => None,
    };
    let id = match error {
        LoadError::Empty | LoadError::NotAPicture => "pocket-file-none",
        LoadError::Encrypted => "pocket-file-locked",
        LoadError::Pixels { .. } | LoadError::File { .. } | LoadError::PageCount { .. } => {
            "pocket-file-large"
        }
        LoadError::Foreign(_) => "pocket-file-foreign",
        _ => "pocket-file-damaged",
    };
    Seen { fault: Some(words.get(id)), foreign, ..Seen::default() }
}
