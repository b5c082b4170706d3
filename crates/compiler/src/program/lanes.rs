//! Terms as vector code: one strip of elements, all forms of the language.
//!
//! Every value is a vector register group, or a scalar register where it is the same in all lanes.
//! The ratio of element width to group size is one for a whole strip, so a change of width is a
//! `vsetvli` that keeps the number of elements.

mod select;

use leadlag_plasticity::language::{Mode, Node, Operand, Term, draw_bits};

use super::listing::{Item, Line, Port, Strip};
use super::registers::{Group, VectorRegisters};

/// Where a value is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Value {
    /// A vector; an owned one is free after its use.
    Vector { group: Group, owned: bool },
    /// The same number in all lanes.
    Scalar(&'static str),
}

/// Registers of one kind are used up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Full {
    Vector,
    Scalar,
}

pub(crate) type Emit<T> = Result<T, Full>;

/// Where operands are loaded from.
pub(crate) trait Windows {
    /// Lines that leave the address of an operand's strip in a register.
    fn address(&mut self, operand: Operand, items: &mut Vec<Item>) -> &'static str;
    /// Operands that are the difference of two others: the second's address.
    fn minus(&mut self, operand: Operand, items: &mut Vec<Item>) -> Option<&'static str>;
    /// The port behind an operand, and the width of its elements.
    fn port(&self, operand: Operand) -> (Port, u32);
}

/// Code for one strip.
pub(crate) struct Lanes {
    pub(crate) items: Vec<Item>,
    pub(crate) registers: VectorRegisters,
    /// Terms whose values are at hand.
    pub(crate) bound: Vec<(Term, Value)>,
    /// The register that points at the draws.
    pub(crate) draws: Option<&'static str>,
    ratio: u32,
    width: u32,
    rounding: Option<Mode>,
    /// The rounding mode that a loop's body expects, once it has said so.
    expected: Option<Mode>,
    is_looping: bool,
    outer_rounding: Option<Mode>,
}

/// A pair of instructions: with a vector and with a scalar as second operand.
type Forms = (&'static str, &'static str);

const MULTIPLY: Forms = ("vsmul.vv", "vsmul.vx");
const WIDE: Forms = ("vwmul.vv", "vwmul.vx");
const ADD: Forms = ("vsadd.vv", "vsadd.vx");
const SUBTRACT: Forms = ("vssub.vv", "vssub.vx");
const LARGER: Forms = ("vmax.vv", "vmax.vx");
const SMALLER: Forms = ("vmin.vv", "vmin.vx");

impl Lanes {
    /// Nothing emitted, everything free.
    pub(crate) fn new(ratio: u32, masks: bool) -> Self {
        Self {
            items: Vec::new(),
            registers: VectorRegisters::new(masks),
            bound: Vec::new(),
            draws: None,
            ratio,
            width: 0,
            rounding: None,
            expected: None,
            is_looping: false,
            outer_rounding: None,
        }
    }

    pub(crate) fn emit(&mut self, line: Line) {
        self.items.push(line.into());
    }

    /// Starts a strip: a register holds the number of elements that are wanted.
    pub(crate) fn start(&mut self, granted: &str, wanted: &str, width: u32, strip: Strip) {
        let operands = format!("{granted}, {wanted}, {}", self.vtype(width));
        let line = Line { strip: Some(strip), ..Line::new("vsetvli", operands) };
        self.emit(line);
        self.width = width;
        self.rounding = None;
    }

    fn vtype(&self, width: u32) -> String {
        let group = if width >= self.ratio {
            format!("m{}", width / self.ratio)
        } else {
            format!("mf{}", self.ratio / width)
        };
        format!("e{width}, {group}, ta, ma")
    }

    /// Sets the element width.
    pub(crate) fn width(&mut self, width: u32) {
        if self.width != width {
            self.emit(Line::new("vsetvli", format!("zero, zero, {}", self.vtype(width))));
            self.width = width;
        }
    }

    /// Sets how fixed-point instructions round.
    pub(crate) fn rounding(&mut self, mode: Mode) {
        if self.rounding == Some(mode) {
            return;
        }
        if self.is_looping && self.rounding.is_none() {
            self.expected = Some(mode);
        } else {
            self.emit(rounding_line(mode));
        }
        self.rounding = Some(mode);
    }

    /// Enters a loop's body, whose lines are returned by [`Lanes::leave`].
    pub(crate) fn enter(&mut self) -> Vec<Item> {
        self.is_looping = true;
        self.expected = None;
        self.outer_rounding = self.rounding.take();
        std::mem::take(&mut self.items)
    }

