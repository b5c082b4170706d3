//! Rounding of single numbers.

use leadlag_image::Ratio;

/// The smallest exponent whose power of two is at least `range`, within `-16 ..= 16`; 0 for 0.
#[must_use]
pub fn scale(range: f64) -> i32 {
    if range <= 0.0 || !range.is_finite() {
        return 0;
    }
    (libm::ceil(libm::log2(range)) as i32).clamp(-16, 16)
}

/// Rounds `value / 2^scale` to a signed fraction of `bits` bits, half up, held at the ends.
#[must_use]
pub fn code(value: f64, scale: i32, bits: u32) -> i16 {
    let top = f64::from(1_u32 << (bits - 1));
    let scaled = libm::floor(libm::ldexp(value, -scale) * top + 0.5);
    scaled.clamp(-top, top - 1.0) as i16
}

/// `2^exponent`.
#[must_use]
pub(crate) fn power(exponent: i32) -> f64 {
    libm::ldexp(1.0, exponent)
}

/// The converter code of a weight word: its top `dac_bits`, rounded half up, held at the top.
#[must_use]
pub fn converter(word: i16, weight_bits: u32, dac_bits: u32) -> i32 {
    let dropped = weight_bits - dac_bits;
    let rounded = (i32::from(word) + ((1 << dropped) >> 1)) >> dropped;
    rounded.min((1 << (dac_bits - 1)) - 1)
}

/// A weight word: [`code`], with `weight_bits` bits.
#[must_use]
pub fn word(weight: f64, weight_scale: i32, weight_bits: u32) -> i16 {
    code(weight, weight_scale, weight_bits)
}

/// What a code of `bits` bits is worth.
#[must_use]
pub fn value(code: i16, scale: i32, bits: u32) -> f64 {
    libm::ldexp(f64::from(code), scale + 1 - i32::try_from(bits).unwrap_or(16))
}

/// A factor as a mantissa of 15 bits and an exponent: relative error at most 2^-15.
#[must_use]
pub fn ratio(factor: f64) -> Ratio {
    if factor == 0.0 || !factor.is_finite() {
        return Ratio::default();
    }
    let (fraction, exponent) = libm::frexp(factor);
    let mantissa = libm::round(fraction * 32_768.0) as i32;
    let (mantissa, exponent) =
        if mantissa.abs() == 32_768 { (mantissa / 2, exponent + 1) } else { (mantissa, exponent) };
    Ratio { mantissa, exponent: exponent - 15 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// A code is within half a step of its value, unless the ends hold it.
        #[test]
        fn a_code_is_the_nearest_one(v in -3.0..3.0_f64, s in -2..3_i32, bits in 2..=16_u32) {
            let full = libm::ldexp(1.0, s);
            let step = full / f64::from(1_u32 << (bits - 1));
            let error = value(code(v, s, bits), s, bits) - v;
            if v.abs() < full - step { prop_assert!(error.abs() <= step * 0.500_001); }
            else { prop_assert!(value(code(v, s, bits), s, bits).abs() <= full); }
        }

        /// A scale covers its range, and half of it would not.
        #[test]
        fn a_scale_covers_its_range(range in 1e-4..6e4_f64) {
            let full = libm::ldexp(1.0, scale(range));
            prop_assert!(range <= full && range > full / 2.0 * 0.999_999);
        }

        /// A ratio is the factor to 15 bits.
        #[test]
        fn a_ratio_is_the_factor(factor in prop_oneof![-1e3..1e3_f64, -1e-6..1e-6_f64]) {
            let r = ratio(factor);
            prop_assert!(r.mantissa.abs() < 32_768);
            prop_assert!((libm::ldexp(f64::from(r.mantissa), r.exponent) - factor).abs() <= factor.abs() / 32_000.0);
        }
    }
}
