//! What a verb works with besides its own arguments.

use std::io::Write as _;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::files::{self, Existing};
use leadlag_explore::folder::RUNS;
use serde::Serialize;

use crate::again::Line;
use crate::args::{Globals, Target};
use crate::interrupt::Interrupt;
use crate::output::Output;
use crate::progress::Progress;
use crate::render::Renderer;

/// The streams, the global flags, and the few things every verb does with them.
#[derive(Debug)]
pub struct Context {
    /// The global flags as given.
    pub globals: Globals,
    /// stdout, or the file that `--out` puts in its place.
    pub out: Output,
    /// stderr.
    pub renderer: Renderer,
    /// Ctrl-C.
    pub interrupt: Interrupt,
    /// The command line.
    pub line: Line,
}

impl Context {
    /// Changes to `--dir`, and opens the output.
    ///
    /// # Errors
    /// LL5006 if the folder cannot be entered; LL5003 if `--out` exists and `--force` is not given.
    pub fn new(globals: &Globals, verb_makes_a_file: bool) -> Result<Self, Diagnostics> {
        if let Some(dir) = &globals.dir {
            std::env::set_current_dir(dir).map_err(|error| cannot_enter(dir, &error))?;
        }
        let existing = Existing::from_force(globals.force);
        let out = match globals.out.as_ref().and_then(Target::path) {
            Some(path) if !verb_makes_a_file => Output::file(globals.json, path, existing)?,
            _ => Output::stdout(globals.json),
        };
        Ok(Self {
            globals: globals.clone(),
            out,
            renderer: Renderer::new(globals),
            interrupt: Interrupt::default(),
            line: Line::default(),
        })
    }

    /// Whether files may be replaced.
    #[must_use]
    pub fn existing(&self) -> Existing {
        Existing::from_force(self.globals.force)
    }

    /// Where the file that a verb makes goes: `--out`, or `default`.
    #[must_use]
    pub fn target(&self, default: impl Into<PathBuf>) -> Target {
        self.globals.out.clone().unwrap_or_else(|| Target::File(default.into()))
    }

    /// The folder that holds run folders: `--out`, or `runs`.
    ///
    /// # Errors
    /// LL1404 if `--out` is stdout.
    pub fn runs(&self) -> Result<PathBuf, Diagnostics> {
        match &self.globals.out {
            None => Ok(PathBuf::from(RUNS)),
            Some(Target::File(path)) => Ok(path.clone()),
            Some(Target::Stream) => Err(no_folder()),
        }
    }

    /// Fails before long work if the target exists and may not be replaced.
    ///
    /// # Errors
    /// LL5003.
    pub fn refuse_existing(&self, target: &Target) -> Result<(), Diagnostics> {
        target.path().map_or(Ok(()), |path| files::refuse_existing(path, self.existing()))
    }

    /// Writes a made file to its target and reports it.
    ///
    /// With a path, `text` (or `report`, with `--json`) is the result on stdout. With `-`, the
    /// bytes are the result and nothing else goes to stdout.
    ///
    /// # Errors
    /// As [`files::write`] and [`Output::bytes`].
    pub fn deliver(
        &mut self,
        target: &Target,
        bytes: &[u8],
        text: &str,
        report: &impl Serialize,
    ) -> Result<(), Diagnostics> {
        match target.path() {
            None => self.out.bytes(bytes),
            Some(path) => {
                files::write(path, self.existing(), bytes)?;
                self.out.result(text, report)
            }
        }
    }

    /// A remark for the person at the terminal, on stderr; silent with `--quiet` and `--json`.
    pub fn note(&self, text: &str) {
        if !self.globals.quiet && !self.globals.json {
            // Nobody can be told that stderr is closed.
            drop(writeln!(std::io::stderr(), "{text}"));
        }
    }

    /// What only those want to know who ask with as many `-v` as `level`; on stderr.
    pub fn detail(&self, level: u8, text: &str) {
        if self.globals.verbose >= level {
            drop(writeln!(std::io::stderr(), "{text}"));
        }
    }

    /// Findings that the verb goes on in spite of, whatever `--quiet` says: they change what a result
    /// is worth.
    pub fn warn(&self, found: &Diagnostics) {
        self.renderer.warn(found);
    }

    /// A bar of `total` steps on stderr, or nothing where bars are not wanted.
    #[must_use]
    pub fn progress(&self, what: &'static str, total: u64) -> Progress {
        Progress::new(&self.globals, what, total)
    }

    /// The number of threads to use.
    #[must_use]
    pub fn threads(&self) -> NonZeroUsize {
        let all = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        self.globals.threads.unwrap_or_else(all)
    }
}

fn no_folder() -> Diagnostics {
    Diagnostic::new("LL1404", "`--out -` is stdout, but a run is a folder of files")
        .help("give a folder with `-o PATH`, or leave it out for `runs`")
        .into()
}

fn cannot_enter(dir: &Path, error: &std::io::Error) -> Diagnostics {
    Diagnostic::new("LL5006", format!("cannot change to the folder `{}`: {error}", dir.display()))
        .help("give a folder that exists with `-C DIR`, or leave the flag out")
        .into()
}
