//! Items to bytes.

use std::collections::BTreeMap;
use std::ops::Range;

use leadlag_diagnostic::Diagnostic;

use super::Options;
use super::expression::{Expression, NoValue, Parsed};
use super::item::{Function, Item, Kind, Reach, Wait};
use super::layout::{Addresses, opposite};
use super::operand::field;
use super::short::shortest;
use super::source::Source;
use super::symbols::{Definition, Symbol};
use crate::program::{Line, Program, Segment};
use crate::row::Kind as OperandKind;
use crate::{Instruction, Layout, Mnemonic, Slot, Unencodable, encode};

/// Makes the program; what cannot be made is added to `found`.
pub(super) fn emit(
    source: &Source,
    addresses: &Addresses,
    options: &Options,
    found: &mut Vec<Diagnostic>,
) -> Program {
    let emitter = Emitter { source, addresses, distances: BTreeMap::new() };
    let emitter = Emitter { distances: emitter.distances(), ..emitter };
    let (symbols, constants) = (emitter.names(true), emitter.names(false));
    let mut program = Program { symbols, constants, ..Program::default() };
    for (number, section) in source.sections.iter().enumerate() {
        let mut bytes = Vec::new();
        for (at, item) in section.items.iter().enumerate() {
            let address = addresses.item(number, at).unwrap_or(0);
            let end = addresses.item(number, at + 1).unwrap_or(address);
            let before = bytes.len();
            if let Err(diagnostic) = emitter.item(item, address, end - address, &mut bytes) {
                found.push(*diagnostic);
                bytes.resize(before + usize::try_from(end - address).unwrap_or(0), 0);
            }
            let is_code = matches!(item.kind, Kind::Code { .. } | Kind::Branch { .. });
            if end > address {
                let line = Line { address, bytes: end - address, line: item.line, is_code };
                program.lines.push(line);
            }
        }
        let address = addresses.item(number, 0).unwrap_or(0);
        if !bytes.is_empty() {
            program.segments.push(Segment { address, bytes, executable: number == 0 });
        }
    }
    program.segments.sort_by_key(|segment| segment.address);
    program.lines.sort_by_key(|line| line.address);
    program.entry = program.symbols.get("_start").copied().unwrap_or(options.text);
    overlap(&program, found);
    program
}

/// Sections that the options place on each other.
fn overlap(program: &Program, found: &mut Vec<Diagnostic>) {
    for pair in program.segments.windows(2) {
        let [one, other] = pair else { continue };
        let end = u64::from(one.address) + u64::try_from(one.bytes.len()).unwrap_or(u64::MAX);
        if end > u64::from(other.address) {
            let text = format!(
                "the section at {:#x} ends at {end:#x}, behind the beginning of the next at {:#x}",
                one.address, other.address
            );
            found.push(Diagnostic::new("LL1607", text).label(0..0, "sections overlap"));
        }
    }
}

struct Emitter<'a> {
    source: &'a Source,
    addresses: &'a Addresses,
    /// The distance of each `%pcrel_hi`, by the address of its instruction.
    distances: BTreeMap<u32, i64>,
}

