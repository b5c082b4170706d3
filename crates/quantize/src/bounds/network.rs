//! What the modelled quantisers do to the rates of a network, against the float reference.
//!
//! With `r^` the codes that the chip sends and `r` the rates of the reference, neuron by neuron and
//! for all times,
//!
//! ```text
//! |dD| <= sum |W| |dr^| + sum |W^ - W| |r^|max + rounding of the current
//! |dy| <= (rho + |1 - rho|) |dD| + what the compartment's own arithmetic adds
//! |dr| <= L |dy| + error of the table          the rate before it is sent
//! |dr^| <= |dr| + half a payload step, and what a threshold withholds
//! ```
//!
//! so that `d <= M d + c` with `M >= 0`. Along a feed-forward chain that is solved by substitution;
//! around a loop it needs a positive vector v with `M v < v`, and then `d <= (I - M)^-1 c`.

use std::ops::{Add, Index, IndexMut};

use leadlag_image::{Compartment, Core, Image, Sender};
use leadlag_net::{Network, Parameters, Phi, Population};

use super::circuit::{Circuit, Mismatch};
use super::emulation::{circuit, current, rounded, span};
use super::solve::{Link, System};
use super::{DRIVE_RAIL, outward};
use crate::number::power;
use crate::stored::Stored;
use crate::table::{lipschitz, table_error};

/// Where a deviation from the reference comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Cause {
    /// Weight words and what their converters drop.
    Weights,
    /// Codes of the inputs.
    Inputs,
    /// Codes of the rates.
    Payload,
    /// Tables of the activation functions.
    Tables,
    /// Rounding of drives and states, coefficients of the lag.
    State,
    /// Rounding of the lead, coefficients of the lead.
    Lead,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 6] =
        [Self::Weights, Self::Inputs, Self::Payload, Self::Tables, Self::State, Self::Lead];

    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Weights => "weights",
            Self::Inputs => "inputs",
            Self::Payload => "payload",
            Self::Tables => "tables",
            Self::State => "state",
            Self::Lead => "lead",
        }
    }
}

/// A quantity, split by cause.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Split([f64; 6]);

impl Split {
    /// The whole.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.0.iter().sum()
    }

    /// Every part multiplied.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        Self(self.0.map(|part| part * factor))
    }
}

impl Index<Cause> for Split {
    type Output = f64;
    fn index(&self, cause: Cause) -> &f64 {
        &self.0[cause as usize]
    }
}

impl IndexMut<Cause> for Split {
    fn index_mut(&mut self, cause: Cause) -> &mut f64 {
        &mut self.0[cause as usize]
    }
}

impl Add for Split {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let mut sum = self;
        for (sum, other) in sum.0.iter_mut().zip(other.0) {
            *sum += other;
        }
        sum
    }
}

/// The bound of a population's rates, before they are sent.
#[derive(Clone, PartialEq, Debug)]
pub struct PopulationBound {
    /// Its name.
    pub name: String,
    /// Worth of the least step of its payload.
    pub lsb: f64,
    /// The worst neuron.
    pub neuron: usize,
    /// Its bound, in the unit of the rate; none where a loop does not contract, on it or before it.
    pub rate: Option<Split>,
    /// Whether a code can be clipped or a rail can hold here: then the bound is for runs in which
    /// that does not happen, which the chip counts.
    pub conditional: bool,
    /// How much a loop through this population can enlarge a deviation per pass, if it lies on one.
    pub loop_gain: Option<f64>,
}

/// The certificate of a network on a chip, for frozen weights, no taught error, and inputs within
/// their full scale.
#[derive(Clone, PartialEq, Debug)]
pub struct Deviation {
    /// Populations of neurons in network order.
    pub populations: Vec<PopulationBound>,
}

impl Deviation {
    /// The bound of a population.
    #[must_use]
    pub fn of(&self, name: &str) -> Option<&PopulationBound> {
        self.populations.iter().find(|population| population.name == name)
    }
}

/// Bounds the deviation of an image's rates from those of its reference; none if the image has
/// another shape than the network, or a register that cannot be formed.
#[must_use]
pub fn deviation(net: &Network, parameters: &Parameters, image: &Image) -> Option<Deviation> {
    if net.is_spiking() {
        // A threshold amplifies any deviation without bound.
        return None;
    }
    let stored = Stored::new(net, image)?;
    let model = Model {
        net,
        parameters,
        image,
        converted: stored.converted(),
        constant: stored.constant(),
        cells: cells(net, parameters, image)?,
    };
    let system = model.system()?;
    let solution = system.solve();
    let mut populations = Vec::new();
    for (at, population) in net.populations().iter().enumerate().filter(|(_, p)| !p.is_input()) {
        let first = model.first(at);
        let neurons = first..first + population.size();
        let worst = neurons.clone().map(|i| (i - first, solution.bounds[i]));
        let (neuron, rate) = worst.fold((0, None), larger);
        let core = &image.cores[model.cells[first].core];
        populations.push(PopulationBound {
            name: population.name().to_owned(),
            lsb: power(core.soma.scale + 1 - leadlag_fixed::signed(image.chip.payload_bits)),
            neuron,
            rate: rate.map(|rate: Split| Split(rate.0.map(outward))),
            conditional: neurons.clone().any(|i| model.is_conditional(i)),
            loop_gain: solution.loop_gain[at],
        });
    }
    Some(Deviation { populations })
}

