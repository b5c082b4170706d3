//! `leadlag completions SHELL`: made from the same definition as the parser.

use clap::CommandFactory as _;
use leadlag_diagnostic::Diagnostics;

use crate::args::Cli;
use crate::args::help::CompletionsArgs;
use crate::context::Context;
use crate::exit::Exit;

/// Prints the completion script.
///
/// # Errors
/// LL5007 if stdout refuses.
pub fn run(args: &CompletionsArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "leadlag", &mut script);
    context.out.bytes(&script)?;
    Ok(Exit::Done)
}
