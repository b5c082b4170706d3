//! The chip from its equations (`docs/chip/core.md`, `docs/chip/learning.md`).

use leadlag_chip::Targets;
use leadlag_circuits::{LeadLag, trim_code, trim_current};
use leadlag_fixed::{count, half_up, index, signed};
use leadlag_image::{
    Compartment, Core, Image, Loss, Operand, Ratio, RowGroup, Rule, Sender, Source, registers,
};
use leadlag_plasticity::{
    self as plasticity, CodeScale, Constants, Fraction, Mean, TauConstants, Words,
};

use crate::words::{
    code, code_places, half_word, moved_cut, settings, side_of, table, times_power,
};

/// 64 full scales.
const DRIVE: i128 = 1 << 30;

/// Both circuits of a neuron after a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Neuron {
    pub(crate) u: i32,
    pub(crate) v: i32,
    pub(crate) e: i32,
    pub(crate) rate: i32,
    pub(crate) slope: i32,
    pub(crate) sent: [i16; 2],
}

/// What one side of a core has counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Count {
    pub(crate) state_held: u64,
    pub(crate) output_held: u64,
    pub(crate) code_clipped: u64,
    pub(crate) events: u64,
    pub(crate) weight_held: u64,
    pub(crate) power: u64,
}

/// A core of one replica.
#[derive(Clone, Default)]
struct Cell {
    neurons: Vec<Neuron>,
    rows: [Vec<i16>; 2],
    /// What the plasticity unit reads of the core's own signals.
    own: [Vec<i16>; 2],
    /// Its own rates of the last step and the one before.
    past: [Vec<i16>; 2],
    /// Membrane codes of this step and the one before, as fractions.
    membrane: [Vec<i16>; 2],
}

pub(crate) struct Model {
    image: Image,
    seed: u64,
    step: u64,
    owed: bool,
    /// `cells[replica][core]`.
    cells: Vec<Vec<Cell>>,
    /// `synapses[core][side][row * neurons + column]`.
    synapses: Vec<[Vec<Words>; 2]>,
    /// Gathered products, likewise.
    sums: Vec<[Vec<i32>; 2]>,
    /// `cuts[core][side][group]`: bits of a sum that `g` drops; none before the first update.
    cuts: Vec<[Vec<Option<u8>>; 2]>,
    /// `taus[core][column]`: the code of `tau_m` and its state words, and its gathered products.
    taus: Vec<Vec<(Words, i32)>>,
    pub(crate) counts: Vec<[Count; 2]>,
}

impl Model {
    pub(crate) fn new(image: &Image, replicas: usize, seed: u64) -> Self {
        let cell = |core: &Core| {
            let columns = index(core.neurons);
            let rows = Compartment::ALL
                .map(|c| core.side(c).array.groups.iter().map(|g| index(g.rows)).sum::<usize>());
            Cell {
                neurons: vec![Neuron::default(); columns],
                rows: rows.map(|rows| vec![0; rows]),
                own: [vec![0; columns], vec![0; columns]],
                past: [vec![0; columns], vec![0; columns]],
                membrane: [vec![0; columns], vec![0; columns]],
            }
        };
        let tau = |core: &Core| {
            let codes = core.soma.lag.iter().map(|&lag| trim_code(lag));
            codes.map(|weight| (Words { weight, ..Words::default() }, 0)).collect()
        };
        let synapses = |core: &Core| {
            let word = |&weight: &i16| Words { weight, ..Words::default() };
            Compartment::ALL.map(|c| core.side(c).array.words.iter().map(word).collect())
        };
        let sums = |core: &Core| Compartment::ALL.map(|c| vec![0; core.side(c).array.words.len()]);
        let cuts =
            |core: &Core| Compartment::ALL.map(|c| vec![None; core.side(c).array.groups.len()]);
        Self {
            image: image.clone(),
            seed,
            step: 0,
            owed: false,
            cells: vec![image.cores.iter().map(cell).collect(); replicas],
            sums: image.cores.iter().map(sums).collect(),
            cuts: image.cores.iter().map(cuts).collect(),
            taus: image.cores.iter().map(tau).collect(),
            synapses: image.cores.iter().map(synapses).collect(),
            counts: vec![[Count::default(); 2]; image.cores.len()],
        }
    }