impl Emitter<'_> {
    fn distances(&self) -> BTreeMap<u32, i64> {
        let mut distances = BTreeMap::new();
        for (number, section) in self.source.sections.iter().enumerate() {
            for (at, item) in section.items.iter().enumerate() {
                let Kind::Code { waits: Some(wait), .. } = &item.kind else { continue };
                let address = self.addresses.item(number, at).unwrap_or(0);
                if wait.function == Function::PcrelHi
                    && let Ok(value) = self.value(&wait.value)
                {
                    distances.insert(address, value.wrapping_sub(i64::from(address)));
                }
            }
        }
        distances
    }

    /// Visible labels, or everything else visible, with 32-bit values.
    fn names(&self, labels: bool) -> BTreeMap<String, u32> {
        let is_label = |symbol: &Symbol| matches!(symbol.definition, Definition::Label { .. });
        let all = self.source.symbols.all.iter().enumerate();
        let wanted = all.filter(|(_, s)| s.is_visible() && is_label(s) == labels);
        let named = wanted.filter_map(|(id, symbol)| {
            let value = super::pseudo::word(self.addresses.symbol(id)?)?.cast_unsigned();
            Some((symbol.name.clone(), value))
        });
        named.collect()
    }

    fn value(&self, expression: &Expression) -> Parsed<i64> {
        expression
            .value(|id| self.addresses.symbol(id))
            .map_err(|why| self.no_value(why, expression))
    }

    fn no_value(&self, why: NoValue, expression: &Expression) -> Box<Diagnostic> {
        let NoValue::Undefined(id, span) = why else {
            let text = "the expression divides by 0";
            return Box::new(
                Diagnostic::new("LL1606", text).label(expression.span.clone(), "here"),
            );
        };
        let symbol = self.source.symbols.all.get(id);
        let name = symbol.map(Symbol::written).unwrap_or_default();
        let early = symbol.is_some_and(|s| matches!(s.definition, Definition::Expression(_)));
        let text = if early {
            format!("`{name}` has no value here: its own definition uses something without one")
        } else {
            format!("`{name}` is not defined")
        };
        Box::new(Diagnostic::new("LL1604", text).label(span, "used here"))
    }

    fn item(&self, item: &Item, address: u32, size: u32, bytes: &mut Vec<u8>) -> Parsed<()> {
        match &item.kind {
            Kind::Bytes(own) => bytes.extend(own),
            Kind::Data { bytes: width, value } => self.data(*width, value, bytes)?,
            Kind::Fill { count, unit } => {
                (0..*count).for_each(|_| bytes.extend(unit));
            }
            Kind::Align { with, .. } => pad(size, *with, bytes),
            Kind::Org { with, .. } => pad(size, Some(*with), bytes),
            Kind::Code { instruction, waits } => {
                let mut instruction = *instruction;
                if let Some(wait) = waits {
                    self.resolve(&mut instruction, wait, address)?;
                }
                word(&instruction, item, bytes)?;
            }
            Kind::Branch { instruction, target, reach, .. } => {
                let value = self.value(target)?;
                let distance = value.wrapping_sub(i64::from(address));
                branch(instruction, *reach, distance, (item, &target.span, size), bytes)?;
            }
        }
        Ok(())
    }

    fn data(&self, width: u8, value: &Expression, bytes: &mut Vec<u8>) -> Parsed<()> {
        let number = self.value(value)?;
        let bits = u32::from(width) * 8;
        let fits = bits >= 64 || (-(1 << (bits - 1))..1 << bits).contains(&number);
        if !fits {
            let (low, high) = (-(1_i64 << (bits - 1)), (1_i64 << bits) - 1);
            let text = format!("{number} is not between {low} and {high}");
            return Err(Box::new(
                Diagnostic::new("LL1603", text).label(value.span.clone(), "this value"),
            ));
        }
        bytes.extend(number.to_le_bytes().into_iter().take(usize::from(width)));
        Ok(())
    }

    /// Fills in the field that waited.
    fn resolve(&self, instruction: &mut Instruction, wait: &Wait, address: u32) -> Parsed<()> {
        let value = self.value(&wait.value)?;
        let span = &wait.value.span;
        let value = match wait.function {
            Function::Plain | Function::Hi | Function::Lo => value,
            Function::PcrelHi | Function::Distance => value.wrapping_sub(i64::from(address)),
            Function::PcrelLo => self.distance_at(value, span)?,
        };
        let Some(layout) = immediate(instruction) else { return Ok(()) };
        let value = field(wait.function, layout, wrapped(value, wait.function), span)?;
        if let Some(with) = layout.slot.and_then(|slot| instruction.with(slot, value)) {
            *instruction = with;
        }
        Ok(())
    }

    fn distance_at(&self, label: i64, span: &Range<usize>) -> Parsed<i64> {
        let found = u32::try_from(label).ok().and_then(|at| self.distances.get(&at));
        found.copied().ok_or_else(|| {
            let text = "`%pcrel_lo` takes the label of an instruction with `%pcrel_hi`";
            Box::new(
                Diagnostic::new("LL1604", text).label(span.clone(), "no such instruction there"),
            )
        })
    }
}

