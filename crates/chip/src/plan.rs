//! What is constant while the chip runs: the image, turned into the settings of the circuits.
//!
//! A plan is made from a validated image and the error scales in force; making it again after the
//! host has moved a scale is the whole of reconfiguration.

use leadlag_circuits::{
    Activation, Bank, Count, Format, Motion, Shape, SpikeBank, Spiking, Table, width,
};
use leadlag_diagnostic::Diagnostics;
use leadlag_fixed::index;
use leadlag_image::registers::{self, Gains};
use leadlag_image::{
    Compartment, Core, Image, Learning, Loss, Operand, Ratio, Rounding, RowGroup, Rule, Sender,
    Side, Source,
};
use leadlag_plasticity as plasticity;
use leadlag_plasticity::{CodeScale, Constants, Fraction, Mean, TAU_STEP, TauConstants};

use crate::synapses::Synapses;

/// The chip's settings.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) cores: Vec<CorePlan>,
    pub(crate) lines: Vec<usize>,
    pub(crate) schedule: Option<Schedule>,
    pub(crate) outputs: usize,
    pub(crate) random_stride: u32,
    pub(crate) synapses: Synapses,
}

/// When the plasticity units run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schedule {
    pub(crate) every: u64,
    /// Whether the steps between two updates are gathered.
    pub(crate) gathers: bool,
    pub(crate) operand: Operand,
}

impl Schedule {
    /// Whether the somatic arrays see the products of this step. The apical ones follow by a step.
    pub(crate) fn takes(self, step: u64) -> bool {
        self.gathers || self.is_due(step)
    }

    /// Whether the somatic weights move in this step. The apical ones follow by a step.
    pub(crate) fn is_due(self, step: u64) -> bool {
        (step + 1).is_multiple_of(self.every)
    }
}

/// A core's settings.
#[derive(Clone, Debug)]
pub(crate) struct CorePlan {
    pub(crate) node: u16,
    pub(crate) columns: usize,
    pub(crate) width: usize,
    pub(crate) activation: Activation,
    pub(crate) slope_fraction: u32,
    pub(crate) gamma: i64,
    pub(crate) soma: SidePlan,
    pub(crate) apical: SidePlan,
    pub(crate) teach: Option<TeachPlan>,
    pub(crate) spike: Option<SpikePlan>,
    /// How membranes are converted: over the domain of their activation's table.
    pub(crate) membrane: Format,
    /// How lags follow from time constants.
    pub(crate) motion: Motion,
    /// How the membranes' time constants learn.
    pub(crate) tau: Option<TauPlan>,
}

/// The rule of a core's time constants.
#[derive(Clone, Debug)]
pub(crate) struct TauPlan {
    pub(crate) constants: TauConstants,
    /// From a step's sum of products to its part of the gathered sum.
    pub(crate) gathers: Option<Mean>,
    /// Places from the core's own error codes, and from membrane codes, to fractions with 15 bits.
    pub(crate) error_places: u32,
    pub(crate) membrane_places: u32,
}

impl TauPlan {
    /// State words per column beside the code.
    pub(crate) fn words(&self) -> usize {
        self.constants.rule.words() + usize::from(self.gathers.is_some())
    }

    /// Whether a step leaves its fraction to the next one.
    pub(crate) fn carries(&self) -> bool {
        self.constants.rounding == plasticity::Rounding::Carried
    }
}

/// Settings of the somas of a spiking core, in place of compartment and tables.
#[derive(Clone, Debug)]
pub(crate) struct SpikePlan {
    pub(crate) bank: SpikeBank,
    pub(crate) count: Count,
}

impl CorePlan {
    pub(crate) fn side(&self, compartment: Compartment) -> &SidePlan {
        match compartment {
            Compartment::Soma => &self.soma,
            Compartment::Apical => &self.apical,
        }
    }
}

/// Settings of the injection registers of a taught core.
#[derive(Clone, Debug)]
pub(crate) struct TeachPlan {
    pub(crate) loss: Loss,
    pub(crate) to_code: CodeScale,
    pub(crate) rate_scale: i32,
    /// An injection code in bits of the state, as a shift.
    pub(crate) code_shift: u32,
    /// First output of this core.
    pub(crate) first: usize,
}

/// Settings of one circuit of a core.
#[derive(Clone, Debug)]
pub(crate) struct SidePlan {
    pub(crate) bank: Bank,
    /// Update coefficients of the columns in use, with 32 fractional bits.
    pub(crate) lag: Vec<i64>,
    pub(crate) shape: Shape,
    pub(crate) wide_sums: bool,
    pub(crate) wide_products: bool,
    /// Steps whose products may be summed before they reach the gathered sums.
    pub(crate) together: usize,
    /// Whether rows are likely to be zero, or to keep their codes, for many steps.
    pub(crate) sparse: bool,
    pub(crate) links: Vec<Link>,
    pub(crate) sender: Format,
    pub(crate) adc: Format,
    pub(crate) groups: Vec<Group>,
}

