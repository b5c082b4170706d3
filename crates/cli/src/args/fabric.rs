//! `leadlag fabric sweep|replay|show|soak`.

use std::num::{NonZeroU16, NonZeroU32, NonZeroU64, NonZeroUsize};
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Subcommand, ValueEnum};
use leadlag_fabric::traffic::{Pattern, Rate};
use leadlag_fabric::{Extent, Preset};

/// Arguments of `fabric`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
pub struct FabricArgs {
    /// What to do with the fabric.
    #[command(subcommand)]
    pub action: Action,
}

/// The verbs of the fabric.
#[derive(Clone, PartialEq, Eq, Debug, Subcommand)]
pub enum Action {
    /// Latency and throughput over offered load
    Sweep(SweepArgs),
    /// A recorded list of packets, and whether each arrives in its cycle
    Replay(ReplayArgs),
    /// Zero-load latency, bounds, credit loop, and tables of nets
    Show(ShowArgs),
    /// Long overload with a watchdog and a complete account
    Soak(SoakArgs),
}

/// The fabric; flags go over the parameter file.
#[derive(Clone, PartialEq, Eq, Debug, Default, Args)]
#[command(next_help_heading = "Fabric")]
pub struct FabricFlags {
    /// Parameter file of a reference run: mesh, router and traffic
    #[arg(long, value_name = "FILE.cfg")]
    pub config: Option<PathBuf>,
    /// Cores of one chip [default: 8x8]
    #[arg(long, value_name = "WxH", value_parser = extent)]
    pub mesh: Option<Extent>,
    /// Chips, joined to one mesh [default: 1x1]
    #[arg(long, value_name = "WxH", value_parser = extent)]
    pub grid: Option<Extent>,
    /// Router pipeline [default: P]
    #[arg(long, value_enum, value_name = "P|S|L|N|I", ignore_case = true)]
    pub preset: Option<PresetName>,
    /// Virtual channels per message class [default: 4]
    #[arg(long, value_name = "N")]
    pub vcs: Option<u8>,
    /// Message classes [default: 1]
    #[arg(long, value_name = "N")]
    pub classes: Option<u8>,
    /// Flits of buffer per virtual channel [default: 8]
    #[arg(long, value_name = "N")]
    pub buffer: Option<u8>,
    /// Latency of links between chips, cycles [default: 16]
    #[arg(long, value_name = "N")]
    pub link_latency: Option<u16>,
    /// Cycles from one flit to the next on links between chips [default: 4]
    #[arg(long, value_name = "N")]
    pub link_interval: Option<u8>,
    /// Flits of buffer per virtual channel behind links between chips [default: 16]
    #[arg(long, value_name = "N")]
    pub link_buffer: Option<u8>,
}

/// What is broken; without a chip, faults are of the fabric alone.
#[derive(Clone, PartialEq, Eq, Debug, Default, Args)]
#[command(next_help_heading = "Faults")]
pub struct FabricFaults {
    /// Break something, like `link=0,0,+x`, `router=1,0@cycle:2000`, `stuck=0,0,+x,1` or
    /// `packets=1e-4`; may be repeated
    #[arg(long, value_name = "SPEC")]
    pub fault: Vec<String>,
    /// Drop an event that has waited this long at the front of a virtual channel [default: never]
    #[arg(long, value_name = "CYCLES")]
    pub drop_after: Option<u32>,
}

/// The traffic; flags go over the parameter file. The seed is the global `--seed`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Args)]
#[command(next_help_heading = "Traffic")]
pub struct TrafficFlags {
    /// uniform, transpose, bitcomp, bitrev, shuffle, tornado, neighbor or `hotspot({{ids},{weights}})` [default: uniform]
    #[arg(long, value_name = "NAME", value_parser = pattern)]
    pub pattern: Option<Pattern>,
    /// Flits per packet [default: 1]
    #[arg(long, value_name = "N")]
    pub flits: Option<NonZeroU32>,
}

