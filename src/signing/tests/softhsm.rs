//! Keys on a real PKCS#11 token, SoftHSM2, each test on a token of its own.
//!
//! SoftHSM2 reads where its tokens are from the environment, once a process. So each test runs
//! itself again in a new process with a folder of its own. Where SoftHSM2 is not installed (Debian:
//! `apt install softhsm2`) each says so.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "the whole file is tests")]

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use cryptoki::{
    context::{CInitializeArgs, CInitializeFlags, Pkcs11},
    mechanism::Mechanism,
    object::{Attribute, AttributeType, KeyType, ObjectClass},
    session::{Session, UserType},
    slot::Slot,
    types::AuthPin,
};
use permit_core::Signer;
use permit_signing::{
    KeyChoice, Label, ModuleError, Pin, PinError, PinState, SecretKey, Token, TokenChoice,
    TokenError, TokenKeyError, TokenSigner, check,
};

const TOKEN: &str = "STATION 3";
const PIN: &str = "648219";
const OFFICER: &str = "73015582";
const CHOICE: TokenChoice<'_> = TokenChoice::Label(TOKEN);

#[test]
fn a_key_made_on_the_token_signs() {
    alone("a_key_made_on_the_token_signs", |module| {
        set_up(module, TOKEN);
        let made = find(module).generate(&label("WINDOW 1"), Some(&pin())).unwrap();
        check(&made).unwrap();
        let session = user_session(module);
        let attributes =
            session.find_objects(&[Attribute::Class(ObjectClass::PRIVATE_KEY)]).unwrap();
        let shown = session
            .get_attributes(
                attributes[0],
                &[AttributeType::Sensitive, AttributeType::Extractable, AttributeType::Value],
            )
            .unwrap();
        assert_eq!(
            shown,
            [Attribute::Sensitive(true), Attribute::Extractable(false)],
            "and no value"
        );
        let Some(Attribute::Id(id)) =
            session.get_attributes(attributes[0], &[AttributeType::Id]).unwrap().into_iter().next()
        else {
            panic!("the key has no id");
        };
        let slot = Token::list(module).unwrap()[0].slot;
        for (token, key) in [
            (CHOICE, KeyChoice::Label("WINDOW 1")),
            (CHOICE, KeyChoice::Id(&id)),
            (TokenChoice::Slot(slot), KeyChoice::Label("WINDOW 1")),
        ] {
            let again = TokenSigner::open(module, token, key, Some(&pin())).unwrap();
            assert_eq!(again.public_key(), made.public_key());
            assert_eq!(
                again.sign(b"a permit").unwrap(),
                made.sign(b"a permit").unwrap(),
                "Ed25519 is deterministic"
            );
        }
    });
}

/// OpenSC's `pkcs11-tool`; says so where it is not installed.
#[test]
fn a_key_another_program_made_signs() {
    alone("a_key_another_program_made_signs", |module| {
        set_up(module, TOKEN);
        let made = Command::new("pkcs11-tool")
            .arg("--module")
            .arg(module)
            .args(["--token-label", TOKEN, "--login", "--pin", PIN, "--keypairgen"])
            .args(["--key-type", "EC:edwards25519", "--label", "THEIRS", "--id", "0a0b"])
            .output();
        let Ok(made) = made else {
            println!("skipped: pkcs11-tool is not installed");
            return;
        };
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let shown = String::from_utf8_lossy(&made.stdout);
        for key in [KeyChoice::Label("THEIRS"), KeyChoice::Id(&[0x0a, 0x0b])] {
            let key = TokenSigner::open(module, CHOICE, key, Some(&pin())).unwrap();
            check(&key).unwrap();
            let public: String =
                key.public_key().iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(shown.contains(&public), "{shown}");
        }
    });
}

#[test]
fn a_signature_takes() {
    alone("a_signature_takes", |module| {
        set_up(module, TOKEN);
        let key = find(module).generate(&label("WINDOW 1"), Some(&pin())).unwrap();
        let started = Instant::now();
        for number in 0..100u8 {
            key.sign(&[number; 250]).unwrap();
        }
        println!("a signature on SoftHSM2, verified: {:?} (mean of 100)", started.elapsed() / 100);
    });
}

#[test]
fn the_pin_is_guarded() {
    alone("the_pin_is_guarded", |module| {
        set_up(module, TOKEN);
        let token = find(module);
        drop(token.generate(&label("WINDOW 1"), Some(&pin())).unwrap());
        let open = |pin: Option<&str>| {
            token.open(KeyChoice::Label("WINDOW 1"), pin.map(Pin::typed).as_ref()).map(drop)
        };
        let state = || Token::list(module).unwrap()[0].pin;

        assert!(matches!(open(None), Err(TokenError::Pin(PinError::Needed))));
        for unfit in ["", "123", &"1".repeat(300)] {
            assert!(matches!(
                open(Some(unfit)),
                Err(TokenError::Pin(PinError::Length { least: 4, most: 255 }))
            ));
        }
        assert_eq!(state(), PinState::Fresh, "none of these was offered to the token");

        assert!(matches!(
            open(Some("000000")),
            Err(TokenError::Pin(PinError::Wrong { after: PinState::Tried }))
        ));
        assert_eq!(state(), PinState::Tried);
        open(Some(PIN)).unwrap();
        assert_eq!(state(), PinState::Fresh);
    });
}

