//! The parameters and costs of the timing model; `docs/chip/plasticity-resources.md`, Timing.

use crate::resources::{COSTS, Class, DEFAULTS, Parameter};

/// What an instruction of a class costs: `constant + parameter + work`, or `taken`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cost {
    /// Cycles whatever the operands.
    pub constant: u32,
    /// Cycles of a taken branch, in place of all else.
    pub taken: Option<u32>,
    /// A parameter in cycles that is added.
    pub parameter: Option<Parameter>,
    /// The part that depends on `vl`, `vtype` and the instruction.
    pub work: Work,
}

/// The part of a cost that depends on `vl`, `vtype` and the instruction; B(n, w) = ⌈n·w / D⌉.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Work {
    /// 0.
    None,
    /// B(vl, w), w the width of the widest operand.
    Beats,
    /// B(elements, EEW).
    BeatsEew,
    /// B(vl, SEW).
    BeatsSew,
    /// B(vl, 1).
    BeatsMask,
    /// SEW · B(vl, SEW).
    Serial,
    /// B(vl, w) + ⌈log2(D/w)⌉, w the width of the accumulator.
    Tree,
    /// nf · vl.
    Elements,
    /// n · VLEN / D, n whole registers.
    Registers,
    /// B(elements, EEW) with PW in place of D.
    Row,
    /// n · VLEN / PW.
    RowRegisters,
}

impl Class {
    /// What an instruction of this class costs.
    #[must_use]
    #[expect(clippy::as_conversions, reason = "the number of a variant")]
    #[expect(clippy::indexing_slicing, reason = "the table has a row for every variant")]
    pub fn cost(self) -> Cost {
        COSTS[usize::from(self as u16)]
    }
}

/// Values of the parameters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Parameters([u32; DEFAULTS.len()]);

impl Default for Parameters {
    fn default() -> Self {
        Self(DEFAULTS)
    }
}

impl Parameters {
    /// A value.
    #[must_use]
    #[expect(clippy::as_conversions, reason = "the number of a variant")]
    #[expect(clippy::indexing_slicing, reason = "there is a value for every variant")]
    pub fn get(&self, parameter: Parameter) -> u32 {
        self.0[usize::from(parameter as u16)]
    }

    /// The values with another one for a parameter.
    #[must_use]
    #[expect(clippy::as_conversions, reason = "the number of a variant")]
    #[expect(clippy::indexing_slicing, reason = "there is a value for every variant")]
    pub fn with(mut self, parameter: Parameter, value: u32) -> Self {
        self.0[usize::from(parameter as u16)] = value;
        self
    }
}
