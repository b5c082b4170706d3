//! What of a chip can be looked at: one table of registers, read between two steps.
//!
//! Nothing here runs while the chips do; a recording steps them one at a time
//! ([`Emulator::run_each`]) and reads their state in between.

mod clock;

use leadlag_fixed::{count, index};
use leadlag_image::{Compartment, Core, Image, Side, Source, registers};
use leadlag_trace::{Family, Format, Path, Probe, Probed, Segment};

use crate::counters::SideCounters;
use crate::emulator::Emulator;
use crate::plan::SidePlan;
use crate::state::{ArrayState, ShardState, SideState, shard_of};
use clock::Site;

/// What a row of the table reads.
#[derive(Clone, Copy, Debug)]
enum Register {
    Lagged,
    Prospective,
    Rate,
    Slope,
    Drive,
    Injection,
    Sent,
    Converted,
    /// Own codes, so many steps old.
    Past(usize),
    Row,
    Weight,
    Converter,
    Mean,
    Magnitude,
    Fraction,
    Sum,
    Scale,
    Pause,
    /// Whether a neuron spiked in the last step.
    Spike,
    /// The code that the next latch takes into a row.
    Shadow,
    /// A trim code: place in the parameter window.
    Trim(usize),
    Count(fn(&SideCounters) -> u64),
}

/// A row of the table.
struct Entry {
    side: Compartment,
    name: &'static str,
    register: Register,
    meaning: &'static str,
}

const fn soma(name: &'static str, register: Register, meaning: &'static str) -> Entry {
    Entry { side: Compartment::Soma, name, register, meaning }
}

const fn apical(name: &'static str, register: Register, meaning: &'static str) -> Entry {
    Entry { side: Compartment::Apical, name, register, meaning }
}

/// Every register of a core; `docs/reference/probes.md` shows it to people.
const TABLE: [Entry; 52] = [
    soma("u", Register::Lagged, "membrane, lagged"),
    soma("y", Register::Prospective, "membrane, prospective"),
    soma("r", Register::Rate, "rate, the activation of y"),
    soma("slope", Register::Slope, "derivative of the activation at y"),
    soma("drive", Register::Drive, "what drove the membrane in the last step"),
    soma("sent", Register::Sent, "rate code last sent"),
    soma("adc", Register::Converted, "rate as the column converter shows it"),
    soma("past1", Register::Past(0), "own rate code of one step ago"),
    soma("past2", Register::Past(1), "own rate code of two steps ago"),
    soma("x", Register::Row, "code in a row register, before its shift"),
    soma("w", Register::Weight, "weight word"),
    soma("dac", Register::Converter, "weight as the synapse converter sees it"),
    soma("mean", Register::Mean, "mean product of a synapse"),
    soma("magnitude", Register::Magnitude, "root mean square product of a synapse"),
    soma("sum", Register::Sum, "products of a synapse since the last update"),
    soma("state_held", Register::Count(|c| c.state_held), "times a rail held u"),
    soma("output_held", Register::Count(|c| c.output_held), "times a rail held y"),
    soma("code_clipped", Register::Count(|c| c.code_clipped), "codes held at the payload's ends"),
    soma("events", Register::Count(|c| c.events), "events sent"),
    soma("weight_held", Register::Count(|c| c.weight_held), "weights held at their ends"),
    apical("v", Register::Lagged, "error state, lagged"),
    apical("e", Register::Prospective, "error, prospective"),
    apical("drive", Register::Drive, "what drove the error state in the last step"),
    apical("injection", Register::Injection, "injection register"),
    apical("sent", Register::Sent, "error code last sent"),
    apical("adc", Register::Converted, "error as the column converter shows it"),
    apical("x", Register::Row, "code in a row register, before its shift"),
    apical("w", Register::Weight, "weight word"),
    apical("dac", Register::Converter, "weight as the synapse converter sees it"),
    apical("mean", Register::Mean, "mean product of a synapse"),
    apical("magnitude", Register::Magnitude, "root mean square product of a synapse"),
    apical("sum", Register::Sum, "products of a synapse since the last update"),
    apical("scale", Register::Scale, "exponent of the unit of v, e, injection and the codes sent"),
    apical("state_held", Register::Count(|c| c.state_held), "times a rail held v"),
    apical("output_held", Register::Count(|c| c.output_held), "times a rail held e"),
    apical("code_clipped", Register::Count(|c| c.code_clipped), "codes held at the payload's ends"),
    apical("events", Register::Count(|c| c.events), "events sent"),
    apical("weight_held", Register::Count(|c| c.weight_held), "weights held at their ends"),
    soma("pause", Register::Pause, "steps that a spiking neuron still rests"),
    soma("synaptic_events", Register::Count(|c| c.synaptic_events), "active rows times columns"),
    apical("synaptic_events", Register::Count(|c| c.synaptic_events), "active rows times columns"),
    soma("spike", Register::Spike, "1 where a neuron spiked in the last step"),
    soma("shadow", Register::Shadow, "code that has landed for a row, which the next latch takes"),
    apical(
        "shadow",
        Register::Shadow,
        "code that has landed for a row, which the next latch takes",
    ),
    soma("trim_gain", Register::Trim(0), "trim code of the gain of the current"),
    soma("trim_offset", Register::Trim(1), "trim code of the offset of the current"),
    soma("trim_tau", Register::Trim(4), "trim code of tau_m: what the membrane keeps in a step"),
    apical("trim_gain", Register::Trim(2), "trim code of the gain of the current"),
    apical("trim_offset", Register::Trim(3), "trim code of the offset of the current"),
    apical(
        "trim_tau",
        Register::Trim(5),
        "trim code of tau_r: what the error state keeps in a step",
    ),
    soma("fraction", Register::Fraction, "4096ths of a last bit that the weight is above its word"),
    apical(
        "fraction",
        Register::Fraction,
        "4096ths of a last bit that the weight is above its word",
    ),
];

