//! Which quantiser is to blame: the reference with the chip's quantisers switched on one by one.
//!
//! With all of them off this is the float reference without a taught error; with all of them on it
//! is the chip, bit for bit. Between the two, a deviation belongs to whoever was switched on last.

#![expect(clippy::indexing_slicing, reason = "indices of one network and of its own image")]

mod mixed;

pub use mixed::Mixed;

use leadlag_diagnostic::Diagnostics;
use leadlag_image::Image;
use leadlag_net::tasks::Task;
use leadlag_net::{Network, Parameters};

use crate::shadow::{ChipShadow, FloatShadow, Shadow, for_each_step, lsb};

/// What separates the chip from its reference.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Quantiser {
    /// Weights are words.
    Weights,
    /// Only the words' top bits reach the synapse.
    Dac,
    /// Inputs, rates and the bias row are codes.
    Payload,
    /// phi is a table.
    Tables,
    /// Drives and states are Q7.24, coefficients are rounded, rails hold.
    State,
}

impl Quantiser {
    /// In the order in which they are switched on.
    pub const ALL: [Self; 5] = [Self::Weights, Self::Dac, Self::Payload, Self::Tables, Self::State];

    fn bit(self) -> u8 {
        match self {
            Self::Weights => 1,
            Self::Dac => 2,
            Self::Payload => 4,
            Self::Tables => 8,
            Self::State => 16,
        }
    }

    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Weights => "weights",
            Self::Dac => "dac",
            Self::Payload => "payload",
            Self::Tables => "tables",
            Self::State => "state",
        }
    }
}

/// Some of the quantisers: a converter without the words takes the float weight.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Switches(u8);

impl Switches {
    /// One more.
    #[must_use]
    pub fn and(self, quantiser: Quantiser) -> Self {
        Self(self.0 | quantiser.bit())
    }

    /// Whether a quantiser is among them.
    #[must_use]
    pub fn has(self, quantiser: Quantiser) -> bool {
        self.0 & quantiser.bit() != 0
    }
}

/// Distance of a set of rates from the reference, in the least steps of the payload.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Reach {
    /// The largest.
    pub worst: f64,
    squares: f64,
    count: f64,
}

impl Reach {
    /// The root mean square.
    #[must_use]
    pub fn rms(&self) -> f64 {
        (self.squares / self.count.max(1.0)).sqrt()
    }

    fn note(&mut self, distance: f64) {
        self.worst = self.worst.max(distance);
        self.squares += distance * distance;
        self.count += 1.0;
    }
}

/// What a quantiser does.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stage {
    /// Which.
    pub quantiser: Quantiser,
    /// It alone, from the reference.
    pub alone: Reach,
    /// It and those before it, from the reference.
    pub so_far: Reach,
}

/// A place and who moved the rate there.
#[derive(Clone, PartialEq, Debug)]
pub struct Culprit {
    /// Step, from 0.
    pub step: u64,
    /// Population.
    pub population: String,
    /// Neuron of the population.
    pub neuron: usize,
    /// Distance of the chip from the reference, in the least steps of the payload.
    pub lsb: f64,
    /// The quantiser that moved it most, when it was switched on.
    pub quantiser: Quantiser,
    /// By how much it did.
    pub moved: f64,
    /// Whether the place is beyond its limit.
    pub beyond: bool,
}

/// The result of switching on quantiser after quantiser.
#[derive(Clone, PartialEq, Debug)]
pub struct Blame {
    /// In order.
    pub stages: Vec<Stage>,
    /// Each quantiser's part of the sum of the squares that they do alone.
    pub shares: Vec<f64>,
    /// Whether all of them together are the chip, bit for bit.
    pub exact: bool,
    /// The first place beyond its limit; where there is none, the worst place.
    pub culprit: Option<Culprit>,
}

