//! Tokens to statements, before names and formats are known.

use std::ops::Range;

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use super::lexer::{Placed, Token, tokens};
use super::number::power_of_two;
use super::tree::Relation;

/// Levels that a tree may have: the bound on every recursion, here and over the checked tree.
const DEEPEST: u32 = 64;

/// An expression with its place in the text.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Expression {
    pub(super) form: Form,
    pub(super) span: Range<usize>,
    /// Levels of the tree below and with it.
    height: u32,
}

/// What is written.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Form {
    Number(f64),
    /// A name, perhaps with a view behind a point.
    Name {
        name: String,
        view: Option<String>,
    },
    Call {
        name: String,
        arguments: Vec<Expression>,
    },
    Negate(Box<Expression>),
    Binary {
        operator: Operator,
        operands: Box<[Expression; 2]>,
    },
}

/// An infix operator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Operator {
    Multiply,
    Add,
    Subtract,
    Compare(Relation),
}

/// A format as it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct WrittenFormat {
    pub(super) name: String,
    pub(super) bits: Option<u32>,
    pub(super) span: Range<usize>,
}

/// `param name : format = number` or `name : format = expression`.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Statement {
    pub(super) is_param: bool,
    pub(super) name: String,
    pub(super) name_span: Range<usize>,
    pub(super) format: Option<WrittenFormat>,
    pub(super) value: Expression,
}

/// Reads all statements.
///
/// # Errors
/// LL1670 and LL1681: the first of each statement.
pub(super) fn parse(text: &str) -> Result<Vec<Statement>, Diagnostics> {
    let all = tokens(text).map_err(Diagnostics)?;
    let (mut found, mut statements) = (Vec::new(), Vec::new());
    for tokens in all.split(|placed| placed.token == Token::End) {
        if tokens.is_empty() {
            continue;
        }
        let mut reader = Reader { tokens, at: 0, depth: 0 };
        match reader.statement() {
            Ok(statement) => statements.push(statement),
            Err(diagnostic) => found.push(*diagnostic),
        }
    }
    Diagnostics::unless_any(found, statements)
}

type Read<T> = Result<T, Box<Diagnostic>>;

