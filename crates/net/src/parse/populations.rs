//! `[tau]` and `[[population]]`.

use std::collections::BTreeMap;
use std::ops::Range;

use leadlag_units::Seconds;

use crate::network::{Bias, Group, MAX_SIZE, Members, Neurons, Phi, Population, TauM};
use crate::parse::spiking::{self, NEURONS};
use crate::table::{ABOVE_ZERO, Fields, Findings, Item};

/// A population whose name is known even if the rest of it is wrong.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) span: Range<usize>,
    pub(super) members: Option<Members>,
}

impl Draft {
    pub(super) fn size(&self) -> Option<usize> {
        let members = self.members.clone()?;
        Some(Population { name: String::new(), members }.size())
    }

    pub(super) fn neurons(&self) -> Option<&Neurons> {
        match self.members.as_ref()? {
            Members::Lines(_) => None,
            Members::Neurons(neurons) => Some(neurons),
        }
    }
}

/// The activation functions' words.
pub(crate) const PHI: [(&str, Phi); 7] = [
    ("linear", Phi::Linear),
    ("tanh", Phi::Tanh),
    ("logistic", Phi::Logistic),
    ("softplus", Phi::Softplus),
    ("relu", Phi::Relu),
    ("hard-sigmoid", Phi::HardSigmoid),
    ("hard-tanh", Phi::HardTanh),
];

/// A name: letters, digits, `-` and `_`.
pub(super) fn name(item: &Item<'_>, found: &mut Findings) -> Option<String> {
    let text = item.text(found)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if (1..=64).contains(&text.len()) && text.chars().all(plain) {
        return Some(text.to_owned());
    }
    let message = format!("`{}` is \"{text}\", which is no name", item.path);
    found.helped("LL1007", &item.span, message, "1 to 64 letters, digits, `-` and `_`");
    None
}

/// Index of the population that a name stands for.
pub(super) fn lookup(item: &Item<'_>, drafts: &[Draft], found: &mut Findings) -> Option<usize> {
    let wanted = item.text(found)?;
    let index = drafts.iter().position(|draft| draft.name == wanted);
    if index.is_none() {
        let known: Vec<_> = drafts.iter().map(|draft| draft.name.as_str()).collect();
        let message =
            format!("`{}` names population \"{wanted}\", which does not exist", item.path);
        found.helped("LL1008", &item.span, message, format!("populations: {}", known.join(", ")));
    }
    index
}

type Taus = BTreeMap<String, Option<Vec<Group>>>;

pub(super) fn read(
    fields: &mut Fields<'_>,
    dt: Option<Seconds>,
    found: &mut Findings,
) -> Vec<Draft> {
    let taus = taus(fields, dt, found);
    let items = fields.required("population", found).and_then(|item| item.array(found));
    let mut drafts: Vec<Draft> = Vec::new();
    for item in items.unwrap_or_default() {
        let Some(table) = item.table(found) else { continue };
        for draft in one(table, &taus, dt, found) {
            refuse_twin(&drafts, &draft, found);
            drafts.push(draft);
        }
    }
    drafts
}

fn refuse_twin(drafts: &[Draft], draft: &Draft, found: &mut Findings) {
    if let Some(first) = drafts.iter().find(|other| other.name == draft.name) {
        let message = format!("population \"{}\" is defined twice", draft.name);
        let finding = leadlag_diagnostic::Diagnostic::new("LL1007", message)
            .label(draft.span.clone(), "again here")
            .label(first.span.clone(), "first here")
            .help("give it a name of its own");
        found.add(finding);
    }
}

fn taus(fields: &mut Fields<'_>, dt: Option<Seconds>, found: &mut Findings) -> Taus {
    let table = fields.optional("tau").and_then(|item| item.table(found));
    let entries = table.map(|table| table.entries()).unwrap_or_default();
    entries.into_iter().map(|(name, item)| (name, groups(&item, dt, found))).collect()
}

