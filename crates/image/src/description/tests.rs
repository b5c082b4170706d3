use proptest::prelude::*;

use super::*;
use crate::knobs::Grid;

const LL1: &str = include_str!("../../../../chips/ll1.toml");

/// The findings about a text, each with the piece of text it points at.
fn refusal(text: &str) -> Vec<(String, String)> {
    let found = Chip::parse(text, "my.toml").expect_err("refused").0;
    assert!(found.iter().all(|d| !d.help.is_empty()), "every finding has a way out");
    let name = |d: &Diagnostic| d.origin.as_ref().map(|o| o.name.clone());
    assert!(found.iter().all(|d| name(d).as_deref() == Some("my.toml")));
    let piece = |d: &Diagnostic| text[d.labels[0].span.clone()].to_owned();
    found.iter().map(|d| (d.to_string(), piece(d))).collect()
}

fn edited(from: &str, to: &str) -> Vec<(String, String)> {
    assert!(LL1.contains(from));
    refusal(&LL1.replacen(from, to, 1))
}

/// One finding after an edit of `ll1`: message and piece of text.
fn one(from: &str, to: &str, message: &str, piece: &str) {
    assert_eq!(edited(from, to), [(message.to_owned(), piece.to_owned())]);
}

#[test]
fn the_built_in_chip_is_as_the_manual_says() {
    let chip = Chip::builtin("ll1").expect("built in");
    let wanted = Chip {
        name: "ll1".to_owned(),
        mesh_x: 4,
        mesh_y: 4,
        grid_x: 1,
        grid_y: 1,
        neurons: 256,
        rows: 256,
        weight_bits: 16,
        dac_bits: 12,
        payload_bits: 11,
        row_shift_max: 5,
        table_segments: 6,
        adc: Adc { bits: 10, cycles: 288 },
        rails: 8,
        solver: Solver::Euler,
        clock_hz: 250_000_000,
        cycles_per_step: 40_000,
        barrier_cycles: 4,
        setup_cycles: 2,
        mode: Mode::Barrier,
        wait_for_plasticity: true,
        fabric: Fabric {
            preset: Preset::P,
            channels: 2,
            buffer: 8,
            multicast: true,
            drop_after: 0,
            table_entries: 1024,
            sender_entries: 4,
        },
        link: Link { latency: 16, interval: 4, buffer: 16 },
        ppu: Ppu {
            vlen: 512,
            isram: 65_536,
            dsram: 65_536,
            dw: 512,
            pw: 512,
            rs: 8,
            ws: 8,
            max_cycles: 10_000_000,
        },
    };
    assert_eq!(chip.ppu, Ppu::LL1, "images without a unit had this one");
    assert_eq!(chip, wanted);
}

#[test]
fn the_manual_lists_every_knob_with_its_range_and_default() {
    let manual = include_str!("../../../../docs/chip/image.md");
    let chip = Chip::builtin("ll1").expect("built in");
    let bound = |n: u64| match n {
        n if n >= 1 << 20 && n.is_power_of_two() => format!("2^{}", n.ilog2()),
        n => n.to_string(),
    };
    let plain = |knob: &&Knob| knob.form == Form::Integer && knob.grid != Grid::PowerOfTwo;
    for knob in KNOBS.iter().filter(plain).filter(|knob| !knob.key.contains('[')) {
        let (low, high) = knob.range;
        let row =
            format!("| `{}` | {} | {} to {}", knob.key, (knob.get)(&chip), bound(low), bound(high));
        assert!(manual.contains(&row), "the manual lacks {row}");
    }
    for field in fields() {
        assert!(manual.contains(&format!("| `{field}` | ")), "the manual lacks {field}");
    }
}

#[test]
fn every_code_is_in_the_list() {
    let list = include_str!("../../../../docs/diagnostics.toml");
    for code in (1200..1210).chain(1240..1254).chain(1260..1273) {
        assert!(list.contains(&format!("code = \"LL{code}\"")), "LL{code}");
    }
}

