//! The programs of `firmware-tests/`: what each leaves in memory, how many instructions it takes,
//! and how many cycles.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use leadlag_isa::table::ROWS;
use leadlag_isa::{Options, Program, Segment, assemble, decode, is_long};
use leadlag_plasticity::processor::{Machine, Outcome, Settings, Vlen, digest};
use serde::Deserialize;

/// What a program is expected to leave behind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    steps: u64,
    pass: u32,
    run: Vec<Run>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    vlen: u32,
    instructions: u64,
    cycles: u64,
    memory: Vec<Memory>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Memory {
    name: String,
    address: u32,
    bytes: u32,
    digest: String,
}

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../firmware-tests");
    let entries = std::fs::read_dir(root).expect("the folder is part of the repository");
    // The library's folders have no expectation of their own: the compiler's tests run them.
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("expect.toml").is_file())
        .collect();
    folders.sort_unstable();
    assert!(folders.len() > 20, "{} folders", folders.len());
    folders
}

fn text(folder: &Path, name: &str) -> String {
    let text = std::fs::read_to_string(folder.join(name));
    text.unwrap_or_else(|error| panic!("{} {name}: {error}", folder.display()))
}

fn binary(folder: &Path) -> Vec<u8> {
    let bytes = std::fs::read(folder.join("program.bin"));
    bytes.unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
}

#[test]
fn every_program_leaves_what_is_expected() {
    for folder in folders() {
        let expected: Expected = toml::from_str(&text(&folder, "expect.toml")).unwrap();
        let segments = vec![Segment { address: 0, bytes: binary(&folder), executable: true }];
        let program = Program { segments, ..Program::default() };
        for run in &expected.run {
            let at = format!("{} at {} bits", folder.display(), run.vlen);
            let vlen = Vlen::of_bits(run.vlen).expect("a length that there is");
            let settings = Settings { vlen, mailbox_exit: true, ..Settings::default() };
            let mut machine = Machine::new(&program, settings).expect("the program fits");
            let outcome = machine.run(expected.steps, u64::MAX);
            assert_eq!((outcome, expected.pass), (Outcome::Passed, 1), "{at}");
            let found = (machine.processor.retired(), machine.processor.cycles());
            assert_eq!(found, (run.instructions, run.cycles), "{at}");
            for memory in &run.memory {
                let bytes = machine.bytes(memory.address, memory.bytes);
                assert_eq!(
                    format!("{:016x}", digest(bytes)),
                    memory.digest,
                    "{at}: {}",
                    memory.name
                );
            }
        }
    }
}

/// The binaries are checked in, so that they need no assembler; ours makes the same of the source.
#[test]
fn every_binary_is_what_its_source_says() {
    for folder in folders() {
        let at = folder.display().to_string();
        let program = assemble(&at, &text(&folder, "program.s"), &Options::default())
            .unwrap_or_else(|found| panic!("{found}"));
        let (base, bytes) = program.flat(1 << 20).expect("one short piece");
        assert!(base == 0 && bytes == binary(&folder), "{at}: the binary is not its source");
    }
}

/// Every instruction of the table is in a program whose results have a digest.
#[test]
fn no_instruction_is_without_a_test() {
    let mut seen = BTreeSet::new();
    for folder in folders() {
        let code = binary(&folder);
        let mut at = 0;
        while at + 2 <= code.len() {
            let mut word = [0; 4];
            let rest = &code[at..code.len().min(at + 4)];
            word[..rest.len()].copy_from_slice(rest);
            let word = u32::from_le_bytes(word);
            seen.extend(decode(word).map(|instruction| instruction.row().name));
            at += if is_long(word) { 4 } else { 2 };
        }
    }
    let rows = ROWS.iter().filter(|row| row.alias.is_none()).map(|row| row.name);
    let missing: Vec<&str> = rows.filter(|name| !seen.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
