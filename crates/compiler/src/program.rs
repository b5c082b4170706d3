//! A rule as a program of the plasticity unit.
//!
//! One checked rule ([`leadlag_plasticity::language`]) becomes commented assembly and its cost in
//! cycles of the timing model, added up from the same lines. The program serves both arrays of a
//! core with the roles of row and column exchanged; the apical one a step later, with the rates of
//! two steps before (`docs/chip/firmware.md`).

mod cost;
mod errors;
mod exact;
mod lanes;
mod library;
mod listing;
mod map;
mod registers;
mod section;
mod text_of;

pub use cost::Cost;
pub use errors::{Loss, MOST_OUTPUTS, Teaching};
pub use exact::{Lesson, Own, Rows, State, TauLesson};
pub use library::{Firmware, LIBRARY, by_name};
pub use map::Layout;

use std::fmt::Write as _;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fixed::count;
use leadlag_isa::Options;
pub use leadlag_isa::Parameters;
use leadlag_plasticity::language::{ArrayName, Program, Target};

use lanes::Full;
use listing::{Condition, Item, Line, text};
use map::{Data, Location};
use section::{Section, Shared, constant, point};

/// A rule, compiled for a core.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Compiled {
    /// Commented assembly.
    pub assembly: String,
    /// The same with the cycles of each line in front; a loop's are those of its first round.
    pub listing: String,
    /// Codes of the parameter block at the start, one 32-bit word per parameter.
    pub params: Vec<i32>,
    /// Addresses of the state words `m` of the somatic and the apical array, `[row][column]`.
    pub momentum: Option<[u32; 2]>,
    /// What it costs.
    pub costs: Costs,
}

impl Compiled {
    /// The program's bytes, from the start of instruction memory on.
    ///
    /// # Errors
    /// LL2602 if it is longer than instruction memory.
    pub fn bytes(&self, layout: &Layout) -> Result<Vec<u8>, Diagnostics> {
        let program = leadlag_isa::assemble("program", &self.assembly, &Options::default())?;
        let bytes = program.bytes_at(0).unwrap_or_default().to_vec();
        let (needs, has) = (bytes.len(), layout.program_bytes);
        if count(needs) <= has {
            return Ok(bytes);
        }
        let message =
            format!("the program needs {needs} bytes of instruction memory; a core has {has}");
        Err(Diagnostic::new("LL2602", message)
            .help(format!("use shorter expressions, or {}", map::more("isram", count(needs))))
            .into())
    }
}

/// Cycles of a program under the timing model, from its lines alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Costs {
    /// From reset to the first sleep.
    pub start: u64,
    /// The somatic update: what surrounds its kernel, and the kernel.
    pub somatic: Part,
    /// The apical update.
    pub apical: Part,
    steps: [[Cost; 2]; 2],
}

/// A part of a program around a loop over rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Part {
    /// Pointers and constants.
    pub setup: u64,
    /// The rows, and what is computed just before them.
    pub kernel: Cost,
}

impl Costs {
    /// A step from waking to sleeping: whether the somatic array learns in it, and whether the
    /// apical one does because the somatic one did in the step before.
    #[must_use]
    pub fn step(&self, is_due: bool, is_owed: bool) -> Cost {
        let [quiet, due] = self.steps;
        let [alone, owed] = if is_due { due } else { quiet };
        if is_owed { owed } else { alone }
    }
}

/// The program's parts before they are put together.
struct Parts {
    apical: Option<Section>,
    somatic: Option<Section>,
    beside: Vec<Section>,
    every_step: Vec<Section>,
}

/// Compiles a checked rule for a core.
///
/// # Errors
/// LL2600 if its data does not fit the core's data memory, LL2601 if its values do not fit the
/// registers.
pub fn compile(
    program: &Program,
    layout: &Layout,
    timing: &Parameters,
) -> Result<Compiled, Diagnostics> {
    let mut data = Data::new(program, layout);
    let rows = data.reserve(0);
    let scratch = 4 * layout.rows * row_values(program);
    data.reserve(scratch);
    data.check(layout)?;
    let mut data = Data::new(program, layout);
    debug_assert_eq!(data.reserve(0), rows);
    let shared = Shared { program, layout, data: &data };
    let parts = parts(&shared)?;
    let items = assemble(&shared, &parts);
    let params = program.params.iter().map(|p| word(p.code)).collect();
    let costs = costs(&items, &parts, layout, timing);
    let momentum = data.momentum;
    let assembly = heading(program, layout) + &text(&items.all);
    Ok(Compiled { assembly, listing: listing(&items, timing), params, momentum, costs })
}

