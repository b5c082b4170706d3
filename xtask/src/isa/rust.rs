//! The tables as Rust.

use std::fmt::Write as _;

use super::model::{Class, Instruction, Model, Operand};

const HEAD: &str = "// Made by `cargo xtask generate` from isa/*.toml; do not edit.\n";

/// Mnemonics, operations, operands and the rows.
pub(super) fn instructions(model: &Model) -> Result<String, String> {
    let mut text = format!(
        "//! Mnemonics, operations, operands and rows of the instruction set.\n{HEAD}\n\
         use crate::decode::{{Illegal, Space}};\n\
         use crate::resources::Class;\n\
         use crate::row::{{Expand, Form, Kind, Layout, Phase, Piece, Row, Rule, Slot, Source}};\n\n"
    );
    let names = model.instructions.iter().map(|row| (row.mnemonic.as_str(), String::new()));
    text += &enumeration("Mnemonic", "The instructions, by the name they are written with.", names);
    let operations = model.semantics.iter().map(|(id, line)| (id.as_str(), format!(": {line}")));
    text += &enumeration(
        "Semantics",
        "What an instruction does, whatever form its operands have.",
        operations,
    );
    let operands =
        model.operands.iter().map(|row| (row.name.as_str(), format!(": `{}`", row.kind)));
    text += &enumeration(
        "Operand",
        "Where an operand stands in the word and how it is written.",
        operands,
    );
    text += &rows(model)?;
    text += &layouts(model)?;
    text += "\n";
    text += &table(
        "SPACES",
        "Parts of the encoding space without an instruction.",
        "Space",
        &model.spaces,
        |space| {
            format!(
                "Space {{ why: Illegal::{}, pattern: {}, mask: {} }}",
                camel(&space.why),
                hex(space.pattern),
                hex(space.mask)
            )
        },
    );
    Ok(text.trim_end().to_owned() + "\n")
}

/// An enum without fields and its list of variants.
fn enumeration<'a>(
    name: &str,
    line: &str,
    variants: impl Iterator<Item = (&'a str, String)>,
) -> String {
    let mut text = format!(
        "/// {line}\n#[rustfmt::skip]\n\
         #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]\n\
         #[repr(u16)]\npub enum {name} {{\n"
    );
    for (id, remark) in variants {
        let remark = remark.replace('"', "'").replace('[', "\\\\[").replace(']', "\\\\]");
        let _ = writeln!(text, "    #[doc = \"`{id}`{remark}.\"] {},", camel(id));
    }
    text + "}\n\n"
}

fn rows(model: &Model) -> Result<String, String> {
    let mut text = format!(
        "/// The rows, in the order of [`Mnemonic`].\n#[rustfmt::skip]\n\
         pub static ROWS: [Row; {}] = [\n",
        model.instructions.len()
    );
    for row in &model.instructions {
        text += &one_row(model, row).map_err(|error| format!("isa: {}: {error}", row.mnemonic))?;
    }
    Ok(text + "];\n\n")
}

fn one_row(model: &Model, row: &Instruction) -> Result<String, String> {
    check(model, row)?;
    let operands: Vec<_> =
        row.operand_names().iter().map(|name| format!("Operand::{}", camel(name))).collect();
    let rules = row.rules.iter().map(|rule| self::rule(rule)).collect::<Result<Vec<_>, _>>()?;
    let phase = camel(&row.phase);
    let form = camel(row.form.as_deref().unwrap_or("none"));
    let alias = optional(row.alias.as_ref().map(|of| format!("Mnemonic::{}", camel(of))));
    let expands = match &row.expand {
        Some(to) => format!("Some({})", expansion(to, &row.with)?),
        None => "None".to_owned(),
    };
    Ok(format!(
        "    Row {{ mnemonic: Mnemonic::{}, name: \"{}\", pattern: {}, mask: {}, \
         bytes: {}, operands: &[{}], rules: &[{}], phase: Phase::{phase}, timing: Class::{}, \
         semantics: Semantics::{}, form: Form::{form}, eew: {}, nf: {}, wide: {}, \
         alias: {alias}, expands: {expands} }},\n",
        camel(&row.mnemonic),
        row.mnemonic,
        hex(row.pattern),
        hex(row.mask),
        row.bytes(),
        operands.join(", "),
        rules.join(", "),
        camel(&row.timing),
        camel(&row.semantics),
        row.eew,
        row.nf,
        row.wide,
    ))
}

