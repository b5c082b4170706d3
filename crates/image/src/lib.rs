//! Chip descriptions and chip images.
//!
//! The *description* (`chips/ll1.toml`, with units) says what hardware there is. The *image* is what
//! the emulator loads: codes, tables and the description reduced to integers. It has two equal
//! forms, a framed binary one ([`container`]) and a text one, and one gate: an image that passes
//! [`Image::validate`] can be loaded without any further check. Both readers pass it.
//!
//! What this crate does not do: open files, print, compute in floating point, or know how an image came
//! about or what becomes of it. The manual's page is `docs/chip/image.md`.

mod chip;
pub mod container;
mod description;
mod earlier;
pub mod firmware;
mod image;
mod knobs;
mod lines;
mod locate;
pub mod oracle;
pub mod registers;
#[cfg(any(test, feature = "samples"))]
pub mod samples;
mod text;
mod validate;

pub use chip::{Adc, Chip, Fabric, Link, Mode, Ppu, Preset, Solver};
pub use firmware::Firmware;
pub use image::{
    Array, Core, CurrentTrim, Image, Input, Learning, Loss, Operand, Population, Ratio, Recipe,
    Rounding, RowGroup, Rule, Sender, Side, Source, Spike, Stage, Table, TauLearning, Teaching,
};
pub use registers::Compartment;
pub use text::{STRUCTURE_LIMIT, TEXT_LIMIT};
