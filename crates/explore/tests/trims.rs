//! Trim codes on a chip: membranes that are not what they should be, measured and trimmed by a program
//! of the library; time constants that a chip learns from a teacher.

#![expect(clippy::indexing_slicing, reason = "shapes of networks that are written here")]

use leadlag_chip::{CoreProgram, Emulator, Options, Stimulus, Targets};
use leadlag_compiler::program::by_name;
use leadlag_explore::build::build;
use leadlag_explore::firmware::{Firmware, Source, of_user};
use leadlag_explore::{Backend as _, ChipBackend};
use leadlag_fixed::index;
use leadlag_image::{Chip, Image};
use leadlag_net::{self as net, Block, Network};

const OPTIONS: Options = Options { replicas: 1, threads: 1, seed: 3 };

/// Steps of a period of the input, and of the rule's updates.
const PERIOD: usize = 16;

/// Eight linear neurons that follow one input with a time constant of ten steps.
fn followers() -> Image {
    let text = r#"
name = "followers"
dt = "0.1 ms"
[[population]]
name = "in"
input = 1
[[population]]
name = "out"
size = 8
tau_m = "1 ms"
tau_r = "0.1 ms"
phi = "linear"
[[projection]]
from = "in"
to = "out"
init = { constant = 1.0 }
[teach]
population = "out"
loss = "squared-error"
[learning]
rule = "sgd"
eta = 0.001
"#;
    let network = Network::parse(text, "followers.toml").unwrap_or_else(|found| panic!("{found}"));
    let mut chip = Chip::builtin("ll1").expect("built in");
    chip.set_all(&["adc.bits=13"]).unwrap_or_else(|found| panic!("{found}"));
    build(&network, &chip, None, 1, Some(text)).expect("it fits").compiled.image
}

/// The same on a chip whose membranes differ by up to a quarter.
fn mismatched(ideal: &Image) -> Image {
    let mut image = ideal.clone();
    let core = &mut image.cores[0];
    for (column, per_mille) in
        [750_i64, 820, 900, 960, 1040, 1100, 1180, 1250].into_iter().enumerate()
    {
        let slower = |coefficient: i64| (1000 * coefficient + per_mille / 2) / per_mille;
        core.soma.lag[column] = slower(core.soma.lag[column]);
        core.soma.lead[column] = slower(core.soma.lead[column]);
        core.apical.lead[column] = (core.apical.lead[column] * per_mille + 500) / 1000;
    }
    image
}

/// Low for half a period, then high.
fn wave(image: &Image, periods: usize) -> Vec<i16> {
    let full = 1 << (image.chip.payload_bits - 1);
    let half = |code| std::iter::repeat_n(code, PERIOD / 2);
    (0..periods).flat_map(|_| half(-full).chain(half(full - 1))).collect()
}

fn run(chips: &mut Emulator, periods: usize) {
    let codes = wave(chips.image(), periods);
    let steps = codes.len();
    chips.run(&Stimulus { steps, codes: &codes, targets: Targets::None, learn: true });
    chips.check_programs().unwrap_or_else(|found| panic!("{found}"));
}

/// Membranes at the end of a period as converter codes.
fn measured(chips: &Emulator) -> Vec<i32> {
    let lagged = &chips.state().shards[0].cores[0].soma.lagged;
    let core = &chips.image().cores[0];
    let shift = 25 - chips.image().chip.adc.bits + u32::from(core.phi.domain);
    lagged[..8].iter().map(|u| (u + (1 << (shift - 1))) >> shift).collect()
}

/// Largest deviation of the membranes' time constants from those of another image.
fn deviation(image: &Image, from: &Image) -> f64 {
    let pairs = image.cores[0].soma.lag.iter().zip(&from.cores[0].soma.lag);
    #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "at most 2^32")]
    let worst = pairs.map(|(lag, wanted)| (*wanted as f64 / *lag as f64 - 1.0).abs());
    worst.fold(0.0, f64::max)
}

