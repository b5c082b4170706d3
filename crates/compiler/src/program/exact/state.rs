//! Where a lesson keeps its state words in data memory.

use super::super::map::Layout;
use super::Lesson;

/// The program's own data: two old vectors of r, then state words, `[row][column]` of 16 bits, then, if
/// the time constants learn, the membranes of the step before and state words of the codes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    /// Bytes in all.
    pub bytes: u32,
    /// Words `m` of the somatic and the apical array, as offsets into data memory.
    pub mean: [u32; 2],
    /// Words `n`.
    pub magnitude: [u32; 2],
    /// Fine units above the weights' last bits, behind the words of the rule.
    pub fraction: [u32; 2],
    /// The membranes of the step before.
    pub membrane: u32,
    /// Words `m` of the trim codes.
    pub tau_mean: u32,
    /// Words `n` of the trim codes.
    pub tau_magnitude: u32,
    /// Fine units above the trim codes' last bits.
    pub tau_fraction: u32,
}

impl State {
    /// Where a lesson keeps its state on a core.
    #[must_use]
    pub fn new(lesson: &Lesson, layout: &Layout) -> Self {
        let of_rule = leadlag_fixed::count(lesson.rule.words());
        let words = of_rule + u32::from(lesson.carries());
        let array = 2 * layout.rows * layout.columns;
        let past = 2 * layout.stride();
        let at = |word: u32, side: u32| past + array * (2 * word + side);
        let behind = past + 2 * words * array;
        let vector = |at: u32| behind + at * layout.stride();
        Self {
            bytes: if lesson.tau.is_some() { vector(1 + words) } else { behind },
            mean: [at(0, 0), at(0, 1)],
            magnitude: [at(1, 0), at(1, 1)],
            fraction: [at(of_rule, 0), at(of_rule, 1)],
            membrane: behind,
            tau_mean: vector(1),
            tau_magnitude: vector(2),
            tau_fraction: vector(1 + of_rule),
        }
    }
}
