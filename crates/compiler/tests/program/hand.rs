//! Every program of the library against sums made by hand, for every length of vectors.
//!
//! A sum follows the listing in `firmware-tests/`, line by line: a scalar instruction costs 1, a load, a
//! product and a conversion's end more, a branch 3 if it is taken; a vector instruction costs its constant
//! and the beats of a strip. From one length to another only the number of strips and their beats
//! differ, and the few lines that a second strip needs.

use leadlag_compiler::program::Compiled;
use leadlag_plasticity::processor::Window;

use crate::harness::Bench;
use crate::library::{everything_at, roomy};

/// How a vector of 256 is cut up: whole strips, and the beats of 512 bits that one takes.
#[derive(Clone, Copy)]
struct Strips {
    count: u64,
    /// Beats of elements of 8, 16 and 32 bits.
    b: u64,
    h: u64,
    w: u64,
    /// 1 if there is more than one strip: an addition for the offset of each pointer.
    o: u64,
}

/// Strips of so many elements of 16 bits as a group of registers holds.
fn strips(vlen: u32, group: u64) -> Strips {
    let lanes = u64::from(vlen) / 16 * group;
    let beats = |bits: u64| (lanes * bits).div_ceil(512);
    let count = 256 / lanes;
    Strips { count, b: beats(8), h: beats(16), w: beats(32), o: u64::from(count > 1) }
}

impl Strips {
    /// A vector, strip by strip. One: its length 1, vsetvli 1. More: length and offset 2; each vsetvli 1,
    /// four lines to the next 4, branch 3; the last branch is not taken.
    fn of(self, body: u64) -> u64 {
        if self.count == 1 { 2 + body } else { 2 + self.count * (1 + body + 4 + 3) - 2 }
    }
}

/// Rows of a strip: the last branch is not taken.
fn rows(count: u64, row: u64) -> u64 {
    count * row - 2
}

/// Waking: sleep 1, the bit cleared 2; each step that converts 4 more, and the wait 2 + 288 per observable.
fn wake(conversions: u64) -> u64 {
    3 + if conversions == 0 { 0 } else { 4 + 2 + 288 * conversions }
}

/// A row's end: two pointers, the count, the branch.
const TAIL: u64 = 1 + 1 + 1 + 3;

/// A jump to the start of the step.
const JUMP: u64 = 3;

/// A strip of a row of a rule's array.
fn row(name: &str, s: Strips) -> u64 {
    let Strips { b, h, w, .. } = s;
    match name {
        // Word, row, eta*e*r, held sum, row.
        "gle-sgd" => 2 + (8 + h) + (4 + h) + (2 + h) + (8 + h) + TAIL,
        // Word, row, eta*e*r, decay*w, their difference, held sum, row.
        "kolen-pollack" => 2 + (8 + h) + (4 + h) + (4 + h) + (2 + h) + (2 + h) + (8 + h) + TAIL,
        // Word, row, m; mu*m, eta*e*r, their sum, m; held sum, row; a pointer more.
        "momentum" => {
            let state = (3 + h) + (4 + h) + (4 + h) + (2 + h) + (3 + h);
            2 + (8 + h) + state + (2 + h) + (8 + h) + 1 + TAIL
        }
        // Word, row of bytes, product of 16 bits, draws, their sum, cut, held sum, row.
        "gle-sgd8" => {
            2 + (8 + b) + (4 + h) + (3 + b) + (2 + h) + (2 + h) + (2 + b) + (8 + b) + TAIL
        }
        // The same with 16 and 32 bits.
        "stochastic" => {
            2 + (8 + h) + (4 + w) + (3 + h) + (2 + w) + (2 + w) + (2 + h) + (8 + h) + TAIL
        }
        // The product with eta behind that of the codes.
        "learn-sgd" => product(s) + (4 + w) + 1 + stepped(s) + 1 + TAIL,
        // m between them, and its pointer.
        "learn-momentum" => product(s) + mean(s) + (4 + w) + 1 + stepped(s) + 2 + TAIL,
        // n, m, m/(n + 1), and two pointers.
        "learn-normalised" => {
            product(s) + magnitude(s) + mean(s) + signal(s) + stepped(s) + 3 + TAIL
        }
        name => panic!("{name} has no rows"),
    }
}

