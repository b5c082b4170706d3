//! A network without a task is compiled on assumptions, and says so.

use leadlag_explore::build::build;
use leadlag_image::Chip;
use leadlag_net::Network;

#[test]
fn a_network_without_a_task_is_told_what_was_assumed() {
    let text = r#"
name = "alone"
dt = "0.2 ms"

[[population]]
name = "in"
input = 2

[[population]]
name = "out"
size = 3
tau_m = "1.2 ms"
tau_r = "1.2 ms"
phi = "tanh"

[[projection]]
chain = ["in", "out"]
"#;
    let net = Network::parse(text, "alone.toml").expect("a network");
    let chip = Chip::builtin("ll1").expect("ll1 is built in");
    let built = build(&net, &chip, None, 1, Some(text)).expect("it fits");
    let [told] = &built.compiled.warnings[..] else { panic!("{:?}", built.compiled.warnings) };
    assert_eq!(told.code, "LL4002");
    assert!(told.message.contains("-1 to 1") && told.help[0].contains("[task]"), "{told:?}");
    assert_eq!(built.compiled.image.inputs[0].scale, 0);
}
