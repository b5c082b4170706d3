//! ELF files: what other tools linked, and a small writer of our own.
//!
//! Read are 32-bit little-endian RISC-V executables: their `LOAD` segments and their symbols. A hostile
//! file costs no more memory than [`crate::LIMIT`] and its own size.

mod write;

use std::collections::BTreeMap;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use object::LittleEndian;
use object::elf::{
    ELFCLASS32, ELFDATA2LSB, EM_RISCV, ET_EXEC, FileHeader32, PF_X, PT_LOAD, ProgramHeader32,
    SHN_ABS, SHN_UNDEF, SHT_SYMTAB, STT_FILE, STT_SECTION, Sym32,
};
use object::read::elf::{FileHeader as _, ProgramHeader as _, SectionHeader as _, Sym as _};

use crate::LIMIT;
use crate::program::{Program, Segment};

type Header = FileHeader32<LittleEndian>;
type Found<T> = Result<T, Box<Diagnostic>>;

/// Longest name of a symbol that is kept.
const NAME: usize = 256;

/// Segments of a program, at most.
const MOST_SEGMENTS: usize = 1024;

const ENDIAN: LittleEndian = LittleEndian;

/// Whether the bytes begin like an ELF file.
#[must_use]
pub fn is_elf(bytes: &[u8]) -> bool {
    bytes.starts_with(&object::elf::ELFMAG)
}

impl Program {
    /// Reads an executable that other tools linked.
    ///
    /// # Errors
    /// LL1620 (no ELF file, or a broken one), LL1621 (for another machine, or not linked), LL1622
    /// (its segments overlap, wrap, or are too large).
    pub fn from_elf(bytes: &[u8]) -> Result<Self, Diagnostics> {
        read(bytes).map_err(|found| (*found).into())
    }
}

fn read(bytes: &[u8]) -> Found<Program> {
    if !is_elf(bytes) {
        return Err(broken("it does not begin with the magic number 7f 45 4c 46"));
    }
    let &[_, _, _, _, class, data, ..] = bytes else {
        return Err(broken("it ends inside its header"));
    };
    if class != ELFCLASS32.0 || data != ELFDATA2LSB.0 {
        return Err(other(&format!(
            "its class is {class} and its byte order {data}; 1 and 1 are needed"
        )));
    }
    let header = Header::parse(bytes).map_err(|why| broken(&why.to_string()))?;
    let (machine, kind) = (header.e_machine(ENDIAN), header.e_type(ENDIAN));
    if machine != EM_RISCV {
        return Err(other(&format!("its machine is {}; RISC-V is {}", machine.0, EM_RISCV.0)));
    }
    if kind != ET_EXEC {
        let text =
            format!("its type is {}; an executable at fixed addresses is {}", kind.0, ET_EXEC.0);
        return Err(Box::new(other(&text).help("link it with `ld.lld -static` or GNU ld")));
    }
    let segments = segments(header, bytes)?;
    let (symbols, constants) = symbols(header, bytes)?;
    let entry = header.e_entry(ENDIAN);
    Ok(Program { segments, symbols, constants, entry, lines: Vec::new() })
}

fn broken(why: &str) -> Box<Diagnostic> {
    let text = format!("the file is not a readable ELF file: {why}");
    Box::new(
        Diagnostic::new("LL1620", text).help("was it built completely, and is it the right file?"),
    )
}

fn other(why: &str) -> Box<Diagnostic> {
    let text = format!("the ELF file is not a RISC-V executable of 32 bits, little endian: {why}");
    let help = "build it for the processor: `--target=riscv32-unknown-elf \
                -march=rv32imc_zicsr_zifencei_zve32x_zvl512b -mabi=ilp32`";
    Box::new(Diagnostic::new("LL1621", text).help(help))
}

fn misplaced(text: String) -> Box<Diagnostic> {
    Box::new(Diagnostic::new("LL1622", text).help("set section addresses with a linker script"))
}

