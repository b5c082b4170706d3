//! Checks of the house, reached as `cargo xtask …`.
//!
//! A check is a function from a [`repository::Repository`] (paths and texts, in memory) to
//! [`findings::Findings`]; only this file and `readme` touch the outside. Every list of exceptions
//! is checked for entries that except nothing.

mod blocks;
mod evidence;
mod findings;
mod generate;
mod isa;
mod layers;
mod readme;
mod repository;
mod tidy;

use std::io::Write as _;
use std::process::ExitCode;

use findings::Findings;
use repository::Repository;

const USAGE: &str = "\
cargo xtask layers               who may name whom, against every Cargo.toml
cargo xtask tidy                 sizes, words, paths, links, lists
cargo xtask generate [--check]   pages and tables that are made from tables
cargo xtask readme [FILE...] [--already COMMAND]...
                                 run the commands of code blocks in an empty folder
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(findings) => report(&findings),
        Err(message) => report(&Findings::error(message)),
    }
}

fn run(words: &[&str]) -> Result<Findings, String> {
    let repository = Repository::read()?;
    match words {
        ["layers"] => Ok(layers::check(&repository)),
        ["tidy"] => Ok(tidy::check(&repository)),
        ["generate"] => generate::write(&repository),
        ["generate", "--check"] => Ok(generate::check(&repository)),
        ["readme", rest @ ..] => readme::run(&repository, rest),
        _ => Err(format!("usage:\n{USAGE}")),
    }
}

/// Prints what was found; only an error fails.
fn report(findings: &Findings) -> ExitCode {
    let errors = findings.errors.iter().map(|text| format!("error: {text}\n"));
    let warnings = findings.warnings.iter().map(|text| format!("warning: {text}\n"));
    let text: String = errors.chain(warnings).collect();
    // Nobody can be told that stderr is closed.
    drop(std::io::stderr().write_all(text.as_bytes()));
    if findings.errors.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