#[test]
fn an_unknown_built_in_chip_is_refused() {
    assert_eq!(
        Chip::builtin("ll9").expect_err("refused").to_string(),
        "[LL1208]: there is no built-in chip `ll9`; there is `ll1`\n"
    );
}

#[test]
fn a_text_that_is_not_toml_is_refused() {
    let found = edited("neurons = 256", "neurons = = 256");
    assert!(found[0].0.starts_with("[LL1200]: the chip description is not TOML: "), "{found:?}");
    assert_eq!(found[0].1, "=");
}

#[test]
fn an_unknown_field_is_refused() {
    one(
        "rows = 256",
        "rows = 256\ncolumns = 3",
        "[LL1201]: `columns` is not a field of a chip; there are 39 fields",
        "columns",
    );
    one(
        "cycles = 288",
        "cycles = 288\nnoise = 1",
        "[LL1201]: `adc.noise` is not a field of a chip; there are 39 fields",
        "noise",
    );
    one(
        "[circuit]",
        "[energy]\n[circuit]",
        "[LL1201]: `energy` is not a field of a chip; there are 39 fields",
        "energy",
    );
}

#[test]
fn all_missing_fields_are_named_at_once() {
    let found = refusal("name = \"mine\"\nmesh = [1, 1]\n");
    assert_eq!(found.len(), 37);
    assert_eq!(found[0].0, "[LL1202]: `grid` is missing; 2 of 39 fields are given");
    assert_eq!(found[36].0, "[LL1202]: `circuit.solver` is missing; 2 of 39 fields are given");
}

#[test]
fn a_value_of_another_kind_is_refused() {
    for (value, kind) in [
        ("nan", "a decimal number"),
        ("inf", "a decimal number"),
        ("256.0", "a decimal number"),
        ("\"256\"", "a text"),
        ("true", "a truth value"),
        ("[256]", "an array"),
        ("1979-05-27", "a date"),
    ] {
        let message = format!(
            "[LL1203]: `neurons` is {value}, {kind}; allowed are multiples of 32 in 32..=4096"
        );
        one("neurons = 256", &format!("neurons = {value}"), &message, value);
    }
    one("name = \"ll1\"", "name = 1", "[LL1203]: `name` is 1, an integer; a text is needed", "1");
    one("\"euler\"", "0", "[LL1203]: `circuit.solver` is 0, an integer; a text is needed", "0");
    one("[4, 4]", "[4]", "[LL1203]: `mesh` has 1 sides; a mesh has 2 sides", "[4]");
    one("[4, 4]", "4", "[LL1203]: `mesh` is 4, an integer; a mesh has 2 sides", "4");
    one(
        "[4, 4]",
        "[4, inf]",
        "[LL1203]: `mesh[1]` is inf, a decimal number; allowed are integers 1..=64",
        "inf",
    );
}

#[test]
fn an_integer_beyond_64_bits_is_refused() {
    let huge = "123456789012345678901234567890";
    one(
        "rows = 256",
        &format!("rows = {huge}"),
        &format!("[LL1204]: `rows` is {huge}; allowed are integers 1..=4096"),
        huge,
    );
}

#[test]
fn neurons_and_rails_lie_on_their_grids() {
    for value in ["0", "31", "100", "4128"] {
        let message =
            format!("[LL1204]: `neurons` is {value}; allowed are multiples of 32 in 32..=4096");
        one("neurons = 256", &format!("neurons = {value}"), &message, value);
    }
    for value in ["0", "6", "64"] {
        let message = format!("[LL1204]: `rails` is {value}; allowed are powers of two in 1..=32");
        one("rails = 8", &format!("rails = {value}"), &message, value);
    }
}

