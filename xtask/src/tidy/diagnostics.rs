//! The list of diagnostics against the sources: no code without an entry, no entry without a use.
//!
//! Counted are the sources of the crates without their tests: what follows the attribute of an inline
//! test module, files called `tests.rs`, and folders called `tests`. A code in quotes is a use; a code
//! anywhere (in a comment, say) is a mention and needs an entry too.

use std::collections::BTreeSet;

use toml::{Table, Value};

use crate::findings::Findings;
use crate::repository::Repository;

/// Where the list is.
pub(crate) const LIST: &str = "docs/diagnostics.toml";

pub(super) fn check(repository: &Repository) -> Findings {
    let entries = match listed(repository) {
        Ok(entries) => entries,
        Err(error) => return Findings::error(error),
    };
    let codes: Vec<_> = entries.iter().map(code).collect();
    let listed: BTreeSet<_> = codes.iter().copied().collect();
    let (used, mentioned) = in_sources(repository);
    let twice = codes.iter().filter(|code| codes.iter().filter(|c| c == code).count() > 1);
    let twice: BTreeSet<_> = twice.map(|code| format!("{LIST}: `{code}` stands twice")).collect();
    let missing = mentioned.iter().filter(|(code, _)| !listed.contains(code.as_str()));
    let missing = missing.map(|(code, path)| format!("{path}: `{code}` is not in {LIST}"));
    let dead = listed.iter().filter(|code| !used.contains(**code));
    let dead = dead.map(|code| format!("{LIST}: no source uses `{code}`"));
    Findings::errors(twice.into_iter().chain(missing).chain(dead))
}

/// The entries of the list.
pub(crate) fn listed(repository: &Repository) -> Result<Vec<Table>, String> {
    let text = repository.text(LIST).ok_or_else(|| format!("there is no {LIST}"))?;
    let list: Table = text.parse().map_err(|error| format!("{LIST}: {error}"))?;
    let entries = list.get("diagnostic").and_then(Value::as_array).into_iter().flatten();
    Ok(entries.filter_map(Value::as_table).cloned().collect())
}

fn code(entry: &Table) -> &str {
    entry.get("code").and_then(Value::as_str).unwrap_or_default()
}

/// Codes in quotes; and all codes, each with a path.
fn in_sources(repository: &Repository) -> (BTreeSet<String>, BTreeSet<(String, String)>) {
    let (mut used, mut mentioned) = (BTreeSet::new(), BTreeSet::new());
    for (path, text) in repository.texts_ending(".rs").filter(|(path, _)| is_counted(path)) {
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
        for (at, code) in codes(text) {
            let quoted = text[..at].ends_with('"') && text[at + code.len()..].starts_with('"');
            used.extend(quoted.then(|| code.to_owned()));
            mentioned.insert((code.to_owned(), path.to_owned()));
        }
    }
    (used, mentioned)
}

fn is_counted(path: &str) -> bool {
    path.starts_with("crates/") && !path.contains("/tests/") && !path.ends_with("/tests.rs")
}

/// `LL` and exactly four digits, with the offset.
fn codes(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices("LL").filter_map(|(at, _)| {
        let code = text.get(at..at + 6)?;
        let digits = code.bytes().skip(2).all(|byte| byte.is_ascii_digit());
        let ends = !text[at + 6..].starts_with(|c: char| c.is_ascii_alphanumeric());
        (digits && ends).then_some((at, code))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "[[diagnostic]]\ncode = \"LL5001\"\n";

    fn errors(list: &str, source: &str) -> Vec<String> {
        check(&Repository::of(&[(LIST, list), ("crates/a/src/lib.rs", source)])).errors
    }

    #[test]
    fn uses_and_entries_are_the_same_set() {
        assert_eq!(errors(ONE, "new(\"LL5001\", text)"), [""; 0]);
        let missing = errors(ONE, "new(\"LL5001\", new(\"LL5002\"");
        assert_eq!(missing, ["crates/a/src/lib.rs: `LL5002` is not in docs/diagnostics.toml"]);
        assert_eq!(errors(ONE, ""), ["docs/diagnostics.toml: no source uses `LL5001`"]);
    }

    #[test]
    fn a_comment_is_a_mention_but_no_use() {
        assert_eq!(errors(ONE, "// LL5001").len(), 1);
        assert_eq!(errors(ONE, "// LL5002\n\"LL5001\"").len(), 1);
        assert_eq!(errors(ONE, "\"LL5001\" LL50011 LLAMA1 LL500"), [""; 0]);
    }

    #[test]
    fn tests_are_not_counted() {
        assert_eq!(errors(ONE, "\"LL5001\"\n#[cfg(test)]\nmod tests {\n\"LL1234\""), [""; 0]);
        let elsewhere = [("crates/a/tests/x.rs", "\"LL5001\""), (LIST, ONE)];
        assert_eq!(check(&Repository::of(&elsewhere)).errors.len(), 1);
    }

    #[test]
    fn an_entry_stands_once() {
        let twice = errors(&format!("{ONE}{ONE}"), "\"LL5001\"");
        assert_eq!(twice, ["docs/diagnostics.toml: `LL5001` stands twice"]);
    }
}
