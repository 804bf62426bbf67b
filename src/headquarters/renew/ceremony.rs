//! Scripts of ceremonies: acts at which key holders stand together, each step with who does it and the command that does it.
//!
//! A script is made of what would be drafted at this moment, by the code that then drafts it, and of the keys of the root: so
//! what is to be signed, by how many and in which order, is not told twice.

use permit_core::{Side, trust::Role};
use permit_report::{Report, Section};
use permit_signing::draft::{Draft, Key, RoleKeys, Root, role_name};
use permit_words::Words;

use super::{Ask, Base};
use crate::{Failed, Site};

/// What a ceremony is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ceremony {
    /// A key of this side's gives way to another; its holder is there.
    Rotate {
        /// Its id, or all of it in hexadecimal.
        old: String,
        /// The other.
        new: Key,
    },
    /// The same without it: it is lost, or in other hands.
    Lost {
        /// Its id, or all of it in hexadecimal.
        old: String,
        /// The other.
        new: Key,
    },
    /// A station's key was stolen.
    Stolen {
        /// Its id, or all of it in hexadecimal.
        key: String,
    },
}

/// A script.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Script {
    title: &'static str,
    demo: bool,
    steps: Vec<Step>,
    /// The changed root, which the first step takes.
    pub root: Option<Draft>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Step {
    who: Who,
    what: &'static str,
    command: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Who {
    Side(Side),
    Both,
    House,
    Holder(String),
}

impl Script {
    /// The first root of a zone: keys of both sides, two of three signing for each.
    #[must_use]
    pub fn root(zone: u16) -> Self {
        let mut steps = Vec::new();
        let mut step = |who, what, command: &str| {
            steps.push(Step { who, what, command: command.to_owned() });
        };
        for (side, letter) in [(Side::A, 'a'), (Side::B, 'b')] {
            let init = format!("permit authority init {letter} --side {letter}");
            step(Who::Side(side), "ceremony-init", &init);
        }
        let describe = "permit authority root --a a/roles-a.toml --b b/roles-b.toml --zone";
        step(Who::Both, "ceremony-describe", &format!("{describe} {zone} --out root.toml"));
        let propose = "permit authority propose root.toml --out root.proposal";
        step(Who::Both, "ceremony-propose", propose);
        step(Who::Both, "ceremony-judge", "permit authority show root.proposal");
        for letter in ['a', 'b'] {
            for number in 1..=2 {
                let key = format!("{letter}-root-{number}");
                let sign = format!(
                    "permit authority sign root.proposal --key {letter}/keys/{key}.key --yes --out root.cbor"
                );
                step(Who::Holder(key), "ceremony-sign", &sign);
            }
        }
        step(Who::Both, "ceremony-fingerprint", "permit inspect root.cbor");
        Self { title: "ceremony-title-root", demo: false, steps, root: None }
    }

    /// Every command, in order.
    pub fn commands(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().map(|step| step.command.as_str())
    }

    /// The script for those who stand there.
    #[must_use]
    pub fn report(&self, words: &Words) -> Report {
        let who = |it: &Who| match it {
            Who::Side(Side::A) => words.get("ceremony-a"),
            Who::Side(Side::B) => words.get("ceremony-b"),
            Who::Both => words.get("ceremony-both"),
            Who::House => words.get("ceremony-house"),
            Who::Holder(key) => words.with("ceremony-holder", &[("key", key.as_str().into())]),
        };
        let row = |(at, step): (usize, &Step)| {
            let what = words.get(step.what);
            vec![(at + 1).to_string(), who(&step.who), what, step.command.clone(), "□".to_owned()]
        };
        let columns =
            ["ceremony-step", "ceremony-who", "ceremony-what", "ceremony-command", "ceremony-seen"];
        let steps = Section {
            title: words.get("ceremony-steps"),
            columns: columns.map(|id| words.get(id)).into(),
            rows: self.steps.iter().enumerate().map(row).collect(),
            ..Section::default()
        };
        let blank = "_".repeat(30);
        let present = Section {
            title: words.get("ceremony-present"),
            columns: ["ceremony-who", "ceremony-signature"].map(|id| words.get(id)).into(),
            rows: (0..6).map(|_| vec![blank.clone(), blank.clone()]).collect(),
            ..Section::default()
        };
        // What is drafted depends on the day; the first root does not.
        let drafted = self.commands().any(|it| it.contains("KEY-"));
        let if_drafted = |id: &str| drafted.then(|| words.get(id));
        let apart = Some(words.get("ceremony-apart"));
        Report {
            lang: words.lang(),
            demo: self.demo,
            title: words.get(self.title),
            block: vec![(words.get("ceremony-day"), blank)],
            lines: apart.into_iter().chain(if_drafted("ceremony-keys")).collect(),
            figures: Vec::new(),
            sections: vec![steps, present],
            notes: if_drafted("ceremony-same-day").into_iter().collect(),
        }
    }
}

impl Site {
    /// The script of a ceremony, as things stand at this moment; `folder` is where the script is laid, `program` how
    /// headquarters are called there.
    ///
    /// # Errors
    ///
    /// When a key is none of this side's, or the lists cannot be read.
    pub async fn ceremony(
        &self,
        of: &Ceremony,
        (folder, program): (&str, &str),
    ) -> Result<Script, Failed> {
        let base = Base::of(self)?;
        let Some(Draft::Root(old)) = base.before(Role::Root) else { return Err(Failed::OtherSide) };
        let side = self.home.settings().side();
        let (title, ask, root, lost) = match of {
            Ceremony::Rotate { old: key, new } => {
                let (root, _) = changed(&old, side, key, *new)?;
                ("ceremony-title-rotate", Ask::default(), Some(root), None)
            }
            Ceremony::Lost { old: key, new } => {
                let (root, gone) = changed(&old, side, key, *new)?;
                ("ceremony-title-lost", Ask::default(), Some(root), Some(gone))
            }
            Ceremony::Stolen { key } => {
                let ask = Ask { stolen: vec![key.clone()], ..Ask::default() };
                ("ceremony-title-stolen", ask, None, None)
            }
        };
        let changes = root.iter().map(|it| Draft::Root(Box::new(it.clone()))).collect();
        let ask = Ask { changes, ..ask };
        let drafts = self.drafts(&base, &ask).await?;
        let begin = match of {
            Ceremony::Stolen { key } => format!("{program} renew given --stolen {key}"),
            _ => format!("{program} renew given --change {folder}/root.toml"),
        };
        let next = root.as_ref().unwrap_or(&old);
        let mut writer = Writer { steps: Vec::new(), again: format!("{program} renew given") };
        writer.step(Who::House, "ceremony-draft", begin);
        let (roots, lists): (Vec<_>, Vec<_>) =
            drafts.iter().partition(|it| it.role() == Role::Root);
        for draft in &roots {
            let keys = Side::BOTH.map(|side| of_root(&old, next, side, lost));
            writer.sign(draft.role(), &keys.concat());
        }
        if !roots.is_empty() {
            writer.again("ceremony-gather");
        }
        for draft in &lists {
            let sides = draft.side().map_or(Side::BOTH.to_vec(), |side| vec![side]);
            let keys = sides.into_iter().flat_map(|it| enough(next.roles(it).of(draft.role())));
            writer.sign(draft.role(), &keys.collect::<Vec<_>>());
        }
        if !lists.is_empty() {
            writer.again("ceremony-gather");
        }
        writer.sign(Role::Snapshot, &enough(&next.roles(side).snapshot));
        writer.again("ceremony-publish");
        let root = root.map(|it| Draft::Root(Box::new(it)));
        Ok(Script { title, demo: self.home.settings().demo, steps: writer.steps, root })
    }
}

struct Writer {
    steps: Vec<Step>,
    again: String,
}

impl Writer {
    fn step(&mut self, who: Who, what: &'static str, command: String) {
        self.steps.push(Step { who, what, command });
    }

    fn again(&mut self, what: &'static str) {
        self.step(Who::House, what, self.again.clone());
    }

    /// A document is looked at, and signed by each of these.
    fn sign(&mut self, role: Role, keys: &[Key]) {
        let name = role_name(role);
        let show = format!("permit authority show given/{name}.proposal");
        self.step(Who::Both, "ceremony-judge", show);
        for key in keys {
            let key = key.id().to_string();
            let command = format!(
                "permit authority sign given/{name}.proposal --root given/root.cbor --key KEY-{key} --yes --out signed-{name}.cbor"
            );
            self.step(Who::Holder(key), "ceremony-sign", command);
        }
    }
}

/// The root with one key of a side in another's place, and which that was.
fn changed(root: &Root, side: Side, name: &str, new: Key) -> Result<(Root, Key), Failed> {
    let mut next = root.clone();
    let roles = if side == Side::A { &mut next.a } else { &mut next.b };
    let name = name.to_ascii_lowercase();
    for role in Role::ALL {
        let keys = &mut roles.of_mut(role).keys;
        let named = |it: &Key| it.to_string() == name || it.id().to_string() == name;
        if let Some(at) = keys.iter().position(named) {
            let old = core::mem::replace(&mut keys[at], new);
            return Ok((next, old));
        }
    }
    Err(Failed::NoKey(name))
}

/// As many keys of a role as must sign.
fn enough(keys: &RoleKeys) -> Vec<Key> {
    keys.keys.iter().take(keys.threshold.into()).copied().collect()
}

/// Those who sign a root for a side: enough of the old keys and enough of the new ones, whoever is both first.
fn of_root(old: &Root, new: &Root, side: Side, lost: Option<Key>) -> Vec<Key> {
    let (old, new) = (old.roles(side).of(Role::Root), new.roles(side).of(Role::Root));
    let both = old.keys.iter().filter(|it| new.keys.contains(it) && Some(**it) != lost);
    let most = usize::from(old.threshold.max(new.threshold));
    let mut signers: Vec<Key> = both.take(most).copied().collect();
    for keys in [old, new] {
        let lacks = |signers: &[Key]| {
            let have = keys.keys.iter().filter(|it| signers.contains(it)).count();
            have < usize::from(keys.threshold)
        };
        for key in keys.keys.iter().filter(|it| Some(**it) != lost) {
            if lacks(&signers) && !signers.contains(key) {
                signers.push(*key);
            }
        }
    }
    signers
}
