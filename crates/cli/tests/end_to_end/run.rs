//! `leadlag run`, `leadlag verify --against float` and `leadlag demo`.

use leadlag_net::Signals;
use std::io::Cursor;

use crate::program::Program;
use crate::train::with_small;

fn output_shape(program: &Program, name: &str) -> (usize, usize, usize) {
    // The array is called `output`, so a reader of `x` must not find it.
    let bytes = program.bytes(name);
    assert!(Signals::read_npz(Cursor::new(bytes.clone())).is_err());
    let mut archive = ndarray_npy::NpzReader::new(Cursor::new(bytes)).expect("an archive");
    let output: ndarray::Array3<f32> = archive.by_name("output").expect("an array");
    assert!(output.iter().all(|value| value.is_finite()));
    output.dim()
}

#[test]
fn outputs_are_written_and_can_be_read() {
    for backend in ["chip", "float"] {
        let program = with_small();
        let ended = program.run(&["run", "small.toml", "--backend", backend, "-o", "o.npz"]);
        assert_eq!((ended.code, ended.stderr.as_str()), (0, ""), "{ended:?}");
        assert!(ended.stdout.contains("answered    50 samples of 40 steps"), "{ended:?}");
        assert!(ended.stdout.contains(" of 50\n"), "{ended:?}");
        assert_eq!(output_shape(&program, "o.npz"), (50, 40, 10));
        let line = ["run", "small.toml", "--backend", backend, "--steps", "7", "--json"];
        assert_eq!(program.run(&line).json_stdout()["steps"], 7);
    }
}

#[test]
fn an_image_answers_a_file_as_its_network_does() {
    let program = with_small();
    assert_eq!(program.run(&["compile", "small.toml"]).code, 0);
    let data = ["data", "mnist1d", "--count", "100", "-o", "d.npz"];
    assert_eq!(program.run(&data).code, 0);
    let answer = |what| {
        let line = ["run", what, "--input", "d.npz", "-o", "o.npz", "--force"];
        assert_eq!(program.run(&line).code, 0);
        program.bytes("o.npz")
    };
    assert_eq!(answer("small.toml"), answer("small.llimg"));
    assert_eq!(output_shape(&program, "o.npz"), (80, 40, 10));
    let refused = |line: &[&str], code: &str| {
        let ended = program.run(line);
        assert!(ended.stderr.starts_with(&format!("error[{code}]")), "{ended:?}");
        assert_eq!(ended.code, 3);
    };
    refused(&["run", "small.llimg", "--input", "d.npz", "--steps", "41"], "LL1406");
    refused(&["run", "small.llimg", "--input", "small.toml"], "LL1050");
}

#[test]
fn the_chip_is_held_to_the_reference() {
    let program = with_small();
    let free = program.run(&["verify", "small.toml", "--steps", "200"]);
    assert_eq!((free.code, free.stderr.as_str()), (0, ""), "{free:?}");
    let pass = program.run(&["verify", "small.toml", "--steps", "200", "--tol", "1000"]);
    assert_eq!(pass.code, 0);
    assert!(pass.stdout.trim_end().ends_with("PASS"), "{pass:?}");
    let fail = program.run(&["verify", "small.toml", "--steps", "200", "--tol", "0.01"]);
    assert_eq!(fail.code, 1);
    assert!(fail.stdout.contains("first       step 0  h  core (0,0)  neuron "), "{fail:?}");
    let worst = |flags: &[&str]| {
        let line = [&["verify", "small.toml", "--steps", "200", "--json", "-q"], flags].concat();
        // With 16 bits of payload rows cannot be shifted, which is warned about.
        let ended = program.run(&line);
        let form: serde_json::Value = serde_json::from_str(&ended.stdout).expect("an object");
        let one = &form["populations"][0];
        one["worst"]["lsb"].as_f64().expect("a number") * one["lsb"].as_f64().expect("a number")
    };
    // Wider words bring the two together.
    let wide = ["--set", "payload_bits=16", "--set", "dac_bits=16", "--set", "adc.bits=16"];
    let wide = worst(&[&wide[..], &["--set", "table_segments=10"]].concat());
    let narrow = worst(&["--set", "dac_bits=8"]);
    assert!(wide * 8.0 < narrow, "{wide} {narrow}");
}

/// Where nothing opens a page, the demo says so and is done all the same.
#[test]
fn a_demo_that_cannot_be_shown_is_done_all_the_same() {
    let program = Program::new();
    let line = ["demo", "--epochs", "1", "--samples", "100", "--open"];
    let shown = program.run_with(&line, &[("PATH", "")]);
    assert_eq!(shown.code, 0, "{shown:?}");
    assert!(shown.stderr.starts_with("warning[LL5010]: the page `runs/0001-"), "{shown:?}");
    assert!(shown.stdout.contains("done        runs/0001-"), "{shown:?}");
}

#[test]
fn the_demo_shows_both_curves_and_its_folder() {
    let program = Program::new();
    let shown = program.run(&["demo", "--epochs", "1", "--samples", "100"]);
    assert_eq!((shown.code, shown.stderr.as_str()), (0, ""), "{shown:?}");
    assert!(shown.stdout.contains("in use      7 of 16 cores"), "{shown:?}");
    assert!(shown.stdout.contains("done        runs/0001-mnist1d-"), "{shown:?}");
    let form = program.run(&["demo", "--epochs", "1", "--samples", "100", "--json"]).json_stdout();
    assert_eq!(form["epochs"][0]["chip"]["epoch"], form["epochs"][0]["float"]["epoch"]);
}

#[test]
fn the_first_steps_of_the_book_work_in_an_empty_folder() {
    let program = Program::new();
    for line in [
        &["new", "first", "--template", "classify"][..],
        &["compile", "first.toml"],
        &["train", "first.toml", "--epochs", "1"],
        &["train", "--resume", "last"],
        &["run", "first.toml", "--steps", "10"],
    ] {
        let ended = program.run(line);
        assert_eq!((ended.code, ended.stderr.as_str()), (0, ""), "{line:?} {ended:?}");
    }
}
