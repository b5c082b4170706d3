//! Trim codes of a core's columns, and the circuits that they make of the image's.
//!
//! ```text
//!  gain, offset of the somatic current   gain, offset of the apical one   1 - alpha of tau_m, of tau_r
//! ```
//!
//! Programs write them, and the rule of the time constants does. What is written is in force from the
//! next *evaluate* on (`docs/chip/core.md`, Trim codes).

use leadlag_circuits::{Bank, Coefficients, trim_code, trim_currents, trimmed};
use leadlag_fixed::random::{Kind, Site};
use leadlag_image::{Compartment, Core, CurrentTrim, Image, Solver};
use leadlag_plasticity::{Words, gather, learn_tau, motion};
use serde::{Deserialize, Serialize};

use crate::learn::Lesson;
use crate::plan::{CorePlan, TauPlan};
use crate::rescale::{rescale_sums, rescale_words};
use crate::state::{CoreState, ShardState};
use crate::synapses::Derived;

/// Vectors of trim codes, in the order of the parameter window.
pub const TRIMS: usize = 6;

/// Where the codes of `tau_m` and `tau_r` begin among them.
pub(crate) const TAU: usize = 4;

/// The random port's stream of the time constants.
const STREAM: u16 = 3;

/// Trim codes of a core, shared by all replicas, and the words of the rule that moves those of `tau_m`.
/// Shapes: `[column]`, padded.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct TrimState {
    /// Gain and offset of the soma, gain and offset of the apical compartment, `tau_m`, `tau_r`.
    pub codes: [Vec<i16>; TRIMS],
    /// Mean products; empty if the rule has none.
    pub mean: Vec<i16>,
    /// Root mean squares; empty if the rule has none.
    pub magnitude: Vec<i16>,
    /// Fine units above the last bits of the codes of `tau_m`; empty if steps are not carried.
    pub fraction: Vec<i16>,
    /// Products gathered since the last update; empty if every step is one.
    pub sum: Vec<i32>,
    /// The circuits, where the codes of the time constants are not the image's.
    #[serde(skip)]
    banks: Derived<Option<Box<[Bank; 2]>>>,
}

impl TrimState {
    /// The codes that the image's circuits have: no gain, no offset.
    pub(crate) fn reset(core: &Core, plan: &CorePlan) -> Self {
        let words = plan.tau.as_ref().map_or(0, TauPlan::words);
        let state = |has: bool| if has { vec![0; plan.width] } else { Vec::new() };
        let mut codes = [const { Vec::new() }; TRIMS];
        for (at, codes) in codes.iter_mut().enumerate() {
            let trim = Compartment::ALL.get(at / 2).and_then(|&side| core.side(side).trim.as_ref());
            if let Some(CurrentTrim { gain, offset }) = trim {
                codes.extend(if at % 2 == 0 { gain } else { offset });
            }
            codes.resize(plan.width, 0);
            if let Some(side) = at.checked_sub(TAU).and_then(|at| Compartment::ALL.get(at)) {
                let lags = plan.side(*side).lag.iter();
                codes.iter_mut().zip(lags).for_each(|(code, &lag)| *code = trim_code(lag));
            }
        }
        Self {
            codes,
            mean: state(words > 0),
            magnitude: state(words > 1),
            fraction: state(plan.tau.as_ref().is_some_and(TauPlan::carries)),
            sum: if words > 2 { vec![0; plan.width] } else { Vec::new() },
            banks: Derived::default(),
        }
    }

    /// The circuit of a side: the image's, or what the codes make of it.
    pub(crate) fn bank<'a>(&'a self, plan: &'a CorePlan, side: Compartment) -> &'a Bank {
        let own = self.banks.0.as_deref().map(|banks| &banks[side.index()]);
        own.unwrap_or(&plan.side(side).bank)
    }

    /// Gain and offset of the currents of a side.
    pub(crate) fn apply(&self, side: Compartment, drive: &mut [i32]) {
        let [gain, offset] = [0, 1].map(|at| &self.codes[2 * side.index() + at][..]);
        if gain.iter().chain(offset).any(|&code| code != 0) {
            trim_currents(gain, offset, drive);
        }
    }

    /// Makes the circuits of all columns from their codes: after the codes came from outside.
    pub(crate) fn settle(&mut self, plan: &CorePlan) {
        self.banks = Derived::default();
        for column in 0..plan.columns {
            self.set(plan, column);
        }
    }

    /// Makes the circuits of a column from its codes.
    fn set(&mut self, plan: &CorePlan, column: usize) {
        let of = |side: &crate::plan::SidePlan| {
            let settings = side.bank.settings(column);
            Coefficients { lag: settings.lag, lead: settings.lead }
        };
        let image = [of(&plan.soma), of(&plan.apical)];
        let codes = [TAU, TAU + 1].map(|at| self.codes[at][column]);
        let made = trimmed(image, codes, plan.motion);
        if made == image && self.banks.0.is_none() {
            return;
        }
        let fresh = || Box::new([plan.soma.bank.clone(), plan.apical.bank.clone()]);
        let banks = self.banks.0.get_or_insert_with(fresh);
        for (bank, made) in banks.iter_mut().zip(made) {
            bank.set(column, made.lag, made.lead);
        }
    }

    /// Takes the vectors that a program may have written.
    pub(crate) fn take(&mut self, plan: &CorePlan, window: &[u8]) {
        for at in 0..TRIMS {
            let bytes = window[at * PITCH..][..2 * plan.columns].as_chunks::<2>().0;
            for (column, bytes) in bytes.iter().enumerate() {
                let code = i16::from_le_bytes(*bytes);
                if std::mem::replace(&mut self.codes[at][column], code) != code && at >= TAU {
                    self.set(plan, column);
                }
            }
        }
    }

