//! The rule on a whole core, in integers: what the compiled program does, bit for bit.

use leadlag_fixed::count;
use leadlag_fixed::random::{Kind, Site};

use super::Mode;
use super::number::Format;
use super::tree::{ArrayName, Node, Operand, Program, Signal, Target, Term, View};

/// A synapse array as the program sees it. Shapes: words `[row][column]`, codes `[row]`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Array {
    /// Weights.
    pub weight: Vec<i16>,
    /// State words `m`.
    pub momentum: Vec<i64>,
    /// Row registers, as 16-bit fractions.
    pub codes: Vec<i16>,
}

/// A column vector each, as 16-bit fractions.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Observables {
    /// Converter codes of r.
    pub rate: Vec<i16>,
    /// Converter codes of u.
    pub membrane: Vec<i16>,
    /// Converter codes of e.
    pub error: Vec<i16>,
    /// The senders' codes of r.
    pub sent_rate: Vec<i16>,
    /// The senders' codes of e.
    pub sent_error: Vec<i16>,
}

/// Everything that a rule reads and writes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Core {
    /// Columns.
    pub columns: usize,
    /// Forward weights. If the rule has `db`, the last row is the bias.
    pub somatic: Array,
    /// Feedback weights.
    pub apical: Array,
    /// This step's signals.
    pub now: Observables,
    /// The rates of the last step and of the one before: converter codes.
    pub past_rate: [Vec<i16>; 2],
    /// The same of the senders' codes.
    pub past_sent: [Vec<i16>; 2],
    /// The membranes of the last step.
    pub past_membrane: Vec<i16>,
    /// Injection registers.
    pub injection: Vec<i16>,
    /// The target mailbox.
    pub target: Vec<i16>,
    /// Trim codes of the membranes' time constants.
    pub tau: Vec<i16>,
    /// Whether the somatic array learnt in the step before.
    pub owed: bool,
}

/// The random port of a core in a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Draws {
    /// Chip seed.
    pub seed: u64,
    /// Circuit step.
    pub step: u64,
    /// Node of the core.
    pub core: u16,
    /// Bytes from one row of the port to the next.
    pub stride: u32,
}

impl Draws {
    /// The element of `bits` bits (8 or 16) for a place.
    fn element(&self, stream: u16, row: usize, column: usize, bits: u32) -> i64 {
        let at = count(row) * self.stride + count(column) * (bits / 8);
        let site = Site {
            seed: self.seed,
            kind: Kind::Plasticity,
            step: self.step,
            stream,
            core: self.core,
        };
        let word = site.draw(at / 4) >> (8 * (at % 4));
        i64::from(word & ((1 << bits) - 1))
    }
}

impl Mode {
    /// `value` without its low `places` bits. `draw` has that many bits.
    pub(super) fn drop(self, value: i64, places: u32, draw: i64) -> i64 {
        if places == 0 {
            return value;
        }
        let (kept, rest, half) = (value >> places, value & ((1 << places) - 1), 1 << (places - 1));
        match self {
            Self::NearestUp => (value + half) >> places,
            Self::NearestEven => kept + i64::from(rest > half || (rest == half && kept & 1 == 1)),
            Self::Down => kept,
            Self::Odd => kept | i64::from(rest != 0),
            Self::Stochastic => (value + draw) >> places,
        }
    }
}

/// Bits of the random port's element that rounds a word of `bits` bits by `places`.
#[must_use]
pub fn draw_bits(bits: u32, places: u32) -> u32 {
    if bits > 8 && places <= bits / 2 { bits / 2 } else { bits }
}

impl Program {
    /// Whether the somatic array, biases and time constants learn in a step.
    #[must_use]
    pub fn is_due(&self, step: u64) -> bool {
        (step + 1).is_multiple_of(u64::from(self.every))
    }
}

