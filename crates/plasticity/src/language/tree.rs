//! A rule that has been checked: every node knows its format.

use super::Mode;
use super::number::Format;

/// The two synapse arrays of a core.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArrayName {
    /// Forward weights: columns are the neurons that hear the rates of the rows.
    Somatic,
    /// Feedback weights: columns are the neurons that hear the errors of the rows.
    Apical,
}

impl ArrayName {
    /// Both, in the order in which a program serves them.
    pub const ALL: [Self; 2] = [Self::Somatic, Self::Apical];

    /// The stream of the random port that draws for the array's synapses.
    #[must_use]
    pub fn stream(self) -> u16 {
        match self {
            Self::Somatic => 0,
            Self::Apical => 1,
        }
    }
}

/// A named quantity of a core.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signal {
    /// `e`: prospective error.
    Error,
    /// `r`: rate.
    Rate,
    /// `u`: membrane.
    Membrane,
    /// `du`: membrane less the membrane of the step before, held.
    Motion,
    /// `inj`: injection register.
    Injection,
    /// `target`: the target mailbox.
    Wanted,
    /// `tau`: trim code of the membrane's time constant.
    TauM,
    /// `w`: weight.
    Weight,
    /// `m`: the synapse's state word.
    Momentum,
}

/// Which copy of a signal is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum View {
    /// The one that makes the product of the update: the row's register or the column's converter.
    Plain,
    /// `.col`: the column's own, of this step, from its converter.
    Own,
    /// `.sent`: like plain, with the sender's code in place of the converter's.
    Sent,
}

/// A signal under a view.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Operand {
    /// What.
    pub signal: Signal,
    /// Which copy.
    pub view: View,
}

/// Over what a value varies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Nothing.
    Constant,
    /// The rows of the array.
    Row,
    /// The columns of the core.
    Column,
    /// Both.
    Synapse,
}

impl Shape {
    /// What a value made of two others varies over.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Constant, shape) | (shape, Self::Constant) => shape,
            (a, b) if a == b => a,
            _ => Self::Synapse,
        }
    }
}

/// What an assignment writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// `dw`: `w <- held(w + dw)` of every synapse of both arrays.
    Weight,
    /// `m`: the state word of every synapse of both arrays.
    Momentum,
    /// `db`: `w <- held(w + db)` of the somatic array's constant row.
    Bias,
    /// `dtau`: the trim code of the membrane's time constant, held.
    Tau,
    /// `inj`: the injection register.
    Injection,
}

impl Target {
    /// Its name in a rule.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Weight => "dw",
            Self::Momentum => "m",
            Self::Bias => "db",
            Self::Tau => "dtau",
            Self::Injection => "inj",
        }
    }

    /// Whether it has a value per synapse.
    #[must_use]
    pub fn is_synaptic(self) -> bool {
        matches!(self, Self::Weight | Self::Momentum)
    }

    /// The stream of the random port of a target without rows.
    #[must_use]
    pub fn stream(self) -> u16 {
        match self {
            Self::Weight | Self::Momentum => 0,
            Self::Bias => 2,
            Self::Tau => 3,
            Self::Injection => 4,
        }
    }
}

impl Operand {
    /// What it varies over, in an assignment to `target` on `array`.
    #[must_use]
    pub fn shape(self, target: Target, array: ArrayName) -> Shape {
        match (self.signal, self.view) {
            (Signal::Weight | Signal::Momentum, _) if target.is_synaptic() => Shape::Synapse,
            (Signal::Rate, View::Plain | View::Sent)
                if target.is_synaptic() && array == ArrayName::Somatic =>
            {
                Shape::Row
            }
            (Signal::Error, View::Plain | View::Sent)
                if target.is_synaptic() && array == ArrayName::Apical =>
            {
                Shape::Row
            }
            _ => Shape::Column,
        }
    }
}

/// Order of two values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
    /// `>=`
    GreaterOrEqual,
    /// `>`
    Greater,
}

impl Relation {
    /// Whether it holds.
    #[must_use]
    pub fn holds(self, left: i64, right: i64) -> bool {
        match self {
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
            Self::Equal => left == right,
            Self::Unequal => left != right,
            Self::GreaterOrEqual => left >= right,
            Self::Greater => left > right,
        }
    }

    /// The relation that holds where this one does not.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Less => Self::GreaterOrEqual,
            Self::LessOrEqual => Self::Greater,
            Self::Equal => Self::Unequal,
            Self::Unequal => Self::Equal,
            Self::GreaterOrEqual => Self::Less,
            Self::Greater => Self::LessOrEqual,
        }
    }

    /// The relation of the operands exchanged.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Equal => Self::Equal,
            Self::Unequal => Self::Unequal,
            Self::GreaterOrEqual => Self::LessOrEqual,
            Self::Greater => Self::Less,
        }
    }
}

/// A comparison, as [`Node::Select`] takes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comparison {
    /// How they are compared.
    pub relation: Relation,
    /// Left operand.
    pub left: Term,
    /// Right operand, of the same format.
    pub right: Term,
}

/// A value with its format.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// What computes it.
    pub node: Node,
    /// Its format.
    pub format: Format,
}

