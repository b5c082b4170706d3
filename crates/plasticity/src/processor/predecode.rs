//! Instruction memory as fetch sees it, decoded ahead.
//!
//! Fetch has its own copy of instruction memory, which follows stores at `fence.i` and not before.
//! Every halfword that has been executed keeps its decoded form until then.

use leadlag_fixed::{count, index};
use leadlag_isa::{Form, Instruction, Semantics, decode, is_long};
use serde::{Deserialize, Serialize};

use super::decode;
use super::operation::{Cost, VectorInstruction};
use super::quick::Quick;

/// The most instructions of a run of straight code.
pub(super) const LONGEST: usize = 64;

/// What the scalar part does; everything up to `Sw` is done in the fast loop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// `rd = imm`: `lui`, `auipc`.
    Constant,
    Add,
    Sub,
    Slt,
    Sltu,
    Xor,
    Or,
    And,
    Sll,
    Srl,
    Sra,
    AddImm,
    SltImm,
    SltuImm,
    XorImm,
    OrImm,
    AndImm,
    SllImm,
    SrlImm,
    SraImm,
    Mul,
    Mulh,
    Mulhsu,
    Mulhu,
    Div,
    Divu,
    Rem,
    Remu,
    /// To the absolute address `imm`.
    Jal,
    Jalr,
    /// To the absolute address `imm`.
    Beq,
    Bne,
    Blt,
    Bge,
    Bltu,
    Bgeu,
    Nothing,
    Lb,
    Lh,
    Lw,
    Lbu,
    Lhu,
    Sb,
    Sh,
    Sw,
    /// The number in `rs1` stands for itself if `rs2` is 1; `imm` is the register's number.
    CsrWrite,
    CsrSet,
    CsrClear,
    FenceI,
    Ecall,
    Ebreak,
    Mret,
    Wfi,
    /// The number in `rs1` stands for itself if `rs2` is 1; `imm` is the type.
    Vset,
    Vsetvl,
    /// `imm` is the place of the plan.
    Vector,
    /// `imm` is the word.
    Illegal,
}

impl Kind {
    /// Whether this is a scalar load.
    pub(super) const fn loads(self) -> bool {
        matches!(self, Self::Lb | Self::Lh | Self::Lw | Self::Lbu | Self::Lhu)
    }

    /// Whether this is a scalar store.
    const fn stores(self) -> bool {
        matches!(self, Self::Sb | Self::Sh | Self::Sw)
    }

    /// Whether the next instruction is the one behind, at a cost that is known.
    #[expect(clippy::as_conversions, reason = "the place of a variant in the list")]
    const fn is_straight(self) -> bool {
        let turns = matches!(
            self,
            Self::Jal
                | Self::Jalr
                | Self::Beq
                | Self::Bne
                | Self::Blt
                | Self::Bge
                | Self::Bltu
                | Self::Bgeu
        );
        !turns && self as u8 <= Self::Sw as u8
    }
}

/// A decoded instruction, small.
#[derive(Clone, Copy, Debug)]
pub(super) struct Op {
    pub kind: Kind,
    pub rd: u8,
    pub rs1: u8,
    pub rs2: u8,
    pub imm: u32,
    /// Its address.
    pub pc: u32,
    /// Bytes.
    pub length: u8,
    /// Cycles, if a branch is not taken.
    pub cost: u8,
    /// Number of the timing class.
    pub class: u8,
    /// Cycles from here to the end of its run of straight code.
    pub rest: u8,
}

/// Straight code, and the instruction that ends it if that is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run<'a> {
    pub straight: &'a [Op],
    pub end: Option<&'a Op>,
    /// Cycles of the straight code.
    pub cost: u8,
    /// Address behind the straight code.
    pub next: u32,
}

impl Run<'_> {
    /// The whole if it takes at most so many cycles, otherwise its first instruction.
    #[inline(always)]
    pub(super) fn within(self, cycles: u64) -> Self {
        if u64::from(self.cost) <= cycles {
            return self;
        }
        let straight = &self.straight[..1];
        let next = straight[0].pc.wrapping_add(u32::from(straight[0].length));
        Self { straight, end: None, cost: straight[0].cost, next }
    }
}

