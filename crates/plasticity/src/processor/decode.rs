//! From the table's semantics and form to what the processor does.

use leadlag_isa::{Class, Form, Instruction, Row, Semantics};

use super::lanes::{Binary, Ternary};
use super::operation::{
    Access, LaneOp, Lanes, Operation, Pattern, Read, Slide, Source, Until, VectorClass,
    VectorInstruction,
};

/// The vector instruction, if it is one.
pub(super) fn vector(instruction: &Instruction) -> Option<VectorInstruction> {
    let row = instruction.mnemonic.row();
    Some(VectorInstruction {
        operation: operation(row)?,
        class: class(row.timing),
        rd: instruction.rd,
        rs1: instruction.rs1,
        rs2: instruction.rs2,
        imm: instruction.imm,
        masked: instruction.masked,
    })
}

fn class(class: Class) -> VectorClass {
    match class {
        Class::VInt => VectorClass::Integer,
        Class::VMul => VectorClass::Multiply,
        Class::VDiv => VectorClass::Divide,
        Class::VRed => VectorClass::Reduce,
        Class::VMask => VectorClass::Mask,
        Class::VIota => VectorClass::Iota,
        Class::VSlide => VectorClass::Slide,
        Class::VPerm => VectorClass::Permute,
        Class::VScal => VectorClass::Scalar,
        Class::VMove => VectorClass::Move,
        _ => VectorClass::Memory,
    }
}

fn source(row: &Row) -> Source {
    match row.form {
        Form::Vv | Form::Vvm | Form::Wv => Source::Vector,
        Form::Vx | Form::Vxm | Form::Wx => Source::Scalar,
        Form::Vi | Form::Vim | Form::Wi => Source::Immediate,
        _ => Source::Nothing,
    }
}

fn operation(row: &Row) -> Option<Operation> {
    plain(row)
        .or_else(|| wide(row))
        .or_else(|| accumulating(row))
        .map(Operation::Lanes)
        .or_else(|| other(row))
        .or_else(|| memory(row).map(Operation::Memory))
}

const fn two(op: Binary, source: Source) -> Lanes {
    Lanes {
        op: LaneOp::Two(op),
        first: Some(Read::PLAIN),
        source,
        second: Read::PLAIN,
        wide: false,
        narrow: false,
        to_mask: false,
    }
}

/// Operations at the width of the elements.
fn plain(row: &Row) -> Option<Lanes> {
    let source = source(row);
    if let Some(op) = comparison(row.semantics) {
        return Some(Lanes { to_mask: true, ..two(op, source) });
    }
    if let Some(read) = extension(row.semantics) {
        return Some(Lanes { first: Some(read), ..two(Binary::First, Source::Nothing) });
    }
    if row.semantics == Semantics::Vmv {
        return Some(Lanes { first: None, ..two(Binary::Second, source) });
    }
    binary(row.semantics).map(|op| two(op, source))
}

fn binary(semantics: Semantics) -> Option<Binary> {
    Some(match semantics {
        Semantics::Vadd => Binary::Add,
        Semantics::Vsub => Binary::Sub,
        Semantics::Vrsub => Binary::Rsub,
        Semantics::Vand => Binary::And,
        Semantics::Vor => Binary::Or,
        Semantics::Vxor => Binary::Xor,
        Semantics::Vsll => Binary::Sll,
        Semantics::Vsrl => Binary::Srl,
        Semantics::Vsra => Binary::Sra,
        Semantics::Vminu => Binary::Minu,
        Semantics::Vmin => Binary::Min,
        Semantics::Vmaxu => Binary::Maxu,
        Semantics::Vmax => Binary::Max,
        Semantics::Vmul => Binary::Mul,
        Semantics::Vmulh => Binary::Mulh,
        Semantics::Vmulhu => Binary::Mulhu,
        Semantics::Vmulhsu => Binary::Mulhsu,
        Semantics::Vdivu => Binary::Divu,
        Semantics::Vdiv => Binary::Div,
        Semantics::Vremu => Binary::Remu,
        Semantics::Vrem => Binary::Rem,
        Semantics::Vsaddu => Binary::Saddu,
        Semantics::Vsadd => Binary::Sadd,
        Semantics::Vssubu => Binary::Ssubu,
        Semantics::Vssub => Binary::Ssub,
        Semantics::Vaaddu => Binary::Aaddu,
        Semantics::Vaadd => Binary::Aadd,
        Semantics::Vasubu => Binary::Asubu,
        Semantics::Vasub => Binary::Asub,
        Semantics::Vsmul => Binary::Smul,
        Semantics::Vssrl => Binary::Ssrl,
        Semantics::Vssra => Binary::Ssra,
        _ => return None,
    })
}