impl Core {
    /// One learn phase. `params` holds the codes of [`Program::params`].
    ///
    /// In this order: the apical array, if the somatic one learnt in the step before; the somatic
    /// array, the biases and the time constants, in every `every`-th step; the injection registers.
    pub fn learn(&mut self, program: &Program, params: &[i64], draws: &Draws) {
        let is_due = program.is_due(draws.step);
        if self.owed {
            self.teach(program, params, draws, ArrayName::Apical);
        }
        if is_due {
            self.teach(program, params, draws, ArrayName::Somatic);
            self.columns_of(program, params, draws, Target::Bias);
            self.columns_of(program, params, draws, Target::Tau);
        }
        self.columns_of(program, params, draws, Target::Injection);
        self.remember(is_due);
    }

    fn remember(&mut self, is_due: bool) {
        self.owed = is_due;
        self.past_membrane.clone_from(&self.now.membrane);
        for (past, now) in
            [(&mut self.past_rate, &self.now.rate), (&mut self.past_sent, &self.now.sent_rate)]
        {
            past.swap(0, 1);
            past[0].clone_from(now);
        }
    }

    fn array(&self, name: ArrayName) -> &Array {
        match name {
            ArrayName::Somatic => &self.somatic,
            ArrayName::Apical => &self.apical,
        }
    }

    /// All synapses of an array, row by row.
    fn teach(&mut self, program: &Program, params: &[i64], draws: &Draws, name: ArrayName) {
        let bias = name == ArrayName::Somatic && program.assignment(Target::Bias).is_some();
        let rows = self.array(name).codes.len() - usize::from(bias);
        for row in 0..rows {
            for column in 0..self.columns {
                let at = row * self.columns + column;
                let array = self.array(name);
                let old = (array.weight[at], array.momentum.get(at).copied().unwrap_or(0));
                let (weight, momentum) =
                    self.synapse(program, params, draws, name, (row, column), old);
                let array = match name {
                    ArrayName::Somatic => &mut self.somatic,
                    ArrayName::Apical => &mut self.apical,
                };
                array.weight[at] = weight;
                if let Some(word) = array.momentum.get_mut(at) {
                    *word = momentum;
                }
            }
        }
    }

    fn synapse(
        &self,
        program: &Program,
        params: &[i64],
        draws: &Draws,
        array: ArrayName,
        (row, column): (usize, usize),
        (mut weight, mut momentum): (i16, i64),
    ) -> (i16, i64) {
        let old = weight;
        for assignment in program.synaptic() {
            let target = assignment.target;
            let place = Place {
                core: self,
                params,
                draws,
                target,
                array,
                row,
                column,
                weight: old,
                momentum,
            };
            let value = place.value(&assignment.value);
            if target == Target::Momentum {
                momentum = value;
            } else {
                weight = moved(program, old, value);
            }
        }
        (weight, momentum)
    }

    /// A target that has a value per column.
    fn columns_of(&mut self, program: &Program, params: &[i64], draws: &Draws, target: Target) {
        let Some(assignment) = program.assignment(target) else { return };
        let bias = self.somatic.weight.len() - self.columns;
        let values: Vec<i64> = (0..self.columns)
            .map(|column| {
                let weight = self.somatic.weight.get(bias + column).copied().unwrap_or(0);
                let array = ArrayName::Somatic;
                let place = Place {
                    core: self,
                    params,
                    draws,
                    target,
                    array,
                    row: 0,
                    column,
                    weight,
                    momentum: 0,
                };
                place.value(&assignment.value)
            })
            .collect();
        for (column, value) in values.into_iter().enumerate() {
            match target {
                Target::Bias => {
                    let word = &mut self.somatic.weight[bias + column];
                    *word = moved(program, *word, value);
                }
                Target::Tau => {
                    let word = &mut self.tau[column];
                    *word = held(i64::from(*word) + value);
                }
                Target::Injection => self.injection[column] = held(value),
                Target::Weight | Target::Momentum => {}
            }
        }
    }
}

/// `w <- held(w + dw)`.
fn moved(program: &Program, weight: i16, step: i64) -> i16 {
    leadlag_fixed::saturate(i64::from(weight) + step, program.weight_bits)
}

fn held(value: i64) -> i16 {
    leadlag_fixed::saturate(value, 16)
}

/// Where a term is evaluated.
struct Place<'a> {
    core: &'a Core,
    params: &'a [i64],
    draws: &'a Draws,
    target: Target,
    array: ArrayName,
    row: usize,
    column: usize,
    weight: i16,
    momentum: i64,
}

