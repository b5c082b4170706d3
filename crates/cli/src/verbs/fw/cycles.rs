//! `leadlag fw cycles FILE`: where a program's cycles go.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use leadlag_diagnostic::Diagnostics;
use leadlag_isa::{Program, disassemble_at};
use leadlag_plasticity::processor::{Machine, Outcome};
use serde_json::{Value, json};

use super::load;
use super::run::ending;
use crate::args::firmware::CyclesArgs;
use crate::context::Context;
use crate::exit::Exit;

/// How often an instruction ran, and what that cost.
#[derive(Clone, Copy, Debug, Default)]
struct Spent {
    count: u64,
    cycles: u64,
}

/// What a run has spent where.
#[derive(Debug, Default)]
pub struct Profile {
    /// By address.
    lines: BTreeMap<u32, Spent>,
    /// Jumps back: from the first instruction of a loop to its last, and how often.
    loops: BTreeMap<(u32, u32), u64>,
}

impl Profile {
    /// Adds what another run of the same program has spent.
    pub fn add(&mut self, other: &Self) {
        for (&pc, more) in &other.lines {
            let line = self.lines.entry(pc).or_default();
            line.count += more.count;
            line.cycles += more.cycles;
        }
        for (&place, rounds) in &other.loops {
            *self.loops.entry(place).or_default() += rounds;
        }
    }
}

/// Runs the program, and lists its instructions with their cycles.
///
/// # Errors
/// What loading finds; LL3600 to LL3602 if the program faults, after the listing.
pub fn run(args: &CyclesArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let program = load::program(&args.machine)?;
    let mut machine = load::machine(&program, &args.machine, context)?;
    let (profile, outcome) = profile(&mut machine, args.machine.steps);
    let total = machine.processor.cycles();
    let text = text(&profile, &machine, &program, total, &outcome);
    context.out.result(text.trim_end(), &report(&profile, &machine, &program, &outcome))?;
    match outcome {
        Outcome::Faulted(fault) => Err(load::finding(&fault).into()),
        Outcome::Failed(_) => Ok(Exit::No),
        Outcome::Passed | Outcome::Asleep | Outcome::Paused => Ok(Exit::Done),
    }
}

/// Runs a machine on to the sleep after so many steps.
pub fn profile(machine: &mut Machine, steps: u64) -> (Profile, Outcome) {
    let mut profile = Profile::default();
    loop {
        let (pc, before) = (machine.processor.pc(), machine.processor.cycles());
        let outcome = machine.step();
        let cycles = machine.processor.cycles() - before;
        let next = machine.processor.pc();
        if cycles > 0 {
            let line = profile.lines.entry(pc).or_default();
            line.count += 1;
            line.cycles += cycles;
            if next <= pc {
                *profile.loops.entry((next, pc)).or_default() += 1;
            }
        }
        match &outcome {
            Outcome::Paused => {}
            Outcome::Asleep if machine.steps() < steps => machine.begin_step(),
            Outcome::Asleep | Outcome::Passed | Outcome::Failed(_) | Outcome::Faulted(_) => {
                return (profile, outcome);
            }
        }
    }
}

/// A share of the whole in tenths of a percent, as a text.
fn share(part: u64, whole: u64) -> String {
    let permille = (u128::from(part) * 1000 + u128::from(whole / 2)) / u128::from(whole.max(1));
    format!("{}.{}%", permille / 10, permille % 10)
}

/// The listing for people.
#[must_use]
pub fn text(
    profile: &Profile,
    machine: &Machine,
    program: &Program,
    total: u64,
    outcome: &Outcome,
) -> String {
    let mut text = format!(
        "  {}  {} instructions, {total} cycles\n\n       cycles   share       count  each  address   instruction\n",
        ending(outcome),
        machine.processor.retired()
    );
    for (&pc, spent) in &profile.lines {
        if let Some(name) = program.symbol_at(pc) {
            // Writing to a string does not fail.
            let _ = writeln!(text, "{name}:");
        }
        let each = mean(spent);
        let line = words(machine, program, pc);
        let part = share(spent.cycles, total);
        let _ = writeln!(
            text,
            "  {:>11}  {part:>6}  {:>10}  {each:>4}  {pc:08x}  {line}",
            spent.cycles, spent.count
        );
    }
    if !profile.loops.is_empty() {
        text += "\n  loops\n";
    }
    for (&(first, last), &rounds) in &profile.loops {
        let cycles = inside(profile, first, last);
        let (from, part) = (load::name(program, first), share(cycles, total));
        let _ = writeln!(
            text,
            "  {cycles:>11}  {part:>6}  {rounds:>10} times back to {from} from {last:08x}, {} a round",
            cycles / (rounds + 1)
        );
    }
    text
}

/// Cycles of one execution, if all took the same, otherwise about so many.
fn mean(spent: &Spent) -> String {
    let each = spent.cycles / spent.count.max(1);
    if spent.cycles.is_multiple_of(spent.count.max(1)) {
        each.to_string()
    } else {
        format!("~{each}")
    }
}

fn inside(profile: &Profile, first: u32, last: u32) -> u64 {
    profile.lines.range(first..=last).map(|(_, spent)| spent.cycles).sum()
}

fn words(machine: &Machine, program: &Program, pc: u32) -> String {
    machine.processor.word(pc).map_or_else(String::new, |word| disassemble_at(word, pc, program))
}

/// The listing for programs.
#[must_use]
pub fn lines(profile: &Profile, machine: &Machine, program: &Program) -> Vec<Value> {
    let line = |(&pc, spent): (&u32, &Spent)| {
        json!({
            "address": pc,
            "line": program.line_of(pc),
            "count": spent.count,
            "cycles": spent.cycles,
            "text": words(machine, program, pc),
        })
    };
    profile.lines.iter().map(line).collect()
}

fn report(profile: &Profile, machine: &Machine, program: &Program, outcome: &Outcome) -> Value {
    let lines = lines(profile, machine, program);
    let loops: Vec<Value> = profile
        .loops
        .iter()
        .map(|(&(first, last), &rounds)| {
            json!({"first": first, "last": last, "rounds": rounds, "cycles": inside(profile, first, last)})
        })
        .collect();
    json!({
        "schema": "leadlag.fw.cycles/1",
        "outcome": ending(outcome),
        "instructions": machine.processor.retired(),
        "cycles": machine.processor.cycles(),
        "lines": lines,
        "loops": loops,
    })
}
