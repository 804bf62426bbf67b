//! An application as a file has it: class, papers and what the permit is to say.
//!
//! ```toml
//! class = "resident"           # resident, foreign-resident, state-employee
//! language = "ko"              # zh, ko, en
//! commune = "演示公社"           # where the desk is one of special personnel, and nowhere else
//!
//! [[papers]]
//! kind = "relative-letter"     # commune-letter, national-credential, department-letter,
//! issuer = "온성"               # personnel-letter, protection-letter
//! dated = "1963-09-01"
//!
//! [permit]                     # as `permit issue` has it
//! latin = "NAMGUNG HANUL"
//! birth = "1931-04-02"
//! nationality = "156"
//! region = "cn-yanji-county"
//! ```
//!
//! A key that is not one of these refuses the file: nothing else about a person is taken in.

use permit_core::PermitId;
use permit_signing::{
    draft::Date,
    permit::{Issuer, Problem, Row, iso},
};
use serde::{Deserialize, de::DeserializeOwned};
use thiserror::Error;

use crate::rules::{ApplicationAct, Class, Language, Origin, Paper, PaperKind, Particulars};

/// What a file says.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    class: String,
    language: String,
    applicant: Option<u16>,
    commune: Option<String>,
    #[serde(default)]
    papers: Vec<Shown>,
    permit: Row,
}

/// What an application says that follows a permit: papers are seen anew, and what the permit is to say is what it said before,
/// unless all of that is said anew too.
///
/// ```toml
/// language = "ko"              # where it is another by now
///
/// [[papers]]
/// kind = "relative-letter"
/// issuer = "온성"
/// dated = "1963-10-01"
///
/// [permit]                     # as in an application, where anything changes
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Following {
    language: Option<String>,
    applicant: Option<u16>,
    #[serde(default)]
    papers: Vec<Shown>,
    permit: Option<Row>,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shown {
    kind: String,
    issuer: String,
    dated: String,
}

/// Why a file is not taken.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FileFault {
    /// Not TOML, or with a key that is not asked for: the key's name or the line, never a value.
    #[error("{0}")]
    Form(String),
    /// A class, language, kind of paper or date that is none.
    #[error("{field}: not one of the values it can have")]
    Value {
        /// Which.
        field: &'static str,
    },
    /// What the permit is to say.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Permit(Vec<Problem>),
    /// No random numbers.
    #[error(transparent)]
    Randomness(#[from] permit_signing::NoRandomness),
}

impl Application {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// What it is not.
    pub fn read(text: &str) -> Result<Self, FileFault> {
        read(text)
    }

    /// What it asks for.
    ///
    /// # Errors
    ///
    /// Every problem of what the permit is to say, or a value that is none.
    pub fn asked(&self, issuer: &Issuer<'_>) -> Result<Asked, FileFault> {
        Ok(Asked {
            class: one_of("class", &self.class, &CLASSES)?,
            language: one_of("language", &self.language, &LANGUAGES)?,
            applicant: self.applicant,
            papers: papers(&self.papers)?,
            particulars: Particulars {
                commune: self.commune.clone(),
                ..particulars(&self.permit, issuer)?
            },
        })
    }
}

impl Following {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// What it is not.
    pub fn read(text: &str) -> Result<Self, FileFault> {
        read(text)
    }

    /// What it asks for, where this is said of the permit that it follows.
    ///
    /// # Errors
    ///
    /// As of an application.
    pub fn asked(
        &self,
        issuer: &Issuer<'_>,
        (class, language): (Class, Language),
        before: Particulars,
    ) -> Result<Asked, FileFault> {
        let tag = self.language.as_deref();
        let particulars = match &self.permit {
            Some(row) => Particulars { commune: before.commune, ..particulars(row, issuer)? },
            None => before,
        };
        Ok(Asked {
            class,
            language: tag.map_or(Ok(language), |tag| one_of("language", tag, &LANGUAGES))?,
            applicant: self.applicant,
            papers: papers(&self.papers)?,
            particulars,
        })
    }
}

/// A file as TOML.
///
/// # Errors
///
/// The key that is none of it, or the line: never a value.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, FileFault> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(0, |span| text[..span.start].lines().count());
        let said = error.message();
        let names = ["unknown field", "missing field"].iter().any(|it| said.starts_with(it));
        FileFault::Form(if names { said.to_owned() } else { format!("line {line}") })
    })
}