fn groups(item: &Item<'_>, dt: Option<Seconds>, found: &mut Findings) -> Option<Vec<Group>> {
    let items = item.array(found)?;
    if items.is_empty() {
        let message = format!("`{}` has 0 groups; it needs at least 1", item.path);
        let help = "for example `{ count = 1, tau_m = \"1 ms\", tau_r = \"1 ms\" }` in it";
        found.helped("LL1009", &item.span, message, help);
        return None;
    }
    let groups: Vec<_> = items
        .iter()
        .map(|item| item.table(found).and_then(|table| group(table, dt, found)))
        .collect();
    groups.into_iter().collect()
}

fn group(mut fields: Fields<'_>, dt: Option<Seconds>, found: &mut Findings) -> Option<Group> {
    let count = fields.required("count", found).and_then(|item| item.index(found, 1, MAX_SIZE));
    let (tau_m, tau_r) = constants(&mut fields, dt, found);
    fields.finish(found);
    Some(Group { count: count?, tau_m: tau_m?, tau_r: tau_r? })
}

fn constants(
    fields: &mut Fields<'_>,
    dt: Option<Seconds>,
    found: &mut Findings,
) -> (Option<TauM>, Option<Seconds>) {
    let tau_m = fields.required("tau_m", found).and_then(|item| tau_m(&item, dt, found));
    let tau_r = fields.required("tau_r", found).and_then(|item| tau(&item, dt, found));
    (tau_m, tau_r)
}

fn tau_m(item: &Item<'_>, dt: Option<Seconds>, found: &mut Findings) -> Option<TauM> {
    if !item.is_array() {
        return tau(item, dt, found).map(TauM::Is);
    }
    let ends: Vec<Option<Seconds>> =
        item.array(found)?.iter().map(|end| end.quantity(found)).collect();
    match *ends.into_iter().collect::<Option<Vec<_>>>()? {
        [low, high] if low < high => Some(TauM::Between(low, high)),
        _ => {
            let message = format!("`{}` is no range of two increasing times", item.path);
            found.helped("LL1009", &item.span, message, "write it like [\"0.1 ms\", \"1 ms\"]");
            None
        }
    }
}

/// A time constant, at least one step.
pub(super) fn tau(item: &Item<'_>, dt: Option<Seconds>, found: &mut Findings) -> Option<Seconds> {
    let tau: Seconds = item.quantity(found)?;
    match dt {
        Some(dt) if tau < dt => {
            let message = format!("`{}` is {tau}; it must be at least dt = {dt}", item.path);
            found.helped("LL1011", &item.span, message, "a larger time constant or a smaller dt");
            None
        }
        _ => Some(tau),
    }
}

fn one(
    mut fields: Fields<'_>,
    taus: &Taus,
    dt: Option<Seconds>,
    found: &mut Findings,
) -> Vec<Draft> {
    let names = fields.required("name", found).map(|item| names(&item, found)).unwrap_or_default();
    let members = match fields.optional("input") {
        Some(lines) => lines.index(found, 1, MAX_SIZE).map(Members::Lines),
        None => either(&mut fields, taus, dt, found).map(Members::Neurons),
    };
    let factors = factors(&mut fields, (names.len(), members.as_ref()), found);
    fields.finish(found);
    let members = |factor| members.clone().map(|members| learning_at(factor, members));
    let draft = |((name, span), factor)| Draft { name, span, members: members(factor) };
    names.into_iter().zip(factors).map(draft).collect()
}

/// `eta_factor` of neurons that can learn: a number for all populations of an entry, or a list with one for
/// each.
fn factors(
    fields: &mut Fields<'_>,
    (names, members): (usize, Option<&Members>),
    found: &mut Findings,
) -> Vec<f64> {
    let learns = |members: &Members| matches!(members, Members::Neurons(neurons) if neurons.spiking.is_none());
    let stated = members.is_none_or(learns).then(|| fields.optional("eta_factor")).flatten();
    let factors = stated.map(|item| item.one_or_each((names, "populations"), &ABOVE_ZERO, found));
    factors.map_or(vec![1.0; names], |all| all.into_iter().map(|f| f.unwrap_or(1.0)).collect())
}

