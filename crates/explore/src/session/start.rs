//! Beginning and continuing a run.

use std::path::Path;

use leadlag_chip::Options as ChipOptions;
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_image::{Chip, Firmware, Image};
use leadlag_net::tasks::Task;
use leadlag_net::{Length, Network, Schedule};
use leadlag_trace::Selection;

use super::learner::Learner;
use super::options::{Computer, Config, Options, Origin, Plasticity};
use super::{Session, manifest, restore, sources};
use crate::build::build;
use crate::carried::no_recipe;
use crate::chip_backend::not_saved;
use crate::clocking::Clocking;
use crate::course::{Pace, Progress, TaskSource};
use crate::faults::no_chip;
use crate::files;
use crate::firmware::{Source, of_user};
use crate::folder::{RunFile, RunFolder};
use crate::recording::Recording;
use crate::{ChipBackend, FloatBackend};

/// The most replicas that share a weight state.
const MOST_REPLICAS: usize = 4096;

/// What a run begins with.
#[derive(Clone, PartialEq, Debug)]
pub enum Subject {
    /// A network, with the text that findings point into and the name it goes by.
    Network {
        /// What the text means.
        network: Box<Network>,
        /// The text.
        text: String,
        /// The name.
        origin: String,
        /// The chip to compile for.
        chip: Box<Chip>,
    },
    /// A compiled image.
    Image(Box<Image>),
}

/// Everything that a run is made from. What is `None` is decided by the network.
#[derive(Clone, PartialEq, Debug)]
pub struct Setup {
    /// The network or the image.
    pub subject: Subject,
    /// Who computes.
    pub backend: Computer,
    /// Who applies the learning rule on the chip.
    pub plasticity: Plasticity,
    /// A program of the user's in place of those of the image or of the rule.
    pub program: Option<UserProgram>,
    /// Which engine runs the chip.
    pub clocking: Clocking,
    /// Samples or streams at a time.
    pub replicas: Option<usize>,
    /// Worker threads; they change no bit.
    pub threads: usize,
    /// Seed of data order, initial weights and stochastic rounding.
    pub seed: u64,
    /// Seed of the piece of silicon.
    pub chip_seed: u64,
    /// Passes through the samples.
    pub epochs: Option<u32>,
    /// Epochs between tests.
    pub eval_every: u64,
    /// Epochs, or rows of a stream, between checkpoints.
    pub ckpt_every: u64,
    /// Where samples come from.
    pub data: Origin,
    /// Registers to record, as paths.
    pub record: Vec<String>,
}

/// A user's program for the plasticity units.
#[derive(Clone, PartialEq, Debug)]
pub enum UserProgram {
    /// A file, for every core that learns.
    File(Source),
    /// Programs of an image that was, and the hash of the file that they were made from.
    Made(Firmware, Option<String>),
}

impl UserProgram {
    fn hash(&self) -> Option<String> {
        match self {
            Self::File(source) => Some(blake3::hash(&source.bytes).to_hex().to_string()),
            Self::Made(_, hash) => hash.clone(),
        }
    }

    /// Puts it into an image; returns warnings.
    fn put(&self, image: &mut Image) -> Result<Diagnostics, Diagnostics> {
        let (firmware, warnings) = match self {
            Self::File(source) => of_user(source, image)?,
            Self::Made(firmware, _) => (firmware.clone(), Diagnostics(Vec::new())),
        };
        image.firmware = Some(firmware);
        image.validate()?;
        Ok(warnings)
    }
}

impl Setup {
    /// A run of a network as its file says it, with seeds of 1.
    #[must_use]
    pub fn new(subject: Subject, backend: Computer) -> Self {
        Self {
            subject,
            backend,
            plasticity: Plasticity::Evaluator,
            program: None,
            clocking: Clocking::default(),
            replicas: None,
            threads: 1,
            seed: 1,
            chip_seed: 1,
            epochs: None,
            eval_every: 1,
            ckpt_every: 1,
            data: Origin::Network,
            record: Vec::new(),
        }
    }

