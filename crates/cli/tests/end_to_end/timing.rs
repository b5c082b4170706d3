//! Flags and chips that need time, refused where there is none.

use crate::program::Program;
use crate::train::SMALL;

fn refused(program: &Program, line: &str, code: &str, text: &str) {
    let words: Vec<&str> = line.split(' ').collect();
    let ended = program.run(&words);
    assert!(ended.stderr.starts_with(&format!("error[{code}]")), "{line}: {ended:?}");
    assert!(ended.stderr.contains(text), "{line}: {ended:?}");
    assert_eq!((ended.stdout.as_str(), program.path().join("runs").exists()), ("", false));
}

#[test]
fn what_depends_on_time_is_refused_without_it() {
    let program = Program::new();
    let write = |text: &str| {
        std::fs::write(program.path().join("small.toml"), text).expect("a write");
    };
    write(SMALL);
    refused(
        &program,
        "run small.toml --engine functional --sample 1/4",
        "LL1411",
        "--engine cycle",
    );
    let free = "train small.toml --engine cycle --set mode=free-running";
    refused(&program, &format!("{free} --sample 1/4"), "LL1412", "3 of 4 steps");
    refused(&program, &format!("{free} --set cycles_per_step=9"), "LL1413", "leaves it 7");
    // The way out that is named is one.
    let found =
        program.run(&format!("{free} --set cycles_per_step=9").split(' ').collect::<Vec<_>>());
    let (_, enough) = found.stderr.split_once("cycles_per_step=").expect("a number of cycles");
    let enough: String = enough.chars().take_while(char::is_ascii_digit).collect();
    let line = format!("{free} --epochs 1 --set cycles_per_step={enough}");
    assert_eq!(program.run(&line.split(' ').collect::<Vec<_>>()).code, 0, "{enough}");
    std::fs::remove_dir_all(program.path().join("runs")).expect("our own folder");
    let waits = "train small.toml --engine cycle --set wait_for_plasticity=false";
    refused(&program, waits, "LL1413", "wait_for_plasticity=true");
    write(&SMALL.replace("rule = \"adam\"", "rule = \"adam\"\nevery = 4\naccumulate = true"));
    refused(&program, "train small.toml --engine cycle", "LL2605", "--engine functional");
}

#[test]
fn a_free_running_step_with_cycles_enough_serves_the_evaluator() {
    let program = Program::new();
    std::fs::write(program.path().join("small.toml"), SMALL).expect("a write");
    let line = "train small.toml --epochs 1 --engine cycle --set mode=free-running";
    let words: Vec<&str> = line.split(' ').collect();
    assert_eq!(program.run(&words).code, 0);
}
