//! The learning rules as a scalar specification: one synapse, one update.
//!
//! Words are 16 bits, as in the plasticity unit's vector registers; products and accumulators have
//! 32 bits or more. A step is kept in *fine* units of 1/4096 of a weight's last bit until the
//! one rounding of the weight store.

use leadlag_fixed::{half_up, half_up_32, saturate};

/// Fine units per last bit of a weight, as a power of two. Twelve places keep
/// steps of a thousandth of a last bit, which schedules come to; why: `docs/adr/0005-fine-units.md`.
pub const FINE: u32 = 12;

/// Fractional bits of a blend: `1 << 14` is one.
pub(crate) const BLEND: u32 = 14;

/// Fractional bits of a normalised step before the learning rate.
pub(crate) const QUOTIENT: u32 = 10;

/// A product beyond `2^OUTLIER` root mean squares leaves the first order of the motion.
pub(crate) const OUTLIER: u32 = 4;

/// The largest normalised step: two learning rates.
pub(crate) const LARGEST: i64 = 2 << QUOTIENT;

/// Family of the rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rule {
    /// `dw = eta*g - decay*w`.
    Sgd,
    /// `m += blend*(g - m)`, `dw = eta*m - decay*w`.
    Momentum {
        /// `1 - momentum` with 14 fractional bits, `1 ..= 2^14`.
        blend: u16,
    },
    /// Steps of even size whatever the scale of the error, as in Adam (Kingma & Ba,
    /// arXiv 1412.6980), in 32-bit integers and without a square root:
    ///
    /// ```text
    /// m <- m + blend*(g - m)
    /// h <- |g| held at 16 (n + 1)
    /// n <- the larger of n + (h*h/(n + 1) - n) / 2^(forget + 1) and |g| / 2^(forget/2)
    /// s <- m without its dead band: m - (m held at +-1/(2 blend))
    /// dw = eta * (s/(n + 1) held at +-2) - decay*w
    /// ```
    ///
    /// A mean rests where a blend of what is left rounds to nothing: of a synapse whose products cease, m
    /// stays at the edge of that band while n goes to zero, and their quotient would move the weight at twice the rate for
    /// ever. Both quotients are products with a reciprocal, `2^30/(n + 1)` cut off.
    /// The third line follows the root of a running mean square: its first term is that root's
    /// motion to first order, which rests where `n(n + 1)` is the mean of `g*g`; its second is what
    /// the newest square alone contributes, so that a start from zero or a sudden change is
    /// followed at once.
    Normalised {
        /// `1 - momentum` with 14 fractional bits, `1 ..= 2^14`.
        blend: u16,
        /// Log2 of the time constant of the mean square, in updates, `1 ..= 14`.
        forget: u8,
    },
}

impl Rule {
    /// State words per synapse beside the weight.
    #[must_use]
    pub fn words(self) -> usize {
        match self {
            Self::Sgd => 0,
            Self::Momentum { .. } => 1,
            Self::Normalised { .. } => 2,
        }
    }
}

/// How the weight store drops the fine bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rounding {
    /// Half up.
    Nearest,
    /// Up with the probability of the dropped part.
    Stochastic,
    /// Down, and what was dropped is kept in the synapse for its next step.
    Carried,
}

impl Rounding {
    /// What the synapse keeps of `fine` units that its store rounds down.
    pub(crate) fn left(self, words: Words, fine: i64) -> i16 {
        match self {
            Self::Carried => saturate(fine & ((1 << FINE) - 1), 16),
            Self::Nearest | Self::Stochastic => words.fraction,
        }
    }
}

/// How the motion `blend*(g - m)` of a mean becomes whole bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Settling {
    /// Half up: m rests up to 1/(2 blend) bits beside g, and the normalised rule takes it without that band.
    Rests,
    /// Up with the probability of the dropped part: m follows g in the mean and has no dead band. Long means of
    /// gathered products live in the last bits of m (`docs/adr/0010-means-that-do-not-rest.md`).
    Drawn,
}