    /// The setup of a run that was: everything that its `run.toml` states, and the image beside it
    /// if the run began with one.
    ///
    /// # Errors
    /// LL5001 if a file cannot be read; LL1317, or what is wrong with the network, chip or image.
    pub fn repeat(run_toml: &Path, threads: usize) -> Result<Self, Diagnostics> {
        let origin = run_toml.display().to_string();
        let Config { options, network, chip } =
            Config::parse(&files::read_text(run_toml)?, &origin)?;
        let beside = || -> Result<Image, Diagnostics> {
            let image = run_toml.with_file_name(RunFile::Image.name());
            Image::from_bytes(&files::read(&image)?)
        };
        let mut program = None;
        let subject = if let Some(network) = network {
            if options.plasticity == Plasticity::Firmware {
                let hash = options.program.clone();
                program = beside()?.firmware.map(|firmware| UserProgram::Made(firmware, hash));
            }
            Subject::Network {
                text: network.to_toml(),
                network: Box::new(network),
                origin,
                chip: Box::new(chip.map_or_else(|| Chip::builtin("ll1"), Ok)?),
            }
        } else {
            Subject::Image(Box::new(beside()?))
        };
        Ok(Self {
            plasticity: options.plasticity,
            program,
            clocking: options.clocking,
            replicas: usize::try_from(options.replicas).ok(),
            threads,
            seed: options.seed,
            chip_seed: options.chip_seed,
            epochs: options.epochs,
            eval_every: options.eval_every,
            ckpt_every: options.ckpt_every,
            data: options.data,
            record: options.record,
            ..Self::new(subject, options.backend)
        })
    }

    fn network(&self) -> Option<&Network> {
        match &self.subject {
            Subject::Network { network, .. } => Some(network),
            Subject::Image(_) => None,
        }
    }

    /// The options that were not given.
    fn defaults(&self) -> Vec<&'static str> {
        let absent = [
            (self.replicas.is_none(), "replicas"),
            (self.epochs.is_none(), "epochs"),
            (self.data == Origin::Network, "data"),
        ];
        absent.into_iter().filter_map(|(absent, name)| absent.then_some(name)).collect()
    }

    fn replicas(&self) -> Result<u32, Diagnostics> {
        let own = self.network().map(|network| network.schedule().replicas);
        let asked = self.replicas.or(own).unwrap_or(1);
        let fits = (1..=MOST_REPLICAS).contains(&asked);
        u32::try_from(asked).ok().filter(|_| fits).ok_or_else(|| too_many(asked))
    }

    fn options(&self, schedule: &Schedule) -> Result<Options, Diagnostics> {
        let name = match &self.subject {
            Subject::Network { network, .. } => network.name(),
            Subject::Image(image) => &image.name,
        };
        let epochs = match schedule.length {
            Length::Epochs { epochs, .. } => Some(epochs),
            Length::Steps { .. } => None,
        };
        Ok(Options {
            name: name.to_owned(),
            backend: self.backend,
            plasticity: self.plasticity,
            program: self.program.as_ref().and_then(UserProgram::hash),
            clocking: self.clocking.clone(),
            replicas: self.replicas()?,
            seed: self.seed,
            chip_seed: self.chip_seed,
            epochs,
            eval_every: self.eval_every,
            ckpt_every: self.ckpt_every,
            data: self.data.clone(),
            record: self.record.clone(),
        })
    }
}

/// A learner before its first step.
struct Prepared {
    learner: Learner,
    /// The image's bytes.
    image: Option<Vec<u8>>,
    warnings: Diagnostics,
}

