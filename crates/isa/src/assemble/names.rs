//! Names of registers and of the parts of operands.

use crate::Csr;
use crate::resources::OTHER_CSRS;

/// Names of the scalar registers in the calling convention, by number.
pub(crate) const X_NAMES: [&str; 32] = [
    "zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4",
    "a5", "a6", "a7", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4",
    "t5", "t6",
];

/// The number of a scalar register.
pub(super) fn x_register(name: &str) -> Option<u8> {
    if name == "fp" {
        return Some(8);
    }
    let by_name = X_NAMES.iter().position(|known| *known == name);
    by_name.and_then(|at| u8::try_from(at).ok()).or_else(|| numbered(name, 'x'))
}

pub(super) fn numbered(name: &str, letter: char) -> Option<u8> {
    let digits = name.strip_prefix(letter)?;
    let plain = !digits.starts_with('0') || digits == "0";
    let digits = digits.bytes().all(|b| b.is_ascii_digit()).then_some(digits)?;
    digits.parse().ok().filter(|number| plain && *number < 32)
}

pub(super) fn csr_number(name: &str) -> Option<u16> {
    let other = || OTHER_CSRS.iter().find(|(known, _)| *known == name).map(|(_, number)| *number);
    Csr::by_name(name).map(|csr| csr.number).or_else(other)
}

pub(super) fn element_width(name: &str) -> Option<i32> {
    let width = ["e8", "e16", "e32", "e64"].iter().position(|known| *known == name)?;
    i32::try_from(width << 3).ok()
}

/// Place in the order, and bits.
pub(super) fn vtype_word(name: &str) -> Option<(u8, i32)> {
    Some(match name {
        "m1" => (1, 0),
        "m2" => (1, 1),
        "m4" => (1, 2),
        "m8" => (1, 3),
        "mf8" => (1, 5),
        "mf4" => (1, 6),
        "mf2" => (1, 7),
        "tu" => (2, 0),
        "ta" => (2, 1 << 6),
        "mu" => (3, 0),
        "ma" => (3, 1 << 7),
        _ => return None,
    })
}

pub(super) fn accesses(name: &str) -> Option<i32> {
    let mut rest = name;
    let mut bits = 0;
    for (letter, bit) in [('i', 8), ('o', 4), ('r', 2), ('w', 1)] {
        if let Some(shorter) = rest.strip_prefix(letter) {
            rest = shorter;
            bits |= bit;
        }
    }
    (rest.is_empty() && bits != 0).then_some(bits)
}
