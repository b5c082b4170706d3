//! Which quantiser is to blame: the reference with the chip's quantisers switched on one by one.
//!
//! With all of them off this is the float reference without a taught error; with all of them on it
//! is the chip, bit for bit. Between the two, a deviation belongs to whoever was switched on last.

#![expect(clippy::indexing_slicing, reason = "indices of one network and of its own image")]

use leadlag_circuits::{DRIVE_RAIL, LeadLag, Settings};
use leadlag_diagnostic::Diagnostics;
use leadlag_image::{Compartment, Image, Sender, Table, registers};
use leadlag_net::tasks::Task;
use leadlag_net::{Block, Network, Parameters, Phi};
use leadlag_quantize::{Stored, activation, code, value};

use crate::shadow::{ChipShadow, FloatShadow, Shadow, for_each_step, lsb, power};

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

/// A network with some of its chip's quantisers, on one lane, at inference.
#[derive(Debug)]
pub struct Mixed<'a> {
    network: &'a Network,
    image: &'a Image,
    on: Switches,
    weights: Vec<Vec<f64>>,
    populations: Vec<Cells>,
    inputs: Vec<Vec<f64>>,
}

/// Neurons of a population; empty for inputs.
#[derive(Debug, Default)]
struct Cells {
    phi: Option<Phi>,
    bias: Vec<f64>,
    members: Vec<Cell>,
    rates: Vec<f64>,
    sent: Vec<f64>,
}

/// A neuron: both forms of its circuit, of which one is used.
#[derive(Clone, Copy, Debug)]
struct Cell {
    core: usize,
    alpha: f64,
    rho: f64,
    exact: f64,
    settings: Settings,
    state: LeadLag,
    /// Whether the gain drops bits.
    drops: bool,
}

impl<'a> Mixed<'a> {
    /// At rest. None if the image is not of this network.
    #[must_use]
    pub fn new(
        network: &'a Network,
        parameters: &Parameters,
        image: &'a Image,
        on: Switches,
    ) -> Option<Self> {
        let stored = Stored::new(network, image)?;
        let words = on.has(Quantiser::Weights);
        let (weights, biases) = match (words, on.has(Quantiser::Dac)) {
            (true, true) => stored.converted(),
            (true, false) => stored.values(),
            (false, true) => converted_alone(&stored, parameters, image),
            (false, false) => (parameters.weights.clone(), parameters.biases.clone()),
        };
        let constant = if on.has(Quantiser::Payload) { stored.constant() } else { 1.0 };
        let mut populations = Vec::new();
        for (at, biases) in biases.into_iter().enumerate() {
            let bias = biases.into_iter().map(|bias| bias * constant).collect();
            populations.push(cells(network, parameters, image, at, bias)?);
        }
        Some(Self { network, image, on, weights, populations, inputs: Vec::new() })
    }

    /// One synchronous step from the inputs of all lines.
    fn advance(&mut self, lines: &[f64]) {
        self.inputs = self.latch(lines);
        let drives: Vec<Vec<f64>> = (0..self.populations.len()).map(|at| self.drives(at)).collect();
        for (population, drives) in self.populations.iter_mut().zip(&drives) {
            population.advance(self.image, self.on, drives);
        }
    }

    /// The inputs by population, as they reach the synapses.
    fn latch(&self, lines: &[f64]) -> Vec<Vec<f64>> {
        let (mut first, mut rank) = (0, 0);
        let bits = self.image.chip.payload_bits;
        let of = |population: &leadlag_net::Population| {
            if !population.is_input() {
                return Vec::new();
            }
            let own = &lines[first..first + population.size()];
            let scale = self.image.inputs[rank].scale;
            (first, rank) = (first + population.size(), rank + 1);
            let coded = |&x: &f64| {
                if self.on.has(Quantiser::Payload) {
                    value(code(x, scale, bits), scale, bits)
                } else {
                    x
                }
            };
            own.iter().map(coded).collect()
        };
        self.network.populations().iter().map(of).collect()
    }

    /// Drives of a population. On the chip's grid every sum is exact in double precision.
    fn drives(&self, at: usize) -> Vec<f64> {
        let population = &self.populations[at];
        let mut drives = population.bias.clone();
        drives.resize(population.members.len(), 0.0);
        for (index, projection) in self.network.projections().iter().enumerate() {
            if projection.to != at {
                continue;
            }
            let sender = &self.populations[projection.from];
            let codes =
                if sender.phi.is_some() { &sender.sent } else { &self.inputs[projection.from] };
            let rows = self.weights[index].chunks_exact(codes.len());
            for (drive, weights) in drives.iter_mut().zip(rows) {
                *drive += weights.iter().zip(codes).map(|(w, x)| w * x).sum::<f64>();
            }
        }
        drives
    }
}

impl Shadow for Mixed<'_> {
    fn step(&mut self, one: &Block) -> Result<(), Diagnostics> {
        self.advance(&one.inputs);
        Ok(())
    }

    fn rates(&self, population: &str) -> Option<Vec<f64>> {
        Some(self.populations[self.network.population(population)?].rates.clone())
    }
}

