//! Allocation of virtual channels and of the switch.
//!
//! Everything here reads the state at the start of the cycle and returns decisions. Pointers move
//! only on a grant, to winner + 1. Source: `docs/chip/fabric.md`, Allocation.

use super::router::{Router, Stage};
use crate::config::{Checked, Preset};
use crate::topology::{PORTS, Port};

/// A virtual channel of an input: (port, channel).
pub(super) type At = (usize, usize);

/// The round-robin pointers of a router.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Pointers {
    /// By input: which of its channels goes first when several want one output.
    channel: [usize; PORTS],
    /// By input: which output it picks first.
    input: [usize; PORTS],
    /// By output: which input it picks first.
    output: [usize; PORTS],
    /// Preset P, `[output][class]`: which channel a head takes first.
    pick: Vec<Vec<usize>>,
    /// Channel allocation, by input channel `port·CV + channel`: which output channel first.
    wanted: Vec<usize>,
    /// Channel allocation, by output channel: which input channel first.
    granted: Vec<usize>,
}

impl Pointers {
    /// All 0, but the channel that a head takes first is the last of its class.
    pub(super) fn reset(checked: &Checked) -> Self {
        let (classes, per_class) = (usize::from(checked.config().classes), checked.per_class());
        let last = (0..classes).map(|class| class * per_class + per_class - 1).collect();
        let all = PORTS * checked.channels();
        Self {
            channel: [0; PORTS],
            input: [0; PORTS],
            output: [0; PORTS],
            pick: vec![last; PORTS],
            wanted: vec![0; all],
            granted: vec![0; all],
        }
    }
}

/// A flit, or one branch of it, that crosses the switch in this cycle.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Grant {
    pub(super) input: At,
    pub(super) output: Port,
    /// The output's virtual channel.
    pub(super) channel: usize,
}

/// A head that becomes an owner.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Taken {
    pub(super) input: At,
    pub(super) output: Port,
    pub(super) channel: usize,
}

/// What a router does in a cycle.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Decisions {
    /// Channels with a flit at the front.
    pub(super) present: Vec<At>,
    pub(super) channels: Vec<Taken>,
    pub(super) grants: Vec<Grant>,
    pub(super) pointers: Pointers,
}

/// A bid for the switch.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Bid {
    input: At,
    output: usize,
    /// The output's virtual channel, if it is owned already.
    owned: Option<usize>,
}

/// The first member at or cyclically after `pointer`, of a set given by its members below `size`.
fn rr(members: impl Iterator<Item = usize>, pointer: usize, size: usize) -> Option<usize> {
    members.min_by_key(|member| (member + size - pointer) % size)
}

/// One router's cycle.
pub(super) fn allocate(router: &Router, checked: &Checked, now: u64) -> Decisions {
    let mut pointers = router.pointers.clone();
    let channels = if checked.config().preset.has_channel_allocator() {
        allocate_channels(router, checked, &mut pointers)
    } else {
        Vec::new()
    };
    let bids = bids(router, checked, now);
    let matches = allocate_switch(&bids, checked, &mut pointers);
    let grants = matches.iter().filter_map(|bid| {
        let channel = match bid.owned {
            Some(channel) => Some(channel),
            None => channel_of_head(router, checked, bid, &channels, &mut pointers),
        };
        Some(Grant { input: bid.input, output: Port::ALL[bid.output], channel: channel? })
    });
    let grants = grants.collect();
    Decisions { present: present(router, checked), channels, grants, pointers }
}

fn places(checked: &Checked) -> impl Iterator<Item = At> + use<> {
    let channels = checked.channels();
    (0..PORTS).flat_map(move |port| (0..channels).map(move |channel| (port, channel)))
}

fn present(router: &Router, checked: &Checked) -> Vec<At> {
    let occupied = |&(port, channel): &At| !router.inputs[port][channel].queue.is_empty();
    places(checked).filter(occupied).collect()
}

/// Channels of the class of a head at an output.
fn class_channels(router: &Router, checked: &Checked, (port, channel): At) -> Vec<usize> {
    let class = router.inputs[port][channel].queue.front().map_or(0, crate::packet::Flit::class);
    (class * checked.per_class()..(class + 1) * checked.per_class()).collect()
}

