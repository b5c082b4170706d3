//! Programs under the processor against the rule's evaluator: every bit, and every cycle.

use leadlag_compiler::program::{Layout, compile};
use leadlag_isa::Parameters;
use leadlag_plasticity::language::{Draws, parse};
use leadlag_plasticity::processor::Window;
use proptest::prelude::*;

use crate::harness::{Bench, NODE, SEED, Source, core, next};

/// Runs a rule for some steps on both and compares weights, state words, registers and cycles.
/// Rules that do not fit the registers are refused, and said to be.
pub(crate) fn agrees(
    rule: &str,
    weight_bits: u32,
    layout: Layout,
    seed: u32,
) -> Result<bool, TestCaseError> {
    let program =
        parse(rule, weight_bits).map_err(|e| TestCaseError::fail(format!("{e}: {rule}")))?;
    let compiled = match compile(&program, &layout, &Parameters::default()) {
        Ok(compiled) => compiled,
        Err(refused) => {
            prop_assert!(refused.0.iter().all(|d| d.code.starts_with("LL26")), "{}", refused);
            return Ok(false);
        }
    };
    let params: Vec<i64> = program.params.iter().map(|param| param.code).collect();
    let mut source = Source::new(seed);
    let mut bench = Bench::new(&compiled, layout, weight_bits);
    let mut core = core(&program, &layout, &mut source);
    prop_assert_eq!(bench.run(), compiled.costs.start);
    bench.load(&core);
    for step in 0..4 {
        let (is_due, is_owed) = (program.is_due(step), core.owed);
        bench.load(&core);
        bench.processor.begin_step(step);
        let cycles = bench.run();
        let draws = Draws { seed: SEED, step, core: NODE, stride: layout.stride() };
        core.learn(&program, &params, &draws);
        let said = format!("step {step} of {rule}\n{}", compiled.assembly);
        prop_assert_eq!(
            &bench.weights(Window::WeightsSoma),
            &core.somatic.weight,
            "soma, {}",
            &said
        );
        prop_assert_eq!(
            &bench.weights(Window::WeightsApical),
            &core.apical.weight,
            "apical, {}",
            &said
        );
        prop_assert_eq!(
            &bench.get(Window::Injection, 0, core.columns),
            &core.injection,
            "inj, {}",
            &said
        );
        prop_assert_eq!(
            &bench.get(Window::Parameters, 4 << 16, core.columns),
            &core.tau,
            "tau, {}",
            &said
        );
        if let (Some(bases), Some(format)) = (compiled.momentum, program.momentum) {
            for (base, array) in bases.into_iter().zip([&core.somatic, &core.apical]) {
                let words = bench.data(base, array.momentum.len(), format.bits);
                prop_assert_eq!(&words, &array.momentum, "m, {}", &said);
            }
        }
        let is_owed = is_owed && program.synaptic().next().is_some();
        let expected = compiled.costs.step(is_due, is_owed).total(layout.rows);
        prop_assert_eq!(cycles, expected, "cycles, {}", &said);
        next(&mut core, &mut source);
    }
    Ok(true)
}

fn layout() -> impl Strategy<Value = Layout> {
    let lengths = prop::sample::select(vec![128_u32, 256, 512]);
    (1..=5_u32, 2..=5_u32, lengths).prop_map(|(blocks, rows, vlen)| Layout {
        columns: 32 * blocks,
        array_columns: 0,
        rows,
        vlen,
        data_bytes: 1 << 16,
        program_bytes: 1 << 16,
        asks: false,
    })
}

fn mode() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["rnu", "rne", "rdn", "rod"])
}

/// Expressions of type q15 with the given leaves.
fn expression(leaves: Vec<&'static str>) -> impl Strategy<Value = String> + Clone {
    let leaf = prop::sample::select(leaves).prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 3, |inner| {
        let two = (inner.clone(), inner.clone());
        let three = (inner.clone(), inner.clone(), inner.clone());
        prop_oneof![
            4 => two.clone().prop_map(|(a, b)| format!("({a})*({b})")),
            2 => two.clone().prop_map(|(a, b)| format!("({a} + {b})")),
            2 => two.clone().prop_map(|(a, b)| format!("({a} - ({b}))")),
            1 => inner.clone().prop_map(|a| format!("-({a})")),
            1 => (inner.clone(), 0..16_u32, mode()).prop_map(|(a, n, m)| format!("shr({a}, {n}, {m})")),
            1 => (two.clone(), mode()).prop_map(|((a, b), m)| format!("narrow(wide(({a})*({b})), 15, {m})")),
            1 => (three.clone(), mode()).prop_map(|((a, b, c), m)| {
                format!("narrow(wide(({a})*({b})) - shr(wide(({b})*({c})), 5, {m}), 15, {m})")
            }),
            1 => three.clone().prop_map(|(a, b, c)| format!("clip({a}, {b}, {c})")),
            1 => (three, inner, prop::sample::select(vec!["<", "<=", "==", "!=", ">=", ">"]))
                .prop_map(|((a, b, yes), no, sign)| format!("sel({a} {sign} {b}, {yes}, {no})")),
        ]
    })
}

