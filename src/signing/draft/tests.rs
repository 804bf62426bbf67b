//! Every document there and back, and complaints that name the field.

use super::*;
use crate::demo::World;

fn documents() -> Vec<Draft> {
    let world = World::make().unwrap();
    let common = [Draft::Root(Box::new(world.root_draft)), Draft::Zone(world.zone)];
    common.into_iter().chain(world.drafts).collect()
}

#[test]
fn there_and_back() {
    for draft in documents() {
        let payload = draft.encode().unwrap();
        let read = Draft::decode(draft.role(), &payload).unwrap();
        assert_eq!(read.encode().unwrap(), payload, "{:?}", draft.role());
        let toml: Draft = toml::from_str(&toml::to_string(&read).unwrap()).unwrap();
        assert_eq!(toml, read, "TOML, {:?}", draft.role());
        let json: Draft = serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
        assert_eq!(json, read, "JSON, {:?}", draft.role());
    }
}

#[test]
fn the_order_in_a_description_does_not_matter() {
    let mut zone = World::make().unwrap().zone;
    let payload = zone.encode().unwrap();
    zone.regions.reverse();
    zone.crossings.reverse();
    assert_eq!(zone.encode().unwrap(), payload);
}

#[test]
fn a_complaint_names_the_field() {
    let good = World::make().unwrap().zone;
    type Edit = (fn(&mut Zone), &'static str, Flaw);
    let edits: [Edit; 8] = [
        (|z| z.header.zone = 0, "header.zone", Flaw::Range),
        (|z| z.header.next_update = z.header.issued, "header.next_update", Flaw::Range),
        (|z| z.regions[2].id = "Yanji".into(), "regions[2].id", Flaw::Character),
        (|z| z.regions[4].names.ko = Some(String::new()), "regions[4].names.ko", Flaw::Count),
        (|z| z.regions[5].number = 4, "regions[5]", Flaw::Duplicate),
        (|z| z.crossings[1].regions = [1, 2], "crossings", Flaw::Range),
        (
            |z| z.crossings[0].hours[0].closes = TimeOfDay(1),
            "crossings[0].hours[0].closes",
            Flaw::Range,
        ),
        (|z| z.limits.validity = 400, "limits.validity", Flaw::Range),
    ];
    for (edit, field, flaw) in edits {
        let mut zone = good.clone();
        edit(&mut zone);
        let error = zone.encode().unwrap_err();
        assert_eq!((error.field(), error.flaw()), (field, flaw), "{error}");
    }
}

#[test]
fn a_region_list_on_a_key_of_another_class_is_not_dropped() {
    let Some(Draft::Stations(mut list)) = World::make().unwrap().drafts.into_iter().next() else {
        panic!("the first document is the station list")
    };
    list.stations[0].keys[0].regions = vec![1];
    assert_eq!(list.encode().unwrap_err().flaw(), Flaw::Count);
}

#[test]
fn unknown_fields_are_refused() {
    for (field, text) in [("ethnicity", "ethnicity = true"), ("score", "demo = true\nscore = 3")] {
        let error = toml::from_str::<Root>(text).unwrap_err().to_string();
        assert!(error.contains(field), "{error}");
    }
}
