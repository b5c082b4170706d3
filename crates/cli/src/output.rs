//! stdout: where the result goes.
//!
//! A reader that has seen enough closes the pipe; that is the quiet end, not an error: what is
//! written afterwards vanishes, and the verb ends as it would have. Any other refusal is LL5007.

use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::files::{self, Existing};
use serde::Serialize;

use crate::exit::Exit;

/// The result's way out.
pub struct Output {
    json: bool,
    sink: Sink,
    closed: bool,
}

enum Sink {
    Stream(Box<dyn Write>),
    File { path: PathBuf, existing: Existing, content: Vec<u8> },
}

impl Output {
    /// The program's stdout.
    #[must_use]
    pub fn stdout(json: bool) -> Self {
        Self::stream(json, Box::new(io::BufWriter::new(io::stdout())))
    }

    /// Any stream.
    #[must_use]
    pub fn stream(json: bool, stream: Box<dyn Write>) -> Self {
        Self { json, sink: Sink::Stream(stream), closed: false }
    }

    /// A file in the place of stdout, written whole by [`Self::finish`].
    ///
    /// # Errors
    /// LL5003 if it exists and may not be replaced.
    pub fn file(json: bool, path: &Path, existing: Existing) -> Result<Self, Diagnostics> {
        files::refuse_existing(path, existing)?;
        let sink = Sink::File { path: path.to_owned(), existing, content: Vec::new() };
        Ok(Self { json, sink, closed: false })
    }

    /// Whether the result is wanted as JSON.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// Whether the reader has closed the pipe; an endless verb may stop then.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// The result: one JSON object on one line with `--json`, otherwise the text.
    ///
    /// # Errors
    /// LL5007.
    ///
    /// # Panics
    /// If `object` cannot be JSON (a map with keys that are no strings): a defect of the verb.
    pub fn result(
        &mut self,
        text: impl fmt::Display,
        object: &impl Serialize,
    ) -> Result<(), Diagnostics> {
        if self.json {
            let line = serde_json::to_string(object).expect("results are plain objects");
            self.bytes(format!("{line}\n").as_bytes())
        } else {
            self.text(text)
        }
    }

    /// A line of text for people; nothing with `--json`.
    ///
    /// # Errors
    /// LL5007.
    pub fn text(&mut self, text: impl fmt::Display) -> Result<(), Diagnostics> {
        if self.json { Ok(()) } else { self.bytes(format!("{text}\n").as_bytes()) }
    }

    /// Bytes as they are.
    ///
    /// # Errors
    /// LL5007.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Diagnostics> {
        let done = match &mut self.sink {
            Sink::Stream(_) if self.closed => Ok(()),
            Sink::Stream(stream) => stream.write_all(bytes),
            Sink::File { content, .. } => content.write_all(bytes),
        };
        self.settle(done)
    }

    /// Shows what was written so far, before a long piece of work.
    ///
    /// # Errors
    /// LL5007.
    pub fn flush(&mut self) -> Result<(), Diagnostics> {
        let done = match &mut self.sink {
            Sink::Stream(stream) if !self.closed => stream.flush(),
            Sink::Stream(_) | Sink::File { .. } => Ok(()),
        };
        self.settle(done)
    }

    /// Brings everything out; to be called once, at the end of a verb that did not fail.
    ///
    /// # Errors
    /// LL5007, or as [`files::write`].
    pub fn finish(&mut self, exit: Exit) -> Result<Exit, Diagnostics> {
        self.flush()?;
        if let Sink::File { path, existing, content } = &self.sink {
            files::write(path, *existing, content)?;
        }
        Ok(exit)
    }

    fn settle(&mut self, done: io::Result<()>) -> Result<(), Diagnostics> {
        match done {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => self.closed = true,
            Err(error) => return Err(cannot_print(&error)),
            Ok(()) => {}
        }
        Ok(())
    }
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Output").field("json", &self.json).finish_non_exhaustive()
    }
}

