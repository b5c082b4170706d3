//! Where a section's operands are loaded from.

use leadlag_plasticity::language::{ArrayName, Operand, Signal, Target};

use super::{Shared, point, strip_offset};
use crate::program::lanes::Windows;
use crate::program::listing::{Item, Line, Port};
use crate::program::map::Location;

/// Loads from the windows for the code of a strip.
pub(super) struct Sight<'a> {
    pub(super) shared: &'a Shared<'a>,
    pub(super) target: Target,
    pub(super) array: ArrayName,
    /// Whether the strip's first element is not element 0.
    pub(super) offset: bool,
    /// A register that may hold one address for the whole section, and where it is set.
    pub(super) spare: Option<&'a mut Vec<Item>>,
}

impl Windows for Sight<'_> {
    fn address(&mut self, operand: Operand, items: &mut Vec<Item>) -> &'static str {
        let Shared { data, layout, .. } = self.shared;
        let location = data.locate(operand, self.target, self.array, layout);
        let (_, width) = self.port(operand);
        if let Some(setup) = self.spare.take() {
            point(setup, "a2", location);
            return "a2";
        }
        point(items, "t0", location);
        if self.offset {
            let by = strip_offset(items, width);
            items.push(Line::new("add", format!("t0, t0, {by}")).into());
        }
        "t0"
    }

    fn minus(&mut self, operand: Operand, items: &mut Vec<Item>) -> Option<&'static str> {
        let past = self.shared.data.past_membrane.filter(|_| operand.signal == Signal::Motion)?;
        point(items, "t0", Location::At(past));
        if self.offset {
            items.push(Line::new("add", "t0, t0, s0").into());
        }
        Some("t0")
    }

    fn port(&self, operand: Operand) -> (Port, u32) {
        if operand.signal == Signal::Weight {
            (Port::Row, self.shared.program.element_bits())
        } else {
            (Port::Plain, 16)
        }
    }
}
