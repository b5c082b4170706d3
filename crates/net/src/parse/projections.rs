//! `[[projection]]`.

use crate::network::{Init, Members, Projection};
use crate::parse::Located;
use crate::parse::populations::{Draft, lookup};
use crate::table::{ABOVE_ZERO, FINITE, Fields, Findings, Item};

pub(super) fn read(
    fields: &mut Fields<'_>,
    drafts: &[Draft],
    found: &mut Findings,
) -> Vec<Located<Projection>> {
    let items = fields.required("projection", found).and_then(|item| item.array(found));
    let mut all: Vec<Located<Projection>> = Vec::new();
    for item in items.unwrap_or_default() {
        let Some(table) = item.table(found) else { continue };
        for one in several(table, drafts, found) {
            refuse_twin(&all, &one, drafts, found);
            all.push(one);
        }
    }
    all
}

fn refuse_twin(
    all: &[Located<Projection>],
    one: &Located<Projection>,
    drafts: &[Draft],
    found: &mut Findings,
) {
    let ends = |p: &Located<Projection>| (p.value.from, p.value.to);
    let Some(first) = all.iter().find(|other| ends(other) == ends(one)) else { return };
    let name = |index: usize| drafts.get(index).map_or("", |draft| draft.name.as_str());
    let (from, to) = (name(one.value.from), name(one.value.to));
    let finding = leadlag_diagnostic::Diagnostic::new(
        "LL1013",
        format!("`{from} -> {to}` is projected twice"),
    )
    .label(one.span.clone(), "again here")
    .label(first.span.clone(), "first here")
    .help("one projection between two populations; its weights can be anything");
    found.add(finding);
}

/// The projections of one entry: one, or those of a chain.
fn several(
    mut fields: Fields<'_>,
    drafts: &[Draft],
    found: &mut Findings,
) -> Vec<Located<Projection>> {
    let pairs = pairs(&mut fields, drafts, found);
    let plastic = fields.optional("plastic").map_or(Some(true), |item| item.boolean(found));
    let init = init(&mut fields, &pairs, drafts, found);
    let ranges = ranges(&mut fields, pairs.len(), found);
    let span = fields.span.clone();
    fields.finish(found);
    let (Some(plastic), Some(init)) = (plastic, init) else { return Vec::new() };
    let projection = |((from, to), weight_range)| Located {
        value: Projection { from, to, plastic, init: init.clone(), weight_range },
        span: span.clone(),
    };
    pairs.into_iter().zip(ranges).map(projection).collect()
}

/// `weight_range`: a number for all projections of an entry, or a list with one for each.
fn ranges(fields: &mut Fields<'_>, count: usize, found: &mut Findings) -> Vec<Option<f64>> {
    let Some(item) = fields.optional("weight_range") else { return vec![None; count] };
    item.one_or_each((count, "projections"), &ABOVE_ZERO, found)
}

fn pairs(fields: &mut Fields<'_>, drafts: &[Draft], found: &mut Findings) -> Vec<(usize, usize)> {
    let pairs = if let Some(chain) = fields.optional("chain") {
        links(&chain, drafts, found)
    } else {
        let from = fields.required("from", found).and_then(|i| lookup(&i, drafts, found));
        let to = fields.required("to", found).and_then(|i| lookup(&i, drafts, found));
        from.zip(to).into_iter().collect()
    };
    refuse_inputs(&pairs, fields, drafts, found);
    pairs
}

fn links(chain: &Item<'_>, drafts: &[Draft], found: &mut Findings) -> Vec<(usize, usize)> {
    let Some(items) = chain.array(found) else { return Vec::new() };
    if items.len() < 2 {
        let message = format!("`{}` has {} names; it needs at least 2", chain.path, items.len());
        found.helped("LL1009", &chain.span, message, "populations in order of the signal");
    }
    let ends: Vec<_> = items.iter().map(|item| lookup(item, drafts, found)).collect();
    let pair = |(from, to): (&Option<usize>, &Option<usize>)| from.zip(*to);
    ends.iter().zip(ends.iter().skip(1)).filter_map(pair).collect()
}

fn refuse_inputs(
    pairs: &[(usize, usize)],
    fields: &Fields<'_>,
    drafts: &[Draft],
    found: &mut Findings,
) {
    for (_, to) in pairs {
        let Some(draft) = drafts.get(*to) else { continue };
        if matches!(draft.members, Some(Members::Lines(_))) {
            let message =
                format!("`{}` projects to \"{}\", which is an input", fields.path, draft.name);
            found.helped("LL1014", &fields.span, message, "project to a population of neurons");
        }
    }
}