    pub(crate) fn neurons(&self) -> Vec<Neuron> {
        self.cells.iter().flatten().flat_map(|cell| &cell.neurons).copied().collect()
    }

    pub(crate) fn taus(&self) -> Vec<Vec<i16>> {
        self.taus.iter().map(|core| core.iter().map(|tau| tau.0.weight).collect()).collect()
    }

    pub(crate) fn weights(&self) -> Vec<Vec<i16>> {
        let words = |array: &Vec<Words>| array.iter().map(|w| w.weight).collect();
        self.synapses.iter().flatten().map(words).collect()
    }

    pub(crate) fn step(&mut self, codes: &[i16], targets: Targets<'_>, learn: bool) {
        let lines = codes.len() / self.cells.len();
        for replica in 0..self.cells.len() {
            self.latch(replica, &codes[replica * lines..][..lines]);
            let old = self.cells[replica].clone();
            for (core, old) in old.iter().enumerate() {
                let injected = self.injection(old, core, replica, targets);
                self.evaluate(replica, core, &injected);
            }
        }
        self.learn(learn);
        self.step += 1;
    }

    fn scales(&self) -> Vec<i32> {
        registers::error_scales(&self.image)
    }

    fn shifts(&self, core: usize, compartment: Compartment) -> registers::Gains {
        registers::gains(&self.image, core, compartment, &self.scales()).expect("a valid image")
    }

    fn latch(&mut self, replica: usize, inputs: &[i16]) {
        let old = self.cells[replica].clone();
        for (at, core) in self.image.cores.iter().enumerate() {
            for compartment in Compartment::ALL {
                let shifts = self.shifts(at, compartment).row_shifts;
                let groups = core.side(compartment).array.groups.iter().zip(shifts);
                let row = |(group, shift): (&RowGroup, u8)| {
                    let line = |row| self.line(&old, inputs, group, compartment, row);
                    (0..index(group.rows)).map(|row| line(row) << shift).collect::<Vec<i16>>()
                };
                self.cells[replica][at].rows[side_of(compartment)] = groups.flat_map(row).collect();
            }
        }
    }

    /// The code that a row's source shows.
    fn line(
        &self,
        old: &[Cell],
        inputs: &[i16],
        group: &RowGroup,
        side: Compartment,
        row: usize,
    ) -> i16 {
        match group.source {
            Source::Constant => i16::MAX >> (16 - self.image.chip.payload_bits),
            Source::Input { input, from } => {
                let before: u32 = self.image.inputs[..index(input)].iter().map(|i| i.size).sum();
                inputs[index(before + from) + row]
            }
            Source::Core { core, from } => {
                old[index(core)].neurons[index(from) + row].sent[side_of(side)]
            }
        }
    }

    /// The injection registers of a core, as state bits.
    fn injection(&self, old: &Cell, at: usize, replica: usize, targets: Targets<'_>) -> Vec<i128> {
        let (image, core) = (&self.image, &self.image.cores[at]);
        let mut injected = vec![0_i16; old.neurons.len()];
        let ratio = registers::injection(image, at, &self.scales()).expect("a valid image");
        if let (Some(ratio), Some(teaching)) = (ratio, image.teaching) {
            let bits = image.chip.adc.bits;
            let places = code_places(core, Compartment::Soma, bits);
            let seen = |n: &Neuron| code(times_power(n.rate.into(), places), bits).0 << (16 - bits);
            let rates: Vec<i16> = old.neurons.iter().map(seen).collect();
            let own = index(core.first)..index(core.first + core.neurons);
            let loss = Taught { ratio, loss: teaching.loss, image, core };
            let outputs = index(image.populations[index(teaching.population)].size);
            match targets {
                Targets::Class(classes) => {
                    loss.class(&rates, index(classes[replica]), &mut injected);
                }
                Targets::None | Targets::Codes { present: [false], .. } => {}
                Targets::Codes { .. } if teaching.loss == Loss::CrossEntropy => {}
                Targets::Codes { codes, .. } => {
                    loss.squared(&rates, &codes[replica * outputs..][own], &mut injected);
                }
            }
        }
        let places = 25 - image.chip.payload_bits;
        injected.into_iter().map(|code| i128::from(code) << places).collect()
    }

