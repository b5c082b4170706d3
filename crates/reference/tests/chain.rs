//! The chain experiment: two neurons recover the weights and memories of a teacher.

#![expect(clippy::unwrap_used, reason = "a test ends where its files are not")]
#![expect(clippy::print_stdout, reason = "shown by `cargo test -- --nocapture`")]

use leadlag_net::{Errors, Network, Parameters, Score};
use leadlag_reference::experiment::Pupil;

fn chain() -> Network {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/chain.toml");
    Network::parse(&std::fs::read_to_string(path).unwrap(), "chain.toml").unwrap()
}

/// 405,000 steps; the score of the last 45,000.
fn learnt(network: &Network) -> (Score, Parameters) {
    let mut pupil = Pupil::new(network, 1).unwrap();
    pupil.advance(360_000);
    let score = pupil.advance(45_000);
    let parameters = pupil.reference().parameters();
    println!("{:?}: loss {:.3e}, {parameters:?}", network.errors(), score.loss().unwrap());
    (score, parameters)
}

fn off(found: f64, wanted: f64) -> f64 {
    (found - wanted).abs() / wanted
}

#[test]
fn prospective_errors_find_the_teacher() {
    let (score, found) = learnt(&chain());
    assert!(score.loss().unwrap() < 1e-8, "{score:?}");
    for (population, wanted) in [(1, 1e-3), (2, 2e-3)] {
        assert!(off(found.tau_m[population][0], wanted) < 0.005, "{found:?}");
        assert!(off(found.weights[population - 1][0], wanted * 1e3) < 0.005, "{found:?}");
    }
}

#[test]
fn instantaneous_errors_do_not() {
    let (score, found) = learnt(&chain().with_errors(Errors::Instantaneous));
    assert!(score.loss().unwrap() > 1e-3, "{score:?}");
    assert!(off(found.tau_m[2][0], 2e-3) > 0.5, "{found:?}");
}
