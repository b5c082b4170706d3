//! One chip's clock: its fabric, its shadow row registers, and the cycle it is in.
//!
//! With `every-step` senders in barrier mode every replica sends the same packets in the same
//! cycles; only payloads differ, and no router reads them. So one lane stands for all replicas. In
//! any other case each replica has a lane of its own.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fabric::{
    Barrier, Class, Delivery, Engine, Faults, Header, Network, Packet, Stream, Streams,
};
use leadlag_fixed::count;
use leadlag_image::{Compartment, Mode};

use super::codes::{Codes, Place};
use super::remembered::Remembered;
use super::routes::{Entry, Line, Origin, Routes};
use super::times::Times;

mod pace;
mod repeat;
mod shadow;

pub(crate) use pace::Pace;
pub(crate) use shadow::Shadow;

/// Cycles without any landing after which a step is given up.
pub(super) const PATIENCE: u64 = 1 << 20;

/// A lane.
#[derive(Clone, Debug)]
pub(crate) struct Lane {
    pub(crate) first: usize,
    pub(crate) replicas: usize,
    pub(crate) fabric: Network,
    /// By core and compartment.
    pub(crate) shadows: Vec<[Shadow; 2]>,
    /// Cycle of the latch of the step that is run, or of the next one.
    pub(crate) latch: u64,
    pub(crate) times: Times,
    /// Faults that the fabric was not built with, so far.
    lost: usize,
    /// The packets of the step that is run.
    streams: Streams,
    remembered: Remembered,
}

/// The step that is run.
#[derive(Clone, Copy)]
pub(crate) struct Step<'a> {
    pub(crate) routes: &'a Routes,
    pub(crate) pace: Pace,
    pub(crate) codes: Codes<'a>,
    /// Its number, from 0.
    pub(crate) number: u64,
}

/// A packet that is due.
#[derive(Clone, Copy, Debug)]
struct Offer {
    place: Place,
    entry: Entry,
    code: i16,
}

/// When a step's events have landed, and what was not sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Travelled {
    /// The first cycle in which nothing is on its way, or the next latch.
    pub(crate) end: u64,
    /// Signals that were not sent whole.
    pub(crate) unsent: Vec<Place>,
}

/// Rows take the codes of their columns where these are not what was held; how many they are.
#[inline]
fn take_line(
    (codes, held): (&[i16], Option<&[i16]>),
    (taken, written): (&mut [i16], &mut [u64]),
    now: u64,
) -> u64 {
    let Some(held) = held else {
        taken.copy_from_slice(codes);
        written.fill(now);
        return u64::from(count(codes.len()));
    };
    let mut packets = 0;
    let rows = taken.iter_mut().zip(written);
    for ((&code, &held), (taken, written)) in codes.iter().zip(held).zip(rows) {
        let speaks = code != held;
        *taken = if speaks { code } else { *taken };
        *written = if speaks { now } else { *written };
        packets += u64::from(speaks);
    }
    packets
}

impl Lane {
    pub(crate) fn new(
        routes: &Routes,
        (first, replicas): (usize, usize),
    ) -> Result<Self, Diagnostic> {
        let shadow =
            |rows: usize| Shadow { codes: vec![0; rows * replicas], written: vec![0; rows] };
        let both = |station: &super::routes::Station| {
            [0, 1].map(|side: usize| shadow(station.origins[side].len()))
        };
        Ok(Self {
            first,
            replicas,
            fabric: Network::new(&routes.checked, routes.tables.clone())?,
            shadows: routes.stations.iter().map(both).collect(),
            latch: 0,
            times: Times::new(routes.stations.len()),
            lost: 0,
            streams: Streams::default(),
            remembered: Remembered::default(),
        })
    }

    /// Lets parts of the fabric die that are due by a step: the same fabric goes on with them.
    pub(crate) fn lose(
        &mut self,
        routes: &Routes,
        step: u64,
        later: &[(u64, Faults)],
    ) -> Result<(), Diagnostics> {
        let due = later.partition_point(|(at, _)| *at <= step);
        if due <= self.lost {
            return Ok(());
        }
        let mut config = routes.checked.config().clone();
        // Since reset would mean that no packet is ever offered.
        let since = self.latch.max(1);
        for (_, faults) in &later[..due] {
            let links = faults.links.iter().map(|&link| leadlag_fabric::DeadLink { since, ..link });
            config.faults.links.extend(links);
            let dead = faults.routers.iter();
            let dead = dead.map(|&router| leadlag_fabric::DeadRouter { since, ..router });
            config.faults.routers.extend(dead);
        }
        let mut fabric = Network::new(&config.check()?, routes.tables.clone())?;
        fabric.restore(&self.fabric.state())?;
        (self.fabric, self.lost) = (fabric, due);
        Ok(())
    }