fn init(
    fields: &mut Fields<'_>,
    pairs: &[(usize, usize)],
    drafts: &[Draft],
    found: &mut Findings,
) -> Option<Init> {
    match (fields.optional("init"), fields.optional("weights")) {
        (Some(init), Some(weights)) => {
            let message = format!("`{}` and `{}` exclude each other", init.path, weights.path);
            found.helped("LL1010", &weights.span, message, "leave one of them out");
            None
        }
        (None, None) => Some(Init::Uniform),
        (Some(init), None) => drawn(&init, found),
        (None, Some(weights)) if weights.is_table() => file(&weights, pairs, found),
        (None, Some(weights)) => match pairs {
            [(from, to)] => {
                let size = |index: usize| drafts.get(index).and_then(Draft::size);
                weights.matrix(found, size(*to)?, size(*from)?).map(Init::Weights)
            }
            [] => None,
            _ => several_served(&weights, pairs, found),
        },
    }
}

fn several_served<T>(item: &Item<'_>, pairs: &[(usize, usize)], found: &mut Findings) -> Option<T> {
    let message = format!("`{}` cannot serve {} projections", item.path, pairs.len());
    found.helped("LL1010", &item.span, message, "write `from` and `to` for each");
    None
}

/// `{ file = "w.npz", array = "W" }`.
fn file(item: &Item<'_>, pairs: &[(usize, usize)], found: &mut Findings) -> Option<Init> {
    let mut fields = item.table(found)?;
    let file = fields.required("file", found).and_then(|item| item.text(found));
    let array = fields.required("array", found).and_then(|item| item.text(found));
    fields.finish(found);
    if pairs.len() > 1 {
        return several_served(item, pairs, found);
    }
    Some(Init::File { file: file?.to_owned(), array: array?.to_owned() })
}

/// `[low, high]` of whole numbers, and the seed beside it.
fn integers(item: &Item<'_>, seed: Option<&Item<'_>>, found: &mut Findings) -> Option<Init> {
    let seed = seed.map_or(Some(1), |item| item.whole(found, 0, i64::MAX.unsigned_abs()));
    let ends = item.numbers(found)?;
    let word = |end: f64| (end.fract() == 0.0 && end.abs() <= f64::from(1 << 24)).then_some(end);
    match ends.as_slice() {
        [low, high] if low <= high && word(*low).is_some() && word(*high).is_some() => {
            let [low, high] = [*low, *high].map(whole);
            Some(Init::Integers { low, high, seed: seed? })
        }
        _ => {
            let message =
                format!("`{}` is no range of two whole numbers up to {}", item.path, 1 << 24);
            found.helped("LL1009", &item.span, message, "write it like [-8, 8]");
            None
        }
    }
}

#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "at most 2^24")]
fn whole(end: f64) -> i32 {
    end as i32
}

fn drawn(item: &Item<'_>, found: &mut Findings) -> Option<Init> {
    if item.is_text() {
        return item.choice(found, &[("uniform", ())]).map(|()| Init::Uniform);
    }
    let mut fields = item.table(found)?;
    let (constant, range) = (fields.optional("constant"), fields.optional("range"));
    let whole = fields.optional("integers");
    let seed = if whole.is_some() { fields.optional("seed") } else { None };
    let given = [constant.is_some(), range.is_some(), whole.is_some()];
    let both = given.iter().filter(|given| **given).count() != 1;
    let span = fields.span.clone();
    fields.finish(found);
    if both {
        let message = format!("`{}` needs one of `constant`, `range` and `integers`", item.path);
        found.helped("LL1010", &span, message, "`{ constant = 0.5 }` or `{ range = [0.0, 1.0] }`");
        return None;
    }
    match (constant, range, whole) {
        (Some(item), ..) => item.number(found, &FINITE).map(Init::Constant),
        (_, Some(item), _) => between(&item, found),
        (.., Some(item)) => integers(&item, seed.as_ref(), found),
        (None, None, None) => None,
    }
}

fn between(item: &Item<'_>, found: &mut Findings) -> Option<Init> {
    match *item.numbers(found)? {
        [low, high] if low < high => Some(Init::Range(low, high)),
        _ => {
            let message = format!("`{}` is no range of two increasing numbers", item.path);
            found.helped("LL1009", &item.span, message, "write it like [0.0, 1.0]");
            None
        }
    }
}
