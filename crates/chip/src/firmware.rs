//! Programs on the plasticity units, in place of the evaluator of the rule.
//!
//! ```text
//!   codes of the step ──► windows ──► processor, until it sleeps ──► weights, state words
//!                            ▲
//!                    the host: parameters
//! ```
//!
//! The unit's arrays and data memory are where its program keeps them. What the emulator's state
//! names is read back: weights after every step, state words and old rates after every block.
//! From that state a unit is started, at reset and when a state is restored
//! (`docs/chip/firmware.md`).

mod findings;
mod passage;
mod saved;
mod settings;
mod words;
mod work;

use leadlag_circuits::{Format, code};
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fixed::{count, index};
use leadlag_image::{Compartment, Image, Loss};
use leadlag_plasticity::CodeScale;
use leadlag_plasticity::processor::{CoreMemory, Ports, Processor, Settings, Stop, Wait, Window};

use crate::counters::{Counters, SideCounters};
use crate::cycle::Budget;
use crate::emulator::Emulator;
use crate::plan::{CorePlan, Plan, SidePlan};
use crate::state::{ArrayState, CoreState, State};
use crate::trim::TrimState;
pub(crate) use findings::check_held;
use findings::{misplaced, one_chip};
pub(crate) use passage::Passage;
pub use saved::UnitState;
pub use settings::unit_settings;
pub use words::KeepsTau;
pub(crate) use words::{put_words, take_words};
use work::Work;

const WEIGHTS: [Window; 2] = [Window::WeightsSoma, Window::WeightsApical];

/// Offset of the parameter block in the mailbox.
const PARAMETERS: usize = 0x1_0000;

/// Words of the parameter block.
const PARAMETER_WORDS: usize = 64;

/// Offset of the first host-to-core word in the mailbox: the label.
const LABEL: usize = 0x1_0100;

/// From a word of an injection register to bits of the state: full scale is 2^24 there.
const INJECTED: u32 = 9;

/// A program for a core.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CoreProgram {
    /// Place of the core in the image.
    pub core: usize,
    /// Where execution begins.
    pub entry: u32,
    /// What is loaded, with the addresses.
    pub segments: Vec<(u32, Vec<u8>)>,
    /// Words of the parameter block before the start.
    pub parameters: Vec<i32>,
    /// Where it keeps what the emulator's state names; nothing is known of a user's program.
    pub keeps: Option<Keeps>,
}

/// Where a program of the network's rule keeps what the emulator's state names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Keeps {
    /// Columns of a row of state words.
    pub columns: u32,
    /// After the start, where the core's own rates of two steps before and of the step before lie.
    pub past: [u32; 2],
    /// The register that says whether the apical array owes the update of the step before.
    pub owed: u8,
    /// Addresses of the words `m` of the somatic and the apical array, `[row][column]`.
    pub mean: [u32; 2],
    /// Addresses of the words `n`.
    pub magnitude: [u32; 2],
    /// Addresses of the fractions that steps leave.
    pub fraction: [u32; 2],
    /// What it keeps of the time constants, if they learn.
    pub tau: Option<KeepsTau>,
}

/// A plasticity unit.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    program: CoreProgram,
    processor: Processor,
    memory: CoreMemory,
    /// Conversions of all columns since the start.
    conversions: u64,
    /// The injection registers are the program's in the next step, and the host leaves them alone.
    pub(crate) injects: bool,
    /// Whether the host can show what is taught: gain, label or target.
    teaching: bool,
    /// Trim codes were stored, and not yet taken.
    retuned: bool,
    /// Rows of the somatic and the apical array that were stored to since weights were taken.
    stored: [Vec<bool>; 2],
    /// Cycles by which its last instruction went over the end of a step.
    owes: u64,
    /// Where the program has been in the last step, if that is asked for.
    passage: Option<Box<Passage>>,
}

