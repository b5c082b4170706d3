//! `[teacher]`: the same architecture with the parameters that are to be found.

use leadlag_units::Seconds;

use crate::network::{Bias, Init, Members, Projection, TauM, Teaching};
use crate::parse::Located;
use crate::parse::populations::{Draft, tau};
use crate::table::{Fields, Findings, Item};

pub(super) fn read(
    fields: &mut Fields<'_>,
    drafts: &[Draft],
    projections: &[Located<Projection>],
    dt: Option<Seconds>,
    found: &mut Findings,
) -> Option<Located<Teaching>> {
    let mut fields = fields.optional("teacher").and_then(|item| item.table(found))?;
    let sections = ["weights", "tau_m", "biases"].map(|section| {
        let table = fields.optional(section).and_then(|item| item.table(found));
        table.map(|table| table.entries()).unwrap_or_default()
    });
    let span = fields.span.clone();
    fields.finish(found);
    let [weights, taus, biases] = &sections;
    refuse_strangers(&sections, drafts, projections, found);
    let mut scope = Scope { drafts, dt, span: &span, found };
    let weights: Vec<_> = projections.iter().map(|p| scope.weights(&p.value, weights)).collect();
    let tau_m: Vec<_> = drafts.iter().map(|draft| scope.tau_m(draft, taus)).collect();
    let biases: Vec<_> = drafts.iter().map(|draft| scope.biases(draft, biases)).collect();
    let value = Teaching {
        weights: weights.into_iter().collect::<Option<_>>()?,
        biases: biases.into_iter().collect::<Option<_>>()?,
        tau_m: tau_m.into_iter().collect::<Option<_>>()?,
    };
    Some(Located { value, span })
}

type Entries<'a> = [(String, Item<'a>)];

fn arrow(projection: &Projection, drafts: &[Draft]) -> String {
    let name = |index: usize| drafts.get(index).map_or("", |draft| draft.name.as_str());
    format!("{} -> {}", name(projection.from), name(projection.to))
}

/// `a->b` and `a -> b` are the same projection.
fn is_arrow(key: &str, arrow: &str) -> bool {
    let trimmed: Vec<_> = key.split("->").map(str::trim).collect();
    trimmed.join(" -> ") == arrow
}

fn refuse_strangers(
    [weights, taus, biases]: &[Vec<(String, Item<'_>)>; 3],
    drafts: &[Draft],
    projections: &[Located<Projection>],
    found: &mut Findings,
) {
    for (key, item) in weights {
        if !projections.iter().any(|p| is_arrow(key, &arrow(&p.value, drafts))) {
            let message =
                format!("`{}` names projection \"{key}\", which does not exist", item.path);
            found.helped("LL1008", &item.span, message, "write it like \"in -> h1\"");
        }
    }
    for (key, item) in taus.iter().chain(biases) {
        if !drafts.iter().any(|draft| draft.name == *key && draft.neurons().is_some()) {
            let message = format!("`{}` names neurons \"{key}\", which do not exist", item.path);
            found.helped("LL1008", &item.span, message, "name a population of neurons");
        }
    }
}

struct Scope<'a, 'b> {
    drafts: &'a [Draft],
    dt: Option<Seconds>,
    span: &'a std::ops::Range<usize>,
    found: &'b mut Findings,
}

impl Scope<'_, '_> {
    fn incomplete(&mut self, message: String, help: &str) {
        self.found.helped("LL1017", self.span, message, help);
    }

    fn weights(&mut self, projection: &Projection, entries: &Entries<'_>) -> Option<Vec<f64>> {
        let arrow = arrow(projection, self.drafts);
        let size = |index: usize| self.drafts.get(index).and_then(Draft::size);
        let (rows, columns) = (size(projection.to)?, size(projection.from)?);
        if let Some((_, item)) = entries.iter().find(|(key, _)| is_arrow(key, &arrow)) {
            return item.matrix(self.found, rows, columns);
        }
        match &projection.init {
            Init::Weights(weights) => Some(weights.clone()),
            Init::Constant(value) => Some(vec![*value; rows * columns]),
            Init::Uniform | Init::Range(..) | Init::Integers { .. } | Init::File { .. } => {
                let message = format!("the teacher has no weights for `{arrow}`, which are drawn");
                self.incomplete(message, "state them in [teacher.weights]");
                None
            }
        }
    }

    fn tau_m(&mut self, draft: &Draft, entries: &Entries<'_>) -> Option<Vec<Seconds>> {
        let Members::Neurons(neurons) = draft.members.as_ref()? else { return Some(Vec::new()) };
        if let Some((_, item)) = entries.iter().find(|(key, _)| *key == draft.name) {
            let taus: Vec<_> =
                item.array(self.found)?.iter().map(|i| tau(i, self.dt, self.found)).collect();
            let taus: Vec<Seconds> = taus.into_iter().collect::<Option<_>>()?;
            return self.counted(item, taus, neurons.size());
        }
        let stated = |tau_m| match tau_m {
            TauM::Is(tau) => Some(tau),
            TauM::Between(..) => None,
        };
        let all: Option<Vec<_>> = neurons.tau_m().into_iter().map(stated).collect();
        if all.is_none() {
            let message = format!("the teacher has no tau_m for `{}`, which is drawn", draft.name);
            self.incomplete(message, "state it in [teacher.tau_m]");
        }
        all
    }

    fn biases(&mut self, draft: &Draft, entries: &Entries<'_>) -> Option<Vec<f64>> {
        let Members::Neurons(neurons) = draft.members.as_ref()? else { return Some(Vec::new()) };
        if neurons.bias == Bias::None {
            return Some(Vec::new());
        }
        match entries.iter().find(|(key, _)| *key == draft.name) {
            Some((_, item)) => {
                let values = item.numbers(self.found)?;
                self.counted(item, values, neurons.size())
            }
            None => Some(vec![0.0; neurons.size()]),
        }
    }

    fn counted<T>(&mut self, item: &Item<'_>, values: Vec<T>, size: usize) -> Option<Vec<T>> {
        if values.len() == size {
            return Some(values);
        }
        let message = format!("`{}` has {} values for {size} neurons", item.path, values.len());
        self.found.helped("LL1009", &item.span, message, "one value per neuron");
        None
    }
}
