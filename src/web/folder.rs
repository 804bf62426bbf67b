//! A folder of plain files, read once and served as it is: a page that works by itself, such as the pocket reader.
//!
//! It stands behind the same names as every page and has no session: whoever reaches the server gets the same files. They
//! are held in memory, so that no address reaches a disk; what is asked for each time is the one file of lists.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path as Named, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use crate::Door;
use crate::door::{CAMERA, PERMISSIONS_POLICY};

/// The files of a folder, and where the lists are that its page may ask for.
#[derive(Clone, Debug)]
pub struct Folder(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    files: BTreeMap<String, (&'static str, Bytes)>,
    lists: PathBuf,
}

/// The file of lists, as the page calls it.
const LISTS: &str = "bundle.cbor";

/// Kinds of files that are served, by how their names end. Others are left aside.
const KINDS: [(&str, &str); 6] = [
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("wasm", "application/wasm"),
    ("webmanifest", "application/manifest+json"),
];

impl Folder {
    /// Reads a folder that has a page, `index.html`; `lists` is read whenever the page asks for lists.
    ///
    /// # Errors
    ///
    /// When the folder or a file in it cannot be read, or it has no page.
    pub fn read(folder: &Path, lists: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let end = path.extension().and_then(|end| end.to_str());
            let kind = KINDS.iter().find(|(name, _)| Some(*name) == end);
            let name = path.file_name().and_then(|name| name.to_str());
            if let (Some((_, kind)), Some(name)) = (kind, name) {
                files.insert(name.to_owned(), (*kind, Bytes::from(fs::read(&path)?)));
            }
        }
        if !files.contains_key("index.html") {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(Self(Arc::new(Inner { files, lists: lists.to_owned() })))
    }

    /// Its files below `path`, which begins and ends with a slash, behind a door.
    pub fn router(&self, path: &str, door: Arc<Door>) -> Router {
        let page = async |State(folder): State<Self>| folder.file("index.html");
        let file =
            async |State(folder): State<Self>, Named(name): Named<String>| folder.file(&name);
        Router::new()
            .route(path, get(page))
            .route(&format!("{path}{{file}}"), get(file))
            .with_state(self.clone())
            .layer(from_fn_with_state(door, guard))
    }

    fn file(&self, name: &str) -> Response {
        let Inner { files, lists } = &*self.0;
        if name == LISTS {
            let kind = (CONTENT_TYPE, "application/cbor");
            return fs::read(lists).map_or_else(
                |_| StatusCode::NOT_FOUND.into_response(),
                |bytes| ([kind], bytes).into_response(),
            );
        }
        files.get(name).map_or_else(
            || StatusCode::NOT_FOUND.into_response(),
            |(kind, bytes)| ([(CONTENT_TYPE, *kind)], bytes.clone()).into_response(),
        )
    }
}

/// Lets a request in or not, and says what the page may do: run its own files and its module, use the camera, ask its
/// own server.
async fn guard(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    let refused = door.refusal(request.method(), request.headers());
    let mut answer = match refused {
        Some(status) => status.into_response(),
        None => next.run(request).await,
    };
    for (name, value) in ALWAYS {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}

const ALWAYS: [(HeaderName, &str); 8] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    // The page's own worker keeps it; between two versions nothing else may.
    (CACHE_CONTROL, "no-cache"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (PERMISSIONS_POLICY, CAMERA),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_files_of_known_kinds_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let lists = folder.path().join("lists");
        let read = || Folder::read(folder.path(), &lists);
        fs::write(folder.path().join("pocket.js"), "1").unwrap();
        assert!(read().is_err(), "it has no page");
        for (name, text) in [("index.html", "<p>"), ("notes.txt", "no"), ("key", "no")] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let read = read().unwrap();
        for (name, wanted) in [
            ("index.html", StatusCode::OK),
            ("pocket.js", StatusCode::OK),
            ("notes.txt", StatusCode::NOT_FOUND),
            ("key", StatusCode::NOT_FOUND),
            ("../lists", StatusCode::NOT_FOUND),
            (LISTS, StatusCode::NOT_FOUND),
        ] {
            assert_eq!(read.file(name).status(), wanted, "{name}");
        }
        fs::write(&lists, "lists").unwrap();
        assert_eq!(
            read.file(LISTS).status(),
            StatusCode::OK,
            "they are read when they are asked for"
        );
    }
}
