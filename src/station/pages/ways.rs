//! Every address of the desk, and who may go there: one table.
//!
//! The router is made from it, and so are the tests that try every address as every role. An act of an application has
//! the roles of its row in [`MOVES`]; which state it takes is the rules' to say.

use axum::http::Method;
use permit_card::Face;
use permit_record::Role;

use super::queue::Queue;
use crate::rules::{CaseStep, Class, Layout, MOVES, Step};

/// An address and what is there.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) page: Page,
    pub(super) by: By,
}

impl Way {
    /// Whether a file is handed in there, or as much as one.
    pub(super) fn takes_file(&self) -> bool {
        matches!(
            self.page,
            Page::Act(Step::ReadBack)
                | Page::Lists
                | Page::Merge
                | Page::Batch
                | Page::Portrait
                | Page::Design(_)
        )
    }

    /// Whether codes may be shown to the computer's camera there, where the pocket reader is.
    pub(super) fn reads_codes(&self) -> bool {
        matches!(self.page, Page::Act(Step::ReadBack) | Page::Lists | Page::Search)
    }
}

/// What is at an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Page {
    /// The stylesheet, and the icon that browsers ask for and that there is none of.
    Look,
    Icon,
    /// The scripts, without which everything works: every page's, the portrait's, the designs', and the camera's where the
    /// pocket reader is.
    Script,
    PortraitScript,
    DesignScript,
    CameraScript,
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
    /// Applications from a table, what is wrong with one, and an empty one.
    Batch,
    BatchList,
    BatchEmpty,
    /// An application and its acts.
    Application,
    /// Everything of the same person that is at this desk.
    Person,
    Act(Step),
    /// What the applicant is told of a refusal or a revocation.
    Decision,
    /// A new application that begins from a permit: another number, or a corrected copy.
    Renew,
    Amend,
    /// The portrait on a card, its picture, and the one in the code.
    Portrait,
    PortraitPicture,
    PortraitInCode,
    /// One side of a card; several cards on sheets, and where those are cut.
    Card(Side),
    Several,
    Marks(Layout),
    Search,
    Officers,
    /// Enrolling an officer: the first supervisor's part, and the second's.
    Enrol,
    Enrolment,
    /// An officer's new key.
    NewKey,
    /// The lists that the desk was given, and newer ones.
    Lists,
    /// After how many days what waits is late.
    Settings,
    /// What cards are drawn by, changing it, and how it looks.
    Designs,
    Design(Layout),
    DesignSide(Layout, Face, bool),
    /// What was delegated to special personnel, and one delegation with the record that they handed back.
    Delegations,
    Delegation,
    /// Delegating: the first supervisor's part, and the second's; the file that is taken along, and the entry for the lists.
    Delegate,
    DelegateSecond,
    HandOut,
    DelegationEntry,
    /// A record that is handed back, and one that came home.
    HandBack,
    Merge,
    Notice,
    /// How each thing is done.
    Handbook,
    /// Issues raised, and one of them.
    Matters,
    Matter,
    /// Cases, a new one, one with its acts and its papers.
    Cases(CaseList),
    NewCase,
    Case,
    CaseAct(CaseStep),
    Authorisation,
    CaseRefusal,
}

/// A list of cases.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum CaseList {
    Open,
    Overdue,
    Ended,
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
/// Who enrols officers, takes newer lists and says what cards look like.
pub(super) const SUPERVISORS: &[Role] = &[Role::Supervisor];
/// Who works cases or decides them.
pub(super) const CASES: &[Role] = &[Role::Cases, Role::Police, Role::Supervisor];
/// The lists of cases: address and list.
pub(super) const CASE_LISTS: [(&str, CaseList); 3] = [
    ("/cases", CaseList::Open),
    ("/cases/overdue", CaseList::Overdue),
    ("/cases/ended", CaseList::Ended),
];
/// The four sides: address and side.
pub(super) const SIDES: [(&str, Side); 4] = [
    ("folded-outside.svg", Side::Outside),
    ("folded-inside.svg", Side::Inside),
    ("card-front.svg", Side::Front),
    ("card-back.svg", Side::Back),
];
/// How a design looks: address, side, and whether with the longest names.
pub(super) const LOOKS: [(&str, Face, bool); 4] = [
    ("front.svg", Face::Front, false),
    ("back.svg", Face::Back, false),
    ("front-longest.svg", Face::Front, true),
    ("back-longest.svg", Face::Back, true),
];
/// Where an application is.
pub(super) const APPLICATION: &str = "/applications/{number}";
/// Where a case is.
const CASE: &str = "/cases/{number}";

