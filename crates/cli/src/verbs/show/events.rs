//! `leadlag show events RUN`: what a run recorded, record by record.

use leadlag_diagnostic::Diagnostics;
use leadlag_explore::recording;
use leadlag_trace::export::{Filter, filter_pattern};
use leadlag_trace::{Pattern, Signal};
use serde_json::json;

use crate::args::Place;
use crate::args::show::ShowArgs;
use crate::context::Context;
use crate::output::Output;
use crate::verbs::trace;

/// Width of a column of numbers.
const NUMBER: usize = 12;

/// Prints every record, in order of time, as it is read.
pub(super) fn events(args: &ShowArgs, context: &mut Context) -> Result<(), Diagnostics> {
    let path = trace::log_path(&args.run().display().to_string())?;
    let mut log = recording::open(&path)?;
    let filter = Filter { signals: patterns(args.core)?, window: None };
    let wanted: Vec<bool> = log.signals().iter().map(|signal| filter.wants(signal)).collect();
    let shown = path.display().to_string();
    let mut list = List {
        noun: log.clock().noun(),
        width: width(log.signals(), &wanted),
        codes: vec![0; wanted.len()],
        json: context.out.is_json(),
        rows: 0,
        out: &mut context.out,
    };
    list.head(&shown)?;
    list.rows(&mut log, &wanted)?;
    list.foot(&shown)?;
    trace::warn_if_torn(&path, &log, context);
    Ok(())
}

/// Registers of one core, on every replica.
fn patterns(core: Option<Place>) -> Result<Vec<Pattern>, Diagnostics> {
    let pattern = |place: Place| filter_pattern(&format!("core[{},{}].**", place.x, place.y));
    core.map(pattern).into_iter().collect()
}

/// Width of the longest name that is shown.
fn width(signals: &[Signal], wanted: &[bool]) -> usize {
    let named = signals.iter().zip(wanted).filter(|(_, wanted)| **wanted);
    named.map(|(signal, _)| signal.name.len()).max().unwrap_or(0).max("register".len())
}

struct List<'a> {
    noun: &'static str,
    width: usize,
    codes: Vec<i32>,
    json: bool,
    rows: u64,
    out: &'a mut Output,
}

impl List<'_> {
    fn head(&mut self, path: &str) -> Result<(), Diagnostics> {
        let (noun, width) = (self.noun, self.width);
        if self.json {
            let (path, noun) = (json!(path), json!(noun));
            let head = format!(
                "{{\"schema\":\"leadlag.events/1\",\"path\":{path},\"clock\":{noun},\"events\":["
            );
            self.out.bytes(head.as_bytes())
        } else {
            self.out.text(format!(
                "{noun:>NUMBER$}  {:width$}  {:>NUMBER$}  {:>NUMBER$}  unit",
                "register", "code", "value"
            ))
        }
    }

    fn rows(&mut self, log: &mut trace::Log, wanted: &[bool]) -> Result<(), Diagnostics> {
        while let Some(event) = log.next_event()? {
            let Ok(at) = usize::try_from(event.probe) else { continue };
            if let Some(code) = self.codes.get_mut(at) {
                *code = event.code;
            }
            if let (Some(signal), Some(true)) = (log.signals().get(at), wanted.get(at)) {
                self.row(event.clock, event.code, signal)?;
            }
            if self.out.is_closed() {
                break;
            }
        }
        Ok(())
    }

    fn row(&mut self, clock: u64, code: i32, signal: &Signal) -> Result<(), Diagnostics> {
        let scale = signal.scale.and_then(|at| self.codes.get(usize::try_from(at).ok()?).copied());
        let value = signal.value(code, scale.unwrap_or(0));
        let comma = if self.rows > 0 { "," } else { "" };
        self.rows += 1;
        if self.json {
            let row = json!({self.noun: clock, "register": signal.name, "code": code,
                             "value": value, "unit": signal.unit});
            return self.out.bytes(format!("{comma}{row}").as_bytes());
        }
        let width = self.width;
        self.out.text(format!(
            "{clock:>NUMBER$}  {:width$}  {code:>NUMBER$}  {value:>NUMBER$.6}  {}",
            signal.name, signal.unit
        ))
    }

    fn foot(&mut self, path: &str) -> Result<(), Diagnostics> {
        let rows = self.rows;
        if self.json {
            return self.out.bytes(format!("],\"records\":{rows}}}\n").as_bytes());
        }
        self.out.text(format!("  recording   {path}  {rows} records"))
    }
}
