//! Physical quantities with a text form.
//!
//! A quantity is read from a number with its unit (`0.2 ms`, `12.5us`, `250 MHz`) and from nothing
//! else: a bare number is refused, with a sentence that shows how to write it. Inside, it is a
//! finite `f64` in the SI unit, the one nearest to the decimal text; the text it prints as reads
//! back to the same bits.
//!
//! Only what the files of this project state has a type here. There is no arithmetic: who computes
//! takes the number out with [`Quantity::get`] and says in a name what it is.

mod text;

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// What is measured: the unit's symbol and the values that make sense.
pub trait Dimension: Copy + fmt::Debug {
    /// Symbol of the SI unit.
    const SYMBOL: &'static str;
    /// What a value is called in a message.
    const NAME: &'static str;
    /// How a value is written.
    const EXAMPLE: &'static str;
    /// Whether a value may lie below zero.
    const SIGNED: bool = false;
}

macro_rules! dimension {
    ($marker:ident, $quantity:ident, $symbol:literal, $name:literal, $example:literal, $signed:literal) => {
        #[doc = concat!("Dimension of a ", $name, ".")]
        #[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
        pub enum $marker {}

        impl Dimension for $marker {
            const SYMBOL: &'static str = $symbol;
            const NAME: &'static str = $name;
            const EXAMPLE: &'static str = $example;
            const SIGNED: bool = $signed;
        }

        #[doc = concat!("A ", $name, ", written as `", $example, "`.")]
        pub type $quantity = Quantity<$marker>;
    };
}

dimension!(Time, Seconds, "s", "time", "0.2 ms", false);
dimension!(Frequency, Hertz, "Hz", "frequency", "250 MHz", false);
dimension!(Potential, Volts, "V", "voltage", "1.2 V", true);
dimension!(Length, Metres, "m", "length", "65 nm", false);

/// A finite value of dimension `D`, in its SI unit.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub struct Quantity<D> {
    si: f64,
    dimension: PhantomData<D>,
}

/// Why a text or a number is no quantity.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotAQuantity {
    /// A number without a unit.
    #[error("`{given}` has no unit; a {name} is written with one, like \"{example}\"")]
    Bare {
        /// The text.
        given: String,
        /// What was expected.
        name: &'static str,
        /// How it is written.
        example: &'static str,
    },
    /// The unit belongs to something else, or to nothing.
    #[error("`{unit}` is not a unit of {name}; write it like \"{example}\"")]
    Unit {
        /// The unit found.
        unit: String,
        /// What was expected.
        name: &'static str,
        /// How it is written.
        example: &'static str,
    },
    /// No number before the unit.
    #[error("`{given}` does not start with a number; a {name} is written like \"{example}\"")]
    Number {
        /// The text.
        given: String,
        /// What was expected.
        name: &'static str,
        /// How it is written.
        example: &'static str,
    },
    /// Not finite, or below zero where that makes no sense.
    #[error("a {name} of `{given}` is outside {allowed}")]
    Range {
        /// The text or number.
        given: String,
        /// What was expected.
        name: &'static str,
        /// The values that make sense.
        allowed: &'static str,
    },
}

impl<D: Dimension> Quantity<D> {
    /// A quantity from its value in the SI unit.
    ///
    /// # Errors
    /// [`NotAQuantity::Range`] if the value is not finite, or negative where that makes no sense.
    pub fn new(si: f64) -> Result<Self, NotAQuantity> {
        Self::checked(si, || format!("{si:?} {}", D::SYMBOL))
    }

    /// The value in the SI unit.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.si
    }

    fn checked(si: f64, given: impl Fn() -> String) -> Result<Self, NotAQuantity> {
        if si.is_finite() && (D::SIGNED || si >= 0.0) {
            // `+ 0.0` turns a negative zero into zero, so that equal values print alike.
            return Ok(Self { si: si + 0.0, dimension: PhantomData });
        }
        let allowed = if D::SIGNED { "the finite numbers" } else { "the finite numbers from 0" };
        Err(NotAQuantity::Range { given: given(), name: D::NAME, allowed })
    }
}

impl<D: Dimension> FromStr for Quantity<D> {
    type Err = NotAQuantity;

    fn from_str(given: &str) -> Result<Self, NotAQuantity> {
        let (name, example) = (D::NAME, D::EXAMPLE);
        let written = text::split(given).ok_or_else(|| NotAQuantity::Number {
            given: given.to_owned(),
            name,
            example,
        })?;
        if written.unit.is_empty() {
            return Err(NotAQuantity::Bare { given: given.to_owned(), name, example });
        }
        let exponent = text::exponent(written.unit, D::SYMBOL)
            .ok_or_else(|| NotAQuantity::Unit { unit: written.unit.to_owned(), name, example })?;
        Self::checked(written.scaled(exponent), || given.to_owned())
    }
}

impl<D: Dimension> fmt::Display for Quantity<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&text::engineering(self.si, D::SYMBOL))
    }
}

impl<D: Dimension> fmt::Debug for Quantity<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<D: Dimension> Serialize for Quantity<D> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, D: Dimension> Deserialize<'de> for Quantity<D> {
    fn deserialize<S: Deserializer<'de>>(deserializer: S) -> Result<Self, S::Error> {
        deserializer.deserialize_str(Text(PhantomData))
    }
}

