//! Words, coefficients, tables and rows.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fixed::count;
use leadlag_fixed::random::{Kind, draw};
use leadlag_image::{
    Array, Core, Image, Input, Loss, Population, Ratio, Recipe, RowGroup, Sender, Side, Solver,
    Source, Teaching,
};
use leadlag_net::{self as net, Feedback};
use leadlag_quantize::{coefficients, ratio, table, word};

use crate::Job;
use crate::check::steps;
use crate::learning::{feedback, learning, sender};
use crate::place::{Part, parts_of};
use crate::scale::Scales;
use crate::spiking;

pub(crate) fn emit(job: Job<'_>, parts: &[Part], scales: &Scales) -> Result<Image, Diagnostics> {
    let cores = (0..parts.len()).map(|at| core(job, parts, scales, at));
    Ok(Image {
        name: job.net.name().to_owned(),
        chip: job.chip.clone(),
        inputs: inputs(job, scales),
        populations: populations(job, parts),
        teaching: teaching(job),
        learning: learning(job.net, job.chip.solver),
        cores: cores.collect::<Result<_, _>>()?,
        recipe: recipe(job),
        firmware: None,
    })
}

/// The network, so that the image's float reference can be built; none if it is too long to carry.
fn recipe(job: Job<'_>) -> Option<Recipe> {
    let network = job.net.to_toml();
    let fits = Recipe::carries(&network) && i64::try_from(job.seed).is_ok();
    fits.then_some(Recipe { seed: job.seed, network })
}

/// Index of a population among the inputs, or among the populations of neurons.
fn rank(job: Job<'_>, population: usize) -> u32 {
    let is_input = job.net.populations()[population].is_input();
    count(job.net.populations()[..population].iter().filter(|p| p.is_input() == is_input).count())
}

fn inputs(job: Job<'_>, scales: &Scales) -> Vec<Input> {
    let all = job.net.populations().iter().enumerate().filter(|(_, p)| p.is_input());
    all.map(|(at, p)| Input {
        name: p.name().to_owned(),
        size: count(p.size()),
        scale: scales.rate[at],
    })
    .collect()
}

fn populations(job: Job<'_>, parts: &[Part]) -> Vec<Population> {
    let all = job.net.populations().iter().enumerate().filter(|(_, p)| !p.is_input());
    all.map(|(at, p)| Population {
        name: p.name().to_owned(),
        size: count(p.size()),
        cores: parts_of(parts, at).map(|(core, _)| count(core)).collect(),
        eta_factor: p.neurons().map_or(Ratio::ONE, |neurons| ratio(neurons.eta_factor)),
    })
    .collect()
}

fn teaching(job: Job<'_>) -> Option<Teaching> {
    let teach = job.net.teach()?;
    let loss = match teach.loss {
        net::Loss::CrossEntropy => Loss::CrossEntropy,
        net::Loss::SquaredError | net::Loss::Nll => Loss::SquaredError,
    };
    Some(Teaching { population: rank(job, teach.population), loss, beta: ratio(teach.beta) })
}

fn core(job: Job<'_>, parts: &[Part], scales: &Scales, at: usize) -> Result<Core, Diagnostics> {
    let part = &parts[at];
    let population = part.population;
    let phi = job.net.populations()[population].neurons().map_or(net::Phi::Linear, |n| n.phi);
    let tables = table(phi, job.chip.table_segments, job.chip.rails);
    let stage = spiking::stage(job, scales, population).map_err(Diagnostics)?;
    let sender = sender(job.net);
    // A spike is a change, and so is its end.
    let rate_sender = if stage.is_rate() { sender } else { Sender::OnChange { threshold: 1 } };
    let gamma = if stage.is_rate() { job.net.gamma() } else { 0.0 };
    Ok(Core {
        x: part.x,
        y: part.y,
        population: rank(job, population),
        first: count(part.first),
        neurons: count(part.neurons),
        soma: side(
            job,
            part,
            somatic(job, parts, scales, part),
            0,
            scales.rate[population],
            rate_sender,
        )?,
        apical: side(
            job,
            part,
            apical(job, parts, scales, part),
            1,
            scales.error[population],
            sender,
        )?,
        phi: tables.phi,
        phi_prime: tables.phi_prime,
        gamma: ratio(gamma),
        stage,
    })
}

