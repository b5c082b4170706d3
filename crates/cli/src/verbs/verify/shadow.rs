//! The chip beside a shadow: its float reference, or another chip.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::blame::{Blame, Culprit, blame};
use leadlag_explore::shadow::{Comparison, Deviation, FloatShadow, Place, compare};
use leadlag_image::Image;
use serde_json::{Value, json};

use super::Subject;
use crate::args::verify::{Tolerance, VerifyArgs};
use crate::bounds::number;
use crate::context::Context;
use crate::exit::Exit;
use crate::output::Table;

/// Runs the chip beside its reference without learning, and compares the rates.
///
/// # Errors
/// LL1058 if the network names no task; LL4007 if a bound is asked for and there is none; LL1324 if
/// the image is not of its network.
pub(super) fn float(
    subject: &Subject,
    args: &VerifyArgs,
    context: &mut Context,
) -> Result<Exit, Diagnostics> {
    if args.blame && subject.network.is_spiking() {
        return Err(no_blame(subject).into());
    }
    let (task, steps) = (subject.task(context)?, args.steps.get());
    let limits = limits(subject, args.tol)?;
    let mut reference = FloatShadow::new(&subject.network, &subject.parameters);
    let bar = context.progress("verify", steps);
    let watch = &mut |step| bar.reach(step, steps, String::new);
    let found = compare(&subject.image, &mut reference, (&task, steps), &limits, watch)?;
    drop(bar);
    let void = if args.tol == Some(Tolerance::Bound) { void(subject, &found) } else { Vec::new() };
    context.warn(&Diagnostics(void.clone()));
    let pair = (&subject.network, &subject.parameters);
    let blamed = if args.blame {
        Some(
            blame(pair, &subject.image, (&task, steps), &limits)?
                .ok_or_else(|| shapeless(subject))?,
        )
    } else {
        None
    };
    let verdict =
        Verdict { found, bounds: bounds(subject), tol: args.tol, steps, void: !void.is_empty() };
    let blamed_page = blamed.as_ref().map_or(String::new(), |b| format!("\n\n{}", blame_page(b)));
    let mut object = verdict.form();
    if let (Some(blamed), Some(object)) = (&blamed, object.as_object_mut()) {
        object.insert("blame".to_owned(), blame_form(blamed));
    }
    context.out.result(format!("{}{blamed_page}", verdict.page()), &object)?;
    Ok(Exit::verdict(verdict.pass().unwrap_or(true)))
}

fn shapeless(subject: &Subject) -> Diagnostics {
    let message = format!(
        "the cores of `{}` hold another network than `{}`",
        subject.name,
        subject.network.name()
    );
    Diagnostic::new("LL1320", message).help("compile the network anew").into()
}

/// Certified bounds by population, in the least steps of the payload.
fn bounds(subject: &Subject) -> Vec<Option<f64>> {
    let certified = subject.certificates.deviation.as_ref();
    let of = |name: &str| {
        let population = certified?.of(name)?;
        Some(population.rate.as_ref()?.total() / population.lsb)
    };
    subject.image.populations.iter().map(|population| of(&population.name)).collect()
}

/// The tolerance by population.
fn limits(subject: &Subject, tol: Option<Tolerance>) -> Result<Vec<Option<f64>>, Diagnostics> {
    let same = |limit| vec![limit; subject.image.populations.len()];
    match tol {
        None => Ok(same(None)),
        Some(Tolerance::Exact) => Ok(same(Some(0.0))),
        Some(Tolerance::Of(limit)) => Ok(same(Some(limit))),
        Some(Tolerance::Bound) => {
            let limits = bounds(subject);
            let missing =
                limits.iter().zip(&subject.image.populations).filter(|(l, _)| l.is_none());
            let found =
                missing.map(|(_, population)| unbounded(subject, &population.name)).collect();
            Diagnostics::unless_any(found, limits)
        }
    }
}

fn unbounded(subject: &Subject, name: &str) -> Diagnostic {
    let all = subject.certificates.deviation.iter().flat_map(|d| &d.populations);
    let loops = all.filter_map(|p| Some((&p.name, p.loop_gain?)));
    let worst = loops.reduce(|top, one| if one.1 > top.1 { one } else { top });
    let why = worst.map_or(String::new(), |(through, gain)| {
        format!(": the loop through `{through}` enlarges a deviation {gain:.3} times per step, and a bound needs less than 1")
    });
    Diagnostic::new("LL4007", format!("the rates of `{name}` have no certified bound{why}"))
        .help("`--tol X` with a number of LSB, or weaker weights in the loop")
}

