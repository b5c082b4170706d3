//! `vtype` and `vl`: element width, register grouping, and how many elements there are.
//!
//! Source: RISC-V "V" Vector Extension, version 1.0, sections 3.4 and 6, for ELEN = 32.

use serde::{Deserialize, Serialize};

use super::settings::Vlen;

const VILL: u32 = 1 << 31;

/// The type of the vector registers' content.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Vtype {
    bits: u32,
}

impl Vtype {
    /// No type: instructions that depend on it trap.
    pub(super) const ILLEGAL: Self = Self { bits: VILL };

    /// The type of a request, or none.
    ///
    /// Supported are SEW 8, 16, 32 and LMUL from SEW/32 (at least 1/4) to 8.
    pub(super) fn request(bits: u32) -> Self {
        let asked = Self { bits };
        let supported =
            bits >> 8 == 0 && asked.sew() <= 2 && bits & 7 != 4 && asked.sew() - asked.lmul() <= 2;
        if supported { asked } else { Self::ILLEGAL }
    }

    /// The CSR.
    pub(super) const fn bits(self) -> u32 {
        self.bits
    }

    pub(super) const fn is_illegal(self) -> bool {
        self.bits & VILL != 0
    }

    /// Log2 of the bytes of an element.
    pub(super) fn sew(self) -> i32 {
        (self.bits >> 3 & 7).cast_signed()
    }

    /// Log2 of the registers of a group; negative for a part of one.
    pub(super) fn lmul(self) -> i32 {
        (self.bits << 29).cast_signed() >> 29
    }

    /// Elements of a register group.
    pub(super) fn vlmax(self, vlen: Vlen) -> u32 {
        if self.is_illegal() {
            return 0;
        }
        let shift = self.lmul() - self.sew();
        if shift >= 0 { vlen.bytes() << shift } else { vlen.bytes() >> -shift }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of the specification: SEW down, LMUL 1, 2, 4, 8, reserved, 1/8, 1/4, 1/2 across.
    #[test]
    fn the_supported_types_are_those_of_elen_32() {
        let legal = [
            [true, true, true, true, false, false, true, true],
            [true, true, true, true, false, false, false, true],
            [true, true, true, true, false, false, false, false],
            [false; 8],
        ];
        for (sew, row) in (0..).zip(legal) {
            for (lmul, legal) in (0..).zip(row) {
                let asked = Vtype::request(sew << 3 | lmul);
                assert_eq!(!asked.is_illegal(), legal, "sew {sew} lmul {lmul}");
            }
        }
        assert!(Vtype::request(1 << 8).is_illegal());
        assert!(!Vtype::request(0xc0).is_illegal());
    }

    #[test]
    fn vlmax_is_lmul_times_vlen_over_sew() {
        let vlmax = |bits| Vtype::request(bits).vlmax(Vlen::V512);
        assert_eq!(vlmax(0x00), 64);
        assert_eq!(vlmax(0x03), 512);
        assert_eq!(vlmax(0x0b), 256);
        assert_eq!(vlmax(0x06), 16);
        assert_eq!(vlmax(0x10), 16);
        assert_eq!(vlmax(0x3f), 0);
    }
}
