//! An image, shown: what is on which core, and the weights.

use leadlag_image::{Chip, Compartment, Core, Image, RowGroup, Side, Source};
use serde_json::{Value, json};

use crate::args::Place;
use crate::output::Table;

/// Headings of the table of cores.
pub(crate) const HEADINGS: [&str; 8] =
    ["  population", "core", "neurons", "columns", "rows W", "rows B", "rate", "error"];

/// The mapping for people: the chip in a line, then a line per core in use.
#[must_use]
pub fn page(image: &Image) -> String {
    let mut table = Table::new(&HEADINGS);
    for core in &image.cores {
        table.row(line(image, core));
    }
    let neurons: u64 = image.populations.iter().map(|p| u64::from(p.size)).sum();
    let (cores, plastic) = (image.cores.len(), plastic_words(image));
    format!(
        "  network     {}  {neurons} neurons, {plastic} plastic weights\n  chip        {}\n{table}\n  \
         in use      {cores} of {} cores",
        image.name,
        chip_line(image),
        u64::from(core_count(&image.chip)),
    )
}

/// The mapping for programs; of one core, if one is named.
#[must_use]
pub fn form(image: &Image, only: Option<Place>) -> Value {
    let cores = image.cores.iter().filter(|core| only.is_none_or(|place| place.is(core)));
    json!({
        "network": image.name,
        "chip": image.chip,
        "plastic_weights": plastic_words(image),
        "cores": cores.map(|core| core_form(image, core)).collect::<Vec<_>>(),
    })
}

fn core_form(image: &Image, core: &Core) -> Value {
    json!({
        "x": core.x,
        "y": core.y,
        "population": population(image, core),
        "first": core.first,
        "neurons": core.neurons,
        "rows": { "soma": core.soma.array.rows(), "apical": core.apical.array.rows() },
        "scale": { "rate": core.soma.scale, "error": core.apical.scale },
    })
}

/// One core for people: its line, and a line per group of rows with what drives it.
#[must_use]
pub fn core_page(image: &Image, core: &Core) -> String {
    let mut table = Table::new(&HEADINGS);
    table.row(line(image, core));
    let mut rows =
        Table::new(&["  array", "rows", "driven by", "projection", "full scale", "learns"]);
    for group in groups(image).filter(|group| (group.core.x, group.core.y) == (core.x, core.y)) {
        rows.row([
            format!("  {}", side_name(group.side)),
            format!("{}..{}", group.rows.first, group.rows.first + group.rows.rows),
            source(image, group.rows),
            group.rows.label.clone(),
            format!("2^{}", group.rows.weight_scale),
            if group.rows.plastic { "yes" } else { "no" }.to_owned(),
        ]);
    }
    format!("  chip        {}\n{table}\n\n{rows}", chip_line(image))
}

/// What drives a group of rows.
fn source(image: &Image, rows: &RowGroup) -> String {
    let name = |at: u32| usize::try_from(at).ok();
    match rows.source {
        Source::Constant => "constant".to_owned(),
        Source::Input { input, from } => {
            let input = name(input).and_then(|at| image.inputs.get(at));
            format!("{}[{from}..{}]", input.map_or("?", |input| &input.name), from + rows.rows)
        }
        Source::Core { core, from } => {
            let core = name(core).and_then(|at| image.cores.get(at));
            format!("{}[{from}..{}]", core.map_or_else(|| "?".to_owned(), place), from + rows.rows)
        }
    }
}

/// Weight words for people: a line per group of rows, of one core if one is named.
#[must_use]
pub fn weights_page(image: &Image, only: Option<Place>) -> String {
    let headings =
        ["  core", "array", "rows", "columns", "full scale", "least", "most", "mean |w|"];
    let mut table = Table::new(&headings);
    for group in groups(image).filter(|group| group.is_on(only)) {
        let place = format!("  {} {}", place(group.core), group.rows.label);
        let (least, most) = (group.words.iter().min(), group.words.iter().max());
        let end = |word: Option<&i16>| word.map_or("-".to_owned(), i16::to_string);
        table.row([
            place,
            side_name(group.side).to_owned(),
            format!("{}..{}", group.rows.first, group.rows.first + group.rows.rows),
            group.core.neurons.to_string(),
            format!("2^{}", group.rows.weight_scale),
            end(least),
            end(most),
            mean_magnitude(group.words),
        ]);
    }
    table.to_string()
}

