//! The image on two engines.

use leadlag_diagnostic::Diagnostics;
use leadlag_explore::engines::{self, Agreement, REPLICAS};
use serde_json::{Value, json};

use super::Subject;
use crate::args::verify::VerifyArgs;
use crate::context::Context;
use crate::exit::Exit;

/// The functional engine against itself on another number of threads: every register, exactly.
///
/// # Errors
/// LL1058 if the network names no task; what is wrong with the image.
pub(super) fn functional(
    subject: &Subject,
    args: &VerifyArgs,
    context: &mut Context,
) -> Result<Exit, Diagnostics> {
    let threads = context.threads().get();
    let task = subject.task(context)?;
    let found = engines::functional(&subject.image, &task, args.steps.get(), threads)?;
    context.out.result(page(&found), &form(&found))?;
    Ok(Exit::verdict(found.mismatch.is_none()))
}

fn page(found: &Agreement) -> String {
    let [one, other] = found.threads;
    let learning = if found.learning { ", learning" } else { "" };
    let head = format!(
        "  functional  {} steps of {REPLICAS} chips{learning}, on {one} and on {other} threads",
        found.steps
    );
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
        "engine": "functional",
        "threads": found.threads,
        "steps": found.steps,
        "learning": found.learning,
        "mismatch": mismatch,
        "pass": found.mismatch.is_none(),
    })
}
