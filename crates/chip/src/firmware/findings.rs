//! What is wrong with programs on a chip.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::Image;
use leadlag_plasticity::processor::{Processor, Settings};

use crate::state::ArrayState;

/// A program that learns where the network does not.
pub(crate) fn check_held(
    image: &Image,
    before: &[(usize, Vec<i16>)],
    arrays: &[ArrayState],
) -> Option<Box<Diagnostic>> {
    let changed = |(core, old): &(usize, Vec<i16>)| {
        let pairs = old.iter().zip(&arrays[2 * core].weight);
        let changed = pairs.filter(|(old, new)| old != new).count();
        (changed > 0).then_some((*core, changed))
    };
    let (core, changed) = before.iter().find_map(changed)?;
    let (x, y) = (image.cores[core].x, image.cores[core].y);
    let message = format!(
        "the program of core ({x},{y}) changed {changed} somatic weights in steps in which the network does not learn; \
         0 may change"
    );
    let help = "word 33 of the parameter block, `lw t0, 132(a0)` from 0x70010000 on, is 1 where the network learns: \
                branch over the update where it is 0";
    Some(Box::new(Diagnostic::new("LL3611", message).help(help)))
}

pub(super) fn other_units(have: usize, need: usize) -> Diagnostics {
    let message = format!(
        "the checkpoint has the state of {have} programs of the user's; the image has {need}, and they do not agree"
    );
    Diagnostic::new("LL1636", message).help("take another checkpoint, or start the run anew").into()
}

/// A store to the trim codes of somas that have no compartment.
pub(super) fn retuned(processor: &Processor) -> Diagnostic {
    let (x, y) = processor.settings().place;
    let message = format!(
        "the program of core ({x},{y}) stored to the trim codes at 0x60000000; its somas spike, and 0 of them have \
         a compartment to trim"
    );
    Diagnostic::new("LL3610", message)
        .help("word 0x10 of the control registers says which core a program is on: leave the codes alone here")
}

pub(super) fn misplaced(
    image: &Image,
    core: usize,
    (address, length): (u32, usize),
    settings: &Settings,
) -> Diagnostics {
    let (x, y) = (image.cores[core].x, image.cores[core].y);
    let message = format!(
        "the program of core ({x},{y}) has {length} bytes at {address:#x}; instruction memory has {} bytes at 0x0, \
         data memory {} at 0x10000000",
        settings.code_bytes, settings.data_bytes
    );
    Diagnostic::new("LL3620", message)
        .help(
            "use a shorter program, linked for the unit's memory map, or larger memories: `ppu.isram`, `ppu.dsram`",
        )
        .into()
}

pub(super) fn one_chip(replicas: u32) -> Diagnostics {
    let message = format!(
        "{replicas} replicas are to learn with programs; programs learn on 1 chip: no program \
         averages the updates of several"
    );
    Diagnostic::new("LL1380", message).help("`--replicas 1`, or `--plasticity evaluator`").into()
}
