//! The emulator: image, plan and state, and what the host does with them.

use std::ops::ControlFlow;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fixed::index;
use leadlag_image::{Compartment, Image, Ratio, registers};
use leadlag_plasticity::{Constants, Fraction};

use crate::block::{Ahead, How};
use crate::check::check;
use crate::counters::Counters;
use crate::cycle::Clock;
use crate::faults::Faulty;
use crate::firmware::Unit;
use crate::plan::Plan;
use crate::rescale::{rescale_core, rescale_products};
use crate::state::State;
use crate::stimulus::{Record, Stimulus};
use crate::synapses::Synapses;
use crate::trim::TrimState;

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
#[derive(Clone, Debug)]
pub struct Emulator {
    pub(crate) image: Image,
    pub(crate) options: Options,
    pub(crate) plan: Plan,
    pub(crate) state: State,
    /// Drives of the last step, by shard, core and side; empty unless the step was watched.
    pub(crate) drives: Vec<Vec<Drives>>,
    /// Plasticity units with a program. Not state: they are started from it.
    pub(crate) units: Vec<Unit>,
    /// Why a program has stopped.
    pub(crate) fault: Option<Box<Diagnostic>>,
    /// The fabric between the cores, in the cycle engine.
    pub(crate) clock: Option<Clock>,
    /// Whether it is kept where programs have been in a step.
    pub(crate) traces_programs: bool,
    /// Why the fabric, or a fault, has stopped the run.
    pub(crate) halted: Option<Diagnostics>,
    /// What breaks.
    pub(crate) faulty: Faulty,
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
            traces_programs: false,
            halted: None,
            faulty: Faulty::default(),
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

