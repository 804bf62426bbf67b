//! The portrait on a card: chosen or taken, cut out, and taken off again.
//!
//! The page's script cuts out what is seen and hands that in; without it the server cuts about the middle. Nothing is
//! recorded: the portrait is [beside the record](crate::portrait) and goes with the card.

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::IntoResponse as _,
};
use permit_card::{NotAPortrait, Portrait};
use permit_web::{Handed, UsesCamera};

use super::super::super::{
    field::{Field, Kind},
    frame::{Frame, Sheet},
    visit::{Done, Trouble, Visit, go, html},
};
use crate::{portrait, rules::Denied};

#[derive(Debug, Template)]
#[template(path = "portrait.html")]
struct Page<'v> {
    f: Frame<'v>,
    form: Sheet<'v>,
    number: u32,
    /// Whether there is one now.
    there: bool,
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

/// The page; and what is handed in on it.
pub(in super::super::super) async fn page(visit: &Visit<'_>, handed: Handed) -> Done {
    let back = format!("/applications/{}/print", visit.number);
    let mut wrong = None;
    if visit.posts && handed.form.one("do") == "drop" {
        visit.site().await?.put_portrait(visit.number, None)?;
        return Ok(go(&format!("/applications/{}/portrait", visit.number)));
    }
    if visit.posts {
        // Reading takes as much memory as a picture has pixels: one at a time.
        let turn = visit.pages.portraits.lock().await;
        let read = tokio::task::spawn_blocking(move || Portrait::of(&handed.file)).await;
        drop(turn);
        match read.unwrap_or(Err(NotAPortrait::Damaged)) {
            Ok(portrait) => {
                visit.site().await?.put_portrait(visit.number, Some(&portrait))?;
                return Ok(go(&back));
            }
            Err(why) => wrong = Some(why),
        }
    }
    let site = visit.site().await?;
    let application = site.registry.desk().application(visit.number).ok_or(Trouble::Nowhere)?;
    let state = application.stored();
    if !portrait::is_taken(state) {
        return Err(Denied::State(state).into());
    }
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let said = wrong.map(|why| refusal(visit, why)).unwrap_or_default();
    let (width, height) = Portrait::LEAST;
    let hint = [("width", width.into()), ("height", height.into())];
    let hint = visit.words.with("desk-portrait-hint", &hint);
    let field = Field::text("portrait", visit.t("desk-portrait-file"), "");
    let field = field.of(Kind::File("image/jpeg,image/png,image/webp")).hint(hint).wrong(said);
    let title = visit.t("desk-portrait");
    let form = Sheet::new(Frame::new(visit, &site, title.clone()), back).fields(vec![field.wide()]);
    let page = Page {
        f: Frame::new(visit, &site, title),
        form,
        number: visit.number,
        // One that does not open is taken off or replaced as well.
        there: !matches!(site.portrait(visit.number), Ok(None)),
    };
    let mut answer = html(status, page.render())?;
    answer.extensions_mut().insert(UsesCamera);
    Ok(answer)
}

/// The portrait as it is printed.
pub(in super::super::super) async fn picture(visit: &Visit<'_>) -> Done {
    let portrait = visit.site().await?.portrait(visit.number)?.ok_or(Trouble::Nowhere)?;
    Ok(([(CONTENT_TYPE, HeaderValue::from_static("image/jpeg"))], portrait).into_response())
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
