//! The float reference as a backend, with the control of an experiment beside it if there is one.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::container::{self, Kind};
use leadlag_net::{Block, Network, Parameters, Score};
use leadlag_reference::Reference;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::backend::Backend;
use crate::course::Progress;

/// Parameters that a row of the learning curve may show, at the most.
const SHOWN: usize = 16;

/// The reference.
#[derive(Debug)]
pub struct FloatBackend {
    reference: Reference,
    lanes: usize,
    eta: f64,
}

/// A checkpoint of a training run of the reference.
#[derive(Serialize, Deserialize)]
struct Saved {
    progress: Progress,
    reference: Reference,
}

impl FloatBackend {
    /// The reference of a network with these parameters.
    #[must_use]
    pub fn new(net: &Network, parameters: Parameters, lanes: usize) -> Self {
        let eta = net.learning().map_or(0.0, |l| l.eta);
        Self { reference: Reference::new(net, parameters, lanes), lanes, eta }
    }

    /// The reference.
    #[must_use]
    pub fn reference(&self) -> &Reference {
        &self.reference
    }
}

impl Backend for FloatBackend {
    fn lanes(&self) -> usize {
        self.lanes
    }

    fn run(&mut self, block: &Block, learn: bool) -> Result<Score, Diagnostics> {
        Ok(self.reference.run(block, learn))
    }

    fn set_learning_rate(&mut self, share: f64) -> Result<(), Diagnostics> {
        self.reference.set_eta(self.eta * share);
        Ok(())
    }

    /// Small networks show their parameters.
    fn remarks(&mut self) -> Value {
        let parameters = self.reference.parameters();
        let count = |all: &[Vec<f64>]| all.iter().map(Vec::len).sum::<usize>();
        if count(&parameters.weights) > SHOWN {
            return json!({});
        }
        let milliseconds = |taus: &Vec<f64>| taus.iter().map(|t| t * 1e3).collect::<Vec<_>>();
        json!({
            "weights": parameters.weights.concat(),
            "tau_m_ms": parameters.tau_m.iter().flat_map(milliseconds).collect::<Vec<_>>(),
        })
    }

    fn save(&self, progress: &Progress) -> Result<Vec<u8>, Diagnostics> {
        let saved = Saved { progress: progress.clone(), reference: self.reference.clone() };
        let mut bytes = Vec::new();
        container::write(Kind::Checkpoint, &saved, &mut bytes)?;
        Ok(bytes)
    }

    fn restore(&mut self, bytes: &[u8]) -> Result<Progress, Diagnostics> {
        let saved: Saved = container::read(Kind::Checkpoint, bytes)?;
        let before: Vec<usize> = self.reference.parameters().weights.iter().map(Vec::len).collect();
        let after: Vec<usize> = saved.reference.parameters().weights.iter().map(Vec::len).collect();
        if before != after {
            let message = format!("the checkpoint has {after:?} weights per projection, the network {before:?}");
            return Err(Diagnostic::new("LL1315", message).help("resume the run folder that it lies in").into());
        }
        self.reference = saved.reference;
        Ok(saved.progress)
    }
}
