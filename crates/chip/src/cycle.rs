//! The cycle engine: what happens between *send* and *land*, and how long a step takes.
//!
//! ```text
//!   latch ──► setup ──► senders: a packet per core and cycle ──► fabric ──► shadow row registers
//!     ▲                 programs: until they sleep                                  │
//!     └──────────── barrier tree, or cycles_per_step ◄──────────────────────────────┘
//! ```
//!
//! Circuits, senders and programs are those of the functional engine; a [`Clock`] only carries codes
//! from sender to row and counts cycles. In barrier mode every event lands before the next latch, so
//! no value depends on it; in free-running mode a latch takes what has landed. Source:
//! `docs/chip/time.md`.

mod analytic;
mod codes;
mod lane;
mod remembered;
mod routes;
mod saved;
mod shown;
mod times;
mod traffic;

use std::sync::{Mutex, PoisonError};

use leadlag_circuits::code as rescaled;
use leadlag_diagnostic::Diagnostics;
use leadlag_fabric::{Counters as FabricCounters, Faults, Network};
use leadlag_image::{Compartment, Image, Mode, Sender};

use crate::plan::Plan;
use crate::state::{ShardState, State};
use codes::{Before, Codes, Place};
use lane::{Lane, Pace, Step, Travelled};
use routes::Routes;

pub use analytic::Analytic;
pub use saved::ClockState;
pub use shown::Route;
pub use traffic::Traffic;

pub use times::{CoreTimes, Lengths, Times};

/// Cycles of a core's program in a step, under the timing model: `[somatic array learns][apical one
/// does]`.
pub type ProgramCycles = [[u64; 2]; 2];

/// The chips' clock and their fabric.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    routes: Routes,
    pace: Pace,
    waits: bool,
    lanes: Vec<Lane>,
    /// Codes before the step, where senders speak on change.
    before: Before,
    on_change: bool,
    /// By core of the image; none: a program tells by running.
    programs: Vec<ProgramCycles>,
    /// Of every so many steps, the first so many are timed.
    sample: (u64, u64),
    /// By core; empty: none is dead.
    dead: Vec<bool>,
    /// Parts of the fabric that die before a step, in the order of the steps.
    later: Vec<(u64, Faults)>,
}

/// Cycles that a program may run in a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Budget {
    /// From the latch on, while it is still at the step before.
    pub(crate) before: u64,
    /// From the step's start on; none: the step does not come to its start.
    pub(crate) after: Option<u64>,
}

impl Budget {
    /// As many as it takes.
    pub(crate) const WHOLE: Self = Self { before: u64::MAX, after: Some(u64::MAX) };
}

/// When a step's events have landed, by lane.
#[derive(Debug)]
pub(crate) struct Landed(Vec<Option<Travelled>>);

impl Clock {
    pub(crate) fn new(image: &Image, replicas: usize, faults: Faults) -> Result<Self, Diagnostics> {
        let routes = Routes::new(image, faults)?;
        let chip = &image.chip;
        let sides = image.cores.iter().flat_map(|core| [&core.soma.sender, &core.apical.sender]);
        let on_change = sides.into_iter().any(|sender| *sender != Sender::EveryStep);
        let alike = chip.mode == Mode::Barrier && !on_change && faults_of(&routes).flips == 0;
        let ranges: Vec<_> =
            if alike { vec![(0, replicas)] } else { (0..replicas).map(|r| (r, 1)).collect() };
        let lanes = ranges.into_iter().map(|range| Lane::new(&routes, range));
        Ok(Self {
            lanes: lanes.collect::<Result<_, _>>()?,
            pace: Pace {
                mode: chip.mode,
                setup: chip.setup_cycles.into(),
                cycles_per_step: chip.cycles_per_step,
                barrier_cycles: chip.barrier_cycles,
                payload_bits: chip.payload_bits,
                calm: chip.mode == Mode::Barrier
                    && faults_of(&routes).is_empty()
                    && chip.fabric.drop_after == 0,
                alike: !on_change,
            },
            waits: chip.wait_for_plasticity && chip.mode == Mode::Barrier,
            before: Vec::new(),
            on_change,
            programs: vec![ProgramCycles::default(); image.cores.len()],
            sample: (1, 1),
            dead: Vec::new(),
            later: Vec::new(),
            routes,
        })
    }

