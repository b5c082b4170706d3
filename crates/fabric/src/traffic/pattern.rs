//! Where synthetic packets go, and how much of that a mesh can carry.

#![expect(clippy::indexing_slicing, reason = "tables have one element per node; nodes are checked")]

use std::fmt;
use std::str::FromStr;

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use super::Plane;
use crate::topology::{Mesh, Node, PORTS};

/// A rule for destinations. Node id = x + k·y, k the nodes of a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pattern {
    /// Any node with equal chance, the source included.
    Uniform,
    /// (x, y) → (y, x); square meshes.
    Transpose,
    /// Id → its complement; node counts that are powers of two, as for the next two.
    BitComplement,
    /// Id → its bits in reverse order.
    BitReverse,
    /// Id → its bits rotated left by one.
    Shuffle,
    /// x → x + ⌈k/2⌉ − 1 modulo k, the same for y.
    Tornado,
    /// x → x + 1 modulo k, the same for y.
    Neighbor,
    /// Any listed node, with a chance proportional to its weight.
    Hotspot(Vec<Weight>),
}

/// A node and how often it is chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Weight {
    /// The node.
    pub node: u32,
    /// Its share of all weights.
    pub weight: u32,
}

/// The patterns without parameters, by the names that network simulators give them.
const NAMES: [(&str, Pattern); 7] = [
    ("uniform", Pattern::Uniform),
    ("transpose", Pattern::Transpose),
    ("bitcomp", Pattern::BitComplement),
    ("bitrev", Pattern::BitReverse),
    ("shuffle", Pattern::Shuffle),
    ("tornado", Pattern::Tornado),
    ("neighbor", Pattern::Neighbor),
];

impl fmt::Display for Pattern {
    /// The form that [`FromStr`] reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Hotspot(weights) = self else {
            let name =
                NAMES.iter().find(|(_, pattern)| pattern == self).map_or("", |(name, _)| name);
            return write!(f, "{name}");
        };
        let list = |pick: fn(&Weight) -> u32| {
            weights.iter().map(|one| pick(one).to_string()).collect::<Vec<_>>().join(",")
        };
        write!(f, "hotspot({{{{{}}},{{{}}}}})", list(|one| one.node), list(|one| one.weight))
    }
}

impl FromStr for Pattern {
    type Err = Diagnostic;

    /// LL1531 if the text names no pattern; `hotspot({{ids},{weights}})` has two lists of one length,
    /// `hotspot({{ids}})` equal weights.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let compact: String = text.split_whitespace().collect();
        let plain =
            NAMES.into_iter().find(|(name, _)| *name == compact).map(|(_, pattern)| pattern);
        plain.or_else(|| hotspot(&compact)).ok_or_else(|| unknown(text))
    }
}

fn hotspot(text: &str) -> Option<Pattern> {
    let lists = text.strip_prefix("hotspot({{")?.strip_suffix("}})")?;
    let numbers =
        |list: &str| list.split(',').map(str::parse).collect::<Result<Vec<u32>, _>>().ok();
    let (nodes, weights) = if let Some((nodes, weights)) = lists.split_once("},{") {
        (numbers(nodes)?, numbers(weights)?)
    } else {
        let nodes = numbers(lists)?;
        let alike = vec![1; nodes.len()];
        (nodes, alike)
    };
    let pair = |(node, weight)| Weight { node, weight };
    (nodes.len() == weights.len())
        .then(|| Pattern::Hotspot(nodes.into_iter().zip(weights).map(pair).collect()))
}

fn unknown(text: &str) -> Diagnostic {
    let names = NAMES.map(|(name, _)| name).join(", ");
    Diagnostic::new("LL1531", format!("`{text}` is no traffic pattern"))
        .help(format!("the patterns are {names}"))
        .help("hot spots are two lists in double braces, one weight per node: `hotspot({{27,36},{6,6}})`")
}

/// A pattern on a mesh: the destination of every packet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Targets {
    mesh: Mesh,
    nodes: u32,
    choice: Choice,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Choice {
    /// Any node.
    Any,
    /// One node for each source.
    One(Vec<Node>),
    /// `running[node]` = sum of the weights up to and with the node.
    Weighted(Vec<u32>),
}

/// The largest throughput that links, injection and ejection admit under XY routing, as a ratio:
/// `flits`/`cycles` flits per node and cycle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bound {
    /// Numerator.
    pub flits: u64,
    /// Denominator: flows over the most loaded channel, in units of the numerator.
    pub cycles: u64,
}

