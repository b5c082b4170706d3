//! Signals that are no signals, the smallest networks, runs of another kind: each is named.

use std::fs::File;
use std::path::Path;

use ndarray::{Array, ArrayD, Dimension};
use ndarray_npy::{NpzWriter, WritableElement};

use crate::program::{Ended, Program};
use crate::train::{SMALL, trained, with_small};

fn write<T, D>(path: &Path, name: &str, array: &Array<T, D>)
where
    T: WritableElement,
    D: Dimension,
{
    let mut archive = NpzWriter::new(File::create(path).expect("a file"));
    archive.add_array(name, array).expect("an array");
    archive.finish().expect("an archive");
}

fn signal<T: WritableElement + Clone>(program: &Program, shape: &[usize], value: T) -> Ended {
    let array = ArrayD::from_elem(shape, value);
    write(&program.path().join("s.npz"), "x", &array);
    program.run(&["run", "small.toml", "--input", "s.npz"])
}

fn says(ended: &Ended, message: &str) {
    assert_eq!((ended.code, ended.stdout.as_str()), (3, ""), "{ended:?}");
    assert!(ended.stderr.contains(message), "wanted {message}: {ended:?}");
}

#[test]
fn a_signal_of_the_wrong_shape() {
    let program = with_small();
    says(&signal(&program, &[40], 0.5_f32), "error[LL1053]: `x` has shape [40]; samples x steps");
    says(
        &signal(&program, &[3, 40, 2], 0.5_f32),
        "error[LL1405]: the signal has 2 lines; the network has 1",
    );
    says(&signal(&program, &[0, 40], 0.5_f32), "error[LL10");
    says(&signal(&program, &[3, 0], 0.5_f32), "error[LL10");
    assert_eq!(signal(&program, &[1, 1], 0.5_f32).code, 0);
    let longer = program.run(&["run", "small.toml", "--input", "s.npz", "--steps", "2"]);
    says(&longer, "error[LL1406]: 2 steps are asked for; a sample has 1");
}

#[test]
fn a_signal_of_the_wrong_type() {
    let program = with_small();
    says(
        &signal(&program, &[3, 40], 1_i32),
        "error[LL1052]: array `x` has another type than f32 or f64",
    );
    says(
        &signal(&program, &[3, 40], true),
        "error[LL1052]: array `x` has another type than f32 or f64",
    );
    assert_eq!(signal(&program, &[3, 40], 0.5_f64).code, 0);
}

#[test]
fn a_signal_that_is_not_finite() {
    let program = with_small();
    for value in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        says(&signal(&program, &[3, 40], value), "`x` has a value that is not finite");
    }
}

#[test]
fn a_signal_that_is_cut_or_is_none() {
    let program = with_small();
    assert_eq!(signal(&program, &[3, 40], 0.5_f32).code, 0);
    let whole = program.bytes("s.npz");
    let run = |bytes: &[u8]| {
        std::fs::write(program.path().join("cut.npz"), bytes).expect("a write");
        program.run(&["run", "small.toml", "--input", "cut.npz"])
    };
    for length in [0, 1, whole.len() / 2, whole.len() - 1] {
        says(&run(&whole[..length]), "error[LL1050]: this is no .npz archive");
    }
    says(&run(SMALL.as_bytes()), "error[LL1050]");
    write(&program.path().join("s.npz"), "z", &ArrayD::from_elem(&[3_usize, 40][..], 0.5_f32));
    let named = program.run(&["run", "small.toml", "--input", "s.npz"]);
    says(&named, "error[LL1051]: array `x` is missing");
    let piped = program.shell("head -c 9 cut.npz | \"$LEADLAG\" run small.toml --input -");
    says(&piped, "error[LL1050]");
}

/// One line, one neuron, one synapse: every verb has an answer.
#[test]
fn the_smallest_network_goes_all_the_way() {
    let program = Program::new();
    let text = r#"
name = "one"
dt = "0.2 ms"
[[population]]
name = "in"
input = 1
[[population]]
name = "out"
size = 1
tau_m = "1.2 ms"
tau_r = "0.2 ms"
phi = "tanh"
[[projection]]
from = "in"
to = "out"
plastic = true
[teach]
population = "out"
loss = "squared-error"
[learning]
rule = "sgd"
eta = 1e-3
[task]
name = "mackey-glass"
[schedule]
steps = 100
"#;
    std::fs::write(program.path().join("one.toml"), text).expect("a write");
    for line in [
        &["compile", "one.toml"][..],
        &["run", "one.llimg", "--steps", "1"],
        &["train", "one.toml"],
        &["train", "one.toml", "--plasticity", "firmware"],
        &["verify", "one.toml", "--steps", "10", "--tol", "bound"],
        &["show", "map", "last", "--onnx-view"],
        &["show", "routes", "last"],
        &["show", "weights", "last", "--core", "0,0"],
        &["report", "last"],
    ] {
        let ended = program.run(line);
        assert_eq!((ended.code, ended.stderr.as_str()), (0, ""), "{line:?} {ended:?}");
    }
    for (from, to) in
        [("size = 1", "size = 0"), ("input = 1", "input = 0"), ("steps = 100", "steps = 0")]
    {
        std::fs::write(program.path().join("none.toml"), text.replace(from, to)).expect("a write");
        let field = from.split(' ').next().expect("a name");
        let refused = program.run(&["compile", "none.toml"]);
        says(&refused, "error[LL1005]: ");
        assert!(refused.stderr.contains(&format!("{field}` is 0")), "{refused:?}");
    }
}

