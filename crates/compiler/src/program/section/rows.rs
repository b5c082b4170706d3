//! The loop over the rows of an array.

use leadlag_plasticity::language::{
    ArrayName, Assignment, Format, Node, Operand, Program, Shape, Signal, Target, Term, View,
};

use super::ahead::{Ahead, draws};
use super::{Builder, Section, constant, strip_offset, strip_tail};
use crate::program::lanes::{Emit, Value};
use crate::program::listing::{Item, Line, Port, Trips};
use crate::program::map;
use crate::program::registers::Group;
use crate::program::text_of::text_of;

impl Builder<'_> {
    pub(super) fn synapses(mut self) -> Emit<Section> {
        let program = self.shared.program;
        let mut ahead = Ahead::default();
        for assignment in program.synaptic() {
            ahead.gather(&assignment.value, Shape::Synapse, self.target, self.array);
        }
        let mut data = self.shared.data.clone();
        self.constants(&ahead.constants)?;
        let placed = self.rows(&ahead.rows, &mut data)?;
        let layout = self.shared.layout;
        let element = program.element_bits();
        self.strip_head(layout.columns, self.strips, element, "columns");
        for term in &ahead.columns {
            let value = self.value(term)?;
            let group = self.lanes.vector(value, term.format.bits)?;
            self.lanes.bind(term, Value::Vector { group, owned: false });
        }
        let mut walk = Walk::new(&ahead.rows, &placed, self.array);
        self.row_loop(&mut walk)?;
        let body = std::mem::take(&mut self.lanes.items);
        let longest = layout.vlen / self.ratio;
        let label = format!("{}_strip", self.name);
        let kernel = strip_tail(body, layout.columns, self.strips, longest, label);
        Ok(Section { setup: self.setup, kernel })
    }

    /// Pointers into `before`: setup where there is one strip.
    pub(super) fn pointer(&mut self, register: &str, base: u32, width: Option<u32>) {
        if self.strips == 1 {
            constant(&mut self.setup, register, base);
            return;
        }
        let items = &mut self.lanes.items;
        constant(items, register, base);
        if let Some(width) = width {
            let by = strip_offset(items, width);
            items.push(Line::new("add", format!("{register}, {register}, {by}")).into());
        }
    }

    fn row_loop(&mut self, walk: &mut Walk) -> Emit<()> {
        let (program, layout) = (self.shared.program, self.shared.layout);
        let element = program.element_bits();
        let uses = Uses::of(program);
        let has_bias =
            self.array == ArrayName::Somatic && program.assignment(Target::Bias).is_some();
        let less = u32::from(has_bias);
        let rows = layout.rows - less;
        if rows == 0 {
            return Ok(());
        }
        let mut steps: Vec<Item> = Vec::new();
        constant(&mut self.setup, "a4", layout.stride());
        for source in &mut walk.rows {
            source.pointer = if source.is_first { "a1" } else { self.scalar()? };
            source.register = if source.is_first { "t2" } else { self.scalar()? };
            self.pointer(source.pointer, source.base, None);
            let by = source.term.format.bits / 8;
            steps.push(Line::new("addi", format!("{0}, {0}, {by}", source.pointer)).into());
        }
        if uses.weight {
            self.pointer("a0", map::weights(self.array), Some(element));
            steps.push(Line::new("add", "a0, a0, a4").into());
        }
        let momentum = self.momentum_pointer(&mut steps)?;
        self.draw_pointer(&mut steps)?;
        let to_address = self.lanes.draws.is_some() && uses.weight;
        if to_address {
            let end = map::weights(self.array) + rows * layout.stride();
            self.pointer("a3", end, Some(element));
        } else {
            self.pointer("a3", rows, None);
            steps.push(Line::new("addi", "a3, a3, -1").into());
        }
        self.lanes.width(element);
        let before = self.lanes.enter();
        self.row_body(walk, &uses, momentum)?;
        self.lanes.items.extend(steps);
        let label = format!("{}_row", self.name);
        let mut body = self.lanes.leave(before, element);
        body.push(if to_address {
            Line::new("bne", format!("a0, a3, {label}")).into()
        } else {
            Line::new("bnez", format!("a3, {label}")).into()
        });
        self.lanes.items.push(Item::Loop { label, trips: Trips::Rows { less }, body });
        Ok(())
    }

    fn momentum_pointer(&mut self, steps: &mut Vec<Item>) -> Emit<Option<(&'static str, u32)>> {
        let program = self.shared.program;
        let (Some(bases), Some(format)) = (self.shared.data.momentum, program.momentum) else {
            return Ok(None);
        };
        let pointer = self.scalar()?;
        let [somatic, apical] = bases;
        let base = if self.array == ArrayName::Somatic { somatic } else { apical };
        self.pointer(pointer, base, Some(format.bits));
        let by = self.shared.layout.columns * format.bits / 8;
        if by < 2048 {
            steps.push(Line::new("addi", format!("{pointer}, {pointer}, {by}")).into());
        } else {
            let step = self.scalar()?;
            constant(&mut self.setup, step, by);
            steps.push(Line::new("add", format!("{pointer}, {pointer}, {step}")).into());
        }
        Ok(Some((pointer, format.bits)))
    }

    fn draw_pointer(&mut self, steps: &mut Vec<Item>) -> Emit<()> {
        let program = self.shared.program;
        let Some(bits) = program.synaptic().find_map(|a| draws(&a.value)) else { return Ok(()) };
        let stream = u32::from(self.array.stream());
        self.stream(stream);
        let pointer = self.scalar()?;
        self.pointer(pointer, map::RANDOM, Some(bits));
        steps.push(Line::new("add", format!("{pointer}, {pointer}, a4")).into());
        self.lanes.draws = Some(pointer);
        Ok(())
    }

    /// Selects the stream of the random port.
    pub(super) fn stream(&mut self, stream: u32) {
        constant(&mut self.setup, "t0", map::CONTROL);
        constant(&mut self.setup, "t1", stream);
        let line = Line::new("sw", format!("t1, {}(t0)", map::RANDOM_STREAM));
        self.setup.push(line.says("stream of draws").into());
    }

    fn row_body(
        &mut self,
        walk: &Walk,
        uses: &Uses,
        momentum: Option<(&'static str, u32)>,
    ) -> Emit<()> {
        let program = self.shared.program;
        let element = program.element_bits();
        for source in &walk.rows {
            let name = match source.term.format.bits {
                8 => "lb",
                16 => "lh",
                _ => "lw",
            };
            let line = Line::new(name, format!("{}, 0({})", source.register, source.pointer));
            self.lanes.emit(line.says(text_of(&source.term, program)));
            self.lanes.bind(&source.term, Value::Scalar(source.register));
        }
        let mut weight = None;
        if uses.weight {
            let group = self.lanes.load(element, "a0", Port::Row, "w")?;
            self.lanes.bind(&weight_term(program), Value::Vector { group, owned: false });
            weight = Some(group);
        }
        let mut old = None;
        if let (Some((pointer, bits)), true) = (momentum, uses.momentum) {
            let group = self.lanes.load(bits, pointer, Port::Plain, "m")?;
            let owned = uses.old_momentum == 1;
            self.lanes.bound.push((momentum_term(program), Value::Vector { group, owned }));
            old = (!owned && !uses.weight_first).then_some(group);
        }
        let mut step = None;
        for assignment in program.synaptic() {
            let value = self.value(&assignment.value)?;
            if assignment.target == Target::Weight {
                step = Some(value);
                continue;
            }
            let Some((pointer, bits)) = momentum else { continue };
            let group = self.lanes.vector(value, bits)?;
            self.lanes.store(bits, group, pointer, Port::Plain, "m");
            if let Some(old) = old.take() {
                self.lanes.registers.free(old);
            }
            let is_shared = matches!(value, Value::Vector { owned: false, .. });
            let owned = !is_shared && uses.new_momentum == 1;
            self.lanes.bound.push((momentum_term(program), Value::Vector { group, owned }));
        }
        if let (Some(group), Some(step)) = (weight, step) {
            let says = "w + dw, held";
            let held = self.moved(group, step, says)?;
            self.lanes.store(element, held, "a0", Port::Row, "w");
        }
        Ok(())
    }

    /// `held(w + step)` in the place of `w`.
    pub(super) fn moved(&mut self, weight: Group, step: Value, says: &str) -> Emit<Group> {
        let program = self.shared.program;
        let element = program.element_bits();
        let own = Value::Vector { group: weight, owned: true };
        let sum = self.lanes.commutative(("vsadd.vv", "vsadd.vx"), (own, step), element)?;
        if let Some(Item::Line(line)) = self.lanes.items.last_mut() {
            says.clone_into(&mut line.comment);
        }
        if program.weight_bits == element {
            return self.lanes.vector(sum, element);
        }
        let top = (1_u32 << (program.weight_bits - 1)) - 1;
        let (low, high) = (self.scalar()?, self.scalar()?);
        constant(&mut self.setup, low, !top);
        constant(&mut self.setup, high, top);
        let sum =
            self.lanes.commutative(("vmax.vv", "vmax.vx"), (sum, Value::Scalar(low)), element)?;
        let sum =
            self.lanes.commutative(("vmin.vv", "vmin.vx"), (sum, Value::Scalar(high)), element)?;
        self.lanes.vector(sum, element)
    }
}

