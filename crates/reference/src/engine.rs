//! The network as a whole: one synchronous step, and blocks of them.

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_net::{Block, Learning, Network, Parameters, Score, Target, Targets, Teach, decision};
use serde::{Deserialize, Serialize};

use crate::kernel::add;
use crate::loss::compare;
use crate::neurons::{Neurons, Shared, State, UNITS};
use crate::optimiser::{Learnt, Update};
use crate::synapses::{Scratch, Synapses};

/// A network that computes in double precision, several lanes at once.
///
/// A step is the forward-Euler update of the GLE equations (Ellenberger et al., arXiv 2403.16933),
/// synchronous: every population reads what the others had before the step. Inputs arrive undelayed,
/// rates and errors of neurons one step late. All states start at 0, rates and slopes too, and
/// nothing resets them. The output of a step is the rate of the taught population before it.
#[derive(Clone, Debug)]
pub struct Reference {
    lanes: usize,
    output: usize,
    teach: Option<Teach>,
    learning: Option<Learning>,
    /// Share of the learning rate and of the decay in force.
    rate: f64,
    steps: u64,
    updates: u64,
    observed: bool,
    populations: Vec<Neurons>,
    projections: Vec<Synapses>,
    /// Taught error of the step, `[lane * n + output]`.
    taught: Vec<f64>,
    losses: Vec<f64>,
    scratch: Scratch,
}

/// Everything that a run carries on: states, parameters, what the rule remembers.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Training {
    steps: u64,
    updates: u64,
    rate: f64,
    populations: Vec<State>,
    projections: Vec<Learnt>,
}

impl Reference {
    /// A network at rest with these parameters, for so many lanes.
    ///
    /// # Panics
    /// If there is no lane, or if the parameters are not those of this network.
    #[must_use]
    pub fn new(network: &Network, parameters: &Parameters, lanes: usize) -> Self {
        assert!(lanes > 0, "a network needs a lane");
        assert!(network.fits(parameters), "parameters of another network");
        let dt = network.dt().get() * UNITS;
        let shared = Shared { lanes, dt, gamma: network.gamma(), errors: network.errors() };
        let biases = parameters.biases.iter().zip(&parameters.tau_m);
        let populations: Vec<_> = (network.populations().iter().zip(biases))
            .map(|(population, (bias, tau_m))| Neurons::new(population, shared, bias, tau_m))
            .collect();
        let projections = (network.projections().iter().zip(&parameters.weights))
            .map(|(p, w)| Synapses::new(p, network.pre_size(p), network.post_size(p), w))
            .collect();
        let output = network.output();
        let outputs = populations.get(output).map_or(0, |p: &Neurons| p.size);
        Self {
            lanes,
            output,
            teach: network.teach().copied(),
            learning: network.learning().cloned(),
            rate: 1.0,
            steps: 0,
            updates: 0,
            observed: false,
            populations,
            projections,
            taught: vec![0.0; outputs * lanes],
            losses: vec![0.0; lanes],
            scratch: Scratch::default(),
        }
    }

    /// A network that goes on where another one stood, to the same bits.
    ///
    /// # Errors
    /// LL1104 if the state was not taken from this network with so many lanes.
    pub fn resume(
        network: &Network,
        training: Training,
        lanes: usize,
    ) -> Result<Self, Diagnostics> {
        let mut one = Self::new(network, &network.initialise(0), lanes);
        let (states, weights) = (&training.populations, &training.projections);
        let fits = states.len() == one.populations.len()
            && weights.len() == one.projections.len()
            && states.iter().zip(&one.populations).all(|(s, p)| s.has_shape_of(&p.state))
            && weights.iter().zip(&one.projections).all(|(w, p)| w.has_shape_of(&p.weights));
        if !fits {
            let message = format!(
                "the checkpoint is not one of network {} with {lanes} lanes",
                network.name()
            );
            let help = "resume with the network file and the replicas it was written with";
            return Err(Diagnostic::new("LL1104", message).help(help).into());
        }
        (one.steps, one.updates, one.rate) = (training.steps, training.updates, training.rate);
        for (population, state) in one.populations.iter_mut().zip(training.populations) {
            population.state = state;
            population.refresh();
        }
        for (projection, weights) in one.projections.iter_mut().zip(training.projections) {
            projection.weights = weights;
            projection.refresh();
        }
        Ok(one)
    }

