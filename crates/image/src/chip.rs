//! The chip description reduced to integers.

use serde::{Deserialize, Serialize};

/// How a compartment's coefficient follows from its time constant.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Solver {
    /// `alpha = dt / tau`.
    Euler,
    /// `alpha = 1 - exp(-dt / tau)`.
    Exact,
}

/// Plasticity unit: the processor beside a core's arrays (`docs/chip/plasticity-unit.md`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ppu {
    /// Bits of a vector register: 128, 256 or 512.
    pub vlen: u32,
    /// Bytes of instruction memory.
    pub isram: u32,
    /// Bytes of data memory.
    pub dsram: u32,
    /// Bits per beat of the vector unit.
    pub dw: u32,
    /// Bits per beat of the row port.
    pub pw: u32,
    /// Cycles before the first beat of a row load.
    pub rs: u32,
    /// Cycles before the first beat of a row store.
    pub ws: u32,
    /// Cycles that a program may take in one step.
    pub max_cycles: u64,
}

impl Ppu {
    /// The unit of the built-in chip, which is also that of every image before format version 5.
    pub const LL1: Self = Self {
        vlen: 512,
        isram: 64 << 10,
        dsram: 64 << 10,
        dw: 512,
        pw: 512,
        rs: 8,
        ws: 8,
        max_cycles: 10_000_000,
    };

    /// The unit of `ll1`.
    #[must_use]
    pub(crate) const fn ll1() -> Self {
        Self::LL1
    }

    /// The memories that a program is loaded into, as first address and bytes: instructions, data.
    #[must_use]
    pub const fn memories(&self) -> [(u32, u32); 2] {
        [(0, self.isram), (0x1000_0000, self.dsram)]
    }
}

/// Column converter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adc {
    /// Signed resolution.
    pub bits: u32,
    /// Cycles to convert all columns.
    pub cycles: u32,
}

/// When a circuit step ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// When its events have landed, its programs sleep, and the barrier has closed.
    Barrier,
    /// After `cycles_per_step` cycles, whatever is still on its way.
    FreeRunning,
}

/// Pipeline of the routers (`docs/chip/fabric.md`, Router timing).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Preset {
    /// Lookahead route; channel and switch allocated together: the chip's.
    P,
    /// Speculative switch allocation.
    S,
    /// Lookahead; channel, then switch.
    L,
    /// Route, channel, switch.
    N,
    /// As N, with iSLIP allocators.
    I,
}

/// Routers and senders.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fabric {
    /// Pipeline of the routers.
    pub preset: Preset,
    /// Virtual channels per class.
    pub channels: u32,
    /// Flits per virtual channel.
    pub buffer: u32,
    /// Whether routers replicate packets; otherwise a sender sends one to each core.
    pub multicast: bool,
    /// Cycles after which a front event that wins nothing is removed; 0: never.
    pub drop_after: u32,
    /// Entries of a router's table.
    pub table_entries: u32,
    /// Packets that a neuron's sender may send per event.
    pub sender_entries: u32,
}

/// Links between chips.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Latency, cycles.
    pub latency: u32,
    /// Cycles from one flit to the next.
    pub interval: u32,
    /// Flits per virtual channel at the receiving end.
    pub buffer: u32,
}

/// What hardware there is: every knob, as an integer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chip {
    /// Name of the description.
    pub name: String,
    /// Cores along x.
    pub mesh_x: u32,
    /// Cores along y.
    pub mesh_y: u32,
    /// Chips along x.
    pub grid_x: u32,
    /// Chips along y.
    pub grid_y: u32,
    /// Columns per core.
    pub neurons: u32,
    /// Rows per array.
    pub rows: u32,
    /// Synapse word.
    pub weight_bits: u32,
    /// Synapse converter: the top bits of the word.
    pub dac_bits: u32,
    /// Row register and packet payload.
    pub payload_bits: u32,
    /// Largest left shift of a row's code.
    pub row_shift_max: u32,
    /// Log2 of the number of segments of the function tables.
    pub table_segments: u32,
    /// Column converter.
    pub adc: Adc,
    /// Rails of states and outputs, in full scales; a power of two up to 32.
    pub rails: u32,
    /// Coefficient rule of the compartments.
    pub solver: Solver,
    /// Digital clock in hertz.
    pub clock_hz: u64,
    /// Cycles of a circuit step in `free-running` mode.
    pub cycles_per_step: u64,
    /// Cycles of one level of the barrier tree.
    pub barrier_cycles: u32,
    /// Cycles from the latch to the first packet of a step.
    pub setup_cycles: u32,
    /// When a circuit step ends.
    pub mode: Mode,
    /// Whether the barrier waits for the plasticity units.
    pub wait_for_plasticity: bool,
    /// Routers and senders.
    pub fabric: Fabric,
    /// Links between chips.
    pub link: Link,
    /// Plasticity units. A text form without it means those of `ll1`.
    #[serde(default = "Ppu::ll1")]
    pub ppu: Ppu,
}

impl Chip {
    /// Cores of all chips along x and y.
    #[must_use]
    pub fn extent(&self) -> (u32, u32) {
        (self.mesh_x.saturating_mul(self.grid_x), self.mesh_y.saturating_mul(self.grid_y))
    }
}
