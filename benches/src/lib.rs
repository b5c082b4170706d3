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

impl Default for Mnist1d {
    fn default() -> Self {
        Self::new()
    }
}
