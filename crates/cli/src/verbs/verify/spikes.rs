//! Recorded spike trains: `golden/lif`.

use std::path::Path;

use leadlag_chip::{Options, Synapses};
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::Clocking;
use leadlag_explore::files;
use leadlag_explore::spiking::{Chips, Trains, on_chip, recurrent};
use leadlag_net::tasks::Task;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::args::{ChipArgs, Setting};
use crate::context::Context;
use crate::exit::Exit;
use crate::inputs;
use crate::output::{Table, grouped};

/// The content of `expected.json`.
#[derive(Deserialize)]
pub(super) struct Expected {
    cases: Vec<Case>,
}

/// A workload, and what it must give.
#[derive(Deserialize)]
struct Case {
    name: String,
    /// The network, from the file's folder; the recurrent workload if there is none.
    network: Option<String>,
    #[serde(default)]
    set: Vec<String>,
    #[serde(default)]
    seed: u64,
    steps: usize,
    spikes: u64,
    first_100: u64,
    first_200: u64,
    synaptic_events: u64,
    word_hash: String,
    byte_hash: String,
    membrane: f64,
}

/// The spike trains that a file records; none if it is another kind of recording.
///
/// # Errors
/// LL5001 or LL1314 if the file cannot be read, LL1410 if its trains are not as they should be.
pub(super) fn recorded(path: &Path) -> Result<Option<Expected>, Diagnostics> {
    if path.extension().is_none_or(|extension| extension != "json") {
        return Ok(None);
    }
    let text = files::read_text(path)?;
    let page: Option<Value> = serde_json::from_str(&text).ok();
    let schema = page.as_ref().and_then(|page| page.get("schema")?.as_str());
    match schema.filter(|schema| schema.starts_with("leadlag.lif/")) {
        None => Ok(None),
        Some("leadlag.lif/1") => {
            let trains = serde_json::from_str(&text);
            trains.map(Some).map_err(|error| no_trains(path, &error.to_string()).into())
        }
        Some(other) => {
            let reason = format!("its schema is `{other}`, not `leadlag.lif/1`");
            Err(no_trains(path, &reason).into())
        }
    }
}

/// Computes every case and compares it with its record.
///
/// # Errors
/// What is wrong with a network, or does not fit.
pub(super) fn spikes(
    path: &Path,
    expected: &Expected,
    context: &mut Context,
) -> Result<Exit, Diagnostics> {
    let mut table = Table::new(&["  case", "quantity", "expected", "found", ""]);
    let (mut passes, mut cases) = (true, Vec::new());
    let total = u64::try_from(expected.cases.len()).unwrap_or(u64::MAX);
    let bar = context.progress("verify", total);
    for (done, case) in (0..).zip(&expected.cases) {
        bar.reach(done, total, || case.name.clone());
        let trains = case.run(path, context)?;
        let rows = case.compare(&trains);
        for [what, wanted, found] in &rows {
            let verdict = if wanted == found { "PASS" } else { "FAIL" };
            let row = [&format!("  {}", case.name), what, wanted, found, &verdict.to_owned()];
            table.row(row.map(String::clone));
            passes &= wanted == found;
        }
        cases.push(json!({"name": case.name, "pass": rows.iter().all(|[_, a, b]| a == b)}));
    }
    drop(bar);
    let verdict = if passes { "PASS" } else { "FAIL" };
    let report: Value = json!({"schema": "leadlag.verify/1", "pass": passes, "cases": cases});
    context.out.result(format!("{table}\n  {}  {verdict}", path.display()), &report)?;
    Ok(Exit::verdict(passes))
}

impl Case {
    fn run(&self, path: &Path, context: &Context) -> Result<Trains, Diagnostics> {
        let Some(network) = &self.network else { return Ok(recurrent(self.seed, self.steps)) };
        let file = inputs::network(&path.with_file_name(network))?;
        let set: Result<Vec<Setting>, String> = self.set.iter().map(|set| set.parse()).collect();
        let set = set.map_err(|reason| no_trains(path, &reason))?;
        let chip = inputs::chip(&ChipArgs { chip: "ll1".to_owned(), set })?;
        let image = inputs::compile(&file, &chip, context)?.compiled.image;
        let block = match Task::prepare(&file.network, context.globals.seed)? {
            Task::Stream(stream) => stream.stream_block(0, self.steps, 1),
            Task::Samples(_) => return Err(no_trains(path, "its network has no stream").into()),
        };
        let options = Options {
            replicas: 1,
            threads: context.threads().get(),
            seed: context.globals.chip_seed,
        };
        let clocking = &Clocking::default();
        on_chip(&Chips { image: &image, options, synapses: Synapses::Auto, clocking }, &[block])
    }

    /// Rows of what, expected, found.
    fn compare(&self, trains: &Trains) -> Vec<[String; 3]> {
        let Some(train) = trains.populations.first() else { return Vec::new() };
        let count = |count: usize| grouped(u64::try_from(count).unwrap_or(u64::MAX));
        let row = |what: &str, wanted: String, found: String| [what.to_owned(), wanted, found];
        let hash = |hash: u64| format!("{hash:016x}");
        let events = trains.synaptic_events.map_or(String::new(), grouped);
        vec![
            row("spikes", grouped(self.spikes), count(train.spikes.len())),
            row("first 100 steps", grouped(self.first_100), count(train.before(100))),
            row("first 200 steps", grouped(self.first_200), count(train.before(200))),
            row("synaptic events", grouped(self.synaptic_events), events),
            row("hash by words", self.word_hash.clone(), hash(train.word_hash(trains.steps))),
            row("hash by bytes", self.byte_hash.clone(), hash(train.byte_hash(trains.steps))),
            row("sum of v", self.membrane.to_string(), train.membrane.to_string()),
        ]
    }
}

fn no_trains(path: &Path, reason: &str) -> Diagnostic {
    let shown = path.display();
    Diagnostic::new("LL1410", format!("`{shown}` holds no recorded spike trains: {reason}"))
        .help("give `golden/lif/expected.json`, or the `.npz` of a recorded trajectory")
}
