//! What arguments name: chips, networks, images.

use std::path::Path;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::Clocking;
use leadlag_explore::build::{Built, build};
use leadlag_explore::carried::carried;
use leadlag_explore::files;
use leadlag_explore::firmware::Source;
use leadlag_image::{Chip, Image, container};
use leadlag_net::tasks::Task;
use leadlag_net::{Network, Parameters};

use crate::args::{ChipArgs, Engine, Sample, Setting};
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

/// Reads a chip image or a network: framed bytes and `*.llimg.txt` are images, the rest networks.
///
/// # Errors
/// LL5001 or LL1314 if it cannot be read; whatever is wrong with its content.
pub fn open(path: &Path) -> Result<Input, Diagnostics> {
    let origin = path.display().to_string();
    let bytes = files::read(path)?;
    if container::is_framed(&bytes) || origin.ends_with(".llimg.txt") {
        return Ok(Input::Image(Box::new(Image::from_bytes_or_text(&bytes, &origin)?)));
    }
    network(path).map(|file| Input::Network(Box::new(file)))
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
    let (text, origin) = (files::read_text(path)?, path.display().to_string());
    let beside = |file: &str| files::read(&path.with_file_name(file));
    Ok(NetworkFile { network: Network::parse_with(&text, &origin, beside)?, text, origin })
}

/// Reads a program for the plasticity units.
///
/// # Errors
/// LL5001 if it cannot be read.
pub fn program(path: &Path) -> Result<Source, Diagnostics> {
    Ok(Source { name: path.display().to_string(), bytes: files::read(path)? })
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
    Chip::parse(&files::read_text(path)?, name)
}

/// The image that an argument `IMAGE|NET` stands for; a network is compiled, and warnings printed.
///
/// # Errors
/// As [`open`], [`chip()`] and [`compile`]; LL1402 if settings are given for a finished image.
pub fn image(path: &Path, args: &ChipArgs, context: &Context) -> Result<Image, Diagnostics> {
    match open(path)? {
        Input::Image(_) if !args.set.is_empty() => Err(settled(path, args)),
        Input::Image(image) => Ok(*image),
        Input::Network(file) => Ok(compile(&file, &chip(args)?, context)?.compiled.image),
    }
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

/// The library's word for an engine.
#[must_use]
pub fn clocking(engine: Engine, sample: Option<Sample>) -> Clocking {
    let engine = match engine {
        Engine::Functional => leadlag_explore::Engine::Functional,
        Engine::Cycle => leadlag_explore::Engine::Cycle,
    };
    Clocking { engine, sample: sample.map(|sample| sample.0) }
}

/// Settings of a chip for a finished image.
pub(crate) fn settled(path: &Path, args: &ChipArgs) -> Diagnostics {
    let (count, shown) = (args.set.len(), path.display());
    Diagnostic::new(
        "LL1402",
        format!("`{shown}` is a finished image, but {count} settings of the chip are given"),
    )
    .help("compile the network with these settings, or leave them out")
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
