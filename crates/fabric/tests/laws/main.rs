//! What must hold of any such network, whatever its rules in detail.

mod capacity;
mod conservation;
mod determinism;
mod multicast;
mod traffic;
mod zero_load;
