//! Blocks of streams; any block can be had without those before it.

use leadlag_fixed::random::{Kind, draw};

use super::lif::{PUBLISHED, dense_weights, input_spikes};
use super::mackey_glass::{POINTS_PER_LYAPUNOV_TIME, mackey_glass};
use super::pcg64::Pcg64;
use super::waves::{step_wave, three_sines};
use crate::block::{Block, Targets};
use crate::dataset::{float, whole};
use crate::network::{Network, Population};
use crate::schedule::Length;
use crate::spec::{TaskSpec, Xor};

/// Stream of the draws that set phases.
const PHASE: u16 = 2;

/// Stream of the draws that are bits.
const BIT: u16 = 3;

/// Period of the chain's square wave in time units.
const PERIOD: f64 = 4.0;

/// Most points of a chaotic series; later steps begin again at its start.
pub(super) const MOST_POINTS: usize = 1 << 18;

/// A stream without end.
#[derive(Clone, PartialEq, Debug)]
pub struct Stream {
    signal: Signal,
}

#[derive(Clone, PartialEq, Debug)]
enum Signal {
    /// Values of one period, and the seed of the lanes' phases.
    Wave { period: Vec<f64>, seed: u64 },
    /// Step in time units, and the seed of the lanes' starting times.
    Sines { dt: f64, seed: u64 },
    /// A series, and how far ahead its target lies; a lane starts a Lyapunov time after another.
    Series { values: Vec<f64>, ahead: usize },
    /// Lines that spike, and the generator before the first step.
    Spikes { lines: usize, generator: Pcg64 },
    /// Bits of -1 and 1; a lane starts at a bit of its own.
    Bits(Xor),
}

impl Stream {
    /// The stream a specification names, at the network's `dt`.
    #[must_use]
    pub fn for_network(spec: &TaskSpec, network: &Network) -> Self {
        let steps = match network.schedule().length {
            Length::Steps { steps, .. } => usize::try_from(steps).unwrap_or(MOST_POINTS),
            Length::Epochs { .. } => whole(1e4),
        };
        if let TaskSpec::LifDense { seed } = spec {
            let neurons = network.populations().iter().find(|p| !p.is_input());
            return Self::spikes(*seed, network.lines(), neurons.map_or(0, Population::size));
        }
        Self::new(spec, network.dt().get() * 1e3, steps, network.schedule().replicas)
    }

    /// The input spikes of the dense workload with so many lines and neurons.
    #[must_use]
    pub fn spikes(seed: u64, lines: usize, neurons: usize) -> Self {
        let (_, generator) = dense_weights(seed, lines, neurons);
        Self { signal: Signal::Spikes { lines, generator } }
    }

    /// The stream a specification names, `dt` time units per step, for `lanes` lanes of `steps`.
    #[must_use]
    pub fn new(spec: &TaskSpec, dt: f64, steps: usize, lanes: usize) -> Self {
        let signal = match spec {
            TaskSpec::Chain { seed } => Signal::Wave { period: step_wave(PERIOD, dt), seed: *seed },
            TaskSpec::LagNet { seed } => Signal::Sines { dt, seed: *seed },
            TaskSpec::MackeyGlass { ahead } => {
                let ahead = usize::try_from(*ahead).unwrap_or(usize::MAX);
                Signal::Series { values: mackey_glass(points(steps, lanes, ahead)), ahead }
            }
            TaskSpec::Xor(spec) => Signal::Bits(*spec),
            TaskSpec::Mnist1d(_) => Signal::Series { values: vec![0.0], ahead: 0 },
            TaskSpec::LifDense { seed } => {
                return Self::spikes(*seed, PUBLISHED.0, PUBLISHED.1);
            }
        };
        Self { signal }
    }

