//! What a row of the instruction table says.

use crate::Instruction;
use crate::resources::Class;
use crate::table::{LAYOUTS, Mnemonic, Operand, ROWS, Semantics};

/// An instruction of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row {
    /// Which one.
    pub mnemonic: Mnemonic,
    /// As it is written.
    pub name: &'static str,
    /// The fixed bits of the word.
    pub pattern: u32,
    /// Which bits are fixed.
    pub mask: u32,
    /// Length of the word: 2 or 4 bytes.
    pub bytes: u8,
    /// The operands in written order.
    pub operands: &'static [Operand],
    /// What holds between the fields of every legal word.
    pub rules: &'static [Rule],
    /// Part of the instruction set.
    pub phase: Phase,
    /// Class of the timing model.
    pub timing: Class,
    /// The operation.
    pub semantics: Semantics,
    /// Where the second operand of the operation comes from.
    pub form: Form,
    /// Bits of an element in memory, or of an index in indexed forms; 0 where there is neither.
    pub eew: u8,
    /// Fields of a segment, or whole registers; 0 where there are none.
    pub nf: u8,
    /// Whether an operand has elements of 2·SEW bits.
    pub wide: bool,
    /// The instruction of which this is another name.
    pub alias: Option<Mnemonic>,
    /// The instruction that a 16-bit one stands for.
    pub expands: Option<Expand>,
}

/// Part of the instruction set.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Phase {
    /// `RV32IMC_Zicsr_Zifencei`, `mret`, `wfi`.
    Scalar,
    /// Most of `Zve32x`.
    P1,
    /// Carry, divide, indexed and fault-only-first forms of `Zve32x`.
    P2,
    /// Segment loads and stores of `Zve32x`.
    P3,
}

/// Where the second operand of an operation comes from.
///
/// In forms that begin with `W` the first operand has elements of 2·SEW bits. In `Vvm`, `Vxm`, `Vim`
/// the register v0 is a third operand, not a mask, and [`Instruction::masked`] is false.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Form {
    /// The operation has no second operand, or its fields say it all.
    None,
    /// `rs2`, or `rs1` where the first operand is a CSR.
    Register,
    /// `imm`, or the number in the place of `rs1`.
    Immediate,
    /// The vector `rs1`.
    Vv,
    /// The scalar register `rs1`.
    Vx,
    /// `imm`.
    Vi,
    /// The vector `rs1`; wide first operand.
    Wv,
    /// The scalar register `rs1`; wide first operand.
    Wx,
    /// `imm`; wide first operand.
    Wi,
    /// The vector `rs1`, and v0.
    Vvm,
    /// The scalar register `rs1`, and v0.
    Vxm,
    /// `imm`, and v0.
    Vim,
    /// Element 0 of the vector `rs1`: reductions.
    Vs,
    /// The mask register `rs1`.
    Mm,
    /// None; the only source is the mask register `rs2`.
    M,
    /// None; the only source, if any, is the vector `rs2`.
    V,
    /// The mask register `rs1` selects elements: `vcompress`.
    Vm,
}

/// A field of a decoded instruction.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Slot {
    /// [`Instruction::rd`].
    Rd,
    /// [`Instruction::rs1`].
    Rs1,
    /// [`Instruction::rs2`].
    Rs2,
    /// [`Instruction::imm`].
    Imm,
    /// [`Instruction::masked`].
    Masked,
}

/// A constraint between fields; a word that breaks it is reserved, whatever `vtype` is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rule {
    /// The field is not this number.
    Not(Slot, u8),
    /// Two register fields differ.
    Differ(Slot, Slot),
    /// A masked operation does not write v0.
    NotMaskRegister,
    /// The field is a multiple of this number: aligned register groups.
    Multiple(Slot, u8),
    /// `rd` and the registers of this many fields end at v31 at the latest.
    Fits(u8),
    /// `rs2` is none of the registers of this many fields from `rd` on.
    Outside(u8),
}

impl Rule {
    /// Whether the fields obey.
    #[must_use]
    pub fn holds(self, of: &Instruction) -> bool {
        let value = |slot| of.value(slot);
        match self {
            Self::Not(slot, number) => value(slot) != i32::from(number),
            Self::Differ(one, other) => value(one) != value(other),
            Self::NotMaskRegister => !of.masked || of.rd != 0,
            Self::Multiple(slot, number) => value(slot) % i32::from(number) == 0,
            Self::Fits(fields) => value(Slot::Rd) + i32::from(fields) <= 32,
            Self::Outside(fields) => {
                !(value(Slot::Rd)..value(Slot::Rd) + i32::from(fields)).contains(&value(Slot::Rs2))
            }
        }
    }
}

