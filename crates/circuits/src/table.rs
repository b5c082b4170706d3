//! Piecewise-linear function tables: phi and its derivative.

use leadlag_fixed::{half_up, low_half, saturate};
use multiversion::multiversion;

/// `2^k` equal segments on `[-Y, Y)`, linear between knots; knots in units of the table.
///
/// With `t = y + Y` and segments of `2^s` state bits: segment `i = t >> s`, position `f = t - i*2^s`,
/// value `knot_i + half_up((knot_{i+1} - knot_i) * f, s)`. Outside the domain the end knot holds, or
/// the last segment goes on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    knot: Vec<i32>,
    rise: Vec<i32>,
    low: i32,
    high: i32,
    origin: i32,
    shift: u32,
}

impl Table {
    /// A table from its knots, `2^segments + 1` of them, on `[-2^domain, 2^domain)` full scales.
    ///
    /// # Panics
    /// If the number of knots is not `2^segments + 1`, the domain exceeds 32 full scales or a
    /// segment is shorter than a state bit: an image is validated before it is loaded.
    #[must_use]
    pub fn new(knots: &[i16], domain: u8, segments: u8, extend: bool) -> Self {
        assert_eq!(
            knots.len(),
            (1 << segments) + 1,
            "a validated table has one knot more than segments"
        );
        assert!(domain <= 5 && segments <= 10, "a validated table stays within the state");
        let end = 1_i32 << (24 + domain);
        let reach = if extend { 1 << 29 } else { end };
        Self {
            knot: knots[..knots.len() - 1].iter().map(|&k| i32::from(k)).collect(),
            rise: knots.windows(2).map(|k| i32::from(k[1]) - i32::from(k[0])).collect(),
            low: -reach,
            high: reach,
            origin: end,
            shift: 25 + u32::from(domain) - u32::from(segments),
        }
    }

    /// The value at `y`: the specification.
    ///
    /// # Panics
    /// Never: the product of a rise and a position fits 64 bits.
    #[must_use]
    pub fn at(&self, y: i32) -> i32 {
        let t = y.clamp(self.low, self.high) + self.origin;
        let last = self.knot.len() - 1;
        let i = usize::try_from(t >> self.shift).unwrap_or(0).min(last);
        let f = i128::from(t) - (i128::try_from(i).expect("a table is short") << self.shift);
        let value = i128::from(self.knot[i]) + half_up(i128::from(self.rise[i]) * f, self.shift);
        i32::from(saturate(i64::try_from(value).expect("a product of words"), 16))
    }

    /// The values at `y`, one per element.
    pub fn look_up(&self, y: &[i32], values: &mut [i32]) {
        look_up(self, y, values);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
fn look_up(table: &Table, y: &[i32], values: &mut [i32]) {
    let last = low_half(i64::try_from(table.knot.len()).unwrap_or(1) - 1);
    let (knot, rise) = (&table.knot[..], &table.rise[..knot_count(table)]);
    let half = (1_i64 << table.shift) >> 1;
    for (value, &y) in values.iter_mut().zip(y) {
        let t = y.max(table.low).min(table.high) + table.origin;
        let i = (t >> table.shift).max(0).min(last);
        let f = t - (i << table.shift);
        let at = usize::try_from(i).unwrap_or(0);
        let moved = low_half((i64::from(rise[at]) * i64::from(f) + half) >> table.shift);
        *value = (knot[at] + moved).clamp(-32_768, 32_767);
    }
}

fn knot_count(table: &Table) -> usize {
    table.knot.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Lockstep of the loop with the specification, inside and outside the domain.
        #[test]
        fn the_loop_is_the_table(
            segments in 2..9_u8, domain in 0..6_u8, extend in any::<bool>(), seed in any::<u64>(),
            ys in prop::collection::vec(-(1_i32 << 29)..1 << 29, 1..50),
        ) {
            let knots: Vec<i16> = (0..=1_u32 << segments)
                .map(|i| leadlag_fixed::low_quarter(leadlag_fixed::signed(leadlag_fixed::random::philox([i, 0, 0, 0], [7, 9])[0])) ^ i16::from(seed % 2 == 0))
                .collect();
            let table = Table::new(&knots, domain, segments, extend);
            let mut values = vec![0; ys.len()];
            table.look_up(&ys, &mut values);
            for (&y, &value) in ys.iter().zip(&values) {
                prop_assert_eq!(value, table.at(y));
            }
        }
    }

    #[test]
    fn knots_are_hit_and_ends_hold_or_go_on() {
        let knots = [-100, 0, 100, 50, 50_i16];
        let held = Table::new(&knots, 1, 2, false);
        let one = 1 << 24;
        assert_eq!([-2, -1, 0, 1].map(|y| held.at(y * one)), [-100, 0, 100, 50]);
        assert_eq!([held.at(-5 * one), held.at(5 * one), held.at(one / 2)], [-100, 50, 75]);
        let on = Table::new(&knots, 1, 2, true);
        assert_eq!([on.at(-3 * one), on.at(5 * one)], [-200, 50]);
    }
}
