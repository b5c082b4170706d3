//! The table: counts, disjointness, the whole 16-bit space, round trips.

use leadlag_isa::table::ROWS;
use leadlag_isa::{
    Class, Illegal, Instruction, Kind, Mnemonic, Phase, Row, decode, decode16, encode,
};
use proptest::prelude::*;

#[test]
fn each_phase_has_its_number_of_mnemonics() {
    let count = |phase| ROWS.iter().filter(|row| row.phase == phase).count();
    assert_eq!([Phase::Scalar, Phase::P1, Phase::P2, Phase::P3].map(count), [84, 223, 38, 189]);
    let short = ROWS.iter().filter(|row| row.bytes == 2).count();
    assert_eq!(short, 27);
}

#[test]
fn rows_stand_in_the_order_of_their_mnemonics() {
    for row in &ROWS {
        assert_eq!(row.mnemonic.row(), row);
        assert_eq!(Mnemonic::from_name(row.name), Some(row.mnemonic));
    }
}

fn overlap(a: &Row, b: &Row) -> bool {
    (a.pattern ^ b.pattern) & a.mask & b.mask == 0
}

fn is_alias(a: &Row, b: &Row) -> bool {
    a.alias == Some(b.mnemonic) || b.alias == Some(a.mnemonic)
}

#[test]
fn long_encodings_are_disjoint_but_for_aliases_and_every_alias_overlaps() {
    let long: Vec<_> = ROWS.iter().filter(|row| row.bytes == 4).collect();
    let mut aliases = 0;
    for (at, a) in long.iter().enumerate() {
        for b in &long[at + 1..] {
            assert_eq!(overlap(a, b), is_alias(a, b), "{} and {}", a.name, b.name);
            aliases += usize::from(is_alias(a, b));
        }
    }
    assert_eq!(aliases, ROWS.iter().filter(|row| row.alias.is_some()).count());
    assert_eq!(aliases, 2);
}

/// Pairs of short rows whose fixed bits overlap: constraints tell them apart. Each pair is needed.
const OVERLAPS: [(&str, &str); 5] = [
    ("c.nop", "c.addi"),
    ("c.addi16sp", "c.lui"),
    ("c.jr", "c.mv"),
    ("c.ebreak", "c.jalr"),
    ("c.jalr", "c.add"),
];

#[test]
fn the_allowed_overlaps_of_short_encodings_are_the_ones_there_are() {
    let short: Vec<_> = ROWS.iter().filter(|row| row.bytes == 2).collect();
    let mut found = Vec::new();
    for (at, a) in short.iter().enumerate() {
        let over = short[at + 1..].iter().filter(|b| overlap(a, b));
        found.extend(over.map(|b| (a.name, b.name)));
    }
    let expected: Vec<_> = OVERLAPS.iter().copied().chain([("c.ebreak", "c.add")]).collect();
    found.sort_unstable();
    let mut expected = expected;
    expected.sort_unstable();
    assert_eq!(found, expected);
}

/// Rows whose fixed bits and rules accept the halfword.
fn accepting(halfword: u16) -> Vec<&'static str> {
    let word = u32::from(halfword);
    let fixed = |row: &&Row| row.bytes == 2 && word & row.mask == row.pattern;
    let fields = |row: &Row| {
        row.operands.iter().fold(Instruction::new(row.mnemonic), |instruction, operand| {
            let layout = operand.layout();
            let slot = layout.slot.map(|slot| instruction.with(slot, layout.extract(word)));
            slot.map_or(instruction, |with| with.expect("a field fits"))
        })
    };
    let rows = ROWS.iter().filter(fixed);
    rows.filter(|row| row.rules.iter().all(|rule| rule.holds(&fields(row))))
        .map(|row| row.name)
        .collect()
}

#[test]
fn every_halfword_is_one_instruction_or_illegal_and_encodes_back() {
    let (mut legal, mut illegal) = (0, 0);
    for halfword in 0..=u16::MAX {
        let accepting = accepting(halfword);
        assert!(accepting.len() <= 1, "{halfword:04x}: {accepting:?}");
        match decode16(halfword) {
            Ok(instruction) => {
                legal += 1;
                assert_eq!(accepting, [instruction.row().name], "{halfword:04x}");
                assert_eq!(encode(&instruction), Ok(u32::from(halfword)), "{halfword:04x}");
                let long = instruction.expand();
                let word =
                    encode(&long).unwrap_or_else(|e| panic!("{halfword:04x}: {long:?}: {e}"));
                assert_eq!(decode(word), Ok(long));
                assert_eq!(long.row().semantics, instruction.row().semantics);
                assert_eq!(long.row().timing, instruction.row().timing);
            }
            Err(why) => {
                illegal += 1;
                assert!(accepting.is_empty());
                assert_eq!(why == Illegal::Width, halfword & 3 == 3, "{halfword:04x}: {why}");
            }
        }
    }
    // Quadrant 3 alone has 16384 words.
    assert_eq!((legal, illegal - 16384), (LEGAL_HALFWORDS, 49152 - LEGAL_HALFWORDS));
}

/// Counted from the listings of the manual: 6136 in quadrant 0, 15584 in 1, 7103 in 2.
const LEGAL_HALFWORDS: u32 = 28_823;

