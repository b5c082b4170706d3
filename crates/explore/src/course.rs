//! The course of a training run: blocks, epochs, tests, the learning rate, checkpoints.
//!
//! One loop for every backend and every task. It can stop after any block and go on from a
//! checkpoint to the same bits.

use leadlag_diagnostic::Diagnostics;
use leadlag_net::tasks::{Samples, Task};
use leadlag_net::{Anneal, Block, Length, Lowering, Plateau, Schedule, Score};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::backend::Backend;
use crate::stream::StreamTask;

/// Steps of a stream that are generated at a time.
const CHUNK: u64 = 1000;

/// Where a run is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Progress {
    /// Circuit steps done in training and in tests.
    pub step: u64,
    /// Epochs done.
    pub epoch: u64,
    /// Blocks of the current epoch done.
    pub block: u64,
    /// Score of the current epoch, or of the stream since the last row.
    pub train: Score,
    /// Score of the last test.
    pub test: Score,
    /// Share of the network's learning rate in force.
    pub rate: f64,
    /// Least test loss so far.
    best: f64,
    /// Tests since then.
    worse: u32,
}

impl Default for Progress {
    fn default() -> Self {
        let none = Score::default();
        Self {
            step: 0,
            epoch: 0,
            block: 0,
            train: none,
            test: none,
            rate: 1.0,
            best: f64::INFINITY,
            worse: 0,
        }
    }
}

impl Progress {
    /// Notes the end of an epoch, and its test if there was one; whether the rate is to change.
    fn lower(&mut self, lowering: &Lowering, tested: bool) -> bool {
        let factor = match lowering {
            Lowering::Plateau(plateau) if tested => self.tested(plateau),
            Lowering::Anneal(anneal) => self.annealed(anneal),
            Lowering::Never | Lowering::Plateau(_) => None,
        };
        self.rate *= factor.unwrap_or(1.0);
        factor.is_some()
    }

    fn tested(&mut self, plateau: &Plateau) -> Option<f64> {
        let loss = self.test.loss().unwrap_or(f64::INFINITY);
        if loss < self.best {
            (self.best, self.worse) = (loss, 0);
            return None;
        }
        self.worse += 1;
        if self.worse <= plateau.patience {
            return None;
        }
        self.worse = 0;
        Some(plateau.factor)
    }

    fn annealed(&self, anneal: &Anneal) -> Option<f64> {
        let counted = self.epoch.saturating_sub(u64::from(anneal.from));
        let due = counted > 0 && counted.is_multiple_of(u64::from(anneal.every));
        due.then_some(anneal.factor)
    }
}

/// How often to test and to save, and how far to go.
#[derive(Clone, PartialEq, Debug)]
pub struct Pace {
    /// Length and learning rate.
    pub schedule: Schedule,
    /// Epochs between tests.
    pub eval_every: u64,
    /// Epochs, or rows of a stream, between checkpoints.
    pub ckpt_every: u64,
}

/// Who watches a run.
pub trait Watch {
    /// `done` blocks of `total` are done: after each, and before the first of an epoch or a stream.
    /// False ends the run after a checkpoint.
    fn block(&mut self, progress: &Progress, done: u64, total: u64) -> bool;

    /// A row of the learning curve.
    ///
    /// # Errors
    /// If it cannot be kept.
    fn row(&mut self, progress: &Progress, row: Map<String, Value>) -> Result<(), Diagnostics>;

    /// A state to go on from.
    ///
    /// # Errors
    /// If it cannot be kept.
    fn checkpoint(&mut self, progress: &Progress, bytes: Vec<u8>) -> Result<(), Diagnostics>;
}

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// All steps are done.
    Done,
    /// The watcher ended it; a checkpoint was taken.
    Interrupted,
}

