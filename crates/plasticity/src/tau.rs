//! The rule of a membrane's time constant, as a scalar specification: one column, one update.
//!
//! It is the rule of the synapses with another product, `-e*du` for `e*r`: `du` is what the membrane
//! has moved in the step (Ellenberger et al., arXiv 2403.16933: `d tau_m = -eta e du/dt`). What moves is
//! the trim code `1 - dt/tau_m`, and since `d(dt/tau) = -(dt/tau)^2 d(tau/dt)`, the step that the rule gives in
//! `tau` is multiplied by the square of `dt/tau`: a time constant learns at the network's rate whatever
//! its value (`docs/chip/learning.md`).

use leadlag_fixed::saturate;

use crate::rule::{FINE, Fraction, Mean, Rounding, Rule, Settling, Words, remember, signal, word};

/// A step in `tau/dt` has so many fractional bits: two more than one in fine units of the code.
pub const TAU_STEP: u32 = 29;

/// Everything constant about the rule of a core's time constants.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TauConstants {
    /// Family.
    pub rule: Rule,
    /// Rounding of the mean's motion.
    pub settling: Settling,
    /// From the sum of products to the word `g`.
    pub mean: Mean,
    /// Learning rate: from a unit of `g`, of `m`, or of the quotient in 1/1024, to a step before its
    /// lift.
    pub eta: Fraction,
    /// Rounding of the code.
    pub rounding: Rounding,
    /// The least code, not below 0.
    pub least: i16,
}

impl Rule {
    /// Places by which a step of this family is lifted to [`TAU_STEP`]: a quotient has fewer bits than a
    /// word, and room for larger rates.
    #[must_use]
    pub fn tau_lift(self) -> u32 {
        match self {
            Self::Sgd | Self::Momentum { .. } => 0,
            Self::Normalised { .. } => 4,
        }
    }
}

/// What a membrane moved in a step, negative, from its codes as fractions with 15 bits: held.
#[must_use]
pub fn motion(before: i16, now: i16) -> i16 {
    before.saturating_sub(now)
}

/// One update of one code: the specification. `words.weight` is the code, `products` the sum over replicas
/// of error times [`motion`], both as fractions with 15 bits, `draw` the column's half-word of the random
/// port's stream 3.
///
/// # Panics
/// Never, for constants in their documented ranges.
#[must_use]
pub fn learn_tau(constants: &TauConstants, words: Words, products: i64, draw: u16) -> Words {
    let family = (constants.rule, constants.settling);
    let g = word(constants.mean, products);
    let (mean, magnitude) = remember(family, words, g, draw);
    let step = constants.eta.of(signal(family, g, mean, magnitude));
    let step = step << constants.rule.tau_lift();
    let pace = (1 << 15) - i64::from(words.weight.max(0));
    let fine = (((step * pace * pace) >> 31) + 1) >> 1;
    let added = match constants.rounding {
        Rounding::Nearest => 1 << (FINE - 1),
        Rounding::Stochastic => i64::from(draw & ((1 << FINE) - 1)),
        Rounding::Carried => i64::from(words.fraction),
    };
    let fraction = constants.rounding.left(words, fine + added);
    let moved = saturate(i64::from(words.weight) + ((fine + added) >> FINE), 16);
    Words { weight: moved.max(constants.least), mean, magnitude, fraction }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sgd(eta: Fraction, least: i16) -> TauConstants {
        let mean = Mean::new(1, 0);
        TauConstants {
            rule: Rule::Sgd,
            settling: Settling::Rests,
            mean,
            eta,
            rounding: Rounding::Nearest,
            least,
        }
    }

    /// A step of half a circuit step in tau moves tau by that, wherever it is, up to the code's resolution.
    #[test]
    fn a_step_is_one_of_the_time_constant() {
        let constants = sgd(Fraction::new(1 << 14, 0), 0);
        for tau in [4_i64, 10, 40, 100] {
            let code = 32_768 - 32_768 / tau;
            let words = Words { weight: i16::try_from(code).expect("a code"), ..Words::default() };
            // 2^14 * 2^14 / 2^29 = 1/2.
            let moved = learn_tau(&constants, words, 1 << 14, 0).weight;
            let wanted = 32_768 - 65_536 / (2 * tau + 1);
            let second = 32_768 / (4 * tau * tau * tau) + 2;
            assert!((i64::from(moved) - wanted).abs() <= second, "{tau}: {moved} for {wanted}");
        }
    }

    #[test]
    fn the_least_code_holds() {
        let words = Words { weight: 20_000, ..Words::default() };
        let constants = sgd(Fraction::new(32_767, 0), 19_999);
        assert_eq!(learn_tau(&constants, words, -30_000, 0).weight, 19_999);
        assert!(learn_tau(&constants, words, 30_000, 0).weight > 20_000);
        let end = Words { weight: i16::MAX, ..Words::default() };
        assert_eq!(learn_tau(&constants, end, 30_000, 0).weight, i16::MAX);
    }
}
