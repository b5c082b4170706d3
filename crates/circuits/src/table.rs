//! Piecewise-linear function tables: phi and its derivative.

#![cfg_attr(
    target_arch = "x86_64",
    expect(
        unsafe_code,
        reason = "vectors are loaded from and stored to arrays of exactly their length"
    )
)]

use leadlag_fixed::{half_up, low_half, pair, saturate};
use multiversion::multiversion;
use multiversion::target::match_target;

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
    let (mut places, mut ends) = (Places::default(), [[0_i16; 2]; LANES]);
    for (values, y) in values.chunks_mut(LANES).zip(y.chunks(LANES)) {
        places.find(table, y);
        for (ends, &segment) in ends.iter_mut().zip(&places.segment) {
            *ends = table.segment[usize::try_from(segment).unwrap_or(0)];
        }
        for ((value, &offset), &[from, to]) in values.iter_mut().zip(&places.offset).zip(&ends) {
            *value = table.between(offset, i32::from(from), i32::from(to));
        }
    }
}

/// Where some columns lie in a table. Three short loops, because finding and interpolating are
/// vectors and loading is not.
#[derive(Default)]
struct Places {
    segment: [i32; LANES],
    /// From the start of the segment.
    offset: [i32; LANES],
}

impl Places {
    #[inline(always)]
    fn find(&mut self, table: &Table, y: &[i32]) {
        let last = low_half(i64::try_from(table.segment.len()).unwrap_or(1) - 1);
        for ((segment, offset), &y) in self.segment.iter_mut().zip(&mut self.offset).zip(y) {
            let t = y.max(table.low).min(table.high) + table.origin;
            *segment = (t >> table.shift).max(0).min(last);
            *offset = t - (*segment << table.shift);
        }
    }
}

/// Bits of the upper part of an offset.
const UPPER: u32 = 13;

impl Table {
    /// The value between the ends of a segment, `offset` from its start.
    #[inline(always)]
    fn between(&self, offset: i32, from: i32, to: i32) -> i32 {
        let half = (1_i64 << self.shift) >> 1;
        let moved = (i64::from(to - from) * i64::from(offset) + half) >> self.shift;
        (from + low_half(moved)).max(-32_768).min(32_767)
    }

    /// Whether [`Table::near`] is [`Table::between`] for every offset: offsets end with the segment and
    /// both parts of a product fit 32 bits.
    fn is_near(&self) -> bool {
        self.high == self.origin && (UPPER + 1..=2 * UPPER).contains(&self.shift)
    }

    /// [`Table::between`] in 32-bit words. With `offset = upper*2^k + lower`, where `k = shift - 13`,
    /// cutting `rise*lower` off at `2^k` loses nothing that the cut at `2^shift` keeps, since half a
    /// segment is a multiple of `2^k`. A rise has 17 bits, an upper part at most `2^13`.
    #[inline(always)]
    fn near(&self, offset: i32, from: i32, to: i32) -> i32 {
        let (rise, k) = (to - from, self.shift - UPPER);
        let (upper, lower) = (offset >> k, offset & ((1 << k) - 1));
        let moved = (rise * upper + ((rise * lower) >> k) + (1 << (UPPER - 1))) >> UPPER;
        (from + moved).max(-32_768).min(32_767)
    }
}

/// An activation function and its derivative.
///
/// Where both are cut into the same segments, which is the rule, one look-up serves both.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Activation {
    phi: Table,
    slope: Table,
    joint: Option<Joint>,
}

/// The ends of the segments of both tables: two words in one that is read at once.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Joint {
    /// Both tables, segment by segment.
    ends: Vec<[i32; 2]>,
    /// One table after the other, if few vectors hold them: a permutation is then a look-up.
    held: Option<Box<[[i32; HELD]; 2]>>,
}

/// Segments of a table that four vector registers hold.
const HELD: usize = 64;

impl Joint {
    fn new(phi: &Table, slope: &Table) -> Self {
        let word = |&[from, to]: &[i16; 2]| pair(from, to);
        let both = phi.segment.iter().zip(&slope.segment);
        let ends: Vec<[i32; 2]> = both.map(|(p, s)| [word(p), word(s)]).collect();
        let held = (ends.len() <= HELD && phi.is_near()).then(|| {
            let of = |table: usize| std::array::from_fn(|i| ends.get(i).map_or(0, |e| e[table]));
            Box::new([of(0), of(1)])
        });
        Self { ends, held }
    }
}

impl Activation {
    /// The two tables.
    #[must_use]
    pub fn new(phi: Table, slope: Table) -> Self {
        let cut = |t: &Table| (t.low, t.high, t.origin, t.shift);
        let same = cut(&phi) == cut(&slope) && phi.straight.is_none() && slope.straight.is_none();
        let joint = same.then(|| Joint::new(&phi, &slope));
        Self { phi, slope, joint }
    }

    /// Both functions at `y`, one value each per element.
    pub fn look_up(&self, y: &[i32], rate: &mut [i32], slope: &mut [i32]) {
        if let Some(joint) = &self.joint {
            match &joint.held {
                Some(held) => look_up_held(&self.phi, held, y, (rate, slope)),
                None => look_up_both(self, &joint.ends, y, rate, slope),
            }
        } else {
            self.phi.look_up(y, rate);
            self.slope.look_up(y, slope);
        }
    }
}