fn listing(items: &Assembled, timing: &Parameters) -> String {
    cost::annotated(&items.all, &cost::Situation { timing, is_due: true, is_owed: true })
}

/// Reads a rule and compiles it.
///
/// # Errors
/// Those of [`leadlag_plasticity::language::parse`] and of [`compile`].
pub fn compile_text(
    text: &str,
    weight_bits: u32,
    layout: &Layout,
    timing: &Parameters,
) -> Result<Compiled, Diagnostics> {
    compile(&leadlag_plasticity::language::parse(text, weight_bits)?, layout, timing)
}

/// A bound on the values per row that are computed ahead.
fn row_values(program: &Program) -> u32 {
    let mut count = 0_u32;
    for assignment in program.synaptic() {
        assignment.value.visit(&mut |_| count += 1);
    }
    count.min(64)
}

fn parts(shared: &Shared<'_>) -> Result<Parts, Diagnostics> {
    let (program, data) = (shared.program, shared.data);
    let is_synaptic = program.synaptic().next().is_some();
    let array = |name| is_synaptic.then(|| shared.synapses(name).map_err(full)).transpose();
    let column = |target| {
        let assignment = program.assignment(target);
        assignment.map(|a| shared.columns(a).map_err(full)).transpose()
    };
    let mut beside = Vec::new();
    beside.extend(column(Target::Bias)?);
    beside.extend(column(Target::Tau)?);
    let mut every_step = Vec::new();
    every_step.extend(column(Target::Injection)?);
    for (name, from, pair) in [
        ("keep_rate", map::ADC_RATE, data.past_rate),
        ("keep_sent", map::SENT_RATE, data.past_sent),
    ] {
        if let Some(pair) = pair {
            every_step.push(shared.keep(name, from, Location::Older(pair)).map_err(full)?);
        }
    }
    if let Some(past) = data.past_membrane {
        let keep = shared.keep("keep_u", map::ADC_MEMBRANE, Location::At(past));
        every_step.push(keep.map_err(full)?);
    }
    Ok(Parts {
        apical: array(ArrayName::Apical)?,
        somatic: array(ArrayName::Somatic)?,
        beside,
        every_step,
    })
}

fn full(kind: Full) -> Diagnostics {
    let (what, has) = match kind {
        Full::Vector => ("vectors", "32 vector registers hold, one register per vector"),
        Full::Scalar => ("constants and values per row", "17 scalar registers hold"),
    };
    let message = format!("the rule keeps more {what} at once than {has}");
    Diagnostic::new("LL2601", message)
        .help("use fewer different constants and signals in one assignment, or shorter expressions")
        .into()
}

fn heading(program: &Program, layout: &Layout) -> String {
    let Layout { columns, rows, vlen, .. } = layout;
    let mut text = format!("# A rule for {rows} rows and {columns} columns, VLEN {vlen}.\n");
    for (at, param) in program.params.iter().enumerate() {
        let (name, format, code) = (&param.name, param.format, param.code);
        let _ = writeln!(text, "# parameter {at}: {name} : {format} = {code}");
    }
    text
}

/// The whole program and what of it runs when.
struct Assembled {
    all: Vec<Item>,
    start: Vec<Item>,
    step: Vec<Item>,
}

fn remarked(text: &str, section: &Section, kernel: &str) -> Vec<Item> {
    let mut items = vec![Item::Remark(text.to_owned())];
    items.extend(section.setup.iter().cloned());
    items.push(Item::Label(kernel.to_owned()));
    items.extend(section.kernel.iter().cloned());
    items
}

