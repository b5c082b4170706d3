//! `leadlag data TASK`: a task's data set as a file.

use std::io::Cursor;
use std::num::NonZeroUsize;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_net::tasks::{Sequences, lif, mnist1d};
use leadlag_net::{Mnist1d, TaskSpec};
use serde_json::{Value, json};

use crate::args::data::{DataArgs, Task};
use crate::context::Context;
use crate::exit::Exit;

/// Points of a published MNIST-1D sample, and samples of the published set.
const MNIST1D: (usize, usize) = (40, 5000);
/// Steps of a sequence, and sequences, of the other tasks.
const STREAM: (usize, usize) = (1500, 20);
/// Most steps of the dense spiking workload.
const MOST_STEPS: usize = 100_000;
/// Step of the wave and of the sines, in time units: that of the experiments they come from.
const DT: f64 = 0.01;

/// A data set as bytes, and what is in it as (array, shape).
struct File {
    bytes: Vec<u8>,
    arrays: Vec<(&'static str, Vec<usize>)>,
}

/// Generates the data set and writes it.
///
/// # Errors
/// LL1015 or LL1016 if length or count fit no set; LL1403 if the seed is too large for the task; LL5002 to LL5004 if the file cannot be written.
pub fn run(args: &DataArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let target = context.target(format!("{}.npz", name(args.task)));
    context.refuse_existing(&target)?;
    let File { bytes, arrays } = generate(args, context.globals.seed)?;
    let shapes: Vec<_> = arrays.iter().map(|(name, shape)| format!("{name} {shape:?}")).collect();
    let text = format!("  wrote     {target}  {} bytes  {}", bytes.len(), shapes.join("  "));
    let shapes: Value =
        arrays.iter().map(|(name, shape)| ((*name).to_owned(), json!(shape))).collect();
    let report = json!({
        "schema": "leadlag.data/1",
        "task": name(args.task),
        "seed": context.globals.seed,
        "path": target.path(),
        "bytes": bytes.len(),
        "arrays": shapes,
    });
    context.deliver(&target, &bytes, &text, &report)?;
    Ok(Exit::Done)
}

fn name(task: Task) -> &'static str {
    match task {
        Task::Mnist1d => "mnist1d",
        Task::MackeyGlass => "mackey-glass",
        Task::StepWave => "step-wave",
        Task::ThreeSines => "three-sines",
        Task::LifDense => "lif-dense",
        Task::LifRecurrent => "lif-recurrent",
    }
}

fn generate(args: &DataArgs, seed: u64) -> Result<File, Diagnostics> {
    match args.task {
        Task::Mnist1d => samples(args, seed),
        Task::MackeyGlass => sequences(args, &TaskSpec::MackeyGlass { ahead: 1 }),
        Task::StepWave => sequences(args, &TaskSpec::Chain { seed }),
        Task::ThreeSines => sequences(args, &TaskSpec::LagNet { seed }),
        Task::LifDense => lif_dense(args, seed),
        Task::LifRecurrent => lif_recurrent(args, seed),
    }
}

/// Four of five samples to train on, the fifth to test with.
fn samples(args: &DataArgs, seed: u64) -> Result<File, Diagnostics> {
    let (length, count) = sizes(args, MNIST1D);
    let test = count / 5;
    let seed = u32::try_from(seed).map_err(|_| wide_seed(seed))?;
    let set = mnist1d(&Mnist1d { seed, length, train: count - test, test })?;
    let bytes = set.write_npz(Cursor::new(Vec::new()))?.into_inner();
    let (train, test) = (set.y().len(), set.y_test().len());
    let arrays = vec![
        ("x", vec![train, length]),
        ("y", vec![train]),
        ("x_test", vec![test, length]),
        ("y_test", vec![test]),
    ];
    Ok(File { bytes, arrays })
}

fn wide_seed(seed: u64) -> Diagnostics {
    let most = u32::MAX;
    Diagnostic::new("LL1403", format!("`--seed {seed}` is too large for mnist1d: at most {most}"))
        .help("the generator's recipe has a seed of 32 bits; `--seed 42` is the published set")
        .into()
}

fn sequences(args: &DataArgs, spec: &TaskSpec) -> Result<File, Diagnostics> {
    let (length, count) = sizes(args, STREAM);
    let set = Sequences::generate(spec, DT, length, count)?;
    let bytes = set.write_npz(Cursor::new(Vec::new()))?.into_inner();
    let names: &[&str] = if spec.wants_teacher() { &["x"] } else { &["x", "y"] };
    Ok(File { bytes, arrays: names.iter().map(|name| (*name, vec![count, length])).collect() })
}

fn lif_dense(args: &DataArgs, seed: u64) -> Result<File, Diagnostics> {
    let (length, count) = sizes(args, (lif::PUBLISHED.2, 1));
    if count != 1 {
        return Err(fixed("--count", count, "a workload is 1 sequence").into());
    }
    if length > MOST_STEPS {
        return Err(fixed("--length", length, &format!("at most {MOST_STEPS} steps")).into());
    }
    let (lines, neurons, _) = lif::PUBLISHED;
    let bytes = lif::write_dense(seed, length, Cursor::new(Vec::new()))?.into_inner();
    let arrays = vec![("W", vec![neurons, lines]), ("x", vec![1, length, lines])];
    Ok(File { bytes, arrays })
}

fn lif_recurrent(args: &DataArgs, seed: u64) -> Result<File, Diagnostics> {
    let given = [("--length", args.length), ("--count", args.count)];
    if let Some((flag, given)) = given.iter().find_map(|(flag, given)| Some((flag, (*given)?))) {
        return Err(fixed(flag, given.get(), "the workload has one size and no input").into());
    }
    let bytes = lif::Recurrent::generate(seed).write_npz(Cursor::new(Vec::new()))?.into_inner();
    let (neurons, fan_out) = lif::Recurrent::SIZE;
    let [neurons, fan_out] = [neurons, fan_out].map(|n| usize::try_from(n).unwrap_or(0));
    let pairs = vec![neurons, fan_out];
    let arrays = vec![
        ("target", pairs.clone()),
        ("w", pairs),
        ("bias", vec![neurons]),
        ("v", vec![neurons]),
    ];
    Ok(File { bytes, arrays })
}

fn fixed(flag: &str, given: usize, why: &str) -> Diagnostic {
    Diagnostic::new("LL1409", format!("`{flag} {given}` does not fit: {why}"))
        .help(format!("leave `{flag}` out"))
}

fn sizes(args: &DataArgs, (length, count): (usize, usize)) -> (usize, usize) {
    let given = |value: Option<NonZeroUsize>, usual| value.map_or(usual, NonZeroUsize::get);
    (given(args.length, length), given(args.count, count))
}
