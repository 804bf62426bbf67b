//! The cards of a permit as files: both designs, front and back, and the one page that prints them all.

use permit_card::{Assumed, Design, DesignFlaw, Print, Refused};
use permit_core::{Permit, TEXT_WITHOUT_PORTRAIT};
use permit_signing::permit::Issuer;
use permit_symbol::Symbol;
use permit_words::Card;

use crate::{Exit, Fault};

/// What all cards of one run have in common.
#[derive(Debug)]
pub(crate) struct Cards<'i, 't> {
    issuer: &'i Issuer<'t>,
    words: Card,
    designs: [Design; 2],
    longest: Symbol,
}

impl<'i, 't> Cards<'i, 't> {
    /// Cards of this issuer.
    pub(crate) fn new(issuer: &'i Issuer<'t>) -> Result<Self, Fault> {
        let broken = |flaws: Vec<DesignFlaw>| drawing(&format!("{:?}", flaws.first()));
        let designs = [Design::folded().map_err(broken)?, Design::card().map_err(broken)?];
        let longest =
            Symbol::new(&"A".repeat(TEXT_WITHOUT_PORTRAIT)).map_err(|error| drawing(&error))?;
        Ok(Self { issuer, words: Card::new(), designs, longest })
    }

    /// Whether a permit can be drawn, before it is signed.
    pub(crate) fn check(&self, permit: &Permit) -> Result<(), Fault> {
        self.draw(permit, &self.longest).map(|_| ())
    }

    /// The four sides of a permit, as [`ENDINGS`].
    pub(crate) fn draw(&self, permit: &Permit, symbol: &Symbol) -> Result<[String; 4], Fault> {
        let print = Print {
            permit,
            symbol,
            zone: self.issuer.zone(),
            station: self.issuer.station().names,
            portrait: None,
            demo: self.issuer.is_demo(),
        };
        let refused = |why: Vec<Refused>| match why.first() {
            Some(why) => drawing(why),
            None => Fault::new(Exit::Unwritable, "fault-drawing"),
        };
        let [folded, card] = &self.designs;
        let folded = folded.draw(&print, &self.words, &Assumed).map_err(refused)?;
        let card = card.draw(&print, &self.words, &Assumed).map_err(refused)?;
        Ok([folded.front, folded.back, card.front, card.back])
    }
}

fn drawing(said: &dyn ToString) -> Fault {
    Fault::new(Exit::Unwritable, "fault-drawing").with("said", said.to_string())
}

/// What the names of the four files end in.
pub(crate) const ENDINGS: [&str; 4] =
    ["-folded-outside.svg", "-folded-inside.svg", "-card-front.svg", "-card-back.svg"];