    /// The words of the rule after the error's unit grew by `places` powers of two.
    pub(crate) fn rescale(&mut self, places: i32) {
        if places != 0 {
            for words in [&mut self.mean, &mut self.magnitude] {
                rescale_words(words, places, 16);
            }
            rescale_sums(&mut self.sum, places);
        }
    }

    /// Lengths of all vectors.
    pub(crate) fn shape(&self) -> [usize; TRIMS + 4] {
        let state = [&self.mean, &self.magnitude, &self.fraction];
        let mut lengths = self.codes.iter().chain(state).map(Vec::len).chain([self.sum.len()]);
        [(); TRIMS + 4].map(|()| lengths.next().unwrap_or(0))
    }

    /// Writes the codes into the image of the core.
    pub(crate) fn write(&self, plan: &CorePlan, core: &mut Core) {
        for compartment in Compartment::ALL {
            let bank = self.bank(plan, compartment);
            let side = match compartment {
                Compartment::Soma => &mut core.soma,
                Compartment::Apical => &mut core.apical,
            };
            let settings = (0..plan.columns).map(|column| bank.settings(column));
            (side.lag, side.lead) = settings.map(|s| (s.lag, s.lead)).unzip();
            let [gain, offset] =
                [0, 1].map(|at| self.codes[2 * compartment.index() + at][..plan.columns].to_vec());
            let trims = gain.iter().chain(&offset).any(|&code| code != 0);
            side.trim = trims.then_some(CurrentTrim { gain, offset });
        }
    }

    /// Shows the vectors to a program.
    pub(crate) fn put(&self, plan: &CorePlan, window: &mut [u8]) {
        for (at, codes) in self.codes.iter().enumerate() {
            let bytes = codes[..plan.columns].iter().flat_map(|code| code.to_le_bytes());
            window[at * PITCH..].iter_mut().zip(bytes).for_each(|(byte, code)| *byte = code);
        }
    }
}

/// Bytes from one vector to the next in the parameter window.
const PITCH: usize = 0x1_0000;

/// How the chip's solver reads a lag.
pub(crate) fn motion_of(image: &Image) -> leadlag_circuits::Motion {
    match image.chip.solver {
        Solver::Euler => leadlag_circuits::Motion::Euler,
        Solver::Exact => leadlag_circuits::Motion::Exact,
    }
}

impl Lesson<'_> {
    /// One step of the time constants of the core, from the codes of all replicas.
    pub(crate) fn tune<'a, S: std::ops::Deref<Target = ShardState> + 'a>(
        &self,
        trim: &mut TrimState,
        shards: impl Iterator<Item = S>,
    ) {
        let plan = &self.plan.cores[self.core];
        let Some(tau) = &plan.tau else { return };
        let mut products = vec![0_i64; plan.columns];
        for shard in shards {
            let core = &shard.cores[self.core];
            add_products(plan, tau, core, &mut products);
        }
        if let Some(mean) = tau.gathers {
            for (sum, &products) in trim.sum.iter_mut().zip(&products) {
                *sum = gather(mean, *sum, products);
            }
        }
        if !self.due {
            return;
        }
        let draws = self.tau_draws(plan);
        for (column, &products) in products.iter().enumerate() {
            let word = |words: &[i16]| words.get(column).copied().unwrap_or(0);
            let code = trim.codes[TAU][column];
            let old = Words {
                weight: code,
                mean: word(&trim.mean),
                magnitude: word(&trim.magnitude),
                fraction: word(&trim.fraction),
            };
            let gathered = trim.sum.get_mut(column).map(|sum| i64::from(std::mem::take(sum)));
            let new = learn_tau(&tau.constants, old, gathered.unwrap_or(products), draws[column]);
            if let Some(mean) = trim.mean.get_mut(column) {
                *mean = new.mean;
            }
            if let Some(magnitude) = trim.magnitude.get_mut(column) {
                *magnitude = new.magnitude;
            }
            if let Some(fraction) = trim.fraction.get_mut(column) {
                *fraction = new.fraction;
            }
            if new.weight != code {
                trim.codes[TAU][column] = new.weight;
                trim.set(plan, column);
            }
        }
    }

    /// The columns' half-words of the random port.
    fn tau_draws(&self, plan: &CorePlan) -> Vec<u16> {
        let site = Site {
            seed: self.seed,
            kind: Kind::Plasticity,
            step: self.step,
            stream: STREAM,
            core: plan.node,
        };
        let mut words = vec![0; plan.width / 2];
        site.fill(0, &mut words);
        words.iter().flat_map(|&word| crate::learn::halves(word)).collect()
    }
}

/// Errors times what the membranes moved, both as fractions with 15 bits.
fn add_products(plan: &CorePlan, tau: &TauPlan, core: &CoreState, products: &mut [i64]) {
    let own =
        if core.apical.converted.is_empty() { &core.apical.sent } else { &core.apical.converted };
    let [now, before] = &core.membrane;
    let codes = own.chunks_exact(plan.width).zip(now.chunks_exact(plan.width));
    for ((own, now), before) in codes.zip(before.chunks_exact(plan.width)) {
        for (column, product) in products.iter_mut().enumerate() {
            let error = i64::from(own[column] << tau.error_places);
            let [now, before] =
                [now, before].map(|codes: &[i16]| codes[column] << tau.membrane_places);
            *product += error * i64::from(motion(before, now));
        }
    }
}
