//! What only the pieces together can show.

use std::ops::Range;

use crate::learning::{Learning, Loss, Teach};
use crate::network::{
    Bias, Init, MAX_SIZE, MAX_WEIGHTS, Members, Population, Projection, TauM, Teaching,
};
use crate::parse::Located;
use crate::parse::populations::Draft;
use crate::schedule::Schedule;
use crate::spec::TaskSpec;
use crate::table::Findings;

/// The pieces with their places.
pub(super) struct Parts {
    pub(super) populations: Vec<Draft>,
    pub(super) projections: Vec<Located<Projection>>,
    pub(super) teach: Option<Located<Teach>>,
    pub(super) learning: Option<Located<Learning>>,
    pub(super) task: Option<Located<TaskSpec>>,
    pub(super) schedule: Option<Schedule>,
    pub(super) teacher: Option<Located<Teaching>>,
}

/// The pieces without their places.
pub(super) struct Checked {
    pub(super) populations: Vec<Population>,
    pub(super) projections: Vec<Projection>,
    pub(super) teach: Option<Teach>,
    pub(super) learning: Option<Learning>,
    pub(super) task: Option<TaskSpec>,
    pub(super) schedule: Schedule,
    pub(super) teacher: Option<Teaching>,
}

pub(super) fn check(parts: Parts, found: &mut Findings) -> Option<Checked> {
    kinds(&parts, found);
    arrivals(&parts, found);
    weights(&parts, found);
    drawn_taus(&parts, found);
    learning(&parts, found);
    spiking(&parts, found);
    task(&parts, found);
    let schedule = parts.schedule?;
    let population = |draft: Draft| Some(Population { name: draft.name, members: draft.members? });
    Some(Checked {
        populations: parts.populations.into_iter().map(population).collect::<Option<_>>()?,
        projections: parts.projections.into_iter().map(|p| p.value).collect(),
        teach: parts.teach.map(|t| t.value),
        learning: parts.learning.map(|l| l.value),
        task: parts.task.map(|t| t.value),
        schedule,
        teacher: parts.teacher.map(|t| t.value),
    })
}

fn kinds(parts: &Parts, found: &mut Findings) {
    let whole = parts.populations.iter().all(|draft| draft.members.is_some());
    if parts.populations.is_empty() || !whole {
        return;
    }
    let lines = |draft: &Draft| matches!(draft.members, Some(Members::Lines(_)));
    let all = span_of(parts);
    if !parts.populations.iter().any(lines) {
        let message = "no population is an input".to_owned();
        found.helped("LL1012", &all, message, "give one of them `input = 1`");
    }
    if parts.populations.iter().all(lines) {
        let message = "no population has neurons".to_owned();
        found.helped("LL1012", &all, message, "add one with `size`, `tau_m`, `tau_r` and `phi`");
    }
}

fn span_of(parts: &Parts) -> Range<usize> {
    parts.populations.first().map_or(0..0, |draft| draft.span.clone())
}

/// Every neuron receives something.
fn arrivals(parts: &Parts, found: &mut Findings) {
    for (index, draft) in parts.populations.iter().enumerate() {
        let reached = parts.projections.iter().any(|p| p.value.to == index);
        if draft.neurons().is_some() && !reached && !parts.projections.is_empty() {
            let message = format!("nothing projects to population \"{}\"", draft.name);
            found.helped(
                "LL1012",
                &draft.span,
                message,
                "add a [[projection]] to it, or remove it",
            );
        }
    }
}

fn weights(parts: &Parts, found: &mut Findings) {
    for (what, count) in
        [("populations", parts.populations.len()), ("projections", parts.projections.len())]
    {
        if count > MAX_SIZE {
            let message =
                format!("the network has {count} {what}; at most {MAX_SIZE} are supported");
            found.helped("LL1015", &span_of(parts), message, "fewer, larger ones");
        }
    }
    let size = |index: usize| parts.populations.get(index).and_then(Draft::size).unwrap_or(0);
    let total = parts
        .projections
        .iter()
        .map(|p| size(p.value.from).saturating_mul(size(p.value.to)))
        .fold(0_usize, usize::saturating_add);
    if total > MAX_WEIGHTS {
        let message =
            format!("the network has {total} weights; at most {MAX_WEIGHTS} are supported");
        found.helped("LL1015", &span_of(parts), message, "smaller populations");
    }
}

fn drawn_taus(parts: &Parts, found: &mut Findings) {
    if parts.learning.as_ref().is_some_and(|l| l.value.tau_min.is_some()) {
        return;
    }
    for draft in &parts.populations {
        let groups = draft.neurons().map(|n| n.groups.as_slice()).unwrap_or_default();
        if groups.iter().any(|group| matches!(group.tau_m, TauM::Between(..))) {
            let message = format!("tau_m of \"{}\" is drawn, but is not learnt", draft.name);
            let help = "`tau_m = true` in [learning], or one value";
            found.helped("LL1010", &draft.span, message, help);
        }
    }
}

fn learning(parts: &Parts, found: &mut Findings) {
    if let (Some(learning), None) = (&parts.learning, &parts.teach) {
        let message = "a rule learns, but nothing is taught".to_owned();
        found.helped("LL1018", &learning.span, message, "add [teach], or leave [learning] out");
    }
}

