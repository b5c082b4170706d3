//! The lead-lag compartment: the one analog circuit of the chip, as a scalar specification.
//!
//! With `rho = tau_lead / tau_lag` and `alpha` the fraction of the way that the membrane goes in
//! one circuit step,
//!
//! ```text
//! y = x + rho * (D - x)          prospective output
//! x <- x + alpha * (D - x)       lagged state
//! ```
//!
//! The soma has (lag, lead) = (`tau_m`, `tau_r`), the apical compartment the same two exchanged
//! (Ellenberger et al., arXiv 2403.16933: the error is low-passed with `tau_r` and
//! advanced with `tau_m`).

use leadlag_fixed::half_up;

/// Constants of one compartment while the chip runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settings {
    /// `round(alpha * 2^32)`, `1 ..= 2^32`.
    pub lag: i64,
    /// `round(rho * 2^24)`, `0 .. 2^31`.
    pub lead: i64,
    /// States and outputs are held at `+-rail`, in bits of the state.
    pub rail: i32,
}

/// What a compartment shows after a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Output {
    /// `y`, from the old state.
    pub prospective: i32,
    /// `x`, the new state.
    pub lagged: i32,
    /// A rail held `y`.
    pub prospective_held: bool,
    /// A rail held `x`.
    pub lagged_held: bool,
}

/// The register of a compartment. Cloning it is a snapshot.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LeadLag {
    /// `x`, in bits of the state.
    pub lagged: i32,
}

impl LeadLag {
    /// One circuit step: both motions from the old state.
    pub fn tick(&mut self, settings: &Settings, drive: i32) -> Output {
        let (prospective, prospective_held) =
            hold(toward(self.lagged, drive, settings.lead, 24), settings.rail);
        let (lagged, lagged_held) =
            hold(toward(self.lagged, drive, settings.lag, 32), settings.rail);
        *self = Self { lagged };
        Output { prospective, lagged, prospective_held, lagged_held }
    }
}

/// `from + ratio * (to - from)`, rounded half up; `ratio` has `fraction` fractional bits.
#[must_use]
pub fn toward(from: i32, to: i32, ratio: i64, fraction: u32) -> i128 {
    let distance = i128::from(to) - i128::from(from);
    i128::from(from) + half_up(distance * i128::from(ratio), fraction)
}

/// The value at the rails, and whether a rail held it.
fn hold(value: i128, rail: i32) -> (i32, bool) {
    let held = value.clamp(-i128::from(rail), i128::from(rail));
    (i32::try_from(held).expect("a rail is a 32-bit word"), held != value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use leadlag_fixed::{FULL_SCALE, State};
    use proptest::prelude::*;

    fn euler(lag_steps: u32, lead_steps: u32) -> Settings {
        let lag = (1_i64 << 32) >> lag_steps;
        let lead = (1_i64 << (24 + lead_steps)) >> lag_steps;
        Settings { lag, lead, rail: 1 << 30 }
    }

    proptest! {
        /// Swapping the time constants inverts the Euler circuit: what the soma did to a signal, the
        /// apical twin undoes in the same step, whatever dt, because H_b * H_f = 1. The bound counts
        /// the roundings: with G = tau_m / tau_r it is |1 - G| (1/2 + tau_r/dt) + G/2 + 1/2 units.
        #[test]
        fn the_apical_twin_undoes_the_soma(m in 0..7_u32, r in 0..7_u32, signal in prop::collection::vec(-FULL_SCALE / 8..FULL_SCALE / 8, 1..60)) {
            let (mut soma, mut apical) = (LeadLag::default(), LeadLag::default());
            let (gain, steps) = (f64::from(1_u32 << m) / f64::from(1_u32 << r), f64::from(1_u32 << r));
            let bound = (1.0 - gain).abs() * (0.5 + steps) + gain / 2.0 + 0.5;
            for drive in signal {
                let there = soma.tick(&euler(m, r), drive).prospective;
                let back = apical.tick(&euler(r, m), there).prospective;
                prop_assert!(f64::from((back - drive).abs()) <= bound);
            }
        }

        /// Equal time constants: the lead cancels the lag, and y is the drive, bit for bit.
        #[test]
        fn latent_equilibrium_copies_its_drive(lag in 1..=1_i64 << 32, x in any::<i32>(), drive in any::<i32>()) {
            let settings = Settings { lag, lead: 1 << 24, rail: i32::MAX };
            let out = LeadLag { lagged: x }.tick(&settings, drive);
            prop_assert_eq!(out.prospective, drive.max(-i32::MAX));
        }

        /// A rail never wraps, and says when it held.
        #[test]
        fn rails_hold(lag in 1..=1_i64 << 32, lead in 0..1_i64 << 31, x in any::<i32>(), drive in any::<i32>(), rail in 1..i32::MAX) {
            let settings = Settings { lag, lead, rail };
            let out = LeadLag { lagged: x.clamp(-rail, rail) }.tick(&settings, drive);
            prop_assert!(out.prospective.abs() <= rail && out.lagged.abs() <= rail);
            prop_assert!(out.prospective_held <= (out.prospective.abs() == rail));
        }

        /// The half-up dead band: a constant drive is reached to within tau/(2 dt) units, no further.
        #[test]
        fn the_dead_band_is_half_a_time_constant(steps in 1..12_u32, drive in -FULL_SCALE..FULL_SCALE) {
            let mut cell = LeadLag::default();
            for _ in 0..(40 << steps) {
                cell.tick(&euler(steps, 0), drive);
            }
            prop_assert!((cell.lagged - drive).abs() <= (1 << steps) / 2 + 1);
        }
    }

    #[test]
    fn the_state_reads_as_a_fixed_point_number() {
        let mut cell = LeadLag::default();
        let out = cell.tick(&euler(1, 0), FULL_SCALE);
        assert_eq!(State::from_bits(out.lagged), State::from_num(0.5));
    }
}