fn comparison(semantics: Semantics) -> Option<Binary> {
    Some(match semantics {
        Semantics::Vmseq => Binary::Eq,
        Semantics::Vmsne => Binary::Ne,
        Semantics::Vmsltu => Binary::Ltu,
        Semantics::Vmslt => Binary::Lt,
        Semantics::Vmsleu => Binary::Leu,
        Semantics::Vmsle => Binary::Le,
        Semantics::Vmsgtu => Binary::Gtu,
        Semantics::Vmsgt => Binary::Gt,
        _ => return None,
    })
}

fn extension(semantics: Semantics) -> Option<Read> {
    Some(match semantics {
        Semantics::VzextVf2 => Read::HALF,
        Semantics::VsextVf2 => Read::SIGNED_HALF,
        Semantics::VzextVf4 => Read { narrower: 2, signed: false },
        Semantics::VsextVf4 => Read { narrower: 2, signed: true },
        _ => return None,
    })
}

/// Operations at twice the width of the elements.
fn wide(row: &Row) -> Option<Lanes> {
    let source = source(row);
    if let Some(op) = narrowing(row.semantics) {
        return Some(Lanes { second: Read::HALF, wide: true, narrow: true, ..two(op, source) });
    }
    let (op, first, second) = widening(row.semantics)?;
    let already_wide = matches!(row.form, Form::Wv | Form::Wx);
    let first = if already_wide { Read::PLAIN } else { half(first) };
    Some(Lanes { first: Some(first), second: half(second), wide: true, ..two(op, source) })
}

const fn half(signed: bool) -> Read {
    Read { narrower: 1, signed }
}

fn narrowing(semantics: Semantics) -> Option<Binary> {
    Some(match semantics {
        Semantics::Vnsrl => Binary::Srl,
        Semantics::Vnsra => Binary::Sra,
        Semantics::Vnclipu => Binary::Nclipu,
        Semantics::Vnclip => Binary::Nclip,
        _ => return None,
    })
}

/// The operation, and whether `vs2` and the second operand are signed.
fn widening(semantics: Semantics) -> Option<(Binary, bool, bool)> {
    Some(match semantics {
        Semantics::Vwaddu => (Binary::Add, false, false),
        Semantics::Vwadd => (Binary::Add, true, true),
        Semantics::Vwsubu => (Binary::Sub, false, false),
        Semantics::Vwsub => (Binary::Sub, true, true),
        Semantics::Vwmulu => (Binary::Mul, false, false),
        Semantics::Vwmulsu => (Binary::Mul, true, false),
        Semantics::Vwmul => (Binary::Mul, true, true),
        _ => return None,
    })
}

/// Operations with a third operand.
fn accumulating(row: &Row) -> Option<Lanes> {
    let source = source(row);
    let carried = matches!(row.form, Form::Vvm | Form::Vxm | Form::Vim);
    let with = |op| Lanes { op, ..two(Binary::Add, source) };
    let carry = |op| if carried { LaneOp::Carry(op) } else { LaneOp::NoCarry(op) };
    let widening = |first, second| Lanes {
        first: Some(half(first)),
        second: half(second),
        wide: true,
        ..with(LaneOp::Accumulate(Ternary::Macc))
    };
    Some(match row.semantics {
        Semantics::Vmacc => with(LaneOp::Accumulate(Ternary::Macc)),
        Semantics::Vnmsac => with(LaneOp::Accumulate(Ternary::Nmsac)),
        Semantics::Vmadd => with(LaneOp::Accumulate(Ternary::Madd)),
        Semantics::Vnmsub => with(LaneOp::Accumulate(Ternary::Nmsub)),
        Semantics::Vadc => with(LaneOp::Carry(Ternary::Adc)),
        Semantics::Vsbc => with(LaneOp::Carry(Ternary::Sbc)),
        Semantics::Vmerge => with(LaneOp::Carry(Ternary::Merge)),
        Semantics::Vmadc => Lanes { to_mask: true, ..with(carry(Ternary::Madc)) },
        Semantics::Vmsbc => Lanes { to_mask: true, ..with(carry(Ternary::Msbc)) },
        Semantics::Vwmaccu => widening(false, false),
        Semantics::Vwmacc => widening(true, true),
        // vs2 unsigned, the second operand signed; and the other way round.
        Semantics::Vwmaccsu => widening(false, true),
        Semantics::Vwmaccus => widening(true, false),
        _ => return None,
    })
}

