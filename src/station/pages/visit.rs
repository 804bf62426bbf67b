//! A request on its way to a page: who asks, whether they may, whether the form is theirs; and what goes wrong, said.

use askama::Template;
use std::time::Instant;

use axum::{
    extract::Request,
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{CONTENT_TYPE, LOCATION, SET_COOKIE},
    },
    response::{IntoResponse as _, Response},
};
use permit_record::Role;
use permit_web::{Form, Handed, UsesCamera};
use permit_words::Words;
use tokio::sync::MutexGuard;

use super::{
    Inner, desk, enter,
    frame::{Fault, Frame},
    held,
    ways::{By, Page, Way},
};
use crate::{
    card::NotDrawn,
    registry::RegistryError,
    rules::{Denied, Moment, Origin},
    said,
    site::{Site, SiteError},
};

/// Somebody at the desk, asking for something.
#[derive(Debug)]
pub(super) struct Visit<'p> {
    pub(super) pages: &'p Inner,
    pub(super) words: &'p Words,
    pub(super) by: u16,
    /// What each form of the session carries.
    pub(super) token: String,
    pub(super) path: String,
    /// The number in the address; 0 where it has none.
    pub(super) number: u32,
    /// Whether something is handed in.
    pub(super) posts: bool,
}

/// What comes of it.
pub(super) type Done = Result<Response, Trouble>;

/// Why a page cannot be shown, or an act not be done.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The rules say no.
    Denied(Denied),
    /// There is no such thing.
    Nowhere,
    /// The form is not one of this session's.
    OtherForm,
    /// What was handed in is no form, or too much.
    NotAForm,
    /// A message, and what the system said.
    Broken(&'static str),
}

impl From<RegistryError> for Trouble {
    fn from(error: RegistryError) -> Self {
        match error {
            RegistryError::Denied(denied) => Self::Denied(denied),
            RegistryError::Store(_) => Self::Broken("desk-broken-database"),
            RegistryError::NoStationKey => Self::Broken("desk-broken-key"),
            RegistryError::Home { .. } | RegistryError::Key(_) | RegistryError::Randomness(_) => {
                Self::Broken("desk-broken-folder")
            }
            _ => Self::Broken("desk-broken-record"),
        }
    }
}

impl From<SiteError> for Trouble {
    fn from(error: SiteError) -> Self {
        match error {
            SiteError::Registry(error) => error.into(),
            SiteError::Lists(_) => Self::Broken("desk-broken-key"),
        }
    }
}

impl From<NotDrawn> for Trouble {
    fn from(error: NotDrawn) -> Self {
        match error {
            NotDrawn::Site(error) => error.into(),
            NotDrawn::Design(_) => Self::Broken("desk-broken-design"),
            _ => Self::Broken("desk-broken-card"),
        }
    }
}

impl From<Denied> for Trouble {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<askama::Error> for Trouble {
    fn from(_: askama::Error) -> Self {
        Self::Broken("desk-broken-page")
    }
}

impl Visit<'_> {
    /// The desk, as it is now: what others have recorded meanwhile is taken first.
    pub(super) async fn site(&self) -> Result<MutexGuard<'_, Site>, Trouble> {
        let mut site = self.pages.site.lock().await;
        site.registry.catch_up().await?;
        Ok(site)
    }

    /// What rules are asked with.
    pub(super) fn moment<'s>(&self, site: &'s Site) -> Moment<'s> {
        site.registry.desk().moment(self.by, site.now())
    }

    pub(super) fn t(&self, id: &str) -> String {
        self.words.get(id)
    }
}

