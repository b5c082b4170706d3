//! A stream with its teacher: the network that knows the answer runs beside.

use leadlag_net::tasks::Stream;
use leadlag_net::{Block, Network};
use leadlag_reference::Teacher;

/// Steps that a teacher catches up at a time.
const CHUNK: u64 = 1000;

/// A stream; targets come from the stream itself or from a teacher.
#[derive(Debug)]
pub struct StreamTask {
    stream: Stream,
    lanes: usize,
    net: Network,
    teacher: Option<Teacher>,
    next: u64,
}

impl StreamTask {
    /// A stream on `lanes` lanes; the network's teacher answers if it has one.
    #[must_use]
    pub fn new(stream: Stream, net: &Network, lanes: usize) -> Self {
        let teacher = Teacher::new(net, lanes);
        Self { stream, lanes, net: net.clone(), teacher, next: 0 }
    }

    /// The block of `steps` steps from `first`, which follows the one before.
    pub fn block(&mut self, first: u64, steps: usize) -> Block {
        let mut block = self.stream.stream_block(first, steps, self.lanes);
        if let Some(teacher) = &mut self.teacher {
            teacher.fill(&mut block);
        }
        self.next = first + u64::try_from(steps).unwrap_or(0);
        block
    }

    /// Brings the teacher to where it was after `step` steps.
    pub fn rewind_to(&mut self, step: u64) {
        if self.teacher.is_none() || self.next == step {
            return;
        }
        if self.next > step {
            self.teacher = Teacher::new(&self.net, self.lanes);
            self.next = 0;
        }
        while self.next < step {
            let length = CHUNK.min(step - self.next);
            self.block(self.next, usize::try_from(length).unwrap_or(0));
        }
    }
}
