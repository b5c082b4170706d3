//! A spiking core is its neurons, and how sums are found changes no bit.

#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]

use leadlag_chip::{Emulator, Options, State, Stimulus, Synapses, Targets};
use leadlag_circuits::{Count, Membrane, Spiking, dac, width};
use leadlag_fixed::{index, low_quarter, signed};
use leadlag_image::{Compartment, Core, Image, Source, registers, samples};
use proptest::prelude::*;

fn loaded(image: &Image, options: Options, synapses: Synapses) -> Emulator {
    let mut chips = Emulator::load(image.clone(), options).expect("a valid image");
    chips.set_synapses(synapses);
    chips
}

/// Codes of all lines: zero, full scale, kept or anything, so that rows rest as often as they move.
fn codes(image: &Image, cells: usize, words: &mut impl Iterator<Item = u32>) -> Vec<i16> {
    let lines: usize = image.inputs.iter().map(|i| index(i.size)).sum();
    let full = low_quarter(registers::constant_code(&image.chip));
    let mut all: Vec<i16> = Vec::with_capacity(cells * lines);
    for cell in 0..cells * lines {
        let word = words.next().expect("a cycle");
        let before = cell.checked_sub(lines).map_or(0, |at| all[at]);
        all.push(match word % 5 {
            0 | 1 => 0,
            2 => full,
            3 => before,
            _ => low_quarter(signed(word)) >> (16 - image.chip.payload_bits),
        });
    }
    all
}

fn words(tape: &[u32]) -> impl Iterator<Item = u32> {
    let mixed = tape
        .iter()
        .enumerate()
        .map(|(at, word)| word.rotate_left(7) ^ leadlag_fixed::count(at * 977));
    mixed.collect::<Vec<_>>().into_iter().cycle()
}

fn run(
    chips: &mut Emulator,
    codes: &[i16],
    steps: usize,
    targets: Targets<'_>,
    learn: bool,
) -> State {
    chips.run(&Stimulus { steps, codes, targets, learn });
    chips.state().clone()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Dense, by events and by whatever is least: the same bits, in chips that learn too.
    #[test]
    fn the_way_to_a_sum_cannot_show(
        tape in prop::collection::vec(any::<u32>(), 60..400), replicas in 1..7_u32,
        threads in 1..3_usize, spiking in any::<bool>(), learn in prop::collection::vec(any::<bool>(), 4),
    ) {
        let image = if spiking { samples::spiking_from_tape(&tape) } else { samples::from_tape(&tape) };
        let mut words = words(&tape);
        let options = Options { replicas, threads, seed: 5 };
        let ways = [Synapses::Dense, Synapses::Event, Synapses::Auto];
        let mut chips = ways.map(|way| loaded(&image, options, way));
        for learn in learn {
            let codes = codes(&image, 3 * index(replicas), &mut words);
            let classes = vec![0; index(replicas)];
            let states = chips.each_mut().map(|chips| run(chips, &codes, 3, Targets::Class(&classes), learn));
            prop_assert_eq!(&states[0], &states[1]);
            prop_assert_eq!(&states[0], &states[2]);
            // A chip that goes on from the state of another one has kept nothing of it.
            chips[1].restore(states[0].clone()).expect("its own state");
        }
    }

    /// Every membrane and every code, from the row registers and the scalar neuron.
    #[test]
    fn a_spiking_core_is_its_neurons(tape in prop::collection::vec(any::<u32>(), 60..400), steps in 2..20_usize) {
        let image = samples::spiking_from_tape(&tape);
        let mut words = words(&tape);
        let mut chips = loaded(&image, Options { replicas: 1, threads: 1, seed: 5 }, Synapses::Auto);
        let mut neurons: Vec<Vec<Membrane>> =
            image.cores.iter().map(|core| vec![Membrane::default(); index(core.neurons)]).collect();
        let mut spikes = vec![0; image.cores.len()];
        for _ in 0..steps {
            let before = chips.state().clone();
            let codes = codes(&image, 1, &mut words);
            let now = run(&mut chips, &codes, 1, Targets::None, false);
            for (at, core) in image.cores.iter().enumerate() {
                check_rows(&image, at, &before, &now, &codes);
                if core.spike().is_some() {
                    spikes[at] += check_neurons(&image, core, &now.shards[0].cores[at], &mut neurons[at]);
                }
            }
        }
        let counted: Vec<u64> = chips.counters().iter().map(|counters| counters.spikes).collect();
        prop_assert_eq!(counted, spikes);
    }
}

/// Row registers hold the codes that their sources sent in the step before.
fn check_rows(image: &Image, at: usize, before: &State, now: &State, codes: &[i16]) {
    let shifts = registers::gains(image, at, Compartment::Soma, &registers::error_scales(image));
    let shifts = shifts.expect("a valid image").row_shifts;
    for (group, shift) in image.cores[at].soma.array.groups.iter().zip(shifts) {
        for row in 0..index(group.rows) {
            let sent = match group.source {
                Source::Constant => low_quarter(registers::constant_code(&image.chip)),
                Source::Input { input, from } => {
                    let first: u32 = image.inputs[..index(input)].iter().map(|i| i.size).sum();
                    codes[index(first + from) + row]
                }
                Source::Core { core, from } => {
                    before.shards[0].cores[index(core)].soma.sent[index(from) + row]
                }
            };
            let held = now.shards[0].cores[at].soma.rows[index(group.first) + row];
            assert_eq!(held, sent << shift, "row {row} of {}", group.label);
        }
    }
}

