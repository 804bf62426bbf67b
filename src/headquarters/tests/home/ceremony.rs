//! Scripts of ceremonies: every command that a script prints is run, in its order.

use std::{collections::BTreeMap, fs, path::Path, process::Output};

use permit_core::KeyId;
use permit_signing::KeyFile;

use crate::renewed::{World, begun, issued};

/// Runs a script; what its commands said.
fn perform(world: &World, folder: &str) -> Vec<String> {
    let keys = holders(world);
    let commands = fs::read_to_string(world.path(&format!("{folder}/commands.txt"))).unwrap();
    let shown = fs::read_to_string(world.path(&format!("{folder}/ceremony-en.txt"))).unwrap();
    let mut said = Vec::new();
    for line in commands.lines() {
        assert!(shown.contains(line), "{line}: {shown}");
        let words: Vec<String> = line.split(' ').map(|it| held(it, &keys)).collect();
        let Output { status, stdout, stderr } = world.program(&words[0], &words[1..]);
        let output = String::from_utf8([stdout, stderr].concat()).unwrap();
        // Signatures are missing until the last step.
        let waits = words[1] == "renew" && status.code() == Some(1);
        assert!(status.success() || waits, "{line}: {output}");
        said.push(output);
    }
    said
}

/// Which file a holder has.
fn held(word: &str, keys: &BTreeMap<String, String>) -> String {
    word.strip_prefix("KEY-").map_or_else(|| word.to_owned(), |kid| keys[kid].clone())
}

fn holders(world: &World) -> BTreeMap<String, String> {
    let mut keys = BTreeMap::new();
    for folder in ["a/keys", "b/keys", "new"] {
        let Ok(files) = fs::read_dir(world.path(folder)) else { continue };
        for path in files.map(|it| it.unwrap().path()) {
            let file = KeyFile::from_bytes(&fs::read(&path).unwrap()).unwrap();
            let kid = KeyId::of(&file.stated_public_key()).to_string();
            keys.insert(kid, path.display().to_string());
        }
    }
    keys
}

fn kid(world: &World, path: &str) -> String {
    let file = KeyFile::from_bytes(&fs::read(world.path(path)).unwrap()).unwrap();
    KeyId::of(&file.stated_public_key()).to_string()
}

fn in_three_languages(world: &World, folder: &str) {
    for lang in ["zh", "ko", "en"] {
        let pdf = fs::read(world.path(&format!("{folder}/ceremony-{lang}.pdf"))).unwrap();
        assert!(pdf.starts_with(b"%PDF-"), "{lang}");
        assert!(world.path(&format!("{folder}/ceremony-{lang}.txt")).exists());
    }
}

#[test]
fn the_first_root_by_its_script() {
    let world = World::new();
    world.headquarters("ceremony root --zone 7 --out script", 0);
    in_three_languages(&world, "script");
    let said = perform(&world, "script");
    assert!(said.last().unwrap().contains("The same in words, to be read aloud"), "{said:?}");
    assert!(Path::new(&world.path("root.cbor")).exists());
    let said = world.headquarters("ceremony root --zone 7 --out script", 5);
    assert!(said.contains("script"), "one that is there stays: {said}");
}

#[test]
fn rotation_loss_and_theft_by_their_scripts() {
    let world = begun();
    let _codes = issued(&world);
    fs::create_dir(world.path("new")).unwrap();
    let installed = fs::read(world.path("root.cbor")).unwrap();
    for (at, (act, old)) in
        [("rotate", "a/keys/a-root-1.key"), ("lost", "a/keys/a-zone-2.key")].into_iter().enumerate()
    {
        let (old, script) = (kid(&world, old), format!("script-{act}"));
        world.permit(&format!("key new new/{at}.key --demo --label NEW"));
        let new = world.permit(&format!("key show new/{at}.key --form hex"));
        world.headquarters(&format!("ceremony {act} {old} {} --out {script}", new.trim()), 0);
        in_three_languages(&world, &script);
        let commands = fs::read_to_string(world.path(&format!("{script}/commands.txt"))).unwrap();
        let lost = format!("KEY-{old}");
        assert!(act != "lost" || !commands.contains(&lost), "it is not there: {commands}");
        assert!(commands.contains("given/zone.proposal"), "{commands}");
        let said = perform(&world, &script);
        assert!(said.last().unwrap().contains("Published"), "{said:?}");
        assert_eq!(
            fs::read(world.path("root.cbor")).unwrap(),
            installed,
            "the root that terminals start on"
        );
    }
    let nobody = "ceremony lost 00000000 ";
    let key = world.permit("key show new/0.key --form hex");
    let said = world.headquarters(&format!("{nobody}{} --out none", key.trim()), 2);
    assert!(said.contains("no key that the root gives this side"), "{said}");

    let station = kid(&world, "101.key");
    world.headquarters(&format!("ceremony stolen {station} --out script-stolen"), 0);
    let commands = fs::read_to_string(world.path("script-stolen/commands.txt")).unwrap();
    assert_eq!(commands.matches("authority sign").count(), 2, "revocations, snapshot: {commands}");
    let said = perform(&world, "script-stolen");
    assert!(said[0].contains("alone stay good: 2"), "{said:?}");
    assert!(said.last().unwrap().contains("Published"), "{said:?}");
}
