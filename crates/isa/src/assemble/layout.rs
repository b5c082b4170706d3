//! Addresses, and which form each branch takes.
//!
//! Branches begin in their shortest form and only ever grow, so the rounds end.

use leadlag_diagnostic::Diagnostic;

use super::expression::{Expression, Parsed};
use super::item::{Item, Kind, Reach, SECTIONS, Section};
use super::short::shortest;
use super::source::Source;
use super::symbols::{Definition, SymbolId, Symbols};
use super::{LIMIT, Options};
use crate::row::Kind as OperandKind;
use crate::{Instruction, Mnemonic};

/// Rounds after which every branch that does not reach takes its longest form at once.
const ROUNDS: u32 = 64;

/// Where everything lies.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Addresses {
    /// Address of each item of each section, and of the end.
    pub(super) items: [Vec<u32>; SECTIONS.len()],
    /// Value of each symbol.
    pub(super) symbols: Vec<Option<i64>>,
}

impl Addresses {
    pub(super) fn symbol(&self, id: SymbolId) -> Option<i64> {
        self.symbols.get(id).copied().flatten()
    }

    pub(super) fn item(&self, section: usize, item: usize) -> Option<u32> {
        self.items.get(section)?.get(item).copied()
    }
}

/// Finds addresses and settles the forms of branches.
pub(super) fn layout(source: &mut Source, options: &Options) -> Parsed<Addresses> {
    for round in 0.. {
        let addresses = addresses(source, options)?;
        if !grow(&mut source.sections, &addresses, round >= ROUNDS) {
            return Ok(addresses);
        }
    }
    Ok(Addresses::default())
}

/// Makes every branch longer that does not reach; whether there was one.
fn grow(sections: &mut [Section], addresses: &Addresses, at_once: bool) -> bool {
    let mut grown = false;
    for (section, items) in sections.iter_mut().zip(&addresses.items) {
        for (item, address) in section.items.iter_mut().zip(items) {
            let Kind::Branch { instruction, target, reach, .. } = &mut item.kind else { continue };
            let Ok(value) = target.value(|id| addresses.symbol(id)) else { continue };
            let distance = value.wrapping_sub(i64::from(*address));
            while *reach < longest(instruction) && !reaches(instruction, *reach, distance) {
                *reach = if *reach == Reach::Short && !at_once { Reach::Plain } else { Reach::Far };
                grown = true;
            }
            *reach = (*reach).min(longest(instruction));
        }
    }
    grown
}

fn longest(instruction: &Instruction) -> Reach {
    if instruction.mnemonic == Mnemonic::Jal { Reach::Plain } else { Reach::Far }
}

/// Whether a form of a branch reaches over a distance.
fn reaches(instruction: &Instruction, reach: Reach, distance: i64) -> bool {
    let form = match reach {
        Reach::Short => shortest(instruction),
        Reach::Plain => Some(*instruction),
        Reach::Far => return true,
    };
    let distance = i32::try_from(distance).ok();
    let layouts = form.iter().flat_map(|form| form.row().operands).map(|operand| operand.layout());
    let mut targets = layouts.filter(|layout| layout.kind == OperandKind::Target);
    targets.any(|layout| distance.is_some_and(|distance| layout.insert(distance).is_some()))
}

fn addresses(source: &Source, options: &Options) -> Parsed<Addresses> {
    let mut addresses = Addresses::default();
    let mut total = 0;
    let mut end = 0;
    for (number, (section, items)) in source.sections.iter().zip(&mut addresses.items).enumerate() {
        let base = match number {
            0 => u64::from(options.text),
            2 => u64::from(options.data),
            _ => u64::next_multiple_of(end, u64::from(section.align)),
        };
        end = place(section, base, items)?;
        total += end - base;
        if total > u64::from(LIMIT) {
            return Err(too_large(section.items.last(), total));
        }
    }
    addresses.symbols = symbols(&source.symbols, &addresses);
    Ok(addresses)
}

