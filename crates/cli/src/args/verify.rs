//! `leadlag verify`.

use std::num::NonZeroU64;
use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;

use super::ChipArgs;

/// Arguments of `verify`.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct VerifyArgs {
    /// A chip image, a network that is compiled on the fly, or a run folder (`last`: the newest)
    #[arg(value_name = "IMAGE|NET|RUN", required_unless_present = "golden")]
    pub input: Option<PathBuf>,
    /// A recorded trajectory to replay on the reference, its manifest beside it; or recorded spike
    /// trains (`golden/lif/expected.json`) to compute anew
    #[arg(long, value_name = "FILE.npz|FILE.json", conflicts_with_all = ["input", "against", "steps", "chip", "set", "blame"])]
    pub golden: Option<PathBuf>,
    /// What to compare with: the float reference, the functional engine on other threads, the chip
    /// and the learning curve of a run, or another network or image
    #[arg(long, value_name = "float|functional|cycle|RUN|NET", default_value = "float")]
    pub against: Against,
    /// Steps to compare
    #[arg(long, value_name = "N", default_value = "1000")]
    pub steps: NonZeroU64,
    /// Largest deviation that is accepted: the certified bound, none at all, or a number: in the
    /// payload's least steps, or relative to max(1, |x|) for a recorded trajectory [default: 1e-9
    /// for a recorded trajectory, `exact` for another chip, else none]
    #[arg(long, value_name = "bound|exact|X", allow_negative_numbers = true)]
    pub tol: Option<Tolerance>,
    /// Switch the chip's quantisers on one by one, and say what each of them does
    #[arg(long)]
    pub blame: bool,
    /// The chip, when a network is compiled.
    #[command(flatten)]
    pub chip: ChipArgs,
}

/// What to compare with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Against {
    /// The reference, in float64.
    Float,
    /// The functional engine, on another number of threads.
    Functional,
    /// The engine with the fabric's timing.
    Cycle,
    /// A run folder, a network or an image.
    Path(PathBuf),
}

impl FromStr for Against {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "float" => Self::Float,
            "functional" => Self::Functional,
            "cycle" => Self::Cycle,
            path => Self::Path(path.into()),
        })
    }
}

/// The largest deviation that is accepted.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Tolerance {
    /// What is certified.
    Bound,
    /// None.
    Exact,
    /// In the payload's least steps, or relative for a recorded trajectory.
    Of(f64),
}

impl FromStr for Tolerance {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "bound" => return Ok(Self::Bound),
            "exact" => return Ok(Self::Exact),
            _ => {}
        }
        let value: f64 = text.parse().map_err(|_| "neither `bound`, `exact` nor a number")?;
        let fits = value.is_finite() && value >= 0.0;
        let message = "a tolerance is a finite number of at least 0";
        if fits { Ok(Self::Of(value)) } else { Err(message.to_owned()) }
    }
}
