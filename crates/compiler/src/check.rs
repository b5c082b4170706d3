//! What the chip cannot do, found before anything is built.

use leadlag_diagnostic::Diagnostic;
use leadlag_image::Solver;
use leadlag_net::{Errors, Loss, Neurons, Population};
use leadlag_quantize::{coefficients, ratio};
use leadlag_units::Seconds;

use crate::Job;
use crate::spiking;

/// The most rows and columns that a chip description may state.
const LARGEST: usize = 4096;

pub(crate) fn check(job: Job<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for (population, members) in job.net.populations().iter().enumerate() {
        if let Some(neurons) = members.neurons() {
            found.extend(fan_in(job, population));
            found.extend(fan_out(job, population));
            found.extend(time_constants(job, population, neurons));
        }
    }
    found.extend(teaching(job));
    found.extend(rates(job));
    found.extend(factors(job));
    found
}

/// Log2 of the least learning rate of the chip, and of the first one beyond: a mantissa of 15 bits with an
/// exponent from -64 to 64 (`docs/chip/image.md`).
const RATES: [i32; 2] = [-50, 79];

/// What `[learning]` states and no register of the plasticity rule holds.
fn rates(job: Job<'_>) -> Vec<Diagnostic> {
    let Some(learning) = job.net.learning() else { return Vec::new() };
    let stated = [
        ("eta", learning.eta, crate::learning::rule(learning).1),
        ("decay", learning.decay, learning.decay),
    ];
    let beyond = stated.into_iter().filter(|&(_, _, on_chip)| !is_held(on_chip));
    beyond.map(|(key, given, _)| at_rate(job, key, beyond_range("learning", key, given))).collect()
}

/// Factors of the learning rate that no register holds.
fn factors(job: Job<'_>) -> impl Iterator<Item = Diagnostic> {
    let factor = |p: &Population| p.neurons().map_or(1.0, |neurons| neurons.eta_factor);
    let all = job.net.populations().iter().map(factor).enumerate();
    let beyond = all.filter(|&(_, factor)| !is_held(factor));
    beyond.map(move |(population, factor)| {
        let found = beyond_range("population", "eta_factor", factor);
        at_population(job, population, found, "its learning rate")
    })
}

/// Whether a register of the rule holds it.
fn is_held(value: f64) -> bool {
    let exponent = ratio(value).exponent;
    value <= 0.0 || (value.is_finite() && (-64..=64).contains(&exponent))
}

fn beyond_range(table: &str, key: &str, given: f64) -> Diagnostic {
    let [least, most] = RATES;
    let message = format!(
        "`{table}.{key}` is {given:e}; the chip holds 0 and rates from 2^{least} (8.9e-16) to below 2^{most} (6.0e23)"
    );
    Diagnostic::new("LL2680", message).help(format!("for example `{key} = 1e-3`"))
}

/// Points at the line of the field in `[learning]`.
fn at_rate(job: Job<'_>, key: &str, found: Diagnostic) -> Diagnostic {
    let line = |text: &str| {
        let table = text.find("[learning]")?;
        let start = table + text[table..].find(&format!("\n{key} "))? + 1;
        let length = text[start..].lines().next()?.trim_end().len();
        Some(start..start + length)
    };
    match job.text.and_then(line) {
        Some(span) => found.label(span, "no register holds this"),
        None => found,
    }
}

/// Points at the population's name in the network file.
pub(crate) fn at_population(
    job: Job<'_>,
    population: usize,
    diagnostic: Diagnostic,
    text: &str,
) -> Diagnostic {
    let quoted = format!("\"{}\"", job.net.populations()[population].name());
    match job.text.and_then(|t| t.find(&quoted)) {
        Some(start) => diagnostic.label(start..start + quoted.len(), text),
        None => diagnostic,
    }
}

/// The way out of a larger chip, where a chip can be as large.
fn larger(found: Diagnostic, knob: &str, need: usize) -> Diagnostic {
    if need <= LARGEST { found.help(format!("`--set {knob}={need}`")) } else { found }
}

/// Rows of a somatic array: everything that arrives, and the bias row.
pub(crate) fn somatic_rows(job: Job<'_>, population: usize) -> usize {
    let bias = !job.parameters.biases[population].is_empty();
    job.net.fan_in(population) + usize::from(bias)
}

/// Rows of an apical array: everything that the population sends to.
pub(crate) fn apical_rows(job: Job<'_>, population: usize) -> usize {
    let all = job.net.projections().iter().filter(|p| p.from == population);
    let targets = all.filter(|p| spiking::carries_errors(job.net, p));
    targets.map(|p| job.net.post_size(p)).sum()
}