fn assemble(shared: &Shared<'_>, parts: &Parts) -> Assembled {
    let start = start(shared);
    let mut step = wake(map::conversions(shared.program));
    let is_ever_owed = parts.apical.is_some();
    if let Some(apical) = &parts.apical {
        let body =
            remarked("the apical array, which owes the update of the last step", apical, "apical");
        step.push(Item::When {
            condition: Condition::Owed,
            branch: Line::new("beqz", "s2, not_owed"),
            end: "not_owed".to_owned(),
            body,
        });
    }
    let mut due = Vec::new();
    if let Some(somatic) = &parts.somatic {
        due.extend(remarked("the somatic array", somatic, "somatic"));
    }
    for section in &parts.beside {
        due.push(Item::Remark("registers of the columns".to_owned()));
        due.extend(section.setup.iter().chain(&section.kernel).cloned());
    }
    if is_ever_owed {
        due.push(Line::new("li", "s2, 1").says("the apical array follows in the next step").into());
    }
    if shared.layout.asks && !due.is_empty() {
        due = asking(due);
        if is_ever_owed && shared.program.every == 1 {
            step.push(Line::new("li", "s2, 0").into());
        }
    }
    if shared.program.every == 1 {
        step.extend(due);
    } else if !due.is_empty() {
        if is_ever_owed {
            step.push(Line::new("li", "s2, 0").into());
        }
        step.push(Line::new("addi", "s3, s3, -1").into());
        let mut body = Vec::new();
        constant(&mut body, "s3", shared.program.every);
        body.extend(due);
        step.push(Item::When {
            condition: Condition::Due,
            branch: Line::new("bnez", "s3, not_due"),
            end: "not_due".to_owned(),
            body,
        });
    }
    for section in &parts.every_step {
        step.push(Item::Remark("in every step".to_owned()));
        step.extend(section.setup.iter().chain(&section.kernel).cloned());
    }
    if shared.data.past_rate.is_some() || shared.data.past_sent.is_some() {
        constant(&mut step, "t0", shared.layout.stride());
        step.push(Line::new("xor", "s11, s11, t0").says("exchange the two old vectors").into());
    }
    step.push(Line::new("j", "step").into());
    let mut all = start.clone();
    all.push(Item::Label("step".to_owned()));
    all.extend(step.iter().cloned());
    Assembled { all, start, step }
}

/// What is done only where the host says that the network learns.
fn asking(body: Vec<Item>) -> Vec<Item> {
    let mut items = Vec::new();
    constant(&mut items, "t0", map::PARAMS);
    let word = format!("t0, {}(t0)", 4 * Layout::LEARNS);
    items.push(Line::new("lw", word).says("does the network learn?").into());
    items.push(Item::When {
        condition: Condition::Due,
        branch: Line::new("beqz", "t0, not_taught"),
        end: "not_taught".to_owned(),
        body,
    });
    items
}

/// Code before the first step.
fn start(shared: &Shared<'_>) -> Vec<Item> {
    let mut items = reset();
    if shared.program.every > 1 {
        constant(&mut items, "s3", shared.program.every);
    }
    let params = &shared.program.params;
    if !params.is_empty() {
        constant(&mut items, "t0", map::PARAMS);
    }
    for (at, param) in params.iter().enumerate() {
        constant(&mut items, "t1", word(param.code).cast_unsigned());
        items.push(Line::new("sw", format!("t1, {}(t0)", 4 * at)).says(&param.name).into());
    }
    items
}

/// What every program starts with.
fn reset() -> Vec<Item> {
    vec![
        Item::Label("_start".to_owned()),
        Line::new("li", "t0, 0x200").into(),
        Line::new("csrs", "mstatus, t0").says("vector unit on").into(),
        Line::new("lui", "t0, 0x10").into(),
        Line::new("csrw", "mie, t0").says("a step wakes the core").into(),
    ]
}

/// A code as the 32-bit word of the parameter block.
fn word(code: i64) -> i32 {
    i32::try_from(code).unwrap_or(0)
}

/// From the sleep to the converters' results.
fn wake(wanted: u32) -> Vec<Item> {
    let mut items: Vec<Item> = vec![
        Line::new("wfi", "").into(),
        Line::new("lui", "t0, 0x10").into(),
        Line::new("csrc", "mip, t0").says("the step has been seen").into(),
    ];
    if wanted == 0 {
        return items;
    }
    let last = match wanted {
        1 => map::ADC_RATE,
        2 | 3 => map::ADC_MEMBRANE,
        _ => map::ADC_ERROR,
    };
    point(&mut items, "t0", Location::At(map::CONTROL));
    point(&mut items, "t2", Location::At(last));
    constant(&mut items, "t1", wanted);
    items.push(Line::new("sw", "t1, 0(t0)").says("convert").into());
    let wait = Line { conversions: wanted.count_ones(), ..Line::new("lh", "zero, 0(t2)") };
    items.push(wait.says("wait for the last code").into());
    items
}

