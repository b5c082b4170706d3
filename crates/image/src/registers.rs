//! What follows from the exponents: gains, row shifts and step sizes, in integers.
//!
//! An image states scales as powers of two. The registers here are computed from them when the
//! image is loaded, and again when the host moves an error scale. Conventions, with `b_w`, `b_d` and
//! `b_p` the bits of word, converter and payload:
//!
//! | integer | value |
//! |---|---|
//! | weight word `w` | `w * 2^(weight_scale - (b_w - 1))` |
//! | converter code `d` | `d * 2^(weight_scale - (b_d - 1))` |
//! | payload code `c` | `c * 2^(scale - (b_p - 1))` |
//! | state of a soma | Q7.24 |
//! | state of an apical compartment | Q7.24, in units of `2^scale` of its own side |
//!
//! `error_scales[core]` holds the apical scales in force; [`error_scales`] gives the image's own.
//! All functions take a validated image and refuse, rather than panic on, a wrong index. A ratio
//! they return has the image's mantissa and an exponent of at most 165 in magnitude.

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use crate::{Chip, Core, Image, Learning, Loss, Operand, Ratio, RowGroup, Rule, Source};

/// Smallest and largest exponent of a scale.
pub const SCALE_RANGE: (i32, i32) = (-24, 24);

/// Bits of magnitude that an accumulator of a synaptic sum holds after its gain.
pub const ACCUMULATOR_BITS: i32 = 62;

/// One of the two circuits of a neuron.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Compartment {
    /// Membrane and prospective rate.
    Soma,
    /// Error state and prospective error.
    Apical,
}

impl Compartment {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Soma, Self::Apical];

    /// Its place in [`Compartment::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::Soma => 0,
            Self::Apical => 1,
        }
    }

    /// The field's name in an image.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Soma => "soma",
            Self::Apical => "apical",
        }
    }
}

impl Ratio {
    /// The same mantissa, `places` powers of two larger.
    #[must_use]
    pub fn scaled(self, places: i32) -> Self {
        Self { exponent: self.exponent + places, ..self }
    }
}

/// How a synaptic sum becomes a drive.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Gains {
    /// `drive = sum * 2^shift` in Q7.24: a left shift if positive, else a right shift, half up.
    /// At least -62, and a left shift never leaves [`ACCUMULATOR_BITS`].
    pub shift: i32,
    /// Left shift of the codes of each row group before they enter the sum.
    pub row_shifts: Vec<u8>,
}

/// The image's own apical scales, by core.
#[must_use]
pub fn error_scales(image: &Image) -> Vec<i32> {
    image.cores.iter().map(|core| core.apical.scale).collect()
}

/// The code on a constant row: the largest one, just below full scale.
#[must_use]
pub fn constant_code(chip: &Chip) -> i32 {
    (1 << (chip.payload_bits - 1)) - 1
}

/// Gain and row shifts of one array.
///
/// The gain exponent is the smallest `weight_scale + source scale` over the row groups; what a group
/// lies above it is its row shift. An array without rows has shift 0.
///
/// # Errors
/// LL1271 if a row shift exceeds `row_shift_max`, LL1272 if the shift leaves the accumulator, LL1260
/// if an error scale is out of range, LL1262 for an index outside the image.
pub fn gains(
    image: &Image,
    core: usize,
    compartment: Compartment,
    error_scales: &[i32],
) -> Result<Gains, Diagnostics> {
    let groups = &core_at(image, core)?.side(compartment).array.groups;
    let exponents: Vec<i32> = groups
        .iter()
        .map(|g| Ok(g.weight_scale + source_scale(image, g.source, compartment, error_scales)?))
        .collect::<Result<_, Diagnostic>>()?;
    let Some(least) = exponents.iter().copied().min() else { return Ok(Gains::default()) };
    let place = format!("cores[{core}].{}", compartment.name());
    let row_shifts = row_shifts(&image.chip, groups, &exponents, least, &place)?;
    let unit = match compartment {
        Compartment::Soma => 0,
        Compartment::Apical => error_scale(error_scales, core)?,
    };
    let shift =
        24 + least - unit - fraction(image.chip.dac_bits) - fraction(image.chip.payload_bits);
    check_shift(shift, sum_bits(&image.chip, groups, &row_shifts), &place)?;
    Ok(Gains { shift, row_shifts })
}

