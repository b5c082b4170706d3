//! One clock: in barrier mode the fabric's timing shows in no register, and in free-running mode it
//! shows as the hardware would show it.

#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]

use std::ops::ControlFlow;

use leadlag_chip::{Emulator, Options, State};
use leadlag_fabric::{DeadLink, Faults, Node, Port};
use leadlag_image::{Image, Mode, samples};
use proptest::prelude::*;

#[path = "common/chips.rs"]
mod chips;
#[path = "common/lesson.rs"]
mod lesson;

use chips::{case, timed};
use lesson::Lesson;

fn loaded(image: &Image, replicas: u32, threads: usize) -> Emulator {
    let options = Options { replicas, threads, seed: 7 };
    Emulator::load(image.clone(), options).expect("a valid image")
}

/// The state after every step.
fn states(chips: &mut Emulator, lesson: &Lesson) -> Vec<State> {
    let mut states = Vec::new();
    let image = chips.image().clone();
    chips.run_each(&lesson.stimulus(&image, &[]), &mut |chips, _| {
        states.push(chips.state().clone());
        ControlFlow::Continue(())
    });
    chips.check_programs().expect("nothing stops");
    states
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Every register of every core after every step, on one chip and on several, on any fabric.
    #[test]
    fn in_barrier_mode_both_engines_agree((image, words) in case(), replicas in 1..4_u32) {
        let lesson = Lesson::new(&image, replicas, 12, &words);
        let functional = states(&mut loaded(&image, replicas, 1), &lesson);
        let mut chips = timed(&image, replicas, 2);
        let cycle = states(&mut chips, &lesson);
        for (step, (one, other)) in functional.iter().zip(&cycle).enumerate() {
            prop_assert!(one == other, "step {step}");
        }
        prop_assert_eq!(functional.len(), cycle.len());
        let times = chips.times().expect("it has a clock");
        let landed: u64 = times.cores.iter().map(|core| core.delivered).sum();
        let announced: u64 = times.cores.iter().map(|core| core.announced).sum();
        prop_assert_eq!(landed, announced);
        prop_assert_eq!(times.cores.iter().map(|core| core.late + core.stale).sum::<u64>(), 0);
    }

    /// Where every landing is certain, rows take what is sent to them when it is sent; every count and
    /// register is as where each landing is looked at, which a link that dies after the end asks for.
    #[test]
    fn certain_landings_are_landings((image, words) in case(), replicas in 1..6_u32) {
        let lesson = Lesson::new(&image, replicas, 9, &words);
        let (mut certain, mut watched) = (timed(&image, replicas, 1), loaded(&image, replicas, 1));
        let late = DeadLink { node: Node(0), port: Port::PlusX, since: 1 << 60 };
        let faults = Faults { links: vec![late], ..Faults::default() };
        prop_assume!(watched.attach_fabric(faults).is_ok());
        prop_assert!(states(&mut certain, &lesson) == states(&mut watched, &lesson));
        prop_assert_eq!(certain.times(), watched.times());
        prop_assert_eq!(certain.fabric_counters(), watched.fabric_counters());
        prop_assert!(certain.snapshot() == watched.snapshot());
    }

    /// A block whose threads stay for all of its steps is its steps one by one: outputs, registers, counts
    /// and the fabric, with any number of threads; also where the same packets are sent so often that what
    /// the fabric does is known.
    #[test]
    fn a_block_is_its_steps((image, words) in case(), replicas in 1..5_u32) {
        let lesson = Lesson::new(&image, replicas, 24, &words);
        let stimulus = lesson.stimulus(&image, &[]);
        let mut steps = loaded(&image, replicas, 1);
        let late = DeadLink { node: Node(0), port: Port::PlusX, since: 1 << 60 };
        let faults = Faults { links: vec![late], ..Faults::default() };
        prop_assume!(steps.attach_fabric(faults).is_ok());
        let (record, _) = steps.run_each(&stimulus, &mut |_, _| ControlFlow::Continue(()));
        for threads in 1..4 {
            let mut block = timed(&image, replicas, threads);
            prop_assert_eq!(&block.run(&stimulus), &record);
            prop_assert!(block.snapshot() == steps.snapshot(), "{} threads", threads);
            prop_assert_eq!(block.fabric_counters(), steps.fabric_counters());
        }
    }

    /// A clock that has run before goes on as one that has not: what it remembers shows nowhere.
    #[test]
    fn a_restored_clock_remembers_nothing_and_needs_not((image, words) in case()) {
        let lesson = Lesson::new(&image, 2, 8, &words);
        let stimulus = lesson.stimulus(&image, &[]);
        let (mut whole, mut resumed) = (timed(&image, 2, 1), timed(&image, 2, 2));
        whole.run(&stimulus);
        for _ in 0..2 {
            resumed.restore(whole.snapshot()).expect("its own");
            prop_assert_eq!(whole.run(&stimulus), resumed.run(&stimulus));
            prop_assert!(whole.snapshot() == resumed.snapshot());
        }
    }

    /// No count and no register depends on threads, and steps that are not timed change no register.
    #[test]
    fn threads_and_samples_do_not_show((image, words) in case(), replicas in 1..4_u32) {
        let lesson = Lesson::new(&image, replicas, 9, &words);
        let (mut one, mut two) = (timed(&image, replicas, 1), timed(&image, replicas, 2));
        let mut sampled = timed(&image, replicas, 1);
        sampled.sample_steps(1, 3);
        let all = states(&mut one, &lesson);
        prop_assert!(all == states(&mut two, &lesson));
        prop_assert!(all == states(&mut sampled, &lesson));
        prop_assert_eq!(one.times(), two.times());
        prop_assert_eq!(one.fabric_counters(), two.fabric_counters());
        let (all, some) = (one.times().expect("timed"), sampled.times().expect("timed"));
        prop_assert_eq!((all.untimed, some.untimed), (0, 6 * u64::from(replicas)));
        prop_assert_eq!(some.step.steps, all.step.steps / 3);
    }

    /// With a slow enough clock free-running mode is barrier mode.
    #[test]
    fn a_slow_clock_is_a_barrier((image, words) in case(), replicas in 1..3_u32) {
        let lesson = Lesson::new(&image, replicas, 10, &words);
        let barrier = states(&mut timed(&image, replicas, 1), &lesson);
        let mut image = image;
        image.chip.mode = Mode::FreeRunning;
        image.chip.cycles_per_step = 20_000;
        let mut chips = timed(&image, replicas, 1);
        prop_assert!(barrier == states(&mut chips, &lesson));
        let times = chips.times().expect("timed");
        prop_assert_eq!((times.step.shortest, times.step.longest), (20_000, 20_000));
        prop_assert_eq!(times.cores.iter().map(|core| core.late + core.overrun).sum::<u64>(), 0);
    }

    /// With a clock that is too fast, events are late or are not sent; all of them are accounted for.
    #[test]
    fn what_a_fast_clock_loses_is_counted((image, words) in case(), cycles in 3..40_u64) {
        let mut image = image;
        image.chip.mode = Mode::FreeRunning;
        image.chip.cycles_per_step = cycles;
        let lesson = Lesson::new(&image, 1, 20, &words);
        let mut chips = timed(&image, 1, 1);
        states(&mut chips, &lesson);
        let times = chips.times().expect("timed");
        let sum = |pick: fn(&leadlag_chip::CoreTimes) -> u64| times.cores.iter().map(pick).sum::<u64>();
        prop_assert!(sum(|c| c.delivered) <= sum(|c| c.announced));
        prop_assert_eq!(times.step.sum, 20 * cycles);
        prop_assert_eq!(chips.cycles(), Some(vec![20 * cycles]));
        prop_assert!(sum(|c| c.late) <= sum(|c| c.delivered));
    }
}

