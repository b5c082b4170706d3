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

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fixed::{count, index};
use leadlag_image::{Compartment, Image};
use leadlag_plasticity::processor::{
    CoreMemory, Fault, Geometry, Processor, Settings, Stop, Timing, Window,
};

use crate::emulator::Emulator;
use crate::plan::{CorePlan, Plan, SidePlan};
use crate::state::{ArrayState, CoreState, State, convert};

const WEIGHTS: [Window; 2] = [Window::WeightsSoma, Window::WeightsApical];

/// Offset of the parameter block in the mailbox.
const PARAMETERS: usize = 0x1_0000;

/// Words of the parameter block.
const PARAMETER_WORDS: usize = 64;

/// A program for a core, and where it keeps what the emulator's state names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CoreProgram {
    /// Place of the core in the image.
    pub core: usize,
    /// Bytes from the start of instruction memory on; it starts at the first.
    pub code: Vec<u8>,
    /// Bytes of data memory.
    pub data_bytes: u32,
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
}

/// A plasticity unit.
#[derive(Debug)]
pub(crate) struct Unit {
    program: CoreProgram,
    processor: Processor,
    memory: CoreMemory,
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

/// What a unit did in a step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spent {
    pub(crate) instructions: u64,
    pub(crate) cycles: u64,
}

impl Unit {
    /// A unit whose program sleeps before its first step, or goes on from a state.
    fn start(
        program: &CoreProgram,
        image: &Image,
        plan: &CorePlan,
        seed: u64,
    ) -> Result<Self, Diagnostics> {
        let geometry = Geometry {
            columns: image.chip.neurons,
            rows: image.chip.rows,
            weight_bits: image.chip.weight_bits,
            payload_bits: image.chip.payload_bits,
        };
        let place = &image.cores[program.core];
        let part = |at: u32| u16::try_from(at).unwrap_or(u16::MAX);
        let settings = Settings {
            geometry,
            data_bytes: program.data_bytes,
            core: plan.node,
            place: (part(place.x), part(place.y)),
            seed,
            timing: Timing { conversion: image.chip.adc.cycles, ..Timing::default() },
            ..Settings::default()
        };
        let mut processor = Processor::new(settings);
        if !processor.load(0, &program.code) {
            return Err(too_long(program.code.len(), processor.settings().code_bytes));
        }
        let mut memory = CoreMemory::new(geometry);
        match processor.run(&mut memory, u64::MAX) {
            Stop::Faulted(fault) => return Err(fault.diagnostic().into()),
            Stop::Paused | Stop::Asleep | Stop::Exited(_) => {}
        }
        Ok(Self { program: program.clone(), processor, memory })
    }

    /// Takes up where a state stands.
    fn resume(&mut self, plan: &CorePlan, state: &State) {
        let core = &state.shards[0].cores[self.program.core];
        let own =
            if core.soma.converted.is_empty() { &core.soma.sent } else { &core.soma.converted };
        let bits = own_bits(plan, core);
        for (at, codes) in self.program.past.into_iter().zip([&core.past[0], own]) {
            self.processor.load(at, &aligned(&codes[..plan.columns], bits));
        }
        self.processor.set_x(self.program.owed, u32::from(state.owed));
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

    /// Puts the rule's state words into data memory: the host may have moved their scale.
    fn put_words(&mut self, plan: &CorePlan, arrays: &[ArrayState]) {
        for (at, words) in self.words(arrays) {
            let pitch = 2 * self.program.columns;
            for (row, words) in (0..).zip(words.chunks_exact(plan.width)) {
                self.processor.load(at + row * pitch, &aligned(&words[..plan.columns], 16));
            }
        }
    }

    /// Reads the rule's state words.
    fn take_words(&self, plan: &CorePlan, arrays: &mut [ArrayState]) {
        let pitch = 2 * self.program.columns;
        let places = self.program.mean.into_iter().zip(self.program.magnitude);
        for (array, (mean, magnitude)) in arrays.iter_mut().zip(places) {
            for (words, at) in [(&mut array.mean, mean), (&mut array.magnitude, magnitude)] {
                for (row, words) in (0..).zip(words.chunks_exact_mut(plan.width)) {
                    let bytes = self.processor.bytes(at + row * pitch, 2 * count(plan.columns));
                    for (word, bytes) in words.iter_mut().zip(bytes.as_chunks::<2>().0) {
                        *word = i16::from_le_bytes(*bytes);
                    }
                }
            }
        }
    }

    /// State words of both arrays, with their addresses.
    fn words<'a>(&self, arrays: &'a [ArrayState]) -> Vec<(u32, &'a [i16])> {
        let CoreProgram { mean, magnitude, .. } = &self.program;
        let means = mean.iter().zip(arrays).map(|(&at, array)| (at, array.mean.as_slice()));
        let others = magnitude.iter().zip(arrays).map(|(&at, a)| (at, a.magnitude.as_slice()));
        means.chain(others).collect()
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
        for (observable, side) in [(0, &core.soma), (2, &core.apical)] {
            if !side.converted.is_empty() {
                let bytes = aligned(&side.converted[..plan.columns], bits.adc);
                self.memory.observed_mut(observable)[..bytes.len()].copy_from_slice(&bytes);
            }
        }
    }