/// All of them.
pub(super) fn ways() -> Vec<Way> {
    [doors(), office(), applications(), prints(), cases()].concat()
}

fn get(path: &str, page: Page, by: By) -> Way {
    Way { method: Method::GET, path: path.to_owned(), page, by }
}

/// A page and what is handed in on it.
fn both(path: &str, page: Page, by: By) -> [Way; 2] {
    let post = Way { method: Method::POST, ..get(path, page, by) };
    [get(path, page, by), post]
}

fn doors() -> Vec<Way> {
    let post = |path, page| Way { method: Method::POST, ..get(path, page, By::Officers) };
    let mut ways = vec![
        get("/look.css", Page::Look, By::Anybody),
        get("/favicon.ico", Page::Icon, By::Anybody),
        get("/desk.js", Page::Script, By::Anybody),
        get("/portrait.js", Page::PortraitScript, By::Anybody),
        get("/design.js", Page::DesignScript, By::Anybody),
        get("/camera.js", Page::CameraScript, By::Anybody),
        post("/leave", Page::Leave),
        post("/lock", Page::Lock),
        post("/language", Page::Language),
        get("/", Page::Start, By::Officers),
    ];
    ways.extend(both("/enter", Page::Enter, By::Anybody));
    ways
}

fn office() -> Vec<Way> {
    let supervisors = By::Roles(SUPERVISORS);
    let mut ways = vec![
        get("/officers", Page::Officers, By::Officers),
        get("/notice", Page::Notice, By::Officers),
        get("/handbook", Page::Handbook, By::Officers),
        get("/delegations", Page::Delegations, By::Roles(DESK)),
        get("/delegations/{number}", Page::Delegation, By::Roles(DESK)),
    ];
    ways.extend(both("/delegations/merge", Page::Merge, supervisors));
    ways.extend(both("/delegations/new", Page::Delegate, supervisors));
    ways.extend(both("/delegations/{number}/sign", Page::DelegateSecond, supervisors));
    ways.extend(both("/delegations/{number}/desk", Page::HandOut, supervisors));
    ways.push(get("/delegations/{number}/station.toml", Page::DelegationEntry, supervisors));
    let hand_back = get("/delegations/hand-back", Page::HandBack, supervisors);
    ways.push(Way { method: Method::POST, ..hand_back });
    ways.extend(both("/lists", Page::Lists, supervisors));
    ways.extend(both("/settings", Page::Settings, supervisors));
    ways.push(get("/designs", Page::Designs, supervisors));
    for layout in Layout::ALL {
        let path = design_path(layout);
        ways.extend(both(path, Page::Design(layout), supervisors));
        for (name, face, longest) in LOOKS {
            let page = Page::DesignSide(layout, face, longest);
            ways.push(get(&format!("{path}/{name}"), page, supervisors));
        }
    }
    ways.extend(both("/officers/new", Page::Enrol, supervisors));
    ways.extend(both("/officers/{number}/enrolment", Page::Enrolment, supervisors));
    ways.extend(both("/officers/{number}/key", Page::NewKey, supervisors));
    ways.extend(both("/matters", Page::Matters, By::Officers));
    ways.extend(both("/matters/{number}", Page::Matter, By::Officers));
    ways
}

