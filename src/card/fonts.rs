//! The fonts of the machine: real widths, and every glyph known before anything is printed.
//!
//! One face draws a whole run of text, the first of a list that has all its characters; nothing is put together from
//! several behind the reader's back. A character that none has is told.

use core::fmt;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use fontdb::{Database, Family, ID, Query, Weight};

use crate::face::{Faces, Script, Style, Typeface};

/// Faces found on the machine or in a folder.
pub struct Fonts {
    db: Arc<Database>,
    faces: Vec<Found>,
    /// Advances in ems; none where a face has no glyph.
    known: Mutex<HashMap<(usize, char), Option<f64>>>,
}

struct Found {
    id: ID,
    family: String,
    style: Style,
    script: Script,
}

/// No font for one of the two scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoFont {
    /// The script.
    pub script: Script,
}

impl fmt::Display for NoFont {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.script {
            Script::Han => f.write_str(
                "no font with Chinese characters (Noto Sans CJK or WenQuanYi Micro Hei)",
            ),
            Script::Hangul => {
                f.write_str("no font with Hangul (Noto Sans CJK or WenQuanYi Micro Hei)")
            }
        }
    }
}

impl core::error::Error for NoFont {}

impl Fonts {
    /// The fonts that the system keeps.
    ///
    /// # Errors
    ///
    /// When there is none for Han or for Hangul.
    pub fn system() -> Result<Self, NoFont> {
        let mut db = Database::new();
        db.load_system_fonts();
        Self::of(db)
    }

    /// The fonts of a folder, and no others.
    ///
    /// # Errors
    ///
    /// As [`Fonts::system`].
    pub fn folder(path: &Path) -> Result<Self, NoFont> {
        let mut db = Database::new();
        db.load_fonts_dir(path);
        Self::of(db)
    }

    /// The fonts of a database.
    ///
    /// # Errors
    ///
    /// As [`Fonts::system`].
    pub fn of(db: Database) -> Result<Self, NoFont> {
        let mut faces = Vec::new();
        for style in [Style::Sans, Style::SansBold, Style::Serif, Style::SerifBold] {
            for script in [Script::Han, Script::Hangul] {
                for family in families(style, script) {
                    let weight = Weight(style.weight());
                    let query =
                        Query { families: &[Family::Name(family)], weight, ..Query::default() };
                    if let Some(id) = db.query(&query) {
                        faces.push(Found { id, family: format!("'{family}'"), style, script });
                    }
                }
            }
        }
        let fonts = Self { db: Arc::new(db), faces, known: Mutex::default() };
        for (script, sample) in [(Script::Han, "边境"), (Script::Hangul, "국경")] {
            fonts.face(Style::Sans, script, sample).map_err(|_| NoFont { script })?;
        }
        Ok(fonts)
    }

    /// The first character of a text that no face has, whatever its style.
    ///
    /// # Errors
    ///
    /// That character.
    pub fn check(&self, text: &str) -> Result<(), char> {
        for (script, run) in crate::face::runs(text) {
            for style in [Style::Sans, Style::SansBold, Style::SerifBold] {
                self.face(style, script, run)?;
            }
        }
        Ok(())
    }

    #[cfg(any(feature = "png", feature = "pdf"))]
    pub(crate) fn database(&self) -> Arc<Database> {
        Arc::clone(&self.db)
    }

    fn ems(&self, at: usize, c: char) -> Option<f64> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry((at, c)).or_insert_with(|| self.look(at, c))
    }

    fn look(&self, at: usize, c: char) -> Option<f64> {
        let id = self.faces.get(at)?.id;
        let ems = |data: &[u8], index| {
            let face = ttf_parser::Face::parse(data, index).ok()?;
            let glyph = face.glyph_index(c).filter(|glyph| glyph.0 != 0)?;
            Some(f64::from(face.glyph_hor_advance(glyph)?) / f64::from(face.units_per_em()))
        };
        self.db.with_face_data(id, ems).flatten()
    }
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fonts").field("faces", &self.faces.len()).finish_non_exhaustive()
    }
}

impl Faces for Fonts {
    fn face(&self, style: Style, script: Script, run: &str) -> Result<Typeface, char> {
        let faces: Vec<usize> = (0..self.faces.len())
            .filter(|at| self.faces[*at].style == style && self.faces[*at].script == script)
            .collect();
        let missing = |at: &usize| run.chars().find(|c| self.ems(*at, *c).is_none());
        let mut first = None;
        for at in &faces {
            match missing(at) {
                None => return Ok(Typeface(*at)),
                Some(c) => first = first.or(Some(c)),
            }
        }
        let nowhere = run.chars().find(|c| faces.iter().all(|at| self.ems(*at, *c).is_none()));
        Err(nowhere.or(first).unwrap_or('\u{fffd}'))
    }

    fn advance(&self, face: Typeface, c: char) -> f64 {
        self.ems(face.0, c).unwrap_or(1.0)
    }

    fn family(&self, face: Typeface) -> &str {
        self.faces.get(face.0).map_or("sans-serif", |found| &found.family)
    }

    fn is_exact(&self) -> bool {
        true
    }
}

/// Families in the order in which they are tried. The last ones have Latin letters that the first lack.
const fn families(style: Style, script: Script) -> [&'static str; 8] {
    let serif = matches!(style, Style::Serif | Style::SerifBold);
    match (serif, script) {
        (false, Script::Han) => [
            "Noto Sans CJK SC",
            "Noto Sans SC",
            "Source Han Sans SC",
            "WenQuanYi Micro Hei",
            "PingFang SC",
            "Microsoft YaHei",
            "Noto Sans",
            "DejaVu Sans",
        ],
        (false, Script::Hangul) => [
            "Noto Sans CJK KR",
            "Noto Sans KR",
            "Source Han Sans K",
            "WenQuanYi Micro Hei",
            "Apple SD Gothic Neo",
            "Malgun Gothic",
            "NanumGothic",
            "UnDotum",
        ],
        (true, Script::Han) => [
            "Noto Serif CJK SC",
            "Noto Serif SC",
            "Songti SC",
            "SimSun",
            "Noto Sans CJK SC",
            "WenQuanYi Micro Hei",
            "Noto Serif",
            "DejaVu Serif",
        ],
        (true, Script::Hangul) => [
            "Noto Serif CJK KR",
            "Noto Serif KR",
            "AppleMyungjo",
            "Batang",
            "Noto Sans CJK KR",
            "WenQuanYi Micro Hei",
            "NanumMyeongjo",
            "UnBatang",
        ],
    }
}
