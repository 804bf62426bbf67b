//! A report says the same in every form.

use permit_card::Assumed;
use permit_words::Lang;

use crate::{Bar, Crossing, Flow, Mark, Region, Report, Section, Zone};

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
        block: vec![("To".to_owned(), "The ministry".to_owned())],
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
    for said in
        ["SPECIMEN", "The ministry", "Made today", "Passages", "Number", "not told", "None.", "41"]
    {
        assert!(text.contains(said) && html.contains(said), "{said}");
    }
    // A line of text begins with what it is about and needs no name for that.
    assert!(html.contains("Crossing") && text.contains("3 & 4 · Number 41"), "{text}");
    for said in
        ["SPECIMEN", "The ministry", "Made today", "3 & 4", "not told", "None.", "Some are hidden"]
    {
        assert!(table.contains(said), "{said}");
    }
    assert!(!html.contains("<of>") && !html.contains("3 & 4"), "escaped");
    assert_eq!(html.matches("width=\"1000\"").count(), 2, "the longest, and one that is hidden");
}

/// Numbers without an end, the same for a seed (a linear congruential generator).
struct Numbers(u32);

impl Numbers {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % end
    }

    /// A name of up to 80 bytes, as long as a register allows.
    fn name(&mut self) -> String {
        let parts =
            ["延吉", "朝鲜族自治县", "연길 ", "장백조선족자치현 ", "Yanji ", "Korean-Autonomous "];
        let long = ["", "W", "公"][self.below(3) as usize].repeat(self.below(20) as usize);
        let mut name = format!("{long}{}", parts[self.below(6) as usize]);
        while name.len() < 60 && self.below(3) > 0 {
            name.push_str(parts[self.below(6) as usize]);
        }
        name
    }

    fn zone(&mut self) -> Zone {
        let many = [1 + self.below(20), 1 + self.below(20)];
        let regions = many.map(|many| {
            let region = |number| Region {
                number,
                name: self.name(),
                note: ["", "101, 102, 103"][self.below(2) as usize].to_owned(),
            };
            (0..u16::try_from(many).unwrap()).map(region).collect()
        });
        let crossings = (0..self.below(25)).map(|_| Crossing {
            regions: many.map(|many| u16::try_from(self.below(many)).unwrap()),
            name: self.name(),
            open: self.below(4) > 0,
            flow: [Flow::Plain, Flow::Told(self.below(9000)), Flow::Hidden][self.below(3) as usize],
            notes: (0..self.below(4)).map(|_| (Mark::Warn, self.name())).collect(),
        });
        let crossings = crossings.collect();
        let [said, apart] = [self.name(), self.name()];
        Zone { sides: [self.name(), self.name()], said, apart, regions, crossings }
    }
}

#[test]
fn r4_no_two_lines_of_a_zone_overlap_and_none_is_cut_off() {
    for seed in 0..60 {
        let zone = Numbers(seed).zone();
        let drawn = zone.draw(&Assumed).unwrap();
        let boxes: Vec<([f64; 4], &str)> = drawn
            .labels
            .iter()
            // The body of Noto CJK's letters.
            .map(|it| {
                let (top, end) = (it.y - 0.88 * it.size, it.y + 0.24 * it.size);
                ([it.x, top, it.x + it.wide, end], &*it.text)
            })
            .collect();
        for (at, ([left, top, right, end], text)) in boxes.iter().enumerate() {
            let inside =
                *left >= 0.0 && *top >= 0.0 && *right <= drawn.width && *end <= drawn.height;
            assert!(inside, "{seed}: {text} is cut off");
            for ([l, t, r, e], other) in &boxes[at + 1..] {
                let apart = r <= left || right <= l || e <= top || end <= t;
                assert!(apart, "{seed}: {text} and {other}");
            }
        }
        // Everything of the zone is there.
        let told: String = boxes.iter().map(|it| it.1).collect::<String>().split(' ').collect();
        let regions = zone.regions.iter().flatten().map(|it| &it.name);
        for name in regions.chain(zone.crossings.iter().map(|it| &it.name)) {
            assert!(told.contains(&name.split(' ').collect::<String>()), "{seed}: {name}");
        }
    }
}

#[cfg(feature = "pdf")]
#[test]
fn r4_a_zone_goes_over_pages_and_nothing_of_it_is_left_out() {
    for seed in 0..20 {
        let zone = Numbers(seed).zone();
        let parts = zone.parts(700.0, &Assumed).unwrap();
        let told: String = parts.iter().flat_map(|it| &it.labels).map(|it| &*it.text).collect();
        let told: String = told.split(' ').collect();
        let regions = zone.regions.iter().flatten().map(|it| &it.name);
        for name in regions.chain(zone.crossings.iter().map(|it| &it.name)) {
            assert!(told.contains(&name.split(' ').collect::<String>()), "{seed}: {name}");
        }
        assert!(parts.len() > 1 || zone.crossings.len() < 10, "{seed}");
        assert!(parts.iter().all(|it| it.height <= 700.0), "{seed}");
    }
}
