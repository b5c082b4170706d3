//! `counters.json` and `--json`: what programs, converters and packets cost, against counts by hand.

use serde_json::Value;

use crate::program::Program;
use crate::train::{folder, read, with_small};

fn counters(program: &Program, line: &[&str]) -> Value {
    let made = folder(program, &program.run(line));
    serde_json::from_slice(&read(&made, "counters.json")).expect("JSON")
}

/// Two row accesses, a conversion of one observable and ten instructions in each step.
#[test]
fn programs_count_rows_conversions_and_instructions() {
    let program = with_small();
    let text = " lui t0, 0x10\n csrw mie, t0\n lui a0, 0x40000\n lui a2, 0x50100\nstep: wfi\n \
                csrc mip, t0\n lh a1, 0(a0)\n lh a1, 2(a0)\n li a3, 1\n sw a3, 0(a2)\n j step\n";
    std::fs::write(program.path().join("count.s"), text).expect("a write");
    let line = ["train", "small.toml", "--replicas", "1", "--epochs", "1", "--json"];
    let page = counters(&program, &[&line[..], &["--program", "count.s"]].concat());
    let steps = page["step"].as_u64().expect("a number");
    assert_eq!(steps, 40 * (200 + 50), "40 steps of 200 samples to learn from and of 50 to test");
    for core in page["cores"].as_array().expect("cores") {
        assert_eq!(core["row_accesses"], 2 * steps, "{core}");
        assert_eq!(core["adc_conversions"], 256 * steps, "{core}");
        let classes = &core["instructions_of"];
        assert_eq!(classes["row.load"], 2 * steps, "{core}");
        assert_eq!(classes["store"], steps, "{core}");
        assert_eq!(classes["jump"], steps, "{core}");
        assert_eq!(classes["wfi"], steps, "{core}");
        let waits = ["stalled_for_result", "stalled_for_trigger", "asleep_for_result"];
        assert_eq!(waits.map(|why| core["plasticity_waits"][why].as_u64()), [Some(0); 3], "{core}");
        let sum: u64 =
            classes.as_object().expect("classes").values().filter_map(Value::as_u64).sum();
        assert_eq!(core["instructions"], sum, "{core}");
    }
    // The evaluator runs no program and asks no converter: absent, not zero.
    let page = counters(&program, &line);
    let core = &page["cores"][0];
    for absent in
        ["row_accesses", "adc_conversions", "instructions", "packets_sent", "cycles_stalled"]
    {
        assert_eq!(core[absent], Value::Null, "{absent}");
    }
    assert_eq!(page["links"], Value::Null);
}

/// Six rates go out, ten errors come back: per step, sample and lane of the block of 64.
#[test]
fn a_run_counts_its_packets_by_kind_and_link() {
    let program = with_small();
    let line = ["run", "small.toml", "--steps", "5", "--engine", "cycle", "--json"];
    let form = program.run(&line).json_stdout();
    let page = &form["counters"];
    let steps = 5 * 64;
    let kinds = |core: usize| page["cores"][core]["packets_sent_of"].clone();
    assert_eq!(kinds(0), serde_json::json!({"rate": 6 * steps, "error": 0, "configuration": null}));
    assert_eq!(
        kinds(1),
        serde_json::json!({"rate": 0, "error": 10 * steps, "configuration": null})
    );
    let links: Vec<_> = page["links"].as_array().expect("links").iter().collect();
    let flits = |x: u64, to: &str| {
        let found = links.iter().find(|link| link["x"] == x && link["to"] == to).expect("a link");
        (found["events"].clone(), found["control"].clone())
    };
    assert_eq!(flits(0, "+x"), (Value::from(6 * steps), Value::from(0)));
    assert_eq!(flits(1, "-x"), (Value::from(10 * steps), Value::from(0)));
    assert_eq!(flits(0, "core"), (Value::from(10 * steps), Value::from(0)));
    assert!(links.iter().all(|link| link["busy_cycles"] == link["flits"]), "all of one chip");
}

/// At its slow end a free-running clock gives the bits of barrier mode; at its fast end events are
/// late, are counted, and values differ.
#[test]
fn a_clock_may_be_too_fast_for_the_traffic() {
    let program = with_small();
    let run = |cycles: &str| {
        let cycles = format!("cycles_per_step={cycles}");
        let line = ["run", "small.toml", "--engine", "cycle", "--json", "-o", "o.npz", "--force"];
        let set = ["--set", "mode=free-running", "--set", &cycles];
        let form = program.run(&[&line[..], &set].concat()).json_stdout();
        let lost = ["events_late", "packets_overrun"].map(|name| form["clock"][name].as_u64());
        (program.bytes("o.npz"), lost)
    };
    assert_eq!(program.run(&["run", "small.toml", "-o", "barrier.npz"]).code, 0);
    let barrier = program.bytes("barrier.npz");
    assert_eq!(run("400"), (barrier.clone(), [Some(0), Some(0)]));
    let (values, [late, _]) = run("12");
    assert!(values != barrier && late > Some(0), "{late:?}");
    let (values, [_, unsent]) = run("5");
    assert!(values != barrier && unsent > Some(0), "{unsent:?}");
}
