//! A run that is interrupted, and the command that goes on.

use std::path::PathBuf;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::Clocking;
use leadlag_explore::files::{self, Existing};
use leadlag_explore::pause::{From, Inputs};
use leadlag_image::Image;
use leadlag_net::{Block, Network, Parameters};
use serde_json::{Value, json};

use crate::args::Target;
use crate::args::run::RunArgs;
use crate::context::Context;
use crate::exit::Exit;

/// The snapshot that is given, if one is.
pub(super) fn from(args: &RunArgs) -> Result<Option<From>, Diagnostics> {
    let content = args.from.as_deref().map(files::read).transpose()?;
    content.map(From::read).transpose()
}

/// What the answers of chips depend on.
pub(super) fn of_chip(
    image: &Image,
    clocking: &Clocking,
    (blocks, context): (&[Block], &Context),
) -> Result<Inputs, Diagnostics> {
    let mut bytes = Vec::new();
    image.write(&mut bytes).map_err(|error| unwritable(&error))?;
    let engine = serde_json::to_vec(clocking).expect("plain values");
    let seed = context.globals.chip_seed.to_le_bytes();
    Ok(Inputs::of(&[("image", &bytes), ("engine", &engine), ("chip seed", &seed)], blocks))
}

/// What the answers of a reference depend on.
pub(super) fn of_reference(
    (network, parameters): (&Network, &Parameters),
    blocks: &[Block],
) -> Inputs {
    let parameters = serde_json::to_vec(parameters).expect("plain values");
    Inputs::of(&[("network", network.to_toml().as_bytes()), ("parameters", &parameters)], blocks)
}

/// From now on the first Ctrl-C ends the run after a step; a bar shows how far it is.
pub(super) fn goes_on(blocks: &[Block], context: &Context) -> impl FnMut(u64) -> bool + use<> {
    let interrupt = context.interrupt.clone();
    interrupt.heed();
    let steps: usize = blocks.iter().map(|block| block.steps).sum();
    let total = u64::try_from(steps).unwrap_or(u64::MAX);
    context.detail(1, &format!("  begins      {total} steps"));
    let bar = context.progress("run", total);
    move |done| {
        bar.reach(done, total, String::new);
        !interrupt.is_asked()
    }
}

/// Writes the snapshot of a run without a folder, and says how to go on.
pub(super) fn keep(
    snapshot: &[u8],
    args: &RunArgs,
    mut object: Value,
    context: &mut Context,
) -> Result<Exit, Diagnostics> {
    let path = place(args, context);
    files::write(&path, Existing::Refuse, snapshot)?;
    let path = path.display().to_string();
    let line = context.line.clone().without(&["--from"], |_| true).with("--from", &path);
    if let Some(object) = object.as_object_mut() {
        object.insert("end".into(), json!("interrupted"));
        object.insert("snapshots".into(), json!([path]));
        object.insert("go_on".into(), json!(line.to_string()));
    }
    let text = format!("  interrupted\n  snapshot    {path}\n  go on with  {line}");
    if context.globals.out == Some(Target::Stream) {
        context.note(&text);
    } else {
        context.out.result(text, &object)?;
    }
    Ok(Exit::Interrupted)
}

/// `NAME.snap` beside the result, or here under the name of the input; with a number if there is one
/// already.
fn place(args: &RunArgs, context: &Context) -> PathBuf {
    let own = args.input.file_stem().filter(|stem| *stem != "-").unwrap_or("run".as_ref());
    let beside = context.globals.out.as_ref().and_then(Target::path).map(PathBuf::from);
    let first = beside.unwrap_or_else(|| PathBuf::from(own));
    let stem = first.file_stem().unwrap_or(own).to_string_lossy().into_owned();
    let names = std::iter::once(format!("{stem}.snap"));
    let mut names = names.chain((2_u64..).map(|at| format!("{stem}-{at}.snap")));
    let free = names.find(|name| first.with_file_name(name).symlink_metadata().is_err());
    first.with_file_name(free.expect("there are more numbers than files"))
}

fn unwritable(error: &std::io::Error) -> Diagnostics {
    Diagnostic::new("LL9002", format!("the state of the run cannot be written down: {error}"))
        .help("this is a defect of LEADLAG; please report it with the command")
        .into()
}
