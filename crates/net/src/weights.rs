//! Weights that lie in files beside the network.

use std::ops::Range;

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use crate::network::{Init, Network, Population};
use crate::npz::matrix;

impl Network {
    /// The network with the weights of its files in place of their names.
    pub(crate) fn with_weights(
        mut self,
        text: &str,
        file: &mut dyn FnMut(&str) -> Result<Vec<u8>, Diagnostics>,
    ) -> Result<Self, Diagnostics> {
        let mut found = Vec::new();
        for at in 0..self.projections.len() {
            match self.loaded(at, text, file) {
                Ok(None) => {}
                Ok(Some(weights)) => {
                    if let Some(projection) = self.projections.get_mut(at) {
                        projection.init = Init::Weights(weights);
                    }
                }
                Err(wrong) => found.extend(wrong.0),
            }
        }
        Diagnostics::unless_any(found, self)
    }

    /// The weights of a projection, if they lie in a file.
    fn loaded(
        &self,
        at: usize,
        text: &str,
        file: &mut dyn FnMut(&str) -> Result<Vec<u8>, Diagnostics>,
    ) -> Result<Option<Vec<f64>>, Diagnostics> {
        let Some(projection) = self.projections.get(at) else { return Ok(None) };
        let Init::File { file: path, array } = &projection.init else { return Ok(None) };
        let place = |wrong: Diagnostic| match span(text, path) {
            Some(span) => wrong.label(span, "named here"),
            None => wrong,
        };
        let bytes =
            file(path).map_err(|found| Diagnostics(found.0.into_iter().map(place).collect()))?;
        let wrong = |reason: String| {
            let message = format!("`{path}` holds no weights: {reason}");
            let help = "write them with `numpy.savez(file, W=weights)`, of shape (post, pre)";
            Diagnostics::from(place(Diagnostic::new("LL1035", message).help(help)))
        };
        let (weights, shape) = matrix(&bytes, array).map_err(wrong)?;
        let wanted = [self.post_size(projection), self.pre_size(projection)];
        if shape != wanted {
            return Err(wrong(format!(
                "its array `{array}` has shape {shape:?}; the projection has {wanted:?}"
            )));
        }
        let counts = self.populations.get(projection.to).and_then(Population::neurons);
        let whole = counts.and_then(|n| n.spiking).is_some_and(|spiking| spiking.is_whole());
        let is_odd = |w: &&f64| !w.is_finite() || (whole && w.fract() != 0.0);
        if let Some(odd) = weights.iter().find(is_odd) {
            let message = format!(
                "`{path}` has the weight {odd}; {} numbers are wanted",
                if whole { "whole" } else { "finite" }
            );
            let help =
                "change the file, or `tau_m` in place of `leak` for other than whole numbers";
            return Err(place(Diagnostic::new("LL1036", message).help(help)).into());
        }
        Ok(Some(weights))
    }
}

/// Where the text names a file.
fn span(text: &str, path: &str) -> Option<Range<usize>> {
    text.find(path).map(|start| start..start + path.len())
}