/// A core's memory as its program uses it: what it stored where is noted.
struct Watched<'a> {
    memory: &'a mut CoreMemory,
    conversions: u64,
    injected: bool,
    retuned: bool,
    /// Rows that were stored to, of the two arrays, and the bytes from one to the next.
    stored: [&'a mut Vec<bool>; 2],
    stride: usize,
}

impl Ports for Watched<'_> {
    fn load(&self, window: Window, offset: u32, bytes: &mut [u8]) {
        self.memory.load(window, offset, bytes);
    }

    fn store(&mut self, window: Window, offset: u32, bytes: &[u8]) {
        self.injected |= window == Window::Injection;
        self.retuned |= window == Window::Parameters;
        for (rows, array) in self.stored.iter_mut().zip(WEIGHTS) {
            if window == array
                && let Some(row) = rows.get_mut(index(offset) / self.stride)
            {
                *row = true;
            }
        }
        self.memory.store(window, offset, bytes);
    }

    fn convert(&mut self, observables: u32) {
        self.conversions += u64::from((observables & 7).count_ones());
        self.memory.convert(observables);
    }
}

/// What the host shows of the target of the next step, when there is one.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// The label on this core, or 0 where the target is a vector; -1 without a target.
    pub(crate) label: i32,
    /// Codes of the outputs, as fractions of full scale.
    pub(crate) target: Vec<i16>,
}

/// Bits of the codes that a unit sees.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CodeBits {
    payload: u32,
    adc: u32,
}

impl CodeBits {
    pub(crate) fn new(image: &Image) -> Self {
        Self { payload: image.chip.payload_bits, adc: image.chip.adc.bits }
    }
}

impl Unit {
    /// A unit whose program sleeps before its first step, or goes on from a state.
    fn start(
        program: &CoreProgram,
        image: &Image,
        (plan, trim): (&CorePlan, &TrimState),
        seed: u64,
    ) -> Result<Self, Diagnostics> {
        let place = &image.cores[program.core];
        let part = |at: u32| u16::try_from(at).unwrap_or(u16::MAX);
        let settings = Settings {
            core: plan.node,
            place: (part(place.x), part(place.y)),
            seed,
            ..unit_settings(&image.chip)
        };
        let geometry = settings.geometry;
        let mut unit = Self {
            program: program.clone(),
            processor: Processor::new(settings),
            memory: CoreMemory::new(geometry),
            conversions: 0,
            injects: false,
            teaching: true,
            retuned: false,
            stored: [0; 2].map(|_| vec![false; index(image.chip.rows)]),
            owes: 0,
            passage: None,
        };
        unit.load(image)?;
        unit.write_words(0, &program.parameters);
        unit.put_trims(plan, trim);
        unit.run(u64::MAX).map_err(|found| Diagnostics::from(*found))?;
        // Weights are those of the state, whatever was stored before the first step.
        unit.stored.iter_mut().for_each(|rows| rows.fill(false));
        Ok(unit)
    }

    /// Puts the program into the unit's memories.
    fn load(&mut self, image: &Image) -> Result<(), Diagnostics> {
        for (address, bytes) in &self.program.segments {
            if !self.processor.load(*address, bytes) {
                let settings = self.processor.settings();
                return Err(misplaced(image, self.program.core, (*address, bytes.len()), settings));
            }
        }
        self.processor.set_pc(self.program.entry);
        Ok(())
    }

    /// Runs the program until it sleeps, or for so many cycles; whether it wrote injection registers.
    fn run(&mut self, cycles: u64) -> Result<bool, Box<Diagnostic>> {
        let stride = index(self.processor.settings().geometry.stride());
        let Self { processor, memory, conversions, passage, stored, .. } = self;
        let stored = stored.each_mut();
        let mut watched =
            Watched { memory, conversions: 0, injected: false, retuned: false, stored, stride };
        let cycles = match passage {
            Some(passage) => passage.follow(processor, &mut watched, cycles),
            None => cycles,
        };
        let fault = match processor.run(&mut watched, cycles) {
            Stop::Faulted(fault) => Some(fault.clone()),
            Stop::Paused | Stop::Asleep | Stop::Exited(_) => None,
        };
        *conversions += watched.conversions;
        if let Some(fault) = fault {
            let report = fault.report(|pc| processor.word(pc));
            let report = format!("registers, and the last instructions:\n{}", report.trim_end());
            return Err(Box::new(fault.diagnostic().help(report)));
        }
        self.retuned |= watched.retuned;
        Ok(watched.injected)
    }

