//! `leadlag show KIND [TARGET]`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{ChipArgs, Engine};

/// Arguments of `show`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
pub struct ShowArgs {
    /// What to look at
    #[arg(value_enum)]
    pub kind: Kind,
    /// A chip image, or a network that is compiled on the fly; for `chip` a chip's name or file
    /// [default: that of `--chip`]; for `counters` and `curve` a run folder, or `last`
    #[arg(value_name = "IMAGE|NET|CHIP|RUN", required_if_eq_any = [("kind", "map"), ("kind", "weights"), ("kind", "probes"), ("kind", "bounds"), ("kind", "counters"), ("kind", "curve"), ("kind", "program")])]
    pub target: Option<PathBuf>,
    /// With `curve`: a further run over the same axes; may be repeated
    #[arg(long, value_name = "RUN")]
    pub beside: Vec<PathBuf>,
    /// With `probes`: the engine whose registers are listed; the cycle engine has routers and links too
    #[arg(long, value_enum, value_name = "NAME", default_value_t = Engine::Functional)]
    pub engine: Engine,
    /// The chip.
    #[command(flatten)]
    pub chip: ChipArgs,
}

/// What can be looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Kind {
    /// The chip description with every knob.
    Chip,
    /// Which layer is on which core.
    Map,
    /// Weight codes, layer by layer.
    Weights,
    /// Every register that `--record` and `--break` can name.
    Probes,
    /// What is certified, layer by layer and cause by cause.
    Bounds,
    /// What a run counted, core by core.
    Counters,
    /// Programs of the plasticity units, core by core, with their cycles.
    Program,
    /// How a run learnt, as a figure (SVG).
    Curve,
    /// What the compiler does, pass by pass.
    Passes,
}
