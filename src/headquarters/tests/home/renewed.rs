//! A week of an authority by the real programs: `permit-headquarters renew` here, `permit authority sign` on key holders'
//! machines, `permit verify` at the end; and the same killed half-way.

use core::time::Duration;
use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use permit_core::{Day, Signer as _, sha256};
use permit_record::Return;
use permit_signing::draft::Time;

use crate::world::{bundle, key, killed_after, sign_given};

const HEADQUARTERS: &str = env!("CARGO_BIN_EXE_permit-headquarters");

/// A folder in which both sides work.
pub(crate) struct World(tempfile::TempDir);

impl World {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// One of the two programs, by the name that people call it.
    pub(crate) fn program(&self, name: &str, words: &[impl AsRef<OsStr>]) -> Output {
        let program = Path::new(HEADQUARTERS).with_file_name(name);
        assert!(program.exists(), "built with the workspace: cargo build --workspace");
        let mut command = Command::new(program);
        command.args(words).current_dir(&self.0).env("LANGUAGE", "en");
        command.env("PERMIT_PASSPHRASE", "a passphrase for tests").env("NO_COLOR", "1");
        command.stdin(Stdio::null()).output().unwrap()
    }

    fn ends(&self, program: &str, line: &str, status: i32) -> String {
        let words: Vec<&str> = line.split(' ').collect();
        let output = self.program(program, &words);
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert_eq!(output.status.code(), Some(status), "{line}: {said}");
        said
    }

    /// The command, which the workspace's tests build beside this program.
    pub(crate) fn permit(&self, line: &str) -> String {
        self.ends("permit", line, 0)
    }

    pub(crate) fn headquarters(&self, line: &str, status: i32) -> String {
        self.ends("permit-headquarters", &format!("--lang en {line}"), status)
    }

    /// A description is proposed and signed, as an authority begins.
    fn signed(&self, name: &str, root: &str, keys: &[&str]) {
        self.permit(&format!("authority propose {name}.toml {root}--out {name}.proposal"));
        let keys: String = keys.iter().map(|key| format!("--key {key} ")).collect();
        self.permit(&format!("authority sign {name}.proposal {root}{keys}--yes --out {name}.cbor"));
    }

    /// A holder signs what was given out, with what the plan says.
    fn holder(&self, list: &str, key: &str) -> String {
        let now = format!("given/now/{list}.cbor");
        let current =
            if self.path(&now).exists() { format!("--current {now} ") } else { String::new() };
        self.permit(&format!(
            "authority sign given/{list}.proposal --root given/root.cbor {current}--key {key} --yes --out given/{list}.cbor"
        ))
    }
}

const ROOT: &str = "--root root.cbor ";

/// Both sides up to a published bundle of 9 September 1963, and headquarters of side A.
pub(crate) fn begun() -> World {
    let world = World::new();
    let at = "--at 1963-09-09T00:00:00Z";
    for side in ["a", "b"] {
        world.permit(&format!("authority init {side} --side {side} --demo"));
    }
    world.permit(&format!(
        "authority root --a a/roles-a.toml --b b/roles-b.toml --zone 7 --demo {at} --out root.toml"
    ));
    let both =
        |of: &str| ["a", "b"].map(|it| [1, 2].map(|n| format!("{it}/keys/{it}-{of}-{n}.key")));
    let (roots, zones) = (both("root"), both("zone"));
    let keys = |all: &[[String; 2]; 2]| all.as_flattened().to_vec();
    let of_root = keys(&roots);
    world.signed("root", "", &of_root.iter().map(String::as_str).collect::<Vec<_>>());
    world.permit(&format!("authority new zone --zone 7 {at} --out zone.toml"));
    let of_zone = keys(&zones);
    world.signed("zone", ROOT, &of_zone.iter().map(String::as_str).collect::<Vec<_>>());
    world.permit("key new 101.key --demo --label STATION-101");
    let station = world.permit("key show 101.key --form hex");
    for side in ["a", "b"] {
        world.permit(&format!(
            "authority new stations --side {side} --zone 7 {at} --out {side}/stations.toml"
        ));
        world.permit(&format!(
            "authority new revocations --side {side} --zone 7 {at} --out {side}/revocations.toml"
        ));
    }
    let list = fs::read_to_string(world.path("a/stations.toml")).unwrap();
    let ours = format!(
        "\n[[stations]]\nnumber = 101\nkind = 'border-work'\nregions = [3]\n\
         names = {{ en = 'Yanji (demo)', zh = '延吉', ko = '연길' }}\n[[stations.keys]]\nkey = '{}'\n\
         from = 1963-01-01\nthrough = 1963-12-31\nclass = 'demo'\n",
        station.trim()
    );
    fs::write(world.path("a/stations.toml"), list + &ours).unwrap();
    for side in ["a", "b"] {
        for name in ["stations", "revocations"] {
            world.signed(
                &format!("{side}/{name}"),
                ROOT,
                &[&format!("{side}/keys/{side}-{name}-1.key")],
            );
        }
        world.permit(&format!(
            "authority snapshot {side} {ROOT}--zone zone.cbor {at} --out {side}/snapshot.toml"
        ));
        world.signed(
            &format!("{side}/snapshot"),
            ROOT,
            &[&format!("{side}/keys/{side}-snapshot-1.key")],
        );
    }
    world.permit(&format!(
        "authority publish {ROOT}--zone zone.cbor --a a --b b {at} --out bundle.cbor"
    ));
    world.headquarters("init --side A --bundle bundle.cbor --root root.cbor", 0);
    world
}

