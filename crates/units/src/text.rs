//! Decimal texts with a prefixed unit, without a rounding of their own.
//!
//! Scaling moves the decimal exponent of the text, not the number, so `0.2 ms` is the double nearest
//! to 0.0002 and not a product of two rounded factors.

/// Prefixes and their decimal exponents. The first of an exponent is the one that is printed.
const PREFIXES: [(&str, i32); 12] = [
    ("f", -15),
    ("p", -12),
    ("n", -9),
    ("u", -6),
    ("\u{b5}", -6),
    ("\u{3bc}", -6),
    ("m", -3),
    ("", 0),
    ("k", 3),
    ("M", 6),
    ("G", 9),
    ("T", 12),
];

/// A decimal number, apart from its unit.
pub(crate) struct Written<'a> {
    mantissa: String,
    exponent: i32,
    pub(crate) unit: &'a str,
}

impl Written<'_> {
    /// The double nearest to the number times `10^by`.
    pub(crate) fn scaled(&self, by: i32) -> f64 {
        let text = format!("{}e{}", self.mantissa, self.exponent.saturating_add(by));
        text.parse().unwrap_or(f64::NAN)
    }
}

/// Splits `-1.5e3 ns` into its parts; `None` if it does not start with a decimal number.
pub(crate) fn split(text: &str) -> Option<Written<'_>> {
    let text = text.trim();
    let mantissa_end = end_of(text, |c| c.is_ascii_digit() || matches!(c, '.' | '_' | '+' | '-'));
    let (mantissa, rest) = text.split_at(mantissa_end);
    let mantissa = mantissa.replace('_', "");
    mantissa.parse::<f64>().ok().filter(|m| m.is_finite())?;
    let (exponent, unit) = split_exponent(rest);
    Some(Written { mantissa, exponent, unit: unit.trim_start() })
}

/// Takes `e3` off the front, if a number follows the letter.
fn split_exponent(rest: &str) -> (i32, &str) {
    let Some(tail) = rest.strip_prefix(['e', 'E']) else { return (0, rest) };
    let (digits, unit) = tail.split_at(end_of(tail, |c| c.is_ascii_digit() || "+-".contains(c)));
    digits.parse().map_or((0, rest), |exponent| (exponent, unit))
}

fn end_of(text: &str, part: impl Fn(char) -> bool) -> usize {
    text.find(|c| !part(c)).unwrap_or(text.len())
}

/// The decimal exponent of a prefixed unit.
pub(crate) fn exponent(unit: &str, symbol: &str) -> Option<i32> {
    let prefix = unit.strip_suffix(symbol)?;
    PREFIXES.iter().find(|(text, _)| *text == prefix).map(|(_, exponent)| *exponent)
}

/// `1.2 ms`: one to three digits before the point where a prefix reaches, exactly the value's
/// shortest decimal form.
pub(crate) fn engineering(value: f64, symbol: &str) -> String {
    let shortest = format!("{value:e}");
    let (mantissa, exponent) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let step = exponent.rem_euclid(3);
    match PREFIXES.iter().find(|(_, e)| *e == exponent - step) {
        Some((prefix, _)) => format!("{} {prefix}{symbol}", point_moved(mantissa, step)),
        None => format!("{shortest} {symbol}"),
    }
}

/// Moves the decimal point of `d.ddd` right by at most two places.
fn point_moved(mantissa: &str, places: i32) -> String {
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let places = usize::try_from(places).unwrap_or(0);
    let padded = format!("{fraction:0<places$}");
    let (into_whole, rest) = padded.split_at(places);
    if rest.is_empty() {
        format!("{whole}{into_whole}")
    } else {
        format!("{whole}{into_whole}.{rest}")
    }
}
