//! Programs of the plasticity units, as an image carries them.
//!
//! A program is bytes at addresses, an entry and the words of its parameter block; several cores
//! may share one. The instruction set is not this crate's business: what the bytes mean is seen
//! when a unit runs them (`docs/chip/firmware.md`).

use std::fmt::Write as _;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Version of the section that this program writes and reads.
const VERSION: u16 = 1;

/// Programs and the cores that run them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Firmware {
    /// Version of this section.
    version: u16,
    /// Each program once.
    pub programs: Vec<Program>,
    /// Which core runs which, in ascending order of cores; the others have none.
    pub loads: Vec<Load>,
}

/// A program on a core.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Load {
    /// Index into the image's cores.
    pub core: u32,
    /// Index into [`Firmware::programs`].
    pub program: u32,
}

/// A program of a plasticity unit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// Where it comes from, for people: the name of a file, or `rule`.
    pub name: String,
    /// Whose program it is.
    pub origin: Origin,
    /// Where execution begins.
    pub entry: u32,
    /// Words of the parameter block before the start, at most 64.
    #[serde(with = "crate::lines")]
    pub parameters: Vec<i32>,
    /// What is loaded, in ascending order of address, without overlap.
    pub segments: Vec<Segment>,
}

/// Whose program it is: what the host does for it follows from this.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The compiler's, from the network's learning rule: the host keeps its parameter block and
    /// knows where its state words lie.
    Network,
    /// The user's: its memory is its own, and the host's words stand behind its parameters.
    User,
}

/// Bytes at an address.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// Address of the first byte.
    pub address: u32,
    /// The bytes; in the text form hexadecimal digits, 32 bytes to a line.
    #[serde(serialize_with = "write_bytes", deserialize_with = "read_bytes")]
    pub bytes: Vec<u8>,
}

impl Firmware {
    /// The most segments of a program.
    pub const MOST_SEGMENTS: usize = 1024;

    /// The most words of a parameter block.
    pub const MOST_PARAMETERS: usize = 64;

    /// Programs by core, equal ones kept once.
    ///
    /// # Panics
    /// For more than 2^32 programs.
    #[must_use]
    pub fn new(programs: impl IntoIterator<Item = (u32, Program)>) -> Self {
        let mut firmware = Self { version: VERSION, programs: Vec::new(), loads: Vec::new() };
        for (core, program) in programs {
            let known = firmware.programs.iter().position(|other| *other == program);
            let at = known.unwrap_or(firmware.programs.len());
            if known.is_none() {
                firmware.programs.push(program);
            }
            let program = u32::try_from(at).expect("no more programs than cores");
            firmware.loads.push(Load { core, program });
        }
        firmware.loads.sort_by_key(|load| load.core);
        firmware
    }

    /// Whether this version of the section is known.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.version == VERSION
    }

    /// The version that is stated, and the one that is known.
    #[must_use]
    pub fn versions(&self) -> [u16; 2] {
        [self.version, VERSION]
    }

    /// The program of a core.
    #[must_use]
    pub fn program(&self, core: usize) -> Option<&Program> {
        let load = self.loads.iter().find(|load| usize::try_from(load.core) == Ok(core))?;
        self.programs.get(usize::try_from(load.program).ok()?)
    }

    /// Whether a program of the user's is among them.
    #[must_use]
    pub fn has_own(&self) -> bool {
        self.programs.iter().any(|program| program.origin == Origin::User)
    }
}

impl Program {
    /// Bytes of all segments.
    #[must_use]
    pub fn size(&self) -> usize {
        self.segments.iter().map(|segment| segment.bytes.len()).sum()
    }
}

/// Bytes of a line of the text form.
const LINE: usize = 32;

fn write_bytes<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() {
        serializer.collect_seq(bytes.chunks(LINE).map(hex))
    } else {
        bytes.serialize(serializer)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn read_bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    if !deserializer.is_human_readable() {
        return Vec::deserialize(deserializer);
    }
    let lines: Vec<String> = Vec::deserialize(deserializer)?;
    let mut bytes = Vec::new();
    for line in &lines {
        for pair in line.as_bytes().chunks(2) {
            bytes.push(byte(pair).ok_or_else(|| {
                let pair = String::from_utf8_lossy(pair);
                D::Error::custom(format!("`{pair}` is not two hexadecimal digits"))
            })?);
        }
    }
    Ok(bytes)
}

fn byte(pair: &[u8]) -> Option<u8> {
    let digits = pair.len() == 2 && pair.iter().all(u8::is_ascii_hexdigit);
    let text = std::str::from_utf8(pair).ok().filter(|_| digits)?;
    u8::from_str_radix(text, 16).ok()
}

#[cfg(test)]
mod tests;
