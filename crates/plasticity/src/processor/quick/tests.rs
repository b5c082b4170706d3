use leadlag_isa::{Form, Instruction, Mnemonic, Operand, encode};
use proptest::prelude::*;

use super::super::{CoreMemory, Geometry, Vlen};
use super::*;

#[test]
fn the_arrays_lie_where_the_map_has_them() {
    assert_eq!(Window::WeightsSoma.base(), ARRAYS);
    assert_eq!(Window::WeightsApical.base(), ARRAYS + (1 << ARRAY_LOG));
}

#[test]
fn memory_over_the_arrays_is_seen() {
    let flat = |code_base, code_bytes| Settings { code_base, code_bytes, ..Settings::default() };
    assert!(Settings::default().arrays_are_bare());
    assert!(flat(0x8000_0000, 1 << 20).arrays_are_bare());
    assert!(!flat(0x4100_0000, 2).arrays_are_bare());
    assert!(!flat(0x3fff_fffe, 4).arrays_are_bare());
}

/// Instructions that have a prepared form, for some of their operands, and some that have none.
const MNEMONICS: [Mnemonic; 18] = [
    Mnemonic::Vle16V,
    Mnemonic::Vse16V,
    Mnemonic::Vle8V,
    Mnemonic::Vse8V,
    Mnemonic::Vle32V,
    Mnemonic::VsmulVx,
    Mnemonic::VsmulVv,
    Mnemonic::VsaddVv,
    Mnemonic::VsaddVx,
    Mnemonic::VsaddVi,
    Mnemonic::VssubuVv,
    Mnemonic::VaddVv,
    Mnemonic::VssraVi,
    Mnemonic::VnclipWi,
    Mnemonic::VmaxVx,
    Mnemonic::VmsltVx,
    Mnemonic::VwmulVx,
    Mnemonic::VmvVX,
];

/// A processor before one instruction, and its core. Bytes of both come from a few numbers, so that
/// the lowest words meet each other now and then.
fn before(
    instruction: &Instruction,
    settings: Settings,
    (vtype, vl, mode): (u32, u32, u8),
    address: u32,
    bytes: &[u8],
) -> (Processor, CoreMemory, Op) {
    let mut core = CoreMemory::new(settings.geometry);
    let mut unit = Processor::new(settings);
    let word = encode(instruction).expect("a valid instruction");
    assert!(unit.load(0, &word.to_le_bytes()), "it fits");
    let fill = |to: &mut [u8]| to.iter_mut().zip(bytes.iter().cycle()).for_each(|(to, b)| *to = *b);
    for window in [Window::WeightsSoma, Window::WeightsApical] {
        fill(core.window_mut(window));
    }
    let size = unit.v.bytes().len();
    fill(unit.v.group_mut(0, size));
    unit.set_x(instruction.rs1, address);
    unit.csrs.touch_vector();
    unit.csrs.vtype = Vtype::request(vtype);
    unit.csrs.vl = vl.min(unit.csrs.vtype.vlmax(unit.settings.vlen));
    unit.csrs.vxrm = mode;
    unit.text.decode(0).expect("instruction memory");
    let op = *unit.text.op(0).expect("decoded");
    unit.plan(op.imm);
    (unit, core, op)
}

/// An address of the arrays around ends of rows, or a small number.
fn address() -> impl Strategy<Value = u32> {
    let row = (0..3_u32, 0..5_u32, 0..600_u32)
        .prop_map(|(array, row, at)| (ARRAYS + (array << ARRAY_LOG) + row * 256).wrapping_add(at));
    prop_oneof![row, 0x3fff_ff00..0x4000_0100_u32, any::<u32>()]
}

