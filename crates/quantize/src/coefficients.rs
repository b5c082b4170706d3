//! Time constants as coefficients of the lead-lag compartment.

use leadlag_image::Solver;

/// Coefficients of one compartment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Coefficients {
    /// `round(alpha * 2^32)`, `1 ..= 2^32`.
    pub lag: i64,
    /// `round(rho * 2^24)`, below `2^31`.
    pub lead: i64,
}

/// Lag and lead of a compartment that low-passes with `lag` and advances with `lead`, both in units
/// of the circuit step.
///
/// `alpha = 1/lag` (Euler) or `1 - exp(-1/lag)` (exact); `rho = lead/lag`. None if `lag < 1` under
/// Euler or `rho >= 128`: the circuit has no such setting.
#[must_use]
pub fn coefficients(lag: f64, lead: f64, solver: Solver) -> Option<Coefficients> {
    let alpha = match solver {
        Solver::Euler => 1.0 / lag,
        Solver::Exact => -libm::expm1(-1.0 / lag),
    };
    let rho = lead / lag;
    // A ratio of two written times may exceed 1 by a rounding: tau = dt is legal.
    let steps = libm::round(alpha * 4_294_967_296.0);
    let fits = (1.0..=4_294_967_300.0).contains(&steps) && (0.0..127.999).contains(&rho);
    fits.then(|| Coefficients {
        lag: (steps as i64).min(1 << 32),
        lead: libm::round(rho * 16_777_216.0) as i64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_time_constants_lead_by_exactly_one() {
        let le = coefficients(6.0, 6.0, Solver::Euler).unwrap();
        assert_eq!(le, Coefficients { lag: 715_827_883, lead: 1 << 24 });
        assert_eq!(coefficients(1.0, 6.0, Solver::Euler).unwrap().lag, 1 << 32);
    }

    #[test]
    fn the_exact_solver_decays_like_the_exponential() {
        let c = coefficients(4.0, 2.0, Solver::Exact).unwrap();
        let left = 1.0 - c.lag as f64 / 4_294_967_296.0;
        assert!((left.powi(4) - (-1.0_f64).exp()).abs() < 1e-9);
    }

    #[test]
    fn what_the_circuit_cannot_do_is_refused() {
        assert_eq!(coefficients(0.5, 1.0, Solver::Euler), None);
        assert!(coefficients(0.5, 1.0, Solver::Exact).is_some());
        assert_eq!(coefficients(1.0, 128.0, Solver::Euler), None);
        assert_eq!(coefficients(f64::NAN, 1.0, Solver::Euler), None);
    }
}
