//! Sums of products over the steps between two updates, and which of their bits become the word `g`.
//!
//! A sum is exact: products of single steps are mostly far below what their sum comes to, and of opposite
//! signs. How large the sums of an array are differs by powers of ten from layer to layer and grows
//! with the weights, while a normalised step does not care: so the bits of `g` are those that the
//! root mean squares ask for. Why: `docs/adr/0008-sums-and-small-means.md`.

use leadlag_fixed::{half_up, low_half};
use multiversion::multiversion;

use crate::bank::reduced;
use crate::rule::Mean;

/// The largest number of bits that a cut drops.
const LAST: u8 = 24;

/// Mean root mean square below which a group of rows keeps one bit more, as a power of two. Two
/// places above it keeps one less: a move does not lead from one side to the other.
const LEAST: u32 = 8;

/// The sum of the products of several steps, in 32 more bits of the synapse: the specification.
///
/// A step adds the mean of its products over the replicas; what the sum cannot hold is held at its
/// end. An update takes the sum in place of its products, with [`Mean::cut`], and clears it.
///
/// # Panics
/// Never.
#[must_use]
pub fn gather(mean: Mean, sum: i32, products: i64) -> i32 {
    let one = half_up(i128::from(products) * i128::from(mean.mantissa), mean.shift);
    let held = (i128::from(sum) + one).clamp(i128::from(i32::MIN), i128::from(i32::MAX));
    i32::try_from(held).expect("held at 32 bits")
}

/// Adds a step's products to the sums of a column's synapses: [`gather`] for each.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
pub fn gather_all(mean: Mean, sums: &mut [i32], products: &[i32]) {
    for (sum, &products) in sums.iter_mut().zip(products) {
        let wide = i64::from(*sum) + reduced(mean, products);
        *sum = low_half(wide.max(i64::from(i32::MIN)).min(i64::from(i32::MAX)));
    }
}

/// By how many bits the cut of a group of rows moves after an update: -1, 0 or 1.
///
/// `magnitudes` are the root mean squares of its `count` synapses. After a move of `d` their unit, and that
/// of the mean products, is `2^d` times as large.
#[must_use]
pub fn motion_of_cut(cut: u8, magnitudes: &[i16], count: u64) -> i8 {
    let total: u64 = magnitudes.iter().map(|&n| u64::from(n.unsigned_abs())).sum();
    if total > count << (LEAST + 2) && cut < LAST {
        1
    } else if total > 0 && total < count << LEAST && cut > 0 {
        -1
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Lockstep: sums of many are sums of each, bit for bit.
        #[test]
        fn sums_of_a_column_are_those_of_its_synapses(
            (replicas, drop) in (1..=4096_u32, -12..16_i32),
            cells in prop::collection::vec((any::<i32>(), any::<i32>(), 0..32_u32), 1..70),
        ) {
            let most = leadlag_fixed::signed(replicas.ilog2());
            let mean = Mean::new(replicas, drop.max(-most));
            let products: Vec<i32> = cells.iter().map(|c| c.1 >> c.2).collect();
            let mut sums: Vec<i32> = cells.iter().map(|c| c.0).collect();
            gather_all(mean, &mut sums, &products);
            for ((cell, &products), sum) in cells.iter().zip(&products).zip(sums) {
                prop_assert_eq!(sum, gather(mean, cell.0, i64::from(products)));
            }
        }

        /// One chip alone loses nothing.
        #[test]
        fn the_sum_of_one_chip_is_exact(products in prop::collection::vec(-500_000..500_000_i64, 1..400)) {
            let sum = products.iter().fold(0, |sum, &p| gather(Mean::new(1, 0), sum, p));
            prop_assert_eq!(i64::from(sum), products.iter().sum::<i64>());
        }

        /// Whatever the sums are, the cut comes to rest where their sizes are resolved, and stays there.
        #[test]
        fn a_cut_comes_to_rest(size in 1..i32::MAX, start in 0..=LAST) {
            let mut cut = start;
            let magnitude = |cut: u8| i16::try_from(size >> cut).unwrap_or(i16::MAX);
            for _ in 0..=LAST {
                cut = cut.saturating_add_signed(motion_of_cut(cut, &[magnitude(cut)], 1));
            }
            prop_assert_eq!(motion_of_cut(cut, &[magnitude(cut)], 1), 0);
            prop_assert!((256..=1024).contains(&magnitude(cut)) || cut == 0 || cut == LAST);
        }
    }

    #[test]
    fn an_array_without_products_keeps_its_cut() {
        assert_eq!(motion_of_cut(10, &[0; 8], 8), 0);
    }
}
