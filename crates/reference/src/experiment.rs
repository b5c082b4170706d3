//! A pupil that follows a stream: the loop of the teacher-student experiments.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_net::tasks::{Stream, Task};
use leadlag_net::{Length, Network, Score};

use crate::engine::Reference;
use crate::teacher::Teacher;

/// Longest block that is prepared at once.
const BLOCK: u64 = 1000;

/// A network that learns from a stream, with its teacher where the task has one.
#[derive(Clone, Debug)]
pub struct Pupil {
    reference: Reference,
    teacher: Option<Teacher>,
    stream: Stream,
    learn_from: u64,
}

impl Pupil {
    /// A pupil at its first step, with the parameters that the seed draws; one lane per replica of
    /// the schedule.
    ///
    /// # Errors
    /// LL1058 if the network names no task, or one with samples instead of a stream.
    pub fn new(network: &Network, seed: u64) -> Result<Self, Diagnostics> {
        let lanes = network.schedule().replicas;
        let Task::Stream(stream) = Task::prepare(network, seed)? else {
            let message = format!("the task of network {} is no stream", network.name());
            let help = "train it in epochs";
            return Err(Diagnostic::new("LL1058", message).help(help).into());
        };
        let learn_from = match network.schedule().length {
            Length::Steps { learn_from, .. } => learn_from,
            Length::Epochs { .. } => 0,
        };
        let reference = Reference::new(network, &network.initialise(seed), lanes);
        Ok(Self { reference, teacher: Teacher::new(network, lanes), stream, learn_from })
    }

    /// Advances by so many steps and says how well the outputs met their targets in them.
    pub fn advance(&mut self, steps: u64) -> Score {
        let end = self.reference.steps() + steps;
        let mut score = Score::default();
        while self.reference.steps() < end {
            let now = self.reference.steps();
            let learn = now >= self.learn_from;
            let stop = if learn { end } else { end.min(self.learn_from) };
            let length = usize::try_from((stop - now).min(BLOCK)).unwrap_or(1);
            let mut block = self.stream.stream_block(now, length, self.reference.lanes());
            if let Some(teacher) = &mut self.teacher {
                teacher.fill(&mut block);
            }
            score.merge(self.reference.run(&block, learn));
        }
        score
    }

    /// The network.
    #[must_use]
    pub fn reference(&self) -> &Reference {
        &self.reference
    }
}
