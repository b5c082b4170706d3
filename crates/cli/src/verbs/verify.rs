//! `leadlag verify`: does what was computed agree with what it should be?

mod engines;
mod golden;
mod runs;
mod shadow;
mod spikes;

use std::path::Path;

use leadlag_diagnostic::Diagnostics;
use leadlag_explore::Clocking;
use leadlag_explore::build::Certificates;
use leadlag_explore::carried::carried;
use leadlag_explore::folder::RunFolder;
use leadlag_image::Image;
use leadlag_net::tasks::Task;
use leadlag_net::{Network, Parameters};

use crate::args::verify::{Against, VerifyArgs};
use crate::context::Context;
use crate::exit::Exit;
use crate::inputs::{self, Input};

/// Compares, prints what was found, and exits with 1 if something is further off than the tolerance.
///
/// # Errors
/// What is wrong with the inputs, or does not fit.
pub fn run(args: &VerifyArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    if let Some(golden) = &args.golden {
        if let Some(trains) = spikes::recorded(golden)? {
            return spikes::spikes(golden, &trains, context);
        }
        return golden::golden(golden, args.tol, context);
    }
    let subject = Subject::open(args.input.as_deref().unwrap_or(Path::new("-")), args, context)?;
    context.detail(1, &format!("  compares    {} steps of {}", args.steps, subject.name));
    match &args.against {
        Against::Float => shadow::float(&subject, args, context),
        Against::Functional => engines::compare(Clocking::default(), &subject, args, context),
        Against::Cycle => engines::compare(Clocking::cycle(), &subject, args, context),
        Against::Path(path) => {
            let other = Subject::open(path, args, context)?;
            runs::other(&subject, &other, args, context)
        }
    }
}

/// What is verified, or what it is compared with.
pub(crate) struct Subject {
    /// The name it was given by.
    pub(crate) name: String,
    /// The image.
    pub(crate) image: Image,
    /// The network that it was compiled from.
    pub(crate) network: Network,
    /// Its parameters, before quantisation where that is known.
    pub(crate) parameters: Parameters,
    /// What is certified about it.
    pub(crate) certificates: Certificates,
    /// Its run folder, if it is a run.
    pub(crate) run: Option<RunFolder>,
}

impl Subject {
    fn open(path: &Path, args: &VerifyArgs, context: &Context) -> Result<Self, Diagnostics> {
        let name = path.display().to_string();
        if inputs::is_run(path) {
            return Self::of_run(name);
        }
        match inputs::open(path)? {
            Input::Image(_) if !args.chip.set.is_empty() => Err(inputs::settled(path, &args.chip)),
            Input::Image(image) => Self::of_image(name, *image),
            Input::Network(file) => {
                let built = inputs::compile(&file, &inputs::chip(&args.chip)?, context)?;
                Ok(Self {
                    name,
                    image: built.compiled.image,
                    network: file.network,
                    parameters: built.parameters,
                    certificates: built.certificates,
                    run: None,
                })
            }
        }
    }

    fn of_run(name: String) -> Result<Self, Diagnostics> {
        let folder = inputs::run_folder(Path::new(&name))?;
        let image = inputs::image_of_run(Path::new(&name))?;
        Ok(Self { run: Some(folder), ..Self::of_image(name, image)? })
    }

    fn of_image(name: String, image: Image) -> Result<Self, Diagnostics> {
        let own = carried(&image)?;
        let certificates = Certificates::new(&own.network, &own.parameters, &image)?;
        let (network, parameters) = (own.network, own.parameters);
        Ok(Self { name, image, network, parameters, certificates, run: None })
    }

    /// The stimulus.
    pub(crate) fn task(&self, context: &Context) -> Result<Task, Diagnostics> {
        Task::prepare(&self.network, context.globals.seed)
    }
}
