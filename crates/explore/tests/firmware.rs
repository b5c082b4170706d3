//! The learning chip against its own programs: beside every core runs a plasticity unit with the
//! compiled rule, which sees the core's codes and nothing else. Its weights are the chip's, in every
//! step and every bit.

#![expect(clippy::indexing_slicing, reason = "shapes of networks that are written here")]

use leadlag_chip::{CoreProgram, Emulator, Options, Stimulus};
use leadlag_compiler::program::{Layout, Lesson, Own, Parameters, Rows, compile_lesson};
use leadlag_explore::build::build;
use leadlag_explore::course::Progress;
use leadlag_explore::firmware::Firmware;
use leadlag_explore::{Backend as _, ChipBackend};
use leadlag_fixed::{count, index};
use leadlag_image::{Chip, Compartment, Image};
use leadlag_net::{Block, Network, Targets};
use leadlag_plasticity::processor::{CoreMemory, Geometry, Processor, Settings, Stop, Window};
use leadlag_plasticity::{Constants, Fraction, Rounding, Rule};

const SEED: u64 = 7;

/// Bits of a converter or sender code.
const CODE: u32 = 11;

/// A plasticity unit beside a core.
struct Unit {
    core: usize,
    processor: Processor,
    memory: CoreMemory,
    lesson: Lesson,
}

fn layout() -> Layout {
    Layout { data_bytes: 1 << 20, ..Layout::ll1() }
}

/// Row groups that learn, with the bits that their words `g` have no room for, and by how many bits
/// their rows are shifted.
fn groups(emulator: &Emulator, core: usize, side: Compartment) -> Vec<(Rows, Constants, u32)> {
    let image = emulator.image();
    let learning = image.learning.as_ref().expect("it learns");
    let plastic = image.cores[core].side(side).array.groups.iter().filter(|group| group.plastic);
    let group = |(group, (rows, constants)): (&_, (std::ops::Range<usize>, Constants))| {
        let dropped = leadlag_chip::dropped_bits(image, learning, (core, side), group, 1);
        let dropped = u32::try_from(dropped).expect("no mean");
        let (first, drop) = (count(rows.start), dropped + 2 * (16 - CODE));
        let shift = constants.mean.shift - 14 - dropped;
        (Rows { first, rows: count(rows.len()), drop }, constants, shift)
    };
    plastic.zip(emulator.plastic_rows(core, side)).map(group).collect()
}

impl Unit {
    fn new(emulator: &Emulator, core: usize) -> Option<Self> {
        let [soma, apical] = Compartment::ALL.map(|side| groups(emulator, core, side));
        let (_, constants, _) = *soma.first().or(apical.first())?;
        let rows = |side: &[(Rows, Constants, u32)]| side.iter().map(|(rows, ..)| *rows).collect();
        let lesson = Lesson {
            rule: constants.rule,
            rounding: constants.rounding,
            weight_bits: constants.weight_bits,
            every: emulator.image().learning.as_ref()?.every,
            own: Own::Sent,
            somatic: rows(&soma),
            apical: rows(&apical),
            tau: None,
        };
        let compiled = compile_lesson(&lesson, &layout(), &Parameters::default()).expect("fits");
        let (image, geometry) = (emulator.image(), Geometry::default());
        let place = &image.cores[core];
        let settings = Settings {
            geometry,
            data_bytes: layout().data_bytes,
            core: u16::try_from(place.y * image.chip.mesh_x + place.x).expect("a node"),
            seed: SEED,
            ..Settings::default()
        };
        let mut processor = Processor::new(settings);
        assert!(processor.load(0, &compiled.bytes(&layout()).expect("assembles")));
        let mut unit = Self { core, processor, memory: CoreMemory::new(geometry), lesson };
        unit.run();
        for (at, window) in [Window::WeightsSoma, Window::WeightsApical].into_iter().enumerate() {
            let words = &emulator.state().arrays[2 * core + at].weight;
            for (row, words) in words.chunks_exact(unit.width(emulator)).enumerate() {
                unit.put(window, row * 512, words.iter().copied());
            }
        }
        Some(unit)
    }

    fn width(&self, emulator: &Emulator) -> usize {
        // The emulator pads columns to the lanes of its kernels.
        index(emulator.image().cores[self.core].neurons.next_multiple_of(16))
    }

    fn put(&mut self, window: Window, offset: usize, words: impl Iterator<Item = i16>) {
        let bytes: Vec<u8> = words.flat_map(i16::to_le_bytes).collect();
        self.memory.window_mut(window)[offset..offset + bytes.len()].copy_from_slice(&bytes);
    }

