//! `counters.json`: what each core counted.

use leadlag_chip::Counters;
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
    json!({
        "x": core.x,
        "y": core.y,
        "steps": counters.steps,
        "compartment_updates": 2 * counters.steps * u64::from(core.neurons),
        "soma": counters.soma,
        "apical": counters.apical,
        "synaptic_events": null,
        "row_accesses": null,
        "events_delivered": null,
        "events_late": null,
        "events_dropped": null,
        "flit_hops": null,
        "adc_conversions": null,
        "instructions": null,
        "cycles": null,
        "barrier_cycles": null,
    })
}