/// The calibration of the library on a chip whose membranes are off by up to a quarter: each is measured
/// through its converter and trimmed until it answers as the ideal one does. What is left is the
/// converter's resolution.
#[test]
fn a_mismatched_chip_is_trimmed_to_what_is_measured() {
    let ideal = followers();
    let mut chips = Emulator::load(ideal.clone(), OPTIONS).expect("valid");
    run(&mut chips, 40);
    let wanted = measured(&chips);
    assert!(wanted.iter().all(|code| *code == wanted[0]), "{wanted:?}");

    let rule = by_name("calibrate").expect("of the library").rule;
    let full = 1 << (ideal.chip.adc.bits - 1);
    let goal = format!("{:.6}", f64::from(wanted[0]) / f64::from(full));
    let bytes = rule.replace("goal : q15 = 0.25 ", &format!("goal : q15 = {goal} ")).into_bytes();
    assert_ne!(bytes, rule.as_bytes());
    let source = Source { name: "calibrate.rule".to_owned(), bytes };

    let mut image = mismatched(&ideal);
    let start = deviation(&image, &ideal);
    let (programs, _) = of_user(&source, &image).unwrap_or_else(|found| panic!("{found}"));
    image.firmware = Some(programs);
    let mut chips = Emulator::load(image, OPTIONS).expect("valid");
    let firmware = Firmware::install(&mut chips).unwrap_or_else(|found| panic!("{found}"));
    firmware.write_parameters(&mut chips, true);
    run(&mut chips, 1);
    let before = measured(&chips);
    assert!(
        before.iter().max() > before.iter().min().map(|least| least + 20).as_ref(),
        "{before:?}"
    );
    run(&mut chips, 150);
    let after = measured(&chips);
    assert!(after.iter().all(|code| (code - wanted[0]).abs() <= 4), "{after:?} for {wanted:?}");
    let trimmed = chips.trained_image();
    let end = deviation(&trimmed, &ideal);
    assert!(start > 0.24 && end < 0.02, "{start} {end}");

    // What was trimmed is in the image, and in a snapshot.
    let mut again = Emulator::load(trimmed, OPTIONS).expect("valid");
    assert_eq!(again.state().trims[0].codes, chips.state().trims[0].codes);
    again.reset().expect("valid");
    let saved = chips.snapshot();
    run(&mut chips, 3);
    let later = chips.snapshot();
    chips.restore(saved).expect("its own");
    firmware.write_parameters(&mut chips, true);
    run(&mut chips, 3);
    assert_eq!(chips.snapshot(), later);
    assert_eq!(index(chips.image().cores[0].neurons), 8);
}

/// A program that writes all six vectors before its first sleep, and in step 5 those of the time constants
/// again.
const WRITER: &str = "
        li t0, 0x200
        csrs mstatus, t0
        li t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v v8
        li t1, 3000
        vmul.vx v9, v8, t1
        li t0, 0x60000000           # gain and offset of the soma
        vse16.v v9, (t0)
        li t0, 0x60010000
        vneg.v v10, v9
        vse16.v v10, (t0)
        li t0, 0x60020000           # gain and offset of the apical compartment
        vse16.v v10, (t0)
        li t0, 0x60030000
        vse16.v v9, (t0)
        li t0, 0x60040000           # tau_m
        li t1, 8000
        vadd.vx v11, v9, t1
        vse16.v v11, (t0)
        li t0, 0x60050000           # tau_r
        li t1, 15000
        vadd.vx v12, v8, t1
        vse16.v v12, (t0)
        li s0, 6
        lui t0, 0x10
        csrw mie, t0
step:   wfi
        lui t0, 0x10
        csrc mip, t0
        addi s0, s0, -1
        bnez s0, step
        li t0, 0x60040000
        vse16.v v12, (t0)
        j step
";

fn with_writer() -> (Emulator, Firmware) {
    let mut image = followers();
    let source = Source { name: "writer.s".to_owned(), bytes: WRITER.as_bytes().to_vec() };
    let (programs, _) = of_user(&source, &image).unwrap_or_else(|found| panic!("{found}"));
    image.firmware = Some(programs);
    let mut chips = Emulator::load(image, OPTIONS).expect("valid");
    let firmware = Firmware::install(&mut chips).unwrap_or_else(|found| panic!("{found}"));
    (chips, firmware)
}

