//! The chip beside another chip, and the learning curve of a run beside that of another.

use leadlag_diagnostic::Diagnostics;
use leadlag_explore::metrics;
use leadlag_explore::shadow::{ChipShadow, compare};
use serde_json::{Value, json};

use super::Subject;
use super::shadow::{Verdict, check_shapes};
use crate::args::verify::{Tolerance, VerifyArgs};
use crate::context::Context;
use crate::exit::Exit;

/// Runs both chips on the first one's task without learning; of two runs, their learning curves are
/// compared too. Nothing may differ, unless a tolerance says so.
///
/// # Errors
/// LL1324 if the chips hold networks of other shapes; LL1058 if the network names no task.
pub(super) fn other(
    subject: &Subject,
    other: &Subject,
    args: &VerifyArgs,
    context: &mut Context,
) -> Result<Exit, Diagnostics> {
    check_shapes(&subject.image, &other.image)?;
    let tol = match args.tol {
        Some(Tolerance::Of(limit)) => Tolerance::Of(limit),
        None | Some(Tolerance::Exact | Tolerance::Bound) => Tolerance::Exact,
    };
    let limit = if let Tolerance::Of(limit) = tol { limit } else { 0.0 };
    let limits = vec![Some(limit); subject.image.populations.len()];
    let (task, steps) = (subject.task(context)?, args.steps.get());
    let bar = context.progress("verify", steps);
    let watch = &mut |step| bar.reach(step, steps, String::new);
    let mut shadow = ChipShadow::new(&other.image)?;
    let found = compare(&subject.image, &mut shadow, (&task, steps), &limits, watch)?;
    drop(bar);
    let bounds = vec![None; limits.len()];
    let verdict = Verdict { found, bounds, tol: Some(tol), steps, void: false };
    let curves = match (&subject.run, &other.run) {
        (Some(one), Some(two)) => {
            let rows = [one, two].map(|run| metrics::read(&run.metrics_path()));
            let [one, two] = rows;
            Some(Curves::new(&one?, &two?))
        }
        _ => None,
    };
    let same = Same { image: subject.image == other.image, curves };
    let pass = verdict.pass() == Some(true) && same.curves.as_ref().is_none_or(Curves::agree);
    let mut object = verdict.form();
    if let Some(object) = object.as_object_mut() {
        object.insert("against".to_owned(), json!(other.name));
        object.insert("same_image".to_owned(), json!(same.image));
        object.insert("curves".to_owned(), same.curves.as_ref().map_or(Value::Null, Curves::form));
        object.insert("pass".to_owned(), json!(pass));
    }
    context.out.result(format!("{}\n{}", verdict.page(), same.page(&other.name)), &object)?;
    Ok(Exit::verdict(pass))
}

/// What is equal without running anything.
struct Same {
    image: bool,
    curves: Option<Curves>,
}

impl Same {
    fn page(&self, name: &str) -> String {
        let image = if self.image { "the same" } else { "not the same" };
        let curves = self.curves.as_ref().map_or(String::new(), Curves::page);
        format!("  image       {image} as that of {name}{curves}")
    }
}

/// Two learning curves.
struct Curves {
    rows: [usize; 2],
    /// First row and field that differ, with both values.
    first: Option<(usize, String, [Value; 2])>,
}

impl Curves {
    fn new(one: &[Value], two: &[Value]) -> Self {
        let pairs = one.iter().zip(two).enumerate();
        let first = pairs.filter_map(|(row, (a, b))| {
            let fields = a.as_object().into_iter().chain(b.as_object()).flat_map(|o| o.keys());
            let mut differing =
                fields.filter(|field| a.get(field.as_str()) != b.get(field.as_str()));
            let field = differing.next()?;
            let value = |row: &Value| row.get(field.as_str()).cloned().unwrap_or_default();
            Some((row, field.clone(), [value(a), value(b)]))
        });
        let first = { first }.next();
        Self { rows: [one.len(), two.len()], first }
    }

    fn agree(&self) -> bool {
        let [one, two] = self.rows;
        self.first.is_none() && one == two
    }

    fn page(&self) -> String {
        let [one, two] = self.rows;
        match &self.first {
            Some((row, field, [a, b])) => {
                format!("\n  curve       row {row}: `{field}` is {a} and {b}  FAIL")
            }
            None if one == two => format!("\n  curve       {one} rows, the same  PASS"),
            None => {
                format!("\n  curve       {one} rows and {two}, the same as far as both go  FAIL")
            }
        }
    }

    fn form(&self) -> Value {
        let first = self
            .first
            .as_ref()
            .map(|(row, field, values)| json!({"row": row, "field": field, "values": values}));
        json!({"rows": self.rows, "first": first})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_part_at_a_row_and_a_field() {
        let row = |loss: f64| json!({"epoch": 1, "loss": loss});
        let curves = Curves::new(&[row(1.0), row(0.5)], &[row(1.0), row(0.25)]);
        assert!(!curves.agree());
        assert_eq!(curves.page(), "\n  curve       row 1: `loss` is 0.5 and 0.25  FAIL");
        let shorter = Curves::new(&[row(1.0), row(0.5)], &[row(1.0)]);
        assert!(!shorter.agree() && shorter.first.is_none());
        assert!(Curves::new(&[row(1.0)], &[row(1.0)]).agree());
    }
}
