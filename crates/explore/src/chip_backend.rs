//! The emulated chip as a backend: real numbers to codes on the way in, codes to a score on the way
//! out, and error scales that follow the errors.

#![expect(
    clippy::indexing_slicing,
    reason = "a validated image proves its indices, a block its shape"
)]

use std::ops::ControlFlow;

use leadlag_chip::{Counters, Emulator, Options, Record, SideCounters, State, Stimulus, Targets};
use leadlag_compiler::level_error_scales;
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::container::{self, Kind};
use leadlag_image::{Image, Loss, registers};
use leadlag_net::{Block, Score, decision};
use leadlag_quantize::{code, ratio};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::backend::Backend;
use crate::clocking::Clocking;
use crate::course::Progress;
use crate::firmware::{Firmware, Programs};
use crate::recording::Recording;

/// A chip, or several replicas of it.
#[derive(Debug)]
pub struct ChipBackend {
    emulator: Emulator,
    lanes: usize,
    seen: Vec<Counters>,
    told: Vec<Counters>,
    follow: bool,
    firmware: Option<Firmware>,
    recording: Option<Recording>,
}

/// A checkpoint of a training run on the chip.
#[derive(Serialize, Deserialize)]
struct Saved {
    progress: Progress,
    state: State,
    seen: Vec<Counters>,
    told: Vec<Counters>,
}

impl ChipBackend {
    /// Loads an image. With `follow`, the error scales follow the errors while the chip learns.
    ///
    /// # Errors
    /// What [`Image::validate`] finds; LL1356 if the chip's steps need the cycle engine.
    pub fn new(image: Image, options: Options, follow: bool) -> Result<Self, Diagnostics> {
        Self::with_engine(image, options, follow, &Clocking::default())
    }

    /// As [`Self::new`], on another engine.
    ///
    /// # Errors
    /// What [`Image::validate`] finds, and what [`Clocking::start`] refuses.
    pub fn with_engine(
        image: Image,
        options: Options,
        follow: bool,
        clocking: &Clocking,
    ) -> Result<Self, Diagnostics> {
        let mut emulator = Emulator::load(image, options)?;
        clocking.start(&mut emulator)?;
        let seen = emulator.counters();
        let lanes = leadlag_fixed::index(options.replicas);
        let told = seen.clone();
        Ok(Self { emulator, lanes, told, seen, follow, firmware: None, recording: None })
    }

    /// The chip.
    #[must_use]
    pub fn emulator(&self) -> &Emulator {
        &self.emulator
    }

    /// Lets programs of the plasticity units learn from now on, in place of the evaluator of the rule.
    ///
    /// # Errors
    /// As [`Firmware::install`].
    pub fn learn_with_programs(&mut self) -> Result<(), Diagnostics> {
        self.firmware = Some(Firmware::install(&mut self.emulator)?);
        Ok(())
    }

    /// Records registers from now on.
    ///
    /// # Errors
    /// As [`Recording::look`].
    pub fn record(&mut self, mut recording: Recording) -> Result<(), Diagnostics> {
        if recording.is_new() {
            recording.look(self.emulator.step(), &self.emulator)?;
        }
        self.recording = Some(recording);
        Ok(())
    }

    /// Ends the recording, if there is one.
    ///
    /// # Errors
    /// As [`Recording::finish`].
    pub fn finish_recording(&mut self) -> Result<(), Diagnostics> {
        self.recording.take().map_or(Ok(()), |mut recording| recording.finish().map(drop))
    }

