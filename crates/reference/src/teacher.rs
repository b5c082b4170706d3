//! The network that knows the answer.

use leadlag_diagnostic::Diagnostics;
use leadlag_net::{Block, Network, Parameters, Target, Targets};

use crate::engine::{Reference, Training};

/// The same architecture with the teacher's parameters, run forward only.
#[derive(Clone, Debug)]
pub struct Teacher {
    network: Reference,
    width: usize,
}

impl Teacher {
    /// A teacher at rest; none if the network has none.
    #[must_use]
    pub fn new(network: &Network, lanes: usize) -> Option<Self> {
        let parameters = Parameters::from(network.teacher()?);
        let width = network.populations().get(network.output())?.size();
        Some(Self { network: Reference::new(network, &parameters, lanes), width })
    }

    /// A teacher that goes on where another one stood; none if the network has none.
    ///
    /// # Errors
    /// LL1104 if the state was not taken from such a teacher.
    pub fn resume(
        network: &Network,
        training: Training,
        lanes: usize,
    ) -> Result<Option<Self>, Diagnostics> {
        let Some(mut one) = Self::new(network, lanes) else { return Ok(None) };
        one.network = Reference::resume(network, training, lanes)?;
        Ok(Some(one))
    }

    /// Everything needed to go on later.
    #[must_use]
    pub fn training(&self) -> Training {
        self.network.training()
    }

    /// Runs the block and fills in the targets: the teacher's output of every step, which, as the
    /// pupil's, is its rate before the step. Blocks are to be given in order.
    ///
    /// # Panics
    /// If the block has another number of lanes or lines.
    pub fn fill(&mut self, block: &mut Block) {
        let mut values = Vec::with_capacity(block.steps * block.lanes * self.width);
        for step in 0..block.steps {
            values.extend_from_slice(self.network.outputs());
            self.network.step(block.input(step), Target::None, false);
        }
        block.targets = Targets::Values { width: self.width, values, present: None };
    }
}
