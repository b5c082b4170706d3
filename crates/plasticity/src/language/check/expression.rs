//! Expressions: names resolved, formats inferred.
//!
//! A number has no format of its own. It takes the one that the form around it asks for: the other
//! operand's in a sum, the all-fraction format of the same width in a product.

use std::ops::Range;

use leadlag_diagnostic::Diagnostic;

use super::{has, number, refuse};
use crate::language::Mode;
use crate::language::number::Format;
use crate::language::parser::{Expression, Form, Operator};
use crate::language::tree::{
    Comparison, Node, Operand, Program, Relation, Signal, Target, Term, View,
};

type Checked<T> = Result<T, Box<Diagnostic>>;

/// The term of an expression; a number in it takes the wanted format.
pub(super) fn value(
    program: &Program,
    target: Target,
    expression: &Expression,
    wanted: Format,
) -> Checked<Term> {
    Context { program, target }.term(expression, wanted)
}

/// How many nodes of a term round with draws.
pub(super) fn draws(term: &Term) -> usize {
    let mut count = 0;
    term.visit(&mut |term| match term.node {
        Node::Shift { mode: Mode::Stochastic, .. }
        | Node::Narrow { mode: Mode::Stochastic, .. } => {
            count += 1;
        }
        Node::Shift { .. }
        | Node::Narrow { .. }
        | Node::Operand(_)
        | Node::Param(_)
        | Node::Number(_)
        | Node::Multiply(_)
        | Node::Wide(_)
        | Node::Add(_)
        | Node::Subtract(_)
        | Node::Negate(_)
        | Node::Clip(_)
        | Node::Select(..) => {}
    });
    count
}

/// A place has one draw per step and array, so that equal draws never meet in one expression.
pub(super) fn one_draw(term: &Term, target: Target, span: &Range<usize>) -> Checked<()> {
    match draws(term) {
        0 | 1 => Ok(()),
        count => refuse(
            "LL1680",
            format!("`{}` rounds with draws {count} times; there is 1 draw", target.name()),
            span.clone(),
            "round all but one of them with `rnu`",
        ),
    }
}

struct Context<'a> {
    program: &'a Program,
    target: Target,
}

/// Whether nothing in an expression fixes a format.
fn is_bare(expression: &Expression) -> bool {
    match &expression.form {
        Form::Number(_) => true,
        Form::Negate(value) => is_bare(value),
        Form::Binary { operands, .. } => operands.iter().all(is_bare),
        Form::Name { .. } | Form::Call { .. } => false,
    }
}

