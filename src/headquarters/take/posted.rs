//! Exports of terminals over HTTP.
//!
//! An export says whose it is by the terminal's own signature, so whoever brings it needs no other name: one that holds by a
//! key of the lists is taken like a file from a stick, anything else is forgotten at once. Nothing that nobody signed costs
//! more than a bounded wait, a bounded body and its hashes: no row, no file, no finding.
//!
//! `POST /journal` with the export as its body. The answer has no body; its status says what came of it:
//!
//! | status | |
//! |---|---|
//! | 200 | it is here: taken now, or before |
//! | 400, 408, 413 | the body broke off, took too long, or is longer than an export is |
//! | 403 | it is not a whole export by a key of a terminal of this side |
//! | 409 | another journal of this terminal is here (*fork*): the file is evidence |
//! | 429 | another body is on its way from this address, or too many from everywhere: again later |
//! | 500 | folder or database failed: nothing of it is taken, again later |

use core::{net::IpAddr, time::Duration};
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Extension, Router,
    body::{Body, to_bytes},
    extract::State,
    http::{StatusCode, header::CONTENT_LENGTH},
    routing::post,
};
use permit_web::{Door, Peer};

use super::{Refusal, Taken};
use crate::Site;

/// Bodies that are on their way at once, one of each address (chosen: their memory is bounded by it).
const AT_ONCE: usize = 4;

/// What a body may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Intake {
    /// Its length in bytes.
    pub bytes: usize,
    /// How long it may be on its way.
    pub time: Duration,
}

impl Intake {
    /// 64 MiB in five minutes. Chosen: 90 days with a thousand scans each are some 30 MB.
    pub const USUAL: Self = Self { bytes: 64 << 20, time: Duration::from_secs(5 * 60) };
}

/// Takes exports at `/journal`; served by [`permit_web::serve`], which tells where each request is from. The `door` says by
/// which names a proxy stands before it, and whose request it then is; exports need no door of their own.
pub fn journals(site: Arc<Site>, door: Arc<Door>, intake: Intake) -> Router {
    let desk = Arc::new(Desk { site, door, intake, coming: Mutex::default() });
    Router::new().route("/journal", post(take)).with_state(desk)
}

struct Desk {
    site: Arc<Site>,
    door: Arc<Door>,
    intake: Intake,
    /// Addresses from which a body is on its way.
    coming: Mutex<BTreeSet<IpAddr>>,
}

/// A body on its way, until it is dropped.
struct Coming(Arc<Desk>, IpAddr);

impl Coming {
    fn begin(desk: &Arc<Desk>, from: IpAddr) -> Option<Self> {
        let mut coming = desk.coming.lock().unwrap_or_else(PoisonError::into_inner);
        let place = coming.len() < AT_ONCE && coming.insert(from);
        place.then(|| Self(Arc::clone(desk), from))
    }
}

impl Drop for Coming {
    fn drop(&mut self) {
        let mut coming = self.0.coming.lock().unwrap_or_else(PoisonError::into_inner);
        coming.remove(&self.1);
    }
}

async fn take(
    State(desk): State<Arc<Desk>>,
    Extension(peer): Extension<Peer>,
    headers: axum::http::HeaderMap,
    body: Body,
) -> StatusCode {
    let from = desk.door.asker(Some(peer), &headers).unwrap_or(peer.0);
    let Some(_place) = Coming::begin(&desk, from) else { return StatusCode::TOO_MANY_REQUESTS };
    let Intake { bytes: most, time } = desk.intake;
    let told = headers.get(CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse::<u64>().ok());
    if told.is_some_and(|told| told > most as u64) {
        return StatusCode::PAYLOAD_TOO_LARGE;
    }
    let bytes = match tokio::time::timeout(time, to_bytes(body, most)).await {
        Err(_) => return StatusCode::REQUEST_TIMEOUT,
        Ok(Ok(bytes)) => bytes,
        // A chunked body that goes on, or one that broke off.
        Ok(Err(_)) if told.is_none() => return StatusCode::PAYLOAD_TOO_LARGE,
        Ok(Err(_)) => return StatusCode::BAD_REQUEST,
    };
    match desk.site.take_export(&bytes).await {
        Ok(Taken::Refused(Refusal::Fork(..))) => StatusCode::CONFLICT,
        Ok(Taken::Refused(_)) => StatusCode::FORBIDDEN,
        Ok(_) => StatusCode::OK,
        Err(error) => {
            tracing::error!(%error, "an export was not taken");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
