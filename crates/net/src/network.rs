//! The network as a value: valid by construction, constant afterwards.

use leadlag_units::Seconds;

use crate::learning::{Learning, Teach};
use crate::schedule::{Map, Schedule};
use crate::spec::TaskSpec;

/// Most neurons or lines of one population. A draw's place has 16 bits for each index.
pub const MAX_SIZE: usize = 65_535;

/// Most weights of one network: what a run can hold in memory with its gradients and moments.
pub const MAX_WEIGHTS: usize = 1 << 26;

/// A checked network.
///
/// One GLE time unit is written as 1 ms by convention; only the ratios to `dt` matter.
/// Populations and projections stand in the order of the file; indices into
/// [`Network::populations`] and [`Network::projections`] name them everywhere else.
#[derive(Clone, PartialEq, Debug)]
pub struct Network {
    pub(crate) name: String,
    pub(crate) dt: Seconds,
    pub(crate) gamma: f64,
    pub(crate) errors: Errors,
    pub(crate) populations: Vec<Population>,
    pub(crate) projections: Vec<Projection>,
    pub(crate) teach: Option<Teach>,
    pub(crate) learning: Option<Learning>,
    pub(crate) task: Option<TaskSpec>,
    pub(crate) schedule: Schedule,
    pub(crate) map: Map,
    pub(crate) teacher: Option<Teaching>,
}

/// How a neuron's error follows from the arriving one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Errors {
    /// Low-passed with `tau_r`, advanced with `tau_m`: GLE.
    #[default]
    Prospective,
    /// Passed on as it arrives; correct only where `tau_m = tau_r`.
    Instantaneous,
}

/// A named set of lines or neurons.
#[derive(Clone, PartialEq, Debug)]
pub struct Population {
    pub(crate) name: String,
    pub(crate) members: Members,
}

/// What a population consists of.
#[derive(Clone, PartialEq, Debug)]
pub enum Members {
    /// Lines that the task drives; their values arrive undelayed.
    Lines(usize),
    /// GLE neurons.
    Neurons(Neurons),
}

/// Neurons that share an activation function.
#[derive(Clone, PartialEq, Debug)]
pub struct Neurons {
    /// Time constants, in order of the neurons.
    pub groups: Vec<Group>,
    /// Activation function.
    pub phi: Phi,
    /// Initial biases.
    pub bias: Bias,
    /// What makes them spike, if they do; time constants and phi then mean nothing else.
    pub spiking: Option<Spiking>,
    /// What the learning rate is multiplied with for their biases, their time constants and the weights
    /// that reach them; above 0.
    pub eta_factor: f64,
}

/// A leaky integrate-and-fire neuron: `v <- v - leak*v + bias + u` with `u` the sum of the weights
/// whose senders spiked a step before; above the threshold it spikes, and v becomes 0.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Spiking {
    /// The largest membrane that does not spike.
    pub threshold: f64,
    /// What the membrane loses in a step.
    pub leak: Leak,
    /// Steps after a spike in which it stays at 0 and hears nothing.
    pub refractory: u16,
}

/// What a membrane loses in a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Leak {
    /// `dt / tau_m` of it.
    Exact,
    /// `mantissa / 2^places` of it, rounded down: the membrane counts whole numbers.
    Share {
        /// 0 to `2^places`.
        mantissa: u32,
        /// At most 24.
        places: u8,
    },
}

impl Spiking {
    /// Whether the membrane counts whole numbers.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        matches!(self.leak, Leak::Share { .. })
    }
}

/// Consecutive neurons with the same time constants.
#[derive(Clone, PartialEq, Debug)]
pub struct Group {
    /// Number of neurons, at least 1.
    pub count: usize,
    /// Membrane time constant, at least `dt` where it is not drawn.
    pub tau_m: TauM,
    /// Prospective time constant, at least `dt`.
    pub tau_r: Seconds,
}

/// The membrane time constant at the start.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum TauM {
    /// As stated.
    Is(Seconds),
    /// Drawn uniformly for each neuron; only where time constants are learnt.
    Between(Seconds, Seconds),
}

