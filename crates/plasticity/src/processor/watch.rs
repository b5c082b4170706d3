//! What the next instruction is about to do, for whoever looks at a program from outside.

use leadlag_fixed::index;
use leadlag_isa::{Class, Instruction, decode};

use super::Processor;

impl Processor {
    /// The address that the instruction at the program counter stores to; of a vector the first one.
    #[must_use]
    pub fn stores_to(&self) -> Option<u32> {
        let instruction = decode(self.word(self.pc())?).ok()?.expand();
        let base = self.x.get(index(u32::from(instruction.rs1)))?;
        stores(&instruction).then(|| base.wrapping_add_signed(instruction.imm))
    }
}

/// Stores of vectors have the class of their loads, and names that begin with `vs`.
fn stores(instruction: &Instruction) -> bool {
    let row = instruction.row();
    let moves = [Class::VMem, Class::VStride, Class::VWhole].contains(&row.timing);
    row.timing == Class::Store || (moves && row.name.starts_with("vs"))
}
