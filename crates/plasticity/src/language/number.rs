//! Formats of fixed-point numbers, and decimal numbers as codes of them.

use std::fmt;

/// A signed fixed-point format: `q15` is 15 fractional bits in a word of 16.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Format {
    /// Fractional bits. A product of formats may leave less than none.
    pub fraction: i32,
    /// Width of the word: 8, 16 or 32.
    pub bits: u32,
}

impl Format {
    /// `q7`, an 8-bit fraction.
    pub const Q7: Self = Self { fraction: 7, bits: 8 };
    /// `q15`, a 16-bit fraction: what every code of the chip reads as.
    pub const Q15: Self = Self { fraction: 15, bits: 16 };
    /// `q30`, a 32-bit word with one bit of headroom.
    pub const Q30: Self = Self { fraction: 30, bits: 32 };

    /// The word that is all fraction at a width.
    #[must_use]
    pub fn full(bits: u32) -> Self {
        Self { fraction: leadlag_fixed::signed(bits) - 1, bits }
    }

    /// The largest code.
    #[must_use]
    pub fn largest(self) -> i64 {
        (1 << (self.bits - 1)) - 1
    }

    /// Held at the ends of the word.
    #[must_use]
    pub fn hold(self, value: i64) -> i64 {
        value.clamp(-self.largest() - 1, self.largest())
    }

    /// The code nearest to a decimal number, and the number that code stands for.
    ///
    /// A power of two times a decimal number is exact in double precision, so the result is the
    /// same on every machine.
    pub(crate) fn code(self, value: f64) -> Option<(i64, f64)> {
        let unit = power_of_two(self.fraction);
        let nearest = (value * unit).round();
        let largest = f64::from(u32::try_from(self.largest()).unwrap_or(u32::MAX));
        if !(-largest - 1.0..=largest).contains(&nearest) {
            return None;
        }
        Some((whole(nearest), nearest / unit))
    }
}

/// `2^exponent`, exactly.
pub(crate) fn power_of_two(exponent: i32) -> f64 {
    let factor = if exponent < 0 { 0.5 } else { 2.0 };
    (0..exponent.unsigned_abs()).fold(1.0, |power, _| power * factor)
}

/// A whole number within 32 bits as an integer, by halving: the sum of its powers of two.
fn whole(value: f64) -> i64 {
    let (mut rest, mut code) = (value.abs(), 0);
    for place in (0..32).rev() {
        let power = power_of_two(place);
        if rest >= power {
            rest -= power;
            code += 1 << place;
        }
    }
    if value < 0.0 { -code } else { code }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Q7 => f.write_str("q7"),
            Self::Q15 => f.write_str("q15"),
            Self::Q30 => f.write_str("q30"),
            Self { fraction, bits } => write!(f, "q{fraction}/{bits}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_becomes_its_nearest_code() {
        let codes = [0.02, 0.5, -1.0, 0.999_97].map(|v| Format::Q15.code(v).map(|c| c.0));
        assert_eq!(codes, [Some(655), Some(16_384), Some(-32_768), Some(32_767)]);
        assert_eq!(Format::Q15.code(1.0), None);
        assert_eq!(Format::Q30.code(-2.0), Some((-(1 << 31), -2.0)));
        assert_eq!(Format { fraction: 0, bits: 16 }.code(100.0), Some((100, 100.0)));
    }
}
