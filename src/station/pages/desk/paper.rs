//! Papers and the form: a new application, one that goes on, one that is corrected.
//!
//! A class's page asks for that class's papers and no others, and a state employee's form opens once the unit's letter
//! was seen (R15). Everything is tried on a copy first: where something is wrong, nothing is recorded and the page
//! comes back as it was filled in.

use askama::Template;
use axum::http::StatusCode;
use permit_core::PermitId;
use permit_record::Subject;
use permit_signing::{draft::Date, permit::iso};
use permit_web::Form;

use super::{
    super::{
        field::{Choice, Field, Kind, Part},
        frame::{Frame, Sheet},
        visit::{Done, Trouble, Visit, go, html},
        ways::class_path,
    },
    beside::{self, Beside},
    decision,
    form::{self, Written, language, salt},
};
use crate::{
    rules::{
        Application, ApplicationAct, Class, Denied, Language, Moment, Origin, Paper, PaperKind,
        Particulars, Step,
    },
    said,
    site::Site,
};

/// What the page is about.
#[derive(Debug)]
enum About {
    New(Class),
    /// Beginning from a permit.
    Follow(Application, Origin),
    Fill(Application),
    Correct(Application),
}

/// A page as it was handed in: what to do, and what is wrong.
#[derive(Debug, Default)]
struct Read {
    acts: Vec<ApplicationAct>,
    /// Errors by field.
    errors: Vec<(String, String)>,
    wrong: Vec<String>,
    /// Who is alike, where that was asked and nothing else.
    beside: Option<Beside>,
}

/// Which class, and for what kind of journey: one for work is not this permit, and nothing of it is kept (R7).
pub(in super::super) async fn choose(visit: &Visit<'_>, form: &Form) -> Done {
    let (class, journey) = (form.one("class"), form.one("journey"));
    if visit.posts && journey == "private" {
        let found = Class::ALL.into_iter().find(|it| class_path(*it) == class);
        if let Some(class) = found {
            return Ok(go(&format!("/new/{}", class_path(class))));
        }
    }
    let site = visit.site().await?;
    let mut sheet = Sheet::new(Frame::new(visit, &site, visit.t("desk-new")), "/".to_owned());
    if visit.posts && journey == "work" {
        sheet.wrong.extend([visit.t("desk-not-this-permit"), visit.t("desk-not-this-permit-next")]);
    }
    let missing = |value: &str| match visit.posts && value.is_empty() {
        true => visit.t("row-missing"),
        false => String::new(),
    };
    let classes = Class::ALL.map(|it| {
        Choice::new(class_path(it), said::class(it, visit.words), class == class_path(it))
    });
    let journeys = [("private", "desk-journey-private"), ("work", "desk-journey-work")];
    let journeys = journeys.map(|(value, id)| Choice::new(value, visit.t(id), journey == value));
    sheet = sheet.fields(vec![
        Field::text("journey", visit.t("desk-journey"), "")
            .of(Kind::One(journeys.into()))
            .wrong(missing(journey))
            .wide(),
        Field::text("class", visit.t("desk-class"), "")
            .of(Kind::One(classes.into()))
            .hint(visit.t("desk-class-hint"))
            .wrong(missing(class))
            .wide(),
    ]);
    sheet.buttons.push(("go", visit.t("desk-go-on")));
    html(StatusCode::OK, sheet.render())
}

/// A new application of a class.
pub(in super::super) async fn new(visit: &Visit<'_>, class: Class, form: &Form) -> Done {
    page(visit, About::New(class), form).await
}

/// A new application that begins from an application's permit.
pub(in super::super) async fn follow(
    visit: &Visit<'_>,
    origin: fn(PermitId) -> Origin,
    form: &Form,
) -> Done {
    let about = {
        let site = visit.site().await?;
        let found = site.registry.desk().application(visit.number).ok_or(Trouble::Nowhere)?;
        let state = found.state(site.today());
        let permit = found.permit.ok_or(Denied::State(state))?;
        let origin = origin(permit.id);
        if !origin.may_follow(state) {
            return Err(Denied::State(state).into());
        }
        About::Follow(found.clone(), origin)
    };
    page(visit, about, form).await
}

