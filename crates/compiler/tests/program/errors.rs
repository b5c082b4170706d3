//! Output errors and the measuring loop, against the evaluators.

use leadlag_compiler::program::{Layout, Loss, Teaching, compile_measuring, compile_teaching};
use leadlag_fixed::{index, signed};
use leadlag_isa::Parameters;
use leadlag_plasticity::processor::Window;
use leadlag_plasticity::{CodeScale, Fraction, cross_entropy, squared_error};
use proptest::prelude::*;

use crate::harness::{Bench, Source};

fn layout(columns: u32, vlen: u32) -> Layout {
    Layout { columns, rows: 2, vlen, ..Layout::ll1() }
}

fn bytes(words: &[i16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// Runs a teaching program on random rates, targets and labels, and compares the registers.
fn teaches(
    teaching: Teaching,
    layout: Layout,
    gain: Fraction,
    seed: u32,
) -> Result<(), TestCaseError> {
    let compiled = compile_teaching(&teaching, &layout, &Parameters::default()).unwrap();
    let mut bench = Bench::new(&compiled, layout, 16);
    let mut source = Source::new(seed);
    prop_assert_eq!(bench.run(), compiled.costs.start);
    let outputs = index(teaching.outputs);
    let to_code = CodeScale { gain, bits: teaching.bits };
    prop_assert!(teaching.takes(to_code));
    let param = (gain.mantissa << 8) | signed(gain.shift);
    for step in 0..4_u64 {
        let rates = source.vector(index(layout.columns));
        let targets = source.vector(index(layout.columns));
        let label = if step == 2 { -1 } else { signed(source.word() % teaching.outputs) };
        bench.memory.observed_mut(0).copy_from_slice(&bytes(&rates));
        bench.set(Window::Mailbox, 0, &targets);
        bench.memory.window_mut(Window::Mailbox)[0x1_0000..0x1_0004]
            .copy_from_slice(&param.to_le_bytes());
        bench.memory.window_mut(Window::Mailbox)[0x1_0100..0x1_0104]
            .copy_from_slice(&label.to_le_bytes());
        bench.processor.begin_step(step);
        let cycles = bench.run();
        let mut codes = vec![0; outputs];
        match (label, teaching.loss) {
            (..0, _) => {}
            (_, Loss::CrossEntropy { scale }) => {
                cross_entropy(
                    &rates[..outputs],
                    scale,
                    index(label.unsigned_abs()),
                    to_code,
                    &mut codes,
                );
            }
            (_, Loss::SquaredError) => {
                squared_error(&rates[..outputs], &targets[..outputs], to_code, &mut codes);
            }
        }
        let found: Vec<i16> = bench
            .get(Window::Injection, 0, outputs)
            .iter()
            .map(|c| c >> (16 - teaching.bits))
            .collect();
        prop_assert_eq!(found, codes, "step {} label {}", step, label);
        prop_assert_eq!(cycles, compiled.costs.step(true, true).total(layout.rows));
    }
    Ok(())
}

/// Outputs on one core, and a length of vectors.
fn size() -> impl Strategy<Value = (u32, Layout)> {
    let lengths = prop::sample::select(vec![128_u32, 256, 512]);
    (1..=127_u32, lengths)
        .prop_map(|(outputs, vlen)| (outputs, layout(outputs.next_multiple_of(32), vlen)))
}

fn gain(most: u32) -> impl Strategy<Value = Fraction> {
    let mantissa = prop_oneof![-32_767..=32_767_i32, Just(32_767), Just(1)];
    (mantissa, 0..=most).prop_map(|(mantissa, shift)| Fraction { mantissa, shift })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// The softmax, its table, its division and what outputs hand on to each other.
    #[test]
    fn the_softmax_program_is_the_evaluator(
        (outputs, layout) in size(), scale in -11..=15_i32, gain in gain(30), bits in 2..=16_u32, seed in any::<u32>(),
    ) {
        teaches(Teaching { loss: Loss::CrossEntropy { scale }, outputs, bits }, layout, gain, seed)?;
    }

    #[test]
    fn the_squared_error_program_is_the_evaluator(
        (outputs, layout) in size(), gain in gain(31), bits in 2..=16_u32, seed in any::<u32>(),
    ) {
        teaches(Teaching { loss: Loss::SquaredError, outputs, bits }, layout, gain, seed)?;
    }

    /// Means of conversions, each round from nothing.
    #[test]
    fn the_measuring_loop_averages(
        observable in 0..3_u32, log in 0..4_u32, blocks in 1..5_u32, vlen in prop::sample::select(vec![128_u32, 256, 512]), seed in any::<u32>(),
    ) {
        let layout = layout(32 * blocks, vlen);
        let compiled = compile_measuring(observable, log, &layout, &Parameters::default()).unwrap();
        let mut bench = Bench::new(&compiled, layout, 16);
        let mut source = Source::new(seed);
        bench.run();
        for round in 0..2_u64 {
            let mut sums = vec![0_i64; index(layout.columns)];
            for turn in 0..1_u64 << log {
                let codes = source.vector(index(layout.columns));
                for (sum, &code) in sums.iter_mut().zip(&codes) {
                    *sum += i64::from(code);
                }
                bench.memory.observed_mut(index(observable)).copy_from_slice(&bytes(&codes));
                bench.processor.begin_step((round << log) + turn);
                let is_last = turn + 1 == 1 << log;
                prop_assert_eq!(bench.run(), compiled.costs.step(is_last, true).total(layout.rows));
            }
            let half = (1_i64 << log) >> 1;
            let means: Vec<i64> = sums.iter().map(|sum| (sum + half) >> log).collect();
            let found = bench.get(Window::Mailbox, 0, means.len());
            prop_assert!(found.iter().map(|&word| i64::from(word)).eq(means));
            let count = &bench.memory.window(Window::Mailbox)[0x1_0200..0x1_0204];
            prop_assert_eq!(count, u32::try_from(round + 1).unwrap().to_le_bytes());
        }
    }
}