/// A program that does one thing in every step.
fn every_step(
    name: &str,
    wanted: u32,
    section: Section,
    layout: &Layout,
    timing: &Parameters,
) -> Compiled {
    let start = reset();
    let mut step = wake(wanted);
    step.extend(section.setup.iter().chain(&section.kernel).cloned());
    step.push(Line::new("j", "step").into());
    let mut all = start.clone();
    all.push(Item::Label("step".to_owned()));
    all.extend(step.iter().cloned());
    let items = Assembled { all, start, step };
    let parts =
        Parts { apical: None, somatic: Some(section), beside: Vec::new(), every_step: Vec::new() };
    let costs = costs(&items, &parts, layout, timing);
    let assembly = format!("# {name}\n") + &text(&items.all);
    let listing = listing(&items, timing);
    Compiled { assembly, listing, params: Vec::new(), momentum: None, costs }
}

/// The injection registers of a core with outputs, and nothing else. The gain is parameter 0.
///
/// # Errors
/// LL2603 for more than [`MOST_OUTPUTS`] outputs or a scale outside of -11 to 15.
pub fn compile_teaching(
    teaching: &Teaching,
    layout: &Layout,
    timing: &Parameters,
) -> Result<Compiled, Diagnostics> {
    if let Loss::CrossEntropy { scale } = teaching.loss {
        refuse_softmax(teaching.outputs, scale)?;
    }
    let section = errors::section(teaching, layout, 0, map::DATA).map_err(full)?;
    let mut made = every_step("output errors", 1, section, layout, timing);
    if matches!(teaching.loss, Loss::CrossEntropy { .. }) {
        made.assembly += &errors::table();
    }
    Ok(made)
}

fn refuse_softmax(outputs: u32, scale: i32) -> Result<(), Diagnostics> {
    let message = if outputs > MOST_OUTPUTS {
        format!("a softmax of {outputs} outputs; a program adds up to {MOST_OUTPUTS} shares")
    } else if !(-11..=15).contains(&scale) {
        format!("a full-scale rate of 2^{scale}; a softmax takes 2^-11 to 2^15")
    } else {
        return Ok(());
    };
    Err(Diagnostic::new("LL2603", message)
        .help("let the host write the injection registers")
        .into())
}

/// The measuring loop of a calibration: an observable (0 to 2: r, u, e) is converted in every step,
/// and after `2^log` steps the means stand in the mailbox's target vector and the first
/// core-to-host word counts up.
///
/// # Errors
/// LL2600 if data memory has no room for the sums.
pub fn compile_measuring(
    observable: u32,
    log: u32,
    layout: &Layout,
    timing: &Parameters,
) -> Result<Compiled, Diagnostics> {
    let from = [map::ADC_RATE, map::ADC_MEMBRANE, map::ADC_ERROR];
    let from = from.get(leadlag_fixed::index(observable)).copied().unwrap_or(map::ADC_ERROR);
    let (needs, has) = (4 * layout.columns, layout.data_bytes);
    if needs > has {
        let message = format!("the sums need {needs} bytes of data memory; a core has {has}");
        return Err(Diagnostic::new("LL2600", message)
            .help(format!("use a core with {}", map::more("dsram", needs)))
            .into());
    }
    let log = log.min(15);
    let sums = errors::accumulate(layout, from, map::DATA).map_err(full)?;
    let means = errors::average(layout, map::DATA, log).map_err(full)?;
    let mut kernel = sums;
    kernel.push(Line::new("addi", "s2, s2, 1").says("conversions so far").into());
    constant(&mut kernel, "t0", 1 << log);
    kernel.push(Line::new("sltu", "s3, s2, t0").into());
    let mut body = means;
    body.push(Line::new("li", "s2, 0").into());
    constant(&mut body, "t0", map::PARAMS);
    body.push(Line::new("lw", "t1, 0x200(t0)").into());
    body.push(Line::new("addi", "t1, t1, 1").into());
    body.push(Line::new("sw", "t1, 0x200(t0)").says("one more mean").into());
    kernel.push(Item::When {
        condition: Condition::Due,
        branch: Line::new("bnez", "s3, more"),
        end: "more".to_owned(),
        body,
    });
    let section = Section { setup: Vec::new(), kernel };
    Ok(every_step("means of conversions", 1 << observable, section, layout, timing))
}

