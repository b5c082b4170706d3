//! Cycles that go on: runs and training on the cycle engine, cut anywhere and continued; the clock of
//! the evaluator beside that of the programs.

use std::path::Path;

use leadlag_chip::{Options, Times};
use leadlag_explore::build::build;
use leadlag_explore::course::Progress;
use leadlag_explore::observe::{Job, Observed, Watch, observe, replay_into};
use leadlag_explore::{Backend as _, ChipBackend, Clocking};
use leadlag_image::{Chip, Image};
use leadlag_net::{Block, Network, Targets};
use leadlag_trace::{Probe, Probed};
use proptest::prelude::*;
use serde_json::Value;

#[path = "networks/small.rs"]
mod small;
use small::small;

const SGD: &str = "rule = \"sgd\"\neta = 0.5\nevery = 2";

fn image(rule: &str, fields: &[&str]) -> Image {
    let rule = format!("{rule}\nfeedback = \"mirrored\"");
    let changes = [("squared-error", "cross-entropy"), ("rule = \"sgd\"\neta = 1e-3", &rule)];
    let text = small(&changes);
    let net = Network::parse(&text, "net").unwrap_or_else(|found| panic!("{found}"));
    let mut chip = Chip::builtin("ll1").expect("built in");
    chip.set_all(fields).unwrap_or_else(|found| panic!("{found}"));
    build(&net, &chip, None, 1, Some(&text))
        .unwrap_or_else(|found| panic!("{found}"))
        .compiled
        .image
}

/// Samples of so many steps each, from a few numbers.
fn blocks(samples: usize, steps: usize, noise: &[i8]) -> Vec<Block> {
    let mut values = noise.iter().cycle().map(|&n| f64::from(n) / 128.0);
    let block = |sample: usize| Block {
        steps,
        lanes: 1,
        width: 2,
        inputs: values.by_ref().take(2 * steps).collect(),
        targets: Targets::Class(vec![u32::try_from(sample % 3).expect("small")]),
        used: 1,
    };
    (0..samples).map(block).collect()
}

fn job(image: &Image, blocks: &[Block], root: &Path) -> Job {
    Job {
        clocking: Clocking::cycle(),
        image: image.clone(),
        chip_seed: 7,
        seed: 1,
        blocks: blocks.to_vec(),
        root: root.to_owned(),
    }
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("a file of the run")
}

fn page(seen: &Observed) -> Value {
    serde_json::from_slice(&read(&seen.folder.path().join("counters.json"))).expect("a page")
}

