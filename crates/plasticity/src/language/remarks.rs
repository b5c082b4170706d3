//! Constants that their formats hold poorly.

use std::ops::Range;

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use super::number::{Format, power_of_two};
use super::parser::{self, Expression, Form, Statement};
use super::tree::{Node, Program, Target, Term};

/// The largest relative error of a constant that nobody is told of.
const BOUND: f64 = 0.01;

/// A number as it is written.
struct Written {
    value: f64,
    span: Range<usize>,
}

/// What to say about the constants of a rule that was read: LL4107 for each that its format holds
/// with a relative error of more than 1 %.
///
/// # Errors
/// Those of [`super::parse`].
pub fn remarks(text: &str, weight_bits: u32) -> Result<Diagnostics, Diagnostics> {
    let program = super::parse(text, weight_bits)?;
    let mut found = Vec::new();
    for statement in parser::parse(text)? {
        if statement.is_param {
            found.extend(parameter(&program, &statement));
        } else {
            found.extend(literals(&program, &statement));
        }
    }
    Ok(Diagnostics(found))
}

fn parameter(program: &Program, statement: &Statement) -> Option<Diagnostic> {
    let param = program.params.iter().find(|param| param.name == statement.name)?;
    let written = numbers(&statement.value).pop()?;
    let finding = remark(&statement.name, &written, param.format, param.code)?;
    let (name, value) = (&param.name, written.value);
    Some(finding.help(format!("`param {name} : {} = {value:e}`", finer(param.format, value))))
}

fn literals(program: &Program, statement: &Statement) -> Vec<Diagnostic> {
    let targets = [Target::Weight, Target::Momentum, Target::Bias, Target::Tau, Target::Injection];
    let target = targets.into_iter().find(|target| target.name() == statement.name);
    let Some(assignment) = target.and_then(|target| program.assignment(target)) else {
        return Vec::new();
    };
    let mut codes = Vec::new();
    assignment.value.visit(&mut |term: &Term| {
        if let Node::Number(code) = term.node {
            codes.push((code, term.format));
        }
    });
    let written = numbers(&statement.value);
    if written.len() != codes.len() {
        return Vec::new();
    }
    let pairs = written.iter().zip(codes);
    pairs
        .filter_map(|(written, (code, format))| {
            let finding = remark("a number", written, format, code)?;
            let finer = finer(format, written.value);
            Some(finding.help(format!("declare it: `param a : {finer} = {:e}`", written.value)))
        })
        .collect()
}

/// The numbers of an expression in the order of the text, without counts of shifts.
fn numbers(expression: &Expression) -> Vec<Written> {
    match &expression.form {
        Form::Number(value) => vec![Written { value: *value, span: expression.span.clone() }],
        Form::Name { .. } => Vec::new(),
        Form::Call { name, arguments } => {
            let values =
                if matches!(name.as_str(), "shr" | "narrow") { 1 } else { arguments.len() };
            arguments.iter().take(values).flat_map(numbers).collect()
        }
        Form::Negate(value) => numbers(value),
        Form::Binary { operands, .. } => operands.iter().flat_map(numbers).collect(),
    }
}

fn remark(name: &str, written: &Written, format: Format, code: i64) -> Option<Diagnostic> {
    let value = written.value.abs();
    let steps = f64::from(u32::try_from(code.unsigned_abs()).ok()?);
    let held = steps * power_of_two(-format.fraction);
    let error = (held - value) / value;
    if value == 0.0 || error.abs() <= BOUND {
        return None;
    }
    let given = written.value;
    let message = format!(
        "`{name}` = {given:e} is {code}/2^{} as {format}: {held:.4e}, {:+.1} %; up to 1 % passes without a word",
        format.fraction,
        100.0 * error
    );
    Some(Diagnostic::new("LL4107", message).label(written.span.clone(), "this number"))
}

/// A format of the same word with as many fractional bits as the value leaves room for.
fn finer(format: Format, value: f64) -> String {
    let most = f64::from(u32::try_from(format.largest()).unwrap_or(u32::MAX));
    let fits = |fraction: &i32| value.abs() * power_of_two(*fraction) <= most;
    let fraction = (format.fraction..=31).take_while(fits).last().unwrap_or(format.fraction);
    format!("q{fraction}/{}", format.bits)
}
