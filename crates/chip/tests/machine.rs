//! The machine around the circuits: queues, links and shadow registers as probes, conditions on them,
//! and the analytic clock against the counted one.

#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]

#[path = "common/chips.rs"]
mod chips;
#[path = "common/lesson.rs"]
mod lesson;

use std::ops::ControlFlow;

use chips::{case, timed};
use leadlag_chip::{Emulator, Options};
use leadlag_fixed::index;
use leadlag_image::{Compartment, Image, Sender, Source, samples};
use leadlag_trace::{Breakpoint, Condition, Family, Probe, Probed};
use lesson::Lesson;
use proptest::prelude::*;

fn functional(image: &Image, replicas: u32) -> Emulator {
    let options = Options { replicas, threads: 1, seed: 7 };
    Emulator::load(image.clone(), options).expect("valid")
}

/// What a path of one register reads.
fn read(engine: &dyn Probed, path: &str) -> i32 {
    let families = engine.families();
    let family = families.iter().find(|family| family.path.to_string() == path);
    let family = family.unwrap_or_else(|| panic!("no {path}"));
    engine.read(Probe { family: family.id, replica: 0, index: [0, 0] })
}

fn column(engine: &dyn Probed, family: &Family) -> Vec<i32> {
    let all = 0..family.extents[0];
    all.map(|at| engine.read(Probe { family: family.id, replica: 0, index: [at, 0] })).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// In barrier mode, where every sender speaks in every step, a step takes at least what its lone
    /// packets and its programs would take, and steps are told apart as the cycle engine does.
    #[test]
    fn the_analytic_clock_is_a_lower_bound(
        (image, words) in case(), replicas in 1..3_u32, cycles in prop::collection::vec(0..300_u64, 4),
    ) {
        let programs = vec![[[0, cycles[0] / 4], [cycles[1], cycles[2]]]; image.cores.len()];
        let lesson = Lesson::new(&image, replicas, 9, &words);
        let mut counted = timed(&image, replicas, 1);
        counted.set_program_cycles(programs.clone());
        counted.run(&lesson.stimulus(&image, &[]));
        let mut quick = functional(&image, replicas);
        quick.run(&lesson.stimulus(&image, &[]));
        prop_assert_eq!(quick.state().phases, counted.state().phases);
        prop_assert_eq!(quick.state().phases.as_flattened().iter().sum::<u64>(), 9);
        let analytic = quick.analytic(&programs).expect("it can be carried");
        let times = counted.times().expect("timed");
        let bound = u64::from(replicas) * analytic.total(&quick.state().phases);
        prop_assert!(bound <= times.step.sum, "{} is above {}", bound, times.step.sum);
        prop_assert!(analytic.travel <= times.travel.shortest);
        let mut sides = image.cores.iter().flat_map(|core| [&core.soma, &core.apical]);
        let on_change = sides.any(|side| side.sender != Sender::EveryStep);
        prop_assert_eq!(analytic.every_step, !on_change);
        // Programs that take longer than any packet decide alone.
        let long = vec![[[5_000, 5_001], [5_002, 5_003]]; image.cores.len()];
        let exact = counted.analytic(&long).expect("it can be carried");
        counted.reset().expect("its image");
        counted.set_program_cycles(long);
        counted.run(&lesson.stimulus(&image, &[]));
        let times = counted.times().expect("timed");
        if times.travel.longest < 5_000 {
            prop_assert_eq!(u64::from(replicas) * exact.total(&counted.state().phases), times.step.sum);
        }
    }

    /// Shadow registers hold what the next latch takes; links have carried what has landed.
    #[test]
    fn what_has_landed_is_latched((image, words) in case()) {
        let lesson = Lesson::new(&image, 1, 6, &words);
        let mut chips = timed(&image, 1, 1);
        let mut landed: Vec<(String, Vec<i32>)> = Vec::new();
        chips.run_each(&lesson.stimulus(&image, &[]), &mut |chips, _| {
            let families = chips.families();
            let named = |path: &str| families.iter().find(|f| f.path.to_string() == path);
            for (path, before) in &landed {
                let x = column(chips, named(&path.replace("shadow", "x")).expect("rows"));
                let at = image.cores.iter().position(|core| path.starts_with(&format!("core[{},{}]", core.x, core.y)));
                let side = Compartment::ALL[usize::from(path.contains("apical"))];
                for group in &image.cores[at.expect("a core")].side(side).array.groups {
                    let rows = index(group.first)..index(group.first + group.rows);
                    if matches!(group.source, Source::Core { .. }) {
                        assert_eq!(x[rows.clone()], before[rows], "{path}");
                    }
                }
            }
            let shadows = families.iter().filter(|family| family.path.to_string().ends_with("shadow"));
            landed = shadows.map(|family| (family.path.to_string(), column(chips, family))).collect();
            ControlFlow::Continue(())
        });
        let ends = |family: &Family| family.path.segments.last().map(|segment| segment.name.clone());
        let rows = chips.families().iter().filter(|family| ends(family).as_deref() == Some("x")).count();
        prop_assert_eq!(landed.len(), rows);
        let sum = |name: &str| -> i32 {
            let families = chips.families();
            let own = families.iter().filter(|family| family.path.to_string().contains(name));
            own.map(|family| chips.read(Probe { family: family.id, replica: 0, index: [0, 0] })).sum()
        };
        let delivered = chips.times().expect("timed").cores.iter().map(|core| core.delivered).sum::<u64>();
        prop_assert_eq!(u64::try_from(sum("].core")).expect("a count"), delivered);
        prop_assert_eq!(u64::try_from(sum("net.delivered")).expect("a count"), delivered);
        // Between two steps of barrier mode nothing is on its way.
        prop_assert_eq!((sum("queue"), sum("net.waiting")), (0, 0));
    }
}

