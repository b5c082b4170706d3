//! Inputs of the teacher-student experiments (Ellenberger et al., arXiv 2403.16933).

use crate::dataset::{float, whole};

/// One period of a square wave between -1 and 1, sampled every `dt` time units, smoothed with a
/// Gaussian of 5 steps (radius 20), periodic. The first half period is 1.
///
/// The number of points is the period over `dt`, rounded, and at least 2.
#[must_use]
pub fn step_wave(period: f64, dt: f64) -> Vec<f64> {
    const RADIUS: usize = 20;
    let points = whole(period / dt + 0.5).clamp(2, 1 << 24);
    let square = |i: usize| if 2 * (i % points) < points { 1.0 } else { -1.0 };
    let weights: Vec<f64> = (0..=2 * RADIUS)
        .map(|k| (float(k) - float(RADIUS)) / 5.0)
        .map(|d| libm::exp(-0.5 * d * d))
        .collect();
    let total: f64 = weights.iter().sum();
    let turns = points * RADIUS;
    let around = |i: usize| {
        let sum: f64 =
            weights.iter().enumerate().map(|(k, w)| w * square(i + turns + k - RADIUS)).sum();
        sum / total
    };
    (0..points).map(around).collect()
}

/// `sin(0.49 t) + sin(1.07 t) + sin(1.98 t)`, t in time units.
#[must_use]
pub fn three_sines(t: f64) -> f64 {
    [0.49, 1.07, 1.98].iter().map(|omega| libm::sin(omega * t)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_smooth_and_balanced() {
        let wave = step_wave(4.0, 0.01);
        assert_eq!(wave.len(), 400);
        assert!(wave.iter().sum::<f64>().abs() < 1e-9);
        assert!((wave[100] - 1.0).abs() < 1e-12 && (wave[300] + 1.0).abs() < 1e-12);
        let jump = wave.iter().zip(wave.iter().cycle().skip(1)).map(|(a, b)| (a - b).abs());
        let steepest = jump.fold(0.0, f64::max);
        // The steepest slope of a smoothed jump of 2 is 2 / (5 sqrt(2 pi)) per step.
        assert!((steepest - 0.159_6).abs() < 1e-3, "{steepest}");
    }

    #[test]
    fn a_step_longer_than_the_period_still_gives_a_wave() {
        assert_eq!(step_wave(1.0, 100.0).len(), 2);
    }

    #[test]
    fn the_sines_start_at_zero_with_slope_three_and_a_half() {
        assert!(three_sines(0.0).abs() < 1e-15);
        assert!((three_sines(1e-6) / 1e-6 - 3.54).abs() < 1e-6);
    }
}
