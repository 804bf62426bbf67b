//! What is whole and what is not.
//!
//! One place says what a broken part means: a fault for the verifier (code 62), a trouble on the screen, or a terminal
//! that cannot read codes at all.

use permit_core::TerminalFault;

use super::device::Scanner;
use super::edge::{
    CameraState, ChainState, ClockView, CrossingView, DiskState, Edge, Lack, ListsView,
    ScannerState,
};
use super::state::OutOfOrder;
use super::view::{Part, PartName, Trouble};

/// The state of every part.
#[derive(Debug)]
pub(super) struct Health {
    pub(super) camera: CameraState,
    pub(super) scanner: Scanner,
    pub(super) disk: DiskState,
    /// Entries are durable.
    pub(super) journal: bool,
    /// Whether anything of the journal is lost.
    pub(super) chain: ChainState,
    pub(super) lists: ListsView,
    pub(super) clock: ClockView,
    pub(super) tamper: bool,
    /// The page on the screen lives, or there is no screen.
    pub(super) screen: bool,
    pub(super) parts: Vec<Part>,
    /// What of the terminal's own files is broken.
    pub(super) broken: Vec<Trouble>,
    /// Whether every pin does what it is told, once that was tried.
    pub(super) pins: Option<bool>,
}

impl Default for Health {
    fn default() -> Self {
        Self {
            camera: CameraState::default(),
            scanner: Scanner::default(),
            disk: DiskState::default(),
            journal: true,
            chain: ChainState::default(),
            lists: ListsView::default(),
            clock: ClockView::default(),
            tamper: false,
            screen: true,
            parts: Vec::new(),
            broken: Vec::new(),
            pins: None,
        }
    }
}

impl Health {
    /// What the verifier is told: with it nothing is green.
    pub(super) fn fault(&self) -> Option<TerminalFault> {
        let lost = [Trouble::State, Trouble::KeyLost, Trouble::SecretLost];
        if !self.journal || self.broken.iter().any(|broken| lost.contains(broken)) {
            Some(TerminalFault::Journal)
        } else if matches!(self.disk, DiskState::Full | DiskState::Failing) {
            Some(TerminalFault::Disk)
        } else if self.is_test_failed() {
            Some(TerminalFault::SelfTest)
        } else if self.camera.is_fault() {
            Some(TerminalFault::Camera)
        } else {
            None
        }
    }

    /// Why codes cannot be read.
    pub(super) fn out_of_order(&self) -> Option<OutOfOrder> {
        if self.lists.lack.is_some() {
            Some(OutOfOrder::Lists)
        } else if self.is_test_failed() {
            Some(OutOfOrder::SelfTest)
        } else {
            self.camera.is_fault().then_some(OutOfOrder::Camera(self.camera))
        }
    }

    /// The parts of the last self-test, the pins among them.
    pub(super) fn tested(&self) -> Vec<Part> {
        let pins = self.pins.map(|good| Part { name: PartName::Signals, good });
        self.parts.iter().copied().chain(pins).collect()
    }

    /// Everything that is not whole, the weightiest first.
    pub(super) fn troubles(&self) -> Vec<Trouble> {
        let lists = &self.lists;
        let is_broken = |trouble| (self.broken.contains(&trouble), trouble);
        [
            (lists.lack == Some(Lack::Root), Trouble::NoRoot),
            (lists.lack == Some(Lack::Lists), Trouble::NoLists),
            (lists.lack == Some(Lack::Crossing), Trouble::NoCrossing),
            is_broken(Trouble::State),
            is_broken(Trouble::KeyLost),
            is_broken(Trouble::SecretLost),
            is_broken(Trouble::OfficersLost),
            (!self.journal, Trouble::Journal),
            (self.chain == ChainState::Damaged, Trouble::Damaged),
            (self.disk == DiskState::Full, Trouble::DiskFull),
            (self.disk == DiskState::Failing, Trouble::DiskFailing),
            (self.is_test_failed(), Trouble::SelfTest),
            (self.camera.is_fault(), Trouble::Camera),
            (self.scanner.state() == ScannerState::Gone, Trouble::ScannerGone),
            (self.scanner.state() == ScannerState::MisSet, Trouble::ScannerMisSet),
            (self.clock.distrust.is_some(), Trouble::Clock),
            (self.chain == ChainState::Incomplete, Trouble::Incomplete),
            (lists.expired, Trouble::ListsExpired),
            (lists.lack.is_none() && lists.days.contains(&None), Trouble::ListsMissing),
            (lists.passed.kept.is_some(), Trouble::ListsPassed),
            (self.disk == DiskState::Low, Trouble::DiskLow),
            is_broken(Trouble::Restored),
            (self.tamper, Trouble::Tamper),
            (!self.screen, Trouble::Screen),
        ]
        .into_iter()
        .filter_map(|(is, trouble)| is.then_some(trouble))
        .collect()
    }

    pub(super) fn edge(&self, illuminated: bool, last: Vec<CrossingView>) -> Edge {
        Edge {
            lists: self.lists,
            clock: self.clock,
            disk: self.disk,
            journal: self.journal && self.chain != ChainState::Damaged,
            camera: self.camera,
            scanner: self.scanner.state(),
            illuminated,
            last,
        }
    }

    /// The parts that other checks watch all the time do not count here: they have troubles of their own.
    fn is_test_failed(&self) -> bool {
        self.tested().iter().any(|part| {
            let own = matches!(
                part.name,
                PartName::Clock | PartName::Lists | PartName::Disk | PartName::Journal
            );
            !part.good && !own
        })
    }
}