impl Targets {
    /// Lays a pattern on a mesh.
    ///
    /// # Errors
    /// LL1532 if the pattern is not defined on this mesh; LL1533 for hot spots outside it, or
    /// without weight.
    pub fn new(pattern: &Pattern, mesh: Mesh) -> Result<Self, Diagnostics> {
        let plane = Plane::of(mesh);
        let map = |of: &dyn Fn(u32) -> u32| {
            let node = |node| Node::at(index(of(node)));
            Choice::One((0..plane.nodes()).map(node).collect())
        };
        let (k, rows) = (plane.columns, plane.rows);
        let bits = plane.nodes().trailing_zeros();
        let at = |x: u32, y: u32| x % k + k * (y % rows);
        let (x, y) = (|node| node % k, |node| node / k);
        check(pattern, plane)?;
        let choice = match pattern {
            Pattern::Uniform => Choice::Any,
            Pattern::Transpose => map(&|node| at(y(node), x(node))),
            Pattern::BitComplement => map(&|node| plane.nodes() - 1 - node),
            Pattern::BitReverse => map(&|node| reversed(node, bits)),
            Pattern::Shuffle => map(&|node| rotated(node, bits)),
            Pattern::Tornado => {
                map(&|node| at(x(node) + k.div_ceil(2) - 1, y(node) + rows.div_ceil(2) - 1))
            }
            Pattern::Neighbor => map(&|node| at(x(node) + 1, y(node) + 1)),
            Pattern::Hotspot(weights) => Choice::Weighted(running(weights, plane)),
        };
        Ok(Self { mesh, nodes: plane.nodes(), choice })
    }

    /// The destination of a packet from `source`, for a uniform word.
    #[inline]
    #[must_use]
    pub fn of(&self, source: Node, word: u32) -> Node {
        match &self.choice {
            Choice::Any => Node::at(index(scaled(word, self.nodes))),
            Choice::One(map) => map[source.index()],
            Choice::Weighted(running) => {
                let drawn = scaled(word, running.last().copied().unwrap_or(0));
                Node::at(running.partition_point(|&sum| sum <= drawn))
            }
        }
    }

    /// The bound on throughput: every channel carries at most one flit per cycle.
    ///
    /// Source: Dally and Towles, *Principles and Practices of Interconnection Networks* (2004), 3.3.1:
    /// throughput is the inverse of the largest channel load. Injection and ejection are channels too.
    #[must_use]
    pub fn bound(&self) -> Bound {
        match &self.choice {
            Choice::Any => self.weighted_bound(&(1..=self.nodes).collect::<Vec<_>>()),
            Choice::Weighted(running) => self.weighted_bound(running),
            Choice::One(map) => Bound { flits: 1, cycles: self.traced(map) },
        }
    }

    /// Largest number of flows over one channel, path by path.
    fn traced(&self, map: &[Node]) -> u64 {
        let mut load = vec![[0_u64; PORTS]; map.len()];
        for (source, &target) in self.mesh.all().zip(map) {
            count_path(self.mesh, (source, target), 1, &mut load);
        }
        load.iter().flatten().copied().max().unwrap_or(1).max(1)
    }

    /// The same where destinations do not depend on the source: a link along x carries the sources
    /// of its row on one side to all columns on the other, a link along y all sources of the rows on
    /// one side to the nodes of its column on the other.
    fn weighted_bound(&self, running: &[u32]) -> Bound {
        let Plane { columns, rows } = Plane::of(self.mesh);
        let sum = |to: u32| if to == 0 { 0 } else { u64::from(running[index(to - 1)]) };
        let weight = |x: u32, y: u32| sum(x + columns * y + 1) - sum(x + columns * y);
        let total = sum(self.nodes);
        let (k, m) = (u64::from(columns), u64::from(rows));
        let mut worst = total;
        let mut side = 0;
        for x in 0..columns {
            let here = u64::from(x) + 1;
            side += (0..rows).map(|y| weight(x, y)).sum::<u64>();
            worst = worst.max(here * (total - side)).max((k - here) * side);
            let column = (0..rows).map(|y| weight(x, y)).sum::<u64>();
            let mut below = 0;
            for y in 0..rows {
                let there = u64::from(y) + 1;
                below += weight(x, y);
                worst = worst.max(k * there * (column - below)).max(k * (m - there) * below);
                worst = worst.max(k * m * weight(x, y));
            }
        }
        Bound { flits: total, cycles: worst }
    }
}

/// Adds a flow to every output on the way from one node to another, ejection included.
fn count_path(mesh: Mesh, (source, target): (Node, Node), flow: u64, load: &mut [[u64; PORTS]]) {
    let mut node = Some(source);
    while let Some(at) = node {
        let port = mesh.route(at, target);
        load[at.index()][port.index()] += flow;
        node = mesh.neighbour(at, port);
    }
}