    /// `gain * sum dac(w) x` of a column, at the drive rail.
    fn current(&self, replica: usize, at: usize, compartment: Compartment, column: usize) -> i128 {
        let chip = &self.image.chip;
        let side = side_of(compartment);
        let columns = index(self.image.cores[at].neurons);
        let rows = &self.cells[replica][at].rows[side];
        let dac = |word: i16| {
            let top = (1_i128 << (chip.dac_bits - 1)) - 1;
            half_up(word.into(), chip.weight_bits - chip.dac_bits).min(top)
        };
        let synapse = |row: usize| dac(self.synapses[at][side][row * columns + column].weight);
        let sum: i128 = rows.iter().enumerate().map(|(row, &x)| synapse(row) * i128::from(x)).sum();
        let current = times_power(sum, self.shifts(at, compartment).shift).clamp(-DRIVE, DRIVE);
        let Some(trim) = &self.image.cores[at].side(compartment).trim else { return current };
        let held = i32::try_from(current).expect("held at the drive rail");
        trim_current(held, trim.gain[column], trim.offset[column]).into()
    }

    fn evaluate(&mut self, replica: usize, at: usize, injected: &[i128]) {
        let core = &self.image.cores[at];
        let gamma = registers::gamma(&self.image, at, &self.scales()).expect("a valid image");
        let gamma =
            times_power(gamma.mantissa.into(), gamma.exponent + 24).clamp(-(1 << 31), 1 << 31);
        let [phi, phi_prime] = [table(&core.phi), table(&core.phi_prime)];
        let slope_bits = u32::try_from(15 - i32::from(core.phi_prime.output)).expect("at most 8");
        let domain = i32::from(core.phi.domain);
        let own = self.own(replica, at, Compartment::Soma);
        let [last, before] = &mut self.cells[replica][at].past;
        *before = std::mem::replace(last, own);
        let membranes = &mut self.cells[replica][at].membrane;
        membranes.swap(0, 1);
        for (column, &injected) in injected.iter().enumerate() {
            let mut n = self.cells[replica][at].neurons[column];
            let total = (self.current(replica, at, Compartment::Apical, column) + injected)
                .clamp(-DRIVE, DRIVE);
            let drive = half_up(total * i128::from(n.slope), slope_bits).clamp(-DRIVE, DRIVE);
            (n.v, n.e) = self.tick(at, Compartment::Apical, column, n.v, drive);
            let nudge = half_up(i128::from(n.e) * gamma, 24);
            let drive =
                (self.current(replica, at, Compartment::Soma, column) + nudge).clamp(-DRIVE, DRIVE);
            let y;
            (n.u, y) = self.tick(at, Compartment::Soma, column, n.u, drive);
            let bits = self.image.chip.adc.bits;
            let places = signed(bits) - 25 - domain;
            let seen = code(times_power(n.u.into(), places), bits).0 << (16 - bits);
            self.cells[replica][at].membrane[0][column] = seen;
            (n.rate, n.slope) = (phi.at(y), phi_prime.at(y));
            for (compartment, signal) in [(Compartment::Soma, n.rate), (Compartment::Apical, n.e)] {
                self.send(at, compartment, signal, &mut n.sent[side_of(compartment)]);
            }
            self.cells[replica][at].neurons[column] = n;
        }
        for compartment in Compartment::ALL {
            self.cells[replica][at].own[side_of(compartment)] = self.own(replica, at, compartment);
        }
    }

    fn tick(
        &mut self,
        at: usize,
        compartment: Compartment,
        column: usize,
        x: i32,
        drive: i128,
    ) -> (i32, i32) {
        let tau_m = self.taus[at][column].0.weight;
        let settings = settings(&self.image, &self.image.cores[at], compartment, column, tau_m);
        let drive = i32::try_from(drive).expect("held at the drive rail");
        let out = LeadLag { lagged: x }.tick(&settings, drive);
        let count = &mut self.counts[at][side_of(compartment)];
        count.state_held += u64::from(out.lagged_held);
        count.output_held += u64::from(out.prospective_held);
        (out.lagged, out.prospective)
    }

