//! Progress bars: on stderr, on a terminal, when wanted.

use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressStyle};

use crate::args::{Bars, Globals};

/// A bar, or nothing.
#[derive(Debug)]
pub struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    /// A bar of `total` steps if `globals` and the terminal agree to one.
    #[must_use]
    pub fn new(globals: &Globals, what: &'static str, total: u64) -> Self {
        let wanted = wanted(globals, std::io::stderr().is_terminal());
        Self { bar: wanted.then(|| bar(what, total)) }
    }

    /// Moves to step `position` and says `text` behind the bar.
    pub fn at(&self, position: u64, text: &str) {
        if let Some(bar) = &self.bar {
            bar.set_position(position);
            bar.set_message(text.to_owned());
        }
    }

    /// Prints a line above the bar, so that the two do not overwrite each other.
    ///
    /// Returns whether it did; without a bar the caller prints where it wants to.
    #[must_use]
    pub fn above(&self, text: &str) -> bool {
        self.bar.as_ref().inspect(|bar| bar.println(text)).is_some()
    }
}

impl Drop for Progress {
    /// Takes the bar away, however the verb ends.
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn wanted(globals: &Globals, terminal: bool) -> bool {
    terminal && globals.progress == Bars::Auto && !globals.quiet && !globals.json
}

fn bar(what: &'static str, total: u64) -> ProgressBar {
    let shape = "{prefix:>8} {wide_bar} {pos}/{len}  {eta}  {msg}";
    let style = ProgressStyle::with_template(shape).expect("the template is a constant");
    ProgressBar::new(total).with_style(style).with_prefix(what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Cli;
    use clap::Parser as _;

    fn globals(flags: &[&str]) -> Globals {
        let line = ["leadlag", "help"].iter().chain(flags);
        Cli::try_parse_from(line).expect("a valid line").globals
    }

    #[test]
    fn a_bar_needs_a_terminal_and_no_objection() {
        assert!(wanted(&globals(&[]), true));
        assert!(!wanted(&globals(&[]), false));
        for flag in ["--quiet", "--json", "--progress=never"] {
            assert!(!wanted(&globals(&[flag]), true), "{flag}");
        }
    }

    #[test]
    fn the_template_is_valid_and_a_bar_counts() {
        let progress = Progress { bar: Some(bar("train", 10)) };
        progress.at(4, "loss 0.5");
        assert_eq!(progress.bar.as_ref().map(ProgressBar::position), Some(4));
    }
}
