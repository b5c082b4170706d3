//! Whether a state that comes from outside is one that a chip can have.
//!
//! A container's checksum proves that the bytes are those that were written; it does not prove who
//! wrote them. The kernels rely on what is checked here: states within the rails, codes within
//! their words, roots of mean squares that are not negative.
//!
//! Row registers are not checked: every latch writes them before they are read.

use std::ops::RangeInclusive;

use leadlag_circuits::convert;
use leadlag_diagnostic::Diagnostic;
use leadlag_image::{Compartment, Image};

use crate::counters::{Counters, SideCounters};
use crate::plan::{CorePlan, Plan};
use crate::state::{ArrayState, CoreState, ShardState, State};

/// Steps and counts that leave room for as many again.
const MOST: u64 = 1 << 60;

/// Everything in a state of the right shape that no chip can have.
pub(crate) fn check(image: &Image, plan: &Plan, state: &State) -> Vec<Diagnostic> {
    let mut found = Found { image, list: Vec::new() };
    found.count("the number of steps", state.step);
    for &steps in state.phases.as_flattened() {
        found.count("the number of steps that learnt", steps);
    }
    for (at, array) in state.arrays.iter().enumerate() {
        found.array(at, array);
    }
    for (at, trim) in state.trims.iter().enumerate() {
        let core = &image.cores[at];
        let name = format!("core[{},{}].soma.trim_tau.magnitude", core.x, core.y);
        found.words(&name, trim.magnitude.iter().map(|&m| m.into()), 0..=32_767);
        let name = format!("core[{},{}].soma.trim_tau.fraction", core.x, core.y);
        found.words(&name, trim.fraction.iter().map(|&f| f.into()), 0..=4095);
    }
    for shard in &state.shards {
        for (at, (plan, core)) in plan.cores.iter().zip(&shard.cores).enumerate() {
            found.core(
                Place { shard, at, plan, reset: state.step == 0 || core.counters.steps == 0 },
                core,
            );
        }
    }
    found.list
}

/// A core of a shard.
#[derive(Clone, Copy)]
struct Place<'a> {
    shard: &'a ShardState,
    at: usize,
    plan: &'a CorePlan,
    /// Whether the state is that before the first step.
    reset: bool,
}

struct Found<'a> {
    image: &'a Image,
    list: Vec<Diagnostic>,
}

