//! A program of the user's on the cores of an image: a rule, assembly text, or an ELF file.

use leadlag_compiler::program::{Compiled, Layout, compile};
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_fixed::{count, index};
use leadlag_image::firmware::{Firmware as Carried, Origin, Program, Segment};
use leadlag_image::{Compartment, Image, Source as Driver};
use leadlag_isa::{Options, assemble, is_elf};
use leadlag_plasticity::language::{self, Target};

use super::{layout, timing};

/// A file with a program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// The name it goes by; its ending says whether it is a rule or assembly text.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Puts a user's program on every core of an image that learns. A rule is compiled for each core;
/// assembly text and ELF files are the same for all. Returns warnings too.
///
/// # Errors
/// LL1634 for a file that is none of these, LL1635 if no core learns; what is wrong with the rule, the
/// text or the ELF file; LL2600 to LL2602 and LL2630, LL2631 for a rule that a core cannot have.
pub fn of_user(source: &Source, image: &Image) -> Result<(Carried, Diagnostics), Diagnostics> {
    let cores: Vec<usize> = (0..image.cores.len()).filter(|&core| learns(image, core)).collect();
    if cores.is_empty() || image.learning.is_none() {
        return Err(nothing_learns(source, image));
    }
    let ending = source.name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if ending == "rule" && !is_elf(&source.bytes) {
        let program = |&core: &usize| Ok((count(core), rule(source, image, core)?));
        let programs = cores.iter().map(program).collect::<Result<Vec<_>, Diagnostics>>()?;
        let text = text(source)?;
        let warnings = language::remarks(text, image.chip.weight_bits)?;
        return Ok((Carried::new(programs), warnings.within(&source.name, text)));
    }
    let program = if is_elf(&source.bytes) {
        leadlag_isa::Program::from_elf(&source.bytes)?
    } else if matches!(ending.as_str(), "s" | "asm") {
        assemble(&source.name, text(source)?, &Options::default())?
    } else {
        return Err(no_program(source));
    };
    let warnings = program.outside_profile().into_iter().collect();
    let program = finished(source, &program);
    let programs = cores.into_iter().map(|core| (count(core), program.clone()));
    Ok((Carried::new(programs), Diagnostics(warnings)))
}

fn learns(image: &Image, core: usize) -> bool {
    if image.learning.as_ref().is_some_and(|learning| learning.tau.is_some()) {
        return image.cores.get(core).is_some_and(|core| core.spike().is_none());
    }
    let sides = Compartment::ALL.map(|side| image.cores.get(core).map(|core| core.side(side)));
    sides.into_iter().flatten().any(|side| side.array.groups.iter().any(|group| group.plastic))
}

fn text(source: &Source) -> Result<&str, Diagnostics> {
    std::str::from_utf8(&source.bytes).map_err(|_| no_program(source))
}

fn short_name(source: &Source) -> String {
    source.name.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(64).collect()
}

fn finished(source: &Source, program: &leadlag_isa::Program) -> Program {
    let segments = program.segments.iter();
    let segment = |segment: &leadlag_isa::Segment| Segment {
        address: segment.address,
        bytes: segment.bytes.clone(),
    };
    Program {
        name: short_name(source),
        origin: Origin::User,
        entry: program.entry,
        parameters: Vec::new(),
        segments: segments.map(segment).collect(),
    }
}

/// The rule, compiled for a core. It updates only where the host says that the network learns.
fn rule(source: &Source, image: &Image, core: usize) -> Result<Program, Diagnostics> {
    let text = text(source)?;
    let within = |found: Diagnostics| found.within(&source.name, text);
    let checked = language::parse(text, image.chip.weight_bits).map_err(within)?;
    let layout = Layout { asks: true, ..layout(image, core) };
    refuse(&checked, image, core, &layout)?;
    let compiled: Compiled = compile(&checked, &layout, &timing(&image.chip))?;
    Ok(Program {
        name: short_name(source),
        origin: Origin::User,
        entry: 0,
        parameters: compiled.params.clone(),
        segments: vec![Segment { address: 0, bytes: compiled.bytes(&layout)? }],
    })
}

/// What a network's core does not have for a rule.
fn refuse(
    rule: &language::Program,
    image: &Image,
    core: usize,
    layout: &Layout,
) -> Result<(), Diagnostic> {
    let given = rule.params.len();
    if given > index(Layout::HOST) {
        let message = format!(
            "the rule has {given} parameters; on a network's cores {} words are the rule's, and the others the host's",
            Layout::HOST
        );
        return Err(Diagnostic::new("LL2630", message).help("state some of them as numbers"));
    }
    let Some(place) = image.cores.get(core) else { return Ok(()) };
    let (x, y) = (place.x, place.y);
    if rule.assignment(Target::Bias).is_some() {
        let groups = place.soma.array.groups.iter();
        let bias = groups.filter(|group| group.source == Driver::Constant);
        let row = bias.map(|group| group.first + group.rows).max().unwrap_or(0);
        if row != layout.rows {
            let message = format!(
                "`db` is of the last somatic row; on core ({x},{y}) that is row {} of {} and the bias is row {row}",
                layout.rows, layout.rows
            );
            return Err(Diagnostic::new("LL2631", message)
                .help("leave `db` out: on a network's cores `dw` is of the bias row too"));
        }
    }
    Ok(())
}

fn no_program(source: &Source) -> Diagnostics {
    let (name, bytes) = (&source.name, source.bytes.len());
    let message = format!(
        "`{name}` ({bytes} bytes) is no program: neither an ELF file, nor text with a known ending"
    );
    Diagnostic::new("LL1634", message)
        .help("a rule ends in `.rule`, assembly text in `.s`, and an ELF file begins with 7f 45 4c 46")
        .into()
}

fn nothing_learns(source: &Source, image: &Image) -> Diagnostics {
    let (name, cores) = (&source.name, image.cores.len());
    let message = format!("`{name}` is to learn on an image with {cores} cores, of which 0 learn");
    Diagnostic::new("LL1635", message)
        .help("add `[teach]` and `[learning]` to the network file, and connections with `plastic = true`")
        .into()
}

/// A program of the network's rule on a core that the rule does not change.
pub(super) fn without_rule(image: &Image, core: usize) -> Diagnostics {
    let place = image.cores.get(core).map(|core| (core.x, core.y)).unwrap_or_default();
    let message = format!(
        "the image has a program of the network's rule on core {place:?}, of whose rows 0 learn"
    );
    Diagnostic::new("LL1633", message).help("compile the image again").into()
}
