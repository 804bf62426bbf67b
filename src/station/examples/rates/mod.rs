//! How many approvals, permits and cards a desk makes in a second.

use core::fmt;
use std::time::Instant;

use permit_card::{Fonts, pdf};
use permit_core::{Day, Permit};
use permit_record::{Approval, Decision, Role, Subject};
use permit_signing::KeyFile;
use permit_station::{
    card::{self, Drawn},
    registry::Signed,
    rules::{Act, ApplicationAct, Class, Layout, Paper},
    site::Site,
};
use permit_words::Card;

use super::{COUNTER, POLICE};

/// How many each of these are in a second.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rates {
    approve: f64,
    sign: f64,
    svg: f64,
    pdf: f64,
    sheets: f64,
}

impl fmt::Display for Rates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { approve, sign, svg, pdf, sheets } = self;
        write!(
            f,
            "approve {approve:.1} sign {sign:.1} svg {svg:.1} pdf {pdf:.1} sheets {sheets:.1}"
        )
    }
}

/// Takes applications that are filled in as far as their cards.
pub(crate) async fn of(site: &mut Site, numbers: &[u32]) -> Rates {
    for number in numbers {
        review(site, *number).await;
    }
    let police = KeyFile::load(&site.home.officer(POLICE)).unwrap().open_unprotected().unwrap();
    let began = Instant::now();
    for number in numbers {
        let (office, at) = (site.registry.desk().office(), site.now());
        let founding = office.founding();
        let approval = Approval {
            zone: founding.zone,
            station: founding.station,
            subject: Subject::Application(*number),
            digest: site.registry.desk().application(*number).unwrap().digest(office),
            decision: Decision::Approve,
            role: Role::Police,
            officer: POLICE,
            at,
        };
        let Ok(sealed) = approval.seal(&police);
        does(site, POLICE, *number, ApplicationAct::Approve(sealed)).await;
    }
    let approve = rate(numbers.len(), began);
    let began = Instant::now();
    let mut signed = Vec::new();
    for number in numbers {
        signed.push((*number, site.issue(*number, COUNTER).await.unwrap()));
    }
    let sign = rate(numbers.len(), began);
    let drawn = Drawing { site, signed, fonts: Fonts::system().expect("a font for each script") };
    drawn.rates(approve, sign)
}

/// Permits whose cards are drawn.
struct Drawing<'s> {
    site: &'s Site,
    signed: Vec<(u32, Signed)>,
    fonts: Fonts,
}

impl Drawing<'_> {
    fn card(&self, (number, signed): &(u32, Signed)) -> Drawn {
        card::draw(self.site, (*number, signed), Layout::Card, &self.fonts).unwrap()
    }

    /// Each card of ID-1 size, both its sides: as SVG, as a PDF of its own, all of them on sheets.
    fn rates(&self, approve: f64, sign: f64) -> Rates {
        let count = self.signed.len();
        let began = Instant::now();
        let cards: Vec<Drawn> = self.signed.iter().map(|it| self.card(it)).collect();
        let svg = rate(count, began);
        let began = Instant::now();
        for it in &self.signed {
            let drawn = self.card(it);
            pdf::single(&drawn.sides, drawn.size, &self.fonts).unwrap();
        }
        let single = rate(count, began);
        let began = Instant::now();
        let size = cards[0].size;
        let batch = self.signed.iter().map(|it| (&it.1.permit, self.card(it).sides));
        let batch: Vec<(&Permit, _)> = batch.collect();
        pdf::batch(&batch, size, &Card::new(), &self.fonts).unwrap();
        let sheets = rate(count, began);
        Rates { approve, sign, svg, pdf: single, sheets }
    }
}

async fn review(site: &mut Site, number: u32) {
    for need in Class::Resident.needs() {
        let dated = Day::from_civil(1963, 9, 1).unwrap();
        let paper = Paper { kind: need[0], issuer: "A".to_owned(), dated };
        does(site, COUNTER, number, ApplicationAct::See(paper)).await;
    }
    does(site, COUNTER, number, ApplicationAct::Submit).await;
    does(site, POLICE, number, ApplicationAct::Review).await;
}

async fn does(site: &mut Site, by: u16, number: u32, act: ApplicationAct) {
    let at = site.now();
    site.registry.act(by, at, Act::Application(number, act)).await.unwrap();
}

fn rate(count: usize, began: Instant) -> f64 {
    f64::from(u32::try_from(count).unwrap()) / began.elapsed().as_secs_f64()
}
