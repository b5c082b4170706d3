//! What the host's move of an error scale does to the registers.
//!
//! A full-scale error code is worth `2^scale`. When a core's scale grows by `d`, every register that
//! is in its units is divided by `2^d`, rounded half up, or multiplied and held at its rails. Gains,
//! row shifts and learning rates follow from the new plan. Row registers need nothing: the next
//! latch writes them from the rescaled codes.

use leadlag_circuits::{code, width};
use leadlag_fixed::index;
use leadlag_image::{Image, Source};

use crate::state::{ArrayState, CoreState};

/// The apical registers of a core whose scale grew by `places`.
pub(crate) fn rescale_core(core: &mut CoreState, places: i32, rail: i32, bits: u32) {
    for words in [&mut core.apical.lagged, &mut core.apical.prospective] {
        for word in words.iter_mut() {
            *word = moved(*word, places, rail);
        }
    }
    rescale_words(&mut core.apical.sent, places, bits);
}

/// Words of at most 16 bits whose unit grew by `places` powers of two.
pub(crate) fn rescale_words(words: &mut [i16], places: i32, bits: u32) {
    for word in words {
        *word = code(i32::from(*word), places, bits).0;
    }
}

/// Gathered sums whose unit grew by `places` powers of two.
pub(crate) fn rescale_sums(sums: &mut [i32], places: i32) {
    for sum in sums {
        *sum = moved(*sum, places, i32::MAX);
    }
}

fn moved(word: i32, places: i32, rail: i32) -> i32 {
    let wide = i64::from(word);
    let rescaled = if places > 0 {
        ((wide >> (places - 1).min(62)) + 1) >> 1
    } else {
        wide << places.unsigned_abs().min(31)
    };
    i32::try_from(rescaled.clamp(-i64::from(rail), i64::from(rail))).unwrap_or(rail)
}

/// The state words of the rule: a somatic array's products are in units of its core's error, an
/// apical array's in units of the error of each row's source.
pub(crate) fn rescale_products(
    image: &Image,
    core: usize,
    growth: &[i32],
    arrays: &mut [ArrayState],
) {
    let own = &image.cores[core];
    if growth[core] != 0 {
        let soma = &mut arrays[2 * core];
        rescale_words(&mut soma.mean, growth[core], 16);
        rescale_words(&mut soma.magnitude, growth[core], 16);
        rescale_sums(&mut soma.sum, growth[core]);
    }
    let apical = &mut arrays[2 * core + 1];
    let width = width(index(own.neurons));
    for group in &own.apical.array.groups {
        let Source::Core { core: source, .. } = group.source else { continue };
        let place = index(group.first) * width..index(group.first + group.rows) * width;
        for words in [&mut apical.mean, &mut apical.magnitude] {
            if let Some(words) = words.get_mut(place.clone()) {
                rescale_words(words, growth[index(source)], 16);
            }
        }
        if let Some(sums) = apical.sum.get_mut(place) {
            rescale_sums(sums, growth[index(source)]);
        }
    }
}
