//! Links between pages lead somewhere.

use crate::findings::Findings;
use crate::repository::Repository;

pub(super) fn check(repository: &Repository) -> Findings {
    let broken = repository.texts_ending(".md").flat_map(|(page, text)| {
        let targets = targets(text).filter_map(|target| resolved(page, target));
        let absent = targets.filter(|target| !repository.has(target));
        absent
            .map(|target| format!("{page}: a link to `{target}`, which is not there"))
            .collect::<Vec<_>>()
    });
    Findings::errors(broken)
}

/// What stands between `](` and `)`.
pub(super) fn targets(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(target, _)| target))
}

/// The path from the root that a link on `page` means; `None` if it leads out of the repository.
pub(super) fn resolved(page: &str, target: &str) -> Option<String> {
    let target = target.split('#').next().filter(|target| !target.is_empty())?;
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let mut parts: Vec<_> = page.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_resolved_from_their_page() {
        assert_eq!(resolved("docs/chip/time.md", "../a.md#x").as_deref(), Some("docs/a.md"));
        assert_eq!(resolved("README.md", "docs/a.md").as_deref(), Some("docs/a.md"));
        assert_eq!(resolved("README.md", "#here"), None);
        assert_eq!(resolved("README.md", "https://example.org/a"), None);
    }

    #[test]
    fn a_link_into_nothing_is_found_and_the_others_are_not() {
        let page = "[a](b.md) [c](https://example.org) [d](chip) [e](lost.md)";
        let files = [("docs/a.md", page), ("docs/b.md", ""), ("docs/chip/x.md", "")];
        let found = check(&Repository::of(&files)).errors;
        assert_eq!(found, ["docs/a.md: a link to `docs/lost.md`, which is not there"]);
    }
}
