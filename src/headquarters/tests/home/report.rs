//! Reports: what they tell, what they never tell, and whether they hold.

use std::{fs, path::Path, process::Command};

use permit_card::Fonts;
use permit_core::{Day, Direction, PublicKey, Side, Signer as _, trust::Role};
use permit_headquarters::{
    Asked, Failed, Made, Site, Situation, Subject, Unsound, Usage, open_report,
};
use permit_journal::{Concern, faults::Memory};
use permit_record::{Age, Count, Open, Outcome, Raised, Reported, Return, Waits};
use permit_report::{Period, Unprinted};
use serde::Deserialize;

use crate::world::{Kept, START, bundle, headquarters, key, role, terminal};

const DAY: i64 = 86_400;

/// A return of March, made so many days after its first day.
fn drawn(station: u16, made: i64, counts: &[(u8, u32)]) -> Return {
    let day = Day::from_civil(2026, 3, 9).unwrap();
    let count = |&(class, number): &(u8, u32)| Count {
        day,
        class,
        region: 3,
        outcome: Outcome::HandedIn,
        ground: None,
        number,
    };
    Return {
        zone: 1,
        station,
        demo: true,
        made: START.plus(made * DAY),
        from: Day::from_civil(2026, 3, 1).unwrap(),
        through: Day::from_civil(2026, 3, 31).unwrap(),
        sequence: 40 + u64::try_from(made).unwrap(),
        tip: [u8::try_from(made).unwrap(); 32],
        counts: counts.iter().map(count).collect(),
        cases: Vec::new(),
        issues: Some(Vec::new()),
        views: None,
        register: [0; 32],
    }
}

async fn enter(site: &Site, station: u16) {
    let public = PublicKey::new(&key(&format!("desk {station}")).public_key()).unwrap();
    site.enter_station(station, &public).await.unwrap();
}

async fn take(site: &Site, drawn: &Return) {
    let Ok(sealed) = drawn.seal(&key(&format!("desk {}", drawn.station)));
    site.take(&sealed).await.unwrap();
}

/// What a report tells, as a program reads it.
#[derive(Deserialize)]
struct Told<T> {
    head: permit_headquarters::Head,
    told: T,
}

fn file<'m>(made: &'m Made, name: &str) -> &'m [u8] {
    &made.files.iter().find(|it| it.0 == name).unwrap().1
}

async fn reported(site: &Site, asked: &Asked, subject: Subject) -> Result<Made, Failed> {
    let key = role(Side::A, Role::Report);
    site.report(asked, subject, &key, |made| Ok(made.clone())).await
}

async fn usage(site: &Site, month: &str) -> (Made, Told<Usage>) {
    let month: Period = month.parse().unwrap();
    let asked = Asked { to: vec!["The ministry".to_owned()], ..Asked::default() };
    let subject = Subject::Usage { month, incomplete: true };
    let made = reported(site, &asked, subject).await.unwrap();
    let told = serde_json::from_slice(file(&made, "usage.json")).unwrap();
    (made, told)
}

async fn situation(site: &Site) -> (Made, Told<Situation>) {
    let orders = ["182", "no. 7 of 1963", "182"].map(str::to_owned).into();
    let specimen = Some(("svg".to_owned(), b"<svg/>".to_vec()));
    let to = vec!["The ministry".to_owned()];
    let asked = Asked { to, orders, specimen, ..Asked::default() };
    let made = reported(site, &asked, Subject::Situation).await.unwrap();
    let told = serde_json::from_slice(file(&made, "situation.json")).unwrap();
    (made, told)
}

/// Cells of a report's table that are numbers, and those that are not, by where they stand.
fn numbers(made: &Made, lang: &str) -> Vec<Option<u32>> {
    let table = permit_table::read(file(made, &format!("usage-{lang}.csv"))).unwrap();
    table.rows.iter().map(|row| row.cells.last().unwrap().parse().ok()).collect()
}

fn written(made: &Made, folder: &Path) {
    fs::create_dir(folder).unwrap();
    made.files.iter().for_each(|(name, bytes)| fs::write(folder.join(name), bytes).unwrap());
}