/// Who bids for the switch: owners whose channel has a credit; in P and S also heads, if a channel
/// of their class at their output is both free and has a credit.
fn bids(router: &Router, checked: &Checked, now: u64) -> Vec<Bid> {
    let mut bids = Vec::new();
    for input in present(router, checked) {
        match router.stage(checked, input.0, input.1) {
            Stage::Owner(output, channel) => {
                if router.outputs[output.index()][channel].credits > 0 {
                    bids.push(Bid { input, output: output.index(), owned: Some(channel) });
                }
            }
            Stage::Waiting if checked.config().preset.heads_bid_for_the_switch() => {
                let eligible = |output: &usize| !usable(router, checked, input, *output).is_empty();
                let wanted = wanted(router, input).into_iter().filter(eligible);
                bids.extend(wanted.map(|output| Bid { input, output, owned: None }));
            }
            Stage::Waiting | Stage::Routing | Stage::Empty | Stage::Removing => {}
        }
    }
    bids.retain(|bid| router.open_from[bid.output] <= now);
    bids
}

/// Outputs that a head still has to take.
fn wanted(router: &Router, (port, channel): At) -> Vec<usize> {
    let outputs =
        router.inputs[port][channel].queue.front().map_or(0, crate::packet::Flit::outputs);
    (0..PORTS).filter(|output| outputs >> output & 1 == 1).collect()
}

/// Channels of a head's class that are free and have a credit.
fn usable(router: &Router, checked: &Checked, input: At, output: usize) -> Vec<usize> {
    let mut channels = class_channels(router, checked, input);
    let ready = |channel: &usize| {
        let channel = &router.outputs[output][*channel];
        channel.free && channel.credits > 0
    };
    channels.retain(ready);
    channels
}

/// The channel of a head that won the switch. P: the next usable one. S: the one that channel
/// allocation gave it in this cycle, if that has a credit; otherwise the match is lost.
fn channel_of_head(
    router: &Router,
    checked: &Checked,
    bid: &Bid,
    taken: &[Taken],
    pointers: &mut Pointers,
) -> Option<usize> {
    if checked.config().preset.has_channel_allocator() {
        let taken = taken.iter().find(|taken| taken.input == bid.input)?;
        let credits = router.outputs[bid.output][taken.channel].credits;
        return (credits > 0).then_some(taken.channel);
    }
    let usable = usable(router, checked, bid.input, bid.output);
    let class = usable.first()? / checked.per_class();
    let pointer = &mut pointers.pick[bid.output][class];
    let channel = rr(usable.into_iter(), *pointer, checked.channels())?;
    *pointer = (channel + 1) % checked.channels();
    Some(channel)
}

/// The switch: one grant per input and per output.
fn allocate_switch(bids: &[Bid], checked: &Checked, pointers: &mut Pointers) -> Vec<Bid> {
    let channels = checked.channels();
    let candidate = |input, output| reduce(bids, input, output, pointers.channel, channels);
    let table: [[Option<Bid>; PORTS]; PORTS] =
        std::array::from_fn(|input| std::array::from_fn(|output| candidate(input, output)));
    let matches = if checked.config().preset == Preset::I {
        islip(&table, pointers)
    } else {
        input_first(&table, pointers)
    };
    for bid in &matches {
        let (input, channel) = bid.input;
        pointers.input[input] = (bid.output + 1) % PORTS;
        pointers.output[bid.output] = (input + 1) % PORTS;
        pointers.channel[input] = (channel + 1) % channels;
    }
    matches
}

/// Several channels of one input that want one output become one: owners first, then round robin.
fn reduce(
    bids: &[Bid],
    input: usize,
    output: usize,
    pointer: [usize; PORTS],
    channels: usize,
) -> Option<Bid> {
    let here = || bids.iter().filter(|bid| bid.input.0 == input && bid.output == output);
    let owner = here().any(|bid| bid.owned.is_some());
    let level = || here().filter(|bid| bid.owned.is_some() == owner);
    let channel = rr(level().map(|bid| bid.input.1), pointer[input], channels)?;
    level().find(|bid| bid.input.1 == channel).copied()
}

/// Owners first, then round robin, over candidates by place.
fn choose<'a>(candidates: impl Iterator<Item = (usize, &'a Bid)>, pointer: usize) -> Option<usize> {
    let candidates: Vec<_> = candidates.collect();
    let owner = candidates.iter().any(|(_, bid)| bid.owned.is_some());
    let level = candidates.iter().filter(|(_, bid)| bid.owned.is_some() == owner);
    rr(level.map(|(place, _)| *place), pointer, PORTS)
}

