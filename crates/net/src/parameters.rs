//! The numbers that learning changes, and where they start.

use leadlag_fixed::random::{Kind, draw};
use leadlag_units::Seconds;

use crate::network::{Bias, Init, Members, Network, Neurons, Population, TauM, Teaching};
use crate::tasks::Pcg64;

/// Weights, biases and membrane time constants of a network.
#[derive(Clone, PartialEq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Parameters {
    /// `weights[projection][post * n_pre + pre]`.
    pub weights: Vec<Vec<f64>>,
    /// `biases[population][neuron]`; empty where there are none.
    pub biases: Vec<Vec<f64>>,
    /// `tau_m[population][neuron]` in seconds; empty for lines.
    pub tau_m: Vec<Vec<f64>>,
}

/// Streams of the initial draws.
const WEIGHTS: u16 = 0;
const BIASES: u16 = 1;
const TAU_M: u16 = 2;

/// Draws of one projection's or population's parameters. Each is a function of (seed, what, index,
/// row, column): a parameter keeps its start when others are added.
struct Draws {
    seed: u64,
    stream: u16,
    index: u16,
}

impl Draws {
    fn new(seed: u64, stream: u16, index: usize) -> Self {
        Self { seed, stream, index: u16::try_from(index).expect("MAX_SIZE bounds their number") }
    }

    /// Uniform on the open interval.
    fn between(&self, low: f64, high: f64, row: usize, column: usize) -> f64 {
        let half = |index| u16::try_from(index).expect("MAX_SIZE bounds rows and columns");
        let place = (u32::from(half(row)) << 16) | u32::from(half(column));
        let bits = draw(self.seed, Kind::WeightInit, 0, self.stream, self.index, place);
        let unit = (f64::from(bits) + 0.5) / 4_294_967_296.0;
        low + (high - low) * unit
    }
}

impl Network {
    /// The parameters at the start: a function of the network and the seed.
    ///
    /// Drawn time constants below the least that learning allows start there.
    #[must_use]
    pub fn initialise(&self, seed: u64) -> Parameters {
        let projections = 0..self.projections.len();
        let populations = || self.populations.iter().enumerate();
        Parameters {
            weights: projections.map(|p| self.weights(seed, p)).collect(),
            biases: populations().map(|(i, p)| self.biases(seed, i, p)).collect(),
            tau_m: populations().map(|(i, p)| self.tau_m(seed, i, p)).collect(),
        }
    }

    /// The same network with these weights and biases stated as its start.
    ///
    /// # Panics
    /// If the parameters are not those of this network.
    #[must_use]
    pub fn beginning_with(mut self, parameters: &Parameters) -> Self {
        assert!(self.fits(parameters), "parameters of another network");
        for (projection, weights) in self.projections.iter_mut().zip(&parameters.weights) {
            projection.init = Init::Weights(weights.clone());
        }
        for (population, biases) in self.populations.iter_mut().zip(&parameters.biases) {
            if let (Members::Neurons(neurons), false) = (&mut population.members, biases.is_empty())
            {
                neurons.bias = Bias::Values(biases.clone());
            }
        }
        self
    }

    /// Whether parameters have the shape of this network.
    #[must_use]
    pub fn fits(&self, parameters: &Parameters) -> bool {
        let weights = |p| self.pre_size(p) * self.post_size(p);
        let sizes = |lists: &[Vec<f64>]| lists.iter().map(Vec::len).collect::<Vec<_>>();
        let own = self.sizes_per_population();
        sizes(&parameters.weights) == self.projections.iter().map(weights).collect::<Vec<_>>()
            && sizes(&parameters.biases) == own.0
            && sizes(&parameters.tau_m) == own.1
    }

    /// Biases and time constants per population.
    fn sizes_per_population(&self) -> (Vec<usize>, Vec<usize>) {
        let biased = |n: &Neurons| if n.bias == Bias::None { 0 } else { n.size() };
        let of = |count: &dyn Fn(&Neurons) -> usize| {
            self.populations.iter().map(|p| p.neurons().map_or(0, count)).collect()
        };
        (of(&biased), of(&Neurons::size))
    }

    /// One over the root of all that arrives at a neuron of the population.
    fn spread(&self, population: usize) -> f64 {
        let arriving = u32::try_from(self.fan_in(population)).unwrap_or(u32::MAX);
        1.0 / f64::from(arriving.max(1)).sqrt()
    }

    fn weights(&self, seed: u64, index: usize) -> Vec<f64> {
        let Some(projection) = self.projections.get(index) else { return Vec::new() };
        let (rows, columns) = (self.post_size(projection), self.pre_size(projection));
        let drawn = |low, high| {
            let draws = Draws::new(seed, WEIGHTS, index);
            let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
            places.map(|(row, column)| draws.between(low, high, row, column)).collect()
        };
        match &projection.init {
            Init::Uniform => {
                let spread = self.spread(projection.to);
                drawn(-spread, spread)
            }
            Init::Range(low, high) => drawn(*low, *high),
            Init::Constant(value) => vec![*value; rows * columns],
            Init::Weights(weights) => weights.clone(),
            Init::Integers { low, high, seed } => {
                let mut generator = Pcg64::new(*seed);
                let count = rows * columns;
                (0..count).map(|_| f64::from(generator.integer(*low, *high))).collect()
            }
            Init::File { .. } => unreachable!("parsing replaces files by what they hold"),
        }
    }

    fn biases(&self, seed: u64, index: usize, population: &Population) -> Vec<f64> {
        let Some(neurons) = population.neurons() else { return Vec::new() };
        match &neurons.bias {
            Bias::None => Vec::new(),
            Bias::Values(values) => values.clone(),
            Bias::Uniform => {
                let draws = Draws::new(seed, BIASES, index);
                let spread = self.spread(index);
                (0..neurons.size()).map(|row| draws.between(-spread, spread, row, 0)).collect()
            }
        }
    }

    fn tau_m(&self, seed: u64, index: usize, population: &Population) -> Vec<f64> {
        let least = self.learning.as_ref().and_then(|l| l.tau_min).map_or(0.0, Seconds::get);
        let draws = Draws::new(seed, TAU_M, index);
        let start = |(row, tau)| match tau {
            TauM::Is(tau) => Seconds::get(tau),
            TauM::Between(low, high) => draws.between(low.get(), high.get(), row, 0).max(least),
        };
        let taus = population.neurons().map(Neurons::tau_m).unwrap_or_default();
        taus.into_iter().enumerate().map(start).collect()
    }
}

impl From<&Teaching> for Parameters {
    fn from(teacher: &Teaching) -> Self {
        let seconds = |taus: &Vec<Seconds>| taus.iter().map(|tau| tau.get()).collect();
        Self {
            weights: teacher.weights.clone(),
            biases: teacher.biases.clone(),
            tau_m: teacher.tau_m.iter().map(seconds).collect(),
        }
    }
}
