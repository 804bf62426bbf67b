//! Callers of the page: the guard's own browser used wrongly, and everybody else on the machine.

use core::time::Duration;
use std::io::Write as _;
use std::net::TcpStream;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};

use serde_json::json;

use super::{Outcome, about, nothing_moves};
use crate::bench::{Bench, NOBODY};
use crate::browser::{Browser, send};
use crate::duty::{QUIET, SOON};
use crate::rule::{Check, Told};
use crate::town::{Card, LATIN};

/// A good permit stands at a lane, with somebody on duty.
fn standing(bench: &mut Bench, lane: usize) -> Result<serde_json::Value, String> {
    bench.duty(lane)?;
    let seen = bench.card(lane, Card::Good)?;
    if !seen.is("valid") {
        return Err(format!("a good permit is {}", seen.say()));
    }
    about(bench, lane)
}

pub(super) fn nobody_on_duty(bench: &mut Bench) -> Outcome {
    let browser = bench.browser(0)?;
    let _ = browser.command("sign-out");
    if browser.until(SOON, |news| news["duty"] == false).is_none() {
        return Err("nobody can sign out".to_owned());
    }
    let seen = bench.card(0, Card::Good)?;
    let about = about(bench, 0)?;
    let mark = bench.mark();
    let asked = [
        json!({ "command": "admit", "about": about }),
        json!({ "command": "admit" }),
        json!({ "command": "admit", "about": about, "grounds": "ordered" }),
        json!({ "command": "press", "button": "confirm", "about": about }),
        json!({ "command": "press", "button": "confirm" }),
    ];
    let said: Vec<u16> = asked.iter().filter_map(|asked| browser.ask(asked).ok()).collect();
    nothing_moves(bench, 0, mark, "nobody is on duty");
    Ok(format!("{}, answered {said:?}", seen.say()))
}

pub(super) fn stale(bench: &mut Bench) -> Outcome {
    let before = standing(bench, 0)?;
    let now = standing(bench, 0)?;
    let mark = bench.mark();
    let browser = bench.browser(0)?;
    let asked = [
        json!({ "command": "admit", "about": before }),
        json!({ "command": "press", "button": "confirm", "about": before }),
        json!({ "command": "admit" }),
        json!({ "command": "turn-back", "about": before }),
    ];
    let said: Vec<u16> = asked.iter().filter_map(|asked| browser.ask(asked).ok()).collect();
    nothing_moves(bench, 0, mark, "it is about the permit before");
    let passed = bench.admit_about(0, &now)?;
    Ok(format!("answered {said:?}; then the right one passed: {passed}"))
}

pub(super) fn twice(bench: &mut Bench) -> Outcome {
    let about = standing(bench, 1)?;
    let mark = bench.mark();
    bench.oracle.order(1);
    let browser = bench.browser(1)?;
    let asked = json!({ "command": "admit", "about": about });
    for _ in 0..5 {
        let _ = browser.ask(&asked);
    }
    bench.wait(mark, 1, SOON, Told::closes);
    std::thread::sleep(QUIET);
    bench.oracle.pump();
    bench.oracle.cancel(1);
    let relays = bench.oracle.told[mark..].iter().filter(|told| told.closes()).count();
    bench.oracle.see(Check::Own, (relays > 1).then(|| format!("{relays} relays for one decision")));
    Ok(format!("{relays} relay"))
}

pub(super) fn stranger(bench: &mut Bench) -> Outcome {
    let about = standing(bench, 0)?;
    let mark = bench.mark();
    let mut stranger = Browser::stranger(&bench.browser(0)?.host);
    let asked = json!({ "command": "admit", "about": about });
    let mut said = vec![stranger.ask(&asked).unwrap_or(0)];
    stranger.cookie = format!(
        "{}=00112233445566778899aabbccddeeff",
        bench.browser(0)?.cookie.split('=').next().unwrap()
    );
    said.push(stranger.ask(&asked).unwrap_or(0));
    let mut told = Vec::new();
    for path in ["/", "/events", "/journal", "/picture", "/portrait", "/supervisor", "/metrics"] {
        if path != "/events" {
            told.extend(stranger.get(path).map(|answer| answer.body).unwrap_or_default());
        }
    }
    nothing_moves(bench, 0, mark, "without the page's leave");
    let name = String::from_utf8_lossy(&told).contains(LATIN);
    bench.oracle.see(Check::Own, name.then(|| "a stranger is told the holder's name".to_owned()));
    Ok(format!("answered {said:?}"))
}

