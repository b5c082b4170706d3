//! What is looked at is what the chip holds, looking changes nothing, and what cannot be held is
//! refused.

#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]

use std::ops::ControlFlow;

use leadlag_chip::{Emulator, Options, State};
use leadlag_fixed::{index, low_quarter};
use leadlag_image::{Compartment, Image, samples};
use leadlag_trace::{Clock, Family, Probe, Probed, Recorder, Request, Selection};
use proptest::prelude::*;

#[path = "common/lesson.rs"]
mod lesson;

use lesson::Lesson;

/// Steps of a block of six that are taught where values are; the last one, which is not named, is.
const PRESENT: [bool; 5] = [true, false, true, true, false];

fn loaded(image: &Image, replicas: u32, threads: usize, seed: u64) -> Emulator {
    Emulator::load(image.clone(), Options { replicas, threads, seed }).expect("valid")
}

/// Every register of a family, replica by replica.
fn codes(chips: &Emulator, family: &Family) -> Vec<i32> {
    let extent = |at: usize| family.extents.get(at).copied().unwrap_or(1);
    let mut all = Vec::new();
    for replica in 0..family.replicas {
        for row in 0..extent(0) {
            let one = |column| Probe { family: family.id, replica, index: [row, column] };
            all.extend((0..extent(1)).map(|column| chips.read(one(column))));
        }
    }
    all
}

