use super::*;

/// RFC 8032 §7.1, tests 1 and 2: seed, public key, message, signature.
const RFC_8032: [[&str; 4]; 2] = [
    [
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ],
    [
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ],
];

#[test]
fn signs_as_rfc_8032_says() {
    for [seed, public, message, signature] in RFC_8032 {
        let seed: [u8; 32] = hex::decode(seed).unwrap().try_into().unwrap();
        let key = SecretKey::from_known_seed_for_demo_keys_only(&seed);
        assert_eq!(hex::encode(key.public_key()), public);
        let Ok(made) = key.sign(&hex::decode(message).unwrap());
        assert_eq!(hex::encode(made), signature);
    }
}

#[test]
fn two_new_keys_differ_and_both_pass() {
    let (one, two) = (SecretKey::generate().unwrap(), SecretKey::generate().unwrap());
    assert_ne!(one.seed(), two.seed());
    for key in [one, two] {
        check(&key).unwrap();
    }
}

#[test]
fn nothing_secret_is_printed() {
    let key = SecretKey::from_known_seed_for_demo_keys_only(&[0xab; 32]);
    assert_eq!(format!("{key:?}"), format!("SecretKey {{ key_id: KeyId({}), .. }}", key.key_id()));
    let passphrase = NewPassphrase::chosen("correct horse battery").unwrap();
    assert_eq!(format!("{passphrase:?}"), "NewPassphrase(Passphrase { .. })");
}

/// States one key and signs with another, or not at all.
struct Liar {
    stated: [u8; 32],
    key: Option<SecretKey>,
}

impl Signer for Liar {
    type Error = &'static str;

    fn public_key(&self) -> [u8; 32] {
        self.stated
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], &'static str> {
        let Ok(signature) = self.key.as_ref().ok_or("the token is in a drawer")?.sign(message);
        Ok(signature)
    }
}

#[test]
fn a_key_that_is_not_what_it_says_is_found_out() {
    let stated = SecretKey::generate().unwrap().public_key();
    let other = Liar { stated, key: Some(SecretKey::generate().unwrap()) };
    assert!(matches!(check(&other), Err(CheckError::Verify)));
    assert!(matches!(
        check(&Liar { stated, key: None }),
        Err(CheckError::Sign("the token is in a drawer"))
    ));
    // The neutral element, for which many a signature holds.
    let mut weak = [0; 32];
    weak[0] = 1;
    assert!(matches!(check(&Liar { stated: weak, ..other }), Err(CheckError::Verify)));
}

#[test]
fn two_keyboards_give_one_passphrase() {
    let same = [
        // Composed; conjoining jamo, as some systems type it; full-width and no-break spaces.
        [
            "동해물과 백두산이",
            "\u{1103}\u{1169}\u{11bc}\u{1112}\u{1162}\u{1106}\u{116e}\u{11af}\u{1100}\u{116a} \u{1107}\u{1162}\u{11a8}\u{1103}\u{116e}\u{1109}\u{1161}\u{11ab}\u{110b}\u{1175}",
        ],
        ["東海 水 白頭", "東海\u{3000}水\u{a0}白頭"],
        ["Ch'ŏngch'un", "Ch'o\u{306}ngch'un"],
    ];
    for [one, other] in same {
        assert_ne!(one, other);
        assert_eq!(bytes(one), bytes(other), "{one}");
    }
    for [one, other] in [["abc", "ABC"], ["abc", "ａｂｃ"], ["abc", "abc "], ["ﬁ", "fi"]] {
        assert_ne!(bytes(one), bytes(other), "{one} {other}");
    }
}

fn bytes(text: &str) -> Vec<u8> {
    Passphrase::typed(text).unwrap().as_bytes().to_vec()
}

#[test]
fn a_passphrase_has_a_shape() {
    let refused = |text: &str| Passphrase::typed(text).unwrap_err();
    assert_eq!(refused(""), PassphraseError::Empty);
    for control in ["secret\n", "sec\tret", "\0", "se\u{85}cret", "\u{7f}"] {
        assert_eq!(refused(control), PassphraseError::Control, "{control:?}");
    }
    assert_eq!(refused(&"x".repeat(1025)), PassphraseError::TooLong { bytes: 1025 });
    assert!(Passphrase::typed(&"x".repeat(1024)).is_ok());
    assert!(Passphrase::typed("x").is_ok(), "what exists may be short");
}

#[test]
fn a_new_passphrase_has_twelve_characters() {
    let chosen = |text: &str| NewPassphrase::chosen(text).map(|_| ());
    assert_eq!(chosen("elevenchars"), Err(PassphraseError::TooShort { chars: 11 }));
    assert_eq!(chosen("twelve chars"), Ok(()));
    assert_eq!(chosen("동해물과백두산이마르고"), Err(PassphraseError::TooShort { chars: 11 }));
    assert_eq!(chosen("동해물과백두산이마르고닳"), Ok(()));
    // Eleven characters after normalisation, however many were typed.
    assert_eq!(chosen("elevencharo\u{306}"), Err(PassphraseError::TooShort { chars: 11 }));
    assert_eq!(chosen(""), Err(PassphraseError::Empty));
}

#[test]
fn normalising_never_moves_the_buffer() {
    // Musical symbol half note: its NFC has three times the bytes.
    let worst = "\u{1d15e}".repeat(Passphrase::MOST_BYTES / 4);
    let passphrase = Passphrase::typed(&worst).unwrap();
    assert!(passphrase.0.len() > worst.len());
    assert_eq!(passphrase.0.capacity(), worst.len() * 3);
}
