//! The learning curve on disk: one JSON object per line, each with a `step`.
//!
//! Rows are appended while a run goes on; a run that dies may leave half a line. Resuming from a
//! checkpoint cuts the file back to the rows that the checkpoint knows, so that the resumed run
//! writes the same file as one that was never interrupted.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use serde::Serialize;
use serde_json::Value;

use crate::files::{self, cannot_write};

/// An open `metrics.jsonl`.
#[derive(Debug)]
pub struct Metrics {
    path: PathBuf,
    file: File,
}

impl Metrics {
    /// Begins an empty file; one that exists is refused.
    ///
    /// # Errors
    /// LL5003 if it exists, LL5002 or LL5004 if it cannot be made.
    pub fn create(path: &Path) -> Result<Self, Diagnostics> {
        files::write(path, files::Existing::Refuse, b"")?;
        Self::append_to(path)
    }

    /// Continues a file after the rows up to and including `step`; later and torn rows are cut off.
    ///
    /// # Errors
    /// LL5001 or LL5002 if it cannot be read or cut; LL1312 if a complete line before the cut is
    /// not an object with a `step`.
    pub fn resume(path: &Path, step: u64) -> Result<Self, Diagnostics> {
        let text = files::read_text(path)?;
        let kept = kept_bytes(&text, step).map_err(|line| damaged(path, line))?;
        let metrics = Self::append_to(path)?;
        metrics.file.set_len(files::bytes(kept)).map_err(|error| cannot_write(path, &error))?;
        Ok(metrics)
    }

    /// Appends one row as one line, in one system call.
    ///
    /// # Errors
    /// LL5002 or LL5004 if the system refuses.
    ///
    /// # Panics
    /// If the row cannot be JSON (a map with keys that are no strings): a defect of the caller.
    pub fn append(&mut self, row: &impl Serialize) -> Result<(), Diagnostics> {
        let mut line = serde_json::to_string(row).expect("a row is an object of plain values");
        line.push('\n');
        self.file.write_all(line.as_bytes()).map_err(|error| cannot_write(&self.path, &error))
    }

    /// Makes the rows so far durable; called before a checkpoint that counts on them.
    ///
    /// # Errors
    /// LL5002 or LL5004 if the system refuses.
    pub fn synchronise(&self) -> Result<(), Diagnostics> {
        self.file.sync_all().map_err(|error| cannot_write(&self.path, &error))
    }

    fn append_to(path: &Path) -> Result<Self, Diagnostics> {
        let file = OpenOptions::new().append(true).open(path);
        let file = file.map_err(|error| cannot_write(path, &error))?;
        Ok(Self { path: path.to_owned(), file })
    }
}

/// The rows of a file; a torn last line is left out.
///
/// # Errors
/// LL5001 if it cannot be read; LL1312 if a complete line is not an object with a `step`.
pub fn read(path: &Path) -> Result<Vec<Value>, Diagnostics> {
    let text = files::read_text(path)?;
    let rows = complete_lines(&text).enumerate();
    rows.map(|(at, line)| row(line).ok_or_else(|| damaged(path, at + 1))).collect()
}

/// Bytes of the leading rows with a step of at most `step`, or the number of the damaged line.
fn kept_bytes(text: &str, step: u64) -> Result<usize, usize> {
    let mut kept = 0;
    for (at, line) in complete_lines(text).enumerate() {
        let reached = row(line).and_then(|row| row.get("step")?.as_u64()).ok_or(at + 1)?;
        if reached > step {
            break;
        }
        kept += line.len();
    }
    Ok(kept)
}

/// Lines including their line feed; whatever follows the last line feed was torn off.
fn complete_lines(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('\n').filter(|line| line.ends_with('\n'))
}

fn row(line: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(line).ok()?;
    value.get("step")?.as_u64()?;
    Some(value)
}

fn damaged(path: &Path, line: usize) -> Diagnostics {
    let shown = path.display();
    Diagnostic::new("LL1312", format!("line {line} of `{shown}` is not an object with a `step`"))
        .help("remove the damaged line, or start a new run without `--resume`")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn written(rows: &[u64], torn: &str) -> (tempfile::TempDir, PathBuf) {
        let here = tempfile::tempdir().expect("a temporary folder");
        let path = here.path().join("metrics.jsonl");
        let mut metrics = Metrics::create(&path).expect("a new file");
        for step in rows {
            metrics.append(&json!({"step": step, "loss": 0.5})).expect("a row");
        }
        metrics.file.write_all(torn.as_bytes()).expect("half a row");
        (here, path)
    }

    fn steps(path: &Path) -> Vec<u64> {
        let rows = read(path).expect("readable rows");
        rows.iter().map(|row| row["step"].as_u64().expect("a step")).collect()
    }

    #[test]
    fn a_resumed_file_equals_one_that_was_never_interrupted() {
        let (_here, path) = written(&[10, 20, 30], "{\"step\": 4");
        let mut metrics = Metrics::resume(&path, 20).expect("a resumed file");
        metrics.append(&json!({"step": 30, "loss": 0.5})).expect("a row");
        let (_there, whole) = written(&[10, 20, 30], "");
        assert_eq!(files::read(&path).expect("a read"), files::read(&whole).expect("a read"));
    }

    #[test]
    fn a_torn_last_line_is_cut_even_when_every_row_is_kept() {
        let (_here, path) = written(&[10, 20], "{\"st");
        Metrics::resume(&path, 99).expect("a resumed file");
        assert_eq!(steps(&path), [10, 20]);
        assert!(files::read_text(&path).expect("a read").ends_with("}\n"));
    }

    #[test]
    fn a_resume_from_the_start_keeps_no_row() {
        let (_here, path) = written(&[10, 20], "");
        Metrics::resume(&path, 9).expect("a resumed file");
        assert_eq!(steps(&path), [0; 0]);
    }

    #[test]
    fn a_damaged_line_in_the_middle_is_named() {
        let (_here, path) = written(&[10], "no json\n{\"step\": 20}\n");
        let damaged = Metrics::resume(&path, 20).expect_err("line 2 is damaged").0.remove(0);
        assert_eq!(damaged.code, "LL1312");
        assert!(damaged.message.contains("line 2"), "{damaged}");
        assert_eq!(read(&path).expect_err("line 2 is damaged").0[0].code, "LL1312");
    }

    #[test]
    fn an_existing_curve_is_not_begun_anew() {
        let (_here, path) = written(&[10], "");
        assert_eq!(Metrics::create(&path).expect_err("it exists").0[0].code, "LL5003");
        assert_eq!(steps(&path), [10]);
    }
}
