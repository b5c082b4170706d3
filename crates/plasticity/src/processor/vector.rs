//! One vector instruction: is it legal now, what does it cost, and who does it.

use super::arithmetic::{self, Registers, Scope};
use super::operation::{Cost, Operation, Source, VectorInstruction};
use super::ports::Ports;
use super::predecode::Op;
use super::scalar::write;
use super::trap::Trap;
use super::vector_file::sign_extend;
use super::{Processor, permute};
use leadlag_fixed::index;

impl Processor {
    /// Executes a vector instruction.
    pub(super) fn vector<P: Ports>(&mut self, op: Op, ports: &mut P) -> Result<(), Trap> {
        if !self.csrs.vector_on() || self.csrs.vstart != 0 {
            return Err(self.illegal());
        }
        let state = (self.csrs.vtype.bits(), self.csrs.vl);
        let plan = *self.text.plan_mut(op.imm);
        let plan = if plan.state == Some(state) { plan } else { self.plan(op.imm) };
        if !plan.legal {
            return Err(self.illegal());
        }
        if let Operation::Memory(access) = plan.instruction.operation {
            return self.vector_access(op, &plan.instruction, access, plan.cost, ports);
        }
        self.compute(&plan.instruction);
        self.finish(op.class, u64::from(plan.cost.plain), op.length);
        Ok(())
    }

    /// Judges and prices an instruction for the present `vtype` and `vl`.
    fn plan(&mut self, place: u32) -> super::predecode::Plan {
        let (vtype, vl) = (self.csrs.vtype, self.csrs.vl);
        let (timing, bits) = (self.settings.timing, self.settings.vlen.bits());
        let plan = self.text.plan_mut(place);
        plan.state = Some((vtype.bits(), vl));
        plan.legal = plan.instruction.is_legal(vtype);
        plan.cost = if plan.legal {
            plan.instruction.cost(&timing, vtype, vl, bits)
        } else {
            Cost::default()
        };
        *plan
    }

    /// The state that element-wise instructions run in. The type is legal.
    pub(super) fn scope(&self, instruction: &VectorInstruction) -> Scope {
        let vtype = self.csrs.vtype;
        Scope {
            sew: if vtype.is_illegal() { 0 } else { vtype.sew().cast_unsigned() },
            vl: index(self.csrs.vl),
            vlmax: index(vtype.vlmax(self.settings.vlen)),
            masked: instruction.masked,
            mode: self.csrs.vxrm,
        }
    }

    fn scalar_operand(&self, instruction: &VectorInstruction) -> u32 {
        let source = match instruction.operation {
            Operation::Lanes(lanes) => lanes.source,
            Operation::Slide(_, source) | Operation::Gather(source) => source,
            _ => Source::Scalar,
        };
        match source {
            Source::Immediate => instruction.imm.cast_unsigned(),
            Source::Scalar => self.x[usize::from(instruction.rs1 & 31)],
            Source::Nothing | Source::Vector => 0,
        }
    }

    /// Everything but loads and stores.
    fn compute(&mut self, instruction: &VectorInstruction) {
        let scope = self.scope(instruction);
        let registers = Registers {
            rd: instruction.rd,
            rs1: instruction.rs1,
            rs2: instruction.rs2,
            scalar: self.scalar_operand(instruction),
        };
        if !instruction.only_reads() {
            self.csrs.touch_vector();
        }
        let v = &mut self.v;
        match instruction.operation {
            Operation::Lanes(lanes) => {
                self.csrs.vxsat |= arithmetic::run(&lanes, scope, registers, v, &mut self.scratch.0);
            }
            Operation::Reduce(op, wide) => permute::reduce(op, wide, scope, registers, v),
            Operation::Logic(truth) => permute::logic(truth, scope, registers, v),
            Operation::CountBits => {
                let bits = permute::count_bits(scope, registers.rs2, v);
                write(&mut self.x, registers.rd, bits);
            }
            Operation::FirstBit => {
                let first = permute::first_bit(scope, registers.rs2, v);
                write(&mut self.x, registers.rd, first);
            }
            Operation::SetBits(until) => permute::set_bits(until, scope, registers, v),
            Operation::Iota => permute::iota(scope, registers, v),
            Operation::Index => permute::indices(scope, registers, v),
            Operation::Slide(slide, _) => permute::slide(slide, scope, registers, v),
            Operation::Gather(source) => {
                permute::gather(source, scope.sew, scope, registers, v);
            }
            Operation::GatherHalves => permute::gather(Source::Vector, 1, scope, registers, v),
            Operation::Compress => permute::compress(scope, registers, v),
            Operation::ToInteger => {
                let element = sign_extend(v.element(registers.rs2, 0, scope.sew), scope.sew);
                write(&mut self.x, registers.rd, element);
            }
            Operation::FromInteger => {
                if scope.vl > 0 {
                    v.set_element(registers.rd, 0, scope.sew, registers.scalar);
                }
            }
            Operation::MoveWhole(count) => {
                let bytes = usize::from(count) * v.length();
                v.copy(registers.rs2, registers.rd, bytes);
            }
            Operation::Memory(_) => {}
        }
    }
}

