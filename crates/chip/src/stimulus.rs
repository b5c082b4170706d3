//! What the host feeds to the chips, and what it reads back.

/// What the output population is taught in a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Targets<'a> {
    /// Nothing: the injection registers are zero.
    None,
    /// `class[replica]`, the same in every step.
    Class(&'a [u32]),
    /// `codes[(step * replicas + replica) * size + output]`, fractions of the output rates' full
    /// scale with 15 fractional bits. A step whose `present` is false is not taught.
    Codes {
        /// The target codes.
        codes: &'a [i16],
        /// Per step; empty: all present.
        present: &'a [bool],
    },
}

/// Inputs and targets of a block of steps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stimulus<'a> {
    /// Number of steps.
    pub steps: usize,
    /// `codes[(step * replicas + replica) * lines + line]`, lines of all input bundles in order.
    pub codes: &'a [i16],
    /// What is taught.
    pub targets: Targets<'a>,
    /// Whether the plasticity units run.
    pub learn: bool,
}

/// Rates of the output population before each step, as its column converters show them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Record {
    /// Number of outputs.
    pub outputs: usize,
    /// `rates[(replica * steps + step) * outputs + output]`: fractions of full scale with 15
    /// fractional bits.
    pub rates: Vec<i16>,
}
