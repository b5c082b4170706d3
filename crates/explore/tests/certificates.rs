//! What is certified is never exceeded, and what is blamed adds up to the chip.

#![expect(clippy::indexing_slicing, reason = "shapes of networks that are written here")]

use leadlag_chip::{Emulator, Options, Stimulus, Targets};
use leadlag_explore::blame::{Mixed, Quantiser, Switches};
use leadlag_explore::build::{Built, build};
use leadlag_explore::carried::carried;
use leadlag_explore::shadow::{ChipShadow, FloatShadow, Shadow};
use leadlag_image::{Chip, Compartment, Image, Source};
use leadlag_net::{Block, Network};
use leadlag_quantize::bounds::Circuit;
use leadlag_quantize::{Stored, converter};
use proptest::prelude::*;

/// A chain of two hidden layers with a skip, and perhaps a loop on the first.
#[derive(Clone, Debug)]
struct Case {
    sizes: [usize; 3],
    phi: [&'static str; 3],
    tau_m: [f64; 3],
    tau_r: [f64; 3],
    gamma: f64,
    loop_weight: Option<f64>,
    settings: Vec<String>,
    sender: &'static str,
    seed: u64,
}

impl Case {
    fn text(&self) -> String {
        let layer = |at: usize, name: &str| {
            let Self { sizes, phi, tau_m, tau_r, .. } = self;
            format!(
                "[[population]]\nname = \"{name}\"\nsize = {}\nphi = \"{}\"\ntau_m = \"{} ms\"\ntau_r = \"{} ms\"\nbias = {}\n",
                sizes[at],
                phi[at],
                tau_m[at],
                tau_r[at],
                at != 1
            )
        };
        let looped = self.loop_weight.map_or(String::new(), |w| {
            format!("[[projection]]\nfrom = \"a\"\nto = \"a\"\nplastic = false\ninit = {{ range = [{:?}, {w:?}] }}\n", -w)
        });
        format!(
            "name = \"case\"\ndt = \"0.2 ms\"\ngamma = {:?}\n[[population]]\nname = \"in\"\ninput = 2\n{}{}{}\
             [[projection]]\nchain = [\"in\", \"a\", \"b\", \"out\"]\n[[projection]]\nfrom = \"a\"\nto = \"out\"\n{looped}\
             [teach]\npopulation = \"out\"\nloss = \"squared-error\"\n[learning]\nrule = \"sgd\"\neta = 0.01\n{}\n\
             [map]\nweight_range = 1.0\nrate_range = 8.0\nerror_range = 4.0\n",
            self.gamma,
            layer(0, "a"),
            layer(1, "b"),
            layer(2, "out"),
            self.sender
        )
    }

    fn built(&self) -> (Network, Built) {
        let text = self.text();
        let network =
            Network::parse(&text, "case").unwrap_or_else(|found| panic!("{found}\n{text}"));
        let mut chip = Chip::builtin("ll1").expect("built in");
        chip.set_all(&self.settings).unwrap_or_else(|found| panic!("{found}"));
        let built = build(&network, &chip, None, self.seed, Some(&text));
        (network, built.unwrap_or_else(|found| panic!("{found}\n{text}")))
    }
}

fn phi() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "tanh",
        "logistic",
        "linear",
        "softplus",
        "relu",
        "hard-tanh",
        "hard-sigmoid",
    ])
}

fn tau() -> impl Strategy<Value = [f64; 3]> {
    prop::array::uniform3(prop::sample::select(vec![0.2, 0.3, 0.6, 1.0, 2.0, 5.0]))
}

fn case(looped: impl Strategy<Value = Option<f64>>) -> impl Strategy<Value = Case> {
    let shape = (prop::array::uniform3(1..7_usize), prop::array::uniform3(phi()));
    let chip = (4..=16_u32, 4..=12_u32, 4..=8_u32, prop::sample::select(vec!["euler", "exact"]));
    let sender = prop::sample::select(vec!["", "sender = \"on-change\"\nthreshold = 3"]);
    let rest = (prop::sample::select(vec![0.0, 0.25]), looped, sender, 1..50_u64);
    (shape, tau(), tau(), chip, rest).prop_map(|((sizes, phi), tau_m, tau_r, chip, rest)| {
        let (word, payload, segments, solver) = chip;
        let (gamma, loop_weight, sender, seed) = rest;
        let settings = vec![
            format!("weight_bits={word}"),
            format!("dac_bits={}", word.min(8)),
            format!("payload_bits={payload}"),
            format!("table_segments={segments}"),
            format!("circuit.solver={solver}"),
            "mesh=[2, 2]".to_owned(),
        ];
        Case { sizes, phi, tau_m, tau_r, gamma, loop_weight, settings, sender, seed }
    })
}

