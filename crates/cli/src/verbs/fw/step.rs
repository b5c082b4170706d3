//! `leadlag fw step FILE`: a program, instruction by instruction.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::BufRead as _;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_isa::resources::CSRS;
use leadlag_isa::{Program, disassemble_at, register_name};
use leadlag_plasticity::processor::{DATA_BASE, Machine, Outcome, Window, registers};
use serde_json::json;

use super::load;
use super::run::{ending, lines};
use crate::args::firmware::StepArgs;
use crate::context::Context;
use crate::exit::Exit;

/// Changed bytes that are shown of one instruction.
const MOST_BYTES: usize = 8;

/// Registers that every instruction changes.
const COUNTERS: [&str; 4] = ["mcycle", "mcycleh", "minstret", "minstreth"];

/// Bytes of text after which a long command shows what it has.
const PIECE: usize = 1 << 16;

/// Shows text.
type Show<'a> = dyn FnMut(&str) -> Result<(), Diagnostics> + 'a;

/// A program under inspection.
struct Session {
    machine: Machine,
    program: Program,
    steps: u64,
    breakpoints: BTreeSet<u32>,
    /// Address and number of bytes.
    watched: Vec<(u32, u32)>,
    until: Option<u64>,
    outcome: Outcome,
}

/// Reads commands until they end, and shows what they ask for.
///
/// # Errors
/// What loading finds; LL1652 for a line that is no command; LL5008 if stdin cannot be read; LL3600
/// to LL3602 if the program faults.
pub fn run(args: &StepArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let program = load::program(&args.machine)?;
    let machine = load::machine(&program, &args.machine, context)?;
    let mut session = Session {
        machine,
        program,
        steps: args.machine.steps,
        breakpoints: BTreeSet::new(),
        watched: Vec::new(),
        until: None,
        outcome: Outcome::Paused,
    };
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|error| unreadable(&error))?;
        let words: Vec<&str> = line.split_whitespace().collect();
        if words.first().is_some_and(|word| *word == "quit") {
            break;
        }
        let mut show = |text: &str| {
            let form = json!({"command": line.trim(), "text": text});
            if text.is_empty() { Ok(()) } else { context.out.result(text.trim_end(), &form) }
        };
        let text = session.command(&line, &words, &mut show)?;
        show(&text)?;
    }
    match session.outcome {
        Outcome::Faulted(fault) => Err(load::finding(&fault).into()),
        Outcome::Failed(_) => Ok(Exit::No),
        Outcome::Passed | Outcome::Asleep | Outcome::Paused => Ok(Exit::Done),
    }
}

fn unreadable(error: &std::io::Error) -> Diagnostic {
    Diagnostic::new("LL5008", format!("cannot read from stdin: {error}"))
        .help("pipe a file of commands, or type them in a terminal")
}

impl Session {
    /// What a command shows at its end; what it has to show before that goes to `show`.
    fn command(
        &mut self,
        line: &str,
        words: &[&str],
        show: &mut Show<'_>,
    ) -> Result<String, Diagnostics> {
        let number = |at: usize, default: u32| match words.get(at) {
            None => Some(default),
            Some(word) => self.number(word),
        };
        let wrong = || no_command(line);
        Ok(match words.first().copied() {
            None => String::new(),
            Some("step" | "s") => self.step(number(1, 1).ok_or_else(wrong)?, show)?,
            Some("run" | "r") => self.go(),
            Some("break" | "b") => {
                let address = words.get(1).and_then(|word| self.number(word)).ok_or_else(wrong)?;
                self.breakpoints.insert(address);
                String::new()
            }
            Some("watch" | "w") => {
                let address = words.get(1).and_then(|word| self.number(word)).ok_or_else(wrong)?;
                let bytes = number(2, 4).ok_or_else(wrong)?;
                self.watched.push((address, bytes));
                String::new()
            }
            Some("cycle" | "c") => {
                let cycle = words.get(1).and_then(|word| word.parse().ok()).ok_or_else(wrong)?;
                self.until = Some(cycle);
                String::new()
            }
            Some("x") => registers(self.machine.processor.x()),
            Some("v") => {
                let register = number(1, 0).filter(|register| *register < 32).ok_or_else(wrong)?;
                let size = self.machine.processor.settings().vlen.bytes();
                let mut all = self.machine.processor.vectors().chunks(index(size));
                lines(0, all.nth(index(register)).unwrap_or(&[]))
            }
            Some("mem" | "m") => {
                let address = words.get(1).and_then(|word| self.number(word)).ok_or_else(wrong)?;
                let bytes = number(2, 16).ok_or_else(wrong)?;
                lines(address, self.machine.bytes(address, bytes))
            }
            Some(_) => return Err(wrong().into()),
        })
    }

    /// A number, or the value of a symbol.
    fn number(&self, word: &str) -> Option<u32> {
        let number = word
            .strip_prefix("0x")
            .map_or_else(|| word.parse().ok(), |digits| u32::from_str_radix(digits, 16).ok());
        number.or_else(|| self.program.symbols.get(word).copied())
    }

