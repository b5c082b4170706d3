//! The choice of 16-bit instructions.

use crate::{Instruction, Mnemonic, Slot, compress};

/// The 16-bit instruction that does the same, if there is one, as GNU as finds it: sources of
/// commutative operations may be exchanged, and `addi rd, rs1, 0` is a copy.
pub(super) fn shortest(instruction: &Instruction) -> Option<Instruction> {
    let Instruction { mnemonic, rs1, rs2, imm, .. } = *instruction;
    let commutes = [Mnemonic::Add, Mnemonic::And, Mnemonic::Or, Mnemonic::Xor].contains(&mnemonic);
    let turned = Instruction { rs1: rs2, rs2: rs1, ..*instruction };
    let turned = (commutes && rs2 != 0).then_some(turned);
    let is_copy = mnemonic == Mnemonic::Addi && imm == 0 && rs1 != 0;
    let copy = Instruction { mnemonic: Mnemonic::Add, rs1: 0, rs2: rs1, ..*instruction };
    let ways = [Some(*instruction), turned, is_copy.then_some(copy)];
    ways.iter().flatten().filter_map(compress).find(|short| !is_by_name(short))
}

/// Whether a short instruction does nothing, or is otherwise written by its own name only.
#[expect(clippy::wildcard_enum_match_arm, reason = "all others are chosen")]
fn is_by_name(short: &Instruction) -> bool {
    let zero = |slot| short.value(slot) == 0;
    match short.mnemonic {
        Mnemonic::CNop => !zero(Slot::Imm),
        Mnemonic::CAddi | Mnemonic::CSrli | Mnemonic::CSrai => zero(Slot::Imm),
        Mnemonic::CSlli => zero(Slot::Imm) || zero(Slot::Rd),
        // GNU as writes these for `li`, `jr`, `jalr rs1` and `ret`, and never for `jal`.
        Mnemonic::CLi | Mnemonic::CJr | Mnemonic::CJalr | Mnemonic::CJal => true,
        Mnemonic::CLui | Mnemonic::CMv | Mnemonic::CAdd => zero(Slot::Rd),
        _ => false,
    }
}
