//! `leadlag data TASK`.

use std::num::NonZeroUsize;

use clap::{Args, ValueEnum};

/// Arguments of `data`. The seed is the global `--seed`, the file the global `--out`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
#[command(after_help = "Writes TASK.npz, or the file that `-o` names (`-` for stdout). \
                        MNIST-1D with `--seed 42 --length 40` is the published data set.")]
pub struct DataArgs {
    /// The task
    #[arg(value_enum)]
    pub task: Task,
    /// Points per sample (mnist1d), steps (the others) [default: the task's own]
    #[arg(long, value_name = "N")]
    pub length: Option<NonZeroUsize>,
    /// Samples (mnist1d), sequences (the others) [default: the task's own]
    #[arg(long, value_name = "N")]
    pub count: Option<NonZeroUsize>,
}

/// The data sets; each is generated, none is downloaded.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Task {
    /// Ten classes of one-dimensional digits.
    Mnist1d,
    /// A chaotic series.
    MackeyGlass,
    /// A smoothed step wave of ±1: the input of the chain experiment.
    StepWave,
    /// Three sines of unrelated frequency, to be lagged by a teacher network.
    ThreeSines,
    /// The dense workload of `golden/lif`: weights `W` and input spikes `x`; published with `--seed
    /// 12345`.
    LifDense,
    /// The recurrent workload of `golden/lif`: `target`, `w`, `bias`, `v`; published with `--seed 54321`.
    LifRecurrent,
}
