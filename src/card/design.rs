//! A design: the two sides of a card or of a folded sheet, and what it must have.
//!
//! The built-in ones are templates like any other. A station's own is held to the same: every fact has a place, there is
//! one code, and the longest names that a permit may carry fit.

use heapless::String as Short;
use permit_core::permit::{Crossings, Options};
use permit_core::trust::{Names, ZoneRegister};
use permit_core::{Birth, Day, Permit, PermitId};
use permit_symbol::Symbol;
use permit_words::{Card, Label};

use crate::draw::{self, Refused};
use crate::face::Faces;
use crate::facts::{Field, Print};
use crate::template::{Art, Flaw, Template, What};

/// Two sides.
#[derive(Clone, Debug)]
pub struct Design {
    front: Template,
    back: Template,
}

/// Which side of a design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Face {
    /// The front; of a folded sheet its outside.
    Front,
    /// The back; of a folded sheet its inside.
    Back,
}

/// What is wrong with a design.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum DesignFlaw {
    /// A side is no template.
    Side(Face, Flaw),
    /// The sides are of different size.
    Sizes,
    /// The paper is not the one that the design is for.
    Paper {
        /// Its width in millimetres.
        width: f64,
        /// Its height.
        height: f64,
        /// Where it is folded, from the left.
        fold: Option<f64>,
    },
    /// No place for this fact.
    Missing(Field),
    /// No place for the code, or several.
    Codes {
        /// How many.
        found: usize,
    },
    /// The longest names do not fit, or have no glyph, or the code is too small.
    Print(Refused),
}

/// The two sides of one permit as SVG files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// The front.
    pub front: String,
    /// The back.
    pub back: String,
}

impl Design {
    /// The templates of [`Design::card`], front and back.
    pub const CARD: [&str; 2] =
        [include_str!("designs/card-front.svg"), include_str!("designs/card-back.svg")];
    /// The templates of [`Design::folded`], outside and inside.
    pub const FOLDED: [&str; 2] =
        [include_str!("designs/folded-outside.svg"), include_str!("designs/folded-inside.svg")];

    /// A card of ID-1 size (ISO/IEC 7810: 85.60 × 53.98 mm).
    ///
    /// # Errors
    ///
    /// None: the project's own file is tested.
    pub fn card() -> Result<Self, Vec<DesignFlaw>> {
        let [front, back] = Self::CARD;
        Self::new(front, back)
    }

    /// A sheet of A6 (148 × 105 mm), folded once to A7.
    ///
    /// # Errors
    ///
    /// None: the project's own file is tested.
    pub fn folded() -> Result<Self, Vec<DesignFlaw>> {
        let [outside, inside] = Self::FOLDED;
        Self::new(outside, inside)
    }

    /// A design of two templates for the paper of another one: of its size, and folded where that is.
    ///
    /// # Errors
    ///
    /// Every flaw at once.
    pub fn like(front: &str, back: &str, other: &Self) -> Result<Self, Vec<DesignFlaw>> {
        let design = Self::new(front, back)?;
        let paper = |it: &Template| (it.width(), it.height(), it.fold());
        let (width, height, fold) = paper(&other.front);
        if [&design.front, &design.back].iter().all(|side| paper(side) == (width, height, fold)) {
            Ok(design)
        } else {
            Err(vec![DesignFlaw::Paper { width, height, fold }])
        }
    }

    /// A design of two templates.
    ///
    /// # Errors
    ///
    /// Every flaw at once.
    pub fn new(front: &str, back: &str) -> Result<Self, Vec<DesignFlaw>> {
        let mut flaws = Vec::new();
        let mut side = |face, source| {
            let parsed = Template::parse(source);
            let side = |flaw| DesignFlaw::Side(face, flaw);
            parsed.map_err(|found| flaws.extend(found.into_iter().map(side))).ok()
        };
        let (front, back) = (side(Face::Front, front), side(Face::Back, back));
        let (Some(front), Some(back)) = (front, back) else { return Err(flaws) };
        if (front.width() - back.width()).abs() > 1e-6
            || (front.height() - back.height()).abs() > 1e-6
        {
            flaws.push(DesignFlaw::Sizes);
        }
        let has = |field| front.fields().chain(back.fields()).any(|have| have == field);
        flaws.extend(Field::ALL.into_iter().filter(|field| !has(*field)).map(DesignFlaw::Missing));
        let code = |template: &Template| {
            let slots = template.slots().iter();
            slots.filter(|slot| matches!(slot.what, What::Art(Art::Code, _))).count()
        };
        let found = code(&front) + code(&back);
        if found != 1 {
            flaws.push(DesignFlaw::Codes { found });
        }
        if flaws.is_empty() { Ok(Self { front, back }) } else { Err(flaws) }
    }

    /// A side's template.
    #[must_use]
    pub const fn side(&self, face: Face) -> &Template {
        match face {
            Face::Front => &self.front,
            Face::Back => &self.back,
        }
    }

    /// Width and height in millimetres.
    #[must_use]
    pub const fn size(&self) -> (f64, f64) {
        (self.front.width(), self.front.height())
    }

