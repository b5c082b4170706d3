//! `leadlag fabric replay TRACE`: does every packet arrive in its cycle?

use std::path::Path;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fabric::harness::replay::{Mismatch, Replay, replay};
use leadlag_fabric::{Checked, Engine, Mesh, Node};
use serde_json::{Value, json};

use super::{counters, engine, inputs};
use crate::args::fabric::{FabricFlags, ReplayArgs};
use crate::context::Context;
use crate::exit::Exit;

/// Replays, prints the first mismatch, and exits with 1 if there is one.
///
/// # Errors
/// LL1542 if nothing describes the fabric; what is wrong with the files or the fabric.
pub(super) fn run(args: &ReplayArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let records = inputs::trace(&args.trace)?;
    let beside = inputs::beside(&args.trace);
    let parameters = inputs::parameters(&args.fabric, Some(&beside))?;
    if parameters.is_none() && args.fabric == FabricFlags::default() {
        return Err(undescribed(&args.trace, &beside));
    }
    let checked = inputs::fabric(&args.fabric, parameters.as_ref(), context)?;
    counters::refuse_existing(args.counters.as_deref(), context)?;
    let mut engine = engine(&checked, 1);
    let found = replay(&mut engine, checked.mesh(), &records)?;
    counters::write(args.counters.as_deref(), (&checked, &engine.counters()), context)?;
    context.out.result(page(&checked, &found), &form(args, &checked, &found))?;
    Ok(Exit::verdict(found.mismatches.is_empty() && found.is_home))
}

fn undescribed(trace: &Path, beside: &Path) -> Diagnostics {
    let (trace, beside) = (trace.display(), beside.display());
    Diagnostic::new("LL1542", format!("nothing describes the fabric of `{trace}`: there is no `{beside}` and no flag"))
        .help("name a parameter file with `--config FILE.cfg`, or give `--mesh`, `--preset`, `--vcs` and `--buffer`")
        .into()
}

fn page(checked: &Checked, found: &Replay) -> String {
    let Replay { packets, flits, cycles, mismatches, is_home } = found;
    let wrong = mismatches.len();
    let first = mismatches
        .first()
        .map_or(String::new(), |one| format!("\n  first       {}", place(checked.mesh(), one)));
    let verdict = if mismatches.is_empty() && *is_home { "PASS" } else { "FAIL" };
    let home = if *is_home { "all credits home" } else { "credits missing" };
    format!(
        "  {}\n  packets     {packets}  ({flits} flits)  {cycles} cycles  {home}\n  mismatches  {wrong}{first}\n  {verdict}",
        inputs::describe(checked)
    )
}

fn place(mesh: Mesh, one: &Mismatch) -> String {
    let core = |node: Node| {
        let (x, y) = mesh.coordinates(node);
        format!("({x}, {y})")
    };
    let record = &one.record;
    let arrived = one.arrived.map_or("never".to_owned(), |cycle| format!("in cycle {cycle}"));
    format!(
        "packet {}  {} to {}  created {}  recorded to arrive in cycle {}, arrived {arrived}",
        one.place + 1,
        core(record.source),
        core(record.destination),
        record.create,
        record.arrive
    )
}

fn form(args: &ReplayArgs, checked: &Checked, found: &Replay) -> Value {
    let mismatch = |one: &Mismatch| {
        json!({"packet": one.place + 1, "source": one.record.source.0, "destination": one.record.destination.0,
               "flits": one.record.flits, "create": one.record.create, "recorded": one.record.arrive, "arrived": one.arrived})
    };
    json!({
        "schema": "leadlag.fabric-replay/1",
        "trace": args.trace,
        "fabric": checked.config(),
        "packets": found.packets,
        "flits": found.flits,
        "cycles": found.cycles,
        "mismatches": found.mismatches.len(),
        "first": found.mismatches.first().map(mismatch),
        "home": found.is_home,
        "pass": found.mismatches.is_empty() && found.is_home,
    })
}
