use std::{path::Path, process::Command};

use permit_core::Signer;

use super::*;

/// RFC 8410 §10.3, first form: the private key alone.
const RFC_8410_PRIVATE: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
-----END PRIVATE KEY-----
";

/// RFC 8410 §10.3, second form: with an attribute and the public key.
const RFC_8410_PAIR: &str = "-----BEGIN PRIVATE KEY-----
MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB
Z9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PRIVATE KEY-----
";

/// RFC 8410 §10.1, of the same key.
const RFC_8410_PUBLIC: &str = "-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PUBLIC KEY-----
";

const RFC_8410_SEED: &str = "d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842";
const RFC_8410_RAW: &str = "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";

fn key() -> SecretKey {
    SecretKey::from_known_seed_for_demo_keys_only(&[7; 32])
}

fn public() -> PublicKey {
    PublicKey::new(&key().public_key()).unwrap()
}

fn passphrase() -> NewPassphrase {
    NewPassphrase::chosen("three words and a river").unwrap()
}

fn der(pem: &str) -> Vec<u8> {
    SecretDocument::from_pem(pem).unwrap().1.as_bytes().to_vec()
}

#[test]
fn the_keys_of_rfc_8410() {
    let alone = import(RFC_8410_PRIVATE.as_bytes(), None).unwrap();
    assert_eq!(hex::encode(alone.seed()), RFC_8410_SEED);
    assert_eq!(hex::encode(alone.public_key()), RFC_8410_RAW);
    assert_eq!(*export_without_any_encryption(&alone).unwrap(), RFC_8410_PRIVATE);
    assert_eq!(import(&der(RFC_8410_PRIVATE), None).unwrap().seed(), alone.seed());
    assert_eq!(import(RFC_8410_PAIR.as_bytes(), None).unwrap().seed(), alone.seed());

    let public = read_public(RFC_8410_PUBLIC).unwrap();
    assert_eq!(public.to_bytes(), alone.public_key());
    assert_eq!(public_pem(&public).unwrap(), RFC_8410_PUBLIC);
}

#[test]
fn pem_as_other_systems_write_it() {
    let crlf = RFC_8410_PRIVATE.replace('\n', "\r\n");
    let headed = format!("Bag Attributes\n    friendlyName: station\n{RFC_8410_PRIVATE}");
    let bare = RFC_8410_PRIVATE.trim_end();
    for pem in [&crlf, &headed, bare] {
        assert_eq!(hex::encode(import(pem.as_bytes(), None).unwrap().seed()), RFC_8410_SEED);
    }
}

#[test]
fn three_forms_of_a_public_key() {
    let public = public();
    for text in [public_pem(&public).unwrap(), public_hex(&public), public_base64(&public)] {
        assert_eq!(read_public(&text), Ok(public));
        assert_eq!(read_public(&format!("  {text}\n")), Ok(public));
    }
    assert_eq!(read_public(&public_hex(&public).to_uppercase()), Ok(public));
}

#[test]
fn what_is_not_a_public_key() {
    let hexadecimal = public_hex(&public());
    assert_eq!(read_public(&hexadecimal[2..]), Err(ExchangeError::Length { bytes: 31 }));
    assert_eq!(read_public(&format!("{hexadecimal}00")), Err(ExchangeError::Length { bytes: 33 }));
    assert_eq!(read_public("QUJD"), Err(ExchangeError::Length { bytes: 3 }));
    assert_eq!(read_public("no key at all"), Err(ExchangeError::Unknown));
    assert_eq!(read_public(""), Err(ExchangeError::Length { bytes: 0 }));
    assert_eq!(read_public(&"0".repeat(20_000)), Err(ExchangeError::TooLarge { bytes: 20_000 }));
    assert_eq!(read_public(RFC_8410_PRIVATE), Err(kind("PRIVATE KEY")));
    let zero = "00".repeat(32);
    assert_eq!(read_public(&zero), Err(ExchangeError::Weak(KeyFault::Weak)));
    let x25519 = RFC_8410_PUBLIC.replace("K2Vw", "K2Vu");
    let found = ObjectIdentifier::new_unwrap("1.3.101.110");
    assert_eq!(read_public(&x25519), Err(ExchangeError::Algorithm { found }));
}

