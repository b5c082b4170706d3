//! Numbers of the chip: Q formats, rounding, saturation, counter-based random draws.
//!
//! Two rules hold for everything here. A rounding primitive has one implementation, and hot code
//! and specifications call the same one. A draw is a pure function of a key and a counter, so it
//! cannot depend on threads, on order, or on how often anything is observed.
//!
//! This crate knows no circuit. It is the only one in which `as` converts between integers; the
//! conversions it offers say in their names what they do with the bits that do not fit.

#![expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "this crate is where conversions are named"
)]

pub mod gap;
mod pairs;
pub mod random;
mod round;

pub use fixed::types::I8F24 as State;
pub use pairs::{
    PairShape, Pairs, multiply_pairs, multiply_pairs_plainly, pair_along, pair_rows, pair_width,
};
pub use round::{
    floor, half_up, half_up_32, half_up_product, residue, stochastic, toward_zero, upper_product,
};

/// Fractional bits of [`State`] (Q7.24): states, outputs and drives of the analog part.
pub const STATE_FRACTION: u32 = 24;

/// One converter full scale, in bits of [`State`].
pub const FULL_SCALE: i32 = 1 << STATE_FRACTION;

/// The low half of a word, the rest dropped. For values that are known to fit.
#[inline(always)]
#[must_use]
pub const fn low_half(wide: i64) -> i32 {
    wide as i32
}

/// The low half of the bits of a wide word, as a signed word.
#[inline(always)]
#[must_use]
pub const fn low_word(bits: u64) -> i32 {
    bits as i32
}

/// The low 16 bits of a word, the rest dropped. For values that are known to fit.
#[inline(always)]
#[must_use]
pub const fn low_quarter(wide: i32) -> i16 {
    wide as i16
}

/// Holds a value at the rails of `bits` signed bits (2 to 16).
#[inline(always)]
#[must_use]
pub const fn saturate(value: i64, bits: u32) -> i16 {
    let top = (1_i64 << (bits - 1)) - 1;
    let held = if value > top {
        top
    } else if value < -top - 1 {
        -top - 1
    } else {
        value
    };
    held as i16
}

/// [`saturate`] to 16 bits from a 32-bit word: the hot form.
#[inline(always)]
#[must_use]
pub const fn saturate_word(value: i32) -> i16 {
    if value > 32_767 {
        32_767
    } else if value < -32_768 {
        -32_768
    } else {
        value as i16
    }
}

/// A count as an index. Lossless on every platform with pointers of 32 bits or more.
#[inline(always)]
#[must_use]
pub const fn index(count: u32) -> usize {
    count as usize
}

/// The low 32 bits of a length. For lengths that are known to fit.
#[inline(always)]
#[must_use]
pub const fn count(length: usize) -> u32 {
    length as u32
}

/// The bits of an unsigned word as a signed one.
#[inline(always)]
#[must_use]
pub const fn signed(word: u32) -> i32 {
    word as i32
}

/// Two 16-bit operands in one 32-bit lane, the first in the low half: what a multiply-add of pairs
/// reads at once.
#[inline(always)]
#[must_use]
pub const fn pair(first: i16, second: i16) -> i32 {
    ((first as u16 as u32) | ((second as u16 as u32) << 16)) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saturation_holds_at_the_rails_and_nowhere_else() {
        for bits in 2..=16 {
            let top = (1_i64 << (bits - 1)) - 1;
            for (value, held) in
                [(top, top), (top + 1, top), (-top - 1, -top - 1), (-top - 2, -top - 1), (0, 0)]
            {
                assert_eq!(i64::from(saturate(value, bits)), held);
            }
        }
        assert_eq!(
            [saturate_word(40_000), saturate_word(-40_000), saturate_word(7)],
            [32_767, -32_768, 7]
        );
    }

    #[test]
    fn state_is_q7_24() {
        assert_eq!(State::from_bits(FULL_SCALE), State::from_num(1));
        assert_eq!(State::MAX.to_bits(), i32::MAX);
    }

    #[test]
    fn a_pair_keeps_both_halves() {
        assert_eq!(pair(-2, 3), 0x0003_fffe);
    }
}
