//! 100,000 random acts of all officers: never a forbidden state, never a permit without what R16 asks.
#![expect(clippy::cast_possible_truncation, reason = "the walk's numbers are small")]

use std::collections::{BTreeMap, BTreeSet};

use permit_core::{PublicKey, UnixTime};
use permit_record::{Approval, Decision, Role, Subject};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};

use super::{super::*, scene::*};

/// Chosen in the issue.
const ACTS: usize = 100_000;
const ROLES: [Role; 2] = [Role::Police, Role::BorderDefence];
const KINDS: [PaperKind; 6] = [
    PaperKind::RelativeLetter,
    PaperKind::CommuneLetter,
    PaperKind::NationalCredential,
    PaperKind::DepartmentLetter,
    PaperKind::PersonnelLetter,
    PaperKind::ProtectionLetter,
];

struct Walk {
    random: ChaCha8Rng,
    desk: Desk,
    at: UnixTime,
    /// What an outsider saw happen to each application.
    seen: BTreeMap<u32, Seen>,
    /// Ways from state to state that were gone.
    gone: BTreeSet<(State, State, Step)>,
    done: usize,
    /// How many applications there are.
    known: usize,
    /// Those that are not over.
    live: Vec<u32>,
}

/// The oracle's own notes: signatures that verified, who typed, how many copies.
#[derive(Default)]
struct Seen {
    typed: BTreeSet<u16>,
    approvals: Vec<(u16, Role, [u8; 32])>,
    refusing: Vec<u16>,
    revoking: Vec<u16>,
    handed_over: bool,
}

impl Walk {
    fn below(&mut self, most: usize) -> usize {
        (self.random.next_u64() % most as u64) as usize
    }

    fn officer(&mut self) -> u16 {
        self.below(9) as u16 + 1
    }

