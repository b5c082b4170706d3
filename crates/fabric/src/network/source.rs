//! The source interface, with its queues.
//!
//! Source: `docs/chip/fabric.md`, Source interface.

#![expect(clippy::indexing_slicing, reason = "classes < 2")]

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::masks::{byte, rr};
use super::router::Turns;
use crate::config::Checked;
use crate::packet::Flit;

/// One class of a source: flits with the cycle from which on they may be sent.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(super) struct Lane {
    pub(super) queue: VecDeque<(u64, Flit)>,
    /// Channel within the class of the packet that is being sent, if one is.
    pub(super) open: Option<u8>,
    /// Where the search for the next packet's channel starts, within the class.
    pub(super) next: u8,
}

/// The interface of one core.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Source {
    lanes: [Lane; 2],
    classes: u8,
    per_class: u8,
    turn: u8,
    /// The channels of a class, as a group of bits.
    channels: u64,
}

impl Source {
    pub(super) fn reset(checked: &Checked) -> Self {
        let config = checked.config();
        Self {
            lanes: [Lane::default(), Lane::default()],
            classes: config.classes,
            per_class: config.channels,
            turn: 0,
            channels: (1 << config.channels) - 1,
        }
    }

    /// The classes, and which is served first.
    pub(super) fn save(&self) -> ([Lane; 2], u8) {
        (self.lanes.clone(), self.turn)
    }

    /// Takes what [`Self::save`] gave, or what has been checked.
    pub(super) fn load(&mut self, (lanes, turn): &([Lane; 2], u8)) {
        (self.lanes, self.turn) = (lanes.clone(), *turn);
        for (_, flit) in self.lanes.iter_mut().flat_map(|lane| &mut lane.queue) {
            *flit = flit.with_outputs(0);
        }
    }

    /// Queues a flit; says whether it is now the first of its class.
    #[inline(always)]
    pub(super) fn queue(&mut self, at: u64, flit: Flit) -> bool {
        let queue = &mut self.lanes[flit.class()].queue;
        queue.push_back((at, flit));
        queue.len() == 1
    }

    /// Whether nothing is queued.
    #[inline(always)]
    pub(super) fn is_empty(&self) -> bool {
        self.lanes.iter().all(|lane| lane.queue.is_empty())
    }

    /// Whether a flit could be sent if there were room.
    #[inline(always)]
    pub(super) fn waits(&self, now: u64) -> bool {
        self.lanes.iter().any(|lane| lane.is_ready(now))
    }

    /// Flits that could be sent now if there were room.
    pub(super) fn ready(&self, now: u64) -> u64 {
        let due = |lane: &Lane| lane.queue.iter().take_while(|(at, _)| *at <= now).count();
        self.lanes.iter().map(|lane| u64::from(leadlag_fixed::count(due(lane)))).sum()
    }

    /// The first cycle after `now` in which a flit that is not ready yet becomes so.
    pub(super) fn wakes(&self, now: u64) -> Option<u64> {
        let fronts = self.lanes.iter().filter_map(|lane| lane.queue.front());
        fronts.map(|&(at, _)| at).filter(|&at| at > now).min()
    }

    /// Sends at most one flit: classes in turn, beginning after the one served last; a head takes
    /// the first channel with a credit after the one used last. `open` are the channels with a
    /// credit. Result: channel, flit.
    #[inline(always)]
    pub(super) fn send(&mut self, now: u64, open: u64) -> Option<(usize, Flit)> {
        if self.lanes[1].queue.is_empty() {
            let sent = self.send_class(0, now, open)?;
            self.turn = u8::from(self.classes > 1);
            return Some(sent);
        }
        for offset in 0..self.classes {
            let turn = self.turn + offset;
            let class = if turn >= self.classes { turn - self.classes } else { turn };
            if let Some(sent) = self.send_class(class, now, open) {
                self.turn = if class + 1 == self.classes { 0 } else { class + 1 };
                return Some(sent);
            }
        }
        None
    }

    #[inline(always)]
    fn send_class(&mut self, class: u8, now: u64, open: u64) -> Option<(usize, Flit)> {
        let lane = &mut self.lanes[usize::from(class)];
        if !lane.is_ready(now) {
            return None;
        }
        let first = class * self.per_class;
        let open = open >> first & self.channels;
        let channel = match lane.open {
            Some(channel) => Some(channel).filter(|channel| open >> channel & 1 == 1)?,
            None if open == 0 => return None,
            None => byte(rr(open, lane.next)),
        };
        let (_, flit) = lane.queue.pop_front()?;
        lane.open = (!flit.is_tail()).then_some(channel);
        lane.next = if channel + 1 == self.per_class { 0 } else { channel + 1 };
        Some((usize::from(first + channel), flit))
    }

    /// The channel that the next event takes if all have a credit.
    pub(super) fn next_channel(&self) -> usize {
        usize::from(self.lanes[0].next)
    }

    /// Events are sent one after the other, each through the channel whose turn it is.
    pub(super) fn let_out(&mut self, packets: u64) -> Turns {
        let turns =
            Turns { first: self.next_channel(), channels: usize::from(self.per_class), packets };
        self.lanes[0].next = byte(leadlag_fixed::count(turns.of(packets)));
        self.turn = u8::from(self.classes > 1);
        turns
    }

    /// Whether no packet is sent in part.
    pub(super) fn is_home(&self) -> bool {
        self.lanes.iter().all(|lane| lane.open.is_none())
    }
}

impl Lane {
    #[inline(always)]
    fn is_ready(&self, now: u64) -> bool {
        self.queue.front().is_some_and(|&(at, _)| at <= now)
    }
}
