//! Lists from codes: gathered while that is asked for, taken whole, and pointed out at any other time.

use permit_parts as codes;

use super::*;

static PARTS: LazyLock<Vec<String>> = LazyLock::new(|| codes::split(demo::BUNDLE).unwrap());

/// Other lists in as many parts.
static OTHERS: LazyLock<Vec<String>> =
    LazyLock::new(|| codes::split(&vec![7; demo::BUNDLE.len()]).unwrap());

fn gathering() -> Desk {
    let mut desk = Desk::new();
    desk.ask(Command::ReadLists);
    assert_eq!(desk.stage(), Stage::Updating);
    desk
}

impl Desk {
    fn progress(&self) -> Option<(usize, usize)> {
        self.view().gathering.map(|it| (it.have, it.total))
    }

    fn taken(&self) -> Vec<Result<&[u8], UpdateFault>> {
        let taken = self.done.iter().filter_map(|action| match action {
            Action::Take(bundle) => Some(bundle.as_deref().map_err(|why| *why)),
            _ => None,
        });
        taken.collect()
    }

    fn judged(&self) -> usize {
        self.done.iter().filter(|action| matches!(action, Action::Judge { .. })).count()
    }

    fn refusal(&self) -> Option<PartFault> {
        match self.view().notice {
            Some(Notice::PartRefused { why }) => Some(why),
            _ => None,
        }
    }
}

#[test]
fn any_order_with_repeats_by_camera_and_scanner() {
    let mut desk = gathering();
    let total = PARTS.len();
    assert_eq!(desk.progress(), Some((0, 0)));
    let order: Vec<usize> = (0..total).map(|number| number * 7 % total).collect();
    assert_eq!(order.iter().collect::<std::collections::BTreeSet<_>>().len(), total);
    for (count, &number) in order.iter().enumerate() {
        assert!(desk.taken().is_empty(), "not before all are there");
        let part = PARTS[number].as_bytes();
        if count % 3 == 0 {
            desk.tell(Event::Scanned([part, b"\r\n"].concat()));
        } else {
            // It stays in view for some frames.
            (0..4).for_each(|_| desk.see(&[part]));
        }
        if let Some(view) = desk.view().gathering {
            assert_eq!((view.have, view.total), (count + 1, total));
            assert_eq!(view.missing.len(), total - count - 1);
            assert!(!view.missing.contains(&u8::try_from(number + 1).unwrap()));
        }
    }
    assert_eq!(desk.taken(), [Ok(demo::BUNDLE)]);
    assert_eq!(desk.stage(), Stage::Updating);
    desk.tell(Event::Updated(Ok(())));
    assert_eq!((desk.stage(), desk.view().notice), (Stage::Waiting, Some(Notice::Updated)));
    // The last code is still there: what came of it is not talked over.
    desk.see(&[PARTS[0].as_bytes()]);
    assert_eq!(desk.view().notice, Some(Notice::Updated));
    assert_eq!(desk.judged(), 0);
}

#[test]
fn outside_a_part_is_pointed_out_and_never_taken() {
    let mut desk = Desk::new();
    for part in &*PARTS {
        desk.see(&[part.as_bytes()]);
        desk.tell(Event::Scanned(part.clone().into_bytes()));
        desk.ask(Command::Scan { text: part.clone() });
    }
    assert_eq!(desk.view().notice, Some(Notice::CodeOfLists));
    assert_eq!((desk.taken().len(), desk.judged(), desk.stage()), (0, 0, Stage::Waiting));
    desk.ask(Command::ReadLists);
    assert_eq!(desk.progress(), Some((0, 0)), "nothing was kept");
    desk.dismiss();
    // Beside a permit it is one too many.
    desk.see(&[PARTS[0].as_bytes(), &case("hangul-name").text]);
    assert_eq!(desk.view().hint, Some(Hint::Several));
    desk.pass(Settings::default().linger_ms);
    desk.see(&[&case("hangul-name").text]);
    assert_eq!(desk.code(), Some(0));
    // While a verdict stands, a part is no other permit.
    desk.see(&[PARTS[0].as_bytes()]);
    desk.ask(Command::ReadLists);
    assert_eq!((desk.code(), desk.stage()), (Some(0), Stage::Verdict));
}