/// What a 16-bit instruction stands for: where each field of the long one comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Expand {
    /// The instruction of 32 bits.
    pub to: Mnemonic,
    /// Its `rd`.
    pub rd: Source,
    /// Its `rs1`.
    pub rs1: Source,
    /// Its `rs2`.
    pub rs2: Source,
    /// Its immediate.
    pub imm: Source,
}

/// Where a field of an expanded instruction comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// The same field of the short one.
    Same,
    /// `rd` of the short one.
    Rd,
    /// A number.
    Number(u8),
}

/// How an operand is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A scalar register.
    X,
    /// A vector register.
    V,
    /// `v0.t` where the operation is masked, nothing otherwise.
    Vm,
    /// `v0`, implied.
    V0,
    /// `sp`, implied.
    Sp,
    /// A number with a sign.
    Signed,
    /// A number without a sign.
    Unsigned,
    /// A number in front of a base.
    Offset,
    /// A scalar register in parentheses.
    Base,
    /// `(sp)`, implied.
    SpBase,
    /// The upper 20 bits, written shifted down by 12.
    Upper,
    /// A distance from the instruction.
    Target,
    /// A control and status register.
    Csr,
    /// The type of vectors.
    Vtype,
    /// Predecessors and successors.
    Fence,
    /// A number that is left out where it is 0.
    Hint,
    /// Bits without a written form.
    Unused,
}

/// Where an operand stands in the word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Layout {
    /// Its name in the table.
    pub name: &'static str,
    /// The field of the decoded instruction; none if the operand is implied.
    pub slot: Option<Slot>,
    /// How it is written.
    pub kind: Kind,
    /// Whether three bits stand for registers 8 to 15.
    pub prime: bool,
    /// Whether the highest bit is a sign.
    pub signed: bool,
    /// Which bits.
    pub pieces: &'static [Piece],
}

/// Neighbouring bits of the word and of the value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Lowest bit in the word.
    pub word: u8,
    /// Lowest bit in the value.
    pub value: u8,
    /// Number of bits.
    pub width: u8,
}

impl Piece {
    fn ones(self) -> u32 {
        u32::MAX >> (32 - u32::from(self.width))
    }

    fn take(self, word: u32) -> u32 {
        (word >> self.word & self.ones()) << self.value
    }

    fn put(self, value: u32) -> u32 {
        (value >> self.value & self.ones()) << self.word
    }
}

impl Layout {
    /// The value in a word.
    #[must_use]
    pub fn extract(&self, word: u32) -> i32 {
        let bits = self.pieces.iter().fold(0, |bits, piece| bits | piece.take(word));
        if self.kind == Kind::Vm {
            1 - bits.cast_signed()
        } else if self.prime {
            bits.cast_signed() + 8
        } else if self.signed {
            let unused = 32 - self.bits();
            bits.wrapping_shl(unused).cast_signed() >> unused
        } else {
            bits.cast_signed()
        }
    }

    /// The bits of the word that hold `value`; `None` if it does not fit.
    #[must_use]
    pub fn insert(&self, value: i32) -> Option<u32> {
        let raw = if self.kind == Kind::Vm {
            1_i32.wrapping_sub(value)
        } else if self.prime {
            value.wrapping_sub(8)
        } else {
            value
        };
        let raw = raw.cast_unsigned();
        let word = self.pieces.iter().fold(0, |word, piece| word | piece.put(raw));
        (self.extract(word) == value).then_some(word)
    }

    /// Number of bits of the value, those that are always 0 included.
    #[must_use]
    pub fn bits(&self) -> u32 {
        self.pieces.iter().map(|piece| u32::from(piece.value + piece.width)).max().unwrap_or(0)
    }

    /// Smallest and largest value, and the step between values.
    #[must_use]
    pub fn range(&self) -> (i64, i64, i64) {
        let step = 1 << self.pieces.iter().map(|piece| piece.value).min().unwrap_or(0);
        let span = 1_i64 << self.bits();
        match (self.prime, self.signed) {
            (true, _) => (8, 15, 1),
            (false, true) => (-span / 2, span / 2 - step, step),
            (false, false) => (0, span - step, step),
        }
    }
}

impl Mnemonic {
    /// The place in the table.
    #[must_use]
    #[expect(clippy::as_conversions, reason = "the number of a variant")]
    pub fn index(self) -> usize {
        usize::from(self as u16)
    }

    /// The row of the table.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "the table has a row for every variant")]
    pub fn row(self) -> &'static Row {
        &ROWS[self.index()]
    }

    /// The instruction with this written name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        crate::decode::by_name(name)
    }
}

impl Operand {
    /// Where it stands and how it is written.
    #[must_use]
    #[expect(clippy::as_conversions, reason = "the number of a variant")]
    #[expect(clippy::indexing_slicing, reason = "the table has a row for every variant")]
    pub fn layout(self) -> &'static Layout {
        &LAYOUTS[usize::from(self as u16)]
    }
}
