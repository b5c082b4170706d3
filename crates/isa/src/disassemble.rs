//! Words to text.
//!
//! The text is canonical: every instruction under its own name, so that assembling it under
//! `.option norvc` gives the word back. What no assembler text stands for (reserved bits that are
//! ignored, an order of accesses without a name, an illegal word) is `.word` or `.half`.

use std::fmt::{self, Write as _};

use crate::assemble::X_NAMES;
use crate::resources::CSRS;
use crate::row::Kind;
use crate::{Instruction, Layout, Program, decode, is_long};

/// The text of a word: an instruction, or `.half` or `.word` with its number.
///
/// Targets of branches are written as distances, `.+8`.
#[must_use]
pub fn disassemble(word: u32) -> String {
    text(word, |distance| format!(".{distance:+}"))
}

/// As [`disassemble`], with targets as addresses and the names of a program.
#[must_use]
pub fn disassemble_at(word: u32, address: u32, program: &Program) -> String {
    text(word, |distance| {
        let target = address.wrapping_add_signed(distance);
        program.symbol_at(target).map_or_else(|| format!("{target:#x}"), str::to_owned)
    })
}

fn text(word: u32, target: impl Fn(i32) -> String) -> String {
    match decode(word) {
        Ok(instruction) if is_written(&instruction) => written(&instruction, target),
        Ok(_) | Err(_) if is_long(word) => format!(".word {word:#010x}"),
        Ok(_) | Err(_) => format!(".half {:#06x}", word & 0xffff),
    }
}

impl fmt::Display for Instruction {
    /// The canonical text, targets as distances.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&written(self, |distance| format!(".{distance:+}")))
    }
}

/// Whether a text stands for all bits of the instruction.
fn is_written(instruction: &Instruction) -> bool {
    instruction.row().operands.iter().map(|operand| operand.layout()).all(|layout| {
        let value = layout.slot.map_or(0, |slot| instruction.value(slot));
        match layout.kind {
            Kind::Unused => value == 0,
            Kind::Fence => value >> 8 == 0,
            Kind::X
            | Kind::V
            | Kind::Vm
            | Kind::V0
            | Kind::Sp
            | Kind::Signed
            | Kind::Unsigned
            | Kind::Offset
            | Kind::Base
            | Kind::SpBase
            | Kind::Upper
            | Kind::Target
            | Kind::Csr
            | Kind::Vtype
            | Kind::Hint => true,
        }
    })
}

fn written(instruction: &Instruction, target: impl Fn(i32) -> String) -> String {
    let row = instruction.row();
    let mut text = row.name.to_owned();
    let mut between = " ";
    for layout in row.operands.iter().map(|operand| operand.layout()) {
        let Some(operand) = operand(instruction, layout, &target) else { continue };
        // Writing to a string does not fail.
        let _ = write!(text, "{between}{operand}");
        between = if layout.kind == Kind::Offset { "" } else { ", " };
    }
    text
}

/// The text of an operand; `None` if it is left out.
fn operand(
    instruction: &Instruction,
    layout: &Layout,
    target: impl Fn(i32) -> String,
) -> Option<String> {
    let value = layout.slot.map_or(0, |slot| instruction.value(slot));
    Some(match layout.kind {
        Kind::X => x_name(value),
        Kind::V => format!("v{value}"),
        Kind::Vm => (value != 0).then(|| "v0.t".to_owned())?,
        Kind::V0 => "v0".to_owned(),
        Kind::Sp => "sp".to_owned(),
        Kind::Signed | Kind::Unsigned | Kind::Offset => value.to_string(),
        Kind::Base => format!("({})", x_name(value)),
        Kind::SpBase => "(sp)".to_owned(),
        Kind::Upper => format!("{:#x}", value.cast_unsigned() >> 12),
        Kind::Target => target(value),
        Kind::Csr => csr_name(value),
        Kind::Vtype => vtype_text(value),
        Kind::Fence => format!("{}, {}", accesses(value >> 4), accesses(value)),
        Kind::Hint => (value != 0).then(|| value.to_string())?,
        Kind::Unused => return None,
    })
}

fn x_name(number: i32) -> String {
    let name = usize::try_from(number).ok().and_then(|number| X_NAMES.get(number));
    name.map_or_else(|| format!("x{number}"), |name| (*name).to_owned())
}

fn csr_name(number: i32) -> String {
    let known = CSRS.iter().find(|csr| i32::from(csr.number) == number);
    known.map_or_else(|| format!("{number:#x}"), |csr| csr.name.to_owned())
}

/// `e16, m2, ta, ma`, or the number where it has reserved parts.
fn vtype_text(bits: i32) -> String {
    let width = match bits >> 3 & 7 {
        0 => "e8",
        1 => "e16",
        2 => "e32",
        3 => "e64",
        _ => "",
    };
    let group = match bits & 7 {
        0 => "m1",
        1 => "m2",
        2 => "m4",
        3 => "m8",
        5 => "mf8",
        6 => "mf4",
        7 => "mf2",
        _ => "",
    };
    if width.is_empty() || group.is_empty() || bits >> 8 != 0 {
        return format!("{bits:#x}");
    }
    let tail = if bits & 1 << 6 == 0 { "tu" } else { "ta" };
    let mask = if bits & 1 << 7 == 0 { "mu" } else { "ma" };
    format!("{width}, {group}, {tail}, {mask}")
}

/// Kinds of accesses of the lower four bits.
fn accesses(bits: i32) -> String {
    let letters = [(8, 'i'), (4, 'o'), (2, 'r'), (1, 'w')];
    let set: String =
        letters.iter().filter(|(bit, _)| bits & bit != 0).map(|(_, letter)| letter).collect();
    if set.is_empty() { "0".to_owned() } else { set }
}

/// A piece of memory as instructions: address, bytes, text.
#[must_use]
pub fn listing(bytes: &[u8], address: u32, program: &Program) -> Vec<Listed> {
    let mut lines = Vec::new();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let offset = u32::try_from(at).unwrap_or(u32::MAX);
        let line = one(rest, address.wrapping_add(offset), program);
        at += usize::from(line.bytes);
        lines.push(line);
    }
    lines
}

/// A line of a listing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// Where it lies.
    pub address: u32,
    /// Its bits.
    pub word: u32,
    /// Number of bytes: 1, 2 or 4.
    pub bytes: u8,
    /// Its text.
    pub text: String,
}

fn one(rest: &[u8], address: u32, program: &Program) -> Listed {
    let byte = |at: usize| rest.get(at).copied().unwrap_or(0);
    let word = u32::from_le_bytes([byte(0), byte(1), byte(2), byte(3)]);
    if rest.len() >= 4 && is_long(word) {
        return Listed { address, word, bytes: 4, text: disassemble_at(word, address, program) };
    }
    if rest.len() == 1 {
        let text = format!(".byte {:#04x}", byte(0));
        return Listed { address, word: u32::from(byte(0)), bytes: 1, text };
    }
    let half = word & 0xffff;
    let text = if is_long(half) {
        format!(".half {half:#06x}")
    } else {
        disassemble_at(half, address, program)
    };
    Listed { address, word: half, bytes: 2, text }
}

/// The name of a scalar register in the calling convention.
#[must_use]
pub fn register_name(number: u8) -> Option<&'static str> {
    X_NAMES.get(usize::from(number)).copied()
}
