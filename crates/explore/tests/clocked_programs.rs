//! Programs that do not come to their end in a step: what they change, and when, against a model of
//! one loop that knows the timing table and nothing of the emulator.

#![expect(clippy::indexing_slicing, reason = "a test ends where an index is wrong")]

use std::ops::ControlFlow;

use leadlag_chip::{CoreProgram, Emulator, Options, Stimulus, Targets};
use leadlag_fabric::Faults;
use leadlag_image::container::{self, Kind};
use leadlag_image::{Image, Mode, Ppu, samples};
use leadlag_isa::assemble;
use leadlag_trace::{Breakpoint, Condition};
use proptest::prelude::*;

/// The first steps of `samples::small` take 17 cycles in barrier mode: events need 13, its tree 4.
const BARRIER_STEP: u64 = 17;

/// Every step: wait `turns` turns of a loop, add 1 to a weight and store the sum as data too.
fn program(turns: u32) -> CoreProgram {
    let text = format!(
        "        lui   t0, 0x10\n        csrw  mie, t0\n        lui   s0, 0x40000\n        lui   s1, 0x10000\n\
         again:  wfi\n        csrw  mip, zero\n        addi  t1, zero, {turns}\n\
         turn:   addi  t1, t1, -1\n        bnez  t1, turn\n        addi  t2, t2, 1\n\
         store:  sh    t2, 0(s0)\n        sw    t2, 16(s1)\n        j     again\n"
    );
    assembled(&text)
}

fn assembled(text: &str) -> CoreProgram {
    let options = leadlag_isa::Options { compress: false, ..leadlag_isa::Options::default() };
    let made = assemble("loop", text, &options).expect("a program");
    CoreProgram {
        core: 0,
        entry: made.entry,
        segments: made.segments.into_iter().map(|s| (s.address, s.bytes)).collect(),
        parameters: Vec::new(),
        keeps: None,
    }
}

/// Every step: convert the rates, sleep until that is done, and add 1 to a weight. 18 cycles, and 287 of
/// the converters' 288 asleep: `wfi` takes the first.
fn converting() -> CoreProgram {
    let text = "        lui   t0, 0x30\n        csrw  mie, t0\n        lui   s0, 0x40000\n        lui   s1, 0x50100\n\
                        addi  s2, zero, 1\n\
                again:  wfi\n        csrw  mip, zero\n        sw    s2, 0(s1)\n        wfi\n        csrw  mip, zero\n\
                        addi  t2, t2, 1\n        sh    t2, 0(s0)\n        j     again\n";
    assembled(text)
}

/// What an instruction of the loop does.
#[derive(Clone, Copy, PartialEq)]
enum Does {
    Nothing,
    ClearsStep,
    Stores,
    Sleeps,
}

/// The loop from its waking on, with the cycles of each instruction: `docs/chip/plasticity-resources.md`.
fn costs(turns: u32) -> Vec<(u64, Does)> {
    let mut all = vec![(1, Does::ClearsStep), (1, Does::Nothing)];
    for turn in 1..=turns {
        all.extend([(1, Does::Nothing), (if turn < turns { 3 } else { 1 }, Does::Nothing)]);
    }
    all.extend([(1, Does::Nothing), (9, Does::Stores), (1, Does::Nothing)]);
    all.extend([(3, Does::Nothing), (1, Does::Sleeps)]);
    all
}

/// The weight and the overruns after each step, where steps take `length` cycles and programs begin
/// `setup` cycles after the latch. An instruction that has begun before the latch is done with it.
fn model(turns: u32, (length, setup): (u64, u64), steps: u64) -> Vec<(i16, u64)> {
    let costs = costs(turns);
    let (mut at, mut free, mut asleep, mut pending) = (0, 0, true, false);
    let (mut weight, mut overruns, mut seen) = (0, 0, Vec::new());
    let mut run = |until: u64, asleep: &mut bool, pending: &mut bool, weight: &mut i16| {
        while !*asleep && free < until {
            let (cost, does) = costs[at];
            at = (at + 1) % costs.len();
            free += cost;
            match does {
                Does::ClearsStep => *pending = false,
                Does::Stores => *weight += 1,
                Does::Sleeps => *asleep = !*pending,
                Does::Nothing => {}
            }
        }
        if *asleep {
            free = until;
        }
    };
    for step in 0..steps {
        let start = step * length + setup;
        run(start, &mut asleep, &mut pending, &mut weight);
        overruns += u64::from(!asleep && pending);
        (asleep, pending) = (false, true);
        run((step + 1) * length, &mut asleep, &mut pending, &mut weight);
        seen.push((weight, overruns));
    }
    seen
}

