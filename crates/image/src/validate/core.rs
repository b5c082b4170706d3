//! Checks of the cores: place, arrays, coefficients, tables.

use std::collections::BTreeMap;

use super::finding::{Check, Finding};
use crate::{Array, Compartment, Core, RowGroup, Sender, Side, Source, Spike, Table, registers};

/// Largest update coefficient: 1 in Q0.32.
const LAG: i64 = 1 << 32;

/// Largest lead coefficient: just below 128 in Q7.24.
const LEAD: i64 = (1 << 31) - 1;

pub(super) fn check(check: &mut Check) {
    places(check);
    for (core, index) in check.image.cores.iter().zip(0_usize..) {
        self::core(check, core, &format!("cores[{index}]"));
    }
}

/// Gains, which exist only where all indices lead somewhere.
pub(super) fn check_gains(check: &mut Check) {
    let scales = registers::error_scales(check.image);
    for core in 0..check.image.cores.len() {
        for side in Compartment::ALL {
            let refusal = match registers::gains(check.image, core, side, &scales) {
                Err(refusal) => refusal,
                Ok(gains) => {
                    if side == Compartment::Soma {
                        countable(check, core, &gains.row_shifts);
                    }
                    continue;
                }
            };
            let path = format!("cores[{core}].{}.array.groups", side.name());
            let found = refusal.0.into_iter();
            check.found.extend(found.map(|diagnostic| Finding { path: path.clone(), diagnostic }));
        }
    }
}

/// Every core inside the mesh, and no two at one place.
fn places(check: &mut Check) {
    let (image, mut taken) = (check.image, BTreeMap::new());
    let (columns, rows) = image.chip.extent();
    for (core, index) in image.cores.iter().zip(0_usize..) {
        let (x, y, path) = (core.x, core.y, format!("cores[{index}]"));
        if x >= columns || y >= rows {
            let message = format!("`{path}` is at ({x}, {y}); the mesh is {columns} x {rows}");
            check.report("LL1263", &path, message, "places count from (0, 0)");
        }
        if let Some(other) = taken.insert((x, y), index) {
            let message = format!("`{path}` and `cores[{other}]` are both at ({x}, {y})");
            check.report("LL1264", &path, message, "give each core a place of its own");
        }
    }
}

fn core(check: &mut Check, core: &Core, path: &str) {
    let (chip, populations) = (&check.image.chip, &check.image.populations);
    check.index(&format!("{path}.population"), core.population, populations, "populations");
    let help = "use more cores, or a chip with more neurons per core";
    check.range(&format!("{path}.neurons"), core.neurons, 1..=chip.neurons.into(), help);
    for compartment in Compartment::ALL {
        let path = format!("{path}.{}", compartment.name());
        side(check, core.side(compartment), compartment, core.neurons, &path);
    }
    table(check, &core.phi, &format!("{path}.phi"));
    table(check, &core.phi_prime, &format!("{path}.phi_prime"));
    check.ratio(&format!("{path}.gamma"), core.gamma);
    if let Some(spike) = core.spike() {
        stage(check, spike, &format!("{path}.stage.spike"));
    }
}

fn stage(check: &mut Check, spike: Spike, path: &str) {
    let rail = i64::from(check.image.chip.rails.min(32)) << 24;
    let help = "a membrane reaches from 0 to the rails, in its own unit";
    check.range(&format!("{path}.threshold"), spike.threshold, 0..=rail, help);
    let help = "binary places of the leak";
    check.range(&format!("{path}.leak_shift"), spike.leak_shift, 0..=24, help);
    let whole = 1_i64 << spike.leak_shift.min(24);
    let help = "a step loses at most the whole membrane";
    check.range(&format!("{path}.leak"), spike.leak, 0..=whole, help);
    let help = "binary places of the membrane below those of a sum";
    check.range(&format!("{path}.fraction"), spike.fraction, 0..=12, help);
}

/// What no spiking core can do: be taught, or learn. Its slope is 0 everywhere.
pub(super) fn check_spiking(check: &mut Check) {
    let image = check.image;
    for (core, index) in image.cores.iter().zip(0_usize..) {
        let path = format!("cores[{index}]");
        if core.spike().is_some() && image.teaching.is_some_and(|t| t.population == core.population)
        {
            let message = format!(
                "`{path}` spikes and is taught; a spiking core has 0 slopes to teach along"
            );
            check.report("LL1291", &path, message, "teach a population of rate neurons");
        }
        for (group, at) in core.soma.array.groups.iter().zip(0_usize..) {
            let spikes = |core: &Core| core.spike().is_some();
            let sender = match group.source {
                Source::Core { core, .. } => {
                    usize::try_from(core).ok().and_then(|at| image.cores.get(at))
                }
                Source::Constant | Source::Input { .. } => None,
            };
            let crossed = spikes(core) || sender.is_some_and(spikes);
            if image.learning.is_some() && group.plastic && crossed {
                let path = format!("{path}.soma.array.groups[{at}]");
                let message = format!(
                    "`{path}` is plastic and meets a spiking core; plastic rows meet 0 of them"
                );
                check.report("LL1291", &format!("{path}.plastic"), message, "`plastic = false`");
            }
        }
    }
}

