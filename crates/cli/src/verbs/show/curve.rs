//! `leadlag show curve RUN --beside RUN`: the learning curves of runs, as a figure.

use leadlag_diagnostic::Diagnostics;
use serde_json::json;

use crate::args::show::ShowArgs;
use crate::context::Context;
use crate::inputs;
use crate::plot::{Axis, LearningCurves, learning_curves};
use crate::report::Run;

/// Accuracy where every run has been tested, else the loss.
pub(super) fn curve(args: &ShowArgs, context: &mut Context) -> Result<(), Diagnostics> {
    let paths = std::iter::once(args.run()).chain(args.beside.iter().map(AsRef::as_ref));
    let runs =
        paths.map(|path| Run::read(&inputs::run_folder(path)?)).collect::<Result<Vec<_>, _>>()?;
    let tested = runs.iter().all(|run| run.has("test_accuracy"));
    let (figure, up, scale, axis) = if tested {
        ("test_accuracy", "test accuracy, %", 100.0, Axis::Percent)
    } else {
        ("train_loss", "loss", 1.0, Axis::Logarithmic)
    };
    let curves = LearningCurves {
        title: runs.first().map_or("", |run| run.text("name")).to_owned(),
        across: runs.first().map_or("step", |run| run.across()).to_owned(),
        up: up.to_owned(),
        axis,
        runs: runs.iter().map(|run| (run.label(), run.points(figure, scale))).collect(),
        errors: runs.iter().map(|run| run.points(&format!("{figure}_error"), scale)).collect(),
    };
    let form = curves.runs.iter().map(|(label, points)| json!({"run": label, "points": points}));
    let report = json!({
        "schema": "leadlag.curve/1",
        "figure": figure,
        "runs": form.collect::<Vec<_>>(),
    });
    context.out.result(learning_curves(&curves).trim_end(), &report)
}
