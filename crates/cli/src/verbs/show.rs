//! `leadlag show KIND [TARGET]`: look inside.

mod curve;

use std::path::Path;

use leadlag_chip::{Emulator, Options};
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::build::Certificates;
use leadlag_explore::carried::carried;
use leadlag_explore::files;
use leadlag_explore::folder::{RUNS, RunFile, RunFolder};
use leadlag_image::Image;
use leadlag_quantize::bounds::emulation;
use serde_json::{Value, json};

use crate::args::Engine;
use crate::args::show::{Kind, ShowArgs};
use crate::context::Context;
use crate::exit::Exit;
use crate::output::Table;
use crate::programs::Programs;
use crate::{bounds, inputs, mapping, probes};

/// Prints the chip, the mapping, the weights, or what can be probed.
///
/// # Errors
/// What is wrong with the files, or what does not fit.
pub fn run(args: &ShowArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    match args.kind {
        Kind::Chip => chip(args, context)?,
        Kind::Map => {
            let image = image(args, context)?;
            let report = json!({"schema": "leadlag.map/1", "map": mapping::form(&image)});
            context.out.result(mapping::page(&image), &report)?;
        }
        Kind::Weights => {
            let image = image(args, context)?;
            let form = mapping::weights_form(&image);
            let report = json!({"schema": "leadlag.weights/1", "groups": form});
            context.out.result(mapping::weights_page(&image), &report)?;
        }
        Kind::Probes => {
            let options = Options { replicas: 1, threads: 1, seed: 1 };
            let mut chip = Emulator::load(image(args, context)?, options)?;
            if args.engine == Engine::Cycle {
                inputs::clocking(args.engine, None).start(&mut chip)?;
            }
            let report = json!({"schema": "leadlag.probes/1", "probes": probes::form(&chip)});
            context.out.result(probes::page(&chip), &report)?;
        }
        Kind::Bounds => bounds(args, context)?,
        Kind::Counters => counters(args, context)?,
        Kind::Program => {
            let image = image(args, context)?;
            let programs = Programs::new(&image)?;
            context.out.result(programs.page()?, &programs.form()?)?;
        }
        Kind::Curve => curve::curve(args, context)?,
        Kind::Passes => passes(context)?,
    }
    Ok(Exit::Done)
}

/// The certificates of an image; without the network it came from, those of the emulation alone.
fn bounds(args: &ShowArgs, context: &mut Context) -> Result<(), Diagnostics> {
    let image = image(args, context)?;
    let certificates = match carried(&image) {
        Ok(own) => Certificates::new(&own.network, &own.parameters, &image)?,
        Err(found) => {
            context.warn(&found);
            Certificates { emulation: emulation(&image)?, deviation: None }
        }
    };
    let report =
        json!({"schema": "leadlag.bounds/1", "bounds": bounds::form(&image, &certificates)});
    context.out.result(bounds::page(&image, &certificates), &report)
}

/// What a run counted, over all its chips.
fn counters(args: &ShowArgs, context: &mut Context) -> Result<(), Diagnostics> {
    let name = args.target.as_deref().unwrap_or(Path::new("last")).display().to_string();
    let folder = RunFolder::named(Path::new(RUNS), &name)?;
    let path = folder.file(RunFile::Counters);
    let text = files::read_text(&path)?;
    let page: Value = serde_json::from_str(&text).map_err(|error| {
        let message = format!("`{}` is not as it was written: {error}", path.display());
        Diagnostic::new("LL1317", message).help("restore the file, or start the run anew")
    })?;
    context.out.result(counters_page(&page), &page)
}

/// Counters of a side, with their headings.
const COUNTED: [(&str, &str); 5] = [
    ("events", "events"),
    ("code_clipped", "clipped"),
    ("output_held", "output held"),
    ("state_held", "state held"),
    ("weight_held", "weight held"),
];

fn counters_page(page: &Value) -> String {
    let headings = [&["  core", "circuit", "steps"][..], &COUNTED.map(|(_, heading)| heading)];
    let mut table = Table::new(&headings.concat());
    for core in page["cores"].as_array().into_iter().flatten() {
        for side in ["soma", "apical"] {
            let place = format!("  ({},{})", core["x"], core["y"]);
            let counts = COUNTED.map(|(name, _)| counted(core, side, name));
            table
                .row([place, side.to_owned(), core["steps"].to_string()].into_iter().chain(counts));
        }
    }
    format!("{table}\n  after step {}, {} chips", page["step"], page["replicas"])
}

fn counted(core: &Value, side: &str, name: &str) -> String {
    core.get(side).and_then(|side| side.get(name)).map_or("-".to_owned(), Value::to_string)
}

/// The compiler's passes, in order.
fn passes(context: &mut Context) -> Result<(), Diagnostics> {
    let mut table = Table::new(&["  pass"]);
    for (name, sentence) in leadlag_compiler::PASSES {
        table.row([format!("  {name:9}  {sentence}")]);
    }
    let form =
        leadlag_compiler::PASSES.map(|(name, sentence)| json!({"name": name, "does": sentence}));
    let report = json!({"schema": "leadlag.passes/1", "passes": form});
    context.out.result(table, &report)
}

/// A complete description: what is printed can be read again.
fn chip(args: &ShowArgs, context: &mut Context) -> Result<(), Diagnostics> {
    let mut asked = args.chip.clone();
    if let Some(target) = &args.target {
        asked.chip = target.display().to_string();
    }
    let chip = inputs::chip(&asked)?;
    let report = json!({"schema": "leadlag.chip/1", "chip": chip});
    context.out.result(chip.to_toml().trim_end(), &report)
}

fn image(args: &ShowArgs, context: &Context) -> Result<Image, Diagnostics> {
    let path = args.target.as_deref().unwrap_or(Path::new("-"));
    inputs::image(path, &args.chip, context)
}
