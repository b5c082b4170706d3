//! The platform's program that shows a folder.

use std::path::Path;
use std::process::{Command, Stdio};

use leadlag_diagnostic::Diagnostic;

/// What opens files and folders here.
const OPENER: &str = if cfg!(target_os = "macos") {
    "open"
} else if cfg!(windows) {
    "explorer"
} else {
    "xdg-open"
};

/// Shows a folder to the person at the screen.
///
/// # Errors
/// LL5010 if there is no such program, or if it says that it failed.
pub fn open(folder: &Path) -> Result<(), Diagnostic> {
    let quiet = Stdio::null;
    let mut command = Command::new(OPENER);
    let ended = command.arg(folder).stdin(quiet()).stdout(quiet()).stderr(quiet()).status();
    let why = match ended {
        // What opens folders on Windows ends with 1 when all went well.
        Ok(status) if status.success() || cfg!(windows) => return Ok(()),
        Ok(status) => format!("`{OPENER}` ended with {status}"),
        Err(error) => format!("`{OPENER}` cannot be started: {error}"),
    };
    let shown = folder.display();
    Err(Diagnostic::new("LL5010", format!("the run folder `{shown}` is not shown: {why}"))
        .help("open it yourself, or leave `--open` out"))
}