    /// Words of the parameter block from `first` on; those that do not fit are left out.
    fn write_words(&mut self, first: usize, words: &[i32]) {
        let room = PARAMETER_WORDS.saturating_sub(first);
        let bytes: Vec<u8> = words.iter().take(room).flat_map(|word| word.to_le_bytes()).collect();
        let block = &mut self.memory.window_mut(Window::Mailbox)[PARAMETERS + 4 * first..];
        block[..bytes.len()].copy_from_slice(&bytes);
    }

    /// Whether the program is the user's: then the host knows nothing of what it keeps.
    pub(crate) fn is_own(&self) -> bool {
        self.program.keeps.is_none()
    }

    /// Takes up where a state stands.
    fn resume(&mut self, plan: &CorePlan, state: &State) {
        let core = &state.shards[0].cores[self.program.core];
        if let Some(keeps) = self.program.keeps.clone() {
            let own =
                if core.soma.converted.is_empty() { &core.soma.sent } else { &core.soma.converted };
            let bits = own_bits(plan, core);
            for (at, codes) in keeps.past.into_iter().zip([&core.past[0], own]) {
                self.processor.load(at, &aligned(&codes[..plan.columns], bits));
            }
            self.processor.set_x(keeps.owed, u32::from(state.owed));
            if let (Some(tau), [codes, _]) = (keeps.tau, &core.membrane) {
                let bits = plan.membrane.bits;
                let codes = &codes[..plan.columns.min(codes.len())];
                self.processor.load(tau.membrane, &aligned(codes, bits));
            }
        }
        self.count(plan, &core.counters);
        self.put_weights(plan, state);
    }

    /// Puts the weights of a state into the arrays' windows.
    pub(crate) fn put_weights(&mut self, plan: &CorePlan, state: &State) {
        let (element, stride) = self.element();
        for (side, window) in WEIGHTS.into_iter().enumerate() {
            let words = &state.arrays[2 * self.program.core + side].weight;
            let bytes = self.memory.window_mut(window);
            for (row, words) in words.chunks_exact(plan.width).enumerate() {
                let cells =
                    bytes[row * stride..][..element * plan.columns].chunks_exact_mut(element);
                for (cell, word) in cells.zip(words) {
                    cell.copy_from_slice(&word.to_le_bytes()[..element]);
                }
            }
        }
    }

    /// Bytes of a weight, and from one row of weights to the next.
    fn element(&self) -> (usize, usize) {
        let geometry = self.processor.settings().geometry;
        (index(geometry.weight_bytes()), index(geometry.stride()))
    }

    fn put(&mut self, window: Window, bytes: &[u8]) {
        self.memory.window_mut(window)[..bytes.len()].copy_from_slice(bytes);
    }

    /// Shows the codes of a step to the windows.
    fn show(&mut self, plan: &CorePlan, bits: CodeBits, core: &CoreState) {
        for (side, rows, sent) in [
            (Compartment::Soma, Window::RowsSoma, Window::SentR),
            (Compartment::Apical, Window::RowsApical, Window::SentE),
        ] {
            let codes = row_codes(plan.side(side), &core.side(side).rows);
            self.put(rows, &aligned(&codes, bits.payload));
            self.put(sent, &aligned(&core.side(side).sent[..plan.columns], bits.payload));
        }
        for (observable, (signal, adc)) in observables(plan, core).into_iter().enumerate() {
            let codes: Vec<i16> =
                signal.iter().map(|&value| code(value, adc.shift, adc.bits).0).collect();
            let bytes = aligned(&codes, bits.adc);
            self.memory.observed_mut(observable)[..bytes.len()].copy_from_slice(&bytes);
        }
        let injection = core.injection[..plan.columns].iter();
        let codes: Vec<u8> =
            injection.flat_map(|bits| held_word(bits >> INJECTED).to_le_bytes()).collect();
        self.put(Window::Injection, &codes);
    }

