//! `[task]`, `[schedule]` and `[map]`.

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use crate::parse::Located;
use crate::schedule::{Anneal, Length, Lowering, Map, Order, Plateau, Schedule};
use crate::spec::{Mnist1d, TaskSpec, Xor};
use crate::table::{ABOVE_ZERO, Allowed, Fields, Findings, INNER_SHARE, Item, POWER_OF_TWO};
use crate::tasks::lif::SEEDS;

/// Most points of a sample.
const MAX_LENGTH: usize = 100_000;

/// Most samples of a set.
const MAX_SAMPLES: usize = 1_000_000;

/// Most values of a set, all samples together.
pub(crate) const MAX_VALUES: usize = 1 << 28;

/// Most lanes or replicas.
const MAX_REPLICAS: usize = 65_536;

/// Most steps of a run: what the counter of a draw holds.
const MAX_STEPS: u64 = 1 << 48;

/// Most steps between two samples.
const MAX_GAP: usize = 1_000_000;

/// Most seeds that TOML can write.
const MAX_SEED: u64 = i64::MAX.unsigned_abs();

#[derive(Clone, Copy)]
enum TaskName {
    Mnist1d,
    Chain,
    LagNet,
    MackeyGlass,
    LifDense,
    Xor,
}

const TASKS: [(&str, TaskName); 6] = [
    ("mnist1d", TaskName::Mnist1d),
    ("chain", TaskName::Chain),
    ("lagnet", TaskName::LagNet),
    ("mackey-glass", TaskName::MackeyGlass),
    ("lif-dense", TaskName::LifDense),
    ("xor", TaskName::Xor),
];

pub(super) fn task(fields: &mut Fields<'_>, found: &mut Findings) -> Option<Located<TaskSpec>> {
    let mut fields = fields.optional("task").and_then(|item| item.table(found))?;
    let name = fields.required("name", found).and_then(|item| item.choice(found, &TASKS));
    let task = match name? {
        TaskName::Mnist1d => mnist1d(&mut fields, found),
        TaskName::Chain => seed(&mut fields, 1, found).map(|seed| TaskSpec::Chain { seed }),
        TaskName::LagNet => seed(&mut fields, 1, found).map(|seed| TaskSpec::LagNet { seed }),
        TaskName::LifDense => {
            seed(&mut fields, SEEDS[0], found).map(|seed| TaskSpec::LifDense { seed })
        }
        TaskName::MackeyGlass => {
            let ahead =
                fields.optional("ahead").map_or(Some(1), |item| item.short(found, 1, 10_000));
            ahead.map(|ahead| TaskSpec::MackeyGlass { ahead })
        }
        TaskName::Xor => xor(&mut fields, found).map(TaskSpec::Xor),
    };
    let span = fields.span.clone();
    fields.finish(found);
    Some(Located { value: task?, span })
}

fn seed(fields: &mut Fields<'_>, default: u64, found: &mut Findings) -> Option<u64> {
    fields.optional("seed").map_or(Some(default), |item| item.whole(found, 0, MAX_SEED))
}

fn xor(fields: &mut Fields<'_>, found: &mut Findings) -> Option<Xor> {
    let default = Xor::default();
    let seed = seed(fields, default.seed, found);
    let mut number = |name, default, low| {
        fields.optional(name).map_or(Some(default), |item| item.short(found, low, 10_000))
    };
    let (hold, delay) = (number("hold", default.hold, 1), number("delay", default.delay, 0));
    Some(Xor { seed: seed?, hold: hold?, delay: delay? })
}

fn mnist1d(fields: &mut Fields<'_>, found: &mut Findings) -> Option<TaskSpec> {
    let seed = fields.optional("seed").map_or(Some(42), |item| item.short(found, 0, u32::MAX));
    let mut number = |name, default, low, high| {
        fields.optional(name).map_or(Some(default), |item| item.index(found, low, high))
    };
    let length = number("length", 40, 2, MAX_LENGTH);
    let train = number("train", 4000, 1, MAX_SAMPLES);
    let test = number("test", 1000, 1, MAX_SAMPLES);
    let spec = Mnist1d { seed: seed?, length: length?, train: train?, test: test? };
    match spec.check() {
        Ok(()) => Some(TaskSpec::Mnist1d(spec)),
        Err(findings) => {
            let placed = |finding: Diagnostic| finding.label(fields.span.clone(), "here");
            findings.0.into_iter().for_each(|finding| found.add(placed(finding)));
            None
        }
    }
}

