//! Answers, looked at: one chip, one sample after the other, each from rest.
//!
//! The clock counts the steps of all samples. A recording, snapshots and breakpoints belong to a run
//! folder; a snapshot holds the chip, the answers of the sample under way and the hash of the image,
//! and a run that begins with it gives the same bits as one that went through.

mod answer;
mod replay;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::PathBuf;

use leadlag_chip::{Counters, Emulator, Options, Record, State, Stimulus, Targets};
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::Image;
use leadlag_image::container::{self, Kind};
use leadlag_net::Block;
use leadlag_trace::{Breakpoint, Condition, Hit, Selection};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::chip_backend::{line_codes, not_saved, output_scale};
use crate::clocking::{Clocked, Clocking};
use crate::counters;
use crate::files::bytes;
use crate::firmware::{Firmware, Programs};
use crate::folder::{RunFile, RunFolder};
use crate::hash::InputHash;
use crate::inference::Outputs;
use crate::recording::Recording;
use crate::session::manifest;

pub use answer::{is_answer, repeat};
pub use replay::{end, replay, replay_into};

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
    /// What ended the run early.
    pub hit: Option<Hit>,
    /// Snapshots written.
    pub snapshots: Vec<PathBuf>,
    /// Records of the log, if there is one.
    pub records: Option<u64>,
    /// What the clock counted, for people and for programs.
    pub cycles: Option<(String, serde_json::Value)>,
}

/// A chip between two steps of an answer, or some cycles into one: as the inside of a step follows from
/// the state before, that state is kept, and the number of cycles.
#[derive(Clone, Serialize, Deserialize)]
struct Snapshot {
    /// BLAKE3 of the image's bytes, in hexadecimal digits.
    image: String,
    chip_seed: u64,
    clock: u64,
    /// Answers of the sample under way.
    rates: Vec<i16>,
    /// Counts of the samples before.
    totals: Vec<Counters>,
    /// Counts of their clocks.
    clocked: Clocked,
    /// Cycles since the latch that follows the state.
    cycles: u64,
    state: State,
}

