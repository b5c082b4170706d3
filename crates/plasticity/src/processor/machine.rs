//! A processor with a core of plain memory around it: where programs run alone.

use std::fmt::Write as _;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fixed::index;
use leadlag_isa::{Program, disassemble, register_name};
use serde::{Deserialize, Serialize};

use super::settings::Settings;
use super::trap::{Cause, Fault, Reason};
use super::{CoreMemory, DATA_BASE, Processor, Stop, Window};

/// A processor and its core.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Machine {
    /// The processor.
    pub processor: Processor,
    /// The core around it.
    pub core: CoreMemory,
    /// Steps that have begun.
    steps: u64,
}

/// How a program ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It wrote 1 to `tohost`.
    Passed,
    /// It wrote another word to `tohost`: the number of the case that failed, or of an odd exit.
    Failed(u32),
    /// It sleeps, and all steps are over.
    Asleep,
    /// The allowance of cycles is used up.
    Paused,
    /// It cannot go on.
    Faulted(Box<Fault>),
}

impl Machine {
    /// Loads a program. Bytes may lie in instruction memory, in data memory and in the windows
    /// that a core has as memory.
    ///
    /// # Errors
    /// LL1650 for bytes that lie elsewhere, LL1651 if execution would begin outside instruction
    /// memory.
    pub fn new(program: &Program, settings: Settings) -> Result<Self, Diagnostics> {
        let (base, size) = (settings.code_base, settings.code_bytes);
        let core = CoreMemory::new(settings.geometry);
        let mut machine = Self { processor: Processor::new(settings), core, steps: 0 };
        let segments = program.segments.iter();
        let mut found: Vec<Diagnostic> =
            segments.filter_map(|segment| machine.place(segment.address, &segment.bytes)).collect();
        if program.entry.wrapping_sub(base) >= size {
            found.push(outside(program.entry, base, size));
        }
        machine.processor.set_pc(program.entry);
        Diagnostics::unless_any(found, machine)
    }

    fn place(&mut self, address: u32, bytes: &[u8]) -> Option<Diagnostic> {
        if bytes.is_empty() || self.processor.load(address, bytes) {
            return None;
        }
        let window = Window::all().find_map(|window| {
            let offset = index(address.checked_sub(window.base())?);
            let place = self.core.window_mut(window).get_mut(offset..offset + bytes.len())?;
            place.copy_from_slice(bytes);
            Some(())
        });
        window.is_none().then(|| self.misplaced(address, bytes.len()))
    }

    fn misplaced(&self, address: u32, length: usize) -> Diagnostic {
        let settings = self.processor.settings();
        let text = format!(
            "{length} bytes of the program lie at {address:#010x}; instruction memory has {} bytes \
             at {:#010x}, data memory {} bytes at {DATA_BASE:#010x}",
            settings.code_bytes, settings.code_base, settings.data_bytes,
        );
        Diagnostic::new("LL1650", text).help("link the program for the unit's memory map").help(
            "for a program linked for one flat memory, give its place with `--flat BASE:SIZE`",
        )
    }

    /// Sets 16-bit words of a window from element `first` on; those that do not fit are left out.
    pub fn set_words(&mut self, window: Window, first: usize, words: &[i16]) {
        let bytes = self.core.window_mut(window).as_chunks_mut::<2>().0;
        for (bytes, word) in bytes.iter_mut().skip(first).zip(words) {
            *bytes = word.to_le_bytes();
        }
    }

    /// Up to `length` bytes from an address on, from whatever memory or window lies there.
    #[must_use]
    pub fn bytes(&self, address: u32, length: u32) -> &[u8] {
        let own = self.processor.bytes(address, length);
        if !own.is_empty() {
            return own;
        }
        let windows = Window::all().filter_map(|window| {
            let offset = index(address.checked_sub(window.base())?);
            self.core.window(window).get(offset..)
        });
        let rest = windows.last().unwrap_or(&[]);
        &rest[..rest.len().min(index(length))]
    }

    /// Runs the initialisation and then so many steps, within so many cycles.
    pub fn run(&mut self, steps: u64, cycles: u64) -> Outcome {
        let end = self.processor.cycles().saturating_add(cycles);
        loop {
            let left = end.saturating_sub(self.processor.cycles());
            let outcome = outcome(&self.processor.run(&mut self.core, left));
            if outcome != Outcome::Asleep || self.steps >= steps {
                return outcome;
            }
            self.begin_step();
        }
    }

