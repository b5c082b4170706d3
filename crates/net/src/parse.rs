//! From text to a checked network, with all findings at once.

mod learning;
mod populations;
mod projections;
mod run;
mod spiking;
mod teacher;
mod whole;

pub(crate) use run::MAX_VALUES;

/// The words of a file, for who writes one.
pub(crate) mod words {
    pub(crate) use super::learning::{FEEDBACKS, LOSSES, OPERANDS, ROUNDINGS};
    pub(crate) use super::populations::PHI;
    pub(crate) use super::run::ORDERS;
}

use std::ops::Range;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_units::Seconds;
use toml::de::DeTable;

use crate::network::{Errors, Network};
use crate::table::{FROM_ZERO, Fields, Findings};

impl Network {
    /// Reads a network file.
    ///
    /// # Errors
    /// Everything that is wrong with the text (LL1000 to LL1018), each finding with its place in
    /// it; `origin` is the name the text goes by.
    pub fn parse(text: &str, origin: &str) -> Result<Self, Diagnostics> {
        let none = |file: &str| {
            let message =
                format!("weights are to come from `{file}`, and no file can be read here");
            let help = "state the weights, or draw them";
            Err(Diagnostic::new("LL1035", message).help(help).into())
        };
        Self::parse_with(text, origin, none)
    }

    /// As [`Self::parse`], for a network whose weights lie in other files: `file` gives the bytes of
    /// a path that the network names.
    ///
    /// # Errors
    /// As [`Self::parse`]; what `file` answers, and LL1035 or LL1036 for files that are no weights of
    /// this network.
    pub fn parse_with(
        text: &str,
        origin: &str,
        mut file: impl FnMut(&str) -> Result<Vec<u8>, Diagnostics>,
    ) -> Result<Self, Diagnostics> {
        let network = read(text).and_then(|network| network.with_weights(text, &mut file));
        network.map_err(|found| found.within(origin, text))
    }
}

fn read(text: &str) -> Result<Network, Diagnostics> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(Diagnostics(errors.iter().map(not_toml).collect()));
    }
    let mut found = Findings::default();
    let fields = Fields::new(String::new(), 0..first_line(text), document.get_ref());
    let network = network(fields, &mut found);
    match network {
        Some(network) if found.0.is_empty() => Ok(network),
        _ => Err(Diagnostics(found.0)),
    }
}

fn first_line(text: &str) -> usize {
    text.lines().next().map_or(0, str::len)
}

fn not_toml(error: &toml::de::Error) -> Diagnostic {
    let message = format!("this is not TOML: {}", error.message());
    let finding = Diagnostic::new("LL1000", message).help("see https://toml.io for the notation");
    match error.span() {
        Some(span) => finding.label(span, "the reader stops here"),
        None => finding,
    }
}

/// A value and its place, while the pieces are put together.
#[derive(Clone, Debug)]
struct Located<T> {
    value: T,
    span: Range<usize>,
}

fn network(mut fields: Fields<'_>, found: &mut Findings) -> Option<Network> {
    let name = fields.required("name", found).and_then(|item| populations::name(&item, found));
    let dt = fields.required("dt", found).and_then(|item| time_step(&item, found));
    let gamma = fields.optional("gamma").map_or(Some(0.0), |item| item.number(found, &FROM_ZERO));
    let errors = fields.optional("errors").map_or(Some(Errors::default()), |item| {
        let words =
            [("prospective", Errors::Prospective), ("instantaneous", Errors::Instantaneous)];
        item.choice(found, &words)
    });
    let populations = populations::read(&mut fields, dt, found);
    let projections = projections::read(&mut fields, &populations, found);
    let teach = learning::teach(&mut fields, &populations, found);
    let learning = learning::learning(&mut fields, dt, found);
    let task = run::task(&mut fields, found);
    let schedule = run::schedule(&mut fields, task.as_ref(), found);
    let map = run::map(&mut fields, found);
    let teacher = teacher::read(&mut fields, &populations, &projections, dt, found);
    fields.finish(found);
    let parts = whole::Parts { populations, projections, teach, learning, task, schedule, teacher };
    let checked = whole::check(parts, found)?;
    Some(Network {
        name: name?,
        dt: dt?,
        gamma: gamma?,
        errors: errors?,
        populations: checked.populations,
        projections: checked.projections,
        teach: checked.teach,
        learning: checked.learning,
        task: checked.task,
        schedule: checked.schedule,
        map,
        teacher: checked.teacher,
    })
}

fn time_step(item: &crate::table::Item<'_>, found: &mut Findings) -> Option<Seconds> {
    let dt: Seconds = item.quantity(found)?;
    if dt.get() > 0.0 {
        return Some(dt);
    }
    let message = format!("`{}` is {dt}; it must be above 0 s", item.path);
    found.at("LL1005", &item.span, message, ("must be above 0 s", item.example("\"0.2 ms\"")));
    None
}
