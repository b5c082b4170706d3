//! Sample images for tests: a small one by hand, and valid ones from any sequence of numbers.

use crate::{
    Adc, Array, Chip, Core, CurrentTrim, Fabric, Image, Input, Learning, Link, Loss, Mode, Operand,
    Population, Ppu, Preset, Ratio, Recipe, Rounding, RowGroup, Rule, Sender, Side, Solver, Source,
    Spike, Stage, Table, TauLearning, Teaching, registers,
};

/// Two inputs, three hidden and two output neurons on two cores of a small chip; taught and plastic.
#[must_use]
pub fn small() -> Image {
    Image {
        name: "small".to_owned(),
        chip: small_chip(),
        inputs: vec![Input { name: "in".to_owned(), size: 2, scale: 0 }],
        populations: vec![
            population("hidden", 3, &[0], Ratio::ONE),
            population("out", 2, &[1], FACTOR),
        ],
        teaching: Some(Teaching {
            population: 1,
            loss: Loss::CrossEntropy,
            beta: Ratio { mantissa: 1, exponent: 0 },
        }),
        learning: Some(Learning {
            rule: Rule::Momentum { blend: 3277 },
            eta: Ratio { mantissa: 26214, exponent: -21 },
            decay: Ratio::default(),
            rounding: Rounding::Stochastic,
            operand: Operand::Sent,
            every: 1,
            headroom: 5,
            tau: None,
            text: "dw = eta*e*r".to_owned(),
        }),
        cores: vec![small_hidden(), small_output()],
        recipe: None,
        firmware: None,
    }
}

fn small_chip() -> Chip {
    Chip {
        name: "small".to_owned(),
        mesh_x: 2,
        mesh_y: 1,
        grid_x: 1,
        grid_y: 1,
        neurons: 32,
        rows: 8,
        weight_bits: 16,
        dac_bits: 8,
        payload_bits: 10,
        row_shift_max: 5,
        table_segments: 2,
        adc: Adc { bits: 12, cycles: 288 },
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
            vlen: 256,
            isram: 32 << 10,
            dsram: 128 << 10,
            dw: 256,
            pw: 1024,
            rs: 7,
            ws: 9,
            max_cycles: 1_000_000,
        },
    }
}

/// 1/4.
const FACTOR: Ratio = Ratio { mantissa: 1, exponent: -2 };

fn population(name: &str, size: u32, cores: &[u32], eta_factor: Ratio) -> Population {
    Population { name: name.to_owned(), size, cores: cores.to_vec(), eta_factor }
}

fn group(label: &str, first: u32, rows: u32, source: Source, weight_scale: i32) -> RowGroup {
    RowGroup { label: label.to_owned(), first, rows, source, weight_scale, plastic: true }
}

fn small_hidden() -> Core {
    let inputs = group("in -> hidden", 0, 2, Source::Input { input: 0, from: 0 }, 1);
    let bias = group("bias", 2, 1, Source::Constant, 0);
    let errors = group("out -> hidden", 0, 2, Source::Core { core: 1, from: 0 }, 0);
    Core {
        x: 0,
        y: 0,
        population: 0,
        first: 0,
        neurons: 3,
        soma: Side {
            array: Array {
                groups: vec![inputs, bias],
                words: vec![12000, -8000, 500, -32768, 32767, 0, 100, 200, -300],
            },
            lag: vec![715_827_883; 3],
            lead: vec![2_796_203; 3],
            scale: 0,
            sender: Sender::EveryStep,
            trim: None,
        },
        apical: Side {
            array: Array { groups: vec![errors], words: vec![1, -2, 3, -4, 5, -6] },
            lag: vec![1 << 32, 1 << 31, 1 << 30],
            lead: vec![100_663_296; 3],
            scale: -4,
            sender: Sender::OnChange { threshold: 2 },
            trim: None,
        },
        phi: ramp(),
        phi_prime: one(),
        gamma: Ratio { mantissa: 1, exponent: -3 },
        stage: Stage::Rate,
    }
}

fn small_output() -> Core {
    let rates = group("hidden -> out", 0, 3, Source::Core { core: 0, from: 0 }, 1);
    let bias = group("bias", 3, 1, Source::Constant, 0);
    Core {
        x: 1,
        y: 0,
        population: 1,
        first: 0,
        neurons: 2,
        soma: Side {
            array: Array { groups: vec![rates, bias], words: vec![9, -9, 8, -8, 7, -7, 6, -6] },
            lag: vec![715_827_883; 2],
            lead: vec![16_777_216; 2],
            scale: 1,
            sender: Sender::EveryStep,
            trim: None,
        },
        apical: Side {
            array: Array { groups: Vec::new(), words: Vec::new() },
            lag: vec![715_827_883; 2],
            lead: vec![16_777_216; 2],
            scale: -3,
            sender: Sender::EveryStep,
            trim: None,
        },
        phi: ramp(),
        phi_prime: one(),
        gamma: Ratio::default(),
        stage: Stage::Rate,
    }
}

