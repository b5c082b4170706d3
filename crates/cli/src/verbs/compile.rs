//! `leadlag compile NET`: a network and a chip to an image; a rule or a program to its cycles.

use leadlag_compiler::program::{Cost, Part, compile_text};
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::build::Built;
use leadlag_explore::{files, firmware};
use leadlag_image::Image;
use leadlag_plasticity::language::remarks;
use serde_json::json;

use crate::args::compile::{CompileArgs, Source, Strict};
use crate::args::firmware::{CyclesArgs, MachineArgs};
use crate::args::{Plasticity, Target};
use crate::context::Context;
use crate::exit::Exit;
use crate::verbs::fw;
use crate::{bounds, inputs, mapping};

/// Compiles, prints the mapping, and writes the image unless that is only tried.
///
/// # Errors
/// What is wrong with the files, what does not fit, or why the image cannot be written.
pub fn run(args: &CompileArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    match args.source() {
        Source::Network => network(args, context),
        Source::Rule => rule(args, context),
        Source::Program => {
            let machine = MachineArgs::of(args.net.clone(), args.chip.clone());
            fw::cycles::run(&CyclesArgs { machine }, context)
        }
    }
}

fn network(args: &CompileArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let target = (!args.dry_run).then(|| target(args, context));
    target.as_ref().map_or(Ok(()), |target| context.refuse_existing(target))?;
    let file = inputs::network(&args.net)?;
    let mut built = inputs::silently(&file, &inputs::chip(&args.chip)?, context)?;
    let refused = |found: &&Diagnostic| args.strict == Strict::On && found.code == VISIBLE;
    let (refused, warnings): (Vec<_>, Vec<_>) =
        built.compiled.warnings.iter().partition(|found| refused(found));
    context.warn(&Diagnostics(warnings.into_iter().cloned().collect()));
    Diagnostics::unless_any(refused.into_iter().map(or_warn).collect(), ())?;
    put_programs(args, &mut built.compiled.image, context)?;
    let image = &built.compiled.image;
    let certified = bounds::lines(image, &built.certificates);
    let page = format!("{}\n{certified}", mapping::page(image));
    let Some(target) = target else {
        context.out.result(page, &report(&built, None, 0))?;
        return Ok(Exit::Done);
    };
    let bytes = bytes(image, args.text)?;
    let text = format!("{page}\n  wrote       {target}  {} bytes", bytes.len());
    context.deliver(&target, &bytes, &text, &report(&built, Some(&target), bytes.len()))?;
    Ok(Exit::Done)
}

/// Programs of the plasticity units, if they are asked for.
fn put_programs(
    args: &CompileArgs,
    image: &mut Image,
    context: &Context,
) -> Result<(), Diagnostics> {
    image.firmware = match (&args.program, args.plasticity) {
        (Some(path), _) => {
            let (firmware, warnings) = firmware::of_user(&inputs::program(path)?, image)?;
            context.warn(&warnings);
            Some(firmware)
        }
        (None, Plasticity::Firmware) => Some(firmware::of_image(image)?),
        (None, Plasticity::Evaluator) => None,
    };
    image.validate()
}

/// The code of an emulation that is not certified to be invisible.
const VISIBLE: &str = "LL4003";

fn or_warn(found: &Diagnostic) -> Diagnostic {
    found.clone().help("`--strict warn` compiles it all the same")
}

/// A learning rule alone: its program's listing with cycles.
fn rule(args: &CompileArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let (text, origin) = (files::read_text(&args.net)?, args.net.display().to_string());
    let chip = inputs::chip(&args.chip)?;
    let (layout, timing) = (firmware::whole_array(&chip), firmware::timing(&chip));
    let compiled = compile_text(&text, chip.weight_bits, &layout, &timing)
        .map_err(|found| found.within(&origin, &text))?;
    context.warn(&remarks(&text, chip.weight_bits)?.within(&origin, &text));
    let (costs, rows) = (&compiled.costs, chip.rows);
    let part = |part: Part| {
        let Cost { fixed, per_row } = part.kernel;
        let (total, before) = (part.kernel.total(rows), part.setup);
        format!("{per_row} cycles a row; {fixed:+} and {rows} rows: {total}, {before} before them")
    };
    let step = costs.step(true, true).total(rows);
    let page = format!(
        "  rule        {origin}\n  somatic     {}\n  apical      {}\n  step        {step} cycles\n\n{}",
        part(costs.somatic),
        part(costs.apical),
        compiled.listing.trim_end(),
    );
    let form = json!({
        "schema": "leadlag.rule/1",
        "path": origin,
        "cycles_per_row": costs.somatic.kernel.per_row,
        "cycles_per_step": step,
        "assembly": compiled.assembly,
    });
    match context.globals.out.clone() {
        None => context.out.result(page, &form)?,
        Some(target) => {
            context.refuse_existing(&target)?;
            context.deliver(&target, compiled.assembly.as_bytes(), &page, &form)?;
        }
    }
    Ok(Exit::Done)
}

fn target(args: &CompileArgs, context: &Context) -> Target {
    let stem = match args.net.to_str() {
        // stdin has no name.
        Some("-") => "net".into(),
        _ => args.net.file_stem().unwrap_or_default().to_string_lossy(),
    };
    context.target(format!("{stem}.{}", if args.text { "llimg.txt" } else { "llimg" }))
}

fn bytes(image: &Image, text: bool) -> Result<Vec<u8>, Diagnostics> {
    if text {
        return Ok(image.to_text().into_bytes());
    }
    let mut bytes = Vec::new();
    image.write(&mut bytes).map_err(|error| {
        Diagnostic::new("LL9003", format!("the image cannot be written down: {error}"))
            .help("this is a defect of leadlag; please report it with the network file")
    })?;
    Ok(bytes)
}

fn report(built: &Built, target: Option<&Target>, bytes: usize) -> serde_json::Value {
    let image = &built.compiled.image;
    json!({
        "schema": "leadlag.compile/1",
        "path": target.and_then(Target::path),
        "bytes": bytes,
        "map": mapping::form(image, None),
        "bounds": bounds::form(image, &built.certificates),
    })
}
