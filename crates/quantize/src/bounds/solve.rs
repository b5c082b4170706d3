//! `d = M (d + sent) + c` for a non-negative matrix, loop by loop.

use super::network::{Cause, Split};

/// Sweeps over a loop before it is given up.
const SWEEPS: usize = 4000;

/// A loop has settled when a sweep moves nothing by more than this: then `v - M v` is near 1.
const SETTLED: f64 = 1e-3;

/// A loop that has grown so far does not contract.
const GROWN: f64 = 1e30;

/// `|dr|` of a neuron per `|dr|` of another.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) gain: f64,
}

/// The inequality of a network.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct System {
    /// The population of each neuron.
    pub(super) population: Vec<usize>,
    /// The row of each neuron.
    pub(super) links: Vec<Vec<Link>>,
    /// What a neuron adds by itself.
    pub(super) constant: Vec<Split>,
    /// What sending adds to its rate.
    pub(super) sent: Vec<f64>,
    /// Whether a population projects to another: `[from][to]`.
    pub(super) reach: Vec<Vec<bool>>,
}

/// Bounds by neuron, and the gain of loops by population.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Solution {
    pub(super) bounds: Vec<Option<Split>>,
    pub(super) loop_gain: Vec<Option<f64>>,
}

impl System {
    pub(super) fn new(populations: usize, neurons: usize) -> Self {
        Self {
            population: vec![0; neurons],
            links: vec![Vec::new(); neurons],
            constant: vec![Split::default(); neurons],
            sent: vec![0.0; neurons],
            reach: vec![vec![false; populations]; populations],
        }
    }

    /// Solves the groups of populations that reach each other, those before them first.
    pub(super) fn solve(&self) -> Solution {
        let reach = self.closure();
        let populations = reach.len();
        let before = |at: usize| (0..populations).filter(|&other| reach[other][at]).count();
        let mut order: Vec<usize> = (0..populations).collect();
        // Whoever is reached from a group is reached from all that reach the group, too.
        order.sort_by_key(|&at| (before(at), at));
        let mut solution =
            Solution { bounds: vec![None; self.links.len()], loop_gain: vec![None; populations] };
        let mut done = vec![false; populations];
        for &at in &order {
            if !std::mem::replace(&mut done[at], true) {
                let group: Vec<usize> = (0..populations)
                    .filter(|&other| other == at || (reach[at][other] && reach[other][at]))
                    .collect();
                for &member in &group {
                    done[member] = true;
                }
                self.group(&group, reach[at][at], &mut solution);
            }
        }
        solution
    }

    /// Which population reaches which over any number of projections (Warshall).
    fn closure(&self) -> Vec<Vec<bool>> {
        let mut reach = self.reach.clone();
        for through in 0..reach.len() {
            let onward = reach[through].clone();
            for row in reach.iter_mut().filter(|row| row[through]) {
                for (cell, &more) in row.iter_mut().zip(&onward) {
                    *cell |= more;
                }
            }
        }
        reach
    }

    fn group(&self, group: &[usize], is_loop: bool, solution: &mut Solution) {
        let inside = |i: usize| group.contains(&self.population[i]);
        let neurons: Vec<usize> = (0..self.links.len()).filter(|&i| inside(i)).collect();
        let Some(constant) = self.arriving(&neurons, &inside, solution) else { return };
        if !is_loop {
            for (&i, constant) in neurons.iter().zip(constant) {
                solution.bounds[i] = Some(constant);
            }
            return;
        }
        let mut place = vec![usize::MAX; self.links.len()];
        neurons.iter().enumerate().for_each(|(at, &i)| place[i] = at);
        let own = |i: usize| {
            let links = self.links[i].iter().filter(|link| inside(link.from));
            links.map(|link| Link { from: place[link.from], gain: link.gain }).collect()
        };
        let matrix = Matrix { rows: neurons.iter().map(|&i| own(i)).collect() };
        let (contracting, gain) = matrix.contracting();
        for &member in group {
            solution.loop_gain[member] = Some(gain);
        }
        let Some(vector) = contracting else { return };
        let mut bounds = vec![Split::default(); neurons.len()];
        for cause in Cause::ALL {
            let constant: Vec<f64> = constant.iter().map(|split| split[cause]).collect();
            for (bound, part) in bounds.iter_mut().zip(matrix.solve(&constant, &vector)) {
                bound[cause] = part;
            }
        }
        for (&i, bound) in neurons.iter().zip(bounds) {
            solution.bounds[i] = Some(bound);
        }
    }

    /// Everything that reaches the neurons of a group but their own deviations; none if something
    /// before them has no bound.
    fn arriving(
        &self,
        neurons: &[usize],
        inside: &impl Fn(usize) -> bool,
        solution: &Solution,
    ) -> Option<Vec<Split>> {
        let of = |&i: &usize| {
            let mut sum = self.constant[i];
            for link in &self.links[i] {
                sum[Cause::Payload] += link.gain * self.sent[link.from];
                if !inside(link.from) {
                    sum = sum + solution.bounds[link.from]?.scaled(link.gain);
                }
            }
            Some(sum)
        };
        neurons.iter().map(of).collect()
    }
}

/// A loop's part of the matrix.
struct Matrix {
    rows: Vec<Vec<Link>>,
}

