//! Names and formats: statements to a checked program.

mod expression;

use std::ops::Range;

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use super::number::Format;
use super::parser::{Expression, Form, Statement, WrittenFormat};
use super::tree::{Assignment, Param, Program, Signal, Target};

/// What a name that the rule may not declare stands for.
const RESERVED: [&str; 16] = [
    "e", "r", "u", "du", "inj", "target", "tau", "w", "m", "wide", "shr", "narrow", "sat", "clip",
    "sel", "every",
];

/// Words that a rule may have: the size of the parameter block.
const MOST_PARAMS: usize = 64;

/// Checks all statements.
///
/// # Errors
/// LL1671 to LL1683.
pub(super) fn check(statements: &[Statement], weight_bits: u32) -> Result<Program, Diagnostics> {
    let mut checker = Checker::new(weight_bits);
    checker.declare_momentum(statements);
    for statement in statements {
        checker.statement(statement);
    }
    let everything = 0..statements.last().map_or(0, |last| last.value.span.end);
    checker.look_back(everything);
    Diagnostics::unless_any(checker.found, checker.program)
}

/// The program so far, and what is wrong with it.
struct Checker {
    program: Program,
    found: Vec<Diagnostic>,
    every: Option<Range<usize>>,
    places: Vec<Range<usize>>,
}

impl Checker {
    fn new(weight_bits: u32) -> Self {
        let program = Program {
            params: Vec::new(),
            assignments: Vec::new(),
            every: 1,
            weight_bits,
            momentum: None,
        };
        Self { program, found: Vec::new(), every: None, places: Vec::new() }
    }

    fn weight_format(&self) -> Format {
        let fraction = leadlag_fixed::signed(self.program.weight_bits) - 1;
        Format { fraction, bits: self.program.element_bits() }
    }

    /// `m` may be read before it is assigned, so its format is known first.
    fn declare_momentum(&mut self, statements: &[Statement]) {
        let Some(statement) = statements.iter().find(|s| !s.is_param && s.name == "m") else {
            return;
        };
        let written = statement.format.as_ref();
        let format = written.map_or(Ok(Format::Q15), format);
        match format {
            Ok(format) => self.program.momentum = Some(format),
            Err(diagnostic) => self.found.push(*diagnostic),
        }
    }

    fn statement(&mut self, statement: &Statement) {
        let result = if statement.is_param {
            self.param(statement)
        } else if statement.name == "every" {
            self.every(statement)
        } else {
            self.assignment(statement)
        };
        if let Err(diagnostic) = result {
            self.found.push(*diagnostic);
            if statement.is_param {
                self.stand_in(&statement.name);
            }
        }
    }

    /// A wrong declaration still declares, so that its uses are no findings of their own.
    fn stand_in(&mut self, name: &str) {
        if !self.program.params.iter().any(|param| param.name == name) {
            self.program.params.push(Param { name: name.to_owned(), format: Format::Q15, code: 0 });
        }
    }

    fn param(&mut self, statement: &Statement) -> Result<(), Box<Diagnostic>> {
        let name = &statement.name;
        let span = statement.name_span.clone();
        if RESERVED.contains(&name.as_str()) {
            let message = format!("`{name}` is a name of the language, not a parameter");
            return refuse("LL1677", message, span, "choose another name, such as `eta`");
        }
        if self.program.params.iter().any(|param| &param.name == name) {
            let message = format!("the parameter `{name}` is declared twice");
            return refuse("LL1677", message, span, "remove one of the declarations");
        }
        if self.program.params.len() == MOST_PARAMS {
            let message = format!("parameter {} of at most {MOST_PARAMS}", MOST_PARAMS + 1);
            return refuse("LL1677", message, span, "write constants as numbers");
        }
        let format = statement.format.as_ref().map_or(Ok(Format::Q15), format)?;
        let Form::Number(value) = statement.value.form else {
            let message = format!("the value of the parameter `{name}` is not a number");
            let place = statement.value.span.clone();
            return refuse("LL1673", message, place, "write a number such as `0.02` or `2^-12`");
        };
        let code = number(value, format, &statement.value.span)?;
        self.program.params.push(Param { name: name.clone(), format, code });
        Ok(())
    }

    fn every(&mut self, statement: &Statement) -> Result<(), Box<Diagnostic>> {
        let span = statement.value.span.clone();
        if self.every.replace(span.clone()).is_some() {
            return refuse("LL1677", "`every` is set twice".to_owned(), span, "remove one of them");
        }
        let Form::Number(value) = statement.value.form else {
            let message = "`every` is a number of steps, not an expression".to_owned();
            return refuse("LL1682", message, span, "write `every = 1`");
        };
        let whole = Format { fraction: 0, bits: 16 }
            .code(value)
            .filter(|(code, exact)| *code >= 1 && exact.total_cmp(&value).is_eq());
        let Some((steps, _)) = whole else {
            let message = format!("`every = {value}`; it is a whole number of 1 to 32767 steps");
            return refuse("LL1682", message, span, "`every = 1` updates in each step");
        };
        self.program.every = u32::try_from(steps).unwrap_or(1);
        Ok(())
    }

