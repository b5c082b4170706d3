//! What can be trained: the chip or its float reference, behind one door.

use leadlag_diagnostic::Diagnostics;
use leadlag_net::{Block, Score};
use serde_json::Value;

/// A network that runs blocks of stimulus and learns from them.
pub trait Backend {
    /// Samples or streams at a time.
    fn lanes(&self) -> usize;

    /// Runs a block; states go on from the block before.
    ///
    /// # Errors
    /// What the emulated hardware refuses.
    fn run(&mut self, block: &Block, learn: bool) -> Result<Score, Diagnostics>;

    /// Rates of the output population before each step of a block, without learning:
    /// `[(lane * steps + step) * outputs + output]`.
    ///
    /// # Errors
    /// A program of a plasticity unit that stopped.
    fn outputs(&mut self, block: &Block) -> Result<Vec<f64>, Diagnostics>;

    /// Steps that [`Self::outputs`] is asked for at a time, by a run that can be interrupted: few enough
    /// to end soon, many enough that threads pay.
    fn stride(&self) -> usize {
        16
    }

    /// Adds what the clock has counted, if there is one.
    fn count_cycles(&self, _into: &mut crate::clocking::Clocked) {}

    /// Adds what programs of the plasticity units did, if there are any.
    fn count_programs(&self, _into: &mut crate::firmware::Programs) {}

    /// Sets the learning rate to this share of the network's.
    ///
    /// # Errors
    /// What the emulated hardware refuses.
    fn set_learning_rate(&mut self, share: f64) -> Result<(), Diagnostics>;

    /// What there is to say beside the score, as a JSON object: a column of the learning curve each.
    fn remarks(&mut self) -> Value;

    /// The state as bytes; [`Self::restore`] continues from them to the same bits.
    ///
    /// # Errors
    /// LL5002 if the bytes cannot be written.
    fn save(&mut self, progress: &crate::course::Progress) -> Result<Vec<u8>, Diagnostics>;

    /// Continues from saved bytes and returns where the run was.
    ///
    /// # Errors
    /// If the bytes are damaged, or of another network, backend or number of lanes.
    fn restore(&mut self, bytes: &[u8]) -> Result<crate::course::Progress, Diagnostics>;
}
