//! `leadlag step RUN`.

use clap::Args;

use super::Moment;

/// Arguments of `step`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
#[command(
    after_help = "The run is replayed from its nearest snapshot before that step, to the same bits; a snapshot \
                        is left there, so that the next look is near. Runs of `leadlag run` with `--record`, \
                        `--snapshot-at` or `--break` can be replayed."
)]
pub struct StepArgs {
    /// A run folder of `leadlag run`, or `last` for the newest
    #[arg(value_name = "RUN|last")]
    pub run: String,
    /// So many steps before the run's end [default: 1]
    #[arg(long, value_name = "N", conflicts_with = "to")]
    pub back: Option<u64>,
    /// After this step, or of a run with `--engine cycle` in this cycle, in the middle of a step
    #[arg(long, value_name = "STEP|cycle:N")]
    pub to: Option<Moment>,
    /// After the first step in which this holds, like `core[0,1].soma.u[3] > 0.5`, `cycle >= 4000`,
    /// `packet to 1,0`, `saturation`, or else after the last; may be repeated
    #[arg(long = "break", id = "break", value_name = "EXPR", conflicts_with_all = ["to", "back"])]
    pub stop: Vec<String>,
    /// Of those, the first step after this one: where it holds next [default: 0]
    #[arg(long, value_name = "STEP", requires = "break")]
    pub after: Option<u64>,
    /// Registers to show, like `core[0,1].soma.u[0..8]`; may be repeated
    #[arg(long, value_name = "GLOB", required = true)]
    pub signals: Vec<String>,
}
