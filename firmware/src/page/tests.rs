//! Every state has its sentence, and every sentence its state.

mod doors;

use std::collections::BTreeSet;

use permit_words::{Lang, Words};

use crate::machine::{
    CameraState, Choice, Concern, DiskState, Doubt, GateState, Grounds, Hint, Notice, PartFault,
    PartName, PinFault, ScannerState, SignInFault, Source, Trouble, UpdateFault, Way,
};
use crate::record::Decision;

use super::name::id;

fn named() -> BTreeSet<String> {
    use CameraState as C;
    let mut all = BTreeSet::new();
    macro_rules! add {
        ($family:literal: $($value:expr),+ $(,)?) => {$(all.insert(id($family, $value).0);)+};
    }
    add!("screen-camera": C::Absent, C::Opening, C::Good, C::NoFrame, C::Frozen, C::Black, C::White, C::Dark, C::Blurred, C::Unplugged);
    add!("screen-scanner": ScannerState::Absent, ScannerState::Good, ScannerState::Gone, ScannerState::MisSet);
    add!("screen-disk": DiskState::Good, DiskState::Low, DiskState::Full, DiskState::Failing);
    add!("screen-doubt": Doubt::Missing, Doubt::Stopped, Doubt::BelowFloor, Doubt::Jumped, Doubt::FarAhead, Doubt::ByHand, Doubt::Other);
    add!("screen-choice": Choice::Admit, Choice::TurnBack, Choice::Dismiss);
    add!("screen-gate": GateState::Shut, GateState::Open, GateState::Turned, GateState::NotTurned);
    add!("screen-grounds": Grounds::OtherPapers, Grounds::Confirmed, Grounds::Ordered, Grounds::KnownError);
    add!("screen-hint": Hint::Show, Hint::Closer, Hint::Farther, Hint::HoldStill, Hint::Straight, Hint::Faint, Hint::Blurred, Hint::MoreLight, Hint::LessLight, Hint::Torn, Hint::Glare, Hint::Several, Hint::Part, Hint::Small, Hint::TypeNumber);
    add!("screen-source": Source::Camera, Source::Scanner, Source::Typed);
    add!("screen": Way::Outward, Way::Homeward, Decision::Admitted, Decision::TurnedBack, Decision::Assisted, Decision::NotDecided, Decision::Undone);
    add!("screen-trouble": Trouble::Journal, Trouble::Damaged, Trouble::Incomplete, Trouble::DiskFull, Trouble::DiskFailing, Trouble::SelfTest, Trouble::Camera, Trouble::ScannerGone, Trouble::ScannerMisSet, Trouble::Clock, Trouble::ListsExpired, Trouble::ListsMissing, Trouble::ListsPassed, Trouble::DiskLow, Trouble::Restored, Trouble::State, Trouble::KeyLost, Trouble::SecretLost, Trouble::OfficersLost, Trouble::NoLists, Trouble::NoRoot, Trouble::NoCrossing, Trouble::Tamper, Trouble::Screen);
    add!("screen-part": PartName::Pipeline, PartName::Refusal, PartName::Signals, PartName::Clock, PartName::Disk, PartName::Journal, PartName::Lists);
    add!("screen-notice": Notice::NumberMistyped, Notice::DirectionFixed, Notice::NeedsOfficer, Notice::NeedsGrounds, Notice::NothingToDecide, Notice::OneAtATime, Notice::Overtaken, Notice::Replaced, Notice::NotDecided, Notice::Undone, Notice::NotUndone, Notice::NotRecorded, Notice::NotTurned, Notice::Updated, Notice::Exported, Notice::SecondOfficer, Notice::ClockConfirmed, Notice::NotConfirmed, Notice::NewChain, Notice::ClockFirst, Notice::PersonFirst, Notice::CodeOfLists, Notice::ListsLate, Notice::ListsStopped, Notice::SignedOut, Notice::NeedsSupervisor, Notice::NotSecond, Notice::PinSet, Notice::TimeMistyped, Notice::Raised, Notice::RaisedBefore, Notice::Closed, Notice::NotClosed);
    for why in
        [PinFault::Short, PinFault::Own, PinFault::Wrong, PinFault::Busy, PinFault::Unwritable]
    {
        add!("screen-notice": Notice::PinNotSet { why });
    }
    use UpdateFault as U;
    for why in [U::Nothing, U::Unfit, U::Refused, U::Older, U::Forked, U::Busy].into_iter().chain([
        U::Elsewhere,
        U::Rootless,
        U::Unwritable,
        U::Forged,
        U::Base,
    ]) {
        add!("screen-notice": Notice::NotUpdated { why });
    }
    for why in [
        PartFault::Foreign,
        PartFault::Newer,
        PartFault::Damaged,
        PartFault::Other,
        PartFault::Conflict,
    ] {
        add!("screen-notice": Notice::PartRefused { why });
    }
    all.extend(scanner().chain(concerns()));
    for why in [UpdateFault::Nothing, UpdateFault::Unwritable] {
        add!("screen-notice": Notice::NotExported { why });
    }
    for fault in [
        SignInFault::Wrong,
        SignInFault::Wait { seconds: 3 },
        SignInFault::Lost,
        SignInFault::Busy,
        SignInFault::Unwritable,
    ] {
        add!("screen-notice": Notice::NotSignedIn { fault });
    }
    for language in ["zh", "ko", "en"] {
        all.insert(format!("screen-lang-{language}"));
    }
    all
}