/// Populations of which the certificate says nothing in this run.
fn void(subject: &Subject, found: &Comparison) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    let help = "a larger full scale: `map.rate_range`, or `--set rails=N` for what is held";
    if found.holds.inputs > 0 {
        let message = format!(
            "{} values of the stimulus are beyond the full scale of their input; the bound is for 0",
            found.holds.inputs
        );
        all.push(Diagnostic::new("LL4008", message).help("scale the data, or give `--tol X`"));
    }
    for (population, &held) in subject.image.populations.iter().zip(&found.holds.populations) {
        let certified =
            subject.certificates.deviation.as_ref().and_then(|d| d.of(&population.name));
        if held > 0 && certified.is_some_and(|c| c.conditional) {
            let message = format!(
                "{held} codes of `{}` were clipped or outputs held; the bound is for 0",
                population.name
            );
            all.push(Diagnostic::new("LL4008", message).help(help));
        }
    }
    all
}

/// A comparison with what is to be said about it.
pub(super) struct Verdict {
    pub(super) found: Comparison,
    /// Certified bounds, where there are any.
    pub(super) bounds: Vec<Option<f64>>,
    pub(super) tol: Option<Tolerance>,
    pub(super) steps: u64,
    /// The bound says nothing about this run.
    pub(super) void: bool,
}

impl Verdict {
    pub(super) fn pass(&self) -> Option<bool> {
        let within = |one: &Deviation| one.limit.is_none_or(|limit| one.largest() <= limit);
        self.tol.map(|_| !self.void && self.found.populations.iter().all(within))
    }

    /// The earliest place beyond the tolerance.
    fn first(&self) -> Option<(&str, Place)> {
        let all = self.found.populations.iter();
        let places = all.filter_map(|one| Some((one.population.as_str(), one.first?)));
        places.min_by_key(|(_, place)| place.step)
    }

    pub(super) fn page(&self) -> String {
        let headings =
            ["  population", "LSB", "rms", "worst", "bound", "at step", "core", "neuron"];
        let mut table = Table::new(&headings);
        for (one, bound) in self.found.populations.iter().zip(&self.bounds) {
            let Some(worst) = one.worst else { continue };
            table.row([
                format!("  {}", one.population),
                format!("{:.2e}", one.lsb),
                format!("{:.2}", one.rms()),
                format!("{:.2}", worst.lsb),
                bound.map_or("-".to_owned(), number),
                worst.step.to_string(),
                format!("({},{})", worst.core.0, worst.core.1),
                worst.neuron.to_string(),
            ]);
        }
        let first = self.first().map_or(String::new(), |(name, place)| {
            format!("\n  first       {}", place_text(name, &place))
        });
        let worst = self.found.populations.iter().map(Deviation::largest).fold(0.0, f64::max);
        let (steps, verdict) = (self.steps, self.verdict());
        format!("{table}{first}\n  {steps} steps  worst {worst:.2} LSB{verdict}")
    }

    fn verdict(&self) -> String {
        let word = if self.pass() == Some(false) { "FAIL" } else { "PASS" };
        match self.tol {
            None => String::new(),
            Some(Tolerance::Exact) if self.pass() == Some(true) => "  bit exact  PASS".to_owned(),
            Some(Tolerance::Exact) => format!(" of 0  {word}"),
            Some(Tolerance::Of(limit)) => format!(" of {limit}  {word}"),
            Some(Tolerance::Bound) if self.void => "  the bound says nothing here  FAIL".to_owned(),
            Some(Tolerance::Bound) => format!("  each within its bound: {word}"),
        }
    }

    pub(super) fn form(&self) -> Value {
        let place = |place: &Place| {
            json!({"step": place.step, "x": place.core.0, "y": place.core.1, "neuron": place.neuron,
                   "chip": place.chip, "reference": place.reference, "lsb": place.lsb})
        };
        let population = |(one, bound): (&Deviation, &Option<f64>)| {
            json!({
                "name": one.population,
                "lsb": one.lsb,
                "rms": one.rms(),
                "bound": bound,
                "limit": one.limit,
                "worst": one.worst.as_ref().map(place),
                "first": one.first.as_ref().map(place),
            })
        };
        let tolerance = match self.tol {
            None => Value::Null,
            Some(Tolerance::Bound) => json!("bound"),
            Some(Tolerance::Exact) => json!(0.0),
            Some(Tolerance::Of(limit)) => json!(limit),
        };
        let populations = self.found.populations.iter().zip(&self.bounds).map(population);
        json!({
            "schema": "leadlag.shadow/1",
            "steps": self.steps,
            "tolerance": tolerance,
            "pass": self.pass(),
            "populations": populations.collect::<Vec<_>>(),
        })
    }
}

