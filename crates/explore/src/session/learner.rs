//! Who learns in a session.

use crate::backend::Backend;
use crate::{ChipBackend, FloatBackend};

/// The chip or its reference.
#[derive(Debug)]
pub enum Learner {
    /// The emulated chip.
    Chip(Box<ChipBackend>),
    /// The reference.
    Float(Box<FloatBackend>),
}

impl Learner {
    /// The common door.
    pub fn backend(&mut self) -> &mut dyn Backend {
        match self {
            Self::Chip(chip) => chip.as_mut(),
            Self::Float(float) => float.as_mut(),
        }
    }

    /// The chip, if it is one, to be run.
    pub fn chip_mut(&mut self) -> Option<&mut ChipBackend> {
        match self {
            Self::Chip(chip) => Some(chip),
            Self::Float(_) => None,
        }
    }

    /// The chip, if it is one.
    #[must_use]
    pub fn chip(&self) -> Option<&ChipBackend> {
        match self {
            Self::Chip(chip) => Some(chip),
            Self::Float(_) => None,
        }
    }
}