/// The identity on `[-8, 8)`.
fn ramp() -> Table {
    let knots = vec![-32768, -16384, 0, 16384, 32767];
    Table { knots, domain: 3, segments: 2, output: 3, extend: true }
}

/// The constant 1.
fn one() -> Table {
    Table { knots: vec![16384; 5], domain: 2, segments: 2, output: 1, extend: false }
}

/// A valid image from any sequence of numbers; zeros, and whatever is missing, give the simplest.
///
/// So a property that draws the sequence shrinks towards small images.
#[must_use]
pub fn from_tape(tape: &[u32]) -> Image {
    Draw { tape: tape.to_vec(), next: 0 }.image()
}

/// As [`from_tape`], without learning and teaching, and with cores that spike.
#[must_use]
pub fn spiking_from_tape(tape: &[u32]) -> Image {
    let mut draw = Draw { tape: tape.to_vec(), next: 0 };
    let mut image = Image { teaching: None, learning: None, ..draw.image() };
    let chip = image.chip.clone();
    for core in &mut image.cores {
        let rows = u32::try_from(core.soma.array.rows()).unwrap_or(u32::MAX);
        let shifts = [u8::try_from(registers::largest_row_shift(&chip)).unwrap_or(u8::MAX)];
        if draw.below(4) > 0 && registers::word_bits(&chip, rows, &shifts) <= 30 {
            core.stage = Stage::Spike(draw.spike(&chip));
        }
    }
    image
}

/// Reads choices from the tape, and zeros after its end.
struct Draw {
    tape: Vec<u32>,
    next: usize,
}

/// The plan of one core before its arrays are made.
struct Place {
    population: u32,
    first: u32,
    neurons: u32,
    rate_scale: i32,
    error_scale: i32,
}

/// A source, its scale, and how many lines it has.
type Offer = (Source, i32, u32);

impl Draw {
    fn below(&mut self, bound: u32) -> u32 {
        let number = self.tape.get(self.next).copied().unwrap_or(0);
        self.next += 1;
        number % bound
    }

    fn coin(&mut self) -> bool {
        self.below(2) == 1
    }

    /// 0, 1, -1, 2, -2 …, so that zero is the simplest.
    fn around(&mut self, reach: u32) -> i32 {
        let number = i32::try_from(self.below(2 * reach + 1)).unwrap_or(0);
        if number % 2 == 0 { -number / 2 } else { number / 2 + 1 }
    }

    fn spike(&mut self, chip: &Chip) -> Spike {
        let leak_shift = self.below(25);
        let rail = chip.rails << 24;
        let reach = self.below(10);
        Spike {
            threshold: i32::try_from(self.below(1 << reach).min(rail)).unwrap_or(0),
            leak: self.below((1 << leak_shift) + 1),
            leak_shift: u8::try_from(leak_shift).unwrap_or(0),
            refractory: u16::try_from(self.below(4)).unwrap_or(0),
            fraction: u8::try_from(self.below(13)).unwrap_or(0),
        }
    }

    fn ratio(&mut self) -> Ratio {
        Ratio { mantissa: self.around(32_767), exponent: self.around(64) }
    }

    fn image(&mut self) -> Image {
        let chip = self.chip();
        let inputs: Vec<Input> = (0..self.below(3)).map(|index| self.input(index)).collect();
        let (populations, places) = self.populations();
        let teaching = self.coin().then(|| self.teaching(&populations));
        let learning = self.coin().then(|| self.learning());
        let cores =
            places.iter().zip(0..).map(|(place, at)| self.core(&chip, &inputs, &places, place, at));
        let cores = cores.collect();
        let recipe = self.coin().then(|| self.recipe());
        let name = "drawn".to_owned();
        Image { name, chip, inputs, populations, teaching, learning, cores, recipe, firmware: None }
    }