pub(super) fn start(setup: &Setup, root: &Path) -> Result<Session, Diagnostics> {
    let task = sources::task(&setup.data, setup.network(), setup.seed)?;
    let schedule = sources::schedule(setup.network(), &task, setup.epochs)?;
    let options = setup.options(&schedule)?;
    let mut prepared = prepare(setup, &task, &options)?;
    let selection = select(&mut prepared.learner, &options.record)?;
    let image = prepared.learner.chip().map(|chip| chip.emulator().image());
    let config = Config {
        options,
        network: setup.network().cloned(),
        chip: image.map(|image| image.chip.clone()),
    };
    let text = config.to_toml()?;
    let bytes = prepared.image.as_deref();
    let folder = RunFolder::create(root, &config.options.name, &config.hash(bytes)?)?;
    folder.write(RunFile::Config, text.as_bytes())?;
    bytes.map_or(Ok(()), |bytes| folder.write(RunFile::Image, bytes))?;
    let metrics = folder.begin_metrics()?;
    let signals = selection.as_ref().map_or(Vec::new(), |chosen| chosen.signals().to_vec());
    if let (Some(selection), Some(chip)) = (selection, prepared.learner.chip_mut()) {
        chip.record(Recording::begin(&folder.events_path(), selection)?)?;
    }
    manifest::write(&folder, &config, bytes, &signals, &setup.defaults(), setup.threads)?;
    Ok(Session {
        folder,
        source: source(task, setup.network(), &config.options),
        pace: pace(schedule, &config.options),
        config,
        learner: prepared.learner,
        progress: Progress::default(),
        metrics,
        last: None,
        warnings: prepared.warnings,
    })
}

pub(super) fn resume(folder: RunFolder, threads: usize) -> Result<Session, Diagnostics> {
    manifest::check_kind(&folder)?;
    folder.sweep();
    let path = folder.file(RunFile::Config);
    let config = Config::parse(&files::read_text(&path)?, &path.display().to_string())?;
    let options = &config.options;
    let bytes = match options.backend {
        Computer::Chip => Some(folder.read(RunFile::Image)?),
        Computer::Float => None,
    };
    manifest::check(&folder, &config, bytes.as_deref())?;
    let mut learner = match bytes {
        Some(bytes) => chip(Image::from_bytes(&bytes)?, options, threads)?,
        None => float(config.network.as_ref(), options)?,
    };
    let task = sources::task(&options.data, config.network.as_ref(), options.seed)?;
    let schedule = sources::schedule(config.network.as_ref(), &task, options.epochs)?;
    let (progress, checkpoint) = restore(&folder, &mut learner)?;
    let selection = select(&mut learner, &options.record)?;
    if let (Some(selection), Some(chip)) = (selection, learner.chip_mut()) {
        chip.record(Recording::resume(&folder.events_path(), checkpoint.step, selection)?)?;
    }
    let metrics = folder.resume_metrics(&checkpoint)?;
    let last = crate::metrics::read(&folder.metrics_path())?.pop();
    Ok(Session {
        source: source(task, config.network.as_ref(), options),
        pace: pace(schedule, options),
        folder,
        learner,
        progress,
        metrics,
        last,
        warnings: Diagnostics(Vec::new()),
        config,
    })
}

/// The registers to record, if there are any.
fn select(learner: &mut Learner, record: &[String]) -> Result<Option<Selection>, Diagnostics> {
    match learner.chip() {
        _ if record.is_empty() => Ok(None),
        Some(chip) => Recording::select(record, chip.emulator()).map(Some),
        None => Err(no_registers()),
    }
}

/// Registers where there is no chip.
#[must_use]
pub fn no_registers() -> Diagnostics {
    let message =
        "the reference has no registers; recordings, snapshots and breakpoints are of a chip";
    Diagnostic::new("LL1345", message)
        .help("leave `--backend float` out, or `--record`, `--snapshot-at`, `--break` and `--from`")
        .into()
}

