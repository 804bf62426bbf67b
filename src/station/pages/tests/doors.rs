//! Every address as every role, by every name, from every page: from the router's own table.

use axum::{
    body::Body,
    extract::Request,
    http::{
        Method, StatusCode,
        header::{CONTENT_TYPE, COOKIE, HOST, ORIGIN},
    },
};

use permit_record::Role;

use super::{super::ways, HOST_NAME, OFFICERS, Place, form};

/// The only script that a page has.
pub(super) const OWN_SCRIPT: &str = r#"<script src="/desk.js" defer></script>"#;

fn path(way: &ways::Way) -> String {
    way.path.replace("{number}", "1")
}

#[tokio::test]
async fn r16_an_officer_of_one_role_is_refused_on_every_address_of_every_other() {
    let place = Place::new().await;
    let counter = place.officer(3).await;
    counter.does("/new/resident", &form("resident")).await;
    let case = [("kind", "return"), ("latin", "O Sori"), ("birth", "1920")];
    place.officer(6).await.does("/cases/new", &case).await;
    for (officer, roles) in OFFICERS {
        let mut browser = place.officer(officer).await;
        for way in ways::ways() {
            let token = format!("token={}", browser.token);
            let body = if way.method == Method::POST { token } else { String::new() };
            let before = place.entries().await;
            let answer = browser.ask(way.method.clone(), &path(&way), &body).await;
            let entitled = way.by.lets(|role| roles.contains(&role));
            let told = format!("{officer} {} {}: {}", way.method, way.path, answer.status);
            if !matches!(way.by, ways::By::Anybody) {
                assert_eq!(answer.status != StatusCode::FORBIDDEN, entitled, "{told}");
            }
            assert!(!answer.status.is_server_error(), "{told}: {}", answer.said());
            if !entitled {
                assert_eq!(place.entries().await, before, "{told}");
            }
            if matches!(way.page, ways::Page::Enter | ways::Page::Leave | ways::Page::Lock) {
                browser = place.officer(officer).await;
            }
        }
    }
}

#[tokio::test]
async fn nobody_who_is_not_signed_in_sees_or_does_anything() {
    let place = Place::new().await;
    let stranger = place.stranger();
    for way in ways::ways().iter().filter(|way| way.by != ways::By::Anybody) {
        let answer = stranger.ask(way.method.clone(), &path(way), "").await;
        if way.method == Method::GET {
            let to = answer.leads_to();
            assert_eq!(
                (answer.status, to),
                (StatusCode::SEE_OTHER, format!("/enter?to={}", path(way)))
            );
        } else {
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", way.path);
        }
    }
}

#[tokio::test]
async fn every_address_asks_for_its_host_its_origin_and_its_method() {
    let place = Place::new().await;
    let browser = place.officer(3).await;
    let own = format!("http://{HOST_NAME}");
    let request = |method: &Method, path: &str, host: &str, origin: Option<&str>| {
        let mut request = Request::builder().method(method.clone()).uri(path);
        request = request.header(HOST, host).header(COOKIE, &browser.cookie);
        if let Some(origin) = origin {
            request = request.header(ORIGIN, origin);
        }
        request
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::empty())
            .unwrap()
    };
    let before = place.entries().await;
    for way in ways::ways() {
        let path = path(&way);
        for host in ["evil.example", "127.0.0.1", "localhost:8481", ""] {
            let answer = browser.send(request(&way.method, &path, host, Some(&own))).await;
            assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{path} {host}");
        }
        for origin in
            ["null", "http://evil.example", "http://localhost:8480", "https://127.0.0.1:8480"]
        {
            let answer = browser.send(request(&way.method, &path, HOST_NAME, Some(origin))).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {origin}");
        }
        let answer = browser.send(request(&Method::POST, &path, HOST_NAME, None)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: a form says where it comes from");
        for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
            let answer = browser.send(request(&method, &path, HOST_NAME, Some(&own))).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path} {method}");
        }
        // Each with each: refused, whichever of them is asked first.
        for host in [HOST_NAME, "evil.example", ""] {
            for origin in [None, Some(own.as_str()), Some("null"), Some("http://evil.example")] {
                for method in [Method::GET, Method::POST, Method::PUT, Method::OPTIONS] {
                    let reads = method == Method::GET && origin.is_none();
                    let known = [Method::GET, Method::POST].contains(&method);
                    if host == HOST_NAME && (reads || (known && origin == Some(&own))) {
                        continue;
                    }
                    let answer = browser.send(request(&method, &path, host, origin)).await;
                    let refused = [
                        StatusCode::MISDIRECTED_REQUEST,
                        StatusCode::FORBIDDEN,
                        StatusCode::METHOD_NOT_ALLOWED,
                    ];
                    let told = format!("{path} {host} {origin:?} {method}: {}", answer.status);
                    assert!(refused.contains(&answer.status), "{told}");
                }
            }
        }
        let answer = browser.send(request(&Method::GET, &path, HOST_NAME, None)).await;
        let csp = answer.headers.get("content-security-policy").unwrap().to_str().unwrap();
        assert!(csp.starts_with("default-src 'none'; script-src 'self'; "), "{csp}");
        assert!(!csp.contains("unsafe") && !csp.contains('*'), "{csp}");
        let body = answer.body.replacen(OWN_SCRIPT, "", 1);
        assert!(!body.contains("<script") && !body.contains("style=\""), "{path}");
    }
    assert_eq!(place.entries().await, before, "nothing was done by any of them");
}

