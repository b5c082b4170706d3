//! The clock as a value: what a snapshot holds of it, and whether it can be one.
//!
//! The fabric proves its own part (LL1220). What is checked here is what the latch and the kernels
//! rely on: codes within the payload, steps and cycles that have passed, counts that leave room.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fabric::{Engine, NetworkState};
use leadlag_image::{Compartment, Image, Mode};
use serde::{Deserialize, Serialize};

use super::lane::{Lane, PATIENCE, Shadow};
use super::times::{CoreTimes, Lengths, Times};
use super::{Clock, Routes};
use crate::state::State;

/// Cycles, steps and counts that leave room for as many again.
const MOST: u64 = 1 << 60;

/// The chips' clocks between two steps: cycles, shadow row registers, the fabric with all that is on
/// its way, and what was counted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ClockState {
    lanes: Vec<LaneState>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct LaneState {
    first: usize,
    replicas: usize,
    /// Cycle of the next latch.
    latch: u64,
    fabric: NetworkState,
    /// By core and compartment.
    shadows: Vec<[Shadow; 2]>,
    times: Times,
}

impl ClockState {
    /// Cycle of the next latch, by chip, or once where all chips' clocks are alike.
    pub fn latches(&self) -> impl Iterator<Item = u64> {
        self.lanes.iter().map(|lane| lane.latch)
    }

    /// Events that have landed, over all chips.
    #[must_use]
    pub fn landed(&self) -> u64 {
        let cores = self.lanes.iter().flat_map(|lane| &lane.times.cores);
        cores.map(|core| core.delivered).sum()
    }

    /// Codes that the next latch takes: by chip, core and compartment.
    pub fn shadow_rows(&self) -> impl Iterator<Item = &[i16]> {
        let shadows = self.lanes.iter().flat_map(|lane| lane.shadows.iter().flatten());
        shadows.map(|shadow| shadow.codes.as_slice())
    }
}

impl Clock {
    pub(crate) fn save(&self) -> ClockState {
        let lane = |lane: &Lane| LaneState {
            first: lane.first,
            replicas: lane.replicas,
            latch: lane.latch,
            fabric: lane.fabric.state(),
            shadows: lane.shadows.clone(),
            times: lane.times.clone(),
        };
        ClockState { lanes: self.lanes.iter().map(lane).collect() }
    }

    /// Goes on from a saved clock; this one is new.
    ///
    /// # Errors
    /// LL1221 for the clock of another chip, LL1222 for one that holds what none can hold, LL1220 for
    /// such a fabric.
    pub(crate) fn load(
        &mut self,
        saved: ClockState,
        image: &Image,
        state: &State,
    ) -> Result<(), Diagnostics> {
        let ranges = |all: &mut dyn Iterator<Item = (usize, usize)>| all.collect::<Vec<_>>();
        let own = ranges(&mut self.lanes.iter().map(|lane| (lane.first, lane.replicas)));
        if own != ranges(&mut saved.lanes.iter().map(|lane| (lane.first, lane.replicas))) {
            return Err(of_another_chip(saved.lanes.len(), own.len()).into());
        }
        let half = 1_i32 << (image.chip.payload_bits - 1);
        let free = self.pace.mode == Mode::FreeRunning;
        for (lane, saved) in self.lanes.iter_mut().zip(saved.lanes) {
            let mut found = Found { first: lane.first, routes: &self.routes, list: Vec::new() };
            if !found.is_like(lane, &saved) {
                return Err(of_another_chip(saved.shadows.len(), lane.shadows.len()).into());
            }
            // What is dead by now has removed branches that only a fabric with it can miss.
            lane.latch = saved.latch;
            lane.lose(&self.routes, state.step, &self.later)?;
            lane.fabric.restore(&saved.fabric)?;
            found.cycles(&saved, lane.fabric.now(), free);
            // At reset rows count as written by the first step.
            found.shadows(&saved.shadows, half, state.step.max(1));
            found.times(&saved.times, state.step);
            found.senders(lane, &saved.times);
            Diagnostics::unless_any(found.list, ())?;
            (lane.latch, lane.shadows, lane.times) = (saved.latch, saved.shadows, saved.times);
        }
        Ok(())
    }
}

struct Found<'a> {
    first: usize,
    routes: &'a Routes,
    list: Vec<Diagnostic>,
}

