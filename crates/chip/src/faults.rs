//! What breaks while a chip runs: bits of memories and registers, cores, and parts of the fabric.
//!
//! Where and when is a function of (chip seed, step, place) alone: nothing is drawn from a stream, so
//! a run repeats for any engine and any number of threads, and goes on alike from a snapshot.
//! Replicas are copies of one chip, and what breaks, breaks in all of them. Source:
//! `docs/chip/faults.md`.

mod strikes;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fabric::{DeadLink, DeadRouter, Extent, Faults as FabricFaults, Mesh, Node, Port};
use leadlag_fixed::gap::Gaps;
use leadlag_image::{Image, Mode};
use serde::{Deserialize, Serialize};

use crate::emulator::Emulator;
pub(crate) use strikes::Strikes;

/// Memories whose bits flip.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Memory {
    /// Words of the synapse arrays.
    Weights,
    /// Row registers, after the latch; the next latch heals them.
    Rows,
    /// Lagged states of the compartments; they are held at the rails.
    States,
}

impl Memory {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Weights, Self::Rows, Self::States];

    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Weights => "weights",
            Self::Rows => "rows",
            Self::States => "states",
        }
    }
}

/// How often a bit flips.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Often {
    /// The chance of each word in each step, in units of 2^-64: one of its bits flips.
    Chance(u64),
    /// So many words, drawn with replacement from all cores, before one step.
    Once {
        /// The step.
        step: u64,
        /// Flips.
        count: u32,
    },
}

/// Flips in a memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Upset {
    /// Which memory.
    pub memory: Memory,
    /// How often.
    pub often: Often,
}

/// A moment of a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Since {
    /// Before a step is run.
    Step(u64),
    /// In a cycle; a core stops at the first latch from it on.
    Cycle(u64),
}

/// A part that dies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// A core: its clock stops. Column, row.
    Core(u32, u32),
    /// The link that leaves a router.
    Link(u32, u32, Port),
    /// A router.
    Router(u32, u32),
}

/// A part, and when it dies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dead {
    /// What.
    pub part: Part,
    /// From when on.
    pub since: Since,
}

/// A virtual channel of a router's output that is never free.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stuck {
    /// Column and row of the router.
    pub place: (u32, u32),
    /// The output.
    pub port: Port,
    /// class·V + v.
    pub channel: u8,
}

/// All faults of a run.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Faults {
    /// Flipped bits.
    pub upsets: Vec<Upset>,
    /// Chance of a packet on each link that one of its bits flips, in units of 2^-32.
    pub packets: u32,
    /// What dies.
    pub dead: Vec<Dead>,
    /// Channels that are stuck since reset.
    pub stuck: Vec<Stuck>,
    /// Whether the run ends after the step in which the first fault strikes.
    pub stops: bool,
}

/// Flips that struck a core, over all replicas.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Upsets {
    /// Of weight words, of which all replicas have the same.
    pub weights: u64,
    /// Of row registers.
    pub rows: u64,
    /// Of lagged states.
    pub states: u64,
}

impl Upsets {
    /// Adds those of other cores.
    pub fn add(&mut self, other: &Self) {
        self.weights += other.weights;
        self.rows += other.rows;
        self.states += other.states;
    }

    /// All of them.
    #[must_use]
    pub fn sum(&self) -> u64 {
        self.weights + self.rows + self.states
    }
}

/// What becomes of a run's faults while it runs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faulty {
    faults: Faults,
    /// Gaps between the flips of each of `faults.upsets` that has a chance.
    gaps: Vec<Option<Gaps>>,
    /// What strikes in the step that is run.
    pub(crate) strikes: Strikes,
    /// Branches that faults of the fabric had removed or changed before the step.
    struck: u64,
}

impl Faulty {
    pub(crate) fn is_ideal(&self) -> bool {
        self.faults == Faults::default()
    }
}

impl Faults {
    /// The faults of the fabric that it is built with, under the chip seed of their draws.
    ///
    /// # Errors
    /// LL1473 for routers that the mesh does not have.
    pub fn of_fabric(&self, image: &Image, seed: u64) -> Result<FabricFaults, Diagnostics> {
        let mut faults = FabricFaults { flips: self.packets, seed, ..FabricFaults::default() };
        let mut found = Vec::new();
        for dead in &self.dead {
            if let Since::Cycle(since) = dead.since {
                found.extend(put(&mut faults, image, dead.part, since).err());
            }
        }
        for &Stuck { place, port, channel } in &self.stuck {
            match node(image, place) {
                Ok(node) => {
                    faults.stuck.push(leadlag_fabric::StuckChannel { node, port, channel });
                }
                Err(missing) => found.push(missing),
            }
        }
        Diagnostics::unless_any(found, faults)
    }

    /// Links and routers that die before a step, with that step.
    fn of_steps(&self, image: &Image) -> Result<Vec<(u64, FabricFaults)>, Diagnostics> {
        let mut all = Vec::new();
        for dead in &self.dead {
            let Since::Step(step) = dead.since else { continue };
            let mut faults = FabricFaults::default();
            put(&mut faults, image, dead.part, 0)?;
            if faults != FabricFaults::default() {
                all.push((step, faults));
            }
        }
        all.sort_by_key(|(step, _)| *step);
        Ok(all)
    }

