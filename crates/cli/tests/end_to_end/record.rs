//! Recording, snapshots, breakpoints, `trace` and `show probes`.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{Ended, Program};
use crate::train::with_small;

fn text<'a>(form: &'a Value, pointer: &str) -> &'a str {
    form.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{pointer}: {form}"))
}

fn folder(program: &Program, ended: &Ended) -> PathBuf {
    program.path().join(text(&ended.json_stdout(), "/folder"))
}

fn log(folder: &Path) -> Vec<u8> {
    std::fs::read(folder.join("events.llog")).expect("a log")
}

fn refused(program: &Program, line: &[&str], code: &str, exit: i32) -> Ended {
    let ended = program.run(line);
    assert!(ended.stderr.starts_with(&format!("error[{code}]")), "{line:?} {ended:?}");
    assert_eq!(ended.code, exit, "{ended:?}");
    ended
}

#[test]
fn a_run_is_recorded_listed_and_exported() {
    let program = with_small();
    let line = [
        "run",
        "small.toml",
        "--steps",
        "8",
        "--record",
        "core[0,0].soma.u[0..2]",
        "--record",
        "**.e[1]",
        "--json",
    ];
    let run = folder(&program, &program.run(&line));
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(run.join("manifest.json")).expect("a file"))
            .expect("JSON");
    assert_eq!(
        (text(&manifest, "/kind"), text(&manifest, "/signals/0/name")),
        ("run", "core[0,0].soma.u[0]")
    );
    assert_eq!(manifest["signals"][0]["lsb"], 2.0_f64.powi(-24));
    assert_eq!(manifest["signals"].as_array().map(Vec::len), Some(6));
    let counters: Value =
        serde_json::from_slice(&std::fs::read(run.join("counters.json")).expect("a file"))
            .expect("JSON");
    assert_eq!((&counters["step"], &counters["cores"][0]["steps"]), (&400.into(), &400.into()));
    assert_eq!(counters["cores"][0]["compartment_updates"], 2 * 400 * 6);
    assert!(counters["cores"][0].get("events_delivered").is_some_and(Value::is_null));
    let sum = program.run(&["trace", "last", "--json"]).json_stdout();
    assert_eq!(
        (&sum["whole"], &sum["first"], &sum["last"]),
        (&true.into(), &0.into(), &400.into())
    );
    let csv = program.run(&[
        "trace",
        "last",
        "--csv",
        "--signals",
        "**.u[1]",
        "--around",
        "100",
        "--window",
        "1",
    ]);
    assert_eq!((csv.code, csv.stderr.as_str()), (0, ""), "{csv:?}");
    let rows: Vec<&str> = csv.stdout.lines().collect();
    assert_eq!(rows.len(), 4, "{csv:?}");
    assert_eq!(rows.first(), Some(&"step,signal,code,value,unit"));
    assert!(
        rows.iter().zip([99, 100, 101]).all(|(_, step)| rows
            .iter()
            .any(|row| row.starts_with(&format!("{step},\"core[0,0].soma.u[1]\",")))),
        "{csv:?}"
    );
    let whole = program.run(&["trace", "last", "--csv"]);
    assert_eq!(program.run(&["trace", "last", "--csv", "-o", "all.csv"]).code, 0);
    assert_eq!(program.read("all.csv"), whole.stdout);
    refused(&program, &["trace", "last", "--csv", "-o", "all.csv"], "LL5003", 6);
    let lines = program.run(&["trace", "last", "--jsonl"]).stdout;
    let first: Value = serde_json::from_str(lines.lines().next().expect("a row")).expect("JSON");
    assert_eq!((text(&first, "/signal"), &first["step"]), ("core[0,0].soma.u[0]", &0.into()));
    assert_eq!(lines.lines().count() + 1, whole.stdout.lines().count());
    let closed = program.shell("\"$LEADLAG\" trace last --csv | head -n 1");
    assert_eq!(
        (closed.code, closed.stdout.as_str(), closed.stderr.as_str()),
        (0, "step,signal,code,value,unit\n", "")
    );
}

fn answering<'a>(flags: &[&'a str]) -> Vec<&'a str> {
    let line = ["run", "small.llimg", "--input", "d.npz", "--json", "-o", "o.npz", "--force"];
    [&line[..], flags].concat()
}

