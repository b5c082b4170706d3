//! The float reference as a backend, with the control of an experiment beside it if there is one.

#![expect(clippy::indexing_slicing, reason = "a key of a JSON object is made by indexing")]

use leadlag_diagnostic::Diagnostics;
use leadlag_image::container::{self, Kind};
use leadlag_net::{Block, Errors, Network, Parameters, Score, Target};
use leadlag_reference::{Reference, Training};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::backend::Backend;
use crate::chip_backend::not_saved;
use crate::course::Progress;

/// Weights that a row of the learning curve may show, at the most.
const SHOWN: usize = 16;

/// The reference, and perhaps the same network with instantaneous errors beside it.
#[derive(Debug)]
pub struct FloatBackend {
    net: Network,
    reference: Reference,
    control: Option<Control>,
    lanes: usize,
}

/// The network that learns from errors as they arrive.
#[derive(Debug)]
struct Control {
    net: Network,
    reference: Reference,
    /// Since the last remarks.
    score: Score,
}

/// A checkpoint of a training run of the reference.
#[derive(Serialize, Deserialize)]
struct Saved {
    progress: Progress,
    reference: Training,
    control: Option<(Training, Score)>,
}

impl FloatBackend {
    /// The reference of a network with these parameters.
    #[must_use]
    pub fn new(net: &Network, parameters: &Parameters, lanes: usize) -> Self {
        let control = net.schedule().control.then(|| {
            let net = net.clone().with_errors(Errors::Instantaneous);
            Control {
                reference: Reference::new(&net, parameters, lanes),
                net,
                score: Score::default(),
            }
        });
        Self { reference: Reference::new(net, parameters, lanes), control, lanes, net: net.clone() }
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
        if let Some(control) = &mut self.control {
            control.score.merge(control.reference.run(block, learn));
        }
        Ok(self.reference.run(block, learn))
    }

    fn outputs(&mut self, block: &Block) -> Result<Vec<f64>, Diagnostics> {
        let mut steps = Vec::with_capacity(block.steps);
        for step in 0..block.steps {
            steps.push(self.reference.outputs().to_vec());
            self.reference.step(block.input(step), Target::None, false);
        }
        let size = self.reference.outputs().len() / self.lanes;
        let lane = |lane: usize| {
            steps.iter().flat_map(move |rates| rates.iter().skip(lane * size).take(size))
        };
        Ok((0..self.lanes).flat_map(lane).copied().collect())
    }

    fn set_learning_rate(&mut self, share: f64) -> Result<(), Diagnostics> {
        self.reference.set_rate(share);
        if let Some(control) = &mut self.control {
            control.reference.set_rate(share);
        }
        Ok(())
    }

    /// Small networks show their parameters, and the control its loss and parameters.
    fn remarks(&mut self) -> Value {
        let mut remarks = parameters(&self.reference);
        if let Some(control) = &mut self.control {
            let mut row = parameters(&control.reference);
            row["train_loss"] = json!(std::mem::take(&mut control.score).loss());
            remarks["control"] = row;
        }
        remarks
    }

    fn save(&mut self, progress: &Progress) -> Result<Vec<u8>, Diagnostics> {
        let saved = Saved {
            progress: progress.clone(),
            reference: self.reference.training(),
            control: self.control.as_ref().map(|c| (c.reference.training(), c.score)),
        };
        let mut bytes = Vec::new();
        container::write(Kind::Checkpoint, &saved, &mut bytes).map_err(|e| not_saved(&e))?;
        Ok(bytes)
    }

    fn restore(&mut self, bytes: &[u8]) -> Result<Progress, Diagnostics> {
        let saved: Saved = container::read(Kind::Checkpoint, bytes)?;
        self.reference = Reference::resume(&self.net, saved.reference, self.lanes)?;
        if let (Some(control), Some((training, score))) = (&mut self.control, saved.control) {
            control.reference = Reference::resume(&control.net, training, self.lanes)?;
            control.score = score;
        }
        Ok(saved.progress)
    }
}

/// Weights in order of the projections and membrane time constants in milliseconds.
fn parameters(reference: &Reference) -> Value {
    let parameters = reference.parameters();
    if parameters.weights.iter().map(Vec::len).sum::<usize>() > SHOWN {
        return json!({});
    }
    let milliseconds = |taus: &Vec<f64>| taus.iter().map(|t| t * 1e3).collect::<Vec<_>>();
    json!({
        "weights": parameters.weights.concat(),
        "tau_m_ms": parameters.tau_m.iter().flat_map(milliseconds).collect::<Vec<_>>(),
    })
}
