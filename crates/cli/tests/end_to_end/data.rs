//! `leadlag data`.

use crate::program::Program;

#[test]
fn a_data_set_is_a_function_of_its_arguments() {
    let program = Program::new();
    let small = ["data", "mnist1d", "--count", "20", "--length", "30"];
    let made = program.run(&[&small[..], &["--json"]].concat()).json_stdout();
    assert_eq!(made["schema"], "leadlag.data/1");
    assert_eq!(made["arrays"]["x"], serde_json::json!([16, 30]));
    assert_eq!(made["arrays"]["y_test"], serde_json::json!([4]));
    let first = program.bytes("mnist1d.npz");
    assert_eq!(program.run(&[&small[..], &["-o", "again.npz"]].concat()).code, 0);
    assert_eq!(program.bytes("again.npz"), first);
    assert_eq!(program.run(&[&small[..], &["-o", "b.npz", "--seed", "2"]].concat()).code, 0);
    assert_ne!(program.bytes("b.npz"), first);
    let set = leadlag_net::Dataset::read_npz(std::io::Cursor::new(first)).expect("a data set");
    assert_eq!((set.y().len(), set.y_test().len(), set.length()), (16, 4, 30));
}

#[test]
fn every_task_is_generated() {
    let program = Program::new();
    for task in ["mackey-glass", "step-wave", "three-sines"] {
        let made = program.run(&["data", task, "--length", "40", "--count", "2", "--json"]);
        assert_eq!(made.json_stdout()["arrays"]["x"], serde_json::json!([2, 40]), "{task}");
        assert!(program.bytes(&format!("{task}.npz")).starts_with(b"PK"), "{task}");
    }
}

#[test]
fn impossible_sizes_are_input_errors_and_leave_no_file() {
    let program = Program::new();
    let uneven = program.run(&["data", "mnist1d", "--count", "17"]);
    assert_eq!((uneven.code, uneven.stdout.as_str()), (3, ""));
    assert!(uneven.stderr.starts_with("error[LL1016]: 17 samples"), "{uneven:?}");
    let huge = program.run(&["data", "step-wave", "--length", "1000000000000"]);
    assert_eq!(huge.code, 3);
    assert!(huge.stderr.starts_with("error[LL1015]: "), "{huge:?}");
    assert_eq!(program.run(&["data", "mnist1d", "--length", "0"]).code, 2);
    assert!(program.files().is_empty());
}

#[cfg(unix)]
#[test]
fn a_data_set_goes_down_a_pipe_whose_reader_leaves() {
    let line = "{ \"$LEADLAG\" data mnist1d -o -; echo \"exit $?\" >&2; } | head -c 2";
    let done = Program::new().shell(line);
    assert_eq!((done.stdout.as_str(), done.stderr.as_str()), ("PK", "exit 0\n"));
}