fn other(row: &Row) -> Option<Operation> {
    Some(match row.semantics {
        Semantics::Vredsum => Operation::Reduce(Binary::Add, None),
        Semantics::Vredand => Operation::Reduce(Binary::And, None),
        Semantics::Vredor => Operation::Reduce(Binary::Or, None),
        Semantics::Vredxor => Operation::Reduce(Binary::Xor, None),
        Semantics::Vredminu => Operation::Reduce(Binary::Minu, None),
        Semantics::Vredmin => Operation::Reduce(Binary::Min, None),
        Semantics::Vredmaxu => Operation::Reduce(Binary::Maxu, None),
        Semantics::Vredmax => Operation::Reduce(Binary::Max, None),
        Semantics::Vwredsumu => Operation::Reduce(Binary::Add, Some(false)),
        Semantics::Vwredsum => Operation::Reduce(Binary::Add, Some(true)),
        Semantics::Vmand => Operation::Logic(0b1000),
        Semantics::Vmnand => Operation::Logic(0b0111),
        Semantics::Vmandn => Operation::Logic(0b0100),
        Semantics::Vmxor => Operation::Logic(0b0110),
        Semantics::Vmor => Operation::Logic(0b1110),
        Semantics::Vmnor => Operation::Logic(0b0001),
        Semantics::Vmorn => Operation::Logic(0b1101),
        Semantics::Vmxnor => Operation::Logic(0b1001),
        Semantics::Vcpop => Operation::CountBits,
        Semantics::Vfirst => Operation::FirstBit,
        Semantics::Vmsbf => Operation::SetBits(Until::Before),
        Semantics::Vmsif => Operation::SetBits(Until::Including),
        Semantics::Vmsof => Operation::SetBits(Until::Only),
        Semantics::Viota => Operation::Iota,
        Semantics::Vid => Operation::Index,
        Semantics::Vslideup => Operation::Slide(Slide::Up, source(row)),
        Semantics::Vslidedown => Operation::Slide(Slide::Down, source(row)),
        Semantics::Vslide1up => Operation::Slide(Slide::OneUp, source(row)),
        Semantics::Vslide1down => Operation::Slide(Slide::OneDown, source(row)),
        Semantics::Vrgather => Operation::Gather(source(row)),
        Semantics::Vrgatherei16 => Operation::GatherHalves,
        Semantics::Vcompress => Operation::Compress,
        Semantics::VmvXS => Operation::ToInteger,
        Semantics::VmvSX => Operation::FromInteger,
        Semantics::Vmvr => Operation::MoveWhole(row.nf),
        _ => return None,
    })
}

fn memory(row: &Row) -> Option<Access> {
    let (pattern, store) = match row.semantics {
        Semantics::Vle | Semantics::Vlseg => (Pattern::Unit, false),
        Semantics::Vse | Semantics::Vsseg => (Pattern::Unit, true),
        Semantics::Vleff | Semantics::Vlsegff => (Pattern::FaultFirst, false),
        Semantics::Vlm => (Pattern::Mask, false),
        Semantics::Vsm => (Pattern::Mask, true),
        Semantics::Vlse | Semantics::Vlsseg => (Pattern::Strided, false),
        Semantics::Vsse | Semantics::Vssseg => (Pattern::Strided, true),
        Semantics::Vlxei | Semantics::Vlxseg => (Pattern::Indexed, false),
        Semantics::Vsxei | Semantics::Vsxseg => (Pattern::Indexed, true),
        Semantics::Vlr => (Pattern::Whole, false),
        Semantics::Vsr => (Pattern::Whole, true),
        _ => return None,
    };
    let eew = u32::from(row.eew / 8).trailing_zeros().cast_signed();
    Some(Access { store, pattern, eew, fields: row.nf })
}
