//! `leadlag train`: run folders, resuming, interruption.

use std::path::{Path, PathBuf};

use crate::program::{Ended, Program};
#[cfg(unix)]
use crate::program::{code, interrupt};

/// A network that learns 200 short samples in a moment.
pub(crate) const SMALL: &str = r#"
name = "small"
dt = "0.2 ms"
[[population]]
name = "in"
input = 1
[[population]]
name = "h"
size = 6
tau_m = "1.2 ms"
tau_r = "0.2 ms"
phi = "tanh"
bias = true
[[population]]
name = "out"
size = 10
tau_m = "1.2 ms"
tau_r = "1.2 ms"
phi = "linear"
bias = true
[[projection]]
chain = ["in", "h", "out"]
[teach]
population = "out"
loss = "cross-entropy"
[learning]
rule = "adam"
eta = 1e-3
[task]
name = "mnist1d"
length = 40
train = 200
test = 50
[schedule]
epochs = 3
replicas = 20
"#;

pub(crate) fn with_small() -> Program {
    let program = Program::new();
    std::fs::write(program.path().join("small.toml"), SMALL).expect("a write");
    program
}

pub(crate) fn trained(program: &Program, flags: &[&str]) -> PathBuf {
    let line = [&["train", "small.toml", "--json"], flags].concat();
    folder(program, &program.run(&line))
}

pub(crate) fn folder(program: &Program, ended: &Ended) -> PathBuf {
    let form = ended.json_stdout();
    let field = |name: &str| form.get(name).and_then(|value| value.as_str()).expect("a text");
    assert_eq!((field("schema"), field("end")), ("leadlag.train/1", "done"));
    program.path().join(field("folder"))
}

