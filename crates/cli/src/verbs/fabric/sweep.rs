//! `leadlag fabric sweep`: latency and throughput over offered load.

use std::num::NonZeroU16;
use std::path::Path;

use leadlag_diagnostic::Diagnostics;
use leadlag_explore::files;
use leadlag_fabric::Checked;
use leadlag_fabric::harness::Figures;
use leadlag_fabric::harness::measure::Windows;
use leadlag_fabric::harness::reference::{Comparison, Curve, Mode};
use leadlag_fabric::harness::saturation::{Criterion, Saturation, search};
use leadlag_fabric::harness::sweep::{Point, sweep};
use leadlag_fabric::traffic::{Bound, Load, Rate, Targets};
use serde_json::json;

use super::table::{self, Line};
use super::{engine, inputs, real};
use crate::args::fabric::{Cycles, Rates, SweepArgs};
use crate::context::Context;
use crate::exit::Exit;
use crate::interrupt::Interrupt;
use crate::plot;

/// Shares of the bound that `--rates auto` measures, in percent.
const SHARES: [u64; 12] = [5, 20, 35, 50, 60, 70, 75, 80, 85, 90, 95, 100];
/// Packets that a point of a comparison rests on, and the runs it takes for that: enough to see how
/// much single runs scatter.
const PACKETS: u64 = 60_000;
const LEAST_RUNS: u16 = 8;
const MOST_RUNS: u16 = 32;
/// The search for saturation ends with an interval of this share of the bound.
const RESOLUTION: u64 = 100;

/// A sweep that is about to begin.
struct Plan {
    checked: Checked,
    load: Load,
    bound: Bound,
    criterion: Criterion,
    curve: Option<Curve>,
}

/// Measures, prints the table, writes what was asked for, and exits with 1 if a figure is further off
/// a recorded one than it may be.
///
/// # Errors
/// What is wrong with the fabric, the traffic or the files.
pub(super) fn run(args: &SweepArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let csv = context.globals.out.clone();
    csv.iter().try_for_each(|target| context.refuse_existing(target))?;
    args.svg.iter().try_for_each(|path| files::refuse_existing(path, context.existing()))?;
    let plan = plan(args, context)?;
    let interrupt = context.interrupt.clone();
    interrupt.heed();
    if args.saturation {
        return saturation(args, &plan, &interrupt, context);
    }
    let points = points(args, &plan);
    let Some(lines) = measure(&plan, &points, &interrupt, context)? else {
        return Ok(Exit::Interrupted);
    };
    if let Some(path) = &args.svg {
        files::write(path, context.existing(), figure(&plan, &lines).as_bytes())?;
    }
    let is_far = |one: Comparison| !one.is_close() && !one.is_scatter();
    let far = lines.iter().filter(|line| line.comparison.is_some_and(is_far)).count();
    let page = page(args, &plan, &lines, far);
    let report = json!({
        "schema": "leadlag.fabric-sweep/1",
        "fabric": plan.checked.config(),
        "pattern": plan.load.pattern.to_string(),
        "flits": plan.load.flits,
        "seed": plan.load.seed,
        "bound": real(plan.bound.flits) / real(plan.bound.cycles),
        "points": lines.iter().map(table::form).collect::<Vec<_>>(),
        "pass": args.golden.as_ref().map(|_| far == 0),
    });
    match csv {
        Some(target) => context.deliver(&target, &table::csv(&lines)?, &page, &report)?,
        None => context.out.result(page, &report)?,
    }
    Ok(Exit::verdict(far == 0))
}

fn plan(args: &SweepArgs, context: &Context) -> Result<Plan, Diagnostics> {
    let beside = args.golden.as_deref().map(inputs::beside);
    let parameters = inputs::parameters(&args.fabric, beside.as_deref())?;
    let checked = inputs::fabric(&args.fabric, parameters.as_ref(), context)?;
    let load = inputs::load(&args.traffic, parameters.as_ref(), context)?;
    let bound = Targets::new(&load.pattern, checked.mesh())?.bound();
    let criterion = Criterion { latency: args.latency_limit.get(), ..Criterion::default() };
    let curve = args.golden.as_deref().map(curve).transpose()?;
    Ok(Plan { checked, load, bound, criterion, curve })
}