/// The bytes of a branch in its form.
fn branch(
    instruction: &Instruction,
    reach: Reach,
    distance: i64,
    (item, span, size): (&Item, &Range<usize>, u32),
    bytes: &mut Vec<u8>,
) -> Parsed<()> {
    let far = |distance: i64| {
        let text = format!(
            "the target is {distance} bytes away; a jump reaches -1048576 to 1048574, even ones"
        );
        let found = Diagnostic::new("LL1608", text).label(span.clone(), "this target");
        Box::new(found.help("use `tail` or `call`, which reach everywhere"))
    };
    let with = |of: Instruction, distance: i64| {
        let distance = i32::try_from(distance).ok()?;
        let of = Instruction { imm: distance, ..of };
        encode(&of).ok().map(|_| of)
    };
    let forms = match reach {
        Reach::Short => {
            let short = shortest(instruction).unwrap_or(*instruction);
            vec![with(short, distance)]
        }
        Reach::Plain => vec![with(*instruction, distance)],
        Reach::Far => {
            let around = opposite(instruction);
            let around = if size == 6 { shortest(&around).unwrap_or(around) } else { around };
            let behind = i64::from(around.row().bytes);
            let jump = Instruction::new(Mnemonic::Jal);
            vec![with(around, i64::from(size)), with(jump, distance.wrapping_sub(behind))]
        }
    };
    let forms: Option<Vec<_>> = forms.into_iter().collect();
    let forms = forms.ok_or_else(|| far(distance))?;
    forms.iter().try_for_each(|form| word(form, item, bytes))
}

/// The bytes of an instruction.
fn word(instruction: &Instruction, item: &Item, bytes: &mut Vec<u8>) -> Parsed<()> {
    let word = encode(instruction).map_err(|why| {
        let code = match why {
            Unencodable::Range { .. } => "LL1603",
            Unencodable::Rule(_) | Unencodable::Unused(_) => "LL1609",
        };
        Box::new(Diagnostic::new(code, why.to_string()).label(item.span.clone(), "here"))
    })?;
    let width = usize::from(instruction.row().bytes);
    bytes.extend(word.to_le_bytes().into_iter().take(width));
    Ok(())
}

/// Addresses wrap at 32 bits, except where a field holds all of the value.
fn wrapped(value: i64, function: Function) -> i64 {
    match function {
        Function::Plain => value,
        Function::Distance
        | Function::Hi
        | Function::Lo
        | Function::PcrelHi
        | Function::PcrelLo => {
            let low = value & 0xffff_ffff;
            if low >= 1 << 31 { low - (1 << 32) } else { low }
        }
    }
}

/// The layout of the operand that a value waits for.
fn immediate(instruction: &Instruction) -> Option<&'static Layout> {
    let mut layouts = instruction.row().operands.iter().map(|operand| operand.layout());
    layouts.find(|layout| {
        let number = layout.slot == Some(Slot::Rs1) && layout.kind == OperandKind::Unsigned;
        layout.slot == Some(Slot::Imm) || number
    })
}

/// Padding: bytes, or instructions that do nothing.
fn pad(size: u32, with: Option<u8>, bytes: &mut Vec<u8>) {
    let size = usize::try_from(size).unwrap_or(0);
    let end = bytes.len() + size;
    let Some(with) = with else {
        let nop = [Mnemonic::CNop, Mnemonic::Addi]
            .map(|mnemonic| encode(&Instruction::new(mnemonic)).unwrap_or_default().to_le_bytes());
        // Between instructions the size is even; a single byte lies behind data.
        bytes.resize(bytes.len() + size % 2, 0);
        let half = !(end - bytes.len()).is_multiple_of(4);
        let [short, long] = nop;
        if half {
            bytes.extend(short.iter().take(2));
        }
        while bytes.len() < end {
            bytes.extend(long);
        }
        return;
    };
    bytes.resize(end, with);
}
