//! `leadlag fw dis FILE`: a program to text.

use std::fmt::Write as _;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::files;
use leadlag_isa::{LIMIT, Listed, Program, Segment, is_elf, listing};
use serde_json::json;

use crate::args::fw::DisArgs;
use crate::context::Context;
use crate::exit::Exit;

/// Prints the executable parts of a program, instruction by instruction.
///
/// # Errors
/// LL5001 if the file cannot be read; LL1620 to LL1622 if it is a wrong ELF file; LL1623 if plain bytes
/// are too many.
pub fn run(args: &DisArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let bytes = files::read(&args.file)?;
    let program =
        if is_elf(&bytes) { Program::from_elf(&bytes)? } else { plain(bytes, args.base)? };
    let listed: Vec<Listed> = program
        .segments
        .iter()
        .filter(|segment| segment.executable)
        .flat_map(|segment| listing(&segment.bytes, segment.address, &program))
        .collect();
    context.out.result(text(&listed, &program).trim_end(), &report(&listed, &program))?;
    Ok(Exit::Done)
}

/// Bytes without a header.
fn plain(bytes: Vec<u8>, base: u32) -> Result<Program, Diagnostics> {
    let count = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    if count > LIMIT || base.checked_add(count).is_none() {
        let text =
            format!("{count} bytes at {base:#x}: at most {LIMIT}, up to 0xffffffff, are allowed");
        return Err(Diagnostic::new("LL1623", text)
            .help("cut the file, or choose another base")
            .into());
    }
    let segments = vec![Segment { address: base, bytes, executable: true }];
    Ok(Program { segments, entry: base, ..Program::default() })
}

fn text(listed: &[Listed], program: &Program) -> String {
    let mut text = String::new();
    for line in listed {
        if let Some(name) = program.symbol_at(line.address) {
            // Writing to a string does not fail.
            let _ = writeln!(text, "{name}:");
        }
        let digits = usize::from(line.bytes) * 2;
        let word = format!("{:0digits$x}", line.word);
        let _ = writeln!(text, "{:08x}  {word:8}  {}", line.address, line.text);
    }
    text
}

fn report(listed: &[Listed], program: &Program) -> serde_json::Value {
    let lines: Vec<_> = listed
        .iter()
        .map(|line| {
            json!({
                "address": line.address,
                "bytes": line.bytes,
                "word": line.word,
                "text": line.text,
            })
        })
        .collect();
    json!({
        "schema": "leadlag.fw.dis/1",
        "entry": program.entry,
        "symbols": program.symbols,
        "lines": lines,
    })
}
