//! Conformance programs as ELF files for one flat memory (`tests/conformance`).

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{Ended, Program};

const PROGRAMS: [&str; 10] = [
    "fail-7",
    "mi-csr",
    "mi-illegal",
    "mi-machine",
    "mi-trap",
    "mi-wfi",
    "uc",
    "ui",
    "um",
    "v-env",
];

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")
}

fn run(elf: &Path) -> Ended {
    let flat = ["fw", "run", "--flat", "0x80000000:0x100000"];
    Program::new().run(&[&flat[..], &[&elf.display().to_string()]].concat())
}

/// Every program passes, and the one that fails says in which case.
fn judge(name: &str, ended: &Ended) {
    let (code, text) = if name == "fail-7" { (1, "  failed case 7  ") } else { (0, "  passed  ") };
    assert_eq!(ended.code, code, "{name} {ended:?}");
    assert!(ended.stdout.starts_with(text), "{name} {ended:?}");
}

#[test]
fn every_conformance_program_ends_as_it_should() {
    let mut found: Vec<String> = std::fs::read_dir(sources())
        .expect("our own folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "elf"))
        .map(|path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned())
        .collect();
    found.sort();
    assert_eq!(found, PROGRAMS);
    for name in PROGRAMS {
        judge(name, &run(&sources().join(format!("{name}.elf"))));
    }
}

/// For each VLEN, the vector program too.
#[test]
fn the_vector_program_passes_for_every_vlen() {
    let elf = sources().join("v-env.elf").display().to_string();
    for bits in ["128", "256", "512"] {
        let line = ["fw", "run", "--vlen", bits, "--flat", "0x80000000:1M", &elf];
        assert_eq!(Program::new().run(&line).code, 0, "{bits}");
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "a test that cannot run says that it is skipped")]
fn the_programs_are_those_of_their_sources() {
    let tools = ["riscv64-unknown-elf-as", "riscv64-unknown-elf-ld"];
    if tools.iter().any(|tool| Command::new(tool).arg("--version").output().is_err()) {
        println!("skipped: GNU binutils for RISC-V are not installed");
        return;
    }
    let program = Program::new();
    let path = |name: String| program.path().join(name).display().to_string();
    for name in PROGRAMS {
        let (object, elf) = (path(format!("{name}.o")), path(format!("{name}.elf")));
        let march = "-march=rv32imc_zicsr_zifencei_zve32x_zvl512b";
        let source = format!("{name}.S");
        let assemble = [march, "-mabi=ilp32", "-mno-arch-attr", &source, "-o", &object];
        let link = ["-m", "elf32lriscv", "-T", "link.ld", &object, "-o", &elf];
        for (tool, line) in tools.iter().zip([&assemble[..], &link]) {
            let ended = Command::new(tool).args(line).current_dir(sources()).output();
            assert!(ended.as_ref().is_ok_and(|ended| ended.status.success()), "{name} {ended:?}");
        }
        judge(name, &run(Path::new(&elf)));
    }
}
