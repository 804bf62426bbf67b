//! Delegating to special personnel (R13): one supervisor says what, and signs; another looks at the same and signs, each at a
//! seat of their own. What they take along is one file under a passphrase, and its entry for the side's list.

use std::path::PathBuf;

use askama::Template as _;
use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::IntoResponse as _,
};
use permit_core::sha256;
use permit_record::{Delegation, Role};
use permit_signing::{
    NewPassphrase,
    draft::Date,
    permit::{Why, iso},
};
use permit_web::Form;

use super::{
    super::{
        super::{
            Asker, enter,
            field::{Choice, Field, Kind},
            frame::{Frame, Sheet},
            visit::{Done, Trouble, Visit, go, html},
        },
        facts,
    },
    delegations::shown,
    enrol::{chosen, own_field, own_key},
};
use crate::{
    delegation::{self, Asked, Begun},
    home::Home,
    registry::RegistryError,
    rules::{Denied, LONGEST_DELEGATION},
    said,
    site::Site,
};

type Errors = Vec<(&'static str, String)>;

/// Where a delegation of this number is made, and the file that comes of it.
pub(super) fn places(home: &Home, station: u16) -> [PathBuf; 2] {
    let inside = home.folder().join("delegated");
    [inside.join(format!("{station:05}")), inside.join(format!("{station:05}.desk"))]
}

/// What waits for a second supervisor.
pub(super) fn waiting(home: &Home) -> Vec<Begun> {
    let folders = std::fs::read_dir(home.folder().join("delegated")).into_iter().flatten();
    let mut all: Vec<Begun> =
        folders.flatten().filter_map(|it| delegation::begun(&it.path())).collect();
    all.sort_by_key(|it| it.delegation.station);
    all
}

/// The first supervisor's part.
pub(in super::super::super) async fn first(visit: &Visit<'_>, form: &Form) -> Done {
    let (asked, second) = {
        let site = visit.site().await?;
        if !visit.posts {
            return form_of(visit, &site, form, Errors::new());
        }
        match read(visit, &site, form) {
            Ok(read) => read,
            Err(errors) => return form_of(visit, &site, form, errors),
        }
    };
    let own = own_key(visit, form).await?;
    let site = visit.site().await?;
    let own = match own {
        Ok(own) => own,
        Err(said) => return form_of(visit, &site, form, vec![("passphrase", said)]),
    };
    let [folder, _] = places(&site.home, asked.station);
    match delegation::begin(&site, &folder, &asked, ((visit.by, &own), second)) {
        Ok(_) => Ok(go("/delegations")),
        Err(RegistryError::Denied(why)) => {
            let field = match why {
                Denied::StationNumber { .. } => "number",
                Denied::NotServed { .. } => "region",
                Denied::TooManyDays { .. } => "through",
                Denied::TextTooLong { .. } | Denied::TextMissing | Denied::Character { .. } => {
                    "communes"
                }
                Denied::NotTwoSupervisors => "second",
                other => return Err(other.into()),
            };
            form_of(visit, &site, form, vec![(field, said::denied(&why, visit.words))])
        }
        Err(RegistryError::Home { .. }) if folder.exists() => {
            let taken =
                said::denied(&Denied::StationNumber { station: asked.station }, visit.words);
            form_of(visit, &site, form, vec![("number", taken)])
        }
        Err(other) => Err(other.into()),
    }
}

/// What was filled in, and who signs second.
fn read(visit: &Visit<'_>, site: &Site, form: &Form) -> Result<(Asked, u16), Errors> {
    let mut errors = Errors::new();
    let office = site.registry.desk().office();
    let mut number = |name: &'static str, most: u32| {
        let typed = form.one(name).trim().parse::<u32>().ok();
        let number = typed.filter(|it| (1..=most).contains(it));
        if number.is_none() {
            errors.push((name, said::why(&Why::Number { least: 1, most }, visit.words)));
        }
        number.unwrap_or_default()
    };
    let station = u16::try_from(number("number", u16::MAX.into())).unwrap_or_default();
    let quota = number("quota", u32::MAX);
    let days = ["from", "through"].map(|name| {
        let date = iso(form.one(name)).parse::<Date>().ok();
        if date.is_none() {
            errors.push((name, visit.t("desk-why-date")));
        }
        date.map(|date| date.0)
    });
    if let [Some(from), Some(through)] = days
        && through < from
    {
        errors.push(("through", said::why(&Why::BeforeFrom { from }, visit.words)));
    }
    let communes: Vec<String> = form
        .one("communes")
        .lines()
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect();
    let numbers = |name| -> Vec<u16> { form.all(name).filter_map(|it| it.parse().ok()).collect() };
    let (regions, officers) = (numbers("region"), numbers("officers"));
    let present = |it: &u16| office.officers().any(|of| of.number == *it && of.dismissed.is_none());
    let officers: Vec<u16> = officers.into_iter().filter(present).collect();
    let second = form.one("second").parse().unwrap_or_default();
    for (name, is_missing) in [
        ("region", regions.is_empty()),
        ("communes", communes.is_empty()),
        ("officers", officers.is_empty()),
        ("second", second == 0),
    ] {
        if is_missing {
            errors.push((name, visit.t("row-missing")));
        }
    }
    match (days, errors.is_empty()) {
        ([Some(from), Some(through)], true) => {
            let asked = Asked { station, regions, communes, from, through, quota, officers };
            Ok((asked, second))
        }
        _ => Err(errors),
    }
}

