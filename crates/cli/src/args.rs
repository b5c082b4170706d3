//! The command line as types: what the user may write.
//!
//! One file per verb. A flag that is here works; a flag that does not work yet is not here.

pub mod compile;
pub mod data;
pub mod demo;
pub mod fabric;
pub mod firmware;
pub mod fw;
pub mod help;
pub mod new;
pub mod report;
pub mod run;
pub mod show;
pub mod step;
pub mod trace;
pub mod train;
pub mod verify;

use std::fmt;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

/// Compile, run and train GLE networks on an emulated mixed-signal neuromorphic chip.
#[derive(Clone, PartialEq, Debug, Parser)]
#[command(name = "leadlag", bin_name = "leadlag", version, disable_help_subcommand = true)]
#[command(after_help = "`leadlag help VERB` explains a verb, `leadlag help LL1001` a diagnostic.")]
pub struct Cli {
    /// Flags with one meaning in every verb.
    #[command(flatten)]
    pub globals: Globals,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// The verbs.
#[derive(Clone, PartialEq, Debug, Subcommand)]
pub enum Verb {
    /// Begin a network file from a template.
    New(new::NewArgs),
    /// Compile a network for a chip, and print the mapping.
    Compile(compile::CompileArgs),
    /// Generate, compile, train on the chip and in the reference, and compare.
    Demo(demo::DemoArgs),
    /// Answer a signal, without learning.
    Run(run::RunArgs),
    /// Let a network learn, on the chip or in the reference.
    Train(train::TrainArgs),
    /// Look inside: the chip, the mapping, the weights, what can be probed.
    Show(show::ShowArgs),
    /// Look at the registers of a recorded run at one of its steps, forward or back.
    Step(step::StepArgs),
    /// Export what a run recorded.
    Trace(trace::TraceArgs),
    /// One page about a run, or about several beside each other.
    Report(report::ReportArgs),
    /// Generate a data set.
    Data(data::DataArgs),
    /// Compare the chip with the reference, or the reference with a recorded trajectory.
    Verify(verify::VerifyArgs),
    /// The network between the cores on its own: load it, replay it, look at it.
    Fabric(fabric::FabricArgs),
    /// Firmware of the plasticity unit: assemble, disassemble, run, step, count cycles.
    Fw(fw::FwArgs),
    /// Help on a verb, or the explanation of a diagnostic.
    Help(help::HelpArgs),
    /// Print a completion script for a shell.
    #[command(hide = true)]
    Completions(help::CompletionsArgs),
    /// Print the manual page, or write the pages of all verbs into a folder.
    #[command(hide = true)]
    Man(help::ManArgs),
}

impl Verb {
    /// Whether `--out` names a file that the verb itself makes; otherwise it takes the place of
    /// stdout.
    #[must_use]
    pub fn makes_a_file(&self) -> bool {
        match self {
            Self::New(_)
            | Self::Data(_)
            | Self::Train(_)
            | Self::Run(_)
            | Self::Demo(_)
            | Self::Report(_)
            | Self::Man(_) => true,
            Self::Trace(args) => args.form().is_some(),
            Self::Compile(args) => !args.dry_run && args.source() != compile::Source::Program,
            Self::Fw(args) => args.makes_a_file(),
            Self::Fabric(args) => matches!(args.action, fabric::Action::Sweep(_)),
            Self::Show(_)
            | Self::Step(_)
            | Self::Verify(_)
            | Self::Help(_)
            | Self::Completions(_) => false,
        }
    }
}

/// Flags with one meaning in every verb.
#[derive(Clone, PartialEq, Debug, Args)]
#[command(next_help_heading = "Global flags")]
pub struct Globals {
    /// Print the result as JSON on stdout, and diagnostics as JSON on stderr
    #[arg(long, global = true)]
    pub json: bool,
    /// Where the result goes: a path, or `-` for stdout
    #[arg(short, long, global = true, value_name = "PATH|-")]
    pub out: Option<Target>,
    /// Seed of initial weights, of the order of samples and of generated data
    #[arg(long, global = true, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Seed of the chip's random numbers: the draws of stochastic rounding and of faults
    #[arg(long, global = true, value_name = "N", default_value_t = 1)]
    pub chip_seed: u64,
    /// Threads to use; changes no bit of any result [default: all]
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
    /// No progress bars and no remarks: print the result, warnings and errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more on stderr; repeat for still more
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
    /// When to colour
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub color: Color,
    /// When to draw progress bars
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Bars::Auto)]
    pub progress: Bars,
    /// Change to this folder first
    #[arg(short = 'C', long, global = true, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Replace files that exist
    #[arg(long, global = true)]
    pub force: bool,
}

/// A path, or stdin/stdout for `-`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// `-`.
    Stream,
    /// A path.
    File(PathBuf),
}

