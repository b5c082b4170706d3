//! Directives.

use std::ops::Range;

use leadlag_diagnostic::Diagnostic;

use super::LIMIT;
use super::expression::{Cursor, Expression, Parsed};
use super::item::{Kind, SECTIONS};
use super::lex::{Placed, Token, shortened};
use super::source::{Source, arguments, unknown};

/// Directives that say something to tools that we do not have.
const SILENT: [&str; 14] = [
    "globl",
    "global",
    "local",
    "weak",
    "type",
    "size",
    "file",
    "ident",
    "attribute",
    "cfi_startproc",
    "cfi_endproc",
    "addrsig",
    "addrsig_sym",
    "hidden",
];

impl Source {
    /// Reads a directive; `name` has no dot.
    pub(super) fn directive(
        &mut self,
        name: &str,
        span: Range<usize>,
        tokens: &[Placed],
    ) -> Parsed<()> {
        match name {
            "text" | "data" | "bss" | "rodata" => self.enter(&format!(".{name}"), span),
            "section" => self.named_section(span, tokens),
            "byte" => self.data(1, tokens),
            "half" | "short" | "hword" | "2byte" => self.data(2, tokens),
            "word" | "long" | "int" | "4byte" => self.data(4, tokens),
            "dword" | "quad" | "8byte" => self.data(8, tokens),
            "ascii" => self.strings(tokens, false),
            "asciz" | "string" => self.strings(tokens, true),
            "space" | "skip" | "zero" => self.space(tokens),
            "fill" => self.fill(tokens),
            "align" | "p2align" => self.align(tokens, true),
            "balign" => self.align(tokens, false),
            "org" => self.org(tokens),
            "equ" | "set" | "equiv" => self.equate(tokens),
            "option" => self.option(span, tokens),
            "insn" => self.insn(tokens),
            _ if SILENT.contains(&name) => Ok(()),
            _ => Err(unknown("a directive", &format!(".{name}"), span)),
        }
    }

    fn enter(&mut self, name: &str, span: Range<usize>) -> Parsed<()> {
        let of = |section: &str| name == section || name.starts_with(&format!("{section}."));
        let plain = match name {
            ".sdata" => ".data",
            ".sbss" => ".bss",
            ".init" => ".text",
            ".srodata" => ".rodata",
            _ => SECTIONS.into_iter().find(|section| of(section)).unwrap_or(name),
        };
        let Some(section) = SECTIONS.iter().position(|section| *section == plain) else {
            let found = unknown("a section", name, span);
            return Err(Box::new(found.help(format!("the sections are {}", SECTIONS.join(", ")))));
        };
        self.current = section;
        self.stand();
        Ok(())
    }

    fn named_section(&mut self, span: Range<usize>, tokens: &[Placed]) -> Parsed<()> {
        if let Some(Placed { token: Token::Name(name), span: at }) = tokens.first() {
            return self.enter(name, at.clone());
        }
        let text = "`.section` takes the name of a section";
        Err(Box::new(Diagnostic::new("LL1602", text).label(span, "here")))
    }

    fn expression(&mut self, tokens: &[Placed]) -> Parsed<Expression> {
        let mut cursor = Cursor::new(tokens, self.span.clone());
        let value = cursor.expression(&mut self.symbols)?;
        cursor.expect_end()?;
        Ok(value)
    }

    /// A number that is known now, within bounds.
    pub(super) fn number(&mut self, tokens: &[Placed], low: i64, high: i64) -> Parsed<i64> {
        let expression = self.expression(tokens)?;
        let span = expression.span.clone();
        match expression.constant() {
            Some(value) if (low..=high).contains(&value) => Ok(value),
            Some(value) => {
                let text = format!("{value} is not between {low} and {high}");
                Err(Box::new(Diagnostic::new("LL1603", text).label(span, "this number")))
            }
            None => {
                let text = "the number must be known here: no labels, no later definitions";
                Err(Box::new(Diagnostic::new("LL1606", text).label(span, "this expression")))
            }
        }
    }

    fn small(&mut self, tokens: &[Placed], low: i64, high: u32) -> Parsed<u32> {
        let number = self.number(tokens, low, i64::from(high))?;
        Ok(u32::try_from(number).unwrap_or(0))
    }

    fn byte(&mut self, tokens: Option<&&[Placed]>) -> Parsed<Option<u8>> {
        let Some(tokens) = tokens.filter(|tokens| !tokens.is_empty()) else { return Ok(None) };
        let number = self.number(tokens, -128, 255)?;
        Ok(Some(number.to_le_bytes()[0]))
    }

    fn data(&mut self, bytes: u8, tokens: &[Placed]) -> Parsed<()> {
        for argument in arguments(tokens) {
            let value = self.expression(argument)?;
            self.push(Kind::Data { bytes, value });
        }
        Ok(())
    }

