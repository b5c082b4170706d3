//! Trim codes of the time constants: what a code makes of the circuits of a neuron.
//!
//! A code says what a state keeps of itself in a step, `1 - alpha` with 15 fractional bits: it grows
//! with the time constant, and 0 is a time constant of one step under Euler's solver. The two
//! circuits of a neuron share both time constants, so the code of `tau_m` sets the lag of the soma
//! and the lead of its apical twin, and the code of `tau_r` the other two (`docs/chip/core.md`).

/// `1 << LAG` is the whole way in one step.
const LAG: u32 = 32;

/// From the fractional bits of a code to those of a lag.
const FINER: u32 = 17;

/// The largest lead coefficient of [`crate::Settings`].
const LEAD_MAX: i128 = (1 << 31) - 1;

/// Fractional bits of a lead coefficient.
const LEAD: u32 = 24;

/// How a time constant becomes a fraction of the way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Motion {
    /// `alpha = dt/tau`.
    Euler,
    /// `alpha = 1 - exp(-dt/tau)`; a lag of the whole way is one of `tau = dt`.
    Exact,
}

/// Coefficients of one circuit: [`crate::Settings`] without its rail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Coefficients {
    /// `round(alpha * 2^32)`.
    pub lag: i64,
    /// `round(rho * 2^24)`.
    pub lead: i64,
}

impl Coefficients {
    /// A circuit that shows its drive at once, as the apical one does under instantaneous errors.
    const COPY: Self = Self { lag: 1 << LAG, lead: 1 << LEAD };
}

/// The code nearest to a lag, half up, held at 32767.
#[must_use]
pub fn trim_code(lag: i64) -> i16 {
    let kept = (1_i64 << LAG) - lag;
    i16::try_from((kept + (1 << (FINER - 1))) >> FINER).unwrap_or(i16::MAX)
}

/// The lag that a code sets; codes below 0 are read as 0.
#[must_use]
pub fn trimmed_lag(code: i16) -> i64 {
    (1 << LAG) - (i64::from(code.max(0)) << FINER)
}

/// Coefficients of soma and apical compartment under the codes of `tau_m` and `tau_r`, from those
/// that the image has. A code that is the image's own changes nothing, so the image's coefficients
/// keep their finer resolution until a code is written. A lead beyond its word is held.
///
/// An apical compartment that copies its drive beside a soma that does not goes on copying, and the
/// code of `tau_r` is without effect.
#[must_use]
pub fn trimmed(image: [Coefficients; 2], codes: [i16; 2], motion: Motion) -> [Coefficients; 2] {
    let [soma, apical] = image;
    let copies = apical == Coefficients::COPY && soma != Coefficients::COPY;
    let lag = |of: Coefficients, code| {
        if trim_code(of.lag) == code { of.lag } else { trimmed_lag(code) }
    };
    let [code_m, code_r] = codes;
    let lags = [lag(soma, code_m), if copies { apical.lag } else { lag(apical, code_r) }];
    if lags == [soma.lag, apical.lag] {
        return image;
    }
    // Speeds 1/tau: tau_m/tau_r has grown by (m0 * r)/(m * r0).
    let [m, r] = lags.map(|lag| speed(lag, motion));
    let [m0, r0] = image.map(|of| speed(of.lag, motion));
    let lead = |of: Coefficients, over: i128, under: i128| {
        let scaled = i128::from(of.lead) * over;
        let rounded = (2 * scaled + under) / (2 * under);
        i64::try_from(rounded.min(LEAD_MAX)).unwrap_or(0)
    };
    let apical_lead = if copies { apical.lead } else { lead(apical, m0 * r, m * r0) };
    [
        Coefficients { lag: lags[0], lead: lead(soma, m * r0, m0 * r) },
        Coefficients { lag: lags[1], lead: apical_lead },
    ]
}

/// `dt/tau` of a lag, with 32 fractional bits; at least one bit.
fn speed(lag: i64, motion: Motion) -> i128 {
    let kept = (1_i64 << LAG) - lag;
    match motion {
        Motion::Exact if kept > 0 => i128::from(minus_ln(kept.unsigned_abs())).max(1),
        Motion::Euler | Motion::Exact => i128::from(lag).max(1),
    }
}

