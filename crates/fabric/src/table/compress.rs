//! Fewer entries for the same routes.
//!
//! Entries with equal outputs are merged into one with a shorter mask. The table is kept in the order
//! of generality (number of bits that do not count), so a wide entry stands below the narrow ones and
//! may cover tags that these have taken before; it may not cover a tag that an entry below it owns, nor
//! one that has to find no entry at all. Method: ordered covering, after Mundy, Heathcote and Garside,
//! *On-chip order-exploiting routing table minimization for a multicast supercomputer network* (HPSR
//! 2016); here a merge is found by widening one entry bit by bit instead of by ranking all pairs.

#![expect(clippy::indexing_slicing, reason = "lists of all tags are indexed by a tag")]

use super::meaning::{Meaning, Say, tags};
use crate::lookup::Entry;

/// Merges the entries of one table without changing what it says about any live tag.
///
/// `table` matches every tag in full; `live` are all tags of the fabric, in rising order. Live tags
/// without an entry here keep having none.
#[must_use]
pub fn compress(table: &[Entry], live: &[u16]) -> Vec<Entry> {
    let mut work = Work::new(table, live);
    while work.pass() {}
    work.used()
}

/// A set of tags: a key and the bits of it that count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Cube {
    key: u16,
    mask: u16,
}

impl Cube {
    fn of(entry: Entry) -> Self {
        Self { key: entry.key, mask: entry.mask }
    }

    fn generality(self) -> u32 {
        self.mask.count_zeros()
    }

    fn has(self, tag: u16) -> bool {
        tag & self.mask == self.key
    }

    fn contains(self, other: Self) -> bool {
        self.mask & other.mask == self.mask && self.has(other.key)
    }

    /// The same without one bit.
    fn without(self, bit: u16) -> Self {
        Self { key: self.key & !bit, mask: self.mask & !bit }
    }

    /// The smallest cube around two.
    fn around(self, other: Self) -> Self {
        let mask = self.mask & other.mask & !(self.key ^ other.key);
        Self { key: self.key & mask, mask }
    }
}

/// A table that is being merged.
struct Work<'a> {
    /// Narrow before wide.
    entries: Vec<Entry>,
    live: &'a [u16],
    is_live: Vec<bool>,
    /// What the table has to say.
    wanted: Meaning,
    /// Per tag: generality of the entry that owns it, or more.
    owner: Vec<u32>,
}

impl<'a> Work<'a> {
    fn new(table: &[Entry], live: &'a [u16]) -> Self {
        let mut is_live = vec![false; 1 << 16];
        for &tag in live {
            is_live[usize::from(tag)] = true;
        }
        let wanted = Meaning::of(table);
        Self { entries: table.to_vec(), live, is_live, wanted, owner: vec![0; 1 << 16] }
    }

    /// The entries that some live tag finds first; others may have lost theirs to entries with the same
    /// outputs.
    fn used(mut self) -> Vec<Entry> {
        let mut used = vec![false; self.entries.len()];
        for tag in self.live {
            let first = self.entries.iter().position(|entry| entry.matches(*tag));
            if let Some(at) = first {
                used[at] = true;
            }
        }
        let mut used = used.into_iter();
        self.entries.retain(|_| used.next() == Some(true));
        self.entries
    }

    /// Tries every entry once; whether anything was merged.
    fn pass(&mut self) -> bool {
        let mut merged = false;
        let mut at = 0;
        while let Some(seed) = self.entries.get(at).copied() {
            match self.best(seed) {
                Some(cube) => {
                    self.merge(cube, seed.outputs);
                    merged = true;
                }
                None => at += 1,
            }
        }
        merged
    }

    /// The merge around an entry that takes in most others, low bits first or high bits first.
    fn best(&self, seed: Entry) -> Option<Cube> {
        let low = self.widened(seed, 0..16);
        let high = self.widened(seed, (0..16).rev());
        let both = [low, high].into_iter().filter_map(|cube| self.useful(cube, seed.outputs));
        both.max_by_key(|(taken, _)| *taken).map(|(_, cube)| cube)
    }

    /// Drops bits as long as every tag that joins may join.
    fn widened(&self, seed: Entry, bits: impl Iterator<Item = u32>) -> Cube {
        let mut cube = Cube::of(seed);
        for bit in bits.map(|bit| 1_u16 << bit).filter(|bit| seed.mask & bit != 0) {
            let joining = Cube { key: cube.key ^ bit, mask: cube.mask };
            if self.may_hold(joining, seed.outputs, cube.generality() + 1) {
                cube = cube.without(bit);
            }
        }
        cube
    }

    /// Whether an entry of this generality may match all live tags of a cube.
    fn may_hold(&self, cube: Cube, outputs: u8, generality: u32) -> bool {
        let may = |tag: u16| match self.wanted.about(tag) {
            Say::Outputs(same) if same == outputs => true,
            Say::Outputs(_) => self.owner[usize::from(tag)] <= generality,
            Say::Nothing => false,
        };
        self.members(cube).into_iter().all(may)
    }

