//! The sections of a program: an array's update, a column register's update, a copy of a vector.
//!
//! An array's section walks over strips of columns and, within a strip, over the rows. What varies
//! over the columns alone is computed before the rows; what varies over the rows alone, before the
//! strips, as a vector over the rows; constants, before everything. Hoisting changes no value.

use leadlag_plasticity::language::{
    ArrayName, Assignment, Mode, Node, Operand, Program, Shape, Signal, Target, Term, View,
    draw_bits,
};

use super::lanes::{Emit, Full, Lanes, Value, Windows};
use super::listing::{Item, Line, Port, Strip, Trips};
use super::map::{self, Data, Layout, Location};
use super::registers::{Group, ScalarRegisters};
use super::text_of::text_of;

/// Code in two parts: what a hand count of the kernel leaves out, and the kernel.
#[derive(Clone, Debug, Default)]
pub(crate) struct Section {
    pub(crate) setup: Vec<Item>,
    pub(crate) kernel: Vec<Item>,
}

/// What all sections of a program share.
pub(crate) struct Shared<'a> {
    pub(crate) program: &'a Program,
    pub(crate) layout: &'a Layout,
    pub(crate) data: &'a Data,
}

/// The widths that the values of some terms have.
fn widths(terms: &[&Term], also: &[u32]) -> (u32, u32) {
    let mut all: Vec<u32> = also.to_vec();
    for term in terms {
        term.visit(&mut |t| {
            all.push(t.format.bits);
            if let Node::Shift { value, places, mode: Mode::Stochastic }
            | Node::Narrow { value, places, mode: Mode::Stochastic } = &t.node
            {
                all.push(draw_bits(value.format.bits, *places));
            }
        });
    }
    let largest = all.iter().copied().max().unwrap_or(16);
    (all.into_iter().min().unwrap_or(16), largest)
}

/// Ratios of element width to group size, fewest strips first.
fn ratios((_, largest): (u32, u32)) -> impl Iterator<Item = u32> {
    [1, 2, 4, 8, 16, 32].into_iter().filter(move |ratio| largest / ratio <= 8)
}

fn has_masks(terms: &[&Term]) -> bool {
    let mut found = false;
    for term in terms {
        term.visit(&mut |t| found |= matches!(t.node, Node::Select(..)));
    }
    found
}

fn draws(term: &Term) -> Option<u32> {
    let mut found = None;
    term.visit(&mut |t| {
        if let Node::Shift { value, places, mode: Mode::Stochastic }
        | Node::Narrow { value, places, mode: Mode::Stochastic } = &t.node
            && *places > 0
        {
            found = Some(draw_bits(value.format.bits, *places));
        }
    });
    found
}

impl Shared<'_> {
    /// The first ratio that the registers have room for.
    fn first_that_fits(
        &self,
        terms: &[&Term],
        also: &[u32],
        build: impl Fn(Builder<'_>) -> Emit<Section>,
        target: Target,
        array: ArrayName,
        name: &'static str,
    ) -> Emit<Section> {
        let mut full = Full::Vector;
        for ratio in ratios(widths(terms, also)) {
            let builder = Builder {
                shared: self,
                target,
                array,
                name,
                ratio,
                lanes: Lanes::new(ratio, has_masks(terms)),
                setup: Vec::new(),
                scalars: ScalarRegisters::default(),
                strips: self.layout.columns.div_ceil(self.layout.vlen / ratio),
                spare_address: true,
            };
            match build(builder) {
                Ok(section) => return Ok(section),
                Err(kind) => full = kind,
            }
        }
        Err(full)
    }

    /// The update of an array's synapses.
    pub(crate) fn synapses(&self, array: ArrayName) -> Emit<Section> {
        let terms: Vec<&Term> = self.program.synaptic().map(|a| &a.value).collect();
        let name = match array {
            ArrayName::Somatic => "soma",
            ArrayName::Apical => "apical",
        };
        let also = [16, self.program.element_bits()];
        let build = |builder: Builder<'_>| builder.synapses();
        self.first_that_fits(&terms, &also, build, Target::Weight, array, name)
    }

    /// The update of a register that every column has.
    pub(crate) fn columns(&self, assignment: &Assignment) -> Emit<Section> {
        let (name, also) = match assignment.target {
            Target::Bias => ("bias", self.program.element_bits()),
            Target::Tau => ("tau", 16),
            Target::Injection | Target::Weight | Target::Momentum => ("inject", 16),
        };
        let build = |builder: Builder<'_>| builder.columns(assignment);
        let array = ArrayName::Somatic;
        self.first_that_fits(
            &[&assignment.value],
            &[16, also],
            build,
            assignment.target,
            array,
            name,
        )
    }

    /// Keeps a vector for later steps.
    pub(crate) fn keep(&self, name: &'static str, from: u32, to: Location) -> Emit<Section> {
        let build = |builder: Builder<'_>| builder.keep(from, to);
        self.first_that_fits(&[], &[16], build, Target::Tau, ArrayName::Somatic, name)
    }
}

