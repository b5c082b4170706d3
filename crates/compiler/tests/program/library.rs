//! The library: stored listings, costs against hand sums, and every rule against its evaluator.

use std::path::PathBuf;

use leadlag_compiler::program::{
    Compiled, LIBRARY, Layout, Lesson, Loss, Own, Rows, TauLesson, Teaching, compile,
    compile_lesson, compile_measuring, compile_teaching,
};
use leadlag_isa::Parameters;
use leadlag_plasticity::language::parse;
use leadlag_plasticity::{Rounding, Rule};
use proptest::prelude::*;

use crate::lockstep::agrees;

/// `ll1` with data memory for a state word per synapse, and vectors of a length.
pub(crate) fn roomy(vlen: u32) -> Layout {
    Layout { data_bytes: 1 << 20, vlen, ..Layout::ll1() }
}

fn made(name: &str, vlen: u32) -> Compiled {
    let firmware = LIBRARY.iter().find(|firmware| firmware.name == name).expect("a name");
    let program = parse(firmware.rule, firmware.weight_bits).expect("a rule");
    compile(&program, &roomy(vlen), &Parameters::default()).expect("fits")
}

fn lesson(rule: Rule, vlen: u32) -> Compiled {
    let rows = Rows { first: 0, rows: 128, drop: 15 };
    let lesson = Lesson {
        rule,
        rounding: Rounding::Stochastic,
        weight_bits: 16,
        every: 1,
        own: Own::Sent,
        somatic: vec![rows],
        apical: vec![rows],
        tau: None,
    };
    compile_lesson(&lesson, &roomy(vlen), &Parameters::default()).expect("fits")
}

/// A core without plastic rows, whose time constants learn by the normalised rule.
fn learn_tau(vlen: u32) -> Compiled {
    let lesson = Lesson {
        rule: Rule::Normalised { blend: 1638, forget: 10 },
        rounding: Rounding::Stochastic,
        weight_bits: 16,
        every: 1,
        own: Own::Sent,
        somatic: Vec::new(),
        apical: Vec::new(),
        tau: Some(TauLesson { drop: 12, least: 29_492 }),
    };
    compile_lesson(&lesson, &roomy(vlen), &Parameters::default()).expect("fits")
}

/// Every program of the library, for vectors of a length.
pub(crate) fn everything_at(vlen: u32) -> Vec<(&'static str, Compiled)> {
    let mut all: Vec<_> = LIBRARY.iter().map(|f| (f.name, made(f.name, vlen))).collect();
    all.push(("learn-sgd", lesson(Rule::Sgd, vlen)));
    all.push(("learn-momentum", lesson(Rule::Momentum { blend: 1638 }, vlen)));
    all.push(("learn-normalised", lesson(Rule::Normalised { blend: 1638, forget: 10 }, vlen)));
    all.push(("learn-tau", learn_tau(vlen)));
    let teaching = Teaching { loss: Loss::CrossEntropy { scale: 2 }, outputs: 10, bits: 10 };
    let (layout, timing) = (roomy(vlen), Parameters::default());
    all.push(("ce-error", compile_teaching(&teaching, &layout, &timing).expect("fits")));
    all.push(("measure", compile_measuring(0, 4, &layout, &timing).expect("fits")));
    all
}

/// `LEADLAG_GOLDEN=write cargo test -p leadlag-compiler --test program library` writes them anew.
#[test]
fn listings_and_bytes_are_the_stored_ones() {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../firmware-tests"));
    for (name, compiled) in everything_at(512) {
        let bytes = compiled.bytes(&roomy(512)).expect("assembles");
        let path = |end: &str| root.join(name).join(format!("{name}.{end}"));
        if std::env::var_os("LEADLAG_GOLDEN").is_some() {
            std::fs::create_dir_all(root.join(name)).expect("a folder");
            std::fs::write(path("s"), &compiled.assembly).expect("a file");
            std::fs::write(path("bin"), &bytes).expect("a file");
        }
        let stored = std::fs::read_to_string(path("s")).expect("the listing");
        for (line, (new, old)) in compiled.assembly.lines().zip(stored.lines()).enumerate() {
            assert_eq!(new, old, "{name}.s, line {}", line + 1);
        }
        assert_eq!(compiled.assembly, stored, "{name}");
        assert!(std::fs::read(path("bin")).expect("the bytes") == bytes, "{name}.bin");
    }
}

