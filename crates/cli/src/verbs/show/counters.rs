//! `leadlag show counters RUN`: what a run counted, over all its chips.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::files;
use leadlag_explore::folder::{RunFile, RunFolder};
use serde_json::Value;

use crate::args::Place;
use crate::args::show::ShowArgs;
use crate::context::Context;
use crate::inputs;
use crate::output::Table;

/// Counters of a side, with their headings.
const COUNTED: [(&str, &str); 5] = [
    ("events", "events"),
    ("code_clipped", "clipped"),
    ("output_held", "output held"),
    ("state_held", "state held"),
    ("weight_held", "weight held"),
];

pub(super) fn counters(args: &ShowArgs, context: &mut Context) -> Result<(), Diagnostics> {
    let mut page = read(&inputs::run_folder(args.run())?)?;
    if let Some(place) = args.core {
        keep(&mut page, place)?;
    }
    context.out.result(counters_page(&page), &page)
}

/// `counters.json` of a run.
///
/// # Errors
/// LL5001 or LL1317.
pub(super) fn read(folder: &RunFolder) -> Result<Value, Diagnostics> {
    let path = folder.file(RunFile::Counters);
    serde_json::from_str(&files::read_text(&path)?).map_err(|error| {
        let message = format!("`{}` is not as it was written: {error}", path.display());
        Diagnostic::new("LL1317", message).help("restore the file, or start the run anew").into()
    })
}

/// Keeps one core and the links of its router.
fn keep(page: &mut Value, place: Place) -> Result<(), Diagnostics> {
    let at = |one: &Value| {
        let part = |name: &str| u32::try_from(one.get(name)?.as_u64()?).ok();
        Some([part("x")?, part("y")?])
    };
    let is_there = |one: &Value| at(one) == Some([place.x, place.y]);
    let used: Vec<_> = list(page, "cores").iter().filter_map(at).collect();
    if !used.contains(&[place.x, place.y]) {
        return Err(inputs::not_in_use(place, &used));
    }
    for name in ["cores", "links"] {
        if let Some(all) = page.get_mut(name).and_then(Value::as_array_mut) {
            all.retain(is_there);
        }
    }
    Ok(())
}

fn list<'a>(page: &'a Value, name: &str) -> &'a [Value] {
    page.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn counters_page(page: &Value) -> String {
    let headings = [&["  core", "circuit", "steps"][..], &COUNTED.map(|(_, heading)| heading)];
    let mut table = Table::new(&headings.concat());
    for core in list(page, "cores") {
        for side in ["soma", "apical"] {
            let place = format!("  ({},{})", core["x"], core["y"]);
            let counts = COUNTED.map(|(name, _)| counted(core, side, name));
            table
                .row([place, side.to_owned(), core["steps"].to_string()].into_iter().chain(counts));
        }
    }
    let mut links = Table::new(&["  link", "flits"]);
    for link in list(page, "links") {
        let to = link["to"].as_str().unwrap_or("?");
        links.row([format!("  ({},{}) {to}", link["x"], link["y"]), link["flits"].to_string()]);
    }
    let links = if list(page, "links").is_empty() { String::new() } else { format!("{links}\n\n") };
    format!("{table}\n\n{links}  after step {}, {} chips", page["step"], page["replicas"])
}

fn counted(core: &Value, side: &str, name: &str) -> String {
    core.get(side).and_then(|side| side.get(name)).map_or("-".to_owned(), Value::to_string)
}
