//! Row registers that events write before the next latch.

use serde::{Deserialize, Serialize};

/// Shadow row registers of an array, for the lane's replicas.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Shadow {
    /// `[replica][row]`, before the shifts of the rows.
    pub(crate) codes: Vec<i16>,
    /// By row: 1 + the step of the event that wrote it last.
    pub(in crate::cycle) written: Vec<u64>,
}
