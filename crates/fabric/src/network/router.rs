//! A router as words and bytes, and what happens when a flit enters or leaves it.
//!
//! Sets of virtual channels are words with one group of bits per port ([`Lanes`]); lists over
//! channels are `[port][channel]`. The buffers lie in one list of the tile, slot-major, so that the
//! slots that light traffic uses lie close together.

#![expect(
    clippy::indexing_slicing,
    reason = "ports < 5, channels < CV, slots < depth, routers < tile"
)]

use leadlag_fixed::{count, index};

use super::masks::{Lanes, byte, members, rr};
use super::rules::Rules;
use super::wheel::{Arrival, Crossing, Move, Moves, Place, Wheel, Whose};
use crate::config::Checked;
use crate::packet::Flit;
use crate::topology::{Node, PORTS, Port};

mod again;
mod passed;
mod state;

pub(super) use passed::Turns;
pub(super) use state::RouterState;

/// A grant of some router of the tile, in eight bytes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Planned {
    local: u32,
    input: u8,
    channel: u8,
    output: u8,
    to: u8,
}

impl Planned {
    #[inline(always)]
    pub(super) fn new(local: usize, grant: Grant) -> Self {
        let [input, channel, output, to] =
            [grant.input, grant.channel, grant.output, grant.to].map(|small| byte(count(small)));
        Self { local: count(local), input, channel, output, to }
    }

    /// The router's place in the tile, and its grant.
    #[inline(always)]
    pub(super) fn unpack(self) -> (usize, Grant) {
        let [input, channel, output, to] =
            [self.input, self.channel, self.output, self.to].map(usize::from);
        (index(self.local), Grant { input, channel, output, to })
    }
}

const LOCAL: usize = Port::Local.index();
/// Sets of one port.
const SINGLE: [u8; 8] = [1, 2, 4, 8, 16, 0, 0, 0];

/// A byte per virtual channel.
type Bytes<const CV: usize> = [[u8; CV]; PORTS];

/// The registers of a router, and its counters: what every flit touches first, in few cache lines.
#[derive(Clone, PartialEq, Debug)]
#[repr(C, align(64))]
pub(super) struct Router<const CV: usize> {
    /// By output: channels whose front flit wants it. A multicast flit stands in several. The bytes of
    /// a word, which is written by the byte where channels have a byte per port, and read as a whole.
    want: [[u8; 8]; PORTS],
    /// The same by ports, a byte per input: what stands in its row of the request matrix.
    asks: [u8; 8],
    /// Input channels that hold a flit.
    pub(super) occupied: u64,
    /// Input channels whose packet owns an output channel.
    pub(super) owner: u64,
    /// Output channels that a head may take.
    pub(super) free: u64,
    /// Output channels with a credit.
    pub(super) credit: u64,
    /// Input channels whose front head is still being routed.
    pub(super) routing: u64,
    /// Input channels whose packet leads nowhere.
    pub(super) removing: u64,
    pub(super) input_pointer: [u8; PORTS],
    pub(super) output_pointer: [u8; PORTS],
    pub(super) channel_pointer: [u8; PORTS],
    /// Preset P: `[output][class]`.
    pub(super) pick_pointer: [[u8; 2]; PORTS],
    /// Ports whose link crosses the edge of a chip.
    pub(super) slow: u8,
    pub(super) x: u8,
    pub(super) y: u8,
    /// By output, and last by the source interface: free slots behind it.
    credits: [[u8; CV]; PORTS + 1],
    head: Bytes<CV>,
    length: Bytes<CV>,
    pub(super) fill: Bytes<CV>,
    /// By owner: the place of its output channel's bit.
    pub(super) owned: Bytes<CV>,
    /// By output channel: flits that left, modulo 2^32, and how often that turned over.
    pub(super) hops: [[u32; CV]; PORTS],
    pub(super) stalled: u64,
    pub(super) rare: Rare,
    pub(super) turnovers: [[u32; CV]; PORTS],
}

/// An odd number of cache lines, so that neighbours do not compete for the same places of a cache.
const _: () = assert!(size_of::<Router<4>>() == 7 * 64);