fn chip(image: &Image, threads: usize, turns: u32) -> Emulator {
    let options = Options { replicas: 1, threads, seed: 7 };
    let mut chip = Emulator::load(image.clone(), options).expect("valid");
    chip.attach_fabric(Faults::default()).expect("its events can be carried");
    chip.set_programs(&[program(turns)]).unwrap_or_else(|found| panic!("{found}"));
    chip
}

/// Runs so many steps; weight and overruns after each.
fn run(chip: &mut Emulator, steps: usize) -> Vec<(i16, u64)> {
    let codes = vec![100; 2 * steps];
    let stimulus = Stimulus { steps, codes: &codes, targets: Targets::Class(&[0]), learn: true };
    let mut seen = Vec::new();
    chip.run_each(&stimulus, &mut |chip, _| {
        let overruns = chip.counters()[0].plasticity_overruns;
        seen.push((chip.state().arrays[0].weight[0], overruns));
        ControlFlow::Continue(())
    });
    chip.check_programs().unwrap_or_else(|found| panic!("{found}"));
    seen
}

fn image(mode: Mode, cycles_per_step: u64, waits: bool) -> Image {
    let mut image = samples::small();
    image.chip.mode = mode;
    image.chip.cycles_per_step = cycles_per_step;
    image.chip.wait_for_plasticity = waits;
    image.chip.ppu = Ppu::LL1;
    // The weight that is counted up begins at 0.
    image.cores[0].soma.array.words[0] = 0;
    image
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// In free-running mode, from programs that end early to such that take many steps.
    #[test]
    fn a_free_running_program_changes_what_the_clock_lets_it(
        turns in 1..120_u32, cycles in 5..300_u64, cut in 0..24_usize,
    ) {
        let image = image(Mode::FreeRunning, cycles, true);
        let setup = u64::from(image.chip.setup_cycles);
        let mut whole = chip(&image, 1, turns);
        let expected = model(turns, (cycles, setup), 24);
        let mut seen = run(&mut whole, cut);
        // Through a snapshot, on another number of threads: a program may be anywhere.
        let mut bytes = Vec::new();
        container::write(Kind::Snapshot, &whole.snapshot(), &mut bytes).expect("memory");
        let mut restored = chip(&image, 2, turns);
        restored.restore(container::read(Kind::Snapshot, &bytes).expect("it was written")).expect("its own");
        prop_assert_eq!(restored.snapshot(), whole.snapshot());
        let rest = run(&mut restored, 24 - cut);
        prop_assert_eq!(&rest, &run(&mut whole, 24 - cut));
        prop_assert_eq!(restored.snapshot(), whole.snapshot());
        seen.extend(rest);
        prop_assert_eq!(seen, expected);
    }

    /// A barrier that does not wait for programs closes when events have landed.
    #[test]
    fn a_barrier_that_does_not_wait_leaves_programs_behind(turns in 1..60_u32) {
        let image = image(Mode::Barrier, 1000, false);
        let mut hasty = chip(&image, 1, turns);
        prop_assert_eq!(run(&mut hasty, 20), model(turns, (BARRIER_STEP, 2), 20));
        let times = hasty.times().expect("timed");
        prop_assert_eq!((times.step.shortest, times.step.longest), (BARRIER_STEP, BARRIER_STEP));
        prop_assert_eq!(times.waited_for_plasticity, 0);
        // One that waits is as long as the program, and counts one up in every step.
        let mut patient = chip(&self::image(Mode::Barrier, 1000, true), 1, turns);
        let counted: Vec<_> = (1..=20).map(|weight| (weight, 0)).collect();
        prop_assert_eq!(run(&mut patient, 20), counted);
        let program: u64 = costs(turns).iter().map(|(cycles, _)| cycles).sum();
        let step = (2 + program).max(13) + 4;
        let times = patient.times().expect("timed");
        prop_assert_eq!((times.step.shortest, times.step.longest), (step, step));
    }

    /// In the middle of a step a program has done what the model has done by then.
    #[test]
    fn a_program_is_where_the_cycle_finds_it(turns in 1..60_u32, cycles in 20..120_u64, into in 0..120_u64) {
        let image = image(Mode::FreeRunning, cycles, true);
        let into = into % cycles;
        let mut chip = chip(&image, 1, turns);
        run(&mut chip, 3);
        let codes = [100; 2];
        let stimulus = Stimulus { steps: 1, codes: &codes, targets: Targets::Class(&[0]), learn: true };
        let before = chip.snapshot();
        let here = chip.midstep(&stimulus, 0, into).expect("in the step");
        prop_assert_eq!(chip.snapshot(), before);
        let weight = here.registers().arrays[0].weight[0];
        let end = chip.midstep(&stimulus, 0, cycles).expect("its end").registers();
        run(&mut chip, 1);
        prop_assert!(weight <= chip.state().arrays[0].weight[0]);
        prop_assert_eq!(end.units, chip.snapshot().units);
        prop_assert_eq!(&end.arrays, &chip.state().arrays);
    }
}