    fn run(&mut self) {
        let stop = self.processor.run(&mut self.memory, 10_000_000);
        assert!(matches!(stop, Stop::Asleep), "{stop:?}");
    }

    /// The learn phase of a step that the chip has done.
    fn learn(&mut self, emulator: &Emulator, step: u64, learns: bool) {
        let aligned = |code: &i16| code << (16 - CODE);
        let mut etas: Vec<Fraction> = Vec::new();
        let mut decay = Fraction::default();
        let state = emulator.state();
        let core = &state.shards[0].cores[self.core];
        for (side, window) in
            Compartment::ALL.into_iter().zip([Window::RowsSoma, Window::RowsApical])
        {
            let codes = match side {
                Compartment::Soma => &core.soma.rows,
                Compartment::Apical => &core.apical.rows,
            };
            for (rows, constants, shift) in groups(emulator, self.core, side) {
                let first = index(rows.first);
                let codes =
                    codes[first..first + index(rows.rows)].iter().map(|c| aligned(&(c >> shift)));
                self.put(window, 2 * first, codes);
                etas.push(constants.eta);
                decay = constants.decay;
            }
        }
        self.put(Window::SentR, 0, core.soma.sent.iter().map(aligned));
        self.put(Window::SentE, 0, core.apical.sent.iter().map(aligned));
        let params = self.lesson.params(decay, learns, &etas);
        let bytes: Vec<u8> = params.iter().flat_map(|word| word.to_le_bytes()).collect();
        self.memory.window_mut(Window::Mailbox)[0x1_0000..][..bytes.len()].copy_from_slice(&bytes);
        self.processor.begin_step(step);
        self.run();
    }

    /// Compares all weights; how many there are.
    fn same(&self, emulator: &Emulator, step: u64) -> usize {
        let width = self.width(emulator);
        let mut compared = 0;
        for (at, window) in [Window::WeightsSoma, Window::WeightsApical].into_iter().enumerate() {
            let words = &emulator.state().arrays[2 * self.core + at].weight;
            for (row, words) in words.chunks_exact(width).enumerate() {
                let bytes = &self.memory.window(window)[row * 512..][..2 * width];
                let found: Vec<i16> =
                    bytes.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect();
                assert_eq!(found, words, "step {step}, core {}, {window:?}, row {row}", self.core);
                compared += words.len();
            }
        }
        compared
    }
}

/// Lines of the input that are a function of the place alone.
fn block(step: usize, width: usize, classes: u32) -> Block {
    let value = |at: usize| f64::from(u32::try_from(at * 2_654_435_761 % 2001).expect("small"));
    let inputs = (step * width..(step + 1) * width).map(|at| value(at + 17) / 1000.0 - 1.0);
    let class = count(step / 10) % classes;
    Block {
        steps: 1,
        lanes: 1,
        width,
        inputs: inputs.collect(),
        targets: Targets::Class(vec![class]),
        used: 1,
    }
}

/// Trains the chip and the units side by side; returns what changed.
fn side_by_side(image: &Image, width: usize, classes: u32, steps: usize) {
    let options = Options { replicas: 1, threads: 1, seed: SEED };
    let mut chip = ChipBackend::new(image.clone(), options, false).expect("a valid image");
    let before = chip.emulator().trained_image();
    let mut units: Vec<Unit> =
        (0..image.cores.len()).filter_map(|core| Unit::new(chip.emulator(), core)).collect();
    assert!(!units.is_empty());
    for step in 0..steps {
        let learns = !(steps / 2..steps / 2 + 3).contains(&step);
        chip.run(&block(step, width, classes), learns).expect("a block");
        for unit in &mut units {
            let at = u64::try_from(step).expect("few");
            unit.learn(chip.emulator(), at, learns);
            assert!(unit.same(chip.emulator(), at) > 0);
        }
    }
    let after = chip.emulator().trained_image();
    let moved = image.cores.iter().enumerate().any(|(at, _)| {
        before.cores[at].soma.array.words != after.cores[at].soma.array.words
            && before.cores[at].apical.array.words != after.cores[at].apical.array.words
    });
    assert!(moved, "the weights of a core move on both sides");
}

/// Two inputs, two hidden layers, three outputs, every kind of row: inputs, biases, rates, errors.
fn small(rule: &str) -> Image {
    small_on(rule, "sent", &[])
}

