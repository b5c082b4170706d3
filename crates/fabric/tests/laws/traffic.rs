//! Packets for the tests: random draws, and unicasts with a label.

use leadlag_fabric::{Class, Mesh, Node, Packet};

/// xorshift64*.
#[derive(Clone, Debug)]
pub(crate) struct Draws(pub(crate) u64);

impl Draws {
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % bound
    }

    pub(crate) fn node(&mut self, mesh: Mesh) -> Node {
        Node(u16::try_from(self.below(u64::try_from(mesh.nodes()).unwrap())).unwrap())
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(u64::try_from(last).unwrap() + 1);
            items.swap(last, usize::try_from(other).unwrap());
        }
    }
}

/// A packet to a core.
pub(crate) fn unicast(mesh: Mesh, class: Class, to: Node, flits: u16, label: u64) -> Packet {
    let (x, y) = mesh.coordinates(to);
    Packet::labelled(class, (x.try_into().unwrap(), y.try_into().unwrap()), flits, label)
}