/// Word, row, draws; the product of the codes, and its cut to 16 bits.
fn product(Strips { h, w, .. }: Strips) -> u64 {
    2 + (8 + h) + (3 + h) + (4 + w) + (2 + w)
}

/// n: there; n + 1, the reciprocal; |g|, h, h^2/(n + 1) - n; the draw, the shift, n, |g| shifted, the larger;
/// cut, and back. A single 1 is a change of the element width.
fn magnitude(Strips { h, w, .. }: Strips) -> u64 {
    let there = (3 + h) + 1 + (2 + w);
    let reciprocal = (2 + w) + (2 + w) + (4 + 32 * w);
    let held = (2 + w) + (2 + w) + (2 + w) + (2 + w) + (2 + w);
    let square = (4 + w) + (2 + w) + (2 + w) + (4 + w) + (2 + w);
    let draw = 1 + (2 + h) + (2 + h) + (2 + w) + 1;
    let larger = (2 + w) + (2 + w) + (2 + w) + (2 + w);
    there + reciprocal + held + square + draw + larger + 1 + (2 + w) + (3 + h)
}

/// m: there; g - m, times blend, shifted, added, cut, and back.
fn mean(Strips { h, w, .. }: Strips) -> u64 {
    (3 + h) + (2 + w) + 1 + (4 + w) + (2 + w) + 1 + (2 + w) + (2 + w) + (3 + h)
}

/// m/(n + 1): m held at both ends of its dead band, and taken from m; n + 1, its reciprocal, m, the upper
/// half of their product, rounded, held at both ends; times eta.
fn signal(Strips { h, w, .. }: Strips) -> u64 {
    let shrunk = (2 + h) + (2 + h) + (2 + h);
    let reciprocal = 1 + (2 + w) + (2 + w) + (2 + w) + (4 + 32 * w);
    let quotient = (2 + w) + (2 + w) + (4 + w) + (2 + w);
    shrunk + reciprocal + quotient + (2 + w) + (2 + w) + (4 + w)
}

/// The shift of eta's product; decay*w, its shift, the difference; the new word; the row.
fn stepped(Strips { h, w, .. }: Strips) -> u64 {
    (2 + w) + 1 + (4 + w) + 1 + (2 + w) + (2 + w) + moved(h, w) + (8 + h)
}

/// Draws without their upper bits, added; the fine bits cut; the old word added; held.
fn moved(h: u64, w: u64) -> u64 {
    1 + (2 + h) + (2 + w) + 1 + (2 + w) + 1 + (2 + w) + (2 + w)
}

/// Both arrays of a rule: parameters, what is computed before the rows, pointers, rows.
fn arrays(name: &str, vlen: u32) -> u64 {
    let s = strips(vlen, if name == "stochastic" { 4 } else { 8 });
    let Strips { b, h, o, .. } = s;
    let rows = rows(256, row(name, s));
    // An address 1, each parameter 2.
    let params = if matches!(name, "kolen-pollack" | "momentum") { 5 } else { 3 };
    // The stride; with draws their stream too.
    let stride = if matches!(name, "gle-sgd8" | "stochastic") { 1 + 3 } else { 1 };
    // Address of e 1, e, mode 1, eta*e; address of the product 2, and it.
    let ahead = (1 + o) + (3 + h) + 1 + (4 + h) + (2 + o) + (3 + h);
    // Where the columns' factor lies, and it; on the somatic array the mode 1, and eta*e.
    let old = (2 + o) + (3 + h);
    let own = (1 + o) + (3 + h) + 1 + (4 + h);
    let (apical, somatic) = match name {
        // Row words 2 or 1, row 1, state words 2, count 1; the apical array's mode 1.
        "momentum" => {
            let others = (1 + o) + (2 + o) + 1;
            (s.of(ahead) + s.of(old + 2 + others + 1 + rows), s.of(own + 1 + others + rows))
        }
        // Row words 2 or 1, row 1, draws 1, end 1, mode of the cut 1; the apical array has one mode only.
        "stochastic" => {
            let others = 3 * (1 + o) + 1;
            (s.of(ahead) + s.of(old + 2 + others + rows), s.of(own + 1 + others + rows))
        }
        // Both factors are cut to bytes, and an offset in bytes takes two lines.
        "gle-sgd8" => {
            let error = (1 + o) + (3 + h) + 1 + 1 + (4 + h) + 1 + (2 + h);
            let rate = (1 + o) + (3 + h) + 1 + (2 + h);
            let kept = (2 + 2 * o) + (3 + b);
            let others = 2 + 3 * (1 + 2 * o) + 1;
            let apical = s.of(error + kept) + s.of(1 + rate + others + rows);
            (apical, s.of(rate + kept) + s.of(error + others + rows))
        }
        // Row words 2 or 1, row 1, count 1; the apical array's mode 1.
        _ => {
            let others = (1 + o) + 1;
            (s.of(ahead) + s.of(old + 2 + others + 1 + rows), s.of(own + 1 + others + rows))
        }
    };
    params + stride + apical + params + stride + somatic
}

