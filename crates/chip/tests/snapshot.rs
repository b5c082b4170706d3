//! A snapshot is the machine: registers, clock, fabric, programs. What goes on from one is what
//! would have gone on, cycle by cycle and count by count.

#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]

#[path = "common/chips.rs"]
mod chips;
#[path = "common/lesson.rs"]
mod lesson;

use std::ops::ControlFlow;

use chips::{case, timed};
use leadlag_chip::{Emulator, State, Stimulus};
use leadlag_image::container::{self, Kind};
use leadlag_image::{Image, Mode, samples};
use lesson::Lesson;
use proptest::prelude::*;

fn written_and_read(state: &State) -> State {
    let mut bytes = Vec::new();
    container::write(Kind::Snapshot, state, &mut bytes).expect("a state can be written");
    container::read(Kind::Snapshot, &bytes).expect("and read")
}

/// Steps of a block.
fn part<'a>(lesson: &'a Lesson, image: &Image, steps: std::ops::Range<usize>) -> Stimulus<'a> {
    let each = |words: usize| words / lesson.steps;
    let cells = [each(lesson.codes.len()), each(lesson.targets.len())];
    lesson.stimulus(image, &[]).part(steps, cells)
}

/// Everything that is counted.
fn counts(chips: &Emulator) -> impl PartialEq + std::fmt::Debug + use<> {
    (chips.counters(), chips.times(), chips.fabric_counters(), chips.cycles())
}