    /// Everything needed to go on later.
    #[must_use]
    pub fn training(&self) -> Training {
        Training {
            steps: self.steps,
            updates: self.updates,
            rate: self.rate,
            populations: self.populations.iter().map(|p| p.state.clone()).collect(),
            projections: self.projections.iter().map(|p| p.weights.clone()).collect(),
        }
    }

    /// Computes gradients and errors at the inputs in every step, even where nothing needs them.
    pub fn observe(&mut self) {
        self.observed = true;
    }

    /// Multiplies the network's learning rate and decay.
    pub fn set_rate(&mut self, share: f64) {
        self.rate = share;
    }

    /// One step of all lanes.
    ///
    /// `inputs[lane * lines + line]`, lines of all input populations in order. The target is taught
    /// as given; with `learn`, the parameters follow.
    ///
    /// # Panics
    /// If inputs or targets are not those of `lanes` lanes.
    pub fn step(&mut self, inputs: &[f64], target: Target<'_>, learn: bool) {
        self.assess(target);
        self.teach();
        self.advance(inputs, learn);
    }

    /// All steps of a block. Without `learn` nothing is taught either; the score is the same kind.
    ///
    /// # Panics
    /// If the block has another number of lanes or lines.
    pub fn run(&mut self, block: &Block, learn: bool) -> Score {
        assert_eq!(block.lanes, self.lanes, "the block's lanes");
        let mut score = Score::default();
        let mut summed = vec![0.0; self.taught.len()];
        for step in 0..block.steps {
            let target = block.target(step);
            add(&mut summed, self.outputs());
            self.assess(target);
            if target != Target::None {
                score.loss_sum += self.losses.iter().take(block.used).sum::<f64>();
                score.loss_count += wide(block.used);
                if let Target::Values(values) = target {
                    let counted = values.len() / self.lanes * block.used;
                    let pairs = values.iter().zip(self.outputs()).take(counted);
                    pairs.for_each(|(&wanted, &given)| score.compare(wanted, given));
                }
            }
            if learn {
                self.teach();
            }
            self.advance(block.input(step), learn);
        }
        if let Targets::Class(classes) = &block.targets {
            self.decide(&summed, classes.iter().take(block.used), &mut score);
        }
        score
    }

