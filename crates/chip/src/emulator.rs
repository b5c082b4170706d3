//! The emulator: state, plan and the loop over steps.

use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fixed::{count, index};
use leadlag_image::{Compartment, Image, Ratio, registers};
use leadlag_plasticity::Constants;

use crate::check::check;
use crate::counters::Counters;
use crate::cycle::{Clock, Landed, ProgramCycles, Times};
use crate::firmware::{self, CodeBits, Shown, Unit};
use crate::gate::Gate;
use crate::learn::{Bits, Lesson, Products};
use crate::plan::{CorePlan, Plan};
use crate::rescale::{rescale_core, rescale_products};
use crate::shard::{Moment, Scratch};
use crate::state::{ArrayState, ShardState, State};
use crate::stimulus::{Record, Stimulus};
use crate::synapses::Synapses;

/// How a chip is run. `threads` changes no bit of any result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// Identical chips with one weight state, 1 to 4096.
    pub replicas: u32,
    /// Worker threads, at least 1.
    pub threads: usize,
    /// Chip seed: the key of every draw.
    pub seed: u64,
}

/// A chip, or several replicas of it, with a network on it.
#[derive(Debug)]
pub struct Emulator {
    image: Image,
    options: Options,
    plan: Plan,
    state: State,
    /// Drives of the last step, by shard, core and side; empty unless the step was watched.
    drives: Vec<Vec<Drives>>,
    /// Plasticity units with a program. Not state: they are started from it.
    pub(crate) units: Vec<Unit>,
    /// Why a program has stopped.
    pub(crate) fault: Option<Box<Diagnostic>>,
    /// The fabric between the cores, in the cycle engine.
    clock: Option<Clock>,
    /// Why the fabric has stopped.
    halted: Option<Diagnostics>,
}

/// Drives of the soma and of the apical compartment of a core's columns, for some replicas.
pub(crate) type Drives = [Vec<i32>; 2];

impl Emulator {
    /// Loads an image onto `options.replicas` identical chips.
    ///
    /// # Errors
    /// What [`Image::validate`] finds.
    pub fn load(image: Image, options: Options) -> Result<Self, Diagnostics> {
        image.validate()?;
        let options = Options {
            replicas: options.replicas.clamp(1, 4096),
            threads: options.threads.max(1),
            ..options
        };
        let scales = registers::error_scales(&image);
        let plan = Plan::new(&image, &scales, None, options.replicas)?;
        let state = State::reset(&image, &plan, index(options.replicas), scales);
        let mut emulator = Self {
            image,
            options,
            plan,
            state,
            drives: Vec::new(),
            units: Vec::new(),
            fault: None,
            clock: None,
            halted: None,
        };
        emulator.wire_constants();
        Ok(emulator)
    }

    fn wire_constants(&mut self) {
        let code = i16::try_from(registers::constant_code(&self.image.chip)).unwrap_or(i16::MAX);
        for shard in &mut self.state.shards {
            shard.wire_constants(&self.plan, code);
        }
    }

    /// The image as it was loaded.
    #[must_use]
    pub fn image(&self) -> &Image {
        &self.image
    }

    /// How the chips are run.
    #[must_use]
    pub fn options(&self) -> Options {
        self.options
    }

    /// Chooses how the sums of the arrays are found; it changes no bit of any result.
    pub fn set_synapses(&mut self, synapses: Synapses) {
        self.plan.synapses = synapses;
    }

    fn replace_plan(&mut self, plan: Plan) {
        self.plan = Plan { synapses: self.plan.synapses, ..plan };
    }

    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    pub(crate) fn drives(&self) -> &[Vec<Drives>] {
        &self.drives
    }

    /// Why the fabric has stopped, if it has.
    pub(crate) fn halted(&self) -> Option<&Diagnostics> {
        self.halted.as_ref()
    }

    /// Whether the plasticity units read the column converters.
    pub(crate) fn converts(&self) -> bool {
        self.plan.converts()
    }

