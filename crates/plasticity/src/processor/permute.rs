//! Vector instructions that are not element by element: reductions, masks, slides, gathers.
//!
//! Source: RISC-V "V" Vector Extension, version 1.0, sections 14 to 16.

use leadlag_fixed::{count, index};

use super::arithmetic::{Registers, Scope};
use super::lanes::Binary;
use super::operation::{Slide, Source, Truth, Until};
use super::vector_file::{VectorFile, sign_extend};

/// Whether lane `i` takes part.
fn active(v: &VectorFile, scope: Scope, i: usize) -> bool {
    !scope.masked || v.bit(0, i)
}

/// `vd[0] = op(vs1[0], active elements of vs2)`, accumulated at twice SEW if `wide` says how
/// elements are extended. With `vl` = 0 nothing happens.
pub(super) fn reduce(
    op: Binary,
    wide: Option<bool>,
    scope: Scope,
    registers: Registers,
    v: &mut VectorFile,
) {
    if scope.vl == 0 {
        return;
    }
    let log = scope.sew + u32::from(wide.is_some());
    let signed = wide.unwrap_or(matches!(op, Binary::Min | Binary::Max));
    let read = |value: u32, log: u32| if signed { sign_extend(value, log) } else { value };
    let mut sum = read(v.element(registers.rs1, 0, log), log);
    for i in (0..scope.vl).filter(|&i| active(v, scope, i)) {
        sum = combine(op, sum, read(v.element(registers.rs2, i, scope.sew), scope.sew));
    }
    v.set_element(registers.rd, 0, log, sum);
}

fn combine(op: Binary, a: u32, b: u32) -> u32 {
    match op {
        Binary::And => a & b,
        Binary::Or => a | b,
        Binary::Xor => a ^ b,
        Binary::Minu => a.min(b),
        Binary::Maxu => a.max(b),
        Binary::Min => a.cast_signed().min(b.cast_signed()).cast_unsigned(),
        Binary::Max => a.cast_signed().max(b.cast_signed()).cast_unsigned(),
        _ => a.wrapping_add(b),
    }
}

/// A logic operation on the first `vl` bits.
pub(super) fn logic(truth: Truth, scope: Scope, registers: Registers, v: &mut VectorFile) {
    let select = |place: u32, a: u8, b: u8| if truth >> place & 1 == 1 { a & b } else { 0 };
    for byte in 0..scope.vl.div_ceil(8) {
        let at = |register| v.start(register) + byte;
        let a = v.bytes()[at(registers.rs2)];
        let b = v.bytes()[at(registers.rs1)];
        let result = select(0, !a, !b) | select(1, !a, b) | select(2, a, !b) | select(3, a, b);
        let old = v.bytes()[at(registers.rd)];
        let kept = u8::MAX.checked_shl(count(scope.vl - 8 * byte)).unwrap_or(0);
        let new = result & !kept | old & kept;
        v.group_mut(registers.rd, byte + 1)[byte] = new;
    }
}

/// The number of active bits that are set.
pub(super) fn count_bits(scope: Scope, register: u8, v: &VectorFile) -> u32 {
    let set = (0..scope.vl).filter(|&i| active(v, scope, i) && v.bit(register, i));
    count(set.count())
}

/// The first active bit that is set, or -1.
pub(super) fn first_bit(scope: Scope, register: u8, v: &VectorFile) -> u32 {
    let first = (0..scope.vl).find(|&i| active(v, scope, i) && v.bit(register, i));
    first.map_or(u32::MAX, count)
}

/// Sets bits before, including or only at the first active bit that is set.
pub(super) fn set_bits(until: Until, scope: Scope, registers: Registers, v: &mut VectorFile) {
    let first = first_bit(scope, registers.rs2, v);
    for i in 0..scope.vl {
        if active(v, scope, i) {
            let on = match until {
                Until::Before => count(i) < first,
                Until::Including => count(i) <= first,
                Until::Only => count(i) == first,
            };
            v.set_bit(registers.rd, i, on);
        }
    }
}

/// `vd[i]` = the number of active bits set before `i`.
pub(super) fn iota(scope: Scope, registers: Registers, v: &mut VectorFile) {
    let mut before = 0;
    for i in 0..scope.vl {
        if active(v, scope, i) {
            v.set_element(registers.rd, i, scope.sew, before);
            before += u32::from(v.bit(registers.rs2, i));
        }
    }
}

/// `vd[i] = i`.
pub(super) fn indices(scope: Scope, registers: Registers, v: &mut VectorFile) {
    for i in 0..scope.vl {
        if active(v, scope, i) {
            v.set_element(registers.rd, i, scope.sew, count(i));
        }
    }
}

/// Slides; an element from beyond the group is 0, a place below the offset keeps its value.
pub(super) fn slide(slide: Slide, scope: Scope, registers: Registers, v: &mut VectorFile) {
    let offset = match slide {
        Slide::Up | Slide::Down => registers.scalar,
        Slide::OneUp | Slide::OneDown => 1,
    };
    for i in 0..scope.vl {
        if !active(v, scope, i) {
            continue;
        }
        let from = match slide {
            Slide::Up | Slide::OneUp => i.checked_sub(index(offset)),
            // The destination may be the source: elements move down, and are read first.
            Slide::Down => Some(i.saturating_add(index(offset))),
            Slide::OneDown => Some(i + 1).filter(|&from| from < scope.vl),
        };
        let value = match (from, slide) {
            (Some(from), _) if from < scope.vlmax => v.element(registers.rs2, from, scope.sew),
            (Some(_), _) => 0,
            (None, Slide::OneUp | Slide::OneDown) => registers.scalar,
            (None, Slide::Up | Slide::Down) => continue,
        };
        v.set_element(registers.rd, i, scope.sew, value);
    }
}

/// `vd[i] = vs2[indices[i]]`, 0 for an index beyond the group.
///
/// `index_log` is log2 of the bytes of an index.
pub(super) fn gather(
    source: Source,
    index_log: u32,
    scope: Scope,
    registers: Registers,
    v: &mut VectorFile,
) {
    for i in 0..scope.vl {
        if !active(v, scope, i) {
            continue;
        }
        let from = match source {
            Source::Vector => v.element(registers.rs1, i, index_log),
            Source::Nothing | Source::Scalar | Source::Immediate => registers.scalar,
        };
        let inside = index(from) < scope.vlmax;
        let value = if inside { v.element(registers.rs2, index(from), scope.sew) } else { 0 };
        v.set_element(registers.rd, i, scope.sew, value);
    }
}

/// Packs the elements whose bit in `vs1` is set to the front; the others keep their value.
pub(super) fn compress(scope: Scope, registers: Registers, v: &mut VectorFile) {
    let mut to = 0;
    for i in 0..scope.vl {
        if v.bit(registers.rs1, i) {
            v.set_element(registers.rd, to, scope.sew, v.element(registers.rs2, i, scope.sew));
            to += 1;
        }
    }
}
