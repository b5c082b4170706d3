//! Counter-based random numbers: Philox4x32-10 (Salmon et al., SC 2011).
//!
//! A draw is a function of (seed, kind, step, stream, core, place) and of nothing else. Output word
//! 0 is the draw; words 1 to 3 are reserved.

/// What a draw is for. Append only: a number, once given, never changes its meaning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u16)]
pub enum Kind {
    /// Fixed-pattern gain of the soma.
    SomaGain = 0,
    /// Fixed-pattern offset of the soma.
    SomaOffset = 1,
    /// Fixed-pattern time constant of the soma.
    SomaTau = 2,
    /// Fixed-pattern gain of the apical compartment.
    ApicalGain = 3,
    /// Fixed-pattern offset of the apical compartment.
    ApicalOffset = 4,
    /// Fixed-pattern time constant of the apical compartment.
    ApicalTau = 5,
    /// Gain of a synapse's converter.
    DacGain = 6,
    /// Integral non-linearity of a synapse's converter.
    DacInl = 7,
    /// Gain of a column converter.
    AdcGain = 8,
    /// Offset of a column converter.
    AdcOffset = 9,
    /// Noise of a column converter.
    AdcNoise = 10,
    /// Thermal noise of the soma.
    ThermalSoma = 11,
    /// Thermal noise of the apical compartment.
    ThermalApical = 12,
    /// Flicker noise.
    Flicker = 13,
    /// The plasticity unit's random port.
    Plasticity = 14,
    /// Initial weights.
    WeightInit = 15,
    /// Inputs and orders of samples.
    Input = 16,
    /// Bit flips on the links of the fabric.
    LinkFlip = 17,
    /// Synthetic traffic of the fabric: gaps between packets, and destinations.
    Traffic = 18,
    /// Flipped bits of weight words: where, and which bit.
    WeightUpset = 19,
    /// Flipped bits of row registers.
    RowUpset = 20,
    /// Flipped bits of lagged states.
    StateUpset = 21,
}

/// Where a draw is taken, apart from its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Site {
    /// Chip seed.
    pub seed: u64,
    /// What for.
    pub kind: Kind,
    /// Circuit step; the low 48 bits count.
    pub step: u64,
    /// Stream within the kind.
    pub stream: u16,
    /// Core.
    pub core: u16,
}

const ROUNDS: u32 = 10;
const MULTIPLIER: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];

/// The bijection: ten rounds of Philox4x32 on a counter under a key.
#[inline(always)]
#[must_use]
pub const fn philox(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let mut words = [counter[0] as u64, counter[1] as u64, counter[2] as u64, counter[3] as u64];
    let [mut k0, mut k1] = key;
    let mut round = 0;
    while round < ROUNDS {
        words = turn(words, [k0, k1]);
        k0 = k0.wrapping_add(WEYL[0]);
        k1 = k1.wrapping_add(WEYL[1]);
        round += 1;
    }
    [words[0] as u32, words[1] as u32, words[2] as u32, words[3] as u32]
}

/// One round. Words are kept in the lower halves of 64-bit ones: a product's upper half is a shift away,
/// its lower half is the product, and what stands above it is cut off before the next multiplication.
#[inline(always)]
const fn turn([c0, c1, c2, c3]: [u64; 4], [k0, k1]: [u32; 2]) -> [u64; 4] {
    const LOW: u64 = 0xffff_ffff;
    let first = (c0 & LOW) * MULTIPLIER[0] as u64;
    let second = (c2 & LOW) * MULTIPLIER[1] as u64;
    [(second >> 32) ^ c1 ^ k0 as u64, second, (first >> 32) ^ c3 ^ k1 as u64, first]
}

impl Site {
    #[inline(always)]
    const fn counter(&self, place: u32) -> [u32; 4] {
        let upper = ((self.step >> 32) as u32 & 0xffff) << 16;
        [
            self.step as u32,
            upper | self.kind as u32,
            ((self.stream as u32) << 16) | self.core as u32,
            place,
        ]
    }

