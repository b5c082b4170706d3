//! The generator of `numpy.random.default_rng`, draw by draw.
//!
//! PCG XSL RR 128/64 (O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good
//! Algorithms for Random Number Generation", HMC-CS-2014-0905), seeded as NumPy's `SeedSequence`
//! does (O'Neill's `seed_seq_fe`), with the derived draws of NumPy's `Generator`: whole numbers by
//! Lemire's method (arXiv 1805.10941), sets by Floyd's. So workloads that other tools draw with
//! NumPy are had without it. Exact reproduction is the only use.

#![expect(clippy::indexing_slicing, reason = "indices are taken modulo a table's length")]

use leadlag_fixed::index;

const MULTIPLIER: u128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645;

/// `numpy.random.Generator(numpy.random.PCG64(seed))`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pcg64 {
    state: u128,
    increment: u128,
    /// The upper half of a word whose lower half was given out.
    half: Option<u32>,
}

impl Pcg64 {
    /// The generator of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let [high, low, stream_high, stream_low] = seed_words(seed);
        let wide = |high: u64, low: u64| (u128::from(high) << 64) | u128::from(low);
        let increment = (wide(stream_high, stream_low) << 1) | 1;
        let mut one = Self { state: 0, increment, half: None };
        one.step();
        one.state = one.state.wrapping_add(wide(high, low));
        one.step();
        one
    }

    fn step(&mut self) {
        self.state = self.state.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
    }

    /// 64 uniform bits.
    pub fn word(&mut self) -> u64 {
        self.step();
        let (high, low) = halves(self.state);
        let turns = u32::try_from(self.state >> 122).unwrap_or(0);
        (high ^ low).rotate_right(turns)
    }

    /// 32 uniform bits: the lower half of a word, then its upper half.
    fn half_word(&mut self) -> u32 {
        if let Some(half) = self.half.take() {
            return half;
        }
        let word = self.word();
        self.half = u32::try_from(word >> 32).ok();
        u32::try_from(word & 0xffff_ffff).unwrap_or(0)
    }

    /// `random()`: uniform on [0, 1), 53 bits.
    #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "53 bits are exact")]
    pub fn uniform(&mut self) -> f64 {
        (self.word() >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// Uniform on `0 ..= most`, by multiplication; a product in the uneven part is drawn again.
    fn up_to(&mut self, most: u32) -> u32 {
        let Some(count) = most.checked_add(1) else { return self.half_word() };
        if most == 0 {
            return 0;
        }
        let uneven = (u32::MAX - most) % count;
        loop {
            let product = u64::from(self.half_word()) * u64::from(count);
            if u32::try_from(product & 0xffff_ffff).unwrap_or(0) >= uneven {
                return u32::try_from(product >> 32).unwrap_or(0);
            }
        }
    }

    /// One of `integers(low, high + 1)`: uniform on `low ..= high`.
    pub fn integer(&mut self, low: i32, high: i32) -> i32 {
        low.wrapping_add(leadlag_fixed::signed(self.up_to(high.abs_diff(low))))
    }

    /// `choice(population, size, replace=False)`: so many different numbers below `population`, in
    /// random order. By Floyd's method, which NumPy takes for populations of at most 10,000; others,
    /// and sizes above the population, give none.
    pub fn choice(&mut self, population: u32, size: u32) -> Option<Vec<u32>> {
        if population > 10_000 || size > population {
            return None;
        }
        let mut taken = vec![false; index(population)];
        let mut chosen = Vec::with_capacity(index(size));
        for most in population - size..population {
            let drawn = self.up_to(most);
            let value = if taken[index(drawn)] { most } else { drawn };
            taken[index(value)] = true;
            chosen.push(value);
        }
        for last in (1..size).rev() {
            let other = self.up_to(last);
            chosen.swap(index(last), index(other));
        }
        Some(chosen)
    }

    /// The state after so many more words (Brown, "Random number generation with arbitrary
    /// strides", 1994).
    pub fn advance(&mut self, mut words: u128) {
        let (mut multiplier, mut plus) = (MULTIPLIER, self.increment);
        let (mut all, mut sum) = (1_u128, 0_u128);
        while words > 0 {
            if words & 1 == 1 {
                all = all.wrapping_mul(multiplier);
                sum = sum.wrapping_mul(multiplier).wrapping_add(plus);
            }
            plus = multiplier.wrapping_add(1).wrapping_mul(plus);
            multiplier = multiplier.wrapping_mul(multiplier);
            words >>= 1;
        }
        self.state = all.wrapping_mul(self.state).wrapping_add(sum);
    }
}

fn halves(word: u128) -> (u64, u64) {
    let low = u64::try_from(word & u128::from(u64::MAX)).unwrap_or(0);
    (u64::try_from(word >> 64).unwrap_or(0), low)
}

/// `SeedSequence(seed).generate_state(4, uint64)`.
fn seed_words(seed: u64) -> [u64; 4] {
    let (high, low) = (seed >> 32, seed & 0xffff_ffff);
    let narrow = |word: u64| u32::try_from(word).unwrap_or(0);
    let mut pool = [narrow(low), narrow(high), 0, 0];
    let mut hash = Hash { constant: 0x43b0_d7e5, multiplier: 0x931e_8875 };
    pool = pool.map(|word| hash.mix(word));
    for from in 0..4 {
        for to in (0..4).filter(|to| *to != from) {
            let other = hash.mix(pool[from]);
            let mixed =
                pool[to].wrapping_mul(0xca01_f9dd).wrapping_sub(other.wrapping_mul(0x4973_f715));
            pool[to] = mixed ^ (mixed >> 16);
        }
    }
    let mut hash = Hash { constant: 0x8b51_f9dd, multiplier: 0x58f3_8ded };
    let mut words = [0_u64; 4];
    for (at, word) in words.iter_mut().enumerate() {
        let low = hash.mix(pool[2 * at % 4]);
        let high = hash.mix(pool[(2 * at + 1) % 4]);
        *word = (u64::from(high) << 32) | u64::from(low);
    }
    words
}

struct Hash {
    constant: u32,
    multiplier: u32,
}

impl Hash {
    fn mix(&mut self, word: u32) -> u32 {
        let word = word ^ self.constant;
        self.constant = self.constant.wrapping_mul(self.multiplier);
        let word = word.wrapping_mul(self.constant);
        word ^ (word >> 16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Words that are skipped are words that would have been drawn.
        #[test]
        fn a_stride_is_so_many_words(seed in any::<u64>(), words in 0..200_u32) {
            let (mut drawn, mut skipped) = (Pcg64::new(seed), Pcg64::new(seed));
            for _ in 0..words {
                drawn.word();
            }
            skipped.advance(words.into());
            prop_assert_eq!(drawn, skipped);
        }

        #[test]
        fn a_choice_has_no_twins(seed in any::<u64>(), population in 1..300_u32, part in 0..=300_u32) {
            let size = part.min(population);
            let mut chosen = Pcg64::new(seed).choice(population, size).expect("a small population");
            chosen.sort_unstable();
            chosen.dedup();
            prop_assert_eq!(chosen.len(), index(size));
            prop_assert!(chosen.iter().all(|&one| one < population));
        }
    }

    #[test]
    fn what_floyd_does_not_serve_is_not_chosen() {
        assert_eq!(Pcg64::new(1).choice(10_001, 1), None);
        assert_eq!(Pcg64::new(1).choice(5, 6), None);
    }

    /// The whole range needs no multiplication, and one value no draw.
    #[test]
    fn the_ends_of_the_range_are_reached() {
        let mut one = Pcg64::new(3);
        assert_eq!(one.integer(7, 7), 7);
        let first = Pcg64::new(3).half_word();
        assert_eq!(
            one.integer(i32::MIN, i32::MAX).wrapping_sub(i32::MIN),
            leadlag_fixed::signed(first)
        );
    }
}