/// What the state says about a family, written out once more: `None` where only the probe knows.
fn expected(chips: &Emulator, family: &Family) -> Option<Vec<i32>> {
    let (image, state) = (chips.image(), chips.state());
    let [core, side, leaf] = family.path.segments.as_slice() else { panic!("three parts") };
    let at = image.cores.iter().position(|c| [c.x, c.y] == core.index[..])?;
    let compartment = Compartment::ALL.into_iter().find(|c| c.name() == side.name)?;
    let array = &state.arrays[2 * at + compartment.index()];
    let columns = index(image.cores[at].neurons);
    let wide_synapses = |words: &[i32]| {
        let rows = index(family.extents[0]);
        let rows = words.chunks_exact(words.len() / rows);
        rows.flat_map(|row| row[..columns].to_vec()).collect()
    };
    let synapses =
        |words: &[i16]| wide_synapses(&words.iter().map(|&w| i32::from(w)).collect::<Vec<_>>());
    let wide = |word: &dyn Fn(&leadlag_chip::CoreState) -> Vec<i32>| {
        let shards = state.shards.iter().flat_map(|shard| {
            let words = word(&shard.cores[at]);
            let width = words.len() / shard.replicas;
            let cut = words.chunks_exact(width).flat_map(|own| own[..columns].to_vec());
            cut.collect::<Vec<_>>()
        });
        shards.collect::<Vec<i32>>()
    };
    let half = |words: &[i16]| words.iter().map(|&w| i32::from(w)).collect::<Vec<_>>();
    let trims = |at_side: [usize; 2]| {
        let codes =
            &state.trims[at].codes[at_side[usize::from(compartment == Compartment::Apical)]];
        half(&codes[..index(chips.image().cores[at].neurons)])
    };
    Some(match leaf.name.as_str() {
        "u" | "v" => wide(&|core| core.side(compartment).lagged.clone()),
        "y" | "e" => wide(&|core| core.side(compartment).prospective.clone()),
        "r" => wide(&|core| core.rate.clone()),
        "slope" => wide(&|core| core.slope.clone()),
        "injection" => wide(&|core| core.injection.clone()),
        "sent" => wide(&|core| half(&core.side(compartment).sent)),
        "adc" => wide(&|core| half(&core.side(compartment).converted)),
        "past1" => wide(&|core| half(&core.past[0])),
        "past2" => wide(&|core| half(&core.past[1])),
        "w" => synapses(&array.weight),
        "mean" => synapses(&array.mean),
        "magnitude" => synapses(&array.magnitude),
        "fraction" => synapses(&array.fraction),
        "sum" => wide_synapses(&array.sum),
        "trim_gain" => trims([0, 2]),
        "trim_offset" => trims([1, 3]),
        "trim_tau" => trims([4, 5]),
        "scale" => vec![state.error_scales[at]],
        name => {
            let total = chips.counters()[at];
            let side = match compartment {
                Compartment::Soma => total.soma,
                Compartment::Apical => total.apical,
            };
            let count = match name {
                "state_held" => side.state_held,
                "output_held" => side.output_held,
                "code_clipped" => side.code_clipped,
                "events" => side.events,
                "weight_held" => side.weight_held,
                _ => return None,
            };
            vec![i32::try_from(count).expect("a short run")]
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Step by step or in one go, watched or not: the same record and the same bits.
    #[test]
    fn looking_changes_nothing(
        tape in prop::collection::vec(any::<u32>(), 60..400), replicas in 1..40_u32,
        threads in 1..4_usize, seed in any::<u64>(),
    ) {
        let image = samples::from_tape(&tape);
        let lesson = Lesson::new(&image, replicas, 6, &tape);
        let mut plain = loaded(&image, replicas, 1, seed);
        let record = plain.run(&lesson.stimulus(&image, &PRESENT));
        let mut watched = loaded(&image, replicas, threads, seed);
        let everything = Selection::new(&[Request::parse("replica[*].**").expect("a path")], &watched);
        let everything = everything.expect("registers");
        let mut recorder = Recorder::new(Vec::new(), Clock::Steps, &everything).expect("memory");
        let (seen, steps) = watched.run_each(&lesson.stimulus(&image, &PRESENT), &mut |chips, _| {
            recorder.look(chips.step(), chips).expect("memory");
            ControlFlow::Continue(())
        });
        prop_assert_eq!((&seen, steps), (&record, 6));
        prop_assert_eq!(watched.state(), plain.state());
        prop_assert!(recorder.count() >= u64::try_from(everything.probes().len()).expect("small"));
    }

    /// Every probe of every family reads the register that the state holds.
    #[test]
    fn probes_are_registers(
        tape in prop::collection::vec(any::<u32>(), 60..400), replicas in 1..20_u32, seed in any::<u64>(),
    ) {
        let image = samples::from_tape(&tape);
        let lesson = Lesson::new(&image, replicas, 5, &tape);
        let mut chips = loaded(&image, replicas, 1, seed);
        let mut known = 0;
        chips.run_each(&lesson.stimulus(&image, &PRESENT), &mut |chips, _| {
            for family in chips.families() {
                if let Some(expected) = expected(chips, &family) {
                    known += 1;
                    assert_eq!(codes(chips, &family), expected, "{}", family.path);
                }
            }
            ControlFlow::Continue(())
        });
        prop_assert!(known >= 5 * 20 * image.cores.len());
    }

    /// Row registers hold the code that their source sent a step before; drives are what moved the
    /// compartments (`u` moves towards its drive, and rests where it is the drive).
    #[test]
    fn rows_and_drives_fit_what_they_drive(
        tape in prop::collection::vec(any::<u32>(), 60..400), seed in any::<u64>(),
    ) {
        let image = samples::from_tape(&tape);
        let lesson = Lesson::new(&image, 2, 4, &tape);
        let mut chips = loaded(&image, 2, 1, seed);
        let named = |chips: &Emulator, path: String| {
            let found = chips.families().into_iter().find(|family| family.path.to_string() == path);
            found.map(|family| codes(chips, &family))
        };
        let mut before = chips.state().clone();
        chips.run_each(&lesson.stimulus(&image, &PRESENT), &mut |chips, _| {
            for (at, core) in image.cores.iter().enumerate() {
                for side in Compartment::ALL {
                    let path = |leaf: &str| format!("core[{},{}].{}.{leaf}", core.x, core.y, side.name());
                    let columns = index(core.neurons);
                    let old = &before.shards[0].cores[at].side(side).lagged;
                    let leaf = if side == Compartment::Soma { "u" } else { "v" };
                    let new = named(chips, path(leaf)).expect("a state");
                    for (column, &drive) in named(chips, path("drive")).expect("a drive")[..columns].iter().enumerate() {
                        let (old, new) = (old[column], new[column]);
                        let towards = (drive >= old && new >= old) || (drive <= old && new <= old);
                        assert!(towards, "{} {column}: {old} to {new} by {drive}", path("drive"));
                    }
                    let Some(rows) = named(chips, path("x")) else { continue };
                    let half = 1 << (image.chip.payload_bits - 1);
                    assert!(rows.iter().all(|code| (-half..half).contains(code)), "{}", path("x"));
                    for group in &core.side(side).array.groups {
                        let leadlag_image::Source::Core { core: source, from } = group.source else { continue };
                        let sent = &before.shards[0].cores[index(source)].side(side).sent;
                        for row in 0..index(group.rows) {
                            assert_eq!(rows[index(group.first) + row], i32::from(sent[index(from) + row]));
                        }
                    }
                }
            }
            before = chips.state().clone();
            ControlFlow::Continue(())
        });
    }

    /// A forged state is refused with its register's name, or it runs without leaving its words.
    #[test]
    fn a_forged_state_is_refused_or_harmless(
        tape in prop::collection::vec(any::<u32>(), 60..400), place in any::<prop::sample::Index>(),
        field in 0..19_u32, value in prop_oneof![Just(i32::MAX), Just(i32::MIN), Just(-1), any::<i32>()],
    ) {
        let image = samples::from_tape(&tape);
        let lesson = Lesson::new(&image, 3, 4, &tape);
        let mut chips = loaded(&image, 3, 1, 1);
        chips.run(&lesson.stimulus(&image, &PRESENT));
        let mut state = chips.state().clone();
        forge(&mut state, place, field, value);
        let mut other = loaded(&image, 3, 1, 1);
        let before = other.state().clone();
        match other.restore(state.clone()) {
            Err(found) => {
                prop_assert!(found.0.iter().all(|d| matches!(d.code, "LL1340" | "LL1260" | "LL1271" | "LL1272")), "{:?}", found);
                prop_assert_ne!(&state, chips.state(), "a state of the chip is taken");
                prop_assert_eq!(other.state(), &before, "a refusal changes nothing");
            }
            Ok(()) => drop(other.run(&lesson.stimulus(&image, &PRESENT))),
        }
    }
}

/// Writes a value into one register of a state.
fn forge(state: &mut State, place: prop::sample::Index, field: u32, value: i32) {
    let small = low_quarter(value);
    let word = |words: &mut Vec<i32>| {
        if !words.is_empty() {
            let at = place.index(words.len());
            words[at] = value;
        }
    };
    let half = |words: &mut Vec<i16>| {
        if !words.is_empty() {
            let at = place.index(words.len());
            words[at] = small;
        }
    };
    let shard = place.index(state.shards.len());
    let at = place.index(state.shards[shard].cores.len());
    let core = &mut state.shards[shard].cores[at];
    let array = place.index(state.arrays.len());
    match field {
        0 => word(&mut core.soma.lagged),
        1 => word(&mut core.soma.prospective),
        2 => word(&mut core.apical.lagged),
        3 => word(&mut core.apical.prospective),
        4 => word(&mut core.rate),
        5 => word(&mut core.slope),
        6 => word(&mut core.injection),
        7 => half(&mut core.soma.sent),
        8 => half(&mut core.apical.sent),
        9 => half(&mut core.apical.converted),
        10 => half(&mut core.past[1]),
        11 => half(&mut state.arrays[array].weight),
        12 => half(&mut state.arrays[array].magnitude),
        13 => core.counters.soma.power = u64::MAX - u64::from(value.unsigned_abs()),
        14 => state.step = u64::MAX - u64::from(value.unsigned_abs()),
        15 => half(&mut core.membrane[1]),
        16 => half(&mut state.trims[at].codes[place.index(6)]),
        17 => half(&mut state.trims[at].magnitude),
        _ => state.error_scales[0] = value,
    }
}

/// Words beyond the rails and weights beyond their width are named, with both numbers.
#[test]
fn words_beyond_the_rails_are_named() {
    let image = samples::small();
    let chips = loaded(&image, 1, 1, 1);
    let refused = |forge: &dyn Fn(&mut State)| {
        let mut state = chips.state().clone();
        forge(&mut state);
        loaded(&image, 1, 1, 1).restore(state).expect_err("forged").0
    };
    let rail = 8 << 24;
    let found = refused(&|state| {
        state.shards[0].cores[1].soma.lagged[0] = rail + 1;
        state.shards[0].cores[0].apical.prospective[2] = -rail - 1;
        state.shards[0].cores[0].soma.sent[0] = 512;
    });
    let messages: Vec<_> = found.iter().map(|d| (d.code, d.message.as_str())).collect();
    assert_eq!(
        messages,
        [
            (
                "LL1340",
                "replica[0..1].core[0,0].soma.sent holds 512; what it can hold is -512 to 511"
            ),
            (
                "LL1340",
                "replica[0..1].core[0,0].apical.e holds -134217729; what it can hold is -134217728 to 134217728"
            ),
            (
                "LL1340",
                "replica[0..1].core[1,0].soma.u holds 134217729; what it can hold is -134217728 to 134217728"
            ),
        ]
    );
    // The converter's code no longer follows from the weight.
    assert!(refused(&|state| state.arrays[0].weight[0] = 1)[0].message.contains("soma.dac"));
    // A root mean square of -1 would divide by zero.
    let mut learning = image.clone();
    if let Some(learning) = &mut learning.learning {
        learning.rule = leadlag_image::Rule::Normalised { blend: 1, forget: 1 };
    }
    let mut state = loaded(&learning, 1, 1, 1).state().clone();
    state.arrays[0].magnitude[0] = -1;
    let found = loaded(&learning, 1, 1, 1).restore(state).expect_err("forged");
    assert!(found.0[0].message.contains("soma.magnitude holds -1"), "{found}");
}
