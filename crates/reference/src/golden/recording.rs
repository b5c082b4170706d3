//! The arrays of an archive.

use std::io::{Read, Seek};

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_net::{NpzArchive, Parameters, Target};
use ndarray::ArrayD;
use ndarray_npy::{ReadNpyExt as _, ReadableElement};

use super::{Case, Deviation};
use crate::engine::Reference;

/// What drives a case, and what is compared.
pub(super) struct Recording {
    inputs: Vec<f64>,
    targets: Wanted,
    present: Vec<u8>,
    /// Weights, biases and time constants of every layer before the first step.
    start: Vec<[Vec<f64>; 3]>,
    widths: [usize; 2],
    before: [Series; 1],
    after: Vec<Series>,
}

enum Wanted {
    Class(Vec<u32>),
    Values(Vec<f64>),
}

/// A recorded array, step by step, and where the reference has the same.
pub(super) struct Series {
    name: String,
    values: Vec<f64>,
    /// Elements per step.
    width: usize,
    layer: usize,
    ours: fn(&Reference, usize) -> Vec<f64>,
}

impl Series {
    /// The furthest deviation of a step.
    pub(super) fn deviation(&self, step: usize, reference: &Reference) -> Deviation {
        let recorded = self.values.get(step * self.width..(step + 1) * self.width);
        let recorded = recorded.expect("the shape was checked");
        let ours = (self.ours)(reference, self.layer);
        assert_eq!(ours.len(), recorded.len(), "array {}", self.name);
        let (mut worst, mut at) = (0.0_f64, 0);
        for (element, (ours, recorded)) in ours.iter().zip(recorded).enumerate() {
            let off = (ours - recorded).abs() / recorded.abs().max(1.0);
            if off > worst || off.is_nan() {
                (worst, at) = (off, element);
            }
        }
        Deviation { name: self.name.clone(), worst, step, element: at }
    }
}

/// The population of a layer: the input is population 0.
fn population(layer: usize) -> usize {
    layer + 1
}

type Quantity = (&'static str, fn(&Reference, usize) -> Vec<f64>);

/// States and intermediates of a layer, one value per lane and neuron.
const STATES: [Quantity; 7] = [
    ("u", |r, l| r.membranes(population(l)).to_vec()),
    ("v", |r, l| r.error_states(population(l)).to_vec()),
    ("r", |r, l| r.rates(population(l)).to_vec()),
    ("r_prime", |r, l| r.slopes(population(l)).to_vec()),
    ("prosp_u", |r, l| r.prospective(population(l)).to_vec()),
    ("prosp_v", |r, l| r.errors(population(l)).to_vec()),
    ("inst_e", |r, l| r.instantaneous(population(l)).to_vec()),
];

struct Archive<R: Read + Seek>(NpzArchive<R>);

impl<R: Read + Seek> Archive<R> {
    fn array<T: ReadableElement + Clone>(
        &mut self,
        name: &str,
        shape: &[usize],
    ) -> Result<Vec<T>, Diagnostics> {
        let wrong = |message: String| {
            let help = "the layout of a case is described in golden/gle/README.md";
            Diagnostics::from(Diagnostic::new("LL1102", message).help(help))
        };
        let unreadable = |reason: String| wrong(format!("array `{name}` cannot be read: {reason}"));
        let member = self.0.npy(name).map_err(unreadable)?;
        let member = member.ok_or_else(|| unreadable("it is missing".to_owned()))?;
        let array = ArrayD::<T>::read_npy(member).map_err(|e| unreadable(e.to_string()))?;
        if array.shape() != shape {
            let given = array.shape();
            return Err(wrong(format!(
                "array `{name}` has shape {given:?}; the case needs {shape:?}"
            )));
        }
        Ok(array.iter().cloned().collect())
    }

    fn series(
        &mut self,
        (name, ours): Quantity,
        layer: usize,
        shape: &[usize],
    ) -> Result<Series, Diagnostics> {
        let name = if name == "output" { name.to_owned() } else { format!("{name}_{layer}") };
        let values = self.array(&name, shape)?;
        let width = shape.iter().skip(1).product();
        Ok(Series { name, values, width, layer, ours })
    }
}

impl Recording {
    pub(super) fn read(case: &Case, bytes: impl Read + Seek) -> Result<Self, Diagnostics> {
        let archive = NpzArchive::open(bytes).map_err(|reason| {
            Diagnostic::new("LL1102", format!("this is no .npz archive: {reason}"))
                .help("name the archive of the case")
        })?;
        let mut archive = Archive(archive);
        let (steps, lanes) = (case.steps, case.lanes);
        let last = case.layers().saturating_sub(1);
        let widths = [lanes * case.inputs(0), lanes * case.neurons(last)];
        let targets = targets(case, &mut archive, last)?;
        let output: Quantity = ("output", |r, _| r.outputs().to_vec());
        let shape = [steps, lanes, case.neurons(last)];
        let mut after = Vec::new();
        for layer in 0..case.layers() {
            after.extend(layer_series(case, &mut archive, layer)?);
        }
        Ok(Self {
            inputs: archive.array("x", &[steps, lanes, case.inputs(0)])?,
            targets,
            present: archive.array("target_mask", &[steps])?,
            start: (0..case.layers())
                .map(|l| start(case, &mut archive, l))
                .collect::<Result<_, _>>()?,
            widths,
            before: [archive.series(output, last, &shape)?],
            after,
        })
    }

    /// What is compared before a step.
    pub(super) fn before(&self) -> &[Series] {
        &self.before
    }

    /// What is compared after a step.
    pub(super) fn after(&self) -> &[Series] {
        &self.after
    }

    /// All arrays, not deviating yet.
    pub(super) fn unseen(&self) -> Vec<Deviation> {
        let all = self.before.iter().chain(&self.after);
        all.map(|s| Deviation { name: s.name.clone(), worst: 0.0, step: 0, element: 0 }).collect()
    }

    pub(super) fn input(&self, step: usize) -> &[f64] {
        let [width, _] = self.widths;
        self.inputs.get(step * width..(step + 1) * width).expect("the shape was checked")
    }

    /// The target of a step, unless it is masked.
    pub(super) fn target(&self, step: usize) -> Option<Target<'_>> {
        self.present.get(step).filter(|present| **present != 0)?;
        let [_, width] = self.widths;
        match &self.targets {
            Wanted::Values(values) => {
                values.get(step * width..(step + 1) * width).map(Target::Values)
            }
            Wanted::Class(classes) => {
                let lanes = classes.len() / self.present.len();
                classes.get(step * lanes..(step + 1) * lanes).map(Target::Class)
            }
        }
    }

    /// The parameters before the first step.
    pub(super) fn parameters(&self, case: &Case) -> Parameters {
        let per_population = |which: fn(&[Vec<f64>; 3]) -> Vec<f64>| {
            std::iter::once(Vec::new()).chain(self.start.iter().map(which)).collect()
        };
        debug_assert_eq!(self.start.len(), case.layers());
        Parameters {
            weights: self.start.iter().map(|[weights, ..]| weights.clone()).collect(),
            biases: per_population(|[_, biases, _]| biases.clone()),
            tau_m: per_population(|[.., tau_m]| tau_m.iter().map(|tau| tau / 1e3).collect()),
        }
    }
}

