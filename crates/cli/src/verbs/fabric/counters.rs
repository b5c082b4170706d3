//! `--counters FILE.csv`: what was counted at every core, router, link and virtual channel.

use std::path::Path;

use leadlag_diagnostic::Diagnostics;
use leadlag_explore::files;
use leadlag_fabric::{Checked, CoreCounters, Counters, Port, RouterCounters};

use super::{show, table};
use crate::context::Context;

/// One count: node, column and row of it, output and virtual channel where it has one, name, value.
const COLUMNS: [&str; 7] = ["node", "x", "y", "port", "vc", "counter", "value"];

/// Refuses a file that exists, before anything is run.
pub(super) fn refuse_existing(path: Option<&Path>, context: &Context) -> Result<(), Diagnostics> {
    path.map_or(Ok(()), |path| files::refuse_existing(path, context.existing()))
}

/// Writes all counters, if that was asked for.
pub(super) fn write(
    path: Option<&Path>,
    (checked, counters): (&Checked, &Counters),
    context: &Context,
) -> Result<(), Diagnostics> {
    let Some(path) = path else { return Ok(()) };
    files::write(path, context.existing(), &table::written(COLUMNS, rows(checked, counters))?)
}

/// A count of a node: output and channel, name, value.
type Count = ([String; 2], &'static str, u64);

fn rows(checked: &Checked, counters: &Counters) -> Vec<[String; 7]> {
    let (mesh, channels) = (checked.mesh(), checked.channels());
    let nodes = mesh.all().zip(counters.routers.iter().zip(&counters.cores));
    let row = |(node, (router, core))| {
        let (x, y) = mesh.coordinates(node);
        let counts = of_channels(router, channels).chain(of_router(router)).chain(of_core(core));
        counts.map(move |([port, vc], name, value)| {
            let [node, x, y] = [node.0, x, y].map(|number| number.to_string());
            [node, x, y, port, vc, name.to_owned(), value.to_string()]
        })
    };
    nodes.flat_map(row).collect()
}

/// Flits that left through each output channel, and the most that each input channel held.
fn of_channels(router: &RouterCounters, channels: usize) -> impl Iterator<Item = Count> {
    let places =
        Port::ALL.into_iter().flat_map(move |port| (0..channels).map(move |vc| (port, vc)));
    let both = router.hops.iter().zip(&router.fill);
    places.zip(both).flat_map(|((port, vc), (&flits, &most))| {
        let place = [show::name(port).to_owned(), vc.to_string()];
        [(place.clone(), "flits_out", flits), (place, "most_held", u64::from(most))]
    })
}

fn of_router(router: &RouterCounters) -> impl Iterator<Item = Count> {
    let counts = [
        ("replicated", router.replicated),
        ("route_errors", router.route_errors),
        ("dropped", router.dropped),
        ("lost", router.lost),
        ("flipped", router.flipped),
        ("stalled_cycles", router.stalled),
    ];
    counts.into_iter().map(|(name, value)| (Default::default(), name, value))
}

fn of_core(core: &CoreCounters) -> impl Iterator<Item = Count> {
    let counts = [
        ("packets_sent", core.packets),
        ("flits_sent", core.sent),
        ("flits_delivered", core.delivered),
        ("packets_delivered", core.packets_delivered),
        ("source_wait_cycles", core.waited),
    ];
    counts.into_iter().map(|(name, value)| (Default::default(), name, value))
}
