//! Instructions outside the fast loop: control registers, traps, sleep, `vset`, and scalar accesses
//! to windows.

use leadlag_isa::Class;

use super::access::Kind as AccessKind;
use super::csr::is_read_only;
use super::map::{ROWS_BASE, Window};
use super::ports::Ports;
use super::predecode::{Kind, Op, number};
use super::scalar::{Cursor, write};
use super::trap::{Cause, Trap};
use super::vtype::Vtype;
use super::{Processor, Status, Wait};

const MCYCLE: u16 = 0xb00;
const MINSTRET: u16 = 0xb02;
const MCYCLEH: u16 = 0xb80;
const MINSTRETH: u16 = 0xb82;

impl Processor {
    /// Executes an instruction that the fast loop left.
    pub(super) fn execute<P: Ports>(&mut self, op: Op, ports: &mut P) -> Result<(), Trap> {
        match op.kind {
            Kind::Vector => self.vector(op, ports),
            Kind::Vset | Kind::Vsetvl => self.vset(op),
            Kind::Lb | Kind::Lh | Kind::Lw | Kind::Lbu | Kind::Lhu => self.load_window(op, ports),
            Kind::Sb | Kind::Sh | Kind::Sw => self.store_window(op, ports),
            Kind::CsrWrite | Kind::CsrSet | Kind::CsrClear => self.control(op),
            Kind::FenceI => {
                self.complete(op);
                self.fence();
                Ok(())
            }
            Kind::Mret => {
                self.complete(op);
                self.cursor.pc = self.csrs.leave();
                Ok(())
            }
            Kind::Wfi => {
                self.complete(op);
                self.finish_conversions();
                if self.csrs.mip & self.csrs.mie == 0 {
                    self.status = Status::Asleep;
                }
                Ok(())
            }
            Kind::Ecall => Err(Trap::new(Cause::EnvironmentCall, 0)),
            Kind::Ebreak => Err(Trap::new(Cause::Breakpoint, self.cursor.pc)),
            _ => Err(self.illegal()),
        }
    }

    /// The trap of an instruction that is none, or not here and now.
    pub(super) fn illegal(&self) -> Trap {
        Trap::new(Cause::Illegal, self.word(self.cursor.pc).unwrap_or(0))
    }

    /// An instruction of fixed cost is complete.
    fn complete(&mut self, op: Op) {
        self.finish(op.class, u64::from(op.cost), op.length);
    }

    /// An instruction is complete.
    pub(super) fn finish(&mut self, class: u8, cost: u64, length: u8) {
        let next = self.cursor.pc.wrapping_add(u32::from(length));
        self.cursor.retire(&mut self.log, class, cost, next);
    }

    /// `csrrw`, `csrrs`, `csrrc` and their forms with a number.
    fn control(&mut self, op: Op) -> Result<(), Trap> {
        let [low, high, ..] = op.imm.to_le_bytes();
        let register = u16::from_le_bytes([low, high]);
        let numbered = op.rs2 == 1;
        let operand = if numbered { u32::from(op.rs1) } else { self.x[usize::from(op.rs1 & 31)] };
        let writes = op.kind == Kind::CsrWrite || op.rs1 != 0;
        let (vlen, hart) = (self.settings.vlen, self.settings.core);
        let old = self.counter(register).or_else(|| self.csrs.read(register, vlen, hart));
        let old =
            old.filter(|_| !(writes && is_read_only(register))).ok_or_else(|| self.illegal())?;
        let new = match op.kind {
            Kind::CsrSet => old | operand,
            Kind::CsrClear => old & !operand,
            _ => operand,
        };
        let before = self.cursor;
        self.complete(op);
        if writes && !self.set_counter(register, new, before) {
            self.csrs.write(register, new, vlen);
        }
        write(&mut self.x, op.rd, old);
        Ok(())
    }

    /// The value of a counter before the instruction that reads it.
    pub(super) fn counter(&self, register: u16) -> Option<u32> {
        let cycles = self.cursor.cycles.wrapping_add(self.cycle_offset);
        let retired = self.cursor.retired.wrapping_add(self.retired_offset);
        match register {
            MCYCLE => Some(half(cycles, 0)),
            MCYCLEH => Some(half(cycles, 1)),
            MINSTRET => Some(half(retired, 0)),
            MINSTRETH => Some(half(retired, 1)),
            _ => None,
        }
    }

    /// Writes half of a counter, so that the next instruction reads the new value; whether it is one.
    ///
    /// The write takes the place of this instruction's own count in both halves, as a counter is one
    /// register of 64 bits: `before` is how far the program was ahead of the instruction.
    fn set_counter(&mut self, register: u16, value: u32, before: Cursor) -> bool {
        let now = self.cursor;
        let (offset, before, now) = match register {
            MCYCLE | MCYCLEH => (&mut self.cycle_offset, before.cycles, now.cycles),
            MINSTRET | MINSTRETH => (&mut self.retired_offset, before.retired, now.retired),
            _ => return false,
        };
        let old = before.wrapping_add(*offset);
        let value = u64::from(value);
        let upper = matches!(register, MCYCLEH | MINSTRETH);
        let new = if upper { value << 32 | old & 0xffff_ffff } else { old & !0xffff_ffff | value };
        *offset = new.wrapping_sub(now);
        true
    }

