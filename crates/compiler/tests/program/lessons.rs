//! The rules of network files as programs, against `leadlag_plasticity::learn`.

use leadlag_compiler::program::{Layout, Lesson, Own, Rows, State, TauLesson, compile_lesson};
use leadlag_fixed::random::{Kind, Site};
use leadlag_fixed::{count, index};
use leadlag_isa::Parameters;
use leadlag_plasticity::processor::Window;
use leadlag_plasticity::{
    Constants, Fraction, Mean, Rounding, Rule, Settling, TauConstants, Words, learn, learn_tau,
    motion,
};
use proptest::prelude::*;

use crate::harness::{Bench, NODE, SEED, Source};

/// The start of data memory, behind which a lesson's state lies.
const DATA: u32 = 0x1000_0000;

/// The codes of `tau_m` in the parameter window.
const TAU_M: usize = 0x4_0000;

/// What the evaluator keeps of an array.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Side {
    words: Vec<Words>,
    codes: Vec<i16>,
}

struct Case {
    lesson: Lesson,
    layout: Layout,
    etas: Vec<Fraction>,
    decay: Fraction,
}

impl Case {
    /// One update of an array by the evaluator.
    fn teach(
        &self,
        side: &mut Side,
        own: &[i16],
        stream: u16,
        step: u64,
        groups: &[Rows],
        etas: &[Fraction],
    ) {
        let columns = own.len();
        let port = Site { seed: SEED, kind: Kind::Plasticity, step, stream, core: NODE };
        for (rows, eta) in groups.iter().zip(etas) {
            let constants = Constants {
                rule: self.lesson.rule,
                settling: Settling::Rests,
                mean: Mean { mantissa: 1 << 14, shift: 14 + rows.drop },
                eta: *eta,
                decay: self.decay,
                rounding: self.lesson.rounding,
                weight_bits: self.lesson.weight_bits,
            };
            for row in rows.first..rows.first + rows.rows {
                for (column, &own) in own.iter().enumerate() {
                    let byte = row * self.layout.stride() + 2 * count(column);
                    let [low, high, ..] = (port.draw(byte / 4) >> (8 * (byte % 4))).to_le_bytes();
                    let draw = u16::from_le_bytes([low, high]);
                    let words = &mut side.words[index(row) * columns + column];
                    let product = i64::from(own) * i64::from(side.codes[index(row)]);
                    *words = learn(&constants, *words, product, draw).0;
                }
            }
        }
    }

    /// One update of the time constants by the evaluator.
    fn tune(&self, taus: &mut [Words], error: &[i16], [before, now]: [&[i16]; 2], step: u64) {
        let Some(tau) = self.lesson.tau else { return };
        let constants = TauConstants {
            rule: self.lesson.rule,
            settling: Settling::Rests,
            mean: Mean { mantissa: 1 << 14, shift: 14 + tau.drop },
            eta: self.etas[3],
            rounding: self.lesson.rounding,
            least: i16::try_from(tau.least).unwrap(),
        };
        let port = Site { seed: SEED, kind: Kind::Plasticity, step, stream: 3, core: NODE };
        for (column, words) in taus.iter_mut().enumerate() {
            let byte = 2 * count(column);
            let [low, high, ..] = (port.draw(byte / 4) >> (8 * (byte % 4))).to_le_bytes();
            let draw = u16::from_le_bytes([low, high]);
            let product = i64::from(error[column]) * i64::from(motion(before[column], now[column]));
            *words = learn_tau(&constants, *words, product, draw);
        }
    }

    fn same_taus(&self, bench: &Bench, taus: &[Words]) -> Result<(), TestCaseError> {
        let bytes = &bench.memory.window(Window::Parameters)[TAU_M..][..2 * taus.len()];
        let codes = bytes.as_chunks::<2>().0.iter().map(|code| i16::from_le_bytes(*code));
        prop_assert_eq!(
            codes.collect::<Vec<_>>(),
            taus.iter().map(|w| w.weight).collect::<Vec<_>>()
        );
        let state = State::new(&self.lesson, &self.layout);
        let words = if self.lesson.tau.is_some() { self.lesson.rule.words() } else { 0 };
        let means = taus.iter().map(|w| w.mean.into()).collect();
        let magnitudes = taus.iter().map(|w| w.magnitude.into()).collect();
        let all: [(u32, Vec<i64>); 2] =
            [(state.tau_mean, means), (state.tau_magnitude, magnitudes)];
        for (offset, expected) in all.into_iter().take(words) {
            prop_assert_eq!(bench.data(DATA + offset, taus.len(), 16), expected);
        }
        if self.lesson.tau.is_some() && self.lesson.rounding == Rounding::Carried {
            let left: Vec<i64> = taus.iter().map(|w| w.fraction.into()).collect();
            prop_assert_eq!(bench.data(DATA + state.tau_fraction, taus.len(), 16), left);
        }
        Ok(())
    }

