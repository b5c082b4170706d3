//! Vector instructions as operations on register groups: what is read, at which width, and what
//! it costs.

use leadlag_fixed::count;

use super::lanes::{Binary, Ternary};
use super::legality::{Group, Operands};
use super::settings::Timing;
use super::vtype::Vtype;

/// Where the second operand comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Source {
    /// There is none.
    Nothing,
    /// The register group `vs1`.
    Vector,
    /// The integer register `rs1`.
    Scalar,
    /// The immediate.
    Immediate,
}

/// How an operand gets to the width at which the operation computes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Read {
    /// Log2 of how much narrower the operand is.
    pub narrower: i32,
    /// Whether its sign is extended.
    pub signed: bool,
}

impl Read {
    /// At the width of the operation.
    pub(super) const PLAIN: Self = Self { narrower: 0, signed: false };
    /// Half as wide, signed.
    pub(super) const SIGNED_HALF: Self = Self { narrower: 1, signed: true };
    /// Half as wide, unsigned.
    pub(super) const HALF: Self = Self { narrower: 1, signed: false };
}

/// An operation on two elements or on three.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum LaneOp {
    Two(Binary),
    /// The third element is the destination's.
    Accumulate(Ternary),
    /// The third element is the bit of `v0`.
    Carry(Ternary),
    /// The third element is 0.
    NoCarry(Ternary),
}

/// `vd[i] = op(vs2[i], source[i])`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Lanes {
    pub op: LaneOp,
    /// Whether `vs2` is read at all.
    pub first: Option<Read>,
    pub source: Source,
    pub second: Read,
    /// The operation computes at twice SEW.
    pub wide: bool,
    /// The result is stored at half the width of the operation.
    pub narrow: bool,
    /// The result is a mask.
    pub to_mask: bool,
}

/// Bits up to the first one that is set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Until {
    Before,
    Including,
    Only,
}

/// A logic operation on masks: the result for `(vs2, vs1)` = 00, 01, 10, 11 as bits 0 to 3.
pub(super) type Truth = u8;

/// Moves of elements within a group.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Slide {
    Up,
    Down,
    OneUp,
    OneDown,
}

/// How the addresses of a vector access follow from its operands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Pattern {
    Unit,
    /// Unit stride; a fault behind element 0 shortens `vl` instead.
    FaultFirst,
    /// One bit per element, packed.
    Mask,
    Strided,
    Indexed,
    /// Whole registers, whatever `vl` and `vtype` are.
    Whole,
}

/// A vector load or store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Access {
    pub store: bool,
    pub pattern: Pattern,
    /// Log2 of the bytes of an element, or of an index if the pattern is indexed.
    pub eew: i32,
    /// Fields of a segment, or registers of a whole-register form.
    pub fields: u8,
}

/// What a vector instruction does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Operation {
    Lanes(Lanes),
    /// `vd[0] = op(vs1[0], vs2[...])`; `Some(signed)` accumulates at twice SEW.
    Reduce(Binary, Option<bool>),
    Logic(Truth),
    CountBits,
    FirstBit,
    SetBits(Until),
    Iota,
    Index,
    Slide(Slide, Source),
    Gather(Source),
    /// Gather with 16-bit indices.
    GatherHalves,
    Compress,
    ToInteger,
    FromInteger,
    MoveWhole(u8),
    Memory(Access),
}

/// Which constants of the timing table apply.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum VectorClass {
    Integer,
    Multiply,
    Divide,
    Reduce,
    Mask,
    Iota,
    Slide,
    Permute,
    Scalar,
    Move,
    Memory,
}

/// A decoded vector instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct VectorInstruction {
    pub operation: Operation,
    pub class: VectorClass,
    pub rd: u8,
    pub rs1: u8,
    pub rs2: u8,
    pub imm: i32,
    pub masked: bool,
}

/// Cycles of an instruction: anywhere but in a synapse row, and there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Cost {
    pub plain: u32,
    pub row: u32,
}

impl VectorInstruction {
    /// Whether the instruction depends on neither `vl` nor `vtype`.
    pub(super) const fn ignores_vtype(&self) -> bool {
        matches!(self.operation, Operation::Memory(Access { pattern: Pattern::Whole, .. }))
    }

    /// Whether the instruction leaves all vector state as it is.
    pub(super) const fn only_reads(&self) -> bool {
        matches!(
            self.operation,
            Operation::Memory(Access { store: true, .. })
                | Operation::CountBits
                | Operation::FirstBit
                | Operation::ToInteger
        )
    }

