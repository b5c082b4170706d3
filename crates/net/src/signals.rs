//! Samples to be answered: with labels, or without.

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use crate::block::{Block, Targets};

/// Samples of one length; what a run without learning is fed with.
#[derive(Clone, PartialEq, Debug)]
pub struct Signals {
    x: Vec<f32>,
    labels: Option<Vec<u8>>,
    length: usize,
    lines: usize,
}

impl Signals {
    /// Samples, `x[(sample * length + step) * lines + line]`, and perhaps a label for each.
    ///
    /// # Errors
    /// LL1053 if values or labels do not make whole samples, LL1055 if a value is not finite,
    /// LL1056 if there is nothing.
    pub fn new(
        x: Vec<f32>,
        labels: Option<Vec<u8>>,
        length: usize,
        lines: usize,
    ) -> Result<Self, Diagnostics> {
        let size = length * lines;
        let mut found = Vec::new();
        if x.is_empty() || size == 0 {
            let message = format!("`x` has {} values in samples of {size}", x.len());
            return Err(Diagnostic::new("LL1056", message).help("at least one sample").into());
        }
        let samples = x.len() / size;
        let labelled = labels.as_ref().map_or(samples, Vec::len);
        if !x.len().is_multiple_of(size) || labelled != samples {
            let message =
                format!("`x` has {samples} samples of {size} values, `y` {labelled} labels");
            found.push(Diagnostic::new("LL1053", message).help("one label per sample, or no `y`"));
        }
        if let Some(at) = x.iter().position(|value| !value.is_finite()) {
            let message = format!("`x` has a value that is not finite, in sample {}", at / size);
            found.push(Diagnostic::new("LL1055", message).help("remove that sample"));
        }
        Diagnostics::unless_any(found, Self { x, labels, length, lines })
    }

    /// Values and labels.
    pub(crate) fn values(&self) -> (&[f32], Option<&[u8]>) {
        (&self.x, self.labels.as_deref())
    }

    /// Samples.
    #[must_use]
    pub fn samples(&self) -> usize {
        self.x.len() / (self.length * self.lines)
    }

    /// Steps per sample.
    #[must_use]
    pub fn length(&self) -> usize {
        self.length
    }

    /// Lines per step.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// The samples from `first`, at most `lanes` of them, side by side.
    #[must_use]
    pub fn block(&self, first: usize, lanes: usize) -> Block {
        let last = (first + lanes).min(self.samples());
        let (steps, width, lanes) = (self.length, self.lines, last.saturating_sub(first));
        let samples = || self.x.chunks_exact(steps * width).skip(first).take(lanes);
        let at = |step: usize| samples().flat_map(move |x| x.iter().skip(step * width).take(width));
        let inputs = (0..steps).flat_map(at).map(|value| f64::from(*value)).collect();
        let classes = |labels: &Vec<u8>| {
            labels.iter().skip(first).take(lanes).map(|label| u32::from(*label)).collect()
        };
        let targets =
            self.labels.as_ref().map_or(Targets::None, |labels| Targets::Class(classes(labels)));
        Block { steps, lanes, width, inputs, targets, used: lanes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_the_samples_side_by_side_and_the_last_is_smaller() {
        let x = (0..12_u8).map(f32::from).collect();
        let signals = Signals::new(x, Some(vec![4, 5, 6]), 2, 2).expect("three samples");
        let block = signals.block(1, 8);
        assert_eq!((block.lanes, block.steps, block.width, block.used), (2, 2, 2, 2));
        assert_eq!(block.inputs, [4.0, 5.0, 8.0, 9.0, 6.0, 7.0, 10.0, 11.0]);
        assert_eq!(block.targets, Targets::Class(vec![5, 6]));
    }

    #[test]
    fn what_makes_no_samples_is_refused() {
        let code = |x, labels| Signals::new(x, labels, 2, 1).expect_err("no samples").0[0].code;
        assert_eq!(code(vec![], None), "LL1056");
        assert_eq!(code(vec![1.0; 3], None), "LL1053");
        assert_eq!(code(vec![1.0; 4], Some(vec![0])), "LL1053");
        assert_eq!(code(vec![1.0, f32::NAN], None), "LL1055");
    }
}
