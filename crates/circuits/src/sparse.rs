//! A sparse synapse array: only the synapses that exist, by the row that drives them.
//!
//! What a dense array is for a layer, this is for a population in which a neuron reaches a few of
//! many others. An event walks the synapses of its row; nothing else is touched. A synapse takes four
//! bytes, and a row four more.

use leadlag_fixed::{count, index};

/// A synapse of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Synapse {
    /// The column it drives.
    pub column: u16,
    /// Its converter code.
    pub weight: i16,
}

/// Synapses by row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SparseArray {
    columns: usize,
    /// Where each row begins, and where the last one ends.
    starts: Vec<u32>,
    synapses: Vec<Synapse>,
}

impl SparseArray {
    /// An array from its rows. None if a synapse drives a column that is not there, or if there are
    /// more than `2^32 - 1` synapses.
    #[must_use]
    pub fn new<R: AsRef<[Synapse]>>(columns: usize, rows: &[R]) -> Option<Self> {
        let mut starts = Vec::with_capacity(rows.len() + 1);
        let mut synapses = Vec::with_capacity(rows.iter().map(|row| row.as_ref().len()).sum());
        starts.push(0);
        for row in rows {
            synapses.extend_from_slice(row.as_ref());
            starts.push(u32::try_from(synapses.len()).ok()?);
        }
        let inside = synapses.iter().all(|synapse| usize::from(synapse.column) < columns);
        inside.then_some(Self { columns, starts, synapses })
    }

    /// Columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.starts.len() - 1
    }

    /// Synapses.
    #[must_use]
    pub fn len(&self) -> usize {
        self.synapses.len()
    }

    /// Whether there are no synapses.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.synapses.is_empty()
    }

    /// The synapses of a row.
    #[must_use]
    pub fn row(&self, row: usize) -> &[Synapse] {
        &self.synapses[index(self.starts[row])..index(self.starts[row + 1])]
    }

    /// Delivers an event of each of these rows: adds their weights to the columns' sums. Returns the
    /// number of synaptic events. The caller has proved that no sum leaves 32 bits.
    ///
    /// # Panics
    /// If a row is not there, or if there is not a sum per column.
    pub fn deliver(&self, events: &[u32], sums: &mut [i32]) -> u64 {
        assert_eq!(sums.len(), self.columns, "a sum per column");
        let mut delivered = 0;
        for &event in events {
            let row = self.row(index(event));
            delivered += u64::from(count(row.len()));
            for synapse in row {
                let sum = &mut sums[usize::from(synapse.column)];
                *sum = sum.wrapping_add(i32::from(synapse.weight));
            }
        }
        delivered
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::{Change, accumulate};
    use proptest::prelude::*;

    fn synapses() -> impl Strategy<Value = Vec<Vec<(u16, i16)>>> {
        prop::collection::vec(prop::collection::vec((0..32_u16, -99..99_i16), 0..20), 1..12)
    }

    proptest! {
        /// A sparse array is the dense one with zeros; synapses of the same pair add up.
        #[test]
        fn sparse_is_dense_with_zeros(rows in synapses(), events in prop::collection::vec(any::<prop::sample::Index>(), 0..9)) {
            let list: Vec<Vec<Synapse>> = rows.iter()
                .map(|row| row.iter().map(|&(column, weight)| Synapse { column, weight }).collect())
                .collect();
            let array = SparseArray::new(32, &list).expect("all columns are there");
            let mut weights = vec![0_i16; rows.len() * 32];
            for (row, list) in rows.iter().enumerate() {
                for &(column, weight) in list {
                    weights[row * 32 + usize::from(column)] += weight;
                }
            }
            let events: Vec<u32> = events.iter().map(|at| u32::try_from(at.index(rows.len())).unwrap()).collect();
            let changes: Vec<Change> = events.iter().map(|&row| Change { row, by: 1 }).collect();
            let (mut sparse, mut dense) = (vec![0; 32], vec![0; 32]);
            let delivered = array.deliver(&events, &mut sparse);
            accumulate(&changes, &weights, &mut dense);
            prop_assert_eq!(sparse, dense);
            let own: usize = events.iter().map(|&row| rows[usize::try_from(row).unwrap()].len()).sum();
            prop_assert_eq!(delivered, u64::try_from(own).unwrap());
        }
    }

    #[test]
    fn a_synapse_needs_its_column() {
        let row = [Synapse { column: 3, weight: 1 }];
        assert!(SparseArray::new(3, &[row]).is_none());
        assert_eq!(
            SparseArray::new(4, &[row]).map(|array| (array.rows(), array.len())),
            Some((1, 1))
        );
    }
}