/// Where the run of straight code from a halfword on is.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Place of its first instruction.
    first: u32,
    /// Its instructions.
    count: u8,
    /// Whether the instruction that ends it stands behind it.
    ends: bool,
}

impl Entry {
    const UNKNOWN: Self = Self { first: u32::MAX, count: 0, ends: false };
}

/// A state that no processor is in: `vl` is far below 2^32.
const NO_STATE: u64 = u64::MAX;

/// What of a vector instruction depends on `vl` and `vtype` only.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub instruction: VectorInstruction,
    /// The `vtype` and `vl` that the rest is for, as [`super::csr::Csrs::vector_state`] gives them.
    pub state: u64,
    pub legal: bool,
    pub cost: Cost,
    /// The prepared form, if there is one.
    pub quick: Option<Quick>,
}

/// Instruction memory as fetch sees it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Text {
    base: u32,
    bytes: Vec<u8>,
    /// `[halfword]`, as far as the program has been; a cache.
    #[serde(skip)]
    entries: Vec<Entry>,
    /// Runs, one behind the other.
    #[serde(skip)]
    ops: Vec<Op>,
    #[serde(skip)]
    plans: Vec<Plan>,
}

/// Two texts are equal if their bytes are: the rest is a cache.
impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        (self.base, &self.bytes) == (other.base, &other.bytes)
    }
}

impl Eq for Text {}

impl Text {
    pub(super) fn new(base: u32, size: u32) -> Self {
        Self {
            base,
            bytes: vec![0; index(size)],
            entries: Vec::new(),
            ops: Vec::new(),
            plans: Vec::new(),
        }
    }

