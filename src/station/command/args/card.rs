//! Cards: drawing them, and holding a print against what was drawn.

use std::path::PathBuf;

use permit_station::rules::Layout;
use permit_words::Unfit;

#[derive(Debug, clap::Args)]
pub(crate) struct Print {
    #[arg(required = true)]
    pub(crate) number: Vec<u32>,

    #[arg(long)]
    pub(crate) out: PathBuf,

    #[arg(long)]
    pub(crate) officer: u16,

    #[arg(long, value_parser = layout, default_value = "card")]
    pub(crate) layout: Layout,

    #[arg(long, value_parser = format, default_value = "pdf")]
    pub(crate) format: Format,
}

/// What a card is drawn as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Format {
    Svg,
    Png,
    Pdf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ReadBack {
    pub(crate) number: u32,

    pub(crate) picture: PathBuf,

    #[arg(long)]
    pub(crate) officer: u16,
}

/// What is called as on the command line.
pub(crate) const fn layout_name(layout: Layout) -> &'static str {
    match layout {
        Layout::Card => "card",
        Layout::Folded => "folded",
    }
}

fn layout(name: &str) -> Result<Layout, Unfit> {
    Layout::ALL.into_iter().find(|it| layout_name(*it) == name).ok_or(Unfit("unfit-layout"))
}

fn format(name: &str) -> Result<Format, Unfit> {
    match name {
        "svg" => Ok(Format::Svg),
        "png" => Ok(Format::Png),
        "pdf" => Ok(Format::Pdf),
        _ => Err(Unfit("unfit-format")),
    }
}
