//! An answering run again: to a step of it, or into the middle of one.

use leadlag_chip::{Emulator, Midstep, Options};
use leadlag_diagnostic::Diagnostics;
use leadlag_trace::{Breakpoint, Condition, Hit};

use super::{
    Job, Run, Snapshot, answer, begun, cycle_not_reached, no_cycles, not_reached, stimulus,
};
use crate::chip_backend::line_codes;
use crate::files;
use crate::firmware::Firmware;
use crate::folder::{Checkpoint, RunFile, RunFolder};
use crate::hash::InputHash;

/// Brings a chip to where it was after `target` steps of an answering run, from the nearest snapshot
/// before; a snapshot of that step is left in the folder. The step itself is always run, so that
/// its drives, which are no state, can be read.
///
/// # Errors
/// LL1354 if the run has no such step; what is wrong with the folder.
pub fn replay(folder: &RunFolder, target: u64) -> Result<Emulator, Diagnostics> {
    let again = Again::open(folder, |near| near.step < target)?;
    let (earliest, last) = (again.earliest, again.job.steps());
    if target < earliest || target > last {
        return Err(not_reached(target, earliest, last).into());
    }
    let mut chip = again.chip;
    let mut run =
        Run { firmware: again.firmware, ..Run::new(&again.job, folder.clone(), again.hash) };
    run.take_up(again.from.map(|from| begun(&mut chip, from)).transpose()?);
    if run.clock < target {
        let end = Condition::parse(&format!("step == {target}"))?;
        run.breakpoints = vec![Breakpoint::new(&end, &chip)?];
        run.go(&mut chip, &mut |_| true)?;
    }
    Ok(chip)
}

/// Brings a chip to the first step of an answering run, after some steps, in which one of some
/// conditions holds, or to its last; that step, and what held. A snapshot of a step in which one holds
/// is left in the folder.
///
/// # Errors
/// What is wrong with the conditions; LL1354 if the run has no step `after`; what is wrong with the
/// folder.
pub fn replay_until(
    folder: &RunFolder,
    stop: &[String],
    after: u64,
) -> Result<(Emulator, u64, Option<Hit>), Diagnostics> {
    let conditions = Condition::parse_all(stop)?;
    let again = Again::open(folder, |near| near.step <= after)?;
    let last = again.job.steps();
    if after >= last {
        return Err(not_reached(after.saturating_add(1), again.earliest, last).into());
    }
    let mut chip = again.chip;
    let mut run =
        Run { firmware: again.firmware, after, ..Run::new(&again.job, folder.clone(), again.hash) };
    run.take_up(again.from.map(|from| begun(&mut chip, from)).transpose()?);
    run.breakpoints = Breakpoint::all(&conditions, &chip)?;
    run.go(&mut chip, &mut |_| true)?;
    Ok((chip, run.clock, run.hit))
}

/// The machine as it was in a cycle of an answering run, in the middle of a step, and that step's
/// number from 0. Cycles count through all samples.
///
/// # Errors
/// LL1463 if the run does not come to that cycle, LL1461 if its engine has none; what is wrong with the
/// folder.
pub fn replay_into(folder: &RunFolder, cycle: u64) -> Result<(Midstep, u64), Diagnostics> {
    let again = Again::open(folder, |_| false)?;
    let mut chip = again.chip;
    if chip.cycles().is_none() {
        return Err(no_cycles(cycle).into());
    }
    let mut run =
        Run { firmware: again.firmware, ..Run::new(&again.job, folder.clone(), again.hash) };
    run.take_up(again.from.map(|from| begun(&mut chip, from)).transpose()?);
    run.seeks = Some(cycle);
    run.go(&mut chip, &mut |_| true)?;
    let found = run.found.take().ok_or_else(|| cycle_not_reached(cycle, run.now(&chip)))?;
    let (clock, length, cycles) = (found.clock, again.job.length().max(1), found.cycles);
    let step = usize::try_from(clock % length).unwrap_or(usize::MAX);
    let sample = usize::try_from(clock / length).unwrap_or(usize::MAX);
    let Some(block) = again.job.blocks.get(sample) else {
        return Err(cycle_not_reached(cycle, run.now(&chip)).into());
    };
    begun(&mut chip, found)?;
    let codes = line_codes(&again.job.image, block);
    Ok((chip.midstep(&stimulus(block, &codes), step, cycles)?, clock))
}

/// A run that is to be repeated.
struct Again {
    job: Job,
    hash: String,
    chip: Emulator,
    firmware: Option<Firmware>,
    /// Where the repetition begins, if not at the first step.
    from: Option<Snapshot>,
    /// The first step that the run itself had.
    earliest: u64,
}

impl Again {
    /// Reads a folder; of its snapshots, the last one that is near.
    fn open(folder: &RunFolder, near: impl Fn(&Checkpoint) -> bool) -> Result<Self, Diagnostics> {
        let (job, watch) = answer::repeat(&folder.file(RunFile::Config))?;
        let options = Options { replicas: 1, threads: 1, seed: job.chip_seed };
        let mut chip = Emulator::load(job.image.clone(), options)?;
        job.clocking.start(&mut chip)?;
        let firmware = Firmware::carried(&mut chip)?;
        let hash = InputHash::of(&[("", &folder.read(RunFile::Image)?)]).to_string();
        let first = watch.from.as_deref().map(|from| Snapshot::open(from, &hash, &job));
        let first = first.transpose()?;
        let earliest = first.as_ref().map_or(0, |first| first.clock);
        let near = folder.snapshots().into_iter().rev().find(near);
        let open = |near: Checkpoint| Snapshot::open(&files::read(&near.path)?, &hash, &job);
        let from = near.map(open).transpose()?.or(first);
        Ok(Self { job, hash, chip, firmware, from, earliest })
    }
}

/// Steps that an answering run did, those before its snapshot included.
///
/// # Errors
/// LL5001 or LL1317 if the folder is not that of such a run.
pub fn end(folder: &RunFolder) -> Result<u64, Diagnostics> {
    let path = folder.file(RunFile::Counters);
    let page: Option<serde_json::Value> = serde_json::from_slice(&files::read(&path)?).ok();
    let step = page.and_then(|page| page.get("step")?.as_u64());
    step.ok_or_else(|| answer::damaged(&path, "it states no step"))
}
