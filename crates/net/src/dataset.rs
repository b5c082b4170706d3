//! Labelled samples in memory.

use leadlag_diagnostic::{Diagnostic, Diagnostics};

/// Training and test samples of one length.
#[derive(Clone, PartialEq, Debug)]
pub struct Dataset {
    pub(crate) train: Part,
    pub(crate) test: Part,
    length: usize,
    lines: usize,
}

/// One of the two halves: `x[(sample * length + step) * lines + line]`, `y[sample]`.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// Values.
    pub x: Vec<f32>,
    /// Classes.
    pub y: Vec<u8>,
}

impl Dataset {
    /// A data set from its halves.
    ///
    /// # Errors
    /// LL1053 if a half has not `length * lines` values per label, LL1055 if a value is not finite,
    /// LL1056 if a half or a sample is empty.
    pub fn new(train: Part, test: Part, length: usize, lines: usize) -> Result<Self, Diagnostics> {
        let mut found = Vec::new();
        for (part, name) in [(&train, "x"), (&test, "x_test")] {
            part.check(name, length, lines, &mut found);
        }
        Diagnostics::unless_any(found, Self { train, test, length, lines })
    }

    /// Values of the training samples, `[sample][step][line]`.
    #[must_use]
    pub fn x(&self) -> &[f32] {
        &self.train.x
    }

    /// Classes of the training samples.
    #[must_use]
    pub fn y(&self) -> &[u8] {
        &self.train.y
    }

    /// Values of the test samples, `[sample][step][line]`.
    #[must_use]
    pub fn x_test(&self) -> &[f32] {
        &self.test.x
    }

    /// Classes of the test samples.
    #[must_use]
    pub fn y_test(&self) -> &[u8] {
        &self.test.y
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

    /// One more than the largest label.
    #[must_use]
    pub fn classes(&self) -> usize {
        let largest = self.train.y.iter().chain(&self.test.y).max();
        largest.map_or(0, |label| usize::from(*label) + 1)
    }

    /// The same samples at another length, by linear interpolation between equally spaced points.
    ///
    /// # Errors
    /// LL1053 if either length is below 2.
    pub fn resampled(&self, length: usize) -> Result<Self, Diagnostics> {
        if length == self.length {
            return Ok(self.clone());
        }
        if length.min(self.length) < 2 {
            let message =
                format!("samples of {} points cannot be resampled to {length}", self.length);
            return Err(Diagnostic::new("LL1053", message).help("both lengths from 2").into());
        }
        let part = |part: &Part| Part {
            x: part
                .x
                .chunks(self.length * self.lines)
                .flat_map(|s| self.stretch(s, length))
                .collect(),
            y: part.y.clone(),
        };
        Ok(Self { train: part(&self.train), test: part(&self.test), length, lines: self.lines })
    }

    fn stretch(&self, sample: &[f32], length: usize) -> Vec<f32> {
        let line = |line: usize| -> Vec<f64> {
            sample.iter().skip(line).step_by(self.lines).map(|v| f64::from(*v)).collect()
        };
        let stretched: Vec<_> = (0..self.lines).map(|l| interpolate(&line(l), length)).collect();
        let at = |step: usize| stretched.iter().filter_map(move |line| line.get(step));
        (0..length).flat_map(at).map(|v| single(*v)).collect()
    }
}

impl Part {
    fn check(&self, name: &str, length: usize, lines: usize, found: &mut Vec<Diagnostic>) {
        if self.y.is_empty() || length == 0 || lines == 0 {
            let message =
                format!("`{name}` has {} samples of {length} x {lines} values", self.y.len());
            found.push(Diagnostic::new("LL1056", message).help("at least one sample of one value"));
        } else if Some(self.x.len()) != self.y.len().checked_mul(length * lines) {
            let (values, labels) = (self.x.len(), self.y.len());
            let message =
                format!("`{name}` has {values} values for {labels} labels of {length} x {lines}");
            found.push(Diagnostic::new("LL1053", message).help("one label per sample"));
        } else if let Some(bad) = self.x.iter().position(|v| !v.is_finite()) {
            let (sample, step) = (bad / (length * lines), bad / lines % length);
            let message = format!("`{name}` is not finite in sample {sample}, step {step}");
            found.push(Diagnostic::new("LL1055", message).help("remove or repair the sample"));
        }
    }
}

/// Linear interpolation of equally spaced points to `count` equally spaced points; both ends stay.
pub(crate) fn interpolate(points: &[f64], count: usize) -> Vec<f64> {
    let last = points.len().saturating_sub(1);
    let stride = float(last) / float(count.saturating_sub(1).max(1));
    let value = |i: usize| {
        let place = (float(i) * stride).min(float(last));
        let below = whole(place).min(last.saturating_sub(1));
        let (low, high) = (points.get(below), points.get(below + 1).or(points.get(below)));
        let (low, high) = (low.copied().unwrap_or(0.0), high.copied().unwrap_or(0.0));
        (high - low) * (place - float(below)) + low
    };
    (0..count).map(value).collect()
}

#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts are below 2^53")]
pub(crate) fn float(count: usize) -> f64 {
    count as f64
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the integer part of a number from 0; saturates"
)]
pub(crate) fn whole(x: f64) -> usize {
    x as usize
}

