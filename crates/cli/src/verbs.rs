//! One function per verb: its arguments and a [`Context`] in, an [`Exit`] or findings out.

pub mod compile;
pub mod completions;
pub mod data;
pub mod demo;
pub mod fabric;
pub mod fw;
pub mod help;
pub mod man;
pub mod new;
pub mod report;
pub mod run;
pub mod show;
pub mod step;
pub mod trace;
pub mod train;
pub mod verify;

use leadlag_diagnostic::Diagnostics;

use crate::args::Verb;
use crate::context::Context;
use crate::exit::Exit;

/// Does what the command line says.
///
/// # Errors
/// What the verb found; the first finding decides the exit code.
pub fn run(verb: &Verb, context: &mut Context) -> Result<Exit, Diagnostics> {
    match verb {
        Verb::New(args) => new::run(args, context),
        Verb::Compile(args) => compile::run(args, context),
        Verb::Demo(args) => demo::run(args, context),
        Verb::Run(args) => self::run::run(args, context),
        Verb::Train(args) => train::run(args, context),
        Verb::Show(args) => show::run(args, context),
        Verb::Step(args) => step::run(args, context),
        Verb::Trace(args) => trace::run(args, context),
        Verb::Report(args) => report::run(args, context),
        Verb::Data(args) => data::run(args, context),
        Verb::Verify(args) => verify::run(args, context),
        Verb::Fabric(args) => fabric::run(args, context),
        Verb::Fw(args) => fw::run(args, context),
        Verb::Help(args) => help::run(args, context),
        Verb::Completions(args) => completions::run(args, context),
        Verb::Man(args) => man::run(args, context),
    }
}
