//! A snapshot is the whole state, and belongs to its image.

use leadlag_chip::{Emulator, Options, State};
use leadlag_image::Ratio;
use leadlag_image::container::{self, Kind};

use crate::bench::{Net, load, run};

fn written_and_read(state: &State) -> State {
    let mut bytes = Vec::new();
    container::write(Kind::Snapshot, state, &mut bytes).expect("a state can be written");
    container::read(Kind::Snapshot, &bytes).expect("and read")
}

/// Stochastic rounding, moved scales and a changed rate: all of it goes on where it was.
#[test]
fn a_restored_chip_goes_on_with_the_same_bits() {
    let net = Net { learning: "rule = \"adam\"\neta = 0.01\nevery = 3", ..Net::default() };
    let mut chips = net.chips(&[]);
    run(&mut chips, 50, true);
    let scales: Vec<i32> = chips.state().error_scales.iter().map(|s| s + 1).collect();
    chips.set_error_scales(&scales).expect("within the range");
    chips.set_learning_rate(Ratio { mantissa: 20_000, exponent: -16 }).expect("it can be set");
    run(&mut chips, 3, true);
    let mut other = net.chips(&[]);
    other.restore(written_and_read(chips.state())).expect("the same image");
    assert_eq!(run(&mut chips, 50, true), run(&mut other, 50, true));
    assert_eq!(chips.state(), other.state());
    assert_eq!(chips.learning_rate(), other.learning_rate());
}

/// A schedule multiplies growth and decay alike: half the rate is the network with half of both.
#[test]
fn a_share_of_the_rate_is_a_share_of_the_decay() {
    let whole = "rule = \"adam\"\neta = 0.02\ndecay = 0.004";
    let half = "rule = \"adam\"\neta = 0.01\ndecay = 0.002";
    let mut chips = Net { learning: whole, ..Net::default() }.chips(&[]);
    let start = chips.state().arrays.clone();
    chips.set_learning_rate(Ratio { mantissa: 1, exponent: -1 }).expect("it can be set");
    let mut other = Net { learning: half, ..Net::default() }.chips(&[]);
    assert_eq!(run(&mut chips, 50, true), run(&mut other, 50, true));
    assert_eq!(chips.state().arrays, other.state().arrays);
    assert_ne!(chips.state().arrays, start);
}

#[test]
fn a_state_of_another_image_is_refused() {
    let state = Net::default().chips(&[]).state().clone();
    let mut larger = Net { hidden: 11, ..Net::default() }.chips(&[]);
    let before = larger.state().clone();
    assert_eq!(larger.restore(state.clone()).expect_err("refused").0[0].code, "LL1315");
    assert_eq!(larger.state(), &before);
    let mut another =
        Net { learning: "rule = \"momentum\"\neta = 0.1", ..Net::default() }.chips(&[]);
    assert!(another.restore(state.clone()).is_err(), "a rule with other words");
    let options = Options { replicas: 3, threads: 1, seed: 9 };
    let mut three = Emulator::load(Net::default().image(&[]), options).expect("valid");
    assert!(three.restore(state.clone()).is_err(), "another number of replicas");
    assert!(load(Net::default().image(&[])).restore(state).is_ok());
}