fn larger(top: (usize, Option<Split>), one: (usize, Option<Split>)) -> (usize, Option<Split>) {
    match (top.1, one.1) {
        (Some(a), Some(b)) if b.total() <= a.total() => top,
        (Some(_), None) => top,
        _ => one,
    }
}

/// A neuron, where it is on the chip, and what is needed of it again and again.
#[derive(Clone, Copy, Debug)]
struct Cell {
    population: usize,
    core: usize,
    column: usize,
    neuron: usize,
    phi: Phi,
    /// The circuit that the network asks for: what the reference computes.
    exact: Circuit,
    /// The largest drive over all codes that can arrive.
    drive: f64,
}

/// Neurons of all populations, in order.
fn cells(net: &Network, parameters: &Parameters, image: &Image) -> Option<Vec<Cell>> {
    let dt = net.dt().get();
    let mut cells = Vec::new();
    for (at, population) in net.populations().iter().enumerate() {
        let Some(neurons) = population.neurons() else { continue };
        let placed = image.populations.iter().find(|other| other.name == population.name())?;
        let (tau_m, tau_r) = (&parameters.tau_m[at], neurons.tau_r());
        for core in placed.cores.iter().map(|&core| leadlag_fixed::index(core)) {
            let on = &image.cores[core];
            for column in 0..leadlag_fixed::index(on.neurons) {
                let neuron = leadlag_fixed::index(on.first) + column;
                let (tau_m, tau_r) = (tau_m[neuron], tau_r[neuron].get());
                let exact = Circuit { alpha: dt / tau_m, rho: tau_r / tau_m };
                let drive = current(image, on, Compartment::Soma, column);
                let population = at;
                let phi = neurons.phi;
                cells.push(Cell { population, core, column, neuron, phi, exact, drive });
            }
        }
    }
    Some(cells)
}

struct Model<'a> {
    net: &'a Network,
    parameters: &'a Parameters,
    image: &'a Image,
    converted: (Vec<Vec<f64>>, Vec<Vec<f64>>),
    constant: f64,
    cells: Vec<Cell>,
}