    fn send(&mut self, at: usize, compartment: Compartment, signal: i32, sent: &mut i16) {
        let (core, bits) = (&self.image.cores[at], self.image.chip.payload_bits);
        let (new, clipped) =
            code(times_power(signal.into(), code_places(core, compartment, bits)), bits);
        let speaks = match core.side(compartment).sender {
            Sender::EveryStep => true,
            Sender::OnChange { threshold } => new.abs_diff(*sent) >= threshold,
        };
        if speaks {
            *sent = new;
        }
        let count = &mut self.counts[at][side_of(compartment)];
        count.code_clipped += u64::from(clipped);
        count.events += u64::from(speaks);
        count.power += u64::from(i32::from(*sent).pow(2).unsigned_abs());
    }

    /// What the plasticity unit reads of a core's own signals.
    fn own(&self, replica: usize, at: usize, compartment: Compartment) -> Vec<i16> {
        let (core, bits) = (&self.image.cores[at], self.image.chip.adc.bits);
        let places = code_places(core, compartment, bits);
        let converts = self.image.learning.as_ref().is_some_and(|l| l.operand == Operand::Adc);
        let read = |n: &Neuron| match compartment {
            _ if !converts => n.sent[side_of(compartment)],
            Compartment::Soma => code(times_power(n.rate.into(), places), bits).0,
            Compartment::Apical => code(times_power(n.e.into(), places), bits).0,
        };
        self.cells[replica][at].neurons.iter().map(read).collect()
    }

    /// Somatic arrays when it is their turn, apical ones a step later.
    fn learn(&mut self, learn: bool) {
        let Some(every) = self.image.learning.as_ref().map(|l| u64::from(l.every)) else { return };
        let takes = learn && (self.gathers() || (self.step + 1).is_multiple_of(every));
        for at in 0..self.image.cores.len() {
            if takes {
                self.teach(at, Compartment::Soma, (self.step + 1).is_multiple_of(every));
                self.tune(at, (self.step + 1).is_multiple_of(every));
            }
            if self.owed {
                self.teach(at, Compartment::Apical, self.step.is_multiple_of(every));
            }
        }
        self.owed = takes;
    }

    fn gathers(&self) -> bool {
        let rule = self.image.learning.as_ref().map(|l| l.rule);
        matches!(rule, Some(Rule::Gathered { .. }))
    }

    fn teach(&mut self, at: usize, compartment: Compartment, due: bool) {
        let (side, columns) = (side_of(compartment), index(self.image.cores[at].neurons));
        let groups = self.image.cores[at].side(compartment).array.groups.clone();
        for (group, place) in groups.iter().zip(0..).filter(|(g, _)| g.plastic) {
            let mut constants = self.constants(at, compartment, place);
            let (step_mean, first) = self.gathering(at, compartment, place);
            let cut = self.cuts[at][side][place].unwrap_or(first);
            if self.gathers() {
                constants.mean = Mean::new(1, i32::from(cut));
            }
            for row in index(group.first)..index(group.first + group.rows) {
                for column in 0..columns {
                    let products = self.cells.iter().map(|cells| {
                        let own = if side == 0 { &cells[at].own[1] } else { &cells[at].past[1] };
                        i64::from(own[column]) * i64::from(cells[at].rows[side][row])
                    });
                    let mut products = products.sum();
                    if self.gathers() {
                        let sum = &mut self.sums[at][side][row * columns + column];
                        *sum = plasticity::gather(step_mean, *sum, products);
                        if !due {
                            continue;
                        }
                        products = i64::from(std::mem::take(sum));
                    }
                    let words = &mut self.synapses[at][side][row * columns + column];
                    let half =
                        half_word(&self.image, self.seed, self.step, (at, side), (row, column));
                    let (new, held) = plasticity::learn(&constants, *words, products, half);
                    *words = new;
                    self.counts[at][side].weight_held += u64::from(held);
                }
            }
            if self.gathers() && due {
                let synapses =
                    index(group.first) * columns..index(group.first + group.rows) * columns;
                self.cuts[at][side][place] =
                    Some(moved_cut(cut, &mut self.synapses[at][side][synapses]));
            }
        }
    }