/// Answers, and looks. Programs that the image carries run in every step.
///
/// # Errors
/// What is wrong with paths, conditions, steps or the snapshot, all before the run folder is made;
/// LL5002 to LL5005 if the folder cannot be written.
pub fn observe(job: &Job, watch: &Watch) -> Result<Observed, Diagnostics> {
    let options = Options { replicas: 1, threads: 1, seed: job.chip_seed };
    let mut chip = Emulator::load(job.image.clone(), options)?;
    job.clocking.start(&mut chip)?;
    let firmware = Firmware::carried(&mut chip)?;
    let mut image = Vec::new();
    job.image.write(&mut image).map_err(|error| not_saved(&error))?;
    let hash = InputHash::of(&[("", &image)]).to_string();
    let from = watch.from.as_deref().map(|from| Snapshot::open(from, &hash, job)).transpose()?;
    let asked = Asked::find(watch, &chip, from.as_ref().map_or(0, |from| from.clock), job)?;
    let at = from.as_ref().map_or(0, |from| from.clock);
    let begun = from.map(|from| begun(&mut chip, from)).transpose()?;
    let folder = begin(job, watch, &asked.selection, &image, at)?;
    let recording = if watch.record.is_empty() {
        None
    } else {
        Some(Recording::begin(&folder.events_path(), asked.selection)?)
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
    run.go(&mut chip)?;
    run.finish(&chip)
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
    fn find(watch: &Watch, chip: &Emulator, from: u64, job: &Job) -> Result<Self, Diagnostics> {
        let mut found = Vec::new();
        let selection = Recording::select(&watch.record, chip);
        let breakpoints =
            Condition::parse_all(&watch.stop).and_then(|all| Breakpoint::all(&all, chip));
        let last = job.steps();
        let beyond = watch.snapshot_at.iter().filter(|&&at| at <= from || at > last);
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
            snapshot_at: BTreeSet::new(),
            snapshot_in: BTreeSet::new(),
            seeks: None,
            found: None,
            clocked: Clocked::default(),
            before: None,
            snapshots: Vec::new(),
            hit: None,
            firmware: None,
            outputs: Outputs::default(),
        }
    }

    /// Goes on where a snapshot ends, if there is one.
    fn take_up(&mut self, from: Option<Snapshot>) {
        if let Some(Snapshot { clock, rates, totals, clocked, .. }) = from {
            (self.clock, self.rates, self.totals, self.clocked) = (clock, rates, totals, clocked);
        }
    }

    /// Cycles of the run so far.
    fn now(&self, chip: &Emulator) -> u64 {
        let own = chip.cycles().and_then(|lanes| lanes.first().copied()).unwrap_or(0);
        self.clocked.cycles() + own
    }

    fn go(&mut self, chip: &mut Emulator) -> Result<(), Diagnostics> {
        if self.breakpoints.iter().any(Breakpoint::looks_inside) {
            chip.trace_programs();
        }
        self.note(chip);
        self.breakpoints.iter_mut().for_each(|breakpoint| breakpoint.arm(chip));
        if let Some(recording) = &mut self.recording {
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
            self.answer(chip, block)?;
            if self.hit.is_some() || self.found.is_some() {
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
    fn answer(&mut self, chip: &mut Emulator, block: &Block) -> Result<(), Diagnostics> {
        let codes = line_codes(&self.job.image, block);
        let stimulus = stimulus(block, &codes);
        let done = usize::try_from(chip.step()).unwrap_or(usize::MAX).min(block.steps);
        let rest = stimulus.part(done..block.steps, [block.width, 0]);
        let mut outcome = Ok(());
        if let Some(firmware) = &self.firmware {
            firmware.write_parameters(chip, false);
        }
        chip.run_each(&rest, &mut |chip, record| {
            outcome = chip.check_programs().and_then(|()| self.look(chip, record));
            let ends = outcome.is_err() || self.hit.is_some() || self.found.is_some();
            if ends { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        outcome?;
        chip.check_programs()?;
        if chip.step() == bytes(block.steps) {
            let unit = 2.0_f64.powi(output_scale(&self.job.image) - 15);
            let values: Vec<f64> = self.rates.iter().map(|&r| f64::from(r) * unit).collect();
            self.outputs.add(block, &values);
        }
        Ok(())
    }

    /// After a step.
    fn look(&mut self, chip: &Emulator, record: &Record) -> Result<(), Diagnostics> {
        self.clock += 1;
        self.rates.extend_from_slice(&record.rates);
        if let Some(recording) = &mut self.recording {
            recording.look(self.clock, chip)?;
        }
        self.within(chip)?;
        self.hit = self.breakpoints.iter_mut().find_map(|b| b.look(self.clock, chip));
        if self.hit.is_some() || self.snapshot_at.contains(&self.clock) {
            let bytes = self.snapshot(chip).bytes()?;
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
            hit: self.hit,
            snapshots: self.snapshots,
            records,
            cycles: self.clocked.line().zip(self.clocked.form()),
        })
    }
}

impl Snapshot {
    fn bytes(&self) -> Result<Vec<u8>, Diagnostics> {
        let mut bytes = Vec::new();
        container::write(Kind::Snapshot, self, &mut bytes).map_err(|e| not_saved(&e))?;
        Ok(bytes)
    }

    /// Reads a snapshot and holds it against the run that is to go on from it.
    fn open(content: &[u8], hash: &str, job: &Job) -> Result<Self, Diagnostics> {
        let snapshot: Self = container::read(Kind::Snapshot, content)?;
        let mut found = Vec::new();
        if snapshot.image != hash {
            found.push(another_image(&snapshot.image, hash));
        }
        if snapshot.chip_seed != job.chip_seed {
            found.push(another_seed(snapshot.chip_seed, job.chip_seed));
        }
        Diagnostics::unless_any(found, ())?;
        if snapshot.clock > job.steps() {
            return Err(not_reached(snapshot.clock, 0, job.steps()).into());
        }
        if !snapshot.is_sound(job) {
            return Err(unsound(snapshot.clock, job.length()).into());
        }
        Ok(snapshot)
    }

    /// Whether clock, answers and counts fit the state.
    fn is_sound(&self, job: &Job) -> bool {
        let (step, length) = (self.state.step, job.length());
        let start = self.clock.checked_sub(step);
        let whole = start.is_some_and(|start| length > 0 && start.is_multiple_of(length));
        let teaching = job.image.teaching;
        let population = teaching.and_then(|t| {
            job.image.populations.get(usize::try_from(t.population).unwrap_or(usize::MAX))
        });
        let outputs = population.map_or(0, |population| u64::from(population.size));
        let answered = step.checked_mul(outputs) == Some(bytes(self.rates.len()));
        whole
            && (0..=length).contains(&step)
            && answered
            && self.totals.len() == job.image.cores.len()
    }
}

fn another_image(snapshot: &str, image: &str) -> Diagnostic {
    let short = |hash: &str| hash.chars().take(8).collect::<String>();
    let message =
        format!("the snapshot is of the image {}; this one is {}", short(snapshot), short(image));
    Diagnostic::new("LL1352", message)
        .help("give the `net.llimg` that lies in the run folder of the snapshot")
}

fn another_seed(snapshot: u64, given: u64) -> Diagnostic {
    let message =
        format!("the snapshot is of a chip with the seed {snapshot}; this one has {given}");
    Diagnostic::new("LL1353", message).help(format!("give `--chip-seed {snapshot}`"))
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

fn unsound(clock: u64, length: u64) -> Diagnostic {
    let message = format!(
        "the snapshot after step {clock} does not fit samples of {length} steps, or is not one"
    );
    Diagnostic::new("LL1358", message)
        .help("give the signal and the `--steps` of the run that wrote the snapshot")
}
