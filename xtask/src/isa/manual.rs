//! The tables as pages of the chip manual.

use std::fmt::Write as _;

use super::model::{Instruction, Model};

const HEAD: &str = "<!-- Made by `cargo xtask generate` from isa/*.toml; do not edit. -->\n\n";

const INSTRUCTIONS: &str = "\
# Instructions of the plasticity unit

The processor beside every synapse array executes `RV32IMC_Zicsr_Zifencei` with the vector extension
`Zve32x`. Encodings and meaning are those of the RISC-V Instruction Set Manual; this page is the table
the decoder, the assembler and the disassembler are made from. *Timing* names a class of
[the resources page](plasticity-resources.md). In the meanings, `s` is the second operand (register,
element or immediate), `d` the destination element and `a` the element of vs2.

Reserved encodings are illegal instructions. *Constraints* are those that hold whatever `vtype` is;
the processor checks the alignment and the overlap of register groups when it knows it.
";

const PHASES: [(&str, &str); 4] = [
    ("scalar", "Scalar instructions"),
    ("P1", "Vector instructions"),
    ("P2", "Vector instructions: carry, divide, indexed, fault-only-first"),
    ("P3", "Vector instructions: segments"),
];

/// The chapter on instructions.
pub(super) fn instructions(model: &Model) -> String {
    let mut text = format!("{HEAD}{INSTRUCTIONS}");
    for (phase, title) in PHASES {
        let rows: Vec<_> = model.instructions.iter().filter(|row| row.phase == phase).collect();
        let _ = write!(
            text,
            "\n## {title}\n\n{} mnemonics.\n\n| instruction | operands | match, mask | timing | meaning |\n|---|---|---|---|---|\n",
            rows.len()
        );
        text = rows.iter().fold(text, |text, row| text + &line(model, row));
    }
    text += PSEUDO;
    for row in &model.pseudo {
        let arguments: Vec<_> = (0..row.arguments).map(|at| format!("${at}")).collect();
        let mask = if row.mask { "$m" } else { "" };
        let _ = writeln!(
            text,
            "| `{} {}{mask}` | `{}` |",
            row.name,
            arguments.join(", "),
            row.becomes.join("; ")
        );
    }
    text
}

const PSEUDO: &str = "
## Pseudo-instructions

Other ways of writing instructions; `$m` is an optional `, v0.t`. Besides these the assembler knows `li`, `la`,
`lla`, `call`, `tail`, loads and stores of a symbol, `vmsge.vx` and the compares `vmslt.vi`, `vmsge.vi` with their
unsigned forms; and `add` and its like take a number in the place of the last register.

| written | becomes |
|---|---|
";

fn line(model: &Model, row: &Instruction) -> String {
    let digits = usize::from(row.bytes()) * 2;
    let code = |text: &str| if text.is_empty() { String::new() } else { format!("`{text}`") };
    let mut meaning = match (&row.alias, &row.expand) {
        (Some(of), _) => format!("other name of `{of}`, sources exchanged"),
        (None, Some(to)) => short(to, &row.with),
        (None, None) => model.meaning(&row.semantics).to_owned(),
    };
    if !row.rules.is_empty() {
        let rules: Vec<_> = row.rules.iter().map(|rule| format!("`{rule}`")).collect();
        let _ = write!(meaning, "; {}", rules.join(", "));
    }
    format!(
        "| `{}` | {} | `{:0digits$x}` `{:0digits$x}` | {} | {meaning} |\n",
        row.mnemonic,
        code(&row.operands),
        row.pattern,
        row.mask,
        row.timing,
    )
}

fn short(to: &str, with: &str) -> String {
    if with.is_empty() { format!("short `{to}`") } else { format!("short `{to}`, `{with}`") }
}

const RESOURCES: &str = "\
# Registers, memory and timing of the plasticity unit

## Control and status registers

Every other number is an illegal instruction; so is a write to a read-only register.

| register | number | access | reset | writable | meaning |
|---|---|---|---|---|---|
";

const MEMORY: &str = "
## Memory map

NR is the number of rows, NC that of columns, S the stride of a row in bytes: the power of two not below
2·NC. `isram` and `dsram` are sizes of the chip description. Elements are little endian; every code is a
signed fraction of full scale, left-aligned in 16 bits. *Vectors*: `any` vector access, `unit` stride
inside one row or vector only, or `none`. What is not listed is an access fault.

| window | base | size | access | element | vectors | content |
|---|---|---|---|---|---|---|
";

const TIMING: &str = "
## Timing

Instructions complete in program order and none overlaps: **the cycle count is the sum of this table**. An
entry depends only on the instruction, `vl`, `vtype`, the window and the branch outcome; never on data or
masks. B(n, w) = ⌈n·w / D⌉ beats for n elements of w bits, PW in place of D at the row port; w is the width of
the widest operand. With vl = 0 the constant alone counts (3 for `v.row.*`).

| parameter | default | unit | meaning |
|---|---|---|---|
";

/// The page on registers, memory and timing.
pub(super) fn resources(model: &Model) -> String {
    let mut text = format!("{HEAD}{RESOURCES}");
    for row in &model.csrs {
        let reset = row.reset.as_integer().map_or_else(
            || row.reset.as_str().unwrap_or_default().to_owned(),
            |number| format!("{number:#x}"),
        );
        let _ = writeln!(
            text,
            "| `{}` | {:03x} | {} | {reset} | {:08x} | {} |",
            row.name, row.number, row.access, row.writable, row.means
        );
    }
    text += MEMORY;
    for row in &model.windows {
        let element = row.element.to_string().replace('"', "");
        let element = if element == "0" { "—".to_owned() } else { element };
        let _ = writeln!(
            text,
            "| {} | {:08x} | {} | {} | {element} | {} | {} |",
            row.name, row.base, row.size, row.access, row.vector, row.means
        );
    }
    text += "\n| register | in | offset | bytes | access | meaning |\n|---|---|---|---|---|---|\n";
    for row in &model.registers {
        let _ = writeln!(
            text,
            "| {} | {} | {:x} | {} | {} | {} |",
            row.name, row.window, row.offset, row.size, row.access, row.means
        );
    }
    text += TIMING;
    for row in &model.parameters {
        let _ = writeln!(text, "| {} | {} | {} | {} |", row.name, row.value, row.unit, row.means);
    }
    text += "\n| class | cycles | instructions |\n|---|---|---|\n";
    for row in &model.classes {
        let _ = writeln!(text, "| {} | {} | {} |", row.name, cycles(row), row.means);
    }
    text
}

fn cycles(class: &super::model::Class) -> String {
    let work = match class.work.as_str() {
        "beats" => "B(vl, w)",
        "beats_eew" | "row" => "B(elements, EEW)",
        "beats_sew" => "B(vl, SEW)",
        "beats_mask" => "B(vl, 1)",
        "serial" => "SEW·B(vl, SEW)",
        "tree" => "B(vl, w) + ⌈log2(D/w)⌉",
        "elements" => "nf·vl",
        "registers" => "n·VLEN/D",
        "row_registers" => "n·VLEN/PW",
        _ => "",
    };
    let constant = (class.constant > 0).then(|| class.constant.to_string());
    let work = (!work.is_empty()).then(|| work.to_owned());
    let terms: Vec<_> = [constant, class.parameter.clone(), work].into_iter().flatten().collect();
    let taken = class.taken.map_or(String::new(), |taken| format!(" / {taken}"));
    terms.join(" + ") + &taken
}