fn kind(label: &str) -> ExchangeError {
    ExchangeError::Kind { label: label.to_owned() }
}

fn refused(bytes: &[u8]) -> ExchangeError {
    import(bytes, Some(passphrase().as_ref())).unwrap_err()
}

#[test]
fn what_is_not_a_private_key() {
    assert_eq!(refused(b""), ExchangeError::Unknown);
    assert_eq!(refused(b"\xff\xfe"), ExchangeError::Unknown);
    assert_eq!(refused(b"-----BEGIN "), ExchangeError::Unknown);
    assert_eq!(refused(&[0x30; 20_000]), ExchangeError::TooLarge { bytes: 20_000 });
    assert_eq!(refused(RFC_8410_PUBLIC.as_bytes()), kind("PUBLIC KEY"));
    for other in ["CERTIFICATE", "OPENSSH PRIVATE KEY", "EC PRIVATE KEY"] {
        let pem = format!("-----BEGIN {other}-----\nMC4C\n-----END {other}-----\n");
        assert_eq!(refused(pem.as_bytes()), kind(other));
    }
    let broken = RFC_8410_PRIVATE.replace("MC4C", "MC4!");
    assert!(matches!(refused(broken.as_bytes()), ExchangeError::Malformed(pkcs8::Error::Asn1(_))));
}

#[test]
fn keys_of_other_algorithms_are_named() {
    let x25519 = RFC_8410_PRIVATE.replace("K2Vw", "K2Vu");
    let found = ObjectIdentifier::new_unwrap("1.3.101.110");
    assert_eq!(refused(x25519.as_bytes()), ExchangeError::Algorithm { found });
}

#[test]
fn every_shorter_or_longer_der_is_refused() {
    for pem in [RFC_8410_PRIVATE, RFC_8410_PAIR] {
        let der = der(pem);
        for length in 0..der.len() {
            let error = refused(&der[..length]);
            let expected = matches!(error, ExchangeError::Malformed(_) | ExchangeError::Unknown);
            assert!(expected, "{length}: {error:?}");
        }
        assert!(matches!(refused(&[&der[..], &[0]].concat()), ExchangeError::Malformed(_)));
    }
}

#[test]
fn a_public_key_that_is_not_the_private_ones_is_refused() {
    let mut der = der(RFC_8410_PAIR);
    let at = der.len() - 32;
    der[at..].copy_from_slice(&key().public_key());
    assert!(matches!(refused(&der), ExchangeError::Malformed(pkcs8::Error::KeyMalformed(_))));
}