/// A section being built at one ratio.
struct Builder<'a> {
    shared: &'a Shared<'a>,
    target: Target,
    array: ArrayName,
    name: &'static str,
    ratio: u32,
    lanes: Lanes,
    setup: Vec<Item>,
    scalars: ScalarRegisters,
    strips: u32,
    spare_address: bool,
}

/// Loads from the windows for [`Lanes`].
struct Sight<'a> {
    shared: &'a Shared<'a>,
    target: Target,
    array: ArrayName,
    /// Whether the strip's first element is not element 0.
    offset: bool,
    /// A register that may hold one address for the whole section, and where it is set.
    spare: Option<&'a mut Vec<Item>>,
}

impl Windows for Sight<'_> {
    fn address(&mut self, operand: Operand, items: &mut Vec<Item>) -> &'static str {
        let Shared { data, layout, .. } = self.shared;
        let location = data.locate(operand, self.target, self.array, layout);
        let (_, width) = self.port(operand);
        if let Some(setup) = self.spare.take() {
            point(setup, "a2", location);
            return "a2";
        }
        point(items, "t0", location);
        if self.offset {
            let by = strip_offset(items, width);
            items.push(Line::new("add", format!("t0, t0, {by}")).into());
        }
        "t0"
    }

    fn minus(&mut self, operand: Operand, items: &mut Vec<Item>) -> Option<&'static str> {
        let past = self.shared.data.past_membrane.filter(|_| operand.signal == Signal::Motion)?;
        point(items, "t0", Location::At(past));
        if self.offset {
            items.push(Line::new("add", "t0, t0, s0").into());
        }
        Some("t0")
    }

    fn port(&self, operand: Operand) -> (Port, u32) {
        if operand.signal == Signal::Weight {
            (Port::Row, self.shared.program.element_bits())
        } else {
            (Port::Plain, 16)
        }
    }
}

/// Leaves a location's address in a register.
pub(crate) fn point(items: &mut Vec<Item>, register: &str, location: Location) {
    match location {
        Location::At(address) => constant(items, register, address),
        Location::Older(base) => {
            constant(items, register, base);
            items.push(Line::new("add", format!("{register}, {register}, s11")).into());
        }
    }
}

/// A 32-bit constant: what `li` stands for, spelled out so that its cost is seen.
pub(crate) fn constant(items: &mut Vec<Item>, register: &str, value: u32) {
    let signed = leadlag_fixed::signed(value);
    if (-2048..2048).contains(&signed) {
        items.push(Line::new("li", format!("{register}, {signed}")).into());
        return;
    }
    let upper = value.wrapping_add(0x800) >> 12;
    let lower = leadlag_fixed::signed(value.wrapping_sub(upper << 12));
    items.push(Line::new("lui", format!("{register}, {upper:#x}")).into());
    if lower != 0 {
        items.push(Line::new("addi", format!("{register}, {register}, {lower}")).into());
    }
}

/// A register with the strip's offset in bytes, for elements of a width.
fn strip_offset(items: &mut Vec<Item>, width: u32) -> &'static str {
    match width {
        8 => items.push(Line::new("srli", "t1, s0, 1").into()),
        32 => items.push(Line::new("slli", "t1, s0, 1").into()),
        _ => return "s0",
    }
    "t1"
}

