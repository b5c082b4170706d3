//! The canonical log: a signal table, then records of 16 bytes.
//!
//! | offset | bytes | field |
//! |---|---|---|
//! | 0 | 8 | magic `LEADLOG\n` |
//! | 8 | 2 + 2 | version: major (refused if unknown), minor |
//! | 12 | 4 | unit of the clock: 0 circuit steps, 1 cycles |
//! | 16 | 8 | length of the signal table |
//! | 24 | 4 | CRC-32 of the signal table |
//! | 28 | 4 | CRC-32 of bytes 0–27 |
//! | 32 | | the signal table: JSON, padded with blanks to a multiple of 16 bytes |
//!
//! A record is clock (u64), probe (u32) and code (i32), little endian; the probe is a row of the
//! signal table. Clocks do not go back. After [`BLOCK`] records stands a *check*: the number of
//! records so far, probe `0xffff_ffff`, and the CRC-32 of the records since the last check. The last
//! 16 bytes are the *end*: the same with probe `0xffff_fffe`.

use std::io::{self, Write};

use crc32fast::Hasher;

use crate::signal::Signal;

/// The first eight bytes.
pub const MAGIC: [u8; 8] = *b"LEADLOG\n";

/// The major version that is written and read; another one is refused.
pub const MAJOR: u16 = 1;

/// The minor version that is written; any is read.
pub const MINOR: u16 = 0;

/// Bytes before the signal table.
pub(crate) const HEAD: usize = 32;

/// Bytes of a record.
pub(crate) const RECORD: usize = 16;

/// Records between two checks.
pub(crate) const BLOCK: u64 = 4096;

/// In the place of a probe: a check.
pub(crate) const CHECK: u32 = u32::MAX;

/// In the place of a probe: the end.
pub(crate) const END: u32 = u32::MAX - 1;

/// What a clock counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Clock {
    /// Circuit steps.
    Steps,
    /// Cycles of the digital clock.
    Cycles,
}

impl Clock {
    pub(crate) fn tag(self) -> u32 {
        match self {
            Self::Steps => 0,
            Self::Cycles => 1,
        }
    }

    pub(crate) fn of_tag(tag: u32) -> Option<Self> {
        [Self::Steps, Self::Cycles].into_iter().find(|clock| clock.tag() == tag)
    }

    /// The unit's name, in the singular.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Steps => "step",
            Self::Cycles => "cycle",
        }
    }
}

/// A code at a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Event {
    /// Steps or cycles done when the register was read.
    pub clock: u64,
    /// Row of the signal table.
    pub probe: u32,
    /// What the register held.
    pub code: i32,
}

impl Event {
    pub(crate) fn to_bytes(self) -> [u8; RECORD] {
        let mut bytes = [0; RECORD];
        let (clock, rest) = bytes.split_at_mut(8);
        let (probe, code) = rest.split_at_mut(4);
        clock.copy_from_slice(&self.clock.to_le_bytes());
        probe.copy_from_slice(&self.probe.to_le_bytes());
        code.copy_from_slice(&self.code.to_le_bytes());
        bytes
    }

    pub(crate) fn of_bytes(bytes: &[u8; RECORD]) -> Self {
        let field = |from: usize| -> [u8; 4] {
            let mut field = [0; 4];
            field.iter_mut().zip(bytes.iter().skip(from)).for_each(|(to, &byte)| *to = byte);
            field
        };
        let (low, high) = (u32::from_le_bytes(field(0)), u32::from_le_bytes(field(4)));
        Self {
            clock: u64::from(high) << 32 | u64::from(low),
            probe: u32::from_le_bytes(field(8)),
            code: i32::from_le_bytes(field(12)),
        }
    }
}

/// Writes a log, record by record. What it keeps in memory does not grow.
#[derive(Debug)]
pub struct Writer<W> {
    sink: W,
    count: u64,
    hasher: Hasher,
}

impl<W: Write> Writer<W> {
    /// Begins a log with its signal table.
    ///
    /// # Errors
    /// The sink's.
    pub fn new(mut sink: W, clock: Clock, signals: &[Signal]) -> io::Result<Self> {
        let mut table = serde_json::to_vec(signals)?;
        table.resize(table.len().next_multiple_of(RECORD), b' ');
        sink.write_all(&head(clock, &table))?;
        sink.write_all(&table)?;
        Ok(Self { sink, count: 0, hasher: Hasher::new() })
    }

    /// Appends a record. The caller keeps clocks in order and probes within the table.
    ///
    /// # Errors
    /// The sink's.
    pub fn record(&mut self, event: Event) -> io::Result<()> {
        let bytes = event.to_bytes();
        self.hasher.update(&bytes);
        self.sink.write_all(&bytes)?;
        self.count += 1;
        if self.count.is_multiple_of(BLOCK) { self.seal(CHECK) } else { Ok(()) }
    }

    /// Hands everything to the system, for a reader that looks while the log grows.
    ///
    /// # Errors
    /// The sink's.
    pub fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }

    /// Records so far.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Where the bytes go.
    #[must_use]
    pub fn sink(&self) -> &W {
        &self.sink
    }

    /// Writes the end.
    ///
    /// # Errors
    /// The sink's.
    pub fn finish(mut self) -> io::Result<W> {
        self.seal(END)?;
        self.sink.flush()?;
        Ok(self.sink)
    }

    fn seal(&mut self, probe: u32) -> io::Result<()> {
        let crc = std::mem::take(&mut self.hasher).finalize();
        let seal = Event { clock: self.count, probe, code: i32::from_le_bytes(crc.to_le_bytes()) };
        self.sink.write_all(&seal.to_bytes())
    }
}

fn head(clock: Clock, table: &[u8]) -> [u8; HEAD] {
    let mut bytes = [0; HEAD];
    let length = u64::try_from(table.len()).expect("a length in memory fits 64 bits");
    let fields: [&[u8]; 6] = [
        &MAGIC,
        &MAJOR.to_le_bytes(),
        &MINOR.to_le_bytes(),
        &clock.tag().to_le_bytes(),
        &length.to_le_bytes(),
        &crc32fast::hash(table).to_le_bytes(),
    ];
    let (front, crc) = bytes.split_at_mut(HEAD - 4);
    front.copy_from_slice(&fields.concat());
    crc.copy_from_slice(&crc32fast::hash(front).to_le_bytes());
    bytes
}