/// An image in one of the two modes; in free-running mode with a clock that is too fast or fast
/// enough.
fn any_mode() -> impl Strategy<Value = (Image, Vec<u32>)> {
    (case(), prop::option::of(prop_oneof![3..60_u64, Just(500)])).prop_map(
        |((image, words), free)| {
            let mut image = image;
            if let Some(cycles) = free {
                image.chip.mode = Mode::FreeRunning;
                image.chip.cycles_per_step = cycles;
            }
            (image, words)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// n + m steps, and m steps after n from a snapshot, on another number of threads.
    #[test]
    fn a_restored_chip_goes_on_in_the_same_cycle(
        (image, words) in any_mode(), replicas in 1..4_u32, n in 0..8_usize, m in 1..6_usize,
        sample in prop::option::of(1..3_u64),
    ) {
        let lesson = Lesson::new(&image, replicas, n + m, &words);
        let barrier = image.chip.mode == Mode::Barrier;
        let timed = |threads| {
            let mut chips = timed(&image, replicas, threads);
            if let Some(sample) = sample.filter(|_| barrier) {
                chips.sample_steps(sample, 3);
            }
            chips
        };
        let (mut whole, mut restored) = (timed(1), timed(3));
        whole.run(&part(&lesson, &image, 0..n));
        restored.restore(written_and_read(&whole.snapshot())).expect("its own state");
        prop_assert_eq!(restored.snapshot(), whole.snapshot());
        let rest = part(&lesson, &image, n..n + m);
        let mut seen = Vec::new();
        let record = whole.run_each(&rest, &mut |chips, _| {
            seen.push(chips.snapshot());
            ControlFlow::Continue(())
        });
        let mut at = 0;
        let again = restored.run_each(&rest, &mut |chips, _| {
            assert!(chips.snapshot() == seen[at], "step {at}");
            at += 1;
            ControlFlow::Continue(())
        });
        prop_assert_eq!(record, again);
        prop_assert_eq!(counts(&whole), counts(&restored));
    }

    /// In the middle of any step the machine follows from the state before and the cycle: the same
    /// from a snapshot, and at the step's end all events of the step have landed.
    #[test]
    fn a_snapshot_in_a_step_is_one_before_it_and_a_cycle(
        (image, words) in any_mode(), n in 0..6_usize, cycle in any::<prop::sample::Index>(),
    ) {
        let lesson = Lesson::new(&image, 1, n + 2, &words);
        let mut whole = timed(&image, 1, 1);
        whole.run(&part(&lesson, &image, 0..n));
        let mut restored = timed(&image, 1, 2);
        restored.restore(written_and_read(&whole.snapshot())).expect("its own state");
        let rest = part(&lesson, &image, n..n + 2);
        let before = whole.snapshot();
        let mut next = whole.clone();
        next.run(&part(&lesson, &image, n..n + 1));
        let length = next.cycles().expect("timed")[0] - whole.cycles().expect("timed")[0];
        let cycles = u64::try_from(cycle.index(usize::try_from(length).expect("short"))).expect("short");
        let here = whole.midstep(&rest, 0, cycles).expect("in the step");
        let there = restored.midstep(&rest, 0, cycles).expect("in the step");
        prop_assert_eq!(here.registers(), there.registers());
        prop_assert_eq!(whole.snapshot(), before, "looking changes nothing");
        // One cycle after the other leads to where the step leads.
        let end = whole.midstep(&rest, 0, length).expect("its end").registers();
        let (end, next) = (end.clock.expect("timed"), next.snapshot().clock.expect("timed"));
        prop_assert_eq!(end.landed(), next.landed());
        prop_assert!(end.shadow_rows().eq(next.shadow_rows()));
    }

    /// A forged clock is refused by name, or runs without a panic.
    #[test]
    fn a_forged_clock_is_refused_or_harmless(
        (image, words) in any_mode(), place in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        let lesson = Lesson::new(&image, 1, 8, &words);
        let mut chips = timed(&image, 1, 1);
        chips.run(&part(&lesson, &image, 0..4));
        let state = chips.snapshot();
        let (mut bytes, mut plain) = (Vec::new(), Vec::new());
        container::write(Kind::Snapshot, &state, &mut bytes).expect("memory");
        container::write(Kind::Snapshot, chips.state(), &mut plain).expect("memory");
        // The clock is the last field: behind the registers, whose last byte says that there is none.
        let (first, last) = (plain.len(), bytes.len());
        let at = first + place.index(last - first);
        let mut payload = bytes[container::FRAME..].to_vec();
        payload[at - container::FRAME] = byte;
        let framed = container::frame(Kind::Snapshot, &payload).expect("short");
        let Ok(forged) = container::read::<State>(Kind::Snapshot, &framed) else { return Ok(()) };
        let mut other = timed(&image, 1, 1);
        let before = other.snapshot();
        match other.restore(forged.clone()) {
            Err(found) => {
                prop_assert!(found.0.iter().all(|d| matches!(d.code, "LL1220" | "LL1221" | "LL1222")), "{:?}", found);
                prop_assert_ne!(&forged, &state, "a state of the chip is taken");
                prop_assert_eq!(other.snapshot(), before, "a refusal changes nothing");
            }
            Ok(()) => drop(other.run(&part(&lesson, &image, 4..8))),
        }
    }
}

/// A chip with two steps behind it.
fn begun(image: &Image) -> (Emulator, Lesson) {
    let lesson = Lesson::new(image, 1, 4, &[1 << 20, 7 << 24, 3]);
    let mut chips = timed(image, 1, 1);
    chips.run(&part(&lesson, image, 0..2));
    (chips, lesson)
}

#[test]
fn a_free_running_chip_does_not_go_on_without_its_clock() {
    let mut image = samples::small();
    image.learning = None;
    image.chip.mode = Mode::FreeRunning;
    image.chip.cycles_per_step = 10;
    let (chips, _) = begun(&image);
    let found = timed(&image, 1, 1).restore(chips.state().clone()).expect_err("no clock").0;
    assert_eq!(found[0].code, "LL1223");
    assert!(found[0].message.contains("after step 2"), "{}", found[0].message);
    let first = timed(&image, 1, 1).state().clone();
    timed(&image, 1, 1).restore(first).expect("before the first step nothing is on its way");
}

#[test]
fn a_clock_of_another_mode_is_refused() {
    let image = samples::small();
    let (chips, _) = begun(&image);
    let mut free = image.clone();
    free.chip.mode = Mode::FreeRunning;
    free.chip.cycles_per_step = 1000;
    let found = timed(&free, 1, 1).restore(chips.snapshot()).expect_err("another mode").0;
    assert_eq!(found[0].code, "LL1222", "{}", found[0].message);
    assert!(found[0].message.contains("the next latch is in cycle 34"), "{}", found[0].message);
}

#[test]
fn the_functional_engine_has_no_inside_of_a_step() {
    let image = samples::small();
    let lesson = Lesson::new(&image, 1, 4, &[1, 2, 3]);
    let options = leadlag_chip::Options { replicas: 1, threads: 1, seed: 7 };
    let chips = Emulator::load(image.clone(), options).expect("valid");
    let found = chips.midstep(&lesson.stimulus(&image, &[]), 0, 5).expect_err("no cycles").0;
    assert_eq!(found[0].code, "LL1461");
}
