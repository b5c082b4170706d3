//! Whether a state can be one of a fabric: everything that running relies on.
//!
//! Three laws carry it. Slots: of every virtual channel, credits, flits on the wire, flits in the buffer
//! and credits on the way back add up to the buffer. Packets: what follows in a channel is heads and
//! their bodies in turn, from the source's queue to the last router. Owners: an output channel is free
//! or has one owner, and its owner has sent a head just if the channel behind it waits for a body.

use std::collections::BTreeMap;

use super::{NetworkState, NodeState, Wire};
use crate::config::Checked;
use crate::counters::BUCKETS;
use crate::packet::Flit;
use crate::topology::{Node, PORTS, Port};

/// Counts and cycles above this cannot have come about, and leave room to count on.
const LARGE: u64 = 1 << 62;
/// The same of the flits that left through a channel, which are counted in 56 bits.
const MANY_HOPS: u64 = 1 << 54;
/// Entries of a list of pointers of the channel allocator, and the places they may hold.
const PLACES: usize = 64;
const LAST_PLACE: u8 = 60;

type Found = Result<(), String>;

fn require(holds: bool, what: impl FnOnce() -> String) -> Found {
    if holds { Ok(()) } else { Err(what()) }
}

/// An input's or output's virtual channel of a node: `port·C + channel`; port 5 is the source's.
type Lane = (Node, usize);

struct Check<'a> {
    state: &'a NetworkState,
    checked: &'a Checked,
    channels: usize,
    /// Flits on their way into inputs, by due cycle.
    flits: BTreeMap<Lane, Vec<Flit>>,
    /// How many flits and credits are on their way, in the terms of the output that paid for them.
    under_way: BTreeMap<Lane, u64>,
}

/// See the module.
///
/// # Errors
/// What is wrong, with both numbers where there are two.
pub(super) fn check(state: &NetworkState, checked: &Checked) -> Found {
    shape(state, checked)?;
    let mut check = Check {
        state,
        checked,
        channels: checked.channels(),
        flits: BTreeMap::new(),
        under_way: BTreeMap::new(),
    };
    check.wires()?;
    for node in checked.mesh().all() {
        check.node(node)?;
    }
    for node in checked.mesh().all() {
        check.between(node)?;
    }
    Ok(())
}

fn shape(state: &NetworkState, checked: &Checked) -> Found {
    let extent = checked.mesh().extent();
    let (have, want) = ((state.columns, state.rows), (extent.columns, extent.rows));
    require(have == want, || {
        format!("it is of a mesh of {} × {}, not {} × {}", have.0, have.1, want.0, want.1)
    })?;
    let (have, want) = (usize::from(state.channels), checked.channels());
    require(have == want, || format!("it has {have} virtual channels per port, not {want}"))?;
    let (have, want) = (state.nodes.len(), checked.mesh().nodes());
    require(have == want, || format!("it has {have} nodes, not {want}"))?;
    require(state.now <= LARGE, || format!("its cycle is {}", state.now))?;
    let inside = |node: Node| checked.mesh().contains(node);
    let delivered = state.deliveries.iter().all(|delivery| inside(delivery.node));
    require(delivered, || "a flit was delivered outside the mesh".to_owned())
}