/// The answer to a request.
pub(super) async fn answer(pages: &Inner, way: &Way, request: Request) -> Response {
    let headers = request.headers().clone();
    match way.page {
        Page::Look => return css(),
        Page::Script => return script(include_str!("desk.js")),
        Page::PortraitScript => return script(include_str!("portrait.js")),
        Page::DesignScript => return script(include_str!("design.js")),
        Page::CameraScript => return script(include_str!("camera.js")),
        Page::Icon => return StatusCode::NO_CONTENT.into_response(),
        Page::Enter => return enter::page(pages, request).await,
        _ => {}
    }
    let token = pages.door.token(&headers).unwrap_or_default().to_owned();
    let session = held(&pages.sessions).find(&token, Instant::now());
    let path = request.uri().path().to_owned();
    let Some(session) = session.filter(|session| !session.locked) else {
        return match *request.method() {
            Method::POST => fault(pages, None, StatusCode::FORBIDDEN, "desk-not-signed-in"),
            _ => go(&format!("/enter?to={path}")),
        };
    };
    let lang = held(&pages.langs).get(&session.who).copied().unwrap_or(pages.lang);
    let number = path.split('/').nth(2).and_then(|part| part.parse().ok());
    let visit = Visit {
        pages,
        words: pages.words(lang),
        by: session.who,
        token: session.form,
        number: number.unwrap_or_default(),
        posts: *request.method() == Method::POST,
        path,
    };
    if way.path.contains("{number}") && number.is_none() {
        return said_trouble(&visit, &Trouble::Nowhere).await;
    }
    match entitled(&visit, way.by).await {
        Ok(true) => {}
        Ok(false) => return fault(pages, Some(&visit), StatusCode::FORBIDDEN, "desk-not-entitled"),
        Err(trouble) => {
            held(&pages.sessions).end(&token);
            return said_trouble(&visit, &trouble).await;
        }
    }
    match done(&visit, way, request, (&token, &headers)).await {
        Ok(mut response) => {
            if pages.pocket.is_some() && way.reads_codes() {
                response.extensions_mut().insert(UsesCamera);
            }
            response
        }
        Err(trouble) => said_trouble(&visit, &trouble).await,
    }
}

/// Whether the officer is one still and may go there.
async fn entitled(visit: &Visit<'_>, by: By) -> Result<bool, Trouble> {
    let site = visit.site().await?;
    let moment = visit.moment(&site);
    let (_, term) = moment.office.officer(visit.by, moment.sequence)?;
    visit.pages.reread(&site);
    Ok(by.lets(|role: Role| term.roles.has(role)))
}