    /// All registers.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Circuit steps done.
    #[must_use]
    pub fn step(&self) -> u64 {
        self.state.step
    }

    /// Continues from a state that an emulator of the same image and number of replicas had.
    ///
    /// # Errors
    /// LL1315 if its shape is another one, LL1340 for every register that holds what it cannot hold,
    /// LL1260 to LL1272 for error scales that do not exist. Then nothing has changed.
    /// Programs start anew from the state, which those that have started once do.
    pub fn restore(&mut self, state: State) -> Result<(), Diagnostics> {
        if !self.fits(&state) {
            return Err(of_another_image());
        }
        let eta = state.eta.map(|(mantissa, exponent)| Ratio { mantissa, exponent });
        let plan = Plan::new(&self.image, &state.error_scales, eta, self.options.replicas)?;
        Diagnostics::unless_any(check(&self.image, &plan, &state), ())?;
        self.replace_plan(plan);
        self.state = state;
        self.drives = Vec::new();
        self.fault = None;
        self.wire_constants();
        self.restart_clock()?;
        self.restart_units()
    }

    /// Back to the state before the first step: registers, weights, scales and counters.
    ///
    /// # Errors
    /// Never, for an image that was loaded.
    pub fn reset(&mut self) -> Result<(), Diagnostics> {
        let scales = registers::error_scales(&self.image);
        self.replace_plan(Plan::new(&self.image, &scales, None, self.options.replicas)?);
        self.state = State::reset(&self.image, &self.plan, index(self.options.replicas), scales);
        self.drives = Vec::new();
        self.fault = None;
        self.wire_constants();
        self.restart_clock()?;
        self.restart_units()
    }

    /// A new clock at cycle 0, with what was sent in the rows.
    fn restart_clock(&mut self) -> Result<(), Diagnostics> {
        self.halted = None;
        let Some(clock) = &self.clock else { return Ok(()) };
        let mut clock = clock.renewed(&self.image, index(self.options.replicas))?;
        clock.settle(&self.plan, &self.state);
        self.clock = Some(clock);
        Ok(())
    }

    fn fits(&self, other: &State) -> bool {
        let shape = |state: &State| {
            let arrays: Vec<_> = state
                .arrays
                .iter()
                .map(|a| [&a.weight, &a.mean, &a.magnitude, &a.sum, &a.codes].map(Vec::len))
                .collect();
            let shards: Vec<_> = state
                .shards
                .iter()
                .map(|s| (s.first, s.replicas, s.cores.iter().map(core_shape).collect::<Vec<_>>()))
                .collect();
            (state.error_scales.len(), arrays, shards)
        };
        shape(&self.state) == shape(other)
    }

    /// The image with the weights as they are now and the error scales in force: what a chip that
    /// stops learning here would be loaded with.
    #[must_use]
    pub fn trained_image(&self) -> Image {
        let mut image = self.image.clone();
        for (at, core) in image.cores.iter_mut().enumerate() {
            core.apical.scale = self.state.error_scales[at];
            let columns = index(core.neurons);
            for (side, array) in
                [&mut core.soma, &mut core.apical].into_iter().zip(&self.state.arrays[2 * at..])
            {
                let rows = array.weight.chunks_exact(self.plan.cores[at].width);
                side.array.words = rows.flat_map(|row| &row[..columns]).copied().collect();
            }
        }
        image
    }

    /// Counters of each core, over all replicas.
    #[must_use]
    pub fn counters(&self) -> Vec<Counters> {
        let core = |at: usize| {
            let mut total = Counters::default();
            for shard in &self.state.shards {
                total.add(&shard.cores[at].counters);
            }
            total.soma.weight_held = self.state.arrays[2 * at].held;
            total.apical.weight_held = self.state.arrays[2 * at + 1].held;
            total
        };
        (0..self.plan.cores.len()).map(core).collect()
    }

