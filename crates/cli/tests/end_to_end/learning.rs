//! How networks learn: schedules, gathered products, curves, and the examples in short.

use std::path::Path;

use crate::program::Program;
use crate::train::{SMALL, checkpoints, read, results, trained, with_small};

/// A figure of every row of a learning curve.
fn curve(folder: &Path, figure: &str) -> Vec<f64> {
    let text = String::from_utf8(read(folder, "metrics.jsonl")).expect("text");
    let row = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("an object");
    text.lines().filter_map(|line| row(line).get(figure)?.as_f64()).collect()
}

/// `small.toml` with a text in place of another.
fn with_changed(from: &str, to: &str) -> Program {
    let program = Program::new();
    let changed = SMALL.replace(from, to);
    assert_ne!(changed, SMALL);
    std::fs::write(program.path().join("small.toml"), changed).expect("a write");
    program
}

#[test]
fn an_annealed_rate_is_a_function_of_the_epoch_alone() {
    let program =
        with_changed("epochs = 3", "epochs = 6\nanneal = { factor = 0.5, every = 2, from = 1 }");
    let expected = [1.0, 1.0, 1.0, 0.5, 0.5, 0.25];
    for backend in ["chip", "float"] {
        let whole = trained(&program, &["--backend", backend]);
        assert_eq!(curve(&whole, "rate"), expected);
        let seldom = trained(&program, &["--backend", backend, "--eval-every", "4"]);
        assert_eq!(curve(&seldom, "rate"), expected);
        let bits = results(&seldom);
        for path in checkpoints(&seldom).drain(4..) {
            std::fs::remove_file(path).expect("our own file");
        }
        program.run(&["train", "--resume", "last", "--json"]);
        assert_eq!(results(&seldom), bits, "{backend}");
    }
}

#[test]
fn gathered_products_teach_and_resume_to_the_same_bits() {
    // 200 samples of 40 steps, 20 at a time: 400 steps per epoch do not divide into updates, so a
    // checkpoint finds half a sum.
    let program = with_changed(
        "rule = \"adam\"\neta = 1e-3",
        "rule = \"adam\"\neta = 1e-2\nevery = 24\naccumulate = true",
    );
    for backend in ["chip", "float"] {
        let whole = trained(&program, &["--backend", backend, "--threads", "1"]);
        let losses = curve(&whole, "train_loss");
        assert!(losses[2] < losses[0], "{backend}: {losses:?}");
        let expected = results(&whole);
        std::fs::remove_file(checkpoints(&whole).pop().expect("the last")).expect("our own file");
        program.run(&["train", "--resume", "last", "--json", "--threads", "2"]);
        assert_eq!(results(&whole), expected, "{backend}");
    }
}

#[test]
fn curves_of_runs_stand_in_one_figure() {
    let program = with_small();
    let folders = ["chip", "float"].map(|backend| {
        trained(&program, &["--backend", backend, "--epochs", "2"]).display().to_string()
    });
    let line = ["show", "curve", &folders[0], "--beside", &folders[1]];
    let drawn = program.run(&line);
    assert_eq!((drawn.code, drawn.stderr.as_str()), (0, ""), "{drawn:?}");
    assert!(drawn.stdout.starts_with("<svg") && drawn.stdout.trim_end().ends_with("</svg>"));
    for label in [": chip, 20 at a time, seed 1", ": float, 20 at a time, seed 1"] {
        assert!(drawn.stdout.contains(label), "{label}");
    }
    let form = program.run(&[&line[..], &["--json"]].concat()).json_stdout();
    let accuracy = |run: usize| form["runs"][run]["points"][1][1].as_f64().expect("a number");
    for (run, folder) in folders.iter().enumerate() {
        let own = curve(Path::new(folder), "test_accuracy")[1];
        assert!((accuracy(run) - 100.0 * own).abs() < 1e-9);
    }
}

#[test]
fn the_larger_network_has_its_parameters() {
    let program = Program::new();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/mnist1d-42k.toml");
    let example = example.display().to_string();
    let ended = program.run(&["compile", &example, "--dry-run"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.stdout.contains("550 neurons, 42040 plastic weights"), "{ended:?}");
}

/// The streams among the examples, short, on the chip and in the reference: better than an output of
/// zero, whose loss is given.
#[test]
fn examples_learn_on_the_chip_and_in_the_reference() {
    for (name, steps, zero) in
        [("xor", "600000", 0.5), ("mackey-glass", "200000", 0.4), ("lagnet", "100100", 0.4)]
    {
        let program = Program::new();
        let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
        let text = std::fs::read_to_string(place.join(format!("{name}.toml"))).expect("an example");
        let short = text.replace(&format!("steps = {steps}"), "steps = 12000");
        let short = short.lines().filter(|line| !line.starts_with("report_every"));
        let short = short.collect::<Vec<_>>().join("\n").replace("= 8000", "= 2000");
        std::fs::write(program.path().join("small.toml"), short).expect("a write");
        for backend in ["chip", "float"] {
            let losses = curve(&trained(&program, &["--backend", backend]), "train_loss");
            assert_eq!(losses.len(), 12, "{name}");
            let mean = losses.iter().sum::<f64>() / 12.0;
            assert!(mean < 0.8 * zero, "{name}, {backend}: {losses:?}");
        }
    }
}

/// Two membranes in a row with fixed weights, which learn from others of 1 ms and 2 ms.
const MEMBRANES: &str = r#"
name = "membranes"
dt = "0.05 ms"
gamma = 1.0
[[population]]
name = "in"
input = 1
[[population]]
name = ["first", "second"]
size = 1
tau_m = ["0.4 ms", "0.8 ms"]
tau_r = "0.1 ms"
phi = "softplus"
[[projection]]
from = "in"
to = "first"
weights = [[1.0]]
plastic = false
[[projection]]
from = "first"
to = "second"
weights = [[2.0]]
plastic = false
[teach]
population = "second"
loss = "squared-error"
beta = 0.1
[learning]
rule = "adam"
eta = 2e-4
tau_m = true
tau_min = "0.1 ms"
[teacher.tau_m]
first = ["1 ms"]
second = ["2 ms"]
[task]
name = "chain"
[schedule]
steps = 42000
learn_from = 1000
report_every = 6000
"#;

/// Farthest that the time constants of the last row are from the teacher's.
fn apart(program: &Program, bits: &[&str]) -> f64 {
    let line = [&["train", "membranes.toml"][..], bits].concat();
    let ended = program.run(&line);
    assert_eq!(ended.code, 0, "{ended:?}");
    let mut rows = ended.stdout.lines().filter_map(|line| line.split_once("tau_m/ms"));
    let (_, last) = rows.next_back().expect("a row");
    let taus = last.split_whitespace().map(|tau| tau.parse::<f64>().expect("a time constant"));
    assert_eq!(taus.clone().count(), 2, "{last}");
    taus.zip([1.0, 2.0]).map(|(tau, wanted)| (tau / wanted - 1.0).abs()).fold(0.0, f64::max)
}

/// With the 10 bits of the built-in chip's converter learnt time constants drift, with 14 they arrive.
#[test]
fn time_constants_are_learnt_as_well_as_codes_tell() {
    let program = Program::new();
    std::fs::write(program.path().join("membranes.toml"), MEMBRANES).expect("a write");
    let coarse = apart(&program, &[]);
    let fine = apart(&program, &["--set", "adc.bits=14", "--set", "payload_bits=14"]);
    assert!(coarse > 0.4 && fine < 0.1, "{coarse} {fine}");
}
