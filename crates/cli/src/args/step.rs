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
    /// Registers to show, like `core[0,1].soma.u[0..8]`; may be repeated
    #[arg(long, value_name = "GLOB", required = true)]
    pub signals: Vec<String>,
}