fn cannot_print(error: &io::Error) -> Diagnostics {
    Diagnostic::new("LL5007", format!("cannot write the result to stdout: {error}"))
        .help("write to a file with `-o PATH`, or free some space where stdout leads")
        .into()
}

/// Rows of text in columns: the first column to the left, the others to the right.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
    words: bool,
}

impl Table {
    /// A table with these headings.
    #[must_use]
    pub fn new(headings: &[&str]) -> Self {
        let headings = headings.iter().map(|&heading| heading.to_owned()).collect();
        Self { rows: vec![headings], words: false }
    }

    /// A table of words: all columns to the left.
    #[must_use]
    pub fn of_words(headings: &[&str]) -> Self {
        Self { words: true, ..Self::new(headings) }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) -> &mut Self {
        self.rows.push(cells.into_iter().collect());
        self
    }

    /// Width of each column, in characters.
    fn widths(&self) -> Vec<usize> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(move |row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        (0..columns).map(width).collect()
    }
}

impl fmt::Display for Table {
    /// Lines without a final line feed and without trailing blanks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        for (at, row) in self.rows.iter().enumerate() {
            let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| {
                if column == 0 || self.words {
                    format!("{cell:<width$}")
                } else {
                    format!("{cell:>width$}")
                }
            });
            let line = cells.collect::<Vec<_>>().join("  ");
            write!(f, "{}{}", if at == 0 { "" } else { "\n" }, line.trim_end())?;
        }
        Ok(())
    }
}

/// A count with a comma between thousands.
#[must_use]
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let first = digits.len() % 3;
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 3 == first {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::rc::Rc;

    /// A pipe whose reader leaves after `room` bytes, for a reason of its own.
    struct Pipe {
        seen: Rc<RefCell<Vec<u8>>>,
        room: usize,
        reason: ErrorKind,
    }

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let fits = bytes.len().min(self.room);
            self.room -= fits;
            self.seen.borrow_mut().extend_from_slice(&bytes[..fits]);
            if fits == 0 { Err(self.reason.into()) } else { Ok(fits) }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn pipe(json: bool, room: usize, reason: ErrorKind) -> (Output, Rc<RefCell<Vec<u8>>>) {
        let seen = Rc::new(RefCell::new(Vec::new()));
        let pipe = Pipe { seen: Rc::clone(&seen), room, reason };
        (Output::stream(json, Box::new(pipe)), seen)
    }

    #[test]
    fn a_closed_pipe_is_the_quiet_end() {
        let (mut out, seen) = pipe(false, 3, ErrorKind::BrokenPipe);
        out.text("hello").expect("a quiet end");
        out.text("more").expect("a quiet end");
        assert!(out.is_closed());
        assert_eq!(out.finish(Exit::Done), Ok(Exit::Done));
        assert_eq!(*seen.borrow(), b"hel");
    }

    #[test]
    fn another_refusal_is_reported() {
        let (mut out, _) = pipe(false, 3, ErrorKind::StorageFull);
        let found = out.text("hello").expect_err("no room");
        assert_eq!(found.0[0].code, "LL5007");
        assert!(!out.is_closed());
    }

    #[test]
    fn json_takes_the_place_of_text() {
        let object = serde_json::json!({"schema": "leadlag.test/1"});
        let (mut out, seen) = pipe(true, 99, ErrorKind::BrokenPipe);
        out.text("for people").expect("a write");
        out.result("for people", &object).expect("a write");
        assert_eq!(*seen.borrow(), b"{\"schema\":\"leadlag.test/1\"}\n");
        let (mut out, seen) = pipe(false, 99, ErrorKind::BrokenPipe);
        out.result("for people", &object).expect("a write");
        assert_eq!(*seen.borrow(), b"for people\n");
    }

    #[test]
    fn columns_are_aligned_and_lines_have_no_trailing_blanks() {
        let mut table = Table::new(&["layer", "rows", ""]);
        table.row(["hidden".to_owned(), "98".to_owned()]);
        table.row(["τ".to_owned(), "3".to_owned(), "x".to_owned()]);
        assert_eq!(table.to_string(), "layer   rows\nhidden    98\nτ          3  x");
    }
}