    /// Shows the target of the next step.
    fn show_target(&mut self, shown: &Shown) {
        let label = if self.teaching { shown.label } else { -1 };
        let mailbox = self.memory.window_mut(Window::Mailbox);
        mailbox[LABEL..][..4].copy_from_slice(&label.to_le_bytes());
        for (place, code) in mailbox.as_chunks_mut::<2>().0.iter_mut().zip(&shown.target) {
            *place = code.to_le_bytes();
        }
    }

    /// The counters as the next latch finds them.
    fn count(&mut self, plan: &CorePlan, counters: &Counters) {
        let side = |side: &SideCounters| {
            [side.state_held, side.output_held, side.code_clipped, side.events]
        };
        let updates = 2 * counters.steps * u64::try_from(plan.columns).unwrap_or(0);
        let words = [counters.steps, updates]
            .into_iter()
            .chain(side(&counters.soma))
            .chain(side(&counters.apical))
            .chain([
                counters.instructions,
                counters.plasticity_cycles,
                self.conversions,
                self.processor.row_accesses(),
                self.processor.overruns(),
                0,
            ])
            .chain(self.processor.retired_by_class());
        let bytes: Vec<u8> = words.flat_map(u64::to_le_bytes).collect();
        self.put(Window::Counters, &bytes);
    }

    /// Runs the program for so many cycles, less those that its last instruction took too many the time
    /// before; whether it wrote injection registers.
    fn spend(&mut self, cycles: u64) -> Result<bool, Box<Diagnostic>> {
        let allowed = cycles.saturating_sub(self.owes);
        let before = self.processor.busy();
        let injected = self.run(allowed)?;
        let over = (self.processor.busy() - before).saturating_sub(allowed);
        let owes = self.owes.saturating_sub(cycles) + over;
        self.owes = if self.processor.is_asleep() { 0 } else { owes };
        Ok(injected)
    }

    /// The learn phase of a step: the program runs until it sleeps, or to the end of its budget. `shown`
    /// is the target of the next step of the block.
    pub(crate) fn learn(
        &mut self,
        (step, budget): (u64, Budget),
        plan: &CorePlan,
        bits: CodeBits,
        core: &mut CoreState,
        shown: Option<&Shown>,
    ) -> Result<(), Box<Diagnostic>> {
        let work = self.work();
        self.passage.iter_mut().for_each(|passage| passage.clear());
        // A program that was at it when the step before ended goes on.
        let mut injected = self.spend(budget.before)?;
        let Some(cycles) = budget.after else {
            // A step shorter than its setup: what ran has run.
            self.work().since(&work, &mut core.counters);
            return Ok(());
        };
        self.show(plan, bits, core);
        if plan.teach.is_some() {
            let none = Shown { label: -1, target: vec![0; plan.columns] };
            self.show_target(shown.unwrap_or(&none));
        }
        self.processor.begin_step(step);
        injected |= self.spend(cycles)?;
        self.work().since(&work, &mut core.counters);
        // On a taught core the host writes the first injection of a block: its target was not known
        // in the step before.
        self.injects = injected && (plan.teach.is_none() || (self.teaching && shown.is_some()));
        if self.injects {
            let words = self.memory.window(Window::Injection).as_chunks::<2>().0;
            for (register, word) in core.injection[..plan.columns].iter_mut().zip(words) {
                *register = i32::from(i16::from_le_bytes(*word)) << INJECTED;
            }
        }
        self.count(plan, &core.counters);
        Ok(())
    }

