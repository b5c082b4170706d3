//! `leadlag fw run`, `fw step` and `fw cycles`.

#![expect(clippy::indexing_slicing, reason = "a place beyond the file fails the test")]

use crate::program::Program;

fn with(name: &str, text: &str) -> Program {
    let program = Program::new();
    std::fs::write(program.path().join(name), text).expect("a written file");
    program
}

/// Counts to three, and says how it went.
const COUNT: &str = "\
        .option norvc
_start: li      a0, 3
1:      addi    a0, a0, -1
        bnez    a0, 1b
        lui     t0, 0x70011
        li      t1, RESULT
        sw      t1, -256(t0)
2:      j       2b
";

fn count(result: &str) -> Program {
    with("count.s", &COUNT.replace("RESULT", result))
}

#[test]
fn a_program_passes_fails_or_sleeps() {
    let passed = count("1").run(&["fw", "run", "count.s"]);
    let line = "  passed  10 instructions, 14 cycles, 0 steps\n";
    assert_eq!((passed.code, passed.stdout.as_str()), (0, line), "{passed:?}");
    let failed = count("7").run(&["fw", "run", "count.s"]);
    assert_eq!(failed.code, 1, "{failed:?}");
    assert!(failed.stdout.starts_with("  failed case 3  "), "{failed:?}");
    let asleep = with("wfi.s", "wfi\n j .-4\n").run(&["fw", "run", "wfi.s", "--json"]);
    assert_eq!(asleep.code, 0, "{asleep:?}");
    assert!(asleep.stdout.contains("\"outcome\":\"asleep\""), "{asleep:?}");
}

#[test]
fn a_fault_has_a_report_and_exit_code_5() {
    let program = with("fault.s", "li a0, 2\n lw a1, 0(a0)\n");
    let made = program.run(&["fw", "run", "fault.s"]);
    assert_eq!(made.code, 5, "{made:?}");
    assert!(made.stderr.contains("LL3600") && made.stderr.contains("misaligned load"), "{made:?}");
    assert!(made.stdout.contains("> 00000002  "), "{made:?}");
    let endless = with("endless.s", "j .\n");
    let made = endless.run(&["fw", "run", "endless.s", "--max-cycles", "1000"]);
    assert_eq!(made.code, 5, "{made:?}");
    assert!(made.stderr.contains("LL3602") && made.stderr.contains("1000"), "{made:?}");
}

/// A jump over `fadd.s`, then sleep: the instruction is reported, and the program runs.
#[test]
fn instructions_outside_the_profile_are_reported_at_load() {
    let program = Program::new();
    let words: [u32; 4] = [0x0080_006f, 0x0000_0053, 0x1050_0073, 0xffdf_f06f];
    let bytes: Vec<u8> = words.into_iter().flat_map(u32::to_le_bytes).collect();
    std::fs::write(program.path().join("float.bin"), bytes).expect("a written file");
    let made = program.run(&["fw", "run", "float.bin"]);
    assert_eq!(made.code, 0, "{made:?}");
    assert!(made.stderr.contains("warning[LL1624]"), "{made:?}");
    assert!(made.stderr.contains("00000053 at 0x00000004"), "{made:?}");
}

/// Start-up code as public test suites have it: registers that may not exist are tried behind a
/// handler of their own, user code is entered by `mret`, and `ecall` carries the result.
#[test]
fn start_up_code_of_public_test_suites_runs() {
    let source = "\
_start: j       reset
        .align  2
vector: csrr    t5, mcause
        li      t6, 8
        beq     t5, t6, report
        li      t6, 9
        beq     t5, t6, report
        li      t6, 11
        beq     t5, t6, report
        la      t5, other
        jr      t5
report: bnez    gp, 1f
other:  ori     gp, gp, 1337
1:      la      t5, tohost
        sw      gp, 0(t5)
        sw      zero, 4(t5)
        j       1b
reset:  li      gp, 0
        csrr    a0, mhartid
2:      bnez    a0, 2b
        la      t0, 3f
        csrw    mtvec, t0
        csrwi   0x744, 8
        .align  2
3:      la      t0, 4f
        csrw    mtvec, t0
        csrwi   satp, 0
        .align  2
4:      la      t0, 5f
        csrw    mtvec, t0
        li      t1, -1
        csrw    pmpaddr0, t1
        li      t1, 31
        csrw    pmpcfg0, t1
        .align  2
5:      csrwi   mie, 0
        la      t0, 6f
        csrw    mtvec, t0
        csrwi   medeleg, 0
        csrwi   mideleg, 0
        .align  2
6:      la      t0, vector
        csrw    mtvec, t0
        li      a0, 1
        slli    a0, a0, 31
        bltz    a0, 7f
        li      gp, 3
        j       report
7:      li      t0, 0x1800
        csrc    mstatus, t0
        csrr    t1, mstatus
        and     t1, t1, t0
        li      gp, 5
        bne     t0, t1, report
        li      t0, 0x600
        csrs    mstatus, t0
        csrwi   vcsr, 0
        la      t0, user
        csrw    mepc, t0
        csrr    a0, mhartid
        mret
user:   li      gp, 7
        vsetivli t0, 4, e32, m1, ta, ma
        vid.v   v1
        vmv.x.s t1, v1
        bnez    t1, fail
        li      gp, 1
        li      a7, 93
        li      a0, 0
        ecall
fail:   ecall
        .align  6
tohost: .word   0, 0
";
    let program = with("start.s", source);
    let made = program.run(&["fw", "run", "start.s", "--flat", "0x80000000:64K"]);
    assert_eq!(made.code, 0, "{made:?}");
    assert!(made.stdout.starts_with("  passed  ") && made.stderr.is_empty(), "{made:?}");
}

