//! A block of stimulus from a tape of words.

use leadlag_chip::{Stimulus, Targets};
use leadlag_fixed::{index, low_quarter, signed};
use leadlag_image::{Image, Loss};

pub(crate) struct Lesson {
    pub(crate) codes: Vec<i16>,
    pub(crate) classes: Vec<u32>,
    pub(crate) targets: Vec<i16>,
    pub(crate) steps: usize,
}

impl Lesson {
    pub(crate) fn new(image: &Image, replicas: u32, steps: usize, tape: &[u32]) -> Self {
        let lines: usize = image.inputs.iter().map(|i| index(i.size)).sum();
        let outputs = image.teaching.map_or(0, |t| image.populations[index(t.population)].size);
        let words = || tape.iter().copied().cycle();
        let cells = steps * index(replicas);
        let places = 16 - image.chip.payload_bits;
        let code = |word: u32| low_quarter(signed(word)) >> places;
        let target = |word: u32| low_quarter(signed(word >> 16));
        Self {
            codes: words().map(code).take(cells * lines).collect(),
            classes: words().take(index(replicas)).collect(),
            targets: words().map(target).take(cells * index(outputs)).collect(),
            steps,
        }
    }

    /// Teaches as the image's loss wants it; `present` says in which steps, where values are taught.
    pub(crate) fn stimulus<'a>(&'a self, image: &Image, present: &'a [bool]) -> Stimulus<'a> {
        let classes = image.teaching.is_none_or(|t| t.loss == Loss::CrossEntropy);
        let codes = Targets::Codes { codes: &self.targets, present };
        let targets = if classes { Targets::Class(&self.classes) } else { codes };
        Stimulus { steps: self.steps, codes: &self.codes, targets, learn: true }
    }
}