/// This step's vector kept for later: where it is, it, where it goes in so many lines, it.
fn kept(vlen: u32, lines: u64) -> u64 {
    let s = strips(vlen, 8);
    s.of((1 + s.o) + (3 + s.h) + (lines + s.o) + (3 + s.h))
}

/// A step in which both arrays of a rule learn.
fn rule(name: &str, vlen: u32) -> u64 {
    // Is an update owed 1; the next one is 1; r kept; the two old vectors exchanged 2.
    wake(2) + 1 + arrays(name, vlen) + 1 + kept(vlen, 2) + 2 + JUMP
}

/// A step of a rule of the columns.
fn columns(name: &str, vlen: u32) -> u64 {
    let s = strips(vlen, 8);
    let Strips { h, o, .. } = s;
    match name {
        // Parameter 3; e, mode, eta*e; the last row: address 2, it, held sum, it.
        "bias" => {
            let step = (1 + o) + (3 + h) + 1 + (4 + h);
            wake(1) + 3 + s.of(step + (2 + o) + (8 + h) + (2 + h) + (8 + h)) + JUMP
        }
        // Parameter 3, its negative by a vector of one 11; e, mode, -eta*e; u, the old u, du, product; code,
        // held sum, code; u kept.
        "tau" => {
            let step = (1 + o) + (3 + h) + 1 + (4 + h);
            let motion = (1 + o) + (3 + h) + (1 + o) + (3 + h) + (2 + h) + (4 + h);
            let code = (1 + o) + (3 + h) + (2 + h) + (3 + h);
            wake(2) + 3 + 11 + s.of(step + motion + code) + kept(vlen, 1) + JUMP
        }
        // Counter 3, parameters 5; u, its distance, mode, product; code, held sum, code.
        "calibrate" => {
            let step = (1 + o) + (3 + h) + (2 + h) + 1 + (4 + h);
            wake(1) + 3 + 5 + s.of(step + (1 + o) + (3 + h) + (2 + h) + (3 + h)) + JUMP
        }
        // Parameter 3; target, r, difference, mode, product, injection.
        _ => {
            let difference = (1 + o) + (3 + h) + (1 + o) + (3 + h) + (2 + h);
            wake(1) + 3 + s.of(difference + 1 + (4 + h) + (1 + o) + (3 + h)) + JUMP
        }
    }
}

/// A step in which both arrays of 128 rows learn by a rule of network files.
fn lesson(name: &str, vlen: u32) -> u64 {
    // Registers per group, lines of constants, lines of pointers to state words.
    let (group, constants, pointers) = match name {
        "learn-sgd" => (4, 0, 0),
        "learn-momentum" => (4, 1, 4),
        _ => (2, 8, 7),
    };
    let s = strips(vlen, group);
    // Mode 1, where the factor lies, it; rate 3 and its parts 2; row words 1, row 2, draws 2, states, count.
    let strip = |place: u64| {
        let rows = rows(128, row(name, s));
        s.of(1 + place + (3 + s.h) + 3 + 2 + 1 + 2 + 2 + pointers + 1 + rows)
    };
    let arrays = 1 + before(constants) + strip(3) + 1 + before(constants) + strip(2);
    // Does the network learn 3; whether the next update is owed 1.
    wake(0) + 3 + arrays + 1 + kept(vlen, 2) + 2 + JUMP
}

/// Before an array of a lesson: decay 3, its parts 2, stride 1, mask of the draws 2, constants, stream 3.
fn before(constants: u64) -> u64 {
    3 + 2 + 1 + 2 + constants + 3
}

