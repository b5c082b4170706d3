//! `leadlag trace RUN`.

use clap::Args;
use leadlag_trace::export::Form;

/// Arguments of `trace`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
#[command(
    after_help = "Without `--csv` or `--jsonl` the recording is summed up: its signals, and how it ends. \
                        A table has a row per record, in order of time; `-o FILE` writes it to a file."
)]
pub struct TraceArgs {
    /// A run folder, `last` for the newest, or an `events.llog`
    #[arg(value_name = "RUN|last")]
    pub run: String,
    /// Print a table `step,signal,code,value,unit`
    #[arg(long, conflicts_with = "jsonl")]
    pub csv: bool,
    /// Print an object per line with `step`, `signal`, `code` and `value`
    #[arg(long)]
    pub jsonl: bool,
    /// Only these signals, as paths with `*` and `**`; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub signals: Vec<String>,
    /// Only the steps around this one, with what every signal held at the first of them
    #[arg(long, value_name = "STEP")]
    pub around: Option<u64>,
    /// How many steps to either side
    #[arg(long, value_name = "N", default_value_t = 100, requires = "around")]
    pub window: u64,
}

impl TraceArgs {
    /// The table that is asked for.
    #[must_use]
    pub fn form(&self) -> Option<Form> {
        match (self.csv, self.jsonl) {
            (true, _) => Some(Form::Csv),
            (false, true) => Some(Form::JsonLines),
            (false, false) => None,
        }
    }
}
