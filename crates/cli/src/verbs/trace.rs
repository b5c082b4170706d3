//! `leadlag trace RUN`: what a run recorded, as a table or summed up.

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::folder::{RUNS, RunFolder};
use leadlag_explore::{files, recording};
use leadlag_trace::export::{self, Filter, Form, filter_pattern};
use leadlag_trace::{Broken, Ending, Reader};
use serde_json::json;

use crate::args::Target;
use crate::args::trace::TraceArgs;
use crate::context::Context;
use crate::exit::Exit;
use crate::output::{Output, Table};

/// The log of a run.
pub(super) type Log = Reader<BufReader<File>>;

/// Exports the recording, or sums it up.
///
/// # Errors
/// What is wrong with the log or the paths, or why the table cannot be written.
pub fn run(args: &TraceArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let path = log_path(&args.run)?;
    let mut log = recording::open(&path)?;
    match args.form() {
        None => sum_up(&path, &mut log, args, context)?,
        Some(form) => table(&mut log, form, args, context)?,
    }
    warn_if_torn(&path, &log, context);
    Ok(Exit::Done)
}

/// Warns of a log without its end.
pub(super) fn warn_if_torn(path: &Path, log: &Log, context: &Context) {
    if let Some(Ending::Torn { checked, unchecked, bytes }) = log.ending() {
        context.warn(&torn(path, [checked, unchecked, bytes]).into());
    }
}

/// The log of a run, or the log itself.
///
/// # Errors
/// LL1310 or LL1313 if there is no such run; LL1351 if it recorded nothing.
pub(super) fn log_path(run: &str) -> Result<PathBuf, Diagnostics> {
    if Path::new(run).is_file() {
        return Ok(run.into());
    }
    let folder = RunFolder::named(Path::new(RUNS), run)?;
    let path = folder.events_path();
    if path.is_file() { Ok(path) } else { Err(no_recording(folder.path()).into()) }
}

fn filter(args: &TraceArgs) -> Result<Filter, Diagnostics> {
    let (mut signals, mut found) = (Vec::new(), Vec::new());
    for text in &args.signals {
        match filter_pattern(text) {
            Ok(pattern) => signals.push(pattern),
            Err(wrong) => found.extend(wrong.0),
        }
    }
    let window = |at: u64| at.saturating_sub(args.window)..=at.saturating_add(args.window);
    Diagnostics::unless_any(found, Filter { signals, window: args.around.map(window) })
}

fn table(
    log: &mut Log,
    form: Form,
    args: &TraceArgs,
    context: &mut Context,
) -> Result<(), Diagnostics> {
    let filter = filter(args)?;
    let target = context.globals.out.clone().filter(|target| *target != Target::Stream);
    let Some(path) = target.as_ref().and_then(Target::path) else {
        let mut pipe = Pipe { out: &mut context.out, refused: None };
        let done = export::export(log, &filter, form, &mut pipe);
        let refused = pipe.refused.take();
        return match (done, refused) {
            (Err(Broken::Read(found)), _) | (Err(Broken::Write(_)), Some(found)) => Err(found),
            (Err(Broken::Write(_)) | Ok(_), None) | (Ok(_), Some(_)) => Ok(()),
        };
    };
    let mut outcome = Ok(0);
    let written = files::write_with(path, context.existing(), |mut file| {
        outcome = export::export(log, &filter, form, &mut file);
        match std::mem::replace(&mut outcome, Ok(0)) {
            Err(Broken::Write(error)) => Err(error),
            Err(Broken::Read(found)) => {
                outcome = Err(Broken::Read(found));
                Err(io::ErrorKind::InvalidData.into())
            }
            Ok(rows) => {
                outcome = Ok(rows);
                Ok(())
            }
        }
    });
    if let Err(Broken::Read(found)) = outcome {
        return Err(found);
    }
    written?;
    let rows = outcome.unwrap_or(0);
    let shown = path.display().to_string();
    let report = json!({"schema": "leadlag.trace/1", "path": shown, "rows": rows});
    context.out.result(format!("  wrote       {shown}  {rows} rows"), &report)
}

