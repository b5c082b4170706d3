//! Patterns over paths: `core[3,3].soma.u[0..8]`, `core[*].apical.e`, `**.sent`.
//!
//! ```text
//! pattern  = [ "replica" "[" indices "]" "." ] part { "." part }
//! part     = "**" | name [ "[" indices { "," indices } "]" ]
//! indices  = "*" | number | [number] ".." [number]
//! ```
//!
//! `**` stands for any number of parts, `*` inside a name for any letters. Indices that are left out
//! are all of them, and so is a single `*` for several. A range ends before its second number.
//! Without `replica[..]` a pattern means the first replica.

use std::fmt;
use std::ops::Range;

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use crate::cursor::{Cursor, Fault};
use crate::path::{Path, Segment};

/// A set of paths.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pattern {
    text: String,
    replica: Indices,
    parts: Vec<Part>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Part {
    /// `**`.
    Any,
    Named {
        name: String,
        index: Vec<Indices>,
    },
}

/// Values of one index.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Indices {
    All,
    Span(Range<u32>),
}

impl Indices {
    fn has(&self, index: u32) -> bool {
        match self {
            Self::All => true,
            Self::Span(span) => span.contains(&index),
        }
    }

    /// Those below `extent`.
    pub(crate) fn within(&self, extent: u32) -> Range<u32> {
        match self {
            Self::All => 0..extent,
            Self::Span(span) => span.start.min(extent)..span.end.min(extent),
        }
    }
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// LL1342, pointing at what cannot be read.
    pub fn parse(text: &str) -> Result<Self, Diagnostics> {
        let mut cursor = Cursor::new(text);
        let whole = Self::read(&mut cursor).and_then(|pattern| {
            if cursor.is_done() {
                return Ok(pattern);
            }
            Err(cursor.fault(format!("{} does not belong to a path", cursor.found())))
        });
        whole.map_err(|fault| unreadable(text, fault).into())
    }

    /// Reads as much as is a pattern.
    pub(crate) fn read(cursor: &mut Cursor<'_>) -> Result<Self, Fault> {
        let start = cursor.at();
        let mut replica = Indices::Span(0..1);
        if cursor.eat("replica") {
            let index = brackets(cursor)?;
            let [one] = index.as_slice() else {
                return Err(cursor.fault("`replica` has one index, as in `replica[3].core[0,0]`"));
            };
            replica = one.clone();
            if !cursor.eat(".") {
                return Err(cursor.fault(format!("`.` and a part follow, not {}", cursor.found())));
            }
        }
        let mut parts = vec![part(cursor)?];
        while cursor.eat(".") {
            parts.push(part(cursor)?);
        }
        Ok(Self { text: cursor.since(start).to_owned(), replica, parts })
    }

    /// Whether a path is in the set.
    #[must_use]
    pub fn matches(&self, path: &Path) -> bool {
        let slots = |segment: &'_ Segment| Slot {
            name: segment.name.clone(),
            index: Index::At(segment.index.clone()),
        };
        let slots: Vec<Slot> = path.segments.iter().map(slots).collect();
        self.replica.has(path.replica) && fit(&self.parts, &slots)
    }

    /// The same, in every replica unless one is named.
    #[must_use]
    pub(crate) fn in_all_replicas(self) -> Self {
        if self.text.starts_with("replica") { self } else { Self { replica: Indices::All, ..self } }
    }

    /// Which replicas are meant.
    pub(crate) fn replicas(&self) -> &Indices {
        &self.replica
    }

    /// Which indices of the last part are meant, if the family of registers is in the set at all.
    pub(crate) fn leaf(&self, family: &Path, extents: &[u32]) -> Option<Vec<Indices>> {
        let (last, outer) = family.segments.split_last()?;
        let closed = |s: &Segment| Slot { name: s.name.clone(), index: Index::At(s.index.clone()) };
        let mut slots: Vec<Slot> = outer.iter().map(closed).collect();
        slots.push(Slot { name: last.name.clone(), index: Index::Open(extents.len()) });
        if !fit(&self.parts, &slots) {
            return None;
        }
        let all = vec![Indices::All; extents.len()];
        Some(match self.parts.last() {
            Some(Part::Named { index, .. }) if index.len() == extents.len() => index.clone(),
            Some(Part::Named { .. } | Part::Any) | None => all,
        })
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A part of the path that a pattern is held against.
struct Slot {
    name: String,
    index: Index,
}

enum Index {
    /// These indices.
    At(Vec<u32>),
    /// So many, and any of them.
    Open(usize),
}

fn fit(parts: &[Part], slots: &[Slot]) -> bool {
    match (parts.split_first(), slots.split_first()) {
        (None, _) => slots.is_empty(),
        (Some((Part::Any, rest)), None) => fit(rest, slots),
        (Some((Part::Any, rest)), Some((_, inner))) => fit(rest, slots) || fit(parts, inner),
        (Some((Part::Named { .. }, _)), None) => false,
        (Some((Part::Named { name, index }, rest)), Some((slot, inner))) => {
            like(name, &slot.name) && slot.admits(index) && fit(rest, inner)
        }
    }
}

impl Slot {
    fn admits(&self, wanted: &[Indices]) -> bool {
        if wanted.is_empty() || wanted == [Indices::All] {
            return true;
        }
        match &self.index {
            Index::Open(extents) => wanted.len() == *extents,
            Index::At(index) => {
                wanted.len() == index.len() && wanted.iter().zip(index).all(|(w, &i)| w.has(i))
            }
        }
    }
}

/// Whether a name is one that `pattern` stands for.
fn like(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((start, rest)) => {
            name.strip_prefix(start).is_some_and(|tail| tails(tail).any(|tail| like(rest, tail)))
        }
    }
}

