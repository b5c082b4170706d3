//! What must hold for any words, any text and any bytes at all; shared by the fuzz target and the tests.

use crate::{LIMIT, Options, Program, assemble, decode, disassemble, encode, is_long};

/// What became of an input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It is valid.
    Valid,
    /// It was refused; a text or a file first with this code.
    Refused(&'static str),
}

/// Decodes a word and checks what follows.
///
/// # Panics
/// If a promise is broken: encoding does not give the word back, or the text of the word does not
/// assemble to it.
#[must_use]
pub fn word(word: u32) -> Verdict {
    let kept = if is_long(word) { word } else { word & 0xffff };
    let text = format!(".option norvc\n{}", disassemble(word));
    let program = assemble("word", &text, &Options::default()).expect("a canonical text is valid");
    let width = if is_long(word) { 4 } else { 2 };
    let bytes = kept.to_le_bytes().into_iter().take(width);
    assert!(
        program.segments.iter().flat_map(|s| &s.bytes).copied().eq(bytes),
        "{word:08x}: {text}"
    );
    match decode(word) {
        Ok(instruction) => {
            assert_eq!(encode(&instruction), Ok(kept), "{word:08x}");
            let long = instruction.expand();
            assert!(encode(&long).is_ok_and(|word| decode(word) == Ok(long)), "{word:08x}");
            Verdict::Valid
        }
        Err(_) => Verdict::Refused("illegal"),
    }
}

/// Assembles a text and checks what follows.
///
/// # Panics
/// If a promise is broken: a program is too large or does not survive its ELF form, or a refusal says
/// nothing or points outside of the text.
#[must_use]
pub fn text(text: &str) -> Verdict {
    match assemble("fuzz", text, &Options::default()) {
        Ok(program) => {
            accepted(&program);
            Verdict::Valid
        }
        Err(refusal) => {
            let labels = refusal.0.iter().flat_map(|found| &found.labels);
            for label in labels {
                assert!(text.get(label.span.clone()).is_some(), "a label lies inside the text");
            }
            Verdict::Refused(refusal.0.first().expect("a refusal has a finding").code)
        }
    }
}

/// Reads bytes as an ELF file and checks what follows.
///
/// # Panics
/// If a promise is broken: a program is too large or does not survive being written and read again.
#[must_use]
pub fn elf(bytes: &[u8]) -> Verdict {
    match Program::from_elf(bytes) {
        Ok(program) => {
            accepted(&program);
            Verdict::Valid
        }
        Err(refusal) => Verdict::Refused(refusal.0.first().expect("a refusal has a finding").code),
    }
}

fn accepted(program: &Program) {
    let total: usize = program.segments.iter().map(|segment| segment.bytes.len()).sum();
    assert!(u32::try_from(total).is_ok_and(|total| total <= LIMIT), "{total} bytes");
    assert!(program.segments.iter().all(|segment| !segment.bytes.is_empty()));
    let again = Program::from_elf(&program.to_elf()).expect("what we write we can read");
    assert_eq!(again.segments, program.segments);
    assert_eq!(again.entry, program.entry);
    let lost =
        program.symbols.iter().filter(|(name, value)| again.symbols.get(*name) != Some(value));
    let changed =
        program.constants.iter().filter(|(name, value)| again.constants.get(*name) != Some(value));
    for (name, _) in lost.chain(changed) {
        let for_tools = name.starts_with('$') || name.starts_with(".L") || name.len() >= 256;
        assert!(for_tools, "`{name}` is lost");
    }
}