/// What another user of the machine gets by bare hands: the page's cookie, then names, then the gate.
const SCRIPT: &str = r#"
ask() { exec 3<>/dev/tcp/$1/$2 && printf "$3" >&3 && timeout 2 cat <&3; exec 3>&-; }
page=$(ask $1 $2 "GET / HTTP/1.1\r\nHost: $1:$2\r\nConnection: close\r\n\r\n")
cookie=$(printf '%s' "$page" | tr -d '\r' | sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\).*/\1/p')
printf '%s\n' "$page"
ask $1 $2 "GET /events HTTP/1.1\r\nHost: $1:$2\r\nCookie: $cookie\r\n\r\n"
body=$3
ask $1 $2 "POST /ask HTTP/1.1\r\nHost: $1:$2\r\nCookie: $cookie\r\nOrigin: http://$1:$2\r\nX-Permit-Reader: 1\r\nContent-Type: application/json\r\nContent-Length: ${#body}\r\nConnection: close\r\n\r\n$body"
"#;

pub(super) fn other_user(bench: &mut Bench) -> Outcome {
    let about = standing(bench, 0)?;
    let mark = bench.mark();
    let host = bench.browser(0)?.host;
    let (name, port) = host.rsplit_once(':').ok_or("no port")?;
    let body = json!({ "command": "admit", "about": about }).to_string();
    let output = Command::new("bash")
        .args(["-c", SCRIPT, "nobody", name, port, &body])
        .uid(NOBODY)
        .gid(NOBODY)
        .current_dir("/")
        .stdin(Stdio::null())
        .output()
        .map_err(|fault| fault.to_string())?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    nothing_moves(bench, 0, mark, "another user of the machine");
    let named = told.contains(LATIN).then(|| "another user is told the holder's name".to_owned());
    bench.oracle.see(Check::Own, named);
    let statuses: Vec<&str> =
        told.lines().filter_map(|line| line.strip_prefix("HTTP/1.1 ")).collect();
    Ok(format!("answered {statuses:?}"))
}

/// Other names, other origins, other methods.
pub(super) fn foreign(bench: &mut Bench) -> Outcome {
    let about = standing(bench, 1)?;
    let mark = bench.mark();
    let Browser { host, cookie, .. } = bench.browser(1)?;
    let body = json!({ "command": "admit", "about": about }).to_string();
    let length = body.len();
    let heads = [
        "Host: evil.example\r\nOrigin: http://evil.example\r\nX-Permit-Reader: 1".to_owned(),
        format!("Host: {host}\r\nOrigin: http://evil.example\r\nX-Permit-Reader: 1"),
        format!("Host: {host}\r\nOrigin: null\r\nX-Permit-Reader: 1"),
        format!("Host: {host}\r\nOrigin: http://{host}"),
        format!("Host: {host}\r\nX-Permit-Reader: 1"),
        format!("Host: {host}\r\nHost: {host}\r\nOrigin: http://{host}\r\nX-Permit-Reader: 1"),
        format!(
            "Host: {host}\r\nOrigin: http://{host}\r\nX-Permit-Reader: 1\r\nSec-Fetch-Site: cross-site"
        ),
    ];
    let said: Vec<u16> = heads
        .iter()
        .map(|head| {
            let request = format!(
                "POST /ask HTTP/1.1\r\n{head}\r\nCookie: {cookie}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
            );
            send(&host, &request).map_or(0, |answer| answer.status)
        })
        .collect();
    nothing_moves(bench, 1, mark, "a foreign page");
    Ok(format!("answered {said:?}"))
}

/// Short lines, keys and control characters, as fast as a scanner types them, on a standing verdict.
pub(super) fn typed(bench: &mut Bench) -> Outcome {
    let about = standing(bench, 0)?;
    let mark = bench.mark();
    let browser = bench.browser(0)?;
    let texts = [
        "", " ", "1", "abc", "Enter", "\r", "\n", "\u{1b}", "\t", "F8", "confirm", "\u{0}", "BP1:",
    ];
    for text in texts {
        let _ = browser.ask(&json!({ "command": "scan", "text": text }));
        let _ = browser.ask(&json!({ "command": "scan", "text": text, "about": about }));
    }
    nothing_moves(bench, 0, mark, "what a scanner types");
    let mark = bench.mark();
    // A revoked one behind it, with an Enter: it is not the one that passes.
    let revoked = bench.town.permit(Card::Revoked);
    bench.oracle.show(0, "scanner", false);
    let _ = browser.ask(&json!({ "command": "scan", "text": revoked }));
    bench.scanners[0].write(b"1\r", SOON);
    nothing_moves(bench, 0, mark, "a revoked permit and a key");
    Ok("nothing moved".to_owned())
}

