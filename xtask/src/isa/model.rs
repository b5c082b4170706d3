//! The tables as they stand in `isa/`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Value;

use crate::repository::Repository;

/// The files with rows of instructions, in the order of the table.
const INSTRUCTIONS: [&str; 5] = [
    "isa/scalar.toml",
    "isa/compressed.toml",
    "isa/vector-memory.toml",
    "isa/vector-segments.toml",
    "isa/vector-arithmetic.toml",
];

/// All tables.
pub(super) struct Model {
    pub(super) instructions: Vec<Instruction>,
    pub(super) operands: Vec<Operand>,
    /// Operation and its line.
    pub(super) semantics: Vec<(String, String)>,
    pub(super) spaces: Vec<Space>,
    pub(super) csrs: Vec<Csr>,
    pub(super) other_csrs: Vec<OtherCsr>,
    pub(super) pseudo: Vec<Pseudo>,
    pub(super) immediate: Vec<Immediate>,
    pub(super) windows: Vec<Window>,
    pub(super) registers: Vec<Register>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) classes: Vec<Class>,
}

/// A row of the instruction table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Instruction {
    pub(super) mnemonic: String,
    #[serde(rename = "match")]
    pub(super) pattern: u32,
    pub(super) mask: u32,
    #[serde(default)]
    pub(super) operands: String,
    #[serde(default, rename = "where")]
    pub(super) rules: Vec<String>,
    pub(super) phase: String,
    pub(super) timing: String,
    pub(super) semantics: String,
    #[serde(default)]
    pub(super) form: Option<String>,
    #[serde(default)]
    pub(super) eew: u8,
    #[serde(default)]
    pub(super) nf: u8,
    #[serde(default)]
    pub(super) wide: bool,
    #[serde(default)]
    pub(super) alias: Option<String>,
    #[serde(default)]
    pub(super) expand: Option<String>,
    #[serde(default)]
    pub(super) with: String,
}

impl Instruction {
    /// 2 or 4.
    pub(super) fn bytes(&self) -> u8 {
        if self.pattern & 3 == 3 { 4 } else { 2 }
    }

    /// The names of the operands in written order.
    pub(super) fn operand_names(&self) -> Vec<&str> {
        let names = self.operands.split([',', '(', ')']).map(str::trim);
        names.filter(|name| !name.is_empty()).collect()
    }
}

/// A row of the operand table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Operand {
    pub(super) name: String,
    #[serde(default)]
    pub(super) slot: Option<String>,
    pub(super) kind: String,
    #[serde(default)]
    pub(super) prime: bool,
    #[serde(default)]
    pub(super) unsigned: bool,
    #[serde(default)]
    pub(super) bits: String,
}

impl Operand {
    /// Pieces as (low bit of the word, low bit of the value, width).
    pub(super) fn pieces(&self) -> Result<Vec<(u8, u8, u8)>, String> {
        self.bits.split_whitespace().map(|piece| self.piece(piece)).collect()
    }

    fn piece(&self, text: &str) -> Result<(u8, u8, u8), String> {
        let wrong = || format!("isa/operands.toml: `{}`: `{text}` is no piece", self.name);
        let (word, value) = text.split_once('=').ok_or_else(wrong)?;
        let (word, value) = (range(word).ok_or_else(wrong)?, range(value).ok_or_else(wrong)?);
        if word.1 == value.1 { Ok((word.0, value.0, word.1)) } else { Err(wrong()) }
    }

    /// Whether the highest bit of the value is its sign.
    pub(super) fn is_signed(&self) -> bool {
        let kind = matches!(self.kind.as_str(), "signed" | "offset" | "target" | "upper" | "hint");
        kind && !self.unsigned
    }
}

/// `high:low` or one bit, as (low, width).
fn range(text: &str) -> Option<(u8, u8)> {
    let (high, low) = text.split_once(':').unwrap_or((text, text));
    let (high, low): (u8, u8) = (high.parse().ok()?, low.parse().ok()?);
    (low <= high && high < 32).then_some((low, high - low + 1))
}

