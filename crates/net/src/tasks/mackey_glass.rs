//! The Mackey-Glass equation (Science 197, 1977): a chaotic series without a download.
//!
//! `x' = 0.2 x(t-17) / (1 + x(t-17)^10) - 0.1 x`, constant before 0. Chaos parts two solvers after a
//! few Lyapunov times, so results on this series are comparable with others only as averages over
//! many starts.

use crate::dataset::{float, whole};

const STEP: f64 = 0.05;
const DELAY: usize = 340;
const START: f64 = 0.720_659_7;

/// Points per Lyapunov time of 197 time units.
pub(super) const POINTS_PER_LYAPUNOV_TIME: usize = 75;

/// The first `count` points, 75 per Lyapunov time, from time 0.
///
/// Solver: Runge-Kutta of fourth order with step 0.05; the delayed value halfway between two steps
/// and the points between two steps are interpolated linearly.
#[must_use]
pub fn mackey_glass(count: usize) -> Vec<f64> {
    let interval = 197.0 / float(POINTS_PER_LYAPUNOV_TIME) / STEP;
    let place = |i: usize| float(i) * interval;
    let fine = solve(whole(place(count)) + 2);
    let value = |i: usize| {
        let below = whole(place(i));
        let (low, high) = (at(&fine, below), at(&fine, below + 1));
        low + (high - low) * (place(i) - float(below))
    };
    (0..count).map(value).collect()
}

fn at(series: &[f64], index: usize) -> f64 {
    series.get(index).copied().unwrap_or(START)
}

/// The state after `0 .. count` steps.
fn solve(count: usize) -> Vec<f64> {
    let mut series = Vec::with_capacity(count);
    let mut x = START;
    for step in 0..count {
        series.push(x);
        let past = |ahead: usize| {
            (step + ahead).checked_sub(DELAY).map_or(START, |index| at(&series, index))
        };
        x = advance(x, past(0), past(1));
    }
    series
}

/// One step; the delayed value runs from `first` to `last`.
fn advance(x: f64, first: f64, last: f64) -> f64 {
    let half = 0.5 * (first + last);
    let k1 = slope(x, first);
    let k2 = slope(x + 0.5 * STEP * k1, half);
    let k3 = slope(x + 0.5 * STEP * k2, half);
    let k4 = slope(x + STEP * k3, last);
    x + STEP / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
}

fn slope(x: f64, past: f64) -> f64 {
    let square = past * past;
    let fourth = square * square;
    0.2 * past / (1.0 + fourth * fourth * square) - 0.1 * x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_stays_on_its_attractor_and_does_not_settle() {
        let series = mackey_glass(1500);
        assert_eq!(series.first().copied(), Some(START));
        let late = &series[300..];
        assert!(late.iter().all(|x| (0.2..1.4).contains(x)));
        let (low, high) = late.iter().fold((9.0_f64, 0.0_f64), |(l, h), x| (l.min(*x), h.max(*x)));
        assert!(low < 0.5 && high > 1.2, "it swings between {low} and {high}");
    }

    #[test]
    fn before_the_delay_has_passed_the_solution_is_known() {
        // With a constant past c the equation is linear: x = e + (c - e) exp(-0.1 t), e = 10 s(c).
        let equilibrium = 10.0 * (slope(0.0, START));
        for (i, x) in mackey_glass(7).iter().enumerate() {
            let t = float(i) * 197.0 / 75.0;
            let exact = equilibrium + (START - equilibrium) * libm::exp(-0.1 * t);
            assert!((x - exact).abs() < 1e-5, "{i}: {x} and {exact}");
        }
    }

    #[test]
    fn a_longer_series_begins_with_the_shorter_one() {
        assert_eq!(mackey_glass(50), mackey_glass(80)[..50]);
        assert!(mackey_glass(0).is_empty());
    }
}
