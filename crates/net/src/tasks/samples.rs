//! Blocks of a data set, in an order that a seed and an epoch decide.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fixed::count;
use leadlag_fixed::random::{Kind, draw};

use crate::block::{Block, Targets};
use crate::dataset::{Dataset, Part};
use crate::network::{Network, Population};
use crate::schedule::{Order, Schedule};

/// Stream of the draws that order samples.
const ORDER: u16 = 1;

/// A data set and the seed that orders it.
#[derive(Clone, PartialEq, Debug)]
pub struct Samples {
    data: Dataset,
    seed: u64,
    order: Order,
    gap: usize,
}

impl Samples {
    /// Samples in an order that depends on the seed.
    #[must_use]
    pub fn new(data: Dataset, seed: u64) -> Self {
        Self { data, seed, order: Order::Random, gap: 0 }
    }

    /// The same samples, in the order and at the distance of a schedule.
    #[must_use]
    pub fn scheduled(self, schedule: &Schedule) -> Self {
        Self { order: schedule.order, gap: schedule.gap, ..self }
    }

    /// The steps between two blocks: no input, nothing taught. None if samples follow each other at once.
    #[must_use]
    pub fn pause(&self, lanes: usize) -> Option<Block> {
        let (steps, width) = (self.gap, self.data.lines());
        let silent = || Block {
            steps,
            lanes,
            width,
            inputs: vec![0.0; steps * lanes * width],
            targets: Targets::None,
            used: lanes,
        };
        (steps > 0).then(silent)
    }

    /// The data set.
    #[must_use]
    pub fn data(&self) -> &Dataset {
        &self.data
    }

    /// Whether a network can take these samples.
    ///
    /// # Errors
    /// LL1058: lines or classes do not match.
    pub fn check(&self, network: &Network) -> Result<(), Diagnostics> {
        let mut found = Vec::new();
        let (lines, given) = (network.lines(), self.data.lines());
        if lines != given {
            let message =
                format!("samples have {given} lines; network {} has {lines}", network.name());
            found.push(Diagnostic::new("LL1058", message).help(format!("`input = {given}`")));
        }
        let outputs = network.populations().get(network.output()).map_or(0, Population::size);
        let classes = self.data.classes();
        if outputs < classes {
            let message =
                format!("samples have {classes} classes; the output has {outputs} neurons");
            let help = format!("a taught population of {classes} neurons");
            found.push(Diagnostic::new("LL1058", message).help(help));
        }
        Diagnostics::unless_any(found, ())
    }

    /// Blocks of an epoch; samples that fill no block wait for another epoch's order.
    ///
    /// # Panics
    /// If `lanes` is 0.
    #[must_use]
    pub fn train_blocks(&self, lanes: usize) -> usize {
        (self.data.y().len() / lanes).max(1)
    }

    /// A block of training samples. The order is a function of (seed, epoch) alone; with more lanes
    /// than samples, samples repeat.
    #[must_use]
    pub fn train_block(&self, epoch: u64, index: usize, lanes: usize) -> Block {
        let order = self.order(epoch);
        let picked = order.iter().cycle().skip(index * lanes).take(lanes).copied();
        self.block(&self.data.train, &picked.collect::<Vec<_>>(), lanes)
    }

    /// Blocks that hold every test sample once.
    ///
    /// # Panics
    /// If `lanes` is 0.
    #[must_use]
    pub fn test_blocks(&self, lanes: usize) -> usize {
        self.data.y_test().len().div_ceil(lanes)
    }

    /// A block of test samples, in order; the last one is filled with repetitions that do not count.
    #[must_use]
    pub fn test_block(&self, index: usize, lanes: usize) -> Block {
        let count = self.data.y_test().len();
        let picked: Vec<usize> = (index * lanes..(index + 1) * lanes).map(|i| i % count).collect();
        self.block(&self.data.test, &picked, count.saturating_sub(index * lanes).min(lanes))
    }

    /// Fisher-Yates with a draw per place; `high * 2^-32` of a product picks without division.
    fn order(&self, epoch: u64) -> Vec<usize> {
        let count = self.data.y().len();
        let mut order: Vec<usize> = (0..count).collect();
        for (i, place) in (1..count).zip(1_u32..) {
            let bits = draw(self.seed, Kind::Input, epoch, ORDER, 0, place);
            let scaled = u64::from(bits) * (u64::from(place) + 1);
            order.swap(i, usize::try_from(scaled >> 32).expect("at most i"));
        }
        if self.order == Order::Balanced {
            self.spread(&mut order);
        }
        order
    }