#[test]
fn a_permit_is_neither_judged_nor_passed_over_in_silence() {
    let permit = &case("hangul-name").text;
    for how in 0..3 {
        let mut desk = gathering();
        desk.see(&[PARTS[3].as_bytes()]);
        match how {
            0 => desk.see(&[permit]),
            1 => desk.tell(Event::Scanned(permit.clone())),
            _ => desk.ask(Command::Number { number: "00101-1963-00000042-001-K".to_owned() }),
        }
        assert_eq!((desk.judged(), desk.progress()), (0, Some((1, 24))), "{how}");
        let expected = (how < 2).then_some(PartFault::Foreign);
        assert!(desk.refusal() == expected || how == 2, "{how}");
        assert!(desk.view().notice.is_some(), "{how}");
        desk.ask(Command::Press { button: Button::Confirm, about: None });
        assert_eq!(
            (desk.stage(), desk.view().notice),
            (Stage::Waiting, Some(Notice::ListsStopped))
        );
        desk.see(&[permit]);
        assert_eq!(desk.code(), Some(0), "once stopped it is judged as ever");
        assert!(desk.taken().is_empty());
    }
}

#[test]
fn parts_that_do_not_fit() {
    let mut desk = gathering();
    desk.see(&[PARTS[0].as_bytes()]);
    for (text, why) in [
        (OTHERS[0].clone(), PartFault::Other),
        ("BL3:0000".to_owned(), PartFault::Newer),
        ("BL1:0000".to_owned(), PartFault::Damaged),
        ("https://example.org".to_owned(), PartFault::Foreign),
    ] {
        desk.see(&[text.as_bytes()]);
        assert_eq!((desk.refusal(), desk.progress()), (Some(why), Some((1, 24))), "{text}");
    }
    assert!(desk.taken().is_empty());
}

/// The codes of which any do: the terminal counts them, names none that is missing, and takes what they make.
#[test]
fn codes_of_which_any_do() {
    let fountain = codes::Fountain::new(demo::BUNDLE).unwrap();
    let needed = fountain.needed();
    // Every third is lost, and none of the first ten came.
    let shown = fountain.texts().skip(10).enumerate().filter(|(number, _)| number % 3 != 0);
    let mut desk = gathering();
    for (count, (_, text)) in (1..).zip(shown) {
        desk.see(&[text.as_bytes()]);
        let Some(view) = desk.view().gathering else { break };
        assert_eq!((view.have, view.total, view.any), (count, needed, true));
        assert!(view.missing.is_empty() && count < needed + 5);
    }
    assert_eq!(desk.taken(), [Ok(demo::BUNDLE)]);
    assert_eq!((desk.stage(), desk.judged()), (Stage::Updating, 0));
}

/// Numbered codes, codes of other lists, forged ones and a permit among them: nothing is lost, and nothing taken but what
/// holds together.
#[test]
fn codes_of_which_any_do_among_others() {
    let texts: Vec<String> = codes::Fountain::new(demo::BUNDLE).unwrap().texts().take(30).collect();
    let other = codes::Fountain::new(&vec![7; 9_000]).unwrap().texts().next().unwrap();
    let mut desk = gathering();
    desk.see(&[texts[0].as_bytes()]);
    for (text, why) in [
        (PARTS[0].clone().into_bytes(), PartFault::Other),
        (other.into_bytes(), PartFault::Other),
        ("BL2:0000".into(), PartFault::Damaged),
        (case("hangul-name").text.clone(), PartFault::Foreign),
    ] {
        desk.see(&[&text]);
        assert_eq!((desk.refusal(), desk.progress()), (Some(why), Some((1, 24))));
    }
    // A symbol with a check of its own under the true id.
    let bytes = permit_core::base45_decode::<600>(&texts[1].as_bytes()[4..]).unwrap();
    let mut forged = bytes[..bytes.len() - 4].to_vec();
    forged[100] ^= 1;
    let check = permit_core::sha256(&[&forged]);
    forged.extend(&check[..4]);
    let mut text = heapless::String::<700>::new();
    permit_core::base45_encode(&forged, &mut text).unwrap();
    desk.see(&[format!("BL2:{text}").as_bytes()]);
    desk.see(&[texts[1].as_bytes()]);
    assert_eq!(desk.refusal(), Some(PartFault::Conflict));
    texts.iter().for_each(|text| desk.see(&[text.as_bytes()]));
    assert_eq!(desk.taken(), [Err(UpdateFault::Forged)]);
}