/// A program as public test suites link it: one memory, and a symbol `tohost`.
#[test]
fn a_flat_program_ends_by_its_own_tohost() {
    let source = "\
_start: la      t0, handler
        csrw    mtvec, t0
        csrw    0x744, zero
        .align  2
handler: li     t1, 1
        la      t0, tohost
1:      sw      t1, 0(t0)
        sw      zero, 4(t0)
        j       1b
        .align  6
tohost: .word   0, 0
";
    let program = with("flat.s", source);
    let made = program.run(&["fw", "run", "flat.s", "--flat", "0x80000000:64K"]);
    assert_eq!(made.code, 0, "{made:?}");
    assert!(made.stdout.starts_with("  passed  "), "{made:?}");
    // Without the flat memory the linked program has no place.
    program.run(&["fw", "asm", "flat.s", "--text", "0x80000000"]);
    let lost = program.run(&["fw", "run", "flat.elf"]);
    assert_eq!(lost.code, 3, "{lost:?}");
    assert!(lost.stderr.contains("LL1650") && lost.stderr.contains("LL1651"), "{lost:?}");
    let found = program.run(&["fw", "run", "flat.elf", "--flat", "0x80000000:64K"]);
    assert_eq!(found.code, 0, "{found:?}");
    let refused = program.run(&["fw", "run", "flat.s", "--flat", "0x80000000:0"]);
    assert_eq!(refused.code, 2, "{refused:?}");
}

#[test]
fn steps_wake_a_program() {
    let source = "\
        li      t0, 0x10000
        csrw    mie, t0
        lui     s0, 0x10000
1:      wfi
        csrc    mip, t0
        addi    a0, a0, 1
        sw      a0, 0(s0)
        j       1b
";
    let program = with("steps.s", source);
    let made = program.run(&["fw", "run", "steps.s", "--steps", "5", "--dump", "0x10000000:4"]);
    assert_eq!(made.code, 0, "{made:?}");
    assert!(made.stdout.contains("  10000000  05 00 00 00"), "{made:?}");
}

#[test]
fn stepping_shows_changes_and_stops_at_breakpoints() {
    let source = "\
        .option norvc
        lui     s0, 0x10000
        li      a0, 2
again:  addi    a0, a0, -1
        sw      a0, 8(s0)
        bnez    a0, again
        wfi
";
    let program = with("step.s", source);
    let commands = "step 2\nbreak again\nrun\nwatch 0x10000008\nrun\nx\nmem 0x10000008 4\ncycle 9\nrun\nquit\n";
    std::fs::write(program.path().join("commands"), commands).expect("a written file");
    let made = program.shell("\"$LEADLAG\" fw step step.s < commands");
    assert_eq!(made.code, 0, "{made:?}");
    for expected in [
        "            s0 00000000 -> 10000000",
        "            a0 00000000 -> 00000002",
        "  breakpoint\n  cycle 7  00000008 again",
        "  watched bytes changed",
        "  10000008  00 00 00 00",
    ] {
        assert!(made.stdout.contains(expected), "{expected}: {made:?}");
    }
    let wrong = program.shell("echo jump | \"$LEADLAG\" fw step step.s");
    assert_eq!(wrong.code, 3, "{wrong:?}");
    assert!(wrong.stderr.contains("LL1652"), "{wrong:?}");
}