#[tokio::test]
async fn r19_a_month_is_told_once_and_no_small_number_is_a_difference() {
    let folder = tempfile::tempdir().unwrap();
    let site = headquarters(folder.path(), Side::A).await.at(START.plus(40 * DAY));
    let mut kept = Kept::new(terminal(Side::A, 1));
    kept.cross_each(0..12, Direction::Exit);
    kept.cross_each(0..2, Direction::Entry);
    // Started again after the month.
    let mut kept = Kept::on(kept.terminal, Memory::of(kept.disk.files()), 31 * DAY);
    site.take(&kept.export(None)).await.unwrap();
    for (station, counts) in [(101, &[(0, 9), (1, 3)][..]), (102, &[(0, 7)])] {
        enter(&site, station).await;
        take(&site, &drawn(station, 35, counts)).await;
    }
    enter(&site, 103).await;

    let month: Period = "2026-03".parse().unwrap();
    let subject = |month| Subject::Usage { month, incomplete: false };
    let early = reported(&site, &Asked::default(), subject("2026-04".parse().unwrap())).await;
    assert!(matches!(early, Err(Failed::NotOver)));
    let missing = reported(&site, &Asked::default(), subject(month)).await;
    let Err(Failed::NotHome { terminals, stations }) = missing else { panic!("{missing:?}") };
    assert_eq!((terminals, stations), (vec![2], vec![103]));

    let (made, told) = usage(&site, "2026-03").await;
    let (head, told) = (told.head, told.told);
    assert_eq!((made.number, head.number, &head.to[..]), (1, 1, &["The ministry".to_owned()][..]));
    assert_eq!((head.register, &*head.from, &*head.through), (1, "2026-03-01", "2026-03-31"));
    let passages = &told.passages;
    assert_eq!((passages.all, passages.entries, passages.exits), (Some(14), None, None));
    let at = |crossing| passages.crossings.iter().find(|it| it.crossing == crossing).unwrap();
    assert_eq!((at(3).all, at(3).entries, at(3).exits), (Some(14), None, None), "12 tells the 2");
    assert_eq!((at(1).all, at(1).entries), (Some(0), Some(0)));
    let handed_in = &told.applications[0];
    // Station 101 told its 9, station 102 its 7: any sum over the 3 would tell it.
    assert_eq!((handed_in.all, handed_in.classes), (None, [Some(16), None, Some(0)]));
    assert_eq!(handed_in.stations, [(101, None), (102, Some(7))]);
    assert_eq!(told.of(Outcome::Issued), Some(0));
    // Station 103 serves no listed region; of region 3 two returns count something, and of the others none does.
    assert_eq!((&handed_in.regions[..], told.ungiven.contains(&3)), (&[(3, None)][..], false));
    assert_eq!(told.ungiven, [1, 2, 4, 5, 6, 7, 8, 9]);
    let stays = passages.stays.as_ref().unwrap();
    assert_eq!((stays.all, stays.classes.len(), stays.classes[1].number), (None, 6, Some(0)));
    let answered: Vec<_> =
        told.answers.iter().map(|it| (it.station, it.issues, it.views)).collect();
    assert_eq!(answered, [(101, Some(0), None), (102, Some(0), None), (103, None, None)]);
    // One language tells what the others do.
    let english = numbers(&made, "en");
    assert!(english.contains(&Some(14)) && !english.contains(&Some(12)));
    assert!([3, 2, 19].iter().all(|it| !english.contains(&Some(*it))));
    assert_eq!((numbers(&made, "zh"), numbers(&made, "ko")), (english.clone(), english));

    // What comes home later changes nothing: a difference of two reports would tell it.
    kept.cross_each(20..23, Direction::Entry);
    take(&site, &drawn(101, 36, &[(0, 9), (1, 4)])).await;
    take(&site, &drawn(103, 36, &[(2, 8)])).await;
    site.take(&kept.export(None)).await.unwrap();
    let (again, second) = usage(&site, "2026-03").await;
    assert_eq!((again.number, second.told.first.as_ref().map(|it| it.number)), (2, Some(1)));
    assert_eq!(Usage { first: None, ..second.told }, told);
    // The next month has this one as it was told.
    let site = site.at(START.plus(70 * DAY));
    let (_, next) = usage(&site, "2026-04").await;
    assert_eq!(next.told.passages.all, None, "3 passages in April");
    assert_eq!(next.told.earlier.len(), 1);
    assert_eq!((next.told.earlier[0].passages, next.told.earlier[0].issued), (Some(14), Some(0)));
    site.close().await.unwrap();
}

fn raised(number: u32, open: bool) -> Raised {
    let words = Some("The bridge is flooded".to_owned());
    Raised { number, day: Day::from_civil(2026, 3, 5).unwrap(), words, open }
}

