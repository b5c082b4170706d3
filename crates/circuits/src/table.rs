//! Piecewise-linear function tables: phi and its derivative.

use leadlag_fixed::{half_up, low_half, saturate};
use multiversion::multiversion;

use crate::LANES;

/// `2^k` equal segments on `[-Y, Y)`, linear between knots; knots in units of the table.
///
/// With `t = y + Y` and segments of `2^s` state bits: segment `i = t >> s`, position `f = t - i*2^s`,
/// value `knot_i + half_up((knot_{i+1} - knot_i) * f, s)`. Outside the domain the end knot holds, or
/// the last segment goes on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// Both ends of each segment, in one word that is read at once.
    segment: Vec<[i16; 2]>,
    /// The common rise, if the table is one straight line.
    straight: Option<i32>,
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
        let segment: Vec<[i16; 2]> = knots.windows(2).map(|k| [k[0], k[1]]).collect();
        let first = rise(segment[0]);
        Self {
            straight: segment.iter().all(|&s| rise(s) == first).then_some(first),
            segment,
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
        let last = self.segment.len() - 1;
        let i = usize::try_from(t >> self.shift).unwrap_or(0).min(last);
        let f = i128::from(t) - (i128::try_from(i).expect("a table is short") << self.shift);
        let [from, _] = self.segment[i];
        let value = i128::from(from) + half_up(i128::from(rise(self.segment[i])) * f, self.shift);
        i32::from(saturate(i64::try_from(value).expect("a product of words"), 16))
    }

    /// The values at `y`, one per element.
    pub fn look_up(&self, y: &[i32], values: &mut [i32]) {
        match self.straight {
            Some(rise) => on_a_line(self, rise, y, values),
            None => look_up(self, y, values),
        }
    }
}

#[inline(always)]
fn rise([from, to]: [i16; 2]) -> i32 {
    i32::from(to) - i32::from(from)
}

/// A straight table needs no look-up: whole segments add whole rises, which no rounding touches.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
fn on_a_line(table: &Table, rise: i32, y: &[i32], values: &mut [i32]) {
    let half = (1_i64 << table.shift) >> 1;
    let first = i32::from(table.segment[0][0]);
    for (value, &y) in values.iter_mut().zip(y) {
        let t = y.max(table.low).min(table.high) + table.origin;
        let moved = (i64::from(rise) * i64::from(t) + half) >> table.shift;
        *value = (first + low_half(moved)).max(-32_768).min(32_767);
    }
}

/// Without the widest vectors: their gather instruction is slower than plain loads.
#[multiversion(targets("x86_64+avx2"))]
fn look_up(table: &Table, y: &[i32], values: &mut [i32]) {
    let mut ends = [[0_i16; 2]; LANES];
    for (values, y) in values.chunks_mut(LANES).zip(y.chunks(LANES)) {
        for (ends, &y) in ends.iter_mut().zip(y) {
            *ends = table.segment[table.place(y).1];
        }
        for ((value, &y), &ends) in values.iter_mut().zip(y).zip(&ends) {
            *value = table.between(y, ends);
        }
    }
}

impl Table {
    /// The position from the start of the domain, and the segment it lies in.
    #[inline(always)]
    fn place(&self, y: i32) -> (i32, usize) {
        let t = y.max(self.low).min(self.high) + self.origin;
        let last = low_half(i64::try_from(self.segment.len()).unwrap_or(1) - 1);
        let segment = (t >> self.shift).max(0).min(last);
        (t, usize::try_from(segment).unwrap_or(0))
    }

    /// The value at `y` between the ends of its segment.
    #[inline(always)]
    fn between(&self, y: i32, ends: [i16; 2]) -> i32 {
        let half = (1_i64 << self.shift) >> 1;
        let (t, segment) = self.place(y);
        let f = t - (low_half(i64::try_from(segment).unwrap_or(0)) << self.shift);
        let moved = low_half((i64::from(rise(ends)) * i64::from(f) + half) >> self.shift);
        (i32::from(ends[0]) + moved).max(-32_768).min(32_767)
    }
}

