//! Whole streams at once, where packets meet at most at the core that they are for.
//!
//! A core that has its say sends a packet per cycle, mostly many in a row to one place: a [`Stream`].
//! In an idle fabric of preset P each router on its way sees it for as many cycles as it has packets,
//! three cycles after the router before; a packet leaves in the cycle in which it is seen unless
//! another wants the same output in that cycle. So streams are compared by the cycles in which they
//! pass each output ([`Hop`]), and if no two pass one at the same time, what becomes of every packet,
//! pointer and counter is known without looking at one of them.
//!
//! At the core that they are for, streams may pass at the same time: they then queue there in front of
//! one output, which is a small machine of its own ([`meeting`]) as long as no queue becomes so long
//! that the router before would notice. Anything else is left to the routers.

#![expect(clippy::indexing_slicing, reason = "lists have an entry per node, and these per port")]

use leadlag_fixed::index;

use super::threads::Tiled;
use super::{Network, Width};
use crate::config::{Checked, Preset};
use crate::engine::Engine as _;
use crate::topology::{Node, PORTS, Port};

mod meeting;

pub(super) use meeting::Meeting;

const LOCAL: usize = Port::Local.index();
/// Cycles from being sent to being seen in the source's router, and from router to router.
const ENTRY: u64 = 2;
const PER_ROUTER: u64 = 3;
/// Cycles from the grant to the core.
pub(super) const EJECTION: u64 = 3;

/// Whole single-flit events of a core for a core, one per cycle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stream {
    /// The core that sends them.
    pub source: Node,
    /// The core that they are for.
    pub to: Node,
    /// The cycle from which on the first may be sent.
    pub at: u64,
    /// How many they are.
    pub packets: u64,
}

/// A stream passes a router.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Hop {
    pub(super) node: Node,
    pub(super) input: usize,
    pub(super) output: usize,
    /// Cycle in which the first packet is seen, and may be granted.
    pub(super) first: u64,
    pub(super) packets: u64,
    /// Cycles since that packet was offered.
    pub(super) age: u64,
}

/// The streams of a step, and the room to compare them.
#[derive(Clone, Debug, Default)]
pub struct Streams {
    all: Vec<Stream>,
    /// In the order in which they begin.
    hops: Vec<Hop>,
    /// By node and output, and last of its source: the first cycle after the last hop so far.
    until: Vec<[u64; PORTS + 1]>,
    /// By node and input: outputs that its packets take.
    takes: Vec<[u8; PORTS]>,
    /// Cores at which streams meet.
    meetings: Vec<Meeting>,
    /// How many of them there are; the others are room.
    met: usize,
}

