//! `compile --strict`, `show bounds|passes|counters`, `verify --tol bound --blame --against`.

use serde_json::Value;

use crate::program::{Ended, Program};
use crate::train::{SMALL, with_small};

/// The small network with an image beside it.
fn with_image() -> Program {
    let program = with_small();
    assert_eq!(program.run(&["compile", "small.toml"]).code, 0);
    program
}

fn edited(program: &Program, name: &str, edits: &[(&str, &str)]) {
    let text = edits.iter().fold(SMALL.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    std::fs::write(program.path().join(name), text).expect("a write");
}

fn refused(ended: &Ended, code: i32, diagnostic: &str) {
    assert_eq!(ended.code, code, "{ended:?}");
    assert!(ended.stderr.contains(&format!("error[{diagnostic}]: ")), "{ended:?}");
}

#[test]
fn an_emulation_that_could_be_seen_is_refused_or_warned_about() {
    let program = with_small();
    // A time constant of 5000 steps, and converters that see the last bits of it.
    edited(
        &program,
        "slow.toml",
        &[("\"1.2 ms\"\ntau_r = \"0.2 ms\"", "\"1000 ms\"\ntau_r = \"100 ms\"")],
    );
    let fine = ["--set", "payload_bits=16", "--set", "adc.bits=16"];
    let compile = |flags: &[&str]| program.run(&[&["compile", "slow.toml"], flags, &fine].concat());
    let strict = compile(&[]);
    refused(&strict, 4, "LL4003");
    assert!(strict.stderr.contains("layer `h`, soma") && strict.stderr.contains("at most 0.25"));
    assert!(strict.stderr.contains("`--strict warn`"), "{strict:?}");
    assert_eq!(program.files().len(), 2, "nothing was written");
    let warned = compile(&["--strict", "warn"]);
    assert_eq!(warned.code, 0, "{warned:?}");
    assert!(warned.stderr.contains("warning[LL4003]: "), "{warned:?}");
    // The way out that is offered works.
    let refusal = strict.stderr.split("error[LL4003]").nth(1).expect("a refusal");
    let help = refusal.split('`').find(|part| part.starts_with("--set")).expect("a way out");
    let way_out: Vec<&str> = help.split_whitespace().collect();
    let line = [&["compile", "slow.toml", "--force"][..], &fine, &way_out].concat();
    assert_eq!(program.run(&line).code, 0, "{line:?}");
}

#[test]
fn a_compilation_states_its_bounds_and_show_splits_them_by_cause() {
    let program = with_small();
    let compiled = program.run(&["compile", "small.toml"]);
    assert!(compiled.stdout.contains("\n  bounds      out  |dr| <= "), "{compiled:?}");
    assert!(compiled.stdout.contains("(weights ") && compiled.stdout.contains("\n  emulation   "));
    let form = program.run(&["show", "bounds", "small.llimg", "--json"]).json_stdout();
    let rates = form["bounds"]["rates"].as_array().expect("populations");
    let number = |value: &Value| value.as_f64().expect("a number");
    for population in rates {
        let causes = population["causes"].as_object().expect("causes");
        let sum: f64 = causes.values().map(number).sum();
        let bound = number(&population["bound"]);
        assert!((sum - bound).abs() <= 1e-9 * bound, "{population}");
        assert_eq!(causes.len(), 6);
    }
    for circuit in form["bounds"]["emulation"].as_array().expect("circuits") {
        assert!(number(&circuit["share"]) < 0.25, "{circuit}");
    }
    let page = program.run(&["show", "bounds", "small.toml"]);
    assert!(page.stdout.contains("|dr| <=") && page.stdout.contains("apical"), "{page:?}");
}

#[test]
fn the_chip_keeps_its_bound_and_a_loop_has_none() {
    let program = with_image();
    for name in ["small.toml", "small.llimg"] {
        let kept = program.run(&["verify", name, "--tol", "bound", "--steps", "300"]);
        assert_eq!((kept.code, kept.stderr.as_str()), (0, ""), "{kept:?}");
        assert!(kept.stdout.trim_end().ends_with("each within its bound: PASS"), "{kept:?}");
    }
    let looped = "chain = [\"in\", \"h\", \"out\"]\n[[projection]]\nfrom = \"h\"\nto = \"h\"\ninit = { constant = 0.5 }";
    edited(&program, "loop.toml", &[("chain = [\"in\", \"h\", \"out\"]", looped)]);
    let none = program.run(&["verify", "loop.toml", "--tol", "bound"]);
    refused(&none, 4, "LL4007");
    assert!(none.stderr.contains("enlarges a deviation 3.000 times per step"), "{none:?}");
    let compiled = program.run(&["compile", "loop.toml"]);
    assert!(compiled.stdout.contains("bounds      uncertified: a loop through h"), "{compiled:?}");
}

#[test]
fn a_bound_says_nothing_about_a_run_in_which_codes_are_clipped() {
    let program = with_small();
    edited(&program, "narrow.toml", &[("[task]", "[map]\nrate_range = 0.01\n[task]")]);
    let void = program.run(&["verify", "narrow.toml", "--tol", "bound", "--steps", "300"]);
    assert_eq!(void.code, 1, "{void:?}");
    assert!(void.stderr.contains("warning[LL4008]") && void.stderr.contains("codes of `out`"));
    assert!(void.stdout.contains("the bound says nothing here  FAIL"), "{void:?}");
}

#[test]
fn blame_ends_at_the_chip_and_names_who_moved_it() {
    let program = with_image();
    let line = ["verify", "small.llimg", "--blame", "--steps", "200", "--tol", "0.01", "--json"];
    let ended = program.run(&line);
    assert_eq!(ended.code, 1);
    let form: Value = serde_json::from_str(&ended.stdout).expect("JSON");
    let blame = &form["blame"];
    assert_eq!(blame["exact"], true);
    let stages = blame["stages"].as_array().expect("stages");
    let names: Vec<_> =
        stages.iter().map(|stage| stage["quantiser"].as_str().unwrap_or("")).collect();
    assert_eq!(names, ["weights", "dac", "payload", "tables", "state"]);
    let shares: f64 = stages.iter().filter_map(|stage| stage["share"].as_f64()).sum();
    assert!((shares - 1.0).abs() < 1e-9);
    assert!(names.contains(&blame["culprit"]["quantiser"].as_str().unwrap_or("")), "{blame}");
    let first = &form["populations"].as_array().expect("populations")[0]["first"];
    assert_eq!(blame["culprit"]["step"], first["step"]);
    // With words as wide as they go, the converter has nothing left to answer for.
    let wide = ["verify", "small.toml", "--blame", "--steps", "200", "--set", "dac_bits=16"];
    let page = program.run(&wide);
    assert!(page.stdout.contains("bit for bit") && page.stdout.contains("blamed"), "{page:?}");
}

#[test]
fn an_image_carries_its_reference() {
    let program = with_image();
    let text =
        |name: &str| program.run(&["run", name, "--backend", "float", "--json"]).json_stdout();
    assert_eq!(text("small.toml"), text("small.llimg"));
    assert_eq!(program.run(&["compile", "small.toml", "--text"]).code, 0);
    let whole = program.read("small.llimg.txt");
    let bare = whole.split("\n[recipe]").next().expect("a text").to_owned() + "\n";
    assert!(bare.len() < whole.len());
    std::fs::write(program.path().join("bare.llimg.txt"), bare).expect("a write");
    refused(&program.run(&["run", "bare.llimg.txt"]), 3, "LL1407");
    refused(&program.run(&["verify", "bare.llimg.txt"]), 3, "LL1305");
    refused(&program.run(&["train", "bare.llimg.txt", "--backend", "float"]), 3, "LL1305");
    let shown = program.run(&["show", "bounds", "bare.llimg.txt"]);
    assert_eq!(shown.code, 0);
    assert!(shown.stderr.contains("LL1305") && shown.stdout.contains("apical"), "{shown:?}");
    let other =
        whole.replace("name = \"h\"\ntau = [{ count = 6", "name = \"h\"\ntau = [{ count = 7");
    assert_ne!(other, whole);
    std::fs::write(program.path().join("other.llimg.txt"), other).expect("a write");
    refused(&program.run(&["verify", "other.llimg.txt"]), 3, "LL1320");
}

#[test]
fn the_engines_agree() {
    let program = with_image();
    let line = ["verify", "small.llimg", "--against", "functional", "--steps", "100", "--json"];
    let form = program.run(&line).json_stdout();
    assert_eq!((&form["pass"], &form["learning"]), (&true.into(), &true.into()));
    assert_eq!(form["mismatch"], Value::Null);
    let form = program.run(&["verify", "small.toml", "--against", "cycle", "--json"]).json_stdout();
    assert_eq!((&form["engine"], &form["pass"]), (&"cycle".into(), &true.into()));
    assert!(form["clock"]["cycles"].as_u64() > Some(0), "{form}");
    assert_eq!(form["clock"]["events_announced"], form["clock"]["events_delivered"]);
}

#[test]
fn two_chips_are_the_same_or_part_somewhere() {
    let program = with_image();
    let same = program.run(&["verify", "small.toml", "--against", "small.llimg", "--steps", "200"]);
    assert_eq!(same.code, 0, "{same:?}");
    assert!(same.stdout.contains("bit exact  PASS") && same.stdout.contains("the same as that of"));
    edited(
        &program,
        "other.toml",
        &[("tau_m = \"1.2 ms\"\ntau_r = \"0.2 ms\"", "tau_m = \"1.4 ms\"\ntau_r = \"0.2 ms\"")],
    );
    let parted =
        program.run(&["verify", "small.toml", "--against", "other.toml", "--steps", "200"]);
    assert_eq!(parted.code, 1);
    assert!(
        parted.stdout.contains("first       step ") && parted.stdout.contains("FAIL"),
        "{parted:?}"
    );
    edited(&program, "wide.toml", &[("size = 6", "size = 7")]);
    let shape = program.run(&["verify", "small.toml", "--against", "wide.toml"]);
    refused(&shape, 3, "LL1324");
    assert!(shape.stderr.contains("`h` has 6 neurons; in the other network it has 7"), "{shape:?}");
}

#[test]
fn runs_are_compared_by_chip_and_curve() {
    let program = with_small();
    for flags in [&[][..], &[], &["--seed", "2"], &["--backend", "float"]] {
        let line = [&["train", "small.toml", "--epochs", "1"], flags].concat();
        assert_eq!(program.run(&line).code, 0);
    }
    let mut runs = std::fs::read_dir(program.path().join("runs"))
        .expect("runs")
        .map(|entry| format!("runs/{}", entry.expect("an entry").file_name().to_string_lossy()))
        .collect::<Vec<_>>();
    runs.sort();
    let verify = |a: &str, b: &str| program.run(&["verify", a, "--against", b, "--steps", "50"]);
    let same = verify(&runs[0], &runs[1]);
    assert_eq!(same.code, 0, "{same:?}");
    assert!(same.stdout.contains("curve       1 rows, the same  PASS"), "{same:?}");
    let other = verify(&runs[0], &runs[2]);
    assert_eq!(other.code, 1);
    assert!(other.stdout.contains("curve       row 0: `"), "{other:?}");
    assert_eq!(verify("small.toml", &runs[0]).code, 0);
    refused(&verify("small.toml", "last"), 3, "LL1323");
    let counters = program.run(&["show", "counters", &runs[0]]);
    assert!(
        counters.stdout.contains("apical") && counters.stdout.contains("20 chips"),
        "{counters:?}"
    );
    let form = program.run(&["show", "counters", &runs[0], "--json"]).json_stdout();
    assert_eq!(form["schema"], "leadlag.counters/1");
}

#[test]
fn passes_are_listed_in_order() {
    let program = Program::new();
    let form = program.run(&["show", "passes", "--json"]).json_stdout();
    let names: Vec<_> =
        form["passes"].as_array().expect("passes").iter().map(|p| &p["name"]).collect();
    assert_eq!(names, ["check", "partition", "place", "scale", "emit"]);
    assert!(program.run(&["show", "passes"]).stdout.contains("emit       writes words"));
    assert_eq!(program.run(&["show", "bounds"]).code, 2);
}

#[test]
fn updates_that_vanish_are_warned_about() {
    let program = with_small();
    let sgd = "rule = \"sgd\"\nrounding = \"nearest\"";
    edited(
        &program,
        "none.toml",
        &[("rule = \"adam\"", sgd), ("eta = 1e-3", "eta = 1e-12\ndecay = 1e-6")],
    );
    let none = program.run(&["compile", "none.toml"]);
    assert_eq!(none.code, 0);
    assert!(none.stderr.contains("warning[LL4004]: no update of `"), "{none:?}");
    assert!(none.stderr.contains("warning[LL4006]"), "{none:?}");
    edited(&program, "few.toml", &[("rule = \"adam\"", sgd), ("eta = 1e-3", "eta = 1e-4")]);
    let few = program.run(&["compile", "few.toml"]);
    assert!(few.stderr.contains("warning[LL4005]: an ordinary update of `"), "{few:?}");
    edited(
        &program,
        "drawn.toml",
        &[("rule = \"adam\"", "rule = \"sgd\""), ("eta = 1e-3", "eta = 1e-2")],
    );
    assert_eq!(program.run(&["compile", "drawn.toml"]).stderr, "");
}

#[test]
fn manual_pages_are_made_for_every_verb() {
    let program = Program::new();
    let page = program.run(&["man"]);
    assert!(page.code == 0 && page.stdout.contains(".TH leadlag 1"), "{page:?}");
    assert!(program.run(&["man", "verify"]).stdout.contains("blame"));
    assert_eq!(program.run(&["man", "fly"]).code, 2);
    assert_eq!(program.run(&["man", "-o", "man"]).code, 0);
    for name in ["leadlag.1", "leadlag-compile.1", "leadlag-verify.1"] {
        assert!(program.read(&format!("man/{name}")).contains(".SH NAME"), "{name}");
    }
    refused(&program.run(&["man", "-o", "man"]), 6, "LL5003");
    assert!(!program.run(&["help"]).stdout.contains("manual page"));
}
