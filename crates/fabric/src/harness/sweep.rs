//! Many loads, several runs each, on several threads.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use leadlag_diagnostic::Diagnostics;

use super::Figures;
use super::measure::{Windows, measure};
use crate::engine::Engine;
use crate::topology::Mesh;
use crate::traffic::{Load, Rate};

/// One point of a curve.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Point {
    /// Offered load.
    pub rate: Rate,
    /// When packets are looked at.
    pub windows: Windows,
    /// Independent runs whose figures are added up, 1 or more.
    pub runs: u16,
}

/// Measures all points; every run starts with a fabric after reset.
///
/// Runs are shared out among `threads` threads. The figures do not depend on their number: a run is
/// a function of its load, and runs are added up in order. `done` hears how many runs are over, and
/// ends the sweep by answering false; the result is then `None`.
///
/// # Errors
/// Those of [`measure`]; of the first point in the order of the list.
///
/// # Panics
/// If a run panics: a defect of the engine.
pub fn sweep<E: Engine>(
    make: impl Fn() -> E + Sync,
    mesh: Mesh,
    load: &Load,
    points: &[Point],
    threads: usize,
    done: impl Fn(usize) -> bool + Sync,
) -> Result<Option<Vec<Figures>>, Diagnostics> {
    let jobs =
        || points.iter().flat_map(|point| (0..point.runs.max(1)).map(move |run| (point, run)));
    let jobs: Vec<_> = jobs().collect();
    let (next, over) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let found = Mutex::new(vec![None; jobs.len()]);
    let work = || {
        while let Some((place, (point, run))) = take(&next, &jobs) {
            let load = Load { rate: point.rate, run, ..load.clone() };
            let figures = measure(&mut make(), mesh, &load, point.windows);
            let mut found = found.lock().expect("no run panics while it holds the lock");
            if let Some(slot) = found.get_mut(place) {
                *slot = Some(figures);
            }
            drop(found);
            if !done(over.fetch_add(1, Ordering::Relaxed) + 1) {
                next.store(jobs.len(), Ordering::Relaxed);
            }
        }
    };
    std::thread::scope(|scope| {
        let helpers = threads.clamp(1, jobs.len().max(1)) - 1;
        (0..helpers).for_each(|_| drop(scope.spawn(work)));
        work();
    });
    let found = found.into_inner().expect("no run panics while it holds the lock");
    gather(points, found)
}

/// The next job and its place.
fn take<T: Copy>(next: &AtomicUsize, jobs: &[T]) -> Option<(usize, T)> {
    let place = next.fetch_add(1, Ordering::Relaxed);
    jobs.get(place).map(|job| (place, *job))
}

/// Adds up the runs of each point.
fn gather(
    points: &[Point],
    found: Vec<Option<Result<Figures, Diagnostics>>>,
) -> Result<Option<Vec<Figures>>, Diagnostics> {
    let mut found = found.into_iter();
    let mut all = Vec::new();
    for point in points {
        let mut sum = Figures::default();
        for run in found.by_ref().take(usize::from(point.runs.max(1))) {
            let Some(run) = run else { return Ok(None) };
            sum.merge(&run?);
        }
        all.push(sum);
    }
    Ok(Some(all))
}
