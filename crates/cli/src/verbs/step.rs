//! `leadlag step RUN`: the registers of a run at one of its steps.

use std::path::Path;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::folder::RunFolder;
use leadlag_explore::observe;
use leadlag_explore::recording::Recording;
use leadlag_trace::{Probe, Probed, Signal};
use serde_json::{Value, json};

use crate::args::Moment;
use crate::args::step::StepArgs;
use crate::context::Context;
use crate::exit::Exit;
use crate::inputs;
use crate::output::Table;
use crate::report::Run;
use crate::verbs::run::watch;

/// Replays to the step and prints the registers.
///
/// # Errors
/// What is wrong with the folder, the step or the paths.
pub fn run(args: &StepArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let folder = inputs::run_folder(Path::new(&args.run))?;
    answered(&folder)?;
    let end = observe::end(&folder)?;
    let target = match args.to {
        Some(Moment::Cycle(cycle)) => {
            let (machine, step) = observe::replay_into(&folder, cycle)?;
            let when = format!("in cycle {cycle}, {} cycles into step {step}", machine.cycles());
            let place = json!({"cycle": cycle, "step": step, "cycles_into_step": machine.cycles()});
            return show(&machine, args, (&when, &place), (&folder, end), context);
        }
        _ if !args.stop.is_empty() => return until(args, (&folder, end), context),
        Some(Moment::Step(step)) => step,
        None => end.saturating_sub(args.back.unwrap_or(1)),
    };
    let chip = observe::replay(&folder, target)?;
    show(
        &chip,
        args,
        (&format!("after step  {target}"), &json!({"step": target})),
        (&folder, end),
        context,
    )
}

/// Replays to the step in which a condition holds, or to the end.
fn until(
    args: &StepArgs,
    (folder, end): (&RunFolder, u64),
    context: &mut Context,
) -> Result<Exit, Diagnostics> {
    let (chip, step, hit) = observe::replay_until(folder, &args.stop, args.after.unwrap_or(0))?;
    let place = json!({"step": step, "break": hit.as_ref().map(watch::hit)});
    let when = match &hit {
        Some(hit) => format!("{}\n  after step  {step}", watch::stopped(hit).trim()),
        None => format!("after step  {step}, and none of the conditions has held,"),
    };
    show(&chip, args, (&when, &place), (folder, end), context)
}

/// Prints the registers.
fn show(
    chip: &dyn Probed,
    args: &StepArgs,
    (when, place): (&str, &Value),
    (folder, end): (&RunFolder, u64),
    context: &mut Context,
) -> Result<Exit, Diagnostics> {
    let chosen = Recording::select(&args.signals, chip)?;
    let code = |signal: &Signal| {
        let scale = signal.scale.and_then(|at| chosen.probes().get(usize::try_from(at).ok()?));
        scale.map_or(0, |&scale| chip.read(scale))
    };
    let mut table = Table::new(&["  register", "code", "value", "unit"]);
    let mut rows = Vec::new();
    for (signal, &probe) in chosen.signals().iter().zip(chosen.probes()) {
        let (held, value) = values(chip, signal, probe, code(signal));
        table.row([
            format!("  {}", signal.name),
            held.to_string(),
            value.to_string(),
            signal.unit.clone(),
        ]);
        rows.push(json!({"name": signal.name, "code": held, "value": value, "unit": signal.unit}));
    }
    let shown = folder.path().display();
    let text = format!("{table}\n  {when} of {end}  {shown}");
    let mut report = json!({
        "schema": "leadlag.step/1",
        "folder": shown.to_string(),
        "end": end,
        "registers": rows,
    });
    if let (Value::Object(report), Value::Object(place)) = (&mut report, place) {
        report.extend(place.clone());
    }
    context.out.result(text, &report)?;
    Ok(Exit::Done)
}

/// Refuses a folder of `train`: a run that learns is not replayed step by step.
fn answered(folder: &RunFolder) -> Result<(), Diagnostics> {
    let run = Run::read(folder)?;
    if run.text("kind") == "run" {
        return Ok(());
    }
    let shown = folder.path().display();
    let message = format!("`{shown}` is a folder of `train`; `run` made none of it");
    Err(Diagnostic::new("LL1422", message)
        .help("name a folder of `leadlag run` with `--record`, `--snapshot-at` or `--break`")
        .help("`leadlag show events` lists what a training run recorded")
        .into())
}

fn values(chip: &dyn Probed, signal: &Signal, probe: Probe, scale: i32) -> (i32, f64) {
    let code = chip.read(probe);
    (code, signal.value(code, scale))
}
