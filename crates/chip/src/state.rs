//! The registers of the chips. Cloning them is a snapshot; comparing them is a test.

use std::borrow::Borrow;
use std::sync::OnceLock;

use leadlag_circuits::{convert, pair_weights, width};
use leadlag_fixed::index;
use leadlag_image::{Compartment, Core, Image, Ratio, Rounding, Rule};
use serde::{Deserialize, Serialize};

use crate::counters::Counters;
use crate::cycle::ClockState;
use crate::firmware::UnitState;
use crate::plan::{CorePlan, Plan};
use crate::synapses::{Derived, Kept};
use crate::trim::TrimState;

/// Everything that changes while the chips run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct State {
    /// Circuit steps done.
    pub step: u64,
    /// Apical scales in force, by core.
    pub error_scales: Vec<i32>,
    /// Whether the somatic arrays learnt in the last step, so that the apical ones form the same
    /// products in the next one, be it taught or not.
    pub owed: bool,
    /// Steps done by what learnt: `[somatic arrays][apical ones]`.
    pub phases: [[u64; 2]; 2],
    /// Share of the image's learning rate and decay in force, where the host has changed it: mantissa
    /// and exponent.
    pub rate: Option<(i32, i32)>,
    /// Synapses: soma and apical array of each core in turn.
    pub arrays: Vec<ArrayState>,
    /// Trim codes of the columns, by core.
    pub trims: Vec<TrimState>,
    /// Registers, for ranges of replicas.
    pub shards: Vec<ShardState>,
    /// In a snapshot, the plasticity units whose programs the registers do not tell: the user's, and
    /// in the cycle engine all of them.
    pub units: Vec<UnitState>,
    /// In a snapshot of the cycle engine, its clock and what is on its way.
    pub clock: Option<ClockState>,
}

/// The synapses of an array, shared by all replicas. Shapes: `[row][column]`, columns padded.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ArrayState {
    /// Weight words.
    pub weight: Vec<i16>,
    /// Mean products; empty if the rule has none.
    pub mean: Vec<i16>,
    /// Root mean squares; empty if the rule has none.
    pub magnitude: Vec<i16>,
    /// Fine units above the weights' last bits; empty if steps are not carried.
    pub fraction: Vec<i16>,
    /// Products gathered since the last update; empty if every step is one.
    pub sum: Vec<i32>,
    /// Bits that the word `g` drops of a sum, by plastic group of rows; empty as the sums are.
    pub cuts: Vec<u8>,
    /// Converter codes.
    pub(crate) codes: Vec<i16>,
    /// Weights that updates have left at an end of their word, so far.
    pub(crate) held: u64,
    /// Counts the changes of the codes since the arrays were made.
    #[serde(skip)]
    pub(crate) version: Derived<u64>,
    /// The codes in pairs of rows, once someone has asked for them.
    #[serde(skip)]
    paired: Derived<OnceLock<Vec<i32>>>,
}

impl ArrayState {
    /// Converts the weights anew.
    pub(crate) fn convert(&mut self, weight_bits: u32, dac_bits: u32) {
        convert(&self.weight, weight_bits, dac_bits, &mut self.codes);
        self.version.0 += 1;
        self.paired = Derived::default();
    }

    /// The codes in pairs of rows, of columns padded to `width`.
    pub(crate) fn paired(&self, width: usize) -> &[i32] {
        self.paired.0.get_or_init(|| {
            let mut pairs = Vec::new();
            pair_weights(&self.codes, width, &mut pairs);
            pairs
        })
    }
}

/// Registers of some replicas.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShardState {
    /// First replica.
    pub first: usize,
    /// Number of replicas.
    pub replicas: usize,
    /// By core.
    pub cores: Vec<CoreState>,
}

/// Registers of a core, for some replicas.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct CoreState {
    /// Membrane and rate.
    pub soma: SideState,
    /// Error state and error.
    pub apical: SideState,
    /// phi(y), in units of its table: `[replica][column]`.
    pub rate: Vec<i32>,
    /// phi'(y), in units of its table.
    pub slope: Vec<i32>,
    /// Injection registers, in bits of the state.
    pub injection: Vec<i32>,
    /// Steps that spiking neurons still rest; empty without a refractory time.
    pub pause: Vec<i32>,
    /// The core's own rate codes of the last step and of the one before.
    pub past: [Vec<i16>; 2],
    /// The membranes' converter codes of this step and of the one before; empty where time constants do
    /// not learn.
    pub membrane: [Vec<i16>; 2],
    /// Counts.
    pub counters: Counters,
}

/// Registers of one circuit of a core, for some replicas.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SideState {
    /// Row registers, shifted by their row's scale: `[replica][row]`.
    pub rows: Vec<i16>,
    /// Lagged states: `[replica][column]`.
    pub lagged: Vec<i32>,
    /// Prospective outputs.
    pub prospective: Vec<i32>,
    /// Codes last sent.
    pub sent: Vec<i16>,
    /// Column converter results, where the plasticity unit reads them.
    pub converted: Vec<i16>,
    /// Sums of the synapses.
    #[serde(skip)]
    pub(crate) kept: Derived<Kept>,
}

impl State {
    pub(crate) fn learning_rate(&self) -> Option<Ratio> {
        self.rate.map(|(mantissa, exponent)| Ratio { mantissa, exponent })
    }

