//! From gradients to parameters.

use leadlag_net::{Learning, Rule};
use serde::{Deserialize, Serialize};

/// Parameters with what their rule remembers of them.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Learnt {
    /// The parameters.
    pub(crate) values: Vec<f64>,
    /// Running mean of the gradient; empty before the first update and without momentum.
    mean: Vec<f64>,
    /// Running mean of its square; likewise, and only with Adam.
    square: Vec<f64>,
    /// Sum of the gradients since the last update; empty where every step is one.
    gathered: Vec<f64>,
}

/// An update, the same for all parameters of a step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Update {
    kind: Kind,
    decay: f64,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Sgd { eta: f64 },
    Momentum { eta: f64, momentum: f64 },
    Adam(Adam),
}

/// Adam with its bias corrections evaluated.
#[derive(Clone, Copy, Debug)]
struct Adam {
    beta1: f64,
    beta2: f64,
    epsilon: f64,
    /// `eta / (1 - beta1^k)`.
    eta: f64,
    /// `1 / sqrt(1 - beta2^k)`.
    root: f64,
}

impl Update {
    /// The update number `count`, from 1, with a share of the learning rate and of the decay.
    pub(crate) fn new(learning: &Learning, rate: f64, count: u64) -> Self {
        let eta = rate * learning.eta;
        let kind = match learning.rule {
            Rule::Sgd => Kind::Sgd { eta },
            Rule::Momentum { momentum } => Kind::Momentum { eta, momentum },
            Rule::Adam { beta1, beta2, epsilon } => {
                let left = |beta| 1.0 - libm::pow(beta, float(count));
                let (eta, root) = (eta / left(beta1), 1.0 / left(beta2).sqrt());
                Kind::Adam(Adam { beta1, beta2, epsilon, eta, root })
            }
        };
        Self { kind, decay: rate * learning.decay }
    }

    /// The same with another learning rate.
    pub(crate) fn scaled(self, factor: f64) -> Self {
        let kind = match self.kind {
            Kind::Sgd { eta } => Kind::Sgd { eta: factor * eta },
            Kind::Momentum { eta, momentum } => Kind::Momentum { eta: factor * eta, momentum },
            Kind::Adam(rule) => Kind::Adam(Adam { eta: factor * rule.eta, ..rule }),
        };
        Self { kind, ..self }
    }

    /// The same without decay: for biases and time constants.
    pub(crate) fn without_decay(self) -> Self {
        Self { decay: 0.0, ..self }
    }
}

#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts are below 2^53")]
fn float(count: u64) -> f64 {
    count as f64
}

impl Learnt {
    pub(crate) fn new(values: Vec<f64>) -> Self {
        Self { values, ..Self::default() }
    }

    /// Whether another state can take this one's place.
    pub(crate) fn has_shape_of(&self, other: &Self) -> bool {
        let fits = |moment: &Vec<f64>| moment.is_empty() || moment.len() == self.values.len();
        let moments = [&self.mean, &self.square, &self.gathered];
        self.values.len() == other.values.len() && moments.into_iter().all(fits)
    }

    /// Adds a step's gradient to the sum; if an update is due, hands the sum over and starts anew.
    pub(crate) fn gather(&mut self, gradient: &mut [f64], due: bool) {
        self.gathered.resize(gradient.len(), 0.0);
        crate::kernel::add(&mut self.gathered, gradient);
        if due {
            gradient.copy_from_slice(&self.gathered);
            self.gathered.fill(0.0);
        }
    }

    /// One update with the gradient of this step.
    pub(crate) fn update(&mut self, gradient: &[f64], update: Update) {
        match update.kind {
            Kind::Sgd { eta } => descend(&mut self.values, gradient, eta, update.decay),
            Kind::Momentum { eta, momentum } => {
                self.mean.resize(gradient.len(), 0.0);
                for (mean, gradient) in self.mean.iter_mut().zip(gradient) {
                    *mean = momentum * *mean + gradient;
                }
                descend(&mut self.values, &self.mean, eta, update.decay);
            }
            Kind::Adam(rule) => {
                self.mean.resize(gradient.len(), 0.0);
                self.square.resize(gradient.len(), 0.0);
                adam(
                    rule,
                    update.decay,
                    gradient,
                    &mut self.values,
                    &mut self.mean,
                    &mut self.square,
                );
            }
        }
    }
}

fn descend(values: &mut [f64], direction: &[f64], eta: f64, decay: f64) {
    for (value, direction) in values.iter_mut().zip(direction) {
        *value -= eta * direction + decay * *value;
    }
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl+avx512dq", "x86_64+avx2"))]
fn adam(
    rule: Adam,
    decay: f64,
    gradient: &[f64],
    values: &mut [f64],
    means: &mut [f64],
    squares: &mut [f64],
) {
    let moments = means.iter_mut().zip(squares.iter_mut());
    for ((value, gradient), (mean, square)) in values.iter_mut().zip(gradient).zip(moments) {
        *mean = rule.beta1 * *mean + (1.0 - rule.beta1) * gradient;
        *square = rule.beta2 * *square + (1.0 - rule.beta2) * (gradient * gradient);
        let step = rule.eta * *mean / (square.sqrt() * rule.root + rule.epsilon);
        *value -= step + decay * *value;
    }
}