#[test]
fn illegal_words_are_named() {
    let cases = [
        (0x0000_0000, Illegal::AllZero),
        (0xffff_0000, Illegal::AllZero),
        (0xffff_ffff, Illegal::AllOne),
        (0x0000_001f, Illegal::Long),
        (0x0000_000b, Illegal::Custom),
        (0x0000_9001, Illegal::Custom),
        (0x0000_2007, Illegal::Float),
        (0x0220_9057, Illegal::Float),
        (0x0000_2000, Illegal::Float),
        (0x0000_302f, Illegal::Atomic),
        (0x0000_003b, Illegal::WideInteger),
        (0x0000_3003, Illegal::WideInteger),
        (0x0205_7087, Illegal::WideElement),
        (0x0000_0077, Illegal::Unknown),
        (0x0000_4073, Illegal::Unknown),
    ];
    for (word, why) in cases {
        assert_eq!(decode(word), Err(why), "{word:08x}");
    }
    let reserved = decode(0x0000_8002).expect_err("c.jr x0 is reserved");
    assert!(matches!(reserved, Illegal::Reserved { mnemonic: Mnemonic::CJr, .. }), "{reserved}");
    // A masked vadd.vv into v0.
    assert!(matches!(decode(0x0020_8057), Err(Illegal::Reserved { .. })));
    // A halfword's upper neighbour plays no part.
    assert_eq!(decode(0xabcd_0001), decode(0x0001));
}

#[test]
fn reserved_operands_of_the_vector_set_are_illegal() {
    let illegal = [
        0x1205_7087_u32, // mew = 1
        0x02c5_0087,     // lumop 12
        0x2285_5087,     // vl2re16.v v1: not a multiple of 2
        0x4202_2057,     // VWXUNARY0 with rs1 = 4
        0x4a01_2157,     // VXUNARY0 with rs1 = 2: vzext.vf8
    ];
    assert_eq!(illegal.map(|word| decode(word).is_ok()), [false; 5]);
    let legal = [0x0305_0087_u32, 0x2285_5107, 0x4208_2057, 0x4a02_2157];
    assert_eq!(legal.map(|word| decode(word).is_ok()), [true; 4]);
}

/// A word that one of the rows may accept.
fn word() -> impl Strategy<Value = u32> {
    let row = proptest::sample::select(ROWS.as_slice());
    (row, any::<u32>()).prop_map(|(row, bits)| row.pattern | bits & !row.mask)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    /// Decoding loses nothing, and finds only what encodes.
    #[test]
    fn encode_undoes_decode(word in prop_oneof![3 => word(), 1 => any::<u32>()]) {
        if let Ok(instruction) = decode(word) {
            let kept = if word & 3 == 3 { word } else { word & 0xffff };
            prop_assert_eq!(encode(&instruction), Ok(kept));
            let long = instruction.expand();
            prop_assert_eq!(long.row().bytes, 4);
            if let Some(short) = leadlag_isa::compress(&long) {
                prop_assert_eq!(short.expand(), long);
            }
        }
    }

    /// The search by opcode finds what a search of the whole table finds.
    #[test]
    fn the_index_is_complete(word in word()) {
        let legal = |row: &&Row| {
            let width = if row.bytes == 4 { word & 3 == 3 } else { word & 3 != 3 };
            width && word & row.mask == row.pattern && row.alias.is_none()
        };
        let found = ROWS.iter().filter(legal).map(|row| row.mnemonic).collect::<Vec<_>>();
        match decode(word) {
            Ok(instruction) => prop_assert!(found.contains(&instruction.mnemonic)),
            Err(Illegal::Reserved { mnemonic, .. }) => prop_assert!(found.contains(&mnemonic)),
            Err(why) => prop_assert!(found.is_empty() || why == Illegal::AllZero, "{found:?}"),
        }
    }
}

#[test]
fn every_operand_slot_is_written_once_and_outside_the_fixed_bits() {
    for row in &ROWS {
        let mut slots = Vec::new();
        let mut covered = row.mask;
        for layout in row.operands.iter().map(|operand| operand.layout()) {
            slots.extend(layout.slot);
            for piece in layout.pieces {
                let bits = (u32::MAX >> (32 - u32::from(piece.width))) << piece.word;
                assert_eq!(covered & bits, 0, "{}: {}", row.name, layout.name);
                covered |= bits;
            }
            assert_eq!(layout.slot.is_none(), layout.pieces.is_empty());
        }
        let all = if row.bytes == 2 { 0xffff } else { u32::MAX };
        assert_eq!(covered, all, "{}: every bit is fixed or an operand", row.name);
        let count = slots.len();
        slots.sort_unstable();
        slots.dedup();
        assert_eq!(slots.len(), count, "{}", row.name);
    }
}

#[test]
fn vector_memory_rows_say_what_execution_needs() {
    for row in &ROWS {
        let is_memory = row.operands.iter().any(|o| o.layout().kind == Kind::Base)
            && row.phase != Phase::Scalar;
        assert_eq!(row.eew != 0, is_memory, "{}", row.name);
        let classes = [Class::VMem, Class::VStride, Class::VWhole];
        assert_eq!(classes.contains(&row.timing), is_memory, "{}", row.name);
        assert!(!is_memory || row.nf >= 1, "{}", row.name);
    }
}
