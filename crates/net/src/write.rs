//! From a network back to text, with every default written out.

use std::fmt::Write;

use crate::learning::{Learning, Rule, Sender, Teach};
use crate::network::{
    Bias, Errors, Group, Init, Leak, Members, Network, Neurons, Projection, Spiking, TauM, Teaching,
};
use crate::parse::words::{FEEDBACKS, LOSSES, OPERANDS, ORDERS, PHI, ROUNDINGS};
use crate::schedule::{Anneal, Length, Lowering, Map, Plateau, Schedule};
use crate::spec::TaskSpec;

/// The word that stands for a value.
fn word<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    words.iter().find(|(_, v)| v == value).map_or("", |(word, _)| word)
}

/// Text that grows by lines.
#[derive(Default)]
struct Page(String);

impl Page {
    fn line(&mut self, text: impl AsRef<str>) {
        self.0.push_str(text.as_ref());
        self.0.push('\n');
    }

    fn field(&mut self, name: &str, value: impl std::fmt::Display) {
        writeln!(self.0, "{name} = {value}").expect("a String takes all text");
    }

    fn text(&mut self, name: &str, value: impl std::fmt::Display) {
        self.field(name, format_args!("\"{value}\""));
    }

    fn number(&mut self, name: &str, value: f64) {
        self.field(name, format_args!("{value:?}"));
    }
}

impl Network {
    /// The network as a file, with all defaults stated; it parses back to an equal network.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut page = Page::default();
        page.text("name", &self.name);
        page.text("dt", self.dt);
        page.number("gamma", self.gamma);
        let errors = match self.errors {
            Errors::Prospective => "prospective",
            Errors::Instantaneous => "instantaneous",
        };
        page.text("errors", errors);
        for population in &self.populations {
            page.line("\n[[population]]");
            page.text("name", &population.name);
            members(&mut page, &population.members);
        }
        for projection in &self.projections {
            self.projection(&mut page, projection);
        }
        self.sections(&mut page);
        page.0
    }

    fn sections(&self, page: &mut Page) {
        if let Some(t) = &self.teach {
            self.teach_section(page, t);
        }
        if let Some(l) = &self.learning {
            learning(page, l);
        }
        if let Some(t) = &self.task {
            task(page, t);
        }
        schedule(page, &self.schedule);
        map(page, &self.map);
        if let Some(t) = &self.teacher {
            self.teacher_section(page, t);
        }
    }

    fn name_of(&self, population: usize) -> &str {
        self.populations.get(population).map_or("", |p| p.name.as_str())
    }

    fn projection(&self, page: &mut Page, projection: &Projection) {
        page.line("\n[[projection]]");
        page.text("from", self.name_of(projection.from));
        page.text("to", self.name_of(projection.to));
        page.field("plastic", projection.plastic);
        if let Some(range) = projection.weight_range {
            page.number("weight_range", range);
        }
        match &projection.init {
            Init::Uniform => page.text("init", "uniform"),
            Init::Constant(value) => page.field("init", format_args!("{{ constant = {value:?} }}")),
            Init::Range(low, high) => {
                page.field("init", format_args!("{{ range = [{low:?}, {high:?}] }}"));
            }
            Init::Integers { low, high, seed } => {
                page.field("init", format_args!("{{ integers = [{low}, {high}], seed = {seed} }}"));
            }
            Init::File { file, array } => {
                page.field("weights", format_args!("{{ file = {file:?}, array = {array:?} }}"));
            }
            Init::Weights(weights) => {
                page.field("weights", matrix(weights, self.pre_size(projection)));
            }
        }
    }

    fn teach_section(&self, page: &mut Page, teach: &Teach) {
        page.line("\n[teach]");
        page.text("population", self.name_of(teach.population));
        page.text("loss", word(&LOSSES, &teach.loss));
        page.number("beta", teach.beta);
    }

    fn teacher_section(&self, page: &mut Page, teacher: &Teaching) {
        page.line("\n[teacher.weights]");
        for (projection, weights) in self.projections.iter().zip(&teacher.weights) {
            let key =
                format!("\"{} -> {}\"", self.name_of(projection.from), self.name_of(projection.to));
            page.field(&key, matrix(weights, self.pre_size(projection)));
        }
        page.line("\n[teacher.tau_m]");
        for (population, taus) in self.populations.iter().zip(&teacher.tau_m) {
            if !taus.is_empty() {
                let texts: Vec<_> = taus.iter().map(|tau| format!("\"{tau}\"")).collect();
                page.field(&population.name, format_args!("[{}]", texts.join(", ")));
            }
        }
        page.line("\n[teacher.biases]");
        for (population, biases) in self.populations.iter().zip(&teacher.biases) {
            if !biases.is_empty() {
                page.field(&population.name, format_args!("{biases:?}"));
            }
        }
    }
}

fn matrix(weights: &[f64], columns: usize) -> String {
    let rows: Vec<_> = weights.chunks(columns).map(|row| format!("{row:?}")).collect();
    format!("[{}]", rows.join(", "))
}

fn members(page: &mut Page, members: &Members) {
    match members {
        Members::Lines(lines) => page.field("input", lines),
        Members::Neurons(neurons) => neurons_of(page, neurons),
    }
}