    /// Both sides of a permit.
    ///
    /// # Errors
    ///
    /// Everything that keeps it from being printed, at once.
    pub fn draw(
        &self,
        print: &Print<'_, '_>,
        card: &Card,
        faces: &dyn Faces,
    ) -> Result<Sides, Vec<Refused>> {
        let front = draw::side(&self.front, print, 0, card, faces);
        let back = draw::side(&self.back, print, 1, card, faces);
        match (front, back) {
            (Ok(front), Ok(back)) => Ok(Sides { front, back }),
            (Err(mut all), Err(more)) => {
                all.extend(more);
                Err(all)
            }
            (Err(all), _) | (_, Err(all)) => Err(all),
        }
    }

    /// Whether its place for the code takes one as large as this in modules that a printer draws safely.
    #[must_use]
    pub fn takes(&self, symbol: &Symbol) -> bool {
        let places = [&self.front, &self.back].into_iter().filter_map(|it| it.area(Art::Code));
        places.map(|area| draw::module(symbol, &area)).all(|module| module.is_ok())
    }

    /// Both sides of a permit that is none, to look at: SPECIMEN as the name, or one of the longest names; its code is no
    /// permit's.
    ///
    /// # Errors
    ///
    /// As [`Design::draw`].
    pub fn specimen<'z>(
        &self,
        zone: &ZoneRegister<'z>,
        station: Names<'z>,
        (card, faces): (&Card, &dyn Faces),
        longest_names: bool,
    ) -> Result<Sides, Vec<Refused>> {
        let (mut permits, Some(symbol)) = (longest(zone), stand_in()) else {
            return Err(Vec::new());
        };
        let Some(mut permit) = permits.drain(..).next() else { return Err(Vec::new()) };
        if !longest_names {
            let [zh, _, en] = card.label(Label::Specimen);
            permit.latin = Short::try_from(en.as_str()).unwrap_or(permit.latin);
            permit.native = Short::try_from(zh.as_str()).ok();
            permit.options = Options { specimen: true, ..Options::default() };
        }
        let print =
            Print { permit: &permit, symbol: &symbol, zone, station, portrait: None, demo: true };
        self.draw(&print, card, faces)
    }

    /// What would not fit of the longest names a permit may carry, with the places of this register.
    #[must_use]
    pub fn check<'z>(
        &self,
        zone: &ZoneRegister<'z>,
        stations: &[Names<'z>],
        card: &Card,
        faces: &dyn Faces,
    ) -> Vec<DesignFlaw> {
        let mut flaws: Vec<DesignFlaw> = Vec::new();
        let Some(symbol) = stand_in() else { return flaws };
        // Of whatever one place of the register changes, that fact alone is asked.
        let mut attempt = |permit: &Permit, station: Names<'z>, only: Option<Field>| {
            let print =
                Print { permit, symbol: &symbol, zone, station, portrait: None, demo: true };
            let sides = [&self.front, &self.back];
            let refused =
                sides.map(|side| draw::refusals(side, &print, only, card, faces)).concat();
            for flaw in refused.into_iter().map(DesignFlaw::Print) {
                if !flaws.contains(&flaw) {
                    flaws.push(flaw);
                }
            }
        };
        let Some(any) = zone.regions.iter().next().map(|region| region.names) else {
            return Vec::new();
        };
        for permit in longest(zone) {
            attempt(&permit, stations.first().copied().unwrap_or(any), None);
        }
        let plain = longest(zone).into_iter().next();
        for (region, permit) in zone.regions.iter().zip(plain.iter().cycle()) {
            let permit = Permit { region: region.number, ..permit.clone() };
            attempt(&permit, any, Some(Field::Region));
        }
        for (station, permit) in stations.iter().zip(plain.iter().cycle()) {
            attempt(permit, *station, Some(Field::Issuer));
        }
        flaws
    }
}

/// A code as large as any, and no permit's.
fn stand_in() -> Option<Symbol> {
    Symbol::new(&"A".repeat(permit_core::TEXT_WITHOUT_PORTRAIT)).ok()
}

/// Permits that take as much room as any.
fn longest(zone: &ZoneRegister<'_>) -> Vec<Permit> {
    let names = [
        ("W".repeat(39), Some("漢".repeat(20))),
        (
            "Namgung-Hwangbo Seonggyeongmyeong Hanulbit".chars().take(39).collect(),
            Some("뷁".repeat(20)),
        ),
        ("W".repeat(39), None),
    ];
    let crossings: Crossings =
        zone.crossings.iter().map(|crossing| crossing.number).take(24).collect();
    let region = zone.regions.iter().next().map_or(1, |region| region.number);
    let (Some(from), Some(through)) = (Day::from_civil(2155, 1, 1), Day::from_civil(2155, 12, 31))
    else {
        return Vec::new();
    };
    let permit = |(latin, native): (String, Option<String>)| {
        Some(Permit {
            id: PermitId { station: 65_535, year: 255, serial: PermitId::LAST_SERIAL, copy: 255 },
            latin: Short::try_from(latin.as_str()).ok()?,
            native: native.and_then(|native| Short::try_from(native.as_str()).ok()),
            birth: Birth::Day(from),
            // The longest name of a country that the words know.
            nationality: 654,
            region,
            zone: zone.header.zone,
            from,
            through,
            options: Options {
                crossings: crossings.clone(),
                issued: Day::from_civil(2154, 12, 31),
                entries: Some(u32::MAX),
                stay: Some(u16::MAX),
                children: Some(9),
                document: Short::try_from("W".repeat(20).as_str()).ok(),
                portrait: None,
                specimen: true,
            },
        })
    };
    names.into_iter().filter_map(permit).collect()
}
