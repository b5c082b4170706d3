//! Chip descriptions and chip images.
//!
//! The *description* (`chip.toml`, with units) says what hardware there is. The *image* is what the
//! emulator loads: codes, tables and the description reduced to integers.

mod chip;
mod image;

pub use chip::{Adc, Chip, Solver};
pub use image::{
    Array, Core, Image, Input, Learning, Loss, Operand, Population, Ratio, Rounding, RowGroup,
    Rule, Sender, Side, Source, Table, Teaching,
};
