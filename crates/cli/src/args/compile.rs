//! `leadlag compile NET`.

use std::path::PathBuf;

use clap::Args;

use super::ChipArgs;

/// Arguments of `compile`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
#[command(
    after_help = "Writes NET.llimg into the current folder, or the file that `-o` names (`-` for stdout)."
)]
pub struct CompileArgs {
    /// The network file, or a learning rule (`*.rule`), whose program is listed with its cycles
    pub net: PathBuf,
    /// The chip.
    #[command(flatten)]
    pub chip: ChipArgs,
    /// Print the mapping, write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write the text form of the image
    #[arg(long, conflicts_with = "dry_run")]
    pub text: bool,
}
