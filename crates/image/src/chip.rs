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

/// Column converter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adc {
    /// Signed resolution.
    pub bits: u32,
    /// Cycles to convert all columns.
    pub cycles: u32,
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
}
