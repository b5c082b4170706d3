//! What a measurement found, in whole numbers.

/// How often each value was seen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Distribution {
    /// `seen[value]`, for values below [`FINE`].
    seen: Vec<u64>,
    /// Larger values, in the order of their coming.
    large: Vec<u64>,
    count: u64,
    sum: u64,
}

/// Values from here on are kept one by one.
const FINE: u64 = 1 << 14;

impl Distribution {
    /// Counts a value.
    pub fn add(&mut self, value: u64) {
        self.count += 1;
        self.sum += value;
        match usize::try_from(value) {
            Ok(at) if value < FINE => {
                if at >= self.seen.len() {
                    self.seen.resize(at + 1, 0);
                }
                if let Some(seen) = self.seen.get_mut(at) {
                    *seen += 1;
                }
            }
            _ => self.large.push(value),
        }
    }

    /// Adds what another run saw.
    pub fn merge(&mut self, other: &Self) {
        if other.seen.len() > self.seen.len() {
            self.seen.resize(other.seen.len(), 0);
        }
        self.seen.iter_mut().zip(&other.seen).for_each(|(all, one)| *all += one);
        self.large.extend(&other.large);
        self.count += other.count;
        self.sum += other.sum;
    }

    /// Number of values.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Their sum: the mean is `sum`/`count`.
    #[must_use]
    pub const fn sum(&self) -> u64 {
        self.sum
    }

    /// The largest value; none if there are no values.
    #[must_use]
    pub fn max(&self) -> Option<u64> {
        self.large.iter().copied().max().or_else(|| self.seen().next_back().map(|(value, _)| value))
    }

    /// The smallest value that at least `permille`/1000 of all values do not exceed.
    #[must_use]
    pub fn percentile(&self, permille: u64) -> Option<u64> {
        let mut wanted = (self.count * permille).div_ceil(1000).max(1);
        let mut large = self.large.clone();
        large.sort_unstable();
        let all = self.seen().chain(large.into_iter().map(|value| (value, 1)));
        for (value, times) in all {
            match wanted.checked_sub(times) {
                None | Some(0) => return Some(value),
                Some(rest) => wanted = rest,
            }
        }
        None
    }

    /// (value, times) below [`FINE`], without the values that were not seen.
    fn seen(&self) -> impl DoubleEndedIterator<Item = (u64, u64)> {
        let value = |at| u64::try_from(at).unwrap_or(u64::MAX);
        let all = self.seen.iter().enumerate().map(move |(at, &times)| (value(at), times));
        all.filter(|(_, times)| *times > 0)
    }
}

/// `part`/`whole` in 10⁻⁶, rounded down.
pub(super) fn millionths(part: u64, whole: u64) -> u64 {
    let scaled = u128::from(part) * 1_000_000 / u128::from(whole.max(1));
    u64::try_from(scaled).unwrap_or(u64::MAX)
}

/// Standard deviation of a sample relative to its mean, in 10⁻⁶; none of fewer than four values, or
/// where the mean is zero.
pub(super) fn scatter(values: &[u64]) -> Option<u64> {
    let count = u128::try_from(values.len()).ok().filter(|count| *count >= 4)?;
    let mean = values.iter().map(|&value| u128::from(value)).sum::<u128>() / count;
    let square = |&value: &u64| u128::from(value).abs_diff(mean).pow(2);
    let variance = values.iter().map(square).sum::<u128>() / (count - 1);
    u64::try_from((variance.isqrt() * 1_000_000).checked_div(mean)?).ok()
}

