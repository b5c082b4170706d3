//! The Mersenne Twister (Matsumoto and Nishimura 1998) with the derived draws that the published
//! MNIST-1D set was made with. Exact reproduction of that set is its only use.

#![expect(clippy::indexing_slicing, reason = "indices are taken modulo the size of the state")]

const N: usize = 624;
const M: usize = 397;

/// The generator and the normal draw it keeps for the next call.
#[derive(Clone, Debug)]
pub(super) struct Mt19937 {
    state: Box<[u32; N]>,
    next: usize,
    kept: Option<f64>,
}

impl Mt19937 {
    /// Seeds the state (`init_genrand`).
    pub(super) fn new(seed: u32) -> Self {
        let mut state = Box::new([0_u32; N]);
        state[0] = seed;
        for (i, place) in (1..N).zip(1_u32..) {
            let before = state[i - 1];
            state[i] = (before ^ (before >> 30)).wrapping_mul(1_812_433_253).wrapping_add(place);
        }
        Self { state, next: N, kept: None }
    }

    /// Replaces the whole state.
    fn twist(&mut self) {
        for i in 0..N {
            let mixed = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % N] & 0x7fff_ffff);
            let odd = if mixed & 1 == 0 { 0 } else { 0x9908_b0df };
            self.state[i] = self.state[(i + M) % N] ^ (mixed >> 1) ^ odd;
        }
        self.next = 0;
    }

    /// 32 uniform bits.
    pub(super) fn bits(&mut self) -> u32 {
        if self.next == N {
            self.twist();
        }
        let mut word = self.state[self.next];
        self.next += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    /// Uniform on [0, 1), 53 bits.
    pub(super) fn uniform(&mut self) -> f64 {
        let high = f64::from(self.bits() >> 5);
        let low = f64::from(self.bits() >> 6);
        (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0
    }

    /// Uniform on the integers `0 ..= most`, by masking and drawing again.
    pub(super) fn up_to(&mut self, most: u32) -> u32 {
        let mask = u32::MAX.checked_shr(most.leading_zeros()).unwrap_or(0);
        loop {
            let drawn = self.bits() & mask;
            if drawn <= most {
                return drawn;
            }
        }
    }

    /// Standard normal, by the polar method; every second draw is a kept one.
    pub(super) fn normal(&mut self) -> f64 {
        if let Some(kept) = self.kept.take() {
            return kept;
        }
        loop {
            let (x1, x2) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = x1 * x1 + x2 * x2;
            if square > 0.0 && square < 1.0 {
                let factor = (-2.0 * libm::log(square) / square).sqrt();
                self.kept = Some(factor * x1);
                return factor * x2;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_the_published_one() {
        let mut generator = Mt19937::new(5489);
        let mut last = 0;
        for _ in 0..10_000 {
            last = generator.bits();
        }
        assert_eq!(last, 4_123_659_995, "the 10,000th output, as the C++ standard states it");
    }

    #[test]
    fn intervals_hold_their_ends() {
        let mut generator = Mt19937::new(1);
        let mut seen = [false; 48];
        for _ in 0..5000 {
            seen[usize::try_from(generator.up_to(47)).unwrap()] = true;
        }
        assert!(seen.iter().all(|s| *s));
        assert_eq!(generator.up_to(0), 0);
    }
}
