//! `leadlag verify --golden`.

use crate::program::Program;

const CASE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../golden/gle/p01_single_le_linear.npz");

#[test]
fn a_recorded_trajectory_is_met() {
    let program = Program::new();
    let met = program.run(&["verify", "--golden", CASE]);
    assert_eq!((met.code, met.stderr.as_str()), (0, ""), "{met:?}");
    assert!(met.stdout.trim_end().ends_with("PASS"), "{met:?}");
    let form = program.run(&["verify", "--golden", CASE, "--json"]).json_stdout();
    assert_eq!((&form["pass"], &form["tolerance"]), (&true.into(), &1e-9.into()));
}

#[test]
fn another_recording_under_the_same_name_is_not() {
    let program = Program::new();
    let golden = std::path::Path::new(CASE).with_file_name("");
    std::fs::copy(golden.join("manifest.json"), program.path().join("manifest.json"))
        .expect("a copy");
    let other = golden.join("p02_single_retro_tanh.npz");
    std::fs::copy(other, program.path().join("p01_single_le_linear.npz")).expect("a copy");
    let missed = program.run(&["verify", "--golden", "p01_single_le_linear.npz"]);
    assert!([1, 3].contains(&missed.code), "{missed:?}");
    let stray = program.run(&["verify", "--golden", "manifest.json"]);
    assert_eq!(stray.code, 3);
    assert!(stray.stderr.starts_with("error[LL1101]"), "{stray:?}");
}

#[test]
fn a_tolerance_that_is_not_met_is_a_verdict_of_no() {
    let program = Program::new();
    // A network with a softmax: exponentials are rounded differently by different libraries.
    let case = CASE.replace("p01_single_le_linear", "p12_ce_mnist1d_like_adam");
    let strict = program.run(&["verify", "--golden", &case, "--tol", "0"]);
    assert_eq!((strict.code, strict.stderr.as_str()), (1, ""), "{strict:?}");
    assert!(strict.stdout.trim_end().ends_with("FAIL"), "{strict:?}");
    assert_eq!(program.run(&["verify", "--golden", CASE, "--tol", "NaN"]).code, 2);
}

#[test]
fn a_missing_manifest_is_named() {
    let program = Program::new();
    std::fs::copy(CASE, program.path().join("alone.npz")).expect("a copy");
    let alone = program.run(&["verify", "--golden", "alone.npz"]);
    assert_eq!(alone.code, 6);
    assert!(alone.stderr.contains("[LL5001]") && alone.stderr.contains("manifest.json"));
}
