//! `--fault`: what breaks is counted, repeats, and ends a run only if it must.

use crate::program::{Ended, Program};
use crate::train::{folder, read, results, with_small};

fn run(program: &Program, flags: &[&str]) -> Ended {
    program.run(&[&["run", "small.toml", "--steps", "12", "--json"], flags].concat())
}

#[test]
fn faults_are_counted_and_repeat() {
    let program = with_small();
    let faults = ["--fault", "weights=30@step:0", "--fault", "rows=1e-2", "--fault", "states=1e-2"];
    let answer = |flags: &[&str]| {
        let ended = run(&program, &[&faults[..], &["-o", "o.npz", "--force"], flags].concat());
        assert_eq!((ended.code, ended.stderr.as_str()), (0, ""), "{ended:?}");
        (ended.json_stdout()["faults"].clone(), program.bytes("o.npz"))
    };
    let (counts, values) = answer(&[]);
    assert_eq!(counts["weights"], 30, "one block of samples on one weight state: {counts}");
    assert!(counts["rows"].as_u64() > Some(0) && counts["states"].as_u64() > Some(0), "{counts}");
    assert_eq!(counts["packets_flipped"], serde_json::Value::Null, "no packet, no count");
    for flags in [&["--threads", "2"][..], &["--threads", "4"]] {
        assert_eq!(answer(flags), (counts.clone(), values.clone()));
    }
    // The theorem, for a broken chip.
    assert_eq!(answer(&["--engine", "cycle"]).1, values);
    assert_ne!(answer(&["--chip-seed", "2"]).1, values, "another chip breaks elsewhere");
    // One chip after the other, recorded, gives what many at a time give.
    let ended = run(&program, &[&faults[..], &["-o", "p.npz", "--record", "**.u@5"]].concat());
    assert_eq!((ended.code, program.bytes("p.npz")), (0, values));
    let sound = run(&program, &[]).json_stdout();
    assert_eq!(sound["faults"], serde_json::Value::Null);
}

#[test]
fn a_snapshot_goes_on_with_the_same_faults() {
    let program = with_small();
    let line = ["--fault", "rows=1e-2", "--fault", "core=0,0@step:9", "--break", "step == 7"];
    let first = run(&program, &line).json_stdout();
    let snapshot = first["snapshots"][0].as_str().expect("a path").to_owned();
    let rest = run(&program, &[&line[..4], &["--from", &snapshot, "-o", "a.npz"]].concat());
    assert_eq!(rest.code, 0, "{rest:?}");
    let whole = run(&program, &[&line[..4], &["--record", "**.u", "-o", "b.npz"]].concat());
    assert_eq!(whole.code, 0, "{whole:?}");
    assert_eq!(program.bytes("a.npz"), program.bytes("b.npz"));
    // A run folder repeats its run, faults and all.
    let made = program.path().join(whole.json_stdout()["folder"].as_str().expect("a path"));
    let text = String::from_utf8(read(&made, "run.toml")).expect("text");
    assert!(text.contains("faults = [\"rows=1e-2\", \"core=0,0@step:9\"]"), "{text}");
    let again = made.join("run.toml").display().to_string();
    let again = program.run(&["run", &again, "--json", "-o", "c.npz"]);
    assert_eq!((again.code, program.bytes("c.npz")), (0, program.bytes("b.npz")), "{again:?}");
    let counters: serde_json::Value =
        serde_json::from_slice(&read(&made, "counters.json")).expect("JSON");
    assert!(counters["faults"]["rows"].as_u64() > Some(0), "{counters}");
    assert_eq!(counters["cores"][0]["upsets"]["weights"], 0, "{counters}");
}

#[test]
fn training_goes_on_from_a_checkpoint_with_the_same_faults() {
    let program = with_small();
    let faults = ["--fault", "weights=1e-6", "--fault", "states=1e-5"];
    let line = [&["train", "small.toml", "--json"], &faults[..]].concat();
    let whole = folder(&program, &program.run(&line));
    assert!(whole.join("trained.llimg").exists());
    let other = folder(&program, &program.run(&[&line[..], &["--threads", "2"]].concat()));
    assert_eq!(results(&whole), results(&other));
    for name in ["000120", "000121"] {
        drop(std::fs::remove_file(other.join(format!("ckpt/{name}.ckpt"))));
    }
    let mut left = crate::train::checkpoints(&other);
    std::fs::remove_file(left.pop().expect("a last one")).expect("removed");
    let name = other.display().to_string();
    let resumed = program.run(&["train", "--resume", &name, "--json"]);
    assert_eq!(resumed.code, 0, "{resumed:?}");
    assert_eq!(results(&whole), results(&other));
    let sound = folder(&program, &program.run(&["train", "small.toml", "--json"]));
    assert_ne!(results(&whole)[0], results(&sound)[0]);
}

