//! Cycles of a listing, by walking it as the core would.

use super::listing::{Condition, Item, Line, Port, Strip, Trips};
use super::map::Layout;

/// Cycles as a closed form in the number of rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Cost {
    /// Whatever the number of rows.
    pub fixed: i64,
    /// For each row.
    pub per_row: i64,
}

impl Cost {
    /// The cycles for a number of rows.
    #[must_use]
    pub fn total(self, rows: u32) -> u64 {
        u64::try_from(self.fixed + i64::from(rows) * self.per_row).unwrap_or(0)
    }

    fn plus(self, other: Self) -> Self {
        Self { fixed: self.fixed + other.fixed, per_row: self.per_row + other.per_row }
    }
}