    /// Any text that an image carries: the image does not know what a network is.
    fn recipe(&mut self) -> Recipe {
        const PIECES: [&str; 6] = ["name = \"é\"\n", "\n", "\t'''", "\"\"\"", "\\", " # …"];
        let piece = |draw: &mut Self| {
            let at = usize::try_from(draw.below(6)).unwrap_or(0);
            PIECES.get(at).copied().unwrap_or_default()
        };
        let network = (0..self.below(9)).map(|_| piece(self)).collect();
        Recipe { seed: u64::from(self.below(u32::MAX)), network }
    }

    fn chip(&mut self) -> Chip {
        let weight_bits = 2 + self.below(15);
        Chip {
            name: "drawn".to_owned(),
            mesh_x: 4,
            mesh_y: 4,
            grid_x: 1,
            grid_y: 1,
            neurons: 32 * (1 + self.below(3)),
            rows: 32,
            weight_bits,
            dac_bits: 1 + self.below(weight_bits),
            payload_bits: 2 + self.below(15),
            row_shift_max: self.below(9),
            table_segments: 2 + self.below(3),
            adc: Adc { bits: 2 + self.below(15), cycles: 1 + self.below(500) },
            rails: 1 << self.below(6),
            solver: if self.coin() { Solver::Exact } else { Solver::Euler },
            clock_hz: 250_000_000,
            cycles_per_step: 1 + u64::from(self.below(100_000)),
            barrier_cycles: 1 + self.below(8),
            setup_cycles: 2 + self.below(3),
            mode: Mode::Barrier,
            wait_for_plasticity: self.coin(),
            fabric: Fabric {
                preset: Preset::P,
                channels: 1 + self.below(6),
                buffer: 2 + self.below(31),
                multicast: self.coin(),
                drop_after: 0,
                table_entries: 1024,
                sender_entries: 64,
            },
            link: Link { latency: 16, interval: 4, buffer: 16 },
            ppu: self.unit(),
        }
    }

    fn unit(&mut self) -> Ppu {
        Ppu {
            vlen: 128 << self.below(3),
            isram: 32 * (2048 + self.below(30_000)),
            dsram: 32 * (2048 + self.below(30_000)),
            dw: 32 << self.below(8),
            pw: 32 << self.below(8),
            rs: self.below(20),
            ws: self.below(20),
            max_cycles: 1_000_000 + u64::from(self.below(1_000_000)),
        }
    }

    fn input(&mut self, index: u32) -> Input {
        Input { name: format!("in{index}"), size: 1 + self.below(5), scale: self.around(12) }
    }

    fn populations(&mut self) -> (Vec<Population>, Vec<Place>) {
        let (mut populations, mut places) = (Vec::new(), Vec::new());
        for index in 0..=self.below(3) {
            let (mut size, mut cores) = (0, Vec::new());
            for _ in 0..=self.below(2) {
                let place = Place {
                    population: index,
                    first: size,
                    neurons: 1 + self.below(6),
                    rate_scale: self.around(12),
                    error_scale: self.around(12),
                };
                size += place.neurons;
                cores.push(u32::try_from(places.len()).unwrap_or(0));
                places.push(place);
            }
            let factor = if index % 2 == 0 { Ratio::ONE } else { FACTOR };
            populations.push(population(&format!("p{index} \"é\"\n"), size, &cores, factor));
        }
        (populations, places)
    }

    fn teaching(&mut self, populations: &[Population]) -> Teaching {
        let number = u32::try_from(populations.len()).unwrap_or(1);
        let population = self.below(number);
        let taught = populations.iter().zip(0..).find(|(_, index)| *index == population);
        let whole = taught.is_some_and(|(population, _)| population.cores.len() == 1);
        let loss = if whole && self.coin() { Loss::CrossEntropy } else { Loss::SquaredError };
        Teaching { population, loss, beta: self.ratio() }
    }

    fn forget(&mut self) -> u8 {
        14 - u8::try_from(self.below(14)).unwrap_or(0)
    }

    fn learning(&mut self) -> Learning {
        let blend = 1 + u16::try_from(self.below(16_384)).unwrap_or(0);
        let rule = match self.below(4) {
            0 => Rule::Sgd,
            1 => Rule::Momentum { blend },
            2 => Rule::Normalised { blend, forget: self.forget() },
            _ => Rule::Gathered { blend, forget: self.forget() },
        };
        Learning {
            rule,
            eta: self.ratio(),
            decay: self.ratio(),
            rounding: match self.below(3) {
                0 => Rounding::Stochastic,
                1 => Rounding::Nearest,
                _ => Rounding::Carried,
            },
            operand: if self.coin() { Operand::Adc } else { Operand::Sent },
            every: 1 + self.below(9),
            headroom: u8::try_from(self.below(13)).unwrap_or(0),
            tau: self.coin().then(|| TauLearning {
                rate: self.ratio(),
                least: u16::try_from(self.below(32_768)).unwrap_or(0),
            }),
            text: "dw = eta*e*r\n- decay*w".to_owned(),
        }
    }

