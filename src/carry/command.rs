//! From the command line to rounds of asking: what is asked, brought and told.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Parser;
use permit_carry::{Brought, Delivered, Exports, Limits, Lists, Patience, Why};
use permit_command::{Exit, Fault, Program, output, value::lang};
use permit_core::Anchor;
use permit_file::Ask;
use permit_words::{Lang, Unfit, Value, Words};

/// How the program calls itself and its messages.
const PROGRAM: Program = Program { name: "permit-carry", root: "carry-help", below: "carry-help" };
/// The longest root in bytes (a document of a bundle).
const ROOT: u64 = 4 << 20;

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "permit-carry", version, arg_required_else_help = true)]
struct Cli {
    #[arg(long, value_parser = lang)]
    lang: Option<Lang>,

    #[arg(long, required = true, value_parser = url)]
    from: Vec<String>,

    #[arg(long)]
    root: PathBuf,

    #[arg(long)]
    out: PathBuf,

    #[arg(long)]
    state: PathBuf,

    #[arg(long, requires = "journals")]
    exports: Option<PathBuf>,

    #[arg(long, requires = "exports", value_parser = url)]
    journals: Option<String>,

    #[arg(long)]
    once: bool,
}

/// An address that can be asked without TLS.
fn url(text: &str) -> Result<String, Unfit> {
    let fits = text.len() < 2048
        && text.bytes().all(|byte| byte.is_ascii_graphic())
        && text.strip_prefix("http://").is_some_and(|rest| !rest.is_empty());
    if fits { Ok(text.to_owned()) } else { Err(Unfit("unfit-carry-url")) }
}

pub(crate) fn main() -> Exit {
    PROGRAM.run(run)
}

fn run(cli: &Cli, words: &Words) -> Result<Exit, Fault> {
    let root = permit_file::read(&cli.root, &Ask::named(ROOT));
    let root = root.map_err(|cause| Fault::read(&cli.root, cause))?;
    let anchor = Anchor::of(&root)
        .map_err(|_| Fault::new(Exit::Untrusted, "trust-not-root").at(&cli.root))?;
    std::fs::create_dir_all(&cli.state).map_err(|cause| Fault::write(&cli.state, cause))?;
    let limits = Limits::USUAL;
    let (out, state) = (cli.out.clone(), cli.state.clone());
    let lists = Lists { anchor, out, state, limits };
    let to = cli.exports.clone().zip(cli.journals.clone());
    let exports = to.map(|(from, to)| Exports { from, to, limits });
    let mut patience = Patience::default();
    loop {
        let good = round(cli, &lists, exports.as_ref(), words)?;
        if cli.once {
            return Ok(if good { Exit::Good } else { Exit::Differs });
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let chance = u8::try_from(now.subsec_micros() % 256).unwrap_or_default();
        std::thread::sleep(patience.after(good, chance));
    }
}

/// Asks every server, so that one that is behind hides nothing, and sends what lies there. One that answers is enough.
fn round(
    cli: &Cli,
    lists: &Lists,
    exports: Option<&Exports>,
    words: &Words,
) -> Result<bool, Fault> {
    let mut answered = false;
    for from in &cli.from {
        let at = ("url", Value::from(from.clone()));
        match lists.fetch(from) {
            Ok(Brought::Same) => answered = true,
            Ok(Brought::Newer) => {
                answered = true;
                output::line(&words.with("carry-newer", &[at]))?;
            }
            Err(why) => {
                output::line(&words.with("carry-nothing", &[at, ("said", said(&why, words))]))?;
            }
        }
    }
    let Some(exports) = exports else { return Ok(answered) };
    let delivered = exports.deliver().map_err(|cause| Fault::read(&exports.from, cause))?;
    for (path, delivered) in delivered {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let name = ("name", Value::from(name));
        let line = match delivered {
            Delivered::Home => words.with("carry-home", &[name]),
            Delivered::Refused(status) => {
                words.with("carry-not-taken", &[name, ("status", status.into())])
            }
            Delivered::Waits(why) => {
                answered &= why.is_here();
                words.with("carry-waits", &[name, ("said", said(&why, words))])
            }
        };
        output::line(&line)?;
    }
    Ok(answered)
}

/// Why nothing came of it, in words.
fn said(why: &Why, words: &Words) -> Value<'static> {
    let detail = match why {
        Why::Redirect(status) | Why::Status(status) => status.to_string(),
        Why::BrokeOff(bytes) => bytes.to_string(),
        Why::Unreached(said) => said.clone(),
        Why::Refused(error) => error.to_string(),
        Why::Disk(cause) => cause.to_string(),
        _ => String::new(),
    };
    Value::Spoken(words.with(why.id(), &[("detail", detail.into())]))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn every_argument_has_help_in_each_language() {
        assert_eq!(PROGRAM.amiss(&Cli::command()), Vec::<String>::new());
    }

    #[test]
    fn addresses_are_of_http() {
        assert!(url("http://10.0.0.1:8080/bundle.cbor").is_ok());
        for bad in ["https://x/", "http://", "file:///etc/passwd", "http://a b/"] {
            assert!(url(bad).is_err(), "{bad}");
        }
    }
}
