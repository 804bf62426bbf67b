//! The addresses of a router: for tests that hold it against the table of who may go where, so that none is in one alone.

use std::collections::BTreeSet;

use axum::Router;

/// Every path that a router answers at, as it was given to it. Axum has no list of them but in what it prints for a programmer;
/// none at all means that it prints something else now.
#[must_use]
pub fn addresses(router: &Router) -> BTreeSet<String> {
    let printed = format!("{router:?}");
    // What answers where nothing is comes last, with paths of its own.
    let own = printed.split("fallback_router").next().unwrap_or_default();
    // Between quotes, every other piece.
    let quoted = own.split('"').skip(1).step_by(2);
    quoted.filter(|it| it.starts_with('/')).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use axum::routing::{get, post};

    use super::*;

    #[test]
    fn all_of_them_also_of_a_router_that_was_merged_and_layered() {
        let inner: Router = Router::new().route("/c/{name}", post(async || ()));
        let router: Router = Router::new().route("/a", get(async || ())).fallback(async || ());
        let router = router.merge(inner).nest("/d", Router::new().route("/e", get(async || ())));
        let router = router.layer(axum::extract::DefaultBodyLimit::max(1));
        assert_eq!(addresses(&router), ["/a", "/c/{name}", "/d/e"].map(str::to_owned).into());
    }
}
