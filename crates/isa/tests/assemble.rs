//! The assembler, the disassembler and ELF files from outside.

use leadlag_isa::oracle::{self, Verdict};
use leadlag_isa::table::ROWS;
use leadlag_isa::{Options, Program, assemble, disassemble, is_elf};
use proptest::prelude::*;

fn program(text: &str) -> Program {
    assemble("test.s", text, &Options::default()).unwrap_or_else(|e| panic!("{text}\n{e}"))
}

fn words(text: &str) -> Vec<u32> {
    let program = program(&format!(".option norvc\n{text}"));
    let bytes = program.segments.first().map(|segment| segment.bytes.clone()).unwrap_or_default();
    bytes.chunks(4).map(|c| u32::from_le_bytes(c.try_into().expect("whole words"))).collect()
}

/// Codes, and line and column of the first place of each finding.
fn findings(text: &str) -> Vec<(&'static str, usize, usize)> {
    let found = assemble("test.s", text, &Options::default()).expect_err("a wrong text").0;
    let place = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        (line, at - before.rfind('\n').map_or(0, |newline| newline + 1) + 1)
    };
    found
        .iter()
        .map(|d| {
            let (line, column) = place(d.labels.first().map_or(0, |label| label.span.start));
            (d.code, line, column)
        })
        .collect()
}

/// The fields of `.insn` stand where the specification has them: each of these is an instruction that has
/// a mnemonic too.
#[test]
fn instructions_can_be_given_by_their_fields() {
    for (fields, plain) in [
        ("r 0x33, 7, 0x01, a0, a1, a2", "remu a0, a1, a2"),
        ("r OP_V, 0, 0x01, v8, v9, v10", "vadd.vv v8, v10, v9"),
        ("i OP_IMM, 4, t0, x6, -2048", "xori t0, t1, -2048"),
        ("i LOAD, 2, s3, 2047(sp)", "lw s3, 2047(sp)"),
        ("i 0x67, 0, ra, (t1)", "jalr ra, (t1)"),
        ("s STORE, 1, t2, -6(gp)", "sh t2, -6(gp)"),
        ("u LUI, a5, 0xfffff", "lui a5, 0xfffff"),
        ("0x00c58533", "add a0, a1, a2"),
        ("4, 0x00c58533", "add a0, a1, a2"),
    ] {
        assert_eq!(words(&format!(".insn {fields}")), words(plain), "{fields}");
    }
    assert_eq!(
        program(".insn 0x9082\n.insn 2, 0x8082").segments[0].bytes,
        [0x82, 0x90, 0x82, 0x80]
    );
    assert_eq!(words(".insn r CUSTOM_0, 1, 2, a0, a1, a2"), [0x04c5_950b]);
}

#[test]
fn wrong_fields_of_an_instruction_are_found() {
    for (text, code) in [
        (".insn", "LL1602"),
        (".insn r 0x33, 0, 0, a0, a1", "LL1602"),
        (".insn q 1, 2", "LL1602"),
        (".insn r 0x33, 8, 0, a0, a1, a2", "LL1603"),
        (".insn r 0x32, 0, 0, a0, a1, a2", "LL1603"),
        (".insn r 0x33, 0, 0, a0, a1, 7", "LL1602"),
        (".insn i 0x13, 0, a0, a1, 2048", "LL1603"),
        (".insn s 0x23, 0, a0, a1", "LL1602"),
        (".insn 2, 0x33", "LL1603"),
        (".insn 0x12345670", "LL1603"),
    ] {
        let found = findings(text);
        assert_eq!(found.iter().map(|found| found.0).collect::<Vec<_>>(), [code], "{text}");
    }
}

/// Missing names are reported beside what cannot be read, unless the name may stand in what cannot.
#[test]
fn missing_names_are_found_beside_other_mistakes() {
    let text =
        " addi a0, a0, 5000\n j nowhere\n here: bogus a0\n j here\n .word there\n there = 1 +";
    let wanted = [("LL1603", 1, 15), ("LL1604", 2, 4), ("LL1601", 3, 8), ("LL1600", 6, 2)];
    assert_eq!(findings(text), wanted);
    let wanted = [("LL1600", 1, 2), ("LL1606", 2, 9), ("LL1604", 3, 4)];
    assert_eq!(findings(" .equ size, 3 +\n li a0, size\n j away"), wanted);
}