/// The text of a command with many instructions comes in pieces; nothing is lost between them.
#[test]
fn a_long_command_shows_its_steps_as_it_goes() {
    let program = with("endless.s", "again:  addi    a0, a0, 1\n        j       again\n");
    let made = program.shell("echo step 1500 | \"$LEADLAG\" fw step endless.s");
    assert_eq!(made.code, 0, "{made:?}");
    let (mut steps, mut changes) = (0, 0);
    for line in made.stdout.lines() {
        match line.strip_prefix("            a0 ") {
            Some(change) => {
                assert_eq!(change, format!("{changes:08x} -> {:08x}", changes + 1));
                changes += 1;
            }
            None => steps += 1,
        }
    }
    assert_eq!((steps, changes), (1500, 750));
    let pieces = program.shell("echo step 1500 | \"$LEADLAG\" fw step endless.s --json");
    assert_eq!(pieces.code, 0, "{pieces:?}");
    assert!(pieces.stdout.lines().count() > 1 && pieces.stdout.lines().all(|l| l.len() < 80_000));
}

/// The unit is the chip's, with what is set.
#[test]
fn a_program_runs_on_the_unit_of_a_chip() {
    let source = "\
        .option norvc
        li      t0, 0x600
        csrs    mstatus, t0
        csrr    t1, vlenb
        lui     t2, 0x40000
        lh      t3, 0(t2)
        addi    t1, t1, -32
        seqz    t1, t1
        lui     t4, 0x70011
        sw      t1, -256(t4)
        wfi
";
    let program = with("vlenb.s", source);
    let run = |settings: &[&str]| {
        let line = ["fw", "run", "vlenb.s"].iter().chain(settings).copied().collect::<Vec<_>>();
        program.run(&line)
    };
    let made = run(&["--set", "ppu.vlen=256", "--set", "ppu.rs=20"]);
    // Eight of one cycle, the row word 20 + 1, the store 1.
    assert!(made.code == 0 && made.stdout.contains("passed"), "{made:?}");
    let shorter = run(&["--set", "ppu.vlen=512", "--set", "ppu.rs=20", "--vlen", "256"]);
    assert_eq!(shorter.stdout, made.stdout, "the option is the stronger one");
    assert_ne!(run(&["--set", "ppu.vlen=256"]).stdout, made.stdout, "a row takes 9 cycles");
    let wrong = run(&["--set", "ppu.vlen=100"]);
    assert!(wrong.code == 3 && wrong.stderr.contains("powers of two in 128..=512"), "{wrong:?}");
    let long = format!("{source}        .align  10\n        .word   1, 2\n");
    std::fs::write(program.path().join("long.s"), long).expect("a written file");
    let small = program.run(&["fw", "run", "long.s", "--set", "ppu.isram=1024"]);
    assert!(small.code == 3 && small.stderr.contains("memory has 1024 bytes at"), "{small:?}");
}

/// Registers of every kind: control registers, and the bytes of vector registers.
#[test]
fn stepping_shows_control_and_vector_registers() {
    let source = "\
        .option norvc
        li      t0, 0x600
        csrs    mstatus, t0
        vsetivli t1, 16, e8, m1, ta, ma
        vid.v   v8
        csrwi   vxrm, 2
        la      t0, handler
        csrw    mtvec, t0
        .word   0x8482c057              # vsadd.vx v0, v8, t0, v0.t
handler: wfi
";
    let program = with("registers.s", source);
    let made = program.shell("echo step 9 | \"$LEADLAG\" fw step registers.s");
    assert_eq!(made.code, 0, "{made:?}");
    let kept = |line: &&str| line.starts_with("            ");
    let changes: Vec<&str> = made.stdout.lines().filter(kept).map(str::trim).collect();
    let expected = [
        "t0 00000000 -> 00000600",
        "mstatus 00001800 -> 80001e00",
        "t1 00000000 -> 00000010",
        "vl 00000000 -> 00000010",
        "vtype 80000000 -> 000000c0",
        "v8[1] 00 -> 01",
        "v8[2] 00 -> 02",
        "v8[3] 00 -> 03",
        "v8[4] 00 -> 04",
        "v8[5] 00 -> 05",
        "v8[6] 00 -> 06",
        "v8[7] 00 -> 07",
        "v8[8] 00 -> 08",
        "and 7 bytes more",
        "vxrm 00000000 -> 00000002",
        "vcsr 00000000 -> 00000004",
        "t0 00000600 -> 00000014",
        "t0 00000014 -> 00000024",
        "mtvec 00000000 -> 00000024",
    ];
    assert_eq!(changes[..expected.len()], expected, "{made:?}");
    // The masked destination over v0 is reserved, and goes to the handler.
    let trap = ["mepc 00000000 -> 00000020", "mcause 00000000 -> 00000002"];
    assert_eq!(changes[expected.len()..][..2], trap, "{made:?}");
}