    fn assignment(&mut self, statement: &Statement) -> Result<(), Box<Diagnostic>> {
        let span = statement.name_span.clone();
        let target =
            [Target::Weight, Target::Momentum, Target::Bias, Target::Tau, Target::Injection]
                .into_iter()
                .find(|target| target.name() == statement.name);
        let Some(target) = target else {
            let message = format!("nothing on a core is called `{}`", statement.name);
            return refuse("LL1671", message, span, "assign to `dw`, `db`, `dtau`, `inj` or `m`");
        };
        if self.program.assignment(target).is_some() {
            let message = format!("`{}` is assigned twice", target.name());
            return refuse("LL1677", message, span, "add the two expressions");
        }
        if let (Some(written), false) = (&statement.format, target == Target::Momentum) {
            let message = format!("the format of `{}` is that of its register", target.name());
            return refuse(
                "LL1678",
                message,
                written.span.clone(),
                "only `m : q30 = ...` and parameters have formats of their own",
            );
        }
        let wanted = match target {
            Target::Weight | Target::Bias => self.weight_format(),
            Target::Momentum => self.program.momentum.unwrap_or(Format::Q15),
            Target::Tau | Target::Injection => Format::Q15,
        };
        let value = expression::value(&self.program, target, &statement.value, wanted)?;
        if value.format != wanted {
            return Err(wrong_target(target, value.format, wanted, &statement.value));
        }
        expression::one_draw(&value, target, &statement.value.span)?;
        self.places.push(statement.value.span.clone());
        self.program.assignments.push(Assignment { target, value });
        Ok(())
    }

    /// What only the whole rule shows.
    fn look_back(&mut self, everything: Range<usize>) {
        let program = &self.program;
        if program.assignments.is_empty() && self.found.is_empty() {
            self.found.push(
                Diagnostic::new("LL1677", "the rule changes nothing")
                    .label(everything, "no assignment here")
                    .help("assign to `dw`, `db`, `dtau`, `inj` or `m`: `dw = 0.01*e*r`"),
            );
            return;
        }
        let draws =
            |target| program.assignment(target).is_some_and(|a| expression::draws(&a.value) > 0);
        if draws(Target::Weight) && draws(Target::Momentum) {
            let place = self.places.last().cloned().unwrap_or(everything);
            self.found.push(
                Diagnostic::new(
                    "LL1680",
                    "`dw` and `m` both round with draws; a synapse has one draw per step",
                )
                .label(place, "one of the two uses of `sto`")
                .help("round one of them with `rnu`"),
            );
        }
    }
}

/// The code of a number in a format.
pub(super) fn number(
    value: f64,
    format: Format,
    span: &Range<usize>,
) -> Result<i64, Box<Diagnostic>> {
    let largest = Format::code(format, 0.0).map_or(0.0, |_| {
        let top = u32::try_from(format.largest()).unwrap_or(u32::MAX);
        f64::from(top) * super::number::power_of_two(-format.fraction)
    });
    let Some((code, _)) = format.code(value) else {
        let message =
            format!("{value} lies outside of {format}, whose largest number is {largest}");
        return refuse(
            "LL1673",
            message,
            span.clone(),
            "take a format with fewer fractional bits, such as `q12/16`",
        );
    };
    if code == 0 && value.abs() > 0.0 {
        let least = super::number::power_of_two(-format.fraction);
        let message = format!("{value} rounds to 0 in {format}, whose smallest step is {least}");
        return refuse(
            "LL1674",
            message,
            span.clone(),
            "take a format with more fractional bits, such as `q20/16` or `q30`",
        );
    }
    Ok(code)
}

/// The format that is written.
fn format(written: &WrittenFormat) -> Result<Format, Box<Diagnostic>> {
    let digits = written.name.strip_prefix('q').and_then(|digits| digits.parse::<i32>().ok());
    let made = match (digits, written.bits) {
        (Some(7), None) => Some(Format::Q7),
        (Some(15), None) => Some(Format::Q15),
        (Some(30), None) => Some(Format::Q30),
        (Some(fraction), Some(bits)) if (0..=31).contains(&fraction) => {
            Some(Format { fraction, bits })
        }
        _ => None,
    };
    made.map_or_else(
        || {
            let message = format!("`{}` is no format of a rule", written.name);
            refuse("LL1683", message, written.span.clone(), "formats are `q15`, `q7`, `q30` and `q<fraction>/<bits>` with 0 to 31 fractional bits in 8, 16 or 32")
        },
        Ok,
    )
}

fn wrong_target(
    target: Target,
    given: Format,
    wanted: Format,
    value: &Expression,
) -> Box<Diagnostic> {
    let message = format!("`{}` takes {wanted}, the value is {given}", target.name());
    let help = if given.bits == 2 * wanted.bits {
        let places = given.fraction - wanted.fraction;
        if (0..=31).contains(&places) {
            format!("`narrow(..., {places}, rnu)` rounds it to {wanted}")
        } else {
            format!("shift it to {} fractional bits first, then `narrow`", wanted.fraction)
        }
    } else {
        format!(
            "declare its parameters so that the products have {} bits with {} of fraction",
            wanted.bits, wanted.fraction
        )
    };
    Box::new(
        Diagnostic::new("LL1678", message).label(value.span.clone(), format!("{given}")).help(help),
    )
}

/// Whether a target has a signal, per synapse or per column.
pub(super) fn has(target: Target, signal: Signal) -> bool {
    match signal {
        Signal::Weight => matches!(target, Target::Weight | Target::Momentum | Target::Bias),
        Signal::Momentum => target.is_synaptic(),
        Signal::Error
        | Signal::Rate
        | Signal::Membrane
        | Signal::Motion
        | Signal::Injection
        | Signal::Wanted
        | Signal::TauM => true,
    }
}

/// A finding with one place and one way out.
pub(super) fn refuse<T>(
    code: &'static str,
    message: String,
    span: Range<usize>,
    help: &str,
) -> Result<T, Box<Diagnostic>> {
    Err(Box::new(Diagnostic::new(code, message).label(span, "here").help(help)))
}
