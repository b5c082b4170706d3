//! From a field's path, `cores[1].soma.lag[3]`, to its bytes in a TOML text.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A step of a path.
#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// The steps of `a.b[1]`.
fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    path.split(['.', '[']).filter_map(|part| match part.strip_suffix(']') {
        Some(index) => index.parse().ok().map(Step::Index),
        None => Some(Step::Key(part)),
    })
}

/// The value at a path, if there is one.
pub(crate) fn value<'a, 'i>(
    table: &'a DeTable<'i>,
    path: &str,
) -> Option<&'a Spanned<DeValue<'i>>> {
    let mut steps = steps(path);
    let Some(Step::Key(first)) = steps.next() else { return None };
    steps.try_fold(table.get(first)?, child)
}

fn child<'a, 'i>(at: &'a Spanned<DeValue<'i>>, step: Step<'_>) -> Option<&'a Spanned<DeValue<'i>>> {
    match step {
        Step::Key(key) => at.get_ref().get(key),
        Step::Index(index) => at.get_ref().get(index),
    }
}

/// The bytes of a text that a path means: those of the field, of the number in a line of integers,
/// or, where the path leads out of the text, of the last part that is there.
pub(crate) fn span(text: &str, path: &str) -> Option<Range<usize>> {
    let document = DeTable::parse(text).ok()?;
    let mut at: Option<&Spanned<DeValue>> = None;
    for step in steps(path) {
        let next = match (at, step) {
            (None, Step::Key(key)) => document.get_ref().get(key),
            (None, Step::Index(_)) => None,
            (Some(here), Step::Index(index)) if is_lines(here) => {
                return Some(number(text, here, index).unwrap_or(here.span()));
            }
            (Some(here), _) => child(here, step),
        };
        let Some(next) = next else { break };
        at = Some(next);
    }
    at.map(|found| narrow(text, found.span()))
}

/// A table's span may cover all its lines; its first is enough to point at.
fn narrow(text: &str, span: Range<usize>) -> Range<usize> {
    let first = text.get(span.clone()).and_then(|whole| whole.find('\n'));
    first.map_or(span.clone(), |end| span.start..span.start + end)
}

fn is_lines(value: &Spanned<DeValue>) -> bool {
    let first = value.get_ref().as_array().and_then(|lines| lines.iter().next());
    first.is_some_and(|line| line.get_ref().is_str())
}

/// The bytes of the `index`-th integer of an array of lines.
fn number(text: &str, lines: &Spanned<DeValue>, mut index: usize) -> Option<Range<usize>> {
    for line in lines.get_ref().as_array()? {
        let held = line.get_ref().as_str()?.split_ascii_whitespace().count();
        if index < held {
            return word(text, line.span(), index);
        }
        index -= held;
    }
    None
}

/// The bytes of the `index`-th word between the quotes of a string.
fn word(text: &str, span: Range<usize>, index: usize) -> Option<Range<usize>> {
    let quoted = text.get(span.clone())?;
    let inner = quoted.trim_matches(['"', '\'']);
    let word = inner.split_ascii_whitespace().nth(index)?;
    let start = span.start + word.as_ptr().addr() - quoted.as_ptr().addr();
    Some(start..start + word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a = 1\n[[b]]\nc = [\"1 2\", \"3 44\"]\nd = [5, 6]\n[[b]]\nc = []\n";

    fn at(path: &str) -> &str {
        span(TEXT, path).map_or("", |span| &TEXT[span])
    }

    #[test]
    fn a_path_leads_to_its_field() {
        assert_eq!(at("a"), "1");
        assert_eq!(at("b[0].d[1]"), "6");
    }

    #[test]
    fn an_index_into_lines_leads_to_its_number() {
        assert_eq!(at("b[0].c[0]"), "1");
        assert_eq!(at("b[0].c[1]"), "2");
        assert_eq!(at("b[0].c[3]"), "44");
    }

    #[test]
    fn a_path_out_of_the_text_leads_to_the_last_part_that_is_there() {
        assert_eq!(at("b[1].e.f"), "[[b]]");
        assert_eq!(at("b[0].c[9]"), "[\"1 2\", \"3 44\"]");
        assert_eq!(at("z"), "");
    }
}
