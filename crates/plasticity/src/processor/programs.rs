//! Random valid programs, for comparison with another implementation of the specification.
//!
//! A batch is one executable of many short programs. Each begins with its own random registers and
//! memory, runs twenty-odd random instructions, and leaves all its registers and memory in its own
//! block of the data segment. Nothing in it traps, so it runs under any emulator of user programs;
//! it ends by writing its data segment to the standard output through a Linux system call.

use leadlag_fixed::random::{Kind as Draw, draw};
use leadlag_isa::table::ROWS;
use leadlag_isa::{Form, Instruction, Kind as Operand, Mnemonic, Phase, Row, Semantics, Slot};
use leadlag_isa::{decode, encode};

use super::operation::{Operation, Pattern, VectorInstruction};
use super::settings::Vlen;
use super::vtype::Vtype;
use super::{DATA_BASE, decode as meaning};

/// Where the code of a batch lies.
pub(super) const CODE: u32 = 0x1_0000;
/// Bytes of a program's block: memory, integer registers, control registers, vector registers.
pub(super) const BLOCK: u32 = 4096;
const X: i32 = 1024;
const V: i32 = 1536;
/// Bytes of memory that a program may touch.
const MEMORY: u32 = 1024;
/// Registers that hold the block's address and the return address.
const HERE: u8 = 30;
const LINK: u8 = 31;

/// An executable of many programs.
#[derive(Clone, Debug)]
pub(super) struct Batch {
    pub code: Vec<u8>,
    pub data: Vec<u8>,
    /// Where each program begins in the code.
    pub starts: Vec<usize>,
}

/// Random numbers in order.
struct Dice {
    seed: u64,
    place: u32,
}

impl Dice {
    fn word(&mut self) -> u32 {
        self.place += 1;
        draw(self.seed, Draw::Input, 0, 0, 0, self.place)
    }

    fn below(&mut self, end: u32) -> u32 {
        self.word() % end
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[leadlag_fixed::index(self.below(leadlag_fixed::count(from.len())))]
    }

    /// A word that is often a limit of some width.
    fn value(&mut self) -> u32 {
        let word = self.word();
        match self.below(8) {
            0 => self.pick(&[0, 1, u32::MAX, 0x8000_0000, 0x7fff_ffff, 0x8000, 0x7fff, 0x80, 0x7f]),
            1 => self.pick(&[0x8080_8080, 0x7f7f_7f7f, 0x8000_8000, 0x7fff_7fff, 0x0001_0001]),
            2 => word & 0xff,
            _ => word,
        }
    }
}

fn word(mnemonic: Mnemonic, rd: u8, rs1: u8, rs2: u8, imm: i32) -> u32 {
    let instruction = Instruction { mnemonic, rd, rs1, rs2, masked: false, imm };
    encode(&instruction).expect("the generator keeps to the table")
}

fn push(code: &mut Vec<u8>, word: u32) {
    let length = if leadlag_isa::is_long(word) { 4 } else { 2 };
    code.extend(&word.to_le_bytes()[..length]);
}

/// A batch of `count` programs for this VLEN.
pub(super) fn batch(seed: u64, count: u32, vlen: Vlen) -> Batch {
    let mut dice = Dice { seed, place: 0 };
    let mut data = Vec::new();
    for _ in 0..(count * BLOCK) / 4 {
        data.extend(dice.value().to_le_bytes());
    }
    let tables = DATA_BASE + count * BLOCK;
    for log in 0..3 {
        for _ in 0..512 >> log {
            let index = dice.below(60) * 4;
            data.extend(&index.to_le_bytes()[..1 << log]);
        }
    }
    let mut code = Vec::new();
    let (init, dump) = subroutines(&mut code, vlen);
    let entry = word(Mnemonic::Jal, 0, 0, 0, i32::try_from(code.len()).expect("short") + 4);
    code.splice(0..0, entry.to_le_bytes());
    push(&mut code, word(Mnemonic::Lui, HERE, 0, 0, DATA_BASE.cast_signed()));
    let mut starts = Vec::new();
    for _ in 0..count {
        call(&mut code, init + 4);
        starts.push(code.len());
        Generator { dice: &mut dice, vlen, tables, vtype: Vtype::ILLEGAL }.program(&mut code);
        call(&mut code, dump + 4);
    }
    starts.push(code.len());
    finish(&mut code, data.len());
    Batch { code, data, starts }
}

fn call(code: &mut Vec<u8>, target: usize) {
    let distance =
        i32::try_from(target).expect("short") - i32::try_from(code.len()).expect("short");
    push(code, word(Mnemonic::Jal, LINK, 0, 0, distance));
}

