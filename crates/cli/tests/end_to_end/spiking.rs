//! Networks that spike, from the command line.

use crate::program::Program;

fn write(program: &Program, name: &str, text: &str) {
    std::fs::write(program.path().join(name), text).expect("a write");
}

/// The dense workload as a user has it: an example and two settings.
#[test]
fn the_example_gives_the_golden_spikes() {
    let program = Program::new();
    write(&program, "lif.toml", include_str!("../../../../examples/lif.toml"));
    let chip = [
        "run",
        "lif.toml",
        "--set",
        "rows=1024",
        "--set",
        "neurons=1024",
        "--set",
        "payload_bits=10",
        "--json",
    ];
    for more in [&[][..], &["--synapses", "dense"], &["--synapses", "event", "--threads", "2"]] {
        let seen = program.run(&[&chip[..], more].concat()).json_stdout();
        let own = &seen["populations"][0];
        assert_eq!(seen["schema"], "leadlag.spikes/1");
        assert_eq!(seen["synaptic_events"], 52_759_552);
        assert_eq!((&own["spikes"], &own["first_100"]), (&19_538.into(), &1_698.into()));
        assert_eq!((&own["first_200"], &own["membrane"]), (&3_572.into(), &130_097.0.into()));
        assert_eq!(own["word_hash"], "9a4645dac81d5506");
        assert_eq!(own["byte_hash"], "7e68b62f076cd581");
    }
    let float = program.run(&["run", "lif.toml", "--backend", "float"]);
    assert_eq!(float.code, 0, "{float:?}");
    assert!(
        float.stdout.contains("19,538") && float.stdout.contains("9a4645dac81d5506 by words"),
        "{float:?}"
    );
    assert!(!float.stdout.contains("synapses"), "the reference has none: {float:?}");
}

#[test]
fn recorded_trains_are_computed_anew() {
    let program = Program::new();
    let golden =
        include_str!("../../../../golden/lif/expected.json").replace("../../examples/", "");
    write(&program, "lif.toml", include_str!("../../../../examples/lif.toml"));
    write(&program, "expected.json", &golden);
    let good = program.run(&["verify", "--golden", "expected.json"]);
    assert_eq!(good.code, 0, "{good:?}");
    assert_eq!(good.stdout.matches("PASS").count(), 15, "{good:?}");
    write(&program, "expected.json", &golden.replace("386419", "386420"));
    let bad = program.run(&["verify", "--golden", "expected.json"]);
    assert_eq!((bad.code, bad.stdout.matches("FAIL").count()), (1, 2), "{bad:?}");
    write(&program, "expected.json", "{\"schema\": \"leadlag.lif/9\"}");
    let none = program.run(&["verify", "--golden", "expected.json"]);
    assert_eq!(none.code, 3);
    assert!(none.stderr.starts_with("error[LL1410]: "), "{none:?}");
}

#[test]
fn the_template_compiles_runs_and_is_looked_into() {
    let program = Program::new();
    let made = program.run(&["new", "first", "--template", "lif"]);
    assert!(made.stdout.contains("leadlag run first.toml"), "{made:?}");
    assert_eq!(program.run(&["compile", "first.toml"]).code, 0);
    let seen = program.run(&["run", "first.llimg", "--input", "x.npz"]);
    assert_ne!(seen.code, 0, "there is no signal");
    let seen = program.run(&["run", "first.toml", "--steps", "300", "--json"]).json_stdout();
    for population in 0..2 {
        let spikes = seen["populations"][population]["spikes"].as_u64().expect("a count");
        assert!((100..3000).contains(&spikes), "{seen}");
    }
    let record = ["--record", "core[*].soma.u", "--record", "core[*].soma.pause"];
    let recorded = program.run(&[&["run", "first.toml", "--steps", "50"][..], &record].concat());
    assert_eq!(recorded.code, 0, "{recorded:?}");
    let spikes = program.run(&["run", "first.toml", "--steps", "300", "-o", "spikes.npz"]);
    assert_eq!(spikes.code, 0, "{spikes:?}");
    assert!(program.bytes("spikes.npz").starts_with(b"PK"));
    let same = program.run(&["verify", "first.toml", "--against", "functional", "--steps", "100"]);
    assert_eq!(same.code, 0, "{same:?}");
    let blame = program.run(&["verify", "first.toml", "--blame"]);
    assert_eq!(blame.code, 3, "{blame:?}");
    assert!(blame.stderr.contains("error[LL1293]: "), "{blame:?}");
}

/// Weights from a file beside the network, and input from the same file: the workload again.
#[test]
fn the_workload_goes_through_files() {
    let program = Program::new();
    assert_eq!(program.run(&["data", "lif-dense", "--seed", "12345"]).code, 0);
    let text = include_str!("../../../../examples/lif.toml").replace(
        "init = { integers = [-31, 32], seed = 12345 }",
        "weights = { file = \"lif-dense.npz\", array = \"W\" }",
    );
    write(&program, "net.toml", &text);
    let line = [
        "run",
        "net.toml",
        "--input",
        "lif-dense.npz",
        "--set",
        "rows=1024",
        "--set",
        "payload_bits=10",
        "--json",
    ];
    let seen = program.run(&line);
    assert_eq!(seen.code, 0, "{seen:?}");
    assert!(seen.stdout.contains("9a4645dac81d5506"), "{seen:?}");
    assert!(seen.stderr.contains("LL1321"), "so many weights do not travel in an image: {seen:?}");
    write(&program, "net.toml", &text.replace("lif-dense.npz", "gone.npz"));
    let gone = program.run(&line);
    assert_eq!(gone.code, 6, "{gone:?}");
    assert!(gone.stderr.contains("LL5001") && gone.stderr.contains("gone.npz"), "{gone:?}");
}

#[test]
fn a_workload_keeps_its_size() {
    let program = Program::new();
    let made = program.run(&["data", "lif-recurrent", "--seed", "54321", "--json"]).json_stdout();
    assert_eq!(made["arrays"]["target"], serde_json::json!([10_000, 100]));
    let sized = program.run(&["data", "lif-recurrent", "--length", "5", "-o", "other.npz"]);
    assert_eq!(sized.code, 3);
    assert!(sized.stderr.starts_with("error[LL1409]: `--length 5` does not fit"), "{sized:?}");
}