    /// All registers. [`Self::snapshot`] has the clock and the plasticity units as well.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Everything that a run goes on from: all registers, and in the cycle engine the clock and what is
    /// on its way.
    #[must_use]
    pub fn snapshot(&self) -> State {
        State {
            units: self.saved_units(),
            clock: self.clock.as_ref().map(Clock::save),
            ..self.state.clone()
        }
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
    /// LL1260 to LL1272 for error scales that do not exist; LL1220 to LL1223 for a clock that is not of
    /// this chip or holds what no clock can hold; LL1636 for other programs. Then nothing has changed.
    ///
    /// A state without a clock starts the cycle engine's anew, with what was sent in the rows; the
    /// functional engine leaves a clock aside. Programs of the network's rule that the state does not
    /// hold start anew from its registers.
    pub fn restore(&mut self, mut state: State) -> Result<(), Diagnostics> {
        if !self.fits(&state) {
            return Err(of_another_image());
        }
        let rate = state.learning_rate();
        let plan = Plan::new(&self.image, &state.error_scales, rate, self.options.replicas)?;
        Diagnostics::unless_any(check(&self.image, &plan, &state), ())?;
        let saved = (std::mem::take(&mut state.units), state.clock.take());
        let units = self.resumed_units(&plan, &state, (saved.0, saved.1.is_some()))?;
        let clock = self.resumed_clock(&plan, &state, saved.1)?;
        self.replace_plan(plan);
        (self.state, self.units, self.clock) = (state, units, clock);
        for (trim, plan) in self.state.trims.iter_mut().zip(&self.plan.cores) {
            trim.settle(plan);
        }
        (self.drives, self.fault, self.halted) = (Vec::new(), None, None);
        self.wire_constants();
        Ok(())
    }

    /// Back to the state before the first step: registers, weights, scales and counters.
    ///
    /// # Errors
    /// Never, for an image that was loaded.
    pub fn reset(&mut self) -> Result<(), Diagnostics> {
        let scales = registers::error_scales(&self.image);
        self.replace_plan(Plan::new(&self.image, &scales, None, self.options.replicas)?);
        self.state = State::reset(&self.image, &self.plan, index(self.options.replicas), scales);
        (self.drives, self.fault, self.halted) = (Vec::new(), None, None);
        self.wire_constants();
        self.clock = self.resumed_clock(&self.plan, &self.state, None)?;
        self.restart_units()
    }

    fn fits(&self, other: &State) -> bool {
        let shape = |state: &State| {
            let arrays: Vec<_> = state
                .arrays
                .iter()
                .map(|a| {
                    let words = [&a.weight, &a.mean, &a.magnitude, &a.fraction, &a.codes];
                    let words = words.map(Vec::len);
                    (words, a.sum.len(), a.cuts.len())
                })
                .collect();
            let shards: Vec<_> = state
                .shards
                .iter()
                .map(|s| (s.first, s.replicas, s.cores.iter().map(core_shape).collect::<Vec<_>>()))
                .collect();
            let trims: Vec<_> = state.trims.iter().map(TrimState::shape).collect();
            (state.error_scales.len(), arrays, trims, shards)
        };
        shape(&self.state) == shape(other)
    }

    /// The image with the weights and trim codes as they are now and the error scales in force: what a chip that
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
            self.state.trims[at].write(&self.plan.cores[at], core);
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
        let plan = Plan::new(&self.image, scales, self.learning_rate(), self.options.replicas)?;
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
            self.state.trims[core].rescale(growth[core]);
        }
        self.wire_constants();
        Ok(())
    }

    /// The share of the image's learning rate and decay that is in force; `None` is all of them.
    #[must_use]
    pub fn learning_rate(&self) -> Option<Ratio> {
        self.state.learning_rate()
    }

    /// Multiplies the image's learning rate and decay, run-time parameters of the plasticity program.
    /// Both follow one schedule: weights keep the size at which growth and decay balance, `eta*g/decay`.
    ///
    /// # Errors
    /// As for [`Self::load`]; the share cannot cause one.
    pub fn set_learning_rate(&mut self, share: Ratio) -> Result<(), Diagnostics> {
        let scales = &self.state.error_scales;
        self.replace_plan(Plan::new(&self.image, scales, Some(share), self.options.replicas)?);
        self.state.rate = Some((share.mantissa, share.exponent));
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

    /// Whether the time constants of a core's membranes learn.
    #[must_use]
    pub fn learns_tau(&self, core: usize) -> bool {
        self.plan.cores[core].tau.is_some()
    }

    /// Their learning rate in force, as [`Self::plastic_rows`] gives that of rows.
    #[must_use]
    pub fn tau_rate(&self, core: usize) -> Option<Fraction> {
        self.plan.cores[core].tau.as_ref().map(|tau| tau.constants.eta)
    }

    /// Runs a block of steps.
    ///
    /// # Panics
    /// If the stimulus has not the number of codes and targets that its shape says.
    pub fn run(&mut self, stimulus: &Stimulus<'_>) -> Record {
        if self.keeps_time()
            && let Some(clock) = self.clock.take()
        {
            return self.timed_block(clock, stimulus);
        }
        if self.clock.is_some() || !self.faulty.is_ideal() {
            return self.each(stimulus, false, &mut |_, _| ControlFlow::Continue(())).0;
        }
        self.block(stimulus, Ahead { stimulus, step: 0 }, How::WHOLE)
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
        self.each(stimulus, true, watch)
    }

    /// Input codes and target codes of a step, of all replicas.
    pub(crate) fn cells(&self) -> [usize; 2] {
        let replicas = index(self.options.replicas);
        [replicas * self.plan.line_count(), replicas * self.plan.outputs]
    }

    /// Step by step; `watched` keeps the drives of each.
    fn each(
        &mut self,
        stimulus: &Stimulus<'_>,
        watched: bool,
        watch: &mut dyn FnMut(&Self, &Record) -> ControlFlow<()>,
    ) -> (Record, usize) {
        let replicas = index(self.options.replicas);
        let outputs = self.plan.outputs;
        let cells = self.cells();
        let mut steps = Vec::new();
        for step in 0..stimulus.steps {
            let part = stimulus.part(step..step + 1, cells);
            let ahead = Ahead { stimulus, step };
            self.strike();
            let record = match self.clock.take() {
                Some(clock) => self.timed_step(clock, &part, ahead, watched),
                None => self.block(&part, ahead, How { watched, ..How::WHOLE }),
            };
            self.stop_if_struck();
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
}

fn of_another_image() -> Diagnostics {
    let message = "the checkpoint is of another image or another number of replicas";
    Diagnostic::new("LL1315", message).help("resume the run folder that it lies in").into()
}

fn core_shape(core: &crate::state::CoreState) -> [usize; 15] {
    let [a, b] = [&core.soma, &core.apical].map(|s| {
        [s.rows.len(), s.lagged.len(), s.prospective.len(), s.sent.len(), s.converted.len()]
    });
    let rest = [
        core.rate.len() + core.slope.len() + core.injection.len() + core.pause.len(),
        core.past[0].len(),
        core.past[1].len(),
        core.membrane[0].len(),
        core.membrane[1].len(),
    ];
    let mut all = [0; 15];
    for (to, from) in all.iter_mut().zip(a.into_iter().chain(b).chain(rest)) {
        *to = from;
    }
    all
}
