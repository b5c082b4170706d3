//! `counters.json`: what each core counted.

use leadlag_chip::{CoreTimes, Counters, Emulator, SideCounters};
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
    let cores = image.cores.iter().zip(counters).enumerate();
    let cores: Vec<_> = cores.map(|(at, (c, n))| core(c, n, times(at))).collect();
    let engine = if chips.times().is_some() { "cycle" } else { "functional" };
    json!({
        "schema": "leadlag.counters/1",
        "engine": engine,
        "clock": clocked.form().or_else(|| clocking::estimate(chips, clocked)),
        "step": step,
        "replicas": replicas,
        "cores": cores,
        "links": clocked.loads(image.chip.extent().0),
    })
}

fn core(core: &Core, counters: &Counters, times: Option<CoreTimes>) -> Value {
    let programs = counters.instructions > 0;
    let held = |side: &SideCounters| {
        let mut page = json!(side);
        if let (true, Some(page)) = (programs, page.as_object_mut()) {
            // No program counts the weights that it holds.
            page.insert("weight_held".to_owned(), Value::Null);
        }
        page
    };
    json!({
        "x": core.x,
        "y": core.y,
        "steps": counters.steps,
        "compartment_updates": 2 * counters.steps * u64::from(core.neurons),
        "soma": held(&counters.soma),
        "apical": held(&counters.apical),
        "synaptic_events": counters.soma.synaptic_events + counters.apical.synaptic_events,
        "spikes": core.spike().map(|_| counters.spikes),
        "row_accesses": null,
        "packets_sent": times.map(|times| times.packets),
        "events_announced": times.map(|times| times.announced),
        "events_delivered": times.map(|times| times.delivered),
        "events_late": times.map(|times| times.late),
        "events_stale": times.map(|times| times.stale),
        "packets_overrun": times.map(|times| times.overrun),
        "plasticity_busy_cycles": times.map(|times| times.plasticity_busy),
        "adc_conversions": null,
        "instructions": programs.then_some(counters.instructions),
        "plasticity_cycles": programs.then_some(counters.plasticity_cycles),
        "plasticity_overruns": programs.then_some(counters.plasticity_overruns),
    })
}
