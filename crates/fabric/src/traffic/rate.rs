//! Offered load, exactly.

use std::fmt;
use std::str::FromStr;

use leadlag_diagnostic::Diagnostic;

/// Decimal places of a rate.
const PLACES: usize = 9;
/// Parts of one flit per node and cycle.
const PARTS: u64 = 1_000_000_000;

/// Offered load in flits per node and cycle; a multiple of 10⁻⁹, from 0 to 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Rate(u64);

impl Rate {
    /// Nothing is sent.
    pub const ZERO: Self = Self(0);
    /// One flit per node and cycle: what an injection channel carries.
    pub const FULL: Self = Self(PARTS);

    /// `parts` · 10⁻⁹ flits per node and cycle, held at [`Self::FULL`].
    #[must_use]
    pub const fn from_billionths(parts: u64) -> Self {
        Self(if parts < PARTS { parts } else { PARTS })
    }

    /// In 10⁻⁹ flits per node and cycle.
    #[must_use]
    pub const fn to_billionths(self) -> u64 {
        self.0
    }

    /// `numerator`/`denominator` flits per node and cycle, rounded down and held at [`Self::FULL`].
    #[must_use]
    pub fn ratio(numerator: u64, denominator: u64) -> Self {
        let parts = u128::from(numerator) * u128::from(PARTS) / u128::from(denominator.max(1));
        Self::from_billionths(u64::try_from(parts).unwrap_or(PARTS))
    }

    /// Probability of a packet of `flits` flits per node and cycle, in Q64.
    #[must_use]
    pub fn packets(self, flits: u32) -> u128 {
        (u128::from(self.0) << 64) / (u128::from(PARTS) * u128::from(flits.max(1)))
    }
}

impl fmt::Display for Rate {
    /// A decimal fraction without trailing zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / PARTS, format!("{:09}", self.0 % PARTS));
        match part.trim_end_matches('0') {
            "" => write!(f, "{whole}"),
            part => write!(f, "{whole}.{part}"),
        }
    }
}

impl FromStr for Rate {
    type Err = Diagnostic;

    /// LL1530 if the text is no decimal fraction from 0 to 1 with at most 9 places.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        decimal(text).map(Self).ok_or_else(|| {
            let allowed = "0 to 1 flit per node and cycle, with at most 9 decimals";
            Diagnostic::new("LL1530", format!("`{text}` is no injection rate: {allowed}"))
                .help("an injection channel carries one flit per cycle; write a rate such as 0.35")
        })
    }
}

/// The number of billionths in a decimal fraction from 0 to 1.
fn decimal(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let bare = part.trim_end_matches('0');
    let fits = digits(whole) && digits(part) && bare.len() <= PLACES;
    let some = !(whole.is_empty() && part.is_empty());
    let whole = if whole.is_empty() { 0 } else { whole.parse::<u64>().ok()? };
    let part = format!("{bare:0<PLACES$}").parse::<u64>().ok()?;
    let parts = whole.checked_mul(PARTS)?.checked_add(part)?;
    (fits && some && parts <= PARTS).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rates_are_decimal_fractions() {
        let parts = |text: &str| text.parse::<Rate>().map(Rate::to_billionths).ok();
        assert_eq!(parts("0.0071"), Some(7_100_000));
        assert_eq!(
            [parts("1"), parts("1.000000000000"), parts(".5")],
            [Some(PARTS), Some(PARTS), Some(PARTS / 2)]
        );
        for wrong in [
            "",
            ".",
            "1.1",
            "-0.1",
            "0.0000000001",
            "1e-3",
            "+1",
            "0.1 ",
            "NaN",
            "99999999999999999999",
        ] {
            assert_eq!(parts(wrong), None, "{wrong}");
        }
        let refused = "1.1".parse::<Rate>().expect_err("above one");
        assert_eq!(refused.code, "LL1530");
        assert!(
            refused.message.contains("`1.1`") && refused.message.contains("0 to 1"),
            "{refused}"
        );
    }

    #[test]
    fn a_packet_is_its_flits() {
        assert_eq!(Rate::FULL.packets(1), 1 << 64);
        assert_eq!(Rate::FULL.packets(4), 1 << 62);
        assert_eq!(Rate::ratio(1, 8), Rate::from_billionths(125_000_000));
        assert_eq!(Rate::ratio(9, 8), Rate::FULL);
    }

    proptest! {
        #[test]
        fn a_rate_is_read_as_it_is_written(parts in 0..=PARTS) {
            let rate = Rate::from_billionths(parts);
            prop_assert_eq!(rate.to_string().parse::<Rate>(), Ok(rate));
        }
    }
}