/// Loads all registers from the block, and stores all to it; places of the two.
fn subroutines(code: &mut Vec<u8>, vlen: Vlen) -> (usize, usize) {
    let init = code.len();
    let group = i32::try_from(8 * vlen.bytes()).expect("short");
    push(code, word(Mnemonic::Addi, 1, HERE, 0, V));
    for register in [0, 8, 16, 24] {
        push(code, word(Mnemonic::Vl8re8V, register, 1, 0, 0));
        push(code, word(Mnemonic::Addi, 1, 1, 0, group));
    }
    push(code, word(Mnemonic::Csrrwi, 0, 0, 0, 0x00f));
    for register in 1..HERE {
        push(code, word(Mnemonic::Lw, register, HERE, 0, X + 4 * i32::from(register)));
    }
    push(code, word(Mnemonic::Jalr, 0, LINK, 0, 0));
    let dump = code.len();
    for register in 1..HERE {
        push(code, word(Mnemonic::Sw, 0, HERE, register, X + 4 * i32::from(register)));
    }
    for (place, csr) in [(32, 0xc20), (33, 0xc21), (34, 0x00f), (35, 0xc22), (36, 0x008)] {
        push(code, word(Mnemonic::Csrrs, 1, 0, 0, csr));
        push(code, word(Mnemonic::Sw, 0, HERE, 1, X + 4 * place));
    }
    push(code, word(Mnemonic::Addi, 1, HERE, 0, V));
    for register in [0, 8, 16, 24] {
        push(code, word(Mnemonic::Vs8rV, register, 1, 0, 0));
        push(code, word(Mnemonic::Addi, 1, 1, 0, group));
    }
    push(code, word(Mnemonic::Lui, 1, 0, 0, BLOCK.cast_signed()));
    push(code, word(Mnemonic::Add, HERE, HERE, 1, 0));
    push(code, word(Mnemonic::Jalr, 0, LINK, 0, 0));
    (init, dump)
}

/// `write(1, data, length)`, `exit(0)`.
fn finish(code: &mut Vec<u8>, length: usize) {
    let upper = i32::try_from(length.next_multiple_of(4096)).expect("short");
    let lower = i32::try_from(length).expect("short") - upper;
    push(code, word(Mnemonic::Addi, 10, 0, 0, 1));
    push(code, word(Mnemonic::Lui, 11, 0, 0, DATA_BASE.cast_signed()));
    push(code, word(Mnemonic::Lui, 12, 0, 0, upper));
    let (first, second) = (lower / 2, lower - lower / 2);
    push(code, word(Mnemonic::Addi, 12, 12, 0, first));
    push(code, word(Mnemonic::Addi, 12, 12, 0, second));
    push(code, word(Mnemonic::Addi, 17, 0, 0, 64));
    push(code, word(Mnemonic::Ecall, 0, 0, 0, 0));
    push(code, word(Mnemonic::Addi, 10, 0, 0, 0));
    push(code, word(Mnemonic::Addi, 17, 0, 0, 93));
    push(code, word(Mnemonic::Ecall, 0, 0, 0, 0));
}

struct Generator<'a> {
    dice: &'a mut Dice,
    vlen: Vlen,
    /// Address of the index tables.
    tables: u32,
    vtype: Vtype,
}

