//! Where blocks come from, and how far a run goes.

use std::io::Cursor;
use std::path::Path;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::Image;
use leadlag_net::tasks::lif::SEEDS;
use leadlag_net::tasks::{Samples, Stream, Task, mnist1d};
use leadlag_net::{
    Dataset, Length, Loss, Lowering, Mnist1d, Network, Population, Schedule, TaskSpec, Xor,
};

use super::options::Origin;
use crate::files;
use crate::hash::InputHash;

/// Points of a sample of the published MNIST-1D set.
const PUBLISHED_LENGTH: usize = 40;

/// The tasks that can be named in the place of a file: the published MNIST-1D, and the streams.
fn named(task: &str) -> Option<TaskSpec> {
    match task {
        "mnist1d" => Some(TaskSpec::Mnist1d(Mnist1d::published(PUBLISHED_LENGTH))),
        "chain" => Some(TaskSpec::Chain { seed: 1 }),
        "lagnet" => Some(TaskSpec::LagNet { seed: 1 }),
        "mackey-glass" => Some(TaskSpec::MackeyGlass { ahead: 1 }),
        "lif-dense" => Some(TaskSpec::LifDense { seed: SEEDS[0] }),
        "xor" => Some(TaskSpec::Xor(Xor::default())),
        _ => None,
    }
}

/// What the user names as data: a task, or a file.
///
/// # Errors
/// LL1302 if a plain word is no task; LL5001 if the file cannot be read.
pub fn origin(data: Option<&str>) -> Result<Origin, Diagnostics> {
    let Some(name) = data else { return Ok(Origin::Network) };
    if named(name).is_some() {
        return Ok(Origin::Task(name.to_owned()));
    }
    if !name.contains(['.', '/', '\\']) && !Path::new(name).exists() {
        return Err(no_task(name));
    }
    Ok(Origin::File { path: name.to_owned(), hash: hash(&files::read(Path::new(name))?) })
}

fn hash(bytes: &[u8]) -> String {
    InputHash::of(&[("data", bytes)]).to_string()
}

/// The task of a run.
///
/// # Errors
/// LL1308 if a file is not the one that the run began with; what is wrong with its content; LL1058
/// if the network names no task or samples do not fit it.
pub(super) fn task(
    origin: &Origin,
    network: Option<&Network>,
    seed: u64,
) -> Result<Task, Diagnostics> {
    let set = match origin {
        Origin::Network => {
            return network.map_or_else(|| Err(image_needs("--data")), |n| checked(n, seed));
        }
        Origin::Task(name) => match named(name).ok_or_else(|| no_task(name))? {
            TaskSpec::Mnist1d(spec) => mnist1d(&spec)?,
            spec @ (TaskSpec::Chain { .. }
            | TaskSpec::LagNet { .. }
            | TaskSpec::MackeyGlass { .. }
            | TaskSpec::LifDense { .. }
            | TaskSpec::Xor(_)) => return stream(&spec, network),
        },
        Origin::File { path, hash: expected } => read(Path::new(path), expected)?,
    };
    let samples = Samples::new(set, seed);
    let Some(network) = network else { return Ok(Task::Samples(samples)) };
    samples.check(network)?;
    Ok(Task::Samples(samples.scheduled(network.schedule())))
}

/// A stream in the place of the network's own task.
fn stream(spec: &TaskSpec, network: Option<&Network>) -> Result<Task, Diagnostics> {
    let network = network.ok_or_else(|| image_needs("--data FILE.npz"))?;
    let (lines, name) = (network.lines(), spec.name());
    let outputs = network.populations().get(network.output()).map_or(0, Population::size);
    let mut found = Vec::new();
    let mut need = |fits: bool, message: String, help: &str| {
        if !fits {
            found.push(Diagnostic::new("LL1325", message).help(help));
        }
    };
    let one = format!("`{name}` drives 1 line; the network has {lines}");
    need(lines == 1 || spec.drives_all_lines(), one, "`input = 1`");
    let teachers = usize::from(network.teacher().is_some());
    let wanted = usize::from(spec.wants_teacher());
    let answers = format!("`{name}` is answered by {wanted} teachers; the network has {teachers}");
    need(teachers == wanted, answers, "add or drop `[teacher.weights]` and `[teacher.tau_m]`");
    let outputs_fit = spec.wants_teacher() || spec.drives_all_lines() || outputs == 1;
    need(
        outputs_fit,
        format!("`{name}` has 1 target; the output has {outputs} neurons"),
        "`size = 1`",
    );
    let classes = network.teach().is_some_and(|teach| teach.loss == Loss::CrossEntropy);
    let values = format!("`{name}` teaches values, and the loss is one of classes");
    need(!classes, values, "`loss = \"squared-error\"`");
    Diagnostics::unless_any(found, Task::Stream(Stream::for_network(spec, network)))
}

