//! `ARCHITECTURE.md` describes exactly the crates there are.
//!
//! A crate is described by a table row whose second cell is its name in backticks.

use std::collections::BTreeSet;

use crate::findings::Findings;
use crate::repository::Repository;

const PAGE: &str = "ARCHITECTURE.md";

pub(super) fn check(repository: &Repository) -> Findings {
    let described = described(repository.text(PAGE).unwrap_or_default());
    let crates: BTreeSet<_> = repository.crates().into_iter().collect();
    let missing = crates.difference(&described).map(|name| format!("{PAGE}: no row for `{name}`"));
    let extra = described.difference(&crates);
    let extra = extra.map(|name| format!("{PAGE}: a row for `{name}`, which is no crate"));
    Findings::errors(missing.chain(extra))
}

fn described(page: &str) -> BTreeSet<&str> {
    let cell = |line: &'_ str| -> Option<std::ops::Range<usize>> {
        let mut cells = line.strip_prefix('|')?.split('|');
        cells.next()?.trim().parse::<u8>().ok()?;
        let name = cells.next()?.trim().strip_prefix('`')?.strip_suffix('`')?;
        let start = line.find(name)?;
        Some(start..start + name.len())
    };
    page.lines().filter_map(|line| line.get(cell(line)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(page: &str) -> Vec<String> {
        check(&Repository::of(&[(PAGE, page), ("crates/net/Cargo.toml", "")])).errors
    }

    #[test]
    fn rows_and_crates_are_the_same_set() {
        assert_eq!(errors("| row | crate |\n|---|---|\n| 2 | `net` | networks |\n"), [""; 0]);
        assert_eq!(errors("`net` is a crate"), ["ARCHITECTURE.md: no row for `net`"]);
        let extra = errors("| 2 | `net` | x |\n| 7 | `viewer` | y |\n");
        assert_eq!(extra, ["ARCHITECTURE.md: a row for `viewer`, which is no crate"]);
    }
}
