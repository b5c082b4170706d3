//! Which engine runs a chip, and what its clock has counted.

use leadlag_chip::{Emulator, Times};
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fabric::{Faults, Port};
use leadlag_image::{Image, Mode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

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

/// An engine, and which steps it times.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clocking {
    /// The engine.
    #[serde(default)]
    pub engine: Engine,
    /// The cycle engine times the first so many of every so many steps; all, if it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<[u64; 2]>,
}

impl Clocking {
    /// The cycle engine, timing every step.
    #[must_use]
    pub fn cycle() -> Self {
        Self { engine: Engine::Cycle, sample: None }
    }

    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_functional(&self) -> bool {
        *self == Self::default()
    }

    /// Makes an emulator this engine.
    ///
    /// # Errors
    /// LL1356 if the chip's steps need the cycle engine and this is the other; LL1411 or LL1412 for a
    /// sample of steps that cannot be; what [`Emulator::attach_fabric`] refuses; LL2600 to LL2603 and
    /// LL2605 for a rule that fits no plasticity unit, so that nobody knows how long it takes.
    pub fn start(self, chips: &mut Emulator) -> Result<(), Diagnostics> {
        self.check_sample(chips.image())?;
        if self.engine == Engine::Functional {
            return check(chips.image());
        }
        chips.attach_fabric(Faults::default())?;
        let cycles = firmware::cycles(chips)?;
        chips.set_program_cycles(cycles);
        if let Some([timed, of]) = self.sample {
            chips.sample_steps(timed, of);
        }
        Ok(())
    }

    /// Steps that are not timed take no time, so nothing may depend on it.
    fn check_sample(self, image: &Image) -> Result<(), Diagnostics> {
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
    pub fn check_evaluator(self, chips: &Emulator) -> Result<(), Diagnostics> {
        let chip = &chips.image().chip;
        if self.engine == Engine::Functional {
            return Ok(());
        }
        let longest = firmware::cycles(chips)?.into_iter().flatten().flatten().max().unwrap_or(0);
        let left = chip.cycles_per_step.saturating_sub(u64::from(chip.setup_cycles));
        let message = match chip.mode {
            Mode::FreeRunning if longest > left => format!(
                "a program of the rule takes up to {longest} cycles, and a step leaves it {left}; the evaluator would change weights too early"
            ),
            Mode::Barrier if !chip.wait_for_plasticity && longest > 0 => format!(
                "`wait_for_plasticity` is false: a step may end before a program of the rule, which takes up to {longest} cycles; the evaluator would change weights too early"
            ),
            Mode::Barrier | Mode::FreeRunning => return Ok(()),
        };
        Err(Diagnostic::new("LL1413", message)
            .help("`--plasticity firmware --replicas 1` runs the programs")
            .help(format!("`--set mode=barrier --set wait_for_plasticity=true`, or `--set cycles_per_step={}`", longest + u64::from(chip.setup_cycles)))
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
    /// Flits by node and output of the first chip.
    links: Vec<[u64; 5]>,
    removed: u64,
    flit_hops: u64,
    /// Steps of a chip by what learnt, on any engine.
    phases: [[u64; 2]; 2],
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
        let (Some(times), Some(fabric)) = (chips.times(), chips.fabric_counters()) else { return };
        self.times.get_or_insert_default().add(&times, 1);
        self.hertz = chips.image().chip.clock_hz;
        self.removed += fabric.removed();
        self.flit_hops += fabric.flit_hops();
        self.links.resize(self.links.len().max(fabric.routers.len()), [0; 5]);
        for (sums, router) in self.links.iter_mut().zip(&fabric.routers) {
            for (sum, port) in sums.iter_mut().zip(Port::ALL) {
                *sum += router.through(port);
            }
        }
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

    /// A line for people; none without a clock.
    #[must_use]
    pub fn line(&self) -> Option<String> {
        self.times.as_ref().map(|times| line(times, self.hertz))
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

    /// The loads of the links of the first chip, whose mesh has so many columns, for programs; none
    /// without a clock.
    #[must_use]
    pub fn loads(&self, columns: u32) -> Option<Value> {
        self.times.as_ref()?;
        let rows = (0_u32..).zip(&self.links).flat_map(|(node, flits)| {
            let place = (node % columns, node / columns);
            let loads = flits.iter().zip(["+x", "-x", "+y", "-y", "core"]);
            loads.filter(|(flits, _)| **flits > 0).map(
                move |(flits, name)| json!({"x": place.0, "y": place.1, "to": name, "flits": flits}),
            )
        });
        Some(rows.collect())
    }
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
