//! `leadlag train IMAGE|NET`: learning, with a run folder.

use std::num::{NonZeroU32, NonZeroUsize};
use std::path::Path;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::carried::carried;
use leadlag_explore::course::{End, Progress};
use leadlag_explore::folder::RunFolder;
use leadlag_explore::session::{self, Computer, Session, Setup, Subject, UserProgram};
use leadlag_net::Length;
use serde_json::{Value, json};

use crate::args::train::TrainArgs;
use crate::args::{Backend, Plasticity};
use crate::context::Context;
use crate::curve::{Curve, loss, percent};
use crate::exit::Exit;
use crate::inputs::{self, Input};
use crate::interrupt::Interrupt;
use crate::verbs::report;

/// Trains to the end, or to the first Ctrl-C.
///
/// # Errors
/// What is wrong with the inputs, what does not fit, or why the run folder cannot be written.
pub fn run(args: &TrainArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let root = context.runs()?;
    let mut session = match (&args.resume, &args.input) {
        (Some(name), _) => {
            let folder = RunFolder::named(&root, name)?;
            context.interrupt.heed();
            Session::resume(folder, context.threads().get())?
        }
        (None, input) => begin(input.as_deref().unwrap_or(Path::new("-")), args, &root, context)?,
    };
    finish(&mut session, context)
}

/// Repeats a run from its `run.toml`, in a folder of its own.
///
/// # Errors
/// What is wrong with the file, or why the run folder cannot be written.
pub fn repeat(run_toml: &Path, context: &mut Context) -> Result<Exit, Diagnostics> {
    let setup = Setup::repeat(run_toml, context.threads().get())?;
    context.interrupt.heed();
    let mut session = Session::start(&setup, &context.runs()?)?;
    finish(&mut session, context)
}

fn finish(session: &mut Session, context: &mut Context) -> Result<Exit, Diagnostics> {
    let interrupt = context.interrupt.clone();
    let end = learn(session, context, &interrupt)?;
    conclude(session, end, context)
}

fn begin(
    input: &Path,
    args: &TrainArgs,
    root: &Path,
    context: &Context,
) -> Result<Session, Diagnostics> {
    let subject = subject(input, args, context.globals.seed)?;
    let program = args.program.as_deref().map(inputs::program).transpose()?;
    let has_programs = program.is_some()
        || (args.backend == Backend::Chip
            && matches!(&subject, Subject::Image(image) if image.firmware.is_some()));
    let setup = Setup {
        plasticity: plasticity(args.plasticity, has_programs),
        program: program.map(UserProgram::File),
        clocking: inputs::clocking(args.engine, args.sample, &args.faults)?,
        replicas: args.replicas.map(NonZeroUsize::get),
        threads: context.threads().get(),
        seed: context.globals.seed,
        chip_seed: context.globals.chip_seed,
        epochs: args.epochs.map(NonZeroU32::get),
        eval_every: args.eval_every.get(),
        ckpt_every: args.ckpt_every.get(),
        data: session::origin(args.data.as_deref())?,
        record: args.record.clone(),
        ..Setup::new(subject, computer(args.backend))
    };
    // From here on there will be a run to keep, even before its first step.
    context.interrupt.heed();
    let session = Session::start(&setup, root)?;
    context.warn(session.warnings());
    Ok(session)
}

/// What learns; on the reference an image stands for the network that it carries.
fn subject(path: &Path, args: &TrainArgs, seed: u64) -> Result<Subject, Diagnostics> {
    match inputs::open(path)? {
        Input::Image(_) if !args.chip.set.is_empty() => Err(inputs::settled(path, &args.chip)),
        Input::Image(image) if args.backend == Backend::Float => {
            let network = carried(&image)?.pinned(seed);
            Ok(Subject::Network {
                text: network.to_toml(),
                network: Box::new(network),
                origin: path.display().to_string(),
                chip: Box::new(image.chip),
            })
        }
        Input::Image(image) => Ok(Subject::Image(image)),
        Input::Network(file) => Ok(Subject::Network {
            network: Box::new(file.network),
            text: file.text,
            origin: file.origin,
            chip: Box::new(inputs::chip(&args.chip)?),
        }),
    }
}