/// Activation functions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phi {
    /// `x`.
    Linear,
    /// `tanh x`.
    Tanh,
    /// `1 / (1 + exp(-x))`.
    Logistic,
    /// `ln(1 + exp x)`; `x` above 20.
    Softplus,
    /// `max(x, 0)`, with slope 0 at 0.
    Relu,
    /// `x` held to `0 ..= 1`, with slope 1 at both ends.
    HardSigmoid,
    /// `x` held to `-1 ..= 1`, with slope 1 at both ends.
    HardTanh,
}

/// Biases at the start. They learn where a plastic projection arrives.
#[derive(Clone, PartialEq, Debug)]
pub enum Bias {
    /// No biases.
    None,
    /// Uniform on plus or minus 1 / sqrt(fan-in).
    Uniform,
    /// One value per neuron.
    Values(Vec<f64>),
}

/// Synapses from all members of one population to all of another.
#[derive(Clone, PartialEq, Debug)]
pub struct Projection {
    /// Index of the population that sends.
    pub from: usize,
    /// Index of the population that receives: neurons.
    pub to: usize,
    /// Whether the rule changes the weights.
    pub plastic: bool,
    /// Weights at the start.
    pub init: Init,
    /// Largest magnitude of its weights, for the compiler; none: what [`crate::Map`] says of all.
    pub weight_range: Option<f64>,
}

/// Weights at the start.
#[derive(Clone, PartialEq, Debug)]
pub enum Init {
    /// Uniform on plus or minus 1 / sqrt(fan-in), with all that arrives at the neuron counted.
    Uniform,
    /// All equal.
    Constant(f64),
    /// Uniform on the range.
    Range(f64, f64),
    /// As stated, `weights[post * n_pre + pre]`.
    Weights(Vec<f64>),
    /// Whole numbers from `low` to `high`, drawn in order of [`Self::Weights`] by NumPy's generator
    /// of this seed: `default_rng(seed).integers(low, high + 1, size=(post, pre))`.
    Integers {
        /// The smallest.
        low: i32,
        /// The largest.
        high: i32,
        /// Of the generator alone.
        seed: u64,
    },
    /// An array of an `.npz` file that is still to be read.
    File {
        /// Its path, as the network file states it.
        file: String,
        /// The array, of shape (post, pre).
        array: String,
    },
}

/// The parameters of the network that teaches: same architecture, known answer.
#[derive(Clone, PartialEq, Debug)]
pub struct Teaching {
    /// `weights[projection][post * n_pre + pre]`.
    pub weights: Vec<Vec<f64>>,
    /// `biases[population][neuron]`, empty where there are none.
    pub biases: Vec<Vec<f64>>,
    /// `tau_m[population][neuron]`, empty for lines.
    pub tau_m: Vec<Vec<Seconds>>,
}

impl Network {
    /// Whether neurons of a population spike.
    #[must_use]
    pub fn spikes(&self, population: usize) -> bool {
        let neurons = self.populations.get(population).and_then(Population::neurons);
        neurons.is_some_and(|neurons| neurons.spiking.is_some())
    }

    /// Whether any neuron spikes.
    #[must_use]
    pub fn is_spiking(&self) -> bool {
        (0..self.populations.len()).any(|population| self.spikes(population))
    }

    /// Whether any neuron has a rate.
    #[must_use]
    pub fn has_rates(&self) -> bool {
        self.populations.iter().filter_map(Population::neurons).any(|n| n.spiking.is_none())
    }

    /// Name of the network.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Step of the synchronous update.
    #[must_use]
    pub fn dt(&self) -> Seconds {
        self.dt
    }

    /// Coupling of the prospective error into the membrane.
    #[must_use]
    pub fn gamma(&self) -> f64 {
        self.gamma
    }

    /// Which errors the neurons send.
    #[must_use]
    pub fn errors(&self) -> Errors {
        self.errors
    }

    /// The same network with other errors: the control of an experiment.
    #[must_use]
    pub fn with_errors(self, errors: Errors) -> Self {
        Self { errors, ..self }
    }

    /// Populations in order of the file.
    #[must_use]
    pub fn populations(&self) -> &[Population] {
        &self.populations
    }

    /// Projections in order of the file.
    #[must_use]
    pub fn projections(&self) -> &[Projection] {
        &self.projections
    }

    /// What is taught where.
    #[must_use]
    pub fn teach(&self) -> Option<&Teach> {
        self.teach.as_ref()
    }

