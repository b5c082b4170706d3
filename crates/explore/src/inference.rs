//! Answers without learning: every sample from rest.

use leadlag_diagnostic::Diagnostics;
use leadlag_net::{Block, Targets, decision};
use serde::{Deserialize, Serialize};

use crate::backend::Backend;
use crate::course::Progress;
use crate::firmware::Programs;
use crate::pause::{Answered, GoesOn, Inputs, Paused, Place};

/// Samples answered at a time; each begins at rest, so this shows in no result.
pub const LANES: usize = 64;

/// Output rates before each step: `values[(sample * steps + step) * size + output]`.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Outputs {
    /// Samples.
    pub samples: usize,
    /// Steps per sample.
    pub steps: usize,
    /// Outputs.
    pub size: usize,
    /// Values.
    pub values: Vec<f32>,
    /// Samples with a label.
    pub labelled: usize,
    /// Samples whose largest summed output is the labelled one.
    pub correct: usize,
    /// What the chips' clocks counted.
    pub clocked: crate::clocking::Clocked,
    /// What programs of the plasticity units did.
    pub programs: Programs,
}

impl Outputs {
    /// Share of the labelled samples that are decided rightly.
    #[must_use]
    #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts below 2^53")]
    pub fn accuracy(&self) -> Option<f64> {
        (self.labelled > 0).then(|| self.correct as f64 / self.labelled as f64)
    }

    /// Least, mean and largest value of an output.
    #[must_use]
    pub fn summary(&self, output: usize) -> [f64; 3] {
        let values = self.values.iter().skip(output).step_by(self.size.max(1));
        let (mut least, mut sum, mut most, mut count) = (f64::MAX, 0.0, f64::MIN, 0.0);
        for value in values.map(|value| f64::from(*value)) {
            (least, sum, most) = (least.min(value), sum + value, most.max(value));
            count += 1.0;
        }
        [least, sum / f64::max(1.0, count), most]
    }

    /// At the end of a block.
    fn end(&mut self, block: &Block, values: &[f64], backend: &dyn Backend) {
        self.add(block, values);
        backend.count_cycles(&mut self.clocked);
        backend.count_programs(&mut self.programs);
    }

    pub(crate) fn add(&mut self, block: &Block, values: &[f64]) {
        self.size = values.len() / (block.lanes * block.steps).max(1);
        self.steps = block.steps;
        self.samples += block.used;
        let each = (block.steps * self.size).max(1);
        for (lane, values) in values.chunks_exact(each).take(block.used).enumerate() {
            self.values.extend(values.iter().map(|value| single(*value)));
            if let Targets::Class(classes) = &block.targets {
                let class = classes.get(lane).and_then(|class| usize::try_from(*class).ok());
                self.labelled += 1;
                self.correct += usize::from(class.is_some() && decide(values, self.size) == class);
            }
        }
    }
}

/// The output with the largest sum over all steps.
fn decide(values: &[f64], size: usize) -> Option<usize> {
    let sum = |output| values.iter().skip(output).step_by(size).sum();
    decision(&(0..size).map(sum).collect::<Vec<f64>>())
}

#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "f32 is the format")]
fn single(value: f64) -> f32 {
    value as f32
}

/// Makes a backend at rest for so many lanes.
pub type Make<'a> = dyn FnMut(usize) -> Result<Box<dyn Backend>, Diagnostics> + 'a;

/// Answers blocks of samples; `backend` makes one at rest for so many lanes.
///
/// # Errors
/// What the backend refuses.
pub fn infer(
    blocks: impl Iterator<Item = Block>,
    mut backend: impl FnMut(usize) -> Result<Box<dyn Backend>, Diagnostics>,
) -> Result<Outputs, Diagnostics> {
    let mut all = Outputs::default();
    for block in blocks {
        let mut backend = backend(block.lanes)?;
        let values = backend.outputs(&block)?;
        all.end(&block, &values, backend.as_ref());
    }
    Ok(all)
}

/// What is answered, for how long, and by what.
#[derive(Debug)]
pub struct Question<'a> {
    /// The samples.
    pub blocks: &'a [Block],
    /// Everything that the answers depend on.
    pub inputs: &'a Inputs,
}

/// Answers blocks of samples, or goes on from a snapshot to the same bits, until `goes_on` says no: it
/// is asked after every [`Backend::stride`] steps.
///
/// # Errors
/// What the backend refuses; LL1490 or LL1491 for a snapshot of another run.
pub fn infer_while(
    question: &Question<'_>,
    from: Option<Paused<Outputs>>,
    make: &mut Make<'_>,
    goes_on: &mut GoesOn<'_>,
) -> Result<Answered<Outputs>, Diagnostics> {
    question.answer(from, Outputs::default(), goes_on, &mut |block, place, all, goes_on| {
        let mut backend = make(block.lanes)?;
        if !place.machine.is_empty() {
            backend.restore(&place.machine)?;
        }
        let mut done = place.step();
        let mut lanes = place.values;
        lanes.resize(block.lanes, Vec::new());
        while done < block.steps {
            let end = block.steps.min(done + backend.stride());
            let values = backend.outputs(&block.untaught(done..end))?;
            let each = (values.len() / block.lanes.max(1)).max(1);
            lanes.iter_mut().zip(values.chunks(each)).for_each(|(lane, more)| lane.extend(more));
            done = end;
            if !goes_on(done) {
                let machine = backend.save(&Progress::default())?;
                return Ok(Some(Place { values: lanes, ..Place::new(done, machine) }));
            }
        }
        all.end(block, &lanes.concat(), backend.as_ref());
        Ok(None)
    })
}

/// The first steps of a block, without values to be taught.
#[must_use]
pub fn truncated(mut block: Block, steps: usize) -> Block {
    block.steps = steps.min(block.steps);
    block.inputs.truncate(block.steps * block.lanes * block.width);
    if matches!(block.targets, Targets::Values { .. }) {
        block.targets = Targets::None;
    }
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_decided_by_the_sum_over_its_steps() {
        let block = Block {
            steps: 2,
            lanes: 2,
            width: 1,
            inputs: vec![0.0; 4],
            targets: Targets::Class(vec![1, 1]),
            used: 2,
        };
        let mut outputs = Outputs::default();
        outputs.add(&block, &[0.0, 1.0, 0.5, 0.0, 1.0, 0.0, 0.0, 0.5]);
        assert_eq!(
            (outputs.samples, outputs.size, outputs.labelled, outputs.correct),
            (2, 2, 2, 1)
        );
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&outputs.accuracy().into_iter().collect::<Vec<_>>()), bits(&[0.5]));
        assert_eq!(bits(&outputs.summary(0)), bits(&[0.0, 0.375, 1.0]));
    }
}
