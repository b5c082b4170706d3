//! Which engine runs a chip, and what its clock has counted.

use leadlag_chip::{Counters, Emulator, Times, Traffic};
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::{Chip, Image, Mode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::faults::{self, Fault, OnFault, Struck};
use crate::firmware;

/// How events travel from core to core.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// An event lands when it is sent; a step has no duration.
    #[default]
    Functional,
    /// Routers carry events, cycle by cycle.
    Cycle,
}

/// An engine, which steps it times, and what breaks.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clocking {
    /// The engine.
    #[serde(default)]
    pub engine: Engine,
    /// The cycle engine times the first so many of every so many steps; all, if it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<[u64; 2]>,
    /// What breaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
    /// What the run does then.
    #[serde(default, skip_serializing_if = "OnFault::is_continue")]
    pub on_fault: OnFault,
}

impl Clocking {
    /// The cycle engine, timing every step.
    #[must_use]
    pub fn cycle() -> Self {
        Self { engine: Engine::Cycle, ..Self::default() }
    }

    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Makes an emulator this engine.
    ///
    /// # Errors
    /// LL1356 if the chip's steps need the cycle engine and this is the other; LL1411 or LL1412 for a
    /// sample of steps that cannot be; what [`Emulator::attach_fabric`] refuses; LL2600 to LL2603 and
    /// LL2605 for a rule that fits no plasticity unit, so that nobody knows how long it takes; LL1472
    /// to LL1474 for faults that the engine or the chip does not have.
    pub fn start(&self, chips: &mut Emulator) -> Result<(), Diagnostics> {
        self.check_sample(chips.image())?;
        if self.engine == Engine::Functional {
            check(chips.image())?;
            return faults::start(self, chips);
        }
        faults::start(self, chips)?;
        let cycles = firmware::cycles(chips)?;
        chips.set_program_cycles(cycles);
        if let Some([timed, of]) = self.sample {
            chips.sample_steps(timed, of);
        }
        Ok(())
    }

    /// Steps that are not timed take no time, so nothing may depend on it.
    fn check_sample(&self, image: &Image) -> Result<(), Diagnostics> {
        let Some([timed, of]) = self.sample else { return Ok(()) };
        let found = if self.engine == Engine::Functional {
            let message = format!(
                "`--sample {timed}/{of}` times steps, and the functional engine has 0 cycles"
            );
            Diagnostic::new("LL1411", message)
                .help("`--engine cycle` besides, or leave `--sample` out")
        } else if let Some(why) = depends_on_time(image) {
            let message = format!(
                "{why}, and `--sample {timed}/{of}` leaves {} of {of} steps without a cycle",
                of.saturating_sub(timed)
            );
            Diagnostic::new("LL1412", message).help(
                "leave `--sample` out, or `--set mode=barrier --set wait_for_plasticity=true`",
            )
        } else {
            return Ok(());
        };
        Err(found.into())
    }

    /// The evaluator changes weights at the end of a step; a program that takes longer changes them
    /// later.
    ///
    /// # Errors
    /// LL1413 if this engine's steps may end before programs do.
    pub fn check_evaluator(&self, chips: &Emulator) -> Result<(), Diagnostics> {
        let chip = &chips.image().chip;
        let waits = chip.mode == Mode::Barrier && chip.wait_for_plasticity;
        if self.engine == Engine::Functional || waits {
            return Ok(());
        }
        let longest = firmware::cycles(chips)?.into_iter().flatten().flatten().max().unwrap_or(0);
        let left = chip.cycles_per_step.saturating_sub(u64::from(chip.setup_cycles));
        let waiting = "`--set mode=barrier --set wait_for_plasticity=true`";
        let (message, way_out) = match chip.mode {
            Mode::FreeRunning if longest > left => (
                format!(
                    "a program of the rule takes up to {longest} cycles, and a step leaves it {left}; the evaluator would change weights too early"
                ),
                format!(
                    "{waiting}, or `--set cycles_per_step={}`",
                    chip.cycles_per_step - left + longest
                ),
            ),
            Mode::Barrier if longest > 0 => (
                format!(
                    "`wait_for_plasticity` is false: a step may end before a program of the rule, which takes up to {longest} cycles; the evaluator would change weights too early"
                ),
                waiting.to_owned(),
            ),
            Mode::Barrier | Mode::FreeRunning => return Ok(()),
        };
        Err(Diagnostic::new("LL1413", message)
            .help("`--plasticity firmware --replicas 1` runs the programs")
            .help(way_out)
            .into())
    }
}

