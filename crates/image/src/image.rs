//! The chip image: all that the emulator loads. Integers only.
//!
//! Scales are powers of two and are kept as exponents; the registers that follow from them (gains,
//! row shifts, step sizes) are computed by [`crate::registers`], at load and whenever the host moves
//! an error scale. So a fact is written once, and a rescaled chip equals one compiled that way.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use crate::{Chip, Compartment, lines};

/// `mantissa * 2^exponent`, exactly.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// Signed mantissa, at most 15 bits of magnitude.
    pub mantissa: i32,
    /// Binary exponent.
    pub exponent: i32,
}

impl Ratio {
    /// 1.
    pub const ONE: Self = Self { mantissa: 1, exponent: 0 };

    /// The product, with its mantissa cut to 15 bits, half away from zero.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let product = i64::from(self.mantissa) * i64::from(other.mantissa);
        let size = product.unsigned_abs();
        let dropped = (u64::BITS - size.leading_zeros()).saturating_sub(15);
        let kept = if dropped == 0 { size } else { ((size >> (dropped - 1)) + 1) >> 1 };
        // A mantissa that rounding has filled is a power of two.
        let (kept, dropped) =
            if kept >> 15 == 0 { (kept, dropped) } else { (kept >> 1, dropped + 1) };
        let mantissa = i32::try_from(kept).unwrap_or(i32::MAX);
        Self {
            mantissa: if product < 0 { -mantissa } else { mantissa },
            exponent: self.exponent + other.exponent + i32::try_from(dropped).unwrap_or(0),
        }
    }
}

/// A compiled network on a chip.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Image {
    /// Name of the network.
    pub name: String,
    /// The chip description, reduced to integers.
    pub chip: Chip,
    /// Lines that the host drives.
    pub inputs: Vec<Input>,
    /// Populations in network order, each on one or more cores.
    pub populations: Vec<Population>,
    /// What the output population is taught with, if it is taught.
    pub teaching: Option<Teaching>,
    /// The learning rule, if the image learns.
    pub learning: Option<Learning>,
    /// The used cores.
    pub cores: Vec<Core>,
    /// What the image was compiled from, if it says so. Not part of the hardware's configuration.
    pub recipe: Option<Recipe>,
    /// Programs of the plasticity units, if the image carries them.
    pub firmware: Option<crate::firmware::Firmware>,
}

/// What an image was compiled from: enough to build its float reference.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Seed of the parameters at the start.
    pub seed: u64,
    /// The network, as its file states it with every default written out.
    pub network: String,
}

impl Recipe {
    /// The longest network text that an image carries, in bytes.
    pub const LIMIT: usize = 1 << 19;

    /// Whether an image can carry the text: not too long, and no control character but tabs and
    /// ends of lines.
    #[must_use]
    pub fn carries(network: &str) -> bool {
        network.len() <= Self::LIMIT && !network.contains(Self::is_foreign)
    }

    /// A character that no network text needs and that the text form would write much longer.
    pub(crate) fn is_foreign(c: char) -> bool {
        c.is_control() && !matches!(c, '\n' | '\t')
    }
}

/// A bundle of host-driven lines.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Name of the network's input population.
    pub name: String,
    /// Number of lines.
    pub size: u32,
    /// A full-scale code is worth `2^scale`.
    pub scale: i32,
}

/// A population and the cores that hold it, in order of its neurons.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// Name in the network.
    pub name: String,
    /// Number of neurons.
    pub size: u32,
    /// Indices into [`Image::cores`].
    pub cores: Vec<u32>,
    /// What the learning rate is multiplied with for all that its neurons learn; 1 unless stated.
    #[serde(default = "one")]
    pub eta_factor: Ratio,
}

/// The factor of populations that state none.
fn one() -> Ratio {
    Ratio::ONE
}

/// The loss whose error the output population's injection registers receive.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loss {
    /// `beta * (onehot - softmax(r))`.
    CrossEntropy,
    /// `beta * (target - r)`.
    SquaredError,
}

/// Where and how targets are taught.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Teaching {
    /// Index into [`Image::populations`]. For cross-entropy it lies on one core.
    pub population: u32,
    /// Which loss.
    pub loss: Loss,
    /// Nudging strength.
    pub beta: Ratio,
}

