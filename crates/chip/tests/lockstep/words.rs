//! Arithmetic of words, and settings as the chip derives them.

use leadlag_circuits::{Coefficients, Motion, Settings, Table, trim_code, trimmed};
use leadlag_fixed::random::{Kind, draw};
use leadlag_fixed::{count, half_up, signed};
use leadlag_image::{Compartment, Core, Image, Solver};
use leadlag_plasticity::Words;

pub(super) fn side_of(compartment: Compartment) -> usize {
    match compartment {
        Compartment::Soma => 0,
        Compartment::Apical => 1,
    }
}

/// `value * 2^places`, rounded half up.
pub(super) fn times_power(value: i128, places: i32) -> i128 {
    if places >= 0 { value << places.min(80) } else { half_up(value, places.unsigned_abs()) }
}

/// `value` held within `-low ..= high`; whether it was.
pub(super) fn hold(value: i128, low: i128, high: i128) -> (i32, bool) {
    let held = value.clamp(low, high);
    (i32::try_from(held).expect("every register has at most 32 bits"), held != value)
}

/// A signed code of `bits` bits.
pub(super) fn code(value: i128, bits: u32) -> (i16, bool) {
    let half = 1_i128 << (bits - 1);
    let (held, was) = hold(value, -half, half - 1);
    (i16::try_from(held).expect("a code has at most 16 bits"), was)
}

pub(super) fn settings(
    image: &Image,
    core: &Core,
    compartment: Compartment,
    column: usize,
    tau_m: i16,
) -> Settings {
    let of = |side: &leadlag_image::Side| Coefficients {
        lag: side.lag[column],
        lead: side.lead[column],
    };
    let motion = match image.chip.solver {
        Solver::Euler => Motion::Euler,
        Solver::Exact => Motion::Exact,
    };
    let tau_r = trim_code(core.apical.lag[column]);
    let made = trimmed([of(&core.soma), of(&core.apical)], [tau_m, tau_r], motion);
    let Coefficients { lag, lead } = made[side_of(compartment)];
    Settings { lag, lead, rail: signed(image.chip.rails << 24) }
}

pub(super) fn table(from: &leadlag_image::Table) -> Table {
    Table::new(&from.knots, from.domain, from.segments, from.extend)
}

/// The places by which a signal is shifted into a code of `bits` bits.
pub(super) fn code_places(core: &Core, compartment: Compartment, bits: u32) -> i32 {
    match compartment {
        // A rate has 15 - output fractional bits.
        Compartment::Soma => signed(bits) - 1 - core.soma.scale - (15 - i32::from(core.phi.output)),
        // An error is in units of its own scale.
        Compartment::Apical => signed(bits) - 1 - 24,
    }
}

/// After an update a group of rows drops one bit more if its root mean squares average above 1024, one
/// less below 256.
pub(super) fn moved_cut(cut: u8, synapses: &mut [Words]) -> u8 {
    let sizes: f64 = synapses.iter().map(|words| f64::from(words.magnitude)).sum();
    let mean = sizes / f64::from(count(synapses.len()));
    let twice = |word: i16| word.saturating_mul(2);
    let half = |word: i16| i16::try_from((i32::from(word) + 1) >> 1).expect("smaller");
    if mean > 1024.0 && cut < 24 {
        for words in synapses {
            (words.mean, words.magnitude) = (half(words.mean), half(words.magnitude));
        }
        cut + 1
    } else if 0.0 < mean && mean < 256.0 && cut > 0 {
        for words in synapses {
            (words.mean, words.magnitude) = (twice(words.mean), twice(words.magnitude));
        }
        cut - 1
    } else {
        cut
    }
}

/// The half-word of the random port at a synapse: rows lie a power of two of half-words apart.
pub(super) fn half_word(
    image: &Image,
    seed: u64,
    step: u64,
    (at, side): (usize, usize),
    (row, column): (usize, usize),
) -> u16 {
    let core = &image.cores[at];
    let node = u16::try_from(core.y * image.chip.mesh_x + core.x).expect("at most 64 x 64 cores");
    let stride = (2 * image.chip.neurons).next_power_of_two() / 4;
    let place = count(row) * stride + count(column) / 2;
    let word =
        draw(seed, Kind::Plasticity, step, u16::try_from(side).expect("0 or 1"), node, place);
    let [a, b, c, d] = word.to_le_bytes();
    u16::from_le_bytes(if column.is_multiple_of(2) { [a, b] } else { [c, d] })
}
