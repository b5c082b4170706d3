//! Our own defects: a report file, its path on stderr, exit code 101.

use std::backtrace::Backtrace;
use std::fmt::Display;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use leadlag_diagnostic::Diagnostic;
use leadlag_explore::files::{self, Existing};

/// From now on a panic writes a report into `folder` and says where it is.
///
/// The exit code 101 is Rust's own for a panic of the main thread. Only the first panic is
/// reported: those that follow in threads which waited for it say nothing new.
pub fn install(folder: PathBuf) {
    let reported = AtomicBool::new(false);
    std::panic::set_hook(Box::new(move |info| {
        if !reported.swap(true, Ordering::Relaxed) {
            let diagnostic = write_report(&folder, info);
            let lines = std::iter::once(format!("error{diagnostic}"));
            let helps = diagnostic.help.iter().map(|help| format!("  help: {help}"));
            let text = lines.chain(helps).collect::<Vec<_>>().join("\n");
            // Nobody can be told that stderr is closed.
            drop(writeln!(std::io::stderr(), "{text}"));
        }
    }));
}

fn write_report(folder: &Path, info: &impl Display) -> Diagnostic {
    let path = folder.join(format!("leadlag-report-{}.txt", std::process::id()));
    let written = files::write(&path, Existing::Replace, report(info).as_bytes());
    let defect = Diagnostic::new("LL9001", format!("a defect of leadlag: {info}"));
    match written {
        Ok(()) => defect.help(format!("send the report `{}` to the developers", path.display())),
        Err(_) => defect.help("no report could be written; send this message to the developers"),
    }
}

fn report(info: &impl Display) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let line: Vec<_> = std::env::args().collect();
    let trace = Backtrace::force_capture();
    format!("leadlag {version}\narguments: {line:?}\n\n{info}\n\n{trace}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_holds_the_message_and_the_version() {
        let here = tempfile::tempdir().expect("a temporary folder");
        let defect = write_report(here.path(), &"unit 3, cycle 17");
        let name = format!("leadlag-report-{}.txt", std::process::id());
        assert!(defect.help[0].contains(&name), "{defect:?}");
        let text = files::read_text(&here.path().join(name)).expect("the report");
        assert!(text.contains("unit 3, cycle 17") && text.contains(env!("CARGO_PKG_VERSION")));
    }

    #[test]
    fn a_report_that_cannot_be_written_does_not_hide_the_defect() {
        let defect = write_report(Path::new("no/such/folder"), &"unit 3, cycle 17");
        assert_eq!(defect.family().exit_code(), 101);
        assert!(defect.message.contains("unit 3") && defect.help[0].contains("no report"));
    }
}
