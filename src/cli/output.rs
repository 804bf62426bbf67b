//! The only file that prints.
//!
//! What comes from a picture or a file name is untrusted: every piece of a line is cleaned here, so that no other file
//! has to think of it. Colours go where a terminal is and NO_COLOR is not set; a closed pipe ends the command quietly.

use std::io::{self, IsTerminal as _, Write as _};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use permit_words::{Words, clean};
use serde::Serialize;

use crate::fault::Fault;

/// Standard output and standard error.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output;

impl Output {
    /// A line for people on standard output.
    pub(crate) fn line(self, line: &Line) -> Result<(), Fault> {
        self.text(&format!("{}\n", line.0))
    }

    /// Text with colours on standard output. For text this project wrote, such as help: it is not cleaned.
    pub(crate) fn text(self, text: &str) -> Result<(), Fault> {
        let mut out = AutoStream::auto(io::stdout());
        out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Fault::screen)
    }

    /// Bytes on standard output as they are: completions, man pages.
    pub(crate) fn bytes(self, bytes: &[u8]) -> Result<(), Fault> {
        let mut out = io::stdout().lock();
        out.write_all(bytes).and_then(|()| out.flush()).map_err(Fault::screen)
    }

    /// One JSON object on a line of standard output.
    pub(crate) fn json(self, value: &impl Serialize) -> Result<(), Fault> {
        let text = serde_json::to_string(value).map_err(|error| Fault::screen(error.into()))?;
        self.bytes(format!("{}\n", escaped(&text)).as_bytes())
    }

    /// A line for people on standard error.
    pub(crate) fn note(self, line: &Line) {
        self.aside(&format!("{}\n", line.0));
    }

    /// Text with colours on standard error; see [`Output::text`].
    pub(crate) fn aside(self, text: &str) {
        // Nobody is left to be told that standard error is closed.
        let _ = AutoStream::auto(io::stderr()).write_all(text.as_bytes());
    }

    /// What happened, and what to do next, on standard error.
    pub(crate) fn fault(self, fault: &Fault, words: &Words) {
        if let Some((what, next)) = fault.say(words) {
            self.complain(&what, &next, words);
        }
    }

    /// The same for a complaint that is worded already.
    pub(crate) fn complain(self, what: &str, next: &str, words: &Words) {
        self.note(&Line::new().say(Tone::Bad, "permit: ").plain(what));
        self.note(
            &Line::new().plain("  ").plain(&words.with("next-step", &[("next", next.into())])),
        );
    }

    /// A bar on standard error while something takes long; invisible where no terminal is, or where it would stand
    /// among the lines of standard output.
    pub(crate) fn progress(self, steps: usize, label: &str) -> ProgressBar {
        self.bar(steps, label, io::stderr().is_terminal())
    }

    /// The same for a command that prints lines meanwhile.
    pub(crate) fn progress_beside(self, steps: usize, label: &str) -> ProgressBar {
        self.bar(steps, label, io::stderr().is_terminal() && !io::stdout().is_terminal())
    }

    fn bar(self, steps: usize, label: &str, shown: bool) -> ProgressBar {
        let target =
            if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(u64::try_from(steps).ok(), target);
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        bar.with_message(clean(label).into_owned())
    }
}

/// How a piece of a line looks. Colour never stands alone: the words say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Headings and names.
    Strong,
    /// What may be overlooked.
    Faint,
    /// Errors and invalid permits: red.
    Bad,
    /// Valid permits: green.
    Good,
    /// What a person has to look at: amber.
    Warn,
    /// Specimens: blue.
    Blue,
}

impl Tone {
    const fn style(self) -> Style {
        match self {
            Self::Strong => Style::new().bold(),
            Self::Faint => Style::new().dimmed(),
            Self::Bad => AnsiColor::Red.on_default().bold(),
            Self::Good => AnsiColor::Green.on_default().bold(),
            Self::Warn => AnsiColor::Yellow.on_default().bold(),
            Self::Blue => AnsiColor::Blue.on_default().bold(),
        }
    }
}

/// A line being put together; every piece is cleaned.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line(String);

impl Line {
    /// An empty line.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds text as it is, cleaned.
    pub(crate) fn plain(mut self, text: &str) -> Self {
        self.0.push_str(&clean(text));
        self
    }

    /// Adds text in a tone, cleaned.
    pub(crate) fn say(mut self, tone: Tone, text: &str) -> Self {
        let style = tone.style();
        self.0.push_str(&format!("{style}{}{style:#}", clean(text)));
        self
    }
}

/// The same JSON with the characters a terminal would obey as `\u` escapes: they can only stand inside strings.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        let mut buffer = [0; 4];
        if clean(c.encode_utf8(&mut buffer)).len() == c.len_utf8() {
            out.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_means_the_same_after_escaping() {
        let text = "a\u{1b}[31m\u{202e}김\u{9b}\u{e0041}\"\\";
        let json = escaped(&serde_json::to_string(text).unwrap());
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        assert!(json.chars().all(|c| clean(c.encode_utf8(&mut [0; 4])).len() == c.len_utf8()));
        assert!(json.contains("김") && json.contains("\\u202e") && json.contains("\\udb40\\udc41"));
    }

    #[test]
    fn pieces_of_a_line_are_cleaned() {
        let line = Line::new().plain("a\u{1b}b\n").say(Tone::Bad, "\u{202e}x");
        assert!(line.0.starts_with("a\\u{1b}b\\n"));
        assert!(line.0.contains("\\u{202e}x"));
    }
}
