//! What stands round every page: whose headquarters, which officer, where one can go.

use askama::Template;
use permit_words::{Lang, Words};

use super::{Inner, visit::Visit};

/// The frame.
#[derive(Debug)]
pub(super) struct Frame<'v> {
    pub(super) words: &'v Words,
    pub(super) title: String,
    pub(super) place: String,
    pub(super) demo: bool,
    pub(super) who: Option<String>,
    pub(super) token: String,
    pub(super) path: String,
    pub(super) margin: Vec<Group>,
}

/// Links under a heading.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) title: String,
    pub(super) links: Vec<Link>,
}

/// A link, and how many of what it leads to there are, where that is counted.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) path: String,
    pub(super) title: String,
    pub(super) count: Option<usize>,
}

/// A page that says what went wrong.
#[derive(Debug, Template)]
#[template(path = "fault.html")]
pub(super) struct Fault<'v> {
    pub(super) f: Frame<'v>,
    pub(super) said: String,
}

impl<'v> Frame<'v> {
    /// Round a page for an officer.
    pub(super) fn new(visit: &'v Visit<'_>, title: String) -> Self {
        let link = |path: &str, id| Link { path: path.to_owned(), title: visit.t(id), count: None };
        let margin = vec![
            Group { title: visit.t("house-now"), links: vec![link("/", "house-overview")] },
            Group {
                title: visit.t("house-kept"),
                links: vec![
                    link("/#terminals", "house-terminals"),
                    link("/#stations", "house-stations"),
                    link("/reports", "house-reports"),
                ],
            },
        ];
        Self {
            who: Some(visit.name.clone()),
            token: visit.token.clone(),
            path: visit.path.clone(),
            margin,
            ..Self::alone(visit.pages, visit.words, title)
        }
    }

    /// Round a page for whoever is not signed in.
    pub(super) fn alone(pages: &Inner, words: &'v Words, title: String) -> Self {
        let settings = pages.site.home.settings();
        let side = if settings.side_b { "B" } else { "A" };
        Self {
            words,
            title,
            place: words.with("house-place", &[("side", side.into())]),
            demo: settings.demo,
            who: None,
            token: String::new(),
            path: String::new(),
            margin: Vec::new(),
        }
    }

    pub(super) fn t(&self, id: &str) -> String {
        self.words.get(id)
    }

    pub(super) fn lang(&self) -> &'static str {
        self.words.lang().tag()
    }

    /// The three languages: tag, what each calls itself, whether it is this page's.
    pub(super) fn langs(&self) -> [(&'static str, &'static str, bool); 3] {
        let own = self.words.lang();
        let named = [(Lang::Zh, "中文"), (Lang::Ko, "한국어"), (Lang::En, "English")];
        named.map(|(lang, name)| (lang.tag(), name, lang == own))
    }
}