#[expect(clippy::too_many_lines, reason = "a table, one page a line")]
async fn done(
    visit: &Visit<'_>,
    way: &Way,
    request: Request,
    (token, headers): (&str, &HeaderMap),
) -> Done {
    let handed = if visit.posts {
        let handed = permit_web::handed(request).await.map_err(|_| Trouble::NotAForm)?;
        if handed.form.one("token") != visit.token {
            return Err(Trouble::OtherForm);
        }
        handed
    } else {
        Handed::default()
    };
    let form: &Form = &handed.form;
    match way.page {
        Page::Look
        | Page::Script
        | Page::PortraitScript
        | Page::DesignScript
        | Page::CameraScript
        | Page::Icon
        | Page::Enter => Err(Trouble::Nowhere),
        Page::Leave => Ok(enter::leave(visit, token, headers)),
        Page::Lock => Ok(enter::lock(visit, token)),
        Page::Language => enter::language(visit, form).await,
        Page::Start => desk::start::page(visit).await,
        Page::Queue(queue) => desk::start::queue(visit, queue).await,
        Page::New => desk::paper::choose(visit, form).await,
        Page::NewOf(class) => desk::paper::new(visit, class, form).await,
        Page::Application => desk::show::page(visit).await,
        Page::Person => desk::person::page(visit).await,
        Page::Act(step) => desk::acts::page(visit, step, handed).await,
        Page::Decision => desk::decision::page(visit).await,
        Page::Renew => desk::paper::follow(visit, Origin::Renewal, form).await,
        Page::Amend => desk::paper::follow(visit, Origin::Correction, form).await,
        Page::Portrait => desk::prints::portrait::page(visit, handed).await,
        Page::PortraitPicture => desk::prints::portrait::picture(visit).await,
        Page::PortraitInCode => desk::prints::portrait::in_code(visit).await,
        Page::Card(side) => desk::prints::card(visit, side).await,
        Page::Several => desk::prints::several::page(visit, form).await,
        Page::Marks(layout) => desk::prints::several::marks(layout),
        Page::Batch => desk::batch::page(visit, handed).await,
        Page::BatchList => desk::batch::list(visit),
        Page::BatchEmpty => desk::batch::empty(visit),
        Page::Search => desk::search::page(visit, form).await,
        Page::Lists => desk::office::lists::page(visit, handed).await,
        Page::Settings => desk::office::settings::page(visit, form).await,
        Page::Designs => desk::office::designs::all(visit).await,
        Page::Design(layout) => desk::office::designs::one(visit, layout, form).await,
        Page::DesignSide(layout, face, longest) => {
            desk::office::designs::side(visit, layout, face, longest).await
        }
        Page::Delegations => desk::office::delegations::all(visit).await,
        Page::Delegation => desk::office::delegations::one(visit).await,
        Page::Delegate => desk::office::delegate::first(visit, form).await,
        Page::DelegateSecond => desk::office::delegate::second(visit, form).await,
        Page::HandOut => desk::office::delegate::hand_out(visit).await,
        Page::DelegationEntry => desk::office::delegate::entry(visit).await,
        Page::HandBack => desk::office::merge::hand_back(visit).await,
        Page::Merge => desk::office::merge::page(visit, handed).await,
        Page::Enrol => desk::office::enrol::first(visit, form).await,
        Page::NewKey => desk::office::enrol::again(visit, form).await,
        Page::Enrolment => desk::office::enrol::second(visit, form).await,
        Page::Officers => desk::office::officers(visit).await,
        Page::Notice => desk::office::notice(visit).await,
        Page::Handbook => desk::office::handbook::page(visit).await,
        Page::Matters => desk::matters::all(visit, form).await,
        Page::Matter => desk::matters::one(visit, form).await,
        Page::Cases(list) => desk::cases::list::page(visit, list).await,
        Page::NewCase => desk::cases::receive::page(visit, form).await,
        Page::Case => desk::cases::show::page(visit).await,
        Page::CaseAct(step) => desk::cases::acts::page(visit, step, form).await,
        Page::Authorisation => desk::cases::letter::authorisation(visit).await,
        Page::CaseRefusal => desk::cases::letter::refusal(visit).await,
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

async fn said_trouble(visit: &Visit<'_>, trouble: &Trouble) -> Response {
    let (pages, status) = (visit.pages, StatusCode::CONFLICT);
    match trouble {
        Trouble::Denied(denied) => {
            fault_said(pages, Some(visit), status, said::denied(denied, visit.words))
        }
        Trouble::Nowhere => fault(pages, Some(visit), StatusCode::NOT_FOUND, "desk-nowhere"),
        Trouble::OtherForm => fault(pages, Some(visit), StatusCode::FORBIDDEN, "desk-other-form"),
        Trouble::NotAForm => fault(pages, Some(visit), StatusCode::BAD_REQUEST, "desk-not-a-form"),
        Trouble::Broken(id) => fault(pages, Some(visit), StatusCode::SERVICE_UNAVAILABLE, id),
    }
}

fn fault(pages: &Inner, visit: Option<&Visit<'_>>, status: StatusCode, id: &str) -> Response {
    let words = visit.map_or_else(|| pages.words(pages.lang), |visit| visit.words);
    fault_said(pages, visit, status, words.get(id))
}

/// A page that says what went wrong, and nothing of what was handed in.
fn fault_said(
    pages: &Inner,
    visit: Option<&Visit<'_>>,
    status: StatusCode,
    said: String,
) -> Response {
    let words = visit.map_or_else(|| pages.words(pages.lang), |visit| visit.words);
    let back = visit.filter(|visit| visit.number > 0).map(|visit| {
        let kind = visit.path.split('/').nth(1).unwrap_or_default();
        format!("/{kind}/{}", visit.number)
    });
    let f = Frame::alone(pages, words, words.get("desk-fault-title"));
    let page = Fault { f, said, back: back.unwrap_or_else(|| "/".to_owned()) };
    html(status, page.render())
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// A script of these pages.
fn script(source: &'static str) -> Response {
    let kind = (CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8"));
    ([kind], source).into_response()
}

fn css() -> Response {
    let kind = HeaderValue::from_static("text/css; charset=utf-8");
    ([(CONTENT_TYPE, kind)], permit_web::LOOK).into_response()
}
