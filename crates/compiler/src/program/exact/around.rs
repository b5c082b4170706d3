//! The lines around the sections of a lesson's arrays.

use super::super::listing::{Condition, Item, Line};
use super::super::map::{self, Layout};
use super::super::section::{Section, constant};
use super::super::{reset, wake};
use super::{Lesson, Own};

/// The sections beside those of the arrays.
pub(crate) struct Beside {
    /// Keeps the rates.
    pub(crate) keep: Section,
    /// Output errors.
    pub(crate) errors: Option<Section>,
    /// The time constants' update, and what keeps the membranes.
    pub(crate) tau: Option<[Section; 2]>,
}

/// The lines around the sections: sleep, flags, the old vectors of r.
pub(crate) fn assemble(
    lesson: &Lesson,
    layout: &Layout,
    [mut somatic, apical]: [Section; 2],
    Beside { keep, errors, tau }: Beside,
) -> (Vec<Item>, Vec<Item>) {
    let start = reset();
    let own = match lesson.own {
        Own::Sent => 0,
        Own::Converted => 0b101,
    };
    let membrane = if tau.is_some() { 0b10 } else { 0 };
    let mut step = wake(own | membrane | u32::from(errors.is_some()));
    constant(&mut step, "t0", map::PARAMS);
    step.push(Line::new("lw", "s3, 4(t0)").says("does the network learn?").into());
    if lesson.every > 1 {
        constant(&mut step, "t0", map::CONTROL);
        step.push(Line::new("lw", "t0, 8(t0)").says("the step").into());
        step.push(Line::new("addi", "t0, t0, 1").into());
        constant(&mut step, "t1", lesson.every);
        step.push(Line::new("remu", "t0, t0, t1").into());
        step.push(Line::new("seqz", "t0, t0").into());
        step.push(Line::new("and", "s3, s3, t0").into());
    }
    let when = |condition, flag: &str, end: &str, section: Section| Item::When {
        condition,
        branch: Line::new("beqz", format!("{flag}, {end}")),
        end: end.to_owned(),
        body: section.setup.into_iter().chain(section.kernel).collect(),
    };
    step.push(Item::Remark("the apical array, which owes the update of the last step".to_owned()));
    step.push(when(Condition::Owed, "s2", "not_owed", apical));
    step.push(Item::Remark("the somatic array".to_owned()));
    let mut keep = vec![keep];
    if let Some([tau, membrane]) = tau {
        somatic.kernel.push(Item::Remark("the time constants".to_owned()));
        somatic.kernel.extend(tau.setup.into_iter().chain(tau.kernel));
        keep.push(membrane);
    }
    step.push(when(Condition::Due, "s3", "not_due", somatic));
    step.push(Line::new("mv", "s2, s3").into());
    step.extend(keep.into_iter().flat_map(|keep| keep.setup.into_iter().chain(keep.kernel)));
    if let Some(errors) = errors {
        step.push(Item::Remark("the injection registers of the next step".to_owned()));
        step.extend(errors.setup.into_iter().chain(errors.kernel));
    }
    constant(&mut step, "t0", layout.stride());
    step.push(Line::new("xor", "s11, s11, t0").says("exchange the two old vectors").into());
    step.push(Line::new("j", "step").into());
    (start, step)
}
