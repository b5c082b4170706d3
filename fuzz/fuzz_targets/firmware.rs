//! Any bytes, as instruction words, as an ELF file and as assembly text: refused with a code, or
//! accepted with every promise kept.
#![no_main]

use leadlag_isa::oracle;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for word in bytes.chunks_exact(4).take(16) {
        let _ = oracle::word(word.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte)));
    }
    let _ = oracle::elf(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = oracle::text(text);
    }
});