/// Whether the pattern is defined on this mesh.
fn check(pattern: &Pattern, plane: Plane) -> Result<(), Diagnostics> {
    let Plane { columns, rows } = plane;
    let needs = match pattern {
        Pattern::Transpose if columns != rows => "a square mesh",
        Pattern::BitComplement | Pattern::BitReverse | Pattern::Shuffle
            if !plane.nodes().is_power_of_two() =>
        {
            "a number of nodes that is a power of two"
        }
        Pattern::Hotspot(weights) => return check_weights(weights, plane),
        Pattern::Uniform
        | Pattern::Transpose
        | Pattern::BitComplement
        | Pattern::BitReverse
        | Pattern::Shuffle
        | Pattern::Tornado
        | Pattern::Neighbor => return Ok(()),
    };
    let nodes = plane.nodes();
    let text = format!("`{pattern}` needs {needs}; the mesh is {columns} × {rows} ({nodes} nodes)");
    Err(Diagnostic::new("LL1532", text)
        .help("take such a mesh, for instance 8 × 8, or another pattern")
        .into())
}

fn check_weights(weights: &[Weight], plane: Plane) -> Result<(), Diagnostics> {
    let nodes = plane.nodes();
    let refuse = |text: String, help: &str| Diagnostic::new("LL1533", text).help(help);
    let outside = weights.iter().filter(|one| one.node >= nodes).map(|one| {
        let text =
            format!("hot spot {} is outside the mesh: nodes are 0 to {}", one.node, nodes - 1);
        refuse(text, "node id = x + k·y; change the list or the mesh")
    });
    let mut found: Vec<_> = outside.collect();
    let sum: u64 = weights.iter().map(|one| u64::from(one.weight)).sum();
    if sum == 0 || sum > u64::from(u32::MAX) {
        let text =
            format!("the weights of the hot spots sum to {sum}; 1 to {} are allowed", u32::MAX);
        found.push(refuse(text, "give at least one node a weight, and small integers suffice"));
    }
    Diagnostics::unless_any(found, ())
}

fn running(weights: &[Weight], plane: Plane) -> Vec<u32> {
    let mut sums = vec![0; index(plane.nodes())];
    for one in weights {
        sums[index(one.node)] += one.weight;
    }
    let mut sum = 0;
    for weight in &mut sums {
        sum += *weight;
        *weight = sum;
    }
    sums
}

/// `bits` low bits of a node id in reverse order.
fn reversed(node: u32, bits: u32) -> u32 {
    node.reverse_bits().checked_shr(32 - bits).unwrap_or(0)
}

/// `bits` low bits of a node id, rotated left by one.
fn rotated(node: u32, bits: u32) -> u32 {
    let top = node >> bits.saturating_sub(1) & 1;
    (node << 1 | top) & ((1 << bits) - 1)
}

/// `word`·`count`/2³²: an even choice of `count` to within 2⁻³² of a chance.
#[inline]
fn scaled(word: u32, count: u32) -> u32 {
    u32::try_from((u64::from(word) * u64::from(count)) >> 32).unwrap_or(0)
}

