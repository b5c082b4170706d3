//! Reading a log back: a block at a time, checked before it is believed.

use std::collections::VecDeque;
use std::io::{ErrorKind, Read};

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use crate::log::{BLOCK, CHECK, Clock, END, Event, HEAD, MAGIC, MAJOR, RECORD};
use crate::signal::Signal;

/// The longest signal table that is read, in bytes: 1 GiB.
const TABLE_LIMIT: u64 = 1 << 30;

/// How a log ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// With its end record.
    Whole,
    /// Without: the program was ended while it recorded, or the file was cut.
    Torn {
        /// Records before the last check.
        checked: u64,
        /// Records after it: whole, in order, of known signals, and without a checksum.
        unchecked: u64,
        /// Bytes after those.
        bytes: u64,
    },
}

/// Reads a log. Keeps one block in memory.
#[derive(Debug)]
pub struct Reader<R> {
    source: R,
    clock: Clock,
    signals: Vec<Signal>,
    block: VecDeque<Event>,
    checked: u64,
    last: u64,
    ending: Option<Ending>,
}

impl<R: Read> Reader<R> {
    /// Reads the header and the signal table.
    ///
    /// # Errors
    /// LL1346 if it is no log, LL1347 if the header or the table is damaged or cut off, LL1348 for
    /// a version that is not known, LL5015 if the source fails.
    pub fn new(mut source: R) -> Result<Self, Diagnostics> {
        let mut head = [0; HEAD];
        let got = fill(&mut source, &mut head)?;
        let Head { clock, length, crc } = Head::parse(&head, got)?;
        let mut table = Vec::new();
        source.by_ref().take(length).read_to_end(&mut table).map_err(|e| not_read(&e))?;
        if crc32fast::hash(&table) != crc {
            return Err(damaged("the signal table is not as it was written").into());
        }
        let signals: Vec<Signal> = serde_json::from_slice(&table)
            .map_err(|error| damaged(&format!("the signal table does not decode: {error}")))?;
        check_scales(&signals)?;
        let block = VecDeque::new();
        Ok(Self { source, clock, signals, block, checked: 0, last: 0, ending: None })
    }

    /// The signal table.
    #[must_use]
    pub fn signals(&self) -> &[Signal] {
        &self.signals
    }

    /// What clocks count.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// How the log ends; known when [`Self::next_event`] has returned `None`.
    #[must_use]
    pub fn ending(&self) -> Option<Ending> {
        self.ending
    }

    /// The next record, or `None` after the last.
    ///
    /// # Errors
    /// LL1347 if records are damaged, LL5015 if the source fails.
    pub fn next_event(&mut self) -> Result<Option<Event>, Diagnostics> {
        if self.block.is_empty() && self.ending.is_none() {
            self.read_block()?;
        }
        Ok(self.block.pop_front())
    }

    /// Reads to the next check, the end, or where the file stops.
    fn read_block(&mut self) -> Result<(), Diagnostics> {
        let mut hasher = crc32fast::Hasher::new();
        loop {
            let mut bytes = [0; RECORD];
            let got = fill(&mut self.source, &mut bytes)?;
            if got < RECORD {
                self.torn(got);
                return Ok(());
            }
            let event = Event::of_bytes(&bytes);
            if event.probe == CHECK || event.probe == END {
                return self.sealed(event, hasher.finalize());
            }
            if self.held() == BLOCK {
                return Err(self.damaged("a checksum is missing"));
            }
            hasher.update(&bytes);
            self.block.push_back(event);
        }
    }

    fn held(&self) -> u64 {
        u64::try_from(self.block.len()).unwrap_or(u64::MAX)
    }

    fn sealed(&mut self, seal: Event, crc: u32) -> Result<(), Diagnostics> {
        let total = self.checked + self.held();
        if seal.code.to_le_bytes() != crc.to_le_bytes() {
            return Err(self.damaged("the checksum does not agree"));
        }
        if seal.clock != total {
            return Err(self.damaged(&format!("{} records are stated", seal.clock)));
        }
        let plausible = self.plausible();
        if plausible < self.block.len() {
            return Err(self.damaged("a record has an unknown signal or goes back in time"));
        }
        self.checked = total;
        if seal.probe == END {
            self.ending = Some(Ending::Whole);
            return self.nothing_follows();
        }
        // An empty block cannot be sealed by a check: a file of checks would never end.
        if self.block.is_empty() { Err(self.damaged("a checksum without records")) } else { Ok(()) }
    }

    fn nothing_follows(&mut self) -> Result<(), Diagnostics> {
        if fill(&mut self.source, &mut [0; 1])? == 0 {
            return Ok(());
        }
        Err(self.damaged("bytes follow the end"))
    }

