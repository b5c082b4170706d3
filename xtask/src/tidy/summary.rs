//! The book's table of contents names every page once; that its links lead somewhere is `links`.

use std::collections::BTreeMap;

use super::links::{resolved, targets};
use crate::findings::Findings;
use crate::repository::Repository;

const SUMMARY: &str = "docs/SUMMARY.md";

pub(super) fn check(repository: &Repository) -> Findings {
    let Some(text) = repository.text(SUMMARY) else {
        return Findings::error(format!("there is no {SUMMARY}"));
    };
    let mut linked = BTreeMap::new();
    for target in targets(text).filter_map(|target| resolved(SUMMARY, target)) {
        *linked.entry(target).or_insert(0) += 1;
    }
    let twice = linked.iter().filter(|(_, times)| **times > 1);
    let twice = twice.map(|(page, _)| format!("{SUMMARY}: `{page}` stands twice"));
    let pages = repository.texts_ending(".md").map(|(path, _)| path);
    let pages = pages.filter(|path| path.starts_with("docs/") && *path != SUMMARY);
    let missing = pages.filter(|page| !linked.contains_key(*page));
    let missing = missing.map(|page| format!("{SUMMARY}: no link to `{page}`"));
    Findings::errors(twice.chain(missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_linked_once() {
        let errors = |summary| {
            let pages = [(SUMMARY, summary), ("docs/a.md", ""), ("docs/chip/b.md", "")];
            check(&Repository::of(&pages)).errors
        };
        assert_eq!(errors("- [A](a.md)\n- [B](chip/b.md)\n"), [""; 0]);
        assert_eq!(errors("- [A](a.md)\n"), ["docs/SUMMARY.md: no link to `docs/chip/b.md`"]);
        let twice = errors("- [A](a.md)\n- [A](a.md)\n- [B](chip/b.md)\n");
        assert_eq!(twice, ["docs/SUMMARY.md: `docs/a.md` stands twice"]);
    }
}
