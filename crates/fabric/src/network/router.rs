//! A router as words and bytes, and what happens when a flit enters or leaves it.
//!
//! Sets of virtual channels are words with one group of bits per port ([`Lanes`]); lists over
//! channels are `[port][channel]`. Below saturation nearly every flit finds its channel empty and
//! leaves it empty, so a router holds the front flits itself and does the least for them; the flits
//! behind them lie in one list of the tile, slot-major.

#![expect(
    clippy::indexing_slicing,
    reason = "ports < 5, channels < CV, slots < depth, routers < tile"
)]

use std::hint::select_unpredictable;

use leadlag_fixed::index;

use super::masks::{Lanes, byte, rr};
use super::recent::{Move, Moves};
use super::rules::Rules;
use super::wheel::{Arrival, Crossing, Place, Wheel, Whose};
use crate::config::Checked;
use crate::packet::Flit;
use crate::topology::{Node, PORTS, Port};

mod again;
mod passed;
mod state;

pub(super) use passed::Turns;
pub(super) use state::RouterState;

const LOCAL: usize = Port::Local.index();
/// What stands in front of the credits of an output channel: flits that left through it.
const CREDITS: u32 = 8;
/// A flit left.
const HOP: u64 = 1 << CREDITS;

/// A byte per virtual channel.
type Bytes<const CV: usize> = [[u8; CV]; PORTS];

/// The registers of a router, its front flits, and its counters. The fields stand in the order in which
/// they are needed, so that a flit touches few cache lines; with four channels per port these begin
/// where the comments say.
#[derive(Clone, PartialEq, Debug)]
#[repr(C, align(64))]
pub(super) struct Router<const CV: usize> {
    // Line 0: who wants what, and what is to be had.
    /// By channel, a byte per input: outputs that its front flit still wants. The bytes of a word, which
    /// is written by the byte, and read as a whole: the words of all channels are the request matrix.
    wanted: [[u8; 8]; CV],
    /// Input channels that hold a flit.
    pub(super) occupied: u64,
    /// Input channels whose packet owns an output channel.
    pub(super) owner: u64,
    /// Output channels that a head may take.
    pub(super) free: u64,
    /// Output channels with a credit.
    pub(super) credit: u64,
    // Line 1: round robins, and what else every flit asks about.
    /// Input channels whose packet leads nowhere.
    pub(super) removing: u64,
    /// Input channels that have ever held a flit.
    pub(super) used: u64,
    pub(super) input_pointer: [u8; PORTS],
    pub(super) output_pointer: [u8; PORTS],
    pub(super) channel_pointer: [u8; PORTS],
    /// Preset P: `[output][class]`.
    pub(super) pick_pointer: [[u8; 2]; PORTS],
    /// Ports whose link crosses the edge of a chip.
    pub(super) slow: u8,
    pub(super) x: u8,
    pub(super) y: u8,
    /// Flits behind the front one.
    behind: Bytes<CV>,
    // Line 2: queues.
    /// The slot of the first flit behind the front one.
    second: Bytes<CV>,
    /// Most flits that were held at once, of those that had to queue.
    fill: Bytes<CV>,
    /// By owner: the place of its output channel's bit.
    pub(super) owned: Bytes<CV>,
    // Lines 3 to 5: two outputs each.
    /// By output channel, and last of the source interface: free slots behind it in the low byte, flits
    /// that left above.
    flow: [[u64; CV]; PORTS + 1],
    // Lines 6 to 10: an input each.
    /// Front flits, where there are any.
    front: [[Flit; CV]; PORTS],
    // Line 11: the rest.
    pub(super) stalled: u64,
    /// Input channels whose front head is still being routed.
    pub(super) routing: u64,
    pub(super) rare: Rare,
}

