//! Making a report: its number, its files, its signature.

use minicbor::bytes::ByteArray;
use permit_core::{Day, Signer, Trust, sha256, trust::Role};
use permit_record::{File, Report as Signed, Reported};
use permit_report::{Period, Report};
use permit_store::{Cell, Row};
use permit_words::{Lang, Words};
use serde::{Serialize, de::DeserializeOwned};

use super::{Head, Whole, said};
use crate::{
    Failed, Home, Site,
    kept::{row, tables::REPORT},
    told::numbers::Numbered,
};

/// What a report is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subject {
    /// The use of permits in a month; `incomplete` even where something of it has not come home.
    Usage {
        /// The month, which has to be over.
        month: Period,
        /// Even where something of the month has not come home.
        incomplete: bool,
    },
    /// The situation as it is now.
    Situation,
}

/// Whom a report is for, and what it answers.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Asked {
    /// Addressees.
    pub to: Vec<String>,
    /// Orders, by number; at most [`Signed::ORDERS`], each at most [`Signed::NAME`] bytes.
    pub orders: Vec<String>,
    /// Persons who are eligible, by home region, where that is known; in a report on the use of permits.
    pub eligible: Vec<(u16, u32)>,
    /// A picture or document of a specimen permit, with the ending of its name.
    pub specimen: Option<(String, Vec<u8>)>,
}

/// A report that was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Made {
    /// Its number.
    pub number: u32,
    /// Files of its folder by name, `report.cbor` with the signature among them.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Site {
    /// Makes a report, signs it, and keeps what it told. `keep` puts its files where they belong, before it counts as made.
    ///
    /// # Errors
    ///
    /// [`Failed::NotOver`], [`Failed::NotHome`], [`Failed::SetBack`]; when the key is none of the role's, what was asked does not fit the form, or
    /// folder or database fail. Nothing is made then.
    pub async fn report<S: Signer, T>(
        &self,
        asked: &Asked,
        subject: Subject,
        signer: &S,
        keep: impl FnOnce(&Made) -> Result<T, Failed>,
    ) -> Result<T, Failed> {
        self.may_sign(Role::Report, &signer.public_key(), "report")?;
        let today = self.now().day(self.offset());
        let (kind, days) = match subject {
            Subject::Usage { month, .. } if !month.is_over(today) => return Err(Failed::NotOver),
            Subject::Usage { month, .. } => (Reported::Use, (month.from(), month.through())),
            Subject::Situation => (Reported::Situation, (today, today)),
        };
        let session = self.store.write().await?;
        let rows = session.all(&REPORT).await?;
        self.not_set_back(&session).await?;
        let number = self.next_number(&session, Numbered::Reports).await?;
        let number = u32::try_from(number).map_err(|_| Failed::Sequence)?;
        let head = self.head(number, days, asked)?;
        let (told, mut files) = match subject {
            Subject::Usage { month, incomplete } => {
                let before = whole(&rows, kind)?;
                let told = self.usage(&session, month, &asked.eligible, &before).await?;
                if !incomplete && !told.missing.is_nothing() {
                    let terminals = told.missing.terminals;
                    return Err(Failed::NotHome { terminals, stations: told.missing.stations });
                }
                self.files("usage", Whole { head, told }, said::usage)?
            }
            Subject::Situation => {
                let told = self.situation(&session, number, &whole(&rows, kind)?).await?;
                self.files("situation", Whole { head, told }, said::situation)?
            }
        };
        if let Some((ending, bytes)) = &asked.specimen {
            files.push((specimen(ending), bytes.clone()));
        }
        files.sort();
        let sealed = self.sealed_report((kind, number, days), asked, &files, signer)?;
        files.push((SEALED.to_owned(), sealed.clone()));
        session
            .put(
                &REPORT,
                &vec![
                    Cell::Whole(number.into()),
                    Cell::Whole(kind as i64),
                    Cell::Bytes(told),
                    Cell::Bytes(sealed),
                ],
            )
            .await?;
        self.home.keep_report(number, &files)?;
        let kept = keep(&Made { number, files })?;
        session.commit().await?;
        self.gave(Numbered::Reports, number.into()).await?;
        Ok(kept)
    }

    fn head(
        &self,
        number: u32,
        (from, through): (Day, Day),
        asked: &Asked,
    ) -> Result<Head, Failed> {
        let settings = self.home.settings();
        let register = {
            let mut held = self.home.lists()?;
            held.open(None, None)?.zone().header.version
        };
        let mut orders = asked.orders.clone();
        orders.sort();
        orders.dedup();
        Ok(Head {
            number,
            side: if settings.side_b { "B" } else { "A" }.to_owned(),
            zone: settings.zone,
            register,
            demo: settings.demo,
            made: self.now().to_string(),
            from: from.to_string(),
            through: through.to_string(),
            to: asked.to.clone(),
            orders,
            specimen: asked.specimen.as_ref().map(|it| specimen(&it.0)),
        })
    }

    /// What it told, as it is kept; and the files that say it.
    fn files<T: Serialize>(
        &self,
        name: &str,
        whole: Whole<T>,
        say: for<'a> fn(&Whole<T>, &'a Trust<'a>, &Words) -> Report,
    ) -> Result<(Vec<u8>, Files), Failed> {
        let unwritten = |error: &dyn core::fmt::Display| Failed::Document(error.to_string());
        let json = serde_json::to_string_pretty(&whole).map_err(|it| unwritten(&it))? + "\n";
        let mut files = vec![(format!("{name}.json"), json.clone().into_bytes())];
        let mut held = self.home.lists()?;
        let trust = held.open(None, None)?;
        for lang in Lang::ALL {
            let report = say(&whole, &trust, &Words::new(lang));
            let (columns, rows) = report.table();
            let book = permit_table::write("1", &columns, &rows).map_err(|it| unwritten(&it))?;
            let page = report.html().map_err(|it| unwritten(&it))?;
            let forms: [(&str, Vec<u8>); 4] = [
                ("html", page.into_bytes()),
                ("txt", report.text().into_bytes()),
                ("csv", permit_table::separated(&columns, &rows)),
                ("xlsx", book),
            ];
            let named = |(ending, bytes)| (format!("{name}-{}.{ending}", lang.tag()), bytes);
            files.extend(forms.into_iter().map(named));
            if let Some(fonts) = &self.fonts {
                files.push((format!("{name}-{}.pdf", lang.tag()), report.pdf(fonts)?));
            }
        }
        Ok((json.into_bytes(), files))
    }

    fn sealed_report<S: Signer>(
        &self,
        (subject, number, (from, through)): (Reported, u32, (Day, Day)),
        asked: &Asked,
        files: &Files,
        signer: &S,
    ) -> Result<Vec<u8>, Failed> {
        let settings = self.home.settings();
        let file = |(name, bytes): &(String, Vec<u8>)| File {
            name: name.clone(),
            digest: ByteArray::from(sha256(&[bytes])),
        };
        let mut orders = asked.orders.clone();
        orders.sort();
        orders.dedup();
        let report = Signed {
            zone: settings.zone,
            side: settings.side(),
            demo: settings.demo,
            subject,
            number,
            made: self.now(),
            from,
            through,
            orders,
            files: files.iter().map(file).collect(),
        };
        let sealed = report.seal(signer).map_err(|_| Failed::Signer)?;
        // What the form does not allow is found by whoever would open it.
        let key = permit_core::PublicKey::new(&signer.public_key()).map_err(|_| Failed::Signer)?;
        let read = Signed::open(&sealed, &key).map_err(|it| Failed::Document(it.to_string()))?;
        if read == report { Ok(sealed) } else { Err(Failed::Signer) }
    }
}

