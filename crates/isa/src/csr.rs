//! Control and status registers.

use crate::resources::CSRS;

/// A control and status register.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Csr {
    /// As it is written.
    pub name: &'static str,
    /// Its number, 12 bits.
    pub number: u16,
    /// Whether a write is legal.
    pub writes: bool,
    /// Its value after reset.
    pub reset: Reset,
    /// The bits that a write changes.
    pub writable: u32,
}

/// The value of a register after reset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reset {
    /// A number.
    Value(u32),
    /// VLEN / 8.
    Vlenb,
    /// The number of the core.
    Node,
}

impl Csr {
    /// The register with this number.
    #[must_use]
    pub fn by_number(number: u16) -> Option<&'static Self> {
        CSRS.binary_search_by_key(&number, |csr| csr.number).ok().and_then(|at| CSRS.get(at))
    }

    /// The register with this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<&'static Self> {
        CSRS.iter().find(|csr| csr.name == name)
    }
}
