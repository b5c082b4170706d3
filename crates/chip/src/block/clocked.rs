//! A block in the cycle engine whose threads stay for all of its steps.
//!
//! ```text
//!   evaluate │ gate │ first thread: the fabric carries, the barrier closes │ gate │ learn │ gate
//! ```

use std::sync::{PoisonError, RwLock};

use leadlag_diagnostic::Diagnostics;
use leadlag_fixed::count;
use leadlag_image::Compartment;

use super::{Ahead, How, Run, read, write};
use crate::cycle::Clock;
use crate::emulator::Emulator;
use crate::gate::Gate;
use crate::state::ShardState;
use crate::stimulus::{Record, Stimulus};

/// The step in which a clock has stopped, and why.
pub(super) type Stop = (usize, Diagnostics);

impl Emulator {
    /// Whether a block runs as one: where one clock stands for all chips, and between two steps nobody looks
    /// at them, strikes them or runs on one of them.
    pub(crate) fn keeps_time(&self) -> bool {
        self.clock.as_ref().is_some_and(Clock::is_one)
            && self.faulty.is_ideal()
            && !self.has_programs()
            && self.halted.is_none()
    }

    /// A block of steps in the cycle engine, as [`Self::timed_step`] runs them one by one.
    pub(crate) fn timed_block(&mut self, mut clock: Clock, stimulus: &Stimulus<'_>) -> Record {
        clock.set_dead(&self.faulty.strikes.dead);
        let clock = RwLock::new(clock);
        let how = How { clock: Some(&clock), ..How::WHOLE };
        let record = self.block(stimulus, Ahead { stimulus, step: 0 }, how);
        self.clock = Some(clock.into_inner().unwrap_or_else(PoisonError::into_inner));
        record
    }
}

impl Run<'_> {
    /// Whether the steps are timed here, between their two parts.
    fn is_clocked(&self) -> bool {
        self.how.clock.is_some() && self.how.evaluates && self.how.learns
    }

    /// All shards have moved: their events travel, and the step ends on the clock. Whether it does.
    pub(super) fn travels(&self, step: usize, thread: usize, gate: &Gate) -> bool {
        if !self.is_clocked() {
            return true;
        }
        gate.wait();
        if thread == 0 {
            self.travel(step);
        }
        gate.wait();
        read(&self.stop).is_none()
    }

    fn travel(&self, step: usize) {
        let Some(clock) = self.how.clock else { return };
        let shards: Vec<_> = self.shards.iter().map(read).collect();
        let shards: Vec<&ShardState> = shards.iter().map(|recorded| &recorded.shard).collect();
        let learnt =
            [self.learns_due(Compartment::Soma, step), self.learns_due(Compartment::Apical, step)];
        let number = self.first_step + u64::from(count(step));
        if let Err(why) = write(clock).time(self.plan, &shards, number, learnt) {
            *write(&self.stop) = Some((step, why));
        }
    }

    /// Whether the barrier waits for the programs of a side.
    fn learns_due(&self, compartment: Compartment, step: usize) -> bool {
        match compartment {
            Compartment::Soma => self.stimulus.learn && self.moves(Compartment::Soma, step),
            Compartment::Apical => self.owed_at(step),
        }
    }

    /// Steps that have ended, and steps whose outputs are recorded.
    pub(super) fn ended(&self) -> (usize, usize) {
        let all = self.stimulus.steps;
        read(&self.stop).as_ref().map_or((all, all), |&(step, _)| (step, step + 1))
    }
}
