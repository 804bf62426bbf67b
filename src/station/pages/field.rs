//! A field of a form as a value: what it is called, what stands in it, what is wrong with it.
//!
//! Every form of the desk is a list of these, drawn by one template, so that each has its label, its hint and its error
//! beside it, and every error again in the summary.

/// A field.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) error: String,
    pub(super) value: String,
    pub(super) kind: Kind,
    pub(super) wide: bool,
}

/// How it is filled in.
#[derive(Clone, Debug, Default)]
pub(super) enum Kind {
    /// A line.
    #[default]
    Text,
    /// A line with suggestions, which others may go beside.
    Suggested(Vec<String>),
    /// A secret.
    Secret,
    /// Several lines.
    Lines,
    /// A file from the disk, of the kinds that a browser suggests.
    File(&'static str),
    /// One of these, all in sight.
    One(Vec<Choice>),
    /// Any of these.
    Any(Vec<Choice>),
    /// One of these, from a list.
    List(Vec<Choice>),
}

/// Something to choose.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// A part of a form under a heading of its own; none where it is empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub(super) title: String,
    pub(super) fields: Vec<Field>,
}

impl Field {
    /// A line.
    pub(super) fn text(name: &str, label: String, value: &str) -> Self {
        Self { name: name.to_owned(), label, value: value.to_owned(), ..Self::default() }
    }

    /// The same field, filled in another way.
    pub(super) fn of(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    /// The same field with a hint.
    pub(super) fn hint(self, hint: String) -> Self {
        Self { hint, ..self }
    }

    /// The same field with what is wrong with it; nothing where that is empty.
    pub(super) fn wrong(self, error: String) -> Self {
        Self { error, ..self }
    }

    /// The same field over the whole width.
    pub(super) fn wide(self) -> Self {
        Self { wide: true, ..self }
    }

    pub(super) fn is_wrong(&self) -> bool {
        !self.error.is_empty()
    }

    pub(super) const fn is_choice(&self) -> bool {
        matches!(self.kind, Kind::One(_) | Kind::Any(_))
    }

    /// What its input is described by, as attributes. Names are this program's.
    pub(super) fn described(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("h-{}", self.name));
        let error = self.is_wrong().then(|| format!("e-{}", self.name));
        let by = [hint, error].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let invalid = if self.is_wrong() { " aria-invalid=\"true\"" } else { "" };
        if by.is_empty() { String::new() } else { format!("{invalid} aria-describedby=\"{by}\"") }
    }
}

impl Choice {
    /// Something that is chosen where its value is the field's.
    pub(super) fn new(value: &str, label: String, chosen: bool) -> Self {
        Self { value: value.to_owned(), label, chosen }
    }
}