#[test]
fn the_row_kernel_assembles() {
    let text = "
        li       t0, 256              # columns
        vsetvli  t1, t0, e16, m8, ta, ma
        csrwi    vxrm, 0
        vle16.v  v8, (a2)
        vsmul.vx v8, v8, a5
1:      lh       t2, 0(a1)
        vle16.v  v16, (a0)
        vsmul.vx v24, v8, t2
        vsadd.vv v16, v16, v24
        vse16.v  v16, (a0)
        addi     a1, a1, 2
        add      a0, a0, a4
        addi     a3, a3, -1
        bnez     a3, 1b";
    let program = program(text);
    assert_eq!(program.segments.len(), 1);
    assert_eq!(program.segments[0].address, 0);
    // Five long instructions, then six long and four short ones.
    assert_eq!(program.segments[0].bytes.len(), 5 * 4 + 5 * 4 + 4 * 2);
    assert_eq!(program.line_of(0), Some(2));
    assert_eq!(program.line_of(20), Some(7));
    assert_eq!(program.line_of(48), None);
}

#[test]
fn sections_lie_at_the_addresses_of_the_memory_map() {
    let program = program(
        ".data\nvalue: .word 7\n.text\n_start: lw a0, value\n nop\n.rodata\nc: .byte 1\n.bss\nb: .space 3\n",
    );
    let places: Vec<_> =
        program.segments.iter().map(|s| (s.address, s.bytes.len(), s.executable)).collect();
    assert_eq!(
        places,
        [(0, 10, true), (12, 1, false), (0x1000_0000, 4, false), (0x1000_0004, 3, false)]
    );
    assert_eq!(program.symbols["value"], 0x1000_0000);
    assert_eq!((program.symbols["c"], program.symbols["b"]), (12, 0x1000_0004));
    assert_eq!(program.entry, 0);
    let (base, flat) = program.flat(1 << 30).expect("a program");
    assert_eq!((base, flat.len()), (0, 0x1000_0007));
    assert_eq!(program.flat(1 << 20), None);
}

#[test]
fn other_addresses_may_be_given() {
    let options = Options { text: 0x8000_0000, data: 0x8000_1000, compress: false };
    let program =
        assemble("t", "_start: la a0, x\n.data\nx: .word x\n", &options).expect("a program");
    assert_eq!(program.entry, 0x8000_0000);
    assert_eq!(program.symbols["x"], 0x8000_1000);
    assert_eq!(program.segments[1].bytes, [0, 0x10, 0, 0x80]);
}

#[test]
fn expressions_have_the_precedence_of_gnu_as() {
    let value = |text: &str| words(&format!(".word {text}"))[0].cast_signed();
    assert_eq!(value("1 + 2 * 3"), 7);
    assert_eq!(value("1 << 2 + 1"), 5);
    assert_eq!(value("2 * 3 | 8"), 14);
    assert_eq!(value("7 - 2 - 1"), 4);
    assert_eq!(value("-(3 + 4) % 5"), -2);
    assert_eq!(value("~0 & 0xff"), 255);
    assert_eq!(value("3 == 3"), -1);
    assert_eq!(value("'A' + 0b101 + 010"), 78);
    assert_eq!(value("!0 + !7"), 1);
}

#[test]
fn every_mistake_is_found_at_once_with_its_place() {
    let text = "start: addi a0, a1, 5000\n  foo a0\n addi a0, a1\n  add a0, b1, a2\n.word 1 +\nlw a0, 4(a0\n";
    assert_eq!(
        findings(text),
        [
            ("LL1603", 1, 21),
            ("LL1601", 2, 3),
            ("LL1602", 3, 2),
            ("LL1602", 4, 11),
            ("LL1600", 5, 1),
            ("LL1600", 6, 8),
        ]
    );
    assert_eq!(findings("a: nop\na: nop\n"), [("LL1605", 2, 1)]);
    assert_eq!(findings(" j nowhere\n .word absent - 1"), [("LL1604", 1, 4), ("LL1604", 2, 8)]);
    assert_eq!(findings(" beq a0, a1, 1f\n j 1b"), [("LL1604", 1, 14), ("LL1604", 2, 4)]);
    assert_eq!(findings("vadd.vv v0, v1, v2, v0.t"), [("LL1609", 1, 1)]);
    assert_eq!(findings("vl2re8.v v1, (a0)"), [("LL1609", 1, 1)]);
    assert_eq!(findings(".byte 256"), [("LL1603", 1, 7)]);
    assert_eq!(findings("x: .word 1/0"), [("LL1606", 1, 10)]);
    assert_eq!(findings(".space 0x2000000"), [("LL1603", 1, 8)]);
    assert_eq!(findings("s: .space 0x1000000\n.space 1"), [("LL1607", 2, 1)]);
    assert_eq!(findings("l: j l + 0x200000"), [("LL1608", 1, 6)]);
    assert_eq!(findings("li a0, l\nl:"), [("LL1606", 1, 8)]);
    assert_eq!(findings("c.addi a0, 32"), [("LL1603", 1, 12)]);
    assert_eq!(findings("nop /* open\n"), [("LL1600", 1, 5)]);
    assert_eq!(findings(".ascii \"open\n nop"), [("LL1600", 1, 8)]);
    assert_eq!(findings("vsetvli a0, a1, e16, ta, m1"), [("LL1602", 1, 26)]);
    assert_eq!(findings(".option pop"), [("LL1602", 1, 1)]);
    assert_eq!(findings(".section .weird"), [("LL1601", 1, 10)]);
    assert_eq!(findings(".org 4\n.org 2"), [("LL1607", 2, 1)]);
    assert_eq!(findings("lw a0, %lo(x)(a0)\nx = 1 + y"), [("LL1604", 1, 12)]);
}

