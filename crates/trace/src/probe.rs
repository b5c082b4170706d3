//! What an engine lets be looked at.

use crate::path::{Path, Segment};

/// Registers of one kind in one place: a part of the listing of what can be probed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Family {
    /// The engine's own number for it.
    pub id: u32,
    /// Where, without the last indices: `core[0,1].soma.u`.
    pub path: Path,
    /// How many there are by index: none, columns, or rows and columns.
    pub extents: Vec<u32>,
    /// Identical chips that have them; 1 where they share one.
    pub replicas: u32,
    /// What they are, for people.
    pub meaning: &'static str,
}

impl Family {
    /// The path of one register.
    #[must_use]
    pub fn path_of(&self, probe: Probe) -> Path {
        let mut path = self.path.clone();
        path.replica = probe.replica;
        if let Some(Segment { index, .. }) = path.segments.last_mut() {
            index.extend(probe.index.iter().take(self.extents.len()));
        }
        path
    }
}

/// One register.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Probe {
    /// Number of the family.
    pub family: u32,
    /// Which of the identical chips.
    pub replica: u32,
    /// As many as the family has extents; the rest is 0.
    pub index: [u32; 2],
}

/// How a register's code is to be read. Its LSB is a power of two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Format {
    /// Unit of the value.
    pub unit: &'static str,
    /// The code 1 is worth `2^exponent` units.
    pub exponent: i32,
    /// Bits of the register.
    pub width: u32,
    /// The register whose code is added to the exponent.
    pub scale: Option<Probe>,
}

/// An engine between two steps. All of it is a function of the engine's state.
pub trait Probed {
    /// Every family of registers, in a fixed order.
    fn families(&self) -> Vec<Family>;

    /// How a register's code is to be read.
    fn format(&self, probe: Probe) -> Format;

    /// The register's code now. A register that does not exist reads as 0.
    fn read(&self, probe: Probe) -> i32;

    /// Cycles of the digital clock so far; none where there is no such clock.
    fn cycle(&self) -> Option<u64> {
        None
    }

    /// Whether the register held the code at some time in the last step. Most registers change once in a
    /// step, and hold what [`Self::read`] gives.
    fn passed(&self, probe: Probe, code: i32) -> bool {
        self.read(probe) == code
    }
}
