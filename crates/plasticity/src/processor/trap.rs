//! Exceptions, and the report of a processor that could not take one.

use serde::{Deserialize, Serialize};

/// Why an instruction did not complete; the numbers are those of `mcause`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Cause {
    /// Fetch from outside instruction memory.
    InstructionAccess = 1,
    /// No instruction, or one that is reserved in this state.
    Illegal = 2,
    /// `ebreak`.
    Breakpoint = 3,
    /// A load whose address is no multiple of its size.
    LoadMisaligned = 4,
    /// A load from where nothing can be loaded.
    LoadAccess = 5,
    /// A store whose address is no multiple of its size.
    StoreMisaligned = 6,
    /// A store to where nothing can be stored.
    StoreAccess = 7,
    /// `ecall`.
    EnvironmentCall = 11,
}

impl Cause {
    /// The value of `mcause`.
    #[must_use]
    pub const fn code(self) -> u32 {
        match self {
            Self::InstructionAccess => 1,
            Self::Illegal => 2,
            Self::Breakpoint => 3,
            Self::LoadMisaligned => 4,
            Self::LoadAccess => 5,
            Self::StoreMisaligned => 6,
            Self::StoreAccess => 7,
            Self::EnvironmentCall => 11,
        }
    }

    /// The cause in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InstructionAccess => "instruction access fault",
            Self::Illegal => "illegal instruction",
            Self::Breakpoint => "breakpoint",
            Self::LoadMisaligned => "misaligned load",
            Self::LoadAccess => "load access fault",
            Self::StoreMisaligned => "misaligned store",
            Self::StoreAccess => "store access fault",
            Self::EnvironmentCall => "environment call",
        }
    }
}

/// An exception: what goes to `mcause` and `mtval`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Trap {
    /// Why.
    pub cause: Cause,
    /// The address or the instruction bits.
    pub value: u32,
}

impl Trap {
    pub(super) const fn new(cause: Cause, value: u32) -> Self {
        Self { cause, value }
    }

    /// A refused load or store.
    pub(super) const fn access(store: bool, address: u32) -> Self {
        Self::new(if store { Cause::StoreAccess } else { Cause::LoadAccess }, address)
    }

    /// A load or store at no multiple of its size.
    pub(super) const fn misaligned(store: bool, address: u32) -> Self {
        Self::new(if store { Cause::StoreMisaligned } else { Cause::LoadMisaligned }, address)
    }
}

/// Why a processor stopped for good.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Reason {
    /// An exception while `mtvec` is 0: there is no handler.
    Unhandled(Trap),
    /// An interrupt of this number was enabled while `mtvec` is 0.
    Interrupt(u32),
    /// The program ran for more than the step's allowance of cycles.
    TooLong {
        /// The allowance.
        allowed: u64,
    },
}

/// What is known of a processor that stopped.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Fault {
    /// Why.
    pub reason: Reason,
    /// Node number of the core.
    pub core: u16,
    /// Address of the instruction.
    pub pc: u32,
    /// Its bits, if it could be fetched.
    pub word: Option<u32>,
    /// The integer registers.
    pub x: [u32; 32],
    /// Executed cycles and stalls so far.
    pub cycle: u64,
    /// Addresses of the instructions before, oldest first, at most 16.
    pub history: Vec<u32>,
}