fn spiking_of(page: &mut Page, neurons: &Neurons, spiking: &Spiking) {
    page.text("neuron", "lif");
    page.field("size", neurons.size());
    page.number("threshold", spiking.threshold);
    match (spiking.leak, neurons.groups.first().map(|group| group.tau_m)) {
        (Leak::Share { mantissa, places }, _) => {
            page.text("leak", format_args!("{mantissa}/{}", 1_u32 << places));
        }
        (Leak::Exact, Some(TauM::Is(tau))) => page.text("tau_m", tau),
        (Leak::Exact, Some(TauM::Between(..)) | None) => {}
    }
    page.field("refractory", spiking.refractory);
    bias_of(page, neurons);
}

fn neurons_of(page: &mut Page, neurons: &Neurons) {
    if let Some(spiking) = &neurons.spiking {
        return spiking_of(page, neurons, spiking);
    }
    let groups: Vec<_> = neurons.groups.iter().map(group).collect();
    page.field("tau", format_args!("[{}]", groups.join(", ")));
    page.text("phi", word(&PHI, &neurons.phi));
    page.number("eta_factor", neurons.eta_factor);
    bias_of(page, neurons);
}

fn bias_of(page: &mut Page, neurons: &Neurons) {
    match &neurons.bias {
        Bias::None => page.field("bias", false),
        Bias::Uniform => page.field("bias", true),
        Bias::Values(values) => page.field("bias", format_args!("{values:?}")),
    }
}

fn group(group: &Group) -> String {
    let tau_m = match group.tau_m {
        TauM::Is(tau) => format!("\"{tau}\""),
        TauM::Between(low, high) => format!("[\"{low}\", \"{high}\"]"),
    };
    format!("{{ count = {}, tau_m = {tau_m}, tau_r = \"{}\" }}", group.count, group.tau_r)
}

fn learning(page: &mut Page, learning: &Learning) {
    page.line("\n[learning]");
    match learning.rule {
        Rule::Sgd => page.text("rule", "sgd"),
        Rule::Momentum { momentum } => {
            page.text("rule", "momentum");
            page.number("momentum", momentum);
        }
        Rule::Adam { beta1, beta2, epsilon } => {
            page.text("rule", "adam");
            page.number("beta1", beta1);
            page.number("beta2", beta2);
            page.number("epsilon", epsilon);
        }
    }
    page.number("eta", learning.eta);
    page.number("decay", learning.decay);
    page.field("every", learning.every);
    page.field("accumulate", learning.accumulate);
    page.field("tau_m", learning.tau_min.is_some());
    if let Some(tau_min) = learning.tau_min {
        page.text("tau_min", tau_min);
    }
    page.text("rounding", word(&ROUNDINGS, &learning.rounding));
    page.text("feedback", word(&FEEDBACKS, &learning.feedback));
    page.text("operand", word(&OPERANDS, &learning.operand));
    match learning.sender {
        Sender::EveryStep => page.text("sender", "every-step"),
        Sender::OnChange { threshold } => {
            page.text("sender", "on-change");
            page.field("threshold", threshold);
        }
    }
}

fn task(page: &mut Page, task: &TaskSpec) {
    page.line("\n[task]");
    page.text("name", task.name());
    match task {
        TaskSpec::Mnist1d(spec) => {
            page.field("seed", spec.seed);
            page.field("length", spec.length);
            page.field("train", spec.train);
            page.field("test", spec.test);
        }
        TaskSpec::Chain { seed } | TaskSpec::LagNet { seed } | TaskSpec::LifDense { seed } => {
            page.field("seed", seed);
        }
        TaskSpec::MackeyGlass { ahead } => page.field("ahead", ahead),
        TaskSpec::Xor(spec) => {
            page.field("seed", spec.seed);
            page.field("hold", spec.hold);
            page.field("delay", spec.delay);
        }
    }
}

fn schedule(page: &mut Page, schedule: &Schedule) {
    page.line("\n[schedule]");
    page.field("replicas", schedule.replicas);
    page.field("control", schedule.control);
    match &schedule.length {
        Length::Epochs { epochs, lowering } => {
            page.field("epochs", epochs);
            page.text("order", word(&ORDERS, &schedule.order));
            page.field("gap", schedule.gap);
            self::lowering(page, lowering);
        }
        Length::Steps { steps, learn_from, report_every } => {
            page.field("steps", steps);
            page.field("learn_from", learn_from);
            page.field("report_every", report_every);
        }
    }
}

fn lowering(page: &mut Page, lowering: &Lowering) {
    match lowering {
        Lowering::Never => {}
        Lowering::Plateau(Plateau { factor, patience }) => {
            page.field("plateau", format!("{{ factor = {factor:?}, patience = {patience} }}"));
        }
        Lowering::Anneal(Anneal { factor, every, from }) => {
            let text = format!("{{ factor = {factor:?}, every = {every}, from = {from} }}");
            page.field("anneal", text);
        }
    }
}

fn map(page: &mut Page, map: &Map) {
    let hints = [
        ("weight_headroom", map.weight_headroom),
        ("rate_headroom", map.rate_headroom),
        ("error_headroom", map.error_headroom),
        ("weight_range", map.weight_range),
        ("rate_range", map.rate_range),
        ("error_range", map.error_range),
    ];
    page.line("\n[map]");
    for (name, hint) in hints {
        if let Some(value) = hint {
            page.number(name, value);
        }
    }
}
