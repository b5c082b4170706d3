//! Words to instructions.
//!
//! Every word is an instruction or an illegal one with a name. The table is searched by opcode,
//! funct3 and funct6 (32 bits), or by quadrant and funct3 (16 bits).

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use crate::Instruction;
use crate::row::{Row, Rule};
use crate::table::{Mnemonic, ROWS, SPACES};

/// Why a word is no instruction of this processor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Illegal {
    /// The halfword 0, which is illegal by definition.
    AllZero,
    /// The word with all bits set, which is illegal by definition.
    AllOne,
    /// The beginning of an instruction longer than 32 bits.
    Long,
    /// A custom opcode.
    Custom,
    /// Floating point.
    Float,
    /// Atomic memory operations.
    Atomic,
    /// Integers of 64 bits.
    WideInteger,
    /// Vector elements of 64 bits.
    WideElement,
    /// An encoding that the specification reserves: an instruction whose fields break a rule.
    Reserved {
        /// The instruction.
        mnemonic: Mnemonic,
        /// The rule.
        rule: Rule,
    },
    /// No instruction has this opcode and function.
    Unknown,
    /// A 32-bit word was given as a halfword.
    Width,
}

impl fmt::Display for Illegal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::AllZero => "the halfword 0",
            Self::AllOne => "all bits set",
            Self::Long => "an instruction longer than 32 bits",
            Self::Custom => "a custom opcode",
            Self::Float => "a floating-point instruction",
            Self::Atomic => "an atomic instruction",
            Self::WideInteger => "an instruction on integers of 64 bits",
            Self::WideElement => "an access to vector elements of 64 bits",
            Self::Reserved { mnemonic, rule } => {
                return write!(f, "a reserved form of `{}`: {rule}", mnemonic.row().name);
            }
            Self::Unknown => "an unknown opcode or function",
            Self::Width => "half of a 32-bit instruction",
        };
        f.write_str(text)
    }
}

impl std::error::Error for Illegal {}

/// A part of the encoding space without an instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Space {
    /// What it is for elsewhere.
    pub why: Illegal,
    /// The fixed bits.
    pub pattern: u32,
    /// Which bits are fixed; 16 bits if the pattern is a halfword.
    pub mask: u32,
}

/// Decodes a word. If its two lowest bits are not both set, it is a 16-bit instruction in the lower
/// half, and the upper half plays no part.
///
/// # Errors
/// Why the word is no instruction of this processor.
pub fn decode(word: u32) -> Result<Instruction, Illegal> {
    let word = if is_long(word) { word } else { word & 0xffff };
    let mut broken = None;
    for row in INDEX.candidates(word) {
        match row.decode(word) {
            Some(Ok(instruction)) => return Ok(instruction),
            Some(Err(rule)) => broken = broken.or(Some((row.mnemonic, rule))),
            None => {}
        }
    }
    Err(match broken {
        Some((mnemonic, rule)) if !is_all_zero(word) => Illegal::Reserved { mnemonic, rule },
        Some(_) | None => why(word),
    })
}

/// Decodes a halfword.
///
/// # Errors
/// As [`decode`]; [`Illegal::Width`] if it is the lower half of a 32-bit instruction.
pub fn decode16(halfword: u16) -> Result<Instruction, Illegal> {
    let word = u32::from(halfword);
    if is_long(word) { Err(Illegal::Width) } else { decode(word) }
}

/// Whether the word is one of 32 bits, or longer.
#[must_use]
pub fn is_long(word: u32) -> bool {
    word & 3 == 3
}

fn is_all_zero(word: u32) -> bool {
    word.trailing_zeros() >= 16
}

fn why(word: u32) -> Illegal {
    let width = |pattern: u32| is_long(pattern) == is_long(word);
    let space = SPACES.iter().find(|s| word & s.mask == s.pattern && width(s.pattern));
    space.map_or(Illegal::Unknown, |space| space.why)
}