    /// Moves the error scales, by core: a full-scale error code becomes worth `2^scale`, and every
    /// register in units of an error is converted.
    ///
    /// # Errors
    /// If a scale is out of range or the scales that meet in an array are too far apart. Then nothing
    /// has changed.
    pub fn set_error_scales(&mut self, scales: &[i32]) -> Result<(), Diagnostics> {
        let plan = Plan::new(&self.image, scales, self.eta(), self.options.replicas)?;
        let growth: Vec<i32> =
            scales.iter().zip(&self.state.error_scales).map(|(new, old)| new - old).collect();
        self.replace_plan(plan);
        scales.clone_into(&mut self.state.error_scales);
        let rail = leadlag_fixed::signed(self.image.chip.rails << 24);
        let (payload, adc) = (self.image.chip.payload_bits, self.image.chip.adc.bits);
        for (at, &places) in growth.iter().enumerate().filter(|(_, places)| **places != 0) {
            for core in self.state.shards.iter_mut().map(|shard| &mut shard.cores[at]) {
                rescale_core(core, places, rail, payload);
                crate::rescale::rescale_words(&mut core.apical.converted, places, adc);
            }
        }
        if let Some(clock) = &mut self.clock {
            clock.rescale(&growth, payload);
        }
        for core in 0..growth.len() {
            rescale_products(&self.image, core, &growth, &mut self.state.arrays);
        }
        self.wire_constants();
        Ok(())
    }

    fn eta(&self) -> Option<Ratio> {
        self.state.eta.map(|(mantissa, exponent)| Ratio { mantissa, exponent })
    }

    /// The learning rate in force, if the image learns.
    #[must_use]
    pub fn learning_rate(&self) -> Option<Ratio> {
        self.eta().or_else(|| self.image.learning.as_ref().map(|l| l.eta))
    }

    /// Writes the learning rate, a run-time parameter of the plasticity program.
    ///
    /// # Errors
    /// As for [`Self::load`]; the learning rate cannot cause one.
    pub fn set_learning_rate(&mut self, eta: Ratio) -> Result<(), Diagnostics> {
        let scales = &self.state.error_scales;
        self.replace_plan(Plan::new(&self.image, scales, Some(eta), self.options.replicas)?);
        self.state.eta = Some((eta.mantissa, eta.exponent));
        Ok(())
    }

    /// The plastic rows of a core's array, with the constants of the rule in force: what the host
    /// writes to the parameters of a plasticity program.
    ///
    /// Row registers are shifted by what `mean.shift` exceeds that of the product's own rounding.
    pub fn plastic_rows(
        &self,
        core: usize,
        compartment: Compartment,
    ) -> impl Iterator<Item = (std::ops::Range<usize>, Constants)> {
        let groups = &self.plan.cores[core].side(compartment).groups;
        groups.iter().map(|group| (group.first..group.first + group.rows, group.constants))
    }

    /// Runs a block of steps.
    ///
    /// # Panics
    /// If the stimulus has not the number of codes and targets that its shape says.
    pub fn run(&mut self, stimulus: &Stimulus<'_>) -> Record {
        if self.clock.is_some() {
            return self.run_each(stimulus, &mut |_, _| ControlFlow::Continue(())).0;
        }
        self.block(stimulus, Ahead { stimulus, step: 0 }, How::WHOLE)
    }

    /// One step in the cycle engine: evaluate, let the events travel, learn.
    fn timed_step(&mut self, mut clock: Clock, one: &Stimulus<'_>, ahead: Ahead<'_>) -> Record {
        clock.note(&self.state.shards);
        let first = How { clock: Some(&clock), watched: true, ..How::EVALUATE };
        let record = self.block(one, ahead, first);
        let landed = clock.travel(&self.plan, &mut self.state, self.options.threads);
        match landed {
            Ok(landed) => self.learn_in_time(&mut clock, &landed, one, ahead),
            Err(why) => self.halted = Some(why),
        }
        self.clock = Some(clock);
        record
    }