    /// The same clock at cycle 0.
    pub(crate) fn renewed(&self, image: &Image, replicas: usize) -> Result<Self, Diagnostics> {
        let faults = faults_of(&self.routes).clone();
        let (programs, later) = (self.programs.clone(), self.later.clone());
        Ok(Self { programs, later, sample: self.sample, ..Self::new(image, replicas, faults)? })
    }

    pub(crate) fn set_programs(&mut self, programs: Vec<ProgramCycles>) {
        self.programs = programs;
    }

    pub(crate) fn set_sample(&mut self, timed: u64, of: u64) {
        self.sample = (timed, of.max(1));
    }

    /// Cores that are dead in the step that is run.
    pub(crate) fn set_dead(&mut self, dead: &[bool]) {
        self.dead.clear();
        self.dead.extend_from_slice(dead);
    }

    /// Parts of the fabric that die before a step, in the order of the steps.
    pub(crate) fn set_later(&mut self, later: Vec<(u64, Faults)>) {
        self.later = later;
    }

    /// Codes that the next latch takes: a replica's rows of an array.
    pub(crate) fn rows(&self, core: usize, side: Compartment, replica: usize) -> &[i16] {
        let lane = if self.lanes.len() == 1 { 0 } else { replica };
        let lane = &self.lanes[lane];
        let rows = self.routes.stations[core].origins[side.index()].len();
        &lane.shadows[core][side.index()].codes[(replica - lane.first) * rows..][..rows]
    }

    /// Notes what the senders hold before a step.
    pub(crate) fn note(&mut self, shards: &[ShardState]) {
        if !self.on_change {
            return;
        }
        self.before.resize_with(shards.len(), Vec::new);
        for (before, shard) in self.before.iter_mut().zip(shards) {
            before.resize_with(shard.cores.len(), Default::default);
            for (before, core) in before.iter_mut().zip(&shard.cores) {
                before[0].clone_from(&core.soma.sent);
                before[1].clone_from(&core.apical.sent);
            }
        }
    }

    /// Takes up a state between two steps in barrier mode: what was sent has landed.
    ///
    /// # Errors
    /// LL1223 in free-running mode, unless it is the state before the first step: what is on its way
    /// then decides values.
    pub(crate) fn settle(&mut self, plan: &Plan, state: &State) -> Result<(), Diagnostics> {
        if self.pace.mode == Mode::FreeRunning && state.step > 0 {
            return Err(saved::without_clock(state.step).into());
        }
        let shards: Vec<_> = state.shards.iter().collect();
        let codes = Codes { plan, shards: &shards, before: &self.before, dead: &self.dead };
        let number = state.step.saturating_sub(1);
        let step = Step { routes: &self.routes, pace: self.pace, codes, number };
        for lane in &mut self.lanes {
            lane.leap(step);
            lane.times = Times::new(self.routes.stations.len());
        }
        Ok(())
    }

    /// Carries the events of a step.
    pub(crate) fn travel(
        &mut self,
        plan: &Plan,
        state: &mut State,
        threads: usize,
    ) -> Result<Landed, Diagnostics> {
        let shards: Vec<_> = state.shards.iter().collect();
        let travelled = self.carry(plan, &shards, state.step, threads)?;
        let codes = Codes { plan, shards: &shards, before: &self.before, dead: &self.dead };
        let pending = self.pending(codes, &travelled);
        for (place, (shard, at), code) in pending {
            state.shards[shard].cores[place.core].side_mut(place.side).sent[at] = code;
        }
        Ok(Landed(travelled))
    }