impl Place<'_> {
    fn value(&self, term: &Term) -> i64 {
        let format = term.format;
        let both = |pair: &[Term; 2]| (self.value(&pair[0]), self.value(&pair[1]));
        match &term.node {
            Node::Operand(operand) => self.operand(*operand),
            Node::Param(at) => self.params[*at],
            Node::Number(code) => *code,
            Node::Multiply(pair) => {
                let (a, b) = both(pair);
                format.hold(Mode::NearestUp.drop(a * b, format.bits - 1, 0))
            }
            Node::Wide(pair) => {
                let (a, b) = both(pair);
                a * b
            }
            Node::Add(pair) => {
                let (a, b) = both(pair);
                format.hold(a + b)
            }
            Node::Subtract(pair) => {
                let (a, b) = both(pair);
                format.hold(a - b)
            }
            Node::Negate(value) => format.hold(-self.value(value)),
            Node::Shift { value, places, mode } | Node::Narrow { value, places, mode } => {
                format.hold(self.dropped(value, *places, *mode))
            }
            Node::Clip(three) => {
                let [value, low, high] = three.as_ref();
                self.value(value).max(self.value(low)).min(self.value(high))
            }
            Node::Select(comparison, pair) => {
                let (left, right) = (self.value(&comparison.left), self.value(&comparison.right));
                let [yes, no] = pair.as_ref();
                self.value(if comparison.relation.holds(left, right) { yes } else { no })
            }
        }
    }

    /// A draw is added below the kept bits and the sum held at the word, before it is cut.
    fn dropped(&self, term: &Term, places: u32, mode: Mode) -> i64 {
        let value = self.value(term);
        if mode != Mode::Stochastic || places == 0 {
            return mode.drop(value, places, 0);
        }
        let bits = draw_bits(term.format.bits, places);
        let stream =
            if self.target.is_synaptic() { self.array.stream() } else { self.target.stream() };
        let draw = self.draws.element(stream, self.row, self.column, bits) >> (bits - places);
        Mode::Down.drop(term.format.hold(value + draw), places, 0)
    }

    fn operand(&self, operand: Operand) -> i64 {
        let (core, column) = (self.core, self.column);
        let own = |codes: &[i16]| i64::from(codes[column]);
        match (operand.signal, operand.view) {
            (Signal::Rate, view) => i64::from(self.rate(view)),
            (Signal::Error, view) => i64::from(self.error(view)),
            (Signal::Membrane, _) => own(&core.now.membrane),
            (Signal::Motion, _) => {
                Format::Q15.hold(own(&core.now.membrane) - own(&core.past_membrane))
            }
            (Signal::Injection, _) => own(&core.injection),
            (Signal::Wanted, _) => own(&core.target),
            (Signal::TauM, _) => own(&core.tau),
            (Signal::Weight, _) => i64::from(self.weight),
            (Signal::Momentum, _) => self.momentum,
        }
    }

    /// The somatic array's row register, or the column's own code: of two steps ago on the apical
    /// array, because its row registers show the error a step late (`docs/chip/learning.md`).
    fn rate(&self, view: View) -> i16 {
        let core = self.core;
        match (view, self.target.is_synaptic(), self.array) {
            (View::Own, _, _) | (View::Plain, false, _) => core.now.rate[self.column],
            (View::Sent, false, _) => core.now.sent_rate[self.column],
            (_, true, ArrayName::Somatic) => core.somatic.codes[self.row],
            (View::Plain, true, ArrayName::Apical) => core.past_rate[1][self.column],
            (View::Sent, true, ArrayName::Apical) => core.past_sent[1][self.column],
        }
    }

    fn error(&self, view: View) -> i16 {
        let core = self.core;
        match (view, self.target.is_synaptic(), self.array) {
            (_, true, ArrayName::Apical) if view != View::Own => core.apical.codes[self.row],
            (View::Sent, _, _) => core.now.sent_error[self.column],
            (View::Own | View::Plain, _, _) => core.now.error[self.column],
        }
    }
}
