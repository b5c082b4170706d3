//! How long a network learns, how many samples at a time, and hints for a compiler.

/// Course of a training run.
#[derive(Clone, PartialEq, Debug)]
pub struct Schedule {
    /// How long.
    pub length: Length,
    /// Samples or streams at a time: lanes of the reference, identical chips of the emulator.
    pub replicas: usize,
    /// Whether the same network with instantaneous errors learns beside it, as a control.
    pub control: bool,
    /// The order of the training samples.
    pub order: Order,
    /// Steps without input or label after every sample.
    pub gap: usize,
}

/// How an epoch orders its samples. Either way the order is a function of seed and epoch.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// As drawn.
    #[default]
    Random,
    /// Drawn within each class, and the classes dealt evenly over the epoch, so that what samples pull
    /// towards their labels alone adds up to nothing within a few of them.
    Balanced,
}

/// The length of a run, counted as its task delivers.
#[derive(Clone, PartialEq, Debug)]
pub enum Length {
    /// For data sets.
    Epochs {
        /// Passes through the training set.
        epochs: u32,
        /// What lowers the learning rate.
        lowering: Lowering,
    },
    /// For streams.
    Steps {
        /// Steps in all.
        steps: u64,
        /// First step that learns.
        learn_from: u64,
        /// A line of the report every so many steps.
        report_every: u64,
    },
}

/// What lowers the learning rate in the course of the epochs.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub enum Lowering {
    /// Nothing does.
    #[default]
    Never,
    /// The test loss, when it stops falling. It decides on data that the result is measured on.
    Plateau(Plateau),
    /// The number of epochs alone.
    Anneal(Anneal),
}

/// Multiplies the learning rate by `factor` every `every` epochs, first when `from + every` are done.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Anneal {
    /// Above 0, below 1.
    pub factor: f64,
    /// Epochs, at least 1.
    pub every: u32,
    /// Epochs at the full rate before the count begins.
    pub from: u32,
}

/// Multiplies the learning rate by `factor` after `patience` epochs without a better test loss.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Plateau {
    /// Above 0, below 1.
    pub factor: f64,
    /// Epochs, at least 1.
    pub patience: u32,
}

/// What a compiler may take into account. Where nothing is said it decides.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Map {
    /// Full scale of the weights over the largest one at the start: a power of two.
    pub weight_headroom: Option<f64>,
    /// Full scale of the rates over the largest one of a calibration run: a power of two.
    pub rate_headroom: Option<f64>,
    /// Full scale of the errors over their root mean square, in a calibration run and while the chip
    /// learns: a power of two.
    pub error_headroom: Option<f64>,
    /// Largest magnitude of weights, instead of a measured one.
    pub weight_range: Option<f64>,
    /// Largest magnitude of rates, instead of a measured one.
    pub rate_range: Option<f64>,
    /// Largest magnitude of errors, instead of a measured one.
    pub error_range: Option<f64>,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            length: Length::Epochs { epochs: 1, lowering: Lowering::Never },
            replicas: 1,
            control: false,
            order: Order::Random,
            gap: 0,
        }
    }
}
