//! Weight codes of each array: where they began and where they are.

use std::fmt::Write as _;

use leadlag_image::{Compartment, Core, Image};

use super::html::Page;
use super::scale::share;
use crate::mapping;

/// The most cores whose arrays are drawn.
const CORES: usize = 64;
/// Classes of a histogram.
const BINS: usize = 32;
const SIZE: [u32; 2] = [296, 150];

/// A histogram per array, and a table of all.
pub(super) fn section(page: &mut Page, image: &Image, trained: Option<&Image>) {
    page.section("weights", "Weights, in integer codes", |page| {
        if trained.is_none() {
            page.leaf("p", &[], "The weights at the start; none were learnt on a chip.");
        }
        page.within("div", &[("class", "figures")], |page| {
            for (at, core) in image.cores.iter().enumerate().take(CORES) {
                let now = trained.and_then(|image| image.cores.get(at)).unwrap_or(core);
                for side in Compartment::ALL {
                    figure(page, image, [core, now], side);
                }
            }
        });
        if image.cores.len() > CORES {
            let text = format!("The first {CORES} of {} cores are drawn.", image.cores.len());
            page.leaf("p", &[], &text);
        }
        let rows: Vec<_> =
            mapping::groups(trained.unwrap_or(image)).map(|group| row(image, &group)).collect();
        let headings =
            ["core", "array", "projection", "words", "full scale", "least", "most", "at an end"];
        page.table(&headings, &rows);
    });
}

/// Largest magnitude of a word.
fn end(image: &Image) -> i32 {
    (1 << (image.chip.weight_bits - 1)) - 1
}

fn row(image: &Image, group: &mapping::Group<'_>) -> Vec<String> {
    let shown = |word: Option<&i16>| word.map_or("-".to_owned(), i16::to_string);
    let rail = end(image);
    let held = group.words.iter().filter(|word| i32::from(**word).abs() >= rail).count();
    vec![
        mapping::place(group.core),
        mapping::side_name(group.side).to_owned(),
        group.rows.label.clone(),
        group.words.len().to_string(),
        format!("2^{}", group.rows.weight_scale),
        shown(group.words.iter().min()),
        shown(group.words.iter().max()),
        held.to_string(),
    ]
}

fn figure(page: &mut Page, image: &Image, [start, now]: [&Core; 2], side: Compartment) {
    let words = &now.side(side).array.words;
    if words.is_empty() {
        return;
    }
    let letter = match side {
        Compartment::Soma => "W",
        Compartment::Apical => "B",
    };
    let rail = end(image);
    let counts = [&start.side(side).array.words, words].map(|words| bins(words, rail));
    let name = mapping::population(image, start);
    let caption =
        format!("{letter} of {name}, core {}: {} words", mapping::place(start), words.len());
    page.figure(&svg(&counts, rail), &caption);
}

/// How many words are in each class of equal width.
fn bins(words: &[i16], rail: i32) -> [u64; BINS] {
    let mut bins = [0; BINS];
    let classes = i32::try_from(BINS).unwrap_or(i32::MAX);
    for word in words {
        let at = (i32::from(*word) + rail + 1) * classes / (2 * (rail + 1));
        let at = usize::try_from(at).unwrap_or(0).min(BINS - 1);
        if let Some(bin) = bins.get_mut(at) {
            *bin += 1;
        }
    }
    bins
}

fn svg([start, now]: &[[u64; BINS]; 2], rail: i32) -> String {
    let [width, height] = SIZE;
    let base = height - 22;
    let most = start.iter().chain(now).copied().max().unwrap_or(0);
    let mut text = format!(
        "<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         font-family=\"sans-serif\" aria-label=\"histogram of weight codes\">\n"
    );
    let tall = f64::from(base - 16);
    for (bin, (&before, &after)) in (0_u32..).zip(start.iter().zip(now)) {
        let left = 4 + bin * 9;
        for (class, count) in [("now", after), ("start", before)] {
            if count == 0 {
                continue;
            }
            let up = (tall * share(count, most)).max(1.0);
            let top = f64::from(base) - up;
            writeln!(text, "<rect class=\"{class}\" x=\"{left}\" y=\"{top:.1}\" width=\"8\" height=\"{up:.1}\"><title>{count} words, {class}</title></rect>")
                .expect("a string takes any text");
        }
    }
    let right = width - 4;
    let line = height - 6;
    let middle = width / 2;
    text + &format!(
        "<line class=\"axis\" x1=\"4\" y1=\"{base}\" x2=\"{right}\" y2=\"{base}\"/>\n\
             <text class=\"ink\" x=\"4\" y=\"{line}\" font-size=\"11\">{}</text>\n\
             <text class=\"ink\" x=\"{middle}\" y=\"{line}\" font-size=\"11\" text-anchor=\"middle\">0</text>\n\
             <text class=\"ink\" x=\"{right}\" y=\"{line}\" font-size=\"11\" text-anchor=\"end\">{rail}</text>\n\
             <text class=\"ink\" x=\"4\" y=\"12\" font-size=\"11\">most in a class: {most}; dashed: at the start</text>\n</svg>",
        -rail - 1
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_in_one_class() {
        let words: Vec<i16> = (-128..=127).collect();
        assert_eq!(bins(&words, 127), [8; BINS]);
        let ends = bins(&[i16::MIN, i16::MAX], 32767);
        assert_eq!((ends[0], ends[BINS - 1]), (1, 1));
    }
}