    /// What the program has done since the start.
    fn work(&self) -> Work {
        let processor = &self.processor;
        Work {
            instructions: processor.retired(),
            cycles: processor.cycles(),
            waits: [Wait::Result, Wait::Trigger, Wait::Sleep].map(|wait| processor.waited(wait)),
            overruns: processor.overruns(),
            row_accesses: processor.row_accesses(),
            conversions: self.conversions,
            classes: processor.retired_by_class(),
        }
    }

    /// The weights of an array, as they now are. Those of stored rows that are at an end of their word are
    /// counted, as those of an update.
    pub(crate) fn take_weights(
        &mut self,
        side: usize,
        plan: &CorePlan,
        dac: u32,
        array: &mut ArrayState,
    ) {
        let (element, stride) = self.element();
        let bytes = self.memory.window(WEIGHTS[side]);
        for (row, words) in array.weight.chunks_exact_mut(plan.width).enumerate() {
            let cells = bytes[row * stride..][..element * plan.columns].chunks_exact(element);
            for (word, cell) in words.iter_mut().zip(cells) {
                *word = match cell {
                    [low, high] => i16::from_le_bytes([*low, *high]),
                    [byte] => i16::from(byte.cast_signed()),
                    _ => 0,
                };
            }
        }
        let width = self.processor.settings().geometry.weight_bits;
        let top = i16::MAX >> (16 - width);
        for (row, words) in array.weight.chunks_exact(plan.width).enumerate() {
            let stored = self.stored[side].get_mut(row).is_some_and(std::mem::take);
            let ends = words[..plan.columns].iter().filter(|&&word| word == top || word == !top);
            array.held += if stored { u64::from(count(ends.count())) } else { 0 };
        }
        array.convert(width, dac);
    }

    /// Place of the core in the image.
    pub(crate) fn core(&self) -> usize {
        self.program.core
    }
}

/// Row registers without the shifts of their rows' scales: the codes that were latched.
fn row_codes(plan: &SidePlan, rows: &[i16]) -> Vec<i16> {
    let mut codes = rows.to_vec();
    for link in &plan.links {
        for code in &mut codes[link.first..link.first + link.rows] {
            *code >>= link.shift;
        }
    }
    codes
}

/// Bits of a core's own codes, as the program sees them.
fn own_bits(plan: &CorePlan, core: &CoreState) -> u32 {
    if core.soma.converted.is_empty() { plan.soma.sender.bits } else { plan.soma.adc.bits }
}

/// Codes as fractions of full scale in 16 bits, little endian.
fn aligned(codes: &[i16], bits: u32) -> Vec<u8> {
    codes.iter().flat_map(|code| (code << (16 - bits)).to_le_bytes()).collect()
}

impl Emulator {
    /// Puts programs on plasticity units and starts them. They learn in place of the evaluator: a
    /// core without one does not learn. Without any program the evaluator learns again.
    ///
    /// # Errors
    /// LL1380 for several replicas, LL3620 for a program that does not fit instruction memory, LL3600
    /// to LL3602 for one that does not come to its first sleep. Then the evaluator stays.
    pub fn set_programs(&mut self, programs: &[CoreProgram]) -> Result<(), Diagnostics> {
        let replicas = self.options().replicas;
        if replicas != 1 && !programs.is_empty() {
            return Err(one_chip(replicas));
        }
        self.start_units(programs)
    }

    /// Starts the units anew from the state.
    pub(crate) fn restart_units(&mut self) -> Result<(), Diagnostics> {
        let programs: Vec<_> = self.units.iter().map(|unit| unit.program.clone()).collect();
        self.start_units(&programs)
    }

    fn start_units(&mut self, programs: &[CoreProgram]) -> Result<(), Diagnostics> {
        let mut units = self.started(programs, self.plan(), self.state())?;
        for unit in &mut units {
            let core = unit.program.core;
            let taken = unit.take_trims(&self.plan.cores[core], &mut self.state.trims[core]);
            taken.map_err(|found| Diagnostics::from(*found))?;
        }
        self.units = units;
        Ok(())
    }

