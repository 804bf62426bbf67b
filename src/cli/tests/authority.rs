//! Two sides from nothing to a printed permit, by command alone; and what is refused on the way.

#![expect(clippy::unwrap_used, reason = "tests say what they expect")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder in which both sides work.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Its owner's alone.
    fn close(&self, name: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o600)).unwrap();
    }

    /// Runs a command line, parted at spaces.
    fn run(&self, line: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_permit"));
        command.args(line.split(' ')).current_dir(&self.0).env("LANGUAGE", "en");
        command.env_remove("PERMIT_PASSPHRASE").env("NO_COLOR", "1");
        command.stdin(Stdio::null()).output().unwrap()
    }

    fn good(&self, line: &str) -> String {
        self.ends(line, 0)
    }

    fn ends(&self, line: &str, status: i32) -> String {
        let output = self.run(line);
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        assert_eq!(output.status.code(), Some(status), "{line}: {said}");
        said
    }

    /// Proposes a description and has keys sign it.
    fn signed(&self, description: &str, root: &str, keys: &[&str], out: &str) {
        let proposal = format!("{description}.proposal");
        self.good(&format!("authority propose {description} {root}--out {proposal}"));
        let keys: String = keys.iter().map(|key| format!("--key {key} ")).collect();
        let said = self.good(&format!("authority sign {proposal} {root}{keys}--yes --out {out}"));
        assert!(said.contains("Everybody has signed"), "{said}");
    }
}

const AT: &str = "--at 1963-09-09T00:00:00Z";
const ROOT: &str = "--root root.cbor ";

/// Both sides up to a published bundle; the key of station 101 is `101.key`.
fn published() -> Desk {
    let desk = Desk::new();
    root(&desk);
    desk.good(&format!("authority new zone --zone 7 {AT} --out zone.toml"));
    let zone = [
        "a/keys/a-zone-1.key",
        "a/keys/a-zone-2.key",
        "b/keys/b-zone-1.key",
        "b/keys/b-zone-3.key",
    ];
    desk.signed("zone.toml", ROOT, &zone, "zone.cbor");
    desk.good("key new 101.key --demo --label STATION-101");
    let key = desk.good("key show 101.key --form hex");
    for (side, number, region) in [("a", 101, 3), ("b", 33_001, 104)] {
        let key = if side == "a" { key.trim() } else { "" };
        side_of(&desk, side, number, region, key);
    }
    desk.good(&format!(
        "authority publish --root root.cbor --zone zone.cbor --a a --b b {AT} --out bundle.cbor"
    ));
    desk
}

fn root(desk: &Desk) {
    for side in ["a", "b"] {
        desk.good(&format!("authority init {side} --side {side} --demo"));
    }
    let said = desk
        .ends("authority root --a a/roles-a.toml --b b/roles-b.toml --zone 7 --out root.toml", 4);
    assert!(said.contains("without a passphrase") && !desk.path("root.toml").exists(), "{said}");
    desk.good(&format!(
        "authority root --a a/roles-a.toml --b b/roles-b.toml --zone 7 --demo {AT} --out root.toml"
    ));
    desk.good("authority propose root.toml --out root.proposal");
    let ours = "--key a/keys/a-root-1.key --key a/keys/a-root-3.key --yes";
    let said = desk.good(&format!("authority sign root.proposal {ours} --out root.cbor"));
    assert!(said.contains("Side B: 0 of 2 signed") && !said.contains("Side A"), "{said}");
    assert!(said.contains("a.zone.threshold: 2"), "what is signed is shown: {said}");
    assert!(!desk.path("root.cbor").exists());
    let theirs = "--key b/keys/b-root-1.key --key b/keys/b-root-2.key --yes";
    desk.good(&format!("authority sign root.proposal {theirs} --out root.cbor"));
}

