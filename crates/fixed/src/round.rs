//! Rounding of integers, one implementation each. `shift` counts the bits that are dropped.

/// `(x + 2^(shift-1)) >> shift`: to nearest, ties upwards. The chip's default.
#[inline(always)]
#[must_use]
pub const fn half_up(x: i128, shift: u32) -> i128 {
    if shift == 0 { x } else { (x + (1 << (shift - 1))) >> shift }
}

/// [`half_up`] for words that leave room for the half: the hot form.
#[inline(always)]
#[must_use]
pub const fn half_up_32(x: i32, shift: u32) -> i32 {
    if shift == 0 { x } else { ((x >> (shift - 1)) + 1) >> 1 }
}

/// The upper half of a product, `(a * b) >> 32`. With [`i32::wrapping_mul`] for the lower half a
/// vector keeps its 32-bit lanes, where a loop in 64-bit words splits and joins vectors.
#[inline(always)]
#[must_use]
pub const fn upper_product(a: i32, b: i32) -> i32 {
    ((a as i64 * b as i64) >> 32) as i32
}

/// `(a * b + 2^31) >> 32`: a product by a fraction of 32 bits, half up.
#[inline(always)]
#[must_use]
pub const fn half_up_product(a: i32, b: i32) -> i32 {
    // The lower half rounds by its topmost bit.
    upper_product(a, b).wrapping_add((a.wrapping_mul(b) as u32 >> 31) as i32)
}

/// `x >> shift`: towards minus infinity.
#[inline(always)]
#[must_use]
pub const fn floor(x: i128, shift: u32) -> i128 {
    x >> shift
}

/// `sign(x) * (|x| >> shift)`.
#[inline(always)]
#[must_use]
pub const fn toward_zero(x: i128, shift: u32) -> i128 {
    if x < 0 { -(-x >> shift) } else { x >> shift }
}

/// `(x + draw) >> shift` with `draw` uniform in `0 .. 2^shift`: exact in the mean.
#[inline(always)]
#[must_use]
pub const fn stochastic(x: i128, shift: u32, draw: u32) -> i128 {
    (x + draw as i128) >> shift
}

/// Floor of `x` plus what earlier calls dropped; returns the result and what this call drops.
#[inline(always)]
#[must_use]
pub const fn residue(x: i128, shift: u32, carried: i128) -> (i128, i128) {
    let total = x + carried;
    let kept = total >> shift;
    (kept, total - (kept << shift))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Halves of products are those of the wide product.
        #[test]
        fn halves_of_products_are_halves_of_the_wide_one(a in any::<i32>(), b in any::<i32>()) {
            let wide = i64::from(a) * i64::from(b);
            prop_assert_eq!(i64::from(upper_product(a, b)), wide >> 32);
            prop_assert_eq!(i128::from(half_up_product(a, b)), half_up(i128::from(wide), 32));
        }

        /// The hot form drops the low bits first, so it cannot overflow, and gives the same number.
        #[test]
        fn the_hot_half_up_is_the_half_up(x in any::<i32>(), shift in 0..31_u32) {
            prop_assert_eq!(i128::from(half_up_32(x, shift)), half_up(i128::from(x), shift));
        }

        /// Nearest is within half a unit, floor below, toward zero never grows.
        #[test]
        fn each_mode_keeps_its_promise(x in -(1_i128 << 80)..(1_i128 << 80), shift in 1..40_u32) {
            let unit = 1_i128 << shift;
            let error = (half_up(x, shift) << shift) - x;
            prop_assert!(-unit / 2 < error && error <= unit / 2);
            prop_assert!((floor(x, shift) << shift) <= x);
            prop_assert!(toward_zero(x, shift).abs() << shift <= x.abs());
        }

        /// Over all draws the mean of the rounded values is the value: no dead band.
        #[test]
        fn stochastic_rounding_is_exact_in_the_mean(x in -4000_i128..4000, shift in 0..8_u32) {
            let sum: i128 = (0..1 << shift).map(|draw| stochastic(x, shift, draw)).sum();
            prop_assert_eq!(sum, x);
        }

        /// Nothing is lost: kept and dropped parts add up.
        #[test]
        fn a_residue_is_conserved(xs in prop::collection::vec(-9999_i128..9999, 1..40), shift in 0..12_u32) {
            let (mut sum, mut carried) = (0, 0);
            for &x in &xs {
                let (kept, rest) = residue(x, shift, carried);
                prop_assert!(0 <= rest && rest < 1 << shift);
                sum += kept << shift;
                carried = rest;
            }
            prop_assert_eq!(sum + carried, xs.iter().sum::<i128>());
        }
    }
}
