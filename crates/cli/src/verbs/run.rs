//! `leadlag run IMAGE|NET`: answers without learning. `leadlag run RUN.toml`: repeats a run.

mod pause;
mod spikes;
pub(crate) mod watch;

use std::io::Cursor;
use std::path::Path;

use leadlag_chip::Options;
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::carried::no_recipe;
use leadlag_explore::folder::RunFile;
use leadlag_explore::inference::{LANES, Outputs, Question, infer_while, truncated};
use leadlag_explore::observe::is_answer;
use leadlag_explore::pause::{Answered, From, Paused, other_form};
use leadlag_explore::session::no_units;
use leadlag_explore::spiking::is_spiking;
use leadlag_explore::{Backend, ChipBackend, FloatBackend, firmware};
use leadlag_image::Image;
use leadlag_net::tasks::Task;
use leadlag_net::{Block, Network, Parameters, Signals, write_outputs};
use serde_json::{Value, json};

use crate::args::{self, Plasticity, Target, run::RunArgs};
use crate::context::Context;
use crate::exit::Exit;
use crate::inputs::{self, Input};
use crate::output::Table;
use crate::verbs::train;

/// Steps of a stream, unless others are asked for.
const STREAM: usize = 1000;

/// Answers the signal, prints a line per output, and writes the outputs if asked to.
///
/// # Errors
/// What is wrong with the inputs, what does not fit, or why the outputs cannot be written.
pub fn run(args: &RunArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    if args.input.file_name().is_some_and(|name| name == RunFile::Config.name()) {
        let plain = args.signal.is_none() && args.steps.is_none() && args.chip.set.is_empty();
        let plain = plain && args.faults.fault.is_empty();
        let plain = plain && args.plasticity.is_none() && args.program.is_none();
        let plain = plain && watch::is_plain(args);
        return match (plain, is_answer(&args.input)?) {
            (true, true) => watch::repeat(args, context),
            (true, false) if args.from.is_none() => train::repeat(&args.input, context),
            (_, _) => Err(repeats_as_it_was()),
        };
    }
    if args.backend == args::Backend::Float && !args.faults.fault.is_empty() {
        return Err(leadlag_explore::faults::no_chip());
    }
    let target = context.globals.out.clone();
    target.as_ref().map_or(Ok(()), |target| context.refuse_existing(target))?;
    let opened = inputs::open(&args.input)?;
    let reference = inputs::reference(&opened, context.globals.seed)?;
    let network = reference.as_ref().map(|(network, _)| network);
    let programs = asks_for_programs(args, &opened)?;
    let from = pause::from(args)?;
    match &from {
        Some(From::Watched(_)) => return watch::run(args, &opened, network, context),
        Some(From::Rates(_) | From::Spikes(_)) if !watch::is_plain(args) => {
            return Err(other_form("without a folder", "with one"));
        }
        None if !watch::is_plain(args) => return watch::run(args, &opened, network, context),
        Some(From::Rates(_) | From::Spikes(_)) | None => {}
    }
    // A plasticity unit sees one chip.
    let lanes = if programs { 1 } else { LANES };
    let blocks = blocks(args, network, lanes, context)?;
    let spikes = match &opened {
        Input::Image(image) => is_spiking(image),
        Input::Network(file) => file.network.is_spiking(),
    };
    let asked = (&opened, reference.as_ref());
    if spikes {
        let from = match from {
            Some(From::Rates(_)) => return Err(other_form("with rates", "with spikes")),
            Some(From::Spikes(paused)) => Some(*paused),
            Some(From::Watched(_)) | None => None,
        };
        return spikes::run(asked, args, (&blocks, from), context);
    }
    let from = match from {
        Some(From::Spikes(_)) => return Err(other_form("with spikes", "with rates")),
        Some(From::Rates(paused)) => Some(*paused),
        Some(From::Watched(_)) | None => None,
    };
    let outputs = match answer(asked, args, (&blocks, from), context)? {
        Answered::Done(outputs) => outputs,
        Answered::Paused(paused) => {
            let object = form(&paused.done, None);
            return pause::keep(&paused.bytes()?, args, object, context);
        }
    };
    let object = form(&outputs, target.as_ref());
    let Some(target) = target else {
        context.out.result(page(&outputs), &object)?;
        return Ok(Exit::Done);
    };
    let shape = [outputs.samples, outputs.steps, outputs.size];
    let bytes = write_outputs(Cursor::new(Vec::new()), &outputs.values, shape)?.into_inner();
    let text = format!("{}\n  wrote       {target}  {} bytes", page(&outputs), bytes.len());
    context.deliver(&target, &bytes, &text, &object)?;
    Ok(Exit::Done)
}

