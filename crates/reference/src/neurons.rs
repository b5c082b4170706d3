//! One population at run time.
//!
//! Every array of states is `[lane * size + neuron]`; every array of coefficients `[neuron]`.

use leadlag_net::{Errors, Members, Phi, Population};
use serde::{Deserialize, Serialize};

use crate::optimiser::{Learnt, Update};
use crate::phi;
use crate::spiking::{Fire, Registers};

/// Milliseconds, that is time units, per second.
pub(crate) const UNITS: f64 = 1e3;

/// What a population carries from step to step.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct State {
    /// u.
    pub(crate) membrane: Vec<f64>,
    /// v.
    pub(crate) lagged_error: Vec<f64>,
    /// r; of an input population, the lines of the current step.
    pub(crate) rate: Vec<f64>,
    /// phi'.
    pub(crate) slope: Vec<f64>,
    /// Sum of the back-projected errors, used in the next step.
    pub(crate) arriving: Vec<f64>,
    /// Steps of rest that are left, of neurons that spike.
    pub(crate) pause: Vec<f64>,
    /// Biases, if there are any.
    pub(crate) bias: Learnt,
    /// Membrane time constants in time units.
    pub(crate) tau_m: Learnt,
}

/// A population with its state, coefficients and the intermediates of the last step.
#[derive(Clone, Debug)]
pub(crate) struct Neurons {
    pub(crate) size: usize,
    pub(crate) state: State,
    /// What its neurons compute with; none for lines.
    pub(crate) circuit: Option<Circuit>,
    /// What the learning rate is multiplied with.
    pub(crate) eta_factor: f64,
    /// y.
    pub(crate) prospective: Vec<f64>,
    /// e.
    pub(crate) error: Vec<f64>,
    /// Instantaneous error.
    pub(crate) instantaneous: Vec<f64>,
    /// Sum of what arrives at the membrane.
    pub(crate) drive: Vec<f64>,
    /// Gradient of the biases.
    pub(crate) bias_gradient: Vec<f64>,
    /// Gradient of the membrane time constants.
    pub(crate) tau_gradient: Vec<f64>,
}

/// Constants of a population of neurons.
#[derive(Clone, Debug)]
pub(crate) struct Circuit {
    phi: Phi,
    dt: f64,
    gamma: f64,
    errors: Errors,
    tau_r: Vec<f64>,
    soma: LeadLag,
    apical: LeadLag,
    fire: Option<Fire>,
}

/// Coefficients of the circuit that occurs twice in every neuron.
#[derive(Clone, Debug)]
struct LeadLag {
    /// dt over the time constant that lags.
    lag: Vec<f64>,
    /// The time constant that leads over the one that lags.
    lead: Vec<f64>,
}

impl LeadLag {
    fn new(dt: f64, lag: &[f64], lead: &[f64]) -> Self {
        Self {
            lag: lag.iter().map(|lag| dt / lag).collect(),
            lead: lag.iter().zip(lead).map(|(lag, lead)| lead / lag).collect(),
        }
    }
}

/// `output = x + lead * (drive - x)`, `x += lag * (drive - x)`, both from the old x.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl+avx512dq", "x86_64+avx2"))]
fn lead_lag(circuit: &LeadLag, drive: &[f64], state: &mut [f64], output: &mut [f64]) {
    let n = circuit.lag.len();
    let lanes = drive.chunks_exact(n).zip(state.chunks_exact_mut(n));
    for ((drive, state), output) in lanes.zip(output.chunks_exact_mut(n)) {
        let coefficients = circuit.lag.iter().zip(&circuit.lead);
        let neurons = drive.iter().zip(state.iter_mut()).zip(output.iter_mut());
        for (((drive, x), y), (lag, lead)) in neurons.zip(coefficients) {
            let pull = drive - *x;
            *y = *x + lead * pull;
            *x += lag * pull;
        }
    }
}

/// What all populations of a network share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shared {
    pub(crate) lanes: usize,
    pub(crate) dt: f64,
    pub(crate) gamma: f64,
    pub(crate) errors: Errors,
}

impl Neurons {
    /// A population at rest: everything is 0, rates and slopes too.
    pub(crate) fn new(
        population: &Population,
        shared: Shared,
        bias: &[f64],
        tau_m: &[f64],
    ) -> Self {
        let size = population.size();
        let zeros = || vec![0.0; size * shared.lanes];
        let tau_m: Vec<f64> = tau_m.iter().map(|seconds| seconds * UNITS).collect();
        let circuit = match population.members() {
            Members::Lines(_) => None,
            Members::Neurons(neurons) => {
                let tau_r: Vec<f64> = neurons.tau_r().iter().map(|t| t.get() * UNITS).collect();
                Some(Circuit::new(neurons, shared, tau_r, &tau_m))
            }
        };
        let inner = || if circuit.is_some() { zeros() } else { Vec::new() };
        let state = State {
            membrane: inner(),
            lagged_error: inner(),
            rate: zeros(),
            slope: inner(),
            arriving: zeros(),
            pause: if population.neurons().is_some_and(|n| n.spiking.is_some()) {
                zeros()
            } else {
                Vec::new()
            },
            bias: Learnt::new(bias.to_vec()),
            tau_m: Learnt::new(tau_m),
        };
        let (bias_gradient, tau_gradient) =
            (vec![0.0; bias.len()], vec![0.0; state.tau_m.values.len()]);
        Self {
            size,
            prospective: inner(),
            error: inner(),
            instantaneous: inner(),
            drive: inner(),
            bias_gradient,
            tau_gradient,
            state,
            circuit,
            eta_factor: population.neurons().map_or(1.0, |neurons| neurons.eta_factor),
        }
    }

