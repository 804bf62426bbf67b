//! The command line.

use core::net::SocketAddr;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::ArgPredicate;
use permit_core::{Anchor, Direction, Side};
use permit_reader::machine::{LaneNumber, Role};
use permit_words::{At, Lang, Unfit};

/// `permit-reader`.
#[derive(Debug, clap::Parser)]
#[command(name = "permit-reader", version)]
pub(crate) struct Args {
    /// Which pins.
    #[arg(
        long,
        value_enum,
        required = false,
        required_unless_present_any = ["enrol", "unlock", "renew", "pair", "public_key", "screen"],
        default_value_ifs([
            ("enrol", ArgPredicate::IsPresent, "sim"),
            ("unlock", ArgPredicate::IsPresent, "sim"),
            ("renew", ArgPredicate::IsPresent, "sim"),
            ("pair", ArgPredicate::IsPresent, "sim"),
            ("public_key", "true".into(), "sim"),
            ("screen", ArgPredicate::IsPresent, "sim"),
        ])
    )]
    pub(crate) board: Board,

    /// A folder, a file, a device, or `none`; for each lane.
    #[arg(
        long,
        required = false,
        required_unless_present_any = ["enrol", "unlock", "renew", "pair", "public_key", "screen", "release"],
        default_value_ifs([
            ("enrol", ArgPredicate::IsPresent, "none"),
            ("unlock", ArgPredicate::IsPresent, "none"),
            ("renew", ArgPredicate::IsPresent, "none"),
            ("pair", ArgPredicate::IsPresent, "none"),
            ("public_key", "true".into(), "none"),
            ("screen", ArgPredicate::IsPresent, "none"),
            ("release", "true".into(), "none"),
        ])
    )]
    pub(crate) camera: Vec<PathBuf>,

    /// Drive every output low and end.
    #[arg(long)]
    pub(crate) release: bool,

    /// The battery clock.
    #[arg(long, value_enum)]
    pub(crate) rtc: Option<Clockwork>,

    /// A small display on SPI.
    #[arg(long, value_enum)]
    pub(crate) display: Option<Panel>,

    #[arg(long)]
    pub(crate) bundle: Option<PathBuf>,

    #[arg(long, value_parser = root)]
    pub(crate) root: Option<Root>,

    /// Judge by the demonstration on a real board.
    #[arg(long)]
    pub(crate) demo: bool,

    #[arg(long)]
    pub(crate) crossing: Option<String>,

    #[arg(long, value_parser = side)]
    pub(crate) side: Option<Side>,

    #[arg(long, value_parser = direction)]
    pub(crate) direction: Vec<Direction>,

    /// The guard cannot switch the direction.
    #[arg(long)]
    pub(crate) fixed: bool,

    /// Minutes after which an officer who does nothing is signed out; 0 never.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(0..=1440))]
    pub(crate) idle: u16,

    /// Seconds after which a verdict that nobody attends to is closed.
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u16).range(10..=3600))]
    pub(crate) unattended: u16,

    /// Seconds for which an admission can be taken back; 0 never. The journal allows five minutes.
    #[arg(long, default_value_t = 120, value_parser = clap::value_parser!(u16).range(0..=300))]
    pub(crate) undo: u16,

    #[arg(long, value_parser = str::parse::<At>)]
    pub(crate) at: Option<At>,

    #[arg(long)]
    pub(crate) state: Option<PathBuf>,

    /// Number of this terminal.
    #[arg(long, default_value_t = 1)]
    pub(crate) number: u16,

    /// A serial line, or anything that gives a line a scan; for each lane.
    #[arg(long)]
    pub(crate) scanner: Vec<PathBuf>,

    /// Enrols an officer instead of starting; the PIN is the first line of standard input.
    #[arg(long, requires = "state")]
    pub(crate) enrol: Option<u16>,

    /// What the officer may do who is enrolled.
    #[arg(long, value_enum, requires = "enrol")]
    pub(crate) role: Option<Rank>,

    /// Lets an officer try again at once instead of starting.
    #[arg(long, requires = "state", conflicts_with = "enrol")]
    pub(crate) unlock: Option<u16>,

    /// Makes another key or secret in place of one that is lost, instead of starting.
    #[arg(long, value_enum, requires = "state", conflicts_with_all = ["enrol", "unlock"])]
    pub(crate) renew: Option<Lost>,

    /// Prints a code that lets one tablet in at the terminal that runs on this state, and ends.
    #[arg(long, requires = "state", conflicts_with_all = ["enrol", "unlock", "renew"])]
    pub(crate) pair: bool,

    /// Prints the public half of the journal's key, which is made before the first start, and ends.
    #[arg(long, requires = "state", conflicts_with_all = ["enrol", "unlock", "renew", "pair"])]
    pub(crate) public_key: bool,

    /// The bundle on the stick.
    #[arg(long)]
    pub(crate) stick: Option<PathBuf>,

    #[arg(long, default_value = "127.0.0.1:0")]
    pub(crate) listen: Vec<SocketAddr>,

    /// A folder for the start pages of this machine's own screen.
    #[arg(long)]
    pub(crate) kiosk: Option<PathBuf>,

    /// Keeps the screen with this start page, instead of being the terminal.
    #[arg(long, requires = "browser")]
    pub(crate) screen: Option<PathBuf>,

    /// The browser of that screen; `{}` is its start page.
    #[arg(last = true, requires = "screen")]
    pub(crate) browser: Vec<OsString>,

    /// Where tablets come in.
    #[arg(long)]
    pub(crate) tablets: Vec<SocketAddr>,

    /// What tablets may call this terminal, besides that address.
    #[arg(long, requires = "tablets")]
    pub(crate) name: Vec<String>,

    /// The folder exports of the journal are written into.
    #[arg(long)]
    pub(crate) export: Option<PathBuf>,

    #[arg(long)]
    pub(crate) events: Option<PathBuf>,

    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) fps: u16,

    #[arg(long)]
    pub(crate) once: bool,

    #[arg(long, global = true, value_parser = lang)]
    pub(crate) lang: Option<Lang>,
}