impl Generator<'_> {
    fn program(&mut self, code: &mut Vec<u8>) {
        self.configure(code);
        for _ in 0..16 + self.dice.below(16) {
            match self.dice.below(32) {
                0 | 1 => self.configure(code),
                2 => self.control(code),
                3 | 4 => self.jump(code),
                5..=7 => self.scalar_access(code),
                8..=13 => self.vector_access(code),
                14..=18 => self.scalar(code),
                _ => self.vector(code),
            }
        }
    }

    /// A random word of the row, registers sometimes aligned for groups.
    fn sample(&mut self, row: &Row) -> Option<Instruction> {
        let mut random = self.dice.word();
        if row.phase != Phase::Scalar {
            let unaligned = self.dice.pick(&[0, 0x0010_8080, 0x0031_8180, 0x0073_8380]);
            random &= !unaligned;
        }
        let word = row.pattern | random & !row.mask;
        let word = if row.bytes == 2 { word & 0xffff } else { word };
        let instruction = decode(word).ok()?;
        (instruction.mnemonic.row().semantics == row.semantics).then_some(instruction)
    }

    fn random_row(&mut self, wanted: impl Fn(&Row) -> bool) -> &'static Row {
        loop {
            let row =
                &ROWS[leadlag_fixed::index(self.dice.below(ROWS.len().try_into().expect("short")))];
            if row.alias.is_none() && wanted(row) {
                return row;
            }
        }
    }

    fn emit(code: &mut Vec<u8>, instruction: &Instruction) {
        push(code, encode(instruction).expect("it was decoded"));
    }

    /// An integer instruction without memory and jumps.
    fn scalar(&mut self, code: &mut Vec<u8>) {
        let row = self.random_row(|row| row.phase == Phase::Scalar && is_plain(row.semantics));
        if let Some(instruction) = self.sample(row).filter(spares_reserved) {
            Self::emit(code, &instruction);
        }
    }

    fn scalar_access(&mut self, code: &mut Vec<u8>) {
        let row = self.random_row(|row| row.phase == Phase::Scalar && size(row.semantics) != 0);
        let Some(instruction) = self.sample(row).filter(spares_reserved) else { return };
        let long = instruction.expand();
        let size = size(row.semantics);
        let place = self.dice.below(MEMORY / size) * size;
        let distance = place.cast_signed() - long.imm;
        if long.rs1 == 0 || long.rs1 >= HERE || !(-2048..2048).contains(&distance) {
            return;
        }
        push(code, word(Mnemonic::Addi, long.rs1, HERE, 0, distance));
        Self::emit(code, &instruction);
    }

    /// A jump or branch over a few instructions.
    fn jump(&mut self, code: &mut Vec<u8>) {
        let row = self.random_row(|row| row.phase == Phase::Scalar && is_jump(row.semantics));
        let Some(instruction) = self.sample(row).filter(spares_reserved) else { return };
        let mut shadow = Vec::new();
        for _ in 0..self.dice.below(3) {
            if self.dice.below(2) == 0 {
                self.scalar(&mut shadow);
            } else {
                self.vector(&mut shadow);
            }
        }
        let over = i32::try_from(shadow.len()).expect("short");
        let own = i32::from(row.bytes);
        if row.semantics == Semantics::Jalr {
            let register = instruction.expand().rs1;
            if register == 0 || register >= HERE {
                return;
            }
            let imm = instruction.expand().imm;
            let distance = 8 + own + over - imm;
            if !(-2048..2048).contains(&distance) || imm & 1 == 1 {
                return;
            }
            push(code, word(Mnemonic::Auipc, register, 0, 0, 0));
            push(code, word(Mnemonic::Addi, register, register, 0, distance));
            Self::emit(code, &instruction);
        } else if let Some(Ok(branch)) =
            instruction.with(Slot::Imm, own + over).map(|branch| encode(&branch))
        {
            push(code, branch);
        } else {
            return;
        }
        code.extend(shadow);
    }

    /// A control register that user programs have.
    fn control(&mut self, code: &mut Vec<u8>) {
        let is_csr = |s| matches!(s, Semantics::Csrrw | Semantics::Csrrs | Semantics::Csrrc);
        let row = self.random_row(|row| is_csr(row.semantics));
        let Some(mut instruction) = self.sample(row).filter(spares_reserved) else { return };
        instruction.imm = self.dice.pick(&[9, 10, 15, 0xc20, 0xc21, 0xc22]);
        if instruction.imm >= 0xc00 {
            if row.semantics == Semantics::Csrrw {
                return;
            }
            instruction.rs1 = 0;
        }
        if instruction.imm < 15 {
            // The upper bits read as zero by the specification; QEMU 7.2 keeps them.
            if row.form != Form::Immediate {
                return;
            }
            instruction.rs1 &= if instruction.imm == 9 { 1 } else { 3 };
        }
        Self::emit(code, &instruction);
    }

    fn legal_vtype(&mut self) -> Vtype {
        loop {
            let vtype = Vtype::request(self.dice.below(256));
            if !vtype.is_illegal() {
                return vtype;
            }
        }
    }

    fn configure(&mut self, code: &mut Vec<u8>) {
        let vtype = self.legal_vtype();
        let bits = vtype.bits().cast_signed();
        let rd = self.dice.below(u32::from(HERE)).to_le_bytes()[0];
        let vlmax = vtype.vlmax(self.vlen);
        match self.dice.below(6) {
            0 => {
                let number = self.dice.below(32).to_le_bytes()[0];
                push(code, word(Mnemonic::Vsetivli, rd, number, 0, bits));
            }
            1 => {
                push(code, word(Mnemonic::Addi, 29, 0, 0, bits));
                push(code, word(Mnemonic::Vsetvl, rd, 5, 29, 0));
            }
            2 if rd != 0 || self.vtype.vlmax(self.vlen) == vlmax => {
                push(code, word(Mnemonic::Vsetvli, rd, 0, 0, bits));
            }
            _ => {
                let avl = self.dice.below(vlmax + vlmax / 8 + 2).cast_signed();
                push(code, word(Mnemonic::Addi, 28, 0, 0, avl));
                push(code, word(Mnemonic::Vsetvli, rd, 28, 0, bits));
            }
        }
        self.vtype = vtype;
    }

    fn legal(&self, instruction: &Instruction) -> Option<VectorInstruction> {
        let vector = meaning::vector(instruction)?;
        vector.is_legal(self.vtype).then_some(vector)
    }

    /// A vector instruction without memory.
    fn vector(&mut self, code: &mut Vec<u8>) {
        for _ in 0..40 {
            let row = self.random_row(|row| row.phase != Phase::Scalar && row.eew == 0);
            let Some(instruction) = self.sample(row).filter(spares_reserved) else {
                continue;
            };
            if self.legal(&instruction).is_some() {
                return Self::emit(code, &instruction);
            }
        }
    }

    fn vector_access(&mut self, code: &mut Vec<u8>) {
        for _ in 0..40 {
            let row = self.random_row(|row| row.phase != Phase::Scalar && row.eew != 0);
            let Some(mut instruction) = self.sample(row) else { continue };
            let Some(Operation::Memory(access)) = self.legal(&instruction).map(|v| v.operation)
            else {
                continue;
            };
            (instruction.rs1, instruction.rs2) = match access.pattern {
                Pattern::Strided => (29, 28),
                _ => (29, instruction.rs2),
            };
            let size = if access.pattern == Pattern::Indexed {
                1 << self.vtype.sew()
            } else {
                1_u32 << access.eew
            };
            // 512 bytes at most lie in the registers of an access, and 240 before an index.
            let place = self.dice.below(256 / size) * size;
            match access.pattern {
                Pattern::Strided => {
                    let most = (256 / self.vtype.vlmax(self.vlen).max(1)).max(size);
                    let stride = self.dice.below(most / size + 1) * size;
                    push(code, word(Mnemonic::Addi, 28, 0, 0, stride.cast_signed()));
                }
                Pattern::Indexed => self.load_indices(code, access.eew, instruction.rs2),
                Pattern::Unit | Pattern::FaultFirst | Pattern::Mask | Pattern::Whole => {}
            }
            push(code, word(Mnemonic::Addi, 29, HERE, 0, place.cast_signed()));
            return Self::emit(code, &instruction);
        }
    }

    fn load_indices(&mut self, code: &mut Vec<u8>, eew: i32, register: u8) {
        let emul = eew - self.vtype.sew() + self.vtype.lmul();
        let load = match emul {
            1 => Mnemonic::Vl2re8V,
            2 => Mnemonic::Vl4re8V,
            3 => Mnemonic::Vl8re8V,
            _ => Mnemonic::Vl1re8V,
        };
        let table = self.tables + 512 * eew.cast_unsigned();
        let upper = table & !0xfff;
        push(code, word(Mnemonic::Lui, 29, 0, 0, upper.cast_signed()));
        push(code, word(Mnemonic::Addi, 29, 29, 0, (table - upper).cast_signed()));
        push(code, word(load, register, 29, 0, 0));
    }
}

