//! Synthetic traffic: which node creates a packet in which cycle, and for whom.
//!
//! Every node creates packets by a Bernoulli process of its own: in each cycle one packet with
//! probability rate / packet size, whatever happened before. Instead of a draw per node and cycle the
//! generator draws the gap to the next packet, which has the same distribution, so its work grows with
//! the packets and not with the nodes. A draw is a function of (seed, node, number of the packet): no
//! creation depends on the network, on other nodes or on how the nodes are shared out among threads.

#![expect(clippy::indexing_slicing, reason = "slots are taken modulo SLOTS, nodes are checked")]

mod pattern;
mod rate;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fixed::gap::Gaps;
use leadlag_fixed::random::{Kind, Site};

pub use pattern::{Bound, Pattern, Targets, Weight};
pub use rate::Rate;

use crate::packet::low;
use crate::topology::{Mesh, Node};

/// Slots of the wheel of coming creations.
const SLOTS: usize = 256;
/// Packets of a source that are drawn at once.
const AHEAD: usize = 8;
/// The end of a chain of nodes.
const END: u32 = u32::MAX;

/// What to send.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Load {
    /// Where packets go.
    pub pattern: Pattern,
    /// Flits per node and cycle.
    pub rate: Rate,
    /// Flits per packet.
    pub flits: u32,
    /// Key of all draws.
    pub seed: u64,
    /// Number of the run: runs of one seed are independent.
    pub run: u16,
}

/// The packets of some nodes, in the order of their creation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Traffic {
    seed: u64,
    run: u16,
    targets: Targets,
    gaps: Option<Gaps>,
    sources: Vec<Source>,
    /// Per slot: the first node of the chain that is due in it, some turns of the wheel from now.
    first: [u32; SLOTS],
    /// A bit per slot that has a chain.
    taken: [u64; SLOTS / 64],
    /// The first cycle that [`Self::due`] was not asked about.
    now: u64,
}

/// A node that creates packets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Source {
    node: Node,
    /// The next source of the same chain.
    chain: u32,
    /// How many packets it has created.
    count: u64,
    /// When it creates the next.
    next: u64,
    /// What has been drawn for this packet, some before and some after it, by number modulo [`AHEAD`]:
    /// cycles since the packet before, and the destination.
    gaps: [u64; AHEAD],
    targets: [Node; AHEAD],
}

impl Source {
    /// The place of the next packet among those drawn at once.
    #[inline]
    fn turn(&self) -> usize {
        leadlag_fixed::index(low(self.count)) % AHEAD
    }

    /// For whom the next packet is.
    #[inline]
    fn target(&self) -> Node {
        self.targets[self.turn()]
    }
}

/// A mesh as the traffic sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Plane {
    /// Nodes of a row.
    columns: u32,
    /// Nodes of a column.
    rows: u32,
}

impl Plane {
    fn of(mesh: Mesh) -> Self {
        let extent = mesh.extent();
        Self { columns: u32::from(extent.columns), rows: u32::from(extent.rows) }
    }

    /// Number of nodes.
    const fn nodes(self) -> u32 {
        self.columns * self.rows
    }
}

