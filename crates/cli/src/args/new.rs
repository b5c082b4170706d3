//! `leadlag new NAME`.

use clap::{Args, ValueEnum};

/// Arguments of `new`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
#[command(after_help = "Writes NAME.toml, or the file that `-o` names (`-` for stdout).")]
pub struct NewArgs {
    /// Name of the network: letters, digits, `-` and `_`
    pub name: String,
    /// What to begin with
    #[arg(long, value_enum, value_name = "NAME", default_value_t = Template::Classify)]
    pub template: Template,
}

/// The templates.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Template {
    /// A network that learns to tell the ten classes of MNIST-1D apart.
    Classify,
    /// Two neurons in a row that learn their time constants from a teacher.
    Chain,
    /// Layers of spiking neurons behind lines that spike at random.
    Lif,
    /// The smallest network there is, to be filled in.
    Empty,
}