/// Rows that are latched from one source.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) source: Source,
    pub(crate) first: usize,
    pub(crate) rows: usize,
    pub(crate) shift: u32,
}

/// Rows with one learning rule.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) first: usize,
    pub(crate) rows: usize,
    pub(crate) constants: Constants,
    /// How the products of several steps become one sum.
    pub(crate) gathers: Option<Gathering>,
}

/// From the products of several steps to the word `g`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gathering {
    /// From a step's sum of products to its part of the gathered sum.
    pub(crate) mean: Mean,
    /// Whether `mean` rounds nothing: what it drops are the zeros of the rows' shift.
    pub(crate) exact: bool,
    /// Bits that the word drops of the sum at first.
    pub(crate) cut: u8,
}

impl Gathering {
    fn new(mean: Mean, shift: u8, cut: u8) -> Self {
        let exact = mean.mantissa == 1 << 14 && mean.shift <= 14 + u32::from(shift);
        Self { mean, exact, cut }
    }
}

/// Bits of a mean product that the 16-bit word `g` of a row group drops. One replica: those beyond a
/// 16-bit fraction. More: half of what averaging takes from the noise is given back as resolution.
/// Of errors with headroom a normalised rule keeps four bits more, as far as the mean has them.
#[must_use]
pub fn dropped_bits(
    image: &Image,
    learning: &Learning,
    (core, side): (usize, Compartment),
    group: &RowGroup,
    replicas: u32,
) -> i32 {
    let product = registers::operand_bits(&image.chip, learning) + image.chip.payload_bits - 1;
    let erring = match (side, group.source) {
        (Compartment::Apical, Source::Core { core, .. }) => index(core),
        _ => core,
    };
    let taught = image.teaching.map(|teaching| teaching.population);
    let hidden = taught != Some(image.cores[erring].population);
    let spare = if hidden { spare(learning.rule) } else { 0 };
    let dropped = product.saturating_sub(16).saturating_sub(returned(replicas));
    (bits_to_i32(dropped) - spare).max(-bits_to_i32(replicas.ilog2()))
}

/// Bits by which the products of hidden errors are further from full scale than the word `g`: their
/// codes have headroom. The steps of a normalised rule do not depend on the size of `g`, but what is
/// below its last bit is lost. Errors of the output fill their codes, and one held at an end there
/// would take the balance from errors that add up to nothing (`docs/adr/0007-room-for-errors.md`).
fn spare(rule: Rule) -> i32 {
    match rule {
        Rule::Normalised { .. } => 4,
        Rule::Sgd | Rule::Momentum { .. } | Rule::Gathered { .. } => 0,
    }
}

/// Bits that averaging over replicas takes from the noise, of which half are given back.
fn returned(replicas: u32) -> u32 {
    replicas.ilog2() / 2
}

/// Bits that a step's product drops before it joins a sum of 32 bits, and those that the word `g`
/// drops of the sum at first: none overflows, and the sum keeps what places of the mean it can.
fn gathering(image: &Image, learning: &Learning, replicas: u32) -> (i32, u8) {
    let product = registers::operand_bits(&image.chip, learning) + image.chip.payload_bits - 1;
    let largest = product + learning.every.next_power_of_two().ilog2();
    let kept = bits_to_i32(replicas.ilog2()).min(32 - bits_to_i32(largest));
    let cut = (bits_to_i32(largest) + kept - 15).max(0);
    (-kept, u8::try_from(cut).unwrap_or(u8::MAX))
}

fn gathers(learning: &Learning) -> bool {
    matches!(learning.rule, Rule::Gathered { .. })
}

impl Plan {
    /// The settings of a validated image under the error scales in force.
    pub(crate) fn new(
        image: &Image,
        scales: &[i32],
        rate: Option<Ratio>,
        replicas: u32,
    ) -> Result<Self, Diagnostics> {
        let mut image = std::borrow::Cow::Borrowed(image);
        if let (Some(rate), true) = (rate, image.learning.is_some())
            && let Some(learning) = &mut image.to_mut().learning
        {
            learning.eta = learning.eta.times(rate);
            learning.decay = learning.decay.times(rate);
        }
        let image = image.as_ref();
        let cores = (0..image.cores.len()).map(|core| core_plan(image, core, scales, replicas));
        let outputs =
            image.teaching.map_or(0, |t| index(image.populations[index(t.population)].size));
        Ok(Self {
            cores: cores.collect::<Result<_, _>>()?,
            lines: image.inputs.iter().map(|input| index(input.size)).collect(),
            schedule: image.learning.as_ref().map(|l| Schedule {
                every: u64::from(l.every),
                gathers: gathers(l),
                operand: l.operand,
            }),
            outputs,
            random_stride: (2 * image.chip.neurons).next_power_of_two() / 4,
            synapses: Synapses::Auto,
        })
    }