    /// Runs a block, looked at after each step if anything is recorded.
    fn step(&mut self, stimulus: &Stimulus<'_>) -> Result<Record, Diagnostics> {
        if let Some(firmware) = &self.firmware {
            firmware.write_parameters(&mut self.emulator, stimulus.learn);
        }
        let Some(recording) = &mut self.recording else {
            let record = self.emulator.run(stimulus);
            return self.emulator.check_programs().map(|()| record);
        };
        let mut outcome = Ok(());
        let (record, _) = self.emulator.run_each(stimulus, &mut |chips, _| {
            outcome = chips.check_programs().and_then(|()| recording.look(chips.step(), chips));
            if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        outcome.map(|()| record)
    }

    /// Moves the error scales of the cores whose errors have become too large or too small for their
    /// codes in the last block, by one power of two each.
    fn follow_errors(&mut self) -> Result<(), Diagnostics> {
        let now = self.emulator.counters();
        let before = std::mem::replace(&mut self.seen, now);
        if !self.follow {
            return Ok(());
        }
        let image = self.emulator.image();
        let home = home(image);
        let old = &self.emulator.state().error_scales;
        let mut scales = old.clone();
        for population in &image.populations {
            let cores = population.cores.iter().map(|&core| leadlag_fixed::index(core));
            let change = cores
                .clone()
                .map(|at| wanted(&before[at], &self.seen[at], image.cores[at].neurons, home))
                .max()
                .unwrap_or(0);
            for at in cores {
                scales[at] = (scales[at] + change).clamp(-16, 20);
            }
        }
        level_error_scales(image, &mut scales);
        let (low, high) = registers::SCALE_RANGE;
        let exist = scales.iter().all(|scale| (low..=high).contains(scale));
        // Levelling may ask for scales that no register has: then the old ones stay in force.
        if scales != *old && exist {
            self.emulator.set_error_scales(&scales)?;
        }
        Ok(())
    }
}

/// Mean square of error codes that have the headroom which the image gives them.
fn home(image: &Image) -> u64 {
    let headroom = image.learning.as_ref().map_or(0, |learning| u32::from(learning.headroom));
    1 << (2 * (image.chip.payload_bits - 1).saturating_sub(headroom))
}

/// The change of a core's error scale. Above 1.4 times the root mean square at home the scale grows,
/// if anything was clipped at all; below 0.6 it shrinks; one step does not lead from one side to the
/// other.
fn wanted(before: &Counters, now: &Counters, columns: u32, home: u64) -> i32 {
    let samples = (now.steps - before.steps) * u64::from(columns);
    if samples == 0 {
        return 0;
    }
    let mean_square = (now.apical.power - before.apical.power) / samples;
    let clipped = now.apical.code_clipped > before.apical.code_clipped;
    if mean_square > 2 * home && clipped {
        1
    } else if mean_square * 20 < 7 * home {
        -1
    } else {
        0
    }
}

/// The codes of a block's inputs, on the scale of each input bundle.
pub(crate) fn line_codes(image: &Image, block: &Block) -> Vec<i16> {
    let bits = image.chip.payload_bits;
    let scales: Vec<i32> = image
        .inputs
        .iter()
        .flat_map(|i| std::iter::repeat_n(i.scale, leadlag_fixed::index(i.size)))
        .collect();
    let lines = block.inputs.iter().zip(scales.iter().cycle());
    lines.map(|(&value, &scale)| code(value, scale, bits)).collect()
}

/// Scale of the output population's rates.
pub(crate) fn output_scale(image: &Image) -> i32 {
    let core = image
        .teaching
        .and_then(|t| image.populations[leadlag_fixed::index(t.population)].cores.first());
    core.map_or(0, |&core| image.cores[leadlag_fixed::index(core)].soma.scale)
}

impl Backend for ChipBackend {
    fn lanes(&self) -> usize {
        self.lanes
    }

    fn run(&mut self, block: &Block, learn: bool) -> Result<Score, Diagnostics> {
        let codes = line_codes(self.emulator.image(), block);
        let scale = output_scale(self.emulator.image());
        let values: Vec<i16>;
        let targets = match &block.targets {
            _ if !learn => Targets::None,
            leadlag_net::Targets::None => Targets::None,
            leadlag_net::Targets::Class(classes) => Targets::Class(classes),
            leadlag_net::Targets::Values { values: reals, present, .. } => {
                values = reals.iter().map(|&v| code(v, scale, 16)).collect();
                Targets::Codes { codes: &values, present: present.as_deref().unwrap_or(&[]) }
            }
        };
        let stimulus = Stimulus { steps: block.steps, codes: &codes, targets, learn };
        let record = self.step(&stimulus)?;
        let loss = self.emulator.image().teaching.map(|t| t.loss);
        let score = score(block, &record.rates, record.outputs, scale, loss);
        // Where nothing is taught, errors fade; their scales wait for the next sample.
        if learn && block.is_taught() {
            self.follow_errors()?;
        } else {
            self.seen = self.emulator.counters();
        }
        Ok(score)
    }

    fn outputs(&mut self, block: &Block) -> Result<Vec<f64>, Diagnostics> {
        let codes = line_codes(self.emulator.image(), block);
        let stimulus =
            Stimulus { steps: block.steps, codes: &codes, targets: Targets::None, learn: false };
        let unit = 2.0_f64.powi(output_scale(self.emulator.image()) - 15);
        // What the host told programs at the start of a sample it does not tell them again.
        if let Some(firmware) = self.firmware.as_ref().filter(|_| self.emulator.step() == 0) {
            firmware.write_parameters(&mut self.emulator, false);
        }
        let rates = self.emulator.run(&stimulus).rates;
        self.emulator.check_programs()?;
        self.seen = self.emulator.counters();
        Ok(rates.into_iter().map(|rate| f64::from(rate) * unit).collect())
    }

    /// A timed step is long, and no faster among others.
    fn stride(&self) -> usize {
        if self.emulator.cycles().is_some() { 1 } else { 16 }
    }

    fn count_cycles(&self, into: &mut crate::clocking::Clocked) {
        into.add_with_page(&self.emulator);
    }

    fn count_programs(&self, into: &mut Programs) {
        into.add(Programs::of(&self.emulator, &self.emulator.counters()));
    }

    fn set_learning_rate(&mut self, share: f64) -> Result<(), Diagnostics> {
        self.emulator.set_learning_rate(ratio(share))
    }

    fn remarks(&mut self) -> Value {
        let now = self.emulator.counters();
        let before = std::mem::replace(&mut self.told, now);
        let share = |pick: fn(&Counters) -> u64| {
            let pairs = before.iter().zip(&self.told).zip(&self.emulator.image().cores);
            pairs
                .map(|((b, n), core)| {
                    per_cell(pick(n) - pick(b), (n.steps - b.steps) * u64::from(core.neurons))
                })
                .collect::<Vec<_>>()
        };
        let held = |c: &Counters| c.soma.weight_held + c.apical.weight_held;
        let weights_held: u64 = self.told.iter().map(held).sum();
        let mut remarks = json!({
            "error_scales": self.emulator.state().error_scales,
            "error_clipped": share(|c| c.apical.code_clipped),
            "error_held": share(|c| c.apical.output_held + c.apical.state_held),
            "rate_clipped": share(|c| c.soma.code_clipped),
            "weights_held": weights_held,
        });
        if let (Some(remarks), Some(taus)) = (
            remarks.as_object_mut(),
            crate::carried::shown_time_constants(&self.emulator.trained_image()),
        ) {
            remarks.insert("tau_m_ms".to_owned(), json!(taus));
        }
        remarks
    }

    fn save(&mut self, progress: &Progress) -> Result<Vec<u8>, Diagnostics> {
        self.recording.as_mut().map_or(Ok(()), Recording::synchronise)?;
        let saved = Saved {
            progress: progress.clone(),
            state: self.emulator.snapshot(),
            seen: self.seen.clone(),
            told: self.told.clone(),
        };
        let mut bytes = Vec::new();
        container::write(Kind::Checkpoint, &saved, &mut bytes).map_err(|e| not_saved(&e))?;
        Ok(bytes)
    }

    fn restore(&mut self, bytes: &[u8]) -> Result<Progress, Diagnostics> {
        let saved: Saved = container::read(Kind::Checkpoint, bytes)?;
        let before = self.emulator.snapshot();
        self.emulator.restore(saved.state)?;
        let now = self.emulator.counters();
        if [&saved.seen, &saved.told].iter().any(|earlier| !are_before(earlier, &now)) {
            self.emulator.restore(before)?;
            return Err(ahead());
        }
        (self.seen, self.told) = (saved.seen, saved.told);
        Ok(saved.progress)
    }
}

/// Whether counters were read before others of the same run.
fn are_before(earlier: &[Counters], now: &[Counters]) -> bool {
    let side = |c: &SideCounters| {
        [
            c.state_held,
            c.output_held,
            c.code_clipped,
            c.weight_held,
            c.events,
            c.power,
            c.synaptic_events,
        ]
    };
    let own = |c: &Counters| {
        let programs = [c.instructions, c.plasticity_cycles, c.plasticity_overruns];
        let [instructions, cycles, overruns] = programs;
        [c.steps, c.spikes, instructions, cycles, overruns, 0, 0]
    };
    let all = |c: &Counters| [own(c), side(&c.soma), side(&c.apical)];
    let pairs = || earlier.iter().zip(now).map(|(e, n)| (all(e), all(n)));
    let before = |(e, n): ([[u64; 7]; 3], [[u64; 7]; 3])| {
        e.as_flattened().iter().zip(n.as_flattened()).all(|(e, n)| e <= n)
    };
    earlier.len() == now.len() && pairs().all(before)
}

fn ahead() -> Diagnostics {
    let message = "the counters that were last reported are ahead of those of the chip";
    Diagnostic::new("LL1340", message)
        .help("the file was not written by a chip: take another checkpoint, or start anew")
        .into()
}

/// A state that cannot be written down.
pub(crate) fn not_saved(error: &std::io::Error) -> Diagnostic {
    Diagnostic::new("LL9002", format!("the state of the run cannot be written down: {error}"))
        .help("this is a defect of LEADLAG; please report it with the run folder")
}

/// A share, to four digits.
#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "a share for people")]
fn per_cell(count: u64, cells: u64) -> f64 {
    (count as f64 / cells.max(1) as f64 * 1e4).round() / 1e4
}

/// The score of a block from the rates before each step: decisions by the largest sum over all
/// steps, and the mean loss.
#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts are below 2^53")]
fn score(block: &Block, rates: &[i16], outputs: usize, scale: i32, loss: Option<Loss>) -> Score {
    let mut total = Score::default();
    if outputs == 0 {
        return total;
    }
    let unit = 2.0_f64.powi(scale - 15);
    for (lane, rates) in rates.chunks_exact(block.steps * outputs).take(block.used).enumerate() {
        let mut sums = vec![0_i64; outputs];
        for (step, rates) in rates.chunks_exact(outputs).enumerate() {
            for (sum, &rate) in sums.iter_mut().zip(rates) {
                *sum += i64::from(rate);
            }
            if let Some(lost) = step_loss(block, (step, lane), rates, unit, loss) {
                total.loss_sum += lost;
                total.loss_count += 1;
                compare_values(block, (step, lane), rates, unit, &mut total);
            }
        }
        if let leadlag_net::Targets::Class(classes) = &block.targets {
            let sums: Vec<f64> = sums.iter().map(|&s| s as f64).collect();
            total.samples += 1;
            total.correct +=
                u64::from(decision(&sums) == Some(leadlag_fixed::index(classes[lane])));
        }
    }
    total
}

/// Notes a taught step's outputs beside their values, if it is taught values.
fn compare_values(
    block: &Block,
    (step, lane): (usize, usize),
    rates: &[i16],
    unit: f64,
    total: &mut Score,
) {
    if let leadlag_net::Targets::Values { width, values, .. } = &block.targets {
        let wanted = &values[(step * block.lanes + lane) * width..];
        for (&wanted, &rate) in wanted.iter().zip(rates) {
            total.compare(wanted, f64::from(rate) * unit);
        }
    }
}

/// Cross-entropy of a step, or half the squared error: the losses whose negative gradients are
/// taught.
fn step_loss(
    block: &Block,
    (step, lane): (usize, usize),
    rates: &[i16],
    unit: f64,
    loss: Option<Loss>,
) -> Option<f64> {
    let value = |rate: &i16| f64::from(*rate) * unit;
    let squares = |wanted: &dyn Fn(usize) -> f64| {
        rates.iter().enumerate().map(|(o, r)| (wanted(o) - value(r)).powi(2)).sum::<f64>() / 2.0
    };
    match (&block.targets, loss?) {
        (leadlag_net::Targets::None, _) => None,
        (leadlag_net::Targets::Class(classes), Loss::CrossEntropy) => {
            let top = rates.iter().map(value).fold(f64::MIN, f64::max);
            let total: f64 = rates.iter().map(|r| libm::exp(value(r) - top)).sum();
            Some(libm::log(total) + top - value(&rates[leadlag_fixed::index(classes[lane])]))
        }
        (leadlag_net::Targets::Class(classes), Loss::SquaredError) => {
            let class = leadlag_fixed::index(classes[lane]);
            Some(squares(&|o| f64::from(u8::from(o == class))))
        }
        (leadlag_net::Targets::Values { width, values, present }, _) => {
            if present.as_ref().and_then(|p| p.get(step)) == Some(&false) {
                return None;
            }
            let first = (step * block.lanes + lane) * width;
            Some(squares(&|o| values[first + o]))
        }
    }
}
