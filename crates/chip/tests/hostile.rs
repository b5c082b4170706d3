//! Any image that validates can be loaded and run: nothing wraps, nothing panics.

#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]

use leadlag_chip::{Emulator, Options, State, Stimulus, Targets};
use leadlag_fixed::signed;
use leadlag_image::{Image, Loss, Ratio, samples};
use proptest::prelude::*;

#[path = "common/lesson.rs"]
mod lesson;

use lesson::Lesson;

/// A block that teaches in the way that the image's loss allows, with classes, or not at all.
fn block<'a>(lesson: &'a Lesson, image: &Image, classes: bool, learn: bool) -> Stimulus<'a> {
    let own = lesson.stimulus(image, &[true, false]);
    let targets = match (classes, learn) {
        (_, false) => Targets::None,
        (true, true) => Targets::Class(&lesson.classes),
        (false, true) => own.targets,
    };
    Stimulus { targets, learn, ..own }
}

fn within_rails(image: &Image, state: &State) -> bool {
    let rail = signed(image.chip.rails << 24);
    let shards = state.shards.iter().flat_map(|shard| &shard.cores);
    let mut words = shards
        .flat_map(|c| [&c.soma, &c.apical])
        .flat_map(|s| s.lagged.iter().chain(&s.prospective));
    words.all(|word| word.abs() <= rail)
}

fn weights_fit(image: &Image, state: &State) -> bool {
    let half = 1_i32 << (image.chip.weight_bits - 1);
    state.arrays.iter().flat_map(|a| &a.weight).all(|&w| (-half..half).contains(&i32::from(w)))
}

proptest! {
    /// Load, learn, look, learn again: every register stays in its word, whatever the image says.
    #[test]
    fn a_valid_image_runs(
        tape in prop::collection::vec(any::<u32>(), 60..400),
        replicas in 1..4_u32, classes in any::<bool>(), seed in any::<u64>(),
    ) {
        let image = samples::from_tape(&tape);
        let classes = classes || image.teaching.is_some_and(|t| t.loss == Loss::CrossEntropy);
        let mut chips = Emulator::load(image.clone(), Options { replicas, threads: 1, seed }).expect("valid");
        let lesson = Lesson::new(&image, replicas, 5, &tape);
        for learn in [true, false, true] {
            chips.run(&block(&lesson, &image, classes, learn));
            prop_assert!(within_rails(&image, chips.state()) && weights_fit(&image, chips.state()));
        }
        prop_assert!(chips.trained_image().validate().is_ok());
    }

    /// The host may ask for any error scales and any learning rate: they are taken or refused.
    #[test]
    fn any_order_of_the_host_is_taken_or_refused(
        tape in prop::collection::vec(any::<u32>(), 60..400),
        moves in prop::collection::vec((-26..=26_i32, any::<bool>()), 1..6),
        rate in (-32_767..=32_767_i32, -64..=64_i32),
    ) {
        let image = samples::from_tape(&tape);
        let mut chips = Emulator::load(image.clone(), Options { replicas: 2, threads: 1, seed: 1 }).expect("valid");
        let lesson = Lesson::new(&image, 2, 3, &tape);
        for (places, alike) in moves {
            let mut scales = chips.state().error_scales.clone();
            let changed = if alike { scales.len() } else { 1 };
            for scale in &mut scales[..changed] { *scale = places; }
            let before = chips.state().clone();
            if chips.set_error_scales(&scales).is_err() {
                prop_assert_eq!(chips.state(), &before);
            }
            chips.set_learning_rate(Ratio { mantissa: rate.0, exponent: rate.1 }).expect("any rate can be set");
            chips.run(&block(&lesson, &image, true, true));
            prop_assert!(within_rails(&image, chips.state()) && weights_fit(&image, chips.state()));
        }
    }

    /// Threads change no bit, learning or not, with any number of replicas.
    #[test]
    fn threads_change_no_bit(tape in prop::collection::vec(any::<u32>(), 60..300), replicas in 1..70_u32, seed in any::<u64>()) {
        let image = samples::from_tape(&tape);
        let lesson = Lesson::new(&image, replicas, 4, &tape);
        let run = |threads| {
            let mut chips = Emulator::load(image.clone(), Options { replicas, threads, seed }).expect("valid");
            let record = chips.run(&block(&lesson, &image, true, true));
            (record, chips.state().clone())
        };
        let alone = run(1);
        prop_assert_eq!(&run(2), &alone);
        prop_assert_eq!(run(5), alone);
    }
}