    fn learn_in_time(
        &mut self,
        clock: &mut Clock,
        landed: &Landed,
        one: &Stimulus<'_>,
        ahead: Ahead<'_>,
    ) {
        let due = one.learn && self.plan.schedule.is_some_and(|s| s.is_due(self.state.step));
        let learnt = [due, self.state.owed];
        let busy = |emulator: &Self| -> Vec<u64> {
            emulator.counters().iter().map(|counters| counters.plasticity_cycles).collect()
        };
        let before = busy(self);
        let allowance = clock.allowance(landed);
        self.block(one, ahead, How { allowance, ..How::LEARN });
        let ran: Vec<u64> = busy(self).iter().zip(before).map(|(now, then)| now - then).collect();
        clock.close(landed, self.has_programs().then_some(&ran), learnt);
    }

    /// Puts a fabric between the cores: from now on this is the cycle engine. `faults` are those of
    /// the fabric.
    ///
    /// # Errors
    /// LL1500 to LL1511, LL2510, LL2520, LL2521: a fabric that cannot be built, or that cannot carry
    /// the image's events.
    pub fn attach_fabric(&mut self, faults: leadlag_fabric::Faults) -> Result<(), Diagnostics> {
        self.clock = Some(Clock::new(&self.image, index(self.options.replicas), faults)?);
        Ok(())
    }

    /// Tells what the evaluator's updates would take as programs, by core of the image: the cycle
    /// engine's barrier waits as long.
    pub fn set_program_cycles(&mut self, cycles: Vec<ProgramCycles>) {
        if let Some(clock) = &mut self.clock {
            clock.set_programs(cycles);
        }
    }

    /// Times the first `timed` of every `of` steps only; in the others events land at once, which in
    /// barrier mode changes no value.
    pub fn sample_steps(&mut self, timed: u64, of: u64) {
        if let Some(clock) = &mut self.clock {
            clock.set_sample(timed, of);
        }
    }

    /// Counts of the clock over all replicas; none in the functional engine.
    #[must_use]
    pub fn times(&self) -> Option<Times> {
        self.clock.as_ref().map(Clock::times)
    }

    /// Counts of the fabric's routers and links, on the first replica's chip.
    #[must_use]
    pub fn fabric_counters(&self) -> Option<leadlag_fabric::Counters> {
        self.clock.as_ref().map(Clock::fabric)
    }

    /// The cycle of the next latch, by replica, or once where all replicas' clocks are alike.
    #[must_use]
    pub fn cycles(&self) -> Option<Vec<u64>> {
        self.clock.as_ref().map(Clock::now)
    }

    /// Runs a block step by step, to the same bits, and shows the chips and the step's own record to
    /// `watch` after each. `Break` ends the block after that step. Returns what was recorded, and
    /// the steps done.
    ///
    /// # Panics
    /// As [`Self::run`].
    pub fn run_each(
        &mut self,
        stimulus: &Stimulus<'_>,
        watch: &mut dyn FnMut(&Self, &Record) -> ControlFlow<()>,
    ) -> (Record, usize) {
        let replicas = index(self.options.replicas);
        let outputs = self.plan.outputs;
        let cells = [replicas * self.plan.line_count(), replicas * outputs];
        let mut steps = Vec::new();
        for step in 0..stimulus.steps {
            let part = stimulus.part(step..step + 1, cells);
            let ahead = Ahead { stimulus, step };
            let record = match self.clock.take() {
                Some(clock) => self.timed_step(clock, &part, ahead),
                None => self.block(&part, ahead, How { watched: true, ..How::WHOLE }),
            };
            let ends = watch(self, &record).is_break();
            steps.push(record.rates);
            if ends || self.halted.is_some() {
                break;
            }
        }
        let mut rates = Vec::with_capacity(steps.len() * cells[1]);
        for replica in 0..replicas {
            let own = replica * outputs..(replica + 1) * outputs;
            for step in &steps {
                rates.extend_from_slice(&step[own.clone()]);
            }
        }
        (Record { outputs, rates }, steps.len())
    }