#[test]
fn a_message_says_both_numbers() {
    let found = assemble("t", "addi a0, a0, 2048", &Options::default()).expect_err("too large").0;
    assert_eq!(found[0].message, "2048 is not between -2048 and 2047 in steps of 1");
    let found = assemble("t", "add a0, a1, a2, a3", &Options::default()).expect_err("too many").0;
    assert_eq!(found[0].message, "`add` takes 3 operands; 4 are given");
}

#[test]
fn constants_may_be_redefined_and_used_before_or_after() {
    assert_eq!(words(".set x, 1\n.word x\n.set x, x + 1\n.word x"), [1, 2]);
    assert_eq!(words(".word later\nlater = 9"), [9]);
    assert_eq!(words("addi a0, zero, later\nlater = 9"), [0x0090_0513]);
}

#[test]
fn comments_and_separators_are_those_of_gnu_as() {
    assert_eq!(words("nop; nop # a; nop\n/* nop\nnop */ nop // nop"), [0x13, 0x13, 0x13]);
}

/// The last distance each form reaches, and the first it does not.
#[test]
fn branches_take_the_shortest_form_that_reaches() {
    let size = |branch: &str, room: u32| {
        let all = program(&format!("{branch}, t\n.space {room}\nt: nop"));
        all.symbols["t"] - room
    };
    assert_eq!([size("beqz a0", 252), size("beqz a0", 254)], [2, 4]);
    assert_eq!([size("beqz a0", 4090), size("beqz a0", 4092)], [4, 6]);
    assert_eq!([size("blt a0, a1", 4090), size("blt a0, a1", 4092)], [4, 8]);
    assert_eq!([size("jal zero", 2044), size("jal zero", 2046)], [2, 4]);
    let back = |branch: &str, room: u32| {
        let all = program(&format!("t: .space {room}\n{branch}, t\ne: nop"));
        all.symbols["e"] - room
    };
    assert_eq!([back("bnez s1", 256), back("bnez s1", 258)], [2, 4]);
    assert_eq!([back("bnez s1", 4096), back("bnez s1", 4098)], [4, 6]);
    assert_eq!([back("bgeu a0, a1", 4096), back("bgeu a0, a1", 4098)], [4, 8]);
    assert_eq!([back("jal zero", 2048), back("jal zero", 2050)], [2, 4]);
}

#[test]
fn the_disassembler_writes_names_and_targets() {
    let program =
        program("_start: .option norvc\n nop\nloop: bnez a0, loop\n j _start\n call f\nf: ret");
    let bytes = program.bytes_at(0).expect("the text");
    let listing = leadlag_isa::listing(bytes, 0, &program);
    let texts: Vec<_> = listing.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "addi zero, zero, 0",
            "bne a0, zero, loop",
            "jal zero, _start",
            "auipc ra, 0x0",
            "jalr ra, 8(ra)",
            "jalr zero, 0(ra)",
        ]
    );
    assert_eq!(disassemble(0x0000_0000), ".half 0x0000");
    assert_eq!(disassemble(0xffff_ffff), ".word 0xffffffff");
    assert_eq!(
        disassemble(0x0c05_f057 | 0x0100_0000),
        "vsetvli zero, a1, e8, m1, ta, ma".replace("e8, m1", "e32, m1")
    );
}

