//! The learn phase of one array: products over all replicas, then the rule, column by column.
//!
//! The somatic array of core(i) sees `e_i(t)` and `r_j(t-1)`: the product of the synchronous update.
//! The apical array of core(j) sees `e_i` one hop later, so it takes its own r of two steps ago, and
//! forms the same product one step later (`docs/chip/learning.md`).

use std::mem::take;
use std::ops::Range;

use leadlag_fixed::count;
use leadlag_fixed::random::{Kind, Site};
use leadlag_image::Compartment;
use leadlag_plasticity::{
    Constants, Factors, Mean, Span, Synapses, Words, correlate_wide, gather, gather_all, learn,
    motion_of_cut, update,
};

use crate::plan::{CorePlan, Group, Plan, SidePlan};
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
    /// By array that gathers; of the others, one for all.
    pending: Vec<Pending>,
    narrow: Vec<i32>,
    wide: Vec<i64>,
    words: Vec<u32>,
    draws: Vec<u16>,
    /// What steps leave over where nobody keeps it.
    left: Vec<i16>,
}

/// Codes whose products have not reached the sums of an array.
#[derive(Debug, Default)]
struct Pending {
    factors: Factors,
    steps: usize,
}

impl Pending {
    /// Forgets the steps after something was done with them, if there are any.
    fn take(&mut self, with: impl FnOnce(&mut Factors, usize)) {
        if self.steps > 0 {
            with(&mut self.factors, self.steps);
        }
        self.factors.clear();
        self.steps = 0;
    }
}

impl Lesson<'_> {
    fn core_plan(&self) -> &CorePlan {
        &self.plan.cores[self.core]
    }

    fn side(&self) -> &SidePlan {
        self.core_plan().side(self.compartment)
    }

    fn array(&self) -> usize {
        2 * self.core + self.compartment.index()
    }

    fn span(&self) -> Span {
        Span { width: self.core_plan().width, rows: self.side().shape.rows }
    }

    /// One step of the array's plasticity from the codes of all replicas.
    pub(crate) fn teach<'a, S: std::ops::Deref<Target = ShardState> + 'a>(
        &self,
        array: &mut ArrayState,
        shards: impl Iterator<Item = S>,
        products: &mut Products,
    ) {
        if self.side().groups.is_empty() {
            return;
        }
        if self.side().wide_products {
            self.multiply_wide(array, shards, products);
        } else {
            self.keep(array, shards, products);
        }
        if self.due {
            self.apply(array, products);
        }
    }

    /// Products of more than 32 bits, at once.
    fn multiply_wide<'a, S: std::ops::Deref<Target = ShardState> + 'a>(
        &self,
        array: &mut ArrayState,
        shards: impl Iterator<Item = S>,
        products: &mut Products,
    ) {
        products.wide.clear();
        products.wide.resize(array.weight.len(), 0);
        for shard in shards {
            let core = &shard.cores[self.core];
            let rows = &core.side(self.compartment).rows;
            correlate_wide(rows, self.own_codes(core), self.span(), &mut products.wide);
        }
        for (mean, place) in self.gathering() {
            for (sum, &products) in array.sum[place.clone()].iter_mut().zip(&products.wide[place]) {
                *sum = gather(mean, *sum, products);
            }
        }
        if self.due && !array.sum.is_empty() {
            products.wide.clear();
            products.wide.extend(array.sum.iter_mut().map(|sum| i64::from(take(sum))));
        }
    }

    /// Keeps the codes of the step. Their products are formed where an update needs them, or where sums
    /// take no more steps together.
    fn keep<'a, S: std::ops::Deref<Target = ShardState> + 'a>(
        &self,
        array: &mut ArrayState,
        shards: impl Iterator<Item = S>,
        products: &mut Products,
    ) {
        let gathers = !array.sum.is_empty();
        let at = if gathers { self.array() } else { 0 };
        if products.pending.len() <= at {
            products.pending.resize_with(at + 1, Pending::default);
        }
        let pending = &mut products.pending[at];
        for shard in shards {
            let core = &shard.cores[self.core];
            pending.factors.push(&core.side(self.compartment).rows, self.own_codes(core));
        }
        pending.steps += 1;
        if !gathers {
            products.narrow.resize(array.weight.len(), 0);
            pending.take(|factors, _| factors.multiply(self.span(), &mut products.narrow));
        } else if self.due || pending.steps >= self.side().together {
            self.settle(array, products);
        }
        if self.due && gathers {
            products.narrow.clear();
            products.narrow.extend(array.sum.iter_mut().map(take));
        }
    }

    /// Brings what is pending to the array's sums: the products of several steps as one sum, unless a sum
    /// could come to an end of its word on the way.
    pub(crate) fn settle(&self, array: &mut ArrayState, products: &mut Products) {
        let Products { pending, narrow, .. } = products;
        let Some(pending) = pending.get_mut(self.array()) else { return };
        narrow.resize(array.weight.len(), 0);
        // A sum has a bit to spare if its two highest are alike.
        let fit = array.sum.iter().fold(0, |unlike, sum| unlike | (sum ^ (sum << 1))) >= 0;
        pending.take(|factors, steps| {
            let parts = if fit { 1 } else { steps };
            factors.multiply_parts(self.span(), parts, narrow, |products| {
                for (mean, place) in self.gathering() {
                    gather_all(mean, &mut array.sum[place.clone()], &products[place]);
                }
            });
        });
    }

    /// The plastic groups whose products are gathered: what a step brings, and where they are.
    fn gathering(&self) -> impl Iterator<Item = (Mean, Range<usize>)> {
        let width = self.core_plan().width;
        let place = move |group: &Group| group.first * width..(group.first + group.rows) * width;
        let groups = self.side().groups.iter();
        groups.filter_map(move |group| Some((group.gathers?.mean, place(group))))
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
                learn_narrow(&constants, place.clone(), array, products)
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
    products: &mut Products,
) -> u64 {
    let Products { narrow, draws, left, .. } = products;
    left.resize(array.weight.len(), 0);
    let fraction = if array.fraction.is_empty() { left } else { &mut array.fraction };
    let synapses = Synapses {
        weight: part(&mut array.weight, place.clone()),
        mean: part(&mut array.mean, place.clone()),
        magnitude: part(&mut array.magnitude, place.clone()),
        fraction: part(fraction, place.clone()),
    };
    update(constants, synapses, &mut narrow[place.clone()], &draws[place])
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
            fraction: word(&array.fraction),
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
        if let Some(fraction) = array.fraction.get_mut(at) {
            *fraction = new.fraction;
        }
    }
    held
}