    /// Runs a block, or a part of one, or a part of its steps.
    fn block(&mut self, stimulus: &Stimulus<'_>, ahead: Ahead<'_>, how: How<'_>) -> Record {
        let lines = self.plan.line_count();
        let replicas = index(self.options.replicas);
        let cores = self.plan.cores.len();
        assert_eq!(
            stimulus.codes.len(),
            stimulus.steps * replicas * lines,
            "one code per step, replica and line"
        );
        let bits = Bits { weight: self.image.chip.weight_bits, dac: self.image.chip.dac_bits };
        firmware::put_words(&mut self.units, &self.plan, &self.state.arrays);
        let held = if stimulus.learn { &[][..] } else { &self.units };
        let held = firmware::own_weights(held, &self.state.arrays);
        let run = Run {
            plan: &self.plan,
            stimulus,
            ahead,
            replicas,
            seed: self.options.seed,
            bits,
            code_bits: CodeBits::new(&self.image),
            how,
            units: Mutex::new((std::mem::take(&mut self.units), self.fault.take())),
            first_step: self.state.step,
            owed: self.state.owed,
            threads: self.options.threads.min(self.state.shards.len()),
            arrays: std::mem::take(&mut self.state.arrays).into_iter().map(RwLock::new).collect(),
            shards: std::mem::take(&mut self.state.shards)
                .into_iter()
                .map(|shard| {
                    let record = vec![0; shard.replicas * stimulus.steps * self.plan.outputs];
                    let drives =
                        if how.watched { vec![Drives::default(); cores] } else { Vec::new() };
                    RwLock::new(Recorded { shard, record, drives })
                })
                .collect(),
        };
        run.go();
        let owed = run.owed_at(stimulus.steps);
        self.state.arrays = run
            .arrays
            .into_iter()
            .map(|a| a.into_inner().unwrap_or_else(PoisonError::into_inner))
            .collect();
        (self.units, self.fault) = run.units.into_inner().unwrap_or_else(PoisonError::into_inner);
        firmware::take_words(&self.units, &self.plan, &mut self.state.arrays);
        if how.learns {
            self.state.owed = owed;
        }
        let learnt = || firmware::check_held(&self.image, &held, &self.state.arrays);
        self.fault = self.fault.take().or_else(learnt);
        let mut rates = Vec::with_capacity(replicas * stimulus.steps * self.plan.outputs);
        if how.evaluates {
            self.drives.clear();
        }
        for recorded in run.shards {
            let Recorded { shard, record, drives } =
                recorded.into_inner().unwrap_or_else(PoisonError::into_inner);
            rates.extend_from_slice(&record);
            self.state.shards.push(shard);
            if how.evaluates {
                self.drives.push(drives);
            }
        }
        if how.learns {
            self.state.step += u64::from(count(stimulus.steps));
        }
        Record { outputs: self.plan.outputs, rates }
    }
}

fn of_another_image() -> Diagnostics {
    let message = "the checkpoint is of another image or another number of replicas";
    Diagnostic::new("LL1315", message).help("resume the run folder that it lies in").into()
}

fn core_shape(core: &crate::state::CoreState) -> [usize; 13] {
    let [a, b] = [&core.soma, &core.apical].map(|s| {
        [s.rows.len(), s.lagged.len(), s.prospective.len(), s.sent.len(), s.converted.len()]
    });
    let rest = [
        core.rate.len() + core.slope.len() + core.injection.len() + core.pause.len(),
        core.past[0].len(),
        core.past[1].len(),
    ];
    let mut all = [0; 13];
    for (to, from) in all.iter_mut().zip(a.into_iter().chain(b).chain(rest)) {
        *to = from;
    }
    all
}

/// The whole block, of which a part is run, and the step in it at which the part begins: the host shows
/// targets a step ahead.
#[derive(Clone, Copy)]
struct Ahead<'a> {
    stimulus: &'a Stimulus<'a>,
    step: usize,
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
struct How<'a> {
    /// Latch, inject, evaluate, send.
    evaluates: bool,
    /// Learn, which ends the step.
    learns: bool,
    /// Keeps the drives of the last step.
    watched: bool,
    /// Where the codes of other cores have landed.
    clock: Option<&'a Clock>,
    /// Cycles that programs may run.
    allowance: u64,
}

