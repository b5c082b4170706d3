//! The learn phase of one array: products over all replicas, then the rule, column by column.
//!
//! The somatic array of core(i) sees `e_i(t)` and `r_j(t-1)`: the product of the synchronous update.
//! The apical array of core(j) sees `e_i` one hop later, so it takes its own r of two steps ago, and
//! forms the same product one step later (`docs/chip/learning.md`).

use std::ops::Range;

use leadlag_fixed::count;
use leadlag_fixed::random::{Kind, Site};
use leadlag_image::Compartment;
use leadlag_plasticity::{
    Constants, Factors, Mean, Span, Synapses, Words, correlate_wide, gather, gather_all, learn,
    motion_of_cut, update,
};

use crate::plan::{CorePlan, Gathering, Plan};
use crate::rescale::rescale_words;
use crate::state::{ArrayState, CoreState, ShardState};

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
    /// Whether the weights move, or products are gathered only.
    pub(crate) due: bool,
}

/// Buffers of a thread. Not state.
#[derive(Debug, Default)]
pub(crate) struct Products {
    factors: Factors,
    narrow: Vec<i32>,
    wide: Vec<i64>,
    words: Vec<u32>,
    draws: Vec<u16>,
}

impl Lesson<'_> {
    fn core_plan(&self) -> &CorePlan {
        &self.plan.cores[self.core]
    }

    /// One step of the array's plasticity from the codes of all replicas.
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
        let length = array.weight.len();
        products.factors.clear();
        products.wide.clear();
        if side.wide_products {
            products.narrow.clear();
            products.wide.resize(length, 0);
        } else {
            products.narrow.resize(length, 0);
        }
        let span = Span { width: self.core_plan().width, rows: side.shape.rows };
        for shard in shards {
            let core = &shard.cores[self.core];
            let (own, rows) = (self.own_codes(core), &core.side(self.compartment).rows);
            if side.wide_products {
                correlate_wide(rows, own, span, &mut products.wide);
            } else {
                products.factors.push(rows, own, span);
            }
        }
        if !side.wide_products {
            products.factors.multiply(span, &mut products.narrow);
        }
        if !array.sum.is_empty() {
            self.gather(array, products);
        }
        if self.due {
            self.apply(array, products);
        }
    }

    /// Adds the step's products to the sums; an update takes those in their place.
    fn gather(&self, array: &mut ArrayState, products: &mut Products) {
        let width = self.core_plan().width;
        for group in &self.core_plan().side(self.compartment).groups {
            let place = group.first * width..(group.first + group.rows) * width;
            let Some(Gathering { mean, .. }) = group.gathers else { continue };
            let sums = &mut array.sum[place.clone()];
            if products.wide.is_empty() {
                gather_all(mean, sums, &products.narrow[place]);
            } else {
                for (sum, &products) in sums.iter_mut().zip(&products.wide[place]) {
                    *sum = gather(mean, *sum, products);
                }
            }
        }
        if self.due {
            for (product, &sum) in products.narrow.iter_mut().zip(&array.sum) {
                *product = sum;
            }
            for (product, &sum) in products.wide.iter_mut().zip(&array.sum) {
                *product = i64::from(sum);
            }
            array.sum.fill(0);
        }
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
        let width = self.core_plan().width;
        let side = self.core_plan().side(self.compartment);
        self.draw(array.weight.len(), products);
        for (at, group) in side.groups.iter().enumerate() {
            let place = group.first * width..(group.first + group.rows) * width;
            let mut constants = group.constants;
            if let Some(&cut) = array.cuts.get(at) {
                constants.mean = Mean::cut(cut);
            }
            array.held += if side.wide_products {
                learn_wide(&constants, place.clone(), array, &products.wide, &products.draws)
            } else {
                learn_narrow(&constants, place.clone(), array, &products.narrow, &products.draws)
            };
            if group.gathers.is_some() {
                move_cut(array, at, place, count(group.rows * self.core_plan().columns));
            }
        }
        array.convert(self.bits.weight, self.bits.dac);
    }

    /// The random port's half-words, which rows index like an array.
    fn draw(&self, synapses: usize, products: &mut Products) {
        let stream = match self.compartment {
            Compartment::Soma => 0,
            Compartment::Apical => 1,
        };
        let core = self.core_plan();
        let site = Site {
            seed: self.seed,
            kind: Kind::Plasticity,
            step: self.step,
            stream,
            core: core.node,
        };
        products.words.resize(core.width / 2, 0);
        products.draws.resize(synapses, 0);
        for (row, draws) in products.draws.chunks_exact_mut(core.width).enumerate() {
            site.fill(count(row) * self.plan.random_stride, &mut products.words);
            for (draws, &word) in draws.as_chunks_mut::<2>().0.iter_mut().zip(&products.words) {
                *draws = halves(word);
            }
        }
    }
}

/// The half-words of a word of the port: those of two neighbouring columns.
pub(crate) fn halves(word: u32) -> [u16; 2] {
    let [a, b, c, d] = word.to_le_bytes();
    [u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d])]
}

/// Lets the word `g` of a group drop a bit more or less of its sums, and moves the state words with it.
fn move_cut(array: &mut ArrayState, at: usize, place: Range<usize>, synapses: u32) {
    let cut = &mut array.cuts[at];
    let motion = motion_of_cut(*cut, &array.magnitude[place.clone()], u64::from(synapses));
    *cut = cut.saturating_add_signed(motion);
    if motion != 0 {
        for words in [&mut array.mean, &mut array.magnitude] {
            rescale_words(&mut words[place.clone()], i32::from(motion), 16);
        }
    }
}

/// The part of a word array that a group has; empty if the rule has no such word.
fn part(words: &mut [i16], place: Range<usize>) -> &mut [i16] {
    if words.is_empty() { words } else { &mut words[place] }
}

fn learn_narrow(
    constants: &Constants,
    place: Range<usize>,
    array: &mut ArrayState,
    products: &[i32],
    draws: &[u16],
) -> u64 {
    let synapses = Synapses {
        weight: part(&mut array.weight, place.clone()),
        mean: part(&mut array.mean, place.clone()),
        magnitude: part(&mut array.magnitude, place.clone()),
    };
    update(constants, synapses, &products[place.clone()], &draws[place])
}

/// Sums beyond 32 bits take the scalar rule.
fn learn_wide(
    constants: &Constants,
    place: Range<usize>,
    array: &mut ArrayState,
    products: &[i64],
    draws: &[u16],
) -> u64 {
    let mut held = 0;
    for at in place {
        let word = |words: &[i16]| words.get(at).copied().unwrap_or(0);
        let old = Words {
            weight: word(&array.weight),
            mean: word(&array.mean),
            magnitude: word(&array.magnitude),
        };
        let (new, at_end) = learn(constants, old, products[at], draws[at]);
        held += u64::from(at_end);
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
