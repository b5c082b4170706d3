//! `leadlag verify`.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::ChipArgs;

/// Arguments of `verify`.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct VerifyArgs {
    /// A network, to run on the chip beside the reference
    #[arg(value_name = "NET", required_unless_present = "golden")]
    pub input: Option<PathBuf>,
    /// A recorded trajectory to replay on the reference; its manifest lies beside it
    #[arg(long, value_name = "FILE.npz", conflicts_with_all = ["input", "against", "steps", "chip", "set"])]
    pub golden: Option<PathBuf>,
    /// What to compare with
    #[arg(long, value_enum, value_name = "NAME", default_value_t = Against::Float)]
    pub against: Against,
    /// Steps to compare
    #[arg(long, value_name = "N", default_value = "1000")]
    pub steps: NonZeroU64,
    /// Largest deviation that is accepted: in the payload's least steps, or relative to max(1, |x|)
    /// for a recorded trajectory [default: 1e-9 for a recorded trajectory, else none]
    #[arg(long, value_name = "X", value_parser = tolerance, allow_negative_numbers = true)]
    pub tol: Option<f64>,
    /// The chip, when a network is compiled.
    #[command(flatten)]
    pub chip: ChipArgs,
}

/// What to compare with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Against {
    /// The reference, in float64.
    Float,
}

fn tolerance(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    let fits = value.is_finite() && value >= 0.0;
    if fits { Ok(value) } else { Err("a tolerance is a finite number of at least 0".to_owned()) }
}