    /// An act that may or may not be allowed, mostly one that the state is about.
    fn act(&mut self, number: u32) -> (u16, ApplicationAct) {
        let application = self.desk.application(number).unwrap().clone();
        if self.below(4) == 0 {
            let (by, any) = (self.officer(), Step::ALL[self.below(Step::ALL.len())]);
            return (by, self.filled(any, by, &application));
        }
        loop {
            let by = self.officer();
            let open = application.open_to(&self.desk.moment(by, self.at));
            if open.is_empty() && self.below(20) > 0 {
                continue;
            }
            let step = match open.is_empty() {
                true => Step::Withdraw,
                false => open[self.below(open.len())],
            };
            // What ends an application is rarer than what leads on.
            let most = match step {
                Step::Withdraw | Step::Want | Step::Surrender | Step::Lose => 6,
                Step::Correct | Step::Reprint => 4,
                Step::ProposeRefusal | Step::ProposeRevocation => 4,
                _ => 1,
            };
            if self.below(most) == 0 {
                return (by, self.filled(step, by, &application));
            }
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table, one step a line")]
    fn filled(&mut self, step: Step, by: u16, application: &Application) -> ApplicationAct {
        let number = application.number;
        let copy = application.permit.map_or(1, |permit| permit.id.copy);
        let role = ROLES[self.below(2)];
        let mut content = particulars(application.class);
        content.days = 1 + self.below(4) as u16;
        let ahead = 1 + self.below(3) as i32;
        content.from = (self.below(2) == 0).then(|| self.at.day(480).plus(ahead));
        let issued = Issued {
            id: permit_core::PermitId { station: 101, year: 63, serial: 1, copy: 1 },
            from: today(),
            through: today(),
            issued: None,
            digest: [0; 32],
            portrait: None,
        };
        match step {
            Step::Open => open(application.class, Origin::New),
            Step::See => match self.below(4) {
                0 => paper(KINDS[self.below(6)]),
                _ => {
                    let needs = application.class.needs();
                    paper(needs[self.below(needs.len())][0])
                }
            },
            Step::Fill => ApplicationAct::Fill(content),
            Step::Submit => ApplicationAct::Submit,
            Step::Want => ApplicationAct::Want(vec![application.class.needs()[0][0]]),
            Step::Review => ApplicationAct::Review,
            Step::Approve => {
                ApplicationAct::Approve(self.signs(number, by, role, Decision::Approve))
            }
            Step::ProposeRefusal => {
                let signed = self.signs(number, by, role, Decision::Refuse);
                ApplicationAct::ProposeRefusal(self.grounds(), signed)
            }
            Step::Refuse => ApplicationAct::Refuse(self.signs(number, by, role, Decision::Refuse)),
            Step::DropRefusal => ApplicationAct::DropRefusal,
            Step::Correct => ApplicationAct::Correct(content, "改".into()),
            Step::Issue => {
                ApplicationAct::Issue(self.desk.to_issue(number, by, self.at).unwrap_or(issued))
            }
            Step::Print => ApplicationAct::Print(copy),
            Step::ReadBack => {
                let (grade, right) = (self.below(6) as u8, self.below(4) > 0);
                ApplicationAct::ReadBack { copy, grade, right }
            }
            Step::Reprint => {
                let moment = self.desk.moment(by, self.at);
                ApplicationAct::Reprint(application.next_copy(&moment).unwrap_or(issued))
            }
            Step::HandOver => ApplicationAct::HandOver,
            Step::Withdraw => ApplicationAct::Withdraw,
            Step::Surrender => ApplicationAct::Surrender,
            Step::Lose => ApplicationAct::Lose,
            Step::ProposeRevocation => {
                let signed = self.signs(number, by, role, Decision::Revoke);
                ApplicationAct::ProposeRevocation(self.grounds(), signed)
            }
            Step::Revoke => ApplicationAct::Revoke(self.signs(number, by, role, Decision::Revoke)),
            Step::DropRevocation => ApplicationAct::DropRevocation,
            Step::Supersede => ApplicationAct::Supersede(issued.id),
        }
    }

    fn grounds(&self) -> Grounds {
        Grounds { deadline: self.at.day(480).plus(20), ..grounds() }
    }

    /// A decision, one time in eight with another's key, for another application or of another content.
    fn signs(&mut self, number: u32, by: u16, role: Role, decision: Decision) -> Vec<u8> {
        let application = self.desk.application(number).unwrap();
        let office = self.desk.office();
        let digest = match decision {
            Decision::Approve => application.digest(office),
            Decision::Refuse => {
                let grounds = application.refusal.as_ref().map(|(grounds, _)| grounds.clone());
                application.digest_with(office, &grounds.unwrap_or_else(|| self.grounds()))
            }
            Decision::Revoke => {
                let grounds = application.revocation.as_ref().map(|(grounds, _)| grounds.clone());
                application.digest_with(office, &grounds.unwrap_or_else(|| self.grounds()))
            }
        };
        let (mut with, mut subject, mut digest) = (by, number, digest);
        match self.below(24) {
            0 => with = POLICE,
            1 => subject = subject.wrapping_add(1),
            2 => digest[0] ^= 1,
            _ => {}
        }
        let subject = Subject::Application(subject);
        let at = self.at;
        sealed(with, Approval { digest, subject, decision, role, at, ..approval(by) })
    }

    fn step(&mut self) {
        let leap = if self.below(400) == 0 { 2 * 86_400 } else { 0 };
        self.at = UnixTime(self.at.0 + leap + self.below(200) as i64);
        if self.live.len() < 24 {
            return self.begin();
        }
        // Now and then one that is over.
        let (any, live) = (self.below(self.known), self.below(self.live.len()));
        let number = if self.below(40) == 0 { 1 + any as u32 } else { self.live[live] };
        let (by, act) = self.act(number);
        self.tries(by, number, act);
        let desk = &self.desk;
        self.live.retain(|it| !desk.application(*it).unwrap().stored().is_final());
    }

    fn begin(&mut self) {
        let class = Class::ALL[self.below(3)];
        let by = if self.below(4) == 0 { self.officer() } else { CLERK };
        let which = 1 + self.below(self.known.max(1)) as u32;
        let old = self.desk.application(which).and_then(|old| old.permit);
        let origin = match (old, self.below(3)) {
            (Some(old), 0) => Origin::Correction(old.id),
            (Some(old), 1) => Origin::Renewal(old.id),
            _ => Origin::New,
        };
        let act = Act::Application(0, open(class, origin));
        if let Ok(outcome) = self.desk.act(by, self.at, act) {
            self.done += 1;
            self.known += 1;
            self.live.push(outcome.subject.number());
            self.seen.entry(outcome.subject.number()).or_default().typed.insert(by);
        }
    }

    fn tries(&mut self, by: u16, number: u32, act: ApplicationAct) {
        let before = self.desk.application(number).unwrap().state(self.at.day(480));
        let (step, at) = (act.step(), self.at);
        let Ok(outcome) = self.desk.act(by, at, Act::Application(number, act.clone())) else {
            return;
        };
        self.done += 1;
        assert!(outcome.acts.len() <= 2);
        let after = self.desk.application(number).unwrap().state(at.day(480));
        self.allowed(before, after, step);
        self.note(by, number, &act);
    }

    /// What happened is a way in the table.
    fn allowed(&mut self, before: State, after: State, step: Step) {
        let row = step.row();
        assert!(row.from.contains(&before), "{step:?} from {before:?}");
        let stayed = row.to.is_empty() && before == after;
        // A permit that is handed over, or not revoked after all, is active at once.
        let on_day = |to: &State| *to == after || (*to == State::HandedOver && after.by_time());
        assert!(stayed || row.to.iter().any(on_day), "{step:?} from {before:?} to {after:?}");
        assert!(!before.is_final());
        self.gone.insert((before, after, step));
    }

    /// The oracle: who signed what, without asking the rules.
    fn note(&mut self, by: u16, number: u32, act: &ApplicationAct) {
        let office = self.desk.office().clone();
        let application = self.desk.application(number).unwrap();
        let digest = application.digest(&office);
        let seen = self.seen.entry(number).or_default();
        let valid = |sealed: &[u8], decision| {
            let key = PublicKey::new(&permit_core::Signer::public_key(&key(by))).unwrap();
            let approval = Approval::open(sealed, &key).unwrap();
            assert_eq!((approval.officer, approval.decision), (by, decision));
            assert_eq!(approval.subject, Subject::Application(number));
            (approval.role, approval.digest)
        };
        match act {
            ApplicationAct::Fill(_) => drop(seen.typed.insert(by)),
            ApplicationAct::Correct(..) => {
                seen.typed.insert(by);
                seen.approvals.clear();
            }
            ApplicationAct::Want(_) => seen.approvals.clear(),
            ApplicationAct::Approve(sealed) => {
                let (role, digest) = valid(sealed, Decision::Approve);
                seen.approvals.push((by, role, digest));
            }
            ApplicationAct::ProposeRefusal(_, sealed) => {
                valid(sealed, Decision::Refuse);
                seen.refusing = vec![by];
            }
            ApplicationAct::Refuse(sealed) => {
                valid(sealed, Decision::Refuse);
                assert!(!seen.refusing.contains(&by) && seen.refusing.len() == 1);
                assert!(!seen.typed.contains(&by) && !seen.typed.contains(&seen.refusing[0]));
            }
            ApplicationAct::ProposeRevocation(_, sealed) => {
                valid(sealed, Decision::Revoke);
                seen.revoking = vec![by];
            }
            ApplicationAct::Revoke(sealed) => {
                valid(sealed, Decision::Revoke);
                assert!(!seen.revoking.contains(&by) && seen.revoking.len() == 1);
            }
            ApplicationAct::HandOver => seen.handed_over = true,
            ApplicationAct::Withdraw => assert!(!seen.handed_over, "{number}"),
            ApplicationAct::Issue(_) => {
                let good: Vec<_> = seen.approvals.iter().filter(|it| it.2 == digest).collect();
                let people: BTreeSet<u16> = good.iter().map(|it| it.0).collect();
                let roles: BTreeSet<Role> = good.iter().map(|it| it.1).collect();
                let two = application.class == Class::StateEmployee;
                let least = if two { 2 } else { 1 };
                assert!(people.len() >= least && roles.len() >= least, "{number} {good:?}");
                assert!(!two || people.is_disjoint(&seen.typed), "{number}");
            }
            _ => {}
        }
    }
}

#[test]
fn r16_r26_a_hundred_thousand_random_acts() {
    let random = ChaCha8Rng::seed_from_u64(19_630_910);
    let (desk, seen, gone) = (desk(), BTreeMap::new(), BTreeSet::new());
    let mut walk = Walk { random, desk, at: NOON, seen, gone, done: 0, known: 0, live: vec![] };
    for _ in 0..ACTS {
        walk.step();
    }
    let ids: Vec<_> =
        walk.desk.applications().filter_map(|it| it.permit.map(|permit| permit.id)).collect();
    let distinct: BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), distinct.len(), "no number twice");
    let ways: BTreeSet<(State, Step)> = walk.gone.iter().map(|way| (way.0, way.2)).collect();
    let missing: Vec<_> = MOVES
        .iter()
        .filter(|row| !row.by.is_empty())
        .flat_map(|row| row.from.iter().map(move |from| (*from, row.step)))
        .filter(|way| !ways.contains(way))
        .collect();
    assert!(walk.done > ACTS / 4, "the walk got along: {}", walk.done);
    println!("COUNTED desk-acts-done={} permits={}", walk.done, ids.len());
    assert!(missing.is_empty(), "the walk never went {missing:?}");
}

#[test]
fn the_drawing_in_the_documentation_is_the_table() {
    let page = include_str!("../../STATES.md");
    let drawn = format!("```mermaid\n{}```\n", drawing());
    assert!(page.contains(&drawn), "the page should have:\n{drawn}");
}