#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "rounds to nearest")]
pub(crate) fn single(x: f64) -> f32 {
    x as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(x: &[f32], y: &[u8]) -> Part {
        Part { x: x.to_vec(), y: y.to_vec() }
    }

    fn message(train: Part, test: Part, length: usize, lines: usize) -> String {
        Dataset::new(train, test, length, lines).unwrap_err().to_string()
    }

    #[test]
    fn interpolation_keeps_straight_lines_and_ends() {
        assert_eq!(interpolate(&[0.0, 2.0, 4.0], 5), [0.0, 1.0, 2.0, 3.0, 4.0]);
        assert_eq!(interpolate(&[1.0, 3.0], 2), [1.0, 3.0]);
        assert_eq!(interpolate(&[0.0, 1.0, 0.0], 2), [0.0, 0.0]);
    }

    #[test]
    fn lines_are_resampled_apart() {
        let x = [0.0, 10.0, 1.0, 20.0];
        let set = Dataset::new(part(&x, &[3]), part(&x, &[0]), 2, 2).unwrap();
        let longer = set.resampled(3).unwrap();
        assert_eq!(longer.x(), [0.0, 10.0, 0.5, 15.0, 1.0, 20.0]);
        assert_eq!((longer.length(), longer.lines(), longer.classes()), (3, 2, 4));
    }

    #[test]
    fn a_single_point_cannot_be_stretched() {
        let set = Dataset::new(part(&[1.0], &[0]), part(&[1.0], &[0]), 1, 1).unwrap();
        let message = set.resampled(4).unwrap_err().to_string();
        assert!(message.contains("samples of 1 points cannot be resampled to 4"), "{message}");
        assert_eq!(set.resampled(1).unwrap(), set);
    }

    #[test]
    fn empty_halves_are_refused() {
        let text = message(part(&[], &[]), part(&[1.0], &[0]), 1, 1);
        assert!(text.contains("[LL1056]: `x` has 0 samples of 1 x 1 values"), "{text}");
    }

    #[test]
    fn labels_and_values_must_match() {
        let text = message(part(&[1.0, 2.0], &[0]), part(&[1.0], &[0]), 1, 1);
        assert!(text.contains("[LL1053]: `x` has 2 values for 1 labels of 1 x 1"), "{text}");
    }

    #[test]
    fn a_value_that_is_no_number_is_located() {
        let bad = part(&[0.0, 1.0, 0.0, f32::NAN], &[0, 1]);
        let text = message(part(&[0.0, 1.0], &[0]), bad, 2, 1);
        assert!(text.contains("`x_test` is not finite in sample 1, step 1"), "{text}");
    }
}