fn too_large(item: Option<&Item>, total: u64) -> Box<Diagnostic> {
    let text = format!("the sections take {total} bytes; at most {LIMIT} are allowed");
    let span = item.map_or(0..0, |item| item.span.clone());
    Box::new(Diagnostic::new("LL1607", text).label(span, "up to here"))
}

/// Fills in the addresses of a section; its end.
fn place(section: &Section, base: u64, items: &mut Vec<u32>) -> Parsed<u64> {
    let mut address = base;
    for item in &section.items {
        items.push(narrow(address, item)?);
        address += size(item, address, base)?;
        if address - base > u64::from(LIMIT) {
            return Err(too_large(Some(item), address - base));
        }
    }
    items.push(u32::try_from(address).unwrap_or(u32::MAX));
    Ok(address)
}

fn narrow(address: u64, item: &Item) -> Parsed<u32> {
    u32::try_from(address).map_err(|_| {
        let text = format!("the address {address:#x} lies behind the end of memory, 0xffffffff");
        Box::new(Diagnostic::new("LL1607", text).label(item.span.clone(), "here"))
    })
}

/// Bytes of an item at an address.
fn size(item: &Item, address: u64, base: u64) -> Parsed<u64> {
    Ok(match &item.kind {
        Kind::Bytes(bytes) => length(bytes),
        Kind::Data { bytes, .. } => u64::from(*bytes),
        Kind::Fill { count, unit } => u64::from(*count) * length(unit),
        Kind::Align { to, most, .. } => {
            let padding = address.next_multiple_of(u64::from(*to)) - address;
            if most.is_some_and(|most| padding > u64::from(most)) { 0 } else { padding }
        }
        Kind::Org { to, .. } => {
            let offset = address - base;
            u64::from(*to).checked_sub(offset).ok_or_else(|| {
                let text = format!("`.org {to}` goes back: the section has {offset} bytes already");
                Box::new(Diagnostic::new("LL1607", text).label(item.span.clone(), "here"))
            })?
        }
        Kind::Code { instruction, .. } => u64::from(instruction.row().bytes),
        Kind::Branch { instruction, reach, short, .. } => match reach {
            Reach::Short => 2,
            Reach::Plain => 4,
            Reach::Far if *short && shortest(&opposite(instruction)).is_some() => 6,
            Reach::Far => 8,
        },
    })
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// The branch on the opposite condition, with distance 0.
pub(super) fn opposite(instruction: &Instruction) -> Instruction {
    let pairs = [
        (Mnemonic::Beq, Mnemonic::Bne),
        (Mnemonic::Blt, Mnemonic::Bge),
        (Mnemonic::Bltu, Mnemonic::Bgeu),
    ];
    let of = |(one, other)| match instruction.mnemonic {
        mnemonic if mnemonic == one => Some(other),
        mnemonic if mnemonic == other => Some(one),
        _ => None,
    };
    let mnemonic = pairs.into_iter().find_map(of).unwrap_or(instruction.mnemonic);
    Instruction { mnemonic, imm: 0, ..*instruction }
}

/// Values of all symbols. An expression may use what is defined before it, and all labels.
fn symbols(symbols: &Symbols, addresses: &Addresses) -> Vec<Option<i64>> {
    let known = |definition: &Definition| match definition {
        Definition::Label { section, item } => addresses.item(*section, *item).map(i64::from),
        Definition::Constant(value) => Some(*value),
        Definition::None | Definition::Expression(_) => None,
    };
    let mut values: Vec<_> = symbols.all.iter().map(|symbol| known(&symbol.definition)).collect();
    for (id, expression) in symbols.expressions() {
        let value = value(expression, &values);
        if let Some(slot) = values.get_mut(id) {
            *slot = value;
        }
    }
    values
}

fn value(expression: &Expression, values: &[Option<i64>]) -> Option<i64> {
    expression.value(|id| values.get(id).copied().flatten()).ok()
}