/// Papers and form of one that is taken in, or of which something was missing; or its correction.
pub(super) async fn again(visit: &Visit<'_>, step: Step, form: &Form) -> Done {
    let application = {
        let site = visit.site().await?;
        let found = site.registry.desk().application(visit.number).ok_or(Trouble::Nowhere)?;
        if !found.open_to(&visit.moment(&site)).contains(&step) {
            return Err(Denied::State(found.state(site.today())).into());
        }
        found.clone()
    };
    let about = match step {
        Step::Correct => About::Correct(application),
        _ => About::Fill(application),
    };
    page(visit, about, form).await
}

async fn page(visit: &Visit<'_>, about: About, form: &Form) -> Done {
    let mut site = visit.site().await?;
    if !visit.posts {
        return shown(visit, &site, &about, None, Read::default());
    }
    if form.one("do") == "alike" {
        let read = looked(visit, &site, &about, form)?;
        return shown(visit, &site, &about, Some(form), read);
    }
    let read = read(visit, &site, &about, form)?;
    if !read.errors.is_empty() || !read.wrong.is_empty() {
        return shown(visit, &site, &about, Some(form), read);
    }
    if let (About::Correct(before), "look") = (&about, form.one("do")) {
        return compared(visit, &site, before, &read, form);
    }
    let begins = matches!(about, About::New(_) | About::Follow(..));
    let (number, at) = (if begins { 0 } else { visit.number }, site.now());
    let number = site.registry.acts(visit.by, at, number, &read.acts).await?;
    Ok(go(&format!("/applications/{number}")))
}

impl About {
    const fn class(&self) -> Class {
        match self {
            Self::New(class) => *class,
            Self::Follow(application, _) | Self::Fill(application) | Self::Correct(application) => {
                application.class
            }
        }
    }

    const fn application(&self) -> Option<&Application> {
        match self {
            Self::New(_) | Self::Follow(..) => None,
            Self::Fill(application) | Self::Correct(application) => Some(application),
        }
    }

    /// What must be shown and is not yet, with its place among the class's needs.
    fn needs(&self) -> Vec<(usize, &'static [PaperKind])> {
        let missing = match self {
            Self::New(class) | Self::Follow(Application { class, .. }, _) => class.needs().to_vec(),
            Self::Fill(application) => application.missing_papers(),
            Self::Correct(_) => Vec::new(),
        };
        missing.into_iter().enumerate().collect()
    }

    /// Whether the form is open: of a state employee, once the letter was seen.
    fn is_open(&self) -> bool {
        !self.class().papers_first() || (self.application().is_some() && self.needs().is_empty())
    }
}

/// What was handed in, as acts; tried on a copy.
fn read(visit: &Visit<'_>, site: &Site, about: &About, form: &Form) -> Result<Read, Trouble> {
    let mut read = Read::default();
    match about {
        About::New(class) => read.acts.push(opened(*class, Origin::New, form)?),
        About::Follow(from, origin) => read.acts.push(opened(from.class, *origin, form)?),
        About::Fill(_) | About::Correct(_) => {}
    }
    for (place, need) in about.needs() {
        see(visit, (place, need), form, &mut read);
    }
    if about.is_open() && (form::is_filled(form) || matches!(about, About::Correct(_))) {
        let written = Written::of(form, about.class(), site.registry.desk().office().side());
        match written.particulars(visit, site)? {
            Ok(content) => read.acts.push(match about {
                About::Correct(_) => ApplicationAct::Correct(content, lines(form.one("why"))),
                _ => ApplicationAct::Fill(content),
            }),
            Err(errors) => read.errors.extend(errors),
        }
    }
    if form.one("do") == "submit" {
        read.acts.push(ApplicationAct::Submit);
    }
    if read.errors.is_empty() {
        try_out(visit, site, about, &mut read);
    }
    Ok(read)
}