/// The row of the table that holds the apical scale.
const SCALE: usize = 32;

/// A probe, found.
#[derive(Clone, Copy)]
struct Place<'a> {
    core: usize,
    entry: &'a Entry,
    replica: usize,
    index: [usize; 2],
}

impl Place<'_> {
    fn of(probe: Probe) -> Self {
        let id = index(probe.family);
        Self {
            core: id / TABLE.len(),
            entry: &TABLE[id % TABLE.len()],
            replica: index(probe.replica),
            index: probe.index.map(index),
        }
    }
}

fn id(core: usize, row: usize) -> u32 {
    count(core * TABLE.len() + row)
}

fn scale_of(core: usize) -> Probe {
    Probe { family: id(core, SCALE), replica: 0, index: [0, 0] }
}

impl Probed for Emulator {
    fn families(&self) -> Vec<Family> {
        let cores = self.image().cores.iter().enumerate();
        cores
            .flat_map(|(at, core)| {
                let rows = TABLE.iter().enumerate();
                rows.filter_map(move |(row, entry)| self.family(at, core, row, entry))
            })
            .chain(self.machine_families())
            .collect()
    }

    fn format(&self, probe: Probe) -> Format {
        if let Some(site) = Site::of(probe) {
            return site.format();
        }
        let place = Place::of(probe);
        let Some(core) = self.image().cores.get(place.core) else {
            return Format { unit: "code", exponent: 0, width: 0, scale: None };
        };
        self.format_of(core, place)
    }

    fn cycle(&self) -> Option<u64> {
        self.clock.as_ref().and_then(|clock| clock.latch_of(0))
    }

    fn passed(&self, probe: Probe, code: i32) -> bool {
        let passed = Site::of(probe).and_then(|site| self.has_passed(site, code));
        passed.unwrap_or_else(|| self.read(probe) == code)
    }

    fn read(&self, probe: Probe) -> i32 {
        if let Some(site) = Site::of(probe) {
            return self.read_machine(site, index(probe.replica));
        }
        let place = Place::of(probe);
        if place.core >= self.image().cores.len() {
            return 0;
        }
        self.read_at(place).unwrap_or(0)
    }
}

impl Emulator {
    /// A row of the table on a core, unless the core has no such register.
    fn family(&self, at: usize, core: &Core, row: usize, entry: &Entry) -> Option<Family> {
        let array = &self.state().arrays[2 * at + entry.side.index()];
        let rows = u32::try_from(core.side(entry.side).array.rows()).unwrap_or(u32::MAX);
        let replicas = self.options().replicas;
        let column = Some((vec![core.neurons], replicas));
        let synapses = |has: bool| has.then(|| (vec![rows, core.neurons], 1));
        let words = |words: &[i16]| synapses(!words.is_empty());
        let (extents, replicas) = match entry.register {
            Register::Converted if !self.converts() => None,
            Register::Shadow if self.clock.is_none() => None,
            Register::Row | Register::Shadow => (rows > 0).then(|| (vec![rows], replicas)),
            Register::Spike => column.filter(|_| core.spike().is_some()),
            Register::Weight | Register::Converter => words(&array.weight),
            Register::Mean => words(&array.mean),
            Register::Magnitude => words(&array.magnitude),
            Register::Fraction => words(&array.fraction),
            Register::Sum => synapses(!array.sum.is_empty()),
            Register::Scale | Register::Count(_) => Some((Vec::new(), 1)),
            Register::Trim(_) => Some((vec![core.neurons], 1)),
            Register::Pause => {
                let rests = core.spike().is_some_and(|spike| spike.refractory > 0);
                column.filter(|_| rests)
            }
            Register::Lagged
            | Register::Prospective
            | Register::Rate
            | Register::Slope
            | Register::Drive
            | Register::Injection
            | Register::Sent
            | Register::Converted
            | Register::Past(_) => column,
        }?;
        let path = Path::new(&[
            Segment::new("core", &[core.x, core.y]),
            Segment::new(entry.side.name(), &[]),
            Segment::new(entry.name, &[]),
        ]);
        Some(Family { id: id(at, row), path, extents, replicas, meaning: entry.meaning })
    }