    /// The state at reset: weights from the image, everything else zero.
    pub(crate) fn reset(
        image: &Image,
        plan: &Plan,
        replicas: usize,
        error_scales: Vec<i32>,
    ) -> Self {
        let arrays =
            image.cores.iter().zip(&plan.cores).flat_map(|(core, plan)| {
                Compartment::ALL.map(|side| array(image, core, plan, side))
            });
        let shards = shard_ranges(replicas).map(|(first, replicas)| ShardState {
            first,
            replicas,
            cores: plan.cores.iter().map(|core| CoreState::reset(core, plan, replicas)).collect(),
        });
        Self {
            step: 0,
            error_scales,
            owed: false,
            phases: [[0; 2]; 2],
            rate: None,
            arrays: arrays.collect(),
            trims: image
                .cores
                .iter()
                .zip(&plan.cores)
                .map(|(core, plan)| TrimState::reset(core, plan))
                .collect(),
            shards: shards.collect(),
            units: Vec::new(),
            clock: None,
        }
    }
}

/// Replicas are kept in pieces that fit the innermost cache. The pieces depend on the number of
/// replicas alone, never on the number of threads; their number is even, so that two threads get
/// equal parts.
fn shard_ranges(replicas: usize) -> impl Iterator<Item = (usize, usize)> {
    let pieces = (2 * replicas.div_ceil(32)).min(replicas);
    (0..pieces).map(move |piece| {
        let (from, to) = (piece * replicas / pieces, (piece + 1) * replicas / pieces);
        (from, to - from)
    })
}

/// The shard that holds a replica, and its place in there.
pub(crate) fn shard_of<S: Borrow<ShardState>>(
    shards: &[S],
    replica: usize,
) -> Option<(usize, usize)> {
    let at = shards.partition_point(|shard| shard.borrow().first <= replica).checked_sub(1)?;
    let shard: &ShardState = shards[at].borrow();
    let within = replica - shard.first;
    (within < shard.replicas).then_some((at, within))
}

fn array(image: &Image, core: &Core, plan: &CorePlan, compartment: Compartment) -> ArrayState {
    let side = core.side(compartment);
    let columns = index(core.neurons);
    let width = width(columns);
    let padded = |row: &[i16]| {
        let mut row = row.to_vec();
        row.resize(width, 0);
        row
    };
    let weight: Vec<i16> = side.array.words.chunks_exact(columns).flat_map(padded).collect();
    let words = match image.learning.as_ref().map(|l| l.rule) {
        None | Some(Rule::Sgd) => 0,
        Some(Rule::Momentum { .. }) => 1,
        Some(Rule::Normalised { .. } | Rule::Gathered { .. }) => 2,
    };
    let carries = image.learning.as_ref().is_some_and(|l| l.rounding == Rounding::Carried);
    let gathers = plan.side(compartment).groups.iter().filter_map(|group| group.gathers);
    let cuts: Vec<u8> = gathers.map(|gathers| gathers.cut).collect();
    let state = |has: bool| if has { vec![0; weight.len()] } else { Vec::new() };
    let mut codes = vec![0; weight.len()];
    convert(&weight, image.chip.weight_bits, image.chip.dac_bits, &mut codes);
    ArrayState {
        mean: state(words > 0),
        magnitude: state(words > 1),
        fraction: state(carries),
        sum: if cuts.is_empty() { Vec::new() } else { vec![0; weight.len()] },
        cuts,
        weight,
        codes,
        held: 0,
        version: Derived::default(),
        paired: Derived::default(),
    }
}

impl CoreState {
    fn reset(core: &CorePlan, plan: &Plan, replicas: usize) -> Self {
        let columns = core.width * replicas;
        let converts = plan.converts();
        let side = |compartment| SideState {
            rows: vec![0; core.side(compartment).shape.rows * replicas],
            lagged: vec![0; columns],
            prospective: vec![0; columns],
            sent: vec![0; columns],
            converted: if converts { vec![0; columns] } else { Vec::new() },
            kept: Derived::default(),
        };
        let pauses = core.spike.as_ref().is_some_and(|s| s.bank.settings().refractory > 0);
        Self {
            soma: side(Compartment::Soma),
            apical: side(Compartment::Apical),
            rate: vec![0; columns],
            slope: vec![0; columns],
            injection: vec![0; columns],
            pause: if pauses { vec![0; columns] } else { Vec::new() },
            past: [vec![0; columns], vec![0; columns]],
            membrane: [0; 2].map(|code| vec![code; if core.tau.is_some() { columns } else { 0 }]),
            counters: Counters::default(),
        }
    }

    pub(crate) fn side_mut(&mut self, compartment: Compartment) -> &mut SideState {
        match compartment {
            Compartment::Soma => &mut self.soma,
            Compartment::Apical => &mut self.apical,
        }
    }

    /// Registers of one of the two circuits.
    #[must_use]
    pub fn side(&self, compartment: Compartment) -> &SideState {
        match compartment {
            Compartment::Soma => &self.soma,
            Compartment::Apical => &self.apical,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_cover_the_replicas_in_order() {
        for replicas in 1..200 {
            let ranges: Vec<_> = shard_ranges(replicas).collect();
            let mut next = 0;
            for (first, length) in ranges {
                assert_eq!(first, next);
                assert!((1..=17).contains(&length));
                next += length;
            }
            assert_eq!(next, replicas);
        }
    }
}