/// Conditions on addresses hold in the step in which a program is there, and looking changes nothing.
#[test]
fn programs_are_met_where_they_pass() {
    let image = image(Mode::FreeRunning, 40, true);
    // 4·50 + 15 cycles: the store comes in the sixth step of the first turn.
    let turns = 50;
    let at_store = 4 * 10;
    let first = model(turns, (40, 2), 12).iter().position(|(weight, _)| *weight == 1);
    let first = u64::try_from(first.expect("it stores")).expect("short") + 1;
    for (text, holds) in [
        (format!("pc == {at_store:#x}"), Some(first)),
        (format!("core[0,0].ppu.pc == {at_store}"), Some(first)),
        ("address == 0x40000000".to_owned(), Some(first)),
        ("address == 0x10000010".to_owned(), Some(first)),
        ("pc == 0x1c".to_owned(), Some(1)),
        ("address == 0x10000014".to_owned(), None),
        ("pc == 0x100".to_owned(), None),
        ("rises(core[*].ppu.overruns)".to_owned(), Some(3)),
    ] {
        let mut chip = chip(&image, 1, turns);
        let condition = Condition::parse(&text).unwrap_or_else(|found| panic!("{found}"));
        let mut stop = Breakpoint::new(&condition, &chip).unwrap_or_else(|found| panic!("{found}"));
        assert_eq!(stop.looks_inside(), !text.starts_with("rises"), "{text}");
        chip.trace_programs();
        let codes = vec![100; 24];
        let stimulus =
            Stimulus { steps: 12, codes: &codes, targets: Targets::Class(&[0]), learn: true };
        let mut hit = None;
        chip.run_each(&stimulus, &mut |chip, _| {
            hit = hit.take().or_else(|| stop.look(chip.step(), chip));
            ControlFlow::Continue(())
        });
        assert_eq!(hit.as_ref().map(|hit| hit.clock), holds, "{text}: {hit:?}");
        let mut plain = self::chip(&image, 1, turns);
        run(&mut plain, 12);
        assert_eq!(plain.snapshot(), chip.snapshot(), "{text}");
    }
}

