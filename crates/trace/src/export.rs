//! From a log to tables: CSV and JSON lines, a row per record.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::ops::RangeInclusive;

use leadlag_diagnostic::Diagnostics;
use serde_json::json;

use crate::log::Event;
use crate::path::{Path, Segment};
use crate::pattern::Pattern;
use crate::reader::Reader;
use crate::recorder::Broken;
use crate::signal::Signal;

/// What a table looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// `step,signal,code,value,unit`, with a heading.
    Csv,
    /// One object per line: `step`, `signal`, `code`, `value`.
    JsonLines,
}

/// Which part of a log is wanted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Signals that one of these stands for; empty: all.
    pub signals: Vec<Pattern>,
    /// Clocks; none: all. What a signal held before is a row at the first clock.
    pub window: Option<RangeInclusive<u64>>,
}

impl Filter {
    /// Whether a signal is wanted.
    #[must_use]
    pub fn wants(&self, signal: &Signal) -> bool {
        let path = named(&signal.name);
        self.signals.is_empty()
            || path.is_some_and(|path| self.signals.iter().any(|pattern| pattern.matches(&path)))
    }
}

/// Writes the wanted part of a log as a table; returns the number of rows.
///
/// # Errors
/// What is wrong with the log, or the sink's error.
pub fn export<R: Read>(
    log: &mut Reader<R>,
    filter: &Filter,
    form: Form,
    sink: &mut impl Write,
) -> Result<u64, Broken> {
    let mut table = Table {
        clock: log.clock().noun(),
        wanted: log.signals().iter().map(|signal| filter.wants(signal)).collect(),
        codes: vec![None; log.signals().len()],
        signals: log.signals().to_vec(),
        form,
        rows: 0,
    };
    table.heading(sink)?;
    let window = filter.window.clone().unwrap_or(0..=u64::MAX);
    let mut opened = filter.window.is_none();
    while let Some(event) = log.next_event()? {
        if !opened && event.clock > *window.start() {
            table.open(*window.start(), sink)?;
            opened = true;
        }
        table.note(event);
        if opened && window.contains(&event.clock) {
            table.row(event, sink)?;
        }
    }
    if !opened {
        table.open(*window.start(), sink)?;
    }
    Ok(table.rows)
}

struct Table {
    clock: &'static str,
    signals: Vec<Signal>,
    wanted: Vec<bool>,
    codes: Vec<Option<i32>>,
    form: Form,
    rows: u64,
}

impl Table {
    fn heading(&self, sink: &mut impl Write) -> Result<(), Broken> {
        if self.form == Form::Csv {
            writeln!(sink, "{},signal,code,value,unit", self.clock)?;
        }
        Ok(())
    }

    fn note(&mut self, event: Event) {
        let row = usize::try_from(event.probe).ok();
        if let Some(code) = row.and_then(|row| self.codes.get_mut(row)) {
            *code = Some(event.code);
        }
    }

    /// What every signal holds when the window opens.
    fn open(&mut self, clock: u64, sink: &mut impl Write) -> Result<(), Broken> {
        for (probe, code) in (0..).zip(self.codes.clone()) {
            if let Some(code) = code {
                self.row(Event { clock, probe, code }, sink)?;
            }
        }
        Ok(())
    }

    fn row(&mut self, event: Event, sink: &mut impl Write) -> Result<(), Broken> {
        let row = usize::try_from(event.probe).unwrap_or(usize::MAX);
        let Some(signal) = self.signals.get(row).filter(|_| self.wanted.get(row) == Some(&true))
        else {
            return Ok(());
        };
        let scale = signal.scale.and_then(|at| usize::try_from(at).ok());
        let exponent = scale.and_then(|at| self.codes.get(at).copied().flatten()).unwrap_or(0);
        let value = signal.value(event.code, exponent);
        let line = self.line(event, signal, value);
        sink.write_all(line.as_bytes())?;
        self.rows += 1;
        Ok(())
    }

    fn line(&self, event: Event, signal: &Signal, value: f64) -> String {
        let Event { clock, code, .. } = event;
        let mut line = match self.form {
            Form::Csv => {
                let mut line = String::new();
                // Names hold commas and no quotes.
                let done =
                    write!(line, "{clock},\"{}\",{code},{value},{}", signal.name, signal.unit);
                done.expect("a string takes any text");
                line
            }
            Form::JsonLines => {
                json!({self.clock: clock, "signal": signal.name, "code": code, "value": value})
                    .to_string()
            }
        };
        line.push('\n');
        line
    }
}

/// The path that a name of the signal table stands for.
fn named(name: &str) -> Option<Path> {
    let mut segments = Vec::new();
    let mut replica = 0;
    for part in name.split('.') {
        let (name, index) = match part.split_once('[') {
            None => (part, Vec::new()),
            Some((name, index)) => {
                let index = index.strip_suffix(']')?.split(',').map(|i| i.parse().ok());
                (name, index.collect::<Option<Vec<u32>>>()?)
            }
        };
        match (name, index.as_slice()) {
            ("replica", &[one]) if segments.is_empty() => replica = one,
            _ => segments.push(Segment { name: name.to_owned(), index }),
        }
    }
    Some(Path { replica, segments })
}

/// A pattern for `--signals`, which means every replica unless it names one.
///
/// # Errors
/// As [`Pattern::parse`].
pub fn filter_pattern(text: &str) -> Result<Pattern, Diagnostics> {
    Pattern::parse(text).map(Pattern::in_all_replicas)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_paths() {
        for text in ["core[0,1].soma.u[3]", "replica[2].core[0,1].apical.scale", "x"] {
            assert_eq!(named(text).map(|path| path.to_string()).as_deref(), Some(text));
        }
        assert_eq!(named("core[0"), None);
        assert_eq!(named("core[x]"), None);
    }
}