impl Cells {
    fn advance(&mut self, image: &Image, on: Switches, drives: &[f64]) {
        let Some(phi) = self.phi else { return };
        for (i, cell) in self.members.iter_mut().enumerate() {
            let core = &image.cores[cell.core];
            let output =
                if on.has(Quantiser::State) { cell.tick(drives[i]) } else { cell.float(drives[i]) };
            let rate = if on.has(Quantiser::Tables) {
                read(&core.phi, output)
            } else {
                activation(phi, output)
            };
            self.rates[i] = rate;
            self.sent[i] = if on.has(Quantiser::Payload) {
                sent(image, cell.core, rate, self.sent[i])
            } else {
                rate
            };
        }
    }
}

impl Cell {
    fn float(&mut self, drive: f64) -> f64 {
        let distance = drive - self.exact;
        let output = self.exact + self.rho * distance;
        self.exact += self.alpha * distance;
        output
    }

    /// The specification of the circuit, from a drive that is rounded where the gain drops bits, or
    /// where it is on no grid at all.
    fn tick(&mut self, drive: f64) -> f64 {
        let wide = drive * 16_777_216.0;
        let on_grid = if self.drops { (wide + 0.5).floor() } else { wide.round() };
        let rail = f64::from(DRIVE_RAIL);
        let out = self.state.tick(&self.settings, integer(on_grid.clamp(-rail, rail)));
        f64::from(out.prospective) / 16_777_216.0
    }
}

#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "held at 2^30")]
fn integer(value: f64) -> i32 {
    value as i32
}

/// What the converters alone would make of float weights: rounded to their own step.
fn converted_alone(
    stored: &Stored,
    parameters: &Parameters,
    image: &Image,
) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
    let bits = image.chip.dac_bits;
    let each = |lists: &[leadlag_quantize::Synapses], values: &[Vec<f64>]| {
        let of = |(synapses, values): (&leadlag_quantize::Synapses, &Vec<f64>)| {
            let pairs = values.iter().zip(&synapses.scales);
            pairs.map(|(&w, &scale)| value(code(w, scale, bits), scale, bits)).collect()
        };
        lists.iter().zip(values).map(of).collect()
    };
    (each(&stored.weights, &parameters.weights), each(&stored.biases, &parameters.biases))
}

fn cells(
    network: &Network,
    parameters: &Parameters,
    image: &Image,
    at: usize,
    bias: Vec<f64>,
) -> Option<Cells> {
    let population = &network.populations()[at];
    let Some(neurons) = population.neurons() else { return Some(Cells::default()) };
    let placed = image.populations.iter().find(|other| other.name == population.name())?;
    let dt = network.dt().get();
    let times = parameters.tau_m[at].iter().zip(neurons.tau_r());
    let mut times = times.map(|(tau_m, tau_r)| (dt / tau_m, tau_r.get() / tau_m));
    let rail = i32::try_from(image.chip.rails << 24).ok()?;
    let mut cells = Vec::new();
    for &core in &placed.cores {
        let core = leadlag_fixed::index(core);
        let scales = registers::error_scales(image);
        let gains = registers::gains(image, core, Compartment::Soma, &scales).ok()?;
        let soma = &image.cores[core].soma;
        for (&lag, &lead) in soma.lag.iter().zip(&soma.lead) {
            let (alpha, rho) = times.next()?;
            cells.push(Cell {
                core,
                alpha,
                rho,
                exact: 0.0,
                settings: Settings { lag, lead, rail },
                state: LeadLag::default(),
                drops: gains.shift < 0,
            });
        }
    }
    let zeros = vec![0.0; cells.len()];
    Some(Cells { phi: Some(neurons.phi), bias, rates: zeros.clone(), sent: zeros, members: cells })
}

/// A table at a real y: the chip's interpolation, rounded to the table's unit.
fn read(table: &Table, y: f64) -> f64 {
    let end = power(i32::from(table.domain));
    let width = end * power(1 - i32::from(table.segments));
    let held = if table.extend { y } else { y.clamp(-end, end) };
    let last = table.knots.len() - 2;
    let at = ((held + end) / width).floor().max(0.0);
    let segment = (0..=last).rev().find(|&i| f64::from(leadlag_fixed::count(i)) <= at).unwrap_or(0);
    let offset = (held + end) / width - f64::from(leadlag_fixed::count(segment));
    let [from, to] = [f64::from(table.knots[segment]), f64::from(table.knots[segment + 1])];
    let knot = from + ((to - from) * offset + 0.5).floor();
    knot.clamp(-32_768.0, 32_767.0) * power(i32::from(table.output) - 15)
}

/// The code that receivers hold after a step, as a value.
fn sent(image: &Image, core: usize, rate: f64, before: f64) -> f64 {
    let (core, bits) = (&image.cores[core], image.chip.payload_bits);
    let now = value(code(rate, core.soma.scale, bits), core.soma.scale, bits);
    match core.soma.sender {
        Sender::EveryStep => now,
        Sender::OnChange { threshold } => {
            let moved = (now - before).abs() / lsb(image, core);
            if moved >= f64::from(threshold) { now } else { before }
        }
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