fn checked(network: &Network, seed: u64) -> Result<Task, Diagnostics> {
    let task = Task::prepare(network, seed)?;
    if let Task::Samples(samples) = &task {
        samples.check(network)?;
    }
    Ok(task)
}

fn read(path: &Path, expected: &str) -> Result<Dataset, Diagnostics> {
    let bytes = files::read(path)?;
    let found = hash(&bytes);
    if found == expected {
        return Dataset::read_npz(Cursor::new(bytes));
    }
    let (shown, short) = (path.display(), |hash: &str| hash.chars().take(8).collect::<String>());
    let message = format!(
        "`{shown}` has the hash {}; the run began with one of {}",
        short(&found),
        short(expected)
    );
    Err(Diagnostic::new("LL1308", message)
        .help("put the old file back, or start a new run with this one")
        .into())
}

/// Whether an image can take these samples.
pub(super) fn check_image(image: &Image, task: &Task) -> Result<(), Diagnostics> {
    let Task::Samples(samples) = task else { return Err(image_needs("--data")) };
    let lines: u32 = image.inputs.iter().map(|input| input.size).sum();
    let taught = image.teaching.as_ref().map(|t| leadlag_fixed::index(t.population));
    let outputs = taught.and_then(|at| image.populations.get(at)).map_or(0, |p| p.size);
    let mut found = Vec::new();
    let mut compare = |fits: bool, message: String| {
        if !fits {
            let help = "give a data set of the image's shape, or compile another network";
            found.push(Diagnostic::new("LL1307", message).help(help));
        }
    };
    let (given, classes) = (samples.data().lines(), samples.data().classes());
    compare(
        leadlag_fixed::index(lines) == given,
        format!("samples have {given} lines; the image has {lines}"),
    );
    compare(
        leadlag_fixed::index(outputs) >= classes,
        format!("samples have {classes} classes; the image's output has {outputs} neurons"),
    );
    Diagnostics::unless_any(found, ())
}

/// How far a run goes.
///
/// # Errors
/// LL1303 if epochs are asked of a stream, or are not given where nothing else says them.
pub(super) fn schedule(
    network: Option<&Network>,
    task: &Task,
    epochs: Option<u32>,
) -> Result<Schedule, Diagnostics> {
    let own = network.map(Network::schedule).cloned();
    let plain = own.clone().unwrap_or_default();
    let length = match (task, own.map(|own| own.length), epochs) {
        (Task::Samples(_), Some(Length::Epochs { lowering, .. }), Some(epochs)) => {
            Length::Epochs { epochs, lowering }
        }
        (Task::Samples(_), _, Some(epochs)) => Length::Epochs { epochs, lowering: Lowering::Never },
        (Task::Samples(_), Some(length @ Length::Epochs { .. }), None)
        | (Task::Stream(_), Some(length @ Length::Steps { .. }), None) => length,
        (Task::Samples(_), None, None) => return Err(image_needs("--epochs")),
        (Task::Samples(_), Some(Length::Steps { steps, .. }), None) => {
            return Err(no_length(&format!("the schedule has {steps} steps of a stream")));
        }
        (Task::Stream(_), ..) => return Err(epochs_of_a_stream(epochs)),
    };
    Ok(Schedule { length, ..plain })
}

fn no_task(name: &str) -> Diagnostics {
    let message = format!(
        "`{name}` is no data: neither a file nor one of `mnist1d`, `chain`, `lagnet`, `mackey-glass` and `xor`"
    );
    Diagnostic::new("LL1302", message).help("give one of these names, or FILE.npz").into()
}

fn image_needs(flag: &str) -> Diagnostics {
    let message = format!("an image states no task and no schedule, and `{flag}` is not given");
    Diagnostic::new("LL1304", message)
        .help("`leadlag train IMAGE --data FILE.npz --epochs N`, or train the network file")
        .into()
}

fn no_length(what: &str) -> Diagnostics {
    Diagnostic::new("LL1303", format!("samples are passed through in epochs, but {what}"))
        .help("say how often with `--epochs N`")
        .into()
}

fn epochs_of_a_stream(epochs: Option<u32>) -> Diagnostics {
    let given = epochs.map_or("a schedule in epochs".to_owned(), |n| format!("`--epochs {n}`"));
    Diagnostic::new("LL1303", format!("a stream has steps, not epochs, but {given} is given"))
        .help("leave `--epochs` out; `steps` in the table `[schedule]` says how long")
        .into()
}