    /// How a step's products join the sum, and the cut of the first update: the largest sum has 32 bits
    /// with what places of the mean they hold, and is cut to 16.
    fn gathering(&self, at: usize, compartment: Compartment, group: usize) -> (Mean, u8) {
        let (chip, learning) = (&self.image.chip, self.image.learning.as_ref().expect("it learns"));
        let own = if learning.operand == Operand::Adc { chip.adc.bits } else { chip.payload_bits };
        let largest =
            signed(own + chip.payload_bits - 1 + learning.every.next_power_of_two().ilog2());
        let replicas = count(self.cells.len());
        let places = signed(replicas.ilog2()).min(32 - largest);
        let row_shift = i32::from(self.shifts(at, compartment).row_shifts[group]);
        let cut = u8::try_from((largest + places - 15).max(0)).expect("at most 32 bits");
        (Mean::new(replicas, row_shift - places), cut)
    }

    /// The time constants: `-e*du` in place of `e*r`, the code in place of the weight.
    fn tune(&mut self, at: usize, due: bool) {
        let Some(mut constants) = self.tau_constants(at) else { return };
        let step_mean = constants.mean;
        if self.gathers() {
            constants.mean = Mean::new(1, 0);
        }
        let own = if self.image.learning.as_ref().expect("it learns").operand == Operand::Adc {
            self.image.chip.adc.bits
        } else {
            self.image.chip.payload_bits
        };
        let gathers = self.gathers();
        for column in 0..self.taus[at].len() {
            let products = self.cells.iter().map(|cells| {
                let [now, before] = [0, 1].map(|age| i32::from(cells[at].membrane[age][column]));
                let back = i64::from((before - now).clamp(-32_768, 32_767));
                back * (i64::from(cells[at].own[1][column]) << (16 - own))
            });
            let mut products: i64 = products.sum();
            let (words, sum) = &mut self.taus[at][column];
            if gathers {
                *sum = plasticity::gather(step_mean, *sum, products);
                products = i64::from(*sum);
                if due {
                    *sum = 0;
                }
            }
            if due {
                let half = half_word(&self.image, self.seed, self.step, (at, 3), (0, column));
                *words = plasticity::learn_tau(&constants, *words, products, half);
            }
        }
    }

    fn tau_constants(&self, at: usize) -> Option<TauConstants> {
        let (chip, learning) = (&self.image.chip, self.image.learning.as_ref()?);
        let tau = learning.tau?;
        let own = if learning.operand == Operand::Adc { chip.adc.bits } else { chip.payload_bits };
        let replicas = count(self.cells.len());
        let kept = replicas.ilog2() / 2;
        let full = Mean::new(replicas, signed(32 - own - chip.adc.bits));
        let population = &self.image.populations[index(self.image.cores[at].population)];
        let rate = learning.eta.times(population.eta_factor).times(tau.rate);
        let error = self.scales()[at];
        // An error code is worth 2^(scale + 1 - own), a membrane code 2^(domain + 1 - adc).
        let error = error + i32::from(self.image.cores[at].phi.domain);
        let codes = error + 2 - signed(own) - signed(chip.adc.bits) - signed(kept);
        let (rule, places) = match learning.rule {
            Rule::Sgd => (plasticity::Rule::Sgd, codes),
            Rule::Momentum { blend } => (plasticity::Rule::Momentum { blend }, codes),
            Rule::Normalised { blend, forget } | Rule::Gathered { blend, forget } => {
                (plasticity::Rule::Normalised { blend, forget }, -14)
            }
        };
        Some(TauConstants {
            rule,
            settling: settling(learning.rule),
            mean: Mean { shift: full.shift - kept, ..full },
            eta: Fraction::new(rate.mantissa, rate.exponent + places + 29),
            rounding: match learning.rounding {
                leadlag_image::Rounding::Nearest => plasticity::Rounding::Nearest,
                leadlag_image::Rounding::Stochastic => plasticity::Rounding::Stochastic,
                leadlag_image::Rounding::Carried => plasticity::Rounding::Carried,
            },
            least: i16::try_from(tau.least).expect("a code"),
        })
    }