#[test]
fn a_clock_needs_a_number_and_a_unit_of_frequency() {
    let allowed = "allowed are frequencies of 1000000..=10000000000 Hz";
    for (value, reason) in [
        ("250", "`250` has no unit"),
        ("250 ms", "`ms` is not a unit of frequency"),
        ("250 mhz", "`mhz` is not a unit of frequency"),
        ("nan MHz", "`nan MHz` does not start with a number"),
        ("inf", "`inf` does not start with a number"),
        ("1e999 MHz", "a frequency of `1e999 MHz` is outside the finite numbers"),
        ("-1 MHz", "a frequency of `-1 MHz` is outside the finite numbers"),
        ("1.0000005 MHz", "1000000.5 Hz is not a whole number of hertz"),
    ] {
        let message = format!("[LL1205]: `clock` is \"{value}\"; {allowed}");
        one("250 MHz", value, &message, &format!("\"{value}\""));
        let text = LL1.replacen("250 MHz", value, 1);
        let found = Chip::parse(&text, "my.toml").expect_err("refused");
        assert!(found.0[0].labels[0].text.starts_with(reason), "{found:?}");
    }
    one("250 MHz", "1 kHz", &format!("[LL1204]: `clock` is \"1 kHz\"; {allowed}"), "\"1 kHz\"");
    one("\"250 MHz\"", "250", &format!("[LL1203]: `clock` is 250, an integer; {allowed}"), "250");
    one(
        "\"250 MHz\"",
        "nan",
        &format!("[LL1203]: `clock` is nan, a decimal number; {allowed}"),
        "nan",
    );
}

#[test]
fn an_unknown_choice_is_refused() {
    one(
        "\"algebraic\"",
        "\"band-limited\"",
        "[LL1206]: `circuit.model` is `band-limited`; there is `algebraic`",
        "\"band-limited\"",
    );
    one(
        "\"euler\"",
        "\"rk4\"",
        "[LL1206]: `circuit.solver` is `rk4`; there is `euler`, `exact`",
        "\"rk4\"",
    );
}

#[test]
fn a_name_has_a_length() {
    one(
        "\"ll1\"",
        "\"\"",
        "[LL1204]: `name` has 0 characters; allowed are 1..=64 without control characters",
        "\"\"",
    );
    let long = format!("\"{}\"", "x".repeat(65));
    one(
        "\"ll1\"",
        &long,
        "[LL1204]: `name` has 65 characters; allowed are 1..=64 without control characters",
        &long,
    );
}

#[test]
fn the_converter_is_not_wider_than_the_word() {
    one(
        "weight_bits = 16",
        "weight_bits = 6",
        "[LL1207]: `dac_bits` is 12; the converter takes the top bits of a word of 6",
        "12",
    );
}

#[test]
fn findings_are_reported_together() {
    let text = LL1.replace("rows = 256", "rows = 0").replace("rails = 8", "rails = 7\nx = 1");
    let codes: Vec<String> = refusal(&text).into_iter().map(|(m, _)| m[1..7].to_owned()).collect();
    assert_eq!(codes, ["LL1201", "LL1204", "LL1204"]);
}

#[test]
fn overrides_change_one_knob() {
    let mut chip = Chip::builtin("ll1").expect("built in");
    for assignment in
        ["neurons=512", "adc.bits = 8", "clock=100 MHz", "circuit.solver=exact", "mesh=[2, 3]"]
    {
        assert_eq!(chip.set(assignment), Ok(()), "{assignment}");
    }
    let found = (chip.neurons, chip.adc.bits, chip.clock_hz, chip.solver, chip.mesh_x, chip.mesh_y);
    assert_eq!(found, (512, 8, 100_000_000, Solver::Exact, 2, 3));
    assert_eq!(chip.set("clock=\"0.5 GHz\""), Ok(()));
    assert_eq!(chip.clock_hz, 500_000_000);
}

#[test]
fn overrides_agree_in_the_end() {
    let mut chip = Chip::builtin("ll1").expect("built in");
    assert_eq!(
        chip.set("weight_bits=4").expect_err("refused").to_string(),
        "[LL1207]: `dac_bits` is 12; the converter takes the top bits of a word of 4\n"
    );
    for (assignment, reason) in [
        ("fabric.preset=S", "only P replicates packets"),
        ("fabric.drop_after=9", "in barrier mode it is 0"),
        ("grid=[16, 16]\nmesh=[17, 1]", "make 272 x 16 cores"),
    ] {
        let found = chip.set_all(&assignment.split('\n').collect::<Vec<_>>());
        assert!(found.expect_err("refused").to_string().contains(reason), "{assignment}");
    }
    assert_eq!(chip.set_all(&["fabric.preset=S", "fabric.multicast=false"]), Ok(()));
    assert_eq!(chip.set_all(&["weight_bits=4", "dac_bits=4"]), Ok(()));
    assert_eq!((chip.weight_bits, chip.dac_bits), (4, 4));
}

