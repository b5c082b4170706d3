//! What is taught, and how the parameters follow.

use leadlag_units::Seconds;

/// The taught population and the error it receives.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Teach {
    /// Index of the population.
    pub population: usize,
    /// Which loss.
    pub loss: Loss,
    /// Nudging strength: the factor of the taught error.
    pub beta: f64,
}

/// Losses, each with the error that its negative gradient teaches, before the factor beta.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Loss {
    /// `onehot - softmax(r)`.
    CrossEntropy,
    /// `target - r`, not divided by the number of outputs.
    SquaredError,
    /// `onehot - exp(r)`, for outputs that are log-probabilities.
    Nll,
}

/// How weights follow from `dw = eta*e*r - decay*w`.
#[derive(Clone, PartialEq, Debug)]
pub struct Learning {
    /// What becomes of the mean of `e*r`.
    pub rule: Rule,
    /// Learning rate, per update.
    pub eta: f64,
    /// Share of a weight that is lost per update, at the full learning rate; biases and time constants do not
    /// decay.
    pub decay: f64,
    /// An update every so many steps.
    pub every: u32,
    /// Whether an update takes the products of all steps since the last one, or of its step alone.
    pub accumulate: bool,
    /// Least membrane time constant, if they are learnt.
    pub tau_min: Option<Seconds>,
    /// How the chip drops the last bits of an update.
    pub rounding: Rounding,
    /// How the chip's feedback weights start and change.
    pub feedback: Feedback,
    /// Where the chip reads a core's own signal.
    pub operand: Operand,
    /// When the chip's senders speak.
    pub sender: Sender,
}

/// What becomes of the gradient `g` before it is multiplied with `eta`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Rule {
    /// `p -= eta*g`.
    Sgd,
    /// `m = momentum*m + g; p -= eta*m`.
    Momentum {
        /// Share of the old mean that is kept, below 1.
        momentum: f64,
    },
    /// Adam with bias correction.
    Adam {
        /// Share of the mean that is kept, below 1.
        beta1: f64,
        /// Share of the mean square that is kept, below 1.
        beta2: f64,
        /// Added to the root of the mean square.
        epsilon: f64,
    },
}

/// How the last bits of a weight update are dropped.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Rounding {
    /// To the nearest word.
    Nearest,
    /// Up or down by a draw: small updates survive on average.
    #[default]
    Stochastic,
    /// Down, and the rest is kept in the synapse: nothing is lost.
    Carried,
}

/// Feedback weights of the chip, which no wire connects with the forward ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Feedback {
    /// They start as the transpose and receive the same products.
    #[default]
    Mirrored,
    /// They start random and stay: feedback alignment.
    Fixed,
    /// They start random and decay together with the forward ones.
    KolenPollack,
}

/// The form in which a core multiplies its own signal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Operand {
    /// The code that its sender sent.
    #[default]
    Sent,
    /// The column converter's result.
    Adc,
}

/// When a sender speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Sender {
    /// In every step.
    #[default]
    EveryStep,
    /// When its code moved by at least `threshold` since it last spoke.
    OnChange {
        /// In codes, at least 1.
        threshold: u16,
    },
}
