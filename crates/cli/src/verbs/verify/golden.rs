//! A recorded trajectory, replayed on the reference.

use std::io::Cursor;
use std::path::Path;

use leadlag_diagnostic::Diagnostics;
use leadlag_explore::files;
use leadlag_reference::golden::{self, Deviation, Report, TOLERANCE};
use serde_json::{Value, json};

use crate::args::verify::Tolerance;
use crate::context::Context;
use crate::exit::Exit;
use crate::output::Table;
use crate::progress::Progress;

/// Replays a recorded trajectory on the reference.
///
/// The case is the entry of `manifest.json`, beside the archive, with the archive's name.
///
/// # Errors
/// LL5001 or LL1314 if a file cannot be read; LL1100 to LL1103 if it is not what it should be.
pub(super) fn golden(
    archive: &Path,
    tolerance: Option<Tolerance>,
    context: &mut Context,
) -> Result<Exit, Diagnostics> {
    let tolerance = match tolerance {
        // A recording is met to the rounding of elementary functions; that is its bound.
        None | Some(Tolerance::Bound) => TOLERANCE,
        Some(Tolerance::Exact) => 0.0,
        Some(Tolerance::Of(tolerance)) => tolerance,
    };
    let bytes = files::read(archive)?;
    let manifest = archive.with_file_name("manifest.json");
    let text = files::read_text(&manifest)?;
    let case = archive.file_stem().unwrap_or_default().to_string_lossy();
    let bar = context.progress("verify", 0);
    let report = watched(&text, &case, Cursor::new(bytes), &bar)?;
    drop(bar);
    context.out.result(page(&case, &report, tolerance), &form(&case, &report, tolerance))?;
    Ok(Exit::verdict(report.passes(tolerance)))
}

/// The replay, under a bar with its steps.
fn watched(
    manifest: &str,
    case: &str,
    archive: Cursor<Vec<u8>>,
    bar: &Progress,
) -> Result<Report, Diagnostics> {
    let wide = |steps| u64::try_from(steps).unwrap_or(u64::MAX);
    golden::verify_while(manifest, case, archive, |step, steps| {
        bar.reach(wide(step), wide(steps), || case.to_owned());
    })
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
    fn the_bar_goes_to_the_last_step() {
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../golden/gle");
        let manifest = files::read_text(&golden.join("manifest.json")).expect("the manifest");
        let case = "p01_single_le_linear";
        let archive = files::read(&golden.join(case).with_extension("npz")).expect("a recording");
        let bar = Progress::hidden();
        let report = watched(&manifest, case, Cursor::new(archive), &bar).expect("a report");
        let steps = u64::try_from(report.steps).expect("a count");
        assert_eq!(bar.place(), Some((steps, Some(steps))));
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
