//! The rules of a network file as programs: `leadlag_plasticity::learn`, bit for bit.
//!
//! Unlike a rule in the rule language these keep a step in fine units of 1/4096 of a weight's last
//! bit, in words of 32 bits, and take their learning rates as mantissa and shift from the parameter
//! block, where the host changes them while the network learns. One chip, no replicas: the sum of
//! products is one product.

mod around;
mod state;
mod tau;

use leadlag_plasticity::language::{ArrayName, Mode};
use leadlag_plasticity::{FINE, Fraction, Rounding, Rule, dead_band};

use super::lanes::{Emit, Full, Lanes};
use super::listing::{Item, Line, Port, Strip, Trips};
use super::map::{self, Layout, Location};
use super::registers::Group;
use super::section::{Section, constant, point};
pub(crate) use around::{Beside, assemble};
pub use state::State;
pub use tau::TauLesson;
pub(crate) use tau::section as tau_section;

/// Words of the parameter block in front of the learning rates.
const HEAD: u32 = 2;

/// Rows with a learning rate of their own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rows {
    /// The first one.
    pub first: u32,
    /// How many.
    pub rows: u32,
    /// Bits from the product of two 16-bit fractions to the word `g`: at most 31.
    pub drop: u32,
}

/// Where a core's own signals come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Own {
    /// The codes its senders sent.
    Sent,
    /// Its column converters.
    Converted,
}

/// A network's rule on one core.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lesson {
    /// Family.
    pub rule: Rule,
    /// Rounding of the weight store.
    pub rounding: Rounding,
    /// Width of a weight.
    pub weight_bits: u32,
    /// Steps between updates.
    pub every: u32,
    /// The core's own factor of the product.
    pub own: Own,
    /// Plastic rows of the somatic array.
    pub somatic: Vec<Rows>,
    /// Plastic rows of the apical array.
    pub apical: Vec<Rows>,
    /// How the time constants learn, if they do.
    pub tau: Option<TauLesson>,
}

impl Lesson {
    /// The parameter block: decay, whether the network learns, and a learning rate for each group,
    /// the somatic ones first, then that of the time constants if they learn.
    #[must_use]
    pub fn params(&self, decay: Fraction, learns: bool, etas: &[Fraction]) -> Vec<i32> {
        let head = [decay.packed(), i32::from(learns)];
        head.into_iter().chain(etas.iter().map(Fraction::packed)).collect()
    }

    fn rows(&self, array: ArrayName) -> &[Rows] {
        match array {
            ArrayName::Somatic => &self.somatic,
            ArrayName::Apical => &self.apical,
        }
    }

    /// The place of an array's first learning rate in the parameter block.
    fn first_rate(&self, array: ArrayName) -> u32 {
        match array {
            ArrayName::Somatic => HEAD,
            ArrayName::Apical => HEAD + leadlag_fixed::count(self.somatic.len()),
        }
    }

    /// The place of the time constants' learning rate in the parameter block: behind the others.
    fn tau_word(&self) -> u32 {
        self.first_rate(ArrayName::Apical) + leadlag_fixed::count(self.apical.len())
    }

    /// The place of the gain of output errors in the parameter block: behind the learning rates.
    #[must_use]
    pub fn gain_word(&self) -> u32 {
        self.tau_word() + u32::from(self.tau.is_some())
    }

    fn element(&self) -> u32 {
        if self.weight_bits > 8 { 16 } else { 8 }
    }

    fn draws(&self) -> bool {
        self.rounding == Rounding::Stochastic || matches!(self.rule, Rule::Normalised { .. })
    }

    fn carries(&self) -> bool {
        self.rounding == Rounding::Carried
    }
}

/// The sections of a lesson's two arrays, with the widest strips that the registers allow.
pub(crate) fn section(lesson: &Lesson, layout: &Layout, array: ArrayName) -> Emit<Section> {
    let mut full = Full::Vector;
    for ratio in [4, 8, 16, 32] {
        let builder = Builder::new(lesson, layout, array, ratio);
        match builder.section() {
            Ok(section) => return Ok(section),
            Err(kind) => full = kind,
        }
    }
    Err(full)
}

