//! Steps that come again: how one is looked up, or rehearsed and kept.

use leadlag_diagnostic::Diagnostics;
use leadlag_fabric::Engine;

use super::{Lane, Step};
use crate::cycle::times::Times;

impl Lane {
    /// A calm step in which every sender speaks: does what the fabric did when it stood as it stands now. A
    /// step that is new is rehearsed for it.
    pub(super) fn repeat(&mut self, step: Step<'_>) -> Result<u64, Diagnostics> {
        if !self.sends(step) {
            return self.carry_out(step);
        }
        let start = self.latch + step.pace.setup;
        let nodes = step.routes.checked.mesh().nodes();
        self.fabric.run_until(start);
        self.remembered.hush(step.codes.dead);
        let bearing = self.fabric.bearing().filter(|_| self.fabric.now() == start);
        let Some(bearing) = bearing.filter(|_| self.remembered.is_open(nodes)) else {
            return self.carry_out(step);
        };
        if let Some((passage, counts)) = self.remembered.find(&bearing) {
            self.fabric.pass(passage);
            self.times.add(counts, 1);
            self.land_all(step);
            return Ok(self.fabric.now());
        }
        let rehearsal = self.fabric.rehearsal(&bearing);
        let own = std::mem::replace(&mut self.fabric, rehearsal);
        let none = Times::new(step.routes.stations.len());
        let before = std::mem::replace(&mut self.times, none);
        let end = self.carry_out(step);
        let rehearsed = std::mem::replace(&mut self.fabric, own);
        let counts = std::mem::replace(&mut self.times, before);
        self.times.add(&counts, 1);
        let end = end?;
        let passage = rehearsed.passage(start, bearing).expect("all has arrived");
        self.fabric.pass(&passage);
        self.remembered.keep((passage, counts), nodes);
        Ok(end)
    }

    /// Whether there are packets, in a step in which every sender speaks.
    fn sends(&self, step: Step<'_>) -> bool {
        let own = step.codes.of(self.first);
        let mut stations = step.routes.stations.iter().enumerate();
        stations.any(|(core, station)| !own.is_dead(core) && station.sends())
    }

    /// All rows have what the senders that speak hold.
    fn land_all(&mut self, step: Step<'_>) {
        let own = step.codes.of(self.first);
        for (station, shadows) in step.routes.stations.iter().zip(&mut self.shadows) {
            for (wires, shadow) in station.wires.iter().zip(shadows) {
                for wires in wires.iter().filter(|wires| !own.is_dead(wires.origin.core)) {
                    shadow.written[wires.row..][..wires.rows].fill(step.number + 1);
                }
            }
        }
        self.copy(step, |core| !own.is_dead(core));
    }
}
