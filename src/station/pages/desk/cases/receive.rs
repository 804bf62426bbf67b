//! A new case: which kind, whom it is about, what it rests on. No field for a rank, a unit or a relative.

use askama::Template;
use axum::http::StatusCode;
use permit_signing::permit::{self, Why};
use permit_web::Form;

use super::super::{
    super::{
        field::{Choice, Field, Kind},
        frame::{Frame, Sheet},
        visit::{Done, Trouble, Visit, go, html},
    },
    facts,
    form::{language, salt},
};
use crate::{
    rules::{Act, CaseAct, CaseKind, Denied, Language, Person},
    said,
    site::Site,
};

type Errors = Vec<(&'static str, String)>;

/// The form, or the case.
pub(in super::super::super) async fn page(visit: &Visit<'_>, form: &Form) -> Done {
    let mut site = visit.site().await?;
    if !visit.posts {
        return shown(visit, &site, form, Vec::new());
    }
    let act = match read(visit, form)? {
        Ok(act) => act,
        Err(errors) => return shown(visit, &site, form, errors),
    };
    let at = site.now();
    match site.registry.act(visit.by, at, Act::Case(0, act)).await.map_err(Trouble::from) {
        Ok(outcome) => Ok(go(&format!("/cases/{}", outcome.subject.number()))),
        // Names have been looked at: it is the basis.
        Err(Trouble::Denied(
            denied @ (Denied::TextMissing | Denied::TextTooLong { .. } | Denied::Character { .. }),
        )) => shown(visit, &site, form, vec![("basis", said::denied(&denied, visit.words))]),
        Err(trouble) => Err(trouble),
    }
}

fn read(visit: &Visit<'_>, form: &Form) -> Result<Result<CaseAct, Errors>, Trouble> {
    let mut errors = Errors::new();
    let mut wrong = |field, why: &Why| errors.push((field, said::why(why, visit.words)));
    let kind = CaseKind::ALL.into_iter().find(|it| kind_value(*it) == form.one("kind"));
    if kind.is_none() {
        wrong("kind", &Why::Missing);
    }
    let latin = permit::latin(form.one("latin")).map_err(|why| wrong("latin", &why)).ok();
    let native = match form.one("native").trim() {
        "" => None,
        typed => permit::native(typed).map_err(|why| wrong("native", &why)).ok(),
    };
    let birth = permit::birth(form.one("birth"));
    let birth = birth.map_err(|why| wrong("birth", &why)).ok();
    let (Some(kind), Some(latin), Some(birth), true) = (kind, latin, birth, errors.is_empty())
    else {
        return Ok(Err(errors));
    };
    let region = form.one("region").parse().ok();
    let people = form.one("people").parse().unwrap_or(1);
    let person = Person { latin, native, birth, region, people };
    let (salt, language) = (salt()?, language(form));
    let basis = Some(form.one("basis").trim()).filter(|it| !it.is_empty()).map(str::to_owned);
    Ok(Ok(CaseAct::Open { kind, person, language, basis, salt }))
}

fn shown(visit: &Visit<'_>, site: &Site, form: &Form, errors: Errors) -> Done {
    let places = visit.pages.places();
    let kinds = CaseKind::ALL.map(|it| {
        let value = kind_value(it);
        Choice::new(value, said::case_kind(it, visit.words), form.one("kind") == value)
    });
    let chosen = |value: &str, other: &str| form.one(value) == other;
    let mut regions = vec![Choice::new("", visit.t("desk-case-region-none"), false)];
    regions.extend(places.regions(visit.words.lang()).into_iter().map(|(number, name)| {
        let number = number.to_string();
        let is = chosen("region", &number);
        Choice::new(&number, name, is)
    }));
    let people = (1..=Person::MOST).map(|n| {
        let n = n.to_string();
        let is = chosen("people", &n);
        Choice::new(&n, n.clone(), is)
    });
    let language = Some(form.one("language")).filter(|it| !it.is_empty()).unwrap_or("ko");
    let languages = [Language::Zh, Language::Ko, Language::En].map(|it| {
        let tag = match it {
            Language::Zh => "zh",
            Language::Ko => "ko",
            Language::En => "en",
        };
        Choice::new(tag, facts::language(it).to_owned(), language == tag)
    });
    let text = |name: &str, id: &str| Field::text(name, visit.t(id), form.one(name));
    let mut fields = vec![
        text("kind", "desk-case-kind")
            .of(Kind::One(kinds.into()))
            .hint(visit.t("desk-case-kind-hint"))
            .wide(),
        text("native", "card-name-native").hint(visit.t("desk-native-hint")),
        text("latin", "card-name-latin").hint(visit.t("desk-case-latin-hint")),
        text("birth", "card-birth").hint(visit.t("desk-birth-hint")),
        text("region", "card-home").of(Kind::List(regions)),
        text("people", "desk-case-people")
            .of(Kind::List(people.collect()))
            .hint(visit.t("desk-case-people-hint")),
        text("basis", "desk-case-basis").hint(visit.t("desk-case-basis-hint")),
        text("language", "desk-applicant-language").of(Kind::One(languages.into())).wide(),
    ];
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    for (name, error) in errors {
        fields.iter_mut().filter(|it| it.name == name).for_each(|it| it.error.clone_from(&error));
    }
    let frame = Frame::new(visit, site, visit.t("desk-case-new"));
    let mut sheet = Sheet::new(frame, "/cases".to_owned()).fields(fields);
    sheet.buttons.push(("receive", visit.t("desk-case-receive")));
    html(status, sheet.render())
}

const fn kind_value(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Resettlement => "resettlement",
        CaseKind::Return => "return",
        CaseKind::ArmyFamily => "army-family",
    }
}
