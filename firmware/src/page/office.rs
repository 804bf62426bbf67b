//! The supervisor's page and the notice: what is whole, what is due, what is kept.
//!
//! Nobody's crossing is read here. What a supervisor starts is a command like a guard's.

use askama::Template;
use permit_core::trust::Header;
use permit_core::{Day, Side, Trust};
use permit_parts::{Fountain, VERSION};
use permit_symbol::{Size, Symbol};

use super::scene::Scene;

#[derive(Debug, Template)]
#[template(path = "supervisor.html")]
struct Supervisor<'a> {
    s: &'a Scene<'a>,
    documents: Vec<Document>,
    /// How many are allowed, where they may be.
    tablets: Option<usize>,
    /// This lane, and the other where there is one.
    lanes: Vec<&'a Scene<'a>>,
}

#[derive(Debug, Template)]
#[template(path = "rows.html")]
struct Rows<'a> {
    s: &'a Scene<'a>,
    documents: Vec<Document>,
    tablets: Option<usize>,
    lanes: Vec<&'a Scene<'a>>,
}

#[derive(Debug, Template)]
#[template(path = "notice.html")]
struct Notice<'a> {
    s: &'a Scene<'a>,
    paragraphs: Vec<(String, String)>,
}

/// How hand scanners are set, and a code to try one with.
#[derive(Debug, Template)]
#[template(path = "scanner.html")]
struct Scanner<'a> {
    s: &'a Scene<'a>,
    settings: Vec<[String; 3]>,
    /// An SVG of our own.
    code: String,
}

#[derive(Debug, Template)]
#[template(path = "tried.html")]
struct Tried<'a> {
    s: &'a Scene<'a>,
}

/// The journal as codes.
#[derive(Debug, Template)]
#[template(path = "codes.html")]
struct Codes<'a> {
    s: &'a Scene<'a>,
    said: String,
    /// SVGs of our own.
    codes: Vec<String>,
}

/// A document in use.
#[derive(Debug)]
struct Document {
    name: String,
    version: u32,
    issued: Day,
    due: Day,
    expires: Day,
    /// `good`, `warn` or `bad`.
    state: &'static str,
}

/// The supervisor's page.
pub(super) fn supervisor<'a>(
    scene: &'a Scene<'a>,
    trust: Option<&'static Trust<'static>>,
    tablets: Option<usize>,
    beside: Option<&'a Scene<'a>>,
) -> askama::Result<String> {
    let lanes = core::iter::once(scene).chain(beside).collect();
    Supervisor { s: scene, documents: documents(scene, trust), tablets, lanes }.render()
}

/// What changes on it.
pub(super) fn rows<'a>(
    scene: &'a Scene<'a>,
    trust: Option<&'static Trust<'static>>,
    tablets: Option<usize>,
    beside: Option<&'a Scene<'a>>,
) -> askama::Result<String> {
    let lanes = core::iter::once(scene).chain(beside).collect();
    Rows { s: scene, documents: documents(scene, trust), tablets, lanes }.render()
}

/// An export as codes of which any few more than it fills do; none where nobody may have it now.
pub(super) fn codes(scene: &Scene<'_>, export: Option<&[u8]>) -> askama::Result<String> {
    let Some(export) = export else {
        return Codes { s: scene, said: scene.t("screen-export.officer"), codes: Vec::new() }
            .render();
    };
    let Ok(fountain) = Fountain::new(export) else {
        let bytes = [("bytes", export.len().into())];
        let said = scene.words.with("screen-codes.large", &bytes);
        return Codes { s: scene, said, codes: Vec::new() }.render();
    };
    let needed = fountain.needed();
    // With three of ten lost one round does, as with codes of lists.
    let texts = fountain.texts().take(needed + needed.div_ceil(2).max(2));
    let drawn = |text: String| Symbol::in_version(&text, VERSION).ok();
    let size = Size::module(MODULE);
    let codes: Vec<String> = texts.filter_map(drawn).map(|code| code.svg(&size)).collect();
    let values = [("count", codes.len().into()), ("needed", needed.into())];
    let said = scene.words.with("screen-codes.lead", &values);
    Codes { s: scene, said, codes }.render()
}

/// A module's edge in millimetres, in a drawing that fills the screen.
const MODULE: f64 = 0.95;

/// The notice for travellers and officers.
pub(super) fn notice(scene: &Scene<'_>, days: u16) -> askama::Result<String> {
    let ids = [
        "screen-notice-right",
        "screen-notice-what",
        "screen-notice-long",
        "screen-notice-never",
        "screen-notice-other",
        "screen-notice-who",
    ];
    let paragraphs = ids.map(|id| {
        let said = scene.words.with(&format!("{id}.said"), &[("days", days.into())]);
        (scene.t(id), said)
    });
    Notice { s: scene, paragraphs: paragraphs.into() }.render()
}

/// The set-up sheet of hand scanners.
pub(super) fn scanner(scene: &Scene<'_>) -> askama::Result<String> {
    let ids = [
        "screen-scanner-suffix",
        "screen-scanner-prefix",
        "screen-scanner-keyboard",
        "screen-scanner-letters",
        "screen-scanner-serial",
        "screen-scanner-kind",
    ];
    let setting =
        |id: &str| [scene.t(id), scene.t(&format!("{id}.value")), scene.t(&format!("{id}.where"))];
    // Of a text that is always the same: it fits, or the tests say so.
    let code = Symbol::new(permit_scan::TEST).map(|code| code.svg(&Size::module(0.6)));
    let settings = ids.into_iter().map(setting).collect();
    Scanner { s: scene, settings, code: code.unwrap_or_default() }.render()
}

/// What changes on it.
pub(super) fn tried(scene: &Scene<'_>) -> askama::Result<String> {
    Tried { s: scene }.render()
}

fn documents(scene: &Scene<'_>, trust: Option<&'static Trust<'static>>) -> Vec<Document> {
    let Some(trust) = trust else { return Vec::new() };
    let mut documents = vec![
        document(scene, "document-root", None, trust.root().header),
        document(scene, "document-zone", None, trust.zone().header),
    ];
    for side in Side::BOTH {
        let Some(lists) = trust.lists(side) else { continue };
        let listed = [
            ("document-snapshot", Some(lists.snapshot.header)),
            ("document-stations", Some(lists.stations.header)),
            ("document-revocations", Some(lists.revocations.header)),
            ("document-issued", lists.issued.map(|list| list.header)),
            ("document-presence", lists.presence.map(|list| list.header)),
            ("document-readers", lists.readers.map(|list| list.header)),
        ];
        documents.extend(
            listed
                .into_iter()
                .filter_map(|(id, header)| Some(document(scene, id, Some(side), header?))),
        );
    }
    documents
}

fn document(scene: &Scene<'_>, id: &str, side: Option<Side>, header: Header) -> Document {
    let name = scene.t(id);
    let name = side.map_or(name.clone(), |side| {
        let side = format!("{side:?}");
        scene.words.with("screen-of-side", &[("name", name.into()), ("side", side.into())])
    });
    let clock = scene.view.edge.clock;
    let day = |at: permit_core::UnixTime| at.day(clock.offset);
    let state = match clock.seconds {
        Some(now) if header.expires.0 < now => "bad",
        Some(now) if header.next_update.0 < now => "warn",
        _ => "good",
    };
    Document {
        name,
        version: header.version,
        issued: day(header.issued),
        due: day(header.next_update),
        expires: day(header.expires),
        state,
    }
}