#[tokio::test]
async fn r17_r18_what_is_raised_at_a_terminal_comes_home_and_is_told_until_it_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let site = headquarters(folder.path(), Side::A).await;
    let mut kept = Kept::on(terminal(Side::A, 1), Memory::new(), 0);
    kept.concern(Concern::Zone, true);
    kept.concern(Concern::Queue, true);
    kept.concern(Concern::Queue, false);
    let first = kept.export(None);
    kept.concern(Concern::Queue, true);
    kept.concern(Concern::Zone, false);
    let second = kept.export(None);
    let state = |it: &Situation| {
        let each = it.raised.iter().map(|it| (it.terminal, it.what.clone(), it.open, it.since));
        each.collect::<Vec<_>>()
    };
    let of = |what: &str, open, since| (1, what.to_owned(), open, since);
    let (_, report) = situation(&site).await;
    assert_eq!(state(&report.told), []);
    site.take(&first).await.unwrap();
    site.take(&first).await.unwrap();
    let (made, report) = situation(&site).await;
    assert_eq!(state(&report.told), [of("zone", true, 2), of("queue", false, 2)]);
    assert_eq!(report.told.raised[0].raised, "2026-03-01");
    let text = String::from_utf8(file(&made, "situation-en.txt").to_vec()).unwrap();
    assert!(text.contains("Doubt whether a place is in the zone"), "{text}");
    let officer = file(&made, "situation.json").windows(9).any(|it| it == b"\"officer\"");
    assert!(!officer, "no officer crosses");
    let (_, report) = situation(&site).await;
    assert_eq!(state(&report.told), [of("zone", true, 2)], "closed is told once");
    site.take(&second).await.unwrap();
    assert_eq!(site.check().await.unwrap(), []);
    let (_, report) = situation(&site).await;
    assert_eq!(state(&report.told), [of("zone", false, 2), of("queue", true, 4)]);
    // Past their term the records are gone, and what is open stays.
    let site = site.at(START.plus(4000 * DAY));
    kept.concern(Concern::Forged, true);
    let open: Vec<_> = site.raised().await.unwrap().into_iter().filter(|it| it.open).collect();
    assert_eq!(open.iter().map(|it| it.what).collect::<Vec<_>>(), [Concern::Queue]);
    site.close().await.unwrap();
}

#[tokio::test]
async fn r17_r18_r25_silence_is_no_answer_and_what_is_open_is_carried_over() {
    let folder = tempfile::tempdir().unwrap();
    let site = headquarters(folder.path(), Side::A).await.at(START.plus(36 * DAY));
    for station in [101, 102, 103] {
        enter(&site, station).await;
    }
    let first = Return { issues: Some(vec![raised(1, true)]), ..drawn(101, 32, &[]) };
    take(&site, &first).await;
    let open = |number| Open { kind: 1, age: Age::Week, waits: Waits::Decision, number };
    let cases = Return { views: Some(Vec::new()), cases: vec![open(6)], ..drawn(102, 32, &[]) };
    take(&site, &cases).await;
    let (made, report) = situation(&site).await;
    assert_eq!(report.head.orders, ["182", "no. 7 of 1963"]);
    let answered =
        |it: &Situation| it.answers.iter().map(|it| (it.issues, it.views)).collect::<Vec<_>>();
    let told = &report.told;
    assert_eq!(answered(told), [(Some(1), None), (Some(0), Some(0)), (None, None)]);
    assert_eq!(
        (told.open, told.cases[0].number, &*told.cases[0].kind),
        (Some(6), Some(6), "return")
    );
    let text = String::from_utf8(file(&made, "situation-en.txt").to_vec()).unwrap();
    assert!(
        text.contains("The bridge is flooded") && text.contains("In answer to orders: 182; no. 7")
    );
    assert!(text.contains("Issues Not answered. · Differing views Not answered."), "{text}");
    assert!(text.contains("Issues None. · Differing views None."), "{text}");
    let page = String::from_utf8(file(&made, "situation-en.html").to_vec()).unwrap();
    assert!(page.contains("0 (stations that did not answer: 2)"), "views, which nobody has");

    let state = |it: &Situation| {
        it.issues.iter().map(|it| (it.number, it.open, it.since)).collect::<Vec<_>>()
    };
    assert_eq!(state(told), [(1, true, 1)]);
    // No answer closes nothing.
    take(&site, &Return { issues: None, ..drawn(101, 33, &[]) }).await;
    let (_, report) = situation(&site).await;
    assert_eq!(
        (state(&report.told), answered(&report.told)[0]),
        (vec![(1, true, 1)], (None, None))
    );
    // An answer without it does, and that is told once.
    take(&site, &Return { issues: Some(vec![raised(2, true)]), ..drawn(101, 34, &[]) }).await;
    let (_, report) = situation(&site).await;
    assert_eq!(state(&report.told), [(1, false, 1), (2, true, 3)]);
    let (_, report) = situation(&site).await;
    assert_eq!(state(&report.told), [(2, true, 3)]);
    // One that is opened again is told again, and closed again.
    take(&site, &Return { issues: Some(vec![raised(1, true)]), ..drawn(101, 35, &[]) }).await;
    let (_, report) = situation(&site).await;
    assert_eq!(state(&report.told), [(1, true, 1), (2, false, 3)]);
    take(&site, &drawn(101, 36, &[])).await;
    let (_, report) = situation(&site).await;
    assert_eq!(state(&report.told), [(1, false, 1)]);
    // An old answer is none.
    let site = site.at(START.plus(100 * DAY));
    let (_, report) = situation(&site).await;
    assert_eq!(answered(&report.told), [(None, None); 3]);
    assert_eq!((report.told.open, report.told.cases.len()), (Some(0), 0));
    site.close().await.unwrap();
}

