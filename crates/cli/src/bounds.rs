//! Certificates, shown.

use leadlag_explore::build::Certificates;
use leadlag_image::Image;
use leadlag_quantize::bounds::{Cause, Emulation, LARGEST_SHARE, PopulationBound, Split};
use serde_json::{Map, Value, json};

use crate::output::Table;

/// The two lines of a compilation: the taught or last population's rates, and the emulation.
#[must_use]
pub fn lines(image: &Image, certificates: &Certificates) -> String {
    format!("{}\n{}", bound_line(image, certificates), emulation_line(image, certificates))
}

fn bound_line(image: &Image, certificates: &Certificates) -> String {
    let Some(deviation) = &certificates.deviation else {
        if image.cores.iter().any(|core| core.spike().is_some()) {
            return "  bounds      none: a spike is there or not, so no deviation of rates is bounded"
                .to_owned();
        }
        return "  bounds      none: the network that the image came from is not known".to_owned();
    };
    let taught = image.teaching.and_then(|t| usize::try_from(t.population).ok());
    let at = taught.unwrap_or(deviation.populations.len().saturating_sub(1));
    let Some(output) = deviation.populations.get(at) else { return String::new() };
    let Some(rate) = &output.rate else {
        let loops = deviation.populations.iter().filter_map(|p| Some((p, p.loop_gain?)));
        let worst = loops.reduce(|top, one| if one.1 > top.1 { one } else { top });
        return worst.map_or(String::new(), |(population, gain)| {
            let name = &population.name;
            format!("  bounds      uncertified: a loop through {name} enlarges a deviation {gain:.2} times per step")
        });
    };
    let parts = Cause::ALL.map(|c| format!("{} {}", c.name(), number(rate[c] / output.lsb)));
    let conditional = deviation.populations.iter().any(|p| p.conditional);
    let condition = if conditional { ", where nothing is clipped or held" } else { "" };
    format!(
        "  bounds      {}  |dr| <= {} LSB  ({}){condition}",
        output.name,
        number(rate.total() / output.lsb),
        parts.join(", ")
    )
}

fn emulation_line(image: &Image, certificates: &Certificates) -> String {
    let worst = certificates.emulation.iter();
    let worst = worst.reduce(|top, one| if one.share() > top.share() { one } else { top });
    worst.map_or(String::new(), |worst| {
        format!(
            "  emulation   {} of {LARGEST_SHARE} LSB allowed  ({}, {})",
            number(worst.share()),
            layer(image, worst),
            worst.compartment.name()
        )
    })
}

/// Two tables: what the quantisers do to the rates, and what the emulation does to the outputs.
#[must_use]
pub fn page(image: &Image, certificates: &Certificates) -> String {
    let mut parts = Vec::new();
    if let Some(deviation) = &certificates.deviation {
        let names = Cause::ALL.map(Cause::name);
        let mut table = Table::new(
            &[&["  population", "LSB", "|dr| <="][..], &names, &["loop", "if"]].concat(),
        );
        for population in &deviation.populations {
            table.row(population_row(population));
        }
        parts.push(table.to_string());
        parts.push(REMARK.to_owned());
    }
    let mut table =
        Table::new(&["  layer", "circuit", "core", "column", "|dy| <=", "LSB", "share"]);
    for one in &certificates.emulation {
        let core = image.cores.get(one.core);
        table.row([
            format!("  {}", layer(image, one)),
            one.compartment.name().to_owned(),
            core.map_or(String::new(), |core| format!("({},{})", core.x, core.y)),
            one.column.to_string(),
            format!("{:.1e}", one.bound),
            format!("{:.1e}", one.lsb),
            number(one.share()),
        ]);
    }
    parts.push(table.to_string());
    parts.push(format!(
        "  {LARGEST_SHARE} of an LSB is allowed: what the emulation does stays invisible"
    ));
    parts.join("\n")
}

const REMARK: &str = "  in LSB of each population's payload, against the float reference; frozen weights, no taught error,\n  inputs within full scale; if \"held\": as long as nothing is clipped or held there\n";

fn population_row(population: &PopulationBound) -> Vec<String> {
    let lsb = population.lsb;
    let of = |pick: &dyn Fn(&Split) -> f64| {
        population.rate.as_ref().map_or("none".to_owned(), |rate| number(pick(rate) / lsb))
    };
    let mut row = vec![format!("  {}", population.name), format!("{lsb:.2e}"), of(&Split::total)];
    row.extend(Cause::ALL.map(|cause| of(&|rate| rate[cause])));
    row.push(population.loop_gain.map_or("-".to_owned(), |gain| format!("{gain:.2}")));
    row.push(if population.conditional { "held" } else { "-" }.to_owned());
    row
}

/// Certificates for programs.
#[must_use]
pub fn form(image: &Image, certificates: &Certificates) -> Value {
    let population = |p: &PopulationBound| {
        let split = |rate: &Split| {
            Cause::ALL
                .map(|c| (c.name().to_owned(), json!(rate[c])))
                .into_iter()
                .collect::<Map<_, _>>()
        };
        json!({
            "name": p.name,
            "lsb": p.lsb,
            "bound": p.rate.as_ref().map(Split::total),
            "causes": p.rate.as_ref().map(split),
            "neuron": p.neuron,
            "loop_gain": p.loop_gain,
            "conditional": p.conditional,
        })
    };
    let emulation = |one: &Emulation| {
        json!({
            "layer": layer(image, one),
            "circuit": one.compartment.name(),
            "core": one.core,
            "column": one.column,
            "bound": one.bound,
            "lsb": one.lsb,
            "share": one.share(),
        })
    };
    json!({
        "rates": certificates.deviation.as_ref().map(|d| d.populations.iter().map(population).collect::<Vec<_>>()),
        "emulation": certificates.emulation.iter().map(emulation).collect::<Vec<_>>(),
        "allowed_share": LARGEST_SHARE,
    })
}

fn layer<'a>(image: &'a Image, one: &Emulation) -> &'a str {
    let core = image.cores.get(one.core).and_then(|core| usize::try_from(core.population).ok());
    core.and_then(|at| image.populations.get(at)).map_or("?", |population| &population.name)
}

/// A number of steps: a few digits, whatever its size.
pub(crate) fn number(value: f64) -> String {
    match value {
        v if v <= 0.0 => "0".to_owned(),
        v if (0.1..1e4).contains(&v) => format!("{v:.1}"),
        v if (0.001..0.1).contains(&v) => format!("{v:.3}"),
        v => format!("{v:.1e}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_a_few_digits() {
        let shown = [0.0, 0.004, 0.25, 7.44, 12_345.0, 1e-6].map(number);
        assert_eq!(shown, ["0", "0.004", "0.2", "7.4", "1.2e4", "1.0e-6"]);
    }
}
