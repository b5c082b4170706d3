//! The source interface, with its queues.
//!
//! Source: `docs/chip/fabric.md`, Source interface.

#![expect(clippy::indexing_slicing, reason = "classes < 2 and channels < CV ≤ 12")]

use std::collections::VecDeque;

use crate::config::{Checked, MAX_CHANNELS};
use crate::packet::Flit;

const CHANNELS: usize = 12;
const _: () = assert!(MAX_CHANNELS == 12);

/// One class of a source: flits with the cycle from which on they may be sent.
#[derive(Clone, PartialEq, Debug, Default)]
struct Lane {
    queue: VecDeque<(u64, Flit)>,
    /// Channel within the class of the packet that is being sent, if one is.
    open: Option<u8>,
    /// Where the search for the next packet's channel starts, within the class.
    next: u8,
}

/// The interface of one core.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Source {
    lanes: [Lane; 2],
    credits: [u8; CHANNELS],
    classes: u8,
    per_class: u8,
    turn: u8,
}

impl Source {
    pub(super) fn reset(checked: &Checked) -> Self {
        let config = checked.config();
        Self {
            lanes: [Lane::default(), Lane::default()],
            credits: [config.buffer; CHANNELS],
            classes: config.classes,
            per_class: config.channels,
            turn: 0,
        }
    }

    /// Queues a flit; says whether it is now the first of its class.
    pub(super) fn queue(&mut self, at: u64, flit: Flit) -> bool {
        let queue = &mut self.lanes[flit.class()].queue;
        queue.push_back((at, flit));
        queue.len() == 1
    }

    #[inline(always)]
    pub(super) fn take_credit(&mut self, channel: usize) {
        self.credits[channel] += 1;
    }

    /// Whether a flit could be sent if there were room.
    #[inline(always)]
    pub(super) fn waits(&self, now: u64) -> bool {
        self.lanes.iter().any(|lane| lane.is_ready(now))
    }

    /// The first cycle after `now` in which a flit that is not ready yet becomes so.
    pub(super) fn wakes(&self, now: u64) -> Option<u64> {
        let fronts = self.lanes.iter().filter_map(|lane| lane.queue.front());
        fronts.map(|&(at, _)| at).filter(|&at| at > now).min()
    }

    /// Sends at most one flit: classes in turn, beginning after the one served last; a head takes
    /// the first channel with a credit after the one used last. Result: channel, flit.
    #[inline(always)]
    pub(super) fn send(&mut self, now: u64) -> Option<(usize, Flit)> {
        for offset in 0..self.classes {
            let turn = self.turn + offset;
            let class = if turn >= self.classes { turn - self.classes } else { turn };
            if let Some(sent) = self.send_class(class, now) {
                self.turn = if class + 1 == self.classes { 0 } else { class + 1 };
                return Some(sent);
            }
        }
        None
    }

    #[inline(always)]
    fn send_class(&mut self, class: u8, now: u64) -> Option<(usize, Flit)> {
        let lane = &mut self.lanes[usize::from(class)];
        if !lane.is_ready(now) {
            return None;
        }
        let first = class * self.per_class;
        let credits = &self.credits;
        let has_credit = |&channel: &u8| credits[usize::from(first + channel)] > 0;
        let channel = match lane.open {
            Some(open) => Some(open).filter(has_credit)?,
            None => (lane.next..self.per_class).chain(0..lane.next).find(has_credit)?,
        };
        let (_, flit) = lane.queue.pop_front()?;
        lane.open = (!flit.is_tail()).then_some(channel);
        lane.next = if channel + 1 == self.per_class { 0 } else { channel + 1 };
        self.credits[usize::from(first + channel)] -= 1;
        Some((usize::from(first + channel), flit))
    }

    pub(super) fn is_home(&self, checked: &Checked) -> bool {
        let mut used = self.credits.iter().take(checked.channels());
        let open = self.lanes.iter().any(|lane| lane.open.is_some());
        used.all(|&credits| credits == checked.config().buffer) && !open
    }
}

impl Lane {
    #[inline(always)]
    fn is_ready(&self, now: u64) -> bool {
        self.queue.front().is_some_and(|&(at, _)| at <= now)
    }
}
