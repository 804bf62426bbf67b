//! Every address of the desk, and who may go there: one table.
//!
//! The router is made from it, and so are the tests that try every address as every role. An act of an application has
//! the roles of its row in [`MOVES`]; which state it takes is the rules' to say.

use axum::http::Method;
use permit_record::Role;

use super::queue::Queue;
use crate::rules::{Class, MOVES, Step};

/// An address and what is there.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) page: Page,
    pub(super) by: By,
}

impl Way {
    /// Whether a picture is handed in there.
    pub(super) fn takes_picture(&self) -> bool {
        self.page == Page::Act(Step::ReadBack)
    }
}

/// What is at an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Page {
    /// The stylesheet, and the icon that browsers ask for and that there is none of.
    Look,
    Icon,
    /// Signing in.
    Enter,
    /// Signing out, locking, another language.
    Leave,
    Lock,
    Language,
    /// What waits.
    Start,
    Queue(Queue),
    /// A new application.
    New,
    NewOf(Class),
    /// An application and its acts.
    Application,
    Act(Step),
    /// What the applicant is told of a refusal or a revocation.
    Decision,
    /// A new application that begins from a permit: another number, or a corrected copy.
    Renew,
    Amend,
    /// One side of a card.
    Card(Side),
    Search,
    Officers,
    Notice,
    /// Issues raised, and one of them.
    Matters,
    Matter,
}

/// A side of a card, as it is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    Outside,
    Inside,
    Front,
    Back,
}

/// Who may go there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum By {
    /// Whoever reaches the desk.
    Anybody,
    /// Every officer.
    Officers,
    /// Officers with one of these roles.
    Roles(&'static [Role]),
}

impl By {
    /// Whether an officer with these roles may.
    pub(super) fn lets(self, has: impl Fn(Role) -> bool) -> bool {
        match self {
            Self::Anybody | Self::Officers => true,
            Self::Roles(roles) => roles.iter().any(|role| has(*role)),
        }
    }
}

/// Who works on applications; whoever works on cases alone has nothing to look for there.
pub(super) const DESK: &[Role] =
    &[Role::Counter, Role::Police, Role::BorderDefence, Role::Supervisor];
/// The four sides: address and side.
pub(super) const SIDES: [(&str, Side); 4] = [
    ("folded-outside.svg", Side::Outside),
    ("folded-inside.svg", Side::Inside),
    ("card-front.svg", Side::Front),
    ("card-back.svg", Side::Back),
];
/// Where an application is.
pub(super) const APPLICATION: &str = "/applications/{number}";

/// All of them.
pub(super) fn ways() -> Vec<Way> {
    let (get, post) = (Method::GET, Method::POST);
    let way = |method: &Method, path: &str, page, by| Way {
        method: method.clone(),
        path: path.to_owned(),
        page,
        by,
    };
    let counter = By::Roles(Step::Open.row().by);
    let mut ways = vec![
        way(&get, "/look.css", Page::Look, By::Anybody),
        way(&get, "/favicon.ico", Page::Icon, By::Anybody),
        way(&get, "/enter", Page::Enter, By::Anybody),
        way(&post, "/enter", Page::Enter, By::Anybody),
        way(&post, "/leave", Page::Leave, By::Officers),
        way(&post, "/lock", Page::Lock, By::Officers),
        way(&post, "/language", Page::Language, By::Officers),
        way(&get, "/", Page::Start, By::Officers),
        way(&get, "/new", Page::New, counter),
        way(&post, "/new", Page::New, counter),
        way(&get, "/search", Page::Search, By::Roles(DESK)),
        way(&post, "/search", Page::Search, By::Roles(DESK)),
        way(&get, "/officers", Page::Officers, By::Officers),
        way(&get, "/notice", Page::Notice, By::Officers),
        way(&get, "/matters", Page::Matters, By::Officers),
        way(&post, "/matters", Page::Matters, By::Officers),
        way(&get, "/matters/{number}", Page::Matter, By::Officers),
        way(&post, "/matters/{number}", Page::Matter, By::Officers),
        way(&get, APPLICATION, Page::Application, By::Roles(DESK)),
        way(&get, &format!("{APPLICATION}/decision"), Page::Decision, By::Roles(DESK)),
    ];
    for (name, page) in [("renew", Page::Renew), ("amend", Page::Amend)] {
        let path = format!("{APPLICATION}/{name}");
        ways.extend([&get, &post].map(|it| way(it, &path, page, counter)));
    }
    for class in Class::ALL {
        let path = format!("/new/{}", class_path(class));
        ways.extend([&get, &post].map(|it| way(it, &path, Page::NewOf(class), counter)));
    }
    for queue in Queue::ALL {
        let path = format!("/queues/{}", queue.path());
        ways.push(way(&get, &path, Page::Queue(queue), By::Roles(DESK)));
    }
    for (name, side) in SIDES {
        let path = format!("{APPLICATION}/{name}");
        ways.push(way(&get, &path, Page::Card(side), By::Roles(Step::Print.row().by)));
    }
    for row in MOVES.iter().filter(|row| !row.by.is_empty() && has_page(row.step)) {
        let path = format!("{APPLICATION}/{}", step_path(row.step));
        let by = By::Roles(row.by);
        ways.extend([&get, &post].map(|it| way(it, &path, Page::Act(row.step), by)));
    }
    ways
}

/// Whether an act is done on a page of its own: a new application has its own, and papers are seen with the form.
pub(super) const fn has_page(step: Step) -> bool {
    !matches!(step, Step::Open | Step::See | Step::Supersede)
}

/// What an address calls a class.
pub(super) const fn class_path(class: Class) -> &'static str {
    match class {
        Class::Resident => "resident",
        Class::ForeignResident => "foreign-resident",
        Class::StateEmployee => "state-employee",
    }
}

/// What an address calls an act.
pub(super) const fn step_path(step: Step) -> &'static str {
    match step {
        Step::Open => "open",
        Step::See => "see",
        Step::Fill => "fill",
        Step::Submit => "submit",
        Step::Want => "want",
        Step::Review => "review",
        Step::Approve => "approve",
        Step::ProposeRefusal => "propose-refusal",
        Step::Refuse => "refuse",
        Step::DropRefusal => "drop-refusal",
        Step::Correct => "correct",
        Step::Issue => "issue",
        Step::Print => "print",
        Step::ReadBack => "read-back",
        Step::Reprint => "reprint",
        Step::HandOver => "hand-over",
        Step::Withdraw => "withdraw",
        Step::Surrender => "surrender",
        Step::Lose => "lose",
        Step::ProposeRevocation => "propose-revocation",
        Step::Revoke => "revoke",
        Step::DropRevocation => "drop-revocation",
        Step::Supersede => "supersede",
    }
}
