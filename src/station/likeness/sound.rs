//! How a name sounds, in one spelling for all ways of writing it.
//!
//! Names of the zone are written by McCune–Reischauer, by the Revised Romanization, in pinyin, and as people are used
//! to. What these write differently and nobody hears is made one: k, g and kk; ch, j, zh and q; ŏ, eo and o; a hyphen or a
//! space within a given name. Hangul is spelt out by its letters first, so that it is held against Latin letters too.
//! A Han character has no sound here: its reading takes a table, and differs between the two languages.

/// A sound: vowels `A E I O U`, everything else a class of consonants.
pub(super) type Sound = u8;

/// What letters sound like, the longest first.
const SOUNDS: [(&str, &str); 41] = [
    ("hs", "S"),
    ("sh", "S"),
    ("ch", "C"),
    ("zh", "C"),
    ("ts", "C"),
    ("tz", "C"),
    ("ng", "N"),
    ("ph", "P"),
    ("kh", "K"),
    ("th", "T"),
    ("eo", "O"),
    ("eu", "U"),
    ("ae", "E"),
    ("oe", "UE"),
    ("oi", "UE"),
    ("oo", "U"),
    ("ou", "U"),
    ("ee", "I"),
    ("a", "A"),
    ("e", "E"),
    ("i", "I"),
    ("o", "O"),
    ("u", "U"),
    ("y", "I"),
    ("w", "U"),
    ("v", "U"),
    ("g", "K"),
    ("k", "K"),
    ("d", "T"),
    ("t", "T"),
    ("b", "P"),
    ("p", "P"),
    ("j", "C"),
    ("z", "C"),
    ("q", "C"),
    ("c", "C"),
    ("s", "S"),
    ("x", "S"),
    ("r", "L"),
    ("l", "L"),
    ("f", "F"),
];
/// Surnames whose usual spellings differ by more than sounds: 이, 임, 노, 유, 박, 최, 정, 우.
const SURNAMES: [(&str, &[&str]); 8] = [
    ("LI", &["yi", "i", "lee", "ri", "rhee", "rhie", "li", "ree"]),
    ("LIM", &["im", "rim", "lim", "yim", "leem"]),
    ("LO", &["no", "ro", "roh", "noh", "lo"]),
    ("LIU", &["yu", "yoo", "ryu", "you", "ryoo", "liu", "lyu"]),
    ("PAK", &["park", "pak", "bak", "pahk", "bark"]),
    ("CUE", &["choi", "choe", "chwe", "choy"]),
    ("CON", &["jung", "jeong", "chong", "chung", "cheong", "jong"]),
    ("U", &["u", "woo", "wu", "ou"]),
];
/// Letters of Hangul by the Revised Romanization: initial, medial, final.
const INITIALS: [&str; 19] = [
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
    "h",
];
const MEDIALS: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "eu", "ui", "i",
];
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "t",
];

/// A name in Latin letters: surname, then the rest.
pub(super) fn latin(name: &str) -> Vec<Sound> {
    let words = plain(name);
    let Some((surname, given)) = words.split_first() else { return Vec::new() };
    let known = SURNAMES.iter().find(|(_, spellings)| spellings.contains(&surname.as_str()));
    let mut sounds = match known {
        Some((sounds, _)) => sounds.as_bytes().to_vec(),
        None => spelt(surname),
    };
    sounds.extend(spelt(&given.concat()));
    sounds.dedup();
    sounds
}

/// A name in Hangul, spelt out; `None` where a character is none.
pub(super) fn hangul(name: &str) -> Option<Vec<Sound>> {
    let letters: Option<Vec<String>> = name.chars().filter(|c| *c != ' ').map(syllable).collect();
    let letters = letters.filter(|letters| !letters.is_empty())?;
    Some(latin(&letters.join(" ")))
}

fn syllable(c: char) -> Option<String> {
    let at = (c as usize).checked_sub(0xac00).filter(|at| *at < 19 * 21 * 28)?;
    let (initial, medial, last) = (at / 588, at / 28 % 21, at % 28);
    Some([INITIALS[initial], MEDIALS[medial], FINALS[last]].concat())
}

/// Words in plain small letters. An apostrophe parts nothing; a hyphen is within a given name.
fn plain(name: &str) -> Vec<String> {
    let words = name.split([' ', '-', '.']).map(|word| word.chars().flat_map(letters).collect());
    words.filter(|word: &String| !word.is_empty()).collect()
}

/// A letter without its marks; of the other ones that a permit may have, what they sound like.
fn letters(c: char) -> impl Iterator<Item = char> {
    let plain = match c {
        'ŏ' | 'Ŏ' => "eo",
        'ŭ' | 'Ŭ' => "eu",
        'à'..='å' | 'À'..='Å' | 'ā' | 'Ā' | 'ă' | 'Ă' | 'ǎ' | 'Ǎ' => "a",
        'è'..='ë' | 'È'..='Ë' | 'ē' | 'Ē' | 'ě' | 'Ě' => "e",
        'ì'..='ï' | 'Ì'..='Ï' | 'ī' | 'Ī' | 'ǐ' | 'Ǐ' => "i",
        'ò'..='ö' | 'Ò'..='Ö' | 'ō' | 'Ō' | 'ǒ' | 'Ǒ' => "o",
        'ù'..='ü' | 'Ù'..='Ü' | 'ū' | 'Ū' | 'ǔ' | 'Ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => "u",
        _ => "",
    };
    let own = (plain.is_empty() && c.is_ascii_alphabetic()).then(|| c.to_ascii_lowercase());
    plain.chars().chain(own)
}

/// The sounds of plain letters, each once in a row.
fn spelt(word: &str) -> Vec<Sound> {
    let mut sounds = Vec::with_capacity(word.len());
    let mut rest = word;
    while !rest.is_empty() {
        let found = SOUNDS.iter().find(|(letters, _)| rest.starts_with(letters));
        let (length, sound) = match found {
            Some((letters, sound)) => (letters.len(), sound.as_bytes()),
            // h, m, n.
            None => (1, &rest.as_bytes()[..1]),
        };
        sounds.extend(sound.iter().map(u8::to_ascii_uppercase));
        rest = rest.get(length..).unwrap_or_default();
    }
    sounds.dedup();
    sounds
}

/// True for a vowel.
pub(super) const fn is_vowel(sound: Sound) -> bool {
    matches!(sound, b'A' | b'E' | b'I' | b'O' | b'U')
}
