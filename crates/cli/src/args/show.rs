//! `leadlag show KIND [TARGET]`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{ChipArgs, Engine, Place};

/// Arguments of `show`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
pub struct ShowArgs {
    /// What to look at
    #[arg(value_enum)]
    pub kind: Kind,
    /// A chip image, a network that is compiled on the fly, or a run folder (`last` for the newest); for
    /// `chip` a chip's name or file [default: that of `--chip`; for `counters`, `curve` and `events` `last`]
    #[arg(value_name = "IMAGE|NET|CHIP|RUN", required_if_eq_any = [("kind", "map"), ("kind", "weights"), ("kind", "routes"), ("kind", "probes"), ("kind", "bounds"), ("kind", "program")])]
    pub target: Option<PathBuf>,
    /// Only this core: of `map`, `routes`, `weights`, `program`, `counters` and `events`
    #[arg(long, value_name = "X,Y")]
    pub core: Option<Place>,
    /// With `map`: the network as a list of operators with their inputs, outputs, shapes and cores
    #[arg(long)]
    pub onnx_view: bool,
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

impl ShowArgs {
    /// What the arguments name, or `last`.
    #[must_use]
    pub fn run(&self) -> &Path {
        self.target.as_deref().unwrap_or(Path::new("last"))
    }

    /// A flag that means nothing for this kind.
    #[must_use]
    pub fn misplaced(&self) -> Option<&'static str> {
        if self.core.is_some() && !self.kind.has_cores() {
            Some("--core X,Y")
        } else if self.onnx_view && self.kind != Kind::Map {
            Some("--onnx-view")
        } else if !self.beside.is_empty() && self.kind != Kind::Curve {
            Some("--beside RUN")
        } else {
            None
        }
    }
}

/// What can be looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Kind {
    /// The chip description with every knob.
    Chip,
    /// Which layer is on which core.
    Map,
    /// Where the events of each core go, and what the links carry.
    Routes,
    /// Weight codes, layer by layer; of a run those at its end.
    Weights,
    /// Every register that `--record` and `--break` can name.
    Probes,
    /// What is certified, layer by layer and cause by cause.
    Bounds,
    /// What a run counted, core by core.
    Counters,
    /// What a run recorded, record by record.
    Events,
    /// Programs of the plasticity units, core by core, with their cycles.
    Program,
    /// How a run learnt, as a figure (SVG).
    Curve,
    /// What the compiler does, pass by pass.
    Passes,
}

impl Kind {
    /// Whether it is shown core by core.
    #[must_use]
    pub fn has_cores(self) -> bool {
        match self {
            Self::Map
            | Self::Routes
            | Self::Weights
            | Self::Counters
            | Self::Events
            | Self::Program => true,
            Self::Chip | Self::Probes | Self::Bounds | Self::Curve | Self::Passes => false,
        }
    }
}