pub(crate) fn read(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub(crate) fn checkpoints(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder.join("ckpt")).expect("a folder");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// Everything that is compared between runs: curve, counters, last state.
pub(crate) fn results(folder: &Path) -> [Vec<u8>; 2] {
    let last = checkpoints(folder).pop().expect("a checkpoint");
    [read(folder, "metrics.jsonl"), std::fs::read(last).expect("a checkpoint")]
}

#[test]
fn a_run_resumed_from_any_checkpoint_has_the_bits_of_one_that_went_through() {
    for backend in ["chip", "float"] {
        let program = with_small();
        let whole = trained(&program, &["--backend", backend]);
        let expected = results(&whole);
        assert_eq!(checkpoints(&whole).len(), 3);
        for path in checkpoints(&whole).drain(1..) {
            std::fs::remove_file(path).expect("our own file");
        }
        let resumed = program.run(&["train", "--resume", "last", "--json"]);
        assert_eq!(folder(&program, &resumed), whole);
        assert_eq!(results(&whole), expected, "{backend}");
    }
}

#[test]
fn threads_change_no_bit_and_seeds_do() {
    let program = with_small();
    let one = trained(&program, &["--threads", "1"]);
    let two = trained(&program, &["--threads", "2"]);
    let other = trained(&program, &["--threads", "2", "--seed", "2"]);
    for name in ["metrics.jsonl", "counters.json", "run.toml", "net.llimg"] {
        assert_eq!(read(&one, name), read(&two, name), "{name}");
    }
    assert_eq!(results(&one), results(&two));
    assert_ne!(read(&one, "metrics.jsonl"), read(&other, "metrics.jsonl"));
    let digits =
        |path: &Path| path.display().to_string().rsplit_once('-').map(|(_, d)| d.to_owned());
    assert_eq!(digits(&one), digits(&two));
    assert_ne!(digits(&one), digits(&other));
}

#[test]
fn rows_are_printed_and_the_folder_holds_what_the_book_says() {
    let program = with_small();
    let ended = program.run(&["train", "small.toml", "--epochs", "2", "-o", "mine"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""), "{ended:?}");
    assert_eq!(ended.stdout.lines().filter(|line| line.ends_with('%')).count(), 2, "{ended:?}");
    assert!(ended.stdout.contains("done        mine/0001-small-"), "{ended:?}");
    let made = std::fs::read_dir(program.path().join("mine")).expect("a folder").next();
    let run = made.expect("a run").expect("an entry").path();
    let manifest: serde_json::Value =
        serde_json::from_slice(&read(&run, "manifest.json")).expect("JSON");
    assert_eq!(manifest["schema"], "leadlag.run/1");
    assert_eq!(manifest["seeds"]["chip_seed"], 1);
    assert_eq!(manifest["defaults"], serde_json::json!(["replicas", "data"]));
    let page = String::from_utf8(read(&run, "run.toml")).expect("text");
    assert!(page.contains("epochs = 2\n") && page.contains("[chip.adc]"), "{page}");
    let counters: serde_json::Value =
        serde_json::from_slice(&read(&run, "counters.json")).expect("JSON");
    assert_eq!(counters["cores"].as_array().map(Vec::len), Some(2));
    assert_eq!(counters["cores"][0]["steps"], 2 * (200 + 60) * 40);
}

#[test]
fn an_image_learns_from_a_file_and_needs_one() {
    let program = with_small();
    assert_eq!(program.run(&["compile", "small.toml"]).code, 0);
    let bare = program.run(&["train", "small.llimg"]);
    assert_eq!(bare.code, 3);
    assert!(bare.stderr.starts_with("error[LL1304]"), "{bare:?}");
    let data = ["data", "mnist1d", "--length", "40", "--count", "250", "-o", "d.npz"];
    assert_eq!(program.run(&data).code, 0);
    let endless = program.run(&["train", "small.llimg", "--data", "d.npz"]);
    assert!(endless.stderr.contains("`--epochs` is not given"), "{endless:?}");
    let line =
        ["train", "small.llimg", "--data", "d.npz", "--epochs", "1", "--replicas", "20", "--json"];
    let run = folder(&program, &program.run(&line));
    // On the reference the image stands for the network that it carries.
    let image = folder(&program, &program.run(&[&line[..], &["--backend", "float"]].concat()));
    let mut by_name = line;
    by_name[1] = "small.toml";
    let network = folder(&program, &program.run(&[&by_name[..], &["--backend", "float"]].concat()));
    assert_eq!(read(&image, "metrics.jsonl"), read(&network, "metrics.jsonl"));
    std::fs::remove_dir_all(&image).expect("our own folder");
    std::fs::remove_dir_all(&network).expect("our own folder");
    std::fs::write(program.path().join("d.npz"), "other").expect("a write");
    let changed = program.run(&["train", "--resume", "last"]);
    assert_eq!(changed.code, 3);
    assert!(changed.stderr.starts_with("error[LL1308]"), "{changed:?}");
    assert!(String::from_utf8(read(&run, "run.toml")).expect("text").contains("d.npz"));
}

#[test]
fn wrong_data_is_named() {
    let program = with_small();
    let code = |line: &[&str], code: &str| {
        let ended = program.run(line);
        assert!(ended.stderr.starts_with(&format!("error[{code}]")), "{line:?} {ended:?}");
        assert_eq!((ended.code, ended.stdout.as_str()), (3, ""));
    };
    std::fs::write(program.path().join("d.npz"), "no archive").expect("a write");
    code(&["train", "small.toml", "--data", "d.npz"], "LL1050");
    assert_eq!(program.run(&["data", "mackey-glass", "-o", "s.npz"]).code, 0);
    code(&["train", "small.toml", "--data", "s.npz"], "LL1052");
    code(&["train", "small.toml", "--data", "yinyang"], "LL1302");
    code(&["train", "small.toml", "--replicas", "5000"], "LL1301");
    code(&["train", "small.toml", "--seed", "18446744073709551615"], "LL1309");
    code(&["train", "small.toml", "-o", "-"], "LL1404");
    code(&["train", "--resume", "last"], "LL1310");
    assert!(!program.path().join("runs").exists());
    let chain = program.run(&["new", "chain", "--template", "chain"]);
    assert_eq!(chain.code, 0);
    code(&["train", "chain.toml", "--epochs", "3", "--backend", "float"], "LL1303");
    let missing = program.run(&["train", "small.toml", "--data", "no.npz"]);
    assert_eq!(missing.code, 6, "{missing:?}");
}

/// What `run.toml` states is the whole run: repeated elsewhere, it has the same bits.
#[test]
fn a_run_is_repeated_from_its_own_words() {
    let program = with_small();
    for backend in ["chip", "float"] {
        let first =
            program.run(&["train", "small.toml", "--backend", backend, "--seed", "3", "-o", "a"]);
        assert_eq!(first.code, 0, "{first:?}");
        let newest = |root: &str| {
            let runs = std::fs::read_dir(program.path().join(root)).expect("a root");
            runs.map(|run| run.expect("an entry").path()).max().expect("a run")
        };
        let config = newest("a").join("run.toml");
        let again =
            program.run(&["run", config.to_str().expect("UTF-8"), "-o", "b", "--threads", "1"]);
        assert_eq!(again.code, 0, "{again:?}");
        for file in ["run.toml", "metrics.jsonl"] {
            let read = |root| std::fs::read(newest(root).join(file)).expect("a file of the run");
            assert_eq!(read("a"), read("b"), "{file} of {backend}");
        }
        let other = program.run(&["run", config.to_str().expect("UTF-8"), "--steps", "3"]);
        assert_eq!(other.code, 3);
        assert!(other.stderr.contains("LL1408"), "{other:?}");
    }
}

/// The seed of the chip moves the chip's draws and nothing else.
#[test]
fn the_chip_has_a_seed_of_its_own() {
    let program = with_small();
    let curve = |backend: &str, seed: &str, root: &str| {
        let flags = ["train", "small.toml", "--backend", backend, "--chip-seed", seed, "-o", root];
        assert_eq!(program.run(&flags).code, 0);
        let run = std::fs::read_dir(program.path().join(root)).expect("a root").next();
        let run = run.expect("a run").expect("an entry").path();
        std::fs::read_to_string(run.join("metrics.jsonl")).expect("a curve")
    };
    assert_ne!(curve("chip", "1", "a"), curve("chip", "2", "b"));
    assert_eq!(curve("float", "1", "c"), curve("float", "2", "d"));
}

/// For whom the permission is one: the superuser may write anywhere.
#[cfg(unix)]
#[test]
fn a_read_only_folder_takes_no_run() {
    use std::os::unix::fs::PermissionsExt as _;
    let program = with_small();
    let root = program.path().join("runs");
    std::fs::create_dir(&root).expect("a folder");
    std::fs::set_permissions(&root, std::fs::Permissions::from_mode(0o555)).expect("a mode");
    let ended = program.run(&["train", "small.toml"]);
    let is_superuser = std::fs::create_dir(root.join("probe")).is_ok();
    let refused = ended.code == 6 && ended.stderr.contains("LL5005");
    assert!(is_superuser || (refused && ended.stderr.contains("ermission denied")), "{ended:?}");
}

/// No user may make a folder in the file system of processes, the superuser neither.
#[cfg(target_os = "linux")]
#[test]
fn a_place_where_nobody_may_write_takes_no_run() {
    let program = with_small();
    let refused = program.run(&["train", "small.toml", "-o", "/proc/runs"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (6, ""), "{refused:?}");
    assert!(refused.stderr.starts_with("error[LL5005]") && refused.stderr.contains("`/proc/runs`"));
    assert!(refused.stderr.contains("help: "), "{refused:?}");
}

#[test]
fn every_task_can_be_named_as_data() {
    let program = Program::new();
    let examples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let text = std::fs::read_to_string(examples.join("lagnet.toml")).expect("an example");
    let short = text
        .replace("steps = 100100", "steps = 400")
        .replace("report_every = 10000", "report_every = 200");
    let short = short.replace("learn_from = 8000", "learn_from = 0");
    std::fs::write(program.path().join("lagnet.toml"), &short).expect("a write");
    let train = |file: &str, data: &str| {
        program.run(&["train", file, "--data", data, "--backend", "float", "--json"])
    };
    let curve = |data: &str| read(&folder(&program, &train("lagnet.toml", data)), "metrics.jsonl");
    assert_ne!(curve("lagnet"), curve("chain"), "another signal, the same teacher");
    let refused = train("lagnet.toml", "mackey-glass");
    assert_eq!(refused.code, 3);
    assert!(refused.stderr.contains("answered by 0 teachers; the network has 1"), "{refused:?}");
    let alone = short.split("[teacher.weights]").next().expect("a text").to_owned()
        + "[schedule]\nsteps = 400\nreport_every = 200\n";
    std::fs::write(program.path().join("alone.toml"), alone).expect("a write");
    assert_eq!(train("alone.toml", "mackey-glass").code, 0);
    assert!(train("alone.toml", "chain").stderr.contains("LL1325"));
    let unknown = train("alone.toml", "waves");
    assert!(unknown.stderr.contains("LL1302"), "{unknown:?}");
}

#[test]
fn a_place_that_takes_no_run_is_named() {
    let program = with_small();
    std::fs::write(program.path().join("runs"), "a file").expect("a write");
    let refused = program.run(&["train", "small.toml"]);
    assert_eq!(refused.code, 6);
    assert!(refused.stderr.contains("LL5005") && refused.stderr.contains("`runs`"), "{refused:?}");
}

/// `/dev/full` has no room: what a full disk says when a row is written.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_a_run_with_the_file_that_did_not_fit() {
    let program = with_small();
    let run = trained(&program, &["--epochs", "2"]);
    let metrics = run.join("metrics.jsonl");
    std::fs::remove_file(checkpoints(&run).pop().expect("two")).expect("our own file");
    // A limit on the size of files stands for the full disk; a signal would end the program.
    let line = "trap '' XFSZ; ulimit -f 0; exec \"$LEADLAG\" train --resume last";
    let full = program.shell(line);
    assert_eq!(full.code, 6, "{full:?}");
    assert!(full.stderr.contains("LL5004"), "{full:?}");
    assert!(metrics.is_file());
    let again = program.run(&["train", "--resume", "last", "--json"]);
    assert_eq!(folder(&program, &again), run);
}

#[test]
fn a_damaged_checkpoint_names_an_older_one() {
    let program = with_small();
    let run = trained(&program, &[]);
    let expected = results(&run);
    let newest = checkpoints(&run).pop().expect("three");
    let mut bytes = std::fs::read(&newest).expect("a checkpoint");
    bytes[100] ^= 1;
    std::fs::write(&newest, bytes).expect("a write");
    let refused = program.run(&["train", "--resume", "last"]);
    assert_eq!(refused.code, 3);
    assert!(refused.stderr.starts_with("error[LL1316]"), "{refused:?}");
    let older = checkpoints(&run)[1].file_name().expect("a name").to_string_lossy().into_owned();
    assert!(refused.stderr.contains(&older), "{refused:?}");
    std::fs::remove_file(newest).expect("our own file");
    assert_eq!(folder(&program, &program.run(&["train", "--resume", "last", "--json"])), run);
    assert_eq!(results(&run), expected);
}

#[test]
fn a_changed_configuration_is_no_longer_the_run() {
    let program = with_small();
    let run = trained(&program, &[]);
    let page = String::from_utf8(read(&run, "run.toml")).expect("text");
    std::fs::write(run.join("run.toml"), page.replace("epochs = 3", "epochs = 4"))
        .expect("a write");
    let refused = program.run(&["train", "--resume", "last"]);
    assert!(refused.stderr.starts_with("error[LL1318]"), "{refused:?}");
    std::fs::write(run.join("run.toml"), "run = 1").expect("a write");
    let refused = program.run(&["train", "--resume", "last"]);
    assert!(refused.stderr.starts_with("error[LL1317]"), "{refused:?}");
}

#[test]
fn both_curves_of_the_chain_experiment_are_shown() {
    let program = Program::new();
    let chain = include_str!("../../../../examples/chain.toml")
        .replace("405000", "4000")
        .replace("learn_from = 5000", "learn_from = 1000")
        .replace("report_every = 45000", "report_every = 2000");
    std::fs::write(program.path().join("chain.toml"), chain).expect("a write");
    let ended = program.run(&["train", "chain.toml", "--backend", "float"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    let rows = |what: &str| ended.stdout.lines().filter(|l| l.contains(what)).count();
    assert_eq!((rows("  control "), rows("tau_m/ms")), (2, 4), "{ended:?}");
}

/// The reference has no rails: what overflows is said, and is absent from the curve, not a number.
#[test]
fn learning_that_diverges_is_said() {
    let program = with_small();
    let text = SMALL.replace("rule = \"adam\"\neta = 1e-3", "rule = \"sgd\"\neta = 1e300");
    assert_ne!(text, SMALL);
    std::fs::write(program.path().join("small.toml"), text).expect("a write");
    let line = ["train", "small.toml", "--epochs", "2", "--backend", "float", "-q"];
    let ended = program.run(&line);
    assert_eq!(ended.code, 0, "{ended:?}");
    let message = "warning[LL4009]: the loss up to step ";
    assert!(ended.stderr.starts_with(message) && ended.stderr.contains("help: "), "{ended:?}");
}

/// The first Ctrl-C comes after the first rows of many.
#[cfg(unix)]
#[test]
fn an_interrupted_run_goes_on_to_the_same_bits() {
    let program = with_small();
    let line = ["train", "small.toml", "--epochs", "200", "--ckpt-every", "1000", "--json"];
    let child = program.start(&[&line[..], &["-o", "cut"]].concat());
    let begun = (0..6000).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(10));
        only_run(&program, "cut").is_some_and(|run| rows(&run) > 1)
    });
    assert!(begun);
    interrupt(&child);
    assert_eq!(code(child), Some(130));
    let cut = only_run(&program, "cut").expect("a run");
    assert!(rows(&cut) < 200, "it ended before the signal came");
    assert_eq!(checkpoints(&cut).len(), 1);
    let resumed = program.run(&["train", "--resume", "last", "-o", "cut", "--json"]);
    assert_eq!(folder(&program, &resumed), cut);
    let whole = folder(&program, &program.run(&line));
    assert_eq!(checkpoints(&whole).len(), 1);
    assert_eq!(results(&cut), results(&whole));
    assert_eq!(read(&cut, "counters.json"), read(&whole, "counters.json"));
}

