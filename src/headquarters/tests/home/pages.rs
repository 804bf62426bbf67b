//! Pages over journals, returns and reports that came home.

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::header::{CONTENT_TYPE, COOKIE, HOST, ORIGIN, SET_COOKIE},
};
use permit_core::{Direction, PublicKey, Side, Signer as _, trust::Role};
use permit_headquarters::{
    Ask, Asked, Officer, Renewed, Site, Subject,
    pages::{Pages, Settings},
};
use permit_signing::{KeyFile, Label};
use permit_web::{Door, Pace};
use permit_words::Lang;
use tower::ServiceExt as _;

use crate::world::{Kept, START, headquarters, key, role, terminal};

const HOST_NAME: &str = "127.0.0.1:8490";

async fn asked(
    router: &Router,
    path: &str,
    cookie: &str,
    body: Option<&str>,
) -> (u16, String, String) {
    let mut request = Request::builder().uri(path).header(HOST, HOST_NAME).header(COOKIE, cookie);
    if body.is_some() {
        request = request
            .method("POST")
            .header(ORIGIN, format!("http://{HOST_NAME}"))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    let request = request.body(Body::from(body.unwrap_or_default().to_owned())).unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    let set = answer.headers().get(SET_COOKIE).map(|it| it.to_str().unwrap().to_owned());
    let status = answer.status().as_u16();
    let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    let body = String::from_utf8_lossy(&bytes).replace(['\u{2068}', '\u{2069}'], "");
    (status, set.unwrap_or_default().split(';').next().unwrap_or_default().to_owned(), body)
}

/// The pages, and the session of an officer.
async fn signed_in(site: Site) -> (Router, String) {
    let sealed = KeyFile::seal_unprotected_for_demo_keys_only(&key("officer"), Label::default());
    site.home.make_officers().unwrap();
    sealed.unwrap().create(&site.home.officer_key(1)).unwrap();
    let hex = key("officer").public_key().iter().map(|byte| format!("{byte:02x}")).collect();
    let officer = Officer { number: 1, name: "INVENTED A".to_owned(), key: hex, dismissed: false };
    site.home.keep_officer(officer).unwrap();
    let door = Door::loopback("permit-headquarters", 8490);
    let settings = Settings { door, pace: Pace::default(), lang: Lang::En, pocket: None };
    let router = Pages::new(site, settings).unwrap().router();
    let (_, cookie, _) = asked(&router, "/enter", "", Some("officer=1")).await;
    (router, cookie)
}

#[tokio::test]
async fn lists_that_grow_old_and_signatures_that_are_missing_stand_first() {
    for (days, said) in [
        (3, ["Lists due within", "revocations, side B: 0 of 1", "What waits"]),
        (6, ["To be signed anew: revocations", "To be signed anew: snapshot", "side B: 0 of 1"]),
        (8, ["Old, to be signed anew: revocations", "Lists due within", "side B: 0 of 1"]),
        (200, ["Expired, nothing is valid by it: revocations", "Lists due within", "side B"]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let site = headquarters(&folder.path().join("home"), Side::B).await;
        let site = site.at(START.plus(days * 86_400));
        let given = folder.path().join("given");
        let renewed = site.renew(&given, &[], &Ask::default()).await.unwrap();
        assert!(matches!(renewed, Renewed::Waiting(_)), "{days}");
        let (router, cookie) = signed_in(site).await;
        let (_, _, body) = asked(&router, "/", &cookie, None).await;
        said.iter().for_each(|it| assert!(body.contains(it), "{days}: {it}: {body}"));
        assert_eq!(
            body.contains("to be signed anew") || body.contains("To be signed anew"),
            days == 6 || days == 8
        );
    }
}

#[tokio::test]
async fn pages_show_what_came_home_and_what_waits_and_no_pseudonym() {
    let folder = tempfile::tempdir().unwrap();
    let site = headquarters(folder.path(), Side::A).await;
    let mut kept = Kept::new(terminal(Side::A, 1));
    kept.cross_each(0..12, Direction::Exit);
    let nobody = kept.cross(13, Direction::Exit);
    kept.nobody(nobody);
    site.take(&kept.export(None)).await.unwrap();
    let public = PublicKey::new(&key("desk 101").public_key()).unwrap();
    site.enter_station(101, &public).await.unwrap();
    let report = Asked { to: vec!["The ministry".to_owned()], ..Asked::default() };
    let signer = role(Side::A, Role::Report);
    site.report(&report, Subject::Situation, &signer, |_| Ok(())).await.unwrap();
    let home = site.home.clone();
    let (router, cookie) = signed_in(site).await;

    let (status, _, body) = asked(&router, "/", &cookie, None).await;
    assert_eq!(status, 200);
    assert!(body.contains("<figcaption>Passages <b>12</b>"), "{body}");
    assert!(body.contains("<td>14:00–15:00</td><td>0</td><td>12</td><td>12</td>"), "{body}");
    assert!(body.contains("Valid (0)") && body.contains("Nothing ever came from it"), "{body}");
    assert!(body.contains("Report on the use of permits in 2026-02 to be made"), "{body}");
    assert!(body.contains("Return of 2026-02 to be sent"), "{body}");
    assert!(body.contains("version 1, 0 d ago"), "{body}");
    let (_, _, body) = asked(&router, "/terminals/1", &cookie, None).await;
    assert!(body.contains("heard of") && body.contains("No record is missing."), "{body}");
    let (_, _, body) = asked(&router, "/stations/101", &cookie, None).await;
    assert!(body.contains("no return"), "{body}");
    let (_, _, body) = asked(&router, "/reports", &cookie, None).await;
    assert!(body.contains("/reports/1") && body.contains("The ministry"), "{body}");
    let (_, _, body) = asked(&router, "/reports/1", &cookie, None).await;
    assert!(body.contains("The signature holds, and so do 13 files."), "{body}");
    let (status, _, body) = asked(&router, "/reports/1/situation.json", &cookie, None).await;
    assert!(status == 200 && body.contains("\"number\": 1"), "{body}");
    assert_eq!(asked(&router, "/reports/1/other.json", &cookie, None).await.0, 404);
    std::fs::write(home.report(1).join("situation-en.txt"), "another").unwrap();
    let (_, _, body) = asked(&router, "/reports/1", &cookie, None).await;
    assert!(body.contains("situation-en.txt is not the file that was signed"), "{body}");
    assert_eq!(asked(&router, "/reports/1/situation.json", &cookie, None).await.0, 404);

    // The pseudonyms of all who crossed, in hexadecimal digits, stand on no page.
    let secrets = permit_journal::Secrets::new(permit_journal::Secret::new([7; 32]), None);
    for path in ["/", "/terminals/1", "/stations/101", "/reports", "/reports/1"] {
        let (_, _, body) = asked(&router, path, &cookie, None).await;
        for serial in 0..14 {
            let id = permit_core::PermitId { station: 12, year: 126, serial, copy: 1 };
            let hex: String =
                secrets.pseudonym(&id).0.iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(!body.contains(&hex), "{path}");
        }
    }
}