#[test]
fn a_run_may_stop_at_the_first_fault() {
    let program = with_small();
    for flags in [&[][..], &["--engine", "cycle"], &["--record", "**.u"]] {
        let stop = ["--fault", "weights=2@step:5", "--on-fault", "stop"];
        let ended = run(&program, &[&stop[..], flags].concat());
        assert_eq!(ended.code, 5, "{ended:?}");
        assert!(ended.stderr.contains("LL3671"), "{ended:?}");
        assert!(ended.stderr.contains("step 5: 2 words or cores were struck"), "{ended:?}");
    }
}

/// A barrier that cannot close ends the run with what waits for what, and never hangs; without a
/// barrier the same chip goes on, and counts what it loses.
#[test]
fn a_dead_link_starves_the_barrier_or_is_counted() {
    let program = with_small();
    let dead = ["--engine", "cycle", "--fault", "link=0,0,+x@step:3"];
    for flags in [&[][..], &["--record", "**.u"]] {
        let ended = run(&program, &[&dead[..], flags].concat());
        assert_eq!(ended.code, 5, "{ended:?}");
        for part in [
            "LL3630",
            "step 3: the barrier waits for 6 events that do not land",
            "the barrier waits for core (1, 0), soma row 0, which waits for column 0 of core (0, 0), whose next event waits for the barrier",
        ] {
            assert!(ended.stderr.contains(part), "{part} {ended:?}");
        }
    }
    let free = ["--set", "mode=free-running", "--set", "cycles_per_step=400"];
    let ended = run(&program, &[&dead[..], &free].concat());
    assert_eq!(ended.code, 0, "{ended:?}");
    let faults = &ended.json_stdout()["faults"];
    // Six rates in each of nine steps of each of the samples, a block of 64.
    assert_eq!(faults["packets_lost"], 6 * 9 * 64, "{faults}");
}

/// A program that never sleeps starves the barrier; it is found, and not waited for.
#[test]
fn a_program_that_never_sleeps_is_found() {
    let program = with_small();
    let spin = " lui t0, 0x10\n csrw mie, t0\n wfi\nspin: addi t0, t0, 1\n j spin\n";
    std::fs::write(program.path().join("spin.s"), spin).expect("a write");
    for engine in ["functional", "cycle"] {
        let line = ["train", "small.toml", "--replicas", "1", "--program", "spin.s"];
        let ended = program.run(&[&line[..], &["--engine", engine]].concat());
        assert_eq!(ended.code, 5, "{ended:?}");
        assert!(ended.stderr.contains("LL3602"), "{ended:?}");
        assert!(ended.stderr.contains("the step took more than 10000000 cycles"), "{ended:?}");
    }
}

#[test]
fn faults_that_cannot_be_are_refused() {
    let program = with_small();
    let refused = |flags: &[&str], code: &str| {
        let ended = program.run(&[&["run", "small.toml"], flags].concat());
        assert_eq!(ended.code, 3, "{ended:?}");
        assert!(ended.stderr.contains(&format!("error[{code}]")), "{ended:?}");
    };
    refused(&["--fault", "weights"], "LL1471");
    refused(&["--fault", "packets=1e-3"], "LL1472");
    refused(&["--fault", "core=0,0@cycle:9"], "LL1472");
    refused(&["--fault", "core=3,3"], "LL1473");
    refused(&["--fault", "router=9,0", "--engine", "cycle"], "LL1473");
    refused(&["--fault", "packets=1", "--engine", "cycle", "--sample", "1/2"], "LL1474");
    refused(&["--fault", "rows=1e-3", "--backend", "float"], "LL1475");
    // All channels of a class: no event could ever pass, which is known before the first.
    let stuck = ["--fault", "stuck=0,0,+x,0", "--fault", "stuck=0,0,+x,1", "--engine", "cycle"];
    refused(&stuck, "LL1511");
    let train = ["train", "small.toml", "--fault", "rows=1e-3", "--backend", "float"];
    let ended = program.run(&train);
    assert!(ended.code == 3 && ended.stderr.contains("LL1475"), "{ended:?}");
}
