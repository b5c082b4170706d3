//! `counters.json`: what each core counted.

use leadlag_chip::{Counters, SideCounters};
use leadlag_image::{Core, Image};
use serde_json::{Value, json};

/// The page of a run folder. What the engine does not count is `null`, never 0: the functional
/// engine has neither packets nor cycles.
#[must_use]
pub fn page(image: &Image, counters: &[Counters], step: u64, replicas: u32) -> Value {
    let cores: Vec<_> = image.cores.iter().zip(counters).map(|(c, n)| core(c, n)).collect();
    json!({
        "schema": "leadlag.counters/1",
        "engine": "functional",
        "step": step,
        "replicas": replicas,
        "cores": cores,
        "links": null,
    })
}

fn core(core: &Core, counters: &Counters) -> Value {
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
        "events_delivered": null,
        "events_late": null,
        "events_dropped": null,
        "flit_hops": null,
        "adc_conversions": null,
        "instructions": programs.then_some(counters.instructions),
        "plasticity_cycles": programs.then_some(counters.plasticity_cycles),
        "cycles": null,
        "barrier_cycles": null,
    })
}
