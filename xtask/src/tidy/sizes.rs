//! Files stay small: above 500 lines of code a split is due, above 800 it is overdue.

use crate::findings::{At, Exception, Findings, except};
use crate::repository::Repository;

const DUE: usize = 500;
const OVERDUE: usize = 800;

/// Files that may be longer than 800 lines.
const EXCEPTIONS: &[Exception] =
    &[Exception { place: "crates/isa/src/table.rs", reason: "generated, one line per row" }];

pub(super) fn check(repository: &Repository) -> Findings {
    excepting(repository, EXCEPTIONS)
}

fn excepting(repository: &Repository, exceptions: &[Exception]) -> Findings {
    let sizes: Vec<_> =
        repository.texts_ending(".rs").map(|(path, text)| (path, lines_of_code(text))).collect();
    let due = sizes.iter().filter(|(_, lines)| (DUE + 1..=OVERDUE).contains(lines));
    let due = due.map(|(path, lines)| format!("{path}: {lines} lines of code; split above {DUE}"));
    let warnings = due.collect();
    let overdue = sizes.iter().filter(|(_, lines)| *lines > OVERDUE).map(|(path, lines)| At {
        place: (*path).to_owned(),
        text: format!("{lines} lines of code; at most {OVERDUE}"),
    });
    except(overdue.collect(), exceptions).and(Findings { errors: Vec::new(), warnings })
}

/// Lines that are neither blank nor only a comment.
fn lines_of_code(text: &str) -> usize {
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    text.lines().filter(is_code).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_blank_lines_are_no_code() {
        assert_eq!(lines_of_code("//! a\n\n/// b\nfn f() {} // c\n    // d\n}\n"), 2);
    }

    #[test]
    fn a_long_file_warns_and_a_very_long_one_fails() {
        let of = |lines: usize| excepting(&Repository::of(&[("a.rs", &"x\n".repeat(lines))]), &[]);
        let counts = |lines| (of(lines).warnings.len(), of(lines).errors.len());
        assert_eq!([500, 501, 800, 801].map(counts), [(0, 0), (1, 0), (1, 0), (0, 1)]);
    }
}
