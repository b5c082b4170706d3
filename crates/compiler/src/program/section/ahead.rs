//! What of a rule is computed ahead, and how wide its values are.

use leadlag_plasticity::language::{ArrayName, Mode, Node, Shape, Target, Term, draw_bits};

/// The widths that the values of some terms have.
pub(super) fn widths(terms: &[&Term], also: &[u32]) -> (u32, u32) {
    let mut all: Vec<u32> = also.to_vec();
    for term in terms {
        term.visit(&mut |t| {
            all.push(t.format.bits);
            if let Node::Shift { value, places, mode: Mode::Stochastic }
            | Node::Narrow { value, places, mode: Mode::Stochastic } = &t.node
            {
                all.push(draw_bits(value.format.bits, *places));
            }
        });
    }
    let largest = all.iter().copied().max().unwrap_or(16);
    (all.into_iter().min().unwrap_or(16), largest)
}

/// Ratios of element width to group size, fewest strips first.
pub(super) fn ratios((_, largest): (u32, u32)) -> impl Iterator<Item = u32> {
    [1, 2, 4, 8, 16, 32].into_iter().filter(move |ratio| largest / ratio <= 8)
}

pub(super) fn has_masks(terms: &[&Term]) -> bool {
    let mut found = false;
    for term in terms {
        term.visit(&mut |t| found |= matches!(t.node, Node::Select(..)));
    }
    found
}

pub(super) fn draws(term: &Term) -> Option<u32> {
    let mut found = None;
    term.visit(&mut |t| {
        if let Node::Shift { value, places, mode: Mode::Stochastic }
        | Node::Narrow { value, places, mode: Mode::Stochastic } = &t.node
            && *places > 0
        {
            found = Some(draw_bits(value.format.bits, *places));
        }
    });
    found
}

/// Maximal parts of terms that are computed ahead.
#[derive(Default)]
pub(super) struct Ahead {
    pub(super) constants: Vec<Term>,
    pub(super) rows: Vec<Term>,
    pub(super) columns: Vec<Term>,
}

impl Ahead {
    pub(super) fn gather(&mut self, term: &Term, within: Shape, target: Target, array: ArrayName) {
        let shape = term.shape(target, array);
        let list = match shape {
            Shape::Constant => &mut self.constants,
            Shape::Row if within != Shape::Row => &mut self.rows,
            Shape::Column if within != Shape::Column => &mut self.columns,
            Shape::Row | Shape::Column | Shape::Synapse => {
                for part in term.parts() {
                    self.gather(part, within, target, array);
                }
                return;
            }
        };
        if list.contains(term) {
            return;
        }
        list.push(term.clone());
        if shape != Shape::Constant {
            for part in term.parts() {
                self.gather(part, shape, target, array);
            }
        }
    }
}
