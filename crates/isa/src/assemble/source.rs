//! Statements to items of sections.

use std::ops::Range;

use leadlag_diagnostic::Diagnostic;

use super::expression::{Cursor, Parsed};
use super::item::{Item, Kind, SECTIONS, Section};
use super::lex::{Placed, Statement, Token, shortened};
use super::symbols::Symbols;

/// The state of reading.
pub(super) struct Source {
    pub(super) symbols: Symbols,
    pub(super) sections: [Section; SECTIONS.len()],
    pub(super) current: usize,
    /// Whether short instructions are chosen.
    pub(super) compress: bool,
    pub(super) saved: Vec<bool>,
    /// Of the current statement.
    pub(super) line: u32,
    pub(super) span: Range<usize>,
}

impl Source {
    pub(super) fn new(compress: bool) -> Self {
        Self {
            symbols: Symbols::default(),
            sections: Default::default(),
            current: 0,
            compress,
            saved: Vec::new(),
            line: 1,
            span: 0..0,
        }
    }

    /// Reads a statement: labels, then a directive, a definition or an instruction.
    pub(super) fn statement(&mut self, statement: &Statement) -> Parsed<()> {
        self.line = statement.line;
        let mut tokens = statement.tokens.as_slice();
        self.span = whole(tokens);
        self.stand();
        while let Some(rest) = self.label(tokens)? {
            tokens = rest;
        }
        let Some((first, rest)) = tokens.split_first() else { return Ok(()) };
        self.span = whole(tokens);
        let Token::Name(name) = &first.token else {
            let text = "a label, a directive or an instruction is expected here";
            return Err(Box::new(
                Diagnostic::new("LL1600", text).label(first.span.clone(), "here"),
            ));
        };
        if let [Placed { token: Token::Sign("="), .. }, value @ ..] = rest {
            return self.definition(name, first.span.clone(), value);
        }
        match name.strip_prefix('.') {
            Some(directive) => self.directive(directive, first.span.clone(), rest),
            None => self.instruction(name, first.span.clone(), rest),
        }
    }

    /// Takes a label from the front.
    fn label<'t>(&mut self, tokens: &'t [Placed]) -> Parsed<Option<&'t [Placed]>> {
        let [label, Placed { token: Token::Sign(":"), .. }, rest @ ..] = tokens else {
            return Ok(None);
        };
        match &label.token {
            Token::Name(name) if name != "." => {
                self.symbols.label(name, label.span.clone())?;
            }
            Token::Number(number) => match u32::try_from(*number) {
                Ok(number) => self.symbols.local_label(number, label.span.clone())?,
                Err(_) => return wrong(label.span.clone(), "a local label is a small number"),
            },
            Token::Name(_) | Token::Local { .. } | Token::Text(_) | Token::Sign(_) => {
                return wrong(label.span.clone(), "this cannot be a label");
            }
        }
        Ok(Some(rest))
    }

    /// `name = value`, `.equ name, value`.
    pub(super) fn definition(
        &mut self,
        name: &str,
        span: Range<usize>,
        value: &[Placed],
    ) -> Parsed<()> {
        let mut cursor = Cursor::new(value, self.span.clone());
        let value = cursor.expression(&mut self.symbols)?;
        cursor.expect_end()?;
        self.symbols.set(name, value, span)
    }

    /// Says that the next item begins here.
    pub(super) fn stand(&mut self) {
        let items = self.section().items.len();
        self.symbols.stand_at(self.current, items);
    }

    pub(super) fn section(&mut self) -> &mut Section {
        let [text, rodata, data, bss] = &mut self.sections;
        match self.current {
            0 => text,
            1 => rodata,
            2 => data,
            _ => bss,
        }
    }

    /// Adds an item to the current section.
    pub(super) fn push(&mut self, kind: Kind) {
        let item = Item { kind, line: self.line, span: self.span.clone() };
        self.section().items.push(item);
        self.stand();
    }
}

/// A name that means nothing here.
pub(super) fn unknown(what: &str, name: &str, span: Range<usize>) -> Box<Diagnostic> {
    let text = format!("`{}` is not {what} of this assembler", shortened(name));
    Box::new(Diagnostic::new("LL1601", text).label(span, "unknown"))
}

fn wrong<T>(span: Range<usize>, text: &str) -> Parsed<T> {
    Err(Box::new(Diagnostic::new("LL1600", text).label(span, "here")))
}

fn whole(tokens: &[Placed]) -> Range<usize> {
    let start = tokens.first().map_or(0, |first| first.span.start);
    let end = tokens.last().map_or(start, |last| last.span.end);
    start..end
}

/// The arguments between commas outside parentheses.
pub(super) fn arguments(tokens: &[Placed]) -> Vec<&[Placed]> {
    if tokens.is_empty() {
        return Vec::new();
    }
    let mut depth = 0_u32;
    let split = tokens.split(move |placed| {
        match placed.token {
            Token::Sign("(") => depth = depth.saturating_add(1),
            Token::Sign(")") => depth = depth.saturating_sub(1),
            Token::Sign(_)
            | Token::Name(_)
            | Token::Number(_)
            | Token::Local { .. }
            | Token::Text(_) => {}
        }
        depth == 0 && placed.token == Token::Sign(",")
    });
    split.collect()
}