struct Builder<'a> {
    lesson: &'a Lesson,
    layout: &'a Layout,
    state: State,
    array: ArrayName,
    name: &'static str,
    ratio: u32,
    lanes: Lanes,
    setup: Vec<Item>,
}

/// The pointer at the fractions of a row.
const FRACTION: &str = "t4";

/// A signal that a learning rate is applied to.
#[derive(Clone, Copy)]
enum Signal {
    Narrow(Group),
    Wide(Group),
}

impl<'a> Builder<'a> {
    fn new(lesson: &'a Lesson, layout: &'a Layout, array: ArrayName, ratio: u32) -> Self {
        let state = State::new(lesson, layout);
        Self {
            lesson,
            layout,
            state,
            array,
            name: match array {
                ArrayName::Somatic => "soma",
                ArrayName::Apical => "apical",
            },
            ratio,
            lanes: Lanes::new(ratio, false),
            setup: Vec::new(),
        }
    }

    fn side(&self) -> usize {
        usize::from(self.array == ArrayName::Apical)
    }

    fn strips(&self) -> u32 {
        self.layout.columns.div_ceil(self.layout.vlen / self.ratio)
    }

    fn section(mut self) -> Emit<Section> {
        self.constants();
        if self.strips() > 1 {
            self.lanes.start("t1", "s1", 16, Strip::Left);
        } else {
            constant(&mut self.lanes.items, "t0", self.layout.columns);
            self.lanes.start("t1", "t0", 16, Strip::Fixed(self.layout.columns));
        }
        self.lanes.rounding(Mode::NearestUp);
        let from = match (self.array, self.lesson.own) {
            (ArrayName::Somatic, Own::Sent) => Location::At(map::SENT_ERROR),
            (ArrayName::Somatic, Own::Converted) => Location::At(map::ADC_ERROR),
            (ArrayName::Apical, _) => Location::Older(map::DATA),
        };
        point(&mut self.lanes.items, "t0", from);
        self.offset("t0", 16);
        let own = self.lanes.load(16, "t0", Port::Plain, "the columns' own codes")?;
        for (at, rows) in (0..).zip(self.lesson.rows(self.array).to_vec()) {
            self.group(at, rows, own)?;
        }
        Ok(self.close())
    }

    /// The loop over strips, if there are several.
    fn close(mut self) -> Section {
        let (columns, strips) = (self.layout.columns, self.strips());
        let mut body = std::mem::take(&mut self.lanes.items);
        if strips == 1 {
            return Section { setup: self.setup, kernel: body };
        }
        let label = format!("{}_strip", self.name);
        let mut kernel = Vec::new();
        constant(&mut kernel, "s1", columns);
        kernel.push(Line::new("li", "s0, 0").says("offset of the strip").into());
        for (mnemonic, operands) in [
            ("csrr", "t1, vl"),
            ("sub", "s1, s1, t1"),
            ("slli", "t1, t1, 1"),
            ("add", "s0, s0, t1"),
        ] {
            body.push(Line::new(mnemonic, operands).into());
        }
        body.push(Line::new("bnez", format!("s1, {label}")).into());
        let longest = self.layout.vlen / self.ratio;
        kernel.push(Item::Loop {
            label,
            trips: Trips::Strips { elements: columns, longest },
            body,
        });
        Section { setup: self.setup, kernel }
    }

    /// Scalars of the whole array: s4 and s5 decay, s6 blend, s7 2^30, s8 the mask of a high byte,
    /// s9 and s10 the ends of a step, a6 and sp those of the dead band, t3 the mask of the bits that round a weight, t5 and t6 the ends of a weight.
    fn constants(&mut self) {
        let setup = &mut self.setup;
        constant(setup, "t0", map::PARAMS);
        setup.push(Line::new("lw", "s5, 0(t0)").says("decay").into());
        setup.push(Line::new("srai", "s4, s5, 8").says("its mantissa").into());
        setup.push(Line::new("andi", "s5, s5, 31").says("its shift").into());
        constant(setup, "a4", self.layout.stride());
        constant(setup, "t3", (1 << FINE) - 1);
        self.family();
        let setup = &mut self.setup;
        if self.lesson.weight_bits != 16 {
            let top = (1_u32 << (self.lesson.weight_bits - 1)) - 1;
            constant(setup, "t5", !top);
            constant(setup, "t6", top);
        }
        self.stream(u32::from(self.array.stream()));
    }

