//! Byte-for-byte agreement with GNU as and clang, where they are installed.
//!
//! Debian: `binutils-riscv64-unknown-elf`, `clang-19`. Without them the tests say so and pass.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use leadlag_isa::table::ROWS;
use leadlag_isa::{Kind, Options, Program, Row, assemble, decode, disassemble};

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
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
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
    let words = bits.into_iter().map(|bits| (row.pattern | bits & !row.mask) & width);
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
    let mut text = "    .option norvc\n".to_owned();
    let mut all = Vec::new();
    for row in ROWS.iter().filter(|row| row.alias.is_none()) {
        let words: Vec<u32> = words(row).into_iter().filter(|&word| !skip(row, word)).collect();
        assert!(!words.is_empty(), "{} has a legal word", row.name);
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
    let target = row.operands.iter().any(|o| o.layout().kind == Kind::Target);
    let vtype = row.operands.iter().any(|o| o.layout().kind == Kind::Vtype);
    let reserved = vtype && disassemble(word).contains("0x");
    let fence = row.name == "fence" && (i.imm & 15 == 0 || i.imm >> 4 == 0);
    hint || target || reserved || fence
}

fn table_agrees(other: &Other) {
    let (text, words) = table_text(not_taken);
    let theirs = other.assemble(&text).unwrap_or_else(|e| panic!("{}: {e}", other.name));
    let ours = bytes_of(&words);
    assert!(ours == theirs[0], "{}\n{}", other.name, difference(&ours, &theirs[0]));
    println!("{}: {} words of the table agree", other.name, words.len());
}

const CORPUS: [(&str, &str); 4] = [
    ("pseudo.s", include_str!("corpus/pseudo.s")),
    ("vector.s", include_str!("corpus/vector.s")),
    ("directives.s", include_str!("corpus/directives.s")),
    ("branches.s", include_str!("corpus/branches.s")),
];

#[test]
fn the_table_agrees_with_gnu_as() {
    gnu().iter().for_each(table_agrees);
}

#[test]
fn the_table_agrees_with_clang() {
    clang().iter().for_each(table_agrees);
}

#[test]
fn programs_agree_with_gnu_as() {
    for other in gnu() {
        CORPUS.iter().for_each(|(name, text)| agree(&other, name, text));
    }
}
