//! Parts of a message that takes several codes (structured append), put together over frames.
//!
//! A permit is one code. A part of something else is no damaged permit: it waits for the other parts, and what they say
//! together is judged as one text. It judges nothing: a text is bytes here.

use permit_symbol::{Code, join};

/// The parts that were read lately, each with when it was seen last.
#[derive(Debug, Default)]
pub(crate) struct Parts(Vec<(Code, u64)>);

/// What texts in view come to.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Together {
    /// Whole messages in place of their parts, and every text that is no part.
    pub(crate) texts: Vec<Vec<u8>>,
    /// Whether there is a part whose others have not come.
    pub(crate) waiting: bool,
}

impl Parts {
    /// Takes the parts among codes that were read.
    pub(crate) fn take<'a>(&mut self, codes: impl IntoIterator<Item = &'a Code>, ms: u64) {
        for code in codes.into_iter().filter(|code| code.append.is_some()) {
            self.0.retain(|(known, _)| known.append != code.append || known.bytes != code.bytes);
            self.0.push((code.clone(), ms));
        }
        let over = self.0.len().saturating_sub(MOST);
        self.0.drain(..over);
    }

    /// Puts the texts in view together, and forgets parts that left long ago.
    pub(crate) fn together(&mut self, texts: &[Vec<u8>], ms: u64) -> Together {
        for (_, seen) in self.0.iter_mut().filter(|(part, _)| texts.contains(&part.bytes)) {
            *seen = ms;
        }
        self.0.retain(|(_, seen)| ms < seen + KEPT_MS);
        let mut together = Together::default();
        for text in texts {
            match self.whole(text) {
                Whole::Missing => together.waiting = true,
                Whole::Text(text) => together.texts.push(text),
            }
        }
        together.texts.sort();
        together.texts.dedup();
        together
    }

    /// The whole message that a text is a part of; a text that is no part itself.
    pub(crate) fn whole(&self, text: &[u8]) -> Whole {
        let Some(at) = self.0.iter().position(|(part, _)| part.bytes == text) else {
            return Whole::Text(text.to_vec());
        };
        let joined = join(self.0.iter().map(|(part, _)| part));
        let mine = joined.into_iter().find(|message| message.parts.contains(&at));
        mine.map_or(Whole::Missing, |message| Whole::Text(message.bytes))
    }
}

/// What a text is a part of.
pub(crate) enum Whole {
    /// All that it says.
    Text(Vec<u8>),
    /// Something of which parts are missing.
    Missing,
}

/// For so long a part is waited with for the others, in milliseconds. Chosen: sixteen codes held up one after another.
const KEPT_MS: u64 = 60_000;

/// The most parts that are kept: two messages of sixteen, the most that a message takes.
const MOST: usize = 32;