/// Counts that are mostly zero.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Rare {
    pub(super) replicated: u64,
    pub(super) route_errors: u64,
    pub(super) dropped: u64,
    pub(super) lost: u64,
    pub(super) flipped: u64,
}

/// Where a router works: its buffers, the wires, the rules.
#[derive(Debug)]
pub(super) struct Site<'a> {
    pub(super) rules: &'a Rules,
    /// Buffers of the whole tile: `[router][slot][port·CV + channel]`.
    pub(super) flits: &'a mut [Flit],
    pub(super) wheel: &'a mut Wheel,
    /// Moves of this cycle.
    pub(super) moves: &'a mut Moves,
    /// What goes to the tiles with smaller and with larger rows.
    pub(super) crossings: &'a mut [Vec<Crossing>; 2],
    /// By router and output: first cycle in which a chip's link takes another flit.
    pub(super) open_from: &'a mut [[u64; PORTS]],
    /// The router's place in the tile, and the first of its slots.
    pub(super) local: usize,
    pub(super) base: usize,
    pub(super) now: u64,
}

/// A branch of a flit that crosses the switch.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Grant {
    pub(super) input: usize,
    pub(super) channel: usize,
    pub(super) output: usize,
    /// The output's virtual channel.
    pub(super) to: usize,
}

/// All ones, or 0.
#[inline(always)]
fn all_if(condition: bool) -> u8 {
    u8::from(condition).wrapping_neg()
}

impl<const CV: usize> Router<CV> {
    pub(super) fn reset(checked: &Checked, node: Node) -> Self {
        let (mut free, mut credit, mut slow) = (0, 0, 0);
        let mut credits = [[0; CV]; PORTS + 1];
        for port in Port::ALL {
            let stuck = checked.config().faults.stuck_channels(node, port);
            let initial = checked.credits(node, port);
            let here = credits[port.index()].iter_mut().take(checked.channels());
            for (channel, credits) in here.enumerate() {
                let bit = Lanes::<CV>::bit(port.index(), channel);
                *credits = initial;
                credit |= if initial > 0 { bit } else { 0 };
                free |= if stuck >> channel & 1 == 0 { bit } else { 0 };
            }
            slow |= if checked.mesh().crosses_chips(node, port) { port.mask() } else { 0 };
        }
        let source = credits[PORTS].iter_mut().take(checked.channels());
        for (channel, credits) in source.enumerate() {
            *credits = checked.config().buffer;
            credit |= Lanes::<CV>::bit_of(PORTS * CV + channel);
        }
        let last = checked.config().channels - 1;
        let pick = [last, last + if checked.config().classes > 1 { last + 1 } else { 0 }];
        let (x, y) = checked.mesh().coordinates(node);
        Self {
            want: [[0; 8]; PORTS],
            asks: [0; 8],
            occupied: 0,
            owner: 0,
            free,
            credit,
            routing: 0,
            removing: 0,
            input_pointer: [0; PORTS],
            output_pointer: [0; PORTS],
            channel_pointer: [0; PORTS],
            pick_pointer: [pick; PORTS],
            slow,
            x: byte(u32::from(x)),
            y: byte(u32::from(y)),
            credits,
            head: [[0; CV]; PORTS],
            length: [[0; CV]; PORTS],
            fill: [[0; CV]; PORTS],
            owned: [[0; CV]; PORTS],
            hops: [[0; CV]; PORTS],
            stalled: 0,
            rare: Rare::default(),
            turnovers: [[0; CV]; PORTS],
        }
    }

    /// The output of a unicast head on its way: x before y.
    #[inline(always)]
    pub(super) fn route(&self, flit: &Flit) -> usize {
        let [y, x] = flit.target().to_be_bytes();
        let along_y = if y == self.y { LOCAL } else { 2 + usize::from(y < self.y) };
        if x == self.x { along_y } else { usize::from(x < self.x) }
    }

