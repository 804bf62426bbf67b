//! Every address of the pages, and who may go there: one table. The router and the tests are made from it.

use axum::http::Method;

/// An address and what is there.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) page: Page,
    /// Whether whoever reaches the pages may go there; else officers of headquarters.
    pub(super) anybody: bool,
}

/// What is at an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Page {
    /// The stylesheet, and the icon that browsers ask for and that there is none of.
    Look,
    Icon,
    /// Signing in, and out; locking; another language.
    Enter,
    Leave,
    Lock,
    Language,
    /// What is going on, and what waits.
    Overview,
    Terminal,
    Station,
    /// Reports that were made, one of them, a file of it.
    Reports,
    Report,
    File,
}

/// All of them.
pub(super) fn ways() -> [Way; 13] {
    let way = |method, path, page| Way { method, path, page, anybody: false };
    let open = |method, path, page| Way { method, path, page, anybody: true };
    [
        open(Method::GET, "/look.css", Page::Look),
        open(Method::GET, "/favicon.ico", Page::Icon),
        open(Method::GET, "/enter", Page::Enter),
        open(Method::POST, "/enter", Page::Enter),
        way(Method::POST, "/leave", Page::Leave),
        way(Method::POST, "/lock", Page::Lock),
        way(Method::POST, "/language", Page::Language),
        way(Method::GET, "/", Page::Overview),
        way(Method::GET, "/terminals/{number}", Page::Terminal),
        way(Method::GET, "/stations/{number}", Page::Station),
        way(Method::GET, "/reports", Page::Reports),
        way(Method::GET, "/reports/{number}", Page::Report),
        way(Method::GET, "/reports/{number}/{file}", Page::File),
    ]
}
