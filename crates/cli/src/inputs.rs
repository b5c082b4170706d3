//! What arguments name: chips, networks, images.

use std::io::Read as _;
use std::path::Path;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::Clocking;
use leadlag_explore::build::{Built, build};
use leadlag_explore::carried::carried;
use leadlag_explore::faults::{Fault, OnFault};
use leadlag_explore::files;
use leadlag_explore::firmware::Source;
use leadlag_explore::folder::{RUNS, RunFile, RunFolder};
use leadlag_image::{Chip, Core, Image, container};
use leadlag_net::tasks::Task;
use leadlag_net::{Network, Parameters};

use crate::args::{self, ChipArgs, Engine, FaultArgs, Place, Sample, Setting};
use crate::context::Context;

/// A network with the text it came from, into which findings point.
#[derive(Clone, PartialEq, Debug)]
pub struct NetworkFile {
    /// What the text means.
    pub network: Network,
    /// The text.
    pub text: String,
    /// The name it goes by.
    pub origin: String,
}

/// What an argument `IMAGE|NET` named.
#[derive(Clone, PartialEq, Debug)]
pub enum Input {
    /// A chip image, in either form.
    Image(Box<Image>),
    /// A network.
    Network(Box<NetworkFile>),
}

/// Reads a chip image or a network: framed bytes, `*.llimg` and `*.llimg.txt` are images, the rest
/// networks.
///
/// # Errors
/// LL5001 or LL1314 if it cannot be read; whatever is wrong with its content.
pub fn open(path: &Path) -> Result<Input, Diagnostics> {
    let origin = path.display().to_string();
    let bytes = bytes(path)?;
    if origin.ends_with(".llimg.txt") {
        return Ok(Input::Image(Box::new(Image::from_bytes_or_text(&bytes, &origin)?)));
    }
    // A file that was cut before the end of its first word is no network either.
    if container::is_framed(&bytes) || path.extension().is_some_and(|end| end == "llimg") {
        return Ok(Input::Image(Box::new(Image::from_bytes(&bytes)?)));
    }
    let text = files::text(path, bytes)?;
    network_of(text, path).map(|file| Input::Network(Box::new(file)))
}

/// The bytes of a file, or of stdin for `-`.
///
/// # Errors
/// LL5001 or LL5008.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Diagnostics> {
    if path != Path::new("-") {
        return files::read(path);
    }
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).map_err(|error| {
        Diagnostic::new("LL5008", format!("cannot read stdin: {error}"))
            .help("give a file in the place of `-`")
    })?;
    Ok(bytes)
}

/// The network and the parameters of an input: an image carries its own, or has none.
///
/// # Errors
/// LL1320, or what is wrong with the network that an image carries.
pub fn reference(input: &Input, seed: u64) -> Result<Option<(Network, Parameters)>, Diagnostics> {
    match input {
        Input::Network(file) => Ok(Some((file.network.clone(), file.network.initialise(seed)))),
        Input::Image(image) if image.recipe.is_none() => Ok(None),
        Input::Image(image) => carried(image).map(|own| Some((own.network, own.parameters))),
    }
}

/// Reads a network file.
///
/// # Errors
/// LL5001 or LL1314 if it cannot be read; everything that is wrong with its content.
pub fn network(path: &Path) -> Result<NetworkFile, Diagnostics> {
    network_of(files::text(path, bytes(path)?)?, path)
}

fn network_of(text: String, path: &Path) -> Result<NetworkFile, Diagnostics> {
    let origin = path.display().to_string();
    let beside = |file: &str| files::read(&path.with_file_name(file));
    Ok(NetworkFile { network: Network::parse_with(&text, &origin, beside)?, text, origin })
}

/// Reads a program for the plasticity units.
///
/// # Errors
/// LL5001 if it cannot be read.
pub fn program(path: &Path) -> Result<Source, Diagnostics> {
    Ok(Source { name: path.display().to_string(), bytes: bytes(path)? })
}

/// The chip that `--chip` and `--set` describe.
///
/// # Errors
/// As [`described`]; whatever is wrong with the settings.
pub fn chip(args: &ChipArgs) -> Result<Chip, Diagnostics> {
    let mut chip = described(&args.chip)?;
    chip.set_all(&args.set.iter().map(Setting::to_string).collect::<Vec<_>>())?;
    Ok(chip)
}

