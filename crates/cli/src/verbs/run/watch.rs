//! A run that is recorded, stopped or continued.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use leadlag_diagnostic::Diagnostics;
use leadlag_explore::files;
use leadlag_explore::folder::{EVENTS, RUNS};
use leadlag_explore::observe::{self, Job, Observed, Watch, observe_while};
use leadlag_explore::session::no_registers;
use leadlag_net::{Network, write_outputs};
use leadlag_trace::{Hit, Seen};
use serde_json::{Value, json};

use super::{blocks, check_lines, form, image, lines, page};
use crate::again::Line;
use crate::args::run::RunArgs;
use crate::args::{Backend, Moment, Target};
use crate::context::Context;
use crate::exit::Exit;
use crate::inputs::{self, Input};

/// Whether nothing is to be looked at.
pub(super) fn is_plain(args: &RunArgs) -> bool {
    let lists = [args.record.is_empty(), args.snapshot_at.is_empty(), args.stop.is_empty()];
    lists == [true; 3]
}

/// Answers on one chip, sample by sample, and prints what came of it and where it is.
pub(super) fn run(
    args: &RunArgs,
    opened: &Input,
    network: Option<&Network>,
    context: &mut Context,
) -> Result<Exit, Diagnostics> {
    if args.backend == Backend::Float {
        return Err(no_registers());
    }
    let moments = |pick: fn(Moment) -> Option<u64>| {
        args.snapshot_at.iter().copied().filter_map(pick).collect()
    };
    let watch = Watch {
        record: args.record.clone(),
        snapshot_at: moments(|moment| match moment {
            Moment::Step(step) => Some(step),
            Moment::Cycle(_) => None,
        }),
        snapshot_in: moments(|moment| match moment {
            Moment::Step(_) => None,
            Moment::Cycle(cycle) => Some(cycle),
        }),
        stop: args.stop.clone(),
        from: args.from.as_deref().map(files::read).transpose()?,
        log: args.from.as_deref().and_then(log),
    };
    let job = Job {
        clocking: inputs::clocking(args.engine, args.sample, &args.faults)?,
        blocks: blocks(args, network, 1, context)?,
        image: image(opened, args, context)?,
        chip_seed: context.globals.chip_seed,
        seed: context.globals.seed,
        root: RUNS.into(),
    };
    check_lines(lines(&job.image), job.blocks.first().map_or(0, |block| block.width))?;
    look(&job, &watch, context)
}

/// Repeats a run from its `run.toml`, in a folder of its own; from a snapshot, if one is given.
pub(super) fn repeat(args: &RunArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let (job, mut watch) = observe::repeat(&args.input)?;
    if let Some(from) = &args.from {
        watch.from = Some(files::read(from)?);
        watch.log = log(from);
    }
    look(&job, &watch, context)
}

/// The log in the folder of the run that wrote a snapshot.
fn log(snapshot: &Path) -> Option<PathBuf> {
    let folder = snapshot.parent()?.parent()?;
    Some(folder.join(EVENTS)).filter(|log| log.is_file())
}

fn look(job: &Job, watch: &Watch, context: &mut Context) -> Result<Exit, Diagnostics> {
    let mut goes_on = super::pause::goes_on(&job.blocks, context);
    let seen = observe_while(job, watch, &mut goes_on);
    drop(goes_on);
    show(&seen?, context)
}

/// The command that goes on from the last snapshot: what is behind it is asked for no more.
fn go_on(seen: &Observed, context: &Context) -> Option<Line> {
    let ended = seen.hit.is_some() || seen.interrupted;
    let snapshot = seen.snapshots.last().filter(|_| ended)?;
    let is_over = |moment: &str| match moment.parse() {
        Ok(Moment::Step(step)) => step <= seen.clock,
        Ok(Moment::Cycle(cycle)) => cycle < seen.cycle,
        Err(_) => false,
    };
    let line = context.line.clone().without(&["--from"], |_| true);
    let line = line.without(&["--snapshot-at"], is_over);
    // The answers of a run that met a condition are where it was told to write them.
    let line = line.without(&["-o", "--out"], |_| seen.hit.is_some());
    Some(line.with("--from", snapshot.display()))
}

