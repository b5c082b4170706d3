//! Random images on random fabrics.

use leadlag_chip::{Emulator, Options};
use leadlag_fabric::Faults;
use leadlag_image::{Image, Preset, Sender, samples};
use proptest::prelude::*;

/// A chip on the cycle engine.
pub(crate) fn timed(image: &Image, replicas: u32, threads: usize) -> Emulator {
    let options = Options { replicas, threads, seed: 7 };
    let mut chips = Emulator::load(image.clone(), options).expect("a valid image");
    chips.attach_fabric(Faults::default()).expect("its events can be carried");
    chips
}

/// An image and a stimulus, with some other fabric and senders.
pub(crate) fn case() -> impl Strategy<Value = (Image, Vec<u32>)> {
    let tapes =
        (prop::collection::vec(any::<u32>(), 8..200), prop::collection::vec(any::<u32>(), 9..60));
    let knobs = (0..5_usize, 1..3_u32, any::<bool>(), prop::option::of(1..4_u16), 1..3_u32);
    (tapes, knobs).prop_map(|((tape, words), (preset, channels, multicast, threshold, grid))| {
        let mut image = samples::from_tape(&tape);
        let presets = [Preset::P, Preset::S, Preset::L, Preset::N, Preset::I];
        image.chip.fabric.preset = presets[preset];
        image.chip.fabric.channels = channels;
        image.chip.fabric.multicast = multicast && preset == 0;
        image.chip.wait_for_plasticity = true;
        if image.chip.mesh_x.is_multiple_of(grid) {
            (image.chip.mesh_x, image.chip.grid_x) = (image.chip.mesh_x / grid, grid);
        }
        if let Some(threshold) = threshold {
            for core in &mut image.cores {
                core.soma.sender = Sender::OnChange { threshold };
            }
        }
        (image, words)
    })
}
