//! What a compiled network does on the chip: cutting it, its senders, its learning, its scales.

#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]

mod bench;
mod learning;
mod scales;
mod senders;
mod snapshot;
mod split;
