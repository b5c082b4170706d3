//! The traffic harness: loads on a fabric, in windows, with figures at the end.
//!
//! A measurement offers synthetic traffic to an engine. Packets created in the *warm-up* are carried
//! and forgotten, those created in the *measurement* window are followed to their last flit, and while
//! these *drain*, traffic goes on, so that the last of them meet the same load as the first. All
//! figures are exact sums and counts; means are taken by whoever prints them.
//!
//! | module | for |
//! |---|---|
//! | [`measure`] | one load, one seed: [`Figures`] |
//! | [`sweep`] | many loads, several runs each, on several threads |
//! | [`saturation`] | the highest rate that a fabric carries |
//! | [`replay`] | a recorded list of packets, and the cycles in which they arrived |
//! | [`reference`](mod@reference) | a recorded latency curve, and how far a fabric may be off it |
//! | [`soak`] | long overload, with a watchdog and a complete account at the end |
//! | [`parameters`] | mesh, router and traffic from the parameter files of reference runs |

mod figures;
pub mod measure;
pub mod parameters;
pub mod reference;
pub mod replay;
pub mod saturation;
pub mod soak;
pub mod sweep;

pub use figures::{Distribution, Figures};
