//! A decoded instruction.

use crate::row::{Expand, Row, Slot, Source};
use crate::table::Mnemonic;

/// An instruction with its fields; a field that the form does not have is 0.
///
/// Vector registers stand in the same fields as scalar ones: `vd` and the data of a store (`vs3`) in
/// [`rd`](Self::rd), `vs1` in `rs1`, `vs2` in `rs2`. A number in the place of `rs1` (`csrrwi`,
/// `vsetivli`) is in `rs1`. The immediate is ready to use: sign-extended where it has a sign, shifted
/// where it is an upper one, a byte distance in branches, the CSR's number, the bits of `vtype`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Instruction {
    /// Which instruction.
    pub mnemonic: Mnemonic,
    /// Destination, or the data of a vector store.
    pub rd: u8,
    /// First source.
    pub rs1: u8,
    /// Second source.
    pub rs2: u8,
    /// Whether only the elements whose bit in v0 is set take part.
    pub masked: bool,
    /// The immediate.
    pub imm: i32,
}

impl Instruction {
    /// The instruction with all fields 0.
    #[must_use]
    pub fn new(mnemonic: Mnemonic) -> Self {
        Self { mnemonic, rd: 0, rs1: 0, rs2: 0, masked: false, imm: 0 }
    }

    /// Its row of the table.
    #[must_use]
    pub fn row(&self) -> &'static Row {
        self.mnemonic.row()
    }

    /// A field as a number.
    #[must_use]
    pub fn value(&self, slot: Slot) -> i32 {
        match slot {
            Slot::Rd => i32::from(self.rd),
            Slot::Rs1 => i32::from(self.rs1),
            Slot::Rs2 => i32::from(self.rs2),
            Slot::Imm => self.imm,
            Slot::Masked => i32::from(self.masked),
        }
    }

    /// The instruction with another value in a field; `None` if the field is too small for it.
    #[must_use]
    pub fn with(mut self, slot: Slot, value: i32) -> Option<Self> {
        match slot {
            Slot::Rd => self.rd = u8::try_from(value).ok()?,
            Slot::Rs1 => self.rs1 = u8::try_from(value).ok()?,
            Slot::Rs2 => self.rs2 = u8::try_from(value).ok()?,
            Slot::Imm => self.imm = value,
            Slot::Masked => self.masked = value != 0,
        }
        Some(self)
    }

    /// What is executed: the long form of a 16-bit instruction, the instruction itself otherwise.
    #[must_use]
    pub fn expand(&self) -> Self {
        self.row().expands.map_or(*self, |expand| self.expanded(&expand))
    }

    fn expanded(&self, expand: &Expand) -> Self {
        let register = |source, same| match source {
            Source::Same => same,
            Source::Rd => self.rd,
            Source::Number(number) => number,
        };
        Self {
            mnemonic: expand.to,
            rd: register(expand.rd, self.rd),
            rs1: register(expand.rs1, self.rs1),
            rs2: register(expand.rs2, self.rs2),
            masked: false,
            imm: match expand.imm {
                Source::Number(number) => i32::from(number),
                Source::Same | Source::Rd => self.imm,
            },
        }
    }
}