fn small_on(rule: &str, operand: &str, fields: &[&str]) -> Image {
    let text = format!(
        r#"
name = "law"
dt = "0.2 ms"
[[population]]
name = "in"
input = 2
[[population]]
name = "h1"
size = 5
tau_m = "1.2 ms"
tau_r = "0.2 ms"
phi = "tanh"
[[population]]
name = "h2"
eta_factor = 0.3
size = 40
tau_m = "0.6 ms"
tau_r = "0.4 ms"
phi = "tanh"
bias = true
[[population]]
name = "out"
size = 3
tau_m = "1.2 ms"
tau_r = "1.2 ms"
phi = "linear"
[[projection]]
chain = ["in", "h1", "h2", "out"]
[teach]
population = "out"
loss = "cross-entropy"
[learning]
{rule}
feedback = "mirrored"
operand = "{operand}"
[map]
weight_range = 1.0
"#
    );
    let network = Network::parse(&text, "law.toml").unwrap_or_else(|found| panic!("{found}"));
    let mut chip = Chip::builtin("ll1").expect("built in");
    chip.set_all(fields).unwrap_or_else(|found| panic!("{found}"));
    build(&network, &chip, None, 1, Some(&text)).expect("it fits").compiled.image
}

#[test]
fn the_programs_learn_what_the_chip_learns() {
    for rule in [
        "rule = \"sgd\"\neta = 0.5\nrounding = \"nearest\"",
        "rule = \"sgd\"\neta = 0.3\ndecay = 0.001\nrounding = \"stochastic\"\nevery = 2",
        "rule = \"momentum\"\nmomentum = 0.9\neta = 0.1\nrounding = \"nearest\"",
        "rule = \"adam\"\neta = 0.01",
    ] {
        side_by_side(&small(rule), 2, 3, 24);
    }
}

/// The constants above are those of the built-in chip.
#[test]
fn the_built_in_chip_has_these_codes() {
    let image = small("rule = \"sgd\"\neta = 0.5");
    assert_eq!(
        (image.chip.payload_bits, image.chip.adc.bits, image.chip.weight_bits),
        (CODE, 10, 16)
    );
    assert_eq!((image.chip.neurons, image.chip.rows), (256, 256));
    let learning = image.learning.expect("it learns");
    assert_eq!(learning.operand, leadlag_image::Operand::Sent);
    let emulator = Emulator::load(
        small("rule = \"sgd\"\neta = 0.5"),
        Options { replicas: 1, threads: 1, seed: SEED },
    );
    let unit = Unit::new(&emulator.expect("valid"), 0).expect("it learns");
    assert_eq!((unit.lesson.rule, unit.lesson.rounding), (Rule::Sgd, Rounding::Stochastic));
}

/// The example on MNIST-1D: seven layers with the rule that stands for Adam.
#[test]
fn the_programs_learn_what_the_example_learns() {
    let text = include_str!("../../../examples/mnist1d.toml");
    let network = Network::parse(text, "mnist1d.toml").unwrap_or_else(|found| panic!("{found}"));
    let chip = Chip::builtin("ll1").expect("built in");
    let image = build(&network, &chip, None, 1, Some(text)).expect("it fits").compiled.image;
    side_by_side(&image, 1, 10, 20);
}

/// Two chips with one image: the evaluator learns on one, programs on the other.
struct Pair {
    evaluator: ChipBackend,
    programs: ChipBackend,
}

impl Pair {
    fn new(image: &Image) -> Self {
        let options = Options { replicas: 1, threads: 1, seed: SEED };
        let chip = || ChipBackend::new(image.clone(), options, true).expect("a valid image");
        let (evaluator, mut programs) = (chip(), chip());
        programs.learn_with_programs().unwrap_or_else(|found| panic!("{found}"));
        Self { evaluator, programs }
    }

    fn run(&mut self, block: &Block, learns: bool) {
        for chip in [&mut self.evaluator, &mut self.programs] {
            chip.run(block, learns).unwrap_or_else(|found| panic!("{found}"));
        }
    }