/// Whether programs run.
fn asks_for_programs(args: &RunArgs, opened: &Input) -> Result<bool, Diagnostics> {
    let asked = args.program.is_some() || args.plasticity == Some(Plasticity::Firmware);
    if args.backend == args::Backend::Float {
        return if asked { Err(no_units()) } else { Ok(false) };
    }
    let carried = matches!(opened, Input::Image(image) if image.firmware.is_some());
    Ok(asked || (carried && args.plasticity.is_none()))
}

fn repeats_as_it_was() -> Diagnostics {
    let message = "`run.toml` states everything about its run; `--input`, `--steps`, `--set`, `--record` and the like would make it another one";
    Diagnostic::new("LL1408", message)
        .help("leave them out, or change the file and train its network anew")
        .into()
}

fn answer(
    (opened, reference): (&Input, Option<&(Network, Parameters)>),
    args: &RunArgs,
    (blocks, from): (&[Block], Option<Paused<Outputs>>),
    context: &Context,
) -> Result<Answered<Outputs>, Diagnostics> {
    let width = blocks.first().map_or(0, |block| block.width);
    let mut goes_on = pause::goes_on(blocks, context);
    if args.backend == args::Backend::Float {
        let (network, parameters) = reference.ok_or_else(no_recipe)?;
        check_lines(network.lines(), width)?;
        let inputs = pause::of_reference((network, parameters), blocks);
        let question = Question { blocks, inputs: &inputs };
        let make = &mut |lanes| -> Result<Box<dyn Backend>, Diagnostics> {
            Ok(Box::new(FloatBackend::new(network, parameters, lanes)))
        };
        return infer_while(&question, from, make, &mut goes_on);
    }
    let image = image(opened, args, context)?;
    check_lines(lines(&image), width)?;
    let options = |lanes: usize| Options {
        replicas: u32::try_from(lanes).unwrap_or(u32::MAX),
        threads: context.threads().get(),
        seed: context.globals.chip_seed,
    };
    let clocking = inputs::clocking(args.engine, args.sample, &args.faults)?;
    let inputs = pause::of_chip(&image, &clocking, (blocks, context))?;
    let question = Question { blocks, inputs: &inputs };
    let make = &mut |lanes| {
        let mut chip = ChipBackend::with_engine(image.clone(), options(lanes), false, &clocking)?;
        if image.firmware.is_some() {
            chip.learn_with_programs()?;
        }
        let chip: Box<dyn Backend> = Box::new(chip);
        Ok(chip)
    };
    infer_while(&question, from, make, &mut goes_on)
}

/// The image that runs, with the programs that run and no others.
fn image(opened: &Input, args: &RunArgs, context: &Context) -> Result<Image, Diagnostics> {
    let mut image = match opened {
        Input::Image(image) => inputs::retimed(image.as_ref().clone(), &args.input, &args.chip)?,
        Input::Network(file) => {
            inputs::compile(file, &inputs::chip(&args.chip)?, context)?.compiled.image
        }
    };
    if let Some(path) = &args.program {
        let (own, warnings) = firmware::of_user(&inputs::program(path)?, &image)?;
        context.warn(&warnings);
        image.firmware = Some(own);
        image.validate()?;
    } else if !asks_for_programs(args, opened)? {
        image.firmware = None;
    } else if image.firmware.is_none() {
        image.firmware = Some(firmware::of_image(&image)?);
    }
    Ok(image)
}

