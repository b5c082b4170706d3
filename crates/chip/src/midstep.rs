//! The machine in the middle of a step.
//!
//! The inside of a step is a function of the state at its latch, of the host's inputs, and of the
//! number of cycles since. So a snapshot *in* a step is one before it and that number, and looking
//! is running a copy so far. Source: `docs/chip/time.md`, Inside a step.

use std::sync::{PoisonError, RwLock};

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_trace::{Family, Format, Probe, Probed};

use crate::block::{Ahead, How};
use crate::emulator::Emulator;
use crate::state::State;
use crate::stimulus::Stimulus;

/// A chip some cycles after a latch. It can be looked at; what goes on is the chip that it was made
/// from.
#[derive(Debug)]
pub struct Midstep {
    chips: Emulator,
    cycles: u64,
}

impl Emulator {
    /// The chips so many cycles after the next latch. `stimulus` is the block that goes on; its step
    /// `at` is the next one. Registers are evaluated from the first cycle on; weights are those that
    /// programs have written so far, and the evaluator's come with the end of the step.
    ///
    /// # Errors
    /// LL1461 in the functional engine; what ends a program.
    ///
    /// # Panics
    /// As [`Self::run`].
    pub fn midstep(
        &self,
        stimulus: &Stimulus<'_>,
        at: usize,
        cycles: u64,
    ) -> Result<Midstep, Diagnostics> {
        let mut chips = self.clone();
        let Some(mut clock) = chips.clock.take() else { return Err(without_cycles(cycles)) };
        if cycles > 0 {
            let ahead = Ahead { stimulus, step: at };
            let one = stimulus.part(at..at + 1, self.cells());
            clock.note(&chips.state.shards);
            let held = RwLock::new(clock);
            let first = How { clock: Some(&held), watched: true, ..How::EVALUATE };
            chips.block(&one, ahead, first);
            clock = held.into_inner().unwrap_or_else(PoisonError::into_inner);
            let budget = clock.enter(&chips.plan, &chips.state, cycles)?;
            if chips.has_programs() {
                chips.block(&one, ahead, How { budget, ..How::LEARN });
                let State { step, owed, phases, .. } = self.state;
                (chips.state.step, chips.state.owed, chips.state.phases) = (step, owed, phases);
            }
        }
        chips.clock = Some(clock);
        chips.check_programs()?;
        Ok(Midstep { chips, cycles })
    }
}

impl Midstep {
    /// Cycles since the latch.
    #[must_use]
    pub fn cycles(&self) -> u64 {
        self.cycles
    }

    /// All registers, the fabric with what is on its way, and the programs where they are. It is not a
    /// state to go on from.
    #[must_use]
    pub fn registers(&self) -> State {
        self.chips.snapshot()
    }
}

impl Probed for Midstep {
    fn families(&self) -> Vec<Family> {
        self.chips.families()
    }

    fn format(&self, probe: Probe) -> Format {
        self.chips.format(probe)
    }

    fn read(&self, probe: Probe) -> i32 {
        self.chips.read(probe)
    }

    fn cycle(&self) -> Option<u64> {
        self.chips.cycle().map(|latch| latch + self.cycles)
    }

    fn passed(&self, probe: Probe, code: i32) -> bool {
        self.chips.passed(probe, code)
    }
}

fn without_cycles(cycles: u64) -> Diagnostics {
    let message = format!("the functional engine has 0 cycles in a step; {cycles} are asked for");
    Diagnostic::new("LL1461", message).help("`--engine cycle`").into()
}