/// Two cores, side by side: the time of a step by hand. Three rates leave the hidden core in cycles 2
/// to 4, two errors the output core in cycles 2 and 3; a neighbour is reached in 2 + 3·2 cycles, so
/// the last event lands in cycle 4 + 8 and may be latched from cycle 13 on; the tree of two cores
/// takes 4 more.
#[test]
fn a_step_takes_what_it_takes_by_hand() {
    let image = samples::small();
    let mut chips = timed(&image, 1, 1);
    let lesson = Lesson::new(&image, 1, 5, &[1 << 20, 7 << 24, 3]);
    states(&mut chips, &lesson);
    let times = chips.times().expect("timed");
    assert_eq!((times.travel.shortest, times.travel.longest), (13, 13));
    assert_eq!((times.step.shortest, times.step.longest), (17, 17));
    assert_eq!((times.closings, times.barrier_cycles, times.tree_hops), (5, 20, 10));
    let counts: Vec<_> = times.cores.iter().map(|core| (core.announced, core.delivered)).collect();
    assert_eq!(counts, [(15, 10), (10, 15)]);
    let fabric = chips.fabric_counters().expect("timed");
    // Each of the 25 events passes two routers.
    assert_eq!(fabric.flit_hops(), 50);
}

/// The barrier waits as long as the programs would take.
#[test]
fn the_barrier_waits_for_the_programs() {
    let image = samples::small();
    let mut chips = timed(&image, 1, 1);
    chips.set_program_cycles(vec![[[0, 0], [1000, 2000]]; 2]);
    let lesson = Lesson::new(&image, 1, 3, &[1 << 20, 7 << 24, 3]);
    states(&mut chips, &lesson);
    let times = chips.times().expect("timed");
    // Only the somatic arrays learn in the first step.
    assert_eq!((times.step.shortest, times.step.longest), (2 + 1000 + 4, 2 + 2000 + 4));
    assert_eq!(times.waited_for_plasticity, 3);
    assert_eq!(times.cores[0].plasticity_busy, 5000);
}

