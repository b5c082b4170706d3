//! A small writer: one segment and one section per piece of the program, and its symbols.
//!
//! Layout: header, program headers, contents, symbols, strings, section headers. Source: the System V
//! ABI, chapters 4 and 5, and the RISC-V ELF psABI for the flags and the attributes.

use crate::program::{Program, Segment};

const HEADER: u32 = 52;
const PROGRAM_HEADER: u32 = 32;
const SYMBOL: u32 = 16;
const SECTION_HEADER: u32 = 40;

/// Bytes of a page, as loaders have them.
const PAGE: u32 = 4096;

/// Section number of symbols that are numbers.
const SHN_ABS: u32 = 0xfff1;

/// Instructions of 16 bits may occur; integers are passed in integer registers.
const FLAGS: u32 = 1;

/// The instruction set, for tools that disassemble.
const ARCHITECTURE: &str =
    "rv32i2p1_m2p0_c2p0_zicsr2p0_zifencei2p0_zve32x1p0_zvl32b1p0_zvl64b1p0_zvl128b1p0";

/// A section header, and where its bytes are.
struct Section {
    name: u32,
    kind: u32,
    flags: u32,
    address: u32,
    offset: u32,
    size: u32,
    link: u32,
    info: u32,
    align: u32,
    entry: u32,
}

impl Program {
    /// The program as an executable ELF file that other tools read.
    #[must_use]
    pub fn to_elf(&self) -> Vec<u8> {
        Writer::default().write(self)
    }
}

/// Bytes so far, section headers, section names.
#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
    sections: Vec<Section>,
    names: Vec<u8>,
}

impl Writer {
    fn write(mut self, program: &Program) -> Vec<u8> {
        let count = narrow(program.segments.len());
        let contents = HEADER + PROGRAM_HEADER * count;
        let mut offset = contents;
        let mut headers = Vec::new();
        let mut body = Vec::new();
        self.names.push(0);
        self.section("", 0, 0, (0, 0));
        for (number, segment) in program.segments.iter().enumerate() {
            // A loader maps whole pages: offset and address agree within one (System V ABI, chapter 5).
            let padding = segment.address.wrapping_sub(offset) % PAGE;
            body.resize(body.len() + wide(padding), 0);
            offset += padding;
            headers.extend(program_header(segment, offset));
            let (name, flags) = naming(program, number, segment);
            // SHT_PROGBITS, allocated.
            let section = self.section(&name, 1, flags, (offset, narrow(segment.bytes.len())));
            section.address = segment.address;
            section.align = 4;
            body.extend(&segment.bytes);
            offset += narrow(segment.bytes.len());
        }
        self.header(program, count);
        self.bytes.extend(headers);
        self.bytes.extend(body);
        self.tables(program);
        self.section_headers();
        self.bytes
    }

    fn section(&mut self, name: &str, kind: u32, flags: u32, place: (u32, u32)) -> &mut Section {
        let at = if name.is_empty() { 0 } else { narrow(self.names.len()) };
        if !name.is_empty() {
            self.names.extend(name.bytes());
            self.names.push(0);
        }
        let (offset, size) = place;
        self.sections.push(Section {
            name: at,
            kind,
            flags,
            address: 0,
            offset,
            size,
            link: 0,
            info: 0,
            align: 1,
            entry: 0,
        });
        self.sections.last_mut().expect("a section was just added")
    }