/// Bytes that a scalar access moves; 0 for other instructions.
fn size(semantics: Semantics) -> u32 {
    match semantics {
        Semantics::Lb | Semantics::Lbu | Semantics::Sb => 1,
        Semantics::Lh | Semantics::Lhu | Semantics::Sh => 2,
        Semantics::Lw | Semantics::Sw => 4,
        _ => 0,
    }
}

fn is_jump(semantics: Semantics) -> bool {
    matches!(
        semantics,
        Semantics::Jal
            | Semantics::Jalr
            | Semantics::Beq
            | Semantics::Bne
            | Semantics::Blt
            | Semantics::Bge
            | Semantics::Bltu
            | Semantics::Bgeu
    )
}

/// Integer arithmetic: no memory, no jump, nothing that differs between machines.
fn is_plain(semantics: Semantics) -> bool {
    let other = matches!(
        semantics,
        Semantics::Csrrw
            | Semantics::Csrrs
            | Semantics::Csrrc
            | Semantics::Ecall
            | Semantics::Ebreak
            | Semantics::Mret
            | Semantics::Wfi
            | Semantics::FenceI
            | Semantics::Fence
    );
    !other && !is_jump(semantics) && size(semantics) == 0
}

/// Whether the instruction leaves the two reserved integer registers alone.
fn spares_reserved(instruction: &Instruction) -> bool {
    let long = instruction.expand();
    let writes = long.row().operands.iter().any(|operand| {
        let layout = operand.layout();
        layout.slot == Some(Slot::Rd) && layout.kind == Operand::X
    });
    !writes || long.rd < HERE
}