/// Why values of a chip depend on time, if they do.
fn depends_on_time(image: &Image) -> Option<String> {
    let chip = &image.chip;
    if chip.mode == Mode::FreeRunning {
        Some(format!("`mode` is free-running: a step ends after {} cycles", chip.cycles_per_step))
    } else if !chip.wait_for_plasticity && image.learning.is_some() {
        let why = "`wait_for_plasticity` is false: weights depend on when programs end";
        Some(why.to_owned())
    } else {
        None
    }
}

/// The functional engine serves chips whose values do not depend on time.
fn check(image: &Image) -> Result<(), Diagnostics> {
    let Some(why) = depends_on_time(image) else { return Ok(()) };
    let message = format!("{why}, and the functional engine has 0 cycles");
    Err(Diagnostic::new("LL1356", message)
        .help("`--engine cycle`, or `--set mode=barrier --set wait_for_plasticity=true`")
        .into())
}

/// What a clock has counted, for programs.
#[must_use]
pub fn form(times: &Times, clock: u64) -> Value {
    json!({
        "steps": times.step.steps,
        "steps_untimed": times.untimed,
        "cycles": times.step.sum,
        "cycles_per_step": {
            "mean": mean(times),
            "half_width_95": half_width(times),
            "shortest": times.step.shortest,
            "longest": times.step.longest,
        },
        "microseconds_per_step": mean(times) / clock_in_megahertz(clock),
        "travel_cycles": times.travel.sum,
        "steps_that_waited_for_plasticity": times.waited_for_plasticity,
        "barrier_closings": times.closings,
        "barrier_cycles": times.barrier_cycles,
        "barrier_tree_hops": times.tree_hops,
        "events_announced": times.cores.iter().map(|core| core.announced).sum::<u64>(),
        "events_delivered": times.cores.iter().map(|core| core.delivered).sum::<u64>(),
        "events_late": times.cores.iter().map(|core| core.late).sum::<u64>(),
        "events_stale": times.cores.iter().map(|core| core.stale).sum::<u64>(),
        "packets_overrun": times.cores.iter().map(|core| core.overrun).sum::<u64>(),
    })
}

/// What the clock of an emulator has counted, for people and for programs; none in the functional
/// engine.
#[must_use]
pub fn both(chips: &Emulator) -> Option<(String, Value)> {
    let clocked = Clocked::of(chips);
    Some((clocked.line()?, clocked.form()?))
}

/// The counts of several chips of one kind, or of one that began anew, and their clock in hertz.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Clocked {
    times: Option<Times>,
    hertz: u64,
    struck: Option<Struck>,
    /// By node, over all replicas.
    nodes: Vec<Traffic>,
    removed: u64,
    flit_hops: u64,
    /// Steps of a chip by what learnt, on any engine.
    phases: [[u64; 2]; 2],
    /// What the cores counted, and the page of it, if it is kept.
    cores: Vec<Counters>,
    #[serde(skip)]
    page: Option<Value>,
}

impl Clocked {
    /// What a chip counted.
    #[must_use]
    pub fn of(chips: &Emulator) -> Self {
        let mut clocked = Self::default();
        clocked.add(chips);
        clocked
    }

