//! `leadlag run IMAGE|NET`.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::Args;

use super::{Backend, ChipArgs, Target};

/// Arguments of `run`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
pub struct RunArgs {
    /// A chip image, or a network that is compiled on the fly
    #[arg(value_name = "IMAGE|NET")]
    pub input: PathBuf,
    /// The signal to feed: an array `x` of shape (step, input) or (sample, step, input)
    #[arg(long = "input", id = "signal", value_name = "FILE.npz|-")]
    pub signal: Option<Target>,
    /// Steps to run [default: as long as the signal]
    #[arg(long, value_name = "N")]
    pub steps: Option<NonZeroU64>,
    /// Who computes
    #[arg(long, value_enum, value_name = "NAME", default_value_t = Backend::Chip)]
    pub backend: Backend,
    /// The chip, when a network is compiled.
    #[command(flatten)]
    pub chip: ChipArgs,
}