    /// Scalars of the rule's family.
    fn family(&mut self) {
        let setup = &mut self.setup;
        match self.lesson.rule {
            Rule::Sgd => {}
            Rule::Momentum { blend } => constant(setup, "s6", u32::from(blend)),
            Rule::Normalised { blend, .. } => {
                constant(setup, "s6", u32::from(blend));
                constant(setup, "s7", 1 << 30);
                constant(setup, "s8", 0_u32.wrapping_sub(256));
                constant(setup, "s9", 0_u32.wrapping_sub(2048));
                constant(setup, "s10", 2048);
                let band = u32::from(dead_band(blend).unsigned_abs());
                constant(setup, "a6", 0_u32.wrapping_sub(band));
                constant(setup, "sp", band);
            }
        }
    }

    /// The stream of draws, if there are any.
    fn stream(&mut self, stream: u32) {
        let setup = &mut self.setup;
        if self.lesson.draws() {
            constant(setup, "t0", map::CONTROL);
            constant(setup, "t1", stream);
            let line = Line::new("sw", format!("t1, {}(t0)", map::RANDOM_STREAM));
            setup.push(line.says("stream of draws").into());
        }
    }

    /// Adds the strip's offset to a pointer.
    fn offset(&mut self, register: &str, width: u32) {
        if self.strips() == 1 {
            return;
        }
        let items = &mut self.lanes.items;
        let by = if width == 8 {
            items.push(Line::new("srli", "t1, s0, 1").into());
            "t1"
        } else {
            "s0"
        };
        items.push(Line::new("add", format!("{register}, {register}, {by}")).into());
    }

    fn pointer(&mut self, register: &str, base: u32, width: u32) {
        constant(&mut self.lanes.items, register, base);
        self.offset(register, width);
    }

    /// Pointers of a group of rows, and the lines that move them to the next row.
    fn pointers(&mut self, rows: Rows) -> Vec<Item> {
        let (lesson, layout) = (self.lesson, self.layout);
        let mut steps: Vec<Item> = Vec::new();
        constant(&mut self.lanes.items, "a1", map::row_codes(self.array) + 2 * rows.first);
        steps.push(Line::new("addi", "a1, a1, 2").into());
        let row = rows.first * layout.stride();
        self.pointer("a0", map::weights(self.array) + row, lesson.element());
        steps.push(Line::new("add", "a0, a0, a4").into());
        if lesson.draws() {
            self.pointer("a2", map::RANDOM + row, 16);
            steps.push(Line::new("add", "a2, a2, a4").into());
        }
        let words = 2 * rows.first * layout.columns;
        let of_rule = [("ra", self.state.mean), ("gp", self.state.magnitude)];
        let carried = lesson.carries().then_some((FRACTION, self.state.fraction));
        for (register, base) in of_rule.into_iter().take(lesson.rule.words()).chain(carried) {
            let base = base.get(self.side()).copied().unwrap_or(0);
            self.pointer(register, map::DATA + base + words, 16);
            if steps.len() == 2 + usize::from(lesson.draws()) {
                constant(&mut self.lanes.items, "tp", 2 * layout.columns);
            }
            steps.push(Line::new("add", format!("{register}, {register}, tp")).into());
        }
        constant(&mut self.lanes.items, "a3", rows.rows);
        steps.push(Line::new("addi", "a3, a3, -1").into());
        steps
    }

