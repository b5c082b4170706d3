//! What must hold of any such network, whatever its rules in detail.

#![expect(clippy::unwrap_used, reason = "a test ends where a configuration or an offer is refused")]
#![expect(clippy::indexing_slicing, reason = "a test ends where a node or a field is missing")]

mod capacity;
mod conservation;
mod determinism;
mod multicast;
mod routes;
mod state;
mod traffic;
mod zero_load;
