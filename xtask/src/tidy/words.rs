//! What no source may hold: unfinished work and tests that do not run.

use crate::findings::{At, Exception, Findings, except};
use crate::repository::Repository;

const WORDS: [&str; 3] = ["todo!", "unimplemented!", "#[ignore"];

const EXCEPTIONS: &[Exception] =
    &[Exception { place: "xtask/src/tidy/words.rs", reason: "the list itself" }];

pub(super) fn check(repository: &Repository) -> Findings {
    except(found(repository), EXCEPTIONS)
}

fn found(repository: &Repository) -> Vec<At> {
    let at = |(path, text): (&str, &str)| {
        let word = WORDS.iter().find(|word| text.contains(*word))?;
        Some(At { place: path.to_owned(), text: format!("holds `{word}`") })
    };
    repository.texts_ending(".rs").filter_map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfinished_work_is_found() {
        for word in WORDS {
            let text = format!("fn f() {{ {word}() }}");
            assert_eq!(found(&Repository::of(&[("a.rs", &text)])).len(), 1, "{word}");
        }
        assert_eq!(
            found(&Repository::of(&[("a.rs", "fn f() {} // to do"), ("b.md", "todo!")])),
            []
        );
    }
}