    /// Carries the events of a step, all chips' on their own.
    fn carry(
        &mut self,
        plan: &Plan,
        shards: &[&ShardState],
        number: u64,
        threads: usize,
    ) -> Result<Vec<Option<Travelled>>, Diagnostics> {
        let is_timed = number % self.sample.1 < self.sample.0;
        let codes = Codes { plan, shards, before: &self.before, dead: &self.dead };
        for lane in &mut self.lanes {
            lane.lose(&self.routes, number, &self.later)?;
        }
        let step = Step { routes: &self.routes, pace: self.pace, codes, number };
        run(&mut self.lanes, threads, &|lane: &mut Lane| {
            if is_timed {
                lane.travel(step).map(Some)
            } else {
                lane.leap(step);
                Ok(None)
            }
        })
    }

    /// Whether it needs to be told no more of a step than what was sent, and is one for all chips.
    pub(crate) fn is_one(&self) -> bool {
        self.lanes.len() == 1 && self.pace.mode == Mode::Barrier && !self.on_change
    }

    /// Carries the events of a step and ends it, where [`Self::is_one`] and no programs run.
    pub(crate) fn time(
        &mut self,
        plan: &Plan,
        shards: &[&ShardState],
        number: u64,
        learnt: [bool; 2],
    ) -> Result<(), Diagnostics> {
        let landed = Landed(self.carry(plan, shards, number, 1)?);
        self.close(&landed, None, learnt);
        Ok(())
    }

    /// Signals that were not sent, where they lie, and the codes that their senders go on holding: a
    /// change that was not sent is still pending.
    fn pending(
        &self,
        codes: Codes<'_>,
        travelled: &[Option<Travelled>],
    ) -> Vec<(Place, (usize, usize), i16)> {
        let lanes = self.lanes.iter().zip(travelled);
        let unsent = lanes.flat_map(|(lane, travelled)| {
            let own = codes.of(lane.first);
            let places = travelled.iter().flat_map(|travelled| &travelled.unsent);
            places.filter_map(move |&place| Some((place, own.site(place), own.held(place)?)))
        });
        unsent.collect()
    }

    /// What programs may run before the next latch.
    pub(crate) fn budget(&self, landed: &Landed) -> Budget {
        let end = landed.0.first().and_then(|travelled| Some(travelled.as_ref()?.end));
        match end.filter(|_| !self.waits) {
            None => Budget::WHOLE,
            Some(end) => {
                let barrier = self.pace.tree(self.routes.stations.len());
                self.budget_of((end + barrier).saturating_sub(self.lanes[0].latch))
            }
        }
    }

    /// What programs may run in the first cycles of a step.
    fn budget_of(&self, cycles: u64) -> Budget {
        Budget { before: self.pace.setup.min(cycles), after: cycles.checked_sub(self.pace.setup) }
    }

    /// Carries the events of a step up to some cycles after its latch; what programs may run until
    /// then.
    pub(crate) fn enter(
        &mut self,
        plan: &Plan,
        state: &State,
        cycles: u64,
    ) -> Result<Budget, Diagnostics> {
        let shards: Vec<_> = state.shards.iter().collect();
        let codes = Codes { plan, shards: &shards, before: &self.before, dead: &self.dead };
        let step = Step { routes: &self.routes, pace: self.pace, codes, number: state.step };
        self.lanes.iter_mut().try_for_each(|lane| lane.travel_into(step, cycles))?;
        Ok(self.budget_of(cycles))
    }

    /// Ends the step. `ran` is what each core's program took, where there are programs; `learnt`
    /// says which arrays learnt.
    pub(crate) fn close(&mut self, landed: &Landed, ran: Option<&[u64]>, learnt: [bool; 2]) {
        let [soma, apical] = learnt.map(usize::from);
        let own = |core: usize| match ran {
            _ if self.dead.get(core) == Some(&true) => 0,
            Some(cycles) => cycles.get(core).copied().unwrap_or(0),
            None => self.programs[core][soma][apical],
        };
        let cycles: Vec<u64> = (0..self.routes.stations.len()).map(own).collect();
        let longest = cycles.iter().copied().max().unwrap_or(0);
        for (lane, travelled) in self.lanes.iter_mut().zip(&landed.0) {
            let Some(travelled) = travelled else { continue };
            for (times, cycles) in lane.times.cores.iter_mut().zip(&cycles) {
                times.plasticity_busy += cycles;
            }
            let slept = if self.waits { lane.latch + self.pace.setup + longest } else { 0 };
            lane.close(self.pace, self.routes.stations.len(), travelled.end, slept);
        }
    }

