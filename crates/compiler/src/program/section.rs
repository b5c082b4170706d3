//! The sections of a program: an array's update, a column register's update, a copy of a vector.
//!
//! An array's section walks over strips of columns and, within a strip, over the rows. What varies
//! over the columns alone is computed before the rows; what varies over the rows alone, before the
//! strips, as a vector over the rows; constants, before everything. Hoisting changes no value.

mod ahead;
mod columns;
mod rows;
mod sight;

use leadlag_plasticity::language::{ArrayName, Assignment, Node, Program, Target, Term};

use super::lanes::{Emit, Full, Lanes, Value};
use super::listing::{Item, Line, Port, Strip, Trips};
use super::map::{self, Data, Layout, Location};
use super::registers::ScalarRegisters;
use super::text_of::text_of;
use ahead::{has_masks, ratios, widths};
use sight::Sight;

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
        if let Node::Number(0) = leaf.node {
            return Ok(Value::Scalar("zero"));
        }
        let register = self.scalar()?;
        if let Node::Param(at) = leaf.node {
            let name = self.shared.program.params.get(at).map_or("", |p| p.name.as_str());
            let line = Line::new("lw", format!("{register}, {}(t0)", 4 * at));
            self.setup.push(line.says(name).into());
        }
        if let Node::Number(code) = leaf.node {
            let bits = i32::try_from(code).unwrap_or(0).cast_unsigned();
            constant(&mut self.setup, register, bits);
        }
        Ok(Value::Scalar(register))
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
            let looped = strip_tail(items, rows_count, strips, longest, label);
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
}

/// Closes the loop over strips around their code.
fn strip_tail(
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