    /// A slot behind an output channel is free again.
    #[inline(always)]
    pub(super) fn take_credit(&mut self, place: Place) {
        self.credits.as_flattened_mut()[place.cell()] += 1;
        self.credit |= Lanes::<CV>::bit_of(place.cell());
    }

    /// Channels through which the source interface may send, as a group of bits.
    #[inline(always)]
    pub(super) fn open_to_source(&self) -> u64 {
        if CV <= 8 {
            return Lanes::<CV>::group(self.credit, PORTS);
        }
        let channels = self.credits[PORTS].iter().enumerate();
        channels.fold(0, |set, (channel, &credits)| set | u64::from(credits > 0) << channel)
    }

    /// The source interface fills a slot.
    #[inline(always)]
    pub(super) fn take_source_slot(&mut self, channel: usize) {
        let credits = &mut self.credits[PORTS][channel];
        *credits -= 1;
        self.credit &= !if *credits == 0 { Lanes::<CV>::bit_of(PORTS * CV + channel) } else { 0 };
    }

    /// Channels whose front flit wants an output.
    #[inline(always)]
    pub(super) fn wants(&self, output: usize) -> u64 {
        u64::from_le_bytes(self.want[output])
    }

    /// The same of one input, as a group of bits.
    #[inline(always)]
    pub(super) fn wants_of(&self, input: usize, output: usize) -> u64 {
        if CV <= 8 {
            u64::from(self.want[output][input & 7])
        } else {
            Lanes::<CV>::group(self.wants(output), input)
        }
    }

    /// Which outputs the front flits want: a byte per input.
    #[inline(always)]
    pub(super) fn asks(&self) -> u64 {
        u64::from_le_bytes(self.asks)
    }

    /// The front flit of a channel wants an output too; `only` is all ones, or 0 for nothing to change.
    #[inline(always)]
    fn ask(&mut self, cell: usize, output: usize, only: u8) {
        let input = cell / CV;
        if CV <= 8 {
            self.want[output][input & 7] |= Lanes::<CV>::channel_bit(cell) & only;
        } else if only != 0 {
            let want = self.wants(output) | Lanes::<CV>::bit_of(cell);
            self.want[output] = want.to_le_bytes();
        }
        self.asks[input & 7] |= SINGLE[output & 7] & only;
    }

    /// The front flit of a channel wants an output no more.
    #[inline(always)]
    fn forget(&mut self, cell: usize, output: usize) {
        let input = cell / CV;
        if CV <= 8 {
            self.want[output][input & 7] &= !Lanes::<CV>::channel_bit(cell);
        } else {
            let want = self.wants(output) & !Lanes::<CV>::bit_of(cell);
            self.want[output] = want.to_le_bytes();
        }
        let none = self.wants_of(input, output) == 0;
        self.asks[input & 7] &= !(SINGLE[output & 7] & all_if(none));
    }

    /// Flits in the buffers of an input port.
    pub(super) fn held(&self, port: Port) -> u64 {
        self.length[port.index()].iter().map(|&length| u64::from(length)).sum()
    }

    /// A flit enters; `base` is the first of the router's slots.
    #[inline(always)]
    pub(super) fn enter(
        &mut self,
        rules: &Rules,
        flits: &mut [Flit],
        base: usize,
        (flit, place): (Flit, Place),
    ) {
        let cell = place.cell();
        let bit = Lanes::<CV>::bit_of(cell);
        let length = self.length.as_flattened()[cell];
        let slot = if length == 0 {
            // An empty buffer starts over at its first slot, which the caches know best.
            self.head.as_flattened_mut()[cell] = 0;
            self.occupied |= bit;
            self.show(rules, flit, cell, bit);
            0
        } else {
            (self.head.as_flattened()[cell] + length) & rules.last_slot
        };
        flits[base + usize::from(slot) * PORTS * CV + cell] = flit;
        self.length.as_flattened_mut()[cell] = length + 1;
        let fill = &mut self.fill.as_flattened_mut()[cell];
        *fill = (*fill).max(length + 1);
    }