/// One step of the scalar neurons; returns the spikes.
fn check_neurons(
    image: &Image,
    core: &Core,
    held: &leadlag_chip::CoreState,
    neurons: &mut [Membrane],
) -> u64 {
    let (spike, chip) = (core.spike().expect("it spikes"), &image.chip);
    let settings = Spiking {
        threshold: spike.threshold,
        leak: signed(spike.leak),
        leak_shift: u32::from(spike.leak_shift),
        refractory: spike.refractory,
        rail: signed(chip.rails << 24),
    };
    let count = Count::new(chip.payload_bits, u32::from(spike.fraction));
    let full = registers::constant_code(chip);
    let mut spikes = 0;
    for (column, neuron) in neurons.iter_mut().enumerate() {
        let rows = core.soma.array.words.chunks_exact(index(core.neurons));
        let weight = |row: &[i16]| i32::from(dac(row[column], chip.weight_bits, chip.dac_bits));
        let sum: i32 = rows.zip(&held.soma.rows).map(|(row, &x)| weight(row) * i32::from(x)).sum();
        let fired = settings.tick(neuron, count.of(sum));
        spikes += u64::from(fired.spike);
        assert_eq!(held.soma.lagged[column], neuron.value);
        assert_eq!(held.soma.prospective[column], fired.before);
        assert_eq!(held.rate[column], if fired.spike { full } else { 0 });
        assert_eq!(held.pause.get(column).copied().unwrap_or(0), neuron.pause);
    }
    let padded = width(neurons.len());
    assert!(held.rate[neurons.len()..padded].iter().all(|&code| code == 0), "padding is silent");
    spikes
}

/// The properties above would hold of chips in which nothing happens; many of these spike.
#[test]
fn the_sampled_chips_spike() {
    let (mut lively, mut rested, mut quiet) = (0, 0, 0);
    for seed in 0..300_u64 {
        let word = |place| {
            leadlag_fixed::random::draw(seed, leadlag_fixed::random::Kind::Input, 0, 0, 0, place)
        };
        let tape: Vec<u32> = (0..300).map(word).collect();
        let image = samples::spiking_from_tape(&tape);
        let mut words = words(&tape);
        let mut chips = loaded(&image, Options { replicas: 1, threads: 1, seed }, Synapses::Auto);
        let codes = codes(&image, 12, &mut words);
        let state = run(&mut chips, &codes, 12, Targets::None, false);
        let spikes: u64 = chips.counters().iter().map(|counters| counters.spikes).sum();
        lively += u32::from(spikes > 0);
        quiet += u32::from(spikes == 0);
        rested +=
            u32::from(state.shards[0].cores.iter().any(|core| core.pause.iter().any(|&p| p > 0)));
    }
    assert!(
        lively > 60 && rested > 15 && quiet > 20,
        "{lively} spiked, {rested} rest, {quiet} quiet"
    );
}

/// Active rows times columns in use, in every step, whichever way the sums are found.
#[test]
fn synaptic_events_are_active_rows_times_columns() {
    let image = samples::small();
    let codes = [5, 0, 0, 0, -3, 9];
    for way in [Synapses::Dense, Synapses::Event, Synapses::Auto] {
        let mut chips = loaded(&image, Options { replicas: 1, threads: 1, seed: 1 }, way);
        chips.run(&Stimulus { steps: 3, codes: &codes, targets: Targets::None, learn: false });
        // Three columns; the bias row is always active; 1 + 0 + 2 lines are.
        assert_eq!(chips.counters()[0].soma.synaptic_events, 3 * (3 + 3), "{way:?}");
    }
}

#[test]
fn a_forged_pause_or_spike_is_refused() {
    let tape: Vec<u32> = (0..300_u32).map(|i| i.wrapping_mul(2_654_435_761)).collect();
    let mut image = samples::spiking_from_tape(&tape);
    let spike =
        leadlag_image::Spike { threshold: 5, leak: 1, leak_shift: 3, refractory: 2, fraction: 0 };
    image.cores[0].stage = leadlag_image::Stage::Spike(spike);
    let mut chips = loaded(&image, Options { replicas: 1, threads: 1, seed: 1 }, Synapses::Auto);
    let own = chips.state().clone();
    let mut refused = |change: &dyn Fn(&mut leadlag_chip::CoreState)| {
        let mut state = own.clone();
        change(&mut state.shards[0].cores[0]);
        chips.restore(state).expect_err("forged").to_string()
    };
    assert!(
        refused(&|core| core.pause[0] = 3)
            .contains("soma.pause holds 3; what it can hold is 0 to 2")
    );
    assert!(
        refused(&|core| core.rate[0] = 1)
            .contains("soma.r holds 1; from the other registers it is 0")
    );
    chips.restore(own).expect("its own state");
}
