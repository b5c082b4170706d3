//! The rule applied to a column of synapses: the fast form of [`crate::learn`].
//!
//! Why narrow words suffice: `g`, `m` and `n` have 16 bits, a blend 14 and a mantissa 15, so their
//! products and squares fit 32 bits. A reciprocal is taken in double precision, where the quotient of
//! two words is exact enough to be cut off exactly, on every machine.

use leadlag_fixed::{half_up_32, low_half, low_quarter, low_word};
use multiversion::multiversion;

use crate::rule::{
    BLEND, Constants, FINE, Fraction, Mean, OUTLIER, QUOTIENT, Rounding, Rule, Settling,
};

/// The largest normalised step, as a word.
const LARGEST_WORD: i32 = 2 << QUOTIENT;

/// The words of some synapses, one array per word. Words that the rule does not have are empty.
#[derive(Debug)]
pub struct Synapses<'a> {
    /// Weights.
    pub weight: &'a mut [i16],
    /// Mean products.
    pub mean: &'a mut [i16],
    /// Root mean squares.
    pub magnitude: &'a mut [i16],
    /// Fine units above the weights' last bits; a buffer, unless steps are carried.
    pub fraction: &'a mut [i16],
}

/// One update of a column's synapses; returns how many weights it leaves at the ends of their word.
///
/// Shape: `products[row]`, `draws[row]` and every word array alike; the products become what the learning
/// rate is applied to. Sums wider than 32 bits are what [`crate::learn`] is for.
#[must_use]
pub fn update(
    constants: &Constants,
    synapses: Synapses<'_>,
    products: &mut [i32],
    draws: &[u16],
) -> u64 {
    let Synapses { weight, mean, magnitude, fraction } = synapses;
    match constants.rule {
        Rule::Sgd => sgd(constants.mean, products),
        Rule::Momentum { blend } => {
            let blend = (blend, constants.settling);
            momentum((constants.mean, blend), mean, products, draws);
        }
        Rule::Normalised { blend, forget } => {
            let blend = (blend, constants.settling);
            normalised((constants.mean, blend, forget), mean, magnitude, products, draws);
        }
    }
    store(constants, weight, fraction, products, draws)
}

/// The mean product.
#[inline(always)]
pub(crate) fn reduced(mean: Mean, products: i32) -> i64 {
    let wide = i64::from(products) * i64::from(mean.mantissa);
    ((wide >> (mean.shift - 1)) + 1) >> 1
}

/// The mean product as a word.
#[inline(always)]
fn word(mean: Mean, products: i32) -> i32 {
    low_half(reduced(mean, products)).clamp(-32_768, 32_767)
}

#[inline(always)]
fn times(fraction: Fraction, word: i32) -> i32 {
    half_up_32(word * fraction.mantissa, fraction.shift)
}

#[inline(always)]
fn blended(mean: i16, g: i32, (blend, settling): (u16, Settling), draw: u16) -> i16 {
    let mean = i32::from(mean);
    let moved = ((g - mean) * i32::from(blend) + settling.added(draw)) >> BLEND;
    low_quarter((mean + moved).clamp(-32_768, 32_767))
}

/// `2^30 / (n + 1)`, cut off: rounded to nearest after half less a little, by a sum whose last
/// place is one. The quotient is an integer or at least 2^-15 away from one.
#[inline(always)]
fn reciprocal(magnitude: i16) -> i32 {
    const HALF: f64 = 0.5 - 1.0 / 131_072.0;
    const LAST_PLACE_ONE: f64 = 4_503_599_627_370_496.0;
    let quotient = 1_073_741_824.0 / f64::from(i32::from(magnitude) + 1);
    low_word(((quotient - HALF) + LAST_PLACE_ONE).to_bits())
}

/// `s / (n + 1)`, in steps of 1/1024, half up, held at two: of m without its dead band.
#[inline(always)]
fn quotient(mean: i16, magnitude: i16, band: i16) -> i32 {
    let (mean, band) = (i32::from(mean), i32::from(band));
    let shrunk = mean - mean.max(-band).min(band);
    let over = i64::from(shrunk << (QUOTIENT + 2)) * i64::from(reciprocal(magnitude));
    ((low_half(over >> 31) + 1) >> 1).max(-LARGEST_WORD).min(LARGEST_WORD)
}

/// The root mean square after `g`.
#[inline(always)]
fn remembered(magnitude: i16, g: i32, forget: u8, draw: u16) -> i16 {
    let (old, shift) = (i32::from(magnitude), u32::from(forget) + 1);
    let held = g.abs().min((old + 1) << OUTLIER);
    let square = i64::from(held * held) * i64::from(reciprocal(magnitude));
    let distance = low_half(square >> 30) - old;
    let added = (i32::from(draw >> 8) << 8) >> (16 - shift);
    let followed = (old + ((distance + added) >> shift)).max(g.abs() >> (forget / 2));
    low_quarter(followed.min(32_767))
}