/// The forms of the language. Each rounds at most once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Node {
    /// A quantity of the core.
    Operand(Operand),
    /// A parameter, by its place in [`Program::params`].
    Param(usize),
    /// A number, as a code of its format.
    Number(i64),
    /// `a*b`: the product's upper word, rounded half up and held.
    Multiply(Box<[Term; 2]>),
    /// `wide(a*b)`: the exact product, twice as wide.
    Wide(Box<[Term; 2]>),
    /// `a + b`, held.
    Add(Box<[Term; 2]>),
    /// `a - b`, held.
    Subtract(Box<[Term; 2]>),
    /// `-a`, held.
    Negate(Box<Term>),
    /// `shr(x, n, mode)`: a rounding shift in the same format.
    Shift {
        /// What is shifted.
        value: Box<Term>,
        /// By how many bits.
        places: u32,
        /// How the bits are dropped.
        mode: Mode,
    },
    /// `narrow(x, n, mode)`: a rounding shift held in a word half as wide.
    Narrow {
        /// What is narrowed.
        value: Box<Term>,
        /// By how many bits.
        places: u32,
        /// How the bits are dropped.
        mode: Mode,
    },
    /// `clip(x, a, b)`: the smaller of `b` and the larger of `a` and `x`.
    Clip(Box<[Term; 3]>),
    /// `sel(c, a, b)`: `a` where the comparison holds, `b` elsewhere.
    Select(Box<Comparison>, Box<[Term; 2]>),
}

impl Term {
    /// The terms it is made of, in the order of evaluation.
    #[must_use]
    pub fn parts(&self) -> Vec<&Self> {
        match &self.node {
            Node::Operand(_) | Node::Param(_) | Node::Number(_) => Vec::new(),
            Node::Multiply(pair) | Node::Wide(pair) | Node::Add(pair) | Node::Subtract(pair) => {
                pair.iter().collect()
            }
            Node::Negate(value) | Node::Shift { value, .. } | Node::Narrow { value, .. } => {
                vec![value]
            }
            Node::Clip(three) => three.iter().collect(),
            Node::Select(comparison, pair) => {
                let [yes, no] = pair.as_ref();
                vec![&comparison.left, &comparison.right, yes, no]
            }
        }
    }

    /// This term and all terms below it, operands before what is made of them.
    pub fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Self)) {
        for part in self.parts() {
            part.visit(see);
        }
        see(self);
    }

    /// What it varies over, in an assignment to `target` on `array`.
    ///
    /// A rounding with draws varies over everything its target has.
    #[must_use]
    pub fn shape(&self, target: Target, array: ArrayName) -> Shape {
        let parts = self.parts().into_iter().map(|part| part.shape(target, array));
        let own = match self.node {
            Node::Operand(operand) => operand.shape(target, array),
            Node::Shift { mode: Mode::Stochastic, .. }
            | Node::Narrow { mode: Mode::Stochastic, .. }
                if target.is_synaptic() =>
            {
                Shape::Synapse
            }
            Node::Shift { mode: Mode::Stochastic, .. }
            | Node::Narrow { mode: Mode::Stochastic, .. } => Shape::Column,
            Node::Param(_)
            | Node::Number(_)
            | Node::Multiply(_)
            | Node::Wide(_)
            | Node::Add(_)
            | Node::Subtract(_)
            | Node::Negate(_)
            | Node::Shift { .. }
            | Node::Narrow { .. }
            | Node::Clip(_)
            | Node::Select(..) => Shape::Constant,
        };
        parts.fold(own, Shape::with)
    }
}

/// A parameter: a constant that may be changed while the program runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Param {
    /// Name.
    pub name: String,
    /// Format.
    pub format: Format,
    /// Code before the host changes it.
    pub code: i64,
}

/// `target = value`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assignment {
    /// What is written.
    pub target: Target,
    /// What is written there.
    pub value: Term,
}

/// A rule that has been checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Program {
    /// Parameters, in the order of the parameter block.
    pub params: Vec<Param>,
    /// Assignments, in the order of the text. `m` reads as the old word before its assignment and as
    /// the new one after it.
    pub assignments: Vec<Assignment>,
    /// Steps between updates; the first one is step `every - 1`.
    pub every: u32,
    /// Width of a weight.
    pub weight_bits: u32,
    /// Format of `m`, if the rule has it.
    pub momentum: Option<Format>,
}

impl Default for Program {
    /// Nothing in every step, for weights of 16 bits.
    fn default() -> Self {
        Self {
            params: Vec::new(),
            assignments: Vec::new(),
            every: 1,
            weight_bits: 16,
            momentum: None,
        }
    }
}

impl Program {
    /// The assignment to a target.
    #[must_use]
    pub fn assignment(&self, target: Target) -> Option<&Assignment> {
        self.assignments.iter().find(|assignment| assignment.target == target)
    }

    /// The assignments with a value per synapse.
    pub fn synaptic(&self) -> impl Iterator<Item = &Assignment> {
        self.assignments.iter().filter(|assignment| assignment.target.is_synaptic())
    }

    /// Whether any assignment names an operand.
    #[must_use]
    pub fn names(&self, wanted: impl Fn(&Assignment, Operand) -> bool) -> bool {
        let mut found = false;
        for assignment in &self.assignments {
            assignment.value.visit(&mut |term| {
                if let Node::Operand(operand) = term.node {
                    found |= wanted(assignment, operand);
                }
            });
        }
        found
    }

    /// Width of a weight's element in the array.
    #[must_use]
    pub fn element_bits(&self) -> u32 {
        if self.weight_bits > 8 { 16 } else { 8 }
    }
}
