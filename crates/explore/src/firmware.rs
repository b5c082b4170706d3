//! The network's rule as programs of the plasticity units.
//!
//! Programs are not in the image: they follow from it, so that the same image gives the same
//! programs. Where the rule of a core is compiled for its own rows and columns, its state words fit
//! the data memory of the chip, or the core is refused.

#![expect(clippy::indexing_slicing, reason = "cores are those of the image")]

use leadlag_chip::{CoreProgram, Emulator};
use leadlag_compiler::program::{Layout, Lesson, Own, Parameters, Rows, State, compile_lesson};
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fixed::count;
use leadlag_image::{Compartment, Image, Learning, Operand, Rule};
use leadlag_plasticity::Constants;
use leadlag_plasticity::processor::DATA_BASE;

/// Columns come in groups of so many in a program.
const LANES: u32 = 32;

/// The register `s2`, in which a program keeps that its apical array is owed an update.
const OWED: u8 = 18;

/// The rules of all cores that learn, which also say what the host writes to their parameters.
#[derive(Clone, PartialEq, Debug)]
pub struct Firmware {
    lessons: Vec<(usize, Lesson)>,
}

impl Firmware {
    /// Compiles the rule for every core that learns and puts the programs on the chip.
    ///
    /// # Errors
    /// LL1380 for several replicas; LL2600 to LL2602 for a rule that does not fit the plasticity unit,
    /// LL2604 for one that there is no program for.
    pub fn install(emulator: &mut Emulator) -> Result<Self, Diagnostics> {
        let rule = emulator.image().learning.as_ref().map(|l| l.rule);
        if matches!(rule, Some(Rule::Gathered { .. })) {
            return Err(no_program());
        }
        let mut lessons = Vec::new();
        let mut programs = Vec::new();
        for core in 0..emulator.image().cores.len() {
            if let Some(lesson) = lesson(emulator, core) {
                programs.push(program(emulator.image(), core, &lesson)?);
                lessons.push((core, lesson));
            }
        }
        emulator.set_programs(&programs)?;
        Ok(Self { lessons })
    }

    /// Writes the parameters that are in force to every program.
    pub fn write_parameters(&self, emulator: &mut Emulator, learns: bool) {
        for (core, lesson) in &self.lessons {
            let groups = Compartment::ALL.map(|side| groups(emulator, *core, side)).concat();
            let decay = groups.first().map(|(_, constants)| constants.decay).unwrap_or_default();
            let rates: Vec<_> = groups.iter().map(|(_, constants)| constants.eta).collect();
            emulator.write_parameters(*core, &lesson.params(decay, learns, &rates));
        }
    }
}

fn no_program() -> Diagnostics {
    let message = "`accumulate = true` is asked of firmware, and the program of the rule updates with the products of one step";
    Diagnostic::new("LL2604", message)
        .help("`--plasticity evaluator`, or `accumulate = false` in `[learning]`")
        .into()
}

fn groups(emulator: &Emulator, core: usize, side: Compartment) -> Vec<(Rows, Constants)> {
    let groups = emulator.plastic_rows(core, side);
    let rows = |at: &std::ops::Range<usize>| Rows { first: count(at.start), rows: count(at.len()) };
    groups.map(|(at, constants)| (rows(&at), constants)).collect()
}

/// The rule on a core, if any of its rows learns.
fn lesson(emulator: &Emulator, core: usize) -> Option<Lesson> {
    let image = emulator.image();
    let learning = image.learning.as_ref()?;
    let [soma, apical] = Compartment::ALL.map(|side| groups(emulator, core, side));
    let (_, constants) = *soma.first().or(apical.first())?;
    let rows = |side: &[(Rows, Constants)]| side.iter().map(|(rows, _)| *rows).collect();
    Some(Lesson {
        rule: constants.rule,
        rounding: constants.rounding,
        drop: dropped(image, learning),
        weight_bits: constants.weight_bits,
        every: learning.every,
        own: match learning.operand {
            Operand::Sent => Own::Sent,
            Operand::Adc => Own::Converted,
        },
        somatic: rows(&soma),
        apical: rows(&apical),
    })
}

/// Bits from the product of two 16-bit fractions to the word `g`, which takes the top 16 bits of the
/// product of the codes.
fn dropped(image: &Image, learning: &Learning) -> u32 {
    let payload = image.chip.payload_bits;
    let own = match learning.operand {
        Operand::Sent => payload,
        Operand::Adc => image.chip.adc.bits,
    };
    (own + payload - 1).saturating_sub(16) + (16 - own) + (16 - payload)
}

fn program(image: &Image, at: usize, lesson: &Lesson) -> Result<CoreProgram, Diagnostics> {
    let layout = layout(image, at);
    let code = compile_lesson(lesson, &layout, &Parameters::default())?.bytes(&layout)?;
    let state = State::new(lesson, &layout);
    let address = |offset: u32| DATA_BASE + offset;
    Ok(CoreProgram {
        core: at,
        code,
        data_bytes: layout.data_bytes,
        columns: layout.columns,
        past: [DATA_BASE, address(layout.stride())],
        owed: OWED,
        mean: state.mean.map(address),
        magnitude: state.magnitude.map(address),
    })
}

/// The core's own rows and columns in the arrays of the chip.
fn layout(image: &Image, core: usize) -> Layout {
    let place = &image.cores[core];
    // A chip's `neurons` is such a multiple, so the arrays have these columns.
    let columns = place.neurons.next_multiple_of(LANES);
    let sides = Compartment::ALL.map(|side| place.side(side).array.groups.iter());
    let rows = sides.into_iter().flatten().map(|group| group.first + group.rows).max();
    Layout { columns, array_columns: image.chip.neurons, rows: rows.unwrap_or(0), ..Layout::ll1() }
}
