//! What a browser hands in: fields by name, and at most one file.

use core::time::Duration;

use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::header::CONTENT_TYPE;

/// Fields of a form or of an address, in order; a name may stand several times.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Form(Vec<(String, String)>);

/// A form and the file with it; without bytes where there is none.
#[derive(Default)]
pub struct Handed {
    /// Its fields.
    pub form: Form,
    /// The file's bytes. Its name is not looked at.
    pub file: Vec<u8>,
}

/// What was handed in is no form, larger than the route takes, or did not come to its end.
#[derive(Debug)]
pub struct NotAForm;

impl core::fmt::Debug for Form {
    /// Names alone: what stands in a field is about a person, or a secret.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

impl core::fmt::Debug for Handed {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Handed").field("form", &self.form).field("file", &self.file.len()).finish()
    }
}

impl Form {
    /// Reads `application/x-www-form-urlencoded`.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// The first value of a name; empty where there is none.
    #[must_use]
    pub fn one(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// Every value of a name.
    pub fn all<'f>(&'f self, name: &str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(have, _)| have == name).map(|(_, value)| value.as_str())
    }

    /// Whether a name stands in it.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }
}

/// Reads what a request hands in, as either of the two ways a form has; the route limits how much.
///
/// # Errors
///
/// [`NotAForm`].
pub async fn handed(request: Request) -> Result<Handed, NotAForm> {
    tokio::time::timeout(WRITTEN, read(request)).await.map_err(|_| NotAForm)?
}

async fn read(request: Request) -> Result<Handed, NotAForm> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
        let bytes = axum::body::Bytes::from_request(request, &()).await.map_err(|_| NotAForm)?;
        return Ok(Handed { form: Form::parse(&bytes), file: Vec::new() });
    }
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| NotAForm)?;
    let mut handed = Handed::default();
    while let Some(part) = parts.next_field().await.map_err(|_| NotAForm)? {
        let (name, file) = (part.name().unwrap_or_default().to_owned(), part.file_name().is_some());
        let bytes = part.bytes().await.map_err(|_| NotAForm)?;
        if file {
            handed.file = bytes.to_vec();
        } else {
            let text = String::from_utf8(bytes.to_vec()).map_err(|_| NotAForm)?;
            handed.form.0.push((name, text));
        }
    }
    Ok(handed)
}

/// How long it may take to arrive: chosen, a picture over a slow line.
const WRITTEN: Duration = Duration::from_secs(60);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_by_name() {
        let form = Form::parse("a=1&b=%EA%B9%80+x&a=2&c".as_bytes());
        assert_eq!(form.one("b"), "김 x");
        assert_eq!(form.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!((form.one("c"), form.has("c"), form.has("d")), ("", true, false));
        assert!(!format!("{form:?}").contains('김'), "no log has a value");
    }
}