    #[inline(always)]
    const fn key(&self) -> [u32; 2] {
        [self.seed as u32, (self.seed >> 32) as u32]
    }

    /// The draw at `place`: 32 uniform bits.
    #[inline(always)]
    #[must_use]
    pub const fn draw(&self, place: u32) -> u32 {
        philox(self.counter(place), self.key())[0]
    }

    /// All four words at `place`, for a kind that gives words 1 to 3 a meaning too.
    #[inline(always)]
    #[must_use]
    pub const fn block(&self, place: u32) -> [u32; 4] {
        philox(self.counter(place), self.key())
    }

    /// [`Self::block`] of this step and of those after it: `[word][step]`.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "lanes are below N")]
    pub fn blocks<const N: usize>(&self, place: u32) -> [[u32; N]; 4] {
        let mut counters = [[0; N]; 4];
        for (lane, step) in (0..N).zip(self.step..) {
            let counter = Self { step, ..*self }.counter(place);
            for (words, word) in counters.iter_mut().zip(counter) {
                words[lane] = u64::from(word);
            }
        }
        blocks(&counters, self.key())
    }

    /// The draws at `first ..`, one per element of `out`.
    pub fn fill(&self, first: u32, out: &mut [u32]) {
        fill(*self, first, out);
    }
}

/// The loop of [`Site::fill`], compiled for wider vectors too: 64-bit products by the lane.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
fn fill(site: Site, first: u32, out: &mut [u32]) {
    for (place, word) in (first..).zip(out.iter_mut()) {
        *word = site.draw(place);
    }
}

/// [`philox`] by the lane, compiled for wider vectors too.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512bw", "x86_64+avx2"))]
#[expect(clippy::indexing_slicing, reason = "lanes are below N")]
fn blocks<const N: usize>(counters: &[[u64; N]; 4], key: [u32; 2]) -> [[u32; N]; 4] {
    let ([mut c0, mut c1, mut c2, mut c3], [mut k0, mut k1]) = (*counters, key);
    for _ in 0..ROUNDS {
        for lane in 0..N {
            let turned = turn([c0[lane], c1[lane], c2[lane], c3[lane]], [k0, k1]);
            [c0[lane], c1[lane], c2[lane], c3[lane]] = turned;
        }
        (k0, k1) = (k0.wrapping_add(WEYL[0]), k1.wrapping_add(WEYL[1]));
    }
    [c0, c1, c2, c3].map(|words| words.map(|word| word as u32))
}

/// One draw. See [`Site`].
#[must_use]
pub const fn draw(seed: u64, kind: Kind, step: u64, stream: u16, core: u16, place: u32) -> u32 {
    Site { seed, kind, step, stream, core }.draw(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The vectors that the authors of the generator publish (Random123 1.09).
    #[test]
    fn the_published_vectors_come_out() {
        assert_eq!(philox([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        let counter = [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344];
        assert_eq!(
            philox(counter, [0xa409_3822, 0x299f_31d0]),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    proptest! {
        /// Blocks of several steps are those of each.
        #[test]
        fn steps_at_once_are_single_steps(seed in any::<u64>(), step in 0..1_u64 << 48, core in any::<u16>(), place in any::<u32>()) {
            let site = |step| Site { seed, kind: Kind::Traffic, step, stream: 9, core };
            let together: [[u32; 4]; 4] = site(step).blocks(place);
            for lane in 0..4 {
                let single = site(step + u64::from(crate::count(lane))).block(place);
                prop_assert_eq!(together.map(|word| word[lane]), single);
            }
        }

        /// A block of draws is the single draws, in whatever pieces it is taken.
        #[test]
        fn a_block_is_its_draws(seed in any::<u64>(), step in 0..1_u64 << 48, first in 0..1_u32 << 20, length in 0..70_usize) {
            let site = Site { seed, kind: Kind::Plasticity, step, stream: 3, core: 5 };
            let mut block = vec![0; length];
            site.fill(first, &mut block);
            for (place, word) in (first..).zip(block) {
                prop_assert_eq!(word, draw(seed, Kind::Plasticity, step, 3, 5, place));
            }
        }
    }
}
