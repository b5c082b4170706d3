//! One projection at run time.

use crate::kernel::{Strided, multiply, transpose};
use crate::optimiser::{Learnt, Update};

/// Weights with their transpose and the gradient of the last step.
#[derive(Clone, Debug)]
pub(crate) struct Synapses {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) plastic: bool,
    pre: usize,
    post: usize,
    /// `[post * n_pre + pre]`.
    pub(crate) weights: Learnt,
    /// `[pre * n_post + post]`.
    transposed: Vec<f64>,
    pub(crate) gradient: Vec<f64>,
}

/// Room for intermediate results, reused from step to step.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    panel: Vec<f64>,
    result: Vec<f64>,
}

impl Scratch {
    fn product(&mut self, left: Strided<'_>, right: &[f64], n: usize, size: usize) -> &[f64] {
        self.result.resize(size, 0.0);
        multiply(left, right, n, &mut self.panel, &mut self.result);
        &self.result
    }
}

fn by_lane(values: &[f64], size: usize) -> Strided<'_> {
    Strided { values, row: size, column: 1 }
}

impl Synapses {
    pub(crate) fn new(
        projection: &leadlag_net::Projection,
        pre: usize,
        post: usize,
        weights: &[f64],
    ) -> Self {
        let mut one = Self {
            from: projection.from,
            to: projection.to,
            plastic: projection.plastic,
            pre,
            post,
            weights: Learnt::new(weights.to_vec()),
            transposed: vec![0.0; weights.len()],
            gradient: vec![0.0; weights.len()],
        };
        one.refresh();
        one
    }

    /// The transpose from the weights.
    pub(crate) fn refresh(&mut self) {
        transpose(&self.weights.values, self.pre, &mut self.transposed);
    }

    /// What arrives at the receivers, `[lane * n_post + post]`.
    pub(crate) fn forward<'a>(&self, rates: &[f64], scratch: &'a mut Scratch) -> &'a [f64] {
        let size = rates.len() / self.pre * self.post;
        scratch.product(by_lane(rates, self.pre), &self.transposed, self.post, size)
    }

    /// What arrives at the senders, `[lane * n_pre + pre]`.
    pub(crate) fn backward<'a>(&self, errors: &[f64], scratch: &'a mut Scratch) -> &'a [f64] {
        let size = errors.len() / self.post * self.pre;
        scratch.product(by_lane(errors, self.post), &self.weights.values, self.pre, size)
    }

    /// Minus the mean over lanes of e times r.
    pub(crate) fn find_gradient(
        &mut self,
        errors: &[f64],
        rates: &[f64],
        share: f64,
        scratch: &mut Scratch,
    ) {
        let left = Strided { values: errors, row: 1, column: self.post };
        multiply(left, rates, self.pre, &mut scratch.panel, &mut self.gradient);
        self.gradient.iter_mut().for_each(|g| *g *= -share);
    }

    /// One update, then the transpose anew.
    pub(crate) fn learn(&mut self, update: Update) {
        self.weights.update(&self.gradient, update);
        self.refresh();
    }
}