#[tokio::test]
async fn r25_a_report_holds_as_it_was_signed_and_not_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let site = headquarters(&folder.path().join("site"), Side::A).await;
    let (made, _) = situation(&site).await;
    let out = folder.path().join("report");
    written(&made, &out);
    let (lists, root) = bundle();
    let opened = || open_report(&out, lists.clone(), &root);
    let report = opened().unwrap();
    assert_eq!((report.number, report.subject, report.side), (1, Reported::Situation, Side::A));
    assert_eq!((report.orders.len(), report.files.len() + 1), (2, made.files.len()));
    for (name, bytes) in &made.files {
        let mut other = bytes.clone();
        *other.last_mut().unwrap() ^= 1;
        fs::write(out.join(name), &other).unwrap();
        let refused = opened().unwrap_err();
        assert!(matches!(refused, Failed::Unsound(_)), "{name}: {refused}");
        fs::remove_file(out.join(name)).unwrap();
        let refused = opened().unwrap_err();
        assert!(matches!(refused, Failed::Unsound(Unsound::Unread { .. })), "{name}: {refused}");
        fs::write(out.join(name), bytes).unwrap();
    }
    opened().unwrap();
    // By another role's key, and by nobody's.
    let wrong = site
        .report(&Asked::default(), Subject::Situation, &role(Side::A, Role::Heads), |_| Ok(()))
        .await;
    assert!(matches!(wrong, Err(Failed::NotOurKey { .. })));
    let stranger = report.seal(&key("a stranger")).unwrap();
    fs::write(out.join("report.cbor"), stranger).unwrap();
    assert!(matches!(opened(), Err(Failed::Unsound(Unsound::NoKey))));
    let claims = permit_record::Report { side: Side::B, ..report.clone() };
    fs::write(out.join("report.cbor"), claims.seal(&role(Side::A, Role::Report)).unwrap()).unwrap();
    assert!(matches!(opened(), Err(Failed::Unsound(Unsound::Other))));
    // What could not be kept was not made.
    let unkept: Result<(), Failed> = site
        .report(&Asked::default(), Subject::Situation, &role(Side::A, Role::Report), |_| {
            Err(Failed::Signer)
        })
        .await;
    assert!(unkept.is_err());
    assert_eq!(situation(&site).await.0.number, 2);
    let long = Asked { orders: vec!["1".repeat(81)], ..Asked::default() };
    assert!(matches!(reported(&site, &long, Subject::Situation).await, Err(Failed::Document(_))));
    site.close().await.unwrap();
}

