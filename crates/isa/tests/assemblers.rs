//! Byte-for-byte agreement with GNU as and clang, where they are installed.
//!
//! Debian: `binutils-riscv64-unknown-elf`, `clang-19`. Without them the tests say so and pass.

#![expect(clippy::print_stdout, reason = "a test that cannot run says that it is skipped")]
#![expect(clippy::indexing_slicing, reason = "helpers of tests: a wrong index fails the test")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use leadlag_isa::table::ROWS;
use leadlag_isa::{Kind, Layout, Options, Program, Row, assemble, decode, disassemble};

const MARCH: &str = "rv32imc_zicsr_zifencei_zve32x_zvl512b";
const LD: &str = "riscv64-unknown-elf-ld";
const OBJCOPY: &str = "riscv64-unknown-elf-objcopy";

/// An assembler: its command up to the files.
struct Other {
    name: &'static str,
    command: Vec<String>,
}

fn runs(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn gnu() -> Option<Other> {
    let command = ["riscv64-unknown-elf-as", "-mno-relax", "-mabi=ilp32"];
    let march = format!("-march={MARCH}");
    let command = command.iter().map(|&word| word.to_owned()).chain([march]).collect();
    installed(Other { name: "GNU as", command })
}

fn clang() -> Option<Other> {
    let march = format!("-march={MARCH}");
    let flags = ["--target=riscv32-unknown-elf", "-mabi=ilp32", "-mno-relax", "-c", &march];
    let flags = flags.iter().map(|&word| word.to_owned()).chain(["-x".into(), "assembler".into()]);
    let command = ["clang-19".to_owned()].into_iter().chain(flags).collect();
    installed(Other { name: "clang", command })
}

fn installed(other: Other) -> Option<Other> {
    let there = [other.command[0].as_str(), LD, OBJCOPY].into_iter().all(runs);
    if !there {
        println!("skipped: {} is not installed, or no GNU ld and objcopy", other.name);
    }
    there.then_some(other)
}

fn run(words: &[String]) -> Result<(), String> {
    let output = Command::new(&words[0]).args(&words[1..]).output().map_err(|e| e.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr);
    let errors: Vec<_> = said.lines().filter(|line| line.contains("rror")).take(12).collect();
    let said = errors.join("\n");
    if output.status.success() { Ok(()) } else { Err(said) }
}

impl Other {
    /// The bytes of two sections, linked to our addresses.
    fn assemble(&self, text: &str) -> Result<[Vec<u8>; 2], String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        std::fs::write(path("a.s"), text).expect("a written file");
        let files = [path("a.s"), "-o".into(), path("a.o")];
        run(&self.command.iter().cloned().chain(files).collect::<Vec<_>>())?;
        let link = [LD, "-melf32lriscv", "--no-relax", "-Ttext=0", "-Tdata=0x10000000", "-o"];
        let link = link.iter().map(|&word| word.to_owned()).chain([path("a.elf"), path("a.o")]);
        run(&link.collect::<Vec<_>>())?;
        Ok([".text", ".data"].map(|section| {
            let words = [OBJCOPY, "-O", "binary", "-j", section, &path("a.elf"), &path("a.bin")];
            run(&words.map(str::to_owned)).expect("objcopy reads what ld wrote");
            std::fs::read(Path::new(&path("a.bin"))).unwrap_or_default()
        }))
    }
}

fn sections(program: &Program) -> [Vec<u8>; 2] {
    [0, 0x1000_0000].map(|base| program.bytes_at(base).map(<[u8]>::to_vec).unwrap_or_default())
}

/// Says where two sections differ, in instructions.
fn difference(ours: &[u8], theirs: &[u8]) -> String {
    let list = |bytes: &[u8]| leadlag_isa::listing(bytes, 0, &Program::default());
    let (ours, theirs) = (list(ours), list(theirs));
    let at =
        ours.iter().zip(&theirs).position(|(a, b)| a != b).unwrap_or(ours.len().min(theirs.len()));
    let show = |list: &[leadlag_isa::Listed]| {
        list.iter().skip(at.saturating_sub(2)).take(6).fold(String::new(), |mut text, line| {
            let _ = writeln!(text, "  {:5x} {:08x} {}", line.address, line.word, line.text);
            text
        })
    };
    format!("ours:\n{}theirs:\n{}", show(&ours), show(&theirs))
}