    fn header(&mut self, program: &Program, segments: u32) {
        self.bytes.extend([0x7f, b'E', b'L', b'F', 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        self.halves(&[2, 243]);
        self.words(&[1, program.entry, HEADER, 0, FLAGS]);
        // The place of the section headers and their number are filled in last.
        self.halves(&[HEADER, PROGRAM_HEADER, segments, SECTION_HEADER, 0, 0]);
    }

    /// Attributes, symbols, and the two tables of names.
    fn tables(&mut self, program: &Program) {
        let attributes = attributes();
        let place = self.append(&attributes);
        // SHT_RISCV_ATTRIBUTES
        self.section(".riscv.attributes", 0x7000_0003, 0, place);
        let mut strings = vec![0];
        let mut symbols = vec![0; wide(SYMBOL)];
        let labels = program.symbols.iter().map(|(name, value)| (name, value, true));
        let constants = program.constants.iter().map(|(name, value)| (name, value, false));
        for (name, value, is_label) in labels.chain(constants) {
            let section = if is_label { section_of(program, *value) } else { SHN_ABS };
            symbols.extend(narrow(strings.len()).to_le_bytes());
            symbols.extend(value.to_le_bytes());
            symbols.extend(0_u32.to_le_bytes());
            // STB_GLOBAL, STT_NOTYPE, default visibility.
            symbols.extend([1 << 4, 0]);
            symbols.extend(low_half(section));
            strings.extend(name.bytes());
            strings.push(0);
        }
        let place = self.append(&symbols);
        let link = narrow(self.sections.len()) + 1;
        let table = self.section(".symtab", 2, 0, place);
        (table.link, table.info, table.align, table.entry) = (link, 1, 4, SYMBOL);
        let place = self.append(&strings);
        self.section(".strtab", 3, 0, place);
        let at = narrow(self.bytes.len());
        self.section(".shstrtab", 3, 0, (at, 0));
        let names = self.names.clone();
        let place = self.append(&names);
        if let Some(last) = self.sections.last_mut() {
            (last.offset, last.size) = place;
        }
    }

    /// Adds bytes at a multiple of four; where, and how many.
    fn append(&mut self, bytes: &[u8]) -> (u32, u32) {
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        let at = narrow(self.bytes.len());
        self.bytes.extend(bytes);
        (at, narrow(bytes.len()))
    }

    fn section_headers(&mut self) {
        let (at, _) = self.append(&[]);
        for s in std::mem::take(&mut self.sections) {
            self.words(&[
                s.name, s.kind, s.flags, s.address, s.offset, s.size, s.link, s.info, s.align,
                s.entry,
            ]);
        }
        let count = (narrow(self.bytes.len()) - at) / SECTION_HEADER;
        self.fill(32, &at.to_le_bytes());
        self.fill(48, &low_half(count));
        self.fill(50, &low_half(count - 1));
    }

    fn fill(&mut self, at: usize, with: &[u8]) {
        if let Some(place) = self.bytes.get_mut(at..at + with.len()) {
            place.copy_from_slice(with);
        }
    }

    fn words(&mut self, words: &[u32]) {
        self.bytes.extend(words.iter().flat_map(|word| word.to_le_bytes()));
    }

    fn halves(&mut self, halves: &[u32]) {
        self.bytes.extend(halves.iter().flat_map(|half| low_half(*half)));
    }
}

fn low_half(number: u32) -> [u8; 2] {
    let [low, high, ..] = number.to_le_bytes();
    [low, high]
}

fn narrow(length: usize) -> u32 {
    u32::try_from(length).expect("a program is smaller than 4 GiB")
}

fn wide(length: u32) -> usize {
    usize::try_from(length).expect("a usize has at least 32 bits")
}

/// `PT_LOAD`, readable, and executable or writable.
fn program_header(segment: &Segment, offset: u32) -> Vec<u8> {
    let flags = 4 + if segment.executable { 1 } else { 2 };
    let size = narrow(segment.bytes.len());
    let words = [1, offset, segment.address, segment.address, size, size, flags, PAGE];
    words.iter().flat_map(|word: &u32| word.to_le_bytes()).collect()
}

/// Name and flags (`SHF_ALLOC` with `SHF_EXECINSTR` or `SHF_WRITE`) of the section of a segment.
fn naming(program: &Program, number: usize, segment: &Segment) -> (String, u32) {
    let like = |other: &&Segment| other.executable == segment.executable;
    let before = program.segments.iter().take(number).filter(like).count();
    let (base, flags) = if segment.executable { (".text", 6) } else { (".data", 3) };
    let name = if before == 0 { base.to_owned() } else { format!("{base}.{before}") };
    (name, flags)
}

/// The number of the section an address lies in, its end included; the first for others.
fn section_of(program: &Program, value: u32) -> u32 {
    let inside = |segment: &Segment| {
        let offset = value.checked_sub(segment.address).map(wide);
        offset.is_some_and(|offset| offset <= segment.bytes.len())
    };
    let found = program.segments.iter().position(inside);
    found.map_or(1, |number| narrow(number) + 1)
}

/// The attributes section: `A`, then one vendor block with one file block with the architecture.
fn attributes() -> Vec<u8> {
    let mut file = vec![5];
    file.extend(ARCHITECTURE.bytes());
    file.push(0);
    let file_size = 5 + narrow(file.len());
    let vendor = b"riscv\0";
    let mut bytes = vec![b'A'];
    bytes.extend((4 + narrow(vendor.len()) + file_size).to_le_bytes());
    bytes.extend(vendor);
    bytes.push(1);
    bytes.extend(file_size.to_le_bytes());
    bytes.extend(file);
    bytes
}
