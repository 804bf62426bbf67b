//! A portrait: on the card, sealed beside the record, in no copy of it, and gone with the card.

use std::fs;

use axum::http::StatusCode;
use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{
    Browser, Place, form,
    work::{code, file, picture, sign},
};
use crate::{
    home::Home,
    registry::{Keys, Registry, TABLES},
};

const FILE: &[u8] = include_bytes!("portrait.png");

/// A permit that is signed; its application's address.
async fn issued(counter: &Browser, police: &Browser) -> String {
    let at = approved(counter, police).await;
    counter.does(&format!("{at}/issue"), &[]).await;
    at
}

/// An application that is approved; its address.
async fn approved(counter: &Browser, police: &Browser) -> String {
    let at = counter.does("/new/resident", &form("resident")).await;
    police.does(&format!("{at}/review"), &[]).await;
    sign(police, &format!("{at}/approve"), &[]).await;
    at
}

/// Names of the portraits in a desk's folder.
fn kept(place: &Place) -> Vec<String> {
    let folder = fs::read_dir(place.folder.path().join("portraits"));
    let names = folder.into_iter().flatten().map(|it| it.unwrap().file_name());
    let mut names: Vec<String> = names.map(|it| it.into_string().unwrap()).collect();
    names.sort();
    names
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|it| it == part)
}

/// Whether a file of a desk's folder, other than of one of its folders, holds these bytes.
fn is_anywhere(place: &Place, part: &[u8]) -> bool {
    let files = fs::read_dir(place.folder.path()).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.is_file()).any(|path| holds(&fs::read(path).unwrap(), part))
}

#[tokio::test]
async fn a_portrait_is_on_the_card_sealed_and_gone_when_it_is_handed_over() {
    let place = Place::new().await;
    let (counter, police) = (place.officer(3).await, place.officer(4).await);
    let draft = counter.does("/new/resident", &form("resident")).await;
    let early = picture(&counter, &format!("{draft}/portrait"), FILE).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "there is no card yet");
    let at = issued(&counter, &police).await;
    assert!(counter.get(&at).await.body.contains(&format!("{at}/portrait")));
    assert_eq!(counter.get(&format!("{at}/portrait.jpg")).await.status, StatusCode::NOT_FOUND);
    assert!(!counter.get(&format!("{at}/card-front.svg")).await.body.contains("<image"));
    // The only page that may use the camera.
    for (path, camera) in [(format!("{at}/portrait"), "camera=(self)"), (at.clone(), "camera=()")] {
        let policy = counter.get(&path).await.headers.get("permissions-policy").cloned().unwrap();
        assert!(policy.to_str().unwrap().starts_with(camera), "{path}");
    }
    let before = place.entries().await;
    for wrong in [&b""[..], b"no picture", &FILE[..FILE.len() / 2], b"<svg/>"] {
        let answer = picture(&counter, &format!("{at}/portrait"), wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.said());
        assert!(answer.body.contains("aria-invalid"), "{}", answer.said());
    }
    let answer = picture(&counter, &format!("{at}/portrait"), FILE).await;
    assert_eq!((answer.status, answer.leads_to()), (StatusCode::SEE_OTHER, format!("{at}/print")));
    assert_eq!(kept(&place), ["2.sealed"]);

    // On the side that has its place, of both cards, and as it is.
    let jpeg = place.pages.0.site.lock().await.portrait(2).unwrap().unwrap().card;
    let drawn = format!("data:image/jpeg;base64,{}", STANDARD.encode(&jpeg));
    for (name, wanted) in [
        ("folded-outside.svg", false),
        ("folded-inside.svg", true),
        ("card-front.svg", true),
        ("card-back.svg", false),
    ] {
        let side = counter.get(&format!("{at}/{name}")).await.body;
        assert_eq!(side.contains(&drawn), wanted, "{name}");
    }
    let shown = counter.get(&format!("{at}/portrait.jpg")).await;
    assert_eq!(shown.headers.get("content-type").unwrap(), "image/jpeg");
    assert!(counter.get(&format!("{at}/portrait")).await.body.contains("value=\"drop\""));
    assert_eq!(police.get(&format!("{at}/portrait.jpg")).await.status, StatusCode::FORBIDDEN);

    // Neither it nor its seal is in any other file, in the record, or in a copy of the database.
    assert_eq!(place.entries().await, before, "nothing of it is recorded");
    let copy = place.folder.path().join("copy.db");
    {
        let site = place.pages.0.site.lock().await;
        site.registry.store().copy_to(&copy.display().to_string()).await.unwrap();
    }
    let sealed = fs::read(place.folder.path().join("portraits/2.sealed")).unwrap();
    let (part, seal) = (&jpeg[jpeg.len() - 40..], &sealed[40..80]);
    assert!(holds(&jpeg, part) && !holds(&sealed, part));
    assert!(!is_anywhere(&place, part) && !is_anywhere(&place, seal));

    counter.does(&format!("{at}/print"), &[("do", "printed")]).await;
    let read = picture(&counter, &format!("{at}/read-back"), &code(&place, 2).await).await;
    assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.said());
    assert_eq!(kept(&place), ["2.sealed"], "until it is handed over");
    counter.does(&format!("{at}/hand-over"), &[]).await;
    assert!(kept(&place).is_empty());
    let late = picture(&counter, &format!("{at}/portrait"), FILE).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(counter.get(&format!("{at}/portrait")).await.body.contains("value=\"reprint\""));
    // The next copy has its place empty.
    counter.does(&format!("{at}/reprint"), &[]).await;
    assert!(!counter.get(&format!("{at}/card-front.svg")).await.body.contains("<image"));
}

