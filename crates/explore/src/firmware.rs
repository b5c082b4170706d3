//! Programs of the plasticity units: the network's rule, or a program of the user's.
//!
//! A program is compiled for a core's own rows and columns, where its state words fit the data memory
//! of the chip, or the core is refused. An image may carry programs; an image that does not gets
//! those of its rule when a run begins, and the same image gives the same programs.

#![expect(clippy::indexing_slicing, reason = "cores are those of the image")]

mod own;
mod used;

use leadlag_chip::{CoreProgram, Emulator, Keeps, KeepsTau, Options, ProgramCycles};
use leadlag_compiler::program::{
    Compiled, Layout, Lesson, Loss, MOST_OUTPUTS, Own, Parameters, Rows, State, TauLesson,
    Teaching, compile_taught,
};
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fixed::{count, index};
use leadlag_image::firmware::{Firmware as Carried, Origin, Program, Segment};
use leadlag_image::registers::operand_bits;
use leadlag_image::{Chip, Compartment, Image, Learning, Operand, RowGroup, Rule};
use leadlag_isa::Parameter;
use leadlag_plasticity::Constants;
use leadlag_plasticity::processor::DATA_BASE;

pub use own::{Source, of_user};
pub use used::{Programs, Used};

/// Columns come in groups of so many in a program.
const LANES: u32 = 32;

/// The register `s2`, in which a program keeps that its apical array is owed an update.
const OWED: u8 = 18;

/// What the host does for a core's program.
#[derive(Clone, PartialEq, Debug)]
struct Host {
    core: usize,
    /// The rule in force, if any row of the core learns.
    lesson: Option<Lesson>,
    /// What the program writes to the injection registers, if the host leaves that to it.
    teaching: Option<Teaching>,
    origin: Origin,
}

/// The programs on a chip, which also say what the host writes to their parameters.
#[derive(Clone, PartialEq, Debug)]
pub struct Firmware {
    hosts: Vec<Host>,
}

impl Firmware {
    /// Puts programs on the chip: those that its image carries, otherwise the rule of every core that
    /// learns, compiled.
    ///
    /// # Errors
    /// LL1380 for several replicas; LL2604 for a rule that there is no program for; LL2600 to LL2603 for a rule that does not fit the plasticity unit;
    /// LL1633 for a program of the rule on a core that has none; LL3600 to LL3620 for a program that
    /// does not come to its first sleep.
    pub fn install(emulator: &mut Emulator) -> Result<Self, Diagnostics> {
        let carried = emulator.image().firmware.clone();
        let made;
        let carried = if let Some(carried) = &carried {
            carried
        } else {
            made = of_rule(emulator)?;
            &made
        };
        let (mut hosts, mut programs) = (Vec::new(), Vec::new());
        for core in 0..emulator.image().cores.len() {
            let Some(program) = carried.program(core) else { continue };
            let (lesson, teaching) = lesson(emulator, core).unzip();
            let own = program.origin == Origin::User;
            if lesson.is_none() && !own {
                return Err(own::without_rule(emulator.image(), core));
            }
            let teaching = teaching.flatten();
            programs.push(on_core(emulator.image(), core, program, lesson.as_ref()));
            hosts.push(Host { core, lesson, teaching, origin: program.origin });
        }
        emulator.set_programs(&programs)?;
        Ok(Self { hosts })
    }

    /// Puts the programs that an image carries on its chip; none if it carries none.
    ///
    /// # Errors
    /// As [`Self::install`].
    pub fn carried(emulator: &mut Emulator) -> Result<Option<Self>, Diagnostics> {
        let carries = emulator.image().firmware.is_some();
        carries.then(|| Self::install(emulator)).transpose()
    }

    /// Writes the parameters that are in force to every program.
    pub fn write_parameters(&self, emulator: &mut Emulator, learns: bool) {
        for host in &self.hosts {
            let (words, shows) = host.words(emulator, learns);
            let first = match host.origin {
                Origin::Network => 0,
                Origin::User => index(Layout::HOST),
            };
            emulator.write_parameters(host.core, first, &words);
            emulator.show_targets(host.core, shows);
        }
    }

    /// Whether programs of the user's are among them.
    #[must_use]
    pub fn has_own(&self) -> bool {
        self.hosts.iter().any(|host| host.origin == Origin::User)
    }
}

impl Host {
    /// The host's words of the parameter block, and whether it shows targets.
    fn words(&self, emulator: &Emulator, learns: bool) -> (Vec<i32>, bool) {
        let groups = Compartment::ALL.map(|side| groups(emulator, self.core, side)).concat();
        let decay = groups.first().map(|(_, constants)| constants.decay).unwrap_or_default();
        let rates = groups.iter().map(|(_, constants)| constants.eta);
        let rates: Vec<_> = rates.chain(emulator.tau_rate(self.core)).collect();
        let Some(lesson) = &self.lesson else {
            return (vec![0, i32::from(learns)], true);
        };
        let mut words = lesson.params(decay, learns, &rates);
        let Some(teaching) = self.teaching else { return (words, true) };
        let scale = emulator.taught(self.core).map(|(_, _, scale)| scale);
        let scale = scale.filter(|scale| teaching.takes(*scale));
        words.extend(scale.map(|scale| scale.gain.packed()));
        (words, scale.is_some())
    }
}

