//! The control and status registers, with the values each may hold.
//!
//! Sources: RISC-V privileged architecture, machine mode; "V" extension 1.0, section 3. The list
//! of registers is in `docs/chip/plasticity-unit.md`; every other number traps.

use serde::{Deserialize, Serialize};

use super::settings::Vlen;
use super::vtype::Vtype;

/// `misa`: RV32 with I, M and C. No bit exists for Zve32x.
const MISA: u32 = 0x4000_1104;

/// `mstatus.MPP`: machine mode, fixed.
const MPP: u32 = 3 << 11;

/// The interrupts there are.
pub(super) const INTERRUPTS: u32 = STEP | ADC_DONE | MAILBOX;
/// A step has begun.
pub(super) const STEP: u32 = 1 << 16;
/// The last selected observable is ready.
pub(super) const ADC_DONE: u32 = 1 << 17;
/// The host has written to the mailbox.
pub(super) const MAILBOX: u32 = 1 << 18;

/// `mstatus.VS`: whether vector state is there, and whether it has been touched.
const VS_DIRTY: u8 = 3;

/// The registers that are not counters.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Csrs {
    /// `mstatus.MIE`.
    pub interrupts_on: bool,
    /// `mstatus.MPIE`.
    previously_on: bool,
    /// `mstatus.VS`.
    vs: u8,
    pub mie: u32,
    pub mip: u32,
    pub mtvec: u32,
    mscratch: u32,
    pub mepc: u32,
    mcause: u32,
    mtval: u32,
    pub vstart: u32,
    pub vxsat: bool,
    pub vxrm: u8,
    pub vl: u32,
    pub vtype: Vtype,
}

impl Default for Csrs {
    fn default() -> Self {
        Self {
            interrupts_on: false,
            previously_on: false,
            vs: 0,
            mie: 0,
            mip: 0,
            mtvec: 0,
            mscratch: 0,
            mepc: 0,
            mcause: 0,
            mtval: 0,
            vstart: 0,
            vxsat: false,
            vxrm: 0,
            vl: 0,
            vtype: Vtype::ILLEGAL,
        }
    }
}

impl Csrs {
    /// Whether vector instructions and registers are there.
    pub(super) const fn vector_on(&self) -> bool {
        self.vs != 0
    }

    /// `vtype` and `vl` in one word.
    #[inline(always)]
    pub(super) fn vector_state(&self) -> u64 {
        u64::from(self.vtype.bits()) << 32 | u64::from(self.vl)
    }

    /// Whether a vector instruction may begin: they are on, and none was interrupted.
    #[inline(always)]
    pub(super) const fn takes_vectors(&self) -> bool {
        self.vs != 0 && self.vstart == 0
    }

    /// Whether every field holds what a program could have written to it.
    pub(super) fn is_possible(&self, vlen: Vlen) -> bool {
        let vtype = self.vtype == Vtype::ILLEGAL || self.vtype == Vtype::request(self.vtype.bits());
        vtype
            && self.vl <= self.vtype.vlmax(vlen)
            && self.vstart < vlen.bits()
            && self.vxrm < 4
            && self.vs < 4
            && (self.mie | self.mip) & !INTERRUPTS == 0
            && self.mtvec.is_multiple_of(4)
            && self.mepc.is_multiple_of(2)
    }

    /// Vector state has changed.
    pub(super) const fn touch_vector(&mut self) {
        self.vs = VS_DIRTY;
    }

    fn mstatus(&self) -> u32 {
        let dirty = u32::from(self.vs == VS_DIRTY);
        MPP | u32::from(self.interrupts_on) << 3
            | u32::from(self.previously_on) << 7
            | u32::from(self.vs) << 9
            | dirty << 31
    }

    /// The value of a register that is no counter; `None` traps.
    pub(super) fn read(&self, number: u16, vlen: Vlen, hart: u16) -> Option<u32> {
        let vector = is_vector(number);
        if vector && !self.vector_on() {
            return None;
        }
        Some(match number {
            0x008 => self.vstart,
            0x009 => u32::from(self.vxsat),
            0x00a => u32::from(self.vxrm),
            0x00f => u32::from(self.vxrm) << 1 | u32::from(self.vxsat),
            0xc20 => self.vl,
            0xc21 => self.vtype.bits(),
            0xc22 => vlen.bytes(),
            0x300 => self.mstatus(),
            0x301 => MISA,
            0x304 => self.mie,
            0x305 => self.mtvec,
            0x340 => self.mscratch,
            0x341 => self.mepc,
            0x342 => self.mcause,
            0x343 => self.mtval,
            0x344 => self.mip,
            0x310 | 0xf11..=0xf13 => 0,
            0xf14 => u32::from(hart),
            _ => return None,
        })
    }

