//! What can be probed, shown.

use leadlag_trace::{Family, Probe, Probed};
use serde_json::{Value, json};

use crate::output::Table;

/// A line per family of registers.
#[must_use]
pub fn page(chip: &dyn Probed) -> String {
    let families = chip.families();
    let mut table = Table::new(&["  path", "registers", "bits", "unit", "LSB"]);
    for family in &families {
        let scaled = if format(chip, family).scale.is_some() { " * 2^scale" } else { "" };
        let (least, most) = exponents(chip, family);
        let lsb = if least == most { format!("2^{least}") } else { format!("2^{least}..{most}") };
        table.row([
            format!("  {}", family.path),
            extents(family),
            format(chip, family).width.to_string(),
            format(chip, family).unit.to_owned(),
            format!("{lsb}{scaled}"),
        ]);
    }
    // What they are is text, and stands to the left.
    let meanings = std::iter::once("what it is").chain(families.iter().map(|f| f.meaning));
    let table = table.to_string();
    let lines = table.lines().zip(meanings).map(|(line, meaning)| format!("{line}  {meaning}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The same for programs.
#[must_use]
pub fn form(chip: &dyn Probed) -> Value {
    let families = chip.families();
    let path = |probe: Probe| {
        let family = families.iter().find(|family| family.id == probe.family);
        family.map(|family| family.path_of(probe).to_string())
    };
    let form = |family: &Family| {
        let format = format(chip, family);
        let (least, most) = exponents(chip, family);
        json!({
            "path": family.path.to_string(),
            "extents": family.extents,
            "width": format.width,
            "unit": format.unit,
            "lsb_exponent": { "least": least, "most": most },
            "scale": format.scale.and_then(path),
            "meaning": family.meaning,
        })
    };
    families.iter().map(form).collect()
}

fn format(chip: &dyn Probed, family: &Family) -> leadlag_trace::Format {
    chip.format(Probe { family: family.id, replica: 0, index: [0, 0] })
}

/// Least and largest exponent of the LSBs: rows of an array have units of their own.
fn exponents(chip: &dyn Probed, family: &Family) -> (i32, i32) {
    let rows = 0..family.extents.first().copied().unwrap_or(1);
    let probe = |row| Probe { family: family.id, replica: 0, index: [row, 0] };
    let exponents = rows.map(|row| chip.format(probe(row)).exponent);
    let (mut least, mut most) = (i32::MAX, i32::MIN);
    for exponent in exponents {
        (least, most) = (least.min(exponent), most.max(exponent));
    }
    (least, most)
}

/// `[8,32]`, or nothing for a single register.
fn extents(family: &Family) -> String {
    let ranges: Vec<String> = family.extents.iter().map(|extent| format!("0..{extent}")).collect();
    if ranges.is_empty() { "-".to_owned() } else { format!("[{}]", ranges.join(",")) }
}