/// A program that sleeps for its converters is at its work: a barrier that waits for programs waits for
/// that too, and a free-running clock lets it sleep so long and no longer.
#[test]
fn sleep_for_the_converters_takes_its_time() {
    let start = |mode, cycles| {
        let image = image(mode, cycles, true);
        let mut chip = chip(&image, 1, 1);
        chip.set_programs(&[converting()]).unwrap_or_else(|found| panic!("{found}"));
        chip
    };
    let weights = |chip: &mut Emulator, steps| -> Vec<i16> {
        run(chip, steps).into_iter().map(|(weight, _)| weight).collect()
    };
    let mut patient = start(Mode::Barrier, 1000);
    assert_eq!(weights(&mut patient, 5), [1, 2, 3, 4, 5]);
    let counted = patient.counters()[0];
    assert_eq!((counted.plasticity_cycles, counted.plasticity_waits), (5 * 18, [0, 0, 5 * 287]));
    let times = patient.times().expect("timed");
    let step = 2 + 18 + 287 + 4;
    assert_eq!((times.step.shortest, times.step.longest), (step, step));
    assert_eq!(times.cores[0].plasticity_busy, 5 * (18 + 287));
    // 2 + 18 + 287 cycles are enough.
    assert_eq!(weights(&mut start(Mode::FreeRunning, 307), 5), [1, 2, 3, 4, 5]);
    // In a step of 100 it falls asleep in cycle 5; the next step's interrupt wakes it in cycle 102.
    let mut hasty = start(Mode::FreeRunning, 100);
    assert_eq!(weights(&mut hasty, 6), [0, 1, 1, 2, 2, 3]);
    assert_eq!(hasty.counters()[0].plasticity_waits, [0, 0, 3 * (95 + 2)]);
    // Whoever looks where it passes sees the same.
    let mut watched = start(Mode::FreeRunning, 100);
    watched.trace_programs();
    assert_eq!(weights(&mut watched, 6), [0, 1, 1, 2, 2, 3]);
    assert_eq!(watched.snapshot(), hasty.snapshot());
}

/// A load from a result waits until it is ready, a conversion until the one before is done.
#[test]
fn stalls_for_the_converters_are_counted_by_cause() {
    let text = "        lui   t0, 0x10\n        csrw  mie, t0\n        lui   s1, 0x50100\n        lui   s2, 0x50000\n\
                        addi  s3, zero, 1\n\
                again:  wfi\n        csrw  mip, zero\n        sw    s3, 0(s1)\n        sw    s3, 0(s1)\n\
                        lh    t1, 0(s2)\n        j     again\n";
    let image = image(Mode::Barrier, 1000, true);
    let mut chip = chip(&image, 1, 1);
    chip.set_programs(&[assembled(text)]).unwrap_or_else(|found| panic!("{found}"));
    run(&mut chip, 3);
    let counted = chip.counters()[0];
    // csrw, two stores, load, jump, wfi; and 288 cycles before the second store and before the load.
    let own: u64 = 1 + 1 + 1 + 2 + 3 + 1;
    assert_eq!((counted.plasticity_waits, counted.conversions), ([3 * 288, 3 * 288, 0], 6));
    assert_eq!(counted.plasticity_cycles, 3 * (own + 2 * 288));
}

/// In a step that is cut off before its setup is over, a program that is still at the step before has
/// done so much, and that is counted.
#[test]
fn a_step_shorter_than_its_setup_counts_what_ran() {
    let mut image = image(Mode::FreeRunning, 40, true);
    image.chip.setup_cycles = 20;
    let turns = 50;
    let mut chip = chip(&image, 1, turns);
    run(&mut chip, 2);
    let codes = [100; 2];
    let stimulus = Stimulus { steps: 1, codes: &codes, targets: Targets::Class(&[0]), learn: true };
    // The program began in cycle 20 of 80, goes through, and is done with what it has begun.
    let costs = costs(turns);
    let done = |until: u64| {
        let mut ends = costs.iter().scan(0, |end, (cycles, _)| {
            *end += cycles;
            Some(*end)
        });
        ends.find(|&end| end >= until).expect("it is at it for longer")
    };
    for into in 0..20 {
        let here = chip.midstep(&stimulus, 0, into).expect("in the step").registers();
        let counted = here.shards[0].cores[0].counters.plasticity_cycles;
        assert_eq!(counted, done(60 + into), "{into}");
    }
}