/// Two permits of station 101, of which one is taken back, and what goes to headquarters.
pub(crate) fn issued(world: &World) -> Vec<String> {
    let rows = "latin,native,birth,nationality,region,children\nNamgung Hanul,,1931-04-02,156,3,\nO Tallae,,1904,KP,3,2\n";
    fs::write(world.path("rows.csv"), rows).unwrap();
    world.permit(&format!("issue rows.csv --key 101.key --bundle bundle.cbor {ROOT}--register 101.toml --out out --at 1963-09-10"));
    let mut codes: Vec<String> = Vec::new();
    for entry in fs::read_dir(world.path("out")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "txt") {
            codes.push(path.display().to_string());
        }
    }
    codes.sort();
    let revoked = "[[revoked]]\nstation = 101\nyear = 1963\nserials = [2]\n";
    let register = fs::read_to_string(world.path("101.toml")).unwrap() + revoked;
    let made: Time = "1963-09-15T06:00:00Z".parse().unwrap();
    let day = Day::from_civil(1963, 9, 1).unwrap();
    let drawn = Return {
        zone: 7,
        station: 101,
        demo: true,
        made: made.0,
        from: day,
        through: day,
        sequence: 9,
        tip: [1; 32],
        counts: Vec::new(),
        cases: Vec::new(),
        issues: None,
        views: None,
        register: sha256(&[register.as_bytes()]),
    };
    let desk = key("desk 101");
    let Ok(sealed) = drawn.seal(&desk);
    fs::create_dir(world.path("stick")).unwrap();
    fs::write(world.path("stick/00101-1963-08-return.cbor"), sealed).unwrap();
    fs::write(world.path("stick/00101-register.toml"), register).unwrap();
    let public = permit_signing::draft::Key(desk.public_key());
    world.headquarters(&format!("station 101 {public}"), 0);
    let said = world.headquarters("take stick", 0);
    assert!(said.contains("register of station 101: 2 numbers"), "{said}");
    codes
}

#[test]
fn a_week_by_the_real_programs() {
    let world = begun();
    let codes = issued(&world);
    let at = "--at 1963-09-15T12:00:00Z";
    let said = world.headquarters(&format!("renew given {at}"), 1);
    assert!(said.contains("The revocations in force is due on 1963-09-16"), "{said}");
    assert!(said.contains("Yanji (demo): permits taken back: 1"), "{said}");
    assert!(said.contains("Yanji (demo): permits newly registered: 2"), "{said}");
    assert!(said.contains("it speaks for permits issued through 1963-09-14"), "{said}");
    assert!(said.contains("revocations, side A: 0 of 1 signatures are here"), "{said}");
    assert!(said.contains("Stays as it is: zone register"), "{said}");
    // A signature that is missing is waited for, again and again.
    for list in ["stations", "revocations"] {
        world.holder(list, &format!("a/keys/a-{list}-1.key"));
    }
    let said = world.headquarters(&format!("renew given {at}"), 1);
    assert!(
        !said.contains("revocations, side A")
            && said.contains("register of issued permits, side A: 0 of 1"),
        "{said}"
    );
    assert_eq!(
        fs::read(world.path("permit-headquarters/bundle.cbor")).unwrap(),
        fs::read(world.path("bundle.cbor")).unwrap()
    );
    world.holder("issued", "a/keys/a-issued-1.key");
    let said = world.headquarters(&format!("renew given {at}"), 1);
    assert!(
        said.contains("it holds fast: station list, revocations, register of issued permits"),
        "{said}"
    );
    world.holder("snapshot", "a/keys/a-snapshot-1.key");
    let said = world.headquarters(&format!("renew given {at}"), 0);
    assert!(said.contains("Published: version 2 of the lists"), "{said}");
    assert!(
        world.headquarters(&format!("renew given {at}"), 0).contains("Nothing is to be renewed")
    );

    let new = "permit-headquarters/published/2/bundle.cbor";
    world.permit(&format!("authority delta {new} --base bundle.cbor --out delta.cbor"));
    let delta = fs::read(world.path("permit-headquarters/published/2/delta.cbor")).unwrap();
    assert_eq!(delta, fs::read(world.path("delta.cbor")).unwrap(), "the command's own delta");
    let verify = |code: &str| {
        world.permit(&format!(
            "verify {code} --bundle {new} {ROOT}--crossing 3 --side A --direction exit --at 1963-09-16"
        ))
    };
    assert!(verify(&codes[0]).contains("✓ Valid 1"));
    let said = verify(&codes[1]);
    assert!(said.to_lowercase().contains("revoked"), "{said}");

    zone_in_each_form(&world, new);

    // Nobody renews for a week and a half year: it is said, loudly.
    let said = world.headquarters("renew given --at 1963-09-23T00:00:00Z", 1);
    assert!(said.contains("has been due since 1963-09-22"), "{said}");
    let said = world.headquarters("renew given --at 1964-04-01T00:00:00Z", 1);
    assert!(said.contains("The snapshot in force expired on"), "{said}");
}

