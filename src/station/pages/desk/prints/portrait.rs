//! The portrait on a card: chosen or taken, cut out, and taken off again.
//!
//! The page's script cuts out what is seen and hands that in; without it the server cuts about the middle. Nothing of it is
//! recorded but the digest of one that goes into the code: the portrait is [beside the record](crate::card::portrait) and goes with
//! the card. What is in the code is signed, so that it is chosen with the signature: of a permit that is signed already the
//! next copy has it.

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::IntoResponse as _,
};
use permit_card::{NotAPortrait, Portrait};
use permit_web::{Handed, UsesCamera};
use permit_words::Value;

use super::super::{
    super::{
        field::{Choice, Field, Kind},
        frame::{Frame, Sheet},
        visit::{Done, Trouble, Visit, go, html},
        ways::step_path,
    },
    office::designs::layout_name,
};
use crate::{
    card::portrait::{self, Kept},
    rules::{Application, Denied, Layout, Moment, Step},
    site::Site,
};

#[derive(Debug, Template)]
#[template(path = "portrait.html")]
struct Page<'v> {
    f: Frame<'v>,
    form: Sheet<'v>,
    /// Why none can go into the code.
    narrow: Vec<String>,
    number: u32,
    /// Whether there is one now that can be taken off.
    there: bool,
    /// What handing it in does, which the form says again: "keep", or the act that signs; and what the button says.
    act: &'static str,
    keep: String,
}

impl Page<'_> {
    /// What is cut out: how large, from where; the ids that the script knows.
    const fn sliders(&self) -> [(&'static str, &'static str); 3] {
        [
            ("zoom", "desk-portrait-zoom"),
            ("across", "desk-portrait-across"),
            ("down", "desk-portrait-down"),
        ]
    }
}

/// How a permit of this state is signed with a portrait: the first time, or as its next copy.
fn signing(application: &Application, moment: &Moment<'_>) -> Option<Step> {
    let open = application.open_to(moment);
    [Step::Issue, Step::Reprint].into_iter().find(|step| open.contains(step))
}

/// Whether a portrait can be put on its card, or into its code.
pub(in super::super) fn offered(application: &Application, moment: &Moment<'_>) -> bool {
    portrait::is_taken(application) || signing(application, moment).is_some()
}

/// The page; and what is handed in on it.
pub(in super::super::super) async fn page(visit: &Visit<'_>, handed: Handed) -> Done {
    let mut wrong = None;
    if visit.posts && handed.form.one("do") == "drop" {
        visit.site().await?.put_portrait(visit.number, None)?;
        return Ok(go(&format!("/applications/{}/portrait", visit.number)));
    }
    let in_code = handed.form.has("code");
    if visit.posts {
        match taken(visit, handed, in_code).await? {
            Ok(()) => return Ok(go(&format!("/applications/{}/print", visit.number))),
            Err(why) => wrong = Some(why),
        }
    }
    let site = visit.site().await?;
    let application = site.registry.desk().application(visit.number).ok_or(Trouble::Nowhere)?;
    let (moment, is_taken) = (visit.moment(&site), portrait::is_taken(application));
    if !offered(application, &moment) {
        return Err(Denied::State(application.stored()).into());
    }
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let said = wrong.map(|why| refusal(visit, why)).unwrap_or_default();
    let (width, height) = Portrait::LEAST;
    let hint = [("width", width.into()), ("height", height.into())];
    let hint = visit.words.with("desk-portrait-hint", &hint);
    let file = Field::text("portrait", visit.t("desk-portrait-file"), "");
    let file = file.of(Kind::File("image/jpeg,image/png,image/webp")).hint(hint).wrong(said);
    let choice = Choice::new("yes", visit.t("desk-portrait-too"), in_code);
    let code = Field::text("code", visit.t("desk-portrait-code"), "");
    let code = code.of(Kind::Any(vec![choice])).hint(visit.t("desk-portrait-code-hint"));
    let title = visit.t("desk-portrait");
    let back = format!("/applications/{}", visit.number);
    let form = Sheet::new(Frame::new(visit, &site, title.clone()), back);
    let (act, keep) = match (is_taken, signing(application, &moment)) {
        (false, Some(Step::Issue)) => (step_path(Step::Issue), "desk-portrait-sign"),
        (false, Some(step)) => (step_path(step), "desk-portrait-next"),
        _ => ("keep", "desk-portrait-keep"),
    };
    // What is signed and not printed yet has no next copy.
    let signs = signing(application, &moment).is_some();
    let narrow = if signs { narrow(&site)? } else { Vec::new() };
    let fields = [file.wide()].into_iter().chain((signs && narrow.is_empty()).then(|| code.wide()));
    let narrow = narrow.into_iter().map(|layout| {
        let layout = [("layout", Value::Spoken(visit.t(layout_name(layout))))];
        visit.words.with("desk-portrait-code-narrow", &layout)
    });
    let page = Page {
        f: Frame::new(visit, &site, title),
        form: form.fields(fields.collect()),
        narrow: narrow.collect(),
        number: visit.number,
        // One that does not open is taken off or replaced as well.
        there: is_taken && !matches!(site.portrait(visit.number), Ok(None)),
        act,
        keep: visit.t(keep),
    };
    let mut answer = html(status, page.render())?;
    answer.extensions_mut().insert(UsesCamera);
    Ok(answer)
}

