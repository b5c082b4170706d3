//! The programs of an image, shown: where they run, what they cost, instruction by instruction.

use std::fmt::Write as _;

use leadlag_chip::unit_settings;
use leadlag_diagnostic::Diagnostics;
use leadlag_explore::firmware;
use leadlag_image::firmware::{Firmware, Origin, Program};
use leadlag_image::{Core, Image};
use leadlag_isa::Segment;
use leadlag_plasticity::processor::{DATA_BASE, Machine, Window};
use serde_json::{Value, json};

use crate::args::Place;
use crate::verbs::fw::cycles::{self, Profile};

/// Offset of the parameter block in the mailbox, in 16-bit words.
const PARAMETERS: usize = 0x8000;

/// The most steps that are looked at for the dearest one.
const MOST_STEPS: u64 = 256;

/// Programs, and whether the image has them or they were compiled from its rule just now.
#[derive(Debug)]
pub struct Programs<'a> {
    image: &'a Image,
    only: Option<Place>,
    firmware: Firmware,
    carried: bool,
}

/// A program that has run alone.
struct Tried<'a> {
    program: &'a Program,
    cores: Vec<&'a Core>,
    machine: Machine,
    profile: Profile,
    /// Cycles from reset to the first sleep.
    start: u64,
    /// Cycles of the dearest step.
    step: u64,
    listing: String,
}

impl<'a> Programs<'a> {
    /// Those of an image, or of one of its cores.
    ///
    /// # Errors
    /// A rule that does not fit the plasticity unit.
    pub fn new(image: &'a Image, only: Option<Place>) -> Result<Self, Diagnostics> {
        let carried = image.firmware.is_some();
        let firmware = image.firmware.clone().map_or_else(|| firmware::of_image(image), Ok)?;
        Ok(Self { image, only, firmware, carried })
    }

    /// For people.
    ///
    /// # Errors
    /// As [`Machine::new`].
    pub fn page(&self) -> Result<String, Diagnostics> {
        let (programs, cores) = (self.firmware.programs.len(), self.firmware.loads.len());
        let origin =
            if self.carried { "in the image" } else { "compiled from its rule; not in the image" };
        let mut text = format!(
            "  image       {}\n  programs    {programs} on {cores} of {} cores, {origin}\n",
            self.image.name,
            self.image.cores.len()
        );
        for tried in self.tried() {
            let tried = tried?;
            let places: Vec<String> =
                tried.cores.iter().map(|core| format!("({},{})", core.x, core.y)).collect();
            // Writing to a string does not fail.
            let _ = write!(
                text,
                "\n  program     {}  {}, {} bytes, entry {:#x}\n  cores       {}\n  cycles      \
                 {} to the first sleep, {} in the dearest step\n{}",
                tried.program.name,
                origin_word(tried.program.origin),
                tried.program.size(),
                tried.program.entry,
                places.join(" "),
                tried.start,
                tried.step,
                tried.listing,
            );
        }
        Ok(text.trim_end().to_owned())
    }

    /// For programs.
    ///
    /// # Errors
    /// As [`Machine::new`].
    pub fn form(&self) -> Result<Value, Diagnostics> {
        let form = |tried: Result<Tried<'_>, Diagnostics>| {
            let tried = tried?;
            let first = tried.cores.first().copied();
            let place = self.image.cores.iter().position(|core| Some(core) == first);
            let own = tried.program.origin == Origin::User;
            let assembly = match place {
                Some(place) if !own => firmware::assembly(self.image, place)?,
                Some(_) | None => None,
            };
            let cores: Vec<Value> =
                tried.cores.iter().map(|core| json!({"x": core.x, "y": core.y})).collect();
            Ok(json!({
                "name": tried.program.name,
                "origin": origin_word(tried.program.origin),
                "bytes": tried.program.size(),
                "entry": tried.program.entry,
                "cores": cores,
                "cycles_to_first_sleep": tried.start,
                "cycles_per_step": tried.step,
                "assembly": assembly,
                "lines": cycles::lines(&tried.profile, &tried.machine, &tried.as_isa()),
            }))
        };
        let programs = self.tried().map(form).collect::<Result<Vec<_>, Diagnostics>>()?;
        Ok(json!({"schema": "leadlag.program/1", "carried": self.carried, "programs": programs}))
    }

    fn tried(&self) -> impl Iterator<Item = Result<Tried<'_>, Diagnostics>> {
        let core = |core: u32| self.image.cores.get(usize::try_from(core).ok()?);
        let programs = self.firmware.programs.iter().zip(0_u32..).map(move |(program, at)| {
            let loads = self.firmware.loads.iter().filter(move |load| load.program == at);
            (program, loads.filter_map(|load| core(load.core)).collect::<Vec<_>>())
        });
        let wanted = programs.filter(|(_, cores)| {
            self.only.is_none_or(|place| cores.iter().any(|core| place.is(core)))
        });
        wanted.map(|(program, cores)| Tried::new(self.image, program, cores))
    }
}

fn origin_word(origin: Origin) -> &'static str {
    match origin {
        Origin::Network => "of the network's rule",
        Origin::User => "of the user's",
    }
}

fn as_isa(program: &Program) -> leadlag_isa::Program {
    let segments = program.segments.iter().map(|segment| Segment {
        address: segment.address,
        bytes: segment.bytes.clone(),
        executable: segment.address < DATA_BASE,
    });
    leadlag_isa::Program {
        segments: segments.collect(),
        entry: program.entry,
        ..leadlag_isa::Program::default()
    }
}

impl<'a> Tried<'a> {
    /// Runs a program in a core of plain memory until it has learnt twice.
    fn new(image: &Image, program: &'a Program, cores: Vec<&'a Core>) -> Result<Self, Diagnostics> {
        let settings = unit_settings(&image.chip);
        let isa = as_isa(program);
        let mut machine = Machine::new(&isa, settings)?;
        let words: Vec<i16> = program.parameters.iter().flat_map(|word| halves(*word)).collect();
        machine.set_words(Window::Mailbox, PARAMETERS, &words);
        // The network learns: the word of the rule's programs, and that of the user's.
        let learns = if program.origin == Origin::Network { 1 } else { 33 };
        machine.set_words(Window::Mailbox, PARAMETERS + 2 * learns, &[1]);
        let (mut profile, mut outcome) = cycles::profile(&mut machine, 0);
        let start = machine.processor.cycles();
        let mut step = 0;
        let every = image.learning.as_ref().map_or(1, |learning| u64::from(learning.every));
        for steps in 1..=(every + 1).min(MOST_STEPS) {
            if !matches!(outcome, leadlag_plasticity::processor::Outcome::Asleep) {
                break;
            }
            let before = machine.processor.cycles();
            machine.begin_step();
            let (more, ended) = cycles::profile(&mut machine, steps);
            profile.add(&more);
            outcome = ended;
            step = step.max(machine.processor.cycles() - before);
        }
        let total = machine.processor.cycles();
        let listing = cycles::text(&profile, &machine, &isa, total, &outcome);
        Ok(Self { program, cores, machine, profile, start, step, listing })
    }

    fn as_isa(&self) -> leadlag_isa::Program {
        as_isa(self.program)
    }
}

fn halves(word: i32) -> [i16; 2] {
    let [a, b, c, d] = word.to_le_bytes();
    [i16::from_le_bytes([a, b]), i16::from_le_bytes([c, d])]
}
