//! What the two engines have in common.

use leadlag_diagnostic::Diagnostic;

use crate::counters::Counters;
use crate::packet::{Delivery, Packet};
use crate::topology::Node;

/// A fabric that is driven cycle by cycle.
///
/// The order within cycle *c*, which is the cycle [`Engine::now`] names: packets offered for *c* or
/// earlier may be sent; flits due in *c* are delivered; then *c* is over. So [`Engine::step`] returns
/// with `now = c + 1`, and [`Engine::drain`] then has the deliveries of cycles up to and including
/// *c*.
pub trait Engine {
    /// Puts a packet into the unbounded queue of its source and class, to be sent in cycle `at` or
    /// later. Packets of one queue leave in the order in which they were offered.
    ///
    /// # Errors
    /// LL1506 to LL1511 for a packet that the fabric cannot carry.
    fn offer(&mut self, source: Node, at: u64, packet: &Packet) -> Result<(), Diagnostic>;

    /// The next cycle to be run.
    fn now(&self) -> u64;

    /// Runs one cycle.
    fn step(&mut self);

    /// Runs all cycles below `cycle`.
    fn run_until(&mut self, cycle: u64) {
        while self.now() < cycle {
            self.step();
        }
    }

    /// The first cycle, from now on, in which anything happens if nothing more is offered; `None`
    /// if nothing ever does.
    fn next_event(&self) -> Option<u64>;

    /// Whether nothing is left to do: no flit and no credit is anywhere, and every queue is empty.
    fn is_idle(&self) -> bool {
        self.next_event().is_none()
    }

    /// Runs until nothing is left to do, or all cycles below `limit`; says which.
    fn run_until_idle(&mut self, limit: u64) -> bool {
        while self.now() < limit {
            match self.next_event() {
                None => return true,
                Some(cycle) => self.run_until((cycle + 1).min(limit)),
            }
        }
        self.is_idle()
    }

    /// Takes the flits that have arrived since the last call, ordered by cycle and core.
    fn drain(&mut self) -> Vec<Delivery>;

    /// Flits that have left the source interface of a core so far.
    fn sent(&self, core: Node) -> u64;

    /// Whether every credit and every virtual channel is where it was after reset.
    fn is_home(&self) -> bool;

    /// The counts so far.
    fn counters(&self) -> Counters;
}