fn side(
    job: Job<'_>,
    part: &Part,
    array: Array,
    which: usize,
    scale: i32,
    sender: Sender,
) -> Result<Side, Diagnostics> {
    let of_part = steps(job, part.population).into_iter().skip(part.first).take(part.neurons);
    let set = |pair: [(f64, f64); 2]| {
        let (lag, lead) = pair[which];
        let solver = if lag <= 1.0 { Solver::Euler } else { job.chip.solver };
        coefficients(lag, lead, solver).ok_or_else(|| {
            Diagnostic::new("LL9001", "a time constant passed the check and has no coefficient")
        })
    };
    let sets = of_part.map(set).collect::<Result<Vec<_>, _>>()?;
    let (lag, lead) = sets.iter().map(|c| (c.lag, c.lead)).unzip();
    Ok(Side { array, lag, lead, scale, sender, trim: None })
}

/// Rows that are being collected, with the weight of each synapse: `values[row * neurons + column]`.
struct Rows {
    array: Array,
    neurons: usize,
    bits: u32,
}

impl Rows {
    fn new(job: Job<'_>, part: &Part) -> Self {
        let array = Array { groups: Vec::new(), words: Vec::new() };
        Self { array, neurons: part.neurons, bits: job.chip.weight_bits }
    }

    fn push(
        &mut self,
        label: String,
        source: Source,
        rows: usize,
        scale: i32,
        plastic: bool,
        weight: impl Fn(usize, usize) -> f64,
    ) {
        let first = count(self.array.words.len() / self.neurons);
        let group =
            RowGroup { label, first, rows: count(rows), source, weight_scale: scale, plastic };
        self.array.groups.push(group);
        let places = (0..rows).flat_map(|row| (0..self.neurons).map(move |column| (row, column)));
        self.array
            .words
            .extend(places.map(|(row, column)| word(weight(row, column), scale, self.bits)));
    }
}

/// Rows of the soma: one group per sending part, then the bias row.
fn somatic(job: Job<'_>, parts: &[Part], scales: &Scales, part: &Part) -> Array {
    let mut rows = Rows::new(job, part);
    for (i, projection) in
        job.net.projections().iter().enumerate().filter(|(_, p)| p.to == part.population)
    {
        let pre = job.net.pre_size(projection);
        let weights = &job.parameters.weights[i];
        let label = label(job, projection);
        let mut push = |source, first: usize, length| {
            let weight = |row, column| weights[(part.first + column) * pre + first + row];
            rows.push(label.clone(), source, length, scales.weight[i], projection.plastic, weight);
        };
        if job.net.populations()[projection.from].is_input() {
            push(Source::Input { input: rank(job, projection.from), from: 0 }, 0, pre);
        }
        for (core, sender) in parts_of(parts, projection.from) {
            push(Source::Core { core: count(core), from: 0 }, sender.first, sender.neurons);
        }
    }
    let biases = &job.parameters.biases[part.population];
    if !biases.is_empty() {
        let plastic = job.net.plastic_bias(part.population);
        rows.push(
            "bias".to_owned(),
            Source::Constant,
            1,
            scales.bias[part.population],
            plastic,
            |_, column| biases[part.first + column],
        );
    }
    rows.array
}

/// Rows of the apical compartment: one group per receiving part, with the transposed weights, or
/// with weights of the same spread drawn for themselves.
fn apical(job: Job<'_>, parts: &[Part], scales: &Scales, part: &Part) -> Array {
    let mut rows = Rows::new(job, part);
    let feedback = feedback(job.net);
    for (i, projection) in
        job.net.projections().iter().enumerate().filter(|(_, p)| p.from == part.population)
    {
        if !spiking::carries_errors(job.net, projection) {
            continue;
        }
        let pre = job.net.pre_size(projection);
        let weights = &job.parameters.weights[i];
        let spread = weights.iter().fold(0.0_f64, |top, w| top.max(w.abs()));
        for (core, receiver) in parts_of(parts, projection.to) {
            let weight = |row: usize, column: usize| {
                let at = (receiver.first + row) * pre + part.first + column;
                match feedback {
                    Feedback::Mirrored => weights[at],
                    Feedback::Fixed | Feedback::KolenPollack => random(job.seed, i, at) * spread,
                }
            };
            let plastic = projection.plastic && feedback != Feedback::Fixed;
            let source = Source::Core { core: count(core), from: 0 };
            rows.push(
                label(job, projection),
                source,
                receiver.neurons,
                scales.weight[i],
                plastic,
                weight,
            );
        }
    }
    rows.array
}

/// Uniform on -1 .. 1: a function of the seed, the projection and the synapse.
fn random(seed: u64, projection: usize, at: usize) -> f64 {
    let core = u16::try_from(projection).unwrap_or(u16::MAX);
    f64::from(draw(seed, Kind::WeightInit, 0, 1, core, count(at))) / f64::from(1_u32 << 31) - 1.0
}

fn label(job: Job<'_>, projection: &net::Projection) -> String {
    let name = |p: usize| job.net.populations()[p].name();
    format!("{} -> {}", name(projection.from), name(projection.to))
}