    /// Whether the plasticity units read the column converters.
    pub(crate) fn converts(&self) -> bool {
        self.schedule.is_some_and(|schedule| schedule.operand == Operand::Adc)
    }

    /// Lines of all input bundles.
    pub(crate) fn line_count(&self) -> usize {
        self.lines.iter().sum()
    }
}

fn core_plan(
    image: &Image,
    at: usize,
    scales: &[i32],
    replicas: u32,
) -> Result<CorePlan, Diagnostics> {
    let core = &image.cores[at];
    let table = |t: &leadlag_image::Table| Table::new(&t.knots, t.domain, t.segments, t.extend);
    let gamma = registers::gamma(image, at, scales)?;
    Ok(CorePlan {
        node: u16::try_from(core.y * image.chip.extent().0 + core.x).unwrap_or(u16::MAX),
        columns: index(core.neurons),
        width: width(index(core.neurons)),
        activation: Activation::new(table(&core.phi), table(&core.phi_prime)),
        slope_fraction: (15 - i32::from(core.phi_prime.output)).unsigned_abs(),
        gamma: shifted(gamma, 24),
        soma: side_plan(image, at, Compartment::Soma, scales, replicas)?,
        apical: side_plan(image, at, Compartment::Apical, scales, replicas)?,
        teach: teach_plan(image, at, scales)?,
        spike: spike_plan(image, core),
        membrane: Format {
            shift: 25 - bits_to_i32(image.chip.adc.bits) + membrane_scale(core),
            bits: image.chip.adc.bits,
            threshold: 0,
        },
        motion: crate::trim::motion_of(image),
        tau: tau_plan(image, at, scales, replicas),
    })
}

fn spike_plan(image: &Image, core: &Core) -> Option<SpikePlan> {
    let spike = core.spike()?;
    let settings = Spiking {
        threshold: spike.threshold,
        leak: leadlag_fixed::signed(spike.leak),
        leak_shift: u32::from(spike.leak_shift),
        refractory: spike.refractory,
        rail: leadlag_fixed::signed(image.chip.rails << 24),
    };
    Some(SpikePlan {
        bank: SpikeBank::new(settings, registers::constant_code(&image.chip)),
        count: Count::new(image.chip.payload_bits, u32::from(spike.fraction)),
    })
}

/// Whether rows of this source are likely to be zero, or to keep their codes: host lines, spikes, and
/// senders that speak on change.
fn is_sparse(image: &Image, compartment: Compartment, source: Source) -> bool {
    match source {
        Source::Constant => false,
        Source::Input { .. } => true,
        Source::Core { core, .. } => {
            image.cores[index(core)].side(compartment).sender != Sender::EveryStep
        }
    }
}

/// `ratio * 2^places` as an integer, held at 31 bits.
fn shifted(ratio: Ratio, places: i32) -> i64 {
    let fraction = Fraction::new(ratio.mantissa, 0);
    let (mantissa, exponent) = (i64::from(fraction.mantissa), ratio.exponent + places);
    let moved = if exponent >= 0 {
        mantissa << exponent.min(31)
    } else {
        let dropped = exponent.unsigned_abs().min(40);
        ((mantissa >> (dropped - 1)) + 1) >> 1
    };
    moved.clamp(-(1 << 31), 1 << 31)
}

fn teach_plan(image: &Image, at: usize, scales: &[i32]) -> Result<Option<TeachPlan>, Diagnostics> {
    let core = &image.cores[at];
    let (Some(ratio), Some(teaching)) = (registers::injection(image, at, scales)?, image.teaching)
    else {
        return Ok(None);
    };
    let bits = image.chip.payload_bits;
    // Rates and targets reach the loss as fractions with 15 bits; the register ratio of the squared
    // error is per payload code.
    let places = match teaching.loss {
        Loss::CrossEntropy => 0,
        Loss::SquaredError => bits_to_i32(bits) - 16,
    };
    Ok(Some(TeachPlan {
        loss: teaching.loss,
        to_code: CodeScale { gain: Fraction::new(ratio.mantissa, ratio.exponent + places), bits },
        rate_scale: core.soma.scale,
        code_shift: 25 - bits,
        first: index(core.first),
    }))
}

