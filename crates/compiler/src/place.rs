//! Populations to cores: cut into parts, and put along the mesh in a snake, so that a population's
//! successor is its neighbour.

use leadlag_diagnostic::Diagnostic;
use leadlag_fixed::{count, index};

use crate::Job;
use crate::check::at_population;

/// Neurons `first .. first + neurons` of a population, on a core.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Part {
    pub(crate) population: usize,
    pub(crate) first: usize,
    pub(crate) neurons: usize,
    pub(crate) x: u32,
    pub(crate) y: u32,
}

/// The parts of a population, by index of their core.
pub(crate) fn parts_of(parts: &[Part], population: usize) -> impl Iterator<Item = (usize, &Part)> {
    parts.iter().enumerate().filter(move |(_, part)| part.population == population)
}

pub(crate) fn place(job: Job<'_>) -> Result<Vec<Part>, Diagnostic> {
    let columns = index(job.chip.neurons);
    let mut parts: Vec<Part> = Vec::new();
    for (population, members) in
        job.net.populations().iter().enumerate().filter(|(_, m)| !m.is_input())
    {
        let pieces = members.size().div_ceil(columns);
        for piece in 0..pieces {
            let (from, to) =
                (piece * members.size() / pieces, (piece + 1) * members.size() / pieces);
            let (x, y) = snake(count(parts.len()), job.chip.extent().0);
            parts.push(Part { population, first: from, neurons: to - from, x, y });
        }
    }
    let (columns, rows) = job.chip.extent();
    let have = index(columns * rows);
    if parts.len() <= have {
        return Ok(parts);
    }
    Err(too_many(job, &parts, have))
}

/// Even rows of the mesh from left to right, odd ones back.
fn snake(at: u32, width: u32) -> (u32, u32) {
    let (x, y) = (at % width, at / width);
    (if y.is_multiple_of(2) { x } else { width - 1 - x }, y)
}

fn too_many(job: Job<'_>, parts: &[Part], have: usize) -> Diagnostic {
    let population = parts[have].population;
    let name = job.net.populations()[population].name();
    let need = parts.len();
    let side = count(need - 1).isqrt() + 1;
    let message = format!(
        "the network needs {need} cores; the chip has {have}, and layer `{name}` is the first without one"
    );
    let found = Diagnostic::new("LL2005", message)
        .help(format!("`--set mesh=[{side}, {side}]`"))
        .help("more columns per core, where a layer takes several: `--set neurons=N`");
    at_population(job, population, found, "no core left for it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_in_the_snake_are_neighbours_in_the_mesh() {
        for at in 0..63 {
            let ((a, b), (c, d)) = (snake(at, 8), snake(at + 1, 8));
            assert_eq!(a.abs_diff(c) + b.abs_diff(d), 1);
        }
    }
}
