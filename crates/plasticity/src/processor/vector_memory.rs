//! Vector loads and stores.
//!
//! An access is checked in full before any element moves, so a fault leaves no trace. Masked-off
//! elements are not accessed and cannot fault.
//!
//! Source: RISC-V "V" Vector Extension, version 1.0, section 7; windows:
//! `docs/chip/plasticity-unit.md`.

use leadlag_fixed::{count, index};
use leadlag_isa::Class;

use super::access::{Kind, Place};
use super::csr::Csrs;
use super::map::{self, Window};
use super::operation::{Access, Cost, Pattern, VectorInstruction, elements};
use super::ports::Ports;
use super::predecode::{Op, number};
use super::trap::Trap;
use super::vector_file::GROUP;
use super::{Processor, Wait};

/// One access with its operands read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Job {
    store: bool,
    pattern: Pattern,
    /// Log2 of the bytes of an index.
    index_log: u32,
    base: u32,
    stride: u32,
    /// First register of the data.
    data: u8,
    /// First register of the indices.
    indices: u8,
    /// Log2 of the bytes of an element in memory.
    log: u32,
    /// Registers from one field to the next.
    per_field: u8,
    /// Fields of a segment; a whole-register form has one.
    fields: usize,
    elements: usize,
    masked: bool,
}

impl Job {
    /// The access with the operands it has now.
    #[inline]
    pub(super) fn new(
        instruction: &VectorInstruction,
        access: Access,
        x: &[u32; 32],
        csrs: &Csrs,
        register_bytes: usize,
    ) -> Self {
        let (sew, lmul) = (csrs.vtype.sew(), csrs.vtype.lmul());
        let (log, emul) = match access.pattern {
            Pattern::Indexed => (sew, lmul),
            Pattern::Mask | Pattern::Whole => (access.eew, 0),
            Pattern::Unit | Pattern::FaultFirst | Pattern::Strided => {
                (access.eew, access.eew - sew + lmul)
            }
        };
        let whole = access.pattern == Pattern::Whole;
        Self {
            store: access.store,
            pattern: access.pattern,
            index_log: access.eew.cast_unsigned(),
            base: x[usize::from(instruction.rs1 & 31)],
            stride: x[usize::from(instruction.rs2 & 31)],
            data: instruction.rd,
            indices: instruction.rs2,
            log: log.cast_unsigned(),
            per_field: 1 << emul.max(0),
            fields: if whole { 1 } else { usize::from(access.fields) },
            elements: index(elements(access, csrs.vl, register_bytes)),
            masked: instruction.masked,
        }
    }

    const fn size(&self) -> usize {
        1 << self.log
    }

    fn kind(&self) -> Kind {
        let unit = !matches!(self.pattern, Pattern::Strided | Pattern::Indexed);
        if unit && self.fields == 1 { Kind::Row } else { Kind::Element }
    }

    /// The register that holds a field.
    const fn register(&self, field: u8) -> u8 {
        self.data + field * self.per_field
    }
}

impl Processor {
    pub(super) fn vector_access<P: Ports>(
        &mut self,
        op: Op,
        job: &Job,
        cost: Cost,
        ports: &mut P,
    ) -> Result<(), Trap> {
        let moved = if job.elements == 0 {
            Moved::default()
        } else if job.kind() == Kind::Row && !job.masked {
            self.block(job, cost, ports)?
        } else {
            self.one_by_one(job, cost, ports)?
        };
        if !job.store {
            self.csrs.touch_vector();
        }
        let row_class = match (job.pattern, job.store) {
            (Pattern::Whole, false) => Class::VWholeRowLoad,
            (Pattern::Whole, true) => Class::VWholeRowStore,
            (_, false) => Class::VRowLoad,
            (_, true) => Class::VRowStore,
        };
        let class = if moved.row { number(row_class) } else { op.class };
        let own = if moved.row { cost.row } else { cost.plain };
        let wait = if job.store { Wait::Trigger } else { Wait::Result };
        self.note_wait(wait, moved.stall);
        self.finish(class, moved.stall + u64::from(own), op.length);
        Ok(())
    }

    /// An unmasked unit-stride access: one range of bytes.
    fn block<P: Ports>(&mut self, job: &Job, cost: Cost, ports: &mut P) -> Result<Moved, Trap> {
        let place = self.place(job.base, Kind::Row, job.size(), job.store)?;
        let mut length = job.elements << job.log;
        if length > place.left {
            let fit = place.left >> job.log;
            if job.pattern != Pattern::FaultFirst {
                let first_outside = job.base.wrapping_add(count(fit << job.log));
                return Err(Trap::access(job.store, first_outside));
            }
            self.csrs.vl = count(fit);
            length = fit << job.log;
        }
        let row = place.is_row();
        if job.store {
            if let Some((window, offset)) = place.plain_window().filter(|(w, _)| w.is_weights()) {
                ports.store(window, offset, self.v.group(job.data, length));
                return Ok(Moved { row, stall: 0 });
            }
            let mut bytes = [0; GROUP];
            bytes[..length].copy_from_slice(self.v.group(job.data, length));
            let own = if row { cost.row } else { cost.plain };
            let stall = self.write(&place, ports, &bytes[..length], u64::from(own));
            return Ok(Moved { row, stall });
        }
        let stall = self.stall_for_result(&place);
        self.read_vector(&place, ports, job.data, length);
        Ok(Moved { row, stall })
    }

