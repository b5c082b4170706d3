//! A panic of our own leaves a report. In a file of its own, since the hook is one per process.

#[test]
fn the_first_panic_is_reported_once() {
    let here = tempfile::tempdir().expect("a temporary folder");
    leadlag_cli::panic::install(here.path().to_owned());
    for message in ["the cause", "a consequence"] {
        std::panic::catch_unwind(|| panic!("{message}")).expect_err("it panics");
    }
    drop(std::panic::take_hook());
    let name = format!("leadlag-report-{}.txt", std::process::id());
    let report = std::fs::read_to_string(here.path().join(name)).expect("the report");
    assert!(report.contains("the cause") && !report.contains("a consequence"), "{report}");
    assert!(report.contains("panic.rs"), "the place is in it:\n{report}");
}