    fn format_of(&self, core: &Core, place: Place<'_>) -> Format {
        let chip = &self.image().chip;
        let (payload, adc) = (chip.payload_bits, chip.adc.bits);
        let soma = place.entry.side == Compartment::Soma;
        let own = (!soma).then(|| scale_of(place.core));
        let plain = |unit, width| Format { unit, exponent: 0, width, scale: None };
        let state = Format { unit: "1", exponent: -24, width: 32, scale: own };
        let signal = |width: u32| {
            let exponent = 1 - signed(width) + if soma { core.soma.scale } else { 0 };
            Format { unit: "1", exponent, width, scale: own }
        };
        let table = |output: i8| Format {
            unit: "1",
            exponent: i32::from(output) - 15,
            width: 16,
            scale: None,
        };
        let unit = registers::membrane_unit(self.image(), place.core).ok().flatten();
        match place.entry.register {
            Register::Lagged | Register::Prospective | Register::Drive => match unit {
                Some(exponent) if soma => Format { exponent, ..state },
                Some(_) | None => state,
            },
            Register::Injection => state,
            Register::Rate if core.spike().is_some() => signal(payload),
            Register::Rate => table(core.phi.output),
            Register::Slope => table(core.phi_prime.output),
            Register::Sent => signal(payload),
            Register::Converted => signal(adc),
            Register::Past(_) => signal(if self.converts() { adc } else { payload }),
            Register::Spike => plain("spikes", 1),
            Register::Row | Register::Shadow => {
                row_format(self.image(), core.side(place.entry.side), place)
            }
            Register::Weight => weight_format(core, place, chip.weight_bits),
            Register::Converter => weight_format(core, place, chip.dac_bits),
            Register::Mean | Register::Magnitude => plain("code", 16),
            Register::Fraction => plain("code", 12),
            Register::Sum => plain("code", 32),
            Register::Scale => plain("log2", 6),
            Register::Trim(_) => Format { unit: "1", exponent: -15, width: 16, scale: None },
            Register::Pause => plain("steps", 16),
            Register::Count(_) => plain("count", 32),
        }
    }

    fn read_at(&self, place: Place<'_>) -> Option<i32> {
        let apical = place.entry.side.index();
        let array = &self.state().arrays[2 * place.core + apical];
        let synapse = |words: &[i16]| self.synapse(place, words);
        Some(match place.entry.register {
            Register::Weight => synapse(&array.weight)?,
            Register::Converter => synapse(&array.codes)?,
            Register::Mean => synapse(&array.mean)?,
            Register::Magnitude => synapse(&array.magnitude)?,
            Register::Fraction => synapse(&array.fraction)?,
            Register::Sum => self.synapse(place, &array.sum)?,
            Register::Scale => *self.state().error_scales.get(place.core)?,
            Register::Count(pick) => self.counted(place, array, pick),
            Register::Trim(at) => self.trim(place, at)?,
            Register::Drive => self.drive(place, apical)?,
            Register::Lagged
            | Register::Prospective
            | Register::Rate
            | Register::Slope
            | Register::Injection
            | Register::Sent
            | Register::Converted
            | Register::Past(_)
            | Register::Pause
            | Register::Spike
            | Register::Row => self.of_replica(place)?,
            Register::Shadow => {
                let rows = self.clock.as_ref()?.rows(place.core, place.entry.side, place.replica);
                rows.get(place.index[0]).map(|&code| i32::from(code))?
            }
        })
    }

    fn trim(&self, place: Place<'_>, at: usize) -> Option<i32> {
        let codes = &self.state().trims.get(place.core)?.codes[at];
        codes.get(place.index[0]).map(|&code| i32::from(code))
    }

    fn synapse<W: Copy + Into<i32>>(&self, place: Place<'_>, words: &[W]) -> Option<i32> {
        let [row, column] = place.index;
        words.get(row * self.plan().cores[place.core].width + column).map(|&word| word.into())
    }