/// Two cores side by side, by hand: three rates leave the hidden core in cycles 2 to 4, two errors the
/// output core in cycles 2 and 3. A flit that is sent in cycle t is in the router in t + 2, wins there
/// at once, is in the next one three cycles later, and lands after another three.
#[test]
fn a_step_seen_from_inside() {
    let image = samples::small();
    let lesson = Lesson::new(&image, 1, 3, &[1 << 20, 7 << 24, 3]);
    let stimulus = lesson.stimulus(&image, &[]);
    let chips = timed(&image, 1, 1);
    let at = |cycle: u64, path: &str| {
        read(&chips.midstep(&stimulus, 0, cycle).expect("in the step"), path)
    };
    let over = |path: &str| (0..14).map(|cycle| at(cycle, path)).collect::<Vec<_>>();
    assert_eq!(over("link[0,0].east"), [0, 0, 0, 0, 0, 1, 2, 3, 3, 3, 3, 3, 3, 3]);
    assert_eq!(over("link[1,0].core"), [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 3, 3, 3]);
    assert_eq!(over("core[1,0].net.delivered"), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]);
    assert_eq!(over("link[1,0].west"), [0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 2, 2, 2, 2]);
    assert_eq!(chips.midstep(&stimulus, 0, 9).expect("in the step").cycle(), Some(9));
    // The path of a register is that of its router, its name the side from which it is fed.
    assert_eq!(
        over("router[1,0].queue.west").iter().max(),
        Some(&0),
        "each flit wins in its cycle"
    );
    let bound = chips.analytic(&[[[0; 2]; 2]; 2]).expect("it can be carried");
    assert_eq!((bound.travel, bound.barrier, bound.step(false, false)), (13, 4, 17));
}