/// Arguments of `fabric sweep`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
#[command(
    after_help = "`-o FILE.csv` writes the table. With `--golden` the exit code is 1 if a figure is beyond its limit."
)]
pub struct SweepArgs {
    /// The fabric.
    #[command(flatten)]
    pub fabric: FabricFlags,
    /// The traffic.
    #[command(flatten)]
    pub traffic: TrafficFlags,
    /// Offered loads, flits per node and cycle, with commas between them; `auto` for shares of the bound
    #[arg(long, value_name = "R,R…|auto", default_value = "auto", value_parser = rates)]
    pub rates: Rates,
    /// Warm-up, measurement and longest drain, cycles [default: 3000,4500,90000]
    #[arg(long, value_name = "W,M[,D]", value_parser = windows)]
    pub windows: Option<Cycles>,
    /// Independent runs per load, added up [default: 1; with `--golden` enough for 60,000 packets]
    #[arg(long, value_name = "N")]
    pub runs: Option<NonZeroU16>,
    /// Measure the throughput beyond saturation too: 1.1 times the bound in windows of 1200 and 1800 cycles
    #[arg(long)]
    pub overload: bool,
    /// Search the saturation rate by halving, instead of measuring a list of loads
    #[arg(long, conflicts_with_all = ["rates", "overload", "golden"])]
    pub saturation: bool,
    /// Mean packet latency that counts as saturated, cycles
    #[arg(long, value_name = "N", default_value = "500")]
    pub latency_limit: NonZeroU64,
    /// Draw latency and accepted load over offered load
    #[arg(long, value_name = "FILE.svg", conflicts_with = "saturation")]
    pub svg: Option<PathBuf>,
    /// Compare with a recorded curve; its parameter file lies beside it
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["rates", "windows", "overload"])]
    pub golden: Option<PathBuf>,
}

/// Arguments of `fabric replay`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
#[command(
    after_help = "The parameter file FILE.cfg beside the trace describes the fabric, unless `--config` or other flags do. \
                        The exit code is 1 if a packet arrives in another cycle than recorded."
)]
pub struct ReplayArgs {
    /// Lines `src,dest,size_flits,create_cycle,arrive_cycle` below their heading, perhaps compressed
    #[arg(value_name = "TRACE.csv[.gz]")]
    pub trace: PathBuf,
    /// The fabric.
    #[command(flatten)]
    pub fabric: FabricFlags,
    /// Write the counters of every core, router, link and virtual channel
    #[arg(long, value_name = "FILE.csv")]
    pub counters: Option<PathBuf>,
}

/// Arguments of `fabric show`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
pub struct ShowArgs {
    /// The fabric.
    #[command(flatten)]
    pub fabric: FabricFlags,
    /// What is broken.
    #[command(flatten)]
    pub faults: FabricFaults,
    /// Nets to build tables from: lines `tag,source,leaves`, leaves with blanks between them
    #[arg(long, value_name = "FILE.csv")]
    pub nets: Option<PathBuf>,
    /// Entries of a table
    #[arg(long, value_name = "N", default_value = "1024")]
    pub entries: NonZeroUsize,
    /// Print the route of one tag, router by router
    #[arg(long, value_name = "TAG", requires = "nets")]
    pub tag: Option<u16>,
}

/// Arguments of `fabric soak`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
#[command(
    after_help = "The exit code is 1 if anything is lost, late, out of order or not at home at the end."
)]
pub struct SoakArgs {
    /// The fabric.
    #[command(flatten)]
    pub fabric: FabricFlags,
    /// What is broken.
    #[command(flatten)]
    pub faults: FabricFaults,
    /// The traffic.
    #[command(flatten)]
    pub traffic: TrafficFlags,
    /// Cycles of overload
    #[arg(long, value_name = "N", default_value = "10000000")]
    pub cycles: NonZeroU64,
    /// Offered load, flits per node and cycle [default: 1.1 times the bound]
    #[arg(long, value_name = "R", value_parser = rate)]
    pub rate: Option<Rate>,
    /// Cycles without an arrival after which the fabric counts as stuck
    #[arg(long, value_name = "N", default_value = "10000")]
    pub watchdog: NonZeroU64,
    /// Write the counters of every core, router, link and virtual channel
    #[arg(long, value_name = "FILE.csv")]
    pub counters: Option<PathBuf>,
}