    /// The file stops without an end: keeps what can be a record.
    fn torn(&mut self, over: usize) {
        let whole = self.block.len();
        let kept = self.plausible();
        self.block.truncate(kept);
        let lost = u64::try_from((whole - kept) * RECORD + over).unwrap_or(u64::MAX);
        self.ending =
            Some(Ending::Torn { checked: self.checked, unchecked: self.held(), bytes: lost });
    }

    /// How many leading records of the block are of known signals and in order.
    fn plausible(&mut self) -> usize {
        let signals = self.signals.len();
        let mut last = self.last;
        let plausible = |event: &&Event| {
            let known = usize::try_from(event.probe).is_ok_and(|probe| probe < signals);
            let fits = known && event.clock >= last;
            last = event.clock;
            fits
        };
        let kept = self.block.iter().take_while(plausible).count();
        self.last =
            kept.checked_sub(1).and_then(|at| self.block.get(at)).map_or(self.last, |e| e.clock);
        kept
    }

    fn damaged(&self, what: &str) -> Diagnostics {
        let (from, to) = (self.checked, self.checked + self.held());
        damaged(&format!("{what} (records {from} to {to})")).into()
    }
}

/// What the header says.
struct Head {
    clock: Clock,
    length: u64,
    crc: u32,
}

impl Head {
    fn parse(bytes: &[u8; HEAD], got: usize) -> Result<Self, Diagnostic> {
        if !bytes.starts_with(&MAGIC) {
            return Err(no_log(bytes.get(..got.min(MAGIC.len())).unwrap_or_default()));
        }
        if got < HEAD {
            return Err(damaged(&format!("it has {got} bytes; the header has {HEAD}")));
        }
        if crc32fast::hash(bytes.get(..HEAD - 4).unwrap_or_default()) != word(bytes, 28) {
            return Err(damaged("the header is not as it was written"));
        }
        let major = u16::try_from(word(bytes, 8) & 0xffff).unwrap_or(u16::MAX);
        let clock = Clock::of_tag(word(bytes, 12)).filter(|_| major == MAJOR);
        let clock = clock.ok_or_else(|| unknown_version(major))?;
        let length = u64::from(word(bytes, 20)) << 32 | u64::from(word(bytes, 16));
        if length > TABLE_LIMIT {
            return Err(damaged(&format!("a signal table of {length} bytes is stated")));
        }
        Ok(Self { clock, length, crc: word(bytes, 24) })
    }
}

fn word(bytes: &[u8], from: usize) -> u32 {
    let mut word = [0; 4];
    word.iter_mut().zip(bytes.iter().skip(from)).for_each(|(to, &byte)| *to = byte);
    u32::from_le_bytes(word)
}

/// A scale is a row of the table without a scale of its own.
fn check_scales(signals: &[Signal]) -> Result<(), Diagnostic> {
    let plain = |at: u32| {
        let found = usize::try_from(at).ok().and_then(|at| signals.get(at));
        found.is_some_and(|scale| scale.scale.is_none())
    };
    let wrong = signals.iter().find(|signal| signal.scale.is_some_and(|at| !plain(at)));
    wrong.map_or(Ok(()), |signal| {
        Err(damaged(&format!("the scale of `{}` is no row of the signal table", signal.name)))
    })
}

/// Reads until the buffer is full or the source ends; says how far.
fn fill(source: &mut impl Read, buffer: &mut [u8]) -> Result<usize, Diagnostic> {
    let mut got = 0;
    while let Some(rest) = buffer.get_mut(got..).filter(|rest| !rest.is_empty()) {
        match source.read(rest) {
            Ok(0) => break,
            Ok(more) => got += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(not_read(&error)),
        }
    }
    Ok(got)
}

fn no_log(start: &[u8]) -> Diagnostic {
    let (found, wanted) = (start.escape_ascii(), MAGIC.escape_ascii());
    Diagnostic::new(
        "LL1346",
        format!("the file starts with `{found}`; a log starts with `{wanted}`"),
    )
    .help("give the `events.llog` of a run, or its folder")
}

fn damaged(what: &str) -> Diagnostic {
    Diagnostic::new("LL1347", format!("the log is damaged: {what}"))
        .help("copy the file again, or repeat the run: `leadlag run RUN/run.toml`")
}

fn unknown_version(major: u16) -> Diagnostic {
    let message = format!("the log has version {major}; this program reads version {MAJOR}");
    Diagnostic::new("LL1348", message).help("read it with the program that wrote it")
}

fn not_read(error: &std::io::Error) -> Diagnostic {
    Diagnostic::new("LL5015", format!("the log cannot be read on: {error}"))
        .help("check the disk, or copy the file elsewhere")
}
