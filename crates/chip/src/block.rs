//! The loop over the steps of a block: shards and arrays, spread over threads.

use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use leadlag_diagnostic::Diagnostic;
use leadlag_fixed::{count, index};
use leadlag_image::Compartment;

use crate::cycle::{Budget, Clock};
use crate::emulator::{Drives, Emulator};
use crate::faults::Strikes;
use crate::firmware::{self, CodeBits, Shown, Unit};
use crate::gate::Gate;
use crate::learn::{Bits, Lesson, Products};
use crate::plan::{CorePlan, Plan};
use crate::shard::{Moment, Scratch};
use crate::state::{ArrayState, ShardState};
use crate::stimulus::{Record, Stimulus};
use crate::trim::TrimState;
use clocked::Stop;

mod clocked;

impl Emulator {
    /// Runs a block, or a part of one, or a part of its steps.
    pub(crate) fn block(
        &mut self,
        stimulus: &Stimulus<'_>,
        ahead: Ahead<'_>,
        how: How<'_>,
    ) -> Record {
        let lines = self.plan.line_count();
        let replicas = index(self.options.replicas);
        let cores = self.plan.cores.len();
        assert_eq!(
            stimulus.codes.len(),
            stimulus.steps * replicas * lines,
            "one code per step, replica and line"
        );
        let bits = Bits { weight: self.image.chip.weight_bits, dac: self.image.chip.dac_bits };
        if how.learns {
            firmware::put_words(&mut self.units, &self.plan, &self.state);
        }
        let held = if stimulus.learn { &[][..] } else { &self.units };
        let held = firmware::own_weights(held, &self.state.arrays);
        let idle = !how.evaluates && !stimulus.learn && !self.state.owed;
        let threads = if idle { 1 } else { self.workers(stimulus.learn) };
        let programs = self.has_programs();
        let run = Run {
            plan: &self.plan,
            stimulus,
            ahead,
            replicas,
            seed: self.options.seed,
            bits,
            code_bits: CodeBits::new(&self.image),
            how,
            strikes: &self.faulty.strikes,
            units: Mutex::new((std::mem::take(&mut self.units), self.fault.take())),
            first_step: self.state.step,
            owed: self.state.owed,
            programs,
            threads,
            arrays: std::mem::take(&mut self.state.arrays).into_iter().map(RwLock::new).collect(),
            trims: std::mem::take(&mut self.state.trims).into_iter().map(RwLock::new).collect(),
            shards: std::mem::take(&mut self.state.shards)
                .into_iter()
                .map(|shard| {
                    let record = vec![0; shard.replicas * stimulus.steps * self.plan.outputs];
                    let drives =
                        if how.watched { vec![Drives::default(); cores] } else { Vec::new() };
                    RwLock::new(Recorded { shard, record, drives })
                })
                .collect(),
            stop: RwLock::new(None),
        };
        run.go();
        let (ended, recorded) = run.ended();
        let owed = run.owed_at(ended);
        let phases = run.phases();
        let stop = run.stop.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.halted = self.halted.take().or(stop.map(|(_, why)| why));
        self.state.arrays = unlocked(run.arrays);
        self.state.trims = unlocked(run.trims);
        (self.units, self.fault) = run.units.into_inner().unwrap_or_else(PoisonError::into_inner);
        if how.learns {
            firmware::take_words(&self.units, &self.plan, &mut self.state);
            self.state.owed = owed;
            let all = self.state.phases.as_flattened_mut().iter_mut();
            all.zip(phases.as_flattened()).for_each(|(sum, steps)| *sum += steps);
            let learnt = || firmware::check_held(&self.image, &held, &self.state.arrays);
            self.fault = self.fault.take().or_else(learnt);
        }
        let mut rates = Vec::with_capacity(replicas * stimulus.steps * self.plan.outputs);
        if how.evaluates {
            self.drives.clear();
        }
        for shard in run.shards {
            let Recorded { shard, record, drives } =
                shard.into_inner().unwrap_or_else(PoisonError::into_inner);
            let own = record.chunks_exact((stimulus.steps * self.plan.outputs).max(1));
            own.for_each(|own| rates.extend_from_slice(&own[..recorded * self.plan.outputs]));
            self.state.shards.push(shard);
            if how.evaluates {
                self.drives.push(drives);
            }
        }
        if how.learns {
            self.state.step += u64::from(count(ended));
        }
        Record { outputs: self.plan.outputs, rates }
    }

    /// Threads that have work: shards move in parallel, and arrays learn so. Programs run on one chip,
    /// and one thread takes them.
    fn workers(&self, learns: bool) -> usize {
        let arrays = if learns && self.units.is_empty() { self.state.arrays.len() } else { 1 };
        self.options.threads.min(self.state.shards.len().max(arrays))
    }
}