fn some_steps(chips: &mut Emulator, from: usize, steps: usize) {
    let codes: Vec<i16> = wave(chips.image(), 4)[from..from + steps].to_vec();
    chips.run(&Stimulus { steps, codes: &codes, targets: Targets::None, learn: false });
    chips.check_programs().unwrap_or_else(|found| panic!("{found}"));
}

/// What a program writes is in force from the next step on, and is what an image with the same circuits does.
#[test]
fn codes_of_a_program_are_those_of_an_image() {
    let (mut chips, _) = with_writer();
    let codes = &chips.state().trims[0].codes;
    assert_eq!(codes[0][..3], [0, 3000, 6000]);
    assert_eq!(codes[1][..3], [0, -3000, -6000]);
    assert_eq!((codes[4][1], codes[5][1]), (11_000, 15_001));
    let mut image = chips.trained_image();
    image.firmware = None;
    assert_ne!(image.cores[0].soma.lag, followers().cores[0].soma.lag);
    let mut plain = Emulator::load(image, OPTIONS).expect("valid");
    some_steps(&mut chips, 0, 6);
    some_steps(&mut plain, 0, 6);
    assert_eq!(chips.state().shards, plain_shards(&plain, &chips));
    assert_eq!(chips.state().trims[0].codes[4][1], 15_001, "written in step 5");
    some_steps(&mut chips, 6, 1);
    some_steps(&mut plain, 6, 1);
    let lagged = |chips: &Emulator| chips.state().shards[0].cores[0].soma.lagged.clone();
    assert_ne!(lagged(&chips), lagged(&plain), "in force in step 6");
}

/// The registers of a chip without programs, with the counts that programs have.
fn plain_shards(plain: &Emulator, chips: &Emulator) -> Vec<leadlag_chip::ShardState> {
    let mut shards = plain.state().shards.clone();
    for (shard, other) in shards.iter_mut().zip(&chips.state().shards) {
        for (core, other) in shard.cores.iter_mut().zip(&other.cores) {
            let (soma, apical) = (core.counters.soma, core.counters.apical);
            core.counters = leadlag_chip::Counters { soma, apical, ..other.counters };
        }
    }
    shards
}

/// The cycle engine has the same codes in the same steps.
#[test]
fn codes_do_not_depend_on_the_engine() {
    let ((mut chips, _), (mut timed, _)) = (with_writer(), with_writer());
    timed.attach_fabric(leadlag_fabric::Faults::default()).expect("a fabric");
    for from in [0, 4, 6] {
        some_steps(&mut chips, from, 3);
        some_steps(&mut timed, from, 3);
        assert_eq!(chips.state().trims, timed.state().trims);
        let lagged = |chips: &Emulator| chips.state().shards[0].cores[0].soma.lagged.clone();
        assert_eq!(lagged(&chips), lagged(&timed));
    }
}

/// A soma that spikes has no compartment, and a program that trims it is told so.
#[test]
fn somas_that_spike_are_not_trimmed() {
    let text = include_str!("../../../examples/lif.toml");
    let network = Network::parse(text, "lif.toml").unwrap_or_else(|found| panic!("{found}"));
    let mut chip = Chip::builtin("ll1").expect("built in");
    chip.set_all(&["rows=1024", "neurons=1024", "payload_bits=10"])
        .unwrap_or_else(|found| panic!("{found}"));
    let built =
        build(&network, &chip, None, 1, Some(text)).unwrap_or_else(|found| panic!("{found}"));
    let mut chips = Emulator::load(built.compiled.image, OPTIONS).expect("valid");
    let program =
        leadlag_isa::assemble("w.s", WRITER, &leadlag_isa::Options::default()).expect("right");
    let program = CoreProgram {
        core: 0,
        entry: 0,
        segments: program.segments.into_iter().map(|s| (s.address, s.bytes)).collect(),
        parameters: Vec::new(),
        keeps: None,
    };
    let found = chips.set_programs(&[program]).expect_err("refused");
    assert_eq!(found.0[0].code, "LL3610");
    assert!(!chips.has_programs());
}