/// The figures of one load, over one run or several.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Figures {
    /// Runs that are added up here.
    pub runs: u64,
    /// Nodes of the mesh.
    pub nodes: u64,
    /// Cycles of the measurement windows, summed over the runs.
    pub window: u64,
    /// Cycles run, warm-up and drain included.
    pub cycles: u64,
    /// Packets created in the measurement window that did not arrive before the drain was given up.
    pub lost_in_drain: u64,
    /// Cycles from the creation of a packet to its last flit: the source queue is included.
    pub packet_latency: Distribution,
    /// Cycles from the sending of a packet's head by the source interface to its last flit.
    pub network_latency: Distribution,
    /// Flits of the measured packets, and the sum of the cycles from the sending of each to its arrival.
    pub flits: u64,
    /// See [`Self::flits`].
    pub flit_latency: u64,
    /// Routers traversed, summed over the measured packets.
    pub hops: u64,
    /// Flits that nodes created in the measurement window.
    pub created: u64,
    /// Flits that source interfaces sent in the measurement window.
    pub injected: u64,
    /// Flits that arrived in the measurement window, by destination.
    pub accepted: Vec<u64>,
    /// Mean packet latency of each run, 10⁻⁶ cycles.
    pub latency_of_runs: Vec<u64>,
    /// Accepted load of each run, 10⁻⁶ flits per node and cycle.
    pub accepted_of_runs: Vec<u64>,
}

impl Figures {
    /// Adds another run of the same load.
    pub fn merge(&mut self, other: &Self) {
        self.runs += other.runs;
        self.nodes = other.nodes;
        self.window += other.window;
        self.cycles += other.cycles;
        self.lost_in_drain += other.lost_in_drain;
        self.packet_latency.merge(&other.packet_latency);
        self.network_latency.merge(&other.network_latency);
        self.flits += other.flits;
        self.flit_latency += other.flit_latency;
        self.hops += other.hops;
        self.created += other.created;
        self.injected += other.injected;
        self.accepted.resize(self.accepted.len().max(other.accepted.len()), 0);
        self.accepted.iter_mut().zip(&other.accepted).for_each(|(all, one)| *all += one);
        self.latency_of_runs.extend(&other.latency_of_runs);
        self.accepted_of_runs.extend(&other.accepted_of_runs);
    }

    /// Notes this run's means, so that the scatter between runs can be told later.
    pub(super) fn close_run(&mut self) {
        let latency = &self.packet_latency;
        self.latency_of_runs = vec![millionths(latency.sum(), latency.count())];
        self.accepted_of_runs = vec![millionths(self.accepted(), self.node_cycles())];
    }

    /// Flits that arrived in the measurement window.
    #[must_use]
    pub fn accepted(&self) -> u64 {
        self.accepted.iter().sum()
    }

    /// Node-cycles of the measurement windows: flits divided by this are flits per node and cycle.
    #[must_use]
    pub const fn node_cycles(&self) -> u64 {
        self.nodes * self.window
    }

    /// Whether all measured packets arrived.
    #[must_use]
    pub const fn is_drained(&self) -> bool {
        self.lost_in_drain == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Count, sum, maximum and percentiles are those of the sorted list, in one part or two.
        #[test]
        fn a_distribution_is_its_values(values in prop::collection::vec(prop_oneof![0_u64..50, 16_000_u64..17_000, any::<u32>().prop_map(u64::from)], 1..60), cut in any::<prop::sample::Index>(), permille in 0_u64..=1000) {
            let (first, second) = values.split_at(cut.index(values.len()));
            let of = |values: &[u64]| {
                let mut all = Distribution::default();
                for &value in values {
                    all.add(value);
                }
                all
            };
            let mut all = of(first);
            all.merge(&of(second));
            let mut sorted = values.clone();
            sorted.sort_unstable();
            prop_assert_eq!((all.sum(), all.max()), (sorted.iter().sum(), sorted.last().copied()));
            let count = u64::try_from(sorted.len()).expect("small");
            let rank = usize::try_from((count * permille).div_ceil(1000).max(1)).expect("small");
            prop_assert_eq!(all.percentile(permille), Some(sorted[rank - 1]));
            prop_assert_eq!(all.count(), count);
        }
    }

    #[test]
    fn scatter_is_relative_to_the_mean() {
        assert_eq!(scatter(&[90, 110, 90, 110]), Some(110_000));
        assert_eq!(scatter(&[9_000_000, 11_000_000, 9_000_000, 11_000_000]), Some(115_470));
        assert_eq!(
            (scatter(&[1, 2, 3]), scatter(&[0; 5]), scatter(&[7; 5])),
            (None, None, Some(0))
        );
    }

    #[test]
    fn nothing_has_no_percentile() {
        let none = Distribution::default();
        assert_eq!((none.max(), none.percentile(500), none.count()), (None, None, 0));
    }
}