/// A step in which time constants learn, on a core without plastic rows.
fn learn_tau(vlen: u32) -> u64 {
    let idle = strips(vlen, 4);
    // Mode 1, where the factor lies, it: there are no rows behind it.
    let array = |place: u64| before(8) + idle.of(1 + place + (3 + idle.h));
    // Mask 2, one 1, the least 2, the rule's constants 8, stream 3, rate 3 and its parts 2.
    let constants = 2 + 1 + 2 + 8 + 3 + 3 + 2;
    let s = strips(vlen, 2);
    let Strips { h, w, .. } = s;
    // Mode; e, the old u, u; their difference, the product, its cut.
    let product = 1 + (2 + 3 + h) + (3 + 3 + h) + (2 + 3 + h) + (2 + h) + (4 + w) + (2 + w);
    // Pointers 8; draws; n, m, the signal; its shifts.
    let step = 8 + (3 + h) + magnitude(s) + mean(s) + signal(s) + (2 + w) + (2 + w);
    // The code, held from below at 0; dt/tau, squared, times the step, rounded.
    let square = 2 + 1 + (3 + h) + (2 + h) + 1;
    let fine = (2 + w) + (2 + w) + (4 + w) + (2 + w) + (4 + w) + (2 + w);
    // The new code, not below the least, and back.
    let code = moved(h, w) + (2 + h) + 2 + (3 + h);
    let taus = constants + s.of(product + step + square + fine + code);
    let beside = 1 + array(3) + 1 + array(2) + taus;
    wake(1) + 3 + beside + 1 + kept(vlen, 2) + kept(vlen, 2) + 2 + JUMP
}

/// Softmax cross-entropy of ten outputs: one strip at every length.
fn ce_error() -> u64 {
    // Gain 3 and its parts 2, label 2, no target 3; constants 3; one element 2, the least rate 3.
    let head = 3 + 2 + 2 + 3 + 3 + 2 + 3;
    // Length and offset 2, vsetvli 1, address 2, r, maximum: 3, a beat, five halvings; next strip 4, end 1.
    let top = 2 + 1 + 2 + (3 + 1) + (3 + 1 + 5) + 4 + 1;
    // The maximum 3, log2(e) 2, pointers 2, count 1, table 2, sum 1.
    let start = 3 + 2 + 2 + 1 + 2 + 1;
    // r and its distance; x from two halves; whole part, segment, from, to, between; the share, kept, added.
    let x = 2 + 1 + 2 + 2 + 3;
    let power = 4 + 4 + 2 + 2 + 1 + 1 + 2 + 1 + 1 + 1;
    let shares = 10 * (x + power + 1 + 1 + TAIL) - 2;
    // Pointers 2, count 1, ends 2, half the sum 1, half a code 3, output 1.
    let between = 2 + 1 + 2 + 1 + 3 + 1;
    // Share, whether it is the sum; fifteen bits of the quotient; rounding.
    let quotient = 2 + 5 + 1 + (15 * (8 + 3) - 2) + 4;
    // The target 4, gain 2, code and what it drops 4; held at both ends 10; injection 2.
    let code = 4 + 2 + 4 + 10 + 2;
    let outputs = 10 * (quotient + code + 1 + TAIL) - 2;
    wake(1) + head + top + start + shares + between + outputs + JUMP
}

/// The step of the measuring loop that ends a mean.
fn measure(vlen: u32) -> u64 {
    let s = strips(vlen, 4);
    let Strips { h, w, .. } = s;
    // The code; the sum there, more, and back.
    let sum = (2 + 3 + h) + (3 + 3 + w) + (2 + w) + (3 + w);
    // Mode; the sum there, nothing back; its mean, and back.
    let mean = 1 + (3 + 3 + w) + 1 + (2 + w) + (3 + w) + 1 + (2 + w) + (2 + 3 + h);
    // Conversions so far 1, enough 3; from nothing 1, one more mean 5.
    wake(1) + s.of(sum) + 1 + 3 + s.of(mean) + 1 + 5 + JUMP
}

/// Cycles of a step in which all of a program runs: on 256 columns, and 256 rows or 128 of a lesson.
fn step(name: &str, vlen: u32) -> u64 {
    match name {
        "bias" | "tau" | "calibrate" | "mse-error" => columns(name, vlen),
        "learn-sgd" | "learn-momentum" | "learn-normalised" => lesson(name, vlen),
        "learn-tau" => learn_tau(vlen),
        "ce-error" => ce_error(),
        "measure" => measure(vlen),
        name => rule(name, vlen),
    }
}

