//! The synapse array: converter codes and exact integer sums.

use leadlag_fixed::{PairShape, index, low_quarter, multiply_pairs, pair_along, pair_rows};
use multiversion::multiversion;

use crate::drive::{DRIVE_RAIL, at_drive_rail};

/// The converter code of a synapse word: its top `dac_bits`, rounded half up, held at the top.
#[inline(always)]
#[must_use]
pub fn dac(word: i16, weight_bits: u32, dac_bits: u32) -> i16 {
    let dropped = weight_bits - dac_bits;
    let rounded = (i32::from(word) + ((1 << dropped) >> 1)) >> dropped;
    low_quarter(rounded.min((1 << (dac_bits - 1)) - 1))
}

/// [`dac`] of all words of an array.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
pub fn convert(words: &[i16], weight_bits: u32, dac_bits: u32, codes: &mut [i16]) {
    for (code, &word) in codes.iter_mut().zip(words) {
        *code = dac(word, weight_bits, dac_bits);
    }
}

/// `sum * 2^shift` at the drive rail, rounded half up where bits are dropped: the column's gain.
#[inline(always)]
#[must_use]
pub fn gained(sum: i64, shift: i32) -> i32 {
    if shift >= 0 {
        // The rail is a power of two: within `reach` nothing is lost, and beyond it the rail holds.
        let reach = i64::from(DRIVE_RAIL >> shift.min(30));
        at_drive_rail(sum.clamp(-reach, reach) << shift.min(30))
    } else {
        let dropped = shift.unsigned_abs().min(62);
        at_drive_rail(((sum >> (dropped - 1)) + 1) >> 1)
    }
}

/// [`gained`] for all sums of a bank, in place, in 32-bit words.
#[inline(always)]
fn gain_all(sums: &mut [i32], shift: i32) {
    if shift >= 0 {
        let (reach, left) = (DRIVE_RAIL >> shift.min(30), shift.min(30));
        for sum in sums {
            *sum = (*sum).max(-reach).min(reach) << left;
        }
    } else {
        let dropped = shift.unsigned_abs().min(32);
        for sum in sums {
            let rounded = ((*sum >> (dropped - 1)) + 1) >> 1;
            *sum = rounded.max(-DRIVE_RAIL).min(DRIVE_RAIL);
        }
    }
}

/// Shape of a product of row codes and an array.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shape {
    /// Rows: the stride of codes.
    pub rows: usize,
    /// Columns, padded: the stride of weights and of currents.
    pub width: usize,
    /// Exponent of the gain, in bits of the state.
    pub gain: i32,
}

/// The column currents `gain * sum_row dac(w[row, c]) * x[row]`; the sum is exact.
///
/// Shape: `codes[replica][row]`, result `currents[replica][column]`; the weights as [`pair_weights`]
/// leaves them. `pairs` is a buffer. Unit: bits of the state. The caller has proved that no sum leaves
/// 32 bits.
pub fn currents(
    codes: &[i16],
    weights: &[i32],
    shape: Shape,
    pairs: &mut Vec<i32>,
    currents: &mut [i32],
) {
    let depth = shape.rows.div_ceil(2);
    pair_along(codes, shape.rows, pairs);
    let of_pairs = PairShape { depth, width: shape.width, row_stride: depth, pair_stride: 1 };
    multiply_pairs(pairs, weights, of_pairs, currents);
    gain_here(currents, shape.gain);
}

/// Pairs of rows of an array's converter codes, `weights[row][width]`, for [`currents`]: they change when
/// weights do, not from step to step.
pub fn pair_weights(weights: &[i16], width: usize, pairs: &mut Vec<i32>) {
    let _ = pair_rows(weights, width, 0, pairs);
}

#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
fn gain_here(sums: &mut [i32], gain: i32) {
    gain_all(sums, gain);
}

/// [`currents`] as a plain loop over rows, which the target's baseline compiles: what a bench compares
/// with.
#[doc(hidden)]
pub fn currents_baseline(codes: &[i16], weights: &[i16], shape: Shape, currents: &mut [i32]) {
    let Shape { rows, width, gain } = shape;
    for (codes, currents) in codes.chunks_exact(rows).zip(currents.chunks_exact_mut(width)) {
        currents.fill(0);
        for (&code, weights) in codes.iter().zip(weights.chunks_exact(width)) {
            for (current, &weight) in currents.iter_mut().zip(weights) {
                *current += i32::from(code) * i32::from(weight);
            }
        }
    }
    gain_all(currents, gain);
}

/// A row whose code has changed, and by how much.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Change {
    /// The row.
    pub row: u32,
    /// New code minus old code.
    pub by: i32,
}

/// Adds `by * dac(w[row, c])` of each change to the sums of one replica: what an event does.
///
/// Sums are exact, so they are those of all codes at once, in any order; the caller has proved that
/// no sum of codes leaves 32 bits. On the way a sum may wrap, and comes back.
pub fn accumulate(changes: &[Change], weights: &[i16], sums: &mut [i32]) {
    accumulate_all(changes, weights, sums);
}

#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
fn accumulate_all(changes: &[Change], weights: &[i16], sums: &mut [i32]) {
    let width = sums.len();
    let row = |change: &Change| &weights[index(change.row) * width..][..width];
    // Four rows share a pass over the sums.
    let (fours, rest) = changes.as_chunks::<4>();
    for four in fours {
        let [a, b, c, d] = four.each_ref().map(row);
        let by = four.map(|change| change.by);
        for column in 0..width {
            let sum = by[0]
                .wrapping_mul(i32::from(a[column]))
                .wrapping_add(by[1].wrapping_mul(i32::from(b[column])))
                .wrapping_add(by[2].wrapping_mul(i32::from(c[column])))
                .wrapping_add(by[3].wrapping_mul(i32::from(d[column])));
            sums[column] = sums[column].wrapping_add(sum);
        }
    }
    for change in rest {
        for (sum, &weight) in sums.iter_mut().zip(row(change)) {
            *sum = sum.wrapping_add(change.by.wrapping_mul(i32::from(weight)));
        }
    }
}

