//! Steps that have been timed, for those in which the same packets are sent.
//!
//! Senders that speak in every step send the same packets in every step, and no router reads their
//! payload; so the fabric does what it did when its round robins last stood as they do now. What it did is
//! kept for some steps, and added instead of being run. Source: `docs/chip/time.md`.

use leadlag_fabric::{Bearing, Passage};

use super::times::Times;

/// Steps that are kept.
const STEPS: usize = 64;
/// Nodes of all steps that are kept: large fabrics keep fewer steps.
const NODES: usize = 4096;

/// What the fabric did in some steps. Not state: whether a step is kept shows in no result.
#[derive(Clone, Debug, Default)]
pub(super) struct Remembered {
    /// The cores that said nothing in them; empty: none.
    dead: Vec<bool>,
    /// What the fabric did in a step, and what the cores counted.
    steps: Vec<(Passage, Times)>,
    /// The one that makes room for the next.
    oldest: usize,
    /// Steps in a row that were not found.
    missed: usize,
}

impl Remembered {
    /// Whether steps of so many nodes are worth to be kept: not where more have been kept since any of
    /// them came again than there is room for, twice over.
    pub(super) fn is_open(&self, nodes: usize) -> bool {
        let room = Self::room(nodes);
        room > 0 && self.missed < 2 * room
    }

    fn room(nodes: usize) -> usize {
        STEPS.min(NODES / nodes.max(1))
    }

    /// From now on these cores say nothing: other packets are sent.
    pub(super) fn hush(&mut self, dead: &[bool]) {
        if self.dead != dead {
            *self = Self { dead: dead.to_vec(), ..Self::default() };
        }
    }

    /// What the fabric does and the cores count when its round robins stand so.
    pub(super) fn find(&mut self, bearing: &Bearing) -> Option<&(Passage, Times)> {
        let found = self.steps.iter().position(|(passage, _)| passage.before() == bearing)?;
        self.missed = 0;
        self.steps.get(found)
    }

    /// Keeps a step that was not found.
    pub(super) fn keep(&mut self, step: (Passage, Times), nodes: usize) {
        self.missed += 1;
        if self.steps.len() < Self::room(nodes) {
            self.steps.push(step);
        } else if let Some(old) = self.steps.get_mut(self.oldest) {
            *old = step;
            self.oldest = (self.oldest + 1) % Self::room(nodes);
        }
    }
}