impl Mnist1d {
    /// Whether the generator can make such a set.
    ///
    /// # Errors
    /// LL1016 if the samples do not divide into ten classes, LL1015 if there are too many values.
    pub fn check(&self) -> Result<(), Diagnostics> {
        let samples = self.train + self.test;
        if samples == 0 || !samples.is_multiple_of(10) {
            let message =
                format!("{samples} samples (train and test) do not divide into 10 equal classes");
            return Err(Diagnostic::new("LL1016", message).help("a multiple of 10 in all").into());
        }
        if self.length < 2 {
            let message =
                format!("a sample of {} points is too short; 2 is the least", self.length);
            return Err(Diagnostic::new("LL1016", message).help("`length = 40`").into());
        }
        match samples.checked_mul(self.length) {
            Some(values) if values <= MAX_VALUES => Ok(()),
            _ => {
                let message = format!(
                    "{samples} samples of {} points exceed {MAX_VALUES} values",
                    self.length
                );
                Err(Diagnostic::new("LL1015", message)
                    .help("fewer samples or a smaller length")
                    .into())
            }
        }
    }
}

pub(super) fn schedule(
    fields: &mut Fields<'_>,
    task: Option<&Located<TaskSpec>>,
    found: &mut Findings,
) -> Option<Schedule> {
    let streams = task.is_some_and(|task| !task.value.has_samples());
    let Some(item) = fields.optional("schedule") else {
        let length = if streams { steps_default() } else { Schedule::default().length };
        return Some(Schedule { length, ..Schedule::default() });
    };
    let mut fields = item.table(found)?;
    let replicas =
        fields.optional("replicas").map_or(Some(1), |item| item.index(found, 1, MAX_REPLICAS));
    let control = fields.optional("control").map_or(Some(false), |item| item.boolean(found));
    let (order, gap) = (fields.optional("order"), fields.optional("gap"));
    let length = length(&mut fields, found);
    fields.finish(found);
    let (order, gap) = match &length {
        Some(Length::Steps { .. }) => {
            refuse(order.into_iter().chain(gap), "epochs", found);
            (Some(Order::Random), Some(0))
        }
        _ => (
            order.map_or(Some(Order::Random), |item| item.choice(found, &ORDERS)),
            gap.map_or(Some(0), |item| item.index(found, 0, MAX_GAP)),
        ),
    };
    let schedule = Schedule {
        length: length?,
        replicas: replicas?,
        control: control?,
        order: order?,
        gap: gap?,
    };
    if let Some(task) = task {
        refuse_mismatch(&item, &schedule, &task.value, found);
    }
    Some(schedule)
}

/// Orders of training samples.
pub(crate) const ORDERS: [(&str, Order); 2] =
    [("random", Order::Random), ("balanced", Order::Balanced)];

fn steps_default() -> Length {
    Length::Steps { steps: 10_000, learn_from: 0, report_every: 1000 }
}

fn refuse_mismatch(item: &Item<'_>, schedule: &Schedule, task: &TaskSpec, found: &mut Findings) {
    let epochs = matches!(schedule.length, Length::Epochs { .. });
    if epochs != task.has_samples() {
        let (given, wanted) = if epochs { ("epochs", "steps") } else { ("steps", "epochs") };
        let message =
            format!("`{}` counts {given}, but task {} counts {wanted}", item.path, task.name());
        found.helped("LL1010", &item.span, message, format!("write `{wanted} = ...`"));
    }
}