    /// Begins the next step.
    pub fn begin_step(&mut self) {
        self.processor.begin_step(self.steps);
        self.steps += 1;
    }

    /// Steps that have begun.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Executes one instruction, or takes one interrupt.
    pub fn step(&mut self) -> Outcome {
        outcome(&self.processor.step(&mut self.core))
    }
}

/// What a range of memory is known by in the tests of programs: 64-bit FNV-1a.
#[must_use]
pub fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn outcome(stop: &Stop<'_>) -> Outcome {
    match stop {
        Stop::Paused => Outcome::Paused,
        Stop::Asleep => Outcome::Asleep,
        Stop::Exited(1) => Outcome::Passed,
        Stop::Exited(word) => Outcome::Failed(word >> 1),
        Stop::Faulted(fault) => Outcome::Faulted(Box::new((*fault).clone())),
    }
}

fn outside(entry: u32, base: u32, size: u32) -> Diagnostic {
    let text = format!(
        "the program begins at {entry:#010x}; instruction memory has {size} bytes at {base:#010x}"
    );
    Diagnostic::new("LL1651", text)
        .help("link the program for the unit's memory map, or give `--flat BASE:SIZE`")
}

impl Fault {
    /// The fault as a finding.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let (core, pc, cycle) = (self.core, self.pc, self.cycle);
        let place = format!("core {core} stopped at pc {pc:#010x}, cycle {cycle}");
        match self.reason {
            Reason::Unhandled(trap) => {
                let (cause, value) = (trap.cause.name(), trap.value);
                let number = trap.cause.code();
                let instruction = self.instruction();
                let text = format!(
                    "{place}: {cause} (cause {number}, value {value:#010x}) by `{instruction}`, and mtvec is 0"
                );
                Diagnostic::new("LL3600", text).help(way_out(trap.cause))
            }
            Reason::Interrupt(number) => {
                Diagnostic::new("LL3601", format!("{place}: interrupt {number}, and mtvec is 0"))
                    .help(
                        "set mtvec to a handler before mstatus.MIE, or leave MIE off and use `wfi`",
                    )
            }
            Reason::TooLong { allowed } => {
                let text = format!("{place}: the step took more than {allowed} cycles");
                Diagnostic::new("LL3602", text)
                    .help("end the work of a step with `wfi`, or allow more: `ppu.max_cycles` of the chip")
            }
        }
    }

    /// The instruction in words.
    #[must_use]
    pub fn instruction(&self) -> String {
        self.word.map_or_else(|| "nothing that can be fetched".to_owned(), disassemble)
    }

    /// Registers and the last instructions, as lines of text. `word` fetches instruction bits.
    #[must_use]
    pub fn report(&self, word: impl Fn(u32) -> Option<u32>) -> String {
        let mut text = registers(&self.x);
        for &pc in &self.history {
            let instruction = word(pc).map_or_else(String::new, disassemble);
            // Writing to a string does not fail.
            let _ = writeln!(text, "  {pc:08x}  {instruction}");
        }
        let _ = writeln!(text, "> {:08x}  {}", self.pc, self.instruction());
        text
    }
}

/// The integer registers, four to a line.
#[must_use]
pub fn registers(x: &[u32; 32]) -> String {
    let mut text = String::new();
    for (first, row) in (0_u8..).step_by(4).zip(x.chunks_exact(4)) {
        for (number, value) in (first..).zip(row) {
            let name = register_name(number).unwrap_or("x?");
            let _ = write!(text, "  {name:>4} {value:08x}");
        }
        text.push('\n');
    }
    text
}

const fn way_out(cause: Cause) -> &'static str {
    match cause {
        Cause::InstructionAccess => "a jump left the program: check the return address and tables",
        Cause::Illegal => {
            "vector instructions need mstatus.VS on, a legal vtype, and register groups that fit it"
        }
        Cause::Breakpoint => "set mtvec to a handler, or take the `ebreak` out",
        Cause::LoadMisaligned | Cause::StoreMisaligned => {
            "addresses are multiples of the size of what is accessed"
        }
        Cause::LoadAccess | Cause::StoreAccess => {
            "compare the address with the memory map in the chip manual"
        }
        Cause::EnvironmentCall => "there is no operating system: end with a word to `tohost`",
    }
}
