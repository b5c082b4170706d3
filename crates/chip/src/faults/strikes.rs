//! What strikes in a step.

use leadlag_diagnostic::Diagnostic;
use leadlag_fixed::gap::Gaps;
use leadlag_fixed::random::{Kind, Site};
use leadlag_fixed::{count, index, low_quarter};
use leadlag_image::{Compartment, Source};

use super::{Faulty, Memory, Often};
use crate::emulator::Emulator;
use crate::plan::{CorePlan, Plan};
use crate::state::ShardState;

/// Draws that belong to one flip: those of its gap, and the last one for its bit.
const DRAWS: u32 = 16;

/// Strikes that a report names.
const NAMED: usize = 8;

/// A flip in a row register.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct RowUpset {
    core: usize,
    side: Compartment,
    row: usize,
    /// Rows of the array: from a replica's registers to the next one's.
    rows: usize,
    /// Places that the code is shifted by its row's scale.
    shift: u32,
    bit: u32,
    /// Bits of a code.
    bits: u32,
}

/// What strikes in a step.
#[derive(Clone, Debug, Default)]
pub(crate) struct Strikes {
    /// Flips after the latch.
    pub(crate) rows: Vec<RowUpset>,
    /// By core; empty where none ever dies.
    pub(crate) dead: Vec<bool>,
    /// For a report.
    log: Vec<String>,
    flips: usize,
}

/// A word that is struck.
#[derive(Clone, Copy)]
struct Struck {
    core: usize,
    side: Compartment,
    cell: usize,
    /// A share of the word's bits, in units of 2^-32.
    bit: u32,
}

impl Struck {
    fn bit_of(self, bits: u32) -> u32 {
        share(self.bit.into(), bits.into(), 32)
    }

    fn name(self, emulator: &Emulator) -> String {
        let core = &emulator.image.cores[self.core];
        format!("core ({}, {}) {}", core.x, core.y, self.side.name())
    }
}

/// `draw / 2^places` of `whole`.
fn share(draw: u64, whole: u64, places: u32) -> u32 {
    let product = (u128::from(draw) * u128::from(whole)) >> places;
    u32::try_from(product).unwrap_or(u32::MAX)
}

impl Strikes {
    pub(crate) fn is_dead(&self, core: usize) -> bool {
        self.dead.get(core).copied().unwrap_or(false)
    }

    fn note(&mut self, what: impl FnOnce() -> String) {
        self.flips += 1;
        if self.log.len() < NAMED {
            self.log.push(what());
        }
    }
}

impl Emulator {
    /// Before a step: bits flip, and cores die.
    pub(crate) fn strike(&mut self) {
        if self.faulty.is_ideal() {
            return;
        }
        let faulty = std::mem::take(&mut self.faulty);
        let mut strikes = Strikes { dead: self.stopped_cores(&faulty), ..Strikes::default() };
        for (core, _) in strikes.dead.clone().iter().enumerate().filter(|(_, dead)| **dead) {
            if !faulty.strikes.is_dead(core) {
                let place = &self.image.cores[core];
                let name = format!("core ({}, {}) is dead", place.x, place.y);
                strikes.note(|| name);
            }
        }
        for (at, (upset, gaps)) in faulty.faults.upsets.iter().zip(&faulty.gaps).enumerate() {
            let draws = Draws { emulator: self, memory: upset.memory, at: low_u16(at) };
            let struck = match upset.often {
                Often::Chance(_) => gaps.as_ref().map_or(Vec::new(), |gaps| draws.by_chance(gaps)),
                Often::Once { step, count } if step == self.state.step => draws.so_many(count),
                Often::Once { .. } => Vec::new(),
            };
            self.flip(upset.memory, &struck, &mut strikes);
        }
        let struck = self.of_fabric();
        self.faulty = Faulty { strikes, struck, ..faulty };
    }

    fn stopped_cores(&self, faulty: &Faulty) -> Vec<bool> {
        let mut dead = vec![false; self.image.cores.len()];
        for (place, since) in faulty.faults.cores() {
            if let Some(core) = self.core_at(place) {
                dead[core] |= self.is_dead(since);
            }
        }
        if dead.contains(&true) { dead } else { Vec::new() }
    }