    fn agrees(&self, seed: u32) -> Result<(), TestCaseError> {
        let compiled = compile_lesson(&self.lesson, &self.layout, &Parameters::default()).unwrap();
        let mut source = Source::new(seed);
        let mut bench = Bench::new(&compiled, self.layout, self.lesson.weight_bits);
        prop_assert_eq!(bench.run(), compiled.costs.start);
        let (columns, rows) = (index(self.layout.columns), index(self.layout.rows));
        let mut sides = [(); 2].map(|()| Side {
            words: source
                .weights(columns * rows, self.lesson.weight_bits)
                .into_iter()
                .map(|weight| Words { weight, ..Words::default() })
                .collect(),
            codes: Vec::new(),
        });
        let weights = |side: &Side| side.words.iter().map(|w| w.weight).collect::<Vec<_>>();
        bench.set_weights(Window::WeightsSoma, &weights(&sides[0]));
        bench.set_weights(Window::WeightsApical, &weights(&sides[1]));
        let mut past = [vec![0; columns], vec![0; columns]];
        let mut owed = false;
        let mut taus: Vec<Words> = source
            .vector(columns)
            .into_iter()
            .map(|weight| Words { weight, ..Words::default() })
            .collect();
        bench.set(Window::Parameters, TAU_M, &taus.iter().map(|w| w.weight).collect::<Vec<_>>());
        let mut before = vec![0; columns];
        for step in 0..5_u64 {
            let learns = step != 3;
            let etas = &self.etas[..if self.lesson.tau.is_some() { 4 } else { 3 }];
            let params = self.lesson.params(self.decay, learns, etas);
            let bytes: Vec<u8> = params.iter().flat_map(|word| word.to_le_bytes()).collect();
            bench.memory.window_mut(Window::Mailbox)[0x1_0000..][..bytes.len()]
                .copy_from_slice(&bytes);
            for side in &mut sides {
                side.codes = source.vector(rows);
            }
            let (rate, error) = (source.vector(columns), source.vector(columns));
            bench.set(Window::RowsSoma, 0, &sides[0].codes);
            bench.set(Window::RowsApical, 0, &sides[1].codes);
            let (r, e) = match self.lesson.own {
                Own::Sent => (Window::SentR, Window::SentE),
                Own::Converted => (Window::AdcR, Window::AdcE),
            };
            bench.set(r, 0, &rate);
            bench.set(e, 0, &error);
            bench
                .memory
                .observed_mut(0)
                .copy_from_slice(&rate.iter().flat_map(|w| w.to_le_bytes()).collect::<Vec<_>>());
            bench
                .memory
                .observed_mut(2)
                .copy_from_slice(&error.iter().flat_map(|w| w.to_le_bytes()).collect::<Vec<_>>());
            let membrane = source.vector(columns);
            bench.memory.observed_mut(1).copy_from_slice(
                &membrane.iter().flat_map(|w| w.to_le_bytes()).collect::<Vec<_>>(),
            );
            bench.processor.begin_step(step);
            let cycles = bench.run();
            let is_due = learns && (step + 1).is_multiple_of(u64::from(self.lesson.every));
            let (soma, apical) = self.etas[..3].split_at(self.lesson.somatic.len());
            if owed {
                self.teach(&mut sides[1], &past[1], 1, step, &self.lesson.apical, apical);
            }
            if is_due {
                self.teach(&mut sides[0], &error, 0, step, &self.lesson.somatic, soma);
                self.tune(&mut taus, &error, [&before, &membrane], step);
            }
            before = membrane;
            self.same_taus(&bench, &taus)?;
            prop_assert_eq!(
                &bench.weights(Window::WeightsSoma),
                &weights(&sides[0]),
                "soma {}",
                step
            );
            prop_assert_eq!(
                &bench.weights(Window::WeightsApical),
                &weights(&sides[1]),
                "apical {}",
                step
            );
            self.same_state(&bench, &sides)?;
            prop_assert_eq!(cycles, compiled.costs.step(is_due, owed).total(self.layout.rows));
            owed = is_due;
            past.swap(0, 1);
            past[0] = rate;
        }
        Ok(())
    }