#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
fn sgd(mean: Mean, signals: &mut [i32]) {
    for signal in signals {
        *signal = word(mean, *signal);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
fn momentum(
    (of_sum, blend): (Mean, (u16, Settling)),
    mean: &mut [i16],
    signals: &mut [i32],
    draws: &[u16],
) {
    for ((mean, signal), &draw) in mean.iter_mut().zip(signals).zip(draws) {
        *mean = blended(*mean, word(of_sum, *signal), blend, draw);
        *signal = i32::from(*mean);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
fn normalised(
    (of_sum, blend, forget): (Mean, (u16, Settling), u8),
    mean: &mut [i16],
    magnitude: &mut [i16],
    signals: &mut [i32],
    draws: &[u16],
) {
    let band = blend.1.dead_band(blend.0);
    let words = mean.iter_mut().zip(magnitude);
    for (((mean, magnitude), signal), &draw) in words.zip(signals).zip(draws) {
        let g = word(of_sum, *signal);
        *mean = blended(*mean, g, blend, draw);
        *magnitude = remembered(*magnitude, g, forget, draw);
        *signal = quotient(*mean, *magnitude, band);
    }
}

/// Moves the weights by their steps; how many it leaves at an end of their word. Of the fractions, only
/// [`Rounding::Carried`] reads what is left in them.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
fn store(
    constants: &Constants,
    weight: &mut [i16],
    fraction: &mut [i16],
    signals: &[i32],
    draws: &[u16],
) -> u64 {
    let (top, below) = ((1 << (constants.weight_bits - 1)) - 1, (1 << FINE) - 1);
    let mut held = 0_u32;
    let words = weight.iter_mut().zip(fraction);
    for (((weight, fraction), &signal), &draw) in words.zip(signals).zip(draws) {
        let word = i32::from(*weight);
        let added = match constants.rounding {
            Rounding::Nearest => 1 << (FINE - 1),
            Rounding::Stochastic => i32::from(draw) & below,
            Rounding::Carried => i32::from(*fraction),
        };
        let fine = times(constants.eta, signal) - times(constants.decay, word) + added;
        let kept = (word + (fine >> FINE)).max(-top - 1).min(top);
        (*weight, *fraction) = (low_quarter(kept), low_quarter(fine & below));
        held += u32::from(kept == top || kept == -top - 1);
    }
    u64::from(held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{Words, learn};
    use proptest::prelude::*;

    fn rule() -> impl Strategy<Value = Rule> {
        prop_oneof![
            Just(Rule::Sgd),
            (1..=1_u16 << 14).prop_map(|blend| Rule::Momentum { blend }),
            (1..=1_u16 << 14, 1..=14_u8)
                .prop_map(|(blend, forget)| Rule::Normalised { blend, forget }),
        ]
    }

    fn fraction() -> impl Strategy<Value = Fraction> {
        (-32_767..=32_767, -31..=3)
            .prop_map(|(mantissa, exponent)| Fraction::new(mantissa, exponent))
    }

    /// A mean has no more places than this below the last bit.
    fn kept(replicas: u32, drop: i32) -> i32 {
        drop.max(-leadlag_fixed::signed(replicas.ilog2()))
    }

    fn constants() -> impl Strategy<Value = Constants> {
        let rounding = prop_oneof![
            Just(Rounding::Nearest),
            Just(Rounding::Stochastic),
            Just(Rounding::Carried)
        ];
        let settling = prop_oneof![Just(Settling::Rests), Just(Settling::Drawn)];
        let family = (rule(), settling);
        (family, 1..=4096_u32, -6..9_i32, fraction(), fraction(), rounding, 2..=16_u32).prop_map(
            |((rule, settling), replicas, drop, eta, decay, rounding, weight_bits)| Constants {
                rule,
                settling,
                mean: Mean::new(replicas, kept(replicas, drop)),
                eta,
                decay,
                rounding,
                weight_bits,
            },
        )
    }

    #[test]
    fn every_reciprocal_is_the_integer_quotient() {
        for magnitude in 0..=i16::MAX {
            assert_eq!(reciprocal(magnitude), (1 << 30) / (i32::from(magnitude) + 1));
        }
    }

    proptest! {
        /// Lockstep: the column is its synapses, bit for bit, over several updates.
        #[test]
        fn the_column_is_its_synapses(
            constants in constants(),
            weights in prop::collection::vec(any::<i16>(), 1..40),
            updates in prop::collection::vec((any::<i32>(), 0..32_u32, any::<u16>()), 40..200),
        ) {
            let rows = weights.len();
            let held_in = |w: i16| leadlag_fixed::saturate(i64::from(w), constants.weight_bits);
            let mut spec: Vec<Words> = weights.iter().map(|&w| Words { weight: held_in(w), ..Words::default() }).collect();
            let mut weight: Vec<i16> = spec.iter().map(|w| w.weight).collect();
            let (mut mean, mut magnitude, mut fraction) = (vec![0; rows], vec![0; rows], vec![0; rows]);
            for updates in updates.chunks_exact(rows) {
                let mut products: Vec<i32> = updates.iter().map(|u| u.0 >> u.1).collect();
                let draws: Vec<u16> = updates.iter().map(|u| u.2).collect();
                let synapses = Synapses { weight: &mut weight, mean: &mut mean, magnitude: &mut magnitude, fraction: &mut fraction };
                let sums = products.clone();
                let held = update(&constants, synapses, &mut products, &draws);
                let mut spec_held = 0;
                for (row, words) in spec.iter_mut().enumerate() {
                    let (new, at_end) = learn(&constants, *words, i64::from(sums[row]), draws[row]);
                    *words = new;
                    spec_held += u64::from(at_end);
                    let carried = if constants.rounding == Rounding::Carried { fraction[row] } else { 0 };
                    let bank = Words { weight: weight[row], mean: mean[row], magnitude: magnitude[row], fraction: carried };
                    prop_assert_eq!(*words, bank);
                }
                prop_assert_eq!(held, spec_held);
            }
        }
    }
}