/// Trains to the end of the schedule, from wherever `progress` is.
///
/// # Errors
/// What the backend or the watcher refuses.
pub fn train(
    backend: &mut dyn Backend,
    task: &mut TaskSource,
    pace: &Pace,
    progress: &mut Progress,
    watch: &mut dyn Watch,
) -> Result<End, Diagnostics> {
    match (task, &pace.schedule.length) {
        (TaskSource::Samples(samples), Length::Epochs { epochs, lowering }) => {
            let course = Epochs { samples, total: u64::from(*epochs), lowering, pace };
            course.train(backend, progress, watch)
        }
        (TaskSource::Stream(stream), Length::Steps { steps, learn_from, report_every }) => {
            let course =
                Steps { total: *steps, learn_from: *learn_from, report_every: *report_every, pace };
            course.train(backend, stream, progress, watch)
        }
        (TaskSource::Samples(_), Length::Steps { .. })
        | (TaskSource::Stream(_), Length::Epochs { .. }) => Ok(End::Done),
    }
}

/// Where blocks come from.
#[derive(Debug)]
pub enum TaskSource {
    /// Samples with classes, in epochs.
    Samples(Samples),
    /// A stream, with its teacher if it has one.
    Stream(Box<StreamTask>),
}

impl TaskSource {
    /// A task, and the network whose teacher may answer it.
    #[must_use]
    pub fn new(task: Task, net: &leadlag_net::Network, lanes: usize) -> Self {
        match task {
            Task::Samples(samples) => Self::Samples(samples),
            Task::Stream(stream) => Self::Stream(Box::new(StreamTask::new(stream, net, lanes))),
        }
    }
}

/// A run in epochs.
struct Epochs<'a> {
    samples: &'a Samples,
    total: u64,
    lowering: &'a Lowering,
    pace: &'a Pace,
}

impl Epochs<'_> {
    fn train(
        &self,
        backend: &mut dyn Backend,
        progress: &mut Progress,
        watch: &mut dyn Watch,
    ) -> Result<End, Diagnostics> {
        backend.set_learning_rate(progress.rate)?;
        while progress.epoch < self.total {
            if !(self.look(backend, progress, watch) && self.blocks(backend, progress, watch)?) {
                watch.checkpoint(progress, backend.save(progress)?)?;
                return Ok(End::Interrupted);
            }
            self.finish_epoch(backend, progress, watch)?;
        }
        Ok(End::Done)
    }

    /// Blocks of an epoch.
    fn each(&self, backend: &dyn Backend) -> u64 {
        u64::try_from(self.samples.train_blocks(backend.lanes())).unwrap_or(u64::MAX)
    }

    /// Tells the watcher how far the run is; false if it ends it.
    fn look(&self, backend: &dyn Backend, progress: &Progress, watch: &mut dyn Watch) -> bool {
        let each = self.each(backend);
        watch.block(progress, progress.epoch * each + progress.block, self.total * each)
    }

    /// The rest of an epoch's blocks; false if the watcher ends the run.
    fn blocks(
        &self,
        backend: &mut dyn Backend,
        progress: &mut Progress,
        watch: &mut dyn Watch,
    ) -> Result<bool, Diagnostics> {
        while progress.block < self.each(backend) {
            let index = usize::try_from(progress.block).unwrap_or(usize::MAX);
            let block = self.samples.train_block(progress.epoch, index, backend.lanes());
            let score = shown(backend, (self.samples, &block), progress, true)?;
            progress.train.merge(score);
            progress.block += 1;
            if !self.look(backend, progress, watch) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn finish_epoch(
        &self,
        backend: &mut dyn Backend,
        progress: &mut Progress,
        watch: &mut dyn Watch,
    ) -> Result<(), Diagnostics> {
        progress.epoch += 1;
        progress.block = 0;
        let last = progress.epoch == self.total;
        let tests = last || progress.epoch.is_multiple_of(self.pace.eval_every);
        let rate = progress.rate;
        if tests {
            progress.test = test(backend, self.samples, progress)?;
        }
        if progress.lower(self.lowering, tests) {
            backend.set_learning_rate(progress.rate)?;
        }
        let mut row = Map::new();
        row.insert("epoch".into(), json!(progress.epoch));
        row.insert("rate".into(), json!(rate));
        insert_score(&mut row, "train", &progress.train);
        if tests {
            insert_score(&mut row, "test", &progress.test);
        }
        add_remarks(&mut row, backend.remarks());
        watch.row(progress, row)?;
        progress.train = Score::default();
        if last || progress.epoch.is_multiple_of(self.pace.ckpt_every) {
            watch.checkpoint(progress, backend.save(progress)?)?;
        }
        Ok(())
    }
}

/// The score on the test samples. States go on from training and into the next epoch.
fn test(
    backend: &mut dyn Backend,
    samples: &Samples,
    progress: &mut Progress,
) -> Result<Score, Diagnostics> {
    let mut score = Score::default();
    for index in 0..samples.test_blocks(backend.lanes()) {
        let block = samples.test_block(index, backend.lanes());
        score.merge(shown(backend, (samples, &block), progress, false)?);
    }
    Ok(score)
}

/// The score of a block, and the steps up to the next one.
fn shown(
    backend: &mut dyn Backend,
    (samples, block): (&Samples, &Block),
    progress: &mut Progress,
    learn: bool,
) -> Result<Score, Diagnostics> {
    let score = backend.run(block, learn)?;
    progress.step += u64::try_from(block.steps).unwrap_or(0);
    if let Some(pause) = samples.pause(block.lanes) {
        backend.run(&pause, learn)?;
        progress.step += u64::try_from(pause.steps).unwrap_or(0);
    }
    Ok(score)
}

/// A run over a stream.
struct Steps<'a> {
    total: u64,
    learn_from: u64,
    report_every: u64,
    pace: &'a Pace,
}

