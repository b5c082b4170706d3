//! The assembler.
//!
//! It writes what GNU as writes: the same directives and pseudo-instructions, the same choice of short
//! instructions under `.option rvc`, the same long forms of branches that do not reach. It also links:
//! sections lie at the addresses of the memory map, and relocation functions have values.
//!
//! ```
//! use leadlag_isa::{Options, assemble};
//! let program = assemble("loop.s", "1: addi a0, a0, -1\n bnez a0, 1b\n ret", &Options::default())?;
//! assert_eq!(program.segments[0].bytes, [0x7d, 0x15, 0x7d, 0xfd, 0x82, 0x80]);
//! # Ok::<(), leadlag_diagnostic::Diagnostics>(())
//! ```

mod directive;
mod emit;
mod expression;
mod item;
mod layout;
mod lex;
mod names;
mod operand;
mod pseudo;
mod short;
mod source;
mod symbols;

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use crate::Program;

pub(crate) use names::X_NAMES;
pub use pseudo::Pseudo;

/// Where sections lie.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// Address of `.text`; `.rodata` follows it.
    pub text: u32,
    /// Address of `.data`; `.bss` follows it.
    pub data: u32,
    /// Whether 16-bit instructions are chosen where they do the same, before any `.option`.
    pub compress: bool,
}

impl Default for Options {
    /// Instruction memory and data memory of the plasticity unit; short instructions are chosen.
    fn default() -> Self {
        let base = |name| crate::Window::by_name(name).map_or(0, |window| window.base);
        Self { text: base("ISRAM"), data: base("DSRAM"), compress: true }
    }
}

/// Bytes of all sections together, at most.
pub const LIMIT: u32 = 1 << 24;

/// Findings that are reported of one text, at most.
const MOST_FINDINGS: usize = 100;

/// Assembles a text; `name` is what messages call it.
///
/// # Errors
/// Everything that is wrong with the text, each with its place: LL1600 to LL1609.
pub fn assemble(name: &str, text: &str, options: &Options) -> Result<Program, Diagnostics> {
    let (statements, mut found) = lex::statements(text);
    let mut source = source::Source::new(options.compress);
    for statement in &statements {
        if let Err(diagnostic) = source.statement(statement) {
            found.push(*diagnostic);
        }
        if found.len() >= MOST_FINDINGS {
            break;
        }
    }
    let program = if found.is_empty() {
        match layout::layout(&mut source, options) {
            Ok(addresses) => emit::emit(&source, &addresses, options, &mut found),
            Err(diagnostic) => {
                found.push(*diagnostic);
                Program::default()
            }
        }
    } else {
        Program::default()
    };
    found.truncate(MOST_FINDINGS);
    found.sort_by_key(place);
    Diagnostics::unless_any(found, program).map_err(|found| found.within(name, text))
}

fn place(found: &Diagnostic) -> usize {
    found.labels.first().map_or(0, |label| label.span.start)
}

/// The number of a register with this name, `x7` or `t2`.
#[must_use]
pub fn register(name: &str) -> Option<u8> {
    names::x_register(name)
}
