//! The frozen words of the table: what GNU as and clang make of texts, checked where neither is
//! installed. Provenance: `golden/isa/README.md`.

use std::collections::BTreeMap;
use std::path::Path;

use leadlag_isa::table::ROWS;
use leadlag_isa::{Options, assemble, decode, disassemble, encode, is_long};

/// Words with their text.
fn frozen() -> Vec<(u32, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../golden/isa/words.txt");
    let text = std::fs::read_to_string(path).expect("the frozen words");
    let line = |line: &str| {
        let (word, text) = line.split_once('\t').expect("a word, a tab, a text");
        (u32::from_str_radix(word, 16).expect("a hexadecimal number"), text.to_owned())
    };
    text.lines().map(line).collect()
}

/// Rows with operands that have no text: hints and bits that are ignored.
const ONE_WORD: [&str; 2] = ["fence.i", "c.nop"];

#[test]
fn every_encoding_has_frozen_words() {
    let mut count = BTreeMap::new();
    for (word, text) in frozen() {
        let name = text.split(' ').next().unwrap_or_default().to_owned();
        let short = name.starts_with("c.");
        assert_eq!(short, !is_long(word), "{word:08x} {text}");
        *count.entry(name).or_insert(0) += 1;
    }
    for row in ROWS.iter().filter(|row| row.alias.is_none()) {
        let words = count.remove(row.name).unwrap_or(0);
        let least = if row.operands.is_empty() || ONE_WORD.contains(&row.name) { 1 } else { 8 };
        assert!(words >= least, "{}: {words} words, at least {least} are needed", row.name);
    }
    assert!(count.is_empty(), "no row has the names {:?}", count.keys());
}

#[test]
fn frozen_words_are_read_as_their_texts() {
    for (word, text) in frozen() {
        assert_eq!(disassemble(word), text, "{word:08x}");
        let instruction = decode(word).expect("a legal word");
        assert_eq!(encode(&instruction), Ok(word), "{text}");
    }
}

#[test]
fn frozen_texts_become_their_words() {
    let frozen = frozen();
    let line = |(word, text): &(u32, String)| {
        let option = if is_long(*word) { "norvc" } else { "rvc" };
        format!(".option {option}\n{text}\n")
    };
    let text: String = frozen.iter().map(line).collect();
    let program = assemble("words.txt", &text, &Options::default()).expect("all texts are valid");
    let mut bytes = program.bytes_at(0).expect("a text section");
    for (word, text) in &frozen {
        let (found, rest) = bytes.split_at(if is_long(*word) { 4 } else { 2 });
        assert_eq!(found, &word.to_le_bytes()[..found.len()], "{text}");
        bytes = rest;
    }
    assert!(bytes.is_empty());
}