/// Exponent of the unit of a spiking core's membrane; none if the core does not spike.
///
/// # Errors
/// LL1260 or LL1262, as for [`gains`].
pub fn membrane_unit(image: &Image, core: usize) -> Result<Option<i32>, Diagnostics> {
    let own = core_at(image, core)?;
    let Some(spike) = own.spike() else { return Ok(None) };
    let exponent = |group: &RowGroup| {
        Ok(group.weight_scale + source_scale(image, group.source, Compartment::Soma, &[])?)
    };
    let all: Vec<i32> =
        own.soma.array.groups.iter().map(exponent).collect::<Result<_, Diagnostic>>()?;
    let least = all.into_iter().min().unwrap_or(0);
    Ok(Some(least - fraction(image.chip.dac_bits) - i32::from(spike.fraction)))
}

/// Bits of magnitude of the word that the largest sum of an array needs.
#[must_use]
pub fn word_bits(chip: &Chip, rows: u32, row_shifts: &[u8]) -> u32 {
    let largest = u32::from(row_shifts.iter().copied().max().unwrap_or(0));
    rows.max(1).next_power_of_two().ilog2() + chip.dac_bits + chip.payload_bits - 2 + largest
}

/// The coefficient of the prospective error, in own apical units, in the soma's drive.
///
/// # Errors
/// LL1260 or LL1262, as for [`gains`].
pub fn gamma(image: &Image, core: usize, error_scales: &[i32]) -> Result<Ratio, Diagnostics> {
    let gamma = core_at(image, core)?.gamma;
    Ok(gamma.scaled(error_scale(error_scales, core)?))
}

/// From the loss to the injection register of a core, if the core is taught.
///
/// The register holds a code of `payload_bits`, in own apical units. For cross-entropy the ratio
/// multiplies `onehot - softmax` in Q0.15; for the squared error it multiplies the difference of two
/// payload codes, target minus sent rate.
///
/// # Errors
/// LL1260 or LL1262, as for [`gains`].
pub fn injection(
    image: &Image,
    core: usize,
    error_scales: &[i32],
) -> Result<Option<Ratio>, Diagnostics> {
    let own = core_at(image, core)?;
    let unit = error_scale(error_scales, core)?;
    let taught = image.teaching.filter(|teaching| teaching.population == own.population);
    Ok(taught.map(|teaching| match teaching.loss {
        Loss::CrossEntropy => teaching.beta.scaled(fraction(image.chip.payload_bits) - 15 - unit),
        Loss::SquaredError => teaching.beta.scaled(own.soma.scale - unit),
    }))
}

/// Learning rate of each row group of an array, in steps of the weight word; empty if the image does
/// not learn. Groups that are not plastic have one too.
///
/// For `Sgd` and `Momentum` the ratio multiplies the product of two codes, own signal and row. The
/// own signal has the bits of the payload or of the column converter, as the operand says. For
/// `Normalised` it is the step of one update, since there the product cancels.
///
/// # Errors
/// LL1260 or LL1262, as for [`gains`].
pub fn steps(
    image: &Image,
    core: usize,
    compartment: Compartment,
    error_scales: &[i32],
) -> Result<Vec<Ratio>, Diagnostics> {
    let Some(learning) = &image.learning else { return Ok(Vec::new()) };
    let own = core_at(image, core)?;
    let error = error_scale(error_scales, core)?;
    let own_scale = match compartment {
        Compartment::Soma => error,
        Compartment::Apical => own.soma.scale,
    };
    let own_place = own_scale - fraction(operand_bits(&image.chip, learning));
    let step = |group: &RowGroup| {
        let eta = learning.eta.times(eta_factor(image, own, compartment, group.source)?);
        let row = source_scale(image, group.source, compartment, error_scales)?;
        let row_place = row - fraction(image.chip.payload_bits);
        let word = group.weight_scale - fraction(image.chip.weight_bits);
        Ok(match learning.rule {
            Rule::Sgd | Rule::Momentum { .. } => eta.scaled(own_place + row_place - word),
            Rule::Normalised { .. } | Rule::Gathered { .. } => eta.scaled(-word),
        })
    };
    own.side(compartment).array.groups.iter().map(step).collect()
}

