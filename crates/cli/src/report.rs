//! The page of a run: one HTML file without a script, a font or a picture from elsewhere.
//!
//! It is made from the files of the run folder alone, so it can be made anew at any time, and is
//! valid at every stage of a run: what is not there yet is a sentence. Colours follow the reader's
//! light or dark scheme; a number stands beside whatever a colour says.

mod chart;
mod counters;
mod floorplan;
mod html;
mod scale;
mod sections;
mod weights;

use std::path::Path;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::folder::{RunFile, RunFolder};
use leadlag_explore::{files, metrics};
use leadlag_image::Image;
use serde_json::Value;

use html::Page;

/// The most runs that are compared on a page.
pub const MOST: usize = 4;

/// Megabytes of a page, unless another limit is given.
pub const MEGABYTES: f64 = 20.0;

/// A run as its folder tells it.
#[derive(Debug)]
pub struct Run {
    /// Name of the folder.
    pub folder: String,
    /// `manifest.json`.
    pub manifest: Value,
    /// `metrics.jsonl`.
    pub rows: Vec<Value>,
    /// `reference.jsonl`: the same of the float reference that ran beside.
    pub reference: Vec<Value>,
    /// `counters.json`.
    pub counters: Option<Value>,
    /// `net.llimg`.
    pub image: Option<Image>,
    /// `trained.llimg`.
    pub trained: Option<Image>,
}

impl Run {
    /// Reads what there is.
    ///
    /// # Errors
    /// LL5001 if a file cannot be read, LL1312 or LL1317 if one is not as it was written, and what is
    /// wrong with an image.
    pub fn read(folder: &RunFolder) -> Result<Self, Diagnostics> {
        let there = |file: RunFile| Some(folder.file(file)).filter(|path| path.is_file());
        let image = |file: RunFile| {
            there(file).map(|path| Image::from_bytes(&files::read(&path)?)).transpose()
        };
        let rows = |path: &Path| {
            if path.is_file() { metrics::read(path) } else { Ok(Vec::new()) }
        };
        let name = folder.path().file_name();
        Ok(Self {
            folder: name.map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
            manifest: json(&folder.file(RunFile::Manifest))?,
            rows: rows(&folder.metrics_path())?,
            reference: rows(&folder.file(RunFile::Reference))?,
            counters: there(RunFile::Counters).map(|path| json(&path)).transpose()?,
            image: image(RunFile::Image)?,
            trained: image(RunFile::Trained)?,
        })
    }

    /// What its manifest calls it, or who ran it, how many at a time, and the seed.
    #[must_use]
    pub fn label(&self) -> String {
        if let Some(label) = self.manifest.get("label").and_then(Value::as_str) {
            return label.to_owned();
        }
        let of = |place: &str| self.manifest.pointer(place).unwrap_or(&Value::Null);
        let (replicas, seed) = (of("/replicas"), of("/seeds/seed"));
        format!("{}: {}, {replicas} at a time, seed {seed}", self.folder, self.text("backend"))
    }

    /// A field of the manifest that is a text.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        self.manifest.get(field).and_then(Value::as_str).unwrap_or("?")
    }

    /// Whether the learning curve has a figure.
    #[must_use]
    pub fn has(&self, figure: &str) -> bool {
        self.rows.iter().any(|row| row.get(figure).is_some())
    }

    /// A figure of the learning curve over what runs along the horizontal axis.
    #[must_use]
    pub fn points(&self, figure: &str, scale: f64) -> Vec<(f64, f64)> {
        points(&self.rows, self.across(), figure, scale)
    }

    /// What runs along the horizontal axis: what the manifest says, epochs, or steps.
    #[must_use]
    pub fn across(&self) -> &str {
        let own = self.manifest.get("across").and_then(Value::as_str);
        own.unwrap_or(if self.has("epoch") { "epoch" } else { "step" })
    }
}

/// A figure of some rows.
fn points(rows: &[Value], across: &str, figure: &str, scale: f64) -> Vec<(f64, f64)> {
    let point = |row: &Value| {
        let figure = if figure.starts_with('/') { row.pointer(figure) } else { row.get(figure) };
        Some((row.get(across)?.as_f64()?, figure?.as_f64()? * scale))
    };
    rows.iter().filter_map(point).collect()
}

fn json(path: &Path) -> Result<Value, Diagnostics> {
    serde_json::from_str(&files::read_text(path)?).map_err(|error| {
        let message = format!("`{}` is not as it was written: {error}", path.display());
        Diagnostic::new("LL1317", message).help("restore the file, or start the run anew").into()
    })
}

/// The page of a run, or of several beside each other.
#[must_use]
pub fn page(runs: &[Run]) -> String {
    let title: Vec<&str> = runs.iter().map(|run| run.folder.as_str()).collect();
    let mut page = Page::begin(&title.join(", "));
    match runs {
        [] => {}
        [run] => sections::one(&mut page, run),
        [_, ..] => sections::several(&mut page, runs),
    }
    page.end()
}

/// Refuses a page that is too large.
///
/// # Errors
/// LL5051.
pub fn within(page: &str, megabytes: f64) -> Result<(), Diagnostics> {
    #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "a size for people")]
    let size = page.len() as f64 / 1e6;
    if size <= megabytes {
        return Ok(());
    }
    let message = format!("the report has {size:.2} MB; {megabytes} MB are allowed");
    Err(Diagnostic::new("LL5051", message)
        .help(format!("allow more with `--max-size {}`", size.ceil()))
        .into())
}

/// Makes a run's page in its folder, in the place of an older one.
///
/// # Errors
/// As [`Run::read`] and [`within`]; LL5002 or LL5004 if the page cannot be written.
pub fn write(folder: &RunFolder, megabytes: f64) -> Result<usize, Diagnostics> {
    let page = page(&[Run::read(folder)?]);
    within(&page, megabytes)?;
    folder.write(RunFile::Report, page.as_bytes())?;
    Ok(page.len())
}
