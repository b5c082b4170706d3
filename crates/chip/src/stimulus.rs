//! What the host feeds to the chips, and what it reads back.

use std::ops::Range;

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

impl Stimulus<'_> {
    /// Some of its steps; `cells` is the number of input codes and of target codes of a step.
    ///
    /// # Panics
    /// If the stimulus has not these steps.
    #[must_use]
    pub fn part(&self, steps: Range<usize>, cells: [usize; 2]) -> Self {
        let [lines, outputs] = cells;
        let cut = |each: usize| steps.start * each..steps.end * each;
        let targets = match self.targets {
            Targets::Codes { codes, present } => Targets::Codes {
                codes: &codes[cut(outputs)],
                present: &present[steps.start.min(present.len())..steps.end.min(present.len())],
            },
            Targets::None | Targets::Class(_) => self.targets,
        };
        Self { steps: steps.len(), codes: &self.codes[cut(lines)], targets, learn: self.learn }
    }
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
