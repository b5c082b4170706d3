//! A walk over a TOML document that collects everything wrong with it, each with its place.
//!
//! A reader takes the fields it knows and calls [`Fields::finish`]; what is left is unknown. Every
//! reader of a value returns `None` after noting the finding, so the walk goes on.

use std::fmt::Display;
use std::ops::Range;

use leadlag_diagnostic::Diagnostic;
use leadlag_units::{Dimension, Quantity};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Findings so far.
#[derive(Debug, Default)]
pub(crate) struct Findings(pub(crate) Vec<Diagnostic>);

impl Findings {
    pub(crate) fn add(&mut self, finding: Diagnostic) {
        self.0.push(finding);
    }

    /// Notes a finding at a place with a way out; the label repeats what is allowed.
    pub(crate) fn at(
        &mut self,
        code: &'static str,
        span: &Range<usize>,
        message: impl Into<String>,
        (label, help): (impl Into<String>, impl Into<String>),
    ) {
        self.add(Diagnostic::new(code, message).label(span.clone(), label).help(help));
    }

    /// The same where there is nothing to repeat.
    pub(crate) fn helped(
        &mut self,
        code: &'static str,
        span: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.at(code, span, message, ("here", help));
    }
}

/// A condition on a number, its words, and a number that meets it.
pub(crate) struct Allowed {
    pub(crate) holds: fn(f64) -> bool,
    pub(crate) words: &'static str,
    pub(crate) example: &'static str,
}

pub(crate) const FINITE: Allowed =
    Allowed { holds: f64::is_finite, words: "a finite number", example: "0.5" };
pub(crate) const FROM_ZERO: Allowed = Allowed {
    holds: |x| x.is_finite() && x >= 0.0,
    words: "a finite number from 0",
    example: "0.5",
};
pub(crate) const ABOVE_ZERO: Allowed = Allowed {
    holds: |x| x.is_finite() && x > 0.0,
    words: "a finite number above 0",
    example: "0.5",
};
pub(crate) const SHARE: Allowed = Allowed {
    holds: |x| (0.0..1.0).contains(&x),
    words: "a number from 0 to below 1",
    example: "0.5",
};
pub(crate) const INNER_SHARE: Allowed =
    Allowed { holds: |x| x > 0.0 && x < 1.0, words: "a number between 0 and 1", example: "0.5" };
pub(crate) const POWER_OF_TWO: Allowed = Allowed {
    holds: |x| (1.0..=4096.0).contains(&x) && x.to_bits().trailing_zeros() >= 52,
    words: "a power of two from 1 to 4096",
    example: "8",
};

/// A value with its path, like `population[2].size`.
#[derive(Clone)]
pub(crate) struct Item<'a> {
    pub(crate) path: String,
    pub(crate) span: Range<usize>,
    value: &'a DeValue<'a>,
}

impl<'a> Item<'a> {
    fn new(path: String, value: &'a Spanned<DeValue<'a>>) -> Self {
        Self { path, span: value.span(), value: value.get_ref() }
    }

    fn wrong_type(&self, found: &mut Findings, wanted: &str, help: impl Into<String>) {
        let message = format!("`{}` is {}; it must be {wanted}", self.path, self.given());
        found.at("LL1003", &self.span, message, (format!("{wanted} is wanted here"), help));
    }

    /// How the value could be written: with its key, or without one in a list.
    pub(crate) fn example(&self, value: impl Display) -> String {
        match self.path.rsplit('.').next() {
            Some(key) if !key.ends_with(']') => format!("for example `{key} = {value}`"),
            Some(_) | None => format!("for example `{value}`"),
        }
    }

    /// The value with its type; of lists and tables the type.
    fn given(&self) -> String {
        match self.value {
            DeValue::String(text) => format!("the text \"{text}\""),
            DeValue::Integer(integer) => format!("the integer {}", integer.as_str()),
            DeValue::Float(float) => format!("the number {}", float.as_str()),
            DeValue::Boolean(truth) => truth.to_string(),
            DeValue::Datetime(date) => format!("the date {date}"),
            DeValue::Array(list) => format!("an array of {}", list.iter().len()),
            DeValue::Table(_) => "a table".to_owned(),
        }
    }

    fn out_of_range(
        &self,
        found: &mut Findings,
        given: impl Display,
        (words, example): (&str, impl Display),
    ) {
        let message = format!("`{}` is {given}; it must be {words}", self.path);
        let label = (format!("must be {words}"), self.example(example));
        found.at("LL1005", &self.span, message, label);
    }

