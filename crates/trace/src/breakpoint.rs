//! A condition that is looked at after every step.

use std::fmt;

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use crate::condition::{Condition, Operand, Order, Register};
use crate::probe::{Family, Format, Probe, Probed};
use crate::selection::{name, nothing, select};
use crate::signal::value;

/// A condition with its registers found.
#[derive(Clone, PartialEq, Debug)]
pub struct Breakpoint {
    text: String,
    comparisons: Vec<Watched>,
}

/// A comparison; at most one of its sides has more than one quantity.
#[derive(Clone, PartialEq, Debug)]
struct Watched {
    left: Vec<Quantity>,
    order: Order,
    right: Vec<Quantity>,
}

#[derive(Clone, PartialEq, Debug)]
enum Quantity {
    Number(f64),
    Step,
    Register { name: String, probe: Probe, format: Format, code: bool, magnitude: bool },
}

/// A register that made a condition hold.
#[derive(Clone, PartialEq, Debug)]
pub struct Seen {
    /// Path of the register.
    pub name: String,
    /// What it held.
    pub code: i32,
    /// The same in its unit.
    pub value: f64,
    /// The unit.
    pub unit: &'static str,
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {} (code {})", self.name, self.value, self.code)
    }
}

/// A condition that holds.
#[derive(Clone, PartialEq, Debug)]
pub struct Hit {
    /// The condition as it was written.
    pub condition: String,
    /// Steps done.
    pub clock: u64,
    /// The registers of each comparison; empty where only the step was asked.
    pub seen: Vec<Seen>,
}

impl Breakpoint {
    /// Finds the registers of a condition.
    ///
    /// # Errors
    /// LL1341 for a pattern that no register answers, LL1357 for several registers on both sides.
    pub fn new(condition: &Condition, engine: &dyn Probed) -> Result<Self, Diagnostics> {
        let families = engine.families();
        let text = &condition.text;
        let mut found = Vec::new();
        let mut side = |operand: &Operand| match quantities(operand, &families, engine) {
            Ok(quantities) => quantities,
            Err(wrong) => {
                found.push(moved(wrong, operand, text));
                Vec::new()
            }
        };
        let comparisons: Vec<Watched> = condition
            .comparisons
            .iter()
            .map(|c| Watched { left: side(&c.left), order: c.order, right: side(&c.right) })
            .collect();
        let both = condition.comparisons.iter().zip(&comparisons);
        let both = both.filter(|(_, watched)| watched.left.len() > 1 && watched.right.len() > 1);
        found.extend(both.map(|(comparison, watched)| many(text, &comparison.right, watched)));
        Diagnostics::unless_any(found, Self { text: text.clone(), comparisons })
    }

    /// Finds the registers of several conditions.
    ///
    /// # Errors
    /// As [`Self::new`], for all of them.
    pub fn all(conditions: &[Condition], engine: &dyn Probed) -> Result<Vec<Self>, Diagnostics> {
        let (mut breakpoints, mut found) = (Vec::new(), Vec::new());
        for condition in conditions {
            match Self::new(condition, engine) {
                Ok(breakpoint) => breakpoints.push(breakpoint),
                Err(wrong) => found.extend(wrong.0),
            }
        }
        Diagnostics::unless_any(found, breakpoints)
    }

    /// Whether the condition holds after `clock` steps; then, what made it hold.
    #[must_use]
    pub fn look(&self, clock: u64, engine: &dyn Probed) -> Option<Hit> {
        let mut seen = Vec::new();
        for comparison in &self.comparisons {
            seen.extend(comparison.holds(clock, engine)?);
        }
        Some(Hit { condition: self.text.clone(), clock, seen })
    }

    /// The condition as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl Watched {
    /// The registers of the first pair that holds.
    fn holds(&self, clock: u64, engine: &dyn Probed) -> Option<Vec<Seen>> {
        let pairs = self.left.iter().flat_map(|l| self.right.iter().map(move |r| (l, r)));
        let mut holding =
            pairs.filter(|(l, r)| self.order.holds(l.now(clock, engine), r.now(clock, engine)));
        let (left, right) = holding.next()?;
        Some([left, right].into_iter().filter_map(|quantity| quantity.seen(engine)).collect())
    }
}

impl Quantity {
    fn now(&self, clock: u64, engine: &dyn Probed) -> f64 {
        match self {
            Self::Number(number) => *number,
            Self::Step => steps(clock),
            Self::Register { probe, format, code, magnitude, .. } => {
                let held = engine.read(*probe);
                let now = if *code { f64::from(held) } else { in_units(held, format, engine) };
                if *magnitude { now.abs() } else { now }
            }
        }
    }

    fn seen(&self, engine: &dyn Probed) -> Option<Seen> {
        let Self::Register { name, probe, format, .. } = self else { return None };
        let code = engine.read(*probe);
        let value = in_units(code, format, engine);
        Some(Seen { name: name.clone(), code, value, unit: format.unit })
    }
}

fn in_units(code: i32, format: &Format, engine: &dyn Probed) -> f64 {
    let scale = format.scale.map_or(0, |scale| engine.read(scale));
    value(code, value(1, 1.0, format.exponent), scale)
}

/// A number of steps; a run of 2^53 steps has never been seen.
#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "exact below 2^53 steps")]
fn steps(clock: u64) -> f64 {
    clock as f64
}

fn quantities(
    operand: &Operand,
    families: &[Family],
    engine: &dyn Probed,
) -> Result<Vec<Quantity>, Diagnostic> {
    let Register { pattern, code, magnitude, .. } = match operand {
        Operand::Number(number) => return Ok(vec![Quantity::Number(*number)]),
        Operand::Step => return Ok(vec![Quantity::Step]),
        Operand::Register(register) => register,
    };
    let register = |probe| Quantity::Register {
        name: name(probe, families),
        probe,
        format: engine.format(probe),
        code: *code,
        magnitude: *magnitude,
    };
    let found: Vec<Quantity> = select(pattern, families).map(register).collect();
    if found.is_empty() { Err(nothing(pattern, families)) } else { Ok(found) }
}

/// A finding about a pattern, pointing into the condition that it stands in.
fn moved(found: Diagnostic, operand: &Operand, text: &str) -> Diagnostic {
    let Operand::Register(register) = operand else { return found };
    let mut here = Diagnostic::new(found.code, found.message)
        .label(register.span.clone(), "nothing has this path")
        .within("--break", text);
    here.help = found.help;
    here
}

fn many(text: &str, right: &Operand, watched: &Watched) -> Diagnostic {
    let (left, count) = (watched.left.len(), watched.right.len());
    let message = format!("`{text}` compares {left} registers with {count}; one side has one");
    let found = Diagnostic::new("LL1357", message)
        .help("name one register on this side, or compare with a number");
    let found = match right {
        Operand::Register(register) => {
            found.label(register.span.clone(), format!("{count} registers"))
        }
        Operand::Number(_) | Operand::Step => found,
    };
    found.within("--break", text)
}