    /// Leaves a loop's body as it was entered: element width and rounding mode. The lines before the
    /// loop get what the body expects.
    pub(crate) fn leave(&mut self, before: Vec<Item>, width: u32) -> Vec<Item> {
        self.width(width);
        if let Some(mode) = self.expected {
            self.rounding(mode);
        }
        let body = std::mem::replace(&mut self.items, before);
        self.is_looping = false;
        if self.expected.is_some() && self.expected != self.outer_rounding {
            self.items.extend(self.expected.map(|mode| rounding_line(mode).into()));
        }
        self.rounding = self.expected.or(self.outer_rounding);
        body
    }

    fn size(&self, width: u32) -> u32 {
        (width / self.ratio).max(1)
    }

    pub(crate) fn take(&mut self, width: u32) -> Emit<Group> {
        self.registers.take(self.size(width)).ok_or(Full::Vector)
    }

    pub(crate) fn release(&mut self, value: Value) {
        if let Value::Vector { group, owned: true } = value {
            self.registers.free(group);
        }
    }

    /// Keeps a value for later uses of an equal term.
    pub(crate) fn bind(&mut self, term: &Term, value: Value) {
        let kept = match value {
            Value::Vector { group, .. } => Value::Vector { group, owned: false },
            Value::Scalar(name) => Value::Scalar(name),
        };
        self.bound.push((term.clone(), kept));
    }

    /// A vector from memory.
    pub(crate) fn load(
        &mut self,
        width: u32,
        address: &str,
        port: Port,
        says: &str,
    ) -> Emit<Group> {
        let group = self.take(width)?;
        let line = Line::new(load_name(width), format!("{group}, ({address})"));
        self.emit(line.wide(width).row(port).says(says));
        Ok(group)
    }

    /// A vector to memory.
    pub(crate) fn store(
        &mut self,
        width: u32,
        group: Group,
        address: &str,
        port: Port,
        says: &str,
    ) {
        let line = Line::new(store_name(width), format!("{group}, ({address})"));
        self.emit(line.wide(width).row(port).says(says));
    }

    /// A value in a vector of its own or of another's.
    pub(crate) fn vector(&mut self, value: Value, width: u32) -> Emit<Group> {
        match value {
            Value::Vector { group, .. } => Ok(group),
            Value::Scalar(name) => self.splat(name, width),
        }
    }

    fn splat(&mut self, name: &str, width: u32) -> Emit<Group> {
        self.width(width);
        let group = self.take(width)?;
        self.emit(Line::new("vmv.v.x", format!("{group}, {name}")).wide(width));
        Ok(group)
    }

    /// The code of a term.
    pub(crate) fn value(&mut self, term: &Term, windows: &mut impl Windows) -> Emit<Value> {
        if let Some((_, value)) = self.bound.iter().rev().find(|(known, _)| known == term) {
            return Ok(*value);
        }
        let bits = term.format.bits;
        match &term.node {
            Node::Operand(operand) => self.operand(*operand, windows),
            Node::Param(_) | Node::Number(_) => Err(Full::Scalar),
            Node::Multiply(pair) => {
                let pair = self.both(pair, windows)?;
                self.rounding(Mode::NearestUp);
                self.commutative(MULTIPLY, pair, bits)
            }
            Node::Wide(pair) => self.wide(pair, windows),
            Node::Add(pair) => {
                let pair = self.both(pair, windows)?;
                self.commutative(ADD, pair, bits)
            }
            Node::Subtract(pair) => {
                let (left, right) = self.both(pair, windows)?;
                let group = self.vector(left, bits)?;
                let left = settled(left, group);
                self.apply(SUBTRACT, left, right, bits)
            }
            Node::Negate(value) => {
                let value = self.value(value, windows)?;
                let zero = self.splat("zero", bits)?;
                self.apply(SUBTRACT, Value::Vector { group: zero, owned: true }, value, bits)
            }
            Node::Shift { value, places: 0, .. } => self.value(value, windows),
            Node::Shift { value, places, mode } => self.shift(value, *places, *mode, windows),
            Node::Narrow { value, places, mode } => self.narrow(value, *places, *mode, windows),
            Node::Clip(three) => {
                let [value, low, high] = three.as_ref();
                let value = self.value(value, windows)?;
                let low = self.value(low, windows)?;
                let raised = self.commutative(LARGER, (value, low), bits)?;
                let high = self.value(high, windows)?;
                self.commutative(SMALLER, (raised, high), bits)
            }
            Node::Select(comparison, pair) => self.select(comparison, pair, windows),
        }
    }