/// Which words of a synapse the rule touches.
struct Uses {
    weight: bool,
    momentum: bool,
    /// How often the rule reads `m` before it has assigned it, and after. Read once, its register
    /// is free for the result.
    old_momentum: usize,
    new_momentum: usize,
    /// Whether `dw` is computed before `m`.
    weight_first: bool,
}

impl Uses {
    fn of(program: &Program) -> Self {
        let reads = |signal| program.names(|a, o| a.target.is_synaptic() && o.signal == signal);
        let all: Vec<&Assignment> = program.synaptic().collect();
        let first =
            all.iter().position(|a| a.target == Target::Momentum).map_or(all.len(), |at| at + 1);
        let (before, after) = all.split_at(first);
        Self {
            weight: program.assignment(Target::Weight).is_some() || reads(Signal::Weight),
            momentum: reads(Signal::Momentum),
            old_momentum: before.iter().map(|a| momenta(&a.value)).sum(),
            new_momentum: after.iter().map(|a| momenta(&a.value)).sum(),
            weight_first: before.len() > 1,
        }
    }
}

fn weight_term(program: &Program) -> Term {
    let fraction = leadlag_fixed::signed(program.weight_bits) - 1;
    let format = Format { fraction, bits: program.element_bits() };
    Term { node: Node::Operand(Operand { signal: Signal::Weight, view: View::Plain }), format }
}

fn momentum_term(program: &Program) -> Term {
    let format = program.momentum.unwrap_or(Format::Q15);
    Term { node: Node::Operand(Operand { signal: Signal::Momentum, view: View::Plain }), format }
}

/// How often a term reads `m`.
fn momenta(term: &Term) -> usize {
    let mut count = 0;
    term.visit(&mut |t| {
        let is_read = matches!(t.node, Node::Operand(Operand { signal: Signal::Momentum, .. }));
        count += usize::from(is_read);
    });
    count
}

/// What a walk over the rows reads.
struct Walk {
    rows: Vec<RowSource>,
}

struct RowSource {
    term: Term,
    base: u32,
    is_first: bool,
    pointer: &'static str,
    register: &'static str,
}

impl Walk {
    fn new(rows: &[Term], placed: &[(Term, u32)], array: ArrayName) -> Self {
        let source = |(at, term): (usize, &Term)| RowSource {
            base: placed
                .iter()
                .find(|(known, _)| known == term)
                .map_or(map::row_codes(array), |(_, base)| *base),
            term: term.clone(),
            is_first: at == 0,
            pointer: "",
            register: "",
        };
        Self { rows: rows.iter().enumerate().map(source).collect() }
    }
}
