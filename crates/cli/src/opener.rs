//! The platform's program that shows a file.

use std::path::Path;
use std::process::{Command, Stdio};

use leadlag_diagnostic::Diagnostic;

/// What opens files here.
const OPENER: &str = if cfg!(target_os = "macos") {
    "open"
} else if cfg!(windows) {
    "explorer"
} else {
    "xdg-open"
};

/// Shows a file to the person at the screen.
///
/// # Errors
/// LL5010 if there is no such program, or if it says that it failed.
pub fn open(path: &Path) -> Result<(), Diagnostic> {
    let quiet = Stdio::null;
    let mut command = Command::new(OPENER);
    let ended = command.arg(path).stdin(quiet()).stdout(quiet()).stderr(quiet()).status();
    let why = match ended {
        // What opens files on Windows ends with 1 when all went well.
        Ok(status) if status.success() || cfg!(windows) => return Ok(()),
        Ok(status) => format!("`{OPENER}` ended with {status}"),
        Err(error) => format!("`{OPENER}` cannot be started: {error}"),
    };
    let shown = path.display();
    Err(Diagnostic::new("LL5010", format!("the page `{shown}` is not shown: {why}"))
        .help("open it yourself, or leave `--open` out"))
}