/// The factor of the population that weights lead to: the core's own on its somatic array, on the apical
/// one that whose errors they carry.
fn eta_factor(
    image: &Image,
    own: &Core,
    compartment: Compartment,
    source: Source,
) -> Result<Ratio, Diagnostic> {
    let to = match (compartment, source) {
        (Compartment::Apical, Source::Core { core, .. }) => core_at(image, core)?.population,
        _ => own.population,
    };
    let found = usize::try_from(to).ok().and_then(|to| image.populations.get(to));
    let all = image.populations.len();
    found.map(|found| found.eta_factor).ok_or_else(|| no_such("population", to, all))
}

/// Fractional bits of a signed full-scale code.
fn fraction(bits: u32) -> i32 {
    i32::try_from(bits).unwrap_or(i32::MAX) - 1
}

/// Bits of the codes in which a core reads its own signal.
#[must_use]
pub fn operand_bits(chip: &Chip, learning: &Learning) -> u32 {
    match learning.operand {
        Operand::Sent => chip.payload_bits,
        Operand::Adc => chip.adc.bits,
    }
}

/// Scale of the codes that a source sends to an array.
fn source_scale(
    image: &Image,
    source: Source,
    compartment: Compartment,
    error_scales: &[i32],
) -> Result<i32, Diagnostic> {
    match (source, compartment) {
        (Source::Constant, _) => Ok(0),
        (Source::Input { input, .. }, _) => {
            let inputs = image.inputs.len();
            let found = usize::try_from(input).ok().and_then(|i| image.inputs.get(i));
            found.map(|input| input.scale).ok_or_else(|| no_such("input", input, inputs))
        }
        (Source::Core { core, .. }, Compartment::Soma) => Ok(core_at(image, core)?.soma.scale),
        (Source::Core { core, .. }, Compartment::Apical) => error_scale(error_scales, core),
    }
}

fn core_at<I>(image: &Image, core: I) -> Result<&Core, Diagnostic>
where
    I: TryInto<usize> + Copy + std::fmt::Display,
{
    let found = core.try_into().ok().and_then(|i| image.cores.get(i));
    found.ok_or_else(|| no_such("core", core, image.cores.len()))
}

fn error_scale<I>(error_scales: &[i32], core: I) -> Result<i32, Diagnostic>
where
    I: TryInto<usize> + Copy + std::fmt::Display,
{
    let found = core.try_into().ok().and_then(|i| error_scales.get(i)).copied();
    let scale = found.ok_or_else(|| no_such("error scale", core, error_scales.len()))?;
    let (low, high) = SCALE_RANGE;
    if (low..=high).contains(&scale) {
        return Ok(scale);
    }
    let text = format!("the error scale of `cores[{core}]` is {scale}; allowed is {low}..={high}");
    Err(Diagnostic::new("LL1260", text).help("keep the scale, or choose other units for the loss"))
}

fn no_such(what: &str, index: impl std::fmt::Display, have: usize) -> Diagnostic {
    Diagnostic::new("LL1262", format!("there is no {what} {index}; the image has {have}"))
        .help("indices count from 0")
}

/// The largest left shift of a row code: the knob, and a shifted code is a word of 16 bits.
#[must_use]
pub fn largest_row_shift(chip: &Chip) -> u32 {
    chip.row_shift_max.min(16_u32.saturating_sub(chip.payload_bits))
}

fn row_shifts(
    chip: &Chip,
    groups: &[RowGroup],
    exponents: &[i32],
    least: i32,
    place: &str,
) -> Result<Vec<u8>, Diagnostic> {
    let most = largest_row_shift(chip);
    let shift = |(group, exponent): (&RowGroup, &i32)| {
        let shift = exponent.abs_diff(least);
        let narrow = u8::try_from(shift).ok().filter(|_| shift <= most);
        narrow.ok_or_else(|| too_far_apart(group, shift, most, place))
    };
    groups.iter().zip(exponents).map(shift).collect()
}

