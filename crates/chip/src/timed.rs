//! The emulator as the cycle engine.

use std::sync::{PoisonError, RwLock};

use leadlag_diagnostic::Diagnostics;
use leadlag_fixed::index;

use crate::block::{Ahead, How};
use crate::counters::Counters;
use crate::cycle::{Analytic, Clock, ClockState, Landed, ProgramCycles, Times};
use crate::emulator::Emulator;
use crate::plan::Plan;
use crate::state::State;
use crate::stimulus::{Record, Stimulus};

impl Emulator {
    /// One step in the cycle engine: evaluate, let the events travel, learn. `watched` keeps the
    /// drives.
    pub(crate) fn timed_step(
        &mut self,
        mut clock: Clock,
        one: &Stimulus<'_>,
        ahead: Ahead<'_>,
        watched: bool,
    ) -> Record {
        clock.note(&self.state.shards);
        clock.set_dead(&self.faulty.strikes.dead);
        let clock = RwLock::new(clock);
        let first = How { clock: Some(&clock), watched, ..How::EVALUATE };
        let record = self.block(one, ahead, first);
        let mut clock = clock.into_inner().unwrap_or_else(PoisonError::into_inner);
        match clock.travel(&self.plan, &mut self.state, self.options.threads) {
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
        let before = self.program_cycles();
        let budget = clock.budget(landed);
        self.block(one, ahead, How { budget, ..How::LEARN });
        let ran: Vec<u64> =
            self.program_cycles().iter().zip(before).map(|(now, then)| now - then).collect();
        clock.close(landed, self.has_programs().then_some(&ran), learnt);
    }

    /// Cycles that programs have taken so far, sleep for their converters included, by core; empty without
    /// programs.
    fn program_cycles(&self) -> Vec<u64> {
        if !self.has_programs() {
            return Vec::new();
        }
        let cores = self.state.shards[0].cores.iter();
        let taken = |counters: &Counters| {
            let [_, _, asleep] = counters.plasticity_waits;
            counters.plasticity_cycles + asleep
        };
        cores.map(|core| taken(&core.counters)).collect()
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

    /// How long steps take at least, from the timing of programs and of lone packets. `programs` are
    /// the cycles of the rule as a program, by core of the image.
    ///
    /// # Errors
    /// As [`Self::attach_fabric`].
    pub fn analytic(&self, programs: &[ProgramCycles]) -> Result<Analytic, Diagnostics> {
        Analytic::new(&self.image, programs)
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

    /// Every packet of a step in which every sender speaks; none in the functional engine.
    #[must_use]
    pub fn routes(&self) -> Option<Vec<crate::Route>> {
        self.clock.as_ref().map(Clock::shown)
    }

    /// The routers' tables, by node; none in the functional engine, empty without multicast.
    #[must_use]
    pub fn router_tables(&self) -> Option<&leadlag_fabric::Tables> {
        self.clock.as_ref().map(Clock::tables)
    }

    /// The clock of a state: the saved one, or a new one at cycle 0 with what was sent in the rows.
    pub(crate) fn resumed_clock(
        &self,
        plan: &Plan,
        state: &State,
        saved: Option<ClockState>,
    ) -> Result<Option<Clock>, Diagnostics> {
        let Some(clock) = &self.clock else { return Ok(None) };
        let mut clock = clock.renewed(&self.image, index(self.options.replicas))?;
        match saved {
            Some(saved) => clock.load(saved, &self.image, state)?,
            None => clock.settle(plan, state)?,
        }
        Ok(Some(clock))
    }
}
