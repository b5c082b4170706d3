//! The synapse array: converter codes and exact integer sums.

use leadlag_fixed::low_quarter;
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

/// `sum * 2^shift` at the drive rail, rounded half up where bits are dropped: the column's gain.
#[inline(always)]
#[must_use]
pub fn gained(sum: i64, shift: i32) -> i32 {
    if shift >= 0 {
        // Beyond this reach the shifted value is past the rail, and within it nothing is lost.
        let reach = i64::from(DRIVE_RAIL >> shift.min(30)) + 1;
        at_drive_rail(sum.clamp(-reach, reach) << shift.min(31))
    } else {
        let dropped = shift.unsigned_abs().min(62);
        at_drive_rail(((sum >> (dropped - 1)) + 1) >> 1)
    }
}

/// Shape of a product of row codes and an array.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shape {
    /// Rows, padded: the stride of codes and of weights.
    pub rows: usize,
    /// Columns, padded: the stride of currents.
    pub width: usize,
    /// Exponent of the gain, in bits of the state.
    pub gain: i32,
}

/// The column currents `gain * sum_row dac(w[row, c]) * x[row]`; the sum is exact.
///
/// Shape: `codes[replica][row]`, `weights[column][row]` (converter codes), result
/// `currents[replica][column]`, of which the real columns are written. Unit: bits of the state. The
/// caller has proved that no sum leaves 32 bits.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
pub fn currents(codes: &[i16], weights: &[i16], shape: Shape, currents: &mut [i32]) {
    for (codes, currents) in
        codes.chunks_exact(shape.rows).zip(currents.chunks_exact_mut(shape.width))
    {
        for (weights, current) in weights.chunks_exact(shape.rows).zip(currents.iter_mut()) {
            let sum: i32 =
                codes.iter().zip(weights).map(|(&x, &w)| i32::from(x) * i32::from(w)).sum();
            *current = sum;
        }
        for current in currents {
            *current = gained(i64::from(*current), shape.gain);
        }
    }
}

/// [`currents`] for formats whose sums need more than 32 bits.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
pub fn currents_wide(codes: &[i16], weights: &[i16], shape: Shape, currents: &mut [i32]) {
    for (codes, currents) in
        codes.chunks_exact(shape.rows).zip(currents.chunks_exact_mut(shape.width))
    {
        for (weights, current) in weights.chunks_exact(shape.rows).zip(currents) {
            let product = |(&x, &w): (&i16, &i16)| i64::from(i32::from(x) * i32::from(w));
            *current = gained(codes.iter().zip(weights).map(product).sum(), shape.gain);
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
    }

    proptest! {
        /// An event changes a column by dac * (new - old), exactly: so sums may be kept up by events
        /// or computed afresh, in any order, and are the same number.
        #[test]
        fn events_and_dense_sums_agree(
            weights in prop::collection::vec(-128..128_i16, 32 * 5),
            events in prop::collection::vec((0..32_usize, -512..512_i16), 1..60),
        ) {
            let mut codes = vec![0_i16; 32];
            let mut kept = [0_i32; 5];
            for (row, code) in events {
                for (column, kept) in kept.iter_mut().enumerate() {
                    *kept += i32::from(weights[column * 32 + row]) * i32::from(code - codes[row]);
                }
                codes[row] = code;
            }
            let (mut dense, mut wide) = (vec![0; 16], vec![0; 16]);
            let shape = Shape { rows: 32, width: 16, gain: 0 };
            currents(&codes, &weights, shape, &mut dense);
            currents_wide(&codes, &weights, shape, &mut wide);
            prop_assert_eq!(&dense[..5], &kept);
            prop_assert_eq!(dense, wide);
        }

        /// The gain is the power of two it says, rounded once, and the rail holds instead of a wrap.
        #[test]
        fn a_gain_is_a_power_of_two(sum in any::<i64>(), small in -4_000_000..4_000_000_i64, gain in -40..40_i32) {
            let rail = i128::from(DRIVE_RAIL);
            for sum in [sum >> 1, small] {
                let wide = i128::from(sum);
                let exact = if gain >= 0 { wide << gain } else { half_up(wide, gain.unsigned_abs()) };
                prop_assert_eq!(i128::from(gained(sum, gain)), exact.clamp(-rail, rail));
            }
        }
    }
}
