//! `leadlag report RUN`.

use std::str::FromStr;

use clap::Args;

use crate::report::{MEGABYTES, MOST};

/// Arguments of `report`.
#[derive(Clone, PartialEq, Debug, Args)]
#[command(
    after_help = "The page of one run is `report.html` in its folder, in the place of an older one; that of several is \
                        `report.html` here. `-o PATH` writes it elsewhere. It is one file without a script, opens \
                        without a server and without a network, and names the file that every number comes from."
)]
pub struct ReportArgs {
    /// A run folder, or `last` for the newest; up to 4 beside each other
    #[arg(value_name = "RUN|last", required = true, num_args = 1..=MOST)]
    pub runs: Vec<String>,
    /// The largest page, in megabytes
    #[arg(long, value_name = "MB", default_value_t = Megabytes(MEGABYTES))]
    pub max_size: Megabytes,
}

/// A size, in millions of bytes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Megabytes(pub f64);

impl FromStr for Megabytes {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let size: Option<f64> = text.parse().ok();
        let size = size.filter(|size| size.is_finite() && *size > 0.0);
        size.map(Self).ok_or("write a size as a number above 0, like 20")
    }
}

impl std::fmt::Display for Megabytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