/// Separable, input first: each input picks an output, then each output picks an input.
fn input_first(table: &[[Option<Bid>; PORTS]; PORTS], pointers: &Pointers) -> Vec<Bid> {
    let pick = |input: usize| {
        let row = table[input].iter().enumerate();
        let row = row.filter_map(|(output, bid)| Some((output, bid.as_ref()?)));
        choose(row, pointers.input[input]).and_then(|output| table[input][output])
    };
    let picked: [Option<Bid>; PORTS] = std::array::from_fn(pick);
    let grant = |output: usize| {
        let column = picked.iter().enumerate();
        let column = column.filter_map(|(input, bid)| Some((input, bid.as_ref()?)));
        let column = column.filter(|(_, bid)| bid.output == output);
        choose(column, pointers.output[output]).and_then(|input| picked[input])
    };
    (0..PORTS).filter_map(grant).collect()
}

/// One iteration of `iSLIP`: each output grants, each input accepts (`McKeown`, 1999).
fn islip(table: &[[Option<Bid>; PORTS]; PORTS], pointers: &Pointers) -> Vec<Bid> {
    let grant = |output: usize| {
        let requesters = (0..PORTS).filter(|&input| table[input][output].is_some());
        rr(requesters, pointers.output[output], PORTS)
    };
    let granted: [Option<usize>; PORTS] = std::array::from_fn(grant);
    let accept = |input: usize| {
        let grants = (0..PORTS).filter(|&output| granted[output] == Some(input));
        rr(grants, pointers.input[input], PORTS).and_then(|output| table[input][output])
    };
    (0..PORTS).filter_map(accept).collect()
}

/// Channel allocation: every waiting head bids for every free channel of its class at its output;
/// no credit is needed. The matrix is input channels × output channels.
fn allocate_channels(router: &Router, checked: &Checked, pointers: &mut Pointers) -> Vec<Taken> {
    let channels = checked.channels();
    let all = PORTS * channels;
    let request = |place: usize| requests(router, checked, (place / channels, place % channels));
    let requests: Vec<Vec<usize>> = (0..all).map(request).collect();
    let pairs = if checked.config().preset == Preset::I {
        islip_channels(&requests, pointers, all)
    } else {
        input_first_channels(&requests, pointers, all)
    };
    for &(from, to) in &pairs {
        pointers.wanted[from] = (to + 1) % all;
        pointers.granted[to] = (from + 1) % all;
    }
    let taken = |(from, to): (usize, usize)| Taken {
        input: (from / channels, from % channels),
        output: Port::ALL[to / channels],
        channel: to % channels,
    };
    pairs.into_iter().map(taken).collect()
}

/// Output channels that an input channel bids for.
fn requests(router: &Router, checked: &Checked, input: At) -> Vec<usize> {
    if router.stage(checked, input.0, input.1) != Stage::Waiting {
        return Vec::new();
    }
    let free = |output: usize| {
        let channels = class_channels(router, checked, input).into_iter();
        let free = channels.filter(move |&channel| router.outputs[output][channel].free);
        free.map(move |channel| output * checked.channels() + channel)
    };
    wanted(router, input).into_iter().flat_map(free).collect()
}

fn input_first_channels(
    requests: &[Vec<usize>],
    pointers: &Pointers,
    all: usize,
) -> Vec<(usize, usize)> {
    let pick = |from: usize| rr(requests[from].iter().copied(), pointers.wanted[from], all);
    let picked: Vec<Option<usize>> = (0..all).map(pick).collect();
    let grant = |to: usize| {
        let wants = (0..all).filter(|&from| picked[from] == Some(to));
        Some((rr(wants, pointers.granted[to], all)?, to))
    };
    (0..all).filter_map(grant).collect()
}

fn islip_channels(requests: &[Vec<usize>], pointers: &Pointers, all: usize) -> Vec<(usize, usize)> {
    let grant = |to: usize| {
        let wants = (0..all).filter(|&from| requests[from].contains(&to));
        rr(wants, pointers.granted[to], all)
    };
    let granted: Vec<Option<usize>> = (0..all).map(grant).collect();
    let accept = |from: usize| {
        let grants = (0..all).filter(|&to| granted[to] == Some(from));
        Some((from, rr(grants, pointers.wanted[from], all)?))
    };
    (0..all).filter_map(accept).collect()
}
