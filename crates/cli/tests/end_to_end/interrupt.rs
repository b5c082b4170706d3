//! Ctrl-C: what is left, and that it goes on to the same bits.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::Duration;

use serde_json::Value;

use crate::program::{Ended, Program, code, interrupt};
use crate::train::{checkpoints, folder, only_run, read, results, rows, with_small};

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
    is_whole(
        &program,
        &["run", "lif.toml", "--steps", "3000", "--set", "rows=1024", "--set", "payload_bits=10"],
    );
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

/// Everything below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let inside = |path: PathBuf| if path.is_dir() { below(&path) } else { vec![path] };
    entries.flat_map(inside).collect()
}

fn parts(folder: &Path) -> Vec<PathBuf> {
    below(folder).into_iter().filter(|path| path.extension().is_some_and(|e| e == "part")).collect()
}

/// Opens a pipe for writing, which waits until it is opened for reading; not longer than a minute.
fn open_when_read(pipe: &Path) -> File {
    let (sender, receiver) = channel();
    let pipe = pipe.to_owned();
    std::thread::spawn(move || sender.send(File::options().write(true).open(pipe)));
    let opened = receiver.recv_timeout(Duration::from_mins(1)).expect("it is read within a minute");
    opened.expect("a pipe")
}

/// The run reads its data twice: for their hash, before there is anything to keep, and as samples, when
/// it has begun. A pipe in the place of the file shows when.
#[test]
fn a_run_that_is_interrupted_before_its_first_block_goes_on_to_the_same_bits() {
    for (backend, record) in [("chip", "**.soma.r"), ("float", "")] {
        let program = with_small();
        let data = ["data", "mnist1d", "--count", "200", "-o", "d.npz"];
        assert_eq!(program.run(&data).code, 0);
        let mut line = vec!["train", "small.toml", "--data", "d.npz", "--epochs", "2", "--json"];
        line.extend(["--backend", backend]);
        if !record.is_empty() {
            line.extend(["--record", record]);
        }
        let whole = folder(&program, &program.run(&line));
        let (pipe, data) = (program.path().join("d.npz"), program.bytes("d.npz"));
        fs::remove_file(&pipe).expect("our own file");
        assert_eq!(program.shell("mkfifo d.npz").code, 0);
        let child = program.start(&[&line[..], &["-o", "cut"]].concat());
        let mut first = open_when_read(&pipe);
        assert_eq!(program.shell("mkfifo e.npz && mv e.npz d.npz").code, 0);
        first.write_all(&data).expect("a reader");
        drop(first);
        let mut second = open_when_read(&pipe);
        interrupt(&child);
        // Time for the handler, which has a thread of its own.
        std::thread::sleep(Duration::from_millis(200));
        second.write_all(&data).expect("a reader");
        drop(second);
        assert_eq!(code(child), Some(130), "{backend}");
        let cut = only_run(&program, "cut").expect("a run");
        assert_eq!((rows(&cut), checkpoints(&cut)), (0, vec![cut.join("ckpt/000000.ckpt")]));
        assert!(cut.join("report.html").is_file() && parts(&cut).is_empty());
        fs::remove_file(&pipe).expect("our own pipe");
        fs::write(&pipe, &data).expect("the file as it was");
        let resumed = program.run(&["train", "--resume", "last", "-o", "cut", "--json"]);
        assert_eq!(folder(&program, &resumed), cut);
        assert_eq!(results(&cut), results(&whole), "{backend}");
        if !record.is_empty() {
            for file in ["counters.json", "events.llog", "trained.llimg"] {
                assert!(read(&cut, file) == read(&whole, file), "{file}");
            }
        }
    }
}

/// Nobody reads what the run prints, so it stands still in a full pipe and cannot heed the first Ctrl-C.
#[test]
fn the_second_ctrl_c_ends_at_once_and_the_checkpoint_before_is_whole() {
    let program = Program::new();
    let network = r#"
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
[teach]
population = "out"
loss = "squared-error"
[learning]
rule = "sgd"
eta = 1e-3
[task]
name = "mackey-glass"
[schedule]
steps = 6000
report_every = 1
"#;
    fs::write(program.path().join("one.toml"), network).expect("a write");
    let line = ["train", "one.toml", "--backend", "float", "--ckpt-every", "100"];
    let mut child = program.start_unread(&[&line[..], &["-o", "cut"]].concat());
    let stands = || {
        let before = only_run(&program, "cut").map_or(0, |run| rows(&run));
        // Longer than a busy machine lets a program wait for its turn.
        std::thread::sleep(Duration::from_secs(3));
        before > 100 && only_run(&program, "cut").is_some_and(|run| rows(&run) == before)
    };
    assert!((0..20).any(|_| stands()), "it never stands still");
    let cut = only_run(&program, "cut").expect("a run");
    let kept: Vec<_> =
        checkpoints(&cut).into_iter().map(|path| (fs::read(&path).ok(), path)).collect();
    assert!(!kept.is_empty() && rows(&cut) < 6000);
    interrupt(&child);
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(child.try_wait().expect("our own child"), None, "the first waits for the step");
    interrupt(&child);
    assert_eq!(code(child), Some(130));
    let left: Vec<_> =
        checkpoints(&cut).into_iter().map(|path| (fs::read(&path).ok(), path)).collect();
    assert_eq!(left, kept);
    assert!(parts(&cut).is_empty(), "{:?}", parts(&cut));
    assert!(!cut.join("report.html").exists(), "it did not end by itself");
    let resumed = program.run(&["train", "--resume", "last", "-o", "cut", "--json"]);
    assert_eq!(folder(&program, &resumed), cut);
    let whole = folder(&program, &program.run(&[&line[..], &["--json"]].concat()));
    assert_eq!(results(&cut), results(&whole));
}

/// A verb that keeps nothing, interrupted while it writes.
#[test]
fn what_is_half_written_is_taken_away() {
    let program = Program::new();
    let line = ["data", "three-sines", "--length", "100000", "--count", "50", "-o", "big.npz"];
    let child = program.start(&line);
    let begun = |_| {
        std::thread::sleep(Duration::from_millis(1));
        !parts(program.path()).is_empty()
    };
    assert!((0..60_000).any(begun), "it never writes");
    interrupt(&child);
    assert!([Some(130), Some(0)].contains(&code(child)));
    assert!(parts(program.path()).is_empty(), "{:?}", parts(program.path()));
}

/// What a kill leaves in a run folder is gone when the run goes on.
#[test]
fn parts_that_a_kill_left_are_gone_when_the_run_goes_on() {
    let program = with_small();
    let run = crate::train::trained(&program, &["--epochs", "2"]);
    let expected = results(&run);
    fs::remove_file(checkpoints(&run).pop().expect("two")).expect("our own file");
    for place in [".leadlag-kill1.part", "ckpt/.leadlag-kill2.part"] {
        fs::write(run.join(place), "torn").expect("a write");
    }
    let resumed = program.run(&["train", "--resume", "last", "--json"]);
    assert_eq!(folder(&program, &resumed), run);
    assert!(parts(&run).is_empty(), "{:?}", parts(&run));
    assert_eq!(results(&run), expected);
}
