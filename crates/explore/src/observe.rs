//! Answers, looked at: one chip, one sample after the other, each from rest.
//!
//! The clock counts the steps of all samples. A recording, snapshots and breakpoints belong to a run
//! folder; a snapshot holds the chip, the answers of the sample under way and the hash of the image,
//! and a run that begins with it gives the same bits as one that went through.

mod answer;
mod replay;
mod snapshot;

use std::collections::BTreeSet;
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};

use leadlag_chip::{Counters, Emulator, Options, Record, Stimulus, Targets};
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::Image;
use leadlag_net::Block;
use leadlag_trace::{Breakpoint, Condition, Hit, Selection};
use serde_json::json;

use crate::chip_backend::{line_codes, not_saved, output_scale};
use crate::clocking::{Clocked, Clocking};
use crate::counters;
use crate::files::{self, Existing, bytes};
use crate::firmware::{Firmware, Programs};
use crate::folder::{RunFile, RunFolder};
use crate::hash::InputHash;
use crate::inference::Outputs;
use crate::pause::GoesOn;
use crate::recording::{self, Recording};
use crate::session::manifest;

pub use answer::{is_answer, repeat};
pub use replay::{end, replay, replay_into, replay_until};
pub(crate) use snapshot::Snapshot;

/// What is looked at while a chip answers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Watch {
    /// Registers to record, as paths.
    pub record: Vec<String>,
    /// Steps after which a snapshot is written.
    pub snapshot_at: Vec<u64>,
    /// Cycles of the run in which one is written, in the middle of a step.
    pub snapshot_in: Vec<u64>,
    /// Conditions that end the run.
    pub stop: Vec<String>,
    /// The bytes of a snapshot to begin with.
    pub from: Option<Vec<u8>>,
    /// The log of the run that wrote it; if that was interrupted and records the same registers, the
    /// log goes on from there.
    pub log: Option<PathBuf>,
}

impl Watch {
    /// Whether there is nothing to look at.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        *self == Self::default()
    }
}

/// What answers what.
#[derive(Debug)]
pub struct Job {
    /// The image.
    pub image: Image,
    /// Seed of the chip's draws.
    pub chip_seed: u64,
    /// Seed of the experiment, for the manifest.
    pub seed: u64,
    /// The samples, one lane each, all of one length.
    pub blocks: Vec<Block>,
    /// Which engine runs the chip.
    pub clocking: Clocking,
    /// Where run folders are.
    pub root: PathBuf,
}

/// What came of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Observed {
    /// Answers of the samples that were finished; the first is that of the snapshot.
    pub outputs: Outputs,
    /// The run folder.
    pub folder: RunFolder,
    /// Steps done, those before the snapshot included.
    pub clock: u64,
    /// Cycles of them; 0 without a clock.
    pub cycle: u64,
    /// The condition that ended the run early.
    pub hit: Option<Hit>,
    /// Whether it was asked to end early; the last snapshot is of that step.
    pub interrupted: bool,
    /// Snapshots written.
    pub snapshots: Vec<PathBuf>,
    /// Records of the log, if there is one.
    pub records: Option<u64>,
    /// What the clock counted, for people and for programs.
    pub cycles: Option<(String, serde_json::Value)>,
}

/// Answers, and looks. Programs that the image carries run in every step.
///
/// # Errors
/// What is wrong with paths, conditions, steps or the snapshot, all before the run folder is made;
/// LL5002 to LL5005 if the folder cannot be written.
pub fn observe(job: &Job, watch: &Watch) -> Result<Observed, Diagnostics> {
    observe_while(job, watch, &mut |_| true)
}

