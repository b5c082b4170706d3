//! Frequencies as text: `250 MHz`. Exact, without floating point.

/// Units of frequency and their size as a power of ten hertz, largest first.
const UNITS: [(&str, u32); 4] = [("GHz", 9), ("MHz", 6), ("kHz", 3), ("Hz", 0)];

/// Why a text is not a frequency.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NotAFrequency<'a> {
    /// No number in front, or one that is not a plain decimal.
    Number(&'a str),
    /// The unit is missing or is not one of frequency.
    Unit(&'a str),
    /// Not a whole number of hertz below 2^64.
    NotWhole,
}

/// Reads a decimal number with a unit of frequency, in hertz.
pub(crate) fn parse(text: &str) -> Result<u64, NotAFrequency<'_>> {
    let text = text.trim();
    let end = text.find(|c: char| c.is_ascii_alphabetic() || c.is_whitespace());
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(NotAFrequency::Number(text));
    }
    let unit = unit.trim();
    let (_, power) =
        UNITS.iter().find(|(name, _)| *name == unit).ok_or(NotAFrequency::Unit(unit))?;
    hertz(number, *power)
}

/// `number * 10^power`, if it is whole.
fn hertz(number: &str, power: u32) -> Result<u64, NotAFrequency<'_>> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let fraction = fraction.trim_end_matches('0');
    if !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return Err(NotAFrequency::Number(number));
    }
    let places = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
    let zeros = power.checked_sub(places).ok_or(NotAFrequency::NotWhole)?;
    let digits: u64 = format!("{whole}{fraction}").parse().map_err(|_| NotAFrequency::NotWhole)?;
    digits.checked_mul(10_u64.pow(zeros)).ok_or(NotAFrequency::NotWhole)
}

/// Writes hertz in the largest unit that leaves a whole number.
pub(crate) fn text(hertz: u64) -> String {
    let whole = |power| hertz > 0 && hertz.is_multiple_of(10_u64.pow(power));
    let (unit, power) = UNITS.iter().find(|(_, power)| whole(*power)).copied().unwrap_or(("Hz", 0));
    format!("{} {unit}", hertz / 10_u64.pow(power))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frequency_has_a_number_and_a_unit() {
        assert_eq!(parse("250 MHz"), Ok(250_000_000));
        assert_eq!(parse("0.25GHz"), Ok(250_000_000));
        assert_eq!(parse("32.768 kHz"), Ok(32_768));
        assert_eq!(parse("250"), Err(NotAFrequency::Unit("")));
        assert_eq!(parse("250 mV"), Err(NotAFrequency::Unit("mV")));
        assert_eq!(parse("nan MHz"), Err(NotAFrequency::Number("nan MHz")));
        assert_eq!(parse("-1 MHz"), Err(NotAFrequency::Number("-1 MHz")));
        assert_eq!(parse("1.2.3 MHz"), Err(NotAFrequency::Number("1.2.3")));
        assert_eq!(parse("0.5 Hz"), Err(NotAFrequency::NotWhole));
        assert_eq!(parse("99999999999 GHz"), Err(NotAFrequency::NotWhole));
    }

    #[test]
    fn text_is_read_back() {
        for hertz in [0, 1, 999, 1_000, 1_500_000, 250_000_000, u64::MAX] {
            assert_eq!(parse(&text(hertz)), Ok(hertz));
        }
    }
}
