//! Programs written by hand: cycles, traps, windows, sleep.

use leadlag_fixed::count;
use leadlag_isa::{Class, Instruction, Mnemonic, encode};

use super::*;

/// Assembles fields in the order rd, rs1, rs2, imm.
fn i(mnemonic: Mnemonic, rd: u8, rs1: u8, rs2: u8, imm: i32) -> u32 {
    encode(&Instruction { mnemonic, rd, rs1, rs2, masked: false, imm }).unwrap()
}

fn bytes(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn processor(words: &[u32], vlen: Vlen) -> Processor {
    let mut processor = Processor::new(Settings { vlen, ..Settings::default() });
    assert!(processor.load(0, &bytes(words)));
    processor.csrs.touch_vector();
    processor
}

fn core() -> CoreMemory {
    CoreMemory::new(Geometry::default())
}

fn run(words: &[u32]) -> (Processor, CoreMemory) {
    let (mut processor, mut core) = (processor(words, Vlen::V512), core());
    processor.run(&mut core, 1_000_000);
    (processor, core)
}

fn trap_of(words: &[u32]) -> (Cause, u32, u32) {
    let (processor, _) = run(words);
    match processor.status {
        Status::Faulted(fault) => match fault.reason {
            Reason::Unhandled(trap) => (trap.cause, trap.value, fault.pc),
            reason => panic!("{reason:?}"),
        },
        status => panic!("{status:?}"),
    }
}

const WFI: u32 = 0x1050_0073;

/// The row kernel of the manual: 9 instructions, 62 cycles per row of 256 columns, and 15,896
/// cycles for 256 rows with the lines before the loop.
fn row_kernel(rows: i32) -> Vec<u32> {
    use Mnemonic::{Add, Addi, Bne, Csrrwi, Lh, Lui, Vle16V, VsaddVv, Vse16V, Vsetvli, VsmulVx};
    vec![
        i(Lui, 10, 0, 0, 0x4000_0000),
        i(Lui, 11, 0, 0, 0x4800_0000),
        i(Lui, 12, 0, 0, 0x5002_0000),
        i(Addi, 13, 0, 0, rows),
        i(Addi, 14, 0, 0, 512),
        i(Lui, 15, 0, 0, 0x4000),
        i(Addi, 5, 0, 0, 256),
        i(Vsetvli, 6, 5, 0, 0xcb),
        i(Csrrwi, 0, 0, 0, 0x00a),
        i(Vle16V, 8, 12, 0, 0),
        i(VsmulVx, 8, 15, 8, 0),
        i(Lh, 7, 11, 0, 0),
        i(Vle16V, 16, 10, 0, 0),
        i(VsmulVx, 24, 7, 8, 0),
        i(VsaddVv, 16, 24, 16, 0),
        i(Vse16V, 16, 10, 0, 0),
        i(Addi, 11, 11, 0, 2),
        i(Add, 10, 10, 14, 0),
        i(Addi, 13, 13, 0, -1),
        i(Bne, 0, 13, 0, -32),
        WFI,
    ]
}

/// Six instructions set the operands up and one sleeps: the rest is the manual's sum.
const AROUND: u64 = 6 + 1;

#[test]
fn a_row_of_256_columns_takes_62_cycles() {
    let cycles = |rows| run(&row_kernel(rows)).0.cycles();
    assert_eq!(cycles(2) - cycles(1), 62);
    assert_eq!(cycles(256), 15_896 + AROUND);
}

#[test]
fn the_row_kernel_adds_the_rounded_product() {
    let mut core = core();
    let set = |bytes: &mut [u8], at: usize, value: i16| {
        bytes[2 * at..2 * at + 2].copy_from_slice(&value.to_le_bytes());
    };
    set(core.window_mut(Window::AdcE), 3, 12_345);
    set(core.window_mut(Window::RowsSoma), 1, -23_456);
    set(core.window_mut(Window::WeightsSoma), 256 + 3, 777);
    let mut processor = processor(&row_kernel(2), Vlen::V512);
    assert_eq!(processor.run(&mut core, 1_000_000), Stop::Asleep);
    let round = |product: i32| (product + (1 << 14)) >> 15;
    let expected = 777 + round(round(12_345 << 14) * -23_456);
    let found = &core.window(Window::WeightsSoma)[2 * (256 + 3)..][..2];
    assert_eq!(i32::from(i16::from_le_bytes([found[0], found[1]])), expected);
    assert_eq!(processor.retired_of(Class::VRowLoad), 2);
    assert_eq!(processor.retired_of(Class::VRowStore), 2);
}

/// `lh` has a short way to the row registers of the somatic array; `lhu` and the apical array have not.
#[test]
fn row_registers_read_as_signed_words_and_end_with_the_rows() {
    use Mnemonic::{Lh, Lhu, Lui};
    let rows = i(Lui, 11, 0, 0, 0x4800_0000);
    let apical = i(Lui, 12, 0, 0, 0x4801_0000);
    let loads = [i(Lh, 5, 11, 0, 510), i(Lhu, 6, 11, 0, 510), i(Lh, 7, 12, 0, 510)];
    let (mut processor, mut core) =
        (processor(&[rows, apical, loads[0], loads[1], loads[2], WFI], Vlen::V512), core());
    core.window_mut(Window::RowsSoma)[510..512].copy_from_slice(&(-2_i16).to_le_bytes());
    core.window_mut(Window::RowsApical)[510..512].copy_from_slice(&(-3_i16).to_le_bytes());
    processor.run(&mut core, 1000);
    assert_eq!(processor.x[5..8], [0xffff_fffe, 0xfffe, 0xffff_fffd]);
    assert_eq!((processor.cycles(), processor.retired_of(Class::Load)), (2 + 3 * 2 + 1, 3));
    let behind = trap_of(&[rows, i(Lh, 5, 11, 0, 512)]);
    assert_eq!(behind, (Cause::LoadAccess, 0x4800_0200, 4));
    let odd = trap_of(&[rows, i(Lh, 5, 11, 0, 1)]);
    assert_eq!(odd, (Cause::LoadMisaligned, 0x4800_0001, 4));
}

#[test]
fn an_exception_without_handler_stops_with_a_report() {
    use Mnemonic::{Addi, Lw};
    let (processor, _) = run(&[i(Addi, 5, 0, 0, 7), i(Lw, 6, 5, 0, 2), 0]);
    let Status::Faulted(fault) = processor.status else { panic!() };
    let trap = Trap { cause: Cause::LoadMisaligned, value: 9 };
    assert_eq!(fault.reason, Reason::Unhandled(trap));
    assert_eq!((fault.pc, fault.cycle, fault.x[5]), (4, 1, 7));
    assert_eq!(fault.history, [0]);
}

#[test]
fn exceptions_carry_their_cause_and_value() {
    use Mnemonic::{Addi, Jalr, Lui, Lw, Sh, Sw};
    let cases: [(&[u32], Cause, u32, u32); 9] = [
        (&[0], Cause::Illegal, 0, 0),
        (&[0xffff_ffff], Cause::Illegal, 0xffff_ffff, 0),
        (&[0x0000_0073], Cause::EnvironmentCall, 0, 0),
        (&[i(Addi, 0, 0, 0, 0), 0x0010_0073], Cause::Breakpoint, 4, 4),
        (&[i(Lui, 5, 0, 0, 0x2000_0000), i(Lw, 6, 5, 0, 0)], Cause::LoadAccess, 0x2000_0000, 4),
        (&[i(Lui, 5, 0, 0, 0x5000_0000), i(Sw, 0, 5, 0, 8)], Cause::StoreAccess, 0x5000_0008, 4),
        (&[i(Sh, 0, 0, 0, 3)], Cause::StoreMisaligned, 3, 0),
        (
            &[i(Lui, 5, 0, 0, 0x2000_0000), i(Jalr, 0, 5, 0, 1)],
            Cause::InstructionAccess,
            0x2000_0000,
            0x2000_0000,
        ),
        (&[i(Mnemonic::Csrrs, 5, 0, 0, 0x320)], Cause::Illegal, 0x3200_22f3, 0),
    ];
    for (words, cause, value, pc) in cases {
        assert_eq!(trap_of(words), (cause, value, pc));
    }
}

/// A handler that steps over the instruction and counts in x31.
#[test]
fn a_handler_returns_behind_the_exception() {
    use Mnemonic::{Addi, Csrrs, Csrrw};
    let words = [
        i(Addi, 5, 0, 0, 28),
        i(Csrrw, 0, 5, 0, 0x305),
        0x0000_0073,
        0,
        i(Csrrs, 9, 0, 0, 0xb00),
        i(Csrrs, 10, 0, 0, 0xb02),
        WFI,
        i(Addi, 31, 31, 0, 1),
        i(Csrrs, 6, 0, 0, 0x341),
        i(Addi, 6, 6, 0, 4),
        i(Csrrw, 0, 6, 0, 0x341),
        i(Csrrs, 7, 0, 0, 0x342),
        0x3020_0073,
    ];
    let (processor, _) = run(&words);
    assert_eq!(processor.status, Status::Asleep);
    assert_eq!((processor.x[31], processor.x[7]), (2, 2));
    // Two instructions, then twice a trap of 4, five instructions of 1 and mret of 3.
    assert_eq!(processor.x[9], 2 + 2 * (4 + 5 + 3));
    // A trapped instruction does not complete.
    assert_eq!(processor.x[10], 2 + 2 * 6 + 1);
}

#[test]
fn a_store_reaches_fetch_at_the_next_fence() {
    use Mnemonic::{Addi, FenceI, Jal, Lui, Sw};
    let new = i(Addi, 10, 10, 0, 100);
    // Once through, then a store over the first word; a second pass is old, a third one new.
    let words = [
        i(Addi, 10, 10, 0, 1),
        i(Addi, 11, 11, 0, 1),
        i(Addi, 12, 0, 0, 3),
        i(Mnemonic::Beq, 0, 11, 12, 32),
        i(Addi, 12, 0, 0, 2),
        i(Mnemonic::Bne, 0, 11, 12, 8),
        i(FenceI, 0, 0, 0, 0),
        i(Lui, 5, 0, 0, (new & 0xffff_f000).cast_signed()),
        i(Addi, 5, 5, 0, (new & 0xfff).cast_signed() << 20 >> 20),
        i(Sw, 0, 0, 5, 0),
        i(Jal, 0, 0, 0, -40),
        WFI,
    ];
    assert_eq!(new & 0x800, 0);
    let (processor, _) = run(&words);
    assert_eq!(processor.status, Status::Asleep);
    assert_eq!(processor.x[10], 1 + 1 + 100);
}

/// Straight code that has run is changed in its middle, and run again from its beginning: value and
/// cycles are those of the new instruction. Before the change, again behind it, and at its very end.
#[test]
fn straight_code_is_decoded_anew_when_its_middle_changes() {
    use Mnemonic::{Addi, Beq, FenceI, Lui, Lw, Mul, Sw};
    for place in [0, 1, 20, 39] {
        let begin = 6;
        let mut words = vec![
            i(Addi, 5, 0, 0, 3),
            i(Lui, 11, 0, 0, 0x1000_0000),
            i(Addi, 12, 0, 0, 4 * (begin + place)),
            i(Addi, 8, 0, 0, 1),
            i(Addi, 9, 0, 0, 2),
            i(Addi, 0, 0, 0, 0),
        ];
        words.extend(vec![i(Addi, 10, 10, 0, 1); 40]);
        let end = i32::try_from(words.len()).unwrap();
        words.extend([
            i(Beq, 0, 8, 9, 20), // the second time
            i(Lw, 13, 11, 0, 0),
            i(Sw, 0, 12, 13, 0),
            i(FenceI, 0, 0, 0, 0),
            i(Addi, 8, 0, 0, 2),
            i(Beq, 0, 8, 8, 4 * (begin - end - 5)),
        ]);
        // The second round ends in the branch to here.
        let exit = words.len();
        words[usize::try_from(end).unwrap()] =
            i(Beq, 0, 8, 9, 4 * (i32::try_from(exit).unwrap() - end));
        words.push(WFI);
        let mut unit = processor(&words, Vlen::V512);
        // `mul a0, t0, t0`: whatever was counted becomes 9.
        assert!(unit.load(0x1000_0000, &i(Mul, 10, 5, 5, 0).to_le_bytes()));
        unit.run(&mut core(), 10_000);
        assert_eq!(unit.status, Status::Asleep);
        assert_eq!(unit.x[10], 9 + 39 - u32::try_from(place).unwrap());
        // 6, twice 40 with one product in place of a sum, a branch that is not taken, the change
        // (2 + 1 + 1 + 1), a branch back, one that is taken, sleep.
        assert_eq!(unit.cycles(), 6 + 80 + 1 + 1 + 5 + 3 + 3 + 1);
        assert_eq!(unit.retired_of(Class::Mul), 1);
        assert_eq!(unit.log.history(unit.retired()).last(), Some(&(4 * count(exit))));
    }
}

#[test]
fn conversions_run_in_order_and_loads_wait() {
    use Mnemonic::{Addi, Csrrs, Lhu, Lui, Lw, Sw};
    let words = [
        i(Lui, 5, 0, 0, 0x5010_0000),
        i(Lui, 6, 0, 0, 0x5000_0000),
        i(Addi, 7, 0, 0, 5),
        i(Lhu, 8, 6, 0, 0),
        i(Sw, 0, 5, 7, 0),
        i(Lw, 9, 5, 0, 4),
        i(Lhu, 10, 6, 0, 0),
        i(Csrrs, 11, 0, 0, 0xb00),
        i(Lui, 6, 0, 0, 0x5002_0000),
        i(Lhu, 12, 6, 0, 0),
        i(Csrrs, 13, 0, 0, 0xb00),
        i(Lw, 14, 5, 0, 4),
        WFI,
    ];
    let mut core = core();
    core.observed_mut(0).fill(1);
    core.observed_mut(2).fill(3);
    let mut processor = processor(&words, Vlen::V512);
    assert_eq!(processor.run(&mut core, 10_000), Stop::Asleep);
    // Three instructions, a load of 2, the trigger of 1: end of the store at 6.
    assert_eq!((processor.x[8], processor.x[9]), (0, 0b101));
    assert_eq!((processor.x[10], processor.x[11]), (0x0101, 6 + 288 + 2));
    assert_eq!((processor.x[12], processor.x[13]), (0x0303, 6 + 2 * 288 + 2));
    assert_eq!(processor.x[14], 0);
}

#[test]
fn a_step_wakes_the_usual_loop() {
    use Mnemonic::{Addi, Csrrc, Csrrw, Jal, Lui};
    let words = [
        i(Lui, 5, 0, 0, 0x10000),
        i(Csrrw, 0, 5, 0, 0x304),
        WFI,
        i(Csrrc, 0, 5, 0, 0x344),
        i(Addi, 10, 10, 0, 1),
        i(Jal, 0, 0, 0, -12),
    ];
    let (mut processor, mut core) = (processor(&words, Vlen::V512), core());
    assert_eq!(processor.run(&mut core, 10_000), Stop::Asleep);
    for step in 0..3 {
        processor.begin_step(step);
        assert_eq!(processor.run(&mut core, 10_000), Stop::Asleep);
    }
    assert_eq!(processor.x[10], 3);
    assert_eq!(processor.cycles(), 3 + 3 * (1 + 1 + 3 + 1));
}

#[test]
fn an_interrupt_is_taken_between_instructions() {
    use Mnemonic::{Addi, Csrrs, Csrrsi, Csrrw, Jal, Lui};
    let words = [
        i(Lui, 5, 0, 0, 0x10000),
        i(Csrrw, 0, 5, 0, 0x304),
        i(Addi, 6, 0, 0, 24),
        i(Csrrw, 0, 6, 0, 0x305),
        i(Csrrsi, 0, 8, 0, 0x300),
        i(Jal, 0, 0, 0, 0),
        i(Csrrs, 7, 0, 0, 0x342),
        WFI,
    ];
    let (mut processor, mut core) = (processor(&words, Vlen::V512), core());
    assert_eq!(processor.run(&mut core, 100), Stop::Paused);
    processor.begin_step(1);
    processor.run(&mut core, 6);
    assert_eq!(processor.x[7], 0x8000_0010);
    assert_eq!(processor.csr(0x341), Some(20));
}

#[test]
fn a_program_without_end_is_stopped() {
    let (mut processor, mut core) = (processor(&[0x0000_006f], Vlen::V512), core());
    let Stop::Faulted(fault) = processor.run(&mut core, u64::MAX) else { panic!() };
    assert_eq!(fault.reason, Reason::TooLong { allowed: 10_000_000 });
}

#[test]
fn vector_faults_leave_no_trace() {
    use Mnemonic::{Addi, Lui, Vle8V, Vsetvli};
    let words = [
        i(Lui, 5, 0, 0, 0x1001_0000),
        i(Addi, 5, 5, 0, -10),
        i(Vsetvli, 6, 0, 0, 0),
        i(Vle8V, 8, 5, 0, 0),
    ];
    assert_eq!(trap_of(&words), (Cause::LoadAccess, 0x1001_0000, 12));
    let (processor, _) = run(&words);
    assert!(processor.vectors().iter().all(|&byte| byte == 0));
}

#[test]
fn a_row_access_keeps_to_its_row_and_width() {
    use Mnemonic::{Addi, Lui, Vle8V, Vle16V, Vlse16V, Vsetvli};
    let set = i(Vsetvli, 6, 0, 0, 0x0b);
    let base = i(Lui, 5, 0, 0, 0x4000_0000);
    let cases = [
        (vec![base, set, i(Addi, 5, 5, 0, 2), i(Vle16V, 8, 5, 0, 0)], 0x4000_0200),
        (vec![base, set, i(Vle8V, 8, 5, 0, 0)], 0x4000_0000),
        (vec![base, set, i(Vlse16V, 8, 5, 0, 0)], 0x4000_0000),
    ];
    for (words, address) in cases {
        let (cause, value, _) = trap_of(&words);
        assert_eq!((cause, value), (Cause::LoadAccess, address));
    }
}

#[test]
fn vector_state_is_there_only_when_it_is_on() {
    use Mnemonic::{Csrrs, Vsetvli};
    let mut core = core();
    for word in [i(Vsetvli, 5, 0, 0, 0), i(Csrrs, 5, 0, 0, 0xc20)] {
        let mut processor = Processor::new(Settings::default());
        processor.load(0, &bytes(&[word]));
        assert!(matches!(processor.run(&mut core, 10), Stop::Faulted(_)));
    }
}

/// `vstart` other than 0, no type, and every family of reserved registers.
#[test]
fn reserved_vector_instructions_trap() {
    use Mnemonic::{Csrrwi, VaddVv, VnsrlWi, Vsetvli, VwaddVv};
    let add = i(VaddVv, 8, 16, 24, 0);
    let cases = [
        vec![add],
        vec![i(Vsetvli, 5, 0, 0, 0), i(Csrrwi, 0, 1, 0, 0x008), add],
        vec![i(Vsetvli, 5, 0, 0, 0x18), add],
        vec![i(Vsetvli, 5, 0, 0, 0x01), i(VaddVv, 1, 2, 4, 0)],
        vec![i(Vsetvli, 5, 0, 0, 0x10), i(VwaddVv, 8, 16, 24, 0)],
        vec![i(Vsetvli, 5, 0, 0, 0x00), i(VnsrlWi, 9, 0, 8, 0)],
    ];
    for words in cases {
        let (cause, value, _) = trap_of(&words);
        assert_eq!((cause, value), (Cause::Illegal, words[words.len() - 1]));
    }
}

/// A snapshot goes on as the original does.
#[test]
fn a_clone_goes_on_alike() {
    let (mut one, mut core) = (processor(&row_kernel(9), Vlen::V512), core());
    one.run(&mut core, 200);
    let (mut other, mut other_core) = (one.clone(), core.clone());
    assert_eq!(one, other);
    one.run(&mut core, 10_000);
    other.run(&mut other_core, 10_000);
    assert_eq!((one, core), (other, other_core));
}

/// The table of costs, read by its own rules, as a second definition of what vector instructions
/// cost: every row, every type, several element counts.
#[test]
fn costs_are_those_of_the_table() {
    use super::operation::{Operation, Pattern};
    use super::vtype::Vtype;
    use leadlag_isa::table::ROWS;
    let timing = Timing::default();
    let mut compared = 0;
    for row in ROWS.iter().filter(|row| row.alias.is_none()) {
        let Some(vector) = super::decode::vector(&Instruction::new(row.mnemonic)) else { continue };
        for vtype in (0..64).map(Vtype::request).filter(|vtype| !vtype.is_illegal()) {
            for vl in [0, 1, 7, 64, 200, 512].map(|vl: u32| vl.min(vtype.vlmax(Vlen::V512))) {
                let sew = 8 << vtype.sew();
                let wide = if row.wide { 2 * sew } else { sew };
                let mask_access = matches!(vector.operation,
                    Operation::Memory(access) if access.pattern == Pattern::Mask);
                let elements = if mask_access { vl.div_ceil(8) } else { vl };
                let beats = |n: u32, w: u32| (n * w).div_ceil(512);
                let (nf, eew) = (u32::from(row.nf), u32::from(row.eew));
                let table = |class: Class| {
                    use leadlag_isa::Work;
                    let cost = class.cost();
                    let work = match cost.work {
                        Work::None => 0,
                        Work::Beats => beats(vl, wide),
                        Work::BeatsEew | Work::Row => beats(elements, eew),
                        Work::BeatsSew => beats(vl, sew),
                        Work::BeatsMask => beats(vl, 1),
                        Work::Serial => sew * beats(vl, sew),
                        Work::Tree if vl == 0 => 0,
                        Work::Tree => beats(vl, wide) + (512 / wide).ilog2(),
                        Work::Elements => nf.max(1) * vl,
                        Work::Registers | Work::RowRegisters => nf,
                    };
                    let parameter =
                        cost.parameter.map_or(0, |p| leadlag_isa::Parameters::default().get(p));
                    cost.constant + parameter + work
                };
                let found = vector.cost(&timing, vtype, vl, 512);
                assert_eq!(found.plain, table(row.timing), "{} {vl} {sew}", row.name);
                let row_class = match (row.timing, row.name.starts_with("vs")) {
                    (Class::VMem, false) => Class::VRowLoad,
                    (Class::VMem, true) => Class::VRowStore,
                    (Class::VWhole, false) => Class::VWholeRowLoad,
                    (Class::VWhole, true) => Class::VWholeRowStore,
                    (other, _) => other,
                };
                let in_row =
                    if vl == 0 && row.timing == Class::VMem { 3 } else { table(row_class) };
                assert_eq!(found.row, in_row, "{} {vl} {sew} in a row", row.name);
                compared += 1;
            }
        }
    }
    assert!(compared > 400 * 10 * 6, "{compared}");
}

/// A processor that was saved while it slept goes on; one that no processor can be is refused.
#[test]
fn a_saved_processor_is_adopted_unless_it_is_forged() {
    let program = leadlag_isa::assemble("t", "1: wfi\n j 1b\n", &leadlag_isa::Options::default())
        .expect("it assembles");
    let mut machine = Machine::new(&program, Settings::default()).expect("it fits");
    assert_eq!(machine.run(0, 100), Outcome::Asleep);
    let saved = machine.processor.clone();
    let adopted = |change: &dyn Fn(&mut Processor)| {
        let (mut forged, mut own) = (saved.clone(), Processor::new(Settings::default()));
        change(&mut forged);
        let before = own.clone();
        let could = own.adopt(forged.clone());
        assert_eq!(own, if could { forged } else { before });
        could
    };
    assert!(adopted(&|_| {}));
    assert!(adopted(&|p| p.set_x(3, 7)));
    let forgeries: [&dyn Fn(&mut Processor); 19] = [
        &|p| p.settings.data_bytes = 0,
        &|p| p.memory.code.truncate(4),
        &|p| p.memory.data.push(0),
        &|p| p.memory.unseen = Some((8, 1 << 20)),
        &|p| p.v = VectorFile::new(Vlen::V128),
        &|p| p.csrs.vl = 1,
        &|p| p.csrs.vstart = 512,
        &|p| p.csrs.vxrm = 4,
        &|p| p.csrs.mtvec = 2,
        &|p| p.csrs.mip = 1,
        &|p| p.cursor.cycles = u64::MAX,
        &|p| p.cursor.retired = 0,
        &|p| p.cursor.pc = 3,
        &|p| p.step_began = 1 << 40,
        &|p| p.ready[1] = u64::MAX,
        &|p| p.x[0] = 1,
        &|p| p.stream = 256,
        &|p| p.status = Status::Exited(1),
        &|p| p.log.by_class[5] = u64::MAX,
    ];
    for forge in forgeries {
        assert!(!adopted(forge));
    }
}
