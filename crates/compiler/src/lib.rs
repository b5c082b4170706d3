//! From a network and a chip to an image, in named passes.
//!
//! | pass | does |
//! |---|---|
//! | check | refuses, all at once, what the chip cannot do or has not room for |
//! | partition | one population per core, cut into column parts where it is larger than a core |
//! | place | parts to cores of the mesh, neighbours beside each other |
//! | scale | powers of two for rates, errors and weights, brought close enough for every array |
//! | emit | words, coefficients, tables, rows: the image |
//!
//! The compiler never sees the emulator; they meet in the image. It draws nothing but the random
//! feedback weights, which are a function of the seed.

#![expect(
    clippy::indexing_slicing,
    reason = "indices come from the network, which is valid by construction"
)]

mod check;
mod emit;
mod learning;
mod place;
pub mod program;
mod scale;
mod spiking;

pub use scale::level_error_scales;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::{Chip, Image};
use leadlag_net::{Network, Parameters};
use leadlag_quantize::Ranges;

/// The passes, in order, each with its sentence.
pub const PASSES: [(&str, &str); 5] = [
    ("check", "refuses what the chip cannot do or has not room for"),
    ("partition", "cuts populations into parts that fit a core"),
    ("place", "puts parts on cores of the mesh"),
    ("scale", "chooses powers of two for rates, errors and weights"),
    ("emit", "writes words, coefficients, tables and rows"),
];

/// What is to be compiled.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The network.
    pub net: &'a Network,
    /// Its parameters at the start.
    pub parameters: &'a Parameters,
    /// The chip.
    pub chip: &'a Chip,
    /// Ranges of its signals, from a calibration run.
    pub ranges: &'a Ranges,
    /// Seed of random feedback weights.
    pub seed: u64,
    /// The network file, so that refusals can point into it.
    pub text: Option<&'a str>,
}

/// An image and what there is to say about it.
#[derive(Clone, PartialEq, Debug)]
pub struct Compiled {
    /// The image.
    pub image: Image,
    /// Warnings: what was bent to fit.
    pub warnings: Vec<Diagnostic>,
}

/// Compiles a network onto a chip.
///
/// # Errors
/// `LL20xx` with need, have, the population and a way out: everything that does not fit, at once.
pub fn compile(job: Job<'_>) -> Result<Compiled, Diagnostics> {
    let parts = parts(job)?;
    let (scales, warnings) = scale::scale(job);
    let image = emit::emit(job, &parts, &scales)?;
    image.validate()?;
    Ok(Compiled { image, warnings })
}

/// The passes that can refuse: what one finds does not hide what the other does.
fn parts(job: Job<'_>) -> Result<Vec<place::Part>, Diagnostics> {
    let mut found = check::check(job);
    match place::place(job) {
        Ok(parts) => Diagnostics::unless_any(found, parts),
        Err(refusal) => {
            found.push(refusal);
            Err(Diagnostics(found))
        }
    }
}
