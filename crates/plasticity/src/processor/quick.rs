//! The most frequent forms of vector instructions, prepared: what does not depend on the operands'
//! values is worked out once per `vtype` and `vl`.
//!
//! A form that is not here goes the general way, to the same bits, cycles and counts.

use leadlag_isa::Class;

use super::Processor;
use super::arithmetic::{onto, with_scalar};
use super::lanes::Binary;
use super::map::Window;
use super::operation::{
    Access, Cost, LaneOp, Lanes, Operation, Pattern, Source, VectorInstruction,
};
use super::ports::Ports;
use super::predecode::{Op, number};
use super::settings::Settings;
use super::vtype::Vtype;

/// A prepared instruction. It is unmasked and has at least one element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Quick {
    /// `vd[i] = op(vs2[i], second)` or `vd[i] = op(vd[i], second[i])`, all of one width, the result
    /// apart from the array that is read.
    Lanes(QuickLanes),
    /// A unit-stride access of the array's own elements within a synapse row.
    Row(QuickRow),
}

/// The element-wise form. Bytes of the register file are read and written from `from` and `to` on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct QuickLanes {
    op: Binary,
    second: Second,
    /// Log2 of the bytes of an element.
    sew: u8,
    from: u16,
    to: u16,
    size: u16,
}

/// The second operand of the element-wise form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Second {
    /// An integer register.
    Register(u8),
    /// A number.
    Number(u32),
    /// The array that is read; the first operand is the result's old content.
    Array,
}

/// The access to a synapse row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct QuickRow {
    store: bool,
    base: u8,
    data: u8,
    size: u16,
}

/// Both synapse arrays lie behind this address, one behind the other.
const ARRAYS: u32 = 0x4000_0000;

/// Log2 of the bytes of an array's address range.
const ARRAY_LOG: u32 = 24;

impl Quick {
    /// The prepared form of a legal instruction, if it has one.
    pub(super) fn prepare(
        instruction: &VectorInstruction,
        vtype: Vtype,
        vl: u32,
        settings: &Settings,
    ) -> Option<Self> {
        if instruction.masked || vl == 0 {
            return None;
        }
        match instruction.operation {
            Operation::Lanes(lanes) => {
                QuickLanes::prepare(instruction, &lanes, vtype, vl, settings).map(Self::Lanes)
            }
            Operation::Memory(access) => {
                QuickRow::prepare(instruction, access, vl, settings).map(Self::Row)
            }
            _ => None,
        }
    }
}

impl QuickLanes {
    fn prepare(
        instruction: &VectorInstruction,
        lanes: &Lanes,
        vtype: Vtype,
        vl: u32,
        settings: &Settings,
    ) -> Option<Self> {
        let LaneOp::Two(op) = lanes.op else { return None };
        let changed = lanes.to_mask || lanes.narrow || lanes.wide;
        if changed || lanes.first.is_none_or(|read| read.narrower != 0) {
            return None;
        }
        let (array, second) = match lanes.source {
            Source::Scalar => (instruction.rs2, Second::Register(instruction.rs1 & 31)),
            Source::Immediate => (instruction.rs2, Second::Number(instruction.imm.cast_unsigned())),
            Source::Vector if instruction.rd == instruction.rs2 && lanes.second.narrower == 0 => {
                (instruction.rs1, Second::Array)
            }
            Source::Vector | Source::Nothing => return None,
        };
        let sew = vtype.sew().cast_unsigned();
        let start = |register: u8| u32::from(register & 31) * settings.vlen.bytes();
        let (from, to, size) = (start(array), start(instruction.rd), vl << sew);
        let part = |bytes: u32| u16::try_from(bytes).ok();
        let quick = Self {
            op,
            second,
            sew: part(sew)?.to_le_bytes()[0],
            from: part(from)?,
            to: part(to)?,
            size: part(size)?,
        };
        (from.abs_diff(to) >= size).then_some(quick)
    }
}