/// A built-in chip, or the one in a file.
///
/// # Errors
/// LL1208 if a plain word is neither; LL5001 if a path cannot be read; whatever is wrong with the
/// file's content.
pub fn described(name: &str) -> Result<Chip, Diagnostics> {
    let path = Path::new(name);
    let plain = !name.contains(['/', '\\', '.']) && !path.exists();
    if plain || Chip::builtins().any(|builtin| builtin == name) {
        return Chip::builtin(name);
    }
    Chip::parse(&files::text(path, bytes(path)?)?, name)
}

/// The image that an argument `IMAGE|NET` stands for; a network is compiled, and warnings printed.
///
/// # Errors
/// As [`open`], [`chip()`] and [`compile`]; LL1402 if settings are given for a finished image.
pub fn image(path: &Path, args: &ChipArgs, context: &Context) -> Result<Image, Diagnostics> {
    if is_run(path) {
        return if args.set.is_empty() { image_of_run(path) } else { Err(settled(path, args)) };
    }
    match open(path)? {
        Input::Image(_) if !args.set.is_empty() => Err(settled(path, args)),
        Input::Image(image) => Ok(*image),
        Input::Network(file) => Ok(compile(&file, &chip(args)?, context)?.compiled.image),
    }
}

/// Fields of a chip that no compiled word depends on: those of its clock.
const OF_TIME: [&str; 3] = ["mode", "cycles_per_step", "wait_for_plasticity"];

/// A finished image on a chip with another clock.
///
/// # Errors
/// LL1402 for settings of anything else; whatever is wrong with their values.
pub(crate) fn retimed(
    mut image: Image,
    path: &Path,
    args: &ChipArgs,
) -> Result<Image, Diagnostics> {
    if !args.set.iter().all(|set| OF_TIME.contains(&set.key.as_str())) {
        return Err(settled(path, args));
    }
    image.chip.set_all(&args.set.iter().map(Setting::to_string).collect::<Vec<_>>())?;
    image.validate()?;
    Ok(image)
}

/// Whether an argument names a run folder.
#[must_use]
pub fn is_run(path: &Path) -> bool {
    path == Path::new("last") || path.is_dir()
}

/// The run folder that an argument names.
///
/// # Errors
/// LL1310 or LL1313 if there is none.
pub fn run_folder(path: &Path) -> Result<RunFolder, Diagnostics> {
    RunFolder::named(Path::new(RUNS), &path.display().to_string())
}

/// The image that a run began with.
///
/// # Errors
/// LL1310 or LL1313 if there is no such run, LL1323 if it ran on the reference; what is wrong with
/// the image.
pub fn image_of_run(path: &Path) -> Result<Image, Diagnostics> {
    let folder = run_folder(path)?;
    let image = folder.file(RunFile::Image);
    if image.exists() { Image::from_bytes(&files::read(&image)?) } else { Err(no_image(&folder)) }
}

/// An image that a run of the reference does not have.
pub(crate) fn no_image(folder: &RunFolder) -> Diagnostics {
    let shown = folder.path().display();
    let message = format!("the run `{shown}` has 0 images: it ran on the reference, not on a chip");
    Diagnostic::new("LL1323", message)
        .help("name a run of `--backend chip`, or give the network file")
        .into()
}

/// The core of an image at a place.
///
/// # Errors
/// LL1421 if it is not in use.
pub fn core(image: &Image, place: Place) -> Result<&Core, Diagnostics> {
    image.cores.iter().find(|core| place.is(core)).ok_or_else(|| {
        let used = image.cores.iter().map(|core| [core.x, core.y]);
        not_in_use(place, &used.collect::<Vec<_>>())
    })
}

/// A core that nothing is known of.
pub(crate) fn not_in_use(place: Place, used: &[[u32; 2]]) -> Diagnostics {
    let shown: Vec<String> = used.iter().map(|[x, y]| format!("{x},{y}")).collect();
    let message = format!("core {place} is not in use; {} are: {}", used.len(), shown.join("  "));
    Diagnostic::new("LL1421", message).help("name one of these with `--core X,Y`").into()
}

