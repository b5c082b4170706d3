//! The plasticity unit's processor, beside the rule evaluator that does the same update.
//!
//! Promises: a row of 256 synapses of 16 bits in at most 200 ns, integer code at 3e8 instructions
//! per second or more, each on one core. The evaluator of the same run is the baseline: it is what
//! a simulation without a processor would spend.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use leadlag_isa::{Instruction, Mnemonic, encode};
use leadlag_plasticity::processor::{CoreMemory, Geometry, Processor, Settings};
use leadlag_plasticity::{Constants, Fraction, Mean, Rounding, Rule, Settling, Synapses, update};

fn code(lines: &[(Mnemonic, u8, u8, u8, i32)]) -> Vec<u8> {
    let word = |&(mnemonic, rd, rs1, rs2, imm)| {
        let instruction = Instruction { mnemonic, rd, rs1, rs2, masked: false, imm };
        encode(&instruction).expect("a valid line").to_le_bytes()
    };
    lines.iter().flat_map(word).collect()
}

/// The rows of one array again and again: the loop of the manual, 9 instructions.
fn rows() -> Vec<u8> {
    use Mnemonic::{
        Add, Addi, Bne, Csrrwi, Jal, Lh, Lui, Vle16V, VsaddVv, Vse16V, Vsetvli, VsmulVx,
    };
    code(&[
        (Addi, 5, 0, 0, 0x600), // mstatus.VS
        (Mnemonic::Csrrs, 0, 5, 0, 0x300),
        (Addi, 14, 0, 0, 512),
        (Lui, 15, 0, 0, 0x2000),
        (Addi, 5, 0, 0, 256),
        (Vsetvli, 6, 5, 0, 0xcb),
        (Csrrwi, 0, 0, 0, 0x00a),
        (Lui, 12, 0, 0, 0x5002_0000),
        (Vle16V, 8, 12, 0, 0),
        (VsmulVx, 8, 15, 8, 0),
        (Lui, 10, 0, 0, 0x4000_0000),
        (Lui, 11, 0, 0, 0x4800_0000),
        (Addi, 13, 0, 0, 256),
        (Lh, 7, 11, 0, 0),
        (Vle16V, 16, 10, 0, 0),
        (VsmulVx, 24, 7, 8, 0),
        (VsaddVv, 16, 24, 16, 0),
        (Vse16V, 16, 10, 0, 0),
        (Addi, 11, 11, 0, 2),
        (Add, 10, 10, 14, 0),
        (Addi, 13, 13, 0, -1),
        (Bne, 0, 13, 0, -32),
        (Jal, 0, 0, 0, -48),
    ])
}

/// A loop over a table in data memory: loads, stores, shifts, a product, a branch.
fn integers() -> Vec<u8> {
    use Mnemonic::{Addi, Andi, Bne, Jal, Lui, Lw, Mul, Slli, Srli, Sw, Xor};
    code(&[
        (Lui, 10, 0, 0, 0x1000_0000),
        (Addi, 13, 0, 0, 1000),
        (Addi, 5, 0, 0, 1),
        (Slli, 6, 5, 0, 13),
        (Xor, 5, 5, 6, 0),
        (Srli, 6, 5, 0, 17),
        (Xor, 5, 5, 6, 0),
        (Andi, 7, 5, 0, 0x7c),
        (Mnemonic::Add, 7, 7, 10, 0),
        (Lw, 8, 7, 0, 0),
        (Mul, 8, 8, 5, 0),
        (Sw, 0, 7, 8, 0),
        (Addi, 13, 13, 0, -1),
        (Bne, 0, 13, 0, -40),
        (Jal, 0, 0, 0, -52),
    ])
}

fn processor(code: &[u8]) -> (Processor, CoreMemory) {
    let settings = Settings { max_cycles: u64::MAX, ..Settings::default() };
    let geometry = settings.geometry;
    let mut processor = Processor::new(settings);
    assert!(processor.load(0, code), "the program fits");
    (processor, CoreMemory::new(Geometry { ..geometry }))
}

fn fill(bytes: &mut [u8]) {
    let mut word = 1_u32;
    for byte in bytes {
        word = word.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = word.to_le_bytes()[3];
    }
}

fn benches(c: &mut Criterion) {
    use leadlag_plasticity::processor::Window;
    let mut group = c.benchmark_group("processor");
    let (mut unit, mut core) = processor(&rows());
    for window in [Window::WeightsSoma, Window::RowsSoma, Window::AdcE] {
        fill(core.window_mut(window));
    }
    unit.run(&mut core, 100_000);
    // A hundred times the 256 rows, at 62 cycles each and 6 more around them.
    let rows = 100 * 256;
    group.throughput(Throughput::Elements(rows));
    group.bench_function("rows of 256 synapses, program", |b| {
        b.iter(|| unit.run(&mut core, 100 * (256 * 62 + 6) - 200) == unit_paused());
    });
    let constants = Constants {
        rule: Rule::Sgd,
        settling: Settling::Rests,
        mean: Mean::new(1, 9),
        eta: Fraction::new(64, 0),
        decay: Fraction::new(0, 0),
        rounding: Rounding::Nearest,
        weight_bits: 16,
    };
    let (mut weight, mut fraction) = (vec![0_i16; 256 * 256], vec![0_i16; 256 * 256]);
    let products: Vec<i32> = (0..256 * 256).map(|i| (i * 7919) % 40_001 - 20_000).collect();
    let (mut signals, draws) = (products.clone(), vec![0_u16; 256 * 256]);
    group.throughput(Throughput::Elements(256));
    group.bench_function("rows of 256 synapses, evaluator", |b| {
        b.iter(|| {
            signals.copy_from_slice(&products);
            let synapses = Synapses {
                weight: &mut weight,
                mean: &mut [],
                magnitude: &mut [],
                fraction: &mut fraction,
            };
            update(&constants, synapses, &mut signals, &draws)
        });
    });
    let (mut unit, mut core) = processor(&integers());
    unit.run(&mut core, 100_000);
    let before = unit.retired();
    unit.run(&mut core, 1_000_000);
    let instructions = unit.retired() - before;
    group.throughput(Throughput::Elements(instructions));
    group.bench_function("integer instructions", |b| {
        b.iter(|| unit.run(&mut core, 1_000_000) == unit_paused());
    });
    group.finish();
}

fn unit_paused() -> leadlag_plasticity::processor::Stop<'static> {
    leadlag_plasticity::processor::Stop::Paused
}

criterion_group!(all, benches);
criterion_main!(all);
