//! The spiking output stage: leaky integrate-and-fire neurons in integers.
//!
//! ```text
//!  synaptic sum ─► count ─► u ─► v - floor(leak*v) + u ─► v > threshold? ─► spike, v = 0, pause
//! ```
//!
//! The stage takes the place of the lead-lag compartment and its table. A spike is the full-scale
//! code for one step, and no spike is the code 0; [`Count`] turns the synaptic sum of such codes into
//! the sum of the weights of those that spiked, so a network of whole numbers is computed exactly.
//! [`Spiking::tick`] is the specification, [`SpikeBank`] its bank.

use leadlag_fixed::low_half;
use multiversion::multiversion;

use crate::bank::Held;
use crate::drive::DRIVE_RAIL;

/// Settings of a spiking neuron. The membrane's unit is the image's (`docs/chip/spiking.md`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spiking {
    /// A membrane above this spikes; from 0 on.
    pub threshold: i32,
    /// Leak of a step, in `2^-leak_shift` of the membrane; `0 ..= 2^leak_shift`.
    pub leak: i32,
    /// At most 24.
    pub leak_shift: u32,
    /// Steps after a spike in which the neuron stays at 0 and hears nothing.
    pub refractory: u16,
    /// The membrane is held at plus and minus this, at most `2^29`.
    pub rail: i32,
}

/// Registers of a spiking neuron.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Membrane {
    /// v.
    pub value: i32,
    /// Steps that it still rests.
    pub pause: i32,
}

/// What a spiking neuron does in a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fired {
    /// The membrane that was compared with the threshold.
    pub before: i32,
    /// Whether it spiked.
    pub spike: bool,
    /// Whether the rail held it.
    pub held: bool,
}

impl Spiking {
    /// One circuit step: `v <- v - floor(leak*v) + u`, a strict comparison, and reset to 0 in the
    /// same step. The shift is arithmetic, so a negative membrane leaks towards 0 by at least 1.
    pub fn tick(&self, membrane: &mut Membrane, u: i32) -> Fired {
        if membrane.pause > 0 {
            *membrane = Membrane { value: 0, pause: membrane.pause - 1 };
            return Fired { before: 0, spike: false, held: false };
        }
        let v = i64::from(membrane.value);
        let exact = v - ((v * i64::from(self.leak)) >> self.leak_shift) + i64::from(u);
        let rail = i64::from(self.rail);
        let before = low_half(exact.clamp(-rail, rail));
        let spike = before > self.threshold;
        *membrane = if spike {
            Membrane { value: 0, pause: i32::from(self.refractory) }
        } else {
            Membrane { value: before, pause: 0 }
        };
        Fired { before, spike, held: i64::from(before) != exact }
    }
}

/// From a synaptic sum to the membrane's unit: `sum * 2^fraction / full`, to the nearest, held at
/// the drive rail. A row with the full-scale code counts as one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Count {
    full: i32,
    fraction: u32,
    reciprocal: i64,
    shift: u32,
}

impl Count {
    /// Most bits by which the membrane is finer than the sum.
    pub const FRACTION_MAX: u32 = 12;

    /// For codes of `payload_bits`, 2 to 16.
    #[must_use]
    pub fn new(payload_bits: u32, fraction: u32) -> Self {
        let full = (1 << (payload_bits - 1)) - 1;
        let shift = payload_bits + 31;
        // Rounded: half of one in 2^(payload_bits + 31).
        let reciprocal = ((1_i64 << shift) / i64::from(full) + 1) >> 1;
        Self { full, fraction: fraction.min(Self::FRACTION_MAX), reciprocal, shift }
    }

    /// The specification: `|sum| <= 2^30`. `full` is odd, so there are no ties.
    #[must_use]
    pub fn of(self, sum: i32) -> i32 {
        let full = i128::from(self.full);
        let exact = (2 * (i128::from(sum) << self.fraction) + full).div_euclid(2 * full);
        let rail = i128::from(DRIVE_RAIL);
        i32::try_from(exact.clamp(-rail, rail)).unwrap_or(DRIVE_RAIL)
    }

    /// All sums of a bank, in place.
    pub fn all(self, sums: &mut [i32]) {
        count_all(self, sums);
    }

    /// The nearest whole number to `x / full`, by the reciprocal.
    ///
    /// `(2x + full) / (2 full)` is at least `1 / (2 full)` away from a whole number, and the
    /// reciprocal is wrong by at most one in `2^shift`; with `|x| <= 2^30` the product is wrong by
    /// less than that, so its floor is right. It has at most 63 bits; a `full` of 1 needs none of it.
    #[inline(always)]
    fn nearest(self, x: i32) -> i32 {
        let doubled = 2 * i64::from(x) + i64::from(self.full);
        low_half((doubled * self.reciprocal) >> self.shift)
    }
}