fn agree(other: &Other, name: &str, text: &str) {
    let ours = assemble(name, text, &Options::default()).unwrap_or_else(|e| panic!("{name}: {e}"));
    let theirs = other.assemble(text).unwrap_or_else(|e| panic!("{} on {name}: {e}", other.name));
    for (ours, theirs) in sections(&ours).iter().zip(&theirs) {
        assert!(ours == theirs, "{} on {name}\n{}", other.name, difference(ours, theirs));
    }
}

/// Bits of the word that an assembler text can say.
fn written_bits(layout: &Layout) -> u32 {
    let ones = |width: u8| u32::MAX >> (32 - u32::from(width));
    let all = layout.pieces.iter().fold(0, |bits, piece| bits | ones(piece.width) << piece.word);
    // Of a fence, the upper four bits have no text.
    if layout.kind == Kind::Unused {
        0
    } else if layout.kind == Kind::Fence {
        all >> 4 & all
    } else {
        all
    }
}

/// Words of a row: its operands all 0, all 1, and pseudo-random.
fn words(row: &Row) -> Vec<u32> {
    let mut state = row.pattern | 1;
    let random = std::iter::repeat_with(|| {
        // xorshift32: any spread of operands will do.
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    });
    let bits: Vec<u32> = [0, u32::MAX].into_iter().chain(random.take(400)).collect();
    let width = if row.bytes == 2 { 0xffff } else { u32::MAX };
    let free = row.operands.iter().fold(0, |free, operand| free | written_bits(operand.layout()));
    let words = bits.into_iter().map(|bits| (row.pattern | bits & free) & width);
    let mut words: Vec<_> = words
        .filter(|&word| decode(word).is_ok_and(|i| i.mnemonic == row.mnemonic))
        .filter(|&word| !disassemble(word).starts_with('.'))
        .collect();
    words.sort_unstable();
    words.dedup();
    words.truncate(24);
    words
}

/// The canonical text of sampled words of every row.
fn table_text(skip: impl Fn(&Row, u32) -> bool) -> (String, Vec<u32>) {
    let mut text = String::new();
    let mut all = Vec::new();
    for row in ROWS.iter().filter(|row| row.alias.is_none()) {
        let words: Vec<u32> = words(row).into_iter().filter(|&word| !skip(row, word)).collect();
        assert!(!words.is_empty(), "{} has a legal word", row.name);
        let short = if row.bytes == 2 { "rvc" } else { "norvc" };
        let _ = writeln!(text, "    .option {short}");
        for word in words {
            // Targets are distances; a local label per line would say the same.
            let _ = writeln!(text, "    {}", disassemble(word));
            all.push(word);
        }
    }
    (text, all)
}

fn bytes_of(words: &[u32]) -> Vec<u8> {
    let bytes = |&word: &u32| {
        let width = if word & 3 == 3 { 4 } else { 2 };
        word.to_le_bytes().into_iter().take(width)
    };
    words.iter().flat_map(bytes).collect()
}

/// Words whose text the other assembler does not take.
fn not_taken(row: &Row, word: u32) -> bool {
    let i = decode(word).expect("a legal word");
    let hint = row.bytes == 2
        && (leadlag_isa::decode(word).is_ok_and(|i| {
            let x0 = i.rd == 0
                && row.operands.iter().any(|o| o.layout().slot == Some(leadlag_isa::Slot::Rd));
            let zero = i.imm == 0 && ["c.addi", "c.slli", "c.srli", "c.srai"].contains(&row.name);
            let nop = row.name == "c.nop" && i.imm != 0;
            x0 || zero || nop
        }));
    let vtype = row.operands.iter().any(|o| o.layout().kind == Kind::Vtype);
    let reserved = vtype && disassemble(word).contains("0x");
    let fence = row.name == "fence" && (i.imm % 16 == 0 || i.imm >> 4 == 0);
    hint || reserved || fence
}

