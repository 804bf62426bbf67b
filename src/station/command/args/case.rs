//! Cases (R20–R24).

use std::path::PathBuf;

use clap::Subcommand;
use permit_station::rules::{CaseStep, Item};
use permit_words::Unfit;

use super::{Approve, Ending};

#[derive(Debug, clap::Args)]
pub(crate) struct CaseArgs {
    #[command(subcommand)]
    pub(crate) task: CaseTask,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CaseTask {
    List {
        #[arg(long)]
        overdue: bool,
    },
    Show {
        number: u32,
    },
    Receive {
        file: PathBuf,

        #[arg(long)]
        officer: u16,
    },
    Have {
        number: u32,

        #[arg(value_parser = item)]
        item: Item,

        #[arg(long)]
        officer: u16,
    },
    Block {
        number: u32,

        words: String,

        #[arg(long)]
        officer: u16,
    },
    Act {
        number: u32,

        #[arg(value_parser = step)]
        step: CaseStep,

        #[arg(long)]
        officer: u16,
    },
    Approve(Approve),
    Refuse(Ending),
}

/// Points of a checklist by name.
const ITEMS: [(&str, Item); 5] = [
    ("own-wish", Item::OwnWish),
    ("relatives", Item::Relatives),
    ("credential", Item::Credential),
    ("request", Item::Request),
    ("consent", Item::Consent),
];

fn item(name: &str) -> Result<Item, Unfit> {
    let found = ITEMS.iter().find(|(known, _)| *known == name);
    found.map(|(_, item)| *item).ok_or(Unfit("unfit-case-item"))
}

/// Steps that take nothing but a number.
fn step(name: &str) -> Result<CaseStep, Unfit> {
    Ok(match name {
        "drop-refusal" => CaseStep::DropRefusal,
        "authorise" => CaseStep::Authorise,
        "depart" => CaseStep::Depart,
        "return" => CaseStep::Return,
        "withdraw" => CaseStep::Withdraw,
        _ => return Err(Unfit("unfit-case-step")),
    })
}
