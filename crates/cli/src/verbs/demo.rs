//! `leadlag demo`: the whole way in one go, the chip beside its reference.

use std::sync::mpsc::{Receiver, Sender, channel};

use leadlag_diagnostic::Diagnostics;
use leadlag_explore::FloatBackend;
use leadlag_explore::course::{self, End, Pace, Progress, TaskSource, Watch};
use leadlag_explore::folder::RunFile;
use leadlag_explore::session::{Computer, Session, Setup, Subject};
use leadlag_image::Chip;
use leadlag_net::Network;
use leadlag_net::tasks::Task;
use serde_json::{Map, Value, json};
use toml::Table;

use crate::args::demo::DemoArgs;
use crate::context::Context;
use crate::curve::{at, loss, percent};
use crate::exit::Exit;
use crate::interrupt::Interrupt;
use crate::verbs::report;
use crate::{mapping, opener};

/// The network of the demo.
const NETWORK: &str = include_str!("../../../../examples/mnist1d.toml");
/// Its name in messages.
const ORIGIN: &str = "examples/mnist1d.toml";

/// Trains both, each on a thread of its own, and prints an epoch when both have done it.
///
/// # Errors
/// Why the run folder cannot be written.
pub fn run(args: &DemoArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let root = context.runs()?;
    let text = network_text(args);
    let network = Network::parse(&text, ORIGIN)?;
    let setup = setup(&network, text, context)?;
    let interrupt = context.interrupt.clone();
    interrupt.heed();
    let mut session = Session::start(&setup, &root)?;
    context.warn(session.warnings());
    context.out.text(session.image().map_or(String::new(), mapping::page))?;
    context.out.text(format!("  run         {}\n", session.folder().path().display()))?;
    context.out.text(HEADING)?;
    context.out.flush()?;
    let (end, rows, reference) = beside(&mut session, &network, context, &interrupt)?;
    session.folder().write(RunFile::Reference, lines(&reference).as_bytes())?;
    let page = report::at_the_end(session.folder(), context)?;
    let exit = conclude(&session, end, &rows, context)?;
    if args.open {
        context.out.flush()?;
        let shown = opener::open(&page);
        shown.unwrap_or_else(|found| context.warn(&found.into()));
    }
    Ok(exit)
}

/// The example with as many samples and epochs as asked for.
fn network_text(args: &DemoArgs) -> String {
    let mut page: Table = NETWORK.parse().expect("the example is TOML");
    let mut set = |table: &str, key: &str, value: usize| {
        let table = page.get_mut(table).and_then(toml::Value::as_table_mut);
        let value = i64::try_from(value).unwrap_or(i64::MAX);
        table.expect("the example has it").insert(key.to_owned(), value.into());
    };
    let (train, test) = sizes(args.samples.get());
    set("task", "train", train);
    set("task", "test", test);
    set("schedule", "epochs", usize::try_from(args.epochs.get()).unwrap_or(usize::MAX));
    toml::to_string(&page).expect("plain values")
}

/// Training samples, and a quarter as many or up to 1000 to test with, such that classes are equal.
fn sizes(train: usize) -> (usize, usize) {
    let test = (train / 4).clamp(1, 1000);
    (train, test + (10 - (train + test) % 10) % 10)
}

fn setup(network: &Network, text: String, context: &Context) -> Result<Setup, Diagnostics> {
    let subject = Subject::Network {
        network: Box::new(network.clone()),
        text,
        origin: ORIGIN.to_owned(),
        chip: Box::new(Chip::builtin("ll1")?),
    };
    let (seed, chip_seed) = (context.globals.seed, context.globals.chip_seed);
    Ok(Setup { seed, chip_seed, ..Setup::new(subject, Computer::Chip) })
}

/// A row of either curve, or the end of one.
enum News {
    Chip(Value),
    Float(Value),
}

/// Both runs at once; neither sees the other.
fn beside(
    session: &mut Session,
    network: &Network,
    context: &mut Context,
    interrupt: &Interrupt,
) -> Result<(End, Vec<Value>, Vec<Value>), Diagnostics> {
    let (pace, options) = (session.pace().clone(), session.config().options.clone());
    let (sender, receiver) = channel();
    std::thread::scope(|scope| {
        let float = Float { sender: sender.clone(), interrupt: interrupt.clone() };
        let lanes = usize::try_from(options.replicas).unwrap_or(1);
        let reference =
            scope.spawn(move || train_float(network, &pace, (options.seed, lanes), float));
        let chip = scope.spawn(move || train_chip(session, &sender, interrupt));
        let rows = print(&receiver, context);
        let end = chip.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let other = reference.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        other?;
        let (rows, reference) = rows?;
        Ok((end?, rows, reference))
    })
}