fn applications() -> Vec<Way> {
    let (desk, counter) = (By::Roles(DESK), By::Roles(Step::Open.row().by));
    let mut ways = vec![
        get(APPLICATION, Page::Application, desk),
        get(&format!("{APPLICATION}/person"), Page::Person, desk),
        get(&format!("{APPLICATION}/decision"), Page::Decision, desk),
    ];
    ways.extend(both("/new", Page::New, counter));
    ways.extend(both("/search", Page::Search, desk));
    ways.extend(both("/batch", Page::Batch, counter));
    ways.push(get("/batch/wrong.xlsx", Page::BatchList, counter));
    ways.push(get("/batch/batch.xlsx", Page::BatchEmpty, counter));
    for (name, page) in [("renew", Page::Renew), ("amend", Page::Amend)] {
        ways.extend(both(&format!("{APPLICATION}/{name}"), page, counter));
    }
    for class in Class::ALL {
        ways.extend(both(&format!("/new/{}", class_path(class)), Page::NewOf(class), counter));
    }
    for queue in Queue::ALL {
        ways.push(get(&format!("/queues/{}", queue.path()), Page::Queue(queue), desk));
    }
    for row in MOVES.iter().filter(|row| !row.by.is_empty() && has_page(row.step)) {
        let path = format!("{APPLICATION}/{}", step_path(row.step));
        ways.extend(both(&path, Page::Act(row.step), By::Roles(row.by)));
    }
    ways
}

fn prints() -> Vec<Way> {
    let by = By::Roles(Step::Print.row().by);
    let mut ways = vec![
        get("/marks/card.svg", Page::Marks(Layout::Card), by),
        get("/marks/folded.svg", Page::Marks(Layout::Folded), by),
    ];
    ways.extend(both("/prints", Page::Several, by));
    ways.extend(both(&format!("{APPLICATION}/portrait"), Page::Portrait, by));
    ways.push(get(&format!("{APPLICATION}/portrait.jpg"), Page::PortraitPicture, by));
    ways.push(get(&format!("{APPLICATION}/portrait.webp"), Page::PortraitInCode, by));
    for (name, side) in SIDES {
        ways.push(get(&format!("{APPLICATION}/{name}"), Page::Card(side), by));
    }
    ways
}

fn cases() -> Vec<Way> {
    let by = By::Roles(CASES);
    let mut ways = CASE_LISTS.map(|(path, list)| get(path, Page::Cases(list), by)).to_vec();
    ways.extend(both("/cases/new", Page::NewCase, By::Roles(CaseStep::Open.by())));
    for (name, page) in [
        ("", Page::Case),
        ("/authorisation", Page::Authorisation),
        ("/decision", Page::CaseRefusal),
    ] {
        ways.push(get(&format!("{CASE}{name}"), page, by));
    }
    for step in CaseStep::ALL.into_iter().filter(|step| *step != CaseStep::Open) {
        let path = format!("{CASE}/{}", case_path(step));
        ways.extend(both(&path, Page::CaseAct(step), By::Roles(step.by())));
    }
    ways
}

/// What an address calls an act of a case.
pub(super) const fn case_path(step: CaseStep) -> &'static str {
    match step {
        CaseStep::Open => "open",
        CaseStep::Have => "have",
        CaseStep::Block => "block",
        CaseStep::Approve => "approve",
        CaseStep::ProposeRefusal => "propose-refusal",
        CaseStep::Refuse => "refuse",
        CaseStep::DropRefusal => "drop-refusal",
        CaseStep::Authorise => "authorise",
        CaseStep::Depart => "depart",
        CaseStep::Return => "return",
        CaseStep::Withdraw => "withdraw",
    }
}

/// Whether an act is done on a page of its own: a new application has its own, and papers are seen with the form.
pub(super) const fn has_page(step: Step) -> bool {
    !matches!(step, Step::Open | Step::See | Step::Supersede)
}

/// Where the design of a layout is.
pub(super) const fn design_path(layout: Layout) -> &'static str {
    match layout {
        Layout::Card => "/designs/card",
        Layout::Folded => "/designs/folded",
    }
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