fn a_byte() -> impl Strategy<Value = u8> {
    prop_oneof![Just(0), Just(0x80), Just(0x7f), Just(0xff), any::<u8>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// What is prepared does what the general way does, to registers, arrays, flags, cycles and counts.
    #[test]
    fn the_prepared_form_is_the_general_one(
        which in 0..MNEMONICS.len(),
        (rd, rs1, rs2, imm) in (0..32_u8, 1..32_u8, 0..32_u8, -16..16_i32),
        (masked, same) in (prop::bool::weighted(0.1), any::<bool>()),
        state in (0..32_u32, 0..300_u32, 0..4_u8),
        (vlen, weight_bits) in (0..3_usize, prop::sample::select(vec![6_u32, 8, 12, 16])),
        address in address(),
        bytes in prop::collection::vec(a_byte(), 1..40),
    ) {
        let mnemonic = MNEMONICS[which];
        let row = mnemonic.row();
        let has = |operand| row.operands.contains(&operand);
        let group = 1 << (state.0 & 3);
        let aligned = |register: u8| register / group * group;
        let instruction = Instruction {
            mnemonic,
            // Aligned, and often the same register twice.
            rd: if same { aligned(rs2) } else { aligned(rd) },
            rs1: if matches!(row.form, Form::Vi | Form::Wi) { 0 } else { rs1 },
            rs2: if has(Operand::Vs2) { aligned(rs2) } else { 0 },
            masked: masked && has(Operand::Vm),
            imm: if matches!(row.form, Form::Vi | Form::Wi) { imm } else { 0 },
        };
        if encode(&instruction).is_err() {
            // A masked destination of v0, or an immediate of another range.
            return Ok(());
        }
        let geometry = Geometry { columns: 128, rows: 3, weight_bits, payload_bits: 10 };
        let settings = Settings { vlen: Vlen::ALL[vlen], geometry, ..Settings::default() };
        let (mut unit, mut core, op) = before(&instruction, settings, state, address, &bytes);
        let (mut general, mut other) = (unit.clone(), core.clone());
        prop_assert_eq!(
            unit.vector(op, &mut core),
            general.vector_in_general(op, &mut other)
        );
        prop_assert_eq!(unit, general);
        prop_assert_eq!(core, other);
    }
}

/// The loop of the manual takes the prepared forms, at every length of a vector.
#[test]
fn the_instructions_of_a_row_update_are_prepared() {
    for vlen in Vlen::ALL {
        for (mnemonic, rd, rs1, rs2) in [
            (Mnemonic::Vle16V, 16, 10, 0),
            (Mnemonic::VsmulVx, 24, 7, 8),
            (Mnemonic::VsaddVv, 16, 24, 16),
            (Mnemonic::Vse16V, 16, 10, 0),
        ] {
            let instruction = Instruction { mnemonic, rd, rs1, rs2, masked: false, imm: 0 };
            let settings = Settings { vlen, ..Settings::default() };
            let (unit, ..) = before(&instruction, settings, (0xcb, 256, 0), ARRAYS, &[1]);
            assert!(unit.text.plan(0).quick.is_some(), "{mnemonic:?} {vlen:?}");
        }
    }
}

/// Of what is not one row, not apart, masked, or empty, nothing is prepared.
#[test]
fn other_forms_are_not_prepared() {
    let quick = |mnemonic, rd, rs1, rs2, masked, vl| {
        let instruction = Instruction { mnemonic, rd, rs1, rs2, masked, imm: 0 };
        let (unit, ..) = before(&instruction, Settings::default(), (0xc9, vl, 0), ARRAYS, &[1]);
        unit.text.plan(0).quick
    };
    assert!(quick(Mnemonic::VsaddVv, 16, 24, 16, false, 40).is_some());
    assert_eq!(quick(Mnemonic::VsaddVv, 16, 24, 16, true, 40), None);
    assert_eq!(quick(Mnemonic::VsaddVv, 16, 24, 16, false, 0), None);
    assert_eq!(quick(Mnemonic::VsaddVv, 16, 24, 8, false, 40), None);
    assert_eq!(quick(Mnemonic::VsaddVv, 16, 16, 16, false, 40), None);
    assert_eq!(quick(Mnemonic::VsmulVx, 16, 5, 16, false, 40), None);
    assert_eq!(quick(Mnemonic::Vle8V, 16, 5, 0, false, 40), None);
    assert_eq!(quick(Mnemonic::Vle16V, 16, 5, 0, true, 40), None);
}
