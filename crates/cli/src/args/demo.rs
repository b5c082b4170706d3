//! `leadlag demo`.

use std::num::{NonZeroU32, NonZeroUsize};

use clap::Args;

/// Arguments of `demo`. The run folder goes to the global `--out`.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
pub struct DemoArgs {
    /// Passes through the samples
    #[arg(long, value_name = "N", default_value = "6")]
    pub epochs: NonZeroU32,
    /// Samples of MNIST-1D to learn from
    #[arg(long, value_name = "N", default_value = "4000")]
    pub samples: NonZeroUsize,
    /// Show the page of the run afterwards, with the program that opens HTML files here
    #[arg(long)]
    pub open: bool,
}
