//! The scan of a loaded program: instructions that exist, but not in this processor's profile.
//!
//! Illegal words that are no instruction anywhere, zeros between functions above all, are not
//! reported: they are data.

use std::fmt::Write as _;

use leadlag_diagnostic::Diagnostic;

use crate::program::{Program, Segment};
use crate::{Illegal, decode, is_long};

/// Words that a finding lists; the others are counted.
const LISTED: usize = 8;

/// An instruction that the processor does not have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Outside {
    address: u32,
    word: u32,
    why: Illegal,
}

impl Program {
    /// LL1624 with address and bits of the instructions outside the profile, if there are any.
    ///
    /// Executable segments are read in order from their first byte on; of a program that was
    /// assembled from a source, what the source calls data is left out.
    #[must_use]
    pub fn outside_profile(&self) -> Option<Diagnostic> {
        let executable = self.segments.iter().filter(|segment| segment.executable);
        let mut found = executable.flat_map(|segment| scan(segment, |pc| self.is_data(pc)));
        let listed: Vec<Outside> = found.by_ref().take(LISTED).collect();
        (!listed.is_empty()).then(|| finding(&listed, listed.len() + found.count()))
    }

    fn is_data(&self, address: u32) -> bool {
        let after = self.lines.partition_point(|line| line.address <= address);
        let line = after.checked_sub(1).and_then(|before| self.lines.get(before));
        line.is_some_and(|line| address - line.address < line.bytes && !line.is_code)
    }
}

fn finding(listed: &[Outside], count: usize) -> Diagnostic {
    let mut text = if count == 1 {
        "1 instruction lies outside the processor's profile:".to_owned()
    } else {
        format!("{count} instructions lie outside the processor's profile:")
    };
    for (outside, between) in listed.iter().zip(std::iter::once("").chain(std::iter::repeat(";"))) {
        let Outside { address, word, why } = outside;
        // Writing to a string does not fail.
        let _ = write!(text, "{between} {word:08x} at {address:#010x} ({why})");
    }
    if count > listed.len() {
        let _ = write!(text, "; and {} more", count - listed.len());
    }
    Diagnostic::new("LL1624", text)
        .help("they trap when they are reached")
        .help("compile with `-march=rv32imc_zicsr_zifencei_zve32x_zvl512b -mabi=ilp32`")
}

/// The instructions outside the profile, one after the other.
fn scan(segment: &Segment, is_data: impl Fn(u32) -> bool) -> impl Iterator<Item = Outside> {
    let mut at = segment.address;
    let mut rest = segment.bytes.as_slice();
    std::iter::from_fn(move || {
        while let Some((word, length)) = first(rest) {
            let address = at;
            rest = rest.get(length..).unwrap_or(&[]);
            at = at.wrapping_add(if length == 2 { 2 } else { 4 });
            if let Err(why) = decode(word)
                && is_foreign(why)
                && !is_data(address)
            {
                return Some(Outside { address, word, why });
            }
        }
        None
    })
}

/// The first word and its bytes; none if the rest is cut short.
fn first(bytes: &[u8]) -> Option<(u32, usize)> {
    let low = u32::from(u16::from_le_bytes(*bytes.first_chunk()?));
    if is_long(low) { Some((u32::from_le_bytes(*bytes.first_chunk()?), 4)) } else { Some((low, 2)) }
}

/// Whether such a word is an instruction of another processor.
const fn is_foreign(why: Illegal) -> bool {
    match why {
        Illegal::Long
        | Illegal::Custom
        | Illegal::Float
        | Illegal::Atomic
        | Illegal::WideInteger
        | Illegal::WideElement => true,
        Illegal::AllZero
        | Illegal::AllOne
        | Illegal::Reserved { .. }
        | Illegal::Unknown
        | Illegal::Width => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, assemble};

    fn program(executable: bool, halves: &[u16]) -> Program {
        let bytes = halves.iter().flat_map(|half| half.to_le_bytes()).collect();
        let segments = vec![Segment { address: 0x100, bytes, executable }];
        Program { segments, ..Program::default() }
    }

    /// `c.nop`, `fadd.s f0, f0, f0`, zeros, `lr.w a0, (a1)`, a word cut short.
    const MIXED: [u16; 8] = [0x0001, 0x0053, 0x0000, 0x0000, 0x0000, 0xa52f, 0x1005, 0x0053];

    #[test]
    fn foreign_instructions_are_named_with_address_and_word() {
        let found = program(true, &MIXED).outside_profile().expect("a finding");
        assert_eq!(found.code, "LL1624");
        let text = &found.message;
        assert!(text.starts_with("2 instructions lie outside"), "{text}");
        assert!(text.contains("00000053 at 0x00000102 (a floating-point instruction)"), "{text}");
        assert!(text.contains("1005a52f at 0x0000010a (an atomic instruction)"), "{text}");
    }

    #[test]
    fn data_is_not_scanned() {
        assert_eq!(program(false, &MIXED).outside_profile(), None);
        let text = "_start: nop\n .word 0x53\n nop\n";
        let program = assemble("t", text, &Options::default()).expect("a program");
        assert_eq!(program.outside_profile(), None);
    }

    #[test]
    fn a_long_list_is_cut_and_counted() {
        let halves: Vec<u16> = [0x0053, 0x0000].repeat(20);
        let found = program(true, &halves).outside_profile().expect("a finding");
        assert!(found.message.ends_with("; and 12 more"), "{}", found.message);
    }
}
