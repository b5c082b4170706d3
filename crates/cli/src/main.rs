//! The `leadlag` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    leadlag_cli::main()
}