fn place_text(name: &str, place: &Place) -> String {
    let Place { step, core: (x, y), neuron, chip, reference, lsb } = place;
    format!(
        "step {step}  {name}  core ({x},{y})  neuron {neuron}  chip {chip:.5}  \
         reference {reference:.5}  {lsb:.2} LSB"
    )
}

/// Two chips of the same shape, or what keeps them from being compared.
pub(super) fn check_shapes(own: &Image, other: &Image) -> Result<(), Diagnostics> {
    let size = |image: &Image, name: &str| {
        image.populations.iter().find(|p| p.name == name).map(|p| p.size)
    };
    let mut found = Vec::new();
    for population in &own.populations {
        let theirs = size(other, &population.name);
        if theirs != Some(population.size) {
            let theirs = theirs.map_or("0".to_owned(), |size| size.to_string());
            let message = format!(
                "population `{}` has {} neurons; in the other network it has {theirs}",
                population.name, population.size
            );
            found.push(
                Diagnostic::new("LL1324", message).help("compare networks of the same populations"),
            );
        }
    }
    let lines = |image: &Image| image.inputs.iter().map(|input| input.size).sum::<u32>();
    if lines(own) != lines(other) {
        let message = format!(
            "the inputs have {} lines; those of the other network {}",
            lines(own),
            lines(other)
        );
        found
            .push(Diagnostic::new("LL1324", message).help("compare networks with the same inputs"));
    }
    Diagnostics::unless_any(found, ())
}

fn no_blame(subject: &Subject) -> Diagnostic {
    let all = subject.network.populations();
    let spiking = (0..all.len()).filter(|&at| subject.network.spikes(at)).count();
    let message = format!(
        "`--blame` switches the quantisers of rates one by one; of the populations of `{}`, {spiking} spike, and 0 may",
        subject.name
    );
    Diagnostic::new("LL1293", message).help("leave `--blame` out: the comparison itself works")
}

fn blame_page(found: &Blame) -> String {
    let headings = ["  quantiser", "alone worst", "rms", "share", "with those above worst", "rms"];
    let mut table = Table::new(&headings);
    for (stage, share) in found.stages.iter().zip(&found.shares) {
        table.row([
            format!("  {}", stage.quantiser.name()),
            format!("{:.2}", stage.alone.worst),
            format!("{:.2}", stage.alone.rms()),
            format!("{:.1} %", 100.0 * share),
            format!("{:.2}", stage.so_far.worst),
            format!("{:.2}", stage.so_far.rms()),
        ]);
    }
    let chip = if found.exact {
        "all of them together are the chip, bit for bit"
    } else {
        "together they are NOT the chip"
    };
    let culprit = found
        .culprit
        .as_ref()
        .map_or(String::new(), |c| format!("\n  blamed      {}", culprit_text(c)));
    format!("{table}\n  {chip}{culprit}")
}

fn culprit_text(culprit: &Culprit) -> String {
    let Culprit { step, population, neuron, lsb, quantiser, moved, beyond } = culprit;
    let which = if *beyond { "first beyond" } else { "worst" };
    format!(
        "{which}  step {step}  {population}  neuron {neuron}  {lsb:.2} LSB  {} moved it by {moved:.2}",
        quantiser.name()
    )
}

fn blame_form(found: &Blame) -> Value {
    let stage = |(stage, share): (&leadlag_explore::blame::Stage, &f64)| {
        json!({
            "quantiser": stage.quantiser.name(),
            "alone": {"worst": stage.alone.worst, "rms": stage.alone.rms()},
            "share": share,
            "so_far": {"worst": stage.so_far.worst, "rms": stage.so_far.rms()},
        })
    };
    let culprit = |c: &Culprit| {
        json!({"step": c.step, "population": c.population, "neuron": c.neuron, "lsb": c.lsb,
               "quantiser": c.quantiser.name(), "moved": c.moved, "beyond": c.beyond})
    };
    json!({
        "stages": found.stages.iter().zip(&found.shares).map(stage).collect::<Vec<_>>(),
        "exact": found.exact,
        "culprit": found.culprit.as_ref().map(culprit),
    })
}