/// As [`observe`], until `goes_on` says no: it is asked after every step, and a snapshot is left that
/// goes on to the answers, the log and the counts of a run that was not interrupted.
///
/// # Errors
/// As [`observe`].
pub fn observe_while(
    job: &Job,
    watch: &Watch,
    goes_on: &mut GoesOn<'_>,
) -> Result<Observed, Diagnostics> {
    let options = Options { replicas: 1, threads: 1, seed: job.chip_seed };
    let mut chip = Emulator::load(job.image.clone(), options)?;
    job.clocking.start(&mut chip)?;
    let firmware = Firmware::carried(&mut chip)?;
    let mut image = Vec::new();
    job.image.write(&mut image).map_err(|error| not_saved(&error))?;
    let hash = InputHash::of(&[("", &image)]).to_string();
    let from = watch.from.as_deref().map(|from| Snapshot::open(from, &hash, job)).transpose()?;
    let at = from.as_ref().map_or(0, |from| from.clock);
    // What lies before an interruption is done.
    let has_done = from.as_ref().is_some_and(|from| from.before.is_some());
    let asked = Asked::find(watch, &chip, at..job.steps(), has_done)?;
    let begun = from.map(|from| begun(&mut chip, from)).transpose()?;
    let folder = begin(job, watch, &asked.selection, &image, at)?;
    let earlier = watch.log.as_deref().zip(has_done.then_some(at));
    let recording = if watch.record.is_empty() {
        None
    } else {
        Some(recording(&folder.events_path(), asked.selection, earlier)?)
    };
    let mut run = Run {
        recording,
        breakpoints: asked.breakpoints,
        snapshot_at: asked.snapshot_at,
        snapshot_in: watch.snapshot_in.iter().copied().collect(),
        firmware,
        ..Run::new(job, folder, hash)
    };
    run.take_up(begun);
    if has_done {
        let now = run.now(&chip);
        run.snapshot_in.retain(|&cycle| cycle >= now);
    }
    run.go(&mut chip, goes_on)?;
    run.finish(&chip)
}

/// A new log, or one that goes on after the records of an earlier log up to a step.
fn recording(
    path: &Path,
    selection: Selection,
    earlier: Option<(&Path, u64)>,
) -> Result<Recording, Diagnostics> {
    if let Some((log, until)) = earlier.filter(|(log, _)| log.is_file())
        && recording::open(log)?.signals() == selection.signals()
    {
        files::write_with(path, Existing::Refuse, |sink| {
            std::io::copy(&mut std::fs::File::open(log)?, sink).map(drop)
        })?;
        return Recording::resume(path, until, selection);
    }
    Recording::begin(path, selection)
}

/// Brings a chip to a snapshot; what is left of it.
fn begun(chip: &mut Emulator, mut from: Snapshot) -> Result<Snapshot, Diagnostics> {
    chip.restore(std::mem::replace(&mut from.state, chip.state().clone()))?;
    Ok(from)
}

fn stimulus<'a>(block: &Block, codes: &'a [i16]) -> Stimulus<'a> {
    Stimulus { steps: block.steps, codes, targets: Targets::None, learn: false }
}

/// The registers and steps of a [`Watch`], found.
struct Asked {
    selection: Selection,
    breakpoints: Vec<Breakpoint>,
    snapshot_at: BTreeSet<u64>,
}

impl Asked {
    fn find(
        watch: &Watch,
        chip: &Emulator,
        steps: Range<u64>,
        has_done: bool,
    ) -> Result<Self, Diagnostics> {
        let mut found = Vec::new();
        let selection = Recording::select(&watch.record, chip);
        let breakpoints =
            Condition::parse_all(&watch.stop).and_then(|all| Breakpoint::all(&all, chip));
        let Range { start: from, end: last } = steps;
        let is_before = |at: u64| at <= from && !has_done;
        let beyond = watch.snapshot_at.iter().filter(|&&at| is_before(at) || at > last);
        found.extend(beyond.map(|&at| not_reached(at, from, last)));
        if let (Some(&cycle), None) = (watch.snapshot_in.first(), chip.cycles()) {
            found.push(no_cycles(cycle));
        }
        let mut keep = |wrong: Diagnostics| found.extend(wrong.0);
        let selection = selection.map_err(&mut keep).ok();
        let breakpoints = breakpoints.map_err(&mut keep).ok();
        let snapshot_at = watch.snapshot_at.iter().copied().collect();
        match (selection, breakpoints) {
            (Some(selection), Some(breakpoints)) => {
                Diagnostics::unless_any(found, Self { selection, breakpoints, snapshot_at })
            }
            (None, _) | (_, None) => Err(Diagnostics(found)),
        }
    }
}

