//! Expressions: parsed into postfix form, evaluated without recursion.
//!
//! Precedence as in GNU as: `* / % << >>`, then `| & ^`, then `+ -` and comparisons, then `&& ||`.

use std::ops::Range;

use leadlag_diagnostic::Diagnostic;

use super::lex::{Placed, Token};
use super::symbols::{SymbolId, Symbols};

/// An expression in postfix order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Expression {
    steps: Vec<Step>,
    pub(super) span: Range<usize>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Step {
    Number(i64),
    Symbol(SymbolId, Range<usize>),
    Unary(&'static str),
    Binary(&'static str),
}

/// Why an expression has no value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum NoValue {
    /// A symbol without a value.
    Undefined(SymbolId, Range<usize>),
    /// A division by 0.
    DivisionByZero,
}

/// Parentheses and signs inside each other.
const DEPTH: u32 = 64;

/// Reads tokens of one argument.
pub(super) struct Cursor<'t> {
    tokens: &'t [Placed],
    at: usize,
    /// Where something is missing if the tokens end.
    pub(super) whole: Range<usize>,
}

pub(super) type Parsed<T> = Result<T, Box<Diagnostic>>;

impl<'t> Cursor<'t> {
    pub(super) fn new(tokens: &'t [Placed], whole: Range<usize>) -> Self {
        Self { tokens, at: 0, whole }
    }

    pub(super) fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at).map(|placed| &placed.token)
    }

    pub(super) fn next(&mut self) -> Option<&'t Placed> {
        let placed = self.tokens.get(self.at);
        self.at += usize::from(placed.is_some());
        placed
    }

    /// Takes a sign if it is next.
    pub(super) fn takes(&mut self, sign: &str) -> bool {
        let is_next = matches!(self.peek(), Some(Token::Sign(next)) if *next == sign);
        self.at += usize::from(is_next);
        is_next
    }

    /// The bytes of the next token, or of all if there is none.
    pub(super) fn span(&self) -> Range<usize> {
        self.tokens.get(self.at).map_or(self.whole.clone(), |placed| placed.span.clone())
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Whether a parenthesis follows with a name that is known.
    pub(super) fn is_parenthesis(&self, known: impl Fn(&str) -> bool) -> bool {
        match self.tokens.get(self.at..) {
            Some(
                [
                    Placed { token: Token::Sign("("), .. },
                    Placed { token: Token::Name(name), .. },
                    ..,
                ],
            ) => known(name),
            Some(_) | None => false,
        }
    }

    pub(super) fn error<T>(&self, expected: &str) -> Parsed<T> {
        let text = format!("{expected} is expected here");
        Err(Box::new(Diagnostic::new("LL1600", text).label(self.span(), "here")))
    }

    pub(super) fn expect(&mut self, sign: &str) -> Parsed<()> {
        if self.takes(sign) { Ok(()) } else { self.error(&format!("`{sign}`")) }
    }

    pub(super) fn expect_end(&self) -> Parsed<()> {
        if self.is_at_end() { Ok(()) } else { self.error("the end of the operand") }
    }

    /// An expression up to a token that cannot continue it.
    pub(super) fn expression(&mut self, symbols: &mut Symbols) -> Parsed<Expression> {
        let start = self.span().start;
        let mut steps = Vec::new();
        self.binary(symbols, &mut steps, 0, 0)?;
        let end = self.tokens.get(self.at.saturating_sub(1)).map_or(start, |last| last.span.end);
        Ok(Expression { steps, span: start..end.max(start) })
    }

    fn binary(
        &mut self,
        symbols: &mut Symbols,
        steps: &mut Vec<Step>,
        least: u8,
        depth: u32,
    ) -> Parsed<()> {
        self.unary(symbols, steps, depth)?;
        while let Some(Token::Sign(sign)) = self.peek() {
            let Some(precedence) = precedence(sign).filter(|p| *p >= least) else { break };
            self.at += 1;
            self.binary(symbols, steps, precedence + 1, depth + 1)?;
            steps.push(Step::Binary(sign));
        }
        Ok(())
    }

    fn unary(&mut self, symbols: &mut Symbols, steps: &mut Vec<Step>, depth: u32) -> Parsed<()> {
        if depth > DEPTH {
            let text = format!("the expression is nested more than {DEPTH} deep");
            return Err(Box::new(Diagnostic::new("LL1606", text).label(self.span(), "here")));
        }
        let span = self.span();
        match self.peek() {
            Some(Token::Number(number)) => steps.push(Step::Number(*number)),
            Some(Token::Local { number, forward }) => {
                steps.push(Step::Symbol(symbols.local(*number, *forward), span));
            }
            Some(Token::Name(name)) if name == "." => {
                steps.push(Step::Symbol(symbols.here(), span));
            }
            Some(Token::Name(name)) if !name.starts_with('%') => {
                steps.push(
                    symbols
                        .constant(name)
                        .map_or_else(|| Step::Symbol(symbols.id(name), span), Step::Number),
                );
            }
            Some(Token::Sign(sign @ ("-" | "~" | "!" | "+"))) => {
                self.at += 1;
                self.unary(symbols, steps, depth + 1)?;
                steps.push(Step::Unary(sign));
                return Ok(());
            }
            Some(Token::Sign("(")) => {
                self.at += 1;
                self.binary(symbols, steps, 0, depth + 1)?;
                return self.expect(")");
            }
            Some(Token::Name(_) | Token::Sign(_) | Token::Text(_)) | None => {
                return self.error("a number or a symbol");
            }
        }
        self.at += 1;
        Ok(())
    }
}

