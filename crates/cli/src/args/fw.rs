//! `leadlag fw`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Arguments of `fw`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
pub struct FwArgs {
    /// What to do with firmware.
    #[command(subcommand)]
    pub action: Action,
}

impl FwArgs {
    /// Whether `--out` names a file that the action itself makes.
    #[must_use]
    pub fn makes_a_file(&self) -> bool {
        match &self.action {
            Action::Asm(args) => !args.listing,
            Action::Dis(_) | Action::Run(_) | Action::Step(_) | Action::Cycles(_) => false,
        }
    }
}

/// What can be done with firmware.
#[derive(Clone, PartialEq, Eq, Debug, Subcommand)]
pub enum Action {
    /// Assemble a program.
    Asm(AsmArgs),
    /// Disassemble a program.
    Dis(DisArgs),
    /// Run a program in a core of plain memory.
    Run(super::firmware::RunArgs),
    /// Run a program instruction by instruction, by commands from stdin.
    Step(super::firmware::StepArgs),
    /// Run a program, and show where its cycles went.
    Cycles(super::firmware::CyclesArgs),
}

/// Arguments of `fw asm`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
#[command(
    after_help = "Writes FILE.elf into the current folder, or the file that `-o` names (`-` for stdout). \
                  A name that ends in `.bin` means the flat form."
)]
pub struct AsmArgs {
    /// The assembly text
    pub file: PathBuf,
    /// The form of the output [default: by the name, otherwise elf]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Print addresses, words and lines of the source, write nothing
    #[arg(long, conflicts_with = "format")]
    pub listing: bool,
    /// Address of `.text` [default: that of the instruction memory]
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    pub text: Option<u32>,
    /// Address of `.data` [default: that of the data memory]
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    pub data: Option<u32>,
}

/// Arguments of `fw dis`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
pub struct DisArgs {
    /// An ELF file, or plain bytes
    pub file: PathBuf,
    /// Address of the first byte of plain bytes
    #[arg(long, value_name = "ADDRESS", value_parser = address, default_value = "0")]
    pub base: u32,
}

/// The form of an assembled program.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Format {
    /// An ELF executable.
    Elf,
    /// The bytes from the lowest address on, gaps filled with 0.
    Bin,
}

/// An address, decimal or hexadecimal with `0x`.
pub(super) fn address(text: &str) -> Result<u32, String> {
    let parsed = match text.strip_prefix("0x") {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => text.parse(),
    };
    parsed.map_err(|_| format!("`{text}` is not an address between 0 and 0xffffffff"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_decimal_or_hexadecimal() {
        assert_eq!(address("0x80000000"), Ok(0x8000_0000));
        assert_eq!(address("16"), Ok(16));
        assert!(address("0x1_0").is_err() && address("4294967296").is_err());
    }
}
