//! The processor against QEMU's user mode, and against itself of yesterday.

use std::io::Write as _;
use std::process::{Command, Stdio};

use super::programs::{BLOCK, Batch, CODE, batch};
use super::settings::{Geometry, Settings, Vlen};
use super::{Cause, CoreMemory, DATA_BASE, Processor, Reason, Stop, Trap};
use leadlag_fixed::{count, index};

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

/// 64-bit FNV-1a.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// An executable for Linux: code, and data that may be written.
fn elf(batch: &Batch) -> Vec<u8> {
    let mut file = b"\x7fELF\x01\x01\x01\0\0\0\0\0\0\0\0\0".to_vec();
    let half = |file: &mut Vec<u8>, value: u16| file.extend(value.to_le_bytes());
    let word = |file: &mut Vec<u8>, value: u32| file.extend(value.to_le_bytes());
    half(&mut file, 2);
    half(&mut file, 243);
    for value in [1, CODE, 52, 0, 1] {
        word(&mut file, value);
    }
    for value in [52, 32, 2, 0, 0, 0] {
        half(&mut file, value);
    }
    let segments = [(CODE, &batch.code, 5), (DATA_BASE, &batch.data, 6)];
    let mut offset = 4096;
    for (address, bytes, flags) in segments {
        let size = count(bytes.len());
        for value in [1, offset, address, address, size, size, flags, 4096] {
            word(&mut file, value);
        }
        offset += size.next_multiple_of(4096);
    }
    for (_, bytes, _) in segments {
        file.resize(file.len().next_multiple_of(4096), 0);
        file.extend(bytes);
    }
    file
}

/// The data segment after the batch has run under QEMU; `None` if that is not installed.
fn qemu(batch: &Batch, vlen: Vlen) -> Option<Vec<u8>> {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(&elf(batch)).expect("a temporary file");
    let cpu = format!(
        "rv32,v=true,vext_spec=v1.0,vlen={},elen=32,Zve32f=true,rvv_ta_all_1s=false",
        vlen.bits()
    );
    let _ = cpu;
    let cpu = format!("rv32,v=true,vext_spec=v1.0,vlen={}", vlen.bits());
    let output = Command::new("qemu-riscv32")
        .args(["-cpu", &cpu])
        .arg(file.path())
        .stdin(Stdio::null())
        .output()
        .ok()?;
    assert!(output.status.success(), "{:?}", output);
    Some(output.stdout)
}

fn explain(batch: &Batch, program: usize, ours: &[u8], theirs: &[u8]) -> String {
    let mut text = String::new();
    let mut at = batch.starts[program];
    while at < batch.starts[program + 1] {
        let mut bytes = [0; 4];
        let rest = &batch.code[at..];
        let length = rest.len().min(4);
        bytes[..length].copy_from_slice(&rest[..length]);
        let word = u32::from_le_bytes(bytes);
        let name = leadlag_isa::decode(word).map(|i| format!("{} {i:?}", i.row().name));
        text += &format!("{word:08x} {name:?}\n");
        at += if leadlag_isa::is_long(word) { 4 } else { 2 };
    }
    for place in (0..ours.len()).filter(|&i| ours[i] != theirs[i]).take(24) {
        text += &format!("{place:#x}: {:02x} here, {:02x} there\n", ours[place], theirs[place]);
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

/// 10,752 programs, a third for each VLEN. Long: the environment sets the number of batches.
#[test]
fn the_processor_does_what_qemu_does() {
    for seed in 0..7 {
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