    /// Adds what a chip counted.
    pub fn add(&mut self, chips: &Emulator) {
        let phases = chips.state().phases;
        for (sum, steps) in self.phases.as_flattened_mut().iter_mut().zip(phases.as_flattened()) {
            *sum += steps;
        }
        if let Some(struck) = Struck::of(chips) {
            self.struck.get_or_insert_default().add(&struck);
        }
        let (Some(times), Some(fabric)) = (chips.times(), chips.fabric_counters()) else { return };
        self.times.get_or_insert_default().add(&times, 1);
        self.hertz = chips.image().chip.clock_hz;
        self.removed += fabric.removed();
        self.flit_hops += fabric.flit_hops();
        let nodes = chips.traffic().unwrap_or_default();
        self.nodes.resize(self.nodes.len().max(nodes.len()), Traffic::default());
        for (sum, node) in self.nodes.iter_mut().zip(&nodes) {
            sum.add(node, 1);
        }
    }

    /// Adds what a chip counted, and keeps the page of all of it.
    pub(crate) fn add_with_page(&mut self, chips: &Emulator) {
        self.add(chips);
        let own = chips.counters();
        self.cores.resize(own.len(), Counters::default());
        self.cores.iter_mut().zip(&own).for_each(|(sum, own)| sum.add(own));
        let (step, replicas) = (chips.step(), chips.options().replicas);
        self.page = Some(crate::counters::page(chips, &self.cores, self, step, replicas));
    }

    /// The counters of all chips, as in `counters.json`; none for chips that were not asked.
    #[must_use]
    pub fn page(&self) -> Option<&Value> {
        self.page.as_ref()
    }

    /// The counts themselves; none without a clock.
    #[must_use]
    pub fn times(&self) -> Option<&Times> {
        self.times.as_ref()
    }

    /// Cycles of all timed steps.
    #[must_use]
    pub fn cycles(&self) -> u64 {
        self.times.as_ref().map_or(0, |times| times.step.sum)
    }