    /// Whether another text has this one's shape.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        (self.base, self.bytes.len()) == (other.base, other.bytes.len())
    }

    /// Takes over what has been stored to `first .. end`.
    pub(super) fn follow(&mut self, memory: &[u8], first: usize, end: usize) {
        self.bytes[first..end].copy_from_slice(&memory[first..end]);
        // What is decoded anew leaves its old form behind; no halfword has more than one of use.
        if self.ops.len() > self.entries.len() {
            (self.entries, self.ops, self.plans) = (Vec::new(), Vec::new(), Vec::new());
        }
        let last = end.div_ceil(2).min(self.entries.len());
        // A run may reach into what has changed from as far as its length before.
        for entry in
            &mut self.entries[(first / 2).saturating_sub(2 * (LONGEST + 1)).min(last)..last]
        {
            *entry = Entry::UNKNOWN;
        }
    }

    /// Place of an address among the halfwords.
    #[inline(always)]
    const fn place(&self, pc: u32) -> usize {
        index(pc.wrapping_sub(self.base) >> 1)
    }

    /// The run from an address on, if it has been decoded.
    #[inline(always)]
    pub(super) fn run(&self, pc: u32) -> Option<Run<'_>> {
        let entry = self.entries.get(self.place(pc))?;
        let (straight, behind) =
            self.ops.get(index(entry.first)..)?.split_at_checked(usize::from(entry.count))?;
        let (cost, next) = match (straight.first(), straight.last()) {
            (Some(first), Some(last)) => (first.rest, last.pc.wrapping_add(u32::from(last.length))),
            _ => (0, pc),
        };
        Some(Run { straight, end: if entry.ends { behind.first() } else { None }, cost, next })
    }

    /// The instruction at an address, if it has been decoded.
    #[inline(always)]
    pub(super) fn op(&self, pc: u32) -> Option<&Op> {
        self.ops.get(index(self.entries.get(self.place(pc))?.first))
    }

    pub(super) fn plan(&self, place: u32) -> &Plan {
        &self.plans[index(place)]
    }

    pub(super) fn plan_mut(&mut self, place: u32) -> &mut Plan {
        &mut self.plans[index(place)]
    }

    /// The bits at an address: a halfword, or a word if it is a long instruction.
    ///
    /// # Errors
    /// The first address that is not in instruction memory.
    pub(super) fn word(&self, pc: u32) -> Result<u32, u32> {
        let half = |pc: u32| {
            let offset = index(pc.wrapping_sub(self.base));
            let bytes = self.bytes.get(offset..).and_then(|bytes| bytes.first_chunk::<2>());
            bytes.map(|bytes| u32::from(u16::from_le_bytes(*bytes))).ok_or(pc)
        };
        let low = half(pc)?;
        if is_long(low) { Ok(half(pc.wrapping_add(2))? << 16 | low) } else { Ok(low) }
    }

    /// Decodes the run of straight code from an address on, and the instruction that ends it.
    ///
    /// It ends early where the rest has been decoded, so that every halfword is decoded once.
    ///
    /// # Errors
    /// The first address that is not in instruction memory, if the first instruction reaches there.
    pub(super) fn decode(&mut self, pc: u32) -> Result<(), u32> {
        let begin = self.ops.len();
        let (mut at, mut cost, mut ends) = (pc, 0_u8, false);
        while !ends && self.ops.len() < begin + LONGEST && (at == pc || self.op(at).is_none()) {
            let word = match self.word(at) {
                Ok(word) => word,
                Err(outside) if at == pc => return Err(outside),
                Err(_) => break,
            };
            let op = self.planned(op(word, at), word);
            ends = !op.kind.is_straight();
            if !ends {
                let Some(sum) = cost.checked_add(op.cost) else { break };
                cost = sum;
            }
            self.ops.push(op);
            at = at.wrapping_add(u32::from(op.length));
        }
        self.enter(begin, ends);
        Ok(())
    }

    /// The place of a plan of its own in a vector instruction.
    fn planned(&mut self, op: Op, word: u32) -> Op {
        if op.kind != Kind::Vector {
            return op;
        }
        let vector = decode(word).ok().and_then(|instruction| decode::vector(&instruction));
        let imm = count(self.plans.len());
        self.plans.extend(vector.map(|instruction| Plan {
            instruction,
            state: NO_STATE,
            legal: false,
            cost: Cost::default(),
            quick: None,
        }));
        Op { imm, ..op }
    }

    /// Makes the run that begins with this instruction known, from each of its instructions on.
    fn enter(&mut self, begin: usize, ends: bool) {
        let places: Vec<usize> = self.ops[begin..].iter().map(|op| self.place(op.pc)).collect();
        let last = places.last().copied().unwrap_or(0);
        if last >= self.entries.len() {
            let length = (last + 1).next_power_of_two().min(self.bytes.len().div_ceil(2));
            self.entries.resize(length, Entry::UNKNOWN);
        }
        let straight = places.len() - usize::from(ends);
        let mut rest = 0;
        for (offset, place) in places.into_iter().enumerate().rev() {
            let op = &mut self.ops[begin + offset];
            if offset < straight {
                rest += op.cost;
                op.rest = rest;
            }
            let count = straight.saturating_sub(offset).to_le_bytes()[0];
            self.entries[place] =
                Entry { first: leadlag_fixed::count(begin + offset), count, ends };
        }
    }
}

fn op(word: u32, pc: u32) -> Op {
    let length = if is_long(word) { 4 } else { 2 };
    let Ok(instruction) = decode(word) else {
        let (rd, rs1, rs2, cost, class, rest) = (0, 0, 0, 0, 0, 0);
        return Op { kind: Kind::Illegal, rd, rs1, rs2, imm: word, pc, length, cost, class, rest };
    };
    let long = instruction.expand();
    let row = long.row();
    let kind = kind(row.semantics, row.form);
    let class = leadlag_isa::Class::cost(row.timing).constant;
    Op {
        kind,
        rd: if kind.stores() || kind == Kind::Nothing { 0 } else { long.rd & 31 },
        rs1: long.rs1 & 31,
        rs2: second(&long, kind),
        imm: immediate(&long, kind, pc),
        pc,
        length,
        cost: class.to_le_bytes()[0],
        class: number(row.timing),
        rest: 0,
    }
}

