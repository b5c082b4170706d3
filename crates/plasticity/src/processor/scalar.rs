//! The fast loop: integer instructions on the processor's own memories.
//!
//! It does what is plain and leaves everything else, without a trace, to `system` and `vector`:
//! accesses to windows, exceptions, control registers.

use leadlag_isa::Class;
use serde::{Deserialize, Serialize};

use super::memory::Memory;
use super::predecode::{Kind, Op, Text, number};

/// Why the fast loop ended. The program counter stands at the instruction that comes next.
#[derive(Clone, Copy, Debug)]
pub(super) enum Left {
    /// The cycle counter has reached its limit.
    Limit,
    /// The next instruction is not decoded.
    Undecoded,
    /// The next instruction is not for the fast loop.
    Other(Op),
}

/// How far the program is: what the fast loop keeps in machine registers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Cursor {
    pub pc: u32,
    /// Executed cycles and stalls.
    pub cycles: u64,
    /// Completed instructions.
    pub retired: u64,
}

/// What has been done so far.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(super) struct Log {
    /// Completed instructions by timing class, and traps; see [`Log::of_class`].
    pub by_class: [u64; 32],
    /// Addresses of the last 16 completed instructions; instruction n is at n mod 16.
    trail: [u32; 16],
}

impl Cursor {
    /// An instruction is complete.
    #[inline(always)]
    pub(super) fn retire(&mut self, log: &mut Log, class: u8, cost: u64, next: u32) {
        log.by_class[usize::from(class & 31)] += 1;
        log.note(self.retired, self.pc);
        self.retired += 1;
        self.cycles += cost;
        self.pc = next;
    }
}

impl Log {
    /// Instruction number `place` was at this address.
    #[inline(always)]
    fn note(&mut self, place: u64, pc: u32) {
        self.trail[usize::from(place.to_le_bytes()[0] & 15)] = pc;
    }

    /// Counts an instruction of another class than the first.
    #[inline(always)]
    fn count(&mut self, op: &Op) {
        self.by_class[usize::from(op.class & 31)] += 1;
    }

    /// Whether the classes add up to at most so many instructions and the traps.
    pub(super) fn is_possible(&self, retired: u64) -> bool {
        let traps = self.by_class[usize::from(number(Class::Trap) & 31)];
        let all = self.by_class[1..].iter().try_fold(0_u64, |sum, &count| sum.checked_add(count));
        all.zip(retired.checked_add(traps)).is_some_and(|(all, most)| all <= most)
    }

    /// Completed instructions of a class. Those of the first class, most of all, are what the
    /// others leave: counting them would cost more than executing them.
    pub(super) fn of_class(&self, class: Class, retired: u64) -> u64 {
        let counted = |class| self.by_class[usize::from(number(class) & 31)];
        if class == Class::Alu {
            let others: u64 = self.by_class[1..].iter().sum();
            return retired + counted(Class::Trap) - others;
        }
        counted(class)
    }

    /// Addresses of the last completed instructions, oldest first.
    pub(super) fn history(&self, retired: u64) -> Vec<u32> {
        let first = retired.saturating_sub(16);
        (first..retired).map(|n| self.trail[usize::from(n.to_le_bytes()[0] & 15)]).collect()
    }
}

/// Extra cycles of a taken branch.
const TAKEN: u64 = 2;

/// What instructions of this loop work on.
struct Core<'a> {
    x: &'a mut [u32; 32],
    memory: &'a mut Memory,
    log: &'a mut Log,
    tohost: u32,
}

/// Runs until something needs more than this loop. A word stored to `tohost` is such a thing.
///
/// Straight code runs as a whole: the limit, the place among the decoded and the cycles are looked at
/// once for all of it.
pub(super) fn run(
    x: &mut [u32; 32],
    text: &Text,
    memory: &mut Memory,
    cursor: &mut Cursor,
    log: &mut Log,
    tohost: u32,
    limit: u64,
) -> Left {
    let mut core = Core { x, memory, log, tohost };
    // In registers, not in memory, while the loop runs.
    let mut at = *cursor;
    let left = loop {
        if at.cycles >= limit {
            break Left::Limit;
        }
        let Some(run) = text.run(at.pc) else { break Left::Undecoded };
        let run = run.within(limit - at.cycles);
        if let Some(first) = run.straight.first() {
            let done = core.straight(run.straight, at.retired);
            at.retired += count64(done);
            if let Some(stopped) = run.straight.get(done) {
                (at.pc, at.cycles) = (stopped.pc, at.cycles + u64::from(first.rest - stopped.rest));
                break Left::Other(*stopped);
            }
            (at.pc, at.cycles) = (run.next, at.cycles + u64::from(run.cost));
        }
        let Some(op) = run.end.filter(|_| at.cycles < limit) else { continue };
        if !core.turn(op, &mut at) {
            break Left::Other(*op);
        }
    };
    *cursor = at;
    left
}