fn side_of(desk: &Desk, side: &str, number: u16, region: u16, key: &str) {
    let list = format!("{side}/stations.toml");
    desk.good(&format!("authority new stations --side {side} --zone 7 {AT} --out {list}"));
    let head = desk.read(&list);
    let keys = if key.is_empty() {
        String::new()
    } else {
        format!(
            "[[stations.keys]]\nkey = '{key}'\nfrom = 1963-01-01\nthrough = 1963-12-31\nclass = 'demo'\n"
        )
    };
    let station = format!(
        "\n[[stations]]\nnumber = {number}\nkind = 'border-work'\nregions = [{region}]\n\
         names = {{ en = 'Station (demo)', zh = '演示', ko = '시연' }}\n{keys}"
    );
    desk.write(&list, &(head + &station));
    desk.good(&format!(
        "authority new revocations --side {side} --zone 7 {AT} --out {side}/revocations.toml"
    ));
    for name in ["stations", "revocations"] {
        let key = format!("{side}/keys/{side}-{name}-1.key");
        desk.signed(&format!("{side}/{name}.toml"), ROOT, &[&key], &format!("{side}/{name}.cbor"));
    }
    desk.good(&format!(
        "authority snapshot {side} {ROOT}--zone zone.cbor {AT} --out {side}/snapshot.toml"
    ));
    let key = format!("{side}/keys/{side}-snapshot-1.key");
    desk.signed(&format!("{side}/snapshot.toml"), ROOT, &[&key], &format!("{side}/snapshot.cbor"));
}

const ROWS: &str = "latin,native,birth,nationality,region,children\n\
                    Namgung Hanul,남궁하늘,1931-04-02,156,cn-yanji-county,\n\
                    O Tallae,,1904,KP,3,2\n";

fn issue(rows: &str) -> String {
    format!(
        "issue {rows} --key 101.key --bundle bundle.cbor {ROOT}--register 101.toml --out out --at 1963-09-10"
    )
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn from_nothing_to_a_printed_permit() {
    let desk = published();
    desk.write("rows.csv", ROWS);
    let said = desk.good(&issue("rows.csv"));
    assert!(said.contains("00101-1963-00000001-001-") && said.contains("SPECIMEN"), "{said}");
    assert!(said.contains("101.toml is begun"), "{said}");
    let files = names(&desk.path("out"));
    assert_eq!(files.len(), 15, "{files:?}");
    let page = desk.read("out/print.html");
    assert!(
        page.contains("남궁하늘") && page.contains(&files[0]),
        "an index of names, and the cards"
    );
    let own = |name: &String| name.starts_with("00101-1963-0000000") || name == "print.html";
    assert!(files.iter().all(own), "no name of a person");
    let page = desk.read(&format!("out/{}", files[1]));
    for part in [
        "NAMGUNG HANUL",
        "남궁하늘",
        "SPECIMEN · DEMO",
        "延吉县 / ",
        "연길현 / ",
        "Yanji County",
        "1963-09-10",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!desk.good(&issue("rows.csv")).contains("is begun"));
    assert_eq!(names(&desk.path("out")).len(), 29, "other numbers the second time");
    assert!(desk.read("101.toml").contains("\"1-4\""));
}

/// A workbook of one sheet.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let texts = |row: &&[&str]| row.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = rows.iter().map(texts).collect();
    permit_table::write("1", &rows[0], &rows[1..]).unwrap()
}

#[test]
fn a_workbook_is_checked_and_issued_as_a_table_is() {
    let desk = published();
    let columns = ["latin", "native", "birth", "nationality", "region"];
    let good = ["Namgung Hanul", "남궁하늘", "1931-04-02", "156", "cn-yanji-county"];
    let wrong = ["KIM", "", "1963-02-30", "999999", "x-nowhere"];
    fs::write(desk.path("rows.xlsx"), workbook(&[&columns, &good, &[], &wrong])).unwrap();
    let said = desk.ends(&issue("rows.xlsx"), 3);
    for part in ["row 4, birth", "row 4, nationality", "row 4, region", "1 of 2 rows"] {
        assert!(said.contains(part), "{said}");
    }
    fs::write(desk.path("column.xlsx"), workbook(&[&["latin", "ethnicity"], &["O", "x"]])).unwrap();
    assert!(desk.ends(&issue("column.xlsx"), 3).contains("ethnicity: a permit has no such field"));
    fs::write(desk.path("cut.xlsx"), &workbook(&[&columns, &good])[..200]).unwrap();
    assert!(desk.ends(&issue("cut.xlsx"), 3).contains("a damaged workbook"));
    assert!(!desk.path("out").exists() && !desk.path("101.toml").exists());
    fs::write(desk.path("rows.xlsx"), workbook(&[&columns, &good])).unwrap();
    desk.good(&issue("rows.xlsx"));
    assert!(desk.read("out/print.html").contains("남궁하늘"));
}

