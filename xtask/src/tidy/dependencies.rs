//! `docs/dependencies.md` gives a reason for exactly the packages we depend on.

use std::collections::BTreeSet;

use toml::{Table, Value};

use crate::findings::Findings;
use crate::repository::Repository;

const PAGE: &str = "docs/dependencies.md";

pub(super) fn check(repository: &Repository) -> Findings {
    let manifest = match repository.text("Cargo.toml").unwrap_or_default().parse::<Table>() {
        Ok(manifest) => manifest,
        Err(error) => return Findings::error(format!("Cargo.toml: {error}")),
    };
    let used = used(&manifest);
    let explained = explained(repository.text(PAGE).unwrap_or_default());
    let missing = used.difference(&explained).map(|name| format!("{PAGE}: no row for `{name}`"));
    let extra = explained.difference(&used);
    let extra = extra.map(|name| format!("{PAGE}: a row for `{name}`, which is not depended on"));
    Findings::errors(missing.chain(extra))
}

fn used(manifest: &Table) -> BTreeSet<&str> {
    let workspace = manifest.get("workspace").and_then(|workspace| workspace.get("dependencies"));
    let names = workspace.and_then(Value::as_table).into_iter().flatten().map(|(name, _)| name);
    names.map(String::as_str).filter(|name| !name.starts_with("leadlag-")).collect()
}

/// Names in backticks in the first cell of table rows.
fn explained(page: &str) -> BTreeSet<&str> {
    let name = |line| str::strip_prefix(line, "| `")?.split_once('`').map(|(name, _)| name);
    page.lines().filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(page: &str) -> Vec<String> {
        let manifest = "[workspace.dependencies]\nserde = \"1\"\nleadlag-net = \"1\"\n";
        check(&Repository::of(&[("Cargo.toml", manifest), (PAGE, page)])).errors
    }

    #[test]
    fn rows_and_packages_are_the_same_set() {
        assert_eq!(errors("| `serde` | 1 | files |\n"), [""; 0]);
        assert_eq!(errors("serde is used"), ["docs/dependencies.md: no row for `serde`"]);
        let extra = errors("| `serde` | x |\n| `rand` | y |\n");
        assert_eq!(extra, ["docs/dependencies.md: a row for `rand`, which is not depended on"]);
    }
}