    /// Starts the drive with the biases.
    pub(crate) fn begin(&mut self) {
        if self.state.bias.values.is_empty() {
            self.drive.fill(0.0);
            return;
        }
        for lane in self.drive.chunks_exact_mut(self.size) {
            lane.copy_from_slice(&self.state.bias.values);
        }
    }

    /// The error compartment: from what arrives (and the taught error) to e.
    pub(crate) fn advance_error(&mut self) {
        let Some(circuit) = &self.circuit else { return };
        let arriving = self.state.arriving.iter().zip(&self.state.slope);
        for (inst, (raw, slope)) in self.instantaneous.iter_mut().zip(arriving) {
            *inst = raw * slope;
        }
        match circuit.errors {
            Errors::Instantaneous => {
                self.state.lagged_error.copy_from_slice(&self.instantaneous);
                self.error.copy_from_slice(&self.instantaneous);
            }
            Errors::Prospective => {
                let state = &mut self.state.lagged_error;
                lead_lag(&circuit.apical, &self.instantaneous, state, &mut self.error);
            }
        }
    }

    /// Completes the drive with the coupled error.
    pub(crate) fn couple(&mut self) {
        let gamma = self.circuit.as_ref().map_or(0.0, |circuit| circuit.gamma);
        if gamma > 0.0 {
            for (drive, error) in self.drive.iter_mut().zip(&self.error) {
                *drive += gamma * error;
            }
        }
    }

    /// The membrane: from the drive to y.
    pub(crate) fn advance_membrane(&mut self) {
        let Some(circuit) = &self.circuit else { return };
        if let Some(fire) = &circuit.fire {
            let registers = Registers {
                membrane: &mut self.state.membrane,
                pause: &mut self.state.pause,
                before: &mut self.prospective,
            };
            return fire.advance(&self.drive, registers);
        }
        lead_lag(&circuit.soma, &self.drive, &mut self.state.membrane, &mut self.prospective);
    }

    /// From y to the rate that others see in the next step.
    pub(crate) fn activate(&mut self) {
        let Some(circuit) = &self.circuit else { return };
        let state = &mut self.state;
        if let Some(fire) = &circuit.fire {
            return fire.rates(&self.prospective, &mut state.rate);
        }
        phi::apply(circuit.phi, &self.prospective, &mut state.rate, &mut state.slope);
    }

    /// Gradient of the biases: minus the mean error.
    pub(crate) fn find_bias_gradient(&mut self, share: f64) {
        self.bias_gradient.fill(0.0);
        if self.bias_gradient.is_empty() {
            return;
        }
        for lane in self.error.chunks_exact(self.size) {
            crate::kernel::add(&mut self.bias_gradient, lane);
        }
        self.bias_gradient.iter_mut().for_each(|g| *g *= -share);
    }

    /// Gradient of the time constants, mean of `e * du/dt`; before the membrane moves.
    pub(crate) fn find_tau_gradient(&mut self, share: f64) {
        self.tau_gradient.fill(0.0);
        let drives = self.drive.chunks_exact(self.size);
        let lanes = drives.zip(self.state.membrane.chunks_exact(self.size));
        for ((drive, membrane), error) in lanes.zip(self.error.chunks_exact(self.size)) {
            let neurons = drive.iter().zip(membrane).zip(error);
            for (gradient, ((drive, u), e)) in self.tau_gradient.iter_mut().zip(neurons) {
                *gradient += e * (drive - u);
            }
        }
        for (gradient, tau) in self.tau_gradient.iter_mut().zip(&self.state.tau_m.values) {
            *gradient *= share / tau;
        }
    }

    /// Moves the time constants, not below the least, and the coefficients with them.
    pub(crate) fn learn_tau(&mut self, update: Update, least: f64) {
        self.state.tau_m.update(&self.tau_gradient, update);
        self.state.tau_m.values.iter_mut().for_each(|tau| *tau = tau.max(least));
        self.refresh();
    }

    /// Coefficients from the time constants.
    pub(crate) fn refresh(&mut self) {
        if let Some(circuit) = &mut self.circuit {
            circuit.refresh(&self.state.tau_m.values);
        }
    }
}

impl Circuit {
    fn new(neurons: &leadlag_net::Neurons, shared: Shared, tau_r: Vec<f64>, tau_m: &[f64]) -> Self {
        let share = tau_m.first().map_or(1.0, |tau| shared.dt / tau);
        let fire = neurons.spiking.as_ref().map(|spiking| Fire::new(spiking, share));
        let Shared { dt, gamma, errors, .. } = shared;
        let (soma, apical) = (LeadLag::new(dt, tau_m, &tau_r), LeadLag::new(dt, &tau_r, tau_m));
        Self { phi: neurons.phi, dt, gamma, errors, tau_r, soma, apical, fire }
    }

    fn refresh(&mut self, tau_m: &[f64]) {
        self.soma = LeadLag::new(self.dt, tau_m, &self.tau_r);
        self.apical = LeadLag::new(self.dt, &self.tau_r, tau_m);
    }
}

impl State {
    /// Whether another state can take this one's place.
    pub(crate) fn has_shape_of(&self, other: &Self) -> bool {
        let lengths = |s: &Self| {
            [&s.membrane, &s.lagged_error, &s.rate, &s.slope, &s.arriving, &s.pause].map(Vec::len)
        };
        lengths(self) == lengths(other)
            && self.bias.has_shape_of(&other.bias)
            && self.tau_m.has_shape_of(&other.tau_m)
    }
}
