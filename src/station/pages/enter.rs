//! Signing in and out, and officers' keys.
//!
//! The passphrase of an officer's key file is what an officer signs in with: it is argon2id over it that opens the file,
//! and the key that comes out has to be the one enrolled. The key is let go at once; for a signature the passphrase is
//! asked again. Nothing tells a number that is nobody's from a wrong passphrase: both are counted, both take the same
//! work. That work is done one at a time for few who wait; whoever finds no place is told so and has cost nothing. In a
//! demonstration keys have no passphrase and one click signs in.

use core::time::Duration;
use std::{collections::BTreeMap, time::Instant};

use askama::Template;
use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, header::SET_COOKIE},
    response::{IntoResponse as _, Response},
};
use permit_core::Signer as _;
use permit_signing::{Cost, KeyFile, Label, NewPassphrase, Passphrase, SecretKey};
use permit_web::{Form, Peer, Wait};
use permit_words::{Lang, Words};

use super::{
    Asker, Inner,
    field::{Field, Kind},
    frame::{Frame, Sheet},
    held,
    visit::{Done, Trouble, Visit, go, go_with, html},
};
use crate::{home::Home, rules::Officer, said, site::Site};

/// What came of a passphrase.
#[derive(Debug)]
pub(super) enum Opened {
    /// The officer's key.
    Key(SecretKey),
    /// Wrong, or nobody's.
    Wrong,
    /// Too soon after a wrong one.
    Wait(Duration),
    /// Too many wait already; it was not looked at.
    Busy,
    /// There is no key file here: the key is on a token.
    Elsewhere,
}

/// The page for whoever is not signed in.
#[derive(Debug, Template)]
#[template(path = "enter.html")]
struct Enter<'v> {
    f: Frame<'v>,
    form: Sheet<'v>,
    /// Whether anybody has a passphrase.
    asks: bool,
    /// Whose key has none, in a demonstration: number, name and roles.
    officers: Vec<(u16, String, String)>,
    to: String,
}

/// Signing in: the page, and what is handed in on it.
pub(super) async fn page(pages: &Inner, request: Request) -> Response {
    let (headers, query) = (request.headers().clone(), request.uri().query().map(str::to_owned));
    let posts = request.method() == axum::http::Method::POST;
    let peer = request.extensions().get::<Peer>().copied();
    let form = if posts {
        match permit_web::handed(request).await {
            Ok(handed) => handed.form,
            Err(_) => return StatusCode::BAD_REQUEST.into_response(),
        }
    } else {
        Form::parse(query.unwrap_or_default().as_bytes())
    };
    let words = pages.words(pages.lang);
    let to = own_path(form.one("to")).to_owned();
    if !posts {
        return shown(pages, words, to, &form, None).await;
    }
    let number = form.one("officer").trim().parse().unwrap_or_default();
    let seat = pages.door.seat(&headers);
    let asker = match seat.filter(|seat| held(&pages.seats).knows(seat, number)) {
        Some(_) => Asker::Seat(number),
        None => Asker::At(pages.door.asker(peer, &headers)),
    };
    match open(pages, number, form.one("passphrase"), asker).await {
        Ok(Opened::Key(_)) => {
            let before = pages.door.token(&headers).map(str::to_owned);
            let token = held(&pages.sessions).begin(number, before.as_deref(), Instant::now());
            match token {
                Ok(token) => {
                    let mut answer = go_with(&to, pages.door.cookie(&headers, Some(&token)));
                    // A browser that is not known again waits like any other, no more.
                    let seat = held(&pages.seats).seat(seat, number).ok();
                    let seat = seat.and_then(|seat| pages.door.keep_seat(&headers, &seat));
                    seat.map(|seat| answer.headers_mut().append(SET_COOKIE, seat));
                    answer
                }
                Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
            }
        }
        Ok(opened) => {
            let said = refusal(&opened, words).unwrap_or_else(|| words.get("desk-enter-wrong"));
            let status = match opened {
                Opened::Busy => StatusCode::SERVICE_UNAVAILABLE,
                _ => StatusCode::FORBIDDEN,
            };
            shown(pages, words, to, &form, Some((status, said))).await
        }
        Err(_) => {
            let broken = (StatusCode::SERVICE_UNAVAILABLE, words.get("desk-broken-folder"));
            shown(pages, words, to, &form, Some(broken)).await
        }
    }
}

/// What is said of a passphrase that opened nothing.
pub(super) fn refusal(opened: &Opened, words: &Words) -> Option<String> {
    Some(match opened {
        Opened::Key(_) => return None,
        Opened::Wrong => words.get("desk-enter-wrong"),
        Opened::Wait(left) => {
            words.with("desk-enter-wait", &[("seconds", (left.as_secs() + 1).into())])
        }
        Opened::Busy => words.get("desk-enter-busy"),
        Opened::Elsewhere => words.get("desk-enter-elsewhere"),
    })
}

