//! From a file to a machine that is ready to run it.

use leadlag_chip::unit_settings;
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::files;
use leadlag_isa::{Options, Program, Segment, assemble, is_elf};
use leadlag_plasticity::processor::{DATA_BASE, Fault, Machine, Settings, Vlen};

use crate::args::firmware::MachineArgs;
use crate::context::Context;
use crate::inputs;

/// Reads the program: by its content an ELF file, by its name assembly text, otherwise plain bytes.
///
/// # Errors
/// What reading, assembling or loading finds.
pub(super) fn program(args: &MachineArgs) -> Result<Program, Diagnostics> {
    let bytes = files::read(&args.file)?;
    if is_elf(&bytes) {
        let program = Program::from_elf(&bytes)?;
        return Ok(match args.flat {
            Some(flat) => without_headers(program, flat.base),
            None => program,
        });
    }
    let base = args.flat.map_or(0, |flat| flat.base);
    let name = args.file.extension().unwrap_or_default().to_ascii_lowercase();
    if name == "s" || name == "asm" {
        let text = files::read_text(&args.file)?;
        let options = Options::default();
        let options = if args.flat.is_some() { Options { text: base, ..options } } else { options };
        return assemble(&args.file.display().to_string(), &text, &options);
    }
    let segments = vec![Segment { address: base, bytes, executable: true }];
    Ok(Program { segments, entry: base, ..Program::default() })
}

/// Linkers may map the file's own headers in a page before the program. A flat memory begins with
/// the program, so the part of such a page that lies before it is left out.
fn without_headers(mut program: Program, base: u32) -> Program {
    for segment in program.segments.iter_mut().filter(|segment| is_elf(&segment.bytes)) {
        let before = usize::try_from(base.saturating_sub(segment.address)).unwrap_or(0);
        if before > 0 && before < segment.bytes.len() {
            segment.bytes.drain(..before);
            segment.address = base;
        }
    }
    program
}

/// The machine that the arguments describe, with the program in it. Instructions that the unit does
/// not have are a warning: they trap when they are reached.
///
/// # Errors
/// LL1650, LL1651; what is wrong with the chip.
pub(super) fn machine(
    program: &Program,
    args: &MachineArgs,
    context: &Context,
) -> Result<Machine, Diagnostics> {
    let unit = unit_settings(&inputs::chip(&args.chip)?);
    let vlen = args.vlen.as_deref().and_then(|bits| bits.parse().ok()).and_then(Vlen::of_bits);
    let mut settings = Settings {
        vlen: vlen.unwrap_or(unit.vlen),
        seed: context.globals.chip_seed,
        max_cycles: args.max_cycles.unwrap_or(unit.max_cycles),
        tohost: tohost(program),
        mailbox_exit: true,
        ..unit
    };
    if let Some(flat) = args.flat {
        (settings.code_base, settings.code_bytes) = (flat.base, flat.size);
        if DATA_BASE.wrapping_sub(flat.base) < flat.size {
            settings.data_bytes = 0;
        }
    }
    if let Some(found) = program.outside_profile() {
        context.warn(&found.into());
    }
    Machine::new(program, settings)
}

/// The address of the word that ends a program, if it names one: a label, or a number that a linker
/// script states.
pub(super) fn tohost(program: &Program) -> Option<u32> {
    program.symbols.get("tohost").or_else(|| program.constants.get("tohost")).copied()
}

/// The place in the program as a person would name it.
pub(super) fn name(program: &Program, address: u32) -> String {
    let before = program.symbols.iter().filter(|(_, value)| **value <= address);
    let nearest = before.max_by_key(|(_, value)| **value);
    match nearest {
        Some((name, value)) if *value == address => name.clone(),
        Some((name, value)) if address - value < 0x1000 => format!("{name}+{:#x}", address - value),
        _ => format!("{address:#010x}"),
    }
}

/// A fault as a finding that points at the line of the source, if it is known.
pub(super) fn finding(fault: &Fault) -> Diagnostic {
    fault.diagnostic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_headers_before_a_flat_memory_is_left_out() {
        let segment = |address, bytes: &[u8]| {
            let segments = vec![Segment { address, bytes: bytes.to_vec(), executable: true }];
            Program { segments, ..Program::default() }
        };
        let headers = segment(0x0fff_fff8, b"\x7fELF....code");
        assert_eq!(without_headers(headers, 0x1000_0000), segment(0x1000_0000, b"code"));
        let other = segment(0x0fff_fff8, b"no headers");
        assert_eq!(without_headers(other.clone(), 0x1000_0000), other);
    }
}
