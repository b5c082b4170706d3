//! All recorded trajectories, every array at every step.

#![expect(clippy::unwrap_used, reason = "a test ends where its files are not")]
#![expect(clippy::print_stdout, reason = "shown by `cargo test -- --nocapture`")]

use std::fs::{File, read_to_string};
use std::path::PathBuf;

use leadlag_reference::golden::{Case, TOLERANCE, verify, verify_while};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../golden/gle")
}

fn manifest() -> String {
    read_to_string(folder().join("manifest.json")).unwrap()
}

#[test]
fn every_case_is_met() {
    let manifest = manifest();
    let cases = Case::all(&manifest).unwrap();
    assert_eq!(cases.len(), 18);
    for case in cases {
        let archive = File::open(folder().join(&case.file)).unwrap();
        let report = verify(&manifest, &case.name, archive).unwrap_or_else(|e| panic!("{e}"));
        let worst = report.worst().unwrap();
        println!(
            "{:32} {:8} {:.1e} in {} arrays",
            case.name,
            worst.name,
            worst.worst,
            report.arrays.len()
        );
        assert!(report.passes(TOLERANCE), "{}: {worst:?}", case.name);
        assert_eq!(report.steps, case.steps);
    }
}

#[test]
fn who_watches_is_told_of_every_step() {
    let manifest = manifest();
    let case = Case::all(&manifest).unwrap().remove(0);
    let archive = || File::open(folder().join(&case.file)).unwrap();
    let mut seen = Vec::new();
    let report = verify_while(&manifest, &case.name, archive(), |at, of| seen.push((at, of)));
    assert_eq!(report.unwrap(), verify(&manifest, &case.name, archive()).unwrap());
    assert_eq!(seen, (0..=case.steps).map(|at| (at, case.steps)).collect::<Vec<_>>());
}

/// The comparison sees a single wrong constant: nothing passes with a time constant of its own.
#[test]
fn a_wrong_time_constant_is_seen() {
    let manifest =
        manifest().replace("\"tau_r\": [\n   [\n    1.0\n   ]\n  ]", "\"tau_r\": [[0.99]]");
    let archive = File::open(folder().join("p01_single_le_linear.npz")).unwrap();
    let report = verify(&manifest, "p01_single_le_linear", archive).unwrap();
    assert!(!report.passes(1e-3), "{:?}", report.worst());
}

fn message(manifest: &str, name: &str, file: &str) -> String {
    let archive = File::open(folder().join(file)).unwrap();
    verify(manifest, name, archive).unwrap_err().to_string()
}

#[test]
fn a_damaged_manifest_is_named() {
    let text = message("[{]", "p01", "manifest.json");
    assert!(text.contains("[LL1100]: the manifest cannot be read"), "{text}");
}

#[test]
fn an_unknown_case_is_named() {
    let text = message(&manifest(), "p99", "manifest.json");
    assert!(text.contains("[LL1101]: the manifest has no case \"p99\""), "{text}");
}

#[test]
fn a_file_that_is_no_archive_is_named() {
    let text = message(&manifest(), "p02_single_retro_tanh", "manifest.json");
    assert!(text.contains("[LL1102]: this is no .npz archive"), "{text}");
}

#[test]
fn the_archive_of_another_case_is_refused() {
    let text = message(&manifest(), "p02_single_retro_tanh", "p01_single_le_linear.npz");
    assert!(text.contains("[LL1102]: array `"), "{text}");
    assert!(text.contains("the case needs"), "{text}");
}

#[test]
fn a_case_that_is_no_network_is_refused() {
    let bad = manifest().replacen("\"dt\": 0.01", "\"dt\": -0.01", 1);
    let text = message(&bad, "p01_single_le_linear", "p01_single_le_linear.npz");
    assert!(text.contains("[LL1103]: case p01_single_le_linear cannot be run"), "{text}");
    assert!(text.contains("outside the finite numbers from 0"), "{text}");
}