/// The members with a factor of the learning rate.
fn learning_at(factor: f64, mut members: Members) -> Members {
    if let Members::Neurons(neurons) = &mut members {
        neurons.eta_factor = factor;
    }
    members
}

/// Neurons of either kind.
fn either(
    fields: &mut Fields<'_>,
    taus: &Taus,
    dt: Option<Seconds>,
    found: &mut Findings,
) -> Option<Neurons> {
    let kind = fields.optional("neuron");
    let spikes = kind.and_then(|item| item.choice(found, &NEURONS)).unwrap_or(false);
    if spikes { spiking::neurons(fields, dt, found) } else { neurons(fields, taus, dt, found) }
}

fn names(item: &Item<'_>, found: &mut Findings) -> Vec<(String, Range<usize>)> {
    let items = if item.is_array() { item.array(found) } else { Some(vec![item.clone()]) };
    let items = items.unwrap_or_default();
    if items.is_empty() {
        let message = format!("`{}` has 0 names; it needs at least 1", item.path);
        found.helped("LL1007", &item.span, message, item.example("\"h1\""));
    }
    items.iter().filter_map(|i| Some((name(i, found)?, i.span.clone()))).collect()
}

fn neurons(
    fields: &mut Fields<'_>,
    taus: &Taus,
    dt: Option<Seconds>,
    found: &mut Findings,
) -> Option<Neurons> {
    let groups = match fields.optional("tau") {
        Some(item) => named_or_listed(&item, taus, dt, found),
        None => uniform(fields, dt, found),
    };
    let phi = fields.required("phi", found).and_then(|item| item.choice(found, &PHI));
    let size: Option<usize> = groups.as_ref().map(|g| g.iter().map(|g| g.count).sum());
    if let Some(size) = size.filter(|size| *size > MAX_SIZE) {
        let message = format!("`{}` has {size} neurons; at most {MAX_SIZE} fit", fields.path);
        found.helped("LL1015", &fields.span, message, "several smaller populations");
        return None;
    }
    let bias = fields.optional("bias").map_or(Some(Bias::None), |item| bias(&item, size, found));
    Some(Neurons { groups: groups?, phi: phi?, bias: bias?, spiking: None, eta_factor: 1.0 })
}

fn named_or_listed(
    item: &Item<'_>,
    taus: &Taus,
    dt: Option<Seconds>,
    found: &mut Findings,
) -> Option<Vec<Group>> {
    if !item.is_text() {
        return groups(item, dt, found);
    }
    let wanted = item.text(found)?;
    if let Some(groups) = taus.get(wanted) {
        return groups.clone();
    }
    let known: Vec<_> = taus.keys().map(String::as_str).collect();
    let message = format!("`{}` names time constants \"{wanted}\", which do not exist", item.path);
    found.helped("LL1008", &item.span, message, format!("defined in [tau]: {}", known.join(", ")));
    None
}

fn uniform(
    fields: &mut Fields<'_>,
    dt: Option<Seconds>,
    found: &mut Findings,
) -> Option<Vec<Group>> {
    let Some(size) = fields.optional("size") else {
        let message = format!("`{}` has neither `input` nor `tau` nor `size`", fields.path);
        let help = "`input = 1` for lines, `tau = \"name\"` or `size = 10` for neurons";
        found.helped("LL1002", &fields.span, message, help);
        return None;
    };
    let count = size.index(found, 1, MAX_SIZE);
    let (tau_m, tau_r) = constants(fields, dt, found);
    Some(vec![Group { count: count?, tau_m: tau_m?, tau_r: tau_r? }])
}

pub(super) fn bias(item: &Item<'_>, size: Option<usize>, found: &mut Findings) -> Option<Bias> {
    if item.is_boolean() {
        let biased = item.boolean(found)?;
        return Some(if biased { Bias::Uniform } else { Bias::None });
    }
    let values = item.numbers(found)?;
    match size {
        Some(size) if size != values.len() => {
            let message = format!("`{}` has {} values for {size} neurons", item.path, values.len());
            found.helped("LL1009", &item.span, message, "one value per neuron, or true or false");
            None
        }
        _ => Some(Bias::Values(values)),
    }
}