#[test]
fn cycles_are_listed_by_instruction_and_loop() {
    let made = count("1").run(&["fw", "cycles", "count.s"]);
    assert_eq!(made.code, 0, "{made:?}");
    assert!(made.stdout.contains("  00000004  addi a0, a0, -1"), "{made:?}");
    assert!(made.stdout.contains("2 times back to _start+0x4 from 00000008"), "{made:?}");
}

/// `tohost` as a linker script may state it: a number, and where no memory is.
#[test]
fn the_word_that_ends_a_test_may_lie_anywhere() {
    let source =
        "        .equ tohost, PLACE\n_start: li t0, tohost\n li t1, 5\n sw t1, 0(t0)\n1: j 1b\n";
    for place in ["0x80001000", "0x90000000", "0x1000"] {
        let program = with("far.s", &source.replace("PLACE", place));
        let flat = ["--flat", "0x80000000:64K"];
        assert_eq!(program.run(&["fw", "asm", "far.s", "--text", "0x80000000"]).code, 0);
        for name in ["far.s", "far.elf"] {
            let made = program.run(&[&["fw", "run", name], &flat[..]].concat());
            assert_eq!(made.code, 1, "{place} {name} {made:?}");
            assert!(made.stdout.starts_with("  failed case 2  "), "{made:?}");
        }
    }
}

/// A word of an ELF file's first program header, by its offset in the header, changed.
fn patched(elf: &[u8], segment: usize, offset: usize, value: u32) -> Vec<u8> {
    let mut elf = elf.to_vec();
    let first = elf[28..].first_chunk().map(|word| u32::from_le_bytes(*word));
    let at = usize::try_from(first.expect("a header")).expect("an offset") + 32 * segment + offset;
    elf[at..at + 4].copy_from_slice(&value.to_le_bytes());
    elf
}

#[test]
fn damaged_executables_are_refused_with_a_code() {
    const OFFSET: usize = 4;
    const ADDRESS: usize = 8;
    const IN_FILE: usize = 16;
    const IN_MEMORY: usize = 20;
    let program = with("two.s", "_start: wfi\n j _start\n .data\n .word 1, 2, 3\n");
    assert_eq!(program.run(&["fw", "asm", "two.s"]).code, 0);
    let elf = std::fs::read(program.path().join("two.elf")).expect("an ELF file");
    let run = |bytes: &[u8]| {
        std::fs::write(program.path().join("made.elf"), bytes).expect("a written file");
        program.run(&["fw", "run", "made.elf"])
    };
    assert_eq!(run(&elf).code, 0);
    for length in [4, 5, 20, 51, 60, elf.len() / 2, elf.len() - 1] {
        let made = run(&elf[..length]);
        assert_eq!(made.code, 3, "{length} bytes {made:?}");
        assert!(made.stderr.contains("LL1620"), "{length} bytes {made:?}");
    }
    for (segment, field, value, code) in [
        (0, OFFSET, u32::MAX, "LL1620"),
        (0, IN_FILE, u32::MAX, "LL1620"),
        (0, IN_MEMORY, 1, "LL1622"),
        (1, IN_MEMORY, u32::MAX, "LL1622"),
        (1, ADDRESS, 0, "LL1622"),
        (1, ADDRESS, 0xffff_fffc, "LL1622"),
        (1, ADDRESS, 0x2000_0000, "LL1650"),
        (1, ADDRESS, 0x1000_fffc, "LL1650"),
    ] {
        let made = run(&patched(&elf, segment, field, value));
        assert_eq!(made.code, 3, "{segment} {field} {value:#x} {made:?}");
        assert!(made.stderr.contains(code), "{segment} {field} {value:#x} {made:?}");
    }
    // Behind the flat memory, and an entry that is not in it.
    let made = program.run(&["fw", "run", "two.elf", "--flat", "0:4"]);
    assert_eq!((made.code, made.stderr.contains("LL1650")), (3, true), "{made:?}");
    let mut lost = elf.clone();
    lost[24..28].copy_from_slice(&0x3000_0000_u32.to_le_bytes());
    let made = run(&lost);
    assert_eq!((made.code, made.stderr.contains("LL1651")), (3, true), "{made:?}");
}

#[test]
fn sizes_that_are_none_are_wrong_usage() {
    let program = count("1");
    for flat in [
        "0x80000000",
        "0:0",
        "1:4K",
        "0xffffff00:1K",
        "0:257M",
        "0:99999999999",
        ":",
        "x:1",
        "0:-1",
        "0:1G",
    ] {
        let made = program.run(&["fw", "run", "count.s", "--flat", flat]);
        assert_eq!(made.code, 2, "{flat} {made:?}");
        assert!(made.stderr.contains("--flat"), "{flat} {made:?}");
    }
}