/// Puts what was handed in on the card, and into the code where that was chosen; without a file, what is on the card goes
/// into the code.
async fn taken(
    visit: &Visit<'_>,
    handed: Handed,
    in_code: bool,
) -> Result<Result<(), NotAPortrait>, Trouble> {
    let (step, room, file) = {
        let site = visit.site().await?;
        let application = site.registry.desk().application(visit.number).ok_or(Trouble::Nowhere)?;
        let is_taken = portrait::is_taken(application);
        // A permit is signed where the page said so, and not because something was done meanwhile.
        let said =
            |step: &Step| (in_code && is_taken) || handed.form.one("act") == step_path(*step);
        let step = signing(application, &visit.moment(&site)).filter(said);
        let narrow = in_code && !narrow(&site)?.is_empty();
        if narrow || (step.is_none() && (in_code || !is_taken)) {
            return Err(Denied::State(application.stored()).into());
        }
        let room = match step.filter(|_| in_code) {
            Some(step) => Some(site.room((step, visit.number), visit.by)?),
            None => None,
        };
        let kept = match handed.file.is_empty() && in_code {
            true => site.portrait(visit.number)?.map(|it| it.card),
            false => None,
        };
        (step, room, kept.unwrap_or(handed.file))
    };
    // Reading takes as much memory as a picture has pixels: one at a time.
    let turn = visit.pages.portraits.lock().await;
    let read = tokio::task::spawn_blocking(move || {
        let portrait = Portrait::of(&file)?;
        let code =
            room.map(|room| portrait.small(room).ok_or(NotAPortrait::Damaged)).transpose()?;
        Ok((portrait, code))
    });
    let read = read.await.unwrap_or(Err(NotAPortrait::Damaged));
    drop(turn);
    let (portrait, code) = match read {
        Ok(read) => read,
        Err(why) => return Ok(Err(why)),
    };
    let mut site = visit.site().await?;
    match step {
        Some(step) => {
            let kept = Kept { card: portrait.as_bytes().to_vec(), code };
            site.sign_with((step, visit.number), visit.by, &kept).await?;
        }
        None => site.put_portrait(visit.number, Some(&portrait))?,
    }
    Ok(Ok(()))
}

/// Layouts whose cards could not be drawn with a portrait in the code; asked before one is signed.
fn narrow(site: &Site) -> Result<Vec<Layout>, Trouble> {
    site.without_portrait_code().map_err(|_| Trouble::Broken("desk-broken-design"))
}

/// The portrait as it is printed.
pub(in super::super::super) async fn picture(visit: &Visit<'_>) -> Done {
    let portrait = visit.site().await?.portrait(visit.number)?.ok_or(Trouble::Nowhere)?;
    Ok(([(CONTENT_TYPE, HeaderValue::from_static("image/jpeg"))], portrait.card).into_response())
}

/// The portrait as the code holds it.
pub(in super::super::super) async fn in_code(visit: &Visit<'_>) -> Done {
    let portrait = visit.site().await?.portrait(visit.number)?;
    let code = portrait.and_then(|it| it.code).ok_or(Trouble::Nowhere)?;
    Ok(([(CONTENT_TYPE, HeaderValue::from_static("image/webp"))], code).into_response())
}

fn refusal(visit: &Visit<'_>, why: NotAPortrait) -> String {
    let (width, height) = Portrait::LEAST;
    match why {
        NotAPortrait::Kind => visit.t("desk-portrait-kind"),
        NotAPortrait::Large => {
            let most = Portrait::MOST / 1_000_000;
            visit.words.with("desk-portrait-large", &[("most", most.into())])
        }
        NotAPortrait::Small => {
            let least = [("width", width.into()), ("height", height.into())];
            visit.words.with("desk-portrait-small", &least)
        }
        _ => visit.t("desk-portrait-damaged"),
    }
}