#[test]
fn a_wrong_override_changes_nothing() {
    let ll1 = Chip::builtin("ll1").expect("built in");
    for (assignment, message) in [
        ("neurons", "[LL1209]: `neurons` is not of the form KEY=VALUE\n"),
        ("neurons=", "[LL1209]: `neurons=` is not of the form KEY=VALUE\n"),
        ("=3", "[LL1209]: `=3` is not of the form KEY=VALUE\n"),
        ("neurons=500", "[LL1204]: `neurons` is 500; allowed are multiples of 32 in 32..=4096\n"),
        (
            "neurons=many",
            "[LL1203]: `neurons` is \"many\", a text; allowed are multiples of 32 in 32..=4096\n",
        ),
        ("neuron=512", "[LL1201]: `neuron` is not a field of a chip; there are 39 fields\n"),
        ("adc=3", "[LL1201]: `adc` is not a field of a chip; there are 39 fields\n"),
        ("rows=nan", "[LL1203]: `rows` is nan, a decimal number; allowed are integers 1..=4096\n"),
    ] {
        let mut chip = ll1.clone();
        let found = chip.set_all(&["rails=16", assignment]).expect_err("refused");
        assert_eq!(found.to_string(), message);
        let origin = found.0[0].origin.as_ref().expect("points into the assignment");
        assert_eq!(origin.name, "--set");
        assert!(origin.text.get(found.0[0].labels[0].span.clone()).is_some());
        assert_eq!(chip, ll1);
    }
}

/// A chip with any allowed value in every knob.
fn any_chip() -> impl Strategy<Value = Chip> {
    let numbers = proptest::collection::vec(any::<u64>(), KNOBS.len());
    (numbers, any::<bool>(), "[ -~]{1,64}").prop_map(|(numbers, exact, name)| {
        let mut chip = blank();
        for (knob, number) in KNOBS.iter().zip(numbers) {
            let (low, high) = match knob.form {
                Form::Choice(choices) => (0, u64::try_from(choices.len()).expect("few") - 1),
                Form::Integer | Form::Frequency | Form::Truth => knob.range,
            };
            let drawn = low + number % (high - low + 1);
            let nearby = [drawn, drawn & !31, 1 << (drawn % 6), high];
            let value = nearby.into_iter().find(|v| knob.allows(*v)).expect("the end is allowed");
            (knob.put)(&mut chip, value);
        }
        chip.dac_bits = chip.dac_bits.min(chip.weight_bits);
        (chip.grid_x, chip.grid_y) = (chip.grid_x.min(4), chip.grid_y.min(4));
        chip.fabric.multicast &= chip.fabric.preset == Preset::P;
        if chip.mode == Mode::Barrier {
            chip.fabric.drop_after = 0;
        }
        chip.solver = if exact { Solver::Exact } else { Solver::Euler };
        Chip { name, ..chip }
    })
}

proptest! {
    #[test]
    fn a_written_description_is_read_back_equal(chip in any_chip()) {
        prop_assert_eq!(Chip::parse(&chip.to_toml(), "chip"), Ok(chip));
    }

    #[test]
    fn no_text_makes_the_reader_panic(from in 0..LL1.len(), to in 0..LL1.len(), text in "\\PC{0,4}") {
        let (from, to) = (from.min(to), from.max(to));
        let mutated = format!("{}{text}{}", &LL1[..from], &LL1[to..]);
        if let Ok(chip) = Chip::parse(&mutated, "mutated") {
            prop_assert_eq!(Chip::parse(&chip.to_toml(), "again"), Ok(chip));
        }
    }
}