    /// Every register, and the synapses with their state words.
    fn assert_same(&self, when: &str) {
        let (one, other) = (self.evaluator.emulator(), self.programs.emulator());
        assert_eq!(one.trained_image(), other.trained_image(), "{when}");
        let (one, other) = (one.state(), other.state());
        for (at, (one, other)) in one.arrays.iter().zip(&other.arrays).enumerate() {
            assert_eq!(one.weight, other.weight, "{when}, array {at}");
            assert_eq!(one.mean, other.mean, "{when}, array {at}");
            assert_eq!(one.magnitude, other.magnitude, "{when}, array {at}");
        }
        assert_eq!((one.owed, one.step, one.rate), (other.owed, other.step, other.rate), "{when}");
        assert_eq!(one.error_scales, other.error_scales, "{when}");
        for (one, other) in one.shards[0].cores.iter().zip(&other.shards[0].cores) {
            assert_eq!((&one.soma, &one.apical), (&other.soma, &other.apical), "{when}");
            assert_eq!((&one.rate, &one.past), (&other.rate, &other.past), "{when}");
            assert_eq!(one.membrane, other.membrane, "{when}");
        }
        assert_eq!(one.trims, other.trims, "{when}");
    }

    /// Blocks that learn and others, a lower learning rate, a move of the error scales, a checkpoint.
    fn train(&mut self, (width, classes): (usize, u32), blocks: usize, steps: usize) {
        for at in 0..blocks {
            self.run(&block_of(at * steps, steps, width, classes), at % 4 != 2);
            self.assert_same(&format!("block {at}"));
            if at == blocks / 2 {
                for chip in [&mut self.evaluator, &mut self.programs] {
                    chip.set_learning_rate(0.5).expect("a rate");
                }
                let saved = self.programs.save(&Progress::default()).expect("a checkpoint");
                self.programs.restore(&saved).expect("its own checkpoint");
            }
        }
    }
}

/// Steps of one class with the lines of [`block`].
fn block_of(first: usize, steps: usize, width: usize, classes: u32) -> Block {
    let each = (first..first + steps).map(|step| block(step, width, classes));
    let inputs = each.flat_map(|block| block.inputs).collect();
    let class = count(first / 10) % classes;
    Block { steps, inputs, ..block_with(class, width) }
}

fn block_with(class: u32, width: usize) -> Block {
    Block { targets: Targets::Class(vec![class]), ..block(0, width, class + 1) }
}

fn moved(image: &Image, chip: &ChipBackend) -> bool {
    let after = chip.emulator().trained_image();
    image.cores.iter().zip(&after.cores).any(|(before, after)| {
        before.soma.array.words != after.soma.array.words
            && before.apical.array.words != after.apical.array.words
    })
}

#[test]
fn programs_in_place_of_the_evaluator_leave_the_same_chip() {
    for (rule, operand) in [
        ("rule = \"sgd\"\neta = 0.5\nrounding = \"nearest\"", "sent"),
        ("rule = \"sgd\"\neta = 0.3\ndecay = 0.001\nrounding = \"stochastic\"\nevery = 2", "adc"),
        ("rule = \"momentum\"\nmomentum = 0.9\neta = 0.1\nrounding = \"nearest\"", "adc"),
        ("rule = \"adam\"\neta = 0.01\nevery = 3", "sent"),
    ] {
        let image = small_on(rule, operand, &[]);
        let mut pair = Pair::new(&image);
        pair.train((2, 3), 12, 7);
        assert!(moved(&image, &pair.programs), "{rule}");
    }
}

/// Time constants learn with the weights, and alone.
#[test]
fn programs_learn_the_time_constants_that_the_evaluator_learns() {
    let weights =
        "rule = \"sgd\"\neta = 0.5\nrounding = \"nearest\"\ntau_m = true\ntau_min = \"0.3 ms\"";
    for (rule, operand) in [
        (weights, "sent"),
        ("rule = \"momentum\"\nmomentum = 0.9\neta = 0.1\ntau_m = true\nevery = 2", "adc"),
        ("rule = \"adam\"\neta = 0.05\nevery = 3\ntau_m = true\ntau_min = \"0.4 ms\"", "sent"),
    ] {
        let image = small_on(rule, operand, &[]);
        let mut pair = Pair::new(&image);
        pair.train((2, 3), 12, 7);
        let trained = pair.programs.emulator().trained_image();
        let lags =
            |image: &Image| image.cores.iter().map(|c| c.soma.lag.clone()).collect::<Vec<_>>();
        assert_ne!(lags(&trained), lags(&image), "{rule}");
        assert!(moved(&image, &pair.programs), "{rule}");
        trained.validate().unwrap_or_else(|found| panic!("{found}"));
    }
}

