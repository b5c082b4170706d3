//! What is to be built: the mesh, its routers, its links, and what is broken.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use serde::{Deserialize, Serialize};

use crate::faults::Faults;
use crate::topology::{Extent, Mesh, Node, Port};

mod check;

/// Virtual channels of a port, over all classes, at most.
pub const MAX_CHANNELS: u8 = 12;
/// Flits that a virtual channel's buffer may hold.
pub const BUFFERS: std::ops::RangeInclusive<u8> = 2..=32;
/// Cycles of latency that a link between chips may have.
pub const LATENCIES: std::ops::RangeInclusive<u16> = 16..=1000;
/// Cycles from one flit to the next that a link between chips may need.
pub const INTERVALS: std::ops::RangeInclusive<u8> = 1..=16;
/// Nodes along one side of the global mesh, at most.
pub const MAX_SIDE: u16 = 256;

/// Which pipeline the routers have. Source: `docs/chip/fabric.md`, Router timing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Preset {
    /// Lookahead route; virtual channel and switch allocated together. The chip's.
    #[default]
    P,
    /// Lookahead; channel allocation with speculative switch allocation in one cycle.
    S,
    /// Lookahead; channel allocation, then switch allocation.
    L,
    /// Route, channel allocation, switch allocation.
    N,
    /// As N, with iSLIP allocators.
    I,
}

impl Preset {
    /// All presets.
    pub const ALL: [Self; 5] = [Self::P, Self::S, Self::L, Self::N, Self::I];

    /// c: cycles from one router's switch allocation to the next one's, without contention.
    #[must_use]
    pub const fn cycles_per_router(self) -> u32 {
        match self {
            Self::P | Self::S => 3,
            Self::L => 4,
            Self::N | Self::I => 5,
        }
    }

    /// cd: extra cycles before an arrived credit counts, in routers.
    #[must_use]
    pub const fn credit_delay(self) -> u64 {
        match self {
            Self::P | Self::S | Self::L => 0,
            Self::N | Self::I => 1,
        }
    }

    /// Whether the route is computed in a stage of its own instead of in the link cycle before.
    #[must_use]
    pub const fn has_route_stage(self) -> bool {
        matches!(self, Self::N | Self::I)
    }

    /// Whether heads bid for the switch before they own a virtual channel.
    #[must_use]
    pub const fn heads_bid_for_the_switch(self) -> bool {
        matches!(self, Self::P | Self::S)
    }

    /// Whether virtual channels are allocated by an allocator of their own.
    #[must_use]
    pub const fn has_channel_allocator(self) -> bool {
        !matches!(self, Self::P)
    }
}

/// Links that cross the edge of a chip. Source: `docs/chip/fabric.md`, Links between chips.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ChipLink {
    /// D: latency, cycles.
    pub latency: u16,
    /// q: cycles from one flit to the next.
    pub interval: u8,
    /// Flits per virtual channel at the receiving edge port.
    pub buffer: u8,
}

impl Default for ChipLink {
    fn default() -> Self {
        Self { latency: 16, interval: 4, buffer: 16 }
    }
}

/// A fabric as described, not checked yet.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Config {
    /// Cores of one chip.
    pub mesh: Extent,
    /// Chips.
    pub grid: Extent,
    /// Pipeline of the routers.
    pub preset: Preset,
    /// Message classes: 1 or 2.
    pub classes: u8,
    /// Virtual channels per class.
    pub channels: u8,
    /// Flits per virtual channel of a router's input.
    pub buffer: u8,
    /// Links between chips.
    pub link: ChipLink,
    /// Cycles after which a front event that wins nothing is removed; `None`: lossless.
    pub drop_after: Option<u32>,
    /// What is broken.
    pub faults: Faults,
}

impl Default for Config {
    /// The network of the built-in chip `ll1`.
    fn default() -> Self {
        Self {
            mesh: Extent::new(4, 4),
            grid: Extent::new(1, 1),
            preset: Preset::P,
            classes: 2,
            channels: 2,
            buffer: 8,
            link: ChipLink::default(),
            drop_after: None,
            faults: Faults::default(),
        }
    }
}

impl Config {
    /// One chip of `side` × `side` cores with one message class: the form of reference runs.
    #[must_use]
    pub fn square(side: u16, preset: Preset, channels: u8, buffer: u8) -> Self {
        let mesh = Extent::new(side, side);
        Self { mesh, preset, classes: 1, channels, buffer, ..Self::default() }
    }

    /// Checks every field.
    ///
    /// # Errors
    /// LL1500 to LL1505 and LL1508: all findings, each with the field, both numbers and a way out.
    pub fn check(self) -> Result<Checked, Diagnostics> {
        let found = check::errors(&self);
        let mesh = || Mesh::new(self.mesh, self.grid);
        if !found.is_empty() {
            return Err(Diagnostics(found));
        }
        Ok(Checked { mesh: mesh(), warnings: check::warnings(&self), config: self })
    }
}

/// A fabric that can be built.
#[derive(Clone, PartialEq, Debug)]
pub struct Checked {
    config: Config,
    mesh: Mesh,
    warnings: Vec<Diagnostic>,
}

impl Checked {
    /// The description.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The global mesh.
    #[must_use]
    pub fn mesh(&self) -> Mesh {
        self.mesh
    }

    /// LL2500: what works, but slower than a reader of the description may expect.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// CV: virtual channels of a port over all classes; channel index = class·V + v.
    #[must_use]
    pub fn channels(&self) -> usize {
        usize::from(self.config.classes) * usize::from(self.config.channels)
    }

    /// V: virtual channels of one class.
    pub(crate) fn per_class(&self) -> usize {
        usize::from(self.config.channels)
    }

    /// Latency of the link in a direction, cycles. Ejection has none of its own.
    pub(crate) fn latency(&self, node: Node, port: Port) -> u64 {
        if self.mesh.crosses_chips(node, port) { u64::from(self.config.link.latency) } else { 1 }
    }

    /// Cycles from one flit to the next on the link in a direction.
    pub(crate) fn interval(&self, node: Node, port: Port) -> u64 {
        if self.mesh.crosses_chips(node, port) { u64::from(self.config.link.interval) } else { 1 }
    }

    /// Flits per virtual channel of an input port.
    pub(crate) fn depth(&self, node: Node, port: Port) -> u8 {
        if self.mesh.crosses_chips(node, port) {
            self.config.link.buffer
        } else {
            self.config.buffer
        }
    }

    /// Credits that an output starts with: the depth of the buffer at its other end.
    pub(crate) fn credits(&self, node: Node, port: Port) -> u8 {
        match self.mesh.neighbour(node, port) {
            Some(next) => self.depth(next, port.opposite()),
            None if port == Port::Local => self.config.buffer,
            None => 0,
        }
    }

    /// The deepest buffer of any input.
    pub(crate) fn deepest(&self) -> u8 {
        let chips = self.config.grid.area() > 1;
        if chips { self.config.buffer.max(self.config.link.buffer) } else { self.config.buffer }
    }

    /// The longest link, cycles.
    pub(crate) fn longest(&self) -> u64 {
        if self.config.grid.area() > 1 { u64::from(self.config.link.latency) } else { 1 }
    }
}
