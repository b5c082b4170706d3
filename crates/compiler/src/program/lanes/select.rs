//! Choices: comparisons to a mask, and the merge.

use leadlag_plasticity::language::{Comparison, Relation, Term};

use super::{Emit, Lanes, Value, Windows, settled};
use crate::program::listing::Line;
use crate::program::registers::Group;

impl Lanes {
    /// Both choices first, then the mask, which has one register.
    pub(super) fn select(
        &mut self,
        comparison: &Comparison,
        pair: &[Term; 2],
        windows: &mut impl Windows,
    ) -> Emit<Value> {
        let width = pair[0].format.bits;
        let left = self.value(&comparison.left, windows)?;
        let right = self.value(&comparison.right, windows)?;
        let (yes, no) = self.both(pair, windows)?;
        let (relation, yes, no) = match (yes, no) {
            (Value::Vector { .. }, Value::Scalar(_)) => (comparison.relation.negated(), no, yes),
            _ => (comparison.relation, yes, no),
        };
        let base = self.vector(no, width)?;
        let no = settled(no, base);
        self.compare(relation, left, right, comparison.left.format.bits)?;
        self.width(width);
        let destination = match (no, yes) {
            (Value::Vector { group, owned: true }, _)
            | (_, Value::Vector { group, owned: true }) => group,
            (_, _) => self.take(width)?,
        };
        let line = match yes {
            Value::Vector { group, .. } => {
                Line::new("vmerge.vvm", format!("{destination}, {base}, {group}, v0"))
            }
            Value::Scalar(name) => {
                Line::new("vmerge.vxm", format!("{destination}, {base}, {name}, v0"))
            }
        };
        self.emit(line.wide(width));
        for operand in [left, right, yes, no] {
            if !matches!(operand, Value::Vector { group, .. } if group == destination) {
                self.release(operand);
            }
        }
        Ok(Value::Vector { group: destination, owned: true })
    }

    /// The mask in v0. There is no `>=` with a scalar, so that one becomes a vector.
    fn compare(&mut self, relation: Relation, left: Value, right: Value, width: u32) -> Emit<()> {
        let (relation, left, right) = match (left, right) {
            (Value::Scalar(_), Value::Vector { .. }) => (relation.mirrored(), right, left),
            (_, _) => (relation, left, right),
        };
        let needs_vector =
            relation == Relation::GreaterOrEqual && matches!(right, Value::Scalar(_));
        self.width(width);
        let first = self.vector(left, width)?;
        let left_spare = matches!(left, Value::Scalar(_)).then_some(first);
        let (line, right_spare) = match right {
            Value::Scalar(name) if !needs_vector => {
                let mnemonic = match relation {
                    Relation::Less => "vmslt.vx",
                    Relation::LessOrEqual => "vmsle.vx",
                    Relation::Equal => "vmseq.vx",
                    Relation::Unequal => "vmsne.vx",
                    Relation::Greater | Relation::GreaterOrEqual => "vmsgt.vx",
                };
                (Line::new(mnemonic, format!("v0, {first}, {name}")), None)
            }
            Value::Scalar(name) => {
                let second = self.splat(name, width)?;
                (compare_vectors(relation, first, second), Some(second))
            }
            Value::Vector { group, .. } => (compare_vectors(relation, first, group), None),
        };
        self.emit(line.wide(width));
        for group in [left_spare, right_spare].into_iter().flatten() {
            self.registers.free(group);
        }
        Ok(())
    }
}

fn compare_vectors(relation: Relation, first: Group, second: Group) -> Line {
    let (mnemonic, first, second) = match relation {
        Relation::Less => ("vmslt.vv", first, second),
        Relation::LessOrEqual => ("vmsle.vv", first, second),
        Relation::Equal => ("vmseq.vv", first, second),
        Relation::Unequal => ("vmsne.vv", first, second),
        Relation::Greater => ("vmslt.vv", second, first),
        Relation::GreaterOrEqual => ("vmsle.vv", second, first),
    };
    Line::new(mnemonic, format!("v0, {first}, {second}"))
}