    fn flip(&mut self, memory: Memory, struck: &[Struck], strikes: &mut Strikes) {
        match memory {
            Memory::Weights => self.flip_weights(struck, strikes),
            Memory::Rows => self.flip_rows(struck, strikes),
            Memory::States => self.flip_states(struck, strikes),
        }
    }

    fn flip_weights(&mut self, struck: &[Struck], strikes: &mut Strikes) {
        let (bits, dac) = (self.image.chip.weight_bits, self.image.chip.dac_bits);
        let mut touched = Vec::new();
        for &hit in struck {
            let plan = &self.plan.cores[hit.core];
            let (row, column) = (hit.cell / plan.columns, hit.cell % plan.columns);
            let array = 2 * hit.core + hit.side.index();
            let word = &mut self.state.arrays[array].weight[row * plan.width + column];
            let (old, bit) = (*word, hit.bit_of(bits));
            *word = flipped(old, bit, bits);
            let new = *word;
            let counters = &mut self.state.shards[0].cores[hit.core].counters;
            counters.upsets.weights += 1;
            strikes.note(|| {
                let place = hit.name(self);
                format!("{place} weight [{row}][{column}], bit {bit}: {old} -> {new}")
            });
            touched.push(array);
        }
        touched.sort_unstable();
        touched.dedup();
        for array in touched {
            self.state.arrays[array].convert(bits, dac);
            let mut units = std::mem::take(&mut self.units);
            for unit in units.iter_mut().filter(|unit| unit.core() == array / 2) {
                unit.put_weights(&self.plan.cores[array / 2], &self.state);
            }
            self.units = units;
        }
    }

    fn flip_rows(&mut self, struck: &[Struck], strikes: &mut Strikes) {
        let bits = self.image.chip.payload_bits;
        for &hit in struck {
            let side = self.plan.cores[hit.core].side(hit.side);
            let within = |link: &&crate::plan::Link| {
                (link.first..link.first + link.rows).contains(&hit.cell)
            };
            let Some(link) = side.links.iter().find(within) else { continue };
            if link.source == Source::Constant {
                // It is wired to a code, and no register.
                continue;
            }
            let upset = RowUpset {
                core: hit.core,
                side: hit.side,
                row: hit.cell,
                rows: side.shape.rows,
                shift: link.shift,
                bit: hit.bit_of(bits),
                bits,
            };
            strikes.rows.push(upset);
            for shard in &mut self.state.shards {
                let counters = &mut shard.cores[hit.core].counters;
                counters.upsets.rows += u64::from(count(shard.replicas));
            }
            strikes.note(|| format!("{} row {}, bit {}", hit.name(self), upset.row, upset.bit));
        }
    }

    fn flip_states(&mut self, struck: &[Struck], strikes: &mut Strikes) {
        let rail = self.image.chip.rails << 24;
        // A sign, and enough bits for the rails themselves.
        let bits = rail.ilog2() + 2;
        for &hit in struck {
            let (bit, width) = (hit.bit_of(bits), self.plan.cores[hit.core].width);
            for shard in &mut self.state.shards {
                let core = &mut shard.cores[hit.core];
                core.counters.upsets.states += u64::from(count(shard.replicas));
                for lagged in core.side_mut(hit.side).lagged.chunks_exact_mut(width) {
                    let rail = leadlag_fixed::signed(rail);
                    lagged[hit.cell] = flipped_wide(lagged[hit.cell], bit, bits).clamp(-rail, rail);
                }
            }
            strikes.note(|| format!("{} state of column {}, bit {bit}", hit.name(self), hit.cell));
        }
    }

    /// Packets that faults of the fabric have changed or removed so far, on the first chip.
    fn of_fabric(&self) -> u64 {
        if !self.faulty.faults.stops || !self.faulty.faults.need_cycles() {
            return 0;
        }
        let routers = self.fabric_counters().map_or(Vec::new(), |counters| counters.routers);
        routers.iter().map(|router| router.flipped + router.lost).sum()
    }

