//! What sections are made of before addresses are known.

use std::ops::Range;

use super::expression::Expression;
use crate::Instruction;

/// Names of the sections, in the order of their numbers.
pub(super) const SECTIONS: [&str; 4] = [".text", ".rodata", ".data", ".bss"];

/// A part of a section, and the statement it comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) line: u32,
    pub(super) span: Range<usize>,
}

/// A part of a section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Bytes.
    Bytes(Vec<u8>),
    /// A number of so many bytes.
    Data { bytes: u8, value: Expression },
    /// The same bytes again and again.
    Fill { count: u32, unit: Vec<u8> },
    /// Padding to a multiple.
    Align { to: u32, with: Option<u8>, most: Option<u32> },
    /// Padding to an offset in the section.
    Org { to: u32, with: u8 },
    /// An instruction; a field may wait for a symbol.
    Code { instruction: Instruction, waits: Option<Wait> },
    /// A branch or jump that takes the shortest form that reaches.
    Branch { instruction: Instruction, target: Expression, reach: Reach, short: bool },
}

/// A field that waits for a symbol.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Wait {
    pub(super) function: Function,
    pub(super) value: Expression,
}

/// What of a value goes into the field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Function {
    /// All of it.
    Plain,
    /// `%hi`: the upper 20 bits, rounded so that the lower 12 are signed.
    Hi,
    /// `%lo`: the lower 12 bits, signed.
    Lo,
    /// `%pcrel_hi`: the upper part of the distance from here.
    PcrelHi,
    /// `%pcrel_lo`: the lower part of the distance that the `%pcrel_hi` at this label has.
    PcrelLo,
    /// The distance from here, for an explicit short branch.
    Distance,
}

/// How far a branch goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Reach {
    /// In 16 bits.
    Short,
    /// In 32 bits.
    Plain,
    /// The opposite branch around a jump.
    Far,
}

/// A section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Section {
    pub(super) items: Vec<Item>,
    /// The largest alignment asked for.
    pub(super) align: u32,
}

impl Default for Section {
    fn default() -> Self {
        Self { items: Vec::new(), align: 4 }
    }
}