/// No error passes a neuron that spikes, and whole membranes count whole weights.
fn spiking(parts: &Parts, found: &mut Findings) {
    let spiking = |at: usize| {
        let neurons = parts.populations.get(at).and_then(Draft::neurons);
        neurons.and_then(|neurons| neurons.spiking)
    };
    let name = |at: usize| parts.populations.get(at).map_or("", |draft| draft.name.as_str());
    for Located { value: p, span } in &parts.projections {
        let meets = [p.from, p.to].into_iter().find(|&end| spiking(end).is_some());
        if let (true, Some(_), Some(end)) = (p.plastic, &parts.learning, meets) {
            let message = format!(
                "`{} -> {}` is plastic, but \"{}\" spikes: no rule learns there",
                name(p.from),
                name(p.to),
                name(end)
            );
            found.helped("LL1031", span, message, "`plastic = false`, or leave [learning] out");
        }
        if spiking(p.to).is_some_and(|to| to.is_whole()) {
            whole_weights(&p.init, name(p.to), span, found);
        }
    }
    for (at, draft) in parts.populations.iter().enumerate() {
        if spiking(at).is_some_and(|own| own.is_whole()) {
            whole_biases(draft, found);
        }
    }
    if let Some(teach) = parts.teach.as_ref().filter(|t| spiking(t.value.population).is_some()) {
        let message = format!(
            "\"{}\" spikes, and is taught: 0 losses compare spikes",
            name(teach.value.population)
        );
        found.helped("LL1032", &teach.span, message, "teach a population of GLE neurons, or none");
    }
}

fn whole_weights(init: &Init, name: &str, span: &Range<usize>, found: &mut Findings) {
    let odd = match init {
        Init::Uniform | Init::Range(..) => Some("drawn numbers".to_owned()),
        Init::Constant(value) => (value.fract() != 0.0).then(|| value.to_string()),
        Init::Weights(all) => all.iter().find(|w| w.fract() != 0.0).map(f64::to_string),
        Init::Integers { .. } | Init::File { .. } => None,
    };
    if let Some(odd) = odd {
        let message =
            format!("the membranes of \"{name}\" count whole numbers, but its weights have {odd}");
        let help = "`init = { integers = [-8, 8] }`, whole weights, or `tau_m` in place of `leak`";
        found.helped("LL1033", span, message, help);
    }
}

fn whole_biases(draft: &Draft, found: &mut Findings) {
    let odd = match draft.neurons().map(|neurons| &neurons.bias) {
        Some(Bias::Uniform) => Some("drawn numbers".to_owned()),
        Some(Bias::Values(all)) => all.iter().find(|b| b.fract() != 0.0).map(f64::to_string),
        Some(Bias::None) | None => None,
    };
    if let Some(odd) = odd {
        let message = format!(
            "the membranes of \"{}\" count whole numbers, but its biases have {odd}",
            draft.name
        );
        let help = "whole biases, or `tau_m` in place of `leak`";
        found.helped("LL1033", &draft.span, message, help);
    }
}

/// Lines in, outputs, loss and teacher as the task wants them.
fn task(parts: &Parts, found: &mut Findings) {
    let Some(task) = &parts.task else { return };
    lines(parts, task, found);
    if let Some(teach) = &parts.teach {
        outputs(parts, task, teach, found);
    }
    let (wanted, given) = (task.value.wants_teacher(), parts.teacher.is_some());
    if wanted && !given {
        let message =
            format!("task {} needs a teacher, and [teacher] is missing", task.value.name());
        found.helped("LL1017", &task.span, message, "add [teacher.weights] and [teacher.tau_m]");
    }
    if let (false, Some(teacher)) = (wanted, &parts.teacher) {
        let message =
            format!("task {} has its own targets; a teacher is not asked", task.value.name());
        found.helped("LL1017", &teacher.span, message, "leave [teacher] out");
    }
}

fn lines(parts: &Parts, task: &Located<TaskSpec>, found: &mut Findings) {
    let lines: usize = parts
        .populations
        .iter()
        .filter(|draft| draft.neurons().is_none())
        .filter_map(Draft::size)
        .sum();
    let whole = parts.populations.iter().all(|draft| draft.members.is_some());
    if whole && lines != 1 && !task.value.drives_all_lines() {
        let message = format!("task {} drives 1 line; the network has {lines}", task.value.name());
        found.helped("LL1016", &task.span, message, "one population with `input = 1`");
    }
}

fn outputs(parts: &Parts, task: &Located<TaskSpec>, teach: &Located<Teach>, found: &mut Findings) {
    let name = task.value.name();
    let size = parts.populations.get(teach.value.population).and_then(Draft::size);
    let classes = if task.value.has_samples() { 10 } else { 1 };
    let wrong = size.filter(|&size| match task.value {
        TaskSpec::Mnist1d(_) => size < classes,
        TaskSpec::MackeyGlass { .. } | TaskSpec::Xor(_) => size != classes,
        TaskSpec::Chain { .. } | TaskSpec::LagNet { .. } | TaskSpec::LifDense { .. } => false,
    });
    if let Some(size) = wrong {
        let message =
            format!("task {name} needs {classes} outputs; the taught population has {size}");
        found.helped("LL1016", &teach.span, message, "teach a population of that size");
    }
    if !task.value.has_samples() && teach.value.loss != Loss::SquaredError {
        let message = format!("task {name} teaches values, which only squared-error compares");
        found.helped("LL1016", &teach.span, message, "`loss = \"squared-error\"`");
    }
}