    fn same_state(&self, bench: &Bench, sides: &[Side; 2]) -> Result<(), TestCaseError> {
        let state = State::new(&self.lesson, &self.layout);
        for (at, side) in sides.iter().enumerate() {
            let words = self.lesson.rule.words();
            let carries = self.lesson.rounding == Rounding::Carried;
            let all = [
                (state.mean[at], words > 0),
                (state.magnitude[at], words > 1),
                (state.fraction[at], carries),
            ];
            let known: [fn(&Words) -> i16; 3] = [|w| w.mean, |w| w.magnitude, |w| w.fraction];
            for ((offset, has), known) in all.into_iter().zip(known) {
                if has {
                    let expected: Vec<i64> = side.words.iter().map(|w| known(w).into()).collect();
                    prop_assert_eq!(bench.data(DATA + offset, side.words.len(), 16), expected);
                }
            }
        }
        Ok(())
    }
}

fn rule() -> impl Strategy<Value = Rule> {
    let blend = prop_oneof![1..=1_u16 << 14, Just(1 << 14), Just(1)];
    prop_oneof![
        Just(Rule::Sgd),
        blend.clone().prop_map(|blend| Rule::Momentum { blend }),
        (blend, 1..=14_u8).prop_map(|(blend, forget)| Rule::Normalised { blend, forget }),
    ]
}

fn fraction() -> impl Strategy<Value = Fraction> {
    let mantissa = prop_oneof![-32_767..=32_767_i32, Just(32_767), Just(-32_767), Just(0)];
    (mantissa, 0..=31_u32).prop_map(|(mantissa, shift)| Fraction { mantissa, shift })
}

fn layout() -> impl Strategy<Value = Layout> {
    let lengths = prop::sample::select(vec![128_u32, 256, 512]);
    (1..=5_u32, 2..=6_u32, lengths).prop_map(|(blocks, rows, vlen)| Layout {
        columns: 32 * blocks,
        array_columns: 0,
        rows,
        vlen,
        data_bytes: 1 << 16,
        program_bytes: 1 << 16,
        asks: false,
    })
}

proptest! {
    /// Every rule of a network file, every rounding, weight width and length of vectors: the
    /// program's weights and state words are the evaluator's, its cycles are the predicted ones.
    #[test]
    fn a_lesson_is_its_evaluator(
        rule in rule(),
        rounding in prop::sample::select(vec![Rounding::Stochastic, Rounding::Nearest, Rounding::Carried]),
        drops in prop::array::uniform3(prop_oneof![Just(15_u32), 0..=31_u32]),
        weight_bits in prop::sample::select(vec![16_u32, 16, 16, 12, 9, 8, 6, 4]),
        every in 1..=3_u32,
        own in prop::sample::select(vec![Own::Sent, Own::Converted]),
        layout in layout(),
        cut in 0..=6_u32,
        etas in prop::collection::vec(fraction(), 4),
        tau in prop::option::of((0..=31_u32, 0..=32_767_u16)),
        decay in fraction(),
        seed in any::<u32>(),
    ) {
        let cut = cut.min(layout.rows);
        let lesson = Lesson {
            rule,
            rounding,
            weight_bits,
            every,
            own,
            somatic: vec![
                Rows { first: 0, rows: cut, drop: drops[0] },
                Rows { first: cut, rows: layout.rows - cut, drop: drops[1] },
            ],
            apical: vec![Rows { first: 1, rows: layout.rows - 1, drop: drops[2] }],
            tau: tau.map(|(drop, least)| TauLesson { drop, least }),
        };
        Case { lesson, layout, etas, decay }.agrees(seed)?;
    }
}
