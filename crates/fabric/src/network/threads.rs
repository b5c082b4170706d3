//! Tiles side by side, and threads that run them.
//!
//! Time is cut into windows as long as the shortest coupling between two tiles: 2 cycles where a
//! mesh link is cut (a credit counts at T + 2), D + 1 where all cut links lie between chips. Within a
//! window no tile can see what another does; between windows they exchange what crosses.

#![expect(clippy::indexing_slicing, reason = "a node lies in the tile that its row belongs to")]

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use leadlag_diagnostic::Diagnostic;

use super::tile::Tile;
use super::wheel::Crossing;
use crate::config::Checked;
use crate::counters::Counters;
use crate::engine::Engine;
use crate::lookup::Tables;
use crate::offer;
use crate::packet::{Delivery, Packet};
use crate::topology::{Node, Port};

mod gate;

use gate::{Gate, Promise};

/// The whole mesh as tiles of whole rows.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Tiled<const CV: usize> {
    checked: Arc<Checked>,
    now: u64,
    tiles: Vec<Tile<CV>>,
    /// First node of each tile but the first.
    starts: Vec<usize>,
    /// Cycles that tiles may run without hearing from each other.
    window: u64,
    /// Nothing is dead or stuck.
    faultless: bool,
}

/// Rows at which each tile but the first starts: at the edges of chips if there are enough of them,
/// since those links leave the tiles alone for longest.
fn cuts(checked: &Checked, threads: usize) -> Vec<usize> {
    let rows = usize::from(checked.mesh().extent().rows);
    let chip = usize::from(checked.config().mesh.rows);
    let chips = rows / chip;
    let (units, rows_of_unit) = if chips >= threads { (chips, chip) } else { (rows, 1) };
    let tiles = threads.clamp(1, units);
    (1..tiles).map(|tile| tile * units / tiles * rows_of_unit).collect()
}

impl<const CV: usize> Tiled<CV> {
    pub(super) fn reset(checked: Arc<Checked>, tables: &Arc<Tables>, threads: usize) -> Self {
        let columns = usize::from(checked.mesh().extent().columns);
        let starts: Vec<_> = cuts(&checked, threads).iter().map(|row| row * columns).collect();
        let nodes = checked.mesh().nodes();
        let begins = std::iter::once(0).chain(starts.iter().copied());
        let ends = starts.iter().copied().chain(std::iter::once(nodes));
        let ranges = begins.zip(ends).map(|(begin, end)| (begin, end - begin));
        let tiles = ranges.map(|range| Tile::reset(&checked, tables, range)).collect();
        let cut_link = |&start: &usize| checked.latency(Node::at(start), Port::MinusY) + 1;
        let window = starts.iter().map(cut_link).min().unwrap_or(u64::MAX);
        let faults = &checked.config().faults;
        let faultless = faults.none_dead() && faults.stuck.is_empty();
        Self { checked, now: 0, tiles, starts, window, faultless }
    }

    /// The next cycle, and what was built.
    pub(super) fn at(&self) -> (u64, &Checked) {
        (self.now, &self.checked)
    }

    pub(super) fn tiles(&self) -> &[Tile<CV>] {
        &self.tiles
    }

    pub(super) fn tiles_mut(&mut self) -> &mut [Tile<CV>] {
        &mut self.tiles
    }

    /// Nothing happens until some cycle, which is the next.
    pub(super) fn skip_to(&mut self, now: u64) {
        self.now = now;
    }

    /// The same fabric after reset, at some cycle.
    pub(super) fn fresh(&self, now: u64) -> Self {
        let tables = self.tiles.first().map(|tile| Arc::clone(&tile.rules.tables));
        let (checked, threads) = (Arc::clone(&self.checked), self.tiles.len());
        Self { now, ..Self::reset(checked, &tables.unwrap_or_default(), threads) }
    }

    /// Queues any packet that the fabric can carry.
    #[inline(never)]
    fn offer_other(&mut self, source: Node, at: u64, packet: &Packet) -> Result<(), Diagnostic> {
        offer::check(&self.checked, self.now, source, at, packet)?;
        let place = self.tile_of(source);
        let tile = &mut self.tiles[place];
        tile.offer_any(source.index() - tile.rules.first, (self.now, at), packet);
        Ok(())
    }

    #[inline(always)]
    fn tile_of(&self, node: Node) -> usize {
        self.starts.partition_point(|&start| start <= node.index())
    }

    /// Runs all tiles to `end` on this thread, window by window.
    fn run_alone(&mut self, end: u64) {
        let mut now = self.now;
        while now < end {
            let until = end.min(now.saturating_add(self.window));
            for tile in &mut self.tiles {
                tile.run(now, until);
            }
            self.exchange();
            let next = self.tiles.iter().filter_map(|tile| tile.next_event(until)).min();
            now = next.unwrap_or(end).max(until);
        }
    }

    /// Runs one cycle, visiting the routers of each tile in the given order of nodes.
    pub(super) fn step_in_order(&mut self, order: &[Node]) {
        for place in 0..self.tiles.len() {
            let mine = order.iter().copied().filter(|&node| self.tile_of(node) == place);
            let mine: Vec<_> = mine.collect();
            self.tiles[place].cycle_in_order(self.now, &mine);
        }
        self.exchange();
        self.now += 1;
    }

    fn exchange(&mut self) {
        for place in 1..self.tiles.len() {
            let (below, above) = self.tiles.split_at_mut(place);
            if let (Some(below), Some(above)) = (below.last_mut(), above.first_mut()) {
                below.receive(&mut above.crossings()[0]);
                above.receive(&mut below.crossings()[1]);
            }
        }
    }