    /// Whether the specification defines this instruction in this state.
    pub(super) fn is_legal(&self, vtype: Vtype) -> bool {
        if self.ignores_vtype() {
            return self.whole_registers().are_legal();
        }
        !vtype.is_illegal() && self.operands(vtype).is_some_and(|operands| operands.are_legal())
    }

    fn whole_registers(&self) -> Operands {
        let (Operation::Memory(Access { fields, .. }) | Operation::MoveWhole(fields)) =
            self.operation
        else {
            return Operands::default();
        };
        let emul = u32::from(fields).trailing_zeros().cast_signed();
        let group = |register| Group::vector(register, 0, emul);
        match self.operation {
            Operation::MoveWhole(_) => Operands {
                destination: Some(group(self.rd)),
                sources: vec![group(self.rs2)],
                ..Operands::default()
            },
            _ => Operands { destination: Some(group(self.rd)), ..Operands::default() },
        }
    }

    /// The groups in this type; `None` if an element would be narrower than 8 bits.
    fn operands(&self, vtype: Vtype) -> Option<Operands> {
        let (sew, lmul) = (vtype.sew(), vtype.lmul());
        let vector = |register| Group::vector(register, sew, lmul);
        let plain = |destination: Group, sources: &[Group]| Operands {
            destination: Some(destination),
            sources: sources.to_vec(),
            masked: self.masked,
            ..Operands::default()
        };
        let apart = |operands| Operands { apart: true, mask_apart: true, ..operands };
        Some(match self.operation {
            Operation::Lanes(lanes) => return self.lane_operands(&lanes, sew, lmul),
            Operation::Memory(access) => self.access_operands(access, sew, lmul),
            Operation::Reduce(_, wide) => {
                let log = sew + i32::from(wide.is_some());
                let scalar = |register| Group::scalar(register, log);
                plain(scalar(self.rd), &[vector(self.rs2), scalar(self.rs1)])
            }
            Operation::Logic(_) => {
                plain(Group::mask(self.rd), &[Group::mask(self.rs2), Group::mask(self.rs1)])
            }
            Operation::CountBits | Operation::FirstBit => Operands {
                sources: vec![Group::mask(self.rs2)],
                masked: self.masked,
                ..Operands::default()
            },
            Operation::SetBits(_) => apart(plain(Group::mask(self.rd), &[Group::mask(self.rs2)])),
            Operation::Iota => apart(plain(vector(self.rd), &[Group::mask(self.rs2)])),
            Operation::Index => plain(vector(self.rd), &[]),
            Operation::Slide(slide, _) => {
                let up = matches!(slide, Slide::Up | Slide::OneUp);
                Operands { apart: up, ..plain(vector(self.rd), &[vector(self.rs2)]) }
            }
            Operation::Gather(Source::Vector) => {
                apart(plain(vector(self.rd), &[vector(self.rs2), vector(self.rs1)]))
            }
            Operation::Gather(_) => apart(plain(vector(self.rd), &[vector(self.rs2)])),
            Operation::GatherHalves => {
                let indices = Group::vector(self.rs1, 1, lmul + 1 - sew);
                apart(plain(vector(self.rd), &[vector(self.rs2), indices]))
            }
            Operation::Compress => {
                apart(plain(vector(self.rd), &[vector(self.rs2), Group::mask(self.rs1)]))
            }
            Operation::ToInteger => Operands::default(),
            Operation::FromInteger => plain(Group::scalar(self.rd, sew), &[]),
            Operation::MoveWhole(_) => self.whole_registers(),
        })
    }

    fn lane_operands(&self, lanes: &Lanes, sew: i32, lmul: i32) -> Option<Operands> {
        let widening = i32::from(lanes.wide);
        let (log, emul) = (sew + widening, lmul + widening);
        let read = |register, read: Read| {
            let narrow = log - read.narrower;
            (narrow >= 0).then(|| Group::vector(register, narrow, emul - read.narrower))
        };
        let mut sources = Vec::with_capacity(3);
        if let Some(first) = lanes.first {
            sources.push(read(self.rs2, first)?);
        }
        if lanes.source == Source::Vector {
            sources.push(read(self.rs1, lanes.second)?);
        }
        if matches!(lanes.op, LaneOp::Accumulate(_)) {
            sources.push(Group::vector(self.rd, log, emul));
        }
        let destination = if lanes.to_mask {
            Group::mask(self.rd)
        } else if lanes.narrow {
            Group::vector(self.rd, sew, lmul)
        } else {
            Group::vector(self.rd, log, emul)
        };
        // The wide operand must be legal even where only scalars and halves of it are read.
        let masked = self.masked || matches!(lanes.op, LaneOp::Carry(_));
        let operands =
            Operands { destination: Some(destination), sources, masked, ..Operands::default() };
        (log <= 2).then_some(operands)
    }

