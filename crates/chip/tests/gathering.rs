//! Products that a block gathers over its steps at once are those that its steps gather one by one.

#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]

#[path = "common/lesson.rs"]
mod lesson;

use leadlag_chip::{Emulator, Options, Stimulus};
use leadlag_image::{Image, Rule, samples};
use lesson::Lesson;
use proptest::prelude::*;

fn chips(image: &Image, replicas: u32, threads: usize) -> Emulator {
    let options = Options { replicas, threads, seed: 5 };
    Emulator::load(image.clone(), options).expect("a valid image")
}

/// An image whose rule gathers the products of some steps.
fn case() -> impl Strategy<Value = (Image, Vec<u32>)> {
    let tapes =
        (prop::collection::vec(any::<u32>(), 8..200), prop::collection::vec(any::<u32>(), 9..60));
    (tapes, 1..150_u32).prop_filter_map("an image that learns", |((tape, words), every)| {
        let mut image = samples::from_tape(&tape);
        let learning = image.learning.as_mut()?;
        learning.rule = Rule::Gathered { blend: 3000, forget: 4 };
        learning.every = every;
        Some((image, words))
    })
}

/// One step of a lesson.
fn step<'a>(lesson: &'a Lesson, image: &Image, at: usize) -> Stimulus<'a> {
    let cells = [lesson.codes.len(), lesson.targets.len()].map(|words| words / lesson.steps);
    lesson.stimulus(image, &[]).part(at..at + 1, cells)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Sums that begin anywhere, at an end of their word too, end the same.
    #[test]
    fn a_block_gathers_what_its_steps_gather(
        (image, words) in case(),
        (replicas, threads, steps) in (1..6_u32, 1..3_usize, 1..200_usize),
        start in prop_oneof![Just(0), any::<i32>(), i32::MAX - 300..=i32::MAX, i32::MIN..=i32::MIN + 300],
    ) {
        let lesson = Lesson::new(&image, replicas, steps, &words);
        let (mut whole, mut stepped) = (chips(&image, replicas, threads), chips(&image, replicas, 1));
        let mut state = whole.snapshot();
        state.arrays.iter_mut().for_each(|array| array.sum.fill(start));
        for chips in [&mut whole, &mut stepped] {
            chips.restore(state.clone()).expect("its own state");
        }
        let record = whole.run(&lesson.stimulus(&image, &[]));
        let rates = (0..steps).map(|at| stepped.run(&step(&lesson, &image, at)).rates);
        if replicas == 1 {
            prop_assert_eq!(record.rates, rates.collect::<Vec<_>>().concat());
        } else {
            rates.for_each(drop);
        }
        prop_assert_eq!(whole.snapshot(), stepped.snapshot());
    }
}
