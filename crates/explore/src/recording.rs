//! `events.llog` of a run folder.
//!
//! Like the learning curve it grows while the run goes on. A run that is interrupted leaves a log
//! that readers understand; resuming cuts it back to its checkpoint.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_trace::{Broken, Clock, Probed, Reader, Recorder, Request, Selection, Signal};

use crate::files::{self, cannot_write};

/// A growing log.
#[derive(Debug)]
pub struct Recording {
    path: PathBuf,
    selection: Selection,
    recorder: Option<Recorder<BufWriter<File>>>,
}

impl Recording {
    /// Finds the registers that are asked for, before anything is written.
    ///
    /// # Errors
    /// LL1342 for paths that cannot be read, LL1341 for those that nothing answers, LL1343 if they
    /// are too many.
    pub fn select(requests: &[String], chip: &dyn Probed) -> Result<Selection, Diagnostics> {
        Selection::new(&Request::parse_all(requests)?, chip)
    }

    /// Begins a log; one that exists is refused.
    ///
    /// # Errors
    /// LL5003 if it exists, LL5002 or LL5004 if it cannot be made.
    pub fn begin(path: &Path, selection: Selection) -> Result<Self, Diagnostics> {
        files::refuse_existing(path, files::Existing::Refuse)?;
        let file = File::create_new(path).map_err(|error| cannot_write(path, &error))?;
        let recorder = Recorder::new(BufWriter::new(file), Clock::Steps, &selection);
        let recorder = recorder.map_err(|error| cannot_write(path, &error))?;
        Ok(Self { path: path.to_owned(), selection, recorder: Some(recorder) })
    }

    /// Continues a log after the records up to `until`; later ones are cut off.
    ///
    /// # Errors
    /// LL5001 or LL5002 if it cannot be read or written, LL1346 to LL1349 if it is not the log that
    /// the run wrote.
    pub fn resume(path: &Path, until: u64, selection: Selection) -> Result<Self, Diagnostics> {
        let mut old = open(path)?;
        if old.signals() != selection.signals() {
            return Err(other_signals(path, old.signals().len(), selection.signals().len()));
        }
        let unwritable = |error: std::io::Error| cannot_write(path, &error);
        let new = files::Part::new(files::folder_of(path)).map_err(unwritable)?;
        let target = BufWriter::new(new.reopen().map_err(unwritable)?);
        let recorder = Recorder::resume(&mut old, until, target, &selection);
        let mut recorder = recorder.map_err(|broken| within(path, broken))?;
        recorder.flush().map_err(unwritable)?;
        new.persist(path, files::Existing::Replace).map_err(unwritable)?;
        Ok(Self { path: path.to_owned(), selection, recorder: Some(recorder) })
    }

    /// The signal table.
    #[must_use]
    pub fn signals(&self) -> &[Signal] {
        self.selection.signals()
    }

    /// Whether nothing was looked at yet.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.recorder.as_ref().is_some_and(|recorder| recorder.clock().is_none())
    }

    /// Looks at the registers after `clock` steps.
    ///
    /// # Errors
    /// LL5002 or LL5004 if the log cannot be written.
    pub fn look(&mut self, clock: u64, chip: &dyn Probed) -> Result<(), Diagnostics> {
        let Some(recorder) = &mut self.recorder else { return Ok(()) };
        recorder.look(clock, chip).map_err(|error| cannot_write(&self.path, &error))
    }

    /// Makes the records so far durable; called before a checkpoint that counts on them.
    ///
    /// # Errors
    /// LL5002 or LL5004 if the system refuses.
    pub fn synchronise(&mut self) -> Result<(), Diagnostics> {
        let Some(recorder) = &mut self.recorder else { return Ok(()) };
        let done = recorder.flush().and_then(|()| recorder.sink().get_ref().sync_data());
        done.map_err(|error| cannot_write(&self.path, &error))
    }

    /// Ends the log; returns the number of records.
    ///
    /// # Errors
    /// LL5002 or LL5004 if the system refuses.
    pub fn finish(&mut self) -> Result<u64, Diagnostics> {
        let Some(recorder) = self.recorder.take() else { return Ok(0) };
        let count = recorder.count();
        let done = recorder.finish().and_then(|sink| sink.get_ref().sync_all());
        done.map(|()| count).map_err(|error| cannot_write(&self.path, &error))
    }
}

/// Opens a log for reading.
///
/// # Errors
/// LL5001 if the system refuses, LL1346 to LL1348 if it is no log.
pub fn open(path: &Path) -> Result<Reader<BufReader<File>>, Diagnostics> {
    let file = File::open(path).map_err(|error| files::cannot_read(path, &error))?;
    Reader::new(BufReader::new(file))
}

fn within(path: &Path, broken: Broken) -> Diagnostics {
    match broken {
        Broken::Read(found) => found,
        Broken::Write(error) => cannot_write(path, &error),
    }
}

fn other_signals(path: &Path, found: usize, wanted: usize) -> Diagnostics {
    let shown = path.display();
    let message = format!(
        "`{shown}` has a table of {found} signals; the run records {wanted}, or others of them"
    );
    Diagnostic::new("LL1349", message)
        .help("restore the file, or start a new run without `--resume`")
        .into()
}
