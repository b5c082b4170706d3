//! What the emulation format does to one compartment, for given codes in its registers.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::{Chip, Compartment, Core, Image, Operand, RowGroup, Side, Source, registers};

use super::circuit::{Circuit, Mismatch, STATE_LSB};
use super::{DRIVE_RAIL, outward};
use crate::number::{converter, power};

/// The largest share of the finest observing converter's step that an emulation may be off by.
pub const LARGEST_SHARE: f64 = 0.25;

/// Rounding of the coefficients: to the nearest of 2^-32 and of 2^-24.
const COEFFICIENTS: Mismatch = Mismatch { alpha: 0.5 / 4_294_967_296.0, rho: STATE_LSB / 2.0 };

/// The certificate of the worst column of one circuit of a core.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Emulation {
    /// Index of the core.
    pub core: usize,
    /// Which circuit.
    pub compartment: Compartment,
    /// Column of the core.
    pub column: usize,
    /// How far the output can be from exact arithmetic, in its own full scales.
    pub bound: f64,
    /// The output's change that moves the finest observing code by one, in the same unit;
    /// infinite where the table is flat.
    pub lsb: f64,
    /// Bits of that code.
    pub bits: u32,
}

impl Emulation {
    /// The bound in steps of the finest converter that observes the output.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.bound / self.lsb
    }

    /// Refuses an emulation that is not certified to be invisible.
    ///
    /// # Errors
    /// LL4003: the share is above [`LARGEST_SHARE`].
    pub fn check(&self, image: &Image) -> Result<(), Diagnostic> {
        let share = self.share();
        if share <= LARGEST_SHARE {
            return Ok(());
        }
        let name = name(image, self.core);
        let message = format!(
            "the emulation of layer `{name}`, {}, is certified to {share:.2} LSB of the finest converter that observes it; at most {LARGEST_SHARE} is invisible",
            self.compartment.name()
        );
        Err(self
            .ways_out(image, share)
            .into_iter()
            .fold(Diagnostic::new("LL4003", message), Diagnostic::help))
    }

    /// Each bit less of the observing converters halves the share.
    fn ways_out(&self, image: &Image, share: f64) -> Vec<String> {
        let halvings = |less: &u32| share <= LARGEST_SHARE * power(signed(*less));
        let knobs = [("payload_bits", image.chip.payload_bits), ("adc.bits", image.chip.adc.bits)];
        let target = (1..self.bits - 1).find(halvings).map(|less| self.bits - less);
        let set = target.map(|target| {
            let above = knobs.iter().filter(|(_, bits)| *bits > target);
            above.map(|(knob, _)| format!("--set {knob}={target}")).collect::<Vec<_>>().join(" ")
        });
        let dt = "a larger `dt`, or shorter time constants: the error of a state grows with tau/dt";
        set.map(|set| format!("`{set}`")).into_iter().chain([dt.to_owned()]).collect()
    }
}

pub(super) fn name(image: &Image, core: usize) -> &str {
    let population = image.cores.get(core).and_then(|core| usize::try_from(core.population).ok());
    population.and_then(|at| image.populations.get(at)).map_or("?", |population| &population.name)
}

/// Certificates of both circuits of every core, the worst column each.
///
/// The output is compared with the one that exact arithmetic would give from the same codes: those
/// in the row registers, in the injection register and in the register of phi'. So nothing has to be
/// assumed about where the codes come from.
///
/// # Errors
/// What [`registers::gains`] refuses of an image that is not valid.
pub fn emulation(image: &Image) -> Result<Vec<Emulation>, Diagnostics> {
    let mut all = Vec::with_capacity(2 * image.cores.len());
    let rates = (0..image.cores.len()).filter(|&at| image.cores[at].spike().is_none());
    // A spiking core computes in whole numbers: there is nothing to certify.
    for core in rates {
        let apical = apical(image, core)?;
        all.push(soma(image, core, apical.bound)?);
        all.push(apical);
    }
    Ok(all)
}

/// `D = gain*I + gamma*e`: both terms rounded, and the e of this step comes as it is.
fn soma(image: &Image, at: usize, apical: f64) -> Result<Emulation, Diagnostics> {
    let core = &image.cores[at];
    let unit = power(core.apical.scale);
    let gamma = (f64::from(core.gamma.mantissa) * power(core.gamma.exponent) * unit).abs();
    let rails = f64::from(image.chip.rails);
    let nudged = f64::from(u8::from(core.gamma.mantissa != 0));
    let error = rounded(image, at, Compartment::Soma)?
        + gamma * apical
        + nudged * (STATE_LSB / 2.0 + rails * STATE_LSB / 2.0);
    let steepest = steepest(core);
    let bits = observing(image, core, Compartment::Soma);
    let lsb = power(core.soma.scale + 1 - signed(bits)) / steepest;
    let drive = |column| (current(image, core, Compartment::Soma, column) + gamma * rails, error);
    Ok(worst(image, (at, Compartment::Soma), drive, (lsb, bits)))
}