    fn decide<'a>(
        &self,
        summed: &[f64],
        classes: impl Iterator<Item = &'a u32>,
        score: &mut Score,
    ) {
        for (outputs, class) in summed.chunks_exact(summed.len() / self.lanes).zip(classes) {
            let decided = decision(outputs).and_then(|i| u32::try_from(i).ok());
            score.samples += 1;
            score.correct += u64::from(decided == Some(*class));
        }
    }

    /// Compares the outputs with what they should be.
    fn assess(&mut self, target: Target<'_>) {
        self.losses.fill(0.0);
        self.taught.fill(0.0);
        let Some(teach) = self.teach.filter(|_| target != Target::None) else { return };
        let Some(output) = self.populations.get(self.output) else { return };
        let rates = &output.state.rate;
        compare(teach.loss, rates, output.size, target, &mut self.taught, &mut self.losses);
    }

    /// Lets the taught error arrive.
    fn teach(&mut self) {
        let beta = self.teach.map_or(0.0, |teach| teach.beta);
        let Some(output) = self.populations.get_mut(self.output) else { return };
        for (arriving, taught) in output.state.arriving.iter_mut().zip(&self.taught) {
            *arriving += beta * taught;
        }
    }

    fn advance(&mut self, inputs: &[f64], learn: bool) {
        self.place_inputs(inputs);
        self.sum_drives();
        let tau = self.observed || self.learning.as_ref().is_some_and(|l| l.tau_min.is_some());
        let share = 1.0 / float(self.lanes);
        for population in &mut self.populations {
            population.advance_error();
            population.couple();
            if tau && population.circuit.is_some() {
                population.find_tau_gradient(share);
            }
            population.advance_membrane();
        }
        let (gathers, due) = self.turns(learn);
        if gathers || due || self.observed {
            self.find_gradients(share);
        }
        if gathers {
            self.gather(due);
        }
        self.send_errors();
        self.populations.iter_mut().for_each(Neurons::activate);
        if due {
            self.update();
        }
        self.steps += 1;
    }

    /// Whether this step's gradient is gathered, and whether the parameters move.
    fn turns(&self, learn: bool) -> (bool, bool) {
        let Some(learning) = self.learning.as_ref().filter(|_| learn) else {
            return (false, false);
        };
        let every = u64::from(learning.every);
        if learning.accumulate {
            (true, (self.steps + 1).is_multiple_of(every))
        } else {
            (false, self.steps.is_multiple_of(every))
        }
    }

    /// Adds this step's gradients to those since the last update; the update takes the sum.
    fn gather(&mut self, due: bool) {
        for projection in self.projections.iter_mut().filter(|p| p.plastic) {
            projection.weights.gather(&mut projection.gradient, due);
        }
        for population in &mut self.populations {
            population.state.bias.gather(&mut population.bias_gradient, due);
            if !population.tau_gradient.is_empty() {
                population.state.tau_m.gather(&mut population.tau_gradient, due);
            }
        }
    }

    /// Copies the lines of every lane to the input populations.
    fn place_inputs(&mut self, inputs: &[f64]) {
        let width = inputs.len() / self.lanes;
        let mut first = 0;
        for population in self.populations.iter_mut().filter(|p| p.circuit.is_none()) {
            let size = population.size;
            let lanes = population.state.rate.chunks_exact_mut(size);
            for (line, row) in lanes.zip(inputs.chunks_exact(width)) {
                line.copy_from_slice(row.get(first..first + size).expect("a value per line"));
            }
            first += size;
        }
        assert_eq!(first * self.lanes, inputs.len(), "a value per lane and line");
    }

    fn sum_drives(&mut self) {
        self.populations.iter_mut().for_each(Neurons::begin);
        for projection in &self.projections {
            let Some(from) = self.populations.get(projection.from) else { continue };
            let arriving = projection.forward(&from.state.rate, &mut self.scratch);
            if let Some(to) = self.populations.get_mut(projection.to) {
                add(&mut to.drive, arriving);
            }
        }
    }

    fn find_gradients(&mut self, share: f64) {
        for projection in self.projections.iter_mut().filter(|p| p.plastic) {
            let ends = (self.populations.get(projection.from), self.populations.get(projection.to));
            let (Some(from), Some(to)) = ends else { continue };
            projection.find_gradient(&to.error, &from.state.rate, share, &mut self.scratch);
        }
        self.populations.iter_mut().for_each(|p| p.find_bias_gradient(share));
    }

    /// Back-projects the errors of this step, for the next one.
    fn send_errors(&mut self) {
        for population in &mut self.populations {
            population.state.arriving.fill(0.0);
        }
        for projection in &self.projections {
            let wanted = |p: &Neurons| p.circuit.is_some() || self.observed;
            if !self.populations.get(projection.from).is_some_and(wanted) {
                continue;
            }
            let Some(to) = self.populations.get(projection.to) else { continue };
            let arriving = projection.backward(&to.error, &mut self.scratch);
            if let Some(from) = self.populations.get_mut(projection.from) {
                add(&mut from.state.arriving, arriving);
            }
        }
    }

    fn update(&mut self) {
        let Some(learning) = &self.learning else { return };
        self.updates += 1;
        let update = Update::new(learning, self.rate, self.updates);
        let mut biased = vec![false; self.populations.len()];
        for projection in self.projections.iter_mut().filter(|p| p.plastic) {
            let factor = self.populations.get(projection.to).map_or(1.0, |p| p.eta_factor);
            projection.learn(update.scaled(factor));
            if let Some(biased) = biased.get_mut(projection.to) {
                *biased = true;
            }
        }
        let update = update.without_decay();
        for (population, biased) in self.populations.iter_mut().zip(biased) {
            let update = update.scaled(population.eta_factor);
            if biased {
                population.state.bias.update(&population.bias_gradient, update);
            }
            if let (Some(least), true) = (learning.tau_min, population.circuit.is_some()) {
                population.learn_tau(update, least.get() * UNITS);
            }
        }
    }
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "lanes are far below 2^53")]
fn float(count: usize) -> f64 {
    count as f64
}

