//! `leadlag run IMAGE|NET|run.toml`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Backend, ChipArgs, Engine, FaultArgs, Moment, Plasticity, Sample, Target};

/// Arguments of `run`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
#[command(
    after_help = "Every sample begins at rest, and nothing is learnt. With `-o FILE.npz` the output rates \
                        are written as an array `output` (sample, step, output); of a network that spikes, the \
                        spikes as arrays `sample`, `step` and `neuron`. With `--record`, \
                        `--snapshot-at`, `--break` or `--from` one chip answers one sample after the other and a \
                        run folder is made in `runs`; steps then count through all samples."
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
    /// Record registers in the run folder, as `PATH` (when they change) or `PATH@N` (every N
    /// steps), like `core[0,1].soma.u[0..8]`, `core[*].apical.e`, `**.sent@10`; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub record: Vec<String>,
    /// Go on from a snapshot, to the same bits
    #[arg(long, value_name = "SNAPSHOT")]
    pub from: Option<PathBuf>,
    /// Write a snapshot after this step, or with `--engine cycle` in this cycle of the run; may be
    /// repeated
    #[arg(long, value_name = "STEP|cycle:N")]
    pub snapshot_at: Vec<Moment>,
    /// Stop after the step in which this holds, with a snapshot, like
    /// `core[0,1].soma.u[3] > 0.5 && step > 10`, `cycle >= 4000`, `packet to 1,0`, `saturation`; may be
    /// repeated
    #[arg(long = "break", id = "break", value_name = "EXPR")]
    pub stop: Vec<String>,
    /// How events travel
    #[arg(long, value_enum, value_name = "NAME", default_value_t = Engine::Functional)]
    pub engine: Engine,
    /// Time N of every M steps only, with `--engine cycle`; the report then states a confidence
    /// interval, and in barrier mode no value changes
    #[arg(long, value_name = "N/M", requires = "engine")]
    pub sample: Option<Sample>,
    /// What breaks.
    #[command(flatten)]
    pub faults: FaultArgs,
    /// How the sums of the synapse arrays are found; changes no bit of any result
    #[arg(long, value_enum, value_name = "NAME", default_value_t = Synapses::Auto)]
    pub synapses: Synapses,
    /// Who computes
    #[arg(long, value_enum, value_name = "NAME", default_value_t = Backend::Chip)]
    pub backend: Backend,
    /// Whether programs of the plasticity units run: those of the image, or of the rule. They see one
    /// sample after the other, and none of them may learn [default: firmware if the image has
    /// programs, otherwise evaluator]
    #[arg(long, value_enum, value_name = "NAME")]
    pub plasticity: Option<Plasticity>,
    /// A program for the plasticity unit of every core that learns: a rule (`.rule`), assembly text
    /// (`.s`), or an ELF file
    #[arg(long, value_name = "FILE", conflicts_with = "plasticity")]
    pub program: Option<PathBuf>,
    /// The chip, when a network is compiled.
    #[command(flatten)]
    pub chip: ChipArgs,
}

/// How the sums of the synapse arrays are found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Synapses {
    /// From every row, in every step.
    Dense,
    /// From the rows whose code has changed.
    Event,
    /// Whatever is least work.
    Auto,
}