impl Job {
    /// Steps of a sample.
    fn length(&self) -> u64 {
        self.blocks.first().map_or(0, |block| bytes(block.steps))
    }

    fn no_counts(&self) -> Vec<Counters> {
        vec![Counters::default(); self.image.cores.len()]
    }

    /// Steps of all samples.
    fn steps(&self) -> u64 {
        self.length() * bytes(self.blocks.len())
    }

    fn input_hash(&self, image: &[u8], watch: &Watch) -> InputHash {
        let codes = self.blocks.iter().flat_map(|block| line_codes(&self.image, block));
        let codes: Vec<u8> = codes.flat_map(i16::to_le_bytes).collect();
        let [seed, length] = [self.chip_seed, self.length()].map(u64::to_le_bytes);
        let from = watch.from.as_deref().unwrap_or_default();
        InputHash::of(&[
            ("image", image),
            ("signal", &codes),
            ("length", &length),
            ("chip_seed", &seed),
            ("from", from),
        ])
    }
}

/// Makes the run folder.
fn begin(
    job: &Job,
    watch: &Watch,
    selection: &Selection,
    image: &[u8],
    from: u64,
) -> Result<RunFolder, Diagnostics> {
    let inputs = job.input_hash(image, watch);
    let folder = RunFolder::create(&job.root, &job.image.name, &inputs)?;
    folder.write(RunFile::Image, image)?;
    answer::write(&folder, job, watch)?;
    let page = json!({
        "schema": "leadlag.run/1",
        "kind": "run",
        "name": job.image.name,
        "backend": "chip",
        "engine": job.clocking.engine,
        "replicas": 1,
        "versions": manifest::versions(),
        "seeds": { "seed": job.seed, "chip_seed": job.chip_seed },
        "inputs": { "hash": inputs.to_string() },
        "image": InputHash::of(&[("", image)]).to_string(),
        "samples": job.blocks.len(),
        "steps": job.length(),
        "from": watch.from.as_ref().map(|_| from),
        "record": watch.record,
        "snapshot_at": watch.snapshot_at,
        "snapshot_in": watch.snapshot_in,
        "break": watch.stop,
        "signals": selection.signals(),
        "environment": manifest::environment(1),
    });
    folder.write(RunFile::Manifest, &crate::session::pretty(&page))?;
    Ok(folder)
}

/// A run under way.
struct Run<'a> {
    job: &'a Job,
    folder: RunFolder,
    hash: String,
    clock: u64,
    rates: Vec<i16>,
    totals: Vec<Counters>,
    recording: Option<Recording>,
    breakpoints: Vec<Breakpoint>,
    /// Steps in which they do not count.
    after: u64,
    snapshot_at: BTreeSet<u64>,
    /// Cycles that are still to come.
    snapshot_in: BTreeSet<u64>,
    /// The cycle that is looked for, and the state before its step.
    seeks: Option<u64>,
    found: Option<Snapshot>,
    /// Counts of the clocks of the samples before.
    clocked: Clocked,
    /// The state before the step that is run, while a cycle is to come.
    before: Option<Snapshot>,
    snapshots: Vec<PathBuf>,
    hit: Option<Hit>,
    interrupted: bool,
    outputs: Outputs,
    /// The programs of the image, if it carries any.
    firmware: Option<Firmware>,
}

impl<'a> Run<'a> {
    /// A run before its first step, with nothing to look at.
    fn new(job: &'a Job, folder: RunFolder, hash: String) -> Self {
        Self {
            job,
            folder,
            hash,
            clock: 0,
            rates: Vec::new(),
            totals: job.no_counts(),
            recording: None,
            breakpoints: Vec::new(),
            after: 0,
            snapshot_at: BTreeSet::new(),
            snapshot_in: BTreeSet::new(),
            seeks: None,
            found: None,
            clocked: Clocked::default(),
            before: None,
            snapshots: Vec::new(),
            hit: None,
            interrupted: false,
            firmware: None,
            outputs: Outputs::default(),
        }
    }

