//! What stands round every page: the edge with the station and the officer, the margin with what waits.

use askama::Template;
use permit_record::Role;
use permit_words::{Lang, Words};

use super::{
    Inner,
    desk::beside::Beside,
    field::{Field, Kind, Part},
    held,
    queue::{Counts, Queue},
    visit::Visit,
    ways::{By, CASE_LISTS, CASES, CaseList, DESK, SUPERVISORS},
};
use crate::{rules::Step, said, site::Site};

/// The frame.
#[derive(Debug)]
pub(super) struct Frame<'v> {
    pub(super) words: &'v Words,
    pub(super) title: String,
    pub(super) place: String,
    pub(super) demo: bool,
    pub(super) who: Option<Who>,
    pub(super) token: String,
    pub(super) path: String,
    pub(super) margin: Vec<Group>,
}

#[derive(Debug)]
pub(super) struct Who {
    pub(super) name: String,
    pub(super) roles: String,
}

#[derive(Debug)]
pub(super) struct Group {
    pub(super) title: String,
    pub(super) links: Vec<Link>,
}

#[derive(Debug)]
pub(super) struct Link {
    pub(super) path: String,
    pub(super) title: String,
    /// How many, where that is counted; how many of them too long.
    pub(super) count: Option<(usize, usize)>,
}

/// A page that says what went wrong.
#[derive(Debug, Template)]
#[template(path = "fault.html")]
pub(super) struct Fault<'v> {
    pub(super) f: Frame<'v>,
    pub(super) said: String,
    pub(super) back: String,
}

/// What the computer's camera is for, on a page that takes a file or a number as well.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Camera {
    /// A picture of a print that is read back.
    Card,
    /// The number of a permit that is looked for.
    Find,
    /// Lists in codes.
    Lists,
}

impl Camera {
    /// What its script says, by what it calls it.
    const SAID: [(&'static str, &'static str); 6] = [
        ("on", "pocket-camera-on"),
        ("off", "pocket-camera-off"),
        ("lost", "pocket-camera-lost"),
        ("rest", "pocket-camera-rest"),
        ("refused", "desk-camera-refused"),
        ("none", "desk-camera-none"),
    ];

    const fn does(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Find => "find",
            Self::Lists => "lists",
        }
    }

    /// What is said before it.
    const fn lead(self) -> &'static str {
        match self {
            Self::Card => "desk-camera-card",
            Self::Find => "desk-camera-find",
            Self::Lists => "desk-camera-lists",
        }
    }

    /// The field that it fills in.
    const fn field(self) -> &'static str {
        match self {
            Self::Card => "picture",
            Self::Find => "number",
            Self::Lists => "bundle",
        }
    }
}

/// A form.
#[derive(Debug, Template)]
#[template(path = "form.html")]
pub(super) struct Sheet<'v> {
    pub(super) f: Frame<'v>,
    /// Paragraphs before it.
    pub(super) lead: Vec<String>,
    /// What is shown and not asked: names and values.
    pub(super) facts: Vec<(String, String)>,
    /// Who is alike, where that was asked.
    pub(super) beside: Option<Beside>,
    /// What is signed, in hex.
    pub(super) digest: String,
    pub(super) parts: Vec<Part>,
    /// Fields that are not seen.
    pub(super) hidden: Vec<(String, String)>,
    /// What is wrong beside no field.
    pub(super) wrong: Vec<String>,
    /// Buttons: value of `do`, label; the first is the main one.
    pub(super) buttons: Vec<(&'static str, String)>,
    /// Where the camera fills it in, too.
    pub(super) camera: Option<Camera>,
    /// Where the portrait in the code is, which is shown beside the name.
    pub(super) portrait: Option<String>,
    /// Whether what is done is not undone.
    pub(super) grave: bool,
    pub(super) back: String,
}

impl<'v> Frame<'v> {
    /// Round a page for an officer.
    pub(super) fn new(visit: &'v Visit<'_>, site: &Site, title: String) -> Self {
        let moment = visit.moment(site);
        let officer = moment.office.officer(visit.by, moment.sequence).ok();
        let has = |role| officer.is_some_and(|(_, term)| term.roles.has(role));
        let who = officer.map(|(officer, term)| {
            let native = officer.native.iter().map(String::as_str);
            let name: Vec<&str> = native.chain([officer.latin.as_str()]).collect();
            let roles: Vec<String> =
                term.roles.iter().map(|role| said::role(role, visit.words)).collect();
            Who { name: name.join(" "), roles: roles.join(" · ") }
        });
        Self {
            margin: margin(visit, site, has),
            who,
            token: visit.token.clone(),
            path: visit.path.clone(),
            ..Self::alone(visit.pages, visit.words, title)
        }
    }

    /// Round a page for whoever is not signed in.
    pub(super) fn alone(pages: &Inner, words: &'v Words, title: String) -> Self {
        Self {
            words,
            title,
            place: pages.places().station(pages.station, words.lang()),
            demo: pages.demo,
            who: None,
            token: String::new(),
            path: String::new(),
            margin: Vec::new(),
        }
    }