    fn group(&mut self, at: u32, rows: Rows, own: Group) -> Emit<()> {
        if rows.rows == 0 {
            return Ok(());
        }
        let items = &mut self.lanes.items;
        constant(items, "t0", map::PARAMS);
        let place = 4 * (self.lesson.first_rate(self.array) + at);
        items.push(Line::new("lw", format!("a7, {place}(t0)")).says("learning rate").into());
        items.push(Line::new("srai", "a5, a7, 8").into());
        items.push(Line::new("andi", "a7, a7, 31").into());
        let steps = self.pointers(rows);
        self.lanes.width(16);
        let before = self.lanes.enter();
        self.row(own, rows.drop)?;
        self.lanes.items.extend(steps);
        let label = format!("{}_rows_{at}", self.name);
        let mut body = self.lanes.leave(before, 16);
        body.push(Line::new("bnez", format!("a3, {label}")).into());
        self.lanes.items.push(Item::Loop { label, trips: Trips::Times(rows.rows), body });
        Ok(())
    }

    /// An instruction at an element width; `wide` is the width of its widest operand.
    fn at(&mut self, width: u32, wide: u32, mnemonic: &'static str, operands: String) {
        self.lanes.width(width);
        self.lanes.emit(Line::new(mnemonic, operands).wide(wide));
    }

    fn says(&mut self, comment: &str) {
        if let Some(Item::Line(line)) = self.lanes.items.last_mut() {
            comment.clone_into(&mut line.comment);
        }
    }

    fn free(&mut self, group: Group) {
        self.lanes.registers.free(group);
    }

    fn row(&mut self, own: Group, drop: u32) -> Emit<()> {
        self.lanes.emit(Line::new("lh", "t2, 0(a1)").says("the row's code"));
        let weight = self.weight()?;
        let draws = if self.lesson.draws() {
            Some(self.lanes.load(16, "a2", Port::Plain, "draws")?)
        } else {
            None
        };
        let product = self.lanes.take(32)?;
        self.at(16, 32, "vwmul.vx", format!("{product}, {own}, t2"));
        let g = self.lanes.registers.halve(product);
        self.at(16, 32, "vnclip.wi", format!("{g}, {product}, {drop}"));
        self.says("g");
        let signal = self.signal(g, draws)?;
        let fine = self.step(signal, weight)?;
        self.rounded(fine, draws, FRACTION)?;
        self.moved(fine, weight)
    }

    /// What the learning rate is applied to; the state words follow `g`.
    fn signal(&mut self, g: Group, draws: Option<Group>) -> Emit<Signal> {
        Ok(match self.lesson.rule {
            Rule::Sgd => Signal::Narrow(g),
            Rule::Momentum { .. } => Signal::Narrow(self.blended(g)?),
            Rule::Normalised { forget, .. } => {
                let magnitude = self.followed(g, draws, forget)?;
                let mean = self.blended(g)?;
                Signal::Wide(self.quotient(mean, magnitude)?)
            }
        })
    }

    fn weight(&mut self) -> Emit<Group> {
        if self.lesson.element() == 16 {
            return self.lanes.load(16, "a0", Port::Row, "w");
        }
        let word = self.lanes.load(8, "a0", Port::Row, "w")?;
        let weight = self.lanes.take(16)?;
        self.at(16, 16, "vsext.vf2", format!("{weight}, {word}"));
        self.free(word);
        Ok(weight)
    }

    /// `m <- m + blend*(g - m)`.
    fn blended(&mut self, g: Group) -> Emit<Group> {
        let mean = self.lanes.load(16, "ra", Port::Plain, "m")?;
        let distance = self.lanes.take(32)?;
        self.at(16, 32, "vwsub.vv", format!("{distance}, {g}, {mean}"));
        self.says("g - m");
        self.at(32, 32, "vmul.vx", format!("{distance}, {distance}, s6"));
        self.at(32, 32, "vssra.vi", format!("{distance}, {distance}, 14"));
        self.at(16, 32, "vwadd.wv", format!("{distance}, {distance}, {mean}"));
        self.at(16, 32, "vnclip.wi", format!("{mean}, {distance}, 0"));
        self.lanes.store(16, mean, "ra", Port::Plain, "m + blend*(g - m)");
        self.free(distance);
        self.free(g);
        Ok(mean)
    }