/// Weight words for programs: every group of rows with its words, row by row; of one core, if one is
/// named.
#[must_use]
pub fn weights_form(image: &Image, only: Option<Place>) -> Value {
    let form = |group: Group<'_>| {
        json!({
            "x": group.core.x,
            "y": group.core.y,
            "array": side_name(group.side),
            "label": group.rows.label,
            "first": group.rows.first,
            "rows": group.rows.rows,
            "columns": group.core.neurons,
            "weight_scale": group.rows.weight_scale,
            "plastic": group.rows.plastic,
            "words": group.words,
        })
    };
    groups(image).filter(|group| group.is_on(only)).map(form).collect()
}

/// A group of rows with its core and its words.
pub(crate) struct Group<'a> {
    pub(crate) core: &'a Core,
    pub(crate) side: Compartment,
    pub(crate) rows: &'a RowGroup,
    pub(crate) words: &'a [i16],
}

impl Group<'_> {
    fn is_on(&self, only: Option<Place>) -> bool {
        only.is_none_or(|place| place.is(self.core))
    }
}

pub(crate) fn groups(image: &Image) -> impl Iterator<Item = Group<'_>> {
    let sides = image.cores.iter().flat_map(|core| {
        [Compartment::Soma, Compartment::Apical].map(|side| (core, side)).into_iter()
    });
    sides.flat_map(|(core, side)| {
        let array = &core.side(side).array;
        array.groups.iter().map(move |rows| {
            let words = words(core, core.side(side), rows);
            Group { core, side, rows, words }
        })
    })
}

/// The words of a group; a valid image holds them all.
fn words<'a>(core: &Core, side: &'a Side, rows: &RowGroup) -> &'a [i16] {
    let at = |row: u32| usize::try_from(u64::from(row) * u64::from(core.neurons)).ok();
    let range = at(rows.first).zip(at(rows.first + rows.rows));
    range.and_then(|(from, to)| side.array.words.get(from..to)).unwrap_or_default()
}

pub(crate) fn line(image: &Image, core: &Core) -> [String; 8] {
    let chip = &image.chip;
    [
        format!("  {}", population(image, core)),
        place(core),
        format!("{}..{}", core.first, core.first + core.neurons),
        format!("{}/{}", core.neurons, chip.neurons),
        format!("{}/{}", core.soma.array.rows(), chip.rows),
        format!("{}/{}", core.apical.array.rows(), chip.rows),
        format!("2^{}", core.soma.scale),
        format!("2^{}", core.apical.scale),
    ]
}

/// Cores of all chips.
pub(crate) fn core_count(chip: &Chip) -> u32 {
    let (columns, rows) = chip.extent();
    columns * rows
}

pub(crate) fn chip_line(image: &Image) -> String {
    let chip = &image.chip;
    let chips = match (chip.grid_x, chip.grid_y) {
        (1, 1) => String::new(),
        (x, y) => format!("{x} x {y} chips x "),
    };
    format!(
        "{}  {chips}{} x {} cores x ({} neurons, 2 arrays of {} rows)",
        chip.name, chip.mesh_x, chip.mesh_y, chip.neurons, chip.rows
    )
}

pub(crate) fn population<'a>(image: &'a Image, core: &Core) -> &'a str {
    let index = usize::try_from(core.population).ok();
    index.and_then(|index| image.populations.get(index)).map_or("?", |p| p.name.as_str())
}

pub(crate) fn place(core: &Core) -> String {
    format!("({},{})", core.x, core.y)
}

pub(crate) fn side_name(side: Compartment) -> &'static str {
    match side {
        Compartment::Soma => "soma",
        Compartment::Apical => "apical",
    }
}

/// Words of the somatic arrays that the rule changes.
pub(crate) fn plastic_words(image: &Image) -> usize {
    let soma = groups(image).filter(|group| group.side == Compartment::Soma && group.rows.plastic);
    soma.map(|group| group.words.len()).sum()
}

/// The mean of the magnitudes, in words, to a tenth.
fn mean_magnitude(words: &[i16]) -> String {
    let sum: u64 = words.iter().map(|word| u64::from(word.unsigned_abs())).sum();
    let count = u64::try_from(words.len()).unwrap_or(u64::MAX);
    match (10 * sum + count / 2).checked_div(count) {
        Some(tenths) => format!("{}.{}", tenths / 10, tenths % 10),
        None => "-".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn magnitudes_are_rounded_to_a_tenth() {
        assert_eq!(mean_magnitude(&[]), "-");
        assert_eq!(mean_magnitude(&[-3, 4]), "3.5");
        assert_eq!(mean_magnitude(&[1, 1, -3]), "1.7");
        assert_eq!(mean_magnitude(&[i16::MIN]), "32768.0");
    }
}