    /// A whole packet of one flit for one core enters: [`Self::enter`] without a branch on whether it
    /// comes to the front, which nobody can predict.
    #[inline(always)]
    pub(super) fn enter_lone(
        &mut self,
        flits: &mut [Flit],
        (last_slot, base): (u8, usize),
        (flit, place): (Flit, Place),
    ) {
        let (cell, output) = (place.cell(), self.route(&flit));
        let bit = Lanes::<CV>::bit_of(cell);
        let length = self.length.as_flattened()[cell];
        let head = if length == 0 { 0 } else { self.head.as_flattened()[cell] };
        self.head.as_flattened_mut()[cell] = head;
        self.ask(cell, output, all_if(length == 0));
        self.occupied |= bit;
        let slot = (head + length) & last_slot;
        flits[base + usize::from(slot) * PORTS * CV + cell] = flit.with_output(output);
        self.length.as_flattened_mut()[cell] = length + 1;
        let fill = &mut self.fill.as_flattened_mut()[cell];
        *fill = (*fill).max(length + 1);
    }

    /// A flit comes to the front of a channel.
    #[inline(always)]
    fn show(&mut self, rules: &Rules, flit: Flit, cell: usize, bit: u64) {
        if flit.is_head() {
            self.show_head(rules, flit.outputs(), (cell, bit));
        } else if self.owner & bit != 0 {
            let owned = self.owned.as_flattened()[cell];
            self.ask(cell, usize::from(owned) / Lanes::<CV>::STRIDE, u8::MAX);
        }
    }

    #[inline(always)]
    fn show_head(&mut self, rules: &Rules, outputs: u8, (cell, bit): (usize, u64)) {
        for output in members(u64::from(outputs)) {
            self.ask(cell, index(output), u8::MAX);
        }
        self.removing |= if outputs == 0 { bit } else { 0 };
        self.routing |= if rules.route_stage { bit } else { 0 };
    }

    /// A head takes an output channel before it crosses the switch.
    pub(super) fn own(&mut self, (port, channel): (usize, usize), to: u32) {
        self.owner |= Lanes::<CV>::bit(port, channel);
        self.free &= !(1 << to);
        self.owned[port][channel] = byte(to);
    }

    /// The output channel of an owner, if it has a credit.
    pub(super) fn owned_with_credit(&self, port: usize, channel: usize) -> Option<(usize, usize)> {
        let owned = u32::from(self.owned[port][channel]);
        (self.credit >> owned & 1 == 1).then(|| Lanes::<CV>::place(owned))
    }

    /// The class of a channel's front flit: channels are class·V + v.
    #[inline(always)]
    pub(super) fn class(rules: &Rules, channel: usize) -> usize {
        usize::from(channel >= rules.per_class)
    }

    /// The output channel that a winning head takes in preset P.
    #[inline(always)]
    pub(super) fn pick(
        &mut self,
        rules: &Rules,
        usable: u64,
        output: usize,
        channel: usize,
    ) -> usize {
        let class = Self::class(rules, channel);
        let pointer = &mut self.pick_pointer[output][class];
        let to = rr(Lanes::<CV>::group(usable, output) & rules.class_channels[class], *pointer);
        *pointer = byte(to + 1);
        index(to)
    }

    #[inline(always)]
    fn count_hop(&mut self, into: usize) {
        let hops = &mut self.hops.as_flattened_mut()[into];
        *hops = hops.wrapping_add(1);
        if *hops == 0 {
            self.turnovers.as_flattened_mut()[into] += 1;
        }
    }

    /// Flits that left through each output channel, of the channels in use.
    pub(super) fn counted_hops(&self, channels: usize) -> Vec<u64> {
        let total = |(&low, &high): (&u32, &u32)| u64::from(high) << 32 | u64::from(low);
        let rows = self.hops.iter().zip(&self.turnovers);
        rows.flat_map(|(low, high)| low.iter().zip(high).take(channels).map(total)).collect()
    }

