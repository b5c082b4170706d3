//! Streams that meet at the core that they are for.
//!
//! Each input port of the core's router has a queue per virtual channel, which its packets enter in
//! turn; in each cycle one input sends one packet to the core: a round robin over inputs, and over
//! the channels of the one that wins. The router before sees nothing of it while it has a credit for
//! every packet in the cycle in which that packet comes.

#![expect(clippy::indexing_slicing, reason = "ports < 5, channels < V ≤ 6, packets as counted")]

use leadlag_fixed::{count, index};

use super::{EJECTION, Hop, PER_ROUTER};
use crate::counters::{BUCKETS, bucket};
use crate::network::masks::{byte, members, rr};
use crate::packet::low;
use crate::topology::{Node, PORTS};

/// Virtual channels of a class, at most.
const CHANNELS: usize = 6;

/// From the cycle in which a slot is freed to the one in which the next packet that takes it can be
/// there: its credit counts two cycles later, and the packet then takes three.
const REUSE: u64 = 2 + PER_ROUTER;

/// A packet that comes.
#[derive(Clone, Copy, Debug)]
struct Coming {
    /// The cycle in which it is seen.
    at: u64,
    /// Cycles since it was offered.
    age: u64,
}

/// Packets that come by an input, and their queues.
#[derive(Clone, Debug, Default)]
pub(in crate::network) struct Queues {
    coming: Vec<Coming>,
    /// How many have come.
    come: usize,
    /// The channel that the next one enters.
    enters: usize,
    /// By channel: which packet is at the front, or will be.
    front: [usize; CHANNELS],
    length: [u8; CHANNELS],
    /// Channels that hold a packet.
    occupied: u64,
    /// The round robin over channels.
    pub(in crate::network) pointer: u8,
    /// By channel: most packets held.
    pub(in crate::network) fill: [u8; CHANNELS],
}

/// Streams that meet at a core.
#[derive(Clone, Debug, Default)]
pub(in crate::network) struct Meeting {
    pub(in crate::network) node: Node,
    /// V.
    channels: usize,
    pub(in crate::network) inputs: [Queues; PORTS],
    /// The round robin over inputs.
    pub(in crate::network) pointer: u8,
    /// Packets by latency.
    pub(in crate::network) latency: Vec<u32>,
    /// Packets that have left.
    pub(in crate::network) packets: u64,
    /// The cycles in which the last two were granted, the last one first.
    pub(in crate::network) last: [u64; 2],
}

impl Meeting {
    /// A meeting at a node to which nothing comes yet.
    pub(super) fn begin(&mut self, node: Node) {
        self.node = node;
        for queues in &mut self.inputs {
            queues.coming.clear();
            (queues.come, queues.occupied) = (0, 0);
        }
    }

    /// A stream comes, later than those before it.
    pub(super) fn expect(&mut self, hop: &Hop) {
        let came = (0..hop.packets).map(|at| Coming { at: hop.first + at, age: hop.age });
        self.inputs[hop.input].coming.extend(came);
    }

    /// The router as it is before: its round robins, and by input the channel that the router or the
    /// source before it sends the first packet to. `channels` is V.
    pub(in crate::network) fn open(
        &mut self,
        channels: usize,
        pointer: u8,
        input: impl Fn(usize) -> (u8, usize),
    ) {
        (self.channels, self.pointer, self.packets, self.last) = (channels, pointer, 0, [0; 2]);
        self.latency.clear();
        self.latency.resize(BUCKETS, 0);
        for (port, queues) in self.inputs.iter_mut().enumerate() {
            if !queues.coming.is_empty() {
                queues.open(channels, input(port));
            }
        }
    }

    /// Inputs by which packets come.
    pub(in crate::network) fn inputs(&self) -> impl Iterator<Item = (usize, &Queues)> {
        self.inputs.iter().enumerate().filter(|(_, queues)| !queues.coming.is_empty())
    }

    /// Runs until all have left; no if the router before would have had to wait for a credit, or would
    /// have sent a packet to another channel than the one whose turn it is.
    pub(super) fn run(&mut self, depth: usize) -> bool {
        let mut left: usize = self.inputs.iter().map(|queues| queues.coming.len()).sum();
        let mut now = 0;
        while left > 0 {
            let asks = self.arrive(now);
            if asks == 0 {
                now = self.next();
                continue;
            }
            let input = index(rr(asks, self.pointer));
            let Some(age) = self.inputs[input].leave(now, self.channels, depth) else {
                return false;
            };
            self.pointer = byte(count(input + 1));
            self.latency[bucket(low(age + EJECTION))] += 1;
            self.last = [now, self.last[0]];
            (left, now) = (left - 1, now + 1);
            self.packets += 1;
        }
        true
    }

    /// What comes in a cycle joins its queue; the inputs that hold a packet.
    #[inline(always)]
    fn arrive(&mut self, now: u64) -> u64 {
        let channels = self.channels;
        let mut asks = 0;
        for (port, queues) in self.inputs.iter_mut().enumerate() {
            queues.arrive(now, channels);
            asks |= u64::from(queues.occupied != 0) << port;
        }
        asks
    }

    /// The cycle in which the next packet comes.
    fn next(&self) -> u64 {
        let next = |queues: &Queues| queues.coming.get(queues.come).map(|coming| coming.at);
        self.inputs.iter().filter_map(next).min().unwrap_or(0)
    }

    /// The first cycle by which all have arrived.
    pub(super) fn end(&self) -> u64 {
        self.last[0] + EJECTION + 1
    }
}

impl Queues {
    fn open(&mut self, channels: usize, (pointer, first): (u8, usize)) {
        (self.come, self.enters, self.pointer, self.occupied) = (0, first, pointer, 0);
        (self.length, self.fill) = ([0; CHANNELS], [0; CHANNELS]);
        for channel in 0..channels {
            self.front[channel] = (channel + channels - first) % channels;
        }
    }

    #[inline(always)]
    fn arrive(&mut self, now: u64, channels: usize) {
        if self.coming.get(self.come).is_none_or(|coming| coming.at != now) {
            return;
        }
        let channel = self.enters;
        self.come += 1;
        self.enters = if channel + 1 == channels { 0 } else { channel + 1 };
        self.occupied |= 1 << channel;
        self.length[channel] += 1;
        self.fill[channel] = self.fill[channel].max(self.length[channel]);
    }

    /// The packet whose turn it is leaves; cycles since it was offered, or none if the one that takes
    /// its slot comes too early.
    #[inline(always)]
    fn leave(&mut self, now: u64, channels: usize, depth: usize) -> Option<u64> {
        let channel = index(rr(self.occupied, self.pointer));
        self.pointer = byte(count(channel + 1));
        self.length[channel] -= 1;
        self.occupied &= !(u64::from(self.length[channel] == 0) << channel);
        let packet = self.front[channel];
        self.front[channel] = packet + channels;
        let heir = self.coming.get(packet + channels * depth);
        let in_time = heir.is_none_or(|heir| now + REUSE <= heir.at);
        let Coming { at, age } = self.coming[packet];
        in_time.then_some(now - at + age)
    }

    /// Channels that packets have entered, as a set.
    pub(in crate::network) fn filled(&self) -> impl Iterator<Item = (usize, u8)> {
        let filled = |set, (channel, &fill): (usize, &u8)| set | u64::from(fill > 0) << channel;
        let set = self.fill.iter().enumerate().fold(0, filled);
        members(set).map(|channel| (index(channel), self.fill[index(channel)]))
    }
}