    /// Sends what is due and lets it travel: in barrier mode until all of it has landed, in
    /// free-running mode until the next latch.
    pub(crate) fn travel(&mut self, step: Step<'_>) -> Result<Travelled, Diagnostics> {
        match step.pace.mode {
            Mode::Barrier => self.travel_whole(step),
            Mode::FreeRunning => self.travel_for(step),
        }
    }

    /// The packets of a core in the order of its scan: columns in order, rates before errors.
    fn scan<'a>(&self, step: Step<'a>, core: usize) -> impl Iterator<Item = Offer> + use<'a> {
        let (station, own) = (&step.routes.stations[core], step.codes.of(self.first));
        Compartment::ALL.into_iter().zip(&station.senders).flat_map(move |(side, senders)| {
            let spoken = own.spoken(core, side, senders.columns());
            spoken.flat_map(move |(column, code)| {
                let place = Place { core, side, column };
                senders.of(column).iter().map(move |&entry| Offer { place, entry, code })
            })
        })
    }

    fn offer(
        &mut self,
        step: Step<'_>,
        Offer { place, entry, code }: Offer,
        at: u64,
    ) -> Result<(), Diagnostics> {
        let [low, ..] = step.number.to_le_bytes();
        let header = Header {
            class: Class::Event,
            target: entry.target,
            apical: place.side == Compartment::Apical,
            row: entry.row,
            step: low,
            payload: code,
        };
        let node = step.routes.stations[place.core].node;
        self.fabric.offer(node, at, &Packet::single(header))?;
        Ok(())
    }

    fn count(&mut self, core: usize, side: Compartment, (packets, leaves): (u64, u64)) {
        let times = &mut self.times.cores[core];
        times.packets += packets;
        times.packets_of[side.index()] += packets;
        times.announced += leaves;
    }

    fn count_one(&mut self, place: Place, entry: Entry) {
        self.count(place.core, place.side, (1, entry.leaves.into()));
    }

    /// Hands all packets of the step to the sources; how many events each core is due.
    fn offer_whole(&mut self, step: Step<'_>, counts: bool) -> Result<Vec<u64>, Diagnostics> {
        let mut due = vec![0_u64; step.routes.stations.len()];
        let own = step.codes.of(self.first);
        for (core, station) in step.routes.stations.iter().enumerate() {
            let mut at = self.latch + step.pace.setup;
            for (side, senders) in Compartment::ALL.into_iter().zip(&station.senders) {
                for (column, code) in own.spoken(core, side, senders.columns()) {
                    for entry in senders.of(column) {
                        let place = Place { core, side, column };
                        self.offer(step, Offer { place, entry: *entry, code }, at)?;
                        at += 1;
                        if counts {
                            self.count_one(place, *entry);
                        }
                        step.routes.leaves(entry).iter().for_each(|&leaf| due[leaf] += 1);
                    }
                }
            }
        }
        Ok(due)
    }

    /// What is sent in a calm step is where it goes, since nothing comes between; packets are noted as
    /// streams. Result: whether all of them could be.
    fn post(&mut self, step: Step<'_>) -> bool {
        self.streams.clear();
        let mut all = true;
        for (core, station) in step.routes.stations.iter().enumerate() {
            let mut at = self.latch + step.pace.setup;
            for (side, senders) in Compartment::ALL.into_iter().zip(&station.senders) {
                let packets = match senders.line() {
                    Some(line) => self.post_line(step, (core, side), line, at),
                    None => self.post_each(step, (core, side), at, &mut all),
                };
                at += packets;
            }
        }
        if self.replicas > 1 {
            let own = step.codes.of(self.first);
            self.copy(step, |core| !own.is_dead(core));
        }
        all
    }

    /// Signals whose packets all go to one core, to rows in the order of the columns.
    fn post_line(
        &mut self,
        step: Step<'_>,
        (core, side): (usize, Compartment),
        Line { leaf, row }: Line,
        at: u64,
    ) -> u64 {
        let station = &step.routes.stations[core];
        let columns = station.senders[side.index()].columns();
        let (codes, held) = step.codes.of(self.first).said(core, side, columns);
        let shadow = &mut self.shadows[leaf][side.index()];
        let rows = row..row + codes.len();
        let into = (&mut shadow.codes[rows.clone()], &mut shadow.written[rows]);
        let packets = take_line((codes, held), into, step.number + 1);
        self.count(core, side, (packets, packets));
        let times = &mut self.times.cores[leaf];
        times.delivered += packets;
        times.delivered_of[side.index()] += packets;
        if packets > 0 {
            let (source, to) = (station.node, step.routes.stations[leaf].node);
            self.streams.push(Stream { source, to, at, packets });
        }
        packets
    }

    /// Signals whose packets go anywhere.
    fn post_each(
        &mut self,
        step: Step<'_>,
        (core, side): (usize, Compartment),
        at: u64,
        all: &mut bool,
    ) -> u64 {
        let (station, mut packets) = (&step.routes.stations[core], 0);
        let senders = &station.senders[side.index()];
        for (column, code) in step.codes.of(self.first).spoken(core, side, senders.columns()) {
            for entry in senders.of(column) {
                self.count_one(Place { core, side, column }, *entry);
                for &leaf in step.routes.leaves(entry) {
                    self.take(step, leaf, (side, entry.row), code);
                }
                match entry.core() {
                    None => *all = false,
                    Some(leaf) => {
                        let (source, to) = (station.node, step.routes.stations[leaf].node);
                        self.streams.push(Stream { source, to, at: at + packets, packets: 1 });
                    }
                }
                packets += 1;
            }
        }
        packets
    }

    /// Carries the streams of a step at once, if the fabric can; the first cycle by which they have
    /// arrived.
    fn carry(&mut self, step: Step<'_>) -> Option<u64> {
        let start = self.latch + step.pace.setup;
        if self.streams.is_empty() {
            return Some(start);
        }
        self.fabric.run_until(start);
        self.fabric.carry(&mut self.streams)
    }

    /// An event's row has it: in a calm step nothing comes between.
    #[inline]
    fn take(&mut self, step: Step<'_>, leaf: usize, (side, row): (Compartment, u16), code: i16) {
        let (side, row) = (side.index(), usize::from(row));
        let times = &mut self.times.cores[leaf];
        times.delivered += 1;
        times.delivered_of[side] += 1;
        let shadow = &mut self.shadows[leaf][side];
        shadow.written[row] = step.number + 1;
        shadow.codes[row] = code;
    }

    /// Copies the codes of all replicas that some cores hold to the rows that are wired to them.
    fn copy(&mut self, step: Step<'_>, of: impl Fn(usize) -> bool) {
        let own = self.first..self.first + self.replicas;
        for (station, shadows) in step.routes.stations.iter().zip(&mut self.shadows) {
            for ((side, wires), shadow) in
                Compartment::ALL.into_iter().zip(&station.wires).zip(shadows)
            {
                let stride = shadow.written.len();
                for &wires in wires.iter().filter(|wires| of(wires.origin.core)) {
                    let to = (&mut shadow.codes[..], stride);
                    step.codes.copy(own.clone(), (side, wires), to);
                }
            }
        }
    }

    fn travel_whole(&mut self, step: Step<'_>) -> Result<Travelled, Diagnostics> {
        let calm = step.pace.calm && self.lost == 0;
        let end = if !calm {
            let due = self.offer_whole(step, true)?;
            self.await_all(step, due, calm)
        } else if step.pace.alike {
            self.repeat(step)
        } else {
            self.carry_out(step)
        };
        Ok(Travelled { end: end?, unsent: Vec::new() })
    }

    /// A calm step; the first cycle by which its packets have arrived.
    fn carry_out(&mut self, step: Step<'_>) -> Result<u64, Diagnostics> {
        if self.post(step)
            && let Some(end) = self.carry(step)
        {
            return Ok(end);
        }
        let due = self.offer_whole(step, false)?;
        self.await_all(step, due, true)
    }

    /// Runs the fabric until every core has the events that it is due.
    fn await_all(
        &mut self,
        step: Step<'_>,
        mut due: Vec<u64>,
        calm: bool,
    ) -> Result<u64, Diagnostics> {
        let mut end = self.latch + step.pace.setup;
        // A core takes one event per cycle, so as many cycles pass as any core has events to come.
        while let Some(cycles) = due.iter().copied().max().filter(|&cycles| cycles > 0) {
            let now = self.fabric.now();
            let patient = now < end + PATIENCE;
            let Some(next) = self.fabric.next_event().filter(|_| patient) else {
                return Err(self.starved(step, &due));
            };
            self.fabric.run_until(next.max(now) + cycles);
            for delivery in self.fabric.drain() {
                end = end.max(delivery.cycle + 1);
                let core = if calm {
                    step.routes.core_at(delivery.node)
                } else {
                    self.land(step, &delivery)
                };
                if let Some(core) = core {
                    due[core] = due[core].saturating_sub(1);
                }
            }
        }
        Ok(end)
    }

    /// As [`Self::travel`], but up to so many cycles after the latch only.
    pub(super) fn travel_into(&mut self, step: Step<'_>, cycles: u64) -> Result<(), Diagnostics> {
        let until = self.latch + cycles;
        match step.pace.mode {
            Mode::FreeRunning => drop(self.scan_until(step, until)?),
            Mode::Barrier => {
                self.offer_whole(step, true)?;
                self.fabric.run_until(until);
            }
        }
        for delivery in self.fabric.drain() {
            self.land(step, &delivery);
        }
        Ok(())
    }

    fn travel_for(&mut self, step: Step<'_>) -> Result<Travelled, Diagnostics> {
        let end = self.latch + step.pace.cycles_per_step;
        let scans = self.scan_until(step, end)?;
        for delivery in self.fabric.drain() {
            self.land(step, &delivery);
        }
        let unsent = scans.into_iter().flat_map(|(core, left)| {
            self.times.cores[core].overrun += u64::from(count(left.len()));
            left
        });
        Ok(Travelled { end, unsent: unsent.collect() })
    }

    /// Offers a packet when the one before has left, so that what has not left by the next latch
    /// need not be called back. Result: by core, what is left of the scan.
    fn scan_until(
        &mut self,
        step: Step<'_>,
        end: u64,
    ) -> Result<Vec<(usize, Vec<Place>)>, Diagnostics> {
        let cores = 0..step.routes.stations.len();
        let scans = cores.map(|core| self.scan(step, core).collect::<Vec<_>>());
        let mut scans: Vec<_> =
            scans.map(|packets| packets.into_iter().peekable()).enumerate().collect();
        self.fabric.run_until((self.latch + step.pace.setup).min(end));
        while self.fabric.now() < end && !scans.is_empty() {
            for (core, scan) in &mut scans {
                let node = step.routes.stations[*core].node;
                if self.fabric.sent(node) == self.times.cores[*core].packets
                    && let Some(next) = scan.next()
                {
                    self.offer(step, next, self.fabric.now())?;
                    self.count_one(next.place, next.entry);
                }
            }
            self.fabric.step();
            scans.retain_mut(|(_, scan)| scan.peek().is_some());
        }
        self.fabric.run_until(end);
        let left = |scan: std::iter::Peekable<std::vec::IntoIter<Offer>>| {
            scan.map(|offer| offer.place).collect()
        };
        Ok(scans.into_iter().map(|(core, scan)| (core, left(scan))).collect())
    }

    /// Writes an event to its shadow register; the core it has reached.
    fn land(&mut self, step: Step<'_>, delivery: &Delivery) -> Option<usize> {
        let core = step.routes.core_at(delivery.node)?;
        self.times.cores[core].delivered += 1;
        if let Some(header) = Header::from_bits(delivery.word) {
            self.times.cores[core].delivered_of[usize::from(header.apical)] += 1;
            self.write(step, core, header);
        }
        Some(core)
    }

    /// A row that no core drives keeps what it has: an event can get there only by a flipped bit.
    fn write(&mut self, step: Step<'_>, core: usize, header: Header) {
        let (row, side) = (usize::from(header.row), usize::from(header.apical));
        let times = &mut self.times.cores[core];
        // The latest step up to now with these low bits.
        let [low, ..] = step.number.to_le_bytes();
        let age = u64::from(low.wrapping_sub(header.step));
        let sent = step.number.saturating_sub(age);
        times.late += u64::from(age > 0);
        let origin = step.routes.stations[core].origins[side].get(row).copied().flatten();
        let Some(Origin { core: source, column }) = origin else { return };
        let shadow = &mut self.shadows[core][side];
        if sent + 1 < shadow.written[row] {
            times.stale += 1;
            return;
        }
        shadow.written[row] = sent + 1;
        let rows = shadow.written.len();
        // The register has no more bits than a code; only a flipped bit can say more.
        let unused = 16 - step.pace.payload_bits;
        shadow.codes[row] = (header.payload << unused) >> unused;
        let place = Place { core: source, side: Compartment::ALL[side], column };
        if self.replicas > 1 {
            // The one lane of all replicas.
            step.codes.each(place, |replica, code| {
                if replica > 0 {
                    shadow.codes[replica * rows + row] = code;
                }
            });
        }
    }

    /// All codes land at once and no time passes: a step that is not timed.
    pub(crate) fn leap(&mut self, step: Step<'_>) {
        for (station, shadows) in step.routes.stations.iter().zip(&mut self.shadows) {
            for (origins, shadow) in station.origins.iter().zip(shadows) {
                for (written, origin) in shadow.written.iter_mut().zip(origins) {
                    *written = if origin.is_some() { step.number + 1 } else { *written };
                }
            }
        }
        self.copy(step, |_| true);
        self.times.untimed += 1;
    }

    /// Ends the step: the cycle of the next latch follows from that in which events had landed and
    /// programs slept.
    pub(crate) fn close(&mut self, pace: Pace, cores: usize, landed: u64, slept: u64) {
        let next = match pace.mode {
            Mode::FreeRunning => landed,
            Mode::Barrier => {
                self.times.travel.note(landed - self.latch);
                self.times.waited_for_plasticity += u64::from(slept > landed);
                let mut barrier = Barrier::reset(count(cores), pace.barrier_cycles);
                let next = barrier.close(landed.max(slept));
                self.times.closings += 1;
                self.times.barrier_cycles += barrier.cycles();
                self.times.tree_hops += barrier.tree_hops();
                next
            }
        };
        self.times.step.note(next - self.latch);
        self.latch = next;
    }

    /// Why a barrier does not close.
    fn starved(&self, step: Step<'_>, due: &[u64]) -> Diagnostics {
        let missing: u64 = due.iter().sum();
        let removed = self.fabric.counters().removed();
        let stuck = self.fabric.next_event().is_some();
        let fate = if stuck {
            format!("the fabric has moved nothing for {PATIENCE} cycles")
        } else {
            format!("nothing is on its way any more, and the fabric has removed {removed} packets")
        };
        let message = format!(
            "step {}: the barrier waits for {missing} events that do not land; {fate}",
            step.number
        );
        let mut found = Diagnostic::new("LL3630", message);
        for line in self.waits(step).into_iter().take(4) {
            found = found.help(line);
        }
        found
            .help(
                "repair the faults, or let steps end without a barrier: `--set mode=free-running`",
            )
            .into()
    }

    /// Rows whose event of this step has not landed, each with whom it waits for.
    fn waits(&self, step: Step<'_>) -> Vec<String> {
        let mesh = step.routes.checked.mesh();
        let at = |core: usize| {
            let (x, y) = mesh.coordinates(step.routes.stations[core].node);
            format!("core ({x}, {y})")
        };
        let mut lines = Vec::new();
        for (core, station) in step.routes.stations.iter().enumerate() {
            for (side, origins) in Compartment::ALL.into_iter().zip(&station.origins) {
                let shadow = &self.shadows[core][side.index()];
                for (row, origin) in origins.iter().enumerate() {
                    let Some(Origin { core: source, column }) = *origin else { continue };
                    let place = Place { core: source, side, column };
                    let landed = shadow.written[row] == step.number + 1;
                    if !landed && step.codes.of(self.first).speaks(place) {
                        lines.push(format!(
                            "the barrier waits for {}, {} row {row}, which waits for column {column} of {}, whose next event waits for the barrier",
                            at(core),
                            side.name(),
                            at(source)
                        ));
                    }
                }
            }
        }
        lines
    }
}