    /// Inputs of the steps `first ..` on one line. Targets are there where the task has its own;
    /// where a teacher answers, it fills them in.
    #[must_use]
    pub fn stream_block(&self, first: u64, steps: usize, lanes: usize) -> Block {
        if let Signal::Spikes { lines, generator } = &self.signal {
            return spike_block(generator, *lines, first, [steps, lanes]);
        }
        let places = || (first..).take(steps).flat_map(|t| (0..lanes).map(move |lane| (t, lane)));
        let offsets: Vec<u64> = (0..lanes).map(|lane| self.offset(lane)).collect();
        let offset = |lane: usize| offsets.get(lane).copied().unwrap_or(0);
        let inputs = places().map(|(t, lane)| self.signal.at(t + offset(lane))).collect();
        let targets = match &self.signal {
            Signal::Wave { .. } | Signal::Sines { .. } | Signal::Spikes { .. } => Targets::None,
            Signal::Series { ahead, .. } => {
                let ahead = wide(*ahead);
                one_line(places().map(|(t, lane)| self.signal.at(t + ahead + offset(lane))))
            }
            Signal::Bits(spec) => one_line(places().map(|(t, lane)| spec.answer(t + offset(lane)))),
        };
        Block { steps, lanes, width: 1, inputs, targets, used: lanes }
    }

    /// Steps by which a lane runs ahead.
    fn offset(&self, lane: usize) -> u64 {
        let place = u32::try_from(lane).unwrap_or(u32::MAX);
        let drawn = |seed| u64::from(draw(seed, Kind::Input, 0, PHASE, 0, place));
        match &self.signal {
            Signal::Wave { period, seed } => (drawn(*seed) * wide(period.len())) >> 32,
            // The first lane starts at time 0, so that a single stream is the published one.
            Signal::Sines { .. } | Signal::Bits(_) if lane == 0 => 0,
            Signal::Sines { seed, .. } => drawn(*seed) >> 12,
            Signal::Series { .. } => wide(lane * POINTS_PER_LYAPUNOV_TIME),
            Signal::Spikes { .. } => 0,
            Signal::Bits(spec) => u64::from(spec.hold) * (drawn(spec.seed) >> 12),
        }
    }
}

impl Signal {
    fn at(&self, step: u64) -> f64 {
        match self {
            Self::Wave { period: values, .. } | Self::Series { values, .. } => {
                let index = usize::try_from(step % wide(values.len())).unwrap_or(0);
                values.get(index).copied().unwrap_or(0.0)
            }
            Self::Sines { dt, .. } => {
                three_sines(float(usize::try_from(step).unwrap_or(usize::MAX)) * dt)
            }
            Self::Spikes { .. } => 0.0,
            Self::Bits(spec) => spec.bit(step / u64::from(spec.hold)),
        }
    }
}

/// Spikes on all lines, 1 or 0. A lane begins `2^64` draws after the one before; the first is the
/// workload's.
fn spike_block(generator: &Pcg64, width: usize, first: u64, [steps, lanes]: [usize; 2]) -> Block {
    let mut inputs = vec![0.0; steps * lanes * width];
    for lane in 0..lanes {
        let mut generator = generator.clone();
        let before = u128::from(first) * u128::from(wide(width));
        generator.advance((u128::from(wide(lane)) << 64) + before);
        for row in inputs.chunks_exact_mut(width.max(1)).skip(lane).step_by(lanes) {
            for (value, spike) in row.iter_mut().zip(input_spikes(&mut generator, width)) {
                *value = if spike { 1.0 } else { 0.0 };
            }
        }
    }
    Block { steps, lanes, width, inputs, targets: Targets::None, used: lanes }
}

impl Xor {
    /// A bit as -1 or 1.
    fn bit(&self, number: u64) -> f64 {
        let drawn = draw(self.seed, Kind::Input, number, BIT, 0, 0);
        if drawn & 1 == 0 { -1.0 } else { 1.0 }
    }

    /// 1 where the bit of a step differs from the earlier one, -1 where not; before the first bit
    /// stands the first one.
    fn answer(&self, step: u64) -> f64 {
        let number = step / u64::from(self.hold);
        -self.bit(number) * self.bit(number.saturating_sub(u64::from(self.delay)))
    }
}

fn one_line(values: impl Iterator<Item = f64>) -> Targets {
    Targets::Values { width: 1, values: values.collect(), present: None }
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn points(steps: usize, lanes: usize, ahead: usize) -> usize {
    let lanes = lanes.saturating_mul(POINTS_PER_LYAPUNOV_TIME);
    steps.saturating_add(lanes).saturating_add(ahead).clamp(2, MOST_POINTS)
}
