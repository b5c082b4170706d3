//! Comparison with recorded trajectories: every state, error, gradient and parameter of every step.
//!
//! A case is an entry of a manifest (JSON) and an archive of arrays; their layout is described beside
//! them, in `golden/gle/README.md`.

mod case;
mod recording;

use std::io::{Read, Seek};

use leadlag_diagnostic::Diagnostics;
use leadlag_net::Target;

pub use case::Case;

use crate::engine::Reference;
use recording::{Recording, Series};

/// Largest deviation that counts as equal, relative to `max(1, |recorded|)`.
pub const TOLERANCE: f64 = 1e-9;

/// Where a case and the reference are furthest apart.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// Steps compared.
    pub steps: usize,
    /// Every recorded array.
    pub arrays: Vec<Deviation>,
}

/// The furthest deviation of an array.
#[derive(Clone, PartialEq, Debug)]
pub struct Deviation {
    /// Name in the archive.
    pub name: String,
    /// `|ours - recorded| / max(1, |recorded|)`.
    pub worst: f64,
    /// Step of it.
    pub step: usize,
    /// Element within the step.
    pub element: usize,
}

impl Report {
    /// The array that is furthest off.
    #[must_use]
    pub fn worst(&self) -> Option<&Deviation> {
        self.arrays.iter().max_by(|a, b| a.worst.total_cmp(&b.worst))
    }

    /// Whether nothing deviates by more than the tolerance.
    #[must_use]
    pub fn passes(&self, tolerance: f64) -> bool {
        self.arrays.iter().all(|array| array.worst <= tolerance)
    }
}

/// Runs a case of the manifest and compares everything that is recorded.
///
/// # Errors
/// LL1100 if the manifest cannot be read, LL1101 if it has no such case, LL1102 if an array is
/// missing or of another shape or type, LL1103 if the case is no network.
pub fn verify(
    manifest: &str,
    name: &str,
    archive: impl Read + Seek,
) -> Result<Report, Diagnostics> {
    verify_while(manifest, name, archive, |_, _| {})
}

/// As [`verify`]; `watch` is told how many steps of how many are compared, before the first and after
/// each.
///
/// # Errors
/// As [`verify`].
pub fn verify_while(
    manifest: &str,
    name: &str,
    archive: impl Read + Seek,
    mut watch: impl FnMut(usize, usize),
) -> Result<Report, Diagnostics> {
    let case = Case::find(manifest, name)?;
    let network = case.network()?;
    let recording = Recording::read(&case, archive)?;
    let mut reference = Reference::new(&network, &recording.parameters(&case), case.lanes);
    reference.observe();
    let mut report = Report { steps: case.steps, arrays: recording.unseen() };
    watch(0, case.steps);
    for step in 0..case.steps {
        compare(&mut report, step, recording.before(), &reference);
        let target = recording.target(step).unwrap_or(Target::None);
        reference.step(recording.input(step), target, case.learns());
        compare(&mut report, step, recording.after(), &reference);
        watch(step + 1, case.steps);
    }
    Ok(report)
}

fn compare(report: &mut Report, step: usize, series: &[Series], reference: &Reference) {
    for series in series {
        let found = series.deviation(step, reference);
        if let Some(known) = report.arrays.iter_mut().find(|array| array.name == found.name) {
            // A NaN is further off than any number, and stays.
            if found.worst > known.worst || found.worst.is_nan() {
                *known = found;
            }
        }
    }
}