/// A part of the encoding space without an instruction.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Space {
    pub(super) why: String,
    #[serde(rename = "match")]
    pub(super) pattern: u32,
    pub(super) mask: u32,
}

/// A row of the CSR table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Csr {
    pub(super) name: String,
    pub(super) number: u16,
    pub(super) access: String,
    pub(super) reset: Value,
    pub(super) writable: u32,
    pub(super) means: String,
}

/// A register that this processor does not have.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OtherCsr {
    pub(super) name: String,
    pub(super) number: u16,
}

/// Another way of writing instructions.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pseudo {
    pub(super) name: String,
    pub(super) arguments: u8,
    #[serde(default)]
    pub(super) mask: bool,
    pub(super) becomes: Vec<String>,
}

/// An operation that takes a number under another name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Immediate {
    pub(super) name: String,
    pub(super) becomes: String,
}

/// A row of the memory map.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Window {
    pub(super) name: String,
    pub(super) base: u32,
    pub(super) size: String,
    pub(super) access: String,
    pub(super) element: Value,
    pub(super) port: String,
    pub(super) vector: String,
    pub(super) means: String,
}

/// A register inside a window.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Register {
    pub(super) window: String,
    pub(super) name: String,
    pub(super) offset: u32,
    pub(super) size: u32,
    pub(super) access: String,
    pub(super) means: String,
}

/// A number of the timing model.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) value: u32,
    pub(super) unit: String,
    pub(super) means: String,
}

/// A class of the timing model.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Class {
    pub(super) name: String,
    pub(super) constant: u32,
    #[serde(default)]
    pub(super) taken: Option<u32>,
    #[serde(default)]
    pub(super) parameter: Option<String>,
    pub(super) work: String,
    pub(super) means: String,
}

impl Model {
    /// Reads all tables.
    pub(super) fn read(repository: &Repository) -> Result<Self, String> {
        let mut instructions = Vec::new();
        for path in INSTRUCTIONS {
            instructions.extend(list::<Instruction>(repository, path, "instruction")?);
        }
        let semantics: BTreeMap<String, toml::Table> = parse(repository, "isa/semantics.toml")?;
        let lines = semantics.get("semantics").into_iter().flatten();
        let line = |(id, text): (&String, &Value)| Some((id.clone(), text.as_str()?.to_owned()));
        Ok(Self {
            instructions,
            operands: list(repository, "isa/operands.toml", "operand")?,
            semantics: lines.filter_map(line).collect(),
            spaces: list(repository, "isa/spaces.toml", "space")?,
            csrs: list(repository, "isa/csrs.toml", "csr")?,
            other_csrs: list(repository, "isa/csrs.toml", "other")?,
            pseudo: list(repository, "isa/pseudo.toml", "pseudo")?,
            immediate: list(repository, "isa/pseudo.toml", "immediate")?,
            windows: list(repository, "isa/memory.toml", "window")?,
            registers: list(repository, "isa/memory.toml", "register")?,
            parameters: list(repository, "isa/timing.toml", "parameter")?,
            classes: list(repository, "isa/timing.toml", "class")?,
        })
    }

    /// The line of an operation.
    pub(super) fn meaning(&self, semantics: &str) -> &str {
        let found = self.semantics.iter().find(|(id, _)| id == semantics);
        found.map_or("", |(_, text)| text)
    }
}

fn parse<T: DeserializeOwned>(repository: &Repository, path: &str) -> Result<T, String> {
    let text = repository.text(path).ok_or_else(|| format!("there is no {path}"))?;
    toml::from_str(text).map_err(|error| format!("{path}: {error}"))
}

fn list<T: DeserializeOwned>(
    repository: &Repository,
    path: &str,
    name: &str,
) -> Result<Vec<T>, String> {
    let mut file: toml::Table = parse(repository, path)?;
    let rows = file.remove(name).ok_or_else(|| format!("{path}: there is no list `{name}`"))?;
    let rows = rows.as_array().cloned().unwrap_or_default();
    let read = |row: Value| {
        let shown = row.to_string();
        row.try_into().map_err(|error| format!("{path}: {error}: {shown}"))
    };
    rows.into_iter().map(read).collect()
}