/// Compiles a network's rule for a core.
///
/// # Errors
/// LL2600 if its state words do not fit the core's data memory, LL2601 if the registers do not hold
/// a row.
pub fn compile_lesson(
    lesson: &Lesson,
    layout: &Layout,
    timing: &Parameters,
) -> Result<Compiled, Diagnostics> {
    compile_taught(lesson, None, layout, timing)
}

/// Compiles a network's rule for a core whose outputs are taught: behind the rule the program writes
/// the injection registers of the next step. The gain is the parameter behind the learning rates.
///
/// # Errors
/// Those of [`compile_lesson`] and [`compile_teaching`].
pub fn compile_taught(
    lesson: &Lesson,
    teaching: Option<&Teaching>,
    layout: &Layout,
    timing: &Parameters,
) -> Result<Compiled, Diagnostics> {
    let state = State::new(lesson, layout);
    let words = teaching.map_or(0, |teaching| 4 * teaching.outputs);
    let needs = state.bytes + words;
    if needs > layout.data_bytes {
        let has = layout.data_bytes;
        let message = format!("the rule needs {needs} bytes of data memory; a core has {has}");
        let finding = Diagnostic::new("LL2600", message);
        return Err(finding
            .help(format!(
                "a rule with fewer words per synapse (`sgd` has none), fewer rows, or {}",
                map::more("dsram", needs)
            ))
            .into());
    }
    if let Some(Teaching { loss: Loss::CrossEntropy { scale }, outputs, .. }) = teaching {
        refuse_softmax(*outputs, *scale)?;
    }
    let scratch = map::DATA + state.bytes;
    let errors = |teaching| errors::section(teaching, layout, lesson.gain_word(), scratch);
    let errors = teaching.map(errors).transpose().map_err(full)?;
    let array = |name| exact::section(lesson, layout, name).map_err(full);
    let sections = [array(ArrayName::Somatic)?, array(ArrayName::Apical)?];
    let parts = sections.clone().map(Some);
    let program = Program::default();
    let data = Data::new(&program, layout);
    let shared = Shared { program: &program, layout, data: &data };
    let from = match lesson.own {
        Own::Sent => map::SENT_RATE,
        Own::Converted => map::ADC_RATE,
    };
    let keep = shared.keep("keep_rate", from, Location::Older(map::DATA)).map_err(full)?;
    let tau = lesson.tau.map(|tau| {
        let kept = Location::At(map::DATA + state.membrane);
        let keep = shared.keep("keep_u", map::ADC_MEMBRANE, kept)?;
        Ok([exact::tau_section(lesson, tau, layout)?, keep])
    });
    let beside = exact::Beside { keep, errors, tau: tau.transpose().map_err(full)? };
    let (start, step) = exact::assemble(lesson, layout, sections, beside);
    let [somatic, apical] = parts;
    let mut all = start.clone();
    all.push(Item::Label("step".to_owned()));
    all.extend(step.iter().cloned());
    let items = Assembled { all, start, step };
    let parts = Parts { apical, somatic, beside: Vec::new(), every_step: Vec::new() };
    let Layout { columns, rows, vlen, .. } = layout;
    let heading =
        format!("# {:?} for {rows} rows and {columns} columns, VLEN {vlen}.\n", lesson.rule);
    let costs = costs(&items, &parts, layout, timing);
    let momentum = (lesson.rule.words() > 0).then(|| state.mean.map(|at| map::DATA + at));
    let mut assembly = heading + &text(&items.all);
    if teaching.is_some_and(|teaching| matches!(teaching.loss, Loss::CrossEntropy { .. })) {
        assembly += &errors::table();
    }
    let listing = listing(&items, timing);
    Ok(Compiled { assembly, listing, params: Vec::new(), momentum, costs })
}

fn costs(items: &Assembled, parts: &Parts, layout: &Layout, timing: &Parameters) -> Costs {
    let sum = |items: &[Item], is_due, is_owed| {
        cost::sum(items, &cost::Situation { timing, is_due, is_owed })
    };
    let part = |section: &Option<Section>| {
        section.as_ref().map_or_else(Part::default, |section| Part {
            setup: sum(&section.setup, true, true).total(layout.rows),
            kernel: sum(&section.kernel, true, true),
        })
    };
    let step = |is_due| [false, true].map(|is_owed| sum(&items.step, is_due, is_owed));
    Costs {
        start: sum(&items.start, false, false).total(layout.rows) + cost::SLEEP,
        somatic: part(&parts.somatic),
        apical: part(&parts.apical),
        steps: [step(false), step(true)],
    }
}