/// Inputs within full scale that hold for some steps.
fn input(seed: u64, step: u64) -> Block {
    let value = |line: u64| {
        let place = (step / 7 + 31 * line + 1009 * seed) * 2_654_435_761 % 1999;
        f64::from(u32::try_from(place).expect("small")) / 1000.0 - 0.9995
    };
    Block {
        steps: 1,
        lanes: 1,
        width: 2,
        inputs: vec![value(0), value(1)],
        targets: leadlag_net::Targets::None,
        used: 1,
    }
}

const POPULATIONS: [&str; 3] = ["a", "b", "out"];

fn distance(one: &dyn Shadow, other: &dyn Shadow, name: &str) -> f64 {
    let pair = one.rates(name).zip(other.rates(name)).expect("both have it");
    assert_eq!(pair.0.len(), pair.1.len());
    pair.0.iter().zip(&pair.1).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// The largest rate, or 1.
fn largest(shadow: &dyn Shadow, name: &str) -> f64 {
    let rates = shadow.rates(name).expect("a population");
    rates.iter().map(|rate| rate.abs()).fold(1.0, f64::max)
}

fn held(chip: &Emulator) -> u64 {
    let sum =
        |c: &leadlag_chip::Counters| c.soma.code_clipped + c.soma.output_held + c.soma.state_held;
    chip.counters().iter().map(sum).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// With no quantiser the steps in between are the reference, with all of them the chip.
    #[test]
    fn blame_begins_at_the_reference_and_ends_at_the_chip(case in case(prop::option::of(0.01..0.5_f64))) {
        let (network, built) = case.built();
        let image = &built.compiled.image;
        let mixed = |on| Mixed::new(&network, &built.parameters, image, on).expect("its own image");
        let all = Quantiser::ALL.into_iter().fold(Switches::default(), Switches::and);
        let (mut none, mut all) = (mixed(Switches::default()), mixed(all));
        let mut reference = FloatShadow::new(&network, &built.parameters);
        let mut chip = ChipShadow::new(image).expect("a valid image");
        for step in 0..150 {
            let one = input(case.seed, step);
            let shadows: [&mut dyn Shadow; 4] = [&mut none, &mut all, &mut reference, &mut chip];
            for shadow in shadows {
                shadow.step(&one).expect("no refusal");
            }
            for name in POPULATIONS {
                // A loop may let the rates grow, and their rounding with them.
                let off = distance(&none, &reference, name);
                prop_assert!(off < 1e-9 * largest(&reference, name), "{name} {step}: {off}");
                prop_assert!(distance(&all, &chip, name) <= 0.0, "{name} {step}");
            }
        }
    }

    /// No rate leaves the certificate of its population, as long as nothing is held or clipped.
    #[test]
    fn no_rate_leaves_its_certificate(case in case(prop::option::of(0.01..0.12_f64))) {
        let (network, built) = case.built();
        let image = &built.compiled.image;
        let certified = built.certificates.deviation.as_ref().expect("its own image");
        let mut reference = FloatShadow::new(&network, &built.parameters);
        let mut chip = ChipShadow::new(image).expect("a valid image");
        let mut worst = [0.0_f64; 3];
        for step in 0..300 {
            let one = input(case.seed, step);
            chip.step(&one).expect("no refusal");
            reference.step(&one).expect("no refusal");
            for (worst, name) in worst.iter_mut().zip(POPULATIONS) {
                *worst = worst.max(distance(&chip, &reference, name));
            }
        }
        let conditional = certified.populations.iter().any(|p| p.conditional);
        prop_assume!(!conditional || chip_held(&case, image) == 0);
        for (worst, name) in worst.iter().zip(POPULATIONS) {
            let of = certified.of(name).expect("a population");
            if let Some(rate) = of.rate {
                prop_assert!(*worst <= rate.total(), "{name}: {worst} of {rate:?}");
            } else {
                prop_assert!(case.loop_weight.is_some(), "{name} has no bound without a loop");
            }
        }
    }

    /// Exact arithmetic on the codes that a core holds gives its outputs within the certificate of
    /// the emulation, for both circuits, with errors arriving.
    #[test]
    fn no_emulation_leaves_its_certificate(case in case(Just(None))) {
        let (_, built) = case.built();
        let image = &built.compiled.image;
        let options = Options { replicas: 1, threads: 1, seed: 1 };
        let mut chip = Emulator::load(image.clone(), options).expect("a valid image");
        let mut exact = Exact::new(image);
        for step in 0..200 {
            let before: Vec<Vec<i32>> = chip.state().shards[0].cores.iter().map(|c| c.slope.clone()).collect();
            let targets: Vec<i16> = (0..case.sizes[2]).map(|o| code(step + 3 * u64::try_from(o).unwrap(), 16)).collect();
            let codes = [code(step / 5, image.chip.payload_bits), code(step / 9 + 77, image.chip.payload_bits)];
            chip.run(&Stimulus { steps: 1, codes: &codes, targets: Targets::Codes { codes: &targets, present: &[] }, learn: false });
            // Apical circuits come after their somas in the list, and before them in a step.
            for one in built.certificates.emulation.iter().rev() {
                let off = exact.step(image, &chip, &before, one.core, one.compartment);
                prop_assert!(off <= one.bound, "step {step} {one:?}: {off}");
            }
        }
    }
}

/// A code of so many bits that depends on a place.
fn code(place: u64, bits: u32) -> i16 {
    let top = 1_i64 << (bits - 1);
    let wide = i64::try_from(place * 2_654_435_761 % 65_521).expect("small");
    i16::try_from(wide % (2 * top) - top).expect("a code")
}

fn chip_held(case: &Case, image: &Image) -> u64 {
    let options = Options { replicas: 1, threads: 1, seed: 1 };
    let mut chip = leadlag_explore::ChipBackend::new(image.clone(), options, false).expect("valid");
    for step in 0..300 {
        leadlag_explore::Backend::run(&mut chip, &input(case.seed, step), false)
            .expect("no refusal");
    }
    held(chip.emulator())
}

/// Both circuits of every neuron in exact arithmetic, driven by the codes in the chip's registers.
struct Exact {
    soma: Vec<Vec<f64>>,
    apical: Vec<Vec<f64>>,
    /// The exact e of this step, which gamma feeds into the soma.
    error: Vec<Vec<f64>>,
}

impl Exact {
    fn new(image: &Image) -> Self {
        let zeros: Vec<Vec<f64>> =
            image.cores.iter().map(|c| vec![0.0; c.soma.lag.len()]).collect();
        Self { soma: zeros.clone(), apical: zeros.clone(), error: zeros }
    }

    /// A step of one circuit of a core; the largest distance of its outputs.
    fn step(
        &mut self,
        image: &Image,
        chip: &Emulator,
        slopes: &[Vec<i32>],
        at: usize,
        side: Compartment,
    ) -> f64 {
        let (core, state) = (&image.cores[at], &chip.state().shards[0].cores[at]);
        let (registers, states) = match side {
            Compartment::Soma => (&state.soma, &mut self.soma[at]),
            Compartment::Apical => (&state.apical, &mut self.apical[at]),
        };
        let drives = currents(image, at, side, &registers.rows);
        let unit = 2.0_f64.powi(core.apical.scale);
        let rails = f64::from(image.chip.rails);
        let mut worst = 0.0_f64;
        for (column, drive) in drives.into_iter().enumerate() {
            let drive = match side {
                Compartment::Soma => {
                    let gamma = f64::from(core.gamma.mantissa) * 2.0_f64.powi(core.gamma.exponent);
                    drive + gamma * unit * self.error[at][column]
                }
                Compartment::Apical => {
                    let slope = f64::from(slopes[at][column])
                        * 2.0_f64.powi(i32::from(core.phi_prime.output) - 15);
                    let injection = f64::from(state.injection[column]) / 16_777_216.0;
                    slope * (drive / unit + injection)
                }
            };
            let circuit = circuit(core.side(side).lag[column], core.side(side).lead[column]);
            let x = states[column];
            let y = (x + circuit.rho * (drive - x)).clamp(-rails, rails);
            states[column] = (x + circuit.alpha * (drive - x)).clamp(-rails, rails);
            if side == Compartment::Apical {
                self.error[at][column] = y;
            }
            worst = worst.max((f64::from(registers.prospective[column]) / 16_777_216.0 - y).abs());
        }
        worst
    }
}

fn circuit(lag: i64, lead: i64) -> Circuit {
    let wide = |bits: i64| {
        f64::from(u32::try_from(bits >> 1).expect("33 bits")) * 2.0
            + f64::from(u8::from(bits & 1 == 1))
    };
    Circuit { alpha: wide(lag) / 4_294_967_296.0, rho: wide(lead) / 16_777_216.0 }
}

/// Currents of all columns: the codes in the rows, undone of their shifts, times the converters'.
fn currents(image: &Image, at: usize, side: Compartment, rows: &[i16]) -> Vec<f64> {
    let (core, chip) = (&image.cores[at], &image.chip);
    let gains = leadlag_image::registers::gains(
        image,
        at,
        side,
        &leadlag_image::registers::error_scales(image),
    )
    .expect("valid");
    let columns = core.soma.lag.len();
    let mut sums = vec![0.0; columns];
    for (group, &shift) in core.side(side).array.groups.iter().zip(&gains.row_shifts) {
        let scale = match (group.source, side) {
            (Source::Constant, _) => 0,
            (Source::Input { input, .. }, _) => image.inputs[leadlag_fixed::index(input)].scale,
            (Source::Core { core, .. }, Compartment::Soma) => {
                image.cores[leadlag_fixed::index(core)].soma.scale
            }
            (Source::Core { core, .. }, Compartment::Apical) => {
                image.cores[leadlag_fixed::index(core)].apical.scale
            }
        };
        let place = |bits: u32| i32::try_from(bits).expect("small") - 1;
        let worth = 2.0_f64.powi(
            group.weight_scale - place(chip.dac_bits) + scale
                - place(chip.payload_bits)
                - i32::from(shift),
        );
        for row in group.first..group.first + group.rows {
            let row = leadlag_fixed::index(row);
            for (sum, &word) in sums.iter_mut().zip(&core.side(side).array.words[row * columns..]) {
                *sum += f64::from(converter(word, chip.weight_bits, chip.dac_bits))
                    * f64::from(rows[row])
                    * worth;
            }
        }
    }
    sums
}

#[test]
fn the_converter_is_the_circuits_converter() {
    for (bits, dac) in [(16, 8), (8, 8), (5, 2), (16, 16)] {
        let half = 1_i32 << (bits - 1);
        for word in (-half..half).step_by(7).chain([half - 1]) {
            let word = i16::try_from(word).expect("a word");
            assert_eq!(
                converter(word, bits, dac),
                i32::from(leadlag_circuits::dac(word, bits, dac))
            );
        }
    }
}

/// An image that has learnt carries the network it came from; its reference takes the words.
#[test]
fn a_trained_image_is_its_own_reference() {
    let case = Case {
        sizes: [4, 3, 2],
        phi: ["tanh", "tanh", "linear"],
        tau_m: [0.6; 3],
        tau_r: [0.2; 3],
        gamma: 0.0,
        loop_weight: None,
        settings: Vec::new(),
        sender: "",
        seed: 5,
    };
    let (network, built) = case.built();
    let start = carried(&built.compiled.image).expect("it carries its network");
    assert_eq!((start.learnt, &start.parameters), (false, &built.parameters));
    assert_eq!(start.clone().pinned(case.seed), network, "the same seed draws the same start");
    let other = start.pinned(case.seed + 1);
    assert_eq!(other.initialise(case.seed + 1), built.parameters, "another seed changes nothing");

    let options = Options { replicas: 1, threads: 1, seed: 1 };
    let mut chip = Emulator::load(built.compiled.image.clone(), options).expect("a valid image");
    let target = Targets::Codes { codes: &[20_000, -20_000], present: &[] };
    for step in 0..200 {
        let codes = [code(step / 5, 10), code(step / 9 + 77, 10)];
        chip.run(&Stimulus { steps: 1, codes: &codes, targets: target, learn: true });
    }
    let trained = chip.trained_image();
    let own = carried(&trained).expect("it carries its network");
    assert!(own.learnt, "the words have moved");
    let stored = Stored::new(&own.network, &trained).expect("its own network");
    assert!(stored.is_start(&own.parameters), "the parameters are the words");
    let pinned = own.clone().pinned(9);
    assert_eq!(pinned.initialise(1).weights, own.parameters.weights);
    assert_eq!(pinned.initialise(1).biases, own.parameters.biases);
}