impl Steps<'_> {
    fn train(
        &self,
        backend: &mut dyn Backend,
        stream: &mut StreamTask,
        progress: &mut Progress,
        watch: &mut dyn Watch,
    ) -> Result<End, Diagnostics> {
        stream.rewind_to(progress.step);
        let mut goes_on = watch.block(progress, progress.step, self.total);
        while progress.step < self.total {
            if !goes_on {
                watch.checkpoint(progress, backend.save(progress)?)?;
                return Ok(End::Interrupted);
            }
            let length = self.chunk(progress.step);
            let block = stream.block(progress.step, usize::try_from(length).unwrap_or(0));
            progress.train.merge(backend.run(&block, progress.step >= self.learn_from)?);
            progress.step += length;
            progress.block += 1;
            if progress.step.is_multiple_of(self.report_every) || progress.step == self.total {
                self.report(backend, progress, watch)?;
            }
            goes_on = watch.block(progress, progress.step, self.total);
        }
        Ok(End::Done)
    }

    /// Steps to the next row, the start of learning, the end, or a full chunk, whichever is first.
    fn chunk(&self, step: u64) -> u64 {
        let to_row = self.report_every - step % self.report_every;
        let to_learning = if step < self.learn_from { self.learn_from - step } else { CHUNK };
        CHUNK.min(to_row).min(to_learning).min(self.total - step)
    }

    fn report(
        &self,
        backend: &mut dyn Backend,
        progress: &mut Progress,
        watch: &mut dyn Watch,
    ) -> Result<(), Diagnostics> {
        let mut row = Map::new();
        insert_score(&mut row, "train", &progress.train);
        add_remarks(&mut row, backend.remarks());
        watch.row(progress, row)?;
        progress.train = Score::default();
        let last = progress.step == self.total;
        if last || (progress.step / self.report_every).is_multiple_of(self.pace.ckpt_every) {
            watch.checkpoint(progress, backend.save(progress)?)?;
        }
        Ok(())
    }
}

fn insert_score(row: &mut Map<String, Value>, what: &str, score: &Score) {
    if let Some(accuracy) = score.accuracy() {
        row.insert(format!("{what}_accuracy"), json!(accuracy));
    }
    if let Some(loss) = score.loss() {
        row.insert(format!("{what}_loss"), json!(loss));
    }
    if let Some(smape) = score.smape() {
        row.insert(format!("{what}_smape"), json!(smape));
    }
}

fn add_remarks(row: &mut Map<String, Value>, remarks: Value) {
    if let Value::Object(remarks) = remarks {
        row.extend(remarks);
    }
}

#[cfg(test)]
mod tests;