    /// After a step: whether a fault ends the run.
    pub(crate) fn stop_if_struck(&mut self) {
        if !self.faulty.faults.stops || self.halted.is_some() {
            return;
        }
        let (strikes, packets) = (&self.faulty.strikes, self.of_fabric() - self.faulty.struck);
        if strikes.flips == 0 && packets == 0 {
            return;
        }
        let step = self.state.step.saturating_sub(1);
        let message = format!(
            "step {step}: {} words or cores were struck, and {packets} packets; the run was to stop at the first",
            strikes.flips
        );
        let mut found = Diagnostic::new("LL3671", message);
        for strike in &strikes.log {
            found = found.help(strike.clone());
        }
        self.halted = Some(found.help("`--on-fault continue` runs on, and counts").into());
    }
}

impl ShardState {
    /// Flips bits of row registers, of all replicas.
    pub(crate) fn upset(&mut self, upsets: &[RowUpset]) {
        for upset in upsets {
            let rows = &mut self.cores[upset.core].side_mut(upset.side).rows;
            for row in rows.iter_mut().skip(upset.row).step_by(upset.rows) {
                *row = flipped(*row >> upset.shift, upset.bit, upset.bits) << upset.shift;
            }
        }
    }
}

/// A signed word of so many bits with one of them flipped.
fn flipped(word: i16, bit: u32, bits: u32) -> i16 {
    low_quarter(flipped_wide(word.into(), bit, bits))
}

fn flipped_wide(word: i32, bit: u32, bits: u32) -> i32 {
    let unused = 32 - bits;
    ((word ^ (1 << bit)) << unused) >> unused
}

/// The draws of one fault in a step.
struct Draws<'a> {
    emulator: &'a Emulator,
    memory: Memory,
    /// Place of the fault in the list.
    at: u16,
}

impl Draws<'_> {
    fn plan(&self) -> &Plan {
        &self.emulator.plan
    }

    fn site(&self, core: u16, side: Compartment) -> Site {
        let kind = match self.memory {
            Memory::Weights => Kind::WeightUpset,
            Memory::Rows => Kind::RowUpset,
            Memory::States => Kind::StateUpset,
        };
        let (seed, step) = (self.emulator.options.seed, self.emulator.state.step);
        Site { seed, kind, step, stream: 2 * self.at + low_u16(side.index()), core }
    }

    /// Words of the memory in a core.
    fn cells(&self, core: &CorePlan, side: Compartment) -> usize {
        let rows = core.side(side).links.iter().map(|link| link.rows).sum::<usize>();
        match self.memory {
            Memory::Weights => rows * core.columns,
            Memory::Rows => rows,
            Memory::States => core.columns,
        }
    }

    /// Each word with the same chance.
    fn by_chance(&self, gaps: &Gaps) -> Vec<Struck> {
        let mut struck = Vec::new();
        for (core, plan) in self.plan().cores.iter().enumerate() {
            for side in Compartment::ALL {
                let (site, cells) = (self.site(plan.node, side), self.cells(plan, side));
                let mut next = 0_u64;
                for hit in 0.. {
                    next = next.saturating_add(gaps.gap(|word| site.draw(DRAWS * hit + word)));
                    if next >= u64::from(count(cells)) {
                        break;
                    }
                    let bit = site.draw(DRAWS * hit + DRAWS - 1);
                    struck.push(Struck { core, side, cell: at(next), bit });
                    next += 1;
                }
            }
        }
        struck
    }

    /// So many words of all cores.
    fn so_many(&self, flips: u32) -> Vec<Struck> {
        let site = self.site(u16::MAX, Compartment::Soma);
        let places = || {
            let cores = self.plan().cores.iter().enumerate();
            cores.flat_map(|(core, plan)| {
                Compartment::ALL.map(|side| (core, side, self.cells(plan, side)))
            })
        };
        let all = places().map(|(.., cells)| u64::from(count(cells))).sum();
        let place = |hit| {
            let [high, low, bit, _] = site.block(hit);
            let mut cell = index(share(u64::from(high) << 32 | u64::from(low), all, 64));
            for (core, side, cells) in places() {
                if cell < cells {
                    return Some(Struck { core, side, cell, bit });
                }
                cell -= cells;
            }
            None
        };
        (0..flips).filter_map(place).collect()
    }
}

fn at(cell: u64) -> usize {
    usize::try_from(cell).unwrap_or(usize::MAX)
}

fn low_u16(value: usize) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}