    /// The host has moved error scales: codes that have landed are converted like those of their
    /// senders.
    pub(crate) fn rescale(&mut self, growth: &[i32], bits: u32) {
        for lane in &mut self.lanes {
            for (station, shadows) in self.routes.stations.iter().zip(&mut lane.shadows) {
                let [_, origins] = &station.origins;
                let [_, shadow] = shadows;
                let rows = origins.iter().cycle();
                for (code, origin) in shadow.codes.iter_mut().zip(rows) {
                    if let Some(places) = origin.map(|origin| growth[origin.core]) {
                        *code = rescaled(i32::from(*code), places, bits).0;
                    }
                }
            }
        }
    }

    /// Chips that have a clock of their own: all, or one that stands for all.
    pub(crate) fn chips(&self) -> usize {
        self.lanes.len()
    }

    fn lane(&self, replica: usize) -> Option<&Lane> {
        self.lanes.get(if self.lanes.len() == 1 { 0 } else { replica })
    }

    pub(crate) fn latch_of(&self, replica: usize) -> Option<u64> {
        self.lane(replica).map(|lane| lane.latch)
    }

    pub(crate) fn fabric_of(&self, replica: usize) -> Option<&Network> {
        self.lane(replica).map(|lane| &lane.fabric)
    }

    pub(crate) fn traffic_of(&self, core: usize, replica: usize) -> Option<CoreTimes> {
        self.lane(replica)?.times.cores.get(core).copied()
    }

    /// Packets that could leave a core now, if there were room.
    pub(crate) fn waiting_of(&self, core: usize, replica: usize) -> Option<u64> {
        let node = self.routes.stations.get(core)?.node;
        self.lane(replica).map(|lane| lane.fabric.waiting(node))
    }

    /// Cycle of the next latch, by lane.
    pub(crate) fn now(&self) -> Vec<u64> {
        self.lanes.iter().map(|lane| lane.latch).collect()
    }

    /// Counts over all replicas.
    pub(crate) fn times(&self) -> Times {
        let mut all = Times::new(self.routes.stations.len());
        for lane in &self.lanes {
            all.add(&lane.times, u64::from(leadlag_fixed::count(lane.replicas)));
        }
        all
    }

    /// Counts of the first chip's fabric.
    pub(crate) fn fabric(&self) -> FabricCounters {
        use leadlag_fabric::Engine;
        self.lanes.first().map(|lane| lane.fabric.counters()).unwrap_or_default()
    }
}

/// The faults that a fabric is built with.
fn faults_of(routes: &Routes) -> &Faults {
    &routes.checked.config().faults
}

/// Lanes that a thread takes at a time.
const PIECE: usize = 4;

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Work on every lane, spread over threads; the first error of the first lane that has one.
fn run<T: Send>(
    lanes: &mut [Lane],
    threads: usize,
    work: &(dyn Fn(&mut Lane) -> Result<T, Diagnostics> + Sync),
) -> Result<Vec<T>, Diagnostics> {
    if threads < 2 || lanes.len() < 2 {
        return lanes.iter_mut().map(work).collect();
    }
    // Pieces are taken as threads come free: a thread that the machine holds up holds up no other.
    let pieces = Mutex::new(lanes.chunks_mut(PIECE).enumerate());
    let done = Mutex::new(Vec::new());
    let take = || locked(&pieces).next();
    let help = || {
        while let Some((piece, lanes)) = take() {
            let results: Result<Vec<T>, _> = lanes.iter_mut().map(work).collect();
            locked(&done).push((piece, results));
        }
    };
    let joined = crossbeam::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|_| help());
        }
        help();
    });
    if let Err(panic) = joined {
        std::panic::resume_unwind(panic);
    }
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(piece, _)| *piece);
    let parts: Result<Vec<_>, _> = done.into_iter().map(|(_, results)| results).collect();
    Ok(parts?.into_iter().flatten().collect())
}