    /// One branch of a front flit crosses the switch, and everything that follows from it.
    #[inline(always)]
    pub(super) fn send(&mut self, site: &mut Site<'_>, grant: Grant) {
        let Grant { input, channel, output, to } = grant;
        debug_assert!(Port::ALL[input].turns() >> output & 1 == 1, "a turn that may deadlock");
        let cell = input * CV + channel;
        let bit = Lanes::<CV>::bit(input, channel);
        let flit = site.flits[site.base + self.slot(cell) * PORTS * CV + cell];
        let into = output * CV + to;
        self.count_hop(into);
        let credits = &mut self.credits.as_flattened_mut()[into];
        *credits -= 1;
        let out = Lanes::<CV>::bit(output, to);
        self.credit &= !(if *credits == 0 { out } else { 0 });
        self.forget(cell, output);
        if flit.is_tail() {
            self.free |= out;
            self.owner &= !bit;
        } else {
            self.own((input, channel), out.trailing_zeros());
        }
        if flit.is_multicast_head() && (0..PORTS).any(|output| self.wants(output) & bit != 0) {
            self.rare.replicated += 1;
        } else {
            self.pop(site, input, channel);
        }
        self.forward(site, flit, output, to);
    }

    #[inline(always)]
    fn slot(&self, cell: usize) -> usize {
        usize::from(self.head.as_flattened()[cell])
    }

    /// The front slot of a channel is freed; what is behind it comes to the front.
    #[inline(always)]
    pub(super) fn pop(&mut self, site: &mut Site<'_>, input: usize, channel: usize) {
        let (cell, bit) = (input * CV + channel, Lanes::<CV>::bit(input, channel));
        self.free_slot(site.rules, site.flits, site.base, (cell, bit));
        self.return_credit(site, input, channel);
    }

    /// The front slot of a channel is freed; `base` is the first of the router's slots.
    #[inline(always)]
    fn free_slot(&mut self, rules: &Rules, flits: &[Flit], base: usize, (cell, bit): (usize, u64)) {
        let sent = self.head.as_flattened()[cell];
        let head = (sent + 1) & rules.last_slot;
        self.head.as_flattened_mut()[cell] = head;
        let length = &mut self.length.as_flattened_mut()[cell];
        *length -= 1;
        let left = all_if(*length != 0);
        self.occupied &= !if left == 0 { bit } else { 0 };
        // Where nothing is left, the flit that leaves is read again, and not used: nobody can predict
        // a branch here, and the slot behind would have to be fetched.
        let slot = if left == 0 { sent } else { head };
        let next = &flits[base + usize::from(slot) * PORTS * CV + cell];
        let output = next.output();
        if output < PORTS {
            self.ask(cell, output, left);
        } else if left != 0 {
            self.show(rules, *next, cell, bit);
        }
    }

    /// [`Self::send`] of a packet of one flit for one core, from a plain router: its output channel
    /// is free before and after, and what it causes is due at T + 2 and T + 3.
    #[inline(always)]
    pub(super) fn send_lone(&mut self, site: &mut Site<'_>, grant: Grant, flit: Flit) {
        let Grant { input, channel, output, to } = grant;
        debug_assert!(Port::ALL[input].turns() >> output & 1 == 1, "a turn that may deadlock");
        let (cell, into) = (input * CV + channel, output * CV + to);
        let bit = Lanes::<CV>::bit_of(cell);
        self.count_hop(into);
        let credits = &mut self.credits.as_flattened_mut()[into];
        *credits -= 1;
        self.credit &= !if *credits == 0 { Lanes::<CV>::bit_of(into) } else { 0 };
        self.forget(cell, output);
        self.free_slot(site.rules, site.flits, site.base, (cell, bit));
        let rules = site.rules;
        let (from, next) = (rules.near(site.local, input), rules.near(site.local, output));
        if from < rules.count && next < rules.count {
            let into = rules.entries[output].channel(to).at(next);
            let back = rules.returns[input].channel(channel).at(from);
            site.moves.push(Whose::behind(output), Move { flit, into, back });
        } else {
            self.return_credit(site, input, channel);
            self.forward(site, flit, output, to);
        }
    }

