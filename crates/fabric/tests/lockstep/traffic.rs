//! Random packets from a few numbers.

use leadlag_fabric::{Checked, Class, Header, Node, Packet, Preset, Target};
use proptest::prelude::*;

/// A source of random packets.
#[derive(Clone, Debug)]
pub(crate) struct Traffic {
    /// Chance per core and cycle, in 1/256.
    load: u64,
    /// Most flits of a packet.
    flits: u64,
    /// Share of packets that go to a tag, in 1/256.
    multicast: u64,
    /// How far ahead packets may be offered.
    ahead: u64,
    state: u64,
}

pub(crate) fn any() -> impl Strategy<Value = Traffic> {
    let load = prop_oneof![1..16_u64, 16..256_u64, Just(256)];
    let multicast = prop_oneof![Just(0_u64), 0..256_u64];
    (load, 1..=5_u64, multicast, 1..=40_u64, any_state()).prop_map(
        |(load, flits, multicast, ahead, state)| Traffic { load, flits, multicast, ahead, state },
    )
}

fn any_state() -> impl Strategy<Value = u64> {
    proptest::prelude::any::<u64>().prop_map(|state| state | 1)
}

impl Traffic {
    /// The next draw below a bound (xorshift64*).
    fn draw(&mut self, below: u64) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        (self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % below
    }

    /// Packets to be offered in a cycle, some of them for later.
    pub(crate) fn offers(&mut self, checked: &Checked, cycle: u64) -> Vec<(Node, u64, Packet)> {
        let mut offers = Vec::new();
        for node in checked.mesh().all() {
            if self.draw(256) < self.load {
                let later = if self.draw(8) == 0 { self.draw(self.ahead) } else { 0 };
                offers.push((node, cycle + later, self.packet(checked)));
            }
        }
        offers
    }

    fn packet(&mut self, checked: &Checked) -> Packet {
        let classes = u64::from(checked.config().classes);
        let class = if self.draw(classes) == 0 { Class::Event } else { Class::Control };
        let label = self.draw(1 << 20);
        if checked.config().preset == Preset::P && self.draw(256) < self.multicast {
            let tag = u16::try_from(self.draw(8)).unwrap();
            return Packet::single(Header::new(class, Target::Tag(tag)));
        }
        let to = u16::try_from(self.draw(checked.mesh().nodes().try_into().unwrap())).unwrap();
        let (x, y) = checked.mesh().coordinates(Node(to));
        let flits = u16::try_from(1 + self.draw(self.flits)).unwrap();
        Packet::labelled(class, (x.try_into().unwrap(), y.try_into().unwrap()), flits, label)
    }
}