/// What can be seen from outside. A population or projection is named by its index in the network;
/// states and intermediates are `[lane * size + neuron]`.
/// An index beyond those panics.
impl Reference {
    /// Lanes.
    #[must_use]
    pub fn lanes(&self) -> usize {
        self.lanes
    }

    /// Steps so far.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Updates of the parameters so far.
    #[must_use]
    pub fn updates(&self) -> u64 {
        self.updates
    }

    /// The parameters as they are now.
    #[must_use]
    pub fn parameters(&self) -> Parameters {
        let seconds = |p: &Neurons| p.state.tau_m.values.iter().map(|t| t / UNITS).collect();
        Parameters {
            weights: self.projections.iter().map(|p| p.weights.values.clone()).collect(),
            biases: self.populations.iter().map(|p| p.state.bias.values.clone()).collect(),
            tau_m: self.populations.iter().map(seconds).collect(),
        }
    }

    /// Loss of every lane in the last step; 0 where nothing was compared.
    #[must_use]
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// Rates of the output population: what the next step's target is compared with.
    #[must_use]
    pub fn outputs(&self) -> &[f64] {
        self.rates(self.output)
    }

    fn at(&self, population: usize) -> &Neurons {
        self.populations.get(population).expect("a population of this network")
    }

    /// r, as the other populations see it in the next step; of an input, its lines in the last one.
    #[must_use]
    pub fn rates(&self, population: usize) -> &[f64] {
        &self.at(population).state.rate
    }

    /// phi'(y), which the next step's error is multiplied with.
    #[must_use]
    pub fn slopes(&self, population: usize) -> &[f64] {
        &self.at(population).state.slope
    }

    /// u.
    #[must_use]
    pub fn membranes(&self, population: usize) -> &[f64] {
        &self.at(population).state.membrane
    }

    /// v, the low-passed error.
    #[must_use]
    pub fn error_states(&self, population: usize) -> &[f64] {
        &self.at(population).state.lagged_error
    }

    /// y, the prospective membrane of the last step.
    #[must_use]
    pub fn prospective(&self, population: usize) -> &[f64] {
        &self.at(population).prospective
    }

    /// e, the (prospective) error of the last step.
    #[must_use]
    pub fn errors(&self, population: usize) -> &[f64] {
        &self.at(population).error
    }

    /// The instantaneous error of the last step.
    #[must_use]
    pub fn instantaneous(&self, population: usize) -> &[f64] {
        &self.at(population).instantaneous
    }

    /// Everything that drove the membranes in the last step: synapses, bias, coupled error.
    #[must_use]
    pub fn drives(&self, population: usize) -> &[f64] {
        &self.at(population).drive
    }

    /// Back-projected errors of the last step, which arrive in the next one. At inputs they are
    /// computed after [`Reference::observe`] only.
    #[must_use]
    pub fn arriving(&self, population: usize) -> &[f64] {
        &self.at(population).state.arriving
    }

    /// Gradient of the weights, `[post * n_pre + pre]`, of the last step that had one.
    ///
    /// # Panics
    /// If the network has no such projection.
    #[must_use]
    pub fn weight_gradient(&self, projection: usize) -> &[f64] {
        &self.projections.get(projection).expect("a projection of this network").gradient
    }

    /// Gradient of the biases, of the last step that had one.
    #[must_use]
    pub fn bias_gradient(&self, population: usize) -> &[f64] {
        &self.at(population).bias_gradient
    }

    /// Gradient of the membrane time constants per time unit, of the last step that had one.
    #[must_use]
    pub fn tau_gradient(&self, population: usize) -> &[f64] {
        &self.at(population).tau_gradient
    }
}