    fn operand(&mut self, operand: Operand, windows: &mut impl Windows) -> Emit<Value> {
        let name = name_of(operand);
        let address = windows.address(operand, &mut self.items);
        let (port, width) = windows.port(operand);
        let group = self.load(width, address, port, name)?;
        let value = Value::Vector { group, owned: true };
        let Some(address) = windows.minus(operand, &mut self.items) else { return Ok(value) };
        let past = self.load(16, address, Port::Plain, "u of the step before")?;
        self.apply(SUBTRACT, value, Value::Vector { group: past, owned: true }, 16)
    }

    fn both(&mut self, pair: &[Term; 2], windows: &mut impl Windows) -> Emit<(Value, Value)> {
        let [left, right] = pair;
        let left = self.value(left, windows)?;
        Ok((left, self.value(right, windows)?))
    }

    /// An operation whose operands may be exchanged.
    pub(crate) fn commutative(
        &mut self,
        forms: Forms,
        (left, right): (Value, Value),
        width: u32,
    ) -> Emit<Value> {
        match (left, right) {
            (Value::Scalar(_), Value::Vector { .. }) => self.apply(forms, right, left, width),
            (Value::Vector { .. }, _) => self.apply(forms, left, right, width),
            (Value::Scalar(name), Value::Scalar(_)) => {
                let group = self.splat(name, width)?;
                self.apply(forms, Value::Vector { group, owned: true }, right, width)
            }
        }
    }

    /// `left op right` where left is a vector; the result takes an owned operand's place.
    fn apply(&mut self, forms: Forms, left: Value, right: Value, width: u32) -> Emit<Value> {
        self.width(width);
        let first = self.vector(left, width)?;
        let destination = match (left, right) {
            (Value::Vector { group, owned: true }, _)
            | (_, Value::Vector { group, owned: true }) => group,
            (_, _) => self.take(width)?,
        };
        let line = match right {
            Value::Vector { group, .. } => {
                Line::new(forms.0, format!("{destination}, {first}, {group}"))
            }
            Value::Scalar(name) => Line::new(forms.1, format!("{destination}, {first}, {name}")),
        };
        self.emit(line.wide(width));
        for operand in [left, right] {
            if let Value::Vector { group, owned: true } = operand
                && group != destination
            {
                self.registers.free(group);
            }
        }
        Ok(Value::Vector { group: destination, owned: true })
    }

    /// The exact product, in a group twice as large.
    fn wide(&mut self, pair: &[Term; 2], windows: &mut impl Windows) -> Emit<Value> {
        let width = pair[0].format.bits;
        let (left, right) = self.both(pair, windows)?;
        let (left, right) = match (left, right) {
            (Value::Scalar(name), Value::Scalar(_)) => {
                (Value::Vector { group: self.splat(name, width)?, owned: true }, right)
            }
            (Value::Scalar(_), Value::Vector { .. }) => (right, left),
            (Value::Vector { .. }, _) => (left, right),
        };
        self.width(width);
        let first = self.vector(left, width)?;
        let destination = self.take(2 * width)?;
        let line = match right {
            Value::Vector { group, .. } => {
                Line::new(WIDE.0, format!("{destination}, {first}, {group}"))
            }
            Value::Scalar(name) => Line::new(WIDE.1, format!("{destination}, {first}, {name}")),
        };
        self.emit(line.wide(2 * width));
        self.release(left);
        self.release(right);
        Ok(Value::Vector { group: destination, owned: true })
    }

    /// The draws of a rounding: a vector whose elements have `places` bits.
    fn draw(&mut self, width: u32, places: u32) -> Emit<(Group, u32)> {
        let bits = draw_bits(width, places);
        let address = self.draws.unwrap_or("zero");
        let group = self.load(bits, address, Port::Plain, "draws")?;
        if places < bits {
            self.width(bits);
            let operands = format!("{group}, {group}, {}", bits - places);
            self.emit(
                Line::new("vsrl.vi", operands).wide(bits).says(format!("{places} bits each")),
            );
        }
        Ok((group, bits))
    }

    /// A value plus draws, held.
    fn dithered(&mut self, value: Value, width: u32, places: u32) -> Emit<Value> {
        let (draws, bits) = self.draw(width, places)?;
        let draws = if bits == width {
            draws
        } else {
            self.width(width);
            let wide = self.take(width)?;
            self.emit(Line::new("vzext.vf2", format!("{wide}, {draws}")).wide(width));
            self.registers.free(draws);
            wide
        };
        self.commutative(ADD, (value, Value::Vector { group: draws, owned: true }), width)
    }