fn count64(count: usize) -> u64 {
    // A run has at most `predecode::LONGEST` instructions.
    u64::from(count.to_le_bytes()[0])
}

impl Core<'_> {
    /// Executes straight code: how many instructions are done before one that needs more, or all.
    #[inline(always)]
    fn straight(&mut self, ops: &[Op], retired: u64) -> usize {
        for (done, op) in ops.iter().enumerate() {
            let Some(value) = self.value(op) else { return done };
            write(self.x, op.rd, value);
            self.log.note(retired + count64(done), op.pc);
        }
        ops.len()
    }

    /// The result of an instruction of straight code, 0 if it has none; nothing if it needs more.
    #[inline(always)]
    fn value(&mut self, op: &Op) -> Option<u32> {
        let a = self.x[usize::from(op.rs1 & 31)];
        let b = self.x[usize::from(op.rs2 & 31)];
        let address = a.wrapping_add(op.imm);
        Some(match op.kind {
            Kind::Constant => op.imm,
            Kind::Add => a.wrapping_add(b),
            Kind::Sub => a.wrapping_sub(b),
            Kind::Slt => u32::from(a.cast_signed() < b.cast_signed()),
            Kind::Sltu => u32::from(a < b),
            Kind::Xor => a ^ b,
            Kind::Or => a | b,
            Kind::And => a & b,
            Kind::Sll => a.wrapping_shl(b),
            Kind::Srl => a.wrapping_shr(b),
            Kind::Sra => a.cast_signed().wrapping_shr(b).cast_unsigned(),
            Kind::AddImm => address,
            Kind::SltImm => u32::from(a.cast_signed() < op.imm.cast_signed()),
            Kind::SltuImm => u32::from(a < op.imm),
            Kind::XorImm => a ^ op.imm,
            Kind::OrImm => a | op.imm,
            Kind::AndImm => a & op.imm,
            Kind::SllImm => a.wrapping_shl(op.imm),
            Kind::SrlImm => a.wrapping_shr(op.imm),
            Kind::SraImm => a.cast_signed().wrapping_shr(op.imm).cast_unsigned(),
            Kind::Nothing => 0,
            Kind::Mul => self.counted(op, a.wrapping_mul(b)),
            Kind::Mulh | Kind::Mulhsu | Kind::Mulhu => self.counted(op, high(op.kind, a, b)),
            Kind::Div | Kind::Divu | Kind::Rem | Kind::Remu => {
                self.counted(op, divide(op.kind, a, b))
            }
            Kind::Lw => self.load(op, Kind::Lw, address)?,
            Kind::Lb => self.load(op, Kind::Lb, address)?,
            Kind::Lbu => self.load(op, Kind::Lbu, address)?,
            Kind::Lh => self.load(op, Kind::Lh, address)?,
            Kind::Lhu => self.load(op, Kind::Lhu, address)?,
            Kind::Sw => self.store(op, Kind::Sw, address, b)?,
            Kind::Sb => self.store(op, Kind::Sb, address, b)?,
            Kind::Sh => self.store(op, Kind::Sh, address, b)?,
            _ => return None,
        })
    }

    #[inline(always)]
    fn counted(&mut self, op: &Op, value: u32) -> u32 {
        self.log.count(op);
        value
    }

    #[inline(always)]
    fn load(&mut self, op: &Op, kind: Kind, address: u32) -> Option<u32> {
        let value = loaded(self.memory, kind, address)?;
        Some(self.counted(op, value))
    }

    #[inline(always)]
    fn store(&mut self, op: &Op, kind: Kind, address: u32, value: u32) -> Option<u32> {
        stored(self.memory, kind, address, value, self.tohost).then(|| self.counted(op, 0))
    }

    /// Executes a jump or a branch; whether it is one.
    #[inline(always)]
    fn turn(&mut self, op: &Op, at: &mut Cursor) -> bool {
        let a = self.x[usize::from(op.rs1 & 31)];
        let b = self.x[usize::from(op.rs2 & 31)];
        let next = op.pc.wrapping_add(u32::from(op.length));
        let taken = match op.kind {
            Kind::Jal | Kind::Jalr => {
                let target = if op.kind == Kind::Jal { op.imm } else { a.wrapping_add(op.imm) };
                write(self.x, op.rd, next);
                at.retire(self.log, op.class, u64::from(op.cost), target & !1);
                return true;
            }
            Kind::Beq => a == b,
            Kind::Bne => a != b,
            Kind::Blt => a.cast_signed() < b.cast_signed(),
            Kind::Bge => a.cast_signed() >= b.cast_signed(),
            Kind::Bltu => a < b,
            Kind::Bgeu => a >= b,
            _ => return false,
        };
        let cost = u64::from(op.cost) + if taken { TAKEN } else { 0 };
        at.retire(self.log, op.class, cost, if taken { op.imm } else { next });
        true
    }
}

