//! `permit journal` from the outside: what it shows of an export, and what it finds wrong.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use std::fs;
use std::process::{Command, Output};

use permit_core::{Checkpoint, Day, Direction, Now, PermitId, Side, Signer as _, UnixTime};
use permit_journal::{
    Colour, Decided, Event, Journal, Lists, Outcome, Scanned, Secret, Secrets, Settings, Terminal,
    faults::Memory,
};
use permit_signing::SecretKey;

const TERMINAL: Terminal = Terminal { side: Side::A, number: 4 };

fn key() -> SecretKey {
    SecretKey::from_known_seed_for_demo_keys_only(&[9; 32])
}

/// 1963-09-10T06:00:00Z and some seconds.
fn now(seconds: i64) -> Now {
    let at = UnixTime(-199_130_400).plus(seconds);
    Now::read(Some(at), at.plus(-86_400)).proven_by(Some(at))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The export of a terminal that let one holder through and turned another back.
fn export(after: Option<u64>) -> Vec<u8> {
    let secrets = Secrets::new(Secret::new([7; 32]), None);
    let settings = Settings::new(TERMINAL, secrets.clone());
    let mut journal = Journal::open(Memory::new(), settings, &now(0)).unwrap();
    let _ = journal.append(Event::Shift { officer: 12, on: true }, &now(1)).unwrap();
    for (serial, colour, code) in [(7, Colour::Green, 0), (8, Colour::Red, 31)] {
        let id = PermitId { station: 101, year: 63, serial, copy: 1 };
        let scanned = Scanned {
            pseudonym: Some(secrets.pseudonym(&id)),
            home: Some(Side::A),
            through: Day::from_civil(1963, 10, 9),
            checkpoint: Checkpoint { crossing: 3, side: Side::A, direction: Direction::Exit },
            offset: 480,
            colour,
            code,
            also: vec![61],
            lists: Lists { root: 1, zone: 1, a: Some(1), b: None },
        };
        let scan = journal.append(Event::Scanned(scanned), &now(2)).unwrap().sequence();
        let decided = match colour {
            Colour::Green => Decided::automatic(scan),
            _ => Decided {
                scan: Some(scan),
                outcome: Outcome::TurnedBack(code),
                officer: Some(12),
                reason: None,
            },
        };
        let _ = journal.decided(decided, &now(3)).unwrap();
    }
    journal.export(after, &now(4), &key()).unwrap()
}

fn run(bytes: &[u8], args: &[&str]) -> (Output, String, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("export.cbor"), bytes).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_permit"));
    command.args(["journal", "export.cbor"]).args(args).current_dir(&folder);
    let output = command.env("LANGUAGE", "en").env("NO_COLOR", "1").output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    (output, out, err)
}

#[test]
fn an_export_is_a_table_csv_or_json_without_a_permit() {
    let bytes = export(None);
    let public = hex(&key().public_key());
    let (output, table, _) = run(&bytes, &["--key", &public]);
    assert_eq!(output.status.code(), Some(0), "{table}");
    for said in [
        "1963-09-10T06:00:02Z",
        "Valid: Valid (0), crossing 3, side A, exit",
        "Admitted by the terminal (record 3)",
        "Turned back by officer 12, code 31 (record 5)",
        "Terminal 4 of side A: records 1 to 6",
        "2 judged, 1 admitted",
        "Chain and signatures hold.",
    ] {
        assert!(table.contains(said), "{said}: {table}");
    }
    let (_, csv, result) = run(&bytes, &["--key", &public, "--form", "csv"]);
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!(rows.len(), 7, "a head and six records: {csv}");
    assert!(rows[0].starts_with("sequence,time,clock,entry,crossing,side,direction,verdict,code,"));
    assert!(
        rows[5].starts_with("5,1963-09-10T06:00:02Z,trusted,judged,3,A,exit,red,31,61,"),
        "{csv}"
    );
    assert!(result.contains("Chain and signatures hold."));
    let (_, json, _) = run(&bytes, &["--key", &public, "--form", "json"]);
    let lines: Vec<serde_json::Value> =
        json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines.len(), &lines[4]["code"], &lines[6]["admitted"]), (7, &31.into(), &1.into()));
    assert_eq!(lines[6]["problems"], serde_json::json!([]));
    let secrets = Secrets::new(Secret::new([7; 32]), None);
    let id = PermitId { station: 101, year: 63, serial: 7, copy: 1 };
    let pseudonym = hex(&secrets.pseudonym(&id).0);
    for text in [table, csv, json] {
        assert!(!text.contains(&pseudonym) && !text.contains("00101") && !text.contains("0000007"));
    }
}

#[test]
fn what_is_wrong_is_said_and_has_a_status() {
    let public = hex(&key().public_key());
    let later = export(Some(2));
    let (output, said, _) = run(&later, &["--key", &public]);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("Records 1 to 2 are not in this file."), "{said}");

    let mut cut = export(None);
    let signature = cut.len() - 3;
    cut[signature] ^= 1;
    let (output, said, _) = run(&cut, &["--key", &public]);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("The head at the end is not signed by this key"), "{said}");
    let (_, json, _) = run(&cut, &["--key", &public, "--form", "json"]);
    let last: serde_json::Value = serde_json::from_str(json.lines().last().unwrap()).unwrap();
    assert_eq!(last["problems"][0]["problem"], "no-head");

    let other = hex(&SecretKey::from_known_seed_for_demo_keys_only(&[8; 32]).public_key());
    let (output, said, _) = run(&export(None), &["--key", &other]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("Stretch 1 is not signed by this key") && !said.contains("Admitted"));

    for (bytes, args, status) in [
        (&b"no export"[..], vec!["--key", &public], 3),
        (&export(None)[..100], vec!["--key", &public], 3),
        (&export(None), vec![], 2),
        (&export(None), vec!["--key", "12"], 2),
        (&export(None), vec!["--bundle", "no-such"], 4),
    ] {
        let (output, said, wrong) = run(bytes, &args);
        assert_eq!(output.status.code(), Some(status), "{args:?}: {said}{wrong}");
    }
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../../keys/demo/bundle.cbor");
    let (output, _, said) = run(&export(None), &["--bundle", demo]);
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(said.contains("No key is known of terminal 4 of side A"), "{said}");
}
