//! Invented people in every spelling, and what happens to a name on its way: every name is drawn from syllables, none is of
//! anybody.

#![allow(dead_code, reason = "each example uses some of it")]

use permit_core::{Birth, Day};
use permit_station::rules::Particulars;
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};

/// Surnames: Revised, McCune–Reischauer, as people write them, and Hangul.
const KOREAN: [[&str; 4]; 12] = [
    ["GIM", "KIM", "KIM", "김"],
    ["I", "YI", "LEE", "이"],
    ["BAK", "PAK", "PARK", "박"],
    ["CHOE", "CH'OE", "CHOI", "최"],
    ["JEONG", "CHŎNG", "JUNG", "정"],
    ["GANG", "KANG", "KANG", "강"],
    ["JO", "CHO", "CHO", "조"],
    ["YUN", "YUN", "YOON", "윤"],
    ["JANG", "CHANG", "CHANG", "장"],
    ["IM", "IM", "LIM", "임"],
    ["HAN", "HAN", "HAHN", "한"],
    ["SIN", "SIN", "SHIN", "신"],
];
/// Syllables of given names, likewise; of the second syllable by McCune–Reischauer as between vowels.
const GIVEN: [[&str; 4]; 24] = [
    ["CHEOL", "CH'ŎL", "CHUL", "철"],
    ["SU", "SU", "SOO", "수"],
    ["YEONG", "YŎNG", "YOUNG", "영"],
    ["HUI", "HŬI", "HEE", "희"],
    ["GYEONG", "KYŎNG", "KYUNG", "경"],
    ["JIN", "CHIN", "JIN", "진"],
    ["SEONG", "SŎNG", "SUNG", "성"],
    ["HO", "HO", "HO", "호"],
    ["MIN", "MIN", "MIN", "민"],
    ["JUN", "CHUN", "JOON", "준"],
    ["SEON", "SŎN", "SUN", "선"],
    ["OK", "OK", "OK", "옥"],
    ["BONG", "PONG", "BONG", "봉"],
    ["DEOK", "TŎK", "DUK", "덕"],
    ["GIL", "KIL", "GIL", "길"],
    ["SIK", "SIK", "SHIK", "식"],
    ["HWA", "HWA", "HWA", "화"],
    ["RAN", "NAN", "RAN", "란"],
    ["TAE", "T'AE", "TAE", "태"],
    ["GWANG", "KWANG", "KWANG", "광"],
    ["WON", "WŎN", "WON", "원"],
    ["EUN", "ŬN", "EUN", "은"],
    ["JA", "CHA", "JA", "자"],
    ["SANG", "SANG", "SANG", "상"],
];
/// Surnames and syllables in pinyin and by Wade–Giles.
const CHINESE: [[&str; 2]; 10] = [
    ["ZHANG", "CHANG"],
    ["WANG", "WANG"],
    ["LIU", "LIU"],
    ["CHEN", "CH'EN"],
    ["ZHAO", "CHAO"],
    ["SUN", "SUN"],
    ["ZHOU", "CHOU"],
    ["XU", "HSÜ"],
    ["GUO", "KUO"],
    ["SONG", "SUNG"],
];
const SYLLABLES: [[&str; 2]; 20] = [
    ["JIAN", "CHIEN"],
    ["GUO", "KUO"],
    ["QING", "CH'ING"],
    ["XIU", "HSIU"],
    ["LAN", "LAN"],
    ["ZHI", "CHIH"],
    ["DE", "TE"],
    ["FU", "FU"],
    ["YU", "YÜ"],
    ["MEI", "MEI"],
    ["SHAN", "SHAN"],
    ["BAO", "PAO"],
    ["TING", "T'ING"],
    ["CAI", "TS'AI"],
    ["HONG", "HUNG"],
    ["WEN", "WEN"],
    ["LIAN", "LIEN"],
    ["PING", "P'ING"],
    ["RONG", "JUNG"],
    ["XIANG", "HSIANG"],
];

/// A person, in every spelling.
#[derive(Clone)]
pub(crate) struct Someone {
    pub(crate) spellings: Vec<String>,
    pub(crate) hangul: Option<String>,
    pub(crate) birth: (i32, u8, u8),
    pub(crate) region: u16,
}

/// Chance that comes out the same each time.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    pub(crate) fn of(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    pub(crate) fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.0.next_u64() % most as u64).unwrap()
    }

    pub(crate) fn someone(&mut self) -> Someone {
        let birth = (
            1890 + i32::try_from(self.below(50)).unwrap(),
            u8::try_from(1 + self.below(12)).unwrap(),
            u8::try_from(1 + self.below(28)).unwrap(),
        );
        let region = [1, 3][self.below(2)];
        if self.below(2) == 0 {
            let surname = KOREAN[self.below(KOREAN.len())];
            let (a, b) = (GIVEN[self.below(GIVEN.len())], GIVEN[self.below(GIVEN.len())]);
            let spelt =
                |at: usize, hyphen: &str| format!("{} {}{hyphen}{}", surname[at], a[at], b[at]);
            let spellings = vec![spelt(0, ""), spelt(1, "-"), spelt(2, " ")];
            let hangul = Some([surname[3], a[3], b[3]].concat());
            return Someone { spellings, hangul, birth, region };
        }
        let surname = CHINESE[self.below(CHINESE.len())];
        let (a, b) = (SYLLABLES[self.below(20)], SYLLABLES[self.below(20)]);
        let spelt = |at: usize, hyphen: &str| format!("{} {}{hyphen}{}", surname[at], a[at], b[at]);
        let spellings = vec![spelt(0, ""), spelt(1, "-"), spelt(0, " ")];
        Someone { spellings, hangul: None, birth, region }
    }

    /// A typing error: a letter left out, doubled, another, or two that changed places.
    pub(crate) fn mistyped(&mut self, name: &str) -> String {
        let mut letters: Vec<char> = name.chars().collect();
        let inner: Vec<usize> =
            (1..letters.len() - 1).filter(|at| letters[*at].is_alphabetic()).collect();
        let at = inner[self.below(inner.len())];
        match self.below(4) {
            0 => {
                letters.remove(at);
            }
            1 => letters.insert(at, letters[at]),
            2 => {
                let other = u32::try_from(self.below(26)).unwrap();
                letters[at] = char::from_u32(u32::from('A') + other).unwrap();
            }
            _ => letters.swap(at, at + 1),
        }
        let name: String = letters.into_iter().collect();
        name.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A slip in a birth: one digit, or day and month exchanged.
    pub(crate) fn slipped(&mut self, (year, month, day): (i32, u8, u8)) -> (i32, u8, u8) {
        match self.below(3) {
            0 => (year - year % 10 + i32::try_from(self.below(10)).unwrap(), month, day),
            1 => (year, month, day - day % 10 + u8::try_from(1 + self.below(8)).unwrap()),
            _ if day <= 12 => (year, day, month),
            _ => (year + 10, month, day),
        }
    }
}

/// What a permit of somebody is to say.
pub(crate) fn particulars(
    name: &str,
    native: Option<&str>,
    (y, m, d): (i32, u8, u8),
    region: u16,
) -> Particulars {
    Particulars {
        latin: name.to_owned(),
        native: native.map(str::to_owned),
        birth: Birth::Day(Day::from_civil(y, m, d).unwrap()),
        nationality: 156,
        region,
        from: None,
        days: 30,
        crossings: Vec::new(),
        entries: Some(1),
        stay: None,
        children: None,
        document: None,
        commune: None,
    }
}
