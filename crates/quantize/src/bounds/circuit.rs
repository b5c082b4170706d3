//! One lead-lag compartment: gains from its drive and from its roundings to its output.

/// Worth of the last bit of a state, in full scales: Q7.24.
pub const STATE_LSB: f64 = 1.0 / 16_777_216.0;

/// A compartment with exact coefficients, `y = x + rho*(D - x)`, `x <- x + alpha*(D - x)`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Circuit {
    /// Share of the way that the state goes in a step, above 0 and at most 1.
    pub alpha: f64,
    /// Lead over lag, at least 0.
    pub rho: f64,
}

/// How far the coefficients of the circuit that computes are from those it stands for.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Mismatch {
    /// Of `alpha`.
    pub alpha: f64,
    /// Of `rho`.
    pub rho: f64,
}

/// What a compartment's own arithmetic does to its output, by where it happens.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Share {
    /// Rounding of the state, and the mismatch of `alpha`.
    pub state: f64,
    /// Rounding of the lead product, and the mismatch of `rho`.
    pub lead: f64,
}

impl Circuit {
    /// `|dy|` per `|dD|`, worst case: `rho + |1 - rho|`.
    ///
    /// The impulse response of `y` is `rho` at once and `(1 - rho) alpha (1 - alpha)^k` later, and
    /// `sum alpha (1 - alpha)^k = 1`. It is 1 for `rho <= 1`, else `2 rho - 1`.
    #[must_use]
    pub fn input_gain(self) -> f64 {
        self.rho + (1.0 - self.rho).abs()
    }

    /// `|dy|` per error added to the state in every step: `|1 - rho| / alpha`, 0 for equal time
    /// constants.
    #[must_use]
    pub fn state_gain(self) -> f64 {
        (1.0 - self.rho).abs() / self.alpha
    }

    /// What rounding half up and mismatched coefficients add, for `|D - x| <= span`.
    ///
    /// With hats for the circuit that computes, and `s` its state less the exact one,
    /// `s <- (1 - alpha) s + (alpha^ - alpha)(D^ - x^) + eps` and
    /// `dy = (1 - rho) s + (rho^ - rho)(D^ - x^) + eps'`, both roundings at most half a bit.
    /// Rails on both sides take nothing away from this: a clamp never moves two values apart.
    #[must_use]
    pub fn arithmetic(self, mismatch: Mismatch, span: f64) -> Share {
        Share {
            state: self.state_gain() * (STATE_LSB / 2.0 + mismatch.alpha * span),
            lead: STATE_LSB / 2.0 + mismatch.rho * span,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coefficients;
    use leadlag_image::Solver;
    use proptest::prelude::*;

    /// The integer circuit of the chip, with its coefficients, beside the exact one.
    fn largest_deviation(lag: f64, lead: f64, drives: &[i32]) -> f64 {
        let c = coefficients(lag, lead, Solver::Euler).expect("a circuit");
        let (alpha, rho) = (1.0 / lag, lead / lag);
        let (mut x, mut exact, mut worst) = (0_i64, 0.0, 0.0_f64);
        for &drive in drives {
            let distance = i64::from(drive) - x;
            let wide = i128::from(distance);
            let y = x + ((wide * i128::from(c.lead) + (1 << 23)) >> 24) as i64;
            let d = f64::from(drive) * STATE_LSB;
            let exact_y = exact + rho * (d - exact);
            worst = worst.max((y as f64 * STATE_LSB - exact_y).abs());
            x += ((wide * i128::from(c.lag) + (1 << 31)) >> 32) as i64;
            exact += alpha * (d - exact);
        }
        worst
    }

    fn bound(lag: f64, lead: f64, largest: i32) -> f64 {
        let circuit = Circuit { alpha: 1.0 / lag, rho: lead / lag };
        let half = Mismatch { alpha: 0.5 / 4_294_967_296.0, rho: STATE_LSB / 2.0 };
        let share = circuit.arithmetic(half, 2.0 * f64::from(largest) * STATE_LSB);
        share.state + share.lead
    }

    proptest! {
        /// The circuit never leaves its certificate, whatever it is driven with.
        #[test]
        fn no_compartment_leaves_its_bound(
            lag in 1.0..3000.0_f64, ratio in 0.0..8.0_f64, top in 0..27_u32,
            seeds in prop::collection::vec(any::<i32>(), 1..30), hold in 1..60_usize,
        ) {
            let top = 1_i32 << top;
            let drives: Vec<i32> = seeds.iter().flat_map(|s| std::iter::repeat_n(s % top, hold)).collect();
            let (measured, bound) = (largest_deviation(lag, ratio * lag, &drives), bound(lag, ratio * lag, top));
            prop_assert!(measured <= bound * (1.0 + 1e-9), "{measured} of {bound}");
        }
    }

    /// Half up leaves a state up to `tau/(2 dt)` bits short of a constant drive (as many from above
    /// as one less from below): the dead band alone nearly attains the certificate.
    #[test]
    fn the_dead_band_attains_the_bound() {
        for steps in [16_u16, 64, 256, 1024] {
            let (lag, length) = (f64::from(steps), 20 * usize::from(steps));
            // Drives of few bits: the mismatch of the coefficients has nothing to act on.
            let worst = (1..2 * i32::from(steps))
                .map(|top| largest_deviation(lag, 0.0, &vec![-top; length]))
                .fold(0.0, f64::max);
            let bound = bound(lag, 0.0, 2 * i32::from(steps));
            assert!(worst <= bound && worst > 0.9 * bound, "{lag}: {worst} of {bound}");
        }
    }

    #[test]
    fn gains_are_those_of_the_impulse_response() {
        for (alpha, rho) in [(0.25, 0.125), (0.5, 1.0), (0.1, 3.0), (1.0, 0.0)] {
            let circuit = Circuit { alpha, rho };
            let (mut x, mut input, mut state) = (0.0_f64, 0.0, 0.0);
            for step in 0..2000 {
                let drive = f64::from(u8::from(step == 0));
                input += (x + rho * (drive - x)).abs();
                x += alpha * (drive - x);
            }
            let mut x = 1.0_f64;
            for _ in 0..2000 {
                state += ((1.0 - rho) * x).abs();
                x -= alpha * x;
            }
            assert!((circuit.input_gain() - input).abs() < 1e-9, "{input}");
            assert!((circuit.state_gain() - state).abs() < 1e-9, "{state}");
        }
    }
}
