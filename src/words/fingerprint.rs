//! A fingerprint as words, to be read aloud and compared by ear.
//!
//! The 24 words of BIP-39 for its 256 bits: lists of 2,048 words in each of the three languages, of which no two in English
//! begin with the same four letters. The last word holds eight bits of SHA-256 over the rest, so that a word that was
//! misheard is noticed in most cases even by whoever has no paper beside it. It is no secret, and opens nothing.

use bip39::{Language, Mnemonic};

use crate::Lang;

/// The words of a SHA-256 digest, 24 of them.
#[must_use]
pub fn fingerprint(digest: &[u8; 32], lang: Lang) -> Vec<String> {
    // 32 bytes are one of the five lengths that the standard has.
    Mnemonic::from_entropy_in(list(lang), digest)
        .map(|it| it.words().map(composed).collect())
        .unwrap_or_default()
}

/// The 32 bytes that 24 words stand for, in any of the three languages; none where a word is of no list, or the last one does
/// not fit the rest. Words are parted by spaces or lines.
#[must_use]
pub fn digest_of(text: &str) -> Option<[u8; 32]> {
    let typed: Vec<String> =
        text.split_whitespace().map(|it| composed(&it.to_lowercase())).collect();
    Lang::ALL.into_iter().find_map(|lang| {
        let list: Vec<String> = list(lang).word_list().iter().map(|it| composed(it)).collect();
        let mut bits = typed.iter().map(|it| list.iter().position(|word| word == it));
        let mut digest = [0; 32];
        for place in 0..typed.len() {
            let index = bits.next()??;
            for bit in 0..11 {
                let (at, set) = (11 * place + bit, index >> (10 - bit) & 1 == 1);
                if let Some(byte) = digest.get_mut(at / 8).filter(|_| set) {
                    *byte |= 0x80 >> (at % 8);
                }
            }
        }
        (fingerprint(&digest, lang) == typed).then_some(digest)
    })
}

const fn list(lang: Lang) -> Language {
    match lang {
        Lang::Zh => Language::SimplifiedChinese,
        Lang::Ko => Language::Korean,
        Lang::En => Language::English,
    }
}

/// The Korean list is of conjoining jamo; screens and fonts want syllables (Unicode, section 3.12, Hangul syllable
/// composition).
fn composed(word: &str) -> String {
    let mut said: Vec<char> = Vec::new();
    for next in word.chars() {
        let joined = said.last().and_then(|&last| joined(last, next));
        if let (Some(joined), Some(last)) = (joined, said.last_mut()) {
            *last = joined;
        } else {
            said.push(next);
        }
    }
    said.into_iter().collect()
}

fn joined(last: char, next: char) -> Option<char> {
    const SYLLABLES: u32 = 0xac00;
    const VOWELS: u32 = 21;
    const FINALS: u32 = 28;
    let index = |it: char, first: u32, count: u32| {
        (it as u32).checked_sub(first).filter(|&index| index < count)
    };
    if let (Some(initial), Some(vowel)) = (index(last, 0x1100, 19), index(next, 0x1161, VOWELS)) {
        return char::from_u32(SYLLABLES + (initial * VOWELS + vowel) * FINALS);
    }
    let open = index(last, SYLLABLES, 19 * VOWELS * FINALS)?;
    let end = index(next, 0x11a7, FINALS).filter(|&end| end > 0)?;
    (open % FINALS == 0).then(|| char::from_u32(SYLLABLES + open + end)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_own_vectors() {
        // BIP-39, test vectors of 256 bits: all zeros, and all ones.
        let zeros = fingerprint(&[0; 32], Lang::En);
        assert_eq!((zeros.len(), zeros[22].as_str(), zeros[23].as_str()), (24, "abandon", "art"));
        assert_eq!(fingerprint(&[0xff; 32], Lang::En)[22..], ["zoo", "vote"]);
    }

    #[test]
    fn words_are_the_bytes_again_in_every_language() {
        for seed in 0..=255 {
            let digest = core::array::from_fn(|at| u8::try_from(at * 7 % 256).unwrap() ^ seed);
            for lang in Lang::ALL {
                let words = fingerprint(&digest, lang);
                assert_eq!(digest_of(&words.join(" ")), Some(digest));
                assert_eq!(digest_of(&words.join("\n\u{3000}").to_uppercase()), Some(digest));
                assert_eq!(digest_of(&words[..23].join(" ")), None);
                let more = [&words[..], &words[..1]].concat().join(" ");
                assert_eq!(digest_of(&more), None, "one too many");
                let mut other = words.clone();
                other.swap(0, 1);
                assert!(other == words || digest_of(&other.join(" ")) != Some(digest));
            }
        }
        for text in ["", "abandon", "그 것", "\u{0}", &"abandon ".repeat(24)] {
            assert_eq!(digest_of(text), None, "{text:?}");
        }
        let zeros = format!("{}art", "abandon ".repeat(23));
        assert_eq!(digest_of(&zeros), Some([0; 32]));
    }

    #[test]
    fn every_bit_counts_in_every_language() {
        for lang in Lang::ALL {
            let plain = fingerprint(&[0x5a; 32], lang);
            for bit in 0..256 {
                let mut digest = [0x5a; 32];
                digest[bit / 8] ^= 0x80 >> (bit % 8);
                let other = fingerprint(&digest, lang);
                assert_eq!(other.len(), 24);
                assert_ne!(other[bit / 11], plain[bit / 11], "{lang:?}, bit {bit}");
            }
        }
    }

    #[test]
    fn korean_words_are_syllables() {
        let mut seen = 0;
        for first in 0..=255 {
            for word in fingerprint(&[first; 32], Lang::Ko) {
                assert!(word.chars().all(|it| ('가'..='힣').contains(&it)), "{word}");
                seen += 1;
            }
        }
        assert_eq!(seen, 256 * 24);
        assert_eq!(fingerprint(&[0; 32], Lang::Ko)[0], "가격");
    }
}
