//! Activation functions and their derivatives, with the same bits on every platform.

use leadlag_net::Phi;

/// Writes `rate = phi(y)` and `slope = phi'(y)`, element by element.
pub(crate) fn apply(phi: Phi, y: &[f64], rate: &mut [f64], slope: &mut [f64]) {
    match phi {
        Phi::Linear => {
            rate.copy_from_slice(y);
            slope.fill(1.0);
        }
        Phi::Tanh => tanhs(y, rate, slope),
        Phi::Logistic => each(y, rate, slope, |x| {
            let s = logistic(x);
            (s, s * (1.0 - s))
        }),
        Phi::Softplus => each(y, rate, slope, |x| (softplus(x), logistic(x))),
        Phi::Relu => each(y, rate, slope, |x| (x.max(0.0), step(x > 0.0))),
        Phi::HardSigmoid => {
            each(y, rate, slope, |x| (x.clamp(0.0, 1.0), step((0.0..=1.0).contains(&x))));
        }
        Phi::HardTanh => {
            each(y, rate, slope, |x| (x.clamp(-1.0, 1.0), step((-1.0..=1.0).contains(&x))));
        }
    }
}

fn each(y: &[f64], rate: &mut [f64], slope: &mut [f64], phi: impl Fn(f64) -> (f64, f64)) {
    for ((y, rate), slope) in y.iter().zip(rate).zip(slope) {
        (*rate, *slope) = phi(*y);
    }
}

fn step(inside: bool) -> f64 {
    if inside { 1.0 } else { 0.0 }
}

/// `1 / (1 + exp(-x))`.
pub(crate) fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

/// `ln(1 + exp x)`, and `x` above 20.
fn softplus(x: f64) -> f64 {
    if x > 20.0 { x } else { libm::log1p(libm::exp(x)) }
}

/// The hyperbolic tangent and its derivative, several at once.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl+avx512dq", "x86_64+avx2"))]
fn tanhs(y: &[f64], rate: &mut [f64], slope: &mut [f64]) {
    for ((y, rate), slope) in y.iter().zip(rate.iter_mut()).zip(slope.iter_mut()) {
        let r = tanh(*y);
        *rate = r;
        *slope = 1.0 - r * r;
    }
}

/// Coefficients of `expm1(r) / r`, highest power first: `1 / 14!`, ..., `1 / 1!`. On |r| below
/// ln(2)/2 the next term is 5e-20 of the sum.
const TAYLOR: [f64; 14] = [
    1.0 / 87_178_291_200.0,
    1.0 / 6_227_020_800.0,
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
    1.0,
];

/// The upper bits of ln 2, few enough for exact multiples, and the rest (Cody and Waite 1980).
const LN2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
const LN2_LOW: f64 = f64::from_bits(0x3dea_39ef_3579_3c76);

/// 1.5 * 2^52: adding it leaves an integer in the low bits.
const SHIFTER: f64 = 6_755_399_441_055_744.0;

/// tanh x = -t / (2 + t) with t = expm1(-2 |x|), without branches and without a table.
///
/// Error below 1e-15; NaN stays NaN.
#[inline(always)]
fn tanh(x: f64) -> f64 {
    let magnitude = x.abs();
    // Beyond 20 the result is 1 to the last bit. (`min` would turn a NaN into 20.)
    let magnitude = if magnitude > 20.0 { 20.0 } else { magnitude };
    let argument = -2.0 * magnitude;
    let shifted = argument * std::f64::consts::LOG2_E + SHIFTER;
    let turns = shifted - SHIFTER;
    let rest = (argument - turns * LN2_HIGH) - turns * LN2_LOW;
    let mut sum = TAYLOR[0];
    for coefficient in &TAYLOR[1..] {
        sum = sum * rest + coefficient;
    }
    // 2^turns, from the integer in the low bits.
    let power = f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52);
    let t = power * (sum * rest) + (power - 1.0);
    (-t / (2.0 + t)).copysign(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_tangent_is_good_to_a_few_units(x in -25.0..25.0_f64) {
            prop_assert!((tanh(x) - libm::tanh(x)).abs() <= 4e-16, "{} {}", tanh(x), libm::tanh(x));
        }

        /// Small arguments keep their relative precision too.
        #[test]
        fn the_tangent_of_little_is_little(x in -1e-3..1e-3_f64) {
            prop_assert!((tanh(x) - libm::tanh(x)).abs() <= 4e-16 * x.abs());
        }
    }

    /// The wide form has the bits of one element at a time.
    #[test]
    fn several_at_once_are_the_same_as_one_by_one() {
        let y: Vec<f64> = (-500..500).map(|i| f64::from(i) * 0.043).collect();
        let (mut rate, mut slope) = (vec![0.0; y.len()], vec![0.0; y.len()]);
        apply(Phi::Tanh, &y, &mut rate, &mut slope);
        for ((y, rate), slope) in y.iter().zip(rate).zip(slope) {
            assert_eq!(rate.to_bits(), tanh(*y).to_bits());
            assert_eq!(slope.to_bits(), (1.0 - rate * rate).to_bits());
        }
    }

    #[test]
    fn special_values_keep_their_meaning() {
        assert!(tanh(f64::NAN).is_nan());
        assert_eq!(tanh(f64::INFINITY).to_bits(), 1.0_f64.to_bits());
        assert_eq!(tanh(f64::NEG_INFINITY).to_bits(), (-1.0_f64).to_bits());
        assert_eq!(tanh(-0.0).to_bits(), (-0.0_f64).to_bits());
    }

    #[test]
    fn every_slope_is_the_derivative() {
        const H: f64 = 1e-6;
        let functions = [
            Phi::Linear,
            Phi::Tanh,
            Phi::Logistic,
            Phi::Softplus,
            Phi::Relu,
            Phi::HardSigmoid,
            Phi::HardTanh,
        ];
        for phi in functions {
            for x in [-1.7, -0.6, 0.3, 0.8, 2.5, 25.0] {
                let (mut rate, mut slope) = ([0.0; 3], [0.0; 3]);
                apply(phi, &[x - H, x, x + H], &mut rate, &mut slope);
                let difference = (rate[2] - rate[0]) / (2.0 * H);
                assert!((difference - slope[1]).abs() < 1e-7, "{phi:?} at {x}");
            }
        }
    }

    #[test]
    fn the_ends_belong_to_the_hard_functions_and_zero_not_to_relu() {
        let at = |phi, x| {
            let (mut rate, mut slope) = ([0.0], [0.0]);
            apply(phi, &[x], &mut rate, &mut slope);
            (rate[0], slope[0])
        };
        assert_eq!(at(Phi::HardSigmoid, 0.0), (0.0, 1.0));
        assert_eq!(at(Phi::HardSigmoid, 1.0), (1.0, 1.0));
        assert_eq!(at(Phi::HardTanh, -1.0), (-1.0, 1.0));
        assert_eq!(at(Phi::HardTanh, 1.5), (1.0, 0.0));
        assert_eq!(at(Phi::Relu, 0.0), (0.0, 0.0));
    }
}
