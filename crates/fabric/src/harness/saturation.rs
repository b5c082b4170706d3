//! The highest rate that a fabric carries.

use leadlag_diagnostic::Diagnostics;

use super::Figures;
use crate::traffic::Rate;

/// When a load is called too much: any of the two, or a drain that was given up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Criterion {
    /// Mean packet latency above this, cycles.
    pub latency: u64,
    /// Fewer flits accepted than this share of those created in the same window, in 1/1000.
    pub accepted: u64,
}

impl Default for Criterion {
    /// 500 cycles, the limit of the reference curves, and 95 %.
    fn default() -> Self {
        Self { latency: 500, accepted: 950 }
    }
}

impl Criterion {
    /// Whether these figures are those of a saturated fabric.
    #[must_use]
    pub fn is_exceeded(&self, figures: &Figures) -> bool {
        let latency = &figures.packet_latency;
        let slow = latency.sum() > latency.count() * self.latency;
        let behind = figures.accepted() * 1000 < figures.created * self.accepted;
        slow || behind || !figures.is_drained()
    }
}

/// The two rates between which a fabric saturates.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Saturation {
    /// The highest rate that was carried.
    pub carried: Rate,
    /// The lowest rate that was too much; none if the largest rate asked about was carried.
    pub exceeded: Option<Rate>,
}

/// Halves the interval from 0 to `highest` until it is at most `step` wide.
///
/// # Errors
/// Those of `run`, which measures one rate.
pub fn search(
    highest: Rate,
    step: Rate,
    criterion: Criterion,
    mut run: impl FnMut(Rate) -> Result<Figures, Diagnostics>,
) -> Result<Saturation, Diagnostics> {
    let (mut carried, mut exceeded) = (Rate::ZERO, highest);
    if !criterion.is_exceeded(&run(highest)?) {
        return Ok(Saturation { carried: highest, exceeded: None });
    }
    while exceeded.to_billionths() - carried.to_billionths() > step.to_billionths().max(1) {
        let between = u64::midpoint(carried.to_billionths(), exceeded.to_billionths());
        let between = Rate::from_billionths(between);
        if criterion.is_exceeded(&run(between)?) {
            exceeded = between;
        } else {
            carried = between;
        }
    }
    Ok(Saturation { carried, exceeded: Some(exceeded) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The figures of a fabric that carries up to `limit` flits of 1000 created.
    fn figures(limit: u64, rate: Rate) -> Figures {
        let created = rate.to_billionths() / 1_000_000;
        let mut figures =
            Figures { created, accepted: vec![created.min(limit)], ..Figures::default() };
        figures.packet_latency.add(20);
        figures
    }

    proptest! {
        /// The search ends around the rate at which too little arrives.
        #[test]
        fn the_interval_holds_the_limit(limit in 1_u64..1000) {
            let step = Rate::from_billionths(2_000_000);
            let criterion = Criterion { accepted: 1000, ..Criterion::default() };
            let found = search(Rate::FULL, step, criterion, |rate| Ok(figures(limit, rate))).expect("figures");
            let [low, high] = [found.carried, found.exceeded.expect("below one")].map(Rate::to_billionths);
            prop_assert!(low / 1_000_000 <= limit && limit < high / 1_000_000 + 1);
            prop_assert!(high - low <= 2_000_000);
        }
    }

    #[test]
    fn each_criterion_counts_alone() {
        let criterion = Criterion::default();
        let fine = figures(1000, Rate::FULL);
        assert!(!criterion.is_exceeded(&fine));
        assert!(criterion.is_exceeded(&figures(949, Rate::FULL)));
        assert!(!criterion.is_exceeded(&figures(950, Rate::FULL)));
        let lost = Figures { lost_in_drain: 1, ..fine.clone() };
        assert!(criterion.is_exceeded(&lost));
        let mut slow = fine;
        slow.packet_latency.add(981);
        assert!(criterion.is_exceeded(&slow));
        let found = search(Rate::FULL, Rate::FULL, criterion, |rate| Ok(figures(1000, rate)));
        assert_eq!(found.map(|found| found.exceeded), Ok(None));
    }
}