fn form_of(visit: &Visit<'_>, site: &Site, form: &Form, errors: Errors) -> Done {
    let (office, moment) = (site.registry.desk().office(), visit.moment(site));
    let chosen = |name: &str, value: &str| form.all(name).any(|it| it == value);
    let regions = visit.pages.places().regions(visit.words.lang());
    let regions = regions.into_iter().filter(|(it, _)| office.serves(*it, moment.sequence));
    let regions = regions.map(|(number, name)| {
        let value = number.to_string();
        let is = chosen("region", &value);
        Choice::new(&value, name, is)
    });
    let present = || office.officers().filter(|it| it.dismissed.is_none());
    let who = |name: &'static str, number: u16| {
        let value = number.to_string();
        let is = chosen(name, &value);
        Choice::new(&value, facts::officer(site, number, visit.words), is)
    };
    let officers = present().map(|it| who("officers", it.number));
    let others = present().filter(|it| it.number != visit.by && it.is(Role::Supervisor));
    let others = others.map(|it| who("second", it.number));
    let text = |name: &str, id: &str| Field::text(name, visit.t(id), form.one(name));
    let longest = [("days", LONGEST_DELEGATION.into())];
    let mut fields = vec![
        text("number", "desk-number").hint(visit.t("desk-delegate-number-hint")),
        text("quota", "desk-delegate-quota").hint(visit.t("desk-delegate-quota-hint")),
        text("from", "desk-delegate-from").hint(visit.t("desk-date-hint")),
        text("through", "desk-delegate-through")
            .hint(visit.words.with("desk-delegate-through-hint", &longest)),
        text("region", "desk-delegate-region").of(Kind::Any(regions.collect())).wide(),
        text("communes", "desk-communes")
            .of(Kind::Lines)
            .hint(visit.t("desk-delegate-communes-hint"))
            .wide(),
        text("officers", "desk-delegate-officers")
            .of(Kind::Any(officers.collect()))
            .hint(visit.t("desk-delegate-officers-hint"))
            .wide(),
        text("second", "desk-delegate-second").of(Kind::One(others.collect())).wide(),
    ];
    fields.extend(own_field(visit, site, String::new()));
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = Frame::new(visit, site, visit.t("desk-delegate"));
    let mut sheet = Sheet::new(frame, "/delegations".to_owned());
    for (name, error) in errors {
        match fields.iter_mut().find(|field| field.name == name) {
            Some(field) => field.error = error,
            None => sheet.wrong.push(error),
        }
    }
    sheet = sheet.fields(fields);
    sheet.lead.push(visit.t("desk-delegate-lead"));
    sheet.buttons.push(("sign", visit.t("desk-sign")));
    html(status, sheet.render())
}

