//! The processor of a plasticity unit: RV32IMC with the vector extension Zve32x.
//!
//! ```text
//!   instruction memory ──► predecode ──► scalar loop ─┬─► system (CSRs, traps, sleep)
//!          ▲                                          ├─► vector ──► lanes, permute
//!          │ fence.i                                  │
//!   data memory ◄──────────── bus ◄───────────────────┘
//!                              │
//!                            Ports: synapse arrays, row registers, converters, mailbox
//! ```
//!
//! Registers: x1 to x31, v0 to v31, pc, the control and status registers, the times at which
//! conversions are ready, the stream of the random port. Instructions complete in program order
//! and none overlaps; what one costs depends on nothing but the instruction, `vl`, `vtype`, the
//! window it addresses and the outcome of a branch (`docs/chip/plasticity-unit.md`).
//!
//! A program can stop its processor, never the emulator: [`Stop::Faulted`] carries a report.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "an instruction set is a long list: each family names its own and leaves the rest"
)]

mod access;
mod arithmetic;
mod core_memory;
mod csr;
mod decode;
mod lanes;
mod legality;
#[cfg(test)]
mod lockstep;
mod machine;
mod map;
mod memory;
mod operation;
pub mod oracle;

mod permute;
mod ports;
mod predecode;
#[cfg(test)]
mod programs;
mod quick;
mod scalar;
mod settings;
mod system;

#[cfg(test)]
mod tests;
mod trap;
mod vector;
mod vector_file;
mod vector_memory;
mod vtype;
mod watch;

use leadlag_fixed::index;
use leadlag_isa::Class;
use serde::{Deserialize, Serialize};

pub use core_memory::CoreMemory;
pub use machine::{Machine, Outcome, digest, registers};
pub use map::{DATA_BASE, TOHOST, Window};
pub use ports::Ports;
pub use settings::{Geometry, Settings, Timing, Vlen};
pub use trap::{Cause, Fault, Reason, Trap};

use arithmetic::Scratch;
use csr::Csrs;
use memory::Memory;
use predecode::Text;
use scalar::{Cursor, Left, Log};
use vector_file::VectorFile;

/// Whether the processor runs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
enum Status {
    Running,
    Asleep,
    Exited(u32),
    Faulted(Box<Fault>),
}

/// Why a program waited: always for its converters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wait {
    /// It stalled at a load from a result that was not ready.
    Result,
    /// It stalled at the start of a conversion while another was under way.
    Trigger,
    /// It slept until a conversion was done.
    Sleep,
}

/// Why [`Processor::run`] returned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop<'a> {
    /// The allowance of cycles or instructions is used up.
    Paused,
    /// The program sleeps until something wakes it: it is done with its step.
    Asleep,
    /// The program wrote this word to `tohost`: 1 for pass, `n << 1 | 1` if case n failed.
    Exited(u32),
    /// The program cannot go on.
    Faulted(&'a Fault),
}

/// One processor. Cloning it is a snapshot; comparing it is a test.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Processor {
    settings: Settings,
    x: [u32; 32],
    v: VectorFile,
    csrs: Csrs,
    memory: Memory,
    text: Text,
    cursor: Cursor,
    log: Log,
    /// What is added to the executed cycles to give `mcycle`, modulo 2^64.
    cycle_offset: u64,
    /// What is added to the completed instructions to give `minstret`, modulo 2^64.
    retired_offset: u64,
    /// Cycles spent asleep: they pass for the converters, not for `mcycle`.
    slept: u64,
    /// When each observable's conversion is done, in executed and slept cycles.
    ready: [u64; 3],
    /// A conversion is running whose end raises the interrupt.
    converting: bool,
    /// Stream of the random port, 8 bits.
    stream: u32,
    /// Circuit step.
    step: u64,
    /// Executed cycles when the step began.
    step_began: u64,
    /// Step starts that found the program still busy.
    overruns: u64,
    /// Cycles that it waited for its converters, by [`Wait`].
    waited: [u64; 3],
    status: Status,
    #[serde(skip)]
    scratch: Workspace,
}

/// Working arrays, which are not state.
#[derive(Clone, Debug, Default)]
struct Workspace(Box<Scratch>);