pub(super) fn flood(bench: &mut Bench) -> Outcome {
    bench.duty(0)?;
    bench.clear(0)?;
    let browser = bench.browser(0)?;
    let bodies = [
        json!({ "command": "night", "on": true }).to_string(),
        json!({ "command": "press", "button": "switch" }).to_string(),
        json!({ "command": "scan", "text": "x".repeat(4_000) }).to_string(),
        json!({ "command": "number", "number": "9".repeat(3_000) }).to_string(),
        "{".repeat(8_000),
        "x".repeat(200_000),
        json!({ "command": "admit", "about": "x".repeat(5_000) }).to_string(),
    ];
    let bodies: Vec<String> = (0..700).map(|_| bench.random.of(&bodies).clone()).collect();
    let threads: Vec<_> = bodies
        .chunks(350)
        .map(|chunk| {
            let (browser, chunk) = (browser.clone(), chunk.to_vec());
            std::thread::spawn(move || {
                chunk
                    .iter()
                    .filter(|body| browser.post("/ask", body).is_ok_and(|status| status == 202))
                    .count()
            })
        })
        .collect();
    let other = bench.card(1, Card::Good)?;
    let taken: usize = threads.into_iter().map(|thread| thread.join().unwrap()).sum();
    let late =
        (other == crate::duty::Seen::Nothing).then(|| "the other lane's verdict waits".to_owned());
    bench.oracle.see(Check::Own, late);
    // Two directions were switched any number of times: entry is another journey.
    for _ in 0..2 {
        bench.clear(0)?;
        if bench.card(0, Card::Good)?.is("valid") {
            break;
        }
        bench.clear(0)?;
        let _ = browser.command("switch-direction");
    }
    Ok(format!("{taken} taken, in the other lane {}", other.say()))
}

pub(super) fn slow(bench: &mut Bench) -> Outcome {
    bench.clear(1)?;
    let host = bench.browser(0)?.host;
    let held: Vec<TcpStream> = (0..70)
        .filter_map(|number| {
            let mut stream = TcpStream::connect(&host).ok()?;
            let said: &[u8] =
                if number % 2 == 0 { b"GET /" } else { b"POST /ask HTTP/1.1\r\nHost: x\r\n" };
            stream.write_all(said).ok()?;
            Some(stream)
        })
        .collect();
    // No page is asked for; a scanner still gets its verdict.
    let mark = bench.mark();
    let text = bench.town.permit(Card::Good);
    bench.oracle.show(1, "scanner", true);
    bench.scanners[1].write(format!("{text}\r").as_bytes(), SOON);
    let seen = bench.verdict(mark, 1, SOON);
    let count = held.len();
    drop(held);
    std::thread::sleep(QUIET);
    Ok(format!("{count} connections; {}", seen.say()))
}

/// The browser's connections end, and no page asks for anything for a while.
pub(super) fn pulse(bench: &mut Bench) -> Outcome {
    let mark = bench.mark();
    bench.close_browsers();
    std::thread::sleep(Duration::from_secs(4));
    bench.oracle.pump();
    let lamps = bench.oracle.told[mark..].iter().filter(|told| told.is("lamps")).count();
    let open = bench.reopen_browsers();
    open.map(|()| format!("lamps changed {lamps} times"))
}

/// The page on the terminal's own screen lived, and lives no more: the lamps say so.
pub(super) fn silent(bench: &mut Bench) -> Outcome {
    bench.clear(0)?;
    bench.clear(1)?;
    let status = bench.browser(0)?.post("/beat", "").map_err(|fault| fault.to_string())?;
    let mark = bench.mark();
    let lamps = bench.wait(mark, 0, Duration::from_secs(14), |told| told.is("lamps"));
    let dark = lamps.is_none().then(|| "a dark screen is not told by the lamps".to_owned());
    bench.oracle.see(Check::Own, dark);
    bench.kill();
    bench.start()?;
    Ok(format!("answered {status}"))
}

pub(super) fn undone(bench: &mut Bench) -> Outcome {
    bench.duty(0)?;
    let text = bench.town.permit(Card::Good);
    if !bench.scan(0, &text, true)?.is("valid") {
        return Err("a good permit is not green".to_owned());
    }
    let about = about(bench, 0)?;
    let passed = bench.admit_about(0, &about)?;
    let (browser, mark) = (bench.browser(0)?, bench.mark());
    let asked = json!({ "command": "undo", "about": about });
    let status = browser.ask(&asked).map_err(|fault| fault.to_string())?;
    nothing_moves(bench, 0, mark, "an undone admission");
    // It did not pass, so it is good again.
    let after = bench.scan(0, &text, passed)?;
    let lost = (passed && !after.is("valid")).then(|| format!("undone, it is {}", after.say()));
    bench.oracle.see(Check::Own, lost);
    Ok(format!("answered {status}, then {}", after.say()))
}
