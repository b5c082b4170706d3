//! Runs the commands that pages show, in an empty folder.
//!
//! A block is `sh` (every line is a command that must succeed) or `text` (a picture or an output).
//! A command that begins with `cargo` or `leadlag` is made to mean this repository, wherever it is
//! run; the folder it runs in is empty at the beginning of each page.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use crate::blocks::blocks;
use crate::findings::Findings;
use crate::repository::Repository;

/// Runs the commands of the pages named in `words` (`README.md` by default), but for those that
/// `--already COMMAND` names.
pub(crate) fn run(repository: &Repository, words: &[&str]) -> Result<Findings, String> {
    let (pages, already) = split(words)?;
    let mut findings = Findings::default();
    for page in pages {
        let text = repository.text(page).ok_or_else(|| format!("there is no page `{page}`"))?;
        let commands = commands(page, text)?;
        let folder = empty_folder().map_err(|error| format!("an empty folder: {error}"))?;
        for command in commands.into_iter().filter(|command| !already.contains(command)) {
            findings = findings.and(execute(&repository.root, &folder, page, command)?);
        }
        std::fs::remove_dir_all(&folder).map_err(|error| format!("cleaning up: {error}"))?;
    }
    Ok(findings)
}

/// Pages, and commands that ran already.
fn split<'a>(words: &[&'a str]) -> Result<(Vec<&'a str>, Vec<&'a str>), String> {
    let (mut pages, mut already) = (Vec::new(), Vec::new());
    let mut words = words.iter();
    while let Some(&word) = words.next() {
        match word {
            "--already" => already.push(*words.next().ok_or("--already needs a command")?),
            page => pages.push(page),
        }
    }
    let pages = if pages.is_empty() { vec!["README.md"] } else { pages };
    Ok((pages, already))
}

/// The commands of a page; a block of another kind is an error.
fn commands<'a>(page: &str, text: &'a str) -> Result<Vec<&'a str>, String> {
    let blocks = blocks(text);
    if let Some(other) = blocks.iter().find(|block| !["sh", "text"].contains(&block.kind)) {
        let (line, kind) = (other.line, other.kind);
        return Err(format!("{page}:{line}: a block is `sh` or `text`, not `{kind}`"));
    }
    let lines = blocks.into_iter().filter(|block| block.kind == "sh").flat_map(|block| block.lines);
    Ok(lines.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect())
}

/// The command as it is run: `cargo` and `leadlag` mean this repository.
fn meant(command: &str) -> String {
    let here = "--manifest-path \"$REPOSITORY/Cargo.toml\"";
    if let Some(rest) = command.strip_prefix("leadlag ") {
        return format!("cargo run --quiet --release {here} -- {rest}");
    }
    match command.strip_prefix("cargo ").map(|rest| rest.split_once(' ').unwrap_or((rest, ""))) {
        Some((verb, rest)) => format!("cargo {verb} {here} {rest}"),
        None => command.to_owned(),
    }
}

fn execute(root: &Path, folder: &Path, page: &str, command: &str) -> Result<Findings, String> {
    let mut shown = String::new();
    writeln!(shown, "{page}: {command}").map_err(|error| error.to_string())?;
    // The line is for whoever watches; nobody can be told that stderr is closed.
    drop(std::io::stderr().write_all(shown.as_bytes()));
    let mut shell = Command::new("sh");
    shell.args(["-c", &meant(command)]).current_dir(folder).env("REPOSITORY", root);
    let status = shell.status().map_err(|error| format!("starting a shell: {error}"))?;
    Ok(if status.success() {
        Findings::default()
    } else {
        Findings::error(format!("{page}: `{command}` failed: {status}"))
    })
}

fn empty_folder() -> std::io::Result<std::path::PathBuf> {
    let folder = std::env::temp_dir().join(format!("leadlag-readme-{}", std::process::id()));
    std::fs::create_dir(&folder)?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shell_blocks_give_commands_and_pictures_give_none() {
        let page = "```sh\n# why\nleadlag demo\n\nls\n```\n```text\n+--+\n```\n";
        assert_eq!(commands("R", page), Ok(vec!["leadlag demo", "ls"]));
        let other = commands("R", "x\n```rust\nfn main() {}\n```\n");
        assert_eq!(other, Err("R:2: a block is `sh` or `text`, not `rust`".to_owned()));
    }

    #[test]
    fn cargo_and_leadlag_mean_this_repository() {
        let here = "--manifest-path \"$REPOSITORY/Cargo.toml\"";
        assert_eq!(meant("cargo test --workspace"), format!("cargo test {here} --workspace"));
        assert_eq!(meant("cargo run"), format!("cargo run {here} "));
        let demo = format!("cargo run --quiet --release {here} -- demo");
        assert_eq!(meant("leadlag demo"), demo);
        assert_eq!(meant("ls runs"), "ls runs");
    }

    #[test]
    fn pages_and_commands_that_ran_already_are_told_apart() {
        assert_eq!(split(&[]), Ok((vec!["README.md"], vec![])));
        let words = ["a.md", "--already", "cargo test", "b.md"];
        assert_eq!(split(&words), Ok((vec!["a.md", "b.md"], vec!["cargo test"])));
        assert!(split(&["--already"]).is_err());
    }

    #[test]
    fn a_failing_command_is_an_error_with_its_page() {
        let folder = std::env::temp_dir();
        let found = execute(&folder, &folder, "R", "exit 3").expect("a shell");
        assert!(found.errors[0].starts_with("R: `exit 3` failed"), "{found:?}");
        let fine = execute(&folder, &folder, "R", "true").expect("a shell");
        assert_eq!(fine, Findings::default());
    }
}