    /// The live tags of a cube, by whichever of two ways is shorter.
    fn members(&self, cube: Cube) -> Vec<u16> {
        if 1 << cube.generality() <= self.live.len() {
            tags(cube.key, cube.mask).filter(|&tag| self.is_live[usize::from(tag)]).collect()
        } else {
            self.live.iter().copied().filter(|&tag| cube.has(tag)).collect()
        }
    }

    /// The merge with the number of entries it replaces, if that is two or more and it is safe; no
    /// wider than these entries need, where that is safe too.
    fn useful(&self, cube: Cube, outputs: u8) -> Option<(usize, Cube)> {
        let inside = |entry: &Entry| entry.outputs == outputs && cube.contains(Cube::of(*entry));
        let taken: Vec<_> = self.entries.iter().copied().filter(inside).map(Cube::of).collect();
        let narrow = taken.iter().copied().reduce(Cube::around)?;
        let safe = |cube: &Cube| {
            self.may_hold(*cube, outputs, cube.generality()) && !self.is_hidden(*cube, outputs)
        };
        let chosen = [narrow, cube].into_iter().find(safe)?;
        (taken.len() > 1).then_some((taken.len(), chosen))
    }

    /// Whether an entry with other outputs would stand above the merged one and match one of its tags.
    fn is_hidden(&self, cube: Cube, outputs: u8) -> bool {
        let above = |entry: &&Entry| {
            let mask = entry.mask;
            mask != u16::MAX && mask.count_zeros() <= cube.generality() && entry.outputs != outputs
        };
        let above: Vec<_> = self.entries.iter().filter(above).collect();
        let own = |tag: &u16| self.wanted.about(*tag) == Say::Outputs(outputs);
        !above.is_empty()
            && self
                .members(cube)
                .iter()
                .filter(|tag| own(tag))
                .any(|&tag| above.iter().any(|entry| entry.matches(tag)))
    }

    /// Puts the merged entry below all that are at most as general, in the place of those it covers.
    fn merge(&mut self, cube: Cube, outputs: u8) {
        self.entries.retain(|entry| entry.outputs != outputs || !cube.contains(Cube::of(*entry)));
        let generality = cube.generality();
        let at = self.entries.partition_point(|entry| entry.mask.count_zeros() <= generality);
        self.entries.insert(at, Entry { key: cube.key, mask: cube.mask, outputs });
        for tag in self.members(cube) {
            if self.wanted.about(tag) == Say::Outputs(outputs) {
                self.owner[usize::from(tag)] = generality;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::differences;
    use proptest::prelude::*;

    fn full(pairs: &[(u16, u8)]) -> Vec<Entry> {
        pairs.iter().map(|&(key, outputs)| Entry { key, mask: u16::MAX, outputs }).collect()
    }

    /// Live tags, some of which have an entry.
    fn instance() -> impl Strategy<Value = (Vec<Entry>, Vec<u16>)> {
        let tag = prop_oneof![0..64_u16, 0..1024_u16, any::<u16>()];
        let outputs = prop_oneof![4 => (0..3_u8).prop_map(Some), 1 => Just(None)];
        prop::collection::btree_map(tag, outputs, 0..200).prop_map(|map| {
            let table = map.iter().filter_map(|(&tag, &outputs)| Some((tag, 1 << outputs?)));
            (full(&table.collect::<Vec<_>>()), map.keys().copied().collect())
        })
    }

    proptest! {
        /// What the table says about every live tag stays, and the table does not grow; narrow entries
        /// stand above wide ones.
        #[test]
        fn merging_changes_no_route((table, live) in instance()) {
            let merged = compress(&table, &live);
            prop_assert!(merged.len() <= table.len());
            prop_assert!(merged.is_sorted_by_key(|entry| entry.mask.count_zeros()));
            prop_assert_eq!(differences(&vec![table], &vec![merged], &live), []);
        }
    }

    #[test]
    fn neighbours_with_equal_outputs_become_one() {
        let table = full(&[(0, 1), (1, 1), (2, 1), (3, 1), (4, 2)]);
        let live = [0, 1, 2, 3, 4];
        let merged = compress(&table, &live);
        assert_eq!(merged.len(), 2);
        assert!(merged.contains(&Entry { key: 0, mask: !3, outputs: 1 }), "{merged:?}");
    }

    /// The order is exploited: the odd one out is matched above a mask that covers it.
    #[test]
    fn a_wide_entry_may_cover_what_stands_above_it() {
        let table = full(&[(0, 1), (1, 1), (2, 2), (3, 1)]);
        let merged = compress(&table, &[0, 1, 2, 3]);
        assert_eq!(merged.len(), 2, "{merged:?}");
        assert_eq!(merged[0], Entry { key: 2, mask: u16::MAX, outputs: 2 });
    }

    /// A live tag that has to find no entry is never covered.
    #[test]
    fn the_default_route_is_kept_free() {
        let table = full(&[(0, 1), (1, 1), (3, 1)]);
        let merged = compress(&table, &[0, 1, 2, 3]);
        assert!(merged.iter().all(|entry| !entry.matches(2)), "{merged:?}");
        assert_eq!(merged.len(), 2);
    }
}