    fn started(
        &self,
        programs: &[CoreProgram],
        plan: &Plan,
        state: &State,
    ) -> Result<Vec<Unit>, Diagnostics> {
        let (image, seed) = (self.image(), self.options().seed);
        let start = |program: &CoreProgram| {
            let plan = &plan.cores[program.core];
            let mut unit = Unit::start(program, image, (plan, &state.trims[program.core]), seed)?;
            unit.resume(plan, state);
            unit.passage = self.traces_programs.then(Box::default);
            Ok(unit)
        };
        programs.iter().map(start).collect()
    }

    /// The unit of a core, if it has a program.
    pub(crate) fn unit(&self, core: usize) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.program.core == core)
    }

    /// Keeps, from now on, which addresses programs execute and store to in a step, for conditions on
    /// them. It changes no bit and no cycle.
    pub fn trace_programs(&mut self) {
        self.traces_programs = true;
        for unit in &mut self.units {
            unit.passage.get_or_insert_default();
        }
    }

    /// Writes words of the parameter block of a core's program from word `first` on, as the host does;
    /// those beyond the 64 are left out.
    pub fn write_parameters(&mut self, core: usize, first: usize, words: &[i32]) {
        for unit in self.units.iter_mut().filter(|unit| unit.program.core == core) {
            unit.write_words(first, words);
        }
    }

    /// Whether the host shows targets to a core's program: only where the gain of its output errors
    /// has a word.
    pub fn show_targets(&mut self, core: usize, shows: bool) {
        for unit in self.units.iter_mut().filter(|unit| unit.program.core == core) {
            unit.teaching = shows;
        }
    }

    /// What a core's outputs are taught with, if it is taught: the loss, the scale of its rates, and
    /// the gain from an error to an injection code.
    #[must_use]
    pub fn taught(&self, core: usize) -> Option<(Loss, i32, CodeScale)> {
        let teach = self.plan().cores[core].teach.as_ref()?;
        Some((teach.loss, teach.rate_scale, teach.to_code))
    }

    /// Why a program has stopped, if one has: then the steps since are not those of the chip.
    ///
    /// # Errors
    /// LL3600 to LL3602 with the unit's registers and last instructions; LL3610, LL3611.
    pub fn check_programs(&self) -> Result<(), Diagnostics> {
        if let Some(why) = self.halted() {
            return Err(why.clone());
        }
        self.fault.as_deref().map_or(Ok(()), |fault| Err(fault.clone().into()))
    }

    /// Whether a program of the user's is on a unit.
    #[must_use]
    pub fn has_own_programs(&self) -> bool {
        self.units.iter().any(Unit::is_own)
    }

    /// The bytes of a window of a core's plasticity unit, if it has a program.
    #[must_use]
    pub fn window(&self, core: usize, window: Window) -> Option<&[u8]> {
        let unit = self.units.iter().find(|unit| unit.program.core == core)?;
        Some(unit.memory.window(window))
    }

    /// Whether programs learn in place of the evaluator.
    #[must_use]
    pub fn has_programs(&self) -> bool {
        !self.units.is_empty()
    }
}

/// What the converters see of a core: rates, membranes, errors.
fn observables<'a>(plan: &'a CorePlan, core: &'a CoreState) -> [(&'a [i32], Format); 3] {
    [
        (&core.rate[..plan.columns], plan.soma.adc),
        (&core.soma.lagged[..plan.columns], plan.membrane),
        (&core.apical.prospective[..plan.columns], plan.apical.adc),
    ]
}

/// A value held at the ends of a word.
fn held_word(value: i32) -> i16 {
    let ends = i32::from(i16::MIN)..=i32::from(i16::MAX);
    i16::try_from(value.clamp(*ends.start(), *ends.end())).unwrap_or(i16::MAX)
}

/// The somatic weights of the cores whose programs are the user's.
pub(crate) fn own_weights(units: &[Unit], arrays: &[ArrayState]) -> Vec<(usize, Vec<i16>)> {
    let own = units.iter().filter(|unit| unit.is_own()).map(Unit::core);
    own.map(|core| (core, arrays[2 * core].weight.clone())).collect()
}