impl Home {
    /// A report as a row, out of the files that are kept of it.
    pub(crate) fn report_again(&self, number: u32) -> Result<Row, Failed> {
        let folder = format!("reports/{number}");
        let sealed = self.kept(&format!("{folder}/{SEALED}"))?;
        for (name, kind) in [("usage", Reported::Use), ("situation", Reported::Situation)] {
            let name = format!("{folder}/{name}.json");
            if self.path(&name).symlink_metadata().is_ok() {
                return Ok(vec![
                    Cell::Whole(number.into()),
                    Cell::Whole(kind as i64),
                    Cell::Bytes(self.kept(&name)?),
                    Cell::Bytes(sealed),
                ]);
            }
        }
        Err(self.unfit(&folder, "no report is in it"))
    }
}

/// Files by name.
type Files = Vec<(String, Vec<u8>)>;

/// The file with the signature.
pub(super) const SEALED: &str = "report.cbor";

fn specimen(ending: &str) -> String {
    format!("specimen.{ending}")
}

/// Reports on this that were made, in order.
fn whole<T: DeserializeOwned>(rows: &[Row], kind: Reported) -> Result<Vec<Whole<T>>, Failed> {
    let mut all = Vec::new();
    for cells in rows {
        if row::whole(cells, 1)? == kind as i64 {
            all.push(serde_json::from_slice(row::bytes(cells, 2)?).map_err(|_| Failed::Row)?);
        }
    }
    Ok(all)
}