impl Row {
    /// The instruction in a word, or the rule it breaks; `None` if the word is another instruction.
    fn decode(&self, word: u32) -> Option<Result<Instruction, Rule>> {
        if word & self.mask != self.pattern {
            return None;
        }
        let instruction = self.extract(word);
        let broken = self.rules.iter().find(|rule| !rule.holds(&instruction));
        Some(broken.map_or(Ok(instruction), |rule| Err(*rule)))
    }

    /// The fields of a word.
    pub(crate) fn extract(&self, word: u32) -> Instruction {
        let layouts = self.operands.iter().map(|operand| operand.layout());
        layouts.fold(Instruction::new(self.mnemonic), |instruction, layout| {
            let Some(slot) = layout.slot else { return instruction };
            let with = instruction.with(slot, layout.extract(word));
            with.expect("a register field has five bits")
        })
    }
}

/// Rows by the bits that tell them apart.
struct Index {
    long: Buckets,
    short: Buckets,
    names: BTreeMap<&'static str, Mnemonic>,
}

/// Lists of rows, one behind the other.
struct Buckets {
    first: Vec<usize>,
    rows: Vec<&'static Row>,
}

static INDEX: LazyLock<Index> = LazyLock::new(Index::new);

/// The instruction with this name.
pub(crate) fn by_name(name: &str) -> Option<Mnemonic> {
    INDEX.names.get(name).copied()
}

impl Index {
    fn new() -> Self {
        let rows = || ROWS.iter().filter(|row| row.alias.is_none());
        Self {
            long: Buckets::new(14, long_key, rows().filter(|row| row.bytes == 4)),
            short: Buckets::new(5, short_key, rows().filter(|row| row.bytes == 2)),
            names: ROWS.iter().map(|row| (row.name, row.mnemonic)).collect(),
        }
    }

    fn candidates(&self, word: u32) -> &[&'static Row] {
        if is_long(word) { self.long.get(long_key(word)) } else { self.short.get(short_key(word)) }
    }
}

/// funct6, funct3 and bits 6:2 of a 32-bit word: 14 bits.
fn long_key(word: u32) -> u32 {
    (word >> 26) << 8 | (word >> 12 & 7) << 5 | word >> 2 & 0x1f
}

/// Quadrant and funct3 of a halfword: 5 bits.
fn short_key(word: u32) -> u32 {
    (word >> 13 & 7) << 2 | word & 3
}

impl Buckets {
    fn new(bits: u32, key: impl Fn(u32) -> u32, rows: impl Iterator<Item = &'static Row>) -> Self {
        let mut lists: Vec<Vec<&'static Row>> = vec![Vec::new(); 1 << bits];
        for row in rows {
            let free = !key(row.mask) & ((1 << bits) - 1);
            for choice in subsets(free) {
                let list = usize::try_from(key(row.pattern) | choice).ok();
                list.and_then(|list| lists.get_mut(list)).into_iter().for_each(|l| l.push(row));
            }
        }
        let mut first = vec![0];
        let mut all = Vec::new();
        for list in lists {
            all.extend(list);
            first.push(all.len());
        }
        Self { first, rows: all }
    }

    fn get(&self, key: u32) -> &[&'static Row] {
        let bounds = usize::try_from(key)
            .ok()
            .and_then(|key| Some(*self.first.get(key)?..*self.first.get(key + 1)?));
        bounds.and_then(|bounds| self.rows.get(bounds)).unwrap_or_default()
    }
}

/// All numbers whose bits are among these, 0 last.
fn subsets(bits: u32) -> impl Iterator<Item = u32> {
    std::iter::successors(Some(bits), move |&last| Some(last.checked_sub(1)? & bits))
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Not(slot, number) => write!(f, "{slot:?} must not be {number}"),
            Self::Differ(one, other) => write!(f, "{one:?} and {other:?} must differ"),
            Self::NotMaskRegister => write!(f, "a masked operation must not write v0"),
            Self::Multiple(slot, number) => write!(f, "{slot:?} must be a multiple of {number}"),
            Self::Fits(fields) => write!(f, "{fields} registers from vd on must end at v31"),
            Self::Outside(fields) => {
                write!(f, "vs2 must lie outside the {fields} registers from vd on")
            }
        }
    }
}
