//! What streams leave behind in a router that they have passed without a stop.

#![expect(clippy::indexing_slicing, reason = "as in the router")]

use leadlag_fixed::{count, index};

use super::{CREDITS, LOCAL, Router};
use crate::network::masks::{Lanes, byte};
use crate::network::rules::Rules;
use crate::network::streams::Meeting;
use crate::packet::low;
use crate::topology::PORTS;

/// Channels of class event that packets take one after the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::network) struct Turns {
    /// The first packet's.
    pub(in crate::network) first: usize,
    /// V.
    pub(in crate::network) channels: usize,
    pub(in crate::network) packets: u64,
}

impl Turns {
    /// The channel of a packet.
    pub(in crate::network) fn of(self, packet: u64) -> usize {
        (self.first + small(packet % wide(self.channels))) % self.channels
    }

    /// How many packets each channel has.
    fn each(self) -> impl Iterator<Item = (usize, u64)> {
        let (all, rest) =
            (self.packets / wide(self.channels), small(self.packets % wide(self.channels)));
        (0..self.channels).map(move |channel| {
            let turn = (channel + self.channels - self.first) % self.channels;
            (channel, all + u64::from(turn < rest))
        })
    }

    /// The pointer after the last: winner + 1.
    fn pointer(self) -> u8 {
        byte(count(self.of(self.packets.saturating_sub(1)) + 1))
    }
}

fn wide(small: usize) -> u64 {
    u64::from(count(small))
}

fn small(packets: u64) -> usize {
    index(low(packets))
}

impl<const CV: usize> Router<CV> {
    /// The channel that the next event leaves through if all are free.
    pub(in crate::network) fn next_channel(&self, rules: &Rules, output: usize) -> usize {
        let next = usize::from(self.pick_pointer[output][0]);
        if next < rules.per_class { next } else { 0 }
    }

    /// The round robins of the core's output and of an input's channels.
    pub(in crate::network) fn robins(&self) -> (u8, [u8; PORTS]) {
        (self.output_pointer[LOCAL], self.channel_pointer)
    }

    /// Packets leave through an output, each through the channel whose turn it is.
    pub(in crate::network) fn let_out(
        &mut self,
        rules: &Rules,
        output: usize,
        packets: u64,
    ) -> Turns {
        let turns =
            Turns { first: self.next_channel(rules, output), channels: rules.per_class, packets };
        for (channel, packets) in turns.each() {
            self.flow[output][channel] += packets << CREDITS;
        }
        self.pick_pointer[output][0] = turns.pointer();
        turns
    }

    /// An input has sent packets to an output, the last of all so far.
    pub(in crate::network) fn matched(&mut self, input: usize, output: usize) {
        self.input_pointer[input] = byte(count(output + 1));
        self.output_pointer[output] = byte(count(input + 1));
    }

    /// Packets have come in, none of which stayed.
    pub(in crate::network) fn let_in(&mut self, input: usize, turns: Turns) {
        for (channel, packets) in turns.each() {
            let fill = &mut self.fill[input][channel];
            *fill = (*fill).max(u8::from(packets > 0));
        }
        self.channel_pointer[input] = turns.pointer();
    }

    /// Streams have met in front of the core.
    pub(in crate::network) fn let_meet(&mut self, rules: &Rules, meeting: &Meeting) -> Turns {
        for (input, queues) in meeting.inputs() {
            for (channel, most) in queues.filled() {
                let fill = &mut self.fill[input][channel];
                *fill = (*fill).max(most);
            }
            self.channel_pointer[input] = queues.pointer;
            self.input_pointer[input] = byte(count(LOCAL + 1));
        }
        self.output_pointer[LOCAL] = meeting.pointer;
        self.let_out(rules, LOCAL, meeting.packets)
    }

    /// A packet's slot at the core is not free again yet.
    pub(in crate::network) fn owe(&mut self, channel: usize) {
        self.flow[LOCAL][channel] -= 1;
        let empty = self.credits(LOCAL * CV + channel) == 0;
        self.credit &= !if empty { Lanes::<CV>::bit(LOCAL, channel) } else { 0 };
    }
}
