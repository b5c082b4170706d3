//! How many bits of a product the word `g` drops, by rule, codes, replicas and layer.

#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]

use leadlag_chip::dropped_bits;
use leadlag_image::{Compartment, Rule, samples};

const NORMALISED: Rule = Rule::Normalised { blend: 1638, forget: 10 };

/// Of the hidden soma, and of the output's, which the hidden apical array shares.
fn dropped(rule: Rule, bits: u32, replicas: u32) -> [i32; 2] {
    let mut image = samples::small();
    (image.chip.payload_bits, image.chip.adc.bits) = (bits, bits);
    let learning = image.learning.as_mut().expect("it learns");
    learning.rule = rule;
    let learning = learning.clone();
    let of = |core: usize, side| {
        let group = &image.cores[core].side(side).array.groups[0];
        dropped_bits(&image, &learning, (core, side), group, replicas)
    };
    let both = [of(0, Compartment::Soma), of(1, Compartment::Soma)];
    assert_eq!(of(0, Compartment::Apical), both[1], "two ends of a projection");
    both
}

#[test]
fn hidden_products_keep_four_bits_more_under_the_normalised_rule() {
    assert_eq!(dropped(NORMALISED, 10, 1), [0, 3]);
    assert_eq!(dropped(NORMALISED, 12, 1), [3, 7]);
    assert_eq!(dropped(NORMALISED, 12, 100), [0, 4]);
    assert_eq!(dropped(NORMALISED, 10, 100), [-4, 0]);
    // A mean of eight has three places below the last bit of a product.
    assert_eq!(dropped(NORMALISED, 8, 8), [-3, 0]);
    assert_eq!(dropped(Rule::Sgd, 12, 100), [4, 4]);
    assert_eq!(dropped(Rule::Momentum { blend: 1638 }, 10, 1), [3, 3]);
}