fn train_chip(
    session: &mut Session,
    sender: &Sender<News>,
    interrupt: &Interrupt,
) -> Result<End, Diagnostics> {
    session.go(&mut |_, _, _| !interrupt.is_asked(), &mut |row| {
        // Whoever listens ends after the last row only.
        drop(sender.send(News::Chip(row.clone())));
        Ok(())
    })
}

fn train_float(
    network: &Network,
    pace: &Pace,
    (seed, lanes): (u64, usize),
    mut watch: Float,
) -> Result<End, Diagnostics> {
    let parameters = network.initialise(seed);
    let mut backend = FloatBackend::new(network, &parameters, lanes);
    let mut source = TaskSource::new(Task::prepare(network, seed)?, network, lanes);
    course::train(&mut backend, &mut source, pace, &mut Progress::default(), &mut watch)
}

/// The reference of the demo keeps nothing.
struct Float {
    sender: Sender<News>,
    interrupt: Interrupt,
}

impl Watch for Float {
    fn block(&mut self, _: &Progress, _: u64, _: u64) -> bool {
        !self.interrupt.is_asked()
    }

    fn row(&mut self, progress: &Progress, row: Map<String, Value>) -> Result<(), Diagnostics> {
        let mut row = row;
        row.insert("step".to_owned(), progress.step.into());
        drop(self.sender.send(News::Float(Value::Object(row))));
        Ok(())
    }

    fn checkpoint(&mut self, _: &Progress, _: Vec<u8>) -> Result<(), Diagnostics> {
        Ok(())
    }
}

const HEADING: &str = "         chip                            float64\n  \
                       epoch  loss    train     test        loss    train     test";

/// A line per row.
fn lines(rows: &[Value]) -> String {
    rows.iter().flat_map(|row| [row.to_string(), "\n".to_owned()]).collect()
}

/// Prints an epoch when both have reported it; ends when both have ended. Returns these, and the
/// rows of the reference.
fn print(
    receiver: &Receiver<News>,
    context: &mut Context,
) -> Result<(Vec<Value>, Vec<Value>), Diagnostics> {
    let (mut chip, mut float, mut done) = (Vec::new(), Vec::new(), Vec::new());
    for news in receiver {
        match news {
            News::Chip(row) => chip.push(row),
            News::Float(row) => float.push(row),
        }
        if let (Some(chip), Some(float)) = (chip.get(done.len()), float.get(done.len())) {
            context.out.text(line(chip, float))?;
            context.out.flush()?;
            done.push(json!({"epoch": at(chip, "epoch"), "chip": chip, "float": float}));
        }
    }
    Ok((done, float))
}

fn line(chip: &Value, float: &Value) -> String {
    let side = |row: &Value| {
        let [train, test] = ["train_accuracy", "test_accuracy"].map(|name| percent(at(row, name)));
        format!("{:>6}{train:>9}{test:>9}", loss(at(row, "train_loss")))
    };
    format!("  {:>5}  {}      {}", at(chip, "epoch").to_string(), side(chip), side(float))
}

fn conclude(
    session: &Session,
    end: End,
    rows: &[Value],
    context: &mut Context,
) -> Result<Exit, Diagnostics> {
    let folder = session.folder().path().display().to_string();
    let page = session.folder().file(RunFile::Report).display().to_string();
    let (word, text, exit) = match end {
        End::Done => {
            ("done", format!("\n  report      {page}\n  done        {folder}"), Exit::Done)
        }
        End::Interrupted => {
            let resume = format!("leadlag train --resume {folder}");
            let text = format!("\n  interrupted, go on with  {resume}");
            ("interrupted", text, Exit::Interrupted)
        }
    };
    let object = json!({"schema": "leadlag.demo/1", "end": word, "folder": folder,
                        "report": page, "epochs": rows});
    context.out.result(text, &object)?;
    Ok(exit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_divide_into_ten_classes() {
        for train in (1..60).chain([4000, 3999, 123_456]) {
            let (kept, test) = sizes(train);
            assert_eq!((kept, (train + test) % 10), (train, 0));
            assert!((1..=1009).contains(&test), "{train} {test}");
        }
    }
}