/// Family of the plasticity rule. Words per synapse beyond the weight: 0, 1, 2 and 3.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Rule {
    /// `w += eta*g - decay*w`.
    Sgd,
    /// `m += (g - m)*blend; w += eta*m - decay*w`.
    Momentum {
        /// `1 - momentum`, unsigned, with 14 fractional bits: `1 << 14` is one.
        blend: u16,
    },
    /// `m += (g - m)*blend; n` follows the root mean square of `g`; `w += eta*m/(n + 1) - decay*w`.
    Normalised {
        /// `1 - momentum`, unsigned, with 14 fractional bits: `1 << 14` is one.
        blend: u16,
        /// Log2 of the time constant of the mean square, in updates.
        forget: u8,
    },
    /// As `Normalised`, with `g` the sum of the products of all steps since the last update: a third
    /// word.
    Gathered {
        /// As for `Normalised`.
        blend: u16,
        /// As for `Normalised`.
        forget: u8,
    },
}

/// How the last bits of a weight update are dropped.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// Half up.
    Nearest,
    /// With a draw of the counter-based generator.
    Stochastic,
    /// Down, and the synapse keeps what was dropped.
    Carried,
}

/// Where a core reads its own signal from when it forms a product.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operand {
    /// The code its sender holds: both ends of a projection multiply the same codes.
    Sent,
    /// The column converter's result.
    Adc,
}

/// The plasticity program, as its rule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Learning {
    /// Family and its constants.
    pub rule: Rule,
    /// Learning rate, in weight units (per update for `Normalised`).
    pub eta: Ratio,
    /// Decay per update.
    pub decay: Ratio,
    /// Rounding of the weight store.
    pub rounding: Rounding,
    /// Own-signal operand.
    pub operand: Operand,
    /// An update every so many steps: with the product of its step, or for `Gathered` of all of them.
    pub every: u32,
    /// Log2 of an error code's full scale over the root mean square of the codes, which the host
    /// keeps by moving error scales while the chip learns.
    pub headroom: u8,
    /// How the membranes' time constants learn, if they do.
    pub tau: Option<TauLearning>,
    /// The rule as the network states it, for people.
    pub text: String,
}

/// Learning of the membranes' time constants, in the trim codes of the columns: by the rule of the
/// weights, without decay, from the product `-e*du`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TauLearning {
    /// What the learning rate is multiplied with, for steps of `tau_m/dt`: `1/dt^2` for `Sgd` and
    /// `Momentum`, whose signal is `e*du`, else `1/dt`.
    pub rate: Ratio,
    /// The least trim code, `1 - alpha` of the least time constant with 15 fractional bits.
    pub least: u16,
}

/// When a sender speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Sender {
    /// In every step.
    EveryStep,
    /// When the code differs from the last sent one by at least `threshold` codes.
    OnChange {
        /// In codes; at least 1.
        threshold: u16,
    },
}

/// What drives a group of rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Source {
    /// The constant full-scale code: the bias row.
    Constant,
    /// Lines `from ..` of an input bundle.
    Input {
        /// Index into [`Image::inputs`].
        input: u32,
        /// First line.
        from: u32,
    },
    /// Columns `from ..` of a core: its rates on a somatic array, its errors on an apical one.
    Core {
        /// Index into [`Image::cores`].
        core: u32,
        /// First column.
        from: u32,
    },
}

/// Consecutive rows of an array with one source bundle.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowGroup {
    /// The projection it implements, for people: `h1 -> h2`, `bias`.
    pub label: String,
    /// First row.
    pub first: u32,
    /// Number of rows.
    pub rows: u32,
    /// Where the codes come from.
    pub source: Source,
    /// A full-scale weight word is worth `2^weight_scale`.
    pub weight_scale: i32,
    /// Whether the rule changes these rows.
    pub plastic: bool,
}

/// A synapse array: rows x columns of signed words, row-major.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Array {
    /// Row groups, in order and without gaps, starting at row 0.
    pub groups: Vec<RowGroup>,
    /// `words[row * neurons + column]` with the core's columns in use, `weight_bits` wide,
    /// sign-extended.
    #[serde(deserialize_with = "lines::deserialize")]
    pub words: Vec<i16>,
}

impl Array {
    /// Rows in use: the sum over the groups.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.groups.iter().map(|group| u64::from(group.rows)).sum()
    }
}

impl Serialize for Array {
    /// In the text form a row of the array is a line.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows = usize::try_from(self.rows()).unwrap_or(usize::MAX).max(1);
        let words = Rows { words: &self.words, width: self.words.len().div_ceil(rows) };
        let mut fields = serializer.serialize_struct("Array", 2)?;
        fields.serialize_field("groups", &self.groups)?;
        fields.serialize_field("words", &words)?;
        fields.end()
    }
}

