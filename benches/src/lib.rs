//! What the benches share: the MNIST-1D network of `examples/`, compiled, and its stimulus.
//!
//! Each bench puts a promise beside a stated baseline, so that what counts is a ratio of two figures
//! of one run. No test asserts a time.

use leadlag_chip::Options;
use leadlag_explore::build::{Built, build};
use leadlag_explore::{ChipBackend, Clocking, FloatBackend};
use leadlag_image::Chip;
use leadlag_net::tasks::{Samples, Task};
use leadlag_net::{Block, Network};

/// The network of `examples/mnist1d.toml`, its task, and its image for `ll1`.
#[derive(Debug)]
pub struct Mnist1d {
    net: Network,
    samples: Samples,
    built: Built,
}

impl Mnist1d {
    /// Generates the data and compiles the network.
    ///
    /// # Panics
    /// If the example of this repository does not compile.
    #[must_use]
    pub fn new() -> Self {
        Self::of(include_str!("../../examples/mnist1d.toml"))
    }

    /// The same network with senders that speak when their code has changed.
    ///
    /// # Panics
    /// If the example of this repository does not compile.
    #[must_use]
    pub fn on_change() -> Self {
        let rule = "rule = \"adam\"\n";
        let text = include_str!("../../examples/mnist1d.toml");
        Self::of(&text.replace(rule, &format!("{rule}sender = \"on-change\"\n")))
    }

    fn of(text: &str) -> Self {
        let net = Network::parse(text, "mnist1d.toml").expect("the example is a network");
        let task = Task::prepare(&net, 1).expect("the example has a task");
        let chip = Chip::builtin("ll1").expect("ll1 is built in");
        let built = build(&net, &chip, Some(&task), 1, Some(text)).expect("the example fits ll1");
        match task {
            Task::Samples(samples) => Self { net, samples, built },
            Task::Stream(_) => panic!("MNIST-1D has samples"),
        }
    }

    /// The image.
    #[must_use]
    pub fn image(&self) -> leadlag_image::Image {
        self.built.compiled.image.clone()
    }

    /// The chip, learning.
    ///
    /// # Panics
    /// If the compiled image does not load.
    #[must_use]
    pub fn chip(&self, replicas: u32, threads: usize) -> ChipBackend {
        let options = Options { replicas, threads, seed: 1 };
        ChipBackend::new(self.image(), options, true).expect("the compiler's image loads")
    }

    /// The chip, learning, on some engine.
    ///
    /// # Panics
    /// If the compiled image does not load.
    #[must_use]
    pub fn chip_on(&self, clocking: &Clocking, replicas: u32, threads: usize) -> ChipBackend {
        let options = Options { replicas, threads, seed: 1 };
        let chip = ChipBackend::with_engine(self.image(), options, true, clocking);
        chip.expect("the compiler's image loads")
    }

    /// The float reference.
    #[must_use]
    pub fn reference(&self, lanes: usize) -> FloatBackend {
        FloatBackend::new(&self.net, &self.built.parameters, lanes)
    }

    /// A block of 360 steps of `lanes` samples.
    #[must_use]
    pub fn block(&self, lanes: usize) -> Block {
        self.samples.train_block(0, 0, lanes)
    }
}

/// Eight layers of 512 neurons, each on two cores, that fill a chip of 4 × 4 cores with 512 rows.
const FULL: &str = r#"
name = "full"
dt = "0.2 ms"

[[population]]
name = "in"
input = 1

[[population]]
name = ["h1", "h2", "h3", "h4", "h5", "h6", "h7"]
size = 512
tau_m = "1.2 ms"
tau_r = "0.6 ms"
phi = "tanh"

[[population]]
name = "out"
size = 512
tau_m = "1.2 ms"
tau_r = "1.2 ms"
phi = "linear"

[[projection]]
chain = ["in", "h1", "h2", "h3", "h4", "h5", "h6", "h7", "out"]

[teach]
population = "out"
loss = "squared-error"

[learning]
rule = "momentum"
momentum = 0.9
eta = 1e-3
"#;

/// The image of a network whose layers fill all 16 cores of a chip.
///
/// # Panics
/// If it does not compile.
#[must_use]
pub fn full_image() -> leadlag_image::Image {
    let net = Network::parse(FULL, "full.toml").expect("a network");
    let mut chip = Chip::builtin("ll1").expect("ll1 is built in");
    chip.set_all(&["rows=512"]).expect("a knob within its range");
    let image = build(&net, &chip, None, 1, None).expect("it fits").compiled.image;
    assert_eq!(image.cores.len(), 16, "every core is busy");
    image
}

impl Default for Mnist1d {
    fn default() -> Self {
        Self::new()
    }
}
