//! What a synapse costs in memory.

use leadlag_chip::{Emulator, Options};
use leadlag_explore::build::build;
use leadlag_image::Chip;
use leadlag_image::container::{self, Kind};
use leadlag_net::Network;

#[path = "networks/small.rs"]
mod small;
use small::small;

/// Weight, converter code, mean product and its root mean square: four words of two bytes, however
/// many replicas share them.
#[test]
fn a_synapse_takes_eight_bytes() {
    // A full core with the rule that has the most words.
    let text = small(&[
        ("input = 2", "input = 256"),
        ("size = 5", "size = 256"),
        ("size = 3", "size = 256"),
        ("\"sgd\"", "\"adam\""),
    ]);
    let net = Network::parse(&text, "full.toml").expect("a network");
    let chip = Chip::builtin("ll1").expect("ll1 is built in");
    let built = build(&net, &chip, None, 1, Some(&text)).expect("it fits a core each");
    let options = Options { replicas: 4, threads: 1, seed: 1 };
    let emulator = Emulator::load(built.compiled.image, options).expect("it loads");
    let mut bytes = Vec::new();
    container::write(Kind::Snapshot, &emulator.state().arrays, &mut bytes).expect("memory");
    // Both somatic arrays and the apical one of the hidden layer are full; the fourth has no rows.
    let synapses = 3 * 256 * 256;
    assert!(bytes.len() <= 8 * synapses + 1024, "{} bytes", bytes.len());
    assert!(bytes.len() >= 8 * synapses, "{} bytes: words are missing", bytes.len());
}