/// What officers raise.
fn concerns() -> impl Iterator<Item = String> {
    let all = permit_journal::Concern::ALL.into_iter();
    all.map(|it| id("concern", Concern(it)).0)
}

/// What is said of a hand scanner.
fn scanner() -> impl Iterator<Item = String> {
    use permit_scan::Fault as F;
    let faults = [F::Case, F::Layout, F::Line, F::Before, F::After, F::Wide, F::Endless, F::Torn];
    let faults = faults.map(|fault| Notice::Scanner { fault }).into_iter();
    faults.chain([Notice::ScannerRight]).map(|notice| id("screen-notice", notice).0)
}

#[test]
fn every_state_is_said_in_each_language() {
    for lang in Lang::ALL {
        let words = Words::isolated(lang);
        for id in named() {
            assert!(words.find(&id, &[]).is_some(), "{lang}: {id}");
        }
        assert!(
            super::name::said(
                &words,
                "screen-notice",
                Notice::NotSignedIn { fault: SignInFault::Wait { seconds: 47 } }
            )
            .contains("47"),
            "{lang}"
        );
    }
}

#[test]
fn no_sentence_of_the_screen_is_left_over() {
    let (mut spoken, stages) = (named(), ["starting", "updating", "out-of-order", "assisting"]);
    spoken.extend(stages.map(|stage| format!("screen-{stage}")));
    let sources = [
        include_str!("bar.html"),
        include_str!("count.rs"),
        include_str!("dialogs.html"),
        include_str!("enrol.html"),
        include_str!("guard.html"),
        include_str!("hold.html"),
        include_str!("keys.html"),
        include_str!("notice.html"),
        include_str!("office.rs"),
        include_str!("officer.html"),
        include_str!("pair.html"),
        include_str!("site.rs"),
        include_str!("rows.html"),
        include_str!("scanner.html"),
        include_str!("scene.rs"),
        include_str!("shift.html"),
        include_str!("slip.html"),
        include_str!("slip.rs"),
        include_str!("small.rs"),
        include_str!("stage.html"),
        include_str!("stranger.html"),
        include_str!("supervisor.html"),
    ];
    spoken.extend(["where", "why", "ask", "deadline"].map(|line| format!("screen-slip-{line}")));
    for id in permit_words::ids().filter(|id| id.starts_with("screen-")) {
        let written = [format!("\"{id}\""), format!("\"{id}.")];
        let found = sources.iter().any(|text| written.iter().any(|it| text.contains(it)));
        assert!(found || spoken.contains(id), "nobody says {id}");
    }
}