/// Compiles a network and prints the warnings.
///
/// # Errors
/// What does not fit, pointing into the network file.
pub fn compile(file: &NetworkFile, chip: &Chip, context: &Context) -> Result<Built, Diagnostics> {
    let built = silently(file, chip, context)?;
    context.warn(&Diagnostics(built.compiled.warnings.clone()));
    Ok(built)
}

/// Compiles a network; its warnings point into the network file, and nobody has seen them yet.
///
/// # Errors
/// As [`compile`].
pub fn silently(file: &NetworkFile, chip: &Chip, context: &Context) -> Result<Built, Diagnostics> {
    let (network, seed) = (&file.network, context.globals.seed);
    let task = network.task().map(|_| Task::prepare(network, seed)).transpose()?;
    let within = |found: Diagnostics| found.within(&file.origin, &file.text);
    let mut built = build(network, chip, task.as_ref(), seed, Some(&file.text)).map_err(within)?;
    built.compiled.warnings = within(Diagnostics(built.compiled.warnings)).0;
    explain(network, &built, context);
    Ok(built)
}

/// With `-v`, what the calibration run saw; with `-vv`, the passes too.
fn explain(network: &Network, built: &Built, context: &Context) {
    for (name, sentence) in leadlag_compiler::PASSES {
        context.detail(2, &format!("  pass        {name:9}  {sentence}"));
    }
    let ranges = built.ranges.rate.iter().zip(&built.ranges.error).zip(&built.ranges.error_rms);
    for (population, ((rate, error), rms)) in network.populations().iter().zip(ranges) {
        let name = population.name();
        let text =
            format!("  calibrated  {name:9}  |r| <= {rate:.3}  |e| <= {error:.3}  rms {rms:.3}");
        context.detail(1, &text);
    }
}

/// The library's words for an engine and for what breaks.
///
/// # Errors
/// LL1471 for every fault that is not understood.
pub fn clocking(
    engine: Engine,
    sample: Option<Sample>,
    faults: &FaultArgs,
) -> Result<Clocking, Diagnostics> {
    let engine = match engine {
        Engine::Functional => leadlag_explore::Engine::Functional,
        Engine::Cycle => leadlag_explore::Engine::Cycle,
    };
    let parsed: Vec<Result<Fault, Diagnostic>> =
        faults.fault.iter().map(|text| text.parse()).collect();
    let wrong = parsed.iter().filter_map(|fault| fault.as_ref().err().cloned());
    Diagnostics::unless_any(wrong.collect(), ())?;
    let on_fault = match faults.on_fault {
        args::OnFault::Continue => OnFault::Continue,
        args::OnFault::Stop => OnFault::Stop,
    };
    let sample = sample.map(|sample| sample.0);
    Ok(Clocking { engine, sample, faults: parsed.into_iter().flatten().collect(), on_fault })
}

/// Settings of a chip for a finished image.
pub(crate) fn settled(path: &Path, args: &ChipArgs) -> Diagnostics {
    let (count, shown) = (args.set.len(), path.display());
    Diagnostic::new(
        "LL1402",
        format!("`{shown}` is a finished image, but {count} settings of the chip are given"),
    )
    .help("compile the network with these settings, or leave them out; `run` takes `mode`, `cycles_per_step` and `wait_for_plasticity`")
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(name: &str) -> String {
        described(name).expect_err(name).0[0].code.to_owned()
    }

    #[test]
    fn a_chip_is_a_name_or_a_file() {
        let here = tempfile::tempdir().expect("a temporary folder");
        let path = here.path().join("mine.toml");
        let text = described("ll1").expect("built in").to_toml().replace("\"ll1\"", "\"mine\"");
        std::fs::write(&path, text).expect("a write");
        let mine = described(path.to_str().expect("plain")).expect("a description");
        assert_eq!(mine.name, "mine");
        assert_eq!(code("ll9"), "LL1208");
        assert_eq!(code("no/such.toml"), "LL5001");
    }

    #[test]
    fn settings_change_the_chip() {
        let set = ["rows=512", "adc.bits = 8"].map(|text| text.parse().expect("a setting"));
        let args = ChipArgs { chip: "ll1".to_owned(), set: set.to_vec() };
        let chip = chip(&args).expect("a chip");
        assert_eq!((chip.rows, chip.adc.bits), (512, 8));
    }
}
