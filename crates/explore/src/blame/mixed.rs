//! The network between its reference and its chip: some of the quantisers are on.

use leadlag_circuits::{DRIVE_RAIL, LeadLag, Settings};
use leadlag_diagnostic::Diagnostics;
use leadlag_image::{Compartment, Image, Sender, Table, registers};
use leadlag_net::{Block, Network, Parameters, Phi};
use leadlag_quantize::{Stored, Synapses, activation, code, value};

use super::{Quantiser, Switches};
use crate::shadow::{Shadow, lsb, power};

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
    let each = |lists: &[Synapses], values: &[Vec<f64>]| {
        let of = |(synapses, values): (&Synapses, &Vec<f64>)| {
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
