use super::*;
use crate::{Loss, Ratio, Rule, Sender, Source, samples};

/// An edit and what is said about it.
type Case = (fn(&mut Image), &'static str);

/// The findings after an edit of the small image.
fn after(edit: impl FnOnce(&mut Image)) -> Vec<String> {
    let mut image = samples::small();
    edit(&mut image);
    let found = image.validate().expect_err("refused").0;
    assert!(found.iter().all(|d| !d.help.is_empty()), "every finding has a way out");
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn the_samples_are_valid() {
    assert_eq!(samples::small().validate(), Ok(()));
    for tape in 0..500_u32 {
        let tape: Vec<u32> = (0..200).map(|i| tape.wrapping_mul(i * i + 77_777) >> 3).collect();
        assert_eq!(samples::from_tape(&tape).validate(), Ok(()));
    }
}

#[test]
fn the_chip_has_the_ranges_of_the_description() {
    assert_eq!(
        after(|i| i.chip.mesh_y = 0),
        [
            "[LL1260]: `chip.mesh_y` is 0; allowed are integers 1..=64",
            "[LL1263]: `cores[0]` is at (0, 0); the mesh is 2 x 0",
            "[LL1263]: `cores[1]` is at (1, 0); the mesh is 2 x 0",
        ]
    );
    let cases: &[Case] = &[
        (|i| i.chip.neurons = 48, "`chip.neurons` is 48; allowed are multiples of 32 in 32..=4096"),
        (|i| i.chip.rows = 4097, "`chip.rows` is 4097; allowed are integers 1..=4096"),
        (|i| i.chip.weight_bits = 17, "`chip.weight_bits` is 17; allowed are integers 2..=16"),
        (|i| i.chip.dac_bits = 0, "`chip.dac_bits` is 0; allowed are integers 1..=16"),
        (|i| i.chip.payload_bits = 1, "`chip.payload_bits` is 1; allowed are integers 2..=16"),
        (|i| i.chip.row_shift_max = 9, "`chip.row_shift_max` is 9; allowed are integers 0..=8"),
        (|i| i.chip.rails = 64, "`chip.rails` is 64; allowed are powers of two in 1..=32"),
        (|i| i.chip.rails = 3, "`chip.rails` is 3; allowed are powers of two in 1..=32"),
        (
            |i| i.chip.clock_hz = 0,
            "`chip.clock_hz` is 0; allowed are frequencies of 1000000..=10000000000 Hz",
        ),
        (
            |i| i.chip.cycles_per_step = 0,
            "`chip.cycles_per_step` is 0; allowed are integers 1..=4294967296",
        ),
        (
            |i| i.chip.barrier_cycles = 1025,
            "`chip.barrier_cycles` is 1025; allowed are integers 1..=1024",
        ),
        (|i| i.chip.adc.bits = 1, "`chip.adc.bits` is 1; allowed are integers 2..=16"),
        (|i| i.chip.adc.cycles = 0, "`chip.adc.cycles` is 0; allowed are integers 1..=1048576"),
        (
            |i| i.chip.payload_bits = u32::MAX,
            "`chip.payload_bits` is 4294967295; allowed are integers 2..=16",
        ),
    ];
    for (edit, message) in cases.iter().copied() {
        assert_eq!(after(edit)[0], format!("[LL1260]: {message}"));
    }
    assert_eq!(
        after(|i| (i.chip.weight_bits, i.chip.dac_bits) = (16, 20))[1],
        "[LL1207]: `dac_bits` is 20; the converter takes the top bits of a word of 16"
    );
}

#[test]
fn cores_have_places_of_their_own_in_the_mesh() {
    assert_eq!(
        after(|i| i.cores[1].x = 2),
        ["[LL1263]: `cores[1]` is at (2, 0); the mesh is 2 x 1"]
    );
    assert_eq!(
        after(|i| i.cores[1].x = 0),
        ["[LL1264]: `cores[1]` and `cores[0]` are both at (0, 0)"]
    );
}

#[test]
fn every_neuron_sits_on_one_core() {
    assert_eq!(
        after(|i| i.populations[0].size = 4),
        ["[LL1268]: `populations[0]` has 4 neurons; its cores hold 3"]
    );
    assert_eq!(
        after(|i| i.populations[0].cores = vec![0, 1]),
        [
            "[LL1268]: `populations[0].cores[1]` names core 1, which holds population 1, not 0",
            "[LL1268]: `cores[1].first` is 0; the population's cores before it hold 3 neurons",
            "[LL1268]: `populations[0]` has 3 neurons; its cores hold 5",
            "[LL1268]: `populations[1].cores[0]` names core 1 a second time; \
             a core is listed 1 time",
        ]
    );
    assert_eq!(
        after(|i| i.populations[1].cores.clear()),
        [
            "[LL1268]: `populations[1]` has 2 neurons; its cores hold 0",
            "[LL1268]: `cores[1]` belongs to 0 populations; a core holds neurons of 1",
            "[LL1269]: population `out` lies on 0 cores; cross-entropy needs it on 1",
        ]
    );
    assert_eq!(
        after(|i| i.cores[1].first = 1),
        ["[LL1268]: `cores[1].first` is 1; the population's cores before it hold 0 neurons"]
    );
    let empty = after(|i| {
        i.cores.clear();
        i.populations.clear();
        i.teaching = None;
    });
    assert_eq!(
        empty,
        [
            "[LL1260]: `populations` is 0; allowed is 1..=16777216",
            "[LL1260]: `cores` is 0; allowed is 1..=4096",
        ]
    );
}

#[test]
fn indices_lead_somewhere() {
    let cases: &[Case] = &[
        (
            |i| i.populations[1].cores[0] = 2,
            "`populations[1].cores[0]` is 2; the image has 2 cores",
        ),
        (
            |i| i.teaching.as_mut().expect("taught").population = 2,
            "`teaching.population` is 2; the image has 2 populations",
        ),
        (
            |i| i.cores[0].soma.array.groups[0].source = Source::Input { input: 1, from: 0 },
            "`cores[0].soma.array.groups[0].source.input.input` is 1; the image has 1 inputs",
        ),
        (
            |i| i.cores[0].apical.array.groups[0].source = Source::Core { core: 9, from: 0 },
            "`cores[0].apical.array.groups[0].source.core.core` is 9; the image has 2 cores",
        ),
        (
            |i| i.cores[1].population = 7,
            "`populations[1].cores[0]` names core 1, which holds population 7, not 1",
        ),
    ];
    for (edit, message) in cases.iter().copied() {
        assert!(after(edit)[0].ends_with(message), "{message}");
    }
    let found = after(|i| i.cores[1].population = 7);
    assert_eq!(found[1], "[LL1262]: `cores[1].population` is 7; the image has 2 populations");
}

#[test]
fn rows_are_in_order_within_the_chip_and_their_source() {
    assert_eq!(
        after(|i| i.cores[0].soma.array.groups[1].first = 3),
        ["[LL1265]: `cores[0].soma.array.groups[1].first` is 3; the rows before it end at 2"]
    );
    assert_eq!(
        after(|i| i.chip.rows = 2),
        [
            "[LL1265]: `cores[0].soma.array` has 3 rows; the chip has 2",
            "[LL1265]: `cores[1].soma.array` has 4 rows; the chip has 2",
        ]
    );
    assert_eq!(
        after(|i| i.inputs[0].size = 1),
        ["[LL1266]: `cores[0].soma.array.groups[0].source` reads lines 0..2; it has 1"]
    );
    let overflow = Source::Core { core: 0, from: u32::MAX };
    assert_eq!(
        after(|i| i.cores[1].soma.array.groups[0].source = overflow),
        ["[LL1266]: `cores[1].soma.array.groups[0].source` reads lines \
             4294967295..4294967298; it has 3"]
    );
    assert_eq!(
        after(|i| i.cores[0].apical.array.groups[0].source = Source::Constant),
        ["[LL1267]: `cores[0].apical.array.groups[0].source` is not a core; \
             1 kind of source sends errors: `core`"]
    );
    let found = after(|i| i.cores[0].soma.array.groups[1].rows = 0);
    assert_eq!(
        found[0],
        "[LL1260]: `cores[0].soma.array.groups[1].rows` is 0; allowed is 1..=4096"
    );
}

#[test]
fn vectors_have_the_length_their_neighbours_imply() {
    let cases: &[Case] = &[
        (
            |i| i.cores[0].soma.array.words.push(0),
            "`cores[0].soma.array.words` has 10 entries; its rows and columns need 9",
        ),
        (
            |i| i.cores[1].apical.array.words.push(0),
            "`cores[1].apical.array.words` has 1 entries; its rows and columns need 0",
        ),
        (
            |i| i.cores[0].apical.lag.clear(),
            "`cores[0].apical.lag` has 0 entries; its columns need 3",
        ),
        (
            |i| i.cores[0].soma.lead.push(0),
            "`cores[0].soma.lead` has 4 entries; its columns need 3",
        ),
        (
            |i| i.cores[1].phi_prime.knots.truncate(4),
            "`cores[1].phi_prime.knots` has 4 entries; its segments need 5",
        ),
    ];
    for (edit, message) in cases.iter().copied() {
        assert_eq!(after(edit), [format!("[LL1261]: {message}")]);
    }
}

#[test]
fn numbers_fit_their_registers() {
    let cases: &[Case] = &[
        (|i| i.inputs[0].scale = 25, "`inputs[0].scale` is 25; allowed is -24..=24"),
        (|i| i.cores[0].soma.scale = -25, "`cores[0].soma.scale` is -25; allowed is -24..=24"),
        (
            |i| i.cores[0].apical.scale = i32::MIN,
            "`cores[0].apical.scale` is -2147483648; allowed is -24..=24",
        ),
        (
            |i| i.cores[0].soma.array.groups[0].weight_scale = 99,
            "`cores[0].soma.array.groups[0].weight_scale` is 99; allowed is -24..=24",
        ),
        (|i| i.cores[0].soma.lag[2] = 0, "`cores[0].soma.lag[2]` is 0; allowed is 1..=4294967296"),
        (
            |i| i.cores[0].soma.lag = vec![1, 1 << 33, 0],
            "`cores[0].soma.lag[1]` is 8589934592; allowed is 1..=4294967296, \
             and 1 more of this vector",
        ),
        (
            |i| i.cores[1].soma.lead[0] = 1 << 31,
            "`cores[1].soma.lead[0]` is 2147483648; allowed is 0..=2147483647",
        ),
        (
            |i| i.cores[1].soma.lead[0] = -1,
            "`cores[1].soma.lead[0]` is -1; allowed is 0..=2147483647",
        ),
        (
            |i| i.chip.weight_bits = 15,
            "`cores[0].soma.array.words[3]` is -32768; allowed is -16384..=16383, \
             and 1 more of this vector",
        ),
        (
            |i| i.cores[0].gamma.mantissa = 32_768,
            "`cores[0].gamma.mantissa` is 32768; allowed is -32767..=32767",
        ),
        (
            |i| i.cores[0].gamma.exponent = -65,
            "`cores[0].gamma.exponent` is -65; allowed is -64..=64",
        ),
        (
            |i| {
                i.teaching.as_mut().expect("taught").beta = Ratio { mantissa: -32_768, exponent: 0 }
            },
            "`teaching.beta.mantissa` is -32768; allowed is -32767..=32767",
        ),
        (
            |i| i.learning.as_mut().expect("learns").every = 0,
            "`learning.every` is 0; allowed is 1..=4294967295",
        ),
        (
            |i| i.learning.as_mut().expect("learns").decay.exponent = 100,
            "`learning.decay.exponent` is 100; allowed is -64..=64",
        ),
        (
            |i| i.learning.as_mut().expect("learns").rule = Rule::Momentum { blend: 0 },
            "`learning.rule.momentum.blend` is 0; allowed is 1..=16384",
        ),
        (
            |i| {
                i.learning.as_mut().expect("learns").rule =
                    Rule::Normalised { blend: 1, forget: 15 }
            },
            "`learning.rule.normalised.forget` is 15; allowed is 1..=14",
        ),
        (
            |i| i.cores[0].soma.sender = Sender::OnChange { threshold: 0 },
            "`cores[0].soma.sender.on-change.threshold` is 0; allowed is 1..=1023",
        ),
        (
            |i| i.cores[0].soma.sender = Sender::OnChange { threshold: 1024 },
            "`cores[0].soma.sender.on-change.threshold` is 1024; allowed is 1..=1023",
        ),
        (|i| i.cores[0].phi.domain = 6, "`cores[0].phi.domain` is 6; allowed is 0..=5"),
        (|i| i.cores[0].phi.output = -9, "`cores[0].phi.output` is -9; allowed is -8..=8"),
        (|i| i.chip.table_segments = 3, "`cores[0].phi.segments` is 2; allowed is 3..=3"),
        (|i| i.cores[0].phi.segments = 200, "`cores[0].phi.segments` is 200; allowed is 2..=2"),
        (|i| i.cores[0].neurons = 33, "`cores[0].neurons` is 33; allowed is 1..=32"),
        (|i| i.inputs[0].size = 0, "`inputs[0].size` is 0; allowed is 1..=16777216"),
    ];
    for (edit, message) in cases.iter().copied() {
        let (found, wanted) = (after(edit), format!("[LL1260]: {message}"));
        assert!(found.contains(&wanted), "{wanted} is not in {found:#?}");
    }
}

#[test]
fn a_table_that_continues_reaches_the_rails() {
    assert_eq!(
        after(|i| i.cores[0].phi.domain = 2),
        ["[LL1270]: `cores[0].phi` continues beyond its domain of 4; the rails are at 8"]
    );
    let mut image = samples::small();
    image.cores[0].phi.domain = 2;
    image.cores[0].phi.extend = false;
    assert_eq!(image.validate(), Ok(()));
}

#[test]
fn cross_entropy_needs_one_core() {
    let spread = |image: &mut Image| {
        let mut more = image.cores[1].clone();
        (more.x, image.chip.mesh_x, more.first) = (2, 3, 2);
        image.cores.push(more);
        image.populations[1].cores.push(2);
        image.populations[1].size = 4;
    };
    assert_eq!(
        after(spread),
        ["[LL1269]: population `out` lies on 2 cores; cross-entropy needs it on 1"]
    );
    let mut image = samples::small();
    spread(&mut image);
    image.teaching.as_mut().expect("taught").loss = Loss::SquaredError;
    assert_eq!(image.validate(), Ok(()));
}

#[test]
fn gains_that_cannot_be_formed_are_refused() {
    assert_eq!(
        after(|i| i.cores[0].soma.array.groups[0].weight_scale = 6),
        ["[LL1271]: the rows `in -> hidden` of `cores[0].soma` need a shift of 6; the chip has 5"]
    );
}