    fn constants(&self, at: usize, compartment: Compartment, group: usize) -> Constants {
        let (chip, learning) = (&self.image.chip, self.image.learning.as_ref().expect("it learns"));
        let step = registers::steps(&self.image, at, compartment, &self.scales())
            .expect("a valid image")[group];
        let row_shift = u32::from(self.shifts(at, compartment).row_shifts[group]);
        let own = if learning.operand == Operand::Adc { chip.adc.bits } else { chip.payload_bits };
        let replicas = count(self.cells.len());
        // A product of two fractions beyond 16 bits; half of what averaging gains is kept. Four bits
        // more of what is normalised, but none that the mean does not have, and none of output errors.
        let spare = match learning.rule {
            Rule::Normalised { .. } => 4,
            Rule::Gathered { .. } | Rule::Sgd | Rule::Momentum { .. } => 0,
        };
        let side = self.image.cores[at].side(compartment);
        let error_from = match (compartment, side.array.groups[group].source) {
            (Compartment::Apical, Source::Core { core, .. }) => index(core),
            _ => at,
        };
        let population = self.image.cores[error_from].population;
        let is_output = self.image.teaching.is_some_and(|t| t.population == population);
        let spare = if is_output { 0 } else { spare };
        let dropped = signed(
            (own + chip.payload_bits).saturating_sub(17).saturating_sub(replicas.ilog2() / 2),
        );
        let dropped = (dropped - spare).max(-signed(replicas.ilog2()));
        let (rule, places) = match learning.rule {
            Rule::Sgd => (plasticity::Rule::Sgd, 12 + dropped),
            Rule::Momentum { blend } => (plasticity::Rule::Momentum { blend }, 12 + dropped),
            Rule::Normalised { blend, forget } | Rule::Gathered { blend, forget } => {
                (plasticity::Rule::Normalised { blend, forget }, 2)
            }
        };
        Constants {
            rule,
            settling: settling(learning.rule),
            mean: Mean::new(replicas, dropped + signed(row_shift)),
            eta: Fraction::new(step.mantissa, step.exponent + places),
            decay: Fraction::new(learning.decay.mantissa, learning.decay.exponent + 12),
            rounding: match learning.rounding {
                leadlag_image::Rounding::Nearest => plasticity::Rounding::Nearest,
                leadlag_image::Rounding::Stochastic => plasticity::Rounding::Stochastic,
                leadlag_image::Rounding::Carried => plasticity::Rounding::Carried,
            },
            weight_bits: chip.weight_bits,
        }
    }
}

/// Only means of gathered products are rounded by draws.
fn settling(rule: Rule) -> plasticity::Settling {
    match rule {
        Rule::Gathered { .. } => plasticity::Settling::Drawn,
        Rule::Sgd | Rule::Momentum { .. } | Rule::Normalised { .. } => plasticity::Settling::Rests,
    }
}

/// The error of a loss, as injection codes.
struct Taught<'a> {
    ratio: Ratio,
    loss: Loss,
    image: &'a Image,
    core: &'a Core,
}

impl Taught<'_> {
    fn scale(&self, places: i32) -> CodeScale {
        let bits = self.image.chip.payload_bits;
        CodeScale { gain: Fraction::new(self.ratio.mantissa, self.ratio.exponent + places), bits }
    }

    fn class(&self, rates: &[i16], class: usize, injected: &mut [i16]) {
        let first = index(self.core.first);
        let scale = self.core.soma.scale;
        match self.loss {
            Loss::CrossEntropy => {
                plasticity::cross_entropy(
                    rates,
                    scale,
                    class.wrapping_sub(first),
                    self.scale(0),
                    injected,
                );
            }
            Loss::SquaredError => {
                // A rate of 1 as a fraction of full scale.
                let one = times_power(1, 15 - scale).min(32_767);
                let one = i16::try_from(if scale > 15 { 1 } else { one }).expect("a fraction");
                let wanted: Vec<i16> =
                    (0..rates.len()).map(|o| if first + o == class { one } else { 0 }).collect();
                self.squared(rates, &wanted, injected);
            }
        }
    }

    fn squared(&self, rates: &[i16], wanted: &[i16], injected: &mut [i16]) {
        let places = signed(self.image.chip.payload_bits) - 16;
        plasticity::squared_error(rates, wanted, self.scale(places), injected);
    }
}