    /// `2^30 / (n + 1)`; leaves `n + 1` in `next`.
    fn reciprocal(&mut self, next: Group, magnitude: Group) -> Emit<Group> {
        self.at(32, 32, "vadd.vi", format!("{next}, {magnitude}, 1"));
        let reciprocal = self.lanes.take(32)?;
        self.at(32, 32, "vmv.v.x", format!("{reciprocal}, s7"));
        self.at(32, 32, "vdivu.vv", format!("{reciprocal}, {reciprocal}, {next}"));
        self.says("2^30/(n + 1)");
        Ok(reciprocal)
    }

    /// The root of the running mean square.
    fn followed(&mut self, g: Group, draws: Option<Group>, forget: u8) -> Emit<Group> {
        let shift = u32::from(forget) + 1;
        let word = self.lanes.load(16, "gp", Port::Plain, "n")?;
        let old = self.lanes.take(32)?;
        self.at(32, 32, "vzext.vf2", format!("{old}, {word}"));
        let next = self.lanes.take(32)?;
        let reciprocal = self.reciprocal(next, old)?;
        self.at(32, 32, "vsll.vi", format!("{next}, {next}, 4"));
        let size = self.lanes.take(32)?;
        let held = self.lanes.take(32)?;
        self.at(32, 32, "vsext.vf2", format!("{size}, {g}"));
        self.at(32, 32, "vrsub.vi", format!("{held}, {size}, 0"));
        self.at(32, 32, "vmax.vv", format!("{size}, {size}, {held}"));
        self.says("|g|");
        self.at(32, 32, "vmin.vv", format!("{held}, {size}, {next}"));
        self.says("h");
        self.free(next);
        self.at(32, 32, "vmul.vv", format!("{held}, {held}, {held}"));
        // h*h*rho >> 30 as the upper word of the doubled factors.
        self.at(32, 32, "vsll.vi", format!("{held}, {held}, 1"));
        self.at(32, 32, "vsll.vi", format!("{reciprocal}, {reciprocal}, 1"));
        self.at(32, 32, "vmulhu.vv", format!("{held}, {held}, {reciprocal}"));
        self.free(reciprocal);
        self.at(32, 32, "vsub.vv", format!("{held}, {held}, {old}"));
        if let Some(draws) = draws {
            let high = self.lanes.take(16)?;
            self.at(16, 16, "vand.vx", format!("{high}, {draws}, s8"));
            self.at(16, 16, "vsrl.vi", format!("{high}, {high}, {}", 16 - shift));
            self.at(16, 32, "vwaddu.wv", format!("{held}, {held}, {high}"));
            self.free(high);
        }
        self.at(32, 32, "vsra.vi", format!("{held}, {held}, {shift}"));
        self.at(32, 32, "vadd.vv", format!("{held}, {held}, {old}"));
        self.free(old);
        self.at(32, 32, "vsrl.vi", format!("{size}, {size}, {}", forget / 2));
        self.at(32, 32, "vmax.vv", format!("{held}, {held}, {size}"));
        self.free(size);
        self.at(16, 32, "vnclip.wi", format!("{word}, {held}, 0"));
        self.free(held);
        self.lanes.store(16, word, "gp", Port::Plain, "n");
        Ok(word)
    }

    /// `m/(n + 1)` in 1/1024, held at two: of m without its dead band.
    fn quotient(&mut self, mean: Group, magnitude: Group) -> Emit<Group> {
        let rest = self.lanes.take(16)?;
        self.at(16, 16, "vmax.vx", format!("{rest}, {mean}, a6"));
        self.at(16, 16, "vmin.vx", format!("{rest}, {rest}, sp"));
        self.at(16, 16, "vsub.vv", format!("{mean}, {mean}, {rest}"));
        self.says("without the dead band");
        self.free(rest);
        let wide = self.lanes.take(32)?;
        self.at(32, 32, "vzext.vf2", format!("{wide}, {magnitude}"));
        self.free(magnitude);
        let reciprocal = self.reciprocal(wide, wide)?;
        self.at(32, 32, "vsext.vf2", format!("{wide}, {mean}"));
        self.free(mean);
        self.at(32, 32, "vsll.vi", format!("{wide}, {wide}, 13"));
        self.at(32, 32, "vmulh.vv", format!("{wide}, {wide}, {reciprocal}"));
        self.free(reciprocal);
        self.at(32, 32, "vssra.vi", format!("{wide}, {wide}, 1"));
        self.at(32, 32, "vmax.vx", format!("{wide}, {wide}, s9"));
        self.at(32, 32, "vmin.vx", format!("{wide}, {wide}, s10"));
        self.says("m/(n + 1)");
        Ok(wide)
    }