#[test]
fn nothing_is_issued_when_a_row_is_wrong() {
    let desk = published();
    desk.write("rows.csv", &(ROWS.to_owned() + "KIM,,1963-02-30,999999,x-nowhere,\n"));
    let said = desk.ends(&issue("rows.csv"), 3);
    // By the numbers that a spreadsheet shows.
    for part in ["row 4, birth", "row 4, nationality", "row 4, region", "1 of 3 rows"] {
        assert!(said.contains(part), "{said}");
    }
    desk.write("column.csv", "latin,birth,nationality,region,ethnicity\nO,1904,408,3,x\n");
    assert!(desk.ends(&issue("column.csv"), 3).contains("ethnicity: a permit has no such field"));
    assert!(!desk.path("out").exists() && !desk.path("101.toml").exists());
    // As a spreadsheet in Seoul saves it.
    let korean = encoding_rs::EUC_KR
        .encode("latin;native;birth;nationality;region\r\nO;남궁한울;1904;408;연길현\r\n")
        .0;
    fs::write(desk.path("seoul.csv"), korean).unwrap();
    desk.good(&format!("{} --check", issue("seoul.csv")));
    desk.write("open.csv", "latin,birth\n\"O,1904\n");
    assert!(desk.ends(&issue("open.csv"), 3).contains("row 2: a quotation mark is not closed"));
    desk.write("rows.csv", ROWS);
    desk.good(&format!("{} --check", issue("rows.csv")));
    assert!(!desk.path("out").exists());
    let real = issue("rows.csv").replace(" --root root.cbor", "");
    assert!(desk.ends(&real, 4).contains("fingerprint"));
    desk.good("key new other.key --demo");
    let said = desk.ends(&issue("rows.csv").replace("101.key", "other.key"), 4);
    assert!(said.contains("No station in this bundle"), "{said}");
}

#[test]
fn what_stops_a_list_says_where_and_what_to_run() {
    let desk = published();
    desk.write("two.toml", "document = 'stations'\nside = 'a'\n  side = 'b'\n");
    let said = desk.ends(&format!("authority propose two.toml {ROOT}--out two.proposal"), 3);
    assert!(said.contains("two.toml is not a description: 3:3: duplicate key"), "{said}");
    fs::remove_file(desk.path("a/stations.cbor")).unwrap();
    let said = desk.ends(&format!("authority snapshot a {ROOT}--zone zone.cbor --out s.toml"), 3);
    let next =
        "Run permit authority new stations --zone 7 --out a/stations.toml with --side a or b";
    assert!(said.contains("There is no a/stations.cbor yet") && said.contains(next), "{said}");
}

#[test]
fn a_permit_is_revoked_and_the_bundle_published_anew() {
    let desk = published();
    desk.write("rows.csv", ROWS);
    let said = desk.good(&issue("rows.csv"));
    let number = said.lines().next().unwrap().to_owned();
    desk.good(&format!("authority next a/revocations.cbor {AT} --out r2.toml"));
    desk.ends("revoke r2.toml", 2);
    desk.ends("revoke r2.toml 101-1963-1-1-0", 2);
    desk.good(&format!("revoke r2.toml {number} --since 1963-09-10"));
    assert!(desk.read("r2.toml").contains("station = 101"));
    desk.signed("r2.toml", ROOT, &["a/keys/a-revocations-1.key"], "a/revocations.cbor");
    let publish = format!(
        "authority publish --root root.cbor --zone zone.cbor --a a --b b --before bundle.cbor {AT} --out new.cbor"
    );
    assert!(desk.ends(&publish, 4).contains("not the one the snapshot names"));
    assert!(!desk.path("new.cbor").exists());
    desk.good(&format!("authority snapshot a {ROOT}--zone zone.cbor {AT} --out s2.toml"));
    desk.signed("s2.toml", ROOT, &["a/keys/a-snapshot-1.key"], "a/snapshot.cbor");
    desk.good(&publish);
    let shown = desk.good("authority show new.cbor");
    assert!(shown.contains("document = \"snapshot\"") && shown.contains("version = 2"), "{shown}");
}

/// The codes of text files at crossing 1, by JSON.
fn codes(desk: &Desk, files: &str, bundle: &str, direction: &str) -> Vec<u64> {
    let said = desk.run(&format!(
        "verify {files} --bundle {bundle} {ROOT}--crossing 1 --side A --direction {direction} --at 1963-09-10 --json -"
    ));
    let lines = String::from_utf8(said.stdout).unwrap();
    let scans = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    scans.map(|scan| scan["code"].as_u64().unwrap()).collect()
}

