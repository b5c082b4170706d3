//! `leadlag fw asm` and `leadlag fw dis`.

use crate::program::Program;

/// Writes a file into the folder.
fn write(program: &Program, name: &str, bytes: impl AsRef<[u8]>) {
    std::fs::write(program.path().join(name), bytes).expect("a written file");
}

/// Names of the files, in order.
fn files(program: &Program) -> Vec<String> {
    let mut files = program.files();
    files.sort_unstable();
    files
}

const SOURCE: &str = "\
# A loop and some data.
        .equ N, 3
_start: li      a0, N
        la      a1, table
1:      lw      t0, 0(a1)
        vsetivli zero, 4, e16, m1, ta, ma
        addi    a0, a0, -1
        bnez    a0, 1b
        ret
        .data
table:  .word   1, 2
";

fn with_source() -> Program {
    let program = Program::new();
    write(&program, "loop.s", SOURCE);
    program
}

#[test]
fn a_program_is_assembled_and_disassembled() {
    let program = with_source();
    let made = program.run(&["fw", "asm", "loop.s"]);
    assert_eq!((made.code, made.stderr.as_str()), (0, ""), "{made:?}");
    assert!(made.stdout.starts_with("  wrote     loop.elf  "), "{made:?}");
    let shown = program.run(&["fw", "dis", "loop.elf"]);
    assert_eq!(shown.code, 0, "{shown:?}");
    let expected = "\
_start:
00000000  450d      c.li a0, 3
00000002  10000597  auipc a1, 0x10000
00000006  ffe58593  addi a1, a1, -2
0000000a  0005a283  lw t0, 0(a1)
0000000e  cc827057  vsetivli zero, 4, e16, m1, ta, ma
00000012  157d      c.addi a0, -1
00000014  f97d      c.bnez a0, 0xa
00000016  8082      c.jr ra
";
    assert_eq!(shown.stdout, expected);
}

#[test]
fn a_listing_stands_beside_the_source_and_writes_nothing() {
    let program = with_source();
    let listed = program.run(&["fw", "asm", "loop.s", "--listing"]);
    assert_eq!(listed.code, 0, "{listed:?}");
    let lines: Vec<_> = listed.stdout.lines().collect();
    assert_eq!(lines[2], "00000000  450d      _start: li      a0, N");
    assert_eq!(lines[3], "00000002  10000597          la      a1, table");
    assert_eq!(lines[4], "00000006  ffe58593");
    assert_eq!(lines[1], "                            .equ N, 3");
    assert_eq!(files(&program), ["loop.s"]);
}

#[test]
fn a_flat_file_is_made_by_name_and_read_at_a_base() {
    let program = with_source();
    let made = program.run(&["fw", "asm", "loop.s", "-o", "loop.bin", "--data", "0x20", "--json"]);
    let report = made.json_stdout();
    assert_eq!((&report["schema"], &report["bytes"]), (&"leadlag.fw.asm/1".into(), &40.into()));
    assert_eq!(report["symbols"]["table"], 32);
    let shown = program.run(&["fw", "dis", "loop.bin", "--base", "0x100", "--json"]).json_stdout();
    assert_eq!(shown["lines"][0]["text"], "c.li a0, 3");
    assert_eq!(shown["lines"][0]["address"], 0x100);
    let wide = program.run(&["fw", "asm", "loop.s", "-o", "wide.bin"]);
    assert_eq!(wide.code, 3);
    assert!(wide.stderr.starts_with("error[LL1623]: "), "{wide:?}");
    assert_eq!(files(&program), ["loop.bin", "loop.s"]);
}

#[test]
fn every_mistake_has_a_line_and_a_column() {
    let program = Program::new();
    write(&program, "bad.s", "  addi a0, a0, 5000\n  foo\n  j nowhere\n");
    let refused = program.run(&["fw", "asm", "bad.s"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (3, ""));
    assert!(refused.stderr.contains("error[LL1603]"), "{refused:?}");
    assert!(refused.stderr.contains("error[LL1601]"), "{refused:?}");
    assert!(refused.stderr.contains("bad.s:2:3"), "{refused:?}");
    assert_eq!(files(&program), ["bad.s"]);
}

#[test]
fn a_wrong_elf_file_is_refused() {
    let program = with_source();
    assert_eq!(program.run(&["fw", "asm", "loop.s"]).code, 0);
    let mut bytes = program.bytes("loop.elf");
    bytes[18] = 62;
    write(&program, "other.elf", &bytes);
    let refused = program.run(&["fw", "dis", "other.elf"]);
    assert_eq!(refused.code, 3);
    assert!(refused.stderr.starts_with("error[LL1621]: "), "{refused:?}");
}
