//! Stimuli and targets, each a pure function of its settings and a seed.

pub mod lif;
mod mackey_glass;
mod mnist1d;
mod mt19937;
mod pcg64;
mod samples;
mod sequences;
mod stream;
mod waves;

use leadlag_diagnostic::{Diagnostic, Diagnostics};

pub use mackey_glass::mackey_glass;
pub use mnist1d::mnist1d;
pub use pcg64::Pcg64;
pub use samples::Samples;
pub use sequences::Sequences;
pub use stream::Stream;
pub use waves::{step_wave, three_sines};

use crate::network::Network;
use crate::spec::TaskSpec;

/// A source of blocks.
#[derive(Clone, PartialEq, Debug)]
pub enum Task {
    /// Samples with classes, in epochs.
    Samples(Samples),
    /// Streams.
    Stream(Stream),
}

impl Task {
    /// Prepares the task a network names. The seed orders the training samples; what is generated
    /// depends on the task's own seed.
    ///
    /// # Errors
    /// LL1058 if the network names no task.
    pub fn prepare(network: &Network, seed: u64) -> Result<Self, Diagnostics> {
        match network.task() {
            None => {
                let message = format!("network {} names no task", network.name());
                let help = "add `[task]` with a `name` to the network file, or give a data set";
                Err(Diagnostic::new("LL1058", message).help(help).into())
            }
            Some(TaskSpec::Mnist1d(spec)) => {
                let samples = Samples::new(mnist1d(spec)?, seed);
                Ok(Self::Samples(samples.scheduled(network.schedule())))
            }
            Some(spec) => Ok(Self::Stream(Stream::for_network(spec, network))),
        }
    }
}
