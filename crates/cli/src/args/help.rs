//! `leadlag help` and the hidden `leadlag completions` and `leadlag man`.

use clap::Args;
use clap_complete::Shell;

/// Arguments of `help`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
pub struct HelpArgs {
    /// A verb, or the code of a diagnostic such as LL1001
    #[arg(value_name = "VERB|CODE")]
    pub topic: Option<String>,
}

/// Arguments of `man`. With the global `--out DIR` the pages of all verbs go there.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
pub struct ManArgs {
    /// The verb whose page is printed [default: that of the program]
    pub verb: Option<String>,
}

/// Arguments of `completions`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}