/// The library's word for a backend.
#[must_use]
pub fn computer(backend: Backend) -> Computer {
    match backend {
        Backend::Chip => Computer::Chip,
        Backend::Float => Computer::Float,
    }
}

/// Programs learn where there are some, unless the evaluator is asked for.
fn plasticity(given: Option<Plasticity>, has_programs: bool) -> session::Plasticity {
    match given {
        Some(Plasticity::Firmware) => session::Plasticity::Firmware,
        None if has_programs => session::Plasticity::Firmware,
        Some(Plasticity::Evaluator) | None => session::Plasticity::Evaluator,
    }
}

/// Trains, printing each row of the curve as it happens.
fn learn(
    session: &mut Session,
    context: &mut Context,
    interrupt: &Interrupt,
) -> Result<End, Diagnostics> {
    let curve = match session.pace().schedule.length {
        Length::Epochs { .. } => Curve::Epochs,
        Length::Steps { .. } => Curve::Steps,
    };
    context.out.text(head(session))?;
    context.out.text(curve.heading())?;
    context.out.flush()?;
    let (step, threads) = (session.progress().step, context.threads());
    context.detail(1, &format!("  begins      after step {step}, on {threads} threads"));
    let bar = context.progress("train", 0);
    let mut block = |progress: &Progress, done, total| {
        bar.reach(done, total, || news(progress));
        !interrupt.is_asked()
    };
    let out = &mut context.out;
    let mut row = |row: &Value| {
        bar.aside(|| {
            out.text(curve.line(row))?;
            out.flush()
        })
    };
    session.go(&mut block, &mut row)
}

/// What runs, on what, where.
fn head(session: &Session) -> String {
    let options = &session.config().options;
    let on = session.image().map_or("the reference, float64".to_owned(), |image| {
        format!("chip {}, {} cores", image.chip.name, image.cores.len())
    });
    format!(
        "  network     {}\n  on          {on}, {} at a time\n  run         {}",
        options.name,
        options.replicas,
        session.folder().path().display()
    )
}

fn news(progress: &Progress) -> String {
    let value = |value: Option<f64>| json!(value);
    let accuracy = progress.train.accuracy();
    let accuracy = accuracy.map_or(String::new(), |_| format!("  {}", percent(&value(accuracy))));
    format!("epoch {}  loss {}{accuracy}", progress.epoch + 1, loss(&value(progress.train.loss())))
}

fn conclude(session: &Session, end: End, context: &mut Context) -> Result<Exit, Diagnostics> {
    let page = report::at_the_end(session.folder(), context)?;
    let page = page.display();
    let folder = session.folder().path().display().to_string();
    let resume = format!("leadlag train --resume {folder}");
    let (word, text, exit) = match end {
        End::Done => ("done", format!("  report      {page}\n  done        {folder}"), Exit::Done),
        End::Interrupted => {
            let text = format!("  report      {page}\n  interrupted, go on with  {resume}");
            ("interrupted", text, Exit::Interrupted)
        }
    };
    let object = json!({
        "schema": "leadlag.train/1",
        "end": word,
        "folder": folder,
        "report": page.to_string(),
        "step": session.progress().step,
        "epoch": session.progress().epoch,
        "last": session.last_row(),
        "resume": (end == End::Interrupted).then_some(resume),
    });
    context.out.result(text, &object)?;
    context.warn(&Diagnostics(diverged(session.last_row()).into_iter().collect()));
    Ok(exit)
}

/// A loss that was measured and is no number: a row has it as null.
fn diverged(row: Option<&Value>) -> Option<Diagnostic> {
    let row = row.filter(|row| row.get("train_loss").is_some_and(Value::is_null))?;
    let step = row.get("step").and_then(Value::as_u64).unwrap_or(0);
    let message = format!("the loss up to step {step} is not a finite number: learning diverged");
    Some(Diagnostic::new("LL4009", message).help("a smaller `eta` in `[learning]`"))
}
