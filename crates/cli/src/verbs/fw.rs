//! `leadlag fw`: programs of the plasticity unit.

pub mod asm;
pub mod dis;

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
    }
}
