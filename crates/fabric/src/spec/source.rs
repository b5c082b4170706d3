//! The source interface: from the queues of a core into its router.
//!
//! Source: `docs/chip/fabric.md`, Source interface.

use std::collections::VecDeque;

use crate::config::Checked;
use crate::packet::{Flit, Packet, flits};
use crate::topology::Node;

/// A flit with the cycle from which on it may be sent.
#[derive(Clone, PartialEq, Debug)]
struct Queued {
    at: u64,
    flit: Flit,
}

/// One class of a source.
#[derive(Clone, PartialEq, Debug, Default)]
struct Lane {
    queue: VecDeque<Queued>,
    /// Channel of the packet that is being sent.
    open: Option<usize>,
    /// Where the search for the next packet's channel starts.
    next: usize,
}

/// The interface of one core.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Source {
    lanes: Vec<Lane>,
    /// Class to be tried first.
    turn: usize,
    /// By channel: free slots of the router's local input.
    credits: Vec<u8>,
    per_class: usize,
}

impl Source {
    pub(super) fn reset(checked: &Checked) -> Self {
        let classes = usize::from(checked.config().classes);
        Self {
            lanes: vec![Lane::default(); classes],
            turn: 0,
            credits: vec![checked.config().buffer; checked.channels()],
            per_class: checked.per_class(),
        }
    }

    pub(super) fn queue(&mut self, source: Node, at: u64, packet: &Packet) {
        let flits = flits(packet, source, at);
        for flit in flits {
            self.lanes[flit.class()].queue.push_back(Queued { at, flit });
        }
    }

    pub(super) fn take_credit(&mut self, channel: usize) {
        self.credits[channel] += 1;
    }

    /// Whether a flit could be sent if there were room.
    pub(super) fn waits(&self, now: u64) -> bool {
        self.lanes.iter().any(|lane| lane.ready(now).is_some())
    }

    /// The class and channel of the flit to be sent: classes in turn, beginning after the one served
    /// last; a head takes the first channel with a credit after the one used last.
    pub(super) fn choose(&self, now: u64) -> Option<(usize, usize)> {
        let classes = self.lanes.len();
        let mut in_turn = (0..classes).map(|offset| (self.turn + offset) % classes);
        in_turn.find_map(|class| Some((class, self.channel(class, now)?)))
    }

    fn channel(&self, class: usize, now: u64) -> Option<usize> {
        let lane = &self.lanes[class];
        lane.ready(now)?;
        let has_credit = |channel: &usize| self.credits[*channel] > 0;
        match lane.open {
            Some(channel) => Some(channel).filter(has_credit),
            None => (0..self.per_class)
                .map(|offset| class * self.per_class + (lane.next + offset) % self.per_class)
                .find(has_credit),
        }
    }

    /// Sends the front flit of a class on a channel.
    pub(super) fn send(&mut self, class: usize, channel: usize) -> Flit {
        let lane = &mut self.lanes[class];
        let flit = lane.queue.pop_front().expect("only a ready class is chosen").flit;
        lane.open = (!flit.is_tail()).then_some(channel);
        lane.next = (channel - class * self.per_class + 1) % self.per_class;
        self.credits[channel] -= 1;
        self.turn = (class + 1) % self.lanes.len();
        flit
    }

    /// The first cycle in which a flit could be sent if there were room.
    pub(super) fn next_event(&self) -> Option<u64> {
        self.lanes.iter().filter_map(|lane| Some(lane.queue.front()?.at)).min()
    }

    pub(super) fn is_home(&self, checked: &Checked) -> bool {
        let full = self.credits.iter().all(|&credits| credits == checked.config().buffer);
        full && self.lanes.iter().all(|lane| lane.open.is_none())
    }
}

impl Lane {
    fn ready(&self, now: u64) -> Option<&Queued> {
        self.queue.front().filter(|queued| queued.at <= now)
    }
}
