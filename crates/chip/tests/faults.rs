//! What breaks, breaks alike in every engine, on any number of threads, and after a snapshot.

#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]

use std::ops::ControlFlow;

use leadlag_chip::{
    Dead, Emulator, Faults, Memory, Often, Options, Part, Since, State, Stimulus, Stuck, Targets,
    Upset, Upsets,
};
use leadlag_fabric::Port;
use leadlag_fixed::{index, low_quarter, signed};
use leadlag_image::{Image, Loss, Mode, Sender, samples};
use proptest::prelude::*;

/// Inputs of a block, from a tape of words.
struct Lesson {
    codes: Vec<i16>,
    classes: Vec<u32>,
    targets: Vec<i16>,
    steps: usize,
}

impl Lesson {
    fn new(image: &Image, replicas: u32, steps: usize, tape: &[u32]) -> Self {
        let lines: usize = image.inputs.iter().map(|i| index(i.size)).sum();
        let outputs = image.teaching.map_or(0, |t| image.populations[index(t.population)].size);
        let (words, cells) = (|| tape.iter().copied().cycle(), steps * index(replicas));
        let places = 16 - image.chip.payload_bits;
        let code = |word: u32| low_quarter(signed(word)) >> places;
        Self {
            codes: words().map(code).take(cells * lines).collect(),
            classes: words().take(index(replicas)).collect(),
            targets: words().map(|w| code(w >> 9)).take(cells * index(outputs)).collect(),
            steps,
        }
    }

    fn stimulus(&self, image: &Image, learn: bool) -> Stimulus<'_> {
        let classes = image.teaching.is_none_or(|t| t.loss == Loss::CrossEntropy);
        let codes = Targets::Codes { codes: &self.targets, present: &[] };
        let targets = if classes { Targets::Class(&self.classes) } else { codes };
        Stimulus { steps: self.steps, codes: &self.codes, targets, learn }
    }
}

const SEED: u64 = 7;

/// Chips on either engine, with faults.
fn chips(
    image: &Image,
    (replicas, threads): (u32, usize),
    cycle: bool,
    faults: &Faults,
) -> Emulator {
    let options = Options { replicas, threads, seed: SEED };
    let mut chips = Emulator::load(image.clone(), options).expect("a valid image");
    if cycle {
        let fabric = faults.of_fabric(image, SEED).expect("places of the mesh");
        chips.attach_fabric(fabric).expect("its events can be carried");
    }
    chips.set_faults(faults.clone()).expect("faults of this engine");
    chips
}

/// The state after every step.
fn states(chips: &mut Emulator, stimulus: &Stimulus<'_>) -> Vec<State> {
    let mut states = Vec::new();
    chips.run_each(stimulus, &mut |chips, _| {
        states.push(chips.state().clone());
        ControlFlow::Continue(())
    });
    states
}

fn upsets(chips: &Emulator) -> Upsets {
    let mut all = Upsets::default();
    for core in chips.counters() {
        all.weights += core.upsets.weights;
        all.rows += core.upsets.rows;
        all.states += core.upsets.states;
    }
    all
}

fn rate(memory: Memory, chance: f64) -> Upset {
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a chance below 1"
    )]
    let chance = (chance * 2.0_f64.powi(64)) as u64;
    Upset { memory, often: Often::Chance(chance) }
}

fn once(memory: Memory, step: u64, count: u32) -> Upset {
    Upset { memory, often: Often::Once { step, count } }
}

fn of(upsets: Vec<Upset>) -> Faults {
    Faults { upsets, ..Faults::default() }
}

fn dead(part: Part, since: Since) -> Faults {
    Faults { dead: vec![Dead { part, since }], ..Faults::default() }
}