/// Sums that a spiking stage counts lie in a word.
fn countable(check: &mut Check, core: usize, row_shifts: &[u8]) {
    let Some(own) = check.image.cores.get(core) else { return };
    let rows = u32::try_from(own.soma.array.rows()).unwrap_or(u32::MAX);
    let bits = registers::word_bits(&check.image.chip, rows.min(4096), row_shifts);
    if own.spike().is_some() && bits > 30 {
        let path = format!("cores[{core}].stage");
        let message =
            format!("the sums of `cores[{core}]` take {bits} bits; a spiking stage counts 30");
        let help = "fewer rows, or a chip with fewer `dac_bits` or `payload_bits`";
        check.report("LL1292", &path, message, help);
    }
}

fn side(check: &mut Check, side: &Side, compartment: Compartment, neurons: u32, path: &str) {
    array(check, &side.array, compartment, neurons, &format!("{path}.array"));
    let (lag, lead) = (format!("{path}.lag"), format!("{path}.lead"));
    if let Some(trim) = &side.trim {
        for (what, codes) in [("gain", &trim.gain), ("offset", &trim.offset)] {
            check.count(&format!("{path}.trim.{what}"), codes.len(), neurons.into(), "its columns");
        }
    }
    check.count(&lag, side.lag.len(), neurons.into(), "its columns");
    check.all(&lag, &side.lag, 1..=LAG, "it is dt / tau in Q0.32: above 0, and 1 at most");
    check.count(&lead, side.lead.len(), neurons.into(), "its columns");
    check.all(&lead, &side.lead, 0..=LEAD, "it is a ratio of time constants in Q7.24, below 128");
    check.scale(&format!("{path}.scale"), side.scale);
    if let Sender::OnChange { threshold } = side.sender {
        let largest = (1_i64 << check.image.chip.payload_bits.min(16)) - 1;
        let help = "it is in codes; `every-step` is the sender without a threshold";
        check.range(&format!("{path}.sender.on-change.threshold"), threshold, 1..=largest, help);
    }
}

fn array(check: &mut Check, array: &Array, compartment: Compartment, neurons: u32, path: &str) {
    let mut next = 0_u64;
    for (group, index) in array.groups.iter().zip(0_usize..) {
        let path = format!("{path}.groups[{index}]");
        row_group(check, group, compartment, next, &path);
        next += u64::from(group.rows);
    }
    let chip = &check.image.chip;
    if next > u64::from(chip.rows) {
        let message = format!("`{path}` has {next} rows; the chip has {}", chip.rows);
        check.report("LL1265", path, message, "split the inputs, or use a chip with more rows");
    }
    let words = format!("{path}.words");
    check.count(&words, array.words.len(), next * u64::from(neurons), "its rows and columns");
    let half = 1_i64 << (chip.weight_bits.clamp(2, 16) - 1);
    check.all(&words, &array.words, -half..=half - 1, "a word has `weight_bits` bits, signed");
}

fn row_group(check: &mut Check, group: &RowGroup, compartment: Compartment, next: u64, path: &str) {
    if u64::from(group.first) != next {
        let message =
            format!("`{path}.first` is {}; the rows before it end at {next}", group.first);
        let help = "row groups are in order and without gaps";
        check.report("LL1265", &format!("{path}.first"), message, help);
    }
    check.range(&format!("{path}.rows"), group.rows, 1..=4096, "drop a group without rows");
    check.scale(&format!("{path}.weight_scale"), group.weight_scale);
    source(check, group, compartment, &format!("{path}.source"));
}

fn source(check: &mut Check, group: &RowGroup, compartment: Compartment, path: &str) {
    let image = check.image;
    let lines = match group.source {
        Source::Core { core, from } => {
            let path = format!("{path}.core.core");
            check.index(&path, core, &image.cores, "cores").map(|core| (from, core.neurons))
        }
        Source::Constant | Source::Input { .. } if compartment == Compartment::Apical => {
            let message = format!("`{path}` is not a core; 1 kind of source sends errors: `core`");
            let help = "only cores send errors: remove the rows";
            return check.report("LL1267", path, message, help);
        }
        Source::Constant => None,
        Source::Input { input, from } => {
            let path = format!("{path}.input.input");
            check.index(&path, input, &image.inputs, "inputs").map(|input| (from, input.size))
        }
    };
    let Some((from, size)) = lines else { return };
    let end = u64::from(from) + u64::from(group.rows);
    if end > u64::from(size) {
        let message = format!("`{path}` reads lines {from}..{end}; it has {size}");
        check.report("LL1266", path, message, "make the rows and the source agree");
    }
}

fn table(check: &mut Check, table: &Table, path: &str) {
    let chip = &check.image.chip;
    let (segments, rails) = (i64::from(chip.table_segments), chip.rails);
    let help = "the chip's tables have 2^table_segments segments";
    check.range(&format!("{path}.segments"), table.segments, segments..=segments, help);
    let knots = 1_u64.checked_shl(table.segments.into()).unwrap_or(0).saturating_add(1);
    check.count(&format!("{path}.knots"), table.knots.len(), knots, "its segments");
    let help = "the domain ends at a power of two up to the largest rails, 32";
    check.range(&format!("{path}.domain"), table.domain, 0..=5, help);
    check.range(&format!("{path}.output"), table.output, -8..=8, "it is the log2 of a full scale");
    let end = 1_u64.checked_shl(table.domain.into()).unwrap_or(u64::MAX);
    if table.extend && end < u64::from(rails) {
        let message =
            format!("`{path}` continues beyond its domain of {end}; the rails are at {rails}");
        let help = "widen the domain to the rails, or hold the end knots with `extend = false`";
        check.report("LL1270", &format!("{path}.domain"), message, help);
    }
}