fn length(fields: &mut Fields<'_>, found: &mut Findings) -> Option<Length> {
    let (epochs, steps) = (fields.optional("epochs"), fields.optional("steps"));
    let (plateau, anneal) = (fields.optional("plateau"), fields.optional("anneal"));
    let (from, every) = (fields.optional("learn_from"), fields.optional("report_every"));
    match (epochs, steps) {
        (Some(epochs), None) => {
            refuse(from.into_iter().chain(every), "steps", found);
            let lowering = lowering(plateau, anneal, found);
            let epochs = epochs.short(found, 1, 1_000_000);
            Some(Length::Epochs { epochs: epochs?, lowering: lowering? })
        }
        (None, Some(steps)) => {
            refuse(plateau.into_iter().chain(anneal), "epochs", found);
            let steps = steps.whole(found, 1, MAX_STEPS);
            let most = steps.unwrap_or(MAX_STEPS);
            let from = from.map_or(Some(0), |item| item.whole(found, 0, most));
            let every = every.map_or(Some(most.min(1000)), |item| item.whole(found, 1, most));
            Some(Length::Steps { steps: steps?, learn_from: from?, report_every: every? })
        }
        (Some(_), Some(second)) => {
            let message = format!("`{}` and `epochs` exclude each other", second.path);
            found.helped("LL1010", &second.span, message, "leave one of them out");
            None
        }
        (None, None) => {
            let message = format!("`{}` has neither `epochs` nor `steps`", fields.path);
            found.helped("LL1002", &fields.span, message, "`epochs = 20`, or `steps = 100000`");
            None
        }
    }
}

fn refuse<'a>(given: impl Iterator<Item = Item<'a>>, unit: &str, found: &mut Findings) {
    for item in given {
        let message = format!("`{}` has no meaning without `{unit}`", item.path);
        found.helped("LL1010", &item.span, message, "leave it out");
    }
}

fn lowering(
    plateau: Option<Item<'_>>,
    anneal: Option<Item<'_>>,
    found: &mut Findings,
) -> Option<Lowering> {
    match (plateau, anneal) {
        (None, None) => Some(Lowering::Never),
        (Some(item), None) => self::plateau(&item, found).map(Lowering::Plateau),
        (None, Some(item)) => self::anneal(&item, found).map(Lowering::Anneal),
        (Some(_), Some(second)) => {
            let message = format!("`{}` and `plateau` exclude each other", second.path);
            found.helped("LL1010", &second.span, message, "leave one of them out");
            None
        }
    }
}

fn anneal(item: &Item<'_>, found: &mut Findings) -> Option<Anneal> {
    let mut fields = item.table(found)?;
    let factor = fields.required("factor", found).and_then(|i| i.number(found, &INNER_SHARE));
    let every = fields.required("every", found).and_then(|i| i.short(found, 1, 1_000_000));
    let from = fields.optional("from").map_or(Some(0), |i| i.short(found, 0, 1_000_000));
    fields.finish(found);
    Some(Anneal { factor: factor?, every: every?, from: from? })
}

fn plateau(item: &Item<'_>, found: &mut Findings) -> Option<Plateau> {
    let mut fields = item.table(found)?;
    let factor = fields.required("factor", found).and_then(|i| i.number(found, &INNER_SHARE));
    let patience = fields.required("patience", found).and_then(|i| i.short(found, 1, 1_000_000));
    fields.finish(found);
    Some(Plateau { factor: factor?, patience: patience? })
}

pub(super) fn map(fields: &mut Fields<'_>, found: &mut Findings) -> Map {
    let Some(mut fields) = fields.optional("map").and_then(|item| item.table(found)) else {
        return Map::default();
    };
    let mut hint = |name, allowed: &Allowed| {
        fields.optional(name).and_then(|item| item.number(found, allowed))
    };
    let map = Map {
        weight_headroom: hint("weight_headroom", &POWER_OF_TWO),
        rate_headroom: hint("rate_headroom", &POWER_OF_TWO),
        error_headroom: hint("error_headroom", &POWER_OF_TWO),
        weight_range: hint("weight_range", &ABOVE_ZERO),
        rate_range: hint("rate_range", &ABOVE_ZERO),
        error_range: hint("error_range", &ABOVE_ZERO),
    };
    fields.finish(found);
    map
}
