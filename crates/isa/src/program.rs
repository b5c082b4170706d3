//! A program: bytes at addresses, with names.

use std::collections::BTreeMap;

/// What an assembler or a linker made: the bytes to load, and what is known about them.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Program {
    /// Bytes to load, in ascending order of address, without overlap, none empty.
    pub segments: Vec<Segment>,
    /// Addresses by name: labels.
    pub symbols: BTreeMap<String, u32>,
    /// Numbers by name: what `.equ` defines, and absolute symbols of an ELF file.
    pub constants: BTreeMap<String, u32>,
    /// Where execution begins.
    pub entry: u32,
    /// Lines of the source, in ascending order of address; empty if there is none.
    pub lines: Vec<Line>,
}

/// Bytes at an address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Segment {
    /// Address of the first byte.
    pub address: u32,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Whether it holds instructions.
    pub executable: bool,
}

/// What a line of the source became.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    /// Address of the first byte.
    pub address: u32,
    /// Number of bytes.
    pub bytes: u32,
    /// The line, from 1.
    pub line: u32,
    /// Whether it is an instruction and not data.
    pub is_code: bool,
}

impl Program {
    /// The bytes from an address on, to the end of its segment.
    #[must_use]
    pub fn bytes_at(&self, address: u32) -> Option<&[u8]> {
        self.segments.iter().find_map(|segment| {
            let offset = usize::try_from(address.checked_sub(segment.address)?).ok()?;
            segment.bytes.get(offset..).filter(|rest| !rest.is_empty())
        })
    }

    /// The line of the source that an address comes from.
    #[must_use]
    pub fn line_of(&self, address: u32) -> Option<u32> {
        let after = self.lines.partition_point(|line| line.address <= address);
        let line = self.lines.get(after.checked_sub(1)?)?;
        (address - line.address < line.bytes).then_some(line.line)
    }

    /// The value of a name: an address, otherwise a constant.
    #[must_use]
    pub fn symbol(&self, name: &str) -> Option<u32> {
        self.symbols.get(name).or_else(|| self.constants.get(name)).copied()
    }

    /// The name at an address; of several the first in the alphabet.
    #[must_use]
    pub fn symbol_at(&self, address: u32) -> Option<&str> {
        let found = self.symbols.iter().find(|(_, value)| **value == address);
        found.map(|(name, _)| name.as_str())
    }

    /// One flat piece of memory from the lowest address on, gaps filled with 0, at most `most` bytes.
    #[must_use]
    pub fn flat(&self, most: usize) -> Option<(u32, Vec<u8>)> {
        let base = self.segments.iter().map(|segment| segment.address).min()?;
        let mut bytes = Vec::new();
        for segment in &self.segments {
            let offset = usize::try_from(segment.address - base).ok()?;
            let end = offset.checked_add(segment.bytes.len()).filter(|end| *end <= most)?;
            bytes.resize(end.max(bytes.len()), 0);
            bytes.get_mut(offset..end)?.copy_from_slice(&segment.bytes);
        }
        Some((base, bytes))
    }
}
