//! The network that these tests run: two inputs, five hidden units, three outputs that are taught.

/// Its text, with parts replaced; each must be there.
pub(crate) fn small(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(include_str!("small.toml").to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old} is no part of {text}");
        text.replace(old, new)
    })
}
