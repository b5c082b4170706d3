//! `leadlag run IMAGE|NET|run.toml`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::{Backend, ChipArgs, Target};

/// Arguments of `run`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
#[command(
    after_help = "Every sample begins at rest, and nothing is learnt. With `-o FILE.npz` the output rates \
                        are written as an array `output` (sample, step, output)."
)]
pub struct RunArgs {
    /// A chip image, a network that is compiled on the fly, or the `run.toml` of a run to repeat
    #[arg(value_name = "IMAGE|NET|run.toml")]
    pub input: PathBuf,
    /// An array `x` of shape (sample, step) or (sample, step, line), perhaps with labels `y`
    /// [default: the test samples, or the stream, of the network's task]
    #[arg(long = "input", id = "signal", value_name = "FILE.npz|-")]
    pub signal: Option<Target>,
    /// Steps to run [default: as long as the signal; 1000 of a stream]
    #[arg(long, value_name = "N")]
    pub steps: Option<NonZeroUsize>,
    /// Who computes
    #[arg(long, value_enum, value_name = "NAME", default_value_t = Backend::Chip)]
    pub backend: Backend,
    /// The chip, when a network is compiled.
    #[command(flatten)]
    pub chip: ChipArgs,
}