/// Sums by hand, of the listings line by line at 512 bits a beat.
#[test]
fn cycles_of_a_row_are_the_hand_sums() {
    let per_row = |name| made(name, 512).costs.somatic.kernel.per_row;
    // word 2, row 16, product 12, sum 10, row 16, three additions, branch 3.
    assert_eq!(per_row("gle-sgd"), 2 + 16 + 12 + 10 + 16 + 3 + 3);
    // word 2, row of bytes 12, product 12, draws 7, their sum 10, cut 10, sum 6, row 12, 3, 3.
    assert_eq!(per_row("gle-sgd8"), 2 + 12 + 12 + 7 + 10 + 10 + 6 + 12 + 3 + 3);
    assert_eq!(per_row("gle-sgd8"), 77);
    // Half a row: word 2, row 12, product 12, draws 7, their sum 10, cut 10, sum 6, row 12, 3, 3.
    assert_eq!(per_row("stochastic"), 2 * 77);
    // A product and a difference more.
    assert_eq!(per_row("kolen-pollack"), 62 + 12 + 10);
    // State word there 11 and back 11, a product, a sum, an addition.
    assert_eq!(per_row("momentum"), 62 + 11 + 11 + 12 + 10 + 1);
}

/// Whole steps of the rules without rows.
#[test]
fn cycles_of_a_step_are_the_hand_sums() {
    let step = |name| made(name, 512).costs.step(true, false).total(256);
    // Waking 3, starting one conversion 4, waiting 2 + 288; at the end a jump of 3.
    let wake = |conversions: u64| 3 + 4 + 2 + 288 * conversions;
    // Parameter 3, address 1; length 2, e 11, mode 1, product 12; address 2, row 16, sum 10, row 16.
    assert_eq!(step("bias"), wake(1) + 4 + 26 + 2 + 42 + 3);
    // Parameter 3, -eta 11, address 1; length 2, mode 1, addresses 3, and the 99 of e 11, product 12,
    // u 11, old u 11, du 10, product 12, code 11, sum 10, code 11; u kept 26.
    assert_eq!(step("tau"), wake(2) + 15 + 6 + 99 + 26 + 3);
    // Counter 3, parameters 5; address 1, length 2, u 11, difference 10, mode 1, product 12, address 1, code
    // 11, sum 10, code 11.
    assert_eq!(step("calibrate"), wake(1) + 3 + 5 + 70 + 3);
    // Parameter 3, address 1; length 2, target 11, address 1, r 11, difference 10, mode 1, product
    // 12, address 1, injection 11.
    assert_eq!(step("mse-error"), wake(1) + 4 + 60 + 3);
}

/// Both arrays and two conversions: the somatic array 15,896 and 8 for its pointers, the apical one
/// 12 cycles less in its kernel and 50 before it, where eta*e becomes a vector over the rows.
#[test]
fn a_step_of_the_gle_update_is_the_hand_sum() {
    let costs = made("gle-sgd", 512).costs;
    assert_eq!(costs.somatic.kernel.total(256), 15_896);
    assert_eq!((costs.somatic.setup, costs.apical.setup), (8, 50));
    assert_eq!(costs.apical.kernel.total(256), 15_896 - 12);
    let wake = 3 + 4 + 2 + 288 * 2;
    let keep = 2 + 1 + 11 + 1 + 1 + 11 + 2;
    let arrays = (1 + 50 + 15_884) + (8 + 15_896 + 1);
    assert_eq!(costs.step(true, true).total(256), wake + arrays + keep + 3);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Every rule of the library, on every length of vectors.
    #[test]
    fn the_library_is_its_evaluators(
        which in 0..LIBRARY.len(),
        (blocks, rows) in (1..=9_u32, 2..=6_u32),
        vlen in prop::sample::select(vec![128_u32, 256, 512]),
        seed in any::<u32>(),
    ) {
        let firmware = LIBRARY[which];
        let layout = Layout { columns: 32 * blocks, rows, vlen, ..Layout::ll1() };
        prop_assert!(agrees(firmware.rule, firmware.weight_bits, layout, seed)?, "fits");
    }
}
