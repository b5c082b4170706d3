//! Output errors and the measuring loop: `leadlag_plasticity::{cross_entropy, squared_error}` as
//! programs, bit for bit.

use leadlag_plasticity::CodeScale;
use leadlag_plasticity::language::Mode;

use super::lanes::{Emit, Lanes};
use super::listing::{Item, Line, Port, Strip, Trips};
use super::map::{self, Layout};
use super::section::{Section, constant};

/// The most outputs whose shares add up within a word.
pub const MOST_OUTPUTS: u32 = 127;

/// Bits of a share of the softmax.
const SHARE: u32 = 15;

/// What the outputs of a core are taught with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Loss {
    /// `beta*(onehot - softmax(r))`; a full-scale rate is worth `2^scale`.
    CrossEntropy {
        /// Log2 of a full-scale rate: -11 to 15.
        scale: i32,
    },
    /// `beta*(target - r)`.
    SquaredError,
}

/// The injection registers of a core with outputs.
///
/// The host writes the label, or any number that is not negative where the target is a vector, to
/// the first host-to-core word; -1 says that there is no target, and the registers are cleared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Teaching {
    /// Loss.
    pub loss: Loss,
    /// Outputs, the first columns of the core.
    pub outputs: u32,
    /// Width of an injection register.
    pub bits: u32,
}

impl Teaching {
    /// Whether a gain's shift leaves room for what outputs hand on: at most 30 for a softmax.
    #[must_use]
    pub fn takes(&self, scale: CodeScale) -> bool {
        scale.bits == self.bits
            && match self.loss {
                Loss::CrossEntropy { .. } => scale.gain.shift <= 30,
                Loss::SquaredError => true,
            }
    }
}

