//! What a run is made from, as its `run.toml` states it.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::Chip;
use leadlag_net::Network;
use serde::{Deserialize, Deserializer, Serialize, de};
use toml::{Table, Value};

use crate::clocking::Clocking;
use crate::hash::InputHash;
use crate::page;

/// Who computes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Computer {
    /// The emulated chip, in its integers.
    Chip,
    /// The reference, in float64.
    Float,
}

impl Computer {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Chip => "chip",
            Self::Float => "float",
        }
    }
}

/// Who applies the learning rule on the chip.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Plasticity {
    /// The emulator's evaluator.
    #[default]
    Evaluator,
    /// Programs of the plasticity units, to the same bits.
    Firmware,
}

impl Plasticity {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    fn is_evaluator(&self) -> bool {
        *self == Self::Evaluator
    }
}

/// Where the samples of a run come from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Origin {
    /// The task that the network names.
    Network,
    /// The data set of a task, generated.
    Task(String),
    /// A file, and the hash of its bytes.
    File {
        /// Where it is.
        path: String,
        /// BLAKE3, in hexadecimal digits.
        hash: String,
    },
}

/// The table `[run]`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// Name of the network.
    pub name: String,
    /// Who computes.
    pub backend: Computer,
    /// Who applies the learning rule; it is stated where it is not the evaluator.
    #[serde(default, skip_serializing_if = "Plasticity::is_evaluator")]
    pub plasticity: Plasticity,
    /// Hash of the user's program, if one was given for the run: BLAKE3, in hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
    /// Which engine runs the chip; it is stated where it is not the functional one.
    #[serde(default, skip_serializing_if = "Clocking::is_default")]
    pub clocking: Clocking,
    /// Samples or streams at a time.
    #[serde(deserialize_with = "from_one")]
    pub replicas: u32,
    /// Seed of the experiment.
    pub seed: u64,
    /// Seed of the piece of silicon.
    pub chip_seed: u64,
    /// Passes through the samples; absent for a stream, whose length the network states.
    #[serde(default, deserialize_with = "some_from_one")]
    pub epochs: Option<u32>,
    /// Epochs between tests.
    #[serde(deserialize_with = "from_one")]
    pub eval_every: u64,
    /// Epochs, or rows of a stream, between checkpoints.
    #[serde(deserialize_with = "from_one")]
    pub ckpt_every: u64,
    /// Registers that are recorded, as paths; they change no result.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub record: Vec<String>,
    /// Where samples come from.
    pub data: Origin,
}

/// A count: 0 of it is not a run.
fn from_one<'de, D, T>(reader: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + From<u8> + PartialEq,
{
    let count = T::deserialize(reader)?;
    if count == T::from(0) { Err(de::Error::custom("it is 0; 1 is the least")) } else { Ok(count) }
}

fn some_from_one<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<u32>, D::Error> {
    from_one(reader).map(Some)
}

/// The tables of `run.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    run: Options,
    network: Option<Table>,
    chip: Option<Table>,
}

/// A run, fully resolved: the content of `run.toml`.
#[derive(Clone, PartialEq, Debug)]
pub struct Config {
    /// The table `[run]`.
    pub options: Options,
    /// The table `[network]`; absent when the run began with an image.
    pub network: Option<Network>,
    /// The table `[chip]`; absent for the reference.
    pub chip: Option<Chip>,
}

impl Config {
    /// The text of `run.toml`.
    ///
    /// # Errors
    /// LL1309 if a number is too large for TOML.
    pub fn to_toml(&self) -> Result<String, Diagnostics> {
        let options = Value::try_from(&self.options).map_err(|_| too_large(&self.options))?;
        let mut page = Table::new();
        page.insert("run".into(), options);
        if let Some(network) = &self.network {
            page.insert("network".into(), Value::Table(own(&network.to_toml())));
        }
        if let Some(chip) = &self.chip {
            page.insert("chip".into(), Value::Table(own(&chip.to_toml())));
        }
        let text = toml::to_string(&page).map_err(|_| too_large(&self.options))?;
        Ok(format!("{}{text}", self.heading()))
    }

    fn heading(&self) -> &'static str {
        if self.network.is_some() {
            "# A run, fully resolved: every default is stated.\n"
        } else {
            "# A run, fully resolved. It began with an image, net.llimg, and has no network.\n"
        }
    }

    /// Reads `run.toml`.
    ///
    /// # Errors
    /// LL1317 if it is not what this program writes; what is wrong with its network or chip.
    pub fn parse(text: &str, origin: &str) -> Result<Self, Diagnostics> {
        let Page { run, network, chip } = page::read(text, origin)?;
        // What is wrong with them is shown in the table, not in the whole file.
        let place = |table: &str| format!("{origin}, table [{table}]");
        let network = network.map(|own| Network::parse(&page_of(&own), &place("network")));
        let chip = chip.map(|own| Chip::parse(&page_of(&own), &place("chip")));
        Ok(Self { options: run, network: network.transpose()?, chip: chip.transpose()? })
    }

    /// The name of all inputs: this text without the place of the data and what is recorded, and an image if the run
    /// began with one.
    ///
    /// # Errors
    /// As [`Self::to_toml`].
    pub fn hash(&self, image: Option<&[u8]>) -> Result<InputHash, Diagnostics> {
        let mut plain = self.clone();
        plain.options.record.clear();
        if let Origin::File { path, .. } = &mut plain.options.data {
            path.clear();
        }
        let text = plain.to_toml()?;
        let image = if self.network.is_none() { image.unwrap_or_default() } else { &[] };
        Ok(InputHash::of(&[("run", text.as_bytes()), ("image", image)]))
    }
}

/// A text that this program wrote, as a table.
fn own(text: &str) -> Table {
    text.parse().expect("networks and chips write TOML")
}

/// A table of `run.toml` as a page of its own.
fn page_of(part: &Table) -> String {
    toml::to_string(part).expect("a table that was read")
}

fn too_large(options: &Options) -> Diagnostics {
    let largest = [options.seed, options.chip_seed, options.eval_every, options.ckpt_every];
    let largest = largest.into_iter().max().unwrap_or(0);
    let limit = i64::MAX;
    Diagnostic::new("LL1309", format!("{largest} is too large for `run.toml`; at most {limit}"))
        .help("choose a smaller `--seed`, `--chip-seed`, `--eval-every` or `--ckpt-every`")
        .into()
}
