//! Counters against counts that are made another way: from registers, and from routes.

#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]

use std::ops::ControlFlow;

use leadlag_chip::{Emulator, Options, State, Stimulus, Targets};
use leadlag_fabric::{Faults, Port};
use leadlag_fixed::{index, low_quarter, signed};
use leadlag_image::{Compartment, Image, Source, samples};
use proptest::prelude::*;

const STEPS: usize = 7;

/// A run without learning, and the state after each step.
fn run(image: &Image, words: &[u32]) -> (Emulator, Vec<State>) {
    let options = Options { replicas: 1, threads: 1, seed: 3 };
    let mut chips = Emulator::load(image.clone(), options).expect("a valid image");
    chips.attach_fabric(Faults::default()).expect("its events can be carried");
    let lines: usize = image.inputs.iter().map(|input| index(input.size)).sum();
    let places = 16 - image.chip.payload_bits;
    let code = |&word: &u32| low_quarter(signed(word)) >> places;
    let codes: Vec<i16> = words.iter().cycle().map(code).take(STEPS * lines).collect();
    let stimulus = Stimulus { steps: STEPS, codes: &codes, targets: Targets::None, learn: false };
    let mut states = Vec::new();
    chips.run_each(&stimulus, &mut |chips, _| {
        states.push(chips.state().clone());
        ControlFlow::Continue(())
    });
    (chips, states)
}

/// Flits over each output of each router: every row that a core drives takes an event per step, along
/// the source's row of the mesh, then along the column.
fn routed(image: &Image) -> Vec<[u64; 5]> {
    let columns = image.chip.extent().0;
    let mut flits = vec![[0; 5]; index(columns * image.chip.extent().1)];
    for core in &image.cores {
        for side in Compartment::ALL {
            for group in &core.side(side).array.groups {
                let Source::Core { core: from, .. } = group.source else { continue };
                let from = &image.cores[index(from)];
                let (mut x, mut y) = (from.x, from.y);
                loop {
                    let port = match (core.x.cmp(&x), core.y.cmp(&y)) {
                        (std::cmp::Ordering::Greater, _) => Port::PlusX,
                        (std::cmp::Ordering::Less, _) => Port::MinusX,
                        (_, std::cmp::Ordering::Greater) => Port::PlusY,
                        (_, std::cmp::Ordering::Less) => Port::MinusY,
                        _ => Port::Local,
                    };
                    flits[index(y * columns + x)][port.index()] +=
                        u64::from(group.rows) * u64::try_from(STEPS).expect("few");
                    match port {
                        Port::PlusX => x += 1,
                        Port::MinusX => x -= 1,
                        Port::PlusY => y += 1,
                        Port::MinusY => y -= 1,
                        Port::Local => break,
                    }
                }
            }
        }
    }
    flits
}

fn case() -> impl Strategy<Value = (Image, Vec<u32>)> {
    let tapes =
        (prop::collection::vec(any::<u32>(), 8..200), prop::collection::vec(any::<u32>(), 9..60));
    tapes.prop_map(|(tape, words)| {
        let mut image = samples::from_tape(&tape);
        image.chip.wait_for_plasticity = true;
        for core in &mut image.cores {
            core.soma.sender = leadlag_image::Sender::EveryStep;
            core.apical.sender = leadlag_image::Sender::EveryStep;
        }
        (image, words)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Links and ejections carry what the routes of all rows sum to, by signal and class.
    #[test]
    fn links_carry_what_their_routes_sum_to((image, words) in case()) {
        let mut image = image;
        image.chip.fabric.multicast = false;
        image.chip.fabric.sender_entries = 64;
        let (chips, _) = run(&image, &words);
        let traffic = chips.traffic().expect("timed");
        for (node, flits) in traffic.iter().zip(routed(&image)) {
            prop_assert_eq!(node.flits.map(|[events, _]| events), flits);
            prop_assert!(node.flits.iter().all(|[_, control]| *control == 0));
        }
        let times = chips.times().expect("timed");
        for (core, counted) in image.cores.iter().zip(&times.cores) {
            for side in Compartment::ALL {
                let rows = core.side(side).array.groups.iter();
                let rows = rows.filter(|group| matches!(group.source, Source::Core { .. }));
                let rows = rows.map(|group| u64::from(group.rows)).sum::<u64>();
                prop_assert_eq!(counted.delivered_of[side.index()], rows * u64::try_from(STEPS).expect("few"));
            }
            prop_assert_eq!(counted.delivered_of.iter().sum::<u64>(), counted.delivered);
            prop_assert_eq!(counted.packets_of.iter().sum::<u64>(), counted.packets);
            // Without multicast a packet has a leaf.
            prop_assert_eq!(counted.packets, counted.announced);
        }
    }

    /// Synaptic events are the row registers that are not zero, times the columns that they drive;
    /// every core's compartments are updated in every step.
    #[test]
    fn synaptic_events_are_rows_times_columns((image, words) in case()) {
        let (chips, states) = run(&image, &words);
        for (at, (core, counted)) in image.cores.iter().zip(chips.counters()).enumerate() {
            let active = |rows: &[i16]| rows.iter().filter(|&&code| code != 0).count();
            let events = |side: Compartment| {
                let rows = states.iter().map(|state| active(&state.shards[0].cores[at].side(side).rows));
                u64::try_from(rows.sum::<usize>()).expect("few") * u64::from(core.neurons)
            };
            prop_assert_eq!(counted.soma.synaptic_events, events(Compartment::Soma));
            prop_assert_eq!(counted.apical.synaptic_events, events(Compartment::Apical));
            prop_assert_eq!(counted.steps, u64::try_from(STEPS).expect("few"));
        }
    }
}

/// A source that offers a packet per cycle into a link that takes one every fourth waits; the two
/// halves of a chip's edge tell how long.
#[test]
fn stalls_are_counted_where_they_happen() {
    let mut image = samples::small();
    let (calm, _) = run(&image, &[1 << 20, 7]);
    let waits = |chips: &Emulator| -> (u64, u64) {
        let traffic = chips.traffic().expect("timed");
        (traffic.iter().map(|n| n.waited).sum(), traffic.iter().map(|n| n.stalled).sum())
    };
    assert_eq!(waits(&calm), (0, 0), "three packets in a row meet nobody");
    image.chip.mesh_x /= 2;
    image.chip.grid_x = 2;
    let cores = &mut image.cores;
    cores[1].x = image.chip.mesh_x;
    cores[0].x = image.chip.mesh_x - 1;
    image.chip.link.interval = 16;
    let (slow, _) = run(&image, &[1 << 20, 7]);
    // The first of three rates takes the link at once. The second is at the front of its channel for 15
    // cycles in which the link is not free; the third comes to the front a cycle after that has gone,
    // and is there for 14. Of the two errors on the way back the second waits 15.
    let steps = u64::try_from(STEPS).expect("few");
    let traffic = slow.traffic().expect("timed");
    let stalled: Vec<u64> = traffic.iter().map(|node| node.stalled).filter(|&s| s > 0).collect();
    assert_eq!(stalled, [steps * (15 + 14), steps * 15]);
}