/// Accepts a text; answers a number with how to write it.
struct Text<D>(PhantomData<D>);

impl<D: Dimension> Text<D> {
    fn bare<E: de::Error>(given: impl fmt::Display) -> E {
        let (name, example) = (D::NAME, D::EXAMPLE);
        E::custom(NotAQuantity::Bare { given: given.to_string(), name, example })
    }
}

impl<D: Dimension> de::Visitor<'_> for Text<D> {
    type Value = Quantity<D>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a {} with its unit, like \"{}\"", D::NAME, D::EXAMPLE)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
        Err(Self::bare(number))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
        Err(Self::bare(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
        Err(Self::bare(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seconds(text: &str) -> Result<f64, String> {
        text.parse::<Seconds>().map(Seconds::get).map_err(|e| e.to_string())
    }

    #[test]
    fn the_value_is_the_double_nearest_to_the_text() {
        let cases = [
            ("0.2 ms", 0.2e-3),
            ("12.5us", 12.5e-6),
            ("12.5 µs", 12.5e-6),
            ("12.5 μs", 12.5e-6),
            ("3 s", 3.0),
            ("1e-4 s", 1e-4),
            ("1.5e3 ns", 1.5e-6),
            ("0 s", 0.0),
            (" 7 ps ", 7e-12),
            ("1_000 ms", 1.0),
        ];
        for (text, value) in cases {
            assert_eq!(seconds(text).map(f64::to_bits), Ok(f64::to_bits(value)), "{text}");
        }
        assert_eq!("250 MHz".parse::<Hertz>().unwrap().get().to_bits(), 250e6_f64.to_bits());
        assert_eq!("-1.2 V".parse::<Volts>().unwrap().get().to_bits(), (-1.2_f64).to_bits());
        assert_eq!("65 nm".parse::<Metres>().unwrap().get().to_bits(), 65e-9_f64.to_bits());
        assert_eq!("1 m".parse::<Metres>().unwrap().get().to_bits(), 1.0_f64.to_bits());
    }

    #[test]
    fn a_bare_number_is_told_how_to_be_written() {
        let message = "`12.5` has no unit; a time is written with one, like \"0.2 ms\"";
        assert_eq!(seconds("12.5"), Err(message.to_owned()));
    }

    #[test]
    fn a_wrong_unit_is_named() {
        let message = "`mV` is not a unit of time; write it like \"0.2 ms\"";
        assert_eq!(seconds("1 mV"), Err(message.to_owned()));
        assert!(seconds("1 Ms").is_ok());
        assert!("1 MS".parse::<Seconds>().is_err(), "symbols are not folded");
    }

    #[test]
    fn a_text_without_a_number_is_refused() {
        let message = "`fast` does not start with a number; a time is written like \"0.2 ms\"";
        assert_eq!(seconds("fast"), Err(message.to_owned()));
        assert!(seconds("").is_err());
        assert!(seconds("nan s").is_err());
        assert!(seconds("inf ms").is_err());
        assert!(seconds("1.2.3 s").is_err());
    }

    #[test]
    fn senseless_values_are_refused() {
        let message = "a time of `-1 ms` is outside the finite numbers from 0";
        assert_eq!(seconds("-1 ms"), Err(message.to_owned()));
        assert!(seconds("1e999 s").is_err());
        assert!(Seconds::new(f64::NAN).is_err());
        assert!(Volts::new(f64::INFINITY).is_err());
        assert!(Volts::new(-1.0).is_ok());
    }

    #[test]
    fn people_read_engineering_notation() {
        let shown = |si| Seconds::new(si).unwrap().to_string();
        assert_eq!(shown(0.2e-3), "200 us");
        assert_eq!(shown(1.2e-3), "1.2 ms");
        assert_eq!(shown(0.0), "0 s");
        assert_eq!(shown(1e-30), "1e-30 s");
        assert_eq!(Hertz::new(250e6).unwrap().to_string(), "250 MHz");
        assert_eq!(Volts::new(-0.05).unwrap().to_string(), "-50 mV");
    }

    proptest! {
        /// What is printed reads back to the same bits, whatever the magnitude.
        #[test]
        fn the_text_form_loses_nothing(value in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL) {
            let volts = Volts::new(value).unwrap();
            prop_assert_eq!(volts.to_string().parse::<Volts>(), Ok(volts));
        }

        /// No text makes the reader panic.
        #[test]
        fn any_text_is_answered(text in "\\PC{0,12}|[0-9.e+-]{0,6} ?[munk]?s") {
            let _: Result<Seconds, _> = text.parse();
        }
    }

    #[test]
    fn serde_uses_the_text() {
        #[derive(Debug, Deserialize, Serialize)]
        struct Holder {
            dt: Seconds,
        }
        let read = |text: &str| toml::from_str::<Holder>(text);
        let held = read("dt = \"0.2 ms\"").unwrap();
        assert_eq!(toml::to_string(&held).unwrap(), "dt = \"200 us\"\n");
        for bare in ["dt = 0.2", "dt = 3"] {
            let message = read(bare).unwrap_err().to_string();
            assert!(message.contains("has no unit"), "{message}");
        }
    }
}
