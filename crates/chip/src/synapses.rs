//! How the sums of an array are found: afresh, or from what has changed.
//!
//! A sum is an exact integer, so an event that changes a row from one code to another changes every
//! column by `dac * (new - old)`, and sums that are kept up by events are the sums of all codes. The
//! kept sums follow from the row registers and the weights: they are no state.

use leadlag_circuits::{Change, accumulate, amplify, currents, currents_wide, nonzero};
use leadlag_fixed::index;

use crate::plan::SidePlan;
use crate::state::{ArrayState, SideState};

/// How an emulator finds the sums of its arrays; it changes no bit of any result.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Synapses {
    /// From every row, in every step.
    Dense,
    /// From the rows whose code has changed, in every step.
    Event,
    /// From the rows that are not zero, from those that have changed, or from all: whatever is least
    /// work.
    #[default]
    Auto,
}

/// Something that follows from registers and is kept for speed: no part of a state's value.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Derived<T>(pub(crate) T);

impl<T> PartialEq for Derived<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for Derived<T> {}

/// Buffers of the sums of an array. Not state.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    changes: Vec<Change>,
    pairs: Vec<i32>,
}

/// Sums that were kept, and what they are of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    /// Row codes; empty: nothing is kept.
    rows: Vec<i16>,
    /// `sums[replica][column]`, before their gain.
    sums: Vec<i32>,
    /// Version of the weights.
    version: u64,
}

/// Lists of rows pay up to so many eighths of them: of few replicas, and of four or more, whose dense
/// sums read a weight once for four of them (`benches/spiking.rs`).
const EIGHTHS: [usize; 2] = [6, 3];

/// How the sums of a step are found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Way {
    All,
    Changed,
    Active,
}

/// Writes the column currents of all replicas to `drive`, and returns how many row registers are
/// not zero, over all replicas.
pub(crate) fn column_currents(
    plan: &SidePlan,
    synapses: Synapses,
    side: &mut SideState,
    array: &ArrayState,
    (buffers, drive): (&mut Buffers, &mut [i32]),
) -> u64 {
    if array.codes.is_empty() {
        // An array without rows carries no current.
        drive.fill(0);
        return 0;
    }
    let (rows, kept) = (&side.rows, &mut side.kept.0);
    let active = nonzero(rows);
    let way = if plan.wide_sums {
        Way::All
    } else {
        way(synapses, kept, array, (rows, plan.shape.rows), index(active))
    };
    if way == Way::All {
        all(plan, synapses, (rows, kept), array, (&mut buffers.pairs, drive));
    } else {
        listed(plan, way, (rows, kept), array, (&mut buffers.changes, drive));
    }
    u64::from(active)
}

fn way(
    synapses: Synapses,
    kept: &Kept,
    array: &ArrayState,
    (rows, of_one): (&[i16], usize),
    active: usize,
) -> Way {
    let is_kept = kept.rows.len() == rows.len() && kept.version == array.version.0;
    match synapses {
        Synapses::Dense => Way::All,
        Synapses::Event if is_kept => Way::Changed,
        Synapses::Event => Way::Active,
        Synapses::Auto => {
            let changed = if is_kept { changed(&kept.rows, rows) } else { rows.len() };
            let eighths = EIGHTHS[usize::from(rows.len() >= 4 * of_one)];
            if active.min(changed) * 8 > rows.len() * eighths {
                Way::All
            } else if changed < active {
                Way::Changed
            } else {
                Way::Active
            }
        }
    }
}

fn changed(old: &[i16], new: &[i16]) -> usize {
    old.iter().zip(new).filter(|(old, new)| old != new).count()
}

/// From all rows. They are kept where they may change little until the next step.
fn all(
    plan: &SidePlan,
    synapses: Synapses,
    (rows, kept): (&[i16], &mut Kept),
    array: &ArrayState,
    (pairs, drive): (&mut Vec<i32>, &mut [i32]),
) {
    if plan.wide_sums {
        currents_wide(rows, &array.codes, plan.shape, drive);
    } else if synapses == Synapses::Auto && plan.sparse {
        kept.sums.resize(drive.len(), 0);
        let shape = leadlag_circuits::Shape { gain: 0, ..plan.shape };
        currents(rows, array.paired(plan.shape.width), shape, pairs, &mut kept.sums);
        kept.note(rows, array);
        amplify(&kept.sums, plan.shape.gain, drive);
    } else {
        kept.rows.clear();
        currents(rows, array.paired(plan.shape.width), plan.shape, pairs, drive);
    }
}

/// From lists of rows, one per replica.
fn listed(
    plan: &SidePlan,
    way: Way,
    (rows, kept): (&[i16], &mut Kept),
    array: &ArrayState,
    (changes, drive): (&mut Vec<Change>, &mut [i32]),
) {
    let replicas = rows.len() / plan.shape.rows;
    kept.sums.resize(replicas * plan.shape.width, 0);
    for replica in 0..replicas {
        let own = replica * plan.shape.rows..(replica + 1) * plan.shape.rows;
        let sums = &mut kept.sums[replica * plan.shape.width..][..plan.shape.width];
        changes.clear();
        let codes = (0..).zip(&rows[own.clone()]);
        if way == Way::Active {
            sums.fill(0);
            let events = codes.filter(|(_, code)| **code != 0);
            changes.extend(events.map(|(row, &code)| Change { row, by: i32::from(code) }));
        } else {
            let events = codes.zip(&kept.rows[own]).filter(|((_, new), old)| new != old);
            let by = |new: i16, old: i16| i32::from(new) - i32::from(old);
            changes.extend(events.map(|((row, &new), &old)| Change { row, by: by(new, old) }));
        }
        accumulate(changes, &array.codes, sums);
    }
    kept.note(rows, array);
    amplify(&kept.sums, plan.shape.gain, drive);
}

impl Kept {
    /// The sums are those of these codes and weights.
    fn note(&mut self, rows: &[i16], array: &ArrayState) {
        self.rows.clear();
        self.rows.extend_from_slice(rows);
        self.version = array.version.0;
    }
}