/// Maximal parts of terms that are computed ahead.
#[derive(Default)]
struct Ahead {
    constants: Vec<Term>,
    rows: Vec<Term>,
    columns: Vec<Term>,
}

impl Ahead {
    fn gather(&mut self, term: &Term, within: Shape, target: Target, array: ArrayName) {
        let shape = term.shape(target, array);
        let list = match shape {
            Shape::Constant => &mut self.constants,
            Shape::Row if within != Shape::Row => &mut self.rows,
            Shape::Column if within != Shape::Column => &mut self.columns,
            Shape::Row | Shape::Column | Shape::Synapse => {
                for part in term.parts() {
                    self.gather(part, within, target, array);
                }
                return;
            }
        };
        if list.contains(term) {
            return;
        }
        list.push(term.clone());
        if shape != Shape::Constant {
            for part in term.parts() {
                self.gather(part, shape, target, array);
            }
        }
    }
}

impl Builder<'_> {
    fn scalar(&mut self) -> Emit<&'static str> {
        self.scalars.take().ok_or(Full::Scalar)
    }

    fn value(&mut self, term: &Term) -> Emit<Value> {
        let use_spare = self.spare_address && self.strips == 1;
        let mut sight = Sight {
            shared: self.shared,
            target: self.target,
            array: self.array,
            offset: self.strips > 1,
            spare: use_spare.then_some(&mut self.setup),
        };
        let value = self.lanes.value(term, &mut sight)?;
        if use_spare {
            self.spare_address = sight.spare.is_some();
        }
        Ok(value)
    }

    /// Parameters and numbers in scalar registers, then what is made of them.
    fn constants(&mut self, constants: &[Term]) -> Emit<()> {
        let mut leaves: Vec<Term> = Vec::new();
        for term in constants {
            term.visit(&mut |t| {
                if matches!(t.node, Node::Param(_) | Node::Number(_)) && !leaves.contains(t) {
                    leaves.push(t.clone());
                }
            });
        }
        if leaves.iter().any(|leaf| matches!(leaf.node, Node::Param(_))) {
            constant(&mut self.setup, "t0", map::PARAMS);
        }
        for leaf in &leaves {
            let value = self.leaf(leaf)?;
            self.lanes.bind(leaf, value);
        }
        let made: Vec<&Term> = constants.iter().filter(|t| !leaves.contains(t)).collect();
        if made.is_empty() {
            return Ok(());
        }
        let kernel = std::mem::take(&mut self.lanes.items);
        self.lanes.emit(Line::new("li", "t0, 1"));
        self.lanes.start("zero", "t0", made.first().map_or(16, |t| t.format.bits), Strip::Fixed(1));
        for term in made {
            let value = self.value(term)?;
            let (group, register) = (self.lanes.vector(value, term.format.bits)?, self.scalar()?);
            self.lanes.width(term.format.bits);
            let line = Line::new("vmv.x.s", format!("{register}, {group}"));
            self.lanes.emit(line.says(text_of(term, self.shared.program)));
            self.lanes.registers.free(group);
            self.lanes.bind(term, Value::Scalar(register));
        }
        let made = std::mem::replace(&mut self.lanes.items, kernel);
        self.setup.extend(made);
        Ok(())
    }

    fn leaf(&mut self, leaf: &Term) -> Emit<Value> {
        match leaf.node {
            Node::Number(0) => Ok(Value::Scalar("zero")),
            Node::Param(at) => {
                let register = self.scalar()?;
                let name = self.shared.program.params.get(at).map_or("", |p| p.name.as_str());
                let line = Line::new("lw", format!("{register}, {}(t0)", 4 * at));
                self.setup.push(line.says(name).into());
                Ok(Value::Scalar(register))
            }
            _ => {
                let register = self.scalar()?;
                let Node::Number(code) = leaf.node else { return Err(Full::Scalar) };
                let bits = i32::try_from(code).unwrap_or(0).cast_unsigned();
                constant(&mut self.setup, register, bits);
                Ok(Value::Scalar(register))
            }
        }
    }

    /// Values per row as vectors over the rows, in the program's data.
    fn rows(&mut self, rows: &[Term], data: &mut Data) -> Emit<Vec<(Term, u32)>> {
        let mut placed = Vec::new();
        let made: Vec<&Term> =
            rows.iter().filter(|t| !matches!(t.node, Node::Operand(_))).collect();
        let rows_count = self.shared.layout.rows;
        let longest = self.shared.layout.vlen / self.ratio;
        let strips = rows_count.div_ceil(longest);
        if !made.is_empty() {
            let kernel = std::mem::take(&mut self.lanes.items);
            let (columns, spare) = (self.strips, self.spare_address);
            (self.strips, self.spare_address) = (strips, false);
            self.strip_head(rows_count, strips, made[0].format.bits, "rows");
            for term in &made {
                let bits = term.format.bits;
                let at = data.reserve(rows_count * bits / 8);
                let value = self.value(term)?;
                let group = self.lanes.vector(value, bits)?;
                let items = &mut self.lanes.items;
                point(items, "t0", Location::At(at));
                if strips > 1 {
                    let by = strip_offset(items, bits);
                    items.push(Line::new("add", format!("t0, t0, {by}")).into());
                }
                let says = text_of(term, self.shared.program);
                self.lanes.store(bits, group, "t0", Port::Plain, &says);
                self.lanes.registers.free(group);
                placed.push(((*term).clone(), at));
            }
            let items = std::mem::replace(&mut self.lanes.items, kernel);
            let label = format!("{}_rows", self.name);
            let looped = self.strip_tail(items, rows_count, strips, longest, label);
            self.setup.extend(looped);
            (self.strips, self.spare_address) = (columns, spare);
        }
        Ok(placed)
    }

    /// The head of a strip of some whole: in a loop if there are several.
    fn strip_head(&mut self, elements: u32, strips: u32, width: u32, says: &str) {
        if strips > 1 {
            self.lanes.start("t1", "s1", width, Strip::Left);
            return;
        }
        let mut items = Vec::new();
        constant(&mut items, "t0", elements);
        if let Some(Item::Line(line)) = items.first_mut() {
            says.clone_into(&mut line.comment);
        }
        self.lanes.items.extend(items);
        self.lanes.start("t1", "t0", width, Strip::Fixed(elements));
    }

    /// Closes the loop over strips around their code.
    fn strip_tail(
        &self,
        mut body: Vec<Item>,
        elements: u32,
        strips: u32,
        longest: u32,
        label: String,
    ) -> Vec<Item> {
        if strips == 1 {
            return body;
        }
        let mut items = Vec::new();
        constant(&mut items, "s1", elements);
        items.push(Line::new("li", "s0, 0").says("offset of the strip").into());
        // The number granted is asked for again: t1 has been used since.
        body.push(Line::new("csrr", "t1, vl").into());
        body.push(Line::new("sub", "s1, s1, t1").into());
        body.push(Line::new("slli", "t1, t1, 1").into());
        body.push(Line::new("add", "s0, s0, t1").into());
        body.push(Line::new("bnez", format!("s1, {label}")).into());
        items.push(Item::Loop { label, trips: Trips::Strips { elements, longest }, body });
        items
    }

    fn synapses(mut self) -> Emit<Section> {
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
        let kernel = self.strip_tail(body, layout.columns, self.strips, longest, label);
        Ok(Section { setup: self.setup, kernel })
    }

    /// Pointers into `before`: setup where there is one strip.
    fn pointer(&mut self, register: &str, base: u32, width: Option<u32>) {
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
    fn stream(&mut self, stream: u32) {
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
            self.lanes.bind(&uses.weight_term(program), Value::Vector { group, owned: false });
            weight = Some(group);
        }
        let mut old = None;
        if let (Some((pointer, bits)), true) = (momentum, uses.momentum) {
            let group = self.lanes.load(bits, pointer, Port::Plain, "m")?;
            let owned = uses.old_momentum == 1;
            self.lanes.bound.push((uses.momentum_term(program), Value::Vector { group, owned }));
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
            self.lanes.bound.push((uses.momentum_term(program), Value::Vector { group, owned }));
        }
        if let (Some(group), Some(step)) = (weight, step) {
            let says = "w + dw, held";
            let held = self.moved(group, step, says)?;
            self.lanes.store(element, held, "a0", Port::Row, "w");
        }
        Ok(())
    }

    /// `held(w + step)` in the place of `w`.
    fn moved(&mut self, weight: Group, step: Value, says: &str) -> Emit<Group> {
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

    /// A register per column.
    fn columns(mut self, assignment: &Assignment) -> Emit<Section> {
        let program = self.shared.program;
        let mut ahead = Ahead::default();
        ahead.gather(&assignment.value, Shape::Column, self.target, self.array);
        self.constants(&ahead.constants)?;
        if let Some(bits) = draws(&assignment.value) {
            self.stream(u32::from(assignment.target.stream()));
            let pointer = self.scalar()?;
            self.lanes.draws = Some(pointer);
            self.strip_head(self.shared.layout.columns, self.strips, 16, "columns");
            self.pointer(pointer, map::RANDOM, Some(bits));
        } else {
            self.strip_head(self.shared.layout.columns, self.strips, 16, "columns");
        }
        let value = self.value(&assignment.value)?;
        let layout = self.shared.layout;
        let (signal, width) = match assignment.target {
            Target::Bias => (Signal::Weight, program.element_bits()),
            Target::Tau => (Signal::TauM, 16),
            Target::Injection | Target::Weight | Target::Momentum => (Signal::Injection, 16),
        };
        let operand = Operand { signal, view: View::Plain };
        let mut sight = Sight {
            shared: self.shared,
            target: self.target,
            array: self.array,
            offset: self.strips > 1,
            spare: None,
        };
        let address = sight.address(operand, &mut self.lanes.items);
        let (port, _) = sight.port(operand);
        let group = match assignment.target {
            Target::Injection | Target::Weight | Target::Momentum => {
                self.lanes.vector(value, 16)?
            }
            Target::Bias => {
                let old = self.lanes.load(width, address, port, "bias")?;
                self.moved(old, value, "w + db, held")?
            }
            Target::Tau => {
                let old = self.lanes.load(16, address, port, "tau_m code")?;
                let own = Value::Vector { group: old, owned: true };
                let sum = self.lanes.commutative(("vsadd.vv", "vsadd.vx"), (own, value), 16)?;
                self.lanes.vector(sum, 16)?
            }
        };
        self.lanes.store(width, group, address, port, assignment.target.name());
        let body = std::mem::take(&mut self.lanes.items);
        let longest = layout.vlen / self.ratio;
        let label = format!("{}_strip", self.name);
        let kernel = self.strip_tail(body, layout.columns, self.strips, longest, label);
        Ok(Section { setup: self.setup, kernel })
    }

    fn keep(mut self, from: u32, to: Location) -> Emit<Section> {
        let layout = self.shared.layout;
        self.strip_head(layout.columns, self.strips, 16, "columns");
        let offset = |items: &mut Vec<Item>, several: bool| {
            if several {
                items.push(Line::new("add", "t0, t0, s0").into());
            }
        };
        point(&mut self.lanes.items, "t0", Location::At(from));
        offset(&mut self.lanes.items, self.strips > 1);
        let group = self.lanes.load(16, "t0", Port::Plain, "this step's")?;
        point(&mut self.lanes.items, "t0", to);
        offset(&mut self.lanes.items, self.strips > 1);
        self.lanes.store(16, group, "t0", Port::Plain, "kept");
        let body = std::mem::take(&mut self.lanes.items);
        let longest = layout.vlen / self.ratio;
        let label = format!("{}_strip", self.name);
        let kernel = self.strip_tail(body, layout.columns, self.strips, longest, label);
        Ok(Section { setup: self.setup, kernel })
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

    fn weight_term(&self, program: &Program) -> Term {
        let fraction = leadlag_fixed::signed(program.weight_bits) - 1;
        let format =
            leadlag_plasticity::language::Format { fraction, bits: program.element_bits() };
        Term { node: Node::Operand(Operand { signal: Signal::Weight, view: View::Plain }), format }
    }

    fn momentum_term(&self, program: &Program) -> Term {
        let format = program.momentum.unwrap_or(leadlag_plasticity::language::Format::Q15);
        Term {
            node: Node::Operand(Operand { signal: Signal::Momentum, view: View::Plain }),
            format,
        }
    }
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
