//! From an engine between two steps to a log.

use std::io::{self, Read, Write};

use leadlag_diagnostic::Diagnostics;

use crate::log::{Clock, Event, Writer};
use crate::probe::{Probe, Probed};
use crate::reader::Reader;
use crate::selection::Selection;

/// Records a selection of registers, each when it changes or at its interval.
#[derive(Debug)]
pub struct Recorder<W> {
    writer: Writer<W>,
    taps: Vec<Tap>,
    clock: Option<u64>,
}

#[derive(Debug)]
struct Tap {
    probe: Probe,
    every: u32,
    last: Option<i32>,
}

impl Tap {
    fn is_due(&self, clock: u64, code: i32) -> bool {
        match self.every {
            0 => self.last != Some(code),
            every => self.last.is_none() || clock.is_multiple_of(u64::from(every)),
        }
    }
}

/// Why a log could not be continued.
#[derive(Debug)]
pub enum Broken {
    /// The old one cannot be read.
    Read(Diagnostics),
    /// The new one cannot be written.
    Write(io::Error),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl From<Diagnostics> for Broken {
    fn from(found: Diagnostics) -> Self {
        Self::Read(found)
    }
}

impl<W: Write> Recorder<W> {
    /// Begins a log.
    ///
    /// # Errors
    /// The sink's.
    pub fn new(sink: W, clock: Clock, selection: &Selection) -> io::Result<Self> {
        let writer = Writer::new(sink, clock, selection.signals())?;
        let rows = selection.probes().iter().zip(selection.signals());
        let tap = |(&probe, signal): (&Probe, &crate::Signal)| Tap {
            probe,
            every: signal.every,
            last: None,
        };
        Ok(Self { writer, taps: rows.map(tap).collect(), clock: None })
    }

    /// Begins a log with the records of an older one of the same selection up to `until`, so that it
    /// becomes the log of a run that was never interrupted.
    ///
    /// # Errors
    /// What is wrong with the old log, or the sink's.
    pub fn resume<R: Read>(
        old: &mut Reader<R>,
        until: u64,
        sink: W,
        selection: &Selection,
    ) -> Result<Self, Broken> {
        let mut recorder = Self::new(sink, old.clock(), selection)?;
        while let Some(event) = old.next_event()?.filter(|event| event.clock <= until) {
            recorder.writer.record(event)?;
            recorder.clock = Some(event.clock);
            let row = usize::try_from(event.probe).ok();
            if let Some(tap) = row.and_then(|row| recorder.taps.get_mut(row)) {
                tap.last = Some(event.code);
            }
        }
        Ok(recorder)
    }

    /// Looks at the registers after `clock` steps or cycles. The first look records every register.
    ///
    /// # Errors
    /// The sink's.
    pub fn look(&mut self, clock: u64, engine: &dyn Probed) -> io::Result<()> {
        for (row, tap) in (0..).zip(&mut self.taps) {
            let code = engine.read(tap.probe);
            if tap.is_due(clock, code) {
                self.writer.record(Event { clock, probe: row, code })?;
                tap.last = Some(code);
            }
        }
        self.clock = Some(clock);
        Ok(())
    }

    /// The clock of the last look; none before the first.
    #[must_use]
    pub fn clock(&self) -> Option<u64> {
        self.clock
    }

    /// Hands everything to the system.
    ///
    /// # Errors
    /// The sink's.
    pub fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    /// Records so far.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.writer.count()
    }

    /// Where the bytes go.
    #[must_use]
    pub fn sink(&self) -> &W {
        self.writer.sink()
    }

    /// Ends the log.
    ///
    /// # Errors
    /// The sink's.
    pub fn finish(self) -> io::Result<W> {
        self.writer.finish()
    }
}