    fn core(
        &mut self,
        chip: &Chip,
        inputs: &[Input],
        places: &[Place],
        place: &Place,
        at: u32,
    ) -> Core {
        let indexed = || places.iter().zip(0..);
        let from_core = |core| Source::Core { core, from: 0 };
        let mut rates: Vec<Offer> = vec![(Source::Constant, 0, 1)];
        rates.extend(
            inputs
                .iter()
                .zip(0..)
                .map(|(i, input)| (Source::Input { input, from: 0 }, i.scale, i.size)),
        );
        rates.extend(indexed().map(|(p, core)| (from_core(core), p.rate_scale, p.neurons)));
        let errors: Vec<Offer> =
            indexed().map(|(p, core)| (from_core(core), p.error_scale, p.neurons)).collect();
        Core {
            x: at % 4,
            y: at / 4,
            population: place.population,
            first: place.first,
            neurons: place.neurons,
            soma: self.side(chip, &rates, place.neurons, place.rate_scale),
            apical: self.side(chip, &errors, place.neurons, place.error_scale),
            phi: self.table(chip),
            phi_prime: self.table(chip),
            gamma: self.ratio(),
            stage: Stage::Rate,
        }
    }

    fn side(&mut self, chip: &Chip, offers: &[Offer], neurons: u32, scale: i32) -> Side {
        let threshold = 1 + u16::try_from(self.below(3)).unwrap_or(0);
        Side {
            array: self.array(chip, offers, neurons),
            lag: (0..neurons).map(|_| (1 << 32) - i64::from(self.below(u32::MAX))).collect(),
            lead: (0..neurons).map(|_| i64::from(self.below(1 << 31))).collect(),
            scale,
            sender: if self.coin() { Sender::OnChange { threshold } } else { Sender::EveryStep },
            trim: self.coin().then(|| CurrentTrim {
                gain: (0..neurons).map(|_| self.trim()).collect(),
                offset: (0..neurons).map(|_| self.trim()).collect(),
            }),
        }
    }

    fn array(&mut self, chip: &Chip, offers: &[Offer], neurons: u32) -> Array {
        let (mut groups, mut first) = (Vec::new(), 0);
        let sum = self.around(4);
        for (source, scale, lines) in offers {
            if !self.coin() || first + lines > chip.rows {
                continue;
            }
            let shift = self.below(registers::largest_row_shift(chip) + 1);
            let shift = i32::try_from(shift).unwrap_or(0);
            let (source, rows) = self.part(*source, *lines);
            let mut next = group("from somewhere", first, rows, source, sum + shift - scale);
            next.plastic = self.coin();
            groups.push(next);
            first += rows;
        }
        let words = (0..first * neurons).map(|_| self.word(chip)).collect();
        Array { groups, words }
    }

    /// Some of the lines of a source.
    fn part(&mut self, source: Source, lines: u32) -> (Source, u32) {
        let skip = self.below(lines);
        let rows = lines - skip;
        match source {
            Source::Constant => (source, lines),
            Source::Input { input, .. } => (Source::Input { input, from: skip }, rows),
            Source::Core { core, .. } => (Source::Core { core, from: skip }, rows),
        }
    }

    fn trim(&mut self) -> i16 {
        i16::try_from(self.around(32_767)).unwrap_or(0)
    }

    fn word(&mut self, chip: &Chip) -> i16 {
        let half = 1 << (chip.weight_bits - 1);
        i16::try_from(i64::from(self.below(2 * half)) - i64::from(half)).unwrap_or(0)
    }

    fn table(&mut self, chip: &Chip) -> Table {
        let segments = u8::try_from(chip.table_segments).unwrap_or(2);
        let rails = u8::try_from(chip.rails.ilog2()).unwrap_or(0);
        let extend = self.coin();
        let domain = u8::try_from(self.below(6)).unwrap_or(0);
        Table {
            knots: (0..=1_u32 << segments).map(|_| self.knot()).collect(),
            domain: if extend { domain.max(rails) } else { domain },
            segments,
            output: i8::try_from(self.around(8)).unwrap_or(0),
            extend,
        }
    }

    fn knot(&mut self) -> i16 {
        i16::try_from(self.around(32_767)).unwrap_or(0)
    }
}
