//! Activation functions as piecewise-linear tables.

use leadlag_image::Table;
use leadlag_net::Phi;

/// The two tables of a population.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tables {
    /// The activation function.
    pub phi: Table,
    /// Its derivative.
    pub phi_prime: Table,
}

/// Tables of `2^segments` segments for a chip whose outputs stay within `2^rails` full scales.
///
/// Bounded functions are tabulated where they bend and hold their end values; unbounded ones go on.
#[must_use]
pub fn table(phi: Phi, segments: u32, rails: u32) -> Tables {
    let rail = rails.ilog2() as u8;
    let (domain, extend) = match phi {
        Phi::Tanh => (2, false),
        Phi::Logistic => (3, false),
        Phi::HardSigmoid | Phi::HardTanh => (1, false),
        Phi::Linear | Phi::Softplus | Phi::Relu => (rail.max(1), true),
    };
    let make = |f: &dyn Fn(f64) -> f64, extend| tabulate(f, domain, segments as u8, extend);
    Tables { phi: make(&|x| value(phi, x), extend), phi_prime: make(&|x| slope(phi, x), false) }
}

fn tabulate(f: &dyn Fn(f64) -> f64, domain: u8, segments: u8, extend: bool) -> Table {
    let count = 1_u32 << segments;
    let end = libm::ldexp(1.0, i32::from(domain));
    let at = |i: u32| f(2.0 * end * f64::from(i) / f64::from(count) - end);
    let values: Vec<f64> = (0..=count).map(at).collect();
    let largest = values.iter().fold(0.0_f64, |a, v| a.max(v.abs()));
    let output =
        (-8..=8).find(|&o| libm::round(libm::ldexp(largest, 15 - o)) <= 32_767.0).unwrap_or(8);
    let knot = |v: &f64| libm::floor(libm::ldexp(*v, 15 - output) + 0.5) as i16;
    Table {
        knots: values.iter().map(knot).collect(),
        domain,
        segments,
        output: output as i8,
        extend,
    }
}

/// How far a table can be from its function, for any y within the rails: the chord of a segment
/// leaves a curve by at most `h^2/8 * max |phi''|`, the knots are where they are, the value between
/// them is rounded to half a unit, and beyond the domain the end knots hold.
///
/// Functions with a bend have it on a knot.
#[must_use]
pub fn table_error(phi: Phi, table: &Table) -> f64 {
    let unit = libm::ldexp(1.0, i32::from(table.output) - 15);
    let end = libm::ldexp(1.0, i32::from(table.domain));
    let width = libm::ldexp(end, 1 - i32::from(table.segments));
    let knots = table.knots.iter().enumerate();
    let off = |(i, knot): (usize, &i16)| {
        (f64::from(*knot) * unit - value(phi, i as f64 * width - end)).abs()
    };
    let knots = knots.map(off).fold(0.0, f64::max);
    // The network's softplus is its argument above 20, where it is within e^-20 of it.
    let cut = if phi == Phi::Softplus { libm::exp(-20.0) } else { 0.0 };
    let inside = width * width / 8.0 * curvature(phi) + knots + unit / 2.0 + cut;
    let [low, high] = [table.knots.first(), table.knots.last()]
        .map(|knot| f64::from(knot.copied().unwrap_or(0)) * unit);
    let held = |knot: f64, limit: Option<f64>| limit.map_or(0.0, |limit| (limit - knot).abs());
    let [least, most] = limits(phi);
    inside.max(held(low, least)).max(held(high, most))
}

/// The largest second derivative where there is one.
fn curvature(phi: Phi) -> f64 {
    match phi {
        Phi::Tanh => 4.0 / (3.0 * libm::sqrt(3.0)),
        Phi::Logistic => 1.0 / (6.0 * libm::sqrt(3.0)),
        Phi::Softplus => 0.25,
        Phi::Linear | Phi::Relu | Phi::HardSigmoid | Phi::HardTanh => 0.0,
    }
}

/// What a bounded function tends to on either side.
fn limits(phi: Phi) -> [Option<f64>; 2] {
    match phi {
        Phi::Tanh | Phi::HardTanh => [Some(-1.0), Some(1.0)],
        Phi::Logistic | Phi::HardSigmoid => [Some(0.0), Some(1.0)],
        Phi::Linear | Phi::Softplus | Phi::Relu => [None, None],
    }
}

/// The steepest slope of the function.
#[must_use]
pub(crate) fn lipschitz(phi: Phi) -> f64 {
    match phi {
        Phi::Logistic => 0.25,
        Phi::Tanh | Phi::Softplus | Phi::Linear | Phi::Relu | Phi::HardSigmoid | Phi::HardTanh => {
            1.0
        }
    }
}

/// The activation function, as tables are made from it.
#[must_use]
pub fn activation(phi: Phi, x: f64) -> f64 {
    match phi {
        Phi::Softplus if x > 20.0 => x,
        Phi::Linear
        | Phi::Tanh
        | Phi::Logistic
        | Phi::Softplus
        | Phi::Relu
        | Phi::HardSigmoid
        | Phi::HardTanh => value(phi, x),
    }
}

