//! Units in snapshots, and what can be looked at of them.

use leadlag_diagnostic::Diagnostics;
use leadlag_fixed::count;
use leadlag_plasticity::processor::{CoreMemory, Processor};
use serde::{Deserialize, Serialize};

use super::findings::other_units;
use super::{Passage, Unit};
use crate::emulator::Emulator;
use crate::plan::Plan;
use crate::state::State;

/// A unit between two steps, and all that its program can change: what a snapshot holds of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UnitState {
    core: u32,
    processor: Processor,
    memory: CoreMemory,
    conversions: u64,
    injects: bool,
    owes: u64,
}

impl Unit {
    /// All that its program can change.
    fn save(&self) -> UnitState {
        UnitState {
            core: count(self.program.core),
            processor: self.processor.clone(),
            memory: self.memory.clone(),
            conversions: self.conversions,
            injects: self.injects,
            owes: self.owes,
        }
    }

    /// Goes on as a unit that was saved; whether it could.
    fn adopt(&mut self, saved: UnitState) -> bool {
        let UnitState { processor, memory, conversions, injects, owes, .. } = saved;
        (self.conversions, self.injects) = (conversions.min(1 << 60), injects);
        self.owes = owes.min(1 << 20);
        self.processor.adopt(processor) && self.memory.adopt(memory)
    }

    /// Where the program is.
    pub(crate) fn pc(&self) -> u32 {
        self.processor.pc()
    }

    /// The address of the last store that was noted.
    pub(crate) fn last_store(&self) -> u32 {
        self.passage.as_ref().map_or(0, |passage| passage.last_store)
    }

    pub(crate) fn asleep(&self) -> u64 {
        u64::from(self.processor.is_asleep())
    }

    pub(crate) fn cycles(&self) -> u64 {
        self.processor.cycles()
    }

    pub(crate) fn retired(&self) -> u64 {
        self.processor.retired()
    }

    pub(crate) fn overruns(&self) -> u64 {
        self.processor.overruns()
    }

    pub(crate) fn passage(&self) -> Option<&Passage> {
        self.passage.as_deref()
    }
}

impl Emulator {
    /// Units that go on from a state: those that were saved as they were, the others from registers.
    /// A snapshot of the cycle engine (`timed`) holds all of them.
    pub(crate) fn resumed_units(
        &self,
        plan: &Plan,
        state: &State,
        (saved, timed): (Vec<UnitState>, bool),
    ) -> Result<Vec<Unit>, Diagnostics> {
        let programs: Vec<_> = self.units.iter().map(|unit| unit.program.clone()).collect();
        let mut units = self.started(&programs, plan, state)?;
        // What programs store to trim codes before their first step is in the state, or has been.
        for unit in &mut units {
            unit.retuned = false;
            let core = unit.program.core;
            unit.put_trims(&plan.cores[core], &state.trims[core]);
        }
        let held = units.iter_mut().filter(|unit| timed || unit.is_own());
        let mut held: Vec<&mut Unit> = held.collect();
        let (have, need) = (saved.len(), held.len());
        let mut fits = have == need;
        for (unit, saved) in held.iter_mut().zip(saved) {
            fits &= count(unit.program.core) == saved.core && unit.adopt(saved);
            let core = unit.program.core;
            unit.put_weights(&plan.cores[core], state);
            unit.put_trims(&plan.cores[core], &state.trims[core]);
        }
        if fits { Ok(units) } else { Err(other_units(have, need)) }
    }

    /// The units that the registers do not tell: with the user's programs, and in the cycle engine,
    /// where a program may not have come to its end, all.
    pub(crate) fn saved_units(&self) -> Vec<UnitState> {
        let timed = self.clock.is_some();
        let untold = self.units.iter().filter(|unit| timed || unit.is_own());
        untold.map(Unit::save).collect()
    }
}
