//! Learning curves of a run, of its reference, and what is between them.

use serde_json::Value;

use super::html::Page;
use super::{Run, points};
use crate::plot::{Axis, LearningCurves, learning_curves};

/// A figure of the learning curve: field, heading, factor, axis.
struct Figure {
    field: &'static str,
    up: &'static str,
    factor: f64,
    axis: Axis,
}

const FIGURES: [Figure; 4] = [
    Figure { field: "test_accuracy", up: "test accuracy, %", factor: 100.0, axis: Axis::Percent },
    Figure {
        field: "train_accuracy",
        up: "training accuracy, %",
        factor: 100.0,
        axis: Axis::Percent,
    },
    Figure { field: "test_loss", up: "test loss", factor: 1.0, axis: Axis::Logarithmic },
    Figure { field: "train_loss", up: "training loss", factor: 1.0, axis: Axis::Logarithmic },
];

type Series = Vec<(f64, f64)>;

/// The curves of a run, and all their numbers.
pub(super) fn section(page: &mut Page, run: &Run) {
    page.section("learning", "Learning", |page| {
        if run.rows.is_empty() {
            page.leaf("p", &[], "There is no row of a learning curve: nothing was learnt yet.");
            return;
        }
        page.within("div", &[("class", "figures")], |page| {
            for figure in FIGURES.iter().filter(|figure| run.has(figure.field)) {
                own(page, run, figure);
            }
        });
        page.within("details", &[], |page| {
            page.leaf("summary", &[], "The numbers");
            numbers(page, "metrics.jsonl", &run.rows);
            numbers(page, "reference.jsonl", &run.reference);
        });
    });
}

/// A figure of one run, beside its reference, its control, and their difference.
fn own(page: &mut Page, run: &Run, figure: &Figure) {
    let across = run.across();
    let own = run.points(figure.field, figure.factor);
    let beside = points(&run.reference, across, figure.field, figure.factor);
    let apart = apart(&own, &beside);
    let mut runs = vec![(run.text("backend").to_owned(), own)];
    let control = run.points(&format!("/control/{}", figure.field), figure.factor);
    if !control.is_empty() {
        runs.push(("control: instantaneous errors".to_owned(), control));
    }
    if !beside.is_empty() {
        runs.push(("float64 reference".to_owned(), beside));
    }
    draw(page, across, figure.up, figure.axis, runs);
    if !apart.is_empty() {
        let up = format!("{}: chip - float64", figure.up);
        draw(page, across, &up, Axis::Signed, vec![("chip - float64".to_owned(), apart)]);
    }
}

/// The first minus the second, where both have a point.
fn apart(one: &Series, other: &Series) -> Series {
    let at = |x: f64| other.iter().find(|point| point.0.total_cmp(&x).is_eq());
    one.iter().filter_map(|&(x, y)| Some((x, y - at(x)?.1))).collect()
}

/// Curves of several runs over the same axes.
pub(super) fn compared(page: &mut Page, runs: &[Run]) {
    let across = runs.first().map_or("step", Run::across);
    page.section("learning", "Learning", |page| {
        page.within("div", &[("class", "figures")], |page| {
            for figure in
                FIGURES.iter().filter(|figure| runs.iter().any(|run| run.has(figure.field)))
            {
                let series = runs.iter().map(|run| {
                    (run.label(), points(&run.rows, across, figure.field, figure.factor))
                });
                draw(page, across, figure.up, figure.axis, series.collect());
            }
        });
    });
}

fn draw(page: &mut Page, across: &str, up: &str, axis: Axis, runs: Vec<(String, Series)>) {
    let curves = LearningCurves {
        errors: Vec::new(),
        title: up.to_owned(),
        across: across.to_owned(),
        up: up.to_owned(),
        axis,
        runs,
    };
    page.figure(&learning_curves(&curves), &format!("{up} over {across}s"));
}

/// Every number of the rows, as the file has it.
fn numbers(page: &mut Page, file: &str, rows: &[Value]) {
    if rows.is_empty() {
        return;
    }
    let mut names: Vec<&str> = Vec::new();
    for name in rows.iter().filter_map(Value::as_object).flat_map(|row| row.keys()) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    // What a row is about stands first.
    names.sort_by_key(|name| !["epoch", "step"].contains(name));
    let cell = |row: &Value, name: &str| row.get(name).map_or("–".to_owned(), Value::to_string);
    let table: Vec<Vec<String>> =
        rows.iter().map(|row| names.iter().map(|name| cell(row, name)).collect()).collect();
    page.leaf("h3", &[], file);
    page.table(&names, &table);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_taken_where_both_have_a_point() {
        let [one, other] = [vec![(1.0, 5.0), (2.0, 7.0)], vec![(2.0, 4.0), (3.0, 1.0)]];
        assert_eq!(apart(&one, &other), [(2.0, 3.0)]);
        assert!(apart(&one, &Vec::new()).is_empty());
    }
}