    /// `eta*signal`.
    fn rated(&mut self, signal: Signal) -> Emit<Group> {
        let fine = match signal {
            Signal::Narrow(signal) => {
                let fine = self.lanes.take(32)?;
                self.at(16, 32, "vwmul.vx", format!("{fine}, {signal}, a5"));
                self.free(signal);
                fine
            }
            Signal::Wide(signal) => {
                self.at(32, 32, "vmul.vx", format!("{signal}, {signal}, a5"));
                signal
            }
        };
        self.at(32, 32, "vssra.vx", format!("{fine}, {fine}, a7"));
        self.says("eta*signal");
        Ok(fine)
    }

    /// `eta*signal - decay*w` in fine units.
    fn step(&mut self, signal: Signal, weight: Group) -> Emit<Group> {
        let fine = self.rated(signal)?;
        let decay = self.lanes.take(32)?;
        self.at(16, 32, "vwmul.vx", format!("{decay}, {weight}, s4"));
        self.at(32, 32, "vssra.vx", format!("{decay}, {decay}, s5"));
        self.at(32, 32, "vsub.vv", format!("{fine}, {fine}, {decay}"));
        self.says("- decay*w");
        self.free(decay);
        Ok(fine)
    }

    /// Fine units to bits of the weight; `fractions` points at those that are carried.
    fn rounded(&mut self, fine: Group, draws: Option<Group>, fractions: &str) -> Emit<()> {
        match (self.lesson.rounding, draws) {
            (Rounding::Stochastic, Some(draws)) => {
                self.at(16, 16, "vand.vx", format!("{draws}, {draws}, t3"));
                self.at(16, 32, "vwaddu.wv", format!("{fine}, {fine}, {draws}"));
                self.at(32, 32, "vsra.vi", format!("{fine}, {fine}, {FINE}"));
            }
            (Rounding::Carried, _) => {
                let fraction = self.lanes.load(16, fractions, Port::Plain, "fraction")?;
                self.at(16, 32, "vwaddu.wv", format!("{fine}, {fine}, {fraction}"));
                self.at(16, 32, "vnsrl.wi", format!("{fraction}, {fine}, 0"));
                self.at(16, 16, "vand.vx", format!("{fraction}, {fraction}, t3"));
                self.lanes.store(16, fraction, fractions, Port::Plain, "what is left");
                self.free(fraction);
                self.at(32, 32, "vsra.vi", format!("{fine}, {fine}, {FINE}"));
            }
            (Rounding::Stochastic | Rounding::Nearest, _) => {
                self.at(32, 32, "vssra.vi", format!("{fine}, {fine}, {FINE}"));
            }
        }
        if let Some(draws) = draws {
            self.free(draws);
        }
        Ok(())
    }

    fn moved(&mut self, fine: Group, weight: Group) -> Emit<()> {
        self.at(16, 32, "vwadd.wv", format!("{fine}, {fine}, {weight}"));
        if self.lesson.weight_bits != 16 {
            self.at(32, 32, "vmax.vx", format!("{fine}, {fine}, t5"));
            self.at(32, 32, "vmin.vx", format!("{fine}, {fine}, t6"));
        }
        self.at(16, 32, "vnclip.wi", format!("{weight}, {fine}, 0"));
        self.says("w + dw, held");
        self.free(fine);
        if self.lesson.element() == 16 {
            self.lanes.store(16, weight, "a0", Port::Row, "w");
        } else {
            let word = self.lanes.take(8)?;
            self.at(8, 16, "vnclip.wi", format!("{word}, {weight}, 0"));
            self.lanes.store(8, word, "a0", Port::Row, "w");
            self.free(word);
        }
        self.free(weight);
        Ok(())
    }
}