    /// Lines for people; none without a clock and without faults.
    #[must_use]
    pub fn line(&self) -> Option<String> {
        let clock = self.times.as_ref().map(|times| line(times, self.hertz));
        let lines: Vec<_> = clock.into_iter().chain(self.struck.map(|s| s.line())).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// What faults did, for programs; none without faults.
    #[must_use]
    pub fn faults(&self) -> Option<Value> {
        self.struck.map(|struck| struck.form())
    }

    /// An object for programs; none without a clock.
    #[must_use]
    pub fn form(&self) -> Option<Value> {
        let mut report = form(self.times.as_ref()?, self.hertz);
        if let Some(report) = report.as_object_mut() {
            report.insert("analytic".into(), json!(false));
            report.insert("branches_removed_on_one_chip".into(), json!(self.removed));
            report.insert("flit_hops_of_one_chip".into(), json!(self.flit_hops));
        }
        Some(report)
    }

    /// Counts at a node of the mesh, over all replicas; none without a clock.
    #[must_use]
    pub fn node(&self, node: u32) -> Option<&Traffic> {
        self.times.as_ref()?;
        self.nodes.get(leadlag_fixed::index(node))
    }

    /// The loads of the links of all replicas of a chip, for programs; none without a clock. A link is
    /// busy while a flit is on it: one cycle on a chip, `link.interval` cycles from chip to chip.
    #[must_use]
    pub fn loads(&self, chip: &Chip) -> Option<Value> {
        self.times.as_ref()?;
        let columns = chip.extent().0;
        let rows = (0_u32..).zip(&self.nodes).flat_map(|(at, node)| {
            let (x, y) = (at % columns, at / columns);
            let loads = node.flits.iter().zip(["+x", "-x", "+y", "-y", "core"]);
            loads.filter(|(flits, _)| **flits != [0, 0]).map(move |([events, control], to)| {
                let flits = events + control;
                json!({"x": x, "y": y, "to": to, "flits": flits,
                       "events": events, "control": control,
                       "busy_cycles": flits * cycles_per_flit(chip, (x, y), to)})
            })
        });
        Some(rows.collect())
    }
}

/// Cycles that a flit is on a link.
fn cycles_per_flit(chip: &Chip, (x, y): (u32, u32), to: &str) -> u64 {
    let leaves = match to {
        "+x" => (x + 1).is_multiple_of(chip.mesh_x),
        "-x" => x.is_multiple_of(chip.mesh_x),
        "+y" => (y + 1).is_multiple_of(chip.mesh_y),
        "-y" => y.is_multiple_of(chip.mesh_y),
        _ => false,
    };
    if leaves { u64::from(chip.link.interval) } else { 1 }
}

/// The cycles of these steps in the functional engine, for programs: from the timing of programs and of lone packets,
/// a lower bound of what the cycle engine counts. None where a step ends by the clock, or the events
/// or the rule do not fit the chip.
#[must_use]
pub fn estimate(chips: &Emulator, clocked: &Clocked) -> Option<Value> {
    let (chip, phases) = (&chips.image().chip, clocked.phases);
    if chips.times().is_some() || chip.mode == Mode::FreeRunning {
        return None;
    }
    let steps: u64 = phases.as_flattened().iter().sum();
    let analytic = chips.analytic(&firmware::cycles(chips).ok()?).ok()?;
    let (cycles, replicas) = (analytic.total(&phases), u64::from(chips.options().replicas));
    Some(json!({
        "analytic": true,
        "bound": "lower",
        "steps": replicas * steps,
        "cycles": replicas.saturating_mul(cycles),
        "cycles_per_step": { "mean": share(cycles, steps) },
        "microseconds_per_step": share(cycles, steps) / clock_in_megahertz(chip.clock_hz),
        "travel_cycles_per_step": analytic.travel,
        "barrier_cycles_per_step": analytic.barrier,
        "packets_counted": analytic.every_step,
    }))
}

/// A line for people.
#[must_use]
pub fn line(times: &Times, clock: u64) -> String {
    let lost: u64 = times.cores.iter().map(|core| core.late + core.stale + core.overrun).sum();
    let spread = if times.untimed > 0 {
        format!(" +- {:.1} (95 %)", half_width(times))
    } else {
        String::new()
    };
    format!(
        "  cycles      {:.1}{spread} per step ({} to {}), {:.2} us at {} MHz; {lost} events late, stale or unsent",
        mean(times),
        times.step.shortest,
        times.step.longest,
        mean(times) / clock_in_megahertz(clock),
        clock_in_megahertz(clock),
    )
}

#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "a figure for people")]
fn share(count: u64, of: u64) -> f64 {
    count as f64 / of.max(1) as f64
}

fn mean(times: &Times) -> f64 {
    share(times.step.sum, times.step.steps)
}

/// Half the width of the interval that holds the mean of all steps with 95 %, from those timed: 1.96
/// standard errors.
#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "a figure for people")]
fn half_width(times: &Times) -> f64 {
    if times.untimed == 0 || times.step.steps < 2 {
        return 0.0;
    }
    let steps = times.step.steps as f64;
    let variance = (times.step.squares as f64 / steps - mean(times).powi(2)).max(0.0);
    1.96 * (variance / (steps - 1.0)).sqrt()
}

#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "a figure for people")]
fn clock_in_megahertz(hertz: u64) -> f64 {
    hertz as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flit_takes_longer_from_chip_to_chip() {
        let mut chip = Chip::builtin("ll1").expect("built in");
        (chip.mesh_x, chip.mesh_y, chip.grid_x, chip.grid_y) = (2, 3, 2, 2);
        chip.link.interval = 7;
        let cycles =
            |x, y| ["+x", "-x", "+y", "-y", "core"].map(|to| cycles_per_flit(&chip, (x, y), to));
        assert_eq!(cycles(0, 1), [1, 7, 1, 1, 1]);
        assert_eq!(cycles(1, 2), [7, 1, 7, 1, 1]);
        assert_eq!(cycles(2, 3), [1, 7, 1, 7, 1]);
    }
}