    pub(crate) fn is_text(&self) -> bool {
        self.value.is_str()
    }

    pub(crate) fn is_array(&self) -> bool {
        self.value.is_array()
    }

    pub(crate) fn is_table(&self) -> bool {
        self.value.is_table()
    }

    pub(crate) fn is_boolean(&self) -> bool {
        self.value.is_bool()
    }

    pub(crate) fn text(&self, found: &mut Findings) -> Option<&'a str> {
        self.value.as_str().or_else(|| {
            self.wrong_type(found, "a text", "put it between quotes");
            None
        })
    }

    pub(crate) fn boolean(&self, found: &mut Findings) -> Option<bool> {
        self.value.as_bool().or_else(|| {
            self.wrong_type(found, "true or false", self.example(true));
            None
        })
    }

    /// An integer or a float, as it stands.
    fn any_number(&self) -> Option<f64> {
        match self.value {
            DeValue::Float(float) => float.as_str().parse().ok(),
            DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str().parse().ok(),
            DeValue::Integer(_)
            | DeValue::String(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => None,
        }
    }

    pub(crate) fn number(&self, found: &mut Findings, allowed: &Allowed) -> Option<f64> {
        let Some(number) = self.any_number() else {
            self.wrong_type(found, allowed.words, self.example(allowed.example));
            return None;
        };
        if (allowed.holds)(number) {
            return Some(number);
        }
        self.out_of_range(found, number, (allowed.words, allowed.example));
        None
    }

    pub(crate) fn whole(&self, found: &mut Findings, low: u64, high: u64) -> Option<u64> {
        let words = format!("an integer from {low} to {high}");
        let DeValue::Integer(integer) = self.value else {
            self.wrong_type(found, &words, self.example(low));
            return None;
        };
        let given = i128::from_str_radix(integer.as_str(), integer.radix());
        match given.ok().and_then(|i| u64::try_from(i).ok()) {
            Some(value) if (low..=high).contains(&value) => Some(value),
            _ => {
                self.out_of_range(found, integer.as_str(), (&words, low));
                None
            }
        }
    }

    pub(crate) fn index(&self, found: &mut Findings, low: usize, high: usize) -> Option<usize> {
        let wide = |x| u64::try_from(x).unwrap_or(u64::MAX);
        self.whole(found, wide(low), wide(high)).and_then(|x| usize::try_from(x).ok())
    }

    pub(crate) fn short(&self, found: &mut Findings, low: u32, high: u32) -> Option<u32> {
        self.whole(found, low.into(), high.into()).and_then(|x| u32::try_from(x).ok())
    }

    /// A quantity with its unit.
    pub(crate) fn quantity<D: Dimension>(&self, found: &mut Findings) -> Option<Quantity<D>> {
        let text = match (self.any_number(), self.value.as_str()) {
            (Some(bare), _) => bare.to_string(),
            (None, Some(text)) => text.to_owned(),
            (None, None) => {
                let example = format!("\"{}\"", D::EXAMPLE);
                self.wrong_type(found, &format!("a text like {example}"), self.example(example));
                return None;
            }
        };
        let read = text.parse::<Quantity<D>>();
        read.map_err(|reason| self.not_a_quantity(found, &reason.to_string(), D::EXAMPLE)).ok()
    }

    fn not_a_quantity(&self, found: &mut Findings, reason: &str, example: &str) {
        let message = format!("`{}`: {reason}", self.path);
        found.helped("LL1004", &self.span, message, format!("write it like \"{example}\""));
    }

    /// One of a few words.
    pub(crate) fn choice<T: Copy>(&self, found: &mut Findings, words: &[(&str, T)]) -> Option<T> {
        let all = words.iter().map(|(word, _)| format!("\"{word}\"")).collect::<Vec<_>>();
        let (all, example) = (all.join(", "), self.example(all.first().map_or("", String::as_str)));
        let Some(given) = self.value.as_str() else {
            self.wrong_type(found, &format!("one of {all}"), example);
            return None;
        };
        let hit = words.iter().find(|(word, _)| *word == given).map(|(_, value)| *value);
        if hit.is_none() {
            let message = format!("`{}` is \"{given}\"; it must be one of {all}", self.path);
            found.at("LL1006", &self.span, message, ("not one of these", example));
        }
        hit
    }

    pub(crate) fn array(&self, found: &mut Findings) -> Option<Vec<Item<'a>>> {
        let Some(array) = self.value.as_array() else {
            self.wrong_type(found, "an array", "write it as a list, between `[` and `]`");
            return None;
        };
        let item = |(i, value)| Self::new(format!("{}[{i}]", self.path), value);
        Some(array.iter().enumerate().map(item).collect())
    }

    pub(crate) fn table(&self, found: &mut Findings) -> Option<Fields<'a>> {
        let Some(table) = self.value.as_table() else {
            let help = "write it as a table: `{ key = value }`, or under a heading";
            self.wrong_type(found, "a table", help);
            return None;
        };
        Some(Fields::new(self.path.clone(), self.span.clone(), table))
    }

    /// A list of numbers.
    pub(crate) fn numbers(&self, found: &mut Findings) -> Option<Vec<f64>> {
        let items = self.array(found)?;
        let numbers: Vec<_> = items.iter().map(|item| item.number(found, &FINITE)).collect();
        numbers.into_iter().collect()
    }

    /// A number for all of something, or a list with one for each.
    pub(crate) fn one_or_each(
        &self,
        (count, nouns): (usize, &str),
        allowed: &Allowed,
        found: &mut Findings,
    ) -> Vec<Option<f64>> {
        if !self.is_array() {
            return vec![self.number(found, allowed); count];
        }
        let items = self.array(found).unwrap_or_default();
        if items.len() != count {
            let given = items.len();
            let message = format!("`{}` has {given} numbers for {count} {nouns}", self.path);
            found.helped("LL1009", &self.span, message, "one number for each, or one for all");
        }
        let numbers = items.iter().map(|item| item.number(found, allowed));
        numbers.chain(std::iter::repeat(None)).take(count).collect()
    }

    /// A matrix of numbers, row by row: `rows x columns` of them, row-major.
    pub(crate) fn matrix(
        &self,
        found: &mut Findings,
        rows: usize,
        columns: usize,
    ) -> Option<Vec<f64>> {
        let items = self.array(found)?;
        let lines: Vec<_> = items.iter().map(|line| line.numbers(found)).collect();
        let lines: Vec<Vec<f64>> = lines.into_iter().collect::<Option<_>>()?;
        let odd = lines.iter().find(|line| line.len() != columns);
        if lines.len() == rows && odd.is_none() {
            return Some(lines.concat());
        }
        let width = odd.or(lines.first()).map_or(0, Vec::len);
        let message = format!(
            "`{}` has {} rows, one of {width} numbers; the projection needs {rows} rows of {columns}",
            self.path,
            lines.len(),
        );
        found.helped(
            "LL1009",
            &self.span,
            message,
            "one row per receiving neuron, one number per sender",
        );
        None
    }
}