/// A part that was put in another's place with a check of its own: what comes together is not what it says it is.
#[test]
fn forged_parts_end_it() {
    let mut forged = demo::BUNDLE.to_vec();
    forged[codes::PIECE + 5] ^= 1;
    let forged = codes::split(&forged).unwrap();
    // The id of the true bundle before the other's bytes.
    let forged = graft(&forged[1], &PARTS[1]);
    assert_ne!(forged, PARTS[1]);
    let mut desk = gathering();
    desk.see(&[forged.as_bytes()]);
    desk.see(&[PARTS[1].as_bytes()]);
    assert_eq!(desk.refusal(), Some(PartFault::Conflict));
    PARTS.iter().for_each(|part| desk.see(&[part.as_bytes()]));
    assert_eq!(desk.taken(), [Err(UpdateFault::Forged)]);
    desk.tell(Event::Updated(Err(UpdateFault::Forged)));
    let why = UpdateFault::Forged;
    assert_eq!(desk.view().notice, Some(Notice::NotUpdated { why }));
    assert_eq!(desk.stage(), Stage::Waiting);
}

/// The bytes of one part under the id of another.
fn graft(bytes: &str, id: &str) -> String {
    let decode = |text: &str| {
        permit_core::base45_decode::<600>(text.trim_start_matches(codes::PREFIX).as_bytes())
            .unwrap()
    };
    let (bytes, id) = (decode(bytes), decode(id));
    let mut whole = [&id[..8], &bytes[8..bytes.len() - 4]].concat();
    let check = permit_core::sha256(&[&whole]);
    whole.extend(&check[..4]);
    let mut text = heapless::String::<700>::new();
    permit_core::base45_encode(&whole, &mut text).unwrap();
    format!("{}{text}", codes::PREFIX)
}

#[test]
fn it_is_given_up_when_nothing_new_comes() {
    let mut desk = gathering();
    let patience = Settings::default().gather_ms;
    desk.pass(patience - 1_000);
    desk.see(&[PARTS[0].as_bytes()]);
    desk.pass(patience - 1_000);
    assert_eq!(desk.stage(), Stage::Updating, "a new part gives time");
    desk.see(&[PARTS[0].as_bytes()]);
    desk.see(&[OTHERS[0].as_bytes()]);
    desk.pass(1_000);
    assert_eq!((desk.stage(), desk.view().notice), (Stage::Waiting, Some(Notice::ListsLate)));
    assert!(desk.taken().is_empty());
}

#[test]
fn it_is_given_up_when_new_codes_come_without_an_end() {
    let large = codes::split(&vec![7; codes::MOST_BYTES]).unwrap();
    let mut desk = gathering();
    let mut seconds = 0;
    for part in &large {
        if desk.stage() != Stage::Updating {
            break;
        }
        desk.see(&[part.as_bytes()]);
        desk.pass(60_000);
        seconds += 60;
    }
    assert_eq!((seconds, desk.stage()), (30 * 60, Stage::Waiting));
    assert!(desk.taken().is_empty());
}

#[test]
fn help_comes_first_and_a_broken_camera_reads_nothing() {
    let mut desk = gathering();
    desk.ask(Command::Assist);
    assert_eq!(desk.stage(), Stage::Assisting);
    let mut desk = gathering();
    desk.tell(Event::Camera(CameraState::Frozen));
    desk.see(&[PARTS[0].as_bytes()]);
    assert_eq!(desk.progress(), Some((0, 0)));
    desk.tell(Event::Scanned(PARTS[0].clone().into_bytes()));
    assert_eq!(desk.progress(), Some((1, 24)), "a hand scanner still reads");
}

#[test]
fn what_would_help_is_said_while_nothing_is_read() {
    let mut desk = gathering();
    let hint = |hint| Event::Seen(Seen { hint: Some(hint), ..Seen::default() });
    desk.tell(hint(Hint::Closer));
    assert_eq!(desk.view().hint, Some(Hint::Closer));
    desk.see(&[]);
    assert_eq!(desk.view().hint, Some(Hint::Closer), "not for a frame only");
    desk.see(&[PARTS[0].as_bytes()]);
    assert_eq!(desk.view().hint, None);
    desk.tell(hint(Hint::Glare));
    desk.ms += 2_000;
    desk.see(&[]);
    assert_eq!(desk.view().hint, None);
}