/// Names that no other table has.
fn check(model: &Model, row: &Instruction) -> Result<(), String> {
    let names = row.operand_names();
    let unknown = names.iter().find(|name| model.operands.iter().all(|known| known.name != **name));
    if let Some(name) = unknown {
        return Err(format!("no operand `{name}` in isa/operands.toml"));
    }
    if model.semantics.iter().all(|(id, _)| *id != row.semantics) {
        return Err(format!("no operation `{}` in isa/semantics.toml", row.semantics));
    }
    if model.classes.iter().all(|class| class.name != row.timing) {
        return Err(format!("no class `{}` in isa/timing.toml", row.timing));
    }
    if row.pattern & !row.mask != 0 {
        return Err("bits of `match` lie outside `mask`".to_owned());
    }
    Ok(())
}

/// A field constraint.
fn rule(text: &str) -> Result<String, String> {
    let words: Vec<_> = text.split_whitespace().collect();
    match words[..] {
        ["masked:", "rd", "!=", "0"] => Ok("Rule::NotMaskRegister".to_owned()),
        [slot, "!=", other] if other.parse::<u8>().is_ok() => {
            Ok(format!("Rule::Not(Slot::{}, {other})", camel(slot)))
        }
        [slot, "!=", other] => {
            Ok(format!("Rule::Differ(Slot::{}, Slot::{})", camel(slot), camel(other)))
        }
        [slot, "%", number, "==", "0"] => {
            Ok(format!("Rule::Multiple(Slot::{}, {number})", camel(slot)))
        }
        ["rd", "+", number, "<=", "32"] => Ok(format!("Rule::Fits({number})")),
        ["rs2", "outside", "rd..rd", "+", number] => Ok(format!("Rule::Outside({number})")),
        _ => Err(format!("the constraint `{text}` has no known form")),
    }
}

fn expansion(to: &str, with: &str) -> Result<String, String> {
    let mut sources = ["rd", "rs1", "rs2", "imm"].map(|slot| (slot, "Source::Same".to_owned()));
    for part in with.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (slot, value) = part.split_once(" = ").ok_or_else(|| format!("`{part}` in `with`"))?;
        let place = sources.iter_mut().find(|(name, _)| *name == slot);
        place.ok_or_else(|| format!("no slot `{slot}`"))?.1 = match value {
            "rd" => "Source::Rd".to_owned(),
            number => format!("Source::Number({number})"),
        };
    }
    let sources = sources.map(|(slot, source)| format!("{slot}: {source}"));
    Ok(format!("Expand {{ to: Mnemonic::{}, {} }}", camel(to), sources.join(", ")))
}

fn layouts(model: &Model) -> Result<String, String> {
    let mut text = format!(
        "/// The layouts, in the order of [`Operand`].\n#[rustfmt::skip]\n\
         pub static LAYOUTS: [Layout; {}] = [\n",
        model.operands.len()
    );
    for operand in &model.operands {
        text += &layout(operand)?;
    }
    Ok(text + "];\n")
}

fn layout(operand: &Operand) -> Result<String, String> {
    let piece =
        |(word, value, width)| format!("Piece {{ word: {word}, value: {value}, width: {width} }}");
    let pieces: Vec<_> = operand.pieces()?.into_iter().map(piece).collect();
    Ok(format!(
        "    Layout {{ name: \"{}\", slot: {}, kind: Kind::{}, prime: {}, signed: {}, pieces: &[{}] }},\n",
        operand.name,
        optional(operand.slot.as_ref().map(|slot| format!("Slot::{}", camel(slot)))),
        camel(&operand.kind),
        operand.prime,
        operand.is_signed(),
        pieces.join(", ")
    ))
}

/// Registers, windows and the timing model.
pub(super) fn resources(model: &Model) -> String {
    let mut text = format!(
        "//! Control and status registers, memory windows and timing classes.\n{HEAD}\n\
         use crate::assemble::Pseudo;\n\
         use crate::csr::{{Csr, Reset}};\n\
         use crate::memory::{{Element, Port, Register, Vectors, Window}};\n\
         use crate::timing::{{Cost, Work}};\n\n"
    );
    text += &enumeration(
        "Class",
        "A class of the timing model.",
        model.classes.iter().map(|class| (class.name.as_str(), format!(": {}", class.means))),
    );
    text += &enumeration(
        "Parameter",
        "A number of the timing model.",
        model
            .parameters
            .iter()
            .map(|row| (row.name.as_str(), format!(": {}, {}", row.means, row.unit))),
    );
    text += &table("COSTS", "Costs, in the order of [`Class`].", "Cost", &model.classes, cost);
    text += &table(
        "DEFAULTS",
        "Default values, in the order of [`Parameter`].",
        "u32",
        &model.parameters,
        |row| row.value.to_string(),
    );
    text += &csrs(model);
    text += &pseudo(model);
    text += &memory(model);
    text.trim_end().to_owned() + "\n"
}

