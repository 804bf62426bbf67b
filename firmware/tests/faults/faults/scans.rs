//! What scanners and cameras give: bad permits, noise, devices set up wrongly, several at once.

use core::time::Duration;
use std::time::Instant;

use super::Outcome;
use crate::bench::Bench;
use crate::duty::{QUIET, SOON, Seen};
use crate::rule::{Check, Told};
use crate::town::{BAD, Card};

pub(super) fn bad(bench: &mut Bench) -> Outcome {
    let mut seen = Vec::new();
    for kind in BAD {
        seen.push(format!("{kind:?}: {}", bench.card(0, kind)?.say()));
    }
    Ok(seen.join(", "))
}

pub(super) fn used(bench: &mut Bench) -> Outcome {
    bench.duty(1)?;
    let text = bench.town.permit(Card::Good);
    bench.pass_with(1, &text)?;
    let (here, there) = (bench.scan(1, &text, false)?, bench.scan(0, &text, false)?);
    bench.kill();
    bench.start()?;
    let after = bench.scan(0, &text, false)?;
    Ok(format!("{}, in the other lane {}, after a start {}", here.say(), there.say(), after.say()))
}

/// Every byte alone, and every byte in the middle of a line.
pub(super) fn bytes(bench: &mut Bench) -> Outcome {
    bench.clear(0)?;
    bench.oracle.show(0, "scanner", false);
    for byte in 0..=255_u8 {
        for line in [vec![byte, b'\r'], vec![b'B', b'P', byte, b'1', b'\r', b'\n']] {
            bench.scanners[0].write(&line, SOON);
        }
    }
    std::thread::sleep(QUIET);
    if bench.lives() { Ok("it lives".to_owned()) } else { Err("it is gone".to_owned()) }
}

pub(super) fn flood(bench: &mut Bench) -> Outcome {
    bench.clear(1)?;
    bench.oracle.show(1, "scanner", false);
    let noise: Vec<u8> = (0..60_000).map(|_| bench.random.next().to_le_bytes()[0]).collect();
    let written = bench.scanners[1].write(&noise, Duration::from_secs(5));
    // The other lane works meanwhile.
    let other = bench.card(0, Card::Good)?;
    let ended = bench.scanners[1].write(b"\r\r", SOON);
    Ok(format!("{written} bytes and {ended}, in the other lane {}", other.say()))
}

pub(super) fn unplugged(bench: &mut Bench) -> Outcome {
    let lane = usize::try_from(bench.random.below(2)).unwrap();
    // In the middle of a line.
    bench.scanners[lane].write(b"BP1:", SOON);
    bench.scanners[lane].unplug();
    std::thread::sleep(Duration::from_millis(1_200));
    let lives = bench.lives();
    bench.scanners[lane].plug();
    // Whoever waits for a device looks about once a second.
    std::thread::sleep(Duration::from_millis(2_500));
    if lives { Ok(format!("lane {}", lane + 1)) } else { Err("it ended".to_owned()) }
}

/// What a device makes of a text.
type Change = fn(&str) -> Vec<u8>;

/// Devices that are set up wrongly.
const SETTINGS: [(&str, Change); 12] = [
    ("Caps Lock", |text| text.chars().map(swapped).collect::<String>().into_bytes()),
    ("a German layout", |text| text.chars().map(german).collect::<String>().into_bytes()),
    ("a French layout", |text| text.chars().map(french).collect::<String>().into_bytes()),
    ("an AIM prefix", |text| format!("]Q1{text}").into_bytes()),
    ("a tab behind", |text| format!("{text}\t").into_bytes()),
    ("GS behind", |text| format!("{text}\u{1d}").into_bytes()),
    ("NUL behind", |text| format!("{text}\0").into_bytes()),
    ("a space behind", |text| format!("{text} ").into_bytes()),
    ("a space before", |text| format!(" {text}").into_bytes()),
    ("a BOM", |text| format!("\u{feff}{text}").into_bytes()),
    ("STX and ETX", |text| format!("\u{2}{text}\u{3}").into_bytes()),
    ("full-width characters", |text| text.chars().map(wide).collect::<String>().into_bytes()),
];

const fn swapped(letter: char) -> char {
    if letter.is_ascii_uppercase() {
        letter.to_ascii_lowercase()
    } else {
        letter.to_ascii_uppercase()
    }
}

const fn german(letter: char) -> char {
    match letter {
        'Y' => 'Z',
        'Z' => 'Y',
        ':' => 'Ö',
        '/' => '-',
        '-' => 'ß',
        '*' => '(',
        '+' => '`',
        other => other,
    }
}

