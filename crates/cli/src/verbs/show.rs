//! `leadlag show KIND [TARGET]`: look inside.

use std::path::Path;

use leadlag_chip::{Emulator, Options};
use leadlag_diagnostic::Diagnostics;
use leadlag_image::Image;
use serde_json::json;

use crate::args::show::{Kind, ShowArgs};
use crate::context::Context;
use crate::exit::Exit;
use crate::{inputs, mapping, probes};

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
            let chip = Emulator::load(image(args, context)?, options)?;
            let report = json!({"schema": "leadlag.probes/1", "probes": probes::form(&chip)});
            context.out.result(probes::page(&chip), &report)?;
        }
    }
    Ok(Exit::Done)
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