impl Found<'_> {
    fn array(&mut self, at: usize, array: &ArrayState) {
        let (core, chip) = (&self.image.cores[at / 2], &self.image.chip);
        let side = if at.is_multiple_of(2) { Compartment::Soma } else { Compartment::Apical };
        let name = |what: &str| format!("core[{},{}].{}.{what}", core.x, core.y, side.name());
        let mut codes = vec![0; array.weight.len()];
        convert(&array.weight, chip.weight_bits, chip.dac_bits, &mut codes);
        let names = [name("w"), name("magnitude"), name("weight_held"), name("fraction")];
        let wrong = codes.iter().zip(&array.codes).find(|(own, held)| own != held);
        let wrong = wrong.map(|(&own, &held)| unequal(&name("dac"), held.into(), own.into()));
        let word = word(chip.weight_bits);
        self.words(&names[0], array.weight.iter().map(|&w| w.into()), word);
        self.words(&names[1], array.magnitude.iter().map(|&m| m.into()), 0..=32_767);
        self.words(&names[3], array.fraction.iter().map(|&f| f.into()), 0..=4095);
        self.count(&names[2], array.held);
        self.list.extend(wrong);
    }

    fn core(&mut self, place: Place<'_>, core: &CoreState) {
        let chip = &self.image.chip;
        let rail = leadlag_fixed::signed(chip.rails << 24);
        let (payload, adc) = (word(chip.payload_bits), word(chip.adc.bits));
        let own = word(chip.payload_bits.max(chip.adc.bits));
        for compartment in Compartment::ALL {
            let side = core.side(compartment);
            let name = |what: &str| self.name(place, &format!("{}.{what}", compartment.name()));
            let own_names = match compartment {
                Compartment::Soma => ["u", "y", "sent", "adc"],
                Compartment::Apical => ["v", "e", "sent", "adc"],
            };
            let [lagged, prospective, sent, converted] = own_names.map(name);
            let rails = -rail..=rail;
            self.words(&lagged, side.lagged.iter().copied(), rails.clone());
            self.words(&prospective, side.prospective.iter().copied(), rails);
            self.words(&sent, side.sent.iter().map(|&c| c.into()), payload.clone());
            self.words(&converted, side.converted.iter().map(|&c| c.into()), adc.clone());
        }
        let past = core.past.iter().flatten().map(|&code| code.into());
        self.words(&self.name(place, "soma.past"), past, own);
        let membrane = core.membrane.iter().flatten().map(|&code| code.into());
        self.words(&self.name(place, "soma.membrane"), membrane, word(chip.adc.bits));
        let most = if place.plan.teach.is_some() { 1 << 24 } else { 0 };
        let injection = core.injection.iter().copied();
        self.words(&self.name(place, "apical.injection"), injection, -most..=most);
        self.tables(place, core);
        self.counters(place, &core.counters);
    }

    /// Rates and slopes are functions of the prospective membrane, or zero at reset.
    fn tables(&mut self, place: Place<'_>, core: &CoreState) {
        let (mut rate, mut slope) = (vec![0; core.rate.len()], vec![0; core.slope.len()]);
        if let Some(spike) = &place.plan.spike {
            let before = core.soma.prospective.iter();
            rate = before.map(|&before| spike.bank.code_of(before)).collect();
            let most = i32::from(spike.bank.settings().refractory);
            self.words(&self.name(place, "soma.pause"), core.pause.iter().copied(), 0..=most);
        } else if !place.reset {
            place.plan.activation.look_up(&core.soma.prospective, &mut rate, &mut slope);
            for rates in rate.chunks_exact_mut(place.plan.width) {
                rates[place.plan.columns..].fill(0);
            }
        }
        let pairs = [("soma.r", &core.rate, rate), ("soma.slope", &core.slope, slope)];
        for (what, held, own) in pairs {
            if let Some((&held, own)) = held.iter().zip(own).find(|(held, own)| **held != *own) {
                self.list.push(unequal(&self.name(place, what), held, own));
            }
        }
    }

    fn counters(&mut self, place: Place<'_>, counters: &Counters) {
        let side = |c: &SideCounters| {
            let events = c.events.max(c.code_clipped).max(c.power);
            let events = events.max(c.synaptic_events);
            events.max(c.state_held).max(c.output_held).max(c.weight_held)
        };
        let own = counters
            .steps
            .max(counters.spikes)
            .max(counters.instructions)
            .max(counters.plasticity_cycles)
            .max(counters.plasticity_overruns);
        let most = own.max(side(&counters.soma)).max(side(&counters.apical));
        self.count(&self.name(place, "counters"), most);
    }

    /// The first word outside of its range.
    fn words(
        &mut self,
        name: &str,
        mut words: impl Iterator<Item = i32>,
        range: RangeInclusive<i32>,
    ) {
        if let Some(word) = words.find(|word| !range.contains(word)) {
            let (low, high) = range.into_inner();
            let message = format!("{name} holds {word}; what it can hold is {low} to {high}");
            self.list.push(refused(message));
        }
    }

    fn count(&mut self, name: &str, count: u64) {
        if count > MOST {
            self.list.push(refused(format!("{name} reaches {count}; at most {MOST} is possible")));
        }
    }

    fn name(&self, place: Place<'_>, what: &str) -> String {
        let core = &self.image.cores[place.at];
        let (first, last) = (place.shard.first, place.shard.first + place.shard.replicas);
        format!("replica[{first}..{last}].core[{},{}].{what}", core.x, core.y)
    }
}

fn unequal(name: &str, held: i32, own: i32) -> Diagnostic {
    refused(format!("{name} holds {held}; from the other registers it is {own}"))
}

fn word(bits: u32) -> RangeInclusive<i32> {
    let top = (1 << (bits - 1)) - 1;
    -top - 1..=top
}

fn refused(message: String) -> Diagnostic {
    Diagnostic::new("LL1340", message)
        .help("the file was not written by a chip: take another checkpoint, or start anew")
}
