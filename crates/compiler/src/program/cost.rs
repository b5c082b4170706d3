//! Cycles of a listing, by walking it as the core would.
//!
//! Costs come from the timing table of the instruction set (`isa/timing.toml`), so a line costs here
//! what it costs in the processor. Nothing is run: the only things that a cost depends on are the
//! number of elements, the widths and the branches, and the listing knows them all.

use std::fmt::Write as _;

use leadlag_isa::{Class, Mnemonic, Parameter, Parameters, Semantics, Work};

use super::listing::{Condition, Item, Line, Port, Strip, Trips, print_line, put};

/// Falling asleep.
pub(crate) const SLEEP: u64 = 1;

/// Cycles as a closed form in the number of rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Cost {
    /// Whatever the number of rows.
    pub fixed: i64,
    /// For each row.
    pub per_row: i64,
}

impl Cost {
    /// The cycles for a number of rows.
    #[must_use]
    pub fn total(self, rows: u32) -> u64 {
        u64::try_from(self.fixed + i64::from(rows) * self.per_row).unwrap_or(0)
    }

    fn add(&mut self, other: Self) {
        self.fixed += other.fixed;
        self.per_row += other.per_row;
    }
}

/// What is known of a step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Situation<'a> {
    pub(crate) timing: &'a Parameters,
    pub(crate) is_due: bool,
    pub(crate) is_owed: bool,
}

/// The cost of some items in a row.
pub(crate) fn sum(items: &[Item], situation: &Situation<'_>) -> Cost {
    let mut walk = Walk { situation, elements: 0, left: 0 };
    walk.items(items)
}

/// The assembly with the cycles of each line in front, those of a loop's first round.
pub(crate) fn annotated(items: &[Item], situation: &Situation<'_>) -> String {
    let mut text = String::new();
    Walk { situation, elements: 0, left: 0 }.annotate(items, &mut text);
    text
}

struct Walk<'a> {
    situation: &'a Situation<'a>,
    /// Elements in force: `vl`.
    elements: u32,
    /// Elements of the strip that a loop over strips is at.
    left: u32,
}

impl Walk<'_> {
    fn items(&mut self, items: &[Item]) -> Cost {
        let mut cost = Cost::default();
        for item in items {
            match item {
                Item::Line(line) => cost.fixed += self.line(line, false),
                Item::Remark(_) | Item::Label(_) => {}
                Item::Loop { trips, body, .. } => cost.add(self.repeated(*trips, body)),
                Item::When { condition, branch, body, .. } => {
                    let runs = match condition {
                        Condition::Due => self.situation.is_due,
                        Condition::Owed => self.situation.is_owed,
                    };
                    cost.fixed += self.line(branch, !runs);
                    if runs {
                        cost.add(self.items(body));
                    }
                }
            }
        }
        cost
    }

    fn annotate(&mut self, items: &[Item], text: &mut String) {
        for item in items {
            match item {
                Item::Line(line) => self.annotate_line(line, false, text),
                Item::Remark(remark) => put(text, &format!("        # {remark}")),
                Item::Label(label) => put(text, &format!("        {label}:")),
                Item::Loop { label, trips, body } => {
                    if let Trips::Strips { elements, longest } = trips {
                        self.left = *elements.min(longest);
                    }
                    put(text, &format!("        {label}:"));
                    if let Some((Item::Line(branch), rest)) = body.split_last() {
                        self.annotate(rest, text);
                        self.annotate_line(branch, true, text);
                    }
                }
                Item::When { branch, end, body, .. } => {
                    self.annotate_line(branch, false, text);
                    self.annotate(body, text);
                    put(text, &format!("        {end}:"));
                }
            }
        }
    }

    fn annotate_line(&mut self, line: &Line, taken: bool, text: &mut String) {
        let cycles = self.line(line, taken);
        let _ = write!(text, "{cycles:>8}");
        print_line(line, text);
    }

    /// All but the last line of a loop's body, and the branch that ends it when taken.
    fn round(&mut self, body: &[Item]) -> (Cost, i64, i64) {
        let Some((Item::Line(branch), rest)) = body.split_last() else {
            return (self.items(body), 0, 0);
        };
        (self.items(rest), self.line(branch, true), self.line(branch, false))
    }

    fn repeated(&mut self, trips: Trips, body: &[Item]) -> Cost {
        match trips {
            Trips::Rows { less } => {
                let (round, taken, passed) = self.round(body);
                let per_row = round.fixed + taken;
                let fixed = passed - taken - i64::from(less) * per_row;
                Cost { fixed, per_row }
            }
            Trips::Times(count) => {
                let (round, taken, passed) = self.round(body);
                let fixed = i64::from(count) * (round.fixed + taken) + passed - taken;
                Cost { fixed, per_row: 0 }
            }
            Trips::Strips { elements, longest } => {
                let mut cost = Cost::default();
                for strip in 0..elements.div_ceil(longest) {
                    self.left = (elements - strip * longest).min(longest);
                    let is_last = (strip + 1) * longest >= elements;
                    let (round, taken, passed) = self.round(body);
                    cost.add(round);
                    cost.fixed += if is_last { passed } else { taken };
                }
                cost
            }
        }
    }

    fn line(&mut self, line: &Line, taken: bool) -> i64 {
        match line.strip {
            Some(Strip::Left) => self.elements = self.left,
            Some(Strip::Fixed(elements)) => self.elements = elements,
            None => {}
        }
        let Some(mnemonic) = Mnemonic::from_name(real_name(line.mnemonic)) else { return 0 };
        let row = mnemonic.row();
        let class = if line.port == Port::Row {
            at_row(row.timing, row.semantics == Semantics::Vse)
        } else {
            row.timing
        };
        let timing = self.situation.timing;
        let waits = line.conversions * timing.get(Parameter::Adc);
        i64::from(waits + cycles(class, timing, self.elements, line.width, taken))
    }
}

/// Cycles of an instruction of a class.
fn cycles(class: Class, timing: &Parameters, elements: u32, width: u32, taken: bool) -> u32 {
    let cost = class.cost();
    if let (Some(cycles), true) = (cost.taken, taken) {
        return cycles;
    }
    let beats = |width: u32, port: Parameter| (elements * width).div_ceil(timing.get(port));
    let work = match cost.work {
        Work::None | Work::Registers | Work::RowRegisters => 0,
        Work::Beats | Work::BeatsEew | Work::BeatsSew => beats(width, Parameter::D),
        Work::BeatsMask => beats(1, Parameter::D),
        Work::Serial => width * beats(width, Parameter::D),
        Work::Tree => {
            let steps = (timing.get(Parameter::D) / width.max(1)).next_power_of_two().ilog2();
            beats(width, Parameter::D) + steps
        }
        Work::Elements => elements,
        Work::Row => beats(width, Parameter::Pw),
    };
    cost.constant + cost.parameter.map_or(0, |parameter| timing.get(parameter)) + work
}

/// The class of an access to a synapse row.
fn at_row(class: Class, stores: bool) -> Class {
    if class != Class::VMem {
        class
    } else if stores {
        Class::VRowStore
    } else {
        Class::VRowLoad
    }
}

/// The instruction behind an assembler's name.
fn real_name(name: &'static str) -> &'static str {
    match name {
        "li" | "mv" => "addi",
        "j" => "jal",
        "beqz" => "beq",
        "bnez" => "bne",
        "csrr" | "csrs" => "csrrs",
        "csrw" => "csrrw",
        "csrc" => "csrrc",
        "csrwi" => "csrrwi",
        "neg" => "sub",
        "seqz" => "sltiu",
        name => name,
    }
}
