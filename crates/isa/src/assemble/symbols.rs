//! Symbols: labels, constants, local labels.

use std::collections::BTreeMap;
use std::ops::Range;

use leadlag_diagnostic::Diagnostic;

use super::expression::{Expression, Parsed};
use super::lex::shortened;

/// Number of a symbol.
pub(super) type SymbolId = usize;

/// What a symbol is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Definition {
    /// Nothing yet.
    None,
    /// The place before an item of a section.
    Label { section: usize, item: usize },
    /// A number.
    Constant(i64),
    /// An expression with symbols.
    Expression(Expression),
}

/// A symbol.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Symbol {
    pub(super) name: String,
    pub(super) definition: Definition,
    /// Where it was defined.
    pub(super) span: Option<Range<usize>>,
}

/// All symbols, in the order of their first appearance.
#[derive(Default)]
pub(super) struct Symbols {
    ids: BTreeMap<String, SymbolId>,
    pub(super) all: Vec<Symbol>,
    /// How often each local label was defined so far.
    locals: BTreeMap<u32, u32>,
    /// The symbol for `.` in the current statement.
    here: Option<SymbolId>,
    place: (usize, usize),
    hidden: usize,
    /// Symbols defined as expressions, in order.
    derived: Vec<SymbolId>,
}

impl Symbols {
    /// The number of a symbol, which may not be defined yet.
    pub(super) fn id(&mut self, name: &str) -> SymbolId {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let id = self.all.len();
        self.ids.insert(name.to_owned(), id);
        self.all.push(Symbol { name: name.to_owned(), definition: Definition::None, span: None });
        id
    }

    /// The definition that a local label refers to.
    pub(super) fn local(&mut self, number: u32, forward: bool) -> SymbolId {
        let count = self.locals.get(&number).copied().unwrap_or(0) + u32::from(forward);
        self.id(&local_name(number, count))
    }

    /// Symbols that are expressions, in the order of their definition.
    pub(super) fn expressions(&self) -> impl Iterator<Item = (SymbolId, &Expression)> {
        self.derived.iter().filter_map(|id| match &self.all.get(*id)?.definition {
            Definition::Expression(expression) => Some((*id, expression)),
            Definition::None | Definition::Label { .. } | Definition::Constant(_) => None,
        })
    }

    /// The value of a constant that is defined already.
    pub(super) fn constant(&self, name: &str) -> Option<i64> {
        match self.all.get(*self.ids.get(name)?)?.definition {
            Definition::Constant(value) => Some(value),
            Definition::None | Definition::Label { .. } | Definition::Expression(_) => None,
        }
    }

    /// Says where the next statement stands.
    pub(super) fn stand_at(&mut self, section: usize, item: usize) {
        self.place = (section, item);
        self.here = None;
    }

    /// The address of the current statement.
    pub(super) fn here(&mut self) -> SymbolId {
        if let Some(here) = self.here {
            return here;
        }
        let (section, item) = self.place;
        self.hidden += 1;
        let id = self.id(&format!("\u{1}{}", self.hidden));
        if let Some(symbol) = self.all.get_mut(id) {
            symbol.definition = Definition::Label { section, item };
        }
        self.here = Some(id);
        id
    }

    /// Defines a label here.
    pub(super) fn label(&mut self, name: &str, span: Range<usize>) -> Parsed<()> {
        let (section, item) = self.place;
        let id = self.id(name);
        self.define(id, Definition::Label { section, item }, span)
    }

    /// Defines a local label here.
    pub(super) fn local_label(&mut self, number: u32, span: Range<usize>) -> Parsed<()> {
        let count = self.locals.entry(number).or_insert(0);
        *count = count.saturating_add(1);
        let name = local_name(number, *count);
        self.label(&name, span)
    }

    /// Defines a constant or an expression; a constant may be defined again.
    pub(super) fn set(&mut self, name: &str, value: Expression, span: Range<usize>) -> Parsed<()> {
        let id = self.id(name);
        let definition =
            value.constant().map_or(Definition::Expression(value), Definition::Constant);
        if let Some(symbol) = self.all.get_mut(id)
            && matches!(symbol.definition, Definition::Constant(_))
            && matches!(definition, Definition::Constant(_))
        {
            symbol.definition = definition;
            return Ok(());
        }
        self.define(id, definition, span)
    }

    fn define(&mut self, id: SymbolId, definition: Definition, span: Range<usize>) -> Parsed<()> {
        let Some(symbol) = self.all.get_mut(id) else { return Ok(()) };
        if symbol.definition != Definition::None {
            let text = format!("`{}` is defined twice", shortened(&symbol.name));
            let first = symbol.span.clone().map(|first| (first, "first here"));
            let found = Diagnostic::new("LL1605", text).label(span, "again here");
            let found = first.into_iter().fold(found, |found, (at, text)| found.label(at, text));
            return Err(Box::new(found.help("give one of them another name")));
        }
        if matches!(definition, Definition::Expression(_)) {
            self.derived.push(id);
        }
        symbol.definition = definition;
        symbol.span = Some(span);
        Ok(())
    }
}

/// Local labels are symbols whose names nobody can write.
fn local_name(number: u32, count: u32) -> String {
    format!("{number}\u{1}{count}")
}

impl Symbol {
    /// As the user wrote it.
    pub(super) fn written(&self) -> String {
        let name = self.name.split('\u{1}').next().unwrap_or_default();
        shortened(if name.is_empty() { "." } else { name })
    }

    /// Whether the user can see it.
    pub(super) fn is_visible(&self) -> bool {
        !self.name.contains('\u{1}')
    }
}
