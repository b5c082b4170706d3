//! `leadlag compile` and `leadlag show`.

use crate::program::Program;

fn with_network() -> Program {
    let program = Program::new();
    assert_eq!(program.run(&["new", "first"]).code, 0);
    program
}

#[test]
fn a_template_fits_the_chip_and_its_image_is_shown_as_it_was_mapped() {
    let program = with_network();
    let compiled = program.run(&["compile", "first.toml"]);
    assert_eq!((compiled.code, compiled.stderr.as_str()), (0, ""), "{compiled:?}");
    assert!(compiled.stdout.contains("wrote       first.llimg"), "{compiled:?}");
    assert!(compiled.stdout.contains("70 neurons, 1300 plastic weights"), "{compiled:?}");
    let shown = program.run(&["show", "map", "first.llimg"]);
    assert_eq!(shown.code, 0);
    assert!(compiled.stdout.starts_with(shown.stdout.trim_end()), "{compiled:?}\n{shown:?}");
    let form = program.run(&["show", "map", "first.llimg", "--json"]).json_stdout();
    assert_eq!(form["map"]["cores"].as_array().map(Vec::len), Some(3));
    assert_eq!(form["map"]["cores"][0]["neurons"], 30);
}

#[test]
fn both_forms_of_an_image_are_the_same_image() {
    let program = with_network();
    assert_eq!(program.run(&["compile", "first.toml"]).code, 0);
    assert_eq!(program.run(&["compile", "first.toml", "--text"]).code, 0);
    let shown = |name| program.run(&["show", "weights", name, "--json"]).json_stdout();
    let binary = shown("first.llimg");
    assert_eq!(binary, shown("first.llimg.txt"));
    assert_eq!(binary["groups"][0]["label"], "in -> h1");
    for group in binary["groups"].as_array().expect("groups of rows") {
        let words = group["words"].as_array().map(Vec::len);
        let size = |name: &str| group[name].as_u64().expect("a number");
        let expected = usize::try_from(size("rows") * size("columns")).expect("a small array");
        assert_eq!(words, Some(expected), "{}", group["label"]);
    }
}

#[test]
fn an_image_is_a_function_of_network_chip_and_seed() {
    let program = with_network();
    let image = |flags: &[&str]| {
        let line = [&["compile", "first.toml", "--force"], flags].concat();
        assert_eq!(program.run(&line).code, 0, "{line:?}");
        program.bytes("first.llimg")
    };
    let plain = image(&[]);
    assert_eq!(image(&["--threads", "1"]), plain);
    assert_ne!(image(&["--seed", "2"]), plain);
    assert_ne!(image(&["--set", "rows=512"]), plain);
}

#[test]
fn a_dry_run_prints_the_mapping_and_writes_nothing() {
    let program = with_network();
    let tried = program.run(&["compile", "first.toml", "--dry-run"]);
    assert_eq!(tried.code, 0);
    assert!(tried.stdout.contains("in use      3 of 16 cores"), "{tried:?}");
    assert_eq!(program.files(), ["first.toml"]);
}

#[test]
fn what_does_not_fit_is_said_with_both_numbers_and_its_line() {
    let program = with_network();
    let refused = program.run(&["compile", "first.toml", "--set", "rows=16"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (4, ""));
    assert!(
        refused.stderr.contains("needs 31 inputs per neuron; a core has 16 rows"),
        "{refused:?}"
    );
    assert!(refused.stderr.contains("first.toml:") && refused.stderr.contains("help: "));
    assert_eq!(program.files(), ["first.toml"]);
}

#[test]
fn a_wrong_network_is_quoted_where_it_is_wrong() {
    let program = with_network();
    let text = program.read("first.toml").replace("dt = \"0.2 ms\"", "dt = 0.2");
    std::fs::write(program.path().join("first.toml"), text).expect("a write");
    let refused = program.run(&["compile", "first.toml"]);
    assert_eq!(refused.code, 3);
    assert!(refused.stderr.contains("first.toml:6:6"), "{}", refused.stderr);
    assert!(refused.stderr.contains("dt = 0.2"), "{}", refused.stderr);
}

#[test]
fn a_damaged_image_is_an_input_error() {
    let program = with_network();
    assert_eq!(program.run(&["compile", "first.toml"]).code, 0);
    let mut bytes = program.bytes("first.llimg");
    bytes.truncate(bytes.len() - 1);
    std::fs::write(program.path().join("cut.llimg"), bytes).expect("a write");
    let refused = program.run(&["show", "map", "cut.llimg"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (3, ""));
    assert!(refused.stderr.starts_with("error[LL124"), "{refused:?}");
    let settled = program.run(&["show", "map", "first.llimg", "--set", "rows=512"]);
    assert_eq!(settled.code, 3);
    assert!(settled.stderr.starts_with("error[LL1402]"), "{settled:?}");
}

#[test]
fn a_shown_chip_is_a_chip_file() {
    let program = Program::new();
    let line = ["show", "chip", "--set", "name=mine", "--set", "rows=512", "-o", "mine.toml"];
    assert_eq!(program.run(&line).code, 0);
    let again = program.run(&["show", "chip", "mine.toml"]);
    assert_eq!(again.code, 0);
    assert_eq!(again.stdout, program.read("mine.toml"));
    assert!(again.stdout.contains("rows = 512"), "{again:?}");
    assert_eq!(program.run(&["show", "chip", "ll1"]).stdout, program.run(&["show", "chip"]).stdout);
    assert_eq!(program.run(&["show", "map"]).code, 2);
    let wrong = program.run(&["show", "chip", "--set", "rows=0"]);
    assert_eq!(wrong.code, 3);
    assert!(wrong.stderr.contains("LL1204"), "{wrong:?}");
}

/// One `-v` says what was measured, two say what was done; neither touches stdout.
#[test]
fn verbose_explains_the_scales_on_stderr() {
    let program = with_network();
    let compile = |flags: &[&str]| {
        let ended = program.run(&[&["compile", "first.toml", "--dry-run"], flags].concat());
        (ended.stdout.clone(), ended.stderr.contains("calibrated"), ended.stderr.contains("pass "))
    };
    let (page, ..) = compile(&[]);
    assert_eq!(compile(&[]), (page.clone(), false, false));
    assert_eq!(compile(&["-v"]), (page.clone(), true, false));
    assert_eq!(compile(&["-vv"]), (page, true, true));
}

const RULE: &str = "\
param eta : q15 = 0.02
dw = eta*e*r
";

/// Nine instructions and 62 cycles a row of 256 columns, which is the sum of the table by hand.
#[test]
fn a_rule_alone_is_listed_with_its_cycles_and_its_program_assembles() {
    let program = Program::new();
    std::fs::write(program.path().join("gle.rule"), RULE).expect("a written file");
    let listed = program.run(&["compile", "gle.rule", "--json"]);
    assert_eq!((listed.code, listed.stderr.as_str()), (0, ""), "{listed:?}");
    let listed = listed.json_stdout();
    assert_eq!(listed["cycles_per_row"], 62);
    let written = program.run(&["compile", "gle.rule", "-o", "gle.s"]);
    assert_eq!(written.code, 0, "{written:?}");
    let counted = program.run(&["compile", "gle.s", "--json"]);
    assert_eq!((counted.code, counted.stderr.as_str()), (0, ""), "{counted:?}");
    assert_eq!(program.files().len(), 2, "a program is only listed");
    let wrong = program.run(&["compile", "absent.s"]);
    assert_eq!(wrong.code, 6, "{wrong:?}");
}