    /// The learning rule; none means that the parameters stay.
    #[must_use]
    pub fn learning(&self) -> Option<&Learning> {
        self.learning.as_ref()
    }

    /// Where stimuli come from.
    #[must_use]
    pub fn task(&self) -> Option<&TaskSpec> {
        self.task.as_ref()
    }

    /// How long, how many at a time.
    #[must_use]
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// Hints for a compiler.
    #[must_use]
    pub fn map(&self) -> &Map {
        &self.map
    }

    /// Parameters of the teacher, where one teaches.
    #[must_use]
    pub fn teacher(&self) -> Option<&Teaching> {
        self.teacher.as_ref()
    }

    /// The index of the population of that name.
    #[must_use]
    pub fn population(&self, name: &str) -> Option<usize> {
        self.populations.iter().position(|p| p.name == name)
    }

    /// Lines of all input populations together: the width of a stimulus.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.populations.iter().filter(|p| p.is_input()).map(Population::size).sum()
    }

    /// Index of the population whose rates are the network's output: the taught one, else the last.
    #[must_use]
    pub fn output(&self) -> usize {
        let last = self.populations.len().saturating_sub(1);
        self.teach.as_ref().map_or(last, |t| t.population)
    }

    /// Members of the sending population of a projection.
    ///
    /// # Panics
    /// If the projection is not one of this network.
    #[must_use]
    pub fn pre_size(&self, projection: &Projection) -> usize {
        self.populations.get(projection.from).expect("projection of this network").size()
    }

    /// Neurons of the receiving population of a projection.
    ///
    /// # Panics
    /// If the projection is not one of this network.
    #[must_use]
    pub fn post_size(&self, projection: &Projection) -> usize {
        self.populations.get(projection.to).expect("projection of this network").size()
    }

    /// Whether the biases of a population learn: it has some, and a plastic projection arrives.
    #[must_use]
    pub fn plastic_bias(&self, population: usize) -> bool {
        let biased = self.populations.get(population).and_then(Population::neurons);
        biased.is_some_and(|n| n.bias != Bias::None)
            && self.projections.iter().any(|p| p.to == population && p.plastic)
    }

    /// Members of all populations that send to one.
    #[must_use]
    pub fn fan_in(&self, population: usize) -> usize {
        self.projections.iter().filter(|p| p.to == population).map(|p| self.pre_size(p)).sum()
    }

    /// Number of weights and biases.
    #[must_use]
    pub fn parameter_count(&self) -> usize {
        let weights = |p| self.pre_size(p) * self.post_size(p);
        let biases = |p: &Population| p.neurons().map_or(0, Neurons::biases);
        self.projections.iter().map(weights).sum::<usize>()
            + self.populations.iter().map(biases).sum::<usize>()
    }
}

impl Population {
    /// Name, unique in the network.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it consists of.
    #[must_use]
    pub fn members(&self) -> &Members {
        &self.members
    }

    /// Number of lines or neurons.
    #[must_use]
    pub fn size(&self) -> usize {
        match &self.members {
            Members::Lines(lines) => *lines,
            Members::Neurons(neurons) => neurons.size(),
        }
    }

    /// Whether the task drives it.
    #[must_use]
    pub fn is_input(&self) -> bool {
        self.neurons().is_none()
    }

    /// Its neurons, unless it is an input.
    #[must_use]
    pub fn neurons(&self) -> Option<&Neurons> {
        match &self.members {
            Members::Lines(_) => None,
            Members::Neurons(neurons) => Some(neurons),
        }
    }
}

impl Neurons {
    /// Number of neurons.
    #[must_use]
    pub fn size(&self) -> usize {
        self.groups.iter().map(|g| g.count).sum()
    }

    /// Prospective time constants, one per neuron.
    #[must_use]
    pub fn tau_r(&self) -> Vec<Seconds> {
        self.groups.iter().flat_map(|g| std::iter::repeat_n(g.tau_r, g.count)).collect()
    }

    /// Membrane time constants at the start, one per neuron.
    #[must_use]
    pub fn tau_m(&self) -> Vec<TauM> {
        self.groups.iter().flat_map(|g| std::iter::repeat_n(g.tau_m, g.count)).collect()
    }

    fn biases(&self) -> usize {
        if self.bias == Bias::None { 0 } else { self.size() }
    }
}