#[tokio::test]
async fn r12_the_camera_is_offered_where_its_module_is_and_on_no_other_page() {
    let camera = r#"<script type="module" src="/camera.js"></script>"#;
    for (place, there) in [(Place::new().await, false), (Place::with_pocket().await, true)] {
        for officer in [1, 3] {
            let browser = place.officer(officer).await;
            for way in ways::ways() {
                if way.method != Method::GET
                    || matches!(way.page, ways::Page::Enter | ways::Page::Portrait)
                {
                    continue;
                }
                let answer = browser.get(&path(&way)).await;
                let header = |name: &str| answer.headers[name].to_str().unwrap();
                assert!(!header("content-security-policy").contains("unsafe"), "{}", way.path);
                // The other pages say in the header that they use none.
                let lets = header("permissions-policy").contains("camera=(self)");
                let offered = answer.body.contains(camera);
                assert!(!offered || lets && there && way.reads_codes(), "{}", way.path);
                assert!(!lets || there && way.reads_codes(), "{}", way.path);
                if there && answer.status == StatusCode::OK && way.reads_codes() {
                    assert!(offered && lets, "{}", way.path);
                    assert!(
                        answer.body.contains("id=\"camera\"") && answer.body.contains(" hidden>")
                    );
                    assert!(answer.body.contains("<form method=\"post\""), "the form is there too");
                }
            }
        }
        let module = place.stranger().get("/pocket/").await;
        assert_eq!(module.status == StatusCode::OK, there);
    }
}

#[tokio::test]
async fn nobody_hands_in_more_than_a_form_holds() {
    let place = Place::new().await;
    let (stranger, counter) = (place.stranger(), place.officer(3).await);
    let large = "x".repeat(70_000);
    assert_eq!(stranger.ask(Method::POST, "/enter", &large).await.status, StatusCode::BAD_REQUEST);
    for way in ways::ways() {
        if way.method == Method::POST
            && !way.takes_file()
            && way.by.lets(|role| role == Role::Counter)
        {
            let answer = counter.ask(Method::POST, &path(&way), &large).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", way.path);
        }
    }
    // Before it is read, it is asked whose it is.
    let answer = stranger.ask(Method::POST, "/applications/1/read-back", &large).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_form_of_another_session_does_nothing() {
    let place = Place::new().await;
    let (one, other) = (place.officer(3).await, place.officer(3).await);
    let number = one.does("/new/resident", &form("resident")).await;
    let before = place.entries().await;
    let path = format!("{number}/withdraw");
    for token in [String::new(), "0".repeat(32), other.token.clone()] {
        let answer = one.ask(Method::POST, &path, &format!("token={token}")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(place.entries().await, before);
    one.does(&path, &[]).await;
    assert_eq!(place.entries().await, before + 1);
}