    /// Deals the samples of every class evenly over the epoch: sample k of n at (k + 1/2)/n of it.
    fn spread(&self, order: &mut [usize]) {
        let label = |sample: usize| self.data.y().get(sample).copied();
        let mut drawn: Vec<(usize, usize)> = order.iter().copied().enumerate().collect();
        drawn.sort_by_key(|&(_, sample)| label(sample));
        let mut dealt = Vec::with_capacity(drawn.len());
        for class in drawn.chunk_by(|one, other| label(one.1) == label(other.1)) {
            let place =
                |k: usize| (u64::from(count(2 * k + 1)) << 32) / u64::from(count(class.len()));
            dealt.extend(class.iter().enumerate().map(|(k, &(at, sample))| (place(k), at, sample)));
        }
        dealt.sort_unstable();
        for (place, (.., sample)) in order.iter_mut().zip(dealt) {
            *place = sample;
        }
    }

    fn block(&self, part: &Part, picked: &[usize], used: usize) -> Block {
        let (steps, width, lanes) = (self.data.length(), self.data.lines(), picked.len());
        let mut inputs = Vec::with_capacity(steps * lanes * width);
        for step in 0..steps {
            for sample in picked {
                let first = (sample * steps + step) * width;
                let values = part.x.get(first..first + width).expect("Dataset::new checked it");
                inputs.extend(values.iter().map(|v| f64::from(*v)));
            }
        }
        let class = |sample: &usize| part.y.get(*sample).copied().map_or(0, u32::from);
        let targets = Targets::Class(picked.iter().map(class).collect());
        Block { steps, lanes, width, inputs, targets, used }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples() -> Samples {
        let part = |labels: std::ops::Range<u8>| Part {
            x: labels.clone().flat_map(|y| [f32::from(y), -f32::from(y)]).collect(),
            y: labels.collect(),
        };
        Samples::new(Dataset::new(part(0..10), part(10..15), 2, 1).unwrap(), 3)
    }

    fn classes(block: &Block) -> Vec<u32> {
        match &block.targets {
            Targets::Class(classes) => classes.clone(),
            Targets::None | Targets::Values { .. } => panic!("{block:?}"),
        }
    }

    #[test]
    fn an_epoch_shows_every_sample_once_in_an_order_of_its_own() {
        let samples = samples();
        let epoch = |epoch| {
            (0..samples.train_blocks(5))
                .flat_map(|i| classes(&samples.train_block(epoch, i, 5)))
                .collect::<Vec<_>>()
        };
        let (first, second) = (epoch(0), epoch(1));
        assert_ne!(first, second);
        assert_eq!(first, epoch(0));
        let mut sorted = first;
        sorted.sort_unstable();
        assert_eq!(sorted, (0..10).collect::<Vec<u32>>());
    }

    /// Classes of different sizes: of every class, each stretch of an epoch has its share.
    #[test]
    fn a_balanced_order_deals_classes_evenly() {
        let labels: Vec<u8> = [0, 1, 0, 2, 0, 1, 0].repeat(20);
        let part = Part { x: vec![0.0; labels.len()], y: labels };
        let test = Part { x: vec![0.0], y: vec![0] };
        let data = Dataset::new(part, test, 1, 1).unwrap();
        let samples = Samples::new(data, 3)
            .scheduled(&Schedule { order: Order::Balanced, ..Schedule::default() });
        let (first, second) = (samples.order(0), samples.order(1));
        assert_ne!(first, second);
        for (size, class) in [(80, 0), (40, 1), (20, 2)] {
            let label = |at: &usize| samples.data.y()[*at] == class;
            for stretch in first.chunks(35) {
                let found = stretch.iter().filter(|at| label(at)).count();
                assert!(found.abs_diff(size / 4) <= 1, "{found} of class {class}");
            }
        }
        let mut sorted = first;
        sorted.sort_unstable();
        assert_eq!(sorted, (0..140).collect::<Vec<_>>());
    }

    #[test]
    fn values_follow_their_labels() {
        let block = samples().train_block(2, 1, 4);
        for (lane, class) in classes(&block).into_iter().enumerate() {
            let x: Vec<f64> = (0..2).map(|step| block.input(step)[lane]).collect();
            assert_eq!(x, [f64::from(class), -f64::from(class)]);
        }
    }

    #[test]
    fn the_last_test_block_is_filled_but_counts_its_own() {
        let samples = samples();
        assert_eq!(samples.test_blocks(3), 2);
        let last = samples.test_block(1, 3);
        assert_eq!((last.used, classes(&last)), (2, vec![13, 14, 10]));
    }

    #[test]
    fn more_lanes_than_samples_repeat_them() {
        let samples = samples();
        assert_eq!(samples.train_blocks(16), 1);
        assert_eq!(samples.train_block(0, 0, 16).lanes, 16);
    }
}