const LENGTHS: [u32; 3] = [128, 256, 512];

/// The sums: cycles of a step in which all of a program runs, for each length of vectors.
#[rustfmt::skip]
const STEPS: [(&str, [u64; 3]); 15] = [
    ("gle-sgd", [78_812, 47_930, 32_457]),
    ("kolen-pollack", [99_296, 62_270, 43_725]),
    ("momentum", [121_848, 77_642, 55_505]),
    ("gle-sgd8", [97_486, 59_338, 40_212]),
    ("stochastic", [193_810, 117_720, 79_667]),
    ("bias", [499, 421, 374]),
    ("tau", [938, 814, 734]),
    ("calibrate", [476, 416, 378]),
    ("mse-error", [463, 403, 364]),
    ("learn-sgd", [184_840, 119_078, 86_189]),
    ("learn-momentum", [252_490, 165_192, 121_535]),
    ("learn-normalised", [1_217_664, 830_050, 649_555]),
    ("learn-tau", [6223, 4215, 3271]),
    ("ce-error", [2768, 2768, 2768]),
    ("measure", [862, 650, 544]),
];

/// The sums of a row of 256 columns of one array.
#[rustfmt::skip]
const ROWS: [(&str, u64, [u64; 3]); 8] = [
    ("gle-sgd", 8, [152, 92, 62]),
    ("kolen-pollack", 8, [192, 120, 84]),
    ("momentum", 8, [236, 150, 107]),
    ("gle-sgd8", 8, [188, 114, 77]),
    ("stochastic", 4, [376, 228, 154]),
    ("learn-sgd", 4, [720, 464, 336]),
    ("learn-momentum", 4, [984, 644, 474]),
    ("learn-normalised", 2, [4752, 3240, 2536]),
];

/// What the processor counts in such a step: rules owe an update from the second step on, the loops of
/// 16 end with the sixteenth.
fn counted(name: &str, compiled: &Compiled, vlen: u32) -> u64 {
    let weight_bits = if name == "gle-sgd8" { 8 } else { 16 };
    let mut bench = Bench::new(compiled, roomy(vlen), weight_bits);
    bench.run();
    if name.starts_with("learn-") {
        bench.memory.window_mut(Window::Mailbox)[0x1_0004] = 1;
    }
    let last = if matches!(name, "calibrate" | "measure") { 15 } else { 1 };
    for step in 0..last {
        bench.processor.begin_step(step);
        bench.run();
    }
    bench.processor.begin_step(last);
    bench.run()
}

/// Every program, by hand, by the compiler from its lines, and by the processor.
#[test]
fn cycles_of_every_program_are_the_hand_sums() {
    for (at, vlen) in LENGTHS.into_iter().enumerate() {
        let all = everything_at(vlen);
        assert_eq!(all.len(), STEPS.len());
        for (name, compiled) in all {
            let found = STEPS.iter().find(|(known, _)| *known == name);
            let (_, sums) = found.unwrap_or_else(|| panic!("{name} has no sum"));
            let said = format!("{name} at {vlen} bits");
            assert_eq!(step(name, vlen), sums[at], "{said}: the sum");
            let rows = if name.starts_with("learn-") { 128 } else { 256 };
            assert_eq!(compiled.costs.step(true, true).total(rows), sums[at], "{said}: the lines");
            assert_eq!(counted(name, &compiled, vlen), sums[at], "{said}: the processor");
        }
    }
}

/// The rows alone, as the manual lists them.
#[test]
fn cycles_of_every_row_are_the_hand_sums() {
    for (at, vlen) in LENGTHS.into_iter().enumerate() {
        let all = everything_at(vlen);
        for (name, group, sums) in ROWS {
            let strips = strips(vlen, group);
            assert_eq!(strips.count * row(name, strips), sums[at], "{name} at {vlen} bits");
            let made = all.iter().find(|(known, _)| *known == name).map(|(_, made)| made.costs);
            let costs = made.expect("of the library");
            // Lessons know their number of rows, so their cost has no part per row.
            let per_row = costs.step(true, true).per_row;
            let both = i64::try_from(2 * sums[at]).expect("few");
            let expected = if name.starts_with("learn-") { 0 } else { both };
            assert_eq!(per_row, expected, "{name} at {vlen} bits: the lines");
        }
    }
}