fn too_far_apart(group: &RowGroup, shift: u32, most: u32, place: &str) -> Diagnostic {
    let label = &group.label;
    let text =
        format!("the rows `{label}` of `{place}` need a shift of {shift}; the chip has {most}");
    Diagnostic::new("LL1271", text)
        .help(format!("bring the scales of the array's row groups within {most} powers of two"))
        .help(
            "`--set row_shift_max=N` or `--set payload_bits=N`: a shifted code has at most 16 bits",
        )
}

/// Bits of magnitude that the largest synaptic sum takes.
fn sum_bits(chip: &Chip, groups: &[RowGroup], row_shifts: &[u8]) -> i32 {
    let weighted = |(group, shift): (&RowGroup, &u8)| u64::from(group.rows) << shift;
    let rows: u64 = groups.iter().zip(row_shifts).map(weighted).sum();
    let rows = 64 - i32::try_from(rows.leading_zeros()).unwrap_or(0);
    rows + fraction(chip.dac_bits) + fraction(chip.payload_bits)
}

fn check_shift(shift: i32, bits: i32, place: &str) -> Result<(), Diagnostic> {
    let (low, high) = (-ACCUMULATOR_BITS, ACCUMULATOR_BITS - bits);
    if (low..=high).contains(&shift) {
        return Ok(());
    }
    let text = format!(
        "the gain of `{place}` is a shift by {shift}; sums of {bits} bits allow {low}..={high}"
    );
    Err(Diagnostic::new("LL1272", text)
        .help("bring weight, source and error scales of this array closer to 0"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    /// `2^exponent`, exactly.
    fn power(exponent: i32) -> f64 {
        2.0_f64.powi(exponent)
    }

    fn real(ratio: Ratio) -> f64 {
        f64::from(ratio.mantissa) * power(ratio.exponent)
    }

    fn assert_same(left: f64, right: f64) {
        assert!((left - right).abs() <= 1e-12 * right.abs().max(1e-300), "{left} is not {right}");
    }

    /// Value of a code of `bits` at a scale.
    fn value(code: i32, bits: u32, scale: i32) -> f64 {
        f64::from(code) * power(scale - fraction(bits))
    }

    /// A number in `0 .. below` that depends on both arguments.
    fn mix(seed: u32, below: u32) -> i32 {
        let mixed = seed.wrapping_mul(2_654_435_761).rotate_left(11) ^ 0x5bd1_e995;
        i32::try_from(mixed % below).expect("below is small")
    }

    /// The scale of a source's codes, read off the image.
    fn scale_of(image: &Image, source: Source, side: Compartment, scales: &[i32]) -> i32 {
        let at = |index: u32| usize::try_from(index).expect("small");
        match source {
            Source::Constant => 0,
            Source::Input { input, .. } => image.inputs[at(input)].scale,
            Source::Core { core, .. } if side == Compartment::Soma => {
                image.cores[at(core)].soma.scale
            }
            Source::Core { core, .. } => scales[at(core)],
        }
    }

    /// The drive of one column: from integers as the chip forms it, and from values.
    fn both_drives(image: &Image, core: usize, side: Compartment, scales: &[i32]) -> (f64, f64) {
        let chip = &image.chip;
        let gains = gains(image, core, side, scales).expect("a valid image has gains");
        let groups = &image.cores[core].side(side).array.groups;
        let (mut sum, mut drive) = (0_i64, 0.0);
        for (index, (group, shift)) in groups.iter().zip(&gains.row_shifts).enumerate() {
            let source = scale_of(image, group.source, side, scales);
            for row in 0..group.rows {
                let seed = u32::try_from(index).expect("few groups") * 1000 + row;
                let dac = mix(seed, 1 << chip.dac_bits) - (1 << (chip.dac_bits - 1));
                let sent = mix(seed + 77, 1 << chip.payload_bits) - (1 << (chip.payload_bits - 1));
                sum += i64::from(dac) * (i64::from(sent) << shift);
                drive += value(dac, chip.dac_bits, group.weight_scale)
                    * value(sent, chip.payload_bits, source);
            }
        }
        let sum = f64::from(i32::try_from(sum).expect("small samples"));
        (sum * power(gains.shift - 24), drive)
    }

    #[test]
    fn the_sum_times_its_gain_is_the_drive() {
        let mut groups = [0, 0];
        for seed in 0..200_u32 {
            let tape: Vec<u32> = (0..200).map(|i| seed.wrapping_mul(i * i + 77_777) >> 3).collect();
            let image = samples::from_tape(&tape);
            // All moved alike, so that row shifts stay; moving one core is a test of its own.
            let scales: Vec<i32> = error_scales(&image).iter().map(|s| s - 2).collect();
            for core in 0..image.cores.len() {
                let (chip, values) = both_drives(&image, core, Compartment::Soma, &scales);
                assert_same(chip, values);
                let (chip, values) = both_drives(&image, core, Compartment::Apical, &scales);
                assert_same(chip * power(scales[core]), values);
                groups[0] += image.cores[core].soma.array.groups.len();
                groups[1] += image.cores[core].apical.array.groups.len();
            }
        }
        assert!(groups.iter().all(|n| *n > 100), "the arrays have rows: {groups:?}");
    }

    #[test]
    fn moving_the_scale_of_a_source_moves_its_row_shift() {
        let image = samples::small();
        let at = |scales: &[i32]| gains(&image, 0, Compartment::Apical, scales).expect("valid");
        let (before, after) = (at(&[-4, -3]), at(&[-4, -1]));
        assert_eq!(after.shift, before.shift + 2, "one group alone moves the gain");
        let own = at(&[-6, -3]);
        assert_eq!(own.shift, before.shift + 2, "a smaller unit makes larger states");
        assert_eq!(own.row_shifts, [0]);
    }

    #[test]
    fn gamma_turns_own_error_units_into_drive() {
        let image = samples::small();
        let ratio = gamma(&image, 0, &[-7, -7]).expect("valid");
        assert_same(real(ratio), real(image.cores[0].gamma) * power(-7));
    }

    #[test]
    fn a_squared_error_is_injected_in_own_units() {
        let mut image = samples::small();
        let (unit, rate) = (-6, image.cores[1].soma.scale);
        image.teaching.as_mut().expect("taught").loss = Loss::SquaredError;
        let ratio = injection(&image, 1, &[0, unit]).expect("valid").expect("taught");
        let bits = image.chip.payload_bits;
        let beta = real(image.teaching.expect("taught").beta);
        let wanted = beta * value(100, bits, rate) / value(1, bits, unit);
        assert_same(real(ratio) * 100.0, wanted);
    }

    #[test]
    fn a_cross_entropy_error_is_injected_in_own_units() {
        let image = samples::small();
        let ratio = injection(&image, 1, &[0, -6]).expect("valid").expect("taught");
        let beta = real(image.teaching.expect("taught").beta);
        let wanted = beta * (12_345.0 / 32_768.0) / value(1, image.chip.payload_bits, -6);
        assert_same(real(ratio) * 12_345.0, wanted);
        assert_eq!(injection(&image, 0, &[0, -6]), Ok(None), "only the output is taught");
    }

    #[test]
    fn a_step_is_the_rate_times_both_values_over_the_word() {
        let mut image = samples::small();
        let scales = [-5, -3];
        for operand in [Operand::Sent, Operand::Adc] {
            let learning = image.learning.as_mut().expect("learns");
            (learning.operand, learning.rule) = (operand, Rule::Sgd);
            let own_bits = operand_bits(&image.chip, learning);
            // Both arrays hold weights to the output, which learns at a share of the rate.
            let eta = real(learning.eta) * 0.25;
            let chip = &image.chip;
            let step = steps(&image, 1, Compartment::Soma, &scales).expect("valid");
            let group = &image.cores[1].soma.array.groups[0];
            let word = value(1, chip.weight_bits, group.weight_scale);
            let e = value(31, own_bits, scales[1]);
            let r = value(-17, chip.payload_bits, image.cores[0].soma.scale);
            assert_same(real(step[0]) * 31.0 * -17.0, eta * e * r / word);

            let step = steps(&image, 0, Compartment::Apical, &scales).expect("valid");
            let group = &image.cores[0].apical.array.groups[0];
            let word = value(1, chip.weight_bits, group.weight_scale);
            let r = value(-17, own_bits, image.cores[0].soma.scale);
            let e = value(31, chip.payload_bits, scales[1]);
            assert_same(real(step[0]) * 31.0 * -17.0, eta * e * r / word);
        }
    }

    #[test]
    fn a_normalised_step_does_not_depend_on_the_signals() {
        let mut image = samples::small();
        let learning = image.learning.as_mut().expect("learns");
        learning.rule = Rule::Normalised { blend: 3277, forget: 6 };
        let eta = real(learning.eta) * 0.25;
        let near = steps(&image, 1, Compartment::Soma, &[0, 0]).expect("valid");
        let far = steps(&image, 1, Compartment::Soma, &[-9, -9]).expect("valid");
        assert_eq!(near, far);
        let group = &image.cores[1].soma.array.groups[0];
        assert_same(real(near[0]), eta / value(1, image.chip.weight_bits, group.weight_scale));
        let hidden = steps(&image, 0, Compartment::Soma, &[0, 0]).expect("valid");
        let group = &image.cores[0].soma.array.groups[0];
        let word = value(1, image.chip.weight_bits, group.weight_scale);
        assert_same(real(hidden[0]) * 0.25, eta / word);
    }

    #[test]
    fn scales_too_far_apart_are_refused_with_both_numbers() {
        let mut image = samples::small();
        image.cores[0].soma.array.groups[0].weight_scale += 8;
        let refusal = gains(&image, 0, Compartment::Soma, &[0, 0]).expect_err("too far");
        assert_eq!(
            refusal.to_string(),
            "[LL1271]: the rows `in -> hidden` of `cores[0].soma` need a shift of 9; the chip has 5\n"
        );
    }

    #[test]
    fn a_shifted_code_has_at_most_16_bits() {
        let mut image = samples::small();
        image.chip.payload_bits = 14;
        image.cores[0].soma.array.groups[0].weight_scale = 2;
        assert!(gains(&image, 0, Compartment::Soma, &[0, 0]).is_ok());
        image.cores[0].soma.array.groups[0].weight_scale = 3;
        let refusal = gains(&image, 0, Compartment::Soma, &[0, 0]).expect_err("too far");
        assert_eq!(
            refusal.to_string(),
            "[LL1271]: the rows `in -> hidden` of `cores[0].soma` need a shift of 3; the chip has 2\n"
        );
    }

    #[test]
    fn a_gain_beyond_the_accumulator_is_refused_with_both_numbers() {
        let mut image = samples::small();
        image.cores[0].soma.array.groups.truncate(1);
        let group = &mut image.cores[0].soma.array.groups[0];
        group.weight_scale = 24;
        image.inputs[0].scale = 24;
        let refusal = gains(&image, 0, Compartment::Soma, &[0, 0]).expect_err("too far");
        assert_eq!(
            refusal.to_string(),
            "[LL1272]: the gain of `cores[0].soma` is a shift by 56; sums of 18 bits allow -62..=44\n"
        );
    }

    #[test]
    fn an_error_scale_out_of_range_or_missing_is_refused() {
        let image = samples::small();
        let text = |scales: &[i32]| gamma(&image, 1, scales).expect_err("refused").to_string();
        assert_eq!(
            text(&[0, 25]),
            "[LL1260]: the error scale of `cores[1]` is 25; allowed is -24..=24\n"
        );
        assert_eq!(text(&[0]), "[LL1262]: there is no error scale 1; the image has 1\n");
        let refusal = gamma(&image, 2, &[0, 0]).expect_err("refused").to_string();
        assert_eq!(refusal, "[LL1262]: there is no core 2; the image has 2\n");
    }

    #[test]
    fn the_constant_row_drives_the_largest_code() {
        assert_eq!(constant_code(&samples::small().chip), 511);
    }
}
