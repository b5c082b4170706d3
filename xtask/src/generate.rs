//! Pages that are made from tables.

use toml::Table;

use crate::findings::Findings;
use crate::repository::Repository;
use crate::tidy::diagnostics::listed;

const PAGE: &str = "docs/reference/diagnostics.md";

const HEAD: &str = "\
<!-- Made by `cargo xtask generate` from docs/diagnostics.toml; do not edit. -->

# Diagnostics

Every refusal and every warning has a code. The first digit is the family, and the family of the
first error decides how the command exits.

| family | what is wrong | exit code |
|---|---|---|
| LL1 | an input: network, chip description, data, image | 3 |
| LL2 | it does not fit the chip | 4 |
| LL3 | the emulated system faulted | 5 |
| LL4 | numerics: a warning, or an error where strictness is asked for | 4 |
| LL5 | files and environment | 6 |
| LL9 | a defect of leadlag; a report file is written | 101 |

A message names the field and both numbers, what was given and what is allowed, and at least one way
out. All that is wrong with an input is said at once. `leadlag help CODE` prints the texts below.

With `--json` a diagnostic is one line on stderr: an object with `schema` (`leadlag.diagnostic/1`),
`code`, `severity`, `message`, `file`, `spans` (each with `start` and `end` in bytes, `line` and
`column` from 1, and `label`), `help` (a list) and `url`.
";

/// Writes the pages.
pub(crate) fn write(repository: &Repository) -> Result<Findings, String> {
    for (path, text) in pages(repository)? {
        let there = repository.root.join(path);
        std::fs::write(there, text).map_err(|error| format!("{path}: {error}"))?;
    }
    Ok(Findings::default())
}

/// The pages are what would be written.
pub(crate) fn check(repository: &Repository) -> Findings {
    let pages = match pages(repository) {
        Err(error) => return Findings::error(error),
        Ok(pages) => pages,
    };
    let stale = pages.iter().filter(|(path, text)| repository.text(path) != Some(text));
    let stale = stale.map(|(path, _)| format!("{path} is out of date: `cargo xtask generate`"));
    Findings::errors(stale)
}

/// Every generated file: path and text.
fn pages(repository: &Repository) -> Result<Vec<(&'static str, String)>, String> {
    let mut pages = vec![(PAGE, page(repository)?)];
    // The tests of this file have no tables of instructions.
    if repository.has("isa") {
        pages.extend(crate::isa::pages(repository)?);
    }
    pages.extend(crate::evidence::pages(repository)?);
    Ok(pages)
}

fn page(repository: &Repository) -> Result<String, String> {
    let mut entries = listed(repository)?;
    entries.sort_by_key(|entry| field(entry, "code").to_owned());
    Ok(entries.iter().fold(HEAD.to_owned(), |page, entry| page + &section(entry)))
}

fn section(entry: &Table) -> String {
    let [code, severity, sentence, explanation] =
        ["code", "severity", "sentence", "explanation"].map(|name| field(entry, name).trim());
    format!("\n## {code}\n\n*{severity}* · **{sentence}**\n\n{explanation}\n")
}

fn field<'a>(entry: &'a Table, name: &str) -> &'a str {
    entry.get(name).and_then(toml::Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::diagnostics::LIST;

    const ONE: &str = "[[diagnostic]]\ncode = \"LL5001\"\nseverity = \"error\"\n\
                       sentence = \"No.\"\nexplanation = \"Why.\"\n";

    #[test]
    fn sections_are_in_the_order_of_their_codes() {
        let two = format!("{ONE}{}", ONE.replace("5001", "1001"));
        let page = page(&Repository::of(&[(LIST, &two)])).expect("a valid list");
        let order = (page.find("## LL1001"), page.find("## LL5001"));
        assert!(order.0.is_some() && order.0 < order.1, "{page}");
        assert!(page.contains("*error* · **No.**\n\nWhy.\n"));
    }

    #[test]
    fn a_stale_page_is_an_error() {
        let stale = Repository::of(&[(LIST, ONE), (PAGE, "old")]);
        assert_eq!(check(&stale).errors.len(), 1);
        let page = page(&stale).expect("a valid list");
        let fresh = Repository::of(&[(LIST, ONE), (PAGE, &page)]);
        assert_eq!(check(&fresh), Findings::default());
    }
}
