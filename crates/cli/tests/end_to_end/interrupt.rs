//! Ctrl-C: what is left, and that it goes on to the same bits.

use serde_json::Value;

use crate::program::{Ended, Program};
use crate::train::with_small;

/// The object of a run, without the places of its files.
fn object(ended: &Ended) -> Value {
    let mut object: Value =
        serde_json::from_str(&ended.stdout).unwrap_or_else(|_| panic!("{ended:?}"));
    let fields = object.as_object_mut().expect("an object");
    for place in ["path", "folder", "snapshots", "go_on"] {
        fields.remove(place);
    }
    object
}

fn text(ended: &Ended, field: &str) -> String {
    let object: Value = serde_json::from_str(&ended.stdout).unwrap_or_else(|_| panic!("{ended:?}"));
    let found = object.pointer(field).and_then(Value::as_str);
    found.unwrap_or_else(|| panic!("{field} {ended:?}")).to_owned()
}

/// Gives the command that was printed, until the run is done; at least once.
fn go_on(program: &Program, cut: &Ended) -> Ended {
    assert_eq!(cut.code, 130, "{cut:?}");
    assert_eq!(text(cut, "/end"), "interrupted");
    let snapshot = text(cut, "/snapshots/0");
    assert!(program.path().join(&snapshot).is_file(), "{snapshot}");
    let line = text(cut, "/go_on");
    let arguments = line.strip_prefix("leadlag ").unwrap_or_else(|| panic!("{line}"));
    assert!(line.ends_with(&format!("--from {snapshot}")), "{line}");
    let rest = program.shell(&format!("\"$LEADLAG\" {arguments}"));
    assert_eq!(rest.code, 0, "{rest:?}");
    rest
}

/// A run that is interrupted and goes on answers as one that goes through.
fn is_whole(program: &Program, line: &[&str]) -> [Ended; 2] {
    let flags = ["-v", "--json", "-o"];
    let with = |name: &'static str| [line, &flags, &[name]].concat();
    let cut = program.interrupt(&with("cut.npz"));
    assert!(!program.path().join("cut.npz").exists(), "half a result: {cut:?}");
    let rest = go_on(program, &cut);
    let whole = program.run(&with("whole.npz"));
    assert_eq!(program.bytes("cut.npz"), program.bytes("whole.npz"), "{line:?}");
    assert_eq!(object(&rest), object(&whole), "{line:?}");
    for name in ["cut.npz", "whole.npz"] {
        std::fs::remove_file(program.path().join(name)).expect("its own file");
    }
    [rest, whole]
}

/// A network, and a signal that takes long enough to be interrupted.
fn with_signal(samples: &str) -> Program {
    let program = with_small();
    assert_eq!(program.run(&["data", "mnist1d", "--count", samples, "-o", "d.npz"]).code, 0);
    program
}

#[test]
fn answers_go_on_to_the_same_bits() {
    let program = with_signal("6000");
    is_whole(&program, &["run", "small.toml", "--input", "d.npz"]);
    assert!(program.path().join("cut.snap").is_file());
    is_whole(&program, &["run", "small.toml", "--input", "d.npz", "--backend", "float"]);
    // What is there is left alone.
    std::fs::write(program.path().join("small.snap"), "mine").expect("a write");
    let line = ["run", "small.toml", "--input", "d.npz", "-v", "--threads", "1"];
    let cut = program.interrupt(&line);
    assert_eq!(cut.code, 130, "{cut:?}");
    assert_eq!(program.read("small.snap"), "mine");
    let command =
        "go on with  leadlag run small.toml --input d.npz -v --threads 1 --from small-2.snap";
    assert!(
        cut.stdout.contains("  snapshot    small-2.snap\n") && cut.stdout.contains(command),
        "{cut:?}"
    );
    // Another signal is another run.
    let other = program.run(&["run", "small.toml", "--from", "small-2.snap"]);
    assert_eq!(other.code, 3);
    let message =
        "error[LL1490]: the snapshot is of another run: of 4 inputs 1 are others: `signal`";
    assert!(other.stderr.starts_with(message), "{other:?}");
    let watched =
        program.run(&["run", "small.toml", "--from", "small-2.snap", "--record", "**.soma.r"]);
    assert!(
        watched.stderr.starts_with("error[LL1492]: the snapshot is of a run without a folder"),
        "{watched:?}"
    );
}

#[test]
fn timed_answers_go_on_to_the_same_bits_and_counts() {
    let program = with_signal("500");
    let line = ["run", "small.toml", "--input", "d.npz", "--engine", "cycle"];
    is_whole(&program, &line);
    is_whole(&program, &[&line[..], &["--plasticity", "firmware"]].concat());
}

#[test]
fn spikes_go_on_to_the_same_bits() {
    let program = Program::new();
    let network = include_str!("../../../../examples/lif.toml");
    std::fs::write(program.path().join("lif.toml"), network).expect("a write");
    is_whole(&program, &["run", "lif.toml", "--steps", "3000", "--set", "rows=1024"]);
    is_whole(&program, &["run", "lif.toml", "--steps", "400", "--backend", "float"]);
}

/// The log, the counts and the answers of a recorded run, in either engine; its `run.toml` too.
#[test]
fn a_recorded_run_goes_on_to_the_same_log() {
    let program = with_signal("500");
    for engine in ["functional", "cycle"] {
        let line = ["run", "small.toml", "--input", "d.npz", "--engine", engine];
        let watched = ["--record", "**.soma.r", "--record", "**.e@7", "--snapshot-at", "1"];
        let [rest, whole] = is_whole(&program, &[&line[..], &watched].concat());
        let file = |ended: &Ended, name: &str| {
            program.bytes(&format!("{}/{name}", text(ended, "/folder")))
        };
        for name in ["events.llog", "counters.json"] {
            assert!(file(&rest, name) == file(&whole, name), "{engine} {name}");
        }
        // Repeated from its folder, interrupted and continued.
        let config = format!("{}/run.toml", text(&whole, "/folder"));
        let rest = go_on(&program, &program.interrupt(&["run", &config, "-v", "--json"]));
        for name in ["events.llog", "counters.json"] {
            assert!(file(&rest, name) == file(&whole, name), "{engine} {name} of {config}");
        }
    }
}

/// Verbs with nothing to keep end at once with the same code, and leave nothing.
#[test]
fn verbs_with_nothing_to_keep_leave_nothing() {
    let program = with_small();
    let before = program.files();
    for line in [
        &["verify", "small.toml", "--steps", "100000000", "-v"][..],
        &[
            "verify",
            "small.toml",
            "--against",
            "cycle",
            "--steps",
            "100000000",
            "-v",
            "-o",
            "v.txt",
        ],
        &["fabric", "soak", "--cycles", "100000000000", "-v"],
    ] {
        let cut = program.interrupt(line);
        assert_eq!(cut.code, 130, "{cut:?}");
        assert_eq!(program.files(), before, "{line:?}");
    }
}
