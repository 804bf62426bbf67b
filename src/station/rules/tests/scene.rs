//! A desk with officers whose keys anybody can make again.

use permit_core::{Birth, Day, PermitId, Signer, UnixTime};
use permit_record::{Approval, Decision, Enrolment, Role, Roles, Subject};
use permit_signing::SecretKey;

use super::super::*;

/// 1963-09-10, noon at the desk.
pub(crate) const NOON: UnixTime = UnixTime(-199_137_600);
/// Minutes ahead of UTC.
const OFFSET: i16 = 480;

/// Officers of the scene, by number.
pub(crate) const CHIEF: u16 = 1;
pub(crate) const DEPUTY: u16 = 2;
pub(crate) const CLERK: u16 = 3;
pub(crate) const POLICE: u16 = 4;
pub(crate) const BORDER: u16 = 5;
pub(crate) const SECOND: u16 = 6;
pub(crate) const CASES: u16 = 7;
/// Takes in and decides: a small station's only officer.
pub(crate) const ALONE: u16 = 8;

pub(crate) const OFFICERS: [(u16, &str, &[Role]); 8] = [
    (CHIEF, "CHOE HUI", &[Role::Supervisor]),
    (DEPUTY, "WANG DEPUTY", &[Role::Supervisor]),
    (CLERK, "LI COUNTER", &[Role::Counter]),
    (POLICE, "ZHAO POLICE", &[Role::Police]),
    (BORDER, "PAK BORDER", &[Role::BorderDefence]),
    (SECOND, "SUN SECOND", &[Role::Police, Role::BorderDefence]),
    (CASES, "KANG CASES", &[Role::Cases]),
    (ALONE, "NA ALONE", &[Role::Counter, Role::Police]),
];

pub(crate) fn key(officer: u16) -> SecretKey {
    let mut seed = [7; 32];
    seed[..2].copy_from_slice(&officer.to_be_bytes());
    SecretKey::from_known_seed_for_demo_keys_only(&seed)
}

pub(crate) fn enrolment(officer: u16, latin: &str, roles: &[Role]) -> Enrolment {
    Enrolment {
        station: 101,
        officer,
        latin: latin.into(),
        native: None,
        key: key(officer).public_key(),
        roles: Roles::of(roles),
        at: NOON,
    }
}

/// Signed by these two.
pub(crate) fn signed(enrolment: &Enrolment, by: [u16; 2]) -> Vec<u8> {
    enrolment.seal(by.map(|by| match enrolment.sign(&key(by)) {
        Ok(signature) => signature,
    }))
}

pub(crate) fn founding() -> Founding {
    let first = |index: usize| {
        let (officer, latin, roles) = OFFICERS[index];
        signed(&enrolment(officer, latin, roles), [CHIEF, DEPUTY])
    };
    Founding {
        zone: 1,
        station: 101,
        offset: OFFSET,
        demo: true,
        key: key(999).public_key(),
        first: first(0),
        second: first(1),
        regions: vec![1, 3],
        longest: 60,
        delegation: None,
    }
}

/// A desk with every officer.
pub(crate) fn desk() -> Desk {
    let mut desk = Desk::found(founding(), NOON).unwrap();
    for (officer, latin, roles) in &OFFICERS[2..] {
        let bytes = signed(&enrolment(*officer, latin, roles), [CHIEF, DEPUTY]);
        desk.act(CHIEF, NOON, Act::Office(OfficeAct::Enrol(bytes))).unwrap();
    }
    desk
}

pub(crate) fn today() -> Day {
    NOON.day(OFFSET)
}

pub(crate) fn paper(kind: PaperKind) -> ApplicationAct {
    ApplicationAct::See(Paper { kind, issuer: "延吉".into(), dated: today().plus(-3) })
}

pub(crate) fn particulars(class: Class) -> Particulars {
    let foreign = class == Class::ForeignResident;
    Particulars {
        latin: "NAMGUNG HANUL".into(),
        native: Some("남궁하늘".into()),
        birth: Birth::Month(1931, 4),
        nationality: if foreign { 408 } else { 156 },
        region: 3,
        from: None,
        days: 30,
        crossings: vec![],
        entries: Some(1),
        stay: None,
        children: None,
        document: None,
        commune: None,
    }
}