/// `D = phi'*(gain*I + injection)`: the current is rounded, then the product.
fn apical(image: &Image, at: usize) -> Result<Emulation, Diagnostics> {
    let core = &image.cores[at];
    let table = &core.phi_prime;
    let largest = table.knots.iter().map(|k| k.unsigned_abs()).max().unwrap_or(0);
    let slope = f64::from(largest) * power(i32::from(table.output) - 15);
    let error = slope * rounded(image, at, Compartment::Apical)? + STATE_LSB / 2.0;
    let taught = image.teaching.is_some_and(|teaching| teaching.population == core.population);
    let injection = f64::from(u8::from(taught));
    let bits = observing(image, core, Compartment::Apical);
    let drive = |column| {
        let current = current(image, core, Compartment::Apical, column) + injection;
        (slope * current.min(DRIVE_RAIL), error)
    };
    Ok(worst(image, (at, Compartment::Apical), drive, (power(1 - signed(bits)), bits)))
}

/// The worst column: `drive` gives the largest drive of a column and the error in it.
fn worst(
    image: &Image,
    (at, compartment): (usize, Compartment),
    drive: impl Fn(usize) -> (f64, f64),
    (lsb, bits): (f64, u32),
) -> Emulation {
    let side = image.cores[at].side(compartment);
    let rails = f64::from(image.chip.rails);
    let bound = |column: usize| {
        let (largest, error) = drive(column);
        let share = circuit(side, column).arithmetic(COEFFICIENTS, span(largest, rails));
        outward(circuit(side, column).input_gain() * error + share.state + share.lead)
    };
    let bounds = (0..side.lag.len()).map(|column| (column, bound(column)));
    let (column, bound) = bounds.fold((0, 0.0), |top, one| if one.1 > top.1 { one } else { top });
    Emulation { core: at, compartment, column, bound, lsb, bits }
}

/// The largest distance of a drive from a state: the state is a mean of drives, held at the rails.
pub(super) fn span(drive: f64, rails: f64) -> f64 {
    drive.min(DRIVE_RAIL) + drive.min(rails)
}

/// The circuit that a column's coefficients state.
pub(super) fn circuit(side: &Side, column: usize) -> Circuit {
    Circuit {
        alpha: side.lag[column] as f64 / 4_294_967_296.0,
        rho: side.lead[column] as f64 * STATE_LSB,
    }
}

/// Error of the current: half a bit where the gain drops bits, none where it does not.
pub(super) fn rounded(
    image: &Image,
    core: usize,
    compartment: Compartment,
) -> Result<f64, Diagnostics> {
    let gains = registers::gains(image, core, compartment, &registers::error_scales(image))?;
    Ok(if gains.shift < 0 { STATE_LSB / 2.0 } else { 0.0 })
}

/// The largest current of a column over all codes, in own units.
pub(super) fn current(image: &Image, core: &Core, compartment: Compartment, column: usize) -> f64 {
    let (side, columns) = (core.side(compartment), leadlag_fixed::index(core.neurons));
    let unit = match compartment {
        Compartment::Soma => 1.0,
        Compartment::Apical => power(core.apical.scale),
    };
    let rows = |group: &RowGroup| {
        let scale = source_scale(image, group.source, compartment);
        let first = leadlag_fixed::index(group.first) * columns + column;
        let words = side.array.words.iter().skip(first).step_by(columns);
        let sum: f64 = words
            .take(leadlag_fixed::index(group.rows))
            .map(|&word| weight(&image.chip, word, group.weight_scale).abs())
            .sum();
        sum * power(scale)
    };
    side.array.groups.iter().map(rows).sum::<f64>() / unit
}

/// What a synapse's converter makes of a word.
pub(crate) fn weight(chip: &Chip, word: i16, scale: i32) -> f64 {
    let code = converter(word, chip.weight_bits, chip.dac_bits);
    f64::from(code) * power(scale + 1 - signed(chip.dac_bits))
}

fn source_scale(image: &Image, source: Source, compartment: Compartment) -> i32 {
    let at = leadlag_fixed::index;
    match (source, compartment) {
        (Source::Constant, _) => 0,
        (Source::Input { input, .. }, _) => image.inputs[at(input)].scale,
        (Source::Core { core, .. }, Compartment::Soma) => image.cores[at(core)].soma.scale,
        (Source::Core { core, .. }, Compartment::Apical) => image.cores[at(core)].apical.scale,
    }
}

/// The steepest segment of the activation table, in rate per full scale of y.
fn steepest(core: &Core) -> f64 {
    let table = &core.phi;
    let rise = |pair: &[i16]| (i32::from(pair[1]) - i32::from(pair[0])).unsigned_abs();
    let rise = table.knots.windows(2).map(rise).max().unwrap_or(0);
    let width = i32::from(table.domain) + 1 - i32::from(table.segments);
    f64::from(rise) * power(i32::from(table.output) - 15 - width)
}

/// Bits of the finest code that is made of a signal: the payload's, and the column converter's where
/// the rule or the loss reads it.
fn observing(image: &Image, core: &Core, compartment: Compartment) -> u32 {
    let chip = &image.chip;
    let ruled = image.learning.as_ref().is_some_and(|l| l.operand == Operand::Adc);
    let taught = image.teaching.is_some_and(|t| t.population == core.population);
    let converted = ruled || (taught && compartment == Compartment::Soma);
    if converted { chip.payload_bits.max(chip.adc.bits) } else { chip.payload_bits }
}

fn signed(bits: u32) -> i32 {
    leadlag_fixed::signed(bits)
}