fn curve(path: &Path) -> Result<Curve, Diagnostics> {
    Curve::parse(&files::read_text(path)?, &path.display().to_string())
}

/// What to measure, by rising rate, with the mode of each point.
fn points(args: &SweepArgs, plan: &Plan) -> Vec<(Mode, Point)> {
    let Bound { flits, cycles } = plan.bound;
    let runs = args.runs.map(NonZeroU16::get);
    let usual = args.windows.map_or(Windows::LATENCY, windows);
    if let Some(curve) = &plan.curve {
        let point = |rate, windows| {
            let runs = runs.unwrap_or_else(|| enough(plan, rate, windows));
            Point { rate, windows, runs }
        };
        return curve
            .rows
            .iter()
            .map(|row| (row.mode, point(row.rate, row.mode.windows())))
            .collect();
    }
    let rates = match &args.rates {
        Rates::Auto => SHARES.map(|share| Rate::ratio(share * flits, 100 * cycles)).to_vec(),
        Rates::List(rates) => rates.clone(),
    };
    let runs = runs.unwrap_or(1);
    let latency =
        rates.into_iter().map(|rate| (Mode::Latency, Point { rate, windows: usual, runs }));
    let rate = Rate::ratio(11 * flits, 10 * cycles);
    let overload = Point { rate, windows: Windows::THROUGHPUT, runs };
    let overload = args.overload.then_some((Mode::Throughput, overload));
    latency.chain(overload).collect()
}

fn windows(cycles: Cycles) -> Windows {
    let Cycles { warm_up, measure, drain } = cycles;
    Windows { warm_up, measure, drain: drain.unwrap_or(measure.saturating_mul(20)) }
}

/// Runs that give [`PACKETS`] packets, within reason.
fn enough(plan: &Plan, rate: Rate, windows: Windows) -> u16 {
    let nodes = u64::try_from(plan.checked.mesh().nodes()).unwrap_or(u64::MAX);
    let parts = rate.to_billionths().max(1) / u64::from(plan.load.flits);
    let packets = u128::from(nodes * windows.measure) * u128::from(parts) / 1_000_000_000;
    let runs = u128::from(PACKETS) / packets.max(1) + 1;
    u16::try_from(runs).unwrap_or(MOST_RUNS).clamp(LEAST_RUNS, MOST_RUNS)
}

fn measure(
    plan: &Plan,
    points: &[(Mode, Point)],
    interrupt: &Interrupt,
    context: &Context,
) -> Result<Option<Vec<Line>>, Diagnostics> {
    let bare: Vec<_> = points.iter().map(|(_, point)| *point).collect();
    let total = bare.iter().map(|point| u64::from(point.runs)).sum();
    let progress = context.progress("runs", total);
    let done = |over: usize| {
        progress.reach(u64::try_from(over).unwrap_or(total), total, String::new);
        !interrupt.is_asked()
    };
    let (mesh, threads) = (plan.checked.mesh(), context.threads().get());
    let make = || engine(&plan.checked, 1);
    let Some(figures) = sweep(make, mesh, &plan.load, &bare, threads, done)? else {
        return Ok(None);
    };
    let compared = |row: usize, figures: &Figures| {
        let curve = plan.curve.as_ref()?;
        curve.compare(curve.rows.get(row)?, figures)
    };
    let lines =
        points.iter().zip(figures).enumerate().map(|(row, ((mode, point), figures))| Line {
            rate: point.rate,
            mode: *mode,
            stable: *mode == Mode::Latency && !plan.criterion.is_exceeded(&figures),
            comparison: compared(row, &figures),
            figures,
        });
    Ok(Some(lines.collect()))
}

