//! From a network to an image: parameters, calibration, compilation.

use leadlag_compiler::{Compiled, Job, compile};
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::Chip;
use leadlag_net::tasks::Task;
use leadlag_net::{Block, Network, Parameters};
use leadlag_quantize::{Ranges, calibrate};
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
    let ranges = match task {
        Some(task) => calibrate(net, &parameters, &calibration_block(net, task)),
        None => unit_ranges(net),
    };
    let mut compiled =
        compile(Job { net, parameters: &parameters, chip, ranges: &ranges, seed, text })?;
    if task.is_none() {
        let message = "the network names no task, so signals were not measured; every one is taken to lie within -1 to 1";
        compiled.warnings.push(
            Diagnostic::new("LL4002", message)
                .help("add a `[task]`, or set `map.rate_range` and `map.error_range`"),
        );
    }
    Ok(Built { compiled, parameters, ranges })
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