#[inline]
fn index(node: u32) -> usize {
    usize::try_from(node).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topology::Extent;
    use proptest::prelude::*;

    const EIGHT: Mesh = mesh(8, 8);

    const fn mesh(columns: u16, rows: u16) -> Mesh {
        Mesh::new(Extent::new(columns, rows), Extent::new(1, 1))
    }

    fn targets(pattern: &Pattern, mesh: Mesh) -> Targets {
        Targets::new(pattern, mesh).expect("defined here")
    }

    fn plain() -> impl Strategy<Value = Pattern> {
        prop::sample::select(NAMES.map(|(_, pattern)| pattern).to_vec())
    }

    #[test]
    fn destinations_are_those_of_the_table() {
        let of = |pattern, source| targets(&pattern, EIGHT).of(Node(source), 0).0;
        let (x, y) = (5, 2);
        let node = x + 8 * y;
        assert_eq!(of(Pattern::Transpose, node), y + 8 * x);
        assert_eq!(of(Pattern::BitComplement, node), 63 - node);
        assert_eq!(of(Pattern::BitReverse, 0b000_110), 0b011_000);
        assert_eq!(of(Pattern::Shuffle, 0b100_110), 0b001_101);
        assert_eq!(of(Pattern::Tornado, node), (x + 3) % 8 + 8 * (y + 3));
        assert_eq!(of(Pattern::Neighbor, 7), 8);
        assert_eq!(targets(&Pattern::Tornado, mesh(5, 3)).of(Node(0), 0), Node(2 + 5));
    }

    /// The bounds of an 8 × 8 mesh under XY routing, and the hot spots' ejection channel.
    #[test]
    fn bounds_are_the_inverse_of_the_largest_channel_load() {
        let bound = |pattern: &str| {
            let Bound { flits, cycles } =
                targets(&pattern.parse().expect("a pattern"), EIGHT).bound();
            f64::from(u32::try_from(flits).expect("small"))
                / f64::from(u32::try_from(cycles).expect("small"))
        };
        let close = |pattern: &str, value: f64| {
            assert!((bound(pattern) - value).abs() < 1e-12, "{pattern} {}", bound(pattern));
        };
        close("uniform", 0.5);
        close("bitcomp", 0.25);
        close("transpose", 1.0 / 7.0);
        close("bitrev", 1.0 / 7.0);
        close("shuffle", 0.25);
        close("tornado", 1.0 / 3.0);
        close("neighbor", 1.0);
        close("hotspot({{0,63},{1,1}})", 2.0 / 64.0);
    }

    proptest! {
        /// The closed form is the sum over all pairs of their paths.
        #[test]
        fn the_bound_of_weights_is_that_of_their_paths(columns in 1_u16..6, rows in 1_u16..6, seed in prop::collection::vec(0_u32..5, 25)) {
            let mesh = mesh(columns, rows);
            let weights: Vec<_> = mesh.all().zip(&seed).map(|(node, &weight)| Weight { node: u32::from(node.0), weight }).collect();
            prop_assume!(weights.iter().any(|one| one.weight > 0));
            let total: u64 = weights.iter().map(|one| u64::from(one.weight)).sum();
            let mut load = vec![[0_u64; PORTS]; 25];
            for source in mesh.all() {
                for (target, one) in mesh.all().zip(&weights) {
                    count_path(mesh, (source, target), u64::from(one.weight), &mut load);
                }
            }
            let worst = load.iter().flatten().copied().max().unwrap_or(0).max(total);
            let bound = targets(&Pattern::Hotspot(weights), mesh).bound();
            prop_assert_eq!(bound, Bound { flits: total, cycles: worst });
        }

        /// Every permutation is one; every choice is a node of the mesh.
        #[test]
        fn every_destination_is_in_the_mesh(pattern in plain(), word in any::<u32>(), size in 0_u32..4) {
            let mesh = mesh(1 << size, 1 << size);
            let targets = targets(&pattern, mesh);
            let mut reached: Vec<_> = mesh.all().map(|source| targets.of(source, word)).collect();
            prop_assert!(reached.iter().all(|&node| mesh.contains(node)));
            reached.sort_unstable();
            reached.dedup();
            prop_assert!(pattern == Pattern::Uniform || reached.len() == mesh.nodes());
        }

        #[test]
        fn a_pattern_is_read_as_it_is_written(weights in prop::collection::vec((0_u32..64, 0_u32..9), 1..5), pattern in plain()) {
            let weights = weights.into_iter().map(|(node, weight)| Weight { node, weight }).collect();
            for pattern in [pattern, Pattern::Hotspot(weights)] {
                prop_assert_eq!(pattern.to_string().parse::<Pattern>(), Ok(pattern));
            }
        }
    }

    /// Every word leads to a node, and each node gets its share of them.
    #[test]
    fn hot_spots_get_their_share() {
        let alike = ["hotspot({{3, 1}})", "hotspot({{3,1},{1,1}})"].map(str::parse::<Pattern>);
        assert!(alike[0].is_ok() && alike[0] == alike[1]);
        let pattern = "hotspot({{3,1,3},{2,1,1}})".parse().expect("a pattern");
        let targets = targets(&pattern, mesh(2, 2));
        let at = |quarter: u32| targets.of(Node(0), quarter << 30).0;
        assert_eq!([at(0), at(1), at(2), at(3)], [1, 3, 3, 3]);
        assert_eq!(targets.of(Node(0), u32::MAX), Node(3));
    }

    #[test]
    fn refusals_name_the_pattern_and_the_mesh() {
        let refused = |pattern: &str, columns, rows| {
            let pattern = pattern.parse().expect("a pattern");
            let found = Targets::new(&pattern, mesh(columns, rows)).expect_err("not defined");
            format!("{}", found.0[0])
        };
        assert!(
            refused("transpose", 4, 8)
                .starts_with("[LL1532]: `transpose` needs a square mesh; the mesh is 4 × 8")
        );
        assert!(refused("shuffle", 3, 3).contains("power of two; the mesh is 3 × 3 (9 nodes)"));
        assert!(refused("hotspot({{9},{1}})", 3, 3).starts_with("[LL1533]: hot spot 9 is outside"));
        assert!(refused("hotspot({{1},{0}})", 3, 3).contains("sum to 0"));
        for wrong in [
            "",
            "uniformly",
            "hotspot({0,1})",
            "hotspot({{0,1},{1}})",
            "hotspot({{},{}})",
            "hotspot({{}})",
        ] {
            assert_eq!(wrong.parse::<Pattern>().expect_err(wrong).code, "LL1531");
        }
    }
}