    fn strings(&mut self, tokens: &[Placed], zero: bool) -> Parsed<()> {
        for argument in arguments(tokens) {
            let [Placed { token: Token::Text(text), .. }] = argument else {
                let span = argument.first().map_or(self.span.clone(), |placed| placed.span.clone());
                let text = "a string in quotes is expected here";
                return Err(Box::new(Diagnostic::new("LL1602", text).label(span, "here")));
            };
            let mut bytes = text.clone();
            bytes.extend(zero.then_some(0));
            self.push(Kind::Bytes(bytes));
        }
        Ok(())
    }

    /// The arguments, whose number is between two bounds.
    fn counted<'t>(
        &self,
        tokens: &'t [Placed],
        least: usize,
        most: usize,
    ) -> Parsed<Vec<&'t [Placed]>> {
        let arguments = arguments(tokens);
        if (least..=most).contains(&arguments.len()) {
            return Ok(arguments);
        }
        let given = arguments.len();
        let text = format!("the directive takes {least} to {most} arguments; {given} are given");
        Err(Box::new(Diagnostic::new("LL1602", text).label(self.span.clone(), "here")))
    }

    fn space(&mut self, tokens: &[Placed]) -> Parsed<()> {
        let arguments = self.counted(tokens, 1, 2)?;
        let count = self.small(arguments.first().copied().unwrap_or_default(), 0, LIMIT)?;
        let unit = self.byte(arguments.get(1))?.unwrap_or(0);
        self.push(Kind::Fill { count, unit: vec![unit] });
        Ok(())
    }

    fn fill(&mut self, tokens: &[Placed]) -> Parsed<()> {
        let arguments = self.counted(tokens, 1, 3)?;
        let argument = |at: usize| arguments.get(at).copied().unwrap_or_default();
        let count = self.small(argument(0), 0, LIMIT)?;
        let size = if arguments.len() > 1 { self.small(argument(1), 0, 8)? } else { 1 };
        let number =
            if arguments.len() > 2 { self.number(argument(2), i64::MIN, i64::MAX)? } else { 0 };
        // GNU as takes four bytes of the value; more are zeros.
        let value = number & 0xffff_ffff;
        let size = usize::try_from(size).unwrap_or(0);
        let unit = value.to_le_bytes().into_iter().take(size).collect();
        self.push(Kind::Fill { count, unit });
        Ok(())
    }

    fn align(&mut self, tokens: &[Placed], power: bool) -> Parsed<()> {
        let arguments = self.counted(tokens, 1, 3)?;
        let argument = |at: usize| arguments.get(at).copied().unwrap_or_default();
        let to = if power {
            1 << self.small(argument(0), 0, 16)?
        } else {
            self.small(argument(0), 0, 1 << 16)?.max(1)
        };
        if !to.is_power_of_two() {
            let text = format!("{to} is not a power of two; an alignment is one up to 65536");
            return Err(Box::new(Diagnostic::new("LL1603", text).label(self.span.clone(), "here")));
        }
        let with = self.byte(arguments.get(1))?;
        let most = match arguments.get(2) {
            Some(tokens) => Some(self.small(tokens, 0, LIMIT)?),
            None => None,
        };
        let section = self.section();
        section.align = section.align.max(to);
        // In code, nothing but whole instructions can fill; elsewhere zeros do.
        let with = with.or((self.current != 0).then_some(0));
        self.push(Kind::Align { to, with, most });
        Ok(())
    }

    fn org(&mut self, tokens: &[Placed]) -> Parsed<()> {
        let arguments = self.counted(tokens, 1, 2)?;
        let to = self.small(arguments.first().copied().unwrap_or_default(), 0, LIMIT)?;
        let with = self.byte(arguments.get(1))?.unwrap_or(0);
        self.push(Kind::Org { to, with });
        Ok(())
    }

    fn equate(&mut self, tokens: &[Placed]) -> Parsed<()> {
        match tokens {
            [
                Placed { token: Token::Name(name), span },
                Placed { token: Token::Sign(","), .. },
                value @ ..,
            ] if name != "." && !name.starts_with('%') => {
                self.definition(name, span.clone(), value)
            }
            _ => {
                let text = "the directive takes a name, a comma and a value";
                Err(Box::new(Diagnostic::new("LL1602", text).label(self.span.clone(), "here")))
            }
        }
    }

    fn option(&mut self, span: Range<usize>, tokens: &[Placed]) -> Parsed<()> {
        let name = match tokens {
            [Placed { token: Token::Name(name), .. }] => name.as_str(),
            _ => "",
        };
        match name {
            "rvc" => self.compress = true,
            "norvc" => self.compress = false,
            "push" => self.saved.push(self.compress),
            "pop" => {
                let nothing = "`.option pop` without a `.option push` before it";
                let found = || Box::new(Diagnostic::new("LL1602", nothing).label(span, "here"));
                self.compress = self.saved.pop().ok_or_else(found)?;
            }
            "relax" | "norelax" | "nopic" => {}
            _ => {
                let found = unknown("an option", &shortened(name), span);
                return Err(Box::new(
                    found.help("the options are rvc, norvc, push, pop, relax, norelax, nopic"),
                ));
            }
        }
        Ok(())
    }
}