#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
fn count_all(count: Count, sums: &mut [i32]) {
    let (full, fraction) = (count.full, count.fraction);
    if full == 1 {
        let reach = DRIVE_RAIL >> fraction;
        for sum in sums {
            *sum = (*sum).max(-reach).min(reach) << fraction;
        }
    } else if fraction == 0 {
        for sum in sums {
            *sum = count.nearest(*sum);
        }
    } else {
        let rail = i64::from(DRIVE_RAIL);
        for sum in sums {
            let whole = count.nearest(*sum);
            let rest = *sum - whole * full;
            let fine = (i64::from(whole) << fraction) + i64::from(count.nearest(rest << fraction));
            *sum = low_half(fine.max(-rail).min(rail));
        }
    }
}

/// Spiking neurons of all columns of several replicas, with common settings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SpikeBank {
    settings: Spiking,
    code: i32,
}

/// Registers and outputs of a bank, `[replica][column]`.
#[derive(Debug)]
pub struct Membranes<'a> {
    /// v.
    pub value: &'a mut [i32],
    /// Steps that each still rests; empty if the settings have no refractory time.
    pub pause: &'a mut [i32],
    /// v before a reset.
    pub before: &'a mut [i32],
    /// The code of a spike, or 0.
    pub code: &'a mut [i32],
}

/// What a bank did in a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Volley {
    /// Spikes.
    pub spikes: u64,
    /// Rails that held a membrane.
    pub held: Held,
}

impl SpikeBank {
    /// A bank whose spikes have this code.
    ///
    /// # Panics
    /// If a setting is outside its range: an image is validated before a bank is built from it.
    #[must_use]
    pub fn new(settings: Spiking, code: i32) -> Self {
        assert!((0..=24).contains(&settings.leak_shift), "a validated leak has at most 24 bits");
        assert!((0..=1 << settings.leak_shift).contains(&settings.leak), "a leak is at most 1");
        assert!(
            (1..=1 << 29).contains(&settings.rail),
            "a validated rail is at most 32 full scales"
        );
        assert!(
            (0..=settings.rail).contains(&settings.threshold),
            "thresholds lie within the rail"
        );
        Self { settings, code }
    }

    /// The specification's settings.
    #[must_use]
    pub fn settings(&self) -> Spiking {
        self.settings
    }

    /// The code of a neuron whose membrane was this before a reset.
    #[must_use]
    pub fn code_of(&self, before: i32) -> i32 {
        if before > self.settings.threshold { self.code } else { 0 }
    }

    /// One circuit step of every neuron. `|u| <= 2^30`, `|value| <= rail`.
    pub fn tick(&self, u: &[i32], membranes: &mut Membranes<'_>) -> Volley {
        let volley = if membranes.pause.is_empty() {
            integrate(self, u, membranes)
        } else {
            integrate_and_pause(self, u, membranes)
        };
        Volley {
            spikes: u64::from(volley.0),
            held: Held { prospective: 0, lagged: u64::from(volley.1) },
        }
    }
}

/// `v - floor(leak*v) + u` without a rail: with `|v| <= 2^29` and `|u| <= 2^30` it fits a word.
#[inline(always)]
fn leaked(settings: Spiking, v: i32, u: i32) -> i32 {
    v - low_half((i64::from(v) * i64::from(settings.leak)) >> settings.leak_shift) + u
}

#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
fn integrate(bank: &SpikeBank, u: &[i32], membranes: &mut Membranes<'_>) -> (u32, u32) {
    let Spiking { threshold, rail, .. } = bank.settings;
    let (mut spikes, mut held) = (0_u32, 0_u32);
    let registers = membranes.value.iter_mut().zip(membranes.before.iter_mut());
    for ((v, before), (code, &u)) in registers.zip(membranes.code.iter_mut().zip(u)) {
        let exact = leaked(bank.settings, *v, u);
        let kept = exact.max(-rail).min(rail);
        let spike = kept > threshold;
        held += u32::from(kept != exact);
        spikes += u32::from(spike);
        *before = kept;
        *v = if spike { 0 } else { kept };
        *code = if spike { bank.code } else { 0 };
    }
    (spikes, held)
}