    /// Runs every tile on a thread of its own.
    fn run_on_threads(&mut self, end: u64) {
        let (now, window) = (self.now, self.window);
        let boxes = Mailboxes::new(self.tiles.len());
        let gate = Gate::new(self.tiles.len());
        let tiles = self.tiles.iter_mut().enumerate();
        let ended = crossbeam::thread::scope(|scope| {
            for (place, tile) in tiles {
                let (boxes, gate) = (&boxes, &gate);
                scope.spawn(move |_| run_tile(tile, place, (now, end, window), boxes, gate));
            }
        });
        ended.expect("a tile's thread ends by reaching the last cycle");
    }
}

/// One thread's work: a window, then its neighbours' news, until `end`.
fn run_tile<const CV: usize>(
    tile: &mut Tile<CV>,
    place: usize,
    (mut now, end, window): (u64, u64, u64),
    boxes: &Mailboxes,
    gate: &Gate,
) {
    let _promise = Promise(gate);
    let mut parity = 0;
    while now < end {
        let until = end.min(now.saturating_add(window));
        tile.run(now, until);
        boxes.post(parity, place, (tile.next_event(until), tile.crossings()));
        gate.wait();
        boxes.collect(parity, place, |crossings| tile.receive(crossings));
        // The boxes of the other parity were emptied before this gate; they are free to be filled.
        (now, parity) = (boxes.next_event(parity).clamp(until, end), 1 - parity);
    }
}

/// What tiles leave for their neighbours, by parity of the window: one is read while the other is
/// filled, so one meeting per window is enough.
struct Mailboxes {
    /// `[parity][tile it is for][side it comes from]`
    boxes: [Vec<[Mutex<Vec<Crossing>>; 2]>; 2],
    /// `[parity][tile it comes from]`: the first cycle in which anything happens because of it.
    events: [Vec<AtomicU64>; 2],
}

impl Mailboxes {
    fn new(tiles: usize) -> Self {
        let boxes = || (0..tiles).map(|_| [Mutex::default(), Mutex::default()]).collect();
        let events = || (0..tiles).map(|_| AtomicU64::new(0)).collect();
        Self { boxes: [boxes(), boxes()], events: [events(), events()] }
    }

    /// Leaves what crossed from a tile with its neighbours, and says when it acts next.
    fn post(
        &self,
        parity: usize,
        from: usize,
        (event, crossings): (Option<u64>, &mut [Vec<Crossing>; 2]),
    ) {
        let due = crossings.iter().flatten().map(Crossing::due);
        let first = due.chain(event).min().unwrap_or(u64::MAX);
        self.events[parity][from].store(first, Ordering::Release);
        let boxes = &self.boxes[parity];
        let to = [from.checked_sub(1), Some(from + 1)];
        for ((to, side), crossings) in to.into_iter().zip([1, 0]).zip(crossings) {
            if let Some(neighbour) = to.and_then(|to| boxes.get(to)) {
                let mut held = neighbour[side].lock().unwrap_or_else(PoisonError::into_inner);
                std::mem::swap(&mut *held, crossings);
            }
        }
    }

    /// The first cycle in which anything happens anywhere; every tile finds the same one.
    fn next_event(&self, parity: usize) -> u64 {
        let events = self.events[parity].iter().map(|event| event.load(Ordering::Acquire));
        events.min().unwrap_or(u64::MAX)
    }

    /// Hands a tile what its neighbours left.
    fn collect(&self, parity: usize, to: usize, mut receive: impl FnMut(&mut Vec<Crossing>)) {
        for side in &self.boxes[parity][to] {
            receive(&mut side.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }
}

impl<const CV: usize> Engine for Tiled<CV> {
    fn offer(&mut self, source: Node, at: u64, packet: &Packet) -> Result<(), Diagnostic> {
        let (mesh, now) = (self.checked.mesh(), self.now);
        if !offer::is_plain((mesh.extent(), self.faultless), (now, at), source, packet) {
            return self.offer_other(source, at, packet);
        }
        let place = self.tile_of(source);
        let tile = &mut self.tiles[place];
        tile.offer(source.index() - tile.rules.first, (now, at), packet.head);
        Ok(())
    }

    fn now(&self) -> u64 {
        self.now
    }

    fn step(&mut self) {
        if let [tile] = &mut self.tiles[..] {
            tile.run(self.now, self.now + 1);
        } else {
            self.run_alone(self.now + 1);
        }
        self.now += 1;
    }

    fn run_until(&mut self, cycle: u64) {
        if self.tiles.len() > 1 && cycle > self.now + self.window {
            self.run_on_threads(cycle);
        } else {
            self.run_alone(cycle);
        }
        self.now = self.now.max(cycle);
    }

    fn next_event(&self) -> Option<u64> {
        self.tiles.iter().filter_map(|tile| tile.next_event(self.now)).min()
    }

    fn drain(&mut self) -> Vec<Delivery> {
        let mut tiles = self.tiles.iter_mut().map(Tile::drain);
        let mut drained = tiles.next().unwrap_or_default();
        tiles.for_each(|mut deliveries| drained.append(&mut deliveries));
        // Each tile's deliveries are in order: the stable sort merges runs.
        drained.sort_by_key(|delivery| (delivery.cycle, delivery.node));
        drained
    }

    fn sent(&self, core: Node) -> u64 {
        self.tiles[self.tile_of(core)].sent(core)
    }

    fn is_home(&self) -> bool {
        self.tiles.iter().all(Tile::is_home)
    }

    fn counters(&self) -> Counters {
        let mut counters = Counters { cycles: self.now, ..Counters::default() };
        for tile in &self.tiles {
            tile.count(&mut counters);
        }
        counters
    }
}