/// phi(x).
fn value(phi: Phi, x: f64) -> f64 {
    match phi {
        Phi::Linear => x,
        Phi::Tanh => libm::tanh(x),
        Phi::Logistic => 1.0 / (1.0 + libm::exp(-x)),
        Phi::Softplus => libm::log1p(libm::exp(x)),
        Phi::Relu => x.max(0.0),
        Phi::HardSigmoid => x.clamp(0.0, 1.0),
        Phi::HardTanh => x.clamp(-1.0, 1.0),
    }
}

/// phi'(x); beyond the end of a hard function's domain its end knots hold, so they are zero.
fn slope(phi: Phi, x: f64) -> f64 {
    let inside = |low: f64, high: f64| f64::from(u8::from(low <= x && x <= high));
    match phi {
        Phi::Linear => 1.0,
        Phi::Tanh => 1.0 - libm::tanh(x) * libm::tanh(x),
        Phi::Logistic => value(phi, x) * (1.0 - value(phi, x)),
        Phi::Softplus => 1.0 / (1.0 + libm::exp(-x)),
        Phi::Relu => f64::from(u8::from(x > 0.0)),
        Phi::HardSigmoid => inside(0.0, 1.0),
        Phi::HardTanh => inside(-1.0, 1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table read between its knots, in units of the knots.
    fn read(t: &Table, y: f64) -> f64 {
        let (end, count) = (libm::ldexp(1.0, i32::from(t.domain)), t.knots.len() - 1);
        let place = (y + end) / (2.0 * end) * count as f64;
        let held = if t.extend { place } else { place.clamp(0.0, count as f64) };
        let at = (0..count).rev().find(|&i| i as f64 <= held).unwrap_or(0);
        let [from, to] = [f64::from(t.knots[at]), f64::from(t.knots[at + 1])];
        from + (to - from) * (held - at as f64)
    }

    /// The largest error of a function's table over a fine grid.
    fn worst(phi: Phi, f: impl Fn(f64) -> f64, pick: impl Fn(Tables) -> Table) -> f64 {
        let t = pick(table(phi, 6, 8));
        let grid = (-8 * 512..8 * 512).map(|i| f64::from(i) / 512.0);
        let error = |y: f64| (libm::ldexp(read(&t, y), i32::from(t.output) - 15) - f(y)).abs();
        grid.map(error).fold(0.0, f64::max)
    }

    #[test]
    fn tables_are_as_good_as_their_curvature_allows() {
        // (2Y / 2^k)^2 / 8 * max |phi''|: 1.5e-3 and 3.9e-3 for tanh on [-4, 4), 7.5e-4 and 9.6e-4
        // for the logistic function on [-8, 8).
        assert!(worst(Phi::Tanh, |x| value(Phi::Tanh, x), |t| t.phi) < 1.6e-3);
        assert!(worst(Phi::Tanh, |x| slope(Phi::Tanh, x), |t| t.phi_prime) < 4.0e-3);
        assert!(worst(Phi::Logistic, |x| value(Phi::Logistic, x), |t| t.phi) < 8.0e-4);
        assert!(worst(Phi::Logistic, |x| slope(Phi::Logistic, x), |t| t.phi_prime) < 1.0e-3);
        assert!(worst(Phi::Softplus, |x| value(Phi::Softplus, x), |t| t.phi) < 2.5e-3);
        for phi in [Phi::Linear, Phi::Relu, Phi::HardTanh, Phi::HardSigmoid] {
            assert!(worst(phi, |x| value(phi, x), |t| t.phi) < 5.0e-4, "{phi:?}");
        }
    }

    /// The certificate of a table holds everywhere and is not much larger than what is found.
    #[test]
    fn table_errors_are_bounds_and_nearly_attained() {
        let functions = [
            Phi::Tanh,
            Phi::Logistic,
            Phi::Softplus,
            Phi::Linear,
            Phi::Relu,
            Phi::HardTanh,
            Phi::HardSigmoid,
        ];
        for phi in functions {
            let rails = if limits(phi)[1].is_some() { 32 } else { 8 };
            for segments in 4..=9 {
                let table = table(phi, segments, rails).phi;
                let unit = libm::ldexp(1.0, i32::from(table.output) - 15);
                let end = 1024 * i32::try_from(rails).unwrap();
                let grid = (-end..end).map(|i| f64::from(i) / 1024.0);
                let rounded = |y| libm::floor(read(&table, y) + 0.5) * unit;
                let worst = grid.map(|y| (rounded(y) - value(phi, y)).abs()).fold(0.0, f64::max);
                let bound = table_error(phi, &table);
                assert!(worst <= bound, "{phi:?} {segments}: {worst} of {bound}");
                assert!(bound <= 2.5 * worst + unit, "{phi:?} {segments}: {worst} of {bound}");
            }
        }
    }

    #[test]
    fn a_linear_slope_is_exactly_one() {
        let slope = table(Phi::Linear, 6, 8).phi_prime;
        assert!(slope.knots.iter().all(|&k| i32::from(k) == 1 << (15 - slope.output)));
    }
}