#[test]
fn an_elf_file_survives_and_others_are_refused_by_name() {
    let program = program("N = 9\n_start: la a0, x\n ret\n.data\nx: .word 1, 2\ntohost: .word 0\n");
    let elf = program.to_elf();
    assert!(is_elf(&elf));
    let read = Program::from_elf(&elf).expect("our own file");
    assert_eq!((&read.segments, &read.symbols), (&program.segments, &program.symbols));
    assert_eq!(read.constants, program.constants);
    assert_eq!((read.symbol("N"), read.symbol("tohost")), (Some(9), Some(0x1000_0008)));
    let code = |bytes: &[u8]| Program::from_elf(bytes).expect_err("a wrong file").0[0].code;
    let with = |at: usize, byte: u8| {
        let mut bytes = elf.clone();
        bytes[at] = byte;
        bytes
    };
    assert_eq!(code(b"hello"), "LL1620");
    assert_eq!(code(&elf[..40]), "LL1620");
    assert_eq!(code(&elf[..80]), "LL1620");
    assert_eq!(code(&with(4, 2)), "LL1621", "64 bits");
    assert_eq!(code(&with(5, 2)), "LL1621", "big endian");
    assert_eq!(code(&with(18, 62)), "LL1621", "x86");
    assert_eq!(code(&with(16, 1)), "LL1621", "not linked");
    // The first program header: memory size, then the address.
    assert_eq!(code(&with(52 + 20 + 3, 1)), "LL1622", "16 MiB and more");
    let mut wraps = with(52 + 8 + 3, 0xff);
    wraps[52 + 8..52 + 8 + 3].copy_from_slice(&[0xff; 3]);
    assert_eq!(code(&wraps), "LL1622", "behind the end of memory");
}

/// A word that one of the rows may accept.
fn word() -> impl Strategy<Value = u32> {
    let row = proptest::sample::select(ROWS.as_slice());
    (row, any::<u32>()).prop_map(|(row, bits)| row.pattern | bits & !row.mask)
}

/// Text that often is nearly a program.
fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "addi",
        "a0",
        ",",
        " ",
        "\n",
        "1:",
        "1b",
        "1f",
        "j",
        "beqz",
        "lw",
        "(",
        ")",
        "%lo",
        "%pcrel_hi",
        ".word",
        ".align",
        ".org",
        ".space",
        ".equ",
        "x",
        "=",
        "-",
        "+",
        "<<",
        "/",
        "0x10",
        "70000",
        "'",
        "\"",
        "\\",
        "#",
        "/*",
        "*/",
        ";",
        ":",
        "vsetvli",
        "e8",
        "m2",
        "v0.t",
        "v1",
        "vmsge.vx",
        ".option",
        "norvc",
        ".data",
        ".text",
        ".",
        "li",
        "la",
        "call",
        "$0",
        "-1",
        "é",
        "99999999999",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..40)
        .prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    /// Every word has a text, and the text has the word.
    #[test]
    fn assembling_undoes_disassembling(word in prop_oneof![4 => word(), 1 => any::<u32>()]) {
        let _ = oracle::word(word);
    }

    #[test]
    fn any_text_is_assembled_or_refused(text in prop_oneof![text(), ".{0,60}"]) {
        let _ = oracle::text(&text);
    }

    #[test]
    fn any_change_of_an_elf_file_is_read_or_refused(
        changes in proptest::collection::vec((0_usize..700, any::<u8>()), 0..6),
        cut in 0_usize..700,
    ) {
        let mut bytes = program("_start: la a0, x\n ret\n.data\nx: .word 1, 2\n").to_elf();
        for (at, byte) in changes {
            let length = bytes.len();
            bytes[at % length] = byte;
        }
        if cut % 3 == 0 {
            bytes.truncate(cut);
        }
        let _ = oracle::elf(&bytes);
    }
}

#[test]
fn hostile_texts_end_soon() {
    let deep = format!(".word {}1{}", "(".repeat(5000), ")".repeat(5000));
    assert_eq!(oracle::text(&deep), Verdict::Refused("LL1606"));
    let long = format!(".word 1{}", "+1".repeat(50_000));
    assert_eq!(oracle::text(&long), Verdict::Valid);
    let signs = format!(".word {}1", "-".repeat(50_000));
    assert_eq!(oracle::text(&signs), Verdict::Refused("LL1606"));
    let chain: Vec<_> = (0..2000).map(|i| format!("a{i} = a{} + l", i + 1)).collect();
    let chain = chain.join("\n");
    assert!(matches!(
        oracle::text(&format!("l: nop\n{chain}")),
        Verdict::Valid | Verdict::Refused(_)
    ));
    // Each branch reaches only while the others are short.
    let branches: Vec<_> =
        (0..1500).map(|i| format!("b{i}: beqz a0, b{}", (i + 128) % 1500)).collect();
    let branches = branches.join("\n");
    assert_eq!(oracle::text(&branches), Verdict::Valid);
    assert_eq!(oracle::text(&".p2align 16\nnop\n".repeat(400)), Verdict::Refused("LL1607"));
}