    /// Goes on where a snapshot ends, if there is one.
    fn take_up(&mut self, from: Option<Snapshot>) {
        if let Some(Snapshot { clock, rates, totals, clocked, before, .. }) = from {
            (self.clock, self.rates, self.totals, self.clocked) = (clock, rates, totals, clocked);
            self.outputs = before.unwrap_or_default();
        }
    }

    /// Whether it has come to its end before its last step.
    fn is_over(&self) -> bool {
        self.hit.is_some() || self.found.is_some() || self.interrupted
    }

    /// Cycles of the run so far.
    fn now(&self, chip: &Emulator) -> u64 {
        let own = chip.cycles().and_then(|lanes| lanes.first().copied()).unwrap_or(0);
        self.clocked.cycles() + own
    }

    fn go(&mut self, chip: &mut Emulator, goes_on: &mut GoesOn<'_>) -> Result<(), Diagnostics> {
        if self.breakpoints.iter().any(Breakpoint::looks_inside) {
            chip.trace_programs();
        }
        self.note(chip);
        self.breakpoints.iter_mut().for_each(|breakpoint| breakpoint.arm(chip));
        if let Some(recording) = self.recording.as_mut().filter(|recording| recording.is_new()) {
            recording.look(self.clock, chip)?;
        }
        let first = (self.clock - chip.step()) / self.job.length().max(1);
        let job = self.job;
        let blocks = job.blocks.iter().skip(usize::try_from(first).unwrap_or(usize::MAX));
        for (at, block) in blocks.enumerate() {
            if at > 0 {
                self.count(chip);
                chip.reset()?;
                self.rates.clear();
                self.note(chip);
                self.breakpoints.iter_mut().for_each(|breakpoint| breakpoint.arm(chip));
            }
            self.answer(chip, block, goes_on)?;
            if self.is_over() {
                return Ok(());
            }
        }
        let missed =
            self.snapshot_in.first().map(|&cycle| cycle_not_reached(cycle, self.now(chip)));
        missed.map_or(Ok(()), |missed| Err(missed.into()))
    }

    fn count(&mut self, chip: &Emulator) {
        for (total, more) in self.totals.iter_mut().zip(chip.counters()) {
            total.add(&more);
        }
        self.clocked.add(chip);
    }

