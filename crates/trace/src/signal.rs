//! What a recorded code stands for.

use serde::{Deserialize, Serialize};

/// A row of the signal table.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Signal {
    /// Path of the register.
    pub name: String,
    /// Unit of the value: `1` for model units, `code` where there is none.
    pub unit: String,
    /// Value of the code 1.
    pub lsb: f64,
    /// Value of the code 0.
    pub offset: f64,
    /// Bits of the register.
    pub width: u32,
    /// The signal whose code is an exponent of two that multiplies the LSB: the chip may move the
    /// unit of its error path while it learns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<u32>,
    /// Recorded every so many steps; 0: when it changes.
    pub every: u32,
}

impl Signal {
    /// The value of a code under the exponent in force; 0 where there is no scale.
    #[must_use]
    pub fn value(&self, code: i32, exponent: i32) -> f64 {
        value(code, self.lsb, exponent) + self.offset
    }
}

/// `code * lsb * 2^exponent`: exact, as LSBs are powers of two.
#[must_use]
pub fn value(code: i32, lsb: f64, exponent: i32) -> f64 {
    f64::from(code) * lsb * 2.0_f64.powi(exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_its_code_in_units() {
        let signal = Signal {
            name: "core[0,0].apical.e[0]".to_owned(),
            unit: "1".to_owned(),
            lsb: 2.0_f64.powi(-24),
            offset: 0.0,
            width: 32,
            scale: Some(1),
            every: 0,
        };
        assert_eq!(signal.value(-(1 << 23), -4).to_bits(), (-0.5_f64 / 16.0).to_bits());
        assert_eq!(signal.value(i32::MAX, 24).to_bits(), f64::from(i32::MAX).to_bits());
    }
}
