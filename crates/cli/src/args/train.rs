//! `leadlag train IMAGE|NET`.

use std::num::{NonZeroU32, NonZeroU64, NonZeroUsize};
use std::path::PathBuf;

use clap::Args;

use super::{Backend, ChipArgs, Engine, FaultArgs, Plasticity, Sample};

/// Arguments of `train`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
#[command(
    after_help = "Makes a run folder in `runs`, or in the folder that `-o` names. A resumed run keeps the \
                  settings it began with; only `--threads` may be another."
)]
pub struct TrainArgs {
    /// A chip image, or a network that is compiled on the fly
    #[arg(value_name = "IMAGE|NET", required_unless_present = "resume")]
    pub input: Option<PathBuf>,
    /// `mnist1d`, `chain`, `lagnet`, `mackey-glass`, `xor`, or a file with `x`, `y`, `x_test`, `y_test`
    /// [default: the network's task]
    #[arg(long, value_name = "TASK|FILE.npz")]
    pub data: Option<String>,
    /// Passes through the data [default: the network's schedule]
    #[arg(long, value_name = "N")]
    pub epochs: Option<NonZeroU32>,
    /// Epochs between two tests
    #[arg(long, value_name = "N", default_value = "1")]
    pub eval_every: NonZeroU64,
    /// Epochs, or rows of a stream, between two checkpoints
    #[arg(long, value_name = "N", default_value = "1")]
    pub ckpt_every: NonZeroU64,
    /// Record registers in the run folder, as `PATH` (when they change) or `PATH@N` (every N
    /// steps), like `core[0,1].soma.w[0,*]@360`; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub record: Vec<String>,
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
    /// Who computes
    #[arg(long, value_enum, value_name = "NAME", default_value_t = Backend::Chip)]
    pub backend: Backend,
    /// Who applies the learning rule on the chip; programs take `--replicas 1`, and those of the rule
    /// give the same bits [default: firmware if the image has programs, otherwise evaluator]
    #[arg(long, value_enum, value_name = "NAME")]
    pub plasticity: Option<Plasticity>,
    /// A program for the plasticity unit of every core that learns: a rule (`.rule`), assembly text
    /// (`.s`), or an ELF file
    #[arg(long, value_name = "FILE", conflicts_with = "plasticity")]
    pub program: Option<PathBuf>,
    /// Identical chips that see different samples and share the mean of their updates; lanes of
    /// the reference [default: the network's schedule]
    #[arg(long, value_name = "R")]
    pub replicas: Option<NonZeroUsize>,
    /// The chip, when a network is compiled.
    #[command(flatten)]
    pub chip: ChipArgs,
    /// Continue a run from its newest checkpoint, to the same bits
    #[arg(long, value_name = "RUN|last", conflicts_with_all = ["input", "data", "replicas", "epochs", "eval_every", "ckpt_every", "record", "engine", "fault", "on_fault", "backend", "plasticity", "program", "chip", "set"])]
    pub resume: Option<String>,
}