/// Publishes side A's revocations anew.
fn published_anew(desk: &Desk, description: &str, out: &str) {
    let key = "a/keys/a-revocations-1.key";
    desk.signed(description, ROOT, &[key], "a/revocations.cbor");
    desk.good(&format!("authority snapshot a {ROOT}--zone zone.cbor {AT} --out {out}.toml"));
    desk.signed(&format!("{out}.toml"), ROOT, &["a/keys/a-snapshot-1.key"], "a/snapshot.cbor");
    desk.good(&format!(
        "authority publish --root root.cbor --zone zone.cbor --a a --b b --before bundle.cbor {AT} --out {out}"
    ));
}

#[test]
fn row_21_a_stolen_key_is_shut_out_and_its_permits_stay() {
    let desk = published();
    desk.write("rows.csv", ROWS);
    let said = desk.good(&issue("rows.csv"));
    let real: Vec<String> =
        said.lines().take(2).map(|number| format!("out/{number}.txt")).collect();
    let real = real.join(" ");
    // The thief has the key, signs for other people under numbers that were given, and dates as he likes.
    desk.write(
        "thief.csv",
        "latin,birth,nationality,region\nPak Dol,1930,156,3\nKim Sol,1930,156,3\n",
    );
    let thief =
        issue("thief.csv").replace("101.toml", "thief.toml").replace("--out out", "--out forged");
    let said = desk.good(&thief.replace("1963-09-10", "1963-09-08"));
    let forged: Vec<String> =
        said.lines().take(2).map(|number| format!("forged/{number}.txt")).collect();
    let forged = forged.join(" ");
    assert!(forged.contains("00101-1963-00000001-001"), "the same numbers: {forged}");
    assert_eq!(codes(&desk, &real, "bundle.cbor", "exit"), [0, 0]);
    assert_eq!(codes(&desk, &forged, "bundle.cbor", "exit"), [0, 0]);

    let key = desk.good("key show 101.key --form hex").trim().to_owned();
    let revoke = format!("revoke r2.toml --key-stolen {key}");
    desk.good(&format!("authority next a/revocations.cbor {AT} --out r2.toml"));
    let before = desk.read("r2.toml");
    desk.ends(&revoke, 2);
    desk.ends(&revoke.replace(&key, "101"), 2);
    desk.write(
        "old.toml",
        "station = 101\n[[years]]\nstation = 101\nyear = 1963\nserials = ['1-9']\n",
    );
    let said = desk.ends(&format!("{revoke} --register old.toml"), 3);
    assert!(said.contains("9 of its numbers") && desk.read("r2.toml") == before, "{said}");
    desk.ends("revoke r2.toml --key-stolen 0011aabb --register 101.toml", 3);
    desk.good(&format!("{revoke} --register 101.toml --since 1963-09-09"));
    let shown = desk.read("r2.toml");
    assert!(shown.contains("[[stolen]]") && shown.contains(&key), "{shown}");
    published_anew(&desk, "r2.toml", "new.cbor");

    assert_eq!(codes(&desk, &real, "new.cbor", "exit"), [0, 0], "honest holders keep theirs");
    assert_eq!(codes(&desk, &forged, "new.cbor", "exit"), [24, 24]);
    let home = desk.run(&format!(
        "verify {forged} --bundle new.cbor {ROOT}--crossing 1 --side A --direction entry --at 1963-09-10 --json -"
    ));
    let home = String::from_utf8(home.stdout).unwrap();
    assert_eq!(home.matches("\"refer\"").count(), 2, "nobody is kept from going home: {home}");
    assert!(home.contains("\"stolen\":\"1963-09-09\""), "{home}");
    let said = desk.ends(&issue("rows.csv").replace("bundle.cbor", "new.cbor"), 4);
    assert!(said.contains("reported stolen on 1963-09-09"), "{said}");
}

