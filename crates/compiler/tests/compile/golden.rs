//! One small image, in full: whatever changes it changes results, and is seen.

use crate::build::{chip, compiled, input, layer};

/// Two lines, three hidden and two output neurons, taught and learning.
const STATED: &str = "[[projection]]
from = \"in\"
to = \"hid\"
weights = [[0.5, -0.25], [1.0, 0.125], [-0.75, 0.3]]
[[projection]]
from = \"hid\"
to = \"out\"
weights = [[0.1, 0.2, 0.3], [-0.4, 0.5, -0.6]]
[teach]
population = \"out\"
loss = \"cross-entropy\"
[learning]
rule = \"adam\"
eta = 0.001
";

/// `LEADLAG_GOLDEN=write cargo test -p leadlag-compiler` writes it anew.
#[test]
fn the_image_of_a_small_network_is_the_stored_one() {
    let net = input("in", 2)
        + &layer("hid", 3, "tanh", false)
        + &layer("out", 2, "linear", false)
        + STATED;
    let small = chip(&["mesh=[2, 1]", "neurons=32", "rows=8", "table_segments=3", "dac_bits=8"]);
    let text = compiled(&net, &small).expect("fits").image.to_text();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../golden/compiler/net-2-3-2.llimg.txt");
    if std::env::var_os("LEADLAG_GOLDEN").is_some() {
        std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/../../golden/compiler"))
            .expect("a folder");
        std::fs::write(path, &text).expect("a file");
    }
    let stored = std::fs::read_to_string(path).expect("the golden file");
    for (line, (new, old)) in text.lines().zip(stored.lines()).enumerate() {
        assert_eq!(new, old, "line {}", line + 1);
    }
    assert_eq!(text, stored);
}
