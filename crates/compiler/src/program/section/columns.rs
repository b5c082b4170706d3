//! Registers that every column has: biases, time constants, injections, kept vectors.

use leadlag_plasticity::language::{Assignment, Operand, Shape, Signal, Target, View};

use super::ahead::{Ahead, draws};
use super::sight::Sight;
use super::{Builder, Section, point, strip_tail};
use crate::program::lanes::{Emit, Value, Windows};
use crate::program::listing::{Item, Line, Port};
use crate::program::map::{self, Location};

impl Builder<'_> {
    /// A register per column.
    pub(super) fn columns(mut self, assignment: &Assignment) -> Emit<Section> {
        let program = self.shared.program;
        let mut ahead = Ahead::default();
        ahead.gather(&assignment.value, Shape::Column, self.target, self.array);
        self.constants(&ahead.constants)?;
        if let Some(bits) = draws(&assignment.value) {
            self.stream(u32::from(assignment.target.stream()));
            let pointer = self.scalar()?;
            self.lanes.draws = Some(pointer);
            self.strip_head(self.shared.layout.columns, self.strips, 16, "columns");
            self.pointer(pointer, map::RANDOM, Some(bits));
        } else {
            self.strip_head(self.shared.layout.columns, self.strips, 16, "columns");
        }
        let value = self.value(&assignment.value)?;
        let layout = self.shared.layout;
        let (signal, width) = match assignment.target {
            Target::Bias => (Signal::Weight, program.element_bits()),
            Target::Tau => (Signal::TauM, 16),
            Target::Injection | Target::Weight | Target::Momentum => (Signal::Injection, 16),
        };
        let operand = Operand { signal, view: View::Plain };
        let mut sight = Sight {
            shared: self.shared,
            target: self.target,
            array: self.array,
            offset: self.strips > 1,
            spare: None,
        };
        let address = sight.address(operand, &mut self.lanes.items);
        let (port, _) = sight.port(operand);
        let group = match assignment.target {
            Target::Injection | Target::Weight | Target::Momentum => {
                self.lanes.vector(value, 16)?
            }
            Target::Bias => {
                let old = self.lanes.load(width, address, port, "bias")?;
                self.moved(old, value, "w + db, held")?
            }
            Target::Tau => {
                let old = self.lanes.load(16, address, port, "tau_m code")?;
                let own = Value::Vector { group: old, owned: true };
                let sum = self.lanes.commutative(("vsadd.vv", "vsadd.vx"), (own, value), 16)?;
                self.lanes.vector(sum, 16)?
            }
        };
        self.lanes.store(width, group, address, port, assignment.target.name());
        let body = std::mem::take(&mut self.lanes.items);
        let longest = layout.vlen / self.ratio;
        let label = format!("{}_strip", self.name);
        let kernel = strip_tail(body, layout.columns, self.strips, longest, label);
        Ok(Section { setup: self.setup, kernel })
    }

    pub(super) fn keep(mut self, from: u32, to: Location) -> Emit<Section> {
        let layout = self.shared.layout;
        self.strip_head(layout.columns, self.strips, 16, "columns");
        let offset = |items: &mut Vec<Item>, several: bool| {
            if several {
                items.push(Line::new("add", "t0, t0, s0").into());
            }
        };
        point(&mut self.lanes.items, "t0", Location::At(from));
        offset(&mut self.lanes.items, self.strips > 1);
        let group = self.lanes.load(16, "t0", Port::Plain, "this step's")?;
        point(&mut self.lanes.items, "t0", to);
        offset(&mut self.lanes.items, self.strips > 1);
        self.lanes.store(16, group, "t0", Port::Plain, "kept");
        let body = std::mem::take(&mut self.lanes.items);
        let longest = layout.vlen / self.ratio;
        let label = format!("{}_strip", self.name);
        let kernel = strip_tail(body, layout.columns, self.strips, longest, label);
        Ok(Section { setup: self.setup, kernel })
    }
}
