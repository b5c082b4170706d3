//! `leadlag show curve RUN --beside RUN`: the learning curves of runs, as a figure.

use std::path::Path;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::files;
use leadlag_explore::folder::{RUNS, RunFile, RunFolder};
use serde_json::{Value, json};

use crate::args::show::ShowArgs;
use crate::context::Context;
use crate::plot::{LearningCurves, learning_curves};

/// A run as its folder tells it.
struct Run {
    folder: String,
    manifest: Value,
    rows: Vec<Value>,
}

impl Run {
    fn read(path: &Path) -> Result<Self, Diagnostics> {
        let folder = RunFolder::named(Path::new(RUNS), &path.display().to_string())?;
        let place = folder.file(RunFile::Manifest);
        let manifest = parsed(&place, &files::read_text(&place)?)?;
        let place = folder.metrics_path();
        let metrics = files::read_text(&place)?;
        let rows = metrics.lines().map(|line| parsed(&place, line));
        let name = folder.path().file_name();
        let folder = name.map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Ok(Self { folder, manifest, rows: rows.collect::<Result<_, _>>()? })
    }

    fn label(&self) -> String {
        let of = |place: &str| self.manifest.pointer(place).unwrap_or(&Value::Null);
        let (replicas, seed) = (of("/replicas"), of("/seeds/seed"));
        format!("{}: {}, {replicas} at a time, seed {seed}", self.folder, self.text("backend"))
    }

    fn text(&self, field: &str) -> &str {
        self.manifest.get(field).and_then(Value::as_str).unwrap_or("?")
    }

    fn has(&self, figure: &str) -> bool {
        self.rows.iter().any(|row| row.get(figure).is_some())
    }

    /// The figure over epochs, or over steps where there are none.
    fn points(&self, figure: &str, scale: f64) -> Vec<(f64, f64)> {
        let across = self.across();
        let rows = self.rows.iter();
        rows.filter_map(|row| {
            Some((row.get(across)?.as_f64()?, row.get(figure)?.as_f64()? * scale))
        })
        .collect()
    }

    fn across(&self) -> &'static str {
        if self.has("epoch") { "epoch" } else { "step" }
    }
}

fn parsed(path: &Path, text: &str) -> Result<Value, Diagnostics> {
    serde_json::from_str(text).map_err(|error| {
        let message = format!("`{}` is not as it was written: {error}", path.display());
        Diagnostic::new("LL1317", message).help("restore the file, or start the run anew").into()
    })
}

/// Accuracy where every run has been tested, else the loss.
pub(super) fn curve(args: &ShowArgs, context: &mut Context) -> Result<(), Diagnostics> {
    let paths = std::iter::once(args.run()).chain(args.beside.iter().map(AsRef::as_ref));
    let runs = paths.map(Run::read).collect::<Result<Vec<_>, _>>()?;
    let tested = runs.iter().all(|run| run.has("test_accuracy"));
    let (figure, up, scale) = if tested {
        ("test_accuracy", "test accuracy, %", 100.0)
    } else {
        ("train_loss", "loss", 1.0)
    };
    let curves = LearningCurves {
        title: runs.first().map_or("", |run| run.text("name")).to_owned(),
        across: runs.first().map_or("step", Run::across).to_owned(),
        up: up.to_owned(),
        logarithmic: !tested,
        runs: runs.iter().map(|run| (run.label(), run.points(figure, scale))).collect(),
    };
    let form = curves.runs.iter().map(|(label, points)| json!({"run": label, "points": points}));
    let report = json!({
        "schema": "leadlag.curve/1",
        "figure": figure,
        "runs": form.collect::<Vec<_>>(),
    });
    context.out.result(learning_curves(&curves).trim_end(), &report)
}