    fn shift(
        &mut self,
        term: &Term,
        places: u32,
        mode: Mode,
        windows: &mut impl Windows,
    ) -> Emit<Value> {
        let width = term.format.bits;
        let value = self.value(term, windows)?;
        if mode == Mode::Stochastic {
            let dithered = self.dithered(value, width, places)?;
            return self.immediate("vsra.vi", dithered, places, width);
        }
        self.rounding(mode);
        self.immediate("vssra.vi", value, places, width)
    }

    /// An operation with a constant in the instruction.
    fn immediate(
        &mut self,
        mnemonic: &'static str,
        value: Value,
        constant: u32,
        width: u32,
    ) -> Emit<Value> {
        self.width(width);
        let source = self.vector(value, width)?;
        let destination = match value {
            Value::Vector { owned: false, .. } => self.take(width)?,
            Value::Vector { .. } | Value::Scalar(_) => source,
        };
        self.emit(Line::new(mnemonic, format!("{destination}, {source}, {constant}")).wide(width));
        Ok(Value::Vector { group: destination, owned: true })
    }

    fn narrow(
        &mut self,
        term: &Term,
        places: u32,
        mode: Mode,
        windows: &mut impl Windows,
    ) -> Emit<Value> {
        let width = term.format.bits;
        let value = self.value(term, windows)?;
        let is_product = matches!(term.node, Node::Wide(_));
        let value = match mode {
            Mode::Stochastic if places == 0 => value,
            Mode::Stochastic if is_product && draw_bits(width, places) < width => {
                self.dithered_product(value, width, places)?
            }
            Mode::Stochastic => self.dithered(value, width, places)?,
            Mode::NearestUp | Mode::NearestEven | Mode::Down | Mode::Odd => value,
        };
        let source = self.vector(value, width)?;
        self.rounding(if mode == Mode::Stochastic { Mode::Down } else { mode });
        self.width(width / 2);
        let destination = match value {
            Value::Vector { owned: false, .. } => self.take(width / 2)?,
            Value::Vector { .. } | Value::Scalar(_) => self.registers.halve(source),
        };
        let operands = format!("{destination}, {source}, {places}");
        self.emit(Line::new("vnclip.wi", operands).wide(width));
        Ok(Value::Vector { group: destination, owned: true })
    }

    /// A product of two words is at most a quarter of the wide word: adding draws cannot wrap.
    fn dithered_product(&mut self, value: Value, width: u32, places: u32) -> Emit<Value> {
        let (draws, bits) = self.draw(width, places)?;
        let source = self.vector(value, width)?;
        let destination = match value {
            Value::Vector { owned: false, .. } => self.take(width)?,
            Value::Vector { .. } | Value::Scalar(_) => source,
        };
        self.width(bits);
        self.emit(Line::new("vwaddu.wv", format!("{destination}, {source}, {draws}")).wide(width));
        self.registers.free(draws);
        Ok(Value::Vector { group: destination, owned: true })
    }
}

/// A value that has become a vector.
fn settled(value: Value, group: Group) -> Value {
    match value {
        Value::Vector { .. } => value,
        Value::Scalar(_) => Value::Vector { group, owned: true },
    }
}

fn rounding_line(mode: Mode) -> Line {
    let (code, says) = match mode {
        Mode::NearestUp => (0, "round half up"),
        Mode::NearestEven => (1, "round half to even"),
        Mode::Down | Mode::Stochastic => (2, "cut off"),
        Mode::Odd => (3, "round to odd"),
    };
    Line::new("csrwi", format!("vxrm, {code}")).says(says)
}

pub(crate) fn load_name(width: u32) -> &'static str {
    match width {
        8 => "vle8.v",
        16 => "vle16.v",
        _ => "vle32.v",
    }
}

pub(crate) fn store_name(width: u32) -> &'static str {
    match width {
        8 => "vse8.v",
        16 => "vse16.v",
        _ => "vse32.v",
    }
}

/// The operand's name in a comment.
pub(crate) fn name_of(operand: Operand) -> &'static str {
    use leadlag_plasticity::language::Signal;
    match operand.signal {
        Signal::Error => "e",
        Signal::Rate => "r",
        Signal::Membrane => "u",
        Signal::Motion => "u, to become du",
        Signal::Injection => "injection",
        Signal::Wanted => "target",
        Signal::TauM => "tau_m code",
        Signal::Weight => "w",
        Signal::Momentum => "m",
    }
}
