//! The `leadlag` command: arguments to library calls, results to streams and exit codes.
//!
//! Job: arguments, rendering, exit codes, progress, interruption. It is the only crate that prints.
//! Non-job: numerics, file formats, defaults of the emulator; those are the libraries'.
//!
//! Principles:
//! * stdout carries the result, stderr everything else; a closed pipe ends the program quietly.
//! * Same arguments, same files, same bytes: no clock, no environment variable but for colour.
//! * A verb is one function in [`verbs`] from its arguments and a [`Context`] to an [`Exit`].

pub mod again;
pub mod args;
pub mod bounds;
pub mod context;
pub mod curve;
pub mod exit;
pub mod inputs;
pub mod interrupt;
pub mod mapping;
pub mod opener;
pub mod output;
pub mod panic;
pub mod plot;
pub mod probes;
pub mod programs;
pub mod progress;
pub mod render;
pub mod report;
pub mod templates;
pub mod traffic;
pub mod verbs;

use std::process::ExitCode;

use clap::Parser as _;
use leadlag_diagnostic::Diagnostics;

pub use context::Context;
pub use exit::Exit;

/// The whole program.
#[must_use]
pub fn main() -> ExitCode {
    panic::install(std::env::temp_dir());
    match args::Cli::try_parse() {
        Ok(cli) => run(&cli).into(),
        Err(refusal) => usage(&refusal).into(),
    }
}

/// Runs a parsed command line and prints what it found.
fn run(cli: &args::Cli) -> Exit {
    let mut context = match begin(cli) {
        Ok(context) => context,
        Err(found) => return render::Renderer::new(&cli.globals).fail(&found),
    };
    let done = verbs::run(&cli.verb, &mut context).and_then(|exit| context.out.finish(exit));
    done.unwrap_or_else(|found| context.renderer.fail(&found))
}

/// Listens to Ctrl-C, and opens the streams.
fn begin(cli: &args::Cli) -> Result<Context, Diagnostics> {
    let interrupt = interrupt::Interrupt::install()?;
    let context = Context::new(&cli.globals, cli.verb.makes_a_file())?;
    Ok(Context { interrupt, line: again::Line::of_program(), ..context })
}

/// Help and version go to stdout and are a success; anything else is wrong usage.
fn usage(refusal: &clap::Error) -> Exit {
    // A closed pipe is the reader's way to say that it has seen enough.
    drop(refusal.print());
    if refusal.use_stderr() { Exit::Usage } else { Exit::Done }
}