#[tokio::test]
async fn a_portrait_goes_with_a_card_that_comes_to_nothing_whoever_ends_it() {
    let place = Place::new().await;
    let (counter, police) = (place.officer(3).await, place.officer(4).await);
    for number in 1..=3 {
        let at = issued(&counter, &police).await;
        picture(&counter, &format!("{at}/portrait"), FILE).await;
        assert_eq!(kept(&place).len(), number);
    }
    counter.does("/applications/1/portrait", &[("do", "drop")]).await;
    assert_eq!(kept(&place), ["2.sealed", "3.sealed"]);
    counter.does("/applications/2/withdraw", &[]).await;
    assert_eq!(kept(&place), ["3.sealed"]);
    // What a break left, and one that another program ended: looked at again at each start.
    let left = place.folder.path().join("portraits/2.sealed");
    fs::copy(place.folder.path().join("portraits/3.sealed"), &left).unwrap();
    let home = Home::open(place.folder.path()).unwrap();
    let keys = Keys { record: home.key("record").unwrap(), station: None };
    let store = permit_store::Store::open(&home.database(), &TABLES).await.unwrap();
    let memory = Some(place.folder.path().to_owned());
    Registry::open(store, keys, memory).await.unwrap();
    assert_eq!(kept(&place), ["3.sealed"]);
}

