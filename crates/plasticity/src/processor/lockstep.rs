//! The processor against QEMU's user mode, and against itself of yesterday.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use super::programs::{BLOCK, Batch, CODE, batch};
use super::settings::{Geometry, Settings, Vlen};
use super::{Cause, CoreMemory, DATA_BASE, Processor, Reason, Stop, Trap, digest};
use leadlag_fixed::{count, index};
use leadlag_isa::table::ROWS;
use leadlag_isa::{Program, Row, Segment, decode, is_long};

/// Programs in one batch.
const PROGRAMS: u32 = 512;

fn processor(batch: &Batch, vlen: Vlen) -> Processor {
    let settings = Settings {
        vlen,
        code_base: CODE,
        code_bytes: 1 << 20,
        data_bytes: count(batch.data.len()),
        ..Settings::default()
    };
    let mut processor = Processor::new(settings);
    assert!(processor.load(CODE, &batch.code) && processor.load(DATA_BASE, &batch.data));
    processor.csrs.touch_vector();
    processor
}

/// The data segment after the batch has run here.
fn ours(batch: &Batch, vlen: Vlen) -> Vec<u8> {
    let mut processor = processor(batch, vlen);
    let mut core = CoreMemory::new(Geometry::default());
    let stop = processor.run(&mut core, u64::MAX);
    let done = matches!(stop, Stop::Faulted(fault)
        if fault.reason == Reason::Unhandled(Trap { cause: Cause::EnvironmentCall, value: 0 }));
    assert!(done, "{stop:x?}");
    processor.bytes(DATA_BASE, u32::MAX).to_vec()
}

/// An executable for Linux: code, and data that may be written.
fn elf(batch: &Batch) -> Vec<u8> {
    let segment =
        |address, bytes: &[u8], executable| Segment { address, bytes: bytes.to_vec(), executable };
    let segments = vec![segment(CODE, &batch.code, true), segment(DATA_BASE, &batch.data, false)];
    Program { segments, entry: CODE, ..Program::default() }.to_elf()
}

/// The data segment after the batch has run under QEMU; `None` if that is not installed.
fn qemu(batch: &Batch, vlen: Vlen) -> Option<Vec<u8>> {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(&elf(batch)).expect("a temporary file");
    // QEMU looks for the permission to execute.
    let owner = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    std::fs::set_permissions(file.path(), owner).expect("a file that may be executed");
    let cpu = format!("rv32,v=true,vext_spec=v1.0,elen=32,vlen={}", vlen.bits());
    let path = file.into_temp_path();
    let output = Command::new("qemu-riscv32")
        .args(["-cpu", &cpu])
        .arg(&path)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    assert!(output.status.success(), "{output:?}");
    Some(output.stdout)
}

/// The word at a place, or the halfword at the end.
fn word_at(code: &[u8], at: usize) -> u32 {
    let mut bytes = [0; 4];
    let length = code[at..].len().min(4);
    bytes[..length].copy_from_slice(&code[at..at + length]);
    u32::from_le_bytes(bytes)
}

fn explain(batch: &Batch, program: usize, ours: &[u8], theirs: &[u8]) -> String {
    let mut text = String::new();
    let mut at = batch.starts[program];
    while at < batch.starts[program + 1] {
        let word = word_at(&batch.code, at);
        let _ = writeln!(text, "{word:08x} {:?}", decode(word));
        at += if is_long(word) { 4 } else { 2 };
    }
    for place in (0..ours.len()).filter(|&i| ours[i] != theirs[i]).take(24) {
        let (here, there) = (ours[place], theirs[place]);
        let _ = writeln!(text, "{place:#x}: {here:02x} here, {there:02x} there");
    }
    text
}

fn compare(batch: &Batch, ours: &[u8], theirs: &[u8]) {
    let block = index(BLOCK);
    for program in 0..index(PROGRAMS) {
        let range = program * block..(program + 1) * block;
        let (ours, theirs) = (&ours[range.clone()], &theirs[range]);
        assert!(ours == theirs, "program {program}:\n{}", explain(batch, program, ours, theirs));
    }
}

/// Batches per VLEN: 21 batches are 10,752 programs.
const SEEDS: u64 = 7;

/// Every program leaves the registers and memory that it leaves under QEMU.
#[test]
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
fn the_processor_does_what_qemu_does() {
    for seed in 0..SEEDS {
        for vlen in Vlen::ALL {
            let batch = batch(seed, PROGRAMS, vlen);
            let Some(theirs) = qemu(&batch, vlen) else {
                println!("skipped: qemu-riscv32 is not installed");
                return;
            };
            compare(&batch, &ours(&batch, vlen), &theirs);
        }
    }
}

/// What the same programs left when QEMU agreed, so that the comparison reaches every machine.
const FROZEN: [[u64; 3]; 2] = [
    [0xc7b8_d354_2052_0b62, 0x8950_5979_9dd6_4265, 0xde5d_e290_b2a8_66f5],
    [0x8aca_67be_5c22_e144, 0x42ae_18a2_76ea_640c, 0x5eb4_17e0_ea08_a3ef],
];

#[test]
fn the_programs_leave_what_they_left_when_qemu_agreed() {
    let found: Vec<[u64; 3]> = (0..2)
        .map(|seed| Vlen::ALL.map(|vlen| digest(&ours(&batch(seed, PROGRAMS, vlen), vlen))))
        .collect();
    assert_eq!(found, FROZEN, "{found:#x?}");
}

/// What user programs without privileges, system calls and traps cannot contain.
const ELSEWHERE: [&str; 8] =
    ["ecall", "ebreak", "fence", "fence.i", "mret", "wfi", "c.ebreak", "c.nop"];

/// The programs contain every instruction of the table.
#[test]
fn the_programs_leave_no_instruction_out() {
    let mut seen = BTreeSet::new();
    for vlen in Vlen::ALL {
        for seed in 0..SEEDS {
            let batch = batch(seed, PROGRAMS, vlen);
            let mut at = batch.starts[0];
            while at < batch.starts[index(PROGRAMS)] {
                let word = word_at(&batch.code, at);
                seen.extend(decode(word).map(|instruction| instruction.row().name));
                at += if is_long(word) { 4 } else { 2 };
            }
        }
    }
    let named = |row: &&Row| row.alias.is_none() && !ELSEWHERE.contains(&row.name);
    let missing: Vec<&str> =
        ROWS.iter().filter(named).map(|row| row.name).filter(|name| !seen.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