    pub(super) fn t(&self, id: &str) -> String {
        self.words.get(id)
    }

    /// So many for too long.
    pub(super) fn late(&self, count: &usize) -> String {
        self.words.with("desk-late", &[("count", (*count).into())])
    }

    /// So many more than are shown.
    pub(super) fn more(&self, count: &usize) -> String {
        self.words.with("desk-more", &[("count", (*count).into())])
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

impl<'v> Sheet<'v> {
    /// An empty form.
    pub(super) fn new(f: Frame<'v>, back: String) -> Self {
        Self {
            f,
            lead: Vec::new(),
            facts: Vec::new(),
            beside: None,
            digest: String::new(),
            parts: Vec::new(),
            hidden: Vec::new(),
            wrong: Vec::new(),
            buttons: Vec::new(),
            camera: None,
            portrait: None,
            grave: false,
            back,
        }
    }

    /// A part without a heading.
    pub(super) fn fields(mut self, fields: Vec<Field>) -> Self {
        self.parts.push(Part { title: String::new(), fields });
        self
    }

    /// The same, filled in by the computer's camera as well, where the pocket reader's module is.
    pub(super) fn seen_by(self, camera: Camera, visit: &Visit<'_>) -> Self {
        Self { camera: visit.pages.pocket.is_some().then_some(camera), ..self }
    }

    /// Whether anything is wrong.
    pub(super) fn is_wrong(&self) -> bool {
        !self.wrong.is_empty() || self.errors().next().is_some()
    }

    pub(super) fn errors(&self) -> impl Iterator<Item = &Field> {
        self.parts.iter().flat_map(|part| &part.fields).filter(|field| !field.error.is_empty())
    }

    pub(super) fn has_file(&self) -> bool {
        let mut fields = self.parts.iter().flat_map(|part| &part.fields);
        fields.any(|field| matches!(field.kind, Kind::File(_)))
    }
}

fn margin(visit: &Visit<'_>, site: &Site, has: impl Fn(Role) -> bool + Copy) -> Vec<Group> {
    let words = visit.words;
    let link = |path: &str, id| Link { path: path.to_owned(), title: words.get(id), count: None };
    let mut groups = Vec::new();
    if By::Roles(DESK).lets(has) {
        let counts = counts(visit, site);
        let queue = |queue: Queue| Link {
            path: format!("/queues/{}", queue.path()),
            title: queue.title(words),
            count: Some(counts.get(queue)),
        };
        let queues = |decided| {
            Queue::ALL.into_iter().filter(move |it| it.is_decided() == decided).map(queue).collect()
        };
        groups.push(Group { title: words.get("desk-counter"), links: queues(false) });
        groups.push(Group { title: words.get("desk-decisions"), links: queues(true) });
    }
    if By::Roles(CASES).lets(has) {
        let (open, overdue) = counts(visit, site).cases();
        let counted = |(path, list): (&str, CaseList)| Link {
            count: match list {
                CaseList::Open => Some((open, 0)),
                CaseList::Overdue => Some((overdue, overdue)),
                CaseList::Ended => None,
            },
            ..link(path, list.title())
        };
        let links = CASE_LISTS.into_iter().map(counted).collect();
        groups.push(Group { title: words.get("desk-cases"), links });
    }
    let mut links = vec![link("/", "desk-start")];
    if By::Roles(DESK).lets(has) {
        links.push(link("/search", "desk-search"));
    }
    if By::Roles(Step::Open.row().by).lets(has) {
        links.push(link("/batch", "desk-batch"));
    }
    links.push(link("/matters", "desk-matters"));
    links.push(link("/officers", "desk-officers"));
    if By::Roles(SUPERVISORS).lets(has) {
        links.push(link("/lists", "desk-lists"));
        links.push(link("/designs", "desk-designs"));
        links.push(link("/settings", "desk-settings"));
    }
    let office = site.registry.desk().office();
    let delegated = office.delegation().is_some() || office.delegations().next().is_some();
    if By::Roles(SUPERVISORS).lets(has) || (delegated && By::Roles(DESK).lets(has)) {
        links.push(link("/delegations", "desk-delegations"));
    }
    links.push(link("/notice", "desk-notice"));
    links.push(link("/handbook", "desk-handbook"));
    groups.push(Group { title: words.get("desk-desk"), links });
    groups
}

/// Counted anew when something was recorded or a day has gone by.
pub(super) fn counts(visit: &Visit<'_>, site: &Site) -> Counts {
    let (desk, today) = (site.registry.desk(), site.today());
    let mut kept = held(&visit.pages.counts);
    match *kept {
        Some((sequence, day, counts)) if (sequence, day) == (desk.sequence(), today) => counts,
        _ => {
            let counts = Counts::of(desk, today);
            *kept = Some((desk.sequence(), today, counts));
            counts
        }
    }
}
