//! One router: registers, and the three verbs.

use std::collections::VecDeque;

use super::Wire;
use super::allocate::{Decisions, Grant, Pointers, allocate};
use crate::config::Checked;
use crate::counters::RouterCounters;
use crate::packet::Flit;
use crate::topology::{Node, PORTS, Port};

/// How far the packet at the front of an input's virtual channel has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Stage {
    /// No head has been seen.
    #[default]
    Empty,
    /// The route is being computed, in presets that spend a cycle on it.
    Routing,
    /// The head wants a virtual channel of its output.
    Waiting,
    /// An output's virtual channel is owned.
    Owner(Port, usize),
    /// The packet leads nowhere; its flits are removed one by one.
    Removing,
}

/// A virtual channel of an input.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Input {
    pub(super) queue: VecDeque<Flit>,
    pub(super) stage: Stage,
    /// Cycles that the front flit has been at the front without winning a branch.
    patience: u32,
}

/// A virtual channel of an output.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Output {
    /// Free from the grant of a tail until the next head takes it.
    pub(super) free: bool,
    pub(super) credits: u8,
}

/// The registers of a router. Channels are class·V + v.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Router {
    node: Node,
    /// `[port][channel]`
    pub(super) inputs: Vec<Vec<Input>>,
    /// `[port][channel]`
    pub(super) outputs: Vec<Vec<Output>>,
    /// By output: the first cycle in which its link takes another flit.
    pub(super) open_from: [u64; PORTS],
    pub(super) pointers: Pointers,
}

impl Router {
    pub(super) fn reset(checked: &Checked, node: Node) -> Self {
        let channels = checked.channels();
        let output = |port: Port| {
            let stuck = checked.config().faults.stuck_channels(node, port);
            let credits = checked.credits(node, port);
            (0..channels).map(|vc| Output { free: stuck >> vc & 1 == 0, credits }).collect()
        };
        Self {
            node,
            inputs: vec![vec![Input::default(); channels]; PORTS],
            outputs: Port::ALL.map(output).to_vec(),
            open_from: [0; PORTS],
            pointers: Pointers::reset(checked),
        }
    }

    /// A flit becomes visible; returns how many the channel holds now.
    pub(super) fn latch(&mut self, port: Port, channel: usize, flit: Flit) -> u8 {
        let input = &mut self.inputs[port.index()][channel];
        input.queue.push_back(flit);
        u8::try_from(input.queue.len()).expect("credits keep a buffer at 32 flits or fewer")
    }

    pub(super) fn take_credit(&mut self, port: Port, channel: usize) {
        self.outputs[port.index()][channel].credits += 1;
    }

    /// All decisions of this cycle, from the state at its start.
    pub(super) fn arbitrate(&self, checked: &Checked, now: u64) -> Decisions {
        allocate(self, checked, now)
    }

    /// The stage of a channel in this cycle: a head that has just come to the front starts over.
    pub(super) fn stage(&self, checked: &Checked, port: usize, channel: usize) -> Stage {
        let input = &self.inputs[port][channel];
        match (input.stage, input.queue.front()) {
            (Stage::Empty, None) => Stage::Empty,
            (Stage::Empty, Some(head)) if head.outputs() == 0 => Stage::Removing,
            (Stage::Empty, Some(_)) if checked.config().preset.has_route_stage() => Stage::Routing,
            (Stage::Empty, Some(_)) => Stage::Waiting,
            (later, _) => later,
        }
    }

    /// Applies the decisions; returns what is to be put on the wires, with the cycle it is due.
    pub(super) fn drive(
        &mut self,
        checked: &Checked,
        now: u64,
        decisions: &Decisions,
        counters: &mut RouterCounters,
    ) -> Vec<(u64, Wire)> {
        let mut wires = Vec::new();
        let busy = self.inputs.iter().flatten().any(|input| !input.queue.is_empty());
        counters.stalled += u64::from(busy && decisions.grants.is_empty());
        self.advance_stages(checked);
        self.pointers = decisions.pointers.clone();
        for taken in &decisions.channels {
            let (port, channel) = taken.input;
            self.inputs[port][channel].stage = Stage::Owner(taken.output, taken.channel);
            self.outputs[taken.output.index()][taken.channel].free = false;
        }
        for grant in &decisions.grants {
            self.send(checked, now, grant, counters, &mut wires);
        }
        self.remove(checked, now, decisions, counters, &mut wires);
        wires
    }