impl Settling {
    /// What is added to a motion before it is cut to whole bits: of a draw its low twelve bits, in the middle of the four
    /// that they leave open.
    #[inline(always)]
    pub(crate) fn added(self, draw: u16) -> i32 {
        match self {
            Self::Rests => 1 << (BLEND - 1),
            Self::Drawn => (i32::from(draw & 0xfff) << 2) + 2,
        }
    }

    /// Distance from `g` at which a mean rests: a blend of it rounds to zero. Zero for a blend of one.
    pub(crate) fn dead_band(self, blend: u16) -> i16 {
        match self {
            Self::Rests => dead_band(blend),
            Self::Drawn => 0,
        }
    }
}

/// `mantissa * 2^-shift` with a mantissa of at most 15 bits and a shift of `0 ..= 31`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Fraction {
    /// Signed mantissa.
    pub mantissa: i32,
    /// Bits to drop.
    pub shift: u32,
}

impl Fraction {
    /// The word of a parameter block: mantissa in bits 31:8, shift in bits 7:0.
    #[must_use]
    pub fn packed(&self) -> i32 {
        (self.mantissa << 8) | leadlag_fixed::signed(self.shift)
    }

    /// `mantissa * 2^exponent`; what is larger than the word is held at its end, and of what is
    /// smaller than the longest shift the low bits of the mantissa are dropped, half up.
    #[must_use]
    pub fn new(mantissa: i32, exponent: i32) -> Self {
        if exponent <= 0 {
            let places = exponent.unsigned_abs();
            let shift = places.min(31);
            return Self { mantissa: half_up_32(mantissa, (places - shift).min(31)), shift };
        }
        let wide = i64::from(mantissa) << exponent.min(31);
        let held = wide.clamp(-32_767, 32_767);
        Self { mantissa: i32::try_from(held).unwrap_or(0), shift: 0 }
    }

    pub(crate) fn of(self, word: i64) -> i64 {
        let product = i128::from(word) * i128::from(self.mantissa);
        i64::try_from(half_up(product, self.shift)).expect("a word times a mantissa")
    }
}

/// The mean over replicas: `sum * mantissa * 2^-shift`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mean {
    /// `2^(shift - drop) / replicas`, rounded; at most 15 bits.
    pub mantissa: i32,
    /// Bits to drop.
    pub shift: u32,
}

impl Mean {
    /// A gathered sum as the word `g`: without its last `bits` bits.
    #[must_use]
    pub fn cut(bits: u8) -> Self {
        Self { mantissa: 1 << 14, shift: 14 + u32::from(bits) }
    }

    /// The mean of `replicas` products with `drop` further bits dropped; of a negative `drop`, places
    /// of the mean below the last bit of a product are kept: at most as many as it has, `log2` of the
    /// replicas. Exact for a power of two.
    #[must_use]
    pub fn new(replicas: u32, drop: i32) -> Self {
        let log = replicas.max(1).next_power_of_two().trailing_zeros();
        let one = 1_u64 << (14 + log);
        let count = u64::from(replicas.max(1));
        Self {
            mantissa: i32::try_from((one + count / 2) / count).unwrap_or(1 << 14),
            shift: (14 + log).saturating_add_signed(drop),
        }
    }
}

/// `sum * mantissa * 2^-shift`, half up, held at 16 bits.
pub(crate) fn word(mean: Mean, products: i64) -> i64 {
    let product = i128::from(products) * i128::from(mean.mantissa);
    let rounded = half_up(product, mean.shift).clamp(-32_768, 32_767);
    i64::try_from(rounded).expect("held at 16 bits")
}

/// Everything constant about the rule of a group of rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Constants {
    /// Family.
    pub rule: Rule,
    /// Rounding of the mean's motion.
    pub settling: Settling,
    /// From the sum of products to the word `g`.
    pub mean: Mean,
    /// Learning rate: fine units per unit of `g`, of `m`, or of the quotient `m/(n + 1)` in
    /// 1/1024.
    pub eta: Fraction,
    /// Decay: fine units per last bit of the weight.
    pub decay: Fraction,
    /// Rounding of the weight store.
    pub rounding: Rounding,
    /// Width of the weight.
    pub weight_bits: u32,
}

