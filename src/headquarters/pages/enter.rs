//! Signing in and out.
//!
//! An officer signs in with the passphrase of the officer's key file: it is argon2id over it that opens the file, and the key
//! that comes out has to be the one enrolled. Nothing tells a number that is nobody's from a wrong passphrase: both are
//! counted, both take the same work, one at a time for few who wait. In a demonstration keys have no passphrase.

use core::time::Duration;
use std::{collections::BTreeMap, time::Instant};

use askama::Template;
use axum::{
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header::SET_COOKIE},
    response::{IntoResponse as _, Response},
};
use permit_core::Signer as _;
use permit_signing::{Cost, KeyFile, Label, NewPassphrase, Passphrase, SecretKey};
use permit_web::{Form, Peer, Wait};
use permit_words::Lang;

use super::{
    Asker, Inner,
    frame::Frame,
    held,
    visit::{Done, Trouble, Visit, go, go_with, html},
};
use crate::{Failed, Home, Officer};

/// What came of a passphrase.
#[derive(Debug)]
enum Opened {
    /// The officer's, by the key in hexadecimal digits.
    Key(String),
    /// Wrong, or nobody's.
    Wrong,
    /// Too soon after a wrong one.
    Wait(Duration),
    /// Too many wait already; it was not looked at.
    Busy,
}

#[derive(Debug, Template)]
#[template(path = "enter.html")]
struct Enter<'v> {
    f: Frame<'v>,
    wrong: String,
    /// Nobody is enrolled yet.
    nobody: bool,
    /// Whether anybody has a passphrase.
    asks: bool,
    officer: String,
    /// Whose key has none, in a demonstration: number and name.
    open: Vec<(u16, String)>,
    to: String,
}

/// Signing in: the page, and what is handed in on it.
pub(super) async fn page(pages: &Inner, request: Request) -> Response {
    let (headers, query) = (request.headers().clone(), request.uri().query().map(str::to_owned));
    let peer = request.extensions().get::<Peer>().copied();
    if *request.method() != Method::POST {
        let form = Form::parse(query.unwrap_or_default().as_bytes());
        return shown(pages, &form, StatusCode::OK, None);
    }
    let Ok(handed) = permit_web::handed(request).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let (form, words) = (handed.form, pages.words(pages.lang));
    let number = form.one("officer").trim().parse().unwrap_or_default();
    let seat = pages.door.seat(&headers);
    let asker = match seat.filter(|seat| held(&pages.seats).knows(seat, number)) {
        Some(_) => Asker::Seat(number),
        None => Asker::At(pages.door.asker(peer, &headers)),
    };
    let (status, said) = match open(pages, number, form.one("passphrase"), asker).await {
        Ok(Opened::Key(key)) => return entered(pages, (number, key), &form, &headers),
        Ok(Opened::Wrong) => (StatusCode::FORBIDDEN, words.get("desk-enter-wrong")),
        Ok(Opened::Wait(left)) => {
            let seconds = [("seconds", (left.as_secs() + 1).into())];
            (StatusCode::FORBIDDEN, words.with("desk-enter-wait", &seconds))
        }
        Ok(Opened::Busy) => (StatusCode::SERVICE_UNAVAILABLE, words.get("desk-enter-busy")),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, words.get("house-broken")),
    };
    shown(pages, &form, status, Some(said))
}

fn entered(pages: &Inner, who: (u16, String), form: &Form, headers: &HeaderMap) -> Response {
    let (number, before) = (who.0, pages.door.token(headers).map(str::to_owned));
    let Ok(token) = held(&pages.sessions).begin(who, before.as_deref(), Instant::now()) else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let cookie = pages.door.cookie(headers, Some(&token));
    let mut answer = go_with(own_path(form.one("to")), cookie);
    // A browser that is not known again waits like any other, no more.
    let seat = held(&pages.seats).seat(pages.door.seat(headers), number).ok();
    let seat = seat.and_then(|seat| pages.door.keep_seat(headers, &seat));
    seat.map(|seat| answer.headers_mut().append(SET_COOKIE, seat));
    answer
}

