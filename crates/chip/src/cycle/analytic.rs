//! How long a step takes at least, without a fabric: the functional engine's cycles.
//!
//! A lone packet needs `2 + c·H` cycles over H routers, and D − 1 more on each link between chips; a
//! core sends one packet per cycle and takes one event per cycle. What routers do to each other's
//! packets comes on top, so this is a lower bound of what the cycle engine counts, and equal to it
//! where no two packets meet. Source: `docs/chip/fabric.md`, Zero load.

use leadlag_diagnostic::Diagnostics;
use leadlag_fabric::{Barrier, Checked, Faults, Node};
use leadlag_fixed::count;
use leadlag_image::{Compartment, Image, Mode, Sender};

use super::ProgramCycles;
use super::lane::Pace;
use super::routes::{Entry, Routes};

/// Bounds of the parts of a step, in cycles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Analytic {
    /// Latch to the landing of the last event. Senders that speak on change may have nothing to say,
    /// so their packets are left out.
    pub travel: u64,
    /// Latch to the start of senders and programs.
    pub setup: u64,
    /// Closing of the barrier.
    pub barrier: u64,
    /// The longest program, by what learns: `[somatic arrays][apical ones]`.
    pub programs: ProgramCycles,
    /// Whether the barrier waits for programs.
    pub waits: bool,
    /// Whether every sender speaks in every step.
    pub every_step: bool,
}

impl Analytic {
    /// # Errors
    /// As for a fabric that cannot be built, or cannot carry the image's events.
    pub(crate) fn new(image: &Image, programs: &[ProgramCycles]) -> Result<Self, Diagnostics> {
        let routes = Routes::new(image, Faults::default())?;
        let chip = &image.chip;
        let pace = Pace {
            mode: Mode::Barrier,
            setup: chip.setup_cycles.into(),
            cycles_per_step: chip.cycles_per_step,
            barrier_cycles: chip.barrier_cycles,
            payload_bits: chip.payload_bits,
            calm: true,
            alike: true,
        };
        let mut longest = ProgramCycles::default();
        for (soma, apical) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            let cycles = programs.iter().map(|core| core[soma][apical]);
            longest[soma][apical] = cycles.max().unwrap_or(0);
        }
        let sides = image.cores.iter().flat_map(|core| [&core.soma.sender, &core.apical.sender]);
        Ok(Self {
            travel: travel(image, &routes, pace.setup),
            setup: pace.setup,
            barrier: Barrier::reset(count(routes.stations.len()), pace.barrier_cycles).latency(),
            programs: longest,
            waits: chip.wait_for_plasticity,
            every_step: sides.into_iter().all(|sender| *sender == Sender::EveryStep),
        })
    }

    /// Latch to latch, in a step in which these arrays learn.
    #[must_use]
    pub fn step(&self, soma: bool, apical: bool) -> u64 {
        let program = self.programs[usize::from(soma)][usize::from(apical)];
        let slept = if self.waits { self.setup + program } else { 0 };
        self.travel.max(slept) + self.barrier
    }

    /// All steps: `[somatic arrays learnt][apical ones did]`, as [`crate::State::phases`] has them.
    #[must_use]
    pub fn total(&self, phases: &[[u64; 2]; 2]) -> u64 {
        let each = [(false, false), (false, true), (true, false), (true, true)];
        each.into_iter()
            .map(|(soma, apical)| {
                let steps = phases[usize::from(soma)][usize::from(apical)];
                steps.saturating_mul(self.step(soma, apical))
            })
            .fold(0, u64::saturating_add)
    }
}

/// Latch to the landing of the last event, at least.
fn travel(image: &Image, routes: &Routes, setup: u64) -> u64 {
    let mut arrivals = vec![Vec::new(); routes.stations.len()];
    for (core, station) in routes.stations.iter().enumerate() {
        let mut at = setup;
        for (side, senders) in Compartment::ALL.into_iter().zip(&station.senders) {
            if image.cores[core].side(side).sender != Sender::EveryStep {
                continue;
            }
            let entries = (0..senders.columns()).flat_map(|column| senders.of(column));
            for &entry in entries {
                land(routes, (station.node, at), entry, &mut arrivals);
                at += 1;
            }
        }
    }
    let last = arrivals.into_iter().map(|mut arrivals| {
        arrivals.sort_unstable();
        // Events from the i-th on come one per cycle, and none before it can.
        let left = (0..arrivals.len()).rev();
        let ends = arrivals.iter().zip(left).map(|(at, left)| at + u64::from(count(left)));
        ends.max().map_or(0, |landed| landed + 1)
    });
    last.max().unwrap_or(0).max(setup)
}

/// Notes when a packet reaches its cores at the earliest.
fn land(routes: &Routes, (from, at): (Node, u64), entry: Entry, arrivals: &mut [Vec<u64>]) {
    let checked = &routes.checked;
    let per_router = u64::from(checked.config().preset.cycles_per_router());
    for &leaf in routes.leaves(&entry) {
        let to = routes.stations[leaf].node;
        let (hops, edges) = way(checked, from, to);
        let slow = edges * (u64::from(checked.config().link.latency) - 1);
        arrivals[leaf].push(at + 2 + per_router * (hops + 1) + slow);
    }
}

/// Links on the way from node to node, and how many of them cross the edge of a chip.
fn way(checked: &Checked, from: Node, to: Node) -> (u64, u64) {
    let mesh = checked.mesh();
    let ((x, y), (to_x, to_y)) = (mesh.coordinates(from), mesh.coordinates(to));
    let chip = checked.config().mesh;
    let edges = (x / chip.columns).abs_diff(to_x / chip.columns)
        + (y / chip.rows).abs_diff(to_y / chip.rows);
    (u64::from(x.abs_diff(to_x)) + u64::from(y.abs_diff(to_y)), u64::from(edges))
}
