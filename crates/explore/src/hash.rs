//! The name of a set of inputs.

use std::fmt;

use crate::files::bytes;

/// A BLAKE3 hash over named inputs: the same inputs, the same run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InputHash(blake3::Hash);

impl InputHash {
    /// Hashes pairs of (name, bytes) in the order given.
    ///
    /// Each part is preceded by its length, so that bytes cannot move between neighbours unseen.
    #[must_use]
    pub fn of(inputs: &[(&str, &[u8])]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for (name, content) in inputs {
            for part in [name.as_bytes(), content] {
                hasher.update(&bytes(part.len()).to_le_bytes()).update(part);
            }
        }
        Self(hasher.finalize())
    }

    /// The first eight hexadecimal digits, for folder names and headings.
    #[must_use]
    pub fn short(&self) -> String {
        self.0.to_hex().chars().take(8).collect()
    }
}

impl fmt::Display for InputHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.to_hex())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_depends_on_every_part_and_on_its_borders() {
        let all = [
            InputHash::of(&[("net", b"ab"), ("chip", b"c")]),
            InputHash::of(&[("net", b"a"), ("chip", b"bc")]),
            InputHash::of(&[("chip", b"c"), ("net", b"ab")]),
            InputHash::of(&[("neta", b"b"), ("chip", b"c")]),
        ];
        for (i, one) in all.iter().enumerate() {
            assert_eq!(all.iter().filter(|other| *other == one).count(), 1, "{i}");
        }
    }

    #[test]
    fn the_short_form_begins_the_long_one() {
        let hash = InputHash::of(&[("net", b"x")]);
        assert_eq!(hash.short().len(), 8);
        assert!(hash.to_string().starts_with(&hash.short()));
        assert_eq!(hash.to_string().len(), 64);
    }

    /// Folder names must not change between versions of this program.
    #[test]
    fn the_hash_of_nothing_is_the_published_one() {
        assert_eq!(InputHash::of(&[]).short(), "af1349b9");
    }
}
