//! What a program and the emulator's state both hold: state words of the rule, and trim codes.

use leadlag_diagnostic::Diagnostic;
use leadlag_fixed::count;
use leadlag_plasticity::processor::Window;

use super::findings::retuned;
use super::{Keeps, Unit, aligned};
use crate::plan::{CorePlan, Plan};
use crate::state::{ArrayState, State};
use crate::trim::TrimState;

/// Where a program keeps what the rule of the time constants needs: addresses of vectors over the
/// columns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KeepsTau {
    /// The membranes of the step before.
    pub membrane: u32,
    /// Words `m`.
    pub mean: u32,
    /// Words `n`.
    pub magnitude: u32,
    /// Fractions that steps leave.
    pub fraction: u32,
}

impl Unit {
    /// Shows the trim codes of the columns.
    pub(super) fn put_trims(&mut self, plan: &CorePlan, trim: &TrimState) {
        trim.put(plan, self.memory.window_mut(Window::Parameters));
    }

    /// The trim codes, if the program has stored any since they were taken.
    ///
    /// # Errors
    /// LL3610 on a core whose somas spike.
    pub(crate) fn take_trims(
        &mut self,
        plan: &CorePlan,
        trim: &mut TrimState,
    ) -> Result<(), Box<Diagnostic>> {
        if std::mem::take(&mut self.retuned) {
            if plan.spike.is_some() {
                return Err(Box::new(retuned(&self.processor)));
            }
            trim.take(plan, self.memory.window(Window::Parameters));
        }
        Ok(())
    }

    /// Puts the rule's state words into data memory: the host may have moved their scale.
    fn put_words(&mut self, plan: &CorePlan, arrays: &[ArrayState], trim: &TrimState) {
        let Some(keeps) = &self.program.keeps else { return };
        let pitch = 2 * keeps.columns;
        if let Some(tau) = keeps.tau {
            let all = [
                (tau.mean, &trim.mean),
                (tau.magnitude, &trim.magnitude),
                (tau.fraction, &trim.fraction),
            ];
            for (at, words) in all {
                let words = &words[..plan.columns.min(words.len())];
                self.processor.load(at, &aligned(words, 16));
            }
        }
        for (at, words) in words_of(keeps, arrays) {
            for (row, words) in (0..).zip(words.chunks_exact(plan.width)) {
                self.processor.load(at + row * pitch, &aligned(&words[..plan.columns], 16));
            }
        }
    }

    /// Reads the rule's state words.
    fn take_words(&self, plan: &CorePlan, arrays: &mut [ArrayState], trim: &mut TrimState) {
        let Some(keeps) = &self.program.keeps else { return };
        let pitch = 2 * keeps.columns;
        for (side, array) in arrays.iter_mut().enumerate() {
            let places = [keeps.mean, keeps.magnitude, keeps.fraction].map(|at| at[side]);
            let all = [&mut array.mean, &mut array.magnitude, &mut array.fraction];
            for (words, at) in all.into_iter().zip(places) {
                for (row, words) in (0..).zip(words.chunks_exact_mut(plan.width)) {
                    self.take_row(at + row * pitch, &mut words[..plan.columns]);
                }
            }
        }
        if let Some(tau) = keeps.tau {
            let all = [
                (tau.mean, &mut trim.mean),
                (tau.magnitude, &mut trim.magnitude),
                (tau.fraction, &mut trim.fraction),
            ];
            for (at, words) in all {
                let columns = plan.columns.min(words.len());
                self.take_row(at, &mut words[..columns]);
            }
        }
    }

    /// Reads words from data memory.
    fn take_row(&self, at: u32, words: &mut [i16]) {
        let bytes = self.processor.bytes(at, 2 * count(words.len()));
        for (word, bytes) in words.iter_mut().zip(bytes.as_chunks::<2>().0) {
            *word = i16::from_le_bytes(*bytes);
        }
    }
}

/// State words to the units, before a block.
pub(crate) fn put_words(units: &mut [Unit], plan: &Plan, state: &State) {
    for unit in units {
        let core = unit.program.core;
        let arrays = &state.arrays[2 * core..2 * core + 2];
        unit.put_words(&plan.cores[core], arrays, &state.trims[core]);
    }
}

/// State words from the units, after a block.
pub(crate) fn take_words(units: &[Unit], plan: &Plan, state: &mut State) {
    for unit in units {
        let core = unit.program.core;
        let arrays = &mut state.arrays[2 * core..2 * core + 2];
        unit.take_words(&plan.cores[core], arrays, &mut state.trims[core]);
    }
}

/// State words of both arrays, with their addresses.
fn words_of<'a>(keeps: &Keeps, arrays: &'a [ArrayState]) -> Vec<(u32, &'a [i16])> {
    let sides = arrays.iter().enumerate().flat_map(|(side, array)| {
        let places = [keeps.mean, keeps.magnitude, keeps.fraction].map(|at| at[side]);
        places.into_iter().zip([&array.mean, &array.magnitude, &array.fraction])
    });
    sides.map(|(at, words)| (at, words.as_slice())).collect()
}