/// Router pipelines, as words.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum PresetName {
    /// Virtual channel and switch allocated together; the chip's.
    P,
    /// Virtual channel allocation with speculative switch allocation.
    S,
    /// Lookahead, virtual channel allocation, switch allocation.
    L,
    /// Route, virtual channel allocation, switch allocation.
    N,
    /// As N, with iSLIP allocators.
    I,
}

impl From<PresetName> for Preset {
    fn from(name: PresetName) -> Self {
        match name {
            PresetName::P => Self::P,
            PresetName::S => Self::S,
            PresetName::L => Self::L,
            PresetName::N => Self::N,
            PresetName::I => Self::I,
        }
    }
}

/// Which loads to measure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Rates {
    /// Shares of the bound, up to saturation.
    Auto,
    /// These.
    List(Vec<Rate>),
}

/// Lengths of the windows, cycles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cycles {
    /// Before anything is looked at.
    pub warm_up: u64,
    /// In which the packets are created that are followed.
    pub measure: u64,
    /// In which their arrival is waited for, at most; none: 20 times the measurement.
    pub drain: Option<u64>,
}

fn extent(text: &str) -> Result<Extent, String> {
    let sides = text.split_once(['x', 'X', '×']).ok_or("write it as WxH, for instance 8x8")?;
    let side = |text: &str| text.trim().parse::<u16>();
    match (side(sides.0), side(sides.1)) {
        (Ok(columns), Ok(rows)) => Ok(Extent::new(columns, rows)),
        _ => Err("W and H are whole numbers, for instance 8x8".to_owned()),
    }
}

fn pattern(text: &str) -> Result<Pattern, String> {
    Pattern::from_str(text)
        .map_err(|refused| format!("{}; {}", refused.message, refused.help.join("; ")))
}

fn rate(text: &str) -> Result<Rate, String> {
    Rate::from_str(text.trim()).map_err(|refused| refused.message)
}

fn rates(text: &str) -> Result<Rates, String> {
    if text == "auto" {
        return Ok(Rates::Auto);
    }
    text.split(',').map(rate).collect::<Result<_, _>>().map(Rates::List)
}

fn windows(text: &str) -> Result<Cycles, String> {
    let cycles = text.split(',').map(|part| part.trim().parse::<u64>());
    let cycles: Vec<_> =
        cycles.collect::<Result<_, _>>().map_err(|_| "write W,M or W,M,D in cycles")?;
    match *cycles {
        [_, 0] | [_, 0, _] => Err("the measurement has 0 cycles; 1 or more are needed".to_owned()),
        [warm_up, measure] => Ok(Cycles { warm_up, measure, drain: None }),
        [warm_up, measure, drain] => Ok(Cycles { warm_up, measure, drain: Some(drain) }),
        _ => Err(format!("{} numbers; 2 or 3 are needed: W,M or W,M,D", cycles.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extents_rates_and_windows_are_read_as_they_are_meant() {
        assert_eq!(extent("8x4"), Ok(Extent::new(8, 4)));
        assert!(extent("8").is_err() && extent("8x-1").is_err() && extent("x8").is_err());
        assert_eq!(rates("auto"), Ok(Rates::Auto));
        let list = ["0.1", "1"].map(|text| text.parse().expect("a rate"));
        assert_eq!(rates("0.1, 1"), Ok(Rates::List(list.to_vec())));
        assert!(rates("0.1,,0.2").is_err() && rates("2").is_err());
        assert_eq!(windows("10,20"), Ok(Cycles { warm_up: 10, measure: 20, drain: None }));
        assert_eq!(windows("0,20,7").map(|cycles| cycles.drain), Ok(Some(7)));
        assert!(windows("10").is_err() && windows("10,0").is_err() && windows("a,b").is_err());
        assert!(pattern("hotspot({{3},{1}})").is_ok() && pattern("spiral").is_err());
    }
}
