//! A request on its way to a page: who asks, whether the form is theirs; and what goes wrong, said.

use std::time::Instant;

use askama::Template as _;
use axum::{
    extract::Request,
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{CONTENT_TYPE, LOCATION, SET_COOKIE},
    },
    response::{IntoResponse as _, Response},
};
use permit_web::Form;
use permit_words::Words;

use super::{
    Inner, enter,
    frame::{Fault, Frame},
    held, overview, report, station, terminal,
    ways::{Page, Way},
};
use crate::{Failed, Officer};

/// An officer, asking for something.
#[derive(Debug)]
pub(super) struct Visit<'p> {
    pub(super) pages: &'p Inner,
    pub(super) words: &'p Words,
    pub(super) by: u16,
    pub(super) name: String,
    /// What each form of the session carries.
    pub(super) token: String,
    pub(super) path: String,
}

/// What comes of it.
pub(super) type Done = Result<Response, Trouble>;

/// Why a page cannot be shown.
#[derive(Debug)]
pub(super) enum Trouble {
    /// There is no such thing.
    Nowhere,
    /// The form is not one of this session's.
    OtherForm,
    /// What was handed in is no form, or too much.
    NotAForm,
    /// Folder, lists or database; or the page itself.
    Broken,
}

impl From<Failed> for Trouble {
    fn from(_: Failed) -> Self {
        Self::Broken
    }
}

impl From<askama::Error> for Trouble {
    fn from(_: askama::Error) -> Self {
        Self::Broken
    }
}

impl Visit<'_> {
    pub(super) fn t(&self, id: &str) -> String {
        self.words.get(id)
    }

    /// The part of the address after the first.
    pub(super) fn part(&self, at: usize) -> &str {
        self.path.split('/').nth(at).unwrap_or_default()
    }
}

/// The answer to a request.
pub(super) async fn answer(pages: &Inner, way: &Way, request: Request) -> Response {
    if way.anybody {
        return match way.page {
            Page::Look => css(),
            Page::Enter => enter::page(pages, request).await,
            _ => StatusCode::NO_CONTENT.into_response(),
        };
    }
    let headers = request.headers().clone();
    let token = pages.door.token(&headers).unwrap_or_default().to_owned();
    let session = held(&pages.sessions).find(&token, Instant::now());
    let path = request.uri().path().to_owned();
    let session = session.filter(|session| !session.locked);
    let officer = match session.as_ref().map(|it| enrolled(pages, &it.who)).transpose() {
        Ok(officer) => officer.flatten(),
        Err(_) => return fault(pages, None, StatusCode::SERVICE_UNAVAILABLE, "house-broken"),
    };
    let (Some(session), Some(officer)) = (session, officer) else {
        return match *request.method() {
            Method::POST => fault(pages, None, StatusCode::FORBIDDEN, "house-not-signed-in"),
            _ => go(&format!("/enter?to={path}")),
        };
    };
    let lang = held(&pages.langs).get(&officer.number).copied().unwrap_or(pages.lang);
    let visit = Visit {
        pages,
        words: pages.words(lang),
        by: officer.number,
        name: officer.name,
        token: session.form,
        path,
    };
    match done(&visit, way, request, (&token, &headers)).await {
        Ok(response) => response,
        Err(trouble) => {
            let (status, id) = match trouble {
                Trouble::Nowhere => (StatusCode::NOT_FOUND, "desk-nowhere"),
                Trouble::OtherForm => (StatusCode::FORBIDDEN, "desk-other-form"),
                Trouble::NotAForm => (StatusCode::BAD_REQUEST, "desk-not-a-form"),
                Trouble::Broken => (StatusCode::SERVICE_UNAVAILABLE, "house-broken"),
            };
            fault(pages, Some(&visit), status, id)
        }
    }
}

/// The officer, while it is one and has the key that it signed in with.
fn enrolled(pages: &Inner, (number, key): &(u16, String)) -> Result<Option<Officer>, Failed> {
    let mut all = pages.site.home.officers()?.into_iter();
    Ok(all.find(|it| it.number == *number && it.key == *key && !it.dismissed))
}

async fn done(
    visit: &Visit<'_>,
    way: &Way,
    request: Request,
    (token, headers): (&str, &HeaderMap),
) -> Done {
    let form = if *request.method() == Method::POST {
        let handed = permit_web::handed(request).await.map_err(|_| Trouble::NotAForm)?;
        if handed.form.one("token") != visit.token {
            return Err(Trouble::OtherForm);
        }
        handed.form
    } else {
        Form::default()
    };
    match way.page {
        Page::Look | Page::Icon | Page::Enter => Err(Trouble::Nowhere),
        Page::Leave => Ok(enter::leave(visit, token, headers)),
        Page::Lock => Ok(enter::lock(visit, token)),
        Page::Language => enter::language(visit, &form),
        Page::Overview => overview::page(visit).await,
        Page::Terminal => terminal::page(visit).await,
        Page::Station => station::page(visit).await,
        Page::Reports => report::all(visit).await,
        Page::Report => report::one(visit).await,
        Page::File => report::file(visit),
    }
}

/// To another page, which is asked for and not handed in again.
pub(super) fn go(path: &str) -> Response {
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

/// The same, with a cookie.
pub(super) fn go_with(path: &str, cookie: Option<HeaderValue>) -> Response {
    let mut response = go(path);
    if let Some(cookie) = cookie {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

/// A page.
pub(super) fn html(status: StatusCode, rendered: askama::Result<String>) -> Done {
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    Ok((status, [(CONTENT_TYPE, kind)], rendered?).into_response())
}

/// What is at no address.
pub(super) fn nowhere(pages: &Inner) -> Response {
    fault(pages, None, StatusCode::NOT_FOUND, "desk-nowhere")
}

/// A page that says what went wrong, and nothing of what was handed in.
fn fault(pages: &Inner, visit: Option<&Visit<'_>>, status: StatusCode, id: &str) -> Response {
    let words = visit.map_or_else(|| pages.words(pages.lang), |visit| visit.words);
    let f = Frame::alone(pages, words, words.get("house-fault-title"));
    let page = Fault { f, said: words.get(id) };
    html(status, page.render())
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn css() -> Response {
    let kind = HeaderValue::from_static("text/css; charset=utf-8");
    ([(CONTENT_TYPE, kind)], permit_web::LOOK).into_response()
}