#[test]
fn encrypted_there_and_back() {
    let pem = export_encrypted(&key(), &passphrase()).unwrap();
    assert!(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    assert_ne!(*pem, *export_encrypted(&key(), &passphrase()).unwrap(), "salt and IV are new");
    let back = import(pem.as_bytes(), Some(passphrase().as_ref())).unwrap();
    assert_eq!(back.seed(), key().seed());
    assert_eq!(import(pem.as_bytes(), None).unwrap_err(), ExchangeError::PassphraseNeeded);
    let wrong = Passphrase::typed("three words and a brook").unwrap();
    assert_eq!(import(pem.as_bytes(), Some(&wrong)).unwrap_err(), ExchangeError::Refused);
}

#[test]
fn costly_encryption_is_refused_before_any_work() {
    let scheme = |kdf: pbes2::Kdf| pbes2::Parameters {
        kdf,
        encryption: pbes2::EncryptionScheme::Aes256Cbc { iv: [0; 16] },
    };
    let pbkdf2 = |count| pbes2::Pbkdf2Params::hmac_sha256(count, &[0; 16]).unwrap().into();
    for (count, expected) in
        [(MOST_ITERATIONS, Ok(())), (MOST_ITERATIONS + 1, Err(ExchangeError::TooCostly))]
    {
        assert_eq!(refuse_if_costly(&scheme(pbkdf2(count)).into()), expected);
    }
    let der = EncryptedPrivateKeyInfoRef {
        encryption_algorithm: scheme(pbkdf2(100_000_000)).into(),
        encrypted_data: OctetStringRef::new(&[0; 48]).unwrap(),
    };
    let der = SecretDocument::try_from(der).unwrap();
    assert_eq!(refused(der.as_bytes()), ExchangeError::TooCostly);
    assert_eq!(refused(&hex::decode(SCRYPT_BOMB).unwrap()), ExchangeError::TooCostly);
}

/// PBES2 with scrypt, N = 2^40, r = 8, p = 1 and AES-256-CBC over 48 zero bytes, by hand.
const SCRYPT_BOMB: &str = concat!(
    "30818f305b06092a864886f70d01050d304e302d06092b06010401da47040b30200410000000000000000000",
    "000000000000000206010000000000020108020101301d060960864801650304012a04100000000000000000",
    "0000000000000000043000000000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000",
);

mod openssl {
    use super::*;

    /// Runs `openssl` in the folder; the test is skipped where it is not installed.
    fn openssl(folder: &Path, arguments: &[&str]) -> Option<Vec<u8>> {
        let Ok(output) = Command::new("openssl").current_dir(folder).args(arguments).output()
        else {
            println!("skipped: openssl is not there");
            return None;
        };
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        Some(output.stdout)
    }

    const PASS: &str = "pass:three words and a river";

    #[test]
    fn reads_what_is_exported() {
        let folder = tempfile::tempdir().unwrap();
        let write =
            |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("open.pem", &export_without_any_encryption(&key()).unwrap());
        write("sealed.pem", &export_encrypted(&key(), &passphrase()).unwrap());
        write("public.pem", &public_pem(&public()).unwrap());
        let public = public_pem(&public()).unwrap();
        for arguments in [
            &["pkey", "-in", "open.pem", "-pubout"][..],
            &["pkey", "-in", "sealed.pem", "-passin", PASS, "-pubout"],
            &["pkey", "-in", "public.pem", "-pubin", "-pubout"],
        ] {
            let Some(read) = openssl(folder.path(), arguments) else { return };
            assert_eq!(String::from_utf8(read).unwrap(), public, "{arguments:?}");
        }
        let Ok(signature) = key().sign(b"a message");
        std::fs::write(folder.path().join("signature"), signature).unwrap();
        write("message", "a message");
        let verify = ["pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "public.pem"];
        let files = ["-in", "message", "-sigfile", "signature"];
        openssl(folder.path(), &[&verify[..], &files].concat());
    }

    #[test]
    fn writes_what_is_imported() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
        let made = ["genpkey", "-algorithm", "ed25519", "-out", "open.pem"];
        if openssl(folder.path(), &made).is_none() {
            return;
        }
        let key = import(&path("open.pem"), None).unwrap();
        let public = openssl(folder.path(), &["pkey", "-in", "open.pem", "-pubout"]).unwrap();
        let public = read_public(core::str::from_utf8(&public).unwrap()).unwrap();
        assert_eq!(key.public_key(), public.to_bytes());

        let seal = ["pkcs8", "-topk8", "-in", "open.pem", "-passout", PASS, "-out"];
        let forms: [&[&str]; 4] = [
            &["default.pem"],
            &["aes128.pem", "-v2", "aes-128-cbc"],
            &["scrypt.pem", "-scrypt"],
            &["sealed.der", "-outform", "DER"],
        ];
        for form in forms {
            openssl(folder.path(), &[&seal[..], form].concat());
            let back = import(&path(form[0]), Some(passphrase().as_ref())).unwrap();
            assert_eq!(back.seed(), key.seed(), "{form:?}");
            assert_eq!(import(&path(form[0]), None).unwrap_err(), ExchangeError::PassphraseNeeded);
        }
    }

    #[test]
    fn other_algorithms_keys_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let others: [(&[&str], &str); 3] = [
            (&["-algorithm", "x25519"], "1.3.101.110"),
            (&["-algorithm", "ed448"], "1.3.101.113"),
            (&["-algorithm", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"], "1.2.840.10045.2.1"),
        ];
        for (algorithm, oid) in others {
            let Some(pem) = openssl(folder.path(), &[&["genpkey"][..], algorithm].concat()) else {
                return;
            };
            let found = ObjectIdentifier::new_unwrap(oid);
            assert_eq!(refused(&pem), ExchangeError::Algorithm { found });
        }
    }
}
