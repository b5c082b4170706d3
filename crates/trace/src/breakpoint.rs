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
    Cycle,
    Register(Held),
}

/// A register as a condition asks for it.
#[derive(Clone, PartialEq, Debug)]
struct Held {
    name: String,
    probe: Probe,
    format: Format,
    code: bool,
    magnitude: bool,
    /// Its growth is asked for: what it held at the last look.
    before: Option<i32>,
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

    /// Notes what has to have grown at the next look, where the engine begins anew or goes on from
    /// another state.
    pub fn arm(&mut self, engine: &dyn Probed) {
        let sides = self.comparisons.iter_mut().flat_map(|c| c.left.iter_mut().chain(&mut c.right));
        for quantity in sides {
            if let Quantity::Register(Held { probe, before: Some(before), .. }) = quantity {
                *before = engine.read(*probe);
            }
        }
    }

    /// Whether the condition holds after `clock` steps; then, what made it hold.
    pub fn look(&mut self, clock: u64, engine: &dyn Probed) -> Option<Hit> {
        let seen: Option<Vec<_>> =
            self.comparisons.iter().map(|comparison| comparison.holds(clock, engine)).collect();
        self.arm(engine);
        let seen = seen?.into_iter().flatten().collect();
        Some(Hit { condition: self.text.clone(), clock, seen })
    }

    /// Whether it asks for what happens inside a step, which an engine may have to be told to keep.
    #[must_use]
    pub fn looks_inside(&self) -> bool {
        self.comparisons.iter().any(Watched::is_passage)
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
        let mut holding = pairs.filter(|(l, r)| match self.passage(l, r) {
            Some((held, code)) => engine.passed(held.probe, code),
            None => self.order.holds(l.now(clock, engine), r.now(clock, engine)),
        });
        let (left, right) = holding.next()?;
        if let Some((held, code)) = self.passage(left, right) {
            return Some(vec![held.at(code, engine)]);
        }
        Some([left, right].into_iter().filter_map(|quantity| quantity.seen(engine)).collect())
    }

    /// A register that is to have held a code: an address, which a program reaches and leaves again
    /// within a step.
    fn passage<'a>(&self, left: &'a Quantity, right: &'a Quantity) -> Option<(&'a Held, i32)> {
        let (held, number) = match (left, right) {
            (Quantity::Register(held), Quantity::Number(number))
            | (Quantity::Number(number), Quantity::Register(held)) => (held, *number),
            _ => return None,
        };
        let asked = self.order == Order::Equal && held.format.unit == ADDRESS;
        asked.then(|| Some((held, address(number)?))).flatten()
    }

    fn is_passage(&self) -> bool {
        let pairs = self.left.iter().flat_map(|l| self.right.iter().map(move |r| (l, r)));
        pairs.into_iter().any(|(left, right)| self.passage(left, right).is_some())
    }
}

/// The unit of registers that hold addresses.
pub const ADDRESS: &str = "address";

/// A number as the 32 bits of an address.
fn address(number: f64) -> Option<i32> {
    let whole =
        (0.0..=f64::from(u32::MAX)).contains(&number) && number.fract().total_cmp(&0.0).is_eq();
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole, and within 32 bits"
    )]
    whole.then_some((number as u32).cast_signed())
}

impl Held {
    /// What is asked for, as it now is.
    fn now(&self, engine: &dyn Probed) -> f64 {
        let held = engine.read(self.probe);
        let now = match self.before {
            Some(before) => f64::from(held.saturating_sub(before).max(0)),
            None if self.format.unit == ADDRESS => f64::from(held.cast_unsigned()),
            None if self.code => f64::from(held),
            None => in_units(held, &self.format, engine),
        };
        if self.magnitude { now.abs() } else { now }
    }

    fn at(&self, code: i32, engine: &dyn Probed) -> Seen {
        let value = match self.format.unit {
            ADDRESS => f64::from(code.cast_unsigned()),
            _ => in_units(code, &self.format, engine),
        };
        Seen { name: self.name.clone(), code, value, unit: self.format.unit }
    }
}

impl Quantity {
    fn now(&self, clock: u64, engine: &dyn Probed) -> f64 {
        match self {
            Self::Number(number) => *number,
            Self::Step => steps(clock),
            Self::Cycle => steps(engine.cycle().unwrap_or(0)),
            Self::Register(held) => held.now(engine),
        }
    }

    fn seen(&self, engine: &dyn Probed) -> Option<Seen> {
        let Self::Register(held) = self else { return None };
        Some(held.at(engine.read(held.probe), engine))
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
    let Register { pattern, code, magnitude, rises, .. } = match operand {
        Operand::Number(number) => return Ok(vec![Quantity::Number(*number)]),
        Operand::Step => return Ok(vec![Quantity::Step]),
        Operand::Cycle if engine.cycle().is_none() => return Err(no_cycles()),
        Operand::Cycle => return Ok(vec![Quantity::Cycle]),
        Operand::Register(register) => register,
    };
    let register = |probe| {
        Quantity::Register(Held {
            name: name(probe, families),
            probe,
            format: engine.format(probe),
            code: *code,
            magnitude: *magnitude,
            before: rises.then(|| engine.read(probe)),
        })
    };
    let found: Vec<Quantity> = select(pattern, families).map(register).collect();
    if found.is_empty() { Err(nothing(pattern, families)) } else { Ok(found) }
}

fn no_cycles() -> Diagnostic {
    Diagnostic::new("LL1462", "`cycle` is asked for; the functional engine has 0 cycles in a step")
        .help("`--engine cycle`, or a condition on `step`")
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
        Operand::Number(_) | Operand::Step | Operand::Cycle => found,
    };
    found.within("--break", text)
}