/// The value of a load from the processor's memories; none for anything that is not plain.
#[inline(always)]
fn loaded(memory: &Memory, kind: Kind, address: u32) -> Option<u32> {
    match kind {
        Kind::Lb => memory.load(address).map(|[byte]: [u8; 1]| extended(byte.cast_signed())),
        Kind::Lbu => memory.load(address).map(|[byte]: [u8; 1]| u32::from(byte)),
        Kind::Lw if address.is_multiple_of(4) => memory.load(address).map(u32::from_le_bytes),
        Kind::Lhu if address & 1 == 0 => {
            memory.load(address).map(|half| u32::from(u16::from_le_bytes(half)))
        }
        Kind::Lh if address & 1 == 0 => {
            memory.load(address).map(|half| extended(i16::from_le_bytes(half)))
        }
        _ => None,
    }
}

#[inline(always)]
fn extended(value: impl Into<i32>) -> u32 {
    value.into().cast_unsigned()
}

/// `rd = value`; `x0` stays 0.
#[inline(always)]
pub(super) fn write(x: &mut [u32; 32], rd: u8, value: u32) {
    x[usize::from(rd & 31)] = value;
    x[0] = 0;
}

#[inline(always)]
fn stored(memory: &mut Memory, kind: Kind, address: u32, value: u32, tohost: u32) -> bool {
    let [a, b, c, d] = value.to_le_bytes();
    match kind {
        Kind::Sb => memory.store(address, &[a]),
        Kind::Sh => address & 1 == 0 && memory.store(address, &[a, b]),
        _ => address.is_multiple_of(4) && address != tohost && memory.store(address, &[a, b, c, d]),
    }
}

/// The upper word of a product.
fn high(kind: Kind, a: u32, b: u32) -> u32 {
    let signed = |word: u32| i64::from(word.cast_signed());
    let upper = |product: i64| product.cast_unsigned() >> 32;
    let word = match kind {
        Kind::Mulh => upper(signed(a) * signed(b)),
        Kind::Mulhsu => upper(signed(a) * i64::from(b)),
        _ => (u64::from(a) * u64::from(b)) >> 32,
    };
    u32::try_from(word).unwrap_or(0)
}

/// Quotients and remainders, with the results that division by zero and overflow have.
fn divide(kind: Kind, a: u32, b: u32) -> u32 {
    let (signed_a, signed_b) = (a.cast_signed(), b.cast_signed());
    match kind {
        Kind::Div if b == 0 => u32::MAX,
        Kind::Div => signed_a.wrapping_div(signed_b).cast_unsigned(),
        Kind::Divu => a.checked_div(b).unwrap_or(u32::MAX),
        Kind::Rem if b == 0 => a,
        Kind::Rem => signed_a.wrapping_rem(signed_b).cast_unsigned(),
        _ => a.checked_rem(b).unwrap_or(a),
    }
}
