//! A long run of random small chips in both engines: random traffic, faults, snapshots.
//!
//! ```text
//! cargo run --release -p leadlag-chip --example soak -- CYCLES [SEED]
//! ```
//!
//! Each chip runs for some thousand steps. In barrier mode the functional engine runs beside the
//! cycle engine and every register is compared; in free-running mode, with flipped and lost packets,
//! a second cycle engine does, of some chips on two threads. At random steps the first is taken from a snapshot by
//! a new emulator. The exit code is 1 at the first difference.

#![expect(clippy::print_stdout, reason = "a tool for developers")]
#![expect(clippy::indexing_slicing, reason = "words are drawn in pairs and more")]

use std::process::ExitCode;

use leadlag_chip::{
    Dead, Emulator, Faults, Memory, Often, Options, Part, Since, State, Stimulus, Targets, Upset,
};
use leadlag_fabric::Port;
use leadlag_fixed::random::philox;
use leadlag_fixed::{index, low_quarter, signed};
use leadlag_image::{Image, Loss, Mode, Sender, samples};

/// Steps of a piece between two comparisons.
const PIECE: usize = 64;

/// Pieces of a chip's life.
const PIECES: u32 = 60;

/// One in so many free-running chips is compared with one on two threads, which meet several times in a
/// step of a few microseconds; the others with one that has lived through no snapshot.
const THREADED: u32 = 8;

/// Words that are a function of the seed and their place.
struct Draws {
    seed: u32,
    place: u32,
}

impl Draws {
    fn word(&mut self) -> u32 {
        self.place += 1;
        philox([self.place, 0, 0, 0], [self.seed, 0x5041])[0]
    }

    fn below(&mut self, bound: u32) -> u32 {
        self.word() % bound
    }

    fn words(&mut self, count: u32) -> Vec<u32> {
        (0..count).map(|_| self.word()).collect()
    }
}

fn image(draws: &mut Draws) -> Image {
    let length = 8 + draws.below(150);
    let mut image = samples::from_tape(&draws.words(length));
    image.chip.wait_for_plasticity = true;
    image.chip.fabric.multicast = draws.below(2) > 0;
    if draws.below(2) > 0 {
        for core in &mut image.cores {
            core.soma.sender = Sender::OnChange { threshold: 2 };
        }
    }
    if draws.below(2) > 0 {
        image.chip.mode = Mode::FreeRunning;
        // From clocks that are too fast for the traffic to those that leave it much time, as that of
        // `ll1` does: cycles in which nothing happens cost nothing.
        let octave = 1 << (4 + draws.below(13));
        image.chip.cycles_per_step = u64::from(10 + draws.below(octave));
    }
    image
}

fn faults(image: &Image, draws: &mut Draws) -> Faults {
    let mut faults = Faults::default();
    for memory in Memory::ALL {
        if draws.below(2) > 0 {
            let chance = 1_u64 << (46 + draws.below(8));
            faults.upsets.push(Upset { memory, often: Often::Chance(chance) });
        }
    }
    let core = &image.cores[index(draws.below(leadlag_fixed::count(image.cores.len())))];
    if draws.below(4) == 0 {
        let since = Since::Step(u64::from(draws.below(4000)));
        faults.dead.push(Dead { part: Part::Core(core.x, core.y), since });
    }
    // What the fabric loses or changes would show beside an engine that has none.
    if image.chip.mode == Mode::FreeRunning {
        faults.packets = 1 << draws.below(24);
        if draws.below(3) == 0 && core.x + 1 < image.chip.extent().0 {
            let since = Since::Step(u64::from(1 + draws.below(4000)));
            faults.dead.push(Dead { part: Part::Link(core.x, core.y, Port::PlusX), since });
        }
    }
    faults
}

fn chips(image: &Image, options: Options, cycle: bool, faults: &Faults) -> Emulator {
    let mut chips = Emulator::load(image.clone(), options).expect("a valid image");
    if cycle {
        let fabric = faults.of_fabric(image, options.seed).expect("places of the mesh");
        chips.attach_fabric(fabric).expect("its events can be carried");
    }
    chips.set_faults(faults.clone()).expect("faults of this engine");
    chips
}