impl Traffic {
    /// The traffic of all nodes of a mesh, from cycle 0.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn new(load: &Load, mesh: Mesh) -> Result<Self, Diagnostics> {
        Self::of(load, mesh, mesh.all())
    }

    /// The traffic of these nodes; each node sends what it sends in [`Self::new`].
    ///
    /// # Errors
    /// As [`Targets::new`]; LL1534 if a packet has no flit.
    pub fn of(
        load: &Load,
        mesh: Mesh,
        nodes: impl IntoIterator<Item = Node>,
    ) -> Result<Self, Diagnostics> {
        check_flits(load.flits)?;
        let (gaps, targets) = ([0; AHEAD], [Node(0); AHEAD]);
        let source = |node| Source { node, chain: END, count: 0, next: 0, gaps, targets };
        let mut traffic = Self {
            seed: load.seed,
            run: load.run,
            targets: Targets::new(&load.pattern, mesh)?,
            gaps: Gaps::new(load.rate.packets(load.flits)),
            sources: nodes.into_iter().map(source).collect(),
            first: [END; SLOTS],
            taken: [0; SLOTS / 64],
            now: 0,
        };
        if traffic.gaps.is_some() {
            (0..traffic.sources.len()).for_each(|index| traffic.schedule(index, 0));
        }
        Ok(traffic)
    }

    /// Hands over the packets of `cycle` as (source, destination), in an order of its own that is the
    /// same in every run. Cycles are asked about in rising order; those without packets may be left out.
    #[inline]
    pub fn due(&mut self, cycle: u64, mut take: impl FnMut(Node, Node)) {
        let slot = slot(cycle);
        self.now = cycle + 1;
        let mut index = std::mem::replace(&mut self.first[slot], END);
        self.taken[slot / 64] &= !(1 << (slot % 64));
        while index != END {
            let at = place(index);
            let source = &mut self.sources[at];
            index = source.chain;
            if source.next == cycle {
                take(source.node, source.target());
                source.count += 1;
                self.schedule(at, cycle + 1);
            } else {
                let next = source.next;
                self.enter(at, next);
            }
        }
    }

    /// The earliest cycle, not before the one after the last [`Self::due`], in which a packet may be
    /// created; none if no packet ever is. Asking about it may come to nothing.
    #[must_use]
    pub fn next_cycle(&self) -> Option<u64> {
        let from = slot(self.now);
        let words = self.taken.len();
        let later = (0..=words).find_map(|turn| {
            let word = (from / 64 + turn) % words;
            let high = u64::MAX << (from % 64);
            let mask = if turn == 0 {
                high
            } else if turn == words {
                !high
            } else {
                u64::MAX
            };
            let bits = self.taken[word] & mask;
            (bits != 0).then(|| word * 64 + place(bits.trailing_zeros()))
        });
        later.map(|at| self.now + u64::try_from((at + SLOTS - from) % SLOTS).unwrap_or(0))
    }

    /// Finds when a source creates its next packet: in `from` or later.
    #[inline]
    fn schedule(&mut self, index: usize, from: u64) {
        if self.sources[index].turn() == 0 {
            self.draw(index);
        }
        let source = &self.sources[index];
        self.enter(index, from.saturating_add(source.gaps[source.turn()]));
    }

    /// Draws a source's next packets: a block of words is cheap if several are made at once.
    #[inline(never)]
    fn draw(&mut self, index: usize) {
        let Some(gaps) = &self.gaps else { return };
        let source = &mut self.sources[index];
        let (step, core) = (source.count, source.node.0);
        let site = Site { seed: self.seed, kind: Kind::Traffic, step, stream: self.run, core };
        let first = site.blocks::<AHEAD>(0);
        for (turn, step) in (0..AHEAD).zip(step..) {
            // Word 0 chooses the destination, words 1 and on the gap; three digits suffice for most
            // rates.
            let word = |digit: u32| match digit {
                0..=2 => first[place(digit) + 1][turn],
                later => further(Site { step, ..site }, later),
            };
            source.gaps[turn] = gaps.gap(word);
            source.targets[turn] = self.targets.of(source.node, first[0][turn]);
        }
    }

    /// Puts a source into the slot of the cycle of its next packet.
    #[inline]
    fn enter(&mut self, index: usize, next: u64) {
        let (slot, source) = (slot(next), &mut self.sources[index]);
        let head = u32::try_from(index).unwrap_or(END);
        source.next = next;
        source.chain = std::mem::replace(&mut self.first[slot], head);
        self.taken[slot / 64] |= 1 << (slot % 64);
    }
}

/// The word of a digit that is not in the first block.
#[cold]
#[inline(never)]
fn further(site: Site, digit: u32) -> u32 {
    site.block(digit / 4 + 1)[place(digit % 4)]
}

/// Flits of the longest packet that is generated.
const LONGEST: u32 = 65_535;

/// LL1534 for a packet of no flits, or of more than are generated.
pub(crate) fn check_flits(flits: u32) -> Result<(), Diagnostic> {
    if (1..=LONGEST).contains(&flits) {
        return Ok(());
    }
    let message = format!("a packet has {flits} flits; 1 to {LONGEST} are allowed");
    Err(Diagnostic::new("LL1534", message).help("an event has 1 flit, a control packet a few"))
}

#[inline]
fn slot(cycle: u64) -> usize {
    let [low, ..] = cycle.to_le_bytes();
    usize::from(low)
}