#[test]
fn a_token_without_a_pin() {
    alone("a_token_without_a_pin", |module| {
        let context = start(module);
        let slot = *context.get_slots_with_token().unwrap().last().unwrap();
        context.init_token(slot, &AuthPin::from(OFFICER), TOKEN).unwrap();
        let opened = find(module).open(KeyChoice::Label("WINDOW 1"), Some(&pin()));
        assert!(matches!(opened, Err(TokenError::Pin(PinError::NotSet))));
    });
}

#[test]
fn modules_that_are_none() {
    alone("modules_that_are_none", |module| {
        let missing = |path: &str| {
            matches!(
                Token::find(Path::new(path), CHOICE),
                Err(TokenError::Module(ModuleError::Missing))
            )
        };
        assert!(missing("/nowhere/libsofthsm2.so"));
        assert!(missing(""));
        // Not searched for among the system's libraries.
        assert!(missing("libsofthsm2.so") && missing("libc.so.6"));

        let folder = module_folder();
        let text = folder.join("module.so");
        std::fs::write(&text, "not a library").unwrap();
        for unusable in [&text, &folder] {
            let found = Token::find(unusable, CHOICE);
            assert!(
                matches!(found, Err(TokenError::Module(ModuleError::Unusable(_)))),
                "{found:?}"
            );
        }
        assert!(matches!(Token::find(module, CHOICE), Err(TokenError::NoToken { seen: 0 })));
    });
}

#[test]
fn tokens_are_told_apart() {
    alone("tokens_are_told_apart", |module| {
        set_up(module, TOKEN);
        set_up(module, "STATION 4");
        for other in [
            TokenChoice::Label("STATION 5"),
            TokenChoice::Label("STATION"),
            TokenChoice::Slot(987_654),
        ] {
            assert!(matches!(Token::find(module, other), Err(TokenError::NoToken { seen: 2 })));
        }
        set_up(module, TOKEN);
        assert!(matches!(Token::find(module, CHOICE), Err(TokenError::ManyTokens { found: 2 })));
        let mut labels: Vec<_> =
            Token::list(module).unwrap().into_iter().map(|token| token.label).collect();
        labels.sort();
        assert_eq!(labels, [TOKEN, TOKEN, "STATION 4"]);
    });
}

#[test]
fn keys_that_do_not_serve() {
    alone("keys_that_do_not_serve", |module| {
        set_up(module, TOKEN);
        let token = find(module);
        let open = |name: &str| match token.open(KeyChoice::Label(name), Some(&pin())) {
            Err(TokenError::Key(error)) => error,
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(open("WINDOW 1"), TokenKeyError::Missing);
        let good = token.generate(&label("WINDOW 1"), Some(&pin())).unwrap();
        let twice = token.generate(&label("WINDOW 1"), Some(&pin()));
        assert!(matches!(twice, Err(TokenError::Key(TokenKeyError::Exists))));

        let session = user_session(module);
        // secp256r1 and edwards448.
        pair(
            &session,
            Mechanism::EccKeyPairGen,
            &[0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7],
            "P-256",
        );
        pair(&session, Mechanism::EccEdwardsKeyPairGen, b"\x13\x0aedwards448", "ED448");
        assert_eq!(
            (open("P-256"), open("ED448")),
            (TokenKeyError::NotEd25519, TokenKeyError::NotEd25519)
        );
        for _ in 0..2 {
            pair(&session, Mechanism::EccEdwardsKeyPairGen, b"\x13\x0cedwards25519", "TWO");
        }
        assert_eq!(open("TWO"), TokenKeyError::Many { found: 2 });

        let public =
            [Attribute::Class(ObjectClass::PUBLIC_KEY), Attribute::Label(b"WINDOW 1".to_vec())];
        let public = session.find_objects(&public).unwrap()[0];
        let Some(Attribute::Id(id)) =
            session.get_attributes(public, &[AttributeType::Id]).unwrap().into_iter().next()
        else {
            panic!("the key has no id");
        };
        session.destroy_object(public).unwrap();
        assert_eq!(open("WINDOW 1"), TokenKeyError::NoPublicKey);
        check(&good).unwrap();

        let other = SecretKey::generate().unwrap().public_key();
        put_public(&session, &id, &other);
        let mixed = token.open(KeyChoice::Label("WINDOW 1"), Some(&pin())).unwrap();
        assert_eq!(mixed.public_key(), other);
        assert!(matches!(mixed.sign(b"a permit"), Err(TokenError::BadSignature)));
    });
}

#[test]
fn a_weak_public_key_is_refused() {
    alone("a_weak_public_key_is_refused", |module| {
        set_up(module, TOKEN);
        let session = user_session(module);
        pair(&session, Mechanism::EccEdwardsKeyPairGen, b"\x13\x0cedwards25519", "WINDOW 1");
        let public = session.find_objects(&[Attribute::Class(ObjectClass::PUBLIC_KEY)]).unwrap()[0];
        session.destroy_object(public).unwrap();
        put_public(&session, b"WINDOW 1", &[0; 32]);
        let opened = find(module).open(KeyChoice::Label("WINDOW 1"), Some(&pin()));
        assert!(matches!(opened, Err(TokenError::Key(TokenKeyError::Weak(_)))), "{opened:?}");
    });
}

#[test]
fn a_token_removed_while_in_use() {
    alone("a_token_removed_while_in_use", |module| {
        set_up(module, TOKEN);
        let key = find(module).generate(&label("WINDOW 1"), Some(&pin())).unwrap();
        key.sign(b"a permit").unwrap();
        for token in std::fs::read_dir(module_folder().join("tokens")).unwrap() {
            std::fs::remove_dir_all(token.unwrap().path()).unwrap();
        }
        let gone = key.sign(b"a permit");
        assert!(matches!(gone, Err(TokenError::Removed)), "{gone:?}");
        let again = Token::find(module, CHOICE);
        assert!(matches!(again, Err(TokenError::NoToken { seen: 0 })), "{again:?}");
    });
}

/// Runs a test's body in a process whose only tokens are in a new folder.
fn alone(test: &str, body: fn(&Path)) {
    let Some(module) = MODULES.iter().map(Path::new).find(|module| module.exists()) else {
        println!("skipped: SoftHSM2 is not installed");
        return;
    };
    if env::var_os(FOLDER).is_some() {
        return body(module);
    }
    let folder = tempfile::tempdir().unwrap();
    let (tokens, settings) = (folder.path().join("tokens"), folder.path().join("softhsm2.conf"));
    std::fs::create_dir(&tokens).unwrap();
    std::fs::write(
        &settings,
        format!("directories.tokendir = {}\nlog.level = ERROR\n", tokens.display()),
    )
    .unwrap();
    let output = Command::new(env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env("SOFTHSM2_CONF", &settings)
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr]
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .concat();
    println!("{said}");
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{test} failed in its own process"
    );
}

