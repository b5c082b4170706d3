//! The rule language: what a plasticity unit does to its core's weights, in one line of text.
//!
//! ```text
//! param eta : q15 = 0.02
//! param decay : q15 = 2^-12
//! dw = eta*e*r - decay*w
//! ```
//!
//! A rule has one meaning and three products: the assembly of a program, its cycle count, and the
//! integer evaluator here ([`Core::learn`]), which is the oracle of the other two. Evaluation
//! follows the parse tree, left-associative; nothing is re-associated, and every node rounds once.
//! The forms and their exact meaning stand in `docs/chip/learning-rules.md`.

mod check;
mod evaluate;
mod lexer;
mod number;
mod parser;
mod remarks;
#[cfg(test)]
mod tests;
mod tree;

pub use evaluate::{Array, Core, Draws, Observables, draw_bits};
pub use number::Format;
pub use remarks::remarks;
pub use tree::{
    ArrayName, Assignment, Comparison, Node, Operand, Param, Program, Relation, Shape, Signal,
    Target, Term, View,
};

use leadlag_diagnostic::Diagnostics;

/// How a shift drops bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// To nearest, ties up: `rnu`.
    NearestUp,
    /// To nearest, ties to even: `rne`.
    NearestEven,
    /// Towards minus infinity: `rdn`.
    Down,
    /// To odd, if anything but zeros is dropped: `rod`.
    Odd,
    /// Up with the probability of the dropped part: `sto`.
    Stochastic,
}

/// Reads a rule for a chip whose weights have `weight_bits` bits.
///
/// # Errors
/// LL1670 to LL1683, each with its place in the text; all that can be found at once.
pub fn parse(text: &str, weight_bits: u32) -> Result<Program, Diagnostics> {
    let statements = parser::parse(text)?;
    check::check(&statements, weight_bits)
}
