//! Output errors: what the plasticity unit of the taught core writes to the injection registers.
//!
//! Inputs are converter codes as the unit reads them, signed fractions of full scale with 15
//! fractional bits; results are injection codes.

use crate::rule::Fraction;
use leadlag_fixed::saturate;

/// `2^15 * 2^(-i/64)`, rounded.
pub const POWER: [i64; 65] = [
    32768, 32415, 32066, 31720, 31379, 31041, 30706, 30376, 30048, 29725, 29405, 29088, 28774,
    28464, 28158, 27855, 27554, 27258, 26964, 26674, 26386, 26102, 25821, 25543, 25268, 24995,
    24726, 24460, 24196, 23936, 23678, 23423, 23170, 22921, 22674, 22430, 22188, 21949, 21713,
    21479, 21247, 21019, 20792, 20568, 20347, 20127, 19911, 19696, 19484, 19274, 19066, 18861,
    18658, 18457, 18258, 18061, 17867, 17674, 17484, 17296, 17109, 16925, 16743, 16562, 16384,
];

/// `2^20 * log2(e)`, rounded.
pub const LOG2_E: u32 = 1_512_775;

/// How an error becomes an injection code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CodeScale {
    /// Injection codes per unit of 2^-15 of the error: nudging strength over the error's scale.
    pub gain: Fraction,
    /// Width of the injection register.
    pub bits: u32,
}

impl CodeScale {
    /// Half a code: where rounding starts.
    fn half(self) -> i64 {
        (1 << self.gain.shift) >> 1
    }

    /// The code of an error plus what earlier outputs have dropped, and what this one drops.
    fn code(self, error: i64, carried: i64) -> (i16, i64) {
        let total = error * i64::from(self.gain.mantissa) + carried;
        let kept = total >> self.gain.shift;
        (saturate(kept, self.bits), total - (kept << self.gain.shift))
    }
}

/// `2^-x` with 24 fractional bits, for `x >= 0` with 15 fractional bits: 64 linear segments.
fn power(x: i64) -> i64 {
    let (whole, fraction) = (x >> 15, x & 0x7fff);
    let segment = usize::try_from(fraction >> 9).unwrap_or(0);
    let (from, to) = (POWER[segment], POWER[segment + 1]);
    ((from << 9) - (from - to) * (fraction & 0x1ff)) >> whole.min(40)
}

/// `beta * (onehot - softmax(r))` as injection codes.
///
/// Shape: `rates[output]`, `codes[output]`. A full-scale rate is worth `2^scale`. Exponentials are
/// taken relative to the largest rate, so nothing overflows. The softmax is within 4 units of 2^-15
/// of the exact one.
///
/// What one output's code drops is carried to the next one: errors that add up to nothing become
/// codes that add up to nothing. Rounded each for itself they would push all outputs the same way,
/// which the loss does not see, until they stand at a rail.
pub fn cross_entropy(
    rates: &[i16],
    scale: i32,
    label: usize,
    to_code: CodeScale,
    codes: &mut [i16],
) {
    let top = i64::from(rates.iter().copied().max().unwrap_or(0));
    let share = |rate: i16| {
        // Distance to the largest rate, in units of 2^-35 * 2^scale of a factor of two.
        let distance = (top - i64::from(rate)) * i64::from(LOG2_E);
        let shift = 20 - scale;
        power(if shift >= 0 { distance >> shift.min(62) } else { distance << (-shift).min(31) })
    };
    let total: i64 = rates.iter().map(|&r| share(r)).sum::<i64>().max(1);
    let mut carried = to_code.half();
    for (output, (&rate, code)) in rates.iter().zip(codes).enumerate() {
        let softmax = ((share(rate) << 15) + total / 2) / total;
        (*code, carried) = to_code.code((i64::from(output == label) << 15) - softmax, carried);
    }
}

/// `beta * (target - r)` as injection codes. Targets are fractions of the rates' full scale.
pub fn squared_error(rates: &[i16], targets: &[i16], to_code: CodeScale, codes: &mut [i16]) {
    for ((&rate, &target), code) in rates.iter().zip(targets).zip(codes) {
        (*code, _) = to_code.code(i64::from(target) - i64::from(rate), to_code.half());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(rates: &[i16], scale: i32) -> Vec<f64> {
        let value = |&r: &i16| f64::from(r) / 32_768.0 * f64::from(scale).exp2();
        let exps: Vec<f64> = rates.iter().map(|r| value(r).exp()).collect();
        let total: f64 = exps.iter().sum();
        exps.iter().map(|e| e / total).collect()
    }

    proptest! {
        /// The integer softmax is within 4 units of 2^-15 of the exact one, at every scale.
        #[test]
        fn the_softmax_is_the_softmax(rates in prop::collection::vec(any::<i16>(), 1..40), scale in -3..6_i32, label in 0..40_usize) {
            let plain = CodeScale { gain: Fraction::new(1, 0), bits: 16 };
            let mut codes = vec![0; rates.len()];
            cross_entropy(&rates, scale, label, plain, &mut codes);
            for (output, (&code, softmax)) in codes.iter().zip(exact(&rates, scale)).enumerate() {
                let error = (f64::from(u8::from(output == label)) - softmax) * 32_768.0;
                prop_assert!((f64::from(code) - error).abs() <= 4.0, "{} {}", code, error);
            }
        }
    }

    proptest! {
        /// A softmax and a target both add up to one, and so their codes cancel.
        #[test]
        fn the_codes_add_up_to_nothing(rates in prop::collection::vec(any::<i16>(), 2..40), scale in -3..6_i32, label in 0..40_usize, bits in 6..=10_u32) {
            let to_code = CodeScale { gain: Fraction::new(1, leadlag_fixed::signed(bits) - 16), bits };
            let mut codes = vec![0; rates.len()];
            cross_entropy(&rates, scale, label % rates.len(), to_code, &mut codes);
            let top = (1 << (bits - 1)) - 1;
            prop_assume!(codes.iter().all(|&c| i32::from(c).abs() < top));
            prop_assert_eq!(codes.iter().map(|&c| i32::from(c)).sum::<i32>(), 0);
        }
    }

    #[test]
    fn the_squared_error_is_scaled_and_held() {
        let to_code = CodeScale { gain: Fraction::new(1, -6), bits: 10 };
        let mut codes = [0; 3];
        squared_error(&[0, 64, -32_768], &[64, 0, 32_767], to_code, &mut codes);
        assert_eq!(codes, [1, -1, 511]);
    }
}