fn papers(shown: &[Shown]) -> Result<Vec<Paper>, FileFault> {
    let paper = |shown: &Shown| {
        let kind = one_of("kind", &shown.kind, &KINDS)?;
        let dated: Date =
            iso(&shown.dated).parse().map_err(|_| FileFault::Value { field: "dated" })?;
        Ok(Paper { kind, issuer: shown.issuer.clone(), dated: dated.0 })
    };
    shown.iter().map(paper).collect()
}

/// An application that is understood, before the desk has it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Asked {
    /// Who applies.
    pub class: Class,
    /// In which language the applicant is written to.
    pub language: Language,
    /// The officer of this desk who applies, if one does.
    pub applicant: Option<u16>,
    /// Papers seen.
    pub papers: Vec<Paper>,
    /// What the permit is to say.
    pub particulars: Particulars,
}

impl Asked {
    /// The act that begins it, from nothing or from a permit.
    ///
    /// # Errors
    ///
    /// No random numbers.
    pub fn open(&self, origin: Origin) -> Result<ApplicationAct, permit_signing::NoRandomness> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt)?;
        let Self { class, language, applicant, .. } = *self;
        Ok(ApplicationAct::Open { class, origin, language, applicant, salt })
    }

    /// The acts after that, up to where it could be handed in.
    pub fn rest(&self) -> impl Iterator<Item = ApplicationAct> {
        let papers = self.papers.iter().cloned().map(ApplicationAct::See);
        papers.chain([ApplicationAct::Fill(self.particulars.clone())])
    }
}

/// What a row asks for, checked as `permit issue` checks it.
///
/// # Errors
///
/// Every problem at once.
pub fn particulars(row: &Row, issuer: &Issuer<'_>) -> Result<Particulars, FileFault> {
    let request = issuer.check(row).map_err(FileFault::Permit)?;
    let unknown = ["replaces", "specimen"].iter().find(|field| row.0.contains_key(**field));
    if let Some(field) = unknown {
        return Err(FileFault::Value { field });
    }
    let id = PermitId { station: issuer.station().number, year: 0, serial: 1, copy: 1 };
    let permit = request.numbered(id);
    let days = u16::try_from(permit.days()).map_err(|_| FileFault::Value { field: "through" })?;
    let options = permit.options;
    Ok(Particulars {
        latin: permit.latin.as_str().to_owned(),
        native: permit.native.map(|native| native.as_str().to_owned()),
        birth: permit.birth,
        nationality: permit.nationality,
        region: permit.region,
        from: row.0.contains_key("from").then_some(permit.from),
        days,
        crossings: options.crossings.to_vec(),
        entries: options.entries,
        stay: options.stay,
        children: options.children,
        document: options.document.map(|document| document.as_str().to_owned()),
        commune: None,
    })
}

/// One of the values that a field can have, by name.
///
/// # Errors
///
/// [`FileFault::Value`].
pub fn one_of<T: Copy>(
    field: &'static str,
    text: &str,
    values: &[(&str, T)],
) -> Result<T, FileFault> {
    let found = values.iter().find(|(name, _)| *name == text);
    found.map(|(_, value)| *value).ok_or(FileFault::Value { field })
}

pub(crate) const CLASSES: [(&str, Class); 3] = [
    ("resident", Class::Resident),
    ("foreign-resident", Class::ForeignResident),
    ("state-employee", Class::StateEmployee),
];
/// Languages by name.
pub const LANGUAGES: [(&str, Language); 3] =
    [("zh", Language::Zh), ("ko", Language::Ko), ("en", Language::En)];
pub(crate) const KINDS: [(&str, PaperKind); 6] = [
    ("relative-letter", PaperKind::RelativeLetter),
    ("commune-letter", PaperKind::CommuneLetter),
    ("national-credential", PaperKind::NationalCredential),
    ("department-letter", PaperKind::DepartmentLetter),
    ("personnel-letter", PaperKind::PersonnelLetter),
    ("protection-letter", PaperKind::ProtectionLetter),
];