#[tokio::test]
async fn r19_what_is_asked_of_such_regimes_stands_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let site = headquarters(folder.path(), Side::A).await.at(START.plus(40 * DAY));
    let site = site.printing(Fonts::system().unwrap());
    let mut kept = Kept::new(terminal(Side::A, 1));
    kept.cross_each(0..20, Direction::Exit);
    kept.cross_each(0..6, Direction::Entry);
    // Five days later.
    let mut kept = Kept::on(kept.terminal, Memory::of(kept.disk.files()), 5 * DAY);
    kept.cross_each(6..13, Direction::Entry);
    // Nobody saw these go.
    kept.cross_each(30..35, Direction::Entry);
    site.take(&kept.export(None)).await.unwrap();
    enter(&site, 101).await;
    let ground = |ground, number| Count {
        outcome: Outcome::Refused,
        ground: Some(ground),
        number,
        ..drawn(101, 35, &[(0, 1)]).counts[0]
    };
    let issued = Count { outcome: Outcome::Issued, ..drawn(101, 35, &[(0, 40)]).counts[0] };
    let counts = vec![issued, ground(0, 9), ground(4, 6)];
    take(&site, &Return { counts, ..drawn(101, 35, &[]) }).await;
    let to = vec!["The ministry".to_owned()];
    let asked = Asked { to, eligible: vec![(3, 20_000), (4, 100)], ..Asked::default() };
    let subject = Subject::Usage { month: "2026-03".parse().unwrap(), incomplete: true };
    let made = reported(&site, &asked, subject).await.unwrap();
    let told: Told<Usage> = serde_json::from_slice(file(&made, "usage.json")).unwrap();
    let stays = told.told.passages.stays.unwrap();
    let classes: Vec<_> = stays.classes.iter().map(|it| (it.from, it.through, it.number)).collect();
    assert_eq!(classes[..3], [(1, Some(1), Some(6)), (2, Some(3), Some(0)), (4, Some(7), Some(7))]);
    assert_eq!((classes[5], stays.unknown, stays.all), ((32, None, Some(0)), Some(5), Some(18)));
    let text = String::from_utf8(file(&made, "usage-en.txt").to_vec()).unwrap();
    for said in [
        "Yanji County · Eligible persons 20000",
        "Permits per 1,000 eligible 2.0",
        "Refusals per 1,000 eligible 0.8",
        "Helong County · Eligible persons 100 · handed in not given",
        "does not live in the border zone · refused 9 · revoked 0",
        "4 to 7 days · Ways home 7",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let page = String::from_utf8(file(&made, "usage-zh.html").to_vec()).unwrap();
    assert!(page.contains("<svg class=\"zone\"") && page.contains("通行 38：入境 18，出境 20"));
    searched(&made);
    // The same month again says the same, against what is known now.
    let asked = Asked { eligible: vec![(3, 10_000)], ..Asked::default() };
    let again = reported(&site, &asked, subject).await.unwrap();
    let text = String::from_utf8(file(&again, "usage-en.txt").to_vec()).unwrap();
    assert!(text.contains("Permits per 1,000 eligible 4.0"), "{text}");
    // A character that no font has is named, and nothing is made.
    let asked = Asked { to: vec!["The \u{1f6c2} ministry".to_owned()], ..Asked::default() };
    let refused = reported(&site, &asked, Subject::Situation).await;
    assert!(matches!(refused, Err(Failed::Unprinted(Unprinted::Glyph('\u{1f6c2}')))));
    assert_eq!(situation(&site).await.0.number, 3);
    site.close().await.unwrap();
}

/// In each language a PDF whose words are found.
fn searched(made: &Made) {
    for (lang, words) in [
        ("zh", ["边境通行证", "图们-南阳", "主送", "第1页", "SPECIMEN", "未提供"]),
        ("ko", ["국경통행증", "도문-남양", "받는곳", "1쪽", "SPECIMEN", "자료없음"]),
        ("en", ["Useofborderpermits", "Tumen-Namyang", "To", "page1of", "SPECIMEN", "notgiven"]),
    ] {
        let pdf = file(made, &format!("usage-{lang}.pdf"));
        assert!(pdf.len() < 600_000, "{} bytes", pdf.len());
        let Some(text) = printed(pdf) else { continue };
        for word in words {
            assert!(text.contains(word), "{lang}: {word} in {text}");
        }
    }
}

/// What a viewer finds in a PDF, without spaces; none where poppler is not installed, which CI does not allow.
fn printed(pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pdf");
    fs::write(&path, pdf).unwrap();
    match Command::new("pdftotext").arg("-raw").arg(&path).arg("-").output() {
        Ok(said) => Some(String::from_utf8(said.stdout).unwrap().split_whitespace().collect()),
        Err(_) => {
            assert!(std::env::var_os("CI").is_none(), "poppler-utils is not installed");
            None
        }
    }
}