/// The number of a timing class.
#[expect(clippy::as_conversions, reason = "the number of a variant")]
pub(super) const fn number(class: leadlag_isa::Class) -> u8 {
    (class as u16).to_le_bytes()[0]
}

/// `rs2`, or whether `rs1` holds a number.
fn second(instruction: &Instruction, kind: Kind) -> u8 {
    let numbered = matches!(kind, Kind::CsrWrite | Kind::CsrSet | Kind::CsrClear | Kind::Vset);
    if numbered {
        u8::from(instruction.row().form == Form::Immediate)
    } else {
        instruction.rs2 & 31
    }
}

fn immediate(instruction: &Instruction, kind: Kind, pc: u32) -> u32 {
    let imm = instruction.imm.cast_unsigned();
    let relative = matches!(
        kind,
        Kind::Jal | Kind::Beq | Kind::Bne | Kind::Blt | Kind::Bge | Kind::Bltu | Kind::Bgeu
    );
    if relative || instruction.row().semantics == Semantics::Auipc {
        pc.wrapping_add(imm)
    } else {
        imm
    }
}

fn kind(semantics: Semantics, form: Form) -> Kind {
    let either = |register, number| if form == Form::Immediate { number } else { register };
    match semantics {
        Semantics::Lui | Semantics::Auipc => Kind::Constant,
        Semantics::Add => either(Kind::Add, Kind::AddImm),
        Semantics::Sub => Kind::Sub,
        Semantics::Slt => either(Kind::Slt, Kind::SltImm),
        Semantics::Sltu => either(Kind::Sltu, Kind::SltuImm),
        Semantics::Xor => either(Kind::Xor, Kind::XorImm),
        Semantics::Or => either(Kind::Or, Kind::OrImm),
        Semantics::And => either(Kind::And, Kind::AndImm),
        Semantics::Sll => either(Kind::Sll, Kind::SllImm),
        Semantics::Srl => either(Kind::Srl, Kind::SrlImm),
        Semantics::Sra => either(Kind::Sra, Kind::SraImm),
        Semantics::Mul => Kind::Mul,
        Semantics::Mulh => Kind::Mulh,
        Semantics::Mulhsu => Kind::Mulhsu,
        Semantics::Mulhu => Kind::Mulhu,
        Semantics::Div => Kind::Div,
        Semantics::Divu => Kind::Divu,
        Semantics::Rem => Kind::Rem,
        Semantics::Remu => Kind::Remu,
        Semantics::Jal => Kind::Jal,
        Semantics::Jalr => Kind::Jalr,
        Semantics::Beq => Kind::Beq,
        Semantics::Bne => Kind::Bne,
        Semantics::Blt => Kind::Blt,
        Semantics::Bge => Kind::Bge,
        Semantics::Bltu => Kind::Bltu,
        Semantics::Bgeu => Kind::Bgeu,
        Semantics::Fence => Kind::Nothing,
        Semantics::Lb => Kind::Lb,
        Semantics::Lh => Kind::Lh,
        Semantics::Lw => Kind::Lw,
        Semantics::Lbu => Kind::Lbu,
        Semantics::Lhu => Kind::Lhu,
        Semantics::Sb => Kind::Sb,
        Semantics::Sh => Kind::Sh,
        Semantics::Sw => Kind::Sw,
        Semantics::Csrrw => Kind::CsrWrite,
        Semantics::Csrrs => Kind::CsrSet,
        Semantics::Csrrc => Kind::CsrClear,
        Semantics::FenceI => Kind::FenceI,
        Semantics::Ecall => Kind::Ecall,
        Semantics::Ebreak => Kind::Ebreak,
        Semantics::Mret => Kind::Mret,
        Semantics::Wfi => Kind::Wfi,
        Semantics::Vset => Kind::Vset,
        Semantics::Vsetvl => Kind::Vsetvl,
        _ => Kind::Vector,
    }
}