/// Events of a step that is too short land in the next one: rates arrive one step later than they
/// should, and are counted.
#[test]
fn late_events_act_one_step_later() {
    let mut image = samples::small();
    image.learning = None;
    let lesson = Lesson::new(&image, 1, 6, &[1 << 20, 7 << 24, 3]);
    let barrier = states(&mut timed(&image, 1, 1), &lesson);
    image.chip.mode = Mode::FreeRunning;
    // Rates leave in cycles 2 to 4 and need 8; after 10 cycles the first has landed, of 0 to 9 none.
    image.chip.cycles_per_step = 10;
    let mut chips = timed(&image, 1, 1);
    let fast = states(&mut chips, &lesson);
    let rows = |state: &State| state.shards[0].cores[1].soma.rows.clone();
    assert_eq!(fast[0].shards[0].cores[0].soma.sent, barrier[0].shards[0].cores[0].soma.sent);
    assert_ne!(rows(&barrier[1])[..3], [0; 3]);
    assert_eq!(rows(&fast[1])[..3], [0; 3], "not yet");
    assert_eq!(rows(&fast[2])[..3], rows(&barrier[1])[..3], "a step later");
    let times = chips.times().expect("timed");
    assert_eq!(times.cores[1].late, times.cores[1].delivered);
    assert_eq!(times.cores.iter().map(|core| core.overrun).sum::<u64>(), 0);
}

/// Senders that are still at it when the next step begins start over.
#[test]
fn a_scan_that_does_not_end_starts_over() {
    let mut image = samples::small();
    image.learning = None;
    image.chip.mode = Mode::FreeRunning;
    image.chip.cycles_per_step = 4;
    let mut chips = timed(&image, 1, 1);
    states(&mut chips, &Lesson::new(&image, 1, 10, &[1 << 20, 7 << 24, 3]));
    let times = chips.times().expect("timed");
    // Of three rates two leave in cycles 2 and 3; of two errors both do.
    assert_eq!(times.cores.iter().map(|core| core.overrun).collect::<Vec<_>>(), [10, 0]);
    assert_eq!(times.cores.iter().map(|core| core.packets).collect::<Vec<_>>(), [20, 20]);
}

/// A link that dies leaves the barrier waiting; the report says for what.
#[test]
fn a_barrier_that_cannot_close_is_reported() {
    let image = samples::small();
    let mut chips = loaded(&image, 1, 1);
    let dead = DeadLink { node: Node(0), port: Port::PlusX, since: 20 };
    chips.attach_fabric(Faults { links: vec![dead], ..Faults::default() }).expect("alive so far");
    let lesson = Lesson::new(&image, 1, 5, &[1 << 20, 7 << 24, 3]);
    chips.run(&lesson.stimulus(&image, &[]));
    let why = chips.check_programs().expect_err("it stops").to_string();
    assert!(why.contains("LL3630"), "{why}");
    assert!(why.contains("step 1: the barrier waits for 3 events"), "{why}");
}