/// What is signed, as both supervisors are shown it.
fn digest(delegation: &Delegation) -> String {
    facts::hex(&sha256(&[&minicbor::to_vec(delegation).unwrap_or_default()]))
}

/// The second supervisor's part; and packing, where a break came between it and the signature.
pub(in super::super::super) async fn second(visit: &Visit<'_>, form: &Form) -> Done {
    let station = u16::try_from(visit.number).map_err(|_| Trouble::Nowhere)?;
    let (folder, begun, given) = {
        let site = visit.site().await?;
        let [folder, _] = places(&site.home, station);
        let begun = delegation::begun(&folder);
        let given = site.registry.desk().office().delegations().any(|it| it.station == station);
        if begun.is_none() && !(given && folder.exists()) {
            return Err(Trouble::Nowhere);
        }
        (folder, begun.filter(|_| !given), given)
    };
    if visit.posts && form.one("do") == "drop" && !given {
        let _site = visit.site().await?;
        delegation::drop_begun(&folder)?;
        return Ok(go("/delegations"));
    }
    let mut errors = Errors::new();
    if visit.posts {
        match signed(visit, form, (station, begun.as_ref())).await? {
            Ok(()) => return Ok(go(&format!("/delegations/{station}"))),
            Err(wrong) => errors = wrong,
        }
    }
    let site = visit.site().await?;
    second_of(visit, &site, (station, begun.as_ref()), errors)
}