#[test]
fn what_a_desk_exports_is_entered_once_and_never_taken_back() {
    let desk = Desk::new();
    let stations =
        "station = 101\nsigned = []\n[[years]]\nstation = 101\nyear = 1963\nserials = ['1-9']\n";
    let copy = "[[copies]]\nstation = 101\nyear = 1963\nserial = 3\ncopy = 2\nlost = true\nsince = 1963-09-10\n";
    let revoked = "[[revoked]]\nstation = 101\nyear = 1963\nserials = [2]\n";
    desk.write("desk.toml", &format!("{stations}{copy}{revoked}"));
    desk.good("authority new revocations --side A --zone 1 --at 1963-09-10T04:00:00Z --out r.toml");
    desk.good("authority revocations r.toml --register desk.toml");
    let once = desk.read("r.toml");
    assert!(once.contains("serials = [2]") && once.contains("lost = true"), "{once}");
    desk.good("authority revocations r.toml --register desk.toml");
    assert_eq!(desk.read("r.toml"), once, "twice is once");
    desk.write("less.toml", &format!("{stations}{}", copy.replace("copy = 2", "copy = 1")));
    desk.good("authority revocations r.toml --register less.toml");
    assert_eq!(desk.read("r.toml"), once, "nothing is good again");
    desk.good("authority new issued --side A --zone 1 --at 1963-09-10T04:00:00Z --out i.toml");
    desk.good("authority issued i.toml --register desk.toml --through 1963-09-10");
    assert!(desk.read("i.toml").contains("1-9"));
    desk.good("authority new revocations --side B --zone 1 --at 1963-09-10T04:00:00Z --out b.toml");
    desk.ends("authority revocations b.toml --register desk.toml", 2);
    desk.write(
        "other.toml",
        &format!("{stations}{}", copy.replace("station = 101", "station = 102")),
    );
    desk.ends("authority revocations r.toml --register other.toml", 3);
}

#[test]
fn what_is_refused() {
    let desk = published();
    let said = desk.ends("authority propose a/stations.toml --out x.proposal", 2);
    assert!(said.contains("--root"), "{said}");
    desk.good(&format!("authority propose a/stations.toml {ROOT}--out x.proposal"));
    let sign =
        format!("authority sign x.proposal {ROOT}--key b/keys/b-stations-1.key --out x.cbor");
    assert!(desk.ends(&sign, 2).contains("Nothing was signed"), "nobody answered");
    assert!(desk.ends(&format!("{sign} --yes"), 4).contains("no part in this document"));
    desk.write("bad.toml", &desk.read("zone.toml").replace("minutes = 480", "minutes = 4800"));
    let said = desk.ends(&format!("authority propose bad.toml {ROOT}--out y.proposal"), 3);
    assert!(said.contains("crossings[0].offsets[0].minutes"), "{said}");
    desk.write("bad.toml", &(String::from("score = 1\n") + &desk.read("zone.toml")));
    desk.ends(&format!("authority propose bad.toml {ROOT}--out y.proposal"), 3);
    desk.ends("authority show 101.key", 3);
    desk.ends("authority show nowhere.cbor", 3);
}

#[test]
fn keys_in_files() {
    let desk = Desk::new();
    desk.write("one", "twelve characters and more\n");
    desk.write("two", "another twelve characters\n");
    // What others may read is no secret.
    let refused = desk.ends("key new a.key --label DESK --passphrase-file one", 3);
    assert!(refused.contains("chmod 600"), "{refused}");
    desk.close("one");
    desk.close("two");
    desk.good("key new a.key --label DESK --passphrase-file one");
    assert!(desk.ends("key new a.key --passphrase-file one", 5).contains("exists already"));
    assert!(desk.good("key show a.key").contains("label: DESK"));
    desk.good("key check a.key --passphrase-file one");
    assert!(desk.ends("key check a.key --passphrase-file two", 3).contains("passphrase is wrong"));
    desk.good("key passphrase a.key --passphrase-file one --new-passphrase-file two");
    desk.good("key check a.key --passphrase-file two");
    desk.good("key export a.key --out a.pem --passphrase-file two --new-passphrase-file one");
    desk.good("key import a.pem b.key --passphrase-file one --new-passphrase-file two");
    let shown = |file| desk.good(&format!("key show {file} --form hex"));
    assert_eq!(shown("a.key"), shown("b.key"));
    assert!(desk.ends("key check a.key", 3).contains("--passphrase-file"), "no keyboard");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(desk.path("a.key"), fs::Permissions::from_mode(0o644)).unwrap();
        assert!(desk.ends("key show a.key", 3).contains("chmod 600"));
    }
}

