//! The one form in which any backend receives stimuli, and what it answers.

/// Some steps of stimulus for some lanes.
///
/// A lane is one sample or one stream; all lanes advance together.
#[derive(Clone, PartialEq, Debug)]
pub struct Block {
    /// Steps.
    pub steps: usize,
    /// Lanes.
    pub lanes: usize,
    /// Lines of all input populations together, in order.
    pub width: usize,
    /// `inputs[(step * lanes + lane) * width + line]`.
    pub inputs: Vec<f64>,
    /// What is taught.
    pub targets: Targets,
    /// The first so many lanes count; the others repeat samples to fill the block.
    pub used: usize,
}

/// What is taught during a block.
#[derive(Clone, PartialEq, Debug)]
pub enum Targets {
    /// Nothing.
    None,
    /// A class per lane, in every step.
    Class(Vec<u32>),
    /// Values per step and lane.
    Values {
        /// Values per lane.
        width: usize,
        /// `values[(step * lanes + lane) * width + output]`.
        values: Vec<f64>,
        /// Whether a step is taught; all of them if absent.
        present: Option<Vec<bool>>,
    },
}

/// What is taught in one step.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Target<'a> {
    /// Nothing: the taught error is zero.
    None,
    /// A class per lane.
    Class(&'a [u32]),
    /// `values[lane * width + output]`.
    Values(&'a [f64]),
}

impl Block {
    /// Some of its steps, with nothing taught.
    ///
    /// # Panics
    /// If the block has not these steps.
    #[must_use]
    pub fn untaught(&self, steps: std::ops::Range<usize>) -> Self {
        let each = self.lanes * self.width;
        let inputs = self.inputs.get(steps.start * each..steps.end * each);
        Self {
            steps: steps.len(),
            inputs: inputs.expect("steps of the block").to_vec(),
            targets: Targets::None,
            ..*self
        }
    }

    /// Whether any of its steps has a target.
    #[must_use]
    pub fn is_taught(&self) -> bool {
        (0..self.steps).any(|step| self.target(step) != Target::None)
    }

    /// The inputs of a step, `[lane * width + line]`.
    ///
    /// # Panics
    /// If the block has no such step.
    #[must_use]
    pub fn input(&self, step: usize) -> &[f64] {
        rows(&self.inputs, step, self.lanes * self.width)
    }

    /// The target of a step.
    ///
    /// # Panics
    /// If the block has no such step.
    #[must_use]
    pub fn target(&self, step: usize) -> Target<'_> {
        match &self.targets {
            Targets::None => Target::None,
            Targets::Class(classes) => Target::Class(classes),
            Targets::Values { width, values, present } => {
                let absent = present.as_ref().and_then(|p| p.get(step)) == Some(&false);
                let values = rows(values, step, self.lanes * width);
                if absent { Target::None } else { Target::Values(values) }
            }
        }
    }
}

fn rows(values: &[f64], step: usize, size: usize) -> &[f64] {
    values.get(step * size..(step + 1) * size).expect("the block has that step")
}

/// How well a network did; scores of parts add up to the score of the whole.
#[derive(Clone, Copy, PartialEq, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Score {
    /// Decided samples.
    pub samples: u64,
    /// Rightly decided samples.
    pub correct: u64,
    /// Losses of all taught steps and counted lanes.
    pub loss_sum: f64,
    /// Number of those.
    pub loss_count: u64,
    /// Symmetric errors `2|y - p|/(|y| + |p|)` of all outputs with a value to reach; see
    /// [`Score::smape`].
    pub symmetric_sum: f64,
    /// Number of those.
    pub symmetric_count: u64,
}

impl Score {
    /// Adds another part.
    pub fn merge(&mut self, other: Self) {
        self.samples += other.samples;
        self.correct += other.correct;
        self.loss_sum += other.loss_sum;
        self.loss_count += other.loss_count;
        self.symmetric_sum += other.symmetric_sum;
        self.symmetric_count += other.symmetric_count;
    }

    /// Notes an output beside the value that it should have; two zeros agree.
    pub fn compare(&mut self, wanted: f64, given: f64) {
        let size = wanted.abs() + given.abs();
        if size > 0.0 {
            self.symmetric_sum += 2.0 * (wanted - given).abs() / size;
        }
        self.symmetric_count += 1;
    }

    /// Symmetric mean absolute percentage error, 0 to 200, as in `NeuroBench` (Yik et al., Nature
    /// Communications 16, 2025); none if no values were taught.
    #[must_use]
    pub fn smape(&self) -> Option<f64> {
        let mean = || self.symmetric_sum / ratio(self.symmetric_count);
        (self.symmetric_count > 0).then(|| 100.0 * mean())
    }

    /// Share of samples decided rightly; none if none were decided.
    #[must_use]
    pub fn accuracy(&self) -> Option<f64> {
        (self.samples > 0).then(|| ratio(self.correct) / ratio(self.samples))
    }

    /// Mean loss per taught step and lane; none if none was taught.
    #[must_use]
    pub fn loss(&self) -> Option<f64> {
        (self.loss_count > 0).then(|| self.loss_sum / ratio(self.loss_count))
    }
}

#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts are below 2^53")]
fn ratio(count: u64) -> f64 {
    count as f64
}

/// The decision of a sample: the first largest of the outputs summed over its steps.
#[must_use]
pub fn decision(summed: &[f64]) -> Option<usize> {
    let first_larger = |best: Option<(usize, f64)>, (i, &v): (usize, &f64)| match best {
        Some((_, top)) if v.partial_cmp(&top) != Some(std::cmp::Ordering::Greater) => best,
        _ => Some((i, v)),
    };
    summed.iter().enumerate().fold(None, first_larger).map(|(i, _)| i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_maximum_decides() {
        assert_eq!(decision(&[0.0, 3.0, 3.0, -1.0]), Some(1));
        assert_eq!(decision(&[]), None);
        assert_eq!(decision(&[1.0, f64::NAN]), Some(0));
    }

    #[test]
    fn parts_add_up() {
        let part = |correct, loss_sum| Score {
            samples: 4,
            correct,
            loss_sum,
            loss_count: 8,
            ..Score::default()
        };
        let mut score = part(1, 2.0);
        score.merge(part(3, 6.0));
        assert_eq!(score.accuracy(), Some(0.5));
        assert_eq!(score.loss(), Some(0.5));
        assert_eq!(Score::default().accuracy(), None);
        assert_eq!(Score::default().loss(), None);
    }

    #[test]
    fn symmetric_errors_run_from_0_to_200() {
        let of = |pairs: &[(f64, f64)]| {
            let mut score = Score::default();
            for &(wanted, given) in pairs {
                score.compare(wanted, given);
            }
            score.smape()
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[(1.0, 1.0), (0.0, 0.0)]), Some(0.0));
        assert_eq!(of(&[(1.0, -1.0), (0.0, 3.0)]), Some(200.0));
        assert_eq!(of(&[(1.0, 3.0), (2.0, 2.0)]), Some(50.0));
    }

    #[test]
    fn a_masked_step_teaches_nothing() {
        let block = Block {
            steps: 2,
            lanes: 1,
            width: 1,
            inputs: vec![1.0, 2.0],
            targets: Targets::Values {
                width: 2,
                values: vec![1.0, 2.0, 3.0, 4.0],
                present: Some(vec![true, false]),
            },
            used: 1,
        };
        assert_eq!(block.target(0), Target::Values(&[1.0, 2.0]));
        assert_eq!(block.target(1), Target::None);
        assert_eq!(block.input(1), &[2.0]);
    }
}