impl Args {
    /// The lanes: as many as there are cameras; none if more is given than the header has pins for.
    pub(crate) fn lanes(&self) -> Option<&'static [LaneNumber]> {
        let lanes = LaneNumber::ALL.as_slice().get(..self.camera.len())?;
        let most =
            [self.direction.len(), self.scanner.len(), self.listen.len(), self.tablets.len()];
        most.into_iter().all(|given| given <= lanes.len()).then_some(lanes)
    }
}

/// What is given for a lane by itself.
pub(crate) fn own<T>(given: &[T], lane: LaneNumber) -> Option<&T> {
    given.get(lane as usize)
}

/// The lane's own address, or the port after that of the first.
pub(crate) fn address(given: &[SocketAddr], lane: LaneNumber) -> Option<SocketAddr> {
    let mut address = *given.first()?;
    match (own(given, lane), address.port()) {
        (Some(own), _) => return Some(*own),
        (None, 0) => {}
        (None, port) => address.set_port(port.checked_add(1)?),
    }
    Some(address)
}

/// Which pins the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Board {
    /// None: a laptop.
    Sim,
    /// A Raspberry Pi.
    Pi,
    /// Any board with a GPIO character device.
    Gpiochip,
}

/// Which battery clock the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Clockwork {
    /// The kernel's.
    Kernel,
    /// A DS3231 on the I2C bus.
    Ds3231,
    /// None that is asked.
    None,
}

/// Which small display the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Panel {
    /// An ST7789.
    SpiSt7789,
    /// An ILI9341.
    SpiIli9341,
}

/// What an officer may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Rank {
    /// Decide.
    Officer,
    /// Enrol officers on the supervisor's page too.
    Supervisor,
}

impl From<Rank> for Role {
    fn from(rank: Rank) -> Self {
        match rank {
            Rank::Officer => Self::Officer,
            Rank::Supervisor => Self::Supervisor,
        }
    }
}

/// What `--renew` makes anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Lost {
    /// The terminal's own key.
    Key,
    /// The zone's secret.
    Secret,
}

/// What `--root` says.
#[derive(Debug, Clone)]
pub(crate) enum Root {
    /// SHA-256 of its payload.
    Fingerprint(Anchor),
    /// A file with an enveloped root.
    File(PathBuf),
}

/// The language asked for, before the command line is parsed: complaints about it are spoken too.
pub(crate) fn language(args: &[OsString]) -> Lang {
    let args: Vec<_> = args.iter().map(|arg| arg.to_string_lossy()).collect();
    let after = args.iter().position(|arg| arg == "--lang").and_then(|at| args.get(at + 1));
    let joined = args.iter().find_map(|arg| arg.strip_prefix("--lang="));
    after
        .map(AsRef::as_ref)
        .or(joined)
        .and_then(Lang::parse)
        .or_else(|| sys_locale::get_locales().find_map(|name| Lang::parse(&name)))
        .unwrap_or(Lang::En)
}

fn root(text: &str) -> Result<Root, Unfit> {
    if text.is_empty() {
        return Err(Unfit("unfit-root"));
    }
    Ok(fingerprint(text).map_or_else(|| Root::File(text.into()), Root::Fingerprint))
}

fn fingerprint(text: &str) -> Option<Anchor> {
    let mut digest = [0; 32];
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (index, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(Anchor(digest))
}

fn side(text: &str) -> Result<Side, Unfit> {
    match text {
        "A" | "a" => Ok(Side::A),
        "B" | "b" => Ok(Side::B),
        _ => Err(Unfit("unfit-side")),
    }
}

fn direction(text: &str) -> Result<Direction, Unfit> {
    match text {
        "entry" => Ok(Direction::Entry),
        "exit" => Ok(Direction::Exit),
        _ => Err(Unfit("unfit-direction")),
    }
}

fn lang(name: &str) -> Result<Lang, Unfit> {
    Lang::parse(name).ok_or(Unfit("unfit-lang"))
}
