//! From a network to an image: parameters, calibration, compilation.

use leadlag_compiler::{Compiled, Job, compile};
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::{Chip, Image, Recipe};
use leadlag_net::tasks::Task;
use leadlag_net::{Block, Network, Parameters, Population};
use leadlag_quantize::bounds::{Deviation, Emulation, deviation, emulation};
use leadlag_quantize::{Ranges, calibrate, dead_bands};
use leadlag_reference::Teacher;

/// Lanes of the calibration run.
const LANES: usize = 16;
/// Steps of the calibration run on a stream.
const STEPS: usize = 2000;

/// A network, compiled.
#[derive(Clone, PartialEq, Debug)]
pub struct Built {
    /// The image, and warnings.
    pub compiled: Compiled,
    /// Parameters before quantisation.
    pub parameters: Parameters,
    /// What the calibration run saw.
    pub ranges: Ranges,
    /// What is certified about the image.
    pub certificates: Certificates,
}

/// What is certified about an image and its network.
#[derive(Clone, PartialEq, Debug)]
pub struct Certificates {
    /// The emulation's own error, for both circuits of every core.
    pub emulation: Vec<Emulation>,
    /// The modelled quantisers' effect on the rates; none if the image is not of the network.
    pub deviation: Option<Deviation>,
}

impl Certificates {
    /// Certifies an image and the network that it was compiled from.
    ///
    /// # Errors
    /// Registers that cannot be formed: an image that was validated has none.
    pub fn new(net: &Network, parameters: &Parameters, image: &Image) -> Result<Self, Diagnostics> {
        Ok(Self { emulation: emulation(image)?, deviation: deviation(net, parameters, image) })
    }

    /// The emulations that are not certified to be invisible: the worst of each layer and circuit.
    #[must_use]
    pub fn visible(&self, image: &Image) -> Vec<Diagnostic> {
        let layer = |one: &Emulation| {
            let core = image.cores.get(one.core);
            (core.map(|core| core.population), one.compartment)
        };
        let mut worst: Vec<&Emulation> = Vec::new();
        for one in &self.emulation {
            match worst.iter_mut().find(|other| layer(other) == layer(one)) {
                Some(other) if other.share() >= one.share() => {}
                Some(other) => *other = one,
                None => worst.push(one),
            }
        }
        worst.into_iter().filter_map(|one| one.check(image).err()).collect()
    }
}

/// Compiles a network onto a chip, with the scales that a calibration run of the reference suggests.
///
/// The seed decides initial parameters and the order of samples. Without a task there is nothing to
/// calibrate with: every signal is taken to lie within plus or minus one, and a warning says so.
///
/// # Errors
/// What the compiler refuses, pointing into `text` if that is the network file.
pub fn build(
    net: &Network,
    chip: &Chip,
    task: Option<&Task>,
    seed: u64,
    text: Option<&str>,
) -> Result<Built, Diagnostics> {
    let parameters = net.initialise(seed);
    // Spikes are 0 or 1: without rates there is nothing to measure.
    let ranges = match task.filter(|_| net.has_rates()) {
        Some(task) => calibrate(net, &parameters, &calibration_block(net, task)),
        None => unit_ranges(net),
    };
    let mut compiled =
        compile(Job { net, parameters: &parameters, chip, ranges: &ranges, seed, text })?;
    let certificates = Certificates::new(net, &parameters, &compiled.image)?;
    compiled.warnings.extend(certificates.visible(&compiled.image));
    let inputs: Vec<bool> = net.populations().iter().map(Population::is_input).collect();
    let dead = dead_bands(&compiled.image, &ranges, &inputs);
    // What is ordinary is known from a calibration run only.
    compiled.warnings.extend(dead.into_iter().filter(|d| task.is_some() || d.code != "LL4005"));
    if compiled.image.recipe.is_none() {
        compiled.warnings.push(too_long(net));
    }
    if task.is_none() && net.has_rates() {
        let message = "the network names no task, so signals were not measured; every one is taken to lie within -1 to 1";
        compiled.warnings.push(
            Diagnostic::new("LL4002", message)
                .help("add a `[task]`, or set `map.rate_range` and `map.error_range`"),
        );
    }
    Ok(Built { compiled, parameters, ranges, certificates })
}

fn too_long(net: &Network) -> Diagnostic {
    let (length, limit) = (net.to_toml().len(), Recipe::LIMIT);
    let message = format!(
        "the network takes {length} bytes as text; an image carries {limit}, so this one has no float reference"
    );
    Diagnostic::new("LL1321", message)
        .help("let weights be drawn instead of stated, or verify the network file")
}

fn calibration_block(net: &Network, task: &Task) -> Block {
    match task {
        Task::Samples(samples) => samples.train_block(0, 0, LANES),
        Task::Stream(stream) => {
            let mut block = stream.stream_block(0, STEPS, LANES);
            if let Some(mut teacher) = Teacher::new(net, LANES) {
                teacher.fill(&mut block);
            }
            block
        }
    }
}

fn unit_ranges(net: &Network) -> Ranges {
    let ones = vec![1.0; net.populations().len()];
    Ranges {
        rate: ones.clone(),
        error: ones.clone(),
        error_rms: ones.iter().map(|one| one / 8.0).collect(),
    }
}
