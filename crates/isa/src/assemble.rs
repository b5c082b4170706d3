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
mod insn;
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
    let is_read = found.is_empty();
    // The layout of what was not read means nothing, but names can be looked up in it.
    let mut late = Vec::new();
    let program = match layout::layout(&mut source, options) {
        Ok(addresses) => emit::emit(&source, &addresses, options, &mut late),
        Err(diagnostic) => {
            late.push(*diagnostic);
            Program::default()
        }
    };
    if !is_read {
        // What was not read has no place and no length: of the rest only missing names are certain,
        // those that stand nowhere in front of a colon, a comma or an equals sign.
        late.truncate(MOST_FINDINGS);
        late.retain(|found| found.code == "LL1604" && is_missing(text, found));
    }
    found.extend(late);
    found.truncate(MOST_FINDINGS);
    found.sort_by_key(place);
    Diagnostics::unless_any(found, program).map_err(|found| found.within(name, text))
}

/// Whether the name that a finding points at is defined nowhere in the text, not even where the text is
/// wrong.
fn is_missing(text: &str, found: &Diagnostic) -> bool {
    let Some(name) = found.labels.first().and_then(|label| text.get(label.span.clone())) else {
        return false;
    };
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '$');
    !name.is_empty()
        && name.chars().all(is_part)
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !text.match_indices(name).any(|(at, _)| {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let after = text.get(at + name.len()..).unwrap_or_default();
            let alone = !before.is_some_and(is_part) && !after.starts_with(is_part);
            let defined = [":", "="].iter().any(|sign| after.trim_start().starts_with(sign));
            let line = text.get(..at).and_then(|before| before.lines().next_back());
            let equated = line.is_some_and(|line| {
                [".equ", ".set", ".equiv"].iter().any(|word| line.trim_end().ends_with(word))
            });
            alone && (defined || equated)
        })
}

fn place(found: &Diagnostic) -> usize {
    found.labels.first().map_or(0, |label| label.span.start)
}

/// The number of a register with this name, `x7` or `t2`.
#[must_use]
pub fn register(name: &str) -> Option<u8> {
    names::x_register(name)
}