/// The whole block, of which a part is run, and the step in it at which the part begins: the host shows
/// targets a step ahead.
#[derive(Clone, Copy)]
pub(crate) struct Ahead<'a> {
    pub(crate) stimulus: &'a Stimulus<'a>,
    pub(crate) step: usize,
}

/// A shard and the outputs of its replicas in the current block.
struct Recorded {
    shard: ShardState,
    record: Vec<i16>,
    /// By core, if the block is watched.
    drives: Vec<Drives>,
}

impl std::ops::Deref for Recorded {
    type Target = ShardState;
    fn deref(&self) -> &ShardState {
        &self.shard
    }
}

/// Which part of its steps a block runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct How<'a> {
    /// Latch, inject, evaluate, send.
    pub(crate) evaluates: bool,
    /// Learn, which ends the step.
    pub(crate) learns: bool,
    /// Keeps the drives of the last step.
    pub(crate) watched: bool,
    /// Where the codes of other cores have landed.
    pub(crate) clock: Option<&'a RwLock<Clock>>,
    /// Cycles that programs may run.
    pub(crate) budget: Budget,
}

impl How<'_> {
    pub(crate) const WHOLE: Self =
        Self { evaluates: true, learns: true, watched: false, clock: None, budget: Budget::WHOLE };
    pub(crate) const EVALUATE: Self = Self { learns: false, ..Self::WHOLE };
    pub(crate) const LEARN: Self = Self { evaluates: false, ..Self::WHOLE };
}

/// A block being run. In the first half of a step every thread moves its shards and reads the
/// arrays; in the second it teaches its arrays and reads the shards. Between them they meet.
struct Run<'a> {
    plan: &'a Plan,
    stimulus: &'a Stimulus<'a>,
    how: How<'a>,
    strikes: &'a Strikes,
    ahead: Ahead<'a>,
    replicas: usize,
    seed: u64,
    bits: Bits,
    code_bits: CodeBits,
    /// Programs run on one chip, so one thread takes them; with why one has stopped.
    units: Mutex<(Vec<Unit>, Option<Box<Diagnostic>>)>,
    first_step: u64,
    owed: bool,
    /// Whether there are units with programs.
    programs: bool,
    threads: usize,
    arrays: Vec<RwLock<ArrayState>>,
    trims: Vec<RwLock<TrimState>>,
    shards: Vec<RwLock<Recorded>>,
    /// Why the clock has stopped, if it has.
    stop: RwLock<Option<Stop>>,
}