impl Target {
    /// The path, unless it is a stream.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Stream => None,
            Self::File(path) => Some(path),
        }
    }
}

impl FromStr for Target {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(if text == "-" { Self::Stream } else { Self::File(text.into()) })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stream => write!(f, "-"),
            Self::File(path) => write!(f, "{}", path.display()),
        }
    }
}

/// When to colour; `auto` means on a terminal without `NO_COLOR` and with a `TERM` but `dumb`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Color {
    /// On a terminal that wants it.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// When to draw progress bars.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Bars {
    /// When stderr is a terminal.
    Auto,
    /// Never.
    Never,
}

/// Who computes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Backend {
    /// The emulated chip, in its integers.
    Chip,
    /// The reference, in float64.
    Float,
}

/// Who applies the learning rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Plasticity {
    /// The emulator's evaluator of the rule.
    Evaluator,
    /// Compiled programs on the emulated plasticity units.
    Firmware,
}

/// How events travel from core to core.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Engine {
    /// An event lands when it is sent; a step has no duration.
    Functional,
    /// Routers carry events, cycle by cycle.
    Cycle,
}

/// What breaks while a chip runs; shared by the verbs that run one.
#[derive(Clone, PartialEq, Eq, Debug, Default, Args)]
pub struct FaultArgs {
    /// Break something, like `weights=1e-6`, `rows=1e-4`, `states=20@step:0`, `packets=1e-4`,
    /// `core=1,0@step:500`, `link=0,0,+x@cycle:20000`, `stuck=0,0,+x,1`; may be repeated
    #[arg(long, value_name = "SPEC")]
    pub fault: Vec<String>,
    /// What the run does when the first fault strikes
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = OnFault::Continue, requires = "fault")]
    pub on_fault: OnFault,
}

/// What a run does when the first fault strikes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum OnFault {
    /// It goes on, and counts.
    #[default]
    Continue,
    /// It ends after that step with a report, and exit code 5.
    Stop,
}

/// How many of how many steps are timed, `N/M`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sample(pub [u64; 2]);

impl FromStr for Sample {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not N/M with 1 <= N <= M, like 1/100");
        let (timed, of) = text.split_once('/').ok_or_else(wrong)?;
        let timed = timed.parse().map_err(|_| wrong())?;
        let of = of.parse().map_err(|_| wrong())?;
        if timed >= 1 && timed <= of { Ok(Self([timed, of])) } else { Err(wrong()) }
    }
}

/// A time of a run: after a step, or in a cycle, from 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moment {
    /// After so many steps.
    Step(u64),
    /// In the middle of a step, or at its latch.
    Cycle(u64),
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let moment = match text.strip_prefix("cycle:") {
            Some(cycle) => cycle.parse().map(Self::Cycle),
            None => text.parse().map(Self::Step),
        };
        moment.map_err(|_| format!("`{text}` is neither a number of steps nor `cycle:N`"))
    }
}

/// A setting from the command line, `KEY=VALUE`; it replaces a field of the chip or network file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setting {
    /// The field, with dots between tables.
    pub key: String,
    /// Its value, as TOML or as plain text.
    pub value: String,
}

impl FromStr for Setting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (key, value) = text.split_once('=').ok_or("write it as KEY=VALUE")?;
        match key.trim() {
            "" => Err("the KEY before `=` is empty".to_owned()),
            key => Ok(Self { key: key.to_owned(), value: value.trim().to_owned() }),
        }
    }
}

impl fmt::Display for Setting {
    /// The form it was written in.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.key, self.value)
    }
}

/// A core by its place in the mesh, `X,Y`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// Column of the mesh.
    pub x: u32,
    /// Row of the mesh.
    pub y: u32,
}

impl Place {
    /// Whether a core of an image is there.
    #[must_use]
    pub fn is(self, core: &leadlag_image::Core) -> bool {
        (core.x, core.y) == (self.x, self.y)
    }
}

impl FromStr for Place {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bare = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
        let numbers = bare.split_once(',');
        let numbers =
            numbers.and_then(|(x, y)| Some((x.trim().parse().ok()?, y.trim().parse().ok()?)));
        let (x, y) = numbers.ok_or("write a core as X,Y, like 0,1")?;
        Ok(Self { x, y })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({},{})", self.x, self.y)
    }
}

/// Which chip, and what is changed in it; shared by the verbs that compile.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
pub struct ChipArgs {
    /// A built-in chip, or the file of a chip description
    #[arg(long, value_name = "NAME|FILE", default_value = "ll1")]
    pub chip: String,
    /// Replace one field of the chip description; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<Setting>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[derive(Parser)]
    struct With<A: Args> {
        #[command(flatten)]
        verb: A,
    }

    fn parsed<A: Args>(line: &str) -> Result<A, clap::Error> {
        With::<A>::try_parse_from(std::iter::once("x").chain(line.split_whitespace()))
            .map(|with| with.verb)
    }

