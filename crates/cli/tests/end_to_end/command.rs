//! Verbs and global flags.

use crate::program::Program;

#[test]
fn no_verb_is_wrong_usage_and_help_is_not() {
    let program = Program::new();
    let none = program.run(&[]);
    assert_eq!(none.code, 2);
    assert!(none.stdout.is_empty() && none.stderr.contains("Usage: leadlag"), "{none:?}");
    let help = program.run(&["help"]);
    assert_eq!((help.code, help.stderr.as_str()), (0, ""));
    assert!(help.stdout.contains("Usage: leadlag") && help.stdout.contains("new"));
    assert_eq!(
        program.run(&["--version"]).stdout.trim(),
        concat!("leadlag ", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn help_explains_verbs_and_codes_and_refuses_the_rest() {
    let program = Program::new();
    let verb = program.run(&["help", "new"]);
    assert_eq!(verb.code, 0);
    assert!(verb.stdout.contains("--template") && verb.stdout.contains("--chip-seed"));
    let code = program.run(&["help", "ll5003"]);
    assert_eq!(code.code, 0);
    assert!(code.stdout.starts_with("error[LL5003]: "), "{code:?}");
    let unknown = program.run(&["help", "LL0000"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (2, ""));
    assert!(unknown.stderr.contains("LL0000"), "{unknown:?}");
}

#[test]
fn json_is_one_object_with_a_schema() {
    let program = Program::new();
    let explained = program.run(&["help", "LL5003", "--json"]).json_stdout();
    assert_eq!(explained["schema"], "leadlag.explanation/1");
    assert_eq!(explained["diagnostic"]["code"], "LL5003");
    let made = program.run(&["new", "first", "--json"]).json_stdout();
    assert_eq!((&made["schema"], &made["path"]), (&"leadlag.new/1".into(), &"first.toml".into()));
}

#[test]
fn a_new_network_is_written_once_and_replaced_only_by_force() {
    let program = Program::new();
    let made = program.run(&["new", "first"]);
    assert_eq!(made.code, 0);
    assert!(made.stdout.contains("first.toml"), "{made:?}");
    assert!(program.read("first.toml").contains("first"));
    let again = program.run(&["new", "first", "--template", "chain"]);
    assert_eq!((again.code, again.stdout.as_str()), (6, ""));
    assert!(again.stderr.starts_with("error[LL5003]: `first.toml` exists already"), "{again:?}");
    assert!(again.stderr.contains("--force"));
    let before = program.read("first.toml");
    assert_eq!(program.run(&["new", "first", "--template", "chain", "--force"]).code, 0);
    assert_ne!(program.read("first.toml"), before);
    assert_eq!(program.files(), ["first.toml"]);
}

#[test]
fn a_dash_sends_the_file_to_stdout_and_nothing_else() {
    let program = Program::new();
    let printed = program.run(&["new", "first", "-o", "-"]);
    assert_eq!(program.run(&["new", "first"]).code, 0);
    assert_eq!(printed.stdout, program.read("first.toml"));
}

#[test]
fn a_bad_name_is_an_input_error_and_leaves_no_file() {
    let program = Program::new();
    let refused = program.run(&["new", "a/b"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (3, ""));
    assert!(refused.stderr.starts_with("error[LL1401]: `a/b` (3 characters) is no name"));
    assert!(program.files().is_empty());
}

#[test]
fn diagnostics_become_json_lines() {
    let program = Program::new();
    let refused = program.run(&["new", "a/b", "--json"]);
    assert_eq!(refused.code, 3);
    let value: serde_json::Value = serde_json::from_str(&refused.stderr).expect("one JSON object");
    assert_eq!(value["schema"], "leadlag.diagnostic/1");
    assert_eq!((&value["code"], &value["severity"]), (&"LL1401".into(), &"error".into()));
    assert!(value["help"].as_array().is_some_and(|help| !help.is_empty()));
}

#[test]
fn colour_comes_only_when_asked_for() {
    let program = Program::new();
    let escape = '\u{1b}';
    assert!(!program.run(&["new", "a/b"]).stderr.contains(escape));
    assert!(!program.run(&["new", "a/b", "--color", "never"]).stderr.contains(escape));
    assert!(program.run(&["new", "a/b", "--color", "always"]).stderr.contains(escape));
    assert!(!program.run(&["nosuch", "--color=never"]).stderr.contains(escape));
    assert!(program.run(&["nosuch", "--color", "always"]).stderr.contains(escape));
    let asked_not_to = program.run_with(&["new", "a/b"], &[("NO_COLOR", "1")]);
    assert!(!asked_not_to.stderr.contains(escape));
}

#[test]
fn the_working_folder_is_changed_first() {
    let program = Program::new();
    program.make_folder("sub");
    assert_eq!(program.run(&["-C", "sub", "new", "first"]).code, 0);
    assert!(program.read("sub/first.toml").contains("first"));
    let lost = program.run(&["-C", "nowhere", "new", "first"]);
    assert_eq!(lost.code, 6);
    assert!(lost.stderr.contains("[LL5006]") && lost.stderr.contains("`nowhere`"), "{lost:?}");
}

#[test]
fn an_impossible_place_is_named_with_the_reason() {
    let program = Program::new();
    let lost = program.run(&["new", "first", "-o", "nowhere/first.toml"]);
    assert_eq!(lost.code, 6);
    assert!(lost.stderr.contains("[LL5002]") && lost.stderr.contains("nowhere/first.toml"));
    assert!(lost.stderr.contains("help: make the folder `nowhere` first"), "{lost:?}");
    assert!(program.files().is_empty());
}

#[test]
fn out_takes_the_place_of_stdout_where_no_file_is_made() {
    let program = Program::new();
    let quiet = program.run(&["help", "LL5003", "-o", "page.txt"]);
    assert_eq!((quiet.code, quiet.stdout.as_str()), (0, ""));
    assert_eq!(program.read("page.txt"), program.run(&["help", "LL5003"]).stdout);
    assert_eq!(program.run(&["help", "LL5003", "-o", "page.txt"]).code, 6);
}

#[test]
fn completions_know_the_verbs() {
    let script = Program::new().run(&["completions", "bash"]);
    assert_eq!(script.code, 0);
    assert!(script.stdout.contains("_leadlag") && script.stdout.contains("new"));
    assert!(!Program::new().run(&["help"]).stdout.contains("completions"));
}

/// Bars and remarks go, what a result is worth stays.
#[test]
fn quiet_keeps_warnings() {
    let program = Program::new();
    assert_eq!(program.run(&["new", "bare", "--template", "empty"]).code, 0);
    for verb in [&["compile", "bare.toml", "--dry-run"][..], &["show", "map", "bare.toml"]] {
        let loud = program.run(verb);
        assert!(loud.stderr.starts_with("warning[LL4002]: "), "{loud:?}");
        let quiet = program.run(&[verb, &["-q"]].concat());
        assert_eq!((quiet.code, quiet.stderr, quiet.stdout), (0, loud.stderr, loud.stdout));
    }
}
