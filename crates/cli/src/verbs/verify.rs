//! `leadlag verify`: does what was computed agree with what it should be?

use std::io::Cursor;
use std::path::Path;

use leadlag_diagnostic::Diagnostics;
use leadlag_explore::files;
use leadlag_explore::shadow::{Deviation as Shadow, Place, compare};
use leadlag_net::tasks::Task;
use leadlag_reference::golden::{self, Deviation, Report, TOLERANCE};
use serde_json::{Value, json};

use crate::args::verify::{Against, VerifyArgs};
use crate::context::Context;
use crate::exit::Exit;
use crate::inputs::{self, Input};
use crate::output::Table;
use crate::verbs::run::no_reference;

/// Compares, prints every array, and exits with 1 if one is further off than the tolerance.
///
/// # Errors
/// As [`golden()`], or what is wrong with the network, or does not fit.
pub fn run(args: &VerifyArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    match (&args.golden, &args.input, args.against) {
        (Some(golden), ..) => self::golden(golden, args.tol, context),
        (None, path, Against::Float) => {
            shadow(path.as_deref().unwrap_or(Path::new("-")), args, context)
        }
    }
}

/// Runs the chip beside the reference without learning, and compares the rates.
///
/// # Errors
/// LL1305 for an image, which has no reference; what is wrong with the network, or does not fit.
fn shadow(path: &Path, args: &VerifyArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let Input::Network(file) = inputs::open(path)? else { return Err(no_reference()) };
    let task = Task::prepare(&file.network, context.globals.seed)?;
    let built = inputs::compile(&file, &inputs::chip(&args.chip)?, context)?;
    let (steps, subject) = (args.steps.get(), (&file.network, &built.parameters));
    let image = &built.compiled.image;
    let found = compare(subject, image, &task, steps, args.tol)?;
    let worst = found.iter().filter_map(|one| one.worst).map(|place| place.lsb).fold(0.0, f64::max);
    let pass = args.tol.map(|limit| worst <= limit);
    let first = first(&found).map_or(String::new(), |(name, place)| {
        format!("\n  first       {}", place_text(name, &place))
    });
    let page = shadow_page(&found);
    let text =
        format!("{page}{first}\n  {steps} steps  worst {worst:.2} LSB{}", verdict(args.tol, pass));
    context.out.result(text, &shadow_form(&found, steps, args.tol, pass))?;
    Ok(Exit::verdict(pass.unwrap_or(true)))
}

fn verdict(tolerance: Option<f64>, pass: Option<bool>) -> String {
    let word = if pass == Some(false) { "FAIL" } else { "PASS" };
    tolerance.map_or(String::new(), |limit| format!(" of {limit}  {word}"))
}

/// The earliest place beyond the tolerance.
fn first(found: &[Shadow]) -> Option<(&str, Place)> {
    let places = found.iter().filter_map(|one| Some((one.population.as_str(), one.first?)));
    places.min_by_key(|(_, place)| place.step)
}

fn place_text(name: &str, place: &Place) -> String {
    let Place { step, core: (x, y), neuron, chip, reference, lsb } = place;
    format!(
        "step {step}  {name}  core ({x},{y})  neuron {neuron}  chip {chip:.5}  \
         reference {reference:.5}  {lsb:.2} LSB"
    )
}

fn shadow_page(found: &[Shadow]) -> String {
    let headings = ["  population", "LSB", "rms", "worst", "at step", "core", "neuron"];
    let mut table = Table::new(&headings);
    for one in found {
        let Some(worst) = one.worst else { continue };
        table.row([
            format!("  {}", one.population),
            format!("{:.2e}", one.lsb),
            format!("{:.2}", one.rms()),
            format!("{:.2}", worst.lsb),
            worst.step.to_string(),
            format!("({},{})", worst.core.0, worst.core.1),
            worst.neuron.to_string(),
        ]);
    }
    table.to_string()
}

fn shadow_form(found: &[Shadow], steps: u64, tol: Option<f64>, pass: Option<bool>) -> Value {
    let place = |place: &Place| {
        json!({"step": place.step, "x": place.core.0, "y": place.core.1, "neuron": place.neuron,
               "chip": place.chip, "reference": place.reference, "lsb": place.lsb})
    };
    let population = |one: &Shadow| {
        json!({
            "name": one.population,
            "lsb": one.lsb,
            "rms": one.rms(),
            "worst": one.worst.as_ref().map(place),
            "first": one.first.as_ref().map(place),
        })
    };
    json!({
        "schema": "leadlag.shadow/1",
        "steps": steps,
        "tolerance": tol,
        "pass": pass,
        "populations": found.iter().map(population).collect::<Vec<_>>(),
    })
}

/// Replays a recorded trajectory on the reference.
///
/// The case is the entry of `manifest.json`, beside the archive, with the archive's name.
///
/// # Errors
/// LL5001 or LL1314 if a file cannot be read; LL1100 to LL1103 if it is not what it should be.
pub fn golden(
    archive: &Path,
    tolerance: Option<f64>,
    context: &mut Context,
) -> Result<Exit, Diagnostics> {
    let tolerance = tolerance.unwrap_or(TOLERANCE);
    let bytes = files::read(archive)?;
    let manifest = archive.with_file_name("manifest.json");
    let text = files::read_text(&manifest)?;
    let case = archive.file_stem().unwrap_or_default().to_string_lossy();
    let report = golden::verify(&text, &case, Cursor::new(bytes))?;
    context.out.result(page(&case, &report, tolerance), &form(&case, &report, tolerance))?;
    Ok(Exit::verdict(report.passes(tolerance)))
}

/// The table for people: a line per array, then the verdict.
fn page(case: &str, report: &Report, tolerance: f64) -> String {
    let mut table = Table::new(&["  array", "worst deviation", "step", "element"]);
    for Deviation { name, worst, step, element } in &report.arrays {
        let place = [step.to_string(), element.to_string()];
        table.row([format!("  {name}"), format!("{worst:.1e}")].into_iter().chain(place));
    }
    let verdict = if report.passes(tolerance) { "PASS" } else { "FAIL" };
    let worst = report.worst().map_or(0.0, |array| array.worst);
    let steps = report.steps;
    format!(
        "{table}\n  {case}  {steps} steps  worst {worst:.1e} of {tolerance:.1e}, \
         relative to max(1, |x|)  {verdict}"
    )
}

fn form(case: &str, report: &Report, tolerance: f64) -> Value {
    let array = |at: &Deviation| json!({"name": at.name, "worst": at.worst, "step": at.step, "element": at.element});
    json!({
        "schema": "leadlag.verify/1",
        "case": case,
        "steps": report.steps,
        "tolerance": tolerance,
        "pass": report.passes(tolerance),
        "arrays": report.arrays.iter().map(array).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(worst: f64) -> Report {
        let arrays = vec![Deviation { name: "u".to_owned(), worst, step: 7, element: 2 }];
        Report { steps: 10, arrays }
    }

    #[test]
    fn the_verdict_stands_at_the_end() {
        let page = |worst| page("p01", &report(worst), 1e-9);
        assert!(page(1e-12).ends_with("PASS") && page(1e-8).ends_with("FAIL"));
        assert!(page(1e-8).contains("p01  10 steps  worst 1.0e-8 of 1.0e-9"), "{}", page(1e-8));
    }

    #[test]
    fn what_is_no_number_does_not_pass() {
        assert_eq!(form("p01", &report(f64::NAN), 1.0)["pass"], false);
        assert_eq!(form("p01", &report(0.5), 1.0)["pass"], true);
    }
}
