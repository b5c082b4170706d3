//! The compiler from outside: what it refuses, what always holds of an image, and one image in full.

#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]
#![expect(clippy::format_push_string, reason = "a text of some lines")]

mod build;
mod golden;
mod properties;
mod refusals;
mod scales;
mod spiking;
