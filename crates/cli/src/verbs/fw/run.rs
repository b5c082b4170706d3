//! `leadlag fw run FILE`: a program in a core of plain memory.

use std::fmt::Write as _;

use leadlag_diagnostic::Diagnostics;
use leadlag_plasticity::processor::{Fault, Machine, Outcome, digest};
use serde_json::{Value, json};

use super::load;
use crate::args::firmware::{Range, RunArgs};
use crate::context::Context;
use crate::exit::Exit;

/// Runs the program, and says how it ended.
///
/// # Errors
/// What loading finds; LL3600 to LL3602 if the program faults.
pub fn run(args: &RunArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let program = load::program(&args.machine)?;
    let mut machine = load::machine(&program, &args.machine, context)?;
    let mut outcome = machine.run(args.machine.steps, u64::MAX);
    // A program for one flat memory knows nothing of steps: its `wfi` is a hint, and it goes on.
    let ends_by_word = args.machine.flat.is_some() && load::tohost(&program).is_some();
    while ends_by_word && outcome == Outcome::Asleep {
        machine.processor.wake();
        outcome = machine.run(args.machine.steps, u64::MAX);
    }
    let text = text(&machine, &outcome, &args.dump);
    context.out.result(text.trim_end(), &report(&machine, &outcome, &args.dump))?;
    match outcome {
        Outcome::Faulted(fault) => Err(load::finding(&fault).into()),
        Outcome::Failed(_) => Ok(Exit::No),
        Outcome::Passed | Outcome::Asleep | Outcome::Paused => Ok(Exit::Done),
    }
}

/// How it ended, in a few words.
pub(super) fn ending(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Passed => "passed".to_owned(),
        Outcome::Failed(case) => format!("failed case {case}"),
        Outcome::Asleep => "asleep".to_owned(),
        Outcome::Paused => "paused".to_owned(),
        Outcome::Faulted(_) => "faulted".to_owned(),
    }
}

fn text(machine: &Machine, outcome: &Outcome, dumps: &[Range]) -> String {
    let processor = &machine.processor;
    let mut text = format!(
        "  {}  {} instructions, {} cycles, {} steps\n",
        ending(outcome),
        processor.retired(),
        processor.cycles(),
        machine.steps()
    );
    if let Outcome::Faulted(fault) = outcome {
        text += &trail(machine, fault);
    }
    for dump in dumps {
        let bytes = machine.bytes(dump.address, dump.bytes);
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "  {:#010x}  {} bytes  {:016x}",
            dump.address,
            bytes.len(),
            digest(bytes)
        );
        text += &lines(dump.address, bytes);
    }
    text
}

fn trail(machine: &Machine, fault: &Fault) -> String {
    fault.report(|pc| machine.processor.word(pc))
}

/// Sixteen bytes to a line.
pub(super) fn lines(address: u32, bytes: &[u8]) -> String {
    let mut text = String::new();
    for (place, row) in (address..).step_by(16).zip(bytes.chunks(16)) {
        let _ = write!(text, "  {place:08x} ");
        for byte in row {
            let _ = write!(text, " {byte:02x}");
        }
        text.push('\n');
    }
    text
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn report(machine: &Machine, outcome: &Outcome, dumps: &[Range]) -> Value {
    let processor = &machine.processor;
    let dumps: Vec<Value> = dumps
        .iter()
        .map(|dump| {
            let bytes = machine.bytes(dump.address, dump.bytes);
            json!({"address": dump.address, "bytes": hex(bytes), "fnv1a64": format!("{:016x}", digest(bytes))})
        })
        .collect();
    json!({
        "schema": "leadlag.fw.run/1",
        "outcome": match outcome {
            Outcome::Passed => "passed",
            Outcome::Failed(_) => "failed",
            Outcome::Asleep => "asleep",
            Outcome::Paused => "paused",
            Outcome::Faulted(_) => "faulted",
        },
        "case": if let Outcome::Failed(case) = outcome { Some(case) } else { None },
        "instructions": processor.retired(),
        "cycles": processor.cycles(),
        "steps": machine.steps(),
        "pc": processor.pc(),
        "x": processor.x(),
        "dumps": dumps,
        "history": if let Outcome::Faulted(fault) = outcome { Some(&fault.history) } else { None },
    })
}