impl Context<'_> {
    fn term(&self, expression: &Expression, wanted: Format) -> Checked<Term> {
        match &expression.form {
            Form::Number(value) => {
                let code = number(*value, wanted, &expression.span)?;
                Ok(Term { node: Node::Number(code), format: wanted })
            }
            Form::Name { name, view } => self.name(name, view.as_deref(), &expression.span),
            Form::Call { name, arguments } => self.call(name, arguments, wanted, &expression.span),
            Form::Negate(value) => {
                let value = self.term(value, wanted)?;
                let format = value.format;
                Ok(Term { node: Node::Negate(Box::new(value)), format })
            }
            Form::Binary { operator: Operator::Multiply, operands } => {
                self.product(operands, wanted, &expression.span)
            }
            Form::Binary { operator: Operator::Add, operands } => {
                self.sum(operands, wanted, Node::Add)
            }
            Form::Binary { operator: Operator::Subtract, operands } => {
                self.sum(operands, wanted, Node::Subtract)
            }
            Form::Binary { operator: Operator::Compare(_), .. } => refuse(
                "LL1679",
                "a comparison is no number".to_owned(),
                expression.span.clone(),
                "choose between two values with it: `sel(a < b, x, y)`",
            ),
        }
    }

    fn name(&self, name: &str, view: Option<&str>, span: &Range<usize>) -> Checked<Term> {
        let param = self.program.params.iter().position(|param| param.name == name);
        if let (Some(at), None) = (param, view) {
            let format = self.program.params.get(at).map_or(Format::Q15, |param| param.format);
            return Ok(Term { node: Node::Param(at), format });
        }
        let signal = match name {
            "e" => Signal::Error,
            "r" => Signal::Rate,
            "u" => Signal::Membrane,
            "du" => Signal::Motion,
            "inj" => Signal::Injection,
            "target" => Signal::Wanted,
            "tau" => Signal::TauM,
            "w" => Signal::Weight,
            "m" => Signal::Momentum,
            _ => {
                let message = format!("nothing is called `{name}`");
                let help = format!("declare it before this line: `param {name} : q15 = 0.5`");
                return refuse("LL1671", message, span.clone(), &help);
            }
        };
        let operand = Operand { signal, view: self.view(signal, name, view, span)? };
        let format = self.format(operand, name, span)?;
        Ok(Term { node: Node::Operand(operand), format })
    }

    fn view(
        &self,
        signal: Signal,
        name: &str,
        view: Option<&str>,
        span: &Range<usize>,
    ) -> Checked<View> {
        let both = matches!(signal, Signal::Error | Signal::Rate);
        match view {
            None if both && !self.target.is_synaptic() => Ok(View::Own),
            None => Ok(View::Plain),
            Some("col") if both => Ok(View::Own),
            Some("sent") if both => Ok(View::Sent),
            Some(view) => {
                let message = format!("`{name}` has no view `.{view}`");
                refuse(
                    "LL1676",
                    message,
                    span.clone(),
                    "views are `e.col`, `r.col`, `e.sent`, `r.sent`",
                )
            }
        }
    }

    fn format(&self, operand: Operand, name: &str, span: &Range<usize>) -> Checked<Format> {
        if !has(self.target, operand.signal) {
            let message = format!("`{}` has no `{name}`: it is one per column", self.target.name());
            return refuse(
                "LL1676",
                message,
                span.clone(),
                "weights and state words belong to `dw` and `m`",
            );
        }
        match operand.signal {
            Signal::Weight => Ok(Format {
                fraction: leadlag_fixed::signed(self.program.weight_bits) - 1,
                bits: self.program.element_bits(),
            }),
            Signal::Momentum => self.program.momentum.map_or_else(
                || {
                    let message = "the rule reads `m` and never assigns it".to_owned();
                    refuse("LL1676", message, span.clone(), "assign it: `m = mu*m + e*r`")
                },
                Ok,
            ),
            Signal::Error
            | Signal::Rate
            | Signal::Membrane
            | Signal::Motion
            | Signal::Injection
            | Signal::Wanted
            | Signal::TauM => Ok(Format::Q15),
        }
    }

    /// Both operands, the one that fixes the format first.
    fn pair(
        &self,
        [left, right]: &[Expression; 2],
        wanted: Format,
        other: fn(Format) -> Format,
    ) -> Checked<[Term; 2]> {
        if is_bare(left) && !is_bare(right) {
            let right = self.term(right, wanted)?;
            return Ok([self.term(left, other(right.format))?, right]);
        }
        let left = self.term(left, wanted)?;
        let right = self.term(right, other(left.format))?;
        Ok([left, right])
    }

    fn product(
        &self,
        operands: &[Expression; 2],
        wanted: Format,
        span: &Range<usize>,
    ) -> Checked<Term> {
        let [left, right] = self.pair(operands, wanted, |f| Format::full(f.bits))?;
        let bits = left.format.bits;
        if bits != right.format.bits {
            let help =
                "bring both to one width: `narrow(x, n, rnu)` halves it, `wide(a*b)` doubles it";
            return mismatch("multiply", operands, &left, &right, help);
        }
        let fraction =
            left.format.fraction + right.format.fraction + 1 - leadlag_fixed::signed(bits);
        if !(-31..=62).contains(&fraction) {
            let message = format!("the product would have {fraction} fractional bits");
            return refuse("LL1672", message, span.clone(), "use formats near `q15`");
        }
        let node = Node::Multiply(Box::new([left, right]));
        Ok(Term { node, format: Format { fraction, bits } })
    }

    fn sum(
        &self,
        operands: &[Expression; 2],
        wanted: Format,
        node: fn(Box<[Term; 2]>) -> Node,
    ) -> Checked<Term> {
        let [left, right] = self.pair(operands, wanted, |f| f)?;
        same(operands, &left, &right)?;
        let format = left.format;
        Ok(Term { node: node(Box::new([left, right])), format })
    }

    fn call(
        &self,
        name: &str,
        arguments: &[Expression],
        wanted: Format,
        span: &Range<usize>,
    ) -> Checked<Term> {
        match (name, arguments) {
            ("wide", [product]) => self.wide(product),
            ("sat", [value]) => self.narrow(value, 0, Mode::Down, wanted),
            ("narrow", [value, places, mode]) => {
                let mode = rounding_mode(mode)?;
                self.narrow(value, whole(places)?, mode, wanted)
            }
            ("shr", [value, places, mode]) => self.shift(value, places, mode, wanted),
            ("clip", [value, low, high]) => self.clip(value, low, high, wanted),
            ("sel", [condition, yes, no]) => self.select(condition, [yes, no], wanted),
            _ => refuse(
                "LL1671",
                format!("no function `{name}` with {} arguments", arguments.len()),
                span.clone(),
                "functions: `wide(a*b)`, `shr(x, n, mode)`, `narrow(x, n, mode)`, `sat(x)`, `clip(x, a, b)`, `sel(c, a, b)`",
            ),
        }
    }

    fn wide(&self, product: &Expression) -> Checked<Term> {
        let Form::Binary { operator: Operator::Multiply, operands } = &product.form else {
            let message = "`wide` takes a product".to_owned();
            return refuse("LL1672", message, product.span.clone(), "write `wide(a*b)`");
        };
        let [left, right] = self.pair(operands, Format::Q15, |f| Format::full(f.bits))?;
        let bits = left.format.bits;
        if bits != right.format.bits || bits == 32 {
            let help = "take two factors of 8 or two of 16 bits";
            return mismatch("multiply exactly", operands, &left, &right, help);
        }
        let fraction = left.format.fraction + right.format.fraction;
        let format = Format { fraction, bits: 2 * bits };
        Ok(Term { node: Node::Wide(Box::new([left, right])), format })
    }

    fn shift(
        &self,
        value: &Expression,
        places: &Expression,
        mode: &Expression,
        wanted: Format,
    ) -> Checked<Term> {
        let span = places.span.clone();
        let (places, mode) = (whole(places)?, rounding_mode(mode)?);
        let value = self.term(value, wanted)?;
        let format = value.format;
        if places >= format.bits {
            let most = format.bits - 1;
            let message = format!("a shift by {places} bits; {format} allows 0 to {most}");
            return refuse("LL1675", message, span, "drop fewer bits");
        }
        Ok(Term { node: Node::Shift { value: Box::new(value), places, mode }, format })
    }

    fn narrow(&self, value: &Expression, places: u32, mode: Mode, wanted: Format) -> Checked<Term> {
        let span = value.span.clone();
        let value = self.term(value, Format { bits: (2 * wanted.bits).min(32), ..wanted })?;
        let Format { fraction, bits } = value.format;
        if bits == 8 {
            let message =
                format!("{} cannot be narrowed: 8 bits are the narrowest word", value.format);
            return refuse("LL1672", message, span, "drop bits with `shr(x, n, mode)`");
        }
        if places >= bits {
            let message =
                format!("a shift by {places} bits; {} allows 0 to {}", value.format, bits - 1);
            return refuse("LL1675", message, span, "drop fewer bits");
        }
        let format = Format { fraction: fraction - leadlag_fixed::signed(places), bits: bits / 2 };
        Ok(Term { node: Node::Narrow { value: Box::new(value), places, mode }, format })
    }

    fn clip(
        &self,
        value: &Expression,
        low: &Expression,
        high: &Expression,
        wanted: Format,
    ) -> Checked<Term> {
        let term = self.term(value, wanted)?;
        let bound = |bound: &Expression| -> Checked<Term> {
            let made = self.term(bound, term.format)?;
            same(&[value.clone(), bound.clone()], &term, &made)?;
            Ok(made)
        };
        let (low, high, format) = (bound(low)?, bound(high)?, term.format);
        Ok(Term { node: Node::Clip(Box::new([term, low, high])), format })
    }

    fn select(
        &self,
        condition: &Expression,
        [yes, no]: [&Expression; 2],
        wanted: Format,
    ) -> Checked<Term> {
        let Form::Binary { operator: Operator::Compare(relation), operands } = &condition.form
        else {
            let message = "`sel` chooses by a comparison".to_owned();
            return refuse("LL1679", message, condition.span.clone(), "write `sel(a < b, x, y)`");
        };
        let comparison = self.comparison(*relation, operands)?;
        let both = [yes.clone(), no.clone()];
        let pair = self.pair(&both, wanted, |f| f)?;
        let [yes, no] = &pair;
        same(&both, yes, no)?;
        if comparison.left.format.bits != yes.format.bits {
            let (asked, chosen) = (comparison.left.format, yes.format);
            let message = format!("the comparison is of {asked}, the choice of {chosen}");
            return refuse(
                "LL1672",
                message,
                condition.span.clone(),
                "compare values as wide as the chosen ones",
            );
        }
        let format = yes.format;
        Ok(Term { node: Node::Select(Box::new(comparison), Box::new(pair)), format })
    }

    fn comparison(&self, relation: Relation, operands: &[Expression; 2]) -> Checked<Comparison> {
        let [left, right] = self.pair(operands, Format::Q15, |f| f)?;
        same(operands, &left, &right)?;
        Ok(Comparison { relation, left, right })
    }
}