async fn shown<'v>(
    pages: &'v Inner,
    words: &'v Words,
    to: String,
    form: &Form,
    refused: Option<(StatusCode, String)>,
) -> Response {
    let title = words.get("desk-enter-title");
    let (status, wrong) = refused.unzip();
    let status = status.unwrap_or(StatusCode::OK);
    let mut sheet =
        Sheet::new(Frame::alone(pages, words, title.clone()), String::new()).fields(vec![
            Field::text("officer", words.get("desk-enter-number"), form.one("officer")),
            Field::text("passphrase", words.get("desk-enter-passphrase"), "").of(Kind::Secret),
        ]);
    sheet.wrong.extend(wrong);
    let site = pages.site.lock().await;
    let present = site.registry.desk().office().officers().filter(|it| it.dismissed.is_none());
    let (open, asked): (Vec<&Officer>, Vec<&Officer>) =
        present.partition(|officer| is_open(pages, &site, officer.number));
    let one_click = |officer: &&Officer| {
        let roles = officer.terms.last().map(|term| term.roles.iter().collect::<Vec<_>>());
        let roles = roles.unwrap_or_default().into_iter().map(|role| said::role(role, words));
        let name = officer.native.as_ref().unwrap_or(&officer.latin).clone();
        (officer.number, name, roles.collect::<Vec<_>>().join(" · "))
    };
    let (officers, asks) = (open.iter().map(one_click).collect(), !asked.is_empty());
    let page = Enter { f: Frame::alone(pages, words, title), form: sheet, asks, officers, to };
    html(status, page.render())
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Whether one click signs in: in a demonstration, whoever's key has no passphrase.
pub(super) fn is_open(pages: &Inner, site: &Site, number: u16) -> bool {
    let file = || KeyFile::load(&site.home.officer(number));
    pages.demo && file().is_ok_and(|file| !file.is_protected())
}

/// Opens an officer's key with what was typed.
pub(super) async fn open(
    pages: &Inner,
    number: u16,
    typed: &str,
    asker: Asker,
) -> Result<Opened, Trouble> {
    let (path, enrolled) = {
        let site = pages.site.lock().await;
        let desk = site.registry.desk();
        let officer = desk.office().officer(number, desk.sequence().saturating_add(1));
        (site.home.officer(number), officer.ok().map(|(_, term)| term.key))
    };
    let file = enrolled.and_then(|_| KeyFile::load(&path).ok());
    let elsewhere = enrolled.is_some() && !path.exists();
    if pages.demo
        && let Some(file) = file.as_ref().filter(|file| !file.is_protected())
    {
        return Ok(file.open_unprotected().map_or(Opened::Wrong, Opened::Key));
    }
    let passphrases = match asker {
        Asker::At(_) => &pages.entering,
        Asker::Seat(_) => &pages.returning,
        Asker::Officer(_) => &pages.signing,
    };
    let Ok(turn) = passphrases.turns.wait(asker).await else { return Ok(Opened::Busy) };
    match held(&passphrases.wrong).count(number, Instant::now()) {
        Ok(()) => {}
        Err(Wait::For(left)) => return Ok(Opened::Wait(left)),
        Err(Wait::Uncounted(_)) => return Err(Trouble::Broken("desk-broken-folder")),
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
    let key = opened.ok().flatten().filter(|key| Some(key.public_key()) == enrolled);
    let Some(key) = key else {
        return Ok(if elsewhere { Opened::Elsewhere } else { Opened::Wrong });
    };
    // It waits again after a start where this is not written, no more.
    let _ = held(&passphrases.wrong).right(number);
    Ok(Opened::Key(key))
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

/// Locks the session: the desk is left for a moment.
pub(super) fn lock(visit: &Visit<'_>, token: &str) -> Response {
    held(&visit.pages.sessions).lock(token);
    go("/enter")
}

/// Another language for this officer, from now on.
pub(super) async fn language(visit: &Visit<'_>, form: &Form) -> Done {
    if let Some(lang) = Lang::parse(form.one("lang")) {
        let text: String = {
            let mut langs = held(&visit.pages.langs);
            langs.insert(visit.by, lang);
            langs.iter().map(|(number, lang)| format!("{number} {lang}\n")).collect()
        };
        visit.pages.site.lock().await.home.keep(LANGUAGES, text.as_bytes())?;
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

/// A path of this desk, as its addresses are written; else the start.
fn own_path(path: &str) -> &str {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '/' | '-');
    let own = path.starts_with('/') && !path.starts_with("//") && path.chars().all(plain);
    if own { path } else { "/" }
}

/// The file of the desk's folder with officers' languages.
const LANGUAGES: &str = "languages";

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn nobody_is_led_elsewhere() {
        for path in
            ["//evil.example", "/\\evil.example", "https://evil.example", "", "/a?b", "/%2f"]
        {
            assert_eq!(own_path(path), "/", "{path}");
        }
        assert_eq!(own_path("/applications/12/hand-over"), "/applications/12/hand-over");
    }
}
