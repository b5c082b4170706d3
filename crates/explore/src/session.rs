//! A training run as a value, with its run folder.
//!
//! [`Session::start`] makes the folder and writes down everything the run is made from;
//! [`Session::resume`] reads it back and continues from the newest checkpoint to the same bits.
//! The row of the learning curve is on disk before the checkpoint that counts on it.

mod learner;
pub(crate) mod manifest;
mod options;
mod sources;
mod start;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::Image;
use serde_json::{Map, Value, json};

pub use learner::Learner;
pub use options::{Computer, Config, Options, Origin, Plasticity};
pub use sources::origin;
pub use start::{Setup, Subject, UserProgram, no_registers, no_units};

use crate::ChipBackend;
use crate::chip_backend::not_saved;
use crate::clocking::Clocked;
use crate::counters;
use crate::course::{self, End, Pace, Progress, TaskSource, Watch};
use crate::files;
use crate::folder::{Checkpoint, RunFile, RunFolder};
use crate::metrics::Metrics;

/// A run, ready to go on.
#[derive(Debug)]
pub struct Session {
    folder: RunFolder,
    config: Config,
    learner: Learner,
    source: TaskSource,
    pace: Pace,
    progress: Progress,
    metrics: Metrics,
    last: Option<Value>,
    warnings: Diagnostics,
}

impl Session {
    /// Makes the run folder under `root` and gets ready for the first step.
    ///
    /// # Errors
    /// What is wrong with the setup, what does not fit the chip, or why the folder cannot be
    /// written. A folder that was made by then has no manifest and is not taken for a run.
    pub fn start(setup: &Setup, root: &std::path::Path) -> Result<Self, Diagnostics> {
        start::start(setup, root)
    }

    /// Continues the run in a folder from its newest checkpoint.
    ///
    /// # Errors
    /// LL1311 without a checkpoint, LL1316 if the newest is damaged, LL1317 or LL1318 if the
    /// folder is not as it was written; LL1308 if the data changed.
    pub fn resume(folder: RunFolder, threads: usize) -> Result<Self, Diagnostics> {
        start::resume(folder, threads)
    }

    /// The run folder.
    #[must_use]
    pub fn folder(&self) -> &RunFolder {
        &self.folder
    }

    /// What the run is made from.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// How far the run goes.
    #[must_use]
    pub fn pace(&self) -> &Pace {
        &self.pace
    }

    /// Where the run is.
    #[must_use]
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// What the compiler had to say, pointing into the network file.
    #[must_use]
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }

    /// The image as it was loaded, for a run on the chip.
    #[must_use]
    pub fn image(&self) -> Option<&Image> {
        self.learner.chip().map(|chip| chip.emulator().image())
    }

    /// The last row of the learning curve.
    #[must_use]
    pub fn last_row(&self) -> Option<&Value> {
        self.last.as_ref()
    }

    /// Trains until the schedule ends or `block` returns false.
    ///
    /// `block` sees each block with the number of blocks done and in all (steps, for a stream);
    /// `row` sees each row of the learning curve when it is on disk.
    ///
    /// # Errors
    /// What the emulated hardware refuses, or why the folder cannot be written.
    pub fn go(
        &mut self,
        block: &mut dyn FnMut(&Progress, u64, u64) -> bool,
        row: &mut dyn FnMut(&Value) -> Result<(), Diagnostics>,
    ) -> Result<End, Diagnostics> {
        let Self { folder, learner, source, pace, progress, metrics, last, .. } = self;
        let mut recorder = Recorder { folder, metrics, last, block, row };
        let end = course::train(learner.backend(), source, pace, progress, &mut recorder);
        // A run that a fault has ended has counted all the same.
        self.write_counters()?;
        let end = end?;
        self.write_trained()?;
        self.learner.chip_mut().map_or(Ok(()), ChipBackend::finish_recording)?;
        Ok(end)
    }

    /// The image with the weights as they are now, for a run on the chip.
    fn write_trained(&self) -> Result<(), Diagnostics> {
        let Some(chip) = self.learner.chip() else { return Ok(()) };
        let mut bytes = Vec::new();
        let image = chip.emulator().trained_image();
        image.write(&mut bytes).map_err(|error| not_saved(&error))?;
        self.folder.write(RunFile::Trained, &bytes)
    }

    fn write_counters(&self) -> Result<(), Diagnostics> {
        let Some(chip) = self.learner.chip() else { return Ok(()) };
        let (chip, options) = (chip.emulator(), &self.config.options);
        let counters = chip.counters();
        let (clocked, step) = (Clocked::of(chip), self.progress.step);
        let page = counters::page(chip, &counters, &clocked, step, options.replicas);
        self.folder.write(RunFile::Counters, &pretty(&page))
    }
}

/// Brings a run to its folder and to whoever looks on.
struct Recorder<'a> {
    folder: &'a RunFolder,
    metrics: &'a mut Metrics,
    last: &'a mut Option<Value>,
    block: &'a mut dyn FnMut(&Progress, u64, u64) -> bool,
    row: &'a mut dyn FnMut(&Value) -> Result<(), Diagnostics>,
}

impl Watch for Recorder<'_> {
    fn block(&mut self, progress: &Progress, done: u64, total: u64) -> bool {
        (self.block)(progress, done, total)
    }

    fn row(&mut self, progress: &Progress, row: Map<String, Value>) -> Result<(), Diagnostics> {
        let mut row = row;
        row.insert("step".into(), json!(progress.step));
        let row = Value::Object(row);
        self.metrics.append(&row)?;
        (self.row)(&row)?;
        *self.last = Some(row);
        Ok(())
    }

    fn checkpoint(&mut self, progress: &Progress, bytes: Vec<u8>) -> Result<(), Diagnostics> {
        self.metrics.synchronise()?;
        self.folder.write_checkpoint(progress.step, &bytes)?;
        Ok(())
    }
}

/// A page of JSON for people and programs.
pub(crate) fn pretty(page: &Value) -> Vec<u8> {
    let mut text = serde_json::to_string_pretty(page).expect("plain values");
    text.push('\n');
    text.into_bytes()
}

/// Restores the newest checkpoint.
///
/// # Errors
/// LL1311 if there is none, LL1316 if it cannot be used; then the help names an older one.
fn restore(
    folder: &RunFolder,
    learner: &mut Learner,
) -> Result<(Progress, Checkpoint), Diagnostics> {
    let newest = folder.latest_checkpoint()?;
    let bytes = files::read(&newest.path)?;
    let progress = learner.backend().restore(&bytes);
    let progress = progress.map_err(|reason| unusable(folder, &newest, &reason))?;
    Ok((progress, newest))
}

fn unusable(folder: &RunFolder, newest: &Checkpoint, reason: &Diagnostics) -> Diagnostics {
    let shown = newest.path.display();
    let why = reason
        .0
        .first()
        .map_or(String::new(), |first| format!("{} ({})", first.message, first.code));
    let checkpoints = folder.checkpoints();
    let older = checkpoints.iter().rev().find(|older| older.step < newest.step);
    let way_out = older.map_or_else(
        || "it is the only one: start the run anew".to_owned(),
        |older| format!("remove it; `--resume` then goes on from `{}`", older.path.display()),
    );
    Diagnostic::new("LL1316", format!("the newest checkpoint `{shown}` cannot be used: {why}"))
        .help(way_out)
        .into()
}