/// Two neurons in a row with fixed weights, whose membranes learn.
fn chain(tau_m: [&str; 2]) -> Image {
    let [first, second] = tau_m;
    let text = format!(
        r#"
name = "chain"
dt = "0.05 ms"
gamma = 1.0
[[population]]
name = "in"
input = 1
[[population]]
name = "first"
size = 1
tau_m = "{first} ms"
tau_r = "0.1 ms"
phi = "softplus"
[[population]]
name = "second"
size = 1
tau_m = "{second} ms"
tau_r = "0.1 ms"
phi = "softplus"
[[projection]]
from = "in"
to = "first"
weights = [[1.0]]
plastic = false
[[projection]]
from = "first"
to = "second"
weights = [[2.0]]
plastic = false
[teach]
population = "second"
loss = "squared-error"
beta = 0.1
[learning]
rule = "adam"
eta = 2e-4
tau_m = true
tau_min = "0.1 ms"
"#
    );
    let network = Network::parse(&text, "chain.toml").unwrap_or_else(|found| panic!("{found}"));
    let chip = Chip::builtin("ll1").expect("built in");
    build(&network, &chip, None, 1, Some(&text)).expect("it fits").compiled.image
}

/// Time constants of an image in steps.
fn taus(image: &Image) -> Vec<f64> {
    let lags = image.cores.iter().flat_map(|core| &core.soma.lag);
    #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "at most 2^32")]
    lags.map(|&lag| 4_294_967_296.0 / lag as f64).collect()
}

/// A wave that moves on all the time scales of the chain.
fn motion(steps: std::ops::Range<usize>, targets: net::Targets) -> Block {
    let phase = |step: usize| f64::from(u32::try_from(step).expect("few")) * std::f64::consts::TAU;
    let wave = |step| 0.6 * (phase(step) / 80.0).sin() + 0.4 * (phase(step) / 23.0).sin();
    let inputs = steps.clone().map(wave).collect();
    Block { steps: steps.len(), lanes: 1, width: 1, inputs, targets, used: 1 }
}

/// A chip finds the time constants of another one from its output, and programs of its plasticity units find
/// them to the same bits. From two fifths of them it comes to within a fifth; there the errors are a few codes
/// of 11 bits, and steps of even size follow how those are rounded.
#[test]
fn a_chip_learns_the_time_constants_of_another() {
    let (start, teacher) = (chain(["0.4", "0.8"]), chain(["1", "2"]));
    let wanted = taus(&teacher);
    // The student's scales, the teacher's circuits.
    let mut image = start.clone();
    for (own, other) in image.cores.iter_mut().zip(&teacher.cores) {
        own.soma.lag.clone_from(&other.soma.lag);
        own.soma.lead.clone_from(&other.soma.lead);
        own.apical.lead.clone_from(&other.apical.lead);
    }
    let chip = |image: Image| ChipBackend::new(image, OPTIONS, true).expect("valid");
    let (mut teacher, mut evaluator, mut programs) =
        (chip(image), chip(start.clone()), chip(start.clone()));
    programs.learn_with_programs().unwrap_or_else(|found| panic!("{found}"));
    let mut seen = Vec::new();
    for block in 0..49 {
        let steps = block * 250..(block + 1) * 250;
        let values = teacher.outputs(&motion(steps.clone(), net::Targets::None)).expect("outputs");
        let block = motion(steps, net::Targets::Values { width: 1, values, present: None });
        for student in [&mut evaluator, &mut programs] {
            student.run(&block, true).unwrap_or_else(|found| panic!("{found}"));
        }
        let trims = |chip: &ChipBackend| chip.emulator().state().trims.clone();
        assert_eq!(trims(&evaluator), trims(&programs), "evaluator and programs");
        seen.push(taus(&evaluator.emulator().trained_image()));
    }
    let end = seen.last().expect("blocks");
    let apart = |taus: &[f64]| {
        let pairs = taus.iter().zip(&wanted);
        pairs.map(|(tau, wanted)| (tau / wanted - 1.0).abs()).fold(0.0, f64::max)
    };
    assert!(apart(&taus(&start)) > 0.59 && apart(end) < 0.2, "{seen:?} for {wanted:?}");
    assert!(evaluator.emulator().trained_image() == programs.emulator().trained_image());
}