/// A piece of input.
struct Piece {
    codes: Vec<i16>,
    classes: Vec<u32>,
    targets: Vec<i16>,
}

impl Piece {
    fn new(image: &Image, replicas: u32, draws: &mut Draws) -> Self {
        let tape = draws.words(97);
        let words = || tape.iter().copied().cycle();
        let lines: usize = image.inputs.iter().map(|input| index(input.size)).sum();
        let outputs = image.teaching.map_or(0, |t| image.populations[index(t.population)].size);
        let cells = PIECE * index(replicas);
        let places = 16 - image.chip.payload_bits;
        let code = |word: u32| low_quarter(signed(word)) >> places;
        Self {
            codes: words().map(code).take(cells * lines).collect(),
            classes: words().take(index(replicas)).collect(),
            targets: words().map(|w| code(w >> 7)).take(cells * index(outputs)).collect(),
        }
    }

    fn stimulus(&self, image: &Image) -> Stimulus<'_> {
        let classes = image.teaching.is_none_or(|t| t.loss == Loss::CrossEntropy);
        let codes = Targets::Codes { codes: &self.targets, present: &[] };
        let targets = if classes { Targets::Class(&self.classes) } else { codes };
        Stimulus { steps: PIECE, codes: &self.codes, targets, learn: true }
    }
}

/// What was done.
#[derive(Default)]
struct Done {
    chips: u64,
    steps: u64,
    cycles: u64,
    snapshots: u64,
    flips: u64,
}

/// Runs a chip; the step after which its engines differ.
fn live(seed: u32, done: &mut Done) -> Result<(), String> {
    let mut draws = Draws { seed, place: 0 };
    let image = image(&mut draws);
    let faults = faults(&image, &mut draws);
    let replicas = 1 + draws.below(3);
    let options = |threads| Options { replicas, threads, seed: u64::from(seed) };
    let free = image.chip.mode == Mode::FreeRunning;
    let mut one = chips(&image, options(1), true, &faults);
    let threads = if free && draws.below(THREADED) == 0 { 2 } else { 1 };
    let mut other = chips(&image, options(threads), free, &faults);
    for _ in 0..PIECES {
        let piece = Piece::new(&image, replicas, &mut draws);
        one.run(&piece.stimulus(&image));
        other.run(&piece.stimulus(&image));
        one.check_programs().map_err(|why| format!("{why:?}"))?;
        other.check_programs().map_err(|why| format!("{why:?}"))?;
        compare(one.state(), other.state())?;
        if draws.below(8) == 0 {
            let snapshot = one.snapshot();
            one = chips(&image, options(1), true, &faults);
            one.restore(snapshot).map_err(|why| format!("a snapshot: {why:?}"))?;
            done.snapshots += 1;
        }
    }
    done.chips += 1;
    done.steps += one.step() * u64::from(replicas);
    done.cycles += one.cycles().unwrap_or_default().into_iter().max().unwrap_or(0);
    done.flips += one.counters().iter().map(|core| core.upsets.sum()).sum::<u64>();
    Ok(())
}

fn compare(one: &State, other: &State) -> Result<(), String> {
    if one == other { Ok(()) } else { Err(format!("the engines differ by step {}", one.step)) }
}

/// Resident memory in KiB, where the system tells.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<u64>().ok());
    let cycles = arguments.next().flatten().unwrap_or(10_000_000);
    let first = arguments.next().flatten().and_then(|seed| u32::try_from(seed).ok()).unwrap_or(1);
    let (limit, mut done, mut told) = (cycles, Done::default(), 0);
    for seed in first.. {
        if let Err(why) = live(seed, &mut done) {
            println!("chip {seed}: {why}");
            return ExitCode::FAILURE;
        }
        let ends = done.cycles >= limit;
        if ends || done.cycles >= told {
            let Done { chips, steps, cycles, snapshots, flips } = &done;
            let memory = resident();
            println!(
                "{chips} chips  {steps} steps  {cycles} cycles  {snapshots} snapshots  {flips} flips  {memory} KiB"
            );
            told = cycles + limit / 100;
        }
        if ends {
            break;
        }
    }
    ExitCode::SUCCESS
}
