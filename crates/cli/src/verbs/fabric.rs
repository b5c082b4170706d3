//! `leadlag fabric sweep|replay|show|soak`: the network between the cores on its own.

mod counters;
mod inputs;
mod replay;
mod show;
mod soak;
mod sweep;
mod table;

use leadlag_diagnostic::Diagnostics;
use leadlag_fabric::{Checked, Network};

use crate::args::fabric::{Action, FabricArgs};
use crate::context::Context;
use crate::exit::Exit;

/// Does what the verb of the fabric says.
///
/// # Errors
/// What is wrong with the fabric, the traffic or a file.
pub fn run(args: &FabricArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    match &args.action {
        Action::Sweep(args) => sweep::run(args, context),
        Action::Replay(args) => replay::run(args, context),
        Action::Show(args) => show::run(args, context),
        Action::Soak(args) => soak::run(args, context),
    }
}

/// The engine, after reset and without tables, on this many threads.
fn engine(checked: &Checked, threads: usize) -> Network {
    let engine = Network::with_threads(checked, Vec::new(), threads);
    engine.expect("a fabric without tables needs no multicast")
}

/// A whole number as a real one; exact below 2^53.
fn real(whole: u64) -> f64 {
    let part = |shift: u32| u32::try_from(whole >> shift & u64::from(u32::MAX)).unwrap_or(0);
    f64::from(part(32)) * 4_294_967_296.0 + f64::from(part(0))
}

/// The mean of a sum over a count, if there is anything to count.
fn mean(sum: u64, count: u64) -> Option<f64> {
    (count > 0).then(|| real(sum) / real(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_stay_what_they_are() {
        assert!((real(0x0012_3456_789a_bcde) - 5_124_095_576_030_430.0).abs() < 0.5);
        assert_eq!((mean(3, 2), mean(3, 0)), (Some(1.5), None));
    }
}