/// The first step after which a condition holds.
fn stops(chips: &mut Emulator, image: &Image, text: &str, lesson: &Lesson) -> Option<u64> {
    let condition = Condition::parse(text).unwrap_or_else(|found| panic!("{found}"));
    let mut stop = Breakpoint::new(&condition, &*chips).unwrap_or_else(|found| panic!("{found}"));
    let mut hit = None;
    chips.run_each(&lesson.stimulus(image, &[]), &mut |chips, _| {
        hit = stop.look(chips.step(), chips);
        if hit.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    hit.map(|hit| hit.clock)
}

#[test]
fn conditions_hold_where_the_machine_says_so() {
    let image = samples::small();
    let lesson = Lesson::new(&image, 1, 8, &[1 << 20, 7 << 24, 3]);
    let stops = |text: &str| stops(&mut timed(&image, 1, 1), &image, text, &lesson);
    // Steps take 17 cycles.
    assert_eq!(stops("cycle >= 51"), Some(3));
    assert_eq!(stops("cycle >= 52"), Some(4));
    assert_eq!(stops("cycle >= 1000"), None);
    assert_eq!(stops("packet to 1,0"), Some(1));
    assert_eq!(stops("packet to 1,0 && step > 2"), Some(3));
    assert_eq!(stops("link[0,0].east >= 7"), Some(3));
    assert_eq!(stops("link[0,0].west"), None);
    let found =
        Condition::parse("packet to 5,0").and_then(|c| Breakpoint::new(&c, &timed(&image, 1, 1)));
    assert_eq!(found.expect_err("no such core").0[0].code, "LL1341");
    let found =
        Condition::parse("cycle > 3").and_then(|c| Breakpoint::new(&c, &functional(&image, 1)));
    assert_eq!(found.expect_err("no cycles").0[0].code, "LL1462");
}

/// Saturation is the first step in which something is held; later ones are told apart by growth.
#[test]
fn saturation_is_seen_when_it_happens() {
    let mut image = samples::small();
    image.chip.rails = 1;
    image.learning = None;
    for core in &mut image.cores {
        core.soma.array.words.fill(32_767);
    }
    let lesson =
        Lesson { codes: [[0; 6], [511; 6], [0; 6]].concat(), ..Lesson::new(&image, 1, 9, &[1]) };
    let held = |chips: &Emulator| -> u64 {
        chips
            .counters()
            .iter()
            .flat_map(|c| [c.soma, c.apical])
            .map(|s| s.state_held + s.output_held)
            .sum()
    };
    let mut chips = functional(&image, 1);
    let mut counts = vec![0];
    chips.run_each(&lesson.stimulus(&image, &[]), &mut |chips, _| {
        counts.push(held(chips));
        ControlFlow::Continue(())
    });
    let first = (1..counts.len()).find(|&at| counts[at] > counts[at - 1]);
    let first = first.and_then(|at| u64::try_from(at).ok());
    assert!(first.is_some(), "{counts:?}");
    let seen = stops(&mut functional(&image, 1), &image, "saturation", &lesson);
    assert_eq!(seen, first, "{counts:?}");
}

/// A neuron that spikes is seen in the step in which it does.
#[test]
fn spikes_are_seen() {
    let mut spiked = 0;
    for seed in 1..20_u32 {
        let tape: Vec<u32> =
            (0..300).map(|at: u32| (seed + at).wrapping_mul(2_654_435_761)).collect();
        let image = samples::spiking_from_tape(&tape);
        let spiking = image.cores.iter().position(|core| core.spike().is_some());
        let Some(place) = spiking else { continue };
        let core = &image.cores[place];
        let lesson = Lesson::new(&image, 1, 40, &tape);
        let mut chips = functional(&image, 1);
        let path = format!("core[{},{}].soma.spike", core.x, core.y);
        let mut before = 0;
        chips.run_each(&lesson.stimulus(&image, &[]), &mut |chips, _| {
            let families = chips.families();
            let family =
                families.iter().find(|f| f.path.to_string() == path).expect("a spiking core");
            let now = chips.counters()[place].spikes;
            let seen: i32 = column(chips, family).iter().sum();
            assert_eq!(u64::try_from(seen).expect("a count"), now - before, "{path}");
            before = now;
            ControlFlow::Continue(())
        });
        spiked += before;
    }
    assert!(spiked > 0, "nothing spikes in any of these");
}
