//! `leadlag new NAME`: a network file to begin with.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use serde_json::json;

use crate::args::new::{NewArgs, Template};
use crate::context::Context;
use crate::exit::Exit;
use crate::templates;

/// Longest name; it becomes part of file and folder names.
const LONGEST: usize = 40;

/// Writes the template under the name.
///
/// # Errors
/// LL1401 if the name is none; LL5002 to LL5004 if the file cannot be written.
pub fn run(args: &NewArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let name = valid(&args.name)?;
    let target = context.target(format!("{name}.toml"));
    let text = templates::text(args.template, name);
    let next = match args.template {
        Template::Lif => "run",
        Template::Classify | Template::Chain | Template::Empty => "train",
    };
    let wrote = format!("  wrote     {target}\n  next      leadlag {next} {target}");
    let report = json!({
        "schema": "leadlag.new/1",
        "name": name,
        "path": target.path(),
        "bytes": text.len(),
    });
    context.deliver(&target, text.as_bytes(), &wrote, &report)?;
    Ok(Exit::Done)
}

fn valid(name: &str) -> Result<&str, Diagnostics> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    let length = name.chars().count();
    let fits = begins && length <= LONGEST && name.chars().all(plain);
    if fits { Ok(name) } else { Err(bad_name(name, length)) }
}

fn bad_name(name: &str, length: usize) -> Diagnostics {
    Diagnostic::new(
        "LL1401",
        format!(
            "`{name}` ({length} characters) is no name: 1 to {LONGEST} letters, digits, `-`, `_`, \
                 the first a letter or a digit"
        ),
    )
    .help("`leadlag new NAME -o PATH` puts the file of any good NAME at any PATH")
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_files() {
        for good in ["a", "chain-2", "MNIST_1d", &"x".repeat(40)] {
            assert_eq!(valid(good), Ok(good));
        }
        for bad in ["", "-a", "_a", "a b", "a/b", "ü", &"x".repeat(41)] {
            let found = valid(bad).expect_err(bad);
            assert_eq!(found.0[0].code, "LL1401");
        }
    }
}