/// Who is alike, before anything is kept of what was typed.
fn looked(visit: &Visit<'_>, site: &Site, about: &About, form: &Form) -> Result<Read, Trouble> {
    let mut read = Read::default();
    let written = Written::of(form, about.class(), site.registry.desk().office().side());
    match written.particulars(visit, site)? {
        Ok(content) => {
            let own = about.application().map_or(0, |it| it.number);
            read.beside = Some(beside::beside(visit, site, &content, own));
        }
        Err(errors) => read.errors = errors,
    }
    Ok(read)
}

fn opened(class: Class, origin: Origin, form: &Form) -> Result<ApplicationAct, Trouble> {
    let (salt, language) = (salt()?, language(form));
    let applicant = form.one("applicant").parse().ok();
    Ok(ApplicationAct::Open { class, origin, language, applicant, salt })
}

/// A paper of a need: nothing where nothing was filled in.
fn see(
    visit: &Visit<'_>,
    (place, need): (usize, &'static [PaperKind]),
    form: &Form,
    read: &mut Read,
) {
    let [kind, issuer, dated] = ["kind", "issuer", "dated"].map(|it| format!("paper-{place}-{it}"));
    let (body, day) = (form.one(&issuer).trim(), form.one(&dated).trim());
    if body.is_empty() && day.is_empty() {
        return;
    }
    let chosen = need.iter().copied().find(|it| form.one(&kind) == paper_value(*it));
    let chosen = if let [only] = need { Some(*only) } else { chosen };
    let date = iso(day).parse::<Date>().ok();
    match (chosen, date) {
        (Some(kind), Some(Date(dated))) if !body.is_empty() => {
            read.acts.push(ApplicationAct::See(Paper { kind, issuer: body.to_owned(), dated }));
        }
        (chosen, date) => {
            let missing = || visit.t("row-missing");
            if chosen.is_none() {
                read.errors.push((kind, missing()));
            }
            if body.is_empty() {
                read.errors.push((issuer, missing()));
            }
            if date.is_none() {
                read.errors.push((dated, visit.t("desk-why-date")));
            }
        }
    }
}

/// Everything that would be done, done to a copy.
fn try_out(visit: &Visit<'_>, site: &Site, about: &About, read: &mut Read) {
    let moment: Moment<'_> = visit.moment(site);
    let mut now = about.application().cloned();
    for act in &read.acts {
        let next = match &now {
            None => Application::open(&moment, 1, act),
            Some(application) => application.next(&moment, act),
        };
        match next {
            Ok(next) => now = Some(next),
            Err(denied) => {
                let said = said::denied(&denied, visit.words);
                match (act, about.needs().first()) {
                    (ApplicationAct::See(paper), Some(_)) => {
                        let place = about
                            .needs()
                            .iter()
                            .find(|(_, it)| it.contains(&paper.kind))
                            .map_or(0, |it| it.0);
                        let field = if matches!(denied, Denied::FutureDate { .. }) {
                            "dated"
                        } else {
                            "issuer"
                        };
                        read.errors.push((format!("paper-{place}-{field}"), said));
                    }
                    (ApplicationAct::Fill(_) | ApplicationAct::Correct(..), _)
                        if matches!(denied, Denied::Commune | Denied::Covered) =>
                    {
                        read.errors.push(("commune".to_owned(), said));
                    }
                    (ApplicationAct::Correct(..), _) if is_of_words(&denied) => {
                        read.errors.push(("why".to_owned(), said));
                    }
                    _ => read.wrong.push(said),
                }
                return;
            }
        }
    }
    debug_assert!(now.is_none_or(|it| matches!(it.subject(), Subject::Application(_))));
}

const fn is_of_words(denied: &Denied) -> bool {
    matches!(denied, Denied::TextMissing | Denied::TextTooLong { .. } | Denied::Character { .. })
}

/// The page, with what was handed in or with what is there.
fn shown(visit: &Visit<'_>, site: &Site, about: &About, form: Option<&Form>, read: Read) -> Done {
    let class = said::class(about.class(), visit.words);
    let title = match about {
        About::New(_) => format!("{} · {class}", visit.t("desk-new")),
        About::Follow(it, origin) => format!("{} {}", follow_label(*origin, visit), it.number),
        About::Fill(it) => format!("{} {} · {class}", visit.t("desk-application"), it.number),
        About::Correct(it) => format!("{} {}", visit.t("desk-step-correct"), it.number),
    };
    let back =
        about.application().map_or("/new".to_owned(), |it| format!("/applications/{}", it.number));
    let mut sheet = Sheet::new(Frame::new(visit, site, title), back);
    let empty = Form::default();
    let typed = form.unwrap_or(&empty);
    if let About::New(_) | About::Follow(..) = about {
        sheet = sheet.fields(first(visit, site, about, typed));
    }
    if let About::Follow(_, origin) = about {
        let id = origin.permit().map(|id| id.to_string()).unwrap_or_default();
        let lead = match origin {
            Origin::Correction(_) => "desk-amend-lead",
            _ => "desk-renew-lead",
        };
        sheet.lead.push(visit.words.with(lead, &[("id", id.into())]));
    }
    for (place, need) in about.needs() {
        sheet.parts.push(paper(visit, place, need, typed));
    }
    if about.is_open() {
        let written = match (form, begun(site, about)) {
            (Some(form), _) => {
                Written::of(form, about.class(), site.registry.desk().office().side())
            }
            (None, Some(content)) => Written::from(&content, visit, site.today()),
            (None, None) => Written::default(),
        };
        sheet.parts.extend(written.parts(visit, site));
    } else {
        sheet.lead.push(visit.t("desk-papers-first"));
    }
    if let About::Correct(_) = about {
        let why = Field::text("why", visit.t("desk-correct-why"), typed.one("why"));
        sheet = sheet.fields(vec![why.of(Kind::Lines).wide()]);
    }
    sheet.buttons = buttons(visit, about);
    let wrong = form.is_some() && read.beside.is_none();
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    sheet.beside = read.beside;
    for (name, error) in read.errors {
        let mut fields = sheet.parts.iter_mut().flat_map(|part| &mut part.fields);
        match fields.find(|field| field.name == name) {
            Some(field) => field.error = error,
            None => sheet.wrong.push(format!("{name}: {error}")),
        }
    }
    sheet.wrong.extend(read.wrong);
    html(status, sheet.render())
}

/// What can be done with what was typed.
fn buttons(visit: &Visit<'_>, about: &About) -> Vec<(&'static str, String)> {
    match about {
        About::Correct(_) => vec![("look", visit.t("desk-compare"))],
        _ if about.is_open() => {
            vec![
                ("submit", visit.t("desk-hand-in")),
                ("keep", visit.t("desk-keep")),
                ("alike", visit.t("desk-alike-look")),
            ]
        }
        _ => vec![("keep", visit.t("desk-go-on"))],
    }
}

/// What the form begins with: what stands there, else what the permit says that it begins from.
fn begun(site: &Site, about: &About) -> Option<Particulars> {
    let own = about.application().and_then(|it| it.particulars.clone());
    let origin = match about {
        About::Follow(_, origin) => *origin,
        _ => about.application().map_or(Origin::New, |it| it.origin),
    };
    own.or_else(|| site.registry.desk().following(origin, site.today()))
}

/// What beginning from a permit is called.
pub(super) fn follow_label(origin: Origin, visit: &Visit<'_>) -> String {
    visit.t(match origin {
        Origin::Correction(_) => "desk-amend",
        _ => "desk-renew",
    })
}

/// Before and after, to be looked at before it is recorded (R26).
fn compared(
    visit: &Visit<'_>,
    site: &Site,
    before: &Application,
    read: &Read,
    form: &Form,
) -> Done {
    let title = format!("{} {}", visit.t("desk-step-correct"), before.number);
    let back = format!("/applications/{}/correct", before.number);
    let mut sheet = Sheet::new(Frame::new(visit, site, title), back);
    sheet.lead.push(visit.t("desk-compare-lead"));
    let Some(ApplicationAct::Correct(after, why)) = read.acts.first() else {
        return Err(Trouble::NotAForm);
    };
    sheet.facts = before
        .particulars
        .as_ref()
        .map(|before| form::differences(visit, before, after))
        .unwrap_or_default();
    sheet.facts.push((visit.t("desk-correct-why"), permit_words::clean(why).into_owned()));
    for name in form::NAMES.into_iter().chain(["why"]) {
        sheet.hidden.extend(form.all(name).map(|value| (name.to_owned(), value.to_owned())));
    }
    sheet.buttons.push(("correct", visit.t("desk-step-correct")));
    html(StatusCode::OK, sheet.render())
}

/// In which language, and whether an officer of this desk applies.
fn first(visit: &Visit<'_>, site: &Site, about: &About, form: &Form) -> Vec<Field> {
    let before = match about {
        About::Follow(before, _) => before.language,
        _ => Language::Ko,
    };
    let before = decision::lang(before).tag();
    let chosen = Some(form.one("language")).filter(|it| !it.is_empty()).unwrap_or(before);
    let langs = [("zh", "中文"), ("ko", "한국어"), ("en", "English")];
    let langs = langs.map(|(tag, name)| Choice::new(tag, name.to_owned(), chosen == tag));
    let mut officers = vec![Choice::new("", visit.t("desk-applicant-none"), false)];
    let present = site.registry.desk().office().officers().filter(|it| it.dismissed.is_none());
    officers.extend(present.map(|it| {
        let number = it.number.to_string();
        let chosen = form.one("applicant") == number;
        Choice::new(&number, format!("{number} {}", it.latin), chosen)
    }));
    vec![
        Field::text("language", visit.t("desk-applicant-language"), "").of(Kind::One(langs.into())),
        Field::text("applicant", visit.t("desk-applicant"), "")
            .of(Kind::List(officers))
            .hint(visit.t("desk-applicant-hint")),
    ]
}

/// The part of one need.
fn paper(visit: &Visit<'_>, place: usize, need: &'static [PaperKind], form: &Form) -> Part {
    let name = |it: &str| format!("paper-{place}-{it}");
    let (mut fields, kind) = (Vec::new(), name("kind"));
    if need.len() > 1 {
        let choices = need.iter().map(|it| {
            let value = paper_value(*it);
            Choice::new(value, said::paper(*it, visit.words), form.one(&kind) == value)
        });
        let field = Field::text(&kind, visit.t("desk-paper-kind"), "");
        fields
            .push(field.of(Kind::One(choices.collect())).hint(visit.t("desk-paper-either")).wide());
    }
    let (issuer, dated) = (name("issuer"), name("dated"));
    let relative = need.contains(&PaperKind::RelativeLetter);
    let hint = if relative { "desk-paper-place-hint" } else { "desk-paper-issuer-hint" };
    let label = if relative { "desk-paper-place" } else { "desk-paper-issuer" };
    fields.push(Field::text(&issuer, visit.t(label), form.one(&issuer)).hint(visit.t(hint)));
    let field = Field::text(&dated, visit.t("desk-paper-dated"), form.one(&dated));
    fields.push(field.hint(visit.t("desk-date-hint")));
    Part { title: said::needs(&[need], visit.words, said::paper), fields }
}

/// What a form calls a paper.
pub(super) const fn paper_value(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::RelativeLetter => "relative-letter",
        PaperKind::CommuneLetter => "commune-letter",
        PaperKind::NationalCredential => "national-credential",
        PaperKind::DepartmentLetter => "department-letter",
        PaperKind::PersonnelLetter => "personnel-letter",
        PaperKind::ProtectionLetter => "protection-letter",
    }
}

/// A text of several lines as it is kept: browsers hand in CR LF (HTML, "normalize newlines").
pub(super) fn lines(text: &str) -> String {
    text.trim().replace("\r\n", "\n")
}