    /// The learn phase of a step: the program runs until it sleeps, or for so many cycles.
    pub(crate) fn learn(
        &mut self,
        (step, cycles): (u64, u64),
        plan: &CorePlan,
        bits: CodeBits,
        core: &CoreState,
    ) -> Result<Spent, Box<Fault>> {
        self.show(plan, bits, core);
        let before = (self.processor.retired(), self.processor.cycles());
        self.processor.begin_step(step);
        if let Stop::Faulted(fault) = self.processor.run(&mut self.memory, cycles) {
            return Err(Box::new(fault.clone()));
        }
        Ok(Spent {
            instructions: self.processor.retired() - before.0,
            cycles: self.processor.cycles() - before.1,
        })
    }

    /// The weights of an array, as they now are.
    pub(crate) fn take_weights(
        &self,
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
        convert(&array.weight, width, dac, &mut array.codes);
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
    /// core without one does not learn. `weight_held` is not counted, as no program counts it. Without
    /// any program the evaluator learns again.
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
        let (image, seed) = (self.image(), self.options().seed);
        let start = |program: &CoreProgram| {
            let plan = &self.plan().cores[program.core];
            let mut unit = Unit::start(program, image, plan, seed)?;
            unit.resume(plan, self.state());
            Ok(unit)
        };
        self.units = programs.iter().map(start).collect::<Result<_, Diagnostics>>()?;
        Ok(())
    }

    /// Writes the parameter block of a core's program, at most 64 words, as the host does.
    pub fn write_parameters(&mut self, core: usize, words: &[i32]) {
        let bytes: Vec<u8> =
            words.iter().take(PARAMETER_WORDS).flat_map(|word| word.to_le_bytes()).collect();
        for unit in self.units.iter_mut().filter(|unit| unit.program.core == core) {
            let block = &mut unit.memory.window_mut(Window::Mailbox)[PARAMETERS..];
            block[..bytes.len()].copy_from_slice(&bytes);
        }
    }

    /// Why a program has stopped, if one has: then the steps since are not those of the chip.
    ///
    /// # Errors
    /// LL3600 to LL3602.
    pub fn check_programs(&self) -> Result<(), Diagnostics> {
        if let Some(why) = self.halted() {
            return Err(why.clone());
        }
        self.fault.as_deref().map_or(Ok(()), |fault| Err(fault.diagnostic().into()))
    }

    /// Whether programs learn in place of the evaluator.
    #[must_use]
    pub fn has_programs(&self) -> bool {
        !self.units.is_empty()
    }
}

/// State words to the units, before a block.
pub(crate) fn put_words(units: &mut [Unit], plan: &Plan, arrays: &[ArrayState]) {
    for unit in units {
        let core = unit.program.core;
        unit.put_words(&plan.cores[core], &arrays[2 * core..2 * core + 2]);
    }
}

/// State words from the units, after a block.
pub(crate) fn take_words(units: &[Unit], plan: &Plan, arrays: &mut [ArrayState]) {
    for unit in units {
        let core = unit.program.core;
        unit.take_words(&plan.cores[core], &mut arrays[2 * core..2 * core + 2]);
    }
}

fn too_long(needs: usize, has: u32) -> Diagnostics {
    let message =
        format!("the program needs {needs} bytes of instruction memory; a core has {has}");
    Diagnostic::new("LL3620", message).help("use a shorter program").into()
}

fn one_chip(replicas: u32) -> Diagnostics {
    let message = format!(
        "{replicas} replicas are to learn with programs; programs learn on 1 chip: no program \
         averages the updates of several"
    );
    Diagnostic::new("LL1380", message).help("`--replicas 1`, or `--plasticity evaluator`").into()
}
