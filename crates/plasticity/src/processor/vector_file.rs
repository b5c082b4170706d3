//! The vector registers: one contiguous array of bytes.

use leadlag_fixed::index;
use serde::{Deserialize, Serialize};

use super::settings::Vlen;

/// Bytes of the largest register group: eight registers of 512 bits.
pub(super) const GROUP: usize = 512;

/// `v0` to `v31`, little endian, one after the other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct VectorFile {
    /// Bytes of one register.
    length: usize,
    bytes: Vec<u8>,
}

impl VectorFile {
    pub(super) fn new(vlen: Vlen) -> Self {
        let length = index(vlen.bytes());
        Self { length, bytes: vec![0; 32 * length] }
    }

    /// Whether another file has this one's shape.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        (self.length, self.bytes.len()) == (other.length, other.bytes.len())
    }

    /// First byte of a register.
    pub(super) fn start(&self, register: u8) -> usize {
        usize::from(register & 31) * self.length
    }

    /// Bytes of a register.
    pub(super) const fn length(&self) -> usize {
        self.length
    }

    /// The registers, all in one.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// `bytes` bytes from the start of a register on.
    pub(super) fn group(&self, register: u8, bytes: usize) -> &[u8] {
        let start = self.start(register);
        &self.bytes[start..start + bytes]
    }

    /// As [`Self::group`], to be written.
    pub(super) fn group_mut(&mut self, register: u8, bytes: usize) -> &mut [u8] {
        let start = self.start(register);
        &mut self.bytes[start..start + bytes]
    }

    /// `size` bytes from one place on, and as many from another to be written; `None` if they
    /// overlap.
    #[inline]
    pub(super) fn disjoint(
        &mut self,
        from: usize,
        to: usize,
        size: usize,
    ) -> Option<(&[u8], &mut [u8])> {
        let places = [from..from + size, to..to + size];
        let [read, written] = self.bytes.get_disjoint_mut(places).ok()?;
        Some((read, written))
    }

    /// `size` bytes from each source on, and as many to be written; `None` if they overlap.
    #[expect(clippy::type_complexity, reason = "two sources, each of which may be elsewhere")]
    pub(super) fn apart(
        &mut self,
        to: u8,
        size: usize,
        sources: [Option<u8>; 2],
    ) -> Option<([Option<&[u8]>; 2], &mut [u8])> {
        let starts = sources.map(|source| source.map(|register| self.start(register)));
        let place = self.start(to);
        let (before, rest) = self.bytes.split_at_mut(place);
        let (written, after) = rest.split_at_mut(size);
        let (before, after): (&[u8], &[u8]) = (before, after);
        let mut found = [None; 2];
        for (found, start) in found.iter_mut().zip(starts) {
            let Some(start) = start else { continue };
            let behind = || after.get(start.checked_sub(place + size)?..)?.get(..size);
            *found = Some(before.get(start..start + size).or_else(behind)?);
        }
        Some((found, written))
    }

    /// Copies bytes from the start of one register to the start of another.
    pub(super) fn copy(&mut self, from: u8, to: u8, bytes: usize) {
        let (from, to) = (self.start(from), self.start(to));
        self.bytes.copy_within(from..from + bytes, to);
    }

    /// Bit `i` of a register as a mask.
    pub(super) fn bit(&self, register: u8, i: usize) -> bool {
        self.bytes[self.start(register) + i / 8] >> (i % 8) & 1 == 1
    }

    /// Sets bit `i` of a register.
    pub(super) fn set_bit(&mut self, register: u8, i: usize, on: bool) {
        let byte = self.start(register) + i / 8;
        let bit = 1 << (i % 8);
        self.bytes[byte] = self.bytes[byte] & !bit | if on { bit } else { 0 };
    }

    /// Element `i` of `1 << log` bytes from a register on, zero extended.
    pub(super) fn element(&self, register: u8, i: usize, log: u32) -> u32 {
        let at = self.start(register) + (i << log);
        element(&self.bytes[at..], log)
    }

    /// Writes the low bytes of `value` to element `i`.
    pub(super) fn set_element(&mut self, register: u8, i: usize, log: u32, value: u32) {
        let at = self.start(register) + (i << log);
        let size = 1 << log;
        self.bytes[at..at + size].copy_from_slice(&value.to_le_bytes()[..size]);
    }
}

/// The element of `1 << log` bytes at the head of `bytes`, zero extended.
pub(super) fn element(bytes: &[u8], log: u32) -> u32 {
    match log {
        0 => u32::from(bytes[0]),
        1 => u32::from(u16::from_le_bytes([bytes[0], bytes[1]])),
        _ => u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]),
    }
}

/// The low `8 << log` bits of a word, sign extended.
pub(super) fn sign_extend(value: u32, log: u32) -> u32 {
    let unused = 32 - (8 << log);
    (value.cast_signed() << unused >> unused).cast_unsigned()
}