#[test]
fn no_real_authority_signs_a_text_of_the_demonstration() {
    let desk = Desk::new();
    for side in ["a", "b"] {
        desk.good(&format!("authority init {side} --side {side} --demo"));
        // Taken elsewhere: that they lie open cannot be seen then.
        fs::rename(desk.path(&format!("{side}/keys")), desk.path(&format!("keys-{side}"))).unwrap();
    }
    desk.good(&format!(
        "authority root --a a/roles-a.toml --b b/roles-b.toml --zone 7 {AT} --out root.toml"
    ));
    let keys = ["a", "b"].map(|side| [1, 2].map(|n| format!("keys-{side}/{side}-root-{n}.key")));
    let keys: Vec<&str> = keys.as_flattened().iter().map(String::as_str).collect();
    desk.signed("root.toml", "", &keys, "root.cbor");
    desk.good(&format!("authority new zone --zone 7 {AT} --out zone.toml"));
    let propose = format!("authority propose zone.toml {ROOT}--out zone.proposal");
    let said = desk.ends(&propose, 4);
    assert!(said.contains("basis still has a text of the demonstration"), "{said}");
    assert!(!desk.path("zone.proposal").exists());
    let marks = ["DEMONSTRATION", "(demo)", "(演示)", "(시연)", "演示", "시연"];
    let ours = marks.iter().fold(desk.read("zone.toml"), |text, mark| text.replace(mark, "A"));
    desk.write("zone.toml", &ours);
    desk.good(&propose);
}

#[test]
fn both_sides_make_one_secret_of_two_halves_and_nothing_prints_it() {
    let desk = Desk::new();
    desk.write("pass", "a passphrase of tests\n");
    desk.close("pass");
    let of = "--zone 7 --year 1964 --passphrase-file pass";
    let mut words = Vec::new();
    for side in ["a", "b"] {
        let said = desk.good(&format!("authority half {of} --side {side} --out {side}.half"));
        words.push(said.lines().nth(1).unwrap().to_owned());
        assert_eq!(words.last().unwrap().split(' ').count(), 24, "{said}");
        let again = desk.ends(&format!("authority half {of} --side {side} --out {side}.half"), 5);
        assert!(again.contains("exists already"), "{again}");
    }
    assert_ne!(words[0], words[1]);
    // Side A has B's as words, side B has A's as a file.
    desk.write("b.words", &words[1]);
    desk.close("b.words");
    let here = desk.good(&format!(
        "authority secret {of} --a a.half --b b.words --terminal terminal --out here.secret"
    ));
    let there =
        desk.good(&format!("authority secret {of} --a a.half --b b.half --out there.secret"));
    let compared = |said: &str| said.rsplit(": ").next().unwrap().to_owned();
    assert_eq!(compared(&here), compared(&there));
    let secret = fs::read(desk.path("terminal/pseudonym.secret")).unwrap();
    assert_eq!(fs::read_dir(desk.path("terminal")).unwrap().count(), 1);
    assert_eq!(secret.len(), 32);
    let hex: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    let seen: [u8; 32] = secret.clone().try_into().unwrap();
    for said in [&here, &there] {
        assert!(!said.contains(&hex), "{said}");
        let spelt = permit_words::fingerprint(&seen, permit_words::Lang::En).join(" ");
        assert!(!said.contains(&spelt), "{said}");
    }
    for name in ["a.half", "here.secret", "terminal/pseudonym.secret"] {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(desk.path(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
        let bytes = fs::read(desk.path(name)).unwrap();
        let open = name.starts_with("terminal");
        assert_eq!(bytes.windows(32).any(|it| it == secret), open, "{name}");
    }
    // Sides exchanged, another year, a word misread, one half twice.
    let refused = |line: &str| desk.ends(&format!("authority secret {line} --out no.secret"), 3);
    assert!(refused(&format!("{of} --a b.half --b a.half")).contains("no half of this side"));
    let next = of.replace("1964", "1965");
    assert!(refused(&format!("{next} --a a.half --b b.half")).contains("no half of this side"));
    desk.write("wrong.words", words[1].split_once(' ').unwrap().1);
    desk.close("wrong.words");
    assert!(refused(&format!("{of} --a a.half --b wrong.words")).contains("no 24 words"));
    assert!(refused(&format!("{of} --a b.words --b b.words")).contains("are the same"));
    assert!(!desk.path("no.secret").exists());
}