    #[test]
    fn the_definition_is_consistent() {
        Cli::command().debug_assert();
        With::<compile::CompileArgs>::command().debug_assert();
        With::<run::RunArgs>::command().debug_assert();
        With::<train::TrainArgs>::command().debug_assert();
        With::<trace::TraceArgs>::command().debug_assert();
        With::<step::StepArgs>::command().debug_assert();
        With::<verify::VerifyArgs>::command().debug_assert();
        With::<show::ShowArgs>::command().debug_assert();
        With::<demo::DemoArgs>::command().debug_assert();
        With::<report::ReportArgs>::command().debug_assert();
        With::<fabric::FabricArgs>::command().debug_assert();
        With::<fw::FwArgs>::command().debug_assert();
    }

    #[test]
    fn seeds_have_fixed_defaults_and_flags_may_follow_the_verb() {
        let cli = Cli::try_parse_from(["leadlag", "new", "x", "--seed", "7", "-o", "-"]);
        let globals = cli.expect("a valid line").globals;
        assert_eq!((globals.seed, globals.chip_seed), (7, 1));
        assert_eq!(globals.out, Some(Target::Stream));
    }

    #[test]
    fn every_verb_takes_every_global_flag() {
        fn check(command: &clap::Command) {
            let has = |name| command.get_arguments().any(|one| one.get_long() == Some(name));
            for name in [
                "json",
                "out",
                "seed",
                "chip-seed",
                "threads",
                "quiet",
                "verbose",
                "color",
                "progress",
                "dir",
                "force",
            ] {
                assert!(has(name), "{} {name}", command.get_name());
            }
            command.get_subcommands().for_each(check);
        }
        let mut command = Cli::command();
        command.build();
        check(&command);
    }

    #[test]
    fn a_core_is_two_numbers() {
        let place = Ok(Place { x: 3, y: 12 });
        assert_eq!(["3,12", "(3,12)", " 3 , 12 "].map(str::parse), [place; 3]);
        for wrong in ["3", "3,", "3,1,2", "-1,0", "x,y", "(3,1", ""] {
            assert!(wrong.parse::<Place>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn settings_are_split_at_the_first_equals_sign() {
        let setting: Setting = "a.b = x=1".parse().expect("a setting");
        assert_eq!((setting.key.as_str(), setting.value.as_str()), ("a.b", "x=1"));
        assert_eq!(setting.to_string(), "a.b=x=1");
        assert!("novalue".parse::<Setting>().is_err() && "=1".parse::<Setting>().is_err());
    }

    #[test]
    fn compile_takes_a_chip_and_settings() {
        let args: compile::CompileArgs =
            parsed("net.toml --chip my.toml --set rows=512 --set adc.bits=8 --dry-run")
                .expect("a valid line");
        assert_eq!((args.chip.chip.as_str(), args.chip.set.len()), ("my.toml", 2));
        assert!(args.dry_run && !args.text);
    }

    #[test]
    fn training_counts_are_at_least_one() {
        let args: train::TrainArgs = parsed("net.toml --replicas 4").expect("a valid line");
        assert_eq!((args.replicas.map(NonZeroUsize::get), args.backend), (Some(4), Backend::Chip));
        assert!(parsed::<train::TrainArgs>("net.toml --replicas 0").is_err());
        assert!(parsed::<train::TrainArgs>("net.toml --epochs 0").is_err());
    }

    #[test]
    fn training_begins_with_a_network_or_resumes_a_run() {
        assert!(parsed::<train::TrainArgs>("").is_err());
        let args: train::TrainArgs = parsed("--resume last").expect("a valid line");
        assert_eq!((args.input, args.resume.as_deref()), (None, Some("last")));
        assert!(parsed::<train::TrainArgs>("net.toml --resume last").is_err());
    }

    #[test]
    fn verifying_asks_for_something_to_compare() {
        assert!(parsed::<verify::VerifyArgs>("").is_err());
        let golden: verify::VerifyArgs = parsed("--golden a.npz").expect("a valid line");
        assert_eq!(golden.golden, Some("a.npz".into()));
        let against: verify::VerifyArgs = parsed("net.toml").expect("a valid line");
        assert_eq!(against.against, verify::Against::Float);
        let other: verify::VerifyArgs =
            parsed("net.toml --against runs/1 --tol bound --blame").expect("a valid line");
        assert_eq!(other.against, verify::Against::Path("runs/1".into()));
        assert_eq!((other.tol, other.blame), (Some(verify::Tolerance::Bound), true));
        assert!(parsed::<verify::VerifyArgs>("--golden a.npz --tol=-1").is_err());
        assert!(parsed::<verify::VerifyArgs>("--golden a.npz --tol NaN").is_err());
    }
}
