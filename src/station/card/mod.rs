//! The card of a permit: what it is drawn of, drawing it, and reading a print of it back.
//!
//! Pages and the command line do both through here, so that both draw the same card and refuse the same print.

pub mod designs;
pub mod portrait;

use permit_card::{Faces, Print, ReadBack, Refused, Sides};
use permit_core::{Envelope, Permit};
use permit_symbol::Symbol;
use permit_words::{Card, Words};
use thiserror::Error;

use crate::{
    registry::{RegistryError, Signed},
    rules::Layout,
    site::{Site, SiteError},
};

/// Both sides of a card.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// As SVG.
    pub sides: Sides,
    /// Width and height in millimetres.
    pub size: (f64, f64),
}

/// Why no card is drawn.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum NotDrawn {
    /// The lists, the folder or the record.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The station's own design is not here, or not the one recorded.
    #[error("the design: {0}")]
    Design(RegistryError),
    /// What keeps it from being printed.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Refused(Vec<Refused>),
    /// The design or the code is none that can be drawn.
    #[error("not a card that can be drawn")]
    Broken,
}

/// Draws the card of a permit whose card is still to be made.
///
/// # Errors
///
/// [`NotDrawn`].
pub fn draw(
    site: &Site,
    (number, signed): (u32, &Signed),
    layout: Layout,
    faces: &dyn Faces,
) -> Result<Drawn, NotDrawn> {
    let mut held = site.lists().map_err(SiteError::from)?;
    let trust = held.open().map_err(SiteError::from)?;
    let issuer = site.issuer(&trust)?;
    let symbol = Symbol::new(signed.text.as_str()).map_err(|_| NotDrawn::Broken)?;
    let portrait = site.portrait(number).map_err(SiteError::from)?;
    let print = Print {
        permit: &signed.permit,
        symbol: &symbol,
        zone: issuer.zone(),
        station: issuer.station().names,
        portrait: portrait.as_ref().map(|it| it.card.as_slice()),
        demo: issuer.is_demo(),
    };
    let sources = site.design(layout).map_err(NotDrawn::Design)?;
    let design = designs::read(layout, sources.each_ref().map(String::as_str));
    let design = design.map_err(|_| NotDrawn::Broken)?;
    let sides = design.draw(&print, &Card::new(), faces).map_err(NotDrawn::Refused)?;
    Ok(Drawn { sides, size: design.size() })
}

/// In words, where that is something for people to mend: a character that no font here has, or a code that is too fine for
/// the design. Any other refusal is the program's or the design's fault.
#[must_use]
pub fn said(refused: &Refused, words: &Words) -> Option<String> {
    match refused {
        Refused::Glyph { c, .. } => {
            let code = format!("U+{:04X}", u32::from(*c));
            let values = [("c", c.to_string().into()), ("code", code.into())];
            Some(words.with("desk-print-glyph", &values))
        }
        Refused::Code { .. } => Some(words.get("desk-print-code")),
        _ => None,
    }
}

/// What a picture of a print shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Seen {
    /// The card that was to be printed, and how well it is: 4 is best (ISO/IEC 15415).
    Grade(u8),
    /// Not that, or nothing that can be read: which message says so, and whose card it is where that is known.
    Not(&'static str, String),
}

/// Looks at a picture of a print. Heavy work: a picture takes as much memory as it has pixels.
#[must_use]
pub fn look(picture: Vec<u8>, text: &str) -> Seen {
    let not = |id| Seen::Not(id, String::new());
    let Ok(picture) = permit_symbol::load::picture(picture) else {
        return not("desk-read-no-picture");
    };
    let Ok(symbol) = Symbol::new(text) else { return not("desk-broken-card") };
    match ReadBack::of(picture.as_grey(), &[symbol], 0) {
        ReadBack::Printed(printed) => Seen::Grade(printed.grade().points()),
        ReadBack::Several { .. } => not("desk-read-several"),
        // Whose it is, so that two cards that were mixed up find back.
        ReadBack::Foreign => permit_symbol::read(picture.as_grey())
            .first()
            .and_then(|code| Envelope::open(&code.bytes).ok())
            .and_then(|envelope| Permit::decode(envelope.payload()).ok())
            .map_or(not("desk-read-foreign"), |other| {
                Seen::Not("desk-read-other", other.id.to_string())
            }),
        _ => not("desk-read-unread"),
    }
}
