//! Networks of any shape on chips of any size: what always holds of the image.

use leadlag_compiler::{Compiled, Job, compile};
use leadlag_fixed::index;
use leadlag_image::{Chip, Image, RowGroup, Source};
use leadlag_net::{Network, Parameters};
use leadlag_quantize::{Ranges, word};
use proptest::prelude::*;

use crate::build::{chip, input, layer, network, projection};

const PHI: [&str; 4] = ["tanh", "linear", "relu", "logistic"];

/// Two inputs, some layers in a chain, a skip, a loop, and another start for every projection.
fn any_network(feedback: &'static str) -> impl Strategy<Value = Network> {
    let layers = prop::collection::vec((1..70_usize, 0..PHI.len(), any::<bool>()), 1..4);
    let spread = prop::collection::vec(-12..6_i32, 8);
    (layers, 1..5_usize, 1..5_usize, spread, any::<bool>()).prop_map(
        move |(layers, first, second, spread, plastic)| {
            let init = |i: usize| {
                let top = 2.0_f64.powi(spread[i % 8]);
                format!("init = {{ range = [{:?}, {top:?}] }}\n", -top)
            };
            let mut text = input("a", first) + &input("b", second);
            let mut from = "a".to_owned();
            for (i, &(size, phi, bias)) in layers.iter().enumerate() {
                text += &layer(&format!("p{i}"), size, PHI[phi], bias);
            }
            for i in 0..layers.len() {
                text += &projection(&from, &format!("p{i}"), &init(i));
                from = format!("p{i}");
            }
            text += &projection("b", &from, &(init(4) + &format!("plastic = {plastic}\n")));
            text += &projection(&from, &from, &init(5));
            if layers.len() > 1 {
                text += &projection(&from, "p0", &init(6));
            }
            if layers.len() > 2 {
                text += &projection("p0", &from, &init(7));
            }
            text += &format!("[teach]\npopulation = \"{from}\"\nloss = \"squared-error\"\n[learning]\nrule = \"sgd\"\neta = 0.01\ndecay = 0.001\nfeedback = \"{feedback}\"\n");
            network(&text).0
        },
    )
}

fn any_chip() -> impl Strategy<Value = Chip> {
    let widths = (2..=16_u32, 1..=16_u32, 2..=16_u32, 0..=8_u32);
    (1..4_u32, 1..4_u32, 1..=3_u32, 20..250_u32, widths).prop_map(
        |(x, y, columns, rows, (weight, dac, payload, shift))| {
            let dac = dac.min(weight);
            let settings = format!(
                "mesh=[{x}, {y}] neurons={} rows={rows} weight_bits={weight} dac_bits={dac} payload_bits={payload} row_shift_max={shift}",
                32 * columns
            );
            let settings: Vec<String> = settings.split(' ').fold(Vec::new(), |mut all, part| {
                match all.last_mut() {
                    Some(last) if part.ends_with(']') => *last += part,
                    _ => all.push(part.to_owned()),
                }
                all
            });
            let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
            chip(&settings)
        },
    )
}

/// Ranges that the signals of a population might have had.
fn ranges(net: &Network, powers: &[i32]) -> Ranges {
    let range = |at: usize| 2.0_f64.powi(powers[at % powers.len()]);
    let all = |first: usize| (0..net.populations().len()).map(|p| range(first + 2 * p)).collect();
    Ranges { rate: all(0), error: all(1), error_rms: all(3) }
}

fn made(net: &Network, chip: &Chip, powers: &[i32], seed: u64) -> Option<(Compiled, Parameters)> {
    let (parameters, ranges) = (net.initialise(seed), ranges(net, powers));
    let job = Job { net, parameters: &parameters, chip, ranges: &ranges, seed, text: None };
    match compile(job) {
        Ok(compiled) => Some((compiled, parameters)),
        Err(found) => {
            let own = found.0.iter().all(|d| d.code.starts_with("LL20"));
            assert!(own, "the compiler refuses in its own words: {found}");
            None
        }
    }
}

/// A network on a chip with room for it, so that only its inside is at stake.
fn roomy(chip: &Chip) -> Chip {
    let mut chip = chip.clone();
    chip.set_all(&["mesh=[4, 4]", "rows=512"]).expect("within the ranges");
    chip
}

/// The real weight that a synapse of a somatic array stands for, by population and neuron.
fn weight(
    net: &Network,
    parameters: &Parameters,
    image: &Image,
    to: (usize, usize),
    group: &RowGroup,
    row: usize,
) -> f64 {
    let names = |p: usize| net.populations()[p].name();
    if group.source == Source::Constant {
        return parameters.biases[to.0][to.1];
    }
    let projections = net.projections().iter().enumerate();
    let (at, projection) = projections
        .filter(|(_, p)| p.to == to.0)
        .find(|(_, p)| group.label == format!("{} -> {}", names(p.from), names(p.to)))
        .expect("the label names a projection");
    let first = match group.source {
        Source::Core { core, from } => index(image.cores[index(core)].first + from),
        Source::Input { from, .. } => index(from),
        Source::Constant => 0,
    };
    parameters.weights[at][to.1 * net.pre_size(projection) + first + row]
}

