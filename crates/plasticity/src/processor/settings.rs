//! What is constant while a processor runs.

use serde::{Deserialize, Serialize};

/// Bits of a vector register.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Vlen {
    /// 128 bits.
    V128,
    /// 256 bits.
    V256,
    /// 512 bits.
    #[default]
    V512,
}

impl Vlen {
    /// The lengths there are.
    pub const ALL: [Self; 3] = [Self::V128, Self::V256, Self::V512];

    /// Bits of a register.
    #[must_use]
    pub const fn bits(self) -> u32 {
        match self {
            Self::V128 => 128,
            Self::V256 => 256,
            Self::V512 => 512,
        }
    }

    /// Bytes of a register: the CSR `vlenb`.
    #[must_use]
    pub const fn bytes(self) -> u32 {
        self.bits() / 8
    }

    /// The length of so many bits, if there is one.
    #[must_use]
    pub fn of_bits(bits: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|vlen| vlen.bits() == bits)
    }
}

/// The shape of the core around the processor.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Geometry {
    /// Columns (neurons) of a synapse array; at most 32,768.
    pub columns: u32,
    /// Rows of a synapse array.
    pub rows: u32,
    /// Width of a synapse word, 2 to 16; up to 8 an array element is one byte, else two.
    pub weight_bits: u32,
    /// Width of a payload, and so of an injection register.
    pub payload_bits: u32,
}

impl Default for Geometry {
    fn default() -> Self {
        Self { columns: 256, rows: 256, weight_bits: 16, payload_bits: 11 }
    }
}

impl Geometry {
    /// Distance between rows of a synapse array, in bytes: a power of two, whatever the element.
    #[must_use]
    pub const fn stride(&self) -> u32 {
        (2 * self.columns).next_power_of_two()
    }

    /// Bytes of an array element.
    #[must_use]
    pub const fn weight_bytes(&self) -> u32 {
        if self.weight_bits <= 8 { 1 } else { 2 }
    }
}

/// The parameters of the timing model T1 (`docs/chip/plasticity-unit.md`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Timing {
    /// Bits per beat of the vector unit.
    pub beat_bits: u32,
    /// Bits per beat of the row port.
    pub row_bits: u32,
    /// Cycles before the first beat of a row load.
    pub row_load: u32,
    /// Cycles before the first beat of a row store.
    pub row_store: u32,
    /// Cycles of one conversion of all columns.
    pub conversion: u32,
}

impl Default for Timing {
    fn default() -> Self {
        Self { beat_bits: 512, row_bits: 512, row_load: 8, row_store: 8, conversion: 288 }
    }
}

/// Everything constant about one processor.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Settings {
    /// Length of a vector register.
    pub vlen: Vlen,
    /// The core around the processor.
    pub geometry: Geometry,
    /// Timing parameters.
    pub timing: Timing,
    /// Where instruction memory begins: 0, or the base of one flat memory.
    pub code_base: u32,
    /// Bytes of instruction memory.
    pub code_bytes: u32,
    /// Bytes of data memory.
    pub data_bytes: u32,
    /// Node number: `mhartid`, and the core of the random port.
    pub core: u16,
    /// Place in the mesh, x and y.
    pub place: (u16, u16),
    /// Chip seed of the random port.
    pub seed: u64,
    /// A program that runs longer than this in one step is stopped.
    pub max_cycles: u64,
    /// A store of a non-zero word to this address ends the run, beside the mailbox's own word.
    pub tohost: Option<u32>,
    /// Whether a store to the mailbox's `tohost` ends the run.
    pub mailbox_exit: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            vlen: Vlen::V512,
            geometry: Geometry::default(),
            timing: Timing::default(),
            code_base: 0,
            code_bytes: 64 << 10,
            data_bytes: 64 << 10,
            core: 0,
            place: (0, 0),
            seed: 1,
            max_cycles: 10_000_000,
            tohost: None,
            mailbox_exit: false,
        }
    }
}
