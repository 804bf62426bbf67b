//! A report says the same in every form.

use permit_words::Lang;

use crate::{Bar, Report, Section};

fn report() -> Report {
    let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
    let bar = |number: Option<u32>| Bar {
        of: "A".to_owned(),
        number,
        told: number.map_or("not told".to_owned(), |it| it.to_string()),
    };
    Report {
        lang: Lang::En,
        demo: true,
        title: "Use <of> permits".to_owned(),
        lines: vec!["Made today".to_owned()],
        figures: vec![("passages".to_owned(), "41".to_owned())],
        sections: vec![
            Section {
                title: "Passages".to_owned(),
                columns: row(["Crossing", "Number"]),
                rows: vec![row(["3 & 4", "41"]), row(["5", "not told"])],
                bars: vec![bar(Some(41)), bar(None)],
                ..Section::default()
            },
            Section { title: "Views".to_owned(), empty: "None.".to_owned(), ..Section::default() },
        ],
        notes: vec!["Some are hidden".to_owned()],
    }
}

#[test]
fn r19_every_form_says_what_it_is_and_each_cell() {
    let report = report();
    let (text, html) = (report.text(), report.html().unwrap());
    let table: String = report.table().1.into_iter().flatten().map(|it| it + "\n").collect();
    for said in ["SPECIMEN", "Made today", "Passages", "Number", "not told", "None.", "41"] {
        assert!(text.contains(said) && html.contains(said), "{said}");
    }
    // A line of text begins with what it is about and needs no name for that.
    assert!(html.contains("Crossing") && text.contains("3 & 4 · Number 41"), "{text}");
    for said in ["SPECIMEN", "Made today", "3 & 4", "not told", "None.", "Some are hidden"] {
        assert!(table.contains(said), "{said}");
    }
    assert!(!html.contains("<of>") && !html.contains("3 & 4"), "escaped");
    assert_eq!(html.matches("width=\"1000\"").count(), 2, "the longest, and one that is hidden");
}
