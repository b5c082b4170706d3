//! What streams leave behind in a tile.

#![expect(clippy::indexing_slicing, reason = "as in the tile")]

use super::Tile;
use crate::counters::bucket;
use crate::network::streams::{EJECTION, Hop, Meeting, Streams};
use crate::network::wheel::Place;
use crate::packet::low;
use crate::topology::Port;

const LOCAL: usize = Port::Local.index();
/// Cycles from a grant until the slot at the core is free again.
const EJECTION_CREDIT: u64 = 5;

impl<const CV: usize> Tile<CV> {
    /// Shows a meeting the router in which it takes place.
    pub(in crate::network) fn open(&self, meeting: &mut Meeting) {
        let local = meeting.node.index();
        let (pointer, channels) = self.routers[local].robins();
        meeting.open(self.rules.per_class, pointer, |input| {
            let first = if input == LOCAL {
                self.sources[local].next_channel()
            } else {
                let before = self.rules.near(local, input);
                let output = Port::ALL[input].opposite().index();
                self.routers[before].next_channel(&self.rules, output)
            };
            (channels[input], first)
        });
    }

    /// Streams have passed, the last packet before the cycle `end`.
    pub(in crate::network) fn pass(&mut self, streams: &Streams, end: u64) {
        for (hop, meets) in streams.hops() {
            if hop.input == LOCAL {
                self.enter_stream(hop);
            }
            if !meets {
                self.pass_router(hop, end);
            }
        }
        for meeting in streams.meetings() {
            self.end_meeting(meeting, end);
        }
    }

    /// A stream leaves its source.
    fn enter_stream(&mut self, hop: &Hop) {
        let local = hop.node.index();
        let turns = self.sources[local].let_out(hop.packets);
        self.routers[local].let_in(LOCAL, turns);
        self.cores[local].sent += hop.packets;
        self.cores[local].packets += hop.packets;
    }

    /// A stream passes a router and enters the next, or its core.
    fn pass_router(&mut self, hop: &Hop, end: u64) {
        let Hop { input, output, packets, .. } = *hop;
        let local = hop.node.index();
        let router = &mut self.routers[local];
        router.matched(input, output);
        let turns = router.let_out(&self.rules, output, packets);
        if output != LOCAL {
            let next = self.rules.near(local, output);
            self.routers[next].let_in(Port::ALL[output].opposite().index(), turns);
            return;
        }
        self.cores[local].latency[bucket(low(hop.age + EJECTION))] += packets;
        self.land(local, packets);
        let recent = (end - EJECTION_CREDIT).max(hop.first)..hop.first + packets;
        for granted in recent {
            self.owe(local, turns.of(granted - hop.first), granted);
        }
    }

    fn end_meeting(&mut self, meeting: &Meeting, end: u64) {
        let local = meeting.node.index();
        let turns = self.routers[local].let_meet(&self.rules, meeting);
        for (count, &packets) in self.cores[local].latency.iter_mut().zip(&meeting.latency) {
            *count += u64::from(packets);
        }
        self.land(local, meeting.packets);
        // Of a meeting there are two packets at least.
        for (before, granted) in (1..).zip(meeting.last) {
            if granted + EJECTION_CREDIT >= end {
                self.owe(local, turns.of(meeting.packets - before), granted);
            }
        }
    }

    fn land(&mut self, local: usize, packets: u64) {
        self.cores[local].delivered += packets;
        self.cores[local].packets_delivered += packets;
    }

    /// The slot of a packet that was granted in a cycle is free again some cycles later.
    fn owe(&mut self, local: usize, channel: usize, granted: u64) {
        self.routers[local].owe(channel);
        let place = Place::new(local, LOCAL * CV + channel);
        self.wheel.credit(granted + EJECTION_CREDIT, place);
    }
}
