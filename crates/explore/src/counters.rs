//! `counters.json`: what each core counted.

use leadlag_chip::{CLASSES, CoreTimes, Counters, Emulator, Traffic};
use leadlag_image::Core;
use serde_json::{Value, json};

use crate::clocking::{self, Clocked};

/// The page of a run folder. What the engine does not count is `null`, never 0: the functional
/// engine has no packets, and its cycles are analytic. `clocked` are the counts of all samples.
#[must_use]
pub fn page(
    chips: &Emulator,
    counters: &[Counters],
    clocked: &Clocked,
    step: u64,
    replicas: u32,
) -> Value {
    let image = chips.image();
    let times = |at: usize| clocked.times().and_then(|times| times.cores.get(at).copied());
    let (extent, faults) = (image.chip.extent(), chips.has_faults());
    let beside = |at: usize, core: &Core| {
        let node = clocked.node(core.y * extent.0 + core.x);
        Beside { times: times(at), node, faults }
    };
    let cores = image.cores.iter().zip(counters).enumerate();
    let cores: Vec<_> =
        cores.map(|(at, (c, n))| core(c, n, &beside(at, c), image.chip.neurons)).collect();
    let engine = if chips.times().is_some() { "cycle" } else { "functional" };
    json!({
        "schema": "leadlag.counters/1",
        "engine": engine,
        "clock": clocked.form().or_else(|| clocking::estimate(chips, clocked)),
        "step": step,
        "replicas": replicas,
        "cores": cores,
        "links": clocked.loads(&image.chip),
        "faults": clocked.faults(),
    })
}

/// What is counted of a core beside its own registers.
struct Beside<'a> {
    times: Option<CoreTimes>,
    node: Option<&'a Traffic>,
    faults: bool,
}

fn core(core: &Core, counters: &Counters, beside: &Beside<'_>, columns: u32) -> Value {
    let Beside { times, node, faults } = *beside;
    let programs = counters.instructions > 0;
    // The host configures a chip over a bus of its own, which is not emulated.
    let kinds = |of: [u64; 2]| json!({"rate": of[0], "error": of[1], "configuration": null});
    json!({
        "x": core.x,
        "y": core.y,
        "steps": counters.steps,
        "compartment_updates": 2 * counters.steps * u64::from(core.neurons),
        "soma": counters.soma,
        "apical": counters.apical,
        "synaptic_events": counters.soma.synaptic_events + counters.apical.synaptic_events,
        "spikes": core.spike().map(|_| counters.spikes),
        "upsets": faults.then_some(counters.upsets),
        "row_accesses": programs.then_some(counters.row_accesses),
        "packets_sent": times.map(|times| times.packets),
        "packets_sent_of": times.map(|times| kinds(times.packets_of)),
        "events_announced": times.map(|times| times.announced),
        "events_delivered": times.map(|times| times.delivered),
        "events_delivered_of": times.map(|times| kinds(times.delivered_of)),
        "events_late": times.map(|times| times.late),
        "events_stale": times.map(|times| times.stale),
        "packets_overrun": times.map(|times| times.overrun),
        "cycles_stalled": node.map(|node| json!({"source": node.waited, "router": node.stalled})),
        "branches": node.map(|node| {
            json!({"replicated": node.replicated, "route_errors": node.route_errors,
                   "dropped": node.dropped, "lost": node.lost, "flipped": node.flipped})
        }),
        "plasticity_busy_cycles": times.map(|times| times.plasticity_busy),
        "adc_conversions": programs.then_some(counters.conversions * u64::from(columns)),
        "instructions": programs.then_some(counters.instructions),
        "instructions_of": programs.then(|| classes(counters)),
        "plasticity_cycles": programs.then_some(counters.plasticity_cycles),
        "plasticity_waits": programs.then(|| {
            let [result, trigger, sleep] = counters.plasticity_waits;
            json!({"stalled_for_result": result, "stalled_for_trigger": trigger, "asleep_for_result": sleep})
        }),
        "plasticity_overruns": programs.then_some(counters.plasticity_overruns),
    })
}

/// Names of the timing classes, in their order.
const NAMES: [&str; CLASSES] = [
    "alu",
    "load",
    "store",
    "row.load",
    "row.store",
    "mul",
    "div",
    "branch",
    "jump",
    "wfi",
    "trap",
    "v.int",
    "v.mul",
    "v.div",
    "v.red",
    "v.mask",
    "v.iota",
    "v.slide",
    "v.perm",
    "v.scal",
    "v.move",
    "v.mem",
    "v.row.load",
    "v.row.store",
    "v.stride",
    "v.whole",
    "v.whole.row.load",
    "v.whole.row.store",
];

fn classes(counters: &Counters) -> Value {
    let counted = NAMES.iter().zip(counters.classes).filter(|(_, count)| *count > 0);
    Value::Object(counted.map(|(name, count)| ((*name).to_owned(), json!(count))).collect())
}