/// A text without its first characters: all, none and every number between.
fn tails(text: &str) -> impl Iterator<Item = &str> {
    (0..=text.len()).filter_map(|at| text.get(at..))
}

fn part(cursor: &mut Cursor<'_>) -> Result<Part, Fault> {
    if cursor.eat("**") {
        return Ok(Part::Any);
    }
    let name = cursor.take_while(|c| c.is_ascii_alphanumeric() || c == '_' || c == '*');
    if name.is_empty() {
        return Err(cursor.fault(format!("a name, `*` or `**` is wanted, not {}", cursor.found())));
    }
    let index = if cursor.rest().starts_with('[') { brackets(cursor)? } else { Vec::new() };
    Ok(Part::Named { name: name.to_owned(), index })
}

fn brackets(cursor: &mut Cursor<'_>) -> Result<Vec<Indices>, Fault> {
    if !cursor.eat("[") {
        return Err(cursor.fault(format!("`[` is wanted, not {}", cursor.found())));
    }
    let mut all = vec![indices(cursor)?];
    while cursor.eat(",") {
        all.push(indices(cursor)?);
    }
    if cursor.eat("]") {
        return Ok(all);
    }
    Err(cursor.fault(format!("`,` or `]` is wanted, not {}", cursor.found())))
}

fn indices(cursor: &mut Cursor<'_>) -> Result<Indices, Fault> {
    cursor.skip_blanks();
    let start = cursor.at();
    if cursor.eat("*") {
        return Ok(Indices::All);
    }
    let first = cursor.integer()?;
    let span = if cursor.eat("..") {
        first.unwrap_or(0)..cursor.integer()?.unwrap_or(u32::MAX)
    } else {
        let missing = || format!("a number, a range or `*` is wanted, not {}", cursor.found());
        let one = first.ok_or_else(|| cursor.fault(missing()))?;
        one..one.saturating_add(1)
    };
    if span.is_empty() {
        let what = format!("the range ends at {} and begins at {}", span.end, span.start);
        return Err(Fault { span: start..cursor.at(), what });
    }
    Ok(Indices::Span(span))
}

/// A pattern that cannot be read.
pub(crate) fn unreadable(text: &str, fault: Fault) -> Diagnostic {
    Diagnostic::new("LL1342", format!("the path `{text}` cannot be read: {}", fault.what))
        .label(fault.span, "here")
        .help("write it as `core[0,1].soma.u[0..8]`; `leadlag show probes` lists what there is")
        .within("the path", text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(replica: u32, column: u32) -> Path {
        let parts = [
            Segment::new("core", &[3, 1]),
            Segment::new("soma", &[]),
            Segment::new("u", &[column]),
        ];
        Path { replica, ..Path::new(&parts) }
    }

    fn matches(text: &str, path: &Path) -> bool {
        Pattern::parse(text).expect(text).matches(path)
    }

    #[test]
    fn a_path_is_its_own_pattern() {
        for path in [path(0, 5), path(7, 0)] {
            assert!(matches(&path.to_string(), &path), "{path}");
        }
        assert_eq!(path(7, 5).to_string(), "replica[7].core[3,1].soma.u[5]");
    }

    #[test]
    fn stars_and_ranges_stand_for_what_the_page_says() {
        for yes in [
            "**",
            "core.**",
            "**.u",
            "**.u[5]",
            "core[*].soma.u[*]",
            "core[3,*].*.u[0..8]",
            "core[3,1].so*a.u",
            "core.soma.u[5..]",
            "core.soma.u[..6]",
            "**.soma.**",
            "*.*.*",
            "replica[0].core.**",
            "replica[*].**",
            "core[3, 1].soma.u",
        ] {
            assert!(matches(yes, &path(0, 5)), "{yes}");
        }
        for no in [
            "core",
            "**.v",
            "core[*,2].soma.u",
            "core.soma.u[0..5]",
            "core.soma.u[6..]",
            "core.apical.u",
            "core.soma.u.x",
            "core[3].soma.u",
            "replica[1].**",
            "core.soma.u[5,0]",
        ] {
            assert!(!matches(no, &path(0, 5)), "{no}");
        }
        assert!(!matches("**", &path(1, 5)), "the first replica, unless another is named");
    }

    #[test]
    fn faults_point_at_what_cannot_be_read() {
        for (text, span) in [
            ("", 0..0),
            ("core[", 5..5),
            ("core[1", 6..6),
            ("core[1;2]", 6..7),
            ("core..u", 5..6),
            ("core.u[5..2]", 7..11),
            ("core.u[99999999999]", 7..18),
            ("core.u x", 6..7),
            ("replica.core", 7..8),
            ("replica[0]core", 10..11),
        ] {
            let found = Pattern::parse(text).expect_err(text).0.remove(0);
            assert_eq!(found.code, "LL1342", "{text}");
            assert_eq!(found.labels[0].span, span, "{text}: {}", found.message);
        }
    }
}
