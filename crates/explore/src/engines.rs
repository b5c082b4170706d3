//! The same image on two engines, register by register.
//!
//! The functional engine is compared with itself on another number of threads, or with the cycle
//! engine; neither may show in any bit, in barrier mode.

#![expect(clippy::indexing_slicing, reason = "indices of one image on two chips")]

use leadlag_chip::{Options, State};
use leadlag_diagnostic::Diagnostics;
use leadlag_image::Image;
use leadlag_net::Targets;
use leadlag_net::tasks::Task;

use crate::ChipBackend;
use crate::backend::Backend;
use crate::clocking::{self, Clocking};
use crate::shadow::for_each_step;

/// Chips that run side by side: enough for two threads to have work.
pub const REPLICAS: u32 = 8;

/// The first register that differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mismatch {
    /// Step, from 0, after which it differs.
    pub step: u64,
    /// Which register: `core (1,0) soma lagged`.
    pub register: String,
    /// Its place in the register: replica and column, or row and column.
    pub place: usize,
    /// On the engine that is asked about.
    pub own: i64,
    /// On the other.
    pub other: i64,
}

/// What was compared, and what was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Agreement {
    /// Threads of either engine.
    pub threads: [usize; 2],
    /// Steps done.
    pub steps: u64,
    /// Whether the chips learnt.
    pub learning: bool,
    /// The first difference.
    pub mismatch: Option<Mismatch>,
    /// What the other engine's clock says, for people and for programs.
    pub cycles: Option<(String, serde_json::Value)>,
}

/// Runs the functional engine on one thread and `other` on `threads`, and compares every register
/// after every step. An image that learns does so, where the task says what.
///
/// # Errors
/// What is wrong with the image.
pub fn compare(
    other: Clocking,
    image: &Image,
    task: &Task,
    steps: u64,
    threads: usize,
    watch: &mut dyn FnMut(u64),
) -> Result<Agreement, Diagnostics> {
    let chip = |threads, clocking: Clocking| {
        let options = Options { replicas: REPLICAS, threads, seed: 1 };
        ChipBackend::with_engine(image.clone(), options, true, &clocking)
    };
    let threads = [1, threads.max(2)];
    let (mut one, mut other) = (chip(threads[0], Clocking::default())?, chip(threads[1], other)?);
    let can_learn = image.learning.is_some() && image.teaching.is_some();
    let mut found = Agreement { threads, steps, learning: false, mismatch: None, cycles: None };
    for_each_step(task, steps, leadlag_fixed::index(REPLICAS), |step, block| {
        if found.mismatch.is_some() {
            return Ok(());
        }
        let learn = can_learn && block.targets != Targets::None;
        found.learning |= learn;
        one.run(block, learn)?;
        other.run(block, learn)?;
        let states = [one.emulator().state(), other.emulator().state()];
        if states[0] != states[1] {
            found.mismatch = Some(mismatch(image, step, states));
            found.steps = step + 1;
        }
        watch(step + 1);
        Ok(())
    })?;
    let chips = other.emulator();
    found.cycles = clocking::both(chips);
    Ok(found)
}

/// The first register that differs; synapses come first, then the registers of the cores.
fn mismatch(image: &Image, step: u64, [a, b]: [&State; 2]) -> Mismatch {
    let name = |core: usize, what: &str| {
        let core = &image.cores[core];
        format!("core ({},{}) {what}", core.x, core.y)
    };
    let mut found = None;
    let mut note = |core: usize, what: &str, pair: [Vec<i64>; 2]| {
        let differs = (0..pair[0].len().min(pair[1].len())).find(|&i| pair[0][i] != pair[1][i]);
        if let (None, Some(place)) = (&found, differs) {
            let (own, other) = (pair[0][place], pair[1][place]);
            found = Some(Mismatch { step, register: name(core, what), place, own, other });
        }
    };
    let wide = |words: &[i16]| words.iter().map(|&w| i64::from(w)).collect::<Vec<_>>();
    let long = |words: &[i32]| words.iter().map(|&w| i64::from(w)).collect::<Vec<_>>();
    for (at, (x, y)) in a.arrays.iter().zip(&b.arrays).enumerate() {
        let what = if at.is_multiple_of(2) { "soma weights" } else { "apical weights" };
        note(at / 2, what, [wide(&x.weight), wide(&y.weight)]);
    }
    for (x, y) in a.shards.iter().zip(&b.shards) {
        for (at, (x, y)) in x.cores.iter().zip(&y.cores).enumerate() {
            let sides = [("soma", &x.soma, &y.soma), ("apical", &x.apical, &y.apical)];
            for (side, x, y) in sides {
                note(at, &format!("{side} rows"), [wide(&x.rows), wide(&y.rows)]);
                note(at, &format!("{side} lagged"), [long(&x.lagged), long(&y.lagged)]);
                note(
                    at,
                    &format!("{side} prospective"),
                    [long(&x.prospective), long(&y.prospective)],
                );
                note(at, &format!("{side} sent"), [wide(&x.sent), wide(&y.sent)]);
            }
            note(at, "rate", [long(&x.rate), long(&y.rate)]);
        }
    }
    // Counters and mean products are compared too, but have no name of their own here.
    let other = || Mismatch { step, register: "counters".to_owned(), place: 0, own: 0, other: 1 };
    found.unwrap_or_else(other)
}