impl Run<'_> {
    fn go(&self) {
        let gate = Gate::new(self.threads);
        if self.threads == 1 {
            return self.work(0, &gate);
        }
        let joined = crossbeam::scope(|scope| {
            for thread in 1..self.threads {
                let gate = &gate;
                scope.spawn(move |_| self.work(thread, gate));
            }
            self.work(0, &gate);
        });
        if let Err(panic) = joined {
            std::panic::resume_unwind(panic);
        }
    }

    fn work(&self, thread: usize, gate: &Gate) {
        let (mut scratch, mut products) = (Scratch::default(), Products::default());
        for step in 0..self.stimulus.steps {
            if self.how.evaluates {
                for at in (thread..self.shards.len()).step_by(self.threads) {
                    self.advance(step, &mut write(&self.shards[at]), &mut scratch);
                }
            }
            if !self.travels(step, thread, gate) {
                break;
            }
            if !self.how.learns || self.practise(step) {
                continue;
            }
            if self.learns(Compartment::Soma, step) || self.learns(Compartment::Apical, step) {
                gate.wait();
                for at in (thread..self.arrays.len()).step_by(self.threads) {
                    self.teach(step, at, &mut products);
                }
                gate.wait();
            }
        }
        for at in (thread..self.arrays.len()).step_by(self.threads) {
            self.lesson(0, at).settle(&mut write(&self.arrays[at]), &mut products);
        }
    }

    /// Whether the arrays of this side take products in a step of the block.
    fn learns(&self, compartment: Compartment, step: usize) -> bool {
        match compartment {
            Compartment::Soma => {
                let at = self.first_step + u64::from(count(step));
                self.stimulus.learn && self.plan.schedule.is_some_and(|s| s.takes(at))
            }
            Compartment::Apical => self.owed_at(step),
        }
    }

    /// Whether the weights of this side move, in a step in which it takes products.
    fn moves(&self, compartment: Compartment, step: usize) -> bool {
        let at = self.first_step + u64::from(count(step));
        let somatic = match compartment {
            Compartment::Soma => at,
            Compartment::Apical => at.saturating_sub(1),
        };
        self.plan.schedule.is_some_and(|s| s.is_due(somatic))
    }

    /// Whether the somatic arrays took products in the step before.
    fn owed_at(&self, step: usize) -> bool {
        step.checked_sub(1).map_or(self.owed, |before| self.learns(Compartment::Soma, before))
    }

    /// Steps of the block, by whether somatic weights move and whether the apical arrays follow the step
    /// before.
    fn phases(&self) -> [[u64; 2]; 2] {
        let mut phases = [[0; 2]; 2];
        for step in 0..self.ended().0 {
            let moves = self.stimulus.learn && self.moves(Compartment::Soma, step);
            phases[usize::from(moves)][usize::from(self.owed_at(step))] += 1;
        }
        phases
    }

    fn advance(&self, step: usize, recorded: &mut Recorded, scratch: &mut Scratch) {
        let clock = self.how.clock.map(read);
        let moment = Moment {
            plan: self.plan,
            stimulus: self.stimulus,
            replicas: self.replicas,
            step,
            clock: clock.as_deref(),
            dead: &self.strikes.dead,
        };
        let Recorded { shard, record, drives } = recorded;
        shard.latch(moment);
        shard.upset(&self.strikes.rows);
        shard.inject(moment, scratch, record, &self.injecting());
        let array = |at: usize| read(&self.arrays[at]);
        shard.evaluate(moment, array, |at| read(&self.trims[at]), scratch, drives);
    }

    /// The learn phase with programs, if there are any; whether there are.
    fn practise(&self, step: usize) -> bool {
        if !self.programs {
            return false;
        }
        let mut units = self.units.lock().unwrap_or_else(PoisonError::into_inner);
        let (units, fault) = &mut *units;
        if fault.is_none() {
            let mut alive = units.iter_mut().filter(|unit| !self.strikes.is_dead(unit.core()));
            *fault = alive.try_for_each(|unit| self.practise_one(step, unit)).err();
        }
        true
    }

    /// The cores whose injection registers hold what their programs wrote.
    fn injecting(&self) -> Vec<usize> {
        if !self.programs {
            return Vec::new();
        }
        let units = self.units.lock().unwrap_or_else(PoisonError::into_inner);
        units.0.iter().filter(|unit| unit.injects).map(Unit::core).collect()
    }

    /// The target of the next step, if the block goes on.
    fn next_target(&self, step: usize, plan: &CorePlan) -> Option<Shown> {
        let Ahead { stimulus, step: first } = self.ahead;
        let step = first + step + 1;
        let moment = Moment {
            plan: self.plan,
            stimulus,
            replicas: self.replicas,
            step,
            clock: None,
            dead: &[],
        };
        let teach = plan.teach.as_ref().filter(|_| step < stimulus.steps)?;
        Some(crate::shard::shown(moment, teach, plan.columns))
    }

    fn practise_one(&self, step: usize, unit: &mut Unit) -> Result<(), Box<Diagnostic>> {
        let at = unit.core();
        let plan = &self.plan.cores[at];
        let shard = &mut write(&self.shards[0]).shard;
        let core = &mut shard.cores[at];
        let now = self.first_step + u64::from(count(step));
        let shown = self.next_target(step, plan);
        let when = (now, self.how.budget);
        unit.learn(when, plan, self.code_bits, core, shown.as_ref())?;
        unit.take_trims(plan, &mut write(&self.trims[at]))?;
        for side in 0..2 {
            unit.take_weights(side, plan, self.bits.dac, &mut write(&self.arrays[2 * at + side]));
        }
        Ok(())
    }

    fn lesson(&self, step: usize, at: usize) -> Lesson<'_> {
        let compartment =
            if at.is_multiple_of(2) { Compartment::Soma } else { Compartment::Apical };
        Lesson {
            plan: self.plan,
            core: at / 2,
            compartment,
            seed: self.seed,
            step: self.first_step + u64::from(count(step)),
            bits: self.bits,
            due: self.moves(compartment, step),
        }
    }

    fn teach(&self, step: usize, at: usize, products: &mut Products) {
        let lesson = self.lesson(step, at);
        let compartment = lesson.compartment;
        if self.learns(compartment, step) && !self.strikes.is_dead(at / 2) {
            let shards = self.shards.iter().map(|shard| Reader(read(shard)));
            lesson.teach(&mut write(&self.arrays[at]), shards, products);
            if compartment == Compartment::Soma && self.plan.cores[at / 2].tau.is_some() {
                let shards = self.shards.iter().map(|shard| Reader(read(shard)));
                lesson.tune(&mut write(&self.trims[at / 2]), shards);
            }
        }
    }
}

/// A shard that is only read.
struct Reader<'a>(RwLockReadGuard<'a, Recorded>);

impl std::ops::Deref for Reader<'_> {
    type Target = ShardState;
    fn deref(&self) -> &ShardState {
        &self.0
    }
}

fn unlocked<T>(locks: Vec<RwLock<T>>) -> Vec<T> {
    let states = locks.into_iter().map(RwLock::into_inner);
    states.map(|state| state.unwrap_or_else(PoisonError::into_inner)).collect()
}

fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