impl PartialEq for Workspace {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Workspace {}

impl Processor {
    /// A processor after reset, with empty memories.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            x: [0; 32],
            v: VectorFile::new(settings.vlen),
            csrs: Csrs::default(),
            memory: Memory::new(&settings),
            text: Text::new(settings.code_base, settings.code_bytes),
            cursor: Cursor { pc: settings.code_base, cycles: 0, retired: 0 },
            log: Log::default(),
            cycle_offset: 0,
            retired_offset: 0,
            slept: 0,
            ready: [0; 3],
            converting: false,
            stream: 0,
            step: 0,
            step_began: 0,
            overruns: 0,
            waited: [0; 3],
            status: Status::Running,
            scratch: Workspace::default(),
            settings,
        }
    }

    /// Puts bytes into instruction or data memory, as a loader does. `false` if they do not fit.
    pub fn load(&mut self, address: u32, bytes: &[u8]) -> bool {
        let fits = self.memory.store(address, bytes);
        self.fence();
        fits
    }

    /// Where execution goes on.
    pub fn set_pc(&mut self, pc: u32) {
        self.cursor.pc = pc & !1;
    }

    /// The program counter.
    #[must_use]
    pub fn pc(&self) -> u32 {
        self.cursor.pc
    }

    /// The integer registers.
    #[must_use]
    pub fn x(&self) -> &[u32; 32] {
        &self.x
    }

    /// Sets an integer register; `x0` stays 0.
    pub fn set_x(&mut self, register: u8, value: u32) {
        scalar::write(&mut self.x, register, value);
    }

    /// The vector registers one after the other, little endian: 32 times VLEN bits.
    #[must_use]
    pub fn vectors(&self) -> &[u8] {
        self.v.bytes()
    }

    /// Executed cycles and stalls: T1.
    #[must_use]
    pub fn cycles(&self) -> u64 {
        self.cursor.cycles
    }

    /// Completed instructions.
    #[must_use]
    pub fn retired(&self) -> u64 {
        self.cursor.retired
    }

    /// Completed instructions of a timing class; accesses to synapse rows count in their own.
    #[must_use]
    pub fn retired_of(&self, class: Class) -> u64 {
        self.log.of_class(class, self.cursor.retired)
    }

    /// Completed instructions of every timing class, in the order of [`Class`].
    #[must_use]
    pub fn retired_by_class(&self) -> Vec<u64> {
        let classes = usize::from(predecode::number(Class::VWholeRowStore)) + 1;
        let mut counts: Vec<u64> = self.log.by_class.iter().take(classes).copied().collect();
        if let Some(alu) = counts.first_mut() {
            *alu = self.retired_of(Class::Alu);
        }
        counts
    }

    /// Completed accesses to rows of the synapse arrays.
    #[must_use]
    pub fn row_accesses(&self) -> u64 {
        use Class::{RowLoad, RowStore, VRowLoad, VRowStore, VWholeRowLoad, VWholeRowStore};
        let rows = [RowLoad, RowStore, VRowLoad, VRowStore, VWholeRowLoad, VWholeRowStore];
        rows.into_iter().map(|class| self.retired_of(class)).sum()
    }

    /// Step starts that found the program still busy.
    #[must_use]
    pub fn overruns(&self) -> u64 {
        self.overruns
    }

    /// Cycles that the program has waited for its converters, for one reason; of these, only sleep is not
    /// among [`Self::cycles`].
    #[must_use]
    pub fn waited(&self, wait: Wait) -> u64 {
        let [result, trigger, sleep] = self.waited;
        match wait {
            Wait::Result => result,
            Wait::Trigger => trigger,
            Wait::Sleep => sleep,
        }
    }

    /// Cycles in which the program was at its work: executing, stalled, or asleep until its converters
    /// are done.
    #[must_use]
    pub fn busy(&self) -> u64 {
        self.cursor.cycles.saturating_add(self.waited(Wait::Sleep))
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The value of a control and status register, as a program would read it with `mstatus.VS`
    /// not off.
    #[must_use]
    pub fn csr(&self, number: u16) -> Option<u32> {
        let mut on = self.csrs.clone();
        on.touch_vector();
        let csrs = if number == 0x300 { &self.csrs } else { &on };
        self.counter(number).or_else(|| csrs.read(number, self.settings.vlen, self.settings.core))
    }

    /// Bytes of instruction or data memory from an address on; fewer if the memory ends before.
    #[must_use]
    pub fn bytes(&self, address: u32, length: u32) -> &[u8] {
        let rest = self.memory.at(address);
        &rest[..rest.len().min(index(length))]
    }

    /// The instruction bits at an address as fetch sees them.
    #[must_use]
    pub fn word(&self, pc: u32) -> Option<u32> {
        self.text.word(pc).ok()
    }

    /// A step begins: a running conversion is over, the step's interrupt is raised, and the
    /// allowance of cycles starts anew.
    ///
    /// A step does not end before its conversions do, so nothing a program can read tells how long
    /// it took.
    pub fn begin_step(&mut self, step: u64) {
        let now = self.now();
        let last = self.ready.into_iter().max().unwrap_or(0);
        if self.status == Status::Asleep {
            self.slept += last.saturating_sub(now);
        } else if self.status == Status::Running {
            self.overruns += u64::from(self.csrs.mip & csr::STEP != 0);
        }
        self.finish_conversions();
        self.step = step;
        self.step_began = self.cursor.cycles;
        self.raise(csr::STEP);
    }

    /// The host has written to the mailbox.
    pub fn raise_mailbox(&mut self) {
        self.raise(csr::MAILBOX);
    }

    /// `wfi` returns though nothing is pending, as the specification allows it to at any time.
    pub fn wake(&mut self) {
        if self.status == Status::Asleep {
            self.status = Status::Running;
        }
    }

    /// Time passes while the program sleeps.
    pub fn sleep(&mut self, cycles: u64) {
        if self.status == Status::Asleep {
            self.slept += cycles;
            self.finish_conversions();
        }
    }

    fn raise(&mut self, interrupt: u32) {
        self.csrs.mip |= interrupt;
        if self.status == Status::Asleep && self.csrs.mip & self.csrs.mie != 0 {
            self.status = Status::Running;
        }
    }

    /// Executed and slept cycles: the time of the converters.
    fn now(&self) -> u64 {
        self.cursor.cycles + self.slept
    }

    fn finish_conversions(&mut self) {
        if self.converting && self.ready.iter().all(|&ready| ready <= self.now()) {
            self.converting = false;
            self.raise(csr::ADC_DONE);
        }
    }

    /// Goes on as a processor that was saved while it slept or was paused; whether it may. Nothing changes if the
    /// other has not this one's settings and shape, or holds what no processor can hold.
    pub fn adopt(&mut self, saved: Self) -> bool {
        let can = self.settings == saved.settings && self.is_like(&saved) && saved.is_possible();
        if can {
            *self = saved;
        }
        can
    }

    fn is_like(&self, saved: &Self) -> bool {
        self.v.is_like(&saved.v)
            && self.memory.is_like(&saved.memory)
            && self.text.is_like(&saved.text)
    }

    /// Whether every register holds what it can, and the program sleeps or is paused. Times end where sums of
    /// them do not overflow.
    fn is_possible(&self) -> bool {
        const LONG: u64 = 1 << 60;
        let times = [self.cursor.cycles, self.cursor.retired, self.slept, self.step_began];
        times.into_iter().chain(self.ready).all(|time| time < LONG)
            && self.step_began <= self.cursor.cycles
            && self.log.is_possible(self.cursor.retired)
            && self.csrs.is_possible(self.settings.vlen)
            && self.cursor.pc.is_multiple_of(2)
            && self.x.first() == Some(&0)
            && self.stream < 256
            && self.overruns < LONG
            && self.waited.iter().all(|&waited| waited < LONG)
            && matches!(self.status, Status::Asleep | Status::Running)
    }

    /// Runs until the program sleeps, ends, or has been busy for `cycles` more cycles: a sleep that the
    /// converters end is no end, and its time is of these cycles.
    ///
    /// The last instruction completes, so a few more cycles may pass than allowed.
    pub fn run<P: Ports>(&mut self, ports: &mut P, cycles: u64) -> Stop<'_> {
        let end = self.busy().saturating_add(cycles);
        loop {
            let limit = end.saturating_sub(self.waited(Wait::Sleep));
            while self.status == Status::Running && self.cursor.cycles < limit {
                self.burst(ports, limit);
            }
            let left = limit.saturating_sub(self.cursor.cycles);
            if left == 0 || !self.sleep_for_converters(left) {
                return self.stop();
            }
        }
    }

    /// Whether the program sleeps.
    #[must_use]
    pub fn is_asleep(&self) -> bool {
        self.status == Status::Asleep
    }

    /// Executes one instruction, or takes one interrupt.
    pub fn step<P: Ports>(&mut self, ports: &mut P) -> Stop<'_> {
        let done = self.cursor.cycles;
        while self.status == Status::Running && self.cursor.cycles == done {
            self.burst(ports, done + 1);
        }
        self.stop()
    }

    fn stop(&self) -> Stop<'_> {
        match &self.status {
            Status::Running => Stop::Paused,
            Status::Asleep => Stop::Asleep,
            Status::Exited(word) => Stop::Exited(*word),
            Status::Faulted(fault) => Stop::Faulted(fault),
        }
    }

    /// Lets a sleeping program that waits for its converters sleep until they are done, or for so many
    /// cycles; whether it is awake then.
    pub fn sleep_for_converters(&mut self, cycles: u64) -> bool {
        let waits = self.converting && self.csrs.mie & csr::ADC_DONE != 0;
        if self.status != Status::Asleep || !waits {
            return false;
        }
        let last = self.ready.into_iter().max().unwrap_or(0);
        let time = last.saturating_sub(self.now()).min(cycles);
        self.slept += time;
        self.note_wait(Wait::Sleep, time);
        self.finish_conversions();
        self.status == Status::Running
    }

    /// Counts cycles of waiting.
    fn note_wait(&mut self, wait: Wait, cycles: u64) {
        let [result, trigger, sleep] = &mut self.waited;
        *match wait {
            Wait::Result => result,
            Wait::Trigger => trigger,
            Wait::Sleep => sleep,
        } += cycles;
    }

    /// The fast loop, and the one instruction that ended it.
    fn burst<P: Ports>(&mut self, ports: &mut P, limit: u64) {
        self.finish_conversions();
        if let Some(interrupt) = self.csrs.interrupt() {
            return self.interrupt(interrupt);
        }
        let allowed = self.step_began.saturating_add(self.settings.max_cycles);
        if self.cursor.cycles >= allowed {
            let reason = Reason::TooLong { allowed: self.settings.max_cycles };
            return self.fail(reason);
        }
        let next_ready = if self.converting {
            self.ready.into_iter().max().unwrap_or(0).saturating_sub(self.slept)
        } else {
            u64::MAX
        };
        let limit = limit.min(allowed).min(next_ready.max(self.cursor.cycles + 1));
        if let Err(trap) = self.plain(ports, limit) {
            self.take(trap);
        }
    }

    /// The fast loop, vector instructions and loads, until something may have changed what is
    /// pending.
    fn plain<P: Ports>(&mut self, ports: &mut P, limit: u64) -> Result<(), Trap> {
        let tohost = self.settings.tohost.unwrap_or(1);
        loop {
            let Self { x, text, memory, cursor, log, .. } = self;
            match scalar::run(x, text, memory, cursor, log, tohost, limit) {
                Left::Limit => return Ok(()),
                Left::Undecoded => self.fetch()?,
                Left::Other(op) if op.kind == predecode::Kind::Vector || op.kind.loads() => {
                    self.vector_run(op, ports, limit)?;
                    if self.status != Status::Running {
                        return Ok(());
                    }
                }
                Left::Other(op) => return self.execute(op, ports),
            }
        }
    }

    /// Decodes the next instruction, so that the fast loop finds it.
    fn fetch(&mut self) -> Result<(), Trap> {
        let refused = |address| Trap::new(Cause::InstructionAccess, address);
        self.text.decode(self.cursor.pc).map_err(refused)
    }

    /// An exception: to the handler, or to the end.
    fn take(&mut self, trap: Trap) {
        if self.csrs.mtvec == 0 {
            self.fail(Reason::Unhandled(trap));
        } else {
            self.enter(trap.cause.code(), trap.value);
        }
    }

    /// An interrupt: to the handler, or to the end.
    fn interrupt(&mut self, number: u32) {
        if self.csrs.mtvec == 0 {
            self.fail(Reason::Interrupt(number));
        } else {
            self.enter(1 << 31 | number, 0);
        }
    }

    fn enter(&mut self, cause: u32, value: u32) {
        self.cursor.pc = self.csrs.enter(self.cursor.pc, cause, value);
        let cost = Class::cost(Class::Trap).constant;
        self.cursor.cycles += u64::from(cost);
        self.log.by_class[usize::from(predecode::number(Class::Trap) & 31)] += 1;
    }

    fn fail(&mut self, reason: Reason) {
        self.status = Status::Faulted(Box::new(Fault {
            reason,
            core: self.settings.core,
            pc: self.cursor.pc,
            word: self.word(self.cursor.pc),
            x: self.x,
            cycle: self.cursor.cycles,
            history: self.log.history(self.cursor.retired),
        }));
    }

    /// Stores to instruction memory become visible to fetch.
    fn fence(&mut self) {
        if let Some((first, end)) = self.memory.unseen.take() {
            self.text.follow(&self.memory.code, first, end);
        }
    }
}