impl Found<'_> {
    fn is_like(&self, own: &Lane, saved: &LaneState) -> bool {
        let shape = |shadows: &[[Shadow; 2]]| {
            let lengths = |shadow: &Shadow| (shadow.codes.len(), shadow.written.len());
            shadows.iter().flatten().map(lengths).collect::<Vec<_>>()
        };
        shape(&own.shadows) == shape(&saved.shadows)
            && saved.times.cores.len() == self.routes.stations.len()
    }

    /// The fabric has run up to the latch, or in barrier mode to the landing of what it carried.
    fn cycles(&mut self, saved: &LaneState, fabric: u64, free: bool) {
        let latch = saved.latch;
        self.count("cycle", latch);
        let behind = fabric.saturating_sub(latch);
        if (free && fabric != latch) || behind > PATIENCE {
            self.refuse(&format!(
                "the fabric is in cycle {fabric}, and the next latch is in cycle {latch}"
            ));
        }
    }

    fn shadows(&mut self, shadows: &[[Shadow; 2]], half: i32, step: u64) {
        for (core, shadows) in shadows.iter().enumerate() {
            for (side, shadow) in Compartment::ALL.into_iter().zip(shadows) {
                let name = format!("{}.shadow", side.name());
                let codes = shadow.codes.iter().copied().map(i32::from);
                if let Some(code) = codes.into_iter().find(|code| !(-half..half).contains(code)) {
                    let (low, high) = (-half, half - 1);
                    self.of_core(
                        core,
                        &format!("{name} holds {code}; it can hold {low} to {high}"),
                    );
                }
                let late = shadow.written.iter().find(|&&written| written > step);
                if let Some(written) = late {
                    let text = format!("{name} was written in step {written} of {step}");
                    self.of_core(core, &text);
                }
            }
        }
    }

    fn times(&mut self, times: &Times, step: u64) {
        for lengths in [&times.step, &times.travel] {
            self.lengths(lengths, step);
        }
        let own = [times.untimed, times.waited_for_plasticity, times.closings];
        let counts = own.into_iter().chain([times.barrier_cycles, times.tree_hops]);
        let most = counts.chain(times.cores.iter().map(most)).max().unwrap_or(0);
        self.count("a count of the clock", most);
    }

    fn lengths(&mut self, lengths: &Lengths, step: u64) {
        let Lengths { steps, shortest, longest, sum, squares } = *lengths;
        self.count("a length of steps", sum.max(longest));
        let ordered = shortest <= longest && longest <= sum;
        // Sums of squares lie between those of equal steps and of one step that took all.
        let wide = u128::from(sum) * u128::from(sum);
        let fits = squares <= wide && wide <= squares.saturating_mul(u128::from(steps.max(1)));
        if steps > step || !ordered || !fits {
            self.refuse(&format!(
                "{steps} of {step} steps took {shortest} to {longest} cycles, {sum} in all"
            ));
        }
    }

    /// No sender has sent more than it was given.
    fn senders(&mut self, lane: &Lane, times: &Times) {
        let routes = self.routes;
        for (core, (station, times)) in routes.stations.iter().zip(&times.cores).enumerate() {
            let (sent, offered) = (lane.fabric.sent(station.node), times.packets);
            if sent > offered {
                let text =
                    format!("the fabric has taken {sent} packets of {offered} that were sent");
                self.of_core(core, &text);
            }
        }
    }

    fn count(&mut self, name: &str, count: u64) {
        if count > MOST {
            self.refuse(&format!("{name} is {count}; at most {MOST} is possible"));
        }
    }

    fn of_core(&mut self, core: usize, what: &str) {
        let Some(station) = self.routes.stations.get(core) else { return };
        let (x, y) = self.routes.checked.mesh().coordinates(station.node);
        self.refuse(&format!("core[{x},{y}]: {what}"));
    }

    fn refuse(&mut self, what: &str) {
        let message = format!("the clock of replica {} cannot be restored: {what}", self.first);
        self.list
            .push(Diagnostic::new("LL1222", message).help(
                "the file was not written by a chip: take another checkpoint, or start anew",
            ));
    }
}

fn most(core: &CoreTimes) -> u64 {
    let CoreTimes { packets, announced, delivered, late, stale, overrun, plasticity_busy, .. } =
        *core;
    let counts = [packets, announced, delivered, late, stale, overrun, plasticity_busy];
    counts.into_iter().max().unwrap_or(0)
}

fn of_another_chip(saved: usize, own: usize) -> Diagnostic {
    let message = format!(
        "the saved clock is of another chip, mode or number of replicas: it has {saved} parts where this one has {own}"
    );
    Diagnostic::new("LL1221", message).help("resume the run folder that it lies in")
}

/// A state in whose place events would have been on their way.
pub(super) fn without_clock(step: u64) -> Diagnostic {
    let message = format!(
        "the state after step {step} has no clock; of a free-running chip 1 is needed, as what is on its way decides values"
    );
    Diagnostic::new("LL1223", message)
        .help("take a snapshot that `--engine cycle` wrote, or begin at the first step")
}
