//! Element-wise vector instructions: operands to arrays, one kernel, the result to the register
//! file.
//!
//! Sources are read where they are when they have the width of the operation. The result goes to
//! a scratch array first if the destination meets a source.

use super::lanes::{Binary, Ternary, bytes, halves, words};
use super::operation::{LaneOp, Lanes, Read, Source};
use super::vector_file::{GROUP, VectorFile, element, sign_extend};

/// Arrays for operands that are not in the register file as they are needed. No state: nothing is
/// read that the same instruction has not written.
#[derive(Clone, Debug)]
pub(super) struct Scratch {
    first: [u8; GROUP],
    second: [u8; GROUP],
    third: [u8; GROUP],
    out: [u8; GROUP],
}

impl Default for Scratch {
    fn default() -> Self {
        Self { first: [0; GROUP], second: [0; GROUP], third: [0; GROUP], out: [0; GROUP] }
    }
}

/// The state an element-wise instruction runs in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope {
    /// Log2 of the bytes of an element.
    pub sew: u32,
    pub vl: usize,
    pub vlmax: usize,
    pub masked: bool,
    /// `vxrm`.
    pub mode: u8,
}

/// The registers of an instruction, and its scalar operand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Registers {
    pub rd: u8,
    pub rs1: u8,
    pub rs2: u8,
    /// The value of `rs1` or of the immediate.
    pub scalar: u32,
}

/// Runs an element-wise instruction; whether a rail held an active lane.
pub(super) fn run(
    lanes: &Lanes,
    scope: Scope,
    registers: Registers,
    v: &mut VectorFile,
    scratch: &mut Scratch,
) -> bool {
    let log = scope.sew + u32::from(lanes.wide);
    let size = scope.vl << log;
    let Scratch { first, second, third, out } = scratch;
    let out = &mut out[..size];
    if let Some(read) = lanes.first.filter(|read| read.narrower != 0) {
        extend(v, registers.rs2, read, log, &mut first[..size]);
    }
    match lanes.source {
        Source::Vector if lanes.second.narrower != 0 => {
            extend(v, registers.rs1, lanes.second, log, &mut second[..size]);
        }
        Source::Scalar | Source::Immediate => {
            splat(extended(registers.scalar, lanes.second, log), log, &mut second[..size]);
        }
        Source::Vector | Source::Nothing => {}
    }
    let saturates = matches!(lanes.op, LaneOp::Two(op) if op.saturates());
    if scope.masked && saturates {
        // Idle lanes compute 0 op 0, which no rail holds.
        settle_idle_lanes(lanes, registers, v, log, &mut first[..size], &mut second[..size]);
    }
    if let LaneOp::Two(op) = lanes.op
        && !(scope.masked || lanes.to_mask || lanes.narrow)
    {
        let plain = |read: Read| read.narrower == 0;
        let a = lanes.first.filter(|read| plain(*read)).map(|_| registers.rs2);
        let vector = lanes.source == Source::Vector && plain(lanes.second);
        let b = vector.then_some(registers.rs1);
        // Apart from its sources, the destination is written in place.
        if let Some(([a, b], to)) = v.apart(registers.rd, size, [a, b]) {
            let (a, b) = (a.unwrap_or(&first[..size]), b.unwrap_or(&second[..size]));
            return two(op, scope.mode, log, a, b, to);
        }
    }
    let in_file = |read: Read| read.narrower == 0 && !(scope.masked && saturates);
    let a = match lanes.first {
        Some(read) if in_file(read) => v.group(registers.rs2, size),
        Some(_) => &first[..size],
        // The operand is not used.
        None => &v.bytes()[..size],
    };
    let b = match lanes.source {
        Source::Vector if in_file(lanes.second) => v.group(registers.rs1, size),
        Source::Nothing => &v.bytes()[..size],
        Source::Vector | Source::Scalar | Source::Immediate => &second[..size],
    };
    let held = match lanes.op {
        LaneOp::Two(op) => two(op, scope.mode, log, a, b, out),
        LaneOp::Accumulate(op) => {
            three(op, log, [a, b, v.group(registers.rd, size)], out);
            false
        }
        LaneOp::Carry(op) => {
            let third = &mut third[..size];
            for i in 0..scope.vl {
                set(third, i, log, u32::from(v.bit(0, i)));
            }
            three(op, log, [a, b, third], out);
            false
        }
        LaneOp::NoCarry(op) => {
            let third = &mut third[..size];
            third.fill(0);
            three(op, log, [a, b, third], out);
            false
        }
    };
    store(lanes, scope, registers.rd, v, log, out);
    held
}

/// `out[i] = op(a[i], b)` on elements of `1 << log` bytes; whether a rail held a lane.
#[inline]
pub(super) fn with_scalar(
    op: Binary,
    mode: u8,
    log: u32,
    a: &[u8],
    b: u32,
    out: &mut [u8],
) -> bool {
    let word = b.to_le_bytes();
    let [byte, high, ..] = word;
    match log {
        0 => bytes::binary_scalar(op, mode, a.as_chunks().0, [byte], out.as_chunks_mut().0),
        1 => halves::binary_scalar(op, mode, a.as_chunks().0, [byte, high], out.as_chunks_mut().0),
        _ => words::binary_scalar(op, mode, a.as_chunks().0, word, out.as_chunks_mut().0),
    }
}

/// `out[i] = op(out[i], b[i])` on elements of `1 << log` bytes; whether a rail held a lane.
#[inline]
pub(super) fn onto(op: Binary, mode: u8, log: u32, b: &[u8], out: &mut [u8]) -> bool {
    match log {
        0 => bytes::binary_onto(op, mode, b.as_chunks().0, out.as_chunks_mut().0),
        1 => halves::binary_onto(op, mode, b.as_chunks().0, out.as_chunks_mut().0),
        _ => words::binary_onto(op, mode, b.as_chunks().0, out.as_chunks_mut().0),
    }
}

