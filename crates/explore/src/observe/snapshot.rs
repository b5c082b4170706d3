//! A chip between two steps of an answer, as a file.

use leadlag_chip::{Counters, State};
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::container::Kind;
use serde::{Deserialize, Serialize};

use super::{Job, not_reached};
use crate::clocking::Clocked;
use crate::files::bytes;
use crate::inference::Outputs;
use crate::pause::{self, Content};

/// A chip between two steps of an answer, or some cycles into one: as the inside of a step follows from
/// the state before, that state is kept, and the number of cycles.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    /// BLAKE3 of the image's bytes, in hexadecimal digits.
    pub(super) image: String,
    pub(super) chip_seed: u64,
    pub(super) clock: u64,
    /// Answers of the sample under way.
    pub(super) rates: Vec<i16>,
    /// Counts of the samples before.
    pub(super) totals: Vec<Counters>,
    /// Counts of their clocks.
    pub(super) clocked: Clocked,
    /// Cycles since the latch that follows the state.
    pub(super) cycles: u64,
    /// Answers of the samples before, of a run that was interrupted.
    pub(super) before: Option<Outputs>,
    pub(super) state: State,
}

impl Snapshot {
    pub(super) fn bytes(self) -> Result<Vec<u8>, Diagnostics> {
        pause::write(Kind::Snapshot, &Content::Watched(self))
    }

    /// Reads a snapshot and holds it against the run that is to go on from it.
    pub(super) fn open(content: &[u8], hash: &str, job: &Job) -> Result<Self, Diagnostics> {
        let Content::Watched(snapshot) = pause::read(Kind::Snapshot, content)? else {
            return Err(pause::other_form("without a folder", "with one"));
        };
        let mut found = Vec::new();
        if snapshot.image != hash {
            found.push(another_image(&snapshot.image, hash));
        }
        if snapshot.chip_seed != job.chip_seed {
            found.push(another_seed(snapshot.chip_seed, job.chip_seed));
        }
        Diagnostics::unless_any(found, ())?;
        if snapshot.clock > job.steps() {
            return Err(not_reached(snapshot.clock, 0, job.steps()).into());
        }
        if !snapshot.is_sound(job) {
            return Err(unsound(snapshot.clock, job.length()).into());
        }
        Ok(snapshot)
    }

    /// Whether clock, answers and counts fit the state.
    fn is_sound(&self, job: &Job) -> bool {
        let (step, length) = (self.state.step, job.length());
        let start = self.clock.checked_sub(step);
        let whole = start.is_some_and(|start| length > 0 && start.is_multiple_of(length));
        let teaching = job.image.teaching;
        let population = teaching.and_then(|t| {
            job.image.populations.get(usize::try_from(t.population).unwrap_or(usize::MAX))
        });
        let outputs = population.map_or(0, |population| u64::from(population.size));
        let answered = step.checked_mul(outputs) == Some(bytes(self.rates.len()));
        whole
            && (0..=length).contains(&step)
            && answered
            && self.totals.len() == job.image.cores.len()
    }
}

fn another_image(snapshot: &str, image: &str) -> Diagnostic {
    let short = |hash: &str| hash.chars().take(8).collect::<String>();
    let message =
        format!("the snapshot is of the image {}; this one is {}", short(snapshot), short(image));
    Diagnostic::new("LL1352", message)
        .help("give the `net.llimg` that lies in the run folder of the snapshot")
}

fn another_seed(snapshot: u64, given: u64) -> Diagnostic {
    let message =
        format!("the snapshot is of a chip with the seed {snapshot}; this one has {given}");
    Diagnostic::new("LL1353", message).help(format!("give `--chip-seed {snapshot}`"))
}

fn unsound(clock: u64, length: u64) -> Diagnostic {
    let message = format!(
        "the snapshot after step {clock} does not fit samples of {length} steps, or is not one"
    );
    Diagnostic::new("LL1358", message)
        .help("give the signal and the `--steps` of the run that wrote the snapshot")
}
