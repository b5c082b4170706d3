//! `leadlag fw`: programs of the plasticity unit.

pub mod asm;
pub mod cycles;
pub mod dis;
mod load;
pub mod run;
pub mod step;

use leadlag_diagnostic::Diagnostics;

use crate::args::fw::{Action, FwArgs};
use crate::context::Context;
use crate::exit::Exit;

/// Does what the arguments say.
///
/// # Errors
/// What the action found.
pub fn run(args: &FwArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    match &args.action {
        Action::Asm(args) => asm::run(args, context),
        Action::Dis(args) => dis::run(args, context),
        Action::Run(args) => run::run(args, context),
        Action::Step(args) => step::run(args, context),
        Action::Cycles(args) => cycles::run(args, context),
    }
}