/// The chips of a mode: barrier, free running fast, free running slowly.
fn modes() -> impl Strategy<Value = Vec<&'static str>> {
    prop_oneof![
        Just(vec!["mode=barrier"]),
        Just(vec!["mode=free-running", "cycles_per_step=12"]),
        Just(vec!["mode=free-running", "cycles_per_step=200"]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Cut after a step and cut in the middle of one: the rest is the rest, count by count.
    #[test]
    fn a_continued_run_has_the_cycles_of_one_that_went_through(
        fields in modes(), samples in 1..4_usize, steps in 2..8_usize,
        noise in prop::collection::vec(any::<i8>(), 5..40), cut in any::<prop::sample::Index>(),
        cycle in any::<prop::sample::Index>(),
    ) {
        let here = tempfile::tempdir().expect("a temporary folder");
        let image = image(SGD, &fields);
        let blocks = blocks(samples, steps, &noise);
        let job = job(&image, &blocks, here.path());
        let last = u64::try_from(samples * steps).expect("small");
        let cut = 1 + u64::try_from(cut.index(samples * steps - 1)).expect("small");
        let watch = Watch { snapshot_at: vec![cut, last], ..Watch::default() };
        let whole = observe(&job, &watch).expect("a run");
        let cycles = page(&whole)["clock"]["cycles"].as_u64().expect("a count");
        let cycle = u64::try_from(cycle.index(usize::try_from(cycles).expect("short"))).expect("short");
        let again = observe(&job, &Watch { snapshot_in: vec![cycle], ..watch.clone() }).expect("a run");
        let snapshot = |seen: &Observed, name: &str| read(&seen.folder.path().join(format!("snap/{name}.snap")));
        let end = format!("{last:06}");
        for name in [format!("{cut:06}"), format!("cycle-{cycle}")] {
            let from = Some(snapshot(&again, &name));
            let part = observe(&job, &Watch { from, snapshot_at: vec![last], ..Watch::default() }).expect("the rest");
            prop_assert!(snapshot(&part, &end) == snapshot(&whole, &end), "the ends differ after {}", name);
            prop_assert_eq!(page(&part), page(&whole));
        }
        // The machine in that cycle: the same from the first step and from the snapshot in it.
        let from = Some(snapshot(&again, &format!("cycle-{cycle}")));
        let part = observe(&job, &Watch { from, ..Watch::default() }).expect("the rest");
        let (here, step) = replay_into(&whole.folder, cycle).expect("in the run");
        let (there, same) = replay_into(&part.folder, cycle).expect("in the run");
        prop_assert_eq!((step, here.cycles()), (same, there.cycles()));
        prop_assert_eq!(here.registers(), there.registers());
    }
}

#[test]
fn cycles_that_are_not_there_are_refused() {
    let here = tempfile::tempdir().expect("a temporary folder");
    let (image, blocks) = (image(SGD, &[]), blocks(2, 4, &[90, -30, 5]));
    let timed = job(&image, &blocks, here.path());
    let quick = Job { clocking: Clocking::default(), ..job(&image, &blocks, here.path()) };
    let watch = |cycle: u64| Watch { snapshot_in: vec![cycle], ..Watch::default() };
    let code = |job: &Job, cycle: u64| observe(job, &watch(cycle)).expect_err("refused").0[0].code;
    assert_eq!(code(&quick, 3), "LL1461");
    assert_eq!(code(&timed, 1 << 40), "LL1463");
    let seen = observe(&timed, &watch(3)).expect("a run");
    assert_eq!(replay_into(&seen.folder, 1 << 40).expect_err("too late").0[0].code, "LL1463");
    let (machine, step) = replay_into(&seen.folder, 3).expect("in the first step");
    assert_eq!((step, machine.cycles()), (0, 3));
}

/// The cycles of the functional engine are marked, and not above those that are counted.
#[test]
fn the_functional_engine_says_that_its_cycles_are_analytic() {
    let here = tempfile::tempdir().expect("a temporary folder");
    let (image, blocks) = (image(SGD, &[]), blocks(2, 6, &[90, -30, 5]));
    let timed = job(&image, &blocks, here.path());
    let quick = Job { clocking: Clocking::default(), ..job(&image, &blocks, here.path()) };
    let watch = Watch { snapshot_at: vec![12], ..Watch::default() };
    let clock = |job: &Job| page(&observe(job, &watch).expect("a run"))["clock"].clone();
    let (counted, analytic) = (clock(&timed), clock(&quick));
    assert_eq!(
        (&counted["analytic"], &analytic["analytic"]),
        (&Value::Bool(false), &Value::Bool(true))
    );
    let mean = |clock: &Value| clock["cycles_per_step"]["mean"].as_f64().expect("a mean");
    assert!(mean(&analytic) <= mean(&counted), "{analytic} {counted}");
    assert!(mean(&analytic) > 0.8 * mean(&counted), "{analytic} {counted}");
    assert_eq!((&analytic["steps"], &counted["steps"]), (&12.into(), &12.into()));
    assert_eq!(analytic["bound"], "lower");
}

fn chip(image: &Image, programs: bool, threads: usize) -> ChipBackend {
    let options = Options { replicas: 1, threads, seed: 7 };
    let chip = ChipBackend::with_engine(image.clone(), options, true, &Clocking::cycle());
    let mut chip = chip.unwrap_or_else(|found| panic!("{found}"));
    if programs {
        chip.learn_with_programs().unwrap_or_else(|found| panic!("{found}"));
    }
    chip
}

fn train(chip: &mut ChipBackend, blocks: &[Block]) {
    for (at, block) in blocks.iter().enumerate() {
        chip.run(block, at % 4 != 3).unwrap_or_else(|found| panic!("{found}"));
    }
}

fn times(chip: &ChipBackend) -> Times {
    chip.emulator().times().expect("timed")
}

/// What the evaluator's updates are said to take is what the programs take: every step is as long.
#[test]
fn the_evaluators_clock_is_that_of_its_programs() {
    for rule in [
        SGD,
        "rule = \"sgd\"\neta = 0.3\ndecay = 0.001\nrounding = \"stochastic\"",
        "rule = \"momentum\"\nmomentum = 0.9\neta = 0.1\nevery = 3",
        "rule = \"adam\"\neta = 0.01",
        "rule = \"sgd\"\neta = 0.5\noperand = \"adc\"",
    ] {
        let image = image(rule, &[]);
        let (mut evaluator, mut programs) = (chip(&image, false, 1), chip(&image, true, 1));
        let blocks = blocks(6, 5, &[90, -30, 5, 77, -128]);
        train(&mut evaluator, &blocks);
        train(&mut programs, &blocks);
        assert_eq!(
            evaluator.emulator().trained_image(),
            programs.emulator().trained_image(),
            "{rule}"
        );
        let (one, other) = (times(&evaluator), times(&programs));
        assert_eq!((one.step, one.travel), (other.step, other.travel), "{rule}");
        assert!(one.step.longest > one.travel.longest + 16, "the programs decide: {rule}");
    }
}

/// A checkpoint in the middle of training, into a fresh chip on another number of threads: registers,
/// cycles, fabric and programs go on.
#[test]
fn training_goes_on_in_the_same_cycle() {
    for fields in [
        &["mode=barrier"][..],
        &["mode=barrier", "wait_for_plasticity=false"],
        &["mode=free-running", "cycles_per_step=60"],
        &["mode=free-running", "cycles_per_step=900"],
    ] {
        for programs in [false, true] {
            let image = image(SGD, fields);
            let blocks = blocks(8, 5, &[90, -30, 5, 77, -128, 1]);
            let mut whole = chip(&image, programs, 1);
            train(&mut whole, &blocks[..4]);
            let saved = whole.save(&Progress::default()).expect("a checkpoint");
            let mut resumed = chip(&image, programs, 3);
            resumed.restore(&saved).unwrap_or_else(|found| panic!("{fields:?} {found}"));
            train(&mut whole, &blocks[4..]);
            train(&mut resumed, &blocks[4..]);
            let (one, other) = (whole.emulator(), resumed.emulator());
            assert_eq!(one.snapshot(), other.snapshot(), "{fields:?}, programs {programs}");
            assert_eq!(one.fabric_counters(), other.fabric_counters(), "{fields:?}");
            assert_eq!((one.cycles(), one.counters()), (other.cycles(), other.counters()));
        }
    }
}

/// Programs that the clock leaves no time do not learn what the others learn, and it is counted.
#[test]
fn a_clock_too_fast_for_programs_is_seen() {
    let blocks = blocks(8, 5, &[90, -30, 5, 77, -128, 1]);
    let trained = |fields: &[&str]| {
        let mut chip = chip(&image(SGD, fields), true, 1);
        train(&mut chip, &blocks);
        let overruns: u64 = chip.emulator().counters().iter().map(|c| c.plasticity_overruns).sum();
        (chip.emulator().trained_image().cores, overruns)
    };
    let barrier = trained(&["mode=barrier"]);
    assert_eq!(trained(&["mode=free-running", "cycles_per_step=5000"]), barrier, "slow enough");
    let fast = trained(&["mode=free-running", "cycles_per_step=60"]);
    assert!(fast.1 > 0 && fast.0 != barrier.0);
}

/// A register of the machine, recorded like any other.
#[test]
fn links_and_queues_can_be_recorded() {
    let here = tempfile::tempdir().expect("a temporary folder");
    let (image, blocks) = (image(SGD, &[]), blocks(1, 6, &[90, -30, 5]));
    let record = ["link[*].core", "router[*].queue.*", "clock.cycle", "**.shadow"];
    let watch = Watch { record: record.map(str::to_owned).to_vec(), ..Watch::default() };
    let seen = observe(&job(&image, &blocks, here.path()), &watch).expect("a run");
    let mut log = leadlag_explore::recording::open(&seen.folder.events_path()).expect("a log");
    let cycle =
        log.signals().iter().position(|signal| signal.name == "clock.cycle").expect("recorded");
    let mut last = 0;
    while let Some(event) = log.next_event().expect("a sound log") {
        if usize::try_from(event.probe).ok() == Some(cycle) {
            last = event.code;
        }
    }
    assert_eq!(Some(i64::from(last)), page(&seen)["clock"]["cycles"].as_i64());
    let (machine, _) = replay_into(&seen.folder, 9).expect("in the run");
    let families = machine.families();
    let queues = families.iter().filter(|family| family.path.to_string().starts_with("link"));
    let flits: i32 =
        queues.map(|f| machine.read(Probe { family: f.id, replica: 0, index: [0, 0] })).sum();
    assert!(flits > 0, "on their way in the first step");
}
