//! `[teach]` and `[learning]`.

use leadlag_units::Seconds;

use crate::learning::{Feedback, Learning, Loss, Operand, Rounding, Rule, Sender, Teach};
use crate::parse::Located;
use crate::parse::populations::{Draft, lookup, tau};
use crate::table::{ABOVE_ZERO, FROM_ZERO, Fields, Findings, SHARE};

pub(crate) const LOSSES: [(&str, Loss); 3] = [
    ("cross-entropy", Loss::CrossEntropy),
    ("squared-error", Loss::SquaredError),
    ("nll", Loss::Nll),
];
pub(crate) const ROUNDINGS: [(&str, Rounding); 3] = [
    ("nearest", Rounding::Nearest),
    ("stochastic", Rounding::Stochastic),
    ("carried", Rounding::Carried),
];
pub(crate) const FEEDBACKS: [(&str, Feedback); 3] = [
    ("mirrored", Feedback::Mirrored),
    ("fixed", Feedback::Fixed),
    ("kolen-pollack", Feedback::KolenPollack),
];
pub(crate) const OPERANDS: [(&str, Operand); 2] = [("sent", Operand::Sent), ("adc", Operand::Adc)];

/// Most steps between two updates.
const MAX_EVERY: u32 = 65_535;

/// Most codes a sender can wait for: half of the 16-bit range.
const MAX_THRESHOLD: u32 = 32_767;

pub(super) fn teach(
    fields: &mut Fields<'_>,
    drafts: &[Draft],
    found: &mut Findings,
) -> Option<Located<Teach>> {
    let mut fields = fields.optional("teach").and_then(|item| item.table(found))?;
    let population = fields.required("population", found).and_then(|item| {
        let index = lookup(&item, drafts, found)?;
        let draft = drafts.get(index)?;
        if draft.members.is_some() && draft.neurons().is_none() {
            let message = format!("`{}` names \"{}\", which is an input", item.path, draft.name);
            found.helped("LL1014", &item.span, message, "teach a population of neurons");
            return None;
        }
        Some(index)
    });
    let loss = fields.required("loss", found).and_then(|item| item.choice(found, &LOSSES));
    let beta = fields.optional("beta").map_or(Some(1.0), |item| item.number(found, &ABOVE_ZERO));
    let span = fields.span.clone();
    fields.finish(found);
    Some(Located { value: Teach { population: population?, loss: loss?, beta: beta? }, span })
}

#[derive(Clone, Copy)]
enum RuleName {
    Sgd,
    Momentum,
    Adam,
}

const RULES: [(&str, RuleName); 3] =
    [("sgd", RuleName::Sgd), ("momentum", RuleName::Momentum), ("adam", RuleName::Adam)];

pub(super) fn learning(
    fields: &mut Fields<'_>,
    dt: Option<Seconds>,
    found: &mut Findings,
) -> Option<Located<Learning>> {
    let mut fields = fields.optional("learning").and_then(|item| item.table(found))?;
    let rule = rule(&mut fields, found);
    let eta = fields.required("eta", found).and_then(|item| item.number(found, &FROM_ZERO));
    let decay = fields.optional("decay").map_or(Some(0.0), |item| item.number(found, &SHARE));
    let every = fields.optional("every").map_or(Some(1), |item| item.short(found, 1, MAX_EVERY));
    let accumulate = accumulate(&mut fields, rule, found);
    let tau_min = tau_min(&mut fields, dt, found);
    let rounding = fields
        .optional("rounding")
        .map_or(Some(Rounding::default()), |item| item.choice(found, &ROUNDINGS));
    let feedback = fields
        .optional("feedback")
        .map_or(Some(Feedback::default()), |item| item.choice(found, &FEEDBACKS));
    let operand = fields
        .optional("operand")
        .map_or(Some(Operand::default()), |item| item.choice(found, &OPERANDS));
    let sender = sender(&mut fields, found);
    let span = fields.span.clone();
    fields.finish(found);
    let value = Learning {
        rule: rule?,
        eta: eta?,
        decay: decay?,
        every: every?,
        accumulate: accumulate?,
        tau_min: tau_min?,
        rounding: rounding?,
        feedback: feedback?,
        operand: operand?,
        sender: sender?,
    };
    Some(Located { value, span })
}

