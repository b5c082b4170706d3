//! What a folder of an answering run keeps, so that it can be repeated: `run.toml`, the image, the
//! signal, and the snapshot it began with.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::Image;
use leadlag_net::{Signals, Targets};
use serde::{Deserialize, Serialize};

use super::{Job, Watch};
use crate::chip_backend::line_codes;
use crate::clocking::Clocking;
use crate::files::{self, Existing};
use crate::folder::{EVENTS, RUNS, RunFile, RunFolder};
use crate::page;

const HEADING: &str = "# A run, fully resolved: net.llimg answers signal.npz, sample by sample.\n";

/// The content of `run.toml`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    answer: Answer,
}

/// The table `[answer]`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    seed: u64,
    chip_seed: u64,
    record: Vec<String>,
    snapshot_at: Vec<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    snapshot_in: Vec<u64>,
    #[serde(rename = "break")]
    stop: Vec<String>,
    /// Whether the run began with `from.snap`.
    from: bool,
    /// Which engine runs the chip.
    #[serde(default, skip_serializing_if = "Clocking::is_default")]
    clocking: Clocking,
}

/// Writes configuration, signal and snapshot.
pub(super) fn write(folder: &RunFolder, job: &Job, watch: &Watch) -> Result<(), Diagnostics> {
    let answer = Answer {
        seed: job.seed,
        chip_seed: job.chip_seed,
        record: watch.record.clone(),
        snapshot_at: watch.snapshot_at.clone(),
        snapshot_in: watch.snapshot_in.clone(),
        stop: watch.stop.clone(),
        from: watch.from.is_some(),
        clocking: job.clocking.clone(),
    };
    let text = toml::to_string(&Page { answer }).map_err(|_| too_large(job))?;
    folder.write(RunFile::Config, format!("{HEADING}{text}").as_bytes())?;
    let file = |name: &str| folder.path().join(name);
    let signal = signal(job)?.write_npz(Cursor::new(Vec::new()))?.into_inner();
    files::write(&file("signal.npz"), Existing::Replace, &signal)?;
    let from = watch.from.as_deref();
    from.map_or(Ok(()), |from| files::write(&file("from.snap"), Existing::Replace, from))
}

/// The signal as the chip saw it: its codes, as values that become the same codes again.
fn signal(job: &Job) -> Result<Signals, Diagnostics> {
    let fraction = i32::try_from(job.image.chip.payload_bits).unwrap_or(i32::MAX) - 1;
    let scales = job
        .image
        .inputs
        .iter()
        .flat_map(|input| std::iter::repeat_n(input.scale, leadlag_fixed::index(input.size)));
    let units: Vec<f32> = scales.map(|scale| 2.0_f32.powi(scale - fraction)).collect();
    let values = job.blocks.iter().flat_map(|block| {
        let codes = line_codes(&job.image, block);
        codes
            .into_iter()
            .zip(units.iter().cycle())
            .map(|(c, unit)| f32::from(c) * unit)
            .collect::<Vec<_>>()
    });
    let label = |targets: &Targets| match targets {
        Targets::Class(classes) => classes.first().and_then(|&class| u8::try_from(class).ok()),
        Targets::None | Targets::Values { .. } => None,
    };
    let labels: Option<Vec<u8>> = job.blocks.iter().map(|block| label(&block.targets)).collect();
    let (length, lines) = job.blocks.first().map_or((0, 0), |block| (block.steps, block.width));
    Signals::new(values.collect(), labels, length, lines)
}

/// What a run was made from, read from its `run.toml` and the files beside it.
///
/// # Errors
/// LL5001 if a file cannot be read, LL1317 if `run.toml` is not as it was written, what is wrong
/// with the image or the signal.
pub fn repeat(run_toml: &Path) -> Result<(Job, Watch), Diagnostics> {
    let beside = |name: &str| files::read(&run_toml.with_file_name(name));
    let origin = run_toml.display().to_string();
    let page: Page = page::read(&files::read_text(run_toml)?, &origin)?;
    let Answer { seed, chip_seed, record, snapshot_at, snapshot_in, stop, from, clocking } =
        page.answer;
    let image = Image::from_bytes(&beside(RunFile::Image.name())?)?;
    let signals = Signals::read_npz(Cursor::new(beside("signal.npz")?))?;
    let blocks = (0..signals.samples()).map(|sample| signals.block(sample, 1)).collect();
    let from = if from { Some(beside("from.snap")?) } else { None };
    let job = Job { image, chip_seed, seed, blocks, clocking, root: PathBuf::from(RUNS) };
    // A run that went on from an interrupted one keeps that one's records in its own log.
    let log = from.as_ref().map(|_| run_toml.with_file_name(EVENTS));
    Ok((job, Watch { record, snapshot_at, snapshot_in, stop, from, log }))
}

/// Whether a `run.toml` is of a run that answers; others are of runs that learn.
///
/// # Errors
/// LL5001 if it cannot be read.
pub fn is_answer(run_toml: &Path) -> Result<bool, Diagnostics> {
    let page: Option<toml::Table> = files::read_text(run_toml)?.parse().ok();
    Ok(page.is_some_and(|page| page.contains_key("answer")))
}

pub(super) fn damaged(path: &Path, reason: &str) -> Diagnostics {
    let shown = path.display();
    Diagnostic::new("LL1317", format!("`{shown}` is not as it was written: {reason}"))
        .help("restore the file, or start the run anew")
        .into()
}

fn too_large(job: &Job) -> Diagnostics {
    let (largest, limit) = (job.seed.max(job.chip_seed), i64::MAX);
    Diagnostic::new("LL1309", format!("{largest} is too large for `run.toml`; at most {limit}"))
        .help("choose a smaller `--seed`, `--chip-seed` or `--snapshot-at`")
        .into()
}
