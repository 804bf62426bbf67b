//! A printed card looked at again: is it the one that was to be printed, and is the print good?
//!
//! A scan or a camera picture of the print is read, and its modules are held against those that were drawn. A card of
//! the same batch in its place is named by its place in the batch. The verdict is about ink on paper: whether the permit
//! is good is the verifier's business.

use permit_symbol::{Grade, Grey, Symbol, Wear};

/// What a picture of a print shows.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ReadBack {
    /// The card that was to be printed.
    Printed(Printed),
    /// Another card of the batch.
    Neighbour {
        /// Its place in the batch, from 0.
        place: usize,
    },
    /// A code that is none of this batch's.
    Foreign,
    /// Several codes; one card at a time.
    Several {
        /// How many.
        codes: usize,
    },
    /// No code that can be read: look again, and print again if that shows none either.
    Unread,
}

/// How a card was printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    /// Modules and codewords that are not as drawn.
    pub wear: Wear,
    /// The modules that are not as drawn, column and row from the upper left one.
    pub wrong: Vec<(usize, usize)>,
}

impl Printed {
    /// How much error correction is left.
    #[must_use]
    pub fn grade(&self) -> Grade {
        self.wear.grade()
    }

    /// Whether the print may be handed over: as new, or nearly. Chosen: what is worn today is unreadable in a month.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.grade() <= Grade::B
    }
}

impl ReadBack {
    /// What a picture shows of the card at a place in a batch.
    ///
    /// `batch` holds the codes of all cards printed together; a `place` beyond it is nobody's.
    #[must_use]
    pub fn of(picture: Grey<'_>, batch: &[Symbol], place: usize) -> Self {
        let codes = permit_symbol::read(picture);
        let code = match &codes[..] {
            [] => return Self::Unread,
            [code] => code,
            several => return Self::Several { codes: several.len() },
        };
        match batch.iter().position(|symbol| symbol.text().as_bytes() == code.bytes) {
            Some(at) if at == place => {}
            // The same text may stand in a batch twice; then the one asked for is as good as the first.
            Some(at) if batch.get(place).is_none_or(|symbol| symbol.text() != batch[at].text()) => {
                return Self::Neighbour { place: at };
            }
            Some(_) => {}
            None => return Self::Foreign,
        }
        let printed = batch.get(place).and_then(|symbol| {
            let wear = Wear::against(symbol, &code.modules)?;
            let side = code.modules.side();
            let all = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
            let wrong = all.filter(|&(x, y)| symbol.modules().get(x, y) != code.modules.get(x, y));
            Some(Printed { wear, wrong: wrong.collect() })
        });
        // The same text in another version was not drawn by this desk.
        printed.map_or(Self::Foreign, Self::Printed)
    }
}

#[cfg(test)]
mod tests {
    use permit_symbol::camera::{Kind, SIZES, Shot, photograph};
    use permit_symbol::{GreyBuf, Size};

    use super::*;

    fn batch() -> Vec<Symbol> {
        ["BP1:SPECIMEN ONE", "BP1:SPECIMEN TWO", "BP1:SPECIMEN TEN"]
            .map(|text| Symbol::new(&text.repeat(9)).unwrap())
            .to_vec()
    }

    fn scan(symbol: &Symbol) -> GreyBuf {
        symbol.raster(&Size { dots_per_inch: 300, ..Size::default() }).unwrap()
    }

    #[test]
    fn r12_a_fresh_print_is_as_it_was_drawn() {
        let batch = batch();
        let ReadBack::Printed(printed) = ReadBack::of(scan(&batch[1]).as_grey(), &batch, 1) else {
            panic!()
        };
        assert_eq!((printed.grade(), printed.wrong.len()), (Grade::A, 0));
        assert!(printed.is_good());
    }

    #[test]
    fn r12_a_neighbours_card_is_noticed() {
        let batch = batch();
        let picture = scan(&batch[2]);
        assert_eq!(ReadBack::of(picture.as_grey(), &batch, 0), ReadBack::Neighbour { place: 2 });
        let other = scan(&Symbol::new("BP1:OTHER").unwrap());
        assert_eq!(ReadBack::of(other.as_grey(), &batch, 0), ReadBack::Foreign);
        assert_eq!(ReadBack::of(GreyBuf::new(90, 90).as_grey(), &batch, 0), ReadBack::Unread);
    }

    #[test]
    fn r12_a_bad_print_is_caught() {
        let batch = batch();
        let mut picture = scan(&batch[0]);
        // A nozzle that does not fire: three rows of modules stay white, 20 below the edge of the quiet zone's 4.
        let wide = picture.width() as usize;
        let dots = wide / (batch[0].modules().side() + 8);
        for y in (20 * dots)..(23 * dots) {
            picture.pixels_mut()[y * wide..(y + 1) * wide].fill(255);
        }
        match ReadBack::of(picture.as_grey(), &batch, 0) {
            ReadBack::Printed(printed) => {
                assert!(!printed.is_good(), "{:?}", printed.grade());
                assert!(
                    printed.wrong.iter().all(|(_, y)| (16..19).contains(y)),
                    "{:?}",
                    printed.wrong
                );
            }
            ReadBack::Unread => {}
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn r12_a_camera_picture_will_do() {
        let batch = batch();
        let shot = Shot { kind: Kind::Noise, strength: 0.2, size: SIZES[1], seed: 3, frame: 0 };
        let photo = photograph(&shot, &batch[..1]);
        assert!(matches!(ReadBack::of(photo.picture.as_grey(), &batch, 0), ReadBack::Printed(_)));
        let two = photograph(&Shot { kind: Kind::Several, ..shot }, &batch);
        assert!(!matches!(ReadBack::of(two.picture.as_grey(), &batch, 0), ReadBack::Printed(_)));
    }
}