#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
fn integrate_and_pause(bank: &SpikeBank, u: &[i32], membranes: &mut Membranes<'_>) -> (u32, u32) {
    let Spiking { threshold, rail, refractory, .. } = bank.settings;
    let (mut spikes, mut held) = (0_u32, 0_u32);
    let registers = membranes.value.iter_mut().zip(membranes.before.iter_mut());
    let outputs = membranes.code.iter_mut().zip(membranes.pause.iter_mut());
    for (((v, before), (code, pause)), &u) in registers.zip(outputs).zip(u) {
        let awake = *pause == 0;
        let exact = if awake { leaked(bank.settings, *v, u) } else { 0 };
        let kept = exact.max(-rail).min(rail);
        let spike = kept > threshold;
        held += u32::from(kept != exact);
        spikes += u32::from(spike);
        *before = kept;
        *v = if spike { 0 } else { kept };
        *code = if spike { bank.code } else { 0 };
        *pause = if spike { i32::from(refractory) } else { (*pause - 1).max(0) };
    }
    (spikes, held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn settings() -> impl Strategy<Value = Spiking> {
        (0..=24_u32, any::<u32>(), 0..4_u16, 10..=29_u32, any::<u32>()).prop_map(
            |(leak_shift, leak, refractory, rail, threshold)| {
                let word = |bits: u32, range: i32| {
                    i32::try_from(i64::from(bits) % (i64::from(range) + 1)).expect("below a word")
                };
                let rail = 1 << rail;
                Spiking {
                    threshold: word(threshold, rail.min(4 << (threshold % 24))),
                    leak: word(leak, 1 << leak_shift),
                    leak_shift,
                    refractory,
                    rail,
                }
            },
        )
    }

    fn input() -> impl Strategy<Value = i32> {
        prop_oneof![-DRIVE_RAIL..=DRIVE_RAIL, Just(DRIVE_RAIL), Just(-DRIVE_RAIL), -3000..3000_i32]
    }

    proptest! {
        /// Lockstep: the bank is its neurons, bit for bit, at every rail, leak and pause.
        #[test]
        fn the_bank_is_its_neurons(settings in settings(), u in prop::collection::vec(prop::collection::vec(input(), 5), 1..12)) {
            let bank = SpikeBank::new(settings, 511);
            let mut neurons = [Membrane::default(); 5];
            let (mut value, mut before, mut code) = ([0; 5], [0; 5], [0; 5]);
            let mut pause = vec![0; if settings.refractory > 0 { 5 } else { 0 }];
            for u in u {
                let volley = bank.tick(&u, &mut Membranes { value: &mut value, pause: &mut pause, before: &mut before, code: &mut code });
                let (mut spikes, mut held) = (0, 0);
                for (at, neuron) in neurons.iter_mut().enumerate() {
                    let fired = settings.tick(neuron, u[at]);
                    spikes += u64::from(fired.spike);
                    held += u64::from(fired.held);
                    prop_assert_eq!((value[at], before[at]), (neuron.value, fired.before));
                    prop_assert_eq!(code[at], if fired.spike { 511 } else { 0 });
                    prop_assert_eq!(code[at], bank.code_of(before[at]));
                    prop_assert_eq!(pause.get(at).copied().unwrap_or(0), neuron.pause);
                }
                prop_assert_eq!(volley, Volley { spikes, held: Held { prospective: 0, lagged: held } });
            }
        }

        /// The reciprocal is the quotient, to the nearest, for every payload and resolution.
        #[test]
        fn counting_is_a_division(bits in 2..=16_u32, fraction in 0..=12_u32, sum in -(1_i32 << 30)..=1 << 30, small in -70_000..70_000_i32) {
            let count = Count::new(bits, fraction);
            for sum in [sum, small] {
                let mut sums = [sum];
                count.all(&mut sums);
                prop_assert_eq!(sums[0], count.of(sum));
            }
        }

        /// Rows with the full-scale code count their weights, exactly.
        #[test]
        fn a_spike_counts_as_one(bits in 2..=16_u32, weights in -30_000..30_000_i32) {
            let count = Count::new(bits, 0);
            let full = (1 << (bits - 1)) - 1;
            prop_assert_eq!(count.of(weights * full), weights);
        }
    }

    /// `128/4096` is the leak of the golden workloads; floor, so that -1 goes to 0 and 31 stays.
    #[test]
    fn the_leak_is_rounded_down() {
        let settings =
            Spiking { threshold: 1024, leak: 128, leak_shift: 12, refractory: 0, rail: 1 << 27 };
        let after = |value| {
            let mut membrane = Membrane { value, pause: 0 };
            settings.tick(&mut membrane, 0);
            membrane.value
        };
        assert_eq!([0, 31, 32, -1, -32, -33, 1024].map(after), [0, 31, 31, 0, -31, -31, 992]);
    }

    #[test]
    fn the_threshold_is_strict_and_a_pause_is_deaf() {
        let settings = Spiking { threshold: 10, leak: 0, leak_shift: 0, refractory: 2, rail: 100 };
        let mut membrane = Membrane::default();
        let spikes = [10, 1, 50, 50, 11, 11].map(|u| settings.tick(&mut membrane, u).spike);
        assert_eq!(spikes, [false, true, false, false, true, false]);
    }

    /// A draw hardly ever meets a threshold, so both forms of the bank are asked at it.
    #[test]
    fn the_thresholds_of_the_bank_are_strict() {
        for refractory in [0, 2] {
            let settings = Spiking { threshold: 10, leak: 0, leak_shift: 0, refractory, rail: 100 };
            let bank = SpikeBank::new(settings, 1);
            let (mut value, mut before, mut code) = ([0; 3], [0; 3], [0; 3]);
            let mut pause = vec![0; if refractory > 0 { 3 } else { 0 }];
            let mut membranes = Membranes {
                value: &mut value,
                pause: &mut pause,
                before: &mut before,
                code: &mut code,
            };
            assert_eq!(bank.tick(&[9, 10, 11], &mut membranes).spikes, 1);
            assert_eq!((code, before, value), ([0, 0, 1], [9, 10, 11], [9, 10, 0]));
        }
    }
}
