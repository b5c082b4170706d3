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

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{ColorChoice, CommandFactory as _, FromArgMatches as _};
use leadlag_diagnostic::Diagnostics;

pub use context::Context;
pub use exit::Exit;

/// The whole program.
#[must_use]
pub fn main() -> ExitCode {
    panic::install(std::env::temp_dir());
    match parse(std::env::args_os().collect()) {
        Ok(cli) => run(&cli).into(),
        Err(refusal) => usage(&refusal).into(),
    }
}

/// The command line; what is wrong with it is coloured as it asks for itself.
fn parse(line: Vec<OsString>) -> Result<args::Cli, clap::Error> {
    let mut command = args::Cli::command().color(colour(&line));
    let matches = command.try_get_matches_from_mut(line)?;
    args::Cli::from_arg_matches(&matches).map_err(|wrong| wrong.format(&mut command))
}

/// The last `--color` of a line that may be wrong elsewhere.
fn colour(line: &[OsString]) -> ColorChoice {
    let words = || line.iter().map(|word| word.to_string_lossy());
    let joined = words().filter_map(|word| Some(word.strip_prefix("--color=")?.to_owned()));
    let split = words().zip(words().skip(1)).filter(|(flag, _)| flag == "--color");
    match joined.chain(split.map(|(_, when)| when.into_owned())).last().as_deref() {
        Some("never") => ColorChoice::Never,
        Some("always") => ColorChoice::Always,
        Some(_) | None => ColorChoice::Auto,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_line_is_coloured_as_it_asks() {
        let of = |line: &str| colour(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of("leadlag nosuch --color never"), ColorChoice::Never);
        assert_eq!(of("leadlag --color=always nosuch"), ColorChoice::Always);
        assert_eq!(of("leadlag nosuch --color"), ColorChoice::Auto);
        assert_eq!(of("leadlag nosuch --color=mauve"), ColorChoice::Auto);
    }
}