/// Synapses of one byte, codes of other widths, an array without spare columns.
#[test]
fn programs_follow_the_fields_of_the_chip() {
    for fields in [
        &["weight_bits=8", "dac_bits=8"][..],
        &["weight_bits=6", "dac_bits=6", "payload_bits=8"],
        &["payload_bits=12", "adc.bits=8", "neurons=64", "rows=128"],
    ] {
        let rule = "rule = \"adam\"\neta = 0.05\nrounding = \"stochastic\"";
        let image = small_on(rule, "adc", fields);
        let mut pair = Pair::new(&image);
        pair.train((2, 3), 8, 5);
        assert!(moved(&image, &pair.programs), "{fields:?}");
    }
}

/// What the programs cost is counted, by core, and a program is not compared with nothing: wrong
/// parameters give other weights.
#[test]
fn cycles_are_counted_and_parameters_matter() {
    let image = small("rule = \"sgd\"\neta = 0.5\nrounding = \"nearest\"");
    let mut pair = Pair::new(&image);
    pair.run(&block_of(0, 6, 2, 3), true);
    for counters in pair.programs.emulator().counters() {
        assert!(counters.plasticity_cycles > counters.instructions && counters.instructions > 60);
    }
    for counters in pair.evaluator.emulator().counters() {
        assert_eq!((counters.plasticity_cycles, counters.instructions), (0, 0));
    }
    let options = Options { replicas: 1, threads: 1, seed: SEED };
    let mut alone = Emulator::load(image, options).expect("a valid image");
    Firmware::install(&mut alone).expect("it fits");
    let still = alone.trained_image();
    let codes = vec![300; 12];
    let targets = leadlag_chip::Targets::Class(&[1]);
    alone.run(&Stimulus { steps: 6, codes: &codes, targets, learn: true });
    assert_eq!(alone.trained_image(), still, "parameters of zero teach nothing");
}

#[test]
fn programs_learn_on_one_chip() {
    let image = small("rule = \"sgd\"\neta = 0.5");
    let options = Options { replicas: 3, threads: 1, seed: SEED };
    let mut chips = ChipBackend::new(image, options, true).expect("a valid image");
    let found = chips.learn_with_programs().expect_err("three chips");
    assert_eq!(found.0[0].code, "LL1380");
    assert!(found.0[0].message.starts_with("3 replicas"), "{found}");
}

/// A fault of a program ends the block, and is told until the chip is reset.
#[test]
fn a_fault_is_reported() {
    let options = Options { replicas: 1, threads: 1, seed: SEED };
    let image = small("rule = \"sgd\"\neta = 0.5");
    let mut chip = Emulator::load(image, options).expect("a valid image");
    let program = |code: &str| {
        let assembled = leadlag_isa::assemble("p", code, &leadlag_isa::Options::default())
            .expect("it assembles");
        CoreProgram {
            core: 1,
            entry: 0,
            segments: vec![(0, assembled.bytes_at(0).expect("bytes").to_vec())],
            parameters: Vec::new(),
            keeps: None,
        }
    };
    let awake = "lui t0, 0x10\ncsrw mie, t0\nwfi\nlw t1, 1(zero)\n";
    chip.set_programs(&[program(awake)]).expect("it sleeps");
    let codes = vec![300; 6];
    let targets = leadlag_chip::Targets::Class(&[1]);
    chip.run(&Stimulus { steps: 3, codes: &codes, targets, learn: true });
    let found = chip.check_programs().expect_err("a misaligned load");
    assert_eq!(found.0[0].code, "LL3600");
    chip.reset().expect("as it was loaded");
    assert!(chip.check_programs().is_ok() && chip.has_programs());
    let found = chip.set_programs(&[program("ebreak\n")]).expect_err("no sleep");
    assert_eq!(found.0[0].code, "LL3600");
    let long = CoreProgram { segments: vec![(0, vec![0; 1 << 17])], ..program(awake) };
    assert_eq!(chip.set_programs(&[long]).expect_err("too long").0[0].code, "LL3620");
}

/// The example, with every layer's program on the chip.
#[test]
fn the_example_learns_the_same_with_programs() {
    let text = include_str!("../../../examples/mnist1d.toml");
    let network = Network::parse(text, "mnist1d.toml").unwrap_or_else(|found| panic!("{found}"));
    let chip = Chip::builtin("ll1").expect("built in");
    let image = build(&network, &chip, None, 1, Some(text)).expect("it fits").compiled.image;
    let mut pair = Pair::new(&image);
    pair.train((1, 10), 8, 20);
    assert!(moved(&image, &pair.programs));
}
