//! One vector instruction: is it legal now, what does it cost, and who does it.

use super::arithmetic::{self, Registers, Scope, Scratch};
use super::csr::Csrs;
use super::operation::{Cost, Operation, Source, VectorInstruction};
use super::ports::Ports;
use super::predecode::{Kind, Op};
use super::quick::Quick;
use super::scalar::write;
use super::trap::Trap;
use super::vector_file::{VectorFile, sign_extend};
use super::vector_memory::Job;
use super::{Processor, Status, permute};
use leadlag_fixed::index;

impl Processor {
    /// Executes a vector instruction or a scalar load, and the vector instructions that follow it
    /// without another between them.
    pub(super) fn vector_run<P: Ports>(
        &mut self,
        first: Op,
        ports: &mut P,
        limit: u64,
    ) -> Result<(), Trap> {
        if first.kind == Kind::Vector {
            self.vector(first, ports)?;
        } else {
            self.load_window(first, ports)?;
        }
        while let Some(&next) = self.text.op(self.cursor.pc) {
            let goes_on = self.cursor.cycles < limit && self.status == Status::Running;
            if next.kind != Kind::Vector || !goes_on {
                break;
            }
            self.vector(next, ports)?;
        }
        Ok(())
    }

    /// Executes a vector instruction: the prepared form of it, if there is one.
    #[inline(always)]
    pub(super) fn vector<P: Ports>(&mut self, op: Op, ports: &mut P) -> Result<(), Trap> {
        let plan = self.text.plan(op.imm);
        if let Some(quick) = plan.quick
            && plan.state == self.csrs.vector_state()
            && self.csrs.takes_vectors()
            && self.quick(op, quick, plan.cost, ports)
        {
            return Ok(());
        }
        self.vector_in_general(op, ports)
    }

    /// Executes a vector instruction, whatever it is.
    #[inline(never)]
    pub(super) fn vector_in_general<P: Ports>(
        &mut self,
        op: Op,
        ports: &mut P,
    ) -> Result<(), Trap> {
        if !self.csrs.takes_vectors() {
            return Err(self.illegal());
        }
        if self.text.plan(op.imm).state != self.csrs.vector_state() {
            self.plan(op.imm);
        }
        let Self { x, v, csrs, text, scratch, settings, .. } = self;
        // By reference: a copy of the plan would cost more than some instructions.
        let plan = text.plan(op.imm);
        if !plan.legal {
            return Err(self.illegal());
        }
        let cost = plan.cost;
        if let Operation::Memory(access) = plan.instruction.operation {
            let job = Job::new(&plan.instruction, access, x, csrs, v.length());
            return self.vector_access(op, &job, cost, ports);
        }
        let vlmax = csrs.vtype.vlmax(settings.vlen);
        compute(&plan.instruction, index(vlmax), csrs, x, v, &mut scratch.0);
        self.finish(op.class, u64::from(cost.plain), op.length);
        Ok(())
    }

    /// Judges and prices an instruction for the present `vtype` and `vl`.
    pub(super) fn plan(&mut self, place: u32) {
        let (vtype, vl) = (self.csrs.vtype, self.csrs.vl);
        let (timing, bits) = (self.settings.timing, self.settings.vlen.bits());
        let state = self.csrs.vector_state();
        let plan = self.text.plan_mut(place);
        plan.state = state;
        plan.legal = plan.instruction.is_legal(vtype);
        plan.cost = if plan.legal {
            plan.instruction.cost(&timing, vtype, vl, bits)
        } else {
            Cost::default()
        };
        plan.quick = None;
        if plan.legal {
            plan.quick = Quick::prepare(&plan.instruction, vtype, vl, &self.settings);
        }
    }
}

/// The state that element-wise instructions run in. The type is legal.
fn scope(instruction: &VectorInstruction, csrs: &Csrs, vlmax: usize) -> Scope {
    Scope {
        sew: csrs.vtype.sew().cast_unsigned(),
        vl: index(csrs.vl),
        vlmax,
        masked: instruction.masked,
        mode: csrs.vxrm,
    }
}

fn scalar_operand(instruction: &VectorInstruction, x: &[u32; 32]) -> u32 {
    let source = match &instruction.operation {
        Operation::Lanes(lanes) => lanes.source,
        Operation::Slide(_, source) | Operation::Gather(source) => *source,
        _ => Source::Scalar,
    };
    match source {
        Source::Immediate => instruction.imm.cast_unsigned(),
        Source::Scalar => x[usize::from(instruction.rs1 & 31)],
        Source::Nothing | Source::Vector => 0,
    }
}

/// Everything but loads and stores.
fn compute(
    instruction: &VectorInstruction,
    vlmax: usize,
    csrs: &mut Csrs,
    x: &mut [u32; 32],
    v: &mut VectorFile,
    scratch: &mut Scratch,
) {
    let scope = scope(instruction, csrs, vlmax);
    let registers = Registers {
        rd: instruction.rd,
        rs1: instruction.rs1,
        rs2: instruction.rs2,
        scalar: scalar_operand(instruction, x),
    };
    if !instruction.only_reads() {
        csrs.touch_vector();
    }
    match &instruction.operation {
        Operation::Lanes(lanes) => {
            csrs.vxsat |= arithmetic::run(lanes, scope, registers, v, scratch);
        }
        Operation::Reduce(op, wide) => permute::reduce(*op, *wide, scope, registers, v),
        Operation::Logic(truth) => permute::logic(*truth, scope, registers, v),
        Operation::CountBits => {
            write(x, registers.rd, permute::count_bits(scope, registers.rs2, v));
        }
        Operation::FirstBit => {
            write(x, registers.rd, permute::first_bit(scope, registers.rs2, v));
        }
        Operation::SetBits(until) => permute::set_bits(*until, scope, registers, v),
        Operation::Iota => permute::iota(scope, registers, v),
        Operation::Index => permute::indices(scope, registers, v),
        Operation::Slide(slide, _) => permute::slide(*slide, scope, registers, v),
        Operation::Gather(source) => permute::gather(*source, scope.sew, scope, registers, v),
        Operation::GatherHalves => permute::gather(Source::Vector, 1, scope, registers, v),
        Operation::Compress => permute::compress(scope, registers, v),
        Operation::ToInteger => {
            let element = v.element(registers.rs2, 0, scope.sew);
            write(x, registers.rd, sign_extend(element, scope.sew));
        }
        Operation::FromInteger if scope.vl > 0 => {
            v.set_element(registers.rd, 0, scope.sew, registers.scalar);
        }
        Operation::MoveWhole(count) => {
            v.copy(registers.rs2, registers.rd, usize::from(*count) * v.length());
        }
        Operation::FromInteger | Operation::Memory(_) => {}
    }
}