    /// A count over all replicas; what is too large for a record reads as its largest.
    fn counted(&self, place: Place<'_>, array: &ArrayState, pick: fn(&SideCounters) -> u64) -> i32 {
        let of = |shard: &ShardState| {
            let counters = &shard.cores[place.core].counters;
            pick(match place.entry.side {
                Compartment::Soma => &counters.soma,
                Compartment::Apical => &counters.apical,
            })
        };
        let held = pick(&SideCounters { weight_held: array.held, ..SideCounters::default() });
        let total = self.state().shards.iter().map(of).sum::<u64>() + held;
        i32::try_from(total).unwrap_or(i32::MAX)
    }

    /// The shard that holds a replica, and its place in there.
    fn shard(&self, replica: usize) -> Option<(usize, usize)> {
        shard_of(&self.state().shards, replica)
    }

    fn drive(&self, place: Place<'_>, apical: usize) -> Option<i32> {
        let (shard, replica) = self.shard(place.replica)?;
        let kept = &self.drives().get(shard)?.get(place.core)?[apical];
        kept.get(replica * self.plan().cores[place.core].width + place.index[0]).copied()
    }

    fn of_replica(&self, place: Place<'_>) -> Option<i32> {
        let (shard, replica) = self.shard(place.replica)?;
        let core = &self.state().shards[shard].cores[place.core];
        let plan = &self.plan().cores[place.core];
        let side: &SideState = core.side(place.entry.side);
        let at = replica * plan.width + place.index[0];
        let word = |words: &[i32]| words.get(at).copied();
        let half = |words: &[i16]| words.get(at).map(|&word| i32::from(word));
        match place.entry.register {
            Register::Lagged => word(&side.lagged),
            Register::Prospective => word(&side.prospective),
            Register::Rate => word(&core.rate),
            Register::Slope => word(&core.slope),
            Register::Injection => word(&core.injection),
            Register::Pause => word(&core.pause),
            Register::Spike => word(&core.rate).map(|rate| i32::from(rate != 0)),
            Register::Sent => half(&side.sent),
            Register::Converted => half(&side.converted),
            Register::Past(steps) => half(&core.past[steps]),
            Register::Row => row(plan.side(place.entry.side), side, replica, place.index[0]),
            Register::Drive
            | Register::Weight
            | Register::Converter
            | Register::Mean
            | Register::Magnitude
            | Register::Fraction
            | Register::Sum
            | Register::Scale
            | Register::Shadow
            | Register::Trim(_)
            | Register::Count(_) => None,
        }
    }
}

/// The code in a row register, as it arrived.
fn row(plan: &SidePlan, side: &SideState, replica: usize, row: usize) -> Option<i32> {
    let link =
        plan.links.iter().find(|link| (link.first..link.first + link.rows).contains(&row))?;
    let word = side.rows.get(replica * plan.shape.rows + row)?;
    Some(i32::from(*word) >> link.shift)
}

fn row_format(image: &Image, side: &Side, place: Place<'_>) -> Format {
    let width = image.chip.payload_bits;
    let (scale, moved) = match (source(side, place.index[0]), place.entry.side) {
        (None | Some(Source::Constant), _) => (0, None),
        (Some(Source::Input { input, .. }), _) => (image.inputs[index(input)].scale, None),
        (Some(Source::Core { core, .. }), Compartment::Soma) => {
            (image.cores[index(core)].soma.scale, None)
        }
        (Some(Source::Core { core, .. }), Compartment::Apical) => (0, Some(scale_of(index(core)))),
    };
    Format { unit: "1", exponent: 1 - signed(width) + scale, width, scale: moved }
}

fn source(side: &Side, row: usize) -> Option<Source> {
    let mut groups = side.array.groups.iter();
    let here = |first: u32, rows: u32| (index(first)..index(first + rows)).contains(&row);
    groups.find(|group| here(group.first, group.rows)).map(|group| group.source)
}

fn weight_format(core: &Core, place: Place<'_>, width: u32) -> Format {
    let row = place.index[0];
    let mut groups = core.side(place.entry.side).array.groups.iter();
    let group = groups.find(|g| (index(g.first)..index(g.first + g.rows)).contains(&row));
    let exponent = 1 - signed(width) + group.map_or(0, |group| group.weight_scale);
    Format { unit: "1", exponent, width, scale: None }
}

fn signed(bits: u32) -> i32 {
    leadlag_fixed::signed(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_is_where_formats_look_for_it() {
        assert!(matches!(TABLE[SCALE].register, Register::Scale));
        assert_eq!(TABLE[SCALE].name, "scale");
    }

    #[test]
    fn names_are_unique_on_a_side() {
        let mut names: Vec<_> = TABLE.iter().map(|entry| (entry.side, entry.name)).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), TABLE.len());
    }
}