const fn french(letter: char) -> char {
    match letter {
        'A' => 'Q',
        'Q' => 'A',
        'W' => 'Z',
        'Z' => 'W',
        'M' => '?',
        ':' => 'M',
        '1' => '&',
        '2' => 'é',
        other => other,
    }
}

const fn wide(letter: char) -> char {
    match letter {
        ' ' => '\u{3000}',
        '!'..='~' => match char::from_u32(letter as u32 + 0xfee0) {
            Some(wide) => wide,
            None => letter,
        },
        other => other,
    }
}

/// A good permit through a device that changes it: green, or no verdict; never a word against the permit.
pub(super) fn misset(bench: &mut Bench) -> Outcome {
    let (name, change) = *bench.random.of(&SETTINGS);
    let text = bench.town.permit(Card::Good);
    bench.clear(0)?;
    let mark = bench.mark();
    bench.oracle.show(0, "scanner", true);
    let line = [change(&text), b"\r".to_vec()].concat();
    bench.scanners[0].write(&line, SOON);
    let seen = bench.verdict(mark, 0, Duration::from_secs(2));
    let against = matches!(&seen, Seen::Verdict(class, _) if class != "valid");
    let what = || format!("{name}: a good permit is {}", seen.say());
    bench.oracle.see(Check::Own, against.then(what));
    Ok(format!("{name}: {}", seen.say()))
}

/// Shows cards to the camera and waits for what comes of them.
fn held(bench: &mut Bench, texts: &[&str], good: bool, wait: Duration) -> Result<Seen, String> {
    bench.clear(0)?;
    let mark = bench.mark();
    bench.oracle.show(0, "camera", good);
    bench.hold(texts);
    let seen = bench.verdict(mark, 0, wait);
    bench.blank();
    bench.oracle.clear(0, "camera");
    Ok(seen)
}

pub(super) fn camera(bench: &mut Bench) -> Outcome {
    let kind = *bench.random.of(&BAD);
    let text = bench.town.permit(kind);
    let bad = held(bench, &[&text], false, SOON)?;
    std::thread::sleep(Duration::from_millis(1_500));
    let text = bench.town.permit(Card::Good);
    let good = held(bench, &[&text], true, SOON)?;
    let lost =
        (good == Seen::Nothing).then(|| "a good permit before the camera is not seen".to_owned());
    bench.oracle.see(Check::Own, lost);
    std::thread::sleep(Duration::from_millis(1_500));
    Ok(format!("{kind:?}: {}, Good: {}", bad.say(), good.say()))
}

pub(super) fn several(bench: &mut Bench) -> Outcome {
    let (one, two) = (bench.town.permit(Card::Good), bench.town.permit(Card::Revoked));
    let seen = held(bench, &[&one, &two], false, Duration::from_secs(3))?;
    std::thread::sleep(Duration::from_millis(1_500));
    Ok(seen.say())
}

/// A camera that stands still shows nothing to rely on.
pub(super) fn frozen(bench: &mut Bench) -> Outcome {
    bench.freeze();
    std::thread::sleep(Duration::from_secs(7));
    bench.oracle.forbid("the camera stands still", Duration::ZERO);
    let mark = bench.mark();
    let seen = bench.card(0, Card::Good)?;
    let green = bench.oracle.told[mark..].iter().any(|told| told.is_green() && told.lane == 0);
    bench.oracle.allow();
    bench.oracle.see(Check::Own, green.then(|| "green with a camera that stands still".to_owned()));
    bench.blank();
    std::thread::sleep(Duration::from_millis(1_500));
    Ok(seen.say())
}

/// A valid verdict stands until somebody decides, and is not said again.
pub(super) fn undecided(bench: &mut Bench) -> Outcome {
    let seen = bench.card(0, Card::Good)?;
    let mark = bench.mark();
    let (browser, begun) = (bench.browser(0)?, Instant::now());
    let mut gone = None;
    while gone.is_none() && begun.elapsed() < Duration::from_secs(7) {
        std::thread::sleep(Duration::from_millis(250));
        bench.oracle.pump();
        if seen.is("valid") && browser.news()["stage"] != "verdict" {
            gone = Some(format!("a valid verdict is gone after {} s", begun.elapsed().as_secs()));
        }
    }
    let more = bench.wait(mark, 0, Duration::ZERO, |told| told.is("verdict"));
    let more = more.map(|_| "the verdict was given again".to_owned());
    bench.oracle.see(Check::Own, gone.or(more));
    let closed = bench.oracle.told[mark..].iter().any(Told::closes);
    Ok(format!("{}, a relay moved: {closed}", seen.say()))
}
