//! The image on two engines.

use leadlag_diagnostic::Diagnostics;
use leadlag_explore::Clocking;
use leadlag_explore::engines::{self, Agreement, REPLICAS};
use serde_json::{Value, json};

use super::Subject;
use crate::args::verify::VerifyArgs;
use crate::context::Context;
use crate::exit::Exit;

/// The functional engine against itself on another number of threads, or against the cycle engine:
/// every register, exactly.
///
/// # Errors
/// LL1058 if the network names no task; what is wrong with the image.
pub(super) fn compare(
    other: Clocking,
    subject: &Subject,
    args: &VerifyArgs,
    context: &mut Context,
) -> Result<Exit, Diagnostics> {
    let threads = context.threads().get();
    let task = subject.task(context)?;
    let steps = args.steps.get();
    let bar = context.progress("verify", steps);
    let watch = &mut |step| bar.reach(step, steps, String::new);
    let found = engines::compare(other, &subject.image, &task, steps, threads, watch)?;
    drop(bar);
    context.out.result(page(&found), &form(&found))?;
    Ok(Exit::verdict(found.mismatch.is_none()))
}

/// The engine that the functional one is compared with.
fn engine(found: &Agreement) -> &'static str {
    if found.cycles.is_some() { "cycle" } else { "functional" }
}

fn page(found: &Agreement) -> String {
    let [one, other] = found.threads;
    let learning = if found.learning { ", learning" } else { "" };
    let name = engine(found);
    let mut head = format!(
        "  {name:10}  {} steps of {REPLICAS} chips{learning}, on {one} and on {other} threads",
        found.steps
    );
    if let Some((line, _)) = &found.cycles {
        head = format!("{head}\n{line}");
    }
    match &found.mismatch {
        None => format!("{head}\n  registers   0 mismatches, bit exact  PASS"),
        Some(at) => format!(
            "{head}\n  registers   step {}  {}  place {}  {} and {}  FAIL",
            at.step, at.register, at.place, at.own, at.other
        ),
    }
}

fn form(found: &Agreement) -> Value {
    let mismatch = found.mismatch.as_ref().map(|at| {
        json!({"step": at.step, "register": at.register, "place": at.place,
               "own": at.own, "other": at.other})
    });
    json!({
        "schema": "leadlag.engines/1",
        "engine": engine(found),
        "clock": found.cycles.as_ref().map(|(_, cycles)| cycles),
        "threads": found.threads,
        "steps": found.steps,
        "learning": found.learning,
        "mismatch": mismatch,
        "pass": found.mismatch.is_none(),
    })
}