/// stdout as a sink; a reader that has seen enough ends the export quietly.
struct Pipe<'a> {
    out: &'a mut Output,
    refused: Option<Diagnostics>,
}

impl Write for Pipe<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = self.out.bytes(bytes);
        if let Err(found) = done {
            self.refused = Some(found);
            return Err(io::ErrorKind::Other.into());
        }
        if self.out.is_closed() { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a signal did.
#[derive(Clone, Copy, Debug, Default)]
struct Course {
    records: u64,
    least: Option<f64>,
    most: Option<f64>,
}

fn sum_up(
    path: &Path,
    log: &mut Log,
    args: &TraceArgs,
    context: &mut Context,
) -> Result<(), Diagnostics> {
    let filter = filter(args)?;
    let mut courses = vec![Course::default(); log.signals().len()];
    let mut codes = vec![0; courses.len()];
    let (mut records, mut first, mut last) = (0_u64, None, None);
    while let Some(event) = log.next_event()? {
        let row = usize::try_from(event.probe).unwrap_or(usize::MAX);
        let (Some(signal), Some(course)) = (log.signals().get(row), courses.get_mut(row)) else {
            continue;
        };
        if let Some(code) = codes.get_mut(row) {
            *code = event.code;
        }
        let scale = signal.scale.and_then(|at| codes.get(usize::try_from(at).ok()?).copied());
        let value = signal.value(event.code, scale.unwrap_or(0));
        course.records += 1;
        course.least = Some(course.least.map_or(value, |least| least.min(value)));
        course.most = Some(course.most.map_or(value, |most| most.max(value)));
        records += 1;
        first = first.or(Some(event.clock));
        last = Some(event.clock);
    }
    let noun = log.clock().noun();
    let rows = log.signals().iter().zip(&courses).filter(|(signal, _)| filter.wants(signal));
    let shown = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.6}"));
    let mut table = Table::new(&["  signal", "unit", "LSB", "records", "least", "most"]);
    for (signal, course) in rows.clone() {
        table.row([
            format!("  {}", signal.name),
            signal.unit.clone(),
            format!(
                "2^{}{}",
                signal.lsb.log2(),
                if signal.scale.is_some() { " * scale" } else { "" }
            ),
            course.records.to_string(),
            shown(course.least),
            shown(course.most),
        ]);
    }
    let span = first.zip(last).map_or("no record".to_owned(), |(first, last)| {
        format!("{records} records, {noun} {first} to {last}")
    });
    let form = |(signal, course): (&leadlag_trace::Signal, &Course)| {
        json!({"signal": signal, "records": course.records,
               "least": course.least, "most": course.most})
    };
    let report = json!({
        "schema": "leadlag.recording/1",
        "path": path.display().to_string(),
        "clock": noun,
        "records": records,
        "first": first,
        "last": last,
        "whole": log.ending() == Some(Ending::Whole),
        "signals": rows.map(form).collect::<Vec<_>>(),
    });
    context.out.result(format!("{table}\n  recording   {}  {span}", path.display()), &report)
}

fn no_recording(folder: &Path) -> Diagnostic {
    let shown = folder.display();
    Diagnostic::new(
        "LL1351",
        format!("the run `{shown}` has no `events.llog`: nothing was recorded"),
    )
    .help("run it again with `--record 'core[*].soma.u'`")
}

fn torn(path: &Path, [checked, unchecked, bytes]: [u64; 3]) -> Diagnostic {
    let shown = path.display();
    let message = format!(
        "`{shown}` has no end: {checked} records are checked, {unchecked} more have no checksum, and \
         {bytes} bytes after them are no record"
    );
    Diagnostic::new("LL1350", message)
        .help("the run was ended from outside, or goes on; `leadlag train --resume` completes it")
}