const SYNAPTIC: [&str; 16] = [
    "e", "r", "e", "r", "w", "w", "u", "du", "inj", "target", "tau", "e.sent", "r.sent", "p",
    "0.25", "e.col",
];
const COLUMNS: [&str; 9] = ["e", "r", "u", "du", "inj", "target", "tau", "p", "-0.375"];

/// Draws on top of an expression, or not.
fn rounded(inner: impl Strategy<Value = String> + Clone) -> impl Strategy<Value = String> {
    prop_oneof![
        3 => inner.clone(),
        1 => (inner.clone(), 0..16_u32).prop_map(|(a, n)| format!("shr({a}, {n}, sto)")),
        1 => (inner.clone(), inner).prop_map(|(a, b)| format!("narrow(wide(({a})*({b})), 15, sto)")),
    ]
}

proptest! {
    /// Any rule, any core, any length of vectors.
    #[test]
    fn any_rule_is_its_program(
        dw in rounded(expression(SYNAPTIC.to_vec())),
        layout in layout(),
        every in 1..4_u32,
        seed in any::<u32>(),
    ) {
        agrees(&format!("param p = -0.7; dw = {dw}; every = {every}"), 16, layout, seed)?;
    }

    /// The registers of the columns, alone and beside the arrays.
    #[test]
    fn any_column_rule_is_its_program(
        tau in rounded(expression(COLUMNS.to_vec())),
        inj in expression(COLUMNS.to_vec()),
        db in expression(COLUMNS.into_iter().chain(["w"]).collect()),
        dw in expression(vec!["e", "r", "w"]),
        parts in 1..16_u32,
        layout in layout(),
        seed in any::<u32>(),
    ) {
        let all = [format!("dtau = {tau}"), format!("inj = {inj}"), format!("db = {db}"), format!("dw = {dw}")];
        let chosen = all.iter().enumerate().filter(|(at, _)| parts >> at & 1 == 1).map(|(_, s)| s.as_str());
        let text = std::iter::once("param p = 0.6").chain(chosen).collect::<Vec<_>>().join("; ");
        agrees(&text, 16, layout, seed)?;
    }

    /// State words, before and after their assignment, of 16 and 32 bits.
    #[test]
    fn state_words_are_kept(
        m in expression(vec!["m", "m", "e", "r", "w", "p"]),
        dw in expression(vec!["m", "e", "r", "w", "p"]),
        first in any::<bool>(),
        is_wide in any::<bool>(),
        layout in layout(),
        seed in any::<u32>(),
    ) {
        let (m, dw) = if is_wide {
            let kept = format!("m : q30 = m - shr(m, 3, rne) + shr(wide(({})*r), 2, rnu)", m.replace('m', "e"));
            (kept, format!("dw = narrow(m, 15, rnu) + {}", dw.replace('m', "e")))
        } else {
            (format!("m = {m}"), format!("dw = {dw}"))
        };
        let rule = if first { format!("param p = 0.4; {m}; {dw}") } else { format!("param p = 0.4; {dw}; {m}") };
        agrees(&rule, 16, layout, seed)?;
    }

    /// Narrow weights: bytes with draws of bytes, and words that are held by the program.
    #[test]
    fn narrow_weights_are_held(
        dw in expression(vec!["e", "r", "u", "p"]),
        bits in prop::sample::select(vec![4_u32, 6, 8, 10, 12, 15]),
        mode in prop::sample::select(vec!["rnu", "sto", "rod"]),
        layout in layout(),
        seed in any::<u32>(),
    ) {
        let rule = if bits <= 8 {
            format!("param p = 0.6; dw = narrow({dw}, {}, {mode}) - shr(w, 2, rdn)", 16 - bits)
        } else {
            format!("param p = 0.6; param k : q{}/16 = 1; dw = k*({dw}) - shr(w, 2, rne)", bits - 1)
        };
        agrees(&rule, bits, layout, seed)?;
    }
}