impl Check<'_> {
    fn get(&self, node: Node) -> Result<&NodeState, String> {
        self.state.nodes.get(node.index()).ok_or_else(|| format!("node {} is missing", node.0))
    }

    fn class(&self, channel: usize) -> usize {
        usize::from(channel % self.channels >= self.checked.per_class())
    }

    fn port(&self, lane: usize) -> Option<Port> {
        Port::ALL.get(lane / self.channels).copied()
    }

    /// What is on the wires comes within the longest latency, to places that there are.
    fn wires(&mut self) -> Found {
        let (state, mesh) = (self.state, self.checked.mesh());
        let delay = self.checked.config().preset.credit_delay();
        let last = state.now + self.checked.longest() + 2 + delay;
        let mut before: Option<Wire> = None;
        for &wire in &state.wires {
            let Wire { due, node, core, channel, flit } = wire;
            let lane = usize::from(channel);
            let ports = if flit.is_some() { PORTS } else { PORTS + 1 };
            let to_local = self.port(lane) == Some(Port::Local);
            let placed = mesh.contains(node) && lane < ports * self.channels;
            let meant = !core || flit.is_some() && to_local;
            require(placed && meant, || format!("node {} has no channel {lane}", node.0))?;
            require((state.now..=last).contains(&due), || {
                format!("something arrives in cycle {due}, outside {} to {last}", state.now)
            })?;
            let again = before.is_some_and(|last| {
                (last.due, last.node, last.core, last.channel) == (due, node, core, channel)
                    && last.flit.is_some()
                    && flit.is_some()
            });
            require(!again && before < Some(wire), || "wires are not in order".to_owned())?;
            before = Some(wire);
            let payer = match (flit, self.port(lane)) {
                (Some(_), Some(port)) if !core => self.payer(node, port, lane),
                _ => (node, lane),
            };
            *self.under_way.entry(payer).or_default() += 1;
            if let Some(flit) = flit.filter(|_| !core) {
                self.flit(&flit, (node, lane))?;
                self.flits.entry((node, lane)).or_default().push(flit);
            }
        }
        Ok(())
    }

    /// The output channel, or source, that fills an input channel.
    fn payer(&self, node: Node, port: Port, lane: usize) -> Lane {
        let channel = lane % self.channels;
        match self.checked.mesh().neighbour(node, port) {
            Some(from) => (from, port.opposite().index() * self.channels + channel),
            None => (node, PORTS * self.channels + channel),
        }
    }

    /// A flit may be where it is, and its way leads on from there.
    fn flit(&self, flit: &Flit, (node, lane): Lane) -> Found {
        let Some(port) = self.port(lane) else { return Ok(()) };
        require(flit.class() == self.class(lane), || {
            format!("a flit of class {} is in channel {lane} of node {}", flit.class(), node.0)
        })?;
        let fed = port == Port::Local || self.checked.mesh().neighbour(node, port).is_some();
        require(fed, || format!("nothing feeds channel {lane} of node {}", node.0))?;
        self.addressed(flit)?;
        if flit.is_head() && !flit.is_multicast() {
            let out = self.route(flit, node)?;
            require(out & port.turns() != 0, || {
                format!("a packet in channel {lane} of node {} would turn back", node.0)
            })?;
        }
        Ok(())
    }

    fn route(&self, flit: &Flit, node: Node) -> Result<u8, String> {
        let [y, x] = flit.target().to_be_bytes();
        let to = self.checked.mesh().node(u16::from(x), u16::from(y));
        let to = to.ok_or_else(|| format!("a packet goes to core ({x}, {y})"))?;
        Ok(self.checked.mesh().route(node, to).mask())
    }

    fn addressed(&self, flit: &Flit) -> Found {
        let mesh = self.checked.mesh();
        require(mesh.contains(flit.source()), || format!("a flit is from {}", flit.source().0))?;
        if !flit.is_head() {
            return Ok(());
        }
        if flit.is_multicast() {
            let replicates = self.checked.config().preset == crate::Preset::P;
            return require(replicates && flit.is_tail(), || {
                "a multicast packet has one flit, in preset P".to_owned()
            });
        }
        self.route(flit, Node(0)).map(|_| ())
    }

    fn node(&self, at: Node) -> Found {
        let node = self.get(at)?;
        self.lists(node).map_err(|what| format!("node {}: {what}", at.0))?;
        self.source(node).map_err(|what| format!("node {}: {what}", at.0))?;
        for lane in 0..PORTS * self.channels {
            self.input(at, node, lane).map_err(|what| format!("node {}: {what}", at.0))?;
        }
        Ok(())
    }

    /// Lists have their lengths, pointers point, counts can be counted on.
    fn lists(&self, node: &NodeState) -> Found {
        let (config, router) = (self.checked.config(), &node.router);
        let lanes = PORTS * self.channels;
        let staged = if config.preset.has_channel_allocator() { PLACES } else { 0 };
        let patient = if config.drop_after.is_some() { lanes } else { 0 };
        let lengths = [
            (router.queues.len(), lanes),
            (router.pending.len(), lanes),
            (router.owned.len(), lanes),
            (router.hops.len(), lanes),
            (router.fill.len(), lanes),
            (router.credits.len(), lanes + self.channels),
            (node.wanted.len(), staged),
            (node.granted.len(), staged),
            (node.patience.len(), patient),
            (node.core.latency.len(), BUCKETS),
        ];
        for (have, want) in lengths {
            require(have == want, || format!("a list has {have} entries, not {want}"))?;
        }
        let sets = [router.free, router.routing, router.removing];
        require(sets.iter().all(|set| set >> lanes == 0), || {
            format!("a set names a channel above {lanes}")
        })?;
        let [inputs, outputs, channels] = router.pointers;
        let most = |list: &[u8]| list.iter().copied().max().unwrap_or(0);
        let own = u8::try_from(self.channels).unwrap_or(u8::MAX);
        let pointers = most(&inputs).max(most(&outputs)) <= 5
            && most(&channels).max(most(router.pick.as_flattened())) <= own
            && most(&node.wanted).max(most(&node.granted)) <= LAST_PLACE;
        require(pointers, || "a pointer points behind the last".to_owned())?;
        let core = &node.core;
        let cores = [core.packets, core.sent, core.delivered, core.packets_delivered, core.waited];
        let counts = router.rare.iter().chain(&core.latency).chain(&cores);
        let counted = counts.chain([&router.stalled]).all(|&count| count <= LARGE);
        require(counted, || format!("a count is above {LARGE}"))?;
        let hops = router.hops.iter().all(|&hops| hops <= MANY_HOPS);
        require(hops, || format!("a count of flits is above {MANY_HOPS}"))?;
        let patience = node.patience.iter().all(|&cycles| cycles <= u32::MAX / 2);
        let open = node.open_from.iter().all(|&from| from <= self.state.now + 16);
        require(patience && open, || "something waits for longer than anything does".to_owned())
    }

    /// The source's queues are whole packets, but for the one that is being sent.
    fn source(&self, node: &NodeState) -> Found {
        let (classes, per_class) = (self.checked.config().classes, self.checked.per_class());
        require(node.turn < classes, || format!("class {} is served next", node.turn))?;
        for (class, lane) in node.lanes.iter().enumerate() {
            let inside = |channel: u8| usize::from(channel) < per_class;
            let used = class < usize::from(classes) || lane.queue.is_empty() && lane.open.is_none();
            require(used && inside(lane.next) && lane.open.is_none_or(inside), || {
                format!("the source's class {class} is where it cannot be")
            })?;
            let mut open = lane.open.is_some();
            for (at, flit) in &lane.queue {
                require(flit.class() == class && *at <= LARGE, || {
                    format!("class {class} has a flit of class {} for cycle {at}", flit.class())
                })?;
                self.addressed(flit)?;
                open = follows(open, flit)?;
            }
            require(!open, || "the source's last packet has no end".to_owned())?;
        }
        Ok(())
    }

    /// What an input channel holds, what it owns and what it wants fit together.
    fn input(&self, at: Node, node: &NodeState, lane: usize) -> Found {
        let Some(port) = self.port(lane) else { return Ok(()) };
        let legal = port.turns() & self.checked.mesh().outputs(at);
        for flit in node.router.queues.get(lane).into_iter().flatten() {
            self.flit(flit, (at, lane))?;
            self.outputs(flit, at, legal)?;
        }
        let owned = node.router.owned.get(lane).copied().flatten().map(usize::from);
        let output = owned.and_then(|owned| self.port(owned)).map_or(0, Port::mask);
        if let Some(owned) = owned {
            require(legal & output != 0 && self.class(owned) == self.class(lane), || {
                format!("channel {lane} owns output channel {owned}")
            })?;
        }
        require(self.front(node, lane, output), || {
            format!("channel {lane} wants what it does not hold")
        })
    }

    /// A flit in a buffer takes outputs that it may take: a packet for one core that on its way.
    fn outputs(&self, flit: &Flit, at: Node, legal: u8) -> Found {
        let way = match (flit.is_head(), flit.is_multicast()) {
            (false, _) => 0,
            (true, true) => legal,
            (true, false) => self.route(flit, at)? & legal,
        };
        let whole = flit.is_multicast() && flit.is_head() || flit.outputs() == way;
        let faultless = self.checked.config().faults.none_dead();
        require(flit.outputs() & !way == 0 && (whole || !faultless), || {
            format!("a flit takes outputs {:#07b}, which are not {way:#07b}", flit.outputs())
        })
    }

    /// The marks of an input channel are those of its front flit; `output` is what it owns.
    fn front(&self, node: &NodeState, lane: usize, output: u8) -> bool {
        let (router, preset) = (&node.router, self.checked.config().preset);
        let front = router.queues.get(lane).and_then(|queue| queue.first());
        let head = front.filter(|flit| flit.is_head());
        let [removing, in_route] =
            [router.removing, router.routing].map(|set| set >> lane & 1 == 1);
        let (pending, owns) = (router.pending.get(lane).copied().unwrap_or(0), output != 0);
        let fits = match (front, head) {
            (None, _) => pending == 0 && !(owns && removing),
            (Some(_), None) => pending == output && owns != removing,
            (Some(_), Some(head)) => {
                let all = head.outputs();
                let wants = pending == all || head.is_multicast() && pending & !all == 0;
                let early = preset.has_channel_allocator() && all == output;
                wants && (pending == 0) == (all == 0) && (!owns || early) && removing == (all == 0)
            }
        };
        fits && (!in_route || preset.has_route_stage() && head.is_some() && !owns)
    }

    /// Whether the owner of an output channel has sent its head; none without an owner.
    fn head_sent(node: &NodeState, lane: usize) -> bool {
        let owned = node.router.owned.get(lane).is_some_and(Option::is_some);
        let front = node.router.queues.get(lane).and_then(|queue| queue.first());
        owned && !front.is_some_and(Flit::is_head)
    }

    /// Whether an input channel waits for a body, after all that it holds and all that comes.
    fn ends_open(&self, at: Node, lane: usize) -> Result<bool, String> {
        let node = self.get(at)?;
        let queue = node.router.queues.get(lane).map_or(&[][..], Vec::as_slice);
        let headed = queue.first().is_some_and(Flit::is_head);
        let removing = node.router.removing >> lane & 1 == 1 && !headed;
        let coming = self.flits.get(&(at, lane)).map_or(&[][..], Vec::as_slice);
        let flits = queue.iter().chain(coming);
        flits.into_iter().try_fold(Self::head_sent(node, lane) || removing, follows)
    }

    /// Every output channel of a node, and its source: slots, owners, and the packet that is under way.
    fn between(&self, at: Node) -> Found {
        let node = self.get(at)?;
        for (port, channel) in
            (0..=PORTS).flat_map(|port| (0..self.channels).map(move |channel| (port, channel)))
        {
            let lane = port * self.channels + channel;
            let output = Port::ALL.get(port).copied();
            let (behind, slots) = match output {
                Some(output) => {
                    let next = self.checked.mesh().neighbour(at, output);
                    let behind = next.map(|next| (next, output.opposite()));
                    (behind, self.checked.credits(at, output))
                }
                None => (Some((at, Port::Local)), self.checked.config().buffer),
            };
            let behind =
                behind.map(|(next, input)| (next, input.index() * self.channels + channel));
            let held = match behind {
                Some((next, input)) => self.get(next)?.router.queues.get(input).map_or(0, Vec::len),
                None => 0,
            };
            let credits = node.router.credits.get(lane).copied().map_or(0, u64::from);
            let wires = self.under_way.get(&(at, lane)).copied().unwrap_or(0);
            let sum = credits + wires + u64::try_from(held).unwrap_or(LARGE);
            require(sum == u64::from(slots), || {
                format!("the slots behind channel {lane} of node {} are {sum}, not {slots}", at.0)
            })?;
            let sends = match output {
                Some(output) => self.owner(at, node, output, lane)?,
                None => node.lanes.get(self.class(lane)).is_some_and(|class| {
                    let open = class.open.map(usize::from);
                    open == Some(channel % self.checked.per_class())
                }),
            };
            if let Some((next, input)) = behind {
                require(self.ends_open(next, input)? == sends, || {
                    format!("a packet through channel {lane} of node {} is cut in two", at.0)
                })?;
            }
        }
        Ok(())
    }

    /// An output channel is free, stuck, or owned once. Result: whether its owner has sent a head.
    fn owner(&self, at: Node, node: &NodeState, output: Port, lane: usize) -> Result<bool, String> {
        let stuck = self.checked.config().faults.stuck_channels(at, output);
        let stuck = stuck >> (lane % self.channels) & 1 == 1;
        let owns = |owned: &Option<u8>| owned.map(usize::from) == Some(lane);
        let mut owners = node.router.owned.iter().enumerate().filter(|(_, owned)| owns(owned));
        let owner = owners.next().map(|(owner, _)| owner);
        let free = node.router.free >> lane & 1 == 1;
        let once = owners.next().is_none() && free == (owner.is_none() && !stuck);
        require(once && !(stuck && owner.is_some()), || {
            format!("output channel {lane} of node {} is free and owned, or neither", at.0)
        })?;
        Ok(owner.is_some_and(|owner| Self::head_sent(node, owner)))
    }
}

/// Whether a packet is open after a flit, given whether one was before.
fn follows(open: bool, flit: &Flit) -> Result<bool, String> {
    require(flit.is_head() != open, || {
        "a packet begins inside another, or without a head".to_owned()
    })?;
    Ok(!flit.is_tail())
}
