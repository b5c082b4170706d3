//! What the senders of the replicas hold.

use leadlag_image::Compartment;

use super::routes::{Origin, Wires};
use crate::plan::Plan;
use crate::state::{ShardState, shard_of};

/// A column's signal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    pub(crate) core: usize,
    pub(crate) side: Compartment,
    pub(crate) column: usize,
}

/// Codes of some shards before a step: `[shard][core][side]`, shaped as the senders'.
pub(crate) type Before = Vec<Vec<[Vec<i16>; 2]>>;

/// The senders of all replicas.
#[derive(Clone, Copy)]
pub(crate) struct Codes<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) shards: &'a [&'a ShardState],
    /// Empty where every sender speaks in every step.
    pub(crate) before: &'a Before,
    /// Cores that say nothing any more; empty: none.
    pub(crate) dead: &'a [bool],
}

/// The senders of a replica.
#[derive(Clone, Copy)]
pub(crate) struct Own<'a> {
    codes: Codes<'a>,
    shard: usize,
    replica: usize,
}

impl<'a> Codes<'a> {
    pub(crate) fn of(self, replica: usize) -> Own<'a> {
        let (shard, replica) = shard_of(self.shards, replica).expect("a lane's replica is one");
        Own { codes: self, shard, replica }
    }

    /// Copies the codes that some replicas' senders hold to rows that are wired to them:
    /// `to[replica][row]`, with `stride` rows.
    pub(crate) fn copy(
        self,
        replicas: std::ops::Range<usize>,
        (side, wires): (Compartment, Wires),
        (to, stride): (&mut [i16], usize),
    ) {
        let Origin { core, column } = wires.origin;
        let width = self.plan.cores[core].width;
        let mut rows = to.chunks_exact_mut(stride.max(1));
        for shard in self.shards {
            let sent = shard.cores[core].side(side).sent.chunks_exact(width);
            let own = (shard.first..).zip(sent).filter(|(replica, _)| replicas.contains(replica));
            for ((_, sent), rows) in own.zip(rows.by_ref()) {
                rows[wires.row..][..wires.rows].copy_from_slice(&sent[column..][..wires.rows]);
            }
        }
    }

    /// Shows a signal's codes of all replicas, in their order.
    pub(crate) fn each(self, place: Place, mut show: impl FnMut(usize, i16)) {
        let width = self.plan.cores[place.core].width;
        for shard in self.shards {
            let sent = &shard.cores[place.core].side(place.side).sent;
            let own = sent.iter().skip(place.column).step_by(width);
            (shard.first..).zip(own).for_each(|(replica, &code)| show(replica, code));
        }
    }
}

impl<'a> Own<'a> {
    /// The code that a sender holds.
    pub(crate) fn code(self, place: Place) -> i16 {
        let core = &self.codes.shards[self.shard].cores[place.core];
        core.side(place.side).sent[self.at(place)]
    }

    /// Codes of a core's first columns, and what was held in their place before, if only changes
    /// are sent.
    pub(crate) fn said(
        self,
        core: usize,
        side: Compartment,
        columns: usize,
    ) -> (&'a [i16], Option<&'a [i16]>) {
        let plan = &self.codes.plan.cores[core];
        let columns = if self.is_dead(core) { 0 } else { columns };
        let range = self.replica * plan.width..self.replica * plan.width + columns;
        let codes = &self.codes.shards[self.shard].cores[core].side(side).sent[range.clone()];
        let held = self.codes.before.get(self.shard);
        let held = held.filter(|_| plan.side(side).sender.threshold > 0);
        (codes, held.and_then(|cores| cores[core][side.index()].get(range)))
    }

    /// The columns of a core that speak in this step, up to so many, with their codes: all of
    /// [`Self::speaks`].
    pub(crate) fn spoken(
        self,
        core: usize,
        side: Compartment,
        columns: usize,
    ) -> impl Iterator<Item = (usize, i16)> + use<'a> {
        let (codes, held) = self.said(core, side, columns);
        let changed = move |&(column, code): &(usize, i16)| {
            held.is_none_or(|held| held.get(column) != Some(&code))
        };
        codes.iter().copied().enumerate().filter(changed)
    }

    /// Whether it speaks in this step: a change of too few codes leaves it what it held.
    pub(crate) fn speaks(self, place: Place) -> bool {
        let sender = self.codes.plan.cores[place.core].side(place.side).sender;
        let news = sender.threshold == 0 || self.held(place) != Some(self.code(place));
        news && !self.is_dead(place.core)
    }

    pub(crate) fn is_dead(self, core: usize) -> bool {
        self.codes.dead.get(core) == Some(&true)
    }

    /// The code that it held before the step, if that was noted.
    pub(crate) fn held(self, place: Place) -> Option<i16> {
        let before = self.codes.before.get(self.shard)?;
        before[place.core][place.side.index()].get(self.at(place)).copied()
    }

    /// Shard, and place of a column in its codes.
    pub(crate) fn site(self, place: Place) -> (usize, usize) {
        (self.shard, self.at(place))
    }

    fn at(self, place: Place) -> usize {
        self.replica * self.codes.plan.cores[place.core].width + place.column
    }
}