fn precedence(sign: &str) -> Option<u8> {
    Some(match sign {
        "*" | "/" | "%" | "<<" | ">>" => 3,
        "|" | "&" | "^" | "!" => 2,
        "+" | "-" | "==" | "!=" | "<>" | "<" | ">" | "<=" | ">=" => 1,
        "&&" | "||" => 0,
        _ => return None,
    })
}

impl Expression {
    /// A symbol.
    pub(super) fn symbol(id: SymbolId, span: Range<usize>) -> Self {
        Self { steps: vec![Step::Symbol(id, span.clone())], span }
    }

    /// The value, if no symbol takes part.
    pub(super) fn constant(&self) -> Option<i64> {
        self.value(|_| None).ok()
    }

    /// The value.
    pub(super) fn value(&self, symbol: impl Fn(SymbolId) -> Option<i64>) -> Result<i64, NoValue> {
        let mut stack: Vec<i64> = Vec::new();
        for step in &self.steps {
            let value = match step {
                Step::Number(number) => *number,
                Step::Symbol(id, span) => {
                    symbol(*id).ok_or_else(|| NoValue::Undefined(*id, span.clone()))?
                }
                Step::Unary(sign) => unary(sign, stack.pop().unwrap_or_default()),
                Step::Binary(sign) => {
                    let right = stack.pop().unwrap_or_default();
                    let left = stack.pop().unwrap_or_default();
                    binary(sign, left, right).ok_or(NoValue::DivisionByZero)?
                }
            };
            stack.push(value);
        }
        Ok(stack.pop().unwrap_or_default())
    }
}

fn unary(sign: &str, value: i64) -> i64 {
    match sign {
        "-" => value.wrapping_neg(),
        "~" => !value,
        "!" => i64::from(value == 0),
        _ => value,
    }
}

fn binary(sign: &str, left: i64, right: i64) -> Option<i64> {
    let truth = |holds: bool| if holds { -1 } else { 0 };
    let shift = u32::try_from(right).ok().filter(|shift| *shift < 64);
    Some(match sign {
        "*" => left.wrapping_mul(right),
        "/" => (right != 0).then(|| left.wrapping_div(right))?,
        "%" => (right != 0).then(|| left.wrapping_rem(right))?,
        "<<" => shift.map_or(0, |shift| left.wrapping_shl(shift)),
        ">>" => shift.map_or(0, |shift| left.cast_unsigned().wrapping_shr(shift).cast_signed()),
        "|" => left | right,
        "&" => left & right,
        "^" => left ^ right,
        "!" => left | !right,
        "+" => left.wrapping_add(right),
        "-" => left.wrapping_sub(right),
        "==" => truth(left == right),
        "!=" | "<>" => truth(left != right),
        "<" => truth(left < right),
        ">" => truth(left > right),
        "<=" => truth(left <= right),
        ">=" => truth(left >= right),
        "&&" => i64::from(left != 0 && right != 0),
        _ => i64::from(left != 0 || right != 0),
    })
}
