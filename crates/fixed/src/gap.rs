//! Gaps between Bernoulli successes, drawn by the digit.
//!
//! The number G of failures before a success of probability p is geometric, and the digits of a
//! geometric number are independent: in base 256 digit k has P(d) ∝ q^(d·256^k), q = 1 − p. So one
//! table of 256 thresholds per digit turns one uniform word into one digit, and a packet costs a
//! draw instead of a draw per cycle. Source: Devroye, *Non-Uniform Random Variate Generation*
//! (1986), X.2, on the digits of geometric variates.

#![expect(clippy::indexing_slicing, reason = "every table has 256 entries, every index 8 bits")]

/// 1 in Q64.
const ONE: u128 = 1 << 64;
/// 1 in Q32: what a threshold is at most.
const CERTAIN: u64 = 1 << 32;
/// Below this share (2⁻³³ in Q64) a 32-bit draw cannot tell a digit from zero.
const NEGLIGIBLE: u128 = 1 << 31;

/// The distribution of the gap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gaps {
    digits: Vec<Digit>,
}

/// The distribution of one digit.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Digit {
    /// `threshold[d]` = P(digit ≤ d) in Q32; the last is certain.
    threshold: [u64; 256],
    /// `guide[top 8 bits of the draw]` = a digit at or below the drawn one.
    guide: [u8; 256],
}

impl Gaps {
    /// Gaps of successes with probability `success` in Q64; none if it is zero.
    #[must_use]
    pub fn new(success: u128) -> Option<Self> {
        let mut failure = ONE - success.min(ONE);
        if failure == ONE {
            return None;
        }
        let mut digits = Vec::new();
        while digits.is_empty() || failure >= NEGLIGIBLE {
            let powers = powers(failure);
            digits.push(Digit::new(&powers));
            failure = powers[256];
        }
        Some(Self { digits })
    }

    /// How many uniform words [`Self::gap`] takes.
    #[cfg(test)]
    pub(crate) fn words(&self) -> usize {
        self.digits.len()
    }

    /// The gap that these uniform words stand for.
    #[inline]
    pub fn gap(&self, mut word: impl FnMut(u32) -> u32) -> u64 {
        let mut gap = 0;
        for (place, digit) in (0..).zip(&self.digits) {
            gap |= u64::from(digit.of(word(place))) << (8 * place);
        }
        gap
    }
}

impl Digit {
    fn new(powers: &[u128]) -> Self {
        let whole = ONE - powers[256];
        let share = |power: &u128| ((((ONE - power) << 32) + whole / 2) / whole).min(1 << 32);
        let share = |digit: usize| u64::try_from(share(&powers[digit + 1])).unwrap_or(CERTAIN);
        let threshold: [u64; 256] = std::array::from_fn(share);
        let first = |top: usize| {
            let draw = u64::from(crate::count(top)) << 24;
            threshold.iter().position(|&bound| draw < bound).unwrap_or(255)
        };
        let guide = std::array::from_fn(|top| u8::try_from(first(top)).unwrap_or(u8::MAX));
        Self { threshold, guide }
    }

    /// The first digit whose threshold is above the draw.
    #[inline]
    fn of(&self, draw: u32) -> u8 {
        let [top, ..] = draw.to_be_bytes();
        let mut digit = self.guide[usize::from(top)];
        // Mostly one step at most, which is arithmetic and not a branch that nobody can predict.
        digit += u8::from(u64::from(draw) >= self.threshold[usize::from(digit)]);
        while u64::from(draw) >= self.threshold[usize::from(digit)] {
            digit += 1;
        }
        digit
    }
}

/// `base` to the powers 0 to 256, in Q64, rounded half up.
fn powers(base: u128) -> Vec<u128> {
    let times = |power: &u128| Some((power * base + ONE / 2) >> 64);
    std::iter::successors(Some(ONE), times).take(257).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Kind, Site};
    use proptest::prelude::*;

    fn probability(parts: u32) -> u128 {
        u128::from(parts) << 32
    }

    /// P(gap = n) from the tables, as a share of 2³² per digit.
    fn share(gaps: &Gaps, n: u64) -> f64 {
        let resolved = 8 * u32::try_from(gaps.digits.len()).expect("few");
        let mut share = if n.checked_shr(resolved).unwrap_or(0) == 0 { 1.0 } else { 0.0 };
        for (place, digit) in (0..).zip(&gaps.digits) {
            let d = usize::try_from(n >> (8 * place) & 255).expect("8 bits");
            let below = if d == 0 { 0 } else { digit.threshold[d - 1] };
            share *= f64::from(u32::try_from(digit.threshold[d] - below).unwrap_or(u32::MAX))
                / 4_294_967_296.0;
        }
        share
    }

    proptest! {
        /// The tables hold the geometric distribution, to the resolution of a draw.
        #[test]
        fn the_digits_make_a_geometric_number(parts in 1_u32.., n in 0..70_000_u64) {
            let gaps = Gaps::new(probability(parts)).expect("not zero");
            let p = f64::from(parts) / 4_294_967_296.0;
            let exact = p * (f64::from(u32::try_from(n).expect("small")) * (-p).ln_1p()).exp();
            prop_assert!((share(&gaps, n) - exact).abs() <= 3e-10 + 1e-6 * exact, "{} {exact}", share(&gaps, n));
        }

        /// A draw lies between the thresholds of its digit, whatever the guide says.
        #[test]
        fn the_guide_leads_to_the_digit(parts in 1_u32.., draw in any::<u32>()) {
            let gaps = Gaps::new(probability(parts)).expect("not zero");
            for digit in &gaps.digits {
                let slow = digit.threshold.iter().position(|&bound| u64::from(draw) < bound);
                prop_assert_eq!(Some(usize::from(digit.of(draw))), slow);
            }
        }
    }

    #[test]
    fn certainty_has_no_gaps_and_impossibility_no_successes() {
        let always = Gaps::new(ONE).expect("certain");
        assert_eq!((always.words(), always.gap(|_| u32::MAX)), (1, 0));
        assert_eq!(Gaps::new(0), None);
    }

    /// Rate and spread of the successes are those of a Bernoulli process, within five sigma.
    #[test]
    fn successes_come_at_their_rate() {
        for parts in [0xffff_0000_u32, 0x4000_0000, 0x0a00_0000, 0x0001_0000] {
            let gaps = Gaps::new(probability(parts)).expect("not zero");
            let site = |step| Site { seed: 7, kind: Kind::Traffic, step, stream: 0, core: 0 };
            let n = 40_000_u32;
            let sum: u64 = (0..n).map(|i| gaps.gap(|w| site(u64::from(i)).block(w)[0])).sum();
            let p = f64::from(parts) / 4_294_967_296.0;
            let sigma = (f64::from(n) * (1.0 - p)).sqrt() / p;
            let expected = f64::from(n) * (1.0 - p) / p;
            let sum = f64::from(u32::try_from(sum).expect("small"));
            assert!((sum - expected).abs() < 5.0 * sigma, "{p}: {sum} {expected} {sigma}");
        }
    }
}