/// The programs of an image's own rule, one for every core that learns.
///
/// # Errors
/// LL2600 to LL2603 for a rule that does not fit the plasticity unit.
pub fn of_image(image: &Image) -> Result<Carried, Diagnostics> {
    of_rule(&Emulator::load(image.clone(), Options { replicas: 1, threads: 1, seed: 1 })?)
}

/// The assembly text of the program that a core's rule becomes, if the core learns.
///
/// # Errors
/// As [`of_image`].
pub fn assembly(image: &Image, core: usize) -> Result<Option<String>, Diagnostics> {
    let options = Options { replicas: 1, threads: 1, seed: 1 };
    let made = compiled(&Emulator::load(image.clone(), options)?, core)?;
    Ok(made.map(|(_, compiled)| compiled.assembly))
}

fn compiled(emulator: &Emulator, core: usize) -> Result<Option<(Layout, Compiled)>, Diagnostics> {
    let Some((lesson, teaching)) = lesson(emulator, core) else { return Ok(None) };
    let layout = layout(emulator.image(), core);
    let timing = timing(&emulator.image().chip);
    let made = compile_taught(&lesson, teaching.as_ref(), &layout, &timing)?;
    Ok(Some((layout, made)))
}

/// Cycles that the rule takes as a program, by core: what the evaluator's updates stand for.
///
/// # Errors
/// LL2605 for a rule that there is no program for; LL2600 to LL2603 for one that does not fit the
/// plasticity unit.
pub(crate) fn cycles(emulator: &Emulator) -> Result<Vec<ProgramCycles>, Diagnostics> {
    let rule = emulator.image().learning.as_ref().map(|l| l.rule);
    if matches!(rule, Some(Rule::Gathered { .. })) {
        return Err(unknown_duration());
    }
    let of_core = |core: usize| {
        let Some((layout, made)) = compiled(emulator, core)? else {
            return Ok(ProgramCycles::default());
        };
        let step = |due, owed| made.costs.step(due, owed).total(layout.rows);
        Ok([false, true].map(|due| [step(due, false), step(due, true)]))
    };
    (0..emulator.image().cores.len()).map(of_core).collect()
}

fn of_rule(emulator: &Emulator) -> Result<Carried, Diagnostics> {
    let rule = emulator.image().learning.as_ref().map(|l| l.rule);
    if matches!(rule, Some(Rule::Gathered { .. })) {
        return Err(no_program());
    }
    let mut programs = Vec::new();
    for core in 0..emulator.image().cores.len() {
        let Some((layout, code)) = compiled(emulator, core)? else { continue };
        let program = Program {
            name: "rule".to_owned(),
            origin: Origin::Network,
            entry: 0,
            parameters: Vec::new(),
            segments: vec![Segment { address: 0, bytes: code.bytes(&layout)? }],
        };
        programs.push((count(core), program));
    }
    Ok(Carried::new(programs))
}

fn no_program() -> Diagnostics {
    let message = "`accumulate = true` is asked of firmware, and the program of the rule updates with the products of one step";
    Diagnostic::new("LL2604", message)
        .help("`--plasticity evaluator`, or `accumulate = false` in `[learning]`")
        .into()
}

fn unknown_duration() -> Diagnostics {
    let message = "the cycle engine waits as long as the rule's program takes, and `accumulate = true` has no program; nobody knows its duration";
    Diagnostic::new("LL2605", message)
        .help("`--engine functional`, or `accumulate = false` in `[learning]`")
        .into()
}

fn groups(emulator: &Emulator, core: usize, side: Compartment) -> Vec<(Rows, Constants)> {
    let image = emulator.image();
    let Some(learning) = &image.learning else { return Vec::new() };
    let plastic = image.cores[core].side(side).array.groups.iter().filter(|group| group.plastic);
    let all = plastic.zip(emulator.plastic_rows(core, side));
    let rows = |group: &RowGroup| Rows {
        first: group.first,
        rows: group.rows,
        drop: aligned_drop(image, learning, (core, side), group),
    };
    all.map(|(group, (_, constants))| (rows(group), constants)).collect()
}

/// The rule on a core, if any of its rows learns, and the output errors that its program forms.
fn lesson(emulator: &Emulator, core: usize) -> Option<(Lesson, Option<Teaching>)> {
    let image = emulator.image();
    let learning = image.learning.as_ref()?;
    let [soma, apical] = Compartment::ALL.map(|side| groups(emulator, core, side));
    let tau = emulator.learns_tau(core).then(|| tau(image, learning)).flatten();
    if soma.is_empty() && apical.is_empty() && tau.is_none() {
        return None;
    }
    let rows = |side: &[(Rows, Constants)]| side.iter().map(|(rows, _)| *rows).collect();
    let lesson = Lesson {
        rule: leadlag_chip::rule(learning.rule),
        rounding: leadlag_chip::rounding(learning.rounding),
        weight_bits: image.chip.weight_bits,
        every: learning.every,
        own: match learning.operand {
            Operand::Sent => Own::Sent,
            Operand::Adc => Own::Converted,
        },
        somatic: rows(&soma),
        apical: rows(&apical),
        tau,
    };
    let teaching = teaching(emulator, core, &lesson);
    Some((lesson, teaching))
}