/// The head of a table: fabric, traffic and bound.
fn head(plan: &Plan) -> String {
    let Plan { checked, load, bound, .. } = plan;
    format!(
        "  {}\n  {}  packets of {} flit{}  seed {}  bound {:.4} flits/node/cycle",
        inputs::describe(checked),
        load.pattern,
        load.flits,
        if load.flits == 1 { "" } else { "s" },
        load.seed,
        real(bound.flits) / real(bound.cycles)
    )
}

fn page(args: &SweepArgs, plan: &Plan, lines: &[Line], far: usize) -> String {
    let table = format!("{}\n{}", head(plan), table::page(lines));
    let Some(golden) = &args.golden else { return table };
    let limited: Vec<_> =
        lines.iter().filter_map(|line| line.comparison).filter(|one| one.limit.is_some()).collect();
    let (all, beyond) = (limited.len(), limited.iter().filter(|one| !one.is_close()).count());
    let verdict = if far == 0 { "PASS" } else { "FAIL" };
    format!(
        "{table}\n  {}  {beyond} of {all} figures beyond their limit, {far} of them by more than single \
         runs scatter  {verdict}",
        golden.display()
    )
}

fn figure(plan: &Plan, lines: &[Line]) -> String {
    let rate = |line: &Line| real(line.rate.to_billionths()) / 1e9;
    let series = |of: &dyn Fn(&Line) -> Option<f64>| {
        lines.iter().filter_map(|line| Some((rate(line), of(line)?))).collect::<Vec<_>>()
    };
    let recorded = |line: &Line| {
        let one = line.comparison.filter(|_| line.mode == Mode::Latency)?;
        Some(real(one.recorded) / 1e6)
    };
    plot::load_curve(&plot::LoadCurve {
        title: format!("{}, {}", inputs::describe(&plan.checked), plan.load.pattern),
        mean: series(&Line::latency),
        p99: series(&Line::p99),
        recorded: series(&recorded),
        accepted: series(&|line| Some(line.accepted())),
    })
}

fn saturation(
    args: &SweepArgs,
    plan: &Plan,
    interrupt: &Interrupt,
    context: &mut Context,
) -> Result<Exit, Diagnostics> {
    let Bound { flits, cycles } = plan.bound;
    let windows = args.windows.map_or(Windows::LATENCY, windows);
    let runs = args.runs.map_or(1, NonZeroU16::get);
    let (highest, step) =
        (Rate::ratio(11 * flits, 10 * cycles), Rate::ratio(flits, RESOLUTION * cycles));
    let mut asked = Vec::new();
    let found = search(highest, step, plan.criterion, |rate| {
        let point = Point { rate, windows, runs };
        let threads = context.threads().get();
        let make = || engine(&plan.checked, 1);
        let done = |_| !interrupt.is_asked();
        let figures = sweep(make, plan.checked.mesh(), &plan.load, &[point], threads, done)?;
        let figures = figures.and_then(|mut figures| figures.pop()).unwrap_or_default();
        let stable = !plan.criterion.is_exceeded(&figures);
        asked.push(Line {
            rate,
            mode: Mode::Latency,
            figures: figures.clone(),
            stable,
            comparison: None,
        });
        Ok(figures)
    })?;
    if interrupt.is_asked() {
        return Ok(Exit::Interrupted);
    }
    asked.sort_by_key(|line| line.rate);
    let Saturation { carried, exceeded } = found;
    let above = exceeded.map_or("not reached".to_owned(), |rate| format!("exceeded at {rate}"));
    let page = format!(
        "{}\n{}\n  saturation  carried at {carried}, {above}",
        head(plan),
        table::page(&asked)
    );
    let report = json!({
        "schema": "leadlag.fabric-saturation/1",
        "fabric": plan.checked.config(),
        "pattern": plan.load.pattern.to_string(),
        "bound": real(flits) / real(cycles),
        "carried": carried.to_string(),
        "exceeded": exceeded.map(|rate| rate.to_string()),
        "points": asked.iter().map(table::form).collect::<Vec<_>>(),
    });
    match context.globals.out.clone() {
        Some(target) => context.deliver(&target, &table::csv(&asked)?, &page, &report)?,
        None => context.out.result(page, &report)?,
    }
    Ok(Exit::Done)
}