pub(crate) fn open(class: Class, origin: Origin) -> ApplicationAct {
    let language = Language::Ko;
    ApplicationAct::Open { class, origin, language, applicant: None, salt: [9; 16] }
}

pub(crate) fn grounds() -> Grounds {
    Grounds {
        ground: Ground::NotResident,
        words: "거주지가 국경 지대가 아닙니다.".into(),
        deadline: today().plus(60),
        station: 102,
    }
}

impl Desk {
    /// Does an act that the test needs and does not ask about.
    pub(crate) fn does(&mut self, by: u16, number: u32, act: ApplicationAct) {
        let told = format!("{by} {number} {act:?}");
        let done = self.act(by, NOON, Act::Application(number, act));
        assert!(done.is_ok(), "{told}: {done:?}");
    }

    pub(crate) fn denies(&mut self, by: u16, number: u32, act: ApplicationAct) -> Denied {
        let before = self.clone();
        let denied = self.act(by, NOON, Act::Application(number, act)).unwrap_err();
        assert_eq!(*self, before, "a denial changes nothing");
        denied
    }

    pub(crate) fn state(&self, number: u32) -> State {
        self.application(number).unwrap().state(today())
    }

    /// A new application of a class, filled in and handed in; its number.
    pub(crate) fn submitted(&mut self, class: Class) -> u32 {
        self.submitted_from(class, Origin::New)
    }

    pub(crate) fn submitted_from(&mut self, class: Class, origin: Origin) -> u32 {
        let opened = self.act(CLERK, NOON, Act::Application(0, open(class, origin))).unwrap();
        let number = opened.subject.number();
        for need in class.needs() {
            self.does(CLERK, number, paper(need[0]));
        }
        self.does(CLERK, number, ApplicationAct::Fill(particulars(class)));
        self.does(CLERK, number, ApplicationAct::Submit);
        number
    }

    pub(crate) fn reviewed(&mut self, class: Class) -> u32 {
        let number = self.submitted(class);
        self.does(POLICE, number, ApplicationAct::Review);
        number
    }

    /// The signed bytes of a decision about an application.
    pub(crate) fn decided(&self, number: u32, by: u16, role: Role, decision: Decision) -> Vec<u8> {
        let application = self.application(number).unwrap();
        let digest = match decision {
            Decision::Approve => application.digest(self.office()),
            _ => application.digest_with(self.office(), &grounds()),
        };
        let subject = Subject::Application(number);
        sealed(by, Approval { digest, subject, decision, role, ..approval(by) })
    }

    pub(crate) fn approve(&self, number: u32, by: u16, role: Role) -> ApplicationAct {
        ApplicationAct::Approve(self.decided(number, by, role, Decision::Approve))
    }

    pub(crate) fn approved(&mut self, class: Class) -> u32 {
        let number = self.reviewed(class);
        for (by, role) in [(POLICE, Role::Police), (BORDER, Role::BorderDefence)] {
            if self.state(number) == State::UnderReview {
                let act = self.approve(number, by, role);
                self.does(by, number, act);
            }
        }
        number
    }

    pub(crate) fn issue(&self, number: u32) -> ApplicationAct {
        ApplicationAct::Issue(self.to_issue(number, CLERK, NOON).unwrap())
    }

    pub(crate) fn handed_over(&mut self, class: Class) -> (u32, PermitId) {
        let number = self.approved(class);
        let act = self.issue(number);
        self.does(CLERK, number, act);
        let id = self.application(number).unwrap().permit.unwrap().id;
        self.does(CLERK, number, ApplicationAct::Print(id.copy));
        let read = ApplicationAct::ReadBack { copy: id.copy, grade: 4, right: true };
        self.does(CLERK, number, read);
        self.does(CLERK, number, ApplicationAct::HandOver);
        (number, id)
    }
}

/// A decision with everything but what it is about.
pub(crate) fn approval(by: u16) -> Approval {
    Approval {
        zone: 1,
        station: 101,
        subject: Subject::Office,
        digest: [0; 32],
        decision: Decision::Approve,
        role: Role::Police,
        officer: by,
        at: NOON,
    }
}

pub(crate) fn sealed(by: u16, approval: Approval) -> Vec<u8> {
    match approval.seal(&key(by)) {
        Ok(bytes) => bytes,
    }
}
