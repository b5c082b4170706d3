//! Compartments of all columns of several replicas, one array per register.
//!
//! Why 32-bit lanes suffice. The drive is held at `+-2^30` ([`crate::DRIVE_RAIL`]) and the state at
//! rails of at most `2^29`, so their distance fits a 32-bit word. A lag coefficient has 33 bits;
//! with `lag = rest + 2^32 * whole`, `whole` 0 or 1 and `rest` a signed 32-bit word,
//! `half_up(lag*d, 32) = whole*d + half_up(rest*d, 32)`. The lead product can be larger than its
//! result may be, so the distance is first held just beyond `2^54 / lead`: there the motion exceeds
//! `2^30`, and the output is past the rail whatever the state (`2^30 - 2^29 >= rail`), so the held
//! value and the count are the same.

use leadlag_fixed::{half_up_product, low_half};
use multiversion::multiversion;

use crate::compartment::Settings;

/// How often rails held a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Held {
    /// Holds of the prospective output.
    pub prospective: u64,
    /// Holds of the lagged state.
    pub lagged: u64,
}

/// The coefficients of a bank, by column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bank {
    lag_whole: Vec<i32>,
    lag_rest: Vec<i32>,
    lead: Vec<i32>,
    reach: Vec<i32>,
    rail: i32,
}

impl Bank {
    /// The largest rail: 32 full scales.
    pub const RAIL_MAX: i32 = 1 << 29;

    /// Coefficients `lag[column]`, `lead[column]`, padded to [`crate::width`], and a common rail.
    ///
    /// # Panics
    /// If a coefficient or the rail is outside the ranges of [`Settings`]: an image is validated
    /// before a bank is built from it.
    #[must_use]
    pub fn new(lag: &[i64], lead: &[i64], rail: i32) -> Self {
        assert!((1..=Self::RAIL_MAX).contains(&rail), "a validated rail is at most 32 full scales");
        let width = crate::width(lag.len());
        let mut bank = Self {
            lag_whole: vec![0; width],
            lag_rest: vec![0; width],
            lead: vec![0; width],
            reach: vec![i32::MAX; width],
            rail,
        };
        for (column, (&lag, &lead)) in lag.iter().zip(lead).enumerate() {
            bank.set(column, lag, lead);
        }
        bank
    }

    /// Changes the coefficients of a column.
    ///
    /// # Panics
    /// As [`Self::new`].
    pub fn set(&mut self, column: usize, lag: i64, lead: i64) {
        let whole = i64::from(lag >= 1 << 31);
        let word =
            |value: i64| i32::try_from(value).expect("a validated coefficient fits its word");
        self.lag_whole[column] = word(whole);
        self.lag_rest[column] = word(lag - (whole << 32));
        self.lead[column] = word(lead);
        self.reach[column] = word(((1 << 54) / lead.max(1) + 3).min(i64::from(i32::MAX)));
    }

    /// Padded number of columns.
    #[must_use]
    pub fn width(&self) -> usize {
        self.lead.len()
    }

    /// The specification's settings of a column.
    #[must_use]
    pub fn settings(&self, column: usize) -> Settings {
        let lag = (i64::from(self.lag_whole[column]) << 32) + i64::from(self.lag_rest[column]);
        Settings { lag, lead: i64::from(self.lead[column]), rail: self.rail }
    }

    /// One circuit step of every compartment. Shapes: all `[replica][column]`, padded.
    /// `|drive| <= 2^30` and `|lagged| <= rail`.
    pub fn tick(&self, drive: &[i32], lagged: &mut [i32], prospective: &mut [i32]) -> Held {
        tick(self, drive, lagged, prospective)
    }
}

#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
fn tick(bank: &Bank, drive: &[i32], lagged: &mut [i32], prospective: &mut [i32]) -> Held {
    let width = bank.width();
    let rail = bank.rail;
    let mut held = Held::default();
    for ((drive, lagged), prospective) in drive
        .chunks_exact(width)
        .zip(lagged.chunks_exact_mut(width))
        .zip(prospective.chunks_exact_mut(width))
    {
        let (lead, reach) = (&bank.lead[..width], &bank.reach[..width]);
        let (whole, rest) = (&bank.lag_whole[..width], &bank.lag_rest[..width]);
        let (mut held_y, mut held_x) = (0_i32, 0_i32);
        for c in 0..width {
            let x = lagged[c];
            let distance = drive[c] - x;
            let near = distance.max(-reach[c]).min(reach[c]);
            let y = x + low_half((i64::from(near) * i64::from(lead[c]) + (1 << 23)) >> 24);
            let next = x + whole[c] * distance + half_up_product(distance, rest[c]);
            let (y_kept, x_kept) = (y.max(-rail).min(rail), next.max(-rail).min(rail));
            held_y += i32::from(y != y_kept);
            held_x += i32::from(next != x_kept);
            prospective[c] = y_kept;
            lagged[c] = x_kept;
        }
        held.prospective += u64::from(held_y.unsigned_abs());
        held.lagged += u64::from(held_x.unsigned_abs());
    }
    held
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DRIVE_RAIL;
    use crate::compartment::LeadLag;
    use proptest::prelude::*;

    fn coefficient(top: u32) -> impl Strategy<Value = i64> {
        (0..=top, any::<i64>()).prop_map(|(bits, raw)| (raw & ((1_i64 << bits) - 1)).max(1))
    }

    fn lag() -> impl Strategy<Value = i64> {
        prop_oneof![coefficient(32), Just(1_i64 << 32), Just(1_i64 << 31), Just((1_i64 << 31) - 1)]
    }

    fn extreme() -> impl Strategy<Value = i32> {
        prop_oneof![-DRIVE_RAIL..=DRIVE_RAIL, Just(DRIVE_RAIL), Just(-DRIVE_RAIL), -100..100_i32]
    }

    proptest! {
        /// Lockstep: the bank is its compartments, bit for bit, at every rail and coefficient.
        #[test]
        fn the_bank_is_its_compartments(
            columns in prop::collection::vec((lag(), coefficient(31), extreme()), 1..40),
            drives in prop::collection::vec(extreme(), 40..200),
            rail in prop_oneof![1..=Bank::RAIL_MAX, Just(Bank::RAIL_MAX), Just(8 << 24)],
        ) {
            let lags: Vec<i64> = columns.iter().map(|c| c.0).collect();
            let leads: Vec<i64> = columns.iter().map(|c| c.1).collect();
            let bank = Bank::new(&lags, &leads, rail);
            let mut cells: Vec<LeadLag> = columns.iter().map(|c| LeadLag { lagged: c.2.clamp(-rail, rail) }).collect();
            let mut lagged = vec![0; bank.width()];
            for (word, cell) in lagged.iter_mut().zip(&cells) { *word = cell.lagged; }
            let (mut held, mut spec) = (Held::default(), Held::default());
            let mut y = vec![0; bank.width()];
            for drive in drives.chunks_exact(columns.len()) {
                let mut padded = vec![0; bank.width()];
                padded[..drive.len()].copy_from_slice(drive);
                let now = bank.tick(&padded, &mut lagged, &mut y);
                held = Held { prospective: held.prospective + now.prospective, lagged: held.lagged + now.lagged };
                for (column, cell) in cells.iter_mut().enumerate() {
                    let out = cell.tick(&bank.settings(column), drive[column]);
                    prop_assert_eq!((out.prospective, out.lagged), (y[column], lagged[column]));
                    spec.prospective += u64::from(out.prospective_held);
                    spec.lagged += u64::from(out.lagged_held);
                }
            }
            prop_assert_eq!(held, spec);
        }
    }
}