/// The time constants' part of a lesson: `g` counts products of the last bits of both codes.
fn tau(image: &Image, learning: &Learning) -> Option<TauLesson> {
    let least = learning.tau?.least;
    Some(TauLesson { drop: 32 - operand_bits(&image.chip, learning) - image.chip.adc.bits, least })
}

/// The output errors of a taught core, where a program can form them: a softmax of few enough
/// outputs, with room for its shares. Elsewhere the host writes the injection registers.
fn teaching(emulator: &Emulator, core: usize, lesson: &Lesson) -> Option<Teaching> {
    let image = emulator.image();
    let (loss, scale, _) = emulator.taught(core)?;
    let outputs = image.cores[core].neurons;
    let loss = match loss {
        leadlag_image::Loss::CrossEntropy => Loss::CrossEntropy { scale },
        leadlag_image::Loss::SquaredError => Loss::SquaredError,
    };
    let layout = layout(image, core);
    let bytes = State::new(lesson, &layout).bytes + 4 * outputs;
    let softmax = matches!(loss, Loss::CrossEntropy { .. });
    let fits = bytes <= layout.data_bytes
        && (!softmax || (outputs <= MOST_OUTPUTS && (-11..=15).contains(&scale)));
    fits.then_some(Teaching { loss, outputs, bits: image.chip.payload_bits })
}

/// Bits from the product of two codes to the word `g` of a row group, both in the upper bits of 16, as
/// a program reads them.
fn aligned_drop(
    image: &Image,
    learning: &Learning,
    at: (usize, Compartment),
    group: &RowGroup,
) -> u32 {
    let aligned = 32 - operand_bits(&image.chip, learning) - image.chip.payload_bits;
    aligned.saturating_add_signed(leadlag_chip::dropped_bits(image, learning, at, group, 1))
}

/// A program as the chip loads it.
fn on_core(image: &Image, core: usize, program: &Program, lesson: Option<&Lesson>) -> CoreProgram {
    let segments = program.segments.iter();
    CoreProgram {
        core,
        entry: program.entry,
        segments: segments.map(|segment| (segment.address, segment.bytes.clone())).collect(),
        parameters: program.parameters.clone(),
        keeps: lesson
            .filter(|_| program.origin == Origin::Network)
            .map(|lesson| keeps(image, core, lesson)),
    }
}

/// Where the compiler lets a program of the network's rule keep its state.
fn keeps(image: &Image, core: usize, lesson: &Lesson) -> Keeps {
    let layout = layout(image, core);
    let state = State::new(lesson, &layout);
    let address = |offset: u32| DATA_BASE + offset;
    Keeps {
        columns: layout.columns,
        past: [DATA_BASE, address(layout.stride())],
        owed: OWED,
        mean: state.mean.map(address),
        magnitude: state.magnitude.map(address),
        fraction: state.fraction.map(address),
        tau: lesson.tau.map(|_| KeepsTau {
            membrane: address(state.membrane),
            mean: address(state.tau_mean),
            magnitude: address(state.tau_magnitude),
            fraction: address(state.tau_fraction),
        }),
    }
}

/// The core's own rows and columns in the arrays of the chip.
fn layout(image: &Image, core: usize) -> Layout {
    let place = &image.cores[core];
    // A chip's `neurons` is such a multiple, so the arrays have these columns.
    let columns = place.neurons.next_multiple_of(LANES);
    let sides = Compartment::ALL.map(|side| place.side(side).array.groups.iter());
    let rows = sides.into_iter().flatten().map(|group| group.first + group.rows).max();
    Layout {
        columns,
        array_columns: image.chip.neurons,
        rows: rows.unwrap_or(0),
        ..whole_array(&image.chip)
    }
}

/// All rows and columns of a core of a chip, and its plasticity unit's memories.
#[must_use]
pub fn whole_array(chip: &Chip) -> Layout {
    Layout {
        columns: chip.neurons,
        array_columns: 0,
        rows: chip.rows,
        vlen: chip.ppu.vlen,
        data_bytes: chip.ppu.dsram,
        program_bytes: chip.ppu.isram,
        asks: false,
    }
}

/// The parameters of the timing model on a chip.
#[must_use]
pub fn timing(chip: &Chip) -> Parameters {
    let ppu = chip.ppu;
    Parameters::default()
        .with(Parameter::Rs, ppu.rs)
        .with(Parameter::Ws, ppu.ws)
        .with(Parameter::D, ppu.dw)
        .with(Parameter::Pw, ppu.pw)
        .with(Parameter::Adc, chip.adc.cycles)
}