/// A number of bits.
fn whole(expression: &Expression) -> Checked<u32> {
    let number = match expression.form {
        Form::Number(number) => Some(number),
        Form::Name { .. } | Form::Call { .. } | Form::Negate(_) | Form::Binary { .. } => None,
    };
    let places = number.and_then(|n| (0..32_u32).find(|&p| f64::from(p).total_cmp(&n).is_eq()));
    places.map_or_else(
        || {
            let message = "the number of bits to drop is a whole number of 0 to 31".to_owned();
            refuse("LL1675", message, expression.span.clone(), "write it as a number")
        },
        Ok,
    )
}

fn mismatch<T>(
    verb: &str,
    [left_text, right_text]: &[Expression; 2],
    left: &Term,
    right: &Term,
    help: &str,
) -> Checked<T> {
    let message = format!("cannot {verb} {} and {}", left.format, right.format);
    Err(Box::new(
        Diagnostic::new("LL1672", message)
            .label(left_text.span.clone(), format!("{}", left.format))
            .label(right_text.span.clone(), format!("{}", right.format))
            .help(help),
    ))
}

fn same(operands: &[Expression; 2], left: &Term, right: &Term) -> Checked<()> {
    if left.format == right.format {
        return Ok(());
    }
    let help = if left.format.bits == right.format.bits {
        "give the parameter in one of them a format that makes both fractions equal"
    } else {
        "round the wider one: `narrow(x, n, rnu)` drops n bits and halves the width"
    };
    mismatch("add or compare", operands, left, right, help)
}

fn rounding_mode(expression: &Expression) -> Checked<Mode> {
    let name = match &expression.form {
        Form::Name { name, view: None } => name.as_str(),
        Form::Name { .. }
        | Form::Number(_)
        | Form::Call { .. }
        | Form::Negate(_)
        | Form::Binary { .. } => "",
    };
    match name {
        "rnu" => Ok(Mode::NearestUp),
        "rne" => Ok(Mode::NearestEven),
        "rdn" => Ok(Mode::Down),
        "rod" => Ok(Mode::Odd),
        "sto" => Ok(Mode::Stochastic),
        _ => refuse(
            "LL1675",
            "this is no rounding mode".to_owned(),
            expression.span.clone(),
            "modes are `rnu`, `rne`, `rdn`, `rod` and `sto`",
        ),
    }
}