fn shown(pages: &Inner, form: &Form, status: StatusCode, wrong: Option<String>) -> Response {
    let words = pages.words(pages.lang);
    let present: Vec<Officer> = pages.site.home.officers().unwrap_or_default();
    let present: Vec<&Officer> = present.iter().filter(|it| !it.dismissed).collect();
    let (open, asked): (Vec<&Officer>, Vec<&Officer>) =
        present.iter().partition(|it| is_open(pages, it.number));
    let page = Enter {
        f: Frame::alone(pages, words, words.get("house-enter-title")),
        wrong: wrong.unwrap_or_default(),
        nobody: present.is_empty(),
        asks: !asked.is_empty() || present.is_empty(),
        officer: form.one("officer").to_owned(),
        open: open.iter().map(|it| (it.number, it.name.clone())).collect(),
        to: own_path(form.one("to")).to_owned(),
    };
    html(status, page.render())
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Whether one click signs in: in a demonstration, whoever's key has no passphrase.
fn is_open(pages: &Inner, number: u16) -> bool {
    let file = || KeyFile::load(&pages.site.home.officer_key(number));
    pages.site.home.settings().demo && file().is_ok_and(|file| !file.is_protected())
}

/// Opens an officer's key with what was typed.
async fn open(pages: &Inner, number: u16, typed: &str, asker: Asker) -> Result<Opened, Failed> {
    let home = &pages.site.home;
    let enrolled = home.officers()?.into_iter().find(|it| it.number == number && !it.dismissed);
    let enrolled = enrolled.map(|it| it.key);
    let file = enrolled.as_ref().and_then(|_| KeyFile::load(&home.officer_key(number)).ok());
    let own = |key: SecretKey| {
        let key = hex(&key.public_key());
        if enrolled.as_ref() == Some(&key) { Opened::Key(key) } else { Opened::Wrong }
    };
    if home.settings().demo
        && let Some(file) = file.as_ref().filter(|file| !file.is_protected())
    {
        return Ok(file.open_unprotected().map_or(Opened::Wrong, own));
    }
    let passphrases = match asker {
        Asker::At(_) => &pages.entering,
        Asker::Seat(_) => &pages.returning,
    };
    let Ok(turn) = passphrases.turns.wait(asker).await else { return Ok(Opened::Busy) };
    match held(&passphrases.wrong).count(number, Instant::now()) {
        Ok(()) => {}
        Err(Wait::For(left)) => return Ok(Opened::Wait(left)),
        Err(Wait::Uncounted(cause)) => {
            return Err(Failed::Home { path: home.path("tries"), cause });
        }
    }
    let passphrase = Passphrase::typed(typed);
    let opened = tokio::task::spawn_blocking(move || {
        // Ends with the work, and not with whoever asked for it and went away.
        let _turn = turn;
        match (file, passphrase) {
            (Some(file), Ok(passphrase)) => file.open(&passphrase).ok(),
            _ => decoy(),
        }
    })
    .await;
    let opened = opened.ok().flatten().map_or(Opened::Wrong, own);
    if matches!(opened, Opened::Key(_)) {
        // It waits again after a start where this is not written, no more.
        let _ = held(&passphrases.wrong).right(number);
    }
    Ok(opened)
}

/// The work that opening a key file is, for a number that has none.
fn decoy() -> Option<SecretKey> {
    let (key, under) = (SecretKey::generate().ok()?, NewPassphrase::chosen("nobody is this").ok()?);
    let _ = KeyFile::seal(&key, &under, Cost::DEFAULT, Label::default());
    None
}

/// Signs out.
pub(super) fn leave(visit: &Visit<'_>, token: &str, headers: &HeaderMap) -> Response {
    held(&visit.pages.sessions).end(token);
    go_with("/enter", visit.pages.door.cookie(headers, None))
}

/// Locks the session: the seat is left for a moment.
pub(super) fn lock(visit: &Visit<'_>, token: &str) -> Response {
    held(&visit.pages.sessions).lock(token);
    go("/enter")
}

/// Another language for this officer, from now on.
pub(super) fn language(visit: &Visit<'_>, form: &Form) -> Done {
    if let Some(lang) = Lang::parse(form.one("lang")) {
        let text: String = {
            let mut langs = held(&visit.pages.langs);
            langs.insert(visit.by, lang);
            langs.iter().map(|(number, lang)| format!("{number} {lang}\n")).collect()
        };
        visit.pages.site.home.keep(LANGUAGES, text.as_bytes()).map_err(Trouble::from)?;
    }
    Ok(go(own_path(form.one("to"))))
}

/// Which language an officer has chosen; whoever has not is asked in the program's.
pub(super) fn languages(home: &Home) -> BTreeMap<u16, Lang> {
    let text = home.kept(LANGUAGES).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let line = |line: &str| {
        let (number, lang) = line.split_once(' ')?;
        Some((number.parse().ok()?, Lang::parse(lang)?))
    };
    text.unwrap_or_default().lines().filter_map(line).collect()
}

/// A path of these pages, as its addresses are written; else the start.
fn own_path(path: &str) -> &str {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '/' | '-');
    let own = path.starts_with('/') && !path.starts_with("//") && path.chars().all(plain);
    if own { path } else { "/" }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The file of the folder with officers' languages.
const LANGUAGES: &str = "languages";
