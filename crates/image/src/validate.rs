//! The gate: what passes here can be loaded without any further check.

mod core;
mod finding;
mod firmware;
mod head;

use leadlag_diagnostic::Diagnostics;

use crate::Image;
use finding::Check;
pub(crate) use finding::Finding;

impl Image {
    /// Checks every index, length, range and relation between fields.
    ///
    /// After this the emulator needs no check of its own: every index leads somewhere, every vector
    /// has the length its neighbours imply, every number fits the register it is loaded into, each
    /// neuron sits on exactly one column, and all gains can be formed. Both readers call it.
    ///
    /// # Errors
    /// All findings, LL1260 to LL1281, LL1291, LL1292 and LL1630 to LL1632; of a vector with many wrong entries only the first, with the
    /// number of the others.
    pub fn validate(&self) -> Result<(), Diagnostics> {
        Diagnostics::unless_any(findings(self).into_iter().map(|f| f.diagnostic).collect(), ())
    }
}

/// All findings with the paths of their fields.
pub(crate) fn findings(image: &Image) -> Vec<Finding> {
    let mut check = Check { image, found: Vec::new() };
    head::check(&mut check);
    core::check(&mut check);
    if let Some(firmware) = &image.firmware {
        firmware::check(&mut check, firmware);
    }
    if check.found.is_empty() {
        core::check_gains(&mut check);
        core::check_spiking(&mut check);
    }
    check.found
}

#[cfg(test)]
mod tests;