    /// Loads straight into the register file.
    fn read_vector<P: Ports>(&mut self, place: &Place, ports: &P, register: u8, length: usize) {
        if let Some((window, offset)) = place.plain_window() {
            ports.load(window, offset, self.v.group_mut(register, length));
            return;
        }
        let mut bytes = [0; GROUP];
        self.read(place, ports, &mut bytes[..length]);
        self.v.group_mut(register, length).copy_from_slice(&bytes[..length]);
    }

    fn address(&self, job: &Job, element: usize, field: usize) -> u32 {
        let within = count(field << job.log);
        let i = count(element);
        let offset = match job.pattern {
            Pattern::Strided => i.wrapping_mul(job.stride),
            Pattern::Indexed => self.v.element(job.indices, element, job.index_log),
            Pattern::Unit | Pattern::FaultFirst | Pattern::Mask | Pattern::Whole => {
                count((element * job.fields) << job.log)
            }
        };
        job.base.wrapping_add(offset).wrapping_add(within)
    }

    fn takes_part(&self, job: &Job, element: usize) -> bool {
        !job.masked || self.v.bit(0, element)
    }

    /// Any access, element by element: first all checks, then all moves.
    fn one_by_one<P: Ports>(
        &mut self,
        job: &Job,
        cost: Cost,
        ports: &mut P,
    ) -> Result<Moved, Trap> {
        let mut elements = job.elements;
        match self.check(job) {
            Ok(()) => {}
            Err((element, _)) if job.pattern == Pattern::FaultFirst && element > 0 => {
                elements = element;
                self.csrs.vl = count(element);
            }
            Err((_, trap)) => return Err(trap),
        }
        let mut moved = self.class_of(job);
        for element in 0..elements {
            if self.takes_part(job, element) {
                for field in 0..job.fields {
                    moved.stall += self.one(job, element, field, cost, ports)?;
                }
            }
        }
        Ok(moved)
    }

    /// The first element that cannot be accessed, and why.
    fn check(&self, job: &Job) -> Result<(), (usize, Trap)> {
        let mut row_end: Option<u64> = None;
        for element in (0..job.elements).filter(|&i| self.takes_part(job, i)) {
            for field in 0..job.fields {
                let address = self.address(job, element, field);
                let place = self.place(address, job.kind(), job.size(), job.store);
                let place = place.map_err(|trap| (element, trap))?;
                if job.kind() == Kind::Row {
                    // All elements lie in the row of the first one.
                    let end = *row_end.get_or_insert(u64::from(address) + fixed_length(place.left));
                    if u64::from(address) >= end {
                        return Err((element, Trap::access(job.store, address)));
                    }
                }
            }
        }
        Ok(())
    }

    /// The window of the base address decides the cost, whatever the mask is; a wait for a
    /// conversion likewise.
    fn class_of(&self, job: &Job) -> Moved {
        let window = map::window_at(job.base).filter(|_| job.kind() == Kind::Row);
        let observable = window.and_then(Window::observable);
        Moved {
            row: window.is_some_and(Window::is_weights),
            stall: observable.map_or(0, |which| self.stall_for(which)),
        }
    }

    /// Moves one element.
    fn one<P: Ports>(
        &mut self,
        job: &Job,
        element: usize,
        field: usize,
        cost: Cost,
        ports: &mut P,
    ) -> Result<u64, Trap> {
        let address = self.address(job, element, field);
        let place = self.place(address, job.kind(), job.size(), job.store)?;
        let register = job.register(count(field).to_le_bytes()[0]);
        if job.store {
            let value = self.v.element(register, element, job.log).to_le_bytes();
            return Ok(self.write(&place, ports, &value[..job.size()], u64::from(cost.plain)));
        }
        let mut bytes = [0; 4];
        self.read(&place, ports, &mut bytes[..job.size()]);
        self.v.set_element(register, element, job.log, u32::from_le_bytes(bytes));
        Ok(0)
    }
}

fn fixed_length(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

/// What an access has met.
#[derive(Clone, Copy, Debug, Default)]
struct Moved {
    /// It went to a synapse row.
    row: bool,
    /// Cycles it waited.
    stall: u64,
}