const _: () = assert!(
    std::mem::offset_of!(Router<4>, removing) == 64
        && std::mem::offset_of!(Router<4>, second) == 2 * 64
        && std::mem::offset_of!(Router<4>, flow) == 3 * 64
        && std::mem::offset_of!(Router<4>, front) == 6 * 64
        && size_of::<Router<4>>() == 12 * 64
);

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
    /// Flits behind the front ones, of the whole tile: `[router][slot][port·CV + channel]`.
    pub(super) flits: &'a mut [Flit],
    pub(super) wheel: &'a mut Wheel,
    /// Moves of this cycle.
    pub(super) moves: &'a mut Moves,
    /// What goes to the tiles with smaller and with larger rows.
    pub(super) crossings: &'a mut [Vec<Crossing>; 2],
    /// By router and output: first cycle in which a chip's link takes another flit.
    pub(super) open_from: &'a mut [[u64; PORTS]],
    /// The router's place in the tile.
    pub(super) local: usize,
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

/// The lowest bits of the eight bytes of a word.
#[inline(always)]
const fn gathered(bytes: u64) -> u64 {
    // Bit 8·i times 2^(56 − 7·i) is bit 56 + i; all other products fall elsewhere, no two on one place.
    (bytes & 0x0101_0101_0101_0101).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

impl<const CV: usize> Router<CV> {
    pub(super) fn reset(checked: &Checked, node: Node) -> Self {
        let (mut free, mut credit, mut slow) = (0, 0, 0);
        let mut flow = [[0; CV]; PORTS + 1];
        for port in Port::ALL {
            let stuck = checked.config().faults.stuck_channels(node, port);
            let initial = checked.credits(node, port);
            let here = flow[port.index()].iter_mut().take(checked.channels());
            for (channel, flow) in here.enumerate() {
                let bit = Lanes::<CV>::bit(port.index(), channel);
                *flow = u64::from(initial);
                credit |= if initial > 0 { bit } else { 0 };
                free |= if stuck >> channel & 1 == 0 { bit } else { 0 };
            }
            slow |= if checked.mesh().crosses_chips(node, port) { port.mask() } else { 0 };
        }
        let source = flow[PORTS].iter_mut().take(checked.channels());
        for (channel, flow) in source.enumerate() {
            *flow = u64::from(checked.config().buffer);
            credit |= Lanes::<CV>::bit_of(PORTS * CV + channel);
        }
        let last = checked.config().channels - 1;
        let pick = [last, last + if checked.config().classes > 1 { last + 1 } else { 0 }];
        let (x, y) = checked.mesh().coordinates(node);
        Self {
            wanted: [[0; 8]; CV],
            occupied: 0,
            owner: 0,
            free,
            credit,
            removing: 0,
            used: 0,
            input_pointer: [0; PORTS],
            output_pointer: [0; PORTS],
            channel_pointer: [0; PORTS],
            pick_pointer: [pick; PORTS],
            slow,
            x: byte(u32::from(x)),
            y: byte(u32::from(y)),
            behind: [[0; CV]; PORTS],
            second: [[0; CV]; PORTS],
            fill: [[0; CV]; PORTS],
            flow,
            front: [[Flit::default(); CV]; PORTS],
            owned: [[0; CV]; PORTS],
            stalled: 0,
            routing: 0,
            rare: Rare::default(),
        }
    }

    /// The mask of the output of a unicast head on its way: the first port, in the order +x, −x, +y, −y,
    /// local, that leads nearer.
    #[inline(always)]
    pub(super) fn route(&self, flit: &Flit) -> u8 {
        let [y, x] = flit.target().to_be_bytes();
        let along_x = 1 + u8::from(x < self.x);
        let along_y = 4 + 4 * u8::from(y < self.y);
        let in_column = select_unpredictable(y == self.y, Port::Local.mask(), along_y);
        select_unpredictable(x == self.x, in_column, along_x)
    }

    /// A slot behind an output channel is free again.
    #[inline(always)]
    pub(super) fn take_credit(&mut self, place: Place) {
        self.flow.as_flattened_mut()[place.cell()] += 1;
        self.credit |= Lanes::<CV>::bit_of(place.cell());
    }

    /// Channels through which the source interface may send, as a group of bits.
    #[inline(always)]
    pub(super) fn open_to_source(&self) -> u64 {
        if CV <= 8 {
            return Lanes::<CV>::group(self.credit, PORTS);
        }
        let channels = self.flow[PORTS].iter().enumerate();
        channels.fold(0, |set, (channel, &credits)| set | u64::from(credits > 0) << channel)
    }

    /// The source interface fills a slot.
    #[inline(always)]
    pub(super) fn take_source_slot(&mut self, channel: usize) {
        let credits = &mut self.flow[PORTS][channel];
        *credits -= 1;
        self.credit &= !if *credits == 0 { Lanes::<CV>::bit_of(PORTS * CV + channel) } else { 0 };
    }

    /// Channels whose front flit wants an output.
    #[inline(always)]
    pub(super) fn wants(&self, output: usize) -> u64 {
        let (low, high) = self.wanted.split_at(CV.min(8));
        let wanting = |rows: &[[u8; 8]]| {
            rows.iter().enumerate().fold(0, |set, (channel, row)| {
                set | (u64::from_le_bytes(*row) >> output & Lanes::<8>::FIRST) << channel
            })
        };
        Lanes::<CV>::groups(wanting(low), wanting(high))
    }

    /// The same of one input, as a group of bits.
    #[inline(always)]
    pub(super) fn wants_of(&self, input: usize, output: usize) -> u64 {
        let (low, high) = self.wanted.split_at(CV.min(8));
        let wanting = |rows: &[[u8; 8]]| {
            let rows = rows.iter().enumerate();
            let wanted = rows.fold(0, |set, (at, row)| set | u64::from(row[input & 7]) << (8 * at));
            gathered(wanted >> output)
        };
        wanting(low) | wanting(high) << 8
    }

    /// Which outputs the front flits want: a byte per input.
    #[inline(always)]
    pub(super) fn asks(&self) -> u64 {
        self.wanted.iter().fold(0, |set, row| set | u64::from_le_bytes(*row))
    }

    /// Outputs that the front flit of a channel still wants.
    #[inline(always)]
    pub(super) fn wanted_by(&self, input: usize, channel: usize) -> u8 {
        self.wanted[channel][input & 7]
    }

    /// The same, to be changed.
    #[inline(always)]
    fn front_wants(&mut self, cell: usize) -> &mut u8 {
        &mut self.wanted[cell % CV][(cell / CV) & 7]
    }

    /// Credits of an output channel.
    fn credits(&self, cell: usize) -> u8 {
        let [credits, ..] = self.flow.as_flattened()[cell].to_le_bytes();
        credits
    }

    /// Most flits that each input channel held at once, of the channels in use.
    pub(super) fn fill(&self, channels: usize) -> Vec<u8> {
        let row = |port| (0..channels).map(move |channel| port * CV + channel);
        let held = |cell: usize| {
            let once = self.used & Lanes::<CV>::bit_of(cell) != 0;
            self.fill.as_flattened()[cell].max(u8::from(once))
        };
        (0..PORTS).flat_map(row).map(held).collect()
    }

    /// Flits in the buffers of an input port.
    pub(super) fn held(&self, port: Port) -> u64 {
        let fronts = Lanes::<CV>::group(self.occupied, port.index()).count_ones();
        let behind = self.behind[port.index()].iter().map(|&behind| u64::from(behind));
        u64::from(fronts) + behind.sum::<u64>()
    }

    /// A flit enters, its outputs known if it is a head.
    #[inline(always)]
    pub(super) fn enter(
        &mut self,
        rules: &Rules,
        flits: &mut [Flit],
        (local, cell): (usize, usize),
        flit: Flit,
    ) {
        let bit = Lanes::<CV>::bit_of(cell);
        if self.occupied & bit == 0 {
            self.come_first(flit, (cell, bit));
            self.show(rules, flit, cell, bit);
        } else {
            self.line_up(rules, flits, (local, cell), flit);
        }
    }

    /// A whole packet of one flit for one core enters: [`Self::enter`] in few steps.
    #[inline(always)]
    pub(super) fn enter_lone(
        &mut self,
        rules: &Rules,
        flits: &mut [Flit],
        (local, cell): (usize, usize),
        flit: Flit,
    ) {
        let (bit, way) = (Lanes::<CV>::bit_of(cell), self.route(&flit));
        if self.occupied & bit == 0 {
            self.come_first(flit.with_way(way), (cell, bit));
            *self.front_wants(cell) = way;
        } else {
            self.line_up(rules, flits, (local, cell), flit.with_way(way));
        }
    }

    /// A flit enters an empty channel.
    #[inline(always)]
    fn come_first(&mut self, flit: Flit, (cell, bit): (usize, u64)) {
        self.front.as_flattened_mut()[cell] = flit;
        self.occupied |= bit;
        self.used |= bit;
    }

    /// A flit enters behind others.
    #[inline(never)]
    fn line_up(
        &mut self,
        rules: &Rules,
        flits: &mut [Flit],
        (local, cell): (usize, usize),
        flit: Flit,
    ) {
        let behind = self.behind.as_flattened()[cell];
        let slot = rules.slot_after(self.second.as_flattened()[cell], behind);
        flits[rules.slot::<CV>((local, cell), slot)] = flit;
        self.behind.as_flattened_mut()[cell] = behind + 1;
        let fill = &mut self.fill.as_flattened_mut()[cell];
        *fill = (*fill).max(behind + 2);
    }

    /// A flit comes to the front of a channel.
    #[inline(always)]
    fn show(&mut self, rules: &Rules, flit: Flit, cell: usize, bit: u64) {
        if flit.is_head() {
            self.show_head(rules, flit.outputs(), (cell, bit));
        } else if self.owner & bit != 0 {
            let owned = self.owned.as_flattened()[cell];
            *self.front_wants(cell) = 1 << (usize::from(owned) / Lanes::<CV>::STRIDE);
        }
    }

    #[inline(always)]
    fn show_head(&mut self, rules: &Rules, outputs: u8, (cell, bit): (usize, u64)) {
        *self.front_wants(cell) = outputs;
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

    /// A flit leaves through an output channel, and takes a credit.
    #[inline(always)]
    fn take_slot(&mut self, into: usize) {
        let flow = &mut self.flow.as_flattened_mut()[into];
        *flow += HOP - 1;
        let [credits, ..] = flow.to_le_bytes();
        if credits == 0 {
            self.credit &= !Lanes::<CV>::bit_of(into);
        }
    }

    /// Flits that left through each output channel, of the channels in use.
    pub(super) fn counted_hops(&self, channels: usize) -> Vec<u64> {
        let rows = self.flow.iter().take(PORTS);
        rows.flat_map(|row| row.iter().take(channels).map(|flow| flow >> CREDITS)).collect()
    }

    /// One branch of a front flit crosses the switch, and everything that follows from it.
    #[inline(always)]
    pub(super) fn send(&mut self, site: &mut Site<'_>, grant: Grant) {
        let Grant { input, channel, output, to } = grant;
        debug_assert!(Port::ALL[input].turns() >> output & 1 == 1, "a turn that may deadlock");
        let cell = input * CV + channel;
        let bit = Lanes::<CV>::bit(input, channel);
        let flit = self.front[input][channel];
        let into = output * CV + to;
        let out = Lanes::<CV>::bit(output, to);
        self.take_slot(into);
        *self.front_wants(cell) &= !(1 << output);
        if flit.is_tail() {
            self.free |= out;
            self.owner &= !bit;
        } else {
            self.own((input, channel), out.trailing_zeros());
        }
        if flit.is_multicast_head() && *self.front_wants(cell) != 0 {
            self.rare.replicated += 1;
        } else {
            self.pop(site, input, channel);
        }
        self.forward(site, flit, output, to);
    }

    /// The front slot of a channel is freed; what is behind it comes to the front.
    #[inline(always)]
    pub(super) fn pop(&mut self, site: &mut Site<'_>, input: usize, channel: usize) {
        self.free_front(site, input * CV + channel);
        self.return_credit(site, input, channel);
    }

    #[inline(always)]
    fn free_front(&mut self, site: &Site<'_>, cell: usize) {
        if self.behind.as_flattened()[cell] == 0 {
            self.occupied &= !Lanes::<CV>::bit_of(cell);
            *self.front_wants(cell) = 0;
        } else {
            self.move_up(site, cell);
        }
    }

    /// The first flit behind the front one takes its place.
    #[inline(never)]
    fn move_up(&mut self, site: &Site<'_>, cell: usize) {
        let second = self.second.as_flattened()[cell];
        let next = site.flits[site.rules.slot::<CV>((site.local, cell), second)];
        self.second.as_flattened_mut()[cell] = site.rules.slot_after(second, 1);
        self.behind.as_flattened_mut()[cell] -= 1;
        self.front.as_flattened_mut()[cell] = next;
        if next.has_way() {
            *self.front_wants(cell) = next.outputs();
        } else {
            self.show(site.rules, next, cell, Lanes::<CV>::bit_of(cell));
        }
    }

    /// [`Self::send`] for a grant of a plain router: if it is for a packet of one flit for one core, its
    /// output channel is free before and after, and what it causes is due at T + 2 and T + 3.
    #[inline(always)]
    pub(super) fn send_plain(&mut self, site: &mut Site<'_>, grant: Grant) {
        let Grant { input, channel, output, to } = grant;
        debug_assert!(Port::ALL[input].turns() >> output & 1 == 1, "a turn that may deadlock");
        let (cell, into) = (input * CV + channel, output * CV + to);
        let flit = self.front.as_flattened()[cell];
        let ends = site.rules.ends(site.local, cell, into).filter(|_| flit.has_way());
        let Some((entry, back)) = ends else { return self.send_other(site, cell, into) };
        self.take_slot(into);
        self.free_front(site, cell);
        site.moves.push(Whose::behind(output), Move { flit, into: entry, back });
    }

    /// [`Self::send`] for a flit that is not a packet for one core, or that leaves the tile.
    #[inline(never)]
    fn send_other(&mut self, site: &mut Site<'_>, cell: usize, into: usize) {
        let (input, channel, output, to) = (cell / CV, cell % CV, into / CV, into % CV);
        self.send(site, Grant { input, channel, output, to });
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
    pub(super) fn front(&self, input: usize, channel: usize) -> &Flit {
        &self.front[input][channel]
    }

    /// Removes the front flit of a channel as if it had been sent; its branches are over.
    pub(super) fn remove(&mut self, site: &mut Site<'_>, input: usize, channel: usize) {
        let bit = Lanes::<CV>::bit(input, channel);
        let tail = self.front(input, channel).is_tail();
        *self.front_wants(input * CV + channel) = 0;
        self.removing &= if tail { !bit } else { u64::MAX };
        self.pop(site, input, channel);
    }

    /// How many outputs a channel's front flit still wants.
    pub(super) fn branches(&self, input: usize, channel: usize) -> u64 {
        u64::from(self.wanted[channel][input].count_ones())
    }

    /// Whether credits, output channels and buffers are as after reset.
    pub(super) fn is_home(&self, fresh: &Self) -> bool {
        (self.occupied, self.owner, self.removing) == (0, 0, 0)
            && self.free == fresh.free
            && (0..(PORTS + 1) * CV).all(|cell| self.credits(cell) == fresh.credits(cell))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Preset};

    /// A count goes on past 32 bits, and leaves the credits beside it alone.
    #[test]
    fn hops_are_counted_beyond_32_bits() {
        let checked = Config::square(2, Preset::P, 1, 4).check().expect("it can be built");
        let mut router = Router::<2>::reset(&checked, Node(0));
        let credits = u64::from(router.credits(0));
        assert_eq!(credits, 4);
        for hops in [1 << 32, 1 << 54] {
            router.flow[0][0] = (hops - 1) << CREDITS | credits;
            router.take_slot(0);
            assert_eq!((router.counted_hops(1), router.credits(0)), (vec![hops, 0, 0, 0, 0], 3));
            router.take_credit(Place::new(0, 0));
            assert_eq!((router.counted_hops(1)[0], router.credits(0)), (hops, 4));
        }
    }
}