fn bits_to_i32(bits: u32) -> i32 {
    leadlag_fixed::signed(bits)
}

fn side_plan(
    image: &Image,
    at: usize,
    compartment: Compartment,
    scales: &[i32],
    replicas: u32,
) -> Result<SidePlan, Diagnostics> {
    let (core, chip) = (&image.cores[at], &image.chip);
    let side = core.side(compartment);
    let gains = registers::gains(image, at, compartment, scales)?;
    let rail = leadlag_fixed::signed(chip.rails << 24);
    let rows: u32 = side.array.groups.iter().map(|g| g.rows).sum();
    // A spiking stage counts the sum itself.
    let counts = compartment == Compartment::Soma && core.spike().is_some();
    let gain = if counts { 0 } else { gains.shift };
    let shape = Shape { rows: index(rows).max(1), width: width(index(core.neurons)), gain };
    let largest_shift = u32::from(gains.row_shifts.iter().copied().max().unwrap_or(0));
    let row_bits = chip.payload_bits - 1 + largest_shift;
    let shifted = side.array.groups.iter().zip(&gains.row_shifts);
    let full_rows: u64 = shifted.map(|(group, &shift)| u64::from(group.rows) << shift).sum();
    let sum_bits =
        full_rows.max(1).next_power_of_two().ilog2() + chip.dac_bits + chip.payload_bits - 2;
    let own_bits = chip.payload_bits.max(chip.adc.bits) - 1;
    let product_bits = replicas.next_power_of_two().ilog2() + own_bits + row_bits;
    let groups = groups(image, at, compartment, scales, replicas, &gains)?;
    Ok(SidePlan {
        bank: Bank::new(&side.lag, &side.lead, rail),
        lag: side.lag.clone(),
        shape,
        wide_sums: sum_bits > 30,
        wide_products: product_bits > 30,
        together: together(&groups, product_bits),
        sparse: side.array.groups.iter().any(|g| is_sparse(image, compartment, g.source)),
        links: links(side, &gains),
        sender: Format {
            shift: code_shift(chip, core, compartment, chip.payload_bits),
            bits: chip.payload_bits,
            threshold: threshold(side.sender),
        },
        adc: Format {
            shift: code_shift(chip, core, compartment, chip.adc.bits),
            bits: chip.adc.bits,
            threshold: 0,
        },
        groups,
    })
}

/// Steps whose products are summed at once where nothing is rounded on the way to the gathered sums: the
/// sum of what was brought is then what the sum brings.
fn together(groups: &[Group], product_bits: u32) -> usize {
    const MOST: u32 = 6;
    let exact = |group: &Group| group.gathers.is_some_and(|gathers| gathers.exact);
    let places = if groups.iter().all(exact) { 30_u32.saturating_sub(product_bits) } else { 0 };
    1 << places.min(MOST)
}

/// The shift from a value to its code: rates are in units of the table, errors in state bits of
/// their own scale. A spiking stage gives payload codes.
fn code_shift(chip: &leadlag_image::Chip, core: &Core, compartment: Compartment, bits: u32) -> i32 {
    match compartment {
        Compartment::Soma if core.spike().is_some() => {
            bits_to_i32(chip.payload_bits) - bits_to_i32(bits)
        }
        Compartment::Soma => core.soma.scale - i32::from(core.phi.output) + 16 - bits_to_i32(bits),
        Compartment::Apical => 25 - bits_to_i32(bits),
    }
}

fn threshold(sender: Sender) -> u16 {
    match sender {
        Sender::EveryStep => 0,
        Sender::OnChange { threshold } => threshold,
    }
}

fn links(side: &Side, gains: &Gains) -> Vec<Link> {
    let shifted = side.array.groups.iter().zip(&gains.row_shifts);
    let link = |(group, &shift): (&RowGroup, &u8)| Link {
        source: group.source,
        first: index(group.first),
        rows: index(group.rows),
        shift: u32::from(shift),
    };
    shifted.map(link).collect()
}

