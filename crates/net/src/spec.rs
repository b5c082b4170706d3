//! The tasks a network file can name, with their settings.

/// Where stimuli and targets come from.
#[derive(Clone, PartialEq, Debug)]
pub enum TaskSpec {
    /// Ten classes of noisy, shifted curves on one line.
    Mnist1d(Mnist1d),
    /// A smoothed square wave; the teacher answers.
    Chain {
        /// Seed of the phases.
        seed: u64,
    },
    /// A sum of three sines; the teacher answers.
    LagNet {
        /// Seed of the starting times.
        seed: u64,
    },
    /// A chaotic series; the target is its next value.
    MackeyGlass {
        /// Steps between input and target.
        ahead: u32,
    },
    /// Lines that spike at random, one step in twenty: the dense workload of `golden/lif`.
    LifDense {
        /// Seed of NumPy's generator, which draws the workload's weights before the spikes.
        seed: u64,
    },
    /// Random bits; the target is the exclusive or of a bit and an earlier one.
    Xor(Xor),
}

/// Settings of the exclusive or with delay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Xor {
    /// Seed of the bits.
    pub seed: u64,
    /// Steps that a bit lasts, at least 1.
    pub hold: u32,
    /// Bits between the two that meet.
    pub delay: u32,
}

impl Default for Xor {
    fn default() -> Self {
        Self { seed: 1, hold: 25, delay: 1 }
    }
}

/// Settings of the MNIST-1D generator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mnist1d {
    /// Seed of the generator, 32 bits as its recipe has it; 42 gives the published set.
    pub seed: u32,
    /// Points per sample: steps a sample lasts.
    pub length: usize,
    /// Training samples.
    pub train: usize,
    /// Test samples.
    pub test: usize,
}

impl Mnist1d {
    /// The published set at a length of choice: seed 42, 4000 training and 1000 test samples.
    #[must_use]
    pub const fn published(length: usize) -> Self {
        Self { seed: 42, length, train: 4000, test: 1000 }
    }
}

impl TaskSpec {
    /// The name a file uses.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Mnist1d(_) => "mnist1d",
            Self::Chain { .. } => "chain",
            Self::LagNet { .. } => "lagnet",
            Self::MackeyGlass { .. } => "mackey-glass",
            Self::LifDense { .. } => "lif-dense",
            Self::Xor(_) => "xor",
        }
    }

    /// Whether it delivers samples, in epochs; otherwise it is a stream.
    #[must_use]
    pub const fn has_samples(&self) -> bool {
        matches!(self, Self::Mnist1d(_))
    }

    /// Whether it drives any number of lines; others drive one.
    #[must_use]
    pub const fn drives_all_lines(&self) -> bool {
        matches!(self, Self::LifDense { .. })
    }

    /// Whether a teacher answers.
    #[must_use]
    pub const fn wants_teacher(&self) -> bool {
        matches!(self, Self::Chain { .. } | Self::LagNet { .. })
    }
}