fn segments(header: &Header, bytes: &[u8]) -> Found<Vec<Segment>> {
    let headers = header.program_headers(ENDIAN, bytes).map_err(|why| broken(&why.to_string()))?;
    let mut segments = Vec::new();
    let mut total = 0;
    for header in headers.iter().filter(|header| header.p_type(ENDIAN) == PT_LOAD) {
        total += u64::from(header.p_memsz(ENDIAN));
        if total > u64::from(LIMIT) {
            let text =
                format!("the segments take {total} bytes or more; at most {LIMIT} are allowed");
            return Err(misplaced(text));
        }
        segments.extend(segment(header, bytes)?);
    }
    if segments.len() > MOST_SEGMENTS {
        let given = segments.len();
        return Err(misplaced(format!(
            "there are {given} segments; at most {MOST_SEGMENTS} are allowed"
        )));
    }
    segments.sort_by_key(|segment: &Segment| segment.address);
    for pair in segments.windows(2) {
        let [one, next] = pair else { continue };
        let end = u64::from(one.address) + u64::try_from(one.bytes.len()).unwrap_or(u64::MAX);
        if end > u64::from(next.address) {
            let (begin, next) = (one.address, next.address);
            let text =
                format!("the segment at {begin:#x} ends at {end:#x}, behind the next at {next:#x}");
            return Err(misplaced(text));
        }
    }
    Ok(segments)
}

fn segment(header: &ProgramHeader32<LittleEndian>, bytes: &[u8]) -> Found<Option<Segment>> {
    let (address, size) = (header.p_vaddr(ENDIAN), header.p_memsz(ENDIAN));
    let data = header
        .data(ENDIAN, bytes)
        .map_err(|()| broken(&format!("the segment at {address:#x} lies outside of the file")))?;
    let size_in_memory = usize::try_from(size).unwrap_or(usize::MAX);
    if data.len() > size_in_memory {
        let given = data.len();
        let text =
            format!("the segment at {address:#x} has {given} bytes for {size} bytes of memory");
        return Err(misplaced(text));
    }
    if size > 0 && address.checked_add(size - 1).is_none() {
        let text = format!("the segment at {address:#x} of {size} bytes wraps behind 0xffffffff");
        return Err(misplaced(text));
    }
    let mut data = data.to_vec();
    data.resize(size_in_memory, 0);
    let executable = header.p_flags(ENDIAN).contains(PF_X);
    Ok((!data.is_empty()).then_some(Segment { address, bytes: data, executable }))
}

/// Names and values.
type Names = BTreeMap<String, u32>;

/// The symbols with a place and the absolute ones, without those that tools put there for themselves.
fn symbols(header: &Header, bytes: &[u8]) -> Found<(Names, Names)> {
    let why = |why: object::read::Error| broken(&why.to_string());
    let sections = header.sections(ENDIAN, bytes).map_err(why)?;
    let Some(table) = sections.iter().find(|section| section.sh_type(ENDIAN) == SHT_SYMTAB) else {
        return Ok((Names::new(), Names::new()));
    };
    let entries: &[Sym32<LittleEndian>] = table.data_as_array(ENDIAN, bytes).map_err(why)?;
    let names = sections.section(table.link(ENDIAN)).map_err(why)?;
    let names = names.data(ENDIAN, bytes).map_err(why)?;
    let of_user = |entry: &&Sym32<LittleEndian>| {
        let kind = entry.st_type();
        entry.st_shndx(ENDIAN) != SHN_UNDEF && kind != STT_FILE && kind != STT_SECTION
    };
    let of_kind = |absolute: bool| {
        let kind =
            move |entry: &&Sym32<LittleEndian>| (entry.st_shndx(ENDIAN) == SHN_ABS) == absolute;
        let kept = entries.iter().filter(of_user).filter(kind);
        let of = |entry: &Sym32<LittleEndian>| {
            Some((name(names, entry.st_name(ENDIAN))?, entry.st_value(ENDIAN)))
        };
        kept.filter_map(of).collect()
    };
    Ok((of_kind(false), of_kind(true)))
}

/// A name of the string table; `None` if it is empty, a marker of a tool, or not text.
fn name(names: &[u8], at: u32) -> Option<String> {
    let rest = names.get(usize::try_from(at).ok()?..)?;
    let length = rest.iter().take(NAME).position(|byte| *byte == 0)?;
    let name = std::str::from_utf8(rest.get(..length)?).ok()?;
    (!name.is_empty() && !name.starts_with('$') && !name.starts_with(".L")).then(|| name.to_owned())
}