/// The network's index of a core's population.
fn population(net: &Network, image: &Image, core: usize) -> usize {
    net.population(&image.populations[index(image.cores[core].population)].name)
        .expect("it is there")
}

/// The row of a core's somatic array that a neuron of another core drives.
fn somatic_row(image: &Image, core: usize, from: u32, column: usize) -> Option<usize> {
    let groups = image.cores[core].soma.array.groups.iter();
    let mut found = groups.filter(|g| g.source == Source::Core { core: from, from: 0 });
    found.next().map(|group| index(group.first) + column)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever is not refused is valid, and stays within the rows, columns and cores there are.
    #[test]
    fn an_image_is_valid_and_fits(net in any_network("mirrored"), chip in any_chip(), powers in prop::collection::vec(-6..6_i32, 1..9), seed in any::<u64>()) {
        let Some((Compiled { image, .. }, _)) = made(&net, &chip, &powers, seed) else { return Ok(()) };
        prop_assert!(image.validate().is_ok());
        prop_assert!(image.cores.len() <= index(chip.mesh_x * chip.mesh_y));
        for core in &image.cores {
            prop_assert!(core.neurons <= chip.neurons && core.neurons > 0);
            prop_assert!(core.soma.array.rows() <= u64::from(chip.rows));
            prop_assert!(core.apical.array.rows() <= u64::from(chip.rows));
        }
        let neurons: u32 = image.cores.iter().map(|c| c.neurons).sum();
        let wanted: usize = net.populations().iter().filter(|p| !p.is_input()).map(leadlag_net::Population::size).sum();
        prop_assert_eq!(index(neurons), wanted);
    }

    /// Every word of a somatic array is the rounded weight at the scale of its rows.
    #[test]
    fn a_word_is_the_rounded_weight(net in any_network("mirrored"), chip in any_chip(), powers in prop::collection::vec(-4..4_i32, 1..9), seed in any::<u64>()) {
        let (Compiled { image, .. }, parameters) = made(&net, &roomy(&chip), &powers, seed).expect("there is room");
        for (at, core) in image.cores.iter().enumerate() {
            let columns = index(core.neurons);
            for group in &core.soma.array.groups {
                for (row, column) in (0..index(group.rows)).flat_map(|r| (0..columns).map(move |c| (r, c))) {
                    let to = (population(&net, &image, at), index(core.first) + column);
                    let real = weight(&net, &parameters, &image, to, group, row);
                    let stored = core.soma.array.words[(index(group.first) + row) * columns + column];
                    prop_assert_eq!(stored, word(real, group.weight_scale, chip.weight_bits));
                }
            }
        }
    }

    /// Mirrored feedback is the transpose, word by word, though both are cut into parts.
    #[test]
    fn mirrored_feedback_is_the_transpose(net in any_network("mirrored"), chip in any_chip(), seed in any::<u64>()) {
        let (Compiled { image, .. }, _) = made(&net, &roomy(&chip), &[0], seed).expect("there is room");
        let mut seen = 0;
        for (at, core) in (0..).zip(&image.cores) {
            for group in &core.apical.array.groups {
                let Source::Core { core: above, .. } = group.source else { panic!("only cores send errors") };
                let other = &image.cores[index(above)];
                for (row, column) in (0..index(group.rows)).flat_map(|r| (0..index(core.neurons)).map(move |c| (r, c))) {
                    let there = somatic_row(&image, index(above), at, column).expect("the way forward");
                    let forward = other.soma.array.words[there * index(other.neurons) + row];
                    let back = core.apical.array.words[(index(group.first) + row) * index(core.neurons) + column];
                    prop_assert_eq!(forward, back);
                    seen += 1;
                }
            }
        }
        prop_assert!(seen > 0, "there is a loop in every network");
    }

    /// Random feedback is a function of the seed, has the spread of the weights, and is not they.
    #[test]
    fn random_feedback_is_a_function_of_the_seed(fixed in any_network("fixed"), decaying in any_network("kolen-pollack"), seed in any::<u64>()) {
        for (net, plastic) in [(fixed, false), (decaying, true)] {
            let image = |seed| {
                let parameters = net.initialise(1);
                let (chip, ranges) = (chip(&["rows=512"]), ranges(&net, &[0]));
                compile(Job { net: &net, parameters: &parameters, chip: &chip, ranges: &ranges, seed, text: None }).expect("there is room").image
            };
            let words = |image: &Image| -> Vec<Vec<i16>> { image.cores.iter().map(|c| c.apical.array.words.clone()).collect() };
            let (one, again, other) = (image(seed), image(seed), image(!seed));
            prop_assert_eq!(&one, &again);
            // A few synapses whose scale was raised may round to the same words.
            if words(&one).concat().iter().filter(|w| w.abs() > 8).count() > 4 {
                prop_assert_ne!(words(&one), words(&other));
            }
            let forward = |image: &Image| -> Vec<Vec<i16>> { image.cores.iter().map(|c| c.soma.array.words.clone()).collect() };
            prop_assert_eq!(forward(&one), forward(&other));
            let groups: Vec<&RowGroup> = one.cores.iter().flat_map(|c| &c.apical.array.groups).collect();
            prop_assert!(groups.iter().all(|g| g.plastic == plastic));
        }
    }
}
