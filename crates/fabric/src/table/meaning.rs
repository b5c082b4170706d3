//! What a table says about every tag.

#![expect(clippy::indexing_slicing, reason = "a list of all tags is indexed by a tag")]

use crate::lookup::{Entry, Tables};
use crate::topology::Node;

/// What a table says about one tag, as far as the router is concerned.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Say {
    /// No entry applies: straight on.
    #[default]
    Nothing,
    /// These outputs.
    Outputs(u8),
}

/// What one table says about all 65,536 tags.
#[derive(Debug)]
pub(super) struct Meaning(Vec<Say>);

impl Meaning {
    /// From the last entry to the first, so that the first match wins.
    pub(super) fn of(table: &[Entry]) -> Self {
        let mut says = vec![Say::Nothing; 1 << 16];
        for entry in table.iter().rev() {
            for tag in tags(entry.key, entry.mask) {
                says[usize::from(tag)] = Say::Outputs(entry.outputs);
            }
        }
        Self(says)
    }

    #[inline]
    pub(super) fn about(&self, tag: u16) -> Say {
        self.0[usize::from(tag)]
    }
}

/// All tags that a key and a mask match; none if the key has bits outside the mask.
pub(super) fn tags(key: u16, mask: u16) -> impl Iterator<Item = u16> {
    let free = !mask;
    let mut next = (key & free == 0).then_some(0_u16);
    std::iter::from_fn(move || {
        let bits = next?;
        // Counting within the free bits: the carry runs through the others.
        next = Some(bits.wrapping_sub(free) & free).filter(|&bits| bits != 0);
        Some(key | bits)
    })
}

/// A live tag that two tables route differently.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The router.
    pub node: Node,
    /// The tag.
    pub tag: u16,
    /// Outputs before; none for the default route.
    pub before: Option<u8>,
    /// Outputs after.
    pub after: Option<u8>,
}

/// Compares two sets of tables by enumeration: every live tag at every router.
#[must_use]
pub fn differences(before: &Tables, after: &Tables, live: &[u16]) -> Vec<Difference> {
    let nodes = before.len().max(after.len());
    let table = |tables: &Tables, at: usize| Meaning::of(tables.get(at).map_or(&[], Vec::as_slice));
    let outputs = |say| match say {
        Say::Nothing => None,
        Say::Outputs(outputs) => Some(outputs),
    };
    let router = |at: usize| {
        let (old, new) = (table(before, at), table(after, at));
        let of = move |&tag: &u16| Difference {
            node: Node::at(at),
            tag,
            before: outputs(old.about(tag)),
            after: outputs(new.about(tag)),
        };
        live.iter().map(of).filter(|one| one.before != one.after).collect::<Vec<_>>()
    };
    (0..nodes).flat_map(router).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The list of all tags says what a search through the entries says.
        #[test]
        fn the_first_match_wins(entries in prop::collection::vec((any::<u16>(), any::<u16>(), 0_u8..32), 0..6), tag in any::<u16>()) {
            let table: Vec<_> = entries.into_iter().map(|(key, mask, outputs)| Entry { key: key & mask, mask, outputs }).collect();
            let found = table.iter().find(|entry| entry.matches(tag)).map(|entry| entry.outputs);
            let said = Meaning::of(&table).about(tag);
            prop_assert_eq!(said, found.map_or(Say::Nothing, Say::Outputs));
        }

        #[test]
        fn a_key_and_a_mask_are_a_set_of_tags(key in any::<u16>(), mask in any::<u16>()) {
            let all: Vec<_> = tags(key & mask, mask).collect();
            prop_assert_eq!(all.len(), 1 << mask.count_zeros());
            prop_assert!(all.iter().all(|tag| tag & mask == key & mask));
            prop_assert!(all.is_sorted());
        }
    }

    #[test]
    fn a_key_outside_its_mask_matches_nothing() {
        assert_eq!(tags(1, 0xfffe).count(), 0);
    }
}