#[test]
fn an_image_that_is_cut_anywhere() {
    let program = with_small();
    assert_eq!(program.run(&["compile", "small.toml"]).code, 0);
    let whole = program.bytes("small.llimg");
    let run = |bytes: &[u8]| {
        std::fs::write(program.path().join("cut.llimg"), bytes).expect("a write");
        program.run(&["run", "cut.llimg", "--input", "-"])
    };
    let length = whole.len();
    for cut in [0, 1, 7, 8, 20, 31] {
        says(&run(&whole[..cut]), "error[LL1241]: ");
    }
    let cut = run(&whole[..length - 1]);
    says(&cut, "error[LL124");
    assert!(cut.stderr.contains("help: "), "{cut:?}");
    let mut flipped = whole.clone();
    flipped[length / 2] ^= 4;
    says(&run(&flipped), "error[LL124");
}

/// A run that is recorded needs a folder of its own, and room in it.
#[cfg(unix)]
#[test]
fn a_run_folder_that_cannot_be_made_or_filled() {
    let program = with_small();
    let line = ["run", "small.toml", "--steps", "2", "--record", "**.r"];
    let full = format!("trap '' XFSZ; ulimit -f 0; exec \"$LEADLAG\" {}", line.join(" "));
    let full = program.shell(&full.replace("**.r", "'**.r'"));
    assert_eq!((full.code, full.stdout.as_str()), (6, ""), "{full:?}");
    assert!(full.stderr.starts_with("error[LL5004]: no room for `runs/"), "{full:?}");
    std::fs::remove_dir_all(program.path().join("runs")).expect("what it left");
    std::fs::write(program.path().join("runs"), "a file").expect("a write");
    let refused = program.run(&line);
    assert_eq!((refused.code, refused.stdout.as_str()), (6, ""), "{refused:?}");
    assert!(
        refused.stderr.starts_with("error[LL5005]: ") && refused.stderr.contains("`runs`"),
        "{refused:?}"
    );
}

#[test]
fn a_run_that_learnt_is_not_stepped_through() {
    let program = with_small();
    trained(&program, &["--epochs", "1"]);
    let refused = program.run(&["step", "last", "--signals", "**.r"]);
    says(&refused, "error[LL1422]: `runs/0001-small-");
    assert!(refused.stderr.contains("a folder of `train`; `run` made none of it"), "{refused:?}");
}

/// What a program reads says what it is, and the book has every field of it.
#[test]
fn every_result_as_json_has_a_schema_and_a_row_in_the_book() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/json.md");
    let page = std::fs::read_to_string(page).expect("a page of the book");
    let program = with_small();
    trained(&program, &["--epochs", "1"]);
    let lines = [
        "new first",
        "compile small.toml",
        "run small.toml",
        "run small.toml --steps 2 --record **.r",
        "step last --signals **.r",
        "trace last",
        "show chip",
        "show map small.toml",
        "show map small.toml --onnx-view",
        "show routes small.toml",
        "show weights small.toml",
        "show probes small.toml",
        "show bounds small.toml",
        "show counters",
        "show events",
        "show program small.toml",
        "show passes",
        "verify small.toml --steps 2",
        "verify small.toml --steps 2 --against functional",
        "report last",
        "train small.toml --epochs 1",
        "show curve",
        "data mnist1d --count 20",
        "fabric show",
        "fabric soak --cycles 100",
        "help",
        "help train",
        "help LL1001",
    ];
    for line in lines {
        let words: Vec<&str> = line.split(' ').chain(["--json"]).collect();
        let form = program.run(&words).json_stdout();
        let schema = form["schema"].as_str().unwrap_or_else(|| panic!("{line}: {form}"));
        let (kind, version) = schema.rsplit_once('/').expect("a version");
        assert!(kind.starts_with("leadlag.") && version.parse::<u32>().is_ok(), "{line}: {schema}");
        let row = page.lines().find(|row| row.starts_with(&format!("| `{schema}` |")));
        let row = row.unwrap_or_else(|| panic!("the book has no row of {schema}"));
        for field in form.as_object().expect("an object").keys().filter(|field| *field != "schema")
        {
            assert!(row.contains(&format!("`{field}`")), "{line}: `{field}` is not in {row}");
        }
    }
}