struct Reader<'a> {
    tokens: &'a [Placed<'a>],
    at: usize,
    depth: u32,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Token<'a> {
        self.tokens.get(self.at).map_or(Token::End, |placed| placed.token)
    }

    /// Bytes of the next token, or the place behind the last one.
    fn span(&self) -> Range<usize> {
        let end = self.tokens.last().map_or(0, |placed| placed.span.end);
        self.tokens.get(self.at).map_or(end..end, |placed| placed.span.clone())
    }

    fn end_of_last(&self) -> usize {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |p| p.span.end)
    }

    fn accept(&mut self, sign: &str) -> bool {
        let here = matches!(self.peek(), Token::Sign(next) if next == sign);
        self.at += usize::from(here);
        here
    }

    fn expect(&mut self, sign: &str) -> Read<()> {
        if self.accept(sign) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }

    fn unexpected(&self, wanted: &str) -> Box<Diagnostic> {
        let message = format!("found {} where {wanted} belongs", self.peek().describe());
        let help = "a statement reads `param eta : q15 = 0.02`, `dw = eta*e*r` or `every = 1`";
        Box::new(Diagnostic::new("LL1670", message).label(self.span(), "here").help(help))
    }

    fn name(&mut self) -> Read<(String, Range<usize>)> {
        let Token::Name(name) = self.peek() else { return Err(self.unexpected("a name")) };
        let span = self.span();
        self.at += 1;
        Ok((name.to_owned(), span))
    }

    fn statement(&mut self) -> Read<Statement> {
        let is_param = self.peek() == Token::Name("param");
        self.at += usize::from(is_param);
        let (name, name_span) = self.name()?;
        let format = if self.accept(":") { Some(self.format()?) } else { None };
        self.expect("=")?;
        let value = self.comparison()?;
        if self.peek() != Token::End {
            return Err(self.unexpected("an operator or the end of the statement"));
        }
        Ok(Statement { is_param, name, name_span, format, value })
    }

    fn format(&mut self) -> Read<WrittenFormat> {
        let (name, start) = self.name()?;
        let mut bits = None;
        if self.accept("/") {
            let Token::Number(width) = self.peek() else { return Err(self.unexpected("a width")) };
            bits = [8, 16, 32].into_iter().find(|&b| f64::from(b).total_cmp(&width).is_eq());
            if bits.is_none() {
                return Err(self.unexpected("a width of 8, 16 or 32 bits"));
            }
            self.at += 1;
        }
        Ok(WrittenFormat { name, bits, span: start.start..self.end_of_last() })
    }

    /// Runs a level of the grammar one level further down.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == DEEPEST {
            return Err(too_deep(self.span()));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn comparison(&mut self) -> Read<Expression> {
        let left = self.sum()?;
        let relation = match self.peek() {
            Token::Sign("<") => Relation::Less,
            Token::Sign("<=") => Relation::LessOrEqual,
            Token::Sign("==") => Relation::Equal,
            Token::Sign("!=") => Relation::Unequal,
            Token::Sign(">=") => Relation::GreaterOrEqual,
            Token::Sign(">") => Relation::Greater,
            Token::Sign(_) | Token::Name(_) | Token::Number(_) | Token::End => return Ok(left),
        };
        self.at += 1;
        let right = self.sum()?;
        binary(Operator::Compare(relation), left, right)
    }

    fn sum(&mut self) -> Read<Expression> {
        let mut left = self.product()?;
        loop {
            let operator = match self.peek() {
                Token::Sign("+") => Operator::Add,
                Token::Sign("-") => Operator::Subtract,
                Token::Sign(_) | Token::Name(_) | Token::Number(_) | Token::End => return Ok(left),
            };
            self.at += 1;
            left = binary(operator, left, self.product()?)?;
        }
    }

    fn product(&mut self) -> Read<Expression> {
        let mut left = self.signed()?;
        while self.accept("*") {
            left = binary(Operator::Multiply, left, self.signed()?)?;
        }
        Ok(left)
    }

    fn signed(&mut self) -> Read<Expression> {
        let start = self.span().start;
        if !self.accept("-") {
            return self.primary();
        }
        let value = self.deeper(Self::signed)?;
        let span = start..value.span.end;
        let form = if let Form::Number(number) = value.form {
            Form::Number(-number)
        } else {
            Form::Negate(Box::new(value))
        };
        Expression::new(form, span)
    }

    fn primary(&mut self) -> Read<Expression> {
        let start = self.span().start;
        let form = match self.peek() {
            Token::Number(_) => Form::Number(self.number()?),
            Token::Name(name) => {
                self.at += 1;
                self.named(name.to_owned())?
            }
            Token::Sign("(") => {
                self.at += 1;
                let inner = self.deeper(Self::comparison)?;
                self.expect(")")?;
                return Expression::new(inner.form, start..self.end_of_last());
            }
            Token::Sign(_) | Token::End => return Err(self.unexpected("a value")),
        };
        Expression::new(form, start..self.end_of_last())
    }

    /// `2`, `0.5`, `1e-3` or `2^-12`.
    fn number(&mut self) -> Read<f64> {
        let Token::Number(base) = self.peek() else { return Err(self.unexpected("a number")) };
        self.at += 1;
        if !self.accept("^") {
            return Ok(base);
        }
        let is_negative = self.accept("-");
        let Token::Number(exponent) = self.peek() else {
            return Err(self.unexpected("a whole exponent"));
        };
        let whole = (0..=31).find(|&n| f64::from(n).total_cmp(&exponent).is_eq());
        let (Some(exponent), true) = (whole, base.total_cmp(&2.0).is_eq()) else {
            return Err(self.unexpected("a power of 2 with an exponent of 0 to 31"));
        };
        self.at += 1;
        Ok(power_of_two(if is_negative { -exponent } else { exponent }))
    }

    fn named(&mut self, name: String) -> Read<Form> {
        if self.accept(".") {
            let (view, _) = self.name()?;
            return Ok(Form::Name { name, view: Some(view) });
        }
        if !self.accept("(") {
            return Ok(Form::Name { name, view: None });
        }
        let mut arguments = Vec::new();
        while !self.accept(")") {
            if !arguments.is_empty() {
                self.expect(",")?;
            }
            arguments.push(self.deeper(Self::comparison)?);
        }
        Ok(Form::Call { name, arguments })
    }
}

fn binary(operator: Operator, left: Expression, right: Expression) -> Read<Expression> {
    let span = left.span.start..right.span.end;
    Expression::new(Form::Binary { operator, operands: Box::new([left, right]) }, span)
}

fn too_deep(span: Range<usize>) -> Box<Diagnostic> {
    let message =
        format!("the expression has more than {DEEPEST} levels of operators and brackets");
    let finding = Diagnostic::new("LL1681", message).label(span, "one level too many");
    Box::new(
        finding.help("chains grow by a level per operator: bracket them as `(a + b) + (c + d)`"),
    )
}

impl Expression {
    fn new(form: Form, span: Range<usize>) -> Read<Self> {
        let below = match &form {
            Form::Number(_) | Form::Name { .. } => 0,
            Form::Call { arguments, .. } => arguments.iter().map(|a| a.height).max().unwrap_or(0),
            Form::Negate(value) => value.height,
            Form::Binary { operands, .. } => operands.iter().map(|o| o.height).max().unwrap_or(0),
        };
        if below == DEEPEST {
            return Err(too_deep(span));
        }
        Ok(Self { form, span, height: below + 1 })
    }
}
