//! Cards as PDF: text that is found, fonts that are parts of fonts, sheets with backs.
#![cfg(feature = "pdf")]
#![allow(clippy::unwrap_used, reason = "what a test cannot make for itself is a failure")]

mod world;

use std::process::Command;

use permit_card::{Design, Fonts, pdf};
use permit_core::Permit;
use permit_words::Card;

/// What a PDF viewer finds in a file; none where poppler is not installed, which CI does not allow.
fn text(pdf: &[u8], args: &[&str]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, pdf).unwrap();
    match Command::new("pdftotext").args(args).arg(&file).arg("-").output() {
        Ok(said) => Some(String::from_utf8(said.stdout).unwrap()),
        Err(_) => {
            assert!(std::env::var_os("CI").is_none(), "poppler-utils is not installed");
            None
        }
    }
}

/// The names of fonts in a file.
fn fonts_of(pdf: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(pdf);
    let names = text.match_indices("/BaseFont").map(|(at, _)| {
        let name = text[at + 9..].trim_start().trim_start_matches('/');
        name[..name.find(|c: char| c.is_whitespace() || c == '/').unwrap()].to_owned()
    });
    names.collect()
}

#[test]
fn r1_one_card_is_searchable_and_carries_only_the_glyphs_it_uses() {
    let (fonts, card) = (Fonts::system().unwrap(), Card::new());
    world::one(
        |_| {},
        |print| {
            for design in [Design::card().unwrap(), Design::folded().unwrap()] {
                let sides = design.draw(print, &card, &fonts).unwrap();
                let file = pdf::single(&sides, design.size(), &fonts).unwrap();
                assert!(file.len() < 400_000, "{} bytes", file.len());
                let names = fonts_of(&file);
                assert!(!names.is_empty());
                for name in &names {
                    let (tag, rest) =
                        name.split_once('+').unwrap_or_else(|| panic!("{name} is a whole font"));
                    assert!(
                        tag.len() == 6
                            && tag.bytes().all(|b| b.is_ascii_uppercase())
                            && !rest.is_empty()
                    );
                }
                if let Some(text) = text(&file, &["-raw"]) {
                    let flat: String = text.split_whitespace().collect();
                    for word in
                        [&print.permit.latin[..], print.permit.native.as_deref().unwrap_or("中国")]
                    {
                        assert!(flat.contains(&word.replace(' ', "")), "{word}: {text}");
                    }
                    assert!(flat.contains(&print.permit.id.to_string()), "{text}");
                    assert_eq!(text.matches('\u{c}').count(), 2, "two pages");
                }
            }
        },
    );
}

#[test]
fn r1_a_batch_has_a_list_of_names_sheets_and_backs() {
    let (fonts, card, design) = (Fonts::system().unwrap(), Card::new(), Design::card().unwrap());
    let mut permits: Vec<(Permit, permit_card::Sides)> = Vec::new();
    world::each(|_, print, _| {
        if permits.len() < 10 {
            permits.push((print.permit.clone(), design.draw(print, &card, &fonts).unwrap()));
        }
    });
    let listed: Vec<_> = permits.iter().map(|(permit, sides)| (permit, sides.clone())).collect();
    let file = pdf::batch(&listed, design.size(), &card, &fonts).unwrap();
    // Ten cards, eight on a sheet: a cover with an empty back, two sheets, and the backs of both.
    let Some(text) = text(&file, &["-layout"]) else { return };
    let pages: Vec<&str> = text.split('\u{c}').collect();
    assert_eq!(pages.len() - 1, 6, "{text}");
    for (permit, _) in &permits {
        assert!(pages[0].contains(&permit.id.to_string()) && pages[0].contains(&permit.latin[..]));
    }
    assert!(pages[1].trim().is_empty(), "no front behind the list");
    assert!(pages[2].contains(&permits[7].0.id.to_string()) && !pages[2].contains("Crossings"));
    assert!(pages[3].contains("Crossings") && pages[5].contains("Crossings"));
    assert!(pages[4].contains(&permits[9].0.id.to_string()));
}
