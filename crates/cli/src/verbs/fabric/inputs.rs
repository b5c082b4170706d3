//! What the flags and files of `leadlag fabric` describe.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use csv::{ReaderBuilder, StringRecord, Trim};
use flate2::read::MultiGzDecoder;
use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::faults::{Fault, of_mesh};
use leadlag_explore::files;
use leadlag_fabric::harness::parameters::Parameters;
use leadlag_fabric::harness::replay::Record;
use leadlag_fabric::table::Net;
use leadlag_fabric::traffic::{Load, Pattern, Rate};
use leadlag_fabric::{Checked, ChipLink, Config, Extent, Faults, Node, Preset};

use crate::args::fabric::{FabricFaults, FabricFlags, TrafficFlags};
use crate::context::Context;

/// Bytes of an unpacked trace, at most.
const LONGEST: u64 = 1 << 30;

/// The parameter file: that of `--config`, or the one `beside` a data file if there is one.
pub(super) fn parameters(
    flags: &FabricFlags,
    beside: Option<&Path>,
) -> Result<Option<Parameters>, Diagnostics> {
    let beside = beside.filter(|path| path.exists());
    let Some(path) = flags.config.as_deref().or(beside) else { return Ok(None) };
    let text = files::read_text(path)?;
    Parameters::parse(&text, &path.display().to_string()).map(Some)
}

/// The fabric of a parameter file, or of a traffic study, with the flags in force; warnings are
/// printed.
pub(super) fn fabric(
    flags: &FabricFlags,
    parameters: Option<&Parameters>,
    context: &Context,
) -> Result<Checked, Diagnostics> {
    broken_fabric(flags, &FabricFaults::default(), parameters, context)
}

/// The same with faults.
pub(super) fn broken_fabric(
    flags: &FabricFlags,
    broken: &FabricFaults,
    parameters: Option<&Parameters>,
    context: &Context,
) -> Result<Checked, Diagnostics> {
    let mut config = described(flags, parameters);
    config.drop_after = broken.drop_after.or(config.drop_after);
    let mut checked = config.clone().check()?;
    if !broken.fault.is_empty() {
        let list = broken.fault.iter().map(|text| text.parse::<Fault>());
        let list = list.collect::<Result<Vec<_>, _>>()?;
        let faults = of_mesh(&list, checked.mesh(), context.globals.seed)?;
        checked = Config { faults, ..config }.check()?;
    }
    context.warn(&Diagnostics(checked.warnings().to_vec()));
    Ok(checked)
}

/// The fabric that a parameter file and flags describe together.
fn described(flags: &FabricFlags, parameters: Option<&Parameters>) -> Config {
    let usual = || Config::square(8, Preset::P, 4, 8);
    let from = parameters.map_or_else(usual, |parameters| parameters.config.clone());
    let link = ChipLink {
        latency: flags.link_latency.unwrap_or(from.link.latency),
        interval: flags.link_interval.unwrap_or(from.link.interval),
        buffer: flags.link_buffer.unwrap_or(from.link.buffer),
    };
    Config {
        mesh: flags.mesh.unwrap_or(from.mesh),
        grid: flags.grid.unwrap_or(from.grid),
        preset: flags.preset.map_or(from.preset, Preset::from),
        classes: flags.classes.unwrap_or(from.classes),
        channels: flags.vcs.unwrap_or(from.channels),
        buffer: flags.buffer.unwrap_or(from.buffer),
        link,
        ..from
    }
}

/// The traffic; its rate is set by whoever offers it.
///
/// # Errors
/// LL1531 for a pattern of a parameter file that cannot be read, unless a flag replaces it.
pub(super) fn load(
    flags: &TrafficFlags,
    parameters: Option<&Parameters>,
    context: &Context,
) -> Result<Load, Diagnostics> {
    let unread = parameters.iter().flat_map(|parameters| &parameters.unread);
    let pattern = unread.filter(|one| flags.pattern.is_none() && one.code == "LL1531");
    Diagnostics::unless_any(pattern.cloned().collect(), ())?;
    let filed = parameters.and_then(|parameters| parameters.pattern.clone());
    let pattern = flags.pattern.clone().or(filed).unwrap_or(Pattern::Uniform);
    let filed = parameters.map_or(1, |parameters| parameters.flits);
    let flits = flags.flits.map_or(filed, std::num::NonZeroU32::get);
    Ok(Load { pattern, rate: Rate::ZERO, flits, seed: context.globals.seed, run: 0 })
}

/// The fabric in a few words, for the head of every table.
pub(super) fn describe(checked: &Checked) -> String {
    let config = checked.config();
    let size = |extent: Extent| format!("{} × {}", extent.columns, extent.rows);
    let chips = if config.grid.area() > 1 {
        format!("  grid {}", size(config.grid))
    } else {
        String::new()
    };
    format!(
        "mesh {}{chips}  preset {:?}  {} class{} × {} VC × {} flits",
        size(config.mesh),
        config.preset,
        config.classes,
        if config.classes == 1 { "" } else { "es" },
        config.channels,
        config.buffer
    )
}

/// Whether packets of a pair of cores arrive in order, and with what they left with.
pub(super) fn keeps_order(checked: &Checked) -> bool {
    let config = checked.config();
    config.channels == 1 && config.drop_after.is_none() && config.faults == Faults::default()
}

