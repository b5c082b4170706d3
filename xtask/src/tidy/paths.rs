//! Nothing names a place on somebody's computer.

use crate::findings::{At, Exception, Findings, except};
use crate::repository::Repository;

const PLACES: [&str; 6] = ["/home/", "/Users/", "/root/", "/work/", "/tmp/", "C:\\"];

const EXCEPTIONS: &[Exception] =
    &[Exception { place: "xtask/src/tidy/paths.rs", reason: "the list itself" }];

pub(super) fn check(repository: &Repository) -> Findings {
    except(found(repository), EXCEPTIONS)
}

fn found(repository: &Repository) -> Vec<At> {
    let at = |(path, text): (&str, &str)| {
        let place = PLACES.iter().find(|place| names(text, place))?;
        Some(At { place: path.to_owned(), text: format!("names a place below `{place}`") })
    };
    repository.texts().filter_map(at).collect()
}

/// Whether the text holds the place as the beginning of a path.
fn names(text: &str, place: &str) -> bool {
    let begins = |at: usize| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && !"._-/}".contains(c))
    };
    text.match_indices(place).any(|(at, _)| begins(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_paths_are_found_and_relative_ones_are_not() {
        for wrong in ["see /home/me/x", "\"/tmp/x\"", "C:\\me"] {
            assert_eq!(found(&Repository::of(&[("a.md", wrong)])).len(), 1, "{wrong}");
        }
        for right in ["at/home/me", "./tmp/x", "https://example.org/work/", "/dev/full"] {
            assert_eq!(found(&Repository::of(&[("a.md", right)])), [], "{right}");
        }
    }
}