#[inline]
fn two(op: Binary, mode: u8, log: u32, a: &[u8], b: &[u8], out: &mut [u8]) -> bool {
    match log {
        0 => bytes::binary(op, mode, a.as_chunks().0, b.as_chunks().0, out.as_chunks_mut().0),
        1 => halves::binary(op, mode, a.as_chunks().0, b.as_chunks().0, out.as_chunks_mut().0),
        _ => words::binary(op, mode, a.as_chunks().0, b.as_chunks().0, out.as_chunks_mut().0),
    }
}

fn three(op: Ternary, log: u32, [a, b, c]: [&[u8]; 3], out: &mut [u8]) {
    fn cut<const N: usize>(array: &[u8]) -> &[[u8; N]] {
        array.as_chunks().0
    }
    match log {
        0 => bytes::ternary(op, cut(a), cut(b), cut(c), out.as_chunks_mut().0),
        1 => halves::ternary(op, cut(a), cut(b), cut(c), out.as_chunks_mut().0),
        _ => words::ternary(op, cut(a), cut(b), cut(c), out.as_chunks_mut().0),
    }
}

/// Copies both operands to the scratch arrays, with 0 in lanes whose mask bit is clear.
fn settle_idle_lanes(
    lanes: &Lanes,
    registers: Registers,
    v: &VectorFile,
    log: u32,
    first: &mut [u8],
    second: &mut [u8],
) {
    if lanes.first.is_some_and(|read| read.narrower == 0) {
        first.copy_from_slice(v.group(registers.rs2, first.len()));
    }
    if lanes.source == Source::Vector && lanes.second.narrower == 0 {
        second.copy_from_slice(v.group(registers.rs1, second.len()));
    }
    for i in (0..first.len() >> log).filter(|&i| !v.bit(0, i)) {
        set(first, i, log, 0);
        set(second, i, log, 0);
    }
}

fn set(array: &mut [u8], i: usize, log: u32, value: u32) {
    let (at, size) = (i << log, 1 << log);
    array[at..at + size].copy_from_slice(&value.to_le_bytes()[..size]);
}

/// A scalar operand at the width of the operation.
fn extended(value: u32, read: Read, log: u32) -> u32 {
    let from = log - read.narrower.unsigned_abs();
    if read.signed { sign_extend(value, from) } else { element(&value.to_le_bytes(), from) }
}

fn splat(value: u32, log: u32, array: &mut [u8]) {
    let [a, b, c, d] = value.to_le_bytes();
    match log {
        0 => array.fill(a),
        1 => array.as_chunks_mut().0.fill([a, b]),
        _ => array.as_chunks_mut().0.fill([a, b, c, d]),
    }
}

/// Reads narrow elements and extends them.
fn extend(v: &VectorFile, register: u8, read: Read, log: u32, array: &mut [u8]) {
    let narrow = v.group(register, array.len() >> read.narrower.unsigned_abs());
    let byte = |[a]: [u8; 1]| a.cast_signed();
    match (log, read.narrower, read.signed) {
        (1, _, true) => wider(array, narrow, |a| i16::from(byte(a)).to_le_bytes()),
        (1, _, false) => wider(array, narrow, |[a]: [u8; 1]| [a, 0]),
        (_, 1, true) => wider(array, narrow, |a| i32::from(i16::from_le_bytes(a)).to_le_bytes()),
        (_, 1, false) => wider(array, narrow, |[a, b]: [u8; 2]| [a, b, 0, 0]),
        (_, _, true) => wider(array, narrow, |a| i32::from(byte(a)).to_le_bytes()),
        (_, _, false) => wider(array, narrow, |[a]: [u8; 1]| [a, 0, 0, 0]),
    }
}

#[inline(always)]
fn wider<const N: usize, const M: usize>(
    array: &mut [u8],
    narrow: &[u8],
    lane: impl Fn([u8; N]) -> [u8; M],
) {
    for (wide, narrow) in array.as_chunks_mut::<M>().0.iter_mut().zip(narrow.as_chunks::<N>().0) {
        *wide = lane(*narrow);
    }
}

/// Writes the active lanes; all others keep their value.
fn store(lanes: &Lanes, scope: Scope, rd: u8, v: &mut VectorFile, log: u32, out: &mut [u8]) {
    if lanes.to_mask {
        return store_bits(scope, rd, v, log, out);
    }
    let log = if lanes.narrow { halve(out, log) } else { log };
    let out = &out[..scope.vl << log];
    if !scope.masked {
        return v.group_mut(rd, out.len()).copy_from_slice(out);
    }
    // The destination of a masked instruction is not v0, so the mask stands still.
    for i in 0..scope.vl {
        if v.bit(0, i) {
            v.set_element(rd, i, log, element(&out[i << log..], log));
        }
    }
}

/// Packs the lower half of every element to the front; log2 of the bytes that are left.
fn halve(out: &mut [u8], log: u32) -> u32 {
    let half = 1 << (log - 1);
    for i in 0..out.len() >> log {
        out.copy_within(i << log..(i << log) + half, i * half);
    }
    log - 1
}

fn store_bits(scope: Scope, rd: u8, v: &mut VectorFile, log: u32, out: &[u8]) {
    // A destination of v0 replaces the mask while it is read, but each bit only after its use.
    for i in 0..scope.vl {
        if !scope.masked || v.bit(0, i) {
            v.set_bit(rd, i, out[i << log] != 0);
        }
    }
}