#[multiversion(targets("x86_64+avx2"))]
fn look_up_both(
    tables: &Activation,
    joint: &[[i32; 2]],
    y: &[i32],
    rate: &mut [i32],
    slope: &mut [i32],
) {
    let (mut places, mut phi, mut prime) = (Places::default(), [0_i32; LANES], [0_i32; LANES]);
    for ((rate, slope), y) in
        rate.chunks_mut(LANES).zip(slope.chunks_mut(LANES)).zip(y.chunks(LANES))
    {
        places.find(&tables.phi, y);
        for ((phi, prime), &segment) in phi.iter_mut().zip(&mut prime).zip(&places.segment) {
            [*phi, *prime] = joint[usize::try_from(segment).unwrap_or(0)];
        }
        for ((rate, &offset), &ends) in rate.iter_mut().zip(&places.offset).zip(&phi) {
            *rate = tables.phi.between(offset, (ends << 16) >> 16, ends >> 16);
        }
        for ((slope, &offset), &ends) in slope.iter_mut().zip(&places.offset).zip(&prime) {
            *slope = tables.slope.between(offset, (ends << 16) >> 16, ends >> 16);
        }
    }
}

/// Both tables from registers, where the machine permutes whole vectors; from memory where not.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
fn look_up_held(
    cut: &Table,
    held: &[[i32; HELD]; 2],
    y: &[i32],
    (rate, slope): (&mut [i32], &mut [i32]),
) {
    let [phi, prime] = held;
    let look_up = match_target! {
        "x86_64+avx512f" => |table: &[i32; HELD], segments: &[i32; LANES]| {
            use std::arch::x86_64::{
                _mm512_loadu_epi32, _mm512_mask_blend_epi32, _mm512_permutex2var_epi32,
                _mm512_set1_epi32, _mm512_storeu_epi32, _mm512_test_epi32_mask,
            };
            let load = |words: &[i32]| {
                let words: &[i32; LANES] = words[..LANES].try_into().expect("a quarter of a table");
                unsafe { _mm512_loadu_epi32(words.as_ptr()) }
            };
            let [a, b, c, d] = [0, 1, 2, 3].map(|quarter| load(&table[quarter * LANES..]));
            let at = load(segments);
            // Five bits of a segment choose from two registers, the sixth which two.
            let low = _mm512_permutex2var_epi32(a, at, b);
            let high = _mm512_permutex2var_epi32(c, at, d);
            let is_high = _mm512_test_epi32_mask(at, _mm512_set1_epi32(32));
            let mut found = [0_i32; LANES];
            let both = _mm512_mask_blend_epi32(is_high, low, high);
            unsafe { _mm512_storeu_epi32(found.as_mut_ptr(), both) };
            found
        },
        _ => |table: &[i32; HELD], segments: &[i32; LANES]| {
            segments.map(|segment| table[usize::try_from(segment).unwrap_or(0) % HELD])
        },
    };
    let mut places = Places::default();
    for ((rate, slope), y) in
        rate.chunks_mut(LANES).zip(slope.chunks_mut(LANES)).zip(y.chunks(LANES))
    {
        places.find(cut, y);
        let (phi, prime) = (look_up(phi, &places.segment), look_up(prime, &places.segment));
        for ((rate, &offset), &ends) in rate.iter_mut().zip(&places.offset).zip(&phi) {
            *rate = cut.near(offset, (ends << 16) >> 16, ends >> 16);
        }
        for ((slope, &offset), &ends) in slope.iter_mut().zip(&places.offset).zip(&prime) {
            *slope = cut.near(offset, (ends << 16) >> 16, ends >> 16);
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
        /// One look-up for both functions gives what each gives alone, from registers and from memory,
        /// whatever the knots, at the ends of segments and beyond the domain.
        #[test]
        fn two_tables_are_looked_up_as_one(
            (segments, domain, other) in (2..9_u8, 0..6_u8, 0..6_u8), extend in any::<bool>(),
            words in prop::collection::vec(prop_oneof![any::<i16>(), Just(i16::MIN), Just(i16::MAX)], 257),
            ys in prop::collection::vec((-(1_i32 << 29)..1 << 29, 0..30_u32, -1..2_i32), 1..50),
        ) {
            let knots: Vec<i16> = words[..=1 << segments].to_vec();
            let turned: Vec<i16> = knots.iter().rev().copied().collect();
            let (phi, slope) = (Table::new(&knots, domain, segments, extend), Table::new(&turned, other, segments, extend));
            let both = Activation::new(phi.clone(), slope.clone());
            let straight = phi.straight.is_some() || slope.straight.is_some();
            prop_assert_eq!(both.joint.is_some(), domain == other && !straight);
            let held = both.joint.as_ref().is_some_and(|joint| joint.held.is_some());
            // At a domain of 32 full scales nothing lies beyond: a table that goes on ends there too.
            let ends = !extend || domain == 5;
            prop_assert_eq!(held, both.joint.is_some() && segments <= 6 && phi.shift <= 26 && ends);
            // Also at, just below and just above multiples of powers of two: where segments meet.
            let ys: Vec<i32> = ys.iter().map(|&(y, cut, by)| ((y >> cut) << cut) + by).collect();
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