/// The words of a synapse.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Words {
    /// Weight.
    pub weight: i16,
    /// Mean product.
    pub mean: i16,
    /// Root mean square of the product, never negative.
    pub magnitude: i16,
    /// Fine units that the weight is above its last bit, of [`Rounding::Carried`].
    pub fraction: i16,
}

/// One update of one synapse: the specification. Says too whether it leaves the weight at an end of its word.
///
/// `products` is the sum over replicas of (own code) * (row code). `draw` is this synapse's
/// half-word of the random port: its low twelve bits round the weight, its high byte the magnitude;
/// the four that they share decide of a sixteenth of a last bit on either side.
///
/// # Panics
/// Never, for constants in their documented ranges.
#[must_use]
pub fn learn(constants: &Constants, words: Words, products: i64, draw: u16) -> (Words, bool) {
    let g = word(constants.mean, products);
    let (mean, magnitude) = remember((constants.rule, constants.settling), words, g, draw);
    let signal = signal((constants.rule, constants.settling), g, mean, magnitude);
    let fine = constants.eta.of(signal) - constants.decay.of(i64::from(words.weight));
    let added = match constants.rounding {
        Rounding::Nearest => 1 << (FINE - 1),
        Rounding::Stochastic => i64::from(draw & ((1 << FINE) - 1)),
        Rounding::Carried => i64::from(words.fraction),
    };
    let fraction = constants.rounding.left(words, fine + added);
    let moved = i64::from(words.weight) + ((fine + added) >> FINE);
    let weight = saturate(moved, constants.weight_bits);
    let top = (1_i64 << (constants.weight_bits - 1)) - 1;
    let at_end = moved >= top || moved < -top;
    (Words { weight, mean, magnitude, fraction }, at_end)
}

/// What the learning rate is applied to.
pub(crate) fn signal((rule, settling): (Rule, Settling), g: i64, mean: i16, magnitude: i16) -> i64 {
    match rule {
        Rule::Sgd => g,
        Rule::Momentum { .. } => i64::from(mean),
        Rule::Normalised { blend, .. } => {
            let band = settling.dead_band(blend);
            let shrunk = i64::from(mean) - i64::from(mean.clamp(-band, band));
            let over = ((shrunk << (QUOTIENT + 2)) * reciprocal(magnitude)) >> 31;
            ((over + 1) >> 1).clamp(-LARGEST, LARGEST)
        }
    }
}

/// Distance from `g` at which a mean rests: a blend of it rounds to zero. Zero for a blend of one.
#[must_use]
pub fn dead_band(blend: u16) -> i16 {
    i16::try_from((1 << (BLEND - 1)) / u32::from(blend.max(1))).unwrap_or(i16::MAX)
}

/// `2^30 / (n + 1)`, cut off.
fn reciprocal(magnitude: i16) -> i64 {
    (1 << 30) / (i64::from(magnitude) + 1)
}