#[cfg(unix)]
pub(crate) fn only_run(program: &Program, root: &str) -> Option<PathBuf> {
    let mut entries = std::fs::read_dir(program.path().join(root)).ok()?.filter_map(Result::ok);
    entries.find(|entry| entry.path().join("metrics.jsonl").is_file()).map(|entry| entry.path())
}

#[cfg(unix)]
pub(crate) fn rows(run: &Path) -> usize {
    std::fs::read_to_string(run.join("metrics.jsonl")).map_or(0, |rows| rows.lines().count())
}

/// The rows of a learning curve.
fn curve(folder: &Path) -> Vec<serde_json::Value> {
    let text = String::from_utf8(read(folder, "metrics.jsonl")).expect("text");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// Values of a register file over the whole run.
fn recorded(program: &Program, folder: &Path) -> String {
    let run = folder.display().to_string();
    let ended = program.run(&["trace", &run, "--csv"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    ended.stdout
}

#[test]
fn programs_learn_the_example_to_the_bits_of_the_evaluator() {
    let program = Program::new();
    let text = include_str!("../../../../examples/mnist1d.toml");
    let short = text.replace("length = 360 ", "length = 24\ntrain = 10\ntest = 10 ");
    assert_ne!(short, text);
    std::fs::write(program.path().join("small.toml"), short).expect("a write");
    let line = ["--replicas", "1", "--epochs", "2", "--record", "**.w@480", "--plasticity"];
    let [evaluator, firmware] =
        ["evaluator", "firmware"].map(|name| trained(&program, &[&line[..], &[name]].concat()));
    assert_eq!(read(&evaluator, "net.llimg"), read(&firmware, "net.llimg"));
    let rows = curve(&evaluator);
    assert_eq!((rows.len(), &rows), (2, &curve(&firmware)));
    assert!(rows.iter().all(|row| row["weights_held"].is_u64()), "{rows:?}");
    let weights = recorded(&program, &evaluator);
    assert!(weights.lines().count() > 14_956, "{}", weights.lines().count());
    assert!(weights == recorded(&program, &firmware), "a weight differs");
    let page = |folder: &Path| -> serde_json::Value {
        serde_json::from_slice(&read(folder, "counters.json")).expect("JSON")
    };
    assert!(page(&evaluator)["cores"][0]["instructions"].is_null());
    let core = &page(&firmware)["cores"][0];
    assert!(core["plasticity_cycles"].as_u64() > core["instructions"].as_u64());
    let held = |page: &serde_json::Value| {
        let cores = page["cores"].as_array().expect("cores").iter();
        cores
            .map(|core| {
                (core["soma"]["weight_held"].clone(), core["apical"]["weight_held"].clone())
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(held(&page(&evaluator)), held(&page(&firmware)));
}

#[test]
fn a_run_with_programs_goes_on_from_its_checkpoints_and_repeats() {
    let program = with_small();
    let line = ["--replicas", "1", "--plasticity", "firmware", "--epochs", "2"];
    let whole = trained(&program, &line);
    let expected = results(&whole);
    assert!(
        String::from_utf8(read(&whole, "run.toml"))
            .expect("text")
            .contains("plasticity = \"firmware\"")
    );
    std::fs::remove_file(checkpoints(&whole).pop().expect("the last")).expect("our own file");
    let resumed = program.run(&["train", "--resume", "last", "--json"]);
    assert_eq!(folder(&program, &resumed), whole);
    assert_eq!(results(&whole), expected);
}

#[test]
fn programs_that_cannot_learn_are_refused() {
    let program = with_small();
    let refused = |line: &[&str], code: &str, (exit, text): (i32, &str)| {
        let ended = program.run(line);
        assert!(ended.stderr.starts_with(&format!("error[{code}]")), "{line:?} {ended:?}");
        assert!(ended.stderr.contains(text), "{ended:?}");
        assert_eq!((ended.code, ended.stdout.as_str()), (exit, ""));
        assert!(!program.path().join("runs").exists(), "{line:?}");
    };
    let train = ["train", "small.toml", "--plasticity", "firmware"];
    refused(&train, "LL1380", (3, "20 replicas"));
    let one = [&train[..], &["--replicas", "1"]].concat();
    refused(&[&one[..], &["--backend", "float"]].concat(), "LL1381", (3, "--backend float"));
    let gathers = SMALL.replace("rule = \"adam\"", "rule = \"adam\"\nevery = 4\naccumulate = true");
    assert_ne!(gathers, SMALL);
    std::fs::write(program.path().join("small.toml"), gathers).expect("a write");
    refused(&one, "LL2604", (4, "accumulate = true"));
    let wide = SMALL.replace("size = 6\n", "size = 255\n");
    std::fs::write(program.path().join("small.toml"), wide).expect("a write");
    refused(&one, "LL2600", (4, "65536"));
}