#[inline]
fn place(small: u32) -> usize {
    usize::try_from(small).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topology::Extent;
    use proptest::prelude::*;

    const MESH: Mesh = Mesh::new(Extent::new(4, 4), Extent::new(1, 1));

    fn load(rate: &str, flits: u32, seed: u64) -> Load {
        let rate = rate.parse().expect("a rate");
        Load { pattern: Pattern::Uniform, rate, flits, seed, run: 0 }
    }

    /// (cycle, source, destination) of all packets, asking about every cycle.
    fn all(mut traffic: Traffic, cycles: u64) -> Vec<(u64, Node, Node)> {
        let mut packets = Vec::new();
        for cycle in 0..cycles {
            traffic.due(cycle, |source, target| packets.push((cycle, source, target)));
        }
        packets.sort_unstable();
        packets
    }

    fn traffic(load: &Load) -> Traffic {
        Traffic::new(load, MESH).expect("a load")
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        /// Empty cycles may be skipped, by `next_cycle`, at every rate.
        #[test]
        fn skipping_loses_no_packet(parts in 1_u64..200_000_000, seed in any::<u64>()) {
            let load = Load { rate: Rate::from_billionths(parts), ..load("0", 1, seed) };
            let every = all(traffic(&load), 2000);
            let (mut skipping, mut packets) = (traffic(&load), Vec::new());
            while let Some(cycle) = skipping.next_cycle().filter(|&cycle| cycle < 2000) {
                skipping.due(cycle, |source, target| packets.push((cycle, source, target)));
            }
            packets.sort_unstable();
            prop_assert_eq!(packets, every);
        }

        /// A node sends the same whoever generates it.
        #[test]
        fn nodes_may_be_shared_out(cut in 0_u16..=16, seed in any::<u64>()) {
            let load = load("0.3", 2, seed);
            let part = |nodes: std::ops::Range<u16>| all(Traffic::of(&load, MESH, nodes.map(Node)).expect("a load"), 300);
            let mut both = [part(0..cut), part(cut..16)].concat();
            both.sort_unstable();
            prop_assert_eq!(both, all(traffic(&load), 300));
        }
    }

    /// Packets that are drawn at once are those that each number stands for, however long the gaps.
    #[test]
    fn a_packet_is_a_function_of_its_number() {
        for rate in ["0.3", "0.001", "0.000000001"] {
            let traffic = traffic(&load(rate, 1, 5));
            let gaps = traffic.gaps.as_ref().expect("not zero");
            for source in &traffic.sources {
                let (kind, core) = (Kind::Traffic, source.node.0);
                for (turn, step) in (0..AHEAD).zip(0..) {
                    let site = Site { seed: 5, kind, step, stream: 0, core };
                    let word = |digit: u32| match digit {
                        0..=2 => site.block(0)[place(digit + 1)],
                        later => site.block(later / 4 + 1)[place(later % 4)],
                    };
                    let target = traffic.targets.of(source.node, site.block(0)[0]);
                    assert_eq!((source.gaps[turn], source.targets[turn]), (gaps.gap(word), target));
                }
            }
        }
    }

    /// The number of packets is binomial: within five sigma of cycles · nodes · rate / flits.
    #[test]
    fn the_offered_rate_is_the_rate() {
        for (rate, flits, p) in
            [("0.02", 1, 0.02), ("0.4", 4, 0.1), ("0.0005", 1, 0.0005), ("1", 1, 1.0)]
        {
            let count = all(traffic(&load(rate, flits, 3)), 20_000).len();
            let (n, count) = (320_000.0_f64, f64::from(u32::try_from(count).expect("small")));
            assert!((count - n * p).abs() <= 5.0 * (n * p * (1.0 - p)).sqrt(), "{rate}: {count}");
        }
    }

    /// At most one packet per node and cycle, and the cycles of two seeds differ.
    #[test]
    fn a_run_is_a_function_of_its_seed() {
        let packets = |seed| all(traffic(&load("0.9", 1, seed)), 100);
        assert_eq!(packets(1), packets(1));
        assert_ne!(packets(1), packets(2));
        let other = Load { run: 1, ..load("0.9", 1, 1) };
        assert_ne!(all(traffic(&other), 100), packets(1));
        let sources: Vec<_> =
            packets(1).iter().map(|&(cycle, source, _)| (cycle, source)).collect();
        assert!(sources.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn nothing_is_sent_at_rate_zero_and_packets_have_flits() {
        let silent = traffic(&load("0", 1, 1));
        assert_eq!(silent.next_cycle(), None);
        assert!(all(silent, 300).is_empty());
        let refused = Traffic::new(&load("0.1", 0, 1), MESH).expect_err("no flits");
        assert_eq!(refused.0[0].code, "LL1534");
    }
}