impl How<'_> {
    const WHOLE: Self =
        Self { evaluates: true, learns: true, watched: false, clock: None, allowance: u64::MAX };
    const EVALUATE: Self = Self { learns: false, ..Self::WHOLE };
    const LEARN: Self = Self { evaluates: false, ..Self::WHOLE };
}

/// A block being run. In the first half of a step every thread moves its shards and reads the
/// arrays; in the second it teaches its arrays and reads the shards. Between them they meet.
struct Run<'a> {
    plan: &'a Plan,
    stimulus: &'a Stimulus<'a>,
    how: How<'a>,
    ahead: Ahead<'a>,
    replicas: usize,
    seed: u64,
    bits: Bits,
    code_bits: CodeBits,
    /// Programs run on one chip, so one thread takes them; with why one has stopped.
    units: Mutex<(Vec<Unit>, Option<Box<Diagnostic>>)>,
    first_step: u64,
    owed: bool,
    threads: usize,
    arrays: Vec<RwLock<ArrayState>>,
    shards: Vec<RwLock<Recorded>>,
}

impl Run<'_> {
    fn go(&self) {
        let gate = Gate::new(self.threads);
        if self.threads == 1 {
            return self.work(0, &gate);
        }
        let joined = crossbeam::scope(|scope| {
            for thread in 0..self.threads {
                let gate = &gate;
                scope.spawn(move |_| self.work(thread, gate));
            }
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

    fn advance(&self, step: usize, recorded: &mut Recorded, scratch: &mut Scratch) {
        let moment = Moment {
            plan: self.plan,
            stimulus: self.stimulus,
            replicas: self.replicas,
            step,
            clock: self.how.clock,
        };
        let Recorded { shard, record, drives } = recorded;
        shard.latch(moment);
        shard.inject(moment, scratch, record, &self.injecting());
        shard.evaluate(self.plan, |at| read(&self.arrays[at]), scratch, drives);
    }

    /// The learn phase with programs, if there are any; whether there are.
    fn practise(&self, step: usize) -> bool {
        let mut units = self.units.lock().unwrap_or_else(PoisonError::into_inner);
        let (units, fault) = &mut *units;
        if fault.is_none() {
            *fault = units.iter_mut().try_for_each(|unit| self.practise_one(step, unit)).err();
        }
        !units.is_empty()
    }

    /// The cores whose injection registers hold what their programs wrote.
    fn injecting(&self) -> Vec<usize> {
        let units = self.units.lock().unwrap_or_else(PoisonError::into_inner);
        units.0.iter().filter(|unit| unit.injects).map(Unit::core).collect()
    }

    /// The target of the next step, if the block goes on.
    fn next_target(&self, step: usize, plan: &CorePlan) -> Option<Shown> {
        let Ahead { stimulus, step: first } = self.ahead;
        let step = first + step + 1;
        let moment =
            Moment { plan: self.plan, stimulus, replicas: self.replicas, step, clock: None };
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
        let when = (now, self.how.allowance);
        unit.learn(when, plan, self.code_bits, core, shown.as_ref())?;
        for side in 0..2 {
            unit.take_weights(side, plan, self.bits.dac, &mut write(&self.arrays[2 * at + side]));
        }
        Ok(())
    }

    fn teach(&self, step: usize, at: usize, products: &mut Products) {
        let compartment =
            if at.is_multiple_of(2) { Compartment::Soma } else { Compartment::Apical };
        let lesson = Lesson {
            plan: self.plan,
            core: at / 2,
            compartment,
            seed: self.seed,
            step: self.first_step + u64::from(count(step)),
            bits: self.bits,
            due: self.moves(compartment, step),
        };
        if self.learns(compartment, step) {
            let shards = self.shards.iter().map(|shard| Reader(read(shard)));
            lesson.teach(&mut write(&self.arrays[at]), shards, products);
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

fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