    /// Whether they need routers and cycles.
    fn need_cycles(&self) -> bool {
        let of_fabric =
            |dead: &Dead| !matches!((dead.part, dead.since), (Part::Core(..), Since::Step(_)));
        self.packets > 0 || !self.stuck.is_empty() || self.dead.iter().any(of_fabric)
    }

    /// Cores, each with when it dies.
    fn cores(&self) -> impl Iterator<Item = ((u32, u32), Since)> + '_ {
        self.dead.iter().filter_map(|dead| match dead.part {
            Part::Core(x, y) => Some(((x, y), dead.since)),
            Part::Link(..) | Part::Router(..) => None,
        })
    }
}

/// Adds a part of the fabric that is dead from a cycle on.
fn put(faults: &mut FabricFaults, image: &Image, part: Part, since: u64) -> Result<(), Diagnostic> {
    match part {
        Part::Core(..) => {}
        Part::Link(x, y, output) => {
            let node = node(image, (x, y))?;
            faults.links.push(DeadLink { node, port: output, since });
        }
        Part::Router(x, y) => {
            faults.routers.push(DeadRouter { node: node(image, (x, y))?, since });
        }
    }
    Ok(())
}

/// The node at a place of the chips' mesh.
fn node(image: &Image, (x, y): (u32, u32)) -> Result<Node, Diagnostic> {
    let part = |at: u32| u16::try_from(at).unwrap_or(u16::MAX);
    let chip = &image.chip;
    let extent = |x, y| Extent::new(part(x), part(y));
    let mesh = Mesh::new(extent(chip.mesh_x, chip.mesh_y), extent(chip.grid_x, chip.grid_y));
    mesh.node(part(x), part(y)).ok_or_else(|| {
        let (columns, rows) = chip.extent();
        let message = format!("a fault names router ({x}, {y}); the mesh has {columns} x {rows}");
        let help = format!("name a column below {columns} and a row below {rows}");
        Diagnostic::new("LL1473", message).help(help)
    })
}

impl Emulator {
    /// Lets things break from the next step on; none, and nothing does. In the cycle engine the
    /// fabric is given its own part of them by [`Self::attach_fabric`].
    ///
    /// # Errors
    /// LL1472 for faults of the fabric, or in cycles, in the functional engine; LL1473 for cores that
    /// the image does not use and routers that the mesh does not have.
    pub fn set_faults(&mut self, faults: Faults) -> Result<(), Diagnostics> {
        if self.clock.is_none() && faults.need_cycles() {
            return Err(no_fabric());
        }
        let missing = faults.cores().filter(|(place, _)| self.core_at(*place).is_none());
        let missing: Vec<_> = missing.map(|(place, _)| self.no_core(place)).collect();
        Diagnostics::unless_any(missing, ())?;
        let later = faults.of_steps(&self.image)?;
        if let Some(clock) = &mut self.clock {
            clock.set_later(later);
        }
        let gaps = faults.upsets.iter().map(|upset| match upset.often {
            Often::Chance(chance) => Gaps::new(u128::from(chance)),
            Often::Once { .. } => None,
        });
        self.faulty = Faulty { gaps: gaps.collect(), faults, ..Faulty::default() };
        Ok(())
    }

    /// Whether anything may break.
    #[must_use]
    pub fn has_faults(&self) -> bool {
        !self.faulty.is_ideal()
    }

    /// Cores that were dead in the last step, of one chip.
    #[must_use]
    pub fn dead_cores(&self) -> u64 {
        let dead = self.faulty.strikes.dead.iter().filter(|dead| **dead).count();
        leadlag_fixed::count(dead).into()
    }

    /// Counts of the fabrics of all replicas, by node; none in the functional engine.
    #[must_use]
    pub fn traffic(&self) -> Option<Vec<crate::cycle::Traffic>> {
        self.clock.as_ref().map(crate::cycle::Clock::traffic)
    }

    fn core_at(&self, (x, y): (u32, u32)) -> Option<usize> {
        self.image.cores.iter().position(|core| (core.x, core.y) == (x, y))
    }

    fn no_core(&self, (x, y): (u32, u32)) -> Diagnostic {
        let used: Vec<_> =
            self.image.cores.iter().map(|core| format!("{},{}", core.x, core.y)).collect();
        let message = format!("a fault names core ({x}, {y}), which the image does not use");
        Diagnostic::new("LL1473", message).help(format!("it uses {}", used.join(" and ")))
    }

    /// Whether a core has died by the next step.
    fn is_dead(&self, since: Since) -> bool {
        match since {
            Since::Step(step) => self.state.step >= step,
            Since::Cycle(cycle) if self.image.chip.mode == Mode::FreeRunning => {
                self.state.step >= cycle.div_ceil(self.image.chip.cycles_per_step.max(1))
            }
            Since::Cycle(cycle) => {
                let latch = self.clock.as_ref().and_then(|clock| clock.now().first().copied());
                latch.is_some_and(|latch| latch >= cycle)
            }
        }
    }
}

fn no_fabric() -> Diagnostics {
    let message = "links, routers, channels, packets and cycles are of the cycle engine; this run uses the functional one, which has no cycle";
    Diagnostic::new("LL1472", message)
        .help("`--engine cycle`; the functional engine has the faults `weights`, `rows`, `states`, and `core` from a step on")
        .into()
}