    /// Writes a register that [`Self::read`] knows; fixed fields keep their value.
    pub(super) fn write(&mut self, number: u16, value: u32, vlen: Vlen) {
        if is_vector(number) {
            self.touch_vector();
        }
        let bit = |place: u32| value >> place & 1 == 1;
        match number {
            0x008 => self.vstart = value & (vlen.bits() - 1),
            0x009 => self.vxsat = bit(0),
            0x00a => self.vxrm = low_bits(value),
            0x00f => (self.vxrm, self.vxsat) = (low_bits(value >> 1), bit(0)),
            0x300 => {
                self.interrupts_on = bit(3);
                self.previously_on = bit(7);
                self.vs = low_bits(value >> 9);
            }
            0x304 => self.mie = value & INTERRUPTS,
            0x305 => self.mtvec = value & !3,
            0x340 => self.mscratch = value,
            0x341 => self.mepc = value & !1,
            0x342 => self.mcause = value,
            0x343 => self.mtval = value,
            // Edge-latched: a zero clears, a one leaves as it is.
            0x344 => self.mip &= value,
            _ => {}
        }
    }

    /// Goes to the handler.
    pub(super) const fn enter(&mut self, pc: u32, cause: u32, value: u32) -> u32 {
        self.mepc = pc;
        self.mcause = cause;
        self.mtval = value;
        self.previously_on = self.interrupts_on;
        self.interrupts_on = false;
        self.mtvec
    }

    /// Comes back from the handler.
    pub(super) const fn leave(&mut self) -> u32 {
        self.interrupts_on = self.previously_on;
        self.previously_on = true;
        self.mepc
    }

    /// Number of the interrupt to take now.
    pub(super) const fn interrupt(&self) -> Option<u32> {
        let wanted = self.mip & self.mie;
        if self.interrupts_on && wanted != 0 { Some(wanted.trailing_zeros()) } else { None }
    }
}

fn low_bits(value: u32) -> u8 {
    value.to_le_bytes()[0] & 3
}

const fn is_vector(number: u16) -> bool {
    matches!(number, 0x008..=0x00a | 0x00f | 0xc20..=0xc22)
}

/// Whether the number itself says that the register cannot be written.
pub(super) const fn is_read_only(number: u16) -> bool {
    number >> 10 == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    const ON: u32 = 1 << 9;

    fn on() -> Csrs {
        let mut csrs = Csrs::default();
        csrs.write(0x300, ON, Vlen::V512);
        csrs
    }

    /// Every number that is not listed traps, and there are 25 with the four counters.
    #[test]
    fn the_list_is_the_whole_list() {
        let known = (0..4096).filter(|&n| on().read(n, Vlen::V512, 0).is_some());
        assert_eq!(known.count(), 25 - 4);
    }

    #[test]
    fn vector_registers_are_there_only_when_vs_is_not_off() {
        let off = Csrs::default();
        for number in [0x008, 0x009, 0x00a, 0x00f, 0xc20, 0xc21, 0xc22] {
            assert_eq!(off.read(number, Vlen::V512, 0), None);
            assert!(on().read(number, Vlen::V512, 0).is_some());
        }
    }

    #[test]
    fn fixed_fields_keep_their_values() {
        let all = |number| {
            let mut csrs = on();
            csrs.write(number, u32::MAX, Vlen::V256);
            csrs.read(number, Vlen::V256, 7).unwrap()
        };
        assert_eq!(all(0x300), 0x8000_1e88);
        assert_eq!(all(0x301), MISA);
        assert_eq!(all(0x304), INTERRUPTS);
        assert_eq!(all(0x305), 0xffff_fffc);
        assert_eq!(all(0x341), 0xffff_fffe);
        assert_eq!(all(0x344), 0);
        assert_eq!(all(0x008), 255);
        assert_eq!(all(0x00f), 7);
        assert_eq!(all(0xf14), 7);
    }

    #[test]
    fn a_write_to_vector_registers_makes_the_state_dirty() {
        let mut csrs = on();
        assert_eq!(csrs.read(0x300, Vlen::V512, 0), Some(MPP | ON));
        csrs.write(0x00a, 2, Vlen::V512);
        assert_eq!(csrs.read(0x300, Vlen::V512, 0), Some(MPP | 3 << 9 | 1 << 31));
    }
}