#[tokio::test]
async fn a_portrait_in_the_code_is_signed_shown_and_in_no_record() {
    let place = Place::new().await;
    let (counter, police) = (place.officer(3).await, place.officer(4).await);
    let at = approved(&counter, &police).await;
    assert!(counter.get(&at).await.body.contains(&format!("{at}/portrait")));
    let path = format!("{at}/portrait");
    assert!(counter.get(&path).await.body.contains("Sign the permit with it"));
    let choice = [("act", "issue"), ("code", "yes")];
    let wrong = file(&counter, &path, &choice, b"no picture").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(kept(&place).is_empty());
    let answer = file(&counter, &path, &choice, FILE).await;
    assert_eq!(answer.leads_to(), format!("{at}/print"), "{}", answer.said());

    // What was signed holds it, and a card of ID-1 size draws its code with modules of four dots.
    let (text, webp) = {
        let site = place.pages.0.site.lock().await;
        let signed = site.signed(1).unwrap();
        assert_eq!(signed.permit.id.copy, 1);
        (signed.text, site.portrait(1).unwrap().unwrap().code.unwrap())
    };
    let envelope = permit_core::Envelope::open(text.as_bytes()).unwrap();
    let permit = permit_core::Permit::decode(envelope.payload()).unwrap();
    assert_eq!(permit.options.portrait.as_deref(), Some(&webp[..]));
    let symbol = permit_symbol::Symbol::new(text.as_str()).unwrap();
    assert!((17..=23).contains(&symbol.version()), "{}", symbol.version());
    assert!(counter.get(&format!("{at}/card-back.svg")).await.body.contains("<svg"));
    let shown = counter.get(&format!("{at}/portrait.webp")).await;
    assert_eq!(shown.headers.get("content-type").unwrap(), "image/webp");
    for page in ["print", "read-back"] {
        if page == "read-back" {
            counter.does(&format!("{at}/print"), &[("do", "printed")]).await;
        }
        let body = counter.get(&format!("{at}/{page}")).await.body;
        assert!(body.contains(&format!("{at}/portrait.webp")), "{page}");
    }
    // The one that was signed stays: nothing is put over it, and it is not taken off.
    let drop = counter.post(&path, &[("do", "drop")]).await;
    assert_eq!(drop.status, StatusCode::CONFLICT);

    // Of it the record has the digest alone; the register has the payload's, as of any permit.
    let part = &webp[webp.len() - 40..];
    let copy = place.folder.path().join("copy.db");
    {
        let site = place.pages.0.site.lock().await;
        let issued = site.registry.desk().application(1).unwrap().permit.unwrap();
        assert_eq!(issued.digest, permit_core::sha256(&[envelope.payload()]));
        assert_eq!(issued.portrait, Some(permit_core::sha256(&[&webp]).into()));
        assert!(site.registry.check().await.unwrap().is_empty());
        site.registry.store().copy_to(&copy.display().to_string()).await.unwrap();
    }
    let sealed = fs::read(place.folder.path().join("portraits/1.sealed")).unwrap();
    assert!(holds(&webp, part) && !holds(&sealed, part) && !is_anywhere(&place, part));

    let read = picture(&counter, &format!("{at}/read-back"), &code(&place, 1).await).await;
    assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.said());
    counter.does(&format!("{at}/hand-over"), &[]).await;
    assert!(kept(&place).is_empty() && !is_anywhere(&place, part));
    // Read anew, the record holds without it.
    let home = Home::open(place.folder.path()).unwrap();
    let keys = Keys { record: home.key("record").unwrap(), station: None };
    let store = permit_store::Store::open(&home.database(), &TABLES).await.unwrap();
    let again = Registry::open(store, keys, None).await.unwrap();
    assert!(again.check().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_permit_that_is_signed_gets_a_portrait_in_its_next_copy() {
    let place = Place::new().await;
    let (counter, police) = (place.officer(3).await, place.officer(4).await);
    let at = issued(&counter, &police).await;
    let path = format!("{at}/portrait");
    picture(&counter, &path, FILE).await;
    let copy = async || place.pages.0.site.lock().await.signed(1).map(|it| it.permit.id.copy);
    assert_eq!(copy().await.unwrap(), 1, "on the card alone");
    let early = file(&counter, &path, &[("code", "yes")], FILE).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "what is not printed has no next copy");
    assert!(!counter.get(&path).await.body.contains("name=\"code\""));
    counter.does(&format!("{at}/print"), &[("do", "printed")]).await;
    // What is on the card already goes into the code.
    let answer = file(&counter, &path, &[("code", "yes")], b"").await;
    assert_eq!(answer.leads_to(), format!("{at}/print"), "{}", answer.said());
    assert_eq!(copy().await.unwrap(), 2);
    counter.does(&format!("{at}/print"), &[("do", "printed")]).await;
    // Without it nothing is printed, and the next copy is signed without one or with one that is taken again.
    fs::remove_file(place.folder.path().join("portraits/1.sealed")).unwrap();
    let gone = counter.get(&format!("{at}/print")).await;
    assert_eq!(gone.status, StatusCode::CONFLICT);
    assert!(gone.body.contains("The portrait in its code is not here"), "{}", gone.said());
    let next = [("act", "reprint"), ("code", "yes")];
    let without = file(&counter, &path, &next, b"").await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY, "there is none to take");
    counter.does(&format!("{at}/reprint"), &[]).await;
    assert_eq!(copy().await.unwrap(), 3);
    counter.does(&format!("{at}/print"), &[("do", "printed")]).await;
    file(&counter, &path, &[("code", "yes")], FILE).await;
    assert_eq!(copy().await.unwrap(), 4);
}