/// An image, words, and faults that both engines have.
fn case() -> impl Strategy<Value = (Image, Vec<u32>, Faults)> {
    let tapes =
        (prop::collection::vec(any::<u32>(), 8..200), prop::collection::vec(any::<u32>(), 9..60));
    let memory = prop::sample::select(&Memory::ALL[..]);
    let often = prop_oneof![
        (1_u64 << 52..1 << 61).prop_map(Often::Chance),
        (0_u64..10, 1_u32..20).prop_map(|(step, count)| Often::Once { step, count }),
    ];
    let upset = (memory, often).prop_map(|(memory, often)| Upset { memory, often });
    let upsets = prop::collection::vec(upset, 0..5);
    let dies = prop::option::of((any::<prop::sample::Index>(), 0_u64..10));
    (tapes, upsets, dies, prop::option::of(1..4_u16)).prop_map(
        |(tapes, upsets, dies, on_change)| {
            let mut image = samples::from_tape(&tapes.0);
            image.chip.wait_for_plasticity = true;
            for core in &mut image.cores {
                if let Some(threshold) = on_change {
                    core.soma.sender = Sender::OnChange { threshold };
                }
            }
            let dead = dies.map(|(core, step)| {
                let core = core.get(&image.cores);
                Dead { part: Part::Core(core.x, core.y), since: Since::Step(step) }
            });
            let dead = dead.into_iter().collect();
            (image, tapes.1, Faults { upsets, dead, ..Faults::default() })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The theorem holds for broken chips: every register of every core after every step.
    #[test]
    fn both_engines_break_alike((image, words, faults) in case(), replicas in 1..4_u32) {
        let lesson = Lesson::new(&image, replicas, 10, &words);
        let stimulus = lesson.stimulus(&image, true);
        let functional = states(&mut chips(&image, (replicas, 1), false, &faults), &stimulus);
        let mut timed = chips(&image, (replicas, 2), true, &faults);
        let cycle = states(&mut timed, &stimulus);
        timed.check_programs().expect("nothing stops");
        prop_assert_eq!(functional.len(), cycle.len());
        for (step, (one, other)) in functional.iter().zip(&cycle).enumerate() {
            prop_assert!(one == other, "step {step}");
        }
    }

    /// No thread, no piece of a block and no snapshot shows.
    #[test]
    fn faults_are_a_function_of_the_step((image, words, faults) in case(), replicas in 1..20_u32, cut in 1..9_usize) {
        let lesson = Lesson::new(&image, replicas, 10, &words);
        let stimulus = lesson.stimulus(&image, true);
        let mut one = chips(&image, (replicas, 1), false, &faults);
        let all = states(&mut one, &stimulus);
        for threads in [2, 4] {
            prop_assert!(all == states(&mut chips(&image, (replicas, threads), false, &faults), &stimulus));
        }
        let mut whole = chips(&image, (replicas, 1), false, &faults);
        whole.run(&stimulus);
        prop_assert!(*whole.state() == all[9]);
        let mut resumed = chips(&image, (replicas, 2), false, &faults);
        resumed.restore(all[cut - 1].clone()).expect("a state of this chip");
        let lines: usize = image.inputs.iter().map(|i| index(i.size)).sum();
        let outputs = image.teaching.map_or(0, |t| image.populations[index(t.population)].size);
        let cells = [index(replicas) * lines, index(replicas * outputs)];
        let rest = stimulus.part(cut..10, cells);
        prop_assert!(all[cut..] == states(&mut resumed, &rest)[..]);
    }
}

/// Two chips that differ in one flip differ in one bit of one word, and the counts say so.
#[test]
fn a_flip_is_one_bit_of_one_word() {
    let image = samples::small();
    let lesson = Lesson::new(&image, 1, 1, &[1 << 20, 7 << 24, 3]);
    let stimulus = lesson.stimulus(&image, false);
    for flips in [1, 5] {
        let mut sound = chips(&image, (1, 1), false, &Faults::default());
        let mut broken = chips(&image, (1, 1), false, &of(vec![once(Memory::Weights, 0, flips)]));
        let sound = states(&mut sound, &stimulus).pop().expect("a step");
        let state = states(&mut broken, &stimulus).pop().expect("a step");
        let words = |state: &State| -> Vec<i16> {
            state.arrays.iter().flat_map(|array| array.weight.clone()).collect()
        };
        let bits = words(&sound).into_iter().zip(words(&state)).map(|(a, b)| {
            // Bits above the word's own repeat its sign.
            let unused = 16 - image.chip.weight_bits;
            ((a ^ b) << unused).count_ones()
        });
        assert_eq!(bits.sum::<u32>(), flips, "no word is drawn twice with this seed");
        assert_eq!(upsets(&broken), Upsets { weights: flips.into(), ..Upsets::default() });
    }
}

/// Flips come at their rate: the count of 400 steps is within five standard deviations of what an
/// independent sum over the words expects.
#[test]
fn flips_come_at_their_rate() {
    let mut image = samples::small();
    image.learning = None;
    let (replicas, steps) = (3_u32, 400_u32);
    let lesson = Lesson::new(&image, replicas, index(steps), &[1 << 20, 7 << 24, 3]);
    let sides = || image.cores.iter().flat_map(|core| [(core, &core.soma), (core, &core.apical)]);
    let rows = |side: &leadlag_image::Side| side.array.groups.iter().map(|g| g.rows).sum::<u32>();
    let wired = |side: &leadlag_image::Side| {
        let wired = side.array.groups.iter();
        let wired = wired.filter(|g| g.source != leadlag_image::Source::Constant);
        wired.map(|g| g.rows).sum::<u32>()
    };
    let words = sides().map(|(core, side)| rows(side) * core.neurons).sum::<u32>();
    let registers = sides().map(|(_, side)| wired(side)).sum::<u32>();
    let states = sides().map(|(core, _)| core.neurons).sum::<u32>();
    let p = 0.03;
    for (memory, cells, copies) in [
        (Memory::Weights, words, 1),
        (Memory::Rows, registers, replicas),
        (Memory::States, states, replicas),
    ] {
        let mut broken = chips(&image, (replicas, 1), false, &of(vec![rate(memory, p)]));
        broken.run(&lesson.stimulus(&image, false));
        let (n, copies) = (f64::from(cells * steps), f64::from(copies));
        let counted = f64::from(u32::try_from(upsets(&broken).sum()).expect("few")) / copies;
        let sigma = (n * p * (1.0 - p)).sqrt();
        assert!((counted - n * p).abs() < 5.0 * sigma, "{memory:?}: {counted} of {n}");
    }
}

/// A flipped row register is whole again after the next latch; a state is not.
#[test]
fn the_latch_heals_rows() {
    let mut image = samples::small();
    image.learning = None;
    let lesson = Lesson::new(&image, 1, 6, &[1 << 20, 7 << 24, 3]);
    let stimulus = lesson.stimulus(&image, false);
    let sound = states(&mut chips(&image, (1, 1), false, &Faults::default()), &stimulus);
    let broken =
        states(&mut chips(&image, (1, 1), false, &of(vec![once(Memory::Rows, 2, 3)])), &stimulus);
    let rows = |state: &State| -> Vec<Vec<i16>> {
        let cores = state.shards[0].cores.iter();
        cores.flat_map(|core| [core.soma.rows.clone(), core.apical.rows.clone()]).collect()
    };
    assert_eq!(rows(&sound[1]), rows(&broken[1]));
    assert_ne!(rows(&sound[2]), rows(&broken[2]), "struck after the latch");
    let lines = |state: &State| state.shards[0].cores[0].soma.rows[..2].to_vec();
    assert_eq!(lines(&sound[3]), lines(&broken[3]), "the host writes its rows anew");
}

/// A dead core keeps what it holds and says nothing; its listeners keep what they heard.
#[test]
fn a_dead_core_keeps_still() {
    let image = samples::small();
    let lesson = Lesson::new(&image, 1, 8, &[1 << 20, 7 << 24, 3]);
    let stimulus = lesson.stimulus(&image, true);
    let place = (image.cores[0].x, image.cores[0].y);
    let faults = dead(Part::Core(place.0, place.1), Since::Step(3));
    let mut broken = chips(&image, (1, 1), true, &faults);
    let all = states(&mut broken, &stimulus);
    let core = |state: &State, at: usize| state.shards[0].cores[at].clone();
    for state in &all[3..] {
        assert_eq!(core(state, 0), core(&all[2], 0));
        assert_eq!(state.arrays[0], all[2].arrays[0], "it does not learn");
        assert_eq!(core(state, 1).soma.rows[..3], core(&all[3], 1).soma.rows[..3]);
    }
    assert_ne!(core(&all[7], 1), core(&all[3], 1), "the other goes on");
    let times = broken.times().expect("timed");
    assert_eq!(times.cores[0].packets, 3 * 3, "three rates in each of three steps");
    assert_eq!(times.cores[1].packets, 8 * 2);
}

/// A core that dies in a cycle dies at the next latch: the same run as one that dies before that
/// step.
#[test]
fn cycles_and_steps_name_the_same_moment() {
    let mut image = samples::small();
    let lesson = Lesson::new(&image, 1, 8, &[1 << 20, 7 << 24, 3]);
    let stimulus = lesson.stimulus(&image, true);
    let core = Part::Core(image.cores[0].x, image.cores[0].y);
    for mode in [Mode::Barrier, Mode::FreeRunning] {
        image.chip.mode = mode;
        // A step of this chip takes 17 cycles with a barrier; see the test of the clock by hand.
        image.chip.cycles_per_step = 17;
        let mut runs = [Since::Step(3), Since::Cycle(35), Since::Cycle(51)]
            .map(|since| states(&mut chips(&image, (1, 1), true, &dead(core, since)), &stimulus));
        let other =
            states(&mut chips(&image, (1, 1), true, &dead(core, Since::Cycle(52))), &stimulus);
        assert_ne!(runs[0], other, "a cycle later is a step later");
        let last = runs[2].pop();
        assert_eq!(runs[0].pop(), last);
        assert_eq!(runs[1].pop(), last);
    }
}

/// A packet with a flipped bit changes what lands, on every replica's fabric alike, and is counted.
#[test]
fn packets_flip_on_their_way() {
    let mut image = samples::small();
    image.learning = None;
    let faults = Faults { packets: 1 << 28, ..Faults::default() };
    let run = |replicas, threads| {
        let lesson = Lesson::new(&image, replicas, 40, &[1 << 20]);
        let mut chips = chips(&image, (replicas, threads), true, &faults);
        let states = states(&mut chips, &lesson.stimulus(&image, false));
        chips.check_programs().expect("nothing stops");
        (states, chips)
    };
    let (sound, (broken, one)) = (
        states(
            &mut chips(&image, (1, 1), true, &Faults::default()),
            &Lesson::new(&image, 1, 40, &[1 << 20]).stimulus(&image, false),
        ),
        run(1, 1),
    );
    let counters = one.fabric_counters().expect("timed");
    let flipped: u64 = counters.routers.iter().map(|router| router.flipped).sum();
    // 200 events over two routers each, of which a sixteenth is flipped in each.
    assert!((10..45).contains(&flipped), "{flipped}");
    assert_ne!(sound, broken);
    let (two, _) = run(2, 2);
    for (one, two) in broken.iter().zip(&two) {
        for core in 0..image.cores.len() {
            let rows = |state: &State| {
                state.shards.iter().map(|s| s.cores[core].soma.rows.clone()).collect::<Vec<_>>()
            };
            let (one, two) = (rows(one).concat(), rows(two).concat());
            assert_eq!(two, [one.clone(), one].concat());
        }
    }
}

/// A link that dies before a step dies as one that dies in the cycle of its latch.
#[test]
fn a_link_dies_before_a_step() {
    let mut image = samples::small();
    let lesson = Lesson::new(&image, 1, 8, &[1 << 20, 7 << 24, 3]);
    let stimulus = lesson.stimulus(&image, true);
    let link = Part::Link(image.cores[0].x, image.cores[0].y, Port::PlusX);
    let run = |image: &Image, since| {
        let mut chips = chips(image, (1, 1), true, &dead(link, since));
        let states = states(&mut chips, &stimulus);
        (states, chips.check_programs().err().map(|why| format!("{why:?}")), chips)
    };
    let (_, why, _) = run(&image, Since::Step(3));
    let why = why.expect("the barrier does not close");
    assert!(
        why.contains("LL3630") && why.contains("step 3: the barrier waits for 3 events"),
        "{why}"
    );
    assert!(why.contains("whose next event waits for the barrier"), "the cycle closes: {why}");
    assert_eq!(run(&image, Since::Cycle(51)).1, Some(why));

    // Without a barrier rows keep what they heard, and the losses are counted.
    image.chip.mode = Mode::FreeRunning;
    image.chip.cycles_per_step = 17;
    let (by_step, why, one) = run(&image, Since::Step(3));
    let (by_cycle, _, two) = run(&image, Since::Cycle(51));
    assert_eq!((why, by_step == by_cycle), (None, true));
    let lost = |chips: &Emulator| {
        let counters = chips.fabric_counters().expect("timed");
        counters.routers.iter().map(|router| router.lost).sum::<u64>()
    };
    assert_eq!((lost(&one), lost(&two)), (15, 15), "three rates in each of five steps");
}

/// The run ends after the step of the first fault, with a report of what was struck.
#[test]
fn a_run_may_stop_at_the_first_fault() {
    let image = samples::small();
    let lesson = Lesson::new(&image, 1, 8, &[1 << 20, 7 << 24, 3]);
    let stimulus = lesson.stimulus(&image, true);
    let upset = Faults { stops: true, ..of(vec![once(Memory::Weights, 4, 2)]) };
    for cycle in [false, true] {
        let mut chips = chips(&image, (1, 1), cycle, &upset);
        assert_eq!(states(&mut chips, &stimulus).len(), 5);
        let why = chips.check_programs().expect_err("it stops");
        let why = format!("{why:?}");
        assert!(why.contains("LL3671") && why.contains("step 4: 2 words"), "{why}");
        assert!(why.contains("weight ["), "{why}");
    }
    let packets = Faults { packets: 1 << 28, stops: true, ..Faults::default() };
    let mut chips = chips(&image, (1, 1), true, &packets);
    let done = states(&mut chips, &stimulus).len();
    let why = chips.check_programs().expect_err("it stops");
    let why = format!("{why:?}");
    assert!(done < 8 && why.contains("0 words or cores were struck"), "{done} {why}");
}

/// What an engine does not have is refused, and so is what the chip does not have.
#[test]
fn faults_without_a_place_are_refused() {
    let image = samples::small();
    let refused = |faults: &Faults, cycle: bool| {
        let options = Options { replicas: 1, threads: 1, seed: SEED };
        let mut chips = Emulator::load(image.clone(), options).expect("a valid image");
        if cycle {
            let fabric = faults.of_fabric(&image, SEED);
            let fabric = match fabric {
                Ok(fabric) => fabric,
                Err(why) => return why.0[0].code,
            };
            chips.attach_fabric(fabric).expect("its events can be carried");
        }
        chips.set_faults(faults.clone()).expect_err("it has no place").0[0].code
    };
    let link = Part::Link(0, 0, Port::PlusX);
    let stuck = |x| Stuck { place: (x, 0), port: Port::PlusX, channel: 0 };
    assert_eq!(refused(&Faults { packets: 1, ..Faults::default() }, false), "LL1472");
    assert_eq!(refused(&dead(link, Since::Step(1)), false), "LL1472");
    assert_eq!(refused(&dead(Part::Core(0, 0), Since::Cycle(1)), false), "LL1472");
    assert_eq!(refused(&dead(Part::Core(9, 9), Since::Step(1)), false), "LL1473");
    assert_eq!(refused(&dead(Part::Router(90, 9), Since::Cycle(1)), true), "LL1473");
    assert_eq!(refused(&dead(Part::Router(90, 9), Since::Step(1)), true), "LL1473");
    assert_eq!(refused(&Faults { stuck: vec![stuck(77)], ..Faults::default() }, true), "LL1473");
}