/// `-ln(x / 2^32)` with 32 fractional bits, for `1 <= x <= 2^32`, to about `2^-30`: the binary
/// logarithm by repeated squaring, which is the same integers on every machine.
fn minus_ln(x: u64) -> u64 {
    /// `ln 2` with 32 fractional bits.
    const LN_2: u128 = 2_977_044_472;
    let whole = x.ilog2();
    // In [1, 2) with 31 fractional bits.
    let mut power = if whole > 31 { x >> (whole - 31) } else { x << (31 - whole) };
    let mut fraction = 0_u64;
    for _ in 0..LAG {
        power = (power * power) >> 31;
        let doubled = power >> 32;
        power >>= doubled;
        fraction = (fraction << 1) | doubled;
    }
    let log = (u64::from(whole) << LAG) + fraction;
    let minus_log = (u64::from(LAG) << LAG) - log;
    u64::try_from((u128::from(minus_log) * LN_2) >> LAG).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn euler(tau_m: f64, tau_r: f64) -> [Coefficients; 2] {
        #[expect(
            clippy::as_conversions,
            clippy::cast_possible_truncation,
            reason = "a test's numbers"
        )]
        let of = |lag: f64, lead: f64| Coefficients {
            lag: (4_294_967_296.0 / lag).round() as i64,
            lead: (16_777_216.0 * lead / lag).round() as i64,
        };
        [of(tau_m, tau_r), of(tau_r, tau_m)]
    }

    /// Every code is the code of its own lag.
    #[test]
    fn codes_come_back() {
        for code in 0..=i16::MAX {
            assert_eq!(trim_code(trimmed_lag(code)), code);
        }
        assert_eq!((trim_code(1 << 32), trim_code(1), trimmed_lag(-5)), (0, i16::MAX, 1 << 32));
    }

    /// A circuit whose code is written is the circuit that a compiler would make for that time
    /// constant: lag by the code's resolution, leads by their own.
    #[test]
    fn a_code_makes_the_circuit_of_its_time_constant() {
        let [soma, apical] = trimmed(euler(6.0, 2.0), [30_720, trim_code(1 << 31)], Motion::Euler);
        assert_eq!([soma, apical], euler(16.0, 2.0));
        let [soma, apical] = trimmed(euler(16.0, 2.0), [30_720, 24_576], Motion::Euler);
        assert_eq!([soma, apical], euler(16.0, 4.0));
    }

    /// Under the exact solver `tau = -dt/ln(code/2^15)`: squaring what is kept halves it.
    #[test]
    fn the_exact_solver_has_its_own_time_constants() {
        let lag = trimmed_lag(16_384);
        let image = [Coefficients { lag, lead: 1 << 24 }, Coefficients { lag, lead: 1 << 24 }];
        let [soma, apical] = trimmed(image, [8_192, 16_384], Motion::Exact);
        assert_eq!((soma.lag, apical.lag), (trimmed_lag(8_192), lag));
        assert!((soma.lead - (2 << 24)).abs() <= 1 && (apical.lead - (1 << 23)).abs() <= 1);
    }

    #[test]
    fn instantaneous_errors_stay_instantaneous() {
        let image = [euler(6.0, 2.0)[0], Coefficients::COPY];
        let [soma, apical] = trimmed(image, [30_720, 12], Motion::Euler);
        assert_eq!((soma, apical), (euler(16.0, 2.0)[0], Coefficients::COPY));
    }

    proptest! {
        /// Whatever is written, coefficients stay in their words, and the apical circuit stays the
        /// inverse of the soma's lead where neither is at an end.
        #[test]
        fn coefficients_stay_in_their_words(m in 1.0..2000.0_f64, r in 1.0..2000.0_f64, codes in any::<[i16; 2]>(), exact: bool) {
            prop_assume!(m / r < 127.0 && r / m < 127.0);
            let motion = if exact { Motion::Exact } else { Motion::Euler };
            let [soma, apical] = trimmed(euler(m, r), codes, motion);
            for of in [soma, apical] {
                prop_assert!((1..=1 << 32).contains(&of.lag) && (0..1 << 31).contains(&of.lead));
            }
            let product = i128::from(soma.lead) * i128::from(apical.lead);
            let least = soma.lead.min(apical.lead);
            if least > 1 << 18 && i128::from(soma.lead.max(apical.lead)) < LEAD_MAX {
                prop_assert!((product - (1 << 48)).abs() < 1 << 34, "{soma:?} {apical:?}");
            }
        }

        #[test]
        fn logarithms_are_those_of_the_library(x in 1..=1_u64 << 32) {
            #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "below 2^53")]
            let (own, of) = (minus_ln(x) as f64 / 4_294_967_296.0, -(x as f64 / 4_294_967_296.0).ln());
            prop_assert!((own - of).abs() < 4e-9, "{own} {of}");
        }
    }
}