    fn step(&mut self, count: u32, show: &mut Show<'_>) -> Result<String, Diagnostics> {
        let mut text = String::new();
        for _ in 0..count {
            if !self.can_go_on() {
                let _ = writeln!(text, "  {}", ending(&self.outcome));
                break;
            }
            let before = self.machine.clone();
            self.one();
            text += &self.shown(&before);
            if text.len() >= PIECE {
                show(&text)?;
                text.clear();
            }
        }
        Ok(text)
    }

    /// Whether there is something to execute; a sleeping program wakes while steps are left.
    fn can_go_on(&mut self) -> bool {
        if self.outcome == Outcome::Asleep && self.machine.steps() < self.steps {
            self.machine.begin_step();
            self.outcome = Outcome::Paused;
        }
        self.outcome == Outcome::Paused
    }

    fn one(&mut self) {
        self.outcome = self.machine.step();
    }

    /// Up to a breakpoint, and where that is.
    fn go(&mut self) -> String {
        let seen = |session: &Self| -> Vec<Vec<u8>> {
            let watched = session.watched.iter();
            watched
                .map(|&(address, bytes)| session.machine.bytes(address, bytes).to_vec())
                .collect()
        };
        let mut bytes = seen(self);
        while self.can_go_on() {
            self.one();
            let cycles = self.machine.processor.cycles();
            let now = if self.watched.is_empty() { Vec::new() } else { seen(self) };
            let why = if now != bytes {
                "watched bytes changed"
            } else if self.until.is_some_and(|until| cycles >= until) {
                self.until = None;
                "cycle reached"
            } else if self.breakpoints.contains(&self.machine.processor.pc()) {
                "breakpoint"
            } else {
                bytes = now;
                continue;
            };
            return format!("  {why}\n{}", self.place());
        }
        format!("  {}\n{}", ending(&self.outcome), self.place())
    }

    /// The instruction that comes next.
    fn place(&self) -> String {
        let processor = &self.machine.processor;
        let pc = processor.pc();
        let (name, cycles) = (load::name(&self.program, pc), processor.cycles());
        format!("  cycle {cycles}  {pc:08x} {name}  {}\n", self.words(&self.machine, pc))
    }

    fn words(&self, machine: &Machine, pc: u32) -> String {
        let word = machine.processor.word(pc);
        word.map_or_else(String::new, |word| disassemble_at(word, pc, &self.program))
    }

    /// An instruction and what it changed.
    fn shown(&self, before: &Machine) -> String {
        let (old, new) = (&before.processor, &self.machine.processor);
        let pc = old.pc();
        let mut text = format!("  {:>8}  {pc:08x}  {}\n", old.cycles(), self.words(before, pc));
        for (number, (old, new)) in (0_u8..).zip(old.x().iter().zip(new.x())) {
            if old != new {
                let name = register_name(number).unwrap_or("x?");
                // Writing to a string does not fail.
                let _ = writeln!(text, "{:12}{name} {old:08x} -> {new:08x}", "");
            }
        }
        for csr in CSRS.iter().filter(|csr| !COUNTERS.contains(&csr.name)) {
            let (old, new) = (old.csr(csr.number), new.csr(csr.number));
            if let Some((old, new)) = old.zip(new).filter(|(old, new)| old != new) {
                let _ = writeln!(text, "{:12}{} {old:08x} -> {new:08x}", "", csr.name);
            }
        }
        let size = index(new.settings().vlen.bytes());
        let vectors = old.vectors().chunks(size).zip(new.vectors().chunks(size));
        for (number, (old, new)) in vectors.enumerate() {
            text += &differing(old, new, |at| format!("v{number}[{at}]"));
        }
        text + &changes(before, &self.machine)
    }
}

/// Bytes of memory and of windows that differ.
fn changes(before: &Machine, after: &Machine) -> String {
    let settings = after.processor.settings();
    let own = [(settings.code_base, settings.code_bytes), (DATA_BASE, settings.data_bytes)];
    let own = own.map(|(base, bytes)| {
        (base, before.processor.bytes(base, bytes), after.processor.bytes(base, bytes))
    });
    let windows = Window::all().map(|w| (w.base(), before.core.window(w), after.core.window(w)));
    let all = own.into_iter().chain(windows);
    all.map(|(base, old, new)| differing(old, new, |at| format!("[{:08x}]", base + at))).collect()
}

/// The first bytes that differ, a line each, and how many more there are.
fn differing(old: &[u8], new: &[u8], name: impl Fn(u32) -> String) -> String {
    let mut text = String::new();
    if old == new {
        return text;
    }
    let pairs = (0..).zip(old.iter().zip(new)).filter(|(_, (old, new))| old != new);
    let all: Vec<_> = pairs.collect();
    for (at, (old, new)) in all.iter().take(MOST_BYTES) {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{:12}{} {old:02x} -> {new:02x}", "", name(*at));
    }
    if all.len() > MOST_BYTES {
        let _ = writeln!(text, "{:12}and {} bytes more", "", all.len() - MOST_BYTES);
    }
    text
}

fn index(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn no_command(line: &str) -> Diagnostic {
    Diagnostic::new("LL1652", format!("`{}` is not a command of `fw step`", line.trim()))
        .help("the commands are step, run, break, watch, cycle, x, v, mem and quit")
        .help("an address is a number, 0x… or a symbol of the program")
}
