//! Presets S, L, N and I: virtual channels have an allocator of their own.
//!
//! Input channels × output channels by bit place; pointers hold bit places, which keep the order of
//! port·CV + channel. Source: `docs/chip/fabric.md`, Allocation.

#![expect(clippy::indexing_slicing, reason = "bit places are below 64, ports < 5")]

use leadlag_fixed::index;

use super::allocate::{Bids, Match};
use super::masks::{Lanes, byte, members, rr};
use super::router::{Grant, Router, Site};
use crate::config::Preset;
use crate::topology::PORTS;

/// Bits of a word.
const PLACES: usize = 64;

/// Pointers of the channel allocator, by bit place.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Pointers {
    /// By input channel: which output channel it picks or accepts first.
    wanted: [u8; PLACES],
    /// By output channel: which input channel it picks or grants first.
    granted: [u8; PLACES],
}

impl Pointers {
    /// Both lists.
    pub(super) fn save(&self) -> (Vec<u8>, Vec<u8>) {
        (self.wanted.to_vec(), self.granted.to_vec())
    }

    /// Takes lists of the same length.
    pub(super) fn load(&mut self, wanted: &[u8], granted: &[u8]) {
        self.wanted.copy_from_slice(wanted);
        self.granted.copy_from_slice(granted);
    }
}

impl Default for Pointers {
    fn default() -> Self {
        Self { wanted: [0; PLACES], granted: [0; PLACES] }
    }
}

/// Input channel and output channel of one grant of the channel allocator, by bit place.
type Pair = (u32, u32);

impl<const CV: usize> Router<CV> {
    /// One cycle. Result: the input channels that won.
    pub(super) fn staged(&mut self, site: &mut Site<'_>, pointers: &mut Pointers) -> u64 {
        let waiting = self.occupied & !self.owner & !self.routing & !self.removing;
        self.routing = 0;
        let owners = self.owner_bids(site);
        let heads = if site.rules.preset == Preset::S {
            self.speculative_heads(site, waiting)
        } else {
            [0; PORTS]
        };
        let credit = self.credit;
        let pairs = self.allocate_channels(site, waiting, pointers);
        let matches = if site.rules.preset == Preset::I {
            self.islip(&owners)
        } else {
            self.input_first(&owners, &heads)
        };
        for &(from, to) in &pairs {
            self.own(Lanes::<CV>::place(from), to);
        }
        let mut won = 0;
        for Match { input, channel, output, owner } in matches.into_iter().flatten() {
            self.advance(input, channel, output);
            let bit = Lanes::<CV>::bit(input, channel);
            // A head's match counts only with a channel from this cycle's allocation that has a
            // credit; the pointers have moved all the same.
            let owned = u32::from(self.owned[input][channel]);
            if owner || self.owner & bit != 0 && credit >> owned & 1 == 1 {
                let to = index(owned) % Lanes::<CV>::STRIDE;
                self.send(site, Grant { input, channel, output, to });
                won |= bit;
            }
        }
        won
    }

    /// Heads, by output, that may bid for the switch before they own a channel.
    fn speculative_heads(&self, site: &Site<'_>, waiting: u64) -> Bids {
        let (rules, usable, closed) = (site.rules, self.free & self.credit, self.closed(site));
        std::array::from_fn(|output| {
            let usable = Lanes::<CV>::group(usable, output);
            let of_class = |class: usize| {
                let some = usable & rules.class_channels[class] != 0;
                if some { rules.class_everywhere[class] } else { 0 }
            };
            let open = closed >> output & 1 == 0;
            if open { self.wants(output) & waiting & (of_class(0) | of_class(1)) } else { 0 }
        })
    }

    /// Every waiting head bids for every free channel of its class at its output.
    fn allocate_channels(
        &self,
        site: &Site<'_>,
        waiting: u64,
        pointers: &mut Pointers,
    ) -> Vec<Pair> {
        let mut requests = Vec::new();
        for output in 0..PORTS {
            for from in members(self.wants(output) & waiting) {
                let class = Self::class(site.rules, Lanes::<CV>::place(from).1);
                let channels = site.rules.class_channels[class] << (output * Lanes::<CV>::STRIDE);
                requests.push((from, self.free & channels));
            }
        }
        let pairs = if site.rules.preset == Preset::I {
            islip(&requests, pointers)
        } else {
            input_first(&requests, pointers)
        };
        for &(from, to) in &pairs {
            pointers.wanted[index(from)] = byte(to + 1);
            pointers.granted[index(to)] = byte(from + 1);
        }
        pairs
    }
}

/// Each input channel picks an output channel, then each output channel picks an input channel.
fn input_first(requests: &[(u32, u64)], pointers: &Pointers) -> Vec<Pair> {
    let mut picked = [0_u64; PLACES];
    let mut outputs = 0_u64;
    for &(from, free) in requests.iter().filter(|(_, free)| *free != 0) {
        let to = rr(free, pointers.wanted[index(from)]);
        picked[index(to)] |= 1 << from;
        outputs |= 1 << to;
    }
    let grant = |to: u32| (rr(picked[index(to)], pointers.granted[index(to)]), to);
    members(outputs).map(grant).collect()
}

/// Each output channel grants an input channel, then each input channel accepts one.
fn islip(requests: &[(u32, u64)], pointers: &Pointers) -> Vec<Pair> {
    let mut asked = [0_u64; PLACES];
    let mut outputs = 0_u64;
    for &(from, free) in requests {
        members(free).for_each(|to| asked[index(to)] |= 1 << from);
        outputs |= free;
    }
    let mut granted = [0_u64; PLACES];
    let mut inputs = 0_u64;
    for to in members(outputs) {
        let from = rr(asked[index(to)], pointers.granted[index(to)]);
        granted[index(from)] |= 1 << to;
        inputs |= 1 << from;
    }
    let accept = |from: u32| (from, rr(granted[index(from)], pointers.wanted[index(from)]));
    members(inputs).map(accept).collect()
}