fn show(seen: &Observed, context: &mut Context) -> Result<Exit, Diagnostics> {
    let target = context.globals.out.clone().filter(|_| !seen.interrupted);
    let go_on = go_on(seen, context).map(|line| line.to_string());
    let report = report(seen, target.as_ref(), go_on.as_ref());
    let text = text(seen, go_on.as_ref());
    if seen.interrupted {
        if context.globals.out == Some(Target::Stream) {
            context.note(&text);
        } else {
            context.out.result(text, &report)?;
        }
        return Ok(Exit::Interrupted);
    }
    let Some(target) = target else {
        context.out.result(text, &report)?;
        return Ok(Exit::Done);
    };
    let shape = [seen.outputs.samples, seen.outputs.steps, seen.outputs.size];
    let bytes = write_outputs(Cursor::new(Vec::new()), &seen.outputs.values, shape)?.into_inner();
    let text = format!("{text}\n  wrote       {target}  {} bytes", bytes.len());
    context.deliver(&target, &bytes, &text, &report)?;
    Ok(Exit::Done)
}

fn text(seen: &Observed, go_on: Option<&String>) -> String {
    let mut lines = Vec::new();
    if seen.outputs.samples > 0 && seen.outputs.size > 0 {
        lines.push(page(&seen.outputs));
    } else {
        lines.extend(seen.outputs.programs.lines());
    }
    lines.extend(seen.cycles.as_ref().map(|(line, _)| line.clone()));
    lines.extend(seen.hit.as_ref().map(stopped));
    lines.extend(seen.snapshots.iter().map(|path| format!("  snapshot    {}", path.display())));
    lines.extend(go_on.map(|line| format!("  go on with  {line}")));
    let records = seen.records.map(|records| format!(", {records} records"));
    let (clock, folder) = (seen.clock, seen.folder.path().display());
    let word = if seen.interrupted { "interrupted" } else { "done" };
    lines.push(format!("  {word:10}  {folder}  step {clock}{}", records.unwrap_or_default()));
    lines.join("\n")
}

/// What ended a run early, as a line.
pub(crate) fn stopped(hit: &Hit) -> String {
    let seen: Vec<String> = hit.seen.iter().map(Seen::to_string).collect();
    let seen = if seen.is_empty() { String::new() } else { format!(": {}", seen.join(", ")) };
    format!("  stopped     after step {}, `{}`{seen}", hit.clock, hit.condition)
}

/// What ended a run early, for programs.
pub(crate) fn hit(hit: &Hit) -> Value {
    let register = |seen: &Seen| json!({"name": seen.name, "code": seen.code, "value": seen.value, "unit": seen.unit});
    json!({
        "condition": hit.condition,
        "step": hit.clock,
        "registers": hit.seen.iter().map(register).collect::<Vec<_>>(),
    })
}

fn report(seen: &Observed, target: Option<&Target>, go_on: Option<&String>) -> Value {
    let mut report = form(&seen.outputs, target);
    let shown = |path: &PathBuf| path.display().to_string();
    let hit = seen.hit.as_ref().map(hit);
    if let Value::Object(fields) = &mut report {
        let end = match (&hit, seen.interrupted) {
            (Some(_), _) => "break",
            (None, true) => "interrupted",
            (None, false) => "done",
        };
        fields.insert("end".into(), json!(end));
        fields.insert("go_on".into(), json!(go_on));
        fields.insert("break".into(), json!(hit));
        fields.insert("step".into(), json!(seen.clock));
        let cycles = seen.cycles.as_ref().map(|(_, cycles)| cycles.clone());
        fields.insert("clock".into(), json!(cycles));
        fields.insert("folder".into(), json!(shown(&seen.folder.path().to_owned())));
        let snapshots: Vec<String> = seen.snapshots.iter().map(shown).collect();
        fields.insert("snapshots".into(), json!(snapshots));
        fields.insert("records".into(), json!(seen.records));
    }
    report
}