fn prepare(setup: &Setup, task: &Task, options: &Options) -> Result<Prepared, Diagnostics> {
    let none = || Diagnostics(Vec::new());
    let (mut image, mut warnings) = match (&setup.subject, setup.backend) {
        (_, Computer::Float) if !options.clocking.faults.is_empty() => {
            return Err(no_chip());
        }
        (Subject::Network { network, .. }, Computer::Float) => {
            let learner = float(Some(network), options)?;
            return Ok(Prepared { learner, image: None, warnings: none() });
        }
        (Subject::Image(_), Computer::Float) => return Err(no_recipe()),
        (Subject::Image(image), Computer::Chip) => {
            sources::check_image(image, task)?;
            (image.as_ref().clone(), none())
        }
        (Subject::Network { network, text, origin, chip }, Computer::Chip) => {
            let within = |found: Diagnostics| found.within(origin, text);
            let built = build(network, chip, Some(task), setup.seed, Some(text)).map_err(within)?;
            (built.compiled.image, within(Diagnostics(built.compiled.warnings)))
        }
    };
    if let Some(program) = &setup.program {
        warnings.0.extend(program.put(&mut image)?.0);
    }
    let mut bytes = Vec::new();
    image.write(&mut bytes).map_err(|error| not_saved(&error))?;
    Ok(Prepared { learner: chip(image, options, setup.threads)?, image: Some(bytes), warnings })
}

fn chip(image: Image, options: &Options, threads: usize) -> Result<Learner, Diagnostics> {
    if image.learning.is_none() || image.teaching.is_none() {
        return Err(nothing_to_learn("the image"));
    }
    // The chip's random port is keyed by the chip; the rest of the experiment has a seed of its own.
    let chips = ChipOptions { replicas: options.replicas, threads, seed: options.chip_seed };
    let mut chip = ChipBackend::with_engine(image, chips, true, &options.clocking)?;
    if options.plasticity == Plasticity::Firmware {
        chip.learn_with_programs()?;
    } else {
        options.clocking.check_evaluator(chip.emulator())?;
    }
    Ok(Learner::Chip(Box::new(chip)))
}

fn float(network: Option<&Network>, options: &Options) -> Result<Learner, Diagnostics> {
    let network = network.ok_or_else(no_recipe)?;
    if options.plasticity == Plasticity::Firmware {
        return Err(no_units());
    }
    if network.learning().is_none() || network.teach().is_none() {
        return Err(nothing_to_learn(&format!("the network {}", network.name())));
    }
    let parameters = network.initialise(options.seed);
    let lanes = leadlag_fixed::index(options.replicas);
    Ok(Learner::Float(Box::new(FloatBackend::new(network, &parameters, lanes))))
}

fn source(task: Task, network: Option<&Network>, options: &Options) -> TaskSource {
    match (task, network) {
        (Task::Samples(samples), _) => TaskSource::Samples(samples),
        (task @ Task::Stream(_), network) => {
            let network = network.expect("only a network names a stream");
            TaskSource::new(task, network, leadlag_fixed::index(options.replicas))
        }
    }
}

fn pace(schedule: Schedule, options: &Options) -> Pace {
    Pace { schedule, eval_every: options.eval_every, ckpt_every: options.ckpt_every }
}

fn too_many(asked: usize) -> Diagnostics {
    Diagnostic::new("LL1301", format!("{asked} replicas are asked for; 1 to {MOST_REPLICAS} run"))
        .help("`--replicas N`, or `replicas` in the table `[schedule]` of the network file")
        .into()
}

/// Programs where there is no chip.
#[must_use]
pub fn no_units() -> Diagnostics {
    let message = "the reference has no plasticity units; programs run on the chip";
    Diagnostic::new("LL1381", message)
        .help("leave `--backend float` out, or `--plasticity firmware` and `--program`")
        .into()
}

fn nothing_to_learn(what: &str) -> Diagnostics {
    let message = format!("{what} has no learning rule or no teacher; training needs both");
    Diagnostic::new("LL1306", message)
        .help("add `[teach]` and `[learning]` to the network file")
        .into()
}