    /// `vsetvli`, `vsetivli`, `vsetvl`.
    fn vset(&mut self, op: Op) -> Result<(), Trap> {
        if !self.csrs.vector_on() || self.csrs.vstart != 0 {
            return Err(self.illegal());
        }
        let numbered = op.kind == Kind::Vset && op.rs2 == 1;
        let bits = if op.kind == Kind::Vset { op.imm } else { self.x[usize::from(op.rs2 & 31)] };
        let vtype = Vtype::request(bits);
        let vlmax = vtype.vlmax(self.settings.vlen);
        let (vl, vtype) = if numbered {
            (u32::from(op.rs1).min(vlmax), vtype)
        } else if op.rs1 != 0 {
            (self.x[usize::from(op.rs1 & 31)].min(vlmax), vtype)
        } else if op.rd != 0 {
            (vlmax, vtype)
        } else if vlmax == self.csrs.vtype.vlmax(self.settings.vlen) {
            (self.csrs.vl, vtype)
        } else {
            // Keeping vl under another VLMAX is reserved.
            (0, Vtype::ILLEGAL)
        };
        (self.csrs.vl, self.csrs.vtype) = (vl, vtype);
        self.csrs.touch_vector();
        write(&mut self.x, op.rd, vl);
        self.complete(op);
        Ok(())
    }

    pub(super) fn load_window<P: Ports>(&mut self, op: Op, ports: &P) -> Result<(), Trap> {
        let address = self.x[usize::from(op.rs1 & 31)].wrapping_add(op.imm);
        let size = match op.kind {
            Kind::Lb | Kind::Lbu => 1,
            Kind::Lh | Kind::Lhu => 2,
            _ => 4,
        };
        if let Some(value) = self.row_register(op.kind, address, ports) {
            write(&mut self.x, op.rd, value);
            self.complete(op);
            return Ok(());
        }
        let place = self.place(address, AccessKind::Scalar, size, false)?;
        let stall = self.stall_for_result(&place);
        self.note_wait(Wait::Result, stall);
        let mut bytes = [0; 4];
        self.read(&place, ports, &mut bytes[..size]);
        let word = u32::from_le_bytes(bytes);
        let unused = match op.kind {
            Kind::Lb => 24,
            Kind::Lh => 16,
            _ => 0,
        };
        let value = (word.cast_signed() << unused >> unused).cast_unsigned();
        write(&mut self.x, op.rd, value);
        let row = u64::from(1 + self.settings.timing.row_load);
        let cost = if place.is_row() { row } else { u64::from(op.cost) };
        let class = if place.is_row() { number(Class::RowLoad) } else { op.class };
        self.finish(class, stall + cost, op.length);
        Ok(())
    }

    /// A row register as `lh` reads it, which a row loop does once per row: what the general way
    /// gives, sooner.
    #[inline]
    fn row_register<P: Ports>(&self, kind: Kind, address: u32, ports: &P) -> Option<u32> {
        let offset = address.wrapping_sub(ROWS_BASE);
        let inside = offset & 1 == 0 && offset < 2 * self.settings.geometry.rows;
        if kind != Kind::Lh || !inside || !self.memory.at(address).is_empty() {
            return None;
        }
        let mut bytes = [0; 2];
        ports.load(Window::RowsSoma, offset, &mut bytes);
        Some(i32::from(i16::from_le_bytes(bytes)).cast_unsigned())
    }

    fn store_window<P: Ports>(&mut self, op: Op, ports: &mut P) -> Result<(), Trap> {
        let address = self.x[usize::from(op.rs1 & 31)].wrapping_add(op.imm);
        let value = self.x[usize::from(op.rs2 & 31)];
        let size = match op.kind {
            Kind::Sb => 1,
            Kind::Sh => 2,
            _ => 4,
        };
        let ends = size == 4 && Some(address) == self.settings.tohost && value != 0;
        let place = match self.place(address, AccessKind::Scalar, size, true) {
            // The word that ends a test may lie where a core has nothing.
            Err(_) if ends => {
                self.complete(op);
                self.status = Status::Exited(value);
                return Ok(());
            }
            place => place?,
        };
        let row = u64::from(1 + self.settings.timing.row_store);
        let cost = if place.is_row() { row } else { u64::from(op.cost) };
        let class = if place.is_row() { number(Class::RowStore) } else { op.class };
        let stall = self.write(&place, ports, &value.to_le_bytes()[..size], cost);
        self.note_wait(Wait::Trigger, stall);
        self.finish(class, stall + cost, op.length);
        if ends {
            self.status = Status::Exited(value);
        }
        Ok(())
    }
}

/// The lower (0) or upper (1) word.
fn half(value: u64, upper: u32) -> u32 {
    u32::try_from(value >> (32 * upper) & 0xffff_ffff).unwrap_or(0)
}