fn table_agrees(other: &Other) {
    let (text, words) = table_text(not_taken);
    let theirs = other.assemble(&text).unwrap_or_else(|e| panic!("{}: {e}", other.name));
    let ours = bytes_of(&words);
    assert!(ours == theirs[0], "{}\n{}", other.name, difference(&ours, &theirs[0]));
    println!("{}: {} words of the table agree", other.name, words.len());
}

/// The frozen words are still what the other assembler makes of their texts.
fn frozen_words_agree(other: &Other) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../golden/isa/words.txt");
    let frozen = std::fs::read_to_string(path).expect("the frozen words");
    let mut text = String::new();
    let mut words = Vec::new();
    for (word, line) in frozen.lines().filter_map(|line| line.split_once('\t')) {
        let option = if word.len() == 4 { "rvc" } else { "norvc" };
        let _ = writeln!(text, "    .option {option}\n    {line}");
        words.push(u32::from_str_radix(word, 16).expect("a hexadecimal number"));
    }
    let theirs = other.assemble(&text).unwrap_or_else(|e| panic!("{}: {e}", other.name));
    let ours = bytes_of(&words);
    assert!(ours == theirs[0], "{}\n{}", other.name, difference(&ours, &theirs[0]));
}

/// Programs in `tests/corpus`.
const CORPUS: [&str; 5] = ["pseudo.s", "vector.s", "directives.s", "branches.s", "insn.s"];

/// Lines on which the two others disagree; ours are those of GNU as.
const DIFFERS: &str = "# clang differs";

fn corpus(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name);
    std::fs::read_to_string(path).expect("a program of the corpus")
}

#[test]
fn the_table_agrees_with_gnu_as() {
    gnu().iter().for_each(table_agrees);
}

#[test]
fn the_table_agrees_with_clang() {
    clang().iter().for_each(table_agrees);
}

#[test]
fn the_frozen_words_agree_with_both() {
    gnu().iter().chain(&clang()).for_each(frozen_words_agree);
}

#[test]
fn programs_agree_with_gnu_as() {
    if let Some(other) = &gnu() {
        for name in CORPUS {
            agree(other, name, &corpus(name));
        }
    }
}

/// Without the lines on which it disagrees with GNU as, and without branches out of reach, for which it
/// has another long form.
#[test]
fn programs_agree_with_clang() {
    if let Some(other) = &clang() {
        for name in CORPUS.iter().filter(|name| **name != "branches.s") {
            let same: Vec<_> = corpus(name).lines().map(str::to_owned).collect();
            let same: Vec<_> = same.into_iter().filter(|line| !line.ends_with(DIFFERS)).collect();
            agree(other, name, &(same.join("\n") + "\n"));
        }
    }
}

/// Other tools read our ELF files: GNU objdump finds our instructions in them.
#[test]
fn our_elf_files_are_read_by_gnu_objdump() {
    let objdump = "riscv64-unknown-elf-objdump";
    if !runs(objdump) {
        println!("skipped: {objdump} is not installed");
        return;
    }
    let text =
        "_start: vsetvli t1, t0, e16, m8, ta, ma\n vsmul.vx v24, v8, t2\n ret\n.data\nx: .word 7\n";
    let program = assemble("t", text, &Options::default()).expect("a program");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("t.elf");
    std::fs::write(&path, program.to_elf()).expect("a written file");
    let output = Command::new(objdump).args(["-d", "-t"]).arg(&path).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    for expected in
        ["<_start>:", "vsetvli\tt1,t0,e16,m8,ta,ma", "vsmul.vx\tv24,v8,t2", "ret", "10000000 g"]
    {
        assert!(said.contains(expected), "`{expected}` in\n{said}");
    }
}
