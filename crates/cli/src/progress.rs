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

    /// A bar that is drawn nowhere, to see where it stands.
    #[cfg(test)]
    pub(crate) fn hidden() -> Self {
        Self { bar: Some(ProgressBar::hidden()) }
    }

    /// Where the bar stands, of how many.
    #[cfg(test)]
    pub(crate) fn place(&self) -> Option<(u64, Option<u64>)> {
        self.bar.as_ref().map(|bar| (bar.position(), bar.length()))
    }

    /// Moves to step `position` of `total` and says `text` behind the bar.
    pub fn reach(&self, position: u64, total: u64, text: impl FnOnce() -> String) {
        if let Some(bar) = &self.bar {
            bar.set_length(total);
            bar.set_position(position);
            bar.set_message(text());
        }
    }

    /// Does something that prints, with the bar out of the way.
    pub fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
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
        progress.reach(4, 20, || "loss 0.5".to_owned());
        assert_eq!(progress.place(), Some((4, Some(20))));
        assert_eq!(progress.aside(|| 7), 7);
    }
}
