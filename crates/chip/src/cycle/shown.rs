//! The traffic of an image, for people.

use leadlag_fabric::{Tables, Target};
use leadlag_fixed::count;
use leadlag_image::Compartment;

use super::Clock;

/// A packet that a neuron sends when its code is due.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Route {
    /// The sender's place in the image's list of cores.
    pub core: usize,
    /// Whether it is a rate (soma) or an error (apical).
    pub side: Compartment,
    /// The sender's column.
    pub column: u32,
    /// Row of the receivers' arrays.
    pub row: u16,
    /// What the packet names as its destination.
    pub target: Target,
    /// Places of the cores that it reaches in the image's list.
    pub leaves: Vec<usize>,
}

impl Clock {
    /// Every packet of a step in which every sender speaks: by core, compartment and column.
    pub(crate) fn shown(&self) -> Vec<Route> {
        let mut shown = Vec::new();
        for (core, station) in self.routes.stations.iter().enumerate() {
            for (side, senders) in Compartment::ALL.into_iter().zip(&station.senders) {
                for column in 0..senders.columns() {
                    shown.extend(senders.of(column).iter().map(|&entry| {
                        let leaves = self.routes.leaves(&entry).to_vec();
                        let (row, target) = (entry.row, entry.target);
                        Route { core, side, column: count(column), row, target, leaves }
                    }));
                }
            }
        }
        shown
    }

    /// The routers' tables, by node; empty without multicast.
    pub(crate) fn tables(&self) -> &Tables {
        &self.routes.tables
    }
}