/// The fields of a table; those asked for are known.
pub(crate) struct Fields<'a> {
    pub(crate) path: String,
    pub(crate) span: Range<usize>,
    table: &'a DeTable<'a>,
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(path: String, span: Range<usize>, table: &'a DeTable<'a>) -> Self {
        Self { path, span, table, known: Vec::new() }
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    pub(crate) fn optional(&mut self, name: &'static str) -> Option<Item<'a>> {
        self.known.push(name);
        let (_, value) = self.table.iter().find(|(key, _)| key.get_ref() == name)?;
        Some(Item::new(self.path_of(name), value))
    }

    pub(crate) fn required(
        &mut self,
        name: &'static str,
        found: &mut Findings,
    ) -> Option<Item<'a>> {
        let item = self.optional(name);
        if item.is_none() {
            let message = format!("`{}` is missing", self.path_of(name));
            let help = format!("add `{name} = ...` here");
            found.helped("LL1002", &self.span, message, help);
        }
        item
    }

    /// All entries, for tables whose keys are names.
    pub(crate) fn entries(&self) -> Vec<(String, Item<'a>)> {
        let entry = |(key, value): (&Spanned<_>, &'a Spanned<DeValue<'a>>)| {
            let name: &std::borrow::Cow<'_, str> = key.get_ref();
            (name.to_string(), Item::new(self.path_of(name), value))
        };
        self.table.iter().map(entry).collect()
    }

    /// Refuses what nobody asked for.
    pub(crate) fn finish(self, found: &mut Findings) {
        for (key, _) in self.table {
            if self.known.iter().any(|known| key.get_ref() == known) {
                continue;
            }
            let message =
                format!("`{}` is no field of a network file", self.path_of(key.get_ref()));
            let known = self.known.join(", ");
            found.helped("LL1001", &key.span(), message, format!("known here: {known}"));
        }
    }
}