impl Streams {
    /// Forgets all.
    pub fn clear(&mut self) {
        self.all.clear();
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// A core sends packets from a cycle on, after all that it was said to send before.
    #[inline]
    pub fn push(&mut self, stream: Stream) {
        match self.all.last_mut() {
            Some(last) if last.is_followed_by(&stream) => last.packets += stream.packets,
            _ => self.all.push(stream),
        }
    }

    /// Follows every stream through the fabric as if it were alone; whether it is one that can be
    /// followed.
    fn trace(&mut self, checked: &Checked, now: u64) -> bool {
        self.hops.clear();
        let chips = checked.config().grid.area() > 1;
        let follow = |stream: &Stream| {
            let inside = [stream.source, stream.to].map(|node| checked.mesh().contains(node));
            stream.at >= now
                && stream.packets > 0
                && inside == [true; 2]
                && follow(checked, stream, chips, &mut self.hops)
        };
        let all = self.all.iter().all(follow);
        self.hops.sort_unstable_by_key(|hop| hop.first);
        all
    }

    /// Whether no two streams pass a link in the same cycle. Notes the cores at which they do, if all
    /// that goes there by the same ways is for that core.
    fn meet(&mut self, nodes: usize) -> bool {
        self.met = 0;
        self.until.resize(nodes, [0; PORTS + 1]);
        self.takes.resize(nodes, [0; PORTS]);
        for hop in &self.hops {
            self.until[hop.node.index()] = [0; PORTS + 1];
            self.takes[hop.node.index()] = [0; PORTS];
        }
        let mut alone = true;
        for hop in &self.hops {
            let (node, end) = (hop.node.index(), hop.first + hop.packets);
            self.takes[node][hop.input] |= 1 << hop.output;
            let until = &mut self.until[node];
            if hop.input == LOCAL && hop.first < std::mem::replace(&mut until[PORTS], end) {
                return false;
            }
            if hop.first < until[hop.output] {
                if hop.output != LOCAL {
                    return false;
                }
                alone = false;
                note(&mut self.meetings, &mut self.met, hop.node);
            }
            until[hop.output] = until[hop.output].max(end);
        }
        alone || self.gather()
    }

    /// Gathers what comes to the cores where streams meet; whether nothing else comes by these ways.
    fn gather(&mut self) -> bool {
        let meetings = &mut self.meetings[..self.met];
        for hop in self.hops.iter().filter(|hop| hop.output == LOCAL) {
            let Some(meeting) = meetings.iter_mut().find(|meeting| meeting.node == hop.node) else {
                continue;
            };
            if self.takes[hop.node.index()][hop.input] != 1 << LOCAL {
                return false;
            }
            meeting.expect(hop);
        }
        true
    }

    /// Streams at the cores where they meet nobody, and on the way there: in the order of cycles.
    pub(super) fn hops(&self) -> impl Iterator<Item = (&Hop, bool)> {
        let meets = |hop: &Hop| {
            let at = |meeting: &Meeting| meeting.node == hop.node;
            hop.output == LOCAL && self.meetings[..self.met].iter().any(at)
        };
        self.hops.iter().map(move |hop| (hop, meets(hop)))
    }

    /// The meetings.
    pub(super) fn meetings(&self) -> &[Meeting] {
        &self.meetings[..self.met]
    }

    /// The first cycle by which every packet has arrived.
    fn end(&self) -> u64 {
        let alone = self.hops().filter(|(hop, meets)| hop.output == LOCAL && !meets);
        let alone = alone.map(|(hop, _)| hop.first + hop.packets + EJECTION);
        alone.chain(self.meetings().iter().map(Meeting::end)).max().unwrap_or(0)
    }
}

/// A meeting at a node, if it is not known yet.
fn note(meetings: &mut Vec<Meeting>, met: &mut usize, node: Node) {
    if meetings[..*met].iter().any(|meeting| meeting.node == node) {
        return;
    }
    if *met == meetings.len() {
        meetings.push(Meeting::default());
    }
    meetings[*met].begin(node);
    *met += 1;
}

impl Stream {
    fn is_followed_by(&self, next: &Self) -> bool {
        (self.source, self.to, self.at + self.packets) == (next.source, next.to, next.at)
    }
}

/// The hops of a stream that is alone; none of them may cross the edge of a chip.
fn follow(checked: &Checked, stream: &Stream, chips: bool, hops: &mut Vec<Hop>) -> bool {
    let (mesh, mut node, mut input) = (checked.mesh(), stream.source, Port::Local);
    let mut age = ENTRY;
    loop {
        let output = mesh.route(node, stream.to);
        hops.push(Hop {
            node,
            input: input.index(),
            output: output.index(),
            first: stream.at + age,
            packets: stream.packets,
            age,
        });
        let Some(next) = mesh.neighbour(node, output) else { return true };
        if chips && mesh.crosses_chips(node, output) {
            return false;
        }
        (node, input, age) = (next, output.opposite(), age + PER_ROUTER);
    }
}

/// Whether the packets of a stream that is alone never lack a credit, where nothing can go wrong: the
/// longest loop of credits has 5 cycles.
fn is_smooth(checked: &Checked) -> bool {
    let config = checked.config();
    let (channels, buffer) = (u64::from(config.channels), u64::from(config.buffer));
    config.preset == Preset::P
        && config.drop_after.is_none()
        && config.faults.is_empty()
        && buffer > 4 / channels.max(1)
}

impl Network {
    /// Carries whole streams of events at once: as if every packet had been offered, the fabric had run
    /// until the last of them has arrived, and deliveries had been drained. Result: the cycle that comes
    /// then, [`crate::Engine::now`]; none, and nothing has changed, where packets would stand in each
    /// other's way other than at the core that they are for, or something else is on its way.
    ///
    /// A fabric that is run by several threads carries none.
    pub fn carry(&mut self, streams: &mut Streams) -> Option<u64> {
        match &mut self.0 {
            Width::Two(tiles) => tiles.carry(streams),
            Width::Four(tiles) => tiles.carry(streams),
            Width::Eight(tiles) => tiles.carry(streams),
            Width::Twelve(tiles) => tiles.carry(streams),
        }
    }
}

impl<const CV: usize> Tiled<CV> {
    fn carry(&mut self, streams: &mut Streams) -> Option<u64> {
        let (now, checked) = self.at();
        if !is_smooth(checked) || self.tiles().len() > 1 || self.next_event().is_some() {
            return None;
        }
        if !streams.trace(checked, now) || !streams.meet(checked.mesh().nodes()) {
            return None;
        }
        let depth = index(u32::from(checked.config().buffer));
        let [tile] = self.tiles_mut() else { return None };
        for meeting in &mut streams.meetings[..streams.met] {
            tile.open(meeting);
            if !meeting.run(depth) {
                return None;
            }
        }
        let end = streams.end().max(now);
        tile.pass(streams, end);
        self.skip_to(end);
        Some(end)
    }
}
