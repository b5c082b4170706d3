//! The knobs of the plasticity unit: its vectors, its memories and the parameters of its timing model
//! decide what a program costs and where it fits, and never what it learns.

use leadlag_chip::Options;
use leadlag_compiler::program::compile_text;
use leadlag_diagnostic::Diagnostic;
use leadlag_explore::build::build;
use leadlag_explore::{Backend as _, ChipBackend, Clocking, firmware};
use leadlag_image::{Chip, Core, Image};
use leadlag_net::{Block, Network, Targets};
use proptest::prelude::*;

#[path = "networks/small.rs"]
mod small;
use small::small;

const ADAM: &str = "rule = \"adam\"\neta = 0.01";
const OPTIONS: Options = Options { replicas: 1, threads: 1, seed: 7 };

fn chip(fields: &[&str]) -> Chip {
    let mut chip = Chip::builtin("ll1").expect("built in");
    chip.set_all(fields).unwrap_or_else(|found| panic!("{found}"));
    chip
}

fn image(rule: &str, fields: &[&str]) -> Image {
    let rule = format!("{rule}\nfeedback = \"mirrored\"");
    let changes = [("squared-error", "cross-entropy"), ("rule = \"sgd\"\neta = 1e-3", &rule)];
    let text = small(&changes);
    let net = Network::parse(&text, "net").unwrap_or_else(|found| panic!("{found}"));
    build(&net, &chip(fields), None, 1, Some(&text))
        .unwrap_or_else(|found| panic!("{found}"))
        .compiled
        .image
}

/// Four samples of five steps.
fn blocks() -> Vec<Block> {
    let mut values = [0.7, -0.2, 0.04, 0.6, -1.0].into_iter().cycle();
    let block = |sample: u32| Block {
        steps: 5,
        lanes: 1,
        width: 2,
        inputs: values.by_ref().take(10).collect(),
        targets: Targets::Class(vec![sample % 3]),
        used: 1,
    };
    (0..4).map(block).collect()
}

/// What a chip has learnt, and the instructions and cycles of its programs.
#[derive(PartialEq, Debug)]
struct Ended {
    cores: Vec<Core>,
    instructions: u64,
    cycles: u64,
}

fn trained(image: &Image, clocking: &Clocking, programs: bool) -> (Ended, Option<u64>) {
    let chip = ChipBackend::with_engine(image.clone(), OPTIONS, true, clocking);
    let mut chip = chip.unwrap_or_else(|found| panic!("{found}"));
    if programs {
        chip.learn_with_programs().unwrap_or_else(|found| panic!("{found}"));
    }
    for block in blocks() {
        chip.run(&block, true).unwrap_or_else(|found| panic!("{found}"));
    }
    let emulator = chip.emulator();
    let counters = emulator.counters();
    let ended = Ended {
        cores: emulator.trained_image().cores,
        instructions: counters.iter().map(|core| core.instructions).sum(),
        cycles: counters.iter().map(|core| core.plasticity_cycles).sum(),
    };
    (ended, emulator.times().map(|times| times.step.longest))
}

/// Both engines, with programs: the same. Their clock is that of the evaluator, which is counted from the
/// lines of the programs and not from a run.
fn ended(fields: &[&str]) -> Ended {
    let image = image(ADAM, fields);
    let (functional, _) = trained(&image, &Clocking::default(), true);
    let (clocked, longest) = trained(&image, &Clocking::cycle(), true);
    let (evaluated, counted) = trained(&image, &Clocking::cycle(), false);
    assert_eq!(functional, clocked, "{fields:?}");
    assert_eq!(functional.cores, evaluated.cores, "{fields:?}");
    assert!(longest.is_some() && longest == counted, "{fields:?}: {longest:?} {counted:?}");
    functional
}

#[test]
fn the_length_of_a_vector_changes_no_weight() {
    let [short, middle, long] =
        ["ppu.vlen=128", "ppu.vlen=256", "ppu.vlen=512"].map(|field| ended(&[field]));
    assert!(short.cores == long.cores && middle.cores == long.cores);
    assert!(short.instructions > middle.instructions, "a row takes more of shorter vectors");
    assert!(short.cycles > middle.cycles && middle.cycles >= long.cycles);
}

#[test]
fn the_timing_model_changes_cycles_and_nothing_else() {
    let plain = ended(&[]);
    for field in ["ppu.dw=128", "ppu.pw=64", "ppu.rs=0", "ppu.ws=31", "adc.cycles=1000"] {
        let other = ended(&[field, "ppu.vlen=512"]);
        assert!(other.cores == plain.cores, "{field}");
        assert_eq!(other.instructions, plain.instructions, "{field}");
        assert_ne!(other.cycles, plain.cycles, "{field}");
    }
    for field in ["ppu.isram=1048576", "ppu.dsram=32768", "ppu.max_cycles=20000"] {
        assert_eq!(ended(&[field]), plain, "{field}");
    }
}

