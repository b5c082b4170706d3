//! `leadlag show KIND [TARGET]`: look inside.

mod counters;
mod curve;
mod events;
mod graph;
mod routes;

use std::path::Path;

use clap::CommandFactory as _;
use leadlag_chip::{Emulator, Options};
use leadlag_diagnostic::Diagnostics;
use leadlag_explore::build::Certificates;
use leadlag_explore::carried::carried;
use leadlag_explore::files;
use leadlag_explore::folder::RunFile;
use leadlag_image::Image;
use leadlag_quantize::bounds::emulation;
use serde_json::json;

use crate::args::show::{Kind, ShowArgs};
use crate::args::{Cli, Engine};
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
    if let Some(flag) = args.misplaced() {
        return Ok(misplaced(flag, args.kind));
    }
    match args.kind {
        Kind::Chip => chip(args, context)?,
        Kind::Map => map(args, context)?,
        Kind::Routes => routes::routes(args, context)?,
        Kind::Weights => weights(args, context)?,
        Kind::Probes => {
            let options = Options { replicas: 1, threads: 1, seed: 1 };
            let mut chip = Emulator::load(image(args, context)?, options)?;
            if args.engine == Engine::Cycle {
                leadlag_explore::Clocking::cycle().start(&mut chip)?;
            }
            let report = json!({"schema": "leadlag.probes/1", "probes": probes::form(&chip)});
            context.out.result(probes::page(&chip), &report)?;
        }
        Kind::Bounds => bounds(args, context)?,
        Kind::Counters => counters::counters(args, context)?,
        Kind::Events => events::events(args, context)?,
        Kind::Program => {
            let image = image(args, context)?;
            let programs = Programs::new(&image, args.core)?;
            context.out.result(programs.page()?, &programs.form()?)?;
        }
        Kind::Curve => curve::curve(args, context)?,
        Kind::Passes => passes(context)?,
    }
    Ok(Exit::Done)
}

/// A flag of another kind is wrong usage.
fn misplaced(flag: &str, kind: Kind) -> Exit {
    use clap::ValueEnum as _;
    let kind = kind.to_possible_value().map_or(String::new(), |value| value.get_name().to_owned());
    let message = format!("`{flag}` says nothing about `show {kind}`");
    let refusal = Cli::command().error(clap::error::ErrorKind::ArgumentConflict, message);
    // A closed stderr cannot be reported anywhere.
    drop(refusal.print());
    Exit::Usage
}

fn map(args: &ShowArgs, context: &mut Context) -> Result<(), Diagnostics> {
    let image = image(args, context)?;
    if args.onnx_view {
        return graph::graph(&image, args.core, context);
    }
    let page = match args.core {
        None => mapping::page(&image),
        Some(place) => mapping::core_page(&image, inputs::core(&image, place)?),
    };
    let report = json!({"schema": "leadlag.map/1", "map": mapping::form(&image, args.core)});
    context.out.result(page, &report)
}

/// Of a run that learnt, the weights at its end.
fn weights(args: &ShowArgs, context: &mut Context) -> Result<(), Diagnostics> {
    let learnt = match args.target.as_deref().filter(|target| inputs::is_run(target)) {
        Some(run) => Some(inputs::run_folder(run)?.file(RunFile::Trained)),
        None => None,
    };
    let image = match learnt.filter(|path| path.is_file()) {
        Some(path) if !args.chip.set.is_empty() => return Err(inputs::settled(&path, &args.chip)),
        Some(path) => with_core(Image::from_bytes(&files::read(&path)?)?, args)?,
        None => image(args, context)?,
    };
    let form = mapping::weights_form(&image, args.core);
    let report = json!({"schema": "leadlag.weights/1", "groups": form});
    context.out.result(mapping::weights_page(&image, args.core), &report)
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

/// The image that the arguments name; a core that is asked for is in use.
fn image(args: &ShowArgs, context: &Context) -> Result<Image, Diagnostics> {
    let path = args.target.as_deref().unwrap_or(Path::new("-"));
    with_core(inputs::image(path, &args.chip, context)?, args)
}

/// An image in which the core that is asked for is in use.
fn with_core(image: Image, args: &ShowArgs) -> Result<Image, Diagnostics> {
    args.core.map_or(Ok(()), |place| inputs::core(&image, place).map(drop))?;
    Ok(image)
}