fn targets<R: Read + Seek>(
    case: &Case,
    archive: &mut Archive<R>,
    last: usize,
) -> Result<Wanted, Diagnostics> {
    let (steps, lanes) = (case.steps, case.lanes);
    if case.loss == "ce" {
        let classes: Vec<i64> = archive.array("target", &[steps, lanes])?;
        // A class that is none matches no output.
        return Ok(Wanted::Class(
            classes.iter().map(|c| u32::try_from(*c).unwrap_or(u32::MAX)).collect(),
        ));
    }
    archive.array("target", &[steps, lanes, case.neurons(last)]).map(Wanted::Values)
}

fn start<R: Read + Seek>(
    case: &Case,
    archive: &mut Archive<R>,
    layer: usize,
) -> Result<[Vec<f64>; 3], Diagnostics> {
    let (neurons, inputs) = (case.neurons(layer), case.inputs(layer));
    let bias = format!("b0_{layer}");
    Ok([
        archive.array(&format!("W0_{layer}"), &[neurons, inputs])?,
        if case.bias { archive.array(&bias, &[neurons])? } else { Vec::new() },
        archive.array(&format!("tau_m0_{layer}"), &[neurons])?,
    ])
}

fn layer_series<R: Read + Seek>(
    case: &Case,
    archive: &mut Archive<R>,
    layer: usize,
) -> Result<Vec<Series>, Diagnostics> {
    let (steps, lanes) = (case.steps, case.lanes);
    let (neurons, inputs) = (case.neurons(layer), case.inputs(layer));
    let mut all = Vec::new();
    for quantity in STATES {
        all.push(archive.series(quantity, layer, &[steps, lanes, neurons])?);
    }
    let below: Quantity = ("e_bottom", |r, layer| r.arriving(layer).to_vec());
    all.push(archive.series(below, layer, &[steps, lanes, inputs])?);
    let weights: [Quantity; 2] = [
        ("gW", |r, l| r.weight_gradient(l).to_vec()),
        ("W", |r, l| r.parameters().weights.get(l).cloned().unwrap_or_default()),
    ];
    let biases: [Quantity; 2] = [
        ("gb", |r, l| r.bias_gradient(population(l)).to_vec()),
        ("b", |r, l| r.parameters().biases.get(population(l)).cloned().unwrap_or_default()),
    ];
    let taus: [Quantity; 2] = [
        ("gtau", |r, l| r.tau_gradient(population(l)).to_vec()),
        ("tau_m", |r, l| {
            let seconds = r.parameters().tau_m.get(population(l)).cloned().unwrap_or_default();
            seconds.iter().map(|tau| tau * 1e3).collect()
        }),
    ];
    let kept = |pair: [Quantity; 2], wanted: bool| {
        let count = if wanted { 1 + usize::from(case.learns()) } else { 0 };
        pair.into_iter().take(count)
    };
    for quantity in kept(weights, true) {
        all.push(archive.series(quantity, layer, &[steps, neurons, inputs])?);
    }
    for quantity in kept(biases, case.bias).chain(kept(taus, case.learn_tau)) {
        all.push(archive.series(quantity, layer, &[steps, neurons])?);
    }
    Ok(all)
}