impl Model<'_> {
    /// Index of a population's first neuron.
    fn first(&self, population: usize) -> usize {
        let before = &self.net.populations()[..population];
        before.iter().filter(|p| !p.is_input()).map(Population::size).sum()
    }

    fn core(&self, cell: Cell) -> &Core {
        &self.image.cores[cell.core]
    }

    fn system(&self) -> Option<System> {
        let populations = self.net.populations().len();
        let mut system = System::new(populations, self.cells.len());
        for (i, &cell) in self.cells.iter().enumerate() {
            system.population[i] = cell.population;
            system.constant[i] = self.own(cell)?;
            system.sent[i] = self.payload(cell);
        }
        for (index, projection) in self.net.projections().iter().enumerate() {
            self.project(index, projection.from, projection.to, &mut system);
        }
        Some(system)
    }

    /// What a neuron adds by itself: arithmetic, table, and the error of its bias.
    fn own(&self, cell: Cell) -> Option<Split> {
        let (core, exact, phi) = (self.core(cell), cell.exact, cell.phi);
        let chip = circuit(&core.soma, cell.column);
        // A few last bits of the quotients above are not known.
        let off = |a: f64, b: f64| (a - b).abs() + 4.0 * f64::EPSILON * a.abs();
        let mismatch =
            Mismatch { alpha: off(chip.alpha, exact.alpha), rho: off(chip.rho, exact.rho) };
        let rails = f64::from(self.image.chip.rails);
        let share = exact.arithmetic(mismatch, span(cell.drive, rails));
        let mut own = Split::default();
        let rounding =
            exact.input_gain() * rounded(self.image, cell.core, Compartment::Soma).ok()?;
        own[Cause::State] = lipschitz(phi) * (share.state + rounding);
        own[Cause::Lead] = lipschitz(phi) * share.lead;
        own[Cause::Tables] = table_error(phi, &core.phi);
        let bias = |biases: &[Vec<f64>]| biases[cell.population].get(cell.neuron).copied();
        let (asked, made) = (bias(&self.parameters.biases), bias(&self.converted.1));
        let lost = (asked.unwrap_or(0.0) - made.unwrap_or(0.0) * self.constant).abs();
        own[Cause::Weights] = lipschitz(phi) * exact.input_gain() * lost;
        Some(own)
    }

    /// What sending adds to a rate.
    fn payload(&self, cell: Cell) -> f64 {
        let core = self.core(cell);
        let lsb = power(core.soma.scale + 1 - leadlag_fixed::signed(self.image.chip.payload_bits));
        let withheld = match core.soma.sender {
            Sender::EveryStep => 0.0,
            Sender::OnChange { threshold } => f64::from(threshold.saturating_sub(1)) * lsb,
        };
        // A rate that ends at full scale is clipped by up to a step; others are rounded.
        let top = power(core.soma.scale) - lsb;
        let clipped = if is_bounded(core) { self.largest_rate(cell) - top } else { 0.0 };
        clipped.max(lsb / 2.0) + withheld
    }

    /// The largest rate that the table can give at this neuron.
    fn largest_rate(&self, cell: Cell) -> f64 {
        let core = self.core(cell);
        let knots = core.phi.knots.iter().map(|k| k.unsigned_abs()).max().unwrap_or(0);
        let knots = f64::from(knots) * power(i32::from(core.phi.output) - 15);
        if is_bounded(core) {
            return knots;
        }
        let middle = core.phi.knots[core.phi.knots.len() / 2];
        let middle = f64::from(middle.unsigned_abs()) * power(i32::from(core.phi.output) - 15);
        let off = table_error(cell.phi, &core.phi);
        knots.min(middle + lipschitz(cell.phi) * self.largest_output(cell) + off)
    }

    /// The largest y over all codes that can arrive.
    fn largest_output(&self, cell: Cell) -> f64 {
        circuit(&self.core(cell).soma, cell.column).input_gain() * cell.drive
    }

    /// Whether something can be held or clipped at this neuron.
    fn is_conditional(&self, at: usize) -> bool {
        let cell = self.cells[at];
        let core = self.core(cell);
        let lsb = power(core.soma.scale + 1 - leadlag_fixed::signed(self.image.chip.payload_bits));
        let top = power(core.soma.scale) - lsb / 2.0;
        let held = self.largest_output(cell) >= f64::from(self.image.chip.rails)
            || cell.drive >= DRIVE_RAIL;
        held || (!is_bounded(core) && self.largest_rate(cell) >= top)
    }

    /// The links of a projection, and what its own weights and inputs add.
    fn project(&self, index: usize, from: usize, to: usize, system: &mut System) {
        let projection = &self.net.projections()[index];
        let pre = self.net.pre_size(projection);
        let sender = &self.net.populations()[from];
        let bits = leadlag_fixed::signed(self.image.chip.payload_bits);
        let input = self.image.inputs.iter().find(|input| input.name == sender.name());
        let senders = if sender.is_input() { 0 } else { pre };
        let first = self.first(from);
        let codes: Vec<f64> = self.cells[first..first + senders]
            .iter()
            .map(|&cell| self.largest_code(cell))
            .collect();
        for post in 0..self.net.post_size(projection) {
            let at = self.first(to) + post;
            let gain = lipschitz(self.cells[at].phi) * self.cells[at].exact.input_gain();
            let row = post * pre..(post + 1) * pre;
            let asked = &self.parameters.weights[index][row.clone()];
            let made = &self.converted.0[index][row];
            for (line, (weight, made)) in asked.iter().zip(made).enumerate() {
                let lost = (made - weight).abs();
                let largest = match input {
                    Some(input) if sender.is_input() => {
                        // An input at positive full scale is clipped by a whole step.
                        let step = power(input.scale + 1 - bits);
                        system.constant[at][Cause::Inputs] += gain * weight.abs() * step;
                        power(input.scale)
                    }
                    _ => {
                        let link = Link { from: first + line, gain: gain * weight.abs() };
                        system.links[at].push(link);
                        codes[line]
                    }
                };
                system.constant[at][Cause::Weights] += gain * lost * largest;
            }
        }
        system.reach[from][to] = true;
    }

    /// The largest value that a neuron's code can stand for.
    fn largest_code(&self, cell: Cell) -> f64 {
        let core = self.core(cell);
        let lsb = power(core.soma.scale + 1 - leadlag_fixed::signed(self.image.chip.payload_bits));
        power(core.soma.scale).min(self.largest_rate(cell) + lsb / 2.0)
    }
}

fn is_bounded(core: &Core) -> bool {
    !core.phi.extend
}