/// An activation function and its derivative.
///
/// Where both are cut into the same segments, which is the rule, one look-up serves both.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Activation {
    phi: Table,
    slope: Table,
    /// The ends of both tables, segment by segment.
    joint: Option<Vec<[i16; 4]>>,
}

impl Activation {
    /// The two tables.
    #[must_use]
    pub fn new(phi: Table, slope: Table) -> Self {
        let cut = |t: &Table| (t.low, t.high, t.origin, t.shift);
        let same = cut(&phi) == cut(&slope) && phi.straight.is_none() && slope.straight.is_none();
        let both = phi.segment.iter().zip(&slope.segment);
        let joint = same.then(|| both.map(|(p, s)| [p[0], p[1], s[0], s[1]]).collect());
        Self { phi, slope, joint }
    }

    /// Both functions at `y`, one value each per element.
    pub fn look_up(&self, y: &[i32], rate: &mut [i32], slope: &mut [i32]) {
        if let Some(joint) = &self.joint {
            look_up_both(self, joint, y, rate, slope);
        } else {
            self.phi.look_up(y, rate);
            self.slope.look_up(y, slope);
        }
    }
}

#[multiversion(targets("x86_64+avx2"))]
fn look_up_both(
    tables: &Activation,
    joint: &[[i16; 4]],
    y: &[i32],
    rate: &mut [i32],
    slope: &mut [i32],
) {
    let mut ends = [[0_i16; 4]; LANES];
    let (phi, prime) = (&tables.phi, &tables.slope);
    for ((rate, slope), y) in
        rate.chunks_mut(LANES).zip(slope.chunks_mut(LANES)).zip(y.chunks(LANES))
    {
        for (ends, &y) in ends.iter_mut().zip(y) {
            *ends = joint[phi.place(y).1];
        }
        for (((rate, slope), &y), &[p, q, r, s]) in rate.iter_mut().zip(slope).zip(y).zip(&ends) {
            *rate = phi.between(y, [p, q]);
            *slope = prime.between(y, [r, s]);
        }
    }
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

    proptest! {
        /// One look-up for both functions gives what each gives alone.
        #[test]
        fn two_tables_are_looked_up_as_one(domain in 0..4_u8, other in 0..4_u8, ys in prop::collection::vec(-(1_i32 << 29)..1 << 29, 1..50)) {
            let knots = |k: i32| -> Vec<i16> { (0..=16).map(|i: i32| i16::try_from((i * i * k + 7 * i) % 30_000).unwrap()).collect() };
            let (phi, slope) = (Table::new(&knots(31), domain, 4, false), Table::new(&knots(17), other, 4, false));
            let both = Activation::new(phi.clone(), slope.clone());
            prop_assert_eq!(both.joint.is_some(), domain == other);
            let (mut rates, mut slopes) = (vec![0; ys.len()], vec![0; ys.len()]);
            both.look_up(&ys, &mut rates, &mut slopes);
            for (i, &y) in ys.iter().enumerate() {
                prop_assert_eq!((rates[i], slopes[i]), (phi.at(y), slope.at(y)));
            }
        }
    }

    proptest! {
        /// A straight table is the same table without looking anything up.
        #[test]
        fn a_line_is_a_table(from in -32_768..32_767_i32, rise in -90..90_i32, domain in 0..6_u8, extend in any::<bool>(), ys in prop::collection::vec(-(1_i32 << 29)..1 << 29, 1..50)) {
            let knots: Option<Vec<i16>> = (0..=64).map(|i| i16::try_from(from + rise * i).ok()).collect();
            prop_assume!(knots.is_some());
            let table = Table::new(&knots.unwrap(), domain, 6, extend);
            prop_assert!(table.straight.is_some());
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