fn lines(items: &mut Vec<Item>, lines: &[(&'static str, &str, &str)]) {
    let line = |(mnemonic, operands, says): &(&'static str, &str, &str)| {
        Line::new(mnemonic, *operands).says(*says).into()
    };
    items.extend(lines.iter().map(line));
}

/// Gain and label: mantissa in a5, shift in a7, label in s10. Without a target the mantissa is 0.
fn gain(items: &mut Vec<Item>, param: u32) {
    constant(items, "t0", map::PARAMS);
    items.push(Line::new("lw", format!("a7, {}(t0)", 4 * param)).says("gain").into());
    lines(
        items,
        &[
            ("srai", "a5, a7, 8", "its mantissa"),
            ("andi", "a7, a7, 31", "its shift"),
            ("lw", "s10, 0x100(t0)", "label, negative if there is no target"),
            ("slti", "t1, s10, 0", ""),
            ("addi", "t1, t1, -1", ""),
            ("and", "a5, a5, t1", "no target, no error"),
        ],
    );
}

/// The ends of an injection code in t5 and t6.
fn ends(items: &mut Vec<Item>, bits: u32) {
    let top = (1_u32 << (bits - 1)) - 1;
    constant(items, "t5", !top);
    constant(items, "t6", top);
}

/// The section that writes the injection registers; `scratch` is an address in data memory with a
/// word per output, `param` the place of the gain in the parameter block.
pub(crate) fn section(
    teaching: &Teaching,
    layout: &Layout,
    param: u32,
    scratch: u32,
) -> Emit<Section> {
    let mut setup = Vec::new();
    gain(&mut setup, param);
    ends(&mut setup, teaching.bits);
    let kernel = match teaching.loss {
        Loss::SquaredError => squared_error(teaching, layout)?,
        Loss::CrossEntropy { scale } => cross_entropy(teaching, layout, scale, scratch)?,
    };
    Ok(Section { setup, kernel })
}

/// A vector section over some elements: its body between the head and the end of a strip.
fn strips(
    layout: &Layout,
    (elements, width, ratio): (u32, u32, u32),
    label: &str,
    body: impl FnOnce(&mut Lanes) -> Emit<()>,
) -> Emit<Vec<Item>> {
    let mut lanes = Lanes::new(ratio, false);
    lanes.start("t1", "s1", width, Strip::Left);
    body(&mut lanes)?;
    let mut items = Vec::new();
    constant(&mut items, "s1", elements);
    lines(&mut items, &[("li", "s0, 0", "offset of the strip")]);
    let mut body = std::mem::take(&mut lanes.items);
    lines(
        &mut body,
        &[
            ("csrr", "t1, vl", ""),
            ("sub", "s1, s1, t1", ""),
            ("slli", "t1, t1, 1", ""),
            ("add", "s0, s0, t1", ""),
        ],
    );
    body.push(Line::new("bnez", format!("s1, {label}")).into());
    let longest = layout.vlen / ratio;
    let trips = Trips::Strips { elements, longest };
    items.push(Item::Loop { label: label.to_owned(), trips, body });
    Ok(items)
}

fn address(lanes: &mut Lanes, base: u32) {
    constant(&mut lanes.items, "t0", base);
    lanes.emit(Line::new("add", "t0, t0, s0"));
}

fn at(lanes: &mut Lanes, width: u32, wide: u32, mnemonic: &'static str, operands: String) {
    lanes.width(width);
    lanes.emit(Line::new(mnemonic, operands).wide(wide));
}

/// The product of a difference of 17 bits and a mantissa of 15 fits a word.
fn squared_error(teaching: &Teaching, layout: &Layout) -> Emit<Vec<Item>> {
    strips(layout, (teaching.outputs, 16, 4), "inject_strip", |lanes| {
        lanes.rounding(Mode::NearestUp);
        address(lanes, map::TARGET);
        let target = lanes.load(16, "t0", Port::Plain, "target")?;
        address(lanes, map::ADC_RATE);
        let rate = lanes.load(16, "t0", Port::Plain, "r")?;
        let error = lanes.take(32)?;
        at(lanes, 16, 32, "vwsub.vv", format!("{error}, {target}, {rate}"));
        at(lanes, 32, 32, "vmul.vx", format!("{error}, {error}, a5"));
        at(lanes, 32, 32, "vssra.vx", format!("{error}, {error}, a7"));
        at(lanes, 32, 32, "vmax.vx", format!("{error}, {error}, t5"));
        at(lanes, 32, 32, "vmin.vx", format!("{error}, {error}, t6"));
        at(lanes, 16, 32, "vnclip.wi", format!("{target}, {error}, 0"));
        at(lanes, 16, 16, "vsll.vi", format!("{target}, {target}, {}", 16 - teaching.bits));
        address(lanes, map::INJECTION);
        lanes.store(16, target, "t0", Port::Plain, "injection");
        Ok(())
    })
}

/// The largest rate, then an exponential and a division per output, in the outputs' order: what one
/// code drops is handed to the next.
fn cross_entropy(
    teaching: &Teaching,
    layout: &Layout,
    scale: i32,
    scratch: u32,
) -> Emit<Vec<Item>> {
    let mut items = Vec::new();
    constant(&mut items, "t2", 0_u32.wrapping_sub(1 << 15));
    lines(&mut items, &[("li", "t0, 1", "")]);
    let one = Line::new("vsetvli", "zero, t0, e16, m8, ta, ma");
    items.push(Line { strip: Some(Strip::Fixed(1)), ..one }.into());
    lines(&mut items, &[("vmv.s.x", "v0, t2", "the least rate")]);
    items.extend(strips(layout, (teaching.outputs, 16, 2), "top_strip", |lanes| {
        address(lanes, map::ADC_RATE);
        let rate = lanes.load(16, "t0", Port::Plain, "r")?;
        at(lanes, 16, 16, "vredmax.vs", format!("v0, {rate}, v0"));
        Ok(())
    })?);
    lines(&mut items, &[("vmv.x.s", "s4, v0", "the largest rate")]);
    items.extend(shares(teaching.outputs, scale, scratch));
    items.extend(codes(teaching, scratch));
    Ok(items)
}

/// `2^-x` of each output's distance to the largest rate, with 24 bits, and their sum in s6.
fn shares(outputs: u32, scale: i32, scratch: u32) -> Vec<Item> {
    let mut items = Vec::new();
    constant(&mut items, "s5", leadlag_plasticity::LOG2_E);
    constant(&mut items, "a0", map::ADC_RATE);
    constant(&mut items, "a1", scratch);
    constant(&mut items, "a3", outputs);
    lines(
        &mut items,
        &[
            ("lui", "a2, %hi(power)", "table of powers"),
            ("addi", "a2, a2, %lo(power)", ""),
            ("li", "s6, 0", "sum of the shares"),
        ],
    );
    let shift = 20 - scale;
    let mut body = Vec::new();
    lines(
        &mut body,
        &[
            ("lh", "t0, 0(a0)", "r"),
            ("sub", "t0, s4, t0", "distance to the largest"),
            ("mul", "t1, t0, s5", "times log2(e)"),
            ("mulhu", "t2, t0, s5", ""),
        ],
    );
    body.push(Line::new("srli", format!("t1, t1, {shift}")).into());
    body.push(Line::new("slli", format!("t2, t2, {}", 32 - shift)).into());
    lines(
        &mut body,
        &[
            ("or", "t1, t1, t2", "x"),
            ("srli", "t2, t1, 15", "its whole part"),
            ("sltiu", "t3, t2, 31", ""),
            ("addi", "t3, t3, -1", ""),
            ("or", "t2, t2, t3", "held at 31"),
            ("slli", "t3, t1, 17", ""),
            ("srli", "t3, t3, 26", "segment"),
            ("slli", "t3, t3, 1", ""),
            ("add", "t3, t3, a2", ""),
            ("lhu", "t4, 0(t3)", "from"),
            ("lhu", "t5, 2(t3)", "to"),
            ("andi", "t1, t1, 511", ""),
            ("sub", "t5, t4, t5", ""),
            ("mul", "t5, t5, t1", ""),
            ("slli", "t4, t4, 9", ""),
            ("sub", "t4, t4, t5", ""),
            ("srl", "t4, t4, t2", "share"),
            ("sw", "t4, 0(a1)", ""),
            ("add", "s6, s6, t4", ""),
            ("addi", "a0, a0, 2", ""),
            ("addi", "a1, a1, 4", ""),
            ("addi", "a3, a3, -1", ""),
            ("bnez", "a3, share", ""),
        ],
    );
    items.push(Item::Loop { label: "share".to_owned(), trips: Trips::Times(outputs), body });
    items
}

/// A share over the sum, bit by bit: its quotient has 16 bits and its dividend 39.
fn division() -> Item {
    let mut body = Vec::new();
    lines(
        &mut body,
        &[
            ("slli", "t0, t0, 1", "rest"),
            ("slli", "t1, t1, 1", "quotient"),
            ("sltu", "t2, t0, s6", ""),
            ("addi", "t2, t2, -1", "-1 where the sum goes in"),
            ("sub", "t1, t1, t2", ""),
            ("and", "t2, t2, s6", ""),
            ("sub", "t0, t0, t2", ""),
            ("addi", "t3, t3, -1", ""),
            ("bnez", "t3, bit", ""),
        ],
    );
    Item::Loop { label: "bit".to_owned(), trips: Trips::Times(SHARE), body }
}

fn codes(teaching: &Teaching, scratch: u32) -> Vec<Item> {
    let mut items = Vec::new();
    constant(&mut items, "a0", map::INJECTION);
    constant(&mut items, "a1", scratch);
    constant(&mut items, "a3", teaching.outputs);
    ends(&mut items, teaching.bits);
    lines(
        &mut items,
        &[
            ("srli", "s7, s6, 1", "half the sum"),
            ("li", "s8, 1", ""),
            ("sll", "s8, s8, a7", ""),
            ("srli", "s8, s8, 1", "half a code: where rounding starts"),
            ("li", "s9, 0", "output"),
        ],
    );
    let mut body = Vec::new();
    lines(
        &mut body,
        &[
            ("lw", "t0, 0(a1)", "share"),
            ("sltu", "t1, t0, s6", ""),
            ("xori", "t1, t1, 1", "1 if it is the sum"),
            ("neg", "t2, t1", ""),
            ("and", "t2, t2, s6", ""),
            ("sub", "t0, t0, t2", ""),
            ("li", "t3, 15", ""),
        ],
    );
    body.push(division());
    lines(
        &mut body,
        &[
            ("add", "t0, t0, s7", "round half up"),
            ("sltu", "t2, t0, s6", ""),
            ("xori", "t2, t2, 1", ""),
            ("add", "t1, t1, t2", "softmax"),
            ("xor", "t2, s9, s10", ""),
            ("seqz", "t2, t2", ""),
            ("slli", "t2, t2, 15", ""),
            ("sub", "t2, t2, t1", "onehot - softmax"),
            ("mul", "t2, t2, a5", ""),
            ("add", "t2, t2, s8", "and what the output before has dropped"),
            ("sra", "t3, t2, a7", "code"),
            ("sll", "t4, t3, a7", ""),
            ("sub", "s8, t2, t4", "dropped"),
            ("slt", "t4, t3, t5", "hold it at the lower end"),
            ("neg", "t4, t4", ""),
            ("xor", "t0, t3, t5", ""),
            ("and", "t0, t0, t4", ""),
            ("xor", "t3, t3, t0", ""),
            ("slt", "t4, t6, t3", "and at the upper one"),
            ("neg", "t4, t4", ""),
            ("xor", "t0, t3, t6", ""),
            ("and", "t0, t0, t4", ""),
            ("xor", "t3, t3, t0", ""),
        ],
    );
    body.push(Line::new("slli", format!("t3, t3, {}", 16 - teaching.bits)).into());
    lines(
        &mut body,
        &[
            ("sh", "t3, 0(a0)", "injection"),
            ("addi", "s9, s9, 1", ""),
            ("addi", "a0, a0, 2", ""),
            ("addi", "a1, a1, 4", ""),
            ("addi", "a3, a3, -1", ""),
            ("bnez", "a3, output", ""),
        ],
    );
    let trips = Trips::Times(teaching.outputs);
    items.push(Item::Loop { label: "output".to_owned(), trips, body });
    items
}

/// The table of powers, behind the program.
pub(crate) fn table() -> String {
    let rows = leadlag_plasticity::POWER.chunks(13).map(|row| {
        let words: Vec<String> = row.iter().map(ToString::to_string).collect();
        format!("        .half       {}\n", words.join(", "))
    });
    format!("# 2^15 * 2^(-i/64)\npower:\n{}", rows.collect::<String>())
}

/// Adds a conversion to the sums: a word per column at `sums`.
pub(crate) fn accumulate(layout: &Layout, from: u32, sums: u32) -> Emit<Vec<Item>> {
    strips(layout, (layout.columns, 16, 4), "sum_strip", |lanes| {
        address(lanes, from);
        let code = lanes.load(16, "t0", Port::Plain, "code")?;
        constant(&mut lanes.items, "t0", sums);
        lanes.emit(Line::new("slli", "t1, s0, 1"));
        lanes.emit(Line::new("add", "t0, t0, t1"));
        let sum = lanes.load(32, "t0", Port::Plain, "sum")?;
        at(lanes, 16, 32, "vwadd.wv", format!("{sum}, {sum}, {code}"));
        lanes.store(32, sum, "t0", Port::Plain, "sum");
        Ok(())
    })
}

/// Means of `2^log` conversions to the mailbox's target vector, half up; the sums start anew.
pub(crate) fn average(layout: &Layout, sums: u32, log: u32) -> Emit<Vec<Item>> {
    strips(layout, (layout.columns, 16, 4), "mean_strip", |lanes| {
        lanes.rounding(Mode::NearestUp);
        constant(&mut lanes.items, "t0", sums);
        lanes.emit(Line::new("slli", "t1, s0, 1"));
        lanes.emit(Line::new("add", "t0, t0, t1"));
        let sum = lanes.load(32, "t0", Port::Plain, "sum")?;
        let zero = lanes.take(32)?;
        at(lanes, 32, 32, "vmv.v.x", format!("{zero}, zero"));
        lanes.store(32, zero, "t0", Port::Plain, "nothing");
        let mean = lanes.registers.halve(sum);
        at(lanes, 16, 32, "vnclip.wi", format!("{mean}, {sum}, {log}"));
        address(lanes, map::TARGET);
        lanes.store(16, mean, "t0", Port::Plain, "mean");
        Ok(())
    })
}
