//! The page of a tablet that is not allowed yet: it asks for the supervisor's code.
//!
//! It says nothing of the terminal but that it is one: whoever sees it may be anybody on the network.

use askama::Template;
use permit_words::Words;

#[derive(Debug, Template)]
#[template(path = "pair.html")]
struct Page<'a> {
    words: &'a Words,
    night: bool,
}

/// The page.
pub(super) fn page(words: &Words, night: bool) -> askama::Result<String> {
    Page { words, night }.render()
}

impl Page<'_> {
    fn t(&self, id: &str) -> String {
        self.words.get(id)
    }

    fn lang(&self) -> &'static str {
        self.words.lang().tag()
    }
}