    fn access_operands(&self, access: Access, sew: i32, lmul: i32) -> Operands {
        let relative = access.eew - sew + lmul;
        let index = Group::vector(self.rs2, access.eew, relative);
        let data = match access.pattern {
            Pattern::Mask => Group::vector(self.rd, 0, 0),
            Pattern::Indexed => {
                Group { fields: access.fields, ..Group::vector(self.rd, sew, lmul) }
            }
            Pattern::Unit | Pattern::FaultFirst | Pattern::Strided | Pattern::Whole => {
                Group { fields: access.fields, ..Group::vector(self.rd, access.eew, relative) }
            }
        };
        let mut sources = Vec::with_capacity(2);
        if access.pattern == Pattern::Indexed {
            sources.push(index);
        }
        let destination = if access.store {
            sources.push(data);
            None
        } else {
            Some(data)
        };
        let apart = access.pattern == Pattern::Indexed && access.fields > 1;
        Operands { destination, sources, masked: self.masked, apart, ..Operands::default() }
    }

    /// The entry of the timing table.
    pub(super) fn cost(&self, timing: &Timing, vtype: Vtype, vl: u32, vlen_bits: u32) -> Cost {
        if let Operation::Memory(access) = self.operation {
            return access_cost(access, timing, vl, vlen_bits);
        }
        let sew = if vtype.is_illegal() { 8 } else { 8_u32 << vtype.sew() };
        let wide = match self.operation {
            Operation::Lanes(lanes) => lanes.wide,
            Operation::Reduce(_, wide) => wide.is_some(),
            _ => false,
        };
        let width = sew << u32::from(wide);
        let beats = |width| beats(vl, width, timing.beat_bits);
        let plain = match self.class {
            VectorClass::Integer => 2 + beats(width),
            VectorClass::Multiply => 4 + beats(width),
            VectorClass::Divide => 4 + sew * beats(sew),
            VectorClass::Reduce if vl == 0 => 3,
            VectorClass::Reduce => 3 + beats(width) + log2_up(timing.beat_bits / width),
            VectorClass::Mask => 2 + beats(1),
            VectorClass::Iota | VectorClass::Slide => 2 + beats(sew),
            VectorClass::Permute => 4 + vl,
            VectorClass::Scalar | VectorClass::Memory => 3,
            VectorClass::Move => 2 + self.moved() * vlen_bits / timing.beat_bits,
        };
        Cost { plain, row: plain }
    }

    fn moved(&self) -> u32 {
        match self.operation {
            Operation::MoveWhole(registers) => u32::from(registers),
            _ => 0,
        }
    }
}

fn access_cost(access: Access, timing: &Timing, vl: u32, vlen_bits: u32) -> Cost {
    let start = if access.store { timing.row_store } else { timing.row_load };
    let fields = u32::from(access.fields);
    if access.pattern == Pattern::Whole {
        let beats = |beat_bits: u32| (fields * vlen_bits).div_ceil(beat_bits);
        return Cost { plain: 3 + beats(timing.beat_bits), row: start + beats(timing.row_bits) };
    }
    if vl == 0 {
        return Cost { plain: 3, row: 3 };
    }
    let unit = fields == 1 && !matches!(access.pattern, Pattern::Strided | Pattern::Indexed);
    if !unit {
        let plain = 3 + fields * vl;
        return Cost { plain, row: plain };
    }
    let elements = if access.pattern == Pattern::Mask { vl.div_ceil(8) } else { vl };
    let width = 8 << access.eew;
    Cost {
        plain: 3 + beats(elements, width, timing.beat_bits),
        row: start + beats(elements, width, timing.row_bits),
    }
}

fn beats(elements: u32, width: u32, beat_bits: u32) -> u32 {
    (elements * width).div_ceil(beat_bits)
}

fn log2_up(value: u32) -> u32 {
    value.max(1).next_power_of_two().trailing_zeros()
}

/// Elements that an access moves per field.
pub(super) fn elements(access: Access, vl: u32, register_bytes: usize) -> u32 {
    match access.pattern {
        Pattern::Mask => vl.div_ceil(8),
        Pattern::Whole => {
            (count(register_bytes) * u32::from(access.fields)) >> access.eew.cast_unsigned()
        }
        Pattern::Unit | Pattern::FaultFirst | Pattern::Strided | Pattern::Indexed => vl,
    }
}
