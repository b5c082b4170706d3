//! `leadlag compile NET`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{ChipArgs, Plasticity};

/// Arguments of `compile`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
#[command(
    after_help = "Writes NET.llimg into the current folder, or the file that `-o` names (`-` for stdout)."
)]
pub struct CompileArgs {
    /// The network file; or a learning rule (`*.rule`) or a program of the plasticity unit (`*.s`),
    /// which is listed with its cycles
    pub net: PathBuf,
    /// The chip.
    #[command(flatten)]
    pub chip: ChipArgs,
    /// Whether to refuse an image whose emulation is not certified to be invisible
    #[arg(long, value_enum, value_name = "on|warn", default_value_t = Strict::On)]
    pub strict: Strict,
    /// Put programs of the learning rule into the image, or none
    #[arg(long, value_enum, value_name = "NAME", default_value_t = Plasticity::Evaluator)]
    pub plasticity: Plasticity,
    /// Put a program for the plasticity unit of every core that learns into the image: a rule
    /// (`.rule`), assembly text (`.s`), or an ELF file
    #[arg(long, value_name = "FILE", conflicts_with = "plasticity")]
    pub program: Option<PathBuf>,
    /// Print the mapping, write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write the text form of the image
    #[arg(long, conflicts_with = "dry_run")]
    pub text: bool,
}

impl CompileArgs {
    /// What the name of the input says it is.
    #[must_use]
    pub fn source(&self) -> Source {
        match self.net.extension().and_then(|extension| extension.to_str()) {
            Some("rule") => Source::Rule,
            Some("s" | "S") => Source::Program,
            Some(_) | None => Source::Network,
        }
    }
}

/// What is compiled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// A network, to an image.
    Network,
    /// A learning rule, to a program.
    Rule,
    /// Assembly text: its cycles are counted, nothing is written.
    Program,
}

/// What becomes of an image whose emulation is not certified to be invisible.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Strict {
    /// It is refused.
    On,
    /// It is made, with a warning.
    Warn,
}
