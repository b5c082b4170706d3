//! A router's registers and buffers as a list that does not depend on how the words are laid out.

#![expect(
    clippy::indexing_slicing,
    reason = "as in the router; lists are checked before they are loaded"
)]

use leadlag_fixed::{count, index};
use serde::{Deserialize, Serialize};

use super::{CREDITS, Rare, Router};
use crate::network::masks::{Lanes, byte, members};
use crate::network::rules::Rules;
use crate::packet::Flit;
use crate::topology::PORTS;

/// A router between two cycles. Lists over channels are `[port·C + channel]`, C the channels in use;
/// sets have a bit for each.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(in crate::network) struct RouterState {
    /// By input channel: its flits, the front first.
    pub(in crate::network) queues: Vec<Vec<Flit>>,
    /// By input channel: outputs that the front flit still wants.
    pub(in crate::network) pending: Vec<u8>,
    /// By input channel: the output channel that its packet owns.
    pub(in crate::network) owned: Vec<Option<u8>>,
    /// Output channels that a head may take.
    pub(in crate::network) free: u64,
    /// Input channels whose front head is still being routed, and whose packet leads nowhere.
    pub(in crate::network) routing: u64,
    pub(in crate::network) removing: u64,
    /// By output channel, and last of the source interface: free slots behind it.
    pub(in crate::network) credits: Vec<u8>,
    /// Of inputs, of outputs, of the channels of inputs.
    pub(in crate::network) pointers: [[u8; PORTS]; 3],
    pub(in crate::network) pick: [[u8; 2]; PORTS],
    /// By output channel: flits that left. By input channel: most flits held.
    pub(in crate::network) hops: Vec<u64>,
    pub(in crate::network) fill: Vec<u8>,
    pub(in crate::network) stalled: u64,
    /// Replicated, route errors, dropped, lost, flipped.
    pub(in crate::network) rare: [u64; 5],
}

/// The places of `ports` ports with `channels` channels each, in lists of `CV` channels per port.
fn cells<const CV: usize>(ports: usize, channels: usize) -> impl Iterator<Item = usize> {
    (0..ports).flat_map(move |port| (0..channels).map(move |channel| port * CV + channel))
}

impl<const CV: usize> Router<CV> {
    /// The router's state; `flits` are its slots.
    pub(in crate::network) fn save(
        &self,
        rules: &Rules,
        flits: &[Flit],
        channels: usize,
    ) -> RouterState {
        let inputs = || cells::<CV>(PORTS, channels);
        let queue = |cell: usize| {
            let occupied = self.occupied & Lanes::<CV>::bit_of(cell) != 0;
            let front = occupied.then(|| self.front.as_flattened()[cell]);
            let (second, behind) =
                (self.second.as_flattened()[cell], self.behind.as_flattened()[cell]);
            let slot = |at| usize::from(rules.slot_after(second, at));
            let behind = (0..behind).map(|at| flits[slot(at) * PORTS * CV + cell]);
            front.into_iter().chain(behind).collect()
        };
        let outputs = |cell: usize| self.wanted[cell % CV][cell / CV];
        let owned = |cell: usize| {
            let (port, channel) = Lanes::<CV>::place(u32::from(self.owned.as_flattened()[cell]));
            let owns = self.owner & Lanes::<CV>::bit_of(cell) != 0;
            owns.then(|| byte(count(port * channels + channel)))
        };
        let set = |word: u64| {
            let is_member = |(_, cell): &(usize, usize)| word & Lanes::<CV>::bit_of(*cell) != 0;
            inputs().enumerate().filter(is_member).fold(0, |set, (at, _)| set | 1 << at)
        };
        let rare = &self.rare;
        RouterState {
            queues: inputs().map(queue).collect(),
            pending: inputs().map(outputs).collect(),
            owned: inputs().map(owned).collect(),
            free: set(self.free),
            routing: set(self.routing),
            removing: set(self.removing),
            credits: cells::<CV>(PORTS + 1, channels).map(|cell| self.credits(cell)).collect(),
            pointers: [self.input_pointer, self.output_pointer, self.channel_pointer],
            pick: self.pick_pointer,
            hops: self.counted_hops(channels),
            fill: self.fill(channels),
            stalled: self.stalled,
            rare: [rare.replicated, rare.route_errors, rare.dropped, rare.lost, rare.flipped],
        }
    }

    /// Takes a state that has been checked; the router is as after reset.
    pub(in crate::network) fn load(
        &mut self,
        rules: &Rules,
        flits: &mut [Flit],
        channels: usize,
        state: &RouterState,
    ) {
        let word = |set: u64| {
            let cell = |at: usize| at / channels * CV + at % channels;
            members(set).fold(0, |word, at| word | Lanes::<CV>::bit_of(cell(index(at))))
        };
        (self.free, self.routing) = (word(state.free), word(state.routing));
        self.removing = word(state.removing);
        [self.input_pointer, self.output_pointer, self.channel_pointer] = state.pointers;
        self.pick_pointer = state.pick;
        self.stalled = state.stalled;
        let [replicated, route_errors, dropped, lost, flipped] = state.rare;
        self.rare = Rare { replicated, route_errors, dropped, lost, flipped };
        self.credit = 0;
        for (cell, &credits) in cells::<CV>(PORTS + 1, channels).zip(&state.credits) {
            self.flow.as_flattened_mut()[cell] = u64::from(credits);
            self.credit |= if credits > 0 { Lanes::<CV>::bit_of(cell) } else { 0 };
        }
        for (at, cell) in cells::<CV>(PORTS, channels).enumerate() {
            self.flow.as_flattened_mut()[cell] |= state.hops[at] << CREDITS;
            self.fill.as_flattened_mut()[cell] = state.fill[at];
            if let Some(owned) = state.owned[at].map(usize::from) {
                let place = owned / channels * Lanes::<CV>::STRIDE + owned % channels;
                self.owned.as_flattened_mut()[cell] = byte(count(place));
                self.owner |= Lanes::<CV>::bit_of(cell);
            }
            self.load_queue(rules, flits, cell, (&state.queues[at], state.pending[at]));
        }
    }

    fn load_queue(
        &mut self,
        rules: &Rules,
        flits: &mut [Flit],
        cell: usize,
        (queue, pending): (&[Flit], u8),
    ) {
        let mut queue = queue.iter().map(|flit| {
            let outputs = flit.outputs();
            let lone = rules.direct && flit.is_lone() && outputs.is_power_of_two();
            if lone { flit.with_way(outputs) } else { flit.with_outputs(outputs) }
        });
        if let Some(front) = queue.next() {
            self.front.as_flattened_mut()[cell] = front;
            self.occupied |= Lanes::<CV>::bit_of(cell);
        }
        self.behind.as_flattened_mut()[cell] = byte(count(queue.len()));
        for (slot, flit) in queue.enumerate() {
            flits[slot * PORTS * CV + cell] = flit;
        }
        *self.front_wants(cell) = pending;
    }
}