    /// The freed slot counts upstream at T + 1 + D + cd, at the source interface at T + 2.
    #[inline(always)]
    fn return_credit(&self, site: &mut Site<'_>, input: usize, channel: usize) {
        let (rules, whose) = (site.rules, Whose::behind(input));
        let delay = rules.credit_delays[whose.index()];
        let due = site.now + 1 + rules.latency(self.slow, input) + delay;
        let place = rules.returns[input].channel(channel);
        match rules.next(site.local, input) {
            Ok(router) => site.wheel.credit(due, place.at(router)),
            Err((edge, router)) => {
                site.crossings[edge].push(Crossing::Credit(due, place.at(router)));
            }
        }
    }

    /// To the neighbour, visible there at T + 2 + D; or to the core, there at T + 3.
    #[inline(always)]
    fn forward(&mut self, site: &mut Site<'_>, mut flit: Flit, output: usize, to: usize) {
        let (rules, whose) = (site.rules, Whose::behind(output));
        if rules.flips && whose == Whose::ROUTER {
            let faults = &rules.checked.config().faults;
            let flipped = faults.flip(site.now, rules.node(site.local), output);
            self.rare.flipped += u64::from(flipped != 0);
            flit.word ^= flipped;
        }
        if self.slow >> output & 1 == 1 {
            site.open_from[site.local][output] = site.now + rules.interval;
        }
        let due = site.now + 2 + rules.latency(self.slow, output);
        let place = rules.entries[output].channel(to);
        match rules.next(site.local, output) {
            Ok(router) => {
                site.wheel.flit(due, whose, Arrival { flit, place: place.at(router) });
            }
            Err((edge, router)) => {
                let arrival = Arrival { flit, place: place.at(router) };
                site.crossings[edge].push(Crossing::Flit(due, arrival));
            }
        }
    }

    /// Outputs whose link takes no flit in this cycle.
    #[inline(always)]
    pub(super) fn closed(&self, site: &Site<'_>) -> u8 {
        if self.slow == 0 {
            return 0;
        }
        let open_from = &site.open_from[site.local];
        let closed = (0..PORTS).filter(|&port| open_from[port] > site.now);
        closed.fold(0, |set, port| set | 1 << port)
    }

    /// The front flit of a channel.
    pub(super) fn front<'a>(&self, site: &'a Site<'_>, input: usize, channel: usize) -> &'a Flit {
        let cell = input * CV + channel;
        &site.flits[site.base + self.slot(cell) * PORTS * CV + cell]
    }

    /// Removes the front flit of a channel as if it had been sent; its branches are over.
    pub(super) fn remove(&mut self, site: &mut Site<'_>, input: usize, channel: usize) {
        let bit = Lanes::<CV>::bit(input, channel);
        let tail = self.front(site, input, channel).is_tail();
        (0..PORTS).for_each(|output| self.forget(input * CV + channel, output));
        self.removing &= if tail { !bit } else { u64::MAX };
        self.pop(site, input, channel);
    }

    /// How many outputs a channel's front flit still wants.
    pub(super) fn branches(&self, input: usize, channel: usize) -> u64 {
        let bit = Lanes::<CV>::bit(input, channel);
        (0..PORTS).map(|output| u64::from(self.wants(output) & bit != 0)).sum()
    }

    /// Whether credits, output channels and buffers are as after reset.
    pub(super) fn is_home(&self, fresh: &Self) -> bool {
        (self.occupied, self.owner, self.removing) == (0, 0, 0)
            && self.free == fresh.free
            && self.credits == fresh.credits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Preset};

    /// A count goes on past 32 bits, and past the second turn too.
    #[test]
    fn hops_are_counted_beyond_32_bits() {
        let checked = Config::square(2, Preset::P, 1, 4).check().expect("it can be built");
        let mut router = Router::<2>::reset(&checked, Node(0));
        for turn in 1..3_u64 {
            router.hops[1][0] = u32::MAX;
            router.count_hop(2);
            assert_eq!(router.counted_hops(1), [0, turn << 32, 0, 0, 0]);
            router.count_hop(2);
            assert_eq!(router.counted_hops(1)[1], (turn << 32) + 1);
        }
    }
}