fn fan_in(job: Job<'_>, population: usize) -> Option<Diagnostic> {
    let (need, have) = (somatic_rows(job, population), leadlag_fixed::index(job.chip.rows));
    let name = job.net.populations()[population].name();
    (need > have).then(|| {
        let message =
            format!("layer `{name}` needs {need} inputs per neuron; a core has {have} rows");
        let found = larger(Diagnostic::new("LL2003", message), "rows", need)
            .help("a smaller layer or input below it");
        at_population(job, population, found, "asked for here")
    })
}

fn fan_out(job: Job<'_>, population: usize) -> Option<Diagnostic> {
    let (need, have) = (apical_rows(job, population), leadlag_fixed::index(job.chip.rows));
    let name = job.net.populations()[population].name();
    (need > have).then(|| {
        let message = format!(
            "layer `{name}` receives errors from {need} neurons; an apical array has {have} rows"
        );
        let found =
            larger(Diagnostic::new("LL2004", message), "rows", need).help("fewer neurons above it");
        at_population(job, population, found, "sends to all of them")
    })
}

/// Lag and lead of both circuits of every neuron, in circuit steps; 1 and 1 where errors are
/// instantaneous.
pub(crate) fn steps(job: Job<'_>, population: usize) -> Vec<[(f64, f64); 2]> {
    let Some(neurons) = job.net.populations()[population].neurons() else { return Vec::new() };
    let dt = job.net.dt().get();
    let tau_m = &job.parameters.tau_m[population];
    if neurons.spiking.is_some() {
        // The circuits are idle.
        return vec![[(1.0, 1.0); 2]; neurons.size()];
    }
    let both = tau_m.iter().zip(neurons.tau_r()).map(|(m, r)| (m / dt, r.get() / dt));
    let instantaneous = job.net.errors() == Errors::Instantaneous;
    both.map(|(m, r)| [(m, r), if instantaneous { (1.0, 1.0) } else { (r, m) }]).collect()
}

fn time_constants(job: Job<'_>, population: usize, neurons: &Neurons) -> Option<Diagnostic> {
    let name = job.net.populations()[population].name();
    if let Some(found) = too_short(job, neurons, name) {
        return Some(at_population(job, population, found, "its neurons"));
    }
    let solver = job.chip.solver;
    // The instantaneous error circuit copies its drive under either solver: lag and lead of one step.
    let bad = |(lag, lead): (f64, f64)| {
        coefficients(lag, lead, if lag <= 1.0 { Solver::Euler } else { solver }).is_none()
    };
    let worst = steps(job, population).into_iter().flatten().find(|&pair| bad(pair))?;
    let message = format!(
        "layer `{name}` has a circuit with a lag of {:.3} and a lead of {:.3} steps; a circuit has a lag of at least 1 and leads by less than 128 lags",
        worst.0, worst.1
    );
    let found =
        Diagnostic::new("LL2007", message).help("bring `tau_m` and `tau_r` within a factor of 127");
    Some(at_population(job, population, found, "its neurons"))
}

/// A membrane that may become so short beside its lead that no circuit leads so far.
fn too_short(job: Job<'_>, neurons: &Neurons, name: &str) -> Option<Diagnostic> {
    let least = job.net.learning()?.tau_min.filter(|_| neurons.spiking.is_none())?;
    let longest = neurons.tau_r().into_iter().map(Seconds::get).fold(0.0, f64::max);
    let lead = longest / least.get();
    (lead >= 128.0).then(|| {
        let message = format!(
            "layer `{name}` may learn membranes of {least}, of which its `tau_r` is {lead:.0} times as long; a \
             circuit leads by less than 128 lags"
        );
        Diagnostic::new("LL2006", message)
            .help("a larger `tau_min` in `[learning]`, or a smaller `tau_r`")
    })
}

fn teaching(job: Job<'_>) -> Option<Diagnostic> {
    let teach = job.net.teach()?;
    let members = &job.net.populations()[teach.population];
    let (name, need) = (members.name(), members.size());
    let have = leadlag_fixed::index(job.chip.neurons);
    let found = match teach.loss {
        Loss::Nll => Diagnostic::new("LL2008", format!("layer `{name}` is taught with the loss `nll`; the chip has 2 losses, and this is not one"))
            .help("`loss = \"cross-entropy\"` or `loss = \"squared-error\"`"),
        Loss::CrossEntropy if need > have => larger(
            Diagnostic::new("LL2009", format!("layer `{name}` has {need} outputs under cross-entropy; one core has {have} columns, and a softmax stays on one core")),
            "neurons",
            need.next_multiple_of(32),
        )
        .help("`loss = \"squared-error\"`"),
        Loss::CrossEntropy | Loss::SquaredError => return None,
    };
    Some(at_population(job, teach.population, found, "taught here"))
}