fn lines(image: &Image) -> usize {
    let lines: u32 = image.inputs.iter().map(|input| input.size).sum();
    usize::try_from(lines).unwrap_or(usize::MAX)
}

fn check_lines(wanted: usize, given: usize) -> Result<(), Diagnostics> {
    if wanted == given {
        return Ok(());
    }
    let message = format!("the signal has {given} lines; the network has {wanted}");
    Err(Diagnostic::new("LL1405", message)
        .help("give `x` of shape (sample, step, line) with as many lines as the network")
        .into())
}

/// The signal in blocks.
fn blocks(
    args: &RunArgs,
    network: Option<&Network>,
    lanes: usize,
    context: &Context,
) -> Result<Vec<Block>, Diagnostics> {
    let steps = args.steps.map(std::num::NonZeroUsize::get);
    let Some(signal) = &args.signal else {
        let network = network.ok_or_else(no_signal)?;
        return of_task(&Task::prepare(network, context.globals.seed)?, steps, lanes);
    };
    let signals =
        Signals::read_npz(Cursor::new(inputs::bytes(signal.path().unwrap_or(Path::new("-")))?))?;
    let steps = check_steps(signals.length(), steps)?;
    let firsts = (0..signals.samples()).step_by(lanes);
    Ok(firsts.map(|first| truncated(signals.block(first, lanes), steps)).collect())
}

fn of_task(task: &Task, steps: Option<usize>, lanes: usize) -> Result<Vec<Block>, Diagnostics> {
    match task {
        Task::Samples(samples) => {
            let steps = check_steps(samples.data().length(), steps)?;
            let blocks = 0..samples.test_blocks(lanes);
            Ok(blocks.map(|at| truncated(samples.test_block(at, lanes), steps)).collect())
        }
        Task::Stream(stream) => {
            let steps = steps.unwrap_or(STREAM);
            Ok(vec![truncated(stream.stream_block(0, steps, 1), steps)])
        }
    }
}

fn check_steps(length: usize, asked: Option<usize>) -> Result<usize, Diagnostics> {
    let steps = asked.unwrap_or(length);
    if steps <= length {
        return Ok(steps);
    }
    Err(Diagnostic::new("LL1406", format!("{steps} steps are asked for; a sample has {length}"))
        .help("leave `--steps` out, or give a longer signal")
        .into())
}

fn page(outputs: &Outputs) -> String {
    let mut table = Table::new(&["  output", "least", "mean", "most"]);
    for output in 0..outputs.size {
        let values = outputs.summary(output).map(|value| format!("{value:.4}"));
        table.row(std::iter::once(format!("  {output}")).chain(values));
    }
    let accuracy = outputs.accuracy();
    let accuracy = accuracy.map_or(String::new(), |share| {
        format!(
            "\n  accuracy    {:.1} %, {} of {}",
            100.0 * share,
            outputs.correct,
            outputs.labelled
        )
    });
    let (samples, steps) = (outputs.samples, outputs.steps);
    let head = format!("{table}\n  answered    {samples} samples of {steps} steps{accuracy}");
    let more = outputs.clocked.line().into_iter().chain(outputs.programs.lines());
    std::iter::once(head).chain(more).collect::<Vec<_>>().join("\n")
}

fn form(outputs: &Outputs, target: Option<&Target>) -> Value {
    let output = |output| {
        let [least, mean, most] = outputs.summary(output);
        json!({"least": least, "mean": mean, "most": most})
    };
    json!({
        "schema": "leadlag.outputs/1",
        "end": "done",
        "samples": outputs.samples,
        "steps": outputs.steps,
        "outputs": (0..outputs.size).map(output).collect::<Vec<_>>(),
        "accuracy": outputs.accuracy(),
        "clock": outputs.clocked.form(),
        "faults": outputs.clocked.faults(),
        "counters": outputs.clocked.page(),
        "programs": outputs.programs.form(),
        "path": target.and_then(Target::path),
    })
}

fn no_signal() -> Diagnostics {
    Diagnostic::new(
        "LL1407",
        "an image without its network names no task, and `--input` is not given",
    )
    .help("give a signal with `--input FILE.npz`, or run the network file")
    .into()
}