fn csrs(model: &Model) -> String {
    let mut text = String::new();
    text +=
        &table("CSRS", "The control and status registers, by number.", "Csr", &model.csrs, |row| {
            let reset = match row.reset.as_integer() {
                Some(number) => {
                    format!("Reset::Value({})", hex(u32::try_from(number).unwrap_or(0)))
                }
                None => format!("Reset::{}", camel(row.reset.as_str().unwrap_or_default())),
            };
            format!(
                "Csr {{ name: \"{}\", number: {:#05x}, writes: {}, reset: {reset}, writable: {} }}",
                row.name,
                row.number,
                row.access == "rw",
                hex(row.writable)
            )
        });
    text += &table(
        "OTHER_CSRS",
        "Registers that assemblers know and this processor does not have.",
        "(&str, u16)",
        &model.other_csrs,
        |row| format!("(\"{}\", {:#05x})", row.name, row.number),
    );
    text
}

fn pseudo(model: &Model) -> String {
    let mut text = String::new();
    text +=
        &table("PSEUDO", "Other ways of writing instructions.", "Pseudo", &model.pseudo, |row| {
            format!(
                "Pseudo {{ name: \"{}\", arguments: {}, mask: {}, becomes: &{:?} }}",
                row.name, row.arguments, row.mask, row.becomes
            )
        });
    text += &table(
        "IMMEDIATE",
        "Operations that take a number in the place of the last register under another name.",
        "(&str, &str)",
        &model.immediate,
        |row| format!("(\"{}\", \"{}\")", row.name, row.becomes),
    );
    text
}

fn memory(model: &Model) -> String {
    let mut text = String::new();
    text += &table(
        "WINDOWS",
        "The windows of the address space, in the order of the manual.",
        "Window",
        &model.windows,
        |row| {
            let element = match row.element.as_integer() {
                Some(0) => "Element::Any".to_owned(),
                Some(bytes) => format!("Element::Bytes({bytes})"),
                None => "Element::Weight".to_owned(),
            };
            format!(
                "Window {{ name: \"{}\", base: {}, size: \"{}\", reads: {}, writes: {}, executes: {}, element: {element}, port: Port::{}, vectors: Vectors::{} }}",
                row.name,
                hex(row.base),
                row.size,
                row.access.contains('r'),
                row.access.contains('w'),
                row.access.contains('x'),
                camel(&row.port),
                camel(&row.vector)
            )
        },
    );
    text += &table("REGISTERS", "Registers inside windows.", "Register", &model.registers, |row| {
        format!(
            "Register {{ window: \"{}\", name: \"{}\", offset: {}, bytes: {}, reads: {}, writes: {} }}",
            row.window,
            row.name,
            hex(row.offset),
            row.size,
            row.access.contains('r'),
            row.access.contains('w')
        )
    });
    text
}

fn table<T>(name: &str, line: &str, of: &str, rows: &[T], shown: impl Fn(&T) -> String) -> String {
    let rows_text =
        rows.iter().fold(String::new(), |text, row| text + "    " + &shown(row) + ",\n");
    format!(
        "/// {line}\n#[rustfmt::skip]\npub static {name}: [{of}; {}] = [\n{rows_text}];\n\n",
        rows.len()
    )
}

fn cost(class: &Class) -> String {
    let parameter = class.parameter.as_ref().map(|name| format!("Parameter::{}", camel(name)));
    let taken = optional(class.taken.map(|cycles| cycles.to_string()));
    format!(
        "Cost {{ constant: {}, taken: {taken}, parameter: {}, work: Work::{} }}",
        class.constant,
        optional(parameter),
        camel(&class.work)
    )
}

fn optional(value: Option<String>) -> String {
    value.map_or("None".to_owned(), |value| format!("Some({value})"))
}

/// Eight digits with a separator.
fn hex(number: u32) -> String {
    format!("{:#06x}_{:04x}", number >> 16, number & 0xffff)
}

/// `vadd.vv` → `VaddVv`, `RS` → `Rs`.
fn camel(id: &str) -> String {
    let parts = id.split(['.', '_']).map(|part| {
        let lower = part.to_ascii_lowercase();
        let mut letters = lower.chars();
        letters.next().map_or(String::new(), |first| {
            first.to_ascii_uppercase().to_string() + letters.as_str()
        })
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_variants() {
        assert_eq!(
            ["vadd.vv", "c.addi4spn", "vmv_x_s", "RS"].map(camel),
            ["VaddVv", "CAddi4spn", "VmvXS", "Rs"]
        );
    }

    #[test]
    fn constraints_have_known_forms() {
        assert_eq!(rule("rd % 4 == 0").as_deref(), Ok("Rule::Multiple(Slot::Rd, 4)"));
        assert_eq!(rule("imm != 0").as_deref(), Ok("Rule::Not(Slot::Imm, 0)"));
        assert!(rule("rd is odd").is_err());
    }
}