/// The rule of the manual's loop, on whole arrays.
const RULE: &str = "param eta : q15 = 0.02\ndw = eta*e*r\n";

fn per_row(fields: &[&str]) -> i64 {
    let chip = chip(fields);
    let (layout, timing) = (firmware::whole_array(&chip), firmware::timing(&chip));
    let made = compile_text(RULE, chip.weight_bits, &layout, &timing);
    made.unwrap_or_else(|found| panic!("{found}")).costs.somatic.kernel.per_row
}

/// Code of the row 2, load RS + B, product 4 + B, sum 2 + B, store WS + B, pointers 3, branch 3: 14 and
/// RS + WS and four times the beats, for each group of columns that a vector takes.
#[test]
fn a_row_costs_what_is_summed_by_hand() {
    for (fields, cycles) in [
        (&["ppu.vlen=512"][..], 14 + 16 + 4 * 8),
        (&["ppu.vlen=256"], 2 * (14 + 16 + 4 * 4)),
        (&["ppu.vlen=128"], 4 * (14 + 16 + 4 * 2)),
        (&["ppu.dw=1024", "ppu.pw=1024"], 14 + 16 + 4 * 4),
        (&["ppu.dw=32"], 14 + 16 + 2 * 8 + 2 * 128),
        (&["ppu.pw=32"], 14 + 16 + 2 * 8 + 2 * 128),
        (&["ppu.rs=0", "ppu.ws=1"], 14 + 1 + 4 * 8),
        (&["ppu.rs=100"], 14 + 108 + 4 * 8),
        (&["ppu.ws=100", "ppu.vlen=128"], 4 * (14 + 108 + 4 * 2)),
        (&["neurons=512"], 2 * (14 + 16 + 4 * 8)),
    ] {
        assert_eq!(per_row(fields), cycles, "{fields:?}");
    }
}

/// The setting that a way out names.
fn way_out(found: &Diagnostic) -> String {
    let help = found.help.join(" ");
    let setting = help.split("--set ").nth(1).and_then(|rest| rest.split('`').next());
    setting.unwrap_or_else(|| panic!("no setting in {help}")).to_owned()
}

/// Both numbers are said, and the ways out lead out: one for each core that does not fit.
#[test]
fn a_memory_too_small_for_the_program_is_refused() {
    for (field, code, what) in [
        ("ppu.isram=1024", "LL2602", "bytes of instruction memory; a core has 1024"),
        ("ppu.dsram=1024", "LL2600", "bytes of data memory; a core has 1024"),
    ] {
        let mut fields = vec![field.to_owned()];
        let made = |fields: &[String]| {
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            let image = image(ADAM, &fields);
            firmware::of_image(&image).map(|programs| Image { firmware: Some(programs), ..image })
        };
        let found = made(&fields).expect_err("it does not fit").0[0].clone();
        assert_eq!(found.code, code);
        assert!(found.message.contains(what), "{found:?}");
        let carrying = loop {
            match made(&fields) {
                Ok(carrying) => break carrying,
                Err(found) => fields.push(way_out(&found.0[0])),
            }
            assert!(fields.len() < 4, "the network has 2 cores: {fields:?}");
        };
        let knob = field.split('=').next().expect("a key");
        assert!(fields.iter().all(|field| field.starts_with(knob)), "{fields:?}");
        carrying.validate().unwrap_or_else(|found| panic!("{found}"));
        // What was made for a larger memory is no program of a smaller one.
        if code == "LL2602" {
            let mut smaller = carrying.clone();
            smaller.chip.ppu.isram = 1024;
            let found = smaller.validate().expect_err("refused").0[0].clone();
            assert_eq!(found.code, "LL1632");
            assert!(found.message.contains("the memories have 1024 at 0x0"), "{found:?}");
        }
    }
}

/// A program that may not take its cycles is stopped, with the number that is allowed.
#[test]
fn the_allowance_of_cycles_is_the_chips() {
    let image = image(ADAM, &["ppu.max_cycles=100"]);
    let mut chip = ChipBackend::new(image, OPTIONS, true).expect("valid");
    let ended = chip
        .learn_with_programs()
        .and_then(|()| blocks().iter().try_for_each(|block| chip.run(block, true).map(|_| ())));
    let found = ended.expect_err("stopped").0[0].clone();
    assert_eq!(found.code, "LL3602");
    assert!(found.message.contains("more than 100 cycles"), "{found:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Any unit learns the same bits, in cycles that are known before it runs.
    #[test]
    fn any_unit_learns_the_same(
        vlen in 0..3_u32, dw in 5..13_u32, pw in 5..13_u32, rs in 0..40_u32, ws in 0..40_u32,
    ) {
        let fields = [
            format!("ppu.vlen={}", 128 << vlen),
            format!("ppu.dw={}", 1 << dw),
            format!("ppu.pw={}", 1 << pw),
            format!("ppu.rs={rs}"),
            format!("ppu.ws={ws}"),
        ];
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        prop_assert!(ended(&fields).cores == ended(&[]).cores);
    }
}