/// The column currents of sums that were kept: `gain * sum`, as [`currents`] forms them.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
pub fn amplify(sums: &[i32], gain: i32, currents: &mut [i32]) {
    currents.copy_from_slice(sums);
    gain_all(currents, gain);
}

/// How many codes are not zero.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
#[must_use]
pub fn nonzero(codes: &[i16]) -> u32 {
    codes.iter().map(|&code| u32::from(code != 0)).sum()
}

/// [`currents`] for formats whose sums need more than 32 bits.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
pub fn currents_wide(codes: &[i16], weights: &[i16], shape: Shape, currents: &mut [i32]) {
    let mut sums = vec![0_i64; shape.width];
    for (codes, currents) in
        codes.chunks_exact(shape.rows).zip(currents.chunks_exact_mut(shape.width))
    {
        sums.fill(0);
        for (&code, weights) in codes.iter().zip(weights.chunks_exact(shape.width)) {
            for (sum, &weight) in sums.iter_mut().zip(weights) {
                *sum += i64::from(i32::from(code) * i32::from(weight));
            }
        }
        for (current, &sum) in currents.iter_mut().zip(&sums) {
            *current = gained(sum, shape.gain);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use leadlag_fixed::half_up;
    use proptest::prelude::*;

    #[test]
    fn the_converter_takes_the_top_bits() {
        let all: Vec<i16> =
            [0, 127, 128, -128, -129, 32_767, -32_768].map(|w| dac(w, 16, 8)).to_vec();
        assert_eq!(all, [0, 0, 1, 0, -1, 127, -128]);
        assert_eq!([dac(5, 8, 8), dac(-128, 8, 8), dac(7, 4, 2)], [5, -128, 1]);
        let mut codes = [1; 5];
        convert(&[0, 128, -129, 32_767, -32_768], 16, 8, &mut codes);
        assert_eq!(codes, [0, 1, -1, 127, -128]);
    }

    fn paired(weights: &[i16]) -> Vec<i32> {
        let mut pairs = Vec::new();
        pair_weights(weights, 32, &mut pairs);
        pairs
    }

    proptest! {
        /// An event changes a column by dac * (new - old), exactly: so sums may be kept up by events
        /// or computed afresh, in any order, and are the same number.
        #[test]
        fn events_and_dense_sums_agree(
            weights in prop::collection::vec(-128..128_i16, 21 * 32),
            events in prop::collection::vec((0..7_usize, 0..21_usize, -512..512_i16), 1..60),
        ) {
            let mut codes = vec![0_i16; 7 * 21];
            let mut kept = vec![0_i32; 7 * 32];
            for (replica, row, code) in events {
                let old = std::mem::replace(&mut codes[replica * 21 + row], code);
                for column in 0..32 {
                    kept[replica * 32 + column] += i32::from(weights[row * 32 + column]) * i32::from(code - old);
                }
            }
            let (mut dense, mut wide) = (vec![0; 7 * 32], vec![0; 7 * 32]);
            let shape = Shape { rows: 21, width: 32, gain: 0 };
            currents(&codes, &paired(&weights), shape, &mut Vec::new(), &mut dense);
            currents_wide(&codes, &weights, shape, &mut wide);
            prop_assert_eq!(&dense, &kept);
            prop_assert_eq!(dense, wide);
        }

        /// The kernel of events keeps sums that the dense one computes afresh, and amplifies them alike.
        #[test]
        fn kept_sums_are_the_dense_ones(
            weights in prop::collection::vec(-128..128_i16, 21 * 32),
            codes in prop::collection::vec(prop::collection::vec(prop_oneof![Just(0), -512..512_i16], 21), 1..6),
            gain in -12..12_i32,
        ) {
            let (mut kept, mut old) = (vec![0; 32], vec![0_i16; 21]);
            for codes in codes {
                let changes: Vec<Change> = (0..21_u32).zip(old.iter().zip(&codes))
                    .filter(|(_, (old, new))| old != new)
                    .map(|(row, (old, new))| Change { row, by: i32::from(*new) - i32::from(*old) })
                    .collect();
                accumulate(&changes, &weights, &mut kept);
                let (mut dense, mut amplified) = (vec![0; 32], vec![0; 32]);
                currents(&codes, &paired(&weights), Shape { rows: 21, width: 32, gain }, &mut Vec::new(), &mut dense);
                amplify(&kept, gain, &mut amplified);
                prop_assert_eq!(dense, amplified);
                old = codes;
            }
        }

        /// The gain is the power of two it says, rounded once, and the rail holds instead of a wrap.
        #[test]
        fn a_gain_is_a_power_of_two(sum in any::<i64>(), small in -4_000_000..4_000_000_i64, gain in -40..40_i32) {
            let rail = i128::from(DRIVE_RAIL);
            for sum in [sum >> 1, small] {
                let wide = i128::from(sum);
                let exact = if gain >= 0 { wide << gain } else { half_up(wide, gain.unsigned_abs()) };
                prop_assert_eq!(i128::from(gained(sum, gain)), exact.clamp(-rail, rail));
                if let Ok(word) = i32::try_from(sum) {
                    let mut words = [word];
                    gain_all(&mut words, gain);
                    prop_assert_eq!(words[0], gained(sum, gain));
                }
            }
        }
    }
}