/// Runs the chip, its reference and the steps between them side by side. `limits` are by population
/// of the image, in the least steps of the payload. None if the image is not of this network.
///
/// # Errors
/// What is wrong with the image.
pub fn blame(
    (network, parameters): (&Network, &Parameters),
    image: &Image,
    (task, steps): (&Task, u64),
    limits: &[Option<f64>],
) -> Result<Option<Blame>, Diagnostics> {
    let mixed = |on| Mixed::new(network, parameters, image, on);
    let alone = Quantiser::ALL.map(|quantiser| mixed(Switches::default().and(quantiser)));
    let mut on = Switches::default();
    let so_far = Quantiser::ALL.map(|quantiser| {
        on = on.and(quantiser);
        mixed(on)
    });
    let all = |list: [Option<_>; 5]| list.into_iter().collect::<Option<Vec<Mixed<'_>>>>();
    let Some((mut alone, mut so_far)) = all(alone).zip(all(so_far)) else { return Ok(None) };
    let mut chip = ChipShadow::new(image)?;
    let mut reference = FloatShadow::new(network, parameters);
    let mut judge = Judge::new(image, limits);
    for_each_step(task, steps, 1, |step, one| {
        chip.step(one)?;
        reference.step(one)?;
        for shadow in alone.iter_mut().chain(&mut so_far) {
            shadow.step(one)?;
        }
        judge.step(step, &chip, &reference, (&alone, &so_far));
        Ok(())
    })?;
    Ok(Some(judge.verdict()))
}

/// What has been found so far.
struct Judge<'a> {
    image: &'a Image,
    limits: &'a [Option<f64>],
    stages: [[Reach; 2]; 5],
    exact: bool,
    first: Option<Culprit>,
    worst: Option<Culprit>,
}

impl<'a> Judge<'a> {
    fn new(image: &'a Image, limits: &'a [Option<f64>]) -> Self {
        let stages = [[Reach::default(); 2]; 5];
        Self { image, limits, stages, exact: true, first: None, worst: None }
    }

    fn step(
        &mut self,
        step: u64,
        chip: &ChipShadow,
        reference: &FloatShadow<'_>,
        (alone, so_far): (&[Mixed<'_>], &[Mixed<'_>]),
    ) {
        for (at, population) in self.image.populations.iter().enumerate() {
            let name = &population.name;
            let rates = |shadow: &dyn Shadow| shadow.rates(name).unwrap_or_default();
            let core = population.cores.first().map_or(0, |&core| leadlag_fixed::index(core));
            let lsb = lsb(self.image, &self.image.cores[core]);
            let (own, exact) = (rates(chip), rates(reference));
            let alone: Vec<Vec<f64>> = alone.iter().map(|one| rates(one)).collect();
            let so_far: Vec<Vec<f64>> = so_far.iter().map(|one| rates(one)).collect();
            for neuron in 0..own.len() {
                let steps = [&alone, &so_far].map(|list| list.iter().map(|r| r[neuron]).collect());
                let place = (step, at, neuron);
                self.neuron(place, (own[neuron], exact[neuron], lsb), steps);
            }
        }
    }

    fn neuron(
        &mut self,
        (step, at, neuron): (u64, usize, usize),
        (own, exact, lsb): (f64, f64, f64),
        [alone, so_far]: [Vec<f64>; 2],
    ) {
        for (stage, rates) in self.stages.iter_mut().zip(alone.iter().zip(&so_far)) {
            stage[0].note((rates.0 - exact).abs() / lsb);
            stage[1].note((rates.1 - exact).abs() / lsb);
        }
        self.exact &= so_far.last().is_some_and(|last| (last - own).abs() <= 0.0);
        let distance = (own - exact).abs() / lsb;
        let beyond = self.limits.get(at).copied().flatten().is_some_and(|limit| distance > limit);
        let worse = self.worst.as_ref().is_none_or(|worst| distance > worst.lsb);
        if !(worse || (beyond && self.first.is_none())) {
            return;
        }
        let before = std::iter::once(&exact).chain(&so_far);
        let moved = before.zip(&so_far).map(|(before, after)| (after - before).abs() / lsb);
        let named = Quantiser::ALL.into_iter().zip(moved);
        let most = named.reduce(|top, one| if one.1 > top.1 { one } else { top });
        let Some((quantiser, moved)) = most else { return };
        let population = self.image.populations[at].name.clone();
        let lsb = distance;
        let culprit = Culprit { step, population, neuron, lsb, quantiser, moved, beyond };
        if beyond && self.first.is_none() {
            self.first = Some(culprit.clone());
        }
        if worse {
            self.worst = Some(culprit);
        }
    }

    fn verdict(self) -> Blame {
        let squares = self.stages.map(|[alone, _]| alone.squares);
        let sum: f64 = squares.iter().sum();
        let share = |part: f64| if sum > 0.0 { part / sum } else { 0.0 };
        let stages = Quantiser::ALL.into_iter().zip(self.stages);
        Blame {
            stages: stages
                .map(|(quantiser, [alone, so_far])| Stage { quantiser, alone, so_far })
                .collect(),
            shares: squares.into_iter().map(share).collect(),
            exact: self.exact,
            culprit: self.first.or(self.worst),
        }
    }
}