#[test]
fn a_run_stops_at_a_condition_and_goes_on_to_the_same_bits() {
    let program = with_small();
    assert_eq!(program.run(&["compile", "small.toml"]).code, 0);
    assert_eq!(program.run(&["data", "mnist1d", "--count", "20", "-o", "d.npz"]).code, 0);
    let whole = program.run(&answering(&["--record", "**.soma.r"]));
    let all = program.bytes("o.npz");
    let stopped = program
        .run(&answering(&["--break", "abs(core[*].soma.u) > 0.3 && step > 30"]))
        .json_stdout();
    assert_eq!((text(&stopped, "/end"), stopped["samples"].as_u64()), ("break", Some(0)));
    let step = stopped["break"]["step"].as_u64().expect("a step");
    assert!(step > 30 && stopped["step"] == step, "{stopped}");
    let value = stopped.pointer("/break/registers/0/value").and_then(Value::as_f64);
    assert!(value.is_some_and(|value| value.abs() > 0.3), "{stopped}");
    let snapshot = text(&stopped, "/snapshots/0");
    assert!(snapshot.ends_with(&format!("snap/{step:06}.snap")), "{snapshot}");
    let rest = program.run(&answering(&["--from", snapshot, "--record", "**.soma.r"]));
    assert_eq!(program.bytes("o.npz"), all, "the sample under way begins in the snapshot");
    let rows = |ended: &Ended| {
        let path = folder(&program, ended);
        let path = path.to_str().expect("plain");
        let table = program.run(&["trace", path, "--csv"]).stdout;
        let later = |row: &&str| {
            row.split(',').next().and_then(|s| s.parse::<u64>().ok()).is_some_and(|s| s > step)
        };
        table.lines().filter(later).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(rows(&rest), rows(&whole));
    let message = program.run(&["run", "small.llimg", "--input", "d.npz", "--break", "step == 3"]);
    assert!(message.stdout.contains("stopped     after step 3, `step == 3`"), "{message:?}");
    assert!(
        message.stdout.contains(
            "go on with  leadlag run small.llimg --input d.npz --break 'step == 3' --from runs/"
        ),
        "{message:?}"
    );
}

#[test]
fn what_cannot_be_looked_at_is_refused() {
    let program = with_small();
    let run = |flags: &[&'static str]| [&["run", "small.toml"], flags].concat();
    let typo = refused(&program, &run(&["--record", "core[0,0].soma.u[0..1"]), "LL1342", 3);
    assert!(typo.stderr.contains("core[0,0].soma.u[0..1"), "{typo:?}");
    let none = refused(&program, &run(&["--record", "core[0,0].soma.u[6]"]), "LL1341", 3);
    assert!(none.stderr.contains("there is core[0,0].soma.u of [6]"), "{none:?}");
    let broken = refused(&program, &run(&["--break", "core[0,0].soma.u[0] > "]), "LL1344", 3);
    assert!(broken.stderr.contains("--break"), "{broken:?}");
    refused(&program, &run(&["--snapshot-at", "2001"]), "LL1354", 3);
    refused(&program, &run(&["--from", "small.toml"]), "LL1240", 3);
    refused(&program, &run(&["--from", "none.snap"]), "LL5001", 6);
    refused(&program, &run(&["--record", "**", "--backend", "float"]), "LL1345", 3);
    refused(&program, &run(&["--set", "mode=free-running"]), "LL1356", 3);
    refused(&program, &["train", "small.toml", "--set", "mode=free-running"], "LL1356", 3);
    refused(&program, &run(&["--set", "fabric.drop_after=9"]), "LL1207", 3);
    refused(
        &program,
        &["train", "small.toml", "--backend", "float", "--record", "**.u"],
        "LL1345",
        3,
    );
    refused(&program, &["train", "small.toml", "--record", "nothing"], "LL1341", 3);
    assert_eq!(program.files().len(), 1, "nothing was made: {:?}", program.files());
    assert_eq!(program.run(&run(&["--engine", "functional", "--steps", "1"])).code, 0);
}

/// The cycle engine gives the same answers, weights and records, and says how long they take.
#[test]
fn both_engines_write_the_same() {
    let program = with_small();
    let run = |flags: &[&'static str]| {
        let line = [&["run", "small.toml", "--steps", "40", "--json"], flags].concat();
        program.run(&line).json_stdout()
    };
    let (functional, cycle) = (run(&[]), run(&["--engine", "cycle"]));
    assert_eq!(functional["outputs"], cycle["outputs"]);
    assert_eq!(functional["clock"], Value::Null);
    assert!(cycle["clock"]["cycles"].as_u64() > Some(0), "{cycle}");
    let sampled = run(&["--engine", "cycle", "--sample", "1/4"]);
    assert_eq!(functional["outputs"], sampled["outputs"]);
    let steps = |form: &Value, key: &str| form["clock"][key].as_u64().expect("a count");
    assert_eq!(steps(&sampled, "steps_untimed"), 3 * steps(&sampled, "steps"));
    assert_eq!(steps(&cycle, "steps"), 4 * steps(&sampled, "steps"));
    let train = |flags: &[&'static str]| {
        let line = [&["train", "small.toml", "--json", "--record", "**.w@7"], flags].concat();
        let folder = folder(&program, &program.run(&line));
        ["metrics.jsonl", "events.llog", "counters.json"].map(|name| folder.join(name)).map(
            |path| {
                std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
            },
        )
    };
    let ([curve, log, _], [other, records, counters]) = (train(&[]), train(&["--engine", "cycle"]));
    assert_eq!((curve, log), (other, records));
    let counters: Value = serde_json::from_slice(&counters).expect("JSON");
    assert_eq!(counters["engine"], "cycle");
    assert!(counters["links"].as_array().is_some_and(|links| !links.is_empty()), "{counters}");
    // A step of a chip that learns lasts as long as its program, at least.
    assert!(counters["clock"]["cycles_per_step"]["mean"].as_f64() > Some(100.0), "{counters}");
}

#[test]
fn training_is_recorded_and_a_resumed_log_equals_one_that_went_through() {
    let program = with_small();
    let line = [
        "train",
        "small.toml",
        "--epochs",
        "2",
        "--json",
        "--record",
        "**.apical.e[0]",
        "--record",
        "core[0,0].soma.w[0,*]@100",
        "--record",
        "replica[3].core.soma.r[1]",
        "--threads",
    ];
    let run = |threads: &str| folder(&program, &program.run(&[&line[..], &[threads]].concat()));
    let (whole, two) = (run("1"), run("2"));
    assert!(log(&whole) == log(&two), "threads change no byte");
    let plain = folder(&program, &program.run(&["train", "small.toml", "--epochs", "2", "--json"]));
    let read = |folder: &Path, name: &str| std::fs::read(folder.join(name)).expect("a file");
    for name in ["metrics.jsonl", "counters.json"] {
        assert!(read(&whole, name) == read(&plain, name), "recording changes nothing: {name}");
    }
    let digits =
        |path: &Path| path.display().to_string().rsplit_once('-').map(|(_, d)| d.to_owned());
    assert_eq!(digits(&whole), digits(&plain), "nor the name");
    // Back to the first checkpoint: the log is longer than it, and loses its end too.
    let mut checkpoints: Vec<_> = std::fs::read_dir(two.join("ckpt"))
        .expect("a folder")
        .map(|e| e.expect("an entry").path())
        .collect();
    checkpoints.sort();
    std::fs::remove_file(checkpoints.pop().expect("a checkpoint")).expect("our own file");
    let torn = log(&two);
    std::fs::write(two.join("events.llog"), &torn[..torn.len() - 21]).expect("our own file");
    let path = two.to_str().expect("plain");
    let summed = program.run(&["trace", path]);
    assert!(summed.code == 0 && summed.stderr.starts_with("warning[LL1350]"), "{summed:?}");
    assert_eq!(program.run(&["train", "--resume", path, "--json"]).code, 0);
    assert!(log(&whole) == log(&two), "the resumed log is that of a run that went through");
    let table = program.run(&["trace", path, "--csv", "--signals", "replica[3].**"]);
    assert!(
        table.stdout.lines().nth(1).is_some_and(|row| row.starts_with("0,\"replica[3].core[0,0]"))
    );
    // Damage is refused.
    let mut damaged = log(&whole);
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    std::fs::write(program.path().join("damaged.llog"), damaged).expect("a write");
    refused(&program, &["trace", "damaged.llog"], "LL1347", 3);
    refused(&program, &["trace", "damaged.llog", "--csv", "-o", "part.csv"], "LL1347", 3);
    assert!(!program.path().join("part.csv").exists());
    refused(&program, &["trace", "small.toml"], "LL1346", 3);
    let unrecorded = plain.to_str().expect("plain");
    refused(&program, &["trace", unrecorded], "LL1351", 3);
}

#[test]
fn a_run_is_repeated_and_stepped_through_from_its_folder_alone() {
    let program = with_small();
    let line =
        ["run", "small.toml", "--steps", "10", "--record", "**.soma.u", "--snapshot-at", "33"];
    let first = folder(&program, &program.run(&[&line[..], &["--json"]].concat()));
    std::fs::remove_file(program.path().join("small.toml")).expect("our own file");
    let toml = first.join("run.toml");
    let again = folder(&program, &program.run(&["run", toml.to_str().expect("plain"), "--json"]));
    assert_ne!(first, again);
    for name in ["events.llog", "counters.json", "net.llimg", "signal.npz", "snap/000033.snap"] {
        let read = |run: &Path| std::fs::read(run.join(name)).expect("a file of the run");
        assert!(read(&first) == read(&again), "{name}");
    }
    // A register after any step is what was recorded there, forward and back, near a snapshot or not.
    let table = program.run(&["trace", "last", "--csv", "--signals", "core[0,0].soma.u[2]"]).stdout;
    let recorded = |step: u64| {
        let rows = table.lines().filter_map(|row| row.split_once(','));
        let mut before = rows.filter(|(at, _)| at.parse::<u64>().is_ok_and(|at| at <= step));
        let last = before.next_back().expect("a row").1.rsplit(',').nth(2);
        last.and_then(|code| code.parse::<i64>().ok()).expect("a code")
    };
    let look = |flags: &[&str]| {
        let line = ["step", "last", "--signals", "core[0,0].soma.u[2]", "--json"];
        let form = program.run(&[&line[..], flags].concat()).json_stdout();
        let code = form.pointer("/registers/0/code").and_then(Value::as_i64);
        (form["step"].as_u64().expect("a step"), code.expect("a code"))
    };
    for step in [0, 7, 33, 34, 120, 500] {
        let to = step.to_string();
        assert_eq!(look(&["--to", &to]), (step, recorded(step)));
    }
    assert_eq!(look(&["--back", "3"]), (497, recorded(497)));
    assert!(again.join("snap/000120.snap").is_file(), "the next look is near");
    refused(&program, &["step", "last", "--signals", "**.u", "--to", "501"], "LL1354", 3);
    refused(&program, &["step", "last", "--signals", "nothing"], "LL1341", 3);
}

/// A run is replayed to where a condition holds, from there to where it holds next, and where none does
/// to its end.
#[test]
fn a_run_is_stepped_to_a_condition() {
    let program = with_small();
    let line = ["run", "small.toml", "--steps", "10", "--record", "**.soma.u", "--engine", "cycle"];
    assert_eq!(program.run(&line).code, 0);
    let look = |flags: &[&str]| {
        let line = ["step", "last", "--signals", "core[0,0].soma.u[2]", "--json"];
        program.run(&[&line[..], flags].concat()).json_stdout()
    };
    let rising = "core[0,0].soma.u[2] > 0 && step > 12";
    let first = look(&["--break", rising]);
    let at = first["step"].as_u64().expect("a step");
    assert!(at > 12, "{first}");
    assert_eq!((&first["break"]["step"], text(&first, "/break/condition")), (&at.into(), rising));
    let held = first["break"]["registers"][0]["code"].as_i64();
    assert_eq!(held, first["registers"][0]["code"].as_i64());
    assert!(held > Some(0), "{first}");
    // The same step as one asks for by its number, and the one after it.
    assert_eq!(look(&["--to", &at.to_string()])["registers"], first["registers"]);
    let next = look(&["--break", rising, "--after", &at.to_string()]);
    assert!(next["step"].as_u64() > Some(at), "{next}");
    let between = (at + 1..next["step"].as_u64().expect("a step"))
        .map(|step| look(&["--to", &step.to_string()])["registers"][0]["code"].as_i64());
    assert!(between.into_iter().all(|code| code <= Some(0)), "{next}");
    let either = look(&["--break", "step == 40", "--break", "cycle >= 100"]);
    let to = either["step"].as_u64().expect("a step");
    assert!((1..40).contains(&to), "{either}");
    assert_eq!(text(&either, "/break/condition"), "cycle >= 100");
    let never = look(&["--break", "core[0,0].soma.u[2] > 7.5"]);
    assert_eq!((&never["break"], never["step"].as_u64()), (&Value::Null, Some(500)), "{never}");
    let page = program.run(&["step", "last", "--signals", "**.u", "--break", "step == 40"]);
    assert!(page.stdout.contains("stopped     after step 40, `step == 40`"), "{page:?}");
    refused(&program, &["step", "last", "--signals", "**.u", "--break", "u >"], "LL1344", 3);
    let late = ["step", "last", "--signals", "**.u", "--break", "step > 3", "--after", "500"];
    refused(&program, &late, "LL1354", 3);
    let both = ["step", "last", "--signals", "**.u", "--break", "step > 3", "--to", "5"];
    assert_eq!(program.run(&both).code, 2);
}

#[test]
fn a_folder_of_a_run_is_not_resumed() {
    let program = with_small();
    assert_eq!(program.run(&["run", "small.toml", "--steps", "2", "--record", "**.u"]).code, 0);
    refused(&program, &["train", "--resume", "last"], "LL1359", 3);
}

#[test]
fn every_register_that_is_listed_can_be_recorded() {
    let program = with_small();
    for (engine, there) in [("functional", "core[1,0].soma.magnitude"), ("cycle", "link[0,0].east")]
    {
        let show = ["show", "probes", "small.toml", "--engine", engine];
        let listed = program.run(&[&show[..], &["--json"]].concat()).json_stdout();
        let paths = listed["probes"].as_array().expect("a list");
        let names: Vec<&str> = paths.iter().map(|probe| text(probe, "/path")).collect();
        assert!(names.contains(&"core[0,0].soma.u") && names.contains(&there), "{engine}");
        let mut line = vec!["run", "small.toml", "--steps", "1", "--json", "--engine", engine];
        line.extend(names.iter().flat_map(|&name| ["--record", name]));
        assert!(program.run(&line).json_stdout()["records"].as_u64() > Some(500));
        let page = program.run(&show);
        assert_eq!(page.stdout.lines().count(), names.len() + 1);
    }
}

/// A snapshot in a cycle goes on to the same end, and the machine there can be looked at.
#[test]
fn a_run_is_cut_in_the_middle_of_a_step() {
    let program = with_small();
    let run = ["run", "small.toml", "--steps", "20", "--engine", "cycle", "--json"];
    let first =
        program.run(&[&run[..], &["--snapshot-at", "cycle:7001", "--snapshot-at", "40"]].concat());
    let whole = folder(&program, &first);
    let snapshot = whole.join("snap/cycle-7001.snap");
    let from = snapshot.to_str().expect("a plain path");
    let rest = folder(
        &program,
        &program.run(&[&run[..], &["--from", from, "--snapshot-at", "40"]].concat()),
    );
    let read = |folder: &Path, name: &str| std::fs::read(folder.join(name)).expect("a file");
    for name in ["snap/000040.snap", "counters.json"] {
        assert!(read(&whole, name) == read(&rest, name), "{name}");
    }
    let whole = whole.to_str().expect("a plain path");
    let look = ["step", whole, "--to", "cycle:7001", "--signals", "link[*].*", "--json"];
    let seen = program.run(&look).json_stdout();
    assert_eq!(seen["cycle"], 7001, "{seen}");
    assert!(seen["cycles_into_step"].as_u64().is_some_and(|cycles| cycles < 7001));
    assert!(
        seen["registers"].as_array().is_some_and(|all| all.iter().any(|r| r["code"] != 0)),
        "{seen}"
    );
    refused(&program, &["run", "small.toml", "--snapshot-at", "cycle:3"], "LL1461", 3);
    let late = [
        "run",
        "small.toml",
        "--steps",
        "2",
        "--engine",
        "cycle",
        "--snapshot-at",
        "cycle:99999999",
    ];
    refused(&program, &late, "LL1463", 3);
    let line = [&run[..], &["--break", "cycle >= 7002"]].concat();
    let stopped = program.run(&line).json_stdout();
    assert_eq!(
        stopped["break"]["step"].as_u64(),
        seen["step"].as_u64().map(|step| step + 1),
        "{stopped}"
    );
}
