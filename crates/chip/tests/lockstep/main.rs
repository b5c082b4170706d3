//! A second definition of the chip, straight from its equations, in lockstep with the emulator.
//!
//! One number at a time, in wide integers, without banks, shards, threads or plans. It shares with
//! the emulator the scalar specifications of compartment, table and rule, and nothing else.

#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]

mod model;
mod words;

use leadlag_chip::{Emulator, Options, Stimulus, Targets};
use leadlag_fixed::{index, low_quarter, signed};
use leadlag_image::{Compartment, Image, Loss, Ratio, samples};
use model::Model;
use proptest::prelude::*;

/// The emulator's registers in the model's order: replica by replica, core by core.
fn emulated(chips: &Emulator) -> Vec<model::Neuron> {
    let image = chips.image();
    let mut all = Vec::new();
    for shard in &chips.state().shards {
        for replica in 0..shard.replicas {
            for (core, state) in image.cores.iter().zip(&shard.cores) {
                let width = state.rate.len() / shard.replicas;
                all.extend((0..index(core.neurons)).map(|column| {
                    let at = replica * width + column;
                    model::Neuron {
                        u: state.soma.lagged[at],
                        v: state.apical.lagged[at],
                        e: state.apical.prospective[at],
                        rate: state.rate[at],
                        slope: state.slope[at],
                        sent: [state.soma.sent[at], state.apical.sent[at]],
                    }
                }));
            }
        }
    }
    all
}

/// The emulator's weights without the padding.
fn weights(chips: &Emulator) -> Vec<Vec<i16>> {
    let image = chips.trained_image();
    image
        .cores
        .into_iter()
        .flat_map(|core| [core.soma.array.words, core.apical.array.words])
        .collect()
}

/// The trim codes of `tau_m` without the padding.
fn taus(chips: &Emulator) -> Vec<Vec<i16>> {
    let cores = chips.image().cores.iter().zip(&chips.state().trims);
    cores.map(|(core, trim)| trim.codes[4][..index(core.neurons)].to_vec()).collect()
}

fn counters(chips: &Emulator) -> Vec<[model::Count; 2]> {
    let count = |c: &leadlag_chip::SideCounters| model::Count {
        state_held: c.state_held,
        output_held: c.output_held,
        code_clipped: c.code_clipped,
        events: c.events,
        weight_held: c.weight_held,
        power: c.power,
    };
    chips.counters().iter().map(|c| [count(&c.soma), count(&c.apical)]).collect()
}

/// Images whose learning is not lost in the last bit, besides those that are drawn.
fn livelier(mut image: Image, lively: bool) -> Image {
    if lively && let Some(learning) = &mut image.learning {
        learning.eta.exponent = -20 - i32::try_from(learning.every).unwrap_or(0);
        learning.decay.exponent = -24;
        if let Some(tau) = &mut learning.tau {
            tau.rate = Ratio { mantissa: 20_000, exponent: 0 };
            tau.least %= 4_096;
        }
    }
    image
}

fn targets<'a>(
    image: &Image,
    classes: &'a [u32],
    codes: &'a [i16],
    present: &'a [bool],
) -> Targets<'a> {
    match image.teaching.map(|t| t.loss) {
        Some(Loss::CrossEntropy) => Targets::Class(classes),
        Some(Loss::SquaredError) if classes[0].is_multiple_of(3) => Targets::Class(classes),
        _ => Targets::Codes { codes, present },
    }
}

proptest! {
    // Many drawn chips hardly learn; of this many, enough do for each operand of each product.
    #![proptest_config(ProptestConfig::with_cases(1500))]

    /// Every register, weight and counter, in every step of teaching, rest and teaching again.
    #[test]
    fn the_emulator_is_its_equations(
        tape in prop::collection::vec(any::<u32>(), 60..400),
        replicas in 1..4_u32, lively in any::<bool>(), seed in any::<u64>(),
        learn in prop::collection::vec(any::<bool>(), 12),
    ) {
        let image = livelier(samples::from_tape(&tape), lively);
        let lines: usize = image.inputs.iter().map(|i| index(i.size)).sum();
        let outputs = image.teaching.map_or(0, |t| image.populations[index(t.population)].size);
        let mut words = tape.iter().copied().cycle();
        let mut chips = Emulator::load(image.clone(), Options { replicas, threads: 1, seed }).expect("valid");
        let mut model = Model::new(&image, index(replicas), seed);
        for (step, learn) in learn.into_iter().enumerate() {
            let places = 16 - image.chip.payload_bits;
            let codes: Vec<i16> = words.by_ref().map(|w| low_quarter(signed(w)) >> places).take(lines * index(replicas)).collect();
            let classes: Vec<u32> = words.by_ref().map(|w| w % (outputs + 1)).take(index(replicas)).collect();
            let wanted: Vec<i16> = words.by_ref().map(|w| low_quarter(signed(w))).take(index(outputs * replicas)).collect();
            let present = [step % 4 != 3];
            let targets = targets(&image, &classes, &wanted, &present);
            chips.run(&Stimulus { steps: 1, codes: &codes, targets, learn });
            model.step(&codes, targets, learn);
            prop_assert_eq!(emulated(&chips), model.neurons(), "step {}", step);
            prop_assert_eq!(&weights(&chips), &model.weights(), "weights after step {}", step);
            prop_assert_eq!(&taus(&chips), &model.taus(), "codes of tau_m after step {}", step);
            prop_assert_eq!(&counters(&chips), &model.counts, "counts after step {}", step);
        }
    }
}

/// The property above would hold of a chip in which nothing happens; most of these do something.
#[test]
fn the_sampled_chips_live() {
    let (mut learnt, mut held, mut clipped, mut quiet, mut moved) = (0, 0, 0, 0, 0);
    let mut tuned = 0;
    for seed in 0..400_u32 {
        let word = |place| {
            leadlag_fixed::random::draw(
                u64::from(seed),
                leadlag_fixed::random::Kind::Input,
                0,
                0,
                0,
                place,
            )
        };
        let tape: Vec<u32> = (0..300).map(word).collect();
        let image = livelier(samples::from_tape(&tape), true);
        let mut model = Model::new(&image, 1, 7);
        let lines: usize = image.inputs.iter().map(|i| index(i.size)).sum();
        let start = model.weights();
        let taus = model.taus();
        for step in 0..12_u32 {
            let places = 16 - image.chip.payload_bits;
            let code = |line| low_quarter(signed(word(step * 64 + line))) >> places;
            let codes: Vec<i16> = (0..leadlag_fixed::count(lines)).map(code).collect();
            model.step(&codes, Targets::Class(&[step % 3]), true);
        }
        let total: Vec<model::Count> = model.counts.iter().flatten().copied().collect();
        learnt += u32::from(model.weights() != start);
        tuned += u32::from(model.taus() != taus);
        held += u32::from(total.iter().any(|c| c.weight_held > 0));
        clipped += u32::from(total.iter().any(|c| c.code_clipped > 0));
        moved += u32::from(total.iter().any(|c| c.output_held > 0 && c.state_held > 0));
        let cells: u64 = 12 * image.cores.iter().map(|c| u64::from(c.neurons)).sum::<u64>();
        quiet += u32::from(
            Compartment::ALL.len() > total.iter().filter(|c| c.events < cells).count().min(2),
        );
    }
    assert!(
        learnt > 80 && tuned > 40 && held > 12 && clipped > 80 && moved > 80 && quiet < 380,
        "{learnt} learnt, {tuned} learnt time constants, {held} held weights, {clipped} clipped codes, {moved} met the rails, {quiet} quiet"
    );
}
