//! The page against what a hostile picture would write into it.

use permit_words::{Light, Sentence, Spoken};

use super::*;
use crate::verify::earlier::Then;
use crate::verify::record::Record;

/// A report without trust documents, of scans whose every text is this one.
fn report(texts: &[&str]) -> (Report, Tally) {
    let about = About {
        demo: true,
        zone: 7,
        root: "00ff".repeat(16),
        crossings: vec![(1, "Quanhe".into())],
    };
    let words = Words::new(Lang::En);
    let mut report = Report {
        words,
        about,
        scans: Vec::new(),
        places: Vec::new(),
        pictures: Vec::new(),
        path: "report.html".into(),
    };
    let mut tally = Tally::default();
    for text in texts {
        let sentence =
            Sentence { title: (*text).into(), reason: (*text).into(), next: (*text).into() };
        let spoken = Spoken {
            light: Light::Grey,
            heading: String::new(),
            also: vec![sentence.clone()],
            notes: vec![(*text).into()],
            sentence,
        };
        let mut record = Record::new((*text).into(), Stage::Text);
        (record.text, record.kind, record.outcome) =
            (Some((*text).into()), Some((*text).into()), Some(Outcome::Wrong));
        (record.expected, record.code) = (Some(31), 11);
        let scan = Scan { record, spoken };
        tally.add(&scan.record, Class::Other);
        report.add(&[scan], None);
    }
    (report, tally)
}

/// What an earlier run said otherwise of the same scans, and one that is gone.
fn changes(texts: &[&str]) -> Vec<Change> {
    let then = |text: &str| Then { code: 0, verdict: text.into(), reason: text.into() };
    let place = |text: &str| (text.to_owned(), 0, 0, 0);
    let one =
        |text: &&str| Change { place: place(text), then: Some(then(text)), now: Some(then(text)) };
    let gone = Change { place: place("gone.png"), then: Some(then("gone")), now: None };
    texts.iter().map(one).chain([gone]).collect()
}

fn page(texts: &[&str]) -> String {
    let (report, tally) = report(texts);
    let mut out = Vec::new();
    report.write(&tally, Some(&changes(texts)), 1.0, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The names of all elements, in order.
fn elements(page: &str) -> Vec<String> {
    let starts =
        page.split('<').skip(1).filter(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()));
    starts
        .map(|part| {
            part.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_owned()
        })
        .collect()
}

#[test]
fn hostile_text_adds_no_element() {
    let hostile = [
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg/onload=alert(1)>",
        "{{7*7}}",
        "]]>",
        "\u{2028}",
        "\u{0}\u{1b}[2J",
        "\u{202e}",
    ];
    for text in hostile {
        assert_eq!(elements(&page(&[text])), elements(&page(&["harmless"])), "{text:?}");
    }
}

#[test]
fn the_page_lets_only_itself_run() {
    let page = page(&["x"]);
    let policy = "default-src &#39;none&#39;";
    assert!(page.contains("default-src 'none'") || page.contains(policy));
    assert!(
        !page.contains("unsafe-inline") && !page.contains("http://")
            || !page.contains("src=\"http")
    );
    assert!(
        !page.contains(" style=") && !page.contains(" onclick="),
        "the policy would stop these"
    );
}

#[test]
fn the_island_is_json() {
    let page = page(&["</script>&amp;\u{2028}"]);
    let island = page.split("id=\"data\">").nth(1).unwrap().split("</script>").next().unwrap();
    let json: serde_json::Value = serde_json::from_str(island).unwrap();
    assert_eq!(json["scans"][0]["title"], "</script>&amp;\u{2028}");
    assert!(!island.contains(['<', '>', '&', '\u{2028}']));
}

#[test]
fn a_curve_and_a_table_for_a_manifest() {
    let page = page(&["glare"]);
    for part in ["id=\"panel-curves\"", "id=\"panel-table\"", "class=\"off\"", "class=\"demo\""] {
        assert!(page.contains(part), "{part}");
    }
}