    /// The rest of a sample.
    fn answer(
        &mut self,
        chip: &mut Emulator,
        block: &Block,
        goes_on: &mut GoesOn<'_>,
    ) -> Result<(), Diagnostics> {
        let codes = line_codes(&self.job.image, block);
        let stimulus = stimulus(block, &codes);
        let done = usize::try_from(chip.step()).unwrap_or(usize::MAX).min(block.steps);
        let rest = stimulus.part(done..block.steps, [block.width, 0]);
        let mut outcome = Ok(());
        if let Some(firmware) = &self.firmware {
            firmware.write_parameters(chip, false);
        }
        chip.run_each(&rest, &mut |chip, record| {
            outcome = chip.check_programs().and_then(|()| self.look(chip, record, goes_on));
            if outcome.is_err() || self.is_over() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        outcome?;
        chip.check_programs()?;
        if chip.step() == bytes(block.steps) && !self.interrupted {
            let unit = 2.0_f64.powi(output_scale(&self.job.image) - 15);
            let values: Vec<f64> = self.rates.iter().map(|&r| f64::from(r) * unit).collect();
            self.outputs.add(block, &values);
        }
        Ok(())
    }

    /// After a step.
    fn look(
        &mut self,
        chip: &Emulator,
        record: &Record,
        goes_on: &mut GoesOn<'_>,
    ) -> Result<(), Diagnostics> {
        self.clock += 1;
        self.rates.extend_from_slice(&record.rates);
        if let Some(recording) = &mut self.recording {
            recording.look(self.clock, chip)?;
        }
        self.within(chip)?;
        for breakpoint in &mut self.breakpoints {
            let hit = breakpoint.look(self.clock, chip).filter(|_| self.clock > self.after);
            self.hit = self.hit.take().or(hit);
        }
        self.interrupted =
            !goes_on(self.clock) && self.hit.is_none() && self.clock < self.job.steps();
        let before = self.interrupted.then(|| self.outputs.clone());
        if self.hit.is_some() || self.interrupted || self.snapshot_at.contains(&self.clock) {
            let bytes = Snapshot { before, ..self.snapshot(chip) }.bytes()?;
            self.snapshots.push(self.folder.write_snapshot(self.clock, &bytes)?);
        }
        self.note(chip);
        Ok(())
    }

    /// Keeps the state before a step, while a cycle is to come.
    fn note(&mut self, chip: &Emulator) {
        let waits = self.seeks.is_some() || !self.snapshot_in.is_empty();
        self.before = waits.then(|| Snapshot { cycles: self.now(chip), ..self.snapshot(chip) });
    }

    /// Writes the snapshots of cycles that were in the step.
    fn within(&mut self, chip: &Emulator) -> Result<(), Diagnostics> {
        let (Some(before), now) = (self.before.take(), self.now(chip)) else { return Ok(()) };
        let latch = before.cycles;
        let into = |cycle: u64| Snapshot { cycles: cycle - latch, ..before.clone() };
        if let Some(cycle) = self.seeks.filter(|cycle| (latch..now).contains(cycle)) {
            self.found = Some(into(cycle));
        }
        while let Some(cycle) = self.snapshot_in.first().copied().filter(|&cycle| cycle < now) {
            self.snapshot_in.remove(&cycle);
            if cycle < latch {
                return Err(cycle_not_reached(cycle, latch).into());
            }
            let name = format!("cycle-{cycle}");
            self.snapshots.push(self.folder.write_named_snapshot(&name, &into(cycle).bytes()?)?);
        }
        Ok(())
    }

    fn snapshot(&self, chip: &Emulator) -> Snapshot {
        Snapshot {
            image: self.hash.clone(),
            chip_seed: self.job.chip_seed,
            clock: self.clock,
            rates: self.rates.clone(),
            totals: self.totals.clone(),
            clocked: self.clocked.clone(),
            cycles: 0,
            before: None,
            state: chip.snapshot(),
        }
    }

    fn finish(mut self, chip: &Emulator) -> Result<Observed, Diagnostics> {
        self.count(chip);
        let page = counters::page(chip, &self.totals, &self.clocked, self.clock, 1);
        self.folder.write(RunFile::Counters, &crate::session::pretty(&page))?;
        let records = self.recording.as_mut().map(Recording::finish).transpose()?;
        self.outputs.programs = Programs::of(chip, &self.totals);
        Ok(Observed {
            outputs: self.outputs,
            folder: self.folder,
            clock: self.clock,
            cycle: self.clocked.cycles(),
            hit: self.hit,
            interrupted: self.interrupted,
            snapshots: self.snapshots,
            records,
            cycles: self.clocked.line().zip(self.clocked.form()),
        })
    }
}

fn not_reached(at: u64, from: u64, last: u64) -> Diagnostic {
    let message = format!("step {at} is not reached: the run goes from step {from} to step {last}");
    Diagnostic::new("LL1354", message)
        .help("name a step in between, or run longer: `--steps N`, or a longer signal")
}

fn no_cycles(cycle: u64) -> Diagnostic {
    let message =
        format!("cycle {cycle} is asked for; the functional engine has 0 cycles in a step");
    Diagnostic::new("LL1461", message).help("`--engine cycle`")
}

fn cycle_not_reached(cycle: u64, last: u64) -> Diagnostic {
    let message = format!(
        "cycle {cycle} is not reached: the run ended before cycle {last}, or began after it"
    );
    Diagnostic::new("LL1463", message).help(
        "name a cycle in between, or run longer; steps that `--sample` leaves out have no cycles",
    )
}