/// The parameter file beside a data file: `.csv` and `.gz` are cut off.
pub(super) fn beside(path: &Path) -> PathBuf {
    let bare = if path.extension().is_some_and(|ending| ending == "gz") {
        path.with_extension("")
    } else {
        path.to_owned()
    };
    bare.with_extension("cfg")
}

/// Text of a file that may be compressed.
fn unpacked(path: &Path) -> Result<String, Diagnostics> {
    if path.extension().is_none_or(|ending| ending != "gz") {
        return files::read_text(path);
    }
    let packed = files::read(path)?;
    let mut text = String::new();
    let read = MultiGzDecoder::new(&*packed).take(LONGEST).read_to_string(&mut text);
    let shown = path.display();
    let refused = match read {
        Ok(bytes) if u64::try_from(bytes).is_ok_and(|bytes| bytes < LONGEST) => return Ok(text),
        Ok(_) => format!("`{shown}` unpacks to {LONGEST} bytes or more; less is allowed"),
        Err(error) => format!("cannot unpack `{shown}` ({} bytes): {error}", packed.len()),
    };
    let help = "unpack it with another program, and give the plain .csv file";
    Err(Diagnostic::new("LL5020", refused).help(help).into())
}

/// The rows of a table with these columns, in this order.
fn rows(text: &str, columns: &[&str], name: &str) -> Result<Vec<(u64, StringRecord)>, Diagnostics> {
    let mut reader =
        ReaderBuilder::new().trim(Trim::All).flexible(true).from_reader(text.as_bytes());
    let refuse = |message: String| {
        let help = format!(
            "the first line is `{}`, the others have {} values",
            columns.join(","),
            columns.len()
        );
        Diagnostic::new("LL1540", format!("`{name}` {message}")).help(help)
    };
    let heads = reader.headers().map_err(|error| refuse(format!("is no table: {error}")))?;
    if heads != columns {
        let given = heads.iter().collect::<Vec<_>>().join(",");
        return Err(refuse(format!("has the columns `{given}`")).into());
    }
    let row = |(row, read): (u64, Result<StringRecord, csv::Error>)| {
        let line = row + 2;
        let record = read.map_err(|error| refuse(format!("line {line} is no row: {error}")))?;
        let values = record.len();
        let whole = values == columns.len();
        whole
            .then_some((line, record))
            .ok_or_else(|| refuse(format!("line {line} has {values} values")))
    };
    (0..).zip(reader.records()).map(row).collect::<Result<_, _>>().map_err(Diagnostics::from)
}

/// A whole number of a row.
fn number<T: std::str::FromStr>(
    (line, record): &(u64, StringRecord),
    (place, column): (usize, &str),
    name: &str,
) -> Result<T, Diagnostic> {
    let cell = record.get(place).unwrap_or("");
    cell.parse().map_err(|_| {
        let text = format!(
            "`{name}` line {line}: `{column}` is `{cell}`, not a whole number in its range"
        );
        Diagnostic::new("LL1540", text)
            .help("nodes and tags are 0 to 65535, sizes and cycles start at 0")
    })
}

/// All packets of a trace.
pub(super) fn trace(path: &Path) -> Result<Vec<Record>, Diagnostics> {
    const COLUMNS: [&str; 5] = ["src", "dest", "size_flits", "create_cycle", "arrive_cycle"];
    let name = path.display().to_string();
    let [src, dest, size, create, arrive] = COLUMNS;
    let record = |row: &(u64, StringRecord)| -> Result<Record, Diagnostic> {
        Ok(Record {
            source: Node(number(row, (0, src), &name)?),
            destination: Node(number(row, (1, dest), &name)?),
            flits: number(row, (2, size), &name)?,
            create: number(row, (3, create), &name)?,
            arrive: number(row, (4, arrive), &name)?,
        })
    };
    all(&rows(&unpacked(path)?, &COLUMNS, &name)?, record)
}

/// All nets of a file.
pub(super) fn nets(path: &Path) -> Result<Vec<Net>, Diagnostics> {
    const COLUMNS: [&str; 3] = ["tag", "source", "leaves"];
    let name = path.display().to_string();
    let net = |row: &(u64, StringRecord)| -> Result<Net, Diagnostic> {
        let leaves = row.1.get(2).unwrap_or("").split_whitespace();
        let leaf =
            |text: &str| number(&(row.0, StringRecord::from(vec![text])), (0, "leaves"), &name);
        Ok(Net {
            tag: number(row, (0, "tag"), &name)?,
            source: Node(number(row, (1, "source"), &name)?),
            leaves: leaves.map(|text| leaf(text).map(Node)).collect::<Result<_, _>>()?,
        })
    };
    all(&rows(&unpacked(path)?, &COLUMNS, &name)?, net)
}

/// Reads every row, and reports every row that cannot be read.
fn all<R, T>(
    rows: &[R],
    read: impl Fn(&R) -> Result<T, Diagnostic>,
) -> Result<Vec<T>, Diagnostics> {
    let (mut values, mut found) = (Vec::new(), Vec::new());
    for row in rows {
        match read(row) {
            Ok(value) => values.push(value),
            Err(refused) => found.push(refused),
        }
    }
    Diagnostics::unless_any(found, values)
}