/// A zone register in each form it travels in.
fn zone_in_each_form(world: &World, new: &str) {
    for file in ["zone.toml", "zone.proposal", "zone.cbor", new] {
        let said = world.headquarters(&format!("zone {file}"), 0);
        assert!(said.contains("nothing changes but the term"), "{file}: {said}");
    }
    let shut = fs::read_to_string(world.path("zone.toml")).unwrap();
    fs::write(world.path("zone.toml"), shut.replace("stay = 31", "stay = 20")).unwrap();
    let said = world.headquarters("zone zone.toml --before zone.cbor", 0);
    assert!(said.contains("longest stay in days: 20, so far 31"), "{said}");
    assert!(world.headquarters("zone rows.csv", 3).contains("is no description of a list"));
    assert!(world.headquarters("zone a/stations.toml", 3).contains("is no zone register"));
}

/// A copy of a folder.
fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copied(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn killed_at_any_moment_nothing_is_published_by_halves_and_the_same_command_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (lists, root) = bundle();
    fs::write(path("bundle.cbor"), &lists).unwrap();
    fs::write(path("root.cbor"), root).unwrap();
    let line = |work: &Path, words: &str| {
        let mut command = Command::new(HEADQUARTERS);
        command.args(words.split(' ')).current_dir(work);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let renew = "renew given --at 2026-03-07T06:00:00Z";
    let begin = "init --side B --bundle ../bundle.cbor --root ../root.cbor";
    fs::create_dir(path("stage")).unwrap();
    assert!(line(&path("stage"), begin).status().unwrap().success());
    let mut result = None;
    for stage in 0..3 {
        // Killed later and later, until it ends by itself.
        let mut killed = 0;
        for step in 0_u32.. {
            let work = path(&format!("work-{stage}-{step}"));
            copied(&path("stage"), &work);
            let ended = killed_after(line(&work, renew), Duration::from_millis(4) * step);
            killed += u32::from(!ended);
            let in_force = || fs::read(work.join("permit-headquarters/bundle.cbor")).unwrap();
            let whole = in_force() == lists || result.as_ref() == Some(&in_force()) || stage == 2;
            assert!(whole, "stage {stage}, step {step}");
            // The same command goes on, whatever was there.
            let status = line(&work, renew).status().unwrap();
            // Side A's to draft, root and zone register of this world are due.
            assert_eq!(status.code(), Some(1), "{stage}, {step}");
            if stage == 2 {
                assert!(in_force() != lists, "published");
                assert_eq!(result.get_or_insert_with(in_force), &in_force(), "the same each time");
                assert!(!work.join("permit-headquarters/renewal").exists());
                assert!(!work.join("given/snapshot.proposal").exists());
            } else {
                assert_eq!(in_force(), lists);
            }
            if ended && stage < 2 {
                fs::remove_dir_all(path("stage")).unwrap();
                copied(&work, &path("stage"));
                sign_given(&path("stage/given"));
            }
            fs::remove_dir_all(&work).unwrap();
            if ended {
                break;
            }
        }
        assert!(killed > 3, "stage {stage}: killed {killed} times");
    }
}
