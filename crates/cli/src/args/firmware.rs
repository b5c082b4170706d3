//! Arguments of the actions of `leadlag fw` that execute a program.

use std::path::PathBuf;

use clap::Args;

use super::ChipArgs;
use super::fw::address;

/// The program and the machine it runs on.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
pub struct MachineArgs {
    /// An ELF file, assembly text (`.s`), or plain bytes
    pub file: PathBuf,
    /// One flat memory in the place of instruction memory, for programs that other tools linked
    #[arg(long, value_name = "BASE:SIZE", value_parser = flat)]
    pub flat: Option<Flat>,
    /// The chip whose plasticity unit it is.
    #[command(flatten)]
    pub chip: ChipArgs,
    /// Bits of a vector register, in place of the chip's `ppu.vlen`
    #[arg(long, value_name = "BITS", value_parser = ["128", "256", "512"])]
    pub vlen: Option<String>,
    /// Cycles that one step, or the initialisation, may take, in place of the chip's `ppu.max_cycles`
    #[arg(long, value_name = "N")]
    pub max_cycles: Option<u64>,
    /// Steps to run after the initialisation: each begins when the program sleeps
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub steps: u64,
}

impl MachineArgs {
    /// A chip's machine, for the initialisation of a program and one step.
    #[must_use]
    pub fn of(file: PathBuf, chip: ChipArgs) -> Self {
        Self { file, flat: None, chip, vlen: None, max_cycles: None, steps: 1 }
    }
}

/// Arguments of `fw run`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
#[command(
    after_help = "Exit code 0: the program passed, or sleeps; 1: it wrote another word to `tohost`; \
                  5: it faulted. `tohost` is the mailbox's word or the symbol of that name."
)]
pub struct RunArgs {
    /// The program and its machine.
    #[command(flatten)]
    pub machine: MachineArgs,
    /// Show bytes of memory at the end, with their FNV-1a digest; repeat for more
    #[arg(long, value_name = "ADDRESS:BYTES", value_parser = range)]
    pub dump: Vec<Range>,
}

/// Arguments of `fw step`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
#[command(
    after_help = "Commands on stdin, one per line (a number may be 0x…, an address a symbol):\n  \
    step [N]            execute N instructions, and show what each changed\n  \
    run                 execute up to the next breakpoint\n  \
    break ADDRESS       stop before the instruction at an address\n  \
    watch ADDRESS [N]   stop after an instruction that changes one of N bytes\n  \
    cycle N             stop when so many cycles have passed\n  \
    x                   show the integer registers\n  \
    v N                 show a vector register\n  \
    mem ADDRESS [N]     show N bytes\n  \
    quit                end"
)]
pub struct StepArgs {
    /// The program and its machine.
    #[command(flatten)]
    pub machine: MachineArgs,
}

/// Arguments of `fw cycles`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
pub struct CyclesArgs {
    /// The program and its machine.
    #[command(flatten)]
    pub machine: MachineArgs,
}

/// A flat memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Flat {
    /// First address.
    pub base: u32,
    /// Bytes.
    pub size: u32,
}

/// Bytes of memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Range {
    /// First address.
    pub address: u32,
    /// Bytes.
    pub bytes: u32,
}

/// The largest flat memory: 256 MiB.
pub const LARGEST: u32 = 256 << 20;

/// A number of bytes, with `K` or `M` for their powers of two.
fn size(text: &str) -> Result<u32, String> {
    let (digits, unit) = match text.as_bytes().last() {
        Some(b'K' | b'k') => (&text[..text.len() - 1], 1 << 10),
        Some(b'M' | b'm') => (&text[..text.len() - 1], 1 << 20),
        _ => (text, 1),
    };
    let bytes = address(digits).ok().and_then(|number| number.checked_mul(unit));
    bytes
        .ok_or_else(|| format!("`{text}` is not a number of bytes such as 4096, 0x1000, 64K or 1M"))
}

fn flat(text: &str) -> Result<Flat, String> {
    let (base, length) = text.split_once(':').ok_or("it takes BASE:SIZE, such as 0x80000000:1M")?;
    let (base, size) = (address(base)?, size(length)?);
    if base % 4 != 0 {
        return Err(format!("the base {base:#x} is not a multiple of 4"));
    }
    if size == 0 || size > LARGEST || base.checked_add(size - 1).is_none() {
        return Err(format!(
            "{size} bytes at {base:#x}: 1 to {LARGEST} bytes, up to 0xffffffff, are possible"
        ));
    }
    Ok(Flat { base, size })
}

fn range(text: &str) -> Result<Range, String> {
    let (start, length) = text.split_once(':').ok_or("it takes ADDRESS:BYTES")?;
    Ok(Range { address: address(start)?, bytes: size(length)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_memory_has_a_base_and_a_size() {
        assert_eq!(flat("0x80000000:1M"), Ok(Flat { base: 0x8000_0000, size: 1 << 20 }));
        assert_eq!(flat("0:64K"), Ok(Flat { base: 0, size: 65_536 }));
        for wrong in ["0x80000000", "1:4", "0:0", "0xffffff00:1K", "0:257M", "0:x"] {
            assert!(flat(wrong).is_err(), "{wrong}");
        }
    }
}
