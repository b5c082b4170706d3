//! From synaptic sums to the drive of a compartment.
//!
//! The current of a column is `gain * I`. The soma adds `gamma * e` of the same step;
//! the apical compartment adds the injection register and multiplies by the derivative of the
//! activation function of the step before. A drive is held at [`DRIVE_RAIL`].

use leadlag_fixed::low_half;
use multiversion::multiversion;

/// 64 full scales: the largest drive current, in bits of the state.
pub const DRIVE_RAIL: i32 = 1 << 30;

/// Holds a wide value at the drive rail.
#[inline(always)]
#[must_use]
pub(crate) fn at_drive_rail(value: i64) -> i32 {
    low_half(value.clamp(-i64::from(DRIVE_RAIL), i64::from(DRIVE_RAIL)))
}

/// Adds `gamma * e` to the currents of the somas, in place.
///
/// Shapes: `[replica][column]`. `gamma` has 24 fractional bits and multiplies the prospective error
/// of this step.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
pub fn soma_drive(error: &[i32], gamma: i64, drive: &mut [i32]) {
    for (drive, &error) in drive.iter_mut().zip(error) {
        let nudge = (i64::from(error) * gamma + (1 << 23)) >> 24;
        *drive = at_drive_rail(i64::from(*drive) + nudge);
    }
}

/// Turns the currents of the apical compartments into drives, in place:
/// `phi' * (current + injection)`.
///
/// Shapes: `[replica][column]`. `injection` is in bits of the state; `slope` is phi' of the step
/// before, in units of `2^-slope_fraction`.
#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
pub fn apical_drive(injection: &[i32], slope: &[i32], slope_fraction: u32, drive: &mut [i32]) {
    let half = (1_i64 << slope_fraction) >> 1;
    for ((drive, &injection), &slope) in drive.iter_mut().zip(injection).zip(slope) {
        let current = at_drive_rail(i64::from(*drive) + i64::from(injection));
        *drive = at_drive_rail((i64::from(current) * i64::from(slope) + half) >> slope_fraction);
    }
}

/// A trimmed current: `I*(1 + gain/4) + offset/4` with both codes as fractions with 15 bits, one
/// rounding half up, held at the rail of drives.
#[must_use]
pub fn trim_current(current: i32, gain: i16, offset: i16) -> i32 {
    let gained = i64::from(current) * i64::from(gain);
    let wide = i64::from(current) + ((gained + (1 << 16)) >> 17) + (i64::from(offset) << 7);
    low_half(wide.max(-i64::from(DRIVE_RAIL)).min(i64::from(DRIVE_RAIL)))
}

/// [`trim_current`] for all columns of some replicas: `drive[replica][column]`, padded like the codes.
pub fn trim_currents(gain: &[i16], offset: &[i16], drive: &mut [i32]) {
    for drive in drive.chunks_exact_mut(gain.len()) {
        for ((drive, &gain), &offset) in drive.iter_mut().zip(gain).zip(offset) {
            *drive = trim_current(*drive, gain, offset);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use leadlag_fixed::half_up;
    use proptest::prelude::*;

    proptest! {
        /// The injection lies inside the product with phi', and gamma adds to the soma.
        #[test]
        fn drives_follow_their_equations(
            current in -DRIVE_RAIL..=DRIVE_RAIL, other in -DRIVE_RAIL..=DRIVE_RAIL,
            slope in -32_768..32_768_i32, fraction in 8..16_u32, gamma in -(1_i64 << 25)..1 << 25,
        ) {
            let rail = i128::from(DRIVE_RAIL);
            let mut drive = [current];
            apical_drive(&[other], &[slope], fraction, &mut drive);
            let total = (i128::from(current) + i128::from(other)).clamp(-rail, rail);
            prop_assert_eq!(i128::from(drive[0]), half_up(total * i128::from(slope), fraction).clamp(-rail, rail));
            let mut drive = [current];
            soma_drive(&[other], gamma, &mut drive);
            let nudge = half_up(i128::from(other) * i128::from(gamma), 24);
            prop_assert_eq!(i128::from(drive[0]), (i128::from(current) + nudge).clamp(-rail, rail));
        }
    }
}
