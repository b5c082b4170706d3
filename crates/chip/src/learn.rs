//! The learn phase of one array: products over all replicas, then the rule, column by column.
//!
//! The somatic array of core(i) sees e_i(t) and r_j(t-1): the product of the synchronous update.
//! The apical array of core(j) sees e_i one hop later, so it takes its own r of two steps ago, and
//! forms the same product one step later (`docs/chip/learning.md`).

use leadlag_fixed::count;
use leadlag_fixed::random::{Kind, Site};
use leadlag_image::Compartment;
use leadlag_plasticity::{Span, Synapses, Words, correlate, correlate_wide, learn, update};

use crate::plan::{CorePlan, Group, Plan};
use crate::state::{ArrayState, CoreState, ShardState, convert};

/// Widths of words, from the image.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bits {
    pub(crate) weight: u32,
    pub(crate) dac: u32,
}

/// Where and when an array learns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lesson<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) core: usize,
    pub(crate) compartment: Compartment,
    pub(crate) seed: u64,
    pub(crate) step: u64,
    pub(crate) bits: Bits,
}

/// Buffers of a thread. Not state.
#[derive(Debug, Default)]
pub(crate) struct Products {
    narrow: Vec<i32>,
    wide: Vec<i64>,
    words: Vec<u32>,
    draws: Vec<u16>,
}

impl Lesson<'_> {
    /// Whether this array's turn is in this step: the apical one follows by a step.
    pub(crate) fn is_due(&self) -> bool {
        let Some(schedule) = self.plan.schedule else { return false };
        match self.compartment {
            Compartment::Soma => (self.step + 1).is_multiple_of(schedule.every),
            Compartment::Apical => self.step > 0 && self.step.is_multiple_of(schedule.every),
        }
    }

    fn core_plan(&self) -> &CorePlan {
        &self.plan.cores[self.core]
    }

    /// One update of the array from the codes of all replicas.
    pub(crate) fn teach<'a, S: std::ops::Deref<Target = ShardState> + 'a>(
        &self,
        array: &mut ArrayState,
        shards: impl Iterator<Item = S>,
        products: &mut Products,
    ) {
        let side = self.core_plan().side(self.compartment);
        if side.groups.is_empty() {
            return;
        }
        let length = self.core_plan().columns * side.shape.rows;
        products.narrow.clear();
        products.wide.clear();
        if side.wide_products {
            products.wide.resize(length, 0);
        } else {
            products.narrow.resize(length, 0);
        }
        let span = Span { width: self.core_plan().width, rows: side.shape.rows };
        for shard in shards {
            let core = &shard.cores[self.core];
            let (own, rows) = (self.own_codes(core), &core.side(self.compartment).rows);
            if side.wide_products {
                correlate_wide(own, rows, span, &mut products.wide);
            } else {
                correlate(own, rows, span, &mut products.narrow);
            }
        }
        self.apply(array, products);
    }

    /// The codes of the column's own signal that meet the row registers.
    fn own_codes<'a>(&self, core: &'a CoreState) -> &'a [i16] {
        match self.compartment {
            Compartment::Soma if core.apical.converted.is_empty() => &core.apical.sent,
            Compartment::Soma => &core.apical.converted,
            Compartment::Apical => &core.past[1],
        }
    }

    fn apply(&self, array: &mut ArrayState, products: &mut Products) {
        let core = self.core_plan();
        let side = core.side(self.compartment);
        let rows = array.weight.len() / core.columns;
        let (columns, padded) = (core.columns, side.shape.rows);
        for column in 0..columns {
            if column % 2 == 0 {
                self.draw_pair(column, rows, products);
            }
            let draws = &mut products.draws;
            draws.clear();
            draws.extend(products.words.iter().map(|word| half(*word, column)));
            let place = Place { column, rows, padded };
            for group in &side.groups {
                array.held += if side.wide_products {
                    learn_wide(group, place, array, &products.wide, &products.draws)
                } else {
                    learn_narrow(group, place, array, &products.narrow, &products.draws)
                };
            }
            let codes = &mut array.codes[column * padded..][..rows];
            convert(&array.weight[column * rows..][..rows], self.bits.weight, self.bits.dac, codes);
        }
    }

    /// The random port's words of two neighbouring columns: rows index it like an array.
    fn draw_pair(&self, column: usize, rows: usize, products: &mut Products) {
        let stream = match self.compartment {
            Compartment::Soma => 0,
            Compartment::Apical => 1,
        };
        let site = Site {
            seed: self.seed,
            kind: Kind::Plasticity,
            step: self.step,
            stream,
            core: self.core_plan().node,
        };
        products.words.resize(rows, 0);
        site.fill(count(column / 2), self.plan.random_stride, &mut products.words);
    }
}

/// A column's half-word of the port's word.
fn half(word: u32, column: usize) -> u16 {
    let [a, b, c, d] = word.to_le_bytes();
    u16::from_le_bytes(if column % 2 == 0 { [a, b] } else { [c, d] })
}

/// A column of an array.
#[derive(Clone, Copy)]
struct Place {
    column: usize,
    rows: usize,
    padded: usize,
}

/// The part of a word array that a group of a column has; empty if the rule has no such word.
fn part<'a>(words: &'a mut [i16], place: Place, group: &Group) -> &'a mut [i16] {
    if words.is_empty() {
        return words;
    }
    &mut words[place.column * place.rows + group.first..][..group.rows]
}

fn learn_narrow(
    group: &Group,
    place: Place,
    array: &mut ArrayState,
    products: &[i32],
    draws: &[u16],
) -> u64 {
    let synapses = Synapses {
        weight: part(&mut array.weight, place, group),
        mean: part(&mut array.mean, place, group),
        magnitude: part(&mut array.magnitude, place, group),
    };
    let products = &products[place.column * place.padded + group.first..][..group.rows];
    update(&group.constants, synapses, products, &draws[group.first..][..group.rows])
}

/// Sums beyond 32 bits take the scalar rule.
fn learn_wide(
    group: &Group,
    place: Place,
    array: &mut ArrayState,
    products: &[i64],
    draws: &[u16],
) -> u64 {
    let mut held = 0;
    let top = (1_i32 << (group.constants.weight_bits - 1)) - 1;
    for row in group.first..group.first + group.rows {
        let at = place.column * place.rows + row;
        let word = |words: &[i16]| words.get(at).copied().unwrap_or(0);
        let old = Words {
            weight: word(&array.weight),
            mean: word(&array.mean),
            magnitude: word(&array.magnitude),
        };
        let new =
            learn(&group.constants, old, products[place.column * place.padded + row], draws[row]);
        held +=
            u64::from(new.weight != old.weight && [top, -top - 1].contains(&i32::from(new.weight)));
        array.weight[at] = new.weight;
        if let Some(mean) = array.mean.get_mut(at) {
            *mean = new.mean;
        }
        if let Some(magnitude) = array.magnitude.get_mut(at) {
            *magnitude = new.magnitude;
        }
    }
    held
}