/// Where the packages of Debian, Fedora, Arch, FreeBSD and Homebrew put it.
const MODULES: [&str; 6] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/lib/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
];

/// Tells the second process that it is the second, and where its folder is.
const FOLDER: &str = "PERMIT_TEST_TOKEN_FOLDER";

fn module_folder() -> PathBuf {
    env::var_os(FOLDER).expect("set by alone").into()
}

fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

fn pin() -> Pin {
    Pin::typed(PIN)
}

fn find(module: &Path) -> Token {
    Token::find(module, CHOICE).unwrap()
}

fn start(module: &Path) -> Pkcs11 {
    let context = Pkcs11::new(module).unwrap();
    // The second time in a process it answers that it was started already.
    let _started = context.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK));
    context
}

/// A new token with both PINs set.
fn set_up(module: &Path, label: &str) {
    let context = start(module);
    let before = context.get_slots_with_initialized_token().unwrap();
    let empty = context
        .get_slots_with_token()
        .unwrap()
        .into_iter()
        .find(|slot| !before.contains(slot))
        .unwrap();
    context.init_token(empty, &AuthPin::from(OFFICER), label).unwrap();
    let slots = context.get_slots_with_initialized_token().unwrap();
    let slot = slots.into_iter().find(|slot| !before.contains(slot)).unwrap();
    let session = context.open_rw_session(slot).unwrap();
    session.login(UserType::So, Some(&AuthPin::from(OFFICER))).unwrap();
    session.init_pin(&AuthPin::from(PIN)).unwrap();
    session.logout().unwrap();
}

/// A session of the user, who may already be logged in.
fn user_session(module: &Path) -> Session {
    let context = start(module);
    let slot: Slot = context.get_slots_with_initialized_token().unwrap()[0];
    let session = context.open_rw_session(slot).unwrap();
    let _logged_in = session.login(UserType::User, Some(&AuthPin::from(PIN)));
    session
}

fn pair(session: &Session, mechanism: Mechanism<'_>, curve: &[u8], name: &str) {
    let named = [Attribute::Token(true), Attribute::Label(name.into()), Attribute::Id(name.into())];
    let public = [&named[..], &[Attribute::EcParams(curve.into())]].concat();
    let private = [&named[..], &[Attribute::Private(true), Attribute::Sign(true)]].concat();
    session.generate_key_pair(&mechanism, &public, &private).unwrap();
}

fn put_public(session: &Session, id: &[u8], raw: &[u8; 32]) {
    let object = [
        Attribute::Class(ObjectClass::PUBLIC_KEY),
        Attribute::KeyType(KeyType::EC_EDWARDS),
        Attribute::Token(true),
        Attribute::Id(id.into()),
        Attribute::EcParams(b"\x13\x0cedwards25519".to_vec()),
        Attribute::EcPoint([&[0x04, 0x20][..], raw].concat()),
    ];
    session.create_object(&object).unwrap();
}
