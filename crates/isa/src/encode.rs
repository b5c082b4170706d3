//! Instructions to words.

use std::fmt;

use crate::Instruction;
use crate::row::{Rule, Slot};
use crate::table::{Mnemonic, Operand, ROWS};

/// Why an instruction has no word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unencodable {
    /// A value does not fit its operand.
    Range {
        /// The operand.
        operand: Operand,
        /// The value.
        value: i32,
    },
    /// The fields break a rule of the instruction.
    Rule(Rule),
    /// A field that the instruction does not have is not 0.
    Unused(Slot),
}

impl fmt::Display for Unencodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Range { operand, value } => {
                let (low, high, step) = operand.layout().range();
                write!(f, "{value} is not between {low} and {high} in steps of {step}")
            }
            Self::Rule(rule) => rule.fmt(f),
            Self::Unused(slot) => write!(f, "the instruction has no field {slot:?}"),
        }
    }
}

impl std::error::Error for Unencodable {}

/// Encodes an instruction; a 16-bit one in the lower half of the word.
///
/// Decoding the word gives the instruction back, or the one of which it is another name.
///
/// # Errors
/// A field that does not fit, breaks a rule, or does not exist.
pub fn encode(instruction: &Instruction) -> Result<u32, Unencodable> {
    let row = instruction.row();
    let mut word = row.pattern;
    for operand in row.operands {
        let layout = operand.layout();
        let Some(slot) = layout.slot else { continue };
        let value = instruction.value(slot);
        word |= layout.insert(value).ok_or(Unencodable::Range { operand: *operand, value })?;
    }
    if let Some(rule) = row.rules.iter().find(|rule| !rule.holds(instruction)) {
        return Err(Unencodable::Rule(*rule));
    }
    let written = row.extract(word);
    let slots = [Slot::Rd, Slot::Rs1, Slot::Rs2, Slot::Imm, Slot::Masked];
    let unused = slots.into_iter().find(|&slot| written.value(slot) != instruction.value(slot));
    unused.map_or(Ok(word), |slot| Err(Unencodable::Unused(slot)))
}

/// The 16-bit instruction that stands for this one, if there is one.
#[must_use]
pub fn compress(instruction: &Instruction) -> Option<Instruction> {
    let rows = ROWS.iter().filter(|row| row.expands.is_some_and(|e| e.to == instruction.mnemonic));
    let mut short = rows.filter_map(|row| shortened(row.mnemonic, instruction));
    short.find(|short| short.expand() == *instruction && encode(short).is_ok())
}

/// The short instruction with the fields of the long one that it has.
fn shortened(mnemonic: Mnemonic, long: &Instruction) -> Option<Instruction> {
    let slots = mnemonic.row().operands.iter().filter_map(|operand| operand.layout().slot);
    slots
        .into_iter()
        .try_fold(Instruction::new(mnemonic), |short, slot| short.with(slot, long.value(slot)))
}
