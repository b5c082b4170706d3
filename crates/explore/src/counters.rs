//! `counters.json`: what each core counted.

use leadlag_chip::{CoreTimes, Counters, Emulator, SideCounters};
use leadlag_image::Core;
use serde_json::{Value, json};

use crate::clocking;
use crate::faults::Struck;

/// The page of a run folder. What the engine does not count is `null`, never 0: the functional
/// engine has neither packets nor cycles.
#[must_use]
pub fn page(chips: &Emulator, counters: &[Counters], step: u64, replicas: u32) -> Value {
    let image = chips.image();
    let times = chips.times();
    let times = |at: usize| times.as_ref().and_then(|times| times.cores.get(at).copied());
    let cores = image.cores.iter().zip(counters).enumerate();
    let cores: Vec<_> = cores.map(|(at, (c, n))| core(c, n, times(at), chips.has_faults())).collect();
    let engine = if chips.times().is_some() { "cycle" } else { "functional" };
    json!({
        "schema": "leadlag.counters/1",
        "engine": engine,
        "clock": clocking::report(chips),
        "step": step,
        "replicas": replicas,
        "cores": cores,
        "links": clocking::links(chips),
        "faults": Struck::of(chips).map(|struck| struck.form()),
    })
}

fn core(core: &Core, counters: &Counters, times: Option<CoreTimes>, faults: bool) -> Value {
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
        "upsets": faults.then_some(counters.upsets),
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
    })
}
