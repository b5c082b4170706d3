//! A lesson on a core whose outputs are taught: what it costs, and what it writes.

use leadlag_compiler::program::{
    Layout, Lesson, Loss, Own, Parameters, Rows, Teaching, compile_lesson, compile_taught,
};
use leadlag_isa::{Options, assemble};
use leadlag_plasticity::processor::{Machine, Outcome, Settings, Window};
use leadlag_plasticity::{CodeScale, Fraction, Rounding, Rule, cross_entropy, squared_error};

const OUTPUTS: u32 = 10;
const BITS: u32 = 10;

/// Offset of the parameter block in the mailbox, and of the label, in 16-bit words.
const PARAMETERS: usize = 0x8000;
const LABEL: usize = 0x8080;

fn layout() -> Layout {
    Layout { columns: 32, array_columns: 256, rows: 6, ..Layout::ll1() }
}

fn lesson(own: Own) -> Lesson {
    Lesson {
        rule: Rule::Sgd,
        rounding: Rounding::Nearest,
        weight_bits: 16,
        every: 1,
        own,
        somatic: vec![Rows { first: 0, rows: 6, drop: 15 }],
        apical: vec![Rows { first: 0, rows: 4, drop: 15 }],
        tau: None,
    }
}

fn halves(words: &[i32]) -> Vec<i16> {
    let bytes = words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<_>>();
    bytes.as_chunks::<2>().0.iter().map(|half| i16::from_le_bytes(*half)).collect()
}

/// The injections of the evaluator, as words of the registers.
fn wanted(loss: Loss, gain: Fraction, rates: &[i16], target: &[i16], label: usize) -> Vec<i16> {
    let (scale, mut codes) = (CodeScale { gain, bits: BITS }, vec![0; rates.len()]);
    match loss {
        Loss::CrossEntropy { scale: rate } => {
            cross_entropy(rates, rate, label, scale, &mut codes);
        }
        Loss::SquaredError => squared_error(rates, target, scale, &mut codes),
    }
    codes.iter().map(|code| code << (16 - BITS)).collect()
}

#[test]
fn a_taught_lesson_costs_what_is_predicted_and_injects_what_the_evaluator_does() {
    for (loss, own) in [
        (Loss::CrossEntropy { scale: 1 }, Own::Sent),
        (Loss::CrossEntropy { scale: 0 }, Own::Converted),
        (Loss::SquaredError, Own::Sent),
        (Loss::SquaredError, Own::Converted),
    ] {
        let (lesson, teaching) = (lesson(own), Teaching { loss, outputs: OUTPUTS, bits: BITS });
        let made = compile_taught(&lesson, Some(&teaching), &layout(), &Parameters::default());
        let made = made.unwrap();
        let program = assemble("taught", &made.assembly, &Options::default()).unwrap();
        let mut machine = Machine::new(&program, Settings::default()).unwrap();
        assert_eq!(machine.run(0, u64::MAX), Outcome::Asleep);
        assert_eq!(machine.processor.cycles(), made.costs.start);
        let gain = Fraction::new(21_000, -17);
        let mut words = lesson.params(Fraction::default(), true, &[Fraction::default(); 2]);
        assert_eq!(words.len(), 4);
        words.push(gain.packed());
        machine.set_words(Window::Mailbox, PARAMETERS, &halves(&words));
        machine.set_words(Window::Mailbox, LABEL, &[3, 0]);
        let rates: Vec<i16> = (0..10).map(|n| n * 2_700 - 13_000).collect();
        let target: Vec<i16> = (0..10).map(|n| 9_000 - n * 1_500).collect();
        machine.set_words(Window::Mailbox, 0, &target);
        let bytes: Vec<u8> = rates.iter().flat_map(|rate| rate.to_le_bytes()).collect();
        machine.core.observed_mut(0)[..bytes.len()].copy_from_slice(&bytes);
        for is_owed in [false, true] {
            let before = machine.processor.cycles();
            assert_eq!(machine.run(1 + u64::from(is_owed), u64::MAX), Outcome::Asleep);
            let spent = machine.processor.cycles() - before;
            assert_eq!(spent, made.costs.step(true, is_owed).total(6), "{loss:?} {own:?}");
        }
        let written = machine.core.window(Window::Injection).as_chunks::<2>().0;
        let written: Vec<i16> =
            written.iter().take(10).map(|word| i16::from_le_bytes(*word)).collect();
        assert_eq!(written, wanted(loss, gain, &rates, &target, 3), "{loss:?}");
        assert!(written.iter().any(|&word| word != 0));
    }
}

/// Where the outputs do not fit, or have no room, the compiler says so and the host keeps the errors.
#[test]
fn output_errors_that_do_not_fit_are_refused() {
    let made = |outputs, data_bytes, loss| {
        let teaching = Teaching { loss, outputs, bits: BITS };
        let layout = Layout { data_bytes, ..layout() };
        compile_taught(&lesson(Own::Sent), Some(&teaching), &layout, &Parameters::default())
            .map_or_else(|found| found.0[0].code, |_| "")
    };
    let softmax = Loss::CrossEntropy { scale: 0 };
    assert_eq!(made(127, 1 << 16, softmax), "");
    assert_eq!(made(128, 1 << 16, softmax), "LL2603");
    assert_eq!(made(128, 1 << 16, Loss::SquaredError), "");
    assert_eq!(made(10, 1024, softmax), "LL2600");
    assert_eq!(made(10, 1024 + 40, softmax), "");
    let plain = compile_lesson(&lesson(Own::Sent), &layout(), &Parameters::default()).unwrap();
    assert!(!plain.assembly.contains("injection"));
}