/// Words with the number of columns.
struct Rows<'a> {
    words: &'a [i16],
    width: usize,
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        lines::rows(self.words, self.width, serializer)
    }
}

/// One of the two circuits of every neuron of a core.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// Synapses.
    pub array: Array,
    /// Update coefficient `round(alpha * 2^32)` per column, `1 ..= 2^32`.
    #[serde(with = "lines")]
    pub lag: Vec<i64>,
    /// Lead coefficient `round(rho * 2^24)` per column, `0 .. 2^31`.
    #[serde(with = "lines")]
    pub lead: Vec<i64>,
    /// A full-scale code of the sender is worth `2^scale`. On the apical side this is also the unit
    /// of the compartment's state, and the host may move it while the chip learns.
    pub scale: i32,
    /// When its sender speaks.
    pub sender: Sender,
    /// Trim codes of its currents, if any is not 0.
    pub trim: Option<CurrentTrim>,
}

/// Trim codes of the currents of a circuit, per column: `I*(1 + gain/4) + offset/4` with both as
/// fractions with 15 bits.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CurrentTrim {
    /// Codes of the gain.
    #[serde(with = "lines")]
    pub gain: Vec<i16>,
    /// Codes of the offset, in units of the compartment's state.
    #[serde(with = "lines")]
    pub offset: Vec<i16>,
}

/// A piecewise-linear function of `2^segments` equal segments on `[-2^domain, 2^domain)`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// `2^segments + 1` knots; a knot is worth `knot * 2^(output - 15)`.
    #[serde(with = "lines")]
    pub knots: Vec<i16>,
    /// Log2 of the domain's end.
    pub domain: u8,
    /// Log2 of the number of segments.
    pub segments: u8,
    /// Log2 of the full scale of the knots.
    pub output: i8,
    /// Beyond the domain: continue the last segment (true) or hold the end knots (false).
    pub extend: bool,
}

/// A used core: one population or a part of one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Core {
    /// Column of the mesh.
    pub x: u32,
    /// Row of the mesh.
    pub y: u32,
    /// Index into [`Image::populations`].
    pub population: u32,
    /// The population's neuron in column 0.
    pub first: u32,
    /// Columns in use.
    pub neurons: u32,
    /// Membrane and prospective rate.
    pub soma: Side,
    /// Error state and prospective error.
    pub apical: Side,
    /// Activation function.
    pub phi: Table,
    /// Its derivative.
    pub phi_prime: Table,
    /// Coupling of the prospective error into the soma.
    pub gamma: Ratio,
    /// Output stage of the somas.
    #[serde(default)]
    pub stage: Stage,
}

/// What makes a code of a soma's drive.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Stage {
    /// The lead-lag compartment and the table of phi.
    #[default]
    Rate,
    /// An integrate-and-fire neuron; the compartment and the tables are idle.
    Spike(Spike),
}

impl Stage {
    /// Whether it is the lead-lag compartment.
    #[must_use]
    pub fn is_rate(&self) -> bool {
        *self == Self::Rate
    }
}

/// A leaky integrate-and-fire neuron: `v <- v - floor(v * leak / 2^leak_shift) + u`; above the
/// threshold it spikes and v becomes 0.
///
/// v and u are in steps of `2^-fraction` of the least weight step that arrives at full scale; see
/// [`crate::registers::membrane_unit`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spike {
    /// Largest v that does not spike.
    pub threshold: i32,
    /// Share of v that is lost in a step, in `2^-leak_shift`.
    pub leak: u32,
    /// Binary places of the leak, at most 24.
    pub leak_shift: u8,
    /// Steps of rest after a spike.
    pub refractory: u16,
    /// Binary places by which v is finer than a synaptic sum, at most 12.
    pub fraction: u8,
}

impl Core {
    /// Its spiking stage, if it has one.
    #[must_use]
    pub fn spike(&self) -> Option<Spike> {
        match self.stage {
            Stage::Rate => None,
            Stage::Spike(spike) => Some(spike),
        }
    }

    /// One of the two circuits.
    #[must_use]
    pub fn side(&self, compartment: Compartment) -> &Side {
        match compartment {
            Compartment::Soma => &self.soma,
            Compartment::Apical => &self.apical,
        }
    }
}