    /// Every head moves from routing to waiting; a new one starts.
    fn advance_stages(&mut self, checked: &Checked) {
        for port in 0..PORTS {
            for channel in 0..checked.channels() {
                let stage = self.stage(checked, port, channel);
                let routed = stage == Stage::Routing;
                self.inputs[port][channel].stage = if routed { Stage::Waiting } else { stage };
            }
        }
    }

    /// One flit, or one branch of it, crosses the switch.
    fn send(
        &mut self,
        checked: &Checked,
        now: u64,
        grant: &Grant,
        counters: &mut RouterCounters,
        wires: &mut Vec<(u64, Wire)>,
    ) {
        let Grant { input: (port, channel), output, channel: to } = *grant;
        debug_assert!(Port::ALL[port].turns() & output.mask() != 0, "a turn that may deadlock");
        let input = &mut self.inputs[port][channel];
        let front = input.queue.front_mut().expect("only a front flit wins");
        *front = front.with_outputs(front.outputs() & !output.mask());
        input.patience = 0;
        let mut flit = *front;
        let last_branch = flit.outputs() == 0;
        counters.replicated += u64::from(!last_branch);
        counters.hops[output.index() * checked.channels() + to] += 1;
        self.outputs[output.index()][to].credits -= 1;
        self.outputs[output.index()][to].free = flit.is_tail();
        input.stage = match flit.is_tail() {
            true if last_branch => Stage::Empty,
            true => Stage::Waiting,
            false => Stage::Owner(output, to),
        };
        if last_branch {
            wires.push(self.pop(checked, now, (port, channel)));
        }
        self.open_from[output.index()] = now + checked.interval(self.node, output);
        flit = flit.with_outputs(0);
        if output == Port::Local {
            let credit = now + 5 + checked.config().preset.credit_delay();
            let node = self.node;
            wires.push((now + 3, Wire::Core { node, channel: to, flit }));
            wires.push((credit, Wire::Credit { node, port: output, channel: to }));
        } else {
            let flipped = checked.config().faults.flip(now, self.node, output.index());
            counters.flipped += u64::from(flipped != 0);
            flit.word ^= flipped;
            wires.push(self.forward(checked, now, output, to, flit));
        }
    }

    /// A flit on the link to the neighbour: visible at T + 2 + D.
    fn forward(
        &self,
        checked: &Checked,
        now: u64,
        output: Port,
        channel: usize,
        flit: Flit,
    ) -> (u64, Wire) {
        let mesh = checked.mesh();
        let node = mesh.neighbour(self.node, output).expect("routes stay inside the mesh");
        let due = now + 2 + checked.latency(self.node, output);
        (due, Wire::Flit { node, port: output.opposite(), channel, flit })
    }

    /// Frees the front slot of a channel; the credit counts upstream at T + 1 + D + cd, at the source
    /// interface at T + 2.
    fn pop(&mut self, checked: &Checked, now: u64, (port, channel): (usize, usize)) -> (u64, Wire) {
        self.inputs[port][channel].queue.pop_front().expect("a front flit leaves");
        let port = Port::ALL[port];
        match checked.mesh().neighbour(self.node, port) {
            None => (now + 2, Wire::SourceCredit { node: self.node, channel }),
            Some(node) => {
                let latency = checked.latency(self.node, port);
                let due = now + 1 + latency + checked.config().preset.credit_delay();
                (due, Wire::Credit { node, port: port.opposite(), channel })
            }
        }
    }

    /// Packets that lead nowhere, and events whose patience is over, go as if they had been sent.
    fn remove(
        &mut self,
        checked: &Checked,
        now: u64,
        decisions: &Decisions,
        counters: &mut RouterCounters,
        wires: &mut Vec<(u64, Wire)>,
    ) {
        for &(port, channel) in &decisions.present {
            let input = &mut self.inputs[port][channel];
            let won = decisions.grants.iter().any(|grant| grant.input == (port, channel));
            let Some(front) = input.queue.front().filter(|_| !won) else { continue };
            let (tail, branches) = (front.is_tail(), front.outputs().count_ones());
            let impatient = front.is_single_event() && input.stage != Stage::Removing;
            input.patience += 1;
            let over = checked.config().drop_after.is_some_and(|after| input.patience >= after);
            if input.stage == Stage::Removing || impatient && over {
                counters.dropped += u64::from(branches);
                input.patience = 0;
                input.stage = if tail { Stage::Empty } else { Stage::Removing };
                wires.push(self.pop(checked, now, (port, channel)));
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.inputs.iter().flatten().all(|input| input.queue.is_empty())
    }

    pub(super) fn is_home(&self, checked: &Checked) -> bool {
        let fresh = Self::reset(checked, self.node);
        self.outputs == fresh.outputs && self.inputs == fresh.inputs
    }
}