impl QuickRow {
    fn prepare(
        instruction: &VectorInstruction,
        access: Access,
        vl: u32,
        settings: &Settings,
    ) -> Option<Self> {
        let Settings { geometry, .. } = settings;
        let plain = access.pattern == Pattern::Unit && access.fields == 1;
        if !plain || 1 << access.eew.cast_unsigned() != geometry.weight_bytes() {
            return None;
        }
        let size = vl * geometry.weight_bytes();
        let fits = size <= geometry.columns * geometry.weight_bytes();
        let quick = Self {
            store: access.store,
            base: instruction.rs1 & 31,
            data: instruction.rd,
            size: u16::try_from(size).ok()?,
        };
        (fits && settings.arrays_are_bare()).then_some(quick)
    }
}

impl Settings {
    /// Whether no memory of the processor's own lies over the synapse arrays.
    fn arrays_are_bare(&self) -> bool {
        let (first, end) = (u64::from(ARRAYS), u64::from(ARRAYS) + (2 << ARRAY_LOG));
        let own = [(self.code_base, self.code_bytes), (super::DATA_BASE, self.data_bytes)];
        own.into_iter().all(|(base, size)| {
            let base = u64::from(base);
            size == 0 || base >= end || base + u64::from(size) <= first
        })
    }
}

impl Processor {
    /// Executes a prepared instruction. `false`, and nothing has happened, if its operands want the
    /// general way after all.
    #[inline(always)]
    pub(super) fn quick<P: Ports>(
        &mut self,
        op: Op,
        quick: Quick,
        cost: Cost,
        ports: &mut P,
    ) -> bool {
        match quick {
            Quick::Lanes(lanes) => {
                if !self.quick_lanes(lanes) {
                    return false;
                }
                self.finish(op.class, u64::from(cost.plain), op.length);
            }
            Quick::Row(access) => {
                let Some((window, offset)) = self.row_place(access) else { return false };
                let size = usize::from(access.size);
                let class = if access.store {
                    ports.store(window, offset, self.v.group(access.data, size));
                    Class::VRowStore
                } else {
                    ports.load(window, offset, self.v.group_mut(access.data, size));
                    self.csrs.touch_vector();
                    Class::VRowLoad
                };
                self.finish(number(class), u64::from(cost.row), op.length);
            }
        }
        true
    }

    #[inline]
    fn quick_lanes(&mut self, lanes: QuickLanes) -> bool {
        let Self { x, v, csrs, .. } = self;
        let [from, to, size] = [lanes.from, lanes.to, lanes.size].map(usize::from);
        let Some((array, out)) = v.disjoint(from, to, size) else { return false };
        let (op, mode, sew) = (lanes.op, csrs.vxrm, u32::from(lanes.sew));
        let held = match lanes.second {
            Second::Register(register) => {
                with_scalar(op, mode, sew, array, x[usize::from(register & 31)], out)
            }
            Second::Number(number) => with_scalar(op, mode, sew, array, number, out),
            Second::Array => onto(op, mode, sew, array, out),
        };
        csrs.vxsat |= held;
        csrs.touch_vector();
        true
    }

    /// Where in which array the access goes; nothing unless all of it lies in one row.
    #[inline]
    fn row_place(&self, access: QuickRow) -> Option<(Window, u32)> {
        let geometry = &self.settings.geometry;
        let offset = self.x[usize::from(access.base & 31)].wrapping_sub(ARRAYS);
        let window = match offset >> ARRAY_LOG {
            0 => Window::WeightsSoma,
            1 => Window::WeightsApical,
            _ => return None,
        };
        let offset = offset & ((1 << ARRAY_LOG) - 1);
        let aligned = offset & (geometry.weight_bytes() - 1) == 0;
        let fits = window.left(geometry, offset) >= u32::from(access.size);
        (aligned && fits).then_some((window, offset))
    }
}

#[cfg(test)]
mod tests;