/// The new state words.
pub(crate) fn remember(
    (rule, settling): (Rule, Settling),
    words: Words,
    g: i64,
    draw: u16,
) -> (i16, i16) {
    let blended = |blend: u16| {
        let distance = g - i64::from(words.mean);
        let moved = distance * i64::from(blend) + i64::from(settling.added(draw));
        saturate(i64::from(words.mean) + (moved >> BLEND), 16)
    };
    match rule {
        Rule::Sgd => (words.mean, words.magnitude),
        Rule::Momentum { blend } => (blended(blend), words.magnitude),
        Rule::Normalised { blend, forget } => {
            let magnitude = i64::from(words.magnitude);
            let held = g.abs().min((magnitude + 1) << OUTLIER);
            let distance = ((held * held * reciprocal(words.magnitude)) >> 30) - magnitude;
            let shift = u32::from(forget) + 1;
            let [_, high] = draw.to_le_bytes();
            let added = (i64::from(high) << 8) >> (16 - shift);
            let moved = (distance + added) >> shift;
            let followed = (magnitude + moved).max(g.abs() >> (forget / 2));
            (blended(blend), saturate(followed, 16))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sgd(rounding: Rounding) -> Constants {
        let eta = Fraction::new(1, 0);
        Constants {
            rule: Rule::Sgd,
            settling: Settling::Rests,
            mean: Mean::new(1, 0),
            eta,
            decay: Fraction::default(),
            rounding,
            weight_bits: 16,
        }
    }

    fn half_word(step: u32) -> u16 {
        let [low, high, ..] =
            leadlag_fixed::random::philox([step, 0, 0, 0], [1, 2])[0].to_le_bytes();
        u16::from_le_bytes([low, high])
    }

    #[test]
    fn the_mean_of_a_power_of_two_is_exact() {
        for replicas in [1, 2, 64, 4096] {
            let mean = Mean::new(replicas, 3);
            assert_eq!(
                i64::from(mean.mantissa) << (mean.shift - 14),
                i64::from(mean.mantissa / (1 << 14)) << mean.shift
            );
            assert_eq!(
                u64::from(replicas) * u64::from(mean.mantissa.unsigned_abs()),
                1 << (mean.shift - 3)
            );
        }
        let hundred = Mean::new(100, 0);
        assert!(
            (f64::from(hundred.mantissa) * 100.0 / f64::from(1 << hundred.shift) - 1.0).abs()
                < 1e-4
        );
    }

    #[test]
    fn nearest_rounding_has_a_dead_band_and_stochastic_has_none() {
        // A fine unit per product: g = 1000 moves the weight by 0.24 of a bit.
        let step = |rounding| {
            let updates =
                (0..4096_u16).map(|draw| learn(&sgd(rounding), Words::default(), 1000, draw).0);
            updates.map(|w| i32::from(w.weight)).sum::<i32>()
        };
        assert_eq!((step(Rounding::Nearest), step(Rounding::Stochastic)), (0, 1000));
    }

    #[test]
    fn what_is_carried_is_never_lost() {
        // 1000 of 4096 fine units a step: after 4096 steps exactly 1000 last bits, whatever is drawn.
        let constants = sgd(Rounding::Carried);
        let step = |words, draw| learn(&constants, words, 1000, draw).0;
        let words = (0..4096_u16).fold(Words::default(), step);
        assert_eq!((words.weight, words.fraction), (1000, 0));
        let once = step(Words { fraction: 4000, ..words }, 7);
        assert_eq!((once.weight, once.fraction), (1001, 904));
        let back = learn(&constants, once, -1000, 0).0;
        assert_eq!((back.weight, back.fraction), (1000, 4000));
    }

    #[test]
    fn a_weight_stays_within_its_word_and_decay_pulls_it_back() {
        let mut constants =
            Constants { weight_bits: 8, eta: Fraction::new(1, 12), ..sgd(Rounding::Nearest) };
        let hundred = Words { weight: 100, ..Words::default() };
        let (full, held) = learn(&constants, hundred, 1000, 0);
        assert_eq!((full.weight, held), (127, true));
        constants.decay = Fraction::new(1, 11);
        let (pulled, held) = learn(&constants, hundred, 0, 0);
        assert_eq!((pulled.weight, held), (50, false));
    }

    proptest! {
        /// A fraction is its mantissa times its power of two, to the last place it has, and is held
        /// at the end of the mantissa where it is larger.
        #[test]
        fn a_fraction_is_what_it_says(mantissa in -32_767..=32_767_i32, exponent in -200..200_i32) {
            let made = Fraction::new(mantissa, exponent);
            prop_assert!(made.mantissa.abs() <= 32_767 && made.shift <= 31);
            let exact = f64::from(mantissa) * 2.0_f64.powi(exponent);
            let value = f64::from(made.mantissa) * 2.0_f64.powi(-31).max(2.0_f64.powi(exponent.min(0)));
            prop_assert!((value - exact.clamp(-32_767.0, 32_767.0)).abs() <= 2.0_f64.powi(-32));
        }

        /// A normalised step does not care for the scale of the error: products twice as large move
        /// the weight by the same amount, once the state words have followed.
        #[test]
        fn normalised_steps_are_of_even_size(scale in 0..4_u32, sign in prop::bool::ANY) {
            let rule = Rule::Normalised { blend: 1 << 13, forget: 4 };
            let constants = Constants { rule, eta: Fraction::new(1 << 10, -6), ..sgd(Rounding::Nearest) };
            let mut words = Words::default();
            let product = if sign { 500 << scale } else { -500 << scale };
            let mut last = 0;
            for _ in 0..300 {
                last = words.weight;
                (words, _) = learn(&constants, words, product, 0x8000);
            }
            // |m|/(n + 1) is one, 1024 units of 16 fine units each: 4 bits of 4096.
            prop_assert_eq!(i32::from(words.weight) - i32::from(last), if sign { 4 } else { -4 });
        }

        /// A gathered sum reaches the rule as a product that drops the same bits.
        #[test]
        fn a_gathered_sum_is_a_product(sum: i32, cut in 0..24_u8, draw: u16) {
            let update = Constants { mean: Mean::cut(cut), ..sgd(Rounding::Stochastic) };
            let step = Constants { mean: Mean::new(1, i32::from(cut)), ..update };
            let sum = i64::from(sum);
            prop_assert_eq!(
                learn(&update, Words::default(), sum, draw),
                learn(&step, Words::default(), sum, draw)
            );
        }

        /// A synapse whose products cease comes to rest: its weight does not move for ever.
        #[test]
        fn a_silent_synapse_rests(blend in 1_u16..=1 << 14, g in -32_768..32_768_i64, drawn: bool) {
            let settling = if drawn { Settling::Drawn } else { Settling::Rests };
            let family = (Rule::Normalised { blend, forget: 4 }, settling);
            let eta = Fraction::new(1 << 10, 0);
            let constants = Constants { rule: family.0, settling, eta, ..sgd(Rounding::Nearest) };
            let mut words = Words { mean: saturate(g, 16), ..Words::default() };
            for step in 0..40 * (1 << 14) / u32::from(blend) {
                (words.mean, words.magnitude) = remember(family, words, 0, half_word(step));
            }
            prop_assert_eq!(signal(family, 0, words.mean, words.magnitude), 0);
            prop_assert_eq!(learn(&constants, words, 0, 0).0.weight, words.weight);
        }

        /// A drawn mean over hundreds of updates follows what is a fraction of its dead band; rounded half up it stays.
        #[test]
        fn a_drawn_mean_has_no_dead_band(g in prop_oneof![-30_i64..=-3, 3..=30_i64], blend in 40_u16..=160) {
            let settled = |settling| {
                let family = (Rule::Momentum { blend }, settling);
                let mut words = Words::default();
                let (rest, all) = (10_000, 60_000);
                let late = (0..all).map(|step| {
                    (words.mean, _) = remember(family, words, g, half_word(step));
                    if step < rest { 0 } else { i64::from(words.mean) }
                });
                late.sum::<i64>() / i64::from(all - rest)
            };
            let signal = |settling| {
                let rule = Rule::Normalised { blend, forget: 4 };
                signal((rule, settling), g, saturate(g, 16), 300)
            };
            // In 1/1024 of 300 + 1 bits, to the nearest; inside the band nothing is left.
            prop_assert!((301 * signal(Settling::Drawn) - 1024 * g).abs() <= 301);
            prop_assert_eq!(signal(Settling::Rests), 0);
            prop_assert_eq!(settled(Settling::Rests), 0);
            prop_assert!((settled(Settling::Drawn) - g).abs() <= 1);
        }

        /// The magnitude follows |g| without bias, though its steps are far below one bit.
        #[test]
        fn the_magnitude_has_no_dead_band(g in 1..4000_i64) {
            let rule = Rule::Normalised { blend: 1, forget: 8 };
            let constants = Constants { rule, ..sgd(Rounding::Nearest) };
            let mut words = Words::default();
            let mut late = 0_i64;
            for step in 0..12_000_u32 {
                (words, _) = learn(&constants, words, g, half_word(step));
                if step >= 8_000 { late += i64::from(words.magnitude); }
            }
            prop_assert!((late - 4_000 * g).abs() <= 4_000 * (6 + g / 50));
        }
    }
}