impl Matrix {
    fn times(&self, vector: &[f64]) -> Vec<f64> {
        let row = |links: &Vec<Link>| links.iter().map(|l| l.gain * vector[l.from]).sum();
        self.rows.iter().map(row).collect()
    }

    /// A positive v with `M v < v`, if the iteration `v <- M v + 1` settles, and the growth per pass
    /// that it shows.
    fn contracting(&self) -> (Option<Vec<f64>>, f64) {
        let mut vector = vec![1.0; self.rows.len()];
        let (mut step, mut gain) = (vector.clone(), 0.0);
        for sweep in 1..=SWEEPS {
            step = self.times(&step);
            for (v, s) in vector.iter_mut().zip(&step) {
                *v += s;
            }
            let largest = step.iter().copied().fold(0.0, f64::max);
            gain = libm::pow(largest, 1.0 / sweep as f64);
            if !(SETTLED..GROWN).contains(&largest) {
                break;
            }
        }
        let image = self.times(&vector);
        let proves = vector.iter().zip(&image).all(|(v, image)| super::outward(*image) < *v);
        (proves.then_some(vector), gain)
    }

    /// A bound of `(I - M)^-1 c`: the iteration from below, then raised by what proves it.
    ///
    /// For any d, `d + t v` is a bound if `t (v - M v) >= M d + c - d`.
    fn solve(&self, constant: &[f64], vector: &[f64]) -> Vec<f64> {
        let mut bound = constant.to_vec();
        for _ in 0..SWEEPS {
            let next: Vec<f64> =
                self.times(&bound).iter().zip(constant).map(|(image, c)| image + c).collect();
            let moved = next.iter().zip(&bound).any(|(new, old)| new - old > 1e-9 * new);
            bound = next;
            if !moved {
                break;
            }
        }
        let (image, shrunk) = (self.times(&bound), self.times(vector));
        let lacks = |at: usize| {
            let lack = super::outward(image[at] + constant[at]) - bound[at];
            lack.max(0.0) / (vector[at] - super::outward(shrunk[at]))
        };
        let raise = (0..bound.len()).map(lacks).fold(0.0, f64::max);
        bound.iter().zip(vector).map(|(bound, v)| bound + raise * v).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn system(populations: &[usize], links: &[(usize, usize, f64)], constants: &[f64]) -> System {
        let count = populations.iter().max().map_or(0, |top| top + 1);
        let mut system = System::new(count, populations.len());
        system.population = populations.to_vec();
        for &(from, to, gain) in links {
            system.links[to].push(Link { from, gain });
            system.reach[populations[from]][populations[to]] = true;
        }
        for (split, &constant) in system.constant.iter_mut().zip(constants) {
            split[Cause::Tables] = constant;
        }
        system
    }

    fn totals(solution: &Solution) -> Vec<Option<f64>> {
        solution.bounds.iter().map(|split| split.map(|s| (s.total() * 1e3).round() / 1e3)).collect()
    }

    #[test]
    fn a_chain_is_substituted() {
        let chain = system(&[0, 1, 2], &[(0, 1, 2.0), (1, 2, 3.0)], &[1.0, 1.0, 1.0]);
        let solution = chain.solve();
        assert_eq!(totals(&solution), [Some(1.0), Some(3.0), Some(10.0)]);
        assert_eq!(solution.loop_gain, [None; 3]);
    }

    #[test]
    fn a_loop_that_contracts_has_a_bound_and_one_that_does_not_has_none_behind_it() {
        let looped = |gain| system(&[0, 1, 2], &[(0, 0, gain), (0, 1, 1.0)], &[1.0, 0.0, 5.0]);
        let solution = looped(0.75).solve();
        assert_eq!(totals(&solution), [Some(4.0), Some(4.0), Some(5.0)]);
        assert!((solution.loop_gain[0].expect("a loop") - 0.75).abs() < 1e-9);
        let solution = looped(1.0).solve();
        assert_eq!(totals(&solution), [None, None, Some(5.0)]);
        assert_eq!(totals(&looped(1.5).solve()), [None, None, Some(5.0)]);
    }

    /// A row sum above 1 is no loop gain above 1.
    #[test]
    fn a_strong_link_in_a_weak_loop_is_certified() {
        let links = [(0, 1, 100.0), (1, 0, 0.005)];
        let solution = system(&[0, 0], &links, &[1.0, 0.0]).solve();
        assert_eq!(totals(&solution), [Some(2.0), Some(200.0)]);
    }

    proptest! {
        /// What is returned satisfies the inequality that it is to be a bound of.
        #[test]
        fn a_bound_is_a_fixed_point_from_above(gains in prop::collection::vec(0.0..0.24_f64, 16), constants in prop::collection::vec(0.0..1.0_f64, 4)) {
            let links: Vec<_> = gains.iter().enumerate().map(|(k, &g)| (k / 4, k % 4, g)).collect();
            let system = system(&[0, 0, 1, 1], &links, &constants);
            let bounds: Vec<f64> = system.solve().bounds.iter().map(|s| s.expect("contracting").total()).collect();
            for i in 0..4 {
                let image: f64 = system.links[i].iter().map(|l| l.gain * bounds[l.from]).sum::<f64>() + constants[i];
                prop_assert!(image <= bounds[i] * (1.0 + 1e-12) && bounds[i] < image * (1.0 + 1e-3) + 1e-12);
            }
        }
    }
}