/// What is signed, or only packed, and what for.
fn second_of(
    visit: &Visit<'_>,
    site: &Site,
    (station, begun): (u16, Option<&Begun>),
    errors: Errors,
) -> Done {
    let title = format!("{} {station:05}", visit.t("desk-delegate"));
    let mut sheet = Sheet::new(Frame::new(visit, site, title), "/delegations".to_owned());
    let mut fields = Vec::new();
    if !enter::is_open(visit.pages, site, visit.by) {
        let secret = |name: &str, id: &str| Field::text(name, visit.t(id), "").of(Kind::Secret);
        let hint = visit.t("desk-delegate-passphrase-hint");
        fields.push(secret("chosen", "desk-delegate-passphrase").hint(hint));
        fields.push(secret("again", "desk-enrol-again"));
    }
    let mine = begun.is_none_or(|it| it.by[1] == visit.by);
    if let Some(begun) = begun {
        sheet.lead.push(visit.t("desk-delegate-second-lead"));
        sheet.facts = shown(visit, &begun.delegation, 0);
        let who = begun.officers.iter().map(|it| facts::officer(site, it.officer, visit.words));
        sheet.facts.push((visit.t("desk-delegate-officers"), who.collect::<Vec<_>>().join(" · ")));
        let [first, second] = begun.by.map(|by| facts::officer(site, by, visit.words));
        sheet.facts.push((visit.t("desk-enrol-first"), first));
        sheet.facts.push((visit.t("desk-delegate-second"), second));
        let digest = digest(&begun.delegation);
        sheet.hidden.push(("digest".to_owned(), digest.clone()));
        sheet.digest = digest;
        fields.extend(own_field(visit, site, String::new()));
        sheet.buttons.extend(mine.then(|| ("sign", visit.t("desk-sign"))));
        sheet.buttons.push(("drop", visit.t("desk-delegate-drop")));
    } else {
        sheet.lead.push(visit.t("desk-delegate-pack-lead"));
        sheet.buttons.push(("sign", visit.t("desk-delegate-pack")));
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    for (name, error) in errors {
        match fields.iter_mut().find(|field| field.name == name) {
            Some(field) => field.error = error,
            None => sheet.wrong.push(error),
        }
    }
    if mine {
        sheet = sheet.fields(fields);
    }
    html(status, sheet.render())
}

/// Signs what was shown, makes the desk, and packs it; or what is wrong with what was typed.
async fn signed(
    visit: &Visit<'_>,
    form: &Form,
    (station, begun): (u16, Option<&Begun>),
) -> Result<Result<(), Errors>, Trouble> {
    let mut errors = Errors::new();
    let (folder, under) = {
        let site = visit.site().await?;
        let [folder, _] = places(&site.home, station);
        (folder, chosen(visit, &site, form, &mut errors))
    };
    if begun.is_some_and(|it| it.by[1] != visit.by) {
        return Ok(Err(vec![("", said::denied(&Denied::NotTwoSupervisors, visit.words))]));
    }
    if begun.is_some_and(|it| form.one("digest") != digest(&it.delegation)) {
        return Ok(Err(vec![("", visit.t("desk-digest-other"))]));
    }
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    if let Some(begun) = begun {
        let own = match own_key(visit, form).await? {
            Ok(own) => own,
            Err(said) => return Ok(Err(vec![("passphrase", said)])),
        };
        let mut site = visit.site().await?;
        delegation::finish(&mut site, &folder, begun, &own).await?;
    }
    let bytes = packed(visit, folder.clone(), under).await?;
    let site = visit.site().await?;
    let [_, file] = places(&site.home, station);
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    crate::home::replace(file.parent().unwrap_or(&folder), name, &bytes)?;
    // Its keys are nowhere but in the file from here on.
    delegation::drop_begun(&folder)?;
    Ok(Ok(()))
}

/// Sealing costs what opening does, and takes its turn as that.
async fn packed(
    visit: &Visit<'_>,
    folder: PathBuf,
    under: Option<NewPassphrase>,
) -> Result<Vec<u8>, Trouble> {
    let turn = visit.pages.signing.turns.wait(Asker::Officer(visit.by)).await;
    let turn = turn.map_err(|_| Trouble::Broken("desk-enter-busy"))?;
    let packed = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        delegation::pack(&folder, under.as_ref())
    });
    Ok(packed.await.map_err(|_| Trouble::Broken("desk-broken-folder"))??)
}

/// The file that special personnel take along; and that they have it, so that it is not here any more.
pub(in super::super::super) async fn hand_out(visit: &Visit<'_>) -> Done {
    let station = u16::try_from(visit.number).map_err(|_| Trouble::Nowhere)?;
    let site = visit.site().await?;
    let [_, file] = places(&site.home, station);
    if visit.posts {
        std::fs::remove_file(&file).map_err(|_| Trouble::Nowhere)?;
        return Ok(go(&format!("/delegations/{station}")));
    }
    let bytes = std::fs::read(&file).map_err(|_| Trouble::Nowhere)?;
    download(&format!("{station:05}.desk"), "application/octet-stream", bytes)
}

/// The entry for the side's station list.
pub(in super::super::super) async fn entry(visit: &Visit<'_>) -> Done {
    let station = u16::try_from(visit.number).map_err(|_| Trouble::Nowhere)?;
    let site = visit.site().await?;
    if !site.registry.desk().office().delegations().any(|it| it.station == station) {
        return Err(Trouble::Nowhere);
    }
    let text = delegation::entry(&site, station)?;
    download(&format!("{station:05}-station.toml"), "text/plain; charset=utf-8", text.into_bytes())
}

fn download(name: &str, kind: &'static str, bytes: Vec<u8>) -> Done {
    let name = format!("attachment; filename=\"{name}\"");
    let name = HeaderValue::from_str(&name).map_err(|_| Trouble::Broken("desk-broken-page"))?;
    let kind = HeaderValue::from_static(kind);
    Ok(([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, name)], bytes).into_response())
}