/// The other rules add up what they are given: their weight or mean word is the accumulator.
fn accumulate(fields: &mut Fields<'_>, rule: Option<Rule>, found: &mut Findings) -> Option<bool> {
    let Some(item) = fields.optional("accumulate") else { return Some(false) };
    let accumulate = item.boolean(found);
    if accumulate == Some(true) && matches!(rule, Some(Rule::Sgd | Rule::Momentum { .. })) {
        let message = format!("`{}` needs rule = \"adam\"", item.path);
        let help = "leave it out: this rule adds every step's product to its words";
        found.helped("LL1010", &item.span, message, help);
    }
    accumulate
}

fn rule(fields: &mut Fields<'_>, found: &mut Findings) -> Option<Rule> {
    let name = fields.required("rule", found).and_then(|item| item.choice(found, &RULES));
    let mut constants =
        ["momentum", "beta1", "beta2", "epsilon"].map(|field| fields.optional(field));
    let [momentum, beta1, beta2, epsilon] = constants.each_mut().map(Option::take);
    match name? {
        RuleName::Sgd => {
            refuse(momentum.into_iter().chain(beta1).chain(beta2).chain(epsilon), "sgd", found);
            Some(Rule::Sgd)
        }
        RuleName::Momentum => {
            refuse(beta1.into_iter().chain(beta2).chain(epsilon), "momentum", found);
            let momentum = momentum.map_or(Some(0.9), |item| item.number(found, &SHARE));
            Some(Rule::Momentum { momentum: momentum? })
        }
        RuleName::Adam => {
            refuse(momentum.into_iter(), "adam", found);
            let beta1 = beta1.map_or(Some(0.9), |item| item.number(found, &SHARE));
            let beta2 = beta2.map_or(Some(0.999), |item| item.number(found, &SHARE));
            let epsilon = epsilon.map_or(Some(1e-8), |item| item.number(found, &ABOVE_ZERO));
            Some(Rule::Adam { beta1: beta1?, beta2: beta2?, epsilon: epsilon? })
        }
    }
}

/// Constants of another rule.
fn refuse<'a>(
    given: impl Iterator<Item = crate::table::Item<'a>>,
    rule: &str,
    found: &mut Findings,
) {
    for item in given {
        let message = format!("`{}` has no meaning with rule = \"{rule}\"", item.path);
        found.helped(
            "LL1010",
            &item.span,
            message,
            "leave it out, or choose the rule it belongs to",
        );
    }
}

/// The least time constant, ten steps unless stated; the outer option is a finding.
#[expect(clippy::option_option, reason = "outside: readable or not; inside: learnt or not")]
fn tau_min(
    fields: &mut Fields<'_>,
    dt: Option<Seconds>,
    found: &mut Findings,
) -> Option<Option<Seconds>> {
    let learnt = fields.optional("tau_m").map_or(Some(false), |item| item.boolean(found));
    let stated = fields.optional("tau_min");
    match (learnt?, stated) {
        (true, Some(item)) => tau(&item, dt, found).map(Some),
        (true, None) => dt.and_then(|dt| Seconds::new(10.0 * dt.get()).ok()).map(Some),
        (false, None) => Some(None),
        (false, Some(item)) => {
            let message = format!("`{}` has no meaning without tau_m = true", item.path);
            found.helped("LL1010", &item.span, message, "add `tau_m = true` or leave it out");
            None
        }
    }
}

fn sender(fields: &mut Fields<'_>, found: &mut Findings) -> Option<Sender> {
    let on_change = fields.optional("sender").map_or(Some(false), |item| {
        item.choice(found, &[("every-step", false), ("on-change", true)])
    });
    let threshold = fields.optional("threshold");
    match (on_change?, threshold) {
        (false, None) => Some(Sender::EveryStep),
        (true, None) => Some(Sender::OnChange { threshold: 1 }),
        (true, Some(item)) => {
            let codes = item.short(found, 1, MAX_THRESHOLD)?;
            u16::try_from(codes).ok().map(|threshold| Sender::OnChange { threshold })
        }
        (false, Some(item)) => {
            let message = format!("`{}` has no meaning with sender = \"every-step\"", item.path);
            found.helped(
                "LL1010",
                &item.span,
                message,
                "add `sender = \"on-change\"` or leave it out",
            );
            None
        }
    }
}