fn groups(
    image: &Image,
    at: usize,
    compartment: Compartment,
    scales: &[i32],
    replicas: u32,
    gains: &Gains,
) -> Result<Vec<Group>, Diagnostics> {
    let Some(learning) = &image.learning else { return Ok(Vec::new()) };
    let steps = registers::steps(image, at, compartment, scales)?;
    let side = image.cores[at].side(compartment);
    let all = side.array.groups.iter().zip(&gains.row_shifts).zip(steps);
    let gathers = gathers(learning).then(|| gathering(image, learning, replicas));
    let group = |((group, &shift), step): ((&RowGroup, &u8), Ratio)| {
        let dropped = dropped_bits(image, learning, (at, compartment), group, replicas);
        let mean = |drop: i32| Mean::new(replicas, drop + i32::from(shift));
        Group {
            first: index(group.first),
            rows: index(group.rows),
            gathers: gathers.map(|(drop, cut)| Gathering::new(mean(drop), shift, cut)),
            constants: Constants {
                rule: rule(learning.rule),
                settling: settling(learning),
                mean: mean(dropped),
                eta: eta(learning.rule, step, dropped),
                decay: Fraction::new(learning.decay.mantissa, learning.decay.exponent + FINE),
                rounding: rounding(learning.rounding),
                weight_bits: image.chip.weight_bits,
            },
        }
    };
    Ok(all.filter(|((group, _), _)| group.plastic).map(group).collect())
}

/// Binary places of a fine unit below a weight's last bit.
const FINE: i32 = plasticity::FINE.cast_signed();

/// Fine units per unit of the rule's signal: `g` has lost the dropped bits; a quotient has ten more.
fn eta(rule: Rule, step: Ratio, dropped: i32) -> Fraction {
    let places = match rule {
        Rule::Sgd | Rule::Momentum { .. } => FINE + dropped,
        Rule::Normalised { .. } | Rule::Gathered { .. } => FINE - 10,
    };
    Fraction::new(step.mantissa, step.exponent + places)
}

/// The rule as the plasticity unit knows it: whether products are gathered is the schedule's matter.
#[must_use]
pub fn rule(rule: Rule) -> plasticity::Rule {
    match rule {
        Rule::Sgd => plasticity::Rule::Sgd,
        Rule::Momentum { blend } => plasticity::Rule::Momentum { blend },
        Rule::Normalised { blend, forget } | Rule::Gathered { blend, forget } => {
            plasticity::Rule::Normalised { blend, forget }
        }
    }
}

/// Means of gathered products are long; a draw keeps what moves them.
fn settling(learning: &Learning) -> plasticity::Settling {
    if gathers(learning) { plasticity::Settling::Drawn } else { plasticity::Settling::Rests }
}

/// A full-scale membrane code is worth `2^scale` units of the state: what the activation's table covers. A
/// membrane that spikes is in units of its own.
fn membrane_scale(core: &Core) -> i32 {
    if core.spike().is_some() { 0 } else { i32::from(core.phi.domain) }
}

/// The rule of the time constants. A product of codes has no bits to spare, as membranes move by few
/// codes in a step: `g` counts products of the last bits of both, and holds what is beyond 16 bits.
fn tau_plan(image: &Image, at: usize, scales: &[i32], replicas: u32) -> Option<TauPlan> {
    let learning = image.learning.as_ref()?;
    let tau = learning.tau.filter(|_| image.cores[at].spike().is_none())?;
    let own = registers::operand_bits(&image.chip, learning);
    let (error_places, membrane_places) = (16 - own, 16 - image.chip.adc.bits);
    let mut mean = Mean::new(replicas, bits_to_i32(error_places + membrane_places));
    mean.shift -= returned(replicas);
    let rule = rule(learning.rule);
    let population = &image.populations[index(image.cores[at].population)];
    let rate = learning.eta.times(population.eta_factor).times(tau.rate);
    let units = scales.get(at).copied().unwrap_or(0) + membrane_scale(&image.cores[at]) + 2
        - bits_to_i32(own + image.chip.adc.bits + returned(replicas));
    let places = match rule {
        plasticity::Rule::Sgd | plasticity::Rule::Momentum { .. } => units,
        plasticity::Rule::Normalised { .. } => -10 - bits_to_i32(rule.tau_lift()),
    };
    let gathers = gathers(learning).then_some(mean);
    Some(TauPlan {
        constants: TauConstants {
            rule,
            settling: settling(learning),
            mean: gathers.map_or(mean, |_| Mean::cut(0)),
            eta: Fraction::new(rate.mantissa, rate.exponent + places + bits_to_i32(TAU_STEP)),
            rounding: rounding(learning.rounding),
            least: i16::try_from(tau.least).unwrap_or(i16::MAX),
        },
        gathers,
        error_places,
        membrane_places,
    })
}

/// The rounding as the plasticity unit knows it.
#[must_use]
pub fn rounding(rounding: Rounding) -> plasticity::Rounding {
    match rounding {
        Rounding::Nearest => plasticity::Rounding::Nearest,
        Rounding::Stochastic => plasticity::Rounding::Stochastic,
        Rounding::Carried => plasticity::Rounding::Carried,
    }
}
